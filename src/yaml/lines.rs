//! Many line and column look-ups in a text: it is walked once, not once per look-up.

use std::cell::OnceCell;

use super::problem::Position;

/// At most this many bytes are walked from a mark to a place.
const STRIDE: usize = 1024;

/// The lines of a text, with marks at intervals from which positions are counted. Nothing is scanned before the first
/// look-up.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// The walk at the first character of every chunk of [`STRIDE`] bytes.
    marks: OnceCell<Vec<Walk>>,
}

/// A walk through a text, character by character.
#[derive(Debug, Clone, Copy)]
struct Walk {
    at: usize,
    here: Position,
    /// Only byte order marks so far on this line; they take no column.
    fresh: bool,
}

const BEGINNING: Walk = Walk { at: 0, here: Position { line: 1, column: 1 }, fresh: true };

impl Walk {
    fn step(&mut self, c: char) {
        self.at += c.len_utf8();
        if c == '\n' {
            self.here = Position { line: self.here.line + 1, column: 1 };
            self.fresh = true;
        } else if c != '\u{feff}' || !self.fresh {
            self.here.column += 1;
            self.fresh = false;
        }
    }
}

impl<'t> Lines<'t> {
    /// Returns the lines of a text.
    pub fn of(text: &'t str) -> Lines<'t> {
        Lines { text, marks: OnceCell::new() }
    }

    /// Returns the whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the position of a byte, as [`Position::of`] does.
    pub fn position(&self, byte: usize) -> Position {
        let marks = self.marks.get_or_init(|| marks(self.text));
        let after = marks.partition_point(|mark| mark.at <= byte);
        let mut walk = marks.get(after.saturating_sub(1)).copied().unwrap_or(BEGINNING);
        for c in self.text[walk.at..].chars() {
            #[cfg(test)]
            counted::STEPS.set(counted::STEPS.get() + 1);
            if walk.at + c.len_utf8() > byte {
                break;
            }
            walk.step(c);
        }
        walk.here
    }
}

/// Returns the offset of the start of a byte's line.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

fn marks(text: &str) -> Vec<Walk> {
    let mut walk = BEGINNING;
    let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
    for c in text.chars() {
        if walk.at >= marks.len() * STRIDE {
            marks.push(walk);
        }
        walk.step(c);
    }
    marks
}

/// Counts the characters walked by this thread to find positions.
#[cfg(test)]
mod counted {
    use std::cell::Cell;

    thread_local! {
        pub(super) static STEPS: Cell<usize> = const { Cell::new(0) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_a_walk_from_the_beginning() {
        let pieces = ["a", "한", "😀", "\n", "\r\n", "\u{feff}", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"];
        let mut chance = 7_usize;
        for pieces in [&pieces[..], &pieces[4..], &pieces[..3], &pieces[5..6], &[]] {
            let mut text = String::new();
            while !pieces.is_empty() && text.len() < 3 * STRIDE {
                chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(chance >> 33) % pieces.len()]);
            }
            let lines = Lines::of(&text);
            for byte in 0..text.len() + 3 {
                assert_eq!(lines.position(byte), Position::of(&text, byte), "{byte} of {text:?}");
            }
        }
    }

    /// A one-line text is the worst case: its end is farthest from its line's start.
    #[test]
    fn no_position_reads_more_than_one_block() {
        for text in ["x".repeat(1 << 20), "한글\n".repeat(1 << 17), "\u{feff}".repeat(1 << 18)] {
            let lines = Lines::of(&text);
            for byte in (0..text.len()).step_by(text.len() / 50) {
                let before = counted::STEPS.get();
                lines.position(byte);
                assert!(counted::STEPS.get() - before <= STRIDE + 1, "{byte}");
            }
        }
    }
}
