//! Rules about secrets in a record: in its texts, and anywhere else in the file.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use crate::fault::{FindingKind, LeakKind, RuleId};
use crate::format::Document;
use crate::model::Text;
use crate::publish::{Hit, MASK, secrets_in};

use super::case::{Case, Found};
use super::ignored::Ignored;
use super::places::TextPlaces;

/// The most secrets that are located in the file; beyond it, another place adds nothing.
const SOUGHT: usize = 100;

/// A secret in the file's text.
struct Secret {
    /// With its name; empty if it is not in the file verbatim.
    span: Range<usize>,
    /// The part to be masked.
    hidden: Range<usize>,
    excerpt: String,
}

/// A record must contain no secret, not even an internal one: git gives it to everyone with a clone.
pub(super) fn secret(case: &Case) -> Vec<Found> {
    let is_secret = |hit: &&Hit| hit.kind == LeakKind::Secret;
    let texts = case.suspects().iter();
    let texts =
        texts.map(|(text, hits)| (text.clone(), hits.iter().filter(is_secret).cloned().collect()));
    let found = secrets_of(case.document, texts, &|| case.places()).into_iter();
    let found = found
        .map(|Secret { span, excerpt, .. }| Found { span, kind: FindingKind::Secret { excerpt } });
    found.collect()
}

/// Whether a record's comments accept secrets anywhere in it.
pub fn lives_with_secrets(document: &Document) -> bool {
    Ignored::of(document.text()).is_everywhere(RuleId::Secret.name())
}

/// Returns a text, possibly not a record, with secrets replaced by as many stars, so that offsets stay valid.
pub fn masked(text: &str) -> Cow<'_, str> {
    with_stars(text, secret_places(text).into_iter())
}

/// Returns a text with [`MASK`] in place of its secrets, for output; it does not reveal their lengths.
pub fn told_without_secrets(text: &str) -> Cow<'_, str> {
    told_without(text, secrets_in(text))
}

/// Returns the ranges of a text's secrets that are to be hidden, in order and apart.
pub fn secret_places(text: &str) -> Vec<Range<usize>> {
    let hidden = secrets_in(text).into_iter();
    hidden.map(|hit| if hit.hidden.is_empty() { hit.span } else { hit.hidden }).collect()
}

/// Returns the beginning of a text with [`MASK`] in place of its secrets, and where the rest begins: after about `most`
/// bytes, but never inside a secret.
pub fn beginning_without_secrets(text: &str, most: usize) -> (Cow<'_, str>, usize) {
    let most = text.floor_char_boundary(most);
    let mut hits = secrets_in(text);
    let across = hits.iter().find(|hit| hit.span.start < most && most < hit.span.end);
    let end =
        across.map_or(most, |hit| if hit.span.start > 0 { hit.span.start } else { hit.span.end });
    hits.retain(|hit| hit.span.end <= end);
    (told_without(&text[..end], hits), end)
}

fn told_without(text: &str, secrets: Vec<Hit>) -> Cow<'_, str> {
    let (mut told, mut at) = (String::new(), 0);
    for hit in secrets {
        let hidden = if hit.hidden.is_empty() { hit.span } else { hit.hidden };
        if hidden.start >= at {
            told.push_str(&text[at..hidden.start]);
            told.push_str(MASK);
            at = hidden.end;
        }
    }
    if at == 0 {
        return Cow::Borrowed(text);
    }
    told.push_str(&text[at..]);
    Cow::Owned(told)
}

/// Returns the text of a record with secrets replaced by as many stars, so that offsets stay valid.
pub fn without_secrets(document: &Document) -> Cow<'_, str> {
    let texts = document.incident.texts().into_iter().map(|text| {
        let hits = secrets_in(text.text);
        (text, hits)
    });
    let places = OnceCell::new();
    let places = || places.get_or_init(|| TextPlaces::of(document));
    let mut secrets = secrets_of(document, texts, &places);
    secrets.sort_by_key(|secret| secret.hidden.start);
    with_stars(document.text(), secrets.into_iter().map(|secret| secret.hidden))
}

/// Returns a text with stars in these ranges, which are in order.
fn with_stars(text: &str, places: impl Iterator<Item = Range<usize>>) -> Cow<'_, str> {
    let (mut shown, mut at) = (String::new(), 0);
    for hidden in places.filter(|hidden| !hidden.is_empty()) {
        if hidden.start >= at {
            shown.push_str(&text[at..hidden.start]);
            let stars =
                text[hidden.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { '*' });
            shown.extend(stars);
            at = hidden.end;
        }
    }
    if at == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[at..]);
    Cow::Owned(shown)
}

/// The secrets of a record: those that its comments do not accept, and those that they do.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SecretValues {
    /// Secrets to be looked at.
    pub found: Vec<String>,
    /// Secrets that somebody decided to accept.
    pub spared: Vec<String>,
}

/// Returns the secrets of a record.
pub fn secret_values(document: &Document) -> SecretValues {
    let file = document.text();
    let lived_with = Ignored::of(file);
    let mut values = SecretValues::default();
    for hit in secrets_in(file) {
        let said = if hit.hidden.is_empty() { &hit.span } else { &hit.hidden };
        let spared = lived_with.holds(RuleId::Secret.name(), hit.span.start);
        let to = if spared { &mut values.spared } else { &mut values.found };
        to.push(file[said.clone()].to_owned());
    }
    for text in document.incident.texts() {
        for hit in secrets_in(text.text) {
            let said = if hit.hidden.is_empty() { hit.span } else { hit.hidden };
            let said = text.text[said].to_owned();
            if !values.spared.contains(&said) && !values.found.contains(&said) {
                values.found.push(said);
            }
        }
    }
    values
}

/// Returns the secrets in the file's source, comments and unknown keys included, and those in its decoded `texts`:
/// quotes and folded lines may hide one.
fn secrets_of<'d, 'p>(
    document: &'d Document,
    texts: impl Iterator<Item = (Text<'d>, Vec<Hit>)>,
    places: &dyn Fn() -> &'p TextPlaces<'d>,
) -> Vec<Secret>
where
    'd: 'p,
{
    let file = document.text();
    let hits = secrets_in(file).into_iter();
    let (mut found, mut others): (Vec<Secret>, Vec<Secret>) = (Vec::new(), Vec::new());
    found.extend(hits.map(|hit| Secret {
        excerpt: hit.excerpt(file),
        span: hit.span,
        hidden: hit.hidden,
    }));
    let there: Vec<Range<usize>> = found.iter().map(|secret| secret.span.clone()).collect();
    let is_there = |span: &Range<usize>| {
        let next = there.partition_point(|known| known.end <= span.start);
        there.get(next).is_some_and(|known| known.start < span.end.max(span.start + 1))
    };
    let words: HashSet<&str> =
        found.iter().map(|it| &file[first_line(file, masked_part(&it.span, &it.hidden))]).collect();
    let hits = texts.flat_map(|(text, hits)| hits.into_iter().map(move |hit| (text.clone(), hit)));
    for (sought, (text, hit)) in hits.enumerate() {
        let told = first_line(text.text, masked_part(&hit.span, &hit.hidden));
        let is_known = words.contains(&text.text[told.clone()]);
        let span = match sought < SOUGHT {
            true => places().part(&text, told).0,
            false if is_known => continue,
            false => 0..0,
        };
        if !is_there(&span) {
            let excerpt = hit.excerpt(text.text);
            others.push(Secret { hidden: span.clone(), span, excerpt });
        }
    }
    found.extend(others);
    found
}

/// Returns the part to be masked; the whole, if there is none.
fn masked_part(span: &Range<usize>, hidden: &Range<usize>) -> Range<usize> {
    if hidden.is_empty() { span.clone() } else { hidden.clone() }
}

/// Returns the range of the first line of a part of a text.
fn first_line(text: &str, part: Range<usize>) -> Range<usize> {
    let words = text[part.clone()].trim_start();
    let start = part.end - words.len();
    let line = words.lines().next().unwrap_or("").trim_end();
    start..start + line.len()
}
