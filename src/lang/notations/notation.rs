//! What a language of documents says.

use crate::model::EventType;

/// What documents of a language write, in small letters.
pub struct Notation {
    /// The months, January first: names and abbreviations.
    pub months: [&'static [&'static str]; 12],
    /// The days of the week, Monday first.
    pub weekdays: [&'static [&'static str]; 7],
    /// Before noon: `am`.
    pub before_noon: &'static [&'static str],
    /// After noon: `pm`.
    pub after_noon: &'static [&'static str],
    /// That a time is approximate, before it.
    pub about_before: &'static [&'static str],
    /// The same behind it.
    pub about_after: &'static [&'static str],
    /// The day after the one before, before a clock time.
    pub next_day: &'static [&'static str],
    /// What may stand between the parts of a time.
    pub joins: &'static [&'static str],
    /// Between the beginning and the end of a span.
    pub to: &'static [&'static str],
    /// Before the beginning of a span.
    pub from_before: &'static [&'static str],
    /// Between its ends where `between` began it.
    pub and_between: &'static [&'static str],
    /// Behind a clock time: `Uhr`.
    pub clock_ends: &'static [&'static str],
    /// Behind its minutes.
    pub minute_ends: &'static [&'static str],
    /// Between its hours and its minutes: `14h32`.
    pub hour_marks: &'static [&'static str],
    /// Before the time of what was told later: `Update 15:50`.
    pub updates: &'static [&'static str],
    /// That it goes on from then.
    pub from_after: &'static [&'static str],
    /// Heads of a summary.
    pub summary: &'static [&'static str],
    /// Heads of an impact.
    pub impact: &'static [&'static str],
    /// Heads of contributing factors.
    pub factors: &'static [&'static str],
    /// Heads of what went well.
    pub well: &'static [&'static str],
    /// Heads of what went badly.
    pub badly: &'static [&'static str],
    /// Heads of where it was luck.
    pub lucky: &'static [&'static str],
    /// Heads of what surprised.
    pub surprised: &'static [&'static str],
    /// Heads of action items.
    pub actions: &'static [&'static str],
    /// Heads of a timeline.
    pub timeline: &'static [&'static str],
    /// Heads of a plan.
    pub plan: &'static [&'static str],
    /// Columns of times.
    pub col_time: &'static [&'static str],
    /// Columns of planned times.
    pub col_planned: &'static [&'static str],
    /// Columns of real times.
    pub col_actual: &'static [&'static str],
    /// Columns of planned ends.
    pub col_planned_end: &'static [&'static str],
    /// Columns of real ends.
    pub col_actual_end: &'static [&'static str],
    /// Columns of what happened or is to be done.
    pub col_text: &'static [&'static str],
    /// Columns of who.
    pub col_owner: &'static [&'static str],
    /// Columns of by when.
    pub col_due: &'static [&'static str],
    /// Columns of whether it is done.
    pub col_done: &'static [&'static str],
    /// That it is done.
    pub done: &'static [&'static str],
    /// That it was given up.
    pub skipped: &'static [&'static str],
    /// Fields that hold the day of it all.
    pub date_field: &'static [&'static str],
    /// Before a name beside an action.
    pub owner_label: &'static [&'static str],
    /// Before a day beside an action.
    pub due_label: &'static [&'static str],
    /// Words of a sentence that says in which zone its times are.
    pub times: &'static [&'static str],
    /// Before the day of all entries.
    pub all_events: &'static [&'static str],
    /// That all times are approximate.
    pub approximations: &'static [&'static str],
    /// Before a length of time.
    pub length_labels: &'static [&'static str],
    /// Units of hours.
    pub hours: &'static [&'static str],
    /// Units of minutes.
    pub minutes: &'static [&'static str],
    /// Fields that tell when a milestone was.
    pub milestones: &'static [(&'static str, EventType)],
    /// Letters of zones and their offsets.
    pub zones: &'static [(&'static str, &'static str)],
}
