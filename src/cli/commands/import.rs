use std::path::PathBuf;

use clap::Args;

use crate::console::imported::{self, EditedRecord};
use crate::console::{Context, Exit, Failure, settings::zone_named, tell_waiting};
use crate::fault::{ExportFault, Fault, Field, ImportFault};
use crate::git;
use crate::import::{Fields, ImportOptions, Input, Kind};
use crate::lang::{Refusal, help, terminal};
use crate::model::Day;
use crate::operations::{
    DocumentSet, ImportPlan, ImportRequest, LockWait, Only, ReadBefore, Workspace, day_named,
    encoding_named, import, import_shown, period, plan_import,
};
use crate::render::to_json;
use crate::store::{SourceFile, read_sources};

use super::super::args::{RecordArgs, TableFormat};

#[derive(Debug, Args)]
#[command(about = help().import.about, long_about = help().import.long_about)]
pub(in crate::cli) struct ImportArgs {
    #[arg(required = true, value_name = "KIND|FILE", help = help().import.files)]
    files: Vec<String>,
    #[arg(long, value_name = "ZONE", help = help().import.zone)]
    zone: Option<String>,
    #[arg(long, value_name = "DAY", help = help().import.date)]
    date: Option<String>,
    #[arg(long, conflicts_with = "month_first", help = help().import.day_first)]
    day_first: bool,
    #[arg(long, help = help().import.month_first)]
    month_first: bool,
    #[arg(long, conflicts_with = "split", help = help().import.one)]
    one: bool,
    #[arg(long, help = help().import.split)]
    split: bool,
    #[arg(long, value_name = "N", help = help().import.fence)]
    fence: Option<usize>,
    #[arg(long, conflicts_with = "events", help = help().import.plan)]
    plan: bool,
    #[arg(long, help = help().import.events)]
    events: bool,
    #[arg(long, help = help().import.update)]
    update: bool,
    #[arg(long, value_name = "ID", help = help().import.id)]
    id: Option<String>,
    #[arg(long, value_name = "TIME", help = help().import.since)]
    since: Option<String>,
    #[arg(long, value_name = "TIME", help = help().import.until)]
    until: Option<String>,
    #[arg(long, value_name = "NAME", help = help().import.channel)]
    channel: Option<String>,
    #[arg(long = "match", value_name = "WORDS", help = help().import.matching)]
    matching: Option<String>,
    #[arg(long, value_name = "NAME", help = help().import.encoding)]
    encoding: Option<String>,
    #[arg(long, value_name = "FIELD", help = help().import.at)]
    at: Option<String>,
    #[arg(long, value_name = "FIELD", help = help().import.text)]
    text: Option<String>,
    #[arg(long, value_name = "FIELD", help = help().import.by)]
    by: Option<String>,
    #[arg(long, value_name = "FIELD", help = help().import.entry_id)]
    entry_id: Option<String>,
    #[arg(long, help = help().import.yes)]
    yes: bool,
    #[arg(long, value_enum, default_value_t = TableFormat::Table, help = help().import.format)]
    format: TableFormat,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ImportArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let mut requests = args.requests(context, &workspace)?;
    let mut before = ReadBefore::of(&workspace)?;
    match requests.pop() {
        Some(only) if requests.is_empty() => one(context, &workspace, &mut before, only, args),
        last => {
            requests.extend(last);
            each(context, &workspace, &mut before, requests, args)
        }
    }
}

/// Imports documents one after the other; a failure of one does not stop the others.
fn each(
    context: &mut Context,
    workspace: &Workspace,
    before: &mut ReadBefore,
    requests: Vec<ImportRequest>,
    args: &ImportArgs,
) -> Result<Exit, Failure> {
    let (mut read, mut refused) = (0, Vec::new());
    for request in requests {
        let name = request.inputs.first().map_or(String::new(), |input| input.name.clone());
        match one(context, workspace, before, request, args) {
            Ok(_) => read += 1,
            Err(failure) => refused.push((name, failure)),
        }
    }
    for (name, failure) in &refused {
        let refusal = Refusal::new(terminal().import_refused(name, &failure.in_one_line()));
        context.warn(failure.hints.iter().cloned().fold(refusal, Refusal::hint));
    }
    if args.format == TableFormat::Table {
        let totals = terminal().import_totals(read, refused.len());
        context.answer(&format!("{totals}\n"));
    }
    Ok(if refused.is_empty() { Exit::Done } else { Exit::Failed })
}

/// Reads one source, shows it, asks for confirmation, and writes it.
fn one(
    context: &mut Context,
    workspace: &Workspace,
    before: &mut ReadBefore,
    mut request: ImportRequest,
    args: &ImportArgs,
) -> Result<Exit, Failure> {
    let mut plan = plan_import(workspace, before, &request)?;
    while let Some(code) = plan.draft.asks().first().copied() {
        if args.format == TableFormat::Json || !context.is_interactive() {
            break;
        }
        imported::answer(context, &plan, code, &mut request)?;
        plan = plan_import(workspace, before, &request)?;
    }
    let asks = plan.draft.asks();
    if !asks.is_empty() {
        return Err(unanswered(context, workspace, &plan, args));
    }
    let Some(edited) = args.agrees(context, workspace, &plan)? else {
        context.note(terminal().written_with_yes());
        return Ok(Exit::Done);
    };
    let limit = std::time::Duration::from_secs(args.record.change.wait);
    let wait = LockWait { limit, waiting: &tell_waiting };
    let written = import(workspace, &plan, &wait)?;
    written.iter().for_each(|it| before.add(&plan.from, &it.record.id, &plan.sha256));
    if written.iter().any(|it| it.written) {
        context.note_saved();
    }
    match args.format {
        TableFormat::Json => {
            context.print(&to_json(&import_shown(workspace, &plan, Some(&written))))
        }
        TableFormat::Table => imported::tell(context, workspace, &plan, (&written, args.yes)),
    }
    imported::save_edited(context, workspace, &edited, (&written, &wait))?;
    let differ = imported::warn(context, &plan, &written);
    Ok(if differ { Exit::Failed } else { Exit::Done })
}

/// Shows what was read from a document that needs an answer.
fn unanswered(
    context: &mut Context,
    workspace: &Workspace,
    plan: &ImportPlan,
    args: &ImportArgs,
) -> Failure {
    if args.format == TableFormat::Json {
        context.print(&to_json(&import_shown(workspace, plan, None)));
    } else if args.files.len() < 3 || !context.is_interactive() && !args.yes {
        imported::show(context, workspace, plan);
    }
    let (name, asks) = (plan.from.clone(), plan.draft.asks());
    Fault::from(ImportFault::Unanswered { name, asks }).into()
}

impl ImportArgs {
    /// Returns the texts that were edited before writing; `None` if nothing is to be written. Either an option asks for
    /// writing, or a person agrees after having seen the result.
    fn agrees<'w>(
        &self,
        context: &mut Context,
        workspace: &'w Workspace,
        plan: &ImportPlan,
    ) -> Result<Option<Vec<EditedRecord<'w>>>, Failure> {
        if self.yes || context.dry_run {
            return Ok(Some(Vec::new()));
        }
        match self.format {
            TableFormat::Json => context.print(&to_json(&import_shown(workspace, plan, None))),
            TableFormat::Table if context.is_interactive() => {
                return imported::agrees(context, workspace, plan);
            }
            TableFormat::Table => imported::show(context, workspace, plan),
        }
        Ok(None)
    }

    fn requests(
        &self,
        context: &Context,
        workspace: &Workspace,
    ) -> Result<Vec<ImportRequest>, Failure> {
        let (kind, files) = self.kind_and_files(context);
        let inputs = match kind {
            Some(Kind::Git) => vec![(self.history(context, files.first())?, None)],
            Some(kind) if files.is_empty() => {
                return Err(export(ExportFault::NoFile { kind: kind.word() }));
            }
            _ => {
                let each = files.iter().map(|file| inputs(context, file));
                each.collect::<Result<Vec<_>, _>>()?.concat()
            }
        };
        let record = self.record.record.as_deref();
        let set = DocumentSet {
            kind,
            inputs: Vec::new(),
            typed: files.first().cloned().unwrap_or_default(),
            each: ImportRequest {
                kind: kind.unwrap_or(Kind::Markdown),
                inputs: Vec::new(),
                folder: None,
                answers: self.answers(context, workspace, kind == Some(Kind::Git))?,
                id: self.id.clone(),
                record: record.map(|record| workspace.project.select(record)).transpose()?,
                only: self.only(),
                updates: self.update,
            },
        };
        Ok(DocumentSet { inputs, ..set }.requests()?)
    }

    /// Returns answers from the options to what the documents may leave open.
    fn answers(
        &self,
        context: &Context,
        workspace: &Workspace,
        is_git: bool,
    ) -> Result<ImportOptions, Failure> {
        let zone = self.zone.as_deref().map(|name| zone_named("--zone", name)).transpose()?;
        let read_zone = zone.unwrap_or(workspace.zone);
        let day = |text: &str| day_named(text, Field::Date, context.now, read_zone);
        let date: Option<Day> = self.date.as_deref().map(day).transpose()?;
        let (since, until) = match is_git {
            true => (None, None),
            false => period(self.since.as_deref(), self.until.as_deref(), context.now, read_zone)?,
        };
        Ok(ImportOptions {
            zone,
            date,
            split: if self.one { Some(false) } else { self.split.then_some(true) },
            day_first: if self.month_first { Some(false) } else { self.day_first.then_some(true) },
            since,
            until,
            fence: self.fence,
            channel: self.channel.clone(),
            matching: self.matching.clone(),
            fields: Fields {
                at: self.at.clone(),
                text: self.text.clone(),
                by: self.by.clone(),
                id: self.entry_id.clone(),
            },
            encoding: self.encoding.as_deref().map(encoding_named).transpose()?,
        })
    }

    /// Returns which part of a document was requested.
    fn only(&self) -> Option<Only> {
        match (self.plan, self.events) {
            (true, _) => Some(Only::Plan),
            (_, true) => Some(Only::Events),
            _ => None,
        }
    }

    /// Reads the git history of the repository that a folder is in.
    fn history(&self, context: &Context, folder: Option<&String>) -> Result<Input, Failure> {
        let folder = folder.map_or(context.folder.clone(), |folder| context.folder.join(folder));
        let told = git::commits_and_tags(&folder, self.since.as_deref(), self.until.as_deref());
        let told = told.map_err(|says| export(ExportFault::Git { says }))?;
        let name = folder.canonicalize().unwrap_or(folder);
        let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Input { name, bytes: told.into_bytes() })
    }

    /// Returns the kind, if the first word is one and there is no file with that name, and the files.
    fn kind_and_files(&self, context: &Context) -> (Option<Kind>, &[String]) {
        let Some((first, rest)) = self.files.split_first() else { return (None, &[]) };
        match Kind::named(first) {
            Some(kind) if !rest.is_empty() || !context.folder.join(first).exists() => {
                (Some(kind), rest)
            }
            _ => (None, &self.files),
        }
    }
}

fn export(fault: ExportFault) -> Failure {
    Fault::from(ImportFault::from(fault)).into()
}

/// Returns a file, or the files of a folder, each with its folder.
fn inputs(context: &Context, file: &str) -> Result<Vec<(Input, Option<PathBuf>)>, Failure> {
    if file == "-" {
        let bytes = context.read_stdin_bytes()?;
        return Ok(vec![(Input { name: "stdin".to_owned(), bytes }, None)]);
    }
    let found = read_sources(&context.folder.join(file))?;
    let input = |SourceFile { name, bytes, folder }| (Input { name, bytes }, Some(folder));
    Ok(found.into_iter().map(input).collect())
}
