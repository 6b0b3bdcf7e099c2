//! The rows of the table: each command with its floor, and the goal for their ratio.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::corpus;
use crate::measure::Side;
use crate::peers::beside_peers;

/// A command, its floor, and how many times as long it may take.
pub(super) struct Row<'r> {
    pub(super) name: &'static str,
    pub(super) beside: String,
    pub(super) goal: f64,
    /// Creates what both need.
    pub(super) sides: Box<dyn Fn() -> (Side, Side) + 'r>,
}

/// The number of records in a large project.
const MANY: usize = 10_000;

/// What the rows share; corpora are created for the first row that needs them.
pub(super) struct Bench<'b> {
    pub(super) home: &'b Path,
    asrun: &'b Path,
    floors: &'b Path,
    many: OnceCell<PathBuf>,
    few: OnceCell<PathBuf>,
    one: OnceCell<PathBuf>,
}

pub(super) fn rows<'r>(home: &'r Path, asrun: &'r Path, floors: &'r Path) -> Vec<Row<'r>> {
    let (many, few, one) = Default::default();
    let bench = Rc::new(Bench { home, asrun, floors, many, few, one });
    let mut rows = Vec::new();
    starting(&bench, &mut rows);
    logging(&bench, &mut rows);
    asking(&bench, &mut rows);
    rendering(&bench, &mut rows);
    growing(&bench, &mut rows);
    beside_peers(&bench, &mut rows);
    logging_beside(&bench, &mut rows);
    rows
}

pub(super) fn row<'r>(
    rows: &mut Vec<Row<'r>>,
    (name, beside, goal): (&'static str, &str, f64),
    sides: impl Fn() -> (Side, Side) + 'r,
) {
    rows.push(Row { name, beside: beside.to_owned(), goal, sides: Box::new(sides) });
}

impl Bench<'_> {
    pub(super) fn many(&self) -> &Path {
        self.many.get_or_init(|| {
            let folder = corpus::records(self.home, "many", MANY);
            // A record that is still open.
            let open = "title: now\ntimezone: Asia/Seoul\nevents:\n  - at: 2030-01-01T10:00+09:00\n    text: a\n";
            fs::write(folder.join("incidents/2030-01-01-now.yaml"), open).expect("a record");
            folder
        })
    }

    pub(super) fn few(&self) -> &Path {
        self.few.get_or_init(|| corpus::records(self.home, "few", MANY / 10))
    }

    fn one(&self) -> &Path {
        self.one.get_or_init(|| corpus::records(self.home, "one", 1))
    }

    pub(super) fn asrun(&self, args: &[&str], folder: &Path) -> Side {
        Side::new(self.asrun, args, folder)
    }

    fn floor(&self, args: &[&str]) -> Side {
        Side::new(self.floors, args, self.home)
    }
}

/// Adds rows for starting asrun, and for a single record.
fn starting<'r>(bench: &Rc<Bench<'r>>, rows: &mut Vec<Row<'r>>) {
    let hello = "a Rust hello world";
    type Started = (&'static str, f64, fn(&str) -> Vec<&str>);
    let commands: [Started; 4] = [
        ("`asrun --version`", 1.7, |_| vec!["--version"]),
        ("`show` of one record", 2.2, |id| vec!["show", id]),
        ("`render` of one record", 2.5, |id| vec!["render", id]),
        ("`render -t chirpy` of one record", 3.0, |id| {
            vec!["render", "-t", "chirpy", "--publish-anyway", id]
        }),
    ];
    for (name, goal, args) in commands {
        let bench = Rc::clone(bench);
        row(rows, (name, hello, goal), move || {
            let id = corpus::id(0);
            (bench.floor(&["hello"]), bench.asrun(&args(&id), bench.one()))
        });
    }
    let completing = Rc::clone(bench);
    row(rows, ("Tab behind `asrun show`, 10,000 records", "one record", 1.6), move || {
        let tab = |folder: &Path| {
            completing.asrun(&["--", "asrun show ", ""], folder).with("ASRUN_COMPLETE", "bash")
        };
        (tab(completing.one()), tab(completing.many()))
    });
}

/// Restores a record, and removes everything beside it.
pub(super) fn anew(folder: &Path, record: &Path, text: &str) -> impl Fn() + 'static {
    let (folder, record, text) = (folder.to_owned(), record.to_owned(), text.to_owned());
    move || {
        fs::write(&record, &text).expect("the record");
        let _ = fs::remove_dir_all(folder.join(".asrun"));
    }
}

fn logging<'r>(bench: &Rc<Bench<'r>>, rows: &mut Vec<Row<'r>>) {
    let lengths =
        [("`log`, 50 events", 50), ("`log`, 2,000 events", 2000), ("`log`, 50,000 events", 50_000)];
    for (name, events) in lengths {
        let bench = Rc::clone(bench);
        let beside = "the same bytes written, synced, renamed, synced";
        row(rows, (name, beside, 2.0), move || {
            let folder = corpus::long(bench.home, events);
            let record = folder.join("incidents").join(corpus::id(0) + ".yaml");
            let text = corpus::record(0, Some(events));
            let copy = folder.join("copy.yaml");
            let floor = bench.floor(&["save", &copy.to_string_lossy()]);
            let floor = floor.before(anew(&folder, &copy, &text));
            let log =
                bench.asrun(&["log", "-r", &corpus::id(0), "--at", "unknown", "pool"], &folder);
            (floor, log.before(anew(&folder, &record, &text)))
        });
    }
}

/// Adds rows for logging beside many other records. These come last, since files changed within the last minute are not
/// cached.
fn logging_beside<'r>(bench: &Rc<Bench<'r>>, rows: &mut Vec<Row<'r>>) {
    type Logged = (&'static str, &'static str, f64, bool, bool);
    let beside: [Logged; 3] = [
        ("`log -r`, beside 10,000 records", "none", 1.05, true, true),
        ("`log`, nothing selected, beside 10,000, first call", "none", 1.05, false, true),
        ("the same, second call", "none", 1.05, false, false),
    ];
    for (name, other, goal, named, fresh) in beside {
        let bench = Rc::clone(bench);
        row(rows, (name, other, goal), move || {
            let file = "incidents/2030-01-01-now.yaml";
            let text = fs::read_to_string(bench.many().join(file)).expect("the open record");
            let alone = bench.home.join("alone");
            fs::create_dir_all(alone.join("incidents")).expect("a folder");
            let log = |folder: &Path| {
                let place: &[&str] = if named { &["-r", "2030-01-01-now"] } else { &[] };
                let args = [&["log", "--at", "unknown", "pool"], place].concat();
                let back = anew(folder, &folder.join(file), &text);
                let before =
                    bench.asrun(&args, folder).before(anew(folder, &folder.join(file), &text));
                if fresh { before } else { before.before(warm(bench.asrun(&args, folder), back)) }
            };
            (log(&alone), log(bench.many()))
        });
    }
}

/// Restores a state, and runs a command once before it is measured.
fn warm(once: Side, back: impl Fn() + 'static) -> impl Fn() + 'static {
    let once = once.before(back);
    move || once.once()
}

fn asking<'r>(bench: &Rc<Bench<'r>>, rows: &mut Vec<Row<'r>>) {
    type Asked = (&'static str, f64, &'static [&'static str]);
    let read = "every file read, one thread";
    let commands: [Asked; 8] = [
        ("`list`, 10,000 records", 1.2, &["list"]),
        ("`stats`, 10,000 records", 1.6, &["stats"]),
        ("`actions`, 10,000 records", 2.5, &["actions"]),
        ("`lessons`, 10,000 records", 2.5, &["lessons"]),
        ("`history`, 10,000 records", 2.5, &["history", "배포"]),
        ("`search` for a rare word, 10,000 records", 0.9, &["search", "zzyzx"]),
        ("`search` for a common word, 10,000 records", 1.8, &["search", "타임아웃"]),
        ("`check`, 10,000 records", 10.0, &["check"]),
    ];
    for (name, goal, args) in commands {
        let bench = Rc::clone(bench);
        row(rows, (name, read, goal), move || {
            let records = bench.many().join("incidents");
            let floor = bench.floor(&["read", &records.to_string_lossy()]);
            (floor, bench.asrun(args, bench.many()))
        });
    }
}

fn rendering<'r>(bench: &Rc<Bench<'r>>, rows: &mut Vec<Row<'r>>) {
    let templates = [
        ("`render --all`, 10,000 records", "retrospective"),
        ("`render --all -t blog`", "blog"),
        ("`render --all -t chirpy`", "chirpy"),
        ("`render --all -t html`", "html"),
        ("`render --all -t status`", "status"),
    ];
    for (name, template) in templates {
        let bench = Rc::clone(bench);
        row(rows, (name, "sources read, as many bytes written", 3.0), move || {
            let (outputs, copies) = (bench.home.join("outputs"), bench.home.join("copies"));
            let clear = |folder: &Path| {
                let folder = folder.to_owned();
                move || {
                    let _ = fs::remove_dir_all(&folder);
                    let _ = fs::create_dir_all(&folder);
                }
            };
            let sources = bench.many().join("incidents");
            let (to, from) =
                (format!("{}/", outputs.display()), sources.to_string_lossy().into_owned());
            let render = ["render", "--all", "-t", template, "--publish-anyway", "-o", &to];
            let render = || bench.asrun(&render, bench.many());
            clear(&outputs)();
            render().once();
            let floor = bench.floor(&["copy", &from, &to, &copies.to_string_lossy()]);
            (floor.before(clear(&copies)), render().before(clear(&outputs)))
        });
    }
    let again: [(_, &[&str]); 2] =
        [("`render --all`, nothing changed", &[]), ("`render --all --check`", &["--check"])];
    for (name, more) in again {
        let bench = Rc::clone(bench);
        row(rows, (name, "every source and output looked up", 2.0), move || {
            let outputs = format!("{}/", bench.home.join("outputs").display());
            let render = [&["render", "--all", "-o", &outputs], more].concat();
            bench.asrun(&["render", "--all", "--force", "-o", &outputs], bench.many()).once();
            let sources = bench.many().join("incidents");
            let floor = bench.floor(&["find", &sources.to_string_lossy(), &outputs]);
            (floor, bench.asrun(&render, bench.many()))
        });
    }
}

/// Adds rows for ten times the work, which should take about ten times as long.
fn growing<'r>(bench: &Rc<Bench<'r>>, rows: &mut Vec<Row<'r>>) {
    type Grown = (&'static str, fn(&str) -> Vec<&str>);
    let commands: [Grown; 4] = [
        ("`show`, 50,000 events", |id| vec!["show", id]),
        ("`render -t html`, 50,000 events", |id| vec!["render", "-t", "html", id]),
        ("`check`, 50,000 events", |id| vec!["check", id]),
        ("`amend`, 50,000 events", |id| vec!["amend", "3", "another text", "-r", id]),
    ];
    for (name, args) in commands {
        let bench = Rc::clone(bench);
        row(rows, (name, "5,000 events", 13.0), move || {
            let side = |events| {
                let (folder, id) = (corpus::long(bench.home, events), corpus::id(0));
                let record = folder.join("incidents").join(id.clone() + ".yaml");
                let back = anew(&folder, &record, &corpus::record(0, Some(events)));
                bench.asrun(&args(&id), &folder).before(back)
            };
            (side(5000), side(50_000))
        });
    }
    let lines = Rc::clone(bench);
    row(rows, ("`live`, 20 lines, 50,000 events", "5,000 events", 13.0), move || {
        let side = |events| {
            let (folder, id) = (corpus::long(lines.home, events), corpus::id(0));
            let typed = lines.home.join("typed");
            let text: String = (0..20).map(|line| format!("10:{line:02} line {line}\n")).collect();
            fs::write(&typed, text).expect("what is typed");
            let record = folder.join("incidents").join(id.clone() + ".yaml");
            let back = anew(&folder, &record, &corpus::record(0, Some(events)));
            lines.asrun(&["live", &id], &folder).reading(&typed).before(back)
        };
        (side(5000), side(50_000))
    });
    merging(bench, rows);
    importing(bench, rows);
    let all = Rc::clone(bench);
    row(rows, ("`list`, 10,000 records", "1,000 records", 11.0), move || {
        (all.asrun(&["list"], all.few()), all.asrun(&["list"], all.many()))
    });
    let all = Rc::clone(bench);
    row(rows, ("`check`, 10,000 records", "1,000 records", 11.0), move || {
        (all.asrun(&["check"], all.few()), all.asrun(&["check"], all.many()))
    });
}

/// The number of a team's documents.
const DOCUMENTS: usize = 1000;

/// Adds rows for imports, compared with reading the sources and writing as many bytes as the result has.
fn importing<'r>(bench: &Rc<Bench<'r>>, rows: &mut Vec<Row<'r>>) {
    let sides = |bench: &Bench<'_>, args: &[&str], project: PathBuf, sources: &Path| {
        let records = project.join("incidents");
        let fresh = {
            let project = project.clone();
            move || {
                let _ = fs::remove_dir_all(project.join("incidents"));
                let _ = fs::remove_dir_all(project.join(".asrun"));
                fs::create_dir_all(project.join("incidents")).expect("a folder");
            }
        };
        let import = || bench.asrun(args, &project).before(fresh.clone());
        import().once();
        let written = bench.home.join("written");
        let _ = fs::remove_dir_all(&written);
        fs::rename(&records, &written).expect("what was written");
        let copies = bench.home.join("copies");
        let [from, to, target] =
            [sources, &written, &copies].map(|path| path.to_string_lossy().into_owned());
        let clear = move || {
            let _ = fs::remove_dir_all(&copies);
            fs::create_dir_all(&copies).expect("a folder");
        };
        (bench.floor(&["copy", &from, &to, &target]).before(clear), import())
    };
    let many = Rc::clone(bench);
    let beside = "sources read, as many bytes written";
    // The goals of 3 s, as multiples of the floor.
    row(rows, ("`import` of 1,000 documents", beside, 120.0), move || {
        let (project, sources) = corpus::documents(many.home, DOCUMENTS);
        let names = (0..DOCUMENTS).map(|number| format!("../documents/{number}.md"));
        let args: Vec<String> = ["import".to_owned()].into_iter().chain(names).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).chain(["--yes"]).collect();
        sides(&many, &args, project, &sources)
    });
    let large = Rc::clone(bench);
    row(rows, ("`import slack`, an export of 100 MB", beside, 1900.0), move || {
        let (project, sources) = corpus::workspace(large.home);
        let folder = sources.to_string_lossy().into_owned();
        let args = ["import", "slack", &folder, "--channel", "inc-42", "--zone", "UTC", "--yes"];
        let channel = sources.join("inc-42");
        sides(&large, &args, project, &channel)
    });
}

/// Adds rows for two people who logged on two branches.
fn merging<'r>(bench: &Rc<Bench<'r>>, rows: &mut Vec<Row<'r>>) {
    let added = |who: &str, events: usize| -> String {
        let one = |event: usize| {
            let (hour, minute, second) = (event / 3600, event / 60 % 60, event % 60);
            format!(
                "  - at: 2030-01-01T{hour:02}:{minute:02}:{second:02}+09:00\n    text: {who} {event}\n"
            )
        };
        (0..events).map(one).collect()
    };
    let sides = move |bench: &Bench<'_>, events: usize| {
        let folder = bench.home.join(format!("merge-{events}"));
        fs::create_dir_all(&folder).expect("a folder");
        let base = corpus::record(0, None);
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file");
        write("base", &base);
        write("theirs", &(base.clone() + &added("they", events)));
        let ours = base + &added("we", events);
        let back = {
            let file = folder.join("ours");
            move || fs::write(&file, &ours).expect("our side")
        };
        let args = ["merge-driver", "base", "ours", "theirs", "incidents/a.yaml"];
        let merge = bench.asrun(&args, &folder).before(back.clone());
        let git = ["merge-file", "ours", "base", "theirs"];
        (Side::new(Path::new("git"), &git, &folder).before(back), merge)
    };
    let once = Rc::clone(bench);
    let name = "`merge-driver`, 5,000 + 5,000 entries";
    row(rows, (name, "git merge-file", 20.0), move || sides(&once, 5000));
    let grown = Rc::clone(bench);
    row(rows, (name, "500 + 500", 13.0), move || (sides(&grown, 500).1, sides(&grown, 5000).1));
}
