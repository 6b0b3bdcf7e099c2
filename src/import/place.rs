//! Positions in the input.

/// A line and a column, from one; columns are in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub(super) struct Place {
    /// The line.
    pub(super) line: usize,
    /// The column.
    pub(super) column: usize,
}

impl Place {
    /// Returns the beginning of a line.
    pub(super) fn line(line: usize) -> Place {
        Place { line, column: 1 }
    }

    /// Returns the position of a byte in a text.
    pub(super) fn of(text: &str, byte: usize) -> Place {
        Place::ahead(text).at(byte)
    }

    /// Returns an iterator-like walk that finds successive positions in one pass over the text.
    pub(super) fn ahead(text: &str) -> Ahead<'_> {
        Ahead { text, byte: 0, place: Place { line: 1, column: 1 } }
    }
}

/// A walk through a text from position to position.
pub(super) struct Ahead<'t> {
    text: &'t str,
    byte: usize,
    place: Place,
}

impl Ahead<'_> {
    /// Returns the position of a byte, which must not be before the previous one.
    pub(super) fn at(&mut self, byte: usize) -> Place {
        let byte = byte.clamp(self.byte, self.text.len());
        let passed = self.text.get(self.byte..byte).unwrap_or_default();
        let breaks = memchr::memchr_iter(b'\n', passed.as_bytes()).count();
        let behind = passed.rsplit_once('\n').map_or(passed, |(_, behind)| behind);
        let before = if breaks == 0 { self.place.column } else { 1 };
        self.place.line += breaks;
        self.place.column = before + behind.chars().count();
        self.byte = byte;
        self.place
    }
}
