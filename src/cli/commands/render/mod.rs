mod many;
mod page;
mod regions;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::{Args, ValueEnum};

use crate::render::{BUILT_IN, Renderer, Site, Template};
use crate::store::{Loaded, Project, RecordName};

use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::super::templates::{loader, template};
use many::Wanted;

/// Write a record as a document: a retrospective, a blog post
///
///   asrun render                              the current record, to the screen
///   asrun render 3.0 --template chirpy -o _posts/
///   asrun render --template changelog -o HISTORY.md
///   asrun render 3.0 --template mine.md       a file of yours in templates/
///   asrun render 3.0 --into post.md           only its marked regions
///   asrun render 3.0 --template chirpy -o _posts/ --check    for CI: still true?
///
/// A template of yours in templates/ wins over a built-in one of the same name;
/// `asrun templates list` shows all. Into a folder, each record is written
/// under the name that the template's tool expects, and its attachments are
/// copied to where the document looks for them.
///
/// A region begins with `<!-- asrun:begin rows 3.0 -->` and ends with `<!--
/// asrun:end -->`; it may be plan, rows, timeline, durations, factors, lessons,
/// actions or mermaid. All around it is yours.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct RenderArgs {
    /// Ids, unique parts of them, or versions. Without any, the selected record, else the only
    /// open one.
    #[arg(env = "ASRUN_RECORD", conflicts_with = "all")]
    records: Vec<String>,
    /// Every record, the newest first.
    #[arg(long)]
    all: bool,
    /// One of `asrun templates list`, or a file in templates/.
    #[arg(short, long, value_name = "NAME", default_value = "retrospective")]
    template: String,
    /// Who will read it: `public` leaves internal entries and names out. Templates that everyone
    /// reads (blogs, status pages) are for the public unless told otherwise.
    #[arg(long, value_enum, value_name = "AUDIENCE")]
    audience: Option<Readers>,
    /// Write a public document even if something in it looks like a secret, an internal host or an
    /// e-mail address.
    #[arg(long)]
    publish_anyway: bool,
    /// Keep empty sections, with a question in each.
    #[arg(long)]
    draft: bool,
    /// A file, or a folder (an existing one, or a name that ends in /). Without it, or with `-`, the screen.
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// Write the marked regions of this file anew, and nothing else of it.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "template", "all"])]
    into: Option<PathBuf>,
    /// Write nothing; exit code 1 and the difference if a document is not what it would be now.
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Readers {
    Team,
    Public,
}

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
    let built_in = BUILT_IN.iter().find(|built_in| built_in.file == template.name);
    let records = records(context, &project, args, built_in.is_some_and(|one| one.many))?;
    let renderer = Renderer::new(&template, Site::of(&template.name), loader(&project))?;
    let wanted = Wanted {
        renderer,
        readers: readers(args, &template),
        publish_anyway: args.publish_anyway,
        draft: args.draft,
        check: args.check,
        claimed: Mutex::default(),
        releases_only: !args.all && args.records.is_empty(),
        folder: context.folder.clone(),
        output: output.map(Path::to_owned),
        template,
    };
    if built_in.is_some_and(|one| one.many) {
        return many::in_one(context, &project, &records, &wanted);
    }
    let folder = output.filter(|path| {
        page::is_folder(&context.folder.join(path), path, Site::of(&wanted.template.name))
    });
    if records.len() > 1 && output.is_some() && folder.is_none() {
        return Err(Failure::misuse("several records need a folder: end the name after -o with /"));
    }
    many::each(context, &project, &records, &wanted)
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

fn readers(args: &RenderArgs, template: &Template) -> Readers {
    let own = BUILT_IN.iter().find(|built_in| built_in.file == template.name);
    let public = own.map_or(Site::of(&template.name) != Site::None, |built_in| built_in.public);
    args.audience.unwrap_or(if public { Readers::Public } else { Readers::Team })
}

/// A record as one page for the screen.
pub(super) fn page_text(
    context: &Context,
    project: &Project,
    template: &Template,
    loaded: &Loaded,
) -> Result<String, Failure> {
    let renderer = Renderer::new(template, Site::of(&template.name), loader(project))?;
    page::Page::of(project, template, loaded, &context.folder, None).text(project, &renderer, false)
}

/// Newest first; those of one day by their ids.
fn newest_first(records: &mut [Loaded]) {
    records.sort_by_cached_key(|record| {
        (std::cmp::Reverse(record.document.incident.day()), record.id.clone())
    });
}
