//! Texts in tables that are not from a record.

use crate::lang::terminal::{Refusal, TableHeads, TableWords};

use super::Korean;

impl TableWords for Korean {
    fn heads(&self) -> &'static TableHeads {
        &HEADS
    }

    fn unset(&self, setting: &str) -> &'static str {
        match setting {
            "timezone" => "이 컴퓨터의 시간대",
            "language" => "제목의 언어",
            "terminal_language" => "로캘의 언어",
            _ => "—",
        }
    }

    fn lesson_sort(&self, key: &str) -> &'static str {
        match key {
            "well" => "잘된 점",
            "badly" => "아쉬운 점",
            "lucky" => "운이 좋았던 점",
            "surprised" => "뜻밖이었던 점",
            "learned" => "교훈",
            _ => "기여 요인",
        }
    }

    fn internal_text(&self, text: &str) -> String {
        format!("{text} (내부용)")
    }

    fn bom_without_csv(&self) -> Refusal {
        Refusal::new("--bom은 CSV에만 쓸 수 있습니다")
            .hint("--format csv를 붙이거나 --bom을 빼면 됩니다")
    }
}

static HEADS: TableHeads = TableHeads {
    action: "후속 조치",
    actual: "실제",
    audience: "대상",
    author: "작성",
    count: "개수",
    current: "선택",
    archived: "보관",
    date: "날짜",
    deviation: "차이",
    done: "완료",
    due: "기한",
    events: "이벤트",
    figure: "지표",
    formula: "계산식",
    found: "찾은 글",
    from: "출처",
    group: "묶음",
    high: "최댓값",
    id: "기록",
    key: "키",
    kind: "종류",
    lesson: "교훈",
    low: "최솟값",
    name: "이름",
    number: "수치",
    of: "전체",
    open: "진행 중",
    overdue: "기한 지남",
    internal: "내부용",
    owner: "담당",
    place: "위치",
    planned: "계획",
    position: "번호",
    range: "범위",
    record: "기록",
    records: "기록 수",
    reference: "참조",
    seconds: "초",
    services: "서비스",
    severity: "심각도",
    site: "사이트",
    seen_in: "이전 기록",
    seen_text: "그때",
    not_done: "남은 조치",
    sort: "구분",
    state: "상태",
    tags: "태그",
    text: "내용",
    time: "시각",
    title: "제목",
    type_of_action: "유형",
    unreadable: "읽을 수 없음",
    value: "값",
    verdict: "판정",
    version: "버전",
    what: "내용",
    step: "단계",
    same_as: "같은 단계",
};

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn every_head_is_korean_and_short() {
        let heads = serde_json::to_value(Korean.heads()).unwrap();
        for (name, head) in heads.as_object().unwrap() {
            let head = head.as_str().unwrap();
            assert!(head.contains(|c| ('가'..='힣').contains(&c)), "{name}: {head}");
            assert!(head.width() <= 12, "{name}: {head}");
        }
    }
}
