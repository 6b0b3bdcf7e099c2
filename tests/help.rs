//! Help is written for a terminal of 80 columns.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use support::{Terminal, verbs_in};
use unicode_width::UnicodeWidthStr;

#[test]
fn examples_are_not_broken_by_the_terminal() {
    let terminal = Terminal::new(None);
    let mut verbs = verbs_in(&terminal.said("asrun --help"));
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
