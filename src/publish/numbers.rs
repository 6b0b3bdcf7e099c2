//! E-mail addresses, telephone numbers and numbers issued to people in a text.

use std::ops::Range;

use memchr::memmem;

use crate::fault::LeakKind;

use super::words::{CAPITAL, DIGIT, Word, near, near_before, words};

/// Returns where e-mail addresses with their `@` in a word are, except those reserved for examples. Their names and
/// domains may have letters that are not ASCII (RFC 6531), which end the word.
pub(super) fn addresses_in(word: &Word) -> Vec<Range<usize>> {
    let (bytes, text) = (word.text.as_bytes(), word.text);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let signs = (word.start..word.end).filter(|at| bytes[*at] == b'@');
    let found = signs.filter_map(|at| {
        let start =
            at - bytes[word.start..at].iter().rev().take_while(|byte| is_name(byte)).count();
        let start = if start == at { letters_before(text, at) } else { start };
        let host = domain(text, at + 1)?;
        let name = &text[start..at];
        // `icon@2x.png` and `package@1.2.3` are not addresses.
        let is_host = !host.starts_with(|c: char| c.is_ascii_digit());
        let fits = !name.is_empty() && name != "git" && is_host && !is_example(host);
        fits.then(|| start..at + 1 + host.len())
    });
    found.collect()
}

/// Returns where the letters before an offset begin.
fn letters_before(text: &str, end: usize) -> usize {
    let before = near_before(text, end);
    end - before.len() + before.trim_end_matches(char::is_alphanumeric).len()
}

/// Returns the domain that begins at an offset, with a top level of letters. Particles may follow ASCII letters.
fn domain(text: &str, at: usize) -> Option<&str> {
    let rest = near(text, at);
    let length = rest.find(|c: char| !(c.is_alphanumeric() || ".-".contains(c)));
    let host = rest[..length.unwrap_or(rest.len())].trim_end_matches(['.', '-']);
    let (above, last) = host.rsplit_once('.')?;
    let ascii = last.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(last.len());
    let level = match last[ascii..].chars().next() {
        None => last,
        Some(next) if ascii > 0 && !next.is_ascii() => &last[..ascii],
        Some(next) if ascii == 0 && !next.is_ascii() => last,
        Some(_) => return None,
    };
    let is_level = level.chars().count() > 1 && level.chars().all(char::is_alphabetic);
    (is_level && !above.is_empty()).then(|| &host[..above.len() + 1 + level.len()])
}

/// Whether a host is reserved for examples (RFC 2606, RFC 6761).
fn is_example(host: &str) -> bool {
    let host = format!(".{}", host.to_ascii_lowercase());
    let kept = [".example.com", ".example.org", ".example.net", ".example", ".test", ".invalid"];
    kept.iter().any(|end| host.ends_with(end))
}

/// A run of digits and separators, with its digits.
struct Number<'t> {
    text: &'t str,
    span: Range<usize>,
    digits: Vec<u8>,
    /// The lengths of its groups of digits, from the left.
    groups: Vec<usize>,
}

/// A personal number has at most this many groups of digits, and at least this many digits.
const GROUPS: usize = 6;
const LEAST: usize = 9;

/// Returns the numbers in a text, except those that continue in letters or signs.
fn numbers(text: &str) -> Vec<Number<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = (at..bytes.len()).find(|at| bytes[*at].is_ascii_digit()) {
        let (mut end, mut next) = (start, start);
        let (mut groups, mut count) = ([0; GROUPS], 0);
        while bytes.get(next).is_some_and(u8::is_ascii_digit) {
            let length = bytes[next..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            if let Some(group) = groups.get_mut(count) {
                *group = length;
            }
            count += 1;
            end = next + length;
            let sign = bytes[end..].iter().take_while(|byte| b"-. ()".contains(byte)).count();
            next = if sign <= 2 { end + sign } else { bytes.len() };
            if sign == 0 {
                break;
            }
        }
        at = end;
        let before = start.checked_sub(1).map(|at| bytes[at]);
        let joined = |byte: u8| byte.is_ascii_alphanumeric() || b"-./_:=&#,".contains(&byte);
        let after = bytes.get(end).copied();
        let decimal = after == Some(b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        let goes_on =
            after.is_some_and(|byte| byte.is_ascii_alphabetic() || b"-_/:%".contains(&byte));
        let few = count > GROUPS || groups.iter().sum::<usize>() < LEAST;
        if few || goes_on || decimal || before.is_some_and(joined) {
            continue;
        }
        let digits = bytes[start..end].iter().copied().filter(u8::is_ascii_digit).collect();
        found.push(Number { text, span: start..end, digits, groups: groups[..count].to_vec() });
    }
    found
}

/// A personal number.
pub(super) struct NumberOfPerson {
    /// A telephone number or a government-issued one.
    pub kind: LeakKind,
    pub span: Range<usize>,
    /// Whether it can hardly be anything else: a number with an area code, an office's or a home's, may be, and so may
    /// one like a registration number with a wrong check digit.
    pub sure: bool,
}

/// Returns where telephone numbers and numbers issued to people are: registrations, cards, accounts and passports.
pub(super) fn numbers_of_people(text: &str) -> Vec<NumberOfPerson> {
    let mut found = passports(text);
    let numbers = numbers(text);
    if numbers.is_empty() {
        return found;
    }
    let named =
        REGISTRATION.iter().any(|name| memmem::find(text.as_bytes(), name.as_bytes()).is_some());
    found.extend(numbers.into_iter().filter_map(|number| {
        let sure = match () {
            () if is_registration(&number, named) => checks(&number.digits),
            () if is_card(&number) || is_social(&number) || is_account(&number) => true,
            () => {
                let (span, sure) = phone(&number)?;
                return Some(NumberOfPerson { kind: LeakKind::Phone, span, sure });
            }
        };
        Some(NumberOfPerson { kind: LeakKind::PersonalNumber, span: number.span, sure })
    }));
    found.sort_by_key(|number| number.span.start);
    found
}

/// Names of cards.
const CARDS: &[&str] = &["카드", "card", "カード"];
/// Names of accounts of banks.
const ACCOUNTS: &[&str] = &["계좌", "bank account", "口座"];
/// Names of the number that the Social Security Administration issues.
const SOCIAL: &[&str] = &["ssn", "social security"];
/// Names of passports.
const PASSPORTS: &[&str] = &["여권", "passport", "旅券", "パスポート"];

impl Number<'_> {
    /// Whether one of these names precedes it, close by on its line.
    fn is_behind(&self, names: &[&str]) -> bool {
        /// The most bytes from the beginning of a name to its number.
        const NEAR: usize = 40;
        let before = &self.text[..self.span.start];
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
        let line = near.rsplit('\n').next().unwrap_or("").to_lowercase();
        names.iter().any(|name| line.contains(name))
    }
}

/// Whether it is the number of a payment card: one of its lengths, the prefix of an issuer, and a valid check digit
/// (ISO/IEC 7812), in groups as on a card or behind its name.
fn is_card(number: &Number) -> bool {
    let grouped = matches!(number.groups[..], [4, 4, 4, 4] | [4, 6, 5]);
    let digits = number.digits.as_slice();
    let issued = match digits {
        [b'4', ..] | [b'5', b'1'..=b'5', ..] | [b'6', b'0' | b'2' | b'5', ..] => digits.len() == 16,
        [b'2', b'2'..=b'7', ..] | [b'9', b'4', ..] => digits.len() == 16,
        [b'3', b'4' | b'7', ..] => digits.len() == 15,
        _ => false,
    };
    issued && luhn(digits) && (grouped || number.groups.len() == 1 && number.is_behind(CARDS))
}

/// Whether the check digit is right (ISO/IEC 7812-1, annex B): from the right, every second digit counts twice.
fn luhn(digits: &[u8]) -> bool {
    let digits = digits.iter().rev().map(|digit| u32::from(digit - b'0')).enumerate();
    let twice = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let sum: u32 = digits.map(|(at, it)| if at % 2 == 1 { twice(it) } else { it }).sum();
    sum.is_multiple_of(10)
}

/// Whether it is a Social Security number behind its name.
fn is_social(number: &Number) -> bool {
    number.groups == [3, 2, 4] && number.is_behind(SOCIAL)
}

/// Whether it is the number of an account behind its name.
fn is_account(number: &Number) -> bool {
    (10..=16).contains(&number.digits.len()) && number.is_behind(ACCOUNTS)
}

/// Returns the numbers of passports behind their name: one or two capital letters and seven or eight digits, or a
/// Korean one, `M123A4567`.
fn passports(text: &str) -> Vec<NumberOfPerson> {
    let lower = text.to_lowercase();
    // A text that is longer in lower case has other offsets.
    if lower.len() != text.len() || !PASSPORTS.iter().any(|name| lower.contains(name)) {
        return Vec::new();
    }
    let found =
        words(text).filter(|word| word.has(DIGIT) && word.has(CAPITAL)).filter_map(|word| {
            let ends = |c: char| !c.is_ascii_alphanumeric();
            let (start, said) = (word.start, word.says());
            let open = said.len() - said.trim_start_matches(ends).len();
            let said = said.trim_matches(ends);
            let span = start + open..start + open + said.len();
            let number = Number { text, span, digits: Vec::new(), groups: Vec::new() };
            let fits = is_passport(said) && number.is_behind(PASSPORTS);
            let Number { span, .. } = number;
            fits.then_some(NumberOfPerson { kind: LeakKind::PersonalNumber, span, sure: true })
        });
    found.collect()
}

fn is_passport(said: &str) -> bool {
    let letters = said.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &said.as_bytes()[letters..];
    let korean = letters == 1
        && matches!(rest, [a, b, c, letter, rest @ ..]
            if [a, b, c].iter().all(|byte| byte.is_ascii_digit())
                && letter.is_ascii_uppercase()
                && rest.len() == 4
                && rest.iter().all(u8::is_ascii_digit));
    let plain = (1..=2).contains(&letters)
        && (7..=8).contains(&rest.len())
        && rest.iter().all(u8::is_ascii_digit);
    korean || plain
}

/// Names of registration numbers.
const REGISTRATION: &[&str] = &["주민", "등록번호", "registration number"];

/// Returns a personal telephone number: Korean mobile and land lines, and numbers with a country code. Service numbers
/// (080, 1588) and fictional numbers are not included.
fn phone(number: &Number) -> Option<(Range<usize>, bool)> {
    let Number { text, span, digits, groups } = number;
    let kept = digits.windows(5).any(|five| five == b"55501");
    let zeros = digits[3..].iter().all(|digit| *digit == b'0');
    if kept || zeros {
        return None;
    }
    let plus = text[..span.start].ends_with('+');
    let from = span.start - usize::from(plus);
    let (is_phone, sure) = match digits.as_slice() {
        _ if plus => (has_country(digits, groups), true),
        [b'0', b'1', b'0' | b'1' | b'6'..=b'9', ..] => {
            (matches!(groups[..], [10 | 11] | [3, 3 | 4, 4]), true)
        }
        [b'0', b'2', ..] => (matches!(groups[..], [2, 3 | 4, 4]), false),
        [b'0', b'3'..=b'6', ..] | [b'0', b'7', b'0', ..] => {
            (matches!(groups[..], [3, 3 | 4, 4]), false)
        }
        _ => (false, false),
    };
    let dashes = sure || text[span.clone()].matches('-').count() == 2;
    (is_phone && dashes).then_some((from..span.end, sure))
}

/// Whether a number after `+` begins with a country code.
fn has_country(digits: &[u8], groups: &[usize]) -> bool {
    let together =
        groups.len() == 1 && digits.starts_with(b"82") && (11..=12).contains(&digits.len());
    let apart = (3..=5).contains(&groups.len())
        && groups[0] <= 3
        && groups[1..].iter().all(|group| (1..=4).contains(group));
    together || apart && (9..=14).contains(&digits.len())
}

/// Whether it is a Korean resident registration number: a birthday, and seven digits, the last of them a check digit.
/// Numbers issued since October 2020 have none, so one that is called a registration number needs no valid check digit.
fn is_registration(number: &Number, named: bool) -> bool {
    let dashed = number.groups == [6, 7] && number.text[number.span.clone()].contains('-');
    let birthday = number.digits.len() == 13 && is_birthday(&number.digits);
    let alone = dashed && (checks(&number.digits) || is_likely_birthday(&number.digits));
    birthday && (alone || named && (dashed || number.groups == [13]))
}

/// Whether somebody who is older than some 14 years, and younger than 95, has that birthday: the numbers of orders begin
/// with a recent day.
fn is_likely_birthday(digits: &[u8]) -> bool {
    let year = (digits[0] - b'0') * 10 + digits[1] - b'0';
    match digits[6] {
        b'1' | b'2' | b'5' | b'6' => year >= 30,
        _ => year <= 12,
    }
}

fn is_birthday(digits: &[u8]) -> bool {
    let pair = |at: usize| (digits[at] - b'0') * 10 + digits[at + 1] - b'0';
    (1..=12).contains(&pair(2)) && (1..=31).contains(&pair(4)) && (b'1'..=b'8').contains(&digits[6])
}

/// Whether the check digit of a registration number is right (행정안전부, 주민등록법 시행규칙): (11 − the weighted sum mod 11) mod
/// 10; 13 instead of 11 for foreigners.
fn checks(digits: &[u8]) -> bool {
    let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    let sum: u32 =
        digits.iter().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let more = if digits[6] >= b'5' { 13 } else { 11 };
    u32::from(digits[12] - b'0') == (more - sum % 11) % 10
}
