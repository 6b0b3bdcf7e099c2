//! The words that asrun understands in a language.

use std::ops::RangeInclusive;

use crate::model::{EventType, Measure};

use super::acts::Act;

/// What asrun understands in a language, whatever language a record is in. All words are in lower case.
pub(super) struct Reading {
    /// Names of the language besides its code.
    pub names: Words,
    /// Letters that are only used in this language: a title with one of them is in it.
    pub letters: &'static [RangeInclusive<char>],
    /// Words for typed times.
    pub times: TimeWords,
    /// Names of event types, which may be typed with or without spaces. Documents use the first name of each.
    pub event_types: &'static [(&'static str, EventType)],
    /// Names of keys of the record, each with the key.
    pub keys: &'static [(&'static str, &'static str)],
    /// Headings of the columns of a plan.
    pub columns: ColumnWords,
    /// Names of the types of lessons.
    pub lessons: LessonWords,
    /// Commands on the day of a plan.
    pub run: &'static [(&'static str, RunVerb)],
    /// Names of what is typed behind a slash at the prompt, each with its English word; event types and commands on the day
    /// of a plan have their own lists.
    pub forms: &'static [(&'static str, &'static str)],
    /// Answers that agree.
    pub yes: Words,
    /// Words with a meaning in the texts of a record.
    pub texts: TextWords,
    /// Words about what was done.
    pub terms: &'static TermWords,
}

impl Reading {
    /// Returns the name of an event type, or else the keyword of the format.
    pub(super) fn event_type(&self, kind: &EventType) -> String {
        let known = self.event_types.iter().find(|(_, known)| known == kind);
        known.map_or(kind.word(), |(name, _)| name).to_owned()
    }

    /// Returns the name of a key, if it has one.
    pub(super) fn key(&self, key: &str) -> Option<&'static str> {
        self.keys.iter().find(|(_, known)| *known == key).map(|(name, _)| *name)
    }
}

/// Words that mean the same.
pub type Words = &'static [&'static str];

/// The words for typed times in a language.
pub(super) struct TimeWords {
    /// Whether words are separated by spaces: if not, a day and a weekday need none after them.
    pub spaced: bool,
    /// The moment of the command.
    pub now: Words,
    /// An unknown time, or one not decided yet.
    pub unknown: Words,
    /// Before an approximate time, with the space it needs.
    pub about_before: Words,
    /// After an approximate time.
    pub about_behind: Words,
    /// Before a future duration, with the space it needs.
    pub in_before: Words,
    /// After a duration in the past.
    pub ago_behind: Words,
    /// After a future duration.
    pub later_behind: Words,
    /// Units of duration, in seconds.
    pub units: &'static [(&'static str, i64)],
    /// Numbers before a unit.
    pub numbers: &'static [(&'static str, i64)],
    /// Durations in one word, in seconds.
    pub amounts: &'static [(&'static str, i64)],
    /// After a unit, for half a unit more.
    pub and_a_half: Words,
    /// Between the parts of a duration, with the space it needs.
    pub and: Words,
    /// Days by their offset from today.
    pub days: &'static [(&'static str, i64)],
    /// Days with a part of the day: `어젯밤`.
    pub parts_of_days: &'static [(&'static str, (i64, Half))],
    /// Weekdays, Monday first.
    pub weekdays: &'static [[&'static str; 7]],
    /// Weekdays, Monday first, in a form that is only valid in brackets.
    pub weekdays_in_brackets: Option<[&'static str; 7]>,
    /// After the numbers of a year, a month and a day of the month, in this order.
    pub date: Option<[&'static str; 3]>,
    /// Names of the months; prefixes of three letters or more are accepted.
    pub months: Option<[&'static str; 12]>,
    /// Before a clock time, with the space it needs.
    pub clock_before: Words,
    /// After the numbers of a clock time.
    pub clock: Option<ClockWords>,
    /// Parts of the day, before an hour.
    pub halves_before: &'static [(&'static str, Half)],
    /// Parts of the day, after an hour.
    pub halves_behind: &'static [(&'static str, Half)],
    /// Noon.
    pub noon: Words,
    /// Midnight, which may belong to either day.
    pub midnight: Words,
    /// Numbers of hours that require a part of the day.
    pub hours: &'static [(&'static str, u32)],
    /// After the start of a window.
    pub from_behind: Words,
    /// After the end of a window, or after a deadline.
    pub until_behind: Words,
    /// Before the start of a window, with the space it needs.
    pub from_before: Words,
    /// Between the start and the end of a window, with the space it needs.
    pub to_between: Words,
    /// Before a deadline, with the space it needs.
    pub by_before: Words,
    /// Beginnings of a window's end other than clock times: a text cannot begin like this.
    pub days_of_ends: Words,
    /// Endings of a text that requires a clock time after it, and so is not a day.
    pub asks_for_clock: Words,
    /// Places and regions before `zone_behind`, each with the zone that they mean; cities of the database are known.
    pub places: &'static [(&'static str, &'static str)],
    /// After a place: its time. In languages with spaces between them, with the space.
    pub zone_behind: Words,
}

/// The words after the numbers of a clock time.
pub(super) struct ClockWords {
    /// After the hour.
    pub hour: &'static str,
    /// After the minute.
    pub minute: &'static str,
    /// After the second.
    pub second: &'static str,
    /// After an hour, for thirty minutes more.
    pub half_past: &'static str,
    /// After a number of minutes that is a duration, not part of a clock time.
    pub minutes_long: &'static str,
    /// After a clock time, turns its minutes into a duration.
    pub distance: Words,
}

/// A part of the day: ranges of typed hours, from and to, with the offset to the hour of the day. Twelve is only
/// included where it is unambiguous.
pub type Half = &'static [(u32, u32, i32)];

/// A command for a step on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunVerb {
    /// It is done.
    Done,
    /// It was begun.
    Start,
    /// It failed.
    Fail,
    /// Its command is to be run.
    Run,
    /// It is given up.
    Skip,
    /// It is postponed by a duration.
    Late,
    /// The decision is go.
    Go,
    /// The decision is no-go.
    NoGo,
    /// A rollback is called.
    Rollback,
    /// Show the plan.
    List,
    /// Forecast the rest.
    Forecast,
    /// Undo the last change made at this prompt.
    Undo,
    /// Show what can be typed.
    Help,
    /// Quit.
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
    pub rollback: Words,
    pub if_failed: Words,
    pub command: Words,
}

/// Names of the types of lessons.
#[allow(missing_docs, reason = "each field is the sort of its name")]
pub struct LessonWords {
    pub well: Words,
    pub badly: Words,
    pub lucky: Words,
    pub surprised: Words,
    pub learned: Words,
    pub factor: Words,
}

/// Words with a meaning in the texts of a record. They are searched in lower case, with spaces in place of everything
/// but letters and around the whole text.
pub struct TextWords {
    /// Words for a rejection.
    pub rejected: Words,
    /// Words that negate one.
    pub not_rejected: Words,
    /// Names of passwords, before the password; spaces may be left out.
    pub passwords: Words,
    /// Names of keys and tokens, in the same way.
    pub secrets: Words,
    /// What joins such a name to its value, with the space before it.
    pub links: Words,
    /// Words in place of a password that say what happened to it or what is asked of it.
    pub secret_states: Words,
    /// Before a version number, with the space it needs.
    pub version_before: Words,
    /// Names that stand for nobody.
    pub nobody: Words,
    /// Names for pictures that do not describe one.
    pub pictures: Words,
    /// Words for a date in another year than the record's.
    pub other_years: Words,
    /// What may be between a weekday and the date after it, besides spaces and brackets.
    pub weekday_joints: Words,
    /// Words between the two ends of a range, in place of signs.
    pub range_words: Words,
    /// Names of durations, before the duration.
    pub measures: &'static [(&'static str, Measure)],
    /// Other ways to state durations.
    pub lengths: LengthWords,
    /// Words in names of people.
    pub people: PeopleWords,
}

/// What endings tell of the noun before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NounEnding {
    /// Any noun may have them.
    Any,
    /// Only a person has them.
    OfPerson,
}

/// Words in names of people, as lists separated by spaces.
pub struct PeopleWords {
    /// Names of people that are also common words.
    pub also_words: &'static str,
    /// Words for a job, a group or a thing, not a person.
    pub jobs: &'static str,
    /// Words at the end of a group's name.
    pub groups: &'static str,
    /// Titles before a name, with a space.
    pub titles_before: &'static str,
    /// Titles after a name, with or without a space.
    pub titles_behind: &'static str,
    /// Titles that are only used for people.
    pub honorifics: &'static str,
    /// Words for beings and what is spoken of like one, among `also_words`: particles for persons follow them too.
    pub beings: &'static str,
    /// Returns what a text right behind a noun tells of it, if it consists of endings only.
    pub ending: fn(&str, &str) -> Option<NounEnding>,
    /// Family names that precede a name without a space.
    pub family_names: &'static str,
    /// Separators between two names.
    pub between: &'static str,
}

/// Ways in which texts state the length of an outage. In pairs, the first is before a duration and the second after it;
/// either may be empty. `…` stands for a few words.
#[allow(missing_docs, reason = "bounds are documented together")]
pub struct LengthWords {
    /// Numbers in words.
    pub numbers: &'static [(&'static str, f64)],
    /// After a unit, for half a unit more.
    pub half_more: Words,
    /// Marks a following number of minutes as part of a clock time or a date.
    pub clock_before: Words,
    /// Before or after an amount that is approximate, a lower or an upper bound.
    pub about_before: Words,
    pub about_behind: Words,
    pub at_least_before: Words,
    pub at_least_behind: Words,
    pub at_most_before: Words,
    pub at_most_behind: Words,
    /// Words before an amount without meaning.
    pub fillers: Words,
    /// Words after a name without meaning.
    pub copulas: Words,
    /// Words for what is usual or wanted: amounts in such a sentence are not of this outage.
    pub usual: Words,
    /// Marks an amount counted from another moment, unless that is one of `origins`.
    pub after: Words,
    /// Words for the start of an outage.
    pub origins: Words,
    /// Amounts for the whole outage.
    pub wholes: &'static [(&'static str, &'static str)],
    /// Amounts until somebody noticed.
    pub detections: &'static [(&'static str, &'static str)],
    /// Amounts during which something was broken.
    pub parts: &'static [(&'static str, &'static str)],
}

/// Words about what was done to what, and whether it was done at all. Each stands for all its forms, as far as
/// [`TermWords::roots`] knows them; of several matches the longest one counts.
pub(super) struct TermWords {
    /// The script of its words.
    pub script: Script,
    /// Words for acts.
    pub acts: &'static [(&'static [Act], Words)],
    /// Weaker words for acts, which another act beside them overrides: a backup is *taken*.
    pub light: &'static [(&'static [Act], Words)],
    /// Words for acts only at the end: `the flag is on`, but not `on the flag`.
    pub particles: &'static [(&'static [Act], Words)],
    /// Second words of acts that what is acted on may precede: `turn the flag on`.
    pub particles_of_verbs: Words,
    /// Words for what was not done, is yet to be done, is requested, happened by itself, or in part.
    pub doubts: &'static [Words],
    /// Words that say that something is not so, or is as it should be.
    pub denials: &'static [(Denial, Words)],
    /// Words that make a thing one of several.
    pub narrowing: Words,
    /// Synonyms of a thing, the name shared by all languages first.
    pub same: &'static [Words],
    /// Words for acts with the English ones that mean the same and nothing wider.
    pub translated: &'static [Translated],
    /// Words without meaning.
    pub fillers: Words,
    /// Words before a place, a means or a reason.
    pub aside_before: Words,
    /// Words after one, or after what precedes it.
    pub aside_after: Words,
    /// Words before another act.
    pub clause_before: Words,
    /// Returns a word's possible roots without endings, itself first.
    pub roots: fn(&str) -> Vec<Root>,
}

/// What a word says about whether the rest of its clause is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denial {
    /// It is not so.
    Not,
    /// What precedes is not so.
    NotBefore,
    /// What follows is not so.
    NotBehind,
    /// Something is lacking, or fails.
    Lacks,
    /// It is as it should be.
    Fine,
    /// Somebody notices it, or does not.
    Notices,
    /// Something goes wrong: if that is denied, nothing is left of it.
    Fault,
    /// What somebody took for the cause is none.
    RulesOut,
    /// The same of a fault; anything else is left out by it: a node of the load balancer.
    Excludes,
    /// What follows is so, or is not, whatever precedes it.
    Apart,
}

/// Words that mean the same in a language and in English.
#[derive(Debug, Clone, Copy)]
pub(super) struct Translated {
    /// The words of the language.
    pub words: Words,
    /// The English ones.
    pub english: Words,
    /// Letters beside which the English word is certain to mean the same; if there are none, it always does.
    pub beside: Words,
    /// Letters, of either language, beside which the word means something else.
    pub not_beside: Words,
}

impl Translated {
    /// Returns words that always mean the same.
    pub(super) const fn of(words: Words, english: Words) -> Translated {
        Translated { words, english, beside: &[], not_beside: &[] }
    }

    pub(super) const fn beside(self, beside: Words) -> Translated {
        Translated { beside, ..self }
    }

    pub(super) const fn not_beside(self, not_beside: Words) -> Translated {
        Translated { not_beside, ..self }
    }
}

/// A script. Japanese is written in several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Alphabet,
    Hangul,
    Japanese,
}

/// A word without its ending.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Root {
    /// The remaining letters.
    pub text: String,
    /// The meaning of the ending.
    pub ending: Ending,
    /// Whether an unlisted word is likely to have this root.
    pub likely: bool,
}

/// The meaning of an ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// None.
    Plain,
    /// The object or the subject of an act.
    Object,
    /// A place, a means or a reason.
    Aside,
    /// A form of a verb.
    Verb,
    /// A verb form for what was done, whatever precedes it.
    Past,
    /// The same, unless it comes first.
    AsItIs,
    /// A verb form that ends a clause.
    Ends,
    /// A form for something yet to be done, or requested.
    Doubt,
}
