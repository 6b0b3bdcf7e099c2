//! Tests of importing at a terminal: the result can be edited before it is written, and the user's changes are kept.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::fs;

use support::Terminal;
use support::pty::Pty;

const NOTES: &str = "2024-09-07\n18:08 pool exhausted\n18:20 restart\n18:40 calm\n19:00 green\n";

/// Returns a project with notes to import, and an editor that runs a shell command on the file `$1`.
fn terminal(edits: &str) -> Terminal {
    let terminal = Terminal::new(None);
    terminal.said("asrun init --timezone Asia/Seoul");
    fs::write(terminal.folder().join("notes.txt"), NOTES).unwrap();
    let editor = terminal.folder().join("editor.sh");
    fs::write(editor, format!("#!/bin/sh\n{edits}\n")).unwrap();
    terminal.said("chmod +x editor.sh");
    terminal
}

fn import(terminal: &Terminal) -> Pty {
    let command = "EDITOR=$PWD/editor.sh exec asrun import notes.txt --zone Asia/Seoul --id pool";
    Pty::start(terminal.shell(command))
}

fn record(terminal: &Terminal) -> String {
    fs::read_to_string(terminal.folder().join("incidents/pool.yaml")).unwrap()
}

#[test]
fn what_is_edited_before_it_is_written_is_the_persons() {
    let edits = "sed -i -e 's/restart/restart of both/' -e '/calm/d' \"$1\"";
    let terminal = terminal(edits);
    let mut pty = import(&terminal);
    pty.until("e to edit it first] ");
    pty.press("e\r");
    pty.until("e to edit it first] ");
    assert!(!terminal.folder().join("incidents/pool.yaml").exists(), "nothing is written yet");
    pty.press("y\r");
    assert!(pty.end().success(), "{}", pty.seen);
    let written = record(&terminal);
    assert!(written.contains("restart of both") && !written.contains("calm"), "{written}");
    assert!(!pty.seen.contains("kept in"), "{}", pty.seen);

    // Importing the same document again changes nothing.
    let import = "asrun import notes.txt --zone Asia/Seoul --id pool --yes";
    terminal.outcome(import, 60);
    assert_eq!(record(&terminal), written);
    // Nor does a corrected one in which all lines moved down, except that its new lines are added.
    let corrected =
        NOTES.replace("18:08", "18:07 alarm\n18:08").replace("restart", "restart of all");
    fs::write(terminal.folder().join("notes.txt"), corrected).unwrap();
    let said = terminal.outcome(&format!("{import} --update"), 60);
    assert_eq!(said.code, Some(1), "{}{}", said.out, said.errors);
    assert!(said.errors.contains("notes.txt:4"), "{}", said.errors);
    let now = record(&terminal);
    assert!(now.contains("restart of both") && !now.contains("calm"), "{now}");
    assert!(now.contains("text: alarm") && !now.contains("restart of all"), "{now}");

    // The later import, the edits and the first import are undone one after the other.
    terminal.said("asrun undo -r pool");
    assert_eq!(record(&terminal), written);
    terminal.said("asrun undo -r pool");
    assert!(record(&terminal).contains("calm"), "{}", record(&terminal));
    terminal.said("asrun undo -r pool");
    assert!(!terminal.folder().join("incidents/pool.yaml").exists());
}

#[test]
fn a_document_under_another_name_is_known() {
    let terminal = terminal("true");
    terminal.said("asrun import notes.txt --zone Asia/Seoul --id pool --yes");
    let written = record(&terminal);
    terminal.said("mv notes.txt other.txt");
    let said = terminal.said("asrun import other.txt --zone Asia/Seoul -r pool --yes");
    assert!(said.contains("4 already there") && !said.contains("removed"), "{said}");
    let events = |text: &str| text.matches("text:").count();
    assert_eq!(events(&record(&terminal)), events(&written));
    terminal.said("asrun amend 1 --remove -r pool");
    terminal.said("mv other.txt third.txt");
    let said = terminal.said("asrun import third.txt --zone Asia/Seoul -r pool --yes");
    assert!(said.contains("3 already there, 1 removed earlier"), "{said}");
    assert_eq!(events(&record(&terminal)), events(&written) - 1);
}

#[test]
fn a_text_that_is_no_record_is_kept_and_nothing_is_written() {
    let terminal = terminal("echo 'events: [' > \"$1\"");
    let mut pty = import(&terminal);
    pty.until("e to edit it first] ");
    pty.press("e\r");
    pty.until("press Enter to open the editor");
    pty.press("q\r");
    assert_eq!(pty.end().code(), Some(1), "{}", pty.seen);
    assert!(pty.seen.contains("was not imported; what you wrote is kept in"), "{}", pty.seen);
    let kept = fs::read_to_string(terminal.folder().join(".asrun/pool.edit.yaml")).unwrap();
    assert_eq!(kept, "events: [\n");
    assert!(!terminal.folder().join("incidents/pool.yaml").exists());
}

#[test]
fn who_edits_and_then_declines_keeps_what_was_written() {
    let terminal = terminal("echo '# mine' >> \"$1\"");
    let mut pty = import(&terminal);
    pty.until("e to edit it first] ");
    pty.press("e\r");
    pty.until("e to edit it first] ");
    pty.press("n\r");
    assert!(pty.end().success(), "{}", pty.seen);
    assert!(pty.seen.contains("pool.edit.yaml"), "{}", pty.seen);
    let kept = fs::read_to_string(terminal.folder().join(".asrun/pool.edit.yaml")).unwrap();
    assert!(kept.ends_with("# mine\n"), "{kept}");
    assert!(!terminal.folder().join("incidents/pool.yaml").exists());
}

#[test]
fn a_record_that_is_there_is_edited_as_it_would_be() {
    let terminal = terminal("sed -i 's/restart/restart of both/' \"$1\"");
    terminal.said("asrun new Pool --id pool --kind outage --date 2024-09-07");
    let command = "EDITOR=$PWD/editor.sh exec asrun import notes.txt --zone Asia/Seoul -r pool";
    let mut pty = Pty::start(terminal.shell(command));
    pty.until("e to edit it first] ");
    pty.press("e\r");
    pty.until("e to edit it first] ");
    // Somebody logs an event meanwhile.
    terminal.said("asrun log 'phones ring' --at 18:10 -r pool");
    pty.press("y\r");
    assert!(pty.end().success(), "{}", pty.seen);
    let now = record(&terminal);
    for said in ["title: Pool", "phones ring", "restart of both", "pool exhausted"] {
        assert!(now.contains(said), "{said}: {now}");
    }
}
