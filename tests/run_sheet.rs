//! Tests of two people who run the same plan at two terminals.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use support::pty::Pty;

mod support;

fn asrun(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_asrun"));
    command.args(args).current_dir(root).env_clear();
    command.env("ASRUN_NOW", "2024-09-07T17:05:00+09:00").env("LANG", "en").env("TZ", "Asia/Seoul");
    command.env("HOME", root).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Reads a program's output until it asks for the next line.
fn until_asked(running: &mut Child) {
    let said = running.stderr.as_mut().unwrap();
    let mut byte = [0];
    let mut all = Vec::new();
    while !all.ends_with(b"> ") {
        assert_eq!(said.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&all));
        all.push(byte[0]);
    }
}

#[test]
fn enter_logs_nothing_once_somebody_else_went_on() {
    let folder = std::env::temp_dir().join(format!("asrun-run-sheet-{}", std::process::id()));
    fs::create_dir_all(folder.join("incidents")).unwrap();
    fs::write(folder.join("asrun.yaml"), "timezone: Asia/Seoul\n").unwrap();
    let record = folder.join("incidents/3.0.yaml");
    fs::write(
        &record,
        "title: t\nkind: release\ntimezone: Asia/Seoul\nplan:\n  - {id: build, at: \"2024-09-07T17:00+09:00\", text: Build}\n  - {id: deploy, at: \"2024-09-07T17:30+09:00\", text: Deploy}\nevents: []\n",
    )
    .unwrap();
    let events = || fs::read_to_string(&record).unwrap().matches("type: done").count();
    let mut one = asrun(&folder, &["plan", "run", "-r", "3.0"]).spawn().unwrap();
    let mut other = asrun(&folder, &["plan", "run", "-r", "3.0"]).spawn().unwrap();
    until_asked(&mut one);
    until_asked(&mut other);
    one.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    until_asked(&mut one);
    assert_eq!(events(), 1);
    // The other terminal still shows the build: Enter is not meant for the deploy.
    other.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    until_asked(&mut other);
    assert_eq!(events(), 1);
    // It was informed, and now shows the deploy.
    other.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    until_asked(&mut other);
    assert_eq!(events(), 2);
    for running in [one, other] {
        let told = running.wait_with_output().unwrap();
        assert!(told.status.success());
        let said = String::from_utf8(told.stdout).unwrap();
        assert!(said.contains("Deploy"), "{said}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_steps_command_runs_when_run_is_typed_and_never_else() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().to_owned();
    fs::create_dir_all(folder.join("incidents")).unwrap();
    fs::write(folder.join("asrun.yaml"), "timezone: Asia/Seoul\n").unwrap();
    let record = folder.join("incidents/3.0.yaml");
    let plan = |command: &str| {
        format!(
            "title: t\nkind: release\ntimezone: Asia/Seoul\nplan:\n  - {{id: build, at: \"2024-09-07T17:00+09:00\", text: Build, command: {command}}}\nevents: []\n"
        )
    };
    let ran = |name: &str| folder.join(name).is_file();
    let typed = |lines: &str| {
        let mut running = asrun(&folder, &["plan", "run", "-r", "3.0"]).spawn().unwrap();
        running.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let told = running.wait_with_output().unwrap();
        String::from_utf8(told.stdout).unwrap()
    };
    fs::write(&record, plan("touch ran")).unwrap();
    // Neither showing a plan nor running its sheet starts a command.
    for args in
        [&["plan", "list", "3.0"][..], &["show", "3.0"], &["plan", "check", "3.0"], &["check"]]
    {
        asrun(&folder, args).output().unwrap();
    }
    typed("list\nforecast\nstart\n\n");
    assert!(!ran("ran"));
    fs::write(&record, plan("cp incidents/3.0.yaml ran")).unwrap();
    let said = typed("run\n");
    // Its start was in the record before it ran.
    let before = fs::read_to_string(folder.join("ran")).expect(&said);
    assert!(before.contains("type: started"), "{before}");
    let text = fs::read_to_string(&record).unwrap();
    assert!(text.contains("type: done") && text.contains("until:"), "{text}");
    // No shell is used, and a command that needs one is refused.
    fs::write(&record, plan("touch one; touch two")).unwrap();
    typed("run\nrun\n");
    assert!(!ran("one") && !ran("one;") && !ran("two"));
    // A command that was changed since it was shown is shown again.
    fs::write(&record, plan("touch first")).unwrap();
    let mut running = asrun(&folder, &["plan", "run", "-r", "3.0"]).spawn().unwrap();
    until_asked(&mut running);
    fs::write(&record, plan("touch second")).unwrap();
    running.stdin.as_mut().unwrap().write_all(b"run\n").unwrap();
    until_asked(&mut running);
    assert!(!ran("first") && !ran("second"));
    running.stdin.as_mut().unwrap().write_all(b"run\n").unwrap();
    running.wait_with_output().unwrap();
    assert!(ran("second") && !ran("first"));
    // A step that is named but was not shown is shown first.
    let other = "  - {id: tell, at: \"2024-09-07T18:00+09:00\", text: Tell, command: touch told}\nevents: []\n";
    fs::write(&record, plan("touch first").replace("events: []\n", other)).unwrap();
    typed("run tell\n");
    assert!(!ran("told"));
    typed("run tell\nrun tell\n");
    assert!(ran("told"));
}

/// Starts asrun at a terminal whose keys send signals.
fn at_terminal(root: &Path, args: &[&str]) -> Pty {
    at_terminal_with(root, args, std::iter::empty())
}

fn at_terminal_with<'v>(
    root: &Path,
    args: &[&str],
    variables: impl Iterator<Item = (&'v str, &'v str)>,
) -> Pty {
    let mut command = Command::new("setsid");
    command.args(["--ctty", "--wait", env!("CARGO_BIN_EXE_asrun")]).args(args).current_dir(root);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    command.env("ASRUN_NOW", "2024-09-07T17:05:00+09:00").env("LANG", "en").env("TZ", "Asia/Seoul");
    command.env("HOME", root).envs(variables);
    Pty::start(command)
}

#[test]
fn ctrl_c_ends_a_steps_command_and_not_the_run_sheet() {
    let folder = std::env::temp_dir().join(format!("asrun-stop-key-{}", std::process::id()));
    fs::create_dir_all(folder.join("incidents")).unwrap();
    fs::write(folder.join("asrun.yaml"), "timezone: Asia/Seoul\n").unwrap();
    let record = folder.join("incidents/3.0.yaml");
    let plan = "title: t\nkind: release\ntimezone: Asia/Seoul\nplan:\n  - {id: build, at: \"2024-09-07T17:00+09:00\", text: Build, command: \"sh -c 'echo begun; exec sleep 600'\"}\nevents: []\n";
    for (args, run) in [(&["plan", "run", "-r", "3.0"][..], "run"), (&["live", "3.0"], "/run")] {
        fs::write(&record, plan).unwrap();
        let mut terminal = at_terminal(&folder, args);
        terminal.until("Build");
        terminal.press(&format!("{run}\r"));
        if run == "/run" {
            // At the prompt for events the command is shown first.
            terminal.until("nothing else does");
            terminal.press(&format!("{run}\r"));
        }
        terminal.until("  begun");
        terminal.press("\u{3}");
        terminal.until("ended by signal 2");
        terminal.until("failed");
        let text = fs::read_to_string(&record).unwrap();
        assert!(text.contains("type: failed") && text.contains("exit code: \"130\""), "{text}");
        // The prompt continues, and keys have their usual effect.
        terminal.press(if run == "run" { "list\r" } else { "/plan\r" });
        terminal.until("Build");
        fs::remove_dir_all(folder.join(".asrun")).unwrap_or(());
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn two_terminals_see_each_others_steps() {
    let folder = std::env::temp_dir().join(format!("asrun-two-terminals-{}", std::process::id()));
    fs::create_dir_all(folder.join("incidents")).unwrap();
    fs::write(folder.join("asrun.yaml"), "timezone: Asia/Seoul\n").unwrap();
    fs::write(
        folder.join("incidents/3.0.yaml"),
        "title: t\nkind: release\ntimezone: Asia/Seoul\nplan:\n  - {id: build, at: \"2024-09-07T17:00+09:00\", text: Build}\n  - {id: deploy, at: \"2024-09-07T17:30+09:00\", text: Deploy}\nevents: []\n",
    )
    .unwrap();
    let mut live = at_terminal(&folder, &["live", "3.0"]);
    live.until("next: Build");
    let mut sheet = at_terminal(&folder, &["plan", "run", "-r", "3.0"]);
    sheet.until("next: Build [build]");
    live.press("/done build\r");
    live.until("next: Deploy [deploy]");
    // The other terminal showed the build.
    sheet.press("\r");
    sheet.until("somebody else has changed the record");
    sheet.until("done: Build");
    sheet.until("next: Deploy [deploy]");
    sheet.press("late +20m the build\r");
    sheet.until("moved Deploy");
    live.until("Deploy · 17:50");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_watch_rings_once_before_each_step_and_again_if_it_is_moved() {
    let folder = std::env::temp_dir().join(format!("asrun-remind-{}", std::process::id()));
    fs::create_dir_all(folder.join("incidents")).unwrap();
    fs::write(folder.join("asrun.yaml"), "timezone: Asia/Seoul\n").unwrap();
    let record = folder.join("incidents/3.0.yaml");
    let plan = |at: &str| {
        format!(
            "title: t\nkind: release\ntimezone: Asia/Seoul\nplan:\n  - {{at: \"2024-09-07T{at}+09:00\", text: Deploy, owner: Sam}}\n  - {{at: \"2024-09-07T18:00+09:00\", text: Open}}\nevents: []\n"
        )
    };
    fs::write(&record, plan("17:10")).unwrap();
    let rings = |terminal: &Pty| terminal.seen.matches('\u{7}').count();
    let mut quiet = at_terminal(&folder, &["watch", "3.0"]);
    let mut watch = at_terminal(&folder, &["watch", "3.0", "--remind", "10m"]);
    watch.until("▶ next: Deploy in 5 min (17:10) · Sam");
    fs::write(&record, plan("17:10").replace("title: t", "title: another")).unwrap();
    watch.until("another");
    assert_eq!(rings(&watch), 1);
    fs::write(&record, plan("17:12")).unwrap();
    watch.until("▶ next: Deploy in 7 min (17:12) · Sam");
    watch.settle();
    assert_eq!(rings(&watch), 2);
    fs::write(&record, plan("17:40")).unwrap();
    watch.until("next: Deploy in 35 min");
    assert_eq!(rings(&watch), 2);
    quiet.until("next: Deploy in 35 min");
    assert_eq!(rings(&quiet), 0);
    fs::remove_dir_all(&folder).unwrap();
}

/// The repository's settings and files name a command, and its folder has a program with the same name as the user's
/// command.
#[test]
fn a_reminder_starts_the_users_command_and_none_of_the_repository() {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("asrun-reminder-{}", std::process::id()));
    let project = folder.join("project");
    fs::create_dir_all(project.join("incidents")).unwrap();
    let program = |path: &Path, says: &str| {
        let text = format!(
            "#!/bin/sh\nprintf '%s|' \"$#\" \"$@\" \"$PWD\" \"$(wc -c)\" >> {}/{says}\necho told; echo told >&2\n",
            folder.display()
        );
        fs::write(path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    };
    program(&project.join("tell"), "theirs");
    fs::create_dir_all(folder.join("bin")).unwrap();
    program(&folder.join("bin/tell"), "mine");
    let settings = |text: &str| fs::write(project.join("asrun.yaml"), text).unwrap();
    settings("timezone: Asia/Seoul\nremind_command: ./tell\n");
    fs::write(
        project.join("incidents/3.0.yaml"),
        "title: t\nkind: release\ntimezone: Asia/Seoul\nplan:\n  - {at: \"2024-09-07T17:10+09:00\", text: \"$(./tell); --x\\e[2J\\a\"}\nevents: []\n",
    )
    .unwrap();
    let watch = |command: Option<&str>| {
        let path = format!(".:{}:/usr/bin:/bin", folder.join("bin").display());
        let beside = [("PATH", path.as_str())].into_iter();
        let beside = beside.chain(command.map(|command| ("ASRUN_REMIND_COMMAND", command)));
        at_terminal_with(&project, &["watch", "3.0", "--remind", "10m"], beside)
    };
    let mut with_settings = watch(Some("tell"));
    with_settings.until("unknown setting `remind_command`");
    settings("timezone: Asia/Seoul\n");
    let mut without = watch(None);
    without.until("▶ next: $(./tell); --x");
    without.settle();
    let mut refused = watch(Some("./tell now"));
    refused.until("\"./tell\" is a path from the current folder");
    assert!(!folder.join("mine").exists() && !folder.join("theirs").exists());
    watch(Some("tell-nobody")).until("tell-nobody, cannot be started");
    let mut with = watch(Some("tell 'a b'"));
    with.until("▶ next: $(./tell); --x");
    with.settle();
    let said = fs::read_to_string(folder.join("mine")).unwrap();
    // It runs once although the record is checked several times, in another folder, without input, and without control
    // characters in its argument.
    assert_eq!(said, "2|a b|next: $(./tell); --x\\u{1b}[2J\\u{7} in 5 min (17:10)|/|0|");
    assert!(!folder.join("theirs").exists());
    assert!(!with.seen.contains("told"), "{}", with.seen);
    fs::remove_dir_all(&folder).unwrap();
}

/// The prompt fits a window that was made narrower meanwhile.
#[test]
fn a_narrower_window_gets_narrower_lines() {
    let folder = std::env::temp_dir().join(format!("asrun-narrower-{}", std::process::id()));
    fs::create_dir_all(folder.join("incidents")).unwrap();
    fs::write(folder.join("asrun.yaml"), "timezone: Asia/Seoul\n").unwrap();
    fs::write(
        folder.join("incidents/3.0.yaml"),
        "title: t\nkind: release\ntimezone: Asia/Seoul\nplan:\n  - {id: build, at: \"2024-09-07T17:00+09:00\", text: Build the app for all the phones}\n  - {id: deploy, at: \"2024-09-07T17:30+09:00\", text: Deploy the app everywhere}\nevents: []\n",
    )
    .unwrap();
    let mut sheet = at_terminal(&folder, &["plan", "run", "-r", "3.0"]);
    sheet.until("next: Build");
    sheet.until("> ");
    sheet.resize(12, 50);
    let before = sheet.seen.len();
    sheet.press("list\r");
    sheet.until("▶");
    sheet.until("> ");
    let widest = sheet.seen[before..].lines().map(|line| line.trim_end().chars().count()).max();
    assert!(widest <= Some(50), "{}", &sheet.seen[before..]);
    fs::remove_dir_all(&folder).unwrap();
}
