//! What is wrong with a file, as data: where and what.

use std::fmt;
use std::ops::Range;

/// One fault of a file, generic over the kinds of fault that its reader has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem<Kind = YamlFault> {
    /// The category of the fault.
    pub code: Code,
    /// Its byte range in the file; empty where something is missing.
    pub span: Range<usize>,
    /// What is wrong.
    pub kind: Kind,
}

/// What is wrong with how a text is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YamlFault {
    /// The bytes are not UTF-8, but probably in this encoding.
    NotUtf8(Option<Encoding>),
    /// A character that YAML forbids unescaped.
    ControlCharacter(char),
    /// Merge conflict markers.
    MergeConflict,
    /// Values are nested deeper than this many levels.
    TooDeep(usize),
    /// A syntax error.
    Syntax {
        /// What is odd.
        slip: Slip,
        /// What was probably meant.
        remedy: Remedy,
    },
    /// A YAML version other than 1.x is requested.
    Version,
    /// A second YAML document begins.
    SecondDocument,
    /// A value refers to another one.
    Alias,
    /// A tag, as written.
    Tag(String),
    /// A key occurs a second time.
    Duplicate {
        /// The key.
        key: String,
        /// The line of the first one.
        line: usize,
    },
    /// A key is missing before a colon.
    NoKey,
    /// The file is empty.
    Empty,
}

/// What bytes that are not UTF-8 probably are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Text in UTF-16.
    Utf16,
    /// Korean text in CP949.
    Korean,
    /// Text of Western languages in Windows-1252, which has all letters of Latin-1.
    Western,
    /// A picture.
    Png,
    /// A compressed file.
    Gzip,
}

impl Encoding {
    /// Returns the name of an encoding of text, as `iconv` and `--encoding` know it.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Encoding::Utf16 => Some("UTF-16"),
            Encoding::Korean => Some("CP949"),
            Encoding::Western => Some("WINDOWS-1252"),
            Encoding::Png | Encoding::Gzip => None,
        }
    }
}

/// What is odd at a syntax error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// A colon makes a key where there can be none.
    Colon,
    /// The line is not a `key: value` line.
    NoKeyLine,
    /// A list item is expected, but there is no dash.
    NoDash,
    /// The line is not aligned with those above.
    Misaligned,
    /// A comma or this closing bracket is missing.
    NoComma(char),
    /// A dash cannot begin an item here.
    Dash,
    /// The text continues after its closing quote.
    AfterQuotes,
    /// A quote is never closed.
    OpenQuote,
    /// This bracket is never closed.
    OpenBracket(char),
    /// A closing bracket has no opening one.
    ClosingBracket,
    /// A backslash is not followed by a valid escape.
    Backslash,
    /// A line begins with a percent sign.
    Percent,
    /// Something follows `|` or `>`.
    BlockHeader,
    /// A text begins with this character.
    FirstCharacter(char),
    /// A tab is used where spaces belong.
    Tab,
    /// The parser's own message.
    Other(String),
}

/// What people usually mean by such a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Spaces instead of a tab.
    Spaces,
    /// A colon that is not full-width.
    PlainColon,
    /// No directive.
    NoDirective,
    /// A literal block, as the text has quotes of both kinds.
    Block,
    /// This text inside these quotes, as it has quotes of the other kind.
    OtherQuotes(char, String),
    /// This text in quotes.
    Quotes(String),
    /// This line, with a space after the colon.
    Space(String),
    /// The list on the next line.
    NextLine,
    /// Quotes, as the text begins with a bracket.
    QuotesForBracket,
    /// Quotes, as the text contains `: `.
    QuotesForColon,
    /// Two backslashes, or other quotes.
    TwoBackslashes,
    /// Unknown.
    Unknown,
}

impl YamlFault {
    /// Returns the fault at that byte range.
    pub(super) fn at(self, span: Range<usize>) -> Problem {
        Problem { code: self.code(), span, kind: self }
    }

    /// Returns the category of the fault.
    pub fn code(&self) -> Code {
        match self {
            YamlFault::NotUtf8(_) => Code::NotUtf8,
            YamlFault::ControlCharacter(_) => Code::ControlCharacter,
            YamlFault::MergeConflict => Code::MergeConflict,
            YamlFault::TooDeep(_) => Code::TooDeep,
            YamlFault::Syntax { .. } | YamlFault::Version => Code::NotYaml,
            YamlFault::SecondDocument => Code::ManyDocuments,
            YamlFault::Alias => Code::Alias,
            YamlFault::Tag(_) => Code::Tag,
            YamlFault::Duplicate { .. } => Code::DuplicateKey,
            YamlFault::NoKey => Code::WrongType,
            YamlFault::Empty => Code::Empty,
        }
    }
}

/// A position in a text, counted as editors do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Position {
    /// Returns the position of a byte of `text`.
    pub fn of(text: &str, byte: usize) -> Position {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = &text[..byte];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: before.matches('\n').count() + 1,
            column: before[start..].trim_start_matches('\u{feff}').chars().count() + 1,
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The categories of fault that make a record unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Larger than a record can be.
    TooLarge,
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// A character that no text file should contain.
    ControlCharacter,
    /// Conflict markers of a merge.
    MergeConflict,
    /// YAML that cannot be parsed.
    NotYaml,
    /// Brackets or blocks nested too deeply.
    TooDeep,
    /// More than one YAML document in the file.
    ManyDocuments,
    /// `*name`: shared values are not followed.
    Alias,
    /// `!name`: tags have no meaning here.
    Tag,
    /// The same key twice in one mapping.
    DuplicateKey,
    /// The file is empty.
    Empty,
    /// The file contains something other than a record.
    NotARecord,
    /// A required key is missing.
    MissingKey,
    /// A value of the wrong shape.
    WrongType,
    /// A required value is empty.
    EmptyValue,
    /// A time that cannot be read.
    BadTime,
    /// A wall-clock time that the zone's clocks skip or show twice.
    AmbiguousTime,
    /// A day that cannot be read.
    BadDay,
    /// A zone that the database does not know.
    UnknownZone,
}

impl Code {
    /// Every code, in the order of the documentation.
    pub const ALL: [Code; 19] = [
        Code::TooLarge,
        Code::NotUtf8,
        Code::ControlCharacter,
        Code::MergeConflict,
        Code::NotYaml,
        Code::TooDeep,
        Code::ManyDocuments,
        Code::Alias,
        Code::Tag,
        Code::DuplicateKey,
        Code::Empty,
        Code::NotARecord,
        Code::MissingKey,
        Code::WrongType,
        Code::EmptyValue,
        Code::BadTime,
        Code::AmbiguousTime,
        Code::BadDay,
        Code::UnknownZone,
    ];

    /// Returns the stable name that messages and documentation use.
    pub fn name(self) -> &'static str {
        match self {
            Code::TooLarge => "too-large",
            Code::NotUtf8 => "not-utf8",
            Code::ControlCharacter => "control-character",
            Code::MergeConflict => "merge-conflict",
            Code::NotYaml => "not-yaml",
            Code::TooDeep => "too-deep",
            Code::ManyDocuments => "many-documents",
            Code::Alias => "alias",
            Code::Tag => "tag",
            Code::DuplicateKey => "duplicate-key",
            Code::Empty => "empty",
            Code::NotARecord => "not-a-record",
            Code::MissingKey => "missing-key",
            Code::WrongType => "wrong-type",
            Code::EmptyValue => "empty-value",
            Code::BadTime => "bad-time",
            Code::AmbiguousTime => "ambiguous-time",
            Code::BadDay => "bad-day",
            Code::UnknownZone => "unknown-zone",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_lines_and_characters() {
        let text = "\u{feff}ab\n한글: x\r\n\n끝";
        for (byte, place) in [
            (0, "1:1"),
            (3, "1:1"),
            (4, "1:2"),
            (5, "1:3"),
            (6, "2:1"),
            (9, "2:2"),
            (12, "2:3"),
            (7, "2:1"),
            (11, "2:2"),
            (16, "2:7"),
            (17, "3:1"),
            (18, "4:1"),
            (20, "4:1"),
            (21, "4:2"),
            (999, "4:2"),
        ] {
            assert_eq!(Position::of(text, byte).to_string(), place, "{byte}");
        }
        assert_eq!(Position::of("", 0).to_string(), "1:1");
    }

    #[test]
    fn codes_have_names_of_their_own() {
        let mut names: Vec<String> = Code::ALL.iter().map(|code| code.to_string()).collect();
        assert_eq!(names[2], "control-character");
        names.sort();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
