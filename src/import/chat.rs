//! What messages of all sources have in common.

use crate::model::{Event, Moment};

/// Returns the event that a text tells of: its first line, and the others as detail.
pub(super) fn event(at: Moment, text: &str) -> Event {
    let text = text.trim();
    let (first, others) = text.split_once('\n').unwrap_or((text, ""));
    let others = others.trim_matches('\n').trim_end();
    let mut event = Event::new(at, first.trim_end());
    event.detail = (!others.trim().is_empty()).then(|| others.to_owned());
    event
}

/// Returns a text without its three escapes, each read once.
pub(super) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
