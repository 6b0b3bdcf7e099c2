//! How a step went in every record: by its words, by what is the same in other words, and by its place in the plan.

use std::collections::HashSet;

use crate::fault::Fault;
use crate::model::Moment;
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
    /// The typed words, if they may name a step.
    name: Option<String>,
}

/// In how many records a step was found.
#[derive(Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How many have it in known words.
    pub known: usize,
    /// How many there are.
    pub records: usize,
    /// The ids of those in which nothing was found, not even by its place.
    pub without: Vec<String>,
    /// The words that may name the step in the settings; a regular expression may not.
    pub name: Option<String>,
}

impl StepHistory {
    /// Returns in how many of the records a step was found in known words, if it is in some but not all: the others may have it
    /// in words that are not known to mean it. What merely happened need not be in any other.
    ///
    /// # Errors
    /// The records cannot be listed.
    pub fn coverage(&self, project: &Project, filter: &Filter) -> Result<Option<Coverage>, Fault> {
        // Only the filter needs the records to be read.
        let is_about_a_step = self.found.rows.iter().any(PastRow::is_step);
        if !is_about_a_step || self.known.len() >= self.found.records {
            return Ok(None);
        }
        let all = ask(project, filter, Reading::Outlines, |id, _| vec![id.to_owned()])?.rows;
        let (known, records) = (self.known.len(), all.len());
        let has = |id: &String| self.found.rows.iter().any(|row| row.id == *id);
        let without = all.into_iter().filter(|id| !has(id)).collect();
        let name = self.name.clone();
        Ok((known < records).then_some(Coverage { known, records, without, name }))
    }
}

/// Rows of a record, with its plan if they are about steps.
type Told = (Vec<PastRow>, Option<KnownPlan>);

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
    let aliases = Aliases::of(&project.settings.steps);
    let sought = StepQuery::of(wanted, typed, &aliases);
    let may_be_in = |text: &str| sought.may_be_in(text);
    let worded = ask(project, filter, Reading::Texts(&may_be_in), |id, incident| {
        let found = past(incident, &sought, tolerance);
        // What only means the same is taken for it, and marked.
        let mark = |(row, past): (PastRow, &Past)| match sought.is_certain(incident, past) {
            true => row,
            false => row.same_as(typed),
        };
        let rows = past_rows(id, incident, &found, (tolerance, now)).into_iter();
        let rows = rows.zip(&found).map(mark).collect();
        told(rows, KnownPlan::of(incident, &found))
    })?;
    let steps = worded.rows.iter().flat_map(|(rows, _)| rows).filter(|row| row.is_step());
    let steps = steps.map(|row| (row.step.as_deref(), row.text.as_str()));
    let mut same = SameSteps::of(steps, &aliases);
    if matches!(wanted, Wanted::Words(_)) {
        same = same.naming(typed);
    }
    let may_be_in = |text: &str| same.may_be_in(text);
    let others = ask(project, filter, Reading::Texts(&may_be_in), |id, incident| {
        let mut others = same.past(incident, tolerance);
        others.retain(|(past, _)| !sought.finds(incident, past));
        let (pasts, texts): (Vec<_>, Vec<_>) = others.into_iter().unzip();
        let rows = past_rows(id, incident, &pasts, (tolerance, now)).into_iter();
        let rows = rows.zip(texts).map(|(row, text)| row.same_as(text)).collect();
        told(rows, KnownPlan::of(incident, &pasts))
    })?;
    let mut found = Answers {
        rows: Vec::new(),
        unreadable: worded.unreadable,
        misnamed: worded.misnamed,
        copies: worded.copies,
        records: worded.records,
    };
    let mut plans = Vec::new();
    for (rows, plan) in worded.rows.into_iter().chain(others.rows) {
        found.rows.extend(rows);
        plans.extend(plan);
    }
    let known: HashSet<String> = found.rows.iter().map(|row| row.id.clone()).collect();
    // A regular expression is meant literally.
    if !plans.is_empty() && !matches!(wanted, Wanted::Pattern(_)) {
        let places = SamePlaces::of(&plans);
        let placed = at_places(project, filter, (&places, &found.rows), now)?;
        found.rows.extend(placed);
    }
    found.rows.sort_by(|a, b| a.place().cmp(&b.place()));
    let name = matches!(wanted, Wanted::Words(_)).then(|| typed.to_owned());
    Ok(StepHistory { found, known, name })
}

/// Returns the steps at these places. In a record that is known to have such a step, its words must leave it open that it is
/// one, too: `Release on App Store` has the words of its submission.
fn at_places(
    project: &Project,
    filter: &Filter,
    (places, known): (&SamePlaces, &[PastRow]),
    now: Moment,
) -> Result<Vec<PastRow>, Fault> {
    let tolerance = project.settings.tolerance_seconds();
    let may_be_in = |text: &str| places.may_be_in(text);
    let placed = ask(project, filter, Reading::Texts(&may_be_in), |id, incident| {
        let own: Vec<&PastRow> = known.iter().filter(|row| row.id == id).collect();
        let mut placed = places.past(incident, (tolerance, !own.is_empty()));
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

fn told(rows: Vec<PastRow>, plan: Option<KnownPlan>) -> Vec<Told> {
    if rows.is_empty() { Vec::new() } else { vec![(rows, plan)] }
}
