//! Tests arbitrary sequences of commands and manual edits: in the end two records must have the expected content
//! according to another YAML parser than asrun's own.

use std::collections::BTreeMap;

use super::actions::{AddActionRequest, add_action, finish_action};
use super::amend::{AmendRequest, EventChoice, amend};
use super::attach::{AttachRequest, attach};
use super::attachments::{AttachmentRequest, Captions, Holder, change_attachment};
use super::delete_merge::{delete_record, merge_records};
use super::header::{KeyDeed, SetRequest, set_key};
use super::log::{LogRequest, log};
use super::relocate::move_event;
use super::rename::rename_record;
use super::state::{archive, close, reopen};
use super::trial::Trial;
use super::turns::undo;
use super::undo::Turn;
use super::workspace::Target;
use crate::model::Incident;
use crate::store::{AssetSource, RecordName};

/// The expected content of an event: its text, its reason, its files with their descriptions, and unknown keys, by
/// name.
type Event = BTreeMap<String, String>;

/// The expected content of a record: its metadata, and its events by their times, which are unique.
#[derive(Debug, Clone, Default, PartialEq)]
struct Content {
    head: Event,
    events: BTreeMap<String, Event>,
}

impl Content {
    /// Returns the content of a record according to YAML.
    fn of(text: &str) -> Content {
        use serde_yaml::Value;
        let word = |value: &Value| match value {
            Value::String(text) => text.trim_end().to_owned(),
            other => serde_yaml::to_string(other).unwrap().trim().to_owned(),
        };
        let record: Value = serde_yaml::from_str(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        let mut said = Content::default();
        let put_files = |into: &mut Event, files: &Value| {
            for file in files.as_sequence().into_iter().flatten() {
                let alt = file.get("alt").map(word).unwrap_or_default();
                into.insert(format!("file {}", word(&file["file"])), alt);
            }
        };
        for key in ["title", "severity", "archived"] {
            said.head.extend(record.get(key).map(|value| (key.to_owned(), word(value))));
        }
        for tag in record.get("tags").and_then(Value::as_sequence).into_iter().flatten() {
            said.head.insert(format!("tag {}", word(tag)), String::new());
        }
        for action in record.get("actions").and_then(Value::as_sequence).into_iter().flatten() {
            let done = action.get("done").is_some().to_string();
            said.head.insert(format!("action {}", word(&action["text"])), done);
        }
        put_files(&mut said.head, &record["attachments"]);
        for event in record["events"].as_sequence().into_iter().flatten() {
            let mut keys = Event::new();
            for (key, value) in event.as_mapping().unwrap() {
                match word(key).as_str() {
                    key if ["text", "why"].contains(&key) || key.starts_with("note_") => {
                        keys.insert(key.to_owned(), word(value));
                    }
                    "attachments" => put_files(&mut keys, value),
                    _ => {}
                }
            }
            let twice = said.events.insert(word(&event["at"]), keys);
            assert_eq!(twice, None, "an event stands twice in\n{text}");
        }
        said
    }

    /// Applies the difference between two contents: everything that is equal in both stays.
    fn change(&mut self, from: &Content, to: &Content) {
        change(&mut self.head, &from.head, &to.head);
        for at in from.events.keys().chain(to.events.keys()) {
            match (from.events.get(at), to.events.get(at)) {
                (_, None) => drop(self.events.remove(at)),
                (None, Some(event)) => drop(self.events.insert(at.clone(), event.clone())),
                (Some(from), Some(to)) => {
                    self.events.entry(at.clone()).and_modify(|event| change(event, from, to));
                }
            }
        }
    }
}

fn change(keys: &mut Event, from: &Event, to: &Event) {
    for key in from.keys().chain(to.keys()).filter(|key| from.get(*key) != to.get(*key)) {
        match to.get(key) {
            Some(value) => keys.insert(key.clone(), value.clone()),
            None => keys.remove(key),
        };
    }
}

/// Pseudo-random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// A change in effect, with the expected content of both records before and after it.
#[derive(Clone)]
struct Done {
    records: Vec<usize>,
    before: [Content; 2],
    after: [Content; 2],
}

/// Two records with their expected content, and the changes in effect.
struct Story {
    trial: Trial,
    names: [RecordName; 2],
    said: [Content; 2],
    done: Vec<Done>,
    dice: Dice,
    counted: usize,
    /// Lines with comments that somebody wrote.
    comments: Vec<String>,
}

const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
plan:
  - at: 2024-09-07T18:00+09:00
    text: deploy
events:
  - at: 2024-09-07T18:10+09:00
    text: 5xx
    type: detected
";
/// Texts that YAML would take for something else.
const TEXTS: [&str; 8] =
    ["plain", "a: b", "- x", "왁뮤 #3", "yes", "'quoted' \"twice\"", "two\nlines", "{x: [y"];

impl Story {
    fn new(seed: u64) -> Story {
        let trial = Trial::new(RECORD);
        let text = RECORD.replace("18:10", "18:11").replace("5xx", "slow");
        let search = trial.target.workspace.project.create_record("search", &text).unwrap();
        let names = [trial.target.record.clone(), search];
        let said = [Content::of(RECORD), Content::of(&text)];
        let (done, comments) = (Vec::new(), Vec::new());
        Story { trial, names, said, done, dice: Dice(seed), counted: 0, comments }
    }

    fn target(&self, at: usize) -> Target {
        self.trial.target.beside(&self.names[at])
    }

    fn text(&self, at: usize) -> String {
        self.trial.target.workspace.project.raw_text(&self.names[at]).unwrap()
    }

    /// Returns a time that no event has, and a text.
    fn next(&mut self) -> (String, String) {
        self.counted += 1;
        let (hour, minute) = (self.counted / 60, self.counted % 60);
        let text = format!("{} {}", self.dice.one(&TEXTS), self.counted);
        (format!("2024-09-06T{hour:02}:{minute:02}+09:00"), text)
    }

    /// Returns an event of the record, with its number.
    fn event(&mut self, at: usize) -> Option<(usize, String)> {
        let project = &self.trial.target.workspace.project;
        let incident: Incident = project.load(&self.names[at]).unwrap().document.incident;
        let events = incident.events_in_time();
        let place = self.dice.below(events.len().max(1));
        let event = events.get(place)?;
        Some((place + 1, event.at.unwrap().written()))
    }

    /// Runs a command on one record; returns whether it succeeded.
    fn verb(&mut self, at: usize) -> bool {
        let (target, (time, text)) = (self.target(at), self.next());
        let event =
            LogRequest { at: Some(time.clone()), text: text.clone(), ..LogRequest::default() };
        let logged = |said: &mut Content| {
            said.events.insert(time.clone(), Event::from([("text".to_owned(), text.clone())]));
        };
        match self.dice.below(9) {
            0 | 1 => {
                let event = LogRequest { why: Some("because".to_owned()), ..event };
                let done = log(&target, &event).is_ok();
                if done {
                    logged(&mut self.said[at]);
                    let event = self.said[at].events.get_mut(&time).unwrap();
                    event.insert("why".to_owned(), "because".to_owned());
                }
                done
            }
            2 => {
                let done = close(&target, event).is_ok();
                if done {
                    logged(&mut self.said[at]);
                }
                done
            }
            3 => {
                let done = reopen(&target, event).is_ok();
                if done {
                    logged(&mut self.said[at]);
                }
                done
            }
            4 => self.set(at, &target, event),
            5 => self.amended(at, &target, &text),
            6 => self.files(at, &target),
            7 => self.actions(at, &target, &text),
            _ => self.moved(at, &target),
        }
    }

    fn set(&mut self, at: usize, target: &Target, event: LogRequest) -> bool {
        let request = |key: &str, value: &str, deed| {
            let (key, values) = (key.to_owned(), vec![value.to_owned()]);
            SetRequest { key, values, deed, ..SetRequest::default() }
        };
        let (title, tag) = (event.text.replace('\n', " "), self.dice.one(&["db", "net"]));
        let head = &mut self.said[at].head;
        let (key, value, deed) = match self.dice.below(4) {
            0 => ("title", title.as_str(), KeyDeed::Set),
            1 => ("severity", self.dice.one(&["sev1", "sev2"]), KeyDeed::Set),
            2 => ("tags", tag, KeyDeed::Add),
            _ => ("tags", tag, KeyDeed::Remove),
        };
        let (time, text) = (event.at.clone().unwrap(), event.text.clone());
        let mut made = request(key, value, deed);
        if key == "severity" {
            made.event = event;
        }
        if set_key(target, made).is_err() {
            return false;
        }
        match (key, deed) {
            ("tags", KeyDeed::Add) => drop(head.insert(format!("tag {tag}"), String::new())),
            ("tags", _) => drop(head.remove(&format!("tag {tag}"))),
            _ => drop(head.insert(key.to_owned(), value.to_owned())),
        }
        if key == "severity" {
            self.said[at].events.insert(time, Event::from([("text".to_owned(), text)]));
        }
        true
    }

    fn amended(&mut self, at: usize, target: &Target, text: &str) -> bool {
        let Some((number, time)) = self.event(at) else { return false };
        let event = Some(EventChoice::Number(number));
        let word = |text: &str| Some(text.to_owned());
        let deed = self.dice.below(4);
        let request = match deed {
            0 => AmendRequest { text: word(text), event, ..AmendRequest::default() },
            1 => AmendRequest { why: word(text), event, ..AmendRequest::default() },
            2 => AmendRequest { clear: vec!["why".to_owned()], event, ..AmendRequest::default() },
            _ => AmendRequest { remove: true, event, ..AmendRequest::default() },
        };
        if amend(target, &request).is_err() {
            return false;
        }
        let events = &mut self.said[at].events;
        match (deed, events.get_mut(&time)) {
            (0, Some(event)) => drop(event.insert("text".to_owned(), text.to_owned())),
            (1, Some(event)) => drop(event.insert("why".to_owned(), text.to_owned())),
            (2, Some(event)) => drop(event.remove("why")),
            _ => drop(events.remove(&time)),
        }
        self.severity_followed();
        true
    }

    fn files(&mut self, at: usize, target: &Target) -> bool {
        let Some((number, time)) = self.event(at) else { return false };
        let (whole, file) = (self.dice.below(3) == 0, self.dice.one(&["a.png", "b.log"]));
        let holder =
            if whole { Holder::Record } else { Holder::Event(EventChoice::Number(number)) };
        let alt = self.dice.one(&["", "shows: this", "왁뮤"]);
        let captions = Captions {
            alt: Some(alt.to_owned()).filter(|alt| !alt.is_empty()),
            ..Captions::default()
        };
        let deed = self.dice.below(3);
        let done = match deed {
            0 | 1 => {
                let files = vec![AssetSource::new(file, vec![7; 9])];
                attach(target, &AttachRequest { holder, files, captions }).is_ok()
            }
            _ => {
                let (remove, file, holder) = (alt.is_empty(), file.to_owned(), Some(holder));
                let request = AttachmentRequest {
                    file,
                    holder,
                    captions,
                    remove,
                    ..AttachmentRequest::default()
                };
                change_attachment(target, &request).is_ok()
            }
        };
        if done {
            let said = &mut self.said[at];
            let keys = if whole { &mut said.head } else { said.events.get_mut(&time).unwrap() };
            let file = format!("file {file}");
            match (deed, alt) {
                (2, "") => drop(keys.remove(&file)),
                (_, "") => drop(keys.entry(file).or_default()),
                (_, alt) => drop(keys.insert(file, alt.to_owned())),
            }
        }
        done
    }

    fn actions(&mut self, at: usize, target: &Target, text: &str) -> bool {
        let head = &mut self.said[at].head;
        let line = text.replace('\n', " ");
        match self.dice.below(4) {
            0 => {
                let request = AddActionRequest {
                    text: line.clone(),
                    owner: None,
                    due: None,
                    internal: false,
                };
                let done = add_action(target, &request).is_ok();
                if done {
                    head.insert(format!("action {line}"), "false".to_owned());
                }
                done
            }
            1 => match finish_action(target, "1", None) {
                Ok((saved, _)) => {
                    let action = &saved.after.incident.actions[0].text;
                    head.insert(format!("action {action}"), "true".to_owned());
                    true
                }
                Err(_) => false,
            },
            deed => {
                let done = archive(std::slice::from_ref(target), deed == 3).is_ok();
                match (done, deed) {
                    (true, 3) => drop(head.remove("archived")),
                    (true, _) => drop(head.insert("archived".to_owned(), "true".to_owned())),
                    (false, _) => {}
                }
                done
            }
        }
    }

    fn moved(&mut self, at: usize, target: &Target) -> bool {
        let Some((number, time)) = self.event(at) else { return false };
        let there = &self.names[1 - at];
        if move_event(target, EventChoice::Number(number), there).is_err() {
            return false;
        }
        let event = self.said[at].events.remove(&time).unwrap();
        self.said[1 - at].events.insert(time, event);
        self.severity_followed();
        true
    }

    /// Takes the severities from the records, after an event went that may have set one: what goes with it is tested by
    /// itself.
    fn severity_followed(&mut self) {
        for at in 0..2 {
            let found = Content::of(&self.text(at)).head.remove("severity");
            let head = &mut self.said[at].head;
            match found {
                Some(severity) => drop(head.insert("severity".to_owned(), severity)),
                None => drop(head.remove("severity")),
            }
        }
    }

    /// Undoes the last change of a record, if possible, and sometimes redoes it.
    fn turned(&mut self, at: usize) {
        let target = self.target(at);
        let place = self.done.iter().rposition(|done| done.records.contains(&at));
        let (Some(place), Ok(_)) = (place, undo(&target, Turn::Back(1))) else { return };
        let Done { records, before, mut after } = self.done.remove(place);
        // An event that was edited by hand goes, and comes back, as it stands.
        for (stood, (before, after)) in self.said.iter().zip(before.iter().zip(&mut after)) {
            for (at, event) in &mut after.events {
                let stood = stood.events.get(at).filter(|_| !before.events.contains_key(at));
                stood.into_iter().for_each(|stood| event.clone_from(stood));
            }
        }
        for (said, (before, after)) in self.said.iter_mut().zip(before.iter().zip(&after)) {
            said.change(after, before);
        }
        if self.dice.below(3) == 0 && undo(&target, Turn::Again(1)).is_ok() {
            for (said, (before, after)) in self.said.iter_mut().zip(before.iter().zip(&after)) {
                said.change(before, after);
            }
            self.done.push(Done { records, before, after });
        }
    }

    /// Undoes a change of whole records, and checks that it is restored byte for byte.
    fn comes_back(&mut self, at: usize) {
        let (target, other) = (self.target(at), self.names[1 - at].clone());
        let before = [self.text(0), self.text(1)];
        let gone = match self.dice.below(3) {
            0 => delete_record(&target).map(|_| target.record.clone()),
            1 => merge_records(&target, &other).map(|_| other),
            _ => rename_record(&target, "renamed").map(|renamed| renamed.record),
        };
        if let Ok(gone) = gone {
            undo(&target.beside(&gone), Turn::Back(1)).unwrap();
        }
        assert_eq!([self.text(0), self.text(1)], before);
    }

    /// Edits a record as in an editor.
    fn by_hand(&mut self, at: usize) {
        let text = self.text(at);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (time, _) = self.next();
        let starts: Vec<usize> = (0..lines.len())
            .filter(|place| lines[*place].starts_with("  - at: 2024-09-0"))
            .collect();
        let of_plan = lines.iter().position(|line| line == "events:").unwrap_or(0);
        let starts: Vec<usize> = starts.into_iter().filter(|place| *place > of_plan).collect();
        let Some(place) = starts.get(self.dice.below(starts.len().max(1))).copied() else { return };
        let known = lines[place].trim_start_matches("  - at: ").to_owned();
        let counted = self.counted;
        let events = &mut self.said[at].events;
        match self.dice.below(4) {
            0 => {
                let can = |line: &String| line.starts_with("  - at") || !line.starts_with(' ');
                let places: Vec<usize> = (0..lines.len()).filter(|it| can(&lines[*it])).collect();
                let place = places[self.dice.below(places.len())];
                let indent = if lines[place].starts_with(' ') { "  " } else { "" };
                let comment = format!("{indent}# by hand {counted}");
                lines.insert(place, comment.clone());
                self.comments.push(comment);
            }
            1 => {
                lines.insert(place + 1, format!("    note_{counted}: by hand"));
                let Some(event) = events.get_mut(&known) else { return };
                event.insert(format!("note_{counted}"), "by hand".to_owned());
            }
            2 => {
                lines.insert(place, format!("  - {{at: {time}, text: by hand}}"));
                events.insert(time, Event::from([("text".to_owned(), "by hand".to_owned())]));
            }
            _ => {
                let text = lines[place..].iter().position(|line| line.starts_with("    text: "));
                let Some(text) = text.map(|text| place + text) else { return };
                let Some(event) = events.get_mut(&known) else { return };
                let own = !lines[place + 1..=text].iter().any(|line| line.starts_with("  - "));
                if lines[text].ends_with('|') || lines[text].ends_with("|-") || !own {
                    return;
                }
                lines[text] = format!("    text: by hand {counted}   # so it was");
                event.insert("text".to_owned(), format!("by hand {counted}"));
            }
        }
        std::fs::write(&self.names[at].path, lines.join("\n") + "\n").unwrap();
    }

    fn round(&mut self) {
        let at = self.dice.below(2);
        if self.dice.below(3) == 0 {
            self.by_hand(at);
        }
        match self.dice.below(8) {
            0 | 1 => self.turned(at),
            2 => self.comes_back(at),
            _ => {
                let (texts, before) = ([self.text(0), self.text(1)], self.said.clone());
                let done = self.verb(at);
                let records: Vec<usize> =
                    (0..2).filter(|at| self.text(*at) != texts[*at]).collect();
                assert!(done || records.is_empty(), "a refusal changed something");
                if !records.is_empty() {
                    self.done.push(Done { records, before, after: self.said.clone() });
                }
            }
        }
    }
}

/// After any sequence of commands, with manual edits in between, the records have the expected content and nothing
/// else, and comments are kept. `SEQUENCES=10000` runs as many sequences.
#[test]
fn records_have_what_was_entered_after_any_sequence_of_verbs() {
    let wanted = std::env::var("SEQUENCES").ok().and_then(|wanted| wanted.parse().ok());
    sequences(0..wanted.unwrap_or(12));
}

fn sequences(seeds: std::ops::Range<u64>) {
    let mut changes = 0;
    for seed in seeds.clone() {
        let mut story = Story::new(seed);
        for round in 0..10 {
            story.round();
            let texts = [story.text(0), story.text(1)];
            for (text, said) in texts.iter().zip(&story.said) {
                assert_eq!(Content::of(text), *said, "seed {seed}, round {round}:\n{text}");
            }
            for comment in &story.comments {
                let lines = texts.iter().flat_map(|text| text.lines());
                let times = lines.filter(|line| line == comment).count();
                assert_eq!(times, 1, "seed {seed}, round {round}: {comment}\n{}", texts.concat());
            }
        }
        changes += story.done.len();
    }
    let sequences = (seeds.end - seeds.start) as usize;
    assert!(changes > sequences * 2, "{changes} changes stand after {sequences} sequences");
}
