//! One broken file for every problem code, and the error reference made from them.
//!
//! `tests/errors/CODE.yaml` must be refused with that code first. `docs/errors.md` holds each file
//! with what asrun says of it; `STORIES=overwrite cargo test --test errors` writes it anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use asrun::format::read;
use asrun::yaml::{Code, MAX_TEXT_BYTES, Problem, decode_utf8};
use support::{Terminal, page_says, write};

#[test]
fn every_code_has_its_file() {
    for code in Code::ALL {
        let bytes = broken(code);
        let problems = problems_of(&bytes);
        assert_eq!(problems.first().map(|p| p.code), Some(code), "{code}: {problems:?}");
        for problem in &problems {
            assert!(!problem.message.is_empty() && !problem.help.is_empty(), "{code}: {problem:?}");
        }
    }
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    for path in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(names.contains(&stem), "{stem} is no code");
    }
}

#[test]
fn the_reference_says_what_asrun_says() {
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
        Err(problem) => vec![problem],
        Ok(text) => read(text).expect_err("a broken file"),
    }
}

fn broken(code: Code) -> Vec<u8> {
    // A file of that size is better made than kept.
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
