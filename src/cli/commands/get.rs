use clap::{Args, ValueEnum};

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::said_keys;
use crate::render::{keys_text, to_json};

#[derive(Debug, Args)]
#[command(about = help().get.about, long_about = help().get.long_about)]
pub(in crate::cli) struct GetArgs {
    #[arg(help = help().get.key)]
    key: Option<String>,
    #[arg(long, value_enum, default_value_t = GetFormat::Text, help = help().get.format)]
    format: GetFormat,
    #[arg(short, long, value_name = "RECORD", env = "ASRUN_RECORD", help = help().record.record)]
    record: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GetFormat {
    Text,
    Json,
}

pub(in crate::cli) fn run(context: &mut Context, args: &GetArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = context.named_or_current(&project, args.record.as_deref())?;
    let loaded = project.load(&record)?;
    let (key, view) = said_keys(&loaded, args.key.as_deref()).map_err(|fault| {
        context.key_failure(&project, fault.into(), "asrun get", args.key.as_slice())
    })?;
    match args.format {
        GetFormat::Json => context.print(&to_json(&view)),
        GetFormat::Text => context.print(&keys_text(&view, view.is_of(key))),
    }
    match key.filter(|_| view.keys.is_empty()) {
        Some(key) => {
            let of = context.option_of(&project, &loaded.id);
            context.note(&terminal().key_unset(key, &loaded.id, &of));
            Ok(Exit::Failed)
        }
        None => Ok(Exit::Done),
    }
}
