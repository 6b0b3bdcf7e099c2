//! JSON input: its items with their positions, and the texts in them.

use std::collections::HashMap;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::fault::{ExportFault, ImportFault};

use super::place::Place;

/// The deepest nesting of brackets; exports have a dozen levels.
const DEPTH: usize = 64;

/// A text that is valid JSON.
pub(super) struct Json<'t> {
    name: &'t str,
    text: &'t str,
    /// How many lines precede it.
    above: usize,
    raw: &'t RawValue,
}

/// A value and its position.
pub(super) struct Node<'t> {
    pub value: Value,
    pub place: Place,
    raw: &'t RawValue,
}

impl<'t> Node<'t> {
    /// Returns a value within this one, with the position of this one.
    pub(super) fn of(&self, value: Value) -> Node<'t> {
        Node { value, place: self.place, raw: self.raw }
    }
}

impl<'t> Json<'t> {
    /// Parses a text as JSON.
    ///
    /// # Errors
    /// It is not JSON, or is nested too deeply.
    pub(super) fn read(name: &'t str, text: &'t str) -> Result<Json<'t>, ImportFault> {
        Json::of_line(name, text, 1)
    }

    /// Parses a text as JSON that begins at a line of a longer text: positions are in the whole text, except for those
    /// of faults.
    ///
    /// # Errors
    /// As for [`Json::read`].
    pub(super) fn of_line(
        name: &'t str,
        text: &'t str,
        line: usize,
    ) -> Result<Json<'t>, ImportFault> {
        if let Some(byte) = too_deep(text) {
            let Place { line, column } = Place::of(text, byte);
            return Err(
                ExportFault::TooDeep { name: name.to_owned(), line, column, limit: DEPTH }.into()
            );
        }
        let raw = serde_json::from_str(text).map_err(|fault| {
            ImportFault::from(ExportFault::Json {
                name: name.to_owned(),
                line: fault.line(),
                column: fault.column(),
                says: parser_message(&fault),
            })
        })?;
        Ok(Json { name, text, above: line.saturating_sub(1), raw })
    }

    /// Returns the top-level value.
    ///
    /// # Errors
    /// It is not JSON after all, because of half a surrogate pair, for example.
    pub(super) fn root(&self) -> Result<Node<'t>, ImportFault> {
        self.node(self.raw)
    }

    /// Returns the items of a list, or the value itself if it is not a list.
    ///
    /// # Errors
    /// As for [`Json::root`].
    pub(super) fn items(&self) -> Result<Vec<Node<'t>>, ImportFault> {
        match self.raw.get().starts_with('[') {
            true => self.list(self.raw),
            false => Ok(vec![self.root()?]),
        }
    }

    /// Returns the items of a list under a key; empty if there is no such list.
    ///
    /// # Errors
    /// As for [`Json::root`].
    pub(super) fn under(&self, node: &Node<'t>, key: &str) -> Result<Vec<Node<'t>>, ImportFault> {
        if !node.value.get(key).is_some_and(Value::is_array) {
            return Ok(Vec::new());
        }
        raw_under(node, key).map_or(Ok(Vec::new()), |raw| self.list(raw))
    }

    /// Returns the object under a key, if there is one.
    ///
    /// # Errors
    /// As for [`Json::root`].
    pub(super) fn object(
        &self,
        node: &Node<'t>,
        key: &str,
    ) -> Result<Option<Node<'t>>, ImportFault> {
        if !node.value.get(key).is_some_and(Value::is_object) {
            return Ok(None);
        }
        raw_under(node, key).map(|raw| self.node(raw)).transpose()
    }

    fn list(&self, raw: &'t RawValue) -> Result<Vec<Node<'t>>, ImportFault> {
        let items: Vec<&'t RawValue> =
            serde_json::from_str(raw.get()).map_err(|fault| self.fault(raw, &fault))?;
        let mut places = Place::ahead(self.text);
        items.into_iter().map(|raw| self.node_at(raw, places.at(self.byte(raw)))).collect()
    }

    fn node(&self, raw: &'t RawValue) -> Result<Node<'t>, ImportFault> {
        self.node_at(raw, Place::of(self.text, self.byte(raw)))
    }

    fn node_at(&self, raw: &'t RawValue, place: Place) -> Result<Node<'t>, ImportFault> {
        let value = serde_json::from_str(raw.get()).map_err(|fault| self.fault(raw, &fault))?;
        let place = Place { line: place.line + self.above, ..place };
        Ok(Node { value, place, raw })
    }

    /// Returns the position of a part of the text.
    fn byte(&self, part: &RawValue) -> usize {
        (part.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn fault(&self, raw: &RawValue, fault: &serde_json::Error) -> ImportFault {
        let Place { line, column } = Place::of(self.text, self.byte(raw));
        ExportFault::Json { name: self.name.to_owned(), line, column, says: parser_message(fault) }
            .into()
    }
}

/// Returns the text of the value under a key.
fn raw_under<'t>(node: &Node<'t>, key: &str) -> Option<&'t RawValue> {
    let keys: HashMap<String, &'t RawValue> = serde_json::from_str(node.raw.get()).ok()?;
    keys.get(key).copied()
}

/// Returns the parser's message, without its position.
fn parser_message(fault: &serde_json::Error) -> String {
    let says = fault.to_string();
    says.rsplit_once(" at line ").map_or(says.clone(), |(says, _)| says.to_owned())
}

/// Returns where the nesting becomes too deep.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                depth += 1;
                if depth > DEPTH {
                    return Some(at);
                }
            }
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Access to the values in an export, by the names of nested keys: `user.login`.
pub(super) trait JsonFields {
    /// Returns the value there, if it is not null.
    fn at(&self, keys: &str) -> Option<&Value>;

    /// Returns the text, trimmed, if there is one.
    fn text(&self, keys: &str) -> Option<&str> {
        self.at(keys).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    /// Returns a text or a number as text: ids may be either.
    fn word(&self, keys: &str) -> Option<String> {
        match self.at(keys)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Returns a whole number.
    fn number(&self, keys: &str) -> Option<i64> {
        self.at(keys)?.as_i64()
    }

    /// Returns whether the value is `true`.
    fn is_true(&self, keys: &str) -> bool {
        self.at(keys).and_then(Value::as_bool) == Some(true)
    }

    /// Returns the items of a list.
    fn list(&self, keys: &str) -> &[Value] {
        self.at(keys).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

impl JsonFields for Value {
    fn at(&self, keys: &str) -> Option<&Value> {
        keys.split('.').try_fold(self, |value, key| value.get(key)).filter(|value| !value.is_null())
    }
}
