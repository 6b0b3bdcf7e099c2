//! Answers of commands that change a record.

use crate::fault::{Doubt, HeldIn};
use crate::lang::terminal::{
    AnswerWords, CarriedOut, Deed, Door, LoggedEvent, Refusal, RequestWords, StreamWords, Was,
};
use crate::lang::told::{
    told, told_briefly, told_entry, told_if_known, told_of, told_with_reasons, value_words,
    values_apart,
};
use crate::lang::{CountedFrom, Standing};
use crate::model::{Audience, Day, Event, EventType, Moment, PlanStep, Zone, nearest};
use crate::yaml::Value;

use super::findings::held_in;
use super::particles::{called, toward};
use super::times::counted_from;
use super::{DOCUMENTS, Korean, READING, meant, types_named, window};

impl AnswerWords for Korean {
    fn logged(&self, logged: &LoggedEvent<'_>) -> String {
        logged_line(logged)
    }

    fn not_set_up_to_merge(&self) -> &'static str {
        "이 저장소 사본에는 기록을 병합하는 설정이 없어 pull할 때 충돌할 수 있습니다. 저장소 사본마다 한 번 실행하면 \
         됩니다: asrun init --git"
    }

    fn form_in_shell(&self, meant: &str, undo: &str) -> Refusal {
        Refusal::new("asrun live에서 쓰는 줄임말로 시작하지만, 여기서는 글로만 적힙니다")
            .hint(format!("줄임말로 쓴 것이라면 되돌린 다음 다시 입력하면 됩니다: {undo}, {meant}"))
    }

    fn sounds_like(&self, step: &PlanStep, zone: Zone, of: &str) -> String {
        let id = step.called();
        format!(
            "계획한 단계 {id:?}의 이벤트로 보입니다 ({}, {}). 연결하려면: asrun amend --last --step {id:?}{of}",
            step.text,
            planned_for(step, zone)
        )
    }

    fn to_take_back(&self, undo: &str) -> String {
        format!("이번 것을 되돌리려면: {undo}")
    }

    fn renumbered(&self, list: &str) -> String {
        format!("그 이전 변경의 번호가 하나씩 줄었습니다: {list}")
    }

    fn not_recorded(&self, why: &str) -> String {
        format!("기록하지 못했습니다: {why}")
    }

    fn kept(&self, why: &str, text: &str, record: &str, in_conflict: bool) -> Refusal {
        Refusal::new(format!("아직 기록에 넣지 못해 따로 보관했습니다: {why}"))
            .hint(format!(".asrun/에 보관한 내용: {text}"))
            .hint(match in_conflict {
                true => format!("충돌을 병합하고 기록에 넣으려면: asrun recover {record}"),
                false => format!(
                    "파일을 고친 다음(열려면: asrun edit {record}) 기록에 넣으려면: asrun recover {record}"
                ),
            })
    }

    fn would_be_kept(&self, why: &str) -> String {
        self.rehearsed(&format!("기록에 넣지 못하고 따로 보관하게 됩니다: {why}"))
    }

    fn unknown_type(&self, typed: &str, begun: &[&str]) -> Refusal {
        let written = format!("{typed:?}");
        if !begun.is_empty() {
            let by = toward(&written);
            return Refusal::new(format!("--type: {by} 시작하는 종류가 여럿입니다"))
                .hint(format!("그중 하나: {}", begun.join(", ")));
        }
        let refusal = Refusal::new(format!("--type: {} 이벤트 종류는 없습니다", called(&written)));
        let names = READING.event_types.iter().map(|(name, _)| *name);
        let refusal = match nearest(typed, names).or_else(|| EventType::meant_by(typed)) {
            Some(near) => refusal.hint(meant(near)),
            None => refusal,
        };
        let known: Vec<&str> = EventType::words().collect();
        refusal.hint(format!("쓸 수 있는 종류: {}", types_named(&known).join(", ")))
    }

    fn no_text(&self) -> Refusal {
        Refusal::new("내용이 없고, 입력을 받을 터미널도 없습니다")
            .hint("asrun log \"앱 진입 불가 확인\"")
    }

    fn editor_notes(&self, record: &str) -> String {
        format!(
            "# 위의 선 아래에 적은 것은 기록하지 않습니다.\n\
             # 무슨 일이 있었습니까? 첫 줄이 이벤트이고, 그 아래 줄은 자세한 내용입니다\n\
             # (Markdown). 비워 두면 아무것도 기록하지 않습니다.\n\
             # 기록: {record}\n"
        )
    }

    fn plan_notes(&self, record: &str) -> String {
        format!(
            "# 위의 선 아래에 적은 것은 읽지 않습니다.\n\
             # 한 줄이 한 단계입니다: 시각, 할 일, 그 뒤에 [key: 값]. 줄을 더하면 단계가 생기고, 지우면\n\
             # 계획에서 빠집니다. 시각을 바꾸면 이전 시각도 남습니다. 모두 지우면 아무것도 바꾸지 않습니다.\n\
             # 기록: {record}\n"
        )
    }

    fn plan_not_edited(&self) -> &'static str {
        "계획은 그대로입니다"
    }

    fn no_step_to_edit(&self) -> Refusal {
        Refusal::new("어느 단계를 고칠지 알 수 없습니다").hint(
            "단계를 주세요: asrun plan edit STEP --takes 20m (단계를 보려면: asrun plan list)",
        )
    }

    fn text_below_line(&self) -> &'static str {
        "선 아래에 적은 내용은 기록하지 않습니다"
    }

    fn empty_message(&self) -> &'static str {
        "내용이 비어 있어 기록하지 않았습니다"
    }

    fn amended(
        &self,
        (former, number): (usize, usize),
        event: &Event,
        was: &[Was],
        zone: Zone,
        record: &str,
    ) -> String {
        let words = event_words(event, zone);
        let is_new = |key: &str| was.iter().any(|was| was.key == key);
        let until = event.until.filter(|_| is_new("until"));
        let until = until.map(|at| format!(". 끝: {}", told(&at, zone))).unwrap_or_default();
        let next = event.next_update.filter(|_| is_new("next_update"));
        let next = next.map(|at| format!(". 다음 공지: {}", told(&at, zone))).unwrap_or_default();
        let now =
            if former == number { String::new() } else { format!(". 이제 {number}번입니다") };
        match was {
            [] => format!("{number}번 이벤트에 바뀐 것이 없습니다: {words} → {record}"),
            was => format!(
                "{former}번 이벤트를 고쳤습니다{now}: {words}{until}{next} (이전: {}) → {record}",
                was_words(was)
            ),
        }
    }

    fn removed(&self, number: usize, event: &Event, zone: Zone, record: &str) -> String {
        format!("{number}번 이벤트를 지웠습니다: {} → {record}", event_words(event, zone))
    }

    fn files_stay(&self, folder: &str, files: &[&str]) -> String {
        format!("첨부 파일은 {folder} 폴더에 남아 있습니다: {}", files.join(", "))
    }

    fn new_time_doubt(&self, doubt: &Doubt, zone: Zone, undo: &str) -> String {
        match doubt {
            // Not how far ahead: it was typed deliberately.
            Doubt::Future { at, .. } => format!("아직 오지 않은 시각입니다: {}", told(at, zone)),
            other => self.doubt(other, zone, undo),
        }
    }

    fn counted_from(&self, from: &CountedFrom, zone: Zone) -> String {
        counted_from(from, zone)
    }

    fn two_texts(&self, beside: &str) -> String {
        format!("새 내용이 둘입니다(--text, {beside:?}). 하나만 적어야 합니다")
    }

    fn attached(&self, path: &str, event: Option<&str>) -> String {
        format!("{path} 파일을 {}에 첨부했습니다", holder(event))
    }

    fn attached_already(&self, file: &str, event: Option<&str>) -> String {
        format!("{file} 파일은 {}에 이미 첨부되어 있어 바뀐 것이 없습니다", holder(event))
    }

    fn attachment_changed(
        &self,
        file: &str,
        event: Option<&str>,
        was: &[Was],
        record: &str,
    ) -> String {
        let holder = holder(event);
        match was {
            [] => format!("{holder}의 {file} 첨부에 바뀐 것이 없습니다 → {record}"),
            was => {
                format!("{holder}의 {file} 첨부를 고쳤습니다 (이전: {}) → {record}", was_words(was))
            }
        }
    }

    fn attachment_removed(&self, file: &str, event: Option<&str>, record: &str) -> String {
        format!("{}에서 {file} 첨부를 뺐습니다 → {record}", holder(event))
    }

    fn clipboard_unread(&self, said: Option<(&str, &str)>) -> Refusal {
        match said {
            Some((program, said)) => {
                let said = if said.is_empty() { "나온 그림이 없습니다" } else { said };
                Refusal::new(format!("클립보드에서 그림을 읽지 못했습니다: {program}: {said}"))
                    .hint("그림을 먼저 복사하거나, 파일로 저장해 첨부하면 됩니다")
            }
            None => Refusal::new("클립보드의 그림을 읽을 프로그램이 없습니다").hint(
                "wl-clipboard(Wayland), xclip(X11), pngpaste(macOS) 중 하나를 설치하면 됩니다",
            ),
        }
    }

    fn nameless_input(&self) -> &'static str {
        "표준 입력으로 받은 파일에는 이름이 필요합니다: --name 화면.png"
    }

    fn name_without_input(&self) -> &'static str {
        "--name은 표준 입력(-)과 --clipboard에만 씁니다. 파일은 제 이름으로 넣습니다"
    }

    fn named_in_environment(&self, named: &str) -> String {
        format!(
            "ASRUN_RECORD 때문에 모든 명령이 {named:?}에 적용됩니다. 없애려면: unset ASRUN_RECORD"
        )
    }

    fn event_of_files(&self, number: usize) -> String {
        format!("{number}번 이벤트에 첨부하려면: asrun attach 파일 --event {number}")
    }

    fn linked(&self, event: &str, step: &str, id: &str, record: &str) -> String {
        format!("연결했습니다: {event} ↔ {step} [{id}] → {record}")
    }

    fn perhaps_linked(&self, alone: bool) -> &'static str {
        match alone {
            true => "확실한 짝은 없습니다. 한 일과 시각으로 보아 짝일 수도 있습니다:",
            false => "한 일과 시각으로 보아 짝일 수도 있습니다:",
        }
    }

    fn perhaps_done(&self, of: &str) -> String {
        format!("이벤트에 단계가 적혀 있지 않습니다. 그 단계를 실행한 것이라면: asrun link{of}")
    }

    fn nothing_linked(&self, of: &str) -> String {
        format!(
            "이 제안은 아직 적용하지 않았습니다. 모두 연결하려면: asrun link{of} --apply, 일부만 연결하려면: asrun link{of} --apply 1 3"
        )
    }

    fn made_record(&self, path: &str, kind: &str, day: &Day, zone: Zone) -> String {
        format!("만들었습니다: {path} ({kind}, {day}, {zone}). 현재 기록으로 선택했습니다")
    }

    fn own_kind(&self, kind: &str, near: &str) -> String {
        format!("참고: asrun이 모르는 종류입니다: {kind:?}. {}", meant(near))
    }

    fn not_chosen(&self, record: &str) -> String {
        format!("현재 기록으로 선택하지 못했습니다. 이 기록을 지정하려면: -r {record}")
    }

    fn chosen(&self, record: &str) -> String {
        format!("현재 기록으로 선택했습니다: {record}")
    }

    fn no_step_text(&self, time: &str) -> Refusal {
        Refusal::new("단계의 내용이 없습니다").hint(format!("asrun plan add {time} \"앱 배포\""))
    }

    fn step_without_time(&self, text: &str, is_rollback: bool) -> String {
        let option = if is_rollback { " --rollback" } else { "" };
        format!("시각이 없는 단계를 추가하려면: asrun plan add tbd {text:?}{option}")
    }

    fn pasted_with_text(&self) -> &'static str {
        "`asrun plan add -` 명령은 시각과 내용을 표준 입력에서 읽으므로 내용을 따로 받지 않습니다"
    }

    fn run_begins(&self) -> &'static str {
        "Enter나 `done`(완료)은 보이는 단계를, `done STEP`은 다른 단계를 기록합니다.\n\
         시작(start), 실패(fail 이유), 생략(skip 이유), 늦음(late +20m 이유)\n\
         진행(go), 중단(no go), 실행(run), 롤백(rollback STEP)\n\
         남은 단계 모두 생략(skip --rest 이유)\n\
         목록(list), 예측(forecast), 되돌리기(undo), 도움말(help), 끝(quit)"
    }

    fn run_step(&self, step: &PlanStep, standing: Standing) -> String {
        let stands = match standing {
            Standing::Next => "다음",
            Standing::UnderWay => "진행 중",
            Standing::Overdue => DOCUMENTS.labels.overdue,
            Standing::Failed => "실패",
            Standing::NotRecorded => DOCUMENTS.labels.not_recorded,
            Standing::PerhapsDone => "했을 수 있음",
        };
        let id = step.id.as_ref().map(|id| format!(" [{id}]")).unwrap_or_default();
        let mark = match step {
            PlanStep { decision: true, .. } => " (진행할지 결정)",
            PlanStep { rollback: true, .. } => " (롤백)",
            _ => "",
        };
        let owner = step.owner.as_ref().map(|owner| format!(" · {owner}")).unwrap_or_default();
        let failed = step.if_failed.as_ref().map(|what| format!(" · 실패하면: {what}"));
        let command = step.command.as_ref().map(|command| format!(" · 명령: {command}"));
        let (failed, command) = (failed.unwrap_or_default(), command.unwrap_or_default());
        format!("▶ {stands}: {}{id}{mark}{owner}{failed}{command}", step.text)
    }

    fn rest_is_all_steps(&self) -> Refusal {
        Refusal::new("--rest는 남은 단계를 모두 생략하므로 단계를 따로 적을 수 없습니다")
            .hint("이유를 적으려면: asrun plan skip --rest --why \"롤백함\", 한 단계만 생략하려면: asrun plan skip STEP")
    }

    fn run_is_back(&self) -> &'static str {
        "롤백이 끝났습니다. 남은 단계를 모두 생략하려면: `skip --rest 이유`"
    }

    fn run_is_over(&self) -> &'static str {
        "남은 단계가 없습니다"
    }

    fn run_not_understood(&self, line: &str) -> Refusal {
        Refusal::new(format!("단계에 할 수 있는 일이 아닙니다: \"{line}\""))
            .hint("Enter, 완료, 시작, 실패, 생략, 늦음 +20m, 실행, 진행, 중단, 롤백, 목록, 예측, 되돌리기, 도움말, 끝")
    }

    fn run_how_late(&self, words: &str) -> Refusal {
        let refusal = match words {
            "" => Refusal::new("얼마나 늦는지 적어 주세요"),
            words => Refusal::new(format!("얼마나 늦는지 읽을 수 없습니다: \"{words}\"")),
        };
        refusal.hint(
            "`late +20m 이유`, `late STEP +20m 이유`, `late STEP 18:40 이유`처럼 적으면 됩니다",
        )
    }

    fn time_in_quotes(&self, time: &str, as_time: &[String], as_text: Option<&str>) -> Refusal {
        let (why, lead) = match as_text {
            None => ("시각이 여러 낱말로 되어 있습니다", "시각으로 적으면"),
            Some(_) => ("시각 뒤의 말이 시각의 일부일 수 있습니다", "시각의 일부라면"),
        };
        let refusal = Refusal::new(self.not_recorded(&format!("{why}: {time}")));
        let refusal = match as_time {
            [] => refusal.hint("시각의 일부라면 읽을 수 있는 꼴로 적습니다: asrun help times"),
            all => all.iter().fold(refusal, |it, one| it.hint(format!("{lead}: {one}"))),
        };
        match as_text {
            Some(as_text) => refusal.hint(format!("아니라면: {as_text}")),
            None => refusal,
        }
    }

    fn run_none_left(&self) -> Refusal {
        Refusal::new("기록하지 않았습니다: 계획에 남은 단계가 없습니다")
            .hint("단계를 지정하면 더 기록할 수 있습니다: `fail STEP 이유`, `start STEP`")
    }

    fn run_done_already(&self, step: &str, id: &str, (at, zone): (&Moment, Zone)) -> Refusal {
        let at = told(at, zone);
        Refusal::new(format!("기록하지 않았습니다: 이미 완료한 단계입니다: \"{step}\" ({at})"))
            .hint(format!("다시 실행했다면: `start {id}` 다음에 `done {id}`"))
    }

    fn run_failed(&self, step: &str, id: &str) -> Refusal {
        Refusal::new(format!(
            "기록하지 않았습니다: 실패한 단계는 Enter로 완료되지 않습니다: \"{step}\""
        ))
        .hint(format!("다시 하려면 `start {id}`, 그만두려면 `skip {id} 이유`, 롤백하려면 `rollback STEP`, 그래도 완료했다면 `done {id}`"))
    }

    fn run_step_or_reason(&self, verb: &str, word: &str, step: &str, shown: &str) -> Refusal {
        Refusal::new(format!(
            "기록하지 않았습니다: \"{word}\" 표현이 단계({step})인지 이유인지 알 수 없습니다"
        ))
        .hint(format!(
            "단계를 먼저 적으면 됩니다: `{verb} {step} 이유` 또는 `{verb} {shown} {word} …`"
        ))
    }

    fn run_moved_on(&self, step: &str) -> String {
        format!(
            "기록하지 않았습니다: 다른 사람이 기록을 바꾸어 다음 단계가 달라졌습니다 (\"{step}\")"
        )
    }

    fn run_no_decision(&self, step: &str, id: &str, open: &[&str]) -> Refusal {
        let refused = Refusal::new(format!("{step:?} 단계는 진행할지 결정하는 단계가 아닙니다"));
        match open {
            [] => refused.hint(format!("결정하는 단계로 바꾸려면: asrun plan edit {id} --decision")),
            _ => refused.hint(format!(
                "결정하는 단계를 적으면 됩니다: `go STEP`, `no go STEP`. 아직 결정하지 않은 단계: {}",
                open.join(", ")
            )),
        }
    }

    fn run_which_decision(&self, open: &[&str]) -> Refusal {
        match open {
            [] => Refusal::new("계획에 아직 결정하지 않은 단계가 없습니다")
                .hint("결정하는 단계로 바꾸려면: asrun plan edit STEP --decision"),
            _ => Refusal::new("어느 결정인지 적어 주세요")
                .hint(format!("`go STEP` 또는 `no go STEP`처럼 적습니다: {}", open.join(", "))),
        }
    }

    fn run_which_rollback(&self, steps: &[&str]) -> Refusal {
        match steps {
            [] => Refusal::new("계획에 실행할 롤백 단계가 남아 있지 않습니다")
                .hint("롤백 단계를 더하려면: asrun plan add tbd TEXT --rollback"),
            _ => Refusal::new("어느 롤백 단계인지 적어 주세요")
                .hint(format!("`rollback STEP`처럼 적습니다: {}", steps.join(", "))),
        }
    }

    fn run_no_rollback(&self, step: &str, id: &str, steps: &[&str]) -> Refusal {
        let refused = Refusal::new(format!("{step:?} 단계는 롤백 단계가 아닙니다"));
        match steps {
            [] => refused.hint(format!("롤백 단계로 바꾸려면: asrun plan edit {id} --rollback")),
            _ => refused.hint(format!("롤백 단계: {}", steps.join(", "))),
        }
    }

    fn run_has_no_command(&self, step: &str) -> Refusal {
        Refusal::new(format!("{step:?} 단계에는 실행할 명령이 없습니다"))
            .hint("끝난 것으로 기록하려면: done")
    }

    fn rehearsal_begins(&self, path: &str, record: &str) -> String {
        format!("만들었습니다: {path} ({record}의 예행연습, 첫 단계가 지금 시작하는 것으로 봅니다)")
    }

    fn run_in_rehearsal(&self, step: &str) -> Refusal {
        Refusal::new(format!("예행연습이라 {step:?} 단계의 명령을 실행하지 않습니다"))
            .hint("끝난 것으로 기록하려면: done")
    }

    fn run_shows_command(&self, step: &str, command: &str) -> String {
        format!(
            "{step:?} 단계의 명령입니다(셸 없이 실행): {command}\n  `run`(실행)을 입력해야만 시작합니다"
        )
    }

    fn run_needs_shell(&self, command: &str) -> Refusal {
        Refusal::new(format!("셸이 있어야 하는 명령이라 시작하지 않았습니다: {command:?}"))
            .hint("셸을 적거나(sh -c 'a && b') 스크립트로 만들면 됩니다")
    }

    fn run_if_failed(&self, what: &str) -> String {
        format!("계획에 적힌 대응: {what}")
    }

    fn plan_is_empty(&self) -> &'static str {
        "계획에 단계가 없습니다. 시작하려면: asrun plan add TIME TEXT"
    }

    fn not_in_calendar(&self, steps: usize) -> String {
        format!("시각이 정해지지 않은 단계 {steps}개는 달력에 넣지 않았습니다")
    }

    fn pasted_with_options(&self) -> Refusal {
        Refusal::new("`-`를 쓰면 한 줄이 한 단계가 되므로 --until, --owner처럼 한 단계에 붙는 옵션이 어느 단계의 것인지 알 수 없습니다")
            .hint("끝나는 시각은 줄에 적으면 됩니다: 17:00-18:00 앱 배포")
    }

    fn ticked_steps(&self, steps: usize) -> Refusal {
        Refusal::new(format!(
            "체크된 줄이 {steps}개 있지만, 완료했다는 표시는 계획에 남지 않습니다"
        ))
        .hint("완료한 일을 기록하려면: asrun log TEXT --at TIME --step ID")
    }

    fn planned(&self, step: &PlanStep, until: Option<&Moment>, zone: Zone, record: &str) -> String {
        let until = until.map(|until| format!(" ~ {}", told(until, zone))).unwrap_or_default();
        let when = format!("{}{until}", planned_for(step, zone));
        let id = step.id.as_deref().unwrap_or("");
        let due = step.due.filter(|_| !step.is_deadline());
        let due = due.map(|due| format!(" (기한 {})", told(&due, zone))).unwrap_or_default();
        format!("계획에 넣었습니다: {when}{due} {} [{id}] → {record}", step.text)
    }

    fn left_alone(&self, text: &str, record: &str) -> String {
        format!("계획에 이미 있어 그대로 두었습니다: {text} → {record}")
    }

    fn moved(
        &self,
        text: &str,
        from: Option<&Moment>,
        (at, until): (&Moment, Option<&Moment>),
        zone: Zone,
        record: &str,
    ) -> String {
        let (from, to) = (told_if_known(from, zone, "시각 미정"), window(at, until, zone));
        format!("계획한 시각을 옮겼습니다: {text}, {to} (이전: {from}) → {record}")
    }

    fn skipped(
        &self,
        (text, why): (&str, Option<&str>),
        at: Option<&Moment>,
        zone: Zone,
        record: &str,
    ) -> String {
        let at = told_if_known(at, zone, "시각 미정");
        let why = why.map(|why| format!(", 이유: {why}")).unwrap_or_default();
        format!("단계를 생략했습니다: {text} (계획: {at}{why}) → {record}")
    }

    fn unskipped(&self, text: &str, at: Option<&Moment>, zone: Zone, record: &str) -> String {
        format!(
            "생략을 취소했습니다: {text} (계획: {}) → {record}",
            told_if_known(at, zone, "시각 미정")
        )
    }

    fn step_removed(&self, text: &str, at: Option<&Moment>, zone: Zone, record: &str) -> String {
        let at = told_if_known(at, zone, "시각 미정");
        format!("계획에서 뺐습니다: {text} (계획: {at}) → {record}")
    }

    fn step_changed(&self, text: &str, was: &[Was], record: &str) -> String {
        format!("단계를 고쳤습니다: {text} (이전: {}) → {record}", was_words(was))
    }

    fn steps_moved(&self, count: usize) -> String {
        format!("단계 {count}개를 옮겼습니다")
    }

    fn steps_skipped(&self, count: usize) -> String {
        format!("단계 {count}개를 생략했습니다")
    }

    fn moved_later(&self) -> &'static str {
        "부호가 없는 길이는 뒤로 미루는 것으로 읽습니다. 앞당기려면: --by -LENGTH"
    }

    fn not_shifted(&self, steps: &str) -> String {
        format!("시각이 없거나 날짜만 있어 옮기지 않았습니다: {steps}")
    }

    fn moved_past_due(&self, step: &str, due: &Moment, zone: Zone) -> Refusal {
        Refusal::new(format!("{step} 단계의 기한은 그대로입니다: {}", told(due, zone)))
            .hint("기한도 옮기려면: asrun plan edit STEP --due TIME")
    }

    fn deadlines_stay(&self, steps: &str) -> String {
        format!("기한은 그대로 두었습니다: {steps}")
    }

    fn anchor_guessed(&self, text: &str, other: Option<&str>) -> String {
        let why = match other {
            None => "그 시각에 계획한 단계가 없습니다.".to_owned(),
            Some(other) => format!("다른 날 그 시각에 계획한 단계가 있습니다: {other}."),
        };
        format!("{why} 기준으로 삼은 단계: {text} (다른 단계로 하려면: --anchor STEP)")
    }

    fn anchor_unknown_in(&self, text: &str, records: &[&str], better: Option<&str>) -> String {
        let way = better.map(|anchor| {
            format!(". 더 많은 기록이 아는 단계를 기준으로 하려면: --anchor {anchor} --at TIME")
        });
        format!(
            "{}에는 기준 단계의 시각이 없어 간격 계산에 쓰지 않았습니다: {text}{}",
            records.join(", "),
            way.unwrap_or_default()
        )
    }

    fn anchor_stays(
        &self,
        text: &str,
        stays: &Moment,
        at: &Moment,
        zone: Zone,
        record: &str,
    ) -> String {
        format!(
            "{text}: {record} 기록에 계획한 시각({})을 그대로 두고, 나머지 단계는 {} 기준으로 계산합니다",
            told(stays, zone),
            told(at, zone)
        )
    }

    fn nothing_planned(&self, record: Option<&str>) -> String {
        match record {
            Some(record) => {
                format!("아직 쓰지 않았습니다. {record} 계획에 넣으려면: --apply")
            }
            None => "아직 쓰지 않았습니다. 계획에 넣으려면: --apply -r RECORD".to_owned(),
        }
    }

    fn steps_left_out(&self, steps: &[&PlanStep], old: &str) -> String {
        let steps = told_with_reasons(steps);
        format!(
            "{old}에서 실패가 없을 때 생략한 단계라 새 계획에서 뺐습니다: {steps}. 함께 넣으려면: \
             --keep-skipped"
        )
    }

    fn change(&self, verb: &str, deeds: &[Deed]) -> String {
        let deed = |deed: &Deed| match deed {
            Deed::Changed { now, was } => {
                format!("{} (이전: {})", told_entry(now), was_words(was))
            }
            Deed::Removed(entry) => format!("{} (삭제)", told_entry(entry)),
            Deed::Back(entry) => format!("{} (복원)", told_entry(entry)),
            Deed::Added(entry) => told_entry(entry),
            Deed::Begun(title) => value_words(Some(title)),
            Deed::Key { key, now, was } => {
                let [now, was] = values_apart(now.as_ref(), was.as_ref());
                format!("{key}: {now} (이전: {was})")
            }
            Deed::Layout => "주석과 배치".to_owned(),
            Deed::Unknown => String::new(),
        };
        let mut told: Vec<String> = deeds.iter().take(told_of(deeds.len())).map(deed).collect();
        let more = deeds.len() - told.len();
        told.extend((more > 0).then(|| format!("외 {more}건")));
        format!("{verb}: {}", told.join("; ")).trim_end_matches([':', ' ']).to_owned()
    }

    fn undone(&self, change: &str, door: Door, record: &str, of: Option<&str>) -> String {
        match (door, of) {
            (Door::Prompt, _) => format!("되돌렸습니다: {change} (다시 적용하려면: /redo)"),
            (Door::CommandLine, Some(of)) => {
                format!(
                    "되돌렸습니다: {change} → {record} (다시 적용하려면: asrun undo --redo{of})"
                )
            }
            (Door::CommandLine, None) => format!("되돌렸습니다: {change} → {record}"),
        }
    }

    fn left_standing(&self, change: &str, record: &str, undo: Option<&str>) -> String {
        let more = undo.map(|undo| format!(" (다른 변경을 되돌리려면: {undo})"));
        format!("그대로 두었습니다: {change} → {record}{}", more.unwrap_or_default())
    }

    fn undone_elsewhere(&self, redo: &str) -> String {
        format!("다른 기록에서 마지막으로 되돌린 것을 다시 적용하려면: {redo}")
    }

    fn gone_with_edits(&self, written: &[String]) -> String {
        let written = written.join("; ");
        format!(
            "asrun이 적은 뒤에 직접 고친 항목입니다: {written} (다시 적용하면 고친 그대로 돌아옵니다)"
        )
    }

    fn record_taken_back(&self, change: &str, record: &str) -> String {
        format!("되돌렸습니다: {change} → {record} 기록을 없앴습니다")
    }

    fn none_chosen(&self) -> &'static str {
        "이제 선택한 현재 기록이 없습니다"
    }

    fn copy_away(&self, path: &str) -> String {
        format!("{path} 파일도 치웠습니다")
    }

    fn copy_back(&self, path: &str) -> String {
        format!("{path} 파일을 다시 가져왔습니다")
    }

    fn copy_stays(&self, path: &str) -> String {
        format!("{path} 파일은 복사한 뒤 바뀌었으므로 그대로 둡니다")
    }

    fn copy_named(&self, path: &str) -> String {
        format!("{path} 파일은 기록에 아직 이름이 있으므로 그대로 둡니다")
    }

    fn copy_lost(&self, path: &str, record: &str) -> Refusal {
        Refusal::new(format!("{path} 파일이 없고, asrun에도 사본이 남아 있지 않습니다"))
            .hint(format!("다시 복사해 넣으려면: asrun attach FILE -r {record}"))
    }

    fn copy_another(&self, path: &str) -> String {
        format!("{path} 파일은 그때 복사한 파일이 아닙니다")
    }

    fn redone(&self, change: &str, door: Door, record: &str, of: Option<&str>) -> String {
        match (door, of) {
            (Door::Prompt, _) => format!("다시 적용했습니다: {change}"),
            (Door::CommandLine, Some(of)) => {
                format!("다시 적용했습니다: {change} → {record} (되돌리려면: asrun undo{of})")
            }
            (Door::CommandLine, None) => format!("다시 적용했습니다: {change} → {record}"),
        }
    }

    fn no_changes(&self, record: &str) -> String {
        format!("이 컴퓨터에서 asrun이 {record} 기록을 바꾼 적이 없습니다")
    }

    fn recovered_although(&self, held: &HeldIn, record: &str) -> String {
        format!(
            "{}. 일부러 그런 것이라면: asrun undo -r {record}, 그다음 asrun recover {record} --forget",
            held_in(held)
        )
    }

    fn not_recovered(&self, entry: &Value, held: &HeldIn) -> String {
        format!("되살리지 않았습니다: {} ({})", told_entry(entry), held_in(held))
    }

    fn to_restore_all(&self, record: &str) -> String {
        format!(
            "그래도 되살리려면: asrun recover {record} --all. 없어도 된다면: asrun recover {record} --forget"
        )
    }

    fn recovered(&self, entry: &Value, record: &str) -> String {
        format!("되살렸습니다: {} → {record}", told_entry(entry))
    }

    fn forgotten(&self, entry: &Value, record: &str) -> String {
        format!("일부러 지운 것으로 처리했습니다: {} → {record}", told_entry(entry))
    }

    fn confirmed(&self, entry: &Value, record: &str) -> String {
        format!("지금 내용이 맞다고 표시했습니다: {} → {record}", told_entry(entry))
    }

    fn record_confirmed(&self, record: &str) -> String {
        format!("{record} 기록을 그대로 둡니다")
    }

    fn brought_up_to_date(&self, record: &str) -> String {
        format!("커밋한 내용이 {record} 기록에 다시 있습니다")
    }

    fn nothing_missing(&self, record: &str) -> String {
        format!("{record} 기록에서 사라진 것이 없습니다")
    }

    fn unlinked(&self, why: &str) -> Refusal {
        Refusal::new(why).hint("단계에 연결하려면: asrun amend NUMBER --step STEP")
    }

    fn action_added(
        &self,
        number: usize,
        text: &str,
        (owner, due): (Option<&str>, Option<Day>),
        record: &str,
    ) -> String {
        let owner = owner.map(|owner| format!("담당: {owner}"));
        let given: Vec<String> =
            owner.into_iter().chain(due.map(|due| format!("기한: {due}"))).collect();
        let given =
            if given.is_empty() { String::new() } else { format!(" ({})", given.join(", ")) };
        format!("후속 조치 {number}번을 적었습니다: {text}{given} → {record}")
    }

    fn action_done(&self, text: &str, on: &Day, record: &str) -> String {
        format!("{on}에 끝낸 것으로 적었습니다: {text} → {record}")
    }

    fn lesson_added(&self, sort: &str, text: &str, record: &str) -> String {
        format!("교훈을 적었습니다 ({sort}): {text} → {record}")
    }
}

/// Returns `2024-09-07 18:09경 +09:00` for an approximate time.
fn marked(at: &Moment, told: String) -> String {
    if !at.is_about() {
        return told;
    }
    let (day, rest) = told.split_once(' ').unwrap_or((&told, ""));
    match rest.split_once(' ') {
        Some((clock, zone)) => format!("{day} {clock}경 {zone}"),
        None if rest.is_empty() => format!("{day}경"),
        None => format!("{day} {rest}경"),
    }
}

fn logged_line(logged: &LoggedEvent<'_>) -> String {
    let LoggedEvent { event, carried, zone, record, door, now } = logged;
    let when = |at: &Moment| match door {
        Door::Prompt => marked(at, told_briefly(at, now, *zone)),
        Door::CommandLine => marked(at, told(at, *zone)),
    };
    let mut line = format!(
        "기록했습니다: {}",
        event.at.map_or_else(|| "시각 모름".to_owned(), |at| when(&at))
    );
    if let Some(until) = &event.until {
        line.push_str(&format!(" ~ {}", when(until)));
    }
    line.push_str(&format!(" {}", event.headline()));
    line.extend(event.kind.iter().map(|kind| format!(" [{kind}]")));
    if event.audience == Audience::Internal {
        line.push_str(" (내부용)");
    }
    if *door == Door::CommandLine {
        line.push_str(&format!(" → {record}"));
    }
    line.extend(carried.iter().map(carried_out));
    line.extend(
        event.next_update.map(|at| format!("; 다음 공지 {}", told_briefly(&at, now, *zone))),
    );
    line.extend(event.attachments.iter().map(|file| format!("; 첨부: {}", file.file)));
    line
}

/// Returns `; 계획한 단계: deploy (앱 배포), 30분 일찍`.
fn carried_out(step: &CarriedOut) -> String {
    if !step.done {
        let began = step.outcome.map(|outcome| format!(", {}", DOCUMENTS.outcome(&outcome)));
        return format!("; 단계: {} ({}){}", step.id, step.text, began.unwrap_or_default());
    }
    let later = || "이 단계의 후속 이벤트".to_owned();
    let outcome = step.outcome.map_or_else(later, |outcome| DOCUMENTS.outcome(&outcome));
    format!("; 계획한 단계: {} ({}), {outcome}", step.id, step.text)
}

/// Returns when a step is planned: at a time, by a time, or not yet.
fn planned_for(step: &PlanStep, zone: Zone) -> String {
    match step.due.filter(|_| step.is_deadline()) {
        Some(due) => format!("{} 기한,", told(&due, zone)),
        None => told_if_known(step.at.as_ref(), zone, "시각 미정"),
    }
}

fn event_words(event: &Event, zone: Zone) -> String {
    let at = told_if_known(event.at.as_ref(), zone, "시각 모름");
    format!("{at} {}", event.headline())
}

/// Returns what a file belongs to.
fn holder(event: Option<&str>) -> String {
    event.map_or_else(|| "기록".to_owned(), |event| format!("{event:?} 이벤트"))
}

fn was_words(was: &[Was]) -> String {
    let key = |was: &Was| format!("{}: {}", was.key, value_words(was.value.as_ref()));
    was.iter().map(key).collect::<Vec<_>>().join(", ")
}
