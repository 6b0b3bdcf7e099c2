//! Help is written for a terminal of 80 columns.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use support::Terminal;
use unicode_width::UnicodeWidthStr;

/// Every verb that the help names.
fn verbs(terminal: &Terminal) -> Vec<String> {
    let help = terminal.said("asrun --help");
    let verbs = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    verbs
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|verb| verb != "help")
        .collect()
}

#[test]
fn examples_are_not_broken_by_the_terminal() {
    let terminal = Terminal::new(None);
    let mut verbs = verbs(&terminal);
    assert!(verbs.len() > 15, "{verbs:?}");
    verbs.extend(
        ["plan add", "plan from", "plan check", "plan move", "plan skip"].map(str::to_owned),
    );
    verbs.push(String::new());
    let mut examples = 0;
    for verb in verbs {
        let wide = terminal.said(&format!("COLUMNS=200 asrun {verb} --help"));
        let about = wide.lines().take_while(|line| !line.starts_with("Usage:"));
        for line in about.filter(|line| line.starts_with("  ")) {
            examples += 1;
            assert!(line.width() <= 80, "asrun {verb} --help: {line}");
        }
    }
    assert!(examples > 30, "{examples} examples");
}
