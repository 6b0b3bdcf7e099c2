//! Detects secrets that a change adds to a record.

use std::collections::HashSet;
use std::ops::Range;

use crate::fault::Fault;
use crate::format::apply_all;
use crate::format::{Document, SecretsRule, Settings};
use crate::publish::secrets_in;
use crate::store::Edit;

/// Returns the secrets that a change added to a record, in masked form.
pub fn secrets_added(before: &str, after: &str) -> Vec<String> {
    let (old, new) = changed_lines(before, after);
    let (old, new) = (&before[old], &after[new]);
    let known: HashSet<&str> = secrets_in(old).into_iter().map(|hit| &old[hit.hidden]).collect();
    let added = secrets_in(new).into_iter().filter(|hit| !known.contains(&new[hit.hidden.clone()]));
    added.map(|hit| hit.excerpt(new)).collect()
}

/// How many lines above a change may have the name of a secret in it.
const ABOVE: usize = 4;

/// Returns the ranges of lines that differ, in both texts, and of some lines above them.
fn changed_lines(before: &str, after: &str) -> (Range<usize>, Range<usize>) {
    let same = |(a, b): &(u8, u8)| a == b;
    let head = before.bytes().zip(after.bytes()).take_while(same).count();
    let (old, new) = (&before.as_bytes()[head..], &after.as_bytes()[head..]);
    let ends = old.iter().rev().copied().zip(new.iter().rev().copied());
    let tail = ends.take_while(same).count();
    let lines = |text: &str| {
        let bytes = text.as_bytes();
        let start = memchr::memrchr_iter(b'\n', &bytes[..head]).nth(ABOVE).map_or(0, |end| end + 1);
        let end = text.len() - tail;
        let end = memchr::memchr(b'\n', &bytes[end..]).map_or(text.len(), |length| end + length);
        start..end
    };
    (lines(before), lines(after))
}

/// Refuses a change that adds a secret, if the project's settings say so.
pub(super) fn refuse_secrets(
    settings: &Settings,
    document: &Document,
    edit: &Edit,
) -> Result<(), Fault> {
    if settings.secrets != Some(SecretsRule::Refuse) {
        return Ok(());
    }
    match edit {
        Edit::Text(after) => refuse_added(settings, document.text(), after.text()),
        Edit::Changes(changes) => match apply_all(document, changes) {
            Ok((after, _)) => refuse_added(settings, document.text(), after.text()),
            // An impossible change is refused elsewhere.
            Err(_) => Ok(()),
        },
    }
}

/// Refuses a text with a secret that the former text did not have, if the project's settings say so.
pub(super) fn refuse_added(settings: &Settings, before: &str, after: &str) -> Result<(), Fault> {
    if settings.secrets != Some(SecretsRule::Refuse) {
        return Ok(());
    }
    let excerpts = secrets_added(before, after);
    if excerpts.is_empty() { Ok(()) } else { Err(Fault::Secrets { excerpts }) }
}

#[cfg(test)]
mod tests {
    use super::super::log::{LogRequest, log};
    use super::super::trial::Trial;
    use super::*;

    const RECORD: &str = "title: Checkout\ntimezone: Asia/Seoul\nevents: []\n";

    #[test]
    fn existing_secrets_are_not_reported_again() {
        let with = |text: &str| format!("title: x\nevents:\n  - text: {text}\nsummary: y\n");
        let old = with("\"password: hunter2\"");
        for (before, after, expected) in [
            (with("x"), old.clone(), vec!["password: ***"]),
            (old.clone(), with("\"the password: hunter2\""), vec![]),
            (old.clone(), with("x"), vec![]),
            (old.clone(), old.replace(": y", ": \"token=a1b2c3d4e5f6\""), vec!["token=***"]),
            (old.clone(), old.clone(), vec![]),
            (
                with("|\n      password:\n\n      x"),
                with("|\n      password:\n\n      Tr0ub4dor"),
                vec!["password: ***"],
            ),
        ] {
            assert_eq!(secrets_added(&before, &after), expected, "{after}");
        }
    }

    #[test]
    fn a_project_may_refuse_them_by_every_way_in() {
        use super::super::actions::{AddActionRequest, add_action};
        use super::super::edit::Editing;
        use super::super::lessons::{LessonKind, add_lesson};
        use super::super::new::{NewRequest, new_record};
        let secret = || "the password is hunter2".to_owned();
        for rule in [None, Some(SecretsRule::Refuse)] {
            let refused = |outcome: Result<(), Fault>, way: &str| {
                let is_refused = matches!(outcome, Err(Fault::Secrets { .. }));
                assert_eq!(is_refused, rule.is_some(), "{way}: {outcome:?}");
            };
            let mut trial = Trial::new(RECORD);
            trial.target.workspace.project.settings.secrets = rule;
            let target = &trial.target;
            let action = AddActionRequest { text: secret(), ..AddActionRequest::default() };
            refused(add_action(target, &action).map(drop), "action");
            refused(add_lesson(target, LessonKind::Well, &secret().into()).map(drop), "lesson");
            let request =
                NewRequest { title: secret(), kind: "outage".to_owned(), ..NewRequest::default() };
            refused(new_record(&target.workspace, &request).map(drop), "new");
            let editing = Editing::begin(target).unwrap();
            let edited = trial.text().replace("Checkout", &secret());
            refused(editing.save(target, &edited).map(drop), "edit");
            trial.write("title: [");
            let broken = Editing::begin(target).unwrap();
            let mended = RECORD.replace("Checkout", &secret());
            let request = LogRequest { text: secret(), ..LogRequest::default() };
            refused(log(target, &request).map(drop), "kept");
            assert_eq!(target.journal().unwrap().kept().len(), usize::from(rule.is_none()));
            refused(broken.save(target, &mended).map(drop), "mended");
        }
    }

    #[test]
    fn a_project_may_refuse_them() {
        for (rule, refused) in
            [(None, false), (Some(SecretsRule::Warn), false), (Some(SecretsRule::Refuse), true)]
        {
            let mut trial = Trial::new(RECORD);
            trial.target.workspace.project.settings.secrets = rule;
            let request =
                LogRequest { text: "the password is hunter2".to_owned(), ..LogRequest::default() };
            match log(&trial.target, &request) {
                Err(Fault::Secrets { excerpts }) => {
                    assert!(refused);
                    assert_eq!(
                        (excerpts, trial.text().as_str()),
                        (vec!["password is ***".to_owned()], RECORD)
                    );
                }
                other => assert!(!refused && other.is_ok(), "{other:?}"),
            }
        }
    }
}
