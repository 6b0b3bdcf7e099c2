//! Texts that seem private: secrets, hosts of an internal network, e-mail addresses, personal numbers. A guess by
//! shape, for people to judge; nothing is changed.

use std::collections::HashSet;
use std::ops::Range;

use crate::fault::LeakKind;
use crate::model::{Incident, REMOVED, Text};

use super::keys::key_blocks;
use super::network::inside_at;
use super::numbers::{NumberOfPerson, addresses_in, numbers_of_people};
use super::plain::Plain;
use super::secrets::secrets_at;
use super::words::{AT, DIGIT, DOT, PARTS, Spans, Word, words};

/// Something found in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// Its place in the record: `events 3 detail`.
    pub place: String,
    /// What it looks like.
    pub kind: LeakKind,
    /// The text found, with the secret part masked.
    pub excerpt: String,
    /// Whether it stops publication; otherwise it is a warning.
    pub stops: bool,
    /// The text verbatim, to locate it; not to be printed.
    pub found: String,
    /// The part of it that no role replaces.
    pub core: String,
}

/// Something found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it looks like.
    pub kind: LeakKind,
    /// Its range in the text.
    pub span: Range<usize>,
    /// The range in it to be masked; empty if none.
    pub hidden: Range<usize>,
    /// Whether it stops publication.
    pub stops: bool,
}

/// Replaces a secret.
pub const MASK: &str = "***";

impl Hit {
    fn secret((span, hidden): Spans) -> Hit {
        Hit { kind: LeakKind::Secret, span, hidden, stops: true }
    }

    fn plain(kind: LeakKind, span: Range<usize>) -> Hit {
        let hidden = span.end..span.end;
        Hit { kind, span, hidden, stops: true }
    }

    fn of_person(NumberOfPerson { kind, span, sure }: NumberOfPerson) -> Hit {
        let open = kind == LeakKind::Phone;
        let hidden = if open { span.end..span.end } else { span.clone() };
        Hit { kind, span, hidden, stops: sure }
    }

    /// Returns the range that is private by itself: a secret without its name.
    pub(super) fn core(&self) -> Range<usize> {
        if self.hidden.is_empty() { self.span.clone() } else { self.hidden.clone() }
    }

    /// Returns the text of the hit on one line, with the secret part masked.
    pub fn excerpt(&self, text: &str) -> String {
        let [before, after] = [self.span.start..self.hidden.start, self.hidden.end..self.span.end]
            .map(|part| &text[part]);
        let excerpt = match self.hidden.is_empty() {
            true => before.to_owned(),
            false => format!("{before}{MASK}{after}"),
        };
        match excerpt.contains('\n') {
            true => excerpt.split_whitespace().collect::<Vec<_>>().join(" "),
            false => excerpt,
        }
    }
}

/// Returns everything in a text that seems private, in order.
pub fn hits_in(text: &str) -> Vec<Hit> {
    look(text, true)
}

/// Returns only the secrets in a text.
pub fn secrets_in(text: &str) -> Vec<Hit> {
    look(text, false)
}

/// The most bytes between what is found in a word and what tells that it is private.
const REACH: usize = 128;

/// Looks at a text as it is written, and as its readers may see it.
fn look(text: &str, all: bool) -> Vec<Hit> {
    let mut found = look_at(text, all, |_| true);
    for plain in Plain::readings(text).into_iter().chain(Plain::of_columns(text)) {
        let differs = |word: &Word| plain.differs_near(&(word.start..word.end), REACH);
        let seen = look_at(&plain.text, all, differs).into_iter();
        found.extend(seen.map(|hit| Hit {
            span: plain.place(hit.span),
            hidden: plain.place(hit.hidden),
            ..hit
        }));
    }
    found.retain(|hit| !is_masked(text, hit));
    if found.is_empty() { found } else { apart(found) }
}

/// Whether a secret was masked or erased before, in the text as it is written.
fn is_masked(text: &str, hit: &Hit) -> bool {
    let is_mask = |said: &str| said.starts_with(MASK) || said.starts_with(REMOVED);
    let said = &text[hit.hidden.clone()];
    let is_gone = || !said.replace(REMOVED, "").contains(char::is_alphanumeric);
    match hit.kind {
        LeakKind::Secret if said.is_empty() => is_mask(&text[hit.span.end..]),
        LeakKind::Secret => is_gone(),
        _ => false,
    }
}

/// Looks at those words of a text that are wanted, and at what spans several words.
fn look_at(text: &str, all: bool, is_wanted: impl Fn(&Word) -> bool) -> Vec<Hit> {
    let mut found: Vec<Hit> = key_blocks(text).into_iter().map(Hit::secret).collect();
    for word in words(text).filter(is_wanted) {
        found.extend(secrets_at(&word).into_iter().map(Hit::secret));
        if all && word.has(DIGIT | DOT | PARTS | AT) {
            let inside = inside_at(&word).into_iter();
            found.extend(inside.map(|span| Hit::plain(LeakKind::InternalHost, span)));
            if word.has(AT) {
                let addresses = addresses_in(&word).into_iter();
                found.extend(addresses.map(|span| Hit::plain(LeakKind::Email, span)));
            }
        }
    }
    if all {
        found.extend(numbers_of_people(text).into_iter().map(Hit::of_person));
    }
    found
}

/// Merges overlapping secrets, and drops other hits that overlap one or start inside an earlier hit.
fn apart(mut found: Vec<Hit>) -> Vec<Hit> {
    let is_secret = |hit: &Hit| hit.kind == LeakKind::Secret;
    found.sort_by_key(|hit| (!is_secret(hit), hit.span.start));
    let secrets = found.iter().take_while(|hit| is_secret(hit)).count();
    let others = found.split_off(secrets);
    let mut kept: Vec<Hit> = Vec::new();
    for hit in found {
        match kept.last_mut().filter(|last| hit.span.start < last.span.end) {
            None => kept.push(hit),
            Some(last) => {
                // The hidden parts of both are hidden.
                last.span.end = last.span.end.max(hit.span.end);
                let start = last.hidden.start.min(hit.hidden.start);
                last.hidden = start..last.hidden.end.max(hit.hidden.end);
            }
        }
    }
    let mut last = 0;
    let mut secrets = kept.clone().into_iter().peekable();
    for hit in others {
        while secrets.next_if(|secret| secret.span.end <= hit.span.start).is_some() {}
        let inside = secrets.peek().is_some_and(|secret| secret.span.start < hit.span.end);
        if !inside && hit.span.start >= last {
            last = hit.span.end;
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.span.start);
    kept
}

/// Returns everything in a text that seems private, without a place.
pub fn leaks_in(text: &str) -> Vec<Leak> {
    let leak = |hit: Hit| Leak {
        place: String::new(),
        kind: hit.kind,
        excerpt: hit.excerpt(text),
        stops: hit.stops,
        core: text[hit.core()].to_owned(),
        found: text[hit.span].to_owned(),
    };
    hits_in(text).into_iter().map(leak).collect()
}

/// Returns everything in the record's texts that seems private, in the record's order.
pub fn leaks(incident: &Incident) -> Vec<Leak> {
    let texts = incident.texts().into_iter();
    leaks_of(texts.map(|Text { place, text, .. }| (place.to_string(), text)))
}

/// Returns everything in texts that seems private, each with its place.
pub(super) fn leaks_of<'t>(texts: impl Iterator<Item = (String, &'t str)>) -> Vec<Leak> {
    let mut found: Vec<Leak> = Vec::new();
    let mut known = HashSet::new();
    for (place, text) in texts {
        for leak in leaks_in(text) {
            if known.insert((place.clone(), leak.found.clone())) {
                found.push(Leak { place: place.clone(), ..leak });
            }
        }
    }
    found
}
