//! Realistic records: about 50 events, 8 to 10 KB, Korean and English. The same number always gives the same record, so
//! a smaller corpus is the beginning of a larger one.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Days, FixedOffset, TimeDelta, TimeZone as _};

const SERVICES: [&str; 8] =
    ["ios-app", "api-gateway", "auth", "payment", "search", "push", "cdn", "billing"];
const PEOPLE: [&str; 7] = ["ic", "scribe", "sre", "dba", "support", "qa", "deploy-bot"];
const TYPES: [&str; 7] = ["", "", "", "observation", "action", "communication", "decision"];
const MILESTONES: [&str; 4] = ["impact_start", "detected", "mitigated", "resolved"];
const TEXTS: [&str; 16] = [
    "앱 진입 불가 확인",
    "서버 문제로 확인",
    "배포 시작",
    "앱스토어 반영 확인",
    "진입 금지 플래그 제거",
    "롤백 완료",
    "에러율 정상화",
    "상태 페이지 공지",
    "p99 latency above 3s",
    "5xx rate over 12 percent",
    "Hotfix deployed to canary",
    "Canary healthy, promoting",
    "Paged the database on-call",
    "Connection pool exhausted",
    "Feature flag turned off",
    "Customer report received",
];
const DETAILS: [&str; 6] = [
    "팀원에게서 앱 진입이 안 된다는 상황을 전달받았고 분석 도구에서 비정상 종료를 확인함.",
    "실행 후 약 10초 뒤 오류 팝업, 타임아웃으로 보임.",
    "Error budget burn is 14x over the last hour, see the dashboard for the split by region.",
    "Rolled back to the previous build; the error rate is falling but still over the threshold.",
    "Pool at 200 of 200, requests queue for ten seconds before failing.",
    "First public update posted, the next one promised in thirty minutes.",
];
const TITLES: [&str; 6] = [
    "3.0 출시",
    "2.4.1 hotfix",
    "payment migration",
    "search reindex",
    "서버 점검",
    "push 대량 발송",
];

/// Pseudo-random numbers that are the same in every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % end
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

type Time = DateTime<FixedOffset>;

/// Returns when a record begins.
fn beginning(number: usize) -> Time {
    let zone = FixedOffset::east_opt(9 * 3600).expect("an offset");
    let first = zone.with_ymd_and_hms(2015, 1, 1, 0, 0, 0).single().expect("a day");
    first + TimeDelta::minutes((47 * number % (60 * 24 * 3650)) as i64)
}

/// Returns the name of a record.
pub(super) fn id(number: usize) -> String {
    let service = SERVICES[number % SERVICES.len()];
    format!("{}-{service}-{number:06}", beginning(number).format("%Y-%m-%d"))
}

/// Returns the text of a record with this many events, or about 50.
pub(super) fn record(number: usize, events: Option<usize>) -> String {
    let mut chance = Chance(0x9E37_79B9 ^ ((number as u64 + 1) * 7919));
    let begins = beginning(number);
    let service = SERVICES[number % SERVICES.len()];
    let kind = if number.is_multiple_of(3) { "outage" } else { "release" };
    let mut out = format!(
        "title: \"{} {service} {number:06}\"\nkind: {kind}\nseverity: sev{}\ntimezone: Asia/Seoul\nlanguage: ko\n\
         services: [{service}]\ntags: [bench, {service}]\nplan:\n",
        chance.of(&TITLES),
        1 + chance.below(4),
    );
    let steps = plan(&mut out, &mut chance, begins);
    out.push_str("actions:\n");
    for _ in 0..2 + chance.below(4) {
        let (text, owner) = (chance.of(&DETAILS), chance.of(&PEOPLE));
        let due = (begins + Days::new(3 + chance.below(57) as u64)).format("%Y-%m-%d");
        let _ = write!(out, "  - text: \"{text}\"\n    owner: {owner}\n    due: {due}\n");
        if chance.below(10) < 6 {
            let _ = writeln!(out, "    done: {due}");
        }
    }
    timeline(&mut out, &mut chance, begins, (steps, events));
    out
}

fn at(time: Time) -> impl std::fmt::Display {
    time.format("%Y-%m-%dT%H:%M%:z")
}

/// Writes the plan; returns how many steps it has.
fn plan(out: &mut String, chance: &mut Chance, begins: Time) -> usize {
    let (steps, mut time) = (4 + chance.below(4), begins);
    for step in 0..steps {
        let text = chance.of(&TEXTS);
        let _ = write!(out, "  - id: s{step}\n    at: {}\n    text: {text}\n", at(time));
        time += TimeDelta::minutes(5 + chance.below(35) as i64);
    }
    steps
}

/// Writes the events: the milestones in order among them, and every third one for a step.
fn timeline(out: &mut String, chance: &mut Chance, begins: Time, of: (usize, Option<usize>)) {
    let (steps, events) = of;
    let events = events.unwrap_or_else(|| 42 + chance.below(17));
    let mut time = begins - TimeDelta::minutes(10) + TimeDelta::minutes(chance.below(20) as i64);
    out.push_str("events:\n");
    for event in 0..events {
        let milestone = (event % (events / 5).max(1) == 1).then(|| event / (events / 5).max(1));
        let milestone = milestone.and_then(|place| MILESTONES.get(place).copied());
        let (text, by) = (chance.of(&TEXTS), chance.of(&PEOPLE));
        let kind = milestone.unwrap_or_else(|| chance.of(&TYPES));
        let _ = write!(out, "  - at: {}\n    text: {text}\n", at(time));
        if !kind.is_empty() {
            let _ = writeln!(out, "    type: {kind}");
        }
        if event.is_multiple_of(3) && event / 3 < steps {
            let _ = writeln!(out, "    step: s{}", event / 3);
        }
        let _ = writeln!(out, "    by: {by}");
        if chance.below(2) == 0 {
            let _ = write!(out, "    detail: |\n      {}\n", chance.of(&DETAILS));
        }
        time += TimeDelta::minutes(chance.below(12) as i64);
    }
}

/// Writes the first `count` records into a project; returns its folder.
pub(super) fn records(home: &Path, name: &str, count: usize) -> std::path::PathBuf {
    let folder = home.join(name);
    let records = folder.join("incidents");
    fs::create_dir_all(&records).expect("a folder");
    for number in 0..count {
        fs::write(records.join(id(number) + ".yaml"), record(number, None)).expect("a record");
    }
    folder
}

/// Writes a project with one record of this many events; returns its folder.
pub(super) fn long(home: &Path, events: usize) -> std::path::PathBuf {
    let folder = home.join(format!("long-{events}"));
    fs::create_dir_all(folder.join("incidents")).expect("a folder");
    let file = folder.join("incidents").join(id(0) + ".yaml");
    fs::write(file, record(0, Some(events))).expect("a record");
    folder
}

/// Writes documents about one incident each, and returns an empty project and their folder.
pub(super) fn documents(home: &Path, count: usize) -> (std::path::PathBuf, std::path::PathBuf) {
    let (project, folder) = (home.join("imported"), home.join("documents"));
    for made in [&project, &folder] {
        fs::create_dir_all(made).expect("a folder");
    }
    for number in 0..count {
        let mut chance = Chance(number as u64 + 1);
        let day = format!("2024-{:02}-{:02}", 1 + number / 28 % 12, 1 + number % 28);
        let mut text =
            format!("# {} {number}\n\nDate: {day}\n\n## Timeline (UTC)\n\n", TITLES[number % 6]);
        for minute in 0..40 {
            let said = TEXTS[chance.below(TEXTS.len())];
            let _ = writeln!(text, "- {:02}:{:02} {said}", 8 + minute / 6, minute % 6 * 10);
        }
        let _ = write!(text, "\n## Root cause\n\n{}\n\n## Action items\n\n", DETAILS[number % 6]);
        let _ = writeln!(text, "- [ ] {} (owner: {})", TEXTS[number % 16], PEOPLE[number % 7]);
        fs::write(folder.join(format!("{number}.md")), text).expect("a document");
    }
    (project, folder)
}

/// Writes a Slack export of 100 MB with a channel of 2,000 messages, and returns an empty project and the export's
/// folder.
pub(super) fn workspace(home: &Path) -> (std::path::PathBuf, std::path::PathBuf) {
    let (project, folder) = (home.join("imported"), home.join("workspace"));
    fs::create_dir_all(&project).expect("a folder");
    let channels = ["inc-42", "general", "random", "deploys"];
    let named = channels.map(|name| format!("{{\"id\": \"C{name}\", \"name\": \"{name}\"}}"));
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("channels.json"), format!("[{}]", named.join(","))).expect("a file");
    fs::write(folder.join("users.json"), "[{\"id\": \"U1\", \"name\": \"mina\"}]").expect("a file");
    for (place, channel) in channels.iter().enumerate() {
        fs::create_dir_all(folder.join(channel)).expect("a folder");
        // 33 MB each, in addition to the requested channel.
        let (days, messages) = if place == 0 { (10, 200) } else { (200, 1000) };
        for day in 0..days {
            let message = |number: usize| {
                let at = 1_700_000_000 + day * 86_400 + number * 60;
                let said = DETAILS[number % 6];
                format!(
                    "{{\"type\": \"message\", \"user\": \"U1\", \"ts\": \"{at}.{number:06}\", \"text\": \"{said}\"}}"
                )
            };
            let all: Vec<String> = (0..messages).map(message).collect();
            let file =
                format!("{}-{:02}-{:02}.json", 2023 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
            let text = format!("[{}]", all.join(",\n"));
            fs::write(folder.join(channel).join(file), text).expect("a day");
        }
    }
    (project, folder)
}
