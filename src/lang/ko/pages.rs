//! Messages of editing, checking and rendering.

use crate::fault::{MarkFault, RenderFault, TakenFor, TemplateFault, TemplateFaultKind};
use crate::lang::terminal::{PageWords, Refusal};
use crate::lang::told::first_few;
use crate::model::nearest;

use super::particles::{and, called};
use super::{Korean, meant};

impl PageWords for Korean {
    fn nobody_to_edit(&self) -> &'static str {
        "편집할 수 없습니다: 터미널도 EDITOR 환경 변수도 없거나, --no-input 옵션이 있습니다"
    }

    fn nothing_changed(&self) -> &'static str {
        "바뀐 것이 없습니다\n"
    }

    fn kept_in(&self, path: &str) -> String {
        format!("적은 내용은 이 파일에 있습니다: {path}")
    }

    fn not_mended(&self, record: &str, real: &str, copy: &str) -> Refusal {
        Refusal::new(format!("{real} 파일은 그대로입니다. 적은 내용은 {copy} 파일에 보관했습니다"))
            .hint(format!("그 사본을 고친 다음: cp '{copy}' '{real}'"))
            .hint(format!("그사이 기록된 것을 되살리려면: asrun recover {record}"))
            .hint(format!("지금 기록에서 다시 시작하려면: asrun edit {record}"))
    }

    fn mend_now(&self) -> &'static str {
        "그 줄에서 편집기를 열려면 Enter, 그만두려면 q를 치고 Enter를 누르세요"
    }

    fn mended(&self, record: &str) -> String {
        format!("저장했습니다: {record}. 이제 기록을 읽을 수 있습니다")
    }

    fn edited(&self, record: &str, merged_in: bool) -> String {
        match merged_in {
            true => format!("그사이 기록된 것과 병합해 저장했습니다: {record}"),
            false => format!("저장했습니다: {record}"),
        }
    }

    fn kept_entries(&self, record: &str, count: usize) -> String {
        format!(
            "이 기록에 넣지 못하고 보관한 항목이 {count}건 있습니다. 넣으려면: asrun recover {record}"
        )
    }

    fn left_out(&self, count: usize, record: &str) -> String {
        format!("내부용 항목 {count}건을 뺐습니다: {record}")
    }

    fn missing_file(&self, name: &str, record: &str) -> String {
        format!("{record} 기록의 첨부 폴더에 {name} 파일이 없습니다")
    }

    fn unread_file(&self, why: &str) -> String {
        format!("파일을 뺐습니다: {why}")
    }

    fn may_name_somebody(
        &self,
        found: &str,
        name: &str,
        places: &[String],
        record: &str,
    ) -> String {
        let places = first_few(places, |more| format!(" 외 {more}곳"));
        let meant = match found == name {
            true => "그 사람을 가리킨다면".to_owned(),
            false => format!("본문에 있는 {found:?} 표현이 그 사람을 가리킨다면"),
        };
        format!(
            "{record} 기록에 {name:?} 이름을 쓰는 사람이 있습니다. {meant} 이름이 공개됩니다: {places}"
        )
    }

    fn unseen_file(&self, name: &str, record: &str) -> String {
        format!(
            "{record} 기록의 {name} 파일은 asrun이 안을 볼 수 없는데 함께 공개됩니다. 직접 확인해야 합니다"
        )
    }

    fn local_pictures(&self, count: usize) -> String {
        format!(
            "붙여 넣은 곳에서 파일 {count}개가 보이지 않습니다. `origin`이 GitHub 저장소가 아닙니다. 붙여 넣은 글에 파일을 끌어다 놓으세요"
        )
    }

    fn previews_again(&self) -> String {
        "기록이 바뀔 때마다 새로 만듭니다. Ctrl-C로 끝냅니다".to_owned()
    }

    fn not_shown(&self, folder: &str, names: &[String]) -> String {
        format!("{folder}에 이 문서가 보여 주지 않는 파일이 있습니다: {}", names.join(", "))
    }

    fn stale(&self, path: &str) -> String {
        format!("파일이 없거나 기록에 있는 것과 다릅니다: {path}")
    }

    fn replaces(&self, path: &str) -> String {
        format!("asrun이 전에 쓴 파일을 바꿉니다: {path}")
    }

    fn replaces_other(&self, path: &str) -> String {
        format!("asrun이 쓴 그대로가 아닌 파일을 바꿉니다: {path}")
    }

    fn removes_older(&self, path: &str) -> String {
        format!("같은 기록의 이전 문서를 지웁니다: {path}")
    }

    fn older_document(&self, path: &str) -> String {
        format!("같은 기록의 이전 문서가 있습니다: {path}")
    }

    fn not_listed(&self, why: &str) -> String {
        format!(
            "썼지만 asrun이 쓴 파일의 목록에 적지 못했습니다. 바꾸려면 --force가 필요합니다 ({why})"
        )
    }

    fn up_to_date(&self, path: &str) -> String {
        format!("이미 최신입니다: {path}")
    }

    fn wrote_regions(&self, count: usize, path: &str) -> String {
        format!("{path} 파일의 영역 {count}개를 썼습니다")
    }

    fn held_back(&self, failed: usize, documents: usize) -> Refusal {
        Refusal::new(format!(
            "아무것도 쓰지 않았습니다: 기록 {documents}건 가운데 {failed}건을 렌더링할 수 없습니다"
        ))
        .hint("나머지라도 쓰려면: --keep-going")
    }

    fn rendered(&self, count: usize) -> String {
        format!("기록 {count}건을 렌더링했습니다")
    }

    fn template_exists(&self, path: &str) -> Refusal {
        Refusal::new(format!("{path} 파일이 이미 있습니다"))
            .hint("먼저 지우거나, 다른 곳에 쓰려면: -o FILE")
    }

    fn own_template(&self, replaces: Option<&str>, says_for_whom: bool) -> String {
        match replaces {
            Some(about) => format!("직접 만든 것, 내장 템플릿을 대신함 ({about})"),
            None if says_for_whom => "직접 만든 것".to_owned(),
            None => "직접 만든 것, 누구를 위한 것인지 적혀 있지 않음".to_owned(),
        }
    }

    fn own_faulty_template(&self, why: &str) -> String {
        format!("직접 만든 것, 쓸 수 없음: {why}")
    }

    fn template_fault(&self, fault: &TemplateFault) -> Refusal {
        let TemplateFault { name, line, column, kind } = fault;
        let refusal = Refusal::new(format!("{name}:{line}:{}: {}", column.max(&1), wrong(kind)));
        let TemplateFaultKind::NoField { unknown: Some((field, known)), .. } = kind else {
            return refusal;
        };
        match nearest(field, known.iter().map(String::as_str)) {
            Some(near) => refusal.hint(meant(near)),
            None => refusal,
        }
    }

    fn headerless_template(&self, name: &str, taken: TakenFor, line: &str) -> String {
        let taken = match taken {
            TakenFor::Everyone => "이름을 보고 공개용으로 봅니다",
            TakenFor::Team => "내부용 항목과 이름이 나오는 팀용으로 봅니다",
        };
        format!(
            "templates/{name} 파일에 누구를 위한 템플릿인지 적혀 있지 않아 {taken}. 첫 줄에 적으면 됩니다: {line}"
        )
    }
}

/// Returns why a document was not rendered.
pub(super) fn render_refusal(fault: &RenderFault) -> Refusal {
    match fault {
        RenderFault::Template(fault) => Korean.template_fault(fault),
        RenderFault::NotATemplateName { typed } => Refusal::new(format!(
            "--template: templates/ 폴더의 파일 이름이 아닙니다: {typed:?}"
        )),
        RenderFault::UnknownTemplate { typed, built_in } => {
            let name = called(&format!("{typed:?}"));
            let refusal = Refusal::new(format!("--template: {name} 템플릿은 없습니다"));
            let refusal = match nearest(typed, built_in.iter().copied()) {
                Some(near) => refusal.hint(meant(near)),
                None => refusal,
            };
            refusal.hint(format!(
                "내장 템플릿: {}. 직접 만든 템플릿은 templates/ 폴더에 둡니다",
                built_in.join(", ")
            ))
        }
        RenderFault::NothingToCompare => {
            Refusal::new("--check: 비교할 파일이나 폴더를 -o 옵션으로 지정해야 합니다")
        }
        RenderFault::NotReviewed { record, label } => {
            Refusal::new(format!("{record}: 지금 내용은 검토되지 않아({label}) --strict에서는 쓰지 않습니다"))
                .hint(format!("검토했으면 asrun review -r {} --by 이름", record))
        }
        RenderFault::SeveralNeedFolder => {
            Refusal::new("기록이 여럿이면 폴더가 필요합니다. -o 뒤의 이름을 /로 끝내야 합니다")
        }
        RenderFault::LosesFrontMatter { path } => Refusal::new(format!(
            "{} 파일은 글의 프런트 매터로 시작하는데, 이 템플릿은 프런트 매터를 쓰지 않습니다. 아무것도 쓰지 않았습니다",
            path.display()
        ))
        .hint("-t chirpy처럼 글의 템플릿이나, 다른 파일을 지정하면 됩니다"),
        RenderFault::FilesMissing { folder, files } => Refusal::new(format!(
            "문서에 나오는 파일이 {folder}/ 폴더에 없습니다: {}. 아무것도 쓰지 않았습니다",
            files.join(", ")
        ))
        .hint("파일을 그 폴더에 넣거나 이름을 바로잡으면 됩니다. 어느 줄인지 보려면: asrun check"),
        RenderFault::WrittenTwice { path, first, second } => Refusal::new(format!(
            "{} {second} 기록의 파일이 같아({}) 두 번째 것을 뺐습니다",
            and(first),
            path.display()
        ))
        .hint("한쪽 기록의 이름을 바꾸거나, 서로 다른 폴더에 렌더링하면 됩니다"),
        RenderFault::NoRegions { file } => Refusal::new(format!("{file} 파일에 표시한 영역이 없습니다"))
            .hint("표시를 각각 한 줄에 적어 영역을 만듭니다: <!-- asrun:begin rows 3.0 -->, <!-- asrun:end -->"),
        RenderFault::Mark { file, line, fault } => mark_refusal(&format!("{file}:{line}:1"), fault),
        RenderFault::Region { file, line, fault } => {
            Refusal::new(format!("{file}:{line}: {}", Korean.template_fault(fault).message))
        }
    }
}

fn mark_refusal(place: &str, fault: &MarkFault) -> Refusal {
    match fault {
        MarkFault::EndsNothing => {
            Refusal::new(format!("{place}: 시작하지 않은 영역을 끝내는 표시입니다"))
        }
        MarkFault::NotClosed => Refusal::new(format!(
            "{place}: 표시는 -->로 끝나야 하고, 그 줄에 다른 내용이 없어야 합니다"
        )),
        MarkFault::NoEnd => Refusal::new(format!("{place}: 영역이 끝나지 않습니다"))
            .hint("끝에 한 줄로 적으면 됩니다: <!-- asrun:end -->"),
        MarkFault::UnknownRegion { typed, regions } => {
            let near = nearest(typed, regions.iter().copied());
            let near = near.map(|near| format!(". {}", meant(near))).unwrap_or_default();
            let typed = called(&format!("{typed:?}"));
            Refusal::new(format!("{place}: {typed} 영역은 없습니다{near}"))
                .hint(format!("쓸 수 있는 영역: {}", regions.join(", ")))
        }
    }
}

/// Returns what is wrong with a template.
fn wrong(kind: &TemplateFaultKind) -> String {
    match kind {
        TemplateFaultKind::HeaderElsewhere => {
            "머리말은 첫 줄의 맨 앞에 있어야 합니다. 그리로 옮기거나 빼면 됩니다".to_owned()
        }
        TemplateFaultKind::NoHeader { form } => {
            format!("머리말은 한 줄이고, 그 줄에는 다른 것이 없어야 합니다: {form}")
        }
        TemplateFaultKind::UnknownKey { key, form } => {
            format!("머리말에 `{key}` 키는 없습니다. 머리말은 한 줄입니다: {form}")
        }
        TemplateFaultKind::UnknownWord { key, word, known } => {
            format!("머리말의 {key} 값이 `{word}`입니다. 쓸 수 있는 값: {}", known.join(", "))
        }
        TemplateFaultKind::KeyTwice { key } => format!("머리말에 `{key}` 키가 두 번 있습니다"),
        TemplateFaultKind::NoKey { key, known } => {
            format!("머리말에 이 값이 없습니다: {key}={}", known.join("|"))
        }
        TemplateFaultKind::TooMuchWork => {
            "템플릿이 너무 오래 걸립니다. 끝나지 않는 반복이 있을 수 있습니다".to_owned()
        }
        TemplateFaultKind::NoField { says, .. } => {
            format!("그런 필드는 없습니다 ({says}). 모든 필드를 보려면: asrun templates context")
        }
        TemplateFaultKind::Refused { says } => format!("템플릿을 실행할 수 없습니다 ({says})"),
    }
}
