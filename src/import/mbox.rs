//! Mails: a single one, or a mailbox (RFC 4155). The time of a mail is that of its `Date` header; the separator line
//! has no zone.

use std::borrow::Cow;

use mailparse::{MailHeaderMap, ParsedMail, parse_mail};

use crate::fault::{DoubtCode, ExportFault, ImportFault, WhyLeft};
use crate::model::Moment;

use super::chat;
use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::mail_date;
use super::mail_text::{Beside, NoEncoding, encoded_words, with_head, words};
use super::place::Place;
use super::text::{bytes_in_lines, decoded};

/// The most parts of a mail; people's mails have a dozen.
const PARTS: usize = 100;
/// The most encoded words in a mail; a list of a thousand names has that many. For each of them, the parser searches
/// the rest of the mail for its end.
const ENCODED_WORDS: usize = 3000;
/// Lines after which another mail is quoted.
const REPEATS: [&str; 3] = [
    "-----original message-----",
    "---------- forwarded message",
    "________________________________",
];
/// The first header lines of another mail that a program quoted as text.
const HEADS: [&str; 6] = ["from:", "보낸 사람:", "보낸사람:", "von:", "de :", "差出人:"];
const SENT: [&str; 8] =
    ["sent:", "date:", "보낸 날짜:", "보낸날짜:", "날짜:", "gesendet:", "envoyé :", "送信日時:"];
/// Prefixes of subjects.
const ANSWERS: [&str; 6] = ["re:", "fw:", "fwd:", "aw:", "wg:", "회신:"];

/// Reads mails as one record.
///
/// # Errors
/// One of them is not a mail.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let bytes = in_utf_8(input, answers)?;
        let bytes = bytes_in_lines(&bytes);
        for (line, mail) in mails(&bytes) {
            let structure = |expected: &str| ImportFault::Structure {
                name: input.name.clone(),
                line,
                column: 1,
                expected: expected.to_owned(),
            };
            let count = memchr::memmem::find_iter(&mail.to_ascii_lowercase(), "multipart/").count();
            if count > PARTS {
                return Err(ExportFault::TooDeep {
                    name: input.name.clone(),
                    line,
                    column: 1,
                    limit: PARTS,
                }
                .into());
            }
            let found = encoded_words(&mail);
            if found > ENCODED_WORDS {
                let (name, limit) = (input.name.clone(), ENCODED_WORDS);
                return Err(ExportFault::EncodedWords { name, line, found, limit }.into());
            }
            let not_text = |NoEncoding| ImportFault::NotText {
                name: input.name.clone(),
                byte: odd(&bytes, line),
                encoding: None,
            };
            let mail = with_head(&mail, answers.encoding).map_err(not_text)?;
            let parsed = parse_mail(&mail).map_err(|_| structure("From:"))?;
            let words = words(&parsed, answers.encoding).map_err(not_text)?;
            take(&mut gathered, &parsed, words, (&input.name, Place::line(line)));
        }
    }
    Ok(gathered.finish())
}

/// Returns the bytes of a mailbox without a byte order mark; one in UTF-16 is converted to UTF-8.
fn in_utf_8<'i>(input: &'i Input, answers: &ImportOptions) -> Result<Cow<'i, [u8]>, ImportFault> {
    let bytes = input.bytes.as_slice();
    match (bytes.strip_prefix(b"\xef\xbb\xbf"), bytes) {
        (Some(rest), _) => Ok(Cow::Borrowed(rest)),
        (None, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) => {
            let text = decoded(&input.name, bytes, answers)?;
            Ok(Cow::Owned(text.into_owned().into_bytes()))
        }
        _ => Ok(Cow::Borrowed(bytes)),
    }
}

/// Returns the position of the first byte from a line on that is not UTF-8.
fn odd(bytes: &[u8], line: usize) -> usize {
    let lines = bytes.split_inclusive(|b| *b == b'\n').take(line - 1);
    let start = lines.map(<[u8]>::len).sum::<usize>();
    start + std::str::from_utf8(&bytes[start..]).map_or_else(|fault| fault.valid_up_to(), str::len)
}

/// Returns the mails in a mailbox, each with its first line, without the separator lines.
fn mails(bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let (mut mails, mut blank) = (Vec::<(usize, Vec<u8>)>::new(), true);
    let is_mailbox = bytes.starts_with(b"From ");
    let mut lines = bytes.split_inclusive(|b| *b == b'\n').enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        let begins = |next: Option<&(usize, &[u8])>| next.is_some_and(|(_, next)| is_header(next));
        let is_mark = is_mailbox && line.starts_with(b"From ");
        if is_mark && (is_dated(line) || blank && begins(lines.peek())) {
            mails.push((at + 1, Vec::new()));
            blank = false;
            continue;
        }
        if mails.is_empty() {
            mails.push((at + 1, Vec::new()));
        }
        blank = line.trim_ascii().is_empty();
        let marks = line.iter().take_while(|b| **b == b'>').count();
        let is_escaped = is_mailbox && marks > 0 && line[marks..].starts_with(b"From ");
        let line = if is_escaped { &line[1..] } else { line };
        if let Some((_, mail)) = mails.last_mut() {
            mail.extend_from_slice(line);
        }
    }
    mails.retain(|(_, mail)| !mail.trim_ascii().is_empty());
    mails
}

/// Whether a line is a header of a mail: a name without spaces, and a colon (RFC 5322, 2.2).
fn is_header(line: &[u8]) -> bool {
    let name = line.iter().take_while(|b| b.is_ascii_graphic() && **b != b':').count();
    name > 0 && line.get(name) == Some(&b':')
}

/// Whether a separator line ends with a date in the format of `asctime`, as few lines of text do.
fn is_dated(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    let words: Vec<&str> = line.split_whitespace().rev().take(3).collect();
    let [year, clock, day] = words.as_slice() else { return false };
    let is_number = |word: &str, count: std::ops::RangeInclusive<usize>| {
        count.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
    };
    is_number(year, 4..=4) && is_number(day, 1..=2) && has_seconds(clock)
}

/// Whether a clock time has seconds.
fn has_seconds(clock: &str) -> bool {
    clock.matches(':').count() == 2
}

fn take(
    gathered: &mut DraftBuilder<'_>,
    mail: &ParsedMail<'_>,
    (body, beside): (String, Vec<Beside>),
    (name, place): (&str, Place),
) {
    let header = |key: &str| {
        let value = mail.headers.get_first_value(key)?;
        Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let id = header("Message-ID").map(|id| id.trim_matches(['<', '>']).to_owned());
    let id = id.filter(|id| !id.is_empty()).unwrap_or_else(|| format!("{name}:{}", place.line));
    let subject = header("Subject").filter(|subject| !subject.is_empty());
    let (own, left) = own_words(&body);
    let written = header("Date").unwrap_or_default();
    let first = || own.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
    let text = subject.clone().unwrap_or_else(first);
    if gathered.is_empty() {
        let title = subject.as_deref().map_or(name, without_answer).to_owned();
        gathered.begin(title);
    }
    let Some(at) = sent(gathered, &written, &text, place) else {
        return gathered.leave(place, text, WhyLeft::NoTime);
    };
    // Without a subject, the first line of the words is the event, and the others its detail.
    let mut event = chat::event(at, subject.as_deref().unwrap_or(&own));
    if subject.is_some() {
        event.detail = Some(own.trim().to_owned()).filter(|own| !own.is_empty());
    }
    event.by = header("From").and_then(|from| sender(&from));
    event.source = Some(format!("mbox:{id}"));
    if !gathered.event(event, place, &written) {
        return;
    }
    if let Some((words, why)) = left {
        gathered.leave(place, words, why);
    }
    for beside in beside {
        match beside {
            Beside::File(name) => gathered.doubt(DoubtCode::FileNotInExport, place, &name),
            Beside::Words(words) if words.trim().is_empty() => {}
            Beside::Words(words) => {
                gathered.leave(place, words.trim().to_owned(), WhyLeft::NotTaken);
            }
        }
    }
}

/// Returns when a mail was sent, in its own zone.
fn sent(
    gathered: &mut DraftBuilder<'_>,
    written: &str,
    text: &str,
    place: Place,
) -> Option<Moment> {
    let Some(date) = mail_date::read(written) else {
        // Some programs write ISO 8601; if there is no date at all, the text of the mail is reported.
        let found = if written.is_empty() { text } else { written };
        return gathered.time(found, place);
    };
    if date.weekday.is_some_and(|weekday| weekday != date.day.weekday()) {
        gathered.doubt_as(DoubtCode::WrongWeekday, place, written, &date.day.to_string());
    }
    gathered.time(&date.iso, place)
}

/// Returns a sender's name, else the address: `Kim <kim@x.example>`, `kim@x.example (Kim)`.
fn sender(from: &str) -> Option<String> {
    let comment = from.trim().strip_suffix(')').and_then(|from| from.rsplit_once('('));
    if let Some((_, name)) = comment.filter(|(address, _)| !address.contains('<')) {
        return Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    }
    let (name, address) = from.split_once('<').unwrap_or((from, ""));
    let name = name.trim().trim_matches('"').trim();
    let name = if name.is_empty() { address.trim_end_matches('>').trim() } else { name };
    (!name.is_empty()).then(|| name.to_owned())
}

fn without_answer(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(mark) = ANSWERS
        .iter()
        .find(|mark| rest.get(..mark.len()).is_some_and(|start| start.to_lowercase() == **mark))
    {
        rest = rest[mark.len()..].trim_start();
    }
    rest
}

/// Returns the text by a mail's own author, and the beginning of the rest with the reason for leaving it out.
fn own_words(body: &str) -> (String, Option<(String, WhyLeft)>) {
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    let (mut own, mut left) = (Vec::new(), None::<(String, WhyLeft)>);
    for (at, line) in lines.iter().enumerate() {
        if *line == "--" {
            let next = lines[at + 1..].iter().find(|it| !it.is_empty());
            let signature = next.map(|next| ((*next).to_owned(), WhyLeft::NotTaken));
            left = left.or(signature);
            break;
        }
        let is_mark = REPEATS.iter().any(|mark| line.to_lowercase().starts_with(mark));
        if is_mark || is_head(&lines[at..]) {
            left = left.or_else(|| Some(((*line).to_owned(), WhyLeft::Quoted)));
            break;
        }
        if line.starts_with('>') || attributes(&lines[at..]) {
            let words = line.trim_start_matches(['>', ' ']).to_owned();
            left = left.or(Some((words, WhyLeft::Quoted)));
        } else {
            own.push(*line);
        }
    }
    (own.join("\n").trim().to_owned(), left)
}

/// Whether lines begin with an attribution of the quote below it, which a program may have broken in two.
fn attributes(lines: &[&str]) -> bool {
    let introduces = |lines: &[&str]| {
        let is_label = lines.first().is_some_and(|line| line.ends_with(':'));
        let next = || lines.iter().skip(1).find(|it| !it.is_empty());
        is_label && next().is_some_and(|next| next.starts_with('>'))
    };
    let is_first_half = |line: &str| {
        line.contains(|letter: char| letter.is_ascii_digit())
            && !line.ends_with(['.', ':', '!', '?'])
    };
    introduces(lines)
        || lines.first().is_some_and(|line| is_first_half(line)) && introduces(&lines[1..])
}

/// Whether lines begin with the header of a mail that a program quoted as text.
fn is_head(lines: &[&str]) -> bool {
    let begins = |line: &str, marks: &[&str]| {
        let line = line.trim_start_matches('*').to_lowercase();
        marks.iter().any(|mark| line.starts_with(mark))
    };
    let is_first = lines.first().is_some_and(|line| begins(line, &HEADS));
    is_first && lines.iter().take(5).any(|line| begins(line, &SENT))
}
