//! Documents in every notation, each in a few lines of its own.

use super::lead::{Said, lead};
use super::*;
use crate::fault::{DoubtCode, WhyLeft};
use crate::model::{Day, Event, Zone};

fn draft_of(text: &str, zone: Option<&str>, date: Option<&str>) -> Draft {
    let input = Input { name: "post.md".to_owned(), bytes: text.as_bytes().to_vec() };
    let answers = Answers {
        zone: zone.and_then(Zone::parse),
        date: date.and_then(Day::parse),
        ..Answers::default()
    };
    read(&[input], &answers).unwrap()
}

/// Every event of a document: its line, its time, its end and its text.
fn told(draft: &Draft) -> Vec<String> {
    let events = draft.records.iter().flat_map(|record| &record.incident.events);
    let line = |event: &Event| {
        let at = event.at.unwrap();
        let source = event.source.as_deref().unwrap().rsplit(':').next().unwrap().to_owned();
        let about = if at.is_about() { "~" } else { "" };
        let until = event.until.map_or(String::new(), |until| format!("–{}", until.written()));
        format!("{source} {about}{}{until} {}", at.written(), event.text)
    };
    events.map(line).collect()
}

fn codes(draft: &Draft) -> Vec<(&'static str, usize)> {
    draft.doubts.iter().map(|doubt| (doubt.code.word(), doubt.line)).collect()
}

/// How a lead is read: day, clock, end, and the text behind it.
fn read_lead(text: &str) -> Option<String> {
    let found = lead(text, false)?;
    let said = |said: &Said| {
        let mut parts = Vec::new();
        parts.extend(said.about.then(|| "~".to_owned()));
        parts.extend(said.next_day.then(|| "next".to_owned()));
        parts.extend(said.day.map(|day| {
            let year = day.year.map_or("----".to_owned(), |year| year.to_string());
            format!("{year}-{:02}-{:02}{}", day.month, day.day, if day.turned { "?" } else { "" })
        }));
        parts.extend(said.clock.map(|clock| {
            let minute = clock.minute.map_or("??".to_owned(), |minute| format!("{minute:02}"));
            let second = clock.second.map_or(String::new(), |second| format!(":{second:02}"));
            format!("{:02}:{minute}{second}", clock.hour)
        }));
        parts.extend(said.relative.map(|seconds| format!("T{seconds:+}")));
        parts.extend(said.zone.as_ref().map(|zone| match zone.offset {
            Some(offset) => format!("{offset:+}"),
            None => zone.zone.unwrap().name().to_owned(),
        }));
        parts.join(" ")
    };
    let end = found.end.as_ref().map_or(String::new(), |end| format!(" – {}", said(end)));
    let open = if found.open { " –" } else { "" };
    Some(format!("{}{end}{open} | {}", said(&found.start), &text[found.rest..]))
}

#[test]
fn leads_are_read_in_eight_languages() {
    for (text, expected) in [
        ("12:32 UTC – pool exhausted", "12:32 +0 | pool exhausted"),
        ("**13:59**: deploy", "13:59 | deploy"),
        ("**11:58:** deploy", "11:58 | deploy"),
        ("*09:03* deploy", "09:03 | deploy"),
        ("4:11 PM: deploy", "16:11 | deploy"),
        ("12:05 a.m. – deploy", "00:05 | deploy"),
        ("2024-09-07T18:08:30+09:00 deploy", "2024-09-07 18:08:30 +540 | deploy"),
        ("2024-09-07 18:08 deploy", "2024-09-07 18:08 | deploy"),
        ("Sep 7th, 2024 at 18:08 - deploy", "2024-09-07 18:08 | deploy"),
        ("Dec 16th **12:43** @kim restarts", "-----12-16 12:43 | @kim restarts"),
        ("19. April, 11:00", "-----04-19 11:00 | "),
        ("7.10.2025 - 16:00 Uhr", "2025-10-07 16:00 | "),
        ("22:00 Uhr – 22:15 Uhr: neu gestartet", "22:00 – 22:15 | neu gestartet"),
        ("gegen 22:40 Uhr: langsam", "~ 22:40 | langsam"),
        ("15.11. 08:00 Uhr: Kontrolle", "-----11-15 08:00 | Kontrolle"),
        ("vers 14h30 : retour", "~ 14:30 | retour"),
        ("14h32 à 14h41 | retour", "14:32 – 14:41 | retour"),
        ("le lendemain, 9h : revue", "next 09:00 | revue"),
        ("3 de febrero de 2026, 18:05 h: caída", "2026-02-03 18:05 | caída"),
        ("às 14h05 - deploy", "14:05 | deploy"),
        ("오후 6시 08분 앱 진입 불가", "18:08 | 앱 진입 불가"),
        ("오후 6시 20분~6시 25분 재시작", "18:20 – 18:25 | 재시작"),
        ("다음 날 0시 10분 복구", "next 00:10 | 복구"),
        ("오후 7시 02분쯤 공개", "~ 19:02 | 공개"),
        ("午後7時30分 再起動", "19:30 | 再起動"),
        ("15:45〜 失敗", "15:45 – | 失敗"),
        ("16:00 頃 通知", "~ 16:00 | 通知"),
        ("翌 00:00 頃 対応", "~ next 00:00 | 対応"),
        ("2026年2月3日 下午2点05分 重启", "2026-02-03 14:05 | 重启"),
        ("~13:30-13:45", "~ 13:30 – 13:45 | "),
        ("23:15-30 debug", "23:15 – 23:30 | debug"),
        ("14:?? somebody noticed", "14:?? | somebody noticed"),
        ("T+1h05m: warm again", "T+3900 | warm again"),
        ("+90 min: closed", "T+5400 | closed"),
        ("13:14 EDT (17:14 UTC): mail", "13:14 -240 | mail"),
        ("7/5/2023 10:00 deploy", "2023-07-05? 10:00 | deploy"),
        ("24/07/25", "2025-07-24 | "),
        ("[10:02] deploy", "10:02 | deploy"),
    ] {
        assert_eq!(read_lead(text).as_deref(), Some(expected), "{text:?}");
    }
}

#[test]
fn versions_and_amounts_are_no_times() {
    for text in [
        "4.18.1 was released",
        "10.128.0.7 did not answer",
        "1:10.11.18-0+deb12u1 installed",
        "2 nodes were lost",
        "5 of 6 replicas",
        "0.9.0-beta.15",
        "300 users",
        "At 3:43 PM, the attacker came back",
        "Oct nothing happened",
        "99:10 no such time",
    ] {
        assert_eq!(read_lead(text), None, "{text:?}");
    }
}

#[test]
fn days_and_zones_are_inherited_by_rule() {
    let draft = draft_of(
        "# Checkout down, September 7, 2024\n\n## Timeline (UTC)\n\n- 23:50: errors\n- 00:10: restart\n- 00:05: page\n",
        None,
        None,
    );
    assert_eq!(
        told(&draft),
        [
            "5 2024-09-07T23:50+00:00 errors",
            "7 2024-09-08T00:05+00:00 page",
            "6 2024-09-08T00:10+00:00 restart",
        ]
    );
    assert_eq!(codes(&draft), [("date-from-title", 1), ("midnight-assumed", 6), ("step-back", 7)]);
    // A heading between entries, and a line that is only a day.
    let draft = draft_of(
        "# X\n\nAll times are in KST.\n\n## Timeline\n\n### 2024-09-07\n- 10:00 a\n\n2024-09-08\n\n- 09:00 b\n",
        None,
        None,
    );
    assert_eq!(told(&draft), ["8 2024-09-07T10:00+09:00 a", "12 2024-09-08T09:00+09:00 b"]);
    // The same for all of them beats the entry before.
    let draft = draft_of(
        "# X\n\nUnless otherwise noted all events happened on 2024-09-07 (UTC).\n\n## Timeline\n\n- 2024-09-06 10:00 UTC: a\n- 11:00 UTC: b\n",
        None,
        None,
    );
    assert_eq!(told(&draft)[1], "8 2024-09-07T11:00+00:00 b");
}

#[test]
fn what_is_not_said_is_asked_for() {
    let text = "# X\n\n## Timeline\n\n- 10:00 a\n- 10:05 b\n";
    assert_eq!(draft_of(text, None, None).asks(), [DoubtCode::NoZone, DoubtCode::NoDate]);
    let draft = draft_of(text, Some("America/Los_Angeles"), Some("2024-09-07"));
    assert!(draft.asks().is_empty());
    // A named zone counts with summer time.
    assert_eq!(told(&draft)[0], "5 2024-09-07T10:00-07:00 a");
    let turned = "# X\n\n## Timeline\n\n- 7/5/2023 10:00 UTC a\n- 7/5/2023 10:05 UTC b\n";
    assert_eq!(draft_of(turned, None, None).asks(), [DoubtCode::DayMonthOrder]);
    // Another day shows which is which.
    let shown = format!("{turned}- 7/15/2023 10:05 UTC c\n");
    assert_eq!(told(&draft_of(&shown, None, None))[0], "5 2023-07-05T10:00+00:00 a");
}

#[test]
fn newest_first_is_read_upwards() {
    let draft = draft_of(
        "# X, 7 September 2024\n\n## Timeline\n\n- 00:10 UTC d\n- 23:50 UTC c\n- 23:40 UTC b\n- 23:30 UTC a\n",
        None,
        None,
    );
    assert_eq!(told(&draft)[3], "5 2024-09-08T00:10+00:00 d");
    assert!(codes(&draft).contains(&("newest-first", 5)), "{:?}", codes(&draft));
}

#[test]
fn plan_and_actual_stand_side_by_side() {
    let draft = draft_of(
        "# Release 4.1\n\nDate: 2024-09-07\nAll times are in UTC.\n\n## Plan and actual\n\n| Planned | Actual | Step | Owner |\n| --- | --- | --- | --- |\n| 17:00 | 17:12 | deploy | Kim |\n| 18:00 | skipped | announce | Lee |\n",
        None,
        None,
    );
    let incident = &draft.records[0].incident;
    assert_eq!(told(&draft), ["10 2024-09-07T17:12+00:00 deploy"]);
    let steps: Vec<String> = incident
        .plan
        .iter()
        .map(|step| {
            format!(
                "{} {} {:?} {}",
                step.at.unwrap().written(),
                step.text,
                step.owner,
                step.skipped.is_some()
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            "2024-09-07T17:00+00:00 deploy Some(\"Kim\") false",
            "2024-09-07T18:00+00:00 announce Some(\"Lee\") true",
        ]
    );
    assert_eq!(incident.events[0].steps, [incident.plan[0].id.clone().unwrap()]);
}

#[test]
fn parts_go_where_a_record_has_them() {
    let draft = draft_of(
        "# Checkout down\n\nThe pool was too small.\n\n## Impact\n\nNobody could pay.\n\n## Root causes\n\n- A small pool\n- No alert\n\n## What went well?\n\n- Pages went out\n\n## Was lief schlecht?\n\n- Wir\n  schliefen\n\n## 운이 좋았던 점\n\n- 주말이었다\n\n## Action items\n\n- [ ] Alert on the pool (Owner: Kim, due 2024-10-01)\n- [x] Larger pool\n\n## Timeline\n\n- 2024-09-07 10:00 UTC a\n- 2024-09-07 10:05 UTC b\n\n## Background\n\nOld.\n",
        None,
        None,
    );
    let incident = &draft.records[0].incident;
    assert_eq!(incident.summary.as_deref(), Some("The pool was too small.\n"));
    assert_eq!(incident.impact.as_deref(), Some("Nobody could pay.\n"));
    let texts = |notes: &[crate::model::Note]| {
        notes.iter().map(|note| note.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&incident.contributing_factors), ["A small pool", "No alert"]);
    assert_eq!(texts(&incident.lessons.well), ["Pages went out"]);
    assert_eq!(texts(&incident.lessons.badly), ["Wir\nschliefen"]);
    assert_eq!(texts(&incident.lessons.lucky), ["주말이었다"]);
    let action = &incident.actions[0];
    assert_eq!((action.owner.as_deref(), action.due), (Some("Kim"), Day::parse("2024-10-01")));
    assert_eq!((incident.actions.len(), incident.sections[0].title.as_str()), (2, "Background"));
    assert_eq!(codes(&draft), [("done-without-day", 30)]);
}

#[test]
fn what_belongs_to_an_entry_goes_with_it() {
    let draft = draft_of(
        "# X\n\n## Timeline\n\n- 2024-09-07 10:00 UTC **a**\n  goes on\n  - 10:01 nested\n\n  ```\n  10:02:03 a log\n  ```\n- 10:05 @kim: b\n\n### A heading of nothing\n\n```\n12:00 code\n```\n",
        None,
        None,
    );
    assert_eq!(
        told(&draft),
        ["5 2024-09-07T10:00+00:00 **a** goes on", "12 2024-09-07T10:05+00:00 b"]
    );
    let events = &draft.records[0].incident.events;
    let detail = events[0].detail.as_deref().unwrap();
    assert!(detail.contains("- 10:01 nested") && detail.contains("10:02:03 a log"), "{detail}");
    assert_eq!(events[1].by.as_deref(), Some("kim"));
    let left = draft.left_out.iter().find(|left| left.line == 16).unwrap();
    assert_eq!((left.end_line, left.why), (18, WhyLeft::Code));
}

/// Every line is in the record, or listed.
#[test]
fn nothing_is_dropped_in_silence() {
    let text = "---\ntitle: t\n---\n# X\n\nwords before\n\n## Timeline\n\nAll in UTC, of course.\n\n| Time | Event |\n| --- | --- |\n| 2024-09-07 10:00 | alpha |\n| HH:mm | nobody filled it in |\n| 2024-09-07 10:05 | beta |\n\n## Else\n\nwords behind\n";
    let draft = draft_of(text, None, None);
    let record = crate::model::Incident { ..draft.records[0].incident.clone() };
    let kept: String = record.texts().iter().map(|text| format!("{}\n", text.text)).collect();
    for (at, line) in text.lines().enumerate() {
        let listed =
            draft.left_out.iter().any(|left| (left.line..=left.end_line).contains(&(at + 1)));
        let last = line.rsplit('|').find(|cell| !cell.trim().is_empty()).unwrap_or("").trim();
        let is_there = kept.contains(last.trim_start_matches(['#', ' ']));
        assert!(listed || is_there || line.starts_with('#'), "{}: {line}", at + 1);
    }
}

/// Work grows with the document, whatever it holds.
#[test]
fn hostile_documents_are_answered_in_time() {
    let long = [
        "#".repeat(10_000),
        "## a\n".repeat(5_000),
        "- **a**:\n".repeat(5_000),
        (0..400).map(|n| format!("{}- a\n", " ".repeat(n))).collect::<String>(),
        format!("|{}\n|{}\n", "a|".repeat(2_000), "-|".repeat(2_000)),
        format!("| Time | Event |\n|---|---|\n{}", "| 10:00 | a |\n".repeat(3_000)),
        "- 10:00 UTC a\n".repeat(3_000),
        format!("{}\n", "`|".repeat(10_000)),
        "<!--".repeat(5_000),
        "```\n".repeat(5_001),
        "- 7 Sep 10:00\n".repeat(3_000),
        "[".repeat(20_000),
        "\u{202e}10:00 \u{0}\n".repeat(1000),
    ];
    for text in long {
        let input = Input { name: "x.md".to_owned(), bytes: text.into_bytes() };
        let answers =
            Answers { zone: Some(Zone::UTC), date: Day::parse("2024-09-07"), ..Answers::default() };
        let draft = read(&[input], &answers);
        assert!(draft.is_ok() || draft.is_err());
    }
}
