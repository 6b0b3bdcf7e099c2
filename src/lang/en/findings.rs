//! What checks find in records.

use crate::fault::{
    DayFinding, FileFinding, FindingKind, HeldIn, LeakKind, RuleId, StepFinding, StoreFault,
    WordFinding,
};
use crate::lang::terminal::{FileWords, FindingWords, ProblemText};
use crate::model::{Day, Precision};

use super::{English, amount};

/// Where an entry is that a record lacks.
fn held_in(held: &HeldIn) -> String {
    match held {
        HeldIn::Ref(name) => format!("{name} has it"),
        HeldIn::Commit(commit) => format!("commit {commit} took it away"),
        HeldIn::Record(record) => format!("{record} has it"),
    }
}

impl FindingWords for English {
    fn file_finding(&self, finding: &FileFinding) -> ProblemText {
        let (message, help) = match finding {
            FileFinding::Misnamed => {
                ("its name is not UTF-8, so it is no record".to_owned(), "rename it".to_owned())
            }
            FileFinding::LineEnds { path } => (
                "its lines end with a carriage return alone, so nothing can be logged into it"
                    .to_owned(),
                format!("save it with line feeds: perl -pi -e 's/\\r/\\n/g' {path}"),
            ),
            FileFinding::SecretInFile { file, excerpt } => (
                format!("looks like a secret, in {file}: {excerpt}"),
                "have it changed or revoked, then take it out of that file; if it is none: # asrun: ignore secret, above the record's first key".to_owned(),
            ),
            FileFinding::Journal(fault) => {
                (self.store_fault_in_short(fault), "asrun recover and undo need it".to_owned())
            }
            FileFinding::LostEntry { entry, record } => (
                format!("missing: {entry}, which asrun had written"),
                format!(
                    "asrun recover {record} brings it back, asrun recover {record} --forget confirms that it was deleted"
                ),
            ),
            FileFinding::WaitingEntry { entry, record } => (
                format!("waiting: {entry}, logged while the file could not be read"),
                format!("asrun recover {record} adds it"),
            ),
            FileFinding::LostRecord { path, record, entries } => {
                let plural = if *entries == 1 { "entry" } else { "entries" };
                (
                    format!(
                        "{path} is gone, and with it {entries} {plural} that asrun had written"
                    ),
                    format!(
                        "bring it back (git checkout -- {path}), or delete .asrun/{record}.journal if it was renamed or deleted on purpose"
                    ),
                )
            }
            FileFinding::HeldEntry { entry, record, held } => (
                format!("not here: {entry}; {}", held_in(held)),
                match held {
                    HeldIn::Commit(_) => {
                        format!("asrun recover {record} brings it back, if it should be here")
                    }
                    _ => format!("nothing is lost; asrun recover {record} would write it here too"),
                },
            ),
            FileFinding::HeldRecord { path, held, .. } => (
                format!(
                    "{path} is not here: every entry that asrun had written is kept; {}",
                    held_in(held)
                ),
                "nothing is lost".to_owned(),
            ),
        };
        ProblemText { message, help }
    }

    fn unreadable_file(&self, fault: &StoreFault) -> ProblemText {
        let help = "look at the file and its permissions".to_owned();
        ProblemText { message: self.store_fault_in_short(fault), help }
    }

    fn readable_rule(&self) -> &'static str {
        "The file can be read."
    }

    fn checked(&self, records: usize, errors: usize, warnings: usize, notes: usize) -> String {
        let plural = if records == 1 { "record" } else { "records" };
        let counts = [(errors, "error"), (warnings, "warning"), (notes, "note")];
        let counts = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }));
        let counts: Vec<String> = counts.collect();
        let found = if counts.is_empty() { "nothing wrong".to_owned() } else { counts.join(", ") };
        format!("{records} {plural} checked, {found}")
    }

    fn kept_key(&self, place: &str, key: &str, near: Option<&str>) -> String {
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("note: {place}: asrun does not know `{key}`; it is kept as it is{near}")
    }

    fn finding(&self, finding: &FindingKind) -> String {
        match finding {
            FindingKind::EndBeforeStart { at, until } => {
                format!("it would end at {}, before it begins at {}", until.written(), at.written())
            }
            FindingKind::MilestoneOrder { first: (first, first_at), second: (second, at) } => {
                let (second, first) = (second.word(), first.word());
                let (at, first_at) = (at.written(), first_at.written());
                format!("`{second}` at {at} comes before `{first}` at {first_at}")
            }
            FindingKind::TimeJump { at, days } => {
                let plural = if *days == 1 { "" } else { "s" };
                format!("{} is {days} day{plural} from everything else", at.written())
            }
            FindingKind::OutOfOrder { at, above } => {
                format!("{} stands below {}", at.written(), above.written())
            }
            FindingKind::NotResolved { days } => {
                format!("the last event is {days} days old, and none says `resolved`")
            }
            FindingKind::StatedDuration { place, stated, given } => {
                let given = amount(*given, Precision::Minute);
                format!("{place}: \"{stated}\", but the events give {given}")
            }
            FindingKind::OffsetMismatch { at, zone, instant, .. } => {
                let (at, offset) = (at.written(), instant.clock(None).zone);
                format!("{at}, but {zone} is at {offset} then")
            }
            FindingKind::Day(finding) => day_finding(finding),
            FindingKind::Step(finding) => step_finding(finding),
            FindingKind::Word(finding) => word_finding(finding),
            FindingKind::DuplicateEvent { event, at } => {
                let at = at.map_or_else(String::new, |at| format!(" at {}", at.written()));
                format!("{event:?}{at} stands here a second time")
            }
            FindingKind::UnknownKey { key, .. } => {
                format!("asrun does not know `{key}`; it is kept as it is")
            }
            FindingKind::Secret { excerpt } => format!("looks like a secret: {excerpt}"),
            FindingKind::PrivateText { place, kind, excerpt } => self.leak(place, *kind, excerpt),
            FindingKind::NamedPerson { place, name, role } => named(place, name, role.as_deref()),
            FindingKind::ActionWithoutOwner { action } => format!("nobody is named for {action:?}"),
            FindingKind::ActionWithoutDue { action } => format!("no day is set for {action:?}"),
            FindingKind::MissingFile { file } => format!("the attachment {file:?} is not there"),
            FindingKind::MissingPicture { file } => format!("the picture {file:?} is not there"),
            FindingKind::UnusedFile { file } => {
                format!("the file {file:?} is in the record's folder, and nothing shows it")
            }
            FindingKind::ImageWithoutAlt { file } => {
                format!("the picture {file:?} does not say what it shows")
            }
        }
    }

    fn finding_help(&self, finding: &FindingKind) -> String {
        let help = match finding {
            FindingKind::EndBeforeStart { .. } => {
                "correct `until` or `at`; past midnight the next day is meant"
            }
            FindingKind::MilestoneOrder { .. } => {
                "correct the time, or the type of one of them; durations would be negative"
            }
            FindingKind::TimeJump { .. } => {
                "look at its year, month and day; if it is right: # asrun: ignore time-jump"
            }
            FindingKind::OutOfOrder { .. } => {
                "asrun sorts by time when it reads; move the entry, or correct its time"
            }
            FindingKind::NotResolved { .. } => {
                "add when it was over: asrun log \"resolved\" --type resolved --at TIME"
            }
            FindingKind::StatedDuration { .. } => {
                "correct the text or the times; asrun show computes durations with their formulas"
            }
            FindingKind::OffsetMismatch { instant, clock, .. } => {
                let instant = format!("write {} if the instant is right", instant.written());
                let clock = clock.map(|at| format!(", {} if the clock is", at.written()));
                return instant + &clock.unwrap_or_default();
            }
            FindingKind::Day(finding) => day_help(finding),
            FindingKind::Step(finding) => return step_help(finding),
            FindingKind::Word(finding) => return word_help(finding),
            FindingKind::DuplicateEvent { .. } => {
                "delete one of the two, after looking which says more"
            }
            FindingKind::UnknownKey { near: Some(key), .. } => {
                return format!("did you mean `{key}`? asrun help records names the keys");
            }
            FindingKind::UnknownKey { near: None, .. } => "asrun help records names the keys",
            FindingKind::Secret { .. } => {
                "have it changed or revoked, then: asrun forget --secrets; if it is none: # asrun: ignore secret"
            }
            FindingKind::PrivateText { .. } => {
                "take it out, or mark the entry `audience: internal`"
            }
            FindingKind::NamedPerson { role, .. } => named_help(role.is_some()),
            FindingKind::ActionWithoutOwner { .. } => "add a line `owner: …`",
            FindingKind::ActionWithoutDue { .. } => "add a line such as `due: 2024-10-01`",
            FindingKind::MissingFile { .. } => {
                "put the file of that name into incidents/assets/ under the record's id, or delete this entry"
            }
            FindingKind::MissingPicture { .. } => {
                "put the file of that name into incidents/assets/ under the record's id, or correct the text"
            }
            FindingKind::UnusedFile { .. } => "name it in `attachments:`, or delete the file",
            FindingKind::ImageWithoutAlt { .. } => {
                "add `alt: …`, one sentence; in Markdown it stands in the brackets: ![…](file)"
            }
        };
        help.to_owned()
    }

    fn rule(&self, rule: RuleId) -> &'static str {
        match rule {
            RuleId::EndBeforeStart => "A span ends after it begins.",
            RuleId::MilestoneOrder => {
                "An outage begins, is detected, mitigated and resolved in that order."
            }
            RuleId::TimeJump => {
                "An event is near those around it: a wrong day, month or year is the commonest slip."
            }
            RuleId::OutOfOrder => "Events stand in the order they happened.",
            RuleId::NotResolved => "An outage that went quiet says when it was resolved.",
            RuleId::StatedDuration => "A duration in a text is the one that the times give.",
            RuleId::OffsetMismatch => "A time's offset is the one that the record's zone had then.",
            RuleId::WeekdayMismatch => "A weekday in a text is the one of the date beside it.",
            RuleId::DateMismatch => "A record's `date` is near its plan and its events.",
            RuleId::FutureEvent => "An event has happened.",
            RuleId::ZoneMissing => "A record says in which zone its days and clocks are.",
            RuleId::UnknownStep => "An event carries out steps that the plan has.",
            RuleId::StepNotRecorded => {
                "Once a release is over, each step has an event or was skipped."
            }
            RuleId::DuplicateStepId => "An id names one step.",
            RuleId::SkippedWithEvent => "A step was carried out or skipped, not both.",
            RuleId::DuplicateEvent => "An event is written down once.",
            RuleId::UnknownKey => {
                "A key is one that asrun knows; others are kept, and mean nothing to it."
            }
            RuleId::UnknownType => {
                "A type is one that asrun knows or a word of one's own, and no slip of the pen."
            }
            RuleId::UnknownKind => {
                "A kind is one that asrun knows or a word of one's own, and no slip of the pen."
            }
            RuleId::UnknownSeverity => "A severity is on the project's scale.",
            RuleId::Secret => {
                "A record holds no key, token or password: git gives it to everyone with a clone."
            }
            RuleId::PrivateText => {
                "What the public may read holds no internal hosts, e-mail addresses or numbers of people."
            }
            RuleId::NamedPerson => {
                "Whoever means to publish a record knows which people its texts name. It is asked of records with \
                 `published:`, and where asrun.yaml has `roles:`."
            }
            RuleId::ActionWithoutOwner => "An action that is not done says who does it.",
            RuleId::ActionWithoutDue => "An action that is not done says by when.",
            RuleId::MissingFile => "An attachment, and a picture in a text, is there.",
            RuleId::UnusedFile => "A file in the record's folder is shown somewhere.",
            RuleId::ImageWithoutAlt => "A picture says what it shows, for those who cannot see it.",
        }
    }

    fn leak(&self, place: &str, kind: LeakKind, excerpt: &str) -> String {
        let kind = match kind {
            LeakKind::Secret => "a secret",
            LeakKind::InternalHost => "an internal host",
            LeakKind::Email => "an e-mail address",
            LeakKind::Phone => "a telephone number",
            LeakKind::PersonalNumber => "somebody's identity number",
        };
        format!("{place}: looks like {kind}: {excerpt}")
    }
}

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn weekday(day: &Day) -> &'static str {
    WEEKDAYS[day.weekday()]
}

fn day_finding(finding: &DayFinding) -> String {
    match finding {
        DayFinding::Weekday { place, said, day } => {
            format!("{place}: \"{said}\", but {day} is a {}", weekday(day))
        }
        DayFinding::Date { date, days } => {
            format!("{date} is {days} days from everything planned and recorded")
        }
        DayFinding::Future { at } => format!("{} has not come yet", at.written()),
        DayFinding::NoZone => "no `timezone` says in which zone its days and clocks are".to_owned(),
    }
}

fn day_help(finding: &DayFinding) -> &'static str {
    match finding {
        DayFinding::Weekday { .. } => "correct the weekday or the date",
        DayFinding::Date { .. } => {
            "look at its year and month, and at those of the events; durations do not use it"
        }
        DayFinding::Future { .. } => {
            "look at its year, month and day; what is still to come belongs in `plan`"
        }
        DayFinding::NoZone => {
            "add a line such as `timezone: Asia/Seoul`; without one, days are UTC's"
        }
    }
}

fn step_finding(finding: &StepFinding) -> String {
    match finding {
        StepFinding::Unknown { event, step, .. } => {
            format!("the event {event:?} carries out step {step:?}, which the plan does not have")
        }
        StepFinding::NotRecorded { step } => format!("no event carries out {step:?}"),
        StepFinding::DuplicateId { id } => {
            format!("a step above has the id {id:?} too; events cannot tell them apart")
        }
        StepFinding::Skipped { step, event } => {
            format!("the step {step:?} was skipped, but the event {event:?} carries it out")
        }
    }
}

fn step_help(finding: &StepFinding) -> String {
    let help = match finding {
        StepFinding::Unknown { near: Some(near), .. } => return format!("did you mean {near}?"),
        StepFinding::Unknown { near: None, .. } => {
            "name a step of the plan, or add it: asrun plan add TIME TEXT --id ID"
        }
        StepFinding::NotRecorded { .. } => {
            "asrun link suggests events; asrun plan skip says that it was given up"
        }
        StepFinding::DuplicateId { .. } => "give one of them another id, in its events too",
        StepFinding::Skipped { .. } => "delete `skipped`, or the event's `step`",
    };
    help.to_owned()
}

fn word_finding(finding: &WordFinding) -> String {
    match finding {
        WordFinding::Type { word, near } => {
            format!("asrun does not know the type `{word}`, so this is not counted as `{near}`")
        }
        WordFinding::Kind { word, near } => {
            format!("asrun does not know the kind `{word}`, so this is not counted as `{near}`")
        }
        WordFinding::Severity { word, scale, .. } => {
            format!("`{word}` is not on the scale: {}", scale.join(", "))
        }
    }
}

fn word_help(finding: &WordFinding) -> String {
    match finding {
        WordFinding::Type { near, .. } => {
            format!("did you mean `{near}`? if not: # asrun: ignore unknown-type")
        }
        WordFinding::Kind { near, .. } => {
            format!("did you mean `{near}`? if not: # asrun: ignore unknown-kind")
        }
        WordFinding::Severity { near: Some(near), .. } => format!("did you mean `{near}`?"),
        WordFinding::Severity { near: None, .. } => {
            "take a word of the scale, or set your own: severities in asrun.yaml".to_owned()
        }
    }
}

fn named(place: &str, name: &str, role: Option<&str>) -> String {
    match role {
        Some(role) => format!("{place} names {name:?}; a public document says {role:?} there"),
        None => {
            format!("{place} names {name:?}, who has no role; no public document is made of it")
        }
    }
}

fn named_help(has_role: bool) -> &'static str {
    if has_role {
        "another word for it can be given under `roles:` in asrun.yaml"
    } else {
        "say under `roles:` in asrun.yaml what they are called in public, or mark the entry `audience: internal`"
    }
}
