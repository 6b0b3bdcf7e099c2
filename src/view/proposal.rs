//! A new plan made from an old record, worded.

use serde::Serialize;

use crate::lang::Labels;
use crate::model::{Elapsed, Event, Incident, Lessons, Precision, Zone};
use crate::timeline::{PastSeconds, Proposal, Proposed};

use super::record::{ActionView, LessonsView, action_view, lessons_view};
use super::rows::{RowEvent, StepView, row_event, row_view, step_view};
use super::time::{TimeFormatter, TimeView};

/// A proposed plan for review, with what the old record knows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProposalView {
    /// Version of this contract.
    pub view: u32,
    /// The old record's id.
    pub from: String,
    /// All records that distances and lengths are computed from, oldest first.
    pub from_all: Vec<String>,
    /// The old record's version, or its id if it has none.
    pub name: String,
    /// The step that the times of the others are relative to.
    pub anchor: String,
    /// Whether the actual time of that step is known.
    pub anchor_recorded: bool,
    /// Whether the clocks change during the new plan.
    pub changes_clocks: bool,
    /// The steps in chronological order.
    pub steps: Vec<ProposedView>,
    /// Steps that were skipped last time although nothing had failed, which are left out.
    pub left_out: Vec<StepView>,
    /// What was done last time without a plan.
    pub unplanned: Vec<RowEvent>,
    /// Unplanned events that happened in several of the releases.
    pub recurring: Vec<RecurringView>,
    /// Action items that are not done.
    pub actions: Vec<ActionView>,
    /// Lessons.
    pub lessons: LessonsView,
    /// The fixed words of the old record's language.
    pub labels: Labels,
}

/// An unplanned event that happened in several releases.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RecurringView {
    /// Its text.
    pub text: String,
    /// In how many releases it happened.
    pub releases: usize,
    /// The median distance from the anchor in seconds, if it is known.
    pub lead_s: Option<i64>,
    /// The releases that it comes from, if not from all of these.
    pub lead_of: Vec<String>,
    /// The same in words.
    pub told: String,
}

/// A figure over several releases, in seconds.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OfReleases {
    /// How many releases have a value.
    pub n: usize,
    /// The median.
    pub median: i64,
    /// The smallest and the largest.
    pub range: [i64; 2],
}

/// One step of the new plan.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProposedView {
    /// Its id in the old plan.
    pub id: Option<String>,
    /// Its text.
    pub text: String,
    /// Who did it last time.
    pub owner: Option<String>,
    /// When it is planned for.
    pub time: TimeView,
    /// Whether the time is a deadline.
    pub deadline: bool,
    /// Its time or both of its times with their days, as on a page.
    pub dated: String,
    /// The end of its window.
    pub until: Option<TimeView>,
    /// Its deadline, if it has a time as well.
    pub due: Option<TimeView>,
    /// Whether it is based on the actual time, since the old plan was wrong.
    pub by_reality: bool,
    /// Its distance from the anchor in several releases.
    pub past_lead_s: Option<OfReleases>,
    /// Its length in several releases.
    pub past_length_s: Option<OfReleases>,
    /// Why it is planned for that time, and how it went last time.
    pub notes: Vec<String>,
}

/// An unplanned event of several releases: its text, in how many it happened, the distance from the anchor, and the releases that
/// this comes from, if not from all of them.
pub type Recurred<'r> = (&'r str, usize, Option<i64>, &'r [String]);

/// Returns the view of a proposal from these records, oldest first, with the newest one's plan and times in its `zone`.
pub fn proposal_view(
    olds: &[(&str, &Incident)],
    proposal: &Proposal,
    recurring: &[Recurred<'_>],
    zone: Option<Zone>,
) -> ProposalView {
    let none = Incident::default();
    let (id, incident) = olds.last().copied().unwrap_or(("", &none));
    let old = TimeFormatter::of(incident, None);
    let moments = proposal.steps.iter().flat_map(|step| [step.at, step.until, step.due]).flatten();
    let new = TimeFormatter::of_moments(incident.language.as_deref(), zone, moments);
    let name = incident.version.clone().unwrap_or_else(|| id.to_owned());
    let told = |event: &&Event| row_event(&old, event, "");
    let labels = old.words.labels;
    ProposalView {
        view: 1,
        from: id.to_owned(),
        from_all: olds.iter().map(|(id, _)| (*id).to_owned()).collect(),
        anchor: proposal.anchor.text.clone(),
        anchor_recorded: proposal.anchor_recorded,
        changes_clocks: new.many_offsets,
        steps: proposal.steps.iter().map(|step| proposed(&old, &new, &name, step)).collect(),
        left_out: proposal.left_out.iter().map(|step| step_view(&old, step)).collect(),
        unplanned: proposal.unplanned.iter().map(told).collect(),
        recurring: recurring.iter().map(|what| recurred(&old, olds.len(), what)).collect(),
        actions: olds
            .iter()
            .flat_map(|(_, old)| &old.actions)
            .filter(|action| action.done.is_none())
            .map(action_view)
            .collect(),
        lessons: lessons_of(olds),
        name,
        labels,
    }
}

/// Returns the lessons of all records.
fn lessons_of(olds: &[(&str, &Incident)]) -> LessonsView {
    let mut all = Lessons::default();
    for (_, old) in olds {
        for (all, old) in all.lists_mut().into_iter().zip(old.lessons.lists()) {
            all.extend(old.iter().cloned());
        }
    }
    lessons_view(&all)
}

fn recurred(
    old: &TimeFormatter,
    of: usize,
    (text, releases, lead, lead_of): &Recurred<'_>,
) -> RecurringView {
    let times = (old.words.in_releases)(*releases, of);
    let when = lead.map(|lead| match lead_of.is_empty() {
        true => distance(old, in_minutes(lead)),
        false => format!("{} ({})", distance(old, in_minutes(lead)), lead_of.join(", ")),
    });
    let told = [Some(times), when].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let (text, lead_of) = ((*text).to_owned(), lead_of.to_vec());
    RecurringView { text, releases: *releases, lead_s: *lead, lead_of, told }
}

/// Returns both ends of a range, if they differ as worded.
fn differing([from, to]: &[String; 2]) -> Option<(&str, &str)> {
    (from != to).then_some((from.as_str(), to.as_str()))
}

/// Returns a distance from the anchor in words.
fn distance(old: &TimeFormatter, lead: Elapsed) -> String {
    match lead.exact() {
        Some(0) => old.words.labels.with_anchor.to_owned(),
        _ => (old.words.lead)(&old.amount(lead), lead.seconds < 0),
    }
}

fn in_minutes(seconds: i64) -> Elapsed {
    Elapsed::of(seconds, Precision::Minute)
}

fn of_releases(past: Option<PastSeconds>) -> Option<OfReleases> {
    let PastSeconds { n, median, range } = past?;
    Some(OfReleases { n, median, range: [range.0, range.1] })
}

fn proposed(old: &TimeFormatter, new: &TimeFormatter, name: &str, step: &Proposed) -> ProposedView {
    let time = new.time_or(step.at.as_ref(), new.words.labels.not_planned_yet);
    let until = step.until.map(|until| new.time(&until));
    let dated = match (&until, step.at) {
        (_, None) => time.time.clone(),
        (Some(until), _) => format!("{} {}–{}", time.date, time.time, until.short),
        (None, _) => format!("{} {}", time.date, time.time).trim_end().to_owned(),
    };
    let due = step.due.map(|due| new.time(&due));
    let deadline = step.step.is_deadline();
    ProposedView {
        dated: match &due {
            _ if deadline => (new.words.by)(&dated),
            Some(due) => format!("{dated} ≤ {}", due.short),
            None => dated,
        },
        due,
        deadline,
        id: step.step.id.clone(),
        text: step.step.text.clone(),
        owner: step.step.owner.clone(),
        time,
        until,
        by_reality: step.by_reality,
        past_lead_s: of_releases(step.past_lead),
        past_length_s: of_releases(step.past_length),
        notes: notes(old, name, step),
    }
}

fn notes(old: &TimeFormatter, name: &str, step: &Proposed) -> Vec<String> {
    let words = old.words;
    let lead = |lead: Elapsed| {
        let end = |seconds| distance(old, Elapsed { seconds, open: 0, ..lead });
        let both_sides = lead.seconds < 0 && lead.most() > 0;
        if both_sides {
            format!("{} – {}", end(lead.seconds), end(lead.most()))
        } else {
            distance(old, lead)
        }
    };
    let mut notes = Vec::new();
    let several = step.past_lead.map(|past| in_minutes(past.median));
    let real = several.or(step.real_lead).filter(|_| step.by_reality);
    notes.extend(step.planned_lead.map(|planned| match real {
        Some(real) if real.seconds != planned.seconds => {
            (words.really)(&lead(real), &lead(planned))
        }
        _ => lead(planned),
    }));
    if let Some(PastSeconds { n, median, range }) = step.past_lead {
        let ends = [range.0, range.1].map(|seconds| distance(old, in_minutes(seconds)));
        notes.push((words.of_releases)(n, &distance(old, in_minutes(median)), differing(&ends)));
    }
    if let Some(PastSeconds { n, median, range }) = step.past_length {
        let [median, from, to] =
            [median, range.0, range.1].map(|seconds| old.amount(in_minutes(seconds)));
        let told = format!("{} {median}", words.labels.duration);
        notes.push((words.of_releases)(n, &told, differing(&[from, to])));
    }
    let row = row_view(old, &step.row, "");
    let mut went = vec![row.label];
    went.extend(row.end_label.map(|end| format!("{} {end}", words.labels.end)));
    went.extend(row.took);
    notes.push(format!("{name}: {}", went.join(", ")));
    notes.extend(step.overtakes.map(|other| (words.overtakes)(&other.text)));
    if step.clocks_change {
        notes.push(words.labels.clocks_change.to_owned());
    }
    notes
}
