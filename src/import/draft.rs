//! What was read of a document: records that nobody has written yet, what is doubted of them, and what
//! was left out.

use crate::markdown::Picture;
use crate::model::{Day, Incident, Moment, Zone};

use crate::fault::{DayFrom, DoubtCode, WhyLeft, ZoneFrom};

/// What was handed over: a name and bytes that a door read.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The name of a file, or of the door.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What somebody answered before anything was read.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The zone of times that name none.
    pub zone: Option<Zone>,
    /// The day of times that name none.
    pub date: Option<Day>,
    /// Whether a document that tells of several incidents becomes a record each, where somebody said so.
    pub split: Option<bool>,
    /// Whether `7/5/2023` is in May.
    pub day_first: Option<bool>,
    /// What is before it is not asked for.
    pub since: Option<Moment>,
    /// What is behind it is not asked for.
    pub until: Option<Moment>,
    /// The channel that is asked for, by name or id.
    pub channel: Option<String>,
    /// What an entry has to hold, such as `level=error`.
    pub matching: Option<String>,
    /// Which fields of a row tell what.
    pub fields: Fields,
    /// The number of the code block of a Markdown document that is read as a timeline, from 1.
    pub fence: Option<usize>,
    /// The encoding of a text that does not name its own.
    pub encoding: Option<&'static encoding_rs::Encoding>,
}

/// The names of the fields of a row or of an object that tell of an event.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// When.
    pub at: Option<String>,
    /// What.
    pub text: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// What the source itself calls it.
    pub id: Option<String>,
}

/// What was read. Nothing is written yet.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Records, in the order of the document.
    pub records: Vec<DraftRecord>,
    /// What is doubted.
    pub doubts: Vec<Doubt>,
    /// Lines that are in no record.
    pub left_out: Vec<LeftOut>,
    /// The numbers of code blocks that hold times and were not read, from 1.
    pub timed_code: Vec<usize>,
}

/// A record as it would be written.
#[derive(Debug, Clone, Default)]
pub struct DraftRecord {
    /// What it says; each entry with its source.
    pub incident: Incident,
    /// How its entries were read.
    pub read: Vec<ReadAs>,
    /// Which lines went into its sections.
    pub sections: Vec<ReadSection>,
    /// Pictures that its texts show, in the order of the document.
    pub pictures: Vec<NamedPicture>,
}

/// A picture that a text of a record shows, as its document does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPicture {
    /// The line of the document.
    pub line: usize,
    /// The picture.
    pub picture: Picture,
    /// How it stands in the text.
    pub written: String,
}

/// An entry of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryAt {
    /// The event of that place.
    Event(usize),
    /// The step of that place.
    Step(usize),
    /// The action of that place.
    Action(usize),
}

/// What becomes of an entry that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryFate {
    /// It is new.
    Added,
    /// The record has it.
    Same,
    /// The record has it, and one of the two was changed since.
    Changed,
    /// The source was corrected, and the record gets the correction.
    Updated,
    /// The source was corrected, and somebody edited the record's entry, too: it stays as it is.
    Conflict,
    /// Somebody took it out of the record: it does not come back.
    LeftOut,
}

impl EntryFate {
    /// Returns the word that programs call it by.
    pub fn word(self) -> &'static str {
        match self {
            EntryFate::Added => "added",
            EntryFate::Same => "same",
            EntryFate::Changed => "changed",
            EntryFate::Updated => "updated",
            EntryFate::Conflict => "conflict",
            EntryFate::LeftOut => "left out",
        }
    }
}

/// How an entry was read.
#[derive(Debug, Clone)]
pub struct ReadAs {
    /// The entry.
    pub entry: EntryAt,
    /// Its line.
    pub line: usize,
    /// Its column, in characters.
    pub column: usize,
    /// Its time as printed.
    pub raw: String,
    /// What its day was taken from.
    pub date_from: Option<DayFrom>,
    /// What its zone was taken from.
    pub zone_from: Option<ZoneFrom>,
}

/// Lines that went into a part of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadSection {
    /// The line of its heading.
    pub line: usize,
    /// The key of the record.
    pub to: &'static str,
    /// What the document calls it.
    pub title: String,
}

/// Something that is doubted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What.
    pub code: DoubtCode,
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
    /// What is printed there.
    pub found: String,
    /// What it is taken for, or what it should be.
    pub taken: String,
}

/// Lines that are in no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The first.
    pub line: usize,
    /// The last.
    pub end_line: usize,
    /// The column, in characters.
    pub column: usize,
    /// How it begins.
    pub text: String,
    /// Why.
    pub why: WhyLeft,
    /// The number of the code block that they are, from 1, where it holds times.
    pub fence: Option<usize>,
}

impl DraftRecord {
    /// Returns what an entry says.
    fn text_of(&self, entry: EntryAt) -> &str {
        let incident = &self.incident;
        let found = match entry {
            EntryAt::Event(at) => incident.events.get(at).map(|it| it.text.as_str()),
            EntryAt::Step(at) => incident.plan.get(at).map(|it| it.text.as_str()),
            EntryAt::Action(at) => incident.actions.get(at).map(|it| it.text.as_str()),
        };
        found.unwrap_or_default()
    }
}

impl Doubt {
    /// Returns a doubt about what is printed at a place.
    pub fn new(code: DoubtCode, line: usize, column: usize, found: &str, taken: &str) -> Doubt {
        Doubt { code, line, column, found: found.to_owned(), taken: taken.to_owned() }
    }
}

impl Draft {
    /// Returns what somebody has to answer before anything can be written, each once.
    pub fn asks(&self) -> Vec<DoubtCode> {
        let mut asks: Vec<DoubtCode> = self.doubts.iter().map(|doubt| doubt.code).collect();
        asks.retain(|code| code.asks());
        asks.sort();
        asks.dedup();
        asks
    }

    /// Keeps the entries that are asked for, and names the others as left out.
    pub fn keep(&mut self, is_kept: impl Fn(EntryAt) -> bool) {
        for record in &mut self.records {
            let (kept, gone): (Vec<ReadAs>, Vec<ReadAs>) =
                std::mem::take(&mut record.read).into_iter().partition(|read| is_kept(read.entry));
            self.left_out.extend(gone.into_iter().map(|read| LeftOut {
                line: read.line,
                end_line: read.line,
                column: read.column,
                text: record.text_of(read.entry).to_owned(),
                why: WhyLeft::NotAsked,
                fence: None,
            }));
            record.read = kept;
            if !is_kept(EntryAt::Event(0)) {
                record.incident.events.clear();
            }
            if !is_kept(EntryAt::Step(0)) {
                record.incident.plan.clear();
            }
        }
        self.left_out.sort_by_key(|left| left.line);
    }

    /// Returns whether nothing was read.
    pub fn is_empty(&self) -> bool {
        let empty = |record: &DraftRecord| {
            record.incident.events.is_empty() && record.incident.plan.is_empty()
        };
        self.records.iter().all(empty)
    }
}
