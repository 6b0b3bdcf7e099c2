//! Tests of statements about the project: the required Rust version, and which test guarantees what.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use asrun::check::RULES;
use serde_json::Value;
use syn::{Item, TraitItem, Variant};

/// Parses a version; `1.89` and `1.89.0` are equal.
fn version(text: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    parts.resize(3, 0);
    parts
}

fn command(program: &str, variable: &str, args: &[&str]) -> String {
    let program = std::env::var_os(variable).unwrap_or_else(|| program.into());
    let root = env!("CARGO_MANIFEST_DIR");
    let output = Command::new(program).args(args).current_dir(root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the crates in the lock file for this system: name and required version of Rust.
fn crates() -> Vec<(String, Option<String>)> {
    let told = command("rustc", "RUSTC", &["-vV"]);
    let host = told.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let args = ["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform"];
    let json = command("cargo", "CARGO", &[args.as_slice(), &[host]].concat());
    let metadata: Value = serde_json::from_str(&json).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let word = |value: &Value| value.as_str().map(str::to_owned);
    packages.iter().map(|p| (word(&p["name"]).unwrap(), word(&p["rust_version"]))).collect()
}

#[test]
fn the_declared_rust_is_enough_for_every_crate() {
    let declared = env!("CARGO_PKG_RUST_VERSION");
    let crates = crates();
    assert!(crates.iter().any(|(name, _)| name == "asrun"), "{crates:?}");
    for (name, needed) in crates {
        let Some(needed) = needed else { continue };
        assert!(
            version(declared) >= version(&needed),
            "{name} needs Rust {needed}, Cargo.toml declares {declared}"
        );
    }
    let told = format!("Rust {declared}");
    for readme in ["README.md", "README.ko.md"] {
        assert!(file(readme).contains(&told), "{readme} does not say {told}");
    }
}

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Messages and faults without a sample in `src/lang/samples.rs`, with the reason.
const WITHOUT_SAMPLE: &[(&str, &str)] = &[
    ("documents", "are the words of documents"),
    ("heads", "are no sentences"),
    ("help", "is looked at text by text"),
    ("leak", "is said in a finding"),
    ("template_fault", "is said in a fault"),
    ("Fault::Line", "holds faults that have samples"),
    ("Fault::Store", "holds faults that have samples"),
    ("SettingFault::Unread", "holds the words of the reader"),
    ("StoreFault::Io", "is made by a function"),
    ("StoreFault::Unfit", "is made by a function"),
    ("TemplateFaultKind::Refused", "holds the words of the engine"),
];

/// Returns the items in a folder's files.
fn items(folder: &str) -> Vec<Item> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let items = |path| syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap().items;
    files.flat_map(items).collect()
}

/// Only messages with a sample are known to exist in every language of the terminal.
#[test]
fn every_message_and_every_fault_has_a_sample() {
    let mut said: BTreeSet<String> = BTreeSet::new();
    for item in items("src/lang/terminal") {
        let Item::Trait(words) = item else { continue };
        let name = |item: &TraitItem| match item {
            TraitItem::Fn(method) => Some(method.sig.ident.to_string()),
            _ => None,
        };
        said.extend(words.items.iter().filter_map(name));
    }
    for item in items("src/fault") {
        // The names of options are the same in every language.
        let Item::Enum(fault) = item else { continue };
        if fault.ident != "Field" {
            let name = |variant: &Variant| format!("{}::{}", fault.ident, variant.ident);
            said.extend(fault.variants.iter().map(name));
        }
    }
    assert!(said.len() > 300, "{}", said.len());
    let samples = file("src/lang/samples.rs");
    let is_word = |c: char| c.is_alphanumeric() || "_:".contains(c);
    let words: BTreeSet<&str> = samples.split(|c| !is_word(c)).collect();
    let excused = |message: &str| WITHOUT_SAMPLE.iter().any(|(name, _)| *name == message);
    let has_sample = |message: &str| words.contains(message);
    let without: Vec<_> = said.iter().filter(|it| !has_sample(it) && !excused(it)).collect();
    assert!(without.is_empty(), "src/lang/samples.rs has no sample of {without:?}");
    for (name, _) in WITHOUT_SAMPLE {
        assert!(said.contains(*name), "{name} is no message any more");
    }
}

/// A rule that is not in the list is worded, and never asked.
#[test]
fn every_rule_is_in_the_list_of_rules() {
    let rules = items("src/fault").into_iter().find_map(|item| match item {
        Item::Enum(rules) if rules.ident == "RuleId" => Some(rules.variants),
        _ => None,
    });
    let listed: Vec<String> = RULES.iter().map(|rule| format!("{:?}", rule.id)).collect();
    let named: Vec<String> = rules.unwrap().iter().map(|rule| rule.ident.to_string()).collect();
    let missing: Vec<_> = named.iter().filter(|rule| !listed.contains(rule)).collect();
    assert!(missing.is_empty(), "src/check/rules/mod.rs has no row for {missing:?}");
}

#[test]
fn the_page_on_contributing_names_files_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = file("CONTRIBUTING.md");
    let words = page.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2));
    let is_path = |word: &&str| word.contains('/') && !word.contains([' ', '*']);
    let named = |path: &&str| !path.contains("NAME") && !path.contains("CODE");
    let paths: Vec<&str> = words.filter(is_path).filter(named).collect();
    assert!(paths.len() > 40, "{paths:?}");
    for path in paths {
        let there = ["", "src", "src/lang/en"].map(|folder| root.join(folder).join(path));
        assert!(there.iter().any(|path| path.exists()), "CONTRIBUTING.md: there is no {path}");
    }
}

#[test]
fn the_documents_mention_every_language() {
    let spoken = asrun::lang::spoken_codes().filter_map(asrun::lang::spoken);
    let topics: Vec<&str> = spoken.map(|words| words.help().topics.records).collect();
    let page = file("docs/format.md");
    let row = page.lines().find(|line| line.starts_with("| `language` |")).unwrap();
    for code in asrun::lang::codes() {
        let is_code = |word: &str| word == code;
        for topic in &topics {
            let told = topic.lines().find(|line| line.contains("language:")).unwrap();
            let mut words = told.split(|c: char| !c.is_ascii_alphanumeric());
            assert!(words.any(is_code), "a topics/records.txt does not name {code}: {told}");
        }
        assert!(row.contains(&format!("(`{code}`)")), "docs/format.md 3.1 does not name {code}");
    }
}

/// Returns the names of all tests, and of those that only run by name.
fn tests() -> (BTreeSet<String>, BTreeSet<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut all, mut ignored) = (BTreeSet::new(), BTreeSet::new());
    let mut folders: Vec<PathBuf> = vec![root.join("src"), root.join("tests")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                collect(&fs::read_to_string(path).unwrap(), &mut all, &mut ignored);
            }
        }
    }
    (all, ignored)
}

fn collect(source: &str, all: &mut BTreeSet<String>, ignored: &mut BTreeSet<String>) {
    let (mut is_test, mut by_name) = (false, false);
    for line in source.lines().map(str::trim) {
        is_test |= line == "#[test]";
        by_name |= line.starts_with("#[ignore");
        let Some(name) = line.strip_prefix("fn ").filter(|_| is_test) else { continue };
        let name = name.split('(').next().unwrap().to_owned();
        if by_name {
            ignored.insert(name.clone());
        }
        all.insert(name);
        (is_test, by_name) = (false, false);
    }
}

/// Returns the tests that a page names: a name of several words in code formatting is a test.
fn tests_named_in(path: &str, all: &BTreeSet<String>) -> BTreeSet<String> {
    let page = file(path);
    let words = page.split('`').skip(1).step_by(2);
    let named: BTreeSet<String> = words
        .filter(|word| word.matches('_').count() > 1 && !word.contains([' ', '/', '.', ':']))
        .map(str::to_owned)
        .collect();
    for name in &named {
        assert!(all.contains(name), "{path}: there is no test {name}");
    }
    named
}

#[test]
fn the_page_on_safety_names_a_test_in_every_row() {
    let (all, _) = tests();
    tests_named_in("docs/security.md", &all);
    let page = file("docs/security.md");
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    for row in rows.filter(|row| !row.starts_with("| threat |")) {
        let last = row.trim_end_matches(['|', ' ']).rsplit(" | ").next().unwrap();
        assert_eq!(row.matches(" | ").count(), 2, "{row}");
        assert!(last.starts_with('`') || last.starts_with("stor"), "no test: {row}");
    }
}

#[test]
fn the_page_on_tests_names_tests_that_are_there() {
    let (all, ignored) = tests();
    let named = tests_named_in("docs/testing.md", &all);
    let run = file(".ci/run");
    for name in &ignored {
        assert!(named.contains(name), "docs/testing.md does not name {name}");
        assert!(run.contains(name.as_str()), ".ci/run does not run {name}");
    }
    assert!(!ignored.is_empty());
}

/// A Korean particle that depends on the preceding word must not be hard-coded after a value:
/// `src/lang/ko/particles.rs` chooses it.
#[test]
fn no_particle_is_written_behind_a_value() {
    const PARTICLES: [&str; 18] = [
        "을",
        "를",
        "이",
        "가",
        "은",
        "는",
        "으로",
        "로",
        "과",
        "와",
        "이라는",
        "라는",
        "이라고",
        "라고",
        "이나",
        "나",
        "이면",
        "면",
    ];
    let is_korean = |c: char| ('가'..='힣').contains(&c);
    let written = |line: &str| {
        line.match_indices('}').any(|(at, _)| {
            let rest = line[at + 1..].trim_start_matches(['"', '\\', '\'', '`']);
            let word = rest.split(|c| !is_korean(c)).next().unwrap_or_default();
            PARTICLES.contains(&word)
        })
    };
    assert!(
        written("format!(\"{text}로 적으면\")") && written("`{}`을") && !written("{count}건을")
    );
    let mut lines = 0;
    let all = walk(Path::new("src/lang/ko"));
    for entry in all.iter().filter(|path| !path.ends_with("particles.rs")) {
        let text = file(entry.to_str().unwrap());
        for (line, number) in text.lines().zip(1..) {
            lines += 1;
            let is_comment = line.trim_start().starts_with("//");
            assert!(is_comment || !written(line), "{}:{number}: {line}", entry.display());
        }
    }
    assert!(lines > 3000, "{lines}");
}

/// Returns every source file below a folder of the project.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap());
    let mut files = Vec::new();
    for entry in entries {
        let path = folder.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => files.extend(walk(&path)),
            false => files.push(path),
        }
    }
    files
}
