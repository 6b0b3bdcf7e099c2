//! The keys of a record, by place.

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
    "archived",
    "summary",
    "impact",
    "review",
    "post",
    "plan",
    "events",
    "contributing_factors",
    "lessons",
    "actions",
    "sections",
    "attachments",
    "imported",
];
/// Those of them that describe the record as a whole.
pub const HEADER_KEYS: &[&str] = RECORD_KEYS.split_at(16).0;
pub(super) const POST_KEYS: &[&str] = &[
    "layout",
    "show",
    "hide",
    "heading",
    "plan_title",
    "before_plan",
    "after_plan",
    "pictures",
    "images",
    "baseurl",
    "front_matter",
];
/// The same as paths, as used in commands.
pub const POST_PATHS: &[&str] = &[
    "post.layout",
    "post.show",
    "post.hide",
    "post.heading",
    "post.plan_title",
    "post.before_plan",
    "post.after_plan",
    "post.pictures",
    "post.images",
    "post.baseurl",
    "post.front_matter",
];
pub(super) const REVIEW_KEYS: &[&str] = &["by", "on", "of"];
pub(super) const STEP_KEYS: &[&str] = &[
    "id",
    "at",
    "due",
    "precision",
    "until",
    "until_precision",
    "text",
    "owner",
    "after",
    "takes",
    "decision",
    "rollback",
    "if_failed",
    "command",
    "revised",
    "skipped",
    "source",
];
pub(super) const REVISION_KEYS: &[&str] =
    &["from", "precision", "until", "until_precision", "on", "why"];
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
    "next_update",
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
    "printed",
    "source",
];
pub(super) const ATTACHMENT_KEYS: &[&str] = &["file", "alt", "width", "caption", "audience"];
pub(super) const LESSON_KEYS: &[&str] = &["well", "badly", "lucky", "surprised", "learned"];
pub(super) const ACTION_KEYS: &[&str] =
    &["text", "owner", "due", "type", "done", "ref", "audience", "source"];
pub(super) const IMPORTED_KEYS: &[&str] = &["from", "sha256", "on", "left_out"];
pub(super) const NOTE_KEYS: &[&str] = &["text", "audience"];
pub(super) const SECTION_KEYS: &[&str] = &["title", "body", "audience"];

/// How the values of these keys are written.
pub(super) const SCHEMA: Schema = Schema {
    truth_keys: &[
        "about",
        "until_about",
        "key",
        "sample",
        "archived",
        "skipped",
        "decision",
        "rollback",
    ],
    day_keys: &[
        "at",
        "until",
        "logged",
        "date",
        "published",
        "due",
        "done",
        "on",
        "from",
        "next_update",
    ],
    mapping_keys: &["lessons", "post"],
    sentence_keys: &["contributing_factors", "well", "badly", "lucky", "surprised", "learned"],
    order: RECORD_KEYS.split_at(20).0,
    is_day: |text| Day::parse(text).is_some(),
    is_time: |text| Moment::parse(text, None).is_ok(),
};

/// Whether any place of a record has such a key.
pub(super) fn is_known(key: &str) -> bool {
    let all = [
        RECORD_KEYS,
        POST_KEYS,
        STEP_KEYS,
        REVISION_KEYS,
        EVENT_KEYS,
        ATTACHMENT_KEYS,
        LESSON_KEYS,
        ACTION_KEYS,
        SECTION_KEYS,
        NOTE_KEYS,
        IMPORTED_KEYS,
        REVIEW_KEYS,
    ];
    all.iter().any(|keys| keys.contains(&key))
}

/// An unknown key: kept byte for byte, with a warning.
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
    fn commands_name_every_key_of_a_post() {
        let paths: Vec<String> = POST_KEYS.iter().map(|key| format!("post.{key}")).collect();
        assert_eq!(POST_PATHS, paths);
    }

    const PLACES: [(&str, &[&str]); 13] = [
        ("", RECORD_KEYS),
        ("/$defs/post", POST_KEYS),
        ("/$defs/step", STEP_KEYS),
        ("/$defs/step/properties/skipped/oneOf/1", SKIP_KEYS),
        ("/$defs/revision", REVISION_KEYS),
        ("/$defs/event", EVENT_KEYS),
        ("/$defs/attachment/oneOf/1", ATTACHMENT_KEYS),
        ("/$defs/action", ACTION_KEYS),
        ("/$defs/section", SECTION_KEYS),
        ("/$defs/imported", IMPORTED_KEYS),
        ("/$defs/review/oneOf/1", REVIEW_KEYS),
        ("/$defs/note/oneOf/1", NOTE_KEYS),
        ("/properties/lessons", LESSON_KEYS),
    ];

    fn schema() -> serde_json::Value {
        serde_json::from_str(RECORD_SCHEMA).unwrap()
    }

    /// Returns these keys with one typo: a letter wrong, missing, extra or swapped. In short keys, a wrong letter makes
    /// too many real words.
    fn slips(keys: &[&str]) -> String {
        let mut slips: Vec<String> = Vec::new();
        for key in keys.iter().filter(|key| key.len() > 3) {
            for at in 0..key.len() {
                let (before, letter, after) = (&key[..at], &key[at..=at], &key[at + 1..]);
                let wrong = if key.len() > 4 { format!("[^{letter}]?") } else { String::new() };
                slips.extend([
                    format!("{before}{wrong}{after}"),
                    format!("{before}.{letter}{after}"),
                ]);
                if let Some(next) = after.get(..1).filter(|next| *next != letter) {
                    slips.push(format!("{before}{next}{letter}{}", &after[1..]));
                }
            }
            slips.push(format!("{key}."));
        }
        slips.sort();
        slips.dedup();
        format!("^(?:{})$", slips.join("|"))
    }

    /// `SCHEMAS=overwrite cargo test --lib published` writes the slips of today's keys and today's zones.
    #[test]
    fn published_schema_of_records_refuses_slips_and_unknown_zones() {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let mut wanted = RECORD_SCHEMA.to_owned();
        for (place, keys) in PLACES {
            let refused = schema().pointer(&format!("{place}/patternProperties")).unwrap().clone();
            let refused = refused.as_object().unwrap().keys().next().unwrap().clone();
            wanted = wanted.replace(&quoted(&refused), &quoted(&slips(keys)));
            let pattern = regex_lite::Regex::new(&slips(keys)).unwrap();
            assert!(keys.iter().all(|key| !pattern.is_match(key)), "{place}");
        }
        let mut zones: Vec<String> = crate::model::Zone::names().map(quoted).collect();
        zones.sort();
        let start = wanted.find("\"timezone\"").unwrap();
        let start = start + wanted[start..].find("\"enum\": [").unwrap() + 9;
        let end = start + wanted[start..].find(']').unwrap();
        wanted.replace_range(start..end, &zones.join(", "));
        if std::env::var("SCHEMAS").is_ok_and(|value| value == "overwrite") {
            let file =
                std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema/record.json");
            std::fs::write(file, &wanted).unwrap();
        }
        assert!(wanted == RECORD_SCHEMA, "docs/schema/record.json lacks slips of keys, or zones");
    }

    #[test]
    fn the_schema_refuses_what_is_refused() {
        let schema = schema();
        let pattern = |place: &str| {
            regex_lite::Regex::new(schema.pointer(place).unwrap().as_str().unwrap()).unwrap()
        };
        let (day, time) = (pattern("/$defs/day/pattern"), pattern("/$defs/time/pattern"));
        for text in [
            "2024-02-29",
            "2023-02-29",
            "1900-02-29",
            "2000-02-29",
            "2024-13-01",
            "2024-04-31",
            "0000-01-01",
            "2024-00-10",
            "2024-9-7",
            "9999-12-31",
            "0001-01-01",
        ] {
            assert_eq!(day.is_match(text), Day::parse(text).is_some(), "{text}");
        }
        let zone = crate::model::Zone::parse("Asia/Seoul");
        for clock in [
            "18:08",
            "8:08",
            "24:00",
            "23:60",
            "18:08:30.123",
            "18:08:60",
            "18:08Z",
            "18:08 +0900",
            "18:08+09",
            "18:08+14:00",
            "18:08+14:15",
            "18:08-12:00",
            "18:08-12:15",
            "18:08+09:20",
            "18:08+99:00",
            "18",
        ] {
            let text = format!("2024-09-07T{clock}");
            assert_eq!(time.is_match(&text), Moment::parse(&text, zone).is_ok(), "{text}");
        }
        assert!(time.is_match("2024-09-07") && !time.is_match("2024-09-31T18:08"));
        let keys = regex_lite::Regex::new(&slips(EVENT_KEYS)).unwrap();
        for slip in ["detial", "atachments", "txet", "audiance", "steps", "ref", "metric"] {
            assert!(keys.is_match(slip), "{slip}");
        }
        for own in ["x-team", "room", "impact", "data", "ticket", "at"] {
            assert!(!keys.is_match(own), "{own}");
        }
    }

    #[test]
    fn the_schema_knows_the_same_keys() {
        let schema = schema();
        let keys_at = |place: &str| -> Vec<String> {
            let properties = schema.pointer(&format!("{place}/properties")).unwrap();
            properties.as_object().unwrap().keys().cloned().collect()
        };
        for (place, keys) in PLACES {
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
