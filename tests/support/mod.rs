//! Runs typed commands in a separate folder with a fixed clock, zone and width, and records their output.

#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

pub(crate) mod project;
#[cfg(unix)]
pub(crate) mod pty;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A terminal in a temporary folder.
pub(crate) struct Terminal {
    home: tempfile::TempDir,
    now: String,
    locale: &'static str,
    zone: &'static str,
    /// The language of asrun's messages, if it is not the locale's.
    speaks: Option<&'static str>,
    /// The folder of the program that is run as an unprivileged user, if any.
    held: Option<PathBuf>,
}

/// A user who is subject to permissions, for tests that run as root.
#[cfg(unix)]
pub(crate) const NOBODY: u32 = 65534;

#[cfg(unix)]
pub(crate) fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout.trim_ascii() == b"0"
}

impl Terminal {
    /// Creates a terminal in a copy of that folder, or in an empty one.
    pub(crate) fn new(before: Option<&Path>) -> Terminal {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("work")).unwrap();
        if let Some(before) = before {
            copy(before, &home.path().join("work"));
        }
        let now = "2024-09-07T18:30:20+09:00".to_owned();
        Terminal { home, now, locale: "C.UTF-8", zone: "UTC", speaks: None, held: None }
    }

    /// Returns the terminal of a user in Korea.
    pub(crate) fn in_korea(self) -> Terminal {
        Terminal { locale: "ko_KR.UTF-8", zone: "Asia/Seoul", ..self }
    }

    /// Returns the terminal with that language for messages.
    pub(crate) fn speaking(self, language: &'static str) -> Terminal {
        Terminal { speaks: Some(language), ..self }
    }

    /// Returns the terminal of an unprivileged user who owns all files; `programs` is a folder for the program that
    /// everyone can access.
    #[cfg(unix)]
    pub(crate) fn held_by_permissions(mut self, programs: &Path) -> Terminal {
        use std::os::unix::fs::{PermissionsExt as _, chown};
        if !is_root() {
            return self;
        }
        let copy = programs.join("asrun");
        if !copy.exists() && fs::hard_link(env!("CARGO_BIN_EXE_asrun"), &copy).is_err() {
            fs::copy(env!("CARGO_BIN_EXE_asrun"), &copy).unwrap();
        }
        for folder in [programs, self.home.path()] {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let mut left = vec![self.home.path().to_owned()];
        while let Some(path) = left.pop() {
            chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
            if path.is_dir() {
                left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            }
        }
        self.held = Some(programs.to_owned());
        self
    }

    /// Returns the folder where commands run.
    pub(crate) fn folder(&self) -> PathBuf {
        self.home.path().join("work")
    }

    /// Sets the clock.
    pub(crate) fn set_clock(&mut self, now: &str) {
        now.clone_into(&mut self.now);
    }

    /// Runs a script: `$ ` lines are run in a shell, `@ ` lines set the clock, and other lines are kept. Returns the
    /// script with the output after each command.
    pub(crate) fn transcript(&mut self, script: &str) -> String {
        let mut out = String::new();
        for line in script.lines() {
            let _ = writeln!(out, "{line}");
            if let Some(now) = line.strip_prefix("@ ") {
                self.set_clock(now);
            } else if let Some(command) = line.strip_prefix("$ ") {
                out.push_str(&self.said(command));
            }
        }
        out
    }

    /// Returns the output, error output and exit code of one command.
    pub(crate) fn said(&self, command: &str) -> String {
        let output = self.shell(command).output().unwrap();
        let mut said = String::from_utf8(output.stdout).expect("UTF-8");
        let errors = String::from_utf8(output.stderr).expect("UTF-8");
        for line in errors.lines() {
            let _ = writeln!(said, "! {line}");
        }
        match output.status.code() {
            Some(0) => {}
            Some(code) => {
                let _ = writeln!(said, "[exit {code}]");
            }
            None => said.push_str("[killed]\n"),
        }
        said.replace(&*self.folder().to_string_lossy(), "[HERE]")
    }

    /// Runs one command, which must end within that many seconds.
    pub(crate) fn outcome(&self, command: &str, seconds: u64) -> Outcome {
        let (out, errors) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
        let mut shell = self.shell(command);
        shell.stdout(out.try_clone().unwrap()).stderr(errors.try_clone().unwrap());
        let mut child = shell.spawn().unwrap();
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if begun.elapsed() > Duration::from_secs(seconds) {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!("still running after {seconds} s: {command:.200}");
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        Outcome { out: written(out), errors: written(errors), code: status.code() }
    }

    pub(crate) fn shell(&self, command: &str) -> Command {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let binary = Path::new(env!("CARGO_BIN_EXE_asrun")).parent().unwrap().to_owned();
        let mut shell = Command::new("sh");
        shell
            .args(["-c", command])
            .current_dir(self.folder())
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin:/usr/local/bin", binary.display()))
            .env("HOME", self.home.path())
            .env("TMPDIR", self.home.path())
            .env("ASRUN_NOW", &self.now)
            .env("TZ", self.zone)
            .env("ASRUN_ZONEINFO", "none")
            .env("LANG", self.locale)
            .env("COLUMNS", "80")
            .env("ROOT", root)
            .envs(self.speaks.map(|language| ("ASRUN_TERMINAL_LANGUAGE", language)))
            .stdin(Stdio::null());
        #[cfg(unix)]
        if let Some(programs) = &self.held {
            use std::os::unix::process::CommandExt as _;
            shell.uid(NOBODY).gid(NOBODY);
            shell.env("PATH", format!("{}:/usr/bin:/bin:/usr/local/bin", programs.display()));
        }
        shell
    }
}

/// The output of a command and its exit code; no code if a signal ended it.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) out: String,
    pub(crate) errors: String,
    pub(crate) code: Option<i32>,
}

fn written(mut file: fs::File) -> String {
    let mut text = String::new();
    file.rewind().unwrap();
    file.read_to_string(&mut text).expect("UTF-8");
    text
}

/// Returns a text quoted as one word of a shell command.
pub(crate) fn word(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Returns a text as a double-quoted YAML scalar, on one line and without raw control characters.
pub(crate) fn scalar(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            c => {
                let _ = write!(out, "\\U{:08x}", u32::from(c));
            }
        }
    }
    out + "\""
}

/// Returns every folder, file and link below a folder, with its content.
pub(crate) fn all_below(home: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![home.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap()) {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            let holds = match kind.is_file() {
                true => fs::read(&path).unwrap(),
                false => fs::read_link(&path)
                    .map_or_else(|_| Vec::new(), |to| to.into_os_string().into_encoded_bytes()),
            };
            folders.extend(kind.is_dir().then(|| path.clone()));
            all.insert(path, holds);
        }
    }
    all
}

/// Returns every file in a folder by its path, without asrun's internal ones and the schema.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    collect(folder, folder, &mut found);
    found
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        // The schema is compared where it is generated.
        if name == ".asrun" || name == "asrun.schema.json" {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        write(&to.join(name), &bytes);
    }
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::File::create(path).unwrap().write_all(bytes).unwrap();
}

/// Returns a text of a table with its placeholders replaced: `$HEAD` for lines 1 to 4, `$EVENTS` for lines 5 to 7,
/// `$AT` for a quoted time, `$OURS` and `$THEIRS` for one event each.
pub(crate) fn filled(text: &str) -> String {
    let parts = [
        (
            "$HEAD",
            "# a comment\ntitle: \"왁뮤 3.0 출시\"\ndate: \"2024-09-07\"\ntimezone: Asia/Seoul\n",
        ),
        ("$EVENTS", "events:\n  - at: \"2024-09-07T18:00:00+09:00\"\n    text: PV 공개\n"),
        ("$OURS", "  - at: $AT\n    text: ours 한 줄\n"),
        ("$THEIRS", "  - at: $AT\n    text: theirs\n"),
        ("$AT", "\"2024-09-07T18:08:00+09:00\""),
    ];
    parts.iter().fold(text.to_owned(), |text, (name, part)| text.replace(name, part))
}

/// Checks that a generated page is up to date; `STORIES=overwrite` rewrites it.
pub(crate) fn page_says(page: &str, made: &str, test: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    if std::env::var("STORIES").is_ok_and(|value| value == "overwrite") {
        write(&path, made.as_bytes());
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == made, "{page} is out of date: STORIES=overwrite cargo test --test {test}");
}

/// Returns the commands that a help text lists.
pub(crate) fn verbs_in(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = lines.take_while(|line| !line.is_empty());
    let first = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    first.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
}
