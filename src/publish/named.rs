//! Secrets known by the name in front of them: `password: …`, `DB_PASSWORD=…`, `비밀번호는 …`, a cell of a
//! table, a header.

use std::ops::Range;
use std::sync::LazyLock;

use crate::lang::text_words;

use super::words::{
    CAPITAL, DIGIT, DOT, SIGN, SMALL, Spans, Word, is_plain, is_random, is_word_byte, kind, kinds,
    near, near_before, restlessness,
};

/// The type of value that a name requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A person may have chosen it.
    Password,
    /// A few digits.
    Pin,
    /// A machine generated it.
    Token,
    /// As `Token`, but the name has other uses too.
    Session,
    /// A scheme and a token.
    Authorization,
    /// Names and values.
    Cookies,
    /// The preceding name is the one that counts: `name: DB_PASSWORD`, `value: …`.
    Value,
}

/// Names in code, configuration and headers, in lower case; a space stands for any of `_-. ` or nothing. Those in
/// natural languages are in [`crate::lang`]. Sources: the rule sets of gitleaks and detect-secrets, and the issuers'
/// documentation.
const NAMES: &[(Sort, &[&str])] = &[
    (
        Sort::Password,
        &[
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "pwd",
            "pw",
            "pass",
            "passwort",
            "kennwort",
            "mot de passe",
            "contraseña",
            "contrasena",
            "senha",
            "密码",
            "密碼",
            "口令",
            "seed phrase",
            "recovery phrase",
            "sshpass",
            "rediscli auth",
            "identified by",
        ],
    ),
    (
        Sort::Token,
        &[
            "token",
            "secret",
            "api key",
            "apikey",
            "app key",
            "access key",
            "account key",
            "secret key",
            "secret access key",
            "private key",
            "preshared key",
            "pre shared key",
            "shared key",
            "signing key",
            "encryption key",
            "master key",
            "auth key",
            "service key",
            "license key",
            "write key",
            "admin key",
            "routing key",
            "integration key",
            "rest key",
            "client key data",
            "secret key base",
            "connection string",
            "credential",
            "credentials",
            "creds",
            "functions key",
            "subscription key",
            "recovery code",
            "recovery codes",
            "backup code",
            "backup codes",
            "apigw api key",
            "sas",
            "bearer",
            "ssws",
            "kakaoak",
            "auth",
        ],
    ),
    (
        Sort::Session,
        &[
            "session",
            "session id",
            "jsessionid",
            "phpsessid",
            "sid",
            "sig",
            "signature",
            "auth code",
        ],
    ),
    (Sort::Pin, &["pin", "pin code", "pin number", "暗証番号", "핀 번호"]),
    (Sort::Authorization, &["authorization"]),
    (Sort::Cookies, &["cookie"]),
    (Sort::Value, &["value"]),
];

/// Names that must be whole words, as other words end with them.
const WHOLE: &[&str] = &[
    "pwd",
    "pw",
    "pass",
    "pin",
    "senha",
    "auth",
    "sid",
    "sig",
    "sas",
    "value",
    "session",
    "signature",
    "bearer",
];

/// What joins a name to its value in the languages of these names, besides those in [`crate::lang`].
const LINKS: &[&str] = &[" ist", " lautet", " est", " es", " era", "是", "为", "為"];

/// What is said of a password in these languages, in place of one.
const STATES: &[&str] = &[
    "abgelaufen",
    "falsch",
    "gesperrt",
    "vergessen",
    "fehlt",
    "siehe",
    "wurde",
    "oublie",
    "expire",
    "modifie",
    "incorrect",
    "manquant",
    "voir",
    "caducada",
    "caducado",
    "cambiada",
    "cambiado",
    "olvidada",
    "incorrecta",
    "obligatoria",
    "expirada",
    "expirado",
    "alterada",
    "trocada",
    "esquecida",
    "incorreta",
    "veja",
];

/// What says that a password became another one, before `to`; and what comes before that.
const CHANGED: &[&str] = &["changed", "set", "reset", "rotated", "updated", "switched", "moved"];
const AUXILIARIES: &[&str] =
    &["was", "is", "were", "been", "has", "had", "be", "got", "gets", "now", "then", "temporarily"];

struct Name {
    sort: Sort,
    says: &'static str,
    whole: bool,
}

/// Names by their last two bytes.
static BY_END: LazyLock<Vec<Vec<Name>>> = LazyLock::new(|| {
    let mut by_end: Vec<Vec<Name>> = (0..256).map(|_| Vec::new()).collect();
    let mut add = |sort, says: &'static str| {
        let whole = WHOLE.contains(&says);
        if let [.., before, last] = says.as_bytes() {
            by_end[ending(*before, *last)].push(Name { sort, says, whole });
        }
    };
    for (sort, names) in NAMES {
        names.iter().for_each(|name| add(*sort, name));
    }
    for words in text_words() {
        words.passwords.iter().for_each(|name| add(Sort::Password, name));
        words.secrets.iter().for_each(|name| add(Sort::Token, name));
    }
    by_end
});

/// Returns the index of the two bytes that a name ends with, ignoring case.
fn ending(before: u8, last: u8) -> usize {
    let [before, last] = [before, last].map(|byte| byte.to_ascii_lowercase());
    usize::from(before.rotate_left(3) ^ last)
}

/// How a value follows its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// `name=value`, `"name": "value"`.
    Tight,
    /// `name: value`.
    Loose,
    /// `name value`, `name is value`.
    Blank,
    /// `name -> value`, or a value on a line of its own below the name: a sentence or a list may be written so.
    Apart,
}

/// Returns values after `:`, `=`, `|`, `>` or `(` in a word.
pub(super) fn named_values(word: &Word) -> Vec<Spans> {
    let bytes = word.text.as_bytes();
    let mut found: Vec<Spans> = Vec::new();
    for at in (word.start..word.end).filter(|at| parts_name(bytes, *at)) {
        if found.last().is_none_or(|(span, _)| span.end <= at) {
            found.extend(value_behind(word.text, at, at + 1));
        }
    }
    found
}

/// Whether a sign separates a name from a value: no `::` of a path, and no `|` between two letters.
fn parts_name(bytes: &[u8], at: usize) -> bool {
    // A name does not end with a digit: times are full of colons.
    if at > 0 && bytes[at - 1].is_ascii_digit() {
        return false;
    }
    let letter =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    // Of several signs the last one counts.
    let more = bytes.get(at + 1).is_some_and(|next| b"=>".contains(next));
    match bytes[at] {
        b':' | b'=' if more => false,
        b':' => bytes.get(at + 1) != Some(&b':') && (at == 0 || bytes[at - 1] != b':'),
        b'|' => !(letter(at.checked_sub(1)) && letter(Some(at + 1))),
        byte => b"=>(".contains(&byte),
    }
}

/// Returns a value that follows a name without a sign in between, or in the next cell of a table.
pub(super) fn blank_value(word: &Word) -> Option<Spans> {
    let before = word.text[..word.start].trim_end_matches(' ');
    let cell = before.ends_with('\t') && !before.trim_end_matches('\t').ends_with('\n');
    if cell {
        return value_behind(word.text, before.trim_end().len(), before.len());
    }
    let quoted = word.says().starts_with(['"', '\'', '`']);
    let mixed = word.has(DIGIT) && word.has(SMALL | CAPITAL | SIGN);
    let has_sign = word.says().starts_with([':', '=']);
    let may_be_pin = word.has(DIGIT) && !word.has(SMALL | CAPITAL);
    if !quoted && !mixed && !may_be_pin || has_sign {
        return None;
    }
    let (value, is_quoted) = value_at(word.text, word.start)?;
    let says = &word.text[value.clone()];
    let rest = &word.text[value.end..];
    let before = before_value(word, ends_line(rest))?;
    let name = name_of(before, is_last(rest))?;
    if begins_item(word) && !begins_line(before, name.0) {
        return None;
    }
    // The head of a column is above a cell, not above a whole line.
    let above = word.text[..name.0].trim_end_matches(['"', '\'', '`', ' ']);
    if word.text[name.0..word.start].contains('\n') && above.ends_with([',', ';', '\t']) {
        return None;
    }
    let fits = match name.1.sort {
        Sort::Password => !may_be_pin && is_password(says, Joint::Blank, is_quoted, &name, rest),
        // `pin 1234` may be one of a chip.
        Sort::Pin => is_pin(says, rest) && linked_end(before) < before.len(),
        Sort::Token => {
            let linked = || linked_end(before) < before.len();
            let long = says.len() >= 16 || is_jumbled(says);
            is_token(says) && (is_random(says) && long || is_chosen(says) && linked())
        }
        _ => false,
    };
    let value = if fits { whole(word.text, value) } else { return None };
    Some((name.0..value.end, value))
}

/// Returns the text before a value without the gap between them: blanks, the end of a line, and more than that if the
/// value is `alone` on its line, possibly in a code block. `None` if they are too far apart.
fn before_value<'t>(word: &Word<'t>, alone: bool) -> Option<&'t str> {
    let blanks = [' ', '`', '"', '\''];
    let before = word.text[..word.start].trim_end_matches(blanks);
    let before =
        if begins_item(word) { before.strip_suffix('-')?.trim_end_matches(' ') } else { before };
    let Some(above) = before.strip_suffix('\n') else { return Some(before) };
    if !alone {
        let above = above.trim_end_matches(['\r', ' ']);
        return (!above.ends_with('\n')).then(|| above.trim_end_matches(blanks));
    }
    let above = near_before(word.text, before.len()).trim_end();
    let line = above.rsplit('\n').next().unwrap_or("");
    let gap = if is_fence(line) { &above[..above.len() - line.len()] } else { above };
    let length = near_before(word.text, before.len()).len() - gap.trim_end().len();
    Some(word.text[..before.len() - length].trim_end_matches(blanks))
}

/// Whether a word begins an item of a list.
fn begins_item(word: &Word) -> bool {
    let before = word.text[..word.start].trim_end_matches([' ', '`', '"', '\'']);
    let above = before.strip_suffix('-').map(|above| above.trim_end_matches(' '));
    above.is_some_and(|above| above.ends_with('\n'))
}

/// Whether a line, or an item of a list, begins at an offset.
fn begins_line(text: &str, at: usize) -> bool {
    let before = near_before(text, at).rsplit('\n').next().unwrap_or("");
    before.trim_matches(['-', '*', '+', ' ', '\t']).is_empty()
}

/// Whether a line begins a code block.
fn is_fence(line: &str) -> bool {
    line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~")
}

/// Whether nothing but the end of a quotation follows on the line.
fn ends_line(rest: &str) -> bool {
    let line = near(rest, 0).lines().next().unwrap_or("");
    line.trim_end_matches(['"', '\'', '`', ' ', '\r']).is_empty()
}

/// The name of a whole identifier, `DB_PASS`, or of one that a link follows: nothing else is called so.
static CERTAIN: Name = Name { sort: Sort::Password, says: "password", whole: false };

/// Returns the name that a value after a blank has, and where it begins: `password is …`, `the pw for the host is …`,
/// and, if the value `ends` the line, `password - …`.
fn name_of(before: &str, ends: bool) -> Option<(usize, &'static Name)> {
    let dash = before.strip_suffix(" -").or_else(|| before.strip_suffix(" –")).filter(|_| ends);
    let before = dash.unwrap_or(before);
    let end = linked_end(before);
    let linked = end < before.len();
    let changed = changed_end(before);
    let end = without_remark(&before[..changed.unwrap_or(end)]).len();
    let (end, (start, name)) = match name_before(before, end) {
        Some(name) => (end, name),
        None if linked => named_for(before, end)?,
        None => return None,
    };
    // `pass to` and `pw as` are used of other things.
    let is = linked && ![" to", " as"].iter().any(|link| before.ends_with(link));
    let whole = is || changed.is_some() || before[start..end].contains('_');
    Some((start, if whole && name.sort == Sort::Password { &CERTAIN } else { name }))
}

/// Returns the end and the name in `the password for the host`, a clause that ends at an offset.
fn named_for(text: &str, end: usize) -> Option<(usize, (usize, &'static Name))> {
    let clause = near_before(text, end).rsplit(['\n', '.', ',', ';']).next()?;
    let of = [" for ", " of "].into_iter().filter_map(|word| clause.rfind(word)).min()?;
    let end = end - clause.len() + of;
    Some((end, name_before(text, end).filter(|(_, name)| name.sort == Sort::Password)?))
}

/// Returns the end of the name before `was changed to`; `None` if a text does not end like that.
fn changed_end(before: &str) -> Option<usize> {
    let mut said = before.strip_suffix(" to")?.trim_end();
    let before_word = |said: &'_ str, words: &[&str]| {
        let (rest, last) = said.rsplit_once(' ')?;
        words.contains(&last).then(|| rest.trim_end().len())
    };
    said = &said[..before_word(said, CHANGED)?];
    while let Some(end) = before_word(said, AUXILIARIES) {
        said = &said[..end];
    }
    Some(said.len())
}

/// Returns the end of the name before `is`, `was`, `to` or a particle.
fn linked_end(before: &str) -> usize {
    let links = text_words().flat_map(|words| words.links).chain(LINKS).copied();
    let link = links.filter(|link| before.ends_with(link)).map(str::len).max();
    before[..before.len() - link.unwrap_or(0)].trim_end().len()
}

/// The most bytes between a name and its sign.
const BETWEEN: usize = 40;
/// The most bytes of a remark in brackets after a name.
const REMARK: usize = 64;

/// Returns a text without a remark in brackets at its end: `password` for `password (staging)`.
fn without_remark(before: &str) -> &str {
    let open = match before.as_bytes().last() {
        Some(b')') => '(',
        Some(b']') => '[',
        _ => return before,
    };
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(REMARK))..];
    let line = near.rsplit('\n').next().unwrap_or("");
    let length = line.rfind(open).map_or(0, |at| line.len() - at);
    before[..before.len() - length].trim_end_matches([' ', '*', '`', '"', '\''])
}

/// Returns the value after the sign from `sign` to `behind`, if the name of a secret precedes it.
fn value_behind(text: &str, sign: usize, behind: usize) -> Option<Spans> {
    let bytes = text.as_bytes();
    let between = bytes[..sign].iter().rev().take(BETWEEN);
    let between = between.take_while(|byte| b" \"'`\\*:=-\t|".contains(byte)).count();
    let before = &text[..sign - between];
    let before =
        if opens_definition(text, before.len(), sign) { before.trim_end() } else { before };
    // What follows the mask of a value is another text.
    if text[before.len()..sign].contains("***") {
        return None;
    }
    let named = without_remark(before);
    // A name ends with a letter.
    let last = *named.as_bytes().last()?;
    if kind(last) & (SMALL | CAPITAL) == 0 && last.is_ascii() {
        return None;
    }
    let end = if named.len() == sign { sign } else { linked_end(named) };
    let changed = || name_before(text, changed_end(named)?);
    let direct = name_before(text, end).or_else(changed);
    let (start, name) = direct.or_else(|| Some(named_for(text, end)?.1))?;
    let (at, joint) = value_place(text, before.len(), sign, behind)?;
    let (value, is_quoted) = value_at(text, at)?;
    let value =
        if text[behind..at].ends_with(LINE_END) { up_to_line_end(text, value)? } else { value };
    let says = &text[value.clone()];
    let rest = &text[value.end..];
    if text[behind..at].contains('\n') && !is_alone(says, rest) {
        return None;
    }
    // After `the password for the host:` there may be a sentence.
    if direct.is_none() && (kinds(says) & DIGIT == 0 || kinds(says) & (SMALL | CAPITAL) == 0) {
        return None;
    }
    // Before a bracket a name is a function's, unless it is a password's and the value has a digit.
    let called = bytes[sign] == b'(' || last.is_ascii() && bytes[named.len()] == b'(';
    if called && (name.sort != Sort::Password || kinds(says) & DIGIT == 0) {
        return None;
    }
    let name = if name.sort == Sort::Value { &named_by(text, start)? } else { name };
    let found = match name.sort {
        Sort::Password => match phrase(text, &value, name) {
            Some(phrase) => phrase,
            None => is_password(says, joint, is_quoted, &(start, name), rest).then_some(value)?,
        },
        Sort::Pin => is_pin(says, rest).then_some(value)?,
        Sort::Token if is_pair(name, says) => value,
        Sort::Token if joint == Joint::Apart && !(says.len() >= 16 && is_random(says)) => {
            return None;
        }
        Sort::Token => is_token(says).then_some(value)?,
        Sort::Session => {
            (says.len() >= 16 && is_token(says) && is_random(says)).then_some(value)?
        }
        Sort::Authorization => authorization(text, at)?,
        Sort::Cookies => cookies(text, at)?,
        Sort::Value => return None,
    };
    let found = whole(text, found);
    Some((start..found.end, found))
}

/// Whether a colon opens the definition of the term on the line above: it is the first sign on its line, and a blank
/// follows.
fn opens_definition(text: &str, line: usize, sign: usize) -> bool {
    let rest = &text[sign..];
    text[..line].ends_with('\n')
        && text[line..sign].trim().is_empty()
        && (rest.starts_with(": ") || rest.starts_with(":\t"))
}

/// Returns where the value after a sign begins, and how it follows its name, which ends at `named`.
fn value_place(text: &str, named: usize, sign: usize, behind: usize) -> Option<(usize, Joint)> {
    let byte = text.as_bytes()[sign];
    let blanks = near(text, behind).bytes().take_while(|byte| b" \t".contains(byte)).count();
    let at = behind + blanks;
    if byte != b'(' && near(text, at).trim_start_matches(['-', '+', '\r']).starts_with('\n') {
        return Some((below(text, at)?, Joint::Apart));
    }
    let lines = near(text, at).split_inclusive(LINE_END);
    let lines: usize = lines.take_while(|line| *line == LINE_END).map(str::len).sum();
    if lines > 0 {
        return Some((at + lines, Joint::Apart));
    }
    let cell = matches!(byte, b'|' | b'\t' | b'(');
    let json = text[named..sign].contains(['"', '\'']);
    let joint = match () {
        () if blanks == 0 && !cell || json => Joint::Tight,
        () if byte == b'>' && !text[..sign].ends_with('=') => Joint::Apart,
        () => Joint::Loose,
    };
    Some((at, joint))
}

/// Returns where the first text below an offset begins: after blank lines, the beginning of a code block and the mark of
/// a list.
fn below(text: &str, at: usize) -> Option<usize> {
    let mut start = at;
    for line in near(text, at).split_inclusive('\n') {
        let said = line.trim_start_matches([' ', '\t', '>']);
        if start > at && !said.trim().is_empty() && !is_fence(said) {
            let marks = ["- ", "* ", "+ "];
            let said = marks.iter().find_map(|mark| said.strip_prefix(mark)).unwrap_or(said);
            return Some(start + line.len() - said.len());
        }
        start += line.len();
    }
    None
}

/// The end of a line in a text in double quotes.
const LINE_END: &str = "\\n";

/// Returns a value that a line of a text in double quotes is; `None` if more is on that line.
fn up_to_line_end(text: &str, value: Range<usize>) -> Option<Range<usize>> {
    let length = text[value.clone()].find(LINE_END).unwrap_or(value.len());
    let end = value.start + length;
    let is_alone = text[end..].starts_with(LINE_END) || text[end..].starts_with('"');
    (length > 0 && is_alone).then_some(value.start..end)
}

/// Whether a value below its name has a line of its own, and is no key, link or picture.
fn is_alone(value: &str, rest: &str) -> bool {
    let other = value.ends_with(':') || value.contains("://") || value.starts_with("![");
    ends_line(rest) && !other
}

/// Returns the name of a secret that ends at that offset, and where it begins.
fn name_before(text: &str, end: usize) -> Option<(usize, &'static Name)> {
    let bytes = text.as_bytes();
    let [.., before, last] = bytes.get(..end)? else { return None };
    let names = BY_END[ending(*before, *last)].iter();
    let begins = names.filter_map(|name| Some((begin(bytes, end, name)?, name)));
    let (start, name) = begins.min_by_key(|(start, _)| *start)?;
    // A name inside an ARN of AWS does not count.
    let word = near_before(text, start).rsplit(char::is_whitespace).next().unwrap_or("");
    // The name is the whole identifier.
    let whole = bytes[..start].iter().rev().take_while(|byte| is_word_byte(**byte)).count();
    (!word.starts_with("arn:")).then_some((start - whole, name))
}

/// Returns where a name that ends at that offset begins.
fn begin(bytes: &[u8], end: usize, name: &Name) -> Option<usize> {
    let mut at = end;
    for wanted in name.says.bytes().rev() {
        if wanted == b' ' {
            let gap = bytes[..at].iter().rev().take_while(|byte| b" _-.".contains(byte)).count();
            at -= gap.min(2);
            continue;
        }
        at = at.checked_sub(1)?;
        if bytes[at].to_ascii_lowercase() != wanted {
            return None;
        }
    }
    let before = at.checked_sub(1).map(|at| bytes[at]);
    let hump =
        bytes[at].is_ascii_uppercase() && before.is_some_and(|byte| byte.is_ascii_lowercase());
    let fresh = hump || before.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    (fresh || !name.whole).then_some(at)
}

/// Returns the name that precedes `value`, on its line or the one above.
fn named_by(text: &str, value: usize) -> Option<Name> {
    let mut lines = near_before(text, value).rsplit('\n');
    let near = [lines.next(), lines.next()];
    near.into_iter().flatten().find_map(|line| {
        let line = line.trim_end_matches([' ', '"', '\'', ',', '-', '\r']);
        let (at, name) = name_before(line, line.len())?;
        let said = line[..at].contains(['=', ':']);
        said.then_some(Name { sort: name.sort, says: name.says, whole: name.whole })
    })
}

/// How a single quote is written within single quotes in a shell.
const SHELL_QUOTES: [&str; 2] = [r"'\''", r#"'"'"'"#];

/// Returns the value that begins at that offset, and whether it is quoted.
fn value_at(text: &str, at: usize) -> Option<(Range<usize>, bool)> {
    let rest = near(text, at);
    let open = rest.trim_start_matches(['\\', '>', '=', ' ', '(']);
    // `N'…'` is a text of SQL Server.
    let open = if open.starts_with("N'") { &open[1..] } else { open };
    let mut start = at + rest.len() - open.len();
    // A quote within a quoted word of a shell.
    let of_shell = SHELL_QUOTES.iter().find(|quote| open.starts_with(**quote));
    if let Some(quote) = of_shell {
        let from = start + quote.len();
        let line = near(text, from).lines().next().unwrap_or("");
        if let Some(length) = line.find(*quote).filter(|length| *length > 0) {
            return Some((from..from + length, true));
        }
    }
    if let Some(quote) = open.chars().next().filter(|c| "\"'`".contains(*c)) {
        start += 1;
        let line = near(text, start).lines().next().unwrap_or("");
        if let Some(length) = line.find(quote) {
            let said = line[..length].trim_end_matches('\\');
            return (!said.is_empty()).then(|| (start..start + said.len(), true));
        }
    }
    let end = unquoted_end(text, start, start + near(text, start).len());
    (end > start).then_some((start..end, false))
}

/// Returns the password at that offset, if what is there may be one: in quotes, or letters and digits mixed.
pub(super) fn given_to(text: &str, at: usize) -> Option<Range<usize>> {
    // Hashes of MySQL begin with a star.
    let hashed = text[at..].starts_with("'*") || text[at..].starts_with("\"*");
    let at = if hashed { at + 2 } else { at };
    let (value, is_quoted) = value_at(text, at)?;
    let says = &text[value.clone()];
    let mixed = kinds(says) & DIGIT != 0 && kinds(says) & (SMALL | CAPITAL) != 0;
    let first = says.split(' ').next().unwrap_or("");
    let is_one = says.len() >= 4 && !stands_for_one(says) && !says_how(first);
    (is_one && (is_quoted || mixed && !is_measure(says))).then(|| whole(text, value))
}

/// Returns the end of an unquoted value, up to a limit.
fn unquoted_end(text: &str, start: usize, limit: usize) -> usize {
    let bytes = text.as_bytes();
    let ends = |at: usize| {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        match bytes[at] {
            byte if byte <= b' ' || byte >= 0x7f => true,
            b'"' | b'\'' | b'`' => true,
            b',' | b';' | b')' | b'}' | b']' | b'<' | b'|' | b'.' => {
                !next.is_ascii_alphanumeric() || bytes[at] == b'<'
            }
            b'&' => {
                near(text, at + 1).split(['&', ' ']).next().is_some_and(|next| next.contains('='))
            }
            _ => false,
        }
    };
    (start..limit).find(|at| ends(*at)).unwrap_or(limit)
}

/// Extends a value that was only looked at up to the limit to its end.
fn whole(text: &str, value: Range<usize>) -> Range<usize> {
    if value.len() < near(text, value.start).len() {
        return value;
    }
    value.start..unquoted_end(text, value.end, text.len())
}

/// Whether a value is a mask, a variable or a reference to where the secret is kept.
pub(super) fn stands_for_one(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let variable = |rest: &str| {
        let name = rest.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        let capital = rest
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        rest.starts_with(['{', '(']) || name || capital
    };
    let kept = [
        "/", "./", "http", "vault:", "arn:", "ssm:", "op://", "file:", "env:", "secret/", "sha256:",
    ];
    value.strip_prefix('$').is_some_and(variable)
        || value.starts_with(['<', '[', '{', '*', '%', '@', '&', '…'])
        || lower.starts_with("your")
        || kept.iter().any(|start| lower.starts_with(start))
        || ["***", "xxxx", "redacted", "...", "####", "••"].iter().any(|mask| lower.contains(mask))
        || value.contains("()")
        || is_call(value)
        || is_account(value)
        || value.bytes().all(|byte| byte == value.as_bytes()[0])
}

/// Whether it is a line of `/etc/passwd`, whose password is kept elsewhere: `app:x:1000:…`.
fn is_account(value: &str) -> bool {
    let mut fields = value.split(':').skip(1);
    let (password, number) = (fields.next(), fields.next());
    let is_number = |field: &str| !field.is_empty() && field.bytes().all(|b| b.is_ascii_digit());
    matches!(password, Some("x" | "*" | "!" | "!!")) && number.is_some_and(is_number)
}

/// Whether it calls something in code: `models.CharField(max_length=128`.
fn is_call(value: &str) -> bool {
    let letters = |part: &str| !part.is_empty() && kinds(part) & !(SMALL | CAPITAL) == 0;
    let called = value.split_once('(').map(|(called, _)| called);
    called.is_some_and(|called| called.contains('.') && called.split('.').all(letters))
}

/// Whether a word says what happened to a secret, or what is asked of one.
fn says_how(word: &str) -> bool {
    let word = word.trim_matches(|c: char| c.is_ascii_punctuation()).to_ascii_lowercase();
    text_words().any(|words| words.secret_states.contains(&word.as_str()))
        || STATES.contains(&word.as_str())
        || word.len() > 4 && word.ends_with("ed") && kinds(&word) == SMALL
}

/// Whether a word has the form of the id that a record gets: a day and a name.
fn is_dated_id(word: &str) -> bool {
    let Some((day, name)) = word.split_at_checked(10) else { return false };
    let is_day = day.bytes().enumerate().all(|(place, byte)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let is_of_id = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    is_day && name.len() > 1 && name.starts_with('-') && name.chars().all(is_of_id)
}

/// Whether a value after a password's name is a password.
fn is_password(value: &str, joint: Joint, quoted: bool, name: &(usize, &Name), rest: &str) -> bool {
    let first = value.split(' ').next().unwrap_or("");
    if value.len() < 4 || stands_for_one(value) || says_how(first) {
        return false;
    }
    // What was logged is named before its record: `smoke tests pass → 2025-01-14-app-3.3`.
    if joint == Joint::Apart && is_dated_id(first) {
        return false;
    }
    let kinds = kinds(value);
    let letters = kinds & (SMALL | CAPITAL) != 0;
    if kinds & DIGIT != 0 {
        let long = matches!(name.1.says, "pass" | "pw");
        let number = value.len() >= 6 && !long && joint != Joint::Blank;
        let written = value.len() >= 6 || matches!(joint, Joint::Tight | Joint::Loose);
        if joint == Joint::Blank && (long || is_amount(value)) {
            return false;
        }
        return if letters { written && !is_measure(value) } else { number && kinds & !DIGIT == 0 };
    }
    if quoted && matches!(joint, Joint::Tight | Joint::Loose) {
        return letters;
    }
    // In prose a word in backticks is the name of something.
    let in_code = rest.starts_with('`');
    let sign = value.bytes().any(|byte| b"!@#$%^&*~".contains(&byte));
    let code =
        value.contains('.') || value.contains('(') || value.contains('_') && joint == Joint::Loose;
    match joint {
        Joint::Blank => quoted && letters && !["pass", "pw"].contains(&name.1.says) && !in_code,
        Joint::Tight => letters && !code,
        Joint::Loose => letters && !code && (sign || is_last(rest)),
        Joint::Apart => letters && !code && sign,
    }
}

/// Returns a phrase of several words where one is wanted: at least four words in small letters, none of which makes it a
/// sentence.
fn phrase(text: &str, value: &Range<usize>, name: &Name) -> Option<Range<usize>> {
    let line = near(text, value.start).lines().next()?.trim_end();
    let said = line.trim_end_matches(['"', '\'', '`', '.']);
    let is_word =
        |word: &str| (3..=12).contains(&word.len()) && kinds(word) == SMALL && !says_how(word);
    let is_phrase = said.split(' ').count() >= 4 && said.split(' ').all(is_word);
    (name.says.ends_with("phrase") && is_phrase).then_some(value.start..value.start + said.len())
}

/// Whether it is a number for a person to type, and nothing follows that would make it an amount.
fn is_pin(value: &str, rest: &str) -> bool {
    (4..=8).contains(&value.len())
        && kinds(value) == DIGIT
        && !stands_for_one(value)
        && is_last(rest)
}

/// Whether somebody may have chosen it: letters, and a digit and a sign that words and names have not, or digits in place
/// of letters.
fn is_chosen(value: &str) -> bool {
    let signs = value.bytes().any(|byte| b"!@#$%^&*~+".contains(&byte));
    let letter = |byte: u8| byte.is_ascii_alphabetic();
    let inside = value
        .as_bytes()
        .windows(3)
        .filter(|three| letter(three[0]) && three[1].is_ascii_digit() && letter(three[2]));
    signs || inside.count() > 1
}

/// Whether letters of both cases and digits are jumbled.
fn is_jumbled(value: &str) -> bool {
    kinds(value) & (SMALL | CAPITAL | DIGIT) == SMALL | CAPITAL | DIGIT && restlessness(value) >= 40
}

/// Whether a text is the name of a secret, possibly with words before it, and nothing else.
pub(super) fn names_secret(text: &str) -> bool {
    let is_short = text.len() <= 64 && text.split_whitespace().count() <= 3;
    let named = name_before(text, text.len()).filter(|_| is_short && text.len() > 1);
    named.is_some_and(|(_, name)| {
        matches!(name.sort, Sort::Password | Sort::Pin | Sort::Token) && name.says != "pass"
    })
}

/// Whether nothing follows on the line that would make it a sentence.
fn is_last(rest: &str) -> bool {
    let line = near(rest, 0).lines().next().unwrap_or("");
    let line = line.trim_start_matches(['"', '\'', '`', '*']);
    line.trim().is_empty()
        || line.trim_start().starts_with([',', ';', '|', ')', '}', '<', '&', '.'])
}

/// Whether it is a cipher, a version, a time or a count.
pub(super) fn is_measure(value: &str) -> bool {
    let cipher = ["AES", "SHA", "MD5", "RSA", "TLS", "HS2", "RS2", "DES"];
    let short = value.len() <= 8
        && value.contains('-')
        && value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    let number =
        value.trim_start_matches('v').bytes().all(|b| b.is_ascii_digit() || b":.-+".contains(&b));
    short || number || cipher.iter().any(|name| value.to_ascii_uppercase().starts_with(name))
}

/// Whether it is a number with a unit.
fn is_amount(value: &str) -> bool {
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < value.len() && unit.len() <= 3 && kinds(unit) == SMALL
}

/// Whether a value after a token's name is a token.
fn is_token(value: &str) -> bool {
    let kinds = kinds(value);
    let parts = value.split(|c: char| !c.is_ascii_alphanumeric());
    value.len() >= 8
        && kinds & (SMALL | CAPITAL) != 0
        && (kinds & DIGIT != 0
            || value.len() >= 20 && restlessness(value) >= 30 && kinds & DOT == 0)
        && !stands_for_one(value)
        && !value.contains(' ')
        && !is_measure(value)
        && !parts.clone().all(is_part_of_name)
        && !says_how(value)
}

/// Whether it is an account with its password: `credentials: app:hunter2`.
fn is_pair(name: &Name, value: &str) -> bool {
    let password = value.split_once(':').map(|(_, password)| password);
    let mixed = |said: &str| kinds(said) & DIGIT != 0 && kinds(said) & (SMALL | CAPITAL) != 0;
    name.says.starts_with("cred")
        && password.is_some_and(|said| said.len() >= 6 && mixed(said) && !stands_for_one(said))
}

/// Whether it may be part of a name chosen by people, such as `user-service-2`.
fn is_part_of_name(part: &str) -> bool {
    is_plain(part) && part.len() < 12
}

/// Returns the token after a scheme: `Bearer …`.
fn authorization(text: &str, at: usize) -> Option<Range<usize>> {
    let line = near(text, at).lines().next()?;
    let scheme =
        line.find(' ').filter(|length| line[..*length].bytes().all(|b| b.is_ascii_alphabetic()))?;
    let (value, _) = value_at(text, at + scheme + 1)?;
    let says = &text[value.clone()];
    let mixed = kinds(says) & (DIGIT | SIGN) != 0 || says.len() >= 16;
    (says.len() >= 8 && mixed && !stands_for_one(says) && !says_how(says)).then_some(value)
}

/// Returns the values among cookies that look generated, from the first to the last; the shorter ones of a session, too.
fn cookies(text: &str, at: usize) -> Option<Range<usize>> {
    let line = near(text, at).lines().next()?;
    let generated = line.match_indices('=').filter_map(|(equals, _)| {
        let (value, _) = value_at(text, at + equals + 1)?;
        let says = &text[value.clone()];
        let long = says.len() >= 16 && is_random(says);
        let named = || name_before(&line[..equals], equals).map(|(_, name)| name.sort);
        let told = || matches!(named(), Some(Sort::Session | Sort::Token | Sort::Password));
        (long || is_token(says) && told()).then_some(value)
    });
    generated.reduce(|all, next| all.start..next.end)
}
