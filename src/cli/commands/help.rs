use clap::{Args, Command, CommandFactory};

use crate::model::nearest;

use super::super::args::Cli;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};

/// Explain a command or a topic: times, records, templates, exit-codes
///
///   asrun help log
///   asrun help times
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct HelpArgs {
    /// A command, such as `plan add`, or a topic.
    what: Vec<String>,
}

/// What is explained beside the commands.
const TOPICS: [(&str, &str); 4] = [
    ("times", include_str!("../topics/times.txt")),
    ("records", include_str!("../topics/records.txt")),
    ("templates", include_str!("../topics/templates.txt")),
    ("exit-codes", include_str!("../topics/exit-codes.txt")),
];

pub(in crate::cli) fn run(context: &mut Context, args: &HelpArgs) -> Result<Exit, Failure> {
    let topic = |name: &str| TOPICS.iter().find(|(topic, _)| *topic == name);
    let mut command = Cli::command();
    command.build();
    // `templates` is both: the topic says what the command's own help does not.
    if let [name] = args.what.as_slice()
        && let Some((name, text)) = topic(name)
    {
        context.print(text);
        if command.find_subcommand(name).is_some() {
            context.print(&format!("\nIts options: asrun {name} --help\n"));
        }
        return Ok(Exit::Done);
    }
    let mut here = command;
    for word in &args.what {
        here = match here.find_subcommand(word) {
            Some(next) => next.clone(),
            None => return Err(unknown(word, &here)),
        };
    }
    let text = here.render_long_help();
    context.print(&text.ansi().to_string());
    if args.what.is_empty() {
        let topics: Vec<&str> = TOPICS.iter().map(|(name, _)| *name).collect();
        context.print(&format!("\nTopics: asrun help {}\n", topics.join(", ")));
    }
    Ok(Exit::Done)
}

fn unknown(word: &str, among: &Command) -> Failure {
    let failure = Failure::misuse(format!("there is no command or topic {word:?}"));
    let verbs = among.get_subcommands().map(Command::get_name);
    match nearest(word, verbs.chain(TOPICS.iter().map(|(name, _)| *name))) {
        Some(near) => failure.hint(format!("did you mean asrun help {near}?")),
        None => failure.hint("asrun help lists the commands and topics"),
    }
}
