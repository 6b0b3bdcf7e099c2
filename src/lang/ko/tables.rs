//! Texts in tables that are not from a record.

use crate::lang::terminal::{Refusal, TableHeads, TableWords};

use super::Korean;
use super::heads::HEADS;

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
