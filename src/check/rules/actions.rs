//! Rules about actions: who does them, by when.

use crate::fault::FindingKind;
use crate::lang::text_words;
use crate::model::Action;
use crate::yaml::Hop::{Item, Key};

use super::super::case::{Case, Found};

pub(super) fn without_owner(case: &Case) -> Vec<Found> {
    let named = |action: &Action| action.owner.as_deref().is_some_and(names_somebody);
    undone(case, "owner", |action| {
        let kind = FindingKind::ActionWithoutOwner { action: action.text.clone() };
        (!named(action)).then_some(kind)
    })
}

pub(super) fn without_due(case: &Case) -> Vec<Found> {
    undone(case, "due", |action| {
        let kind = FindingKind::ActionWithoutDue { action: action.text.clone() };
        action.due.is_none().then_some(kind)
    })
}

/// Whether a name is a real one, rather than `TBD` or `?`, with or without a remark in brackets.
fn names_somebody(name: &str) -> bool {
    let plain = name.to_lowercase();
    let nobody = |name: &str| {
        let plain = name.trim_matches(|c: char| !c.is_alphanumeric());
        let mut known = text_words().flat_map(|words| words.nobody);
        plain.is_empty() || known.any(|known| *known == plain)
    };
    let remark = plain.split_once('(').filter(|(before, _)| !before.trim().is_empty());
    !nobody(&plain) && !remark.is_some_and(|(before, _)| nobody(before))
}

fn undone(case: &Case, key: &str, finds: impl Fn(&Action) -> Option<FindingKind>) -> Vec<Found> {
    let actions = case.incident.actions.iter().enumerate();
    let undone = actions.filter(|(_, action)| action.done.is_none());
    undone
        .filter_map(|(place, action)| {
            let said = key == "owner" && action.owner.is_some();
            let key = if said { key } else { "text" };
            Some(case.found(&[Key("actions"), Item(place), Key(key)], finds(action)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_name_nobody() {
        for nobody in [
            "",
            " ",
            "?",
            "TBD",
            "tbd.",
            "(미정)",
            "-",
            "N/A",
            "담당자 미정",
            "未定",
            "…",
            "TBD (ops)",
            "미정 (논의)",
        ] {
            assert!(!names_somebody(nobody), "{nobody}");
        }
        for somebody in ["kim", "@kim", "team-a/b", "김미정", "iOS", "플랫폼팀", "kim (ops)"]
        {
            assert!(names_somebody(somebody), "{somebody}");
        }
    }
}
