//! Tests of questions at a terminal that are cancelled.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use support::Terminal;
use support::pty::Pty;

/// Ctrl-C at a question of `log` is no answer: the typed text is repeated, and the terminal is restored.
#[test]
fn a_question_given_up_repeats_what_was_typed() {
    let terminal = Terminal::new(None);
    let made = "asrun init --timezone Asia/Seoul && asrun new a --id a && asrun new b --id b \
                && asrun log 'the pool is full' && rm .asrun/current";
    assert_eq!(terminal.outcome(made, 60).code, Some(0));
    let records = || terminal.outcome("cat incidents/*.yaml", 60).out;
    let before = records();
    for (command, question) in [
        ("asrun log the balancer is down", "which one? "),
        ("asrun close the balancer is down", "which one? "),
        ("asrun log the pool is full -r b", "log it again? [y/N] "),
    ] {
        let shell = format!("{command}; echo ended $?; stty -a | grep -c 'intr = ^C'; true");
        let mut pty = Pty::start(terminal.shell(&shell));
        pty.until(question);
        pty.press("1\u{3}");
        pty.until("NOT recorded");
        let words = command.split_once(" the ").unwrap().1.split(" -").next().unwrap();
        pty.until(words);
        pty.until("ended ");
        pty.until("\r\n1\r\n");
        pty.end();
        assert_eq!(records(), before, "{command}");
    }
}
