use clap::{Args, Command};

use crate::check::RULES;
use crate::console::{Context, Exit, Failure};
use crate::lang::{HELP_TOPICS, help, terminal};
use crate::model::nearest;

use super::super::help_pages;

#[derive(Debug, Args)]
#[command(about = help().help.about, long_about = help().help.long_about)]
pub(in crate::cli) struct HelpArgs {
    #[arg(help = help().help.what)]
    what: Vec<String>,
}

/// Returns the help topics.
fn topics() -> [(&'static str, &'static str); 4] {
    let texts = &help().topics;
    let [times, records, templates, exit_codes, _] = HELP_TOPICS;
    [
        (times, texts.times),
        (records, texts.records),
        (templates, texts.templates),
        (exit_codes, texts.exit_codes),
    ]
}

pub(in crate::cli) fn run(
    context: &mut Context,
    args: &HelpArgs,
    command: Command,
) -> Result<Exit, Failure> {
    let topic = |name: &str| topics().into_iter().find(|(topic, _)| *topic == name);
    let command = help_pages::in_own_words(command);
    // `templates` is both a topic and a command: the topic has what the command's own help lacks.
    if args.what == ["rules"] {
        context.print(&rules());
        return Ok(Exit::Done);
    }
    if let [name] = args.what.as_slice()
        && let Some((name, text)) = topic(name)
    {
        context.print(text);
        if command.find_subcommand(name).is_some() {
            context.print(&format!("\n{}\n", terminal().options_of(name)));
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
    context.print(&help_pages::page_of(&mut here));
    if args.what.is_empty() {
        context.print(&format!("\n{}\n", terminal().topics(&HELP_TOPICS)));
    }
    Ok(Exit::Done)
}

/// Returns the help on the rules of `asrun check`.
fn rules() -> String {
    let mut out = format!("{}\n\n", help().topics.rules_title);
    for rule in RULES {
        let level = terminal().gravity(rule.level.gravity());
        let options =
            textwrap::Options::new(78).initial_indent("      ").subsequent_indent("      ");
        let about = textwrap::fill(terminal().rule(rule.id), options);
        out.push_str(&format!("  {} ({level})\n{about}\n", rule.id.name()));
    }
    out.push_str(&format!("\n{}\n", help().topics.rules_end));
    out
}

fn unknown(word: &str, among: &Command) -> Failure {
    let verbs = among.get_subcommands().map(Command::get_name);
    let names = verbs.chain(topics().map(|(name, _)| name)).chain(["rules"]);
    Failure::misuse(terminal().nothing_to_explain(word, nearest(word, names)))
}
