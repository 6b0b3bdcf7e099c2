mod many;
mod page;
mod regions;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::{Args, ValueEnum};

use crate::render::{Audience, Records, Renderer, Template};
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
    /// Who will read it: `public` leaves internal entries and names out. Without it, those whom the
    /// template's first line names (`asrun templates list`).
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

impl From<Readers> for Audience {
    fn from(readers: Readers) -> Audience {
        match readers {
            Readers::Team => Audience::Team,
            Readers::Public => Audience::Public,
        }
    }
}

impl RenderArgs {
    /// Who reads a document of that template: whoever the command names, else whom the template
    /// says it is for.
    fn readers(&self, template: &Template) -> Audience {
        self.audience.map_or(template.header().audience, Audience::from)
    }
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

/// Newest first; those of one day by their ids.
fn newest_first(records: &mut [Loaded]) {
    records.sort_by_cached_key(|record| {
        (std::cmp::Reverse(record.document.incident.day()), record.id.clone())
    });
}
