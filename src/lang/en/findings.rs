//! Findings of checks.

use crate::fault::{
    ChangeFinding, DayFinding, FileFinding, FindingKind, HeldIn, LeakKind, RuleId, StepFinding,
    StoreFault, WordFinding,
};
use crate::lang::terminal::{FileWords, FindingWords, ProblemText};
use crate::model::{Day, DayOff, Precision};

use super::{English, amount};
use crate::lang::keeper::Keeper;
use crate::lang::told::{public_event, told_of};

/// The way out for a secret in a record.
const SECRET_HELP: &str = "change or revoke it, then: asrun forget --secrets; if it is not a secret: # asrun: ignore \
                           secret";

/// Returns the ways out for an entry that is not in the record.
fn held_help(held: &HeldIn, record: &str) -> String {
    let confirmed = format!("if not: asrun recover {record} --forget");
    match held {
        HeldIn::Commit(_) => {
            format!("if it belongs here: asrun recover {record} --all; {confirmed}")
        }
        HeldIn::Merge => format!(
            "if it belongs here: asrun recover {record} --all; if not: asrun recover {record}"
        ),
        HeldIn::Record(_) | HeldIn::Opened(_) => format!(
            "nothing is lost; if it belongs here too: asrun recover {record} --all; {confirmed}"
        ),
        HeldIn::Ref(_) => {
            format!("nothing is lost; to have it here too: asrun recover {record} --all")
        }
    }
}

/// Returns where an entry is that is not in the record.
pub(super) fn held_in(held: &HeldIn) -> String {
    match held {
        HeldIn::Ref(name) => format!("{name} has it"),
        HeldIn::Commit(commit) => format!("commit {commit} removed or rewrote it"),
        HeldIn::Record(record) => format!("{record} has it"),
        HeldIn::Opened(record) => format!(
            "{record} has it, and what was made internal here is public there: asrun show {record}"
        ),
        HeldIn::Merge => "the merge in progress leaves it out".to_owned(),
    }
}

fn no_day_off(line: usize, text: &str) -> (String, String) {
    let help = "a line is a day, then its name: 2026-12-25 Christmas";
    (format!("line {line} names no day: {text:?}"), help.to_owned())
}

impl FindingWords for English {
    fn file_finding(&self, finding: &FileFinding) -> ProblemText {
        let (message, help) = match finding {
            FileFinding::Misnamed => (
                "its name is not UTF-8, so it is not read as a record".to_owned(),
                "rename it".to_owned(),
            ),
            FileFinding::NoDayOff { line, text } => no_day_off(*line, text),
            FileFinding::LineEnds { path } => (
                "its lines end in a lone carriage return, so nothing can be logged into it"
                    .to_owned(),
                format!("save it with line feeds: perl -pi -e 's/\\r/\\n/g' {path}"),
            ),
            FileFinding::SecretInFile { file, excerpt } => (
                format!("looks like a secret, in {file}: {excerpt}"),
                "change or revoke it, then remove it from that file; if it is not a secret, put # \
                 asrun: ignore secret above the record's first key"
                    .to_owned(),
            ),
            FileFinding::Journal(fault) => {
                (self.store_fault_in_short(fault), "recover and undo need it".to_owned())
            }
            FileFinding::LostEntry { entry, record } => (
                format!("missing: {entry}, which asrun wrote"),
                format!(
                    "asrun recover {record} restores it, asrun recover {record} --forget confirms \
                     that it was deleted"
                ),
            ),
            FileFinding::RevertedEntry { entry, record } => as_before(entry, record),
            FileFinding::EntryIsBack { entry, record } => back_again(entry, record),
            FileFinding::OpenedEntry { entry, record } => opened_again(entry, record),
            FileFinding::OpenedByCommit { entry, record } => opened_by_commit(entry, record),
            FileFinding::OldVersion { commit, lacks, back, record } => {
                old_version(commit, lacks, back, record)
            }
            FileFinding::RevertedKey { key, stands, written, record } => {
                as_before(&key_as_before(key, stands, written), record)
            }
            FileFinding::WaitingEntry { entry, record } => (
                format!("waiting: {entry}, logged while the file could not be read"),
                format!("asrun recover {record} adds it"),
            ),
            FileFinding::LostRecord { path, record, entries, among } => {
                lost_record(path, record, *entries, among)
            }
            FileFinding::SeenBefore { cause, earlier, text, open } => {
                seen_before(cause, earlier, text, open)
            }
            FileFinding::HeldEntry { entry, record, held } => {
                (format!("not on this branch: {entry}; {}", held_in(held)), held_help(held, record))
            }
            FileFinding::RecordIsBack { record, into } => record_back(record, into.as_deref()),
            FileFinding::Twin { record, other, shared } => twin(record, other, *shared),
            FileFinding::HeldRecord { path, held } => held_record(path, held),
        };
        ProblemText { message, help }
    }

    fn unreadable_file(&self, fault: &StoreFault) -> ProblemText {
        let help = "check the file and its permissions".to_owned();
        ProblemText { message: self.store_fault_in_short(fault), help }
    }

    fn readable_rule(&self) -> &'static str {
        "The file is readable."
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
        format!("note: {place}: unknown key `{key}`; it is kept{near}")
    }

    fn finding(&self, finding: &FindingKind) -> String {
        match finding {
            FindingKind::EndBeforeStart { at, until } => {
                format!("it ends at {}, before it begins at {}", until.written(), at.written())
            }
            FindingKind::MilestoneOrder { first: (first, first_at), second: (second, at) } => {
                let (second, first) = (second.word(), first.word());
                let (at, first_at) = (at.written(), first_at.written());
                format!("`{second}` at {at} comes before `{first}` at {first_at}")
            }
            FindingKind::Change(finding) => change_finding(finding),
            FindingKind::TimeJump { at, days } => {
                let plural = if *days == 1 { "" } else { "s" };
                format!("{} is {days} day{plural} from everything else", at.written())
            }
            FindingKind::OutOfOrder { at, above } => {
                format!("{} is listed below {}", at.written(), above.written())
            }
            FindingKind::NotResolved { days } => {
                format!("the last event is {days} days old, and no event is `resolved`")
            }
            FindingKind::CommandRunning => {
                "no end is recorded: the command still runs, or asrun was killed".to_owned()
            }
            FindingKind::PublicStatus { shown, known, .. } => {
                let (shown, known) = (shown.word(), known.word());
                format!("public pages still say `{shown}`: this `{known}` is internal")
            }
            FindingKind::StatedDuration { place, stated, given } => {
                let given = amount(*given, Precision::Minute);
                format!("{place}: \"{stated}\", but by the events it is {given}")
            }
            FindingKind::OffsetMismatch { at, zone, instant, .. } => {
                let (at, offset) = (at.written(), instant.clock(None).zone);
                format!("{at}, but {zone} is at {offset} at that time")
            }
            FindingKind::Day(finding) => day_finding(finding),
            FindingKind::Step(finding) => step_finding(finding),
            FindingKind::Word(finding) => word_finding(finding),
            FindingKind::DuplicateEvent { event, at } => {
                let at = at.map_or_else(String::new, |at| format!(" at {}", at.written()));
                format!("{event:?}{at} is here a second time")
            }
            FindingKind::UnknownKey { key, .. } => {
                format!("unknown key `{key}`; it is kept")
            }
            FindingKind::Secret { excerpt } => format!("looks like a secret: {excerpt}"),
            FindingKind::PrivateText { place, kind, excerpt } => self.leak(place, *kind, excerpt),
            FindingKind::NamedPerson { place, name, role } => named(place, name, role.as_deref()),
            FindingKind::ActionWithoutOwner { action } => format!("{action:?} has no owner"),
            FindingKind::ActionWithoutDue { action } => format!("{action:?} has no due date"),
            FindingKind::MissingFile { file } => format!("the attachment {file:?} does not exist"),
            FindingKind::MissingPicture { file } => format!("the picture {file:?} does not exist"),
            FindingKind::UnusedFile { file } => {
                format!("the file {file:?} is in the record's folder, but nothing uses it")
            }
            FindingKind::ImageWithoutAlt { file } => {
                format!("the picture {file:?} has no alternative text that says what it shows")
            }
        }
    }

    fn finding_help(&self, finding: &FindingKind) -> String {
        let help = match finding {
            FindingKind::EndBeforeStart { .. } => {
                "correct `until` or `at`; after midnight, write the next day"
            }
            FindingKind::MilestoneOrder { .. } => {
                "correct the time or the type of one of them; the durations would be negative"
            }
            FindingKind::Change(finding) => return change_help(finding),
            FindingKind::TimeJump { .. } => {
                "check its year, month and day; if it is right: # asrun: ignore time-jump"
            }
            FindingKind::OutOfOrder { .. } => {
                "asrun sorts events by time when it reads them; move the entry, or correct its \
                 time"
            }
            FindingKind::NotResolved { .. } => {
                "log when it was resolved: asrun log \"resolved\" --type resolved --at TIME"
            }
            FindingKind::CommandRunning => {
                "if it has ended, write its exit code here, or `unknown`"
            }
            FindingKind::PublicStatus { known, at, .. } => {
                return format!("to tell the public: asrun log {}", public_event(known, *at));
            }
            FindingKind::StatedDuration { .. } => {
                "correct the text or the times; to see the durations with their formulas: asrun show"
            }
            FindingKind::OffsetMismatch { instant, clock, .. } => {
                let instant = format!("write {} if the moment is right", instant.written());
                let clock = clock.map(|at| format!(", {} if the clock time is", at.written()));
                return instant + &clock.unwrap_or_default();
            }
            FindingKind::Day(finding) => day_help(finding),
            FindingKind::Step(finding) => return step_help(finding),
            FindingKind::Word(finding) => return word_help(finding),
            FindingKind::DuplicateEvent { .. } => {
                "compare the two, then delete the one that says less"
            }
            FindingKind::UnknownKey { key, near, is_setting, .. } => {
                return key_help(key, near.as_deref(), *is_setting);
            }
            FindingKind::Secret { .. } => SECRET_HELP,
            FindingKind::PrivateText { place, .. } => return kept_inside(&Keeper::of(place)),
            FindingKind::NamedPerson { place, role, .. } => {
                return named_help(role.is_some(), place);
            }
            FindingKind::ActionWithoutOwner { .. } => "add a line `owner: …`",
            FindingKind::ActionWithoutDue { .. } => "add a line such as `due: 2024-10-01`",
            FindingKind::MissingFile { .. } => {
                "put that file into assets/ beside the record, under its id, or delete this entry"
            }
            FindingKind::MissingPicture { .. } => {
                "put that file into assets/ beside the record, under its id, or correct the text"
            }
            FindingKind::UnusedFile { .. } => "list it in `attachments:`, or delete the file",
            FindingKind::ImageWithoutAlt { .. } => {
                "add `alt: …`, one sentence; in Markdown it goes in the brackets: ![…](file)"
            }
        };
        help.to_owned()
    }

    #[allow(clippy::too_many_lines, reason = "a sentence for each rule")]
    fn rule(&self, rule: RuleId) -> &'static str {
        match rule {
            RuleId::EndBeforeStart => "A span ends after it begins.",
            RuleId::MilestoneOrder => {
                "An outage starts, is detected, is mitigated and is resolved, in that order."
            }
            RuleId::BrokenChange => "A change of severity or status begins where the last ended.",
            RuleId::TimeJump => {
                "An event is close in time to its neighbours: a wrong day, month or year is the \
                 commonest slip."
            }
            RuleId::OutOfOrder => "Events are listed in the order they happened.",
            RuleId::NotResolved => "An outage with no news for days has a `resolved` event.",
            RuleId::CommandRunning => "A command that was run and logged has its end.",
            RuleId::PublicStatus => {
                "Public pages show whether an outage is mitigated or over, as the team knows it."
            }
            RuleId::StatedDuration => "A duration in a text agrees with the logged times.",
            RuleId::OffsetMismatch => {
                "A time's offset is the one the record's zone had at that time."
            }
            RuleId::WeekdayMismatch => "A weekday in a text matches the date next to it.",
            RuleId::DateMismatch => "A record's `date` is near its plan and its events.",
            RuleId::FutureEvent => "An event is not in the future.",
            RuleId::ZoneMissing => "A record names the time zone of its days and clock times.",
            RuleId::UnknownStep => "An event refers to steps that are in the plan.",
            RuleId::StepNotRecorded => {
                "Once a release is over, each step has an event or is skipped."
            }
            RuleId::DuplicateStepId => "A step id is used once.",
            RuleId::SkippedWithEvent => "A step is carried out or skipped, not both.",
            RuleId::AfterCircle => "Steps do not wait for each other in a circle.",
            RuleId::TooEarly => "A step is planned for when its dependencies are done.",
            RuleId::PastDue => "A step is planned to end before its deadline.",
            RuleId::OwnerTwice => "Nobody has two steps at once.",
            RuleId::DayOff => {
                "A step is planned for a working day: no weekend, no day in `holidays.txt`."
            }
            RuleId::DuplicateEvent => "An event is logged once.",
            RuleId::UnknownKey => "A key is one that asrun knows; other keys are kept and ignored.",
            RuleId::UnknownType => {
                "A type is a known one or a word of your own, not a typo of a known one."
            }
            RuleId::UnknownKind => {
                "A kind is a known one or a word of your own, not a typo of a known one."
            }
            RuleId::UnknownSeverity => "A severity is on the project's scale.",
            RuleId::Secret => {
                "A record contains no key, token or password: everyone with a clone can read it."
            }
            RuleId::PrivateText => {
                "Public text contains no internal hosts, e-mail addresses or people's numbers."
            }
            RuleId::NamedPerson => {
                "Before a record is published, its author knows which people it names. Checked in \
                 records with `published:`, and where asrun.yaml has `roles:`."
            }
            RuleId::ActionWithoutOwner => "An open action has an owner.",
            RuleId::ActionWithoutDue => "An open action has a due date.",
            RuleId::MissingFile => "Every attachment and every picture in a text exists.",
            RuleId::UnusedFile => "Every file in the record's folder is used somewhere.",
            RuleId::ImageWithoutAlt => {
                "A picture has an alternative text, for those who cannot \
                see it."
            }
        }
    }

    fn leak(&self, place: &str, kind: LeakKind, excerpt: &str) -> String {
        let kind = match kind {
            LeakKind::Secret => "a secret",
            LeakKind::InternalHost => "an internal host",
            LeakKind::Email => "an e-mail address",
            LeakKind::Phone => "a telephone number",
            LeakKind::PersonalNumber => "a national identity number",
        };
        format!("{place}: looks like {kind}: {excerpt}")
    }
}

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn weekday(day: &Day) -> &'static str {
    WEEKDAYS[day.weekday()]
}

fn change_finding(finding: &ChangeFinding) -> String {
    match finding {
        ChangeFinding::Severity { said, led } => {
            format!(
                "it says the severity was `{said}` before, but the change before it made it `{led}`"
            )
        }
        ChangeFinding::Status { said, led } => {
            format!(
                "it says the status was `{said}` before, but the milestone before it is `{led}`"
            )
        }
        ChangeFinding::Last { said: Some(said), led } => {
            format!(
                "the severity is `{said}`, but the last change of it in `events` made it `{led}`"
            )
        }
        ChangeFinding::Last { said: None, led } => {
            format!("there is no `severity`, but the last change of it in `events` made it `{led}`")
        }
    }
}

fn change_help(finding: &ChangeFinding) -> String {
    match finding {
        ChangeFinding::Severity { led, .. } | ChangeFinding::Status { led, .. } => {
            format!("write `from: {led}`, or log the change that is missing between the two")
        }
        ChangeFinding::Last { led, .. } => {
            format!("write `severity: {led}`, or correct the last change in `events`")
        }
    }
}

fn day_finding(finding: &DayFinding) -> String {
    match finding {
        DayFinding::Weekday { place, said, day } => {
            format!("{place}: \"{said}\", but {day} is a {}", weekday(day))
        }
        DayFinding::Date { date, days } => {
            format!("{date} is {days} days away from everything planned and logged")
        }
        DayFinding::Future { at } => format!("{} is in the future", at.written()),
        DayFinding::NoZone => "`timezone` is missing, so the zone of its days and clock times is \
            unknown"
            .to_owned(),
    }
}

fn day_help(finding: &DayFinding) -> &'static str {
    match finding {
        DayFinding::Weekday { .. } => "correct the weekday or the date",
        DayFinding::Date { .. } => {
            "check its year and month, and those of the events; durations do not use it"
        }
        DayFinding::Future { .. } => "check its year, month and day; future steps belong in `plan`",
        DayFinding::NoZone => {
            "add a line such as `timezone: Asia/Seoul`; without it, days are in UTC"
        }
    }
}

fn quoted(texts: &[String]) -> String {
    texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ")
}

fn step_finding(finding: &StepFinding) -> String {
    match finding {
        StepFinding::Unknown { event, step, .. } => {
            format!("the event {event:?} refers to step {step:?}, which is not in the plan")
        }
        StepFinding::NotRecorded { step } => format!("{step:?} has no event"),
        StepFinding::DuplicateId { id } => {
            format!("a step above already has the id {id:?}; events cannot tell them apart")
        }
        StepFinding::Skipped { step, event } => {
            format!("the step {step:?} was skipped, but the event {event:?} carries it out")
        }
        StepFinding::UnknownAfter { step, wanted, .. } => {
            format!("the step {step:?} waits for {wanted:?}, which the plan does not have")
        }
        StepFinding::Circle { steps } => format!("these wait for each other: {}", quoted(steps)),
        StepFinding::TooEarly { step, at, waits_for, end } => format!(
            "{step:?} is planned for {}, but waits for {waits_for:?}, which by the plan is over at {}",
            at.written(),
            end.written()
        ),
        StepFinding::PastDue { step, end, due } => {
            format!("{step:?} is due {}, and by the plan over at {}", due.written(), end.written())
        }
        StepFinding::OwnerTwice { owner, at, steps } => {
            format!("{owner:?} has two steps at {}: {}", at.written(), quoted(steps))
        }
        StepFinding::DayOff { day, why, steps } => {
            let steps =
                if *steps == 1 { "1 step is".to_owned() } else { format!("{steps} steps are") };
            let is = match why {
                DayOff::Weekend => format!("a {}", weekday(day)),
                DayOff::Named(name) if name.is_empty() => "a day off".to_owned(),
                DayOff::Named(name) => format!("{name:?}"),
            };
            format!("{steps} planned for {day}, {is}")
        }
    }
}

fn step_help(finding: &StepFinding) -> String {
    let help = match finding {
        StepFinding::Unknown { near: Some(near), .. } => return format!("did you mean {near}?"),
        StepFinding::Unknown { near: None, .. } => {
            "use the id of a planned step, or add one: asrun plan add TIME TEXT --id ID"
        }
        StepFinding::NotRecorded { .. } => {
            "to find its event: asrun link; if it was not done: asrun plan skip STEP"
        }
        StepFinding::DuplicateId { .. } => "give one of them another id, in its events too",
        StepFinding::Skipped { .. } => "delete `skipped`, or the event's `step`",
        StepFinding::UnknownAfter { near: Some(near), .. } => {
            return format!("did you mean {near}?");
        }
        StepFinding::UnknownAfter { near: None, .. } => "name the id of a step of the plan",
        StepFinding::Circle { .. } => "take one of them out of the `after` of another",
        StepFinding::TooEarly { .. } => {
            "to give one of them another time: asrun plan move STEP TIME; or correct `after`"
        }
        StepFinding::PastDue { .. } => {
            "for another deadline: asrun plan edit STEP --due TIME; for another time: asrun plan move \
             STEP TIME"
        }
        StepFinding::OwnerTwice { .. } => {
            "to give one of them another time: asrun plan move STEP TIME"
        }
        StepFinding::DayOff { .. } => {
            "for another day: asrun plan move STEP TIME; if it is meant: # asrun: ignore day-off"
        }
    };
    help.to_owned()
}

fn word_finding(finding: &WordFinding) -> String {
    match finding {
        WordFinding::Type { word, near } => {
            format!("unknown type `{word}`, so this is not counted as `{near}`")
        }
        WordFinding::Kind { word, near } => {
            format!("unknown kind `{word}`, so this is not counted as `{near}`")
        }
        WordFinding::Severity { word, scale, .. } => {
            format!("`{word}` is not on the severity scale: {}", scale.join(", "))
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
            "use a word of the scale, or define your own: severities in asrun.yaml".to_owned()
        }
    }
}

fn named(place: &str, name: &str, role: Option<&str>) -> String {
    match role {
        Some(role) => format!("{place} names {name:?}; public documents say {role:?} instead"),
        None => {
            format!("{place} names {name:?}, who has no role; public documents are refused")
        }
    }
}

fn named_help(has_role: bool, place: &str) -> String {
    if has_role {
        return "`roles:` in asrun.yaml sets the replacement".to_owned();
    }
    let inside = kept_inside(&Keeper::of(place));
    format!("give them a role under `roles:` in asrun.yaml; or {inside}")
}

/// Returns how something that is not for the public is taken out of a place, or kept inside.
pub(super) fn kept_inside(keeper: &Keeper) -> String {
    match keeper {
        Keeper::Event => {
            "remove it, or keep the event inside: asrun amend NUMBER --internal".to_owned()
        }
        Keeper::Entry => {
            "remove it, or write `audience: internal` beside it: asrun edit".to_owned()
        }
        Keeper::Key(key) => format!("change it: {}", Keeper::setting(key)),
        Keeper::Step => "change the step: asrun plan edit STEP --text TEXT".to_owned(),
        Keeper::Id => "give the record another id: asrun rename NEW-ID".to_owned(),
        Keeper::Text => "remove it: asrun edit".to_owned(),
    }
}

/// Returns that a cause was there before, and what is left to be done about it.
fn seen_before(cause: &str, earlier: &str, text: &str, open: &[String]) -> (String, String) {
    (
        format!("{cause:?} was seen before in {earlier}: {text}"),
        match open {
            [] => format!("asrun show {earlier} shows what was done then"),
            open => {
                format!("not done since: {} (asrun actions {earlier})", open.join(", "))
            }
        },
    )
}

/// Returns that a record is gone with this many entries.
fn lost_record(path: &str, record: &str, entries: usize, among: &[String]) -> (String, String) {
    let plural = if entries == 1 { "entry" } else { "entries" };
    if !among.is_empty() {
        return (
            format!(
                "{path} is gone, and each of several records had all that asrun wrote into it: {}",
                among.join(", ")
            ),
            format!("compare them; if nothing is missing: rm .asrun/{record}.journal"),
        );
    }
    (
        format!("{path} is gone, and with it {entries} {plural} that asrun wrote"),
        format!(
            "restore it (git checkout -- {path}), or delete .asrun/{record}.journal \
                         if it was renamed or deleted on purpose"
        ),
    )
}

/// Returns the text about a record that is elsewhere, whole, or that a commit removed, and the way out.
fn held_record(path: &str, held: &HeldIn) -> (String, String) {
    match held {
        HeldIn::Commit(commit) => (
            format!("commit {commit} removed {path}, and no other record has all of its entries"),
            format!("if it should be here: git checkout {commit}^ -- {path}"),
        ),
        held => (
            format!(
                "{path} is not on this branch: every entry that asrun wrote is kept; {}",
                held_in(held)
            ),
            "nothing is lost".to_owned(),
        ),
    }
}

/// Returns the text about an event that a commit made public again, and the ways out.
fn opened_by_commit(entry: &str, record: &str) -> (String, String) {
    (
        format!("public again: {entry}, which was made internal here; a commit took that back"),
        format!(
            "if that was an old copy: asrun recover {record} --all; if it was meant: asrun \
                     recover {record} --forget"
        ),
    )
}

/// Returns the text about a record that another one repeats, and the way out.
fn record_back(record: &str, into: Option<&str>) -> (String, String) {
    let confirmed = format!("asrun recover {record} --forget confirms that it belongs here");
    let (what, again) = match into {
        None => (
            "although it was deleted".to_owned(),
            format!("asrun delete {record} deletes it again"),
        ),
        Some(into) => (
            format!("although it became {into}, which has its entries"),
            format!("asrun merge {into} {record} puts them together"),
        ),
    };
    (
        format!("{record} is there again, {what}; an editor may have saved an old copy"),
        format!("{again}, {confirmed}"),
    )
}

fn twin(record: &str, other: &str, shared: usize) -> (String, String) {
    (
        match shared {
            1 => format!("{other} has the same title and the same event"),
            shared => format!("{other} has the same {shared} events"),
        },
        format!("if both are one record: asrun merge {other} {record}"),
    )
}

/// Returns the text about an entry or a key that is as it was before a change, and the way out.
fn as_before(told: &str, record: &str) -> (String, String) {
    let again = format!(
        "asrun recover {record} changes it again, asrun recover {record} --forget confirms that it is \
         right as it is"
    );
    (format!("as it was before asrun changed it: {told}"), again)
}

fn key_as_before(key: &str, stands: &str, written: &str) -> String {
    format!("{key}: {stands} (asrun wrote {written})")
}

/// Returns the text about an entry that is public, and the way out.
fn opened_again(entry: &str, record: &str) -> (String, String) {
    let again = format!(
        "asrun recover {record} makes it internal again, asrun recover {record} --forget confirms that \
         it is right as it is"
    );
    (format!("internal in the last commit of {record}, but no longer in the file: {entry}"), again)
}

/// Returns the text about a file that is as it was before a commit, and the way out.
fn old_version(commit: &str, lacks: &[String], back: &[String], record: &str) -> (String, String) {
    let listed = |all: &[String]| {
        let told = told_of(all.len());
        let more = if all.len() > told {
            format!(" and {} more", all.len() - told)
        } else {
            String::new()
        };
        format!("{}{more}", all[..told].join(", "))
    };
    let lacks = (!lacks.is_empty()).then(|| format!("it lacks {}", listed(lacks)));
    let back = (!back.is_empty()).then(|| format!("back again: {}", listed(back)));
    let what: Vec<String> = lacks.into_iter().chain(back).collect();
    let what = format!(
        "{record} is as it was before commit {commit}: {}; an old copy may have been saved over it",
        what.join("; ")
    );
    let again = format!(
        "asrun recover {record} brings back what was committed, asrun recover {record} --forget confirms \
         that it is right as it is"
    );
    (what, again)
}

/// Returns the text about an entry that was removed, and the way out.
fn back_again(entry: &str, record: &str) -> (String, String) {
    let remove = format!(
        "asrun amend -r {record} NUMBER --remove removes an event again, asrun recover {record} --forget \
         confirms that it is right"
    );
    (format!("back again: {entry}, which was removed"), remove)
}

/// Returns what to do about a key that a record does not have; `near` is one that it has.
fn key_help(key: &str, near: Option<&str>, is_setting: bool) -> String {
    const LIST: &str = "asrun help records lists the keys";
    match near {
        _ if is_setting => {
            format!("`{key}` is a setting of the project: move it to asrun.yaml")
        }
        Some(near) => format!("did you mean `{near}`? {LIST}"),
        None => LIST.to_owned(),
    }
}
