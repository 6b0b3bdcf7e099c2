//! Examines the machine and the project, for `asrun doctor`.

use std::io::IsTerminal;

use crate::fault::StoreFault;
use crate::format::RECORD_SCHEMA;
use crate::git::{self, DriverRun};
use crate::lang::{
    Examined, GitState, RecordsState, SchemaState, SettingsState, UnreadableRecord, WaitingEvents,
    terminal,
};
use crate::model::Zone;
use crate::store::{Listing, Project, Scratch};

use super::merging::DRIVER;
use super::{Context, Failure, editor};

/// Examines the project in the current folder, the zone data, the editor and the terminal.
#[must_use]
pub fn examined(context: &Context) -> Vec<Examined> {
    let mut examined = match Project::find_without_settings(&context.folder) {
        Ok(project) => of_project(&project, context),
        Err(fault) => vec![Examined::NoProject(fault)],
    };
    examined.extend([Examined::Zones(Zone::source()), of_editor(), of_terminal(context)]);
    examined
}

fn of_project(project: &Project, context: &Context) -> Vec<Examined> {
    let mut examined = vec![
        Examined::Records(of_records(project)),
        Examined::Settings(of_settings(context)),
        Examined::Schema(match project.schema() {
            None => SchemaState::Missing,
            Some(schema) if schema.replace("\r\n", "\n") == RECORD_SCHEMA => SchemaState::Own,
            Some(_) => SchemaState::Other,
        }),
        Examined::Writing(project.may_write()),
        Examined::Leftovers(project.left_behind()),
    ];
    let waiting: Vec<WaitingEvents> =
        project.waiting().into_iter().map(|one| waiting(project, one)).collect();
    examined.extend((!waiting.is_empty()).then_some(Examined::Waiting(waiting)));
    let refused = Scratch::refused(&std::env::temp_dir(), Some(project.root()));
    examined.extend((!refused.is_empty()).then_some(Examined::Refused(refused)));
    examined.extend([Examined::Locks, Examined::Cache, Examined::Git(of_git(project))]);
    examined
}

fn of_records(project: &Project) -> RecordsState {
    match project.list() {
        Err(fault) => RecordsState::Unlisted(fault),
        Ok(Listing { records, copies, misnamed }) => match (misnamed.len(), copies.len()) {
            (0, 0) if project.left_in_usual_folder() > 0 => {
                let left = project.left_in_usual_folder();
                RecordsState::LeftBehind(records.len(), left, project.records().to_owned())
            }
            (0, 0) => match project.unreadable(&records) {
                none if none.is_empty() => {
                    RecordsState::Fine(records.len(), project.records_folder())
                }
                faults => RecordsState::Unreadable(
                    records.len(),
                    faults.into_iter().map(unreadable).collect(),
                ),
            },
            (0, copies) => RecordsState::WithCopies(records.len(), copies),
            (misnamed, _) => RecordsState::Misnamed(misnamed),
        },
    }
}

fn unreadable((id, fault): (String, StoreFault)) -> UnreadableRecord {
    let in_conflict = fault.is_merge_conflict();
    UnreadableRecord { id, why: Failure::from(fault).in_one_line(), in_conflict }
}

fn waiting(project: &Project, (id, count): (String, usize)) -> WaitingEvents {
    let gone = project.exact(&id).is_none().then(|| project.file_of(&id));
    WaitingEvents { id, count, gone }
}

fn of_settings(context: &Context) -> SettingsState {
    match context.project() {
        Err(failure) => SettingsState::Faulty(failure.in_one_line()),
        Ok(project) => match project.settings.zone().or_else(context.environment.machine_zone) {
            Some(zone) => SettingsState::In(zone),
            None => SettingsState::NoZone,
        },
    }
}

fn of_git(project: &Project) -> GitState {
    let folder = project.root();
    if !git::is_in_repository(folder) {
        return GitState::NoRepository;
    }
    match (project.has_attributes(), git::configured(folder, DRIVER)) {
        (true, Some(line)) => of_driver(&line),
        (true, None) => GitState::Untaught(project.merge_attributes()),
        (false, _) => GitState::ByLines,
    }
}

/// Merges a small record with the configured command if it is one that `init --git` writes; no other command is run.
fn of_driver(line: &str) -> GitState {
    let own = std::env::current_exe().ok();
    if ![None, own.as_deref()].map(git::driver_line).iter().any(|known| known == line) {
        return GitState::OtherDriver;
    }
    let merged = try_driver(line);
    match merged {
        Ok((run, merged)) if run.clean && merged.contains("ours") && merged.contains("theirs") => {
            GitState::ByEntries
        }
        Ok((run, _)) => GitState::DriverFails(run.complaint),
        Err(fault) => GitState::DriverFails(Some(terminal().store_fault_in_short(&fault))),
    }
}

/// Runs the command on two events that a merge by lines cannot combine, and returns the result.
fn try_driver(line: &str) -> Result<(DriverRun, String), StoreFault> {
    let file =
        |events: &str| Scratch::new(&std::env::temp_dir(), &format!("title: t\nevents:\n{events}"));
    let base = file("")?;
    let ours = file("  - {at: 2024-09-07T18:00Z, text: ours}\n")?;
    let theirs = file("  - {at: 2024-09-07T18:01Z, text: theirs}\n")?;
    let run = git::run_driver(line, [base.path(), ours.path(), theirs.path()]);
    Ok((run.unwrap_or(DriverRun { clean: false, complaint: None }), ours.text()?))
}

fn of_editor() -> Examined {
    editor::missing().map_or_else(|| Examined::Editor(editor::chosen()), Examined::NoEditor)
}

fn of_terminal(context: &Context) -> Examined {
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set);
    let unicode = |locale: &String| locale.to_lowercase().replace('-', "").contains("utf8");
    match std::io::stdout().is_terminal() && !locale.as_ref().is_some_and(unicode) {
        true => Examined::NoUnicode(context.table_width, locale),
        false => Examined::Terminal(context.table_width),
    }
}
