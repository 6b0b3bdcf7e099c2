//! The metadata of a record, key by key.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::{Incident, Post, PostPart, Worded};

use super::lists::state_of;

/// The keys of a record, as `asrun get` prints them.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HeaderView {
    /// Version of this contract.
    pub view: u32,
    /// The record's id.
    pub id: String,
    /// Each key with a value, in the order of a record.
    pub keys: Vec<KeyView>,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KeyView {
    /// Its name.
    pub key: Cow<'static, str>,
    /// Its value: one text, or the items of a list.
    pub value: KeyValue,
}

/// The value of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum KeyValue {
    /// A text.
    Text(String),
    /// Texts.
    Texts(Vec<String>),
}

impl KeyValue {
    /// Returns its lines: one per item of a list.
    pub fn lines(&self) -> Vec<&str> {
        match self {
            KeyValue::Text(text) => text.trim_end().lines().collect(),
            KeyValue::Texts(texts) => texts.iter().map(String::as_str).collect(),
        }
    }
}

impl HeaderView {
    /// Returns whether the view has exactly this key, rather than keys below it.
    pub fn is_of(&self, key: Option<&str>) -> bool {
        self.keys.iter().all(|told| Some(&*told.key) == key)
    }
}

/// Returns the keys of a record that have a value; `only` selects one.
pub fn header_view(id: &str, incident: &Incident, only: Option<&str>) -> HeaderView {
    let text = |text: &Option<String>| text.clone().map(KeyValue::Text);
    let texts = |texts: &[String]| (!texts.is_empty()).then(|| KeyValue::Texts(texts.to_vec()));
    let said = |text: String| Some(KeyValue::Text(text));
    let published = incident.published.map(|at| KeyValue::Text(at.written()));
    let status = said(state_of(incident).to_owned());
    let all = [
        ("title", said(incident.title.clone())),
        ("kind", text(&incident.kind)),
        ("version", text(&incident.version)),
        ("severity", text(&incident.severity)),
        ("status", status),
        ("date", incident.date.map(|day| KeyValue::Text(day.to_string()))),
        ("timezone", incident.zone.map(|zone| KeyValue::Text(zone.name().to_owned()))),
        ("language", text(&incident.language)),
        ("author", text(&incident.author)),
        ("services", texts(&incident.services)),
        ("tags", texts(&incident.tags)),
        ("categories", texts(&incident.categories)),
        ("published", published),
        ("sample", incident.sample.then(|| KeyValue::Text("true".to_owned()))),
        ("archived", incident.archived.then(|| KeyValue::Text("true".to_owned()))),
        ("summary", text(&incident.summary)),
        ("impact", text(&incident.impact)),
    ];
    let wanted = all.into_iter().chain(post_keys(&incident.post));
    let wanted = wanted.filter(|(key, _)| only.is_none_or(|only| is_under(key, only)));
    let keys = wanted.filter_map(|(key, value)| Some(KeyView { key: key.into(), value: value? }));
    let keys = keys.collect();
    HeaderView { view: 1, id: id.to_owned(), keys }
}

/// Returns the view of a single key.
pub fn key_view(id: &str, key: &str, value: KeyValue) -> HeaderView {
    let key = KeyView { key: key.to_owned().into(), value };
    HeaderView { view: 1, id: id.to_owned(), keys: vec![key] }
}

/// Returns whether a key is `wanted` or below it.
fn is_under(key: &str, wanted: &str) -> bool {
    key == wanted || key.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('.'))
}

/// Returns the keys of the post settings.
fn post_keys(post: &Post) -> [(&'static str, Option<KeyValue>); 11] {
    let text = |text: &Option<String>| text.clone().map(KeyValue::Text);
    let word = |word: &str| Some(KeyValue::Text(word.to_owned()));
    let parts = |parts: &[PostPart]| {
        let words = parts.iter().map(|part| part.word().to_owned()).collect();
        (!parts.is_empty()).then_some(KeyValue::Texts(words))
    };
    [
        ("post.layout", post.layout.and_then(|layout| word(layout.word()))),
        ("post.show", parts(&post.show)),
        ("post.hide", parts(&post.hide)),
        ("post.heading", text(&post.heading)),
        ("post.plan_title", text(&post.plan_title)),
        ("post.before_plan", text(&post.before_plan)),
        ("post.after_plan", text(&post.after_plan)),
        ("post.pictures", post.pictures.and_then(|place| word(place.word()))),
        ("post.images", text(&post.images)),
        ("post.baseurl", text(&post.baseurl)),
        ("post.front_matter", text(&post.front_matter)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{HEADER_KEYS, POST_PATHS};

    #[test]
    fn every_key_of_a_post_is_documented() {
        let text = "title: t\npost:\n  layout: blog\n  show: [rows]\n  hide: [plan]\n  heading: a\n  plan_title: b\n  before_plan: c\n  after_plan: d\n  pictures: before\n  images: /e\n  baseurl: /h\n  front_matter: 'f: g'\n";
        let incident = crate::format::read(text).unwrap().incident;
        let told = |only| -> Vec<String> {
            let keys = header_view("r", &incident, only).keys.into_iter();
            keys.map(|key| key.key.into_owned()).collect()
        };
        assert_eq!(told(Some("post")), POST_PATHS);
        assert_eq!(told(Some("post.images")), ["post.images"]);
        // With the title and the status.
        assert_eq!(told(None).len(), POST_PATHS.len() + 2);
    }

    #[test]
    fn every_key_of_a_header_is_documented() {
        let text: String = HEADER_KEYS
            .iter()
            .map(|key| match *key {
                "date" | "published" => format!("{key}: 2024-09-07\n"),
                "timezone" => format!("{key}: Asia/Seoul\n"),
                "sample" | "archived" => format!("{key}: true\n"),
                "services" | "tags" | "categories" => format!("{key}: [x, y]\n"),
                key => format!("{key}: x\n"),
            })
            .collect();
        let incident = crate::format::read(&text).unwrap().incident;
        let keys = header_view("r", &incident, None).keys;
        let told: Vec<&str> = keys.iter().map(|key| &*key.key).collect();
        let of_file: Vec<&str> = told.iter().copied().filter(|key| *key != "status").collect();
        assert_eq!(of_file, HEADER_KEYS);
        assert_eq!(told.len(), HEADER_KEYS.len() + 1);
        let one = header_view("r", &incident, Some("tags")).keys;
        assert_eq!(one[0].value.lines(), ["x", "y"]);
        assert_eq!(one.len(), 1);
    }
}
