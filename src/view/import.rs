//! What was read from a document, and what happens to it.

use std::collections::HashSet;

use serde::Serialize;

use crate::import::{Draft, DraftRecord, EntryAt, EntryFate, ReadAs, ReadSection};
use crate::lang::terminal;
use crate::model::{Moment, Precision};

/// The answer of `asrun import`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportView {
    /// The version of this contract.
    pub format: u32,
    /// What was read.
    pub source: ImportSourceView,
    /// Whether records were written.
    pub written: bool,
    /// The files of the records, from the project's folder on.
    pub records: Vec<String>,
    /// Its events.
    pub events: Vec<ImportedEntryView>,
    /// Its plan.
    pub plan: Vec<ImportedEntryView>,
    /// Its actions.
    pub actions: Vec<ImportedActionView>,
    /// Where its sections went.
    pub sections: Vec<ImportedSectionView>,
    /// Pictures of the document that are files of the records.
    pub pictures: Vec<ImportedPictureView>,
    /// What is doubted.
    pub doubts: Vec<DoubtView>,
    /// Lines that are in no record.
    pub not_imported: Vec<LeftOutView>,
}

/// What was read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportSourceView {
    /// Its name as it was typed.
    pub path: String,
    /// What it is.
    pub kind: &'static str,
    /// What its bytes add up to.
    pub sha256: String,
}

/// An event or a step that was read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportedEntryView {
    /// The record that it goes to.
    pub record: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1, in characters.
    pub column: usize,
    /// Its time as printed.
    pub raw: String,
    /// Its time; null where nobody knows.
    pub at: Option<String>,
    /// The end of a span.
    pub until: Option<String>,
    /// `second`, `minute`, `about`, `hour` or `day`; null where no time is known.
    pub precision: Option<&'static str>,
    /// What its day was taken from.
    pub date_from: Option<&'static str>,
    /// What its zone was taken from.
    pub zone_from: Option<&'static str>,
    /// `added`, `same`, `changed`, `updated`, `conflict` or `left out`.
    pub action: &'static str,
    /// Its text.
    pub text: String,
    /// What its day was taken from, in words.
    #[serde(skip)]
    pub day_from: &'static str,
    /// What its zone was taken from, in words.
    #[serde(skip)]
    pub zone_words: &'static str,
    /// Whether it is doubted.
    #[serde(skip)]
    pub doubted: bool,
}

/// An action that was read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportedActionView {
    /// The record that it goes to.
    pub record: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is to be done.
    pub text: String,
    /// By whom.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// When it was done.
    pub done: Option<String>,
    /// `added`, `same`, `changed`, `updated`, `conflict` or `left out`.
    pub action: &'static str,
}

/// Lines that went into a part of a record.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportedSectionView {
    /// The record.
    pub record: String,
    /// The line of its heading, from 1.
    pub line: usize,
    /// The key of the record.
    pub to: &'static str,
    /// What the document calls it.
    pub title: String,
    /// `added`, `same`, `changed`, `updated`, `conflict` or `left out`.
    pub action: &'static str,
}

/// A picture that is attached.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportedPictureView {
    /// The record.
    pub record: String,
    /// Its line in the document, from 1.
    pub line: usize,
    /// Its address in the document; the beginning, if the document holds the picture itself.
    pub address: String,
    /// Its name among the record's files.
    pub file: String,
    /// As that of its entry; of a picture of the record itself, `added` or `same`.
    pub action: &'static str,
}

/// Something that is doubted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoubtView {
    /// What: docs/import.md has a section each.
    pub code: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// In words.
    pub says: String,
    /// Whether nothing can be written before somebody answers.
    pub asks: bool,
}

/// Lines that are in no record.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeftOutView {
    /// The first, from 1.
    pub line: usize,
    /// The last.
    pub end_line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// How it begins.
    pub text: String,
    /// Why.
    pub why: &'static str,
    /// The number of the code block that they are, from 1, where it holds times: `--fence` reads it.
    pub fence: Option<usize>,
    /// That in words.
    #[serde(skip)]
    pub words: &'static str,
}

/// A record of a draft, with its destination.
pub struct Bound<'d> {
    /// The record that was read.
    pub record: &'d DraftRecord,
    /// Its new or existing id.
    pub id: &'d str,
    /// What happens to each entry.
    pub fates: &'d [EntryFate],
    /// What happens to each part that is no entry.
    pub parts: &'d [EntryFate],
}

/// Returns the view of what was read from a source; `paths` are the files of the records.
pub fn import_view(
    source: ImportSourceView,
    draft: &Draft,
    bound: &[Bound<'_>],
    pictures: Vec<ImportedPictureView>,
    (written, paths): (bool, Vec<String>),
) -> ImportView {
    let mut view = ImportView {
        format: 1,
        source,
        written,
        records: paths,
        events: Vec::new(),
        plan: Vec::new(),
        actions: Vec::new(),
        sections: Vec::new(),
        pictures,
        doubts: draft.doubts.iter().map(doubt_view).collect(),
        not_imported: draft.left_out.iter().map(left_out_view).collect(),
    };
    let doubted: HashSet<usize> = draft.doubts.iter().map(|doubt| doubt.line).collect();
    for bound in bound {
        for (read, fate) in bound.record.read.iter().zip(bound.fates) {
            view.entry(&doubted, bound, read, *fate);
        }
        let section = |(section, fate): (&ReadSection, &EntryFate)| ImportedSectionView {
            record: bound.id.to_owned(),
            line: section.line,
            to: section.to,
            title: section.title.clone(),
            action: fate.word(),
        };
        view.sections.extend(bound.record.sections.iter().zip(bound.parts).map(section));
    }
    view
}

impl ImportView {
    /// Returns the texts that are the document's own.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let entries = self.events.iter_mut().chain(&mut self.plan);
        let texts = entries.flat_map(|entry| [&mut entry.raw, &mut entry.text]);
        let actions = self.actions.iter_mut().map(|action| &mut action.text);
        let titles = self.sections.iter_mut().map(|section| &mut section.title);
        let doubts = self.doubts.iter_mut().map(|doubt| &mut doubt.says);
        let left_out = self.not_imported.iter_mut().map(|left| &mut left.text);
        let pictures = self.pictures.iter_mut().map(|picture| &mut picture.address);
        texts.chain(actions).chain(titles).chain(pictures).chain(doubts).chain(left_out)
    }

    fn entry(
        &mut self,
        doubted: &HashSet<usize>,
        bound: &Bound<'_>,
        read: &ReadAs,
        fate: EntryFate,
    ) {
        let incident = &bound.record.incident;
        let entry = |at: Option<Moment>, until: Option<Moment>, text: &str| ImportedEntryView {
            record: bound.id.to_owned(),
            line: read.line,
            column: read.column,
            raw: read.raw.clone(),
            at: at.map(|at| at.written()),
            until: until.map(|until| until.written()),
            precision: at.map(precision_word),
            date_from: read.date_from.map(|from| from.word()),
            zone_from: read.zone_from.map(|from| from.word()),
            action: fate.word(),
            text: text.to_owned(),
            day_from: read.date_from.map_or("", |from| terminal().day_from(from)),
            zone_words: read.zone_from.map_or("", |from| terminal().zone_from(from)),
            doubted: doubted.contains(&read.line),
        };
        match read.entry {
            EntryAt::Event(at) => {
                let event = incident.events.get(at);
                self.events.extend(event.map(|it| entry(it.at, it.until, &it.text)));
            }
            EntryAt::Step(at) => {
                let step = incident.plan.get(at);
                self.plan.extend(step.map(|it| entry(it.planned(), it.until, &it.text)));
            }
            EntryAt::Action(at) => {
                let action = incident.actions.get(at);
                self.actions.extend(action.map(|it| ImportedActionView {
                    record: bound.id.to_owned(),
                    line: read.line,
                    text: it.text.clone(),
                    owner: it.owner.clone(),
                    due: it.due.map(|day| day.to_string()),
                    done: it.done.map(|day| day.to_string()),
                    action: fate.word(),
                }));
            }
        }
    }
}

fn precision_word(at: Moment) -> &'static str {
    match at.precision() {
        Precision::Day => "day",
        Precision::Hour => "hour",
        _ if at.is_about() => "about",
        Precision::Minute => "minute",
        Precision::Second | Precision::Fraction => "second",
    }
}

fn doubt_view(doubt: &crate::import::Doubt) -> DoubtView {
    DoubtView {
        code: doubt.code.word(),
        line: doubt.line,
        column: doubt.column,
        says: terminal().import_doubt(doubt.code, &doubt.found, &doubt.taken),
        asks: doubt.code.asks(),
    }
}

fn left_out_view(left: &crate::import::LeftOut) -> LeftOutView {
    LeftOutView {
        line: left.line,
        end_line: left.end_line,
        column: left.column,
        text: left.text.clone(),
        why: left.why.word(),
        fence: left.fence,
        words: terminal().why_left(left.why),
    }
}
