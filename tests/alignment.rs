//! Measures the quality of suggestions on generated plans with known links, compared with the obvious approach of
//! taking the nearest step in time. `docs/alignment.md` shows the figures printed here.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::path::Path;

use asrun::model::{Event, EventType, Incident, Moment, PlanStep};
use asrun::query::compare;
use asrun::timeline::{Aliases, Order, Suggestion, candidates, suggestions};

/// Pseudo-random numbers that are the same in every run (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most).unwrap()).unwrap()
    }

    fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    fn of<'l, T: ?Sized>(&mut self, list: &[&'l T]) -> &'l T {
        list[self.below(list.len())]
    }
}

const KOREAN: (&[&str], &[&str]) = (
    &[
        "서버",
        "iOS 앱",
        "안드로이드 앱",
        "결제 모듈",
        "알림 서버",
        "검색 색인",
        "관리자 웹",
        "로그인",
        "데이터베이스",
        "CDN",
    ],
    &[
        "점검 시작",
        "배포",
        "진입 금지 플래그 설정",
        "플래그 제거",
        "모니터링 전환",
        "백업",
        "캐시 비우기",
        "설정 변경",
        "트래픽 전환",
        "연기 시험",
    ],
);
const ENGLISH: (&[&str], &[&str]) = (
    &[
        "checkout",
        "iOS app",
        "search index",
        "payment gateway",
        "admin console",
        "login",
        "primary database",
        "CDN",
        "billing worker",
        "status page",
    ],
    &[
        "freeze",
        "deploy",
        "feature flag on",
        "feature flag off",
        "backup",
        "cache purge",
        "config change",
        "traffic switch",
        "smoke test",
        "announcement",
    ],
);
const UNPLANNED: (&[&str], &[&str]) = (
    &[
        "서버 응답 지연 확인",
        "사용자 제보 접수",
        "결제 오류 급증",
        "앱 강제 종료 신고",
        "팀 회의",
        "로그 확인",
        "경고 알림 울림",
        "원인 조사 중",
    ],
    &[
        "5xx on checkout",
        "users report errors",
        "latency is rising",
        "pager went off",
        "call with the team",
        "looking at logs",
        "login errors seen",
        "who changed the config?",
    ],
);

/// Synonyms that people use when logging.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("배포", "릴리스"),
    ("설정", "켬"),
    ("제거", "해제"),
    ("시작", "들어감"),
    ("백업", "덤프 받음"),
    ("전환", "넘김"),
    ("변경", "수정"),
    ("시험", "테스트"),
    ("deploy", "rollout"),
    ("backup", "dump taken"),
    ("switch", "moved over"),
    ("purge", "cleared"),
    ("announcement", "told everyone"),
    ("freeze", "locked"),
    ("test", "checked"),
];
const ENDINGS: (&[&str], &[&str]) = (
    &["", " 완료", "함", " 시작", " 끝", "했습니다"],
    &["", " done", " started", " ok", "ed", " finished"],
);

/// A plan with events, and the true links between events and steps.
struct World {
    incident: Incident,
    truth: BTreeSet<(usize, usize)>,
}

/// How the events deviate from the plan.
struct Noise {
    name: &'static str,
    dropped: usize,
    unplanned: usize,
    reworded: usize,
    reordered: usize,
    drift: i64,
}

const NOISES: [Noise; 5] = [
    Noise { name: "mild", dropped: 5, unplanned: 20, reworded: 20, reordered: 0, drift: 3 },
    Noise { name: "usual", dropped: 15, unplanned: 60, reworded: 40, reordered: 5, drift: 10 },
    Noise {
        name: "running late",
        dropped: 15,
        unplanned: 60,
        reworded: 40,
        reordered: 5,
        drift: 45,
    },
    Noise { name: "reordered", dropped: 15, unplanned: 60, reworded: 40, reordered: 40, drift: 10 },
    Noise { name: "outage", dropped: 30, unplanned: 200, reworded: 60, reordered: 10, drift: 25 },
];

const START: i64 = 1_725_692_400;

fn moment(minute: i64) -> Moment {
    Moment::from_unix(START + minute * 60).unwrap().at_most(asrun::model::Precision::Minute)
}

fn world(chance: &mut Chance, noise: &Noise) -> World {
    let english = chance.percent(50);
    let ((objects, acts), others, endings) = match english {
        true => (ENGLISH, UNPLANNED.1, ENDINGS.1),
        false => (KOREAN, UNPLANNED.0, ENDINGS.0),
    };
    let mut minute = 0;
    let mut plan = Vec::new();
    let mut happened: Vec<(i64, String, Option<usize>)> = Vec::new();
    let mut late = 0;
    for place in 0..5 + chance.below(12) {
        minute += [0, 5, 10, 15, 30, 30, 60][chance.below(7)];
        let text = format!("{} {}", chance.of(objects), chance.of(acts));
        late += i64::try_from(chance.below(usize::try_from(noise.drift).unwrap() + 1)).unwrap()
            - noise.drift / 3;
        if !chance.percent(noise.dropped) {
            let jitter = i64::try_from(chance.below(7)).unwrap() - 2;
            happened.push((
                minute + late + jitter,
                said(chance, &text, noise, endings),
                Some(place),
            ));
        }
        plan.push(PlanStep {
            id: Some(format!("s{place}")),
            ..PlanStep::new(moment(minute), text)
        });
    }
    for place in 1..happened.len() {
        if chance.percent(noise.reordered) {
            let (before, after) = happened.split_at_mut(place);
            std::mem::swap(&mut before[place - 1].0, &mut after[0].0);
        }
    }
    for _ in 0..plan.len() * noise.unplanned / 100 {
        let at = i64::try_from(chance.below(usize::try_from(minute.max(1)).unwrap() + 60)).unwrap();
        happened.push((at, (*chance.of(others)).to_owned(), None));
    }
    let events: Vec<Event> =
        happened.iter().map(|(at, text, _)| Event::new(moment(*at), text.clone())).collect();
    let truth =
        happened.iter().enumerate().filter_map(|(event, (_, _, step))| Some((event, (*step)?)));
    World { truth: truth.collect(), incident: Incident { plan, events, ..Incident::default() } }
}

/// Returns a step's text as somebody might log it.
fn said(chance: &mut Chance, text: &str, noise: &Noise, endings: &[&str]) -> String {
    let mut text = text.to_owned();
    if chance.percent(noise.reworded) {
        for (word, other) in OTHER_WORDS {
            text = text.replace(word, other);
        }
        if chance.percent(30) {
            text = text.split(' ').skip(1).collect::<Vec<_>>().join(" ");
        }
    }
    format!("{text}{}", chance.of(endings))
}

fn suggested(incident: &Incident) -> BTreeSet<(usize, usize)> {
    let place = |event: &Event| incident.events.iter().position(|other| std::ptr::eq(other, event));
    suggestions(incident, &Aliases::default())
        .iter()
        .map(|one| (place(one.event).unwrap(), one.place))
        .collect()
}

/// Returns each step with the nearest free event in time, within half an hour, nearest pairs first.
fn nearest(incident: &Incident) -> BTreeSet<(usize, usize)> {
    let mut pairs: Vec<(i64, usize, usize)> = Vec::new();
    for (place, step) in incident.plan.iter().enumerate() {
        for (event, at) in incident.events.iter().filter_map(|event| event.at).enumerate() {
            pairs.push(((at.unix() - step.at.unwrap().unix()).abs(), event, place));
        }
    }
    pairs.sort_unstable();
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (off, event, place) in pairs {
        let free = !found.iter().any(|(e, p)| *e == event || *p == place);
        if off <= 1800 && free {
            found.insert((event, place));
        }
    }
    found
}

#[derive(Default)]
struct Score {
    right: usize,
    made: usize,
    true_pairs: usize,
}

impl Score {
    fn add(&mut self, found: &BTreeSet<(usize, usize)>, truth: &BTreeSet<(usize, usize)>) {
        self.right += found.intersection(truth).count();
        self.made += found.len();
        self.true_pairs += truth.len();
    }

    fn percent(part: usize, whole: usize) -> usize {
        (part * 200 + whole) / (whole * 2)
    }

    fn precision(&self) -> usize {
        Score::percent(self.right, self.made)
    }

    fn recall(&self) -> usize {
        Score::percent(self.right, self.true_pairs)
    }
}

const WORLDS: usize = 400;

fn measured(noise: &Noise) -> (Score, Score) {
    let mut chance = Chance(0x2024_0907_1808);
    let (mut ours, mut baseline) = (Score::default(), Score::default());
    for _ in 0..WORLDS {
        let world = world(&mut chance, noise);
        ours.add(&suggested(&world.incident), &world.truth);
        baseline.add(&nearest(&world.incident), &world.truth);
    }
    (ours, baseline)
}

/// Returns a table of pairs: whether they belong together, and both texts.
fn pairs(table: &'static str) -> impl Iterator<Item = (bool, &'static str, &'static str)> {
    let lines = table.lines().skip(1).filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let (answer, pair) = line.split_once('\t').unwrap();
        let (one, other) = pair.split_once('\t').unwrap();
        assert!(["yes", "no"].contains(&answer), "{line}");
        (answer == "yes", one, other)
    })
}

/// Checks that no unrelated pair is judged as related, and that most related ones are.
#[track_caller]
fn judges(table: &'static str, at_least: usize, judge: impl Fn(&str, &str) -> bool) {
    let all: Vec<_> = pairs(table).collect();
    let judged = |(right, one, other): &&(bool, &str, &str)| judge(one, other) != *right;
    let faults = all.iter().copied().filter(|pair| judged(&pair));
    let (missed, wrong): (Vec<_>, Vec<_>) = faults.partition(|(right, ..)| *right);
    assert!(wrong.is_empty(), "{wrong:#?}");
    let right = all.iter().filter(|(right, ..)| *right).count();
    let recall = Score::percent(right - missed.len(), right);
    assert!(recall >= at_least, "{recall} %: {missed:#?}");
}

fn one_step(text: &str) -> Incident {
    let step = PlanStep { id: Some("s".to_owned()), ..PlanStep::new(moment(0), text) };
    Incident { plan: vec![step], ..Incident::default() }
}

#[test]
fn events_that_carry_out_a_step_are_distinguished_from_others() {
    judges(include_str!("carried_out.tsv"), 98, |step, event| {
        let events = vec![Event::new(moment(2), event)];
        let incident = Incident { events, ..one_step(step) };
        !suggestions(&incident, &Aliases::default()).is_empty()
    });
}

/// An event that is suggested for a step is not also listed as merely possible.
#[test]
fn possible_links_are_distinguished_from_others() {
    judges(include_str!("perhaps.tsv"), 90, |step, event| {
        let events = vec![Event::new(moment(2), event)];
        let incident = Incident { events, ..one_step(step) };
        let aliases = Aliases::default();
        let suggested = suggestions(&incident, &aliases);
        assert!(suggested.is_empty(), "{step}: {event}");
        !candidates(&incident, &aliases, &suggested).is_empty()
    });
    for (_, step, event) in pairs(include_str!("carried_out.tsv")).filter(|(yes, ..)| !yes) {
        let events = vec![Event::new(moment(2), event)];
        let incident = Incident { events, ..one_step(step) };
        assert_eq!(candidates(&incident, &Aliases::default(), &[]), [], "{step}: {event}");
    }
}

#[test]
fn of_a_step_the_three_nearest_events_may_be_it_and_none_that_is_of_another() {
    let event = |minute, text: &str| Event::new(moment(minute), text);
    let mut incident = one_step("Submit to App Store");
    incident.plan[0].at = Some(moment(25));
    let other =
        PlanStep { id: Some("d".to_owned()), ..PlanStep::new(moment(26), "Submit iOS 4.0") };
    incident.plan.push(other);
    incident.events = vec![
        event(9, "Submitted build 1"),
        event(40, "Submitted the app"),
        event(26, "Submitted iOS 4.0"),
        event(3, "Submitted a package"),
        event(20, "Submitted the binary"),
    ];
    let aliases = Aliases::default();
    let suggested = suggestions(&incident, &aliases);
    assert_eq!(suggested.len(), 1, "{suggested:?}");
    let found = candidates(&incident, &aliases, &suggested);
    let told: Vec<&str> = found.iter().map(|one| one.event.text.as_str()).collect();
    assert_eq!(told, ["Submitted the binary", "Submitted the app", "Submitted build 1"]);
    assert!(found.iter().all(|one| one.step.text == "Submit to App Store"));
    // A milestone of an outage carries out no step, nor does an event that names one.
    for (kind, steps) in [(Some(EventType::Detected), vec![]), (None, vec!["d".to_owned()])] {
        let event = Event { kind, steps, ..event(3, "Submitted iOS 4.0") };
        let incident = Incident { events: vec![event], ..one_step("Submit to App Store") };
        assert_eq!(candidates(&incident, &aliases, &[]), []);
    }
}

/// In the planned minute the time agrees, too: words of another language, or that leave something out, are then no other thing.
#[test]
fn in_the_planned_minute_the_same_act_may_carry_out_a_step_in_other_words() {
    let may_be = |step: &str, event: &str, minute| {
        let incident =
            Incident { events: vec![Event::new(moment(minute), event)], ..one_step(step) };
        let aliases = Aliases::default();
        let suggested = suggestions(&incident, &aliases);
        !suggested.is_empty() || !candidates(&incident, &aliases, &suggested).is_empty()
    };
    for (step, event, expected) in [
        ("App Store approval", "Approved by Apple", true),
        ("Approved by Apple", "App Store approval", true),
        ("Deploy backend", "서버 배포 완료", true),
        ("Announcement", "출시 공지 올림", true),
        ("심사 승인", "Apple approved it", true),
        ("Submit to App Store", "Submitted the expense report", false),
        ("Deploy website", "Deployed backend", false),
        ("Deploy website", "백엔드 배포 실패", false),
        ("App Store approval", "Approved by Google", false),
        ("Announcement", "공지 예정", false),
        ("서버 배포", "앱 배포함", false),
        ("Deploy backend", "coffee", false),
        ("Deploy to production", "스테이징 배포", false),
    ] {
        assert_eq!(may_be(step, event, 0), expected, "{step}: {event}");
        assert!(!may_be(step, event, 40) || expected, "{step}: {event}");
    }
}

#[test]
fn the_same_step_is_distinguished_from_others() {
    judges(include_str!("same_steps.tsv"), 95, |one, other| {
        let (one, mut other) = (one_step(one), one_step(other));
        other.plan[0].id = Some("t".to_owned());
        let records = [("one", &one), ("other", &other)];
        compare(&records, &Aliases::default(), 300).lines.len() == 1
    });
}

#[test]
fn nothing_crosses_without_sure_words() {
    let mut chance = Chance(0x1808);
    let mut crossings = 0;
    for noise in &NOISES {
        for _ in 0..100 {
            let world = world(&mut chance, noise);
            let found = suggestions(&world.incident, &Aliases::default());
            for (at, one) in found.iter().enumerate() {
                for other in &found[at + 1..] {
                    let planned =
                        one.step.at.unwrap().earliest().cmp(&other.step.at.unwrap().earliest());
                    let happened =
                        one.event.at.unwrap().earliest().cmp(&other.event.at.unwrap().earliest());
                    if planned.is_ne() && happened == planned.reverse() {
                        crossings += 1;
                        let says_so =
                            |pair: &Suggestion| pair.order == Order::Crossed && pair.words >= 0.7;
                        assert!(says_so(one) || says_so(other), "{one:?} crosses {other:?}");
                    }
                }
            }
        }
    }
    assert!(crossings > 0, "no plan was carried out in another order");
}

#[test]
fn suggestions_are_clearly_better_than_the_nearest_in_time() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/alignment.md");
    let docs = std::fs::read_to_string(docs).unwrap_or_default();
    let mut missing = Vec::new();
    for noise in &NOISES {
        let (ours, baseline) = measured(noise);
        let line = format!(
            "| {} | {} % | {} % | {} % | {} % |",
            noise.name,
            ours.precision(),
            ours.recall(),
            baseline.precision(),
            baseline.recall()
        );
        if !docs.contains(&line) {
            missing.push(line);
        }
        assert!(ours.precision() >= 88, "{}: precision {}", noise.name, ours.precision());
        assert!(ours.precision() >= baseline.precision() + 15, "{}", noise.name);
        assert!(ours.recall() > baseline.recall(), "{}", noise.name);
    }
    assert!(missing.is_empty(), "docs/alignment.md should say\n{}", missing.join("\n"));
}
