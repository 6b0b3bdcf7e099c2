//! Typed times, read or refused.

use crate::model::{Day, Moment, TimeFault, Zone};

use super::line::split_leading_time;
use super::*;

/// It is 18:30:20 on 7 September 2024 in Seoul, a Saturday.
fn frame() -> Frame {
    Frame {
        now: Moment::parse("2024-09-07T18:30:20+09:00", None).unwrap(),
        zone: Zone::parse("Asia/Seoul").unwrap(),
        day: None,
        direction: Direction::Past,
    }
}

#[track_caller]
fn reads(text: &str, written: &str) {
    let typed = read_typed(text, &frame()).unwrap_or_else(|e| panic!("{text}: {e:?}"));
    assert_eq!(typed.moment.written(), written, "{text}");
}

#[test]
fn reads_clock_times() {
    for text in [
        "18:08",
        "6:08pm",
        "6:08 PM",
        "오후 6시 08분",
        "오후 6시 8분",
        "오후6시8분",
        "18시 8분",
        "오후 6:08",
        "at 18:08",
        "today 18:08",
        "오늘 18:08",
        "09:08z",
        "09:08 UTC",
    ] {
        let typed = read_typed(text, &frame()).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        let expected = Moment::parse("2024-09-07T18:08+09:00", None).unwrap();
        assert_eq!(typed.moment.unix(), expected.unix(), "{text}");
    }
    reads("6시 8분", "2024-09-07T06:08+09:00");
    reads("12am", "2024-09-07T00:00+09:00");
    reads("오전 0시 10분", "2024-09-07T00:10+09:00");
    reads("새벽 3시", "2024-09-07T03:00+09:00");
    reads("밤 11시", "2024-09-06T23:00+09:00");
    reads("12:30pm", "2024-09-07T12:30+09:00");
    reads("오후 6시 반", "2024-09-07T18:30+09:00");
    reads("18:08:07", "2024-09-07T18:08:07+09:00");
    reads("22:57+09:00", "2024-09-06T22:57+09:00");
    reads("정오", "2024-09-07T12:00+09:00");
}

#[test]
fn a_bare_clock_time_is_the_latest_not_in_the_future() {
    reads("18:30", "2024-09-07T18:30+09:00");
    reads("18:34", "2024-09-07T18:34+09:00");
    reads("18:40", "2024-09-06T18:40+09:00");
    let plan = Frame { direction: Direction::Future, ..frame() };
    let next = |text| read_typed(text, &plan).unwrap().moment.written();
    assert_eq!(next("17:00"), "2024-09-08T17:00+09:00");
    assert_eq!(next("18:30"), "2024-09-07T18:30+09:00");
    let past = Frame { day: Day::parse("2024-01-02"), ..frame() };
    let typed = read_typed("23:59", &past).unwrap();
    assert_eq!(typed.moment.written(), "2024-01-02T23:59+09:00");
    assert!(typed.day_inferred);
}

#[test]
fn reads_relative_times() {
    reads("now", "2024-09-07T18:30:20+09:00");
    reads("지금", "2024-09-07T18:30:20+09:00");
    for text in ["-5m", "5m ago", "5 minutes ago", "5 min ago", "5분 전", "- 5m"] {
        reads(text, "2024-09-07T18:25+09:00");
    }
    for text in ["-1h30m", "90m ago", "1시간 30분 전", "1h 30m ago", "-90m"] {
        reads(text, "2024-09-07T17:00+09:00");
    }
    reads("+30m", "2024-09-07T19:00+09:00");
    reads("10초 전", "2024-09-07T18:30:10+09:00");
}

#[test]
fn reads_days() {
    for text in [
        "yesterday 22:57",
        "어제 22:57",
        "어제 오후 10시 57분",
        "2024-09-06 22:57",
        "2024-09-06T22:57+09:00",
        "2024-09-06T13:57Z",
        "2024-09-06 22:57 +0900",
        "9월 6일 22:57",
        "2024년 9월 6일(금) 오후 10시 57분",
        "Sep 6 22:57",
        "6 September 2024 10:57pm",
        "Sep 6, 2024 22:57",
        "2024-09-06 오후 10시 57분",
        "2024년 9월 6일 금요일 22:57",
    ] {
        let typed = read_typed(text, &frame()).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        let expected = Moment::parse("2024-09-06T22:57+09:00", None).unwrap();
        assert_eq!(typed.moment.unix(), expected.unix(), "{text}");
        assert!(!typed.day_inferred, "{text}");
    }
    reads("12월 25일 10:00", "2023-12-25T10:00+09:00");
}

#[test]
fn reads_about() {
    for text in ["~18:08", "about 18:08", "약 18:08", "18:08쯤", "오후 6시 8분경"] {
        let typed = read_typed(text, &frame()).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert!(typed.about, "{text}");
        assert_eq!(typed.moment.written(), "2024-09-07T18:08+09:00", "{text}");
    }
}

#[test]
fn refuses_the_rest() {
    for text in [
        "",
        " ",
        "25:00",
        "18:60",
        "1808",
        "soon",
        "nonsense",
        "5",
        "-5",
        "5 months ago",
        "-5mo",
        "13:06pm",
        "오후 13시",
        "밤 12시",
        "저녁 3시",
        "9/7 18:08",
        "18:08 KST",
        "2024-13-01 10:00",
        "9월 31일 10:00",
        "yesterday",
        "18:08 or so",
        "월요일 10:00",
        "fri 10:00",
        "2024년 9월 6일(토) 10:00",
        "6",
        "0pm",
        "~",
        "-",
        "99999999h ago",
    ] {
        assert!(read_typed(text, &frame()).is_err(), "{text:?}");
    }
}

#[track_caller]
fn splits(line: &str, time: &str, text: &str) {
    let (typed, rest) = split_leading_time(line, &frame()).unwrap_or_else(|| panic!("{line}"));
    assert_eq!((typed.moment.written().as_str(), rest), (time, text), "{line}");
}

#[test]
fn splits_lines_of_a_plan() {
    splits("오후 6시: PV영상 공개 & 제거", "2024-09-07T18:00+09:00", "PV영상 공개 & 제거");
    splits("오후 5시 30분: 앱 배포", "2024-09-07T17:30+09:00", "앱 배포");
    splits("17:30 - deploy", "2024-09-07T17:30+09:00", "deploy");
    splits("17:30 deploy 3.0", "2024-09-07T17:30+09:00", "deploy 3.0");
    splits("17:30: deploy: now", "2024-09-07T17:30+09:00", "deploy: now");
    splits("2024-09-08 10:00 – check", "2024-09-08T10:00+09:00", "check");
    let (start, end, text) = split_leading_window("10:00-11:00 deploy", &frame()).unwrap();
    assert_eq!((start.moment.written().as_str(), text), ("2024-09-07T10:00+09:00", "deploy"));
    assert_eq!(end.unwrap().moment.written(), "2024-09-07T11:00+09:00");
    let (start, end, text) = split_leading_window("22:00~22:30 감시", &frame()).unwrap();
    assert_eq!((start.moment.written().as_str(), text), ("2024-09-06T22:00+09:00", "감시"));
    assert_eq!(end.unwrap().moment.written(), "2024-09-06T22:30+09:00");
    let (start, end, _) = split_leading_window("2024-09-08 23:30-00:30 deploy", &frame()).unwrap();
    assert_eq!(start.moment.written(), "2024-09-08T23:30+09:00");
    assert_eq!(end.unwrap().moment.written(), "2024-09-09T00:30+09:00");
    let (_, end, text) =
        split_leading_window("2024-09-08 23:30-2024-09-10 00:30 deploy", &frame()).unwrap();
    assert_eq!(
        (end.unwrap().moment.written().as_str(), text),
        ("2024-09-10T00:30+09:00", "deploy")
    );
    let line = "2024-09-08T01:30-04:00 ~ 2024-09-08T02:30-05:00 deploy";
    let (start, end, text) = split_leading_window(line, &frame()).unwrap();
    assert_eq!((start.moment.written().as_str(), text), ("2024-09-08T01:30-04:00", "deploy"));
    assert_eq!(end.unwrap().moment.written(), "2024-09-08T02:30-05:00");
    splits("6pm\tdeploy", "2024-09-07T18:00+09:00", "deploy");
    assert_eq!(split_leading_time("deploy at 17:30", &frame()), None);
    assert_eq!(split_leading_time("17:30", &frame()), None);
}

/// A window and its text as they are read on the morning of that day; `—` if they are not.
fn window_told(line: &str) -> String {
    let now = Moment::parse("2024-09-07T09:00+09:00", None).unwrap();
    let frame = Frame { now, direction: Direction::Future, ..frame() };
    let Some((start, end, text)) = split_leading_window(line, &frame) else {
        return "—".to_owned();
    };
    let short = |typed: &Typed| typed.moment.written()[8..16].replace('T', " ");
    let end = end.map_or_else(String::new, |end| format!("–{}", short(&end)));
    format!("{}{end} {text}", short(&start))
}

#[test]
fn windows_are_read_or_refused() {
    let table = [
        ("오후 6시 30분부터 7시까지: 파티", "07 18:30–07 19:00 파티"),
        ("오전 11시 ~ 1시 점검", "07 11:00–07 13:00 점검"),
        ("정오 ~ 1시 점심", "07 12:00–07 13:00 점심"),
        ("22:00~02:00 deploy", "07 22:00–08 02:00 deploy"),
        ("6:30pm - 7:15: party", "07 18:30–07 19:15 party"),
        ("10:00 ~ 오후 1시 회의", "07 10:00–07 13:00 회의"),
        ("18:00 − 19:00 x", "07 18:00–07 19:00 x"),
        ("18:00 - 3 pods restart", "07 18:00 3 pods restart"),
        ("오후 6시 3번 서버", "07 18:00 3번 서버"),
        ("오후 6시 30분간 점검", "07 18:00 30분간 점검"),
        ("오후 6시 ~ 17시 a", "—"),
        ("9시 ~ 6시 근무", "—"),
        ("6:00-7:00pm party", "—"),
        ("18:00-18:00 x", "—"),
        ("18:00-19 deploy", "—"),
        ("오후 6시부터 파티", "—"),
        ("오후 6시 30 파티", "—"),
        ("오후 6시 5분 전 집합", "—"),
        ("18:00 ~ 다음날 01:00 x", "—"),
    ];
    for (line, expected) in table {
        assert_eq!(window_told(line), expected, "{line}");
    }
}

/// As engineers in Japan type them.
#[test]
fn reads_japanese_times() {
    for text in [
        "午後6時08分",
        "午後6時8分",
        "午後 6時 8分",
        "午後6:08",
        "18時8分",
        "18時08分",
        "18:08",
        "18：08",
        "１８：０８",
        "１８時８分",
        "夕方6時8分",
        "今日18:08",
        "今日の18:08",
        "本日 18時8分",
        "9月7日18時8分",
        "9月7日 18:08",
        "9月7日の午後6時08分",
        "９月７日　１８：０８",
        "9月7日(土)18:08",
        "9月7日（土） 18:08",
        "9月7日土曜日18:08",
        "9月7日（土曜日）18:08",
        "2024年9月7日(土)午後6時08分",
        "2024年9月7日18時8分",
        "2024-09-07 午後6時8分",
    ] {
        reads(text, "2024-09-07T18:08+09:00");
    }
}

#[test]
fn reads_japanese_days_and_distances() {
    for (text, written) in [
        ("今", "2024-09-07T18:30:20+09:00"),
        ("現在", "2024-09-07T18:30:20+09:00"),
        ("10分前", "2024-09-07T18:20+09:00"),
        ("１０分前", "2024-09-07T18:20+09:00"),
        ("10 分前", "2024-09-07T18:20+09:00"),
        ("1時間30分前", "2024-09-07T17:00+09:00"),
        ("1時間半前", "2024-09-07T17:00+09:00"),
        ("2時間半前", "2024-09-07T16:00+09:00"),
        ("一時間前", "2024-09-07T17:30+09:00"),
        ("2日前", "2024-09-05T18:30+09:00"),
        ("10秒前", "2024-09-07T18:30:10+09:00"),
        ("30分後", "2024-09-07T19:00+09:00"),
        ("昨日22:57", "2024-09-06T22:57+09:00"),
        ("昨日 22:57", "2024-09-06T22:57+09:00"),
        ("昨日の午後10時57分", "2024-09-06T22:57+09:00"),
        ("昨日の夜10時57分", "2024-09-06T22:57+09:00"),
        ("一昨日 9時", "2024-09-05T09:00+09:00"),
        ("明日午前10時", "2024-09-08T10:00+09:00"),
        ("明後日の10:00", "2024-09-09T10:00+09:00"),
        ("午前0時", "2024-09-07T00:00+09:00"),
        ("午前0時05分", "2024-09-07T00:05+09:00"),
        ("正午", "2024-09-07T12:00+09:00"),
        ("午後0時30分", "2024-09-07T12:30+09:00"),
        ("午後6時半", "2024-09-07T18:30+09:00"),
        ("18時8分7秒", "2024-09-07T18:08:07+09:00"),
        ("未明3時", "2024-09-07T03:00+09:00"),
        ("朝9時", "2024-09-07T09:00+09:00"),
        ("夜11時", "2024-09-06T23:00+09:00"),
        ("12月25日10時", "2023-12-25T10:00+09:00"),
        ("9月1日(日)9時", "2024-09-01T09:00+09:00"),
        ("9月2日(月)9時", "2024-09-02T09:00+09:00"),
    ] {
        reads(text, written);
    }
}

#[test]
fn reads_japanese_times_that_are_about() {
    for text in [
        "約18:08",
        "約 18:08",
        "18:08頃",
        "18:08ごろ",
        "午後6時8分頃",
        "およそ18時8分",
        "18時8分くらい",
    ] {
        let typed = read_typed(text, &frame()).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert!(typed.about, "{text}");
        assert_eq!(typed.moment.written(), "2024-09-07T18:08+09:00", "{text}");
    }
    let half_unsaid = |text| read_typed(text, &frame()).unwrap().half_unsaid;
    assert!(half_unsaid("6時8分") && !half_unsaid("午前6時8分") && !half_unsaid("18時8分"));
}

#[test]
fn refuses_what_is_no_one_time_in_japanese() {
    for text in [
        // Which twelve it is, and which night, people do not agree on.
        "午前12時",
        "午後12時30分",
        "深夜1時",
        "昨夜10時",
        "夜12時",
        "午後13時",
        "25時",
        "18時60分",
        // An amount is no clock time, and a day alone no moment.
        "1時間",
        "10分",
        "10時前",
        "18時過ぎ",
        "数分前",
        "3か月前",
        "昨日",
        "9月7日",
        "9月31日10時",
        "7日 18:08",
        "令和6年9月7日18時",
        // A weekday confirms a day; `月` and `日` alone are a month and a day.
        "土曜日 10:00",
        "日曜10時",
        "9月7日(日)18:08",
        "9月7日月曜日18:08",
        "(月) 10:00",
        "9月 10:00",
        "月 10:00",
        // The end of a window has no beginning here.
        "〜18:08",
        "18:08まで",
        "翌1時",
    ] {
        assert!(read_typed(text, &frame()).is_err(), "{text:?}");
    }
    let unreadable = |text| matches!(read_typed(text, &frame()), Err(TimeFault::Unreadable(_)));
    assert!(unreadable("午前12時") && !unreadable("25時"));
}

#[test]
fn japanese_windows_are_read_or_refused() {
    for (line, expected) in [
        ("午後6時から7時まで メンテナンス", "07 18:00–07 19:00 メンテナンス"),
        ("18時から19時半まで: 監視", "07 18:00–07 19:30 監視"),
        ("18:00〜19:00 監視", "07 18:00–07 19:00 監視"),
        ("１８：００～１９：００　監視", "07 18:00–07 19:00 監視"),
        ("10:00〜正午 リハーサル", "07 10:00–07 12:00 リハーサル"),
        ("10:00 〜 午後1時 会議", "07 10:00–07 13:00 会議"),
        ("22:00〜02:00 監視", "07 22:00–08 02:00 監視"),
        ("9月8日10時: 配信開始", "08 10:00 配信開始"),
        ("18時：配信開始", "07 18:00 配信開始"),
        ("18:00までに 完了連絡", "07 18:00 完了連絡"),
        ("18時 30分間 監視", "07 18:00 30分間 監視"),
        ("10:00 - 朝会", "07 10:00 朝会"),
        ("10:00 - 朝11時 点検", "07 10:00–07 11:00 点検"),
        ("18:00〜夜9時半まで監視", "07 18:00–07 21:30 監視"),
        ("18時から メンテナンス", "—"),
        ("22:00〜翌1:00 監視", "—"),
        ("18時 30 監視", "—"),
        ("18:00〜夜遅く 監視", "—"),
        ("配信開始 18:00", "—"),
    ] {
        assert_eq!(window_told(line), expected, "{line}");
    }
}
