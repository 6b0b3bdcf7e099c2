use clap::{Args, Command, ValueEnum};

use crate::check::RULES;
use crate::console::hints::naming_record;
use crate::console::versions::Git;
use crate::console::{Context, Exit, Failure, findings};
use crate::git;
use crate::lang::{help, terminal};
use crate::operations::{CheckRequest, FileContent, check};
use crate::render::{sarif, to_json};
use crate::view::FindingsView;
use crate::yaml::Code;

#[derive(Debug, Args)]
#[command(about = help().check.about, long_about = help().check.long_about)]
pub(in crate::cli) struct CheckArgs {
    #[arg(help = help().check.records)]
    records: Vec<String>,
    #[arg(long, help = help().check.strict)]
    strict: bool,
    #[arg(long, value_name = "RULE", value_delimiter = ',', help = help().check.ignore)]
    ignore: Vec<String>,
    #[arg(long, value_enum, default_value_t = CheckFormat::Human, help = help().check.format)]
    format: CheckFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    Human,
    Json,
    Sarif,
}

pub(in crate::cli) fn run(
    context: &mut Context,
    args: &CheckArgs,
    asrun: fn() -> Command,
) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let request = CheckRequest { records: args.records.clone(), ignored: args.ignore.clone() };
    let checked = check(&workspace, &request, &Git)?;
    let human = args.format == CheckFormat::Human;
    let commands = asrun();
    let mut all = Vec::new();
    let mut counts = [0; 3];
    for file in checked.files {
        for level in findings::levels(&file) {
            counts[level as usize] += 1;
        }
        if human {
            findings::show(context, &file, &commands);
        } else {
            all.extend(findings::views(&file, &commands));
        }
        if let (true, FileContent::Unreadable(fault)) = (human, file.content) {
            // As in every command: one message with all faults of the file.
            workspace.project.select(&file.path).iter().for_each(|record| context.is_about(record));
            context.fail(&naming_record(Failure::from(fault), context, asrun));
        }
    }
    context.tell_copies(&checked.copies);
    let mut view = FindingsView { view: 1, records: checked.records, findings: all };
    let [notes, warnings, errors] = counts;
    match args.format {
        CheckFormat::Json => context.print(&to_json(&view)),
        CheckFormat::Sarif => {
            // Code hosts expect paths relative to the repository's root.
            let prefix = git::prefix(workspace.project.root());
            view.findings.iter_mut().for_each(|one| one.path.insert_str(0, &prefix));
            let codes = Code::ALL.iter().map(|code| (code.name(), terminal().readable_rule()));
            let rules = RULES.iter().map(|rule| (rule.id.name(), terminal().rule(rule.id)));
            let rules: Vec<(&str, &str)> = rules.chain(codes).collect();
            context.print(&sarif(&view, env!("CARGO_PKG_VERSION"), &rules));
        }
        CheckFormat::Human => {
            let line = terminal().checked(checked.records, errors, warnings, notes);
            context.answer(&format!("{line}\n"));
        }
    }
    let failed = errors > 0 || args.strict && warnings > 0;
    Ok(if failed { Exit::Failed } else { Exit::Done })
}
