//! Golden folders: the initial files, the typed commands, their output, and the final files.
//!
//! Each folder of `tests/cases/` is a story; they are discovered, not listed:
//!
//!   before/   the project at the start, if it is not empty
//!   typed     `$ ` commands, `@ ` the clock, other lines are comments
//!   said      the same, with the output after each command (`! ` for the error output)
//!   said.ko   the same with messages in Korean; the final files only differ in the comments of `asrun.yaml`
//!   after/    the project at the end, if the story changes it
//!
//! `STORIES=overwrite cargo test --test cases` writes the current output; read it before you keep it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use support::{Terminal, files, write};

#[test]
fn every_story_is_as_it_was() {
    let stories = stories();
    let next = AtomicUsize::new(0);
    let told = || {
        let mut faults = Vec::new();
        while let Some(folder) = stories.get(next.fetch_add(1, Ordering::Relaxed)) {
            faults.extend(differences(folder, "en", "said"));
            faults.extend(differences(folder, "ko", "said.ko"));
        }
        faults
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let faults = thread::scope(|scope| {
        let tellers: Vec<_> = (0..cores).map(|_| scope.spawn(told)).collect();
        let told = tellers.into_iter().map(|teller| teller.join().unwrap());
        told.collect::<Vec<_>>().concat()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

fn stories() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty(), "there are no stories");
    for folder in &folders {
        let typed = fs::read_to_string(folder.join("typed")).unwrap_or_default();
        assert!(typed.contains("$ "), "nothing is typed in {}", folder.display());
    }
    folders
}

fn differences(folder: &Path, language: &'static str, said: &str) -> Vec<String> {
    let before = folder.join("before");
    let terminal = Terminal::new(before.is_dir().then_some(before.as_path()));
    let mut terminal = if language == "en" { terminal } else { terminal.speaking(language) };
    let typed = fs::read_to_string(folder.join("typed")).unwrap();
    let story = fs::read_to_string(folder.join(said)).unwrap_or_default();
    let told = terminal.transcript(&typed);
    let overwrite = std::env::var("STORIES").is_ok_and(|value| value == "overwrite");
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let mut faults = Vec::new();
    if told != story {
        if overwrite {
            write(&folder.join(said), told.as_bytes());
        } else {
            faults.push(format!("{name}/{said}:\n{}", diff(&story, &told)));
        }
    }
    let after = folder.join("after");
    let now = files(&terminal.folder());
    if overwrite && language == "en" && now != files_or_none(&before) {
        let _ = fs::remove_dir_all(&after);
        now.iter().for_each(|(path, bytes)| write(&after.join(path), bytes));
    }
    let expected = if after.is_dir() { files(&after) } else { files_or_none(&before) };
    for path in now.keys().chain(expected.keys().filter(|path| !now.contains_key(*path))) {
        let (is, should) = (now.get(path), expected.get(path));
        let is_alike =
            is == should || language != "en" && settings(path, is) == settings(path, should);
        if !is_alike {
            let text = |bytes: Option<&Vec<u8>>| {
                bytes.map_or("(no such file)".into(), |b| String::from_utf8_lossy(b).into_owned())
            };
            faults.push(format!(
                "{name}/after/{path} ({language}):\n{}",
                diff(&text(should), &text(is))
            ));
        }
    }
    faults
}

/// Returns the lines of a settings file without comments; `None` for other files.
fn settings(path: &str, bytes: Option<&Vec<u8>>) -> Option<Vec<String>> {
    let text =
        bytes.filter(|_| path.ends_with("asrun.yaml")).map(|b| String::from_utf8_lossy(b))?;
    let without_comments = |line: &str| line.split("# ").next().unwrap_or_default().to_owned();
    Some(text.lines().map(without_comments).collect())
}

fn files_or_none(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    if folder.is_dir() { files(folder) } else { Default::default() }
}

fn diff(expected: &str, actual: &str) -> String {
    let (expected, actual): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), actual.lines().collect());
    let same = expected.iter().zip(&actual).take_while(|(a, b)| a == b).count();
    let tail = |lines: &[&str], sign: char| {
        lines[same.min(lines.len())..]
            .iter()
            .take(15)
            .map(|line| format!("{sign} {line}\n"))
            .collect::<String>()
    };
    format!("  (line {})\n{}{}", same + 1, tail(&expected, '-'), tail(&actual, '+'))
}
