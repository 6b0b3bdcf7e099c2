use clap::Args;

use crate::fault::Field;
use crate::model::{Zone, nearest};
use crate::operations::{NewRecord, NewRequest, day_named, new_record};
use crate::store::Project;

use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::super::settings::zone_named;

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
    let zone = args.timezone.as_deref().map(zone_named).transpose()?;
    args.date
        .as_deref()
        .map(|text| day_named(text, Field::Date, context.now, Zone::UTC))
        .transpose()?;
    let workspace = match context.workspace() {
        Err(failure) if Project::find_without_settings(&context.folder).is_err() => {
            super::init::offer(context, failure)?;
            context.workspace()?
        }
        found => found?,
    };
    let request = args.request(zone);
    let NewRecord { record, day, zone, chosen } = new_record(&workspace, &request)?;
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

impl NewArgs {
    fn request(&self, zone: Option<Zone>) -> NewRequest {
        NewRequest {
            title: self.title.join(" "),
            kind: self.kind.clone(),
            date: self.date.clone(),
            version: self.version.clone(),
            severity: self.severity.clone(),
            services: self.services.clone(),
            tags: self.tags.clone(),
            zone,
            language: self.language.clone(),
            id: self.id.clone(),
        }
    }
}
