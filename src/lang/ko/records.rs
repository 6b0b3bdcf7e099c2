//! Messages about queries over many records.

use crate::lang::told::{first_few, some_of};
use std::error::Error;
use std::io;

use crate::lang::cure::Cure;
use crate::lang::terminal::{RecordWords, Refusal, Totals};

use super::particles::{called, toward};
use super::{Korean, in_settings, meant};

/// The alternative chart format, which needs no font and has no limit.
const AS_SVG: &str = "픽셀 없는 같은 그림: -o chart.svg";

impl RecordWords for Korean {
    fn totals(&self, totals: &Totals<'_>) -> String {
        let Totals { records, kinds, open, events, archived, unreadable } = *totals;
        let named = |(kind, count): &(&str, usize)| match *kind {
            "" => format!("종류 없음 {count}건"),
            kind => format!("{kind} {count}건"),
        };
        let kinds = kinds.iter().map(named).collect::<Vec<_>>().join(", ");
        let unreadable = match unreadable {
            0 => String::new(),
            more => format!(", 읽을 수 없는 기록 {more}건"),
        };
        let archived = match archived {
            0 => String::new(),
            more => format!(", 보관한 기록 {more}건(--archived 옵션으로 함께 나열)"),
        };
        format!(
            "기록 {records}건 ({kinds}), 진행 중 {open}건, 이벤트 {events}건{archived}{unreadable}"
        )
    }

    fn no_records(&self) -> &'static str {
        "아직 기록이 없습니다. 시작하려면: asrun new \"앱 진입 불가\""
    }

    fn left_in_usual_folder(&self, count: usize, folder: &str) -> String {
        format!(
            "incidents/에 기록 {count}건이 있지만 asrun.yaml에 {} 되어 있어 읽지 않습니다. 그리로 옮기면 됩니다",
            toward(&format!("records: {folder}"))
        )
    }

    fn only_archived(&self, count: usize) -> String {
        format!("보관한 기록이 {count}건 있습니다. 함께 나열하려면: asrun list --archived")
    }

    fn none_like_that(&self) -> &'static str {
        "조건에 맞는 기록이 없습니다"
    }

    fn unreadable(&self, why: &str) -> String {
        format!("읽을 수 없음: {why}")
    }

    fn all_readable(&self) -> &'static str {
        "모든 기록을 읽을 수 있습니다"
    }

    fn misnamed(&self, path: &str) -> String {
        format!("{path}: 파일 이름이 UTF-8이 아니어서 기록으로 보지 않습니다. 이름을 바꿔야 합니다")
    }

    fn nothing_found(&self) -> &'static str {
        "검색 결과가 없습니다"
    }

    fn no_history(&self) -> &'static str {
        "그런 단계나 이벤트가 없습니다"
    }

    fn unreadable_pattern(&self, why: &str) -> String {
        format!("정규식이 올바르지 않습니다: {why}")
    }

    fn no_action(&self, only_open: bool) -> &'static str {
        match only_open {
            true => {
                "진행 중인 기록에는 그런 후속 조치가 없습니다. 모든 기록에서 찾으려면 --open을 빼면 됩니다"
            }
            false => "그런 후속 조치가 없습니다. 적으려면: asrun actions add TEXT",
        }
    }

    fn only_done_actions(&self, done: usize) -> String {
        format!("남은 후속 조치가 없습니다. 끝난 {done}건까지 보려면: --all")
    }

    fn seen_before(&self, record: &str, text: &str, open: &[String]) -> String {
        match open {
            [] => format!("{record} 기록에도 있던 일입니다: {text}"),
            open => format!(
                "{record} 기록에도 있던 일입니다: {text}. 그 뒤로 끝내지 못한 후속 조치: {} (asrun actions {record})",
                open.join(", ")
            ),
        }
    }

    fn same_in_other_words(&self) -> &'static str {
        "≈: id나 내용으로 보아 같은 것으로 여겼습니다"
    }

    fn same_place(&self) -> &'static str {
        "(계획의 같은 자리)"
    }

    fn taken_by_place(&self, steps: usize) -> String {
        format!("단계 {steps}개는 계획의 자리로 추정했습니다. 옆 단계가 같고 표현은 다릅니다")
    }

    fn history_unfound(
        &self,
        (found, records): (usize, usize),
        without: &[String],
        cure: &Cure,
    ) -> String {
        let without = match without {
            [] => String::new(),
            without => {
                format!(" (못 찾은 기록: {})", first_few(without, |rest| format!(" 외 {rest}건")))
            }
        };
        let place = in_settings(cure.place);
        format!(
            "기록 {records}건 가운데 {found}건에 아는 말로 있습니다{without}. 다르게 적은 단계도 찾으려면 {place}:\n{}",
            cure.text()
        )
    }

    fn other_words(&self) -> &'static str {
        "다른 표현"
    }

    fn never_seen(&self) -> &'static str {
        "이전 기록에는 같은 원인이 없습니다"
    }

    fn no_lesson(&self) -> &'static str {
        "그런 교훈이 없습니다. 적으려면: asrun lessons add SORT TEXT"
    }

    fn no_column(&self, typed: &str, near: Option<&str>, known: &[&str]) -> Refusal {
        let near = near.map(|near| format!("{}. ", meant(near))).unwrap_or_default();
        let typed = called(&format!("{typed:?}"));
        Refusal::new(format!("--columns: {typed} 열은 없습니다"))
            .hint(format!("{near}쓸 수 있는 열: {}", known.join(", ")))
    }

    fn not_a_day(&self, typed: &str) -> String {
        format!("날짜가 아닙니다: {typed:?}. 2024-09-07, 2024-09, 2024처럼 적어야 합니다")
    }

    fn no_such_zone(&self, typed: &str, near: Option<&str>) -> String {
        let typed = called(&format!("{typed:?}"));
        let way_out = near.map_or(NAME.to_owned(), meant);
        format!("{typed} 시간대는 없습니다. {way_out}")
    }

    fn no_zone(&self, option: &str, typed: &str, near: Option<&str>) -> Refusal {
        let typed = called(&format!("{typed:?}"));
        Refusal::new(format!("{option}: {typed} 시간대는 없습니다"))
            .hint(near.map_or(NAME.to_owned(), meant))
    }

    fn named_twice(&self, record: &str) -> String {
        format!("같은 기록을 두 번 지정했습니다: {record}")
    }

    fn one_clock(&self) -> &'static str {
        "--zone: Mermaid 그림에는 시간대를 하나만 쓸 수 있습니다"
    }

    fn mermaid_of_one(&self) -> Refusal {
        Refusal::new("Mermaid 그림에는 기록을 하나만 담을 수 있습니다")
            .hint("여러 기록은 text, svg, png, html로 그립니다")
    }

    fn page_of_many(&self) -> Refusal {
        Refusal::new("html 그림은 여러 출시를 함께 볼 때 씁니다")
            .hint("한 기록의 페이지를 만들려면: asrun render --template html")
    }

    fn png_needs_a_file(&self) -> Refusal {
        Refusal::new("PNG는 파일로만 씁니다").hint("이름을 주려면: -o chart.png")
    }

    fn not_that_picture(&self, ending: &str) -> Refusal {
        Refusal::new(format!("--output: 그림이 .{ending} 형식이 되지 않으므로 아무것도 쓰지 않았습니다"))
            .hint("그림은 .svg 또는 .png입니다. --format text, svg, png, mermaid는 확장자와 맞아야 합니다")
    }

    fn no_png(&self, fault: &dyn Error) -> Refusal {
        Refusal::new(format!("그림을 그릴 수 없습니다: {fault}")).hint(AS_SVG)
    }

    fn no_font(&self, letters: &str) -> Refusal {
        Refusal::new(format!(
            "이 글자가 있는 글꼴이 이 컴퓨터에 없어 PNG를 그리지 않았습니다: {}",
            some_of(letters)
        ))
        .hint("그 글자가 있는 글꼴을 설치합니다. 한글은: `apt install fonts-noto-cjk`")
        .hint(AS_SVG)
    }

    fn boxes_in_png(&self, signs: &str) -> String {
        format!("이 기호가 있는 글꼴이 이 컴퓨터에 없어 네모로 그렸습니다: {}", some_of(signs))
    }

    fn png_too_large(&self, width: u32, height: u32) -> Refusal {
        Refusal::new(format!(
            "그림이 {width} × {height} 픽셀이 됩니다. 한도는 모두 67108864 픽셀입니다"
        ))
        .hint(AS_SVG)
    }

    fn built_without_png(&self) -> Refusal {
        Refusal::new("이 asrun은 PNG 없이 빌드되었습니다").hint(AS_SVG)
    }

    fn needs_terminal(&self) -> Refusal {
        Refusal::new("watch 명령에는 터미널이 필요합니다").hint("한 번만 출력하려면: asrun show")
    }

    fn reminder_from_here(&self, variable: &str, program: &str) -> Refusal {
        Refusal::new(format!("{variable}: 현재 폴더에서 시작하는 경로입니다: {program:?}"))
            .hint("PATH에 있는 프로그램 이름이나 /로 시작하는 전체 경로를 적으면 됩니다")
    }

    fn reminder_not_started(&self, program: &str, fault: &io::Error) -> String {
        format!("알림 명령을 시작할 수 없습니다: {program}: {fault}")
    }

    fn no_signals(&self, fault: &io::Error) -> String {
        format!("Ctrl-C 신호를 받을 수 없습니다: {fault}")
    }
}

/// The format of zone names.
const NAME: &str = "Asia/Seoul, America/New_York 같은 IANA 이름을 적어야 합니다";
