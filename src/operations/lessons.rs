//! Adds lessons to a record.

use crate::fault::Field;
use crate::format::{insert_items, note_item};
use crate::model::Note;

use super::texts::accepted;
use super::workspace::{Outcome, Target};

/// A sort of lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonSort {
    /// What went well.
    Well,
    /// What went badly.
    Badly,
    /// Where we got lucky.
    Lucky,
    /// What surprised us.
    Surprised,
    /// What we learned, if it is none of these.
    Learned,
    /// A contributing factor.
    Factor,
}

impl LessonSort {
    /// Returns its word, which is also its key in a record except for factors.
    pub fn word(self) -> &'static str {
        match self {
            LessonSort::Well => "well",
            LessonSort::Badly => "badly",
            LessonSort::Lucky => "lucky",
            LessonSort::Surprised => "surprised",
            LessonSort::Learned => "learned",
            LessonSort::Factor => "factor",
        }
    }
}

/// Adds a lesson or a factor, and returns its text.
///
/// # Errors
/// The text is invalid, or the record cannot be written.
pub fn add_lesson(target: &Target, sort: LessonSort, note: &Note) -> Outcome<String> {
    let text = accepted(Field::Text, &note.text)?;
    let note = Note { text: text.clone(), ..*note };
    target.change("lessons add", |document| {
        let item = note_item(&note);
        let list = match sort {
            LessonSort::Factor => "contributing_factors".to_owned(),
            lesson => format!("lessons.{}", lesson.word()),
        };
        Ok((insert_items(document, vec![(list, item)]), text.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::format::effects;
    use crate::model::Audience;

    #[test]
    fn each_sort_goes_behind_those_of_its_kind() {
        let begun = "title: x\nlessons:\n  badly:\n    - old\ncontributing_factors:\n  - old\n";
        for (text, sort, told) in [
            ("title: x\n", LessonSort::Well, "title: x\nlessons:\n  well:\n    - new\n"),
            (
                "title: x\nlessons: {}\n",
                LessonSort::Lucky,
                "title: x\nlessons:\n  lucky:\n    - new\n",
            ),
            ("title: x\n", LessonSort::Learned, "title: x\nlessons:\n  learned:\n    - new\n"),
            ("title: x\n", LessonSort::Factor, "title: x\ncontributing_factors:\n  - new\n"),
            (
                begun,
                LessonSort::Badly,
                "title: x\nlessons:\n  badly:\n    - old\n    - new\ncontributing_factors:\n  - old\n",
            ),
            (
                begun,
                LessonSort::Surprised,
                "title: x\nlessons:\n  badly:\n    - old\n  surprised:\n    - new\ncontributing_factors:\n  - old\n",
            ),
            (
                begun,
                LessonSort::Factor,
                "title: x\nlessons:\n  badly:\n    - old\ncontributing_factors:\n  - old\n  - new\n",
            ),
        ] {
            let trial = Trial::of(text);
            let (saved, added) = add_lesson(&trial.target, sort, &Note::from(" new ")).unwrap();
            assert_eq!(added, "new");
            assert_eq!(trial.text(), told, "{sort:?} in {text:?}");
            assert_eq!(effects(&saved.before, &saved.after).len(), 1);
        }
        for sort in [LessonSort::Well, LessonSort::Factor] {
            let trial = Trial::of("title: x\n");
            let note = Note { text: "new".to_owned(), audience: Audience::Internal };
            let (saved, _) = add_lesson(&trial.target, sort, &note).unwrap();
            let incident = saved.after.incident;
            let notes = [incident.lessons.well, incident.contributing_factors].concat();
            assert_eq!(notes, [note]);
        }
        let trial = Trial::of(begun);
        add_lesson(&trial.target, LessonSort::Well, &Note::from(" ")).unwrap_err();
        assert_eq!(trial.text(), begun);
    }
}
