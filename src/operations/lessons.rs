//! Adds lessons to a record.

use crate::fault::Field;
use crate::format::{insert_items, note_item};
use crate::model::Note;

use super::texts::accepted;
use super::workspace::{Outcome, Target};

/// A kind of lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonKind {
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

impl LessonKind {
    /// All of them.
    pub const ALL: [LessonKind; 6] = [
        LessonKind::Well,
        LessonKind::Badly,
        LessonKind::Lucky,
        LessonKind::Surprised,
        LessonKind::Learned,
        LessonKind::Factor,
    ];

    /// Returns its word, which is also its key in a record except for factors.
    pub fn word(self) -> &'static str {
        match self {
            LessonKind::Well => "well",
            LessonKind::Badly => "badly",
            LessonKind::Lucky => "lucky",
            LessonKind::Surprised => "surprised",
            LessonKind::Learned => "learned",
            LessonKind::Factor => "factor",
        }
    }
}

/// Adds a lesson or a factor, and returns its text.
///
/// # Errors
/// The text is invalid, or the record cannot be written.
pub fn add_lesson(target: &Target, kind: LessonKind, note: &Note) -> Outcome<String> {
    let text = accepted(Field::Text, &note.text)?;
    let note = Note { text: text.clone(), ..*note };
    target.change("lessons add", |document| {
        let item = note_item(&note);
        let list = match kind {
            LessonKind::Factor => "contributing_factors".to_owned(),
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
    fn each_new_entry_follows_those_of_its_kind() {
        let begun = "title: x\nlessons:\n  badly:\n    - old\ncontributing_factors:\n  - old\n";
        for (text, sort, told) in [
            ("title: x\n", LessonKind::Well, "title: x\nlessons:\n  well:\n    - new\n"),
            (
                "title: x\nlessons: {}\n",
                LessonKind::Lucky,
                "title: x\nlessons:\n  lucky:\n    - new\n",
            ),
            ("title: x\n", LessonKind::Learned, "title: x\nlessons:\n  learned:\n    - new\n"),
            ("title: x\n", LessonKind::Factor, "title: x\ncontributing_factors:\n  - new\n"),
            (
                begun,
                LessonKind::Badly,
                "title: x\nlessons:\n  badly:\n    - old\n    - new\ncontributing_factors:\n  - old\n",
            ),
            (
                begun,
                LessonKind::Surprised,
                "title: x\nlessons:\n  badly:\n    - old\n  surprised:\n    - new\ncontributing_factors:\n  - old\n",
            ),
            (
                begun,
                LessonKind::Factor,
                "title: x\nlessons:\n  badly:\n    - old\ncontributing_factors:\n  - old\n  - new\n",
            ),
        ] {
            let trial = Trial::of(text);
            let (saved, added) = add_lesson(&trial.target, sort, &Note::from(" new ")).unwrap();
            assert_eq!(added, "new");
            assert_eq!(trial.text(), told, "{sort:?} in {text:?}");
            assert_eq!(effects(&saved.before, &saved.after).len(), 1);
        }
        for sort in [LessonKind::Well, LessonKind::Factor] {
            let trial = Trial::of("title: x\n");
            let note = Note { text: "new".to_owned(), audience: Audience::Internal };
            let (saved, _) = add_lesson(&trial.target, sort, &note).unwrap();
            let incident = saved.after.incident;
            let notes = [incident.lessons.well, incident.contributing_factors].concat();
            assert_eq!(notes, [note]);
        }
        let trial = Trial::of(begun);
        add_lesson(&trial.target, LessonKind::Well, &Note::from(" ")).unwrap_err();
        assert_eq!(trial.text(), begun);
    }
}
