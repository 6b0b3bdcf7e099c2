use crate::lang::{ByDay, ForecastWords};

pub(super) const FORECAST: ForecastWords = ForecastWords {
    heads: ["단계", "계획", "예상", "지난 범위", "n", "기다리는 단계"],
    legend: "◇ 예상, ▷ 빨라도, – 예측 없음: 모두 추정",
    expected: |step, time, basis| format!("{step} {time} 예상({basis})"),
    on_the_plan: "추정, 계획만으로",
    range: |from, to| format!("{from}~{to}"),
    on_values: |n, values| format!("추정, 지난 {n}회: {values}"),
    on_range: |n, range| format!("추정, 지난 {n}회: {range}"),
    on_80: |n, range| format!("추정, 지난 {n}회의 80% 범위 {range}"),
    slack: |due, amount| format!("{due}까지 여유 {amount}"),
    too_late: |due, amount| format!("{due}보다 {amount} 늦음"),
    kept: |kept, n| format!("지난 {n}회대로라면 {kept}회 지킴"),
    no_time: |step, why| format!("{step}: 예측 없음. {why}"),
    not_before: |time| format!("빨라도 {time}"),
    behind: |amount, due| format!("{due}보다 {amount} 뒤"),
    failed: |steps| format!("실패: {steps}"),
    longer: |step, n| format!("지난 {n}회보다 길어짐: {step}"),
    later: |step, n| format!("지난 {n}회보다 늦어짐: {step}"),
    overdue: |step| format!("예정 시각이 지났고 지난 기록 없음: {step}"),
    no_length: |steps| format!("걸리는 시간을 모름: {steps}"),
    undated: |steps| format!("예정 시각도 기다리는 단계도 없음: {steps}"),
    by_day: |told| {
        let ByDay { step, planned, values, releases, of_the_step, range80 } = told;
        let basis = match of_the_step {
            true => format!("추정, 이 단계의 지난 출시 {releases}회"),
            false => format!("추정, 지난 출시 {releases}회의 {values}일"),
        };
        match range80 {
            _ if *values == 0 => {
                format!("{step}: {planned} 예정(날짜만). 지난 기록이 적어 범위 없음")
            }
            Some((from, to)) => {
                format!("{step}: {planned} 예정, 지난 값의 80% 범위 {from}~{to}({basis})")
            }
            None => format!("{step}: {planned} 예정, 지난 날짜는 모두 그대로 지킴({basis})"),
        }
    },
    lengths_of_the_plan: |steps| format!("계획에 적힌 소요 시간: {steps}"),
    by_plan: |time| format!("계획의 소요 시간대로면 {time}"),
    rests_on: |count| format!("지난 값 {count}개에 근거"),
    proven: |step, by| format!("{step}: 끝난 기록 없음, {by}에서 끝난 것이 드러남"),
    done_that_day: |step| format!("{step}: 끝남, 몇 시 몇 분인지는 적지 않음"),
    early: |step, time, amount| format!("{step} {time} 시작, 계획보다 {amount} 빠름."),
    done_before: |time, amount, next| format!("{time} 완료, {next}까지 {amount}."),
    waits_for_it: |steps| format!("이 단계를 기다리는 단계: {steps}."),
    nobody_waits: "이 단계를 기다리는 단계 없음.",
    stay: |steps, slack| match slack {
        Some(slack) => format!("계획 그대로: {steps}(여유 {slack})."),
        None => format!("계획 그대로: {steps}."),
    },
    due_now: |step| format!("{step} 지금 예정, 기록 없음"),
    overdue_by: |step, amount| format!("{step} 예정보다 {amount} 지남, 기록 없음"),
    no_past: "단계에 걸리는 시간: 지난 기록이 없어 예측하지 않음.",
    replayed: |n, records| format!("다시 돌려 본 지난 기록 {n}회({records})"),
    is_done: "완료",
    is_started: "진행 중",
    has_failed: "실패",
    only_if_called: "롤백, 필요할 때만",
    middle_of: "가운데 값:",
    delays: "지연",
    path: "경로",
};
