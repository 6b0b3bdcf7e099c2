//! The surroundings of one event in a long plain record: enough to change the text there and verify it without reading
//! the rest.
//!
//! Plain records are read item by item, and each item by its own lines (`yaml::fast`): a line with a dash in the list's
//! column begins one, whatever is above it. So a record with just the head and some neighbouring events is changed in
//! the same way as the whole one.

use memchr::memmem;

use super::document::Document;

/// How many events around the change are parsed again: they show the style of the file.
const NEIGHBOURS: usize = 12;
/// The most bytes that they may take, except for the two next to the change.
const ROOM: usize = 48 * 1024;

/// A record's head with some of its events.
pub(super) struct Window {
    /// The text.
    pub(super) text: String,
    /// The index of the first of these events in the record.
    pub(super) first: usize,
    /// The start of the events, in the window as in the whole text.
    list: usize,
    /// The start of the window's events in the whole text.
    start: usize,
}

impl Window {
    /// Returns the window around an event, if the record is plain and `events` is its last key.
    pub(super) fn around(document: &Document, index: usize) -> Option<Window> {
        let (text, count) = (document.text.as_str(), document.incident.events.len());
        if !document.plain || count == 0 || index > count {
            return None;
        }
        let list = memmem::find(text.as_bytes(), b"\nevents:\n")? + "\nevents:\n".len();
        let items = Items::of(text, list, count)?;
        let end = if index + 1 < count { items.start_of(index + 1)? } else { text.len() };
        let begin = |first: usize| if first == 0 { Some(list) } else { items.start_of(first) };
        let least = index.saturating_sub(1);
        let most = index.saturating_sub(NEIGHBOURS);
        let wide = begin(most)?;
        let (first, start) = if end - wide <= ROOM { (most, wide) } else { (least, begin(least)?) };
        let text = format!("{}{}", &text[..list], &text[start..end]);
        Some(Window { text, first, list, start })
    }

    /// Returns the offset in the whole text of an offset in the window.
    pub(super) fn place(&self, at: usize) -> Option<usize> {
        Some(at.checked_sub(self.list)? + self.start)
    }
}

/// Finds where the items of a plain list begin.
struct Items<'t> {
    bytes: &'t [u8],
    /// The line end before the list's first line.
    from: usize,
    needle: String,
    count: usize,
}

impl<'t> Items<'t> {
    fn of(text: &'t str, list: usize, count: usize) -> Option<Items<'t>> {
        let says =
            |line: &&str| !line.trim_start().is_empty() && !line.trim_start().starts_with('#');
        let line = text[list..].lines().find(says)?;
        let dash = line.len() - line.trim_start_matches(' ').len();
        let needle = format!("\n{}- ", " ".repeat(dash));
        Some(Items { bytes: text.as_bytes(), from: list - 1, needle, count })
    }

    /// Returns where the line of an item begins, searching from the nearer end.
    fn start_of(&self, index: usize) -> Option<usize> {
        let (bytes, needle) = (&self.bytes[self.from..], self.needle.as_bytes());
        let at = if index < self.count / 2 {
            memmem::find_iter(bytes, needle).nth(index)
        } else {
            memmem::rfind_iter(bytes, needle).nth(self.count - 1 - index)
        };
        Some(self.from + at? + 1)
    }
}
