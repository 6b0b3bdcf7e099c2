//! Checks each rule with a record that breaks it and one that follows it, and generates the documentation of the rules
//! from them.
//!
//! `tests/rules/RULE.yaml` must be reported by that rule, `RULE.good.yaml` by none. The folder of both records contains
//! `graph.png`. `docs/rules.md` has the records with asrun's messages; `STORIES=overwrite cargo test --test rules`
//! rewrites it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use asrun::check::RULES;
use asrun::lang::terminal;
use support::{Terminal, page_says, write};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// Returns the record, and the output of `asrun check` five days later.
fn checked(file: &str) -> (String, String) {
    let text = fs::read_to_string(folder().join(file));
    let text = text.unwrap_or_else(|_| panic!("tests/rules/{file} is not there"));
    let mut terminal = Terminal::new(None);
    terminal.set_clock("2024-09-12T09:00:00+09:00");
    write(&terminal.folder().join("incidents/record.yaml"), text.as_bytes());
    if text.contains("graph.png") || file.starts_with("unused-file") {
        write(&terminal.folder().join("incidents/assets/record/graph.png"), b"png");
    }
    let said = terminal.said("asrun check --strict");
    (text, said)
}

#[test]
fn each_rule_finds_its_example_and_leaves_the_good_one() {
    for rule in RULES {
        let (_, said) = checked(&format!("{}.yaml", rule.id.name()));
        let found = format!("{}[{}]", rule.level.word(), rule.id.name());
        assert!(said.contains(&found), "{}: {said}", rule.id.name());
        let (_, said) = checked(&format!("{}.good.yaml", rule.id.name()));
        assert_eq!(said, "1 record checked, nothing wrong\n", "{}", rule.id.name());
    }
    for path in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        let stem = path.file_stem().unwrap().to_str().unwrap().trim_end_matches(".good").to_owned();
        assert!(RULES.iter().any(|rule| rule.id.name() == stem), "{stem} is no rule");
    }
}

#[test]
fn the_pages_match_what_asrun_prints() {
    page_says("docs/rules.md", &pages(), "rules");
}

fn pages() -> String {
    let mut out = String::from(
        "# Rules\n\n\
         What `asrun check` asks of records, beyond that they can be read ([errors.md](errors.md)). Errors fail the\n\
         check, warnings do with `--strict`, notes never. A comment `# asrun: ignore RULE` behind a value, or on a line\n\
         of its own above it, silences a rule there; above the first key, in the whole record; `ignore: [RULE]` in\n\
         `asrun.yaml`, in the project; `--ignore RULE`, for once. This page is made by `tests/rules.rs`.\n",
    );
    for rule in RULES {
        let (broken, said) = checked(&format!("{}.yaml", rule.id.name()));
        let (good, _) = checked(&format!("{}.good.yaml", rule.id.name()));
        let said = said.replace("[exit 1]\n", "");
        let _ = write!(
            out,
            "\n## {}\n\n{} ({})\n\n```yaml\n{broken}```\n\n```text\n{said}```\n\nRight:\n\n```yaml record\n{good}```\n",
            rule.id.name(),
            terminal().rule(rule.id),
            rule.level.word(),
        );
    }
    out
}
