use std::io::IsTerminal;

use clap::Args;

use crate::format::RECORD_SCHEMA;
use crate::git;
use crate::lang::help;
use crate::store::{MERGE_ATTRIBUTES, Project, SCHEMA_FILE, SETTINGS_FILE};

use super::super::context::{Context, machine_zone};
use super::super::editor;
use super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().doctor.about, long_about = help().doctor.long_about)]
pub(in crate::cli) struct DoctorArgs {}

/// One thing looked at.
struct Finding {
    what: &'static str,
    said: String,
    /// How to mend it, if it should be.
    mend: Option<String>,
}

fn fine(what: &'static str, said: impl Into<String>) -> Finding {
    Finding { what, said: said.into(), mend: None }
}

fn ill(what: &'static str, said: impl Into<String>, mend: impl Into<String>) -> Finding {
    Finding { what, said: said.into(), mend: Some(mend.into()) }
}

pub(in crate::cli) fn run(context: &mut Context, _: &DoctorArgs) -> Result<Exit, Failure> {
    let mut findings: Vec<Finding> = Vec::new();
    match Project::find_without_settings(&context.folder) {
        Ok(project) => findings.extend(of_project(&project, context)),
        Err(fault) => findings.push(ill("project", fault.to_string(), "asrun init makes one here")),
    }
    findings.extend([of_editor(), of_terminal(context)]);
    let sick = findings.iter().filter(|finding| finding.mend.is_some()).count();
    for Finding { what, said, mend } in &findings {
        let sign = if mend.is_some() { "!!" } else { "ok" };
        context.answer(&format!("{sign}  {what:<9} {said}\n"));
        if let Some(mend) = mend {
            context.answer(&format!("    to mend:  {mend}\n"));
        }
    }
    Ok(if sick > 0 { Exit::Failed } else { Exit::Done })
}

fn of_project(project: &Project, context: &Context) -> Vec<Finding> {
    let folder = project.records_folder();
    let mut findings = vec![match project.list() {
        Err(fault) => ill("records", fault.to_string(), "asrun init makes the folder"),
        Ok(listing) if !listing.misnamed.is_empty() => ill(
            "records",
            format!("{} files have names that are not UTF-8", listing.misnamed.len()),
            "rename them; asrun list names them",
        ),
        Ok(listing) if !listing.copies.is_empty() => ill(
            "records",
            format!("{}, and {} conflict copies", listing.records.len(), listing.copies.len()),
            "look for events in the copies, then delete them; asrun list names them",
        ),
        Ok(listing) => {
            fine("records", format!("{} in {}", listing.records.len(), folder.display()))
        }
    }];
    findings.push(of_settings(context));
    findings.push(match project.schema() {
        None => {
            fine("editors", format!("no {SCHEMA_FILE}; asrun schema -o {SCHEMA_FILE} makes it"))
        }
        Some(schema) if schema.replace("\r\n", "\n") == RECORD_SCHEMA => {
            fine("editors", format!("{SCHEMA_FILE} completes and checks records in them"))
        }
        Some(_) => ill(
            "editors",
            format!("{SCHEMA_FILE} is that of another asrun"),
            format!("asrun schema -o {SCHEMA_FILE}"),
        ),
    });
    findings.push(match project.may_write() {
        Ok(()) => fine("writing", "records can be saved"),
        Err(fault) => {
            ill("writing", fault.to_string(), "change the owner or the permissions of the folder")
        }
    });
    findings.push(match project.left_behind().as_slice() {
        [] => fine("leftovers", "none"),
        left => ill(
            "leftovers",
            left.join(", "),
            "of a save, an edit or a line that was killed: look into them (asrun live offers its line), then delete them",
        ),
    });
    findings.push(fine("locks", "the system holds them and drops them: none is ever left behind"));
    findings.push(fine("cache", "there is none, so nothing can be stale"));
    findings.push(of_git(project));
    findings
}

fn of_settings(context: &Context) -> Finding {
    match context.project() {
        Err(failure) => ill(
            "settings",
            failure.in_one_line(),
            format!("correct {SETTINGS_FILE}; until then log works without it"),
        ),
        Ok(project) => match project.settings.zone().or_else(machine_zone) {
            Some(zone) => fine("settings", format!("times of new records are in {zone}")),
            None => ill(
                "settings",
                "no zone is set, and this machine's is unknown",
                format!("write timezone: Asia/Seoul (or yours) into {SETTINGS_FILE}"),
            ),
        },
    }
}

fn of_git(project: &Project) -> Finding {
    let folder = project.records_folder();
    if !git::is_in_repository(&folder) {
        return ill(
            "git",
            "the records are in no git repository",
            "git init, so that they are kept and shared",
        );
    }
    let asked = project.has_attributes();
    let driver = git::configured(&folder, "merge.asrun.driver");
    match (asked, driver) {
        (true, Some(_)) => fine("git", "merges records entry by entry"),
        (true, None) => ill(
            "git",
            format!(".gitattributes says {MERGE_ATTRIBUTES}, but this clone does not know how"),
            "asrun init --git, once in every clone",
        ),
        (false, _) => {
            fine("git", "merges records line by line; asrun init --git teaches it entries")
        }
    }
}

fn of_editor() -> Finding {
    match editor::missing() {
        None => fine("editor", editor::chosen()),
        Some(program) => ill(
            "editor",
            format!("{program} is not there"),
            "set VISUAL or EDITOR to an editor that is",
        ),
    }
}

fn of_terminal(context: &Context) -> Finding {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let unicode = locale
        .as_deref()
        .is_some_and(|locale| locale.to_lowercase().replace('-', "").contains("utf8"));
    let size = match context.table_width {
        Some(width) => format!("{width} columns"),
        None => "no terminal".to_owned(),
    };
    if std::io::stdout().is_terminal() && !unicode {
        return ill(
            "terminal",
            format!("{size}, locale {}", locale.as_deref().unwrap_or("not set")),
            "set LANG to one in UTF-8, such as ko_KR.UTF-8 or C.UTF-8",
        );
    }
    fine("terminal", size)
}
