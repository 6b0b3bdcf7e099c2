//! Messages of the live prompt.

use std::io;

use crate::fault::{LineFault, NotUtf8};
use crate::lang::terminal::{PromptWords, Refusal};
use crate::model::Zone;

use super::streams::way_to_utf8;
use super::times::time_hints;
use super::{Korean, meant};

const FORMS: &str = "\
한 줄이 한 이벤트이고, 첫 글자를 입력한 때가 그 시각입니다.
  결제 오류 5xx 증가                 무슨 일이 있었는지
  /감지 결제 오류 5xx 증가           이벤트의 종류. /detected, 줄여서 /det
  /at 10분 전 커넥션 풀 고갈         일어난 시각. 끝난 시각은 /until 18:30
  /step deploy 배포 시작             이 일로 실행한 단계
  /next-update 30m 고객에게 공지     다음 공지를 약속한 시각, /next 30m으로 줄일 수 있음
  /attach 044.png 오류 화면          스크린샷이나 파일. /alt, /width 50%
  /severity sev1 모든 지역           이때부터 기록의 심각도, /sev로 줄일 수 있음
  /by 김하늘, /why \"이유\", /ref URL  asrun log의 옵션과 같음. /key, /internal
  /done deploy, /started, /failed    계획의 단계. 단계를 적지 않으면 다음 단계
  /skip STEP, /late STEP +20m        뒤에 이유를 적어도 됨. /go, /no go, /run
  /rollback STEP                     롤백 단계를 시작
슬래시(/) 명령은 내용 앞에 적고, 여러 개를 써도 됩니다: /at 18:08 /det /by 김하늘 5xx
공백으로 시작하는 줄은 적은 그대로 기록합니다. /심각도처럼 한국어로도 됩니다.
  /undo  /redo     이번 live에서 한 마지막 작업을 되돌리기, 다시 적용하기
  /show  /plan     타임라인, 계획
  /next  /forecast 다음 단계, 남은 단계가 끝날 시각의 예측
  /record ID       이 줄부터 다른 기록에 적기
  /help  /quit     이 목록, 나가기(Ctrl-D도 됩니다)
Tab 키로 슬래시 명령, 단계, 파일 이름을 자동 완성합니다.";

/// The way out if a line looks like a form but is not one.
const AS_IT_IS: &str = "줄을 그대로 기록하려면 공백으로 시작하면 됩니다";

impl PromptWords for Korean {
    fn prompt_begins(&self, record: &str, title: Option<&str>, zone: Zone) -> String {
        let title = title.map(|title| format!(" ({title})")).unwrap_or_default();
        format!(
            "{record}{title} 기록에 적습니다. 시간대: {zone}\n한 줄이 한 이벤트입니다. 슬래시 명령은 /help, 나가기는 Ctrl-D"
        )
    }

    fn prompt_after_end(&self, record: &str) -> String {
        format!("{record}: 이미 끝난 기록입니다. 다른 기록에 적으려면: /record ID")
    }

    fn prompt_forms(&self) -> &'static str {
        FORMS
    }

    fn line_left(&self) -> &'static str {
        "지난번에 입력하다 만 줄입니다. 기록하지 않았습니다:"
    }

    fn left_line_comes(&self) -> &'static str {
        "불러오려면 ↑ 키(시각은 그때 입력을 시작한 때), 불러온 뒤 버리려면 Ctrl-C"
    }

    fn no_place_for_lines(&self, why: &str) -> String {
        format!("Enter를 누르기 전에는 줄이 저장되지 않아, 터미널을 닫으면 사라집니다: {why}")
    }

    fn line_not_kept(&self) -> &'static str {
        "이 줄은 저장되지 않았습니다. 터미널을 닫으면 사라집니다"
    }

    fn line_given_up(&self) -> &'static str {
        "입력하던 줄을 버렸습니다(기록하지 않음). 나가려면 Ctrl-D"
    }

    fn prompt_ended(&self) -> &'static str {
        "끝났습니다. 입력하던 줄은 다음 asrun live에서 이어집니다"
    }

    fn no_line_editor(&self, why: &io::Error) -> String {
        format!("이 터미널에서는 줄 편집을 할 수 없어 한 줄씩 그대로 읽습니다: {why}")
    }

    fn no_next_line(&self, why: &io::Error) -> String {
        format!("다음 줄을 읽을 수 없습니다: {why}")
    }

    fn line_not_utf8(&self, fault: &NotUtf8) -> Refusal {
        let (byte, value) = (fault.byte, fault.value);
        Refusal::new(format!("이 줄은 UTF-8 텍스트가 아닙니다: {byte}번째 바이트 0x{value:02x}"))
            .hint(way_to_utf8(fault.encoding, "asrun live"))
    }

    fn line_fault(&self, fault: &LineFault) -> Refusal {
        line_failure(fault)
    }

    fn form_behind_words(&self, form: &str) -> String {
        format!(
            "/{form}: 내용 뒤에 있어 내용의 일부로 기록했습니다. 앞에 적으려면 /undo로 되돌리고 다시 입력하면 됩니다"
        )
    }

    fn not_of_this_prompt(&self, change: &str, redo: bool, record: &str) -> Refusal {
        Refusal::new(format!("마지막 변경은 이 프롬프트에서 한 것이 아닙니다: {change}")).hint(
            match redo {
                true => {
                    format!("그래도 다시 적용하려면 다른 터미널에서: asrun undo --redo -r {record}")
                }
                false => format!("그래도 되돌리려면 다른 터미널에서: asrun undo -r {record}"),
            },
        )
    }
}

fn line_failure(fault: &LineFault) -> Refusal {
    match fault {
        LineFault::NoSlash { command } => {
            Refusal::new(meant(&format!("/{command}"))).hint(AS_IT_IS)
        }
        LineFault::OfShell => Refusal::new("셸의 명령이므로 기록하지 않았습니다")
            .hint("다른 터미널에서 입력하면 됩니다. 여기에서 할 수 있는 것을 보려면: /help")
            .hint(AS_IT_IS),
        LineFault::Elsewhere { verb } => Refusal::new(format!("/{verb}: 여기에는 없는 명령입니다"))
            .hint(format!("다른 터미널에서: asrun {verb} (asrun {verb} --help)"))
            .hint(AS_IT_IS),
        LineFault::NotAlone { form } => {
            Refusal::new(format!("/{form}: 다른 내용 없이 한 줄에 따로 적어야 합니다"))
                .hint(AS_IT_IS)
        }
        LineFault::NoFile { form } => Refusal::new(format!("/{form}: 파일 뒤에 적어야 합니다"))
            .hint(format!("파일을 먼저 적으면 됩니다: /attach 화면.png /{form} …")),
        LineFault::Twice { form } => Refusal::new(format!("/{form}: 두 번 적었습니다")),
        LineFault::Several { typed, forms } => {
            let forms: Vec<String> = forms.iter().map(|form| format!("/{form}")).collect();
            Refusal::new(format!(
                "/{typed}: {} 가운데 어느 것인지 알 수 없습니다",
                forms.join(", ")
            ))
        }
        LineFault::NoSpace { form } => {
            Refusal::new(format!("/{form} 뒤에 공백이 있어야 합니다")).hint(AS_IT_IS)
        }
        LineFault::Unknown { typed, near } => {
            let hint = match near {
                Some(near) => meant(&format!("/{near}")),
                None => "목록을 보려면: /help".to_owned(),
            };
            Refusal::new(format!("/{typed}: 없는 명령입니다")).hint(hint).hint(AS_IT_IS)
        }
        LineFault::NoValue { form, example } => {
            Refusal::new(format!("/{form} 뒤에 값이 있어야 합니다"))
                .hint(format!("예: /{form} {}", example.as_deref().unwrap_or(usual(form))))
        }
        LineFault::Unclosed { form } => Refusal::new(format!("/{form}: 따옴표를 닫지 않았습니다"))
            .hint("이벤트의 내용 앞에서 닫으면 됩니다: /why \"이유\" 이벤트"),
        LineFault::NoTime { form, typed } => {
            time_hints(Refusal::new(format!("/{form}: 시각으로 시작하지 않습니다: {typed:?}")))
        }
        LineFault::Dash => Refusal::new("줄에 `-`밖에 없습니다"),
    }
}

/// Returns an example value of a form.
fn usual(form: &str) -> &'static str {
    match form {
        "at" | "until" => "18:08",
        "step" => "deploy",
        "by" => "하늘",
        "attach" => "044.png",
        "width" => "50%",
        "ref" => "https://example.org/ticket/1",
        _ => "\"몇 마디\"",
    }
}
