//! Messages about files.

use std::io;
use std::path::Path;

use crate::fault::{AssetDoubt, Doing, EditFault, StoreFault, Text, Unfit};
use crate::lang::terminal::{EditWords, FileWords, Refusal};
use crate::lang::told::shown;

use super::English;

impl FileWords for English {
    fn store_fault(&self, fault: &StoreFault, folder: &Path) -> Refusal {
        let refusal = Refusal::new(message(fault, folder));
        match fault {
            StoreFault::Io { doing: Doing::WriteBeside, .. } => {
                refusal.hint("asrun doctor shows what asrun may write here")
            }
            StoreFault::Faulty { path, problems, .. } => {
                let plural = if problems.len() == 1 { "fault" } else { "faults" };
                Refusal::new(format!(
                    "{} cannot be read: {} {plural}; the file is as it was",
                    shown(path, folder),
                    problems.len()
                ))
            }
            StoreFault::NoProject { start } => no_project(refusal, start, folder),
            StoreFault::Exists { path } if path.extension().is_none_or(|it| it != "yaml") => {
                refusal.hint("use another name, or move it away")
            }
            StoreFault::Exists { path } => refusal.hint(format!(
                "log to it with -r {}, or name the new one differently with --id",
                path.file_stem().unwrap_or_default().to_string_lossy()
            )),
            StoreFault::Deleted { id } => refusal
                .hint(format!("to bring it back: asrun undo -r {id}; otherwise use another id")),
            StoreFault::Busy { .. } => {
                refusal.hint("nothing was written; try again, or wait longer with --wait SECONDS")
            }
            StoreFault::Edit { source: EditFault::NotProved(_), .. } => {
                refusal.hint("the file is as it was; please report this with the record")
            }
            StoreFault::Unfit { path, why } => way_out(refusal, &shown(path, folder), why),
            fault => which_record(refusal, fault),
        }
    }

    fn store_fault_in_short(&self, fault: &StoreFault) -> String {
        message(fault, Path::new(""))
    }

    fn asset_doubt(&self, name: &str, doubt: &AssetDoubt) -> String {
        match doubt {
            AssetDoubt::Empty => format!("{name}: the file is empty"),
            AssetDoubt::NoSuchPicture { ending } => {
                format!("{name}: the content is not a {ending} picture; browsers may not show it")
            }
        }
    }

    fn reason(&self, source: &io::Error) -> String {
        match source.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::StorageFull => "no space left on the disk".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
            io::ErrorKind::NotADirectory => {
                "a folder in its path is a link, or no folder".to_owned()
            }
            io::ErrorKind::NotSeekable => "it is a pipe or a device, not a file".to_owned(),
            io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
            _ => {
                let text = source.to_string();
                text.split(" (os error").next().unwrap_or(&text).to_lowercase()
            }
        }
    }
}

/// Returns what is wrong, on one line.
fn message(fault: &StoreFault, folder: &Path) -> String {
    let shown = |path: &Path| shown(path, folder);
    match fault {
        StoreFault::Io { doing, path, source } => {
            format!("cannot {} {}: {}", tried(*doing), shown(path), English.reason(source))
        }
        StoreFault::Unfit { path, why } => format!("{}: {}", shown(path), unfit(why)),
        StoreFault::Faulty { path, .. } => format!("{} cannot be read as a record", shown(path)),
        StoreFault::Unknown { wanted, .. } => format!("no record matches {wanted:?}"),
        StoreFault::Ambiguous { wanted, matches } => {
            format!("{wanted:?} could mean {} records", matches.len())
        }
        StoreFault::NoCurrent { latest, .. } if latest.is_empty() => {
            "there are no records yet".to_owned()
        }
        StoreFault::NoCurrent { open, .. } if open.is_empty() => {
            "no record is open, so one must be named".to_owned()
        }
        StoreFault::NoCurrent { open, .. } => {
            format!("{} records are open, so one must be named", open.len())
        }
        StoreFault::Vanished { id, .. } => {
            format!("the selected record {id:?} no longer exists")
        }
        StoreFault::NoProject { start } => {
            format!("no incidents/ folder in {} or above it", start.display())
        }
        StoreFault::NoRecords { settings, line, column, folder } => {
            format!(
                "{}:{line}:{column}: there is no folder {folder} for the records",
                shown(settings)
            )
        }
        StoreFault::Exists { path } => format!("{} already exists", shown(path)),
        StoreFault::Deleted { id } => {
            format!("a deleted record has the id {id}; undo could not bring it back any more")
        }
        StoreFault::Busy { path, seconds } => {
            format!("{} is being written by another asrun; waited {seconds} s", shown(path))
        }
        StoreFault::KeepsChanging { path } => format!(
            "{} was changed repeatedly by someone else while it was being saved",
            shown(path)
        ),
        StoreFault::Edit { path, source } => {
            format!("{}: {}", shown(path), English.edit_fault(source))
        }
    }
}

/// Returns the operation that was attempted, as an infinitive.
fn tried(doing: Doing) -> &'static str {
    match doing {
        Doing::Read => "read",
        Doing::ReadFolder => "read the folder",
        Doing::Open => "open",
        Doing::OpenLock => "open the lock",
        Doing::Lock => "lock",
        Doing::MakeFolder => "make",
        Doing::Write => "write",
        Doing::WriteBeside => "write in the folder of",
        Doing::WriteForEditor => "write a file for the editor in",
        Doing::WriteJournal => "write the journal",
        Doing::SyncJournal => "sync the journal",
    }
}

/// Returns why a file cannot be used as it is.
fn unfit(why: &Unfit) -> String {
    match why {
        Unfit::BrokenLink(e) => format!("a broken link: {}", English.reason(e)),
        Unfit::LinkOut { root, to } => format!(
            "a link that leaves {}, to {}; nothing outside is read or written",
            root.display(),
            to.display()
        ),
        Unfit::Link { to } => format!("a link to {}; links are not followed here", to.display()),
        Unfit::OfAnotherRecord { other, .. } => {
            format!("it is a file of the record {other:?}, and this one differs from it")
        }
        Unfit::TooLarge { bytes, limit } => {
            format!("the file has {bytes} bytes; the limit is {limit} bytes")
        }
        Unfit::NotPutBack { why, kept } => {
            let why = why.as_ref().map(|e| English.reason(e));
            format!(
                "somebody else saved it at the same moment, and their text could not be restored \
                 ({}); it is in {}",
                why.as_deref().unwrap_or("the system refuses now"),
                kept.display()
            )
        }
        Unfit::NotSynced(e) => format!(
            "written, but the folder could not be synced ({}): the change may not survive a power \
             cut",
            English.reason(e)
        ),
        Unfit::LinkInTheWay { to } => {
            format!("a link to {}; documents are never written through links", to.display())
        }
        other => unfit_in_plain_words(other).to_owned(),
    }
}

/// Returns why a file cannot be used as it is, without any names.
fn unfit_in_plain_words(why: &Unfit) -> &'static str {
    match why {
        Unfit::Folder => "it is a folder, not a file",
        Unfit::NoFile => "it is a pipe or a device, not a file",
        Unfit::NoOwnFolder => "must be a real folder, not a link or a file",
        Unfit::FileForFolder => {
            "it is a file, but asrun needs a folder of that name: rename the file"
        }
        Unfit::NoAttachment => "an attachment must be a file in the record's own folder",
        Unfit::Grows => "the file grew while it was being read",
        Unfit::NotUtf8(text) => not_utf8(*text),
        Unfit::TooManyOfOneName => "too many files with the same name",
        Unfit::TooManyTypists => "a hundred others are typing into this record",
        Unfit::TooManyEdits => {
            "too many saved texts of earlier edits; delete those you do not need"
        }
        Unfit::ChangedMeanwhile => "somebody else changed the file in the meantime",
        Unfit::OwnFile => {
            "a document must not replace a record, a template, the settings, or files of git and \
             asrun"
        }
        Unfit::NotOurs { changed: true } => {
            "was changed after asrun wrote it, so it is left as it is"
        }
        Unfit::NotOurs { changed: false } => {
            "was not written there by asrun, so it is left as it is"
        }
        Unfit::OlderDocument { .. } => {
            "an older document of the same record, changed after asrun wrote it, so it is left as \
             it is"
        }
        Unfit::OfAnotherRecord { .. }
        | Unfit::BrokenLink(_)
        | Unfit::LinkOut { .. }
        | Unfit::Link { .. }
        | Unfit::TooLarge { .. }
        | Unfit::NotPutBack { .. }
        | Unfit::NotSynced(_)
        | Unfit::LinkInTheWay { .. } => "",
    }
}

fn not_utf8(text: Text) -> &'static str {
    match text {
        Text::Record => "the file is not UTF-8",
        Text::Template => "the template is not UTF-8",
        Text::Document => "it is not UTF-8 text",
        Text::EditedCopy => "what was saved is not UTF-8",
        Text::EditedText => "what the editor saved is not UTF-8 text",
    }
}

/// Adds how the document can still be written.
fn way_out(refusal: Refusal, path: &str, why: &Unfit) -> Refusal {
    let marked = [".md", ".markdown", ".html"].iter().any(|ending| path.ends_with(ending));
    match why {
        Unfit::LinkInTheWay { to } => {
            refusal.hint(format!("if that is the place you mean, use its path: {}", to.display()))
        }
        Unfit::OfAnotherRecord { of, .. } => refusal.hint(format!(
            "rename one of the two files, or give this record a folder of its own: asrun set \
             post.images \"/assets/img/{{id}}\" -r {of}"
        )),
        Unfit::NotOurs { .. } if marked => refusal.hint(format!(
            "--check shows the difference, and --force replaces all of it; asrun render --into \
             {path} rewrites its marked regions alone, if it has any (asrun help render)"
        )),
        Unfit::NotOurs { .. } => refusal.hint("--force replaces it"),
        Unfit::OlderDocument { now } => refusal.hint(format!(
            "to keep the changes under the new name: mv {path} {} (if the document has marked \
             regions, asrun render --into rewrites them there); --force removes it",
            now.display()
        )),
        _ => refusal,
    }
}

fn no_project(refusal: Refusal, start: &Path, folder: &Path) -> Refusal {
    let there = if start == folder { String::new() } else { format!("-C '{}' ", start.display()) };
    refusal
        .hint(format!(
            "create it with asrun {there}init: a folder of records, one YAML file each, best \
             inside your git repository"
        ))
        .hint("if it is elsewhere: asrun -C DIR …")
}

/// Adds which records may be meant.
fn which_record(refusal: Refusal, fault: &StoreFault) -> Refusal {
    const BEGIN: &str = "asrun new \"what is broken\"";
    match fault {
        StoreFault::Unknown { renamed: Some(renamed), .. } => {
            refusal.hint(format!("it was renamed: its id is {renamed} now"))
        }
        StoreFault::Unknown { known, .. } if known.is_empty() => {
            refusal.hint(format!("there are no records yet; start one: {BEGIN}"))
        }
        StoreFault::Unknown { known, .. } => {
            with_ids(refusal, "records here:", known).hint("asrun list shows all of them")
        }
        StoreFault::Ambiguous { matches, .. } => {
            with_ids(refusal, "it could be:", matches).hint("type more of the id")
        }
        StoreFault::NoCurrent { latest, .. } if latest.is_empty() => {
            refusal.hint(format!("start one: {BEGIN}"))
        }
        StoreFault::NoCurrent { open, latest } => {
            let (lead, ids) =
                if open.is_empty() { ("the latest:", latest) } else { ("open:", open) };
            with_ids(refusal, lead, ids)
                .hint(
                    "name one (reading: asrun show ID; writing: -r ID), or choose one: \
                     asrun select ID",
                )
                .hint(format!("for something new: {BEGIN}"))
        }
        StoreFault::NoRecords { .. } => refusal.hint(
            "if they were moved, write their folder after `records:`; to make it: asrun init",
        ),
        StoreFault::Vanished { holder: Some(holder), .. } => refusal
            .hint(format!("{holder} has everything that asrun wrote to it: asrun select {holder}")),
        StoreFault::Vanished { file, .. } => refusal
            .hint(format!(
                "it was renamed, deleted, or is on another branch: asrun check says where its \
                 entries are, and git log -- {file} who changed that"
            ))
            .hint("choose another: asrun select ID (asrun list shows all of them)"),
        _ => refusal,
    }
}

pub(super) fn with_ids(refusal: Refusal, lead: &str, ids: &[String]) -> Refusal {
    refusal.listing(lead, ids, |more| format!("and {more} more"))
}
