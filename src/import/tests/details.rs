//! What a reader of an export takes of an entry beside its words: who, which one, when on which clocks, and what is named
//! of the rest.

use crate::fault::DoubtCode;

use super::exports::SENT;
use super::*;

#[test]
fn people_channels_and_links_of_slack_have_their_names() {
    let day = r#"[
{"type":"message","user":"U1","username":"hook","ts":"1741424901.000100","text":"a <mailto:ops@x.example> b"},
{"type":"message","user":"U7","user_profile":{"display_name":"Kim"},"ts":"1741424902.000100","text":"c"},
{"type":"message","bot_id":"B1","username":"alerts","ts":"1741424903.000100","text":"","attachments":[{"fallback":"slow","title":"slow","title_link":"https://a.example/1"}]}
]"#;
    let files = [CHANNELS, ("export/incident-7/2025-03-08.json", day), USERS];
    let lines = told("slack", &files, &ImportOptions { channel: Some("C7".to_owned()), ..seoul() });
    same(
        &lines,
        "# #incident-7
        2025-03-08T18:08:21+09:00 a ops@x.example b by Mina <slack:C7:1741424901.000100>
        2025-03-08T18:08:22+09:00 c by Kim <slack:C7:1741424902.000100>
        2025-03-08T18:08:23+09:00 slow by alerts [https://a.example/1] <slack:C7:1741424903.000100>",
    );
    let inputs =
        [CHANNELS, USERS].map(|(name, text)| Input { name: name.to_owned(), bytes: text.into() });
    let fault = read(Kind::Slack, &inputs, &seoul()).unwrap_err();
    assert!(matches!(fault, ImportFault::Nothing { .. }), "{fault:?}");
}

/// A file of a day is named by the workspace's own clocks, which are not in the file.
#[test]
fn days_of_slack_beside_the_requested_one_are_read() {
    let message =
        |ts: &str| format!(r#"[{{"type":"message","user":"U1","ts":"{ts}","text":"x"}}]"#);
    let (before, behind) = (message("1741424901.0"), message("1741424902.0"));
    let files =
        [("e/ops/2025-03-07.json", before.as_str()), ("e/ops/2025-03-09.json", behind.as_str())];
    let at = |text| Moment::parse(text, None).ok();
    let (since, until) = (at("2025-03-08T18:00+09:00"), at("2025-03-08T19:00+09:00"));
    let lines = told("slack", &files, &ImportOptions { since, until, ..seoul() });
    assert_eq!(lines.len(), 3, "{lines:?}");
}

#[test]
fn messages_of_discord_without_words_and_what_marks_them() {
    let file = r#"{"channel":{"id":"9","name":"ops"},"messages":[
{"id":"1","type":"Default","timestamp":"2025-03-08T10:00:00Z","timestampEdited":"2025-03-08T10:05:00Z","isPinned":true,"content":"","author":{"name":"lee"},"attachments":[{"fileName":"a.png"}]},
{"id":"2","type":"Default","timestamp":"2025-03-08T10:01:00Z","isPinned":false,"content":"","author":{"name":"lee"},"stickers":[{"name":"party"}]}]}"#;
    same(
        &told("discord", &[("ops.json", file)], &ImportOptions::default()),
        "# #ops
        2025-03-08T10:00:00+00:00 a.png by lee key <discord:9:1>
        2025-03-08T10:01:00+00:00 party by lee <discord:9:2>
        ? 2 edited 1
        ? 2 file-not-in-export a.png",
    );
}

#[test]
fn entries_of_pagerduty_come_in_several_shapes() {
    let entries = r#"[
{"log_entry":{"id":"R1","type":"trigger_log_entry_reference","summary":"Triggered","created_at":"2025-03-08T09:08:30Z","html_url":"https://x.example/1","channel":{"summary":"5xx","client_url":"https://x.example/2"},"contexts":[{"href":"https://x.example/1"},{"href":"https://x.example/3"}]}},
{"id":"R2","type":"acknowledge_log_entry","summary":"Acknowledged","created_at":"2025-03-08T09:09:00Z","user":{"summary":"Jo"},"incident":{"id":"P1","summary":"[#4] Orders fail","created_at":"2025-03-08T09:08:30Z"}}]"#;
    same(
        &told("pagerduty", &[("p.json", entries)], &seoul()),
        "# Orders fail
        2025-03-08T18:08:30+09:00 5xx detected [https://x.example/1] [https://x.example/2] [https://x.example/3] <pagerduty:R1>
        2025-03-08T18:09:00+09:00 Acknowledged by Jo acknowledged <pagerduty:R2>",
    );
    // Whoever acknowledged last changed an incident that is not over.
    let open = r#"{"incidents":[{"id":"P1","title":"Orders fail","status":"acknowledged","created_at":"2025-03-08T09:08:00Z","last_status_change_at":"2025-03-08T09:10:00Z"}]}"#;
    assert_eq!(told("pagerduty", &[("p.json", open)], &seoul()).len(), 2);
    let messages = r#"{"messages":[{"id":"m1","event":"incident.trigger","created_on":"2025-03-08T09:08:30Z","incident":{"id":"P1","title":"Orders fail"}}]}"#;
    let lines = told("pagerduty", &[("p.json", messages)], &seoul());
    assert_eq!(lines[1], "2025-03-08T18:08:30+09:00 Orders fail detected <pagerduty:m1>");
    let resolved = body(
        "E1",
        "incident.resolved",
        "10:00:05.000",
        r#"{"id":"P1","title":"Orders fail","resolve_reason":{"incident":{"summary":"Disk"}}}"#,
    );
    let replied = body(
        "E2",
        "incident.responder.replied",
        "10:00:06.000",
        r#"{"incident":{"id":"P1"},"user":{"summary":"Kim"},"state":"declined"}"#,
    )
    .replace(r#""agent":{"summary":"Jo","type":"user_reference"}"#, r#""agent":null"#);
    let lines = told("pagerduty", &[("p.jsonl", &format!("{resolved}\n{replied}"))], &seoul());
    assert_eq!(
        lines[1],
        "2025-03-08T19:00:05+09:00 Resolved: merged into Disk by Jo resolved <pagerduty:E1>"
    );
    assert_eq!(
        lines[2],
        "2025-03-08T19:00:06+09:00 Responder replied: declined by Kim <pagerduty:E2>"
    );
    let sheet = "id;incident_number;description;created_on\nQ1;4;Orders fail, all;2025-03-08T18:08:30+09:00\n";
    let lines = told("pagerduty", &[("p.csv", sheet)], &seoul());
    assert_eq!(
        lines[1],
        "2025-03-08T18:08:30+09:00 Orders fail, all detected <pagerduty:Q1:detected:2025-03-08T18:08:30+09:00>"
    );
}

fn calendar(head: &str, events: &[(&str, &str)]) -> String {
    let event = |(uid, lines): &(&str, &str)| {
        format!("BEGIN:VEVENT\nUID:{uid}\n{lines}\nSUMMARY:{uid}\nEND:VEVENT\n")
    };
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\n{head}{events}END:VCALENDAR\n")
}

#[test]
fn events_of_calendars_with_all_that_a_step_has() {
    let events = [
        ("days", "DTSTART;VALUE=DATE:20250308\nDURATION:P3D"),
        ("week", "DTSTART:20250310T000000Z\nDURATION:P1W\nORGANIZER:mailto:mina@x.example"),
        ("z", "DTSTART;TZID=Nowhere:20250310T100000Z"),
        ("windows", "DTSTART;TZID=/x.example/2025/Asia/Tokyo:20250311T100000"),
        ("moved", "DTSTART:20250312T100000Z\nSEQUENCE:0"),
        ("moved", "DTSTART:20250312T100000Z\nSEQUENCE:1\nSTATUS:CANCELLED\nCOMMENT:no pilot"),
        ("daily", "DTSTART:20250313T100000Z\nRRULE:FREQ=DAILY\nEXDATE:20250314T100000Z"),
        ("daily", "DTSTART:20250315T110000Z\nRECURRENCE-ID:20250315T100000Z"),
    ];
    let file = calendar("X-WR-CALNAME:Go \\\\ no\\, go\n", &events);
    let answers = ImportOptions::default();
    same(
        &told("ics", &[("a.ics", &file)], &answers),
        r"# Go \ no, go
        plan 2025-03-08..2025-03-10 days <ics:days>
        plan 2025-03-10T00:00:00+00:00..2025-03-17T00:00:00+00:00 week by mina@x.example <ics:week>
        plan 2025-03-10T10:00:00+00:00.. z <ics:z>
        plan 2025-03-11T10:00:00+09:00.. windows <ics:windows>
        plan 2025-03-12T10:00:00+00:00.. moved skipped no pilot <ics:moved>
        plan 2025-03-13T10:00:00+00:00.. daily <ics:daily>
        plan 2025-03-15T11:00:00+00:00.. daily <ics:daily:20250315T100000Z>
        ? 40 repeats daily
        - 32 not taken: COMMENT: no pilot",
    );
    let input = Input { name: "a.ics".to_owned(), bytes: file.into() };
    let draft = read(Kind::Ics, &[input], &answers).unwrap();
    assert_eq!(draft.doubts[0].taken, "FREQ=DAILY; EXDATE 20250314T100000Z");
}

#[test]
fn partly_understood_zones_of_calendars_raise_a_question() {
    let part = |kind: &str, lines: &str| format!("BEGIN:{kind}\n{lines}\nEND:{kind}\n");
    let zone = |parts: &str| format!("BEGIN:VTIMEZONE\nTZID:Ours\n{parts}END:VTIMEZONE\n");
    let told_of = |parts: &str| {
        let file = calendar(&zone(parts), &[("x", "DTSTART;TZID=Ours:20250701T100000")]);
        told("ics", &[("a.ics", &file)], &ImportOptions::default()).join("\n")
    };
    let fixed = part("STANDARD", "DTSTART:20260101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530");
    assert!(told_of(&fixed).contains("10:00:00+05:30"), "one offset alone holds always");
    let standard = part("STANDARD", "DTSTART:20241027T030000\nTZOFFSETTO:+0100");
    let listed =
        part("DAYLIGHT", "DTSTART:20250330T020000\nRDATE:20260329T020000\nTZOFFSETTO:+0200");
    assert!(told_of(&format!("{standard}{listed}")).ends_with("no-zone Ours"), "listed days");
    // The end of a rule is in UTC: half an hour counts, and so does the side of Greenwich.
    let rule = |until: &str, from: &str| {
        part(
            "DAYLIGHT",
            &format!(
                "DTSTART:20200330T020000\nRRULE:FREQ=YEARLY;BYMONTH=6;BYDAY=-1SU;UNTIL={until}\nTZOFFSETFROM:{from}\nTZOFFSETTO:+0200"
            ),
        )
    };
    for (until, from, offset) in [
        ("20250629T023000Z", "-0030", "+02:00"),
        ("20250629T022959Z", "-0030", "+01:00"),
        ("20250629T013000Z", "+0030", "+02:00"),
        ("20250629T012959Z", "+0030", "+01:00"),
    ] {
        let found = told_of(&format!("{standard}{}", rule(until, from)));
        assert!(found.contains(&format!("10:00:00{offset}")), "{until} {from}: {found}");
    }
    // What began last holds, though its rule ended years ago.
    let winter = "DTSTART:20071028T040000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20141026T010000Z\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200";
    let summer = "DTSTART:20070325T030000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20160327T010000Z\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0300";
    let found = told_of(&(part("STANDARD", winter) + &part("DAYLIGHT", summer)));
    assert!(found.contains("10:00:00+03:00"), "{found}");
}

#[test]
fn properties_of_a_calendar_apply_to_each_event() {
    let told_of = |head: &str, start: &str| {
        let file = calendar(head, &[("x", &format!("DTSTART:{start}"))]);
        told("ics", &[("a.ics", &file)], &ImportOptions::default()).remove(1)
    };
    let seoul = told_of("X-WR-TIMEZONE:Asia/Seoul\n", "20250308T100000");
    assert_eq!(seoul, "plan 2025-03-08T10:00:00+09:00.. x <ics:x>");
    let off = told_of("METHOD:CANCEL\n", "20250308T100000Z");
    assert_eq!(off, "plan 2025-03-08T10:00:00+00:00.. x skipped CANCELLED <ics:x>");
}

/// A mail in a mailbox: what its heads say, and its words.
fn mailed(heads: &str, words: &str) -> Vec<String> {
    let mail = format!("From: a@x.example\n{heads}\n{SENT}\n\n{words}\n");
    told("mbox", &[("m.eml", &mail)], &ImportOptions::default())
}

#[test]
fn mails_with_what_programs_put_around_the_words() {
    let lines = mailed(
        "Subject: Re: AW: down\nMessage-ID: <1@x>",
        "Mine.\n\n-----Original Message-----\nOld.",
    );
    assert_eq!(
        lines[..2],
        ["# down", "2025-03-08T18:08:20+09:00 Re: AW: down | Mine. by a@x.example <mbox:1@x>"]
    );
    let lines = mailed("X: y", "Up.\n\nAll of it.");
    assert_eq!(
        lines[1],
        "2025-03-08T18:08:20+09:00 Up. | All of it. by a@x.example <m.eml:1>"
            .replace("<m", "<mbox:m")
    );
    let flowed = "Subject: x\nContent-Type: text/plain; format=flowed; delsp=yes";
    assert!(mailed(flowed, "배포를 \n시작\n-- \nMina")[1].contains("x | 배포를시작 by"));
    let parts = |kind: &str, parts: &[(&str, &str)]| {
        let part = |(heads, words): &(&str, &str)| format!("--b\n{heads}\n\n{words}\n");
        let parts: String = parts.iter().map(part).collect();
        mailed(
            &format!("Subject: x\nContent-Type: multipart/{kind}; boundary=b"),
            &format!("{parts}--b--"),
        )
    };
    let lines = parts(
        "mixed",
        &[
            (
                "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt",
                "of a file",
            ),
            ("Content-Type: text/plain", " "),
            ("Content-Type: text/html", "<p>Mine.</p>"),
            ("Content-Type: text/html", "<p>Later.</p>"),
            ("Content-Type: application/pgp-signature", "x"),
        ],
    );
    assert!(lines[1].contains("x | Mine. by"), "{lines:?}");
    assert_eq!(lines[2..], ["? 1 file-not-in-export a.txt", "- 1 not taken: Later."]);
    let marked = format!(
        "\u{feff}From a\nFrom: a@x\n{SENT}\nSubject: x\n\ny\n\nFrom b\nFrom: b@x\n{SENT}\nMessage-ID: <2@x>\nSubject: z\n\ny\n"
    );
    let lines = told("mbox", &[("m.mbox", &marked)], &ImportOptions::default());
    assert_eq!(lines.iter().filter(|line| line.starts_with("2025")).count(), 2, "{lines:?}");
    assert!(mailed("Subject: x\nContent-Type: text/html", "<p>a&#7;b</p>")[1].contains("a&#7;b"));
}

#[test]
fn free_texts_of_mortician_and_logs_are_not_guessed() {
    let bundle = |timeline: &str, actions: &str| {
        let files = [
            ("p/actions.yaml", actions.to_owned()),
            ("p/index.md", "## Summary\n\n```\n## no part\n```\n".to_owned()),
            ("p/meta.yaml", "title: Pay\nseverity: P1\ndate: 2026-03-24\n".to_owned()),
            ("p/timeline.yaml", format!("events:\n- time: {timeline}\n  action: x\n")),
        ];
        let inputs =
            files.map(|(name, text)| Input { name: name.to_owned(), bytes: text.into_bytes() });
        read(Kind::Mortician, &inputs, &ImportOptions::default()).unwrap()
    };
    let draft = bundle("March 25, 2026 00:18 UTC", "items:\n- task: y\n  due: someday\n");
    let incident = &draft.records[0].incident;
    assert_eq!(incident.tags, ["severity P1"]);
    assert_eq!(incident.summary.as_deref(), Some("```\n## no part\n```"));
    assert_eq!(incident.events[0].at.unwrap().written(), "2026-03-25T00:18+00:00");
    assert_eq!(draft.doubts[0].code, DoubtCode::NoSuchDay);
    assert_eq!(bundle("6:18 pm", "[]").asks(), [DoubtCode::NoZone]);
    let klog = "2025-03-08\n    12:05am - 1:00am night\n    13:05pm - 2:00pm odd\n";
    let lines = told("klog", &[("t.klg", klog)], &seoul());
    assert_eq!(lines[1], "2025-03-08T00:05+09:00..2025-03-08T01:00+09:00 night <t.klg:2>");
    assert_eq!(lines[2..], ["- 3 no time: 13:05pm - 2:00pm odd"]);
    let bare = "2025-03-08 18:08 Down\n9 March 18:20 was the plan\n";
    assert_eq!(told("jrnl", &[("j.txt", bare)], &seoul()).len(), 2);
}

/// Those that happened in one second keep their order, although the file begins with the last.
#[test]
fn lists_with_the_newest_first_are_reversed_within_a_second() {
    let page = r#"{"incidents":[{"id":"a","name":"x","incident_updates":[
{"id":"3","status":"resolved","body":"c","display_at":"2025-03-08T12:00:00Z"},
{"id":"2","status":"monitoring","body":"b","display_at":"2025-03-08T12:00:00Z"},
{"id":"1","status":"investigating","body":"a","display_at":"2025-03-08T09:00:00Z"}]}]}"#;
    let alone = r#"[{"id":"3","dashboardUID":"d","time":1741424901000,"text":"c"},{"id":"2","time":1741424901000,"text":"b"},{"id":"1","time":1741424900000,"text":"a"}]"#;
    for (kind, file) in [("statuspage", page), ("grafana", alone)] {
        let lines = told(kind, &[("f.json", file)], &seoul());
        let texts: Vec<&str> = lines[1..4].iter().map(|line| &line[26..27]).collect();
        assert_eq!(texts, ["a", "b", "c"], "{kind}");
    }
}
