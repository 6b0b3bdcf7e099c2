//! The words of documents in a language.

use crate::lang::reading::Half;
use crate::model::EventType;

/// Hours before noon.
pub(super) const AM: Half = &[(0, 11, 0), (12, 12, -12)];
/// Hours after noon.
pub(super) const PM: Half = &[(0, 11, 12), (12, 12, 0)];
/// Hours around noon.
pub(super) const MIDDAY: Half = &[(11, 17, 0), (1, 5, 12)];
/// Hours of the evening.
pub(super) const EVENING: Half = &[(4, 11, 12), (16, 23, 0)];

/// The words of documents in a language, in lower case.
pub struct Notation {
    /// The months, January first: names and abbreviations.
    pub months: [&'static [&'static str]; 12],
    /// The days of the week, Monday first.
    pub weekdays: [&'static [&'static str]; 7],
    /// Parts of the day, before or after an hour: `pm`.
    pub halves: &'static [(&'static str, Half)],
    /// The night, before or after an hour: its small hours may belong to the day that is named, or to the next.
    pub nights: &'static [&'static str],
    /// Noon.
    pub noon: &'static [&'static str],
    /// About noon.
    pub about_noon: &'static [&'static str],
    /// Midnight, which may belong to either day.
    pub midnight: &'static [&'static str],
    /// After noon or midnight: half an hour later.
    pub half_past: &'static [&'static str],
    /// After noon or midnight, where another time is meant: before it, shortly after it.
    pub near_behind: &'static [&'static str],
    /// Marks an approximate time, before it.
    pub about_before: &'static [&'static str],
    /// The same after it.
    pub about_after: &'static [&'static str],
    /// Marks the next day, before a clock time.
    pub next_day: &'static [&'static str],
    /// Words that may join the parts of a time.
    pub joins: &'static [&'static str],
    /// Between the start and the end of a span.
    pub to: &'static [&'static str],
    /// Before the start of a span.
    pub from_before: &'static [&'static str],
    /// Between its ends if it began with `between`.
    pub and_between: &'static [&'static str],
    /// After a clock time: `Uhr`.
    pub clock_ends: &'static [&'static str],
    /// After its minutes.
    pub minute_ends: &'static [&'static str],
    /// Between its hours and its minutes: `14h32`.
    pub hour_marks: &'static [&'static str],
    /// Before the time of a later addition: `Update 15:50`.
    pub updates: &'static [&'static str],
    /// Says that it continues from then.
    pub from_after: &'static [&'static str],
    /// Headings of a summary.
    pub summary: &'static [&'static str],
    /// Headings of an impact.
    pub impact: &'static [&'static str],
    /// Headings of contributing factors.
    pub factors: &'static [&'static str],
    /// Headings of what went well.
    pub well: &'static [&'static str],
    /// Headings of what went badly.
    pub badly: &'static [&'static str],
    /// Headings of where we got lucky.
    pub lucky: &'static [&'static str],
    /// Headings of what surprised us.
    pub surprised: &'static [&'static str],
    /// Headings of what was learned.
    pub learned: &'static [&'static str],
    /// Headings of action items.
    pub actions: &'static [&'static str],
    /// In a heading of actions, says that they are in the past or not a team's: `Actions taken`.
    pub past_actions: &'static [&'static str],
    /// In a heading of causes, says that they were searched, excluded or fixed, or that it is about something else:
    /// `Finding the root cause`.
    pub about_causes: &'static [&'static str],
    /// In a sentence before a list, says that causes follow.
    pub cause_words: &'static [&'static str],
    /// In a sentence before a list, in any section, says that the causes of what happened follow.
    pub caused_by: &'static [&'static str],
    /// Headings of content that belongs to no list, in any section.
    pub beside: &'static [&'static str],
    /// Headings of how the incident was handled: below a heading of causes, what follows is not a cause.
    pub handling: &'static [&'static str],
    /// Headings that only name their part if there are no other headings beside them.
    pub alone: &'static [&'static str],
    /// Ends a sentence before a list of examples.
    pub for_example: &'static [&'static str],
    /// Begins a template's instructions in a part that nobody filled in: `List of things that went well`.
    pub guides: &'static [&'static str],
    /// Begins a sentence that states something, rather than asking for an action.
    pub statements: &'static [&'static str],
    /// Stands for a missing answer.
    pub fillers: &'static [&'static str],
    /// Negates or restricts a word for being done.
    pub undone: &'static [&'static str],
    /// Headings of a timeline.
    pub timeline: &'static [&'static str],
    /// Headings of a plan.
    pub plan: &'static [&'static str],
    /// Column headings of times.
    pub col_time: &'static [&'static str],
    /// Column headings of planned times.
    pub col_planned: &'static [&'static str],
    /// Column headings of actual times.
    pub col_actual: &'static [&'static str],
    /// Column headings of planned ends.
    pub col_planned_end: &'static [&'static str],
    /// Column headings of actual ends.
    pub col_actual_end: &'static [&'static str],
    /// The start, beside the word for planned or actual times: `Start (planned)`.
    pub starts: &'static [&'static str],
    /// The end, likewise.
    pub ends: &'static [&'static str],
    /// Column headings of texts.
    pub col_text: &'static [&'static str],
    /// Column headings of owners.
    pub col_owner: &'static [&'static str],
    /// Column headings of due dates.
    pub col_due: &'static [&'static str],
    /// Column headings of whether it is done.
    pub col_done: &'static [&'static str],
    /// Says that it is done.
    pub done: &'static [&'static str],
    /// Says of an action that it was decided against.
    pub rejected: &'static [&'static str],
    /// Says that it was given up.
    pub skipped: &'static [&'static str],
    /// Says that it is still to be done.
    pub pending: &'static [&'static str],
    /// Says that it failed.
    pub failed: &'static [&'static str],
    /// Fields with the day of the whole document.
    pub date_field: &'static [&'static str],
    /// Before an owner's name beside an action.
    pub owner_label: &'static [&'static str],
    /// Before a due date beside an action.
    pub due_label: &'static [&'static str],
    /// Words in a sentence about the zone of the times.
    pub times: &'static [&'static str],
    /// Before the day of all entries.
    pub all_events: &'static [&'static str],
    /// Says that all times are approximate.
    pub approximations: &'static [&'static str],
    /// Before a duration.
    pub length_labels: &'static [&'static str],
    /// Units of hours.
    pub hours: &'static [&'static str],
    /// Units of minutes.
    pub minutes: &'static [&'static str],
    /// Fields with the time of a milestone.
    pub milestones: &'static [(&'static str, EventType)],
    /// Abbreviations of zones, with their offsets.
    pub zones: &'static [(&'static str, &'static str)],
}
