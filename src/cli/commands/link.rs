use clap::{Args, ValueEnum};

use crate::model::{Incident, Zone};
use crate::operations::step_at;
use crate::render::{suggestions_text, to_json};
use crate::store::{Project, RecordName};
use crate::timeline::{Suggestion, suggestions};
use crate::view::suggestions_view;
use crate::yaml::{Change, Value};

use super::super::args::{RecordArgs, zone};
use super::super::changes::change_record;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};

/// Suggest which events carried out which planned steps
///
///   asrun link                  what may belong together, with the reasons
///   asrun link --apply          write all of it
///   asrun link --apply 1 3      write the first and the third
///
/// Suggestions weigh words, time and order over the whole plan. They are never
/// record until you accept them; `asrun undo` takes them back.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct LinkArgs {
    /// Write the suggestions of these numbers, or all of them.
    #[arg(long, value_name = "NUMBER", num_args = 0..)]
    apply: Option<Vec<usize>>,
    /// In which form: `table` for people, `json` for programs.
    #[arg(long, value_enum, default_value_t = Format::Table, conflicts_with = "apply")]
    format: Format,
    /// Tell every time in this zone too, such as UTC or Europe/Berlin.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LinkArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = context.record(&project, &args.record)?;
    match &args.apply {
        None => suggest(context, &project, &record, args),
        Some(numbers) => apply(context, &project, &record, args, numbers),
    }
}

fn suggest(
    context: &mut Context,
    project: &Project,
    record: &RecordName,
    args: &LinkArgs,
) -> Result<Exit, Failure> {
    let loaded = project.load(record)?;
    let view = suggestions_view(&loaded.id, &loaded.document.incident, args.zone);
    match args.format {
        Format::Json => context.print(&to_json(&view)),
        Format::Table => {
            context.print(&suggestions_text(&view, context.width));
            if !view.suggestions.is_empty() {
                context.say(
                    "nothing is linked yet: asrun link --apply writes all, --apply 1 3 only those",
                );
            }
        }
    }
    Ok(Exit::Done)
}

fn apply(
    context: &mut Context,
    project: &Project,
    record: &RecordName,
    args: &LinkArgs,
    numbers: &[usize],
) -> Result<Exit, Failure> {
    change_record(context, project, record, &args.record, "link", |document| {
        let incident = &document.incident;
        links(incident, &chosen(incident, numbers)?)
    })
}

fn chosen<'i>(incident: &'i Incident, numbers: &[usize]) -> Result<Vec<Suggestion<'i>>, Failure> {
    let found = suggestions(incident);
    if found.is_empty() {
        return Err(Failure::new("there is nothing to suggest, so nothing was linked")
            .hint("link by hand: asrun amend NUMBER --step STEP"));
    }
    if numbers.is_empty() {
        return Ok(found);
    }
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    let one = |number: &usize| {
        let found = number.checked_sub(1).and_then(|at| found.get(at));
        found.copied().ok_or_else(|| format!("there is no suggestion {number}"))
    };
    let chosen: Result<Vec<Suggestion>, String> = numbers.iter().map(one).collect();
    chosen.map_err(|fault| {
        Failure::misuse(format!("--apply: {fault}; there are {}", found.len()))
            .hint("asrun link prints them with their numbers")
    })
}

/// The changes that link the pairs, and what to say of each.
fn links(incident: &Incident, pairs: &[Suggestion]) -> Result<(Vec<Change>, Vec<String>), Failure> {
    // Steps without an id get one; the next must not get the same.
    let mut named = incident.clone();
    let mut changes: Vec<Change> = Vec::new();
    let mut answers = Vec::new();
    let mut linked: Vec<(usize, Vec<String>)> = Vec::new();
    for pair in pairs {
        let (id, naming) = step_at(&named, pair.place);
        named.plan[pair.place].id = Some(id.clone());
        changes.extend(naming);
        answers.push(format!("linked: {} ↔ {} [{id}]", pair.event.headline(), pair.step.text));
        let place = incident.events.iter().position(|event| std::ptr::eq(event, pair.event));
        let place = place.ok_or_else(|| Failure::new("the event is not there any more"))?;
        match linked.iter_mut().find(|(other, _)| *other == place) {
            Some((_, ids)) => ids.push(id),
            None => linked.push((place, [pair.event.steps.clone(), vec![id]].concat())),
        }
    }
    let set = |(place, ids): (usize, Vec<String>)| Change::Set {
        at: vec![("events".to_owned(), Some(place))],
        key: "step".to_owned(),
        value: match ids.as_slice() {
            [one] => Value::text(one.clone()),
            many => Value::texts(many),
        },
    };
    changes.extend(linked.into_iter().map(set));
    Ok((changes, answers))
}
