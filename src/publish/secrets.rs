//! Keys, tokens and passwords in a text: by their own shape, by the name before them, or by their place in a command, a
//! header or a URL.

use crate::model::REMOVED;

use super::accounts::beside_account;
use super::commands::in_command;
use super::named::{blank_value, named_values};
use super::queries::in_query;
use super::statements::in_statement;
use super::tokens::{Token, shapes_at};
use super::words::{
    AT, CAPITAL, DIGIT, PARTS, SMALL, Spans, Word, beginnings, is_plain, is_random, is_word_byte,
    kinds, near, restlessness, run, scheme_end,
};

/// Returns where a word seems to contain a secret, or to begin one.
pub(super) fn secrets_at(word: &Word) -> Vec<Spans> {
    let mut found: Vec<Spans> = Vec::new();
    // A picture embedded in a text ends with the word.
    let length = word.end - word.start;
    let picture = if length > 40 { word.says().find(";base64,") } else { None };
    let length = picture.unwrap_or(length);
    let word = &Word { end: word.start + length, ..*word };
    if length >= 8 {
        let mut end = 0;
        for at in beginnings(word) {
            if let Some(token) = Some(at).filter(|at| *at >= end).and_then(|at| token_at(word, at))
            {
                end = token.0.end;
                found.push(token);
            }
        }
    }
    if length >= 24 && word.has(DIGIT) {
        found.extend(without_prefix(word));
    }
    if word.has(PARTS) {
        found.extend(named_values(word));
        found.extend(in_query(word));
    }
    if word.has(AT) {
        found.extend(in_address(word));
    }
    found.extend(blank_value(word));
    found.extend(beside_account(word));
    if word.has(SMALL) {
        found.extend(in_command(word));
    }
    found.extend(in_statement(word));
    found
}

/// Returns the token whose prefix is at that offset.
fn token_at(word: &Word, at: usize) -> Option<Spans> {
    let rest = &word.text[at..word.end];
    shapes_at(rest).iter().filter(|token| rest.starts_with(token.prefix)).find_map(|token| {
        let start = at + token.prefix.len();
        let says = &word.text[..word.end];
        let is_in = |byte| token.alphabet.holds(byte);
        let body = near(says, start);
        let body = body[..run(body, 0, is_in)].trim_end_matches(['.', '-', '_', ':', '?', ',']);
        let end = || {
            start + says[start..start + run(says, start, is_in)].trim_end_matches(['.', ',']).len()
        };
        is_body(token, body, word, at).then(|| (at..end(), start..end()))
    })
}

fn is_body(token: &Token, body: &str, word: &Word, at: usize) -> bool {
    let told = token.prefix.bytes().any(|byte| !byte.is_ascii_alphanumeric());
    // A prefix of letters alone may occur by chance in a long random text.
    let inside = at > word.start && matches!(word.text.as_bytes()[at - 1], b'/' | b'+' | b'=');
    let (least, most) = (token.least, token.most);
    let fits = (least..=most).contains(&body.len());
    // Capital letters of a fixed length after a prefix are not a word, with or without digits.
    let capitals = least == most && kinds(body) & (SMALL | CAPITAL) == CAPITAL;
    fits && (told || token.prefix.len() > 6 || !inside) && (capitals || has_chance(body, told))
}

/// Whether it looks random: a prefix that could be a word requires more than a distinctive one.
fn has_chance(body: &str, told: bool) -> bool {
    let plain = body.split(['_', '-', '/', '.']).all(is_plain);
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    let mixed = kinds(body) & SMALL != 0 && kinds(body) & CAPITAL != 0 && restlessness(body) >= 30;
    !plain && (digits >= 2 || told && digits == 1 || mixed) && (told || restlessness(body) >= 12)
}

/// Returns keys without a prefix: by a marker inside or at the end, or by length and randomness alone.
fn without_prefix(word: &Word) -> Vec<Spans> {
    let mut found = Vec::new();
    let (text, mut at) = (word.text, word.start);
    let is_part = |byte: u8| is_word_byte(byte) || b".+/~!".contains(&byte);
    while at < word.end {
        let length = run(&text[..word.end], at, is_part);
        let part = text[at..at + length].trim_end_matches('.');
        if part.len() >= 24 && is_marked(part) {
            found.push((at..at + part.len(), at..at + part.len()));
        } else if part.len() >= 40 {
            let end = at + part.len();
            let equals = run(&text[..word.end], end, |byte| byte == b'=');
            found.extend(is_bare(word, at, part, equals).then_some((at..end, at..end)));
        }
        found.extend(bot_token(word, at, part).or_else(|| asana_token(word, at, part)));
        at += length.max(1);
    }
    found
}

/// Whether a key has a marker inside or at its end, and the length that goes with it: Terraform Cloud, Microsoft Entra,
/// Azure Container Registry and DevOps, New Relic, MaxMind, Mailchimp, Salesforce, Discord, UptimeRobot.
fn is_marked(part: &str) -> bool {
    let length = part.len();
    let behind = |mark: &str, least: usize| {
        part.split_once(mark).is_some_and(|(_, rest)| rest.len() >= least) && is_random(part)
    };
    let data_center = || {
        let (key, center) = part.rsplit_once("-us")?;
        let key = key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
        (key && center.len() <= 2 && center.bytes().all(|byte| byte.is_ascii_digit())).then_some(())
    };
    let discord = || {
        let parts: Vec<usize> = part.split('.').map(str::len).collect();
        let lengths = matches!(parts[..], [23..=28, 6..=7, 27..=38]);
        (lengths && part.starts_with(['M', 'N', 'O']) && is_random(part)).then_some(())
    };
    let entra = part.find("Q~").is_some_and(|at| {
        at > 0 && part.as_bytes()[at - 1].is_ascii_digit() && (31..=36).contains(&(length - at - 2))
    });
    let uptime_robot = || {
        let (account, key) = part.strip_prefix(['u', 'm'])?.split_once('-')?;
        let number = account.len() >= 5 && account.bytes().all(|byte| byte.is_ascii_digit());
        let key = key.len() == 24 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
        (number && key).then_some(())
    };
    behind(".atlasv1.", 60)
        || entra
        || part.contains("+ACR") && length == 52
        || part.ends_with("NRAL") && length == 40
        || part.ends_with("-NRMA")
        || part.contains("JQQJ99") && length == 84
        || part.ends_with("_mmk") && length == 40
        || part.starts_with("00") && part.find('!') == Some(15) && length > 100
        || data_center().is_some()
        || discord().is_some()
        || uptime_robot().is_some()
        || part.starts_with("eyJ") && part.split('.').filter(|part| part.len() >= 4).count() >= 3
}

/// Whether it is a bare key: 40 characters of AWS, or 64 bytes in Base64 of Azure. A hash of that form has a label.
fn is_bare(word: &Word, at: usize, part: &str, equals: usize) -> bool {
    let length = part.len();
    let is_key = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
    let sized = (length, equals) == (40, 0) || (length, equals) == (86, 2);
    let alone = at == word.start || b"\"'`(=:>".contains(&word.text.as_bytes()[at - 1]);
    let hash = || {
        let before = word.text[..at].trim_end_matches([' ', ':', '=', '"']);
        let near: Vec<u8> = before.bytes().rev().take(9).collect();
        let before: String =
            near.iter().rev().map(|byte| char::from(byte.to_ascii_lowercase())).collect();
        ["sha512", "sha-512", "integrity", "hash", "digest"]
            .iter()
            .any(|name| before.ends_with(name))
    };
    sized
        && alone
        && part.bytes().all(is_key)
        && part.bytes().filter(u8::is_ascii_digit).count() >= 2
        && restlessness(part) >= 45
        && kinds(part) & (SMALL | CAPITAL) == SMALL | CAPITAL
        && is_random(part)
        && !hash()
}

/// Finds the token of a Telegram bot: its number, a colon and 35 characters.
fn bot_token(word: &Word, at: usize, part: &str) -> Option<Spans> {
    let number = part.trim_start_matches("bot").rsplit(|c: char| !c.is_ascii_digit()).next()?;
    let colon = at + part.len();
    let is_number = (8..=10).contains(&number.len());
    if !is_number || word.text.as_bytes().get(colon) != Some(&b':') {
        return None;
    }
    let length = run(near(&word.text[..word.end], colon + 1), 0, is_word_byte);
    let token = &word.text[colon + 1..colon + 1 + length];
    let value = colon + 1..colon + 1 + length;
    ((34..=36).contains(&length) && is_random(token))
        .then(|| (colon - number.len()..value.end, value))
}

/// Finds an Asana personal token: a version, numbers of user and application, a colon and 32 characters.
fn asana_token(word: &Word, at: usize, part: &str) -> Option<Spans> {
    let numbers = part.strip_prefix(['0', '1', '2'])?.strip_prefix('/')?;
    let told = numbers
        .split('/')
        .all(|number| number.len() >= 12 && number.bytes().all(|byte| byte.is_ascii_digit()));
    let colon = at + part.len();
    if !told || word.text.as_bytes().get(colon) != Some(&b':') {
        return None;
    }
    let length = run(near(&word.text[..word.end], colon + 1), 0, |byte| byte.is_ascii_hexdigit());
    let value = colon + 1..colon + 1 + length;
    (length == 32).then_some((at..value.end, value))
}

/// Finds a password between a name and a host: `scheme://name:password@host`, `name:password@tcp(host)`.
fn in_address(word: &Word) -> Option<Spans> {
    let says = word.says();
    let (from, at) = if let Some(from) = scheme_end(says) {
        let rest = &says[from..];
        let host = rest.find(['/', '?', '#', '"', '\'']).unwrap_or(rest.len());
        // A password may contain what ends a host.
        let at = rest[..host].rfind('@').or_else(|| rest.find('@'))?;
        (from, from + at)
    } else {
        (0, says.find("@tcp(").or_else(|| says.find("@unix("))?)
    };
    let colon = from + says[from..at].find(':')?;
    let password = &says[colon + 1..at];
    let masked = password.starts_with(['$', '<', '{', '[', '*', '%'])
        || password.contains("***")
        || password.contains(REMOVED);
    let start =
        word.start + says[..from].rfind(|c: char| "\"'`(<".contains(c)).map_or(0, |at| at + 1);
    let value = word.start + colon + 1..word.start + at;
    (password.len() >= 3 && !masked && !password.contains("//"))
        .then_some((start..value.end + 1, value))
}
