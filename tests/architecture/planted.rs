//! Violations that the checks must find, each of a different kind, and code that they must accept.
//!
//! A check that cannot fail is worthless.

use crate::circles::{self, circles, told};
use crate::house::House;
use crate::rules;

/// A planted violation: a description, the files with their texts, and words of the expected fault.
type Planted = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const IMPORTS: &[Planted] = &[
    (
        "a plain import upwards",
        &[("src/model/x.rs", "use crate::format::Document;")],
        "src/model/x.rs:1: model may not import format",
    ),
    (
        "an import from one ground floor to the other",
        &[("src/yaml/x.rs", "use crate::model::Day;")],
        "src/yaml/x.rs:1: yaml may not import model",
    ),
    (
        "a nested import over several lines",
        &[(
            "src/view/x.rs",
            "use crate::{\n    model::Day,\n    store::{\n        Project,\n    },\n};",
        )],
        "src/view/x.rs:4: view may not import store",
    ),
    (
        "a renamed import",
        &[("src/timeline/x.rs", "use crate::view as shown;\nfn x(_: shown::Words) {}")],
        "src/timeline/x.rs:2: timeline may not import view",
    ),
    (
        "the crate under another name",
        &[("src/query/x.rs", "use crate as house;\nfn x() { house::store::load() }")],
        "src/query/x.rs:2: query may not import store",
    ),
    (
        "everything of a room",
        &[("src/merge/x.rs", "use crate::store::*;")],
        "src/merge/x.rs:1: merge may not import store",
    ),
    (
        "everything of the crate",
        &[("src/merge/x.rs", "use crate::*;\nfn x() { store::load() }")],
        "src/merge/x.rs:2: merge may not import store",
    ),
    (
        "a way up and down again",
        &[("src/check/rules/x.rs", "use super::super::super::git::configured;")],
        "src/check/rules/x.rs:1: check may not import git",
    ),
    (
        "a way by `self`",
        &[("src/timeline/x.rs", "use self::super::super::query::Filter;")],
        "src/timeline/x.rs:1: timeline may not import query",
    ),
    (
        "a name that is passed on",
        &[("src/model/mod.rs", "pub use crate::store::Project;")],
        "src/model/mod.rs:1: model may not import store",
    ),
    (
        "a name that a room below passes on from a room that is out of reach",
        &[
            ("src/view/mod.rs", "pub use crate::model::Moment;"),
            ("src/model/mod.rs", "pub struct Moment;"),
            ("src/render/x.rs", "use crate::view::Moment;"),
        ],
        "src/render/x.rs:1: render may not import model",
    ),
    (
        "a path in an expression",
        &[(
            "src/render/x.rs",
            "fn x() {\n    let at = crate::model::Moment::parse(\"\", None);\n}",
        )],
        "src/render/x.rs:2: render may not import model",
    ),
    (
        "a path in a type",
        &[("src/git/x.rs", "struct X {\n    of: Option<Vec<crate::model::Incident>>,\n}")],
        "src/git/x.rs:2: git may not import model",
    ),
    (
        "a path in a pattern",
        &[("src/query/x.rs", "fn x() {\n    if let crate::format::Code::Syntax(_) = y {}\n}")],
        "src/query/x.rs:2: query may not import format",
    ),
    (
        "a path inside a macro",
        &[("src/timeline/x.rs", "fn x() {\n    format!(\"{}\", crate::store::RECORDS);\n}")],
        "src/timeline/x.rs:2: timeline may not import store",
    ),
    (
        "a path deep inside a macro",
        &[(
            "src/merge/x.rs",
            "fn x() {\n    matches!(y(), Some(z) if z == (crate::view::a(), 1));\n}",
        )],
        "src/merge/x.rs:2: merge may not import view",
    ),
    (
        "an import inside a macro",
        &[(
            "src/model/x.rs",
            "macro_rules! x {\n    () => { use $crate::{model::Day, cli::context}; };\n}",
        )],
        "src/model/x.rs:2: model may not import cli",
    ),
    (
        "a path in an attribute",
        &[("src/view/x.rs", "#[some(with(crate::store::word))]\nstruct X;")],
        "src/view/x.rs:1: view may not import store",
    ),
    (
        "an import inside a function",
        &[("src/store/x.rs", "fn x() {\n    use crate::cli;\n}")],
        "src/store/x.rs:2: store may not import cli",
    ),
    (
        "a module in braces",
        &[("src/git/x.rs", "mod y {\n    use super::super::super::model::Day;\n}")],
        "src/git/x.rs:2: git may not import model",
    ),
    (
        "a type's function by its full name",
        &[("src/git/x.rs", "fn x() {\n    <crate::model::Day>::parse(\"\");\n}")],
        "src/git/x.rs:2: git may not import model",
    ),
    (
        "code that only runs outside of tests",
        &[("src/git/x.rs", "#[cfg(not(test))]\nuse crate::model::Day;")],
        "src/git/x.rs:2: git may not import model",
    ),
    ("a room that is not in the table", &[("src/extra/mod.rs", "")], "no room of the table"),
    ("a file beside the rooms", &[("src/extra.rs", "")], "no room of the table"),
    (
        "something in the list of rooms",
        &[("src/lib.rs", "pub mod store;\npub use store::Project;")],
        "src/lib.rs:2: lib may not import store",
    ),
    (
        "a binary that goes past the roof",
        &[("src/main.rs", "fn main() {\n    asrun::store::load();\n}")],
        "src/main.rs:2: main may not import store",
    ),
    ("a file by another name", &[("src/git/x.rs", "#[path = \"../y.rs\"]\nmod y;")], "#[path]"),
    ("a text that is put in", &[("src/git/x.rs", "include!(\"y.rs\");")], "include!"),
    ("what is no Rust", &[("src/git/x.rs", "fn {")], "src/git/x.rs: "),
];

const DOORS: &[Planted] = &[
    ("a file", &[("src/view/x.rs", "fn x() { std::fs::read(y); }")], "view may not touch Files"),
    (
        "a renamed module",
        &[("src/view/x.rs", "use std::fs as f;\nfn x() { f::read(y); }")],
        "src/view/x.rs:2: view may not touch Files: std::fs::read",
    ),
    (
        "a module by way of everything",
        &[("src/view/x.rs", "use std::*;\nfn x() { fs::read(y); }")],
        "src/view/x.rs:2: view may not touch Files: std::fs::read",
    ),
    (
        "a module by way of another file",
        &[
            ("src/view/y.rs", "pub(super) use std::fs as things;"),
            ("src/view/x.rs", "use super::y::things;\nfn x() { things::read(y); }"),
        ],
        "src/view/x.rs:2: view may not touch Files: std::fs::read",
    ),
    (
        "a method of a path",
        &[("src/check/x.rs", "fn x(y: &Path) -> bool {\n    y.exists()\n}")],
        "src/check/x.rs:2: check may not touch Files: .exists()",
    ),
    (
        "a method of a path inside a macro",
        &[("src/check/x.rs", "fn x() {\n    format!(\"{}\", y.is_file());\n}")],
        "src/check/x.rs:2: check may not touch Files: .is_file()",
    ),
    (
        "a method of a path as a function",
        &[("src/check/x.rs", "use std::path::Path;\nfn x() {\n    y.any(Path::exists);\n}")],
        "src/check/x.rs:3: check may not touch Files",
    ),
    (
        "the clock",
        &[("src/timeline/x.rs", "use std::time as t;\nfn x() { t::SystemTime::now(); }")],
        "src/timeline/x.rs:2: timeline may not touch Clock",
    ),
    (
        "the clock under another name",
        &[("src/store/x.rs", "use chrono::Utc as World;\nfn x() { World::now(); }")],
        "src/store/x.rs:2: store may not touch Clock: chrono::Utc::now",
    ),
    (
        "the clock of a type of ours",
        &[("src/store/x.rs", "type World = chrono::Local;\nfn x() { World::now(); }")],
        "src/store/x.rs:2: store may not touch Clock: chrono::Local::now",
    ),
    (
        "the clock, as a method",
        &[("src/store/x.rs", "fn x() { y.elapsed(); }")],
        "store may not touch Clock: .elapsed()",
    ),
    (
        "the environment",
        &[(
            "src/format/x.rs",
            "use std::{env::{self, var as asked}, io};\nfn x() { asked(\"A\"); }",
        )],
        "src/format/x.rs:2: format may not touch Environment: std::env::var",
    ),
    (
        "a program",
        &[("src/store/x.rs", "use std::process::Command as Run;\nfn x() { Run::new(\"a\"); }")],
        "src/store/x.rs:2: store may not touch Programs",
    ),
    (
        "a line that is printed",
        &[("src/store/x.rs", "fn x() { println!(\"a\"); }")],
        "store may not touch Output: println!",
    ),
    (
        "a line that is printed inside a macro",
        &[("src/view/x.rs", "macro_rules! x { () => { std::eprintln!(\"a\") } }")],
        "view may not touch Output: eprintln!",
    ),
    (
        "a standard stream",
        &[("src/render/x.rs", "use std::io::{self, Write};\nfn x() { io::stdout().lock(); }")],
        "src/render/x.rs:2: render may not touch Output: std::io::stdout",
    ),
    (
        "a coloured stream",
        &[("src/render/x.rs", "fn x() { anstream::stdout(); }")],
        "render may not touch Output: anstream",
    ),
    (
        "a derived form",
        &[("src/model/x.rs", "#[derive(Debug, serde::Serialize)]\nstruct X;")],
        "src/model/x.rs:1: model may not touch Serde",
    ),
    (
        "a value of another form",
        &[("src/merge/x.rs", "fn x() { serde_json::json!({}); }")],
        "merge may not touch Serde: serde_json",
    ),
];

const WRITES: &[Planted] = &[
    (
        "a write beside the writer",
        &[("src/store/x.rs", "use std::fs as f;\nfn x() { f::write(a, b); }")],
        "src/store/x.rs:2: only src/store/disk.rs may write: std::fs::write",
    ),
    (
        "a write given as a function",
        &[("src/cli/x.rs", "use std::fs::remove_file as gone;\nfn x() { y.map(gone); }")],
        "src/cli/x.rs:2: only src/store/disk.rs may write: std::fs::remove_file",
    ),
    (
        "a file opened for writing",
        &[("src/store/x.rs", "fn x() { OpenOptions::new().append(true); }")],
        "only src/store/disk.rs may write: .append",
    ),
    (
        "a file that is made",
        &[("src/store/x.rs", "use std::fs::File;\nfn x() { File::create(y); }")],
        "src/store/x.rs:2: only src/store/disk.rs may write: std::fs::File::create",
    ),
    (
        "a link, on Unix",
        &[("src/store/x.rs", "use std::os::unix::fs;\nfn x() { fs::symlink(a, b); }")],
        "src/store/x.rs:2: only src/store/disk.rs may write",
    ),
    (
        "a file without a name",
        &[("src/store/x.rs", "use tempfile::{NamedTempFile, TempPath};")],
        "only src/store/disk.rs may write: tempfile::NamedTempFile",
    ),
    (
        "a folder that is opened for outputs",
        &[("src/store/x.rs", "use cap_std::fs::Dir;")],
        "src/store/x.rs:1: only src/store/disk.rs may write: cap_std::fs::Dir",
    ),
    (
        "a file that is kept",
        &[("src/store/x.rs", "fn x() { y.persist_noclobber(z); }")],
        "only src/store/disk.rs may write: .persist_noclobber",
    ),
];

const CIRCLES: &[Planted] = &[
    (
        "two files",
        &[
            ("src/query/a.rs", "use super::b::B;\npub(super) struct A;"),
            ("src/query/b.rs", "fn x() { super::a::A; }\npub(super) struct B;"),
        ],
        "a circle of src/query/a.rs, src/query/b.rs",
    ),
    (
        "three files",
        &[
            ("src/query/a.rs", "use super::b::B;\npub struct A;"),
            ("src/query/b.rs", "use crate::query::c::C;\npub struct B;"),
            ("src/query/c.rs", "fn x() { format!(\"{}\", super::a::A); }\npub struct C;"),
        ],
        "a circle of src/query/a.rs, src/query/b.rs, src/query/c.rs",
    ),
    (
        "two files by way of what the room passes on",
        &[
            ("src/query/mod.rs", "mod a;\nmod b;\npub use a::A;\npub use b::{B as Bee};"),
            ("src/query/a.rs", "use super::Bee;\npub struct A;"),
            ("src/query/b.rs", "use crate::query::*;\npub struct B(A);"),
        ],
        "a circle of src/query/a.rs, src/query/b.rs",
    ),
    (
        "a room's own file and one below it",
        &[
            ("src/query/mod.rs", "mod a;\npub struct Q;\nfn x() { a::y() }"),
            ("src/query/a.rs", "use super::Q;\npub(super) fn y(_: Q) {}"),
        ],
        "a circle of src/query/a.rs, src/query/mod.rs",
    ),
    (
        "a method that another file adds to a type",
        &[
            ("src/query/a.rs", "pub struct A;\nimpl A { fn x(&self) { self.said(1); } }"),
            ("src/query/b.rs", "use super::a::A;\nimpl A { pub fn said(&self, n: u8) {} }"),
        ],
        "src/query/a.rs:2 uses `.said()` of src/query/b.rs",
    ),
];

const HARMLESS: &[Planted] = &[
    ("a word in a comment", &[("src/view/x.rs", "use crate::model::Day; // std::fs\n")], ""),
    (
        "words in texts and in documentation",
        &[(
            "src/view/x.rs",
            "/// [`crate::store::x`]\nconst X: &str = \"std::fs::write println!\";",
        )],
        "",
    ),
    (
        "tests",
        &[("src/timeline/x.rs", "#[cfg(test)]\nmod tests { use crate::cli::x; }\nfn y() {}")],
        "",
    ),
    (
        "a file of tests, and what it says of itself",
        &[
            ("src/git/mod.rs", "#[cfg(test)]\nmod promises;"),
            ("src/git/promises/mod.rs", "use crate::cli::x;\nmod a;"),
            ("src/git/promises/a.rs", "fn x() { std::fs::write(a, b); }"),
        ],
        "",
    ),
    (
        "a field and a statement for tests",
        &[(
            "src/git/x.rs",
            "struct X { #[cfg(test)] y: crate::cli::Y }\n\
             fn x() {\n    #[cfg(test)]\n    let y = crate::cli::y();\n}",
        )],
        "",
    ),
    (
        "names that look like others",
        &[(
            "src/query/x.rs",
            "mod fs { pub fn read() {} }\nfn x() { fs::read(); y.exists(1); list.append(&mut z); }",
        )],
        "",
    ),
    (
        "a clock that is handed over",
        &[("src/query/x.rs", "use crate::model::Clock;\nfn x(now: Clock) { now.now(); }")],
        "",
    ),
    ("the writer", &[("src/store/disk.rs", "fn x() { std::fs::write(a, b); y.sync_all(); }")], ""),
    (
        "a room's file that only passes names on",
        &[
            ("src/query/mod.rs", "mod a;\nmod b;\npub use a::A;\npub use b::B;"),
            ("src/query/a.rs", "pub struct A;"),
            ("src/query/b.rs", "use super::A;\npub struct B;"),
        ],
        "",
    ),
    (
        "files of two rooms, down only",
        &[("src/timeline/a.rs", "use crate::model::a::A;"), ("src/model/a.rs", "pub struct A;\n")],
        "",
    ),
];

/// Returns all faults that are found in some files.
fn said_of(files: &[(&str, &str)]) -> Vec<String> {
    let house = house_of(files);
    let circles = circles(&house);
    let faults = rules::faults(&house).into_iter().chain(rules::all_writes(&house));
    faults.chain(circles.iter().map(told)).collect()
}

#[test]
fn every_planted_breach_is_found() {
    let all = [IMPORTS, DOORS, WRITES, CIRCLES];
    let mut missed = Vec::new();
    for (what, files, fault) in all.into_iter().flatten() {
        let said = said_of(files);
        if !said.iter().any(|line| line.contains(fault)) {
            missed.push(format!("{what}: no “{fault}” in {said:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn harmless_texts_pass() {
    for (what, files, _) in HARMLESS {
        let said = said_of(files);
        assert!(said.is_empty(), "{what}: {said:#?}");
    }
}

/// Parses these files.
fn house_of(files: &[(&str, &str)]) -> House {
    let owned = |(file, text): &(&str, &str)| ((*file).to_owned(), (*text).to_owned());
    House::of(&files.iter().map(owned).collect::<Vec<_>>())
}

#[test]
fn the_list_of_circles_only_gets_shorter() {
    let (a, b, c) = ("src/query/a.rs", "src/query/b.rs", "src/query/c.rs");
    let two = [(a, "use super::b::B;\npub struct A;"), (b, "use super::a::A;\npub struct B;")];
    let found = circles(&house_of(&two));
    let faults = |listed: &[&[&str]]| circles::faults(&found, listed).len();
    assert_eq!(faults(&[&[a, b]]), 0);
    assert_eq!(faults(&[&["src/query/"]]), 0);
    // Not listed; larger and no longer as listed; gone; smaller.
    assert_eq!(faults(&[]), 1);
    assert_eq!(faults(&[&[a]]), 2);
    assert_eq!(faults(&[&[a, b], &[b, c]]), 1);
    assert_eq!(faults(&[&[a, b, c]]), 2);
    assert_eq!(faults(&[&["src/query/", "src/view/"]]), 2);
}

#[test]
fn what_the_table_allows_and_nobody_needs_is_found() {
    let house = house_of(&[("src/view/x.rs", "use crate::model::Day;\nuse serde::Serialize;")]);
    let unneeded = rules::unneeded(&house);
    let is_unneeded = |what: &str| unneeded.iter().any(|one| one == what);
    assert!(is_unneeded("view → query") && is_unneeded("store → Files"), "{unneeded:?}");
    assert!(!is_unneeded("view → model") && !is_unneeded("view → Serde"), "{unneeded:?}");
}

#[test]
fn a_file_without_a_mod_is_found() {
    let sources = [("src/query/mod.rs", "mod a;"), ("src/query/a.rs", ""), ("src/query/b.rs", "")];
    let said = rules::unreached(&house_of(&sources));
    assert!(said.iter().any(|line| line.starts_with("src/query/b.rs")), "{said:?}");
    assert!(!said.iter().any(|line| line.starts_with("src/query/a.rs")), "{said:?}");
}
