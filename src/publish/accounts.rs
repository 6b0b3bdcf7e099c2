//! Passwords next to their account: `root / …`, a line of `.pgpass`.

use super::named::{is_measure, stands_for_one};
use super::words::{AT, CAPITAL, DIGIT, SMALL, Spans, Word, is_plain, kinds, near_before};

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
    if word.has(AT)
        && let Some(found) = before_host(word)
    {
        return Some(found);
    }
    if !word.has(DIGIT) || !word.has(SMALL | CAPITAL) {
        return None;
    }
    of_pgpass(word).or_else(|| behind_slash(word)).or_else(|| around_slash(word))
}

/// Words that indicate an account and its password.
const TELLING: &[&str] = &[
    "creds",
    "credentials",
    "login",
    "log in",
    "account",
    "접속정보",
    "접속 정보",
    "계정",
    "로그인",
];

/// Returns whether a text mentions an account and its password, close to its end.
fn tells_account(before: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(24))..];
    let near = near.rsplit('\n').next().unwrap_or("").to_ascii_lowercase();
    TELLING.iter().any(|word| near.contains(word))
}

fn is_known(account: &str) -> bool {
    ACCOUNTS.iter().any(|name| name.eq_ignore_ascii_case(account))
}

/// Whether it may be a password: letters and digits, and no word, number or version.
fn is_password(said: &str) -> bool {
    is_chosen(said) && !is_plain(said)
}

/// Whether somebody may have chosen it as a password: letters and digits, and no number or version.
fn is_chosen(said: &str) -> bool {
    let of_both = kinds(said) & DIGIT != 0 && kinds(said) & (SMALL | CAPITAL) != 0;
    said.len() >= 6 && of_both && !stands_for_one(said) && !is_measure(said)
}

/// Characters that may follow a password in a sentence.
const ENDS: [char; 7] = [',', '.', ')', ';', '"', '\'', '`'];

/// Finds `root / password`, and `creds: app / password`.
fn behind_slash(word: &Word) -> Option<Spans> {
    let before = near_before(word.text, word.start).trim_end_matches(' ');
    let before = before.strip_suffix('/')?.trim_end_matches(' ');
    let ends = |c: char| !(c.is_ascii_alphanumeric() || "-_./@".contains(c));
    let account = before.rsplit(ends).next().unwrap_or("");
    let told = || !account.is_empty() && tells_account(&before[..before.len() - account.len()]);
    let password = word.says().trim_end_matches(ENDS);
    if !is_password(password) || !(is_known(account) || told()) {
        return None;
    }
    let start = word.text[..word.start].rfind(account)?;
    let value = word.start..word.start + password.len();
    Some((start..value.end, value))
}

/// Finds `credentials admin/password`, `creds: admin/hunter2` and `the account (admin/password)`.
fn around_slash(word: &Word) -> Option<Spans> {
    let says = word.says();
    let open = says.len() - says.trim_start_matches('(').len();
    let (account, password) = says[open..].split_once('/')?;
    let password = password.trim_end_matches(ENDS);
    let before = near_before(word.text, word.start);
    let told = is_known(account) && tells_account(before);
    // Behind a colon nothing else than the account is meant.
    let direct = before.trim_end().ends_with([':', '=', '：']);
    let from = word.start + open;
    let start = from + account.len() + 1;
    (told && !password.contains('/') && (is_password(password) || direct && is_chosen(password)))
        .then(|| (from..start + password.len(), start..start + password.len()))
}

/// Finds `root:password@db1`: the account of a system, or one at a host with a number, a domain or a port.
fn before_host(word: &Word) -> Option<Spans> {
    let open = word.says().len() - word.says().trim_start_matches(['"', '\'', '`', '(', '<']).len();
    let says = &word.says()[open..];
    let (account, host) = says.rsplit_once('@')?;
    let (account, password) = account.split_once(':')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let ends = host.find(|c: char| !is_name(c)).unwrap_or(host.len());
    let (name, behind) = host.split_at(ends);
    let name = name.trim_end_matches('.');
    let is_host = name.contains('.')
        || name.ends_with(|c: char| c.is_ascii_digit())
        || behind.starts_with([':', '/']);
    let mixed = kinds(password) & DIGIT != 0 && kinds(password) & (SMALL | CAPITAL) != 0;
    let sound = password.len() >= 4 && !stands_for_one(password) && !is_measure(password);
    let of_known = is_known(account) && kinds(password) & (SMALL | CAPITAL) != 0;
    let of_other = is_host && mixed && password.len() >= 6 && !name.starts_with("sha");
    let is_account = !account.is_empty() && account.chars().all(is_name);
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let start = word.start + open;
    let value = start + account.len() + 1..start + account.len() + 1 + password.len();
    (is_account && begins && sound && (of_known || of_other))
        .then_some((start..value.end + 1, value))
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
