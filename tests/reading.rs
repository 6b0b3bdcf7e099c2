//! Compares the fast reader of plain records with the full parser, on every available record and on thousands of
//! modified ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::path::{Path, PathBuf};

use asrun::format::readers_agree;
use proptest::prelude::*;
use proptest::test_runner::{FailurePersistence, FileFailurePersistence};

/// Everything that asrun writes, in one record.
const RECORD: &str = r#"# 예시
title: "한 \"기록\""
kind: release
services: [ios, "앱, 서버"]
timezone: Asia/Seoul

plan:
  - id: deploy
    at: 2024-09-07T17:30+09:00
    text: 앱 배포
    skipped: {on: 2024-09-07, why: 늦음}
lessons:
  well:
    - 하나
    - it's fine
events:
  - at: 2024-09-07T18:08+09:00
    text: 'quoted'
    type: detected
    step: [a, b]
    detail: |
      첫 줄

        ```
        code: # 그대로
        ```
    attachments:
      - {file: 044.png, alt: 그림, width: 50%}
    metrics: {users: 20000}
  # 메모
  - at: 2024-09-07T18:10+09:00
    text: a:b #c
    detail: |-
      one line
"#;

/// Text that makes a record no longer plain, or seems to.
const SPOILS: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\r\n",
    "#",
    " # note",
    ":",
    ": ",
    "- ",
    "-",
    "--- ",
    "...\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    "\"",
    "\\",
    "\\n",
    "|",
    "|-\n",
    "|+\n",
    ">",
    "&a ",
    "*a",
    "!x ",
    "? ",
    "@",
    "`",
    "%",
    "~",
    "null",
    "=",
    "<<: ",
    "<<<<<<< HEAD\n",
    "=======\n",
    "title: ",
    "key: |\n",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\u{a0}",
    "\u{0}",
    "\u{fffe}",
    "한",
    "…",
    "    ",
    "      ",
    "\n    x: y",
    "\n      x",
    "\n  - z",
    "\n- z",
    "\n# c\n",
    "\n   # c\n",
];

/// A modification: where, how much is removed, and what is inserted.
type Spoil = (prop::sample::Index, usize, &'static str);

fn spoil() -> impl Strategy<Value = Spoil> {
    (any::<prop::sample::Index>(), 0..6_usize, prop::sample::select(SPOILS))
}

fn spoilt(text: &str, spoils: &[Spoil]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (place, taken, put) in spoils {
        let at = place.index(chars.len() + 1);
        let end = (at + taken).min(chars.len());
        chars.splice(at..end, put.chars());
    }
    chars.into_iter().collect()
}

/// `CASES=1000000 cargo test --test reading` runs more cases.
fn cases() -> u32 {
    std::env::var("CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4000)
}

/// Counterexamples are stored and tried first in later runs: commit the file that a failure writes.
fn counterexamples() -> Option<Box<dyn FailurePersistence>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/counterexamples/reading.txt");
    Some(Box::new(FileFailurePersistence::Direct(file)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: counterexamples(), ..ProptestConfig::default() })]

    #[test]
    fn readers_agree_on_damaged_records(spoils in prop::collection::vec(spoil(), 0..4)) {
        let text = spoilt(RECORD, &spoils);
        prop_assert!(readers_agree(&text), "{text:?}");
    }

    #[test]
    fn readers_agree_on_lines(lines in prop::collection::vec("( {0,6})(- )?([a-z]{1,3}:( |))?[a-c가 #:\\-'\"\\[\\]{}|>&,~]{0,6}", 0..8)) {
        let text = lines.join("\n") + "\n";
        prop_assert!(readers_agree(&text), "{text:?}");
    }
}

#[test]
fn readers_agree_on_duplicate_keys() {
    let item = "events:\n  - at: 2024-01-01T10:00Z\n    text: hello\n";
    for text in [
        format!("title: t\nevents: []\n{item}"),
        format!("title: t\nevents: []\n# again\n{item}"),
        format!("title: t\n{item}{item}"),
        format!("title: t\ntitle: u\n{item}"),
        format!("title: t\n{item}    text: again\n"),
    ] {
        assert!(readers_agree(&text), "{text}");
        assert!(asrun::format::read(&text).is_err(), "{text}");
    }
}

#[test]
fn readers_agree_on_every_available_record() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths = yaml_files(&[root.join("incidents"), root.join("tests")]);
    for path in &paths {
        match std::fs::read_to_string(path) {
            Ok(text) => assert!(readers_agree(&text), "{}", path.display()),
            Err(_) => assert!(path.ends_with("tests/errors/not-utf8.yaml"), "{}", path.display()),
        }
    }
    for known in ["incidents/2024-09-07-왁뮤-3.0-출시.yaml", "tests/published/rust.yaml"] {
        assert!(paths.iter().any(|path| path.ends_with(known)), "{known} was not found");
    }
}

fn yaml_files(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = folders.to_vec();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                found.push(path);
            }
        }
    }
    found
}
