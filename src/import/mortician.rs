//! Mortician: a folder for each incident, with `meta.yaml`, `timeline.yaml`, `actions.yaml` and `index.md`. Its times
//! are free text; an invalid one causes a doubt, and its entry is left out.

use crate::fault::{DoubtCode, ImportFault, WhyLeft};
use crate::lang::{Aim, Frame, read_typed};
use crate::markdown::Fences;
use crate::model::{Action, Audience, Day, Event, Moment, Note, Precision, Section, Zone};
use crate::yaml::Position;
use crate::yaml::tree::{Content, Node};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::markdown::{StatedTime, lead};
use super::place::Place;
use super::stated::moment;
use super::text::text_of;

/// Reads bundles, with a record for each.
///
/// # Errors
/// One of their files is not YAML.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let (folder, file) = input.name.rsplit_once('/').unwrap_or(("", &input.name));
        if !matches!(file, "meta.yaml" | "timeline.yaml" | "actions.yaml" | "index.md") {
            gathered.leave(Place::line(1), input.name.clone(), WhyLeft::NotTaken);
            continue;
        }
        let text = text_of(input, answers)?;
        gathered.belong(folder, || folder.rsplit('/').next().unwrap_or(folder).to_owned());
        if file == "index.md" {
            index(&mut gathered, &text);
            continue;
        }
        let tree = crate::yaml::tree_of(&text, |_| true).map_err(|problems| {
            let position = problems.first().map(|it| Position::of(&text, it.span.start));
            ImportFault::Structure {
                name: input.name.clone(),
                line: position.map_or(1, |it| it.line),
                column: position.map_or(1, |it| it.column),
                expected: "YAML".to_owned(),
            }
        })?;
        let bundle = Bundle { name: &input.name, text: &text };
        match file {
            "meta.yaml" => bundle.meta(&mut gathered, &tree),
            "timeline.yaml" => bundle.timeline(&mut gathered, &tree),
            _ => bundle.actions(&mut gathered, &tree),
        }
    }
    Ok(gathered.finish())
}

/// A file of a bundle.
struct Bundle<'t> {
    name: &'t str,
    text: &'t str,
}

impl Bundle<'_> {
    fn place(&self, node: &Node<'_>) -> Place {
        let at = Position::of(self.text, node.span.start);
        Place { line: at.line, column: at.column }
    }

    fn source(&self, place: Place) -> String {
        format!("{}:{}", self.name, place.line)
    }

    fn meta(&self, gathered: &mut DraftBuilder<'_>, tree: &Node<'_>) {
        let record = gathered.record();
        record.kind = Some("outage".to_owned());
        if let Some(title) = string_of(tree, "title") {
            record.title = title;
        }
        let taken = ["title", "date", "severity", "owner", "participants", "tags"];
        record.date =
            string_of(tree, "date").and_then(|day| Day::parse(day.get(..10)?)).or(record.date);
        let severity = string_of(tree, "severity").map(|it| format!("severity {it}"));
        record.tags.extend(severity);
        let tags = tree.entry("tags").map(|entry| entry.value.items()).unwrap_or_default();
        record.tags.extend(tags.iter().map(names).filter(|tag| !tag.is_empty()));
        for (key, title) in [("owner", "Owner"), ("participants", "Participants")] {
            let names = tree.entry(key).map(|entry| names(&entry.value)).unwrap_or_default();
            if !names.is_empty() {
                record.sections.push(section(title, names));
            }
        }
        self.leave_others(gathered, tree, &taken);
    }

    /// Lists the keys of an entry that a record cannot have, and entries that are not mappings.
    fn leave_others(&self, gathered: &mut DraftBuilder<'_>, node: &Node<'_>, taken: &[&str]) {
        let others = node.entries().iter().filter(|entry| !taken.contains(&entry.key.as_ref()));
        for entry in others.filter(|entry| !entry.value.is_null()) {
            let told = names(&entry.value).replace('\n', " ");
            let told = format!("{}: {told}", entry.key);
            gathered.leave(self.place(&entry.value), told, WhyLeft::NotTaken);
        }
    }

    fn timeline(&self, gathered: &mut DraftBuilder<'_>, tree: &Node<'_>) {
        for item in listed(tree, &["events", "timeline"]) {
            let place = self.place(item);
            let text = string_of(item, "action").unwrap_or_else(|| names_alone(item));
            let written = string_of(item, "time").unwrap_or_default();
            self.leave_others(gathered, item, &["time", "action", "author", "by", "who"]);
            let Some(at) = time(gathered, &written, place) else {
                gathered.leave(
                    place,
                    format!("{written} {text}").trim().to_owned(),
                    WhyLeft::NoTime,
                );
                continue;
            };
            let mut event = super::chat::event(at, &text);
            event.source = Some(self.source(place));
            gathered.event(
                Event {
                    by: ["author", "by", "who"].iter().find_map(|key| string_of(item, key)),
                    ..event
                },
                place,
                &written,
            );
        }
    }

    fn actions(&self, gathered: &mut DraftBuilder<'_>, tree: &Node<'_>) {
        for item in listed(tree, &["items", "actions"]) {
            let place = self.place(item);
            let Some(text) = string_of(item, "task") else {
                gathered.leave(place, names(item), WhyLeft::NoText);
                continue;
            };
            self.leave_others(gathered, item, &["task", "done", "owner", "due"]);
            let due = string_of(item, "due");
            let day = due.as_deref().and_then(day_of);
            if let Some(due) = due.as_deref().filter(|_| day.is_none()) {
                gathered.doubt(DoubtCode::NoSuchDay, place, due);
            }
            let is_done = string_of(item, "done").is_some_and(|it| it.eq_ignore_ascii_case("true"));
            if is_done {
                gathered.doubt(DoubtCode::DoneWithoutDay, place, &text);
            }
            let action = Action {
                text,
                owner: string_of(item, "owner"),
                due: day,
                kind: None,
                done: None,
                reference: None,
                audience: Audience::Everyone,
                source: Some(self.source(place)),
            };
            gathered.action(action, place);
        }
    }
}

/// Returns the items of a file: those under the first key that exists, or all of it.
fn listed<'n, 't>(tree: &'n Node<'t>, keys: &[&str]) -> &'n [Node<'t>] {
    let below = keys.iter().find_map(|key| tree.entry(key));
    below.map_or_else(|| tree.items(), |entry| entry.value.items())
}

/// Returns the value of a key.
fn string_of(node: &Node<'_>, key: &str) -> Option<String> {
    let value = &node.entry(key)?.value;
    let Content::Scalar { text, .. } = &value.value else { return None };
    let text = text.trim();
    (!text.is_empty() && !value.is_null()).then(|| text.to_owned())
}

/// Returns the text of an item that is not a mapping.
fn names_alone(item: &Node<'_>) -> String {
    if item.entries().is_empty() { names(item) } else { String::new() }
}

/// Returns names: from a text, or from a list whose items may have roles.
fn names(node: &Node<'_>) -> String {
    let one = |node: &Node<'_>| match &node.value {
        Content::Scalar { text, .. } => text.trim().to_owned(),
        Content::Map { entries, .. } => {
            let told = entries.iter().filter_map(|entry| {
                Some(format!("{}: {}", entry.key, string_of(node, &entry.key)?))
            });
            told.collect::<Vec<_>>().join(", ")
        }
        Content::List { .. } => String::new(),
    };
    match node.items() {
        [] => one(node),
        items => items.iter().map(|item| format!("- {}", one(item))).collect::<Vec<_>>().join("\n"),
    }
}

/// Returns a day in Mortician's format: `03-26-26` begins with the month.
fn day_of(written: &str) -> Option<Day> {
    if let Some(day) = Day::parse(written) {
        return Some(day);
    }
    let mut parts = written.split('-');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let year: i32 = match year.len() {
        2 => 2000 + year.parse::<i32>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    Day::new(year, month.parse().ok()?, day.parse().ok()?)
}

/// Returns the moment of a free text: a clock time is on the day of the incident.
fn time(gathered: &mut DraftBuilder<'_>, written: &str, place: Place) -> Option<Moment> {
    if let Ok(at) = Moment::parse(written, gathered.zone()) {
        return Some(gathered.told(at));
    }
    let of_incident = gathered.record().date;
    if let Some((stated, day)) = clock_in_zone(written).zip(of_incident) {
        return moment(gathered, &stated, day, place);
    }
    let day = own_day(written).or(of_incident);
    let zone = gathered.zone();
    let read = |zone| typed(written, day?, zone);
    let [utc, east] = [Zone::UTC, Zone::parse("Asia/Seoul").unwrap_or(Zone::UTC)].map(read);
    let names_zone = utc.is_some() && utc.map(|at| at.unix()) == east.map(|at| at.unix());
    let has_zone = names_zone || zone.is_some();
    match utc {
        Some(_) if !has_zone => {
            gathered.ask(DoubtCode::NoZone, place, written);
            None
        }
        Some(_) => read(zone.unwrap_or(Zone::UTC)).map(|at| gathered.told(at)),
        None => match as_printed(written) {
            Some((stated, day)) => moment(gathered, &stated, day, place),
            None => gathered.time(written, place),
        },
    }
}

/// Returns the time in a text that is only a clock time with its zone, on the day of the incident.
fn clock_in_zone(written: &str) -> Option<StatedTime> {
    let found = lead(written, false).filter(|found| written[found.rest..].trim().is_empty())?;
    let stated = found.start;
    let is_clock = stated.clock.is_some() && stated.zone.is_some() && found.end.is_none();
    (is_clock && stated.day.is_none()).then_some(stated)
}

/// Returns the time in a text that is only a time with its day, in its own zone: as printed, even if its offset was not
/// in use then.
fn as_printed(written: &str) -> Option<(StatedTime, Day)> {
    let found = lead(written, false).filter(|found| written[found.rest..].trim().is_empty())?;
    let stated = found.start.day.filter(|_| found.start.zone.is_some() && found.end.is_none())?;
    let day = stated.year.and_then(|year| stated.in_year(year)).filter(|_| !stated.turned)?;
    Some((found.start, day))
}

/// Returns the day of a typed time that states it completely: any other one depends on the current day.
fn own_day(written: &str) -> Option<Day> {
    let days = [Day::new(2099, 3, 5)?, Day::new(2100, 11, 20)?];
    let [one, other] = days.map(|day| typed(written, day, Zone::UTC));
    let (one, other) = (one?, other?);
    (one.unix() == other.unix()).then(|| one.day().plus(1))
}

/// Parses a typed time on a day.
fn typed(written: &str, day: Day, zone: Zone) -> Option<Moment> {
    let last = Moment::local(zone, day, (23, 59, 0), Precision::Minute, "").ok()?;
    let frame = Frame::bare(last, zone, Aim::Happened);
    read_typed(written, &frame).ok().map(|typed| typed.moment)
}

fn section(title: &str, body: String) -> Section {
    Section { title: title.to_owned(), body, audience: Audience::Everyone }
}

/// Reads the parts of the page: its own four, and others unchanged.
fn index(gathered: &mut DraftBuilder<'_>, text: &str) {
    let record = gathered.record();
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut fences = Fences::default();
    for line in text.lines() {
        let is_code = fences.hold(line);
        match line.strip_prefix("## ").filter(|_| !is_code) {
            Some(title) => parts.push((title.trim().to_owned(), String::new())),
            None => {
                let is_title = parts.is_empty() && !is_code && line.starts_with("# ");
                if is_title {
                    continue;
                }
                if parts.is_empty() && !line.trim().is_empty() {
                    parts.push((String::new(), String::new()));
                }
                if let Some((_, body)) = parts.last_mut() {
                    body.push_str(line);
                    body.push('\n');
                }
            }
        }
    }
    for (title, body) in parts {
        let body = body.trim().to_owned();
        match title.to_lowercase().as_str() {
            _ if body.is_empty() => {}
            "summary" | "" if record.summary.is_none() => record.summary = Some(body),
            "impact & severity" | "impact" if record.impact.is_none() => record.impact = Some(body),
            "root cause" => record.contributing_factors.push(Note::from(body)),
            _ => record.sections.push(section(&title, body)),
        }
    }
}
