//! clap's help pages, in the user's language.

use clap::builder::{PossibleValue, StyledStr, Styles};
use clap::{Arg, ArgAction, Command};
use unicode_width::UnicodeWidthStr;

use crate::lang::help;

/// Returns the help page that these arguments request.
pub(super) fn page_asked_for(command: Command, args: &[std::ffi::OsString]) -> Option<String> {
    let mut command = in_own_words(command);
    let styles = command.get_styles().clone();
    let asked = command.try_get_matches_from_mut(args).err()?;
    Some(with_own_headings(&asked.render(), &styles))
}

/// Returns the help page of a command, which comes from a command tree made by `in_own_words`.
pub(super) fn page_of(command: &mut Command) -> String {
    let styles = command.get_styles().clone();
    with_own_headings(&command.render_long_help(), &styles)
}

/// Returns a command tree with all texts in the user's language: what clap would add itself is part of them.
pub(super) fn in_own_words(mut command: Command) -> Command {
    // After this, clap's additions are in place, and it is determined which pages are long.
    command.build();
    explained(command)
}

fn explained(command: Command) -> Command {
    let styles = command.get_styles().clone();
    command.mut_args(|arg| with_own_notes(arg, &styles)).mut_subcommands(explained)
}

fn with_own_notes(arg: Arg, styles: &Styles) -> Arg {
    let words = &help().frame;
    match arg.get_action() {
        ArgAction::Help if arg.get_long_help().is_some() => {
            return arg.help(words.help_in_short).long_help(words.help_in_long);
        }
        ArgAction::Help => return arg.help(words.help),
        ArgAction::Version => return arg.help(words.version),
        action if !action.takes_values() => return arg,
        _ => {}
    }
    let mut notes = Vec::new();
    if let Some(name) = arg.get_env() {
        let value = std::env::var_os(name).unwrap_or_default();
        let (name, value) = (name.to_string_lossy(), value.to_string_lossy());
        notes.push(format!("[{}: {name}={value}]", words.environment));
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|it| it.to_string_lossy()).collect();
    if !defaults.is_empty() {
        notes.push(format!("[{}: {}]", words.default, defaults.join(" ")));
    }
    let values = arg.get_possible_values();
    let mut long = vec![arg.get_help().map(|text| text.ansi().to_string()).unwrap_or_default()];
    let mut short = long.clone();
    short.extend(notes.iter().cloned());
    let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    let one_of = format!("[{}: {}]", words.one_of, names.join(", "));
    if !values.is_empty() {
        short.push(one_of.clone());
    }
    if values.iter().any(|value| value.get_help().is_some()) {
        long.push(value_list(&values, styles));
    } else if !values.is_empty() {
        notes.push(one_of);
    }
    if !notes.is_empty() {
        long.push(notes.join("\n"));
    }
    let arg = arg.hide_env(true).hide_default_value(true).hide_possible_values(true);
    arg.help(short.join(" ")).long_help(long.join("\n\n"))
}

/// Returns the values of an argument with their meanings, one per line.
fn value_list(values: &[PossibleValue], styles: &Styles) -> String {
    let longest = values.iter().map(|value| value.get_name().width()).max().unwrap_or(0);
    let literal = styles.get_literal();
    let line = |value: &PossibleValue| {
        let name = value.get_name();
        let text = value.get_help().map(|text| text.ansi().to_string()).unwrap_or_default();
        format!("\n- {literal}{name}{literal:#}: {:1$}{text}", "", longest - name.width())
    };
    format!("{}:{}", help().frame.values, values.iter().map(line).collect::<String>())
}

/// Returns a page with its headings in the user's language, for which clap has no setting.
fn with_own_headings(page: &StyledStr, styles: &Styles) -> String {
    let words = &help().frame;
    let (header, usage) = (styles.get_header(), styles.get_usage());
    let mut page = page.ansi().to_string();
    let headings =
        [("Commands", words.commands), ("Arguments", words.arguments), ("Options", words.options)];
    for (heading, own) in headings {
        let heading = format!("\n{header}{heading}:{header:#}\n");
        page = page.replace(&heading, &format!("\n{header}{own}:{header:#}\n"));
    }
    // Above a list of values clap omits the indentation that other lines have.
    let list = format!("\n{:10}{}:\n", "", words.values);
    page = page.replace(&format!("\n{:10}{list}", ""), &format!("\n{list}"));
    let heading = format!("{usage}Usage:{usage:#} ");
    let Some((above, below)) = page.split_once(&heading) else { return page };
    let end = below.find("\n\n").unwrap_or(below.len());
    let (lines, below) = below.split_at(end);
    let (own, lines) = (words.usage, usage_lines(lines, words.usage));
    format!("{above}{usage}{own}:{usage:#} {lines}{below}")
}

/// Returns the usage of a command, with further lines aligned below the first.
pub(super) fn usage_lines(usage: &str, heading: &str) -> String {
    let indent = " ".repeat(heading.width() + 2);
    usage.lines().map(str::trim_start).collect::<Vec<_>>().join(&format!("\n{indent}"))
}
