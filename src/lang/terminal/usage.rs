//! What is said of a command line that is not understood.

use std::num::ParseIntError;

/// A part of a command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A verb.
    Command,
    /// An option, or a text at a place of its own.
    Argument,
    /// What an argument is.
    Value,
}

/// Command lines that are not understood.
pub trait UsageWords {
    /// An option or another text stands where none is expected.
    fn unexpected(&self, typed: &str) -> String;

    /// A value is one more than an argument takes.
    fn one_too_many(&self, value: &str, argument: &str) -> String;

    /// An argument has no value.
    fn no_value(&self, argument: &str) -> String;

    /// A value is none of an argument, for that reason if one is known.
    fn not_a_value(&self, value: &str, argument: &str, why: Option<&str>) -> String;

    /// No command is called so.
    fn no_such_command(&self, typed: &str) -> String;

    /// Arguments are missing.
    fn arguments_missing(&self, arguments: &[String]) -> String;

    /// A command needs one of its own behind it.
    fn command_missing(&self, command: &str) -> String;

    /// A command or an argument does not go with `others`, which may not be known.
    fn not_together(&self, part: Part, typed: &str, others: &[String]) -> String;

    /// An argument is there twice.
    fn given_twice(&self, argument: &str) -> String;

    /// What was typed is no text.
    fn typed_no_text(&self) -> &'static str;

    /// It is not known what is wrong.
    fn not_understood(&self) -> &'static str;

    /// A text is no number that an argument takes.
    fn not_a_number(&self, typed: &str, fault: &ParseIntError) -> String;

    /// A number is less than it may be, or more.
    fn not_between(&self, number: u32, least: u32, most: u32) -> String;

    /// There is something like what was typed.
    fn similar(&self, part: Part, names: &[String]) -> String;

    /// A command takes what was typed behind another one.
    fn elsewhere(&self, command: &str) -> String;

    /// A command stands behind `--`, where it is none.
    fn command_behind_dashes(&self, command: &str) -> String;

    /// Every command explains itself.
    fn more_help(&self) -> &'static str;

    /// Returns the way to what people call by that verb, if it is called otherwise here.
    fn way_of(&self, verb: &str) -> Option<&'static str>;

    /// A text that begins with a dash was taken for an option.
    fn dash_in_text(&self) -> &'static str;

    /// Nothing was recorded, and what was typed follows.
    fn nothing_recorded(&self) -> &'static str;
}
