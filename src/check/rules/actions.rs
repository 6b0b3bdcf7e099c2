//! What is to be done: by whom, by when.

use crate::fault::FindingKind;
use crate::model::Action;
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

pub(super) fn without_owner(case: &Case) -> Vec<Found> {
    undone(
        case,
        |action| action.owner.is_none(),
        |action| FindingKind::ActionWithoutOwner { action },
    )
}

pub(super) fn without_due(case: &Case) -> Vec<Found> {
    undone(case, |action| action.due.is_none(), |action| FindingKind::ActionWithoutDue { action })
}

fn undone(case: &Case, lacks: fn(&Action) -> bool, kind: fn(String) -> FindingKind) -> Vec<Found> {
    let actions = case.incident.actions.iter().enumerate();
    actions
        .filter(|(_, action)| action.done.is_none() && lacks(action))
        .map(|(place, action)| {
            case.found(&[Key("actions"), Item(place), Key("text")], kind(action.text.clone()))
        })
        .collect()
}
