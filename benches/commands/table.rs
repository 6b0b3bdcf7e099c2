//! Prints the table, and writes it to docs/performance.md.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::measure::Figures;
use crate::rows::Row;

/// The bench writes the lines between these marks.
const BEGINS: &str = "<!-- written by `cargo bench --bench commands` -->\n";
const ENDS: &str = "<!-- end -->\n";

/// A row with its figures in words.
pub(super) struct Line {
    name: String,
    beside: String,
    ratio: String,
    median: String,
    goal: String,
    time: String,
    processor: String,
    memory: String,
}

impl Line {
    pub(super) fn of(row: &Row, figures: &Figures) -> Line {
        let ms = |time: std::time::Duration| {
            let ms = time.as_secs_f64() * 1e3;
            if ms < 100.0 { format!("{ms:.1}") } else { format!("{ms:.0}") }
        };
        let mb = |bytes: u64| format!("{:.0} MB", bytes as f64 / 1e6);
        Line {
            name: row.name.to_owned(),
            beside: row.beside.clone(),
            ratio: times(figures.ratio),
            median: format!("{} of {}", times(figures.median), figures.rounds),
            goal: times(row.goal),
            time: format!("{} : {} ms", ms(figures.command.least), ms(figures.floor.least)),
            processor: format!(
                "{} : {} ms",
                ms(figures.command.processor),
                ms(figures.floor.processor)
            ),
            memory: mb(figures.command.memory),
        }
    }

    pub(super) fn plain(&self) -> String {
        let Line { name, beside, ratio, median, goal, time, processor, memory } = self;
        format!(
            "{name:52} {ratio:>7} (goal {goal}, median {median}) {time}, processor {processor}, {memory}; beside {beside}"
        )
    }

    fn row(&self) -> String {
        let Line { name, beside, ratio, median, goal, time, processor, memory } = self;
        format!(
            "| {name} | {beside} | **{ratio}** | {median} | {goal} | {time} | {processor} | {memory} |\n"
        )
    }
}

fn times(ratio: f64) -> String {
    match ratio {
        ..9.95 => format!("{:.2} ×", ratio),
        ..99.5 => format!("{:.1} ×", ratio),
        _ => format!("{:.0} ×", ratio),
    }
}

/// Replaces the table in the page.
pub(super) fn write(lines: &[Line], size: u64) -> io::Result<()> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    let text = fs::read_to_string(&page)?;
    let (head, rest) = text.split_once(BEGINS).ok_or_else(|| io::Error::other("no place"))?;
    let (_, tail) = rest.split_once(ENDS).ok_or_else(|| io::Error::other("no end"))?;
    let mut table = String::new();
    let cores = std::thread::available_parallelism()?;
    let day = chrono::Local::now().format("%Y-%m-%d");
    let said = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output().ok();
        output.map_or("?".to_owned(), |o| String::from_utf8_lossy(&o.stdout).trim().to_owned())
    };
    let rustc = said("rustc", &["--version"]);
    let _ = writeln!(
        table,
        "{day}, {cores} cores, {rustc}, {}, a binary of {size} bytes.\n",
        said("git", &["--version"])
    );
    table.push_str(
        "| command | beside it | least : least | median of the turns | goal | wall, least | processor, least | memory |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    table.extend(lines.iter().map(Line::row));
    fs::write(&page, [head, BEGINS, "\n", &table, "\n", ENDS, tail].concat())
}
