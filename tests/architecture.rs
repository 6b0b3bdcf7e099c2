//! Guards the rooms: who imports whom, and which doors each may touch.
//!
//! rustc allows circles between modules, so this reads the sources. The table is that of
//! `docs/architecture.md`, and a test below compares the two.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A room, what it may import, and which doors it may touch.
const ROOMS: &[(&str, &[&str], &[Door])] = &[
    ("model", &[], &[]),
    ("yaml", &[], &[Door::Serde]),
    ("format", &["model", "yaml"], &[Door::Serde]),
    ("timeline", &["model"], &[]),
    ("query", &["model", "timeline"], &[]),
    ("check", &["model", "yaml", "format", "timeline"], &[]),
    ("merge", &["model", "yaml", "format"], &[]),
    ("store", &["model", "yaml", "format"], &[Door::Files]),
    ("git", &[], &[Door::Programs]),
    ("view", &["model", "timeline", "query"], &[Door::Serde]),
    ("render", &["view"], &[Door::Serde]),
    (
        "cli",
        &[
            "model", "yaml", "format", "timeline", "query", "check", "merge", "store", "git",
            "view", "render",
        ],
        &[Door::Files, Door::Environment, Door::Programs, Door::Clock, Door::Output],
    ),
];

/// Something outside the meaning of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Files,
    Environment,
    Programs,
    Clock,
    Output,
    Serde,
}

/// Words in the source that open a door.
const DOORS: &[(Door, &[&str])] = &[
    (Door::Files, &["std::fs", "fs::", "File::", "OpenOptions", "tempfile"]),
    (Door::Environment, &["std::env", "env::var", "env::current_dir"]),
    (Door::Programs, &["std::process", "Command::new"]),
    (Door::Clock, &["SystemTime::now", "Instant::now", "Utc::now", "Local::now"]),
    (Door::Output, &["println!", "print!(", "eprintln!", "eprint!(", "io::stdout", "anstream"]),
    (Door::Serde, &["serde"]),
];

/// The one file that writes, and words that write to the disk.
const WRITER: &str = "src/store/disk.rs";
const WRITES: &[&str] = &[
    "fs::write",
    "fs::rename",
    "fs::remove",
    "fs::create_dir",
    "fs::copy",
    "fs::hard_link",
    "fs::symlink(",
    "fs::set_permissions",
    "File::create",
    ".write(true)",
    ".append(true)",
    ".create(true)",
    ".create_new(true)",
    ".set_len(",
    ".sync_all(",
    ".sync_data(",
    ".set_permissions(",
    ".persist",
    "renameat",
    "NamedTempFile",
    "tempfile::Builder",
];

#[test]
fn one_file_writes_to_the_disk() {
    let sources = sources();
    let writes = |(_, path, text): &(String, PathBuf, String)| writes_in(path, text);
    let faults: Vec<String> = sources.iter().flat_map(writes).collect();
    assert!(faults.is_empty(), "only {WRITER} may write:\n{}", faults.join("\n"));
    let writer = Path::new(env!("CARGO_MANIFEST_DIR")).join(WRITER);
    assert!(sources.iter().any(|(_, path, _)| *path == writer), "{WRITER} is not there");
    // The guard must find each thing that it looks for, and the writer must be where it is used.
    for word in WRITES {
        let planted = writes_in(Path::new("x.rs"), &format!("let x = y{word};"));
        assert_eq!(planted.len(), 1, "{word}");
    }
}

fn writes_in(path: &Path, text: &str) -> Vec<String> {
    if path.ends_with(WRITER) {
        return Vec::new();
    }
    // Files of tests are not read: they stand in folders of their own.
    let tests = ["src/store/promises", "src/store/disk"];
    let is_test = tests.iter().any(|folder| path.to_string_lossy().contains(folder));
    let lines = code_lines(text).filter(|_| !is_test);
    let writing = lines.filter(|(_, line)| WRITES.iter().any(|word| line.contains(word)));
    writing.map(|(number, line)| format!("{}:{number}: {}", path.display(), line.trim())).collect()
}

#[test]
fn rooms_import_only_what_lies_below_them() {
    let faults = faults_of(&sources());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_folder_is_a_room() {
    let folders = fs::read_dir(source_folder()).unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(ROOMS.iter().any(|(room, ..)| *room == name), "src/{name} is no room of the table");
        for forbidden in ["utils", "helpers", "common"] {
            assert_ne!(name, forbidden, "a function without a home lacks its noun");
        }
    }
}

#[test]
fn the_house_has_no_circle() {
    let allowed: BTreeMap<&str, &[&str]> =
        ROOMS.iter().map(|(room, may, _)| (*room, *may)).collect();
    fn height(room: &str, allowed: &BTreeMap<&str, &[&str]>, above: &[&str]) -> usize {
        assert!(!above.contains(&room), "a circle through {above:?} and {room}");
        let above: Vec<&str> = above.iter().copied().chain([room]).collect();
        allowed[room].iter().map(|below| height(below, allowed, &above) + 1).max().unwrap_or(0)
    }
    for (room, ..) in ROOMS {
        height(room, &allowed, &[]);
    }
}

#[test]
fn the_documentation_has_the_same_table() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md"))
            .unwrap();
    for (room, may, _) in ROOMS {
        let row = text.lines().find(|line| line.contains(&format!("| `{room}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/architecture.md has no row for `{room}`"));
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let told: Vec<&str> = cells[4].split(", ").filter(|cell| *cell != "–").collect();
        assert_eq!(&told, may, "what `{room}` may import");
    }
}

/// The guard is worth nothing if it cannot fail: it must find a planted fault of each sort.
#[test]
fn the_guard_finds_what_it_looks_for() {
    let planted = |room: &str, text: &str| {
        faults_of(&[(room.to_owned(), PathBuf::from("x.rs"), text.to_owned())])
    };
    for (room, text) in [
        ("model", "use crate::format::Document;"),
        ("yaml", "use crate::model::Day;"),
        ("timeline", "use crate::view::Words;"),
        ("render", "let x = crate::model::Moment::parse(a, None);"),
        ("view", "use crate::{model::Day, store::Project};"),
        ("timeline", "let now = std::time::SystemTime::now();"),
        ("view", "std::fs::read(path)"),
        ("store", "println!(\"x\")"),
        ("model", "use serde::Serialize;"),
        ("format", "std::env::var(\"HOME\")"),
    ] {
        assert_eq!(planted(room, text).len(), 1, "{room}: {text}");
    }
    assert!(planted("view", "use crate::model::Day; // std::fs is not touched here").is_empty());
    assert!(planted("timeline", "#[cfg(test)]\nmod tests { use crate::cli::x; }").is_empty());
}

fn faults_of(sources: &[(String, PathBuf, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (room, path, text) in sources {
        let (_, may, doors) =
            ROOMS.iter().find(|(name, ..)| name == room).expect("a room of the table");
        for (number, line) in code_lines(text) {
            let place = format!("{}:{number}", path.display());
            for other in imported_rooms(line) {
                if other != *room && !may.contains(&other.as_str()) {
                    faults.push(format!("{place}: {room} may not import {other}"));
                }
            }
            for (door, words) in DOORS {
                if !doors.contains(door) && words.iter().any(|word| line.contains(word)) {
                    faults.push(format!("{place}: {room} may not touch {door:?}: {}", line.trim()));
                }
            }
        }
    }
    faults
}

/// Lines of code without comments, up to the tests.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .map(|(number, line)| (number, line.split("//").next().unwrap_or("")))
}

/// Rooms named as `crate::room` or in `crate::{room, …}`.
fn imported_rooms(line: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for part in line.split("crate::").skip(1) {
        let named: Vec<&str> = match part.strip_prefix('{') {
            Some(list) => list.split(',').map(str::trim).collect(),
            None => vec![part],
        };
        for name in named {
            let room: String =
                name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if ROOMS.iter().any(|(known, ..)| *known == room) {
                rooms.push(room);
            }
        }
    }
    rooms
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file of every room.
fn sources() -> Vec<(String, PathBuf, String)> {
    let mut found = Vec::new();
    for (room, ..) in ROOMS {
        let before = found.len();
        collect(room, &source_folder().join(room), &mut found);
        assert!(found.len() > before, "src/{room} is empty");
    }
    found
}

fn collect(room: &str, folder: &Path, found: &mut Vec<(String, PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(room, &path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((room.to_owned(), path, text));
        }
    }
}
