//! A project with one record, for tests that start many processes: without a shell, and with the record read by another
//! YAML parser than asrun's own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_yaml::Value;

/// The id of its record.
pub(crate) const ID: &str = "장애";

/// The initial content of the record, with a person's words, comments and quotes.
pub(crate) const RECORD: &str = "\
# 손으로 쓴 첫 줄
title: \"왁뮤 3.0 출시\"   # 제목 옆
timezone: Asia/Seoul
# 목록 앞
events:
  - at: 2024-09-07T17:00+09:00
    text: 'seed event'   # 사건 옆
  # 목록 안 마지막
";

/// A project in a temporary folder.
pub(crate) struct TestProject {
    home: tempfile::TempDir,
    root: PathBuf,
}

impl TestProject {
    /// Creates one in the system's folder of temporary files.
    pub(crate) fn new() -> TestProject {
        let home = tempfile::tempdir().unwrap();
        TestProject::at(home.path().join("work"), home)
    }

    /// Creates one in that folder, which is deleted along with `home`.
    pub(crate) fn at(root: PathBuf, home: tempfile::TempDir) -> TestProject {
        fs::create_dir_all(root.join("incidents")).unwrap();
        fs::write(root.join("incidents").join(format!("{ID}.yaml")), RECORD).unwrap();
        TestProject { home, root }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn record(&self) -> PathBuf {
        self.root.join("incidents").join(format!("{ID}.yaml"))
    }

    pub(crate) fn text(&self) -> String {
        fs::read_to_string(self.record()).unwrap()
    }

    /// Returns an asrun command in the project.
    pub(crate) fn asrun(&self, args: &[&str]) -> Command {
        self.prepared(Command::new(env!("CARGO_BIN_EXE_asrun")), args)
    }

    /// Returns another program in the project that starts or observes asrun.
    pub(crate) fn prepared(&self, mut command: Command, args: &[&str]) -> Command {
        command
            .args(args)
            .current_dir(&self.root)
            .env_clear()
            .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin")
            .env("HOME", self.home.path())
            .env("TMPDIR", self.home.path())
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .env("ASRUN_NOW", "2024-09-07T18:30:20+09:00")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Returns the command that logs a text.
    pub(crate) fn logging(&self, text: &str) -> Command {
        self.asrun(&["log", "-r", ID, "--at", "2024-09-07T18:00+09:00", "--", text])
    }

    /// Logs a text, which must succeed.
    pub(crate) fn log(&self, text: &str) {
        let output = self.logging(text).output().unwrap();
        assert!(output.status.success(), "{text}: {}", told(&output));
    }

    /// Returns the texts of the record's events, as read by another YAML parser.
    pub(crate) fn events(&self) -> Vec<String> {
        events_in(&self.text()).unwrap_or_else(|fault| panic!("{fault}\n{}", self.text()))
    }

    /// Returns files in the records folder other than the record and those of people.
    pub(crate) fn left_over(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root.join("incidents")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| *name != format!("{ID}.yaml")).collect()
    }
}

/// Returns the texts of a record's events; an error if it is not a complete record.
pub(crate) fn events_in(text: &str) -> Result<Vec<String>, String> {
    let value: Value = serde_yaml::from_str(text).map_err(|fault| fault.to_string())?;
    let events = value.get("events").and_then(Value::as_sequence).ok_or("there are no events")?;
    let texts = events.iter().map(|event| event.get("text").and_then(Value::as_str));
    let texts: Option<Vec<String>> = texts.map(|text| text.map(str::to_owned)).collect();
    texts.ok_or_else(|| "an event has no text".to_owned())
}

/// Returns the first line of the old text that is missing in the new one, respecting the order.
pub(crate) fn lost_line(before: &str, after: &str) -> Option<String> {
    let mut lines = after.lines();
    before.lines().find(|old| !lines.any(|new| new == *old)).map(str::to_owned)
}

/// Returns all output of a command.
pub(crate) fn told(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&both).into_owned()
}

/// Checks that no panic was printed.
#[track_caller]
pub(crate) fn no_panic(output: &Output) {
    let told = told(output);
    for word in ["panicked", "RUST_BACKTRACE", "stack overflow", "memory allocation"] {
        assert!(!told.contains(word), "{told}");
    }
}
