//! What is shown while somebody types: the status of the record, and what others log meanwhile.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::lang::terminal;
use crate::model::{Event, EventType, Incident, Moment, PlanStep, Zone};
use crate::operations::RecordWatch;
use crate::store::{Project, RecordName};
use crate::view::status_line;

/// The lines above the prompt.
pub(super) struct StatusLine {
    watch: RecordWatch,
    zone: Zone,
    /// What others logged since the last line was entered.
    news: Vec<String>,
    above: String,
}

/// How many lines of news are shown above the prompt; all of them are printed once a line is entered.
const NEWS: usize = 6;

impl StatusLine {
    /// Returns the status of a record. `zone` is used if the record has none.
    pub(super) fn of(project: Project, record: RecordName, zone: Zone) -> StatusLine {
        let watch = RecordWatch::of(project, record);
        StatusLine { watch, zone, news: Vec::new(), above: String::new() }
    }

    pub(super) fn incident(&self) -> &Incident {
        self.watch.incident()
    }

    /// Returns the zone of its times.
    pub(super) fn zone(&self) -> Zone {
        self.incident().zone.unwrap_or(self.zone)
    }

    /// Returns by how many seconds a step may deviate and still be on time.
    pub(super) fn tolerance(&self) -> i64 {
        self.watch.tolerance()
    }

    /// Returns the project's scale of severities.
    pub(super) fn scale(&self) -> Vec<&str> {
        self.watch.scale()
    }

    /// Returns the ids of the other open records.
    pub(super) fn others_open(&self) -> Vec<String> {
        self.watch.others_open()
    }

    /// Returns the lines above the prompt: what others logged, and the status of the record.
    pub(super) fn above(&self) -> &str {
        &self.above
    }

    /// Updates the lines above the prompt; returns whether they changed.
    pub(super) fn update(&mut self, now: Moment) -> bool {
        let now = now.seen_in(self.zone());
        let earlier = self.news.len().saturating_sub(NEWS);
        let earlier = (earlier > 0).then(|| format!("+ {earlier} …"));
        let latest = self.news.iter().skip(self.news.len().saturating_sub(NEWS)).cloned();
        let id = self.watch.id();
        let line =
            status_line(self.incident(), now, self.watch.tolerance(), self.watch.step_names());
        let line = format!("{id} · {line}");
        let lines: Vec<String> = earlier.into_iter().chain(latest).chain([line]).collect();
        let above = std::mem::replace(&mut self.above, lines.join("\n"));
        above != self.above
    }

    /// Returns what others logged, to be printed, and clears it.
    pub(super) fn take_news(&mut self) -> Vec<String> {
        std::mem::take(&mut self.news)
    }

    /// Reads the record again: every new event is news, except for those with one of the texts in `own`.
    pub(super) fn look(&mut self, own: &[&str]) {
        let new = self.watch.look(own);
        let events = new.events.iter().map(|event| self.event_line(event));
        let steps = new.steps.iter().map(|step| self.step_line(step));
        let news: Vec<String> = events.chain(steps).collect();
        self.news.extend(news);
    }

    /// Returns a line such as `+ 18:08 detected: 5xx on checkout (sam)`.
    fn event_line(&self, event: &Event) -> String {
        let words = terminal().documents();
        let clock = event.at.map_or_else(
            || words.labels.unknown_time.to_owned(),
            |at| (words.clock)(&at.clock(Some(self.zone()))),
        );
        let kind = event.kind.iter().map(|kind| format!(" {}", (words.event_type)(kind)));
        let by = event.by.iter().map(|by| format!(" ({by})"));
        let (kind, by): (String, String) = (kind.collect(), by.collect());
        let line = format!("+ {clock}{kind}: {}{by}", event.headline());
        crate::render::escape::terminal(&line).into_owned()
    }

    /// Returns a line such as `+ plan change: Deploy 17:40`, or that the step was skipped.
    fn step_line(&self, step: &PlanStep) -> String {
        let words = terminal().documents();
        let time = step.planned().map(|at| (words.clock)(&at.clock(Some(self.zone()))));
        let now = match &step.skipped {
            Some(_) => words.labels.skipped.to_owned(),
            None => time.unwrap_or_else(|| words.labels.not_planned_yet.to_owned()),
        };
        let kind = (words.event_type)(&EventType::PlanChange);
        let line = format!("+ {kind}: {} · {now}", step.text);
        crate::render::escape::terminal(&line).into_owned()
    }
}

/// Locks a mutex, even if a thread panicked while holding it.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_above_the_prompt_names_the_record_and_what_others_logged() {
        let home = tempfile::tempdir().unwrap();
        let records = home.path().join("incidents");
        std::fs::create_dir(&records).unwrap();
        std::fs::write(home.path().join("asrun.yaml"), "timezone: UTC\n").unwrap();
        let file = records.join("checkout.yaml");
        let begun = "title: Checkout\nkind: incident\ntimezone: UTC\nlanguage: en\nevents:\n  \
                     - at: 2024-09-07T18:00+00:00\n    text: seen\n    type: detected\n";
        std::fs::write(&file, begun).unwrap();
        let project = Project::find(home.path()).unwrap();
        let record = project.select("checkout").unwrap();
        let now = Moment::parse("2024-09-07T18:10+00:00", None).unwrap();
        let mut status = StatusLine::of(project, record, Zone::UTC);
        assert!(status.update(now));
        assert!(status.above().starts_with("checkout · "), "{}", status.above());
        let theirs = "  - at: 2024-09-07T18:08+00:00\n    text: 5xx on checkout\n    by: sam\n";
        std::fs::write(&file, begun.to_owned() + theirs).unwrap();
        status.look(&[]);
        assert!(status.update(now));
        let lines: Vec<&str> = status.above().lines().collect();
        assert!(lines[0] == "+ 18:08: 5xx on checkout (sam)" && lines.len() == 2, "{lines:?}");
    }
}
