//! Runs every command from one table: it explains itself in both languages, a dry run changes nothing, its changes can
//! be undone byte for byte, and its output for programs is JSON.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use std::collections::BTreeMap;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use support::{Terminal, all_below, files, write};

/// The effect of a command on the files of a project.
#[derive(Clone, Copy, PartialEq)]
enum Does {
    /// None: it prints something.
    Answers,
    /// None: it prints something, also as JSON for programs.
    AnswersPrograms,
    /// A change that this command undoes.
    Changes(&'static str),
    /// A change that cannot be undone: files for people, or a text that was removed for good.
    Writes,
    /// A change outside the project: of asrun's own files, or of the machine.
    Elsewhere,
}
use Does::{Answers, AnswersPrograms, Changes, Elsewhere, Writes};

/// Every command with a form that succeeds.
const FORMS: &[(&str, &str, Does)] = &[
    ("init", "asrun init", Writes),
    ("new", "asrun new later --id later", Changes("asrun undo -r later")),
    ("log", "asrun log -r one words", Changes("asrun undo -r one")),
    ("live", "echo words | asrun live one", Changes("asrun undo -r one")),
    ("plan", "asrun plan add 23:00 sleep -r one", Changes("asrun undo -r one")),
    ("show", "asrun show one", AnswersPrograms),
    ("compare", "asrun compare one", AnswersPrograms),
    ("chart", "asrun chart one -o chart.svg", Writes),
    ("render", "asrun render one --template html -o one.html", Writes),
    ("preview", "asrun preview --help", Answers),
    ("templates", "asrun templates list", Answers),
    ("search", "asrun search deploy", AnswersPrograms),
    ("history", "asrun history deploy", AnswersPrograms),
    ("stats", "asrun stats", AnswersPrograms),
    ("actions", "asrun actions add words -r one", Changes("asrun undo -r one")),
    ("lessons", "asrun lessons add well words -r one", Changes("asrun undo -r one")),
    ("list", "asrun list", AnswersPrograms),
    ("watch", "timeout 1 asrun watch one || true", Answers),
    ("brief", "asrun brief one", AnswersPrograms),
    (
        "import",
        "asrun import notes notes.log -r one --date 2024-09-07 --zone UTC --yes",
        Changes("asrun undo -r one"),
    ),
    ("link", "asrun link --apply -r one", Changes("asrun undo -r one")),
    ("amend", "asrun amend 1 -r one words", Changes("asrun undo -r one")),
    ("move", "asrun move 1 -r one --to two", Changes("asrun undo -r one")),
    ("merge", "asrun merge one two", Changes("asrun undo -r two")),
    ("rename", "asrun rename other -r one", Changes("asrun undo -r other")),
    ("delete", "asrun delete one", Changes("asrun undo -r one")),
    ("attach", "asrun attach notes.log -r one", Changes("asrun undo -r one")),
    ("edit", "EDITOR='sed -i s/slow/slower/' asrun edit one", Changes("asrun undo -r one")),
    ("undo", "asrun undo --list -r one", Answers),
    ("forget", "echo slow | asrun forget --stdin --yes", Writes),
    ("check", "asrun check one", AnswersPrograms),
    ("recover", "asrun recover one", Answers),
    ("get", "asrun get -r one", AnswersPrograms),
    ("set", "asrun set title words -r one", Changes("asrun undo -r one")),
    ("archive", "asrun archive one two", Changes("asrun undo")),
    ("close", "asrun close -r one", Changes("asrun undo -r one")),
    ("reopen", "asrun reopen -r two", Changes("asrun undo -r two")),
    ("review", "asrun review --draft -r one", Changes("asrun undo -r one")),
    ("select", "asrun select two", Elsewhere),
    ("schema", "asrun schema -o own.json", Writes),
    ("completions", "asrun completions bash", Answers),
    ("man", "mkdir -p pages && asrun man pages", Writes),
    ("config", "asrun config", Answers),
    ("doctor", "asrun doctor || true", Answers),
    ("help", "asrun help times", Answers),
];

/// Other forms of commands, and subcommands.
const OTHERS: &[(&str, &str, Does)] = &[
    ("plan move", "asrun plan move tell 09:30 -r one", Changes("asrun undo -r one")),
    ("plan edit", "asrun plan edit tell --owner Kim -r one", Changes("asrun undo -r one")),
    ("plan skip", "asrun plan skip tell -r one", Changes("asrun undo -r one")),
    ("plan unskip", "asrun plan unskip dns -r one", Changes("asrun undo -r one")),
    ("plan remove", "asrun plan remove tell -r one", Changes("asrun undo -r one")),
    ("plan shift", "asrun plan shift --by +10m -r one", Changes("asrun undo -r one")),
    (
        "plan rebase",
        "asrun plan rebase --at '2024-09-07 10:00' -r one",
        Changes("asrun undo -r one"),
    ),
    (
        "plan from",
        "asrun plan from one --at '2024-09-06 12:00' --apply -r two",
        Changes("asrun undo -r two"),
    ),
    ("plan run", "echo done | asrun plan run -r one", Changes("asrun undo -r one")),
    ("plan list", "asrun plan list one", AnswersPrograms),
    ("plan export", "asrun plan export one", Answers),
    ("actions", "asrun actions one", AnswersPrograms),
    ("actions done", "asrun actions done 1 -r one", Changes("asrun undo -r one")),
    ("lessons add", "asrun lessons add factor words -r one", Changes("asrun undo -r one")),
    ("lessons", "asrun lessons one --seen", AnswersPrograms),
    ("log", "asrun log -r one pool --type identified", Changes("asrun undo -r one")),
    ("log", "asrun log -r one words --at 08:05 --step tell", Changes("asrun undo -r one")),
    ("log", "asrun log -r one words --attach notes.log", Changes("asrun undo -r one")),
    ("amend", "asrun amend 1 --remove -r one", Changes("asrun undo -r one")),
    ("amend", "asrun amend 2 --at 08:00 --why because -r one", Changes("asrun undo -r one")),
    ("attach", "asrun attach notes.log --whole -r one", Changes("asrun undo -r one")),
    ("set", "asrun set severity sev2 -r one", Changes("asrun undo -r one")),
    ("set", "asrun set kind --clear -r one", Changes("asrun undo -r one")),
    ("set", "asrun set tags a b -r one", Changes("asrun undo -r one")),
    ("close", "asrun close -r two --at '2024-09-06 10:00'", Changes("asrun undo -r two")),
];

const ONE: &str = "\
# kept to the byte
title: 'Search is slow'
kind: outage
date: 2024-09-07
timezone: UTC
plan:
  - at: 2024-09-07T08:00Z   # by hand
    text: Deploy the index
  - {at: 2024-09-07T09:00Z, id: tell, text: Tell support}  # in one line
  - {at: 2024-09-07T09:05Z, id: dns, text: Switch DNS, skipped: no need}
# between two lists
events:
  - at: 2024-09-07T08:01Z
    text: Deployed the index
  # the first sign
  - {at: 2024-09-07T08:10Z, text: slow searches, type: detected}
actions:
  - text: alert on latency
";
const TWO: &str = "\
title: Login fails
kind: outage
date: 2024-09-06
timezone: UTC
events:
  - {at: 2024-09-06T08:10Z, text: 401 for all, type: detected}
  - {at: 2024-09-06T09:10Z, text: all green, type: resolved}
";

/// What a person wrote into the records, which no command is about.
const BY_HAND: [&str; 4] =
    ["# kept to the byte", "# by hand", "# between two lists", "  # the first sign\n"];

fn project() -> Terminal {
    project_with("incidents", "")
}

/// Returns a project with its records in that folder, with additional settings.
fn project_with(records: &str, settings: &str) -> Terminal {
    let terminal = Terminal::new(None);
    for (path, text) in [
        (format!("{records}/one.yaml").as_str(), ONE),
        (format!("{records}/two.yaml").as_str(), TWO),
        ("asrun.yaml", format!("timezone: UTC\nlanguage: en\n{settings}").as_str()),
        ("notes.log", "08:20 restarted the pool\n08:30 still slow\n"),
    ] {
        write(&terminal.folder().join(path), text.as_bytes());
    }
    terminal
}

fn there(terminal: &Terminal) -> BTreeMap<String, Vec<u8>> {
    files(&terminal.folder())
}

#[test]
fn every_command_is_in_the_table() {
    let listed = Terminal::new(None).outcome("asrun help", 10).out;
    let commands = listed.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let known: Vec<&str> = FORMS.iter().map(|(command, ..)| *command).collect();
    let missing: Vec<&&str> = commands.iter().filter(|command| !known.contains(command)).collect();
    assert!(commands.len() > 40 && missing.is_empty(), "{missing:?} of {commands:?}");
}

#[test]
fn every_command_explains_itself_in_both_languages() {
    let english = Terminal::new(None);
    let korean = Terminal::new(None).speaking("ko");
    for (command, ..) in FORMS {
        let help = format!("asrun {command} --help");
        let told = [&english, &korean].map(|terminal| terminal.outcome(&help, 10));
        let [english, korean] = told.map(|told| {
            assert_eq!((told.code, told.errors.as_str()), (Some(0), ""), "{help}");
            told.out
        });
        assert!(english.contains("Usage: asrun"), "{help}:\n{english}");
        assert!(korean.contains("사용법: asrun") && korean != english, "{help}:\n{korean}");
    }
}

#[test]
fn a_dry_run_changes_nothing_and_undo_restores_every_byte() {
    for (command, form, does) in FORMS.iter().chain(OTHERS) {
        let terminal = project();
        let before = there(&terminal);
        let rehearsed = terminal.outcome(&form.replace("asrun ", "asrun --dry-run "), 30);
        assert!(there(&terminal) == before, "{command}: a rehearsal changed something");
        let made = terminal.outcome(form, 30);
        assert_eq!(made.code, Some(0), "{form}: {made:?}");
        let says_it_cannot = rehearsed.code == Some(2) && rehearsed.errors.contains("no dry run");
        assert!(says_it_cannot || rehearsed.code == made.code, "{form} rehearsed: {rehearsed:?}");
        let changed = there(&terminal) != before;
        match does {
            Answers | AnswersPrograms | Elsewhere => {
                assert!(!changed, "{form} changed something")
            }
            Writes => {}
            Changes(undo) => {
                assert!(changed, "{form} changed nothing: {made:?}");
                // Nothing of a deleted record is left.
                let now = there(&terminal).into_values().flatten().collect();
                let now = String::from_utf8(now).unwrap();
                let kept = |text: &&&str| now.contains(**text) || *command == "delete";
                assert!(BY_HAND.iter().all(|text| kept(&text)), "{form} took a comment:\n{now}");
                let undone = terminal.outcome(undo, 30);
                assert_eq!(undone.code, Some(0), "{undo} after {form}: {undone:?}");
                assert!(there(&terminal) == before, "{form} is not taken back: {undone:?}");
            }
        }
    }
}

/// An obstacle for a command: the words before it in the shell, and a change of the project.
type InTheWay = (&'static str, &'static str, fn(&Path));

const IN_THE_WAY: &[InTheWay] = &[
    ("a disk that is full", "ulimit -f 0;", |_| {}),
    ("a disk that is nearly full", "ulimit -f 1;", |project| {
        for record in ["incidents/one.yaml", "incidents/two.yaml"] {
            let text = std::fs::read_to_string(project.join(record)).unwrap();
            write(&project.join(record), format!("{text}# {}\n", "x".repeat(1024)).as_bytes());
        }
    }),
    ("a link for asrun's own folder", "", |project| {
        symlink("../outside", project.join(".asrun")).unwrap();
    }),
    ("a file for asrun's own folder", "", |project| write(&project.join(".asrun"), b"mine")),
    ("a link for the folder of records", "", |project| {
        let outside = project.with_file_name("outside").join("records");
        std::fs::rename(project.join("incidents"), &outside).unwrap();
        symlink(outside, project.join("incidents")).unwrap();
    }),
    ("a broken record", "", |project| write(&project.join("incidents/one.yaml"), b"title: [\n")),
    ("broken settings", "", |project| write(&project.join("asrun.yaml"), b"timezone: [\n")),
];

/// Every command that fails, whatever the obstacle is, leaves every folder and file unchanged.
#[test]
fn a_command_that_something_is_in_the_way_of_leaves_every_folder_as_it_was() {
    let mut changed = Vec::new();
    for (what, before_it, put) in IN_THE_WAY {
        let mut failed = 0;
        for (command, form, _) in FORMS {
            let terminal = project();
            let home = terminal.folder().parent().unwrap().to_owned();
            std::fs::create_dir(home.join("outside")).unwrap();
            std::fs::create_dir(terminal.folder().join("pages")).unwrap();
            put(&terminal.folder());
            let before = all_below(&home);
            // The output goes through a pipe, so that a full disk does not affect it.
            let piped = format!("{{ {before_it} {form}; echo \"exit $?\"; }} 2>&1 | cat");
            let said = terminal.outcome(&piped, 30).out;
            let code = said.trim_end().rsplit_once("exit ").unwrap().1;
            // An event for a broken record is kept beside it.
            let is_kept = *what == "a broken record" && code == "4";
            failed += usize::from(code != "0");
            if code != "0" && !is_kept && all_below(&home) != before {
                changed.push(format!("{what}: {command}: {said}"));
            }
            assert!(!said.contains("panicked"), "{what}: {form}: {said}");
        }
        assert!(failed > 4, "{what} is in the way of {failed} commands");
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// The first file is copied, and the second does not fit on the disk any more.
#[test]
fn files_are_copied_all_or_none() {
    let terminal = project();
    write(&terminal.folder().join("long.log"), "slow\n".repeat(400).as_bytes());
    let before = there(&terminal);
    for command in [
        "asrun attach long.log -r one",
        "asrun attach notes.log long.log -r one",
        "asrun log -r one x --attach notes.log --attach long.log",
    ] {
        let refused = terminal.outcome(&format!("{{ ulimit -f 1; {command}; }} 2>&1 | cat"), 30);
        assert!(refused.out.contains("long.log"), "{command}: {refused:?}");
        assert!(there(&terminal) == before, "{command}: {refused:?}");
        assert!(!terminal.folder().join("incidents/assets").exists(), "{command}: {refused:?}");
    }
}

/// Paths that their owner made inaccessible: a path in the project, its new mode and its former mode.
const CLOSED: &[(&str, u32, u32)] = &[
    (".", 0o555, 0o755),
    ("incidents", 0o555, 0o755),
    ("incidents", 0o000, 0o755),
    ("incidents/one.yaml", 0o444, 0o644),
    ("incidents/one.yaml", 0o000, 0o644),
    (".asrun", 0o555, 0o755),
    (".asrun", 0o000, 0o755),
    ("asrun.yaml", 0o000, 0o644),
];

/// Every command that fails because of a missing permission leaves every folder and file unchanged. Root runs them as
/// another user who is subject to permissions.
#[test]
fn a_command_without_a_permission_leaves_every_folder_as_it_was() {
    let programs = tempfile::tempdir().unwrap();
    let mut changed = Vec::new();
    for (closed, mode, open) in CLOSED {
        let mut failed = 0;
        for (command, form, _) in FORMS {
            let terminal = project();
            let home = terminal.folder().parent().unwrap().to_owned();
            std::fs::create_dir(terminal.folder().join("pages")).unwrap();
            write(&terminal.folder().join(".asrun/.gitignore"), b"*\n");
            let terminal = terminal.held_by_permissions(programs.path());
            let set_mode = |mode: u32| {
                let path = terminal.folder().join(closed);
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
            };
            let before = all_below(&home);
            set_mode(*mode);
            let made = terminal.outcome(form, 30);
            set_mode(*open);
            failed += usize::from(made.code != Some(0));
            // An event for an unreadable record is kept beside it, and so is a text from an editor.
            let is_kept = *closed == "incidents/one.yaml" && made.code == Some(4)
                || made.errors.contains("what you wrote is in");
            if made.code != Some(0) && !is_kept && all_below(&home) != before {
                changed.push(format!("{closed} {mode:o}: {command}: {made:?}"));
            }
            let said = format!("{}{}", made.out, made.errors);
            assert!(!said.contains("panicked"), "{closed} {mode:o}: {form}: {said}");
        }
        assert!(failed > 0, "{closed} {mode:o} is in the way of no command");
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// A rename, a move, a merge and an undo of several records apply to all of them or to none.
#[test]
fn what_one_record_refuses_is_done_in_no_other() {
    let programs = tempfile::tempdir().unwrap();
    for (closed, mode, open, first, command) in [
        ("incidents/two.yaml", 0o444, 0o644, "true", "asrun rename other -r linked"),
        ("incidents/one.yaml", 0o444, 0o644, "true", "asrun move 1 -r one --to two"),
        (".asrun", 0o555, 0o755, "true", "asrun merge one two"),
        ("incidents/two.yaml", 0o444, 0o644, "asrun move 1 -r one --to two", "asrun undo -r one"),
        ("incidents/one.yaml", 0o444, 0o644, "asrun move 1 -r one --to two", "asrun undo -r one"),
    ] {
        let terminal = project();
        let linked = TWO.replace("Login fails", "Linked");
        write(&terminal.folder().join("incidents/linked.yaml"), linked.as_bytes());
        for record in ["one", "two"] {
            let path = terminal.folder().join(format!("incidents/{record}.yaml"));
            let text = std::fs::read_to_string(&path).unwrap();
            write(&path, format!("{text}summary: see linked.yaml\n").as_bytes());
        }
        write(&terminal.folder().join(".asrun/.gitignore"), b"*\n");
        let terminal = terminal.held_by_permissions(programs.path());
        let done = terminal.outcome(first, 30);
        assert_eq!(done.code, Some(0), "{done:?}");
        let (before, path) = (there(&terminal), terminal.folder().join(closed));
        let set_mode = |mode: u32| {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        set_mode(mode);
        let refused = terminal.outcome(command, 30);
        set_mode(open);
        assert_eq!(refused.code, Some(1), "{command}: {refused:?}");
        assert!(refused.errors.contains("permission denied"), "{command}: {refused:?}");
        assert!(there(&terminal) == before, "{command} with {closed} closed: {refused:?}");
    }
}

#[test]
fn what_programs_are_answered_is_json() {
    let terminal = project();
    let forms = FORMS.iter().chain(OTHERS);
    for (_, form, _) in forms.filter(|(.., does)| *does == AnswersPrograms) {
        let made = terminal.outcome(&format!("{form} --format json"), 30);
        let json: serde_json::Value = serde_json::from_str(&made.out)
            .unwrap_or_else(|fault| panic!("{form}: {fault}: {made:?}"));
        assert!(json["view"].is_u64(), "{form}: which contract it follows is not told");
    }
}

/// Commands that change something, but whose `--format` is that of what they print before it, or which are prompts.
const OTHERWISE: [&str; 5] = ["live", "plan run", "plan from", "import", "link"];

/// Commands that change whole records.
const WHOLE: [&str; 4] = ["new", "rename", "delete", "merge"];

#[test]
fn programs_are_told_what_was_changed() {
    for (command, form, does) in FORMS.iter().chain(OTHERS) {
        let is_told = matches!(does, Changes(_)) || *command == "select";
        if !is_told || OTHERWISE.contains(command) {
            continue;
        }
        let (tried, made) = (project(), project());
        let before = there(&tried);
        for (terminal, option) in [(&tried, " --dry-run"), (&made, "")] {
            if *command == "edit" && !option.is_empty() {
                continue;
            }
            let told = terminal.outcome(&format!("{form} --format json{option}"), 30);
            assert_eq!(told.code, Some(0), "{form}: {told:?}");
            let json: serde_json::Value = serde_json::from_str(&told.out)
                .unwrap_or_else(|fault| panic!("{form}: {fault}: {told:?}"));
            assert!(form.contains(json["command"].as_str().unwrap()), "{form}: {json}");
            assert_eq!(json["dry_run"], !option.is_empty(), "{form}: {json}");
            let records = json["records"].as_array().unwrap();
            assert!(!records.is_empty(), "{form}: {json}");
            for record in records {
                let (effects, changes) = (&record["effects"], &record["changes"]);
                let is_told = effects != &serde_json::json!([]);
                let is_noted = changes != &serde_json::json!([]);
                // What was made, moved or removed as a whole has a change, whose effects are not listed.
                let is_told = is_told || WHOLE.contains(command);
                assert_eq!(is_noted, is_told && option.is_empty(), "{form}: {json}");
            }
        }
        assert!(there(&tried) == before, "{form} changes something in a dry run");
    }
}

#[test]
fn records_in_another_folder_are_named_there_by_every_command() {
    for (language, folder) in [("en", "docs/postmortems"), ("ko", "문서/장애 기록")] {
        for (command, form, does) in FORMS {
            if form.contains("help") || *command == "completions" {
                continue;
            }
            let terminal = project_with(folder, &format!("records: {folder}\n")).speaking(language);
            let before = there(&terminal);
            let made = terminal.outcome(form, 30);
            assert_eq!(made.code, Some(0), "{form}: {made:?}");
            let mut said = made.out + &made.errors;
            if let Changes(undo) = does {
                let undone = terminal.outcome(undo, 30);
                assert!(there(&terminal) == before, "{form} is not taken back: {undone:?}");
                said += &(undone.out + &undone.errors);
            }
            assert!(!said.contains("incidents"), "{form}:\n{said}");
            assert!(!terminal.folder().join("incidents").exists(), "{form}");
        }
    }
}
