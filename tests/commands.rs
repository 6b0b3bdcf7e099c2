//! Checks that `docs/commands.md` has the output of `asrun help` for each command, and that each command has a story.
//!
//! `STORIES=overwrite cargo test --test commands` rewrites it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use support::{Terminal, page_says, verbs_in};

#[test]
fn the_page_equals_the_help() {
    page_says("docs/commands.md", &page(), "commands");
}

#[test]
fn every_command_and_every_language_is_in_a_story() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stories = fs::read_dir(root.join("tests/cases")).unwrap();
    let typed = stories.map(|story| fs::read_to_string(story.unwrap().path().join("typed")));
    let typed = typed.map(Result::unwrap).collect::<String>();
    let is_typed = |words: &str| {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        typed.split(words).skip(1).any(ends)
    };
    let page = fs::read_to_string(root.join("docs/commands.md")).unwrap();
    for verb in page.lines().filter_map(|line| line.strip_prefix("## asrun ")) {
        assert!(is_typed(&format!("asrun {verb}")), "no story of tests/cases types asrun {verb}");
    }
    for code in asrun::lang::codes() {
        assert!(is_typed(&format!("--language {code}")), "no story of tests/cases is in {code}");
    }
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
        // `templates` is a topic, too; here the command's options are needed.
        let said = terminal.said(&format!("asrun {verb} --help"));
        let _ = write!(out, "\n## asrun {verb}\n\n```text\n{said}```\n");
        let under = verbs_in(&said).into_iter().rev().filter(|one| one != "help");
        waiting.extend(under.map(|one| format!("{verb} {one}")));
    }
    out
}
