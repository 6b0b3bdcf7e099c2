//! What is said of a command line that is not understood.

use crate::lang::terminal::UsageWords;

use super::Korean;

impl UsageWords for Korean {
    fn way_of(&self, verb: &str) -> Option<&'static str> {
        Some(match verb {
            "remove" | "delete" | "rm" | "삭제" => {
                "이벤트를 지우려면: asrun amend NUMBER --remove, 마지막 변경을 되돌리려면: asrun undo"
            }
            "resolve" | "resolved" | "close" | "end" | "stop" | "해결" | "종료" => {
                "asrun log \"정상화 확인\" --type resolved"
            }
            "fix" | "change" | "correct" | "수정" => {
                "이벤트를 고치려면: asrun amend NUMBER --at TIME \"고친 내용\", 파일을 열려면: asrun edit"
            }
            "add" | "추가" => {
                "asrun log TEXT, asrun plan add TIME TEXT, asrun actions add TEXT, asrun lessons add SORT TEXT 가운데 하나로 적으면 됩니다"
            }
            "start" | "begin" | "시작" => "asrun new \"앱 진입 불가\"",
            "report" | "export" | "publish" => {
                "문서를 만들려면: asrun render, 무엇으로 만들 수 있는지 보려면: asrun templates list"
            }
            "timeline" | "타임라인" => "타임라인을 보려면: asrun show 또는 asrun chart",
            "version" | "버전" => "버전을 보려면: asrun --version",
            _ => return None,
        })
    }

    fn dash_in_text(&self) -> &'static str {
        "`-`로 시작하는 내용은 -- 뒤에 적으면 됩니다: asrun log -- \"-5% 트래픽 감소\""
    }

    fn nothing_recorded(&self) -> &'static str {
        "기록하지 못했습니다"
    }
}
