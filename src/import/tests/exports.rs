//! Tests of exports as the tools really write them: no part of an entry is lost, and nothing is invented.

use super::*;

#[test]
fn entries_of_pagerduty_keep_all_their_content() {
    let log = r#"{"log_entries":[
{"id":"R7","type":"resolve_log_entry","summary":"Resolved by Jo","created_at":"2025-03-08T10:00:05Z","agent":{"summary":"Jo"},"note":"rolled back v2"},
{"id":"R6","type":"annotate_log_entry","summary":"Note added by Jo","created_at":"2025-03-08T09:30:00Z","agent":{"summary":"Jo"},"channel":{"type":"note","content":"index is missing\nthe big one"}},
{"id":"R5","type":"unacknowledge_log_entry","summary":"Unacknowledged due to timeout","created_at":"2025-03-08T09:12:00Z","channel":{"type":"timeout"}},
{"id":"R4","type":"reassign_log_entry","summary":"Reassigned to Kim","created_at":"2025-03-08T09:10:00Z"},
{"id":"R3","type":"what_is_new","summary":"Odd","created_at":"2025-03-08T09:09:00Z"},
{"id":"R2","type":"trigger_log_entry","summary":"Triggered through the API.","created_at":"2025-03-08T09:08:30Z","agent":{"summary":"Shop"},"channel":{"type":"api","summary":"5xx on checkout","details":{"load":0.75,"host":"db-1"}},"contexts":[{"type":"link","href":"https://g.example/1"},{"type":"image","src":"https://g.example/1.png"}],"incident":{"id":"P1","summary":"[#42] Orders fail"}},
{"id":"R1","type":"trigger_log_entry","summary":"Triggered by email.","created_at":"2025-03-08T08:00:30Z","channel":{"type":"email","subject":"DISK FULL","body":"the disk of db-1"},"incident":{"id":"P2","summary":"[#41] DISK FULL"}}
],"more":false}"#;
    same(
        &told("pagerduty", &[("log.json", log)], &seoul()),
        "# Orders fail
        2025-03-08T18:08:30+09:00 5xx on checkout | host: db-1 / load: 0.75 by Shop detected [https://g.example/1] [https://g.example/1.png] <pagerduty:R2>
        2025-03-08T18:12:00+09:00 Unacknowledged due to timeout <pagerduty:R5>
        2025-03-08T18:30:00+09:00 index is missing | the big one by Jo <pagerduty:R6>
        2025-03-08T19:00:05+09:00 Resolved by Jo | rolled back v2 by Jo resolved <pagerduty:R7>
        # DISK FULL
        2025-03-08T17:00:30+09:00 DISK FULL | the disk of db-1 detected <pagerduty:R1>
        ? 2 newest-first
        - 5 noise: Reassigned to Kim
        - 6 not taken: Odd",
    );
}

#[test]
fn incidents_of_pagerduty_with_their_notes() {
    let one = r#"{"incident":{"id":"P1","incident_number":42,"title":"Orders fail","created_at":"2025-03-08T09:08:30Z","status":"resolved",
"last_status_change_at":"2025-03-08T10:00:05Z","last_status_change_by":{"summary":"Jo"},"resolve_reason":{"type":"merge_resolve_reason","incident":{"id":"P2","summary":"[#41] Disk"}},
"notes":[{"id":"N1","content":"index is missing","created_at":"2025-03-08T09:30:00Z","user":{"summary":"Jo"}}]}}"#;
    let wanted = "# Orders fail
        2025-03-08T18:08:30+09:00 Orders fail detected <pagerduty:P1:detected:2025-03-08T09:08:30Z>
        2025-03-08T18:30:00+09:00 index is missing by Jo <pagerduty:N1>
        2025-03-08T19:00:05+09:00 Resolved: merged into [#41] Disk by Jo resolved <pagerduty:P1:resolved:2025-03-08T10:00:05Z>";
    same(&told("pagerduty", &[("one.json", one)], &seoul()), wanted);
    let notes = r#"{"notes":[{"id":"N1","content":"index is missing","created_at":"2025-03-08T18:30:00+09:00","user":{"summary":"Jo"}}]}"#;
    let lines = told("pagerduty", &[("notes.json", notes)], &ImportOptions::default());
    assert_eq!(lines[1..], ["2025-03-08T18:30:00+09:00 index is missing by Jo <pagerduty:N1>"]);
}

/// The incident, its notes and its log, handed over together in any order: each thing that happened is one event.
#[test]
fn entries_in_several_files_of_pagerduty_are_imported_once() {
    let entry = |id: &str, kind: &str, at: &str, rest: &str| {
        format!(
            r#"{{"id":"{id}","type":"{kind}_log_entry","summary":"{kind} by Jo","created_at":"2025-03-08T{at}Z","agent":{{"summary":"Jo"}},"incident":{{"id":"P1","summary":"[#42] Orders fail"}}{rest}}}"#
        )
    };
    let log = [
        entry("R3", "annotate", "09:30:00", r#","channel":{"summary":"index is missing"}"#),
        entry("R2", "acknowledge", "09:09:01", ""),
        entry("R1", "acknowledge", "09:09:01", ""),
        entry("R0", "trigger", "09:08:30", r#","channel":{"summary":"5xx"}"#),
    ];
    let log = format!(r#"{{"log_entries":[{}],"more":false}}"#, log.join(",\n"));
    let incidents = r#"{"incidents":[{"id":"P1","title":"Orders fail","created_at":"2025-03-08T09:08:30Z","body":{"details":"500s"},
"acknowledgements":[{"at":"2025-03-08T09:09:01Z"}],"resolved_at":"2025-03-08T10:00:05Z"},
{"id":"P2","title":"Disk","created_at":"2025-03-08T09:08:30Z","acknowledgements":[{"at":"2025-03-08T09:11:00Z","acknowledger":{"summary":"Jo"}},{"at":"2025-03-08T09:11:00Z","acknowledger":{"summary":"Kim"}}]}]}"#;
    let notes = r#"{"notes":[{"id":"N1","content":"index is missing","created_at":"2025-03-08T18:30:00+09:00","user":{"summary":"Jo"}},
{"id":"N2","content":"index is missing","created_at":"2025-03-08T09:31:00Z"}]}"#;
    let files = [("log.json", log.as_str()), ("incidents.json", incidents), ("notes.json", notes)];
    let wanted = "# Orders fail
        2025-03-08T18:08:30+09:00 5xx by Jo detected <pagerduty:R0>
        2025-03-08T18:09:01+09:00 acknowledge by Jo by Jo acknowledged <pagerduty:R1>
        2025-03-08T18:09:01+09:00 acknowledge by Jo by Jo acknowledged <pagerduty:R2>
        2025-03-08T18:30:00+09:00 index is missing by Jo <pagerduty:R3>";
    let of_all = told("pagerduty", &files, &seoul());
    let of_all: Vec<String> = of_all.iter().map(|line| line.replace('\n', " / ")).collect();
    same(
        &of_all,
        &format!(
            "{wanted}
        2025-03-08T19:00:05+09:00 Resolved resolved <pagerduty:P1:resolved:2025-03-08T10:00:05Z>
        # Disk
        2025-03-08T18:08:30+09:00 Disk detected <pagerduty:P2:detected:2025-03-08T09:08:30Z>
        2025-03-08T18:11:00+09:00 Acknowledged by Jo acknowledged <pagerduty:P2:acknowledged:2025-03-08T09:11:00Z>
        2025-03-08T18:11:00+09:00 Acknowledged by Kim acknowledged <pagerduty:P2:acknowledged:2025-03-08T09:11:00Z:Kim>
        # PagerDuty
        2025-03-08T18:31:00+09:00 index is missing <pagerduty:N2>
        ? 1 newest-first
        - 1 repeated: Orders fail / 500s
        - 1 repeated: Acknowledged
        - 1 repeated: index is missing"
        ),
    );
    // Notes do not say whose they are: of one incident they are its own, also where they come first.
    let read = told("pagerduty", &[files[2], files[0]], &seoul());
    let last = "2025-03-08T18:31:00+09:00 index is missing <pagerduty:N2>";
    let rest = "? 1 newest-first\n- 1 repeated: index is missing";
    same(&read, &format!("{wanted}\n{last}\n{rest}"));
}

#[test]
fn webhooks_of_pagerduty_before_version_3() {
    let trigger = r#"{"messages":[{"id":"m1","event":"incident.trigger","created_on":"2017-09-26T15:14:36Z","incident":{"id":"P1","title":"Orders fail"},"log_entries":[{"id":"R1","type":"trigger_log_entry","summary":"Triggered through the website","created_at":"2017-09-26T15:14:36Z","agent":{"summary":"Jo"},"channel":{"type":"web_trigger","summary":"Orders fail","details":"500s"},"incident":{"id":"P1","summary":"[#33] Orders fail"}}]},
{"id":"m2","event":"incident.assign","created_on":"2017-09-26T15:14:40Z","incident":{"id":"P1","title":"Orders fail"}}]}"#;
    let resolve = r#"{"messages":[{"id":"m3","event":"incident.resolve","created_on":"2017-09-26T15:18:09Z","incident":{"id":"P1","title":"Orders fail"}}]}"#;
    let events = "# Orders fail
        2017-09-27T00:14:36+09:00 Orders fail | 500s by Jo detected <pagerduty:R1>
        2017-09-27T00:18:09+09:00 Resolved resolved <pagerduty:m3>";
    let lines = [trigger.replace('\n', ""), "{broken".to_owned(), resolve.to_owned()].join("\n");
    same(
        &told("pagerduty", &[("hooks.jsonl", &lines)], &seoul()),
        &format!(
            "{events}\n- 1 noise: 2017-09-26T15:14:40Z incident.assign Orders fail\n- 2 not JSON: {{broken"
        ),
    );
    let files = [("1.json", trigger), ("2.json", resolve)];
    let told_of = told("pagerduty", &files, &seoul());
    same(&told_of[..3], events);
    assert_eq!(told_of[3..], ["- 2 noise: 2017-09-26T15:14:40Z incident.assign Orders fail"]);
}

#[test]
fn the_sheet_of_incidents_that_pagerduty_writes() {
    let sheet = "id,incident_number,description,service_name,created_on,resolved_on,seconds_to_first_ack,seconds_to_resolve,acknowledged_by_user_names,resolved_by_user_name\n\
        Q1,42,\"Orders fail, \"\"all\"\"\",Shop,2025-03-08T18:08:30+09:00,2025-03-08T19:00:05+09:00,31,3095,Jo,Kim\n\
        Q2,43,Disk full,DB,2025-03-09T01:00:00+09:00,,60,,\"Jo,Kim\",\n\
        Q3,44,CPU,DB,soon,,,,,\n";
    let input = Input { name: "incidents.csv".to_owned(), bytes: sheet.into() };
    assert_eq!(Kind::of(&[input]), Some(Kind::PagerDuty));
    same(
        &told("pagerduty", &[("incidents.csv", sheet)], &seoul()),
        "# Orders fail, \"all\"
        2025-03-08T18:08:30+09:00 Orders fail, \"all\" by Shop detected <pagerduty:Q1:detected:2025-03-08T18:08:30+09:00>
        2025-03-08T18:09:01+09:00 Acknowledged by Jo acknowledged <pagerduty:Q1:acknowledged:2025-03-08T18:08:30+09:00 + 31 s>
        2025-03-08T19:00:05+09:00 Resolved by Kim resolved <pagerduty:Q1:resolved:2025-03-08T19:00:05+09:00>
        # Disk full
        2025-03-09T01:00:00+09:00 Disk full by DB detected <pagerduty:Q2:detected:2025-03-09T01:00:00+09:00>
        2025-03-09T01:01:00+09:00 Acknowledged acknowledged <pagerduty:Q2:acknowledged:2025-03-09T01:00:00+09:00 + 60 s>
        ? 4 time-not-understood soon
        - 4 no time: soon CPU
        - 1 not taken: incident_number, seconds_to_resolve",
    );
    let bare = sheet.replace("+09:00", "");
    let input = Input { name: "incidents.csv".to_owned(), bytes: bare.into() };
    let draft = read(Kind::PagerDuty, &[input], &ImportOptions::default()).unwrap();
    assert_eq!(draft.asks(), [crate::fault::DoubtCode::NoZone]);
}

#[test]
fn messages_of_slack_with_all_that_is_attached() {
    let day = r#"[
{"type":"message","subtype":"bot_message","bot_id":"B1","username":"alerts","ts":"1741424901.000100","text":"New alert","attachments":[{"fallback":"[FIRING:1] cpu &gt; 90%","text":"cpu &gt; 90% on *db-1*","fields":[{"title":"Env","value":"prod"}]}]},
{"type":"message","bot_id":"B2","bot_profile":{"name":"Deploy Bot"},"ts":"1741424902.000100","text":"Deploy v2","blocks":[{"type":"header","text":{"type":"plain_text","text":"Deploy v2"}},{"type":"section","text":{"type":"mrkdwn","text":"*prod* by <@U1>"}}]},
{"type":"message","bot_id":"B3","ts":"1741424903.000100","text":"","attachments":[{"fallback":"[no preview available]","color":"f00","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"db is down"}}]}]},
{"type":"message","user":"U1","ts":"1741424904.000100","text":"see this","attachments":[{"is_share":true,"is_msg_unfurl":true,"from_url":"https://acme.slack.com/archives/C8/p1","author_name":"Jo","text":"restart it","fallback":"[March 8th, 2025] jo: restart it"}]},
{"type":"message","user":"U1","ts":"1741424905.000100","text":"<https://status.example/7>","attachments":[{"from_url":"https://status.example/7","title":"Incident 7","text":"All is slow","fallback":"Status: Incident 7"}]},
{"type":"message","user":"U1","ts":"1741424906.000100","text":"told <#C9|> and <#C8|>","blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"told "}]}]}]},
{"type":"message","subtype":"file_share","user":"U1","ts":"1741424907.000100","text":"a picture","file":{"name":"a.png"}},
{"type":"message","subtype":"channel_posting_permissions","user":"U1","ts":"1741424908.000100","text":"<@U1> changed who can post"},
{"type":"message","subtype":"message_changed","hidden":true,"ts":"1741424909.000100"},
{"type":"message","user":"U1","text":"never sent"}
]"#;
    let files = [CHANNELS, ("export/incident-7/2025-03-08.json", day), USERS];
    same(
        &told("slack", &files, &seoul()),
        "# #incident-7
        2025-03-08T18:08:21+09:00 New alert | [FIRING:1] cpu > 90% / cpu > 90% on *db-1* / Env: prod by alerts <slack:C7:1741424901.000100>
        2025-03-08T18:08:22+09:00 Deploy v2 | *prod* by @Mina by Deploy Bot <slack:C7:1741424902.000100>
        2025-03-08T18:08:23+09:00 db is down by B3 <slack:C7:1741424903.000100>
        2025-03-08T18:08:24+09:00 see this | Jo: restart it by Mina [https://acme.slack.com/archives/C8/p1] <slack:C7:1741424904.000100>
        2025-03-08T18:08:25+09:00 https://status.example/7 by Mina <slack:C7:1741424905.000100>
        2025-03-08T18:08:26+09:00 told #C9 and #random by Mina <slack:C7:1741424906.000100>
        2025-03-08T18:08:27+09:00 a picture by Mina <slack:C7:1741424907.000100>
        ? 8 file-not-in-export a.png
        - 6 not taken: https://status.example/7 Incident 7
        - 9 noise: @Mina changed who can post
        - 10 noise: message_changed 1741424909.000100
        - 11 no time: never sent",
    );
}

#[test]
fn calendars_as_the_standard_reads_them() {
    let event =
        |uid: &str, lines: &str| format!("BEGIN:VEVENT\r\nUID:{uid}\r\n{lines}\r\nEND:VEVENT\r\n");
    let first = [
        event(
            "gap",
            "DTSTART;TZID=America/New_York:20250309T023000\r\nDURATION:PT45M\r\nSUMMARY:Never shown",
        ),
        event("fold", "DTSTART;TZID=America/New_York:20251102T013000\r\nSUMMARY:Shown twice"),
        event(
            "back",
            "DTSTART:20250308T090000Z\r\nDTEND:20250308T080000Z\r\nSUMMARY:Go \\\\ no\\, go\r\nURL:https://run.example/7",
        ),
        event("none", "SUMMARY:Some day"),
        event("no-day", "DTSTART:20250231T100000Z\r\nSUMMARY:No such day"),
        event("odd", "DTSTART;TZID=GMT-0330:20250401T100000\r\nSUMMARY:An offset"),
        event(
            "again",
            "DTSTART:20250303T100000Z\r\nRRULE:FREQ=WEEKLY\r\nRDATE:20250304T100000Z\r\nEXDATE:20250310T100000Z\r\nSUMMARY:Go or not",
        ),
    ];
    let todo =
        "BEGIN:VTODO\r\nUID:t\r\nDUE:20250308T120000Z\r\nSUMMARY:Tell support\r\nEND:VTODO\r\n";
    let second = event("late", "DTSTART:20250501T100000Z\r\nSUMMARY:In the second calendar");
    let calendar =
        |inner: &str| format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inner}END:VCALENDAR\r\n");
    let file = calendar(&format!("{}{todo}", first.concat())) + &calendar(&second);
    same(
        &told("ics", &[("a.ics", &file)], &ImportOptions::default()),
        r"# a.ics
        plan 2025-03-03T10:00:00+00:00.. Go or not <ics:again>
        plan 2025-03-08T09:00:00+00:00.. Go \ no, go <ics:back>
        plan 2025-03-09T03:30:00-04:00..2025-03-09T04:15:00-04:00 Never shown <ics:gap>
        plan 2025-04-01T10:00:00-03:30.. An offset <ics:odd>
        plan 2025-11-02T01:30:00-04:00.. Shown twice <ics:fold>
        plan 2025-05-01T10:00:00+00:00.. In the second calendar <ics:late>
        ? 35 repeats Go or not
        ? 25 time-not-understood 2025-02-31T10:00:00Z
        ? 21 time-not-understood VEVENT
        - 14 not taken: DTEND: 20250308T080000Z
        - 14 not taken: URL: https://run.example/7
        - 25 no time: 20250231T100000Z No such day
        - 21 no time: Some day
        - 43 not taken: 20250308T120000Z Tell support",
    );
    // Each unknown name is reported once.
    let odd = ["Ours/One", "Ours/Two", "Ours/One"]
        .map(|zone| event(zone, &format!("DTSTART;TZID={zone}:20250308T120000\r\nSUMMARY:x")));
    let lines = told("ics", &[("a.ics", &calendar(&odd.concat()))], &seoul());
    let doubts: Vec<&String> = lines.iter().filter(|line| line.starts_with('?')).collect();
    assert_eq!(doubts, ["? 3 zone-differs Ours/One", "? 8 zone-differs Ours/Two"]);
}

/// The rules of New York before and since 2007, under a name that nobody knows.
#[test]
fn former_rules_of_a_zone_apply_until_their_end() {
    let rule = |kind: &str, begun: &str, rule: &str, from: &str, to: &str| {
        format!(
            "BEGIN:{kind}\r\nDTSTART:{begun}\r\nRRULE:FREQ=YEARLY;{rule}\r\nTZOFFSETFROM:{from}\r\nTZOFFSETTO:{to}\r\nEND:{kind}\r\n"
        )
    };
    let calendar = |until: &str, days: &[&str]| {
        let (summer, winter) = (("-0500", "-0400"), ("-0400", "-0500"));
        let old = [
            format!("BYMONTH=4;BYDAY=1SU;UNTIL={until}"),
            "BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z".to_owned(),
        ];
        let rules = [
            rule("DAYLIGHT", "19870405T020000", &old[0], summer.0, summer.1),
            rule("STANDARD", "19671029T020000", &old[1], winter.0, winter.1),
            rule("DAYLIGHT", "20070311T020000", "BYMONTH=3;BYDAY=2SU", summer.0, summer.1),
            rule("STANDARD", "20071104T020000", "BYMONTH=11;BYDAY=1SU", winter.0, winter.1),
        ];
        let event = |day: &&str| {
            format!(
                "BEGIN:VEVENT\r\nUID:{day}\r\nDTSTART;TZID=Ours:{day}T100000\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
            )
        };
        let events: String = days.iter().map(event).collect();
        format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Ours\r\n{}END:VTIMEZONE\r\n{events}END:VCALENDAR\r\n",
            rules.concat()
        )
    };
    let days = [
        "20060315", "20060402", "20060501", "20061028", "20061030", "20070310", "20070312",
        "20250308", "20250310", "20251103",
    ];
    for until in ["20060402T070000Z", "20060402T020000", "20060402"] {
        let lines = told("ics", &[("a.ics", &calendar(until, &days))], &ImportOptions::default());
        let offsets: Vec<&str> = lines[1..].iter().map(|line| &line[24..30]).collect();
        let wanted = [
            "-05:00", "-04:00", "-04:00", "-04:00", "-05:00", "-05:00", "-04:00", "-05:00",
            "-04:00", "-05:00",
        ];
        assert_eq!(offsets, wanted, "{until}");
    }
    // A second earlier, the rule did not come again that year.
    let ended = calendar("20060402T065959Z", &["20060501"]);
    let lines = told("ics", &[("a.ics", &ended)], &ImportOptions::default());
    assert_eq!(lines[1], "plan 2006-05-01T10:00:00-05:00.. x <ics:20060501>");
    // What is no time is no guess.
    for odd in ["soon", "20060402T0700Z"] {
        let lines =
            told("ics", &[("a.ics", &calendar(odd, &["20060501"]))], &ImportOptions::default());
        assert_eq!(lines, ["? 29 no-zone Ours"], "{odd}");
    }
}

#[test]
fn a_calendar_may_be_folded_within_a_letter() {
    let whole = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20250308T090000Z\r\nSUMMARY:배포 시작\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let letter = whole.find('포').unwrap();
    for at in [letter + 1, letter + 2] {
        let (start, end) = whole.as_bytes().split_at(at);
        let bytes = [start, b"\r\n ", end].concat();
        let input = Input { name: "a.ics".to_owned(), bytes };
        let draft = read(Kind::Ics, &[input], &seoul()).unwrap();
        assert_eq!(draft.records[0].incident.plan[0].text, "배포 시작");
    }
}

#[test]
fn a_day_of_slack_alone_has_the_name_of_its_file() {
    let day = r#"[{"type":"message","user":"U1","ts":"1741424900.000200","text":"orders fail"}]"#;
    assert_eq!(told("slack", &[("2025-03-08.json", day)], &seoul())[0], "# 2025-03-08.json");
}

/// Returns a mail with these headers and this text.
fn mail(heads: &str, words: &str) -> String {
    format!("From: a@x.example\nMessage-ID: <1@x>\nSubject: Orders fail\n{heads}\n\n{words}\n")
}

pub(super) const SENT: &str = "Date: Sat, 8 Mar 2025 18:08:20 +0900";

#[test]
fn mails_without_a_valid_date_raise_a_question_or_are_left_out() {
    let told_of = |date: &str, answers: &ImportOptions| {
        let mut lines = told("mbox", &[("m.eml", &mail(&format!("Date: {date}"), "x"))], answers);
        lines.truncate(3);
        lines.concat()
    };
    let none = ImportOptions::default();
    assert_eq!(
        told_of("Sat, 8 Mar 2025 18:43:00", &seoul()),
        "# Orders fail2025-03-08T18:43:00+09:00 Orders fail | x by a@x.example <mbox:1@x>"
    );
    let input = Input {
        name: "m.eml".to_owned(),
        bytes: mail("Date: Sat, 8 Mar 2025 18:43:00", "x").into(),
    };
    let draft = read(Kind::Mbox, &[input], &none).unwrap();
    assert_eq!(draft.asks(), [crate::fault::DoubtCode::NoZone]);
    for wrong in ["Sat, 30 Feb 2025 18:55:00 +0900", "Sat, 8 Mar 2025 25:46:00 +0900", "soon"] {
        let two = format!(
            "From a\n{}\nFrom b\n{}",
            mail(&format!("Date: {wrong}"), "x").replace("1@x", "2@x"),
            mail(SENT, "y")
        );
        let lines = told("mbox", &[("m.mbox", &two)], &none);
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert_eq!(lines[3], "- 1 no time: Orders fail");
    }
    let lines = told_of("Fri, 8 Mar 2025 18:55:00 +0900", &none);
    assert!(lines.ends_with("? 1 wrong-weekday Fri, 8 Mar 2025 18:55:00 +0900"), "{lines}");
}

/// Returns the text of the only mail, and what was left out.
fn mail_read(bytes: Vec<u8>, named: Option<&str>) -> Result<(String, Vec<String>), ImportFault> {
    let answers = ImportOptions { encoding: named.and_then(encoding), ..ImportOptions::default() };
    let input = Input { name: "m.eml".to_owned(), bytes };
    let draft = read(Kind::Mbox, &[input], &answers)?;
    let event = &draft.records[0].incident.events[0];
    let text = format!("{} | {}", event.text, event.detail.clone().unwrap_or_default());
    let left = draft.left_out.iter().map(|it| it.text.clone());
    Ok((text, left.chain(draft.doubts.iter().map(|it| it.found.clone())).collect()))
}

#[test]
fn mails_in_korean_encodings() {
    let shifted = "From: a@x\nSubject: =?ISO-2022-KR?B?GyQpQw4xVzl6Dw==?= now\n";
    let body = b"\x1b$)C\x0eGQ1[\x0f ok\n";
    let head = format!("{shifted}{SENT}\nContent-Type: text/plain; charset=ISO-2022-KR\n\n");
    let read = mail_read([head.as_bytes(), body].concat(), None).unwrap().0;
    let (wanted, _) = encoding_rs::EUC_KR.decode_without_bom_handling(b"\xb1\xd7\xb9\xfa");
    assert_eq!(read, format!("{wanted} now | 한글 ok"));
    // Characters without a stated encoding cannot be decoded.
    let raw = mail(&format!("{SENT}\nX-Who: 미나"), "주문 실패");
    let (korean, _, _) = encoding("cp949").unwrap().encode(&raw);
    let fault = mail_read(korean.to_vec(), None).unwrap_err();
    assert_eq!(
        fault,
        ImportFault::NotText {
            name: "m.eml".to_owned(),
            byte: raw.find('미').unwrap(),
            encoding: None
        }
    );
    assert_eq!(mail_read(korean.to_vec(), Some("cp949")).unwrap().0, "Orders fail | 주문 실패");
    assert_eq!(mail_read(raw.clone().into_bytes(), None).unwrap().0, "Orders fail | 주문 실패");
    let boxed = format!("From a Sat Mar  8 18:08:20 2025\n{raw}");
    let marked = [b"\xef\xbb\xbf".as_slice(), boxed.as_bytes()].concat();
    let wide = boxed.encode_utf16().flat_map(u16::to_le_bytes);
    for bytes in [marked, [0xff, 0xfe].into_iter().chain(wide).collect()] {
        assert_eq!(mail_read(bytes, None).unwrap().0, "Orders fail | 주문 실패");
    }
}

#[test]
fn quotes_and_files_are_distinguished_in_mails() {
    let told_of = |words: &str| mail_read(mail(SENT, words).into_bytes(), None).unwrap();
    let (text, left) = told_of(
        "Mine.\n\nFrom: Mina <m@x>\nSent: Saturday, March 8, 2025 6:08 PM\nTo: ops\nSubject: Orders fail\n\nWe see 500s.",
    );
    assert_eq!((text.as_str(), left.len()), ("Orders fail | Mine.", 1));
    let (text, _) = told_of(
        "On Sat, 8 Mar 2025 at 18:08, Mina Park\n<mina@x.example> wrote:\n> We see 500s.\nMine.",
    );
    assert_eq!(text, "Orders fail | Mine.");
    let html = mail(
        &format!("{SENT}\nContent-Type: text/html; charset=utf-8"),
        "<p>It&#8217;s up &mdash; &amp;lt;</p><blockquote>down<p>all</blockquote><div>Bye</div>",
    );
    let (text, left) = mail_read(html.into_bytes(), None).unwrap();
    assert_eq!((text.as_str(), left[0].as_str()), ("Orders fail | It’s up — &lt;\nBye", "down"));
    let flowed = format!("{SENT}\nContent-Type: text/plain; charset=utf-8; format=flowed");
    let (text, _) = mail_read(
        mail(&flowed, "One line that \ngoes on.\n From there.\n> old \nMine.").into_bytes(),
        None,
    )
    .unwrap();
    assert_eq!(text, "Orders fail | One line that goes on.\nFrom there.\nMine.");
    let mixed = format!("{SENT}\nContent-Type: multipart/mixed; boundary=b");
    let parts = "--b\n\nMine.\n--b\nContent-Type: image/png; name=cpu.png\nContent-Disposition: inline; filename=cpu.png\n\nx\n--b\nContent-Type: message/rfc822\n\nSubject: The alert\n\nx\n--b\nContent-Type: text/plain\n\nTo unsubscribe\n--b--";
    let (text, left) = mail_read(mail(&mixed, parts).into_bytes(), None).unwrap();
    assert_eq!(
        (text.as_str(), left),
        (
            "Orders fail | Mine.",
            vec!["To unsubscribe".to_owned(), "cpu.png".to_owned(), "The alert".to_owned()]
        )
    );
}

#[test]
fn lines_of_klog_belong_to_their_own_entry_and_day() {
    let file = "2025-03-08 (8h!)\nRelease day\n    17:31 - 18:02 Deploy\n        to all\n    18:30 – 18:40 no hyphen\n    19:00 - 18:00 back\n    <23:00 - 0:30\n        watch\n\n2025-02-30\n    9:00 - 10:00 of no day\n\n2025-03-10\n\t9:00 - ?\tback again\nfoo\n\t11:00 - 12:00 below nothing\n";
    same(
        &told("klog", &[("t.klg", file)], &seoul()),
        "# t.klg
        2025-03-07T23:00+09:00..2025-03-08T00:30+09:00 watch <t.klg:7>
        2025-03-08T17:31+09:00..2025-03-08T18:02+09:00 Deploy | to all <t.klg:3>
        2025-03-08T19:00+09:00 back <t.klg:6>
        2025-03-10T09:00+09:00 back again <t.klg:14>
        ? 6 time-not-understood 19:00 - 18:00
        ? 10 no-such-day 2025-02-30
        ? 14 open-end 9:00 - ?
        - 2 not taken: Release day
        - 5 no time: 18:30 – 18:40 no hyphen
        - 10 not taken: 2025-02-30
        - 11 no time: of no day
        - 15 not taken: foo
        - 16 no time: below nothing",
    );
}

#[test]
fn times_of_jrnl_follow_the_locale() {
    let lines = "[03/08/2025 18:31] Orders fail\n[08.03.2025 18:40] Green\n";
    let input = Input { name: "j.txt".to_owned(), bytes: lines.into() };
    let draft = read(Kind::Jrnl, &[input], &seoul()).unwrap();
    assert_eq!(draft.asks(), [crate::fault::DoubtCode::DayMonthOrder]);
    let answers = ImportOptions { day_first: Some(false), ..seoul() };
    assert_eq!(
        told("jrnl", &[("j.txt", lines)], &answers)[1],
        "2025-03-08T18:31+09:00 Orders fail <j.txt:1>"
    );
    let pretty =
        "2025-03-08 18:08 Orders fail.\n| 500s\n|\n| in all regions\n\n2025-03-08 18:20 Up\n";
    assert_eq!(
        told("jrnl", &[("j.txt", pretty)], &seoul())[1..],
        [
            "2025-03-08T18:08+09:00 Orders fail. | 500s /  / in all regions <j.txt:1>",
            "2025-03-08T18:20+09:00 Up <j.txt:6>",
        ]
    );
}

#[test]
fn tags_and_notes_of_timewarrior_may_contain_any_character() {
    let data = "inc 20250308T090500Z - 20250308T090600Z # # \"only a note\"\n\
        inc 20250308T090600Z - 20250308T090700Z # \"a # b\" c\"d # \"note # \\\"q\\\"\"\n\
        inc 20250308T090900Z - 20250308T090800Z # back\ninc soon # x\n";
    same(
        &told("timewarrior", &[("t.data", data)], &seoul()),
        "# t.data
        2025-03-08T18:05:00+09:00..2025-03-08T18:06:00+09:00 only a note <timewarrior:20250308T090500Z>
        2025-03-08T18:06:00+09:00..2025-03-08T18:07:00+09:00 note # \"q\" | a # b, c\"d <timewarrior:20250308T090600Z>
        2025-03-08T18:09:00+09:00 back <timewarrior:20250308T090900Z>
        ? 3 time-not-understood 20250308T090800Z
        - 4 no time: soon x",
    );
}

#[test]
fn bundles_of_mortician_keep_their_days_and_name_what_is_left() {
    let timeline = "events:\n- time: 2026-03-24 18:25 UTC\n  action: Alert\n- time: 18:30 UTC\n  action: Restart\n  link: https://x.example\n- time: ~18:55 UTC\n  action: Calm\n- a text alone\n";
    let actions = "items:\n- task: Alert\n  due: 2026-04-01\n  priority: high\n- owner: nobody\n";
    let meta =
        "title: Pay\ndate: 2026-03-24\ntags: [db, pool]\nservices:\n- shop\n- pay\nlink: null\n";
    let files = [("p/actions.yaml", actions), ("p/meta.yaml", meta), ("p/timeline.yaml", timeline)];
    let wanted = |times: [&str; 3], action: &str| {
        let [alert, restart, calm] = times;
        format!(
            "# Pay\n{alert} Alert <p/timeline.yaml:2>\n{restart} Restart <p/timeline.yaml:4>\n{calm} Calm <p/timeline.yaml:7>\n{action}"
        )
    };
    let rest = "action Alert None Some(Day(2026-04-01))
        - 4 not taken: priority: high
        - 5 no text: owner: nobody
        - 5 not taken: services: - shop - pay
        - 6 not taken: link: https://x.example
        - 9 no time: a text alone";
    same(
        &told("mortician", &files, &ImportOptions::default()),
        &wanted(
            ["2026-03-24T18:25+00:00", "2026-03-24T18:30+00:00", "2026-03-24T18:55+00:00"],
            rest,
        ),
    );
    same(
        &told("mortician", &files, &seoul()),
        &wanted(
            ["2026-03-25T03:25+09:00", "2026-03-25T03:30+09:00", "2026-03-25T03:55+09:00"],
            rest,
        ),
    );
    let inputs = files.map(|(name, text)| Input { name: name.to_owned(), bytes: text.into() });
    let draft = read(Kind::Mortician, &inputs, &seoul()).unwrap();
    assert_eq!(draft.records[0].incident.tags, ["db", "pool"]);
}
