//! Tests that help fits a terminal of 80 columns, and that help and answers fit narrower and wider ones.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use std::fs;
use std::path::Path;

use support::{Terminal, write};
use unicode_width::UnicodeWidthStr;

#[test]
fn examples_are_not_broken_by_the_terminal() {
    let terminal = Terminal::new(None);
    // The page lists every command, and another test keeps it up to date.
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

/// A source line that is slightly too long would leave a single word on the next line.
#[test]
fn no_word_is_left_alone_by_the_end_of_a_line() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let page = fs::read_to_string(page).unwrap();
    let lines: Vec<&str> = page.lines().collect();
    let is_text = |line: &str| !line.is_empty() && !line.starts_with([' ', '#', '`']);
    let alone = lines.windows(3).filter(|lines| {
        let is_paragraph = lines.iter().all(|line| is_text(line));
        is_paragraph && lines[0].width() > 62 && lines[1].width() < 15
    });
    let alone: Vec<_> = alone.collect();
    assert!(lines.len() > 3000 && alone.is_empty(), "{alone:#?}");
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

/// Messages for a command line that was not understood. Other refusals are about things that the record of the test
/// lacks.
const NOT_UNDERSTOOD: [&str; 5] =
    ["as a time", "is an amount of time", "Usage:", "must be quoted", "behind the time"];

/// Returns the command in a line of a help page, without comments and redirections; `None` if it contains a
/// placeholder.
fn example(line: &str) -> Option<&str> {
    let command = line.strip_prefix("  asrun ")?.split("  ").next()?;
    let command = command.split(['|', '<', '>']).next()?.trim();
    let stands_for_another = |word: &str| {
        let is_capital = |c: char| c.is_ascii_uppercase() || c == '-' || c == '|';
        word.len() > 2
            && word != "UTC"
            && word.starts_with(char::is_alphabetic)
            && word.trim_matches(['[', ']', '.']).chars().all(is_capital)
    };
    (!command.split(' ').any(stands_for_another)).then_some(command)
}

/// At least the syntax of each example is understood, including its times.
#[test]
fn every_example_is_understood() {
    let terminal = project();
    let made = "asrun new Checkout --id 2024-09-07-checkout --date 2024-12-02 && asrun actions add one \
        && for step in deploy papers announce; do asrun plan add 17:00 $step --id $step || exit 1; done \
        && for event in 1 2 3 4 5 6 7 8; do asrun log \"event $event\" || exit 1; done";
    assert_eq!(terminal.outcome(made, 60).code, Some(0));
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let page = fs::read_to_string(page).unwrap();
    let verbs: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("## asrun")).map(str::trim).collect();
    let is_command = |line: &&str| line.split(' ').next().is_some_and(|verb| verbs.contains(&verb));
    let mut examples = std::collections::BTreeSet::new();
    for (verb, language) in verbs.iter().flat_map(|verb| ["en_US", "ko_KR"].map(|it| (verb, it))) {
        let asked = format!("LANG={language}.UTF-8 COLUMNS=200 asrun {verb} --help");
        let said = terminal.said(&asked);
        examples.extend(said.lines().filter_map(example).filter(is_command).map(str::to_owned));
    }
    assert!(examples.len() > 150, "{}", examples.len());
    let mut faults = Vec::new();
    for example in examples {
        let ran = terminal.outcome(&format!("asrun --dry-run {example} < /dev/null"), 60);
        if NOT_UNDERSTOOD.iter().any(|words| ran.errors.contains(words)) {
            faults.push(format!("asrun {example}: {}", ran.errors));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Commands whose output is laid out for a terminal.
const ANSWERS: &[&str] = &[
    "list",
    "list --columns id,date,kind,version,severity,open,state,events,services,tags,author,title",
    "list --unreadable",
    "search 배포",
    "search checkout",
    "history 배포",
    "history 리젝",
    "stats",
    "stats --by kind",
    "stats --by month",
    "stats --explain",
    "actions --all",
    "lessons",
    "show 2.0",
    "show 3.0 --full",
    "show checkout --zone UTC",
    "show 이틀",
    "compare 이틀",
    "compare 2.0 3.0 --zone UTC",
    "compare 3.0 checkout",
    "link -r 이틀",
    "plan from 2.0 --at 2024-12-05T18:00",
    "chart 이틀",
    "chart checkout",
    "templates list",
    "config",
    "doctor",
    "undo --list -r 이틀",
];

/// Returns the sample records, and one with the widest possible times.
fn project() -> Terminal {
    let mut terminal = Terminal::new(None);
    terminal.set_clock("2024-12-02T12:00:00+09:00");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("incidents");
    let folder = terminal.folder().join("incidents");
    for entry in fs::read_dir(samples).unwrap().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|extension| extension == "yaml") {
            write(&folder.join(entry.file_name()), &fs::read(entry.path()).unwrap());
        }
    }
    let wide = "title: 이틀에 걸친 데이터베이스 이전과 그 뒤의 결제 지연, 그리고 아주 긴 제목 하나\nkind: release\n\
        severity: sev2\nlanguage: ko\ntimezone: Asia/Seoul\nsample: true\nplan:\n  \
        - {id: migrate, at: 2024-12-01T22:00+09:00, until: 2024-12-02T02:00+09:00, text: 데이터베이스 이전, owner: 김하늘}\n  \
        - {id: replica, at: 2024-12-02T03:00+09:00, text: 이전에 쓰던 복제본을 내림}\nevents:\n  \
        - {at: 2024-12-01T22:05:30+09:00, until: 2024-12-02T02:41:10+09:00, text: 데이터베이스 이전, step: migrate}\n  \
        - {at: 2024-12-02T02:50:05+09:00, text: 결제 지연, type: detected, by: 온콜}\n";
    write(&folder.join("이틀.yaml"), wide.as_bytes());
    terminal
}

/// Whether a span was broken within a time: `22:05:30–0`, `22:05:30–02:4`.
fn is_half_a_time(word: &str) -> bool {
    let end = word.split_once('–').filter(|(begin, _)| begin.contains(':')).map(|(_, end)| end);
    end.is_some_and(|end| end.rsplit([':', '-']).next().is_none_or(|last| last.len() != 2))
}

#[test]
fn answers_fit_the_terminal() {
    let terminal = project();
    terminal.said("asrun log -r 이틀 '이전에 쓰던 복제본을 내림' --at '2024-12-02 03:10'");
    let mut faults = Vec::new();
    for (language, width) in ["en", "ko"].iter().flat_map(|it| [60, 80, 120].map(|at| (it, at))) {
        for asked in ANSWERS {
            let said = terminal
                .said(&format!("ASRUN_TERMINAL_LANGUAGE={language} COLUMNS={width} asrun {asked}"));
            assert!(said.len() > 80 || asked.contains("unreadable"), "{asked}: {said}");
            // A path, or another word that cannot be broken, is alone on its line; the error output, which is no
            // terminal here, is not wrapped.
            let is_fault = |line: &&str| {
                line.width() > width
                    && !line.starts_with("! ")
                    && line.split_whitespace().nth(1).is_some()
                    || line.split_whitespace().any(is_half_a_time)
            };
            let told = |line: &str| format!("{asked} ({language}, {width}): {line}");
            faults.extend(said.lines().filter(is_fault).map(told));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
