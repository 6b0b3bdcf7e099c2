//! Messages about records' texts.

use crate::fault::{ContentFault, EditFault, MergeConflict, MergeFault, MergeText, Unproved};
use crate::lang::terminal::{EditWords, ProblemText, Refusal};
use crate::yaml::PatchFault;

use super::Korean;
use super::problems::content_text;

impl EditWords for Korean {
    fn problem(&self, fault: &ContentFault) -> ProblemText {
        content_text(fault)
    }

    fn edit_fault(&self, fault: &EditFault) -> String {
        let plain = match fault {
            EditFault::Patch(fault) => return unpatched(fault),
            EditFault::NotProved(unproved) => {
                return format!(
                    "고친 내용이 의도대로 읽히지 않아 쓰지 않았습니다: {}",
                    not_proved(unproved)
                );
            }
            EditFault::NoList => "그 목록이 없습니다",
            EditFault::NotInLines => "목록이 줄 단위로 적혀 있지 않습니다",
            EditFault::Changed => "그사이 항목이 바뀌었습니다",
            EditFault::NoLastLineBreak => {
                "파일의 마지막 줄에 줄바꿈이 없습니다. 끝에 줄바꿈을 넣고 다시 실행하면 됩니다"
            }
            EditFault::LoneCarriageReturn => {
                "캐리지 리턴만으로 끝나는 줄이 있습니다. 줄 끝을 \\n이나 \\r\\n으로 저장하고 다시 실행하면 됩니다"
            }
            EditFault::InnerByteOrderMark => {
                "파일의 맨 앞이 아닌 곳에 바이트 순서 표시(BOM)가 있습니다. 지우고 다시 실행하면 됩니다"
            }
        };
        plain.to_owned()
    }

    fn merged_by_lines(&self, path: &str, fault: &MergeFault) -> String {
        let why = match fault {
            MergeFault::NotUtf8 => "한쪽이 UTF-8이 아닙니다".to_owned(),
            MergeFault::Unreadable(text) => {
                let text = match text {
                    MergeText::Base => "공통 조상(base)을",
                    MergeText::Ours => "이쪽(ours)을",
                    MergeText::Theirs => "저쪽(theirs)을",
                };
                format!("{text} 기록으로 읽을 수 없습니다")
            }
            MergeFault::Edit(fault) => self.edit_fault(fault),
            MergeFault::SharedLine(MergeConflict::Key(key)) => {
                format!("`{key}` 키가 다른 것과 한 줄에 있습니다")
            }
            MergeFault::SharedLine(MergeConflict::Item { list, text }) => {
                format!("`{list}` 항목이 다른 것과 한 줄에 있습니다: {text}")
            }
        };
        format!("{path}: 줄 단위로 병합합니다. {why}")
    }

    fn merged_unreadable(&self, path: &str) -> String {
        format!(
            "{path}: 양쪽의 줄을 병합했지만 결과를 기록으로 읽을 수 없습니다. 위치를 보려면: asrun check"
        )
    }

    fn unmerged(&self, path: &str) -> String {
        format!("{path}: git이 줄 단위로 병합할 수 없어 양쪽 전체를 충돌 표시 사이에 두었습니다")
    }

    fn conflict_resolved(&self, path: &str) -> String {
        format!("{path}: 충돌의 양쪽을 항목 단위로 병합했습니다. git에 알리려면: git add {path}")
    }

    fn to_tell_git(&self, path: &str) -> String {
        format!("git에는 아직 충돌이 남아 있습니다. 해결했다면: git add {path}")
    }

    fn conflict_in_dry_run(&self, path: &str, record: &str) -> Refusal {
        Refusal::new(format!(
            "{path} 파일에 git이 남긴 충돌이 있습니다. 모의 실행에서는 병합하지 않습니다"
        ))
        .hint(format!(
            "병합하려면: asrun recover {record}. 그 뒤에 충돌을 다시 보려면: git checkout --merge {path}"
        ))
    }

    fn conflict_edited(&self, path: &str, record: &str, again: bool) -> Refusal {
        let refusal = Refusal::new(format!(
            "{path}: git이 적은 뒤 충돌이 바뀌었거나 git에 양쪽 내용이 남아 있지 않습니다. 파일은 그대로 두었습니다"
        ))
        .hint(format!(
            "맞는 내용만 남기고 충돌 표시(<<<<<<<, =======, >>>>>>>)를 지우려면: asrun edit {record} (그다음 asrun recover {record})"
        ));
        match again {
            true => refusal.hint(format!(
                "그 뒤 파일에서 바꾼 내용을 버리고 git이 적은 충돌에서 다시 시작하려면: git checkout --merge {path} (그다음 asrun recover {record})"
            )),
            false => refusal,
        }
    }

    fn comment_left_out(&self, path: &str, comment: &str) -> String {
        format!("{path}: 지운 항목과 함께 주석을 뺐습니다: # {comment}")
    }

    fn to_settle(&self, record: &str) -> String {
        format!(
            "한쪽만 남기고 충돌 표시를 지우려면: asrun edit {record} (그다음 asrun recover {record})"
        )
    }

    fn merge_conflict(&self, path: &str, conflict: &MergeConflict) -> String {
        match conflict {
            MergeConflict::Key(key) => {
                format!("{path}: 양쪽이 `{key}` 키를 다르게 바꿔 둘 다 충돌 표시 사이에 두었습니다")
            }
            MergeConflict::Item { list, text } => format!(
                "{path}: 양쪽이 `{list}` 항목을 다르게 바꿔 둘 다 충돌 표시 사이에 두었습니다: {text}"
            ),
        }
    }
}

/// Returns why a text cannot be patched.
fn unpatched(fault: &PatchFault) -> String {
    let plain = match fault {
        PatchFault::NoColon(key) => {
            return format!("`{key}` 키가 `{key}: …` 꼴이 아니어서 asrun이 고칠 수 없습니다");
        }
        PatchFault::ListOf(key) => {
            return format!(
                "`{key}` 목록이 asrun이 이어 쓸 수 없는 꼴입니다. 항목을 `- …` 줄로 적으면 됩니다"
            );
        }
        PatchFault::CommentBefore(key) => {
            return format!(
                "`{key}:` 키와 값 사이에 주석이 있습니다. 주석을 항목 위로 옮기고 다시 실행하면 됩니다"
            );
        }
        PatchFault::CommentInside(key) => {
            return format!(
                "`{key}:` 값 안에 주석이 있습니다. 주석을 항목 위로 옮기고 다시 실행하면 됩니다"
            );
        }
        PatchFault::Marked(key) => {
            return format!(
                "`{key}:` 값에 앵커나 태그가 있는데, 고치면 사라집니다. 그것을 빼고 다시 실행하면 됩니다"
            );
        }
        PatchFault::There(key) => return format!("`{key}:` 키가 이미 있습니다"),
        PatchFault::Gone => "그 항목이 이제 없습니다",
        PatchFault::NoMapping => "항목이 키와 값으로 되어 있지 않습니다",
        PatchFault::QuestionKeys => "항목의 키가 `?` 꼴로 적혀 있어 asrun이 이어 쓸 수 없습니다",
        PatchFault::NoDashes => "목록이 `- …` 줄로 적혀 있지 않습니다",
        PatchFault::BehindDash => "항목의 첫 키가 `-`와 같은 줄에 있습니다. 직접 고쳐야 합니다",
        PatchFault::BehindKey => "항목이 키와 같은 줄에 있습니다. 직접 빼야 합니다",
        PatchFault::CommentsInBrackets => {
            "대괄호 안의 항목 사이에 주석이 있어 어느 항목의 것인지 알 수 없습니다. 항목을 직접 빼야 합니다"
        }
        PatchFault::OwnComments => {
            "주석이 있는 줄은 대괄호 안에 넣을 수 없습니다. 옮길 기록의 목록을 `-`로 시작하는 줄로 고쳐야 합니다"
        }
    };
    plain.to_owned()
}

/// Returns what is wrong with a patched text.
fn not_proved(unproved: &Unproved) -> String {
    match unproved {
        Unproved::Unread(problems) => {
            problems.first().map(|problem| content_text(&problem.kind).message).unwrap_or_default()
        }
        Unproved::Differs => "다르게 읽힙니다".to_owned(),
        Unproved::OtherRefuses(words) => format!("다른 YAML 파서의 오류입니다 ({words})"),
        Unproved::OtherDiffers => "다른 YAML 파서로는 다르게 읽힙니다".to_owned(),
    }
}
