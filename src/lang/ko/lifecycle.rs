//! Messages about a record as a whole.

use std::path::Path;

use crate::fault::{
    CommentLoss, ContentFault, KeyFault, LostComment, MoveFault, RecordFault, StateFault,
};
use crate::lang::ProblemText;
use crate::lang::terminal::{Current, Door, EditWords, LifeWords, Refusal, RequestWords};
use crate::lang::told::{
    hash_signs, numbered, numbers, public_event_typed, quoted_word, told, told_if_known,
    undo_again, value_words, whole_value_words,
};
use crate::model::{Event, EventType, IdFault, Moment, Zone};
use crate::yaml::Value;

use super::files::with_ids;
use super::particles::{called, topic, toward};
use super::times::repeated;
use super::{Korean, keys_named, meant, span, types_named};

impl LifeWords for Korean {
    fn key_set(&self, key: &str, was: Option<&Value>, now: Option<&Value>, record: &str) -> String {
        match (was, now) {
            (None, now) => format!("{key} 값을 적었습니다: {} → {record}", value_words(now)),
            (was, None) => format!("{key} 값을 지웠습니다 (이전: {}) → {record}", value_words(was)),
            (was, now) => {
                format!(
                    "{key} 값을 바꿨습니다: {} (이전: {}) → {record}",
                    value_words(now),
                    value_words(was)
                )
            }
        }
    }

    fn times_moved(&self, count: usize, of: &str) -> String {
        format!(
            "오프셋 없이 적은 시각 {count}개가 새 시간대에서는 다른 시각이 됩니다. 확인하려면: asrun show, 시간대를 되돌리려면: asrun undo{of}"
        )
    }

    fn key_unset(&self, key: &str, record: &str, of: &str) -> String {
        // `post` is a group, of which one key is set at a time.
        let set = if key == "post" { "post.layout" } else { key };
        format!("{record} 기록에 {key} 값이 없습니다. 적으려면: asrun set {set} VALUE{of}")
    }

    fn is_current(&self, why: Current, title: &str, others: &[String]) -> String {
        let why = match why {
            Current::InEnvironment => "ASRUN_RECORD로 지정한 기록입니다",
            Current::Chosen => "asrun select, new, reopen 중 하나로 선택한 기록입니다",
            Current::OnlyOpen => "진행 중인 기록이 이것뿐입니다",
            Current::Only => "기록이 이것뿐입니다",
        };
        let title = if title.is_empty() { String::new() } else { format!("{title}: ") };
        match others {
            [] => format!("{title}{why}"),
            others => format!("{title}{why}. 다른 진행 중인 기록: {}", others.join(", ")),
        }
    }

    fn open_too(&self, record: &str, others: &[String]) -> String {
        let to = others.join(", 또는 --to ");
        format!(
            "다른 진행 중인 기록: {}. 그쪽 일이면: asrun move --last -r {record} --to {to}",
            others.join(", ")
        )
    }

    fn log_again(&self, at: &Moment, before: i64, zone: Zone) -> String {
        format!("{}\n다시 기록할까요? [y/N] ", repeated(at, before, zone))
    }

    fn entered_again(&self, at: &Moment, before: i64, zone: Zone) -> Refusal {
        Refusal::new(repeated(at, before, zone)).hint("그래도 한 번 더 기록하려면: Enter")
    }

    fn not_again(&self) -> &'static str {
        "기록에 이미 있습니다"
    }

    fn open_records(&self, open: &[(String, String)]) -> String {
        format!("진행 중인 기록이 여러 건입니다.\n{}", numbered(open))
    }

    fn which_record(&self) -> &'static str {
        "어느 기록입니까? "
    }

    fn no_choice(&self, typed: &str, most: usize, or_record: bool) -> String {
        let id = if or_record {
            "를 누르거나 id의 일부를 입력하고 Enter를"
        } else {
            "를"
        };
        let what = match typed {
            "" => "입력한 것이 없습니다".to_owned(),
            typed if or_record => {
                format!("{} {most}까지의 번호도 id의 일부도 아닙니다", topic(&format!("{typed:?}")))
            }
            typed => format!("{} {most}까지의 번호가 아닙니다", topic(&format!("{typed:?}"))),
        };
        format!("{what}. 1에서 {most}까지의 번호{id} 누르세요. 그만두려면: Ctrl-C")
    }

    fn word_or_record(
        &self,
        word: &str,
        records: &[String],
        as_record: &str,
        as_word: &str,
    ) -> Refusal {
        let word = topic(&format!("{word:?}"));
        let message = match records {
            [one] => format!("{word} 기록 {one}의 이름이기도 해서 아무것도 바꾸지 않았습니다"),
            many => {
                format!("{word} 기록 {}건의 이름이기도 해서 아무것도 바꾸지 않았습니다", many.len())
            }
        };
        let listed = if records.len() > 1 { records } else { &[] };
        with_ids(Refusal::new(message), "해당하는 기록:", listed)
            .hint(format!("그 기록을 뜻했다면: {as_record}"))
            .hint(format!("적은 말 그대로라면: {as_word}"))
    }

    fn prompt_record(&self, record: &str, others: &[String]) -> String {
        match others {
            [] => format!("{record}. 다른 진행 중인 기록은 없습니다"),
            [other, ..] => format!(
                "{record}. 다른 진행 중인 기록: {}. 그쪽에 적으려면: /record {other}",
                others.join(", ")
            ),
        }
    }

    fn renamed(&self, from: &str, to: &str) -> String {
        format!("이름을 바꿨습니다: {from} → {to}, 파일도 함께")
    }

    fn would_rename(&self, from: &str, to: &str) -> String {
        format!("이름을 바꿉니다: {from} → {to}, 파일도 함께")
    }

    fn relinked(&self, path: &str, to: &str) -> String {
        format!("{path}: 새 이름({to})으로 고쳤습니다")
    }

    fn named_elsewhere(&self, from: &str, places: &[(String, usize)]) -> String {
        let named: Vec<String> =
            places.iter().take(20).map(|(path, line)| format!("{path}:{line}")).collect();
        let more = match places.len() - named.len() {
            0 => String::new(),
            more => format!(" 그리고 {more}곳 더"),
        };
        format!("예전 이름({from})이 아직 적혀 있는 곳: {}{more}", named.join(", "))
    }

    fn deleted(&self, record: &str, held: Option<(usize, usize)>, files: usize) -> String {
        let held = match held {
            Some((events, steps)) => format!("이벤트 {events}건, 단계 {steps}개, 파일 {files}개"),
            None => format!("읽을 수 없음, 파일 {files}개"),
        };
        format!("지웠습니다: {record} ({held})")
    }

    fn still_published(&self, record: &str, paths: &[String]) -> String {
        let (count, paths) = (paths.len(), paths.join(" "));
        format!("{record}에서 공개한 파일 {count}개는 그대로 있습니다. 지우려면: rm -- {paths}")
    }

    fn published_before(&self, from: &str, paths: &[String]) -> String {
        let (count, paths) = (paths.len(), paths.join(" "));
        format!(
            "예전 이름({from})으로 공개한 파일 {count}개는 다시 렌더링해도 남습니다. 렌더링한 뒤 지우려면: rm -- {paths}"
        )
    }

    fn restored(&self, record: &str) -> String {
        format!("다시 가져왔습니다: {record}")
    }

    fn deleted_again(&self, record: &str) -> String {
        format!("다시 지웠습니다: {record}")
    }

    fn merged(&self, from: &str, into: &str, added: usize, same: usize) -> String {
        let entries = merged_entries(added, same);
        format!("합쳤습니다: {from} → {into}, {entries}. 합친 기록은 지웠습니다: {from}")
    }

    fn would_merge(&self, from: &str, into: &str, added: usize, same: usize) -> String {
        let entries = merged_entries(added, same);
        format!("합칩니다: {from} → {into}, {entries}. 합친 기록은 지웁니다: {from}")
    }

    fn comments_left_out(
        &self,
        path: &str,
        comments: &[(usize, String)],
        is_deleted: bool,
    ) -> String {
        let verb = if is_deleted { "옮기지 않았습니다" } else { "옮기지 않습니다" };
        let lines = comments.iter().map(|(line, words)| format!("\n  {path}:{line}: # {words}"));
        let (count, lines) = (comments.len(), lines.collect::<String>());
        format!("합친 기록의 주석 {count}개는 {verb}. 되돌리면 기록과 함께 돌아옵니다:{lines}")
    }

    fn comments_gone(&self, comments: &[String]) -> String {
        format!("함께 지운 주석: {}", hash_signs(comments))
    }

    fn kept_internal(&self, texts: &[String]) -> String {
        format!("둘 중 하나가 내부용이어서 내부용으로 둡니다: {}", texts.join("; "))
    }

    fn files_renamed(&self, names: &[(String, String)]) -> String {
        let names: Vec<String> = names.iter().map(|(old, new)| format!("{old} → {new}")).collect();
        format!("이름이 같은 다른 파일이 있어 이름을 바꿔 넣습니다: {}", names.join(", "))
    }

    fn key_stays(&self, key: &str, here: Option<&Value>, there: Option<&Value>) -> String {
        format!(
            "{key} 값은 그대로 둡니다: {} (합친 기록의 값: {})",
            whole_value_words(here),
            whole_value_words(there)
        )
    }

    fn severity_led(&self, led: &str, record: &str) -> String {
        format!(
            "이벤트에 따르면 심각도는 {led}입니다. 이것이 맞으면: asrun set severity {led} --no-event -r {record}"
        )
    }

    fn review_set(&self, label: Option<&str>, record: &str) -> String {
        match label {
            Some(label) => format!("검토 상태를 적었습니다: {label} → {record}"),
            None => format!("{record}: 검토 표시를 지웠습니다"),
        }
    }

    fn no_review(&self, record: &str) -> String {
        format!("{record}에는 검토 표시가 없습니다. 적으려면 asrun review --draft 또는 --by 이름")
    }

    fn not_reviewed(&self, label: &str, record: &str) -> String {
        format!(
            "{record}: 지금 내용은 검토되지 않았습니다({label}). 검토했으면 asrun review --by 이름"
        )
    }

    fn never_resolved(&self, of: &str) -> String {
        format!(
            "언제 해결했는지 적은 이벤트가 없습니다. 적으려면: asrun log \"정상화 확인\" --type resolved --at TIME{of}"
        )
    }

    fn open_after_all(&self, begun: &Event, zone: Zone, of: &str) -> String {
        let at = told_if_known(begun.at.as_ref(), zone, "시각 모름");
        format!(
            "그보다 뒤에 {:?} 이벤트({at})가 있어 기록은 아직 진행 중입니다. 더 나중에 종결한 것으로 하려면: asrun amend --last --at TIME{of}",
            begun.headline()
        )
    }

    fn went_on_after_closing(&self, event: &Event, zone: Zone, of: &str) -> String {
        let at = told_if_known(event.at.as_ref(), zone, "시각 모름");
        format!(
            "종결보다 뒤에 {:?} 이벤트({at})가 있습니다. 더 나중에 종결한 것으로 하려면: asrun amend --last --at TIME{of}",
            event.headline()
        )
    }

    fn ended_after_all(&self, end: &Event, zone: Zone, of: &str) -> String {
        let at = told_if_known(end.at.as_ref(), zone, "시각 모름");
        format!(
            "그보다 뒤에 {:?} 이벤트({at})가 있어 기록은 여전히 끝난 상태입니다. 더 나중에 다시 연 것으로 하려면: asrun amend --last --at TIME{of}",
            end.headline()
        )
    }

    fn logged_to_archived(&self, record: &str) -> Refusal {
        Refusal::new(format!("{record} 기록은 보관되어 asrun list에 나오지 않습니다"))
            .hint(format!("이 기록이 맞으면: asrun archive {record} --clear"))
            .hint("새 기록에 적을 것이면: asrun new TITLE 다음에 asrun move --last --to ID")
    }

    fn status_stays(&self, later: &Event, zone: Zone, of: &str) -> String {
        let at = told_if_known(later.at.as_ref(), zone, "시각 모름");
        format!(
            "그보다 뒤에 {:?} 이벤트({at})가 있어 상태는 아직 {}입니다. 더 나중의 상태로 하려면: asrun amend --last --at TIME{of}",
            later.headline(),
            later.kind.as_ref().map_or("—", EventType::word)
        )
    }

    fn public_lags(
        &self,
        shown: &EventType,
        known: (&EventType, Option<Moment>),
        door: Door,
        record: &str,
    ) -> String {
        let command = public_event_typed(known, door, record);
        let (shown, known) = (shown.word(), known.0.word());
        format!(
            "{} 내부용이라 공개 문서의 상태는 아직 {shown}입니다. 공개로 알리려면: {command}",
            topic(known)
        )
    }

    fn steps_left(&self, names: &[String], of: &str) -> String {
        let step = match names {
            [name] => quoted_word(name),
            _ => "STEP".to_owned(),
        };
        format!(
            "실행하지도 생략하지도 않은 단계가 {}개 있습니다. 이벤트에 연결하려면: asrun link{of}, 생략하려면: asrun plan skip {step}{of}",
            names.len()
        )
    }

    fn actions_left(&self, count: usize, record: &str) -> String {
        format!("끝내지 않은 후속 조치가 {count}건 있습니다. 보려면: asrun actions {record}")
    }

    fn promise_left(&self, promised: &Moment, zone: Zone, of: &str) -> String {
        format!(
            "{}에 알리기로 한 공지가 기록에 없습니다. 적으려면: asrun log TEXT --type communication{of}",
            told(promised, zone)
        )
    }

    fn closed_late(&self, (seconds, latest): (i64, &Moment), of: &str) -> String {
        format!(
            "마지막 이벤트에서 {} 지난 시각입니다. 그때 끝났다면: asrun amend --last --at {}{of}",
            span(seconds),
            latest.written()
        )
    }

    fn long_open(&self, records: &[String]) -> String {
        let record = records.first().map_or("RECORD", String::as_str);
        format!(
            "한 달 넘게 기록이 없는데 아직 진행 중입니다: {}. 끝내려면: asrun close -r {record}, 보관하려면: asrun archive {record}",
            records.join(", ")
        )
    }

    fn archived(&self, record: &str) -> String {
        format!("{record} 기록을 보관했습니다. asrun list에 나오지 않습니다")
    }

    fn unarchived(&self, record: &str) -> String {
        format!("{record} 기록을 다시 꺼냈습니다")
    }

    fn to_select(&self, record: &str) -> String {
        format!("지금 선택한 기록이 없습니다. 이 기록을 선택하려면: asrun select {record}")
    }

    fn stays_chosen(&self, current: &str, record: &str) -> String {
        format!("현재 기록은 그대로 {current}입니다. 이 기록을 선택하려면: asrun select {record}")
    }

    fn archived_open(&self, record: &str) -> String {
        format!(
            "{record} 기록에 끝났다고 적은 이벤트가 없습니다. 이제 진행 중인 기록으로 세지 않습니다"
        )
    }

    fn event_moved(&self, event: &Event, zone: Zone, from: &str, to: &str) -> String {
        let at = told_if_known(event.at.as_ref(), zone, "시각 모름");
        let event = event.headline();
        format!("옮겼습니다: {at} {event}, {from} → {to}")
    }

    fn steps_let_go(&self, steps: &[String], record: &str) -> String {
        format!("{record} 기록의 계획에 같은 단계가 없어 연결을 뺐습니다: {}", steps.join(", "))
    }

    fn files_copied(&self, files: &[String], folder: &str) -> String {
        format!(
            "파일의 사본을 두었습니다: {}. {folder}/의 파일은 그대로 있습니다",
            files.join(", ")
        )
    }
}

/// Returns why a key that asrun does not know was not set.
fn own_key(key: &str, place: &str) -> Refusal {
    Refusal::new(format!("{place}: asrun이 모르는 키라서 바꾸지 않습니다: {key:?}"))
        .hint("편집기에서 바꾸려면: asrun edit")
}

/// Returns why a record's zone was not removed.
fn zone_needed(place: &str, lines: &[usize]) -> Refusal {
    Refusal::new(format!("{place}: 오프셋 없이 적은 시각이 있어 기록의 시간대를 지우지 않았습니다"))
        .hint("다른 시간대로 바꾸려면: asrun set timezone ZONE")
        .hint(format!("오프셋을 적으려면 (줄: {}): asrun edit", numbers(lines)))
}

/// Returns why a key was not set or shown.
pub(super) fn key_failure(fault: &KeyFault) -> Refusal {
    match fault {
        KeyFault::Unknown { typed, near, known } => {
            let near = near.map(|near| format!("{}. ", meant(near))).unwrap_or_default();
            Refusal::new(format!("기록에 {} 키는 없습니다", called(&format!("{typed:?}"))))
                .hint(format!("{near}쓸 수 있는 키: {}", keys_named(known).join(", ")))
        }
        KeyFault::Id => Refusal::new("기록의 id는 키가 아니라 파일 이름입니다")
            .hint("바꾸려면: asrun rename NEW-ID"),
        KeyFault::Own { key, file, at } => own_key(key, &format!("{file}:{at}")),
        KeyFault::ZoneNeeded { file, at, lines } => zone_needed(&format!("{file}:{at}"), lines),
        KeyFault::Entries { key } => entries(key),
        KeyFault::NoValue { key } => no_value(key),
        KeyFault::ClearedAndSet { key } => Refusal::new(format!(
            "--clear는 {key} 값을 지우는데, 값도 적었습니다. 하나만 적어야 합니다"
        )),
        KeyFault::Needed { key: "status" } => {
            Refusal::new("상태는 이벤트가 정하므로 지울 수 없습니다")
                .hint("asrun amend NUMBER --clear type, 또는 asrun undo")
        }
        KeyFault::Needed { key } => Refusal::new(format!("`{key}` 없는 기록은 있을 수 없습니다")),
        KeyFault::NotThere { key, value: Some(value) } => {
            Refusal::new(format!("{key}에 {value:?} 항목이 없습니다"))
                .hint(format!("있는 항목을 보려면: asrun get {key}"))
        }
        KeyFault::NotThere { key, value: None } => {
            Refusal::new(format!("기록에 {key} 값이 없어 지운 것이 없습니다"))
        }
        KeyFault::LaterSame { record, value, at, number } => later((record, value), at, *number),
        KeyFault::Same { key, value } => {
            Refusal::new(format!("{} 이미 {value:?}입니다", topic(key)))
        }
        KeyFault::OwnKeys { key, own } => own_keys(key, own),
        KeyFault::NoList { key } => {
            Refusal::new(format!("{} 목록이 아니어서 더하거나 뺄 수 없습니다", topic(key)))
                .hint(format!("다른 값으로 바꾸려면: asrun set {key} VALUE"))
        }
        KeyFault::Zone { typed, near } => no_zone(typed, *near),
        KeyFault::Truth { typed } => {
            Refusal::new(format!("예인지 아니요인지 알 수 없습니다: {typed:?}"))
                .hint("yes나 no로 적으면 됩니다")
        }
        KeyFault::Status { typed, known } => {
            let refusal =
                Refusal::new(format!("{} 상태는 없습니다", called(&format!("{typed:?}"))));
            let near = EventType::meant_by(typed).filter(|word| known.contains(word));
            let refusal = near.into_iter().fold(refusal, |refusal, word| refusal.hint(meant(word)));
            refusal.hint(format!("쓸 수 있는 상태: {}", types_named(known).join(", ")))
        }
        KeyFault::Post(fault) => content_failure(fault),
        KeyFault::IsEvent { key } => Refusal::new(format!(
            "--no-event: {key} 변경은 언제 바뀌었는지 적는 이벤트입니다"
        ))
        .hint("--no-event를 빼면 됩니다"),
        KeyFault::NoEvent { key } => Refusal::new(format!(
            "--at, --by, --why, --text는 심각도나 상태가 바뀔 때만 씁니다. {key} 변경은 이벤트가 아닙니다"
        ))
        .hint("이 옵션을 빼면 됩니다"),
    }
}

/// Returns why a key that holds entries or other keys was not set.
fn entries(key: &str) -> Refusal {
    Refusal::new(match key {
        "post" => "`post` 안의 키는 하나씩 정합니다".to_owned(),
        "review" | "imported" => {
            format!("`{key}` 안의 키는 다른 명령으로 다룹니다")
        }
        _ => format!("`{key}`의 항목은 다른 명령으로 다룹니다"),
    })
    .hint(command_of(key))
}

/// Returns why a key with keys that asrun does not know does not become a word.
fn own_keys(key: &str, own: &[String]) -> Refusal {
    let own = own.join(", ");
    Refusal::new(format!("{key}에 asrun이 모르는 키가 있어 바꾸면 그 키가 사라집니다: {own}"))
        .hint("먼저 지우려면: asrun edit")
}

/// Returns that there is no zone of that name, and which one may have been meant.
fn no_zone(typed: &str, near: Option<&str>) -> Refusal {
    let name = || "Asia/Seoul, America/New_York 같은 IANA 이름을 적어야 합니다".to_owned();
    Refusal::new(format!("{} 시간대는 없습니다", called(&format!("{typed:?}"))))
        .hint(near.map_or_else(name, meant))
}

/// Returns why a record does not get a severity that it gets later.
fn later((record, value): (&str, &str), at: &Moment, number: usize) -> Refusal {
    Refusal::new(format!(
        "심각도가 더 나중인 {}에 {} 바뀌었다고 {number}번 이벤트에 적혀 있습니다",
        at.written(),
        toward(value)
    ))
    .hint(format!("더 일찍 바뀌었다면: asrun amend {number} --at TIME -r {record}"))
}

/// Returns how a key is set, and removed if it can be.
fn no_value(key: &str) -> Refusal {
    let clear = match key {
        "title" | "status" => String::new(),
        key => format!(", 지우려면: asrun set {key} --clear"),
    };
    Refusal::new(format!("{key} 값이 없습니다"))
        .hint(format!("asrun set {key} VALUE (보려면: asrun get {key}{clear})"))
}

/// Returns why a value is not allowed in a record.
fn content_failure(fault: &ContentFault) -> Refusal {
    let ProblemText { message, help } = Korean.problem(fault);
    Refusal::new(message).hint(help)
}

/// Returns the commands for the entries of a key.
fn command_of(key: &str) -> &'static str {
    match key {
        "plan" => "계획에는 asrun plan add, move, skip, check를 씁니다",
        "events" => "이벤트에 쓰는 명령: asrun log, asrun amend, asrun show",
        "lessons" | "contributing_factors" => "교훈에는 asrun lessons, asrun lessons add를 씁니다",
        "actions" => "후속 조치에는 asrun actions, asrun actions add, asrun actions done을 씁니다",
        "attachments" => "첨부에는 asrun attach를 씁니다",
        "review" => "검토에는 asrun review --by NAME, asrun review --draft를 씁니다",
        "post" => "예: asrun set post.layout blog, 지금 값을 보려면: asrun get post",
        _ => "기록을 열려면: asrun edit",
    }
}

/// Returns why a record was not closed or reopened.
pub(super) fn state_failure(fault: &StateFault) -> Refusal {
    match fault {
        StateFault::Closed { record } => {
            Refusal::new(format!("{record} 기록은 이미 끝나 진행 중인 것이 없습니다"))
                .hint(format!("아직 진행 중이라면: asrun reopen -r {record}"))
        }
        StateFault::Open { record } => {
            Refusal::new(format!("{record} 기록은 진행 중입니다. 끝났다고 적은 이벤트가 없습니다"))
                .hint(format!("끝내려면: asrun close -r {record}"))
        }
        StateFault::Archived { record } => {
            Refusal::new(format!("{record} 기록은 이미 보관되어 있습니다"))
                .hint(format!("다시 꺼내려면: asrun archive {record} --clear"))
        }
        StateFault::NotArchived { record } => {
            Refusal::new(format!("{record} 기록은 보관되어 있지 않습니다"))
        }
    }
}

fn merged_entries(added: usize, same: usize) -> String {
    let same = match same {
        0 => String::new(),
        same => format!(", 양쪽에 다 있던 이벤트 {same}건"),
    };
    format!("옮긴 항목 {added}건{same}")
}

/// Returns why a comment cannot go to the other record; `deed` is what was not done.
fn lost_comment(lost: &LostComment, deed: &str) -> Refusal {
    let LostComment { file, at, comment, why } = lost;
    let lost = format!("{file}:{at}: 주석이 사라지게 되어 {deed} 않았습니다: # {comment}");
    match why {
        CommentLoss::Brackets { list, other } => Refusal::new(format!(
            "{lost} ({other} 파일의 `{list}` 목록이 대괄호로 적혀 있어 주석을 넣을 수 없음)"
        ))
        .hint(format!(
            "{other} 파일의 `{list}` 목록을 -로 시작하는 줄로 고치거나 주석을 빼면 됩니다. 기록을 열려면: \
             asrun edit"
        )),
        CommentLoss::Key { other } => Refusal::new(format!(
            "{lost} ({other} 파일의 계획에 없는 단계라서 그 줄은 옮기지 않음)"
        ))
        .hint("주석을 이벤트의 다른 키 옆으로 옮긴 뒤 다시 실행하면 됩니다: asrun edit"),
    }
}

/// Returns why an event was not moved.
pub(super) fn move_failure(fault: &MoveFault, door: Door, folder: &Path) -> Refusal {
    match fault {
        MoveFault::SameRecord { record } => {
            Refusal::new(format!("이벤트가 이미 {record} 기록에 있습니다"))
                .hint("다른 기록을 보려면: asrun list")
        }
        MoveFault::Comment(lost) => lost_comment(lost, "옮기지"),
        MoveFault::InBoth { other, undo, why } => {
            let Refusal { message, hints } = Korean.fault(why, door, folder);
            let refusal = Refusal::new(format!(
                "이벤트를 {other} 기록에 적었지만 이 기록에서 빼지 못했습니다: {message}"
            ));
            hints.into_iter().fold(refusal, Refusal::hint).hint(match undo_again(false, *undo) {
                Some(again) => format!("그쪽에서 빼려면: {again} -r {other}"),
                None => format!("그쪽에서 빼려면: asrun edit {other}"),
            })
        }
    }
}

/// Returns why a record was not renamed or merged.
pub(super) fn whole_failure(fault: &RecordFault, door: Door, folder: &Path) -> Refusal {
    match fault {
        RecordFault::Id(fault) => Refusal::new(format!("새 id: {}", unfit_id(fault))),
        RecordFault::Taken { record } => {
            Refusal::new(format!("id가 같은 기록이 이미 있습니다: {record}"))
                .hint("다른 id를 적으면 됩니다. 두 기록을 합치려면: asrun merge INTO FROM")
        }
        RecordFault::SameId { record } => Refusal::new(format!("이미 그 id입니다: {record}"))
            .hint("제목을 바꾸려면: asrun set title \"새 제목\""),
        RecordFault::WithItself { record } => {
            Refusal::new(format!("두 이름이 모두 {record} 기록을 가리킵니다"))
                .hint("기록의 id를 보려면: asrun list")
        }
        RecordFault::FileClash { file } => Refusal::new(format!(
            "이름이 같고 내용이 다른 파일이 두 기록에 있는데 합칠 기록에서 이름을 바꿀 수 없어 합치지 않았습니다: \
             {file}"
        ))
        .hint("폴더와 기록에서 한쪽 파일의 이름을 바꾼 뒤 다시 합치면 됩니다"),
        RecordFault::StepClash { step } => Refusal::new(format!(
            "id가 같고 내용이 다른 단계가 두 계획에 있어 합치지 않았습니다: {step}"
        ))
        .hint("한쪽 단계의 id를 바꾼 뒤 다시 합치면 됩니다. 기록을 열려면: asrun edit"),
        RecordFault::Comment(lost) => lost_comment(lost, "합치지"),
        RecordFault::Edit(fault) => Refusal::new(Korean.edit_fault(fault)),
        RecordFault::Halfway { turned, record, redo, undo, why } => {
            let Refusal { message, .. } = Korean.fault(why, door, folder);
            let (first, all) = (&turned[0], turned.join(", "));
            Refusal::new(format!(
                "{all} 기록에는 적용했지만 {record} 기록에는 적용하지 못했습니다: {message}"
            ))
            .hint(match undo_again(*redo, *undo) {
                Some(again) => format!("원인을 해결한 다음: {again} -r {first}"),
                None => format!("직접 고치려면: asrun edit {first}"),
            })
        }
        RecordFault::OtherStays { other, why } => {
            let Refusal { message, hints } = Korean.fault(why, door, folder);
            let refusal = Refusal::new(format!(
                "{other} 기록의 내용을 모두 옮겼지만 {other} 기록을 지울 수 없습니다: {message}"
            ));
            hints
                .into_iter()
                .fold(refusal, Refusal::hint)
                .hint(format!("지우려면: asrun delete {other}"))
        }
    }
}

/// Returns why a text cannot be a record's id.
pub(super) fn unfit_id(fault: &IdFault) -> String {
    match fault {
        IdFault::Empty => "id가 비어 있습니다".to_owned(),
        IdFault::Character(c) => {
            format!("id에 {c:?} 문자를 쓸 수 없습니다. 글자, 숫자, '-', '_', '.'만 쓸 수 있습니다")
        }
        IdFault::Edge => "id는 '.'이나 '-'로 시작할 수 없고, '.'으로 끝날 수 없습니다".to_owned(),
        IdFault::Reserved(name) => format!("일부 시스템에서 장치를 뜻하는 이름입니다: {name:?}"),
        IdFault::Copy(name) => {
            format!("병합 도구나 동기화 프로그램이 남긴 사본처럼 보이는 이름입니다: {name:?}")
        }
        IdFault::Long(limit) => format!("id는 {limit}바이트까지 쓸 수 있습니다"),
    }
}
