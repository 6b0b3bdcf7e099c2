//! Documents are tests: every ```console block is typed and must say what it says; every
//! ```yaml record block must be a record, every ```yaml broken block must be refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::Terminal;

#[test]
fn consoles_say_what_the_documents_say() {
    let mut consoles = 0;
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let mut terminal = Terminal::new(None);
        for block in blocks(&text, "console") {
            consoles += 1;
            check_console(&mut terminal, &path, &block);
        }
    }
    assert!(consoles >= 3, "the README's examples were not found");
}

#[test]
fn the_picture_is_what_the_chart_draws() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/release.svg");
    let said = Terminal::new(None).said("cd \"$ROOT\" && asrun chart 3.0 --format svg");
    let drawn = fs::read_to_string(path).unwrap();
    assert!(drawn == said, "draw it again: cargo run -- chart 3.0 -o docs/release.svg");
}

#[test]
fn records_in_documents_are_records() {
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        for block in blocks(&text, "yaml record") {
            let read = asrun::format::read(&block);
            assert!(read.is_ok(), "{}:\n{block}\n{:?}", path.display(), read.err());
        }
        for block in blocks(&text, "yaml broken") {
            assert!(
                asrun::format::read(&block).is_err(),
                "{}: not refused:\n{block}",
                path.display()
            );
        }
    }
}

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = docs.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.chain([root.join("README.md")]).collect()
}

/// The fenced blocks of that kind.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if info.trim() == kind {
            found.push(block.join("\n") + "\n");
        }
    }
    found
}

/// Types each command; a line `…` stands for any lines.
fn check_console(terminal: &mut Terminal, path: &Path, block: &str) {
    let mut lines = block.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(now) = line.strip_prefix("@ ") {
            terminal.set_clock(now);
            continue;
        }
        let command = line
            .strip_prefix("$ ")
            .unwrap_or_else(|| panic!("{}: no command: {line}", path.display()));
        let mut expected = Vec::new();
        while let Some(line) =
            lines.next_if(|line| !line.starts_with("$ ") && !line.starts_with("@ "))
        {
            expected.push(line);
        }
        let command = command.replace("cargo run -- ", "cd \"$ROOT\" && asrun ");
        let said = terminal.said(&command).replace("! ", "");
        let said: Vec<&str> = said.lines().collect();
        assert!(
            matches(&expected, &said),
            "{}: `{command}` said\n{}\ninstead of\n{}",
            path.display(),
            said.join("\n"),
            expected.join("\n")
        );
    }
}

fn matches(expected: &[&str], said: &[&str]) -> bool {
    match expected.split_first() {
        None => said.is_empty(),
        Some((&"…", rest)) => (0..=said.len()).any(|skip| matches(rest, &said[skip..])),
        Some((first, rest)) => said.first() == Some(first) && matches(rest, &said[1..]),
    }
}
