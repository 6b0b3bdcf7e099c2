//! Tests of exports: the files by their names, and the complete results.

use crate::fault::ExportFault;
use crate::model::{Day, Event, Moment, PlanStep, Zone};

use super::*;

mod details;
mod exports;

/// Reads files and returns the complete result: records, events, steps, doubts, what was left out.
fn told(kind: &str, files: &[(&str, &str)], answers: &ImportOptions) -> Vec<String> {
    let input = |(name, text): &(&str, &str)| Input {
        name: (*name).to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let inputs: Vec<Input> = files.iter().map(input).collect();
    let draft = read(Kind::named(kind).unwrap(), &inputs, answers).unwrap();
    let mut lines = Vec::new();
    for record in &draft.records {
        lines.push(format!("# {}", record.incident.title));
        lines.extend(record.incident.plan.iter().map(step));
        lines.extend(record.incident.events.iter().map(event));
        let actions = record.incident.actions.iter();
        lines.extend(actions.map(|it| format!("action {} {:?} {:?}", it.text, it.owner, it.due)));
        assert_eq!(
            record.read.len(),
            record.incident.events.len()
                + record.incident.plan.len()
                + record.incident.actions.len()
        );
    }
    lines.extend(
        draft.doubts.iter().map(|it| format!("? {} {} {}", it.line, it.code.word(), it.found)),
    );
    lines.extend(
        draft.left_out.iter().map(|it| format!("- {} {}: {}", it.line, it.why.word(), it.text)),
    );
    lines
}

fn event(event: &Event) -> String {
    let mut line = event.at.unwrap().written();
    line += &event.until.map_or(String::new(), |until| format!("..{}", until.written()));
    line += &format!(" {}", event.text);
    line += &event
        .detail
        .as_ref()
        .map_or(String::new(), |it| format!(" | {}", it.replace('\n', " / ")));
    line += &event.by.as_ref().map_or(String::new(), |by| format!(" by {by}"));
    line += &event.kind.as_ref().map_or(String::new(), |kind| format!(" {kind}"));
    line += &event.logged.map_or(String::new(), |at| format!(" logged {}", at.written()));
    line += &event.steps.iter().map(|it| format!(" ->{it}")).collect::<String>();
    line += if event.key { " key" } else { "" };
    line += if event.audience == crate::model::Audience::Internal { " internal" } else { "" };
    line += &event.refs.iter().map(|it| format!(" [{it}]")).collect::<String>();
    line + &format!(" <{}>", event.source.as_deref().unwrap_or(""))
}

fn step(step: &PlanStep) -> String {
    let time = |at: Option<Moment>| at.map_or(String::new(), |at| at.written());
    let mut line = format!("plan {}..{} {}", time(step.at), time(step.until), step.text);
    line += &step.id.as_ref().map_or(String::new(), |it| format!(" #{it}"));
    line += &step.owner.as_ref().map_or(String::new(), |it| format!(" by {it}"));
    line +=
        &step.revised.iter().map(|it| format!(" was {}", it.from.written())).collect::<String>();
    let why = step.skipped.as_ref().map(|it| it.why.clone().unwrap_or_default());
    line += &why.map_or(String::new(), |why| format!(" skipped {why}"));
    line + &format!(" <{}>", step.source.as_deref().unwrap_or(""))
}

fn seoul() -> ImportOptions {
    ImportOptions { zone: Zone::parse("Asia/Seoul"), ..ImportOptions::default() }
}

#[test]
fn only_requested_entries_are_imported() {
    let sheet = "Step,Planned start,Actual start\nFreeze,2025-03-08 17:00,17:12\n";
    let input = Input { name: "r.csv".to_owned(), bytes: sheet.into() };
    let counts = |draft: &Draft| {
        let incident = &draft.records[0].incident;
        (incident.plan.len(), incident.events.len(), draft.records[0].read.len())
    };
    let draft = read(Kind::Csv, &[input], &seoul()).unwrap();
    let (mut plan, mut events) = (draft.clone(), draft);
    plan.keep(|entry| !matches!(entry, EntryAt::Event(_)));
    assert_eq!((counts(&plan), plan.left_out[0].text.as_str()), ((1, 0, 1), "Freeze"));
    events.keep(|entry| !matches!(entry, EntryAt::Step(_)));
    assert_eq!(counts(&events), (0, 1, 1));
}

/// Compares a result with lines, ignoring indentation.
fn same(told: &[String], wanted: &str) {
    let told: Vec<&str> = told.iter().map(|line| line.trim()).collect();
    let wanted: Vec<&str> = wanted.trim().lines().map(str::trim).collect();
    assert_eq!(told, wanted, "\n{}\n", told.join("\n"));
}

const USERS: (&str, &str) = (
    "export/users.json",
    r#"[{"id":"U1","name":"mina","profile":{"display_name":"Mina","real_name":"Mina Park"}},
        {"id":"U2","name":"jo","real_name":"Jo Lee","profile":{"display_name":""}}]"#,
);
const CHANNELS: (&str, &str) =
    ("export/channels.json", r#"[{"id":"C7","name":"incident-7"},{"id":"C8","name":"random"}]"#);

#[test]
fn a_channel_of_slack() {
    let day = (
        "export/incident-7/2025-03-08.json",
        r#"[
  {"type":"message","subtype":"channel_join","user":"U1","ts":"1741424800.000100","text":"<@U1> has joined the channel"},
  {"type":"message","user":"U1","ts":"1741424900.000200","text":"orders fail &amp; wait\nsee <https://g.example/d?x=1&amp;y=2|the graph>","reactions":[{"name":"eyes","users":["U2","U9"],"count":2},{"name":"+1","users":[],"count":1}],"edited":{"user":"U1","ts":"1741424950.000000"},"pinned_to":["C7"]},
  {"type":"message","user":"U2","ts":"1741424960.000300","thread_ts":"1741424900.000200","subtype":"thread_broadcast","text":"<@U1> looking, <#C8|random> told"},
  {"type":"message","subtype":"bot_message","bot_id":"B1","username":"alerts","ts":"1741424970.000400","text":"","attachments":[{"fallback":"[FIRING] orders","title":"orders"}]},
  {"type":"message","user":"U9","ts":"1741424980.000500","text":"","files":[{"name":"cpu.png","url_private":"https://files.example/cpu.png?t=xoxe-1"}]},
  {"type":"message","subtype":"tombstone","user":"USLACKBOT","ts":"1741424990.000600","text":"This message was deleted.","hidden":true}
]"#,
    );
    let next = (
        "export/incident-7/2025-03-09.json",
        r#"[{"type":"message","user":"U2","ts":"1741424960.000300","text":"again"}]"#,
    );
    let other = (
        "export/random/2025-03-08.json",
        r#"[{"type":"message","user":"U1","ts":"1741424901.0","text":"lunch"}]"#,
    );
    let answers = ImportOptions { channel: Some("#incident-7".to_owned()), ..seoul() };
    let files = [CHANNELS, day, next, other, USERS];
    same(
        &told("slack", &files, &answers),
        "# #incident-7
        2025-03-08T18:08:20+09:00 orders fail & wait | see the graph by Mina key [https://g.example/d?x=1&y=2] <slack:C7:1741424900.000200>
        2025-03-08T18:09:20+09:00 @Mina looking, #random told by Jo Lee <slack:C7:1741424960.000300>
        2025-03-08T18:09:30+09:00 [FIRING] orders by alerts <slack:C7:1741424970.000400>
        2025-03-08T18:09:40+09:00 cpu.png by U9 <slack:C7:1741424980.000500>
        ? 3 edited 1741424900.000200
        ? 6 file-not-in-export cpu.png
        ? 7 deleted 1741424990.000600
        - 2 noise: @Mina has joined the channel
        - 3 not taken: :eyes: Jo Lee, U9; :+1:
        - 7 taken back: This message was deleted.
        - 1 repeated: again",
    );
    let since = Moment::parse("2025-03-08T18:09:25+09:00", None).ok();
    let late = told("slack", &files, &ImportOptions { since, ..answers });
    assert_eq!(late.iter().filter(|line| line.starts_with("2025")).count(), 2, "{late:?}");
    assert!(
        !late.iter().any(|line| line.contains("edited") || line.contains(":eyes:")),
        "{late:?}"
    );
    for wanted in [None, Some("nobody".to_owned())] {
        let inputs = files.map(|(name, text)| Input { name: name.to_owned(), bytes: text.into() });
        let answers = ImportOptions { channel: wanted.clone(), ..seoul() };
        let known = vec!["incident-7".to_owned(), "random".to_owned()];
        let refused = read(Kind::Slack, &inputs, &answers).unwrap_err();
        assert_eq!(refused, ExportFault::WhichChannel { wanted, known }.into());
    }
}

/// Newer clients only write text into blocks.
#[test]
fn rich_text_of_slack() {
    let day = (
        "export/incident-7/2025-03-08.json",
        r#"[{"type":"message","user":"U1","ts":"1741424900.000200","text":"","blocks":[{"type":"rich_text","elements":[
{"type":"rich_text_section","elements":[{"type":"user","user_id":"U2"},{"type":"text","text":" a < b "},{"type":"link","url":"https://g.example/d","text":"graph"},{"type":"emoji","name":"ok"}]},
{"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one"}]}]}]}]}]"#,
    );
    same(
        &told("slack", &[CHANNELS, day, USERS], &seoul()),
        "# #incident-7
        2025-03-08T18:08:20+09:00 @Jo Lee a < b graph:ok: | - one by Mina [https://g.example/d] <slack:C7:1741424900.000200>",
    );
}

#[test]
fn a_channel_of_discord() {
    let file = r#"{"guild":{"id":"1"},"channel":{"id":"9","name":"ops"},"dateRange":{"after":"2025-03-08T00:00:00+00:00","before":null},
"messages":[
{"id":"1","type":"Default","timestamp":"2025-03-08T10:00:00.5+02:00","timestampEdited":null,"isPinned":false,"content":"a <:b:7> c","author":{"name":"lee","nickname":"Lee"},"attachments":[],"embeds":[]},
{"id":"2","type":"Default","timestamp":"2025-03-08T10:01:00+02:00","timestampEdited":null,"isPinned":false,"content":"","author":{"name":"bot","nickname":"","isBot":true},"attachments":[],"embeds":[{"title":"","description":"disk full"}]},
{"id":"4","type":"Default","timestamp":"2025-03-08T10:01:30+02:00","content":"see","author":{"name":"lee","nickname":"Lee"},"attachments":[{"id":"8","url":"https://cdn.example/a.png","fileName":"a.png"},{"id":"9","url":"media/b.png"}],"reactions":[{"emoji":{"id":"7","name":"ok"},"count":2,"users":[{"name":"jo","nickname":"Jo"},{"name":"mina"}]},{"emoji":{"id":"","name":"👀"},"count":1}]},
{"id":"3","type":"GuildMemberJoin","timestamp":"2025-03-08T10:02:00+02:00","content":"Joined the server.","author":{"name":"x"}}]}"#;
    same(
        &told("discord", &[("ops.json", file)], &ImportOptions::default()),
        "# #ops
        2025-03-08T10:00:00+02:00 a :b: c by Lee <discord:9:1>
        2025-03-08T10:01:00+02:00 disk full by bot <discord:9:2>
        2025-03-08T10:01:30+02:00 see by Lee <discord:9:4>
        ? 1 more-pages ops.json
        ? 5 file-not-in-export a.png
        ? 5 file-not-in-export media/b.png
        - 5 not taken: :ok: Jo, mina; 👀
        - 6 noise: Joined the server.",
    );
    // Of a message that is not asked for nothing else is reported.
    let until = Moment::parse("2025-03-08T08:01:00Z", None).ok();
    let lines =
        told("discord", &[("ops.json", file)], &ImportOptions { until, ..Default::default() });
    assert_eq!(
        lines[3..],
        ["? 1 more-pages ops.json", "- 5 not asked for: see", "- 6 noise: Joined the server."]
    );
}

/// Returns the body of a PagerDuty webhook.
fn body(id: &str, kind: &str, at: &str, data: &str) -> String {
    format!(
        r#"{{"event":{{"id":"{id}","event_type":"{kind}","resource_type":"incident","occurred_at":"2025-03-08T{at}Z","agent":{{"summary":"Jo","type":"user_reference"}},"client":null,"data":{data}}}}}"#
    )
}

#[test]
fn webhooks_of_pagerduty() {
    let incident = r#"{"id":"P1","type":"incident","title":"Orders fail","html_url":"https://acme.pagerduty.com/incidents/P1","self":"https://api.pagerduty.com/incidents/P1","priority":{"summary":"P1"},"resolve_reason":null}"#;
    let of = r#""incident":{"id":"P1","summary":"Orders fail","type":"incident_reference"}"#;
    let bodies = [
        body("E1", "incident.triggered", "09:08:30.169", incident),
        body("E2", "incident.acknowledged", "09:09:01.000", incident),
        body("E3", "incident.escalated", "09:12:00.000", incident),
        body(
            "E4",
            "incident.annotated",
            "09:30:00.000",
            &format!(r#"{{{of},"id":"N1","content":"index is missing","trimmed":true}}"#),
        ),
        body(
            "E5",
            "incident.status_update_published",
            "09:31:00.000",
            &format!(r#"{{{of},"id":"S1","message":"We are on it","trimmed":false}}"#),
        ),
        body("E6", "incident.priority_updated", "09:32:00.000", incident),
        body(
            "E7",
            "incident.responder.replied",
            "09:33:00.000",
            &format!(r#"{{{of},"user":{{"summary":"Kim"}},"state":"accepted"}}"#),
        ),
        body("E2", "incident.acknowledged", "09:09:01.000", incident),
        body("E8", "incident.resolved", "10:00:05.000", incident),
        body("E9", "incident.reopened", "10:10:00.000", incident),
        body(
            "E10",
            "service.updated",
            "10:11:00.000",
            r#"{"id":"S","summary":"API","type":"service"}"#,
        ),
        body("E11", "incident.acknowledged", "10:12:00.000", incident)
            .replace("2025-03-08T", "yesterday "),
    ];
    let wanted = "# Orders fail
        2025-03-08T18:08:30+09:00 Orders fail by Jo detected [https://acme.pagerduty.com/incidents/P1] <pagerduty:E1>
        2025-03-08T18:09:01+09:00 Acknowledged by Jo acknowledged <pagerduty:E2>
        2025-03-08T18:30:00+09:00 index is missing… by Jo <pagerduty:E4>
        2025-03-08T18:31:00+09:00 We are on it by Jo <pagerduty:E5>
        2025-03-08T18:32:00+09:00 Priority: P1 by Jo <pagerduty:E6>
        2025-03-08T18:33:00+09:00 Responder replied: accepted by Jo <pagerduty:E7>
        2025-03-08T19:00:05+09:00 Resolved by Jo resolved <pagerduty:E8>
        2025-03-08T19:10:00+09:00 Reopened by Jo <pagerduty:E9>
        ? 12 time-not-understood yesterday 10:12:00.000Z
        - 3 noise: 2025-03-08T09:12:00.000Z incident.escalated Orders fail, Jo
        - 8 repeated: Acknowledged
        - 11 noise: 2025-03-08T10:11:00.000Z service.updated API, Jo
        - 12 no time: yesterday 10:12:00.000Z Acknowledged";
    same(&told("pagerduty", &[("p.jsonl", &bodies.join("\n"))], &seoul()), wanted);
    let array = format!("[{}]", bodies.join(",\n"));
    same(&told("pagerduty", &[("p.json", &array)], &seoul()), wanted);
    let names: Vec<String> = (0..bodies.len()).map(|number| format!("{number}.json")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(bodies.iter().map(String::as_str)).take(2).collect();
    let told_of = told("pagerduty", &files, &seoul());
    same(&told_of, &wanted.lines().take(3).collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_no_webhook_between_webhooks_is_named() {
    let of = r#"{"id":"P1","title":"Orders fail","self":"https://api.pagerduty.com/incidents/P1"}"#;
    let body = body("E1", "incident.resolved", "10:00:05.000", of);
    let input = Input { name: "one.json".to_owned(), bytes: body.clone().into_bytes() };
    assert_eq!(Kind::of(&[input]), Some(Kind::PagerDuty));
    let broken = format!("{}\n{{broken\n{{\"x\":1}}\n", body);
    let told_of = told("pagerduty", &[("p.jsonl", &broken)], &seoul());
    assert_eq!(told_of[2..], ["- 2 not JSON: {broken", "- 3 not taken: {\"x\":1}"], "{told_of:?}");
}

#[test]
fn a_log_of_pagerduty() {
    let file = r#"{"log_entries":[
{"id":"R4","type":"resolve_log_entry","summary":"Resolved by Jo","created_at":"2025-03-08T10:00:05Z","agent":{"summary":"Jo"},"channel":{"type":"web"},"incident":{"id":"P1","summary":"[#42] Orders fail"}},
{"id":"R3","type":"annotate_log_entry","summary":"Note added by Jo","created_at":"2025-03-08T09:30:00Z","agent":{"summary":"Jo"},"channel":{"type":"note","summary":"index is missing"},"incident":{"id":"P1","summary":"[#42] Orders fail"}},
{"id":"R2","type":"acknowledge_log_entry","summary":"Acknowledged by Jo","created_at":"2025-03-08T09:09:01Z","agent":{"summary":"Jo"},"channel":{"type":"phone"},"incident":{"id":"P1","summary":"[#42] Orders fail"}},
{"id":"R1","type":"notify_log_entry","summary":"Notified Jo by phone","created_at":"2025-03-08T09:08:31Z","user":{"summary":"Jo"}},
{"id":"R0","type":"trigger_log_entry","summary":"Triggered through the API","created_at":"2025-03-08T09:08:30Z","agent":{"summary":"Shop"},"channel":{"type":"api","summary":"Orders fail in eu-1"},"incident":{"id":"P1","summary":"[#42] Orders fail","html_url":"https://acme.pagerduty.com/incidents/P1"}}
],"limit":100,"offset":0,"more":true}"#;
    same(
        &told("pagerduty", &[("log.json", file)], &seoul()),
        "# Orders fail
        2025-03-08T18:08:30+09:00 Orders fail in eu-1 by Shop detected [https://acme.pagerduty.com/incidents/P1] <pagerduty:R0>
        2025-03-08T18:09:01+09:00 Acknowledged by Jo by Jo acknowledged <pagerduty:R2>
        2025-03-08T18:30:00+09:00 index is missing by Jo <pagerduty:R3>
        2025-03-08T19:00:05+09:00 Resolved by Jo by Jo resolved <pagerduty:R4>
        ? 1 more-pages log.json
        ? 2 newest-first
        - 5 noise: Notified Jo by phone",
    );
}

#[test]
fn incidents_and_maintenances_of_a_statuspage() {
    let file = r#"{"page":{"time_zone":"Asia/Seoul"},"incidents":[{"id":"a","name":"Orders fail","impact":"major","incident_updates":[
{"id":"a2","status":"resolved","body":"Fixed.","display_at":"2025-03-08T12:00:00Z","created_at":"2025-03-08T12:00:20Z"},
{"id":"a1","status":"investigating","body":"We look.","display_at":"2025-03-08T09:08:00Z","created_at":"2025-03-08T10:00:00Z","affected_components":[{"name":"Orders","old_status":"operational","new_status":"major_outage"}]}]}],
"scheduled_maintenances":[{"id":"m","name":"Move","scheduled_for":"2025-03-10T00:00:00Z","scheduled_until":"2025-03-10T02:00:00Z","incident_updates":[
{"id":"m2","status":"in_progress","body":"Begun.","display_at":"2025-03-10T00:05:00Z","created_at":"2025-03-10T00:05:00Z"}]}]}"#;
    same(
        &told("statuspage", &[("history.json", file)], &ImportOptions::default()),
        "# Orders fail
        2025-03-08T18:08:00+09:00 We look. | - Orders: operational → major outage investigating logged 2025-03-08T19:00:00+09:00 <statuspage:a1>
        2025-03-08T21:00:00+09:00 Fixed. resolved <statuspage:a2>
        # Move
        plan 2025-03-10T09:00:00+09:00..2025-03-10T11:00:00+09:00 Move #m <statuspage:m>
        2025-03-10T09:05:00+09:00 Begun. ->m <statuspage:m2>
        ? 2 newest-first",
    );
}

#[test]
fn exports_of_github_are_recognized_by_their_keys() {
    let issue = r#"{"number":7,"title":"Orders fail","createdAt":"2025-03-08T09:08:00Z","closedAt":null,"author":{"login":"sam"},"body":"500s","url":"https://github.com/acme/shop/issues/7",
"comments":[{"id":"IC_1","author":{"login":"jo"},"body":"rolled back","createdAt":"2025-03-08T09:20:00Z","includesCreatedEdit":true}]}"#;
    let hook = r#"{"action":"published","release":{"id":3,"tag_name":"v2","name":null,"draft":false,"published_at":"2025-03-08T12:00:00Z","author":{"login":"mina"}},"sender":{"login":"x"}}"#;
    let runs = r#"[{"databaseId":70,"name":"deploy","conclusion":"success","status":"completed","attempt":1,"startedAt":"2025-03-08T11:00:00Z","updatedAt":"2025-03-08T11:05:00Z","workflowName":"deploy"}]"#;
    same(
        &told("github", &[("i.json", issue), ("h.json", hook), ("r.json", runs)], &seoul()),
        "# Orders fail
        2025-03-08T18:08:00+09:00 Orders fail | 500s by sam [https://github.com/acme/shop/issues/7] <github:issue:7>
        2025-03-08T18:20:00+09:00 rolled back by jo <github:comment:IC_1>
        2025-03-08T20:00:00+09:00..2025-03-08T20:05:00+09:00 deploy succeeded <github:run:70:1>
        2025-03-08T21:00:00+09:00 v2 by mina <github:release:3>
        ? 2 edited IC_1",
    );
}

#[test]
fn a_history_of_git() {
    let log = "commit\u{1f}aa1\u{1f}2025-03-08T18:05:00+09:00\u{1f}2025-03-08T18:20:00+09:00\u{1f}Mina\u{1f}fix: orders\u{1f}bb\u{1e}\n\
        commit\u{1f}bb2\u{1f}2025-03-08T10:00:00+01:00\u{1f}2025-03-08T10:00:00+01:00\u{1f}Jo\u{1f}Merge 'x'\u{1f}cc dd\u{1e}\n\
        commit\u{1f}cc3\u{1f}2025-03-08T09:00:00Z\u{1f}2025-03-08T09:00:00Z\u{1f}Jo\u{1f}Merge sort is stable\u{1f}dd\u{1e}\n\
        tag\u{1f}v2\u{1f}2025-03-08T18:31:00+09:00\u{1f}Mina\u{1f}two\u{1e}\ntag\u{1f}w2\u{1f}2025-03-08T18:20:00+09:00\u{1f}\u{1f}fix: orders\u{1e}\n";
    same(
        &told("git", &[("shop", log)], &ImportOptions::default()),
        "# shop
        2025-03-08T09:00:00+00:00 Merge sort is stable by Jo <git:cc3>
        2025-03-08T18:20:00+09:00 fix: orders by Mina <git:aa1>
        2025-03-08T18:20:00+09:00 w2 <git:tag:w2>
        2025-03-08T18:31:00+09:00 v2: two by Mina <git:tag:v2>
        ? 1 author-date-differs aa1
        ? 5 tag-without-date w2
        - 2 merge: bb2 Merge 'x'",
    );
}

#[test]
fn a_calendar_is_a_plan() {
    let file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Release 2\r\nBEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
BEGIN:VEVENT\r\nUID:d@x\r\nDTSTART;TZID=Ours:20250308T120000\r\nSUMMARY:Own zone\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nUID:a@x\r\nSEQUENCE:1\r\nDTSTART;TZID=\"Korea Standard Time\":20250308T173000\r\nDURATION:PT1H30M\r\nSUMMARY:Ship\\, then wa\r\n tch\r\nORGANIZER;CN=Mina:mailto:mina@x.example\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nUID:a@x\r\nSEQUENCE:0\r\nDTSTART;TZID=Asia/Seoul:20250308T170000\r\nSUMMARY:Ship\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nUID:b@x\r\nDTSTART:20250308T120000Z\r\nDTEND:20250308T130000Z\r\nSTATUS:CANCELLED\r\nSUMMARY:Party\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nUID:c@x\r\nDTSTART;VALUE=DATE:20250309\r\nDTEND;VALUE=DATE:20250311\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Freeze\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    same(
        &told("ics", &[("r.ics", file)], &seoul()),
        "# Release 2
        plan 2025-03-08T15:30:00+09:00.. Own zone <ics:d@x>
        plan 2025-03-08T17:30:00+09:00..2025-03-08T19:00:00+09:00 Ship, then watch by Mina was 2025-03-08T17:00:00+09:00 <ics:a@x>
        plan 2025-03-08T21:00:00+09:00..2025-03-08T22:00:00+09:00 Party skipped CANCELLED <ics:b@x>
        plan 2025-03-09..2025-03-10 Freeze <ics:c@x>
        ? 42 repeats Freeze",
    );
    let floating = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:f\nDTSTART:20250308T120000\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n";
    assert_eq!(
        told("ics", &[("f.ics", floating)], &ImportOptions::default()),
        ["? 2 no-zone 2025-03-08T12:00:00"]
    );
    // An unknown zone causes a question, and the answer is used.
    let odd = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:f\nDTSTART;TZID=Ours/Odd:20250308T120000\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n";
    assert_eq!(told("ics", &[("f.ics", odd)], &ImportOptions::default()), ["? 2 no-zone Ours/Odd"]);
    same(
        &told("ics", &[("f.ics", odd)], &seoul()),
        "# f.ics
        plan 2025-03-08T12:00:00+09:00.. x <ics:f>
        ? 2 zone-differs Ours/Odd",
    );
}

#[test]
fn mails_of_a_mailbox() {
    let file = "From mina Sat Mar  8 18:08:20 2025\nFrom: =?utf-8?B?66+464KY?= <mina@x.example>\nDate: Sat, 8 Mar 2025 18:08:20 +0900\nMessage-ID: <1@x>\nSubject: =?utf-8?Q?Orders_fail?=\n\nWe see 500s.\n>From the start.\n\n\
From jo Sat Mar  8 09:20:00 2025\nFrom: jo@x.example\nDate: Sat, 08 Mar 2025 09:20:00 GMT\nMessage-ID: <2@x>\nIn-Reply-To: <1@x>\nSubject: Re: Orders fail\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>Rolled &amp; back.</p><style>p{}</style>\n--b--\n\nFrom x\nDate: nonsense\nMessage-ID: <3@x>\nSubject: what\n\nx\n\n\
From y\nDate: Sat, 8 Mar 2025 18:30:00 +0900\nMessage-ID: <4@x>\nSubject: Re: Orders fail\n\nGreen.\n\nOn Sat, 8 Mar 2025 at 18:08, Mina wrote:\n> We see 500s.\n> 18:07 it began\n";
    same(
        &told("mbox", &[("m.mbox", file)], &seoul()),
        "# Orders fail
        2025-03-08T18:08:20+09:00 Orders fail | We see 500s. / From the start. by 미나 <mbox:1@x>
        2025-03-08T18:20:00+09:00 Re: Orders fail | Rolled & back. by jo@x.example <mbox:2@x>
        2025-03-08T18:30:00+09:00 Re: Orders fail | Green. <mbox:4@x>
        ? 24 time-not-understood nonsense
        - 24 no time: what
        - 31 quoted: On Sat, 8 Mar 2025 at 18:08, Mina wrote:",
    );
}

#[test]
fn lines_of_logs() {
    let own = r#"{"when":"2025-03-08T09:08:20.5Z","what":"pool exhausted","host":"db1","n":"7","level":"error"}
{"when":"2025-03-08T09:08:21Z","what":"fine","host":"db1","n":"8","level":"info"}
oops"#;
    let field = |name: &str| Some(name.to_owned());
    let fields =
        Fields { at: field("when"), text: field("what"), by: field("host"), id: field("n") };
    let answers = ImportOptions { fields, matching: Some("level=error".to_owned()), ..seoul() };
    same(
        &told("jsonl", &[("app.log", own)], &answers),
        r#"# app.log
        2025-03-08T18:08:20+09:00 pool exhausted by db1 <jsonl:7>
        - 2 not asked for: {"host":"db1","level":"info","n":"8","what":"fine","when":"2025-03-08T09:08:21Z"}
        - 3 not JSON: oops"#,
    );
    let known = r#"{"ts":1741424900.25,"msg":"a"}
{"time":1741424900250,"message":"b","id":4}
{"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1741424901000000","_SOURCE_REALTIME_TIMESTAMP":"1741424900900000","SYSLOG_IDENTIFIER":"api","MESSAGE":[234,176,128]}
{"msg":"no time"}"#;
    same(
        &told("jsonl", &[("x.jsonl", known)], &seoul()),
        r#"# x.jsonl
        2025-03-08T18:08:20+09:00 a <x.jsonl:1>
        2025-03-08T18:08:20+09:00 b <jsonl:4>
        2025-03-08T18:08:20+09:00 가 by api <journal:s=1>
        - 4 no time: {"msg":"no time"}"#,
    );
    let flood = "{\"ts\":1741424900,\"msg\":\"a\"}\n".repeat(201);
    let input = Input { name: "f.log".to_owned(), bytes: flood.into_bytes() };
    let refused = read(Kind::Jsonl, &[input], &seoul()).unwrap_err();
    assert_eq!(
        refused,
        ExportFault::Flood { name: "f.log".to_owned(), found: 201, limit: 200 }.into()
    );
}

#[test]
fn entries_of_one_line_and_other_spellings_of_exports() {
    let entries = r#"{"entries":[{"title":"errors","date":"2025-03-08","time":"18:08"},{"title":"green","date":"2025-03-08","time":"18:20"}]}"#;
    let two = told("jrnl", &[("j.json", entries)], &seoul());
    let wanted = "# j.json\n2025-03-08T18:08+09:00 errors <j.json:1>\n2025-03-08T18:20+09:00 green <j.json:1:67>";
    same(&two, wanted);
    let lines = "[2025-03-08 06:20:00 PM] green\n";
    let told_of = told("jrnl", &[("j.txt", lines)], &seoul());
    same(&told_of, "# j.txt\n2025-03-08T18:20:00+09:00 green <j.txt:1>");
    let incidents = r#"{"incidents":[{"id":"P1","incident_number":4,"title":"Orders fail","status":"resolved","created_at":"2025-03-08T09:08:00Z",
"acknowledgements":[{"at":"2025-03-08T09:10:00Z","acknowledger":{"summary":"Jo"}}],"resolved_at":"2025-03-08T10:08:00Z"}],"more":false}"#;
    let wanted = "\
# Orders fail
2025-03-08T18:08:00+09:00 Orders fail detected <pagerduty:P1:detected:2025-03-08T09:08:00Z>
2025-03-08T18:10:00+09:00 Acknowledged by Jo acknowledged <pagerduty:P1:acknowledged:2025-03-08T09:10:00Z>
2025-03-08T19:08:00+09:00 Resolved resolved <pagerduty:P1:resolved:2025-03-08T10:08:00Z>";
    same(&told("pagerduty", &[("p.json", incidents)], &seoul()), wanted);
    let entries = r#"{"log_entries":[{"id":"R2","type":"status_update_log_entry","summary":"Status update","message":"We are on it","created_at":"2025-03-08T09:20:00Z"},
{"id":"R1","type":"trigger_log_entry","summary":"Orders fail","created_at":"2025-03-08T09:08:00Z","incident":{"id":"P1","summary":"[#4] Orders fail"}}]}"#;
    let told_of = told("pagerduty", &[("p.json", entries)], &seoul());
    assert_eq!(told_of[0], "# Orders fail", "{told_of:?}");
    assert_eq!(told_of[2], "2025-03-08T18:20:00+09:00 We are on it <pagerduty:R2>");
    let mail = "Message-ID: <1@x>\nDate: 8 Mar 2025 18:30 KST\nSubject: green\n\nAll pass.\n--\nJo, operations\n";
    let wanted = "# green\n2025-03-08T18:30+09:00 green | All pass. <mbox:1@x>\n- 1 not taken: Jo, operations";
    same(&told("mbox", &[("m.eml", mail)], &seoul()), wanted);
    let bot = r#"[{"type":"message","bot_id":"B1","ts":"1741424900.0","text":"","blocks":[{"type":"section","text":{"text":"<https://a.example|#42>"}},{"type":"context","elements":[{"text":"shop"}]}]}]"#;
    let told_of = told("slack", &[("x/ops/2025-03-08.json", bot)], &seoul());
    assert_eq!(
        told_of[1],
        "2025-03-08T18:08:20+09:00 #42 | shop by B1 [https://a.example] <slack:ops:1741424900.0>"
    );
}

#[test]
fn headings_of_plans_and_ends_in_any_order() {
    for (heads, wanted) in [
        ("Task,Start (planned),Start (actual),End (planned)", "17:00..2025-03-08T17:30+09:00"),
        ("Task,Planned (start / KST),Actual start,Planned finish", "17:00..2025-03-08T17:30+09:00"),
        ("단계,계획 시작,실제 시작,계획 종료", "17:00..2025-03-08T17:30+09:00"),
        ("作業,開始予定,実際の開始,終了予定", "17:00..2025-03-08T17:30+09:00"),
        ("步骤,计划开始,实际开始,计划结束", "17:00..2025-03-08T17:30+09:00"),
        ("Paso,Inicio previsto,Inicio real,Fin previsto", "17:00..2025-03-08T17:30+09:00"),
        ("Étape,Début prévu,Début réel,Fin prévue", "17:00..2025-03-08T17:30+09:00"),
    ] {
        let sheet = format!("{heads}\nFreeze,2025-03-08 17:00,17:12,17:30\n");
        let found = told("csv", &[("r.csv", &sheet)], &seoul());
        let step = format!("plan 2025-03-08T{wanted} Freeze #row-2 <r.csv:2>");
        assert_eq!(found[1].replace("+09:00..", ".."), step.replace("+09:00..", ".."), "{heads}");
        assert!(
            found[2].starts_with("2025-03-08T17:12+09:00 Freeze ->row-2"),
            "{heads}: {found:?}"
        );
    }
}

#[test]
fn time_loggers() {
    let klog = "2025-03-08 (8h!)\nRelease day\n    17:31 - 18:02 Deploy\n        to all regions\n    6:08pm - ? Orders fail\n    30m lunch\n    23:50 - 0:10> Late fix\n    <23:00-24:00 Night before\n\n2025/03/09\n    9:00-10:00\n";
    same(
        &told("klog", &[("t.klg", klog)], &seoul()),
        "# t.klg
        2025-03-07T23:00+09:00..2025-03-09T00:00+09:00 Night before <t.klg:8>
        2025-03-08T17:31+09:00..2025-03-08T18:02+09:00 Deploy | to all regions <t.klg:3>
        2025-03-08T18:08+09:00 Orders fail <t.klg:5>
        2025-03-08T23:50+09:00..2025-03-09T00:10+09:00 Late fix <t.klg:7>
        ? 5 open-end 6:08pm - ?
        - 2 not taken: Release day
        - 6 no time: 30m lunch
        - 11 no text: 9:00-10:00",
    );
    let jrnl = r#"{"tags":{},"entries":[{"title":"Orders fail","body":"500s","date":"2025-03-08","time":"18:08","starred":true},
{"title":"Green","body":"","date":"2025-03-08","time":"18:40","starred":false}]}"#;
    let lines = "[2025-03-08 18:08] Orders fail *\n500s\n\n[2025-03-08 18:40] Green\n";
    let wanted = |first, second| {
        format!(
            "# j\n2025-03-08T18:08+09:00 Orders fail | 500s key <j:{first}>\n2025-03-08T18:40+09:00 Green <j:{second}>"
        )
    };
    same(&told("jrnl", &[("j", jrnl)], &seoul()), &wanted(1, 2));
    same(&told("jrnl", &[("j", lines)], &seoul()), &wanted(1, 4));
    let json = r#"[{"id":2,"start":"20250308T083100Z","end":"20250308T090200Z","tags":["deploy","app 2"],"annotation":"to all regions"},{"id":1,"start":"20250308T090820Z","tags":["orders"]}]"#;
    let data = "inc 20250308T083100Z - 20250308T090200Z # deploy \"app 2\" # \"to all regions\"\ninc 20250308T090820Z # orders\n";
    let wanted = |line: usize| {
        format!(
            "# t\n2025-03-08T17:31:00+09:00..2025-03-08T18:02:00+09:00 to all regions | deploy, app 2 <timewarrior:20250308T083100Z>
            2025-03-08T18:08:20+09:00 orders <timewarrior:20250308T090820Z>\n? {line} open-end 20250308T090820Z"
        )
    };
    same(&told("timewarrior", &[("t", json)], &seoul()), &wanted(1));
    same(&told("timewarrior", &[("t", data)], &seoul()), &wanted(2));
}

#[test]
fn bundles_of_mortician() {
    let files = [
        (
            "a-orders/actions.yaml",
            "items:\n- task: Add an alert\n  done: true\n  owner: jo\n  due: 03-26-25\n",
        ),
        (
            "a-orders/index.md",
            "## Summary\n\nIt failed.\n\n## Impact & Severity\n\nMany.\n\n## Root Cause\n\nAn index.\n\n## Resolution\n\n### Temporary\n\nRestarted.\n",
        ),
        (
            "a-orders/meta.yaml",
            "id: a\ntitle: Orders fail\nstatus: Resolved\nseverity: P1\nowner: mina\ndate: '2025-03-08'\nparticipants:\n- Commander: mina\n- jo\n",
        ),
        ("a-orders/notes.txt", "x"),
        (
            "a-orders/timeline.yaml",
            "events:\n- time: 2025-03-08 09:08 UTC\n  action: Orders fail\n- time: 18:20\n  action: Restarted\n- time: nonsense\n  action: Somebody slept\n",
        ),
    ];
    same(
        &told("mortician", &files, &seoul()),
        "# Orders fail
        2025-03-08T18:08+09:00 Orders fail <a-orders/timeline.yaml:2>
        2025-03-08T18:20+09:00 Restarted <a-orders/timeline.yaml:4>
        action Add an alert Some(\"jo\") Some(Day(2025-03-26))
        ? 2 done-without-day Add an alert
        ? 6 time-not-understood nonsense
        - 1 not taken: id: a
        - 3 not taken: status: Resolved
        - 1 not taken: a-orders/notes.txt
        - 6 no time: nonsense Somebody slept",
    );
    let inputs = files.map(|(name, text)| Input { name: name.to_owned(), bytes: text.into() });
    let draft = read(Kind::Mortician, &inputs, &seoul()).unwrap();
    let incident = &draft.records[0].incident;
    assert_eq!(incident.summary.as_deref(), Some("It failed."));
    assert_eq!(incident.impact.as_deref(), Some("Many."));
    assert_eq!(incident.contributing_factors[0].text, "An index.");
    let sections: Vec<&str> = incident.sections.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(sections, ["Resolution", "Owner", "Participants"]);
    assert_eq!(incident.sections[2].body, "- Commander: mina\n- jo");
    let bare = [
        ("b/actions.yaml", "actions:\n- task: Add an alert\n"),
        ("b/index.md", "# Orders fail\n\n## Summary\n\nIt failed.\n"),
        ("b/timeline.yaml", "- time: 2025-03-08 09:08 UTC\n  action: Orders fail\n"),
    ];
    same(
        &told("mortician", &bare, &seoul()),
        "# b
        2025-03-08T18:08+09:00 Orders fail <b/timeline.yaml:1>
        action Add an alert None None",
    );
    assert_eq!(
        told("mortician", &files, &ImportOptions::default())[1],
        "2025-03-08T09:08+00:00 Orders fail <a-orders/timeline.yaml:2>"
    );
}

#[test]
fn alerts_and_annotations() {
    let alerts = r#"{"commonLabels":{"alertname":"Slow","team":"shop"},"alerts":[
{"status":"resolved","labels":{"alertname":"Slow","team":"shop","pod":"a"},"annotations":{},"startsAt":"2025-03-08T09:08:20.123456789Z","endsAt":"2025-03-08T09:20:00Z","fingerprint":"f1"},
{"status":"firing","labels":{"alertname":"Slow"},"annotations":{"summary":"Slow orders"},"startsAt":"2025-03-08T09:09:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f2"},
{"status":"firing","labels":{"alertname":"Slow"},"annotations":{"summary":"Slow orders"},"startsAt":"2025-03-08T09:09:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f2"}]}"#;
    same(
        &told("alertmanager", &[("w.json", alerts)], &seoul()),
        "# Slow
        2025-03-08T18:08:20+09:00..2025-03-08T18:20:00+09:00 Slow a <alertmanager:f1:2025-03-08T09:08:20Z>
        2025-03-08T18:09:00+09:00 Slow orders <alertmanager:f2:2025-03-08T09:09:00Z>
        ? 3 still-firing f2
        ? 4 still-firing f2
        - 4 repeated: Slow orders",
    );
    let annotations = r#"[{"id":5,"time":1741424900000,"timeEnd":1741424960000,"tags":["deploy"],"text":"<b>v2</b> out<br>eu &amp; us","login":"mina"},{"id":4,"time":1741424900000,"timeEnd":1741424900000,"tags":[],"text":"1 < 2"}]"#;
    same(
        &told("grafana", &[("a.json", annotations)], &seoul()),
        "# Grafana
        2025-03-08T18:08:20+09:00..2025-03-08T18:09:20+09:00 v2 out | eu & us / tags: deploy by mina <grafana:5>
        2025-03-08T18:08:20+09:00 1 < 2 <grafana:4>"
            .replace("us / tags", "us /  / tags")
            .as_str(),
    );
}

#[test]
fn what_has_no_time_is_listed_whole() {
    let annotations = r#"[{"id":1,"time":1741424900000,"text":"out"},{"id":2,"text":"none"},{"id":3,"time":null,"text":"null"},
{"id":4,"time":"1741424900000","text":"text"},{"id":5,"time":1741424900000.5,"text":"half"},{"id":6,"time":1741424900,"text":"seconds"},
{"id":7,"time":1741424900000,"timeEnd":1741424800000,"text":"back"}]"#;
    same(
        &told("grafana", &[("a.json", annotations)], &seoul()),
        "# Grafana
        2025-03-08T18:08:20+09:00 out <grafana:1>
        2025-03-08T18:08:20+09:00 back <grafana:7>
        ? 3 step-back 2025-03-08T18:06:40+09:00
        - 1 no time: none
        - 1 no time: null
        - 2 no time: 1741424900000 text
        - 2 no time: 1741424900000.5 half
        - 2 no time: 1741424900 seconds",
    );
    let alerts = r#"{"alerts":[{"status":"resolved","annotations":{"summary":"never"},"startsAt":"0001-01-01T00:00:00Z","endsAt":"0001-01-01T00:00:00Z"},
{"status":"resolved","annotations":{"summary":"back"},"startsAt":"2025-03-08T09:08:20Z","endsAt":"2025-03-08T09:00:00Z","fingerprint":"f1"}]}"#;
    same(
        &told("alertmanager", &[("w.json", alerts)], &seoul()),
        "# back
        2025-03-08T18:08:20+09:00 back <alertmanager:f1:2025-03-08T09:08:20Z>
        ? 2 step-back 2025-03-08T18:00:00+09:00
        - 1 no time: 0001-01-01T00:00:00Z never",
    );
    let opsgenie = r#"{"data":{"entries":[{"id":"1","eventTime":"2025-03-08T09:08:00Z","description":"a"},{"id":"2","description":"b"},{"id":"3","eventTime":1741424900,"description":"c"}]}}"#;
    same(
        &told("opsgenie", &[("o.json", opsgenie)], &ImportOptions::default()),
        "# Opsgenie
        2025-03-08T09:08:00+00:00 a <opsgenie:1>
        ? 1 time-not-understood 1741424900
        - 1 no time: b
        - 1 no time: 1741424900 c",
    );
    let page = r#"{"incidents":[{"id":"p","name":"Down","incident_updates":[
{"id":"u1","status":"resolved","body":"back","display_at":"2025-03-08T09:08:00Z"},
{"id":"u2","status":"investigating","body":"no time"},{"id":"u3","status":"identified","body":"bad","display_at":"soon"}]}],
"scheduled_maintenances":[{"id":"m","name":"Work","scheduled_for":"2025-03-08T10:00:00Z","scheduled_until":"2025-03-08T09:00:00Z","incident_updates":[]}]}"#;
    same(
        &told("statuspage", &[("s.json", page)], &ImportOptions::default()),
        "# Down
        2025-03-08T09:08:00+00:00 back resolved <statuspage:u1>
        # Work
        plan 2025-03-08T10:00:00+00:00.. Work #m <statuspage:m>
        ? 3 time-not-understood soon
        ? 4 step-back 2025-03-08T09:00:00+00:00
        - 3 no time: no time
        - 3 no time: soon bad",
    );
}

#[test]
fn notes_and_messages_are_read_whole() {
    let log = r#"{"log_entries":[{"id":"a","type":"annotate_log_entry","summary":"Note added","channel":{"summary":"the pool is full"}},
{"id":"b","type":"trigger_log_entry","summary":"Triggered","created_at":"2025-03-08T09:08:00Z","channel":{"summary":"Down"}}]}"#;
    let lines = told("pagerduty", &[("l.json", log)], &ImportOptions::default());
    assert_eq!(lines.last().unwrap(), "- 1 no time: the pool is full", "{lines:?}");
    let channel = r#"{"channel":{"id":"9","name":"ops"},"messageCount":3,"messages":[
{"id":"1","type":"Default","timestamp":"2025-03-08T10:00:00+02:00","content":"ask <@5> and <@!6>","mentions":[{"id":"5","name":"lee","nickname":"Lee"}]},
{"id":"2","type":"Default","timestamp":"2025-03-08T10:01:00+02:00","content":"","embeds":[{"title":"disk","description":"pool","fields":[{"name":"host","value":"db1"}]}]}]}"#;
    same(
        &told("discord", &[("ops.json", channel)], &ImportOptions::default()),
        "# #ops
        2025-03-08T10:00:00+02:00 ask @Lee and <@!6> <discord:9:1>
        2025-03-08T10:01:00+02:00 disk | pool / host: db1 <discord:9:2>
        ? 1 more-pages ops.json",
    );
}

#[test]
fn timelines_of_hosted_tools() {
    let rootly = r#"{"data":[{"id":"e1","type":"incident_events","attributes":{"event":"Rolled back","visibility":"external","occurred_at":"2025-03-08T18:20:00+09:00","created_at":"2025-03-08T18:31:00+09:00"}},
{"id":"e2","type":"incident_events","attributes":{"event":"Paged","visibility":"internal","occurred_at":"2025-03-08T18:08:00+09:00","created_at":"2025-03-08T18:08:01+09:00"}}],"links":{"next":"x"}}"#;
    same(
        &told("rootly", &[("r.json", rootly)], &ImportOptions::default()),
        "# Rootly
        2025-03-08T18:08:00+09:00 Paged internal <rootly:e2>
        2025-03-08T18:20:00+09:00 Rolled back logged 2025-03-08T18:31:00+09:00 <rootly:e1>
        ? 1 more-pages r.json",
    );
    let opsgenie = r#"{"data":{"entries":[{"id":"1","eventTime":"2025-03-08T09:08:00Z","hidden":true,"actor":{"name":"Jo"},"description":{"content":"key rotated"},"lastEdit":{"editTime":"x"}}]}}"#;
    same(
        &told("opsgenie", &[("o.json", opsgenie)], &ImportOptions::default()),
        "# Opsgenie
        2025-03-08T09:08:00+00:00 key rotated by Jo internal <opsgenie:1>
        ? 1 edited 1",
    );
}

#[test]
fn texts_of_other_encodings() {
    let text = r#"{"ts":1741424900,"msg":"가"}"#;
    let wide = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    let (korean, _, _) = encoding("cp949").unwrap().encode(text);
    let marked = |mark: &[u8]| [mark, text.as_bytes()].concat();
    let cases = [
        (marked(b"\xef\xbb\xbf"), None, true),
        (wide(u16::to_le_bytes, b"\xff\xfe"), None, true),
        (wide(u16::to_be_bytes, b"\xfe\xff"), None, true),
        (wide(u16::to_le_bytes, b""), None, false),
        (wide(u16::to_le_bytes, b""), Some("utf-16le"), true),
        (korean.to_vec(), None, false),
        (korean.to_vec(), Some("CP949"), true),
        (marked(b"\xff"), Some("CP949"), false),
        (b"{\"ts\":1741424900,\"msg\":\"a\0\"}".to_vec(), None, false),
    ];
    for (at, (bytes, named, is_read)) in cases.into_iter().enumerate() {
        let input = Input { name: "x".to_owned(), bytes };
        let answers = ImportOptions { encoding: named.and_then(encoding), ..seoul() };
        let draft = read(Kind::Jsonl, &[input], &answers);
        let text = draft.ok().map(|draft| draft.records[0].incident.events[0].text.clone());
        assert_eq!(text.as_deref(), is_read.then_some("가"), "{at}");
    }
}

/// Old Macs used `\r` alone as line end, and some spreadsheets still do.
#[test]
fn lines_that_end_with_a_carriage_return_alone_are_lines() {
    let answers = ImportOptions { date: Day::parse("2025-03-08"), ..seoul() };
    let told_with = |kind: Kind, ending: &str| {
        let seed = std::fs::read_to_string(format!("fuzz/seeds/import/{}", kind.word())).unwrap();
        let (_, text) = seed.split_once('\n').unwrap();
        told(kind.word(), &[("x", &text.replace('\n', ending))], &answers)
    };
    for kind in [Kind::Notes, Kind::Csv, Kind::Ics, Kind::Mbox, Kind::Klog, Kind::Jrnl] {
        assert_eq!(told_with(kind, "\r"), told_with(kind, "\n"), "{}", kind.word());
    }
    let post = "# Down\r\r## Timeline (UTC)\r\r- 18:08: down\r  in all regions\r- 18:20: up\r";
    let lines = told("markdown", &[("x.md", post)], &answers);
    assert_eq!(lines, told("markdown", &[("x.md", &post.replace('\r', "\n"))], &answers));
    assert_eq!(lines.iter().filter(|line| line.starts_with("2025-03-08")).count(), 2, "{lines:?}");
    let wide = post.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = b"\xff\xfe".iter().copied().chain(wide).collect();
    let input = Input { name: "x.md".to_owned(), bytes };
    let draft = read(Kind::Markdown, &[input], &answers).unwrap();
    assert_eq!(draft.records[0].incident.events.len(), 2);
}

#[test]
fn json_that_means_harm_is_refused() {
    for (text, wanted) in [
        ("[".repeat(100_000), "TooDeep"),
        (format!("[{}{}]", "{\"a\":".repeat(70), "}".repeat(70)), "TooDeep"),
        ("[{\"id\":1}".to_owned(), "Json"),
        ("{\"data\":[{\"id\":\"\\ud800\"}]}".to_owned(), "Json"),
        (String::new(), "Json"),
    ] {
        let input = Input { name: "x".to_owned(), bytes: text.into_bytes() };
        let fault = read(Kind::Rootly, &[input], &seoul()).unwrap_err();
        assert!(format!("{fault:?}").starts_with(&format!("Export({wanted}")), "{fault:?}");
    }
}

#[test]
fn calendars_and_mails_that_mean_harm_are_refused() {
    let deep = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\n".repeat(50_000));
    let parts = format!(
        "From: a\n\n{}",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(50_000)
    );
    let turned = "END:VEVENT\nBEGIN:VEVENT\n".to_owned();
    // Closed correctly, and within the parser's limits, but deeper than any real calendar or mail.
    let closed = format!("{}{}", "BEGIN:VEVENT\n".repeat(9), "END:VEVENT\n".repeat(9));
    let many = "Content-Type: multipart/mixed\n".repeat(101);
    let many = format!("Date: Sat, 8 Mar 2025 18:08:20 +0900\nSubject: x\n\n{many}");
    let marked = |count: usize| {
        let marks = "=?iso-2022-kr?b?".repeat(count);
        format!("Date: Sat, 8 Mar 2025 18:08:20 +0900\nSubject: {marks}\n\nx\n")
    };
    for (kind, text, why) in [
        (Kind::Ics, deep, "Structure"),
        (Kind::Ics, closed, "Structure"),
        (Kind::Ics, turned, "Structure"),
        (Kind::Mbox, parts, "Export(TooDeep"),
        (Kind::Mbox, many, "Export(TooDeep"),
        (Kind::Mbox, marked(50_000), "Export(EncodedWords"),
    ] {
        let input = Input { name: "x".to_owned(), bytes: text.into_bytes() };
        let fault = read(kind, &[input], &seoul()).unwrap_err();
        assert!(format!("{fault:?}").starts_with(why), "{kind:?}: {fault:?}");
    }
    // Texts of mails with many tags and unclosed brackets.
    for body in [
        "<a ".repeat(50_000),
        "<style>".repeat(50_000),
        "<".repeat(100_000),
        "> ".repeat(50_000),
        "\n".repeat(100_000),
        "<blockquote>".repeat(25_000),
        "&".repeat(100_000),
        "&#".repeat(50_000),
        "On 8 March\n".repeat(12_500),
    ] {
        let mail = format!(
            "Date: Sat, 8 Mar 2025 18:08:20 +0900\nSubject: x\nContent-Type: text/html\n\n{body}\n"
        );
        let input = Input { name: "x".to_owned(), bytes: mail.into_bytes() };
        assert!(read(Kind::Mbox, &[input], &seoul()).is_ok());
    }
    let input = Input { name: "x".to_owned(), bytes: marked(500).into_bytes() };
    assert!(read(Kind::Mbox, &[input], &seoul()).is_ok());
}

#[test]
fn sheets_say_what_became_of_steps() {
    let outcomes = "time,task,status\n2025-03-08 18:00,Roll,skipped\n18:10,Mail,건너뜀\n18:20,Push,\"n/a, no build\"\n\
18:30,Check,failed\n18:40,Tell,pending\n18:50,Watch,done\n19:00,Drop,dropped 5% of traffic\n";
    same(
        &told("csv", &[("o.csv", outcomes)], &seoul()),
        "# o
        plan 2025-03-08T18:00+09:00.. Roll #row-2 skipped  <o.csv:2>
        plan 2025-03-08T18:10+09:00.. Mail #row-3 skipped  <o.csv:3>
        plan 2025-03-08T18:20+09:00.. Push #row-4 skipped n/a, no build <o.csv:4>
        plan 2025-03-08T18:40+09:00.. Tell #row-6 <o.csv:6>
        2025-03-08T18:30+09:00 Check failed <o.csv:5>
        2025-03-08T18:50+09:00 Watch <o.csv:7>
        2025-03-08T19:00+09:00 Drop | dropped 5% of traffic <o.csv:8>
        ? 3 date-inherited 18:10
        - 6 not taken: pending",
    );
    let both = "task,planned,actual,status\nRoll,2025-03-08 18:00,18:05,cancelled\nMail,,18:10,skipped\nPush,18:20,18:21,failed\n";
    same(
        &told("csv", &[("b.csv", both)], &seoul()),
        "# b
        plan 2025-03-08T18:00+09:00.. Roll #row-2 skipped cancelled <b.csv:2>
        plan 2025-03-08T18:20+09:00.. Push #row-4 <b.csv:4>
        2025-03-08T18:21+09:00 Push failed ->row-4 <b.csv:4:actual>
        ? 3 date-inherited 18:10
        - 3 not taken: Mail  18:10 skipped",
    );
}

#[test]
fn sheets_of_steps() {
    let sheet = "Release 2,,,,\nStep,Owner,Planned start,Planned end,Actual start,Actual end,Status,Note\n\
Freeze,ios,2025-03-08 17:00,17:05,17:12,,done,\n\
\"Ship, then watch\",ios,17:30,18:00,17:31,18:02,done,\"two\nlines\"\n\
Announce,pr,23:50,0:20,n.a.,,,\nParty,,00:30,,,,skipped,outage\n,,,,,,,\nTalk,,,,,,,no time\n";
    same(
        &told("csv", &[("r.csv", sheet)], &seoul()),
        "# r
        plan 2025-03-08T17:00+09:00..2025-03-08T17:05+09:00 Freeze #row-3 by ios <r.csv:3>
        plan 2025-03-08T17:30+09:00..2025-03-08T18:00+09:00 Ship, then watch #row-4 by ios <r.csv:4>
        plan 2025-03-08T23:50+09:00..2025-03-09T00:20+09:00 Announce #row-6 by pr <r.csv:6>
        plan 2025-03-09T00:30+09:00.. Party #row-7 skipped outage <r.csv:7>
        2025-03-08T17:12+09:00 Freeze by ios ->row-3 <r.csv:3:actual>
        2025-03-08T17:31+09:00..2025-03-08T18:02+09:00 Ship, then watch | two / lines by ios ->row-4 <r.csv:4:actual>
        ? 4 date-inherited 17:30 18:00 17:31 18:02
        ? 6 midnight-assumed 0:20
        ? 6 time-not-understood n.a.
        ? 7 midnight-assumed 00:30
        - 1 not taken: Release 2
        - 9 no time: Talk       no time",
    );
    let korean = "시각;내용;담당\n2025-03-08 오후 6시 8분;진입 불가;미나\n오후 6시 20분;재시작;\n45724.75;표;\n";
    same(
        &told("csv", &[("k.csv", korean)], &seoul()),
        "# k
        2025-03-08T18:00+09:00 표 <k.csv:4>
        2025-03-08T18:08+09:00 진입 불가 by 미나 <k.csv:2>
        2025-03-08T18:20+09:00 재시작 <k.csv:3>
        ? 1 separator-guessed ;
        ? 3 date-inherited 오후 6시 20분
        ? 4 dotted-time 45724.75",
    );
    let turned = "Time\tEvent\n03/04/2025 18:08\tOrders fail\n";
    let asked = told("csv", &[("t.tsv", turned)], &seoul());
    assert!(asked.contains(&"? 2 day-month-order 03/04/2025 18:08".to_owned()), "{asked:?}");
    for (day_first, at) in [(true, "2025-04-03"), (false, "2025-03-04")] {
        let answers = ImportOptions { day_first: Some(day_first), ..seoul() };
        let read = told("csv", &[("t.tsv", turned)], &answers);
        assert_eq!(read[1], format!("{at}T18:08+09:00 Orders fail <t.tsv:2>"));
    }
    let own = "wann,was,wer,x\n2025-03-08 18:08,Orders fail,jo,1\n";
    let field = |name: &str| Some(name.to_owned());
    let fields = Fields { at: field("x"), text: field("was"), by: field("wer"), id: None };
    let refused = |text: &str| {
        let input = Input { name: "x.csv".to_owned(), bytes: text.into() };
        format!("{:?}", read(Kind::Csv, &[input], &seoul()).unwrap_err())
    };
    assert!(refused("a,b\n1,2\n").starts_with("Export(NoColumns"));
    assert!(refused("").starts_with("Nothing"));
    let fields = Fields { at: field("wann"), ..fields };
    let read = told("csv", &[("o.csv", own)], &ImportOptions { fields, ..seoul() });
    assert_eq!(read[1], "2025-03-08T18:08+09:00 Orders fail | 1 by jo <o.csv:2>");
}

#[test]
fn zones_days_and_other_cells_of_a_sheet() {
    // Headings state zones, of which one is none.
    let zones = "task,planned (UTC),actual (KST),due (XYZ)\nFreeze,2025-03-08 08:00,17:12,\n";
    same(
        &told("csv", &[("z.csv", zones)], &seoul()),
        "# z
        plan 2025-03-08T17:00+09:00.. Freeze #row-2 <z.csv:2>
        2025-03-08T17:12+09:00 Freeze ->row-2 <z.csv:2:actual>
        ? 1 time-not-understood due (XYZ)
        ? 2 zone-differs 17:12",
    );
    // A column of days beside columns of clock times.
    let days = "date,time,task,status\n2025-03-08,17:00,Freeze,done\n2025-03-09,09:00,Ship,\n,10:00,Roll,\n2025-03-10,,Look,\n";
    same(
        &told("csv", &[("d.csv", days)], &seoul()),
        "# d
        2025-03-08T17:00+09:00 Freeze <d.csv:2>
        2025-03-09T09:00+09:00 Ship <d.csv:3>
        2025-03-09T10:00+09:00 Roll <d.csv:4>
        2025-03-10 Look <d.csv:5>
        ? 4 date-inherited 10:00",
    );
    let both =
        "date,planned,actual,task\n2025-03-08,23:50,00:10,Freeze\n2025-03-09,09:00,09:05,Ship\n";
    same(
        &told("csv", &[("b.csv", both)], &seoul()),
        "# b
        plan 2025-03-08T23:50+09:00.. Freeze #row-2 <b.csv:2>
        plan 2025-03-09T09:00+09:00.. Ship #row-3 <b.csv:3>
        2025-03-09T00:10+09:00 Freeze ->row-2 <b.csv:2:actual>
        2025-03-09T09:05+09:00 Ship ->row-3 <b.csv:3:actual>
        ? 2 midnight-assumed 00:10",
    );
    // Cells beyond the headings, columns of a kind that another one has, and times that are not used.
    let cells = "#,task,planned,actual,depends on,planned end,owner,owner\n\
1,A,2025-03-08 17:10,17:11,0,,jo,mi,extra\n2,B,2025-03-08 18:00,,1,2025-03-08 17:00,,\n";
    let read = told("csv", &[("c.csv", cells)], &seoul()).into_iter();
    same(
        &read.map(|line| line.replace('\n', " / ")).collect::<Vec<_>>(),
        "# c
        plan 2025-03-08T17:10+09:00.. A #row-2 by jo <c.csv:2>
        plan 2025-03-08T18:00+09:00.. B #row-3 <c.csv:3>
        2025-03-08T17:11+09:00 A | - #: 1 / - depends on: 0 / - owner: mi / - extra by jo ->row-2 <c.csv:2:actual>
        - 3 not taken: - #: 2 / - depends on: 1 / - planned end: 2025-03-08 17:00",
    );
}

#[test]
fn notes_below_days() {
    let notes = "2025-03-08 (KST)\n18:08 orders fail\n  - 500s\n  18:09 in all regions\n18:20~18:25 restart\n~18:40 an index?\n\n00:10 green\nTODO: write it up\n3월 10일\n- 오전 9시 회고\n";
    same(
        &told("notes", &[("n.txt", notes)], &ImportOptions::default()),
        "# n
        2025-03-08T18:08+09:00 orders fail | 500s / 18:09 in all regions <n.txt:2>
        2025-03-08T18:20+09:00..2025-03-08T18:25+09:00 restart <n.txt:5>
        2025-03-08T18:40+09:00 an index? <n.txt:6>
        2025-03-09T00:10+09:00 green <n.txt:8>
        2025-03-10T09:00+09:00 회고 <n.txt:11>
        ? 8 midnight-assumed 00:10
        - 9 no time: TODO: write it up",
    );
}

#[test]
fn a_calendar_may_describe_its_own_clocks() {
    let zone = |rules: [&str; 2]| {
        format!(
            "BEGIN:VTIMEZONE\r\nTZID:Customized\r\nBEGIN:STANDARD\r\nDTSTART:16011028T030000\r\n\
            RRULE:{}\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n\
            DTSTART:16010325T020000\r\nRRULE:{}\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
            END:DAYLIGHT\r\nEND:VTIMEZONE\r\n",
            rules[0], rules[1]
        )
    };
    let event = |uid: &str, at: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;TZID=Customized:{at}\r\nSUMMARY:{uid}\r\n\
            DESCRIPTION:two\\nlines\r\nEND:VEVENT\r\n"
        )
    };
    let calendar = |zone: &str| {
        format!(
            "BEGIN:VCALENDAR\r\n{zone}{}{}{}BEGIN:VTODO\r\nUID:t\r\nSUMMARY:Tell support\r\nEND:VTODO\r\n\
            END:VCALENDAR\r\n",
            event("winter", "20260115T080000"),
            event("summer", "20260630T220000"),
            event("last", "20261025T040000"),
        )
    };
    let rules = ["FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"];
    let lines = told("ics", &[("a.ics", &calendar(&zone(rules)))], &ImportOptions::default());
    assert_eq!(
        lines,
        [
            "# a.ics",
            "plan 2026-01-15T08:00:00+01:00.. winter <ics:winter>",
            "plan 2026-06-30T22:00:00+02:00.. summer <ics:summer>",
            "plan 2026-10-25T04:00:00+01:00.. last <ics:last>",
            "- 29 not taken: DESCRIPTION: two\nlines",
            "- 23 not taken: DESCRIPTION: two\nlines",
            "- 17 not taken: DESCRIPTION: two\nlines",
            "- 35 not taken: Tell support",
        ]
    );
    // Unsupported parts of it are not guessed.
    let odd = calendar(&zone([rules[0], "FREQ=YEARLY;BYMONTHDAY=25;BYMONTH=3"]));
    let input = Input { name: "a.ics".to_owned(), bytes: odd.into() };
    let draft = read(Kind::Ics, &[input], &ImportOptions::default()).unwrap();
    assert_eq!(draft.asks(), [crate::fault::DoubtCode::NoZone]);
}

#[test]
fn nothing_of_a_message_gets_lost() {
    let people = "[]";
    let day = r#"[
        {"type": "message", "subtype": "bot_message", "username": "Bot", "text": "", "ts": "1741424890.000100",
         "attachments": [{"fallback": "[FIRING] Slow", "title": "Slow", "text": "value 12%"}]},
        {"type": "message", "user": "U2", "ts": "1741425300.000100", "text": "```\n18:01 ERROR x\n```\nlogs"}]"#;
    let files = [("e/users.json", people), ("e/ops/2025-03-08.json", day)];
    assert_eq!(
        told("slack", &files, &seoul())[1..],
        [
            "2025-03-08T18:08:10+09:00 [FIRING] Slow | value 12% by Bot <slack:ops:1741424890.000100>",
            "2025-03-08T18:15:00+09:00 18:01 ERROR x | ``` / 18:01 ERROR x / ``` / logs by U2 \
             <slack:ops:1741425300.000100>",
        ]
    );
    let mail = "From: kim@x.example (Kim)\nDate: Tue, 3 Feb 2026 10:00:05 +0100\nSubject: down\nMessage-ID: <1@x>\n\nx\n";
    assert_eq!(
        told("mbox", &[("a.eml", mail)], &ImportOptions::default())[1..],
        ["2026-02-03T10:00:05+01:00 down | x by Kim <mbox:1@x>"]
    );
    let bundle = [
        ("b/meta.yaml", "title: Down\nstatus: resolved\n"),
        ("b/timeline.yaml", "events:\n- time: 2025-03-08 09:08 UTC\n  action: Orders fail\n"),
    ];
    let lines = told("mortician", &bundle, &ImportOptions::default());
    assert_eq!(lines.last().unwrap(), "- 2 not taken: status: resolved");
}

#[test]
fn entries_of_jrnl_need_no_brackets() {
    let bare = "2026-03-24 08:30 Freeze.\n\n2026-03-24 20:41 Restarted.\n12 pods\n";
    assert_eq!(
        told("jrnl", &[("j.txt", bare)], &seoul()),
        [
            "# j.txt",
            "2026-03-24T08:30+09:00 Freeze. <j.txt:1>",
            "2026-03-24T20:41+09:00 Restarted. | 12 pods <j.txt:3>",
        ]
    );
    let both = "[2026-03-24 08:30] Freeze.\n2026-03-24 20:41 was the plan\n";
    assert_eq!(told("jrnl", &[("j.txt", both)], &seoul()).len(), 2);
}

/// Other writers of the same formats: nothing is invented for what they omit, and nothing of them is dropped.
#[test]
fn variants_of_formats_that_have_several_writers() {
    let mails = "From a Sat Mar  8 18:08:20 2025\nFrom: a@x.example\nDate: Sat, 8 Mar 2025 18:08 +0900\nMessage-ID: <1@x>\nSubject: Down\n\nWe see 500s.\nFrom b Sat Mar  8 18:20:20 2025\nFrom: b@x.example\nDate: 8 Mar 25 09:20:20 GMT\nMessage-ID: <2@x>\nSubject: Up\n\nFrom what I see it works.\n";
    same(
        &told("mbox", &[("m.mbox", mails)], &seoul()),
        "# Down
        2025-03-08T18:08+09:00 Down | We see 500s. by a@x.example <mbox:1@x>
        2025-03-08T18:20:20+09:00 Up | From what I see it works. by b@x.example <mbox:2@x>",
    );
    let timeline = "events:\n- time: 2026-03-24 11:18 PM EST\n  action: Alert\n- time: March 25, 2026 00:10 EST\n  action: Up\n- time: \"00:20 EST\"\n  action: Calm\n";
    same(
        &told(
            "mortician",
            &[("p/meta.yaml", "title: Pay\n"), ("p/timeline.yaml", timeline)],
            &ImportOptions::default(),
        ),
        "# Pay
        2026-03-24T23:18-05:00 Alert <p/timeline.yaml:2>
        2026-03-25T00:10-05:00 Up <p/timeline.yaml:4>
        ? 6 time-not-understood 00:20 EST
        - 6 no time: 00:20 EST Calm",
    );
    let day = r#"[
  {"type":"message","subtype":"huddle_thread","user":"U1","ts":"1741424890.000100","text":"A huddle started"},
  {"type":"message","user":"U1","ts":"1741424900.000200","text":"orders fail"}
]"#;
    same(
        &told("slack", &[CHANNELS, ("export/incident-7/2025-03-08.json", day), USERS], &seoul()),
        "# #incident-7
        2025-03-08T18:08:20+09:00 orders fail by Mina <slack:C7:1741424900.000200>
        - 2 noise: A huddle started",
    );
}
