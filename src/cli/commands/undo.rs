use clap::Args;

use crate::format::JournalEntry;
use crate::lang::{help, told};
use crate::model::Moment;
use crate::operations::{Deed, UndoRequest, Undone, Was, deeds, undo};
use crate::store::{Project, RecordName};
use crate::yaml::Value;

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().undo.about, long_about = help().undo.long_about)]
pub(in crate::cli) struct UndoArgs {
    #[arg(long, conflicts_with = "list", help = help().undo.redo)]
    redo: bool,
    #[arg(long, help = help().undo.list)]
    list: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &UndoArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let record = context.record(&workspace.project, &args.record)?;
    if args.list {
        return list(context, &workspace.project, &record);
    }
    let request = UndoRequest { redo: args.redo };
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let undone = undo(&workspace, &record, &request, &wait)?;
    tell(context, &record, request, &undone);
    Ok(Exit::Done)
}

/// Says what was taken back or brought back.
pub(super) fn tell(
    context: &mut Context,
    record: &RecordName,
    request: UndoRequest,
    undone: &Undone,
) {
    let told = summary(&undone.entry);
    let (did, back) = match request.redo {
        true => ("brought back", "asrun undo"),
        false => ("took back", "asrun undo --redo"),
    };
    match (context.brief, request.redo) {
        (true, true) => context.confirm(&format!("{did}: {told}\n")),
        (true, false) => context.confirm(&format!("{did}: {told}; /redo brings it back\n")),
        _ => context.confirm(&format!("{did}: {told} → {}; to reverse that: {back}\n", record.id)),
    }
    context.tell_saved(&undone.saved);
}

/// `log: 2024-09-07T18:08+09:00 앱 진입 불가 확인`.
pub(super) fn summary(entry: &JournalEntry) -> String {
    let said = |item: &Value| {
        format!("{} {}", item.said("at").unwrap_or(""), item.said("text").unwrap_or(""))
            .trim()
            .to_owned()
    };
    let deed = |deed: &Deed| match deed {
        Deed::Changed { now, was } => format!("{} (was {})", said(now), was_words(was)),
        Deed::Removed(item) => format!("removed {}", said(item)),
        Deed::Added(item) => said(item),
        Deed::Unknown => String::new(),
    };
    let deeds: Vec<String> = deeds(entry).iter().map(deed).collect();
    let text = format!("{}: {}", entry.verb, deeds.join("; "));
    crate::render::escape::terminal(text.trim_end_matches([':', ' '])).into_owned()
}

/// The keys that differ, as they were: `type: observation`.
pub(super) fn was_words(was: &[Was]) -> String {
    let told = |value: &Option<Value>| match value {
        None => "—".to_owned(),
        Some(Value::Scalar(text)) => text.clone(),
        Some(_) => "…".to_owned(),
    };
    let key = |was: &Was| format!("{}: {}", was.key, told(&was.value));
    was.iter().map(key).collect::<Vec<_>>().join(", ")
}

fn list(context: &mut Context, project: &Project, record: &RecordName) -> Result<Exit, Failure> {
    let journal = project.journal(record)?;
    let in_effect: Vec<&str> = journal.in_effect().iter().map(|entry| entry.id.as_str()).collect();
    let own = project.load(record).ok().and_then(|loaded| loaded.document.incident.zone);
    let zone = own.unwrap_or_else(|| context.zone(project));
    let on = |written: &str| match Moment::parse(written, None) {
        Ok(moment) => told(&moment, zone),
        Err(_) => crate::render::escape::terminal(written).into_owned(),
    };
    for entry in journal.entries().iter().rev() {
        let mark = if in_effect.contains(&entry.id.as_str()) { " " } else { "·" };
        context.answer(&format!("{mark} {}  {}\n", on(&entry.on), summary(entry)));
    }
    if journal.entries().is_empty() {
        context.say(&format!("asrun has made no changes to {} on this machine", record.id));
    }
    Ok(Exit::Done)
}
