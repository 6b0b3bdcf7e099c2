//! Messages about a project, its settings, git, the machine, and asrun itself.

use std::path::Path;

use crate::lang::terminal::{
    Diagnosis, Examined, FileWords, FirstSettings, GitState, Gravity, RecordsState, Refusal,
    SchemaState, SettingsState, SetupWords, UnreadableRecord, WaitingEvents,
};
use crate::model::{NewerZones, ZoneSource};

use super::particles::{called, toward};
use super::{Korean, meant};

impl SetupWords for Korean {
    fn not_spoken(&self, from: &str, typed: &str, spoken: &[&str]) -> Refusal {
        Refusal::new(format!(
            "{from}: terminal_language: 터미널에서 쓸 수 없는 언어입니다: {typed:?}"
        ))
        .hint(format!("쓸 수 있는 언어: {}", spoken.join(", ")))
    }

    fn all_there(&self) -> &'static str {
        "파일이 모두 이미 있어 바꾸지 않았습니다"
    }

    fn made(&self, name: &str) -> String {
        format!("만들었습니다: {name}")
    }

    fn settings_comment(&self) -> &'static str {
        "asrun 설정입니다. 모든 키를 생략할 수 있습니다."
    }

    fn setting_comment(&self, key: &str) -> &'static str {
        match key {
            "timezone" => "새 기록의 시간대, IANA 이름",
            "language" => "새 기록의 언어, 예: ko",
            "records" => "기록을 두는 폴더(이 파일 기준)",
            _ => "새 기록의 작성자",
        }
    }

    fn no_records_folder(&self, typed: &str) -> Refusal {
        Refusal::new(format!(
            "--records: {typed:?}에는 기록을 둘 수 없습니다. 프로젝트 안의 폴더여야 하고, templates나 숨은 폴더는 쓸 수 없습니다"
        ))
        .hint("예: --records docs/postmortems")
    }

    fn records_not_here(&self, path: &Path) -> Refusal {
        Refusal::new(format!(
            "{}: `records`는 모든 프로젝트에 한꺼번에 정할 수 없습니다",
            path.display()
        ))
        .hint("프로젝트의 asrun.yaml에 적으면 됩니다")
    }

    fn first_settings(&self, settings: FirstSettings<'_>) -> String {
        let FirstSettings { timezone, language, author } = settings;
        let [timezone, language, author] =
            [timezone, language, author].map(|value| value.unwrap_or("찾지 못함"));
        format!("asrun.yaml (시간대: {timezone}, 언어: {language}, 작성자: {author})")
    }

    fn clock_in_utc(&self) -> &'static str {
        "이 컴퓨터의 시간대는 UTC입니다. 팀이 다른 시간대에서 일한다면 asrun.yaml의 timezone: 값을 바꾸면 됩니다"
    }

    fn settings_there(&self) -> Refusal {
        Refusal::new("asrun.yaml 파일이 이미 있어 그대로 두었습니다").hint(
            "timezone, language, author 값은 그 파일에서 바꾸면 됩니다. 지금 값을 보려면: asrun config",
        )
    }

    fn what_next(&self) -> &'static str {
        "다음: asrun new \"앱 진입 불가\"                  지금 시작된 장애
      asrun new \"4.0\" --kind release --date YYYY-MM-DD"
    }

    fn no_project_yet(&self, why: &str) -> String {
        format!("{why}. asrun은 그 폴더에 기록마다 파일 하나를 둡니다")
    }

    fn make_it(&self, folder: &Path) -> String {
        format!("{} 폴더에 만들겠습니까? [Y/n] ", folder.display())
    }

    fn whose_clocks(&self) -> &'static str {
        "시간대를 입력하세요(예: Asia/Seoul, 그냥 Enter를 누르면 UTC): "
    }

    fn no_repository(&self) -> Refusal {
        Refusal::new("이 폴더가 git 저장소 안에 있지 않아 git 설정은 쓰지 않았습니다")
            .hint("저장소를 만든 다음(git init) 다시 실행하면 됩니다: asrun init --git")
    }

    fn named_to_git(&self, line: &str) -> String {
        format!("asrun으로 병합하도록 .gitattributes 파일과 git 설정에 적었습니다 ({line})")
    }

    fn attributes(&self, attributes: &str, added: bool) -> String {
        match added {
            true => format!(".gitattributes 파일에 적었습니다: {attributes}"),
            false => format!(".gitattributes 파일에 이미 있습니다: {attributes}"),
        }
    }

    fn driver_name(&self) -> &'static str {
        "asrun 기록을 항목 단위로 병합"
    }

    fn git_says(&self, key: &str, value: &str) -> String {
        format!("git 설정: {key} = {value}")
    }

    fn names_as_they_are(&self) -> &'static str {
        "git에서 한글 이름을 그대로 보려면: git config core.quotePath false"
    }

    fn git_refused(&self, key: &str, why: &str) -> Refusal {
        Refusal::new(format!("git 설정을 바꿀 수 없습니다({key}): {why}"))
            .hint("이 폴더가 git 저장소 안에 있어야 합니다. 저장소를 만들려면: git init")
    }

    fn environment(&self) -> &'static str {
        "환경 변수"
    }

    fn built_in(&self) -> &'static str {
        "기본값"
    }

    fn not_minutes(&self, variable: &str, typed: &str) -> String {
        format!("{variable}: 분 단위의 정수가 아닙니다: {typed:?}")
    }

    fn examined(&self, examined: &Examined) -> Diagnosis {
        diagnosis(examined)
    }

    fn to_mend(&self, mend: &str) -> String {
        format!("해결 방법:  {mend}")
    }

    fn no_completions(&self, shell: &str, known: &[&str]) -> Refusal {
        Refusal::new(format!("{shell:?} 셸의 자동 완성은 없습니다"))
            .hint(format!("쓸 수 있는 셸: {}", known.join(", ")))
    }

    fn completions_failed(&self, why: &str) -> String {
        format!("자동 완성 스크립트를 쓸 수 없습니다: {why}")
    }

    fn wrote_pages(&self, folder: &Path) -> String {
        format!("매뉴얼 페이지를 이 폴더에 썼습니다: {}", folder.display())
    }

    fn page_failed(&self, why: &str) -> String {
        format!("매뉴얼 페이지를 만들 수 없습니다: {why}")
    }

    fn options_of(&self, command: &str) -> String {
        format!("옵션을 보려면: asrun {command} --help")
    }

    fn topics(&self, names: &[&str]) -> String {
        format!("주제: asrun help {}", names.join(", "))
    }

    fn gravity(&self, gravity: Gravity) -> &'static str {
        match gravity {
            Gravity::Error => "오류",
            Gravity::Warning => "경고",
            Gravity::Note => "참고",
        }
    }

    fn nothing_to_explain(&self, typed: &str, near: Option<&str>) -> Refusal {
        let typed = called(&format!("{typed:?}"));
        Refusal::new(format!("{typed} 명령이나 주제는 없습니다")).hint(match near {
            Some(near) => meant(&format!("asrun help {near}")),
            None => "명령과 주제를 모두 보려면: asrun help".to_owned(),
        })
    }
}

fn fine(about: &'static str, is: impl Into<String>) -> Diagnosis {
    Diagnosis { about, is: is.into(), mend: None }
}

fn ill(about: &'static str, is: impl Into<String>, mend: impl Into<String>) -> Diagnosis {
    Diagnosis { about, is: is.into(), mend: Some(mend.into()) }
}

fn diagnosis(examined: &Examined) -> Diagnosis {
    match examined {
        Examined::NoProject(fault) => {
            ill("프로젝트", Korean.store_fault_in_short(fault), "여기에 만들려면: asrun init")
        }
        Examined::Records(state) => of_records(state),
        Examined::Settings(state) => of_settings(state),
        Examined::Schema(state) => of_schema(state),
        Examined::Writing(Ok(())) => fine("저장", "기록을 저장할 수 있습니다"),
        Examined::Writing(Err(fault)) => {
            ill("저장", Korean.store_fault_in_short(fault), "폴더의 소유자나 권한을 바꾸면 됩니다")
        }
        Examined::Leftovers(left) if left.is_empty() => fine("남은 것", "없습니다"),
        Examined::Leftovers(left) => ill(
            "남은 것",
            left.join(", "),
            "저장, 편집, 입력을 하다 강제로 끝나 남은 파일입니다. 내용을 확인하고(입력하던 줄은 asrun live에서 이어집니다) 지우면 됩니다",
        ),
        Examined::Waiting(waiting) => of_waiting(waiting),
        Examined::Refused(files) => {
            let files: Vec<String> = files.iter().map(|it| it.display().to_string()).collect();
            ill(
                "거절됨",
                format!("기록하지 못한 긴 내용: {}", files.join(", ")),
                "내용을 확인하고 지우면 됩니다",
            )
        }
        Examined::Locks => fine("잠금", "시스템이 걸고 풀어 주므로 남는 일이 없습니다"),
        Examined::Cache => fine("캐시", "쓰지 않으므로 오래된 내용이 나올 일이 없습니다"),
        Examined::Git(state) => of_git(state),
        Examined::Zones(source) => fine("시간대", of_zones(source)),
        Examined::Editor(editor) => fine("편집기", editor),
        Examined::NoEditor(program) => ill(
            "편집기",
            format!("{program} 프로그램이 없습니다"),
            "있는 편집기를 VISUAL이나 EDITOR 환경 변수에 적으면 됩니다",
        ),
        Examined::Terminal(columns) => fine("터미널", columns_words(*columns)),
        Examined::NoUnicode(columns, locale) => {
            let locale = locale.as_deref().unwrap_or("정해지지 않음");
            ill(
                "터미널",
                format!("{}, 로캘: {locale}", columns_words(*columns)),
                "LANG 환경 변수에 ko_KR.UTF-8이나 C.UTF-8 같은 UTF-8 로캘을 적으면 됩니다",
            )
        }
    }
}

fn of_zones(ZoneSource { built_in, newer }: &ZoneSource) -> String {
    let Some(NewerZones { folder, version, lacking }) = newer else {
        return format!("tzdb {built_in} (내장)");
    };
    let lacking = match lacking {
        0 => String::new(),
        zones => format!(", 읽을 수 없는 시간대 {zones}개는 내장된 것을 씁니다"),
    };
    format!("tzdb {version} ({}, 내장된 {built_in}보다 최신{lacking})", folder.display())
}

fn of_records(state: &RecordsState) -> Diagnosis {
    let about = "기록";
    match state {
        RecordsState::Unlisted(fault) => {
            ill(about, Korean.store_fault_in_short(fault), "폴더를 만들려면: asrun init")
        }
        RecordsState::Misnamed(files) => ill(
            about,
            format!("파일 {files}개의 이름이 UTF-8이 아닙니다"),
            "이름을 바꾸면 됩니다. 어느 파일인지 보려면: asrun list",
        ),
        RecordsState::LeftBehind(records, left, folder) => ill(
            about,
            format!("{folder}/에 {records}건, 그리고 읽지 않는 incidents/에 {left}건"),
            format!(
                "asrun.yaml에 {} 되어 있습니다. incidents/의 기록을 그리로 옮기거나 지우면 됩니다",
                toward(&format!("records: {folder}"))
            ),
        ),
        RecordsState::Unreadable(records, unreadable) => of_unreadable(*records, unreadable),
        RecordsState::WithCopies(records, copies) => ill(
            about,
            format!("{records}건, 그리고 동기화 충돌로 생긴 사본 {copies}개"),
            "사본에 이벤트가 있는지 보고 지우면 됩니다. 어느 파일인지 보려면: asrun list",
        ),
        RecordsState::Fine(records, folder) => {
            fine(about, format!("{} 폴더에 {records}건", folder.display()))
        }
    }
}

/// Returns the commands that recover these records.
fn recover_each(ids: &[&str]) -> String {
    ids.iter().map(|id| format!("asrun recover {id}")).collect::<Vec<_>>().join(", ")
}

fn of_waiting(waiting: &[WaitingEvents]) -> Diagnosis {
    let events: usize = waiting.iter().map(|one| one.count).sum();
    let ids: Vec<&str> = waiting.iter().map(|one| one.id.as_str()).collect();
    let gone: Vec<&str> = waiting.iter().filter_map(|one| one.gone.as_deref()).collect();
    let first = match gone.is_empty() {
        true => String::new(),
        false => format!("먼저 {} 파일을 되찾고, ", gone.join(", ")),
    };
    ill(
        "대기",
        format!("기록에 아직 넣지 못한 이벤트 {events}건이 .asrun/에 있습니다: {}", ids.join(", ")),
        format!("{first}기록에 넣으려면: {}", recover_each(&ids)),
    )
}

fn of_unreadable(records: usize, unreadable: &[UnreadableRecord]) -> Diagnosis {
    let why: Vec<&str> = unreadable.iter().map(|record| record.why.as_str()).collect();
    let in_conflict = unreadable.iter().filter(|record| record.in_conflict);
    let in_conflict: Vec<&str> = in_conflict.map(|record| record.id.as_str()).collect();
    let mend = match in_conflict.len() == unreadable.len() {
        true => format!("충돌을 병합하려면: {}", recover_each(&in_conflict)),
        false => "문제가 있는 줄을 모두 보려면: asrun check".to_owned(),
    };
    ill(
        "기록",
        format!("{records}건 중 {}건을 읽을 수 없습니다: {}", unreadable.len(), why.join("; ")),
        mend,
    )
}

fn of_settings(state: &SettingsState) -> Diagnosis {
    let about = "설정";
    match state {
        SettingsState::Faulty(why) => ill(
            about,
            why,
            "asrun.yaml 파일을 고치면 됩니다. 그때까지 log 명령은 설정 없이 동작합니다",
        ),
        SettingsState::NoZone => ill(
            about,
            "시간대가 없고, 이 컴퓨터의 시간대도 알 수 없습니다",
            "asrun.yaml 파일에 시간대를 적으면 됩니다: timezone: Asia/Seoul",
        ),
        SettingsState::In(zone) => fine(about, format!("새 기록의 시간대는 {zone}입니다")),
    }
}

fn of_schema(state: &SchemaState) -> Diagnosis {
    const FILE: &str = "asrun.schema.json";
    let about = "스키마";
    let make = format!("asrun schema -o {FILE}");
    match state {
        SchemaState::Missing => fine(about, format!("{FILE} 파일이 없습니다. 만들려면: {make}")),
        SchemaState::Own => {
            fine(about, format!("편집기가 {FILE} 파일로 기록을 완성하고 검사합니다"))
        }
        SchemaState::Other => ill(
            about,
            format!("{FILE} 파일이 다른 버전 asrun의 것입니다"),
            format!("다시 만들려면: {make} --force"),
        ),
    }
}

fn of_git(state: &GitState) -> Diagnosis {
    let about = "git";
    match state {
        GitState::NoRepository => ill(
            about,
            "기록이 git 저장소 안에 있지 않습니다",
            "기록을 보존하고 함께 쓰려면: git init",
        ),
        GitState::ByEntries => fine(about, "기록을 항목 단위로 병합합니다"),
        GitState::Untaught(attributes) => ill(
            about,
            format!(
                ".gitattributes 파일에는 {attributes} 설정이 있지만 이 저장소 사본에는 병합 방법이 없습니다"
            ),
            "저장소 사본마다 한 번씩 실행하면 됩니다: asrun init --git",
        ),
        GitState::OtherDriver => ill(
            about,
            "이 저장소 사본의 병합 설정이 이 asrun이 쓰는 것과 다릅니다",
            "다시 쓰려면: asrun init --git",
        ),
        GitState::DriverFails(complaint) => {
            let why = complaint.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
            ill(
                about,
                format!("git이 기록을 병합할 asrun을 찾지 못합니다{why}. 줄 단위 충돌이 됩니다"),
                "git이 보는 PATH에 asrun을 두고 실행하면 됩니다: asrun init --git",
            )
        }
        GitState::ByLines => {
            fine(about, "기록을 줄 단위로 병합합니다. 항목 단위로 병합하려면: asrun init --git")
        }
    }
}

fn columns_words(columns: Option<u16>) -> String {
    columns.map_or("터미널이 아닙니다".to_owned(), |columns| format!("너비 {columns}칸"))
}
