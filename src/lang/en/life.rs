//! What is said of a record as a whole.

use std::path::Path;

use crate::fault::{KeyFault, MoveFault, StateFault, WholeFault};
use crate::lang::terminal::{Current, Door, EditWords, LifeWords, Refusal, RequestWords};
use crate::lang::told::{numbered, told_if_known, value_words};
use crate::model::{Event, Zone};
use crate::yaml::Value;

use super::English;

impl LifeWords for English {
    fn key_set(&self, key: &str, was: Option<&Value>, now: Option<&Value>, record: &str) -> String {
        match (was, now) {
            (None, now) => format!("{key}: {} → {record}", value_words(now)),
            (was, None) => format!("took {key} away (was {}) → {record}", value_words(was)),
            (was, now) => {
                format!("{key}: {} (was {}) → {record}", value_words(now), value_words(was))
            }
        }
    }

    fn times_moved(&self, count: usize) -> String {
        let times = match count {
            1 => "1 time without an offset is another moment".to_owned(),
            count => format!("{count} times without an offset are other moments"),
        };
        format!("{times} in the new zone: see asrun show; asrun undo takes the zone back")
    }

    fn key_unset(&self, key: &str, record: &str) -> String {
        format!("{record} says nothing of {key}; to say it: asrun set {key} VALUE")
    }

    fn is_current(&self, why: Current, title: &str, others: &[String]) -> String {
        let why = match why {
            Current::Chosen => "chosen by asrun select or asrun new",
            Current::Only => "the only one that could be meant",
        };
        let title = if title.is_empty() { String::new() } else { format!("{title}: ") };
        match others {
            [] => format!("{title}{why}"),
            others => format!("{title}{why}; open too: {}", others.join(", ")),
        }
    }

    fn open_too(&self, record: &str, others: &[String]) -> String {
        let to = match others {
            [other] => other,
            _ => "RECORD",
        };
        format!(
            "open too: {}; if it belongs there: asrun move --last -r {record} --to {to}",
            others.join(", ")
        )
    }

    fn which_record(&self, open: &[String]) -> String {
        format!("several records are open:\n{}which one is meant? ", numbered(open))
    }

    fn prompt_record(&self, record: &str, others: &[String]) -> String {
        match others {
            [] => format!("{record}; no other record is open"),
            [other, ..] => {
                format!("{record}; open too: {}; to go there: /record {other}", others.join(", "))
            }
        }
    }

    fn renamed(&self, from: &str, to: &str) -> String {
        format!("{from} → {to}, with its files; to reverse that: asrun undo -r {to}")
    }

    fn named_elsewhere(&self, from: &str, places: &[(String, usize)]) -> String {
        let places: Vec<String> =
            places.iter().take(5).map(|(id, line)| format!("incidents/{id}.yaml:{line}")).collect();
        format!("{from} is still named in {}", places.join(", "))
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
        format!("deleted {record} ({held}); to bring it back: asrun undo -r {record}")
    }

    fn restored(&self, record: &str) -> String {
        format!("{record} is back; to delete it again: asrun undo --redo -r {record}")
    }

    fn deleted_again(&self, record: &str) -> String {
        format!("{record} is deleted again; to bring it back: asrun undo -r {record}")
    }

    fn named_again(&self, from: &str, to: &str) -> String {
        format!("{from} → {to}, with its files")
    }

    fn merged(&self, from: &str, into: &str, added: usize, same: usize) -> String {
        let entries = if added == 1 { "1 entry" } else { &format!("{added} entries") };
        let same = match same {
            0 => String::new(),
            1 => "; 1 event stood in both".to_owned(),
            same => format!("; {same} events stood in both"),
        };
        format!("{from} → {into}: {entries}{same}; to part them again: asrun undo -r {from}")
    }

    fn key_stays(&self, key: &str, here: Option<&Value>, there: Option<&Value>) -> String {
        format!("{key} stays {} (the other record said {})", value_words(here), value_words(there))
    }

    fn review_set(&self, label: Option<&str>, record: &str) -> String {
        match label {
            Some(label) => format!("{record} now says: {label}"),
            None => format!("{record}: nothing is said of a review any more"),
        }
    }

    fn no_review(&self, record: &str) -> String {
        format!("{record} says nothing of a review; to say it: asrun review --draft, or --by NAME")
    }

    fn not_reviewed(&self, label: &str, record: &str) -> String {
        format!(
            "{record} is not reviewed as it is: {label}; asrun review --by NAME says that it is"
        )
    }

    fn never_resolved(&self) -> &'static str {
        "no event says when it was resolved: asrun log \"all green\" --type resolved --at TIME"
    }

    fn steps_left(&self, count: usize) -> String {
        let steps = if count == 1 { "step was" } else { "steps were" };
        format!(
            "{count} planned {steps} neither carried out nor given up: asrun link, or asrun plan skip STEP"
        )
    }

    fn actions_left(&self, count: usize, record: &str) -> String {
        let actions = if count == 1 { "1 action is" } else { &format!("{count} actions are") };
        format!("{actions} still to be done: asrun actions {record}")
    }

    fn closed_late(&self, seconds: i64) -> String {
        format!(
            "that is {} after its latest event; if it ended then: asrun amend --last --at TIME",
            self.amount(seconds)
        )
    }

    fn event_moved(&self, event: &Event, zone: Zone, from: &str, to: &str) -> String {
        let at = told_if_known(event.at.as_ref(), zone, "time unknown");
        let event = event.headline();
        format!(
            "moved {at} {event}: {from} → {to}; to move it back: asrun move --last -r {to} --to {from}"
        )
    }

    fn steps_let_go(&self, steps: &[String], record: &str) -> String {
        format!(
            "the plan of {record} has no step {}, so the event names it no more",
            steps.join(", ")
        )
    }

    fn files_copied(&self, files: &[String], from: &str) -> String {
        format!(
            "its files were copied: {}; those in incidents/assets/{from}/ stay there",
            files.join(", ")
        )
    }
}

/// Why a key was not set or told.
pub(super) fn key_failure(fault: &KeyFault) -> Refusal {
    match fault {
        KeyFault::Unknown { typed, near, known } => {
            let near = near.map(|near| format!("did you mean {near}? ")).unwrap_or_default();
            Refusal::new(format!("a record has no key {typed:?}"))
                .hint(format!("{near}there are: {}", known.join(", ")))
        }
        KeyFault::Entries { key } => {
            Refusal::new(format!("`{key}` holds entries, which have commands of their own"))
                .hint(command_of(key))
        }
        KeyFault::NoValue { key } => Refusal::new(format!("what is {key} to be?")).hint(format!(
            "asrun set {key} VALUE; asrun get {key} tells it, asrun set {key} --clear takes it away"
        )),
        KeyFault::ClearedAndSet { key } => {
            Refusal::new(format!("--clear takes {key} away, and a value was typed; give one of them"))
        }
        KeyFault::Needed { key: "status" } => {
            Refusal::new("the status is what the milestones say, so it cannot be taken away")
                .hint("asrun amend NUMBER --clear type, or asrun undo")
        }
        KeyFault::Needed { key } => Refusal::new(format!("a record cannot be without `{key}`")),
        KeyFault::NotThere { key, value: Some(value) } => {
            Refusal::new(format!("{key} does not hold {value:?}"))
                .hint(format!("asrun get {key} tells what it holds"))
        }
        KeyFault::NotThere { key, value: None } => {
            Refusal::new(format!("the record says nothing of {key}, so nothing was taken away"))
        }
        KeyFault::Same { key, value } => Refusal::new(format!("{key} is {value} already")),
        KeyFault::NoList { key } => {
            Refusal::new(format!("{key} is one text, so nothing can be added to it or taken out"))
                .hint(format!("asrun set {key} VALUE"))
        }
        KeyFault::Zone { typed, near } => {
            Refusal::new(format!("no zone is called {typed:?}")).hint(match near {
                Some(near) => format!("did you mean {near}?"),
                None => "use an IANA name, such as Asia/Seoul or America/New_York".to_owned(),
            })
        }
        KeyFault::Truth { typed } => {
            Refusal::new(format!("{typed:?} is neither yes nor no")).hint("write yes or no")
        }
        KeyFault::Status { typed, known } => {
            Refusal::new(format!("no milestone is called {typed:?}"))
                .hint(format!("there are: {}", known.join(", ")))
        }
        KeyFault::NoEvent { key } => Refusal::new(format!(
            "only a change of severity or status is an event, with --at, --by, --why and --text; {key} is not"
        ))
        .hint("leave them out"),
    }
}

/// The commands that know the entries of a key.
fn command_of(key: &str) -> &'static str {
    match key {
        "plan" => "asrun plan add, move, skip and check",
        "events" => "asrun log, asrun amend and asrun show",
        "lessons" | "contributing_factors" => "asrun lessons, and asrun lessons add",
        "actions" => "asrun actions, and asrun actions add and done",
        "attachments" => "asrun attach",
        _ => "asrun edit opens the record",
    }
}

/// Why a record was not closed or opened again.
pub(super) fn state_failure(fault: &StateFault) -> Refusal {
    match fault {
        StateFault::Closed { record } => {
            Refusal::new(format!("{record} is closed already: nothing goes on in it"))
                .hint(format!("if it goes on: asrun reopen -r {record}"))
        }
        StateFault::Open { record } => {
            Refusal::new(format!("{record} is open: nothing says that it ended"))
                .hint(format!("to close it: asrun close -r {record}"))
        }
    }
}

/// Why a record as a whole was not renamed or merged.
pub(super) fn whole_failure(fault: &WholeFault, door: Door, folder: &Path) -> Refusal {
    match fault {
        WholeFault::SameId { record } => Refusal::new(format!("that is the id of {record} already"))
            .hint("asrun set title \"the new title\" changes the title"),
        WholeFault::WithItself { record } => {
            Refusal::new(format!("both are {record}; name two records"))
                .hint("asrun list prints their ids")
        }
        WholeFault::FileClash { file } => Refusal::new(format!(
            "both records have a file {file}, and they are not the same; nothing was merged"
        ))
        .hint("give one of them another name, in its folder and in its record, then merge again"),
        WholeFault::StepClash { step } => Refusal::new(format!(
            "both plans have a step {step}, and they are not the same; nothing was merged"
        ))
        .hint("asrun edit opens a record: give one of them another id, then merge again"),
        WholeFault::Comments => Refusal::new(
            "comments stand in the lines of entries, and the other record cannot take the lines as they are; nothing was merged",
        )
        .hint("move the lines by hand: asrun edit opens a record"),
        WholeFault::Edit(fault) => Refusal::new(English.edit_fault(fault)),
        WholeFault::Halfway { turned, record, why } => {
            let Refusal { message, hints } = English.fault(why, door, folder);
            let refusal = Refusal::new(format!("it was turned in {}, and cannot be in {record}: {message}", turned.join(", ")));
            hints.into_iter().fold(refusal, Refusal::hint)
        }
        WholeFault::OtherStays { other, why } => {
            let Refusal { message, hints } = English.fault(why, door, folder);
            let refusal = Refusal::new(format!(
                "everything of {other} stands in the record now, and {other} could not be taken away: {message}"
            ));
            hints.into_iter().fold(refusal, Refusal::hint)
                .hint(format!("to take it away: asrun delete {other}"))
        }
    }
}

/// Why an event was not moved.
pub(super) fn move_failure(fault: &MoveFault, door: Door, folder: &Path) -> Refusal {
    match fault {
        MoveFault::SameRecord { record } => {
            Refusal::new(format!("the event is in {record} already"))
                .hint("asrun list prints the others")
        }
        MoveFault::Comments => Refusal::new(
            "comments stand in the event's lines, and the other record cannot take the lines as they are; nothing was moved",
        )
        .hint("move the lines by hand: asrun edit opens a record"),
        MoveFault::InBoth { other, why } => {
            let Refusal { message, hints } = English.fault(why, door, folder);
            let refusal = Refusal::new(format!(
                "the event is in {other} now, and could not be taken out of this record: {message}"
            ));
            hints.into_iter().fold(refusal, Refusal::hint)
                .hint(format!("to take it out there: asrun amend --last --remove -r {other}"))
        }
    }
}
