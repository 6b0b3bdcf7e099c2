//! What a shell offers when Tab is pressed: verbs and options, and what the project holds.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::CompleteEnv;

use crate::format::HEADER_KEYS;
use crate::lang::terminal;
use crate::model::{EventType, KINDS};
use crate::operations::STATUS;
use crate::store::Project;

use super::errors::Failure;

mod quoting;
mod shells;

use shells::SHELLS;

/// The variable by which a shell's script asks; what is typed by hand never sets it.
const ASKED_BY: &str = "ASRUN_COMPLETE";

/// Answers a shell that asks what could be typed next, and ends. Nothing happens otherwise.
pub(super) fn answer(command: fn() -> Command) {
    if std::env::var_os(ASKED_BY).is_some() {
        // With what the values of options could be.
        let asked = CompleteEnv::with_factory(|| with_candidates(command()));
        asked.var(ASKED_BY).shells(SHELLS).complete();
    }
}

/// The script that makes a shell ask.
///
/// # Errors
/// The shell is none that is known.
pub(super) fn script(shell: &str) -> Result<String, Failure> {
    let Some(completer) = SHELLS.completer(shell) else {
        let known: Vec<&str> = SHELLS.names().collect();
        return Err(Failure::misuse(terminal().no_completions(shell, &known)));
    };
    let mut script = Vec::new();
    completer
        .write_registration(ASKED_BY, "asrun", "asrun", "asrun", &mut script)
        .map_err(|fault| Failure::new(terminal().completions_failed(&fault.to_string())))?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}

fn with_candidates(command: Command) -> Command {
    let verb = command.get_name().to_owned();
    command
        .mut_args(|arg| match candidates_for(&verb, &arg) {
            Some(candidates) => arg.add(candidates),
            None => arg,
        })
        .mut_subcommands(with_candidates)
}

fn candidates_for(verb: &str, arg: &Arg) -> Option<ArgValueCandidates> {
    Some(match (verb, arg.get_id().as_str()) {
        (_, "record" | "records" | "to") | ("merge", "from") => ArgValueCandidates::new(records),
        ("log" | "amend", "kind") => ArgValueCandidates::new(|| words(EventType::words())),
        (_, "step" | "steps") => ArgValueCandidates::new(steps),
        ("get" | "set", "key") => {
            ArgValueCandidates::new(|| words(HEADER_KEYS.iter().copied().chain([STATUS])))
        }
        (_, "severity") => ArgValueCandidates::new(severities),
        (_, "kind") => ArgValueCandidates::new(|| words(KINDS)),
        _ => return None,
    })
}

fn words(words: impl IntoIterator<Item = &'static str>) -> Vec<CompletionCandidate> {
    words.into_iter().map(CompletionCandidate::new).collect()
}

/// The project a person is in; `-C` is not seen here.
fn project() -> Option<Project> {
    let here: PathBuf = std::env::current_dir().ok()?;
    Project::find_without_settings(&here).ok()
}

/// Ids, the latest first; names are enough, no file is read.
fn records() -> Vec<CompletionCandidate> {
    let listing = project().and_then(|project| project.list().ok());
    let records = listing.into_iter().flat_map(|listing| listing.records.into_iter().rev());
    let candidate = |(place, id): (usize, String)| {
        CompletionCandidate::new(OsStr::new(&id)).display_order(Some(place))
    };
    records.map(|record| record.id).enumerate().map(candidate).collect()
}

/// The words of the severity scale, worst first.
fn severities() -> Vec<CompletionCandidate> {
    let settings = std::env::current_dir().ok().and_then(|here| Project::find(&here).ok());
    let settings = settings.map(|project| project.settings).unwrap_or_default();
    let candidate = |(place, word): (usize, &str)| {
        CompletionCandidate::new(OsStr::new(word)).display_order(Some(place))
    };
    settings.scale().into_iter().enumerate().map(candidate).collect()
}

/// The steps of the current record, with what each is.
fn steps() -> Vec<CompletionCandidate> {
    let loaded = project().and_then(|project| {
        let named = std::env::var("ASRUN_RECORD").ok();
        let record = named.map_or_else(|| project.current(), |name| project.select(&name)).ok()?;
        project.load(&record).ok()
    });
    let plan = loaded.map(|loaded| loaded.document.incident.plan).unwrap_or_default();
    let candidate = |(id, text): (String, String)| {
        CompletionCandidate::new(OsStr::new(&id)).help(Some(text.into()))
    };
    plan.into_iter().filter_map(|step| Some((step.id?, step.text))).map(candidate).collect()
}
