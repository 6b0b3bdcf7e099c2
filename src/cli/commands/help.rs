use clap::{Args, Command};

use crate::check::{Level, RULES};
use crate::model::nearest;

use super::super::context::Context;
use super::super::errors::{Exit, Failure};

/// Explain a command or a topic: times, records, templates, rules, exit-codes
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

pub(in crate::cli) fn run(
    context: &mut Context,
    args: &HelpArgs,
    mut command: Command,
) -> Result<Exit, Failure> {
    let topic = |name: &str| TOPICS.iter().find(|(topic, _)| *topic == name);
    command.build();
    // `templates` is both: the topic says what the command's own help does not.
    if args.what == ["rules"] {
        context.print(&rules());
        return Ok(Exit::Done);
    }
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
        let topics: Vec<&str> = TOPICS.iter().map(|(name, _)| *name).chain(["rules"]).collect();
        context.print(&format!("\nTopics: asrun help {}\n", topics.join(", ")));
    }
    Ok(Exit::Done)
}

/// What `asrun check` asks, from the rules themselves.
fn rules() -> String {
    let mut out = String::from("Rules that asrun check asks\n\n");
    for rule in RULES {
        let level = match rule.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        let options =
            textwrap::Options::new(78).initial_indent("      ").subsequent_indent("      ");
        let about = textwrap::fill(rule.about, options);
        out.push_str(&format!("  {} ({level})\n{about}\n", rule.id));
    }
    out.push_str(
        "\nErrors fail a check, warnings with --strict, notes never. To live with one: a\n\
         comment `# asrun: ignore RULE`, `ignore:` in asrun.yaml, or --ignore RULE.\n",
    );
    out
}

fn unknown(word: &str, among: &Command) -> Failure {
    let failure = Failure::misuse(format!("there is no command or topic {word:?}"));
    let verbs = among.get_subcommands().map(Command::get_name);
    match nearest(word, verbs.chain(TOPICS.iter().map(|(name, _)| *name)).chain(["rules"])) {
        Some(near) => failure.hint(format!("did you mean asrun help {near}?")),
        None => failure.hint("asrun help lists the commands and topics"),
    }
}
