//! Messages about imported documents.

use crate::fault::{
    ArchiveFault, DayFrom, DoubtCode, ExportFault, ImportFault, PictureFault, WhyLeft, ZoneFrom,
};
use crate::lang::terminal::{ImportCounts, ImportHeads, ImportWords, Refusal};
use crate::model::Day;
use crate::yaml::Encoding;

use super::Korean;
use super::particles::{and, subject, topic, toward};
use super::times::weekday;

impl ImportWords for Korean {
    fn import_doubt(&self, code: DoubtCode, found: &str, taken: &str) -> String {
        doubt(code, found, taken)
    }

    fn day_from(&self, from: DayFrom) -> &'static str {
        match from {
            DayFrom::Entry => "항목",
            DayFrom::Line => "윗줄",
            DayFrom::Heading => "제목줄",
            DayFrom::Sentence => "문장",
            DayFrom::Previous => "앞 항목",
            DayFrom::Midnight => "자정",
            DayFrom::NextDay => "다음 날",
            DayFrom::Field => "필드",
            DayFrom::Title => "문서 제목",
            DayFrom::Prose => "본문",
            DayFrom::FrontMatter => "머리말(front matter)",
            DayFrom::FileName => "파일 이름",
            DayFrom::Option => "--date 옵션",
        }
    }

    fn zone_from(&self, from: ZoneFrom) -> &'static str {
        match from {
            ZoneFrom::Entry => "항목",
            ZoneFrom::Column => "열",
            ZoneFrom::Heading => "제목줄",
            ZoneFrom::Sentence => "문장",
            ZoneFrom::Field => "필드",
            ZoneFrom::FirstEntry => "첫 항목",
            ZoneFrom::FrontMatter => "머리말(front matter)",
            ZoneFrom::Title => "문서 제목",
            ZoneFrom::Option => "--zone 옵션",
        }
    }

    fn picture_fault(&self, fault: PictureFault) -> &'static str {
        match fault {
            PictureFault::NotThere => "문서 옆에 없는 파일",
            PictureFault::NoFolder => "파일에서 읽지 않은 문서",
            PictureFault::Outside => "숨긴 파일이거나 문서의 폴더 밖",
            PictureFault::Link => "링크",
            PictureFault::TooLarge => "50 MiB보다 큰 파일",
            PictureFault::NoPicture => "알려진 종류의 그림이 아님",
            PictureFault::TooMany => "한 문서에 그림이 너무 많음",
        }
    }

    fn why_left(&self, why: WhyLeft) -> &'static str {
        match why {
            WhyLeft::Prose => "본문",
            WhyLeft::Code => "코드",
            WhyLeft::Template => "채우지 않음",
            WhyLeft::NotTaken => "가져오지 않음",
            WhyLeft::Page => "페이지의 일부",
            WhyLeft::Noise => "채널 알림",
            WhyLeft::Bot => "프로그램이 쓴 글",
            WhyLeft::Draft => "공개 전",
            WhyLeft::Merge => "병합 커밋",
            WhyLeft::TakenBack => "쓴 사람이 지움",
            WhyLeft::NoTime => "읽을 수 있는 시각 없음",
            WhyLeft::NoText => "내용 없음",
            WhyLeft::NotJson => "JSON이 아님",
            WhyLeft::Quoted => "다른 메일을 인용함",
            WhyLeft::NotAsked => "요청하지 않음",
            WhyLeft::Repeated => "이미 나옴",
        }
    }

    fn import_heads(&self) -> &'static ImportHeads {
        &HEADS
    }

    fn import_fate(&self, fate: &str) -> &'static str {
        match fate {
            "same" => "이미 있음",
            "changed" => "다름",
            "updated" => "고침",
            "conflict" => "기록에서도 고침",
            "left out" => "전에 뺌",
            _ => "추가",
        }
    }

    fn import_head(&self, from: &str, counts: ImportCounts, record: &str, is_new: bool) -> String {
        let new = if is_new { " (새 기록)" } else { "" };
        format!("{from}: {} → {record}{new}", amounts(counts))
    }

    fn lines_left_out(&self, count: usize) -> String {
        format!("기록에 넣지 않은 줄 {count}개. 목록은 --format json")
    }

    fn import_doubts(&self, from: &str, count: usize, codes: &str) -> String {
        format!("{from}: 확인할 점 {count}개 ({codes}). 내용을 보려면 --dry-run")
    }

    fn write_it(&self) -> &'static str {
        "기록할까요? [y/N, 먼저 고치려면 e] "
    }

    fn import_edited(&self, record: &str) -> String {
        format!(
            "고친 대로 저장했습니다: {record}. asrun undo는 고친 것을 먼저, 그다음 가져온 것을 되돌립니다"
        )
    }

    fn import_not_mended(&self, from: &str, copy: &str) -> Refusal {
        Refusal::new(format!("{from}: 가져오지 않았습니다. 적은 내용은 {copy} 파일에 보관했습니다"))
            .hint(
                "먼저 가져온 다음 적은 내용을 그 파일에서 옮기면 됩니다. 기록을 열려면: asrun edit",
            )
    }

    fn written_with_yes(&self) -> &'static str {
        "아무것도 쓰지 않았습니다. 쓰려면 --yes"
    }

    fn imported(&self, from: &str, counts: ImportCounts, record: &str) -> String {
        format!("{from} 가져옴: {} → {record}", amounts(counts))
    }

    fn nothing_new(&self, from: &str, record: &str) -> String {
        format!("{record}에 {from} 내용이 모두 있습니다. 아무것도 쓰지 않았습니다")
    }

    fn no_new_part(&self, from: &str, record: &str) -> String {
        format!("{record}에 {from}의 해당 부분이 모두 있습니다. 아무것도 쓰지 않았습니다")
    }

    fn entries_differ(&self, from: &str, count: usize, record: &str) -> String {
        format!(
            "{record}에 {from}의 내용과 다른 항목이 {count}건 있습니다. 문서에서 고친 대로 바꾸려면 --update"
        )
    }

    fn imported_without_kind(&self, record: &str) -> String {
        format!(
            "문서에 종류가 없어 {record} 기록은 출시의 통계와 예측에 들어가지 않습니다. 출시라면: \
             asrun set kind release -r {record}, asrun set version VERSION -r {record}"
        )
    }

    fn entries_conflict(&self, sources: &[String], record: &str) -> Refusal {
        let sources = sources.join(", ");
        Refusal::new(format!("{sources}: 기록에서도 고쳤을 수 있어 그대로 두었습니다")).hint(
            format!("확인: asrun show {record} --sources, 고치기: asrun amend 번호 -r {record} 또는 asrun edit {record}"),
        )
    }

    fn read_from(&self, from: &str, on: Option<&str>) -> String {
        let on = on.map_or(String::new(), |on| format!("({on})"));
        format!("{from}에서 가져옴{on}")
    }

    fn typed_here(&self) -> &'static str {
        "직접 입력"
    }

    fn sources_without_table(&self) -> Refusal {
        Refusal::new("--sources는 표와 JSON에만 쓸 수 있습니다")
            .hint("--format을 빼거나, 출처가 모두 들어 있는 --format json을 쓰세요")
    }

    fn import_question(&self, code: DoubtCode, found: &str) -> String {
        match code {
            DoubtCode::NoZone => format!(
                "{} 어느 시간대인지 문서에 없습니다. 시간대는? (예: UTC, Asia/Seoul) ",
                subject(found)
            ),
            DoubtCode::NoDate => {
                format!("{} 며칠인지 문서에 없습니다. 날짜는? (예: 2024-09-07) ", subject(found))
            }
            _ => format!("{} 일이 먼저입니까, 월이 먼저입니까? [d/m] ", topic(found)),
        }
    }

    fn import_refused(&self, from: &str, why: &str) -> String {
        let why = if why.starts_with(from) { why.to_owned() } else { format!("{from}: {why}") };
        format!("가져오지 않음: {why}")
    }

    fn import_totals(&self, read: usize, refused: usize) -> String {
        format!("읽음 {read}개, 거절 {refused}개")
    }
}

const HEADS: ImportHeads = ImportHeads {
    line: "줄",
    printed: "원문",
    read_as: "읽은 시각",
    day_from: "날짜 출처",
    zone_from: "시간대 출처",
    text: "내용",
    fate: "기록에",
    doubts: "확인할 점",
    left_out: "가져오지 않음",
    plan: "계획",
    actions: "후속 조치",
    pictures: "그림",
};

/// Returns how much was imported.
fn amounts(counts: ImportCounts) -> String {
    let ImportCounts { events, steps, actions, same, changed, updated, conflicts, left_out } =
        counts;
    let mut parts = vec![format!("이벤트 {events}건"), format!("단계 {steps}개")];
    for (count, what) in [
        (actions, "후속 조치"),
        (same, "이미 있음"),
        (changed, "그새 바뀜"),
        (updated, "고침"),
        (conflicts, "양쪽에서 고침"),
        (left_out, "전에 뺌"),
    ] {
        if count > 0 {
            parts.push(format!("{what} {count}건"));
        }
    }
    parts.join(", ")
}

/// Returns the weekday of a day that is written.
fn weekday_of(day: &str) -> &str {
    Day::parse(day).map_or(day, |day| weekday(day.weekday()))
}

/// Returns the wording of a doubt.
fn doubt(code: DoubtCode, found: &str, taken: &str) -> String {
    match code {
        DoubtCode::NoZone => {
            format!("{found}: 어느 시간대인지 없습니다. --zone Asia/Seoul처럼 지정")
        }
        DoubtCode::NoDate => format!("{found}: 며칠인지 없습니다. --date 2024-09-07처럼 지정"),
        DoubtCode::YearInherited => format!("{found}: 연도를 {taken}에서 가져왔습니다"),
        DoubtCode::DayMonthOrder => {
            format!("{found}: 두 날짜로 읽힙니다. --day-first 또는 --month-first")
        }
        DoubtCode::DateFromTitle => {
            format!("항목에 날짜가 없어 제목의 {} 읽었습니다", toward(taken))
        }
        DoubtCode::DateFromProse => {
            format!("항목에 날짜가 없어 본문의 {} 읽었습니다", toward(taken))
        }
        DoubtCode::DateFromFrontMatter => {
            format!("항목에 날짜가 없어 front matter의 {} 읽었습니다", toward(taken))
        }
        DoubtCode::DateFromFileName => {
            format!("항목에 날짜가 없어 파일 이름의 {} 읽었습니다", toward(taken))
        }
        DoubtCode::MidnightAssumed => format!("{taken} 다음의 {found}: 다음 날로 읽었습니다"),
        DoubtCode::StepBack => format!("{found}: 더 늦은 {taken} 뒤에 있습니다"),
        DoubtCode::DateJump => format!("{found}: 앞뒤 항목과 멉니다: {taken}"),
        DoubtCode::NewestFirst => "최근 것부터 적힌 목록이라 아래에서 위로 읽었습니다".to_owned(),
        DoubtCode::ImpossibleTwelveHour => {
            format!("{found}: 12시간제에 없는 시각이라 {} 읽었습니다", toward(taken))
        }
        DoubtCode::ZoneOutOfSeason => {
            format!("{found}: 그때 그곳 시계는 {taken}. 원문의 오프셋을 그대로 두었습니다")
        }
        DoubtCode::ZoneDiffers => format!("{found}: {taken}도 함께 나옵니다"),
        DoubtCode::SecondZoneDiffers => format!("{found}: {} 다른 시각입니다", and(taken)),
        DoubtCode::WrongWeekday => format!("{found}: 그날은 {}요일입니다", weekday_of(taken)),
        DoubtCode::DottedTime => format!("{found}: {} 읽었습니다", toward(taken)),
        DoubtCode::NoSuchDay => format!("{found}: 없는 날짜입니다"),
        DoubtCode::TemplateRow => format!("{found:?}: 채우지 않은 줄입니다"),
        DoubtCode::RestInTimeCell => format!("시각 옆에 다른 글이 있습니다: {found}"),
        DoubtCode::TimeNotUnderstood => format!("{found:?}: 읽을 수 있는 시각이 아닙니다"),
        DoubtCode::DurationDiffers
        | DoubtCode::MilestoneDiffers
        | DoubtCode::DoneWithoutDay
        | DoubtCode::SeveralIncidents
        | DoubtCode::Edited
        | DoubtCode::Deleted
        | DoubtCode::MorePages
        | DoubtCode::StillFiring
        | DoubtCode::FileNotInExport
        | DoubtCode::Repeats
        | DoubtCode::AuthorDateDiffers
        | DoubtCode::OpenEnd
        | DoubtCode::MilestoneDayOnly
        | DoubtCode::TagWithoutDate
        | DoubtCode::DateInherited
        | DoubtCode::SeparatorGuessed => doubt_beside_times(code, found, taken),
    }
}

/// Returns the wording of a doubt that is not about a time.
fn doubt_beside_times(code: DoubtCode, found: &str, taken: &str) -> String {
    match code {
        DoubtCode::DurationDiffers => {
            format!("{found}: 맞는 두 항목이 없습니다. 항목으로 계산하면 {taken}")
        }
        DoubtCode::MilestoneDiffers => match taken {
            "" => format!("{found:?}: 그 시각의 이벤트가 없습니다"),
            taken => format!("{found:?}: 이를 적은 이벤트의 시각은 {taken}입니다"),
        },
        DoubtCode::DoneWithoutDay => format!("{found:?}: 끝났지만 언제인지 없습니다"),
        DoubtCode::SeveralIncidents => {
            format!(
                "사건 {found}건이 있어 기록을 따로 만듭니다. 사건 밖의 내용은 첫 기록에 넣습니다. 하나로 하려면: --one"
            )
        }
        DoubtCode::Edited => format!("{found:?}: 원본에서 고친 항목입니다"),
        DoubtCode::Deleted => format!("{found:?}: 원본에서 지운 항목입니다"),
        DoubtCode::MorePages => format!("내보내기에 다음 쪽이 더 있습니다: {found}"),
        DoubtCode::StillFiring => format!("{found}: 내보낼 때 아직 끝나지 않았습니다"),
        DoubtCode::FileNotInExport if taken.is_empty() => {
            format!("{found}: 이름만 있고 파일이 없습니다")
        }
        DoubtCode::FileNotInExport => format!("{found}: 첨부하지 않았습니다({taken})"),
        DoubtCode::Repeats => format!("{found}: 되풀이되지만({taken}) 한 번만 넣었습니다"),
        DoubtCode::AuthorDateDiffers => format!("{found}: 작성 시각은 {taken}입니다"),
        DoubtCode::OpenEnd => format!("{found}: 시작만 있고 끝이 없습니다"),
        DoubtCode::MilestoneDayOnly => {
            format!("{found}: 기한은 날짜뿐입니다. 내보낸 시각은 누가 정한 것이 아닙니다")
        }
        DoubtCode::TagWithoutDate => {
            format!("{found}: 태그에 날짜가 없어 커밋 시각으로 읽었습니다")
        }
        DoubtCode::DateInherited => {
            format!("{found}: 날짜가 없어 {} 읽었습니다", toward(taken))
        }
        DoubtCode::SeparatorGuessed => {
            format!("{found}: 첫 줄을 보고 칸을 나누는 글자로 읽었습니다")
        }
        _ => String::new(),
    }
}

/// Returns why a document was not imported.
pub(super) fn import_failure(fault: &ImportFault) -> Refusal {
    match fault {
        ImportFault::NotText { name, byte, encoding } => {
            Refusal::new(format!("{name}: 알 수 없는 인코딩입니다({byte}바이트 위치)")).hint(
                match encoding.and_then(Encoding::name) {
                    Some(known) => {
                        format!("{known} 같습니다: --encoding {}", known.to_lowercase())
                    }
                    None => "인코딩을 지정하세요(예: --encoding cp949). 아니면 UTF-8로 저장하세요"
                        .to_owned(),
                },
            )
        }
        ImportFault::Nothing { name, fence } => {
            let refusal = Refusal::new(format!("{name}에서 이벤트나 단계로 읽을 것이 없습니다"));
            match fence {
                Some(number) => refusal
                    .hint(format!("{number}번째 코드 블록의 시각을 읽으려면: --fence {number}")),
                None => refusal
                    .hint("항목은 시각으로 시작합니다. 종류를 지정하려면: asrun import KIND FILE"),
            }
        }
        ImportFault::NoFence { name, wanted, found } => {
            let refusal = Refusal::new(format!(
                "{name}: {wanted}번째 코드 블록이 없습니다. 코드 블록은 모두 {found}개입니다"
            ));
            refusal.hint("--fence를 빼거나 코드 블록의 번호를 지정하세요")
        }
        ImportFault::NoKind { name, known } => Refusal::new(format!(
            "{name}: 이름만으로는 무엇인지 알 수 없습니다"
        ))
        .hint(format!("종류를 지정하세요: asrun import KIND FILE. KIND: {}", known.join(", "))),
        ImportFault::Structure { name, line, column, expected } => Refusal::new(format!(
            "{name}:{line}:{column}: 형식이 다릅니다. 있어야 할 것: {expected}"
        )),
        ImportFault::Export(fault) => export_failure(fault),
        ImportFault::SeveralRecords { count } => {
            Refusal::new(format!("문서에 사건이 {count}건 있어 id를 하나로 할 수 없습니다"))
                .hint("--id와 --record를 빼고 실행하세요")
        }
        ImportFault::Unanswered { name, asks } => {
            let refusal =
                Refusal::new(format!("{name}: 문서에 빠진 것이 있어 가져오지 않았습니다"));
            asks.iter().fold(refusal, |refusal, code| refusal.hint(way_out(*code)))
        }
    }
}

/// Returns the option that answers the question.
fn way_out(code: DoubtCode) -> &'static str {
    match code {
        DoubtCode::NoZone => "시각의 시간대: --zone Asia/Seoul처럼 지정",
        DoubtCode::NoDate => "날짜: --date 2024-09-07처럼 지정",
        _ => "7/5/2023 같은 날짜에서 일이 먼저면 --day-first, 월이 먼저면 --month-first",
    }
}

/// Returns why an export or a log was not read.
fn export_failure(fault: &ExportFault) -> Refusal {
    match fault {
        ExportFault::Json { name, line, column, says } => {
            Refusal::new(format!("{name}:{line}:{column}: JSON이 아닙니다({says})"))
                .hint("다시 내보내서 파일 전체를 넘기세요")
        }
        ExportFault::TooDeep { name, line, column, limit } => {
            Refusal::new(format!("{name}:{line}:{column}: {limit}단계보다 깊습니다"))
        }
        ExportFault::EncodedWords { name, line, found, limit } => Refusal::new(format!(
            "{name}:{line}: 이 메일에 인코딩된 단어(`=?`)가 {found}개 있습니다. {limit}개까지 읽습니다"
        ))
        .hint("그 메일을 파일에서 빼고 다시 하세요. 아무것도 쓰지 않았습니다"),
        ExportFault::Archive { name, why } => {
            Refusal::new(format!("{name}: 열지 않았고 아무것도 쓰지 않았습니다. {}", archive(why)))
                .hint("다시 내보내거나, 믿을 수 있는 것만 풀어 폴더로 넘기세요")
        }
        ExportFault::Flood { name, found, limit } => Refusal::new(format!(
            "{name}: 항목이 {found}개입니다. 한 자료에서 {limit}개까지 기록합니다"
        ))
        .hint("필요한 것만 고르세요: --match level=error, 또는 --since와 --until"),
        ExportFault::WhichChannel { wanted: None, known } => {
            Refusal::new("채널이 여러 개입니다. 기록 하나에는 채널 하나를 넣습니다")
                .hint(format!("채널을 지정하세요: --channel {}", known.join(", --channel ")))
        }
        ExportFault::WhichChannel { wanted: Some(wanted), known } => {
            Refusal::new(format!("{wanted:?} 채널이 없습니다"))
                .hint(format!("있는 채널: {}", known.join(", ")))
        }
        ExportFault::NoFile { kind } => Refusal::new(format!("{kind} 파일을 지정하지 않았습니다"))
            .hint(format!("asrun import {kind} FILE. `-`는 표준 입력입니다")),
        ExportFault::Git { says } => Refusal::new(format!("git에서 읽을 수 없습니다: {says}")),
        ExportFault::Encoding { name } => {
            Refusal::new(format!("--encoding: {name:?} 인코딩은 읽을 수 없습니다"))
                .hint("예: utf-8, utf-16le, cp949, shift_jis, windows-1252")
        }
        ExportFault::NoColumns { name, found } => Refusal::new(format!(
            "{name}: 시각이 있는 열을 찾을 수 없습니다. 첫 줄: {}",
            found.join(" | ")
        ))
        .hint("첫 줄에 열 이름을 적으세요: 단계, 담당, 예정 시각, 예정 종료, 실제 시각, 실제 종료")
        .hint("아니면 열을 지정하세요: --at 시각 --text 내용 --by 담당"),
        ExportFault::FolderTooLarge { name, files, depth } => Refusal::new(format!(
            "{name}: 파일이 {files}개보다 많거나 폴더가 {depth}단계보다 깊습니다"
        ))
        .hint("내보낸 자료의 폴더를 지정하세요"),
    }
}

/// Returns why an archive cannot be opened.
fn archive(why: &ArchiveFault) -> String {
    match why {
        ArchiveFault::Broken(says) => format!("온전한 zip 파일이 아닙니다({says})"),
        ArchiveFault::BrokenFile { file, says } => {
            format!("{file:?} 파일을 풀 수 없습니다({says})")
        }
        ArchiveFault::TooMany { found, limit } => {
            format!("파일이 {found}개입니다. {limit}개까지 읽습니다")
        }
        ArchiveFault::OddName(name) => {
            format!("{name:?} 이름은 밖을 가리키거나 정체를 숨깁니다")
        }
        ArchiveFault::Link(name) => format!("{name:?} 파일은 링크입니다"),
        ArchiveFault::Encrypted(name) => format!("{name:?} 파일에 암호가 걸려 있습니다"),
        ArchiveFault::Twice => "두 파일의 이름이나 자리가 같습니다".to_owned(),
        ArchiveFault::TooLarge { file, limit, all } => {
            format!(
                "{file:?}까지 너무 큽니다. 파일 하나는 {limit}바이트, 전체는 {all}바이트까지 읽습니다"
            )
        }
        ArchiveFault::Bomb { file, limit } => {
            format!("{file:?} 파일은 압축을 풀면 {limit}배가 넘습니다")
        }
        ArchiveFault::Larger(file) => {
            format!("{file:?} 파일의 크기가 목록에 적힌 것과 다릅니다")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weekday_of_a_day_is_shown() {
        let told = doubt(DoubtCode::WrongWeekday, "Sun", "2025-03-08");
        assert_eq!(told, "Sun: 그날은 토요일입니다");
    }
}
