//! Messages about records' texts.

use crate::fault::{ContentFault, EditFault, MergeConflict, MergeFault, MergeText, Unproved};
use crate::lang::terminal::{EditWords, ProblemText, Refusal};
use crate::yaml::PatchFault;

use super::English;
use super::problems::content_text;

impl EditWords for English {
    fn problem(&self, fault: &ContentFault) -> ProblemText {
        content_text(fault)
    }

    fn edit_fault(&self, fault: &EditFault) -> String {
        let plain = match fault {
            EditFault::Patch(fault) => return unpatched(fault),
            EditFault::NotProved(unproved) => {
                return format!(
                    "the edited text would not read as intended ({}); nothing was written",
                    not_proved(unproved)
                );
            }
            EditFault::NoList => "the list does not exist",
            EditFault::NotInLines => "the list is not written one entry per line",
            EditFault::Changed => "the entry was changed in the meantime",
            EditFault::NoLastLineBreak => {
                "the file's last line has no line break; add one at its end, then try again"
            }
            EditFault::LoneCarriageReturn => {
                "some lines end in a lone carriage return; save the file with \\n or \\r\\n line ends, \
                 then try again"
            }
            EditFault::InnerByteOrderMark => {
                "there is a byte order mark inside the file, not at its start; delete it, then \
                 try again"
            }
        };
        plain.to_owned()
    }

    fn merged_by_lines(&self, path: &str, fault: &MergeFault) -> String {
        let why = match fault {
            MergeFault::NotUtf8 => "a side is not UTF-8".to_owned(),
            MergeFault::Unreadable(text) => {
                let text = match text {
                    MergeText::Base => "base",
                    MergeText::Ours => "ours",
                    MergeText::Theirs => "theirs",
                };
                format!("{text} cannot be read as a record")
            }
            MergeFault::Edit(fault) => self.edit_fault(fault),
            MergeFault::SharedLine(what) => {
                format!("{} shares its line with others", conflict_name(what))
            }
        };
        format!("{path}: merging line by line: {why}")
    }

    fn merged_unreadable(&self, path: &str) -> String {
        format!(
            "{path}: the lines of both sides are merged, but the result cannot be read as a record; \
             asrun check says where"
        )
    }

    fn unmerged(&self, path: &str) -> String {
        format!("{path}: git cannot merge the lines; both sides are kept whole between the markers")
    }

    fn conflict_resolved(&self, path: &str) -> String {
        format!(
            "{path}: merged both sides of the conflict entry by entry; tell git: git add {path}"
        )
    }

    fn to_tell_git(&self, path: &str) -> String {
        format!("git still has the conflict; if it is settled: git add {path}")
    }

    fn conflict_in_dry_run(&self, path: &str, record: &str) -> Refusal {
        Refusal::new(format!("{path} has a conflict that git left, which a dry run does not merge"))
            .hint(format!(
                "to merge it: asrun recover {record}; to have the conflict again after that: git checkout --merge {path}"
            ))
    }

    fn conflict_edited(&self, path: &str, record: &str, again: bool) -> Refusal {
        let refusal = Refusal::new(format!(
            "{path}: the conflict was changed since git wrote it, or git no longer has both sides; the file is as it was"
        ))
        .hint(format!(
            "to settle it, keep what is right and delete the markers (<<<<<<<, =======, >>>>>>>): asrun edit {record}; then: asrun recover {record}"
        ));
        match again {
            true => refusal.hint(format!(
                "or begin again, without what was changed in the file since: git checkout --merge {path}; then: asrun recover {record}"
            )),
            false => refusal,
        }
    }

    fn comment_left_out(&self, path: &str, comment: &str) -> String {
        format!("{path}: left out with its deleted entry: # {comment}")
    }

    fn to_settle(&self, record: &str) -> String {
        format!(
            "to settle it, keep one side and delete the markers: asrun edit {record}; then: asrun recover {record}"
        )
    }

    fn merge_conflict(&self, path: &str, conflict: &MergeConflict) -> String {
        let what = conflict_name(conflict);
        format!("{path}: both sides changed {what}; both are kept between the markers")
    }
}

/// Returns why a text cannot be patched.
fn unpatched(fault: &PatchFault) -> String {
    let plain = match fault {
        PatchFault::NoColon(key) => {
            return format!("`{key}` is not written as `{key}: …`, which asrun needs to patch it");
        }
        PatchFault::ListOf(key) => {
            return format!(
                "`{key}` is written in a form that asrun cannot extend; write its items as `- …` \
                 lines"
            );
        }
        PatchFault::CommentBefore(key) => {
            return format!(
                "there is a comment between `{key}:` and its value; move it above the entry, then \
                 try again"
            );
        }
        PatchFault::CommentInside(key) => {
            return format!(
                "there is a comment inside `{key}:`; move it above the entry, then try again"
            );
        }
        PatchFault::Marked(key) => {
            return format!(
                "`{key}:` has an anchor or a tag, which would be lost; remove it, then try again"
            );
        }
        PatchFault::There(key) => return format!("`{key}:` is there already"),
        PatchFault::Gone => "the entry no longer exists",
        PatchFault::NoMapping => "the entry is not a mapping",
        PatchFault::QuestionKeys => "the entry is written with `?` keys, which asrun cannot edit",
        PatchFault::NoDashes => "the list is not written as `- …` lines",
        PatchFault::BehindDash => {
            "the first key of an entry shares its line with the dash; change it by hand"
        }
        PatchFault::BehindKey => "the entry shares its line with its key; remove it by hand",
        PatchFault::CommentsInBrackets => {
            "there are comments among the entries in brackets, and it is not clear which they \
             belong to; remove the entry by hand"
        }
        PatchFault::OwnComments => {
            "its lines have comments, which cannot stand between brackets; write the other record's \
             list as lines that begin with `-`"
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
        Unproved::Differs => "it reads differently".to_owned(),
        Unproved::OtherRefuses(words) => format!("another YAML reader: {words}"),
        Unproved::OtherDiffers => "another YAML reader reads it differently".to_owned(),
    }
}

fn conflict_name(conflict: &MergeConflict) -> String {
    match conflict {
        MergeConflict::Key(key) => format!("`{key}`"),
        MergeConflict::Item { list, text } => format!("an entry of `{list}`: {text}"),
    }
}
