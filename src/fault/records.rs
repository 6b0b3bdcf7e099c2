//! Faults in the content of a file, and why a record's text cannot be changed or merged.

use std::ops::Range;

use crate::model::{Day, TimeFault};
use crate::yaml::{self, Code, PatchFault, YamlFault};

/// One fault of a record or of settings.
pub type Problem = yaml::Problem<ContentFault>;

/// What is wrong with the content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentFault {
    /// A fault of its YAML.
    Yaml(YamlFault),
    /// The record has more bytes than the limit.
    TooLarge { bytes: u64, limit: u64 },
    /// The text of a key has more bytes than the limit.
    TextTooLarge { key: String, limit: usize },
    /// The record is empty.
    Nothing,
    /// It has no keys of a record.
    NoRecord,
    /// A required key is missing; with a key of similar spelling.
    Missing { key: String, near: Option<String> },
    /// What should be a mapping is not one.
    NoKeys { entry: Entry, found: Found },
    /// A key has a value of the wrong type.
    WrongShape { key: String, wanted: Wanted, found: Found },
    /// An audience is unknown.
    Audience(String),
    /// The text of a key is empty.
    NoText { key: String },
    /// The time of a key is empty.
    NoTime { key: String },
    /// A time cannot be read; `day` is the record's.
    Time { fault: TimeFault, day: Option<Day> },
    /// A day cannot be read.
    NoDay { key: String },
    /// No zone has that name.
    NoZone { name: String, near: Option<&'static str>, in_settings: bool },
    /// A fault of the post settings.
    Post(PostFault),
    /// A fault of the project settings.
    Setting(SettingFault),
}

/// What is wrong with post settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostFault {
    /// A key has an unknown word.
    Word { key: &'static str, word: String, near: Option<&'static str>, known: Vec<&'static str> },
    /// A placeholder is unknown there.
    Placeholder { key: &'static str, word: String, known: &'static [&'static str] },
    /// The folder of pictures is not on the site.
    Folder { key: &'static str, folder: String },
    /// Additional front matter is invalid.
    FrontMatter(FrontMatterFault),
}

/// Why lines cannot be in front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrontMatterFault {
    /// They are not `key: value` lines.
    NoKeys,
    /// One of them would end the front matter.
    Fence,
    /// They are not valid YAML.
    Yaml(YamlFault),
}

/// What is wrong with settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingFault {
    /// The file contains something other than settings; with an example.
    NoKeys { example: &'static str },
    /// There is no such key; a record may have it.
    Unknown {
        key: String,
        near: Option<&'static str>,
        known: Vec<&'static str>,
        is_of_record: bool,
    },
    /// A key has a value of the wrong type; with an example.
    WrongShape { key: String, wanted: Wanted, example: &'static str },
    /// The file cannot be read; with the reader's own message.
    Unread(String),
}

/// A mapping inside a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    Step,
    Revision,
    /// Why and when a step was skipped.
    Skip,
    /// Who reviewed a record, and when.
    Review,
    /// A document that entries were read from.
    Imported,
    Event,
    Attachment,
    Lessons,
    Action,
    Section,
    /// How a post looks.
    Post,
}

/// The type of value that a key requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Text,
    /// A number or a text.
    Value,
    Truth,
    Time,
    /// The precision of a time that its digits do not show.
    Precision,
    Zone,
    /// A length with its unit.
    Length,
    /// A step that is a dependency.
    After,
    /// Texts in a list.
    Texts,
    /// Entries in a list.
    Entries,
    /// Metrics, each with its value.
    Metrics,
    /// Names of people, each with a role.
    Roles,
    /// Names, each with a list of other wordings.
    Steps,
    /// A number of minutes.
    Minutes,
    /// What to do about secrets.
    SecretsRule,
    /// A folder inside the project.
    Folder,
    /// Post settings.
    Post,
}

/// What is there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// This text.
    Text(String),
    /// A list in brackets with one item, which may be a text.
    Bracketed(Option<String>),
    /// A list, in brackets or not.
    List { flow: bool },
    /// A mapping, in brackets or not.
    Mapping { flow: bool },
}

impl SettingFault {
    /// Returns the fault at that byte range.
    pub(crate) fn at(self, span: Range<usize>) -> Problem {
        ContentFault::Setting(self).at(span)
    }
}

impl ContentFault {
    /// Returns the fault at that byte range.
    pub(crate) fn at(self, span: Range<usize>) -> Problem {
        let code = match &self {
            ContentFault::Yaml(fault) => fault.code(),
            ContentFault::TooLarge { .. } | ContentFault::TextTooLarge { .. } => Code::TooLarge,
            ContentFault::Nothing => Code::Empty,
            ContentFault::NoRecord => Code::NotARecord,
            ContentFault::Missing { .. } => Code::MissingKey,
            ContentFault::NoText { .. } | ContentFault::NoTime { .. } => Code::EmptyValue,
            ContentFault::Time {
                fault: TimeFault::Gap { .. } | TimeFault::Fold { .. }, ..
            } => Code::AmbiguousTime,
            ContentFault::Time { .. } => Code::BadTime,
            ContentFault::NoDay { .. } => Code::BadDay,
            ContentFault::NoZone { .. } => Code::UnknownZone,
            ContentFault::NoKeys { .. }
            | ContentFault::WrongShape { .. }
            | ContentFault::Audience(_)
            | ContentFault::Post(_)
            | ContentFault::Setting(_) => Code::WrongType,
        };
        Problem { code, span, kind: self }
    }
}

/// Converts faults of YAML to faults of content.
pub(crate) fn in_content(problems: Vec<yaml::Problem>) -> Vec<Problem> {
    problems.into_iter().map(Problem::from).collect()
}

impl From<yaml::Problem> for Problem {
    fn from(problem: yaml::Problem) -> Problem {
        ContentFault::Yaml(problem.kind).at(problem.span)
    }
}

/// Why a change was not made.
#[derive(Debug, Clone, PartialEq, Eq, derive_more::From)]
pub enum EditFault {
    /// The text cannot be patched there.
    #[from]
    Patch(PatchFault),
    /// The list to be added to does not exist.
    NoList,
    /// The list to be added to is not in block style.
    NotInLines,
    /// The entry was changed since.
    Changed,
    /// The last line has no line break, and the text would read differently with a line after it.
    NoLastLineBreak,
    /// A line ends in a lone carriage return, which YAML parsers treat differently.
    LoneCarriageReturn,
    /// A byte order mark is inside the text, which YAML parsers treat differently.
    InnerByteOrderMark,
    /// The patched text does not have the intended meaning: a bug in asrun, caught in time.
    NotProved(Unproved),
}

/// Why a patched text failed verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unproved {
    /// It cannot be read as a record.
    Unread(Vec<Problem>),
    /// It is parsed to a different value.
    Differs,
    /// The second YAML parser refuses it, with this message.
    OtherRefuses(String),
    /// The second YAML parser reads it differently.
    OtherDiffers,
}

/// Why three texts were not merged entry by entry.
#[derive(Debug, Clone, PartialEq, Eq, derive_more::From)]
pub enum MergeFault {
    /// One of them is not UTF-8 text.
    NotUtf8,
    /// One of them cannot be read as a record.
    Unreadable(MergeText),
    /// A change cannot be made to the text.
    #[from]
    Edit(EditFault),
    /// What both sides changed shares its line with something else.
    SharedLine(MergeConflict),
}

/// What the two sides of a merge changed differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeConflict {
    /// The value of a key of the record.
    Key(String),
    /// An item of a list, with its text, or an empty one.
    Item { list: String, text: String },
}

/// One of the three texts of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeText {
    /// The common ancestor.
    Base,
    /// Our side.
    Ours,
    /// Their side.
    Theirs,
}
