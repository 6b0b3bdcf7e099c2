use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::lang::terminal;
use crate::operations::{own_templates, template, template_source};
use crate::render::{BUILT_IN, context_text, templates_table, to_json};
use crate::view::record_view;

use super::super::context::Context;
use super::super::errors::{Exit, Failure};

/// See the templates, and begin one of your own from a built-in one
///
///   asrun templates list
///   asrun templates export sre     writes templates/sre.md, which then wins
///   asrun templates context 3.0    every field a template sees
///
/// The first line of a template says whom it is for, whatever its file is called:
/// `{#- asrun: audience=public site=jekyll records=one -#}`, with team or public;
/// plain, jekyll or hugo; one or many.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct TemplatesArgs {
    #[command(subcommand)]
    verb: TemplatesVerb,
}

#[derive(Debug, Subcommand)]
enum TemplatesVerb {
    /// Every template by name, yours and the built-in ones
    List,
    /// Print a template's source
    Show {
        /// Its name.
        name: String,
    },
    /// Write a built-in template into templates/, where it can be changed and wins
    Export {
        /// Its name.
        name: String,
        /// Another file than templates/NAME.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Print every field that a template sees of a record, with its value
    Context {
        /// Its id, any unique part of it, or its version.
        #[arg(env = "ASRUN_RECORD")]
        record: Option<String>,
        /// As JSON, nested as templates see it.
        #[arg(long)]
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
            let template = template(&project, name)?;
            let path = match output {
                Some(path) => context.folder.join(path),
                None => project.templates_folder().join(template.name()),
            };
            if path.exists() {
                return Err(Failure::new(terminal().template_exists(&path.display().to_string())));
            }
            project.write_file(&path, template.to_export().as_bytes())?;
            context.say(&terminal().wrote(&path.display().to_string()));
        }
        TemplatesVerb::Context { record, json } => {
            let loaded = context.load(&project, record.as_deref())?;
            let tolerance = project.settings.tolerance_seconds();
            let view = record_view(&loaded.id, &loaded.document.incident, tolerance, None);
            let text = if *json { to_json(&view) } else { context_text(&view) };
            context.print(&text);
        }
    }
    Ok(Exit::Done)
}
