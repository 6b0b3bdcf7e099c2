//! The rules, a file a subject. Each has an example that breaks it and one that keeps it in
//! tests/rules, and a section in docs/rules.md.

mod actions;
mod entries;
mod files;
mod plan;
mod times;

use super::case::{Level, Rule};

/// Every rule, in the order of the documentation.
pub static RULES: &[Rule] = &[
    Rule {
        id: "end-before-start",
        level: Level::Error,
        about: "A span ends after it begins.",
        find: times::end_before_start,
    },
    Rule {
        id: "milestone-order",
        level: Level::Warning,
        about: "An outage begins, is detected, mitigated and resolved in that order.",
        find: times::milestone_order,
    },
    Rule {
        id: "time-jump",
        level: Level::Warning,
        about: "An event is near those around it: a wrong day, month or year is the commonest slip.",
        find: times::time_jump,
    },
    Rule {
        id: "out-of-order",
        level: Level::Note,
        about: "Events stand in the order they happened.",
        find: times::out_of_order,
    },
    Rule {
        id: "not-resolved",
        level: Level::Warning,
        about: "An outage that went quiet says when it was resolved.",
        find: times::not_resolved,
    },
    Rule {
        id: "stated-duration",
        level: Level::Warning,
        about: "A duration in a text is the one that the times give.",
        find: times::stated_duration,
    },
    Rule {
        id: "unknown-step",
        level: Level::Error,
        about: "An event carries out steps that the plan has.",
        find: plan::unknown_step,
    },
    Rule {
        id: "step-not-recorded",
        level: Level::Note,
        about: "Once a release is over, each step has an event or was skipped.",
        find: plan::step_not_recorded,
    },
    Rule {
        id: "duplicate-event",
        level: Level::Warning,
        about: "An event is written down once.",
        find: entries::duplicate_event,
    },
    Rule {
        id: "unknown-key",
        level: Level::Note,
        about: "A key is one that asrun knows; others are kept, and mean nothing to it.",
        find: entries::unknown_key,
    },
    Rule {
        id: "private-text",
        level: Level::Warning,
        about: "What the public may read holds no secrets, internal hosts or e-mail addresses.",
        find: entries::private_text,
    },
    Rule {
        id: "action-without-owner",
        level: Level::Warning,
        about: "An action that is not done says who does it.",
        find: actions::without_owner,
    },
    Rule {
        id: "action-without-due",
        level: Level::Warning,
        about: "An action that is not done says by when.",
        find: actions::without_due,
    },
    Rule {
        id: "missing-file",
        level: Level::Error,
        about: "An attachment is there.",
        find: files::missing,
    },
    Rule {
        id: "unused-file",
        level: Level::Note,
        about: "A file in the record's folder is shown somewhere.",
        find: files::unused,
    },
    Rule {
        id: "image-without-alt",
        level: Level::Warning,
        about: "A picture says what it shows, for those who cannot see it.",
        find: files::without_alt,
    },
];
