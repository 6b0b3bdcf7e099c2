//! Every command a person waits for, beside the least that a program could do for the same answer:
//! `cargo bench --bench commands` makes the records and the floors, runs command and floor in turn and
//! writes the table of docs/performance.md. `-- WORD` runs the rows that have the word in their name and
//! writes nothing; `--seconds N` spends about as long on each row.

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

/// What was asked for behind `--`.
struct Asked {
    words: Vec<String>,
    seconds: u64,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` builds and starts benches too.
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let asked = asked(&args);
    // In memory where there is such a place: a disk would be measured otherwise.
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
