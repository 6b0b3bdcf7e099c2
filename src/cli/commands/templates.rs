use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::{exported_template, own_templates, team_view, template_source};
use crate::render::{BUILT_IN, context_text, templates_table, to_json};
use crate::store::{Claim, Origin};

#[derive(Debug, Args)]
#[command(about = help().templates.about, long_about = help().templates.long_about)]
pub(in crate::cli) struct TemplatesArgs {
    #[command(subcommand)]
    verb: TemplatesVerb,
}

#[derive(Debug, Subcommand)]
enum TemplatesVerb {
    #[command(about = help().templates.list.about)]
    List,
    #[command(about = help().templates.show.about)]
    Show {
        #[arg(help = help().templates.show.name)]
        name: String,
    },
    #[command(about = help().templates.export.about)]
    Export {
        #[arg(help = help().templates.export.name)]
        name: String,
        #[arg(short, long, value_name = "FILE", help = help().templates.export.output)]
        output: Option<PathBuf>,
    },
    #[command(about = help().templates.context.about)]
    Context {
        #[arg(env = "ASRUN_RECORD", help = help().templates.context.record)]
        record: Option<String>,
        #[arg(long, help = help().templates.context.json)]
        json: bool,
    },
}

pub(in crate::cli) fn run(context: &mut Context, args: &TemplatesArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    match &args.verb {
        TemplatesVerb::List => {
            let own = own_templates(&project)?;
            context.answer(&templates_table(BUILT_IN, &own, context.width));
        }
        TemplatesVerb::Show { name } => context.print(&template_source(&project, name)?.1),
        TemplatesVerb::Export { name, output } => {
            let (name, text) = exported_template(&project, name)?;
            let path = match output {
                Some(path) => context.folder.join(path),
                None => project.templates_folder().join(name),
            };
            if path.exists() {
                return Err(Failure::new(terminal().template_exists(&path.display().to_string())));
            }
            let file = (path.clone(), text.into_bytes());
            let origin = Origin::default();
            context.write_outputs(Some(&project), vec![file], &origin, Claim::New, false)?;
            context.note_done(&terminal().wrote(&path));
        }
        TemplatesVerb::Context { record, json } => {
            let loaded = context.load(&project, record.as_deref())?;
            let view = team_view(&loaded, project.settings.tolerance_seconds());
            let text = if *json { to_json(&view) } else { context_text(&view) };
            context.print(&text);
        }
    }
    Ok(Exit::Done)
}
