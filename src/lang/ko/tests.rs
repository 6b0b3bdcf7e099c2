//! What is said in Korean, beside what is said in English.

use crate::lang::en::English;
use crate::lang::samples::everything;
use std::collections::BTreeSet;

use super::*;

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Whether two English words follow each other, outside of quotes and commands.
fn holds_english(message: &str) -> bool {
    let unquoted: String = message.split(['"', '`']).step_by(2).collect::<Vec<_>>().join(" · ");
    let (mut in_command, mut before) = (false, false);
    for word in unquoted.split_whitespace() {
        let begins = ["asrun", "git", "cp", "iconv"].contains(&word)
            || word.starts_with(['-', '/', '#', '|']);
        in_command = !word.contains(is_hangul) && (in_command || begins);
        let letters = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
        let is_plain = letters.len() > 1 && letters.bytes().all(|b| b.is_ascii_alphabetic());
        if !in_command && is_plain && before {
            return true;
        }
        before = !in_command && is_plain && letters == word;
    }
    false
}

/// The commands and options that a message names.
fn ways_out(message: &str) -> BTreeSet<String> {
    let sign = |c: char| !(c.is_ascii_alphanumeric() || "-/".contains(c));
    let words: Vec<&str> = message.split(sign).filter(|word| !word.is_empty()).collect();
    let options = words.iter().filter(|word| word.starts_with("--") && word.len() > 3);
    let mut found: BTreeSet<String> = options.map(|option| (*option).to_owned()).collect();
    let verbs = "new log live plan show amend edit undo check recover select schema config doctor help \
                 list init link lessons actions templates render";
    for pair in words.windows(2) {
        if pair[0] == "asrun" && verbs.split_whitespace().any(|verb| verb == pair[1]) {
            found.insert(pair.join(" "));
        }
    }
    found
}

#[test]
fn everything_is_said_in_korean() {
    let (korean, english) = (everything(&Korean), everything(&English));
    assert_eq!(korean.len(), english.len());
    assert!(korean.len() > 600, "{}", korean.len());
    let mut faults = Vec::new();
    for (korean, english) in korean.iter().zip(&english) {
        let silent = english.is_empty() && korean.is_empty();
        let no_korean = !silent && !korean.contains(is_hangul);
        if no_korean || holds_english(korean) || ways_out(korean) != ways_out(english) {
            faults.push(format!("{english}\n  {korean}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn english_is_seen_in_a_message() {
    assert!(holds_english("기록이 not there 있습니다"));
    assert!(everything(&English).iter().filter(|message| holds_english(message)).count() > 400);
    assert!(!holds_english("모두 보려면: asrun list all, `at the` \"in the\" 기록 asrun 명령"));
}
