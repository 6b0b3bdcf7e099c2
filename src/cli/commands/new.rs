use clap::Args;

use crate::console::{Context, Exit, Failure, settings::zone_named};
use crate::fault::Field;
use crate::lang::{codes, help, terminal};
use crate::model::{KINDS, Zone, nearest};
use crate::operations::{NewRecord, NewRequest, day_named, long_open, new_record};
use crate::store::Project;

use super::super::args::AnswerArgs;

#[derive(Debug, Args)]
#[command(about = help().new.about, long_about = help().new.long_about)]
pub(in crate::cli) struct NewArgs {
    #[arg(required = true, help = help().new.title)]
    title: Vec<String>,
    #[arg(long, alias = "type", value_name = "KIND", default_value = "outage",
        help = help().new.kind)]
    kind: String,
    #[arg(long, value_name = "DAY", help = help().new.date)]
    date: Option<String>,
    #[arg(long, value_name = "VERSION", help = help().new.version)]
    version: Option<String>,
    #[arg(long, alias = "sev", value_name = "SEVERITY", help = help().new.severity)]
    severity: Option<String>,
    #[arg(long = "service", value_name = "SERVICE", help = help().new.services)]
    services: Vec<String>,
    #[arg(long = "tag", value_name = "TAG", help = help().new.tags)]
    tags: Vec<String>,
    #[arg(long, value_name = "ZONE", help = help().new.timezone)]
    timezone: Option<String>,
    #[arg(long, value_name = "LANG", help = (help().new.language)(&codes().collect::<Vec<_>>()))]
    language: Option<String>,
    #[arg(long, value_name = "ID", help = help().new.id)]
    id: Option<String>,
    #[command(flatten)]
    answer: AnswerArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &NewArgs) -> Result<Exit, Failure> {
    let zone = args.timezone.as_deref().map(|name| zone_named("--timezone", name)).transpose()?;
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
    let NewRecord { record, kind, day, zone, chosen, noted, secrets } =
        new_record(&workspace, &request)?;
    if let Some(near) = nearest(&kind, KINDS).filter(|near| *near != kind) {
        context.note(&terminal().own_kind(&kind, near));
    }
    context.confirm(&terminal().made_record(
        &workspace.project.file_of(&record.id),
        &kind,
        &day,
        zone,
    ));
    context.note_whole(&workspace.project, &record.id);
    context.tell_secrets(&secrets);
    if chosen.is_err() {
        context.warn(terminal().not_chosen(&record.id));
    } else if let Err(fault) = noted {
        context.warn(terminal().not_in_journal(&fault));
    }
    if context.is_interactive() {
        let old = long_open(&workspace, &record).unwrap_or_default();
        if !old.is_empty() {
            context.note(&terminal().long_open(&old));
        }
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
            ..NewRequest::default()
        }
    }
}
