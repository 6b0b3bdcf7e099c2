//! Korean.

use crate::model::{Clock, Day, EventType, Measure, Moment, Precision, StepsPlace, Verdict, Zone};

mod answers;
mod edits;
mod endings;
mod files;
mod findings;
mod forecast;
mod forgetting;
mod handover;
mod heads;
mod help;
mod imports;
mod lifecycle;
mod pages;
mod particles;
mod people;
mod problems;
mod prompt;
mod records;
mod requests;
mod setup;
mod streams;
mod tables;
#[cfg(test)]
mod tests;
mod times;
mod usage;
mod words;

pub(super) use endings::{in_place, uncontracted};

use heads::HEADS;

use super::documents::{Documents, Labels, ReleasesWords, StatsLabels, join_amount};
use super::language::Language;
use super::reading::{
    ClockWords, ColumnWords, Half, LengthWords, LessonWords, Reading, RunVerb, TextWords, TimeWords,
};
use super::terminal::{Help, Terminal};
use super::told::told;

pub(super) static LANGUAGE: Language = Language {
    code: "ko",
    reading: Some(&READING),
    documents: Some(&DOCUMENTS),
    terminal: Some(&Korean),
};

/// The Korean terminal messages.
pub(super) struct Korean;

impl Terminal for Korean {
    fn help(&self) -> &'static Help {
        &help::HELP
    }

    fn documents(&self) -> &'static Documents {
        &DOCUMENTS
    }
}

/// Returns a number of seconds in its two largest units.
fn span(seconds: i64) -> String {
    let second = seconds.abs() < 60;
    amount(seconds.abs(), if second { Precision::Second } else { Precision::Minute })
}

/// Returns a moment, or a window.
fn window(at: &Moment, until: Option<&Moment>, zone: Zone) -> String {
    let until = until.map(|until| format!(" ~ {}", told(until, zone))).unwrap_or_default();
    format!("{}{until}", told(at, zone))
}

/// Returns event types with their Korean names: `detected(감지)`.
fn types_named(words: &[&str]) -> Vec<String> {
    words
        .iter()
        .map(|word| beside(word, &READING.event_type(&EventType::from_word(word))))
        .collect()
}

/// Returns keys of a record with their Korean names, if any: `severity(심각도)`.
fn keys_named(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| beside(key, READING.key(key).unwrap_or(key))).collect()
}

fn beside(word: &str, name: &str) -> String {
    if name == word { word.to_owned() } else { format!("{word}({name})") }
}

/// Returns the question whether a similar name was meant.
fn meant(near: &str) -> String {
    format!("비슷한 이름이 있습니다: {near}")
}

/// Korean clocks show midnight as `오전 0시`; `오전 12시` may be that or noon.
const MORNING: Half = &[(0, 11, 0)];
const AFTERNOON: Half = &[(0, 11, 12), (12, 12, 0)];
/// `밤 12시` is ambiguous.
const NIGHT: Half = &[(7, 11, 12), (19, 23, 0)];
const DAWN: Half = &[(0, 6, 0)];
const EVENING: Half = &[(5, 11, 12), (17, 23, 0)];
const AM: Half = &[(0, 11, 0), (12, 12, -12)];
const PM: Half = &[(1, 11, 12), (12, 12, 0)];

static READING: Reading = Reading {
    names: &["kr", "kor", "korean", "한국어"],
    letters: &['가'..='힣', '\u{1100}'..='\u{11ff}', 'ㄱ'..='ㆎ'],
    times: TimeWords {
        spaced: true,
        now: &["지금", "방금", "방금 전", "방금전", "지금 막"],
        unknown: &["모름", "알 수 없음", "미상", "미정"],
        about_before: &["약 ", "대략 ", "한 "],
        about_behind: &[
            "쯤",
            "경",
            "정도",
            "무렵",
            "즈음",
            "쯤에",
            "경에",
            "정도에",
            "무렵에",
            "즈음에",
        ],
        in_before: &[],
        ago_behind: &["전", "전에"],
        later_behind: &["후", "후에", "뒤", "뒤에"],
        units: &[
            ("초", 1),
            ("분", 60),
            ("시간", 3600),
            ("일", 86_400),
            ("주", 604_800),
            ("주일", 604_800),
        ],
        numbers: &[
            ("한", 1),
            ("두", 2),
            ("세", 3),
            ("네", 4),
            ("다섯", 5),
            ("여섯", 6),
            ("일곱", 7),
            ("여덟", 8),
            ("아홉", 9),
            ("열", 10),
            ("열두", 12),
            ("오", 5),
            ("십", 10),
            ("십오", 15),
            ("이십", 20),
            ("삼십", 30),
            ("사십", 40),
            ("오십", 50),
        ],
        amounts: &[
            ("반시간", 1800),
            ("반 시간", 1800),
            ("하루", 86_400),
            ("이틀", 172_800),
            ("사흘", 259_200),
            ("나흘", 345_600),
            ("닷새", 432_000),
            ("일주일", 604_800),
        ],
        and_a_half: &["반"],
        and: &[],
        days: &[
            ("그끄저께", -3),
            ("그저께", -2),
            ("그제", -2),
            ("어제", -1),
            ("오늘", 0),
            ("내일", 1),
            ("모레", 2),
            ("내일모레", 2),
            ("글피", 3),
        ],
        parts_of_days: &[("어젯밤", (-1, NIGHT)), ("어제밤", (-1, NIGHT)), ("오늘밤", (0, NIGHT))],
        weekdays: &[["월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"]],
        weekdays_in_brackets: Some(["월", "화", "수", "목", "금", "토", "일"]),
        date: Some(["년", "월", "일"]),
        months: None,
        clock_before: &[],
        clock: Some(ClockWords {
            hour: "시",
            minute: "분",
            second: "초",
            half_past: "반",
            minutes_long: "분간",
            distance: &["전 ", "뒤", "후 ", "동안", "이내"],
        }),
        halves_before: &[
            ("오전", MORNING),
            ("오후", AFTERNOON),
            ("새벽", DAWN),
            ("아침", &[(5, 11, 0)]),
            ("낮", &[(12, 17, 0), (1, 5, 12)]),
            ("점심", &[(11, 14, 0), (1, 2, 12)]),
            ("저녁", EVENING),
            ("밤", NIGHT),
            ("am", AM),
            ("pm", PM),
        ],
        halves_behind: &[],
        noon: &["정오"],
        midnight: &["자정"],
        hours: &[
            ("한", 1),
            ("두", 2),
            ("세", 3),
            ("네", 4),
            ("다섯", 5),
            ("여섯", 6),
            ("일곱", 7),
            ("여덟", 8),
            ("아홉", 9),
            ("열", 10),
            ("열한", 11),
            ("열두", 12),
        ],
        from_behind: &["부터"],
        until_behind: &["까지"],
        from_before: &[],
        to_between: &[],
        by_before: &[],
        days_of_ends: &["다음날", "다음 날", "익일", "내일", "오늘", "자정"],
        asks_for_clock: &["오전", "오후"],
        places: &[
            ("한국", "Asia/Seoul"),
            ("서울", "Asia/Seoul"),
            ("일본", "Asia/Tokyo"),
            ("도쿄", "Asia/Tokyo"),
            ("중국", "Asia/Shanghai"),
            ("베이징", "Asia/Shanghai"),
            ("싱가포르", "Asia/Singapore"),
            ("인도", "Asia/Kolkata"),
            ("영국", "Europe/London"),
            ("런던", "Europe/London"),
            ("독일", "Europe/Berlin"),
            ("베를린", "Europe/Berlin"),
            ("뉴욕", "America/New_York"),
            ("동부", "America/New_York"),
            ("미국 동부", "America/New_York"),
            ("미 동부", "America/New_York"),
            ("서부", "America/Los_Angeles"),
            ("미국 서부", "America/Los_Angeles"),
            ("미 서부", "America/Los_Angeles"),
            ("태평양", "America/Los_Angeles"),
        ],
        zone_behind: &["시간", "표준시", "기준"],
    },
    event_types: &[
        ("장애 시작", EventType::ImpactStart),
        ("장애 발생", EventType::ImpactStart),
        ("감지", EventType::Detected),
        ("장애 선언", EventType::Declared),
        ("대응 시작", EventType::Acknowledged),
        ("인지", EventType::Acknowledged),
        ("조사 중", EventType::Investigating),
        ("원인 확인", EventType::Identified),
        ("원인 파악", EventType::Identified),
        ("모니터링", EventType::Monitoring),
        ("완화", EventType::Mitigated),
        ("해결", EventType::Resolved),
        ("공지", EventType::Announced),
        ("종결", EventType::Closed),
        ("관찰", EventType::Observation),
        ("조치", EventType::Action),
        ("결정", EventType::Decision),
        ("소통", EventType::Communication),
        ("상위 보고", EventType::Escalation),
        ("심각도 변경", EventType::SeverityChange),
        ("계획 변경", EventType::PlanChange),
        ("단계 시작", EventType::Started),
        ("완료", EventType::Done),
        ("실패", EventType::Failed),
    ],
    keys: &[
        (HEADS.title, "title"),
        (HEADS.kind, "kind"),
        (HEADS.version, "version"),
        (HEADS.severity, "severity"),
        (HEADS.date, "date"),
        (DOCUMENTS.labels.times_in, "timezone"),
        ("언어", "language"),
        (HEADS.author, "author"),
        (HEADS.services, "services"),
        (HEADS.tags, "tags"),
        ("분류", "categories"),
        ("게시", "published"),
        (DOCUMENTS.labels.sample, "sample"),
        (HEADS.archived, "archived"),
        (DOCUMENTS.labels.summary, "summary"),
        (DOCUMENTS.labels.impact, "impact"),
        (DOCUMENTS.labels.status, "status"),
    ],
    columns: ColumnWords {
        date: &["날짜", "일자"],
        until: &["종료", "끝", "종료 시각", "끝나는 시각"],
        number: &["번호", "순번", "순서"],
        after: &["선행", "선행 작업", "선행 단계", "기다리는 단계", "먼저", "의존"],
        takes: &["소요", "소요 시간", "소요시간", "예상 소요", "걸리는 시간"],
        due: &["기한", "마감", "마감 시각"],
        decision: &["결정", "판단"],
        rollback: &["롤백 단계", "필요할 때만"],
        if_failed: &["실패 시", "실패하면", "롤백", "대안"],
        command: &["명령", "명령어"],
        time: &["시각", "시간", "일시", "예정", "예정 시각"],
        text: &["단계", "작업", "내용", "할 일", "항목"],
        owner: &["담당", "담당자"],
        id: &[],
    },
    lessons: LessonWords {
        well: &["잘한점", "잘된점", "좋았던점"],
        badly: &["아쉬운점", "아쉬움", "나빴던점"],
        lucky: &["운", "운이좋았던점"],
        surprised: &["놀란점", "뜻밖"],
        learned: &["교훈", "배운점"],
        factor: &["요인", "원인"],
    },
    run: &[
        ("완료", RunVerb::Done),
        ("시작", RunVerb::Start),
        ("실패", RunVerb::Fail),
        ("생략", RunVerb::Skip),
        ("늦음", RunVerb::Late),
        ("진행", RunVerb::Go),
        ("중단", RunVerb::NoGo),
        ("롤백", RunVerb::Rollback),
        ("목록", RunVerb::List),
        ("실행", RunVerb::Run),
        ("예측", RunVerb::Forecast),
        ("되돌리기", RunVerb::Undo),
        ("도움말", RunVerb::Help),
        ("끝", RunVerb::Quit),
    ],
    forms: &[
        ("시각", "at"),
        ("단계", "step"),
        ("이유", "why"),
        ("첨부", "attach"),
        ("심각도", "severity"),
        ("내부용", "internal"),
        ("기록", "record"),
        ("타임라인", "show"),
        ("계획", "plan"),
        ("되돌리기", "undo"),
        ("도움말", "help"),
    ],
    yes: &["예", "네", "ㅇ"],
    texts: TextWords {
        rejected: &["리젝", "반려", "거절"],
        not_rejected: &["리젝 없", "리젝되지 않", "반려 없", "반려되지 않", "거절되지 않"],
        passwords: &["비밀 번호", "비번", "패스워드", "암호"],
        secrets: &[
            "토큰",
            "시크릿",
            "시크릿 키",
            "비밀 키",
            "앱 키",
            "액세스 키",
            "접근 키",
            "인증 키",
            "api 키",
            "서비스 키",
            "복구 코드",
            "백업 코드",
        ],
        links: &["은", "는", "이", "가", "을", "를"],
        secret_states: &[],
        version_before: &["버전 "],
        nobody: &[
            "미정",
            "없음",
            "미지정",
            "미배정",
            "추후 결정",
            "추후 지정",
            "나중에",
            "정해지지 않음",
            "추후",
            "담당자 미정",
            "모름",
            "누군가",
        ],
        pictures: &[
            "이미지",
            "그림",
            "사진",
            "스크린샷",
            "캡처",
            "캡쳐",
            "화면 캡처",
            "화면",
            "그래프",
            "차트",
            "첨부",
        ],
        other_years: &["작년", "지난해", "지난 해", "재작년", "내년"],
        weekday_joints: &["인 ", "이던 ", "이었던 "],
        range_words: &["부터", "에서", " 및"],
        measures: &[
            ("감지까지", Measure::Detect),
            ("탐지까지", Measure::Detect),
            ("대응까지", Measure::Acknowledge),
            ("인지까지", Measure::Acknowledge),
            ("완화까지", Measure::Mitigate),
            ("해결까지", Measure::Resolve),
        ],
        lengths: LENGTHS,
        people: people::PEOPLE,
    },
    terms: &words::TERMS,
};

const LENGTHS: LengthWords = LengthWords {
    numbers: &[
        ("한", 1.0),
        ("두", 2.0),
        ("세", 3.0),
        ("네", 4.0),
        ("다섯", 5.0),
        ("여섯", 6.0),
        ("일곱", 7.0),
        ("여덟", 8.0),
    ],
    half_more: &["반"],
    clock_before: &["시", "월"],
    about_before: &["약", "대략", "거의", "한"],
    about_behind: &["쯤", "정도", "가량", "남짓", "여"],
    at_least_before: &["최소", "적어도"],
    at_least_behind: &["넘게", "이상", "이 넘", "을 넘"],
    at_most_before: &[],
    at_most_behind: &["이내", "안에", "미만", "이하", "도 안 "],
    fillers: &[
        "걸린 시간은",
        "걸린 시간",
        "소요 시간은",
        "소요 시간",
        "총",
        "모두",
        "전체",
        "무려",
        "불과",
        "단",
    ],
    copulas: &["은", "는", "이", "가"],
    usual: &[
        "평소",
        "보통",
        "대개",
        "통상",
        "평균",
        "목표",
        "예상",
        "예정",
        "기준",
        "지난번",
        "지난 장애",
        "저번",
        "이전",
        "최대",
        "sla",
        "slo",
        "하려면",
        "줄이",
        "단축",
    ],
    after: &["하고 ", "하자 ", "후 ", "뒤 ", "이후", "한 지 ", "된 지 "],
    origins: &["발생", " 시작", "감지", "장애", "인지", "탐지"],
    wholes: &[
        ("장애 시간", ""),
        ("장애시간", ""),
        ("지속 시간", ""),
        ("지속시간", ""),
        ("중단 시간", ""),
        ("중단시간", ""),
        ("다운타임", ""),
        ("장애 기간", ""),
        ("장애", "동안"),
        ("장애", "간 "),
        ("장애", "지속"),
        ("장애", "이어"),
        ("장애", "계속"),
        ("장애", "만에"),
        ("복구까지", ""),
        ("정상화까지", ""),
        ("복구에", ""),
        ("해결에", ""),
        ("정상화에", ""),
        ("복구하는 데", ""),
        ("복구하는데", ""),
        ("해결하는 데", ""),
        ("해결하는데", ""),
        ("복구하기까지", ""),
        ("복구되기까지", ""),
        ("해결되기까지", ""),
        ("정상화되기까지", ""),
        ("", "만에…복구"),
        ("", "만에…해결"),
        ("", "만에…정상"),
        ("", "만에…종료"),
        ("", "만에…끝"),
        ("", "의 장애"),
        ("", "짜리 장애"),
        ("", "동안 장애"),
        ("", "간 장애"),
        ("", "동안의 장애"),
        ("", "간의 장애"),
    ],
    detections: &[
        ("감지하기까지", ""),
        ("감지되기까지", ""),
        ("발견까지", ""),
        ("", "만에…감지"),
        ("", "만에…탐지"),
        ("", "만에…발견"),
        ("", "만에…인지"),
    ],
    parts: &[
        ("", "동안 이어"),
        ("", "동안 지속"),
        ("", "동안 계속"),
        ("", "동안…중단"),
        ("", "동안…불가"),
        ("", "동안…먹통"),
        ("", "동안…다운"),
        ("", "동안…멈"),
        ("", "동안…되지 않"),
        ("", "동안…안 됐"),
        ("", "동안…안 되"),
        ("", "동안…못"),
        ("", "동안…실패"),
        ("", "간…중단"),
        ("", "간…불가"),
        ("", "간…먹통"),
        ("", "간…다운"),
    ],
};

pub(super) static DOCUMENTS: Documents = Documents {
    code: "ko",
    labels: Labels {
        plan: "출시 일정",
        plan_intro: "계획은 다음과 같았습니다.",
        planned: "계획",
        actual: "실제",
        deviation: "차이",
        plan_and_actual: "계획과 실제",
        timeline: "타임라인",
        durations: "소요 시간",
        duration: "항목",
        value: "값",
        formula: "계산식",
        summary: "요약",
        impact: "영향",
        contributing_factors: "기여 요인",
        lessons: "배운 점",
        went_well: "잘된 점",
        went_badly: "아쉬운 점",
        got_lucky: "운이 좋았던 점",
        surprised_us: "뜻밖이었던 점",
        we_learned: "교훈",
        actions: "후속 조치",
        owner: "담당",
        due: "기한",
        done: "완료",
        draft: "초안",
        reviewed: "검토",
        changed_since: "그 뒤 바뀜",
        added_later: "추가",
        first_planned: "처음 계획",
        from_first: "처음 계획 대비",
        reason: "이유",
        skipped: "생략",
        by: "누가",
        unknown_time: "시각 모름",
        not_planned_yet: "시각 미정",
        due_now: "지금 할 차례",
        no_planned_time: "계획한 시각 없음",
        same_day: "같은 날",
        that_day: "그날",
        about_same_day: "같은 날쯤",
        about_on_time: "정시쯤",
        open_again: "다시 열림",
        unclear_first: "같은 날 둘이 있고 하나는 시각을 모름",
        schedule_kept: "일정 준수",
        written_live: "실시간 기록",
        longest_silence: "가장 긴 공백",
        kept_formula: "정시에 실행한 단계 ÷ 계획한 단계",
        live_formula: "나중에 적었다는 표시가 없는 이벤트 ÷ 전체 이벤트",
        live_formula_typed: "나중에 적었다는 표시가 없는 이벤트 ÷ 가져온 것을 뺀 전체 이벤트",
        times_in: "시간대",
        severity: "심각도",
        services: "서비스",
        status: "상태",
        kind: "종류",
        author: "작성",
        date: "날짜",
        open: "진행 중",
        ended: "종료",
        end_unknown: "종료 여부 모름",
        sample: "예시 기록",
        archived: "보관됨",
        internal: "내부용",
        step: "단계",
        not_in_plan: "계획에 없음",
        unplanned: "계획 외",
        rejections: "리젝",
        by_words: "내용이 비슷해 같은 단계로 봄",
        silences: "긴 공백",
        no_plan: "계획이 없습니다.",
        nothing: "없음",
        only_one_left: "앞뒤 단계 사이에 남은 것이 이것뿐",
        out_of_order: "순서는 어긋나지만 내용이 분명함",
        nothing_to_link: "짝지을 만한 것이 없습니다.",
        anchor_unknown: " (실제 시각이 기록되지 않아 계획한 간격을 씀)",
        with_anchor: "기준 시각",
        clocks_change: "시계가 바뀌는 시각이라 간격으로 계산함",
        now: "지금",
        overdue: "지남",
        rollback_next: "롤백 다음 단계",
        anchor: "기준",
        left_out: "지난번에 생략한 단계",
        happened_unplanned: "지난 계획에 없던 일",
        open_actions: "끝나지 않은 후속 조치",
        basis: "근거",
        undetected: "미감지",
        detected: "감지됨",
        mitigating: "대응 중",
        mitigated: "완화됨",
        planned_event: "계획한 일",
        unplanned_event: "계획 외",
        planned_length: "계획한 소요 시간",
        actual_length: "실제 소요 시간",
        milestone: "이정표",
        severity_change: "심각도 변경",
        on_time: "정시",
        early: "일찍",
        late: "늦음",
        not_recorded: "기록 없음",
        not_recorded_yet: "아직 기록 없음",
        scale_note: "간격은 시간을 따르되, 빽빽한 곳은 늘이고 긴 구간은 끊어 길이를 적음",
        nothing_to_draw: "그릴 것이 없습니다.",
        end: "종료",
        trigger: "계기",
        resolution: "해결",
        detection: "감지",
        lead_up: "배경",
        fault: "장애",
        response: "대응",
        recovery: "복구",
        supporting: "참고 자료",
        next_steps: "앞으로 할 일",
        history: "출시 이력",
        prompt_summary: "무슨 일이 있었는지 두세 문장으로.",
        prompt_impact: "누가, 얼마나, 얼마 동안 영향을 받았는가?",
        prompt_factors: "어떤 요인이 겹쳐 이 일이 일어났는가?",
        prompt_well: "무엇이 잘되었는가?",
        prompt_badly: "무엇이 아쉬웠는가?",
        prompt_lucky: "어떤 점에서 운이 좋았는가?",
        prompt_surprised: "무엇이 뜻밖이었는가?",
        prompt_learned: "그 밖에 무엇을 배웠는가?",
        prompt_actions: "누가 언제까지 무엇을 할 것인가?",
        nothing_yet: "아직 기록된 이벤트가 없습니다.",
    },
    clock,
    day,
    amount,
    about: |amount| format!("약 {amount}"),
    about_time: |time| format!("{time}경"),
    between: |least, most| format!("{least}~{most}"),
    up_to: |most| format!("최대 {most}"),
    early_to_late: |early, late| format!("{early} 일찍~{late} 늦음"),
    before_due: |amount| format!("기한 {amount} 전"),
    by: |time| format!("{time}까지"),
    verdict,
    event_type: |kind| READING.event_type(kind),
    measure,
    kind,
    percent: |percent| format!("{percent}%"),
    of: |part, whole| format!("{whole}개 중 {part}개"),
    took,
    alike: |percent| format!("단계와 {percent}% 일치"),
    running: |late| format!("그 무렵 전체가 {late}"),
    lead: |amount, before| format!("기준 {amount} {}", if before { "전" } else { "뒤" }),
    really: |real, planned| format!("실제로 {real} (계획은 {planned})"),
    of_releases: |n, middle, range| match range {
        Some((from, to)) => format!("출시 {n}회: {middle} ({from} ~ {to})"),
        None => format!("출시 {n}회: {middle}"),
    },
    in_releases: |n, of| format!("출시 {of}회 중 {n}회"),
    overtakes: |step| format!("지난 계획에서는 {step:?} 다음이었음"),
    at_least: |late| format!("적어도 {late}"),
    since: |amount, what| format!("{what} 후 {amount}"),
    due_in: |amount| format!("{amount} 뒤"),
    next_step: |step, when, at| format!("다음: {step}, {when} ({at})"),
    to_come: |amount| format!("{amount} 뒤 예정"),
    perhaps_done: |step, event| format!("했을 수 있음: {step} ({event})"),
    runs: |late, step| match step {
        Some(step) => format!("진행: {late} ({step})"),
        None => format!("진행: {late}"),
    },
    ended: |late, step| match step {
        Some(step) => format!("종료: {late} ({step})"),
        None => format!("종료: {late}"),
    },
    not_logged_since: |time| format!("{time} 이후 기록 없음"),
    all_done: |done, skipped| match skipped {
        0 => format!("계획한 {done}단계를 모두 마침"),
        _ => format!("계획을 마침 (실행 {done}, 생략 {skipped})"),
    },
    saying: |words| format!("다음 단어가 들어간 이벤트입니다: {words}"),
    noted_later: |when| format!("{when}에 뒤늦게 기록함"),
    not_stated: |what| format!("{what} 시각을 밝히지 않음"),
    forecast: forecast::FORECAST,
    handover: handover::HANDOVER,
    stats: StatsLabels {
        figure: "지표",
        median: "중앙값",
        range: "범위",
        records: "기록",
        open: "진행 중",
        events: "이벤트",
        deviation: "계획 대비 차이",
        deviation_formula: "단계의 첫 이벤트 − 계획한 시각",
        most_slipped: "가장 늦어지는 단계",
        times_late: "늦음",
        formula: "계산식",
        step: "단계",
        month: "월",
        quarter: "분기",
        year: "연도",
        kind: "종류",
        service: "서비스",
        severity: "심각도",
        tag: "태그",
        in_both: "서비스나 태그가 여럿인 기록은 그 모두에 센다",
        hour_only: "시까지만 앎",
        left_out: |count, reason| format!("소요 시간 {count}건 제외: {reason}"),
        measure_formula: |end, starts| measure_formula(end, starts),
        usual_resolve: |median, count| format!("TTR {median} (n {count})"),
        backwards: |count, which| {
            format!("끝이 시작보다 앞서는 소요 시간은 뺐다: {count}건 ({which})")
        },
        undated: |count| format!("날짜가 없는 {count}건은 어느 기간에도 넣지 않았다"),
        days_only: |count| format!("날짜만 기록된 소요 시간 {count}건은 중앙값에서 제외"),
        not_due_yet: "아직 예정",
        to_come: |count| format!("아직 시각이 되지 않은 단계 {count}개는 세지 않음"),
        perhaps_same: |groups, cure| {
            let place = in_settings(cure.place);
            format!(
                "말만 다른 한 단계일 수 있음: {groups}. 하나로 세려면 {place}:\n{}",
                cure.text()
            )
        },
        more_slipped: |count| format!("… 늦은 단계가 {count}개 더 있음. 모두 보려면 --format json"),
    },
    releases: ReleasesWords {
        over: "출시별",
        each: |n, values| format!("n {n}: {values}"),
        median: |n, [median, least, most]| format!("n {n}: 중앙값 {median}, {least}~{most}"),
        later: "매번 더 늦어짐",
        earlier: "매번 더 빨라짐",
        day_border: "다음 날",
        axis: "D: 각 출시의 기준일. 간격은 시간을 따르고, 아무 일도 없는 긴 구간은 뺐음",
    },
    not_drawn: |steps, events| {
        let told =
            [(steps, "단계"), (events, "이벤트")].into_iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = told.map(|(count, what)| format!("{what} {count}개")).collect();
        format!("시각을 몰라 그리지 않음: {}", told.join(", "))
    },
    not_called: |steps| format!("롤백 단계 {steps}개, 실행하지 않음"),
    not_recorded: |what| format!("{what} 시각이 기록되지 않음"),
};

/// Formats `오후 6시 08분`; on the hour `오후 5시`.
fn clock(clock: &Clock) -> String {
    let (half, hour) = match clock.hour {
        hour @ 0..=11 => ("오전", hour),
        12 => ("오후", 12),
        hour => ("오후", hour - 12),
    };
    match (clock.minute, clock.precision) {
        (_, Precision::Day) => String::new(),
        (0, Precision::Minute) => format!("{half} {hour}시"),
        (minute, Precision::Minute) => format!("{half} {hour}시 {minute:02}분"),
        (_, Precision::Hour) => format!("{half} {hour}시대"),
        (minute, Precision::Second) => {
            format!("{half} {hour}시 {minute:02}분 {:02}초", clock.second)
        }
        (minute, Precision::Fraction) => {
            format!("{half} {hour}시 {minute:02}분 {:02}.{}초", clock.second, clock.fraction)
        }
    }
}

fn day(day: &Day) -> String {
    let weekday = ["월", "화", "수", "목", "금", "토", "일"][day.weekday()];
    format!("{}년 {}월 {}일 ({weekday})", day.year(), day.month(), day.day())
}

fn amount(seconds: i64, precision: Precision) -> String {
    join_amount(seconds, precision, ["일", "시간", "분", "초"], "")
}

fn verdict(verdict: Verdict, amount: Option<&str>) -> String {
    let word = match verdict {
        Verdict::OnTime => "정시",
        Verdict::Early => "일찍",
        Verdict::Late => "늦음",
        Verdict::NotRecorded => "기록 없음",
        Verdict::Skipped => "생략",
        Verdict::NotCalled => "실행하지 않음",
        Verdict::Unplanned => "계획 외",
    };
    match amount {
        Some(amount) => format!("{amount} {word}"),
        None => word.to_owned(),
    }
}

fn measure(measure: Measure) -> String {
    let word = match measure {
        Measure::Detect => "감지까지 (TTD)",
        Measure::Acknowledge => "대응까지 (TTA)",
        Measure::Mitigate => "완화까지 (TTM)",
        Measure::Resolve => "해결까지 (TTR)",
    };
    word.to_owned()
}

fn kind(kind: &str) -> String {
    let word = match kind {
        "release" => "출시",
        "outage" => "장애",
        "maintenance" => "점검",
        other => other,
    };
    word.to_owned()
}

fn took(length: &str, planned: Option<&str>) -> String {
    match planned {
        Some(planned) => format!("걸린 시간 {length} (계획 {planned})"),
        None => format!("걸린 시간 {length}"),
    }
}

/// Formats `해결 − 장애 시작(없으면 감지)`.
fn measure_formula(end: &str, starts: &[String]) -> String {
    match starts {
        [first, others @ ..] if !others.is_empty() => {
            format!("{end} − {first}(없으면 {})", others.join(", "))
        }
        _ => format!("{end} − {}", starts.join("")),
    }
}

/// Says where in the settings something belongs.
fn in_settings(place: StepsPlace) -> String {
    match place {
        StepsPlace::End => "asrun.yaml에".to_owned(),
        StepsPlace::Below { line, .. } => format!("asrun.yaml의 {line}번째 줄 아래에"),
        StepsPlace::Brace { line, column, .. } => {
            format!("asrun.yaml의 {line}번째 줄 {column}열 {{ 바로 뒤에")
        }
        StepsPlace::Instead { line } => format!("asrun.yaml의 {line}번째 줄 대신"),
    }
}
