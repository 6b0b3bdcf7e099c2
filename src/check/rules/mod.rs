//! The rules, one file per subject. Each has an example that breaks it and one that follows it in tests/rules, and a
//! section in docs/rules.md.

mod actions;
mod changes;
mod days;
mod entries;
mod files;
mod jumps;
mod offsets;
mod plan;
mod planning;
mod runs;
mod stated;
mod times;
mod words;

use crate::fault::RuleId;

use super::case::{Level, Rule};

/// Every rule, in the order of the documentation.
pub static RULES: &[Rule] = &[
    Rule { id: RuleId::EndBeforeStart, level: Level::Error, find: times::end_before_start },
    Rule { id: RuleId::MilestoneOrder, level: Level::Warning, find: times::milestone_order },
    Rule { id: RuleId::BrokenChange, level: Level::Warning, find: changes::broken },
    Rule { id: RuleId::TimeJump, level: Level::Warning, find: jumps::time_jump },
    Rule { id: RuleId::OutOfOrder, level: Level::Note, find: times::out_of_order },
    Rule { id: RuleId::NotResolved, level: Level::Warning, find: times::not_resolved },
    Rule { id: RuleId::CommandRunning, level: Level::Note, find: runs::command_running },
    Rule { id: RuleId::PublicStatus, level: Level::Note, find: changes::public_status },
    Rule { id: RuleId::OffsetMismatch, level: Level::Warning, find: offsets::mismatch },
    Rule { id: RuleId::StatedDuration, level: Level::Warning, find: stated::stated_duration },
    Rule { id: RuleId::WeekdayMismatch, level: Level::Warning, find: days::weekday_mismatch },
    Rule { id: RuleId::DateMismatch, level: Level::Warning, find: days::date_mismatch },
    Rule { id: RuleId::FutureEvent, level: Level::Warning, find: days::future_event },
    Rule { id: RuleId::ZoneMissing, level: Level::Note, find: days::zone_missing },
    Rule { id: RuleId::UnknownStep, level: Level::Error, find: plan::unknown_step },
    Rule { id: RuleId::StepNotRecorded, level: Level::Note, find: plan::step_not_recorded },
    Rule { id: RuleId::DuplicateStepId, level: Level::Error, find: plan::duplicate_id },
    Rule { id: RuleId::SkippedWithEvent, level: Level::Warning, find: plan::skipped_with_event },
    Rule { id: RuleId::AfterCircle, level: Level::Error, find: planning::after_circle },
    Rule { id: RuleId::TooEarly, level: Level::Warning, find: planning::planned_too_early },
    Rule { id: RuleId::PastDue, level: Level::Warning, find: planning::planned_past_due },
    Rule { id: RuleId::OwnerTwice, level: Level::Note, find: planning::owner_twice },
    Rule { id: RuleId::DayOff, level: Level::Note, find: planning::day_off },
    Rule { id: RuleId::DuplicateEvent, level: Level::Warning, find: entries::duplicate_event },
    Rule { id: RuleId::UnknownKey, level: Level::Note, find: entries::unknown_key },
    Rule { id: RuleId::UnknownType, level: Level::Warning, find: words::unknown_type },
    Rule { id: RuleId::UnknownKind, level: Level::Warning, find: words::unknown_kind },
    Rule { id: RuleId::UnknownSeverity, level: Level::Warning, find: words::unknown_severity },
    Rule { id: RuleId::Secret, level: Level::Error, find: super::secrets::secret },
    Rule { id: RuleId::PrivateText, level: Level::Warning, find: entries::private_text },
    Rule { id: RuleId::NamedPerson, level: Level::Note, find: entries::named_person },
    Rule { id: RuleId::ActionWithoutOwner, level: Level::Warning, find: actions::without_owner },
    Rule { id: RuleId::ActionWithoutDue, level: Level::Warning, find: actions::without_due },
    Rule { id: RuleId::MissingFile, level: Level::Error, find: files::missing },
    Rule { id: RuleId::UnusedFile, level: Level::Note, find: files::unused },
    Rule { id: RuleId::ImageWithoutAlt, level: Level::Warning, find: files::without_alt },
];
