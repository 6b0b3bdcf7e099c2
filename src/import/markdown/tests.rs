//! Tests with documents in every notation, each a few lines long.

use super::lead::{StatedTime, lead};
use super::*;
use crate::fault::{DoubtCode, WhyLeft};
use crate::model::{Day, Event, EventType, Moment, Zone};

fn draft_of(text: &str, zone: Option<&str>, date: Option<&str>) -> Draft {
    let input = Input { name: "post.md".to_owned(), bytes: text.as_bytes().to_vec() };
    let answers = ImportOptions {
        zone: zone.and_then(Zone::parse),
        date: date.and_then(Day::parse),
        ..ImportOptions::default()
    };
    read(&[input], &answers).unwrap()
}

/// Returns every event of a document: its line, its time, its end and its text.
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

/// Returns how a lead is parsed: day, clock time, end, and the text after it.
fn read_lead(text: &str) -> Option<String> {
    let found = lead(text, false)?;
    let stated = |stated: &StatedTime| {
        let mut parts = Vec::new();
        parts.extend(stated.about.then(|| "~".to_owned()));
        parts.extend(stated.next_day.then(|| "next".to_owned()));
        parts.extend(stated.day.map(|day| {
            let year = day.year.map_or("----".to_owned(), |year| year.to_string());
            format!("{year}-{:02}-{:02}{}", day.month, day.day, if day.turned { "?" } else { "" })
        }));
        parts.extend(stated.clock.map(|clock| {
            let minute = clock.minute.map_or("??".to_owned(), |minute| format!("{minute:02}"));
            let second = clock.second.map_or(String::new(), |second| format!(":{second:02}"));
            format!("{:02}:{minute}{second}", clock.hour)
        }));
        parts.extend(stated.relative.map(|seconds| format!("T{seconds:+}")));
        parts.extend(stated.zone.as_ref().map(|zone| match zone.offset {
            Some(offset) => format!("{offset:+}"),
            None => zone.zone.unwrap().name().to_owned(),
        }));
        parts.join(" ")
    };
    let end = found.end.as_ref().map_or(String::new(), |end| format!(" – {}", stated(end)));
    let open = if found.open { " –" } else { "" };
    Some(format!("{}{end}{open} | {}", stated(&found.start), &text[found.rest..]))
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
        ("**Oct 31, 2020:** disclosed", "2020-10-31 | disclosed"),
        ("**August 1st 2022:** all are new", "2022-08-01 | all are new"),
        ("June 15, 2023 from 14:18 to 18:39 (UTC) swaps", "2023-06-15 14:18 – 18:39 +0 | swaps"),
        ("2024-09-07 between 10:00 and 11:30: slow", "2024-09-07 10:00 – 11:30 | slow"),
        ("14:19: The 1.1.4-hotfix branch", "14:19 | The 1.1.4-hotfix branch"),
        ("18:08: on 7.10. it was due", "18:08 | on 7.10. it was due"),
        ("Stand 11.10.2023 12:37", "2023-10-11 12:37 | "),
        ("Update 18.06.2026 / 17:03 Uhr", "2026-06-18 17:03 | "),
        ("05.02.2024 ab 20.00 Uhr Sicherung", "2024-02-05 20:00 | Sicherung"),
        ("Mise à jour 15h50", "15:50 | "),
        ("업데이트 오후 3시 10분", "15:10 | "),
        ("22:30 UTC (Oct 29) - deploy", "-----10-29 22:30 +0 | deploy"),
        ("22:30 (5 of 6 replicas) deploy", "22:30 | (5 of 6 replicas) deploy"),
    ] {
        assert_eq!(read_lead(text).as_deref(), Some(expected), "{text:?}");
    }
}

/// Days with hyphens, spans of days, and texts directly after a time.
const DAYS_AND_ENDS: &[(&str, &str)] = &[
    ("23:49 (19. Okt.) Fehler", "-----10-19 23:49 | Fehler"),
    ("02-13-2025 11:00 pm - full", "2025-02-13 23:00 | full"),
    ("01-31-2024 - The fix", "2024-01-31 | The fix"),
    ("02-03-2025 11:00 a", "2025-02-03? 11:00 | a"),
    ("10-14 15:03 기동", "-----10-14 15:03 | 기동"),
    ("08-23 ~04:34 재시작", "~ -----08-23 04:34 | 재시작"),
    ("08-23 (日) 04:34 a", "-----08-23 04:34 | a"),
    ("08-23〜08-27 不在", "-----08-23 – -----08-27 | 不在"),
    ("2024-09-07~2024-09-09 slow", "2024-09-07 – 2024-09-09 | slow"),
    ("2024-09-07 ~18:08 slow", "~ 2024-09-07 18:08 | slow"),
    ("16:00 頃から通知", "~ 16:00 – | 通知"),
    ("18:08重启服务", "18:08 | 重启服务"),
    ("16:00頃通知が届く", "~ 16:00 | 通知が届く"),
    ("18:08에 앱 진입 불가", "18:08 | 앱 진입 불가"),
    ("18:08 에러 발생", "18:08 | 에러 발생"),
    ("18:08 +0900 배포", "18:08 +540 | 배포"),
];

#[test]
fn days_with_hyphens_and_texts_right_behind_a_time_are_read() {
    for (text, expected) in DAYS_AND_ENDS {
        assert_eq!(read_lead(text).as_deref(), Some(*expected), "{text:?}");
    }
}

/// Leads with noon, midnight and parts of the day, and with unusual signs.
const PARTS_OF_THE_DAY: &[(&str, &str)] = &[
    ("【18:08】 アラート", "18:08 | アラート"),
    ("'24. 9. 7.(토) 17:00 배포", "2024-09-07 17:00 | 배포"),
    ("次日零点10分 结束", "next 00:10 | 结束"),
    ("18:08 -- deploy", "18:08 | deploy"),
    ("18:08 -> deploy", "18:08 | deploy"),
    ("18:08 => deploy", "18:08 | deploy"),
    ("18:08 >> deploy", "18:08 | deploy"),
    ("18:08 > 5 s", "18:08 | > 5 s"),
    ("noon: deploy", "12:00 | deploy"),
    ("**Noon** – deploy", "12:00 | deploy"),
    ("12:00 noon – deploy", "12:00 | deploy"),
    ("12 midnight: deploy", "00:00 | deploy"),
    ("noon UTC deploy", "12:00 +0 | deploy"),
    ("22:30 to midnight: slow", "22:30 – 00:00 | slow"),
    ("정오에 배포", "12:00 | 배포"),
    ("정오 배포", "12:00 | 배포"),
    ("자정쯤 복구", "~ 00:00 | 복구"),
    ("오후 0시 10분 배포", "12:10 | 배포"),
    ("밤 11시 5분 재시작", "23:05 | 재시작"),
    ("밤 11시~1시 점검", "23:00 – 01:00 | 점검"),
    ("저녁 19:00 공지", "19:00 | 공지"),
    ("낮 11시 40분 확인", "11:40 | 확인"),
    ("낮 1시 확인", "13:00 | 확인"),
    ("午後0時10分 再起動", "12:10 | 再起動"),
    ("正午 再起動", "12:00 | 再起動"),
    ("夜9時 再起動", "21:00 | 再起動"),
    ("深夜0時 再起動", "00:00 | 再起動"),
    ("中午11点40分 重启", "11:40 | 重启"),
    ("中午12点半 重启", "12:30 | 重启"),
    ("Mittag: Neustart", "~ 12:00 | Neustart"),
    ("12 Uhr mittags: Neustart", "12:00 | Neustart"),
    ("Mitternacht – Neustart", "00:00 | Neustart"),
    ("vers midi : retour", "~ 12:00 | retour"),
    ("minuit et demi : retour", "00:30 | retour"),
    ("mediodía: caída", "~ 12:00 | caída"),
    ("las 9 de la noche: caída", "21:00 | caída"),
    ("ao meio-dia e meia – deploy", "12:30 | deploy"),
    ("3:43 in the afternoon – deploy", "15:43 | deploy"),
];

#[test]
fn parts_of_the_day_are_read_with_the_hours_that_they_have() {
    for (text, expected) in PARTS_OF_THE_DAY {
        assert_eq!(read_lead(text).as_deref(), Some(*expected), "{text:?}");
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
        "Midnight Commander was installed",
        "Noon Technologies called",
        "midnight-blue theme shipped",
        "정오 직전 배포",
        "자정 넘어 복구",
        "正午前に再起動",
        "午前12時 再起動",
        "저녁 2시 확인",
        "las 12 de la mañana: caída",
        "10-12 text",
        "10-12 of 14 replicas",
        "1-12 18:08 text",
        "10-12 - 18:08",
        "10-14~16 text",
    ] {
        assert_eq!(read_lead(text), None, "{text:?}");
    }
}

#[test]
fn updates_and_days_of_a_page_are_entries() {
    let page = "\n---\ndate: 2024-09-07T10:39:00\n---\n\nOrders fail.\n\n## Update 11:26\n\nThey pass again.\n";
    let draft = draft_of(page, Some("UTC"), None);
    assert_eq!(told(&draft), ["8 2024-09-07T11:26+00:00 They pass again."]);
    let page = "# Orders\n\n## 2024-09-09\n\nFixed.\n\n## 2024-09-07\n\nReported.\n";
    let draft = draft_of(page, Some("UTC"), None);
    assert_eq!(told(&draft), ["7 2024-09-07 Reported.", "3 2024-09-09 Fixed."]);
    // Beside clock times, a heading that is a day applies to what is below it.
    let page = "# Orders\n\n## 2024-09-09\n\n- 10:00: fixed\n- 10:05: told\n\n## 2024-09-07\n\nReported.\n";
    let draft = draft_of(page, Some("UTC"), None);
    assert_eq!(told(&draft), ["5 2024-09-09T10:00+00:00 fixed", "6 2024-09-09T10:05+00:00 told"]);
}

#[test]
fn text_beside_the_day_of_an_action_is_kept() {
    let page = "# Down on September 7, 2024\n\n## Timeline (UTC)\n\n- 18:08: down\n- 18:20: up\n\n## Action items\n\n| Action | Due | Status |\n| --- | --- | --- |\n| Split users | 2024-10-01 | Done on 2024-09-30, but only for the primary |\n| Alert | 2024-10-02, if the vendor delivers by then | open |\n| Page | 2024-10-03 | done 2024-10-01 |\n";
    let draft = draft_of(page, None, None);
    let actions = draft.records[0].incident.actions.iter();
    let told: Vec<String> =
        actions.map(|it| format!("{} {:?}", it.text, it.done.map(|day| day.to_string()))).collect();
    assert_eq!(
        told,
        [
            "Split users\nStatus: Done on 2024-09-30, but only for the primary Some(\"2024-09-30\")",
            "Alert\n2024-10-02, if the vendor delivers by then\nStatus: open None",
            "Page Some(\"2024-10-01\")",
        ]
    );
}

#[test]
fn an_action_that_is_done_on_an_unknown_day_says_so() {
    let text = "# Down on September 7, 2024\n\n## Timeline (UTC)\n\n- 18:08: down\n- 18:20: up\n\n\
        ## Action items\n\n- [x] Larger pool\n- [ ] Alert\n\n\
        | Action | Owner | Due | Status | Ticket |\n|---|---|---|---|---|\n\
        | Page | Kim | 2024-09-08 | **Done** | — |\n| Drill | — | – | - | #12 |\n\n\
        ### Immediate actions (completed)\n\n- Raise the limit\n\n\
        ### Short-term improvements (Q4 2024)\n\n- Split users\n";
    let draft = draft_of(text, None, None);
    let actions = draft.records[0].incident.actions.iter();
    let told: Vec<_> = actions.map(|it| (it.text.as_str(), it.owner.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("Page\nStatus: **Done**", Some("Kim")),
            ("Drill\nTicket: #12", None),
            ("[x] Larger pool", None),
            ("Alert", None),
            ("Raise the limit\nImmediate actions (completed)", None),
            ("Split users\nShort-term improvements (Q4 2024)", None),
        ]
    );
    let unsure = codes(&draft);
    let when = unsure.iter().filter(|(code, _)| *code == "done-without-day").map(|(_, line)| *line);
    assert_eq!(when.collect::<Vec<_>>(), [10, 15, 20]);
}

#[test]
fn an_action_behind_its_label_is_an_action() {
    let text = "# Down on September 7, 2024\n\n- **Context**:\n  - 18:08 UTC: down\n\n\
        ```\ntimed out\n```\n\n  - 18:20 UTC: up\n\n\
        - **Impact**: Nobody could pay.\n\n\
        - **Review actions**: Use a token (Owner: Kim)\n";
    let draft = draft_of(text, None, None);
    let incident = &draft.records[0].incident;
    assert_eq!(incident.impact.as_deref(), Some("**Impact**: Nobody could pay.\n"));
    let action = &incident.actions[0];
    let told = (action.text.as_str(), action.owner.as_deref());
    assert_eq!(told, ("**Review actions**: Use a token (Owner: Kim)", Some("Kim")));
}

#[test]
fn two_days_of_an_action_are_both_kept() {
    let text = "## Timeline (UTC)\n- 2026-08-02 18:08: down\n- 2026-08-02 18:20: up\n## Action items\n\n\
        | Action | Owner | Due |\n|---|---|---|\n\
        | jobs of their own | infra | 設計 2026-08-10・実装 2026-08-23 |\n\
        | an alert | Kim | 2026-08-05 |\n";
    let draft = draft_of(text, None, None);
    let texts: Vec<&str> =
        draft.records[0].incident.actions.iter().map(|action| action.text.as_str()).collect();
    assert_eq!(texts, ["jobs of their own\n設計 2026-08-10・実装 2026-08-23", "an alert"]);
}

#[test]
fn a_numbered_list_stays_with_the_sentence_that_it_goes_on_with() {
    let text = "## Timeline (UTC)\n- 2026-03-30 18:08: down\n- 2026-03-30 18:20: up\n## Causes\n\
        Two requests were blocked.\n1. a cookie\n2. a header\nThe second was not found.\n\n\
        Two pools were small:\n1. of the shop\n2. of the [bank][b]\n\n[b]: https://bank.example\n";
    let draft = draft_of(text, None, None);
    let factors = &draft.records[0].incident.contributing_factors;
    let texts: Vec<&str> = factors.iter().map(|factor| factor.text.as_str()).collect();
    let whole = "Two requests were blocked.\n1. a cookie\n2. a header\nThe second was not found.";
    let linked = "of the [bank][b]\n[b]: https://bank.example";
    assert_eq!(texts, [whole, "of the shop", linked]);
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
    // The day for all of them takes precedence over that of the previous entry.
    let draft = draft_of(
        "# X\n\nUnless otherwise noted all events happened on 2024-09-07 (UTC).\n\n## Timeline\n\n- 2024-09-06 10:00 UTC: a\n- 11:00 UTC: b\n",
        None,
        None,
    );
    assert_eq!(told(&draft)[1], "8 2024-09-07T11:00+00:00 b");
}

#[test]
fn what_a_document_lacks_raises_a_question() {
    let text = "# X\n\n## Timeline\n\n- 10:00 a\n- 10:05 b\n";
    assert_eq!(draft_of(text, None, None).asks(), [DoubtCode::NoZone, DoubtCode::NoDate]);
    let draft = draft_of(text, Some("America/Los_Angeles"), Some("2024-09-07"));
    assert!(draft.asks().is_empty());
    // A named zone includes daylight saving time.
    assert_eq!(told(&draft)[0], "5 2024-09-07T10:00-07:00 a");
    let turned = "# X\n\n## Timeline\n\n- 7/5/2023 10:00 UTC a\n- 7/5/2023 10:05 UTC b\n";
    assert_eq!(draft_of(turned, None, None).asks(), [DoubtCode::DayMonthOrder]);
    // Another date shows the order of day and month.
    let shown = format!("{turned}- 7/15/2023 10:05 UTC c\n");
    assert_eq!(told(&draft_of(&shown, None, None))[0], "5 2023-07-05T10:00+00:00 a");
}

#[test]
fn a_code_block_is_read_as_a_timeline_on_request() {
    let text = "# Down\n\nDate: 2024-09-07\n\n```\n$ uptime\n18:01 up 3 days\n```\n\n\
        ## Timeline (UTC)\n\n- before all this\n\n```text\n18:08  pool exhausted\n       500s everywhere\n\
        18:20  restart\n```\n\n- 18:31: not asked for\n";
    let input = Input { name: "post.md".to_owned(), bytes: text.into() };
    let of = |fence| {
        read(std::slice::from_ref(&input), &ImportOptions { fence, ..ImportOptions::default() })
    };
    let draft = of(None).unwrap();
    assert_eq!(told(&draft), ["20 2024-09-07T18:31+00:00 not asked for"]);
    assert_eq!(draft.timed_code, [2], "one line with a time is no timeline");
    let code = draft.left_out.iter().find(|left| left.why == WhyLeft::Code).unwrap();
    assert_eq!((code.line, code.end_line, code.fence), (14, 18, Some(2)));
    let draft = of(Some(2)).unwrap();
    assert_eq!(
        told(&draft),
        [
            "15 2024-09-07T18:08+00:00 pool exhausted 500s everywhere",
            "17 2024-09-07T18:20+00:00 restart",
            "20 2024-09-07T18:31+00:00 not asked for",
        ]
    );
    assert!(draft.timed_code.is_empty());
    let fault = of(Some(3)).unwrap_err();
    assert_eq!(fault, ImportFault::NoFence { name: "post.md".to_owned(), wanted: 3, found: 2 });
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
fn plan_and_actual_are_side_by_side() {
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
fn other_lessons_are_listed_as_learned() {
    let draft = draft_of(
        "# X\n\n## Timeline\n\n- 2024-09-07 10:00 UTC a\n- 10:05 b\n\n## Lessons Learned\n\n### What went well\n\n- Pages\n\n### Technical\n\n1. Ask first\n2. Then act\n\n## 얻은 교훈\n\n- 점검표를 둔다\n",
        None,
        None,
    );
    let lessons = &draft.records[0].incident.lessons;
    let texts = lessons.learned.iter().map(|note| note.text.as_str()).collect::<Vec<_>>();
    assert_eq!(texts, ["Ask first", "Then act", "점검표를 둔다"]);
    assert_eq!(lessons.well.len(), 1);
    assert!(draft.records[0].incident.sections.is_empty());
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
    // The content below a separate heading is a section, and code in it is not an event.
    let section = &draft.records[0].incident.sections[0];
    assert_eq!(
        (section.title.as_str(), section.body.as_str()),
        ("A heading of nothing", "```\n12:00 code\n```")
    );
    let draft = draft_of(
        "# X\n\n## Timeline (UTC)\n\n```\n12:00 code\n```\n\n- 2024-09-07 10:00 a\n",
        None,
        None,
    );
    assert_eq!((draft.left_out[0].end_line, draft.left_out[0].why), (7, WhyLeft::Code));
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

/// The work is proportional to the document, whatever it contains.
#[test]
fn hostile_documents_are_answered_in_time() {
    let long = [
        "#".repeat(10_000),
        "## a\n".repeat(1_500),
        "- **a**:\n".repeat(1_500),
        (0..400).map(|n| format!("{}- a\n", " ".repeat(n))).collect::<String>(),
        format!("|{}\n|{}\n", "a|".repeat(2_000), "-|".repeat(2_000)),
        format!("| Time | Event |\n|---|---|\n{}", "| 10:00 | a |\n".repeat(1_000)),
        "- 10:00 UTC a\n".repeat(1_000),
        format!("{}\n", "`|".repeat(10_000)),
        "<!--".repeat(5_000),
        "```\n".repeat(5_001),
        "- 7 Sep 10:00\n".repeat(3_000),
        "[".repeat(20_000),
        "\u{202e}10:00 \u{0}\n".repeat(1000),
    ];
    for text in long {
        let input = Input { name: "x.md".to_owned(), bytes: text.into_bytes() };
        let answers = ImportOptions {
            zone: Some(Zone::UTC),
            date: Day::parse("2024-09-07"),
            ..ImportOptions::default()
        };
        let draft = read(&[input], &answers);
        assert!(draft.is_ok() || draft.is_err());
    }
}

#[test]
fn a_number_before_a_month_is_a_mark_or_a_day() {
    let marked = draft_of(
        "# X\n\n## Timeline (UTC)\n\n1. **Apr 01, 2021 20:39** a\n2. **21:16** b\n3. Apr 02 00:05 c\n\n## Action items\n\n1. set up alerts\n2. automate it\n",
        None,
        None,
    );
    assert_eq!(
        told(&marked),
        ["5 2021-04-01T20:39+00:00 a", "6 2021-04-01T21:16+00:00 b", "7 2021-04-02T00:05+00:00 c",]
    );
    let actions = &marked.records[0].incident.actions;
    assert_eq!(
        actions.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(),
        ["set up alerts", "automate it"]
    );
    let days = draft_of(
        "# X\n\n## Timeline (UTC)\n\n1. Sep 2024 18:08: a\n2. Sep 2024 18:20: b\n",
        None,
        None,
    );
    assert_eq!(told(&days), ["5 2024-09-01T18:08+00:00 a", "6 2024-09-02T18:20+00:00 b"]);
}

#[test]
fn a_time_that_goes_back_is_doubted_wherever_it_is() {
    let draft = draft_of(
        "# X\n\n## Timeline (UTC)\n\n- 2024-09-28 10:00 a\n- 2024-09-28 10:05 b\n- 2024-09-11 10:10 c\n- 2024-09-11 10:20 d\n- 2024-09-11 10:15 e\n",
        None,
        None,
    );
    assert_eq!(codes(&draft), [("date-jump", 7), ("step-back", 9)]);
    // An outlier causes a single doubt: the following entries are in order.
    let draft = draft_of(
        "# X\n\n## Timeline (UTC)\n\n- 2024-09-28 10:00 a\n- 2025-09-28 10:05 b\n- 2024-09-28 10:10 c\n",
        None,
        None,
    );
    assert_eq!(codes(&draft), [("date-jump", 6)]);
    // The zone in a sentence causes doubts like that of an entry.
    let draft = draft_of(
        "# X\n\nAll times are in PST.\n\n## Timeline\n\n- 2024-09-28 10:00 a\n- 2024-09-28 10:05 b\n",
        None,
        None,
    );
    assert_eq!(codes(&draft), [("zone-out-of-season", 7)]);
}

#[test]
fn fields_are_milestones_of_events() {
    let draft = draft_of(
        "# X\n\n- **Key events**\n  - First detected: 2024-09-07 10:00\n  - Resolved 2024-09-07 11:00\n  - Declared: 2024-09-07 10:07\n  - Repaired: 2024-09-07 10:20\n\n## Timeline (UTC)\n\n- 2024-09-07 10:00: errors\n- 2024-09-07 10:05: incident declared\n- 2024-09-07 10:20: patched\n- 2024-09-07 10:20: repaired\n- 2024-09-07 11:00: all is well\n",
        Some("UTC"),
        None,
    );
    let kinds: Vec<String> =
        draft.records[0].incident.events.iter().map(|event| format!("{:?}", event.kind)).collect();
    assert_eq!(kinds, ["Some(Detected)", "None", "None", "Some(Mitigated)", "Some(Resolved)"]);
    assert_eq!(codes(&draft), [("milestone-differs", 6)]);
}

#[test]
fn a_document_of_several_incidents_becomes_a_record_each() {
    let text = "# Outages\n\nTwo of them.\n\n## Incidents\n\n### September 7, 2024 - Redis\n\n**Impact:** all\n\n**Timeline:**\n\n- 18:08 UTC: a\n- 18:20 UTC: b\n\n### September 9, 2024 - Database\n\n**Timeline:**\n\n- 10:00 UTC: c\n- 10:05 UTC: d\n\n## Action items\n\n- more memory\n";
    let draft = draft_of(text, None, None);
    let titles: Vec<&str> =
        draft.records.iter().map(|record| record.incident.title.as_str()).collect();
    assert_eq!(titles, ["September 7, 2024 - Redis", "September 9, 2024 - Database"]);
    assert_eq!(told(&draft)[2], "20 2024-09-09T10:00+00:00 c");
    let actions: Vec<usize> =
        draft.records.iter().map(|record| record.incident.actions.len()).collect();
    assert_eq!((actions, codes(&draft)), (vec![1, 0], vec![("several-incidents", 7)]));
    let input = Input { name: "post.md".to_owned(), bytes: text.as_bytes().to_vec() };
    let one = ImportOptions { split: Some(false), ..ImportOptions::default() };
    assert_eq!(read(&[input], &one).unwrap().records.len(), 1);
    // Headings that are spans of time outside a timeline are separate outages.
    let spans = "# Log\n\n## Outages\n\n#### 2024-09-04 22:26 ~ 22:53 (GMT+9)\n\n- cause: ?\n\n#### 2024-09-01 22:09 ~ 23:16 (GMT+9)\n\n- cause: pool\n";
    let draft = draft_of(spans, None, None);
    assert_eq!(
        told(&draft),
        [
            "5 2024-09-04T22:26+09:00–2024-09-04T22:53+09:00 cause: ?",
            "9 2024-09-01T22:09+09:00–2024-09-01T23:16+09:00 cause: pool",
        ]
    );
    // The days of one incident belong together.
    let days =
        "# X\n\n## Timeline (UTC)\n\n### 2024-09-07\n\n- 10:00 a\n\n### 2024-09-08\n\n- 09:00 b\n";
    assert_eq!(draft_of(days, None, None).records.len(), 1);
}

#[test]
fn an_ambiguous_day_raises_a_question_wherever_it_is() {
    for text in [
        "# X\n\n## Timeline (UTC)\n\n### 05/07/2024\n\n- 10:00 a\n- 10:05 b\n",
        "# X\n\n## Timeline (UTC)\n\n05/07/2024\n\n- 10:00 a\n- 10:05 b\n",
        "# X\n\nDate: 05/07/2024\n\nOn 2024-08-01 we wrote this.\n\n## Timeline (UTC)\n\n- 10:00 a\n- 10:05 b\n",
    ] {
        assert_eq!(draft_of(text, None, None).asks(), [DoubtCode::DayMonthOrder], "{text}");
    }
    // The day of an action is not guessed either.
    let text = "# X\n\n## Timeline (UTC)\n\n- 2024-07-05 10:00 a\n- 10:05 b\n\n## Actions\n\n| Action | Due |\n| --- | --- |\n| pool | 05/07/2024 |\n";
    let draft = draft_of(text, None, None);
    let action = &draft.records[0].incident.actions[0];
    assert_eq!((action.due, action.text.as_str()), (None, "pool\n05/07/2024"));
}

/// Words that begin like those that end a time belong to the text, in every language.
#[test]
fn a_text_may_begin_like_the_end_of_a_time() {
    for text in [
        "경보 울림",
        "경고 발생",
        "경로 변경",
        "시작",
        "시스템 점검",
        "시도 실패",
        "시간 초과",
        "이후 정상화",
        "분석 시작",
        "초기화",
        "밤샘 대응",
        "오전 배포 취소",
        "오후 배포 예정",
        "새벽 배포 롤백",
        "저녁 식사 뒤 재개",
        "時刻同期が失敗",
        "時間切れ",
        "頃合いを見て再起動",
        "ごろごろ",
        "午前の分を再実行",
        "以降の処理を停止",
        "前後の行を確認",
        "左右两台机器重启",
        "前后端回滚",
        "点击率下降",
        "许可证过期",
        "晚高峰开始",
        "下午的发布取消",
        "起服务",
        "midnight job failed",
        "noon job failed",
        "+5 nodes joined",
        "~50% lost",
        "~10 nodes lost",
    ] {
        let expected = format!("18:08 | {text}");
        for before in ["18:08 ", "**18:08** "] {
            assert_eq!(
                read_lead(&format!("{before}{text}")),
                Some(expected.clone()),
                "{before}{text}"
            );
        }
        assert_eq!(read_lead(&format!("18:08: {text}")), Some(expected), "{text}");
    }
}

/// A picture before a time stays with the text, and a second clock time directly after a slash is read.
#[test]
fn pictures_and_second_clocks_beside_a_time_are_read() {
    let draft = draft_of(
        "# X 2024-02-07\n\n## Timeline (UTC)\n\n- 🔴 18:08 down\n- ✅ **18:20** up\n- 6:31 PM PST/9:31 PM EST a\n\n\
        | Time | Event |\n|---|---|\n| 🚨 23:00 | paged |\n| 23:10 | done |\n",
        None,
        None,
    );
    let expected = [
        "5 2024-02-07T18:08+00:00 🔴 down",
        "6 2024-02-07T18:20+00:00 ✅ up",
        "11 2024-02-07T23:00+00:00 🚨 paged",
        "12 2024-02-07T23:10+00:00 done",
        "7 2024-02-07T18:31-08:00 a",
    ];
    assert_eq!(told(&draft), expected);
    assert_eq!(codes(&draft).iter().filter(|(code, _)| *code == "second-zone-differs").count(), 0);
}

/// Numeric dates are in the order that another date in the document shows or its language has; otherwise that is asked.
#[test]
fn the_order_of_days_is_shown_or_that_of_the_language() {
    let of = |text: &str| draft_of(text, Some("UTC"), None);
    for (text, expected) in [
        (
            "# X\n\n## Timeline 01/10/2024 - 02/28/2024. All times are approximations\n\n01-31-2024 - a\n\n02-28-2024 - b\n",
            "2024-01-31",
        ),
        (
            "# X\n\n## Timeline\n\n01-10-2024\n\n- 19:32 a\n- 19:38 b\n\n01-31-2024 - c\n",
            "2024-01-10",
        ),
        (
            "# X\n\n## Timeline\n\n10-01-2024\n\n- 19:32 a\n- 19:38 b\n\n31-01-2024 - c\n",
            "2024-01-10",
        ),
        (
            "# 2026-08-11 장애\n\n## 타임라인\n\n- 8/10 19:32 시작\n- 8/11 10:37 복구\n",
            "2026-08-10",
        ),
        (
            "# 2026年 障害\n\n2026-08-01 の記録\n\n## 時系列\n\n- 08-10 19:32 発生\n- 08-11 10:37 復旧\n",
            "2026-08-10",
        ),
    ] {
        let draft = of(text);
        assert_eq!(draft.asks(), [], "{text}");
        let first = draft.records[0].incident.events[0].at.unwrap();
        assert_eq!(first.day().to_string(), expected, "{text}");
    }
    for text in [
        "# 2026-08-11 down\n\n## Timeline\n\n- 8/10 19:32 a\n- 8/11 10:37 b\n",
        "# 2026-08-11 down\n\n## Timeline\n\n- 08-10 19:32 a\n- 08-11 10:37 b\n",
        // A foreign day, and a name in a document of another language.
        "# 2026-08-11 장애\n\n작성 09/08/2026\n\n## 타임라인\n\n- 8/10 19:32 시작\n- 8/11 10:37 복구\n",
        "# 2026-08-11 down\n\nSaid by 김.\n\n## Timeline\n\n- 8/10 19:32 a\n- 8/11 10:37 b\n",
    ] {
        assert_eq!(of(text).asks(), [DoubtCode::DayMonthOrder], "{text}");
    }
}

/// The day and zone of entries are in fields with other names, in a title without signs, or far into a text.
#[test]
fn days_and_zones_are_found_where_people_write_them() {
    let long = "It went on for a long time, and nobody could say why that was so. ".repeat(4);
    for (text, expected) in [
        ("# 보고\n\n- **장애 발생 시각**: 2026년 7월 2일 21:05 (KST)\n\n## 타임라인\n\n- 21:05 시작\n- 23:10 복구\n".to_owned(), "2026-07-02T21:05+09:00"),
        ("# Report 20260702 - data loss\n\n## Timeline (UTC)\n\n- 21:05 a\n- 23:10 b\n".to_owned(), "2026-07-02T21:05+00:00"),
        ("# ハング\n\n- 記録日時: 2026-06-21 14:44 JST\n\n## タイムライン\n\n- 12:20 起動\n- 12:58 開始\n".to_owned(), "2026-06-21T12:20+09:00"),
        (format!("# 2025-10-20\n\n{long}What matters (all times in PDT):\n\n| Time | Event |\n|---|---|\n| 00:11 | a |\n| 00:26 | b |\n"), "2025-10-20T00:11-07:00"),
    ] {
        let draft = draft_of(&text, None, None);
        assert_eq!(draft.asks(), [], "{text}");
        assert_eq!(draft.records[0].incident.events[0].at.unwrap().written(), expected, "{text}");
    }
    for number in ["20261302", "30000101", "2026070"] {
        let text = format!("# Report {number}\n\n## Timeline (UTC)\n\n- 21:05 a\n- 23:10 b\n");
        assert_eq!(draft_of(&text, None, None).asks(), [DoubtCode::NoDate], "{number}");
    }
    let fields = "# 보고\n\n- **장애 발생 시각**: 2026년 7월 2일 21:05 (KST)\n- **장애 복구 시각**: 2026년 7월 2일 23:10 (KST)\n\n\
        ## 타임라인 (KST)\n\n- 21:05 접속 불가\n- 23:10 접속 확인\n";
    let draft = draft_of(fields, None, None);
    let kinds = draft.records[0].incident.events.iter().map(|event| event.kind.clone());
    let expected = [Some(EventType::ImpactStart), Some(EventType::Resolved)];
    assert_eq!(kinds.collect::<Vec<_>>(), expected);
}

#[test]
fn headings_are_entries_where_their_neighbours_are() {
    let draft = draft_of(
        "---\ntitle: Slow login\n---\n\n## 13.11.2025\n\n- closed\n- watched\n\n## 7.10.2025 - 16:00 Uhr\n\nfound\n\n## 01.10.2025 - 17:00 Uhr\n\nseen\n\n## 01.10.2025 - 15:28 Uhr\n\nreported\n",
        Some("Europe/Berlin"),
        None,
    );
    assert_eq!(
        told(&draft),
        [
            "18 2025-10-01T15:28+02:00 reported",
            "14 2025-10-01T17:00+02:00 seen",
            "10 2025-10-07T16:00+02:00 found",
            "5 2025-11-13 closed",
        ]
    );
    assert_eq!(draft.records[0].incident.events[3].detail.as_deref(), Some("- watched\n"));
    // Below an entry of a higher level, and alone.
    let draft = draft_of(
        "# Slow, 2018\n\n## Feb 21 2018, 13:00\n\na\n\n## Feb 22 2018, 07:13\n\nb\n\n### 07:18\n\nc\n",
        Some("UTC"),
        None,
    );
    assert_eq!(told(&draft)[2], "11 2018-02-22T07:18+00:00 c");
    let alone = draft_of("# Slow\n\n## 18.02.2026 09:20 Uhr\n\nrestored\n", Some("UTC"), None);
    assert_eq!(told(&alone), ["3 2026-02-18T09:20+00:00 restored"]);
    // Something that begins like a time among entries is reported if it is not one.
    let unread = draft_of(
        "# X\n\n## Timeline (UTC)\n\n### 2024-09-07 18:08\n\na\n\n### 2X:XX\n\nb\n\n### 21:57\n\nc\n",
        None,
        None,
    );
    assert_eq!(codes(&unread), [("time-not-understood", 9)]);
}

#[test]
fn names_and_parts_of_a_document_are_distinguished() {
    let draft = draft_of(
        "---\ntitle: Queues are down\ndate: 2024-09-07\n---\n\n# Timeline\n\nAll times in UTC.\n\n- 10:00 `@kim ` restarts\n- 10:05 @ann and @ben roll back\n\n![load](load.png)\n\n- 10:10 done\n\n# Root causes\n\nThere were two:\n\n- a pool\n- a cache\n",
        None,
        None,
    );
    let incident = &draft.records[0].incident;
    assert_eq!(incident.title, "Queues are down");
    let stated: Vec<(Option<&str>, &str, Option<&str>)> = incident
        .events
        .iter()
        .map(|event| (event.by.as_deref(), event.text.as_str(), event.detail.as_deref()))
        .collect();
    assert_eq!(
        stated,
        [
            (Some("kim"), "restarts", None),
            (None, "@ann and @ben roll back", Some("![load](load.png)\n")),
            (None, "done", None),
        ]
    );
    let factors: Vec<&str> =
        incident.contributing_factors.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(factors, ["a pool", "a cache"]);
    assert!(draft.left_out.iter().any(|left| left.text == "There were two:"));
}

/// Clock times as people type them.
const CLOCKS: [&str; 33] = [
    "18:08",
    "18:08:30",
    "6:08 pm",
    "6:08pm",
    "0:05",
    "12:05 am",
    "오후 6시 8분",
    "18시 8분",
    "오전 9시",
    "午後6時8分",
    "18h08",
    "18:08 Uhr",
    "下午6点08分",
    "00:00",
    "23:59",
    "noon",
    "12:10 pm",
    "정오",
    "正午",
    "오후 0시 10분",
    "낮 1시",
    "점심 11시 반",
    "저녁 7시 5분",
    "밤 11시",
    "새벽 2시",
    "午後0時10分",
    "夜9時",
    "夕方5時",
    "朝9時",
    "未明2時",
    "자정",
    "midnight",
    "밤 12시",
];

/// A day and a clock time for `log --at` are the same moment at the beginning of a line.
#[test]
fn a_typed_time_is_read_the_same_in_a_document() {
    use crate::lang::{Aim, Frame, read_typed};
    let days = [
        "2024-09-07",
        "7 September 2024",
        "September 7, 2024",
        "Sep 7 2024",
        "7. September 2024",
        "2024년 9월 7일",
        "2024年9月7日",
        "7 de septiembre de 2024",
        "7 septembre 2024",
        "07.09.2024",
    ];
    let zones = ["", " UTC", " +09:00", "+0900", " KST", "Z"];
    let seoul = Zone::parse("Asia/Seoul").unwrap();
    let now = Moment::parse("2024-09-08T12:00:00+09:00", None).unwrap();
    let frame = Frame::bare(now, seoul, Aim::Happened);
    let (mut compared, mut differ) = (0, Vec::new());
    // A document of each zone: an entry without one has that of the first.
    for zone in zones {
        let texts =
            days.iter().flat_map(|day| CLOCKS.iter().map(move |it| format!("{day} {it}{zone}")));
        let typed =
            texts.filter_map(|text| Some((read_typed(&text, &frame).ok()?.moment.unix(), text)));
        let typed: Vec<(i64, String)> = typed.collect();
        let lines: String = typed.iter().map(|(_, text)| format!("- {text} - a\n")).collect();
        let draft = draft_of(&format!("# X\n\n## Timeline\n\n{lines}"), Some("Asia/Seoul"), None);
        let read: std::collections::HashMap<&str, i64> = draft.records[0]
            .incident
            .events
            .iter()
            .map(|event| (event.source.as_deref().unwrap(), event.at.unwrap().unix()))
            .collect();
        compared += typed.len();
        for (place, (at, text)) in typed.into_iter().enumerate() {
            if read.get(format!("post.md:{}", place + 5).as_str()) != Some(&at) {
                differ.push(text);
            }
        }
    }
    assert!(compared > 200, "{compared}");
    assert!(differ.is_empty(), "{} of {compared}: {differ:?}", differ.len());
}

/// Columns of ends belong to the times in their rows; a row is carried out close to its plan.
#[test]
fn the_ends_of_rows_are_in_separate_columns() {
    let draft = draft_of(
        "# Release 5.0\n\nDate: 2026-03-10 (KST)\n\n## Run sheet\n\n| # | Step | Planned start | Planned end | Actual start | Actual end |\n|---|---|---|---|---|---|\n| 1 | Deploy | 23:10 | 23:40 | 23:15 | 00:05 |\n| 2 | Announce | 24:00 | open | 00:03 | |\n",
        None,
        None,
    );
    let incident = &draft.records[0].incident;
    let plan: Vec<String> = incident
        .plan
        .iter()
        .map(|step| {
            format!(
                "{}..{}",
                step.at.unwrap().written(),
                step.until.map_or(String::new(), |at| at.written())
            )
        })
        .collect();
    assert_eq!(
        plan,
        ["2026-03-10T23:10+09:00..2026-03-10T23:40+09:00", "2026-03-11T00:00+09:00.."]
    );
    assert_eq!(
        told(&draft),
        [
            "9 2026-03-10T23:15+09:00–2026-03-11T00:05+09:00 Deploy",
            "10 2026-03-11T00:03+09:00 Announce",
        ]
    );
    assert!(incident.events.iter().all(|event| event.detail.is_none()));
}

/// Documents with the expected results.
#[test]
fn notations_of_many_houses_are_read() {
    for (text, expected) in [
        (
            "---\ntitle: DNS\nresolvedWhen: 2025-04-03T20:00:00+00:00\n---\n\n\
            ***Resolved*** {{< track \"2025-04-03T20:00:00+00:00\" >}} All answer.\n\n\
            ***Update*** {{< track \"2025-04-03T19:10:00+00:00\" >}} One is back.\n\nMore follow.\n\n\
            *Investigating* - Lookups\ntime out. {{< track \"2025-04-03T18:05:00+00:00\" >}}\n",
            &[
                "13 2025-04-03T18:05:00+00:00 *Investigating* - Lookups time out.",
                "8 2025-04-03T19:10:00+00:00 One is back.",
                "6 2025-04-03T20:00:00+00:00 ***Resolved*** All answer.",
            ][..],
        ),
        (
            "---\ntitle: Slow\n---\n\n::: update Resolved | 2024-08-07T11:00:00Z\nWarm.\n:::\n\n\
            ::: update Found | 2024-08-07T10:00:00Z\nEmptied.\n:::\n",
            &[
                "9 2024-08-07T10:00:00+00:00 Found Emptied.",
                "5 2024-08-07T11:00:00+00:00 Resolved Warm.",
            ],
        ),
        (
            "Loss on 2025-02-27\n===\n\nAll events happened on 2025-02-27 (CET).\n\nTimeline\n--------\n\n\
            08:14\n:   Broker 3 leaves.\n\n08:50\n:   Rebuilt.\n",
            &["9 2025-02-27T08:14+01:00 Broker 3 leaves.", "12 2025-02-27T08:50+01:00 Rebuilt."],
        ),
        (
            "# Run on 2026-09-01, UTC\n\n## What happened\n\n- 08:05 freeze\n- 09:20 canary\n- 11:40 all\n",
            &[
                "5 2026-09-01T08:05+00:00 freeze",
                "6 2026-09-01T09:20+00:00 canary",
                "7 2026-09-01T11:40+00:00 all",
            ],
        ),
        (
            "# 迁移\n\n时区: CST (UTC+8)\n\n## 2026-05-08 23:30 开始\n\n## 次日 00:45 完成\n\n## 次日 01:10 恢复\n",
            &[
                "5 2026-05-08T23:30+08:00 开始",
                "7 2026-05-09T00:45+08:00 完成",
                "9 2026-05-09T01:10+08:00 恢复",
            ],
        ),
        (
            "# 2026年9月3日\n\n时间均为北京时间\n\n## 时间线\n\n- 14:02 冻结\n- 15:30 发布\n",
            &["7 2026-09-03T14:02+08:00 冻结", "8 2026-09-03T15:30+08:00 发布"],
        ),
        (
            "# Cut\n\n## March 2, 2026\n\n**Timeline** (UTC)\n\n- 08:10-25: alert\n- 08:55: doubled\n",
            &[
                "7 2026-03-02T08:10+00:00–2026-03-02T08:25+00:00 alert",
                "8 2026-03-02T08:55+00:00 doubled",
            ],
        ),
        (
            "# Drill\n\nStart (T+0): 2026-04-10 10:00 UTC-3\n\n## Timeline\n\n- T+0: off\n- T+90s: alert\n",
            &["7 2026-04-10T10:00-03:00 off", "8 2026-04-10T10:01:30-03:00 alert"],
        ),
    ] {
        let draft = draft_of(text, None, None);
        assert_eq!(told(&draft), expected, "{text}");
    }
}

#[test]
fn ist_is_a_word_of_german_tables() {
    let text = "# Wartung am 7. März 2026\n\nZeitzone: Europe/Berlin\n\n\
        | Schritt | Soll Beginn | Soll Ende | Ist Beginn | Ist Ende |\n|---|---|---|---|---|\n\
        | Sicherung | 22:05 | 23:00 | 22:06 | 23:31 |\n| Umzug | 23:00 | 00:30 | 23:35 | 01:10 |\n";
    let draft = draft_of(text, None, None);
    assert_eq!(
        told(&draft),
        [
            "7 2026-03-07T22:06+01:00–2026-03-07T23:31+01:00 Sicherung",
            "8 2026-03-07T23:35+01:00–2026-03-08T01:10+01:00 Umzug",
        ]
    );
    assert_eq!(draft.records[0].incident.plan.len(), 2);
}

#[test]
fn front_matter_states_when_it_was_resolved() {
    let page = |resolved: &str| {
        format!(
            "---\ndate: 2025-04-03\nresolvedWhen: {resolved}\n---\n\n## Timeline (UTC)\n\n\
            - 2025-04-03 18:05: down\n- 2025-04-03 20:00: up\n"
        )
    };
    let draft = draft_of(&page("2025-04-03T20:00:00+00:00"), None, None);
    let kinds: Vec<_> = draft.records[0].incident.events.iter().map(|it| it.kind.clone()).collect();
    assert_eq!(kinds, [None, Some(crate::model::EventType::Resolved)]);
    let draft = draft_of(&page("2025-04-03T21:00:00+00:00"), None, None);
    assert!(codes(&draft).contains(&("milestone-differs", 3)), "{:?}", codes(&draft));
    assert!(draft.records[0].incident.events.iter().all(|it| it.kind.is_none()));
}

/// Midnight in words is the next one after an entry; elsewhere its day is unknown.
#[test]
fn midnight_in_words_needs_an_entry_before_it() {
    let told_of = |list: &str| {
        let document = format!("# Down on September 7, 2024\n\n## Timeline (UTC)\n\n{list}");
        let draft = draft_of(&document, None, None);
        (told(&draft), codes(&draft))
    };
    let (events, doubts) = told_of("- 23:50: down\n- midnight: restart\n- 00:20: up\n");
    assert_eq!(events.len(), 3, "{events:?}");
    assert!(events[1].contains("2024-09-08T00:00"), "{events:?}");
    assert!(events[2].contains("2024-09-08T00:20"), "{events:?}");
    assert!(doubts.contains(&("midnight-assumed", 6)), "{doubts:?}");
    let (events, doubts) = told_of("- 08:00: down\n- 자정 복구\n");
    assert!(events[1].contains("2024-09-08T00:00"), "{events:?}");
    assert!(doubts.contains(&("midnight-assumed", 6)), "{doubts:?}");
    for list in [
        "- midnight: down\n- 00:20: restart\n- 00:40: up\n",
        "- 23:50: down\n- 2024-09-08 midnight: restart\n- 2024-09-08 00:20: up\n",
        "- 23:50: down\n- 2024-09-08 밤 12시: restart\n- 2024-09-08 00:20: up\n",
        "- 22:10: down\n- 다음 날 밤 1시: restart\n- 23:00: up\n",
    ] {
        let (events, doubts) = told_of(list);
        assert_eq!(events.len(), 2, "{list}: {events:?}");
        assert!(doubts.iter().any(|(code, _)| *code == "time-not-understood"), "{list} {doubts:?}");
    }
}

/// Unusual lists: marks of Korean and Chinese reports, brackets, and items that begin like sentences.
#[test]
fn lists_with_other_marks_are_timelines() {
    for list in [
        "○ 18:08 down\n○ 18:20 restart\n○ 18:35 up\n",
        "■ 18:08 down\n■ 18:20 restart\n■ 18:35 up\n",
        "1）18:08 down\n2）18:20 restart\n3）18:35 up\n",
        "1、18:08 down\n2、18:20 restart\n3、18:35 up\n",
        "【18:08】 down\n【18:20】 restart\n【18:35】 up\n",
        "- At 18:08, down\n- At 18:20 restart\n- Às 18h35, up\n",
    ] {
        let document = format!("# X on September 7, 2024\n\n## Timeline (UTC)\n\n{list}");
        let draft = draft_of(&document, None, None);
        let events = draft.records[0].incident.events.iter();
        let events: Vec<String> =
            events.map(|it| format!("{} {}", it.at.unwrap().written(), it.text)).collect();
        assert_eq!(
            events,
            [
                "2024-09-07T18:08+00:00 down",
                "2024-09-07T18:20+00:00 restart",
                "2024-09-07T18:35+00:00 up"
            ],
            "{list}"
        );
    }
}

/// Returns the parts of a document below a timeline: factors, lessons, actions and titles of sections.
fn parts_of(below: &str) -> (Draft, [Vec<String>; 4]) {
    let head = "# Down on September 7, 2024\n\n## Timeline (UTC)\n\n- 18:08: down\n- 18:20: up\n\n";
    let draft = draft_of(&format!("{head}{below}"), None, None);
    let incident = &draft.records[0].incident;
    let texts = |notes: &[crate::model::Note]| notes.iter().map(|it| it.text.clone()).collect();
    let lessons = &incident.lessons;
    let lists = [&lessons.well, &lessons.badly, &lessons.lucky, &lessons.learned];
    let lessons = lists.into_iter().flat_map(|notes| texts(notes)).collect();
    let actions = incident.actions.iter().map(|it| it.text.clone()).collect();
    let sections = incident.sections.iter().map(|it| it.title.clone()).collect();
    let parts = [texts(&incident.contributing_factors), lessons, actions, sections];
    (draft, parts)
}

/// Lists below a heading of causes, each with the expected factors.
#[test]
fn a_list_has_causes_if_its_sentence_mentions_them() {
    for (below, expected) in [
        ("There were two:\n\n- a pool\n- a cache\n", &["a pool", "a cache"][..]),
        (
            "The outage was made longer by several failures:\n- no alert\n- no page\n",
            &["no alert", "no page"],
        ),
        ("원인은 다음과 같다:\n- 풀\n- 알림\n", &["풀", "알림"]),
        ("The pool was small. We decided to act because:\n- it was slow\n- users left\n", &[]),
        ("This led to:\n- 500s\n- angry users\n", &[]),
        ("We ruled out these causes:\n- the disk\n- the net\n", &[]),
        ("배포를 멈추기로 결정한 이유는 다음과 같다:\n- 오류\n- 로그\n", &[]),
        ("Many things were slow and broken, for example:\n- the shop\n- the bank\n", &[]),
    ] {
        let (_, [factors, _, _, sections]) = parts_of(&format!("## Root cause\n\n{below}"));
        assert_eq!(factors, expected, "{below}");
        assert_eq!(sections.is_empty(), !expected.is_empty(), "{below}");
    }
    let told = "## Conclusion\n\nThe incident was caused by two factors:\n\n1. a pool\n2. a disk\n\nIt ended by itself.\n";
    let (draft, [factors, ..]) = parts_of(told);
    assert_eq!(factors, ["a pool", "a disk"]);
    assert_eq!(draft.records[0].incident.sections[0].body, "It ended by itself.");
    let general = "## Conclusion\n\nSuch timeouts are caused by:\n\n- slow disks\n- slow nets\n";
    assert_eq!(parts_of(general).1[0], [""; 0]);
}

/// Headings that contain a word for a part but begin none, or only one in a list.
#[test]
fn a_heading_that_speaks_about_a_part_begins_none() {
    for heading in [
        "Actions taken",
        "GitHub Actions runners",
        "Previous action items",
        "Finding the root cause",
        "Root cause and action items",
        "What went well and what went wrong",
        "Application Insights",
        "What went well and could be improved",
        "Timeline and root cause",
        "Ergriffene Maßnahmen",
        "Ursachen und Maßnahmen",
        "Actions menées",
        "Acciones tomadas",
        "Ações tomadas",
        "장애 원인 및 조치",
        "暫定対応と恒久対策",
        "已采取的改进措施",
        "Database trigger",
        "원인 및 재발 방지 대책",
        "根本原因と再発防止策",
    ] {
        let (_, parts) = parts_of(&format!("## {heading}\n\n- one\n- two\n"));
        let [factors, lessons, actions, sections] = parts;
        assert_eq!((factors.len(), lessons.len(), actions.len()), (0, 0, 0), "{heading}");
        assert_eq!(sections, [heading]);
    }
    for (heading, list) in [
        ("Root cause of the outage", 0),
        ("Why it happened", 0),
        ("Ursache des Ausfalls", 0),
        ("장애 원인 분석", 0),
        ("Insights", 1),
        ("What went right", 1),
        ("Mesures correctives", 2),
        ("Medidas preventivas", 2),
        ("Ações corretivas", 2),
        ("再発防止策", 2),
        ("后续改进措施", 2),
        ("Lessons learned: what went well", 1),
        ("Review actions", 2),
        ("후속 조치 계획", 2),
    ] {
        let (_, parts) = parts_of(&format!("## {heading}\n\n- one\n- two\n"));
        assert_eq!(parts[list], ["one", "two"], "{heading}");
    }
    let (draft, [factors, _, actions, sections]) = parts_of(
        "## Root cause\n\nA pool.\n\n### Resolution\n\n- restarted\n\n### How we fixed it\n\n- larger\n\n\
        ### Second cause\n\n- no alert\n\n## Action items\n\n### References\n\n- a board\n\n### Prevent\n\n- alert\n",
    );
    assert_eq!(
        (factors, actions),
        (vec!["A pool.".into(), "no alert".into()], vec!["alert".into()])
    );
    assert_eq!(sections, ["Resolution", "How we fixed it", "References"]);
    // Headings of groups are listed if the record does not have them.
    let left: Vec<&str> = draft.left_out.iter().map(|left| left.text.as_str()).collect();
    assert_eq!(left, ["### Second cause", "### Prevent"]);
}

#[test]
fn placeholders_of_a_template_are_no_lessons() {
    let (draft, [factors, lessons, actions, sections]) = parts_of(
        "## Root causes\n\n[Technical explanation]\n\n## What went well\n\n> What did we do right?\n\n\
        - Pages went out\n- N/A\n\nList of things that went well. For example,\n\n1. Bots were quick\n2. Staging held\n\n\
        ## What went badly\n\n_Do not skip this section._\n\n- None\n- [a slow page][1]\n\n[1]: https://page.example\n\n\
        ## Learnings\n\nMany tools helped, for example:\n- the board\n- the bot\n\n\
        ## Action items\n\n- TBD\n\n| Action | Owner | Due |\n|---|---|---|\n| [Action 1] | [Name] | YYYY-MM-DD |\n\
        | Alert | @kim | TBD |\n\n**Root cause**: TBD\n",
    );
    assert_eq!(factors, [""; 0]);
    let example = "Many tools helped, for example:\n- the board\n- the bot";
    let slow = "[a slow page][1]\n[1]: https://page.example";
    assert_eq!(lessons, ["Pages went out", slow, example]);
    assert_eq!((actions, sections), (vec!["Alert\nTBD".into()], vec!["Action items".into()]));
    assert_eq!(draft.records[0].incident.actions[0].owner.as_deref(), Some("kim"));
    let left = draft.left_out.iter().filter(|left| left.why == WhyLeft::Template);
    let left: Vec<(usize, usize)> = left.map(|left| (left.line, left.end_line)).collect();
    assert_eq!(
        left,
        [(10, 10), (14, 14), (17, 17), (19, 22), (26, 26), (28, 28), (41, 41), (45, 45)]
    );
}

#[test]
fn an_item_that_leads_to_others_is_what_they_have_in_common() {
    let (draft, [_, _, actions, _]) = parts_of(
        "## Action items\n\n- When a migration is planned (owner: Kim):\n  - [x] tell the team\n  - [ ] test it\n\
        - Alert on the pool:\n  - Owner: Lee\n  - Due: 2024-10-01\n- Fix it:\n  - https://x.example/1\n  - https://x.example/2\n\
        - [x] All of these:\n  - one\n  - two:\n    - a\n    - b\n1. **Docs**:\n   - examples\n   - index\n2. nothing else\n",
    );
    let common = "When a migration is planned (owner: Kim):";
    assert_eq!(
        actions,
        [
            format!("[x] tell the team\n{common}"),
            format!("test it\n{common}"),
            "Alert on the pool:\n  - Owner: Lee\n  - Due: 2024-10-01".to_owned(),
            "Fix it:\n  - https://x.example/1\n  - https://x.example/2".to_owned(),
            "one\nAll of these:".to_owned(),
            "a\ntwo:\nAll of these:".to_owned(),
            "b\ntwo:\nAll of these:".to_owned(),
            "examples\nDocs".to_owned(),
            "index\nDocs".to_owned(),
            "nothing else".to_owned(),
        ]
    );
    let owners = draft.records[0].incident.actions.iter().filter(|it| it.owner.is_some()).count();
    assert_eq!(owners, 3);
    let done = codes(&draft).iter().filter(|(code, _)| *code == "done-without-day").count();
    assert_eq!(done, 4);
}

/// What a template suggests is no action, and an action of several people has no single owner.
#[test]
fn suggestions_are_no_actions_and_several_people_are_no_owner() {
    let (draft, [_, _, actions, _]) = parts_of(
        "## Action items\n\nList of things that we could do. For example,\n\n- automate it\n\n\
        These are agreed:\n\n- @ann and @ben larger pool\n- @kim alert on it, with help from the people of @lee\n",
    );
    assert_eq!(
        actions,
        ["@ann and @ben larger pool", "@kim alert on it, with help from the people of @lee"]
    );
    let owners = draft.records[0].incident.actions.iter().map(|it| it.owner.as_deref());
    assert_eq!(owners.collect::<Vec<_>>(), [None, Some("kim")]);
    let template = draft.left_out.iter().filter(|left| left.why == WhyLeft::Template);
    assert!(template.count() > 0, "{:?}", draft.left_out);
}

/// Actions with the expected day of completion, due day, and doubt.
#[test]
fn marks_of_being_done_are_read_or_doubted() {
    for (item, done, due, is_doubted) in [
        ("✅ Larger pool", None, None, true),
        ("Larger pool ✅", None, None, true),
        ("Alert (done 2024-09-08)", Some("2024-09-08"), None, false),
        ("Drill. **(Done during the incident)**", None, None, true),
        ("~~Move away~~", None, None, true),
        ("Done: rotate keys", None, None, true),
        ("[DONE] page twice", None, None, true),
        ("Runbook - completed 2024-09-10", Some("2024-09-10"), None, false),
        ("점검표 (완료)", None, None, true),
        ("監視 (完了)", None, None, true),
        ("점검표 (완료 예정)", None, None, false),
        ("完了条件を書く", None, None, false),
        ("Split users (not done yet)", None, None, false),
        ("Buy disks (to be completed by 2024-10-01)", None, None, false),
        ("Mail users (reported 2024-09-07)", None, None, false),
        ("Test (due 2024-11-01)", None, Some("2024-11-01"), false),
        ("Test (2024-11-01)", None, Some("2024-11-01"), false),
        ("Make sure that it is fixed", None, None, false),
    ] {
        let (draft, _) = parts_of(&format!("## Action items\n\n- {item}\n"));
        let action = &draft.records[0].incident.actions[0];
        let days = [action.done, action.due].map(|day| day.map(|day| day.to_string()));
        assert_eq!(days, [done, due].map(|day| day.map(str::to_owned)), "{item}");
        let doubted = codes(&draft).iter().any(|(code, _)| *code == "done-without-day");
        assert_eq!((action.text.as_str(), doubted), (item, is_doubted));
    }
    let (draft, _) = parts_of(
        "## Action items\n\n- Alert\n  - **Owner**: @kim\n  - Due: 2024-10-01\n  - Status: done\n\
        - Probe less often. Owner: platform. Due: 2024-11-01.\n",
    );
    let actions = draft.records[0].incident.actions.iter();
    let told = actions.map(|it| (it.owner.as_deref(), it.due.map(|day| day.to_string())));
    let expected = [(Some("kim"), "2024-10-01"), (Some("platform"), "2024-11-01")];
    let expected = expected.map(|(owner, due)| (owner, Some(due.to_owned())));
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert!(codes(&draft).contains(&("done-without-day", 10)));
    let (draft, [_, _, actions, sections]) = parts_of(
        "## Action items\n\nThe following have been completed:\n\n- restart\n\nThese are still open:\n\n- queries\n\n\
        ### Completed\n\n- limit\n\n### To be completed\n\n- split\n\n\
        ## Next steps\n\nWe have none yet.\n\nSee the board.\n",
    );
    let stated = "restart\nThe following have been completed:";
    assert_eq!(actions, [stated, "queries", "limit\nCompleted", "split"]);
    assert_eq!(sections, ["Next steps"]);
    let done = codes(&draft).into_iter().filter(|(code, _)| *code == "done-without-day");
    assert_eq!(done.map(|(_, line)| line).collect::<Vec<_>>(), [12, 20]);
}

#[test]
fn a_table_has_actions_if_its_headings_say_so() {
    let (_, [_, _, actions, sections]) = parts_of(
        "## Action items\n\n| Action | Owner |\n|---|---|\n| alert | Kim |\n\n\
        | Priority | Meaning |\n|---|---|\n| P1 | today |\n\n\
        ## Previous action items\n\n| Action | Due |\n|---|---|\n| old | 2024-01-01 |\n",
    );
    assert_eq!(actions, ["alert"]);
    assert_eq!(sections, ["Action items", "Previous action items"]);
}

/// What was decided against is not an action and stays in its own section; a word that only looks similar removes
/// nothing.
#[test]
fn what_was_decided_against_is_no_action() {
    for item in [
        "Rejected: move to another cloud",
        "Move to another cloud (won't do: too dear)",
        "Move to another cloud [wontfix]",
        "Move to another cloud — declined, see #12",
        "디스크 이중화 (기각)",
        "디스크 이중화 - 보류",
        "apt の pin（不採用、更新が止まるため）",
        "监控升级（不采纳）",
        "Umzug (verworfen: zu teuer)",
        "Validar el esquema — sin acción — se aborda en otro proyecto",
        "Changer de fournisseur (abandonné)",
        "Trocar o disco (descartada)",
    ] {
        let (draft, [_, _, actions, sections]) =
            parts_of(&format!("## Action items\n\n- Alert\n- {item}\n"));
        assert_eq!(
            (actions.as_slice(), sections.as_slice()),
            (&["Alert".to_owned()][..], &["Action items".to_owned()][..]),
            "{item}"
        );
        assert_eq!(draft.records[0].incident.sections[0].body.trim(), format!("- {item}"));
    }
    for item in [
        "Retry (cancelled orders are lost)",
        "Cancelled orders: retry them",
        "Tell users - rejected logins look alike",
        "취소 주문 재처리",
        "보류 중인 주문 확인",
        "中止ボタンを直す",
    ] {
        let (_, [_, _, actions, sections]) = parts_of(&format!("## Action items\n\n- {item}\n"));
        assert_eq!((actions, sections.len()), (vec![item.to_owned()], 0));
    }
    let (draft, [_, _, actions, sections]) = parts_of(
        "## 対策\n\n| # | 対策 | 決定 | 担当 |\n|---|---|---|---|\n| 1 | 監視 | **採用**(分離は不採用) | infra |\n\
        | 2 | pin | **不採用**(更新停止) | — |\n| 3 | bundled | 見送り | — |\n\n## Rejected\n\n- a second region\n",
    );
    assert_eq!(actions, ["監視\n#: 1\n決定: **採用**(分離は不採用)"]);
    assert_eq!(sections, ["対策", "Rejected"]);
    assert_eq!(
        draft.records[0].incident.sections[0].body.trim(),
        "| # | 対策 | 決定 | 担当 |\n|---|---|---|---|\n| 2 | pin | **不採用**(更新停止) | — |\n| 3 | bundled | 見送り | — |"
    );
    let (_, [_, _, actions, sections]) = parts_of(
        "## Action items\n\n- Alert\n\n### Won't do\n\n- a second region\n\n### Databases:\n\n\
        - When a migration is planned:\n  - ask first\n  - stop writes (rejected)\n",
    );
    assert_eq!(actions, ["Alert", "ask first\nWhen a migration is planned:"]);
    assert_eq!(sections, ["Won't do", "Databases"]);
}

#[test]
fn a_column_of_days_is_that_of_the_clock_times_beside_it() {
    for (head, days) in [
        ("Date", ["2024-04-03", "2024-04-09", ""]),
        ("날짜", ["4월 3일", "4월 9일", "4월 9일"]),
        ("Day", ["2024-04-03", "2024-04-09", "2024-04-09"]),
    ] {
        let [first, second, third] = days;
        let text = format!(
            "---\nkind: release\nversion: \"3.0\"\n---\n# Release 3.0\n\nDate: 2024-04-09\n\n\
            | {head} | Planned | Actual | Step |\n|---|---|---|---|\n\
            | {first} | 10:00 | 10:05 | Submit |\n| {second} | 17:00 | 17:25 | Deploy |\n\
            | {third} | 18:00 | 18:10 | Announce |\n"
        );
        let draft = draft_of(&text, Some("America/New_York"), None);
        assert_eq!(
            told(&draft),
            [
                "11 2024-04-03T10:05-04:00 Submit",
                "12 2024-04-09T17:25-04:00 Deploy",
                "13 2024-04-09T18:10-04:00 Announce",
            ],
            "{head}"
        );
        let incident = &draft.records[0].incident;
        let planned: Vec<String> =
            incident.plan.iter().filter_map(|step| Some(step.at?.written())).collect();
        let expected = ["2024-04-03T10:00", "2024-04-09T17:00", "2024-04-09T18:00"];
        assert_eq!(planned, expected.map(|at| format!("{at}-04:00")), "{head}");
        assert!(incident.events.iter().all(|event| event.detail.is_none()), "{incident:?}");
        assert_eq!(incident.kind.as_deref(), Some("release"));
        assert_eq!(incident.version.as_deref(), Some("3.0"));
    }
    let text = "# Outage\n\n| Date | Time | Event |\n|---|---|---|\n\
        | 2024-04-03 | 10:00 | it broke |\n| 2024-04-04 | 11:00 | it works |\n";
    let draft = draft_of(text, Some("UTC"), None);
    let expected = ["5 2024-04-03T10:00Z it broke", "6 2024-04-04T11:00Z it works"];
    assert_eq!(told(&draft), expected.map(|line| line.replace('Z', "+00:00")));
}
