//! Tests with real processes on one record: concurrent ones, killed ones, editors that save in between, full disks and
//! missing permissions. What is acknowledged is in the record; what is refused is not, and is reported.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use support::project::{ID, RECORD, TestProject, events_in, lost_line, no_panic, told};
use support::{NOBODY, is_root};

/// Tells other threads to stop, however the test ends.
struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// The results of many attempts to log.
#[derive(Default)]
struct Tally {
    acknowledged: Vec<String>,
    /// Neither acknowledged nor refused, since the process was killed.
    killed: Vec<String>,
}

/// Checks that acknowledged events are there once, killed ones at most once, and that people's text is kept.
#[track_caller]
fn judge(project: &TestProject, tally: &Tally) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for text in project.events() {
        *count.entry(text).or_default() += 1;
    }
    let times = |text: &String| count.get(text).copied().unwrap_or(0);
    let lost: Vec<_> = tally.acknowledged.iter().filter(|text| times(text) == 0).collect();
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), tally.acknowledged.len());
    let doubled: Vec<_> = count.iter().filter(|(_, times)| **times > 1).collect();
    assert!(doubled.is_empty(), "doubled: {doubled:?}");
    let known = tally.acknowledged.len() + 1;
    let landed = tally.killed.iter().filter(|text| times(text) == 1).count();
    assert_eq!(count.len(), known + landed, "events that nobody logged");
    assert_eq!(lost_line(RECORD, &project.text()), None);
}

#[test]
fn many_processes_at_one_record_lose_nothing() {
    const WRITERS: usize = 8;
    const EACH: usize = 15;
    let project = TestProject::new();
    let writing = AtomicBool::new(true);
    let write = |writer: usize| {
        let texts = (0..EACH).map(|n| format!("동시 기록 {writer}-{n}: \"인용\" #해시"));
        texts.inspect(|text| project.log(text)).collect::<Vec<_>>()
    };
    // Concurrent readers only see complete records.
    let read = || {
        let mut reads = 0;
        while writing.load(Ordering::Relaxed) {
            let text = fs::read_to_string(project.record()).unwrap();
            events_in(&text).unwrap_or_else(|fault| panic!("a reader saw {fault}:\n{text}"));
            reads += 1;
            std::thread::sleep(Duration::from_millis(2));
        }
        reads
    };
    let (acknowledged, reads) = std::thread::scope(|scope| {
        let reader = scope.spawn(read);
        let writers: Vec<_> =
            (0..WRITERS).map(|writer| scope.spawn(move || write(writer))).collect();
        let ends = Ends(&writing);
        let texts: Vec<String> = writers.into_iter().flat_map(|w| w.join().unwrap()).collect();
        drop(ends);
        (texts, reader.join().unwrap())
    });
    assert_eq!(acknowledged.len(), WRITERS * EACH);
    assert!(reads > 0);
    judge(&project, &Tally { acknowledged, killed: Vec::new() });
    assert_eq!(project.left_over(), Vec::<String>::new());
    let check = project.asrun(&["check"]).output().unwrap();
    assert!(check.status.success(), "{}", support::project::told(&check));
}

#[test]
fn a_lock_held_too_long_is_reported_with_its_owner_and_nothing_is_written() {
    let project = TestProject::new();
    project.log("first");
    let before = project.text();
    let lock = fs::File::open(project.root().join(format!(".asrun/{ID}.lock"))).unwrap();
    lock.lock().unwrap();
    let busy = ["log", "-r", ID, "--wait", "1", "--", "second"];
    let output = project.asrun(&busy).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains("NOT recorded") && told(&output).contains("second"));
    assert_eq!(project.text(), before);
    drop(lock);
    project.log("second");
}

/// Returns a pseudo-random number that is the same in every run.
fn spread(n: u64) -> u64 {
    (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33
}

#[test]
fn killed_processes_leave_whole_records() {
    const KILLS: u64 = 80;
    let project = TestProject::new();
    let begun = Instant::now();
    for n in 0..5 {
        project.log(&format!("ordinary {n}"));
    }
    let usual = begun.elapsed() / 5;
    let mut tally = Tally {
        acknowledged: (0..5).map(|n| format!("ordinary {n}")).collect(),
        ..Tally::default()
    };
    for n in 0..KILLS {
        let text = format!("perhaps {n}");
        let mut child = project.logging(&text).spawn().unwrap();
        std::thread::sleep(usual * (spread(n) % 110) as u32 / 100);
        child.kill().unwrap();
        let status = child.wait().unwrap();
        let list = if status.success() { &mut tally.acknowledged } else { &mut tally.killed };
        list.push(text);
        judge(&project, &tally);
    }
    assert!(!tally.killed.is_empty(), "nobody was killed");
    // No stale lock remains, and files of killed processes are removed.
    project.log("after");
    tally.acknowledged.push("after".to_owned());
    judge(&project, &tally);
    assert_eq!(project.left_over(), Vec::<String>::new());
}

#[test]
fn signals_in_the_middle_leave_whole_records() {
    for signal in ["INT", "TERM", "HUP", "PIPE"] {
        let project = TestProject::new();
        for n in 0..5 {
            let mut child = project.logging(&format!("signal {n}")).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(4 * n));
            let mut kill = Command::new("kill");
            kill.args([format!("-{signal}"), child.id().to_string()]);
            let _ = kill.stderr(Stdio::null()).status().unwrap();
            child.wait().unwrap();
            events_in(&project.text()).unwrap();
            assert_eq!(lost_line(RECORD, &project.text()), None, "{signal}");
        }
    }
}

#[test]
fn entries_lost_by_an_editor_are_reported_and_recovered_once() {
    let project = TestProject::new();
    project.log("before");
    let opened = project.text();
    project.log("overwritten");
    // The editor still had the old text.
    fs::write(project.record(), opened.replace("제목 옆", "손으로 고침")).unwrap();
    project.log("after");
    let check = project.asrun(&["check", ID]).output().unwrap();
    assert_eq!(check.status.code(), Some(1));
    assert!(told(&check).contains("overwritten"), "{}", told(&check));
    for _ in 0..2 {
        let recover = project.asrun(&["recover", ID]).output().unwrap();
        assert!(recover.status.success(), "{}", told(&recover));
        let mut events = project.events();
        events.sort();
        assert_eq!(events, ["after", "before", "overwritten", "seed event"]);
    }
    assert!(project.text().contains("손으로 고침"));
    assert!(project.asrun(&["check", ID]).status().unwrap().success());
}

#[test]
fn editors_that_save_all_the_time_lose_nothing_for_good() {
    let project = TestProject::new();
    let begun = Instant::now();
    project.log("before");
    // On a slow disk an editor that saves continuously would leave no time for a save.
    let rest = begun.elapsed() * 2;
    let writing = AtomicBool::new(true);
    // Reads, waits a moment, and saves by a rename, as editors do.
    let edit = || {
        let beside = project.root().join("editor.tmp");
        let mut saves = 0;
        while writing.load(Ordering::Relaxed) {
            let text = fs::read_to_string(project.record()).unwrap();
            std::thread::sleep(Duration::from_millis(7));
            saves += 1;
            let first = text.lines().next().unwrap();
            let edited = text.replacen(first, &format!("# 손으로 쓴 첫 줄, {saves}번째"), 1);
            fs::write(&beside, edited).unwrap();
            fs::rename(&beside, project.record()).unwrap();
            std::thread::sleep(rest);
        }
        saves
    };
    let (acknowledged, saves) = std::thread::scope(|scope| {
        let editor = scope.spawn(edit);
        let ends = Ends(&writing);
        let texts: Vec<String> = (0..40).map(|n| format!("event {n}")).collect();
        texts.iter().for_each(|text| project.log(text));
        drop(ends);
        (texts, editor.join().unwrap())
    });
    let kept = format!("# 손으로 쓴 첫 줄, {saves}번째");
    assert!(project.text().starts_with(&kept), "the last hand edit is lost:\n{}", project.text());
    assert!(project.asrun(&["recover", ID]).status().unwrap().success());
    let mut events = project.events();
    events.sort();
    let mut expected = [acknowledged, vec!["before".to_owned(), "seed event".to_owned()]].concat();
    expected.sort();
    assert_eq!(events, expected);
}

#[test]
fn an_event_for_a_broken_record_is_kept_until_it_is_mended() {
    let project = TestProject::new();
    let broken = format!("{RECORD}  - at: [broken\n");
    fs::write(project.record(), &broken).unwrap();
    let output = project.logging("typed in a hurry").output().unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(told(&output).contains(&format!("{ID}.yaml:9:9")), "{}", told(&output));
    assert_eq!(project.text(), broken);
    fs::write(project.record(), RECORD).unwrap();
    for _ in 0..2 {
        assert!(project.asrun(&["recover", ID]).status().unwrap().success());
        assert_eq!(project.events(), ["seed event", "typed in a hurry"]);
    }
}

/// Runs asrun through a shell that sets a limit first.
fn limited(project: &TestProject, limit: &str, text: &str) -> Output {
    let binary = env!("CARGO_BIN_EXE_asrun");
    let line =
        format!("{limit}; exec {binary} log -r {ID} --at 2024-09-07T18:00+09:00 -- '{text}'");
    project.prepared(Command::new("sh"), &["-c", &line]).output().unwrap()
}

#[test]
fn a_file_size_limit_is_an_error_and_leaves_the_record() {
    let project = TestProject::new();
    let many: String = (0..200)
        .map(|n| format!("  - at: 2024-09-07T17:{:02}+09:00\n    text: event {n}\n", n % 60))
        .collect();
    let before = format!("{RECORD}{many}");
    fs::write(project.record(), &before).unwrap();
    // In blocks of 512 or 1024 bytes, depending on the shell: the record is larger in either case.
    let output = limited(&project, "ulimit -f 4", "too much");
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("NOT recorded") && told(&output).contains("too large"));
    assert!(told(&output).contains("too much"), "what was typed is repeated");
    assert_eq!(project.text(), before);
    assert_eq!(project.left_over(), Vec::<String>::new());
    project.log("too much");
}

#[test]
fn an_answer_that_nobody_can_read_does_not_undo_the_event() {
    let project = TestProject::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = project.logging("to a closed pipe").stdout(writer).output().unwrap();
    no_panic(&output);
    assert!(output.status.success(), "{}", told(&output));
    if let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") {
        let output = project.logging("to a full disk").stdout(full).output().unwrap();
        no_panic(&output);
        assert!(project.events().contains(&"to a full disk".to_owned()));
    }
    assert!(project.events().contains(&"to a closed pipe".to_owned()));
    for command in [vec!["show", ID], vec!["list"], vec!["show", ID, "--format", "json"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        no_panic(&project.asrun(&command).stdout(writer).output().unwrap());
    }
}

/// Runs asrun as a user who is subject to permissions, unlike root.
fn as_nobody(project: &TestProject, args: &[&str]) -> Output {
    if !is_root() {
        return project.asrun(args).output().unwrap();
    }
    // Every parent folder must be accessible to that user, but the program may be in a private one.
    let copy = project.home().join("asrun");
    if !copy.exists() && fs::hard_link(env!("CARGO_BIN_EXE_asrun"), &copy).is_err() {
        fs::copy(env!("CARGO_BIN_EXE_asrun"), &copy).unwrap();
    }
    fs::set_permissions(project.home(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = project.prepared(Command::new(&copy), args);
    command.uid(NOBODY).gid(NOBODY);
    // While another thread starts a process, a program that was just copied may be busy for a moment.
    loop {
        match command.output() {
            Err(e) if e.kind() == std::io::ErrorKind::ExecutableFileBusy => {}
            output => return output.unwrap(),
        }
    }
}

fn own(path: &Path, owner: u32) {
    if is_root() {
        std::os::unix::fs::chown(path, Some(owner), Some(owner)).unwrap();
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Returns a project whose files belong to the user that asrun runs as.
fn nobodys_project() -> TestProject {
    let project = TestProject::new();
    for path in [project.root().to_owned(), project.root().join("incidents"), project.record()] {
        own(&path, NOBODY);
    }
    project
}

fn log_as_nobody(project: &TestProject) -> Output {
    as_nobody(project, &["log", "-r", ID, "--at", "2024-09-07T18:00+09:00", "--", "closed"])
}

#[test]
fn what_its_owner_closed_is_not_replaced() {
    let open = nobodys_project();
    let output = log_as_nobody(&open);
    assert!(output.status.success(), "{}", told(&output));
    for (path, mode) in [("incidents/장애.yaml", 0o444), ("incidents", 0o555)] {
        let project = nobodys_project();
        let closed = project.root().join(path);
        set_mode(&closed, mode);
        let output = log_as_nobody(&project);
        assert_eq!(output.status.code(), Some(1), "{path}: {}", told(&output));
        assert!(told(&output).contains("장애.yaml: permission denied"), "{}", told(&output));
        assert_eq!(fs::metadata(&closed).unwrap().permissions().mode() & 0o777, mode);
        assert_eq!(project.text(), RECORD);
        assert!(!project.root().join(".asrun").exists(), "nothing is touched before the refusal");
        for reading in [vec!["check", ID], vec!["list"], vec!["show", ID]] {
            let output = as_nobody(&project, &reading);
            assert!(output.status.success(), "{reading:?}: {}", told(&output));
        }
        set_mode(&closed, 0o755);
    }
}

#[test]
fn an_event_is_kept_where_asruns_own_folder_is_closed() {
    for what in ["the folder", "the project", "the files"] {
        let project = nobodys_project();
        let own_folder = project.root().join(".asrun");
        if what != "the project" {
            fs::create_dir(&own_folder).unwrap();
        }
        if what == "the files" {
            for file in ["장애.lock", "장애.journal"] {
                fs::write(own_folder.join(file), "").unwrap();
                set_mode(&own_folder.join(file), 0o444);
            }
        }
        let closed = if what == "the project" { project.root() } else { &own_folder };
        own(closed, 0);
        set_mode(closed, 0o555);
        let output = log_as_nobody(&project);
        assert!(output.status.success(), "{what}: {}", told(&output));
        let warning = "the record is written, but undo and recover will not know about it";
        assert!(told(&output).contains(warning), "{what}: {}", told(&output));
        let each = |writer: usize| {
            let project = &project;
            move || {
                for nth in 0..4 {
                    let text = format!("writer {writer} event {nth}");
                    let log = ["log", "-r", ID, "--at", "18:00", "--", &text];
                    let output = as_nobody(project, &log);
                    assert!(output.status.success(), "{text}: {}", told(&output));
                }
            }
        };
        std::thread::scope(|scope| (0..4).for_each(|writer| drop(scope.spawn(each(writer)))));
        let logged = project.events().iter().filter(|text| text.starts_with("writer")).count();
        assert_eq!(logged, 16, "{what}: {}", project.text());
        set_mode(closed, 0o755);
    }
}

#[test]
fn a_record_that_may_not_be_read_is_named() {
    let project = nobodys_project();
    set_mode(&project.record(), 0o000);
    let output = log_as_nobody(&project);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("permission denied"), "{}", told(&output));
    set_mode(&project.record(), 0o644);
    assert_eq!(project.text(), RECORD);
}

#[test]
fn links_out_of_the_project_are_followed_by_no_command() {
    let project = TestProject::new();
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim.yaml");
    fs::write(&victim, RECORD).unwrap();
    fs::remove_file(project.record()).unwrap();
    symlink(&victim, project.record()).unwrap();
    for command in [
        vec!["log", "-r", ID, "--", "x"],
        vec!["amend", "-r", ID, "1", "x"],
        vec!["plan", "add", "-r", ID, "17:00", "x"],
        vec!["show", ID],
        vec!["render", ID],
        vec!["check"],
        vec!["list"],
        vec!["search", "seed"],
    ] {
        let output = project.asrun(&command).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{command:?}: {}", told(&output));
        assert!(told(&output).contains("a link that leaves"), "{command:?}: {}", told(&output));
        assert!(!told(&output).contains("seed event"), "{command:?}");
    }
    assert_eq!(fs::read_to_string(&victim).unwrap(), RECORD);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

/// Whoever ends asrun ends the command that it runs, and the record has both its start and its end.
#[test]
fn signals_reach_a_command_that_is_run() {
    let project = TestProject::new();
    let script = "trap 'echo ending; exit 9' TERM; echo begun; while :; do sleep 0.05; done";
    let mut running = project
        .asrun(&["log", "-r", ID, "restart", "--run", "--", "sh", "-c", script])
        .spawn()
        .unwrap();
    let mut out = running.stdout.take().unwrap();
    let mut begun = [0; 6];
    std::io::Read::read_exact(&mut out, &mut begun).unwrap();
    assert!(project.events().contains(&"restart".to_owned()), "{}", project.text());
    assert!(project.text().contains("{exit code: running}"), "{}", project.text());
    let pid = running.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert_eq!(running.wait().unwrap().code(), Some(9), "{}", project.text());
    let text = project.text();
    assert!(text.contains("type: failed") && text.contains("ending"), "{text}");
    assert!(text.contains("exit code: \"9\"") && text.contains("audience: internal"), "{text}");
}

/// Signals that a program takes for orders reach it, and do not end asrun.
#[test]
fn signals_of_users_reach_a_command_that_is_run() {
    for (signal, script) in
        [("USR1", "trap 'echo got it; exit 3' USR1"), ("USR2", "trap 'exit 3' USR2")]
    {
        let project = TestProject::new();
        let script = format!("{script}; echo begun; while :; do sleep 0.05; done");
        let mut running = project
            .asrun(&["log", "-r", ID, "restart", "--run", "--", "sh", "-c", &script])
            .spawn()
            .unwrap();
        let mut out = running.stdout.take().unwrap();
        std::io::Read::read_exact(&mut out, &mut [0; 6]).unwrap();
        let pid = running.id().to_string();
        let signal = format!("-{signal}");
        assert!(Command::new("kill").args([&signal, &pid]).status().unwrap().success());
        assert_eq!(running.wait().unwrap().code(), Some(3), "{}", project.text());
        assert!(project.text().contains("exit code: \"3\""), "{}", project.text());
    }
}

/// Once nobody reads its output, a program ends as it would without asrun, and its event has its end.
#[test]
fn a_command_whose_output_is_closed_ends() {
    let project = TestProject::new();
    let mut running =
        project.asrun(&["log", "-r", ID, "say yes", "--run", "--", "yes"]).spawn().unwrap();
    let mut out = running.stdout.take().unwrap();
    std::io::Read::read_exact(&mut out, &mut [0; 2]).unwrap();
    drop(out);
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = running.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > Duration::from_secs(30) {
            running.kill().unwrap();
            panic!("it does not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(141), "{}", project.text());
    assert!(project.text().contains("exit code: \"141\""), "{}", project.text());
}

/// The answer is written before any other record is opened: here it waits, since nobody reads the output.
#[cfg(target_os = "linux")]
#[test]
fn an_entry_is_acknowledged_before_other_records_are_read() {
    use rustix::fs::{OFlags, fcntl_setfl, inotify};
    use std::io::{Read as _, Write as _};
    let project = TestProject::new();
    let other = project.root().join("incidents/2024-08-01-other.yaml");
    fs::write(&other, format!("{RECORD}contributing_factors: [the pool is too small]\n")).unwrap();
    let opened = inotify::init(inotify::CreateFlags::NONBLOCK).unwrap();
    inotify::add_watch(&opened, &other, inotify::WatchFlags::OPEN).unwrap();
    let mut opened = fs::File::from(opened);
    let mut was_opened = || opened.read(&mut [0; 4096]).is_ok_and(|bytes| bytes > 0);
    let (mut reader, mut writer) = std::io::pipe().unwrap();
    fcntl_setfl(&writer, OFlags::NONBLOCK).unwrap();
    while writer.write(&[b'.'; 512]).is_ok() {}
    fcntl_setfl(&writer, OFlags::empty()).unwrap();
    let mut logging =
        project.asrun(&["log", "the pool is too small", "-r", ID, "--type", "identified"]);
    let mut running = logging.stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    // The command must be the only one with the write end, so that reading ends.
    drop(logging);
    let began = Instant::now();
    while !project.text().contains("type: identified") {
        assert!(began.elapsed() < Duration::from_secs(60), "it is never in the record");
        std::thread::sleep(Duration::from_millis(10));
    }
    // Long enough to open another record, if that came first.
    std::thread::sleep(Duration::from_millis(500));
    assert!(running.try_wait().unwrap().is_none(), "the answer is not waited for");
    assert!(!was_opened(), "another record was read before the answer");
    let mut answer = String::new();
    reader.read_to_string(&mut answer).unwrap();
    assert!(running.wait().unwrap().success() && answer.contains("the pool is too small"));
    assert!(was_opened(), "it is read at all");
}
