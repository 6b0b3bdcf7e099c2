//! Passwords next to their account: `root / …`, a line of `.pgpass`.

use super::named::is_measure;
use super::words::{CAPITAL, DIGIT, SMALL, Spans, Word, is_plain, kinds, near_before};

/// Default accounts of systems.
const ACCOUNTS: &[&str] = &[
    "root",
    "admin",
    "administrator",
    "postgres",
    "mysql",
    "sa",
    "oracle",
    "sys",
    "system",
    "sysadmin",
    "ubuntu",
    "ec2-user",
    "guest",
];

/// Returns the password that a word is, or ends with, if an account precedes it.
pub(super) fn beside_account(word: &Word) -> Option<Spans> {
    if !word.has(DIGIT) || !word.has(SMALL | CAPITAL) {
        return None;
    }
    of_pgpass(word).or_else(|| behind_slash(word))
}

/// Finds `root / password`.
fn behind_slash(word: &Word) -> Option<Spans> {
    let before = near_before(word.text, word.start).trim_end_matches(' ');
    let before = before.strip_suffix('/')?.trim_end_matches(' ');
    let ends = |c: char| !(c.is_ascii_alphanumeric() || "-_./@".contains(c));
    let account = before.rsplit(ends).next().unwrap_or("");
    let known = ACCOUNTS.iter().any(|name| name.eq_ignore_ascii_case(account));
    let password = word.says().trim_end_matches([',', '.', ')', ';', '"', '\'', '`']);
    let of_both = kinds(password) & DIGIT != 0 && kinds(password) & (SMALL | CAPITAL) != 0;
    if !known || password.len() < 6 || !of_both || is_plain(password) || is_measure(password) {
        return None;
    }
    let start = word.text[..word.start].rfind(account)?;
    let value = word.start..word.start + password.len();
    Some((start..value.end, value))
}

/// Finds `host:port:database:user:password` (PostgreSQL manual, "The Password File").
fn of_pgpass(word: &Word) -> Option<Spans> {
    let says = word.says();
    let mut fields = says.splitn(5, ':');
    let (host, port) = (fields.next()?, fields.next()?);
    let (database, user, password) = (fields.next()?, fields.next()?, fields.next()?);
    let is_port = matches!(port, "5432" | "5433" | "6432" | "*");
    let masked = password.starts_with(['*', '<', '$', '{', '[', '(']);
    let told = !host.is_empty() && !database.is_empty() && !user.is_empty();
    (is_port && told && password.len() >= 4 && !masked).then(|| {
        let value = word.end - password.len()..word.end;
        (word.start..word.end, value)
    })
}
