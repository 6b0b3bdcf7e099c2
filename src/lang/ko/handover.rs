//! The words of a handover in Korean.

use crate::lang::HandoverWords;

pub(super) const HANDOVER: HandoverWords = HandoverWords {
    handover: "인수인계",
    now: "현재",
    broken: "장애",
    impact: "영향",
    cause: "원인",
    updates: "공지",
    tried: "조치",
    people: "담당",
    due: "할 일",
    latest: "최근",
    open_too: "다른 기록",
    no_update: "아직 공지 없음",
    to_do: "할 일",
    since: |time, what| format!("{time}부터 ({what})"),
    so_far: |amount| format!("{amount}째"),
    last_update: |time| format!("마지막 공지 {time}"),
    last_update_ago: |amount| format!("마지막 공지 {amount} 전"),
    next_update: |time| format!("다음 공지 예정 {time}"),
    then_next: |time| format!("다음 공지 예정 {time}"),
    update_late: |time, amount| format!("{time} 예정이던 공지 {amount} 지남"),
    public_says: |state| format!("공개 문서의 상태는 아직 {state}"),
    under_way: |time| format!("{time}부터 진행 중"),
    perhaps_done: |event| format!("했을 수 있음 ({event})"),
    overdue_by: |amount| format!("{amount} 지남"),
};
