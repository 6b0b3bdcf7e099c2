//! Words right behind a clock time that look like its day or its zone.

use crate::lang::time_words;

use super::day::names_another_day;
use super::parse::{TypedTime, What};
use super::zone::{TypedZone, meanings_of, zone_called, zone_of_city};

/// The most words that such a day or zone has: `Korean standard time`, `the day before yesterday`.
const MOST_WORDS: usize = 4;

/// Abbreviations that are other words unless they are in capitals.
const WORDS: [&str; 7] = ["cat", "eat", "ist", "sat", "sun", "west", "wet"];

/// What a place has, so that the place is not the zone of the time before it: `13:40 seoul region down`.
const OF_PLACES: [&str; 40] = [
    "app",
    "az",
    "branch",
    "cdn",
    "cell",
    "cluster",
    "clusters",
    "colo",
    "customers",
    "datacenter",
    "datacentre",
    "db",
    "dc",
    "deploy's",
    "edge",
    "fleet",
    "gateway",
    "host",
    "hosts",
    "idc",
    "lb",
    "link",
    "node",
    "nodes",
    "office",
    "pod",
    "pods",
    "pop",
    "proxy",
    "region",
    "regions",
    "replica",
    "server",
    "servers",
    "site",
    "store",
    "team",
    "users",
    "vpc",
    "zone",
];

/// A clock time whose day or zone may be the words right behind it.
pub(super) struct Continued {
    /// These words, as typed.
    pub(super) words: String,
    /// The clock time with them, as a time that is read: `Monday 13:40`, `13:40 Asia/Seoul`.
    pub(super) time: String,
}

/// Returns a clock time with the words at the start of a text that look like its day or its zone: `on Monday`, `9 June`,
/// `Seoul time`, `PT`, `UTC,`. Nobody says `today` where it is meant anyway.
pub(super) fn continued(clock: &TypedTime, typed: &str, text: &str) -> Option<Continued> {
    let words: Vec<&str> = text.split_whitespace().take(MOST_WORDS).collect();
    (1..=words.len()).rev().find_map(|count| {
        let time = with_words(clock, typed, &words, count)?;
        Some(Continued { words: words[..count].join(" "), time })
    })
}

/// Returns a clock time with the first `count` of the words behind it as its day or zone, as a time that is read; `None` if
/// they do not look like one.
pub(super) fn with_words(
    clock: &TypedTime,
    typed: &str,
    words: &[&str],
    count: usize,
) -> Option<String> {
    let (said_words, next) = (words[..count].join(" "), words.get(count));
    let bare = unmarked(&said_words);
    let What::Clock(said) = &clock.what else { return None };
    if is_other_word(bare) {
        return None;
    }
    let has_place = next.is_some_and(|next| OF_PLACES.contains(&&*unmarked(next).to_lowercase()));
    if said.zone == TypedZone::Unsaid && !has_place {
        let zone = zone_called(bare).or_else(|| zone_of_city(bare)).map(str::to_owned);
        if let Some(zone) = zone.or_else(|| letters(bare)) {
            return Some(format!("{typed} {zone}"));
        }
    }
    let mut days = [bare, said_words.as_str()].into_iter().map(without_preposition);
    let day = days.find(|day| names_another_day(day)).filter(|_| clock.lacks_day());
    day.map(|day| format!("{day} {typed}"))
}

/// Whether it is another word that is also an abbreviation.
pub(super) fn is_other_word(word: &str) -> bool {
    WORDS.contains(&word)
}

/// Returns an abbreviation of a zone in capitals.
fn letters(word: &str) -> Option<String> {
    let small = word.to_ascii_lowercase();
    let is_zone = matches!(small.as_str(), "utc" | "gmt") || meanings_of(&small).is_some();
    is_zone.then(|| word.to_ascii_uppercase())
}

/// Returns words without brackets around them and punctuation behind them.
pub(super) fn unmarked(words: &str) -> &str {
    let words = words.trim_end_matches([',', '.', ';', ':', '?', '!', '，', '、', '。', '？']);
    let inside = words.strip_prefix(['(', '[']).and_then(|it| it.strip_suffix([')', ']']));
    inside.unwrap_or(words)
}

fn without_preposition(words: &str) -> &str {
    let begun = time_words(|times| times.clock_before).find_map(|word| {
        let (begin, rest) = words.split_at_checked(word.len())?;
        begin.eq_ignore_ascii_case(word).then_some(rest)
    });
    begun.unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::super::parse::said;
    use super::*;

    #[test]
    fn days_and_zones_behind_a_clock_time_are_seen() {
        for (text, time) in [
            ("Seoul time restarted", "13:40 Asia/Seoul"),
            ("seoul time restarted", "13:40 Asia/Seoul"),
            ("Seoul deploy", "13:40 Asia/Seoul"),
            ("seoul", "13:40 Asia/Seoul"),
            ("seoul deploy", "13:40 Asia/Seoul"),
            ("(seoul) deploy", "13:40 Asia/Seoul"),
            ("new york: deploy", "13:40 America/New_York"),
            ("kst deploy", "13:40 KST"),
            ("pst, deploy", "13:40 PST"),
            ("(Seoul) deploy", "13:40 Asia/Seoul"),
            ("New York deploy", "13:40 America/New_York"),
            ("Korean standard time", "13:40 Asia/Seoul"),
            ("PT", "13:40 America/Los_Angeles"),
            ("pacific time x", "13:40 America/Los_Angeles"),
            ("Eastern x", "13:40 America/New_York"),
            ("central time x", "13:40 America/Chicago"),
            ("KST? x", "13:40 KST"),
            ("UTC, pool is down", "13:40 UTC"),
            ("utc x", "13:40 UTC"),
            ("한국시간 재시작", "13:40 Asia/Seoul"),
            ("한국 시간 재시작", "13:40 Asia/Seoul"),
            ("서울 시간", "13:40 Asia/Seoul"),
            ("미국 동부 시간 배포", "13:40 America/New_York"),
            ("日本時間 再起動", "13:40 Asia/Tokyo"),
            ("yesterday x", "yesterday 13:40"),
            ("tomorrow deploy x", "tomorrow 13:40"),
            ("on Monday x", "Monday 13:40"),
            ("on Friday, deploy", "Friday 13:40"),
            ("last night x", "last night 13:40"),
            ("this evening x", "this evening 13:40"),
            ("9 June x", "9 June 13:40"),
            ("on June 9 x", "June 9 13:40"),
            ("6월 9일 x", "6월 9일 13:40"),
            ("어제 x", "어제 13:40"),
            ("내일 배포", "내일 13:40"),
            ("월요일 배포", "월요일 13:40"),
            ("(토) 배포", "(토) 13:40"),
            ("Sat backups", "Sat 13:40"),
        ] {
            let found = continued(&said("13:40").unwrap(), "13:40", text);
            assert_eq!(found.map(|it| it.time).as_deref(), Some(time), "{text}");
            assert!(said(time).is_some(), "{time}");
        }
    }

    #[test]
    fn other_words_behind_a_clock_time_are_none_of_it() {
        for text in [
            "",
            "restarted the pool",
            "deploy on Monday",
            "on call paged",
            "on it",
            "today we ship",
            "오늘 배포",
            "sat with the vendor",
            "west region down",
            "Response time doubled",
            "lead time is long",
            "et al",
            "Canary deploy",
            "seoul region down",
            "Seoul region down",
            "new york office lost power",
            "(dublin) pop, 40% loss",
            "paris2 restarted",
            "romeo restarted",
            "lisbon's replica lags",
            "pacific region down",
            "저녁 점검",
            "점심 시간",
            "소요 시간 확인",
            "서울 리전 장애",
            "동부 리전 장애",
            "3 pods restarted",
            "api/db is down",
            "tomorrow's deploy",
        ] {
            assert!(continued(&said("13:40").unwrap(), "13:40", text).is_none(), "{text}");
        }
        let dated = said("2024-09-07 13:40").unwrap();
        assert!(continued(&dated, "2024-09-07 13:40", "tomorrow x").is_none());
        let with_zone = said("13:40 UTC").unwrap();
        assert!(continued(&with_zone, "13:40 UTC", "Seoul time").is_none());
        assert!(continued(&said("5m ago").unwrap(), "5m ago", "Seoul time").is_none());
    }
}
