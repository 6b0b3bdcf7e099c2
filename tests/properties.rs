//! Property tests where data could be lost: thousands of generated records, in every style, with every change that
//! asrun makes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use asrun::fault::EditFault;
use asrun::format::edit::{apply, take_back};
use asrun::format::{Document, Effect, effects, insert_event, insert_step, read};
use asrun::model::{Event, Moment, PlanStep, Zone};
use asrun::yaml::{Change, KeyEdit, Splice, Value, comments, quoted};
use proptest::prelude::*;
use proptest::test_runner::{FailurePersistence, FileFailurePersistence};

/// The style of a record.
#[derive(Debug, Clone)]
struct Hand {
    dash: usize,
    gap: usize,
    crlf: bool,
    bom: bool,
    final_end: bool,
    comments: bool,
    blank_lines: bool,
    flow_items: bool,
    quotes: u8,
    key_order: bool,
    trailing_key: bool,
}

/// The content of a record.
#[derive(Debug, Clone)]
struct Said {
    hand: Hand,
    plan: Vec<(u32, String)>,
    events: Vec<(u32, String, Option<String>)>,
}

fn hand() -> impl Strategy<Value = Hand> {
    let shape = (prop_oneof![Just(0_usize), Just(2), Just(4)], prop_oneof![Just(2_usize), Just(4)]);
    let flags = prop::array::uniform8(any::<bool>());
    (shape, flags, 0..3_u8).prop_map(|((dash, gap), f, quotes)| Hand {
        dash,
        gap,
        crlf: f[0],
        bom: f[1],
        final_end: f[2],
        comments: f[3],
        blank_lines: f[4],
        flow_items: f[5],
        quotes,
        key_order: f[6],
        trailing_key: f[7],
    })
}

/// Generates single-line texts that are problematic in YAML.
fn line() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "no",
        "18:08",
        "3.10",
        "a: b",
        "# x",
        "- x",
        "[x]",
        "{{ x }}",
        "*x*",
        "!x",
        "&x",
        "@x",
        "`x`",
        "'",
        "\"",
        "\\",
        "\\n",
        "null",
        "~",
        "0777",
        "1e3",
        "2024-09-07",
        "<<",
        "=",
        "<<<<<<< HEAD",
        "=======",
        "%x",
        "|",
        ">",
        "? x",
        "오후 6시: 공개 & 제거",
        "a\u{2028}b",
        "a\u{85}b",
        "a\u{a0}b",
        "\u{202e}x",
        "😂 ㅎㅎ",
        "한글 #1",
        "x:y",
        "trail:",
        "a  b",
        "\u{feff}x",
        "a\tb",
    ])
    .prop_map(str::to_owned);
    prop_oneof![3 => nasty, 2 => "[a-z가-힣 #:\\-'\"\\[\\]{}|>&*!%@`,?~=<0-9]{1,24}"]
        .prop_map(|text| text.trim().to_owned())
        .prop_filter("texts say something", |text| !text.trim().is_empty())
}

/// Generates texts of several lines.
fn block() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![line(), Just(String::new()), line().prop_map(|l| format!("    {l}"))],
        1..5,
    )
    .prop_map(|lines| lines.join("\n"))
    .prop_filter("details say something", |text| !text.trim().is_empty())
}

fn said() -> impl Strategy<Value = Said> {
    let plan = prop::collection::vec((0..1440_u32, line()), 0..4);
    let events = prop::collection::vec((0..1440_u32, line(), prop::option::of(block())), 0..6);
    (hand(), plan, events).prop_map(|(hand, plan, events)| Said { hand, plan, events })
}

fn at(minute: u32) -> String {
    format!("2024-09-07T{:02}:{:02}+09:00", minute / 60, minute % 60)
}

impl Said {
    fn text(&self) -> String {
        let hand = &self.hand;
        let head = "title: \"한 기록\"   # 손으로\ntimezone: Asia/Seoul\n";
        let plan = self.list(
            "plan",
            self.plan.iter().map(|(minute, text)| (at(*minute), text, None)).collect(),
        );
        let events = self
            .events
            .iter()
            .map(|(minute, text, detail)| (at(*minute), text, detail.as_ref()))
            .collect();
        let events = self.list("events", events);
        let lists =
            if hand.key_order { format!("{plan}{events}") } else { format!("{events}{plan}") };
        let tail = if hand.trailing_key { "x-own: [kept, {as: it is}]\n" } else { "" };
        let mut text = format!("{head}{lists}{tail}");
        if !hand.final_end {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if hand.crlf {
            text = text.replace('\n', "\r\n");
        }
        if hand.bom { format!("\u{feff}{text}") } else { text }
    }

    fn list(&self, key: &str, items: Vec<(String, &String, Option<&String>)>) -> String {
        let hand = &self.hand;
        if items.is_empty() {
            return format!("{key}: []\n");
        }
        let mut out = format!("{key}:\n");
        for (number, (at, text, detail)) in items.into_iter().enumerate() {
            if hand.comments && number % 2 == 1 {
                out.push_str(&format!("{}# 메모 {number}\n", " ".repeat(hand.dash)));
            }
            let dash = format!("{}-{}", " ".repeat(hand.dash), " ".repeat(hand.gap - 1));
            let indent = " ".repeat(hand.dash + hand.gap);
            let at = if hand.quotes == 1 { format!("\"{at}\"") } else { at };
            let text =
                if hand.quotes == 2 && !text.contains(|c: char| c.is_control() || !c.is_ascii()) {
                    format!("'{}'", text.replace('\'', "''"))
                } else {
                    quoted(text)
                };
            match detail {
                None if hand.flow_items && number % 2 == 0 => {
                    out.push_str(&format!("{dash}{{at: {at}, text: {text}}}\n"))
                }
                _ => {
                    out.push_str(&format!("{dash}at: {at}\n{indent}text: {text}\n"));
                    if let Some(detail) = detail {
                        out.push_str(&format!("{indent}detail: {}\n", quoted(detail)));
                    }
                }
            }
            if hand.blank_lines {
                out.push('\n');
            }
        }
        out
    }

    fn document(&self) -> Document {
        let text = self.text();
        read(&text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
    }
}

/// Returns the text with the splice reverted independently.
fn without(text: &str, splice: &Splice) -> String {
    let (bom, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", text),
    };
    let end = splice.at + splice.inserted.len();
    assert_eq!(&body[splice.at..end], splice.inserted);
    format!("{bom}{}{}{}", &body[..splice.at], splice.removed, &body[end..])
}

/// Checks that the change did exactly what it should, and that undoing it restores every byte.
fn judge(before: &Document, change: &Change) -> Document {
    let old = before.to_text();
    let (after, splice) =
        apply(before, change).unwrap_or_else(|fault| panic!("{fault:?}\n{change:?}\n{old}"));
    let new = after.to_text();
    assert_eq!(without(&new, &splice), old, "bytes outside the entry changed");
    assert_eq!(read(&new).unwrap().incident, after.incident, "what was written reads differently");
    let all_crlf = |text: &str| text.matches('\n').count() == text.matches("\r\n").count();
    assert_eq!(all_crlf(&old), all_crlf(&new), "line ends changed:\n{new:?}");
    assert_eq!(old.starts_with('\u{feff}'), new.starts_with('\u{feff}'));
    let undone: Vec<Effect> = effects(before, &after).iter().map(Effect::inverse).collect();
    let back =
        take_back(&after, &[splice], &undone, true).expect("what was just done can be taken back");
    assert_eq!(back.to_text(), old, "taken back, the text differs");
    after
}

fn seoul(minute: u32) -> Moment {
    Moment::parse(&at(minute), Zone::parse("Asia/Seoul")).unwrap()
}

/// Returns a handwritten value for a key in that column: lines of texts that look like comments, comments that look
/// like texts, and nothing.
fn by_hand(way: u8, column: usize) -> String {
    let (deep, deeper) = (" ".repeat(column + 2), " ".repeat(column + 4));
    match way {
        0 => " a".to_owned(),
        1 => format!(" |\n{deep}a\n{deep}## b"),
        2 => format!(" |+\n{deep}a\n{deep}# b\n"),
        3 => format!(" >- # c\n{deep}# a"),
        4 => format!(" 'a\n{deep}# b'"),
        5 => format!(" \"a\n{deep}# b\n\n{deep}c\""),
        6 => format!(" a # c\n{deep}# c\n\n{deeper}# c"),
        7 => format!(" a\n{deep}b\n# c"),
        8 => String::new(),
        _ => format!(" # c\n{deep}# c"),
    }
}

/// Returns a handwritten value within brackets.
fn in_brackets(way: u8) -> &'static str {
    match way {
        0 | 1 => " a",
        2 => " 'a\n      # b'",
        3 => " \"# a\"",
        4 => " ",
        5 => " # c\n     ",
        6 => " a # c\n     ",
        _ => "",
    }
}

/// A record written by hand, in lines or in brackets.
fn hand_written(in_lines: bool, ways: &[u8]) -> String {
    let mut ways = ways.iter().copied().cycle();
    let mut way = || ways.next().unwrap_or_default();
    let mut flow = || in_brackets(way() % 8);
    if !in_lines {
        let (title, summary) = (["t", "'t\n  # u'"][usize::from(flow().len() > 2)], flow());
        let (event, own) = (flow(), flow());
        return format!(
            "{{title: {title},\n  # c\n  summary:{summary}, tags: [x], events: [{{at: {}, text: e, by:{event}}}],\n  x-own:{own}}}\n",
            at(60)
        );
    }
    let by = flow();
    let [summary, impact, own] = [0; 3].map(|column| by_hand(way() % 10, column));
    let [text, why] = [4; 2].map(|column| by_hand(way() % 10, column));
    let text =
        if text.trim_start().starts_with('#') || text.is_empty() { " a".to_owned() } else { text };
    format!(
        "title: t\nsummary:{summary}\nimpact:{impact}\ntags:\n  - x\nevents:\n  - at: {}\n    text:{text}\n    why:{why}\n  # c\n  - {{at: {}, text: e, by:{by}}}\nx-own:{own}\n",
        at(60),
        at(120)
    )
}

/// One change of every kind, in the record and in each of its events.
fn every_change(events: usize) -> Vec<Change> {
    let entry = |minute: u32, more: &[(&str, &str)]| {
        let said = [("at", at(minute)), ("text", "n".to_owned())].into_iter();
        let more = more.iter().map(|(key, value)| (*key, (*value).to_owned()));
        Value::Map(
            said.chain(more).map(|(key, value)| (key.to_owned(), Value::text(value))).collect(),
        )
    };
    let lines = "n\n# m\n";
    let mut changes = Vec::new();
    for (key, value) in [
        ("severity", "sev1"),
        ("summary", "n"),
        ("summary", lines),
        ("impact", lines),
        ("review", "draft"),
        ("x-more", lines),
    ] {
        changes.push(Change::set(Vec::new(), key, Value::text(value)));
    }
    changes.extend(["summary", "impact", "x-own"].map(|key| Change::unset(Vec::new(), key)));
    changes.push(Change::insert(Vec::new(), "plan", 0, entry(30, &[("owner", "n")])));
    changes.push(Change::insert(Vec::new(), "tags", 1, Value::text("# y")));
    changes.push(Change::replace(Vec::new(), "tags", 0, Value::text("y")));
    changes.push(Change::remove(Vec::new(), "tags", 0));
    for place in 0..=events {
        changes.push(Change::insert(Vec::new(), "events", place, entry(90, &[("detail", lines)])));
    }
    for place in 0..events {
        let path = || vec![("events".to_owned(), Some(place))];
        changes.push(Change::remove(Vec::new(), "events", place));
        for (key, value) in [("text", "n"), ("by", "n"), ("why", lines), ("detail", lines)] {
            changes.push(Change::set(path(), key, Value::text(value)));
        }
    }
    changes
}

/// Returns the entries of a record except for one key.
fn beside(document: &Document, key: &str) -> Vec<(String, Value)> {
    let mut entries = document.entries();
    entries.retain(|(other, _)| other != key);
    entries
}

/// Checks that each change is made, or refused with its obstacle, and that additions lose no comment.
fn judge_by_hand(text: &str) {
    let before = read(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    for change in every_change(before.incident.events.len()) {
        let top = change.at.first().map_or(change.key.as_str(), |(list, _)| list.as_str());
        let (after, splice) = match apply(&before, &change) {
            Err(EditFault::Patch(_)) => continue,
            Err(fault) => panic!("{fault:?}\n{change:?}\n{text}"),
            Ok(made) => made,
        };
        let new = after.to_text();
        assert_eq!(without(&new, &splice), text, "bytes outside the change differ: {change:?}");
        assert_eq!(beside(&after, top), beside(&before, top), "{change:?}\n{text}\n{new}");
        let removes = matches!(change.edit, KeyEdit::Unset | KeyEdit::Remove(_));
        if !removes {
            let (old, now) = (comments(text).len(), comments(&new).len());
            assert_eq!(now, old, "comments: {change:?}\n{text}\n{new}");
        }
    }
}

/// `CASES=100000 cargo test --test properties` runs more cases.
fn cases() -> u32 {
    std::env::var("CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1500)
}

/// Counterexamples are stored and tried first in later runs: commit the file that a failure writes.
fn counterexamples() -> Option<Box<dyn FailurePersistence>> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/counterexamples/properties.txt");
    Some(Box::new(FileFailurePersistence::Direct(file)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: counterexamples(), ..ProptestConfig::default() })]

    #[test]
    fn logging_adds_one_event_and_nothing_else(said in said(), minute in 0..1440_u32, text in line(), detail in prop::option::of(block())) {
        let before = said.document();
        let event = Event { detail, by: Some(text.clone()), ..Event::new(seoul(minute), text) };
        let (place, change) = insert_event(&before.incident.events, &event);
        let after = judge(&before, &change);
        let mut expected = before.incident;
        expected.events.insert(place, event);
        prop_assert_eq!(after.incident, expected);
    }

    #[test]
    fn planning_adds_one_step_and_nothing_else(said in said(), minute in 0..1440_u32, text in line()) {
        let before = said.document();
        let step = PlanStep { id: Some("new".to_owned()), ..PlanStep::new(seoul(minute), text) };
        let (place, change) = insert_step(&before.incident.plan, &step);
        let after = judge(&before, &change);
        let mut expected = before.incident;
        expected.plan.insert(place, step);
        prop_assert_eq!(after.incident, expected);
    }

    #[test]
    fn amending_changes_one_key(said in said(), index in any::<prop::sample::Index>(), text in prop_oneof![line(), block()]) {
        let before = said.document();
        if before.incident.events.is_empty() {
            return Ok(());
        }
        let index = index.index(before.incident.events.len());
        let at = vec![("events".to_owned(), Some(index))];
        let after = judge(&before, &Change::set(at.clone(), "text", Value::text(&*text)));
        let mut expected = before.incident;
        expected.events[index].text.clone_from(&text);
        prop_assert_eq!(&after.incident, &expected);
        let after = judge(&after, &Change::set(at.clone(), "why", Value::text(&*text)));
        expected.events[index].why = Some(text);
        prop_assert_eq!(&after.incident, &expected);
        let after = judge(&after, &Change::unset(at, "why"));
        expected.events[index].why = None;
        prop_assert_eq!(after.incident, expected);
    }

    #[test]
    fn taking_out_removes_one_entry(said in said(), index in any::<prop::sample::Index>()) {
        let before = said.document();
        if before.incident.events.is_empty() {
            return Ok(());
        }
        let index = index.index(before.incident.events.len());
        let after = judge(&before, &Change::remove(Vec::new(), "events", index));
        let mut expected = before.incident;
        expected.events.remove(index);
        prop_assert_eq!(after.incident, expected);
    }

    #[test]
    fn handwritten_records_accept_every_change(in_lines in any::<bool>(), ways in prop::collection::vec(any::<u8>(), 6)) {
        judge_by_hand(&hand_written(in_lines, &ways));
    }

    #[test]
    fn no_text_makes_reading_panic(text in "[ -~가-힣\n\t\\-:#\\[\\]{}'\"|>&*!]{0,200}") {
        let _ = read(&text);
        let _ = read(&format!("title: t\nevents:\n{text}"));
    }
}
