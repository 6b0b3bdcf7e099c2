//! What is shown while somebody types: where the record stands, and what others log meanwhile.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::lang::documents_for;
use crate::model::{Event, Incident, Moment, Zone};
use crate::store::{Project, RecordName, Stamp};
use crate::view::status_line;

/// A record as it was last seen.
pub(super) struct StatusLine {
    project: Project,
    record: RecordName,
    zone: Zone,
    /// As it could last be read.
    incident: Incident,
    /// The file as it was then.
    seen: Option<Stamp>,
    /// What others logged since the last line was entered.
    news: Vec<String>,
    /// What stands above the prompt.
    above: String,
}

/// Lines of news that stand above the prompt; all of them are printed once a line is entered.
const NEWS: usize = 6;

impl StatusLine {
    /// Of a record, read as far as it can be. `zone` is its zone, if it names none.
    pub(super) fn of(project: Project, record: RecordName, zone: Zone) -> StatusLine {
        let incident = project.load(&record).map(|loaded| loaded.document.incident);
        let incident = incident.unwrap_or_default();
        StatusLine {
            project,
            record,
            zone,
            incident,
            seen: None,
            news: Vec::new(),
            above: String::new(),
        }
    }

    pub(super) fn incident(&self) -> &Incident {
        &self.incident
    }

    /// The zone that its times are told in.
    pub(super) fn zone(&self) -> Zone {
        self.incident.zone.unwrap_or(self.zone)
    }

    /// What stands above the prompt: what others logged, and where the record stands.
    pub(super) fn above(&self) -> &str {
        &self.above
    }

    /// Brings `above` up to date; whether that changed it.
    pub(super) fn update(&mut self, now: Moment) -> bool {
        let tolerance = self.project.settings.tolerance_seconds();
        let now = now.seen_in(self.zone());
        let earlier = self.news.len().saturating_sub(NEWS);
        let earlier = (earlier > 0).then(|| format!("+ {earlier} …"));
        let latest = self.news.iter().skip(self.news.len().saturating_sub(NEWS)).cloned();
        let line = status_line(&self.record.id, &self.incident, now, tolerance);
        let lines: Vec<String> = earlier.into_iter().chain(latest).chain([line]).collect();
        let above = std::mem::replace(&mut self.above, lines.join("\n"));
        above != self.above
    }

    /// What others logged, to be printed.
    pub(super) fn take_news(&mut self) -> Vec<String> {
        std::mem::take(&mut self.news)
    }

    /// Looks at the record again: each event that is new is news, but not the one whose words were
    /// `own`. What cannot be read now was not changed by anybody.
    pub(super) fn look(&mut self, own: Option<&str>) {
        let seen = Stamp::at(&self.record.path);
        if own.is_none() && seen.is_some() && seen == self.seen {
            return;
        }
        self.seen = seen;
        let Ok(loaded) = self.project.load(&self.record) else { return };
        let before = std::mem::replace(&mut self.incident, loaded.document.incident);
        let is_known = |event: &&Event| before.events.contains(event);
        let mut new: Vec<&Event> =
            self.incident.events.iter().filter(|event| !is_known(event)).collect();
        if let Some(place) = own.and_then(|own| new.iter().position(|event| event.text == own)) {
            new.remove(place);
        }
        let news: Vec<String> = new.into_iter().map(|event| self.told(event)).collect();
        self.news.extend(news);
    }

    /// `+ 18:08 detected: 5xx on checkout (sam)`.
    fn told(&self, event: &Event) -> String {
        let words = documents_for(self.incident.language.as_deref());
        let clock = (words.clock)(&event.at.clock(Some(self.zone())));
        let kind = event.kind.iter().map(|kind| format!(" {}", (words.event_type)(kind)));
        let by = event.by.iter().map(|by| format!(" ({by})"));
        let (kind, by): (String, String) = (kind.collect(), by.collect());
        let line = format!("+ {clock}{kind}: {}{by}", event.headline());
        crate::render::escape::terminal(&line).into_owned()
    }
}

/// The lock, whoever else broke down while holding it.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
