//! Reads plain records event by event without building a tree, for callers that read many.

use crate::model::{Event, Incident};
use crate::yaml::fast::{self, FastValue};

use super::decode::Decoder;
use super::keys::{EVENT_KEYS, UnknownKey};

/// Which texts of events (`text`, `detail`, `by`, `why`) are read; others may be left empty.
#[derive(Clone, Copy)]
pub enum Prose<'p> {
    /// All.
    All,
    /// `text` alone.
    Texts,
    /// Those that may match a search.
    Holding(&'p dyn Fn(&str) -> bool),
    /// None.
    Nothing,
}

impl Prose<'_> {
    /// Whether the text of this key may be left empty.
    fn may_pass(self, key: &str) -> bool {
        match self {
            Prose::All => false,
            Prose::Texts => matches!(key, "detail" | "by" | "why"),
            Prose::Holding(_) | Prose::Nothing => matches!(key, "text" | "detail" | "by" | "why"),
        }
    }

    fn tells(self, words: &str) -> bool {
        matches!(self, Prose::Holding(may_hold) if may_hold(words))
    }
}

/// Reads a plain record without building a tree of its events; `None` for any other and for any with a fault, which the
/// tree decoder reports.
pub(super) fn decode_plain(text: &str, prose: Prose) -> Option<(Incident, Vec<UnknownKey>)> {
    let (head, events) = fast::before_list(text, "events")?;
    let mut decoder = Decoder::default();
    let mut incident = decoder.incident(&head);
    // An event takes about 150 bytes.
    incident.events.reserve(text.len() / 150);
    let mut texts = 0;
    let mut seen: Vec<&str> = Vec::with_capacity(EVENT_KEYS.len());
    events.each(
        |key| prose.may_pass(key),
        |words| prose.tells(words),
        |first, key, said| {
            if first {
                seen.clear();
                decoder.begin_event();
                let FastValue::Value(node) = said else { return false };
                let at = if key == "at" { decoder.given_time(&node, "at") } else { None };
                incident.events.extend(at.map(|at| Event::new(at, String::new())));
                return at.is_some();
            }
            let again = key == "at" || seen.contains(&key);
            seen.push(key);
            texts += usize::from(key == "text");
            match (said, incident.events.last_mut()) {
                _ if again => false,
                (FastValue::Something, _) => true,
                (FastValue::Value(node), Some(event)) => decoder.event_key(event, key, &node),
                (FastValue::Value(_), None) => false,
            }
        },
    )?;
    incident.events.shrink_to_fit();
    let whole = texts == incident.events.len() && decoder.problems.is_empty();
    whole.then_some((incident, decoder.unknown))
}

#[cfg(test)]
mod tests {
    use super::super::decode::decode;
    use super::super::keys::is_known;
    use super::super::{compose, read};
    use super::*;
    use crate::yaml::{MAX_TEXT_BYTES, Value, tree};

    /// Checks that a record with events is read by the fast reader, with its texts and without.
    #[track_caller]
    fn is_taken_whole(text: &str) {
        let tree = tree::parse(text, is_known).unwrap();
        assert_eq!(fast::parse(text).as_ref(), Some(&tree), "{text:?}");
        let full = decode(&tree);
        assert_eq!(full.problems, [], "{text}");
        let (plain, unknown) =
            decode_plain(text, Prose::All).unwrap_or_else(|| panic!("left: {text}"));
        assert_eq!((&plain, &unknown), (&full.incident, &full.unknown), "{text}");
        let (outline, _) =
            decode_plain(text, Prose::Nothing).unwrap_or_else(|| panic!("left: {text}"));
        assert_eq!(outline.events.len(), plain.events.len(), "{text}");
        assert_eq!(outline.title, plain.title, "{text}");
    }

    #[test]
    fn the_outline_reader_accepts_whole_records() {
        for text in [
            "title: t\nevents:\n  - at: 2024-01-01T10:00Z\n    text: hello\n",
            "title: t\nevents:\n- at: 2024-01-01T10:00Z\n  text: hello\n- at: 2024-01-01T10:00Z\n  text: b\n",
            "title: t\nevents:\n    - at: 2024-01-01T10:00Z\n      text: hello\n# end\n",
            "title: t\nevents:\n  - at: 2024-01-01T10:00Z\n    by: ~\n    type: null\n    text: hello\n",
            "title: t\nevents:\n\n  # one\n  - at: 2024-01-01T10:00Z\n\n    # more\n    text: hello\n\n  # two\n  - at: 2024-01-01T11:00Z\n    text: hello\n",
            "title: t\nplan:\n  - at: 2024-01-01T10:00Z\n    text: a step\nevents:\n  - at: 2024-01-01T10:00Z\n    step: [a, b]\n    text: |\n      hello\n      you\n    attachments:\n      - file: a.png\n        alt: b\n",
        ] {
            is_taken_whole(text);
        }
    }

    fn map(entries: &[(&str, Value)]) -> Value {
        Value::Map(entries.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
    }

    /// Returns an event with every key.
    fn full_event() -> Value {
        let file = |name: &str| map(&[("file", Value::text(name)), ("alt", Value::text("그림"))]);
        map(&[
            ("at", Value::text("2024-09-07T18:08+09:00")),
            ("until", Value::text("2024-09-07T18:09+09:00")),
            ("logged", Value::text("2024-09-07T18:30+09:00")),
            ("text", Value::text("a: b # [c]")),
            ("type", Value::text("detected")),
            ("step", Value::texts(&["a", "b"])),
            ("by", Value::text("no")),
            ("why", Value::text("둘\n셋")),
            ("about", Value::text("true")),
            ("until_about", Value::text("true")),
            ("until_precision", Value::text("hour")),
            ("key", Value::text("true")),
            ("audience", Value::text("internal")),
            ("from", Value::text("3")),
            ("to", Value::text("it's \"4\"")),
            ("detail", Value::text("```\ncode: # b\n\n  c\n```\n")),
            ("attachments", Value::List(vec![file("a.png"), file("b.png")])),
            ("refs", Value::texts(&["https://example.com/a?b=c#d"])),
            ("metrics", map(&[("users", Value::text("20000"))])),
        ])
    }

    /// Returns a plan with a step that has every key.
    fn full_plan() -> Value {
        let on = Value::text("2024-09-07");
        let revised = map(&[
            ("from", Value::text("2024-09-07T17:00+09:00")),
            ("on", on.clone()),
            ("why", Value::text("여유: 30분")),
        ]);
        Value::List(vec![map(&[
            ("id", Value::text("deploy")),
            ("at", Value::text("2024-09-07T17:30+09:00")),
            ("until", Value::text("2024-09-07T17:40+09:00")),
            ("text", Value::text("배포")),
            ("owner", Value::text("iOS")),
            ("after", Value::texts(&["build", "review +16m"])),
            ("takes", Value::text("1h30m")),
            ("decision", Value::text("true")),
            ("if_failed", Value::text("roll back: #1")),
            ("command", Value::text("./deploy --all")),
            ("revised", Value::List(vec![revised])),
            ("skipped", map(&[("on", on), ("why", Value::text("no"))])),
        ])])
    }

    #[test]
    fn the_outline_reader_accepts_what_asrun_writes() {
        let action = map(&[
            ("text", Value::text("fix")),
            ("owner", Value::text("on")),
            ("due", Value::text("2024-09-10")),
            ("type", Value::text("prevent")),
            ("done", Value::text("2024-09-09")),
            ("ref", Value::text("#12")),
        ]);
        let section = map(&[
            ("title", Value::text("배경")),
            ("body", Value::text("한 줄\n두 줄\n")),
            ("audience", Value::text("internal")),
        ]);
        let lessons = ["well", "badly", "lucky", "surprised", "learned"];
        let lessons = lessons.map(|key| (key, Value::texts(&["One.", "Two: three."])));
        let text = compose(&[
            ("title", Value::text("왁뮤 3.0: 출시")),
            ("kind", Value::text("release")),
            ("version", Value::text("3.0")),
            ("severity", Value::text("sev2")),
            ("date", Value::text("2024-09-07")),
            ("timezone", Value::text("Asia/Seoul")),
            ("language", Value::text("ko")),
            ("author", Value::text("김 \"철수\"")),
            ("services", Value::texts(&["ios", "앱, 서버"])),
            ("tags", Value::texts(&["출시"])),
            ("categories", Value::List(Vec::new())),
            ("published", Value::text("2024-09-08T10:00+09:00")),
            ("sample", Value::text("true")),
            ("summary", Value::text("한 줄\n두 줄\n")),
            ("impact", Value::text("모두")),
            ("plan", full_plan()),
            ("contributing_factors", Value::texts(&["Pool # 1.", "B"])),
            ("lessons", map(&lessons)),
            ("actions", Value::List(vec![action])),
            ("sections", Value::List(vec![section])),
            ("attachments", Value::List(vec![map(&[("file", Value::text("c.png"))])])),
            ("events", Value::List(vec![full_event(), full_event()])),
        ]);
        assert_eq!(read(&text).unwrap().unknown, []);
        is_taken_whole(&text);
    }

    /// Returns an event with that line, read without its texts.
    fn outlined(line: &str) -> Option<crate::model::Event> {
        let head = "title: t\nevents:\n  - at: 2024-01-01T10:00Z\n";
        let (incident, _) = decode_plain(&format!("{head}{line}\n    to: z\n"), Prose::Nothing)?;
        let event = incident.events.into_iter().next()?;
        assert_eq!(event.to.as_deref(), Some("z"), "what follows is read: {line}");
        Some(event)
    }

    #[test]
    fn words_are_skipped_where_their_meaning_is_certain() {
        let long = "x".repeat(MAX_TEXT_BYTES);
        let shorter = &long[1..];
        for (said, kept) in [
            ("hello", Some("")),
            ("a #b c", None),
            ("abcd", Some("abcd")),
            ("　　hello", Some("　　hello")),
            ("あいう", Some("あいう")),
            (" hello", Some("hello")),
            ("\"hello\"", Some("hello")),
            ("'hello'", Some("hello")),
            ("|\n      hello", Some("")),
            ("|\n      hello\n\n      you", Some("")),
            ("|-\n      hello", Some("")),
            ("|\n      a", Some("")),
            ("|\n      あ\n      b", Some("あ\nb\n")),
            ("|\n      　", None),
            ("|+\n      hello", None),
            ("|\n    hello", None),
            ("hello ", None),
            ("hello: you", None),
            ("", None),
            (shorter, Some("")),
            (&long, Some(&long)),
        ] {
            let text = outlined(&format!("    text: {said}")).map(|event| event.text);
            assert!(text.as_deref() == kept, "{said:.40}: {:.40}", text.unwrap_or_default());
        }
        let block = |body: &str| outlined(&format!("    text: |-\n      {body}"));
        assert_eq!(block(shorter).unwrap().text, "");
        assert!(block(&long).unwrap().text == long);
    }

    #[test]
    fn words_that_may_contain_a_secret_are_checked() {
        let text = "title: t\nevents:\n  - at: 2024-01-01T10:00Z\n    text: the pool grew\n    detail: |\n      one\n\n        two pools\n    why: nobody asked\n    by: \"the pool\"\n";
        let told = |prose: Prose| {
            let (incident, _) = decode_plain(text, prose).unwrap();
            let Event { text, detail, why, by, .. } = incident.events[0].clone();
            (text, detail, why, by)
        };
        let some = |text: &str| Some(text.to_owned());
        let (said, detail, by) =
            ("the pool grew".to_owned(), some("one\n\n  two pools\n"), some("the pool"));
        let holding = |word: &'static str| move |text: &str| text.contains(word);
        assert_eq!(
            told(Prose::Holding(&holding("pool"))),
            (said.clone(), detail, None, by.clone())
        );
        assert_eq!(
            told(Prose::Holding(&holding("asked"))),
            (String::new(), None, some("nobody asked"), by.clone())
        );
        assert_eq!(told(Prose::Texts), (said, None, None, by));
    }

    #[test]
    fn only_words_are_passed_over() {
        let words = "    text: hello\n    by: somebody\n    why: because\n    detail: more of it\n";
        let event =
            outlined(&format!("{words}    from: before\n    type: detected\n    step: deploy"));
        let event = event.unwrap();
        assert_eq!((&*event.text, event.by, event.why, event.detail), ("", None, None, None));
        assert_eq!(event.from.as_deref(), Some("before"));
        assert_eq!(event.steps, ["deploy"]);
        assert!(event.kind.is_some());
    }

    #[test]
    fn events_that_cannot_be_scanned_are_left_to_the_parser() {
        let head = "title: t\nevents:\n";
        let event = "  - at: 2024-01-01T10:00Z\n    text: hello\n";
        for text in [
            format!("title: t\nevents: []\nevents:\n{event}"),
            format!("{head}{event}kind: outage\n"),
            format!("{head}{event}    text: again\n"),
            format!("{head}{event}    at: 2024-01-01T10:00Z\n"),
            format!("{head}{event}    mood: good\n"),
            format!("{head}{event}    mood: ~\n"),
            format!("{head}{event}  - at: 2024-01-01T10:00Z\n"),
            format!("{head}{event}  - text: hello\n    at: 2024-01-01T10:00Z\n"),
            format!("{head}{event}  - at: some day\n    text: hello\n"),
            format!("{head}{event}    type: [a]\n"),
            format!("{head}{event}   - x\n"),
            format!("{head}{event}    - x\n"),
            format!("{head}{event}    by: a\tb\n"),
            format!("{head}{}", event.trim_end()),
            format!("{head}{}", event.replace("hello", "\"\"")),
            format!("title: \ttab\nevents:\n{event}"),
            format!("events:\n{event}"),
            format!("kind: outage\nevents:\n{event}"),
            "title: t\n".to_owned(),
        ] {
            for prose in [Prose::All, Prose::Texts, Prose::Nothing, Prose::Holding(&|_| true)] {
                assert!(decode_plain(&text, prose).is_none(), "{text}");
            }
        }
    }
}
