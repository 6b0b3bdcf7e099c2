//! Tests of questions at a terminal.

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
        pty.press("x\u{3}");
        pty.until("NOT recorded");
        let words = command.split_once(" the ").unwrap().1.split(" -").next().unwrap();
        pty.until(words);
        pty.until("ended ");
        pty.until("\r\n1\r\n");
        pty.end();
        assert_eq!(records(), before, "{command}");
    }
}

/// A digit chooses without Enter, a wrong answer is asked about again, and what is typed after it is left to others.
#[test]
fn one_key_chooses_a_record_and_a_wrong_one_is_asked_about_again() {
    let terminal = Terminal::new(None);
    let made = "asrun init --timezone Asia/Seoul && asrun new Search --id s \
                && asrun new 'Checkout is down' --id checkout && rm .asrun/current";
    assert_eq!(terminal.outcome(made, 60).code, Some(0));
    let mut pty = Pty::start(terminal.shell(
        "asrun log one; asrun select; asrun select; asrun log two; rm .asrun/current; \
         asrun log three; read -r rest; echo rest $rest; stty -a | grep -c ' echo '; true",
    ));
    let listed = pty.until("which one? ");
    assert!(listed.contains("\r\n  1  checkout  Checkout is down\r\n  2  s         Search\r\n"));
    for (keys, why) in [
        ("3", "\"3\" is no number up to 2 and in no id; press"),
        ("\r", "nothing was typed; press"),
        ("sum\u{1b}[D\u{7f}\u{7f}x\r", "\"sx\" is no number up to 2 and in no id; press"),
        ("0\r", "\"0\" is no number up to 2 and in no id; press"),
    ] {
        pty.press(keys);
        pty.until(why);
        pty.until("which one? ");
    }
    pty.press("2");
    pty.until("→ s");
    // What is chosen for one command is not chosen for the next, but by select.
    pty.until("which one? ");
    pty.press("check\r");
    pty.until("checkout is the current record now");
    pty.until("chosen by asrun select");
    pty.until("→ checkout");
    pty.until("which one? ");
    pty.press("1\rnext\r");
    pty.until("→ checkout");
    pty.until("rest next\r\n1\r\n");
    assert!(pty.end().success(), "{}", pty.seen);
}
