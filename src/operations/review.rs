//! Sets whether a record is a draft, and who reviewed it.

use crate::fault::{Fault, Field};
use crate::format::{review_value, reviewed_bytes};
use crate::model::{Day, Incident, Review};
use crate::store::{Saved, sha256_of};
use crate::view::{ReviewView, review_view};
use crate::yaml::Change;

use super::texts::accepted;
use super::when::day_named;
use super::workspace::Target;

/// How many digits of a hash distinguish two texts.
const DIGITS: usize = 16;

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
        let incident = &document.incident;
        let review = match request {
            ReviewRequest::Clear => None,
            ReviewRequest::Draft => Some(Review::Draft),
            ReviewRequest::Reviewed { by, on } => {
                Some(reviewed(target, incident, by, on.as_deref())?)
            }
        };
        let change = match &review {
            Some(review) => Change::set(Vec::new(), "review", review_value(review)),
            None => Change::unset(Vec::new(), "review"),
        };
        Ok((vec![change], ()))
    })?;
    Ok(saved)
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
    fn a_review_holds_until_the_record_says_something_else() {
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
        assert!(review(&trial.target, &ReviewRequest::Clear).is_err());
    }
}
