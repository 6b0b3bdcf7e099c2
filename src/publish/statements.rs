//! Passwords in statements of databases and shells that are written in any case, located by the words before them.

use super::named::given_to;
use super::words::{Spans, Word, near, words_within};

/// Statements as words in lower case: `_` is any word, `*` the password, and `>*` one after that sign, wherever it is
/// on the line. From the manuals of MySQL, Oracle, Redis and PowerShell.
const STATEMENTS: &[&[&str]] = &[
    &["set", "password", "for", "_", "=", "*"],
    &["set", "password", "for", "_", "to", "*"],
    &["identified", "with", "_", "by", "*"],
    &["identified", "with", "_", "as", "*"],
    &["identified", "by", "password", "*"],
    &["identified", "by", "values", "*"],
    &["acl", "setuser", "_", ">*"],
    &["user", "_", "on", ">*"],
    &["convertto-securestring", "*"],
    &["convertto-securestring", "-string", "*"],
];

/// Words of a statement that are looked at.
const LONGEST: usize = 16;

/// Returns the password in a statement that a word begins.
pub(super) fn in_statement(word: &Word) -> Option<Spans> {
    let begins = |statement: &&&[&str]| word.says().eq_ignore_ascii_case(statement[0]);
    STATEMENTS.iter().filter(begins).find_map(|statement| password_of(word, statement))
}

fn password_of(word: &Word, statement: &[&str]) -> Option<Spans> {
    let line = near(word.text, word.start).lines().next().unwrap_or("");
    let words = words_within(word.text, word.start..word.start + line.len());
    let line: Vec<Word> = words.take(LONGEST).collect();
    let (last, before) = statement.split_last()?;
    let fits =
        |(wanted, said): (&&str, &Word)| *wanted == "_" || said.says().eq_ignore_ascii_case(wanted);
    if line.len() <= before.len() || !before.iter().zip(&line).all(fits) {
        return None;
    }
    let rest = &line[before.len()..];
    let value = match *last {
        ">*" => rest.iter().find_map(|one| {
            let said = one.says().trim_start_matches(['\'', '"']);
            let (is_quoted, start) = (said.len() < one.says().len(), one.end - said.len());
            let said = said.strip_prefix('>')?.trim_end_matches(['\'', '"']);
            // `> 30 s` is no password, `>hunter2` is.
            let value = start + 1..start + 1 + said.len();
            given_to(word.text, value.start).or((is_quoted && said.len() >= 4).then_some(value))
        }),
        _ => given_to(word.text, rest[0].start),
    };
    value.map(|value| (word.start..value.end, value))
}
