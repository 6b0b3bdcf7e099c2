//! Tests the documentation: every ```console block is run and must print what it shows; every ```yaml record block must
//! be a record, and every ```yaml broken block must be refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::Terminal;

#[test]
fn examples_in_the_documents_are_what_commands_print() {
    let mut typed = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let mut terminal = Terminal::new(None);
        if path.ends_with("README.ko.md") {
            terminal = terminal.in_korea();
        }
        for console in consoles(&text) {
            typed.push(path.file_name().unwrap().to_string_lossy().into_owned());
            console.check(&mut terminal, &path);
        }
    }
    for page in ["README.md", "README.ko.md", "guide.md", "publishing.md"] {
        assert!(typed.iter().any(|typed| typed == page), "{page} has no examples");
    }
}

#[test]
fn both_readmes_have_the_same_parts() {
    let readme =
        |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let [english, korean] = ["README.md", "README.ko.md"].map(readme);
    assert_eq!(parts(&english), parts(&korean));
    assert!(english.contains("](README.ko.md)") && korean.contains("](README.md)"));
}

/// Returns the parts of a page: examples by their commands, and links to other pages.
fn parts(text: &str) -> Vec<Vec<String>> {
    let part = |text: &str| {
        let consoles = consoles(text).into_iter().flat_map(|console| console.lines);
        let typed = consoles.filter(|line| line.starts_with("$ ")).map(|line| verb(&line));
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let links = links.filter(|link| !link.starts_with("README.")).map(str::to_owned);
        typed.chain(links).collect()
    };
    text.split("\n## ").map(part).collect()
}

/// Returns the command without its arguments: `asrun log`.
fn verb(line: &str) -> String {
    let words = line.trim_start_matches("$ ").replace("cargo run --", "asrun");
    words.split(' ').take(2).collect::<Vec<_>>().join(" ")
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
    pages.chain(["README.md", "README.ko.md"].map(|name| root.join(name))).collect()
}

/// Returns the fenced blocks of a kind.
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

/// A block of commands with their output. An invisible comment before it may set the clock (`clock: TIME`), choose the
/// folder (`in the repository`), add pictures (`files: a.png b.png`), or say that one command is refused (`exit: 2`).
struct Console {
    clock: Option<String>,
    in_repository: bool,
    files: Vec<String>,
    exit: Option<String>,
    lines: Vec<String>,
}

fn consoles(text: &str) -> Vec<Console> {
    let mut found = Vec::new();
    let mut notes = "";
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            let comment = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->"));
            notes = comment.unwrap_or(if line.is_empty() { notes } else { "" });
            continue;
        };
        let block = lines.by_ref().take_while(|line| *line != "```");
        let block: Vec<String> = block.map(str::to_owned).collect();
        if info == "console" {
            found.push(Console::new(notes, block));
        }
        notes = "";
    }
    found
}

impl Console {
    fn new(notes: &str, lines: Vec<String>) -> Console {
        let notes: Vec<&str> = notes.split("; ").collect();
        let value = |name: &str| notes.iter().find_map(|note| note.strip_prefix(name));
        Console {
            clock: value("clock: ").map(str::to_owned),
            in_repository: notes.contains(&"in the repository"),
            files: value("files: ").unwrap_or("").split_whitespace().map(str::to_owned).collect(),
            exit: value("exit: ").map(|code| format!("[exit {code}]")),
            lines,
        }
    }

    /// Runs each command; a line `…` matches any lines.
    fn check(&self, terminal: &mut Terminal, path: &Path) {
        if let Some(clock) = &self.clock {
            terminal.set_clock(clock);
        }
        let picture = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/cases/blog-post/before/shots/store.png");
        for file in &self.files {
            fs::copy(&picture, terminal.folder().join(file)).unwrap();
        }
        let mut refused = self.exit.clone();
        let mut lines = self.lines.iter().peekable();
        while let Some(line) = lines.next() {
            let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("{path:?}: {line}"));
            let mut expected: Vec<&str> = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                expected.push(line);
            }
            let here = if self.in_repository { "cd \"$ROOT\" && " } else { "" };
            let command = format!("{here}{command}");
            let command = command.replace("cargo run -- ", "cd \"$ROOT\" && asrun ");
            let said = terminal.said(&command).replace("! ", "");
            let mut said: Vec<&str> = said.lines().collect();
            if refused.is_some() && said.last().copied() == refused.as_deref() {
                said.pop();
                refused = None;
            }
            let said_all = said.join("\n");
            let expected_all = expected.join("\n");
            assert!(
                matches(&expected, &said),
                "{}: `{command}` said\n{said_all}\ninstead of\n{expected_all}",
                path.display()
            );
        }
        assert_eq!(refused, None, "{}: nothing was refused", path.display());
    }
}

fn matches(expected: &[&str], said: &[&str]) -> bool {
    match expected.split_first() {
        None => said.is_empty(),
        Some((&"…", rest)) => (0..=said.len()).any(|skip| matches(rest, &said[skip..])),
        Some((first, rest)) => said.first() == Some(first) && matches(rest, &said[1..]),
    }
}
