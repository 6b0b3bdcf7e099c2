//! Messages about an invalid command line.

use std::num::ParseIntError;

use crate::lang::terminal::{Part, UsageWords};
use crate::lang::told::quoted_word;

use super::English;

fn name(part: Part) -> &'static str {
    match part {
        Part::Command => "subcommand",
        Part::Argument => "argument",
        Part::Value => "value",
    }
}

impl UsageWords for English {
    fn unexpected(&self, typed: &str) -> String {
        format!("unexpected argument '{typed}' found")
    }

    fn one_too_many(&self, value: &str, argument: &str) -> String {
        format!("unexpected value '{value}' for '{argument}' found; no more were expected")
    }

    fn no_value(&self, argument: &str) -> String {
        format!("a value is required for '{argument}' but none was supplied")
    }

    fn not_a_value(&self, value: &str, argument: &str, why: Option<&str>) -> String {
        let why = why.map(|why| format!(": {why}")).unwrap_or_default();
        format!("invalid value '{value}' for '{argument}'{why}")
    }

    fn no_such_command(&self, typed: &str) -> String {
        format!("unrecognized subcommand '{typed}'")
    }

    fn arguments_missing(&self, arguments: &[String]) -> String {
        let arguments = arguments.join("\n  ");
        format!("the following required arguments were not provided:\n  {arguments}")
    }

    fn command_missing(&self, command: &str) -> String {
        format!("'{command}' requires a subcommand but one was not provided")
    }

    fn not_together(&self, part: Part, typed: &str, others: &[String]) -> String {
        let others = match others {
            [] => " one or more of the other specified arguments".to_owned(),
            [other] => format!(" '{other}'"),
            others => format!(":\n  {}", others.join("\n  ")),
        };
        format!("the {} '{typed}' cannot be used with{others}", name(part))
    }

    fn given_twice(&self, argument: &str) -> String {
        format!("the argument '{argument}' cannot be used multiple times")
    }

    fn typed_no_text(&self) -> &'static str {
        "invalid UTF-8 was detected in one or more arguments"
    }

    fn not_understood(&self) -> &'static str {
        "the command line is not understood"
    }

    fn not_a_number(&self, _typed: &str, fault: &ParseIntError) -> String {
        fault.to_string()
    }

    fn not_between(&self, number: u32, least: u32, most: u32) -> String {
        format!("{number} is not in {least}..={most}")
    }

    fn similar(&self, part: Part, names: &[String]) -> String {
        let part = name(part);
        match names {
            [near] => format!("tip: a similar {part} exists: '{near}'"),
            names => format!("tip: some similar {part}s exist: '{}'", names.join("', '")),
        }
    }

    fn elsewhere(&self, command: &str) -> String {
        format!("tip: '{command}' exists")
    }

    fn command_behind_dashes(&self, command: &str) -> String {
        format!("tip: subcommand '{command}' exists; to use it, remove the '--' before it")
    }

    fn more_help(&self) -> &'static str {
        "For more information, try '--help'."
    }

    fn way_of(&self, verb: &str) -> Option<&'static str> {
        Some(match verb {
            "remove" | "delete" | "rm" => {
                "to remove an event: asrun amend NUMBER --remove; a step: asrun plan remove; a \
                 record: asrun delete; the last change: asrun undo"
            }
            "unarchive" => "to bring a record back: asrun archive RECORD --clear",
            "detect" | "detected" | "note" | "event" | "record" => {
                "asrun log \"5xx on checkout\" --type detected"
            }
            "open" | "view" | "cat" | "print" => {
                "asrun show prints a record; asrun edit opens its file; asrun reopen says that it goes on"
            }
            "redo" | "restore" | "revert" | "back" => {
                "asrun undo takes the last change back; asrun undo --redo applies it again; asrun recover \
                 restores what was lost"
            }
            "mv" => {
                "asrun move EVENT --to RECORD moves an event; asrun rename NEW-ID renames a record"
            }
            "step" | "steps" | "show" => "asrun plan list; asrun plan add TIME TEXT",
            "tag" => "asrun set tags TAG --add; asrun get tags",
            "todo" | "todos" => "asrun actions; asrun actions add TEXT",
            "resolve" | "resolved" | "end" | "stop" => "asrun log \"all green\" --type resolved",
            "fix" | "change" | "correct" => {
                "asrun amend NUMBER --at TIME \"the right text\"; asrun edit opens the file"
            }
            "add" => {
                "asrun log TEXT, asrun plan add TIME TEXT, asrun actions add TEXT or asrun lessons add SORT TEXT"
            }
            "start" | "begin" => "asrun new \"what is broken\"",
            "report" | "export" | "publish" => {
                "asrun render; asrun templates list shows the \
                templates"
            }
            "timeline" => "asrun show, or asrun chart",
            "current" | "switch" | "use" | "which" => {
                "asrun select prints the current record; asrun select RECORD chooses another one"
            }
            "retitle" => "asrun set title \"the new title\"",
            "severity" | "sev" => "asrun set severity sev1; asrun get severity prints it",
            "version" => "asrun --version",
            _ => return way_from_elsewhere(verb),
        })
    }

    fn way_of_entry(&self, verb: &str) -> Option<&'static str> {
        matches!(verb, "edit" | "change" | "amend" | "remove" | "delete" | "rm" | "move").then_some(
            "to change or remove an action or a lesson: asrun edit opens the record's file",
        )
    }

    fn record_by_itself(&self, command: &str, record: Option<&str>) -> String {
        let record = record.map_or_else(|| "RECORD".to_owned(), quoted_word);
        format!("this command takes the record without -r: {command} {}", record)
    }

    fn record_by_option(&self, command: &str) -> String {
        format!("this command takes the record with -r: {command}")
    }

    fn record_behind_option(&self, option: &str, command: &str) -> String {
        format!("this record goes after --{option}: {command}")
    }

    fn dash_in_text(&self, command: &str) -> String {
        format!("a text that begins with a dash goes after --: {command}")
    }

    fn dash_in_value(&self, command: &str) -> String {
        format!("a value that begins with a dash goes after =: {command}")
    }

    fn last_by_option(&self, command: &str) -> String {
        format!("for what was logged last: {command}")
    }

    fn nothing_recorded(&self) -> &'static str {
        "NOT recorded"
    }
}

/// Returns the way of a verb that other programs have.
fn way_from_elsewhere(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "finish" | "finished" | "done" | "complete" => {
            "asrun log \"deployed\" --step STEP carries out a step; asrun actions done NUMBER; \
             asrun close ends a record"
        }
        "diff" => "asrun compare RECORD RECORD; asrun undo --list shows what asrun changed",
        "rollback" => {
            "asrun undo takes the last change back; of a release: asrun log \"rolled back\" --step STEP"
        }
        "summary" => "asrun brief sums a record up; asrun edit opens its file, for a summary",
        "set" => {
            "asrun config prints the settings, asrun.yaml has them; asrun set is for the keys of a record"
        }
        _ => return None,
    })
}
