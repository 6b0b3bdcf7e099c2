//! What a command changed, collected for an answer in JSON.

use std::path::Path;

use crate::check::told_without_secrets;
use crate::format::effects;
use crate::render::to_json;
use crate::store::Saved;
use crate::view::{ChangeView, ChangedRecordView, EffectView, PlainValue};
use crate::yaml::Value;

/// Collects what a command says and changes.
#[derive(Debug)]
pub(super) struct ChangeAnswer(ChangeView);

impl ChangeAnswer {
    /// Returns the empty answer of a command.
    pub(super) fn of(command: &str, dry_run: bool) -> ChangeAnswer {
        let (records, said) = (Vec::new(), Vec::new());
        ChangeAnswer(ChangeView { view: 1, command: command.to_owned(), dry_run, records, said })
    }

    /// Adds lines for people.
    pub(super) fn say(&mut self, text: &str) {
        let plain = anstream::adapter::strip_str(text).to_string();
        self.0.said.extend(plain.lines().map(str::to_owned));
    }

    /// Adds a record with its changes.
    pub(super) fn saved(&mut self, saved: &Saved) {
        let effects = effects(&saved.before, &saved.after);
        let told = |value: Option<Value>| value.map(plain);
        self.0.records.push(ChangedRecordView {
            id: id_of(&saved.file),
            file: saved.file.clone(),
            changes: saved.journal.as_ref().map(Clone::clone).unwrap_or_default(),
            effects: effects
                .into_iter()
                .map(|it| EffectView {
                    key: it.list,
                    before: told(it.before),
                    after: told(it.after),
                })
                .collect(),
        });
    }

    /// Adds a record that was changed as a whole by these changes.
    pub(super) fn whole(&mut self, id: &str, file: &str, changes: Vec<String>) {
        let (id, file, effects) = (id.to_owned(), file.to_owned(), Vec::new());
        self.0.records.push(ChangedRecordView { id, file, changes, effects });
    }

    /// Whether a record was changed.
    pub(super) fn has_changes(&self) -> bool {
        !self.0.records.is_empty()
    }

    /// Returns the answer as JSON.
    pub(super) fn json(&self) -> String {
        to_json(&self.0)
    }
}

/// Returns the id of the record in a file.
pub(super) fn id_of(file: &str) -> String {
    Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn plain(value: Value) -> PlainValue {
    match value {
        Value::Null => PlainValue::Empty(()),
        Value::Scalar(text) => PlainValue::Text(told_without_secrets(&text).into_owned()),
        Value::List(items) => PlainValue::List(items.into_iter().map(plain).collect()),
        Value::Map(pairs) => {
            PlainValue::Map(pairs.into_iter().map(|(key, value)| (key, plain(value))).collect())
        }
    }
}
