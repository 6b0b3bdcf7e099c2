//! Compares every command that a person waits for with the least that a program could do for the same result. `cargo
//! bench --bench commands` creates the records and the floors, runs command and floor alternately, and writes the table
//! in docs/performance.md. `-- WORD` only runs the rows with the word in their name, and writes nothing; `--seconds N`
//! spends about that time on each row.

#![allow(missing_docs, reason = "a program, not a library")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench may fail loudly"
)]
#![allow(clippy::print_stdout, reason = "the table is what it is for")]

mod corpus;
mod measure;
mod peers;
mod rows;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The arguments after `--`.
struct Asked {
    words: Vec<String>,
    seconds: u64,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` also builds and starts benches.
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let asked = asked(&args);
    // In memory if possible, in order not to measure a disk.
    let memory = Path::new("/dev/shm");
    let home = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    let home = home.expect("a folder");
    let floors = floors(home.path());
    let asrun = Path::new(env!("CARGO_BIN_EXE_asrun"));
    let mut lines = Vec::new();
    for row in rows::rows(home.path(), asrun, &floors) {
        let named = |word: &String| row.name.contains(word.as_str());
        if !asked.words.is_empty() && !asked.words.iter().any(named) {
            continue;
        }
        let (floor, command) = (row.sides)();
        let line = table::Line::of(&row, &measure::in_turn(&floor, &command, asked.seconds));
        println!("{}", line.plain());
        lines.push(line);
    }
    if asked.words.is_empty() {
        let size = std::fs::metadata(asrun).expect("asrun").len();
        table::write(&lines, size).expect("docs/performance.md");
    }
}

fn asked(args: &[String]) -> Asked {
    let mut asked = Asked { words: Vec::new(), seconds: 4 };
    let mut args = args.iter().filter(|arg| *arg != "--bench");
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--seconds" => {
                asked.seconds = args.next().and_then(|n| n.parse().ok()).expect("a number")
            }
            word => asked.words.push(word.to_owned()),
        }
    }
    asked
}

/// Compiles the floors; returns the program.
fn floors(home: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/commands/floors.rs");
    let program = home.join("floors");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let made = Command::new(rustc)
        .args(["-O", "--edition", "2024", "-C", "strip=symbols", "-o"])
        .args([&program, &source])
        .status();
    assert!(made.expect("rustc").success(), "the floors do not compile");
    program
}
