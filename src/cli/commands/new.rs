use clap::Args;

use crate::format::compose;
use crate::model::{Day, IncidentId, Zone, nearest};
use crate::operations::{Field, accepted, day_named};
use crate::store::{Project, SCHEMA_FILE};
use crate::yaml::Value;

use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::super::settings::{check_language, zone_named};

/// Begin a record and make it the current one
///
/// The file is incidents/YYYY-MM-DD-title.yaml. Where there is no incidents/ yet,
/// asrun init makes it (on a terminal, asrun new asks). Then:
///   asrun new "Checkout is down" --kind outage
///   asrun new "왁뮤 3.0 출시" --kind release --date 2024-09-07 --version 3.0
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct NewArgs {
    /// What people will call it.
    #[arg(required = true)]
    title: Vec<String>,
    /// release, outage, maintenance, or a word of your own.
    #[arg(long, alias = "type", value_name = "KIND", default_value = "outage")]
    kind: String,
    /// The day it is about: 2024-09-07, 9월 7일, sep 7, tomorrow; today if not given.
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// The version that is released.
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// A word of the severity scale, sev1 (worst) to sev5 unless the project has its own.
    #[arg(long, alias = "sev", value_name = "SEVERITY")]
    severity: Option<String>,
    /// What is released or broken; may be given several times.
    #[arg(long = "service", value_name = "SERVICE")]
    services: Vec<String>,
    /// A word to find it by; may be given several times.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Zone of the record, an IANA name; the project's if not given.
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// Language of the record: ko or en; the project's, or the title's, if not given.
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    /// The file's name without .yaml; made of the day and the title if not given.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &NewArgs) -> Result<Exit, Failure> {
    args.timezone.as_deref().map(zone_named).transpose()?;
    args.date
        .as_deref()
        .map(|text| day_named(text, Field::Date, context.now, Zone::UTC))
        .transpose()?;
    let project = match context.project() {
        Err(failure) if Project::find_without_settings(&context.folder).is_err() => {
            super::init::offer(context, failure)?;
            context.project()?
        }
        found => found?,
    };
    let title = accepted(Field::Title, &args.title.join(" "))?.replace('\n', " ");
    for (field, texts) in [
        (Field::Kind, std::slice::from_ref(&args.kind)),
        (Field::Service, &args.services),
        (Field::Tag, &args.tags),
    ] {
        texts.iter().try_for_each(|text| accepted(field, text).map(|_| ()))?;
    }
    check_language(args.language.as_deref())?;
    let zone = match &args.timezone {
        Some(name) => zone_named(name)?,
        None => context.zone(&project),
    };
    let day = match &args.date {
        Some(text) => day_named(text, Field::Date, context.now, zone)?,
        None => context.now.clock(Some(zone)).day,
    };
    let id = match &args.id {
        Some(text) => {
            IncidentId::parse(text).map_err(|fault| Failure::misuse(format!("--id: {fault}")))?
        }
        None => IncidentId::from_title(day, &title),
    };
    if let Some(severity) = &args.severity {
        check_severity(&project, severity)?;
    }
    let record = project.create_record(id.as_str(), &text_of(args, &project, &title, zone, day))?;
    let chosen = project.choose(&record.id);
    if let Some(near) =
        nearest(&args.kind, ["release", "outage", "maintenance"]).filter(|near| *near != args.kind)
    {
        context.say(&format!(
            "note: the kind {:?} is a word of your own; did you mean {near}?",
            args.kind
        ));
    }
    context.confirm(&format!(
        "made incidents/{}.yaml ({}, {day}, {zone}); it is the current record now\n",
        record.id, args.kind
    ));
    if chosen.is_err() {
        context
            .say(&format!("warning: the choice could not be kept; name it with -r {}", record.id));
    }
    Ok(Exit::Done)
}

fn text_of(args: &NewArgs, project: &Project, title: &str, zone: Zone, day: Day) -> String {
    let text = |value: &str| Some(Value::text(value));
    let texts = |values: &[String]| (!values.is_empty()).then(|| Value::texts(values));
    let language = args.language.clone().or_else(|| project.settings.language.clone());
    let language = language.unwrap_or_else(|| language_of(title).to_owned());
    let keys = [
        ("title", text(title)),
        ("kind", text(&args.kind)),
        ("version", args.version.as_deref().and_then(text)),
        ("severity", args.severity.as_deref().and_then(text)),
        ("date", text(&day.to_string())),
        ("timezone", text(zone.name())),
        ("language", text(&language)),
        ("author", project.settings.author.as_deref().and_then(text)),
        ("services", texts(&args.services)),
        ("tags", texts(&args.tags)),
        ("events", Some(Value::List(Vec::new()))),
    ];
    let known: Vec<(&str, Value)> =
        keys.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    let line = format!("# yaml-language-server: $schema=../{SCHEMA_FILE}\n");
    let line = if project.schema().is_some() { line.as_str() } else { "" };
    format!("{line}{}", compose(&known))
}

/// Korean if the title has Hangul in it.
fn language_of(title: &str) -> &'static str {
    let hangul = |c: char| matches!(c, '가'..='힣' | '\u{1100}'..='\u{11ff}' | 'ㄱ'..='ㆎ');
    if title.chars().any(hangul) { "ko" } else { "en" }
}

const SEVERITIES: [&str; 5] = ["sev1", "sev2", "sev3", "sev4", "sev5"];

fn check_severity(project: &Project, severity: &str) -> Result<(), Failure> {
    let own: Vec<&str> = project.settings.severities.iter().map(String::as_str).collect();
    let scale = if own.is_empty() { SEVERITIES.to_vec() } else { own };
    if scale.iter().any(|word| word.eq_ignore_ascii_case(severity)) {
        return Ok(());
    }
    let failure = Failure::misuse(format!("--severity: the scale has no {severity:?}"));
    let near = nearest(severity, scale.iter().copied());
    Err(match near {
        Some(near) => failure.hint(format!("did you mean {near}? the scale: {}", scale.join(", "))),
        None => failure.hint(format!("the scale: {}", scale.join(", "))),
    })
}
