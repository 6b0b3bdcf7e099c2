//! What is said of a command line that is not understood.

use crate::lang::terminal::UsageWords;

use super::English;

impl UsageWords for English {
    fn way_of(&self, verb: &str) -> Option<&'static str> {
        Some(match verb {
            "remove" | "delete" | "rm" => {
                "asrun amend NUMBER --remove takes an event away, asrun undo the last change"
            }
            "resolve" | "resolved" | "close" | "end" | "stop" => {
                "asrun log \"all green\" --type resolved"
            }
            "fix" | "change" | "correct" => {
                "asrun amend NUMBER --at TIME \"the right text\"; asrun edit opens the file"
            }
            "add" => {
                "asrun log TEXT, asrun plan add TIME TEXT, asrun actions add TEXT or asrun lessons add SORT TEXT"
            }
            "start" | "begin" => "asrun new \"what is broken\"",
            "report" | "export" | "publish" => "asrun render; asrun templates list says as what",
            "timeline" => "asrun show, or asrun chart",
            "version" => "asrun --version",
            _ => return None,
        })
    }

    fn dash_in_text(&self) -> &'static str {
        "a text that begins with a dash goes behind --: asrun log -- \"-5% traffic\""
    }

    fn nothing_recorded(&self) -> &'static str {
        "NOT recorded"
    }
}
