//! What editing, checking and rendering say.

use crate::lang::terminal::{PageWords, Refusal};

use super::English;

impl PageWords for English {
    fn nobody_to_edit(&self) -> &'static str {
        "there is nobody to edit: no terminal and no EDITOR, or --no-input"
    }

    fn nothing_changed(&self) -> &'static str {
        "nothing was changed\n"
    }

    fn kept_in(&self, path: &str) -> String {
        format!("what you wrote is in {path}")
    }

    fn not_mended(&self, record: &str, real: &str, copy: &str) -> Refusal {
        Refusal::new(format!("{real} is as it was; what you wrote is kept in {copy}"))
            .hint(format!("correct that copy, then: cp '{copy}' '{real}'"))
            .hint(format!("asrun edit {record} begins again with the record as it is"))
    }

    fn mend_now(&self) -> &'static str {
        "press Enter to open the editor at that line, or type q and Enter to stop"
    }

    fn mended(&self, record: &str) -> String {
        format!("saved {record}; the record can be read again\n")
    }

    fn edited(&self, record: &str, merged_in: bool) -> String {
        let note = if merged_in { ", merged with what was logged meanwhile" } else { "" };
        format!("saved {record}{note}\n")
    }

    fn kept_entries(&self, record: &str, count: usize) -> String {
        format!("{count} kept for this record; add them with: asrun recover {record}")
    }
}
