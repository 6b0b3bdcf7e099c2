//! What messages of all sources have in common.

use crate::model::{Event, Moment};

/// Returns an event for a text: the first line is its text, the others are its detail.
pub(super) fn event(at: Moment, text: &str) -> Event {
    let text = text.trim();
    let (first, others) = text.split_once('\n').unwrap_or((text, ""));
    // A code fence is no headline: the first line of the code is used, and the code is kept in full.
    let in_code = others.lines().find(|line| !line.trim().is_empty());
    let is_fence = first.starts_with("```") && first.trim_start_matches('`').trim().is_empty();
    let (first, others) = match in_code.filter(|_| is_fence) {
        Some(line) => (line.trim(), text),
        None => (first, others),
    };
    let others = others.trim_matches('\n').trim_end();
    let mut event = Event::new(at, first.trim_end());
    event.detail = (!others.trim().is_empty()).then(|| others.to_owned());
    event
}

/// Returns reactions to a message as people read them, each with who gave it: `:eyes: Jo, Mina; :+1: Jo`.
pub(super) fn reactions(given: impl Iterator<Item = (String, Vec<String>)>) -> Option<String> {
    let given = given.map(|(sign, people)| format!("{sign} {}", people.join(", ")));
    let texts: Vec<String> = given.map(|it| it.trim_end().to_owned()).collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}

/// Returns a text with its three escapes decoded, each once.
pub(super) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
