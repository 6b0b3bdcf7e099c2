//! Tests of typed times, accepted and refused.

use crate::fault::TypedTimeFault;
use crate::lang::reading::ClockWords;
use crate::lang::time_sets;
use crate::model::{Day, Moment, TimeFault, Zone};

use super::zone::in_any_record;
use super::*;

/// Returns the context at 18:30:20 on Saturday, 7 September 2024 in Seoul.
fn frame() -> Frame {
    let now = Moment::parse("2024-09-07T18:30:20+09:00", None).unwrap();
    Frame::bare(now, Zone::parse("Asia/Seoul").unwrap(), Aim::Happened)
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
    let plan = frame().aimed(Aim::Planned);
    let next = |text| read_typed(text, &plan).unwrap().moment.written();
    assert_eq!(next("17:00"), "2024-09-08T17:00+09:00");
    assert_eq!(next("18:30"), "2024-09-07T18:30+09:00");
    assert!(read_typed("18:30", &plan).unwrap().day_inferred);
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
        assert!(typed.moment.is_about(), "{text}");
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
        "2024-13-01 10:00",
        "9월 31일 10:00",
        "yesterday",
        "18:08 or so",
        "6:08ampm",
        "1:30 ago",
        "18:08 XYZ",
        "18h",
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

/// Returns a line split and read on the morning of that day: its window, then its text; `—` if it has none, and
/// refusals with `!`.
fn window_told(line: &str) -> String {
    let now = Moment::parse("2024-09-07T09:00+09:00", None).unwrap();
    let frame = Frame { now, ..frame() }.aimed(Aim::Planned);
    let lead = match split_time(line, &frame, false) {
        Ok(Some(lead)) if !lead.text.is_empty() => lead,
        Ok(_) => return "—".to_owned(),
        Err(fault) => {
            return format!("! {fault:?}").split(' ').take(2).collect::<Vec<_>>().join(" ");
        }
    };
    if is_unknown_time(&lead.start) {
        return format!("— {} {}", lead.start, lead.text);
    }
    let start = match read_typed(&lead.start, &frame) {
        Ok(start) => start,
        Err(fault) => {
            return format!("! {fault:?}").split(' ').take(2).collect::<Vec<_>>().join(" ");
        }
    };
    let short = |typed: &Typed| typed.moment.written()[8..].replace('T', " ").replace("+09:00", "");
    let end = lead.end.map(|end| read_typed(&end, &frame.ending(&start)));
    let end = match end {
        None => String::new(),
        Some(Ok(end)) if end.moment.unix() <= start.moment.unix() => return "—".to_owned(),
        Some(Ok(end)) => format!("–{}", short(&end)),
        Some(Err(fault)) => format!("–! {fault:?}"),
    };
    let due = if lead.is_due { "by " } else { "" };
    format!("{due}{}{end} {}", short(&start), lead.text)
}

#[track_caller]
fn lines_are(table: &[(&str, &str)]) {
    for (line, expected) in table {
        assert_eq!(window_told(line), *expected, "{line}");
    }
}

#[test]
fn lines_are_split_into_forms_and_text() {
    lines_are(&[
        ("오후 6시: PV영상 공개 & 제거", "07 18:00 PV영상 공개 & 제거"),
        ("오후 5시 30분: 앱 배포", "07 17:30 앱 배포"),
        ("17:30 - deploy", "07 17:30 deploy"),
        ("17:30 deploy 3.0", "07 17:30 deploy 3.0"),
        ("17:30: deploy: now", "07 17:30 deploy: now"),
        ("2024-09-08 10:00 – check", "08 10:00 check"),
        ("6pm\tdeploy", "07 18:00 deploy"),
        ("2024-09-08T01:30-04:00 ~ 2024-09-08T02:30-05:00 x", "08 01:30-04:00–08 02:30-05:00 x"),
        ("2024-09-08 23:30-00:30 deploy", "08 23:30–09 00:30 deploy"),
        ("2024-09-08 23:30-2024-09-10 00:30 deploy", "08 23:30–10 00:30 deploy"),
        ("deploy at 17:30", "—"),
        ("17:30", "—"),
        ("[18:00] deploy", "07 18:00 deploy"),
        ("(18:00) deploy", "07 18:00 deploy"),
        ("**18:00** deploy", "07 18:00 deploy"),
        ("[18:00-19:00] deploy", "07 18:00–07 19:00 deploy"),
        ("(토) 18:00 deploy", "! WhichWeek"),
        ("18:00, deploy", "07 18:00 deploy"),
        ("18:00 -> deploy", "07 18:00 deploy"),
        ("18:00 → deploy", "07 18:00 deploy"),
        ("18:00 > 500 errors", "07 18:00 > 500 errors"),
        ("Sep 8, 2024 18:08 x", "08 18:08 x"),
        ("6pm today we ship", "07 18:00 today we ship"),
        // Words after a clock time are text.
        ("17:00 z-index fix", "07 17:00 z-index fix"),
        ("5:00 pm-build", "08 05:00 pm-build"),
        ("17:00 west region down", "07 17:00 west region down"),
        ("17:00 and/or both", "07 17:00 and/or both"),
        ("17:00 -10 replicas", "07 17:00 -10 replicas"),
        ("17:00: PST is confirmed", "07 17:00 PST is confirmed"),
        ("17:00 UTC-host reboots", "07 17:00 UTC-host reboots"),
        // Zones are accepted as zones, or refused.
        ("18:00 KST: watch", "07 18:00 watch"),
        ("09:30 UTC watch", "07 09:30+00:00 watch"),
        ("17:30 -0700 x", "06 17:30-07:00 x"),
        ("17:00 +09:00 Asia/Seoul x", "07 17:00 x"),
        ("17:00 Asia/Tokyo x", "07 17:00 x"),
        ("17:30 PST: x", "! Letters"),
        ("17:30 Asia/Seul x", "! NoZone"),
        ("17:30 +1000 users", "! OffsetOrWords"),
        ("06:00 -07:00 x", "! OffsetOrWords"),
        ("18:00 - 18:30 UTC watch", "07 18:00+00:00–07 18:30+00:00 watch"),
        ("18:00 UTC - 18:30 watch", "07 18:00+00:00–07 18:30+00:00 watch"),
        ("TBD: announce", "— TBD announce"),
        ("미정 - 공지", "— 미정 공지"),
        // Deadlines.
        ("17:00까지 확인", "by 07 17:00 확인"),
        ("by 17:00 confirm", "by 07 17:00 confirm"),
        ("from 17:00 to 18:00 watch", "07 17:00–07 18:00 watch"),
        ("17:00 to do list", "07 17:00 to do list"),
        ("T-60m: x", "! NoZero"),
        ("-5m 30s timeouts", "07 08:55 30s timeouts"),
    ]);
}

#[test]
fn windows_are_read_or_refused() {
    lines_are(&[
        ("10:00-11:00 deploy", "07 10:00–07 11:00 deploy"),
        ("22:00~22:30 감시", "07 22:00–07 22:30 감시"),
        ("오후 6시 30분부터 7시까지: 파티", "07 18:30–07 19:00 파티"),
        ("오전 11시 ~ 1시 점검", "07 11:00–07 13:00 점검"),
        ("밤 11시 ~ 1시 점검", "07 23:00–08 01:00 점검"),
        ("정오 ~ 1시 점심", "07 12:00–07 13:00 점심"),
        ("22:00~02:00 deploy", "07 22:00–08 02:00 deploy"),
        ("22:00-24:00 watch", "07 22:00–08 00:00 watch"),
        ("6:30pm - 7:15: party", "07 18:30–07 19:15 party"),
        ("10:00 ~ 오후 1시 회의", "07 10:00–07 13:00 회의"),
        ("18:00 − 19:00 x", "07 18:00–07 19:00 x"),
        ("18:00 -19:00 x", "07 18:00–07 19:00 x"),
        ("18:00 - 3 pods restart", "07 18:00 3 pods restart"),
        ("18:00 → 18:30 deploy", "07 18:00–07 18:30 deploy"),
        ("18:00→18:30 deploy", "07 18:00–07 18:30 deploy"),
        ("18:00 => 18:30 deploy", "07 18:00–07 18:30 deploy"),
        ("18:00 → 3 pods restart", "07 18:00 3 pods restart"),
        ("-10m to -5m x", "07 08:50–07 08:55 x"),
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
    ]);
}

/// As typed by engineers in Japan.
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
        ("2日前", "2024-09-05"),
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
        assert!(typed.moment.is_about(), "{text}");
        assert_eq!(typed.moment.written(), "2024-09-07T18:08+09:00", "{text}");
    }
    let half_unsaid = |text| read_typed(text, &frame()).unwrap().half_unsaid;
    assert!(half_unsaid("6時8分") && !half_unsaid("午前6時8分") && !half_unsaid("18時8分"));
}

#[test]
fn refuses_what_is_no_one_time_in_japanese() {
    for text in [
        // Which twelve, and which night, is ambiguous.
        "午前12時",
        "午後12時30分",
        "深夜1時",
        "昨夜10時",
        "夜12時",
        "午後13時",
        "25時",
        "18時60分",
        // A duration is not a clock time, and a day alone is not a moment.
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
        // A weekday confirms a day; `月` and `日` alone mean a month and a day.
        "土曜日 10:00",
        "日曜10時",
        "9月7日(日)18:08",
        "9月7日月曜日18:08",
        "(月) 10:00",
        "9月 10:00",
        "月 10:00",
        // The end of a window without a start.
        "〜18:08",
        "18:08まで",
        "翌1時",
    ] {
        assert!(read_typed(text, &frame()).is_err(), "{text:?}");
    }
    let unclear = |text| matches!(read_typed(text, &frame()), Err(TypedTimeFault::Unclear { .. }));
    assert!(unclear("午前12時") && !unclear("25時"));
}

#[test]
fn japanese_windows_are_read_or_refused() {
    lines_are(&[
        ("午後6時から7時まで メンテナンス", "07 18:00–07 19:00 メンテナンス"),
        ("18時から19時半まで: 監視", "07 18:00–07 19:30 監視"),
        ("18:00〜19:00 監視", "07 18:00–07 19:00 監視"),
        ("１８：００～１９：００　監視", "07 18:00–07 19:00 監視"),
        ("10:00〜正午 リハーサル", "07 10:00–07 12:00 リハーサル"),
        ("10:00 〜 午後1時 会議", "07 10:00–07 13:00 会議"),
        ("22:00〜02:00 監視", "07 22:00–08 02:00 監視"),
        ("9月8日10時: 配信開始", "08 10:00 配信開始"),
        ("18時：配信開始", "07 18:00 配信開始"),
        ("18:00までに 完了連絡", "by 07 18:00 完了連絡"),
        ("18時 30分間 監視", "07 18:00 30分間 監視"),
        ("10:00 - 朝会", "07 10:00 朝会"),
        ("10:00 - 朝11時 点検", "07 10:00–07 11:00 点検"),
        ("18:00〜夜9時半まで監視", "07 18:00–07 21:30 監視"),
        ("18時から メンテナンス", "—"),
        ("22:00〜翌1:00 監視", "—"),
        ("18時 30 監視", "—"),
        ("18:00〜夜遅く 監視", "—"),
        ("配信開始 18:00", "—"),
    ]);
}

/// Returns a time in a record with that span, or why it is refused.
fn placed(typed: &str, frame: &Frame) -> String {
    match read_typed(typed, frame) {
        Ok(typed) => typed.moment.written(),
        Err(TypedTimeFault::Several { moments, .. }) => {
            let all: Vec<String> = moments.iter().map(Moment::written).collect();
            format!("{} or {}", all[0], all[all.len() - 1])
        }
        Err(TypedTimeFault::Written(fault)) => {
            format!("{fault:?}").split('(').next().unwrap().to_owned()
        }
        Err(fault) => format!("{fault:?}").split(' ').next().unwrap().to_owned(),
    }
}

/// Returns what a record spans that has not ended, and began as no outage.
fn in_progress(first: i64, last: i64) -> Span {
    Span { first, last, is_bare_day: false, has_ended: false, ended: None, is_unended: false }
}

/// Returns the context at that moment in Seoul, for a record from one moment to another.
fn spanning(now: &str, first: &str, last: &str, has_ended: bool) -> Frame {
    let zone = Zone::parse("Asia/Seoul").unwrap();
    let at = |text: &str| Moment::parse(text, Some(zone)).unwrap();
    let span = Span {
        first: at(first).unix(),
        last: at(last).unix(),
        is_bare_day: false,
        has_ended,
        ended: None,
        is_unended: false,
    };
    Frame { span: Some(span), ..Frame::bare(at(now), zone, Aim::Happened) }
}

#[test]
fn a_clock_time_is_where_the_record_was_under_way() {
    let over = spanning("2024-09-10T12:00", "2024-09-05T23:30", "2024-09-06T02:10", true);
    for (typed, expected) in [
        ("00:45", "2024-09-06T00:45+09:00"),
        ("23:50", "2024-09-05T23:50+09:00"),
        ("02:10", "2024-09-06T02:10+09:00"),
        // Near enough to it.
        ("03:00", "2024-09-06T03:00+09:00"),
        ("22:50", "2024-09-05T22:50+09:00"),
        ("13:30", "NoDayFits"),
        // Its own weekday.
        ("Friday 00:45", "2024-09-06T00:45+09:00"),
        ("Monday 00:45", "WhichWeek"),
        // A month and a day are in its year.
        ("9월 6일 00:45", "2024-09-06T00:45+09:00"),
        ("9월 6일(토) 00:45", "OtherWeekday"),
    ] {
        assert_eq!(placed(typed, &over), expected, "{typed}");
    }
    // What ended today goes on, perhaps.
    let today = spanning("2024-09-16T15:30", "2024-09-15T11:00", "2024-09-16T10:10", true);
    assert_eq!(placed("12:00", &today), "2024-09-15T12:00+09:00 or 2024-09-16T12:00+09:00");
    assert_eq!(placed("09:30", &today), "2024-09-16T09:30+09:00");
    assert_eq!(placed("15:20", &today), "2024-09-15T15:20+09:00 or 2024-09-16T15:20+09:00");
    let long = spanning("2024-09-16T15:30", "2024-09-10T18:00", "2024-09-16T10:10", true);
    assert!(placed("12:00", &long).ends_with("or 2024-09-16T12:00+09:00"), "today is told");
    let days = spanning("2024-09-12T12:00", "2024-09-07T10:00", "2024-09-09T13:00", true);
    assert_eq!(placed("12:30", &days), "2024-09-07T12:30+09:00 or 2024-09-09T12:30+09:00");
    let going_on = spanning("2024-09-10T00:50", "2024-09-09T23:40", "2024-09-09T23:40", false);
    for (typed, expected) in [
        ("00:20", "2024-09-10T00:20+09:00"),
        ("23:55", "2024-09-09T23:55+09:00"),
        ("00:55", "2024-09-10T00:55+09:00"),
        ("01:30", "NoDayFits"),
    ] {
        assert_eq!(placed(typed, &going_on), expected, "{typed}");
    }
    let new_year = spanning("2024-12-30T10:00", "2023-12-31T23:40", "2024-01-01T01:00", true);
    assert_eq!(placed("1월 1일 00:30", &new_year), "2024-01-01T00:30+09:00");
    assert_eq!(placed("Dec 31 23:50", &new_year), "2023-12-31T23:50+09:00");
    let july = spanning("2024-09-10T12:00", "2023-07-02T12:00", "2023-07-02T12:00", false);
    assert!(placed("1월 1일 10:00", &july).contains(" or "));
}

#[test]
fn a_zone_may_be_called_by_its_place() {
    let frame = frame();
    for (typed, same) in [
        ("18:08 Seoul time", "18:08 Asia/Seoul"),
        ("yesterday 6:08 pm New York", "yesterday 6:08 pm America/New_York"),
        ("18:08 PT", "18:08 America/Los_Angeles"),
        ("어제 오후 6시 한국 시간", "어제 오후 6시 Asia/Seoul"),
        ("18:08 도쿄 기준", "18:08 Asia/Tokyo"),
    ] {
        assert_eq!(placed(typed, &frame), placed(same, &frame), "{typed}");
        assert!(read_typed(typed, &frame).is_ok(), "{typed}");
    }
    for typed in ["18:08 Busan time", "18:08 UTC Seoul time", "Seoul time", "5m ago Seoul time"] {
        assert!(read_typed(typed, &frame).is_err(), "{typed}");
    }
}

#[test]
fn ends_and_moves_count_from_their_own_moment() {
    let frame = spanning("2024-09-07T12:30", "2024-09-07T21:45", "2024-09-07T23:00", false);
    let at = |text: &str| Moment::parse(text, Some(frame.zone)).unwrap();
    let end = |start: &str| frame.aimed(Aim::End { start: at(start), on_twelve: false });
    let moved = |from: &str| frame.aimed(Aim::Moved(at(from)));
    for (typed, frame, expected) in [
        ("+20m", end("2024-09-07T10:00"), "2024-09-07T10:20+09:00"),
        ("20m", end("2024-09-07T10:00"), "2024-09-07T10:20+09:00"),
        ("30s", end("2024-09-07T10:00"), "2024-09-07T10:00:30+09:00"),
        ("-10m", end("2024-09-07T10:00"), "2024-09-07T12:20+09:00"),
        ("00:30", end("2024-09-07T23:30"), "2024-09-08T00:30+09:00"),
        ("24:00", end("2024-09-07T22:00"), "2024-09-08T00:00+09:00"),
        ("+1d", end("2024-09-07T22:00"), "2024-09-08T22:00+09:00"),
        // Too long past midnight: returned on that day, and refused by the caller.
        ("09:59", end("2024-09-07T10:00"), "2024-09-07T09:59+09:00"),
        ("+30m", moved("2024-09-07T21:45"), "2024-09-07T22:15+09:00"),
        ("-30m", moved("2024-09-07T21:45"), "2024-09-07T21:15+09:00"),
        ("30m ago", moved("2024-09-07T21:45"), "2024-09-07T12:00+09:00"),
        ("00:30", moved("2024-09-07T23:30"), "2024-09-08T00:30+09:00"),
        ("11:30", moved("2024-09-07T23:30"), "2024-09-07T11:30+09:00 or 2024-09-08T11:30+09:00"),
        ("13:00", moved("2024-09-08"), "2024-09-08T13:00+09:00"),
        ("20m", frame, "NoDirection"),
        ("24:00", frame, "OnlyAnEnd"),
    ] {
        assert_eq!(placed(typed, &frame), expected, "{typed} {:?}", frame.aim);
    }
    let said = |typed: &str, frame: &Frame| {
        read_typed(typed, frame)
            .unwrap()
            .counted_from
            .map(|from| matches!(from, CountedFrom::Now(_)))
    };
    let later = moved("2024-09-07T21:45");
    for (typed, frame, from_now) in [
        ("+30m", &later, Some(false)),
        ("in 30m", &later, Some(true)),
        ("30분 뒤", &later, Some(true)),
        ("30m ago", &later, None),
        ("in 30m", &frame, None),
    ] {
        assert_eq!(said(typed, frame), from_now, "{typed} {:?}", frame.aim);
    }
    let start = read_typed("오후 6시", &frame.aimed(Aim::Planned)).unwrap();
    assert_eq!(placed("7시", &frame.ending(&start)), "2024-09-07T19:00+09:00");
    let zero = Frame { zero: Some(at("2024-09-07T18:00")), ..frame };
    assert_eq!(placed("T-60m", &zero), "2024-09-07T17:00+09:00");
    assert_eq!(placed("T-0", &zero), "2024-09-07T18:00+09:00");
    assert_eq!(placed("T+1h30m", &zero), "2024-09-07T19:30+09:00");
}

#[test]
fn plans_are_on_the_days_of_their_record() {
    let plan = spanning("2023-12-28T10:00", "2024-01-02T10:00", "2024-01-02T10:00", false);
    let plan = plan.aimed(Aim::Planned);
    assert_eq!(placed("12월 31일 23:00", &plan), "2023-12-31T23:00+09:00");
    assert_eq!(placed("09:00", &plan), "2024-01-02T09:00+09:00");
    let days = spanning("2024-09-01T10:00", "2024-09-07T10:00", "2024-09-09T13:00", false);
    let days = days.aimed(Aim::Planned);
    assert_eq!(placed("11:00", &days), "2024-09-07T11:00+09:00 or 2024-09-09T11:00+09:00");
    // Each of its days is as likely.
    assert_eq!(placed("17:00", &days), "2024-09-07T17:00+09:00 or 2024-09-09T17:00+09:00");
    let two = spanning("2024-09-01T10:00", "2024-09-07T10:00", "2024-09-08T12:00", false);
    let two = two.aimed(Aim::Planned);
    assert_eq!(placed("17:00", &two), "2024-09-07T17:00+09:00 or 2024-09-08T17:00+09:00");
    assert_eq!(placed("09:00", &two), "2024-09-07T09:00+09:00 or 2024-09-08T09:00+09:00");
    let since_yesterday =
        spanning("2024-09-07T14:30", "2024-09-06T23:10", "2024-09-07T14:20", false);
    let since_yesterday = since_yesterday.aimed(Aim::Planned);
    assert_eq!(placed("17:30", &since_yesterday), "2024-09-07T17:30+09:00");
    let ended = spanning("2024-09-07T14:30", "2024-09-06T23:10", "2024-09-07T14:20", true);
    assert_eq!(
        placed("17:30", &ended.aimed(Aim::Planned)),
        "2024-09-06T17:30+09:00 or 2024-09-07T17:30+09:00"
    );
    // A step of the evening before, and one that may be of the release day.
    let release = Frame {
        day: Day::parse("2024-09-12"),
        ..spanning("2024-09-10T09:00", "2024-09-11T10:00", "2024-09-11T10:00", false)
    };
    let release = release.aimed(Aim::Planned);
    assert_eq!(placed("17:30", &release), "2024-09-11T17:30+09:00 or 2024-09-12T17:30+09:00");
    // Between two steps of another day, too.
    let before = Frame {
        day: Day::parse("2024-09-12"),
        ..spanning("2024-09-07T09:00", "2024-09-08T10:00", "2024-09-08T18:00", false)
    };
    let before = before.aimed(Aim::Planned);
    assert_eq!(placed("17:30", &before), "2024-09-08T17:30+09:00 or 2024-09-12T17:30+09:00");
    let over_night = Frame {
        day: Day::parse("2024-09-07"),
        ..spanning("2024-09-05T09:00", "2024-09-07T22:00", "2024-09-08T03:00", false)
    };
    assert_eq!(placed("01:10", &over_night.aimed(Aim::Planned)), "2024-09-08T01:10+09:00");
    let night = spanning("2024-09-07T20:00", "2024-09-07T22:00", "2024-09-08T03:00", false);
    assert_eq!(placed("01:10", &night.aimed(Aim::Planned)), "2024-09-08T01:10+09:00");
}

#[test]
fn an_event_may_be_on_the_day_that_its_record_states() {
    let record = |now: &str| Frame {
        day: Day::parse("2024-09-12"),
        ..spanning(now, "2024-09-07T10:00", "2024-09-07T18:00", false)
    };
    let both = "2024-09-07T17:30+09:00 or 2024-09-12T17:30+09:00";
    for (now, typed, expected) in [
        ("2024-09-12T18:00", "17:30", "2024-09-12T17:30+09:00"),
        ("2024-09-13T01:00", "23:30", "2024-09-12T23:30+09:00"),
        ("2024-09-20T09:00", "17:30", both),
        ("2024-09-20T09:00", "09:30", "2024-09-07T09:30+09:00 or 2024-09-12T09:30+09:00"),
        ("2024-09-07T18:00", "17:30", "2024-09-07T17:30+09:00"),
        ("2024-09-10T09:00", "17:30", "2024-09-07T17:30+09:00"),
    ] {
        assert_eq!(placed(typed, &record(now)), expected, "{typed} at {now}");
    }
}

#[test]
fn a_clock_of_another_zone_is_seen() {
    let los_angeles = Zone::parse("America/Los_Angeles").unwrap();
    let now = Moment::parse("2024-09-07T13:53:00Z", None).unwrap();
    let frame = Frame::bare(now, los_angeles, Aim::Happened);
    let frame = Frame { machine: Some(Zone::UTC), ..frame };
    let Err(TypedTimeFault::OtherClocks { here, there, .. }) = read_typed("13:45", &frame) else {
        panic!("minutes ago on the machine's clocks");
    };
    assert_eq!(here.unwrap().written(), "2024-09-06T13:45-07:00");
    assert_eq!(there.written(), "2024-09-07T13:45+00:00");
    for (typed, expected) in [
        ("13:45 UTC", "2024-09-07T13:45+00:00"),
        ("06:45", "2024-09-07T06:45-07:00"),
        ("13:30", "2024-09-06T13:30-07:00"),
        ("06:45 PDT", "2024-09-07T06:45-07:00"),
        ("06:45 PST", "Letters"),
        ("2024-09-07 06:44:12", "2024-09-07T06:44:12-07:00"),
        ("2024-09-07 13:44:12", "OtherClocks"),
        ("Sep 7 13:44:12", "OtherClocks"),
        ("9월 7일 13:44:12", "OtherClocks"),
        ("Sep 7 06:44:12", "2024-09-07T06:44:12-07:00"),
        ("2024-09-07 13:44:12 -07:00", "2024-09-07T13:44:12-07:00"),
        ("2024-09-07 14:44:12", "2024-09-07T14:44:12-07:00"),
        ("2024-09-06 13:44:12", "2024-09-06T13:44:12-07:00"),
    ] {
        assert_eq!(placed(typed, &frame), expected, "{typed}");
    }
    let begun = Moment::parse("2024-09-07T13:20:00Z", None).unwrap();
    let (first, last) = (begun.unix(), begun.unix());
    let span = Some(in_progress(first, last));
    let frame = Frame { span, ..frame };
    let start = Moment::parse("2024-09-07T06:30-07:00", Some(los_angeles)).unwrap();
    let end = frame.aimed(Aim::End { start, on_twelve: false });
    let moved = frame.aimed(Aim::Moved(start));
    let before = Moment::parse("2024-09-06T13:40-07:00", Some(los_angeles)).unwrap();
    let moved_back = frame.aimed(Aim::Moved(before));
    for (typed, frame, expected) in [
        // Half an hour ago on the machine's clocks, and on no day here.
        ("13:23", &frame, "OtherClocks"),
        ("06:23", &frame, "2024-09-07T06:23-07:00"),
        ("13:45", &end, "OtherClocks"),
        ("06:45", &end, "2024-09-07T06:45-07:00"),
        ("07:30", &end, "2024-09-07T07:30-07:00"),
        ("13:45", &moved, "OtherClocks"),
        ("06:45", &moved, "2024-09-07T06:45-07:00"),
        // Moved by minutes, in the record's zone.
        ("13:45", &moved_back, "2024-09-06T13:45-07:00"),
    ] {
        assert_eq!(placed(typed, frame), expected, "{typed} {:?}", frame.aim);
    }
    // Longer ago on the machine's clocks: yesterday was before the record began.
    let begun = Moment::parse("2024-09-07T08:35:00Z", None).unwrap();
    let (first, last) = (begun.unix(), begun.unix());
    let span = Some(in_progress(first, last));
    let frame = Frame { span, ..frame };
    for (typed, expected) in [
        ("13:20", "OtherClocks"),
        ("01:30", "2024-09-07T01:30-07:00"),
        ("06:20", "2024-09-07T06:20-07:00"),
    ] {
        assert_eq!(placed(typed, &frame), expected, "{typed}");
    }
}

#[test]
fn a_clock_time_may_stand_before_its_part_of_the_day_and_its_place() {
    let now = Moment::parse("2026-06-05T12:00-07:00", None).unwrap();
    let frame = Frame::bare(now, Zone::parse("America/Los_Angeles").unwrap(), Aim::Happened);
    for (typed, expected) in [
        ("6:40 this morning", "2026-06-05T06:40-07:00"),
        ("6:40 yesterday evening", "2026-06-04T18:40-07:00"),
        ("5:40 LA time", "2026-06-05T05:40-07:00"),
        ("5:40 NYC time", "2026-06-05T05:40-04:00"),
        ("6:40 this winter", "Unreadable"),
    ] {
        assert_eq!(placed(typed, &frame), expected, "{typed}");
    }
}

/// After the end of a record, a clock time may be of yesterday in its zone, or have been read off the machine's clock today.
#[test]
fn behind_the_end_the_machines_clock_may_have_been_read() {
    let los_angeles = Zone::parse("America/Los_Angeles").unwrap();
    let at = |text: &str| Moment::parse(text, None).unwrap();
    let span = Span {
        first: at("2026-06-05T13:40Z").unix(),
        last: at("2026-06-06T15:00Z").unix(),
        is_bare_day: false,
        has_ended: true,
        ended: Some(at("2026-06-05T14:40Z").unix()),
        is_unended: false,
    };
    let here = Frame::bare(at("2026-06-06T15:10Z"), los_angeles, Aim::Happened);
    let here = Frame { span: Some(span), ..here };
    let there = Frame { machine: Some(Zone::UTC), ..here };
    let open = Span { has_ended: false, ended: None, ..span };
    let open = Frame { span: Some(open), ..there };
    for (typed, frame, expected) in [
        ("13:45", &there, "OtherClocks"),
        ("13:45", &here, "2026-06-05T13:45-07:00"),
        ("13:45", &open, "2026-06-05T13:45-07:00"),
        ("2026-06-05 13:45", &there, "2026-06-05T13:45-07:00"),
        // While it lasted, and this morning.
        ("07:10", &there, "2026-06-05T07:10-07:00 or 2026-06-06T07:10-07:00"),
        ("07:30 -07:00", &there, "2026-06-05T07:30-07:00 or 2026-06-06T07:30-07:00"),
        // Later than that on the machine's clock is still to come, and longer ago nobody reads there.
        ("16:30", &there, "2026-06-05T16:30-07:00"),
    ] {
        assert_eq!(placed(typed, frame), expected, "{typed}");
    }
}

/// It is not said to be over, though nothing was logged since the day before yesterday.
#[test]
fn an_outage_may_go_on_after_days_of_silence() {
    let los_angeles = Zone::parse("America/Los_Angeles").unwrap();
    let at = |text: &str| Moment::parse(text, None).unwrap();
    let span = Span {
        first: at("2026-06-05T08:00Z").unix(),
        last: at("2026-06-05T22:00Z").unix(),
        is_bare_day: false,
        has_ended: false,
        ended: None,
        is_unended: true,
    };
    let of = |now: &str, span: Span| Frame {
        span: Some(span),
        ..Frame::bare(at(now), los_angeles, Aim::Happened)
    };
    let planned = Span { is_unended: false, ..span };
    let both = "2026-06-05T06:45-07:00 or 2026-06-07T06:45-07:00";
    for (now, span, typed, expected) in [
        ("2026-06-06T13:53Z", span, "06:45", "2026-06-06T06:45-07:00"),
        ("2026-06-07T13:53Z", span, "06:45", both),
        ("2026-06-07T13:53Z", span, "21:30", "2026-06-04T21:30-07:00 or 2026-06-06T21:30-07:00"),
        ("2026-06-07T13:53Z", planned, "06:45", "2026-06-05T06:45-07:00"),
        ("2026-06-12T21:00Z", span, "06:45", &both.replace("06-07", "06-12")),
        ("2026-06-13T21:00Z", span, "06:45", "2026-06-05T06:45-07:00"),
    ] {
        assert_eq!(placed(typed, &of(now, span)), expected, "{typed} at {now}");
    }
}

/// Clocks differ: what is a few minutes ahead on the machine's clock was read off it, too.
#[test]
fn the_machines_clock_may_be_a_little_ahead() {
    let los_angeles = Zone::parse("America/Los_Angeles").unwrap();
    let at = |text: &str| Moment::parse(text, None).unwrap();
    let span = Span {
        first: at("2026-06-05T08:00Z").unix(),
        last: at("2026-06-05T13:40Z").unix(),
        is_bare_day: false,
        has_ended: false,
        ended: None,
        is_unended: true,
    };
    let here = Frame::bare(at("2026-06-05T13:53Z"), los_angeles, Aim::Happened);
    let there = Frame { span: Some(span), machine: Some(Zone::UTC), ..here };
    for typed in ["13:45", "13:53", "13:55", "13:58"] {
        assert_eq!(placed(typed, &there), "OtherClocks", "{typed}");
    }
    assert_eq!(placed("06:55", &there), "2026-06-05T06:55-07:00");
}

#[test]
fn what_could_be_a_range_is_no_offset() {
    for (typed, expected) in [
        ("06:00-07:00", "Window"),
        ("18:08~18:20", "Window"),
        ("18:08 to 18:20", "Window"),
        ("18:08 → 18:20", "Window"),
        ("6시 8분부터 6시 20분까지", "Window"),
        ("-10m to -5m", "Window"),
        ("18:08-18:20", "Window"),
        ("17:00-18", "Window"),
        ("2024-09-07 17:00-18", "Window"),
        ("2024-09-07 06:00-07:00", "Window"),
        ("2024-09-07T06:00-07:00", "2024-09-07T06:00-07:00"),
        ("05:08-04:00", "2024-09-07T05:08-04:00"),
        ("18:08 +0900", "2024-09-07T18:08+09:00"),
        ("18:08 +15:00", "NoOffset"),
        ("18:08 +09:10", "NoOffset"),
        ("18:08 KST", "2024-09-07T18:08+09:00"),
        ("18:08 JST", "Letters"),
        ("18:08 Asia/Tokyo", "2024-09-07T18:08+09:00"),
        ("18:08 -07:00 Asia/Seoul", "OtherOffset"),
        ("2024-09-07 18:08 +09:00 Asia/Seoul", "2024-09-07T18:08+09:00"),
        ("18:08:30.125", "2024-09-07T18:08:30.125+09:00"),
        ("@1725700080", "2024-09-07T18:08:00+09:00"),
        ("2024-09-07", "2024-09-07"),
        ("2d ago", "2024-09-05"),
        ("새벽 11시", "Impossible"),
        ("밤 12시", "Unclear"),
        ("자정", "Unclear"),
    ] {
        assert_eq!(placed(typed, &frame()), expected, "{typed}");
    }
    let new_york = Zone::parse("America/New_York").unwrap();
    let now = Moment::parse("2024-11-03T12:00-05:00", None).unwrap();
    let fold = Frame::bare(now, new_york, Aim::Happened);
    assert_eq!(placed("1:30-05:00", &fold), "2024-11-03T01:30-05:00");
    assert!(placed("01:30", &fold).starts_with("Fold"));
}

#[test]
fn a_time_that_nobody_quoted_goes_on_in_the_words_behind_it() {
    for (typed, words, expected) in [
        ("5", &["min", "ago", "it's the pool"][..], Some(("5 min ago", 2, false))),
        ("5분", &["전"], Some(("5분 전", 1, false))),
        ("어제", &["오후", "6시"], Some(("어제 오후 6시", 2, false))),
        ("18:08", &["yesterday", "it's", "the", "pool"], Some(("18:08 yesterday", 1, true))),
        ("17:52", &["Nov", "28"], Some(("Nov 28 17:52", 2, true))),
        ("6:48", &["this", "morning"], Some(("6:48 this morning", 2, true))),
        ("10:00", &["today"], Some(("10:00 today", 1, true))),
        ("2024-09-07", &["18:08", "PDT"], Some(("2024-09-07 18:08 America/Los_Angeles", 2, true))),
        ("18:08", &["to", "18:20", "x"], Some(("18:08 until 18:20", 2, true))),
        ("18:08", &["to", "do"], None),
        ("18:08", &["to 18:20 x"], None),
        ("6:08", &["오후", "배포"], Some(("오후 6:08", 1, true))),
        ("18:08", &["about", "half", "the", "pods"], None),
        ("18:08", &["db", "restarted"], None),
        ("18:08", &["api/db", "down"], None),
        ("18:05", &["it's", "the", "pool", "5", "min", "ago"], None),
        ("18:08", &["18:09"], None),
        ("5", &["it's the pool"], None),
        ("5", &[], None),
        ("banana", &["min", "ago"], None),
    ] {
        let found = unquoted_time(typed, words);
        let found = found.map(|it| {
            let ends = it.end.map(|end| format!(" until {end}")).unwrap_or_default();
            (it.times.join(" or ") + &ends, it.count, it.is_time_alone)
        });
        let found = found.as_ref().map(|(time, count, alone)| (time.as_str(), *count, *alone));
        assert_eq!(found, expected, "{typed} {words:?}");
    }
}

/// Returns times in every notation of every language, with a blank wherever a word ends.
fn notations() -> Vec<String> {
    let mut all: Vec<String> = ["Nov 28 02:44", "28 November 02:44", "2024-09-07 18:08", "T - 30m"]
        .map(str::to_owned)
        .into();
    for times in time_sets() {
        let mut clocks = vec!["6:08".to_owned(), "18:08".to_owned(), "18:08:30".to_owned()];
        if let Some(ClockWords { hour, minute, half_past, .. }) = &times.clock {
            clocks.push(format!("6{hour} 8{minute}"));
            clocks.push(format!("6{hour} {half_past}"));
        }
        let numbers = times.numbers.iter().map(|(number, _)| (*number).to_owned());
        for (number, unit) in numbers
            .chain(["5".to_owned()])
            .flat_map(|number| times.units.iter().map(move |(unit, _)| (number.clone(), *unit)))
        {
            let amount = format!("{number} {unit}");
            all.extend(times.ago_behind.iter().map(|word| format!("{amount} {word}")));
            all.extend(times.later_behind.iter().map(|word| format!("{amount} {word}")));
            all.extend(times.in_before.iter().map(|word| format!("{word} {amount}")));
            all.push(format!("+{amount}"));
        }
        for clock in clocks {
            let before = [times.about_before, times.clock_before].into_iter().flatten();
            let before = before.copied().chain(times.halves_before.iter().map(|it| it.0));
            let before = before.chain(times.days.iter().map(|it| it.0));
            let before = before.chain(times.parts_of_days.iter().map(|it| it.0));
            all.extend(before.map(|word| format!("{word} {clock}")));
            let behind = times.about_behind.iter().copied();
            let behind = behind.chain(times.halves_behind.iter().map(|it| it.0));
            let behind = behind.chain(times.days.iter().map(|it| it.0));
            let behind = behind.chain(["UTC", "PDT", "KST", "+09:00", "Asia/Seoul", "UTC+9"]);
            all.extend(behind.map(|word| format!("{clock} {word}")));
            for (half, _) in times.halves_before {
                all.extend(times.days.iter().map(|(day, _)| format!("{day} {half} {clock}")));
            }
        }
        for month in times.months.iter().flatten() {
            all.push(format!("{month} 7 18:08"));
            all.push(format!("7 {month} 2024 18:08 UTC"));
        }
        if let Some([year, month, day]) = times.date {
            all.push(format!("2024{year} 9{month} 7{day} 18:08"));
        }
    }
    all
}

/// Of a time without quotes nothing is left to a text, and it is no other time.
#[test]
fn no_notation_is_cut_at_its_blanks() {
    let frame = frame();
    let is_read = |time: &str| {
        let read = read_typed(time, &frame);
        !matches!(
            read,
            Err(TypedTimeFault::Written(TimeFault::Unreadable(_)) | TypedTimeFault::Bare { .. })
        )
    };
    let mut seen = 0;
    for time in notations().into_iter().filter(|time| is_read(time)) {
        let words: Vec<&str> = time.split_whitespace().collect();
        let [first, rest @ ..] = words.as_slice() else { continue };
        for text in [&[][..], &["pool", "exhausted"]] {
            if rest.is_empty() {
                continue;
            }
            let found = unquoted_time(first, &[rest, text].concat());
            let found = found.map(|found| (found.times, found.count));
            let whole = in_any_record(&words.join(" "));
            assert_eq!(found, Some((whole, rest.len())), "{time}");
            seen += 1;
        }
    }
    assert!(seen > 1000, "{seen}");
}

#[test]
fn stamps_of_logs_are_read_and_bare_digits_only_offered() {
    for (stamp, same) in [
        ("20240907T090800Z", "2024-09-07T09:08:00Z"),
        ("20240907T180800.25+0900", "2024-09-07T18:08:00.25+09:00"),
        ("I0907 18:08:00.123456", "Sep 7 18:08:00.123456"),
    ] {
        let read = read_typed(stamp, &frame());
        assert!(read.is_ok(), "{stamp}: {read:?}");
        assert_eq!(read, read_typed(same, &frame()), "{stamp}");
    }
    for (digits, expected) in [
        ("0650", &["06:50"][..]),
        ("13H44", &["13:44"]),
        ("20240907180800", &["2024-09-07 18:08:00"]),
        ("1725700080", &["2024-09-07T09:08:00Z"]),
        ("0650 UTC", &["06:50 utc"]),
        ("0650 pods", &[]),
        ("2560", &[]),
        ("20241307", &[]),
        ("31.2.2024", &[]),
    ] {
        let meant = match read_typed(digits, &frame()) {
            Err(TypedTimeFault::Bare { meant, .. }) => meant,
            other => {
                assert!(other.is_err(), "{digits}: {other:?}");
                Vec::new()
            }
        };
        assert_eq!(meant, expected, "{digits}");
    }
}
