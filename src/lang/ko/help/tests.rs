//! Tests that Korean help is as complete as English help, and fits a terminal.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::lang::en::English;
use crate::lang::terminal::Terminal;
use crate::lang::terminal::help::Help;
use crate::lang::{Aim, Frame, event_type_named, read_typed};
use crate::model::{EventType, Moment, Zone};

use super::HELP;

/// Korean counterparts of examples in English help.
const RENAMED: &[(&str, &str)] = &[
    ("incidents/YYYY-MM-DD-title.yaml", "incidents/YYYY-MM-DD-제목.yaml"),
    ("/detected", "/감지"),
    ("checkout/", "(오류|에러)/"),
    ("expression/", "표현식/"),
];

/// Returns every text by its field path, such as `plan.add.about`.
fn texts(help: &Help) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    add("", &serde_json::to_value(help).unwrap(), &mut texts);
    texts.insert("init.language".into(), (help.init.language)(&["ko", "en"]));
    texts.insert("new.language".into(), (help.new.language)(&["ko", "en"]));
    texts
}

fn add(above: &str, value: &Value, texts: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            let dot = if above.is_empty() { "" } else { "." };
            add(&format!("{above}{dot}{name}"), value, texts);
        }),
        Value::String(text) => drop(texts.insert(above.to_owned(), text.clone())),
        other => panic!("{above} is {other}"),
    }
}

/// Returns each text in English and in Korean.
fn pairs() -> Vec<(String, String, String)> {
    let mut korean = texts(&HELP);
    let english = texts(English.help());
    assert!(english.len() > 200, "{} texts", english.len());
    let both = |(name, english)| {
        let korean = korean.remove(&name).unwrap();
        (name, english, korean)
    };
    english.into_iter().map(both).collect()
}

/// Returns the commands of the examples: `plan add` of `  asrun plan add 17:30 "앱 배포" --id deploy`.
fn examples<'a>(name: &str, text: &'a str) -> Vec<Vec<&'a str>> {
    let is_verb = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    // The text below the options has no examples, but hanging indents.
    let lines = text.lines().filter(|_| !name.ends_with(".after"));
    let examples = lines.filter_map(|line| line.strip_prefix("  asrun "));
    examples.map(|line| line.split(' ').take_while(is_verb).collect()).collect()
}

/// Returns options, files, variables and keys, which are the same in every language.
fn names(text: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_./$".contains(c);
    let words = text.split(|c| !is_part(c)).map(|word| word.trim_end_matches(['.', '-']));
    let is_shouted = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    let is_file = |word: &str| match word.rsplit_once('.') {
        Some((_, ending)) => !ending.is_empty() && ending.chars().all(|c| c.is_ascii_lowercase()),
        None => word.len() > 2 && word.contains('/'),
    };
    let is_name = |word: &&str| {
        (word.starts_with('-') && word.contains(char::is_alphabetic))
            || word.contains(['_', '$'])
            || is_file(word)
            || is_shouted(word)
    };
    words.filter(is_name).collect()
}

#[test]
fn every_text_is_in_korean() {
    for (name, _, korean) in pairs() {
        assert!(korean.chars().any(|c| ('가'..='힣').contains(&c)), "{name}: {korean}");
    }
}

#[test]
fn an_about_is_one_line_and_begins_the_long_one() {
    let texts = texts(&HELP);
    let abouts = texts.iter().filter(|(name, _)| name.ends_with(".about"));
    let mut long = 0;
    for (name, about) in abouts {
        assert!(about.width() <= 76 && !about.contains('\n'), "{name}: {about}");
        assert!(!about.ends_with('.'), "{name}: {about}");
        if let Some(text) = texts.get(&name.replace(".about", ".long_about")) {
            assert!(text.starts_with(&format!("{about}\n\n")), "{name}: {text}");
            long += 1;
        }
    }
    assert!(long > 30, "{long} long texts");
}

#[test]
fn lines_fit_a_terminal() {
    // Single-line help is wrapped by clap, which knows the width of Hangul.
    for (name, text) in texts(&HELP).iter().filter(|(_, text)| text.contains('\n')) {
        for line in text.lines() {
            assert!(line.width() <= 80, "{name}: {line}");
        }
    }
}

#[test]
fn nothing_that_english_help_names_is_lost() {
    let mut seen = 0;
    for (name, english, korean) in pairs() {
        for word in names(&english) {
            let renamed = RENAMED.iter().find(|(english, _)| *english == word);
            let word = renamed.map_or(word, |(_, korean)| korean);
            assert!(korean.contains(word), "{name} does not say {word}:\n{korean}");
            seen += 1;
        }
    }
    assert!(seen > 150, "{seen} names");
}

#[test]
fn nothing_that_english_help_quotes_is_lost() {
    let mut seen = 0;
    for (name, english, korean) in pairs() {
        let korean = korean.replace('\n', " ");
        // Of the two quoted lines of a plan, only the form is compared.
        let quoted =
            english.split('`').skip(1).step_by(2).filter(|quoted| !quoted.contains(": PV"));
        for quoted in quoted.map(|quoted| quoted.replace('\n', " ").replace("deploy", "배포")) {
            assert!(korean.contains(&format!("`{quoted}`")), "{name}: `{quoted}`\n{korean}");
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen} quotes");
}

#[test]
fn no_command_that_english_help_names_is_lost() {
    let pairs = pairs();
    let verbs: BTreeSet<&str> =
        pairs.iter().filter_map(|(name, ..)| name.strip_suffix(".about")).collect();
    assert!(verbs.contains("undo") && verbs.contains("plan"));
    for (name, english, korean) in &pairs {
        let korean = korean.replace('\n', " ");
        let words: Vec<&str> = english.split_whitespace().collect();
        for after in words.windows(2).filter(|pair| pair[0].ends_with("asrun")) {
            let verb = after[1].trim_end_matches(|c: char| !c.is_ascii_lowercase());
            let named = format!("asrun {verb}");
            assert!(!verbs.contains(verb) || korean.contains(&named), "{name}: {named}\n{korean}");
        }
    }
}

#[test]
fn the_examples_are_of_the_same_commands() {
    for (name, english, korean) in pairs() {
        assert_eq!(examples(&name, &korean), examples(&name, &english), "{name}");
    }
}

#[test]
fn the_times_that_are_shown_are_read() {
    let now = Moment::parse("2024-09-07T18:30:20+09:00", None).unwrap();
    let zone = Zone::parse("Asia/Seoul").unwrap();
    let frame = Frame::bare(now, zone, Aim::Happened);
    let table = HELP.topics.times.lines().filter(|line| line.starts_with("  "));
    let cells = table.flat_map(|line| line.split("  ")).flat_map(|cell| cell.split(','));
    let (listed, _) = HELP.log.after.split_once(". m").unwrap();
    let listed = listed.strip_prefix("시각:").unwrap().split([',', '(', ')']);
    let times = cells.map(|cell| cell.split('(').next().unwrap()).chain(listed);
    let times: Vec<&str> = times.map(str::trim).filter(|time| !time.is_empty()).collect();
    assert!(times.len() > 30, "{times:?}");
    for time in times {
        assert!(read_typed(time, &frame).is_ok(), "{time} is not read");
    }
}

#[test]
fn the_types_that_are_shown_are_understood() {
    let mut named = 0;
    let after = HELP.log.after.replace('\n', " ");
    let shown = after.split([',', '.', ':']).filter_map(|part| part.trim().strip_suffix(')'));
    for (word, korean) in shown.filter_map(|shown| shown.split_once('(')) {
        if let Some(kind) = EventType::known(word) {
            assert_eq!(event_type_named(korean), Some(kind), "{word}({korean})");
            named += 1;
        }
    }
    assert_eq!(named, EventType::words().count());
}
