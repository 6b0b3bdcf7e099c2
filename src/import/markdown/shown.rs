//! The pictures in a document, and the texts of a record that show them.

use crate::markdown::{Picture, pictures};
use crate::model::Incident;

use super::super::draft::{DraftRecord, NamedPicture};

/// The pictures of a document, each with its line and its Markdown.
pub(super) struct Shown<'t>(Vec<(usize, Picture, &'t str)>);

impl<'t> Shown<'t> {
    pub(super) fn of(text: &'t str) -> Shown<'t> {
        let (mut line, mut from) = (1, 0);
        let mut placed = |picture: Picture| {
            let (start, end) = (picture.place.start, picture.place.end);
            let passed = text.get(from..start).unwrap_or_default();
            line += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
            from = from.max(start);
            Some((line, picture, text.get(start..end)?))
        };
        Shown(pictures(text).into_iter().filter_map(&mut placed).collect())
    }

    /// Adds those that occur in a text of a record, once per spelling.
    pub(super) fn name_in(&self, record: &mut DraftRecord) {
        for (line, picture, written) in &self.0 {
            let is_new = !record.pictures.iter().any(|known| known.written == *written);
            let holds = |text: &str| text.contains(written);
            let is_shown = record
                .incident
                .events
                .iter()
                .any(|event| holds(&event.text) || event.detail.as_deref().is_some_and(holds))
                || is_elsewhere(&record.incident, written);
            if is_new && is_shown {
                let (picture, written) = (picture.clone(), (*written).to_owned());
                record.pictures.push(NamedPicture { line: *line, picture, written });
            }
        }
    }
}

/// Whether a text of a record other than an event's contains this Markdown.
fn is_elsewhere(incident: &Incident, written: &str) -> bool {
    let notes = incident.note_lists().flatten();
    let sections = incident.sections.iter().map(|section| &section.body);
    let actions = incident.actions.iter().map(|action| &action.text);
    let whole = [&incident.summary, &incident.impact].into_iter().flatten();
    let texts = whole.chain(sections).chain(actions).chain(notes.map(|note| &note.text));
    texts.into_iter().any(|text| text.contains(written))
}
