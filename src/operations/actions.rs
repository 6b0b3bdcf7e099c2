//! Adds actions to a record, and marks them as done.

use crate::fault::{ActionFault, Fault, Field};
use crate::model::{Day, Incident};
use crate::yaml::{Change, Value};

use super::texts::{accepted, optional};
use super::when::day_named;
use super::workspace::{Outcome, Target};

/// A new action. Fields without a value are not written.
#[derive(Debug, Default)]
pub struct AddActionRequest {
    /// What is to be done.
    pub text: String,
    /// Who will do it.
    pub owner: Option<String>,
    /// The due day, as typed.
    pub due: Option<String>,
    /// Whether it is for the team only.
    pub internal: bool,
}

/// An action that was added.
#[derive(Debug)]
pub struct AddedAction {
    /// Its number in the record, from 1.
    pub number: usize,
    /// What is to be done.
    pub text: String,
    /// Who will do it.
    pub owner: Option<String>,
    /// Its due day.
    pub due: Option<Day>,
}

/// An action that was marked as done.
#[derive(Debug)]
pub struct FinishedAction {
    /// What was to be done.
    pub text: String,
    /// The day it was done.
    pub on: Day,
}

/// Adds an action to a record.
///
/// # Errors
/// A text or the day is invalid, or the record cannot be written.
pub fn add_action(target: &Target, request: &AddActionRequest) -> Outcome<AddedAction> {
    let workspace = &target.workspace;
    let text = accepted(Field::Text, &request.text)?;
    let owner = optional(Field::Owner, request.owner.as_deref())?;
    let day = |text: &String| day_named(text, Field::Due, workspace.now, workspace.zone);
    let due = request.due.as_ref().map(day).transpose()?;
    target.change("actions add", |document| {
        let keys = [
            ("text", Some(text.clone())),
            ("owner", owner.clone()),
            ("due", due.map(|day| day.to_string())),
            ("audience", request.internal.then(|| "internal".to_owned())),
        ];
        let given =
            keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::text(value?))));
        let index = document.incident.actions.len();
        let item = Value::Map(given.collect());
        let change = Change::insert(Vec::new(), "actions", index, item);
        let (text, owner) = (text.clone(), owner.clone());
        Ok((vec![change], AddedAction { number: index + 1, text, owner, due }))
    })
}

/// Marks an action as done, given by its number or a part of its text. Without a typed day it was done on the day of
/// the operation.
///
/// # Errors
/// No action matches, it was done already, or the record cannot be written.
pub fn finish_action(target: &Target, action: &str, on: Option<&str>) -> Outcome<FinishedAction> {
    let workspace = &target.workspace;
    let day = |text| day_named(text, Field::On, workspace.now, workspace.zone);
    let on = on.map(day).transpose()?;
    let on = on.unwrap_or_else(|| workspace.now.clock(Some(workspace.zone)).day);
    target.change("actions done", |document| {
        let incident = &document.incident;
        let place = action_index(&target.record.id, incident, action)?;
        let action = &incident.actions[place];
        if let Some(done) = action.done {
            return Err(ActionFault::DoneAlready { text: action.text.clone(), on: done }.into());
        }
        let at = vec![("actions".to_owned(), Some(place))];
        let change = Change::set(at, "done", Value::text(on.to_string()));
        Ok((vec![change], FinishedAction { text: action.text.clone(), on }))
    })
}

/// Returns the index of the action with this number, else of the only one whose text contains `wanted`.
fn action_index(record: &str, incident: &Incident, wanted: &str) -> Result<usize, Fault> {
    let number = wanted.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(place) = number.filter(|place| *place < incident.actions.len()) {
        return Ok(place);
    }
    let part = wanted.to_lowercase();
    let holds = |place: &usize| incident.actions[*place].text.to_lowercase().contains(&part);
    let places: Vec<usize> = (0..incident.actions.len()).filter(holds).collect();
    let wanted = wanted.to_owned();
    let numbered = |place: usize| (place + 1, incident.actions[place].text.clone());
    let fault = match places.as_slice() {
        [place] if !part.is_empty() => return Ok(*place),
        _ if incident.actions.is_empty() => ActionFault::NoActions { record: record.to_owned() },
        [] => {
            let actions = (0..incident.actions.len()).map(numbered).collect();
            ActionFault::Unknown { wanted, actions }
        }
        several => {
            let actions = several.iter().copied().map(numbered).collect();
            ActionFault::Several { wanted, actions }
        }
    };
    Err(fault.into())
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::model::Audience;

    const RECORD: &str = "\
title: 출시
timezone: Asia/Seoul
actions:
  - text: 점검표 만들기
  - text: 점검표 나누기
    done: 2024-09-01
";

    #[test]
    fn actions_are_numbered_and_done_once() {
        let trial = Trial::of(RECORD);
        let request = AddActionRequest {
            text: " Page the owner ".to_owned(),
            owner: Some("ios".to_owned()),
            due: Some("10월 1일".to_owned()),
            internal: true,
        };
        let (saved, added) = add_action(&trial.target, &request).unwrap();
        assert_eq!((added.number, added.text.as_str()), (3, "Page the owner"));
        let due = saved.after.incident.actions[2].due.map(|day| day.to_string());
        assert_eq!(due.as_deref(), Some("2024-10-01"));
        assert_eq!(saved.after.incident.actions[2].audience, Audience::Internal);
        let (_, finished) = finish_action(&trial.target, "만들기", None).unwrap();
        assert_eq!(
            (finished.text.as_str(), finished.on.to_string().as_str()),
            ("점검표 만들기", "2024-09-07")
        );
    }

    #[test]
    fn a_word_that_means_no_action_is_refused() {
        let both = || vec![(1, "점검표 만들기".to_owned()), (2, "점검표 나누기".to_owned())];
        let unknown =
            |wanted: &str| ActionFault::Unknown { wanted: wanted.to_owned(), actions: both() };
        let several =
            |wanted: &str| ActionFault::Several { wanted: wanted.to_owned(), actions: both() };
        let done = ActionFault::DoneAlready {
            text: "점검표 나누기".to_owned(),
            on: Day::parse("2024-09-01").unwrap(),
        };
        for (text, wanted, fault) in [
            (RECORD, "2", done.clone()),
            (RECORD, "나누", done),
            (RECORD, "0", unknown("0")),
            (RECORD, "3", unknown("3")),
            (RECORD, "nothing", unknown("nothing")),
            (RECORD, "점검표", several("점검표")),
            (RECORD, "", several("")),
            ("title: none\n", "1", ActionFault::NoActions { record: "demo".to_owned() }),
        ] {
            let trial = Trial::of(text);
            let refused = finish_action(&trial.target, wanted, None);
            let Err(Fault::Action(found)) = refused else { panic!("{wanted:?}: {refused:?}") };
            assert_eq!(found, fault, "{wanted:?}");
            assert_eq!(trial.text(), text);
        }
    }
}
