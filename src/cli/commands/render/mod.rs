mod args;

use std::path::Path;

use crate::console::documents::{MANY, tell, tell_notes};
use crate::console::versions::Git;
use crate::console::{Context, Exit, Failure, diff::difference, shown};
use crate::git;
use crate::lang::terminal;
use crate::operations::{RegionsRequest, RenderRequest, Written, render, render_regions, template};
use crate::render::Site;
use crate::store::Project;
use indicatif::ProgressBar;

pub(in crate::cli) use args::RenderArgs;

pub(in crate::cli) fn run(context: &mut Context, args: &RenderArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    if let Some(post) = &args.into {
        return regions(context, &project, args, post);
    }
    let request = request(context, &project, args)?;
    let bar = ProgressBar::new(0);
    let done = |records: usize| {
        if request.output.is_some() && records >= MANY {
            bar.set_length(records as u64);
            bar.inc(1);
        }
    };
    let rendered = render(&project, &request, &done, &context.telling());
    bar.finish_and_clear();
    if let [one] = args.records.as_slice() {
        // Hints name the record; if several are selected, the fault has already been reported.
        project.select(one).iter().for_each(|record| context.is_about(record));
    }
    let exit = tell(context, rendered?, request.check)?;
    // A document that is written to a file, by asrun or by the shell, may be passed on.
    let kept = request.output.is_some() || !context.prints_to_terminal();
    let taken = request.template.taken_for().filter(|_| args.audience.is_none() && !args.check);
    if let Some(taken) = taken.filter(|_| kept) {
        let (name, line) = (request.template.name(), request.template.header().line());
        context.warn(terminal().headerless_template(name, taken, &line));
    }
    Ok(exit)
}

fn request(
    context: &Context,
    project: &Project,
    args: &RenderArgs,
) -> Result<RenderRequest, Failure> {
    let template = template(project, &args.template)?;
    let readers = args.audience.unwrap_or(template.header().audience.into());
    let on_github = template.header().site == Site::GitHub;
    let hosted = on_github.then(|| git::address_on_github(&project.records_folder())).flatten();
    Ok(RenderRequest {
        readers: if args.publish_anyway { readers.anyway() } else { readers },
        template,
        records: args.records.clone(),
        all: args.all,
        layout: args.layout,
        draft: args.draft,
        strict: args.strict,
        check: args.check,
        force: args.force,
        keep_going: args.keep_going,
        output: args.output.clone().filter(|path| path.as_os_str() != "-"),
        folder: context.folder.clone(),
        hosted,
        now: Some(context.now),
        program: std::env::current_exe().ok(),
        git: &Git,
    })
}

fn regions(
    context: &mut Context,
    project: &Project,
    args: &RenderArgs,
    post: &Path,
) -> Result<Exit, Failure> {
    let rendered = render_regions(
        project,
        &RegionsRequest {
            post: post.to_owned(),
            record: args.records.first().cloned(),
            readers: args.audience,
            publish_anyway: args.publish_anyway,
            strict: args.strict,
            check: args.check,
            force: args.force,
            folder: context.folder.clone(),
            git: &Git,
        },
        &context.telling(),
    )?;
    let told = tell_notes(context, &rendered.notes);
    match &rendered.written {
        Written::Differs(there) => {
            context.print(&difference(there));
            return Ok(Exit::Failed);
        }
        Written::Same => {}
        _ => context.note_done(&terminal().wrote_regions(rendered.regions, &shown(post))),
    }
    Ok(told)
}
