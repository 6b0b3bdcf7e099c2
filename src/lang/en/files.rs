//! What is said of files.

use std::path::Path;

use crate::fault::{StoreFault, reason};
use crate::lang::terminal::{FileWords, Refusal};
use crate::lang::told::shown;
use crate::yaml::EditFault;

use super::English;

impl FileWords for English {
    fn store_fault(&self, fault: &StoreFault, folder: &Path) -> Refusal {
        let shown = |path: &Path| shown(path, folder);
        match fault {
            StoreFault::Io { doing, path, source } => {
                let refusal =
                    Refusal::new(format!("cannot {doing} {}: {}", shown(path), reason(source)));
                match *doing {
                    "write in the folder of" => {
                        refusal.hint("asrun doctor says what asrun may write here")
                    }
                    _ => refusal,
                }
            }
            StoreFault::Unfit { path, why } => Refusal::new(format!("{}: {why}", shown(path))),
            StoreFault::Faulty { path, problems, .. } => {
                let plural = if problems.len() == 1 { "fault" } else { "faults" };
                Refusal::new(format!(
                    "{} cannot be read: {} {plural}; the file is as it was",
                    shown(path),
                    problems.len()
                ))
            }
            StoreFault::NoProject { start } => no_project(start, folder),
            StoreFault::Exists { path } => {
                Refusal::new(format!("{} is there already", shown(path))).hint(format!(
                    "log to it with -r {}, or give the new one another name with --id",
                    path.file_stem().unwrap_or_default().to_string_lossy()
                ))
            }
            StoreFault::Busy { path, seconds } => Refusal::new(format!(
                "{} is being written by another asrun; waited {seconds} s",
                shown(path)
            ))
            .hint("nothing was written; try again, or wait longer with --wait SECONDS"),
            StoreFault::KeepsChanging { path } => Refusal::new(format!(
                "{} was changed by someone else again and again while it was being saved",
                shown(path)
            )),
            StoreFault::Edit { path, source } => {
                let refusal = Refusal::new(format!("{}: {source}", shown(path)));
                match source {
                    EditFault::NotProved(_) => {
                        refusal.hint("the file is as it was; please report this with the record")
                    }
                    _ => refusal,
                }
            }
            fault => which_record(fault),
        }
    }
}

fn no_project(start: &Path, folder: &Path) -> Refusal {
    let there = if start == folder { String::new() } else { format!("-C '{}' ", start.display()) };
    Refusal::new(format!("no incidents/ folder in {} or above it", start.display()))
        .hint(format!(
            "asrun {there}init makes it: a folder of records, a YAML file each, best in your git repository"
        ))
        .hint("if it is elsewhere: asrun -C DIR …")
}

/// It is not clear which record is meant.
fn which_record(fault: &StoreFault) -> Refusal {
    const BEGIN: &str = "asrun new \"what is broken\"";
    let message = fault.to_string();
    match fault {
        StoreFault::Unknown { known, .. } if known.is_empty() => {
            Refusal::new(message).hint(format!("there are no records yet; begin one: {BEGIN}"))
        }
        StoreFault::Unknown { known, .. } => {
            with_ids(&message, "records here:", known).hint("asrun list shows all of them")
        }
        StoreFault::Ambiguous { matches, .. } => {
            with_ids(&message, "it could be:", matches).hint("type more of the id")
        }
        StoreFault::NoCurrent { latest, .. } if latest.is_empty() => {
            Refusal::new(message).hint(format!("begin one: {BEGIN}"))
        }
        StoreFault::NoCurrent { open, latest } => {
            let (lead, ids) =
                if open.is_empty() { ("the latest:", latest) } else { ("open:", open) };
            with_ids(&message, lead, ids)
                .hint(
                    "name one (reading: asrun show ID; writing: -r ID), or choose one: \
                     asrun select ID",
                )
                .hint(format!("for something new: {BEGIN}"))
        }
        StoreFault::Vanished { id } => Refusal::new(message)
            .hint(format!(
                "it was renamed, deleted, or is on another branch; \
                 git checkout -- incidents/{id}.yaml brings a deleted one back"
            ))
            .hint("choose another: asrun select ID (asrun list shows all of them)"),
        _ => Refusal::new(message),
    }
}

const IDS_SHOWN: usize = 10;

fn with_ids(message: &str, lead: &str, ids: &[String]) -> Refusal {
    if ids.is_empty() {
        return Refusal::new(message);
    }
    let list: String = ids.iter().take(IDS_SHOWN).map(|id| format!("\n    {id}")).collect();
    let more = ids.len().saturating_sub(IDS_SHOWN);
    let more = if more > 0 { format!("\n    … and {more} more") } else { String::new() };
    Refusal::new(format!("{message}\n  {lead}{list}{more}"))
}
