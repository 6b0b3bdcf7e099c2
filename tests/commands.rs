//! `docs/commands.md` is what `asrun help` says, command by command.
//!
//! `STORIES=overwrite cargo test --test commands` writes it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use std::fmt::Write as _;

use support::{Terminal, page_says, verbs_in};

#[test]
fn the_page_says_what_help_says() {
    page_says("docs/commands.md", &page(), "commands");
}

fn page() -> String {
    let terminal = Terminal::new(None);
    let mut out = String::from(
        "# Commands\n\nWhat `asrun help` says of each. This page is made by `tests/commands.rs`.\n",
    );
    let all = terminal.said("asrun help");
    let _ = write!(out, "\n## asrun\n\n```text\n{all}```\n");
    let mut waiting = verbs_in(&all);
    waiting.reverse();
    while let Some(verb) = waiting.pop() {
        // `templates` is a topic, too: its options are meant here.
        let said = terminal.said(&format!("asrun {verb} --help"));
        let _ = write!(out, "\n## asrun {verb}\n\n```text\n{said}```\n");
        let under = verbs_in(&said).into_iter().rev().filter(|one| one != "help");
        waiting.extend(under.map(|one| format!("{verb} {one}")));
    }
    out
}
