//! Tests what is really synced, from the system's point of view. The store's own tests check the order of calls; here
//! nothing can claim "synced" without having synced.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::project::{ID, RECORD, TestProject, told};

/// Builds the library that records syncs.
fn library(folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syncs/seen.rs");
    let library = folder.join("seen.so");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(["--edition", "2024", "--crate-type", "cdylib", "-O", "-o"])
        .args([&library, &source])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", told(&output));
    library
}

/// Returns what a command syncs, in order; the random parts of temporary names are removed.
fn synced(project: &TestProject, library: &Path, args: &[&str]) -> Vec<String> {
    let log = project.home().join("syncs");
    let _ = fs::remove_file(&log);
    let mut command = project.asrun(args);
    let output = command.env("LD_PRELOAD", library).env("SYNCS_SEEN", &log).output().unwrap();
    assert!([Some(0), Some(4)].contains(&output.status.code()), "{}", told(&output));
    let root = project.root().canonicalize().unwrap();
    let shown = |line: &str| {
        let path = Path::new(line).strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        match path.split_once(".asrun-") {
            Some((folder, _)) => format!("{folder}*.tmp"),
            None => path,
        }
    };
    fs::read_to_string(log).unwrap_or_default().lines().map(shown).collect()
}

#[test]
fn what_is_acknowledged_was_synced() {
    let project = TestProject::new();
    let library = library(project.home());
    let at = ["--at", "2024-09-07T18:00+09:00"];
    project.log("first");
    let logging = [&["log", "-r", ID], at.as_slice(), &["--", "second"]].concat();
    let record_saved = ["incidents/*.tmp", "incidents"];
    assert_eq!(synced(&project, &library, &logging), record_saved);
    for change in [
        vec!["amend", "-r", ID, "--last", "other words"],
        vec!["undo", "-r", ID],
        vec!["undo", "-r", ID, "--redo"],
        vec!["plan", "add", "-r", ID, "17:00", "a step"],
        vec!["lessons", "add", "-r", ID, "well", "a lesson"],
        vec!["actions", "add", "-r", ID, "an action"],
    ] {
        assert_eq!(synced(&project, &library, &change), record_saved, "{change:?}");
    }
    fs::write(project.home().join("a.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let picture = project.home().join("a.png");
    let attach = ["attach", "-r", ID, picture.to_str().unwrap()];
    assert_eq!(
        synced(&project, &library, &attach),
        [
            "incidents",
            "incidents/assets",
            "incidents/assets/장애/*.tmp",
            "incidents/assets/장애",
            "incidents/*.tmp",
            "incidents"
        ]
    );
    let new = ["new", "another", "--id", "another", "--no-input"];
    let made = synced(&project, &library, &new);
    assert!(made.starts_with(&record_saved.map(str::to_owned)), "{made:?}");
    fs::write(project.record(), format!("{RECORD}  - at: [broken\n")).unwrap();
    assert_eq!(synced(&project, &library, &logging), [".asrun/장애.journal", ".asrun"]);
}

/// Lines that were available before asrun read them are saved together, not one by one.
#[test]
fn lines_that_wait_are_synced_together() {
    let project = TestProject::new();
    let library = library(project.home());
    let lines: String = (0..400).map(|number| format!("line {number}\n")).collect();
    fs::write(project.home().join("lines"), lines).unwrap();
    let log = project.home().join("syncs");
    let mut command = project.asrun(&["live", ID]);
    command.stdin(fs::File::open(project.home().join("lines")).unwrap());
    let output = command.env("LD_PRELOAD", library).env("SYNCS_SEEN", &log).output().unwrap();
    assert!(output.status.success(), "{}", told(&output));
    let events = project.events().split_off(1);
    assert!(
        events == (0..400).map(|number| format!("line {number}")).collect::<Vec<_>>(),
        "{events:?}"
    );
    assert_eq!(told(&output).matches("logged ").count(), 400);
    let syncs = fs::read_to_string(log).unwrap().lines().count();
    assert!(syncs < 10, "{syncs}");
}
