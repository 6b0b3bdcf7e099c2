//! Two people run one plan at two terminals.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

fn asrun(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_asrun"));
    command.args(args).current_dir(root).env_clear();
    command.env("ASRUN_NOW", "2024-09-07T17:05:00+09:00").env("LANG", "en").env("TZ", "Asia/Seoul");
    command.env("HOME", root).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Reads what a program says until it asks for the next line.
fn until_asked(running: &mut Child) {
    let said = running.stderr.as_mut().unwrap();
    let mut byte = [0];
    let mut all = Vec::new();
    while !all.ends_with(b"> ") {
        assert_eq!(said.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&all));
        all.push(byte[0]);
    }
}

#[test]
fn enter_logs_nothing_once_somebody_else_went_on() {
    let folder = std::env::temp_dir().join(format!("asrun-run-sheet-{}", std::process::id()));
    fs::create_dir_all(folder.join("incidents")).unwrap();
    fs::write(folder.join("asrun.yaml"), "timezone: Asia/Seoul\n").unwrap();
    let record = folder.join("incidents/3.0.yaml");
    fs::write(
        &record,
        "title: t\nkind: release\ntimezone: Asia/Seoul\nplan:\n  - {id: build, at: \"2024-09-07T17:00+09:00\", text: Build}\n  - {id: deploy, at: \"2024-09-07T17:30+09:00\", text: Deploy}\nevents: []\n",
    )
    .unwrap();
    let events = || fs::read_to_string(&record).unwrap().matches("type: done").count();
    let mut one = asrun(&folder, &["plan", "run", "-r", "3.0"]).spawn().unwrap();
    let mut other = asrun(&folder, &["plan", "run", "-r", "3.0"]).spawn().unwrap();
    until_asked(&mut one);
    until_asked(&mut other);
    one.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    until_asked(&mut one);
    assert_eq!(events(), 1);
    // The other terminal still shows the build: Enter is not meant for the deploy.
    other.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    until_asked(&mut other);
    assert_eq!(events(), 1);
    // It has been told, and now shows the deploy.
    other.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    until_asked(&mut other);
    assert_eq!(events(), 2);
    for running in [one, other] {
        let told = running.wait_with_output().unwrap();
        assert!(told.status.success());
        let said = String::from_utf8(told.stdout).unwrap();
        assert!(said.contains("Deploy"), "{said}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_steps_command_runs_when_run_is_typed_and_never_else() {
    let folder = std::env::temp_dir().join(format!("asrun-command-{}", std::process::id()));
    fs::create_dir_all(folder.join("incidents")).unwrap();
    fs::write(folder.join("asrun.yaml"), "timezone: Asia/Seoul\n").unwrap();
    let record = folder.join("incidents/3.0.yaml");
    let plan = |command: &str| {
        format!(
            "title: t\nkind: release\ntimezone: Asia/Seoul\nplan:\n  - {{id: build, at: \"2024-09-07T17:00+09:00\", text: Build, command: {command}}}\nevents: []\n"
        )
    };
    let ran = |name: &str| folder.join(name).is_file();
    let typed = |lines: &str| {
        let mut running = asrun(&folder, &["plan", "run", "-r", "3.0"]).spawn().unwrap();
        running.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let told = running.wait_with_output().unwrap();
        String::from_utf8(told.stdout).unwrap()
    };
    fs::write(&record, plan("touch ran")).unwrap();
    // Neither looking at a plan nor going through it starts anything.
    for args in
        [&["plan", "list", "3.0"][..], &["show", "3.0"], &["plan", "check", "3.0"], &["check"]]
    {
        asrun(&folder, args).output().unwrap();
    }
    typed("list\nforecast\nstart\n\n");
    assert!(!ran("ran"));
    fs::write(&record, plan("touch ran")).unwrap();
    let said = typed("run\n");
    assert!(ran("ran"), "{said}");
    let text = fs::read_to_string(&record).unwrap();
    assert!(text.find("type: started").unwrap() < text.find("type: done").unwrap(), "{text}");
    // A shell is not asked, and what only a shell could run is refused.
    fs::write(&record, plan("touch one; touch two")).unwrap();
    typed("run\nrun\n");
    assert!(!ran("one") && !ran("one;") && !ran("two"));
    // What was changed since it was shown is shown again.
    fs::write(&record, plan("touch first")).unwrap();
    let mut running = asrun(&folder, &["plan", "run", "-r", "3.0"]).spawn().unwrap();
    until_asked(&mut running);
    fs::write(&record, plan("touch second")).unwrap();
    running.stdin.as_mut().unwrap().write_all(b"run\n").unwrap();
    until_asked(&mut running);
    assert!(!ran("first") && !ran("second"));
    running.stdin.as_mut().unwrap().write_all(b"run\n").unwrap();
    running.wait_with_output().unwrap();
    assert!(ran("second") && !ran("first"));
    fs::remove_dir_all(&folder).unwrap();
}
