//! Tests that any typed text is read by another YAML parser in exactly one additional event; or it is refused, and the
//! record is unchanged. And that what is printed to be pasted does what it says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![cfg(unix)]

mod support;

use std::fs;

use serde_yaml::Value;
use support::{Terminal, word, write};

/// A record with comments, quotes and blocks in every style.
const RECORD: &str = "\
# before everything
title: \"왁뮤 3.0 출시\"   # after a quoted text
date: \"2024-09-07\"
timezone: Asia/Seoul     # zone

# before the plan
plan:
  - at: \"2024-09-07T17:00:00+09:00\"   # step
    text: 진입 금지 플래그 설정
  # between two steps
  - at: \"2024-09-07T18:00:00+09:00\"
    text: >-
      PV 영상 공개 &
      진입 금지 플래그 제거
# before the events
events:   # after the key
  # before the first event
  - at: \"2024-09-07T00:00:00+09:00\"
    text: 'one'   # first
  - at: \"2024-09-07T00:01:00+09:00\"
    text: 'two'   # second
  - at: \"2024-09-07T00:02:00+09:00\"
    text: 'three'   # third
  # after the last event
";

/// Accepted texts.
const KEPT: &[&str] = &[
    "plain",
    "한국어 기록",
    "오후 6시 08분: 앱 진입 불가",
    // Special characters of YAML.
    "a: b",
    "a : b",
    "a:",
    ":a",
    "a:b",
    ":",
    ": c",
    "key: [x",
    "# not a comment",
    "a # b",
    "a #b",
    "- item",
    "--",
    "---",
    "--- x",
    "...",
    "- - -",
    "? q",
    "?",
    "[x]",
    "[",
    "]",
    "{x: y}",
    "{",
    "}",
    "{{ x }}",
    "a,b",
    ",",
    "*",
    "*star",
    "*star* text",
    "&",
    "&amp",
    "!",
    "!tag",
    "!!str x",
    "%d",
    "%YAML 1.2",
    "@at",
    "`tick`",
    "|",
    ">",
    ">-",
    "|2",
    "<<",
    "<< x",
    "=",
    // Quotes and backslashes.
    "'",
    "''",
    "\"",
    "\"\"",
    "it's",
    "say \"hi\"",
    "'both\"",
    "\\",
    "\\n",
    "\\x41",
    "C:\\new\\table",
    "a\\",
    "\"a\\",
    // Words that YAML does not read as texts.
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "true",
    "False",
    "null",
    "NULL",
    "~",
    "404",
    "0",
    "-0",
    "+1",
    "0777",
    "0o17",
    "0x1F",
    "0b1",
    "1e3",
    ".5",
    "1.",
    "1_000",
    "3.10",
    ".inf",
    "-.INF",
    ".nan",
    "12:30",
    "18:08:00",
    "190:20:30",
    "2024-09-07",
    "2024-09-07T18:00:00Z",
    // Conflict markers.
    "<<<<<<< HEAD",
    "=======",
    ">>>>>>> x",
    "||||||| base",
    "a\n=======\nb",
    "<<<<<<< a\nx\n=======\ny\n>>>>>>> b",
    // Spaces and lines.
    " lead",
    "trail ",
    "  both  ",
    "a  b",
    "\ttab",
    "a\tb",
    "tab\t",
    "line1\nline2",
    "line1\n\nline3\n",
    "\nlead",
    "trail\n",
    "trail\n\n",
    "a\n  indented\n b",
    "  a\nb",
    "a \nb",
    "a\n \nb",
    "a\n\tb",
    "a\n# c\n- d",
    "a\n---\nb",
    "a\n...\nb",
    "a\r\nb",
    "a\r\n\r\nb\r\n",
    "a\rb",
    "\rcr",
    "events:\n  - at: x",
    // Unicode.
    "é",
    "e\u{301}",
    "한글",
    "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
    "😂",
    "👩‍👩‍👧‍👦",
    "🏴\u{e0067}\u{e0062}",
    "ㅎㅎㅠㅠ",
    "日本語",
    "עברית",
    "a\u{85}b",
    "a\u{a0}b",
    "\u{a0}a",
    "\u{200b}",
    "\u{feff}bom",
    "a\u{feff}b",
    "\u{ad}",
    "a\u{2028}b\u{2029}c",
    "\u{202e}abc",
    "\u{10ffff}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{e000}",
    // Special characters of shells, formats and pages.
    "$(id)",
    "`id`",
    "${HOME}",
    "%s%n",
    "'; DROP TABLE",
    "<b>x</b>",
    "| a | b |",
    "```\ncode\n```",
    "![x](y.png)",
    "-rf",
    "--at",
    "--help",
    ";",
    "http://x/y#z",
];

/// Refused texts: empty ones, and those with characters that nobody types.
const REFUSED: &[&str] = &[
    // The standard input, which is empty.
    "-",
    "",
    " ",
    "\n",
    "\t\n ",
    "\u{a0}",
    "\u{2028}",
    "\u{85}",
    "a\u{1b}[31mb",
    "\u{1b}",
    "a\u{1}b",
    "a\u{7}b",
    "a\u{b}b",
    "a\u{c}b",
    "a\u{7f}b",
    "a\u{80}b",
    "a\u{9b}b",
];

/// A project with that record, on which texts are tried.
struct Desk {
    terminal: Terminal,
    before: Value,
}

impl Desk {
    fn new() -> Desk {
        let before = serde_yaml::from_str(RECORD).unwrap();
        Desk { terminal: Terminal::new(None), before }
    }

    /// Logs a text to the original record; returns what is wrong afterwards, if anything.
    fn fault(&self, text: &str, kept: bool) -> Option<String> {
        let path = self.terminal.folder().join("incidents/one.yaml");
        write(&path, RECORD.as_bytes());
        let command =
            format!("exec asrun log -r one --at 2024-09-07T18:00:00+09:00 -- {}", word(text));
        let made = self.terminal.outcome(&command, 30);
        let after = fs::read_to_string(&path).unwrap();
        let shown: String = text.chars().take(40).collect();
        let fault = match (made.code, kept) {
            (Some(0), true) => self.difference(&after, text),
            (Some(1 | 2), false) if after != RECORD => Some("the record changed".to_owned()),
            (Some(1 | 2), false) if !made.errors.starts_with("error: NOT recorded") => {
                Some(format!("no clear refusal: {}", made.errors))
            }
            (Some(1 | 2), false) => None,
            _ => Some(format!("{made:.300?}")),
        };
        fault.map(|fault| format!("{shown:?}: {fault}"))
    }

    /// Returns the difference from the record with exactly one more event.
    fn difference(&self, after: &str, text: &str) -> Option<String> {
        let mut lines = after.lines();
        if let Some(lost) = RECORD.lines().find(|line| !lines.any(|there| there == *line)) {
            return Some(format!("a line is lost: {lost}"));
        }
        let mut read: Value = match serde_yaml::from_str(after) {
            Ok(read) => read,
            Err(fault) => return Some(format!("another reader: {fault}")),
        };
        let events = read["events"].as_sequence_mut().unwrap();
        if events.len() != 4 {
            return Some(format!("{} events", events.len()));
        }
        let logged = events.remove(3);
        let said = logged["text"].as_str();
        let typed = text.replace("\r\n", "\n").trim().to_owned();
        if said != Some(&typed) {
            return Some(format!("it became {:.200?}", logged["text"]));
        }
        (read != self.before).then(|| "something else changed".to_owned())
    }

    fn all<'a>(&self, texts: impl IntoIterator<Item = &'a str>, kept: bool) {
        let faults: Vec<String> =
            texts.into_iter().filter_map(|text| self.fault(text, kept)).collect();
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    }
}

#[test]
fn a_text_is_kept_as_it_was_typed() {
    Desk::new().all(KEPT.iter().copied(), true);
}

#[test]
fn an_empty_text_or_one_with_control_characters_is_refused() {
    Desk::new().all(REFUSED.iter().copied(), false);
}

#[test]
fn a_long_text_is_kept() {
    let texts = ["x".repeat(100_000), "word ".repeat(2_000), "a: b\n".repeat(2_000)];
    Desk::new().all(texts.iter().map(String::as_str), true);
}

#[test]
fn texts_of_any_characters_are_kept() {
    const SIGNS: &[char] = &[
        'a', 'b', ' ', '\n', '\t', ':', '#', '-', '\'', '"', '\\', '[', ']', '{', '}', '|', '>',
        '&', '*', '!', '%', '@', '`', ',', '?', '~', '=', '<', '한', 'é', '😀', '\u{2028}',
        '\u{feff}', '0', '1',
    ];
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut text = || -> String { (0..=next(24)).map(|_| SIGNS[next(SIGNS.len())]).collect() };
    let texts: Vec<String> = (0..100).map(|_| format!("{}x", text())).collect();
    Desk::new().all(texts.iter().map(String::as_str), true);
}

/// Settings in every style, with and without the key that is pasted into.
const SETTINGS: &[&str] = &[
    "",
    "timezone: Asia/Seoul # zone\n",
    "steps:\n  # the old ones\n  QA: [Quality]\n\nauthor: sam\n",
    "steps:\n    QA:\n      - Quality\n",
    "author: sam\nsteps: {QA: [Quality], \"Dry run\": [x]} # ours\n",
    "steps: {}\n",
    "steps:\n  {\n    QA: [Quality]\n  }\n",
    "steps:\n",
    "steps: ~\n",
    "{timezone: Asia/Seoul, author: sam}\n",
];

/// Pastes what a note says, where it says so.
fn pasted(settings: &str, note: &str) -> String {
    let (said, text) = note.split_once(":\n").unwrap_or_else(|| panic!("{note}"));
    let (_, place) = said.rsplit_once("asrun.yaml").unwrap();
    let numbers: Vec<usize> = place
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect();
    let mut lines: Vec<String> = settings.lines().map(str::to_owned).collect();
    let text = text.trim_end();
    match numbers[..] {
        [] => lines.push(text.to_owned()),
        [line, column] => {
            assert_eq!(lines[line - 1].chars().nth(column - 1), Some('{'), "{note}");
            let at = lines[line - 1].char_indices().nth(column).map_or(column, |(at, _)| at);
            lines[line - 1].insert_str(at, text);
        }
        [line] if place.contains("place") || place.contains("대신") => {
            text.clone_into(&mut lines[line - 1]);
        }
        [line] => lines.insert(line, text.to_owned()),
        _ => panic!("{note}"),
    }
    lines.join("\n") + "\n"
}

/// Returns a terminal with releases whose plans have a step in these words.
fn releases(wordings: &[&str], settings: &str, language: &'static str) -> Terminal {
    let terminal = Terminal::new(None).speaking(language);
    let folder = terminal.folder();
    fs::create_dir(folder.join("incidents")).unwrap();
    for (number, text) in wordings.iter().enumerate() {
        let record = format!(
            "title: App\nkind: release\nlanguage: {language}\nversion: \"{number}.0\"\ntimezone: Asia/Seoul\n\
             plan:\n  - {{at: 2024-0{}-02T10:00+09:00, id: step-{number}, text: {}}}\n\
             events:\n  - {{at: 2024-0{0}-02T10:30+09:00, text: x, step: step-{number}}}\n",
            number + 1,
            support::scalar(text),
        );
        fs::write(folder.join(format!("incidents/app-{number}.0.yaml")), record).unwrap();
    }
    fs::write(folder.join("incidents/empty.yaml"), "title: Empty\ntimezone: Asia/Seoul\n").unwrap();
    fs::write(folder.join("asrun.yaml"), settings).unwrap();
    terminal
}

#[test]
fn what_a_note_prints_makes_steps_one_wherever_it_is_pasted() {
    let pairs = [
        ("Smoke", "Standup"),
        ("Announcement", "Newsletter"),
        ("Smoke test", "Sanity check"),
        ("Smoke: \"test\" # {1}", "Sanity, [check]"),
        ("Hand it over to QA", "Give the build away"),
        ("공지", "소식지"),
        ("서버 점검", "연기"),
        ("연기 시험 실시", "한 바퀴 돌려 보기"),
    ];
    for (place, (known, other)) in pairs.iter().enumerate() {
        for language in ["en", "ko"] {
            for settings in
                [SETTINGS[place % SETTINGS.len()], SETTINGS[(place + 5) % SETTINGS.len()]]
            {
                let terminal = releases(&[known, other], settings, language);
                let history = format!("COLUMNS=200 asrun history -- {}", word(known));
                let outcome = terminal.outcome(&history, 60);
                let words = if language == "en" { "OTHER WORDS" } else { "다른 표현" };
                assert!(outcome.errors.contains(words), "{known}: {outcome:?}");
                let other_word = serde_json::to_string(other).unwrap();
                let note = outcome.errors.replace(&format!("\"{words}\""), &other_word);
                let settings = pasted(settings, &note);
                fs::write(terminal.folder().join("asrun.yaml"), &settings).unwrap();
                let outcome = terminal.outcome(&history, 60);
                assert_eq!(outcome.errors, "", "{known} in {settings}");
                assert_eq!(
                    outcome.out.matches("app-").count(),
                    2,
                    "{known} in {settings}: {outcome:?}"
                );
                assert!(!outcome.out.contains('≈'), "{outcome:?}");
            }
        }
    }
}

#[test]
fn what_stats_and_compare_print_makes_steps_one_wherever_it_is_pasted() {
    let pair = ["Submit to App Store", "앱스토어에 심사 제출"];
    let known = "steps:\n  Submit to App Store: [store]\n  앱스토어에 심사 제출: [상점]\n";
    for language in ["en", "ko"] {
        for settings in SETTINGS.iter().chain([&known]) {
            for command in ["asrun stats", "asrun compare 0.0 1.0"] {
                let terminal = releases(&pair, settings, language);
                let notes = || {
                    let out = terminal.outcome(&format!("{command} --format json"), 60).out;
                    let view: serde_json::Value = serde_json::from_str(&out).unwrap();
                    let notes = view["notes"].as_array().unwrap().iter();
                    let notes = notes.map(|note| note.as_str().unwrap().to_owned());
                    notes.filter(|note| note.contains("asrun.yaml")).collect::<Vec<_>>()
                };
                let [note] = &notes()[..] else { panic!("{command}: {:?}", notes()) };
                let settings = pasted(settings, note);
                fs::write(terminal.folder().join("asrun.yaml"), &settings).unwrap();
                assert_eq!(notes(), Vec::<String>::new(), "{command}: {settings}");
                let history = terminal.outcome("COLUMNS=200 asrun history Submit to App Store", 60);
                assert_eq!(history.errors, "", "{settings}");
                assert_eq!(history.out.matches("app-").count(), 2, "{history:?}");
            }
        }
    }
}
