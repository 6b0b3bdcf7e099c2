//! What asrun understands and says in each language, one file per language.

mod acts;
#[cfg(test)]
mod agreement;
mod cure;
mod documents;
mod en;
mod forecast;
mod handover;
mod ja;
mod keeper;
mod ko;
mod language;
mod notations;
mod reading;
#[cfg(test)]
pub(crate) mod samples;
mod stated_days;
mod stated_lengths;
mod terminal;
mod terms;
mod told;
mod typed_time;
mod typed_words;

pub use acts::{Act, Acts};
pub use cure::Cure;
pub use documents::{Documents, Labels, Standing, StatsLabels, StepOutcome};
pub use forecast::{ByDay, ForecastWords};
pub use handover::HandoverWords;
pub use notations::{Notation, notations};
pub use reading::{
    ColumnWords, Half, LessonWords, NounEnding, PeopleWords, RunVerb, TextWords, Words,
};
pub use stated_days::{StatedDate, says_other_year, stated_weekdays};
pub use stated_lengths::{Bound, LengthOf, StatedLength, stated_lengths};
pub use terminal::{
    AnswerWords, BuiltInTexts, CarriedOut, CommandEnd, Current, Deed, Diagnosis, Door, EditWords,
    Examined, FileWords, FindingWords, FirstSettings, ForgetWords, GitState, Gravity, HELP_TOPICS,
    Help, ImportCounts, ImportHeads, ImportWords, LifeWords, LoggedEvent, PageWords, Part,
    ProblemText, PromptWords, RecordWords, RecordsState, Refusal, RequestWords, SchemaState,
    SettingsState, SetupWords, StreamWords, TableHeads, TableWords, Terminal, Totals,
    UnreadableRecord, UsageWords, WaitingEvents, Was,
};
pub use terms::{
    Polarity, StoreSubmission, Term, TermKind, has_all, is_destination, names_all, platform_of,
    platform_spellings, spellings, terms,
};
pub use told::{
    PLACEHOLDERS, numbered_moments, shown, told, told_briefly, told_entry, told_item, value_words,
};
pub use typed_time::{
    Aim, CountedFrom, Frame, Lead, Span, Typed, Unquoted, asks_for_clock, is_time, is_unknown_time,
    names_a_day, read_typed, split_time, the_day_of, unquoted_time, zone_of_letters,
};
pub use typed_words::{
    codes, event_type_named, event_types_begun, form_named, is_column, is_yes, keys_begun,
    kind_named, language_named, language_of, lesson_words, run_verb, text_words, unit_words,
};

use std::cell::Cell;
use std::sync::OnceLock;

use language::Language;
use reading::{Reading, TimeWords};

/// The supported languages: a new one needs a file of its own, and an entry here.
static LANGUAGES: &[&Language] = &[&ko::LANGUAGE, &en::LANGUAGE, &ja::LANGUAGE];

/// Returns the words of a record's language; English if it is not supported.
pub fn documents_for(language: Option<&str>) -> &'static Documents {
    let primary = language.unwrap_or("en").split(['-', '_']).next().unwrap_or("en").to_lowercase();
    let known = LANGUAGES.iter().find(|known| known.code == primary);
    known.and_then(|known| known.documents).unwrap_or(&en::DOCUMENTS)
}

/// Returns a word that replaces a noun, with the form of the particle after it that this word requires, and the rest of
/// the text.
pub fn with_particle<'t>(noun: &str, word: &str, rest: &'t str) -> (String, &'t str) {
    ko::in_place(noun, word, rest)
}

/// Returns an owner's name replaced by a word, `the lead's` for `Reyes'`, and the rest of the text; `None` if it owns
/// nothing there.
pub fn possessive<'t>(noun: &str, word: &str, rest: &'t str) -> Option<(String, &'t str)> {
    en::possessive(noun, word, rest)
}

/// Returns a noun that is contracted with the form of `이다` in `rest`, and what the contraction stands for: 민수 and 인 for
/// 민순 before 데.
pub fn uncontracted(text: &str, rest: &str) -> Option<(String, &'static str)> {
    ko::uncontracted(text, rest)
}

/// The language used at the terminal.
static SPOKEN: OnceLock<&'static dyn Terminal> = OnceLock::new();

/// Sets the language for the terminal by code or locale (`ko`, `ko_KR.UTF-8`), if it is supported. The first choice
/// stays.
pub fn speak(wanted: &str) {
    if let Some(words) = spoken(wanted) {
        // The first choice has been used already.
        let _ = SPOKEN.set(words);
    }
}

/// Returns the terminal messages in the language of that code or locale.
pub fn spoken(wanted: &str) -> Option<&'static dyn Terminal> {
    let primary = wanted.split(['-', '_', '.', '@']).next().unwrap_or("").to_lowercase();
    LANGUAGES.iter().find(|known| known.code == primary)?.terminal
}

/// Iterates over the codes of the languages for the terminal.
pub fn spoken_codes() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().filter(|known| known.terminal.is_some()).map(|known| known.code)
}

thread_local! {
    /// Whether this thread is within [`in_english`].
    static IN_ENGLISH: Cell<bool> = const { Cell::new(false) };
}

/// Runs something in English, whatever language is set: for what is written for all users of a machine.
pub fn in_english<T>(deed: impl FnOnce() -> T) -> T {
    let before = IN_ENGLISH.replace(true);
    let done = deed();
    IN_ENGLISH.set(before);
    done
}

/// Returns the messages in the user's language; English unless another one was set.
pub fn terminal() -> &'static dyn Terminal {
    match SPOKEN.get() {
        Some(spoken) if !IN_ENGLISH.get() => *spoken,
        _ => &en::English,
    }
}

/// Iterates over what is understood in each language.
fn readings() -> impl Iterator<Item = &'static Reading> {
    LANGUAGES.iter().filter_map(|language| language.reading)
}

/// Iterates over the words for typed times of each language.
fn time_sets() -> impl Iterator<Item = &'static TimeWords> {
    readings().map(|reading| &reading.times)
}

/// Returns one list of the words for typed times, of all languages.
fn time_words<T: 'static>(
    part: impl Fn(&'static TimeWords) -> &'static [T],
) -> impl Iterator<Item = &'static T> {
    time_sets().flat_map(part)
}

/// Returns the help of every command, in the user's language.
pub fn help() -> &'static Help {
    terminal().help()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Day, Moment, Precision};

    #[test]
    fn amounts_in_both_languages() {
        let both = |seconds, precision| {
            ((ko::DOCUMENTS.amount)(seconds, precision), (en::DOCUMENTS.amount)(seconds, precision))
        };
        let minute = Precision::Minute;
        assert_eq!(both(4 * 3600 + 49 * 60, minute), ("4시간 49분".into(), "4 h 49 min".into()));
        assert_eq!(both(0, minute), ("0분".into(), "0 min".into()));
        assert_eq!(both(21 * 86_400, Precision::Day), ("21일".into(), "21 d".into()));
        assert_eq!(both(90, Precision::Second), ("1분 30초".into(), "1 min 30 s".into()));
    }

    #[test]
    fn clocks_in_both_languages() {
        let clock = |text: &str| Moment::parse(text, None).unwrap().clock(None);
        let korean = |text: &str| (ko::DOCUMENTS.clock)(&clock(text));
        assert_eq!(korean("2024-09-07T18:08+09:00"), "오후 6시 08분");
        assert_eq!(korean("2024-09-07T17:00+09:00"), "오후 5시");
        assert_eq!(korean("2024-09-07T00:05+09:00"), "오전 0시 05분");
        assert_eq!(korean("2024-09-07T12:30+09:00"), "오후 12시 30분");
        assert_eq!((en::DOCUMENTS.clock)(&clock("2024-09-07T18:08+09:00")), "18:08");
        assert_eq!((ko::DOCUMENTS.day)(&Day::parse("2024-09-07").unwrap()), "2024년 9월 7일 (토)");
        assert_eq!(
            (en::DOCUMENTS.day)(&Day::parse("2024-09-07").unwrap()),
            "Sat, 7 September 2024"
        );
    }
    /// A word that a printed command is to be completed with, typed as it is printed, is refused instead of written.
    #[test]
    fn every_word_that_stands_for_another_is_known() {
        let is_name = |word: &&str| {
            let is_of_one = |byte: u8| byte.is_ascii_uppercase() || byte == b'-';
            word.len() > 1 && !word.starts_with('-') && word.bytes().all(is_of_one)
        };
        let mut found = std::collections::BTreeSet::new();
        for words in ["en", "ko"].map(|code| spoken(code).unwrap()) {
            for message in samples::everything(words) {
                for command in message.split("asrun ").skip(1) {
                    let command = command.split([';', ',', ')', ':', '`', '.']).next().unwrap();
                    let typed = command.split([' ', '"', '#']).filter(is_name);
                    found.extend(typed.map(str::to_owned));
                }
            }
        }
        let known = |word: &str| PLACEHOLDERS.contains(&word) || ["PATH", "PNG"].contains(&word);
        let others: Vec<&String> = found.iter().filter(|word| !known(word)).collect();
        assert!(others.is_empty(), "{others:?}");
        assert!(found.len() > 12, "{found:?}");
    }
}
