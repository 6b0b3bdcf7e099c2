//! Checks one broken file for every fault code, and generates the error reference from them.
//!
//! `tests/errors/CODE.yaml` must be refused with that code first. `docs/errors.md` has each file with asrun's message;
//! `STORIES=overwrite cargo test --test errors` rewrites it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use asrun::fault::Problem;
use asrun::format::read;
use asrun::lang::terminal;
use asrun::yaml::{Code, MAX_TEXT_BYTES, Position, decode_utf8};
use support::{Terminal, page_says, write};

#[test]
fn every_code_has_its_file() {
    for code in Code::ALL {
        let bytes = broken(code);
        let problems = problems_of(&bytes);
        assert_eq!(problems.first().map(|p| p.code), Some(code), "{code}: {problems:?}");
        for problem in &problems {
            let told = terminal().problem(&problem.kind);
            assert!(!told.message.is_empty() && !told.help.is_empty(), "{code}: {problem:?}");
        }
    }
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    for path in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(names.contains(&stem), "{stem} is no code");
    }
}

/// `tests/faults.txt` has broken records, each with every fault that is reported: the position, the code, the reason,
/// and the way out. `STORIES=overwrite` writes the current output; read it before you keep it.
#[test]
fn every_fault_is_reported_with_its_place_and_a_way_out() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults.txt");
    let text = fs::read_to_string(&path).unwrap();
    let cases: Vec<(&str, &str)> = text
        .split("=== record\n")
        .skip(1)
        .map(|case| case.split_once("=== faults\n").expect("a record and its faults"))
        .collect();
    let made: String = cases
        .iter()
        .map(|(record, _)| format!("=== record\n{record}=== faults\n{}", faults_of(record)))
        .collect();
    assert!(made.contains("1:1 missing-key: `title` is missing here | add a line `title: …`\n"));
    page_says("tests/faults.txt", &made, "errors");
}

/// Returns one line per fault; nothing for a valid record.
fn faults_of(record: &str) -> String {
    let problems = read(record).map_or_else(|problems| problems, |_| Vec::new());
    let line = |problem: &Problem| {
        let place = Position::of(record, problem.span.start);
        let told = terminal().problem(&problem.kind);
        format!("{place} {}: {} | {}\n", problem.code, told.message, told.help)
    };
    problems.iter().map(line).collect()
}

#[test]
fn the_reference_matches_what_asrun_prints() {
    page_says("docs/errors.md", &reference(), "errors");
}

fn reference() -> String {
    let mut out = String::from(
        "# Errors\n\n\
         What makes a record unreadable, one code each, with a broken file and what asrun says of it.\n\
         Every fault of a file is told at once, the file is never touched, and the exit code is not 0.\n\
         This page is made by `tests/errors.rs`.\n",
    );
    for code in Code::ALL {
        let bytes = broken(code);
        let terminal = Terminal::new(None);
        write(&terminal.folder().join("incidents/record.yaml"), &bytes);
        let said = terminal.said("asrun show record").replace("! ", "");
        assert!(said.ends_with("[exit 1]\n"), "{code}: {said}");
        let text = String::from_utf8_lossy(&bytes).replace('\u{1b}', "\u{241b}");
        let text = if text.len() > 1000 { format!("{}…\n", &text[..60]) } else { text };
        out.push_str(&format!(
            "\n## {code}\n\n```yaml\n{text}```\n\n```text\n{}```\n",
            said.replace("[exit 1]\n", "")
        ));
    }
    out
}

fn problems_of(bytes: &[u8]) -> Vec<Problem> {
    match decode_utf8(bytes) {
        Err(problem) => vec![problem.into()],
        Ok(text) => read(text).expect_err("a broken file"),
    }
}

fn broken(code: Code) -> Vec<u8> {
    // A file of that size is generated rather than stored.
    if code == Code::TooLarge {
        return format!("title: {}\n", "x".repeat(MAX_TEXT_BYTES + 1)).into_bytes();
    }
    let path = folder().join(format!("{code}.yaml"));
    fs::read(&path)
        .unwrap_or_else(|fault| panic!("{code} has no broken file {}: {fault}", path.display()))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors")
}
