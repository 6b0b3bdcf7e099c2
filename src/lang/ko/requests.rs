//! Refusals of requests, and doubts about them.

use crate::fault::{
    ActionFault, AttachmentFault, Doubt, EventFault, Fault, Field, FileFinding, FoundLeak,
    FoundName, FoundPlace, LinkFault, OldPlanFault, PlanFault, PublishFault, ReverseWay, StepFault,
    TextFault, UndoFault, UnreadLine, UnreadWhy, Unrecovered, WidthFault,
};
use crate::lang::keeper::Keeper;
use crate::lang::terminal::{
    AnswerWords, Door, EditWords, FileWords, FindingWords, ProblemText, PromptWords, Refusal,
    RequestWords,
};
use crate::lang::told::{
    first_few, is_followed, keys_told, quoted_word, reopening, reverse_command, setting_back,
    setting_key, told, told_if_known, told_of, undoing,
};
use crate::model::{Zone, nearest};
use crate::yaml::Value;
use std::path::Path;

use super::findings::kept_inside;
use super::forgetting::forget_refusal;
use super::imports::import_failure;
use super::lifecycle::{key_failure, move_failure, state_failure, unfit_id, whole_failure};
use super::pages::render_refusal;
use super::particles::{called, subject, toward};
use super::times::{repeated, time_refusal, time_way_out, unread_line};
use super::{Korean, meant, span};

impl RequestWords for Korean {
    fn fault(&self, fault: &Fault, door: Door, folder: &Path) -> Refusal {
        request_fault(fault, door, folder)
    }

    fn doubt(&self, doubt: &Doubt, zone: Zone, undo: &str) -> String {
        doubt_words(doubt, zone, undo)
    }

    fn which_moment(&self) -> &'static str {
        "어느 시각입니까? "
    }
}

fn request_fault(fault: &Fault, door: Door, folder: &Path) -> Refusal {
    let lead = |field| lead(field, door);
    match fault {
        Fault::Store(fault) => Korean.store_fault(fault, folder),
        Fault::Time { field, fault, zone } => time_refusal(fault, &lead(*field), *zone),
        Fault::Day { field, typed } => {
            Refusal::new(format!("{}날짜가 아닙니다: {typed:?}", lead(*field)))
                .hint("2024-09-07이나 9월 7일처럼 적으면 됩니다")
        }
        Fault::Text { field, fault } => text_failure(&name(*field, door), fault, door),
        Fault::Width { typed, fault } => width_failure(&lead(Field::Width), typed, *fault),
        Fault::Step { field, wanted, fault } => step_failure(&lead(*field), wanted, fault),
        Fault::EndsBeforeItBegins => {
            Refusal::new(format!("{}시작보다 먼저 끝납니다", lead(Field::Until))).hint(format!(
                "다음 날 끝났다면 날짜도 적으면 됩니다: {} \"2024-09-08 00:30\"",
                name(Field::Until, door)
            ))
        }
        Fault::Id(fault) => Refusal::new(format!("--id: {}", unfit_id(fault))),
        Fault::Language { typed, near, known } => {
            let hint = match near {
                Some(near) => meant(near),
                None => format!("쓸 수 있는 언어: {}", known.join(", ")),
            };
            Refusal::new(format!("asrun이 모르는 언어입니다: {typed:?}")).hint(hint)
        }
        Fault::Severity { typed, near, scale } => unknown_severity(typed, near.as_ref(), scale),
        Fault::EventType { typed, begun } => Korean.unknown_type(typed, begun),
        Fault::Rule { typed, in_settings, known } => {
            let by = if *in_settings { "asrun.yaml의 ignore" } else { "--ignore" };
            let name = called(&format!("{typed:?}"));
            Refusal::new(format!("{by}: {name} 규칙은 없습니다")).hint(
                match nearest(typed, known.iter().copied()) {
                    Some(near) => meant(near),
                    None => format!("쓸 수 있는 규칙: {}", known.join(", ")),
                },
            )
        }
        Fault::Plan(fault) => plan_failure(fault, door),
        Fault::Import(fault) => import_failure(fault),
        Fault::OldPlan(fault) => old_plan_failure(fault, door),
        Fault::Action(fault) => action_failure(fault),
        Fault::Event(fault) => event_failure(fault, &lead(Field::Clear)),
        Fault::Attachment(fault) => attachment_failure(fault),
        Fault::Undo(fault) => undo_failure(fault),
        Fault::Key(fault) => key_failure(fault),
        Fault::Move(fault) => move_failure(fault, door, folder),
        Fault::State(fault) => state_failure(fault),
        Fault::Whole(fault) => whole_failure(fault, door, folder),
        Fault::Render(fault) => render_refusal(fault),
        Fault::Publish(fault) => publish_refusal(fault),
        Fault::Secrets { excerpts } => secrets_refusal(excerpts),
        Fault::Forget(fault) => forget_refusal(fault),
        Fault::Unrecovered(fault) => unrecovered(fault),
        Fault::Unsettled(finding) => unsettled(finding),
        Fault::ChangedMeanwhile => Refusal::new(CHANGED_MEANWHILE),
        Fault::MergedUnreadable => Refusal::new("병합한 내용을 읽을 수 없습니다"),
        Fault::Link(fault) => link_failure(fault, &lead(Field::Apply)),
        Fault::Line(fault) => Korean.line_fault(fault),
    }
}

fn unknown_severity(typed: &str, near: Option<&String>, scale: &[String]) -> Refusal {
    let near = near.map(|near| format!("{}. ", meant(near))).unwrap_or_default();
    let typed = called(&format!("{typed:?}"));
    Refusal::new(format!("{typed} 심각도는 없습니다"))
        .hint(format!("{near}쓸 수 있는 심각도: {}", scale.join(", ")))
}
const CHANGED_MEANWHILE: &str =
    "그사이 다른 사람이 같은 항목을 바꿨습니다. 기록은 그 사람이 저장한 대로 두었습니다";

fn width_failure(lead: &str, typed: &str, fault: WidthFault) -> Refusal {
    match fault {
        WidthFault::Unclear => {
            Refusal::new(format!("{lead}{} 비율인지 픽셀인지 알 수 없습니다", subject(typed)))
                .hint(format!("비율이면 {typed}%, 픽셀이면 {typed}px 꼴로 적으면 됩니다"))
        }
        WidthFault::Unreadable => Refusal::new(format!("{lead}너비가 아닙니다: {typed:?}"))
            .hint("50%나 320px처럼 적으면 됩니다"),
    }
}

fn unsettled(finding: &FileFinding) -> Refusal {
    let ProblemText { message, help } = Korean.file_finding(finding);
    Refusal::new(format!("{message}. 그래서 아무것도 보여 주거나 쓰지 않았습니다")).hint(help)
}

fn unrecovered(Unrecovered { record, entry, more }: &Unrecovered) -> Refusal {
    let more = if *more > 0 { format!(" 외 {more}건") } else { String::new() };
    Refusal::new(format!(
        "asrun으로 기록하거나 바꾼 내용이 {record} 기록에 없습니다: {entry}{more}. 옛 사본을 덮어썼을 수 있어 아무것도 하지 않았습니다"
    ))
    .hint(format!(
        "되살리려면: asrun recover {record}, 지금 내용이 맞다면: asrun recover {record} --forget"
    ))
}

fn secrets_refusal(excerpts: &[String]) -> Refusal {
    Refusal::new(format!(
        "비밀 값으로 보입니다. asrun.yaml이 막고 있습니다(`secrets: refuse`): {}",
        excerpts.join(", ")
    ))
    .hint("빼거나 ***로 적으면 됩니다")
}

/// Returns the first places of something.
fn told_places(places: &[FoundPlace]) -> String {
    let told = |FoundPlace { at, place }: &FoundPlace| {
        at.map_or_else(|| place.clone(), |at| format!("{at} ({place})"))
    };
    let places: Vec<String> = places.iter().map(told).collect();
    first_few(&places, |more| format!(" 외 {more}곳"))
}

fn publish_refusal(fault: &PublishFault) -> Refusal {
    let (file, leaks, names, has_roles) = match fault {
        PublishFault::UnknownKey { file, at, key } => {
            return Refusal::new(format!(
                "{file}:{at}: `{key}` 키는 asrun이 모르는 키라 무엇을 숨겨야 하는지 알 수 없습니다. 아무것도 보여 주거나 쓰지 않았습니다"
            ))
            .hint("팀만 볼 내용이라면 `audience: internal`을 적으면 됩니다");
        }
        PublishFault::SettingInRecord { file, at, key } => {
            return Refusal::new(format!(
                "{file}:{at}: `{key}` 키는 asrun.yaml의 설정이어서 기록에 적으면 효과가 없고, 거기에 적힌 이름이 공개됩니다. 아무것도 보여 주거나 쓰지 않았습니다"
            ))
            .hint(format!("기록의 `{key}` 부분을 asrun.yaml로 옮기면 됩니다"));
        }
        PublishFault::InternalFile { file, name } => {
            return Refusal::new(format!(
                "{file}: 내부용인 {name:?} 파일이 보이게 됩니다. 아무것도 보여 주거나 쓰지 않았습니다"
            ))
            .hint("글에서 지우거나, 그 항목에 `audience: internal`을 적으면 됩니다");
        }
        PublishFault::Leaks { file, leaks, names, has_roles } => (file, leaks, names, *has_roles),
    };
    let line = |FoundLeak { places, kind, excerpt }: &FoundLeak| {
        format!("\n    {}", Korean.leak(&told_places(places), *kind, excerpt))
    };
    let name = |FoundName { places, found, stuck, .. }: &FoundName| {
        let place = told_places(places);
        let stuck = if *stuck { " (역할로 바꿀 수 없는 자리입니다)" } else { "" };
        format!("\n    {place}: 사람 이름이 있습니다: {found}{stuck}")
    };
    let lines: String = leaks.iter().map(line).chain(names.iter().map(name)).collect();
    let refusal = Refusal::new(format!(
        "{file} 파일에 공개하면 안 되는 내용이 있을 수 있어 아무것도 보여 주거나 쓰지 않았습니다:{lines}"
    ));
    let roles = FoundName::roles_for(names, "당직 엔지니어").map(|roles| match has_roles {
        false => {
            format!("이름 대신 보일 역할을 asrun.yaml에 적으면 됩니다: roles: {{{roles}}}")
        }
        true => format!("이름 대신 보일 역할을 asrun.yaml의 `roles`에 더하면 됩니다: {roles}"),
    });
    let refusal = roles.into_iter().fold(refusal, Refusal::hint);
    let places = leaks.iter().flat_map(|leak| &leak.places);
    let places = places.chain(names.iter().flat_map(|name| &name.places));
    let refusal = ways_to_keep(places).into_iter().fold(refusal, Refusal::hint);
    refusal.hint("공개해도 된다면 그 asrun render 명령에 --publish-anyway를 더하면 됩니다")
}

/// Returns how the texts at these places are kept from the public.
fn ways_to_keep<'p>(places: impl Iterator<Item = &'p FoundPlace>) -> Vec<String> {
    let (keepers, events) = Keeper::of_all(places);
    let one = |keeper: &Keeper| match keeper {
        Keeper::Event => {
            let told = &events[..told_of(events.len())];
            let commands = told.iter().map(|number| format!("asrun amend {number} --internal"));
            let commands = commands.collect::<Vec<_>>().join(", ");
            format!(
                "이벤트를 내부용으로 하려면: {commands}, 고쳐 쓰려면: asrun amend {} --text TEXT",
                told[0]
            )
        }
        keeper => kept_inside(keeper),
    };
    keepers.iter().map(one).collect()
}

fn carried_out(text: &str, events: &[usize]) -> Refusal {
    let commands = events.iter().map(|number| format!("asrun amend {number} --clear step"));
    let commands = commands.collect::<Vec<_>>().join(", ");
    let count = events.len();
    Refusal::new(format!("실행한 이벤트가 {count}개 있어 계획에서 뺄 수 없습니다: {text}"))
        .hint(format!("잘못 이은 이벤트라면: {commands}"))
}

fn circle(steps: &[String]) -> Refusal {
    let steps: Vec<String> = steps.iter().map(|step| format!("\"{step}\"")).collect();
    Refusal::new(format!("서로를 기다리는 단계가 있습니다: {}", steps.join(", ")))
        .hint("그중 하나를 다른 단계의 `after`에서 빼면 됩니다. 기록을 고치려면: asrun edit")
}

fn no_step_length(lead: &str, typed: &str) -> Refusal {
    Refusal::new(format!("{}길이로 읽을 수 없습니다: \"{typed}\"", lead))
        .hint("이렇게 적습니다: 20m, 1h30m, 20분")
}

fn done_already(text: &str) -> Refusal {
    Refusal::new(format!("이미 실행한 단계라 생략할 수 없습니다: {text}"))
        .hint("잘못 기록했다면 그 이벤트를 되돌리면 됩니다: asrun undo 또는 asrun edit")
}

fn nothing_to_skip() -> Refusal {
    Refusal::new("생략할 단계가 남아 있지 않습니다")
        .hint("진행 중인 단계를 생략하려면 이름을 적습니다: asrun plan skip STEP")
}

fn unread_lines(lines: &[UnreadLine]) -> Refusal {
    let told: Vec<String> = lines.iter().map(unread_line).collect();
    let told = told.join("\n  ");
    if lines.iter().all(|line| matches!(line.why, UnreadWhy::After { .. })) {
        return Refusal::new(format!("기다릴 단계를 찾을 수 없는 줄이 있습니다\n  {told}"))
            .hint("단계는 id나 내용, 또는 그 일부로 적습니다. 계획은 그대로입니다");
    }
    let refusal = Refusal::new(format!("시각과 내용을 읽을 수 없는 줄이 있습니다\n  {told}"));
    lines
        .iter()
        .filter_map(|line| line_hint(&line.why))
        .take(1)
        .fold(refusal, Refusal::hint)
        .hint("한 줄에 시각과 내용을 차례로 적으면 됩니다: `오후 6시: PV영상 공개`, `17:30 - 앱 배포`, 시각을 모르면 `미정 앱 배포`. 계획은 그대로입니다")
}

fn waited_for(text: &str, waiting: &[String]) -> Refusal {
    let refusal = Refusal::new(format!(
        "이 단계 다음에 시작할 단계가 있어 빼지 않았습니다: {text} (다음 단계: {})",
        waiting.join(", ")
    ));
    waiting.iter().fold(refusal, |refusal, step| {
        refusal
            .hint(format!("먼저 실행할 명령: asrun plan edit {} --clear after", quoted_word(step)))
    })
}

fn plan_failure(fault: &PlanFault, door: Door) -> Refusal {
    match fault {
        PlanFault::Approximate { field } => {
            Refusal::new(format!("{}계획에는 대략적인 시각을 쓸 수 없습니다", lead(*field, door)))
                .hint("시각의 범위로 계획하려면: asrun plan add 18:00 \"앱 배포\" --until 18:30")
        }
        PlanFault::EndsBeforeItBegins => {
            Refusal::new(format!("{}시작보다 먼저 끝납니다", lead(Field::Until, door)))
                .hint("다음 날 끝난다면 날짜도 적으면 됩니다: --until \"2024-09-08 01:00\"")
        }
        PlanFault::IdTaken { id } => {
            Refusal::new(format!("--id: 계획에 {id:?} 단계가 이미 있습니다"))
        }
        PlanFault::Unread(lines) => unread_lines(lines),
        PlanFault::NoLines => Refusal::new("표준 입력에 단계가 없습니다"),
        PlanFault::OneIdForMany(steps) => Refusal::new(format!(
            "--id는 단계 하나의 이름인데, 표준 입력에 단계가 {steps}개 있습니다"
        )),
        PlanFault::SameTime { at, zone } => {
            Refusal::new(format!("이미 그 시각에 계획한 단계입니다: {}", told(at, *zone)))
        }
        PlanFault::SkippedAlready { text } => {
            Refusal::new(format!("이미 생략한 단계입니다: {text}"))
        }
        PlanFault::NothingToSkip => nothing_to_skip(),
        PlanFault::DoneAlready { text } => done_already(text),
        PlanFault::NotSkipped { text } => {
            Refusal::new(format!("생략한 단계가 아닙니다: {text}"))
        }
        PlanFault::CarriedOut { text, events } => carried_out(text, events),
        PlanFault::WaitedFor { text, waiting } => waited_for(text, waiting),
        PlanFault::NoTimeForReason => Refusal::new(
            "--why는 바뀌기 전의 시각과 함께 적히는데, 바뀌는 시각이 없어 아무것도 바꾸지 않았습니다",
        )
        .hint("--why 없이 실행하거나 이유를 내용에 적으려면: --text TEXT"),
        PlanFault::SameStep { text } => {
            Refusal::new(format!("이미 그렇게 적혀 있어 바꾸지 않았습니다: {text}"))
        }
        PlanFault::HasNone { text, key } => {
            Refusal::new(format!("{text} 단계에는 {key} 값이 없습니다"))
        }
        PlanFault::NotCleared { key } => Refusal::new(format!("지울 수 없는 키입니다: {key}"))
            .hint("지울 수 있는 키: owner, until, after, takes, due, decision, rollback, if_failed, command"),
        PlanFault::NothingToShift => {
            Refusal::new("옮길 수 있는 단계가 남아 있지 않습니다")
                .hint("끝났거나 생략한 단계는 옮기지 않습니다. 날짜만 있는 단계는 하루 단위로 옮깁니다: --by +1d")
        }
        PlanFault::NoTimeToShiftFrom { text } => {
            Refusal::new(format!("--from: 시각이 없는 단계라 그 뒤를 정할 수 없습니다: {text}"))
                .hint("시각이 있는 단계를 주세요. 시각을 정하려면: asrun plan move STEP TIME")
        }
        PlanFault::NoLength { typed } => {
            Refusal::new(format!("--by: 옮길 길이로 읽을 수 없습니다: \"{typed}\""))
                .hint("이렇게 적습니다: +30m, -1h, +1d")
        }
        PlanFault::Silent { record } => silent(record),
        PlanFault::Circle { steps } => circle(steps),
        PlanFault::NoStepLength { field, typed } => no_step_length(&lead(*field, door), typed),
    }
}

fn silent(record: &str) -> Refusal {
    Refusal::new(format!(
        "{record} 기록은 최근 2주 동안 일어난 일도 계획된 일도 없어 예측할 수 없습니다"
    ))
    .hint(format!("계속할 계획이라면: asrun plan shift -r {record} --by 길이"))
    .hint(format!("끝난 기록이라면: asrun close -r {record} --at 시각"))
}

fn old_plan_failure(fault: &OldPlanFault, door: Door) -> Refusal {
    let at = lead(Field::At, door);
    match fault {
        OldPlanFault::Itself => Refusal::new("그 기록 자체의 계획으로 계획을 만들 수 없습니다")
            .hint("새 기록을 먼저 만들려면: asrun new \"4.0\" --kind release")
            .hint("기록을 지정하려면: --record RECORD"),
        OldPlanFault::NoPlan { id } => {
            Refusal::new(format!("{id} 기록에는 새 계획의 바탕이 될 계획이 없습니다"))
        }
        OldPlanFault::AllSkipped => {
            Refusal::new("지난 계획의 단계를 모두 생략했으므로 새 계획의 바탕이 될 단계가 없습니다")
                .hint("그래도 계획하려면: --keep-skipped")
        }
        OldPlanFault::ByTheHour { text, at: then } => Refusal::new(format!(
            "{at}시각까지 정해 계획한 단계이므로 그날의 시각도 적어야 합니다: {text}"
        ))
        .hint(format!("그 단계의 날짜라면: --at {}", then.written())),
        OldPlanFault::BeyondCalendar => {
            Refusal::new(format!("{at}1년부터 9999년까지를 벗어나는 단계가 있습니다"))
        }
        OldPlanFault::AllThere => {
            Refusal::new("모든 단계가 이미 계획에 있어 아무것도 쓰지 않았습니다")
        }
    }
}

fn action_failure(fault: &ActionFault) -> Refusal {
    let (says, actions) = match fault {
        ActionFault::DoneAlready { text, on } => {
            return Refusal::new(format!("{on}에 이미 완료한 후속 조치입니다: {text}"));
        }
        ActionFault::NoActions { record } => {
            return Refusal::new(format!("{record} 기록에 후속 조치가 없습니다")).hint(
                "모든 기록의 후속 조치를 보려면: asrun actions (하나를 지정하려면 RECORD#NUMBER)",
            );
        }
        ActionFault::Unknown { wanted, actions } => {
            let wanted = called(&format!("{wanted:?}"));
            (format!("{wanted} 후속 조치는 없습니다. 기록에 있는 후속 조치:"), actions)
        }
        ActionFault::Several { wanted, actions } => {
            (format!("{wanted:?}에 해당하는 후속 조치가 여럿입니다:"), actions)
        }
    };
    let line = |(number, text): &(usize, String)| format!("\n    {number}  {text}");
    let lines: String = actions.iter().map(line).collect();
    Refusal::new(format!("{says}{lines}")).hint("번호를 적거나, 내용을 더 길게 적으면 됩니다")
}

/// Returns the way out for the first refused time of some lines.
fn line_hint(why: &UnreadWhy) -> Option<String> {
    match why {
        UnreadWhy::Time(fault) => time_way_out(fault),
        _ => None,
    }
}

/// Returns the name of a part of a request: an option, or a noun.
fn name(field: Field, door: Door) -> String {
    let option = match field {
        Field::Text => return "내용".to_owned(),
        Field::Detail => return "자세한 내용".to_owned(),
        Field::Title => return "제목".to_owned(),
        Field::Id => return "id".to_owned(),
        Field::Reason => return "이유".to_owned(),
        Field::Value => return "값".to_owned(),
        Field::Unnamed => return String::new(),
        Field::At => "at",
        Field::Until => "until",
        Field::NextUpdate => "next-update",
        Field::On => "on",
        Field::Due => "due",
        Field::Date => "date",
        Field::Anchor => "anchor",
        Field::Zero => "t0",
        Field::Kind => "kind",
        Field::Service => "service",
        Field::Tag => "tag",
        Field::Step => "step",
        Field::By => "by",
        Field::Why => "why",
        Field::Owner => "owner",
        Field::After => "after",
        Field::Takes => "takes",
        Field::Remind => "--remind",
        Field::IfFailed => "if-failed",
        Field::Command => "command",
        Field::Alt => "alt",
        Field::Caption => "caption",
        Field::Width => "width",
        Field::Ref => "ref",
        Field::Clear => "clear",
        Field::Apply => "apply",
        Field::From => "from",
    };
    format!("{}{option}", sign(door))
}

/// Returns the prefix of an option on the command line, or of a form at the prompt.
fn sign(door: Door) -> &'static str {
    if door == Door::CommandLine { "--" } else { "/" }
}

/// Returns the start of a refusal: the name of the part it is about, if needed.
fn lead(field: Field, door: Door) -> String {
    let name = name(field, door);
    if name.is_empty() { name } else { format!("{name}: ") }
}

fn text_failure(name: &str, fault: &TextFault, door: Door) -> Refusal {
    match fault {
        TextFault::Empty => Refusal::new(format!("{} 비어 있습니다", subject(name))),
        TextFault::TooLong(limit) => {
            Refusal::new(format!("{} 한도인 {limit}바이트보다 깁니다", subject(name)))
                .hint(format!("파일로 저장해 첨부하면 됩니다: {}attach FILE", sign(door)))
        }
        TextFault::Placeholder(word) => {
            let of = if name.is_empty() { String::new() } else { format!("{name}에 ") };
            Refusal::new(format!("{of}직접 쓴 글이 없고 그 자리를 나타내는 {word}만 있습니다"))
                .hint(format!("{word} 자리에 쓸 글을 적으면 됩니다"))
        }
        TextFault::Control { c, place } => Refusal::new(format!(
            "{name}에 제어 문자(U+{:04X})가 있습니다({place}번째 글자)",
            u32::from(*c)
        ))
        .hint("지우면 됩니다. 프로그램이 색을 입힌 출력이라면 NO_COLOR=1 환경 변수나 `| sed 's/\\x1b\\[[0-9;]*m//g'`로 없앨 수 있습니다"),
    }
}

fn step_failure(lead: &str, wanted: &str, fault: &StepFault) -> Refusal {
    let lines = |steps: &[(Option<String>, String)]| {
        let line = |(id, text): &(Option<String>, String)| {
            format!("{}  {text}", id.as_deref().unwrap_or("(id 없음)"))
        };
        steps.iter().map(line).collect::<Vec<_>>().join("\n    ")
    };
    match fault {
        StepFault::NoPlan => {
            Refusal::new(format!("{lead}기록에 계획이 없어 {wanted:?} 단계도 없습니다"))
                .hint("단계를 먼저 넣으려면: asrun plan add TIME TEXT --id ID")
        }
        StepFault::Unknown { near, plan } => {
            let wanted = called(&format!("{wanted:?}"));
            let refusal = Refusal::new(format!(
                "{lead}{wanted} 단계는 계획에 없습니다. 계획에 있는 단계:\n    {}",
                lines(plan)
            ));
            match near {
                Some(near) => refusal.hint(meant(near)),
                None => refusal,
            }
        }
        StepFault::Several(steps) => Refusal::new(format!(
            "{lead}{wanted:?}에 해당하는 단계가 여럿입니다:\n    {}",
            lines(steps)
        ))
        .hint("id를 적거나, 내용을 더 길게 적으면 됩니다"),
    }
}

/// Returns why the metadata of a file was not changed.
fn attachment_failure(fault: &AttachmentFault) -> Refusal {
    let has = |files: &[String]| match files {
        [] => "기록에 첨부가 없습니다".to_owned(),
        files => format!("있는 첨부: {}", files.join(", ")),
    };
    match fault {
        AttachmentFault::Unknown { typed, files } => {
            let typed = called(&format!("{typed:?}"));
            Refusal::new(format!("{typed} 첨부는 없습니다. {}", has(files)))
        }
        AttachmentFault::Several { typed, places } => {
            let place = |(file, event): &(String, Option<usize>)| match event {
                Some(number) => format!("{file} ({number}번 이벤트)"),
                None => format!("{file} (기록 전체)"),
            };
            let places: Vec<String> = places.iter().map(place).collect();
            Refusal::new(format!("{typed:?}에 맞는 첨부가 여럿입니다: {}", places.join(", "))).hint(
                "이름을 더 적거나 이벤트 번호를 적으면 됩니다: asrun amend 4 --attachment FILE. 기록 전체의 첨부는 --whole",
            )
        }
        AttachmentFault::NothingGiven => Refusal::new("무엇을 고칠지 적지 않았습니다").hint(
            "--alt, --width, --caption, --place, --internal, --clear, --remove 중에서 적으면 됩니다",
        ),
        AttachmentFault::RemovedAndChanged => {
            Refusal::new("--remove 옵션은 첨부를 빼므로 다른 값을 함께 바꿀 수 없습니다")
        }
        AttachmentFault::ClearedAndSet { key } => Refusal::new(format!(
            "--clear는 {key} 값을 지우는데, 값도 적었습니다. 하나만 적어야 합니다"
        )),
        AttachmentFault::NoKey { key, .. } if key == "file" => {
            Refusal::new("--clear: 첨부에는 `file`이 있어야 합니다")
                .hint("기록에서 첨부를 빼려면: --remove")
        }
        AttachmentFault::NoKey { file, key, keys } => Refusal::new(format!(
            "--clear: {file} 첨부에는 `{key}` 값이 없습니다. 있는 키: {}",
            if keys.is_empty() { "없음".to_owned() } else { keys.join(", ") }
        )),
        AttachmentFault::NoPlace { place, files } => Refusal::new(format!(
            "--place: {place}번째 자리는 없습니다. 첨부는 {files}개입니다"
        )),
        AttachmentFault::Comments { file } => {
            Refusal::new(format!("기록에서 {file} 옆의 주석이 사라지게 됩니다"))
                .hint("직접 고치려면: asrun edit")
        }
        AttachmentFault::EventToo => {
            Refusal::new("--attachment 옵션은 첨부를 고칩니다. 이벤트는 함께 고칠 수 없습니다")
                .hint("이벤트는 따로 고칩니다: asrun amend 4 --text \"고친 내용\"")
        }
    }
}

fn event_failure(fault: &EventFault, clear: &str) -> Refusal {
    const LOG_ONE: &str = "먼저 기록하려면: asrun log \"앱 진입 불가 확인\"";
    match fault {
        EventFault::NothingToAmend => Refusal::new("기록에 아직 이벤트가 없습니다").hint(LOG_ONE),
        EventFault::NoEvents { record } => {
            Refusal::new(format!("{record} 기록에 아직 이벤트가 없습니다")).hint(LOG_ONE)
        }
        EventFault::Unnamed => {
            Refusal::new("어느 이벤트인지 번호나 --last 옵션으로 지정해야 합니다")
                .hint("번호를 보려면: asrun show")
        }
        EventFault::NoSuchNumber { number, events } => Refusal::new(format!(
            "{number}번 이벤트가 없습니다. 기록의 이벤트는 {events}개입니다"
        )),
        EventFault::LastChanged => {
            Refusal::new("asrun이 마지막으로 기록한 이벤트가 그 뒤에 바뀌었거나 지워졌습니다")
                .hint("번호로 지정하면 됩니다. 번호를 보려면: asrun show")
        }
        EventFault::NothingGiven => Refusal::new("무엇을 고칠지 적지 않았습니다").hint(
            "asrun amend --last \"고친 내용\", 또는 --at, --type, --step, --by, --why, --detail, --key, --clear, --remove 옵션",
        ),
        EventFault::RemovedAndChanged => {
            Refusal::new("--remove 옵션은 이벤트를 지우므로 다른 값을 함께 바꿀 수 없습니다")
        }
        EventFault::ClearedAndSet { key } => Refusal::new(format!(
            "{clear}{key} 값을 지우는데, 값도 적었습니다. 하나만 적어야 합니다"
        )),
        EventFault::TimeAsText { typed } => {
            Refusal::new(format!("시각만 적어서 이것이 새 내용이 됩니다: {typed:?}"))
                .hint(format!("시각이라면: --at {typed:?}, 내용이라면: --text {typed:?}"))
        }
        EventFault::DashAsText => Refusal::new("\"-\" 하나가 새 내용이 됩니다")
            .hint("자세한 내용을 표준 입력에서 읽으려면: --detail -"),
        EventFault::TwoEvents { number, text } => {
            Refusal::new(format!("어느 이벤트인지 알 수 없습니다: {number}번과 --last를 모두 적었습니다"))
                .hint(format!("하나만 적습니다. {number}부터가 내용이라면: --last --text {text:?}"))
        }
        EventFault::EndsBeforeItBegins => Refusal::new("이벤트가 시작보다 먼저 끝납니다")
            .hint("둘 다 적거나(--at TIME --until TIME), 끝을 없애면 됩니다(--clear until)"),
        EventFault::PromisedBefore { later } => {
            let later = later.as_ref().map(|at| format!(", --next-update {at:?}"));
            let later = later.unwrap_or_default();
            Refusal::new("--next-update: 다음 공지가 이벤트보다 늦지 않습니다")
                .hint(format!("예를 들어 30분 뒤라면: --next-update 30m{later}"))
        }
        EventFault::VaguePromise { typed } => Refusal::new(format!(
            "--next-update: 약속한 시각은 분까지 적습니다. {typed:?}로는 분을 알 수 없습니다"
        ))
        .hint("예: --next-update 14:30, --next-update 30m"),
        EventFault::Needed { key } => {
            Refusal::new(format!("{clear}이벤트에는 `{key}` 키가 꼭 있어야 합니다"))
        }
        EventFault::NoKey { key, keys } => Refusal::new(format!(
            "{clear}이벤트에 `{key}` 키가 없습니다. 있는 키: {}",
            keys.join(", ")
        )),
    }
}

/// The way to undo changes before one that cannot be undone.
/// Returns why a record does not get its old name again: a file has it.
fn in_the_way(file: &str, record: &str, redo: bool) -> Refusal {
    let redo = if redo { " --redo" } else { "" };
    Refusal::new(format!("{file} 파일이 다시 있습니다. 편집기가 옛 사본을 저장했을 수 있습니다"))
        .hint(format!("치워 두려면: mv {file} {file}.old (그다음 asrun undo{redo} -r {record})"))
}

fn entry_edited((entry, keys): (&str, &[(String, Option<Value>)]), back: &str) -> Refusal {
    let wrote = match keys {
        [] => String::new(),
        keys => format!(" (asrun이 적은 값: {})", keys_told(keys)),
    };
    Refusal::new(format!("그 뒤에 직접 고친 항목입니다: {entry}{wrote}"))
        .hint(format!("그 변경 전으로 바꾸려면: {back}"))
}

fn later_stays(entry: &str, number: usize, event: Option<usize>) -> Refusal {
    let refusal = Refusal::new(format!(
        "같은 항목을 나중에 다시 바꿨고, 그 변경은 되돌릴 수 없습니다(이유: asrun undo {number}): {entry}"
    ));
    match event {
        Some(event) => refusal
            .hint(format!("이벤트를 지금 모습 그대로 지우려면: asrun amend {event} --remove")),
        None => refusal.hint("지금 모습에서 고치려면: asrun edit"),
    }
}

fn entry_gone(entry: &str, is_missed: bool) -> Refusal {
    let gone = Refusal::new(format!("이 항목은 이제 기록에 없습니다: {entry}"));
    match is_missed {
        true => gone.hint("사라졌다면: asrun recover, 일부러 지웠다면: asrun recover --forget"),
        false => gone,
    }
}

fn key_edited(key: &str, set: Option<String>) -> Refusal {
    Refusal::new(format!("그 뒤에 {key} 값을 직접 고쳐 asrun이 되돌리지 않습니다")).hint(
        match set {
            Some(set) => format!("그 변경 전으로 바꾸려면: {set}"),
            None => "직접 고치려면: asrun edit".to_owned(),
        },
    )
}

fn edited_in(record: &str, entry: &str, back: Option<&ReverseWay>) -> Refusal {
    Refusal::new(format!(
            "여러 기록을 한 번에 바꾼 변경인데, {record} 기록에서 그 뒤에 직접 고친 것이 있습니다: {entry}"
        ))
        .hint(match back {
            Some(back) => format!("고친 내용은 그대로 두고 반대로 하려면: {}", reverse_command(back)),
            None => format!("먼저 전과 같이 고친 다음 되돌리려면: asrun edit {record}"),
        })
}

/// Returns why nothing is redone: nothing was undone, or that was changed otherwise since.
fn nothing_undone(record: &str, is_over: bool) -> Refusal {
    match is_over {
        false => Refusal::new(format!("{record} 기록에는 되돌린 변경이 없습니다")),
        true => Refusal::new(format!(
            "{record} 기록에서 되돌린 것을 그 뒤에 다시 바꾸어, 되돌린 변경을 다시 적용할 수 없습니다"
        ))
        .hint(format!("둘 다 보려면: asrun undo --list -r {record}")),
    }
}

/// Returns why a change is not undone, with the command that goes on without it.
fn left_standing(why: &UndoFault, number: usize) -> Refusal {
    undo_failure(why).or_on(
        is_followed(why),
        format!("그대로 두고 그 앞의 변경으로 넘어가려면: {} --leave", undoing(number)),
        |hint| format!("그다음 {hint}"),
    )
}

fn undo_failure(fault: &UndoFault) -> Refusal {
    match fault {
        UndoFault::NothingTakenBack { record, is_over } => nothing_undone(record, *is_over),
        UndoFault::NothingDone { record } => {
            Refusal::new(format!("{record} 기록에 되돌릴 변경이 없습니다")).hint(
                "이 컴퓨터에서 asrun으로 바꾼 것만 되돌릴 수 있습니다. 다른 변경은 git에서 찾으면 됩니다",
            )
        }
        UndoFault::NoSuchChange { number, changes } => {
            Refusal::new(format!("되돌릴 {number}번 변경이 없습니다. 변경은 {changes}개 있습니다"))
                .hint("번호를 보려면: asrun undo --list (1번이 마지막 변경)")
        }
        UndoFault::TextChanged => {
            Refusal::new("그 뒤에 기록이 바뀌어 asrun으로 되돌릴 수 없습니다")
                .hint("직접 고치려면: asrun edit")
        }
        UndoFault::EntryEdited { entry, keys, place, back } => {
            entry_edited((entry, keys), &setting_back(place, back))
        }
        UndoFault::EntryGone { entry, is_missed } => entry_gone(entry, *is_missed),
        UndoFault::ChangedLater { entry, number, .. } => {
            Refusal::new(format!("같은 항목을 나중에 다시 바꿨습니다: {entry}"))
                .hint(format!("그 변경을 먼저 되돌리려면: asrun undo {number}"))
        }
        UndoFault::LaterStays { entry, number, event } => later_stays(entry, *number, *event),
        UndoFault::Refused { why, number } => left_standing(why, *number),
        UndoFault::CanGo { number } => {
            Refusal::new("되돌릴 수 있는 변경이라 넘어가지 않습니다")
                .hint(format!("되돌리려면: {}", undoing(*number)))
        }
        UndoFault::Apart { record } => Refusal::new(format!(
            "여러 기록을 한 번에 바꾼 변경인데, {record} 기록에는 그 변경이 남아 있지 않습니다. 여기서만 되돌리면 같은 것이 두 번 적히거나 사라집니다"
        ))
        .hint(format!("그 뒤에 한 변경을 먼저 보려면: asrun undo --list -r {record}")),
        UndoFault::Absent { record } => Refusal::new(format!(
            "여러 기록을 한 번에 바꾼 변경인데, {record} 기록이 지금은 없습니다"
        ))
        .hint(format!("먼저 되살리려면: asrun undo --redo -r {record}")),
        UndoFault::ChangedIn { record } => Refusal::new(format!(
            "여러 기록을 한 번에 바꾼 변경인데, {record} 기록이 그 뒤에 바뀌었습니다"
        ))
        .hint(format!("거기서 나중에 바꾼 것을 먼저 되돌리려면: asrun undo -r {record}")),
        UndoFault::EditedIn { record, entry, back } => edited_in(record, entry, back.as_ref()),
        UndoFault::InTheWay { file, record, redo } => in_the_way(file, record, *redo),
        UndoFault::KeyChanged { key, back, can_set } => {
            key_edited(key, setting_key(key, back.as_ref()).filter(|_| *can_set))
        }
        UndoFault::HoldsMore { record } => Refusal::new(format!(
            "{record} 기록에 처음보다 많은 내용이 있어 없애지 않습니다"
        ))
        .hint("직접 고친 것까지 내용을 보려면: git diff 또는 asrun show"),
        UndoFault::Step { id, twice } => step_in_the_way(id, *twice),
        UndoFault::HoldsFiles { folder, file } => Refusal::new(format!(
            "{folder} 폴더에 {file} 파일이 있어 기록을 없애지 않습니다"
        ))
        .hint("그 파일을 옮기거나 지운 다음: asrun undo"),
        UndoFault::Edit(fault) => Refusal::new(Korean.edit_fault(fault)),
    }
}

/// Returns why a change is not undone: of a step that is gone, or that is there again.
fn step_in_the_way(id: &str, twice: bool) -> Refusal {
    Refusal::new(match twice {
        true => format!("계획에 다른 {id} 단계가 있습니다"),
        false => format!("이벤트에 연결된 {id} 단계가 이제 계획에 없습니다"),
    })
    .hint("계획에 나중에 한 변경을 먼저 되돌리세요. 번호를 보려면: asrun undo --list")
}

fn link_failure(fault: &LinkFault, lead: &str) -> Refusal {
    match fault {
        LinkFault::NothingSuggested { is_possible: true } => {
            Refusal::new("확실한 짝이 없어 연결하지 않았습니다")
                .hint("짝일 수도 있는 것과 연결하는 명령을 보려면: asrun link")
        }
        LinkFault::NothingSuggested { is_possible: false } => {
            Refusal::new("제안할 것이 없어 연결하지 않았습니다")
                .hint("직접 연결하려면: asrun amend NUMBER --step STEP")
        }
        LinkFault::NoSuchNumber { number, suggestions } => {
            Refusal::new(format!("{lead}{number}번 제안이 없습니다. 제안은 {suggestions}개입니다"))
                .hint("제안과 번호를 보려면: asrun link")
        }
        LinkFault::EventGone => Refusal::new("그 이벤트가 이제 없습니다"),
    }
}

/// Returns the wording of a doubt, with times in that zone.
fn doubt_words(doubt: &Doubt, zone: Zone, undo: &str) -> String {
    const OTHER_DAY: &str = "다른 날이라면 날짜도 적으면 됩니다";
    match doubt {
        Doubt::Future { at, ahead } => {
            format!("아직 오지 않은, {} 뒤의 시각입니다: {}", span(*ahead), told(at, zone))
        }
        Doubt::LongAgo { at, ago } => {
            format!("{} 전의 시각입니다: {}. {OTHER_DAY}", span(*ago), told(at, zone))
        }
        Doubt::HalfUnsaid => "오전이나 오후가 없는 시각은 24시간제로 읽습니다".to_owned(),
        Doubt::Ended => {
            format!(
                "이미 끝난 기록입니다. 아직 끝나지 않았다면: {}, 새 기록을 시작하려면: asrun new, 되돌리려면: {undo}",
                reopening(undo)
            )
        }
        Doubt::Outside { day, days: (first, last) } => {
            let days = if first == last { first.to_string() } else { format!("{first} ~ {last}") };
            format!("기록의 날짜({days})와 다른 날입니다: {day}")
        }
        Doubt::FarFromPlan(off) => {
            let side = if *off < 0 { "이릅니다" } else { "늦습니다" };
            format!("계획한 시각보다 {} {side}. {OTHER_DAY}", span(*off))
        }
        Doubt::ChangesLater { at, to, from } => format!(
            "그 뒤 {}에 {} 다시 바뀝니다. 그 이벤트의 이전 값을 {} 고쳤고, 기록의 마지막 값은 그대로입니다",
            told(at, zone),
            toward(to),
            toward(from)
        ),
        Doubt::NowFrom { at, to, from: Some(from) } => format!(
            "{}에 {} 바뀐 이벤트의 이전 값을 {} 고쳤습니다",
            told(at, zone),
            toward(to),
            toward(from)
        ),
        Doubt::NowFrom { at, to, from: None } => {
            format!("{}에 {} 바뀐 이벤트의 이전 값을 지웠습니다", told(at, zone), toward(to))
        }
        Doubt::NoChange { value } => {
            format!("그때 심각도가 이미 {value}였으므로 심각도를 바꾼 이벤트로 두지 않습니다")
        }
        Doubt::LongSpan => "시작한 뒤 하루가 넘어 끝납니다".to_owned(),
        Doubt::BeginsWithTime { typed } => format!(
            "내용이 {typed:?}(으)로 시작하지만 지금 시각으로 기록했습니다. 시각은 --at(프롬프트에서는 /at)으로 적습니다. 되돌리려면: {undo}"
        ),
        Doubt::StillStands { status, at } => format!(
            "그보다 뒤의 이벤트({})가 있어 상태는 아직 {}입니다",
            told_if_known(at.as_ref(), zone, "시각 모름"),
            status.word()
        ),
        Doubt::PromiseOver { at, ago } => {
            format!("약속한 공지 시각({})이 {} 지났습니다", told(at, zone), span(*ago))
        }
        Doubt::Repeated { at, before } => repeated(at, *before, zone),
    }
}
