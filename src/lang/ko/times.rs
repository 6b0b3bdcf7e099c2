//! Refusals of times, typed or in a file.

use crate::fault::{TypedTimeFault, UnreadLine, UnreadWhy};
use crate::lang::CountedFrom;
use crate::lang::terminal::Refusal;
use crate::lang::told::told;
use crate::model::{Moment, TimeFault, Zone};

use super::particles::toward;
use super::span;

/// Returns why a text is not a time.
pub(super) fn unread_time(fault: &TimeFault) -> String {
    match fault {
        TimeFault::Unreadable(text) => format!("시각으로 읽을 수 없습니다: {text:?}"),
        TimeFault::Impossible(text) => format!("있을 수 없는 시각입니다: {text:?}"),
        TimeFault::NoDate(text) => format!("날짜가 없습니다: {text:?}"),
        TimeFault::OddOffset { text, .. } => format!(
            "어디에서도 쓰지 않는 UTC 오프셋입니다: {text:?} (−12:00부터 +14:00까지, 15분 단위)"
        ),
        TimeFault::NoZone(text) => {
            format!("UTC 오프셋이 없고 기록에 시간대도 없습니다: {text:?}")
        }
        TimeFault::Gap { text, zone, .. } => {
            format!("서머타임 전환으로 {zone} 시간대에 없는 시각입니다: {text:?}")
        }
        TimeFault::Fold { text, zone, first, second } => {
            format!("{zone} 시간대에 두 번({first}, {second}) 있었던 시각입니다: {text:?}")
        }
    }
}

/// Returns why a typed time was refused.
fn refused_time(fault: &TypedTimeFault) -> String {
    match fault {
        TypedTimeFault::Written(fault) => unread_time(fault),
        TypedTimeFault::Bare { text, .. } => format!("시각으로 읽을 수 없습니다: {text:?}"),
        TypedTimeFault::Unclear { text } => {
            format!("사람마다 다르게 읽을 수 있는 시각입니다: {text:?}")
        }
        TypedTimeFault::Letters { text, letters, zone, own, .. } => format!(
            "시각으로 읽을 수 없습니다: {text:?} ({letters} 대신 {own}: 그때 {zone} 시간대의 약어)"
        ),
        TypedTimeFault::NoZone { text, name, .. } => {
            format!("시각으로 읽을 수 없습니다: {text:?} ({name:?} 시간대가 없음)")
        }
        TypedTimeFault::NoOffset { text } => format!(
            "시각으로 읽을 수 없습니다: {text:?} (UTC 오프셋은 -12:00부터 +14:00까지 15분 단위)"
        ),
        TypedTimeFault::OtherOffset { text, offset } => {
            format!("시각이 서로 어긋납니다: {text:?} (그때 그 시간대는 {offset})")
        }
        TypedTimeFault::Window { text, start, end, instant } => match instant {
            Some(_) => format!(
                "어느 쪽인지 알 수 없습니다: {text:?} (UTC 오프셋을 붙인 시각, 또는 {start}부터 {end}까지)"
            ),
            None => format!("시각 하나가 아니라 시작과 끝입니다: {text:?} ({start}부터 {end}까지)"),
        },
        TypedTimeFault::OffsetOrWords { clock, behind }
        | TypedTimeFault::TimeOrWords { clock, behind, .. } => {
            let both = format!("{clock} {behind}");
            format!("{both:?}에서 {behind} 부분이 시각인지 내용인지 알 수 없습니다")
        }
        TypedTimeFault::Several { text, .. } => {
            format!("여러 시각으로 읽을 수 있습니다: {text:?}")
        }
        TypedTimeFault::OtherClocks { text, .. } => {
            format!("이 컴퓨터와 기록의 시간대가 달라 어느 쪽인지 알 수 없습니다: {text:?}")
        }
        TypedTimeFault::NoDayFits { text, .. } => {
            format!(
                "어느 날의 시각인지 정할 수 없습니다: {text:?} (아직 되지 않은 시각이거나, 기록의 다른 시각과 너무 떨어져 있음)"
            )
        }
        TypedTimeFault::OtherWeekday { text, day } => {
            format!("요일이 맞지 않습니다: {text:?} ({day} {}요일)", weekday(day.weekday()))
        }
        TypedTimeFault::WhichWeek { text } => {
            format!("어느 주의 요일인지 알 수 없습니다: {text:?}")
        }
        TypedTimeFault::OnlyAnEnd { text } => {
            format!("하루의 끝이어서 시작하는 시각으로 쓸 수 없습니다: {text:?}")
        }
        TypedTimeFault::NoDirection { text } => {
            format!("전인지 후인지 알 수 없습니다: {text:?}")
        }
        TypedTimeFault::NoZero { text } => {
            format!("기준 시각 T가 언제인지 알 수 없습니다: {text:?}")
        }
    }
}

pub(super) fn weekday(place: usize) -> &'static str {
    ["월", "화", "수", "목", "금", "토", "일"][place]
}

/// Returns the refusal of a time, with suitable ways out.
pub(super) fn time_refusal(fault: &TypedTimeFault, lead: &str, zone: Zone) -> Refusal {
    let refusal = Refusal::new(format!("{lead}{}", refused_time(fault)));
    match (time_way_out(fault), fault) {
        (Some(hint), _) => refusal.hint(hint),
        (None, TypedTimeFault::Written(TimeFault::Impossible(_))) => refusal.hint(format!(
            "날짜는 실제로 있는 날이어야 하고, 시각은 00:00부터 23:59까지(오전·오후는 12시까지)이며 {zone} 기준입니다"
        )),
        (None, _) => time_hints(refusal),
    }
}

/// Returns the way out specific to a refused time.
pub(super) fn time_way_out(fault: &TypedTimeFault) -> Option<String> {
    let hint = match fault {
        TypedTimeFault::Written(TimeFault::Gap { shown, .. }) => {
            format!("서머타임이 적용된 시각이라면 이렇게 적으면 됩니다: {shown}")
        }
        TypedTimeFault::Written(TimeFault::Fold { first, second, .. }) => {
            format!("시각 뒤에 {first} 또는 {second} 오프셋을 붙여 어느 쪽인지 밝히면 됩니다")
        }
        TypedTimeFault::Written(_) => return None,
        TypedTimeFault::Bare { meant, .. } => format!("이 시각이라면: {}", meant.join(", ")),
        TypedTimeFault::Unclear { .. } => {
            "24시간제로 적으면 됩니다: 12:00, 또는 시작하는 날짜와 00:00".to_owned()
        }
        TypedTimeFault::Letters { meant, .. } => {
            let meant = meant.iter().map(|(offset, zone)| format!("{offset}({zone})"));
            let meant: Vec<String> = meant.collect();
            format!("맞는 오프셋이나 시간대를 골라 적으면 됩니다: {}", meant.join(", "))
        }
        TypedTimeFault::NoZone { near: Some(near), .. } => super::meant(near),
        TypedTimeFault::NoZone { near: None, .. } => {
            "Asia/Seoul 같은 IANA 이름이나 UTC 오프셋을 적으면 됩니다".to_owned()
        }
        TypedTimeFault::NoOffset { .. } => {
            "끝나는 시각이라면 따로 적으면 됩니다: --until TIME".to_owned()
        }
        TypedTimeFault::OtherOffset { .. } => {
            "오프셋과 시간대 가운데 하나만 적으면 됩니다".to_owned()
        }
        TypedTimeFault::Window { start, end, instant, .. } => {
            let window = format!("시작과 끝이라면: {start}, --until {end}");
            match instant {
                Some(at) => format!("{window}. 오프셋이라면: {}", at.written()),
                None => window,
            }
        }
        TypedTimeFault::OffsetOrWords { clock, .. } => offset_or_words(clock),
        TypedTimeFault::TimeOrWords { clock, behind, times } => time_or_words(clock, behind, times),
        TypedTimeFault::Several { moments, .. } => intended(moments),
        TypedTimeFault::OtherClocks { here, there, .. } => {
            let both: Vec<Moment> = here.iter().chain([there]).copied().collect();
            intended(&both)
        }
        TypedTimeFault::NoDayFits { near, .. } if near.is_empty() => {
            "날짜도 적으면 됩니다: 2024-09-07 18:08".to_owned()
        }
        TypedTimeFault::NoDayFits { near, .. } => {
            format!("날짜도 적으면 됩니다: {}", to_copy(near))
        }
        TypedTimeFault::OtherWeekday { .. } => "요일을 빼거나 날짜를 고치면 됩니다".to_owned(),
        TypedTimeFault::WhichWeek { .. } => "날짜로 적으면 됩니다: 9월 7일 18:08".to_owned(),
        TypedTimeFault::OnlyAnEnd { .. } => "시작하는 날짜와 00:00으로 적으면 됩니다".to_owned(),
        TypedTimeFault::NoDirection { text } => {
            format!("{} 적으면 됩니다", toward(&format!("-{text} 또는 +{text}")))
        }
        TypedTimeFault::NoZero { .. } => {
            "T가 언제인지 적으면 됩니다: asrun plan add … --t0 18:00".to_owned()
        }
    };
    Some(hint)
}

fn offset_or_words(clock: &str) -> String {
    format!(
        "오프셋이라면 시각에 붙이고({clock}+09:00), 내용이라면 사이에 쌍점을 넣으면 됩니다({clock}: …)"
    )
}

fn time_or_words(clock: &str, behind: &str, times: &[String]) -> String {
    let time = times.join(" 또는 ");
    format!("시각이라면: {time} …, 내용이라면 사이에 쌍점을 넣습니다: {clock}: {behind} …")
}

/// Returns which moment may be meant.
fn intended(moments: &[Moment]) -> String {
    match moments {
        [one] => format!("이 시각이 맞으면 이대로 적으면 됩니다: {}", one.written()),
        several => format!("맞는 시각을 골라 적으면 됩니다: {}", to_copy(several)),
    }
}

/// Returns moments as they can be typed; of many, the first ones and the last.
fn to_copy(moments: &[Moment]) -> String {
    const SHOWN: usize = 6;
    let written: Vec<String> = moments.iter().map(Moment::written).collect();
    match written.split_last() {
        Some((last, others)) if others.len() >= SHOWN => {
            format!("{}, … {last}", others[..SHOWN - 2].join(", "))
        }
        _ => written.join(", "),
    }
}

/// Adds examples of accepted times.
pub(super) fn time_hints(failure: Refusal) -> Refusal {
    failure
        .hint("18:08, 오후 6시 08분, -5m, 10분 전, 어제 22:57, 9월 7일 18:08, 2024-09-07 18:08처럼 적으면 됩니다")
        .hint("모든 형식을 보려면: asrun help times")
}

/// Returns a pasted line that is not a step, and why.
pub(super) fn unread_line(line: &UnreadLine) -> String {
    let why = match &line.why {
        UnreadWhy::NoTime => String::new(),
        UnreadWhy::Heading => " (시각마다 앞에 날짜를 적어야 합니다)".to_owned(),
        UnreadWhy::About => " (계획에는 대략적인 시각을 쓸 수 없습니다)".to_owned(),
        UnreadWhy::EndsBeforeItBegins => " (시작보다 먼저 끝납니다)".to_owned(),
        UnreadWhy::Column { words } => format!(" ({words:?}: 무슨 열인지 알 수 없습니다)"),
        UnreadWhy::Length { words } => format!(" ({words:?}: 20m 같은 길이가 아닙니다)"),
        UnreadWhy::After { words } => format!(" (기다리는 단계 {words:?}: 그런 단계가 없습니다)"),
        UnreadWhy::Time(fault) => format!(" ({})", refused_time(fault)),
    };
    format!("{}번째 줄: {}{why}", line.number, line.text)
}

/// Returns what a typed time is relative to.
pub(super) fn counted_from(from: &CountedFrom, zone: Zone) -> String {
    match from {
        CountedFrom::Now(at) => format!("지금({}) 기준으로 계산했습니다", told(at, zone)),
        CountedFrom::Start(at) => format!("시작({}) 기준으로 계산했습니다", told(at, zone)),
        CountedFrom::Before(at) => {
            format!("원래 시각({}) 기준으로 계산했습니다", told(at, zone))
        }
        CountedFrom::Zero(at) => format!("T({}) 기준으로 계산했습니다", told(at, zone)),
    }
}

/// Returns that the record has the same text at another moment.
pub(super) fn repeated(at: &Moment, before: i64, zone: Zone) -> String {
    let at = told(at, zone);
    match before {
        0 => format!("같은 이벤트가 기록에 이미 있습니다 ({at})"),
        before => {
            let side = if before > 0 { "전" } else { "뒤" };
            format!("같은 이벤트가 {} {side}에 있습니다 ({at})", span(before.abs()))
        }
    }
}
