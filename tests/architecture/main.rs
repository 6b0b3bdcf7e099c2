//! Checks the architecture: which room imports which, which doors each may touch, and that no files use each other in a
//! circle.
//!
//! rustc allows circles between modules, so this parses the sources. The table is that of `docs/architecture.md`, and a
//! test below compares the two.
//!
//! Types are not inferred: a method is identified by its name and the number of its arguments, and the expansion of one
//! of our macros by its tokens.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod circles;
mod house;
mod known;
mod planted;
mod reading;
mod rules;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use circles::circles;
use house::House;
use rules::{Door, ROOMS, WRITER};

static HOUSE: LazyLock<House> = LazyLock::new(|| House::of(&sources()));

#[test]
fn rooms_import_only_what_lies_below_them() {
    let faults = rules::faults(&HOUSE);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn one_file_writes_to_the_disk() {
    let faults = rules::all_writes(&HOUSE);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let writer = |module: &&reading::Module| module.file == WRITER;
    assert!(HOUSE.modules.values().any(|module| writer(&module)), "{WRITER} is not there");
}

#[test]
fn every_file_is_read_by_rustc_too() {
    let faults = rules::unreached(&HOUSE);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(HOUSE.tests.iter().any(|path| path.join("/") == "store/promises"));
}

#[test]
fn the_table_allows_no_more_than_is_needed() {
    let unneeded = rules::unneeded(&HOUSE);
    assert!(unneeded.is_empty(), "nobody needs this any more:\n{}", unneeded.join("\n"));
}

#[test]
fn files_of_a_room_use_each_other_in_no_circle() {
    let faults = circles::faults(&circles(&HOUSE), known::CIRCLES);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_folder_is_a_room() {
    let folders = fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(ROOMS.iter().any(|(room, ..)| *room == name), "src/{name} is no room of the table");
        for forbidden in ["utils", "helpers", "common"] {
            assert_ne!(name, forbidden, "a function without a home lacks its noun");
        }
    }
    for (room, ..) in ROOMS {
        let path = vec![(*room).to_owned()];
        assert!(HOUSE.modules.contains_key(&path), "src/{room} is empty");
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
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let list = |cell: &str| -> Vec<String> {
        cell.split(", ").filter(|word| *word != "–").map(str::to_owned).collect()
    };
    for (room, may, doors) in ROOMS {
        let row = text.lines().find(|line| line.contains(&format!("| `{room}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/architecture.md has no row for `{room}`"));
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!(&list(cells[4]), may, "what `{room}` may import");
        let word = |door: &Door| format!("{door:?}").to_lowercase();
        let doors: Vec<String> = doors.iter().map(word).collect();
        assert_eq!(list(cells[5]), doors, "which doors `{room}` may touch");
    }
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains(" | `"));
    assert_eq!(rows.count(), ROOMS.len(), "docs/architecture.md has another room");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns every source file: its path relative to the root, and its text.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root().join("src"), &mut found);
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}
