//! The keys a record knows, place by place.

use crate::model::{Day, Moment};
use crate::yaml::Schema;

/// Keys of the record itself.
pub const RECORD_KEYS: &[&str] = &[
    "title",
    "kind",
    "version",
    "severity",
    "date",
    "timezone",
    "language",
    "author",
    "services",
    "tags",
    "categories",
    "published",
    "sample",
    "summary",
    "impact",
    "plan",
    "events",
    "contributing_factors",
    "lessons",
    "actions",
    "sections",
    "attachments",
];
pub(super) const STEP_KEYS: &[&str] = &[
    "id",
    "at",
    "due",
    "precision",
    "until",
    "until_precision",
    "text",
    "owner",
    "revised",
    "skipped",
];
pub(super) const REVISION_KEYS: &[&str] = &["from", "on", "why"];
pub(super) const SKIP_KEYS: &[&str] = &["on", "why"];
pub(super) const EVENT_KEYS: &[&str] = &[
    "at",
    "until",
    "logged",
    "text",
    "type",
    "step",
    "by",
    "why",
    "about",
    "precision",
    "until_about",
    "until_precision",
    "key",
    "audience",
    "from",
    "to",
    "detail",
    "attachments",
    "refs",
    "metrics",
];
pub(super) const ATTACHMENT_KEYS: &[&str] = &["file", "alt", "width", "caption"];
pub(super) const LESSON_KEYS: &[&str] = &["well", "badly", "lucky", "surprised"];
pub(super) const ACTION_KEYS: &[&str] = &["text", "owner", "due", "type", "done", "ref"];
pub(super) const SECTION_KEYS: &[&str] = &["title", "body", "audience"];

/// How the values of these keys are written.
pub(super) const SCHEMA: Schema = Schema {
    truth_keys: &["about", "until_about", "key", "sample", "skipped"],
    day_keys: &["at", "until", "logged", "date", "published", "due", "done", "on", "from"],
    mapping_keys: &["lessons"],
    sentence_keys: &["contributing_factors", "well", "badly", "lucky", "surprised"],
    order: &[("plan", "events")],
    is_day: |text| Day::parse(text).is_some(),
    is_time: |text| Moment::parse(text, None).is_ok(),
};

/// Whether any place of a record knows such a key.
pub(super) fn is_known(key: &str) -> bool {
    let all = [
        RECORD_KEYS,
        STEP_KEYS,
        REVISION_KEYS,
        EVENT_KEYS,
        ATTACHMENT_KEYS,
        LESSON_KEYS,
        ACTION_KEYS,
        SECTION_KEYS,
    ];
    all.iter().any(|keys| keys.contains(&key))
}

/// A key that no one knows: kept byte for byte, and worth a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKey {
    /// The key as written.
    pub key: String,
    /// Its first byte in the file.
    pub at: usize,
    /// The known key it was probably meant to be.
    pub nearest: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::RECORD_SCHEMA;

    #[test]
    fn lessons_are_sentences() {
        assert!(LESSON_KEYS.iter().all(|key| SCHEMA.sentence_keys.contains(key)));
    }

    #[test]
    fn the_schema_knows_the_same_keys() {
        let schema: serde_json::Value = serde_json::from_str(RECORD_SCHEMA).unwrap();
        let keys_at = |place: &str| -> Vec<String> {
            let properties = schema.pointer(&format!("{place}/properties")).unwrap();
            properties.as_object().unwrap().keys().cloned().collect()
        };
        for (place, keys) in [
            ("", RECORD_KEYS),
            ("/$defs/step", STEP_KEYS),
            ("/$defs/step/properties/skipped/oneOf/1", SKIP_KEYS),
            ("/$defs/revision", REVISION_KEYS),
            ("/$defs/event", EVENT_KEYS),
            ("/$defs/attachment/oneOf/1", ATTACHMENT_KEYS),
            ("/$defs/action", ACTION_KEYS),
            ("/$defs/section", SECTION_KEYS),
            ("/properties/lessons", LESSON_KEYS),
        ] {
            let mut known: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
            known.sort();
            let mut there = keys_at(place);
            there.sort();
            assert_eq!(there, known, "{place}");
        }
        let types = schema.pointer("/$defs/event/properties/type/anyOf/0/enum").unwrap();
        let types: Vec<&str> =
            types.as_array().unwrap().iter().filter_map(|word| word.as_str()).collect();
        assert_eq!(types, crate::model::EventType::words().collect::<Vec<_>>());
    }
}
