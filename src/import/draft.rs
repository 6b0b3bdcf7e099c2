//! The result of reading a document: records that have not been written yet, doubts about them, and what was left out.

use crate::markdown::Picture;
use crate::model::{Day, Incident, Moment, Zone};

use crate::fault::{DayFrom, DoubtCode, WhyLeft, ZoneFrom};

/// The name and bytes of an input.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The name of a file, or of another source.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Information that was given in advance.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The zone of times without one.
    pub zone: Option<Zone>,
    /// The day of times without one.
    pub date: Option<Day>,
    /// Whether a document about several incidents becomes several records, if given.
    pub split: Option<bool>,
    /// Whether `7/5/2023` is in May.
    pub day_first: Option<bool>,
    /// The earliest time to be imported.
    pub since: Option<Moment>,
    /// The latest time to be imported.
    pub until: Option<Moment>,
    /// The channel to be imported, by name or id.
    pub channel: Option<String>,
    /// A condition for entries, such as `level=error`.
    pub matching: Option<String>,
    /// The names of the fields of a log.
    pub fields: Fields,
    /// The number of the code block of a Markdown document that is read as a timeline, from 1.
    pub fence: Option<usize>,
    /// The encoding of a text that does not state its own.
    pub encoding: Option<&'static encoding_rs::Encoding>,
}

/// The names of the fields of an event in a row or an object.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// The time.
    pub at: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The person.
    pub by: Option<String>,
    /// The source's own id.
    pub id: Option<String>,
}

/// What was read. Nothing has been written yet.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Records, in the order of the document.
    pub records: Vec<DraftRecord>,
    /// Doubts about it.
    pub doubts: Vec<Doubt>,
    /// Lines that are in no record.
    pub left_out: Vec<LeftOut>,
    /// The numbers of code blocks that contain times and were not read, from 1.
    pub timed_code: Vec<usize>,
}

/// A record before it is written.
#[derive(Debug, Clone, Default)]
pub struct DraftRecord {
    /// Its content; each entry has its source.
    pub incident: Incident,
    /// How its entries were read.
    pub read: Vec<ReadAs>,
    /// The lines that became its sections.
    pub sections: Vec<ReadSection>,
    /// Pictures that its texts show, in the order of the document.
    pub pictures: Vec<NamedPicture>,
}

/// A picture in a text of a record, in the document's spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPicture {
    /// The line of the document.
    pub line: usize,
    /// The picture.
    pub picture: Picture,
    /// Its Markdown in the text.
    pub written: String,
}

/// An entry of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryAt {
    /// The event with this index.
    Event(usize),
    /// The step with this index.
    Step(usize),
    /// The action with this index.
    Action(usize),
}

/// What happens to an entry that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryFate {
    /// It is new.
    Added,
    /// The record has it already.
    Same,
    /// The record has it, but one of the two was changed.
    Changed,
    /// The source was corrected, and the record gets the correction.
    Updated,
    /// The source was corrected, but somebody edited the record's entry as well: it is unchanged.
    Conflict,
    /// Somebody removed it from the record: it is not added again.
    LeftOut,
}

impl EntryFate {
    /// Returns its word for programs.
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
    /// The source of its day.
    pub date_from: Option<DayFrom>,
    /// The source of its zone.
    pub zone_from: Option<ZoneFrom>,
}

/// Lines that became a part of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadSection {
    /// The line of its heading.
    pub line: usize,
    /// The key of the record.
    pub to: &'static str,
    /// Its title in the document.
    pub title: String,
}

/// A doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Its code.
    pub code: DoubtCode,
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
    /// The text in the document.
    pub found: String,
    /// How it was interpreted, or what it should be.
    pub taken: String,
}

/// Lines that are in no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The first line.
    pub line: usize,
    /// The last line.
    pub end_line: usize,
    /// The column, in characters.
    pub column: usize,
    /// The beginning of the text.
    pub text: String,
    /// The reason.
    pub why: WhyLeft,
    /// The number of the code block that they form, from 1, if it contains times.
    pub fence: Option<usize>,
}

impl DraftRecord {
    /// Returns the text of an entry.
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
    /// Returns a doubt about a text at a position.
    pub fn new(code: DoubtCode, line: usize, column: usize, found: &str, taken: &str) -> Doubt {
        Doubt { code, line, column, found: found.to_owned(), taken: taken.to_owned() }
    }
}

impl Draft {
    /// Returns the questions that must be answered before anything can be written, each once.
    pub fn asks(&self) -> Vec<DoubtCode> {
        let mut asks: Vec<DoubtCode> = self.doubts.iter().map(|doubt| doubt.code).collect();
        asks.retain(|code| code.asks());
        asks.sort();
        asks.dedup();
        asks
    }

    /// Keeps the selected entries, and lists the others as left out.
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
