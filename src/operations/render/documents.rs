//! Renders documents: one per record, in parallel, or one for all records.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::fault::{Fault, RenderFault};
use crate::lang::documents_for;
use crate::model::{Moment, PostLayout, Zone};
use crate::render::{Records, Renderer, Template};
use crate::store::{
    Origin, Outputs, Planned, Project, RecordName, RenderedBefore, RenderedDocument, Replacing,
    Sources,
};
use crate::view::{RecordView, record_view};

use super::super::elsewhere::Repository;
use super::super::losses::LossFinder;
use super::super::readable::{LeftOut, ReadableRecord, Readers};
use super::super::workers::{at_once, workers};
use super::page::{Page, PageNote, PageRequest, Written, compare, is_folder, plan, written};
use super::templates::loader;

/// Documents to be rendered.
#[derive(Debug)]
pub struct RenderRequest {
    /// Their template.
    pub template: Template,
    /// The records' names; if empty, the current record, or every release for a template about many records.
    pub records: Vec<String>,
    /// Whether every record is rendered.
    pub all: bool,
    /// Who reads them.
    pub readers: Readers,
    /// The layout of posts, which overrides that of their records.
    pub layout: Option<PostLayout>,
    /// Whether empty sections are kept, each with a question.
    pub draft: bool,
    /// Whether documents for the public are refused for records without a current review.
    pub strict: bool,
    /// Whether files are compared instead of written.
    pub check: bool,
    /// Whether files that asrun did not write may be replaced.
    pub force: bool,
    /// Whether the remaining documents are written if some cannot be rendered.
    pub keep_going: bool,
    /// A file or a folder; `None` for the screen.
    pub output: Option<PathBuf>,
    /// The folder that the output is relative to.
    pub folder: PathBuf,
    /// GitHub's address of the records' folder, with a final slash.
    pub hosted: Option<String>,
    /// The moment at which pages on the screen are read; files do not change with it.
    pub now: Option<Moment>,
    /// The rendering program, if its earlier results may be reused.
    pub program: Option<PathBuf>,
    /// What git has of records; only asked if it matters.
    pub git: &'static dyn Repository,
}

/// The result of rendering.
#[derive(Debug)]
pub struct Rendered {
    /// How many records were requested.
    pub records: usize,
    /// Notes on records that are in one document together.
    pub notes: Vec<PageNote>,
    /// Each document, or why it could not be rendered; for a document about many records, also unreadable records.
    pub documents: Vec<Result<Document, Fault>>,
    /// Whether nothing was written since some of the documents cannot be rendered, in which case only these are listed.
    pub held_back: bool,
}

/// One document.
#[derive(Debug)]
pub struct Document {
    /// Notes on it.
    pub notes: Vec<PageNote>,
    /// What happened to its file.
    pub written: Written,
    /// Whether it was not rendered again, since its sources are unchanged.
    pub unchanged: bool,
}

/// Renders records. `done` is called for each finished record, `telling` for each file before it is replaced.
///
/// # Errors
/// Nothing was rendered: the template has a fault, a record is unknown, or the output is unsuitable.
pub fn render(
    project: &Project,
    request: &RenderRequest,
    done: &(dyn Fn(usize) + Sync),
    telling: &(dyn Fn(&Replacing) + Sync),
) -> Result<Rendered, Fault> {
    render_holding(HELD, project, request, done, telling)
}

/// Renders records while holding at most so many bytes of documents in memory until all are rendered.
pub(super) fn render_holding(
    held: usize,
    project: &Project,
    request: &RenderRequest,
    done: &(dyn Fn(usize) + Sync),
    telling: &(dyn Fn(&Replacing) + Sync),
) -> Result<Rendered, Fault> {
    if request.check && request.output.is_none() {
        return Err(RenderFault::NothingToCompare.into());
    }
    let records = request.records(project)?;
    let output = Output {
        project,
        request,
        renderer: Renderer::new(&request.template, loader(project))?,
        claimed: Mutex::default(),
        outputs: Outputs::new(Some(project), &request.folder, request.force),
        finder: LossFinder::new(project, request.git).for_all(&records),
        telling,
        before: None,
        held,
    };
    if request.tells_of_many() {
        let mut rendered = output.of_all(&records)?;
        rendered.notes.extend(output.finish());
        return Ok(rendered);
    }
    if records.len() > 1 && request.output.as_deref().is_some_and(|path| !output.is_folder(path)) {
        return Err(RenderFault::SeveralNeedFolder.into());
    }
    let output = Output { before: output.rendered_before(), ..output };
    let one = |record: &RecordName| {
        let document = output.of_one(record);
        done(records.len());
        Some(document)
    };
    let workers = if request.output.is_none() { 1 } else { workers(records.len()) };
    let documents = match request.is_all_or_none(records.len()) {
        true => output.all_or_none(&records, workers, done),
        false => Ok(at_once(&records, workers, one)),
    };
    let (records_asked, notes) = (records.len(), Vec::new());
    let documents = match documents {
        Ok(documents) => documents,
        Err(documents) => {
            return Ok(Rendered { records: records_asked, notes, documents, held_back: true });
        }
    };
    let notes = output.finish().into_iter().collect();
    if let Some(before) = &output.before {
        before.remember(&records);
    }
    Ok(Rendered { records: records_asked, notes, documents, held_back: false })
}

/// Renders one record for the screen; with `now`, as it is read at that moment.
///
/// # Errors
/// The template has a fault.
pub fn render_page(
    project: &Project,
    template: &Template,
    record: &ReadableRecord,
    now: Option<Moment>,
) -> Result<String, Fault> {
    let renderer = Renderer::new(template, loader(project))?;
    let wanted = PageRequest { now, ..PageRequest::to(Path::new(""), None) };
    let page = Page::of(project, template, record, wanted);
    Ok(renderer.record(&page.view, &page.files(project), false)?)
}

impl Ready {
    fn size(&self) -> usize {
        self.files.iter().map(Planned::size).sum()
    }
}

impl RenderRequest {
    fn tells_of_many(&self) -> bool {
        self.template.header().records == Records::Many
    }

    /// Whether nothing is written if one document cannot be rendered.
    fn is_all_or_none(&self, records: usize) -> bool {
        records > 1 && self.output.is_some() && !self.check && !self.keep_going
    }

    fn records(&self, project: &Project) -> Result<Vec<RecordName>, Fault> {
        if self.all || (self.tells_of_many() && self.records.is_empty()) {
            return Ok(project.list()?.records);
        }
        if self.records.is_empty() {
            return Ok(vec![project.current()?]);
        }
        self.records.iter().map(|record| Ok(project.select(record)?)).collect()
    }
}

/// Each document, or why it could not be rendered.
type Documents = Vec<Result<Document, Fault>>;

/// How many bytes of documents are held in memory until all are rendered; those beyond are rendered twice.
const HELD: usize = 128 * 1024 * 1024;

/// The result for a record.
enum RecordResult {
    /// A document without a file, or whose file is up to date.
    Done(Document),
    /// A document that is to be written.
    Ready(Box<Ready>),
    /// A document that can be rendered, and will be rendered again when it is written.
    Again(RecordName),
}

/// A document with its files, ready to be written.
struct Ready {
    record: RecordName,
    document: Document,
    files: Vec<Planned>,
    /// Its sources, its path and the folder of its files, if they are to be remembered.
    known: Option<(Sources, PathBuf, Option<PathBuf>)>,
}

/// The destination of documents.
struct Output<'r> {
    project: &'r Project,
    request: &'r RenderRequest,
    renderer: Renderer,
    /// Files that were written so far, each with its record.
    claimed: Mutex<HashMap<PathBuf, String>>,
    outputs: Outputs<'r>,
    finder: LossFinder<'r>,
    telling: &'r (dyn Fn(&Replacing) + Sync),
    /// Documents that need not be rendered again.
    before: Option<RenderedBefore<'r>>,
    /// How many bytes of documents are held until all are rendered.
    held: usize,
}

impl<'r> Output<'r> {
    /// Returns the documents that were rendered before, if all records are rendered.
    fn rendered_before(&self) -> Option<RenderedBefore<'r>> {
        // Every field that a document depends on is listed below.
        let RenderRequest {
            template,
            all,
            readers,
            layout,
            draft,
            strict,
            output,
            hosted,
            program,
            records: _,
            check: _,
            force: _,
            keep_going: _,
            folder: _,
            now: _,
            git: _,
        } = self.request;
        let (output, program) = (output.as_deref()?, program.as_deref()?);
        if !all || !self.is_folder(output) {
            return None;
        }
        let own = self.project.templates().ok()?.into_iter();
        let own: Option<Vec<_>> =
            own.map(|name| Some((self.project.template(&name).ok()??, name))).collect();
        let (own, settings, zones) = (own?, &self.project.settings, Zone::source());
        let with = format!(
            "{template:?} {readers:?} {layout:?} {draft} {strict} {hosted:?} {settings:?} {zones:?} {own:?}"
        );
        self.outputs.rendered_before(output, program, &with)
    }

    /// Returns a document whose sources are unchanged.
    fn unchanged(&self, record: &RecordName) -> Result<Option<Document>, Fault> {
        let Some(there) = self.before.as_ref().and_then(|before| before.of(record)) else {
            return Ok(None);
        };
        self.claim(&there.path, &record.id)?;
        self.outputs.keep(&there);
        let left_out = LeftOut { record: record.id.clone(), count: there.left_out };
        let notes = Some(left_out).filter(|left| left.count > 0).map(PageNote::LeftOut);
        let check = self.request.check;
        let written = if check { Written::Same } else { Written::UpToDate(there.path) };
        Ok(Some(Document { notes: notes.into_iter().collect(), written, unchanged: true }))
    }

    /// Adds the written files to the lists of outputs; returns a note if that failed.
    fn finish(&self) -> Option<PageNote> {
        self.outputs.finish(self.telling).err().map(PageNote::NotListed)
    }

    fn is_folder(&self, path: &Path) -> bool {
        is_folder(self.project, &self.request.folder, path, self.request.template.header().site)
    }

    /// Refuses to write two records to the same file.
    fn claim(&self, path: &Path, id: &str) -> Result<(), RenderFault> {
        // A poisoned lock still holds the names.
        let mut claimed = self.claimed.lock().unwrap_or_else(|e| e.into_inner());
        match claimed.insert(path.to_owned(), id.to_owned()) {
            Some(first) if first != id => {
                let (path, second) = (path.to_owned(), id.to_owned());
                Err(RenderFault::WrittenTwice { path, first, second })
            }
            _ => Ok(()),
        }
    }

    fn of_one(&self, record: &RecordName) -> Result<Document, Fault> {
        self.finished(self.make(record)?)
    }

    /// Renders all documents before the first is written. If some cannot be rendered, none is written, and only their
    /// faults are returned.
    fn all_or_none(
        &self,
        records: &[RecordName],
        workers: usize,
        done: &(dyn Fn(usize) + Sync),
    ) -> Result<Documents, Documents> {
        let held = AtomicUsize::new(0);
        let made = at_once(records, workers, |record| {
            let made = self.make(record).map(|made| match made {
                RecordResult::Ready(ready)
                    if held.fetch_add(ready.size(), Ordering::Relaxed) > self.held =>
                {
                    RecordResult::Again(record.clone())
                }
                made => made,
            });
            done(records.len());
            Some(made)
        });
        if made.iter().any(Result::is_err) {
            return Err(made.into_iter().filter_map(|made| Some(Err(made.err()?))).collect());
        }
        let made: Vec<_> = made.into_iter().map(|made| Mutex::new(made.ok())).collect();
        Ok(at_once(&made, workers, |made| {
            let made = made.lock().unwrap_or_else(|e| e.into_inner()).take()?;
            Some(self.finished(made))
        }))
    }

    /// Writes a document if it has a file.
    fn finished(&self, made: RecordResult) -> Result<Document, Fault> {
        match made {
            RecordResult::Done(document) => Ok(document),
            RecordResult::Again(record) => self.of_one(&record),
            RecordResult::Ready(ready) => {
                let Ready { record, document, files, known } = *ready;
                let files = self.outputs.write(files, self.telling)?;
                if let (Some(before), Some((sources, path, copies))) = (&self.before, known) {
                    let made = RenderedDocument { sources, path, copies, files };
                    remember(before, &record, made, &document.notes);
                }
                Ok(document)
            }
        }
    }

    fn make(&self, record: &RecordName) -> Result<RecordResult, Fault> {
        let Output { project, request, .. } = self;
        let RenderRequest { template, folder, .. } = request;
        if let Some(document) = self.unchanged(record)? {
            return Ok(RecordResult::Done(document));
        }
        let before = self.before.as_ref().filter(|_| !request.check);
        let sources = before.and_then(|before| before.sources(record));
        let (name, mut notes) = (record, Vec::new());
        let record = self.load(record, &mut notes)?;
        let page = |record: &ReadableRecord| {
            let (output, hosted) = (request.output.as_deref(), request.hosted.as_deref());
            let now = request.now.filter(|_| output.is_none() && !request.check);
            let wanted = PageRequest { here: folder, output, hosted, now, layout: request.layout };
            Page::of(project, template, record, wanted)
        };
        let draw = |page: &Page| -> Result<String, Fault> {
            Ok(self.renderer.record(&page.view, &page.files(project), request.draft)?)
        };
        let drawn = |record: &ReadableRecord| {
            let page = page(record);
            let text = draw(&page)?;
            Ok(page.all(&text))
        };
        let page = page(&record);
        let text = draw(&page)?;
        let carried = page.carried(project, &text);
        let told = record.review_with(&page.all(&text), &carried, drawn)?;
        notes.extend(told.into_iter().map(PageNote::Public));
        notes.extend(page.local_pictures(template, &text));
        match page.path {
            Some(_) if !request.check => page.has_its_files(project, &text)?,
            _ => notes.extend(page.missing_pictures(project, &text)),
        }
        let written = match &page.path {
            None => Written::Text(text),
            Some(path) if request.check => {
                notes.extend(page.stale((&self.outputs, project), &text));
                compare(&self.outputs, path, &text)?
            }
            Some(path) => {
                self.claim(path, &record.id)?;
                let (mut files, told) = page.carry_assets(project, &self.outputs, &text)?;
                notes.extend(told);
                notes.extend(page.left_behind(folder, project, &text));
                let document = plan(&self.outputs, path, text, &page.origin)?;
                let written = written(&document);
                files.insert(0, document);
                let document = Document { notes, written, unchanged: false };
                let known = sources.map(|sources| (sources, path.clone(), page.copies_in(folder)));
                let record = name.clone();
                return Ok(RecordResult::Ready(Box::new(Ready { record, document, files, known })));
            }
        };
        Ok(RecordResult::Done(Document { notes, written, unchanged: false }))
    }

    /// Reads a record for its readers.
    fn load(
        &self,
        record: &RecordName,
        notes: &mut Vec<PageNote>,
    ) -> Result<ReadableRecord, Fault> {
        let loaded = self.project.load(record)?;
        let record = ReadableRecord::of(loaded, &self.finder, self.request.readers)?;
        notes.extend(record.left_out().map(PageNote::LeftOut));
        notes.extend(record.not_reviewed_unless(self.request.strict)?.map(PageNote::Public));
        Ok(record)
    }

    /// Renders one document for all records, newest first.
    fn of_all(&self, names: &[RecordName]) -> Result<Rendered, Fault> {
        let Output { request, .. } = self;
        let (mut notes, mut documents, mut records) = (Vec::new(), Vec::new(), Vec::new());
        for name in names {
            match self.load(name, &mut notes) {
                Ok(record) => records.push(record),
                Err(fault) if names.len() > 1 => documents.push(Err(fault)),
                Err(fault) => return Err(fault),
            }
        }
        if !request.all && request.records.is_empty() {
            records.retain(|record| record.incident().kind.as_deref() == Some("release"));
        }
        records.sort_by_cached_key(|record| (Reverse(record.incident().day()), record.id.clone()));
        let is_written = request.output.is_some() && !request.check;
        if is_written && !request.keep_going && !documents.is_empty() {
            return Ok(Rendered { records: names.len(), notes, documents, held_back: true });
        }
        let text = self.history(&records.iter().collect::<Vec<_>>())?;
        for (place, record) in records.iter().enumerate() {
            let drawn = |masked: &ReadableRecord| {
                let one = |(number, other)| if number == place { masked } else { other };
                self.history(&records.iter().enumerate().map(one).collect::<Vec<_>>())
            };
            notes.extend(record.review(&text, drawn)?.into_iter().map(PageNote::Public));
        }
        let written = match request.output.as_ref().map(|path| self.file(path)) {
            None => Written::Text(text),
            Some(path) if request.check => compare(&self.outputs, &path, &text)?,
            Some(path) => {
                let kind = request.template.name().to_owned();
                let origin = Origin { record: None, kind, only: false };
                let file = plan(&self.outputs, &path, text, &origin)?;
                let written = written(&file);
                self.outputs.write(vec![file], self.telling)?;
                written
            }
        };
        documents.push(Ok(Document { notes: Vec::new(), written, unchanged: false }));
        Ok(Rendered { records: names.len(), notes, documents, held_back: false })
    }

    fn history(&self, records: &[&ReadableRecord]) -> Result<String, Fault> {
        let settings = &self.project.settings;
        let tolerance = settings.tolerance_seconds();
        let view =
            |record: &&ReadableRecord| record_view(&record.id, record.shown(), tolerance, None);
        let views: Vec<RecordView> = records.iter().map(view).collect();
        let language = settings.language.as_deref();
        let language = language.or(views.first().map(|view| view.language.as_str()));
        Ok(self.renderer.history(&views, &documents_for(language).labels)?)
    }

    fn file(&self, path: &Path) -> PathBuf {
        let name = || path.join(self.request.template.name());
        if self.is_folder(path) { name() } else { path.to_owned() }
    }
}

/// Remembers that a document need not be rendered again, unless it has notes other than those on left-out entries.
fn remember(
    before: &RenderedBefore<'_>,
    record: &RecordName,
    document: RenderedDocument,
    notes: &[PageNote],
) {
    let left_out = |note: &PageNote| match note {
        PageNote::LeftOut(left) => Some(left.count),
        _ => None,
    };
    let left_out: Option<Vec<usize>> = notes.iter().map(left_out).collect();
    if let Some(left_out) = left_out {
        before.rendered(record, document, left_out.iter().sum());
    }
}
