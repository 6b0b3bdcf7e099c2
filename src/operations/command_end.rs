//! Records the end of a command whose start was logged, with its output.

use crate::check::told_without_secrets;
use crate::fault::{EventFault, Fault};
use crate::format::{Became, Document, Journal, LOG, insert_event, item_path, place_of_event};
use crate::model::{EXIT_CODE, Event, EventType, Moment};
use crate::store::{Edit, Noted, RecordName, Saved};
use crate::yaml::{Change, Value};

use super::texts::as_code;
use super::workspace::Target;

/// The most lines of output that an event keeps, and the most letters.
const LINES: usize = 40;
const LETTERS: usize = 4000;

/// A command that has ended.
#[derive(Debug)]
pub struct CommandRun {
    /// The event of its start, as it was logged.
    pub begun: Event,
    /// The journal's ids of the change that logged it.
    pub changes: Vec<String>,
    /// When it ended.
    pub until: Moment,
    /// The detail that was typed.
    pub own: Option<String>,
    /// The command and the end of its output; empty if there is neither.
    pub output: String,
    /// The type of the event: done or failed.
    pub kind: EventType,
    /// Its exit code, as in a shell.
    pub code: u8,
}

/// Where the end of a command was recorded.
#[derive(Debug)]
pub struct NotedEnd {
    /// The record, which may be another one by now.
    pub record: RecordName,
    /// The change.
    pub saved: Saved,
    /// Whether it is an event of its own, as the other one was removed.
    pub is_apart: bool,
}

/// How often the event may go to another record meanwhile.
const ATTEMPTS: usize = 3;

/// Adds the end of a command to the event of its start, whatever was done to it meanwhile; if it was removed, the end is
/// logged as an event of its own.
///
/// # Errors
/// Nothing was changed: the record cannot be written.
pub fn note_end(target: &Target, run: &CommandRun) -> Result<NotedEnd, Fault> {
    for _ in 0..ATTEMPTS {
        let Some((record, value)) = whereabouts(target, run)? else { break };
        let noted = target.beside(&record).update(LOG, |document| {
            let place = place_of_event(document, &value).ok_or(EventFault::LastChanged)?;
            let noted = Noted { completes: run.changes.clone(), ..Noted::default() };
            Ok((Edit::Changes(run.changes_of(document, place)), noted, ()))
        });
        match noted {
            Ok((saved, ())) => return Ok(NotedEnd { record, saved, is_apart: false }),
            // It was changed or moved between the two.
            Err(Fault::Event(EventFault::LastChanged)) => {}
            Err(fault) => return Err(fault),
        }
    }
    let (saved, ()) = target.change(LOG, |document| {
        let event = run.event_apart(document);
        Ok((vec![insert_event(&document.incident.events, &event).1], ()))
    })?;
    Ok(NotedEnd { record: target.record.clone(), saved, is_apart: true })
}

/// Returns the record that has the event of a command's start now, and the event's value; `None` if it was removed.
fn whereabouts(target: &Target, run: &CommandRun) -> Result<Option<(RecordName, Value)>, Fault> {
    let project = &target.workspace.project;
    let of_start = |journal: &Journal| run.changes.iter().find_map(|id| journal.became(id));
    let mut found = match project.exact(&target.record.id) {
        Some(record) => of_start(&project.journal(&record)?).map(|became| (record, became)),
        None => None,
    };
    if found.is_none() && run.changes.is_empty() {
        // The change is in no journal.
        let value = crate::format::event_item(&run.begun);
        return Ok(Some((target.record.clone(), value)));
    }
    let anywhere = |became: &dyn Fn(&Journal) -> Option<Became>| -> Result<_, Fault> {
        let records = project.list()?.records.into_iter();
        let of = |record: RecordName| {
            let journal = project.journal(&record).ok()?;
            Some((record, became(&journal)?))
        };
        Ok(records.filter_map(of).next())
    };
    if found.is_none() {
        // The record has another id, or is part of another one.
        found = anywhere(&of_start)?;
    }
    loop {
        match found {
            Some((record, Became::There(value))) => return Ok(Some((record, value))),
            Some((_, Became::Moved(joint, value))) => {
                found = anywhere(&|journal| journal.became_of_moved(&joint, &value))?;
            }
            Some((_, Became::Gone)) | None => return Ok(None),
        }
    }
}

impl CommandRun {
    /// Returns the changes of the event at this index; what somebody changed meanwhile stays.
    fn changes_of(&self, document: &Document, place: usize) -> Vec<Change> {
        let event = &document.incident.events[place];
        let path = item_path("events", place);
        let set = |key: &str, value: Value| Change::set(path.clone(), key, value);
        let mut changes = Vec::new();
        if event.until == self.begun.until
            && event.at.is_none_or(|at| at.unix() <= self.until.unix())
        {
            changes.push(set("until", Value::text(self.until.written())));
        }
        if event.kind == self.begun.kind {
            changes.push(set("type", Value::text(self.kind.word())));
        }
        let is_own = event.detail != self.begun.detail;
        let own = if is_own { event.detail.as_ref() } else { self.own.as_ref() };
        let detail = with_output(own.map(|own| own.trim_end()), &self.output);
        if !detail.is_empty() && (!is_own || !self.output.is_empty()) {
            changes.push(set("detail", Value::text(format!("{}\n", detail.trim_end()))));
        }
        changes.push(set("metrics", metrics(&self.metrics_beside(event))));
        changes
    }

    /// Returns the metrics of an event with the exit code.
    fn metrics_beside(&self, event: &Event) -> Vec<(String, String)> {
        let others = event.metrics.iter().filter(|(name, _)| name != EXIT_CODE).cloned();
        others.chain([(EXIT_CODE.to_owned(), self.code.to_string())]).collect()
    }

    /// Returns the end as an event of its own.
    fn event_apart(&self, document: &Document) -> Event {
        let detail = with_output(self.own.as_deref(), &self.output);
        let mut event = Event {
            until: Some(self.until),
            kind: Some(self.kind.clone()),
            detail: Some(format!("{}\n", detail.trim_end())).filter(|_| !detail.is_empty()),
            metrics: self.metrics_beside(&self.begun),
            ..self.begun.clone()
        };
        event.steps.retain(|id| document.incident.step(id).is_some());
        event
    }
}

fn metrics(all: &[(String, String)]) -> Value {
    let value = |(name, said): &(String, String)| (name.clone(), Value::text(said.clone()));
    Value::Map(all.iter().map(value).collect())
}

/// Returns the detail of a command's event: the typed detail, followed by the program's output.
pub fn with_output(own: Option<&str>, output: &str) -> String {
    let code = as_code(output);
    let both = [own.unwrap_or_default(), code.as_str()];
    both.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Returns the end of an output with its secrets masked. They are masked before it is cut, since half a secret would
/// not be recognized.
pub fn end_of_output(output: &str, is_cut: bool) -> String {
    let masked = told_without_secrets(output.trim_end());
    let lines: Vec<&str> = masked.lines().collect();
    let mut kept = Vec::new();
    let mut left = LETTERS;
    let mut begun = None;
    for line in lines.iter().rev().take(LINES) {
        let letters = line.chars().count();
        if letters >= left {
            begun = Some(*line).filter(|_| left > 1);
            break;
        }
        left -= letters + 1;
        kept.push(*line);
    }
    let missing = lines.len() - kept.len() - usize::from(begun.is_some());
    // Of a line that is too long, the end.
    let begun = begun.map(|line| format!("… {}", last_letters(line, left - 1)));
    kept.extend(begun.as_deref());
    kept.reverse();
    let mut text = kept.join("\n");
    if missing > 0 || is_cut {
        let count = if is_cut { String::new() } else { format!(" +{missing}") };
        text = format!("…{count}\n{text}");
    }
    text
}

/// Returns the last letters of a line.
fn last_letters(line: &str, most: usize) -> &str {
    let start = line.char_indices().rev().take(most).last().map_or(line.len(), |(at, _)| at);
    &line[start..]
}

#[cfg(test)]
mod tests {
    use super::super::amend::{AmendRequest, EventChoice, amend};
    use super::super::delete_merge::merge_records;
    use super::super::log::{LogOutcome, LogRequest, Logged, log};
    use super::super::relocate::move_event;
    use super::super::rename::rename_record;
    use super::super::trial::Trial;
    use super::super::turns::undo;
    use super::super::undo::Turn;
    use super::*;

    #[test]
    fn an_output_is_cut_at_its_beginning_after_its_secrets_are_hidden() {
        let long: String = (0..100).map(|line| format!("line {line}\n")).collect();
        let text = end_of_output(&long, false);
        assert!(text.starts_with("… +60\nline 60\n") && text.ends_with("line 99"), "{text}");
        assert!(end_of_output(&long, true).starts_with("…\nline 60\n"));
        assert_eq!(end_of_output("done\n", false), "done");
        assert_eq!(end_of_output("", false), "");
        // The end of a line that is too long is kept as well.
        let text = end_of_output(&format!("{}\n{}end\nFAILED\n", "a", "가".repeat(9000)), false);
        assert!(text.starts_with("… +1\n… 가") && text.ends_with("가end\nFAILED"), "{text}");
        assert!((LETTERS - 10..=LETTERS + 10).contains(&text.chars().count()));
        assert!(end_of_output(&"x".repeat(9000), false).starts_with("… xxx"));
        let secret = format!("{}\npassword: hunter2hunter2\n", "x".repeat(100));
        assert!(
            !end_of_output(&secret, false).contains("hunter2"),
            "{}",
            end_of_output(&secret, false)
        );
    }
    const RECORD: &str = "title: Checkout\ntimezone: Asia/Seoul\nevents: []\n";

    fn logged(target: &Target, text: &str) -> Logged {
        let text = text.to_owned();
        let detail = Some("```text\n$ pool restart\n```".to_owned());
        let request = LogRequest { text, internal: true, detail, ..LogRequest::default() };
        match log(target, &request).unwrap() {
            LogOutcome::Recorded(logged) => *logged,
            LogOutcome::Kept(fault) => panic!("{fault:?}"),
        }
    }

    fn run_of(begun: Logged) -> CommandRun {
        CommandRun {
            changes: begun.saved.journal.unwrap(),
            until: Moment::parse("2024-09-07T18:31:00+09:00", None).unwrap(),
            begun: begun.event,
            own: None,
            output: "$ pool restart\nout".to_owned(),
            kind: EventType::Failed,
            code: 4,
        }
    }

    /// Logs a command, does something meanwhile, and returns where its end was noted, with the lines of its event.
    fn ended(meanwhile: impl Fn(&Target)) -> (NotedEnd, String) {
        let trial = Trial::new(RECORD);
        let begun = logged(&trial.target, "restart pool");
        meanwhile(&trial.target);
        let run = run_of(begun);
        let noted = note_end(&trial.target, &run).unwrap();
        let text = trial.target.workspace.project.raw_text(&noted.record).unwrap();
        let place = text.find("\n    until:").expect(&text);
        let start = text[..place].rfind("  - at:").unwrap();
        let end = text[place..].find("\n  - at:").map_or(text.len(), |length| place + length);
        (noted, text[start..end].to_owned())
    }

    fn amended(target: &Target, request: AmendRequest) {
        let event = Some(EventChoice::Number(1));
        amend(target, &AmendRequest { event, ..request }).unwrap();
    }

    #[test]
    fn the_end_of_a_command_is_added_to_its_own_event() {
        let some = |text: &str| Some(text.to_owned());
        let is_here = |meanwhile: &dyn Fn(&Target), id: &str, words: &[&str]| {
            let (noted, event) = ended(meanwhile);
            assert_eq!((noted.record.id.as_str(), noted.is_apart), (id, false), "{event}");
            let all = words.iter().chain(&["exit code: \"4\"", "\n      out\n"]);
            all.for_each(|words| assert!(event.contains(words), "{words}: {event}"));
        };
        let text = || AmendRequest { text: some("restart the pool"), ..AmendRequest::default() };
        is_here(&|_| {}, "checkout", &["text: restart pool", "type: failed"]);
        is_here(
            &|target| {
                drop(logged(target, "customers call"));
                amended(target, text());
            },
            "checkout",
            &["text: restart the pool"],
        );
        let earlier = || AmendRequest { at: some("18:10"), ..text() };
        is_here(&|target| amended(target, earlier()), "checkout", &["18:10", "restart the pool"]);
        let kind = Some(EventType::Mitigated);
        let own = || AmendRequest { detail: some("my words"), kind: kind.clone(), ..text() };
        is_here(&|target| amended(target, own()), "checkout", &["type: mitigated", "my words\n"]);
        is_here(
            &|target| {
                amended(target, text());
                let project = &target.workspace.project;
                let other = project.create_record("search", RECORD).unwrap();
                let there = target.beside(&other);
                move_event(target, EventChoice::Number(1), &other).unwrap();
                drop(logged(&there, "search is slow"));
                amended(&there, AmendRequest { at: some("18:05"), ..AmendRequest::default() });
            },
            "search",
            &["18:05", "text: restart the pool"],
        );
        is_here(
            &|target| drop(rename_record(target, "pool").unwrap()),
            "pool",
            &["text: restart pool"],
        );
        is_here(
            &|target| {
                let other = target.workspace.project.create_record("pool", RECORD).unwrap();
                merge_records(&target.beside(&other), &target.record).unwrap();
            },
            "pool",
            &["text: restart pool"],
        );
        is_here(
            &|target| {
                undo(target, Turn::Back(1)).unwrap();
                undo(target, Turn::Again(1)).unwrap();
            },
            "checkout",
            &["text: restart pool"],
        );
    }

    /// The start and the end of a command are one change, with what was amended in its event meanwhile.
    #[test]
    fn a_command_is_undone_and_redone_at_once() {
        let other = |target: &Target| drop(logged(target, "customers call"));
        let text = || AmendRequest { text: Some("again".to_owned()), ..AmendRequest::default() };
        let nothing: &dyn Fn(&Target) = &|_| {};
        let amends: &dyn Fn(&Target) = &|target| amended(target, text());
        let logs: &dyn Fn(&Target) = &|target| other(target);
        let turns: &dyn Fn(&Target) = &|target| {
            undo(target, Turn::Back(1)).unwrap();
            undo(target, Turn::Again(1)).unwrap();
        };
        for (meanwhile, is_alone) in [(nothing, true), (amends, true), (logs, false), (turns, true)]
        {
            let trial = Trial::new(RECORD);
            let begun = logged(&trial.target, "restart pool");
            meanwhile(&trial.target);
            note_end(&trial.target, &run_of(begun)).unwrap();
            let text = trial.text();
            for _ in 0..2 {
                let turned = undo(&trial.target, Turn::Back(1)).unwrap();
                assert_eq!(turned.change.effects.len(), 1);
                assert!(turned.change.effects[0].before.is_none(), "{:?}", turned.change.effects);
                let without = trial.text();
                assert!(
                    !without.contains("text: restart pool") && !without.contains("again"),
                    "{without}"
                );
                assert_eq!(!without.contains("customers call"), is_alone, "{without}");
                undo(&trial.target, Turn::Again(1)).unwrap();
                assert_eq!(trial.text(), text);
            }
            let changes = trial.target.journal().unwrap().in_effect().len();
            assert_eq!(changes, if is_alone { 1 } else { 2 });
            trial.write(&trial.text().replace("Checkout", "By hand"));
            undo(&trial.target, Turn::Back(1)).unwrap();
            assert!(!trial.text().contains("text: restart pool"), "{}", trial.text());
        }
    }

    #[test]
    fn the_end_of_a_command_whose_event_is_gone_is_an_event_of_its_own() {
        let remove = || AmendRequest { remove: true, ..AmendRequest::default() };
        for other in [false, true] {
            let (noted, event) = ended(|target| {
                if other {
                    drop(logged(target, "restart pool"));
                }
                amended(target, remove());
            });
            assert_eq!((noted.record.id.as_str(), noted.is_apart), ("checkout", true));
            assert!(event.contains("text: restart pool") && event.contains("\n      out\n"));
        }
    }
}
