//! Why a document was not read into a record, and what is doubted of what was.

/// Why a document or an export was not read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportFault {
    /// It is no text in a known encoding.
    NotText { name: String, byte: usize },
    /// There is nothing in it that was to be read.
    Nothing { name: String },
    /// What it is cannot be told from its name and its first bytes.
    NoKind { name: String, known: Vec<&'static str> },
    /// It is not built as such a document is: at that line, this was expected.
    Structure { name: String, line: usize, column: usize, expected: String },
    /// It is an export that cannot be read so.
    Export(ExportFault),
    /// It is larger than is read.
    TooLarge { name: String, limit: u64 },
    /// One document was wanted, and there are several.
    OnlyOne { kind: &'static str },
    /// Several records came of it, and they were to have one id or to go into one record.
    SeveralRecords { count: usize },
    /// A record is wanted, and is not from this document.
    OtherRecord { id: String, name: String },
    /// It needs an answer that nobody gave.
    Unanswered { name: String, asks: Vec<DoubtCode> },
}

/// Why an export, or a log, was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportFault {
    /// It is no JSON: the reader says why.
    Json { name: String, line: usize, column: usize, says: String },
    /// Its brackets lie deeper in each other than is read.
    TooDeep { name: String, line: usize, column: usize, limit: usize },
    /// It is an archive that is not opened.
    Archive { name: String, why: ArchiveFault },
    /// So many entries of a log are no record.
    Flood { name: String, found: usize, limit: usize },
    /// It holds several channels, or not the one that was asked for.
    WhichChannel { wanted: Option<String>, known: Vec<String> },
    /// No file was named.
    NoFile { kind: &'static str },
    /// git did not tell its history: what it says.
    Git { says: String },
    /// There is no encoding of that name.
    Encoding { name: String },
    /// No row of a sheet names a column of times and one of what is done; the first row.
    NoColumns { name: String, found: Vec<String> },
    /// A folder holds more files, or deeper ones, than are read.
    FolderTooLarge { name: String, files: usize, depth: usize },
}

impl From<ExportFault> for ImportFault {
    fn from(fault: ExportFault) -> ImportFault {
        ImportFault::Export(fault)
    }
}

/// Why an archive is not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchiveFault {
    /// It is no archive, or not a whole one: the reader says why.
    Broken(String),
    /// A file of it cannot be unpacked: the reader says why.
    BrokenFile { file: String, says: String },
    /// It has more files than are read.
    TooMany { found: usize, limit: usize },
    /// The name of a file could lead out of it, or hides what it is.
    OddName(String),
    /// A file of it is a link.
    Link(String),
    /// A file of it needs a password.
    Encrypted(String),
    /// Two of its files have one name, or one place.
    Twice,
    /// A file of it, or all of them, are larger than is read.
    TooLarge { file: String, limit: u64, all: u64 },
    /// A file of it is so many times larger than what it was packed into.
    Bomb { file: String, limit: u64 },
    /// A file of it is larger than the archive says.
    Larger(String),
}

/// What is doubted of something that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DoubtCode {
    /// Nothing says in which zone the times are told: somebody has to.
    NoZone,
    /// Nothing says on which day it was: somebody has to.
    NoDate,
    /// The year was taken from another day of the document.
    YearInherited,
    /// `7/5/2023` could be two days: somebody has to say.
    DayMonthOrder,
    /// The day is the title's.
    DateFromTitle,
    /// The day stands in a sentence.
    DateFromProse,
    /// The day is the front matter's.
    DateFromFrontMatter,
    /// The day is the file name's.
    DateFromFileName,
    /// A clock that goes back was taken for the next day.
    MidnightAssumed,
    /// A clock goes back.
    StepBack,
    /// A day is far from its neighbours.
    DateJump,
    /// The list begins with what was last.
    NewestFirst,
    /// `13:06 PM`.
    ImpossibleTwelveHour,
    /// Letters of a zone that its clocks did not show then.
    ZoneOutOfSeason,
    /// Two zones are told.
    ZoneDiffers,
    /// A second clock on the same line means another moment.
    SecondZoneDiffers,
    /// A weekday that the day is not.
    WrongWeekday,
    /// `14.43`.
    DottedTime,
    /// There is no such day.
    NoSuchDay,
    /// A row that nobody filled in.
    TemplateRow,
    /// More stands beside a time than the time.
    RestInTimeCell,
    /// It begins like a time and is none that is read.
    TimeNotUnderstood,
    /// A length that is told fits no two entries.
    DurationDiffers,
    /// A field tells a milestone at a time that no event has.
    MilestoneDiffers,
    /// An action is done, and nobody says when.
    DoneWithoutDay,
    /// The document tells of several incidents.
    SeveralIncidents,
    /// What was read stands otherwise in the source since.
    Edited,
    /// What was read is gone from the source, or from the record.
    Deleted,
    /// The export says that there is more.
    MorePages,
    /// An alarm had not ended.
    StillFiring,
    /// A file is named that was not handed over.
    FileNotInExport,
    /// The same was told again and again.
    Repeats,
    /// When something was written and when it was taken in differ.
    AuthorDateDiffers,
    /// It says from when, and not until when.
    OpenEnd,
    /// A milestone is due by a day: its clock time is nobody's choice.
    MilestoneDayOnly,
    /// A tag has no date of its own: its commit's was taken.
    TagWithoutDate,
    /// A row tells no day: that of the row above was taken.
    DateInherited,
    /// What stands between cells was told from the first row.
    SeparatorGuessed,
}

/// Every doubt with its word.
const DOUBTS: [(DoubtCode, &str); 38] = [
    (DoubtCode::NoZone, "no-zone"),
    (DoubtCode::NoDate, "no-date"),
    (DoubtCode::YearInherited, "year-inherited"),
    (DoubtCode::DayMonthOrder, "day-month-order"),
    (DoubtCode::DateFromTitle, "date-from-title"),
    (DoubtCode::DateFromProse, "date-from-prose"),
    (DoubtCode::DateFromFrontMatter, "date-from-front-matter"),
    (DoubtCode::DateFromFileName, "date-from-file-name"),
    (DoubtCode::MidnightAssumed, "midnight-assumed"),
    (DoubtCode::StepBack, "step-back"),
    (DoubtCode::DateJump, "date-jump"),
    (DoubtCode::NewestFirst, "newest-first"),
    (DoubtCode::ImpossibleTwelveHour, "impossible-12-hour"),
    (DoubtCode::ZoneOutOfSeason, "zone-out-of-season"),
    (DoubtCode::ZoneDiffers, "zone-differs"),
    (DoubtCode::SecondZoneDiffers, "second-zone-differs"),
    (DoubtCode::WrongWeekday, "wrong-weekday"),
    (DoubtCode::DottedTime, "dotted-time"),
    (DoubtCode::NoSuchDay, "no-such-day"),
    (DoubtCode::TemplateRow, "template-row"),
    (DoubtCode::RestInTimeCell, "rest-in-time-cell"),
    (DoubtCode::TimeNotUnderstood, "time-not-understood"),
    (DoubtCode::DurationDiffers, "duration-differs"),
    (DoubtCode::MilestoneDiffers, "milestone-differs"),
    (DoubtCode::DoneWithoutDay, "done-without-day"),
    (DoubtCode::SeveralIncidents, "several-incidents"),
    (DoubtCode::Edited, "edited"),
    (DoubtCode::Deleted, "deleted"),
    (DoubtCode::MorePages, "more-pages"),
    (DoubtCode::StillFiring, "still-firing"),
    (DoubtCode::FileNotInExport, "file-not-in-export"),
    (DoubtCode::Repeats, "repeats"),
    (DoubtCode::AuthorDateDiffers, "author-date-differs"),
    (DoubtCode::OpenEnd, "open-end"),
    (DoubtCode::MilestoneDayOnly, "milestone-day-only"),
    (DoubtCode::TagWithoutDate, "tag-without-date"),
    (DoubtCode::DateInherited, "date-inherited"),
    (DoubtCode::SeparatorGuessed, "separator-guessed"),
];

impl DoubtCode {
    /// Returns the word that programs and the docs call it by.
    pub fn word(self) -> &'static str {
        DOUBTS.iter().find(|(code, _)| *code == self).map_or("", |(_, word)| word)
    }

    /// Returns every doubt there is.
    pub fn all() -> impl Iterator<Item = DoubtCode> {
        DOUBTS.iter().map(|(code, _)| *code)
    }

    /// Whether nothing can be written before somebody answers.
    pub fn asks(self) -> bool {
        matches!(self, DoubtCode::NoZone | DoubtCode::NoDate | DoubtCode::DayMonthOrder)
    }
}

/// Why lines are not in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhyLeft {
    /// A sentence that tells a time.
    Prose,
    /// Code or a log.
    Code,
    /// A row that nobody filled in.
    Template,
    /// A time below an entry, which belongs to it.
    Nested,
    /// A time that is no entry of this list.
    NotTaken,
    /// The same moment in another zone.
    OtherZone,
    /// Marks of a page that say nothing: front matter, rules, comments.
    Page,
    /// Somebody came, went or named something: noise of a channel.
    Noise,
    /// A program said it.
    Bot,
    /// It was not published.
    Draft,
    /// It joins two lines of a history.
    Merge,
    /// Its author took it back.
    TakenBack,
    /// No time that could be read.
    NoTime,
    /// It has no words.
    NoText,
    /// A line that is no JSON.
    NotJson,
    /// Words of a mail that was answered.
    Quoted,
    /// It was not asked for: another channel, another time, no match.
    NotAsked,
    /// It was told before.
    Repeated,
    /// It stands in the record already, or was taken out of it.
    Known,
}

impl WhyLeft {
    /// Returns the word that programs call it by.
    pub fn word(self) -> &'static str {
        match self {
            WhyLeft::Prose => "prose",
            WhyLeft::Code => "code",
            WhyLeft::Template => "template",
            WhyLeft::Nested => "nested",
            WhyLeft::NotTaken => "not taken",
            WhyLeft::OtherZone => "other time zone",
            WhyLeft::Page => "page",
            WhyLeft::Noise => "noise",
            WhyLeft::Bot => "bot",
            WhyLeft::Draft => "draft",
            WhyLeft::Merge => "merge",
            WhyLeft::TakenBack => "taken back",
            WhyLeft::NoTime => "no time",
            WhyLeft::NoText => "no text",
            WhyLeft::NotJson => "not JSON",
            WhyLeft::Quoted => "quoted",
            WhyLeft::NotAsked => "not asked for",
            WhyLeft::Repeated => "repeated",
            WhyLeft::Known => "known",
        }
    }
}

/// What the day of an entry was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayFrom {
    Entry,
    Line,
    Heading,
    Sentence,
    Previous,
    Midnight,
    NextDay,
    Field,
    Title,
    Prose,
    FrontMatter,
    FileName,
    Option,
}

impl DayFrom {
    /// Returns the word that programs call it by.
    pub fn word(self) -> &'static str {
        match self {
            DayFrom::Entry => "entry",
            DayFrom::Line => "line",
            DayFrom::Heading => "heading",
            DayFrom::Sentence => "sentence",
            DayFrom::Previous => "previous",
            DayFrom::Midnight => "midnight",
            DayFrom::NextDay => "next day",
            DayFrom::Field => "field",
            DayFrom::Title => "title",
            DayFrom::Prose => "prose",
            DayFrom::FrontMatter => "front_matter",
            DayFrom::FileName => "file_name",
            DayFrom::Option => "option",
        }
    }

    /// Returns the doubt that comes with a day from there.
    pub fn doubt(self) -> Option<DoubtCode> {
        match self {
            DayFrom::Title => Some(DoubtCode::DateFromTitle),
            DayFrom::Prose => Some(DoubtCode::DateFromProse),
            DayFrom::FrontMatter => Some(DoubtCode::DateFromFrontMatter),
            DayFrom::FileName => Some(DoubtCode::DateFromFileName),
            DayFrom::Midnight => Some(DoubtCode::MidnightAssumed),
            _ => None,
        }
    }
}

/// What the zone of an entry was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneFrom {
    Entry,
    Column,
    Heading,
    Sentence,
    Field,
    FirstEntry,
    FrontMatter,
    Title,
    Option,
}

impl ZoneFrom {
    /// Returns the word that programs call it by.
    pub fn word(self) -> &'static str {
        match self {
            ZoneFrom::Entry => "entry",
            ZoneFrom::Column => "column",
            ZoneFrom::Heading => "heading",
            ZoneFrom::Sentence => "sentence",
            ZoneFrom::Field => "field",
            ZoneFrom::FirstEntry => "first entry",
            ZoneFrom::FrontMatter => "front_matter",
            ZoneFrom::Title => "title",
            ZoneFrom::Option => "option",
        }
    }
}
