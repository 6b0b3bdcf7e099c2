//! How a step went in every record: by its words, by what is the same in other words, and by its place in the plan.

use std::collections::HashSet;

use crate::fault::Fault;
use crate::format::Settings;
use crate::lang::{Cure, terminal};
use crate::model::{Incident, Moment};
use crate::query::{Filter, KnownPlan, Past, SamePlaces, SameSteps, StepQuery, Wanted, past};
use crate::store::Project;
use crate::timeline::{Aliases, Row};
use crate::view::{PastRow, past_rows};

use super::ask::{Answers, Reading, ask};

/// How a step went every time.
#[derive(Debug)]
pub struct StepHistory {
    /// One row each time, in the order of days.
    pub found: Answers<PastRow>,
    /// The records in which it was found, other than by its place.
    known: HashSet<String>,
    /// What the step is usually called, also in records that the filter does not admit.
    name: Option<String>,
}

/// In how many records a step was found.
#[derive(Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How many have it in known words.
    pub known: usize,
    /// How many there are, other than empty ones.
    pub records: usize,
    /// The ids of those in which nothing was found, not even by its place.
    pub without: Vec<String>,
    /// What makes other words known, once it is in the settings.
    pub cure: Cure,
}

impl StepHistory {
    /// Returns in how many of the records a step was found in known words, if it is not in all of them: the others may have it
    /// in words that are not known to mean it. What merely happened need not be in any other.
    ///
    /// # Errors
    /// The records cannot be listed.
    pub fn coverage(&self, project: &Project, filter: &Filter) -> Result<Option<Coverage>, Fault> {
        let rows = &self.found.rows;
        let is_about_a_step = rows.is_empty() || rows.iter().any(PastRow::is_step);
        let Some(name) = self.name.as_deref().filter(|_| is_about_a_step) else { return Ok(None) };
        // Only the filter needs the records to be read.
        if self.known.len() >= self.found.records {
            return Ok(None);
        }
        let all = ask(project, filter, Reading::Outlines, |id, incident| {
            let is_empty = incident.plan.is_empty() && incident.events.is_empty();
            if is_empty { Vec::new() } else { vec![id.to_owned()] }
        })?;
        let (known, records) = (self.known.len(), all.rows.len());
        let has = |id: &String| rows.iter().any(|row| row.id == *id);
        let without = all.rows.into_iter().filter(|id| !has(id)).collect();
        let cure = step_names(&project.settings).cure(&[vec![name, terminal().other_words()]]);
        Ok((known < records).then_some(Coverage { known, records, without, cure }))
    }
}

/// Returns what the settings say of steps with several names, and where they take another one.
pub fn step_names(settings: &Settings) -> Aliases {
    Aliases::of(&settings.steps).written_at(settings.steps_place)
}

/// What was found in a record.
struct Told {
    rows: Vec<PastRow>,
    /// Its plan, if it is about steps.
    plan: Option<KnownPlan>,
    /// Whether the filter admits the record. The others are only read for what the step is called.
    is_admitted: bool,
}

/// Searches every record for a step with these words.
///
/// # Errors
/// The records cannot be listed.
pub fn step_history(
    project: &Project,
    filter: &Filter,
    (wanted, typed): (&Wanted, &str),
    now: Moment,
) -> Result<StepHistory, Fault> {
    let tolerance = project.settings.tolerance_seconds();
    let aliases = step_names(&project.settings);
    let sought = StepQuery::of(wanted, typed, &aliases);
    let told = |incident: &Incident, rows: Vec<PastRow>, plan| match rows.is_empty() {
        true => Vec::new(),
        false => vec![Told { rows, plan, is_admitted: filter.admits(incident) }],
    };
    let may_be_in = |text: &str| sought.may_be_in(text);
    let every = Filter::default();
    let worded = ask(project, &every, Reading::Texts(&may_be_in), |id, incident| {
        let found = past(incident, &sought, tolerance);
        // What only means the same is taken for it, and marked.
        let mark = |(row, past): (PastRow, &Past)| match sought.is_certain(incident, past) {
            true => row,
            false => row.same_as(typed),
        };
        let rows = past_rows(id, incident, &found, (tolerance, now)).into_iter();
        let rows = rows.zip(&found).map(mark).collect();
        told(incident, rows, KnownPlan::of(incident, &found))
    })?;
    let steps = worded.rows.iter().flat_map(|told| &told.rows).filter(|row| row.is_step());
    let steps = steps.map(|row| (row.step.as_deref(), row.plain.as_str()));
    let mut same = SameSteps::of(steps, &aliases);
    if matches!(wanted, Wanted::Words(_)) {
        same = same.naming(typed);
    }
    let may_be_in = |text: &str| same.may_be_in(text);
    let others = ask(project, &every, Reading::Texts(&may_be_in), |id, incident| {
        let mut others = same.past(incident, tolerance);
        others.retain(|(past, _)| !sought.finds(incident, past));
        let (pasts, texts): (Vec<_>, Vec<_>) = others.into_iter().unzip();
        let rows = past_rows(id, incident, &pasts, (tolerance, now)).into_iter();
        let mark = |(row, text): (PastRow, &str)| match aliases.is_one_step(&row.plain, text) {
            true => row,
            false => row.same_as(text),
        };
        told(incident, rows.zip(texts).map(mark).collect(), KnownPlan::of(incident, &pasts))
    })?;
    let mut found = Answers {
        rows: Vec::new(),
        unreadable: worded.unreadable,
        misnamed: worded.misnamed,
        copies: worded.copies,
        records: worded.records,
    };
    let all: Vec<Told> = worded.rows.into_iter().chain(others.rows).collect();
    let name = usual_name(all.iter().flat_map(|told| &told.rows));
    let mut plans = Vec::new();
    for told in all {
        found.rows.extend(told.rows.into_iter().filter(|_| told.is_admitted));
        plans.extend(told.plan);
    }
    let known: HashSet<String> = found.rows.iter().map(|row| row.id.clone()).collect();
    // A regular expression is meant literally.
    if !plans.is_empty() && !matches!(wanted, Wanted::Pattern(_)) {
        let places = SamePlaces::of(&plans, &aliases);
        let placed = at_places(project, filter, (&places, &found.rows), now)?;
        found.rows.extend(placed);
    }
    found.rows.sort_by(|a, b| a.place().cmp(&b.place()));
    Ok(StepHistory { found, known, name })
}

/// Returns the most frequent text of the steps that were found: of those that are certain, if there are any, and of equally
/// frequent ones the first.
fn usual_name<'r>(rows: impl Iterator<Item = &'r PastRow>) -> Option<String> {
    let steps: Vec<&PastRow> =
        rows.filter(|row| row.is_step() && !row.plain.trim().is_empty()).collect();
    let of = |is_certain: bool| {
        let rows = || steps.iter().filter(move |row| row.same_as.is_none() == is_certain);
        let times = |plain: &str| rows().filter(|row| row.plain == plain).count();
        rows().rev().max_by_key(|row| times(&row.plain)).map(|row| row.plain.clone())
    };
    of(true).or_else(|| of(false))
}

/// Returns the steps at these places. In a record that is known to have such a step, its words must leave it open that it is
/// one, too: `Release on App Store` has the words of its submission.
fn at_places(
    project: &Project,
    filter: &Filter,
    (places, known): (&SamePlaces<'_>, &[PastRow]),
    now: Moment,
) -> Result<Vec<PastRow>, Fault> {
    let tolerance = project.settings.tolerance_seconds();
    let may_be_in = |text: &str| places.may_be_in(text);
    let placed = ask(project, filter, Reading::Texts(&may_be_in), |id, incident| {
        let own: Vec<&PastRow> = known.iter().filter(|row| row.id == id).collect();
        let texts: Vec<&str> = own.iter().map(|row| row.plain.as_str()).collect();
        let mut placed = places.past(incident, (tolerance, &texts));
        let is_known = |past: &Past| match past {
            Past::Step(Row { step: Some(step), .. }) => own.iter().any(|row| row.text == step.text),
            _ => false,
        };
        placed.retain(|(past, _)| !is_known(past));
        let (pasts, texts): (Vec<_>, Vec<_>) = placed.into_iter().unzip();
        let rows = past_rows(id, incident, &pasts, (tolerance, now)).into_iter();
        rows.zip(texts).map(|(row, text)| row.same_place_as(text)).collect()
    })?;
    Ok(placed.rows)
}
