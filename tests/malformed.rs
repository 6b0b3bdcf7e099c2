//! Tests of broken files: truncated, overwritten, half merged, mistyped, or not files at all. Each is refused at once
//! with the right line, and stays unchanged.
//!
//! A row of a table is one file: the expected first fault, the text, and the lines that may be reported.
//! `support::filled` defines `$HEAD` and similar names.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::fs;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use asrun::format::read;
use asrun::yaml::Code::{self, *};
use asrun::yaml::{Position, decode_utf8};
use support::{Terminal, filled, write};

type Lines = RangeInclusive<usize>;

/// One broken file.
struct Broken {
    bytes: Vec<u8>,
    code: Code,
    lines: Lines,
}

const NOTHING: &[(Code, &str, Lines)] = &[
    (Empty, "", 1..=1),
    (Empty, "\n\n\n", 1..=3),
    (Empty, "# nothing else\n", 1..=1),
    (Empty, "~\n", 1..=1),
    (NotARecord, "just a sentence\n", 1..=1),
    (NotARecord, "42\n", 1..=1),
    (NotARecord, "- at: x\n- y\n", 1..=1),
];

/// Values of an event's `text`, which is on line 9.
const TEXTS: &[(Code, &str)] = &[
    (ControlCharacter, "a\x1b[31mred"),
    (ControlCharacter, "a\x07b"),
    (ControlCharacter, "a\x0b\x0cb"),
    (ControlCharacter, "a\0b"),
    (ControlCharacter, "a\u{9b}31mb"),
    (ControlCharacter, "a\u{fffe}b"),
    (Alias, "*nowhere"),
    (Alias, "*중요* 확인"),
    (NotYaml, "& x"),
    (Tag, "!warn 확인"),
    (Tag, "!include /etc/passwd"),
    (Tag, "!!python/object/apply:os.system [\"touch pwned\"]"),
    (Tag, "!!binary aGk="),
    (NotYaml, "!x!y z"),
    (WrongType, "[a, b]"),
    (WrongType, "{a: b}"),
    (WrongType, "{{ name }}"),
    (EmptyValue, ""),
    (EmptyValue, "\"\""),
    (EmptyValue, "~"),
    (NotYaml, "\"never closed"),
    (NotYaml, "'never closed"),
    (NotYaml, "\"said\" he"),
    (NotYaml, "error: timeout: 10s"),
    (NotYaml, "text: x"),
    (NotYaml, "\"C:\\qath\""),
    (NotYaml, "\"\\xZZ\""),
    (NotYaml, "@oncall 확인"),
    (NotYaml, "`kubectl get pods`"),
    (NotYaml, "| grep x"),
    (NotYaml, "> 10초"),
];

/// The same, in bytes that are not UTF-8.
const RAW_TEXTS: &[&[u8]] = &[
    b"\xbc\xad\xb9\xf6 \xc0\xe5\xbe\xd6", // EUC-KR
    b"caf\xe9",                           // Latin-1
    b"\xec\x84\x9c\xeb\xb2",              // a character cut in two
    b"\xc0\xaf",                          // longer than it need be
    b"\xed\xa0\xbd\xed\xb8\x82",          // surrogates
    b"\xf4\x90\x80\x80",                  // beyond Unicode
    b"\x80\x81",                          // the end of a character only
];

/// Values of an event's `at`, which is on line 8.
const TIMES: &[(Code, &str)] = &[
    (WrongType, "[1, 2]"),
    (WrongType, "{h: 18}"),
    (EmptyValue, ""),
    (EmptyValue, "\"\""),
    (BadTime, "true"),
    (BadTime, "soon"),
    (BadTime, "18"),
    (BadTime, "18:08"),
    (BadTime, "\"18:08\""),
    (BadTime, "\"2024-02-30T10:00:00+09:00\""),
    (BadTime, "\"2023-02-29T10:00:00+09:00\""),
    (BadTime, "\"2024-13-01T10:00:00+09:00\""),
    (BadTime, "\"2024-00-10T10:00:00+09:00\""),
    (BadTime, "\"2024-09-31T10:00:00+09:00\""),
    (BadTime, "\"2024-09-07T24:00:00+09:00\""),
    (BadTime, "\"2024-09-07T24:01:00+09:00\""),
    (BadTime, "\"2024-09-07T25:00:00+09:00\""),
    (BadTime, "\"2024-09-07T17:60:00+09:00\""),
    (BadTime, "\"2024-09-07T17:00:61+09:00\""),
    (BadTime, "\"2016-12-31T23:59:60Z\""),
    (BadTime, "\"2024-09-07T17:00:00+25:00\""),
    (BadTime, "\"2024-09-07T17:00:00+09:99\""),
    (BadTime, "\"2024-09-07T17:00:00 Mars/Base\""),
    (BadTime, "\"99999-01-01T00:00:00Z\""),
    (BadTime, "\"-0001-01-01T00:00:00Z\""),
    (BadTime, "\"2024-09-07T\""),
    (BadTime, "\"2024-09-0717:00\""),
    (BadTime, "\"17:00:00:00\""),
    (BadTime, "\"2024-W99-1\""),
    (BadTime, "\"2024/99/99 10:00\""),
    (BadTime, "\"1e999\""),
    (BadTime, "\"２０２４-09-07T17:00\""),
    (BadTime, "\"2024-09-07T17:00:00+09:00 extra\""),
];

const TYPES: &[(Code, &str, Lines)] = &[
    (WrongType, "$HEADevents: 5\n", 5..=5),
    (WrongType, "$HEADevents: later\n", 5..=5),
    (WrongType, "$HEADevents: {at: 1}\n", 5..=5),
    (WrongType, "$HEADevents: true\n", 5..=5),
    (WrongType, "$HEADevents: 1.5\n", 5..=5),
    (WrongType, "$HEAD$EVENTS  - 7\n", 8..=8),
    (WrongType, "$HEAD$EVENTS  - just words\n", 8..=8),
    (WrongType, "$HEAD$EVENTS  - ~\n", 8..=8),
    (WrongType, "$HEAD$EVENTS  - [a, b]\n", 8..=8),
    (WrongType, "$HEAD$EVENTS  - no\n", 8..=8),
    (MissingKey, "$HEAD$EVENTS  - {}\n", 8..=8),
    (MissingKey, "$HEAD$EVENTS  - text: without a time\n", 8..=8),
    (MissingKey, "$HEAD$EVENTS  - at: $AT\n", 8..=9),
    (MissingKey, "# without a title\ndate: 2024-09-07\n$EVENTS", 2..=2),
    (WrongType, "title: [a, b]\n$EVENTS", 1..=1),
    (WrongType, "title: {a: b}\n$EVENTS", 1..=1),
    (WrongType, "$HEADplan: soon\n$EVENTS", 5..=5),
    (WrongType, "$HEADplan:\n  - 3\n$EVENTS", 6..=6),
    (UnknownZone, "title: x\ntimezone: Asia/Wakanda\n", 2..=2),
    (WrongType, "title: x\ntimezone: [9]\n", 2..=2),
    (BadDay, "title: x\ndate: \"2024-02-31\"\n", 2..=2),
    (WrongType, "$HEAD$EVENTS? [a, b]\n: c\n", 8..=8),
    (Tag, "$HEADx: !!set {a, b}\n$EVENTS", 5..=5),
];

const DUPLICATES: &[(Code, &str, Lines)] = &[
    (DuplicateKey, "$HEAD$EVENTSevents:\n  - at: $AT\n    text: x\n", 8..=8),
    (DuplicateKey, "$HEAD$EVENTS\"events\":\n  - at: $AT\n    text: x\n", 8..=8),
    (DuplicateKey, "title: one\n$HEAD$EVENTS", 3..=3),
    (DuplicateKey, "$HEADplan: []\nplan: []\n$EVENTS", 6..=6),
    (DuplicateKey, "$HEAD$EVENTS  - at: $AT\n    text: x\n    at: $AT\n", 10..=10),
    (DuplicateKey, "$HEAD$EVENTS  - at: $AT\n    text: x\n    text: y\n", 10..=10),
    (DuplicateKey, "$HEAD$EVENTS  - {at: $AT, text: x, text: y}\n", 8..=8),
];

const REFERENCES: &[(Code, &str, Lines)] = &[
    (Alias, "$HEADevents: &e [*e]\n", 5..=5),
    (Alias, "$HEADevents: [*nowhere]\n", 5..=5),
    (Alias, "$HEADevents:\n  - &x\n    at: $AT\n    text: *x\n", 8..=8),
    (Alias, "$HEADevents:\n  - &x\n    <<: *x\n    at: $AT\n    text: t\n", 7..=7),
    (Alias, "$HEADbase: &b {tags: [x]}\nevents:\n  - <<: *b\n    at: $AT\n    text: x\n", 7..=7),
    (Alias, "$HEAD$EVENTScopy: &c x\nagain: *c\n", 9..=9),
];

const OTHER_FILES: &[(Code, &str, Lines)] = &[
    (ManyDocuments, "$HEAD$EVENTS---\n$HEAD$EVENTS", 8..=8),
    (ManyDocuments, "$HEAD$EVENTS...\njunk\n", 9..=9),
    (ManyDocuments, "---\ntitle: x\n---\n\n# A post\n\ntext: here\n- x\n", 3..=3),
    (NotYaml, "%YAML 2.0\n---\n$HEAD$EVENTS", 1..=1),
    (NotYaml, "{\"title\": \"x\", \"events\": [}\n", 1..=1),
    (NotYaml, "<!DOCTYPE html>\n<html><body>404 Not Found: here</body></html>\n", 1..=2),
];

const CONFLICTS: &[(Code, &str, Lines)] = &[
    (MergeConflict, "$HEAD$EVENTS<<<<<<< HEAD\n$OURS=======\n$THEIRS>>>>>>> origin/main\n", 8..=8),
    (
        MergeConflict,
        "$HEAD$EVENTS<<<<<<< HEAD\n$OURS||||||| 1a2b3c\n=======\n$THEIRS>>>>>>> b\n",
        8..=8,
    ),
    (
        MergeConflict,
        "$HEAD$EVENTS<<<<<<< H\n$OURS||||||| base\n$OURS=======\n$THEIRS>>>>>>> x\n",
        8..=8,
    ),
    (MergeConflict, "<<<<<<< HEAD\n$HEAD=======\n$HEAD>>>>>>> b\n$EVENTS", 1..=1),
    (MergeConflict, "title: x\n<<<<<<< HEAD\ndate: 2024-09-07\n=======\n>>>>>>> b\n$EVENTS", 2..=2),
    (
        MergeConflict,
        "title: x\r\n<<<<<<< HEAD\r\ndate: 2024-09-07\r\n=======\r\n>>>>>>> b\r\n",
        2..=2,
    ),
    (MergeConflict, "$HEAD$EVENTS<<<<<<< HEAD\n$OURS", 8..=8),
    (MergeConflict, "$HEAD$EVENTS$OURS=======\n$THEIRS", 10..=10),
    (MergeConflict, "$HEAD$EVENTS$OURS|||||||\n$THEIRS", 10..=10),
    (MergeConflict, "$HEAD$EVENTS$OURS>>>>>>> origin/main\n", 10..=10),
    (
        MergeConflict,
        "$HEAD$EVENTS<<<<<<< 1 of 1\n%%%%%%% base to side 1\n+$OURS+++++++ side 2\n",
        8..=8,
    ),
    (
        MergeConflict,
        "$HEAD$EVENTS<<<<<<< .mine\n$OURS||||||| .r12\n=======\n$THEIRS>>>>>>> .r13\n",
        8..=8,
    ),
    (
        MergeConflict,
        "$HEAD$EVENTS<<<<<<<<<<< HEAD\n$OURS===========\n$THEIRS>>>>>>>>>>> b\n",
        8..=8,
    ),
    (MergeConflict, "$HEAD$EVENTS  <<<<<<< HEAD\n$OURS  =======\n$THEIRS  >>>>>>> b\n", 8..=8),
    // YAML parses these markers as text.
    (
        MergeConflict,
        "$HEADtags: [a,\n<<<<<<< HEAD\n  b,\n=======\n  c,\n>>>>>>> b\n  d]\n$EVENTS",
        6..=6,
    ),
    (
        MergeConflict,
        "$HEADsummary: \"a\n<<<<<<< HEAD\n  b\n=======\n  c\n>>>>>>> b\n  d\"\n$EVENTS",
        6..=6,
    ),
];

const SLIPS: &[(Code, &str, Lines)] = &[
    (NotYaml, "$HEAD$EVENTS\t- at: $AT\n\t  text: x\n", 7..=9),
    (NotYaml, "$HEAD$EVENTS  - at: $AT\n\ttext: x\n", 8..=9),
    (NotYaml, "$HEAD$EVENTS  - at $AT\n    text: x\n", 8..=9),
    (WrongType, "$HEAD$EVENTS  - at:$AT\n    text:x\n", 8..=9),
    (NotYaml, "$HEADevents:\n  - at: \"18:00\n    text: x\n  - at: $AT\n    text: y\n", 6..=9),
    (NotYaml, "$HEAD$EVENTS  - at: $AT\n    text: x\n    tags: [a, b\n", 10..=10),
    (NotYaml, "$HEAD$EVENTS  - at: $AT\n    text: x\n    tags: [a, b]]\n", 10..=10),
    (NotYaml, "$HEAD$EVENTS  - {at: $AT, text: x\n", 8..=8),
    (NotYaml, "$HEAD$EVENTS}\n", 8..=8),
    (NotYaml, "$HEAD$EVENTS  -at: $AT\n    text: x\n", 8..=9),
    (NotYaml, "$HEAD$EVENTS  - at: $AT\n   text: x\n", 8..=9),
    (NotYaml, "$HEAD$EVENTS  - at: $AT\n      text: x\n", 8..=9),
    (NotYaml, "$HEADevents:\n    - at: $AT\n      text: x\n  - at: $AT\n    text: y\n", 6..=8),
    (NotYaml, "%foo\n$HEAD$EVENTS", 1..=1),
    (MissingKey, "$HEAD$EVENTS  - “at”: $AT\n    text: x\n", 8..=8),
    (MissingKey, "$HEAD$EVENTS  - at: $AT\n\u{a0}\u{a0}\u{a0}\u{a0}text: x\n", 8..=9),
    (NotYaml, "$HEAD$EVENTS  - at： $AT\n    text: x\n", 8..=9),
    (NotYaml, "$HEAD$EVENTS- at: $AT\n  text: x\n", 8..=8),
    (NotYaml, "$HEAD$EVENTS  - at: $AT,\n    text: x\n", 8..=8),
    (NotYaml, "$HEAD$EVENTS  - at: $AT text: x\n", 8..=8),
    (NotYaml, "$HEAD$EVENTSEOF\n", 8..=8),
    (NotYaml, "$HEAD$EVENTS  - at: $AT\n    text: |\nno indent\n", 10..=10),
];

/// Values of line 8 that are nested so deeply that a recursive parser would overflow its stack: opening, centre,
/// closing, and number of levels.
const DEEP: &[(&str, &str, &str, usize)] = &[
    ("[", "", "", 200),
    ("[", "", "", 2_000),
    ("[", "", "", 1_000_000),
    ("[", "", "]", 65),
    ("[", "", "]", 2_000),
    ("[", "", "]", 200_000),
    ("{a: ", "", "", 20_000),
    ("{a: ", "1", "}", 20_000),
    ("&a [", "", "", 5_000),
];

/// Openings on line 6 that nest 20,000 levels without a bracket.
const DEEP_BLOCKS: &[&str] = &["- ", "? "];

/// Returns one file per row of the tables.
fn from_table(table: &[(Code, &str, Lines)]) -> Vec<Broken> {
    let row = |(code, text, lines): &(Code, &str, Lines)| Broken {
        bytes: filled(text).into_bytes(),
        code: *code,
        lines: lines.clone(),
    };
    table.iter().map(row).collect()
}

/// Returns a record whose last event has that `text`.
fn with_text(value: &[u8]) -> Vec<u8> {
    let before = filled("$HEAD$EVENTS  - at: $AT\n    text: ");
    [before.as_bytes(), value, b"\n"].concat()
}

fn texts() -> Vec<Broken> {
    let of = |code, value: &[u8]| Broken { bytes: with_text(value), code, lines: 9..=9 };
    let plain = TEXTS.iter().map(|(code, value)| of(*code, value.as_bytes()));
    plain.chain(RAW_TEXTS.iter().map(|value| of(NotUtf8, value))).collect()
}

fn times() -> Vec<Broken> {
    let of = |(code, value): &(Code, &str)| {
        let text = filled(&format!("$HEAD$EVENTS  - at: {value}\n    text: x\n"));
        Broken { bytes: text.into_bytes(), code: *code, lines: 8..=8 }
    };
    TIMES.iter().map(of).collect()
}

/// Returns files that a crash, another program or another encoding may leave in place of a record.
fn overwritten() -> Vec<Broken> {
    let record = filled("$HEAD$EVENTS");
    let (head, tail) = record.as_bytes().split_at(45);
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xfeff).chain(record.encode_utf16()).flat_map(bytes).collect()
    };
    let utf32 = std::iter::once('\u{feff}').chain(record.chars());
    let of = |code, bytes: Vec<u8>, lines| Broken { code, bytes, lines };
    vec![
        of(ControlCharacter, vec![0; 4096], 1..=1),
        of(ControlCharacter, [record.as_bytes(), &[0; 512]].concat(), 8..=8),
        of(ControlCharacter, [head, &[0; 64], tail].concat(), 3..=3),
        of(ControlCharacter, [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 200]].concat(), 1..=1),
        of(NotUtf8, [b"\x89PNG\r\n\x1a\n".as_slice(), &noise(400)].concat(), 1..=1),
        of(NotUtf8, [b"\x1f\x8b\x08".as_slice(), &noise(200)].concat(), 1..=99),
        of(NotUtf8, noise(2048), 1..=99),
        of(NotUtf8, b"# CP949\ntitle: \"\xbf\xce\xb9\xc2 3.0\"\n".to_vec(), 2..=2),
        of(NotUtf8, utf16(u16::to_le_bytes), 1..=1),
        of(NotUtf8, utf16(u16::to_be_bytes), 1..=1),
        of(NotUtf8, utf32.flat_map(|c| u32::from(c).to_le_bytes()).collect(), 1..=1),
    ]
}

/// Returns random bytes that are the same each time.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..count).map(|_| next()).collect()
}

fn deep() -> Vec<Broken> {
    let of = |text: String, lines| Broken { bytes: text.into_bytes(), code: TooDeep, lines };
    let value = |(opens, middle, closes, levels): &(&str, &str, &str, usize)| {
        let (opens, closes) = (opens.repeat(*levels), closes.repeat(*levels));
        let lines = 8..=8 + opens.matches('\n').count();
        of(filled(&format!("$HEAD$EVENTSx: {opens}{middle}{closes}\n")), lines)
    };
    let block =
        |sign: &&str| of(filled(&format!("$HEADevents:\n  {}x\n", sign.repeat(20_000))), 6..=6);
    let steps: String = (0..3000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    let mut found: Vec<Broken> = DEEP.iter().map(value).collect();
    found.extend(DEEP_BLOCKS.iter().map(block));
    found.push(of(format!("title: x\n{steps}"), 60..=70));
    found
}

/// Returns values that would exhaust memory if expanded.
fn bombs() -> Vec<Broken> {
    let nine = |name: char| format!("[{}]", vec![format!("*{name}"); 9].join(","));
    let mut laughs = format!("a: &a [{}]\n", ["lol"; 9].join(","));
    for (from, to) in ('a'..='h').zip('b'..='i') {
        laughs.push_str(&format!("{to}: &{to} {}\n", nine(from)));
    }
    let mut maps = "m0: &m0 {k: v}\n".to_owned();
    for level in 1..=30 {
        let below = level - 1;
        maps.push_str(&format!("m{level}: &m{level} {{a: *m{below}, b: *m{below}}}\n"));
    }
    let big = format!("big: &big \"{}\"\n", "x".repeat(100_000));
    let of = |text: String| Broken { bytes: filled(&text).into_bytes(), code: Alias, lines: 6..=6 };
    vec![
        of(format!("$HEAD{laughs}events: *i\n")),
        of(format!("$HEAD{laughs}events:\n  - at: $AT\n    text: *i\n")),
        of(format!("$HEAD{laughs}events:\n  - at: $AT\n    text: x\n    tags: *i\n")),
        of(format!("$HEAD{maps}events: *m30\n")),
        of(format!("$HEAD{big}events: [{}]\n", vec!["*big"; 20_000].join(", "))),
    ]
}

/// Returns every broken file of the tables.
fn broken() -> Vec<Broken> {
    let tables =
        [NOTHING, TYPES, DUPLICATES, REFERENCES, OTHER_FILES, CONFLICTS, SLIPS].map(from_table);
    let made = [texts(), times(), overwritten(), deep(), bombs()];
    tables.into_iter().chain(made).flatten().collect()
}

/// Returns the code and the line of each reported fault.
fn faults(bytes: &[u8]) -> Vec<(Code, usize)> {
    let line_of = |at: usize| bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    match decode_utf8(bytes) {
        Err(problem) => vec![(problem.code, line_of(problem.span.start))],
        Ok(text) => {
            let problems = read(text).err().unwrap_or_default();
            let place = |at| Position::of(text.trim_start_matches('\u{feff}'), at).line;
            problems.iter().map(|problem| (problem.code, place(problem.span.start))).collect()
        }
    }
}

/// Returns the beginning of a file, for messages.
fn shown(bytes: &[u8]) -> String {
    format!("{:?}", String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(120)..]))
}

#[test]
fn reading_names_the_line() {
    let files = broken();
    assert!(files.len() > 150, "{} files", files.len());
    for file in files {
        let begun = Instant::now();
        let faults = faults(&file.bytes);
        let took = begun.elapsed();
        let (code, line) =
            *faults.first().unwrap_or_else(|| panic!("{} is read", shown(&file.bytes)));
        let right = code == file.code && file.lines.contains(&line);
        assert!(right, "{} in {:?}: {faults:?}\n{}", file.code, file.lines, shown(&file.bytes));
        assert!(took < Duration::from_secs(60), "{took:?}: {}", shown(&file.bytes));
    }
}

/// A file that is cut off at any byte is refused if an independent parser refuses it, with a line of the entry that was
/// cut.
#[test]
fn a_cut_file_is_refused() {
    let whole = filled(
        "$HEAD$EVENTS  - {at: $AT, text: \"앱 진입 불가: \\\"timeout\\\"\", tags: [ios, \"서버\"]}\n  \
         - at: $AT\n    text: \"서버 문제로 확인,\n      둘째 줄\"\n",
    );
    let whole = whole.as_bytes();
    let mut refused = 0;
    for cut in filled("$HEAD$EVENTS").len()..whole.len() {
        let bytes = &whole[..cut];
        if serde_yaml::from_slice::<serde_yaml::Value>(bytes).is_ok() {
            continue;
        }
        refused += 1;
        let lines = 8..=bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
        let faults = faults(bytes);
        let named = faults.first().is_some_and(|(_, line)| lines.contains(line));
        assert!(named, "cut at {cut}, in {lines:?}: {faults:?}\n{}", shown(bytes));
    }
    assert!(refused > 100, "{refused} cuts");
}

/// Commands that read a record.
const COMMANDS: &[&str] = &[
    "asrun check record",
    "asrun log -r record --at 2024-09-07T20:00+09:00 -- kept",
    "asrun render record --template html -o out.html",
];

/// Messages of a program that panicked.
const PANIC: &[&str] =
    &["panicked", "RUST_BACKTRACE", "stack overflow", "allocation of", "unwrap()"];

/// Limits for a command that might read forever: 1 GiB, 60 seconds.
const LIMITS: &str =
    if cfg!(target_os = "linux") { "ulimit -v 1048576; exec timeout 60" } else { "exec" };

/// Runs a command that must be refused, cleanly.
fn refusal(terminal: &Terminal, command: &str) -> String {
    let said = terminal.said(&format!("{LIMITS} {command}"));
    let code = said.lines().last().unwrap_or_default();
    assert!(code == "[exit 1]" || code == "[exit 4]", "{command}: {said}");
    assert!(said.contains("incidents/record.yaml"), "{command} names no file: {said}");
    assert!(!PANIC.iter().any(|word| said.contains(word)), "{command}: {said}");
    assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{command}: {said:?}");
    assert!(said.len() < 20_000, "{command} says {} bytes", said.len());
    assert!(!terminal.folder().join("out.html").exists(), "{command} wrote a page");
    said
}

/// Returns the lines of the record that a message names.
fn lines_named(said: &str) -> Vec<usize> {
    let places = said.split("incidents/record.yaml:").skip(1);
    places.filter_map(|place| place.split(':').next()?.parse().ok()).collect()
}

/// Checks that every command refuses that file, and leaves it unchanged.
fn commands_refuse(file: &Broken) {
    let terminal = Terminal::new(None);
    let path = terminal.folder().join("incidents/record.yaml");
    write(&path, &file.bytes);
    for command in COMMANDS {
        let said = refusal(&terminal, command);
        let lines = lines_named(&said);
        let named = lines.first().is_some_and(|line| file.lines.contains(line));
        assert!(named, "{command}: not {:?} but {lines:?}: {said}", file.lines);
        let conflict = file.code == MergeConflict;
        assert_eq!(said.contains("merge conflict"), conflict, "{command}: {said}");
        assert!(fs::read(&path).unwrap() == file.bytes, "{command} changed the file");
    }
}

#[test]
fn commands_name_file_and_line() {
    broken().iter().step_by(9).for_each(commands_refuse);
}

#[test]
fn commands_name_merge_conflicts() {
    from_table(CONFLICTS).iter().step_by(2).for_each(commands_refuse);
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_is_refused() {
    for (number, (place, why)) in special::PLACES.iter().enumerate() {
        let terminal = Terminal::new(None);
        let path = terminal.folder().join("incidents/record.yaml");
        fs::create_dir(path.parent().unwrap()).unwrap();
        place(&path);
        let before = special::standing(&path);
        for command in COMMANDS {
            let said = refusal(&terminal, command);
            assert!(said.contains(why), "{number}, {why}: {said}");
            assert!(!said.contains("ASRUN_NOW"), "{command} tells the environment: {said}");
            assert_eq!(special::standing(&path), before, "{command} touched {why}");
        }
    }
}

#[test]
fn healthy_records_are_listed_among_broken_ones() {
    let terminal = Terminal::new(None);
    let folder = terminal.folder().join("incidents");
    let at = |name: &str| -> PathBuf { folder.join(format!("{name}.yaml")) };
    for name in ["healthy-a", "healthy-z"] {
        write(&at(name), filled("$HEAD$EVENTS").as_bytes());
    }
    let mut names = Vec::new();
    for (number, file) in broken().into_iter().step_by(12).enumerate() {
        names.push(format!("broken-{number:02}"));
        write(&at(&names[number]), &file.bytes);
    }
    #[cfg(target_os = "linux")]
    for (number, (place, _)) in special::PLACES.iter().enumerate() {
        names.push(format!("special-{number:02}"));
        place(&at(&format!("special-{number:02}")));
    }
    let begun = Instant::now();
    let said = terminal.said(&format!("{LIMITS} asrun list"));
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    let (warnings, listed): (Vec<&str>, Vec<&str>) =
        said.lines().partition(|line| line.starts_with("! "));
    for name in ["healthy-a", "healthy-z"] {
        assert!(listed.iter().any(|line| line.contains(name)), "{name} is not listed: {said}");
    }
    for name in names {
        let named = warnings.iter().any(|line| line.contains(&name));
        assert!(named, "{name} is not named: {said}");
    }
    assert!(!PANIC.iter().any(|word| said.contains(word)), "{said}");
}

/// Things that are not records at all.
#[cfg(target_os = "linux")]
mod special {
    use std::fs::{File, create_dir, symlink_metadata};
    use std::os::unix::fs::{MetadataExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::path::Path;
    use std::process::Command;

    use asrun::yaml::MAX_BYTES;

    use super::support::{filled, write};

    /// Puts something in the place of a record.
    type Place = fn(&Path);

    /// What is there instead, and why it is not read.
    pub(crate) const PLACES: &[(Place, &str)] = &[
        (|at| create_dir(at).unwrap(), "a folder"),
        (fifo, "a pipe or a device"),
        (|at| drop(UnixListener::bind(at).unwrap()), "a pipe or a device"),
        (|at| symlink("/dev/zero", at).unwrap(), "a link that leaves"),
        (|at| symlink("/dev/full", at).unwrap(), "a link that leaves"),
        (|at| symlink("/proc/self/environ", at).unwrap(), "a link that leaves"),
        (|at| symlink("nowhere.yaml", at).unwrap(), "a broken link"),
        (|at| symlink(at.file_name().unwrap(), at).unwrap(), "a broken link"),
        (|at| sparse(at, 20 << 30), "the limit is"),
        (|at| sparse(at, MAX_BYTES + 1), "the limit is"),
        (|at| long(at, 20 << 20), "the limit is"),
    ];

    fn fifo(at: &Path) {
        assert!(Command::new("mkfifo").arg(at).status().unwrap().success());
    }

    /// Creates a sparse file of that size.
    fn sparse(at: &Path, size: u64) {
        File::create(at).unwrap().set_len(size).unwrap();
    }

    /// Creates a valid record of at least that size.
    fn long(at: &Path, size: usize) {
        let event = filled("$OURS");
        let events = event.repeat(size / event.len() + 1);
        write(at, format!("{}{events}", filled("$HEAD$EVENTS")).as_bytes());
    }

    /// Returns what shows whether a path was touched, without following links.
    pub(crate) fn standing(at: &Path) -> (u64, u32, u64, i64, i64) {
        let there = symlink_metadata(at).unwrap();
        (there.ino(), there.mode(), there.size(), there.mtime(), there.mtime_nsec())
    }
}
