//! Messages about files.

use std::io;
use std::path::Path;

use crate::fault::{AssetDoubt, Doing, EditFault, StoreFault, Text, Unfit};
use crate::lang::terminal::{EditWords, FileWords, Refusal};
use crate::lang::told::shown;

use super::Korean;
use super::particles::{called, subject};

impl FileWords for Korean {
    fn store_fault(&self, fault: &StoreFault, folder: &Path) -> Refusal {
        let refusal = Refusal::new(message(fault, folder));
        match fault {
            StoreFault::Io { doing: Doing::WriteBeside, .. } => {
                refusal.hint("이 폴더에 쓸 수 있는지 확인하려면: asrun doctor")
            }
            StoreFault::Faulty { path, problems, .. } => Refusal::new(format!(
                "{} 파일에 오류가 {}건 있어 읽을 수 없습니다. 파일은 그대로 두었습니다",
                shown(path, folder),
                problems.len()
            )),
            StoreFault::NoProject { start } => no_project(refusal, start, folder),
            StoreFault::Exists { path } if path.extension().is_none_or(|it| it != "yaml") => {
                refusal.hint("다른 이름을 쓰거나, 있는 것을 옮기면 됩니다")
            }
            StoreFault::Exists { path } => refusal.hint(format!(
                "그 기록에 적으려면: -r {}, 새 기록에 다른 이름을 붙이려면: --id",
                path.file_stem().unwrap_or_default().to_string_lossy()
            )),
            StoreFault::Deleted { id } => {
                refusal.hint(format!("되살리려면: asrun undo -r {id}, 아니라면 다른 id를 씁니다"))
            }
            StoreFault::Busy { .. } => refusal
                .hint("아무것도 쓰지 않았습니다. 다시 실행하거나, 더 기다리려면: --wait SECONDS"),
            StoreFault::Edit { source: EditFault::NotProved(_), .. } => {
                refusal.hint("파일은 그대로입니다. 이 기록과 함께 asrun 개발자에게 알려 주십시오")
            }
            StoreFault::Unfit { path, why } => way_out(refusal, &shown(path, folder), why),
            fault => which_record(refusal, fault),
        }
    }

    fn store_fault_in_short(&self, fault: &StoreFault) -> String {
        message(fault, Path::new(""))
    }

    fn asset_doubt(&self, name: &str, doubt: &AssetDoubt) -> String {
        match doubt {
            AssetDoubt::Empty => format!("{name}: 빈 파일입니다"),
            AssetDoubt::NoSuchPicture { ending } => format!(
                "{name}: 파일의 첫머리가 {ending} 그림이 아닙니다. 브라우저에 보이지 않을 수 있습니다"
            ),
        }
    }

    fn reason(&self, source: &io::Error) -> String {
        match source.kind() {
            io::ErrorKind::NotFound => "그런 파일이 없습니다".to_owned(),
            io::ErrorKind::PermissionDenied => "권한이 없습니다".to_owned(),
            io::ErrorKind::StorageFull => "디스크에 남은 공간이 없습니다".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "읽기 전용 파일 시스템입니다".to_owned(),
            io::ErrorKind::NotADirectory => "경로의 폴더가 링크이거나 폴더가 아닙니다".to_owned(),
            io::ErrorKind::NotSeekable => "파일이 아니라 파이프나 장치입니다".to_owned(),
            io::ErrorKind::InvalidData => "UTF-8 텍스트가 아닙니다".to_owned(),
            _ => {
                let text = source.to_string();
                text.split(" (os error").next().unwrap_or(&text).to_lowercase()
            }
        }
    }
}

/// Returns what is wrong, on one line.
fn message(fault: &StoreFault, folder: &Path) -> String {
    let shown = |path: &Path| shown(path, folder);
    match fault {
        StoreFault::Io { doing, path, source } => {
            format!("{}: {}", not_done(*doing, &shown(path)), Korean.reason(source))
        }
        StoreFault::Unfit { path, why } => format!("{}: {}", shown(path), unfit(why)),
        StoreFault::Faulty { path, .. } => {
            format!("{} 파일을 기록으로 읽을 수 없습니다", shown(path))
        }
        StoreFault::Unknown { wanted, .. } => {
            format!("{} 기록이 없습니다", called(&format!("{wanted:?}")))
        }
        StoreFault::Ambiguous { wanted, matches } => {
            format!("{wanted:?}에 해당하는 기록이 {}건입니다", matches.len())
        }
        StoreFault::NoCurrent { latest, .. } if latest.is_empty() => {
            "아직 기록이 없습니다".to_owned()
        }
        StoreFault::NoCurrent { open, .. } if open.is_empty() => {
            "진행 중인 기록이 없어 어느 기록인지 지정해야 합니다".to_owned()
        }
        StoreFault::NoCurrent { open, .. } => {
            format!("진행 중인 기록이 {}건이라 어느 기록인지 지정해야 합니다", open.len())
        }
        StoreFault::Vanished { id, .. } => format!("선택해 둔 기록이 이제 없습니다: {id:?}"),
        StoreFault::NoProject { start } => {
            format!("{} 폴더와 그 상위 폴더에 incidents/ 폴더가 없습니다", start.display())
        }
        StoreFault::NoRecords { settings, line, column, folder } => {
            format!("{}:{line}:{column}: 기록을 두는 {folder} 폴더가 없습니다", shown(settings))
        }
        StoreFault::Exists { path } => format!("{}: 이미 있습니다", shown(path)),
        StoreFault::Deleted { id } => {
            format!("지운 기록의 id가 {id}입니다. 같은 id를 쓰면 그 기록을 되살릴 수 없습니다")
        }
        StoreFault::Busy { path, seconds } => {
            format!("다른 asrun이 {} 파일을 쓰고 있습니다. {seconds}초 기다렸습니다", shown(path))
        }
        StoreFault::KeepsChanging { path } => {
            format!("저장하는 동안 다른 쪽에서 {} 파일을 계속 바꿨습니다", shown(path))
        }
        StoreFault::Edit { path, source } => {
            format!("{}: {}", shown(path), Korean.edit_fault(source))
        }
    }
}

/// Returns what could not be done with that file.
fn not_done(doing: Doing, path: &str) -> String {
    match doing {
        Doing::Read => format!("{path} 파일을 읽을 수 없습니다"),
        Doing::ReadFolder => format!("{path} 폴더를 읽을 수 없습니다"),
        Doing::Open => format!("{path} 파일을 열 수 없습니다"),
        Doing::OpenLock => format!("{path} 잠금 파일을 열 수 없습니다"),
        Doing::Lock => format!("{path} 파일을 잠글 수 없습니다"),
        Doing::MakeFolder => format!("{path} 폴더를 만들 수 없습니다"),
        Doing::Write => format!("{path} 파일을 쓸 수 없습니다"),
        Doing::WriteBeside => format!("{path} 파일이 있는 폴더에 쓸 수 없습니다"),
        Doing::WriteForEditor => format!("{path} 폴더에 편집기로 열 파일을 쓸 수 없습니다"),
        Doing::WriteJournal => format!("{path} 저널을 쓸 수 없습니다"),
        Doing::SyncJournal => format!("{path} 저널을 디스크에 동기화할 수 없습니다"),
    }
}

/// Returns why a file cannot be used as it is.
fn unfit(why: &Unfit) -> String {
    let plain = match why {
        Unfit::BrokenLink(e) => return format!("끊어진 링크입니다: {}", Korean.reason(e)),
        Unfit::LinkOut { root, to } => {
            return format!(
                "{} 폴더 밖을 가리키는 링크입니다({}). 폴더 밖은 읽지도 쓰지도 않습니다",
                root.display(),
                to.display()
            );
        }
        Unfit::Link { to } => {
            return format!("{} 링크입니다. 여기서는 링크를 따라가지 않습니다", to.display());
        }
        Unfit::TooLarge { bytes, limit } => {
            return format!("파일이 {bytes}바이트입니다. 한도는 {limit}바이트입니다");
        }
        Unfit::OfAnotherRecord { other, .. } => {
            return format!("{other:?} 기록의 파일이고, 이 기록의 파일과 내용이 다릅니다");
        }
        Unfit::NotPutBack { why, kept } => {
            let why = why.as_ref().map(|e| Korean.reason(e));
            return format!(
                "그 순간 다른 사람이 저장했는데, 그 내용을 제자리에 돌려놓지 못했습니다({}). 그 내용은 {} 파일에 있습니다",
                why.as_deref().unwrap_or("이제 시스템이 거부합니다"),
                kept.display()
            );
        }
        Unfit::NotSynced(e) => {
            return format!(
                "저장했지만 폴더를 디스크에 동기화하지 못했습니다({}). 전원이 끊기면 변경이 사라질 수 있습니다",
                Korean.reason(e)
            );
        }
        Unfit::NotUtf8(text) => return format!("{} UTF-8이 아닙니다", subject(text_name(*text))),
        Unfit::Folder => "파일이 아니라 폴더입니다",
        Unfit::NoFile => "파일이 아니라 파이프나 장치입니다",
        Unfit::NoOwnFolder => "링크나 파일이 아니라 실제 폴더여야 합니다",
        Unfit::FileForFolder => {
            "파일입니다. asrun에는 그 이름의 폴더가 필요하므로 파일의 이름을 바꿔야 합니다"
        }
        Unfit::NoAttachment => "첨부는 기록의 폴더 안에 있는 파일이어야 합니다",
        Unfit::Grows => "읽는 동안 파일이 커지고 있습니다",
        Unfit::TooManyOfOneName => "같은 이름의 파일이 너무 많습니다",
        Unfit::TooManyTypists => "이미 100명이 이 기록에 입력하고 있습니다",
        Unfit::TooManyEdits => "이전에 편집한 사본이 너무 많습니다. 필요 없는 것을 지워야 합니다",
        Unfit::ChangedMeanwhile => "그사이 다른 사람이 파일을 바꿨습니다",
        Unfit::OwnFile => {
            "문서로 기록, 템플릿, 설정 파일이나 git과 asrun이 쓰는 파일을 덮어쓸 수 없습니다"
        }
        Unfit::LinkInTheWay { to } => {
            return format!("{} 링크입니다. 링크를 따라가서 쓰지 않습니다", to.display());
        }
        Unfit::NotOurs { changed: true } => "asrun이 쓴 뒤에 바뀐 파일이라 그대로 두었습니다",
        Unfit::NotOurs { changed: false } => {
            "asrun이 그 자리에 쓴 파일이 아니라서 그대로 두었습니다"
        }
        Unfit::OlderDocument { .. } => {
            "같은 기록의 이전 문서인데, asrun이 쓴 뒤에 바뀌어 그대로 두었습니다"
        }
    };
    plain.to_owned()
}

fn text_name(text: Text) -> &'static str {
    match text {
        Text::Record | Text::Document => "파일 내용",
        Text::Template => "템플릿",
        Text::EditedCopy => "저장한 사본",
        Text::EditedText => "편집기에서 저장한 내용",
    }
}

/// Adds how the document can still be written.
fn way_out(refusal: Refusal, path: &str, why: &Unfit) -> Refusal {
    let marked = [".md", ".markdown", ".html"].iter().any(|ending| path.ends_with(ending));
    match why {
        Unfit::LinkInTheWay { to } => {
            refusal.hint(format!("그곳이 맞다면 직접 지정하면 됩니다: {}", to.display()))
        }
        Unfit::OfAnotherRecord { of, .. } => refusal.hint(format!(
            "두 파일 가운데 하나의 이름을 바꾸거나, 이 기록의 폴더를 따로 두려면: asrun set post.images \
             \"/assets/img/{{id}}\" -r {of}"
        )),
        Unfit::NotOurs { .. } if marked => refusal.hint(format!(
            "차이를 보려면: --check, 모두 바꾸려면: --force, 글에 표시해 둔 영역이 있어 그곳만 쓰려면(asrun help \
             render): asrun render --into {path}"
        )),
        Unfit::NotOurs { .. } => refusal.hint("모두 바꾸려면: --force"),
        Unfit::OlderDocument { now } => refusal.hint(format!(
            "바뀐 내용을 새 이름으로 살리려면: mv {path} {} (표시해 둔 영역이 있다면 그다음 asrun render --into로 \
             그곳만 다시 씁니다), 지우려면: --force",
            now.display()
        )),
        _ => refusal,
    }
}

fn no_project(refusal: Refusal, start: &Path, folder: &Path) -> Refusal {
    let there = if start == folder { String::new() } else { format!("-C '{}' ", start.display()) };
    refusal
        .hint(format!(
            "기록마다 YAML 파일 하나를 두는 폴더를 만들려면(git 저장소 안이 좋습니다): asrun {there}init"
        ))
        .hint("다른 곳에 있다면: asrun -C DIR …")
}

/// Adds which records may be meant.
fn which_record(refusal: Refusal, fault: &StoreFault) -> Refusal {
    const BEGIN: &str = "asrun new \"앱 진입 불가\"";
    match fault {
        StoreFault::Unknown { renamed: Some(renamed), .. } => {
            refusal.hint(format!("이름이 바뀐 기록입니다. 지금 id: {renamed}"))
        }
        StoreFault::Unknown { known, .. } if known.is_empty() => {
            refusal.hint(format!("아직 기록이 없습니다. 시작하려면: {BEGIN}"))
        }
        StoreFault::Unknown { known, .. } => {
            with_ids(refusal, "여기 있는 기록:", known).hint("모두 보려면: asrun list")
        }
        StoreFault::Ambiguous { matches, .. } => {
            with_ids(refusal, "해당하는 기록:", matches).hint("id를 더 길게 적으면 됩니다")
        }
        StoreFault::NoCurrent { latest, .. } if latest.is_empty() => {
            refusal.hint(format!("시작하려면: {BEGIN}"))
        }
        StoreFault::NoCurrent { open, latest } => {
            let (lead, ids) =
                if open.is_empty() { ("최근 기록:", latest) } else { ("진행 중:", open) };
            with_ids(refusal, lead, ids)
                .hint(
                    "지정하려면(볼 때: asrun show ID, 적을 때: -r ID), 선택해 두려면: \
                     asrun select ID",
                )
                .hint(format!("새로운 일이라면: {BEGIN}"))
        }
        StoreFault::NoRecords { .. } => refusal.hint(
            "폴더를 옮겼다면 `records:` 뒤에 그 폴더를 적으면 됩니다. 새로 만들려면: asrun init",
        ),
        StoreFault::Vanished { holder: Some(holder), .. } => refusal.hint(format!(
            "거기에 적은 것은 모두 {holder} 기록에 있습니다: asrun select {holder}"
        )),
        StoreFault::Vanished { file, .. } => refusal
            .hint(format!(
                "이름이 바뀌었거나, 지워졌거나, 다른 브랜치에 있습니다. 이벤트가 어디에 있는지 보려면: asrun check, \
                 누가 바꿨는지 보려면: git log -- {file}"
            ))
            .hint("다른 기록을 선택하려면: asrun select ID (모두 보려면: asrun list)"),
        _ => refusal,
    }
}

pub(super) fn with_ids(refusal: Refusal, lead: &str, ids: &[String]) -> Refusal {
    refusal.listing(lead, ids, |more| format!("그 밖에 {more}건"))
}
