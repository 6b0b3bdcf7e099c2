mod args;
mod many;
mod page;
mod regions;

use std::path::Path;
use std::sync::Mutex;

use crate::render::{Records, Renderer, Template};
use crate::store::{Loaded, Project, RecordName};

use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::super::templates::{loader, template};
pub(in crate::cli) use args::RenderArgs;
use many::Wanted;

pub(in crate::cli) fn run(context: &mut Context, args: &RenderArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    if let Some(post) = &args.into {
        return regions::run(context, &project, args, post);
    }
    let output = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    if args.check && output.is_none() {
        return Err(Failure::misuse("--check compares with a file or a folder: name it with -o"));
    }
    let template = template(&project, &args.template)?;
    let header = template.header();
    let many = header.records == Records::Many;
    let records = records(context, &project, args, many)?;
    let folder =
        output.is_some_and(|path| page::is_folder(&context.folder.join(path), path, header.site));
    if !many && records.len() > 1 && output.is_some() && !folder {
        return Err(Failure::misuse("several records need a folder: end the name after -o with /"));
    }
    let wanted = Wanted {
        renderer: Renderer::new(&template, loader(&project))?,
        readers: args.readers(&template),
        publish_anyway: args.publish_anyway,
        draft: args.draft,
        check: args.check,
        claimed: Mutex::default(),
        releases_only: !args.all && args.records.is_empty(),
        folder: context.folder.clone(),
        output: output.map(Path::to_owned),
        template,
    };
    let exit = match many {
        true => many::in_one(context, &project, &records, &wanted)?,
        false => many::each(context, &project, &records, &wanted)?,
    };
    warn(context, args, &wanted);
    Ok(exit)
}

/// Says that nobody said whom a document is for, when it was written to a file, by asrun or by the
/// shell.
fn warn(context: &Context, args: &RenderArgs, wanted: &Wanted) {
    let kept = wanted.output.is_some() || !context.is_seen();
    if kept && !args.check && args.audience.is_none() {
        wanted.template.warning().iter().for_each(|warning| context.say(warning));
    }
}

/// The records that are meant. A template for many means every release if none is named.
fn records(
    context: &Context,
    project: &Project,
    args: &RenderArgs,
    many: bool,
) -> Result<Vec<RecordName>, Failure> {
    if args.all || (many && args.records.is_empty()) {
        return Ok(project.list()?.records);
    }
    if args.records.is_empty() {
        return Ok(vec![context.named_or_current(project, None)?]);
    }
    args.records.iter().map(|record| Ok(project.select(record)?)).collect()
}

/// A record as one page for the screen.
pub(super) fn page_text(
    context: &Context,
    project: &Project,
    template: &Template,
    loaded: &Loaded,
) -> Result<String, Failure> {
    let renderer = Renderer::new(template, loader(project))?;
    page::Page::of(project, template, loaded, &context.folder, None).text(project, &renderer, false)
}
