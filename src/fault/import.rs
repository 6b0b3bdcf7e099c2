//! Why a document was not imported, and doubts about what was.

/// Why a document or an export was not imported at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportFault {
    /// It is not text in a known encoding.
    NotText { name: String, byte: usize, encoding: Option<crate::yaml::Encoding> },
    /// It contains nothing to import; with the number of its first code block that holds times, if one does.
    Nothing { name: String, fence: Option<usize> },
    /// It has fewer code blocks than the number that was asked for.
    NoFence { name: String, wanted: usize, found: usize },
    /// Its name and first bytes do not show its format.
    NoKind { name: String, known: Vec<&'static str> },
    /// It does not have the structure of its format: at that line, this was expected.
    Structure { name: String, line: usize, column: usize, expected: String },
    /// It is an export that cannot be read.
    Export(ExportFault),
    /// It contains several records, but one id or one record was given for them.
    SeveralRecords { count: usize },
    /// It raises a question that was not answered.
    Unanswered { name: String, asks: Vec<DoubtCode> },
}

/// Why an export, or a log, was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportFault {
    /// It is not valid JSON; with the parser's message.
    Json { name: String, line: usize, column: usize, says: String },
    /// Its brackets are nested deeper than the limit.
    TooDeep { name: String, line: usize, column: usize, limit: usize },
    /// A mail has more encoded words than the limit.
    EncodedWords { name: String, line: usize, found: usize, limit: usize },
    /// It is an archive that cannot be opened.
    Archive { name: String, why: ArchiveFault },
    /// A log has too many entries for a record.
    Flood { name: String, found: usize, limit: usize },
    /// It contains several channels, or not the requested one.
    WhichChannel { wanted: Option<String>, known: Vec<String> },
    /// No file was named.
    NoFile { kind: &'static str },
    /// git did not return its history; with its message.
    Git { says: String },
    /// There is no encoding of that name.
    Encoding { name: String },
    /// No row of a sheet has headings for times and for texts; with the first row.
    NoColumns { name: String, found: Vec<String> },
    /// A folder contains more or deeper files than the limit.
    FolderTooLarge { name: String, files: usize, depth: usize },
}

impl From<ExportFault> for ImportFault {
    fn from(fault: ExportFault) -> ImportFault {
        ImportFault::Export(fault)
    }
}

/// Why an archive cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchiveFault {
    /// It is no archive, or a damaged one; with the reader's message.
    Broken(String),
    /// One of its files cannot be unpacked; with the reader's message.
    BrokenFile { file: String, says: String },
    /// It has more files than the limit.
    TooMany { found: usize, limit: usize },
    /// The name of a file could lead out of it, or is misleading.
    OddName(String),
    /// One of its files is a link.
    Link(String),
    /// One of its files is encrypted.
    Encrypted(String),
    /// Two of its files have the same name or the same place.
    Twice,
    /// One of its files, or all of them together, are larger than the limit.
    TooLarge { file: String, limit: u64, all: u64 },
    /// One of its files unpacks to too many times its packed size.
    Bomb { file: String, limit: u64 },
    /// One of its files is larger than the archive states.
    Larger(String),
}

/// Why a picture that a document shows was not attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PictureFault {
    /// There is no such file beside the document, or it cannot be read.
    NotThere,
    /// The document was not read from a file.
    NoFolder,
    /// It is hidden, or outside the document's folder.
    Outside,
    /// It is a link, or reached through one.
    Link,
    /// It is larger than an attachment may be.
    TooLarge,
    /// It is not a picture of a known kind.
    NoPicture,
    /// The document shows more pictures than are taken from one.
    TooMany,
}

/// A doubt about something that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DoubtCode {
    /// No zone is given for the times: somebody has to answer.
    NoZone,
    /// No day is given: somebody has to answer.
    NoDate,
    /// The year was taken from another day of the document.
    YearInherited,
    /// `7/5/2023` could be two days: somebody has to answer.
    DayMonthOrder,
    /// The day is from the title.
    DateFromTitle,
    /// The day is from a sentence.
    DateFromProse,
    /// The day is from the front matter.
    DateFromFrontMatter,
    /// The day is from the file name.
    DateFromFileName,
    /// A clock time before the previous one was taken as the next day.
    MidnightAssumed,
    /// A clock time is before the previous one.
    StepBack,
    /// A day is far from its neighbours.
    DateJump,
    /// The list is in reverse order.
    NewestFirst,
    /// `13:06 PM`.
    ImpossibleTwelveHour,
    /// A zone abbreviation that was not in use at that time.
    ZoneOutOfSeason,
    /// Two zones are given.
    ZoneDiffers,
    /// A second clock time on the same line is a different moment.
    SecondZoneDiffers,
    /// A weekday that does not match the day.
    WrongWeekday,
    /// `14.43`.
    DottedTime,
    /// The day does not exist.
    NoSuchDay,
    /// A row of a template that was not filled in.
    TemplateRow,
    /// A time's cell contains more than the time.
    RestInTimeCell,
    /// It begins like a time but cannot be read as one.
    TimeNotUnderstood,
    /// A stated length matches no two entries.
    DurationDiffers,
    /// A field gives a milestone a time that no event has.
    MilestoneDiffers,
    /// An action is done, but the day is not given.
    DoneWithoutDay,
    /// The document covers several incidents.
    SeveralIncidents,
    /// An imported entry has been edited in the source since.
    Edited,
    /// An imported entry is gone from the source or from the record.
    Deleted,
    /// The export has more pages.
    MorePages,
    /// An alarm had not been resolved.
    StillFiring,
    /// A file is referenced that was not given.
    FileNotInExport,
    /// The same was reported repeatedly.
    Repeats,
    /// The author date and the commit date differ.
    AuthorDateDiffers,
    /// It has a start, but no end.
    OpenEnd,
    /// A milestone has only a due day: its clock time was set by nobody.
    MilestoneDayOnly,
    /// A tag has no date of its own: its commit's was used.
    TagWithoutDate,
    /// A row has no day: that of the row above was used.
    DateInherited,
    /// The separator of cells was guessed from the first row.
    SeparatorGuessed,
}

/// Every doubt with its code.
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
    /// Returns its code for programs and the docs.
    pub fn word(self) -> &'static str {
        DOUBTS.iter().find(|(code, _)| *code == self).map_or("", |(_, word)| word)
    }

    /// Iterates over all doubts.
    pub fn all() -> impl Iterator<Item = DoubtCode> {
        DOUBTS.iter().map(|(code, _)| *code)
    }

    /// Whether nothing can be written before somebody answers.
    pub fn asks(self) -> bool {
        matches!(self, DoubtCode::NoZone | DoubtCode::NoDate | DoubtCode::DayMonthOrder)
    }
}

/// Why lines were not imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhyLeft {
    /// A sentence that contains a time.
    Prose,
    /// Code or a log.
    Code,
    /// A row of a template that was not filled in.
    Template,
    /// A time that is not an entry of this list.
    NotTaken,
    /// Page markup without content: front matter, rules, comments.
    Page,
    /// Channel noise: somebody joined, left or renamed something.
    Noise,
    /// It was posted by a bot.
    Bot,
    /// It was not published.
    Draft,
    /// It is a merge commit.
    Merge,
    /// Its author deleted it.
    TakenBack,
    /// No time that could be read.
    NoTime,
    /// It has no text.
    NoText,
    /// A line that is not JSON.
    NotJson,
    /// Quoted text of a mail being answered.
    Quoted,
    /// It was filtered out: another channel, another time, no match.
    NotAsked,
    /// It is a repetition.
    Repeated,
}

impl WhyLeft {
    /// Returns its code for programs.
    pub fn word(self) -> &'static str {
        match self {
            WhyLeft::Prose => "prose",
            WhyLeft::Code => "code",
            WhyLeft::Template => "template",
            WhyLeft::NotTaken => "not taken",
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
        }
    }
}

/// The source of an entry's day.
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
    /// Returns its code for programs.
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

    /// Returns the doubt about a day from that source.
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

/// The source of an entry's zone.
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
    /// Returns its code for programs.
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
