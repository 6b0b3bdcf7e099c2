//! A record for the public.

use std::collections::HashMap;

use crate::model::{
    Attachment, Audience, Event, Incident, Moment, Note, PlanStep, Review, Section,
};
use crate::timeline::{Row, public_updates, rows};

use super::leaks::{Leak, leaks_of};
use super::names::{Named, NamedWhy, Sort, read};
use super::people::People;

/// A record without internal events and sections, without steps and files that only those mention, and without the
/// names of people known from it.
#[derive(Debug, Clone)]
pub struct PublicIncident {
    incident: Incident,
    /// Whether nobody knows if it is still in progress; without its sources the record no longer shows that.
    has_unknown_end: bool,
    /// When the public was promised to hear again, if it still waits for that: an internal event may have ended it.
    promised: Option<Moment>,
    /// How many entries were left out.
    left_out: usize,
    /// Indices of events that carried out a step hidden from the public.
    planned_inside: Vec<usize>,
    named: Vec<NamedText>,
    replaced: Vec<ReplacedName>,
    /// Texts as they are written, by their places, where a role replaced a name.
    written: HashMap<String, String>,
    internal_files: Vec<String>,
    /// For each list, the numbers of its items in the whole record.
    numbers: Vec<(String, Vec<usize>)>,
    /// Everybody known from the whole record.
    people: People,
}

/// A name in a text of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedText {
    /// Its place: `events 3 detail`.
    pub place: String,
    /// Who.
    pub named: Named,
}

/// A name in a text that was replaced by a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplacedName {
    /// Its place: `events 3 detail`.
    pub place: String,
    /// The name as the text has it.
    pub found: String,
    /// The role that replaces it.
    pub role: String,
}

impl NamedText {
    /// Whether it certainly names somebody.
    pub fn is_sure(&self) -> bool {
        self.named.why != NamedWhy::Word
    }
}

impl PublicIncident {
    /// Removes internal parts and names. `roles` maps names to public roles; names without a role are removed from
    /// fields for people, but stay in texts.
    pub fn of<'r>(
        incident: &Incident,
        roles: impl IntoIterator<Item = (&'r str, &'r str)>,
    ) -> PublicIncident {
        let people = People::of(incident, roles);
        let mut public = PublicIncident::with_names(incident);
        public.take_names(&people);
        public.people = people;
        public
    }

    /// Removes internal parts, but no names.
    pub fn with_names(incident: &Incident) -> PublicIncident {
        let inside = |step: &&PlanStep| has_internal_events(incident, step);
        let hidden: Vec<&String> =
            incident.plan.iter().filter(inside).filter_map(|step| step.id.as_ref()).collect();
        let is_hidden = |id: &String| hidden.contains(&id);
        let mut public = incident.clone();
        public.events.retain(|event| event.audience == Audience::Everyone);
        public.sections.retain(|section| section.audience == Audience::Everyone);
        public.plan.retain(|step| !step.id.as_ref().is_some_and(is_hidden));
        take_internal_items(&mut public);
        take_sources(&mut public);
        public.attachments.retain(|file| !only_internal_sections(incident, file));
        let of_hidden = |(_, event): &(usize, &Event)| event.steps.iter().any(is_hidden);
        let planned_inside = public.events.iter().enumerate().filter(of_hidden);
        let planned_inside = planned_inside.map(|(at, _)| at).collect();
        public.events.iter_mut().for_each(|event| event.steps.retain(|id| !is_hidden(id)));
        let left_out = entries(incident) - entries(&public);
        let internal_files = internal_files(incident, &public);
        let is_step_shown = |step: &PlanStep| !step.id.as_ref().is_some_and(is_hidden);
        let is_note_shown = |note: &Note| !note.is_internal();
        let factors = numbers(&incident.contributing_factors, is_note_shown);
        let mut numbers_of: Vec<(String, Vec<usize>)> = [
            ("plan", numbers(&incident.plan, is_step_shown)),
            ("events", numbers(incident.events_in_time(), |it| it.audience == Audience::Everyone)),
            ("actions", numbers(&incident.actions, |it| it.audience == Audience::Everyone)),
            ("sections", numbers(&incident.sections, |it| it.audience == Audience::Everyone)),
            ("contributing_factors", factors),
        ]
        .map(|(list, numbers)| (list.to_owned(), numbers))
        .into();
        let lessons = incident.lessons.by_key().into_iter();
        numbers_of.extend(
            lessons.map(|(key, list)| (format!("lessons {key}"), numbers(list, is_note_shown))),
        );
        PublicIncident {
            has_unknown_end: incident.has_unknown_end(),
            promised: public_updates(incident)
                .promised
                .and_then(|_| public_updates(&public).promised),
            incident: public,
            left_out,
            planned_inside,
            named: Vec::new(),
            replaced: Vec::new(),
            written: HashMap::new(),
            internal_files,
            numbers: numbers_of,
            people: People::default(),
        }
    }

    /// Replaces names with roles.
    fn take_names(&mut self, people: &People) {
        let role = |name: &mut Option<String>| {
            *name = name.as_deref().and_then(|name| people.role(name));
        };
        let public = &mut self.incident;
        role(&mut public.author);
        if let Some(Review::Reviewed { by, of, .. }) = &mut public.review {
            role(by);
            *of = None;
        }
        public.events.iter_mut().for_each(|event| role(&mut event.by));
        public.plan.iter_mut().for_each(|step| role(&mut step.owner));
        public.actions.iter_mut().for_each(|action| role(&mut action.owner));
        let mut new = Vec::new();
        for text in public.texts() {
            if text.place.names_somebody() {
                new.push(None);
                continue;
            }
            let sort = if text.place.leads_somewhere() { Sort::Address } else { Sort::Prose };
            let seen = read(people, text.text, sort);
            let at = |named| NamedText { place: text.place.to_string(), named };
            self.named.extend(seen.left.into_iter().map(at));
            self.replaced.extend(seen.replaced.into_iter().map(|(found, role)| ReplacedName {
                place: text.place.to_string(),
                found,
                role,
            }));
            let is_new = seen.text != text.text;
            if is_new {
                self.written.insert(text.place.to_string(), text.text.to_owned());
            }
            new.push(is_new.then_some(seen.text));
        }
        for (slot, new) in public.texts_mut().into_iter().zip(new) {
            if let (Some(slot), Some(new)) = (slot, new) {
                *slot = new;
            }
        }
    }

    /// Returns the names of internal files, which texts may still show.
    pub fn internal_files(&self) -> &[String] {
        &self.internal_files
    }

    /// Whether anybody has a role.
    pub fn has_roles(&self) -> bool {
        self.people.has_roles()
    }

    /// Returns the names that are still in its texts.
    pub fn named(&self) -> &[NamedText] {
        &self.named
    }

    /// Returns the names replaced by roles in its texts.
    pub fn replaced(&self) -> &[ReplacedName] {
        &self.replaced
    }

    /// Returns everything in its texts that seems private, as they are written.
    pub fn leaks(&self) -> Vec<Leak> {
        leaks_of(self.incident.texts().into_iter().map(|text| {
            let place = text.place.to_string();
            let written = self.written.get(&place).map_or(text.text, String::as_str);
            (place, written)
        }))
    }

    /// Returns who is certainly named in a file or an id, where no role can replace a name.
    pub fn named_in(&self, text: &str, sort: Sort) -> Vec<Named> {
        let left = read(&self.people, text, sort).left.into_iter();
        let left = left.filter(|named| named.why != NamedWhy::Word);
        left.collect()
    }

    /// Returns the same record with these texts replaced by others of the same length: its rendering only differs if
    /// they are shown.
    #[must_use]
    pub fn masking(&self, found: &[&str]) -> PublicIncident {
        let mut masked = self.clone();
        for slot in masked.incident.texts_mut().into_iter().flatten() {
            for found in found {
                if slot.contains(found) {
                    *slot = slot.replace(found, &scramble(found));
                }
            }
        }
        masked
    }

    /// Returns the place of a text in the whole record: `events 3 detail` becomes `events 4 detail` after an internal
    /// event.
    pub fn whole_place(&self, place: &str) -> String {
        let whole = self.numbers.iter().find_map(|(list, numbers)| {
            let item = place.strip_prefix(list.as_str())?.strip_prefix(' ')?;
            let (number, key) = item.split_at(item.find(' ').unwrap_or(item.len()));
            let number: usize = number.parse().ok()?;
            Some(format!("{list} {}{key}", numbers.get(number.checked_sub(1)?)?))
        });
        whole.unwrap_or_else(|| place.to_owned())
    }

    /// Returns the remaining record.
    pub fn incident(&self) -> &Incident {
        &self.incident
    }

    /// Returns how many events, sections and steps were left out.
    pub fn left_out(&self) -> usize {
        self.left_out
    }
}

/// Returns the numbers, from 1, of the items that are kept.
fn numbers<T>(items: impl IntoIterator<Item = T>, is_kept: impl Fn(T) -> bool) -> Vec<usize> {
    (1..).zip(items).filter_map(|(number, item)| is_kept(item).then_some(number)).collect()
}

/// Returns the names of files that only internal attachments have.
fn internal_files(whole: &Incident, public: &Incident) -> Vec<String> {
    fn files(incident: &Incident) -> impl Iterator<Item = &Attachment> {
        let of_events = incident.events.iter().flat_map(|event| &event.attachments);
        of_events.chain(&incident.attachments)
    }
    let shown = |file: &str| files(public).any(|other| other.file == file);
    let internal = files(whole).filter(|file| file.audience == Audience::Internal);
    internal.map(|file| file.file.clone()).filter(|file| !shown(file)).collect()
}

/// Removes internal factors, lessons, actions and files.
fn take_internal_items(public: &mut Incident) {
    for notes in public.note_lists_mut() {
        notes.retain(|note| !note.is_internal());
    }
    public.actions.retain(|action| action.audience == Audience::Everyone);
    let is_shown = |file: &Attachment| file.audience == Audience::Everyone;
    public.events.iter_mut().for_each(|event| event.attachments.retain(is_shown));
    public.attachments.retain(is_shown);
}

/// Removes the sources of entries, the team's files, channels and accounts, and what tells whoever carries a step out
/// how: its command, and what to do if it fails.
fn take_sources(public: &mut Incident) {
    for event in &mut public.events {
        (event.source, event.printed) = (None, None);
    }
    for step in &mut public.plan {
        (step.source, step.command, step.if_failed) = (None, None, None);
    }
    public.actions.iter_mut().for_each(|action| action.source = None);
    public.imported.clear();
}

/// Returns a text with other letters for letters, and other digits for digits.
fn scramble(text: &str) -> String {
    let other = |c: char| match c {
        'x' => 'y',
        '7' => '8',
        '가' => '나',
        '0'..='9' => '7',
        '가'..='힣' => '가',
        _ if c.is_alphanumeric() => 'x',
        _ => c,
    };
    text.chars().map(other).collect()
}

fn entries(incident: &Incident) -> usize {
    let notes: usize = incident.note_lists().map(Vec::len).sum();
    let items = incident.sections.len() + incident.plan.len() + incident.actions.len();
    incident.events.len() + items + notes
}

/// Whether some events of a step are internal: without them it would seem "not recorded", or later than it was.
fn has_internal_events(incident: &Incident, step: &PlanStep) -> bool {
    let Some(id) = &step.id else { return false };
    let mut events = incident.events.iter().filter(|event| event.steps.contains(id));
    events.any(|event| event.audience == Audience::Internal)
}

fn only_internal_sections(incident: &Incident, file: &Attachment) -> bool {
    let shown = |text: &str| {
        text.contains(&format!("]({}", file.file)) || text.contains(&format!("\"{}\"", file.file))
    };
    let internal = |section: &&Section| section.audience == Audience::Internal;
    let mut sections = incident.sections.iter();
    let inside = sections.clone().filter(internal).any(|section| shown(&section.body));
    let texts = [incident.summary.as_deref(), incident.impact.as_deref()];
    let outside =
        sections.any(|s| !internal(&s) && shown(&s.body)) || texts.into_iter().flatten().any(shown);
    inside && !outside
}

/// A record to be shown: complete, or for the public.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'i> {
    /// To the team.
    Whole(&'i Incident),
    /// To everyone.
    Public(&'i PublicIncident),
}

impl<'i> Shown<'i> {
    /// Returns what is shown.
    pub fn incident(self) -> &'i Incident {
        match self {
            Shown::Whole(incident) => incident,
            Shown::Public(public) => &public.incident,
        }
    }

    /// Whether nobody knows if it is still in progress: see [`Incident::has_unknown_end`].
    pub fn has_unknown_end(self) -> bool {
        match self {
            Shown::Whole(incident) => incident.has_unknown_end(),
            Shown::Public(public) => public.has_unknown_end,
        }
    }

    /// Returns when the public was promised to hear again, if that did not happen and the record was not closed.
    pub fn promised(self) -> Option<Moment> {
        match self {
            Shown::Whole(incident) => public_updates(incident).promised,
            Shown::Public(public) => public.promised,
        }
    }

    /// Whether something was removed: what is missing here may still be recorded.
    pub fn withholds(self) -> bool {
        let Shown::Public(public) = self else { return false };
        public.left_out > 0
    }

    /// Returns the rows of plan against actual. An event that carried out a hidden step does not count as unplanned.
    pub fn rows(self, tolerance: i64) -> Vec<Row<'i>> {
        let mut rows = rows(self.incident(), tolerance);
        if let Shown::Public(public) = self {
            let inside = |event: &Event| {
                public
                    .planned_inside
                    .iter()
                    .any(|at| std::ptr::eq(&public.incident.events[*at], event))
            };
            rows.retain(|row| row.step.is_some() || !row.events.iter().any(|event| inside(event)));
        }
        rows
    }
}

impl<'i> From<&'i Incident> for Shown<'i> {
    fn from(incident: &'i Incident) -> Shown<'i> {
        Shown::Whole(incident)
    }
}

impl<'i> From<&'i PublicIncident> for Shown<'i> {
    fn from(public: &'i PublicIncident) -> Shown<'i> {
        Shown::Public(public)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read;

    const TEXT: &str = "\
title: Release
author: Kim
plan:
  - {at: 2024-09-07T17:00+09:00, text: deploy, id: deploy, owner: Lee}
  - {at: 2024-09-07T18:00+09:00, text: announce, id: announce}
events:
  - {at: 2024-09-07T17:05+09:00, text: deployed, step: deploy, by: Kim}
  - {at: 2024-09-07T17:10+09:00, text: the key leaked, step: deploy, audience: internal}
  - {at: 2024-09-07T18:00+09:00, text: announced, step: announce}
  - {at: 2024-09-07T19:00+09:00, text: a user called}
sections:
  - {title: Inside, body: '![](inside.png)', audience: internal}
  - {title: Outside, body: '![](both.png)'}
attachments: [inside.png, both.png, other.png]
";

    fn public(incident: &Incident) -> PublicIncident {
        PublicIncident::of(incident, [("Kim", "an engineer")])
    }

    #[test]
    fn internal_entries_are_removed_and_nobody_is_named() {
        let whole = read(TEXT).unwrap().incident;
        let public = public(&whole);
        let left = public.incident();
        let texts: Vec<&str> = left.events.iter().map(|event| event.text.as_str()).collect();
        assert_eq!(texts, ["deployed", "announced", "a user called"]);
        assert_eq!(
            left.plan.iter().map(|step| step.text.as_str()).collect::<Vec<_>>(),
            ["announce"]
        );
        assert_eq!(left.sections.len(), 1);
        let files: Vec<&str> = left.attachments.iter().map(|file| file.file.as_str()).collect();
        assert_eq!(files, ["both.png", "other.png"]);
        assert_eq!(left.author.as_deref(), Some("an engineer"));
        assert_eq!(left.events[0].by.as_deref(), Some("an engineer"));
        // The hidden step's id would reveal it.
        assert!(left.events[0].steps.is_empty() && left.events[1].steps == ["announce"]);
        assert_eq!(public.left_out(), 3);
        assert!(Shown::from(&public).withholds() && !Shown::from(&whole).withholds());
    }

    #[test]
    fn every_item_may_be_for_the_team_alone() {
        let text = "title: t\ncontributing_factors: [a, {text: INSIDE, audience: internal}]\nlessons:\n  well: [{text: INSIDE, audience: internal}]\n  badly: [{text: INSIDE, audience: internal}, b]\n  lucky: [{text: INSIDE, audience: internal}]\n  surprised: [{text: INSIDE, audience: internal}]\nactions:\n  - {text: INSIDE, audience: internal}\n  - {text: c}\nattachments: [{file: INSIDE, audience: internal}, d.png]\nevents:\n  - {at: 2024-09-07T17:05Z, text: e, attachments: [{file: INSIDE, audience: internal}]}\n";
        let whole = read(text).unwrap().incident;
        assert_eq!(whole.texts().iter().filter(|text| text.internal).count(), 8);
        let public = public(&whole);
        let left: Vec<&str> = public.incident().texts().iter().map(|text| text.text).collect();
        assert_eq!(left, ["t", "e", "a", "b", "c", "d.png"]);
        assert_eq!(public.left_out(), 6);
        assert_eq!(public.internal_files(), ["INSIDE", "INSIDE"]);
    }

    /// Rules search private data in the record's own texts first.
    #[test]
    fn texts_with_names_are_left_out_and_none_is_changed() {
        let whole = read(TEXT).unwrap().incident;
        let public = PublicIncident::with_names(&whole);
        let said = |incident: &Incident| -> Vec<String> {
            incident.texts().iter().map(|text| text.text.to_owned()).collect()
        };
        let (whole, public) = (said(&whole), said(public.incident()));
        assert!(public.len() < whole.len());
        assert!(public.iter().all(|text| whole.contains(text)), "{public:?}");
    }

    #[test]
    fn what_seems_private_is_found_as_it_is_written() {
        let text = "title: t\nevents:\n  - {at: 2024-09-07T17:05Z, text: 'the password for Kim is hunter22', by: Kim}\n  - {at: 2024-09-07T17:06Z, text: 'Kim, kim@acme.com'}\n";
        let whole = read(text).unwrap().incident;
        let public = public(&whole);
        let said: Vec<&str> = public.incident().events.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(said, ["the password for an engineer is hunter22", "an engineer, kim@acme.com"]);
        let leaks = public.leaks();
        let found: Vec<&str> = leaks.iter().map(|leak| leak.found.as_str()).collect();
        assert_eq!(found, ["password for Kim is hunter22", "kim@acme.com"]);
        assert!(leaks.iter().zip(said).all(|(leak, said)| said.contains(&leak.core)));
    }

    #[test]
    fn texts_are_changed_where_they_are_read() {
        let mut whole = read(TEXT).unwrap().incident;
        let texts: Vec<String> = whole.texts().iter().map(|text| text.text.to_owned()).collect();
        let slots = whole.texts_mut();
        assert_eq!(slots.len(), texts.len());
        let slots = slots.into_iter().zip(&texts);
        for (slot, text) in slots.filter_map(|(slot, text)| Some((slot?, text))) {
            assert_eq!(slot, text);
        }
    }

    #[test]
    fn an_event_of_a_hidden_step_is_not_unplanned() {
        let whole = read(TEXT).unwrap().incident;
        let public = public(&whole);
        let told = |shown: Shown| -> Vec<String> {
            let rows = shown.rows(300).into_iter();
            rows.map(|row| format!("{:?} {}", row.verdict, row.events[0].text)).collect()
        };
        assert_eq!(
            told(Shown::from(&whole)),
            ["OnTime deployed", "OnTime announced", "Unplanned a user called"]
        );
        assert_eq!(told(Shown::from(&public)), ["OnTime announced", "Unplanned a user called"]);
    }
}
