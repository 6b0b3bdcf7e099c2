//! Mails: one, or a mailbox of them (RFC 4155). When a mail was sent is in its own `Date`; the line that sets
//! it apart has no zone.

use mailparse::{DispositionType, MailHeaderMap, ParsedMail, parse_mail};

use crate::fault::{DoubtCode, ExportFault, ImportFault, WhyLeft};
use crate::lang::zone_of_letters;
use crate::model::{Moment, Precision};

use super::chat;
use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::markdown::offset_text;
use super::markup::without_tags;
use super::place::Place;
use super::text::bytes_in_lines;

/// Parts of a mail; those of people have a dozen.
const PARTS: usize = 100;
/// Lines behind which somebody else's mail is repeated.
const REPEATS: [&str; 3] = [
    "-----original message-----",
    "---------- forwarded message",
    "________________________________",
];
/// What stands before the subject of an answer.
const ANSWERS: [&str; 6] = ["re:", "fw:", "fwd:", "aw:", "wg:", "회신:"];

/// Reads mails as one record.
///
/// # Errors
/// One of them is no mail.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        for (line, mail) in mails(&bytes_in_lines(&input.bytes)) {
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
            let parsed = parse_mail(&mail).map_err(|_| structure("From:"))?;
            take(&mut gathered, &parsed, (&input.name, Place::line(line)));
        }
    }
    Ok(gathered.finish())
}

/// Returns the mails of a mailbox, each with its first line, without the marks that set them apart.
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

/// Whether a line is a header of a mail: a name of signs without blanks, and a colon (RFC 5322, 2.2).
fn is_header(line: &[u8]) -> bool {
    let name = line.iter().take_while(|b| b.is_ascii_graphic() && **b != b':').count();
    name > 0 && line.get(name) == Some(&b':')
}

/// Whether a line that sets mails apart ends with a date as `asctime` writes it, which few lines of a mail do.
fn is_dated(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    let words: Vec<&str> = line.split_whitespace().rev().take(3).collect();
    let [year, clock, day] = words.as_slice() else { return false };
    let is_number = |word: &str, count: std::ops::RangeInclusive<usize>| {
        count.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
    };
    is_number(year, 4..=4) && is_number(day, 1..=2) && has_seconds(clock)
}

/// Whether a clock time says its seconds.
fn has_seconds(clock: &str) -> bool {
    clock.matches(':').count() == 2
}

fn take(gathered: &mut DraftBuilder<'_>, mail: &ParsedMail<'_>, (name, place): (&str, Place)) {
    let header = |key: &str| mail.headers.get_first_value(key).map(|it| it.trim().to_owned());
    let id = header("Message-ID").map(|id| id.trim_matches(['<', '>']).to_owned());
    let id = id.filter(|id| !id.is_empty()).unwrap_or_else(|| format!("{name}:{}", place.line));
    let subject = header("Subject").filter(|subject| !subject.is_empty());
    let body = body(mail).unwrap_or_default();
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
    let mut event = chat::event(at, &text);
    let has_more = subject.is_some() || own.trim() != text;
    event.detail = has_more.then(|| own.trim().to_owned()).filter(|own| !own.is_empty());
    event.by = header("From").and_then(|from| sender(&from));
    event.source = Some(format!("mbox:{id}"));
    if let Some((words, why)) = left {
        gathered.leave(place, words, why);
    }
    for file in files(mail) {
        gathered.doubt(DoubtCode::FileNotInExport, place, &file);
    }
    gathered.event(event, place, &written);
}

/// Returns a date with its seconds, which mails may leave out, and with an offset for the letters of a zone.
fn whole_date(written: &str) -> String {
    let whole = |part: &str| {
        if part.matches(':').count() == 1 && part.ends_with(|c: char| c.is_ascii_digit()) {
            return format!("{part}:00");
        }
        let Some((minutes, _)) = zone_of_letters(part) else { return part.to_owned() };
        offset_text(minutes).replace(':', "")
    };
    written.split_whitespace().map(whole).collect::<Vec<_>>().join(" ")
}

/// Returns when a mail was sent, on the clocks that it names.
fn sent(
    gathered: &mut DraftBuilder<'_>,
    written: &str,
    text: &str,
    place: Place,
) -> Option<Moment> {
    let precise = match written.split_whitespace().any(has_seconds) {
        true => Precision::Second,
        false => Precision::Minute,
    };
    let whole = whole_date(written);
    let written = whole.as_str();
    let seconds = mailparse::dateparse(written).ok().filter(|_| written.contains(':'));
    let Some(seconds) = seconds else {
        let found = if written.is_empty() { text } else { written };
        gathered.doubt(DoubtCode::TimeNotUnderstood, place, found);
        return None;
    };
    let epoch = |gathered: &DraftBuilder<'_>| Some(gathered.epoch(seconds)?.at_most(precise));
    if gathered.zone().is_some() {
        return epoch(gathered);
    }
    let offset =
        written.split_whitespace().find_map(offset_of).filter(|(_, text)| *text != "-0000");
    let Some((minutes, offset)) = offset else { return epoch(gathered) };
    let shown = Moment::from_unix(seconds + minutes * 60)?.written().replace("+00:00", offset);
    Some(gathered.time(&shown, place)?.at_most(precise))
}

/// Returns the minutes of an offset, `+0900`, and the offset itself.
fn offset_of(word: &str) -> Option<(i64, &str)> {
    let digits = word.strip_prefix(['+', '-']).filter(|digits| digits.len() == 4)?;
    let number: i64 = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let minutes = number / 100 * 60 + number % 100;
    Some((if word.starts_with('-') { -minutes } else { minutes }, word))
}

/// Returns what somebody is called, else their address: `Kim <kim@x.example>`, `kim@x.example (Kim)`.
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

fn is_attached(part: &ParsedMail<'_>) -> bool {
    part.get_content_disposition().disposition == DispositionType::Attachment
}

/// Returns what a mail says: its plain text, else its HTML without tags.
fn body(mail: &ParsedMail<'_>) -> Option<String> {
    let of = |kind: &str| {
        mail.parts()
            .find(|part| part.ctype.mimetype.eq_ignore_ascii_case(kind) && !is_attached(part))
    };
    let plain = of("text/plain").and_then(|part| part.get_body().ok());
    let html = || of("text/html").and_then(|part| part.get_body().ok()).map(|it| without_tags(&it));
    plain.filter(|text| !text.trim().is_empty()).or_else(html)
}

/// Returns the names of the files that a mail carries.
fn files(mail: &ParsedMail<'_>) -> Vec<String> {
    let name = |part: &ParsedMail<'_>| {
        let disposition = part.get_content_disposition();
        let name = disposition.params.get("filename").or_else(|| part.ctype.params.get("name"));
        name.cloned().unwrap_or_else(|| part.ctype.mimetype.clone())
    };
    mail.parts().filter(|part| is_attached(part)).map(name).collect()
}

/// Returns the words of a mail's own author, and the first of those that are not taken, with why.
fn own_words(body: &str) -> (String, Option<(String, WhyLeft)>) {
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    let (mut own, mut left) = (Vec::new(), None::<(String, WhyLeft)>);
    for (at, line) in lines.iter().enumerate() {
        let next = lines[at + 1..].iter().find(|it| !it.is_empty());
        let attributes = line.ends_with(':') && next.is_some_and(|next| next.starts_with('>'));
        if *line == "--" {
            let signature = next.map(|next| ((*next).to_owned(), WhyLeft::NotTaken));
            left = left.or(signature);
            break;
        }
        if REPEATS.iter().any(|mark| line.to_lowercase().starts_with(mark)) {
            left = left.or_else(|| Some(((*line).to_owned(), WhyLeft::Quoted)));
            break;
        }
        if line.starts_with('>') || attributes {
            let words = line.trim_start_matches(['>', ' ']).to_owned();
            left = left.or(Some((words, WhyLeft::Quoted)));
        } else {
            own.push(*line);
        }
    }
    (own.join("\n").trim().to_owned(), left)
}
