//! Messages about a record as a whole.

use std::path::Path;

use crate::fault::{
    CommentLoss, ContentFault, KeyFault, LostComment, MoveFault, RecordFault, StateFault,
};
use crate::lang::ProblemText;
use crate::lang::terminal::{Current, Door, EditWords, LifeWords, Refusal, RequestWords};
use crate::lang::told::{
    hash_signs, numbered, numbers, public_event_typed, quoted_word, told, told_if_known,
    undo_again, value_words, whole_value_words,
};
use crate::model::{Event, EventType, IdFault, Moment, Zone};
use crate::yaml::Value;

use super::English;
use super::files::with_ids;
use super::times::repeated;

impl LifeWords for English {
    fn key_set(&self, key: &str, was: Option<&Value>, now: Option<&Value>, record: &str) -> String {
        match (was, now) {
            (None, now) => format!("{key}: {} → {record}", value_words(now)),
            (was, None) => format!("removed {key} (was {}) → {record}", value_words(was)),
            (was, now) => {
                format!("{key}: {} (was {}) → {record}", value_words(now), value_words(was))
            }
        }
    }

    fn times_moved(&self, count: usize, of: &str) -> String {
        let times = match count {
            1 => "1 time without an offset now means another moment".to_owned(),
            count => format!("{count} times without an offset now mean other moments"),
        };
        format!(
            "{times} in the new zone: check with asrun show; asrun undo{of} restores the old zone"
        )
    }

    fn key_unset(&self, key: &str, record: &str, of: &str) -> String {
        // `post` is a group, of which one key is set at a time.
        let set = if key == "post" { "post.layout" } else { key };
        format!("{record} has no {key}; to set it: asrun set {set} VALUE{of}")
    }

    fn is_current(&self, why: Current, title: &str, others: &[String]) -> String {
        let why = match why {
            Current::InEnvironment => "named by ASRUN_RECORD",
            Current::Chosen => "chosen by asrun select, new or reopen",
            Current::OnlyOpen => "the only open record",
            Current::Only => "the only record",
        };
        let title = if title.is_empty() { String::new() } else { format!("{title}: ") };
        match others {
            [] => format!("{title}{why}"),
            others => format!("{title}{why}; also open: {}", others.join(", ")),
        }
    }

    fn open_too(&self, record: &str, others: &[String]) -> String {
        let to = others.join(", or --to ");
        format!(
            "also open: {}; if it belongs there: asrun move --last -r {record} --to {to}",
            others.join(", ")
        )
    }

    fn log_again(&self, at: &Moment, before: i64, zone: Zone) -> String {
        format!("{}\nlog it again? [y/N] ", repeated(at, before, zone))
    }

    fn entered_again(&self, at: &Moment, before: i64, zone: Zone) -> Refusal {
        Refusal::new(repeated(at, before, zone)).hint("to log it again: Enter")
    }

    fn not_again(&self) -> &'static str {
        "it is already in the record"
    }

    fn open_records(&self, open: &[(String, String)]) -> String {
        format!("several records are open:\n{}", numbered(open))
    }

    fn which_record(&self) -> &'static str {
        "which one? "
    }

    fn no_choice(&self, typed: &str, most: usize, or_record: bool) -> String {
        let id = if or_record { ", or any part of an id and Enter" } else { "" };
        let what = match typed {
            "" => "nothing was typed".to_owned(),
            typed if or_record => format!("{typed:?} is no number up to {most} and in no id"),
            typed => format!("{typed:?} is no number up to {most}"),
        };
        format!("{what}; press a number from 1 to {most}{id}; Ctrl-C gives up")
    }

    fn word_or_record(
        &self,
        word: &str,
        records: &[String],
        as_record: &str,
        as_word: &str,
    ) -> Refusal {
        let message = match records {
            [one] => format!("{word:?} names the record {one}; nothing was changed"),
            many => format!("{word:?} names {} records; nothing was changed", many.len()),
        };
        let listed = if records.len() > 1 { records } else { &[] };
        with_ids(Refusal::new(message), "it could be:", listed)
            .hint(format!("if a record is meant: {as_record}"))
            .hint(format!("if the word itself is meant: {as_word}"))
    }

    fn prompt_record(&self, record: &str, others: &[String]) -> String {
        match others {
            [] => format!("{record}; no other record is open"),
            [other, ..] => {
                format!("{record}; also open: {}; to switch: /record {other}", others.join(", "))
            }
        }
    }

    fn renamed(&self, from: &str, to: &str) -> String {
        format!("renamed {from} to {to}, with its files")
    }

    fn would_rename(&self, from: &str, to: &str) -> String {
        format!("would rename {from} to {to}, with its files")
    }

    fn relinked(&self, path: &str, to: &str) -> String {
        format!("{path} names {to} now")
    }

    fn named_elsewhere(&self, from: &str, places: &[(String, usize)]) -> String {
        let named: Vec<String> =
            places.iter().take(20).map(|(path, line)| format!("{path}:{line}")).collect();
        let more = match places.len() - named.len() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        format!("{from} is still referred to in {}{more}", named.join(", "))
    }

    fn deleted(&self, record: &str, held: Option<(usize, usize)>, files: usize) -> String {
        let counted = |count: usize, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {many}"),
        };
        let held = match held {
            Some((events, steps)) => format!(
                "{}, {}, {}",
                counted(events, "event", "events"),
                counted(steps, "step", "steps"),
                counted(files, "file", "files")
            ),
            None => format!("unreadable, {}", counted(files, "file", "files")),
        };
        format!("deleted {record} ({held})")
    }

    fn still_published(&self, record: &str, paths: &[String]) -> String {
        let (stay, them) = match paths.len() {
            1 => ("1 published file stays".to_owned(), "it"),
            count => (format!("{count} published files stay"), "them"),
        };
        format!("of {record} {stay}; to remove {them}: rm -- {}", paths.join(" "))
    }

    fn published_before(&self, from: &str, paths: &[String]) -> String {
        let (stay, them) = match paths.len() {
            1 => ("1 file stays".to_owned(), "it"),
            count => (format!("{count} files stay"), "them"),
        };
        let paths = paths.join(" ");
        format!(
            "{stay} published as {from}, also when the record is rendered again; to remove {them} then: rm -- {paths}"
        )
    }

    fn restored(&self, record: &str) -> String {
        format!("{record} is back")
    }

    fn deleted_again(&self, record: &str) -> String {
        format!("{record} is deleted again")
    }

    fn merged(&self, from: &str, into: &str, added: usize, same: usize) -> String {
        format!("merged {from} into {into}: {}; {from} is deleted", merged_entries(added, same))
    }

    fn would_merge(&self, from: &str, into: &str, added: usize, same: usize) -> String {
        let entries = merged_entries(added, same);
        format!("would merge {from} into {into}: {entries}; {from} would be deleted")
    }

    fn comments_left_out(
        &self,
        path: &str,
        comments: &[(usize, String)],
        is_deleted: bool,
    ) -> String {
        let (count, stay) = match (comments.len(), is_deleted) {
            (1, true) => ("1 comment".to_owned(), "was not taken over"),
            (1, false) => ("1 comment".to_owned(), "would not be taken over"),
            (count, true) => (format!("{count} comments"), "were not taken over"),
            (count, false) => (format!("{count} comments"), "would not be taken over"),
        };
        let lines = comments.iter().map(|(line, words)| format!("\n  {path}:{line}: # {words}"));
        format!(
            "{count} of the other record {stay}; undo brings the whole record back:{}",
            lines.collect::<String>()
        )
    }

    fn comments_gone(&self, comments: &[String]) -> String {
        format!("comments removed with it: {}", hash_signs(comments))
    }

    fn kept_internal(&self, texts: &[String]) -> String {
        format!("kept internal, because one of the two was internal: {}", texts.join("; "))
    }

    fn files_renamed(&self, names: &[(String, String)]) -> String {
        let names: Vec<String> = names.iter().map(|(old, new)| format!("{old} → {new}")).collect();
        format!("files whose names were taken get free ones: {}", names.join(", "))
    }

    fn key_stays(&self, key: &str, here: Option<&Value>, there: Option<&Value>) -> String {
        format!(
            "{key} stays {} (the other record had {})",
            whole_value_words(here),
            whole_value_words(there)
        )
    }

    fn severity_led(&self, led: &str, record: &str) -> String {
        format!(
            "its events lead to the severity {led}; if that is right: asrun set severity {led} --no-event \
             -r {record}"
        )
    }

    fn review_set(&self, label: Option<&str>, record: &str) -> String {
        match label {
            Some(label) => format!("{record} is now: {label}"),
            None => format!("{record}: the review state is removed"),
        }
    }

    fn no_review(&self, record: &str) -> String {
        format!("{record} has no review state; to set it: asrun review --draft, or --by NAME")
    }

    fn not_reviewed(&self, label: &str, record: &str) -> String {
        format!(
            "{record} is not reviewed as it is now: {label}; to mark it: asrun review --by NAME"
        )
    }

    fn never_resolved(&self, of: &str) -> String {
        format!(
            "no event says when it was resolved: asrun log \"all green\" --type resolved --at TIME{of}"
        )
    }

    fn open_after_all(&self, begun: &Event, zone: Zone, of: &str) -> String {
        let at = told_if_known(begun.at.as_ref(), zone, "time unknown");
        format!(
            "the record is still open, as {:?} ({at}) is later than that; to close it later: asrun \
             amend --last --at TIME{of}",
            begun.headline()
        )
    }

    fn went_on_after_closing(&self, event: &Event, zone: Zone, of: &str) -> String {
        let at = told_if_known(event.at.as_ref(), zone, "time unknown");
        format!(
            "{:?} ({at}) is later than the closing; to close the record later: asrun amend --last --at TIME{of}",
            event.headline()
        )
    }

    fn ended_after_all(&self, end: &Event, zone: Zone, of: &str) -> String {
        let at = told_if_known(end.at.as_ref(), zone, "time unknown");
        format!(
            "the record is still ended, as {:?} ({at}) is later than that; to reopen it later: asrun \
             amend --last --at TIME{of}",
            end.headline()
        )
    }

    fn logged_to_archived(&self, record: &str) -> Refusal {
        Refusal::new(format!("{record} is archived: asrun list leaves it out"))
            .hint(format!("if it belongs there: asrun archive {record} --clear"))
            .hint("if it begins another one: asrun new TITLE, then asrun move --last --to ID")
    }

    fn status_stays(&self, later: &Event, zone: Zone, of: &str) -> String {
        let at = told_if_known(later.at.as_ref(), zone, "time unknown");
        format!(
            "the status is still {}, as {:?} ({at}) is later than that; to state it later: asrun amend \
             --last --at TIME{of}",
            later.kind.as_ref().map_or("—", EventType::word),
            later.headline()
        )
    }

    fn public_lags(
        &self,
        shown: &EventType,
        known: (&EventType, Option<Moment>),
        door: Door,
        record: &str,
    ) -> String {
        let command = public_event_typed(known, door, record);
        let (shown, known) = (shown.word(), known.0.word());
        format!(
            "public pages still say {shown}, as {known} is internal; to tell the public: {command}"
        )
    }

    fn steps_left(&self, names: &[String], of: &str) -> String {
        let (steps, step) = match names {
            [name] => ("step was", quoted_word(name)),
            _ => ("steps were", "STEP".to_owned()),
        };
        format!(
            "{} planned {steps} neither done nor skipped: asrun link{of}, or asrun plan skip \
             {step}{of}",
            names.len()
        )
    }

    fn actions_left(&self, count: usize, record: &str) -> String {
        let actions = if count == 1 { "1 action is" } else { &format!("{count} actions are") };
        format!("{actions} still open: asrun actions {record}")
    }

    fn promise_left(&self, promised: &Moment, zone: Zone, of: &str) -> String {
        format!(
            "the public was promised an update for {}, and none is logged; to log it: asrun log TEXT \
             --type communication{of}",
            told(promised, zone)
        )
    }

    fn closed_late(&self, (seconds, latest): (i64, &Moment), of: &str) -> String {
        format!(
            "that is {} after its latest event; if it ended then: asrun amend --last --at {}{of}",
            self.amount(seconds),
            latest.written()
        )
    }

    fn long_open(&self, records: &[String]) -> String {
        let record = records.first().map_or("RECORD", String::as_str);
        format!(
            "still open, with nothing logged for more than a month: {}; to close one: asrun close -r {record}; to put it away: asrun archive {record}",
            records.join(", ")
        )
    }

    fn archived(&self, record: &str) -> String {
        format!("archived {record}: asrun list leaves it out")
    }

    fn unarchived(&self, record: &str) -> String {
        format!("{record} is no longer archived")
    }

    fn to_select(&self, record: &str) -> String {
        format!("no record is selected; to select it: asrun select {record}")
    }

    fn stays_chosen(&self, current: &str, record: &str) -> String {
        format!("{current} stays the current record; to select this one: asrun select {record}")
    }

    fn archived_open(&self, record: &str) -> String {
        format!("no event of {record} says that it ended; it no longer counts as open")
    }

    fn event_moved(&self, event: &Event, zone: Zone, from: &str, to: &str) -> String {
        let at = told_if_known(event.at.as_ref(), zone, "time unknown");
        let event = event.headline();
        format!("moved {at} {event}: {from} → {to}")
    }

    fn steps_let_go(&self, steps: &[String], record: &str) -> String {
        format!(
            "the plan of {record} does not have the same step, so the link to it is dropped: {}",
            steps.join(", ")
        )
    }

    fn files_copied(&self, files: &[String], folder: &str) -> String {
        format!("its files were copied: {}; those in {folder}/ stay there", files.join(", "))
    }
}

/// Returns why nothing was added to a text or removed from it.
fn no_list(key: &str) -> Refusal {
    Refusal::new(format!(
        "{key} is a single text, so nothing can be added to it or \
                removed from it"
    ))
    .hint(format!("asrun set {key} VALUE"))
}

/// Returns why a key that asrun does not know was not set.
fn own_key(key: &str, place: &str) -> Refusal {
    Refusal::new(format!(
        "{place}: {key:?} is a key that asrun does not know, so it is left to you"
    ))
    .hint("to change it in an editor: asrun edit")
}

/// Returns why a record's zone was not removed.
fn zone_needed(place: &str, lines: &[usize]) -> Refusal {
    Refusal::new(format!(
        "{place}: a time without an offset needs the record's zone; nothing was changed"
    ))
    .hint("for another zone: asrun set timezone ZONE")
    .hint(format!("to add offsets (lines {}): asrun edit", numbers(lines)))
}

/// Returns why a key was not set or shown.
pub(super) fn key_failure(fault: &KeyFault) -> Refusal {
    match fault {
        KeyFault::Unknown { typed, near, known } => {
            let near = near.map(|near| format!("did you mean {near}? ")).unwrap_or_default();
            Refusal::new(format!("{typed:?} is not a key of a record"))
                .hint(format!("{near}the keys are: {}", known.join(", ")))
        }
        KeyFault::Id => Refusal::new("the id of a record is the name of its file, not a key")
            .hint("to change it: asrun rename NEW-ID"),
        KeyFault::Own { key, file, at } => own_key(key, &format!("{file}:{at}")),
        KeyFault::ZoneNeeded { file, at, lines } => zone_needed(&format!("{file}:{at}"), lines),
        KeyFault::Entries { key } => entries(key),
        KeyFault::NoValue { key } => no_value(key),
        KeyFault::ClearedAndSet { key } => Refusal::new(format!(
            "--clear removes {key}, but a value was given too; use one of \
                them"
        )),
        KeyFault::Needed { key: "status" } => {
            Refusal::new("the status comes from the milestones, so it cannot be removed")
                .hint("asrun amend NUMBER --clear type, or asrun undo")
        }
        KeyFault::Needed { key } => Refusal::new(format!("a record must have `{key}`")),
        KeyFault::NotThere { key, value: Some(value) } => {
            Refusal::new(format!("{key} does not hold {value:?}"))
                .hint(format!("asrun get {key} prints its values"))
        }
        KeyFault::NotThere { key, value: None } => {
            Refusal::new(format!("the record has no {key}, so nothing was removed"))
        }
        KeyFault::LaterSame { record, value, at, number } => later((record, value), at, *number),
        KeyFault::Same { key, value } => Refusal::new(format!("{key} is already {value}")),
        KeyFault::OwnKeys { key, own } => own_keys(key, own),
        KeyFault::NoList { key } => no_list(key),
        KeyFault::Zone { typed, near } => {
            Refusal::new(format!("unknown zone {typed:?}")).hint(match near {
                Some(near) => format!("did you mean {near}?"),
                None => "use an IANA name, such as Asia/Seoul or America/New_York".to_owned(),
            })
        }
        KeyFault::Truth { typed } => {
            Refusal::new(format!("{typed:?} is neither yes nor no")).hint("write yes or no")
        }
        KeyFault::Status { typed, known } => {
            let refusal = Refusal::new(format!("unknown milestone {typed:?}"));
            let meant = EventType::meant_by(typed).filter(|word| known.contains(word));
            let refusal = meant
                .into_iter()
                .fold(refusal, |refusal, word| refusal.hint(format!("did you mean {word}?")));
            refusal.hint(format!("there are: {}", known.join(", ")))
        }
        KeyFault::Post(fault) => content_failure(fault),
        KeyFault::IsEvent { key } => Refusal::new(format!(
            "--no-event: a change of {key} is an event, which says when it changed"
        ))
        .hint("leave --no-event out"),
        KeyFault::NoEvent { key } => Refusal::new(format!(
            "--at, --by, --why and --text describe the event of a severity or status change; \
             {key} has none"
        ))
        .hint("leave them out"),
    }
}

/// Returns why a key that holds entries or other keys was not set.
fn entries(key: &str) -> Refusal {
    Refusal::new(match key {
        "post" => "`post` is a group of keys, which are set one by one".to_owned(),
        "review" | "imported" => {
            format!("`{key}` is a group of keys, which has its own commands")
        }
        _ => format!("`{key}` is a list of entries, which has its own commands"),
    })
    .hint(command_of(key))
}

/// Returns why a key with keys that asrun does not know does not become a word.
fn own_keys(key: &str, own: &[String]) -> Refusal {
    let own = own.join(", ");
    Refusal::new(format!("{key} has keys that asrun does not know, which would be lost: {own}"))
        .hint("to remove them first: asrun edit")
}

/// Returns why a record does not get a severity that it gets later.
fn later((record, value): (&str, &str), at: &Moment, number: usize) -> Refusal {
    Refusal::new(format!(
        "event {number} says that the severity changed to {value} later, at {}",
        at.written()
    ))
    .hint(format!("if it changed earlier: asrun amend {number} --at TIME -r {record}"))
}

/// Returns how a key is set, and removed if it can be.
fn no_value(key: &str) -> Refusal {
    let clear = match key {
        "title" | "status" => String::new(),
        key => format!(", asrun set {key} --clear removes it"),
    };
    Refusal::new(format!("no value was given for {key}"))
        .hint(format!("asrun set {key} VALUE; asrun get {key} prints it{clear}"))
}

/// Returns why a value is not allowed in a record.
fn content_failure(fault: &ContentFault) -> Refusal {
    let ProblemText { message, help } = English.problem(fault);
    Refusal::new(message).hint(help)
}

/// Returns the commands for the entries of a key.
fn command_of(key: &str) -> &'static str {
    match key {
        "plan" => "asrun plan add, move, skip and check",
        "events" => "asrun log, asrun amend and asrun show",
        "lessons" | "contributing_factors" => "asrun lessons, and asrun lessons add",
        "actions" => "asrun actions, and asrun actions add and done",
        "attachments" => "asrun attach",
        "review" => "asrun review --by NAME, or asrun review --draft",
        "post" => "asrun set post.layout blog; asrun get post prints them all",
        _ => "to open it: asrun edit",
    }
}

/// Returns why a record was not closed or reopened.
pub(super) fn state_failure(fault: &StateFault) -> Refusal {
    match fault {
        StateFault::Closed { record } => Refusal::new(format!("{record} is already closed"))
            .hint(format!("to open it again: asrun reopen -r {record}")),
        StateFault::Open { record } => Refusal::new(format!("{record} is open: it has not ended"))
            .hint(format!("to close it: asrun close -r {record}")),
        StateFault::Archived { record } => Refusal::new(format!("{record} is archived"))
            .hint(format!("to bring it back: asrun archive {record} --clear")),
        StateFault::NotArchived { record } => Refusal::new(format!("{record} is not archived")),
    }
}

fn merged_entries(added: usize, same: usize) -> String {
    let entries = if added == 1 { "1 entry" } else { &format!("{added} entries") };
    let same = match same {
        0 => String::new(),
        1 => "; 1 event was in both".to_owned(),
        same => format!("; {same} events were in both"),
    };
    format!("{entries}{same}")
}

/// Returns why a comment cannot go to the other record; `deed` is what was not done.
fn lost_comment(lost: &LostComment, deed: &str) -> Refusal {
    let LostComment { file, at, comment, why } = lost;
    let lost = format!("{file}:{at}: the comment \"# {comment}\" would be lost");
    match why {
        CommentLoss::Brackets { list, other } => Refusal::new(format!(
            "{lost}: {other} has `{list}` in brackets, where a comment has no place; nothing was {deed}"
        ))
        .hint(format!(
            "in {other}, write `{list}` as lines that begin with -, or remove the comment; to open a \
             record: asrun edit"
        )),
        CommentLoss::Key { other } => Refusal::new(format!(
            "{lost}: it is beside a step that the plan of {other} does not have, so that line stays \
             out; nothing was {deed}"
        ))
        .hint("put the comment beside another key of the event, then try again: asrun edit"),
    }
}

/// Returns why a record was not renamed or merged.
pub(super) fn whole_failure(fault: &RecordFault, door: Door, folder: &Path) -> Refusal {
    match fault {
        RecordFault::Id(fault) => Refusal::new(format!("the new id: {}", unfit_id(fault))),
        RecordFault::Taken { record } => {
            Refusal::new(format!("there is a record {record} already"))
                .hint("choose another id; to put two records together: asrun merge INTO FROM")
        }
        RecordFault::SameId { record } => Refusal::new(format!("{record} already has that id"))
            .hint("asrun set title \"the new title\" changes the title"),
        RecordFault::WithItself { record } => {
            Refusal::new(format!("both are {record}; name two records"))
                .hint("asrun list prints their ids")
        }
        RecordFault::FileClash { file } => Refusal::new(format!(
            "both records have a file {file} with different content, and its name in the other record \
             cannot be changed; nothing was merged"
        ))
        .hint("rename one of them, in its folder and in its record, then merge again"),
        RecordFault::StepClash { step } => Refusal::new(format!(
            "both plans have a step {step}, and the two differ; nothing was merged"
        ))
        .hint("give one of them another id, then merge again; to open a record: asrun edit"),
        RecordFault::Comment(lost) => lost_comment(lost, "merged"),
        RecordFault::Edit(fault) => Refusal::new(English.edit_fault(fault)),
        RecordFault::Halfway { turned, record, redo, undo, why } => {
            let Refusal { message, .. } = English.fault(why, door, folder);
            let (first, all) = (&turned[0], turned.join(", "));
            Refusal::new(format!("it is done in {all}, but not in {record}: {message}")).hint(
                match undo_again(*redo, *undo) {
                    Some(again) => format!("once the cause is removed: {again} -r {first}"),
                    None => format!("to put it right by hand: asrun edit {first}"),
                },
            )
        }
        RecordFault::OtherStays { other, why } => {
            let Refusal { message, hints } = English.fault(why, door, folder);
            let refusal = Refusal::new(format!(
                "everything of {other} is in the record now, but {other} could not be deleted: \
                 {message}"
            ));
            hints
                .into_iter()
                .fold(refusal, Refusal::hint)
                .hint(format!("to delete it: asrun delete {other}"))
        }
    }
}

/// Returns why an event was not moved.
pub(super) fn move_failure(fault: &MoveFault, door: Door, folder: &Path) -> Refusal {
    match fault {
        MoveFault::SameRecord { record } => {
            Refusal::new(format!("the event is already in {record}"))
                .hint("asrun list prints the others")
        }
        MoveFault::Comment(lost) => lost_comment(lost, "moved"),
        MoveFault::InBoth { other, undo, why } => {
            let Refusal { message, hints } = English.fault(why, door, folder);
            let refusal = Refusal::new(format!(
                "the event is in {other} now, but could not be removed from this record: {message}"
            ));
            hints.into_iter().fold(refusal, Refusal::hint).hint(match undo_again(false, *undo) {
                Some(again) => format!("to remove it there: {again} -r {other}"),
                None => format!("to remove it there: asrun edit {other}"),
            })
        }
    }
}

/// Returns why a text cannot be a record's id.
pub(super) fn unfit_id(fault: &IdFault) -> String {
    match fault {
        IdFault::Empty => "an id cannot be empty".to_owned(),
        IdFault::Character(c) => {
            format!("an id cannot contain {c:?}; use letters, digits, '-', '_' and '.'")
        }
        IdFault::Edge => "an id cannot begin with '.' or '-' or end with '.'".to_owned(),
        IdFault::Reserved(name) => format!("{name:?} is a device name on some systems"),
        IdFault::Copy(name) => {
            format!("{name:?} looks like a copy that a merge tool or a sync program left")
        }
        IdFault::Long(limit) => format!("an id can be {limit} bytes long at most"),
    }
}
