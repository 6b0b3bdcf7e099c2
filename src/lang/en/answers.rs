//! Answers of commands that change a record.

use crate::fault::{Doubt, HeldIn};
use crate::lang::terminal::{
    AnswerWords, CarriedOut, Deed, Door, LoggedEvent, Refusal, RequestWords, StreamWords, Was,
};
use crate::lang::told::{
    told, told_briefly, told_entry, told_if_known, told_of, told_with_reasons, value_words,
    values_apart,
};
use crate::lang::{CountedFrom, Standing};
use crate::model::{Audience, Day, Event, EventType, Moment, PlanStep, Zone};
use crate::yaml::Value;

use super::findings::held_in;
use super::times::counted_from;
use super::{DOCUMENTS, English};

impl AnswerWords for English {
    fn logged(&self, logged: &LoggedEvent<'_>) -> String {
        logged_line(logged)
    }

    fn not_set_up_to_merge(&self) -> &'static str {
        "this clone is not set up to merge records, so a pull may end in conflicts; once in every clone: \
         asrun init --git"
    }

    fn form_in_shell(&self, meant: &str, undo: &str) -> Refusal {
        Refusal::new("the event begins with a short form of asrun live, which is only text here")
            .hint(format!("if the form was meant: {undo}, then {meant}"))
    }

    fn sounds_like(&self, step: &PlanStep, zone: Zone, of: &str) -> String {
        let id = step.called();
        format!(
            "this sounds like the planned step {id:?} ({}, {}); link it with: asrun amend --last --step {id:?}{of}",
            step.text,
            planned_for(step, zone)
        )
    }

    fn to_take_back(&self, undo: &str) -> String {
        format!("to take this one back: {undo}")
    }

    fn renumbered(&self, list: &str) -> String {
        format!("the numbers of the changes before it are one lower now: {list}")
    }

    fn not_recorded(&self, why: &str) -> String {
        format!("NOT recorded: {why}")
    }

    fn kept(&self, why: &str, text: &str, record: &str, in_conflict: bool) -> Refusal {
        Refusal::new(format!("not in the record yet, but kept: {why}"))
            .hint(format!("kept in .asrun/: {text}"))
            .hint(match in_conflict {
                true => format!("to merge the conflict and record it: asrun recover {record}"),
                false => format!(
                    "fix the file (asrun edit {record} opens it), then: asrun recover {record}"
                ),
            })
    }

    fn would_be_kept(&self, why: &str) -> String {
        self.rehearsed(&format!("it would be kept beside the record: {why}"))
    }

    fn unknown_type(&self, typed: &str, begun: &[&str]) -> Refusal {
        if !begun.is_empty() {
            return Refusal::new(format!("--type: several types begin with {typed:?}"))
                .hint(format!("one of: {}", begun.join(", ")));
        }
        let refusal = Refusal::new(format!("--type: unknown type {typed:?}"));
        let refusal = match EventType::meant_by(typed) {
            Some(near) => refusal.hint(format!("did you mean {near}?")),
            None => refusal,
        };
        let known: Vec<&str> = EventType::words().collect();
        refusal.hint(format!("the types are: {}", known.join(", ")))
    }

    fn no_text(&self) -> Refusal {
        Refusal::new("no text was given").hint("asrun log \"what happened\"")
    }

    fn editor_notes(&self, record: &str) -> String {
        format!(
            "# Everything below the line above is left out.\n\
             # What happened? The first line is the event, the lines after it are its detail\n\
             # (Markdown). An empty message records nothing.\n\
             # Record: {record}\n"
        )
    }

    fn plan_notes(&self, record: &str) -> String {
        format!(
            "# Everything below the line above is left out.\n\
             # One step per line: a time, the text, then [key: value]. A new line is a new step, a\n\
             # deleted one is removed, and a changed time keeps the old one as a revision. Delete\n\
             # everything to change nothing.\n\
             # Record: {record}\n"
        )
    }

    fn plan_not_edited(&self) -> &'static str {
        "the plan is as it was"
    }

    fn no_step_to_edit(&self) -> Refusal {
        Refusal::new("which step is to be changed?")
            .hint("name it: asrun plan edit STEP --takes 20m; to see the steps: asrun plan list")
    }

    fn text_below_line(&self) -> &'static str {
        "the text is below the line, where everything is left out"
    }

    fn empty_message(&self) -> &'static str {
        "the message is empty, so nothing was recorded"
    }

    fn amended(
        &self,
        (former, number): (usize, usize),
        event: &Event,
        was: &[Was],
        zone: Zone,
        record: &str,
    ) -> String {
        let words = event_words(event, zone);
        let is_new = |key: &str| was.iter().any(|was| was.key == key);
        let until = event.until.filter(|_| is_new("until"));
        let until = until.map(|at| format!("; until {}", told(&at, zone))).unwrap_or_default();
        let next = event.next_update.filter(|_| is_new("next_update"));
        let next = next.map(|at| format!("; next update {}", told(&at, zone))).unwrap_or_default();
        let now = if former == number { String::new() } else { format!(", now event {number}") };
        match was {
            [] => format!("nothing changed in event {number}: {words} → {record}"),
            was => format!(
                "amended event {former}{now}: {words}{until}{next} (was {}) → {record}",
                was_words(was)
            ),
        }
    }

    fn removed(&self, number: usize, event: &Event, zone: Zone, record: &str) -> String {
        format!("removed event {number}: {} → {record}", event_words(event, zone))
    }

    fn files_stay(&self, folder: &str, files: &[&str]) -> String {
        format!("its files are kept in {folder}/: {}", files.join(", "))
    }

    fn new_time_doubt(&self, doubt: &Doubt, zone: Zone, undo: &str) -> String {
        match doubt {
            // Not how far ahead: it was typed deliberately.
            Doubt::Future { at, .. } => format!("{} is in the future", told(at, zone)),
            other => self.doubt(other, zone, undo),
        }
    }

    fn counted_from(&self, from: &CountedFrom, zone: Zone) -> String {
        counted_from(from, zone)
    }

    fn two_texts(&self, beside: &str) -> String {
        format!("two new texts: --text and {beside:?}; give one")
    }

    fn attached(&self, path: &str, event: Option<&str>) -> String {
        format!("attached {path} to {}", holder(event))
    }

    fn attached_already(&self, file: &str, event: Option<&str>) -> String {
        format!("{file} is already attached to {}; nothing changed", holder(event))
    }

    fn attachment_changed(
        &self,
        file: &str,
        event: Option<&str>,
        was: &[Was],
        record: &str,
    ) -> String {
        let holder = holder(event);
        match was {
            [] => format!("nothing changed in {file} of {holder} → {record}"),
            was => format!("changed {file} of {holder} (was {}) → {record}", was_words(was)),
        }
    }

    fn attachment_removed(&self, file: &str, event: Option<&str>, record: &str) -> String {
        format!("removed {file} from {} → {record}", holder(event))
    }

    fn clipboard_unread(&self, said: Option<(&str, &str)>) -> Refusal {
        match said {
            Some((program, said)) => {
                let said = if said.is_empty() { "no picture came out" } else { said };
                Refusal::new(format!("no picture from the clipboard: {program}: {said}"))
                    .hint("copy a picture first, or save it and attach the file")
            }
            None => Refusal::new("no program that reads pictures from the clipboard was found")
                .hint("install wl-clipboard (Wayland), xclip (X11) or pngpaste (macOS)"),
        }
    }

    fn nameless_input(&self) -> &'static str {
        "a file from the standard input needs a name: --name shot.png"
    }

    fn name_without_input(&self) -> &'static str {
        "--name is for the standard input (-) and --clipboard; a file keeps its name"
    }

    fn named_in_environment(&self, named: &str) -> String {
        format!("ASRUN_RECORD names {named:?} for every command, until: unset ASRUN_RECORD")
    }

    fn event_of_files(&self, number: usize) -> String {
        format!("to attach to event {number}: asrun attach FILE --event {number}")
    }

    fn linked(&self, event: &str, step: &str, id: &str, record: &str) -> String {
        format!("linked: {event} ↔ {step} [{id}] → {record}")
    }

    fn perhaps_linked(&self, alone: bool) -> &'static str {
        match alone {
            true => "no pair is certain; possible ones, by what was done and when:",
            false => "possible pairs, by what was done and when:",
        }
    }

    fn perhaps_done(&self, of: &str) -> String {
        format!("the event does not name the step; if it carried it out: asrun link{of}")
    }

    fn nothing_linked(&self, of: &str) -> String {
        format!(
            "none of these is written yet: asrun link{of} --apply writes all of them, --apply 1 3 only those"
        )
    }

    fn made_record(&self, path: &str, kind: &str, day: &Day, zone: Zone) -> String {
        format!("made {path} ({kind}, {day}, {zone}); it is the current record now")
    }

    fn own_kind(&self, kind: &str, near: &str) -> String {
        format!("note: {kind:?} is not a built-in kind; did you mean {near}?")
    }

    fn not_chosen(&self, record: &str) -> String {
        format!("the selection could not be saved; name the record with -r {record}")
    }

    fn chosen(&self, record: &str) -> String {
        format!("{record} is the current record now")
    }

    fn no_step_text(&self, time: &str) -> Refusal {
        Refusal::new("no text was given for the step")
            .hint(format!("asrun plan add {time} \"deploy\""))
    }

    fn step_without_time(&self, text: &str, is_rollback: bool) -> String {
        let option = if is_rollback { " --rollback" } else { "" };
        format!("for a step without a time: asrun plan add tbd {text:?}{option}")
    }

    fn pasted_with_text(&self) -> &'static str {
        "`asrun plan add -` reads times and texts from the standard input; it takes no text"
    }

    fn run_begins(&self) -> &'static str {
        "Enter or `done` logs the step that is shown, `done STEP` a different one\n\
         start, fail WHY, skip WHY, late +20m WHY, go, no go, run, rollback STEP\n\
         skip --rest WHY, list, forecast, undo, help, quit"
    }

    fn run_step(&self, step: &PlanStep, standing: Standing) -> String {
        let stands = match standing {
            Standing::Next => "next",
            Standing::UnderWay => "under way",
            Standing::Overdue => DOCUMENTS.labels.overdue,
            Standing::Failed => "failed",
            Standing::NotRecorded => DOCUMENTS.labels.not_recorded,
            Standing::PerhapsDone => "perhaps done",
        };
        let id = step.id.as_ref().map(|id| format!(" [{id}]")).unwrap_or_default();
        let mark = match step {
            PlanStep { decision: true, .. } => " (go or no go)",
            PlanStep { rollback: true, .. } => " (rollback)",
            _ => "",
        };
        let owner = step.owner.as_ref().map(|owner| format!(" · {owner}")).unwrap_or_default();
        let failed = step.if_failed.as_ref().map(|what| format!(" · if it fails: {what}"));
        let command = step.command.as_ref().map(|command| format!(" · command: {command}"));
        let (failed, command) = (failed.unwrap_or_default(), command.unwrap_or_default());
        format!("▶ {stands}: {}{id}{mark}{owner}{failed}{command}", step.text)
    }

    fn rest_is_all_steps(&self) -> Refusal {
        Refusal::new("--rest skips every step that is still to be done, so no step can be named")
            .hint("with a reason: asrun plan skip --rest --why \"rolled back\"; one step: asrun plan skip STEP")
    }

    fn run_is_back(&self) -> &'static str {
        "the rollback is done; `skip --rest WHY` gives up what is left of the plan"
    }

    fn run_is_over(&self) -> &'static str {
        "no steps are left"
    }

    fn run_not_understood(&self, line: &str) -> Refusal {
        Refusal::new(format!("{line:?} is not something you can do with a step"))
            .hint("Enter, done, start, fail, skip, late +20m, run, go, no go, rollback, list, forecast, undo, help, quit")
    }

    fn run_how_late(&self, words: &str) -> Refusal {
        let refusal = match words {
            "" => Refusal::new("late by how much?"),
            words => {
                Refusal::new(format!("late by how much? {words:?} does not begin with a time"))
            }
        };
        refusal.hint("write `late +20m WHY`, `late STEP +20m WHY` or `late STEP 18:40 WHY`")
    }

    fn time_in_quotes(&self, time: &str, as_time: &[String], as_text: Option<&str>) -> Refusal {
        let (why, lead) = match as_text {
            None => ("the time has several words", "as a time"),
            Some(_) => ("the words after the time may belong to it", "if they do"),
        };
        let refusal = Refusal::new(self.not_recorded(&format!("{why}: {time}")));
        let refusal = match as_time {
            [] => refusal.hint("if they do, write them as a time: asrun help times"),
            [one] => refusal.hint(format!("{lead}: {one}")),
            all => all.iter().fold(refusal, |it, one| it.hint(format!("{lead}, perhaps: {one}"))),
        };
        match as_text {
            Some(as_text) => refusal.hint(format!("if they do not: {as_text}")),
            None => refusal,
        }
    }

    fn run_none_left(&self) -> Refusal {
        Refusal::new("nothing logged: no step of the plan is left")
            .hint("to say more about a step, name it: `fail STEP WHY`, `start STEP`")
    }

    fn run_done_already(&self, step: &str, id: &str, (at, zone): (&Moment, Zone)) -> Refusal {
        let at = told(at, zone);
        Refusal::new(format!("nothing logged: {step:?} is done already, since {at}"))
            .hint(format!("if it is done a second time: `start {id}`, then `done {id}`"))
    }

    fn run_failed(&self, step: &str, id: &str) -> Refusal {
        Refusal::new(format!("nothing logged: {step:?} failed, and Enter does not make it done"))
            .hint(format!("`start {id}` tries it again, `skip {id} WHY` gives it up, `rollback STEP` goes back; `done {id}` if it is done after all"))
    }

    fn run_step_or_reason(&self, verb: &str, word: &str, step: &str, shown: &str) -> Refusal {
        Refusal::new(format!("nothing logged: {word:?} may be the step {step}, or a reason"))
            .hint(format!("name the step first: `{verb} {step} WHY`, or `{verb} {shown} {word} …`"))
    }

    fn run_moved_on(&self, step: &str) -> String {
        format!(
            "nothing logged: {step:?} is no longer the next step; somebody else has changed the record"
        )
    }

    fn run_no_decision(&self, step: &str, id: &str, open: &[&str]) -> Refusal {
        let refused = Refusal::new(format!("{step:?} is not a go/no-go decision"));
        match open {
            [] => refused.hint(format!("asrun plan edit {id} --decision makes it one")),
            _ => refused
                .hint(format!("name one: `go STEP`, `no go STEP`; open: {}", open.join(", "))),
        }
    }

    fn run_which_decision(&self, open: &[&str]) -> Refusal {
        match open {
            [] => Refusal::new("the plan has no go/no-go decision that is open")
                .hint("asrun plan edit STEP --decision makes a step one"),
            _ => Refusal::new("which decision?")
                .hint(format!("name one: `go STEP`, `no go STEP`; {}", open.join(", "))),
        }
    }

    fn run_which_rollback(&self, steps: &[&str]) -> Refusal {
        match steps {
            [] => Refusal::new("the plan has no rollback step left to call")
                .hint("asrun plan add tbd TEXT --rollback adds one"),
            _ => Refusal::new("which rollback step?")
                .hint(format!("name one: `rollback STEP`; {}", steps.join(", "))),
        }
    }

    fn run_no_rollback(&self, step: &str, id: &str, steps: &[&str]) -> Refusal {
        let refused = Refusal::new(format!("{step:?} is not a rollback step"));
        match steps {
            [] => refused.hint(format!("asrun plan edit {id} --rollback makes it one")),
            _ => refused.hint(format!("rollback steps: {}", steps.join(", "))),
        }
    }

    fn run_has_no_command(&self, step: &str) -> Refusal {
        Refusal::new(format!("{step:?} has no command to run")).hint("done logs it as done")
    }

    fn rehearsal_begins(&self, path: &str, record: &str) -> String {
        format!("made {path}: a rehearsal of {record}, as if its first step began now")
    }

    fn run_in_rehearsal(&self, step: &str) -> Refusal {
        Refusal::new(format!("this is a rehearsal, so the command of {step:?} is not run"))
            .hint("done logs it as done")
    }

    fn run_shows_command(&self, step: &str, command: &str) -> String {
        format!("{step:?} runs, without a shell: {command}\n  `run` starts it; nothing else does")
    }

    fn run_needs_shell(&self, command: &str) -> Refusal {
        Refusal::new(format!("not started, as only a shell could run it: {command:?}"))
            .hint("name the shell: sh -c 'a && b', or put it into a script")
    }

    fn run_if_failed(&self, what: &str) -> String {
        format!("the plan says: {what}")
    }

    fn plan_is_empty(&self) -> &'static str {
        "the plan has no steps yet; add one: asrun plan add TIME TEXT"
    }

    fn not_in_calendar(&self, steps: usize) -> String {
        match steps {
            1 => "1 step has no time yet and is not in the calendar".to_owned(),
            _ => format!("{steps} steps have no time yet and are not in the calendar"),
        }
    }

    fn pasted_with_options(&self) -> Refusal {
        Refusal::new(
            "with `-`, each line is a step, so --until, --owner and other options of a \
            single step cannot be used",
        )
        .hint("write it into the line: 17:00-18:00 TEXT [owner: NAME]")
    }

    fn ticked_steps(&self, steps: usize) -> Refusal {
        let have = if steps == 1 { "1 line has" } else { &format!("{steps} lines have") };
        Refusal::new(format!("{have} a ticked box, and the plan does not say that it is done"))
            .hint("log what was done: asrun log TEXT --at TIME --step ID")
    }

    fn planned(&self, step: &PlanStep, until: Option<&Moment>, zone: Zone, record: &str) -> String {
        let (at, until) = (planned_for(step, zone), self.until(until, zone));
        let id = step.id.as_deref().unwrap_or("");
        let due = step.due.filter(|_| !step.is_deadline());
        let due = due.map(|due| format!(", due {}", told(&due, zone))).unwrap_or_default();
        format!("planned {at}{until}{due}: {} [{id}] → {record}", step.text)
    }

    fn left_alone(&self, text: &str, record: &str) -> String {
        format!("left alone: {text} is already in the plan → {record}")
    }

    fn moved(
        &self,
        text: &str,
        from: Option<&Moment>,
        (at, until): (&Moment, Option<&Moment>),
        zone: Zone,
        record: &str,
    ) -> String {
        let until = self.until(until, zone);
        format!(
            "moved {text}: {} → {}{until} → {record}",
            told_if_known(from, zone, "no time yet"),
            told(at, zone)
        )
    }

    fn skipped(
        &self,
        (text, why): (&str, Option<&str>),
        at: Option<&Moment>,
        zone: Zone,
        record: &str,
    ) -> String {
        let at = told_if_known(at, zone, "for no time yet");
        let why = why.map(|why| format!("; why: {why}")).unwrap_or_default();
        format!("skipped {text} (planned {at}{why}) → {record}")
    }

    fn unskipped(&self, text: &str, at: Option<&Moment>, zone: Zone, record: &str) -> String {
        format!("in the plan again: {text} ({}) → {record}", told_if_known(at, zone, "no time yet"))
    }

    fn step_removed(&self, text: &str, at: Option<&Moment>, zone: Zone, record: &str) -> String {
        let at = told_if_known(at, zone, "for no time yet");
        format!("removed {text} from the plan (planned {at}) → {record}")
    }

    fn step_changed(&self, text: &str, was: &[Was], record: &str) -> String {
        format!("changed {text} (was {}) → {record}", was_words(was))
    }

    fn steps_moved(&self, count: usize) -> String {
        format!("moved {count} steps")
    }

    fn steps_skipped(&self, count: usize) -> String {
        format!("skipped {count} steps")
    }

    fn moved_later(&self) -> &'static str {
        "a length without a sign means later; for earlier: --by -LENGTH"
    }

    fn not_shifted(&self, steps: &str) -> String {
        format!("not moved, as they have no time or only a day: {steps}")
    }

    fn moved_past_due(&self, step: &str, due: &Moment, zone: Zone) -> Refusal {
        Refusal::new(format!("the deadline of {step} stays: {}", told(due, zone)))
            .hint("to move it too: asrun plan edit STEP --due TIME")
    }

    fn deadlines_stay(&self, steps: &str) -> String {
        format!("deadlines stay: {steps}")
    }

    fn anchor_guessed(&self, text: &str, other: Option<&str>) -> String {
        let why = match other {
            None => "no step was planned for that time of day".to_owned(),
            Some(other) => format!("{other} was planned for that time of day, on another day"),
        };
        format!("{why}; the anchor is {text}; to choose another: --anchor STEP")
    }

    fn anchor_unknown_in(&self, text: &str, records: &[&str], better: Option<&str>) -> String {
        let (records, they) = match records {
            [one] => ((*one).to_owned(), "does"),
            many => (many.join(", "), "do"),
        };
        let way = better.map(|anchor| {
            format!("; to go by a step that more records tell of: --anchor {anchor} --at TIME")
        });
        format!(
            "{records} {they} not tell when {text} was, so no distance comes from there{}",
            way.unwrap_or_default()
        )
    }

    fn anchor_stays(
        &self,
        text: &str,
        stays: &Moment,
        at: &Moment,
        zone: Zone,
        record: &str,
    ) -> String {
        format!(
            "{text} is planned for {} in {record} and stays there; the others are timed from {}",
            told(stays, zone),
            told(at, zone)
        )
    }

    fn nothing_planned(&self, record: Option<&str>) -> String {
        match record {
            Some(record) => {
                format!("nothing is written yet: --apply writes the steps into {record}")
            }
            None => "nothing is written yet: --apply -r RECORD writes the steps into that record"
                .to_owned(),
        }
    }

    fn steps_left_out(&self, steps: &[&PlanStep], old: &str) -> String {
        let steps = told_with_reasons(steps);
        format!(
            "left out, as skipped in {old} while nothing had failed: {steps}; --keep-skipped plans \
             such steps too"
        )
    }

    fn change(&self, verb: &str, deeds: &[Deed]) -> String {
        let deed = |deed: &Deed| match deed {
            Deed::Changed { now, was } => format!("{} (was {})", told_entry(now), was_words(was)),
            Deed::Removed(entry) => format!("removed {}", told_entry(entry)),
            Deed::Back(entry) => format!("{} is back", told_entry(entry)),
            Deed::Added(entry) => told_entry(entry),
            Deed::Begun(title) => value_words(Some(title)),
            Deed::Key { key, now, was } => {
                let [now, was] = values_apart(now.as_ref(), was.as_ref());
                format!("{key}: {now} (was {was})")
            }
            Deed::Layout => "comments and layout".to_owned(),
            Deed::Unknown => String::new(),
        };
        let mut told: Vec<String> = deeds.iter().take(told_of(deeds.len())).map(deed).collect();
        let more = deeds.len() - told.len();
        told.extend((more > 0).then(|| format!("and {more} more")));
        format!("{verb}: {}", told.join("; ")).trim_end_matches([':', ' ']).to_owned()
    }

    fn undone(&self, change: &str, door: Door, record: &str, of: Option<&str>) -> String {
        match (door, of) {
            (Door::Prompt, _) => format!("undone: {change}; to restore it: /redo"),
            (Door::CommandLine, Some(of)) => {
                format!("undone: {change} → {record}; to restore it: asrun undo --redo{of}")
            }
            (Door::CommandLine, None) => format!("undone: {change} → {record}"),
        }
    }

    fn left_standing(&self, change: &str, record: &str, undo: Option<&str>) -> String {
        let more = undo.map(|undo| format!("; to undo another change: {undo}"));
        format!("left as it is: {change} → {record}{}", more.unwrap_or_default())
    }

    fn undone_elsewhere(&self, redo: &str) -> String {
        format!("to restore what was undone last in another record: {redo}")
    }

    fn gone_with_edits(&self, written: &[String]) -> String {
        let written = written.join("; ");
        format!("edited by hand since asrun wrote: {written}; a redo restores it as it was edited")
    }

    fn record_taken_back(&self, change: &str, record: &str) -> String {
        format!("undone: {change} → {record} is removed")
    }

    fn none_chosen(&self) -> &'static str {
        "there is no current record now"
    }

    fn copy_away(&self, path: &str) -> String {
        format!("{path} is removed too")
    }

    fn copy_back(&self, path: &str) -> String {
        format!("{path} is back")
    }

    fn copy_stays(&self, path: &str) -> String {
        format!("{path} was changed after it was copied, so it is kept")
    }

    fn copy_named(&self, path: &str) -> String {
        format!("{path} stays: the record still names it")
    }

    fn copy_lost(&self, path: &str, record: &str) -> Refusal {
        Refusal::new(format!("{path} does not exist, and asrun no longer has a copy of it"))
            .hint(format!("to copy it again: asrun attach FILE -r {record}"))
    }

    fn copy_another(&self, path: &str) -> String {
        format!("{path} is not the file that was copied then")
    }

    fn redone(&self, change: &str, door: Door, record: &str, of: Option<&str>) -> String {
        match (door, of) {
            (Door::Prompt, _) => format!("restored: {change}"),
            (Door::CommandLine, Some(of)) => {
                format!("restored: {change} → {record}; to undo it again: asrun undo{of}")
            }
            (Door::CommandLine, None) => format!("restored: {change} → {record}"),
        }
    }

    fn no_changes(&self, record: &str) -> String {
        format!("asrun has made no changes to {record} on this machine")
    }

    fn recovered_although(&self, held: &HeldIn, record: &str) -> String {
        format!(
            "{}; if that is as it should be: asrun undo -r {record}, then asrun recover {record} --forget",
            held_in(held)
        )
    }

    fn not_recovered(&self, entry: &Value, held: &HeldIn) -> String {
        format!("not restored: {}; {}", told_entry(entry), held_in(held))
    }

    fn to_restore_all(&self, record: &str) -> String {
        format!(
            "to restore it all the same: asrun recover {record} --all; to confirm that it is gone: asrun recover {record} --forget"
        )
    }

    fn recovered(&self, entry: &Value, record: &str) -> String {
        format!("recovered: {} → {record}", told_entry(entry))
    }

    fn forgotten(&self, entry: &Value, record: &str) -> String {
        format!("forgotten: {} → {record}", told_entry(entry))
    }

    fn confirmed(&self, entry: &Value, record: &str) -> String {
        format!("right as it is: {} → {record}", told_entry(entry))
    }

    fn record_confirmed(&self, record: &str) -> String {
        format!("{record} stays as it is")
    }

    fn brought_up_to_date(&self, record: &str) -> String {
        format!("{record} has again what was committed")
    }

    fn nothing_missing(&self, record: &str) -> String {
        format!("nothing is missing in {record}")
    }

    fn unlinked(&self, why: &str) -> Refusal {
        Refusal::new(why).hint("link it with: asrun amend NUMBER --step STEP")
    }

    fn action_added(
        &self,
        number: usize,
        text: &str,
        (owner, due): (Option<&str>, Option<Day>),
        record: &str,
    ) -> String {
        let owner = owner.map(|owner| format!("owner: {owner}"));
        let given: Vec<String> =
            owner.into_iter().chain(due.map(|due| format!("due: {due}"))).collect();
        let given =
            if given.is_empty() { String::new() } else { format!(" ({})", given.join(", ")) };
        format!("action {number}: {text}{given} → {record}")
    }

    fn action_done(&self, text: &str, on: &Day, record: &str) -> String {
        format!("done on {on}: {text} → {record}")
    }

    fn lesson_added(&self, sort: &str, text: &str, record: &str) -> String {
        format!("{sort}: {text} → {record}")
    }
}

fn logged_line(logged: &LoggedEvent<'_>) -> String {
    let LoggedEvent { event, carried, zone, record, door, now } = logged;
    let when = |at: &Moment| match door {
        Door::Prompt => told_briefly(at, now, *zone),
        Door::CommandLine => told(at, *zone),
    };
    let about = if event.at.is_some_and(|at| at.is_about()) { "about " } else { "" };
    let at = event.at.map_or_else(|| "time unknown".to_owned(), |at| when(&at));
    let mut line = format!("logged {about}{at}");
    if let Some(until) = &event.until {
        line.push_str(&format!(" until {}", when(until)));
    }
    line.push_str(&format!(": {}", event.headline()));
    line.extend(event.kind.iter().map(|kind| format!(" [{kind}]")));
    if event.audience == Audience::Internal {
        line.push_str(" (internal)");
    }
    if *door == Door::CommandLine {
        line.push_str(&format!(" → {record}"));
    }
    line.extend(carried.iter().map(carried_out));
    line.extend(
        event.next_update.map(|at| format!("; next update {}", told_briefly(&at, now, *zone))),
    );
    line.extend(event.attachments.iter().map(|file| format!("; attached {}", file.file)));
    line
}

/// Returns `; carries out deploy (앱 배포), 30 min early`; for one that failed `; step deploy (앱 배포)`.
fn carried_out(step: &CarriedOut) -> String {
    if !step.done {
        let began = step.outcome.map(|outcome| format!(", {}", DOCUMENTS.outcome(&outcome)));
        return format!("; step {} ({}){}", step.id, step.text, began.unwrap_or_default());
    }
    let later = || "a later event of it".to_owned();
    let outcome = step.outcome.map_or_else(later, |outcome| DOCUMENTS.outcome(&outcome));
    format!("; carries out {} ({}), {outcome}", step.id, step.text)
}

/// Returns when a step is planned: at a time, by a time, or not yet.
fn planned_for(step: &PlanStep, zone: Zone) -> String {
    match step.due.filter(|_| step.is_deadline()) {
        Some(due) => format!("by {}", told(&due, zone)),
        None => told_if_known(step.at.as_ref(), zone, "no time yet"),
    }
}

fn event_words(event: &Event, zone: Zone) -> String {
    let at = told_if_known(event.at.as_ref(), zone, "time unknown");
    format!("{at} {}", event.headline())
}

/// Returns what a file belongs to.
fn holder(event: Option<&str>) -> String {
    event.map_or_else(|| "the record".to_owned(), |event| format!("{event:?}"))
}

fn was_words(was: &[Was]) -> String {
    let key = |was: &Was| format!("{}: {}", was.key, value_words(was.value.as_ref()));
    was.iter().map(key).collect::<Vec<_>>().join(", ")
}
