//! Candidates for the values of arguments: values in the project's records, and words that asrun knows.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::StyledStr;
use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter as _};

use crate::console::undone::summary;
use crate::format::{HEADER_KEYS, POST_PATHS};
use crate::import::Kind;
use crate::lang::{codes, event_types_begun, keys_begun};
use crate::model::{Event, EventType, Incident, KINDS, PlanStep, Zone};
use crate::operations::{self, CLEARED_OF_FILES, STATUS, pairs_to_link};
use crate::store::{Project, RecordName};

use super::shells::{LINE, LISTS_OTHERS};

/// The most records that are read for their values, since somebody is waiting.
pub(super) const MOST_READ: usize = 1000;

pub(super) fn words(words: impl IntoIterator<Item = &'static str>) -> Vec<CompletionCandidate> {
    words.into_iter().map(CompletionCandidate::new).collect()
}

/// Returns the current project; `-C` is not considered.
pub(super) fn project() -> Option<Project> {
    let here: PathBuf = std::env::current_dir().ok()?;
    Project::find_without_settings(&here).ok()
}

/// Returns candidates in the given order.
pub(super) fn in_order(offers: Vec<(String, Option<String>)>) -> Vec<CompletionCandidate> {
    let tag = StyledStr::from("offers");
    let candidate = |(place, (value, help)): (usize, (String, Option<String>))| {
        let offer = CompletionCandidate::new(value).display_order(Some(place));
        // Otherwise clap would use the argument's help for each candidate.
        offer.help(help.map(Into::into)).tag(Some(tag.clone()))
    };
    offers.into_iter().enumerate().map(candidate).collect()
}

/// Returns the offers that begin with the typed text, in any case; if there are none, those that contain it in their names or
/// descriptions, but only one where a shell would insert the common part of several.
pub(super) fn named(
    mut offers: Vec<(String, Option<String>)>,
    typed: &OsStr,
) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy().to_lowercase();
    let begins = |(name, _): &(String, _)| name.to_lowercase().starts_with(&typed);
    if offers.iter().any(begins) {
        offers.retain(begins);
        return in_order(offers);
    }
    let holds = |text: &String| text.to_lowercase().contains(&typed);
    offers.retain(|(name, help)| holds(name) || help.as_ref().is_some_and(holds));
    if offers.len() > 1 && !LISTS_OTHERS.get().copied().unwrap_or_default() {
        offers.clear();
    }
    in_order(offers)
}

/// Returns values in records, those of the latest record first.
pub(super) fn of_records(take: fn(Incident) -> Vec<String>) -> Vec<CompletionCandidate> {
    in_order(explained_of_records(|incident| {
        take(incident).into_iter().map(|name| (name, None)).collect()
    }))
}

/// Returns the steps of all records, those of the latest record first, each with its text there.
pub(super) fn steps_of_records(typed: &OsStr) -> Vec<CompletionCandidate> {
    named(explained_of_records(|incident| named_steps(incident.plan)), typed)
}

fn named_steps(plan: Vec<PlanStep>) -> Vec<(String, Option<String>)> {
    plan.into_iter().filter_map(|step| Some((step.id?, Some(step.text)))).collect()
}

fn explained_of_records(
    take: impl Fn(Incident) -> Vec<(String, Option<String>)>,
) -> Vec<(String, Option<String>)> {
    let Some(project) = project() else { return Vec::new() };
    let reader = project.reader();
    let listed = project.list().map(|listing| listing.records).unwrap_or_default();
    let mut names: Vec<(String, Option<String>)> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for record in listed.iter().rev().take(MOST_READ) {
        let told = reader.outline(record).ok().flatten().map(&take).unwrap_or_default();
        names.extend(told.into_iter().filter(|(name, _)| known.insert(name.clone())));
    }
    names
}

/// Returns the numbers of the record's open actions, with their texts.
pub(super) fn actions() -> Vec<CompletionCandidate> {
    let actions = current_incident().map(|incident| incident.actions).unwrap_or_default();
    let open = actions.into_iter().zip(1..).filter(|(action, _)| action.done.is_none());
    in_order(open.map(|(action, number)| (format!("{number}"), Some(action.text))).collect())
}

/// Returns the numbers of the record's events, latest first, with their texts.
pub(super) fn events() -> Vec<CompletionCandidate> {
    let Some(incident) = current_incident() else { return Vec::new() };
    let events = incident.events_in_time().into_iter().zip(1..);
    let offer =
        |(event, number): (&Event, usize)| (format!("{number}"), Some(event.headline().to_owned()));
    let mut offers: Vec<_> = events.map(offer).collect();
    offers.reverse();
    in_order(offers)
}

/// Returns the numbers of the pairs that `link` suggests, each with its event and its step.
pub(super) fn pairs() -> Vec<CompletionCandidate> {
    let Some(incident) = current_incident() else { return Vec::new() };
    // Its settings may say that two texts are the same step.
    let here = std::env::current_dir().ok();
    let Some(project) = here.and_then(|here| Project::find(&here).ok()).or_else(project) else {
        return Vec::new();
    };
    let named = |((event, step), number): ((Event, PlanStep), usize)| {
        (format!("{number}"), Some(format!("{} ↔ {}", event.headline(), step.text)))
    };
    in_order(pairs_to_link(&project, &incident).into_iter().zip(1..).map(named).collect())
}

/// Returns the keys that can be removed: of a file, of the event with the number on the command line, or of any event.
pub(super) fn keys_to_clear() -> Vec<CompletionCandidate> {
    let line = LINE.get().map(Vec::as_slice).unwrap_or_default();
    if line.iter().any(|word| word == "--attachment") {
        return words(CLEARED_OF_FILES);
    }
    let number = line.iter().skip(1).find_map(|word| word.parse().ok());
    let found = meant_record().and_then(|(project, record)| project.load(&record).ok());
    let keys = found.map(|loaded| operations::keys_to_clear(&loaded.document, number));
    in_order(keys.unwrap_or_default().into_iter().map(|key| (key, None)).collect())
}

/// Returns the people in the record, and its author.
pub(super) fn people() -> Vec<CompletionCandidate> {
    let Some(incident) = current_incident() else { return Vec::new() };
    let of_events = incident.events.into_iter().rev().filter_map(|event| event.by);
    let of_steps = incident.plan.into_iter().filter_map(|step| step.owner);
    let of_actions = incident.actions.into_iter().filter_map(|action| action.owner);
    let mut names: Vec<String> = Vec::new();
    for name in of_events.chain(of_steps).chain(of_actions).chain(incident.author) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    in_order(names.into_iter().map(|name| (name, None)).collect())
}

/// Returns the ids of the records on the command line; for `move`, the one that the event is moved from.
pub(super) fn records_on_line() -> Vec<String> {
    let line = LINE.get().map(Vec::as_slice).unwrap_or_default();
    let Some((project, verb)) = project().zip(line.get(1)) else { return Vec::new() };
    if verb == "move" {
        return meant_record().into_iter().map(|(_, record)| record.id).collect();
    }
    let before = line.split_last().map_or(line, |(_, before)| before);
    // The word after an option may be its value.
    let named = before.windows(2).skip(1).filter(|pair| !pair[0].starts_with('-'));
    let named = named.filter_map(|pair| project.select(&pair[1]).ok());
    named.map(|record| record.id).collect()
}

/// Returns the numbers of the record's changes that can be undone, with descriptions.
pub(super) fn changes() -> Vec<CompletionCandidate> {
    let found = meant_record().and_then(|(project, record)| project.journal(&record).ok());
    let Some(journal) = found else { return Vec::new() };
    let changes = journal.undoable().into_iter().rev().zip(1..);
    let offer = |(entry, number): (_, usize)| (format!("{number}"), Some(summary(entry)));
    in_order(changes.map(offer).collect())
}

/// Returns the files of the record and of its events, with their descriptions.
pub(super) fn attachments() -> Vec<CompletionCandidate> {
    let Some(incident) = current_incident() else { return Vec::new() };
    let of_events = incident.events.into_iter().flat_map(|event| event.attachments);
    let files = of_events.chain(incident.attachments).map(|file| (file.file, file.alt));
    in_order(files.collect())
}

/// Returns the steps of the record, with their texts.
pub(super) fn steps(typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut plan = current_incident().map(|incident| incident.plan).unwrap_or_default();
    if is_on_line("unskip") {
        plan.retain(|step| step.skipped.is_some());
    }
    named(named_steps(plan), typed)
}

/// Whether records are archived no more by the command line.
pub(super) fn clears_archived() -> bool {
    is_on_line("archive") && is_on_line("--clear")
}

fn is_on_line(word: &str) -> bool {
    LINE.get().is_some_and(|line| line.iter().any(|it| it == word))
}

/// Returns the steps of the records on the command line, those of the newest first, with their texts.
pub(super) fn steps_of_named(typed: &OsStr) -> Vec<CompletionCandidate> {
    let line = LINE.get().map(Vec::as_slice).unwrap_or_default();
    let Some(project) = project() else { return Vec::new() };
    let words = line.iter().skip_while(|word| *word != "from").skip(1);
    let words = words.take_while(|word| !matches!(word.as_str(), "-r" | "--record"));
    let olds = words.filter_map(|word| project.load(&project.select(word).ok()?).ok());
    let mut olds: Vec<Incident> = olds.map(|loaded| loaded.document.incident).collect();
    olds.sort_by_key(|old| std::cmp::Reverse(old.day()));
    let mut steps: Vec<(String, Option<String>)> = Vec::new();
    for (id, text) in olds.into_iter().flat_map(|old| named_steps(old.plan)) {
        if steps.iter().all(|(known, _)| *known != id) {
            steps.push((id, text));
        }
    }
    named(steps, typed)
}

/// Returns the severity scale, worst first.
pub(super) fn severities() -> Vec<CompletionCandidate> {
    let settings = std::env::current_dir().ok().and_then(|here| Project::find(&here).ok());
    let settings = settings.map(|project| project.settings).unwrap_or_default();
    in_order(settings.scale().into_iter().map(|word| (word.to_owned(), None)).collect())
}

/// Returns the types of events that begin with the typed text; if there are none, their names in some language that do.
pub(super) fn event_types(typed: &OsStr) -> Vec<CompletionCandidate> {
    types_that(typed, |_| true)
}

/// Returns milestones in the same way.
pub(super) fn milestones(typed: &OsStr) -> Vec<CompletionCandidate> {
    types_that(typed, EventType::is_milestone)
}

fn types_that(typed: &OsStr, fits: fn(&EventType) -> bool) -> Vec<CompletionCandidate> {
    let words = EventType::words().filter(|word| fits(&EventType::from_word(word)));
    let names = |typed: &str| -> Vec<&'static str> {
        let begun = event_types_begun(typed).into_iter();
        begun.filter(|(_, kind)| fits(kind)).map(|(name, _)| name).collect()
    };
    words_or_names(typed, words, names)
}

/// Returns the keys of a record in the same way.
pub(super) fn keys(typed: &OsStr) -> Vec<CompletionCandidate> {
    let words = HEADER_KEYS.iter().copied().chain([STATUS]).chain(POST_PATHS.iter().copied());
    words_or_names(typed, words, |typed| {
        keys_begun(typed).into_iter().map(|(name, _)| name).collect()
    })
}

/// Returns the words that begin with the typed text; if there are none, names for it.
fn words_or_names(
    typed: &OsStr,
    all: impl Iterator<Item = &'static str>,
    names: impl Fn(&str) -> Vec<&'static str>,
) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let begun: Vec<&'static str> = all.filter(|word| word.starts_with(typed.as_ref())).collect();
    match begun.is_empty() && !typed.is_empty() {
        true => words(names(&typed)),
        false => words(begun),
    }
}

/// Returns values for the key that is set on the command line; none for a text.
pub(super) fn values_of_key(typed: &OsStr) -> Vec<CompletionCandidate> {
    let line = LINE.get().map(Vec::as_slice).unwrap_or_default();
    let named = |word: &str| match keys_begun(word).as_slice() {
        [(name, key)] if *name == word => Some(*key),
        _ => HEADER_KEYS.iter().copied().chain([STATUS]).find(|key| *key == word),
    };
    let key = line.iter().find_map(|word| named(word)).unwrap_or_default();
    let begins = typed.to_string_lossy();
    let all = match key {
        "severity" => severities(),
        "kind" => words(KINDS),
        "services" => of_records(|incident| incident.services),
        "tags" => of_records(|incident| incident.tags),
        "language" => words(codes()),
        "timezone" => return zones(typed),
        STATUS => return milestones(typed),
        _ => Vec::new(),
    };
    let is_begun = |it: &CompletionCandidate| {
        it.get_value().to_str().is_some_and(|value| value.starts_with(begins.as_ref()))
    };
    all.into_iter().filter(is_begun).collect()
}

/// Returns zones by their names.
pub(super) fn zones(typed: &OsStr) -> Vec<CompletionCandidate> {
    named(Zone::names().map(|name| (name.to_owned(), None)).collect(), typed)
}

/// Returns the kinds of documents for `import`, and files.
pub(super) fn imports(typed: &OsStr) -> Vec<CompletionCandidate> {
    let begins = typed.to_string_lossy();
    let kinds = words(Kind::words().filter(|word| word.starts_with(begins.as_ref())));
    kinds.into_iter().chain(PathCompleter::any().complete(typed)).collect()
}

/// Reads the record on the command line, or else the current one.
fn current_incident() -> Option<Incident> {
    let (project, record) = meant_record()?;
    Some(project.load(&record).ok()?.document.incident)
}

/// Returns the value of the option for the record on a command line, in each form that clap reads: `-r x`, `-rx`, `-r=x`,
/// `--record x` and `--record=x`.
fn record_named(line: &[String]) -> Option<&str> {
    let words = line.iter().take_while(|word| *word != "--").enumerate();
    words.into_iter().find_map(|(place, word)| match word.as_str() {
        "-r" | "--record" => line.get(place + 1).map(String::as_str),
        word => {
            let short = || word.strip_prefix("-r").map(|rest| rest.trim_start_matches('='));
            word.strip_prefix("--record=").or_else(short)
        }
    })
}

fn meant_record() -> Option<(Project, RecordName)> {
    let project = project()?;
    let line = LINE.get().map(Vec::as_slice).unwrap_or_default();
    let named = record_named(line).map(str::to_owned);
    let named = named.or_else(|| std::env::var("ASRUN_RECORD").ok());
    let record = named.map_or_else(|| project.current(), |name| project.select(&name)).ok()?;
    Some((project, record))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_is_named_in_each_form_that_clap_reads() {
        for (line, expected) in [
            ("log -r pay --step", Some("pay")),
            ("log -rpay --step", Some("pay")),
            ("log -r=pay --step", Some("pay")),
            ("log --record pay --step", Some("pay")),
            ("log --record=pay --step", Some("pay")),
            ("log --step", None),
            ("log -- -r pay", None),
        ] {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            assert_eq!(record_named(&words), expected, "{line}");
        }
    }
}
