//! Tests of removing a text for good, with the real program: git is searched but not changed, other files of asrun are
//! searched, and the text is never printed.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::fs;

use support::project::{ID, TestProject};
use support::pty::Pty;
use support::{Terminal, all_below};

const SECRET: &str = "correct horse 42";

fn forget(terminal: &Terminal) -> serde_json::Value {
    let said =
        terminal.outcome(&format!("echo '{SECRET}' | asrun forget --stdin --format json"), 60);
    assert!(
        !said.out.contains("horse") && !said.errors.contains("horse"),
        "{}{}",
        said.out,
        said.errors
    );
    serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.errors))
}

fn list(answer: &serde_json::Value, key: &str) -> Vec<String> {
    let texts = answer[key].as_array().unwrap().iter();
    texts.map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_text_that_is_too_long_is_kept_whole() {
    let terminal = Terminal::new(None);
    let run = |command: &str| {
        terminal.outcome(&format!("mkdir -p tmp && export TMPDIR=$PWD/tmp; {command}"), 60)
    };
    run("asrun init --timezone Asia/Seoul && asrun new 결제 && asrun log one");
    for command in ["asrun log -", "asrun log words -", "asrun amend --last --detail -"] {
        let long = "rm -f tmp/*; (yes 'a line' | head -c 2500000; echo; echo the end)";
        let refused = run(&format!("{long} | {command}"));
        assert_ne!(refused.code, Some(0), "{command}");
        assert!(refused.errors.contains("tmp/asrun-refused-"), "{command}: {}", refused.errors);
        assert_eq!(run("grep -c 'the end' tmp/asrun-refused-*").out.trim(), "1", "{command}");
    }
    assert_eq!(run("asrun show | grep -c 'a line'").out.trim(), "0");
}

/// A text that was too long to be repeated waits in a file outside the project, which `doctor` of that project names.
#[test]
fn a_refused_text_is_forgotten_with_the_rest_and_told_where_it_was_refused() {
    let terminal = Terminal::new(None);
    let run = |command: &str| {
        terminal.outcome(&format!("mkdir -p tmp && export TMPDIR=$PWD/tmp; {command}"), 60)
    };
    run(
        "mkdir one two && for at in one two; do (cd $at && asrun init --timezone Asia/Seoul && asrun new 결제); done",
    );
    run(&format!("cd one && (seq 1 60; echo '{SECRET}') | asrun log - --type nosuch"));
    run(&format!("(seq 1 60; echo '{SECRET}') | asrun log -"));
    let count = || run(&format!("cat tmp/asrun-refused-* | grep -c '{SECRET}'")).out;
    assert_eq!(count().trim(), "2");
    let doctor =
        |at: &str| run(&format!("cd {at} && asrun doctor | grep -o 'asrun-refused-[^ ,]*'"));
    assert_eq!((doctor("one").out.lines().count(), doctor("two").out.lines().count()), (1, 0));
    let told = run(&format!("cd two && echo '{SECRET}' | asrun forget --stdin"));
    assert!(
        told.out.contains("asrun-refused-") || told.errors.contains("asrun-refused-"),
        "{}",
        told.errors
    );
    assert_eq!(count().trim(), "0");
    assert_eq!(run("cat tmp/asrun-refused-* | grep -c '(removed)'").out.trim(), "2");
}

#[test]
fn git_is_searched_everywhere_and_never_changed() {
    let terminal = Terminal::new(None);
    let run = |command: &str| {
        let said = terminal.outcome(command, 60);
        assert!(
            said.errors.is_empty() || !said.errors.contains("fatal"),
            "{command}: {}",
            said.errors
        );
    };
    run("git init -q -b main . && git config user.name x && git config user.email x@example.com");
    run(
        "asrun init --timezone Asia/Seoul && asrun new 결제 --kind outage && git add -A && git commit -qm one",
    );
    let clean = terminal.outcome("echo 'never written' | asrun forget --stdin --format json", 60);
    assert!(clean.out.contains("\"git_commits\": []"), "{}", clean.out);
    run(&format!("asrun log 'pw {SECRET}' && git commit -qam two && git branch kept"));
    run("asrun amend 1 fine && git commit -qam three && git tag done");
    run(&format!("asrun log 'again {SECRET}' && git add -A && git stash -q && asrun log other"));
    run(&format!(
        "asrun attach --help > /dev/null; mkdir -p incidents/assets && echo '{SECRET}' > incidents/assets/a.txt && git add -A"
    ));
    let before = terminal.outcome("git for-each-ref; git stash list; git ls-files -s", 60).out;
    let answer = forget(&terminal);
    assert_eq!(
        terminal.outcome("git for-each-ref; git stash list; git ls-files -s", 60).out,
        before
    );
    let two = terminal.outcome("git rev-parse --short=10 kept", 60).out;
    let commits = list(&answer, "git_commits");
    assert!(commits.contains(&two.trim().to_owned()), "{answer}");
    assert_eq!(list(&answer, "git_refs"), ["kept", "main", "done"], "{answer}");
    assert_eq!(list(&answer, "git_stashes"), ["stash@{0}"], "{answer}");
    assert_eq!(list(&answer, "git_staged"), ["incidents/assets/a.txt"], "{answer}");
    assert_eq!(list(&answer, "stays_in"), ["incidents/assets/a.txt"], "{answer}");
    let told = terminal.outcome(&format!("echo '{SECRET}' | asrun forget --stdin"), 60);
    assert!(
        told.errors.contains("git still has it") && told.errors.contains("stash@{0}"),
        "{}",
        told.errors
    );
}

#[test]
fn it_goes_out_of_everything_that_asrun_keeps() {
    let project = TestProject::new();
    project.log(&format!("pw {SECRET}"));
    let own = project.root().join(".asrun");
    let typed = format!("2024-09-07T18:00:00+09:00 half a line with {SECRET}");
    fs::write(own.join(format!("{ID}.live.txt")), typed).unwrap();
    fs::write(own.join(format!("{ID}.edit.yaml")), project.text()).unwrap();
    fs::copy(own.join(format!("{ID}.journal")), own.join("gone.journal-1.old")).unwrap();
    fs::copy(own.join(format!("{ID}.journal")), own.join("gone.journal")).unwrap();
    fs::create_dir(own.join("kept")).unwrap();
    fs::write(own.join("kept/other"), format!("x {SECRET} y")).unwrap();
    let broken = project.root().join("incidents/broken.yaml");
    fs::write(&broken, format!("title: [\n# {SECRET}\n")).unwrap();
    let output = project.asrun(&["forget", SECRET]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", support::project::told(&output));
    assert!(!support::project::told(&output).contains("horse"));
    for (path, bytes) in all_below(project.root()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("horse"), "{}: {text}", path.display());
    }
    assert_eq!(fs::read_to_string(&broken).unwrap(), "title: [\n# (removed)\n");
    assert!(
        fs::read_to_string(own.join(format!("{ID}.live.txt"))).unwrap().ends_with("with (removed)")
    );
    assert!(
        project.text().starts_with("# 손으로 쓴 첫 줄\n")
            && project.text().contains("pw (removed)")
    );
}

/// The journal contains the lines of a removed entry, with its comments.
#[test]
fn a_forgotten_text_is_erased_from_removed_lines_in_the_journal() {
    let project = TestProject::new();
    project.log("first");
    let by_hand = project.text().replace("'first'", &format!("'first' # pw {SECRET}"));
    fs::write(project.record(), by_hand).unwrap();
    let run = |args: &[&str]| {
        let output = project.asrun(args).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", support::project::told(&output));
    };
    run(&["amend", "--last", "--remove"]);
    let journal = || {
        let path = project.root().join(format!(".asrun/{ID}.journal"));
        let text = fs::read_to_string(path).unwrap();
        let entries = text.lines().filter_map(|line| serde_json::from_str(line).ok());
        let own: Vec<String> =
            entries.map(|entry: serde_json::Value| entry["own"].to_string()).collect();
        own.concat()
    };
    assert!(journal().contains(SECRET), "{}", journal());
    run(&["forget", SECRET]);
    for (path, bytes) in all_below(project.root()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("horse"), "{}: {text}", path.display());
    }
    assert!(journal().contains("pw (removed)"), "{}", journal());
    run(&["undo"]);
    assert!(project.text().contains("text: 'first' # pw (removed)"), "{}", project.text());
}

#[test]
fn it_is_typed_unseen_and_goes_after_a_yes_alone() {
    let terminal = Terminal::new(None);
    terminal.outcome(
        &format!("asrun init --timezone Asia/Seoul && asrun new x && asrun log 'pw {SECRET}'"),
        60,
    );
    let record = || terminal.outcome("cat incidents/*.yaml", 60).out;
    for (answer, gone) in [("\r", false), ("n\r", false), ("y\r", true)] {
        let mut pty = Pty::start(terminal.shell("exec asrun forget"));
        pty.until("not shown): ");
        pty.press(&format!("x가\u{15}{SECRET}가x\u{7f}\u{7f}\r"));
        pty.until("[y/N] ");
        pty.press(answer);
        let ended = pty.end();
        assert_eq!(ended.success(), gone, "{answer:?}: {}", pty.seen);
        assert!(!pty.seen.contains("horse"), "{answer:?}: {}", pty.seen);
        assert_eq!(record().contains("(removed)"), gone, "{answer:?}");
    }
    // If the question is cancelled, the terminal is restored, and nothing is removed.
    let mut pty = Pty::start(terminal.shell("asrun forget; stty -a | grep -c ' -echo '; true"));
    pty.until("not shown): ");
    pty.press("\u{3}");
    pty.until("nothing was erased");
    pty.until("0");
    pty.end();
}

/// What a clone lacks is unknown, and no answer claims that it is clean.
#[test]
fn where_git_cannot_know_it_says_so() {
    let terminal = Terminal::new(None);
    let set = "git config user.name x && git config user.email x@example.com";
    terminal.outcome(
        &format!(
            "mkdir a && cd a && git init -q -b main . && {set} \
             && asrun init --timezone Asia/Seoul && asrun new 결제 --kind outage && asrun log 'pw {SECRET}' \
             && git add -A && git commit -qm one && asrun amend 1 fine && git commit -qam two \
             && cd .. && git clone -q --depth 1 file://$PWD/a b && git clone -q a c"
        ),
        60,
    );
    for (clone, shallow) in [("b", true), ("c", false)] {
        let forget = format!("cd {clone} && echo '{SECRET}' | asrun forget --stdin");
        let told = terminal.outcome(&forget, 60);
        assert_eq!(told.code, Some(1), "{clone}: {}", told.errors);
        assert_eq!(told.errors.contains("this clone is shallow"), shallow, "{}", told.errors);
        assert_eq!(told.errors.contains("git still has it"), !shallow, "{}", told.errors);
        let json = terminal.outcome(&format!("{forget} --format json"), 60).out;
        let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(answer["git_shallow"], shallow, "{json}");
        assert_eq!(list(&answer, "git_commits").len(), usize::from(!shallow), "{json}");
    }
    // One object is missing, and another one is too large to be searched.
    let lost =
        "git rev-parse 'HEAD:./incidents' > /dev/null; object=$(git rev-parse HEAD:asrun.yaml)";
    let told = terminal.outcome(
        &format!(
            "cd c && {set} && head -c 67200000 /dev/zero > incidents/big && git add -A && git commit -qm big && rm incidents/big \
             && {lost} && rm -f .git/objects/$(echo $object | cut -c1-2)/$(echo $object | cut -c3-) \
             && echo '{SECRET}' | asrun forget --stdin --format json"
        ),
        60,
    );
    let answer: serde_json::Value = serde_json::from_str(&told.out).expect(&told.errors);
    assert_eq!(answer["git_unread"], 2, "{answer}");
    let told = terminal.outcome(&format!("cd c && echo '{SECRET}' | asrun forget --stdin"), 60);
    assert!(told.code == Some(1) && told.errors.contains("2 objects"), "{}", told.errors);
    let big = "cd c && head -c 67200000 /dev/zero > incidents/big && asrun forget word --yes";
    let told = terminal.outcome(big, 60);
    assert!(told.errors.contains("incidents/big was not searched"), "{}", told.errors);
    // It was removed everywhere else, and the rest is still unknown.
    let told = terminal.outcome("cd b && asrun log 'key k7' && asrun forget --event 2 --yes", 60);
    assert_eq!(told.code, Some(1), "{}", told.errors);
    assert!(told.out.contains("erased from incidents/"), "{}", told.out);
}

/// A whole event is removed, and its commits are reported.
#[test]
fn an_event_is_erased_and_git_is_searched_for_it() {
    let terminal = Terminal::new(None);
    terminal.outcome(
        "git init -q -b main . && git config user.name x && git config user.email x@example.com \
         && asrun init --timezone Asia/Seoul && asrun new 결제 --kind outage && asrun log up \
         && git add -A && git commit -qm one && asrun log 'met Kim' && asrun render -o post.md",
        60,
    );
    let forget = |number: &str| {
        terminal.outcome(&format!("asrun forget --event {number} --yes --format json"), 60)
    };
    let uncommitted = forget("2");
    let answer: serde_json::Value = serde_json::from_str(&uncommitted.out).unwrap();
    assert_eq!(list(&answer, "git_commits"), [""; 0], "{answer}");
    assert_eq!(list(&answer, "stays_in"), ["post.md"], "{answer}");
    assert_eq!(uncommitted.code, Some(1));
    let held = terminal.outcome("grep -rl 'met Kim' . | sort", 60).out;
    assert_eq!(held, "./post.md\n");
    let committed: serde_json::Value = serde_json::from_str(&forget("1").out).unwrap();
    assert_eq!(list(&committed, "git_commits").len(), 1, "{committed}");
    assert_eq!(list(&committed, "git_refs"), ["main"], "{committed}");
    terminal.outcome("echo x > kim.txt && asrun log again --attach kim.txt", 60);
    let attached: serde_json::Value = serde_json::from_str(&forget("1").out).unwrap();
    let stays = list(&attached, "stays_in");
    assert!(stays.len() == 1 && stays[0].ends_with("/kim.txt"), "{attached}");
    terminal.outcome("asrun log again", 60);
    for wrong in
        ["--event 1 word", "--event 1 --secrets", "--event 1 --stdin", "--event 9", "-r x word"]
    {
        let told = terminal.outcome(&format!("asrun forget {wrong} < /dev/null"), 60);
        assert_eq!(told.code, Some(2), "{wrong}: {}", told.errors);
    }
}
