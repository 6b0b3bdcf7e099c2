//! Tests that languages agree: no two of them may read a word differently.

use unicode_normalization::UnicodeNormalization;

use crate::model::EventType;

use super::LANGUAGES;
use super::acts::OPPOSITES;
use super::reading::{LessonWords, Reading, TimeWords, Words};

/// A word, its position in a text, and its meaning there.
#[derive(Debug)]
struct Said {
    code: &'static str,
    place: Place,
    word: String,
    meaning: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// It is the whole text.
    Whole,
    /// It is at the start of a text.
    Before,
    /// It is at the end of a text.
    Behind,
    Unit,
    Number,
    Weekday,
    InBrackets,
    Month,
    Language,
    EventType,
    Lesson,
}

/// Returns everything that is understood, in every language.
fn said() -> Vec<Said> {
    let mut said = Vec::new();
    for language in LANGUAGES {
        let Some(reading) = language.reading else { continue };
        let mut add = |place, word: &str, meaning: String| {
            said.push(Said { code: language.code, place, word: word.to_owned(), meaning });
        };
        add(Place::Language, language.code, language.code.to_owned());
        for name in reading.names {
            add(Place::Language, name, language.code.to_owned());
        }
        add_times(&reading.times, &mut add);
        add_words(reading, &mut add);
    }
    said
}

fn add_times(times: &TimeWords, add: &mut impl FnMut(Place, &str, String)) {
    let lists: [(Place, &str, Words); 14] = [
        (Place::Whole, "now", times.now),
        (Place::Whole, "unknown", times.unknown),
        (Place::Whole, "noon", times.noon),
        (Place::Whole, "midnight", times.midnight),
        (Place::Before, "about", times.about_before),
        (Place::Behind, "about", times.about_behind),
        (Place::Before, "in", times.in_before),
        (Place::Behind, "ago", times.ago_behind),
        (Place::Behind, "later", times.later_behind),
        (Place::Behind, "from", times.from_behind),
        (Place::Behind, "until", times.until_behind),
        (Place::Before, "from", times.from_before),
        (Place::Before, "to", times.to_between),
        (Place::Before, "by", times.by_before),
    ];
    for (place, meaning, words) in lists {
        words.iter().for_each(|word| add(place, word, meaning.to_owned()));
    }
    for (word, seconds) in times.units {
        add(Place::Unit, word, seconds.to_string());
    }
    for (word, number) in times.numbers {
        add(Place::Number, word, number.to_string());
    }
    for (word, seconds) in times.amounts {
        add(Place::Number, word, format!("{seconds} s"));
    }
    for (word, (days, half)) in times.parts_of_days {
        add(Place::Before, word, format!("day {days} {half:?}"));
    }
    for (word, days) in times.days {
        add(Place::Before, word, format!("day {days}"));
    }
    for (word, zone) in times.places {
        add(Place::Whole, word, (*zone).to_owned());
    }
    for (word, half) in times.halves_before {
        add(Place::Before, word, format!("{half:?}"));
    }
    for (word, half) in times.halves_behind {
        add(Place::Behind, word, format!("{half:?}"));
    }
    for (place, word) in times.weekdays.iter().flat_map(|days| days.iter().enumerate()) {
        add(Place::Weekday, word, place.to_string());
    }
    for (place, word) in times.weekdays_in_brackets.iter().flatten().enumerate() {
        add(Place::InBrackets, word, place.to_string());
    }
    for (place, word) in times.months.iter().flatten().enumerate() {
        add(Place::Month, word, place.to_string());
    }
}

fn add_words(reading: &Reading, add: &mut impl FnMut(Place, &str, String)) {
    for (name, kind) in reading.event_types {
        add(Place::EventType, &name.replace(' ', ""), kind.word().to_owned());
    }
    let LessonWords { well, badly, lucky, surprised, learned, factor } = &reading.lessons;
    for (sort, words) in [well, badly, lucky, surprised, learned, factor].into_iter().enumerate() {
        words.iter().for_each(|word| add(Place::Lesson, word, sort.to_string()));
    }
}

#[test]
fn no_word_means_two_things() {
    let said = said();
    assert!(said.len() > 100);
    let mut faults = Vec::new();
    for (place, one) in said.iter().enumerate() {
        for other in &said[place + 1..] {
            let met = one.place == other.place && one.meaning != other.meaning;
            // Within a language the order of the list decides, which is tested below.
            let near = one.code == other.code;
            let (a, b) = (one.word.as_str(), other.word.as_str());
            let alike = match one.place {
                Place::Before if !near => a.starts_with(b) || b.starts_with(a),
                Place::Behind if !near => a.ends_with(b) || b.ends_with(a),
                _ => a == b,
            };
            if met && alike {
                faults.push(format!("{one:?}\n{other:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// What was done and what was not can be told apart by the words alone.
#[test]
fn no_word_does_what_another_list_undoes() {
    for reading in LANGUAGES.iter().filter_map(|language| language.reading) {
        // Weaker words may stand for both: `scale`.
        let lists = [reading.terms.acts, reading.terms.particles];
        for (acts, words) in lists.into_iter().flatten() {
            for (one, other) in OPPOSITES {
                let both = acts.contains(one) && acts.contains(other);
                assert!(!both, "{words:?}: {one:?}, {other:?}");
            }
        }
    }
}

#[test]
fn letters_belong_to_one_language() {
    let ranges = LANGUAGES.iter().filter_map(|it| it.reading).flat_map(|it| it.letters);
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by_key(|range| *range.start());
    for pair in ranges.windows(2) {
        assert!(pair[0].end() < pair[1].start(), "{pair:?}");
    }
}

/// Words are looked up in a text in NFC and lower case.
#[test]
fn words_are_as_they_are_looked_for() {
    for said in said() {
        let tidy: String = said.word.nfc().collect::<String>().to_lowercase();
        assert_eq!(said.word, tidy, "{}", said.code);
    }
}

#[test]
fn what_documents_call_a_type_can_be_typed() {
    for language in LANGUAGES {
        let (Some(reading), Some(documents)) = (language.reading, language.documents) else {
            continue;
        };
        // The keywords of the record format are English.
        for kind in EventType::words().filter_map(EventType::known) {
            let name = (documents.event_type)(&kind);
            let read = match reading.event_types.is_empty() {
                true => EventType::known(&name.replace(' ', "_")),
                false => super::event_type_named(&name),
            };
            assert_eq!(read, Some(kind), "{}: {name}", language.code);
        }
    }
}
