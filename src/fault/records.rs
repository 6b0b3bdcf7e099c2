//! What is wrong with what a file says, and why a record's text cannot be changed or merged.

use std::ops::Range;

use crate::model::{Day, TimeFault};
use crate::yaml::{self, Code, PatchFault, YamlFault};

/// One fault of a record or of settings.
pub type Problem = yaml::Problem<ContentFault>;

/// What is wrong with what a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentFault {
    /// How it is written.
    Yaml(YamlFault),
    /// The record has more bytes than the limit.
    TooLarge { bytes: u64, limit: u64 },
    /// The text of a key has more bytes than the limit.
    TextTooLarge { key: String, limit: usize },
    /// The record is empty.
    Nothing,
    /// It holds something else than the keys of a record.
    NoRecord,
    /// A key that must be there is not, but one that is spelled alike may be.
    Missing { key: String, near: Option<String> },
    /// What should hold keys does not.
    NoKeys { entry: Entry, found: Found },
    /// A key holds something else than it must.
    WrongShape { key: String, wanted: Wanted, found: Found },
    /// An audience is none.
    Audience(String),
    /// A key that must hold a text is empty.
    NoText { key: String },
    /// A key that must hold a time is empty.
    NoTime { key: String },
    /// A time cannot be read; the record speaks of `day`.
    Time { fault: TimeFault, day: Option<Day> },
    /// A day is none.
    NoDay { key: String },
    /// There is no zone of that name.
    NoZone { name: String, near: Option<&'static str>, in_settings: bool },
    /// What is said of posts.
    Post(PostFault),
    /// What the settings say.
    Setting(SettingFault),
}

/// What is wrong with what is said of posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostFault {
    /// A key has a word that it does not know.
    Word { key: &'static str, word: String, near: Option<&'static str>, known: Vec<&'static str> },
    /// A word in braces stands for nothing there.
    Placeholder { key: &'static str, word: String, known: &'static [&'static str] },
    /// The folder of pictures is none of the site's.
    Folder { key: &'static str, folder: String },
    /// What is to be put into the front matter cannot stand there.
    FrontMatter(FrontMatterFault),
}

/// Why lines cannot stand in front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrontMatterFault {
    /// They are no `key: value` lines.
    NoKeys,
    /// One of them would end it.
    Fence,
    /// They are no YAML.
    Yaml(YamlFault),
}

/// What is wrong with settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingFault {
    /// The file holds something else than keys of settings, such as the example.
    NoKeys { example: &'static str },
    /// There is no such key.
    Unknown { key: String, near: Option<&'static str>, known: Vec<&'static str> },
    /// A key holds something else than it must, such as the example.
    WrongShape { key: String, wanted: Wanted, example: &'static str },
    /// The file cannot be read, in the reader's own words.
    Unread(String),
}

/// What holds keys inside a record.
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

/// What a key must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Text,
    /// A number or a text.
    Value,
    Truth,
    Time,
    /// How precisely a time is known, where its digits do not say it.
    Precision,
    Zone,
    /// A length with its unit.
    Length,
    /// A step that is waited for.
    After,
    /// Texts in a list.
    Texts,
    /// Entries in a list.
    Entries,
    /// Names of measurements, each with its value.
    Metrics,
    /// Names of people, each with a role.
    Roles,
    /// Names with a list of other wordings each.
    Steps,
    /// A number of minutes.
    Minutes,
    /// What becomes of secrets.
    SecretsRule,
    /// What is said of posts.
    Post,
}

/// What is there in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// This text.
    Text(String),
    /// A list in brackets of one item, which may be a text.
    Bracketed(Option<String>),
    /// A list, in brackets or not.
    List { flow: bool },
    /// Keys with values, in brackets or not.
    Mapping { flow: bool },
}

impl SettingFault {
    /// Returns the fault at that place.
    pub(crate) fn at(self, span: Range<usize>) -> Problem {
        ContentFault::Setting(self).at(span)
    }
}

impl ContentFault {
    /// Returns the fault at that place.
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

/// Returns faults of YAML as those of what the text says.
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
    /// The list that is to be added to is not there.
    NoList,
    /// The list that is to be added to is not written in lines.
    NotInLines,
    /// The entry was changed since.
    Changed,
    /// The last line has no line break, and the text would read differently with a line after it.
    NoLastLineBreak,
    /// A line ends in a lone carriage return, which readers of YAML understand differently.
    LoneCarriageReturn,
    /// A byte order mark stands inside the text, which readers of YAML understand differently.
    InnerByteOrderMark,
    /// The patched text does not mean what was meant. A fault of asrun's, caught in time.
    NotProved(Unproved),
}

/// What is wrong with a patched text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unproved {
    /// It cannot be read as a record.
    Unread(Vec<Problem>),
    /// It reads differently.
    Differs,
    /// Another reader of YAML refuses it, in these words of its own.
    OtherRefuses(String),
    /// Another reader of YAML reads it differently.
    OtherDiffers,
}

/// Why three texts were not merged entry by entry.
#[derive(Debug, Clone, PartialEq, Eq, derive_more::From)]
pub enum MergeFault {
    /// One of them is no UTF-8 text.
    NotUtf8,
    /// One of them cannot be read as a record.
    Unreadable(MergeText),
    /// A change cannot be made to the text.
    #[from]
    Edit(EditFault),
    /// What both sides changed shares its line with something else.
    SharedLine(MergeConflict),
}

/// What both sides of a merge changed differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeConflict {
    /// The value of a key of the record.
    Key(String),
    /// An item of a list; `text` is what it says, or empty.
    Item { list: String, text: String },
}

/// One of the three texts of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeText {
    /// What both sides began with.
    Base,
    /// What stands here.
    Ours,
    /// What comes in.
    Theirs,
}
