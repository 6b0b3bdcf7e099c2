//! Tests that need root, another program or more than a minute; they are run by name, as docs/testing.md says.
//!
//! `cargo test --test system -- --ignored NAME`. If the program is missing, the test fails instead of being skipped.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use support::Terminal;
use support::project::{ID, RECORD, TestProject, events_in, lost_line, no_panic, told};
use support::pty::{names_stay_names, values_complete};

/// System calls that change files, open them or lock them.
const CALLS: &[&str] = &[
    "openat",
    "openat2",
    "write",
    "pwrite64",
    "writev",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "linkat",
    "link",
    "unlink",
    "unlinkat",
    "ftruncate",
    "fallocate",
    "flock",
    "fcntl",
    "mkdir",
    "mkdirat",
    "fchmod",
    "fchown",
    "copy_file_range",
    "close",
];

/// Calls by name, each with its index among the calls with that name.
type Points = Vec<(String, usize)>;

/// Runs a logging program under strace with these options.
fn traced(project: &TestProject, options: &[&str], text: &str) -> Output {
    traced_at(project, options, &["log", "-r", ID, "--at", "2024-09-07T18:00+09:00", "--", text])
}

/// Runs the program with that command under strace.
fn traced_at(project: &TestProject, options: &[&str], command: &[&str]) -> Output {
    let mut args = vec!["-f", "-qq"];
    args.extend(options);
    args.push(env!("CARGO_BIN_EXE_asrun"));
    args.extend(command);
    let output = project.prepared(Command::new("strace"), &args).output();
    output.expect("strace is not on this machine: apt-get install strace")
}

/// Returns the calls of one `log` that concern the project.
fn points() -> Points {
    let points =
        points_of(&TestProject::new(), |project, options| traced(project, options, "traced"));
    let found = |name: &str| points.iter().any(|(call, _)| call == name);
    for name in ["openat2", "write", "fsync", "renameat2", "flock"] {
        assert!(found(name), "{name} was not seen in the trace: {points:?}");
    }
    points
}

/// Returns the calls of a command that concern the project.
fn points_of(project: &TestProject, run: impl Fn(&TestProject, &[&str]) -> Output) -> Points {
    let root = project.root().canonicalize().unwrap();
    let trace = project.home().join("trace");
    let calls = format!("trace={}", CALLS.join(","));
    let output = run(project, &["-y", "-s", "64", "-o", trace.to_str().unwrap(), "-e", &calls]);
    assert!(output.status.success(), "{}", told(&output));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut points = Vec::new();
    for line in fs::read_to_string(trace).unwrap().lines() {
        let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
        let Some((name, arguments)) = call.split_once('(') else { continue };
        if !CALLS.contains(&name) {
            continue;
        }
        let count = counts.entry(name.to_owned()).or_default();
        *count += 1;
        if touches(arguments, &root.to_string_lossy()) {
            points.push((name.to_owned(), *count));
        }
    }
    points
}

/// Whether a call's file is below a folder: by its descriptor, or by its path, for which strace also prints the folder
/// that a relative one starts from.
fn touches(arguments: &str, root: &str) -> bool {
    match arguments.split('"').nth(1) {
        Some(path) if path.starts_with('/') => path.starts_with(root),
        _ => arguments.contains(root),
    }
}

#[track_caller]
fn whole(project: &TestProject, what: &str) -> Vec<String> {
    let events = events_in(&project.text());
    let events = events.unwrap_or_else(|fault| panic!("{what}: {fault}\n{}", project.text()));
    assert_eq!(lost_line(RECORD, &project.text()), None, "{what}");
    events
}

#[test]
#[ignore = "needs strace"]
fn killed_at_each_system_call() {
    for (name, number) in points() {
        let project = TestProject::new();
        let what = format!("killed at {name} {number}");
        let inject = format!("inject={name}:signal=SIGKILL:when={number}");
        let trace = format!("trace={name}");
        let output = traced(&project, &["-o", "/dev/null", "-e", &trace, "-e", &inject], "perhaps");
        let there = whole(&project, &what).contains(&"perhaps".to_owned());
        assert!(there || !output.status.success(), "{what}: acknowledged and not there");
        project.log("next");
        assert!(whole(&project, &what).contains(&"next".to_owned()), "{what}");
        assert_eq!(project.left_over(), Vec::<String>::new(), "{what}");
    }
}

/// The text to be removed is in the record, in its journal and in a line that was left.
#[test]
#[ignore = "needs strace"]
fn forgetting_may_be_killed_at_each_system_call() {
    const WORD: &str = "wolkenkuckucksheim";
    let made = || {
        let project = TestProject::new();
        project.log("kept before");
        project.log(&format!("the word is {WORD}"));
        project.log("kept behind");
        fs::write(project.root().join(".asrun/장애.draft"), format!("{WORD} again")).unwrap();
        project
    };
    let forget = |project: &TestProject, options: &[&str]| {
        traced_at(project, options, &["forget", WORD, "--yes"])
    };
    let points = points_of(&made(), forget);
    assert!(points.len() > 20, "{points:?}");
    for (name, number) in points {
        let project = made();
        let what = format!("killed at {name} {number}");
        let inject = format!("inject={name}:signal=SIGKILL:when={number}");
        let trace = format!("trace={name}");
        forget(&project, &["-o", "/dev/null", "-e", &trace, "-e", &inject]);
        assert_eq!(whole(&project, &what).len(), 4, "{what}: {}", project.text());
        let again = project.asrun(&["forget", WORD, "--yes"]).output().unwrap();
        no_panic(&again);
        let left = Command::new("grep").args(["-rl", WORD]).arg(project.root()).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&left.stdout), "", "{what}: {}", told(&again));
        let events = whole(&project, &what);
        let kept = events.iter().filter(|text| text.starts_with("kept")).count();
        assert_eq!(kept, 2, "{what}: {events:?}");
        assert_eq!(project.left_over(), Vec::<String>::new(), "{what}");
        let undone = project.asrun(&["undo", "-r", ID]).output().unwrap();
        assert!(undone.status.success(), "{what}: {}", told(&undone));
    }
}

/// Returns the possible errors of a call.
fn errors_of(call: &str) -> &'static [&'static str] {
    match call {
        "write" => &["ENOSPC", "EIO"],
        "fsync" => &["EIO", "ENOSPC"],
        "renameat2" => &["EACCES", "EIO", "EINVAL"],
        "openat" => &["EMFILE", "EACCES"],
        "flock" => &["ENOLCK"],
        "mkdir" => &["ENOSPC"],
        "ftruncate" | "fchmod" | "fchown" | "unlink" | "rename" | "linkat" => &["EIO"],
        _ => &[],
    }
}

#[test]
#[ignore = "needs strace"]
fn each_system_call_may_fail() {
    let mut tried = 0;
    for (name, number) in points() {
        for error in errors_of(&name) {
            for when in [format!("{number}"), format!("{number}+")] {
                tried += 1;
                one_fails(&name, error, &when);
            }
        }
    }
    assert!(tried > 30, "{tried}");
}

fn one_fails(name: &str, error: &str, when: &str) {
    let project = TestProject::new();
    let what = format!("{name} fails with {error}, call {when}");
    let inject = format!("inject={name}:error={error}:when={when}");
    let trace = format!("trace={name}");
    let output = traced(&project, &["-o", "/dev/null", "-e", &trace, "-e", &inject], "perhaps");
    no_panic(&output);
    let there = whole(&project, &what).contains(&"perhaps".to_owned());
    match output.status.code() {
        Some(0) => assert!(there, "{what}: acknowledged and not there"),
        Some(_) if there => {
            // It was written, but possibly not durably: the command must say so, if it could print anything.
            let mute = name == "write" && when.ends_with('+');
            assert!(mute || told(&output).contains("written"), "{what}: {}", told(&output));
        }
        Some(_) => {
            assert_eq!(project.text(), RECORD, "{what}");
            let mute = name == "write" && when.ends_with('+');
            assert!(mute || told(&output).contains("NOT recorded"), "{what}: {}", told(&output));
        }
        None => panic!("{what}: killed"),
    }
    if !when.ends_with('+') && name != "unlink" {
        assert_eq!(project.left_over(), Vec::<String>::new(), "{what}");
    }
    project.log("next");
}

/// A small file system in memory; gone when dropped.
struct Mounted(PathBuf);

impl Mounted {
    fn new(folder: &Path, options: &str) -> Mounted {
        fs::create_dir_all(folder).unwrap();
        run("mount", &["-t", "tmpfs", "-o", options, "tmpfs", folder.to_str().unwrap()]);
        Mounted(folder.to_owned())
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        run("umount", &["-l", self.0.to_str().unwrap()]);
    }
}

fn run(program: &str, args: &[&str]) {
    let output = Command::new(program).args(args).output().unwrap();
    assert!(output.status.success(), "{program} {args:?} (needs root): {}", told(&output));
}

/// Returns a project on a file system of its own, with a record of that many events.
fn project_on(folder: &Path, events: usize) -> TestProject {
    let project = TestProject::at(folder.to_owned(), tempfile::tempdir().unwrap());
    let many: String = (0..events)
        .map(|n| format!("  - at: 2024-09-07T17:{:02}+09:00\n    text: event {n}\n", n % 60))
        .collect();
    fs::write(project.record(), format!("{RECORD}{many}")).unwrap();
    project
}

/// Fills a file system until so many bytes are left.
fn fill(folder: &Path, but: usize) {
    let path = folder.join("fill");
    let mut size = 256 * 1024_usize;
    // The largest file that fits, to a page.
    while fs::write(&path, vec![b'x'; size]).is_err() {
        size -= 4096;
    }
    fs::write(&path, vec![b'x'; size.saturating_sub(but)]).unwrap();
}

#[test]
#[ignore = "needs root and mount"]
fn a_full_disk_leaves_the_record() {
    for pages in [0, 1, 2, 3, 4, 6, 8, 12, 24] {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("small");
        let _mounted = Mounted::new(&folder, "size=256k");
        let project = project_on(&folder, 300);
        project.log("before");
        fill(&folder, pages * 4096);
        let before = project.text();
        let output = project.logging("on a full disk").output().unwrap();
        no_panic(&output);
        let there =
            whole(&project, &format!("{pages} pages")).contains(&"on a full disk".to_owned());
        if output.status.success() {
            assert!(there, "{pages} pages: acknowledged and not there");
            continue;
        }
        assert_eq!(project.text(), before, "{pages} pages");
        assert!(told(&output).contains("no space left on the disk"), "{}", told(&output));
        assert_eq!(project.left_over(), Vec::<String>::new(), "{pages} pages");
        fs::remove_file(folder.join("fill")).unwrap();
        project.log("on a full disk");
    }
}

#[test]
#[ignore = "needs root and mount"]
fn a_disk_without_room_for_another_file_leaves_the_record() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("small");
    let _mounted = Mounted::new(&folder, "size=4m,nr_inodes=12");
    let project = project_on(&folder, 3);
    let files = (0..).take_while(|n| fs::write(folder.join(format!("{n}")), "").is_ok()).count();
    assert!(files < 12);
    let before = project.text();
    let output = project.logging("x").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("no space left on the disk"), "{}", told(&output));
    assert_eq!(project.text(), before);
}

#[test]
#[ignore = "needs root and mount"]
fn a_read_only_file_system_can_be_read() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("closed");
    let _mounted = Mounted::new(&folder, "size=1m");
    let project = project_on(&folder, 3);
    run("mount", &["-o", "remount,ro", folder.to_str().unwrap()]);
    let before = project.text();
    let output = project.logging("x").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("the file system is read-only"), "{}", told(&output));
    assert!(told(&output).contains(&format!("{ID}.yaml")));
    assert_eq!(project.text(), before);
    for reading in [vec!["check", ID], vec!["list"], vec!["show", ID]] {
        let output = project.asrun(&reading).output().unwrap();
        assert!(output.status.success(), "{reading:?}: {}", told(&output));
    }
}

#[test]
#[ignore = "takes half a minute"]
fn sixteen_processes_log_twenty_events_each() {
    let project = TestProject::new();
    let write = |writer: usize| (0..20).for_each(|n| project.log(&format!("event {writer}-{n}")));
    std::thread::scope(|scope| {
        for writer in 0..16 {
            scope.spawn(move || write(writer));
        }
    });
    let mut events = whole(&project, "many");
    events.sort();
    events.dedup();
    assert_eq!(events.len(), 16 * 20 + 1);
    assert_eq!(project.left_over(), Vec::<String>::new());
}

/// Runs a shell at a terminal of its own, as after a login.
fn at_a_terminal(shell: &str) -> String {
    format!("exec setsid --ctty {shell}")
}

#[test]
#[ignore = "needs zsh"]
fn tab_in_zsh_runs_nothing() {
    let asks = "autoload -U compinit; compinit -u -D; source <(asrun completions zsh); \
                export ASRUN_RECORD=steps PS1='[P]'";
    names_stay_names(&Terminal::new(None), &at_a_terminal("zsh -f -i"), asks);
}

#[test]
#[ignore = "needs fish"]
fn tab_in_fish_runs_nothing() {
    let asks = "asrun completions fish | source; set -x ASRUN_RECORD steps; \
                function fish_prompt; echo [P]; end";
    names_stay_names(&Terminal::new(None), &at_a_terminal("fish --no-config -i"), asks);
}

#[test]
#[ignore = "needs zsh"]
fn tab_in_zsh_completes_values() {
    let asks = "autoload -U compinit; compinit -u -D; source <(asrun completions zsh); \
                export PS1='[P]'";
    values_complete(&Terminal::new(None), &at_a_terminal("zsh -f -i"), asks);
}

#[test]
#[ignore = "needs fish"]
fn tab_in_fish_completes_values() {
    let asks = "asrun completions fish | source; function fish_prompt; echo [P]; end";
    values_complete(&Terminal::new(None), &at_a_terminal("fish --no-config -i"), asks);
}

/// Returns a record with so many entries.
type Growing = fn(usize) -> String;

/// Records that each grow in one way.
const GROWING: &[(&str, Growing)] = &[
    ("events", |n| events(n, |i| format!("  - at: 2024-09-{}\n    text: event {i}\n", clock(i)))),
    ("events at one time", |n| events(n, |i| format!("  - at: 2024-09-07\n    text: event {i}\n"))),
    ("unknown keys", |n| many("title: t\n", n, |i| format!("key{i}: v\n"))),
    ("unknown keys of events", |n| {
        events(n, |i| format!("  - at: 2024-09-{}\n    text: a\n    txet: z\n", clock(i)))
    }),
    ("keys that are there twice", |n| many("title: t\n", n, |_| "kind: a\n".to_owned())),
    ("tags", |n| many("title: t\ntags: [a", n, |_| ", !x b".to_owned()) + "]\n"),
    ("times that are none", |n| events(n, |_| "  - at: 2024-13-01\n    text: a\n".to_owned())),
    ("a long text", |n| {
        events(1, |_| format!("  - at: unknown\n    text: {}\n", "word ".repeat(20 * n) + "x"))
    }),
];

fn many(head: &str, n: usize, item: impl Fn(usize) -> String) -> String {
    std::iter::once(head.to_owned()).chain((0..n).map(item)).collect()
}

fn events(n: usize, item: impl Fn(usize) -> String) -> String {
    many("title: t\ntimezone: Asia/Seoul\nevents:\n", n, item)
}

/// Returns a day and a minute in September.
fn clock(minute: usize) -> String {
    format!("{:02}T{:02}:{:02}", 1 + minute / 1440 % 28, minute / 60 % 24, minute % 60)
}

/// Returns the number of instructions of a command with that record, which is the same in every run, whatever else the
/// machine does.
fn instructions(text: &str, args: &[&str]) -> u64 {
    let project = TestProject::new();
    fs::write(project.record(), text).unwrap();
    instructions_in(&project, args)
}

/// Returns the program without symbols, which valgrind would load at each start.
fn counted_program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let program = concat!(env!("CARGO_TARGET_TMPDIR"), "/asrun");
        let stripped =
            Command::new("strip").args(["-o", program, env!("CARGO_BIN_EXE_asrun")]).status();
        assert!(stripped.expect("strip is not on this machine").success());
        program.to_owned()
    })
}

fn instructions_in(project: &TestProject, args: &[&str]) -> u64 {
    // Without cache simulation: only instructions are counted, which takes half the time of callgrind.
    let valgrind = ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"];
    let args = [&valgrind, &[counted_program()][..], args].concat();
    let output = project.prepared(Command::new("valgrind"), &args).output();
    let output = output.expect("valgrind is not on this machine: apt-get install valgrind");
    no_panic(&output);
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.split("refs:").nth(1).and_then(|rest| rest.lines().next());
    count.unwrap_or_else(|| panic!("{said}")).trim().replace(',', "").parse().unwrap()
}

/// Checks that doubling the work again adds at most twice as much as doubling it the first time.
fn grows_as_its_work([one, two, four]: [u64; 3], what: &str) {
    let (first, second) = (two.saturating_sub(one), four.saturating_sub(two));
    println!("{what}: {first} more, then {second}");
    // A quarter more for sorting and growing buffers, and a million instructions for chance.
    assert!(second <= first * 9 / 4 + 1_000_000, "{what}: {first}, then {second}");
}

/// Returns records that have ended, and one that has not.
fn many_records(count: usize) -> TestProject {
    let project = TestProject::new();
    let event = |minute| format!("  - at: 2024-09-{}\n    text: 배포 {minute}\n", clock(minute));
    let entries: String = (0..20).map(event).collect();
    for record in 0..count {
        let file = project.root().join(format!("incidents/2024-09-01-r{record}.yaml"));
        let text = "title: t\ntimezone: Asia/Seoul\nevents:\n".to_owned() + &entries;
        fs::write(file, text + "    type: resolved\n").unwrap();
    }
    project
}

/// From two to four times the records.
#[test]
#[ignore = "needs valgrind"]
fn work_grows_as_the_records_do() {
    let commands = [
        &["list"][..],
        &["stats"],
        &["check"],
        &["search", "배포"],
        &["history", "배포"],
        &["render", "--all", "-o", "out/"],
        &["log", "nothing is selected"],
    ];
    std::thread::scope(|scope| {
        for args in commands {
            scope.spawn(move || {
                let work = [10, 20, 40].map(|n| instructions_in(&many_records(n), args));
                grows_as_its_work(work, args[0]);
            });
        }
    });
}

/// Documents that each grow in one way, with their names.
const DOCUMENTS: &[(&str, Growing)] = &[
    ("list.md", |n| {
        many("# Down\n\n## Timeline (UTC)\n\n", n, |i| {
            format!("- 2024-09-{}: event {i}\n", clock(i).replace('T', " "))
        })
    }),
    ("table.md", |n| {
        let head = "# Down\n\n## Timeline\n\n| Time (UTC) | What |\n|---|---|\n";
        many(head, n, |i| format!("| 2024-09-{} | event {i} |\n", clock(i).replace('T', " ")))
    }),
    ("prose.md", |n| {
        let head = "## Timeline (UTC)\n\n- 2024-09-07 18:08: a\n- 18:20: b\n\n## Notes\n\n";
        many(head, n, |i| format!("At 18:{:02} somebody wrote line {i}.\n\n", i % 60))
    }),
    ("code.md", |n| {
        let head = "## Timeline (UTC)\n\n- 2024-09-07 18:08: a\n- 18:20: b\n\n```\n";
        many(head, n, |i| format!("18:{:02}:00 GET /{i}\n", i % 60))
    }),
    ("notes.txt", |n| {
        many("", n, |i| format!("2024-09-{} event {i}\n", clock(i).replace('T', " ")))
    }),
    ("sheet.csv", |n| {
        many("Time,What\n", n, |i| format!("2024-09-{},event {i}\n", clock(i).replace('T', " ")))
    }),
];

/// A document with twice the lines takes twice the work.
#[test]
#[ignore = "needs valgrind and some minutes"]
fn work_grows_as_the_document_does() {
    std::thread::scope(|scope| {
        for (name, text) in DOCUMENTS {
            scope.spawn(move || {
                let work = [60, 120, 240].map(|n| {
                    let project = TestProject::new();
                    fs::write(project.root().join(name), text(n)).unwrap();
                    instructions_in(&project, &["import", name, "--zone", "UTC", "--yes"])
                });
                grows_as_its_work(work, name);
            });
        }
    });
}

/// Texts that the search for secrets might scan repeatedly, of increasing length.
const SEARCHED: &[(&str, Growing)] = &[
    ("one word", |n| format!("title: t\nsummary: {}\n", "a1B-".repeat(n * 100))),
    ("names without values", |n| {
        format!("title: t\nsummary: {}\n", "the pw for it is password - ".repeat(n * 20))
    }),
    ("accounts", |n| {
        format!("title: t\nsummary: {}\n", "login admin/ root / x1! creds a:b1 ".repeat(n * 20))
    }),
    ("commands on one line", |n| {
        format!("title: t\nsummary: {}\n", "echo a curl -u htpasswd -b x ".repeat(n * 20))
    }),
    ("beginnings of keys", |n| {
        format!(
            "title: t\nsummary: {}\n",
            "-----BEGIN PRIVATE KEY----- AKIA sk- eyJ ".repeat(n * 20)
        )
    }),
    ("addresses", |n| {
        format!("title: t\nsummary: {}\n", "https://a:b1/c?d=e&code=f@g ".repeat(n * 20))
    }),
    ("signs", |n| format!("title: t\nsummary: \"{}\"\n", "a=:|>(`' ".repeat(n * 60))),
];

#[test]
#[ignore = "needs valgrind and some minutes"]
fn work_grows_as_the_text_that_is_searched_for_secrets_does() {
    std::thread::scope(|scope| {
        for (what, text) in SEARCHED {
            scope.spawn(move || {
                let work = [5, 10, 20].map(|n| instructions(&text(n), &["check", ID]));
                grows_as_its_work(work, what);
            });
        }
    });
}

/// From two to four times the entries, the work grows by twice as much as from one to two. It is measured in
/// instructions, since no test may depend on the clock.
#[test]
#[ignore = "needs valgrind and some minutes"]
fn work_grows_as_the_record_does() {
    let commands = [&["check", ID][..], &["show", ID], &["list"]];
    let work = |(_, text): &(&str, Growing), args: &[&str]| {
        [100, 200, 400].map(|n| instructions(&text(n), args))
    };
    // Instruction counts do not depend on the load of other cores.
    std::thread::scope(|scope| {
        for args in commands {
            scope.spawn(move || {
                for shape in GROWING {
                    grows_as_its_work(work(shape, args), &format!("{}, {}", shape.0, args[0]));
                }
            });
        }
    });
}
