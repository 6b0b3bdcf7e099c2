//! Severity labels, and messages about the surroundings of a command.

use std::io;
use std::path::Path;

use crate::fault::{NotUtf8, StoreFault};
use crate::lang::terminal::{CommandEnd, FileWords, Refusal, StreamWords};
use crate::model::TimeFault;
use crate::yaml::Encoding;

use super::Korean;
use super::times::unread_time;

impl StreamWords for Korean {
    fn error(&self, text: &str) -> String {
        format!("오류: {text}")
    }

    fn warning(&self, text: &str) -> String {
        format!("경고: {text}")
    }

    fn hint(&self, text: &str) -> String {
        format!("힌트: {text}")
    }

    fn way_out(&self) -> &'static str {
        "도움말"
    }

    fn rehearsed(&self, text: &str) -> String {
        format!("(모의 실행) {text}")
    }

    fn with_way_back(&self, text: &str, command: &str) -> String {
        format!("{text} (되돌리려면: {command})")
    }

    fn wrote(&self, path: &Path) -> String {
        format!("파일을 썼습니다: {}", path.display())
    }

    fn as_it_would_be(&self, name: &str) -> String {
        format!("{name} (바꾼 뒤)")
    }

    fn more_faults(&self, more: usize) -> String {
        format!("… 그 밖에 {more}개")
    }

    fn typed(&self) -> &'static str {
        "입력한 내용:"
    }

    fn cut_short(&self, bytes: usize) -> String {
        format!("… (모두 {bytes}바이트)")
    }

    fn kept_whole(&self, path: &Path) -> String {
        format!("전체 내용을 둔 파일: {}", path.display())
    }

    fn no_current_folder(&self, fault: &io::Error) -> String {
        format!("현재 폴더를 알 수 없습니다: {}", self.reason(fault))
    }

    fn not_a_folder(&self, path: &Path) -> String {
        format!("폴더가 아닙니다: {}", path.display())
    }

    fn conflict_copy(&self, name: &str) -> String {
        format!("동기화 충돌로 생긴 기록의 사본 같습니다: {name}. 이벤트가 들어 있을 수 있습니다")
    }

    fn not_printed(&self, saved: bool, fault: &io::Error) -> String {
        let reason = self.reason(fault);
        match saved {
            true => format!("기록은 저장했지만 결과를 출력할 수 없습니다: {reason}"),
            false => format!("결과를 출력할 수 없습니다: {reason}"),
        }
    }

    fn settings_left_out(&self, why: &str) -> String {
        format!("설정 없이 기록합니다: {why}")
    }

    fn secrets_written(&self, excerpts: &[String]) -> Refusal {
        Refusal::new(format!(
            "비밀 값으로 보입니다. 저장소를 복제한 모두가 보게 됩니다: {}",
            excerpts.join(", ")
        ))
        .hint("커밋하기 전에 완전히 지우려면: asrun forget --secrets")
        .hint("이미 공유했다면 값을 바꾸거나 폐기해야 합니다")
    }

    fn not_in_journal(&self, fault: &StoreFault) -> String {
        let fault = self.store_fault_in_short(fault);
        format!("기록은 저장했지만 저널에 남기지 못해 undo와 recover로 되돌릴 수 없습니다: {fault}")
    }

    fn not_synced(&self, fault: &StoreFault) -> String {
        self.store_fault_in_short(fault)
    }

    fn no_input(&self, fault: &io::Error) -> String {
        format!("표준 입력을 읽을 수 없습니다: {}", self.reason(fault))
    }

    fn text_too_long(&self, bytes: u64) -> Refusal {
        Refusal::new(self.input_too_long(bytes))
            .hint("파일로 저장해 첨부하려면: asrun log \"앱 진입 불가 확인\" --attach FILE")
    }

    fn input_too_long(&self, bytes: u64) -> String {
        format!("표준 입력이 한도인 {bytes}바이트보다 깁니다")
    }

    fn input_not_text(&self, fault: &NotUtf8) -> Refusal {
        let at = byte_at(fault);
        Refusal::new(format!("표준 입력이 UTF-8 텍스트가 아닙니다: {at}"))
            .hint(way_to_utf8(fault.encoding, "asrun …"))
    }

    fn written_over(&self, pieces: usize) -> Refusal {
        Refusal::new(format!(
            "캐리지 리턴이나 백스페이스로 덮어쓴 {pieces}군데는 터미널에 마지막으로 보이는 내용만 적고, 나머지는 뺐습니다"
        ))
        .hint("전부 남기려면 출력을 파일로 저장해 첨부하면 됩니다: asrun log TEXT --attach FILE")
    }

    fn input_with_signs(&self, fault: &NotUtf8) -> Refusal {
        let at = byte_at(fault);
        Refusal::new(format!(
            "표준 입력이 UTF-8 텍스트가 아니어서 \u{fffd} 기호로 바꿔 적었습니다: {at}"
        ))
        .hint(way_to_utf8(fault.encoding, "asrun log TEXT -"))
    }

    fn input_would_wait(&self) -> String {
        "--no-input: 표준 입력을 기다려야 하므로 실행하지 않았습니다".to_owned()
    }

    fn would_wait(&self, verb: &str) -> String {
        format!("--no-input: {verb} 명령은 사람의 입력을 기다려야 하므로 실행하지 않았습니다")
    }

    fn refuse_dry_run(&self, verb: &str) -> String {
        format!("{verb} 명령은 모의 실행을 할 수 없습니다")
    }

    fn waiting(&self) -> &'static str {
        "다른 asrun이 이 기록을 쓰고 있어 기다립니다 …"
    }

    fn fixed_clock(&self, fault: &TimeFault) -> String {
        format!("ASRUN_NOW: {}", unread_time(fault))
    }

    fn impossible_clock(&self) -> &'static str {
        "이 컴퓨터의 시계가 있을 수 없는 날짜를 가리킵니다"
    }

    fn cannot_show(&self, program: &str, fault: &io::Error) -> Refusal {
        Refusal::new(format!("{program} 프로그램을 시작할 수 없습니다: {}", self.reason(fault)))
            .hint("위에 적힌 경로를 브라우저로 열면 됩니다")
    }

    fn show_failed(&self, program: &str, ended: &str) -> String {
        format!("{program} 프로그램이 오류로 끝났습니다 ({ended})")
    }

    fn cannot_edit(&self, editor: &str, fault: &io::Error) -> String {
        format!("편집기를 시작할 수 없습니다 (`{editor}`): {}", self.reason(fault))
    }

    fn edit_failed(&self, editor: &str, ended: &str) -> Refusal {
        Refusal::new(format!("편집기가 오류로 끝났습니다 (`{editor}`, {ended})"))
            .hint("쓸 수 있는 편집기를 VISUAL이나 EDITOR 환경 변수에 적으면 됩니다")
    }

    fn no_command_to_run(&self) -> Refusal {
        Refusal::new("--run에 명령이 없습니다")
            .hint("asrun log \"풀 재시작\" --run -- systemctl restart pool")
    }

    fn command_runs_now(&self) -> Refusal {
        Refusal::new("명령은 지금 실행하므로 --at이나 --until로 시각을 정할 수 없습니다")
            .hint("빼고 실행하거나, 이미 실행했다면: asrun log TEXT --at TIME")
    }

    fn input_is_the_commands(&self) -> Refusal {
        Refusal::new("표준 입력은 명령이 쓰므로 거기서 글을 읽을 수 없습니다")
            .hint("asrun log \"풀 재시작\" --run -- systemctl restart pool")
    }

    fn would_run(&self, command: &str) -> String {
        format!("실행할 명령: {command}")
    }

    fn command_not_run(&self) -> &'static str {
        "이벤트를 기록에 적지 못해 명령을 실행하지 않았습니다"
    }

    fn command_not_started(&self, command: &str, fault: &io::Error) -> String {
        format!("명령을 시작할 수 없습니다 ({command}): {}", self.reason(fault))
    }

    fn command_ended(&self, end: &CommandEnd, seconds: i64, record: &str) -> String {
        let amount = super::span(seconds);
        let how = match end {
            CommandEnd::Code(0) => format!("명령이 잘 끝났습니다 ({amount})"),
            CommandEnd::Code(code) => format!("명령이 실패했습니다 (종료 코드 {code}, {amount})"),
            CommandEnd::Signal(signal) => {
                format!("명령이 신호로 끝났습니다 (신호 {signal}, {amount})")
            }
            CommandEnd::NotStarted => "명령을 실행하지 못했습니다".to_owned(),
        };
        format!("{how} → {record}")
    }

    fn end_logged_apart(&self, text: &str, record: &str) -> String {
        format!(
            "그사이 시작한 이벤트를 지워서, 끝난 것은 따로 이벤트로 기록했습니다: {text} → {record}"
        )
    }

    fn end_not_noted(&self, path: &str, command: &str) -> String {
        match path.is_empty() {
            true => {
                format!("명령이 어떻게 끝났는지 기록에 없습니다. 기록하려면: {command}")
            }
            false => format!(
                "출력은 {path}에 남겼습니다. 어떻게 끝났는지 기록하려면: {command} < {path}"
            ),
        }
    }
}

/// Returns the place of the first byte that is not UTF-8.
fn byte_at(fault: &NotUtf8) -> String {
    format!("{}번째 줄의 {}번째 바이트 0x{:02x}", fault.line, fault.byte, fault.value)
}

/// Returns how to pass on what is not UTF-8 to a command.
pub(super) fn way_to_utf8(encoding: Option<Encoding>, command: &str) -> String {
    let lead = match encoding {
        Some(Encoding::Utf16) => "UTF-16 같습니다",
        Some(Encoding::Korean) => "CP949 한글 같습니다",
        Some(Encoding::Western) => "Windows-1252(Latin-1) 텍스트 같습니다",
        Some(Encoding::Png | Encoding::Gzip) => return "첨부하려면: asrun attach FILE".to_owned(),
        None => "원래 인코딩에서 바꾸려면",
    };
    let name = encoding.and_then(Encoding::name).unwrap_or("ENCODING");
    format!("{lead}: … | iconv -f {name} -t UTF-8 | {command}")
}
