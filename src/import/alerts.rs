//! Alerts in Alertmanager's format, which Grafana uses as well, and annotations of Grafana.

use serde_json::Value;

use super::chat;
use crate::fault::{DoubtCode, ImportFault, WhyLeft};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::{DraftBuilder, NO_TIME};
use super::json::{Json, JsonFields, Node};
use super::markup::without_tags;
use super::text::text_of;

/// The earliest time of an annotation in milliseconds, in 1973; a smaller number counts something else, such as seconds.
const EARLIEST: i64 = 100_000_000_000;
/// How many annotations Grafana returns by default.
const PAGES: [usize; 2] = [100, 1000];

/// Reads alerts or annotations, depending on the file.
///
/// # Errors
/// It is not such a file.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    gathered.begin(String::new());
    for input in inputs {
        let text = text_of(input, answers)?;
        let json = Json::read(&input.name, &text)?;
        gathered.reads(&input.name);
        let groups = json.items()?;
        if PAGES.contains(&groups.len()) {
            gathered.doubt(DoubtCode::MorePages, groups[0].place, &input.name);
        }
        for group in &groups {
            if group.value.at("startsAt").is_some() {
                alert(&mut gathered, group, &Value::Null);
            } else if group.value.at("alerts").is_none() {
                annotation(&mut gathered, group);
            }
            for each in json.under(group, "alerts")? {
                alert(&mut gathered, &each, &group.value);
            }
        }
    }
    Ok(gathered.finish())
}

fn alert(gathered: &mut DraftBuilder<'_>, alert: &Node<'_>, group: &Value) {
    let (value, place) = (&alert.value, alert.place);
    let written = value.text("startsAt").unwrap_or_default();
    let text = told(value, group);
    let Some(at) = gathered.time(written, place) else {
        return gathered.leave(place, format!("{written} {text}"), WhyLeft::NoTime);
    };
    let id = value.word("fingerprint").unwrap_or_else(|| labels(value, &Value::Null));
    if gathered.record().title.is_empty() {
        let common = ["commonAnnotations.summary", "commonLabels.alertname"];
        let title = common.iter().find_map(|keys| group.text(keys)).unwrap_or(&text).to_owned();
        gathered.record().title = title;
    }
    let ended = value.text("endsAt").filter(|end| !end.starts_with(NO_TIME));
    let is_firing = value.text("status") == Some("firing") || ended.is_none();
    if is_firing {
        gathered.doubt(DoubtCode::StillFiring, place, &id);
    }
    let mut event = chat::event(at, &text);
    let end = ended.filter(|_| !is_firing).and_then(|end| gathered.time(end, place));
    event.until = gathered.end_of(&at, end, place);
    event.source = Some(format!("alertmanager:{id}:{}", utc(&at)));
    let description = value.text("annotations.description").filter(|it| *it != text);
    event.detail = description.map(str::to_owned).or(event.detail);
    event.refs = value.text("generatorURL").map(str::to_owned).into_iter().collect();
    gathered.event(event, place, written);
}

/// Returns a moment for use in ids: in UTC, to the second.
fn utc(at: &crate::model::Moment) -> String {
    at.seen_in(crate::model::Zone::UTC).written().replace("+00:00", "Z")
}

/// Returns the text of an alert: its summary, else its name with the labels that distinguish it.
fn told(value: &Value, group: &Value) -> String {
    let own = ["annotations.summary", "annotations.message", "annotations.description"];
    let own = own.iter().find_map(|keys| value.text(keys));
    let name = value.text("labels.alertname").unwrap_or("alert");
    own.map_or_else(
        || format!("{name} {}", labels(value, group)).trim_end().to_owned(),
        str::to_owned,
    )
}

/// Returns the values of the labels of an alert that not all of its group have.
fn labels(value: &Value, group: &Value) -> String {
    let labels = value.at("labels").and_then(Value::as_object);
    let own = labels.into_iter().flatten().filter(|(key, it)| {
        *key != "alertname"
            && group.at("commonLabels").and_then(|common| common.get(*key)) != Some(*it)
    });
    own.filter_map(|(_, it)| it.as_str()).collect::<Vec<_>>().join(" ")
}

fn annotation(gathered: &mut DraftBuilder<'_>, annotation: &Node<'_>) {
    let (value, place) = (&annotation.value, annotation.place);
    let raw = value.text("text").or_else(|| value.text("title")).unwrap_or_default();
    let text = without_tags(raw);
    let [begun, ended] =
        ["time", "timeEnd"].map(|key| value.number(key).filter(|it| *it >= EARLIEST));
    let Some(at) = begun.and_then(|begun| gathered.epoch(begun.div_euclid(1000))) else {
        let written = value.word("time").unwrap_or_default();
        let told = if text.is_empty() { value.to_string() } else { format!("{written} {text}") };
        return gathered.leave(place, told.trim().to_owned(), WhyLeft::NoTime);
    };
    if gathered.record().title.is_empty() {
        gathered.record().title = "Grafana".to_owned();
    }
    let mut event = chat::event(at, &text);
    let end = ended.filter(|end| Some(*end) != begun);
    let end = end.and_then(|end| gathered.epoch(end.div_euclid(1000)));
    event.until = gathered.end_of(&at, end, place);
    event.by = value.text("login").or_else(|| value.text("user.login")).map(str::to_owned);
    event.source = value.word("id").map(|id| format!("grafana:{id}"));
    let tags: Vec<&str> = value.list("tags").iter().filter_map(Value::as_str).collect();
    if !tags.is_empty() {
        let told = format!("tags: {}", tags.join(", "));
        event.detail =
            Some(event.detail.map_or(told.clone(), |detail| format!("{detail}\n\n{told}")));
    }
    let written = begun.map(|it| it.to_string()).unwrap_or_default();
    gathered.event(event, place, &written);
}
