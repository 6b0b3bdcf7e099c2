//! Compares other programs at the same work, if they are installed. A ratio below 1 means that asrun is faster.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use crate::corpus;
use crate::measure::Side;
use crate::rows::{Bench, Row, anew, row};

/// Adds rows for ripgrep, git, Taskwarrior, hledger and Hugo, if they are installed.
pub(super) fn beside_peers<'r>(bench: &Rc<Bench<'r>>, rows: &mut Vec<Row<'r>>) {
    type Peer<'r> = (&'static str, &'static str, &'static str, fn(&Bench<'r>) -> (Side, Side));
    let peers: [Peer<'r>; 5] = [
        ("rg", "`search` for a common word, among peers", "`rg -F` for it", searching),
        ("git", "`log`, 50 events, among peers", "`git commit` of the same record", committing),
        ("task", "`log`, 2,000 events, among peers", "`task add` to 2,000 tasks", adding),
        ("hledger", "`stats`, 50,000 events", "`hledger balance`, 50,000 transactions", balancing),
        ("hugo", "`render --all`, 1,000 records", "`hugo` of the same documents", building),
    ];
    for (program, name, beside, sides) in peers {
        let Some(version) = version_of(program) else { continue };
        let bench = Rc::clone(bench);
        row(rows, (name, &format!("{beside} ({version})"), 1.0), move || sides(&bench));
    }
}

/// Returns the first line of a program's version; `None` if it is not installed.
fn version_of(program: &str) -> Option<String> {
    let said = ["--version", "version"].iter().find_map(|arg| {
        let output = Command::new(program).arg(arg).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    })?;
    let line = said.lines().next().unwrap_or_default();
    let is_number =
        |word: &&str| word.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
    let number = line.split_whitespace().find(is_number).unwrap_or(line);
    Some(format!("{program} {}", number.trim_end_matches(',')))
}

fn searching(bench: &Bench<'_>) -> (Side, Side) {
    let word = "타임아웃";
    let rg = Side::new(Path::new("rg"), &["-F", word, "incidents"], bench.many());
    (rg, bench.asrun(&["search", word], bench.many()))
}

/// Returns a repository with a changed record to be committed.
fn committing(bench: &Bench<'_>) -> (Side, Side) {
    let folder = bench.home.join("repository");
    let record = folder.join("record.yaml");
    let text = corpus::record(0, Some(50));
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(&record, &text).expect("a record");
    let git = |args: &[&str]| Side::new(Path::new("git"), args, &folder);
    for args in [&["init", "-q"][..], &["add", "."], &["commit", "-qm", "first"]] {
        git(args).once();
    }
    let changes = std::cell::Cell::new(0);
    let change = move || {
        changes.set(changes.get() + 1);
        let event = format!("{text}  - text: pool {}\n", changes.get());
        fs::write(&record, event).expect("the record");
    };
    (git(&["commit", "-qam", "pool"]).before(change), logging(bench, 50))
}

/// Returns a person's tasks, as many as a long record has events.
fn adding(bench: &Bench<'_>) -> (Side, Side) {
    let folder = bench.home.join("tasks");
    fs::create_dir_all(folder.join(".task")).expect("a folder");
    let settings = format!("data.location={}/.task\nconfirmation=off\n", folder.display());
    fs::write(folder.join(".taskrc"), settings).expect("settings");
    let task = |event: usize| {
        format!("{{\"description\":\"event {event}\",\"entry\":\"20240907T{:06}Z\"}}\n", event % 60)
    };
    let tasks: String = (0..2000).map(task).collect();
    let given = folder.join("tasks.json");
    fs::write(&given, tasks).expect("tasks");
    let side = |args: &[&str]| Side::new(Path::new("task"), args, &folder);
    side(&["import", &given.to_string_lossy()]).once();
    (side(&["add", "pool"]), logging(bench, 2000))
}

fn logging(bench: &Bench<'_>, events: usize) -> Side {
    let folder = corpus::long(bench.home, events);
    let record = folder.join("incidents").join(corpus::id(0) + ".yaml");
    let back = anew(&folder, &record, &corpus::record(0, Some(events)));
    bench.asrun(&["log", "-r", &corpus::id(0), "--at", "unknown", "pool"], &folder).before(back)
}

/// Returns a journal with as many transactions as a thousand records have events.
fn balancing(bench: &Bench<'_>) -> (Side, Side) {
    let journal = bench.home.join("events.journal");
    let mut text = String::new();
    for event in 0..50_000 {
        let (month, day) = (event / 28 % 12 + 1, event % 28 + 1);
        let (year, service) = (2015 + event / 5000, event % 8);
        let _ = write!(
            text,
            "{year}-{month:02}-{day:02} Hotfix deployed to canary {event}\n    service:{service}  1h\n    time\n\n"
        );
    }
    fs::write(&journal, text).expect("a journal");
    let args = ["-f", &journal.to_string_lossy(), "balance"];
    let hledger = Side::new(Path::new("hledger"), &args, bench.home);
    (hledger, bench.asrun(&["stats"], bench.few()))
}

/// Returns a site whose pages are the documents that asrun renders.
fn building(bench: &Bench<'_>) -> (Side, Side) {
    let site = bench.home.join("site");
    let layouts = site.join("layouts/_default");
    fs::create_dir_all(&layouts).expect("a folder");
    fs::write(site.join("config.toml"), "disableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n")
        .expect("settings");
    for layout in ["single.html", "list.html"] {
        fs::write(layouts.join(layout), "<title>{{ .Title }}</title>{{ .Content }}\n")
            .expect("a layout");
    }
    let render = |to: &Path| {
        let to = format!("{}/", to.display());
        bench.asrun(&["render", "--all", "--force", "-o", &to], bench.few())
    };
    render(&site.join("content")).once();
    let (public, outputs) = (site.join("public"), bench.home.join("pages"));
    let hugo = Side::new(Path::new("hugo"), &["--quiet"], &site).before(emptied(public));
    (hugo, render(&outputs).before(emptied(outputs)))
}

fn emptied(folder: PathBuf) -> impl Fn() + 'static {
    move || {
        let _ = fs::remove_dir_all(&folder);
        let _ = fs::create_dir_all(&folder);
    }
}
