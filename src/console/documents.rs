//! Reports the results of rendering, and reads records for the readers of a page.

use crate::fault::Fault;
use crate::lang::terminal;
use crate::operations::{
    Document, LossFinder, PageNote, PublicNote, ReadableRecord, Readers, Rendered, Written,
};
use crate::store::Project;

use super::{Context, Exit, Failure, diff::difference, versions::Git};

/// The number of records from which they are counted instead of named.
pub const MANY: usize = 8;

/// Reports the result of each document. One that cannot be rendered does not stop the others.
pub fn tell(context: &mut Context, rendered: Rendered, check: bool) -> Result<Exit, Failure> {
    let many = rendered.records >= MANY;
    let mut exit = tell_notes(context, &rendered.notes);
    let failed = rendered.documents.len();
    for document in rendered.documents {
        match document {
            Ok(document) => {
                if tell_document(context, &document, many) == Exit::Failed {
                    exit = Exit::Failed;
                }
            }
            Err(fault) if rendered.records > 1 => {
                context.error(&Failure::from(fault).in_one_line());
                exit = Exit::Failed;
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    if rendered.held_back {
        return Err(Failure::new(terminal().held_back(failed, rendered.records)));
    }
    if many && !check {
        context.note(&terminal().rendered(rendered.records));
    }
    Ok(exit)
}

fn tell_document(context: &mut Context, document: &Document, many: bool) -> Exit {
    let is_stale = |note: &PageNote| matches!(note, PageNote::Stale(_) | PageNote::Older(_));
    let stale = document.notes.iter().any(is_stale);
    let differs = matches!(document.written, Written::Differs(_));
    match &document.written {
        Written::Text(text) => context.print(text),
        Written::Differs(there) => context.print(&difference(there)),
        _ => {}
    }
    let told = tell_notes(context, &document.notes);
    if !many {
        tell_written(context, &document.written);
    }
    if stale || differs { Exit::Failed } else { told }
}

fn tell_written(context: &Context, written: &Written) {
    match written {
        Written::New(path) | Written::Replaced(path) => {
            context.note_done(&terminal().wrote(path));
        }
        Written::UpToDate(path) => {
            context.note(&terminal().up_to_date(&path.display().to_string()));
        }
        Written::Text(_) | Written::Same | Written::Differs(_) => {}
    }
}

/// Reports notes on documents; a missing picture counts as a failure.
pub fn tell_notes(context: &Context, notes: &[PageNote]) -> Exit {
    let mut exit = Exit::Done;
    for note in notes {
        match note {
            PageNote::LeftOut(left) => {
                context.note(&terminal().left_out(left.count, &left.record));
            }
            PageNote::MissingPicture { name, record } => {
                context.error(&terminal().missing_file(name, record));
                exit = Exit::Failed;
            }
            PageNote::UnreadFile(fault) => {
                let why = terminal().store_fault_in_short(fault);
                context.warn(terminal().unread_file(&why));
            }
            PageNote::NotShown { folder, names } => {
                context.warn(terminal().not_shown(&folder.display().to_string(), names));
            }
            PageNote::Public(note) => tell_public(context, note),
            PageNote::LocalPictures(count) => context.warn(terminal().local_pictures(*count)),
            PageNote::Stale(path) => context.note(&terminal().stale(&path.display().to_string())),
            PageNote::Older(path) => {
                context.note(&terminal().older_document(&path.display().to_string()));
            }
            PageNote::NotListed(fault) => {
                let why = terminal().store_fault_in_short(fault);
                context.warn(terminal().not_listed(&why));
            }
        }
    }
    exit
}

/// Reports what to know about a page for the public.
pub fn tell_public(context: &Context, note: &PublicNote) {
    let said = match note {
        PublicNote::AlsoWord { found, name, places, record } => {
            terminal().may_name_somebody(found, name, places, record)
        }
        PublicNote::NotReviewed { label, record } => terminal().not_reviewed(label, record),
        PublicNote::UnreadFile { name, record } => terminal().unseen_file(name, record),
    };
    context.warn(said);
}

/// Renders a page of records that were read for an audience, and checks it before the public sees it.
///
/// # Errors
/// It cannot be rendered, or it contains something that should not go out.
pub fn reviewed_page(
    context: &Context,
    records: &[ReadableRecord],
    draw: impl Fn(&[&ReadableRecord]) -> Result<String, Fault>,
) -> Result<String, Failure> {
    let all: Vec<&ReadableRecord> = records.iter().collect();
    let page = draw(&all)?;
    for (place, record) in records.iter().enumerate() {
        let masked = |masked: &ReadableRecord| {
            let one = |(number, other)| if number == place { masked } else { other };
            draw(&all.iter().copied().enumerate().map(one).collect::<Vec<_>>())
        };
        for note in record.review(&page, masked).map_err(Fault::Publish)? {
            tell_public(context, &note);
        }
    }
    Ok(page)
}

/// Reads several records, or the current one if none is named.
///
/// # Errors
/// There is no such record, one is named twice, or one contains something that the public should not see.
pub fn all_readable(
    context: &Context,
    project: &Project,
    wanted: &[String],
    public: bool,
) -> Result<Vec<ReadableRecord>, Failure> {
    if wanted.is_empty() {
        return Ok(vec![readable(context, project, None, public)?]);
    }
    let mut records: Vec<ReadableRecord> = Vec::new();
    for name in wanted {
        let record = readable(context, project, Some(name), public)?;
        if records.iter().any(|other| other.id == record.id) {
            return Err(Failure::misuse(terminal().named_twice(&record.id)));
        }
        records.push(record);
    }
    Ok(records)
}

/// Reads a record in full for the team, or what the public may see.
///
/// # Errors
/// There is no such record, or it contains something that the public should not see.
pub fn readable(
    context: &Context,
    project: &Project,
    wanted: Option<&str>,
    public: bool,
) -> Result<ReadableRecord, Failure> {
    let loaded = context.load(project, wanted)?;
    let readers = if public { Readers::Public } else { Readers::Team };
    let record = ReadableRecord::of(loaded, &LossFinder::new(project, &Git), readers)?;
    if let Some(left) = record.left_out() {
        context.note(&terminal().left_out(left.count, &left.record));
    }
    Ok(record)
}
