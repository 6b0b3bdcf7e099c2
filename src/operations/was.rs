//! The former values of a changed entry.

use crate::lang::Was;
use crate::yaml::{Value, value_of};

/// Returns the keys that differ, with their former values.
pub(super) fn was(before: &Value, after: &Value) -> Vec<Was> {
    if let (Value::Scalar(_), Value::Scalar(_)) = (before, after) {
        return vec![Was { key: "text".to_owned(), value: Some(before.clone()) }];
    }
    let (Value::Map(before), Value::Map(after)) = (before, after) else { return Vec::new() };
    let keys = before
        .iter()
        .chain(after.iter().filter(|(key, _)| value_of(before, key).is_none()))
        .map(|(key, _)| key);
    let changed = keys.filter(|key| value_of(before, key) != value_of(after, key));
    changed.map(|key| Was { key: key.clone(), value: value_of(before, key).cloned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(keys: &[(&str, &str)]) -> Value {
        Value::Map(keys.iter().map(|(key, said)| ((*key).to_owned(), Value::text(*said))).collect())
    }

    #[test]
    fn keys_that_differ_are_reported_as_they_were() {
        let before = entry(&[("at", "18:00"), ("text", "a"), ("why", "w")]);
        let after = entry(&[("at", "18:00"), ("text", "b"), ("by", "sam")]);
        let told = |key: &str, value: Option<&str>| Was {
            key: key.to_owned(),
            value: value.map(Value::text),
        };
        assert_eq!(
            was(&before, &after),
            [told("text", Some("a")), told("why", Some("w")), told("by", None)]
        );
        assert_eq!(was(&before, &before), []);
        assert_eq!(was(&Value::text("a"), &after), [], "no entry has no keys");
        assert_eq!(was(&Value::text("a"), &Value::text("b")), [told("text", Some("a"))]);
    }
}
