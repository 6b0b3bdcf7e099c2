//! Tab completion: commands and options, and names and values in the project.

use std::ffi::OsStr;

use clap::{Arg, ArgAction, Command};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};
use clap_complete::env::CompleteEnv;

use crate::console::Failure;
use crate::lang::{HELP_TOPICS, codes, help, terminal};
use crate::model::KINDS;
use crate::operations::{CLEARED_OF_STEPS, rule_names};
use crate::render::BUILT_IN;
use crate::store::RecordName;
use crate::view::{ActionRow, ConfigRow, FigureRow, HitRow, LessonRow, ListRow, PastRow, Row};

mod quoting;
mod shells;
mod values;

use shells::SHELLS;
use values::{MOST_READ, in_order, project, words};

/// The variable that a shell's script sets to request completions; users do not set it by hand.
const ASKED_BY: &str = "ASRUN_COMPLETE";

/// Answers a shell that requests completions, and exits. Otherwise it does nothing.
pub fn answer(command: fn() -> Command) {
    if std::env::var_os(ASKED_BY).is_some() {
        // With the candidates for the values of options.
        let asked = CompleteEnv::with_factory(|| {
            let mut command = command();
            // What clap adds is there then: the options that print help.
            command.build();
            explained(with_candidates(command))
        });
        asked.var(ASKED_BY).shells(SHELLS).complete();
    }
}

/// Returns the script that enables completion in a shell.
///
/// # Errors
/// The shell is not supported.
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

/// Adds the names that `asrun help` accepts: commands and topics.
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
        .mut_args(|arg| match arg.get_action() {
            ArgAction::Help => arg.help(help().frame.help),
            ArgAction::Version => arg.help(help().frame.version),
            _ => match candidates_for(&verb, &arg) {
                Some(candidates) => arg.add(candidates),
                None => match completer_for(&verb, &arg) {
                    Some(completer) => arg.add(completer),
                    None => arg,
                },
            },
        })
        .mut_subcommands(with_candidates)
}

/// Returns all candidates for an argument; the shell is offered those that begin with the typed text.
fn candidates_for(verb: &str, arg: &Arg) -> Option<ArgValueCandidates> {
    Some(match (verb, arg.get_id().as_str()) {
        (_, "severity") => ArgValueCandidates::new(values::severities),
        ("log" | "amend", "kind") => return None,
        (_, "kind") => ArgValueCandidates::new(|| words(KINDS)),
        (_, "language") => ArgValueCandidates::new(|| words(codes())),
        ("amend", "attachment") => ArgValueCandidates::new(values::attachments),
        ("amend", "words") | ("move", "number") | ("attach" | "forget", "event") => {
            ArgValueCandidates::new(values::events)
        }
        ("undo", "number") => ArgValueCandidates::new(values::changes),
        ("link", "apply") => ArgValueCandidates::new(values::pairs),
        ("amend", "clear") => ArgValueCandidates::new(values::keys_to_clear),
        ("edit", "clear") => ArgValueCandidates::new(|| words(CLEARED_OF_STEPS)),
        ("log" | "amend" | "set" | "close" | "reopen" | "review", "by") => {
            ArgValueCandidates::new(values::people)
        }
        ("check", "ignore") => ArgValueCandidates::new(|| words(rule_names())),
        ("done", "action") => ArgValueCandidates::new(values::actions),
        ("show" | "export", "name") | (_, "template") => ArgValueCandidates::new(templates),
        ("completions", "shell") => ArgValueCandidates::new(|| words(SHELLS.names())),
        ("list", "columns") => ArgValueCandidates::new(columns::<ListRow>),
        ("search", "columns") => ArgValueCandidates::new(columns::<HitRow>),
        ("history", "columns") => ArgValueCandidates::new(columns::<PastRow>),
        ("actions", "columns") => ArgValueCandidates::new(columns::<ActionRow>),
        ("lessons", "columns") => ArgValueCandidates::new(columns::<LessonRow>),
        ("config", "columns") => ArgValueCandidates::new(columns::<ConfigRow>),
        ("stats", "columns") => ArgValueCandidates::new(columns::<FigureRow>),
        (_, name) => ArgValueCandidates::new(held_in_records(name)?),
    })
}

/// Returns the function for values that an argument has in any record.
fn held_in_records(name: &str) -> Option<fn() -> Vec<CompletionCandidate>> {
    Some(match name {
        "service" | "services" => || values::of_records(|incident| incident.services),
        "tag" | "tags" => || values::of_records(|incident| incident.tags),
        "of_version" => || values::of_records(|incident| incident.version.into_iter().collect()),
        "author" => || values::of_records(|incident| incident.author.into_iter().collect()),
        "owner" => || {
            values::of_records(|incident| {
                let of_steps = incident.plan.into_iter().filter_map(|step| step.owner);
                of_steps.chain(incident.actions.into_iter().filter_map(|it| it.owner)).collect()
            })
        },
        _ => return None,
    })
}

/// Returns the completer of an argument that matches any part of a name, or depends on the line.
fn completer_for(verb: &str, arg: &Arg) -> Option<ArgValueCompleter> {
    Some(match (verb, arg.get_id().as_str()) {
        (_, "step" | "steps" | "after") | ("shift" | "rebase", "from") => {
            ArgValueCompleter::new(values::steps)
        }
        ("history", "words") => ArgValueCompleter::new(values::steps_of_records),
        ("from", "anchor") => ArgValueCompleter::new(values::steps_of_named),
        ("log" | "amend", "kind") => ArgValueCompleter::new(values::event_types),
        (_, "status") => ArgValueCompleter::new(values::milestones),
        ("get" | "set", "key") => ArgValueCompleter::new(values::keys),
        ("set", "values") => ArgValueCompleter::new(values::values_of_key),
        ("import", "files") => ArgValueCompleter::new(values::imports),
        (_, "timezone" | "zone") => ArgValueCompleter::new(values::zones),
        ("merge", "from")
        | ("compare" | "archive" | "chart" | "render" | "check", "records")
        | ("move", "to") => ArgValueCompleter::new(other_records),
        // A new id is often an old one with one word changed.
        ("edit" | "rename" | "recover", "id") => ArgValueCompleter::new(records),
        // A folder.
        ("init", "records") => return None,
        // Old records are used for plans and forecasts.
        (_, "record" | "record_option" | "records" | "to")
        | ("from", "from")
        | ("check", "past") => ArgValueCompleter::new(records),
        _ => return None,
    })
}

/// Returns records whose ids begin with the typed text, latest first, and matching versions. If there are none, returns
/// those that [`values::named`] finds.
fn records(typed: &OsStr) -> Vec<CompletionCandidate> {
    records_except(typed, &[])
}

/// Returns records in the same way, except for those that are on the command line already.
fn other_records(typed: &OsStr) -> Vec<CompletionCandidate> {
    records_except(typed, &values::records_on_line())
}

fn records_except(typed: &OsStr, without: &[String]) -> Vec<CompletionCandidate> {
    let begun = typed.to_string_lossy();
    let Some(project) = project() else { return Vec::new() };
    let mut listed = project.list().map(|listing| listing.records).unwrap_or_default();
    listed.retain(|record| !without.contains(&record.id));
    if values::clears_archived() {
        let reader = project.reader();
        listed.retain(|it| reader.outline(it).ok().flatten().is_some_and(|it| it.archived));
    }
    let begins = |id: &str| id.starts_with(begun.as_ref());
    let ids = || listed.iter().rev().map(|record| record.id.as_str());
    let mut offers: Vec<(String, Option<String>)> =
        ids().filter(|id| begins(id)).map(|id| (id.to_owned(), None)).collect();
    // Without any typed letter, versions would only repeat the records.
    if !typed.is_empty() && listed.len() <= MOST_READ {
        let reader = project.reader();
        let version = |record: &RecordName| {
            let version = reader.outline(record).ok().flatten()?.version?;
            begins(&version).then(|| (version, Some(record.id.clone())))
        };
        offers.extend(listed.iter().rev().filter_map(version));
    }
    if offers.is_empty() {
        return values::named(ids().map(|id| (id.to_owned(), None)).collect(), typed);
    }
    in_order(offers)
}

/// Returns the names of templates: the project's own, and the built-in ones.
fn templates() -> Vec<CompletionCandidate> {
    let own = project().and_then(|project| project.templates().ok()).unwrap_or_default();
    let built_in = BUILT_IN.iter().map(|template| template.name().to_owned());
    let mut names: Vec<String> = own.into_iter().chain(built_in).collect();
    names.sort();
    names.dedup();
    in_order(names.into_iter().map(|name| (name, None)).collect())
}

/// Returns the columns of a table.
fn columns<R: Row>() -> Vec<CompletionCandidate> {
    in_order(R::COLUMNS.iter().map(|column| (column.key.to_owned(), None)).collect())
}
