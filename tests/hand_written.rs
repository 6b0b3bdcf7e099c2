//! Tests of unusual but legal records, as people, editors and other programs write them. `asrun log` adds one event,
//! twice in a row, and every line keeps its end; the few forms that it does not support are refused, and listed here.
//!
//! `support::filled` defines `$HEAD` and similar names in the tables.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::fs;

use serde_yaml::Value;
use support::{Terminal, filled, write};

/// Nothing of the file may change.
const ALL: &str = "";

/// Records, each with the beginning of a line that may be rewritten: a list that is empty, or in brackets on one line.
const SHAPES: &[(&str, &str)] = &[
    // Styles of the list.
    ("$HEAD$EVENTS", ALL),
    ("$HEADevents:\n- at: $AT\n  text: x\n", ALL),
    ("$HEADevents:\n    - at: $AT\n      text: x\n", ALL),
    ("$HEADevents:\n  -   at: $AT\n      text: x\n", ALL),
    ("$HEADevents:\n  -\n    at: $AT\n    text: x\n", ALL),
    ("$HEADevents: []\n", "events:"),
    ("$HEADevents: [] # none yet\n", "events:"),
    ("$HEADevents:\n", ALL),
    ("$HEADevents:   # fill me\n", ALL),
    ("$HEADevents: ~\n", "events:"),
    ("$HEADevents:\nplan: []\n", ALL),
    ("$HEAD", ALL),
    ("title: x\n", ALL),
    ("$HEADevents: [{at: $AT, text: x}]\n", "events:"),
    ("$HEADevents: [\n  {at: $AT, text: x},  # c1\n  {at: $AT, text: y}   # c2\n]\n", "  {at:"),
    ("$HEADevents:\n  - {at: $AT, text: x}\n", ALL),
    ("$HEADevents: &e\n  - at: $AT\n    text: x\n", ALL),
    ("$HEADevents: !!seq\n  - at: $AT\n    text: x\n", ALL),
    ("$HEADevents :\n  - at: $AT\n    text: x\n", ALL),
    ("$HEAD\"events\":\n  - \"at\": $AT\n    'text': x\n", ALL),
    // The text around it.
    ("$HEAD$EVENTSsummary: 끝  # after\n", ALL),
    ("$HEAD$EVENTS\n\n# about the summary\nsummary: |\n  a\n  b\n", ALL),
    ("$EVENTS$HEAD", ALL),
    ("$HEAD$EVENTSplan:\n  - at: $AT\n    text: 계획\n", ALL),
    ("$HEADplan:\n  - at: $AT\n    text: 계획\n$EVENTS", ALL),
    ("$HEADx-team: [ios, 서버]\n$EVENTSx-after: {a: 1}\n", ALL),
    ("$HEAD$EVENTSevnts: []\n", ALL),
    ("$HEAD$EVENTS$OURS    txet: y\n", ALL),
    ("$HEAD$EVENTS~: x\n", ALL),
    ("$HEADsummary: |\n  events:\n    - not this one\n$EVENTS", ALL),
    ("$HEAD# events:\n$EVENTS", ALL),
    ("$HEADother:\n  events:\n    - at: z\n$EVENTS", ALL),
    ("$HEADnote: \"x\n  events: y\"\n$EVENTS", ALL),
    // Comments, blank lines, and document markers.
    ("$HEAD$EVENTS  # trailing, in the list\n", ALL),
    ("$HEAD$EVENTS# trailing, at the margin\n", ALL),
    ("$HEAD$EVENTS      # trailing, deep\n", ALL),
    ("$HEADevents:\n  # one\n\n  # two\n$OURS  # three\n\n", ALL),
    ("$HEAD$EVENTS\n\n\n", ALL),
    ("---\n$HEAD$EVENTS", ALL),
    ("---\n$HEAD$EVENTS...\n", ALL),
    ("%YAML 1.2\n---\n$HEAD$EVENTS", ALL),
    ("$HEAD$EVENTS...\n# the end\n", ALL),
];

/// The end of a record whose last event begins on line 8: its `text`, in various forms.
const TEXTS: &[&str] = &[
    "|\n      line 1\n      # not a comment\n      - not an item\n",
    "|+\n      line 1\n\n\n",
    "|-\n      line 1\n\n",
    ">\n      a\n      b\n\n      c\n",
    "|2\n        indented\n",
    "|+\n      line 1\n\n\nsummary: x\n",
    "|\n      <<<<<<< HEAD\n      a\n      =======\n      b\n      >>>>>>> x\n",
    "a\n      b\n      c\n",
    "\"a\n      b \\\n      c\"\n",
    "'a\n\n      it''s'\n",
    "trailing blanks   \n",
    "a\u{a0}b\n",
    "\u{1109}\u{1165}\u{1107}\u{1165} 장애\n",
    "\"👩\u{200d}👩\u{200d}👧 🏴 ㅎㅎ 😂\"\n",
    "\"a\\u0085b\\u2028c\\u2029d\"\n",
    "\"\\u202etxt\"\n",
    "no\n",
    "404\n",
    "3.10\n",
    "0777\n",
    "2024-09-07\n",
    "!!str 12\n",
];

/// Events in an unusual order or with unusual times.
const TIMES: &[&str] = &[
    "  - at: 2024-09-07T19:00:00+09:00\n    text: late\n  - at: 2024-09-07T17:00+09:00\n    text: early\n",
    "$OURS$THEIRS",
    "  - at: 2024-09-07T18:00:00+09:00\n    text: no quotes\n",
    "  - at: \"2024-09-07 18:08\"\n    text: no offset\n",
    "  - at: \"9999-12-31T23:59:59Z\"\n    text: last\n",
    "  - at: \"0001-01-01T00:00:00Z\"\n    text: first\n",
];

/// Ways to store a record.
const HANDS: &[fn(&str) -> String] = &[
    |text| text.replace('\n', "\r\n"),
    |text| format!("\u{feff}{text}"),
    |text| format!("\u{feff}{text}").replace('\n', "\r\n"),
    |text| text.trim_end().to_owned(),
    |text| text.trim_end().replace('\n', "\r\n"),
    |text| text.replacen('\n', "\r\n", 1),
    |text| text.replace("공개\n", "공개\r\n"),
];

/// Large records: the part that is repeated after the events, and how often.
const LARGE: &[(&str, usize)] =
    &[("$OURS", 400), ("# a comment\n", 10_000), ("  - at: $AT\n    text: $LONG\n", 1)];

/// Legal forms that are not supported, with the message. Anything added here is something that people can no longer
/// write.
const REFUSED: &[(&str, &str)] = &[
    ("$HEAD? events\n: - at: $AT\n    text: x\n", "a form that asrun cannot extend"),
    (
        "$HEADevents:\n  - &a\n    at: $AT\n    text: &t x\n  - at: $AT\n    text: *t\n",
        "error[alias]",
    ),
    ("$HEADbase: &b {tags: [x]}\nevents:\n  - <<: *b\n    at: $AT\n    text: x\n", "error[alias]"),
    ("$HEADevents: &e\n  - at: $AT\n    text: x\ncopy: *e\n", "error[alias]"),
    ("title: x\revents:\r  - at: $AT\r    text: x\r", "a form that asrun cannot extend"),
];

/// The texts that are logged, one after the other.
const LOGGED: [&str; 2] = ["첫째 한글: #x", "둘째 - \"y\""];

fn shapes() -> Vec<String> {
    SHAPES.iter().map(|(text, _)| filled(text)).collect()
}

fn texts_and_times() -> Vec<String> {
    let texts = TEXTS.iter().map(|text| format!("$HEADevents:\n  - at: $AT\n    text: {text}"));
    let times = TIMES.iter().map(|events| format!("$HEADevents:\n{events}"));
    texts.chain(times).map(|text| filled(&text)).collect()
}

fn hands() -> Vec<String> {
    let texts = [filled("$HEAD$EVENTS"), filled("---\n$EVENTS$HEAD# the end\n")];
    HANDS.iter().flat_map(|hand| texts.iter().map(|text| hand(text))).collect()
}

fn large() -> Vec<String> {
    let text = |(part, count): &(&str, usize)| {
        let part = filled(part).replace("$LONG", &"x".repeat(100_000));
        format!("{}{}", filled("$HEAD$EVENTS"), part.repeat(*count))
    };
    LARGE.iter().map(text).collect()
}

#[test]
fn every_odd_file_is_sound() {
    let terminal = Terminal::new(None);
    let odd = [shapes(), texts_and_times(), hands(), large()].concat();
    for (number, text) in odd.iter().enumerate() {
        write(&terminal.folder().join(format!("incidents/odd-{number}.yaml")), text.as_bytes());
    }
    let said = terminal.said("asrun check");
    assert!(!said.contains("[exit"), "{said}");
    assert!(said.contains(&format!("{} records checked", odd.len())), "{said}");
}

#[test]
fn every_shape_is_continued() {
    SHAPES.iter().for_each(|(text, may_change)| continues(&filled(text), may_change));
}

#[test]
fn every_text_and_time_is_continued() {
    texts_and_times().iter().for_each(|text| continues(text, ALL));
}

#[test]
fn every_style_is_kept() {
    hands().iter().for_each(|text| continues(text, ALL));
}

#[test]
fn large_records_are_continued() {
    large().iter().for_each(|text| continues(text, ALL));
}

#[test]
fn what_is_not_continued_is_refused_and_kept() {
    for (text, why) in REFUSED {
        let before = filled(text);
        independent(&before);
        let record = Record::new(&before);
        let said = record.log(LOGGED[0]);
        assert!(said.contains(why) && said.contains("incidents/record.yaml"), "{before}\n{said}");
        assert!(said.ends_with("[exit 1]\n") || said.ends_with("[exit 4]\n"), "{said}");
        assert!(said.contains(LOGGED[0]), "what was typed is lost: {said}");
        assert_eq!(record.text(), before);
    }
}

/// A record in a project of its own.
struct Record {
    terminal: Terminal,
}

impl Record {
    fn new(text: &str) -> Record {
        let terminal = Terminal::new(None);
        write(&terminal.folder().join("incidents/record.yaml"), text.as_bytes());
        Record { terminal }
    }

    fn log(&self, text: &str) -> String {
        self.terminal.said(&format!("asrun log -r record --at 2024-09-07T20:00+09:00 -- '{text}'"))
    }

    fn text(&self) -> String {
        fs::read_to_string(self.terminal.folder().join("incidents/record.yaml")).unwrap()
    }
}

/// Checks that two events can be added to the record, one after the other.
fn continues(text: &str, may_change: &str) {
    let record = Record::new(text);
    let mut before = text.to_owned();
    for logged in LOGGED {
        let said = record.log(logged);
        assert!(!said.contains("[exit"), "{said}\n{}", shown(&before));
        let after = record.text();
        let faults = [
            other_than_one_event(&before, &after, logged),
            lost_line(&before, &after, may_change),
            other_hand(&before, &after),
        ];
        let faults: Vec<String> = faults.into_iter().flatten().collect();
        assert!(faults.is_empty(), "{faults:?}\n{}\n->\n{}", shown(&before), shown(&after));
        before = after;
    }
}

/// Parses a text with an independent YAML parser.
fn independent(text: &str) -> Value {
    let text = text.trim_start_matches('\u{feff}');
    serde_yaml::from_str(text).unwrap_or_else(|fault| panic!("{fault}\n{}", shown(text)))
}

/// Returns a difference other than one additional event.
fn other_than_one_event(before: &str, after: &str, text: &str) -> Option<String> {
    let (mut before, mut after) = (independent(before), independent(after));
    let fresh = |value: &mut Value| value.as_mapping_mut().unwrap().remove("events");
    let mut old =
        fresh(&mut before).filter(|list| !list.is_null()).unwrap_or(Value::Sequence(vec![]));
    let Some(Value::Sequence(mut new)) = fresh(&mut after) else {
        return Some("there is no list of events".to_owned());
    };
    let is_new = |event: &Value| event["text"].as_str() == Some(text);
    let Some(place) = new.iter().position(is_new) else {
        return Some("the event is not in the list".to_owned());
    };
    let event = new.remove(place);
    if !event["at"].as_str().is_some_and(|at| at.starts_with("2024-09-07T20:00")) {
        return Some(format!("the event has another time: {event:?}"));
    }
    let same = before == after && *old.as_sequence_mut().unwrap() == new;
    (!same).then(|| "more than the event is different".to_owned())
}

/// Returns a line that no longer exists, including its end; lines that begin with `may_change` may be missing.
fn lost_line(before: &str, after: &str, may_change: &str) -> Option<String> {
    let mut left = after.split_inclusive('\n');
    let mut lost = before.split_inclusive('\n').filter(|line| {
        let mut ahead = left.clone();
        let found = ahead.any(|other| is_same_line(line, other));
        if found {
            left = ahead;
        }
        !found
    });
    let first = lost.next()?;
    let may_miss = !may_change.is_empty() && first.starts_with(may_change);
    let line = if may_miss { lost.next()? } else { first };
    Some(format!("a line is gone: {line:?}"))
}

/// Whether a line is unchanged; the last line gets a line end if something follows it.
fn is_same_line(before: &str, after: &str) -> bool {
    match before.ends_with('\n') {
        true => before == after,
        false => before == after.trim_end_matches(['\r', '\n']),
    }
}

/// Returns a difference in line ends, byte order mark or final line end.
fn other_hand(before: &str, after: &str) -> Option<String> {
    let crlf = |text: &str| text.matches("\r\n").count();
    let lf = |text: &str| text.matches('\n').count() - crlf(text);
    let marks = |text: &str| (text.starts_with('\u{feff}'), text.matches('\u{feff}').count());
    if crlf(before) > 0 && lf(before) == 0 && lf(after) > 0 {
        return Some("LF in a file of CRLF".to_owned());
    }
    if crlf(before) == 0 && crlf(after) > 0 {
        return Some("CRLF in a file of LF".to_owned());
    }
    if marks(before) != marks(after) {
        return Some("the byte order mark is another".to_owned());
    }
    let ends = before.ends_with('\n') == after.ends_with('\n');
    (!ends).then(|| "the last line ends in another way".to_owned())
}

/// Returns the beginning of a text, for messages.
fn shown(text: &str) -> String {
    text.chars().take(600).collect()
}

/// The checks above must find something wrong.
#[test]
fn damage_is_seen() {
    let before = filled("$HEAD$EVENTS");
    let event = "  - at: 2024-09-07T20:00+09:00\n    text: new\n";
    let good = format!("{before}{event}");
    let other = |after: &str| other_than_one_event(&before, after, "new");
    assert_eq!(other(&good), None);
    assert!(other(&before).is_some());
    assert!(other(&format!("{good}{event}")).is_some());
    assert!(other(&good.replace("공개", "공")).is_some());
    assert!(other(&good.replace("왁뮤", "왁")).is_some());
    assert!(other(&good.replace("T20:00", "T21:00")).is_some());
    assert_eq!(lost_line(&before, &good, ALL), None);
    assert!(lost_line(&before, &good.replace("# a comment\n", ""), ALL).is_some());
    assert!(lost_line(&before, &good.replace('\n', "\r\n"), ALL).is_some());
    assert_eq!(lost_line("a: 1\nb: []\n", "a: 1\nb: [x]\n", "b:"), None);
    assert!(lost_line("a: 1\nb: []\n", "a: 2\nb: [x]\n", "b:").is_some());
    assert!(lost_line("b: 1\nb: 2\n", "b: 3\n", "b:").is_some());
    assert_eq!(other_hand(&before, &good), None);
    assert!(other_hand(&before, &good.replace('\n', "\r\n")).is_some());
    assert!(other_hand(&before.replace('\n', "\r\n"), &good).is_some());
    assert!(other_hand(&format!("\u{feff}{before}"), &good).is_some());
    assert!(other_hand(&before, good.trim_end()).is_some());
}
