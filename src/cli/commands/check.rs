use std::path::Path;

use clap::{Args, ValueEnum};

use crate::check::{Case, Finding, Level, RULES, findings};
use crate::fault::{Problem, StoreFault};
use crate::format::Document;
use crate::lang::{ProblemText, help, terminal};
use crate::model::nearest;
use crate::render::{sarif, to_json};
use crate::store::{Project, RecordName};
use crate::view::{FindingView, FindingsView, findings_line};
use crate::yaml::{Code, Position};

use super::super::context::Context;
use super::super::errors::{self, Exit, Failure};
use super::recover::said;

#[derive(Debug, Args)]
#[command(about = help().check.about, long_about = help().check.long_about)]
pub(in crate::cli) struct CheckArgs {
    #[arg(help = help().check.records)]
    records: Vec<String>,
    #[arg(long, help = help().check.strict)]
    strict: bool,
    #[arg(long, value_name = "RULE", value_delimiter = ',', help = help().check.ignore)]
    ignore: Vec<String>,
    #[arg(long, value_enum, default_value_t = CheckFormat::Human, help = help().check.format)]
    format: CheckFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    Human,
    Json,
    Sarif,
}

/// What was found, and how a person is shown it.
struct Told {
    finding: FindingView,
    shown: String,
}

pub(in crate::cli) fn run(context: &mut Context, args: &CheckArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let ignored = ignored(&project, args)?;
    let listing = project.list()?;
    let records: Vec<RecordName> = match args.records.as_slice() {
        [] => listing.records.clone(),
        wanted => wanted.iter().map(|id| project.select(id)).collect::<Result<_, _>>()?,
    };
    let mut told: Vec<Told> = Vec::new();
    for record in &records {
        told.extend(check(context, &project, record, &ignored, args.format));
    }
    if args.records.is_empty() {
        told.extend(listing.misnamed.iter().map(|path| {
            whole(
                &shown_path(path),
                "misnamed",
                "its name is not UTF-8, so it is no record",
                "rename it",
            )
        }));
        told.extend(gone(&project)?);
    }
    context.tell_copies(&listing.copies);
    let fails = |told: &Told| {
        told.finding.level == Level::Error.word()
            || args.strict && told.finding.level == Level::Warning.word()
    };
    let failed = told.iter().any(fails);
    print(context, args.format, records.len(), told);
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

/// What the project and the command line have decided to live with.
fn ignored(project: &Project, args: &CheckArgs) -> Result<Vec<String>, Failure> {
    let ignored = [project.settings.ignore.clone(), args.ignore.clone()].concat();
    let ids = || RULES.iter().map(|rule| rule.id.name());
    match ignored.iter().find(|id| !ids().any(|known| known == id.as_str())) {
        None => Ok(ignored),
        Some(unknown) => {
            let by =
                if args.ignore.contains(unknown) { "--ignore" } else { "ignore: in asrun.yaml" };
            let failure = Failure::misuse(format!("{by}: there is no rule {unknown:?}"));
            Err(match nearest(unknown, ids()) {
                Some(near) => failure.hint(format!("did you mean {near}?")),
                None => {
                    failure.hint(format!("there are: {}", ids().collect::<Vec<_>>().join(", ")))
                }
            })
        }
    }
}

fn print(context: &mut Context, format: CheckFormat, records: usize, told: Vec<Told>) {
    let (shown, findings): (Vec<String>, Vec<FindingView>) =
        told.into_iter().map(|told| (told.shown, told.finding)).unzip();
    let plural = if records == 1 { "record" } else { "records" };
    let view = FindingsView { view: 1, records, findings };
    match format {
        CheckFormat::Json => context.print(&to_json(&view)),
        CheckFormat::Sarif => {
            let codes = Code::ALL.iter().map(|code| (code.name(), "The file can be read."));
            let rules = RULES.iter().map(|rule| (rule.id.name(), terminal().rule(rule.id)));
            let rules: Vec<(&str, &str)> = rules.chain(codes).collect();
            context.print(&sarif(&view, env!("CARGO_PKG_VERSION"), &rules));
        }
        CheckFormat::Human => {
            shown.iter().for_each(|text| context.print(text));
            let counts = match findings_line(&view.findings) {
                none if none.is_empty() => "nothing wrong".to_owned(),
                counts => counts,
            };
            context.answer(&format!("{records} {plural} checked, {counts}\n"));
        }
    }
}

/// Everything found in one record.
fn check(
    context: &Context,
    project: &Project,
    record: &RecordName,
    ignored: &[String],
    format: CheckFormat,
) -> Vec<Told> {
    let path = shown_path(&record.path);
    let loaded = match project.load(record) {
        Ok(loaded) => loaded,
        Err(fault) => {
            let told = unreadable(&path, &fault);
            // As every command tells it: all faults of the file in one message.
            if format == CheckFormat::Human {
                errors::print(&Failure::from(fault));
            }
            return told;
        }
    };
    let document = &loaded.document;
    let files = project.asset_names(&record.id);
    let case = Case::new(document, context.now, &files);
    let told = findings(&case, ignored).into_iter();
    let mut told: Vec<Told> = told.map(|finding| by_rule(&path, document, &finding)).collect();
    match project.journal(record) {
        Ok(journal) => {
            told.extend(
                journal
                    .missing(document)
                    .into_iter()
                    .map(|(_, item)| lost(&path, record, &said(&item))),
            );
            let kept = journal.kept().into_iter().flat_map(|entry| &entry.effects);
            let waiting = kept.filter_map(|effect| effect.after.as_ref());
            told.extend(waiting.map(|item| waits(&path, record, &said(item))));
        }
        Err(fault) => {
            let fault = terminal().store_fault_in_short(&fault);
            told.push(whole(&path, "journal", &fault, "asrun recover and undo need it"));
        }
    }
    told
}

fn shown_path(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("{}/{name}", crate::store::RECORDS)
}

/// The faults as findings; a person is told them apart.
fn unreadable(path: &str, fault: &StoreFault) -> Vec<Told> {
    let StoreFault::Faulty { text, problems, .. } = fault else {
        let help = "look at the file and its permissions";
        let told = whole(path, "unreadable", &terminal().store_fault_in_short(fault), help);
        return vec![Told { shown: String::new(), ..told }];
    };
    let told = |problem: &Problem| {
        let ProblemText { message, help } = terminal().problem(&problem.kind);
        let place = Position::of(text, problem.span.start);
        let finding = view(path, Some(place), "error", problem.code.name(), &message, &help);
        Told { finding, shown: String::new() }
    };
    problems.iter().map(told).collect()
}

fn by_rule(path: &str, document: &Document, finding: &Finding) -> Told {
    let Finding { rule, span, kind } = finding;
    let (text, level) = (document.text(), rule.level.word());
    let shown = errors::finding_text(path, text, finding);
    let place = Position::of(text, span.start);
    let (message, help) = (terminal().finding(kind), terminal().finding_help(kind));
    Told { finding: view(path, Some(place), level, rule.id.name(), &message, &help), shown }
}

fn view(
    path: &str,
    place: Option<Position>,
    level: &'static str,
    rule: &str,
    message: &str,
    help: &str,
) -> FindingView {
    FindingView {
        path: path.to_owned(),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        level,
        rule: rule.to_owned(),
        message: message.to_owned(),
        help: help.to_owned(),
    }
}

/// An error about a whole file.
fn whole(path: &str, rule: &str, message: &str, help: &str) -> Told {
    let shown = crate::render::escape::terminal_lines(&format!(
        "error[{rule}]: {message}\n --> {path}\n  = help: {help}\n\n"
    ));
    Told { finding: view(path, None, "error", rule, message, help), shown }
}

fn lost(path: &str, record: &RecordName, item: &str) -> Told {
    let help = format!(
        "asrun recover {0} brings it back, asrun recover {0} --forget confirms that it was deleted",
        record.id
    );
    whole(path, "lost-entry", &format!("missing: {item}, which asrun had written"), &help)
}

fn waits(path: &str, record: &RecordName, item: &str) -> Told {
    let message = format!("waiting: {item}, logged while the file could not be read");
    whole(path, "waiting-entry", &message, &format!("asrun recover {} adds it", record.id))
}

/// Records that are not there any more.
fn gone(project: &Project) -> Result<Vec<Told>, Failure> {
    let told = |(id, count): (String, usize)| {
        let path = format!("incidents/{id}.yaml");
        let entries = if count == 1 { "entry" } else { "entries" };
        let message =
            format!("{path} is gone, and with it {count} {entries} that asrun had written");
        let help = format!(
            "bring it back (git checkout -- {path}), or delete .asrun/{id}.journal if it was renamed or deleted on purpose"
        );
        whole(&path, "lost-record", &message, &help)
    };
    Ok(project.gone()?.into_iter().map(told).collect())
}

/// Points out keys that no one knows.
pub(super) fn unknown_keys(context: &Context, record: &RecordName, document: &Document) {
    for unknown in &document.unknown {
        let place = Position::of(document.text(), unknown.at);
        let near =
            unknown.nearest.map(|key| format!("; did you mean `{key}`?")).unwrap_or_default();
        let path = shown_path(&record.path);
        context.say(&format!(
            "note: {path}:{place}: asrun does not know `{}`; it is kept as it is{near}",
            unknown.key
        ));
    }
}
