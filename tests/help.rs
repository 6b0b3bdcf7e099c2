//! Help is written for a terminal of 80 columns.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use std::fs;
use std::path::Path;

use support::Terminal;
use unicode_width::UnicodeWidthStr;

#[test]
fn examples_are_not_broken_by_the_terminal() {
    let terminal = Terminal::new(None);
    // The page lists every command, and another test compares it with what is there.
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let page = fs::read_to_string(page).unwrap();
    let verbs = page.lines().filter_map(|line| line.strip_prefix("## asrun"));
    let mut examples = Vec::new();
    for verb in verbs {
        let wide = terminal.said(&format!("COLUMNS=200 asrun {verb} --help"));
        let about = wide.lines().take_while(|line| !line.starts_with("Usage:"));
        for line in about.filter(|line| line.starts_with("  ")) {
            assert!(line.width() <= 80, "asrun {verb} --help: {line}");
            examples.push(line.trim().to_owned());
        }
    }
    for known in ["asrun log \"5xx on checkout\" --type detected", "asrun check --strict"] {
        assert!(examples.iter().any(|line| line.starts_with(known)), "{known} was not looked at");
    }
}

#[test]
fn every_page_in_korean_is_korean_and_fits() {
    let terminal = Terminal::new(None);
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let page = fs::read_to_string(page).unwrap();
    let verbs: Vec<&str> = page.lines().filter_map(|it| it.strip_prefix("## asrun")).collect();
    assert!(verbs.len() > 40, "{verbs:?}");
    let english = [
        "Usage",
        "Commands:",
        "Arguments:",
        "Options:",
        "Print ",
        "ossible values",
        "[default",
        "[env",
    ];
    let mut faults = Vec::new();
    for width in [60, 80, 120] {
        let asked =
            verbs.iter().flat_map(|verb| ["-h", "--help"].map(|flag| format!("{verb} {flag}")));
        for asked in asked {
            let said = terminal.said(&format!("LANG=ko_KR.UTF-8 COLUMNS={width} asrun{asked}"));
            assert!(
                said.contains("사용법: asrun") && said.contains("도움말을 보여 줍니다"),
                "{said}"
            );
            let is_fault =
                |line: &&str| line.width() > width || english.iter().any(|it| line.contains(it));
            faults.extend(said.lines().filter(is_fault).map(|line| format!("{asked}: {line}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
