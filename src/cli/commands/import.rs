use clap::Args;

use crate::console::{Context, Exit, Failure, settings::zone_named, tell_waiting};
use crate::fault::{DoubtCode, ExportFault, Fault, Field, ImportFault};
use crate::git;
use crate::import::{Encoding, Fields, ImportOptions, Input, Kind, encoding};
use crate::lang::{Aim, Refusal, help, is_yes, terminal};
use crate::model::{Day, Incident, Moment, Zone};
use crate::operations::{
    ImportPlan, ImportRequest, ImportedRecord, LockWait, Only, ReadBefore, RecordPlace, Workspace,
    day_named, frame, import, plan_import, read_time,
};
use crate::render::{import_counts, import_text, to_json};
use crate::store::read_sources;
use crate::view::{Bound, ImportSourceView, ImportView, import_view};

use super::super::args::{RecordArgs, one_of};

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
    #[arg(long, value_parser = one_of(FORMS), default_value = "table", help = help().import.format)]
    format: Form,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Table,
    Json,
}

const FORMS: &[(&str, Form)] = &[("table", Form::Table), ("json", Form::Json)];

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

/// Reads documents one after the other; what one of them lacks keeps no other from being read.
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
    if args.format == Form::Table {
        let totals = terminal().import_totals(read, refused.len());
        context.answer(&format!("{totals}\n"));
    }
    Ok(if refused.is_empty() { Exit::Done } else { Exit::Failed })
}

/// Reads one source, shows it, asks, and writes it.
fn one(
    context: &mut Context,
    workspace: &Workspace,
    before: &mut ReadBefore,
    mut request: ImportRequest,
    args: &ImportArgs,
) -> Result<Exit, Failure> {
    let mut plan = plan_import(workspace, before, &request)?;
    while let Some(code) = plan.draft.asks().first().copied() {
        if args.format == Form::Json || !context.is_interactive() {
            break;
        }
        answer(context, &plan, code, &mut request.answers)?;
        plan = plan_import(workspace, before, &request)?;
    }
    let asks = plan.draft.asks();
    let writes = asks.is_empty() && args.agrees(context, workspace, &plan);
    if !writes {
        if args.format == Form::Json {
            context.print(&to_json(&view(workspace, &plan, None)));
        } else if (!asks.is_empty() && args.files.len() < 3)
            || !context.is_interactive() && !args.yes
        {
            show(context, workspace, &plan);
        }
        if asks.is_empty() {
            context.note(terminal().written_with_yes());
            return Ok(Exit::Done);
        }
        let name = plan.from.clone();
        return Err(Fault::from(ImportFault::Unanswered { name, asks }).into());
    }
    let limit = std::time::Duration::from_secs(args.record.wait);
    let wait = LockWait { limit, waiting: &tell_waiting };
    let written = import(workspace, &plan, &wait)?;
    written.iter().for_each(|it| before.add(&plan.from, &it.record.id, &plan.sha256));
    tell(context, workspace, &plan, &written, args.format);
    Ok(if tell_conflicts(context, &plan, &written) { Exit::Failed } else { Exit::Done })
}

/// Asks a person for what the document does not say.
fn answer(
    context: &Context,
    plan: &ImportPlan,
    code: DoubtCode,
    answers: &mut ImportOptions,
) -> Result<(), Failure> {
    let doubt = plan.draft.doubts.iter().find(|doubt| doubt.code == code);
    let found = doubt.map_or("", |doubt| doubt.found.as_str());
    let unanswered = || {
        let (name, asks) = (plan.from.clone(), plan.draft.asks());
        Failure::from(Fault::from(ImportFault::Unanswered { name, asks }))
    };
    let typed = context.ask(&terminal().import_question(code, found)).ok_or_else(unanswered)?;
    if typed.is_empty() {
        return Err(unanswered());
    }
    match code {
        DoubtCode::NoZone => answers.zone = Some(zone_named("--zone", &typed)?),
        DoubtCode::NoDate => {
            answers.date = Some(day_named(&typed, Field::Date, context.now, Zone::UTC)?);
        }
        _ => answers.day_first = Some(!typed.to_lowercase().starts_with('m')),
    }
    Ok(())
}

impl ImportArgs {
    /// Whether it is to be written: it was said, or a person agrees after having seen it.
    fn agrees(&self, context: &mut Context, workspace: &Workspace, plan: &ImportPlan) -> bool {
        if self.yes || context.dry_run {
            return true;
        }
        if self.format == Form::Json || !context.is_interactive() {
            return false;
        }
        show(context, workspace, plan);
        context.ask(terminal().write_it()).is_some_and(|answer| is_yes(&answer))
    }

    fn requests(
        &self,
        context: &Context,
        workspace: &Workspace,
    ) -> Result<Vec<ImportRequest>, Failure> {
        let (kind, files) = self.kind_and_files(context);
        let answers = self.answers(context, workspace, kind == Some(Kind::Git))?;
        let inputs = match kind {
            Some(Kind::Git) => vec![self.history(context, files.first())?],
            Some(kind) if files.is_empty() => {
                return Err(export(ExportFault::NoFile { kind: kind.word() }));
            }
            _ => files
                .iter()
                .map(|file| inputs(context, file))
                .collect::<Result<Vec<_>, _>>()?
                .concat(),
        };
        let unknown = || ImportFault::NoKind {
            name: files.first().cloned().unwrap_or_default(),
            known: Kind::words().collect(),
        };
        let kind = kind.or_else(|| Kind::of_all(&inputs)).ok_or_else(|| Fault::from(unknown()))?;
        let record = self.record.record.as_deref();
        let record = record.map(|record| workspace.project.select(record)).transpose()?;
        let several = kind.is_a_record_each() && inputs.len() > 1;
        if several && (self.id.is_some() || record.is_some()) {
            let count = inputs.len();
            return Err(Fault::from(ImportFault::SeveralRecords { count }).into());
        }
        let only = self.only();
        let request = |inputs| {
            let (answers, record) = (answers.clone(), record.clone());
            let (id, updates) = (self.id.clone(), self.update);
            ImportRequest { kind, inputs, answers, id, record, only, updates }
        };
        Ok(match several {
            true => inputs.into_iter().map(|input| request(vec![input])).collect(),
            false => vec![request(inputs)],
        })
    }

    /// What is known of the documents beside what they say.
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
        let moment = |text: &Option<String>, field| -> Result<Option<Moment>, Failure> {
            let frame = frame(context.now, read_zone, &Incident::default(), Aim::Happened);
            let read = |text| read_time(text, &frame, field);
            Ok(text.as_deref().map(read).transpose()?.map(|typed| typed.moment))
        };
        Ok(ImportOptions {
            zone,
            date,
            split: if self.one { Some(false) } else { self.split.then_some(true) },
            day_first: if self.month_first { Some(false) } else { self.day_first.then_some(true) },
            since: if is_git { None } else { moment(&self.since, Field::From)? },
            until: if is_git { None } else { moment(&self.until, Field::Until)? },
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

    /// What of a document is asked for.
    fn only(&self) -> Option<Only> {
        match (self.plan, self.events) {
            (true, _) => Some(Only::Plan),
            (_, true) => Some(Only::Events),
            _ => None,
        }
    }

    /// The history of the repository that a folder is in.
    fn history(&self, context: &Context, folder: Option<&String>) -> Result<Input, Failure> {
        let folder = folder.map_or(context.folder.clone(), |folder| context.folder.join(folder));
        let told = git::commits_and_tags(&folder, self.since.as_deref(), self.until.as_deref());
        let told = told.map_err(|says| export(ExportFault::Git { says }))?;
        let name = folder.canonicalize().unwrap_or(folder);
        let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Input { name, bytes: told.into_bytes() })
    }

    /// The kind, if the first word is one and no file is called so, and the files.
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

fn encoding_named(name: &str) -> Result<&'static Encoding, Failure> {
    let unknown = || export(ExportFault::Encoding { name: name.to_owned() });
    encoding(name).ok_or_else(unknown)
}

fn export(fault: ExportFault) -> Failure {
    Fault::from(ImportFault::from(fault)).into()
}

/// A file, or the files of a folder.
fn inputs(context: &Context, file: &str) -> Result<Vec<Input>, Failure> {
    if file == "-" {
        let bytes = context.read_stdin_bytes()?;
        return Ok(vec![Input { name: "stdin".to_owned(), bytes }]);
    }
    let found = read_sources(&context.folder.join(file))?;
    Ok(found.into_iter().map(|(name, bytes)| Input { name, bytes }).collect())
}

/// What was read, as it is shown; `written` are the records that were written.
fn view(
    workspace: &Workspace,
    plan: &ImportPlan,
    written: Option<&[ImportedRecord]>,
) -> ImportView {
    let project = &workspace.project;
    let source = ImportSourceView {
        path: plan.from.clone(),
        kind: plan.kind.word(),
        sha256: plan.sha256.clone(),
    };
    let fates = |at: usize| match written {
        Some(written) => written.get(at).map_or(&[][..], |record| &record.fates),
        None => plan.places.get(at).map_or(&[][..], |place| &place.fates),
    };
    let records = plan.draft.records.iter().zip(&plan.places).enumerate();
    let bound: Vec<Bound> = records
        .map(|(at, (record, place))| Bound { record, id: &place.id, fates: fates(at) })
        .collect();
    let path = |place: &RecordPlace| {
        let new = || project.records_folder().join(format!("{}.yaml", place.id));
        let path = place.there.as_ref().map_or_else(new, |there| there.path.clone());
        project.told_path(&path)
    };
    let paths = plan.places.iter().map(path).collect();
    let is_written =
        written.is_some_and(|written| !project.dry_run && written.iter().any(|it| it.written));
    import_view(source, &plan.draft, &bound, (is_written, paths))
}

/// Shows what would be written.
fn show(context: &mut Context, workspace: &Workspace, plan: &ImportPlan) {
    let view = view(workspace, plan, None);
    for (place, path) in plan.places.iter().zip(&view.records) {
        let counts = import_counts(&view, &place.id);
        let is_new = place.there.is_none();
        context.answer(&format!("{}\n", terminal().import_head(&plan.from, counts, path, is_new)));
    }
    context.print(&import_text(&view, context.width));
}

/// Tells what was written.
fn tell(
    context: &mut Context,
    workspace: &Workspace,
    plan: &ImportPlan,
    written: &[ImportedRecord],
    form: Form,
) {
    let view = view(workspace, plan, Some(written));
    if form == Form::Json {
        context.print(&to_json(&view));
    } else {
        if context.dry_run {
            context.print(&import_text(&view, context.width));
        }
        for record in written {
            let (from, id) = (&plan.from, &record.record.id);
            let counts = import_counts(&view, id);
            let differing = if plan.updates { 0 } else { counts.changed };
            let is_known = differing + counts.conflicts == 0;
            match record.written {
                true => context.confirm(&terminal().imported(from, counts, id)),
                false if is_known && plan.is_part => {
                    context.confirm(&terminal().no_new_part(from, id));
                }
                false if is_known => context.confirm(&terminal().nothing_new(from, id)),
                false => {}
            }
            if differing > 0 {
                context.note(&terminal().entries_differ(from, differing, id));
            }
        }
    }
    for fault in written.iter().filter_map(|record| record.noted.as_ref().err()) {
        context.warn(terminal().not_in_journal(fault));
    }
}

/// Tells which entries were left as they are, though the document corrects them; returns whether there are
/// any.
fn tell_conflicts(context: &Context, plan: &ImportPlan, written: &[ImportedRecord]) -> bool {
    let mut told = false;
    for (read, it) in plan.draft.records.iter().zip(written) {
        let sources = it.conflicts(read);
        if !sources.is_empty() {
            context.warn(terminal().entries_conflict(&sources, &it.record.id));
            told = true;
        }
    }
    told
}
