//! What a shell offers when Tab is pressed: verbs and options, and what the project holds.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::StyledStr;
use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};
use clap_complete::env::CompleteEnv;

use crate::console::Failure;
use crate::format::{HEADER_KEYS, POST_PATHS};
use crate::lang::{HELP_TOPICS, terminal};
use crate::model::{EventType, Incident, KINDS, PlanStep};
use crate::operations::STATUS;
use crate::render::BUILT_IN;
use crate::store::{Project, RecordName};
use crate::view::{ActionRow, FigureRow, HitRow, LessonRow, ListRow, PastRow, Row};

mod quoting;
mod shells;

use shells::{LINE, SHELLS};

/// The variable by which a shell's script asks; what is typed by hand never sets it.
const ASKED_BY: &str = "ASRUN_COMPLETE";

/// Answers a shell that asks what could be typed next, and ends. Nothing happens otherwise.
pub fn answer(command: fn() -> Command) {
    if std::env::var_os(ASKED_BY).is_some() {
        // With what the values of options could be.
        let asked = CompleteEnv::with_factory(|| explained(with_candidates(command())));
        asked.var(ASKED_BY).shells(SHELLS).complete();
    }
}

/// The script that makes a shell ask.
///
/// # Errors
/// The shell is none that is known.
pub fn script(shell: &str) -> Result<String, Failure> {
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

/// Adds what `asrun help` explains: commands and topics.
fn explained(command: Command) -> Command {
    let commands = command.get_subcommands().filter(|command| !command.is_hide_set());
    let commands = commands.map(|command| (command.get_name().to_owned(), None));
    let names: Vec<_> = commands.chain(HELP_TOPICS.map(|topic| (topic.to_owned(), None))).collect();
    let names = ArgValueCandidates::new(move || in_order(names.clone()));
    command.mut_subcommand("help", |help| help.mut_arg("what", |what| what.add(names)))
}

fn with_candidates(command: Command) -> Command {
    let verb = command.get_name().to_owned();
    command
        .mut_args(|arg| match candidates_for(&verb, &arg) {
            Some(candidates) => arg.add(candidates),
            None if means_record(&verb, &arg) => arg.add(ArgValueCompleter::new(records)),
            None => arg,
        })
        .mut_subcommands(with_candidates)
}

fn candidates_for(verb: &str, arg: &Arg) -> Option<ArgValueCandidates> {
    Some(match (verb, arg.get_id().as_str()) {
        ("log" | "amend", "kind") => ArgValueCandidates::new(|| words(EventType::words())),
        (_, "step" | "steps") => ArgValueCandidates::new(steps),
        ("get" | "set", "key") => {
            let keys = || HEADER_KEYS.iter().copied().chain([STATUS]);
            ArgValueCandidates::new(move || words(keys().chain(POST_PATHS.iter().copied())))
        }
        (_, "severity") => ArgValueCandidates::new(severities),
        (_, "kind") => ArgValueCandidates::new(|| words(KINDS)),
        (_, "services") => ArgValueCandidates::new(services),
        ("amend", "attachment") => ArgValueCandidates::new(attachments),
        ("done", "action") => ArgValueCandidates::new(actions),
        ("show" | "export", "name") | (_, "template") => ArgValueCandidates::new(templates),
        ("completions", "shell") => ArgValueCandidates::new(|| words(SHELLS.names())),
        ("list", "columns") => ArgValueCandidates::new(columns::<ListRow>),
        ("search", "columns") => ArgValueCandidates::new(columns::<HitRow>),
        ("history", "columns") => ArgValueCandidates::new(columns::<PastRow>),
        ("actions", "columns") => ArgValueCandidates::new(columns::<ActionRow>),
        ("lessons", "columns") => ArgValueCandidates::new(columns::<LessonRow>),
        ("stats", "columns") => ArgValueCandidates::new(columns::<FigureRow>),
        _ => return None,
    })
}

/// Whether a record is meant by an argument: those are offered by any part of their ids.
fn means_record(verb: &str, arg: &Arg) -> bool {
    match (verb, arg.get_id().as_str()) {
        (_, "record" | "records" | "to") | ("merge", "from") => true,
        // A plan is made from an old record.
        ("from", "from") => true,
        _ => false,
    }
}

fn words(words: impl IntoIterator<Item = &'static str>) -> Vec<CompletionCandidate> {
    words.into_iter().map(CompletionCandidate::new).collect()
}

/// The project a person is in; `-C` is not seen here.
fn project() -> Option<Project> {
    let here: PathBuf = std::env::current_dir().ok()?;
    Project::find_without_settings(&here).ok()
}

/// Records whose ids begin so, the latest first, and versions that do. Where none does, the only record
/// that has it anywhere in its id: a shell would take what several have in common for the word.
fn records(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let Some(project) = project() else { return Vec::new() };
    let listed = project.list().map(|listing| listing.records).unwrap_or_default();
    let begins = |id: &str| id.starts_with(typed.as_ref());
    let ids = || listed.iter().rev().map(|record| record.id.as_str());
    let mut offers: Vec<(String, Option<String>)> =
        ids().filter(|id| begins(id)).map(|id| (id.to_owned(), None)).collect();
    // Without a letter of it, versions would only be each record once more.
    if !typed.is_empty() && listed.len() <= VERSIONS {
        let reader = project.reader();
        let version = |record: &RecordName| {
            let version = reader.outline(record).ok().flatten()?.version?;
            begins(&version).then(|| (version, Some(record.id.clone())))
        };
        offers.extend(listed.iter().rev().filter_map(version));
    }
    if offers.is_empty() {
        let part = typed.to_lowercase();
        let mut parts = ids().filter(|id| id.to_lowercase().contains(&part));
        let only = parts.next().filter(|_| parts.next().is_none());
        offers.extend(only.map(|id| (id.to_owned(), None)));
    }
    in_order(offers)
}

/// The most records that are read for their versions while somebody waits for a key.
const VERSIONS: usize = 1000;

/// Offers, in the order given.
fn in_order(offers: Vec<(String, Option<String>)>) -> Vec<CompletionCandidate> {
    let tag = StyledStr::from("offers");
    let candidate = |(place, (value, help)): (usize, (String, Option<String>))| {
        let offer = CompletionCandidate::new(value).display_order(Some(place));
        // Without one clap words the whole argument for each.
        offer.help(help.map(Into::into)).tag(Some(tag.clone()))
    };
    offers.into_iter().enumerate().map(candidate).collect()
}

/// Names of templates: the project's own, and those that are built in.
fn templates() -> Vec<CompletionCandidate> {
    let own = project().and_then(|project| project.templates().ok()).unwrap_or_default();
    let built_in = BUILT_IN.iter().map(|template| template.name().to_owned());
    let mut names: Vec<String> = own.into_iter().chain(built_in).collect();
    names.sort();
    names.dedup();
    in_order(names.into_iter().map(|name| (name, None)).collect())
}

/// Services that records name, those of the latest record first.
fn services() -> Vec<CompletionCandidate> {
    let Some(project) = project() else { return Vec::new() };
    let reader = project.reader();
    let listed = project.list().map(|listing| listing.records).unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for record in listed.iter().rev().take(VERSIONS) {
        let outline = reader.outline(record).ok().flatten();
        for service in outline.map(|incident| incident.services).unwrap_or_default() {
            if !names.contains(&service) {
                names.push(service);
            }
        }
    }
    in_order(names.into_iter().map(|name| (name, None)).collect())
}

/// Columns of a table.
fn columns<R: Row>() -> Vec<CompletionCandidate> {
    in_order(R::COLUMNS.iter().map(|column| (column.key.to_owned(), None)).collect())
}

/// Actions of the record that are not done, by their numbers, with what each is.
fn actions() -> Vec<CompletionCandidate> {
    let actions = meant().map(|incident| incident.actions).unwrap_or_default();
    let open = actions.into_iter().zip(1..).filter(|(action, _)| action.done.is_none());
    in_order(open.map(|(action, number)| (format!("{number}"), Some(action.text))).collect())
}

/// Files of the record and of its events, with what they show.
fn attachments() -> Vec<CompletionCandidate> {
    let Some(incident) = meant() else { return Vec::new() };
    let of_events = incident.events.into_iter().flat_map(|event| event.attachments);
    let files = of_events.chain(incident.attachments).map(|file| (file.file, file.alt));
    in_order(files.collect())
}

/// The record that the line names, or else the current one, read.
fn meant() -> Option<Incident> {
    let project = project()?;
    let line = LINE.get().map(Vec::as_slice).unwrap_or_default();
    let option = |word: &String| matches!(word.as_str(), "-r" | "--record");
    let named = line.iter().position(option).and_then(|place| line.get(place + 1)).cloned();
    let named = named.or_else(|| std::env::var("ASRUN_RECORD").ok());
    let record = named.map_or_else(|| project.current(), |name| project.select(&name)).ok()?;
    Some(project.load(&record).ok()?.document.incident)
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

/// The steps of the record, with what each is.
fn steps() -> Vec<CompletionCandidate> {
    let plan = meant().map(|incident| incident.plan).unwrap_or_default();
    let step = |step: PlanStep| Some((step.id?, Some(step.text)));
    in_order(plan.into_iter().filter_map(step).collect())
}
