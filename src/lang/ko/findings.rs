//! Findings of checks.

use crate::fault::{
    ChangeFinding, DayFinding, FileFinding, FindingKind, HeldIn, LeakKind, RuleId, StepFinding,
    StoreFault, WordFinding,
};
use crate::lang::keeper::Keeper;
use crate::lang::terminal::{FileWords, FindingWords, ProblemText};
use crate::lang::told::{public_event, told_of};
use crate::model::{DayOff, EventType, Moment, Precision};

use super::particles::{topic, toward};
use super::{Korean, READING, amount, meant};

/// The way out for a secret in a record.
const SECRET_HELP: &str = "값을 바꾸거나 폐기한 뒤 지우려면: asrun forget --secrets. 비밀 값이 아니라면: # asrun: ignore secret";

/// What is said of a command whose end is not recorded.
const NO_END: &str =
    "명령이 끝난 기록이 없습니다. 아직 실행 중이거나 asrun이 강제로 종료되었습니다";

fn stated_duration(place: &str, stated: &str, given: i64) -> String {
    format!("{place}: 글에는 \"{stated}\", 이벤트로는 {}입니다", amount(given, Precision::Minute))
}

fn public_status(shown: &EventType, known: &EventType) -> String {
    let (shown, known) = (shown.word(), known.word());
    format!("이 `{known}` 이벤트는 내부용이라 공개 문서의 상태는 아직 `{shown}`입니다")
}

/// Returns the way to an entry that is not in the record.
fn held_help(held: &HeldIn, record: &str) -> String {
    match held {
        HeldIn::Commit(_) => format!(
            "여기에 있어야 한다면: asrun recover {record} --all. 아니라면: asrun recover {record} --forget"
        ),
        HeldIn::Merge => format!(
            "여기에 있어야 한다면: asrun recover {record} --all. 아니라면: asrun recover {record}"
        ),
        HeldIn::Record(_) | HeldIn::Opened(_) => format!(
            "잃은 것은 없습니다. 여기에도 있어야 한다면: asrun recover {record} --all. 아니라면: asrun recover {record} --forget"
        ),
        HeldIn::Ref(_) => {
            format!("잃은 것은 없습니다. 여기에도 적으려면: asrun recover {record} --all")
        }
    }
}

/// Returns the text about an event that a commit made public again, and the ways out.
fn opened_by_commit(entry: &str, record: &str) -> (String, String) {
    (
        format!("다시 공개됨: {entry} (여기에서 내부용으로 바꾸었으나 커밋이 되돌렸습니다)"),
        format!(
            "예전 사본 때문이라면: asrun recover {record} --all, 의도한 것이라면: asrun recover \
                     {record} --forget"
        ),
    )
}

/// Returns that two records have so many events in common.
fn record_back(record: &str, into: Option<&str>) -> (String, String) {
    let confirmed = format!("여기 있는 것이 맞다면: asrun recover {record} --forget");
    match into {
        None => (
            format!("지운 {record} 기록이 다시 있습니다. 편집기가 옛 사본을 저장했을 수 있습니다"),
            format!("다시 지우려면: asrun delete {record}, {confirmed}"),
        ),
        Some(into) => (
            format!(
                "{into} 기록으로 이름을 바꾸거나 합친 {record} 기록이 다시 있습니다. 편집기가 옛 사본을 저장했을 수 있습니다"
            ),
            format!("하나로 합치려면: asrun merge {into} {record}, {confirmed}"),
        ),
    }
}

fn twin(record: &str, other: &str, shared: usize) -> (String, String) {
    (
        match shared {
            1 => format!("{other} 기록과 제목과 이벤트가 같습니다"),
            shared => format!("{other} 기록에도 같은 이벤트 {shared}건이 있습니다"),
        },
        format!("둘이 한 기록이라면: asrun merge {other} {record}"),
    )
}

/// Returns that a record is elsewhere, whole, or that a commit removed it, and the way out.
fn held_record(path: &str, held: &HeldIn) -> (String, String) {
    if let HeldIn::Commit(commit) = held {
        return (
            format!(
                "{path} 파일을 커밋 {commit}에서 지웠고, 그 항목을 모두 가진 다른 기록이 없습니다"
            ),
            format!("여기에 있어야 한다면: git checkout {commit}^ -- {path}"),
        );
    }
    let held = held_in(held);
    (
        format!("{path} 파일이 여기에 없지만 asrun으로 기록한 항목은 모두 남아 있습니다 ({held})"),
        "잃은 것은 없습니다".to_owned(),
    )
}

/// Returns where an entry is that is not in the record.
pub(super) fn held_in(held: &HeldIn) -> String {
    match held {
        HeldIn::Ref(name) => format!("있는 곳: {name}"),
        HeldIn::Commit(commit) => format!("지우거나 고쳐 쓴 커밋: {commit}"),
        HeldIn::Record(record) => format!("있는 기록: {record}"),
        HeldIn::Opened(record) => format!(
            "있는 기록: {record}, 여기서 내부용이던 것이 그 기록에서는 공개입니다: asrun show {record}"
        ),
        HeldIn::Merge => "진행 중인 병합에서 빠진 것입니다".to_owned(),
    }
}

impl FindingWords for Korean {
    fn finding(&self, finding: &FindingKind) -> String {
        match finding {
            FindingKind::EndBeforeStart { at, until } => {
                format!("시작({})보다 먼저 끝납니다({})", at.written(), until.written())
            }
            FindingKind::MilestoneOrder { first: (first, first_at), second: (second, at) } => {
                let (second, first) = (second.word(), first.word());
                let (at, first_at) = (at.written(), first_at.written());
                format!("`{second}`({at}) 이벤트가 `{first}`({first_at}) 이벤트보다 앞섭니다")
            }
            FindingKind::Change(finding) => change_finding(finding),
            FindingKind::TimeJump { at, days } => {
                format!("다른 모든 시각과 {days}일 떨어져 있습니다: {}", at.written())
            }
            FindingKind::OutOfOrder { at, above } => {
                format!(
                    "{} 이벤트가 더 나중인 {} 이벤트 아래에 있습니다",
                    at.written(),
                    above.written()
                )
            }
            FindingKind::NotResolved { days } => {
                format!("마지막 이벤트 뒤로 {days}일이 지났는데 `resolved` 이벤트가 없습니다")
            }
            FindingKind::CommandRunning => NO_END.to_owned(),
            FindingKind::PublicStatus { shown, known, .. } => public_status(shown, known),
            FindingKind::StatedDuration { place, stated, given } => {
                stated_duration(place, stated, *given)
            }
            FindingKind::OffsetMismatch { at, zone, instant, .. } => {
                let (at, offset) = (at.written(), instant.clock(None).zone);
                format!("{at}: 그때 {zone}의 UTC 오프셋은 {offset}입니다")
            }
            FindingKind::Day(finding) => day_finding(finding),
            FindingKind::Step(finding) => step_finding(finding),
            FindingKind::Word(finding) => word_finding(finding),
            FindingKind::DuplicateEvent { event, at } => {
                let at = at.map_or_else(String::new, |at| format!("{} ", at.written()));
                format!("{at}{event:?} 이벤트가 두 번 있습니다")
            }
            FindingKind::UnknownKey { key, .. } => {
                format!("`{key}` 키는 asrun이 모르는 키라 그대로 둡니다")
            }
            FindingKind::Secret { excerpt } => format!("비밀 값으로 보입니다: {excerpt}"),
            FindingKind::PrivateText { place, kind, excerpt } => self.leak(place, *kind, excerpt),
            FindingKind::NamedPerson { place, name, role } => named(place, name, role.as_deref()),
            FindingKind::ActionWithoutOwner { action } => {
                format!("{action:?} 조치에 담당이 없습니다")
            }
            FindingKind::ActionWithoutDue { action } => {
                format!("{action:?} 조치에 기한이 없습니다")
            }
            FindingKind::MissingFile { file } => format!("첨부한 {file:?} 파일이 없습니다"),
            FindingKind::MissingPicture { file } => format!("글에 넣은 {file:?} 그림이 없습니다"),
            FindingKind::UnusedFile { file } => {
                format!("기록의 폴더에 있는 {file:?} 파일을 아무 데서도 쓰지 않습니다")
            }
            FindingKind::ImageWithoutAlt { file } => {
                format!("{file:?} 그림에 무엇이 보이는지 적은 설명이 없습니다")
            }
        }
    }

    fn finding_help(&self, finding: &FindingKind) -> String {
        let help = match finding {
            FindingKind::EndBeforeStart { .. } => {
                "`until`이나 `at` 값을 고치면 됩니다. 자정을 넘겼다면 다음 날짜로 적어야 합니다"
            }
            FindingKind::MilestoneOrder { .. } => {
                "시각이나 둘 중 하나의 종류를 고치면 됩니다. 그대로 두면 소요 시간이 음수가 됩니다"
            }
            FindingKind::Change(finding) => return change_help(finding),
            FindingKind::TimeJump { .. } => {
                "연, 월, 일이 틀렸을 수 있습니다. 맞다면 주석을 달면 됩니다: # asrun: ignore time-jump"
            }
            FindingKind::OutOfOrder { .. } => {
                "asrun은 읽을 때 시각순으로 정렬합니다. 항목을 옮기거나 시각을 고치면 됩니다"
            }
            FindingKind::NotResolved { .. } => {
                "끝난 시각을 적으려면: asrun log \"정상화 확인\" --type resolved --at TIME"
            }
            FindingKind::CommandRunning => "끝났다면 여기에 종료 코드나 `unknown`을 적으면 됩니다",
            FindingKind::PublicStatus { known, at, .. } => {
                return format!("공개로 알리려면: asrun log {}", public_event(known, *at));
            }
            FindingKind::StatedDuration { .. } => {
                "글이나 시각을 고치면 됩니다. 소요 시간과 계산식을 보려면: asrun show"
            }
            FindingKind::OffsetMismatch { instant, clock, .. } => {
                return offset_help(instant, clock.as_ref());
            }
            FindingKind::Day(finding) => day_help(finding),
            FindingKind::Step(finding) => return step_help(finding),
            FindingKind::Word(finding) => return word_help(finding),
            FindingKind::DuplicateEvent { .. } => "어느 쪽이 더 자세한지 보고 하나를 지우면 됩니다",
            FindingKind::UnknownKey { key, near, is_setting, .. } => {
                return key_help(key, near.as_deref(), *is_setting);
            }
            FindingKind::Secret { .. } => SECRET_HELP,
            FindingKind::PrivateText { place, .. } => return kept_inside(&Keeper::of(place)),
            FindingKind::NamedPerson { place, role, .. } => {
                return named_help(role.is_some(), place);
            }
            FindingKind::ActionWithoutOwner { .. } => "`owner: …` 줄을 넣으면 됩니다",
            FindingKind::ActionWithoutDue { .. } => "`due: 2024-10-01` 같은 줄을 넣으면 됩니다",
            FindingKind::MissingFile { .. } => {
                "그 이름의 파일을 기록 옆 assets/ 아래 기록 id의 폴더에 넣거나, 이 항목을 지우면 됩니다"
            }
            FindingKind::MissingPicture { .. } => {
                "그 이름의 파일을 기록 옆 assets/ 아래 기록 id의 폴더에 넣거나, 글을 고치면 됩니다"
            }
            FindingKind::UnusedFile { .. } => {
                "`attachments:`에 파일 이름을 적거나, 파일을 지우면 됩니다"
            }
            FindingKind::ImageWithoutAlt { .. } => {
                "`alt: …`에 한 문장으로 적으면 됩니다. 글에 넣은 그림은 ![…](file)의 대괄호 안에 적습니다"
            }
        };
        help.to_owned()
    }

    fn rule(&self, rule: RuleId) -> &'static str {
        match rule {
            RuleId::EndBeforeStart => "기간은 시작한 뒤에 끝납니다.",
            RuleId::MilestoneOrder => "장애는 시작, 감지, 완화, 해결 순서로 진행됩니다.",
            RuleId::BrokenChange => "심각도와 상태의 변경은 바로 앞 변경이 끝난 값에서 시작합니다.",
            RuleId::TimeJump => {
                "이벤트의 시각은 앞뒤 이벤트와 가깝습니다. 연, 월, 일을 잘못 적는 실수가 가장 흔합니다."
            }
            RuleId::OutOfOrder => "이벤트는 일어난 순서대로 적혀 있습니다.",
            RuleId::NotResolved => "이벤트가 끊긴 장애에는 해결된 시각이 적혀 있습니다.",
            RuleId::CommandRunning => "실행하고 기록한 명령에는 끝난 기록이 있습니다.",
            RuleId::PublicStatus => "장애가 완화되었거나 끝났으면 공개 문서도 그렇게 보여 줍니다.",
            RuleId::StatedDuration => "글에 적은 소요 시간은 시각에서 나온 소요 시간과 같습니다.",
            RuleId::OffsetMismatch => "시각의 UTC 오프셋은 그때 기록의 시간대가 쓰던 오프셋입니다.",
            RuleId::WeekdayMismatch => "글에 적은 요일은 옆에 적은 날짜의 요일입니다.",
            RuleId::DateMismatch => "기록의 `date`는 계획, 이벤트와 가깝습니다.",
            RuleId::FutureEvent => "이벤트는 이미 일어난 일입니다.",
            RuleId::ZoneMissing => "기록에는 날짜와 시각을 어느 시간대로 보는지 적혀 있습니다.",
            RuleId::UnknownStep => "이벤트가 실행한 단계는 계획에 있습니다.",
            RuleId::StepNotRecorded => {
                "출시가 끝나면 모든 단계에 이벤트가 있거나 생략되어 있습니다."
            }
            RuleId::DuplicateStepId => "id 하나는 단계 하나만 가리킵니다.",
            RuleId::SkippedWithEvent => "단계는 실행했거나 생략했거나, 둘 중 하나입니다.",
            RuleId::AfterCircle => "단계끼리 돌아가며 서로를 기다리지 않습니다.",
            RuleId::TooEarly => "단계의 예정 시각은 기다리는 단계가 계획대로 끝난 뒤입니다.",
            RuleId::PastDue => "단계는 계획대로면 기한 안에 끝납니다.",
            RuleId::OwnerTwice => "한 사람이 두 단계를 동시에 맡지 않습니다.",
            RuleId::DayOff => {
                "단계는 일하는 날에 예정되어 있습니다. 토요일, 일요일, `holidays.txt`의 날은 쉬는 날입니다."
            }
            RuleId::DuplicateEvent => "이벤트는 한 번만 적혀 있습니다.",
            RuleId::UnknownKey => {
                "키는 asrun이 아는 키입니다. 모르는 키는 그대로 두지만 쓰지 않습니다."
            }
            RuleId::UnknownType => {
                "이벤트의 종류는 asrun이 아는 말이나 직접 정한 말이며, 오타가 아닙니다."
            }
            RuleId::UnknownKind => {
                "기록의 종류는 asrun이 아는 말이나 직접 정한 말이며, 오타가 아닙니다."
            }
            RuleId::UnknownSeverity => "심각도는 프로젝트에서 정한 등급입니다.",
            RuleId::Secret => {
                "기록에는 키, 토큰, 비밀번호가 없습니다. 저장소를 복제한 모두가 보게 됩니다."
            }
            RuleId::PrivateText => {
                "공개되는 글에는 내부 호스트, 이메일 주소, 개인의 번호가 없습니다."
            }
            RuleId::NamedPerson => {
                "공개할 기록의 글에 어떤 사람 이름이 있는지 알 수 있습니다. `published:`가 있는 기록과, asrun.yaml에 `roles:`가 있는 프로젝트에서 확인합니다."
            }
            RuleId::ActionWithoutOwner => "끝나지 않은 후속 조치에는 담당이 있습니다.",
            RuleId::ActionWithoutDue => "끝나지 않은 후속 조치에는 기한이 있습니다.",
            RuleId::MissingFile => "첨부한 파일과 글에 넣은 그림이 있습니다.",
            RuleId::UnusedFile => "기록의 폴더에 있는 파일은 모두 기록에서 씁니다.",
            RuleId::ImageWithoutAlt => "그림에는 볼 수 없는 사람을 위한 설명이 있습니다.",
        }
    }

    fn leak(&self, place: &str, kind: LeakKind, excerpt: &str) -> String {
        let kind = match kind {
            LeakKind::Secret => "비밀 값으로",
            LeakKind::InternalHost => "내부 호스트로",
            LeakKind::Email => "이메일 주소로",
            LeakKind::Phone => "전화번호로",
            LeakKind::PersonalNumber => "주민등록번호 같은 개인 번호로",
        };
        format!("{place}: {kind} 보입니다: {excerpt}")
    }

    fn file_finding(&self, finding: &FileFinding) -> ProblemText {
        let (message, help) = match finding {
            FileFinding::Misnamed => (
                "파일 이름이 UTF-8이 아니어서 기록으로 보지 않습니다".to_owned(),
                "이름을 바꾸면 됩니다".to_owned(),
            ),
            FileFinding::NoDayOff { line, text } => (
                format!("{line}번째 줄을 날짜로 읽을 수 없습니다: {text:?}"),
                "한 줄에 날짜와 이름을 적으면 됩니다: 2026-12-25 성탄절".to_owned(),
            ),
            FileFinding::LineEnds { path } => (
                "줄이 캐리지 리턴(CR)만으로 끝나 기록할 수 없습니다".to_owned(),
                format!("줄 끝을 LF로 바꾸려면: perl -pi -e 's/\\r/\\n/g' {path}"),
            ),
            FileFinding::SecretInFile { file, excerpt } => (
                format!("{file} 파일에 비밀 값으로 보이는 것이 있습니다: {excerpt}"),
                "값을 바꾸거나 폐기한 뒤 그 파일에서 지우면 됩니다. 비밀 값이 아니라면 기록의 첫 키 위에: # asrun: ignore secret".to_owned(),
            ),
            FileFinding::Journal(fault) => (
                self.store_fault_in_short(fault),
                "recover 명령과 undo 명령에 필요한 파일입니다".to_owned(),
            ),
            FileFinding::LostEntry { entry, record } => (
                format!("asrun으로 기록한 항목이 파일에서 사라졌습니다: {entry}"),
                format!(
                    "되살리려면: asrun recover {record}, 일부러 지웠다면: asrun recover {record} --forget"
                ),
            ),
            FileFinding::RevertedEntry { entry, record } => as_before(entry, record),
            FileFinding::EntryIsBack { entry, record } => back_again(entry, record),
            FileFinding::OpenedEntry { entry, record } => opened_again(entry, record),
            FileFinding::OpenedByCommit { entry, record } => opened_by_commit(entry, record),
            FileFinding::OldVersion { commit, lacks, back, record } => {
                old_version(commit, lacks, back, record)
            }
            FileFinding::RevertedKey { key, stands, written, record } => {
                as_before(&key_as_before(key, stands, written), record)
            }
            FileFinding::WaitingEntry { entry, record } => (
                format!(
                    "파일을 읽을 수 없는 동안 따로 보관했고 아직 기록에 넣지 않은 항목입니다: {entry}"
                ),
                format!("기록에 넣으려면: asrun recover {record}"),
            ),
            FileFinding::LostRecord { path, record, entries, among } => {
                lost_record(path, record, *entries, among)
            }
            FileFinding::SeenBefore { cause, earlier, text, open } => {
                seen_before(cause, earlier, text, open)
            }
            FileFinding::HeldEntry { entry, record, held } => (
                format!("여기에 없는 항목입니다: {entry} ({})", held_in(held)),
                held_help(held, record),
            ),
            FileFinding::RecordIsBack { record, into } => record_back(record, into.as_deref()),
            FileFinding::Twin { record, other, shared } => twin(record, other, *shared),
            FileFinding::HeldRecord { path, held } => held_record(path, held),
        };
        ProblemText { message, help }
    }

    fn unreadable_file(&self, fault: &StoreFault) -> ProblemText {
        let help = "파일이나 그 권한이 잘못되었을 수 있습니다".to_owned();
        ProblemText { message: self.store_fault_in_short(fault), help }
    }

    fn readable_rule(&self) -> &'static str {
        "파일을 읽을 수 있습니다."
    }

    fn checked(&self, records: usize, errors: usize, warnings: usize, notes: usize) -> String {
        let counts = [(errors, "오류"), (warnings, "경고"), (notes, "참고")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, word)| format!("{word} {count}건")).collect();
        let found = match counts.is_empty() {
            true => "문제가 없습니다".to_owned(),
            false => counts.join(", "),
        };
        format!("기록 {records}건을 검사했습니다: {found}")
    }

    fn kept_key(&self, place: &str, key: &str, near: Option<&str>) -> String {
        let near =
            near.map(|near| format!(". {}", meant(&format!("`{near}`")))).unwrap_or_default();
        format!("참고: {place}: `{key}` 키는 asrun이 모르는 키라 그대로 둡니다{near}")
    }
}

fn lost_record(path: &str, record: &str, entries: usize, among: &[String]) -> (String, String) {
    if !among.is_empty() {
        return (
            format!(
                "{path} 파일이 없어졌습니다. asrun으로 기록한 내용이 모두 들어간 기록이 여럿입니다: {}",
                among.join(", ")
            ),
            format!("비교해 보고 빠진 것이 없다면: rm .asrun/{record}.journal"),
        );
    }
    (
        format!("{path} 파일이 없어져 asrun으로 기록한 항목 {entries}건도 사라졌습니다"),
        format!(
            "되살리려면: git checkout -- {path} (일부러 지웠거나 이름을 바꿨다면 .asrun/{record}.journal 파일을 지우면 됩니다)"
        ),
    )
}

fn offset_help(instant: &Moment, clock: Option<&Moment>) -> String {
    let instant = instant.written();
    let Some(clock) = clock else {
        return format!("같은 순간을 이 시간대로 적으면 {instant}입니다");
    };
    let clock = toward(&clock.written());
    format!("순간이 맞으면 {instant}, 시계에 보인 시각이 맞으면 {clock} 적으면 됩니다")
}

fn change_finding(finding: &ChangeFinding) -> String {
    match finding {
        ChangeFinding::Severity { said, led } => format!(
            "바뀌기 전 심각도가 {} 적혀 있지만, 바로 앞 변경에서 {} 바뀌었습니다",
            toward(&format!("`{said}`")),
            toward(&format!("`{led}`"))
        ),
        ChangeFinding::Status { said, led } => format!(
            "바뀌기 전 상태가 {} 적혀 있지만, 바로 앞 이정표는 `{led}`입니다",
            toward(&format!("`{said}`"))
        ),
        ChangeFinding::Last { said: Some(said), led } => format!(
            "심각도가 {} 적혀 있지만, `events`의 마지막 변경에서 {} 바뀌었습니다",
            toward(&format!("`{said}`")),
            toward(&format!("`{led}`"))
        ),
        ChangeFinding::Last { said: None, led } => format!(
            "`events`의 마지막 변경에서 심각도가 {} 바뀌었지만, `severity`가 없습니다",
            toward(&format!("`{led}`"))
        ),
    }
}

fn change_help(finding: &ChangeFinding) -> String {
    match finding {
        ChangeFinding::Severity { led, .. } | ChangeFinding::Status { led, .. } => {
            let from = toward(&format!("`from: {led}`"));
            format!("{from} 고치거나, 둘 사이에 빠진 변경을 적으면 됩니다")
        }
        ChangeFinding::Last { led, .. } => {
            let severity = toward(&format!("`severity: {led}`"));
            format!("{severity} 고치거나, `events`의 마지막 변경을 고치면 됩니다")
        }
    }
}

fn day_finding(finding: &DayFinding) -> String {
    match finding {
        DayFinding::Weekday { place, said, day } => {
            let weekday = READING.times.weekdays[0][day.weekday()];
            format!("{place}: 글에는 \"{said}\", 실제 {} {weekday}입니다", topic(&day.to_string()))
        }
        DayFinding::Date { date, days } => {
            format!("계획, 이벤트와 {days}일 떨어져 있습니다: {date}")
        }
        DayFinding::Future { at } => format!("아직 오지 않은 시각입니다: {}", at.written()),
        DayFinding::NoZone => "날짜와 시각을 어느 시간대로 보는지 `timezone`이 없습니다".to_owned(),
    }
}

fn day_help(finding: &DayFinding) -> &'static str {
    match finding {
        DayFinding::Weekday { .. } => "요일이나 날짜를 고치면 됩니다",
        DayFinding::Date { .. } => {
            "`date`나 이벤트의 연, 월이 틀렸을 수 있습니다. 소요 시간 계산에는 쓰지 않습니다"
        }
        DayFinding::Future { .. } => {
            "연, 월, 일이 틀렸을 수 있습니다. 앞으로 할 일이라면 `plan`에 적으면 됩니다"
        }
        DayFinding::NoZone => {
            "`timezone: Asia/Seoul` 같은 줄을 넣으면 됩니다. 없으면 날짜를 UTC로 봅니다"
        }
    }
}

fn quoted(texts: &[String]) -> String {
    texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ")
}

fn step_finding(finding: &StepFinding) -> String {
    match finding {
        StepFinding::Unknown { event, step, .. } => {
            format!("{event:?} 이벤트가 계획에 없는 단계를 가리킵니다: {step:?}")
        }
        StepFinding::NotRecorded { step } => format!("{step:?} 단계를 실행한 이벤트가 없습니다"),
        StepFinding::DuplicateId { id } => {
            format!("위 단계와 id가 같아 이벤트가 어느 단계를 가리키는지 알 수 없습니다: {id:?}")
        }
        StepFinding::Skipped { step, event } => {
            format!("생략한 {step:?} 단계를 {event:?} 이벤트가 실행했다고 합니다")
        }
        StepFinding::UnknownAfter { step, wanted, .. } => {
            format!("{step:?} 단계가 계획에 없는 단계를 기다립니다: {wanted:?}")
        }
        StepFinding::Circle { steps } => {
            format!("서로를 기다리는 단계가 있습니다: {}", quoted(steps))
        }
        StepFinding::TooEarly { step, at, waits_for, end } => format!(
            "{step:?} 단계는 {} 예정인데, 기다리는 {waits_for:?} 단계가 계획대로면 {}에 끝납니다",
            at.written(),
            end.written()
        ),
        StepFinding::PastDue { step, end, due } => format!(
            "{step:?} 단계의 기한은 {}인데, 계획대로면 {}에 끝납니다",
            due.written(),
            end.written()
        ),
        StepFinding::OwnerTwice { owner, at, steps } => {
            format!("{owner:?} 담당이 {}에 두 단계를 맡습니다: {}", at.written(), quoted(steps))
        }
        StepFinding::DayOff { day, why, steps } => {
            let is = match why {
                DayOff::Weekend => READING.times.weekdays[0][day.weekday()].to_owned(),
                DayOff::Named(name) if name.is_empty() => "쉬는 날".to_owned(),
                DayOff::Named(name) => format!("{name:?}"),
            };
            format!("{day}({is})에 예정된 단계가 {steps}개 있습니다")
        }
    }
}

fn step_help(finding: &StepFinding) -> String {
    let help = match finding {
        StepFinding::Unknown { near: Some(near), .. } => return meant(near),
        StepFinding::Unknown { near: None, .. } => {
            "계획에 있는 단계를 적거나, 단계를 넣으려면: asrun plan add TIME TEXT --id ID"
        }
        StepFinding::NotRecorded { .. } => {
            "맞는 이벤트를 찾으려면: asrun link, 하지 않은 단계라면: asrun plan skip STEP"
        }
        StepFinding::DuplicateId { .. } => "한쪽의 id와 그 단계를 가리키는 이벤트를 고치면 됩니다",
        StepFinding::UnknownAfter { near: Some(near), .. } => return meant(near),
        StepFinding::UnknownAfter { near: None, .. } => "계획에 있는 단계의 id를 적으면 됩니다",
        StepFinding::Circle { .. } => "한 단계의 `after`에서 다른 단계를 빼면 됩니다",
        StepFinding::TooEarly { .. } => {
            "한쪽의 시각을 옮기려면: asrun plan move STEP TIME. 아니면 `after`를 고치면 됩니다"
        }
        StepFinding::PastDue { .. } => {
            "기한을 바꾸려면: asrun plan edit STEP --due TIME, 시각을 바꾸려면: asrun plan move STEP TIME"
        }
        StepFinding::OwnerTwice { .. } => "한쪽의 시각을 옮기려면: asrun plan move STEP TIME",
        StepFinding::DayOff { .. } => {
            "다른 날로 옮기려면: asrun plan move STEP TIME, 그날이 맞으면: # asrun: ignore day-off"
        }
        StepFinding::Skipped { .. } => "`skipped`나 이벤트의 `step`을 지우면 됩니다",
    };
    help.to_owned()
}

fn word_finding(finding: &WordFinding) -> String {
    match finding {
        WordFinding::Type { word, near } => {
            format!("`{word}`: asrun이 모르는 종류라 `{near}` 이벤트로 세지 않습니다")
        }
        WordFinding::Kind { word, near } => {
            format!("`{word}`: asrun이 모르는 종류라 `{near}` 기록으로 세지 않습니다")
        }
        WordFinding::Severity { word, scale, .. } => {
            format!("`{word}`: 프로젝트에서 정한 심각도가 아닙니다: {}", scale.join(", "))
        }
    }
}

fn word_help(finding: &WordFinding) -> String {
    let or_ignored = |near: &str, rule: &str| {
        let meant = meant(&format!("`{near}`"));
        format!("{meant}. 아니라면 주석을 달면 됩니다: # asrun: ignore {rule}")
    };
    match finding {
        WordFinding::Type { near, .. } => or_ignored(near, "unknown-type"),
        WordFinding::Kind { near, .. } => or_ignored(near, "unknown-kind"),
        WordFinding::Severity { near: Some(near), .. } => meant(&format!("`{near}`")),
        WordFinding::Severity { near: None, .. } => {
            "이 가운데 하나로 적거나, asrun.yaml의 severities에 더하면 됩니다".to_owned()
        }
    }
}

fn named(place: &str, name: &str, role: Option<&str>) -> String {
    match role {
        Some(role) => {
            format!("{place}에 사람 이름이 있습니다: {name}. 공개 문서에는 역할로 나옵니다: {role}")
        }
        None => {
            format!(
                "{place}에 사람 이름이 있습니다: {name}. 역할이 없어 공개 문서를 만들지 않습니다"
            )
        }
    }
}

fn named_help(has_role: bool, place: &str) -> String {
    if has_role {
        return "다른 말로 바꾸려면 asrun.yaml의 `roles:`를 고치면 됩니다".to_owned();
    }
    let inside = kept_inside(&Keeper::of(place));
    format!("공개 문서에서 부를 역할을 asrun.yaml의 `roles:`에 적으면 됩니다. 또는 {inside}")
}

/// Returns how something that is not for the public is taken out of a place, or kept inside.
pub(super) fn kept_inside(keeper: &Keeper) -> String {
    match keeper {
        Keeper::Event => {
            "지우거나, 이벤트를 내부용으로 하려면: asrun amend NUMBER --internal".to_owned()
        }
        Keeper::Entry => "지우거나, 옆에 `audience: internal`을 적으려면: asrun edit".to_owned(),
        Keeper::Key(key) => format!("값을 바꾸려면: {}", Keeper::setting(key)),
        Keeper::Step => "단계를 고치려면: asrun plan edit STEP --text TEXT".to_owned(),
        Keeper::Id => "기록의 id를 바꾸려면: asrun rename NEW-ID".to_owned(),
        Keeper::Text => "지우려면: asrun edit".to_owned(),
    }
}

/// Returns that a cause was there before, and what is left to be done about it.
fn seen_before(cause: &str, earlier: &str, text: &str, open: &[String]) -> (String, String) {
    (
        format!("{cause:?}: {earlier} 기록에도 있던 일입니다: {text}"),
        match open {
            [] => format!("그때 어떻게 했는지 보려면: asrun show {earlier}"),
            open => format!(
                "그 뒤로 끝내지 못한 후속 조치: {} (asrun actions {earlier})",
                open.join(", ")
            ),
        },
    )
}

/// Returns the text about an entry or a key that is as it was before a change, and the way out.
fn as_before(told: &str, record: &str) -> (String, String) {
    let again = format!(
        "다시 고치려면: asrun recover {record}, 지금이 맞다면: asrun recover {record} --forget"
    );
    (format!("asrun으로 고치기 전으로 돌아갔습니다: {told}"), again)
}

fn key_as_before(key: &str, stands: &str, written: &str) -> String {
    format!("{key}: {stands} (asrun으로 적은 값: {written})")
}

/// Returns the text about an entry that is public, and the way out.
fn opened_again(entry: &str, record: &str) -> (String, String) {
    let again = format!(
        "다시 내부용으로 하려면: asrun recover {record}, 지금이 맞다면: asrun recover {record} --forget"
    );
    (format!("{record} 기록의 마지막 커밋에서는 내부용인데 파일에서는 아닙니다: {entry}"), again)
}

/// Returns the text about a file that is as it was before a commit, and the way out.
fn old_version(commit: &str, lacks: &[String], back: &[String], record: &str) -> (String, String) {
    let listed = |all: &[String]| {
        let told = told_of(all.len());
        let more =
            if all.len() > told { format!(" 외 {}건", all.len() - told) } else { String::new() };
        format!("{}{more}", all[..told].join(", "))
    };
    let lacks = (!lacks.is_empty()).then(|| format!("빠진 것: {}", listed(lacks)));
    let back = (!back.is_empty()).then(|| format!("다시 들어온 것: {}", listed(back)));
    let what: Vec<String> = lacks.into_iter().chain(back).collect();
    let what = format!(
        "{record} 기록이 커밋 {commit} 전의 내용으로 돌아갔습니다({}). 옛 사본을 덮어썼을 수 있습니다",
        what.join(", ")
    );
    let again = format!(
        "커밋한 내용을 되살리려면: asrun recover {record}, 지금이 맞다면: asrun recover {record} --forget"
    );
    (what, again)
}

/// Returns the text about an entry that was removed, and the way out.
fn back_again(entry: &str, record: &str) -> (String, String) {
    let remove = format!(
        "이벤트를 다시 빼려면: asrun amend -r {record} NUMBER --remove, 지금이 맞다면: asrun recover {record} --forget"
    );
    (format!("뺀 항목이 다시 들어 있습니다: {entry}"), remove)
}

/// Returns what to do about a key that a record does not have; `near` is one that it has.
fn key_help(key: &str, near: Option<&str>, is_setting: bool) -> String {
    const LIST: &str = "키 목록을 보려면: asrun help records";
    match near {
        _ if is_setting => {
            format!("`{key}` 키는 프로젝트 설정입니다. asrun.yaml로 옮기면 됩니다")
        }
        Some(near) => format!("{} {LIST}", meant(&format!("`{near}`"))),
        None => LIST.to_owned(),
    }
}
