//! Sets whether a record is a draft, and who reviewed it.

use crate::fault::{Fault, Field, KeyFault};
use crate::format::{Document, review_value, reviewed_bytes};
use crate::model::{Day, Incident, Review};
use crate::store::{Saved, sha256_of};
use crate::view::{ReviewView, review_view};
use crate::yaml::{Change, Value};

use super::texts::accepted;
use super::when::day_named;
use super::workspace::Target;

/// How many digits of a hash distinguish two texts.
const DIGITS: usize = 16;
const REVIEW: &str = "review";
/// What asrun writes of a review.
const KEYS: [&str; 3] = ["by", "on", "of"];

/// A new review state of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewRequest {
    /// It is being written.
    Draft,
    /// Somebody read it in its current form and approved it.
    Reviewed {
        /// Who, as typed.
        by: String,
        /// The day of the review, as typed; today if `None`.
        on: Option<String>,
    },
    /// The review state is removed.
    Clear,
}

/// Sets the review state of a record.
///
/// # Errors
/// Nothing was changed.
pub fn review(target: &Target, request: &ReviewRequest) -> Result<Saved, Fault> {
    let (saved, ()) = target.change("set", |document| {
        let changes = match request {
            ReviewRequest::Clear => cleared(document)?,
            ReviewRequest::Draft => vec![draft(document)?],
            ReviewRequest::Reviewed { by, on } => {
                let review = reviewed(target, &document.incident, by, on.as_deref())?;
                set(document, review_value(&review))
            }
        };
        Ok((changes, ()))
    })?;
    Ok(saved)
}

/// The changes that remove the review: keys that somebody added to it stay.
fn cleared(document: &Document) -> Result<Vec<Change>, Fault> {
    let (known, own) = keys(document);
    let at = || vec![(REVIEW.to_owned(), None)];
    match (document.value(REVIEW), own.is_empty(), known.is_empty()) {
        (Some(_), true, _) => Ok(vec![Change::unset(Vec::new(), REVIEW)]),
        (Some(_), false, false) => Ok(known.iter().map(|key| Change::unset(at(), key)).collect()),
        _ => Err(KeyFault::NotThere { key: REVIEW, value: None }.into()),
    }
}

/// Returns the keys of the review that asrun writes, and those that somebody added to it.
fn keys(document: &Document) -> (Vec<String>, Vec<String>) {
    let keys = match document.value(REVIEW) {
        Some(Value::Map(entries)) => entries.into_iter().map(|(key, _)| key).collect(),
        _ => Vec::new(),
    };
    keys.into_iter().partition(|key| KEYS.contains(&key.as_str()))
}

/// The change to a draft, which is a word: keys that somebody added to a review have no place beside it.
fn draft(document: &Document) -> Result<Change, Fault> {
    let (_, own) = keys(document);
    match own.is_empty() {
        true => Ok(Change::set(Vec::new(), REVIEW, review_value(&Review::Draft))),
        false => Err(KeyFault::OwnKeys { key: REVIEW, own }.into()),
    }
}

/// The changes to a review, key by key: whatever else somebody wrote beside them stays.
fn set(document: &Document, review: Value) -> Vec<Change> {
    match (document.value(REVIEW), review) {
        (Some(Value::Map(there)), Value::Map(new)) if !there.is_empty() => {
            let at = || vec![(REVIEW.to_owned(), None)];
            new.into_iter().map(|(key, value)| Change::set(at(), &key, value)).collect()
        }
        (_, review) => vec![Change::set(Vec::new(), REVIEW, review)],
    }
}

fn reviewed(
    target: &Target,
    incident: &Incident,
    by: &str,
    on: Option<&str>,
) -> Result<Review, Fault> {
    let by = accepted(Field::Value, by)?.replace('\n', " ");
    let (now, zone) = (target.workspace.now, target.zone(incident));
    let day: Day = match on {
        Some(on) => day_named(on, Field::Value, now, zone)?,
        None => now.seen_in(zone).day(),
    };
    Ok(Review::Reviewed { by: Some(by), on: Some(day), of: Some(adds_up_to(incident)) })
}

/// Returns a hash of a record's content.
fn adds_up_to(incident: &Incident) -> String {
    let mut digits = sha256_of([reviewed_bytes(incident).as_slice()]);
    digits.truncate(DIGITS);
    digits
}

/// Returns the view of a record's review state; `None` if nobody reviews it.
pub fn review_of(incident: &Incident) -> Option<ReviewView> {
    review_view(incident, changed_since_review(incident))
}

/// Returns whether a record's content has changed since its review.
pub(super) fn changed_since_review(incident: &Incident) -> bool {
    match &incident.review {
        Some(Review::Reviewed { of: Some(of), .. }) => *of != adds_up_to(incident),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
events:
  # by hand
  - at: 2024-09-07T18:00
    text: \"first\"
";

    #[test]
    fn a_review_is_valid_until_the_content_changes() {
        let trial = Trial::new(RECORD);
        let request =
            ReviewRequest::Reviewed { by: "Kim".to_owned(), on: Some("2024-09-09".to_owned()) };
        review(&trial.target, &request).unwrap();
        let incident = trial.document().incident;
        assert!(!changed_since_review(&incident));
        assert!(
            matches!(&incident.review, Some(Review::Reviewed { by: Some(by), on: Some(_), .. }) if by == "Kim")
        );
        let mut other = incident;
        other.events[0].text.push('x');
        assert!(changed_since_review(&other));
        review(&trial.target, &ReviewRequest::Draft).unwrap();
        assert_eq!(trial.document().incident.review, Some(Review::Draft));
        review(&trial.target, &ReviewRequest::Clear).unwrap();
        assert_eq!(trial.text(), RECORD);
        let nothing = review(&trial.target, &ReviewRequest::Clear).unwrap_err();
        assert!(matches!(nothing, Fault::Key(KeyFault::NotThere { key: REVIEW, value: None })));
    }

    #[test]
    fn what_somebody_wrote_beside_a_review_stays() {
        for text in
            ["review: {by: Kim, x-own: 5}\n", "review:\n  by: Kim # who\n  x-own: 5 # why\n"]
        {
            let trial = Trial::new(&format!("title: Checkout\n{text}events: []\n"));
            let by = ReviewRequest::Reviewed { by: "Lee".to_owned(), on: None };
            review(&trial.target, &by).unwrap();
            let said = trial.text();
            assert!(said.contains("by: Lee") && said.contains("x-own: 5"), "{said}");
            assert_eq!(said.matches('#').count(), text.matches('#').count(), "{said}");
            let draft = review(&trial.target, &ReviewRequest::Draft).unwrap_err();
            assert!(
                matches!(&draft, Fault::Key(KeyFault::OwnKeys { own, .. }) if *own == ["x-own"]),
                "{draft:?}"
            );
            assert_eq!(trial.text(), said);
            review(&trial.target, &ReviewRequest::Clear).unwrap();
            let left = trial.text();
            assert!(!left.contains("by:") && left.contains("x-own: 5"), "{left}");
            assert_eq!(trial.document().incident.review, None);
            let nothing = review(&trial.target, &ReviewRequest::Clear).unwrap_err();
            assert!(matches!(nothing, Fault::Key(KeyFault::NotThere { .. })), "{nothing:?}");
            assert_eq!(trial.text(), left);
        }
    }
}
