//! Messages about an invalid command line.

use std::num::{IntErrorKind, ParseIntError};

use crate::lang::terminal::{Part, UsageWords};
use crate::lang::told::quoted_word;

use super::Korean;
use super::particles::{and, called, object, subject, topic};

/// Returns an option without the name of its value.
fn bare(argument: &str) -> &str {
    argument.split(' ').next().filter(|name| name.starts_with('-')).unwrap_or(argument)
}

impl UsageWords for Korean {
    fn unexpected(&self, typed: &str) -> String {
        match typed.starts_with('-') {
            true => format!("{} 옵션은 없습니다", called(&format!("{typed:?}"))),
            false => format!("{} 들어갈 자리가 없습니다", subject(&format!("{typed:?}"))),
        }
    }

    fn one_too_many(&self, value: &str, argument: &str) -> String {
        format!("{argument}: 값을 더 받지 않습니다: {value:?}")
    }

    fn no_value(&self, argument: &str) -> String {
        format!("{argument}: 값을 적어야 합니다")
    }

    fn not_a_value(&self, value: &str, argument: &str, why: Option<&str>) -> String {
        match why {
            Some(why) => format!("{argument}: {why}"),
            None => format!("{argument}: {} 쓸 수 없는 값입니다", topic(&format!("{value:?}"))),
        }
    }

    fn no_such_command(&self, typed: &str) -> String {
        format!("{} 명령은 없습니다", called(&format!("{typed:?}")))
    }

    fn arguments_missing(&self, arguments: &[String]) -> String {
        format!("빠진 인수가 있습니다:\n  {}", arguments.join("\n  "))
    }

    fn command_missing(&self, command: &str) -> String {
        format!("`{command}` 뒤에 명령을 적어야 합니다")
    }

    fn not_together(&self, part: Part, typed: &str, others: &[String]) -> String {
        match others {
            [] if part == Part::Command => {
                format!("`{typed}` 명령 앞에 적은 옵션은 이 명령과 함께 쓸 수 없습니다")
            }
            [] => format!("{} 다른 인수와 함께 쓸 수 없습니다", topic(bare(typed))),
            [other] => format!("{} {} 함께 쓸 수 없습니다", and(bare(typed)), topic(bare(other))),
            others => {
                let (typed, others) = (and(bare(typed)), others.join("\n  "));
                format!("{typed} 함께 쓸 수 없는 인수입니다:\n  {others}")
            }
        }
    }

    fn given_twice(&self, argument: &str) -> String {
        format!("{} 두 번 적었습니다", object(bare(argument)))
    }

    fn typed_no_text(&self) -> &'static str {
        "입력한 인수에 UTF-8이 아닌 바이트가 있습니다"
    }

    fn not_understood(&self) -> &'static str {
        "입력한 명령을 이해할 수 없습니다"
    }

    fn not_a_number(&self, typed: &str, fault: &ParseIntError) -> String {
        let what = match fault.kind() {
            IntErrorKind::Empty => return "수를 적어야 합니다".to_owned(),
            IntErrorKind::PosOverflow => "너무 큰 수입니다",
            _ => "0 이상의 정수가 아닙니다",
        };
        format!("{what}: {typed:?}")
    }

    fn not_between(&self, number: u32, least: u32, most: u32) -> String {
        format!("{least} 이상 {most} 이하의 수여야 합니다: {number}")
    }

    fn similar(&self, part: Part, names: &[String]) -> String {
        let part = match part {
            Part::Command => "명령이",
            Part::Argument => "옵션이",
            Part::Value => "값이",
        };
        format!("힌트: 비슷한 {part} 있습니다: {}", names.join(", "))
    }

    fn elsewhere(&self, command: &str) -> String {
        format!("힌트: 이 옵션은 다른 명령의 것입니다: {command}")
    }

    fn command_behind_dashes(&self, command: &str) -> String {
        format!("힌트: {command:?} 명령을 쓰려면 그 앞의 --를 빼야 합니다")
    }

    fn more_help(&self) -> &'static str {
        "자세한 내용은 --help로 볼 수 있습니다"
    }

    fn way_of(&self, verb: &str) -> Option<&'static str> {
        Some(match verb {
            "remove" | "delete" | "rm" | "삭제" => {
                "이벤트를 지우려면: asrun amend NUMBER --remove, 단계는 asrun plan remove, 기록은 asrun delete, 마지막 변경을 되돌리려면: asrun undo"
            }
            "unarchive" => "보관한 기록을 다시 꺼내려면: asrun archive RECORD --clear",
            "detect" | "detected" | "note" | "event" | "record" | "감지" | "기록" => {
                "이벤트를 기록하려면: asrun log \"앱 진입 불가\" --type detected"
            }
            "open" | "view" | "cat" | "print" | "보기" => {
                "기록을 보려면: asrun show, 파일을 열려면: asrun edit, 다시 진행 중으로 하려면: asrun reopen"
            }
            "redo" | "restore" | "revert" | "back" | "복구" => {
                "마지막 변경을 되돌리려면: asrun undo, 다시 적용하려면: asrun undo --redo, 사라진 것을 되살리려면: asrun recover"
            }
            "mv" | "이동" => {
                "이벤트를 옮기려면: asrun move EVENT --to RECORD, 기록 이름을 바꾸려면: asrun rename NEW-ID"
            }
            "step" | "steps" | "show" | "단계" => {
                "단계를 보려면: asrun plan list, 더하려면: asrun plan add TIME TEXT"
            }
            "tag" | "태그" => "태그를 더하려면: asrun set tags TAG --add, 보려면: asrun get tags",
            "todo" | "todos" | "할일" => {
                "후속 조치를 보려면: asrun actions, 더하려면: asrun actions add TEXT"
            }
            "resolve" | "resolved" | "end" | "stop" | "해결" | "종료" => {
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
            "current" | "switch" | "use" | "which" | "선택" => {
                "현재 기록을 보려면: asrun select, 다른 기록을 고르려면: asrun select RECORD"
            }
            "retitle" | "제목" => "제목을 바꾸려면: asrun set title \"새 제목\"",
            "severity" | "sev" | "심각도" => {
                "심각도를 바꾸려면: asrun set severity sev1, 보려면: asrun get severity"
            }
            "version" | "버전" => "버전을 보려면: asrun --version",
            _ => return way_from_elsewhere(verb),
        })
    }

    fn way_of_entry(&self, verb: &str) -> Option<&'static str> {
        let korean = matches!(verb, "수정" | "삭제" | "이동");
        (korean
            || matches!(verb, "edit" | "change" | "amend" | "remove" | "delete" | "rm" | "move"))
        .then_some("후속 조치나 교훈을 고치거나 지우려면 파일을 열면 됩니다: asrun edit")
    }

    fn record_by_itself(&self, command: &str, record: Option<&str>) -> String {
        let record = record.map_or_else(|| "RECORD".to_owned(), quoted_word);
        format!("이 명령에는 -r 없이 기록만 적습니다: {command} {}", record)
    }

    fn record_by_option(&self, command: &str) -> String {
        format!("이 명령에는 기록을 -r로 적습니다: {command}")
    }

    fn record_behind_option(&self, option: &str, command: &str) -> String {
        format!("이 기록은 --{option} 뒤에 적습니다: {command}")
    }

    fn dash_in_text(&self, command: &str) -> String {
        format!("`-`로 시작하는 내용은 -- 뒤에 적으면 됩니다: {command}")
    }

    fn dash_in_value(&self, command: &str) -> String {
        format!("`-`로 시작하는 값은 = 뒤에 붙여 적으면 됩니다: {command}")
    }

    fn last_by_option(&self, command: &str) -> String {
        format!("마지막으로 기록한 것이라면: {command}")
    }

    fn nothing_recorded(&self) -> &'static str {
        "기록하지 못했습니다"
    }
}

/// Returns the way of a verb that other programs have.
fn way_from_elsewhere(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "finish" | "finished" | "done" | "complete" | "완료" => {
            "단계를 마쳤다면: asrun log \"배포 완료\" --step STEP, 후속 조치는 asrun actions done NUMBER, 기록을 닫으려면: asrun close"
        }
        "diff" | "비교" => {
            "기록을 비교하려면: asrun compare RECORD RECORD, asrun으로 바꾼 것을 보려면: asrun undo --list"
        }
        "rollback" | "롤백" => {
            "마지막 변경을 되돌리려면: asrun undo, 출시를 되돌렸다면: asrun log \"롤백 완료\" --step STEP"
        }
        "summary" | "요약" => "기록을 요약해 보려면: asrun brief, 요약을 쓰려면: asrun edit",
        "set" => {
            "설정을 보려면: asrun config, 바꾸려면 asrun.yaml을 고칩니다. 기록의 키는 asrun set으로 바꿉니다"
        }
        _ => return None,
    })
}
