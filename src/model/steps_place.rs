//! Where the settings take another step with several names.

/// Where asrun.yaml takes another entry of `steps`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StepsPlace {
    /// At its end, with the key: there is none.
    #[default]
    End,
    /// On a line of its own below that one, behind so many spaces.
    Below {
        /// The line's number.
        line: usize,
        /// The number of spaces.
        indent: usize,
    },
    /// Right behind the brace at that line and column.
    Brace {
        /// The number of the brace's line.
        line: usize,
        /// Its column.
        column: usize,
        /// Whether the brace is that of the whole file, which has no such key.
        is_of_file: bool,
    },
    /// In place of that line, where the key has no value.
    Instead {
        /// The line's number.
        line: usize,
    },
}
