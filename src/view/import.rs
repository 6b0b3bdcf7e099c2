//! What was read from a document, and what happens to it.

use std::collections::HashSet;

use serde::Serialize;

use crate::import::{Draft, DraftRecord, EntryAt, EntryFate, ReadAs, ReadSection};
use crate::lang::terminal;
use crate::model::{Moment, Precision};

/// The result of `asrun import`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportView {
    /// The version of this contract.
    pub format: u32,
    /// The document or export that was read.
    pub source: ImportSourceView,
    /// Whether the records were written.
    pub written: bool,
    /// The files of the records, relative to the project's folder.
    pub records: Vec<String>,
    /// The events.
    pub events: Vec<ImportedEntryView>,
    /// The steps of the plan.
    pub plan: Vec<ImportedEntryView>,
    /// The actions.
    pub actions: Vec<ImportedActionView>,
    /// What happened to each section.
    pub sections: Vec<ImportedSectionView>,
    /// The document's pictures that become files of the records.
    pub pictures: Vec<ImportedPictureView>,
    /// Doubts about what was read.
    pub doubts: Vec<DoubtView>,
    /// Lines that are in no record.
    pub not_imported: Vec<LeftOutView>,
}

/// The document or export that was read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportSourceView {
    /// Its name as given.
    pub path: String,
    /// Its format.
    pub kind: &'static str,
    /// The SHA-256 hash of its bytes.
    pub sha256: String,
}

/// An event or a step that was read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportedEntryView {
    /// The record that it belongs to.
    pub record: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1, in characters.
    pub column: usize,
    /// Its time as written in the document.
    pub raw: String,
    /// Its time; null if it is not known.
    pub at: Option<String>,
    /// The end of a span.
    pub until: Option<String>,
    /// `second`, `minute`, `about`, `hour` or `day`; null if no time is known.
    pub precision: Option<&'static str>,
    /// Where its day comes from.
    pub date_from: Option<&'static str>,
    /// Where its zone comes from.
    pub zone_from: Option<&'static str>,
    /// `added`, `same`, `changed`, `updated`, `conflict` or `left out`.
    pub action: &'static str,
    /// Its text.
    pub text: String,
    /// Where its day comes from, in words.
    #[serde(skip)]
    pub day_from: &'static str,
    /// Where its zone comes from, in words.
    #[serde(skip)]
    pub zone_words: &'static str,
    /// Whether there are doubts about it.
    #[serde(skip)]
    pub doubted: bool,
}

/// An action that was read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportedActionView {
    /// The record that it belongs to.
    pub record: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is to be done.
    pub text: String,
    /// Who is to do it.
    pub owner: Option<String>,
    /// When it is due.
    pub due: Option<String>,
    /// When it was done.
    pub done: Option<String>,
    /// `added`, `same`, `changed`, `updated`, `conflict` or `left out`.
    pub action: &'static str,
}

/// Lines that became a part of a record.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportedSectionView {
    /// The record.
    pub record: String,
    /// The line of its heading, from 1.
    pub line: usize,
    /// The key of the record that they became.
    pub to: &'static str,
    /// Their title in the document.
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
    /// Its address in the document; if the picture is embedded, only the beginning.
    pub address: String,
    /// Its name among the record's files.
    pub file: String,
    /// The action of its entry; for a picture of the record itself, `added` or `same`.
    pub action: &'static str,
}

/// Something doubtful.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoubtView {
    /// Its code; docs/import.md has a section on each.
    pub code: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The doubt in words.
    pub says: String,
    /// Whether nothing can be written before it is resolved.
    pub asks: bool,
}

/// Lines that are in no record.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeftOutView {
    /// The first line, from 1.
    pub line: usize,
    /// The last line.
    pub end_line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// Their beginning.
    pub text: String,
    /// Why they are in no record.
    pub why: &'static str,
    /// The number of the code block that they form, from 1, if it contains times; `--fence` reads it.
    pub fence: Option<usize>,
    /// The reason in words.
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
    /// What happens to each part that is not an entry.
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
    /// Returns the texts that come from the document.
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
