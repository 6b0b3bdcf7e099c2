//! The findings of `asrun check`, for people and as data.

use clap::Command;

use crate::check::{Finding, Level, without_secrets};
use crate::fault::{FileFinding, Problem, StoreFault};
use crate::format::Document;
use crate::lang::{ProblemText, terminal};
use crate::operations::{CheckedFile, FileContent};
use crate::view::FindingView;
use crate::yaml::{Lines, Position};

use super::changed::id_of;
use super::errors::Alike;
use super::hints::with_record;
use super::{Context, errors};

/// The most findings per file that are shown to a person; programs get all of them.
const MOST_SHOWN: usize = 1000;

/// Returns the severity of each finding in a file.
pub fn levels(file: &CheckedFile) -> Vec<Level> {
    let mut levels = match &file.content {
        FileContent::Unread => Vec::new(),
        FileContent::Record(_, found) => found.iter().map(|finding| finding.rule.level).collect(),
        FileContent::Unreadable(StoreFault::Faulty { problems, .. }) => {
            vec![Level::Error; problems.len()]
        }
        FileContent::Unreadable(_) => vec![Level::Error],
    };
    levels.extend(file.about.iter().map(level_of));
    levels
}

/// Prints the findings in a file; an unreadable file is reported separately.
pub fn show(context: &mut Context, file: &CheckedFile, asrun: &Command) {
    if let FileContent::Record(document, found) = &file.content {
        // A finding about a secret must not reveal it.
        let text = without_secrets(document);
        let lines = Lines::of(&text);
        for alike in alike(&found[..found.len().min(MOST_SHOWN)], &id_of(&file.path), asrun) {
            context.print(&errors::findings_text(&file.path, &lines, &alike));
        }
        if let Some(more) = found.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
            context.print(&format!("{}\n\n", terminal().more_faults(more)));
        }
    }
    for about in &file.about {
        let text = terminal().file_finding(about);
        let rule = (level_of(about), about.name());
        context.answer(&errors::whole_file_text(&file.path, rule, &text));
    }
}

/// Groups findings in a record that break the same rule and have the same way out.
fn alike<'f>(found: &'f [Finding], record: &str, asrun: &Command) -> Vec<Alike<'f>> {
    let mut groups: Vec<Alike> = Vec::new();
    for finding in found {
        let help = way_out(finding, record, asrun);
        let same = |it: &&mut Alike| it.first.rule.id == finding.rule.id && it.help == help;
        match groups.iter_mut().find(same) {
            Some(known) => known.others.push(finding),
            None => groups.push(Alike { first: finding, others: Vec::new(), help }),
        }
    }
    groups
}

/// Returns the way out of a finding; the commands in it name the record, whichever one is current.
fn way_out(finding: &Finding, record: &str, asrun: &Command) -> String {
    with_record(&terminal().finding_help(&finding.kind), record, asrun)
}

/// Returns the findings in a file as data.
pub fn views(file: &CheckedFile, asrun: &Command) -> Vec<FindingView> {
    let view = |place, level: Level, rule: &str, text| view(&file.path, place, level, rule, text);
    let mut views: Vec<FindingView> = match &file.content {
        FileContent::Unread => Vec::new(),
        FileContent::Record(document, found) => {
            let lines = Lines::of(document.text());
            let record = id_of(&file.path);
            let told = |finding: &Finding| {
                let Finding { rule, span, kind } = finding;
                let (message, help) = (terminal().finding(kind), way_out(finding, &record, asrun));
                let place = lines.position(span.start);
                view(Some(place), rule.level, rule.id.name(), ProblemText { message, help })
            };
            found.iter().map(told).collect()
        }
        FileContent::Unreadable(StoreFault::Faulty { text, problems, .. }) => {
            let lines = Lines::of(text);
            let told = |problem: &Problem| {
                let place = lines.position(problem.span.start);
                let words = terminal().problem(&problem.kind);
                view(Some(place), Level::Error, problem.code.name(), words)
            };
            problems.iter().map(told).collect()
        }
        FileContent::Unreadable(fault) => {
            vec![view(None, Level::Error, "unreadable", terminal().unreadable_file(fault))]
        }
    };
    let about = file.about.iter();
    views.extend(
        about.map(|one| view(None, level_of(one), one.name(), terminal().file_finding(one))),
    );
    views
}

fn level_of(about: &FileFinding) -> Level {
    match (about.is_note(), about.is_doubt()) {
        (true, _) => Level::Note,
        (_, true) => Level::Warning,
        _ => Level::Error,
    }
}

fn view(
    path: &str,
    place: Option<Position>,
    level: Level,
    rule: &str,
    ProblemText { message, help }: ProblemText,
) -> FindingView {
    FindingView {
        path: path.to_owned(),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        level: level.word(),
        rule: rule.to_owned(),
        message,
        help,
    }
}

/// Reports unknown keys.
pub fn tell_unknown_keys(context: &Context, file: &str, document: &Document) {
    let lines = Lines::of(document.text());
    for unknown in &document.unknown {
        let place = lines.position(unknown.at);
        context.note(&terminal().kept_key(
            &format!("{file}:{place}"),
            &unknown.key,
            unknown.nearest,
        ));
    }
}
