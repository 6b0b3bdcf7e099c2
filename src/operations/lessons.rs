//! Writing down what was learnt.

use crate::fault::Field;
use crate::model::Incident;
use crate::yaml::{Change, Value};

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
    /// What together made it happen.
    Factor,
}

impl LessonSort {
    /// Its word: for all but factors, the key in a record too.
    pub fn word(self) -> &'static str {
        match self {
            LessonSort::Well => "well",
            LessonSort::Badly => "badly",
            LessonSort::Lucky => "lucky",
            LessonSort::Surprised => "surprised",
            LessonSort::Factor => "factor",
        }
    }

    /// How many the record has.
    fn count(self, incident: &Incident) -> usize {
        let lessons = &incident.lessons;
        match self {
            LessonSort::Well => lessons.well.len(),
            LessonSort::Badly => lessons.badly.len(),
            LessonSort::Lucky => lessons.lucky.len(),
            LessonSort::Surprised => lessons.surprised.len(),
            LessonSort::Factor => incident.contributing_factors.len(),
        }
    }
}

/// Writes a lesson down, and returns its text.
///
/// # Errors
/// The text fits into no record, or the record cannot be written.
pub fn add_lesson(target: &Target, sort: LessonSort, text: &str) -> Outcome<String> {
    let text = accepted(Field::Text, text)?;
    target.change("lessons add", |document| {
        let incident = &document.incident;
        let index = sort.count(incident);
        let item = Value::text(text.clone());
        let begun = matches!(document.value("lessons"), Some(Value::Map(keys)) if !keys.is_empty());
        let change = match sort {
            LessonSort::Factor => Change::insert(Vec::new(), "contributing_factors", index, item),
            _ if begun => {
                Change::insert(vec![("lessons".to_owned(), None)], sort.word(), index, item)
            }
            _ => {
                let lessons = vec![(sort.word().to_owned(), Value::List(vec![item]))];
                Change::set(Vec::new(), "lessons", Value::Map(lessons))
            }
        };
        Ok((vec![change], text.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

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
            let (saved, added) = add_lesson(&trial.target, sort, " new ").unwrap();
            assert_eq!(added, "new");
            assert_eq!(trial.text(), told, "{sort:?} in {text:?}");
            let count = (sort.count(&saved.before.incident), sort.count(&saved.after.incident));
            assert_eq!(count.0 + 1, count.1);
        }
        let trial = Trial::of(begun);
        add_lesson(&trial.target, LessonSort::Well, " ").unwrap_err();
        assert_eq!(trial.text(), begun);
    }
}
