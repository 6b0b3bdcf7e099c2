//! Secrets that a change brings into a record.

use std::collections::HashSet;
use std::ops::Range;

use crate::fault::Fault;
use crate::format::edit::apply_all;
use crate::format::{Document, SecretsRule, Settings};
use crate::publish::secrets_in;
use crate::store::Edit;

/// Returns the secrets that stand in a record since a change, as they may be shown.
pub fn secrets_added(before: &str, after: &str) -> Vec<String> {
    let (old, new) = changed_lines(before, after);
    let (old, new) = (&before[old], &after[new]);
    let known: HashSet<&str> = secrets_in(old).into_iter().map(|hit| &old[hit.hidden]).collect();
    let added = secrets_in(new).into_iter().filter(|hit| !known.contains(&new[hit.hidden.clone()]));
    added.map(|hit| hit.excerpt(new)).collect()
}

/// The lines that are not the same, in both texts.
fn changed_lines(before: &str, after: &str) -> (Range<usize>, Range<usize>) {
    let same = |(a, b): &(u8, u8)| a == b;
    let head = before.bytes().zip(after.bytes()).take_while(same).count();
    let (old, new) = (&before.as_bytes()[head..], &after.as_bytes()[head..]);
    let ends = old.iter().rev().copied().zip(new.iter().rev().copied());
    let tail = ends.take_while(same).count();
    let lines = |text: &str| {
        let bytes = text.as_bytes();
        let start = memchr::memrchr(b'\n', &bytes[..head]).map_or(0, |end| end + 1);
        let end = text.len() - tail;
        let end = memchr::memchr(b'\n', &bytes[end..]).map_or(text.len(), |length| end + length);
        start..end
    };
    (lines(before), lines(after))
}

/// Refuses a change that brings in a secret, where the project says so.
pub(super) fn refuse_secrets(
    settings: &Settings,
    document: &Document,
    edit: &Edit,
) -> Result<(), Fault> {
    if settings.secrets != Some(SecretsRule::Refuse) {
        return Ok(());
    }
    let Edit::Changes(changes) = edit else { return Ok(()) };
    // What cannot be carried out is refused where it is.
    let Ok((after, _)) = apply_all(document, changes) else { return Ok(()) };
    let excerpts = secrets_added(document.text(), after.text());
    if excerpts.is_empty() { Ok(()) } else { Err(Fault::Secrets { excerpts }) }
}

#[cfg(test)]
mod tests {
    use super::super::log::{LogRequest, log};
    use super::super::trial::Trial;
    use super::*;

    const RECORD: &str = "title: Checkout\ntimezone: Asia/Seoul\nevents: []\n";

    #[test]
    fn what_was_there_before_is_not_told_again() {
        let with = |text: &str| format!("title: x\nevents:\n  - text: {text}\nsummary: y\n");
        let old = with("\"password: hunter2\"");
        for (before, after, expected) in [
            (with("x"), old.clone(), vec!["password: ***"]),
            (old.clone(), with("\"the password: hunter2\""), vec![]),
            (old.clone(), with("x"), vec![]),
            (old.clone(), old.replace(": y", ": \"token=a1b2c3d4e5f6\""), vec!["token=***"]),
            (old.clone(), old.clone(), vec![]),
        ] {
            assert_eq!(secrets_added(&before, &after), expected, "{after}");
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
