//! What is to be done: by whom, by when.

use crate::model::Action;
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

pub(super) fn without_owner(case: &Case) -> Vec<Found> {
    undone(case, |action| action.owner.is_none(), "nobody is named for", "add a line `owner: …`")
}

pub(super) fn without_due(case: &Case) -> Vec<Found> {
    undone(
        case,
        |action| action.due.is_none(),
        "no day is set for",
        "add a line such as `due: 2024-10-01`",
    )
}

fn undone(case: &Case, lacks: fn(&Action) -> bool, what: &str, help: &str) -> Vec<Found> {
    let actions = case.incident.actions.iter().enumerate();
    actions
        .filter(|(_, action)| action.done.is_none() && lacks(action))
        .map(|(place, action)| {
            let message = format!("{what} {:?}", action.text);
            case.found(&[Key("actions"), Item(place), Key("text")], message, help)
        })
        .collect()
}
