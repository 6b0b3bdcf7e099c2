//! What asrun understands in a language: words that people type.

use std::ops::RangeInclusive;

use crate::model::{EventType, Measure};

use super::acts::Act;

/// What asrun understands in a language, whatever language a record is in. All words are in small
/// letters.
pub(super) struct Reading {
    /// What people call the language besides its code.
    pub names: Words,
    /// Letters that this language alone is written in: a title with one of them is in it.
    pub letters: &'static [RangeInclusive<char>],
    /// How times are typed.
    pub times: TimeWords,
    /// Sorts of events by their names, which may be typed with or without their blanks. Of two names of
    /// a sort the first one is what documents say.
    pub event_types: &'static [(&'static str, EventType)],
    /// What the columns of a plan are called in a table.
    pub columns: ColumnWords,
    /// Sorts of lessons by their names.
    pub lessons: LessonWords,
    /// What is typed on the day of a plan.
    pub run: &'static [(&'static str, RunVerb)],
    /// Answers that agree.
    pub yes: Words,
    /// What words in the texts of a record tell.
    pub texts: TextWords,
    /// What words tell of what was done.
    pub terms: &'static TermWords,
}

impl Reading {
    /// Returns the name of a sort of event; the word of the record where there is none.
    pub(super) fn event_type(&self, kind: &EventType) -> String {
        let known = self.event_types.iter().find(|(_, known)| known == kind);
        known.map_or(kind.word(), |(name, _)| name).to_owned()
    }
}

/// Words that mean the same.
pub type Words = &'static [&'static str];

/// How times are typed in a language.
pub(super) struct TimeWords {
    /// Whether blanks set words apart: if not, a day and a weekday need none behind them.
    pub spaced: bool,
    /// The moment of the command.
    pub now: Words,
    /// A time that nobody knows, or has told yet.
    pub unknown: Words,
    /// What stands before an approximate time, with the blank it needs.
    pub about_before: Words,
    /// What stands behind an approximate time.
    pub about_behind: Words,
    /// What stands before an amount of time that is to pass, with the blank it needs.
    pub in_before: Words,
    /// What stands behind an amount of time that passed.
    pub ago_behind: Words,
    /// What stands behind an amount of time that is to pass.
    pub later_behind: Words,
    /// Units of an amount of time, in seconds.
    pub units: &'static [(&'static str, i64)],
    /// Numbers before a unit.
    pub numbers: &'static [(&'static str, i64)],
    /// Amounts of time of one word, in seconds.
    pub amounts: &'static [(&'static str, i64)],
    /// What stands behind a unit for a half of it more.
    pub and_a_half: Words,
    /// What stands between the parts of an amount, with the blank it needs.
    pub and: Words,
    /// Days by their distance from today.
    pub days: &'static [(&'static str, i64)],
    /// Days with a part of them: `어젯밤`.
    pub parts_of_days: &'static [(&'static str, (i64, Half))],
    /// Weekdays from Monday on.
    pub weekdays: &'static [[&'static str; 7]],
    /// Weekdays from Monday on that are ones in brackets only.
    pub weekdays_in_brackets: Option<[&'static str; 7]>,
    /// What stands behind the numbers of a year, a month and a day of the month, in this order.
    pub date: Option<[&'static str; 3]>,
    /// Names of the months; three letters and more of them will do.
    pub months: Option<[&'static str; 12]>,
    /// What may stand before a clock time, with the blank it needs.
    pub clock_before: Words,
    /// What stands behind the numbers of a clock time.
    pub clock: Option<ClockWords>,
    /// Parts of the day that stand before an hour.
    pub halves_before: &'static [(&'static str, Half)],
    /// Parts of the day that stand behind an hour.
    pub halves_behind: &'static [(&'static str, Half)],
    /// Twelve o'clock in the day.
    pub noon: Words,
    /// The hour between two days, which people give to either of them.
    pub midnight: Words,
    /// Numbers of hours that a part of the day must go with.
    pub hours: &'static [(&'static str, u32)],
    /// What stands behind the beginning of a window.
    pub from_behind: Words,
    /// What stands behind the end of a window, or behind a time that something is due by.
    pub until_behind: Words,
    /// What stands before the beginning of a window, with the blank it needs.
    pub from_before: Words,
    /// What stands between the beginning and the end of a window, with the blank it needs.
    pub to_between: Words,
    /// What stands before a time that something is due by, with the blank it needs.
    pub by_before: Words,
    /// What the end of a window may begin with that is no clock time: such a text is no text.
    pub days_of_ends: Words,
    /// Endings of a text that asks for a clock time, which is no day then.
    pub asks_for_clock: Words,
}

/// What stands behind the numbers of a clock time.
pub(super) struct ClockWords {
    /// Behind the hour.
    pub hour: &'static str,
    /// Behind the minute.
    pub minute: &'static str,
    /// Behind the second.
    pub second: &'static str,
    /// Behind an hour, for thirty minutes more.
    pub half_past: &'static str,
    /// Behind a number of minutes that is a length: no part of a clock time.
    pub minutes_long: &'static str,
    /// Behind a clock time, what makes a distance of its minutes.
    pub distance: Words,
}

/// A part of the day: hours as they are typed, from and to, and what makes hours of the day of them.
/// Twelve is one of them only where everybody takes it for the same.
pub(super) type Half = &'static [(u32, u32, i32)];

/// What can be done with a step on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunVerb {
    /// It is done.
    Done,
    /// It was begun.
    Start,
    /// It failed.
    Fail,
    /// Its command is to be started.
    Run,
    /// It is given up.
    Skip,
    /// It is moved by so much.
    Late,
    /// The way is clear.
    Go,
    /// It is not.
    NoGo,
    /// The plan is to be shown.
    List,
    /// When the rest will be done.
    Forecast,
    /// That is all.
    Quit,
}

/// Names of the columns of a plan.
#[allow(missing_docs, reason = "each field is the column of its name")]
pub struct ColumnWords {
    pub date: Words,
    pub time: Words,
    pub until: Words,
    pub text: Words,
    pub owner: Words,
    pub id: Words,
    pub number: Words,
    pub after: Words,
    pub takes: Words,
    pub due: Words,
    pub decision: Words,
    pub if_failed: Words,
    pub command: Words,
}

/// Names of the sorts of lessons.
#[allow(missing_docs, reason = "each field is the sort of its name")]
pub struct LessonWords {
    pub well: Words,
    pub badly: Words,
    pub lucky: Words,
    pub surprised: Words,
    pub factor: Words,
}

/// What words in the texts of a record tell. They are looked for in small letters, with blanks for all
/// that is no letter and around the whole.
pub struct TextWords {
    /// Words that speak of a rejection.
    pub rejected: Words,
    /// Words that deny one.
    pub not_rejected: Words,
    /// Names of passwords, which may stand before one; a blank may be left out.
    pub passwords: Words,
    /// Names of keys and tokens, likewise.
    pub secrets: Words,
    /// What joins such a name to what it is, with the blank in front of it.
    pub links: Words,
    /// Words that stand where a password would, and say what became of it or what is asked of it.
    pub secret_states: Words,
    /// What stands before a number of a version, with the blank it needs.
    pub version_before: Words,
    /// Names that name nobody.
    pub nobody: Words,
    /// Names of pictures, which do not say what one shows.
    pub pictures: Words,
    /// Words that say that a date is in another year than the record.
    pub other_years: Words,
    /// What may stand between a weekday and the date behind it, beside blanks and brackets.
    pub weekday_joints: Words,
    /// What stands between the two ends of a range, where signs do not.
    pub range_words: Words,
    /// Names of durations, which may stand before an amount of time.
    pub measures: &'static [(&'static str, Measure)],
    /// How lengths of time are stated in other words.
    pub lengths: LengthWords,
    /// How people are named.
    pub people: PeopleWords,
}

/// How people are named, in lists that blanks set apart.
pub struct PeopleWords {
    /// Names of people that are words of the language too.
    pub also_words: &'static str,
    /// Words that name a job, a group or a thing: whoever is called so is no person.
    pub jobs: &'static str,
    /// Words that a name of a group ends with.
    pub groups: &'static str,
    /// What stands before a name, with a blank.
    pub titles_before: &'static str,
    /// What stands behind a name, with a blank or without.
    pub titles_behind: &'static str,
    /// What makes a title sure to stand at a name: nobody says it of anything else.
    pub honorifics: &'static str,
    /// Endings that are written to a name without a blank.
    pub endings: &'static str,
    /// Family names that are written to the name behind them without a blank.
    pub family_names: &'static str,
    /// What stands between two names.
    pub between: &'static str,
}

/// How texts state the length of an outage. In pairs, the first stands before an amount of time and the
/// second behind it; either may be empty. `…` stands for a few words.
#[allow(missing_docs, reason = "bounds are documented together")]
pub struct LengthWords {
    /// Numbers in words.
    pub numbers: &'static [(&'static str, f64)],
    /// What stands behind a unit for a half of it more.
    pub half_more: Words,
    /// What makes a number of minutes behind it one of a clock or a date.
    pub clock_before: Words,
    /// What stands before or behind an amount that is approximate, a lower or an upper bound.
    pub about_before: Words,
    pub about_behind: Words,
    pub at_least_before: Words,
    pub at_least_behind: Words,
    pub at_most_before: Words,
    pub at_most_behind: Words,
    /// What may stand before an amount and says nothing.
    pub fillers: Words,
    /// What may stand behind a name and says nothing.
    pub copulas: Words,
    /// Words of what is usual or wanted: no amount of such a sentence is of this outage.
    pub usual: Words,
    /// What is counted from another moment, unless the other is one of `origins`.
    pub after: Words,
    /// Beginnings of an outage.
    pub origins: Words,
    /// Amounts that are the whole outage.
    pub wholes: &'static [(&'static str, &'static str)],
    /// Amounts that passed until somebody noticed.
    pub detections: &'static [(&'static str, &'static str)],
    /// Amounts in which something was broken.
    pub parts: &'static [(&'static str, &'static str)],
}

/// Words that tell what was done to what, and whether it was done at all. Each stands for all its
/// forms, as far as [`TermWords::roots`] knows them; of several that fit the longest one counts.
pub(super) struct TermWords {
    /// The letters that its words are written in.
    pub script: Script,
    /// What is done.
    pub acts: &'static [(&'static [Act], Words)],
    /// The same, by words that say less than an act beside them does: a backup is *taken*.
    pub light: &'static [(&'static [Act], Words)],
    /// The same, by words that tell of it at the end alone: `the flag is on`, but not `on the flag`.
    pub particles: &'static [(&'static [Act], Words)],
    /// Words of what was not done, is yet to be done, is asked for, happened by itself, or in part.
    pub doubts: &'static [Words],
    /// Words that make a thing one of several.
    pub narrowing: Words,
    /// Names of the same thing, the one that all languages know it by first.
    pub same: &'static [Words],
    /// Words that tell nothing.
    pub fillers: Words,
    /// What stands before a place, a means or a reason.
    pub aside_before: Words,
    /// What stands behind one, or behind what went before.
    pub aside_after: Words,
    /// What stands before something else that was done.
    pub clause_before: Words,
    /// What a word may be without its endings, itself first.
    pub roots: fn(&str) -> Vec<Root>,
}

/// A script. Japanese is written in several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Alphabet,
    Hangul,
    Japanese,
}

/// A word without an ending.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Root {
    /// What is left of it.
    pub text: String,
    /// What the ending made of it.
    pub ending: Ending,
    /// Whether a word that is in no list is likely to be that.
    pub likely: bool,
}

/// What an ending makes of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Nothing else.
    Plain,
    /// What something is done to, or who does it.
    Object,
    /// A place, a means or a reason.
    Aside,
    /// A form of a verb.
    Verb,
    /// A form of a verb that tells of what was done, whatever went before it.
    Past,
    /// The same, where it does not stand first.
    AsItIs,
    /// A form of a verb that ends what it says.
    Ends,
    /// A form that says that something is yet to be done, or asks for it.
    Doubt,
}
