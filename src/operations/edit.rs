//! Lets a person edit a copy of a record's text, which replaces the record once it can be read.

use std::path::PathBuf;

use crate::fault::{Fault, Problem};
use crate::format::{EDIT, read};
use crate::merge::merge;
use crate::store::{Edit, Noted, Project, Saved};

use super::secrets::refuse_added;
use super::workspace::Target;

/// A record's text in a copy that a person edits.
pub struct Editing<'p> {
    project: &'p Project,
    /// The file to edit.
    pub copy: PathBuf,
    base: String,
}

/// The content of the edited copy.
#[derive(Debug)]
pub enum Edited {
    /// The original text.
    Unchanged,
    /// A record.
    Readable(String),
    /// A text that is not a record, with its faults.
    Faulty(String, Vec<Problem>),
}

/// The result of saving an edited copy.
#[derive(Debug)]
pub enum EditOutcome {
    /// The record could not be read before, and now can.
    Mended,
    /// It was saved.
    Saved {
        /// How.
        saved: Box<Saved>,
        /// Whether entries that were logged meanwhile were merged into it.
        merged_in: bool,
    },
}

impl Editing<'_> {
    /// Copies a record's text, readable or not, for editing.
    ///
    /// # Errors
    /// It cannot be read, or the copy cannot be written.
    pub fn begin(target: &Target) -> Result<Editing<'_>, Fault> {
        let project = &target.workspace.project;
        Editing::of_text(project, &target.record.id, project.raw_text(&target.record)?)
    }

    /// Copies the future text of a record with this id, for editing before it is written.
    ///
    /// # Errors
    /// The copy cannot be written.
    pub fn of_text<'p>(project: &'p Project, id: &str, base: String) -> Result<Editing<'p>, Fault> {
        let copy = project.editing_copy(id, &base)?;
        Ok(Editing { project, copy, base })
    }

    /// Reads the edited copy.
    ///
    /// # Errors
    /// It no longer exists, or is not text.
    pub fn edited(&self) -> Result<Edited, Fault> {
        let text = self.project.read_copy(&self.copy)?;
        if text == self.base {
            return Ok(Edited::Unchanged);
        }
        Ok(match read(&text) {
            Ok(_) => Edited::Readable(text),
            Err(problems) => Edited::Faulty(text, problems),
        })
    }

    /// Removes the copy.
    pub fn end(&self) {
        self.project.drop_copy(&self.copy);
    }

    /// Replaces the record by an edited text, merged with what was logged meanwhile.
    ///
    /// # Errors
    /// Somebody else changed the same entry meanwhile, or the record cannot be written; the record is unchanged.
    pub fn save(&self, target: &Target, edited: &str) -> Result<EditOutcome, Fault> {
        if read(&self.base).is_err() {
            // There is nothing to merge with.
            let Target { record, wait, workspace } = target;
            refuse_added(&workspace.project.settings, &self.base, edited)?;
            self.project.mend(record, &self.base, edited, wait)?;
            return Ok(EditOutcome::Mended);
        }
        let (saved, merged_in) = target.update(EDIT, |document| {
            let now = document.to_text();
            let merged_in = now != self.base;
            let text = if merged_in { self.merged(&now, edited)? } else { edited.to_owned() };
            let document = read(&text).map_err(|_| Fault::MergedUnreadable)?;
            Ok((Edit::Text(Box::new(document)), Noted::default(), merged_in))
        })?;
        Ok(EditOutcome::Saved { saved: Box::new(saved), merged_in })
    }

    /// Merges what was logged meanwhile into an edited text, whose own changes are kept.
    fn merged(&self, now: &str, edited: &str) -> Result<String, Fault> {
        let merged = merge(&self.base, edited, now).map_err(|_| Fault::ChangedMeanwhile)?;
        if merged.conflicts.is_empty() { Ok(merged.text) } else { Err(Fault::ChangedMeanwhile) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    /// Edits the trial's record by hand while `meanwhile` changes its file.
    fn edit(
        trial: &Trial,
        by_hand: impl Fn(&str) -> String,
        meanwhile: Option<&str>,
    ) -> Result<EditOutcome, Fault> {
        let editing = Editing::begin(&trial.target).unwrap();
        std::fs::write(&editing.copy, by_hand(&editing.base)).unwrap();
        meanwhile.iter().for_each(|text| trial.write(text));
        let Edited::Readable(text) = editing.edited().unwrap() else {
            panic!("the copy cannot be read")
        };
        let outcome = editing.save(&trial.target, &text);
        editing.end();
        assert!(!editing.copy.exists());
        outcome
    }

    const TEXT: &str =
        "title: x\ntimezone: Asia/Seoul\nevents:\n  - at: 2024-09-07T18:08+09:00\n    text: down\n";
    const ANOTHER: &str = "  - at: 2024-09-07T18:09+09:00\n    text: up\n";

    #[test]
    fn what_was_logged_meanwhile_is_merged_in() {
        let trial = Trial::new(TEXT);
        let renamed = |text: &str| text.replace("title: x", "title: y # mine");
        let outcome = edit(&trial, renamed, Some(&format!("{TEXT}{ANOTHER}"))).unwrap();
        assert!(matches!(outcome, EditOutcome::Saved { merged_in: true, .. }));
        assert_eq!(trial.text(), format!("{}{ANOTHER}", renamed(TEXT)));
        let outcome = edit(&trial, |text| text.replace("title: y", "title: z"), None).unwrap();
        assert!(matches!(outcome, EditOutcome::Saved { merged_in: false, .. }));
        assert!(trial.text().starts_with("title: z # mine\n"));
    }

    #[test]
    fn a_contradiction_leaves_the_record_as_it_is() {
        let trial = Trial::new(TEXT);
        let theirs = TEXT.replace("text: down", "text: slow");
        let outcome = edit(&trial, |text| text.replace("text: down", "text: gone"), Some(&theirs));
        assert!(matches!(outcome, Err(Fault::ChangedMeanwhile)), "{outcome:?}");
        assert_eq!(trial.text(), theirs);
    }

    #[test]
    fn a_broken_record_is_repaired_and_a_broken_copy_reported() {
        let trial = Trial::new(TEXT);
        trial.write("title: [\n");
        let outcome = edit(&trial, |_| TEXT.to_owned(), None).unwrap();
        assert!(matches!(outcome, EditOutcome::Mended));
        assert_eq!(trial.text(), TEXT);
        let editing = Editing::begin(&trial.target).unwrap();
        assert!(matches!(editing.edited(), Ok(Edited::Unchanged)));
        std::fs::write(&editing.copy, "title: [\n").unwrap();
        assert!(matches!(editing.edited(), Ok(Edited::Faulty(..))));
        editing.end();
    }
}
