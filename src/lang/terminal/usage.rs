//! Messages about an invalid command line.

use std::num::ParseIntError;

/// A part of a command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A verb.
    Command,
    /// An option or a positional argument.
    Argument,
    /// The value of an argument.
    Value,
}

/// Messages about invalid command lines.
pub trait UsageWords {
    /// An unexpected option or argument.
    fn unexpected(&self, typed: &str) -> String;

    /// A value is one too many for an argument.
    fn one_too_many(&self, value: &str, argument: &str) -> String;

    /// An argument has no value.
    fn no_value(&self, argument: &str) -> String;

    /// A value is invalid for an argument, for this reason if known.
    fn not_a_value(&self, value: &str, argument: &str, why: Option<&str>) -> String;

    /// There is no such command.
    fn no_such_command(&self, typed: &str) -> String;

    /// Arguments are missing.
    fn arguments_missing(&self, arguments: &[String]) -> String;

    /// A command requires a subcommand.
    fn command_missing(&self, command: &str) -> String;

    /// A command or an argument cannot be combined with `others`, which may be unknown.
    fn not_together(&self, part: Part, typed: &str, others: &[String]) -> String;

    /// An argument was given twice.
    fn given_twice(&self, argument: &str) -> String;

    /// The input is not valid text.
    fn typed_no_text(&self) -> &'static str;

    /// The problem is unknown.
    fn not_understood(&self) -> &'static str;

    /// A text is not a valid number for an argument.
    fn not_a_number(&self, typed: &str, fault: &ParseIntError) -> String;

    /// A number is out of range.
    fn not_between(&self, number: u32, least: u32, most: u32) -> String;

    /// There is something similar to the input.
    fn similar(&self, part: Part, names: &[String]) -> String;

    /// The input is valid after another command.
    fn elsewhere(&self, command: &str) -> String;

    /// A command is after `--`, where it has no effect.
    fn command_behind_dashes(&self, command: &str) -> String;

    /// How to get help on a command.
    fn more_help(&self) -> &'static str;

    /// Returns asrun's way to do what other programs call by that verb.
    fn way_of(&self, verb: &str) -> Option<&'static str>;

    /// Returns asrun's way to do that to an action or a lesson, if the verb changes one.
    fn way_of_entry(&self, verb: &str) -> Option<&'static str>;

    /// The record was named by an option, but this command takes it by itself; without a record, none was typed behind it.
    fn record_by_itself(&self, command: &str, record: Option<&str>) -> String;

    /// The record was named by itself, but this command takes it by an option.
    fn record_by_option(&self, command: &str) -> String;

    /// A record was typed as a word to a command that needs it with this option; with the command line.
    fn record_behind_option(&self, option: &str, command: &str) -> String;

    /// A text that begins with a dash was taken as an option; with the command that takes it as a text.
    fn dash_in_text(&self, command: &str) -> String;

    /// A value that begins with a dash was taken as an option; with the command that takes it as a value.
    fn dash_in_value(&self, command: &str) -> String;

    /// A negative number is no entry; with the command for the one that was logged last.
    fn last_by_option(&self, command: &str) -> String;

    /// Nothing was recorded, and the typed text follows.
    fn nothing_recorded(&self) -> &'static str;
}
