//! The review state of a record, in the record's language.

use serde::Serialize;

use crate::lang::documents_for;
use crate::model::{Incident, Review};

/// The review state of a record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReviewView {
    /// `draft`, `reviewed`, or `changed` after its review.
    pub state: &'static str,
    /// Who reviewed it.
    pub by: Option<String>,
    /// The day of the review, ISO 8601.
    pub on: Option<String>,
    /// The hash of the record at that time.
    pub of: Option<String>,
    /// The state in the record's language.
    pub label: String,
}

/// Returns the review state of a record; `None` if nobody has reviewed it. `changed` says whether its content has
/// changed since.
pub fn review_view(incident: &Incident, changed: bool) -> Option<ReviewView> {
    let words = documents_for(incident.language.as_deref());
    let labels = &words.labels;
    Some(match incident.review.as_ref()? {
        Review::Draft => ReviewView {
            state: "draft",
            by: None,
            on: None,
            of: None,
            label: labels.draft.to_owned(),
        },
        Review::Reviewed { by, on, of } => {
            let told = [by.clone(), on.map(|day| (words.day)(&day))];
            let told: Vec<String> = told.into_iter().flatten().collect();
            let mut label = labels.reviewed.to_owned();
            if !told.is_empty() {
                label.push_str(&format!(": {}", told.join(", ")));
            }
            if changed {
                label.push_str(&format!(" ({})", labels.changed_since));
            }
            let state = if changed { "changed" } else { "reviewed" };
            let on = on.map(|day| day.to_string());
            ReviewView { state, by: by.clone(), on, of: of.clone(), label }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;

    #[test]
    fn a_review_is_worded_in_the_language_of_the_record() {
        let reviewed = Review::Reviewed {
            by: Some("김민수".to_owned()),
            on: Day::parse("2024-09-09"),
            of: Some("00".to_owned()),
        };
        for (review, changed, language, label) in [
            (None, false, "en", None),
            (Some(Review::Draft), false, "en", Some("Draft")),
            (Some(Review::Draft), false, "ko", Some("초안")),
            (Some(reviewed.clone()), false, "en", Some("Reviewed: 김민수, Mon, 9 September 2024")),
            (Some(reviewed), true, "ko", Some("검토: 김민수, 2024년 9월 9일 (월) (그 뒤 바뀜)")),
            (
                Some(Review::Reviewed { by: None, on: None, of: None }),
                false,
                "ja",
                Some("レビュー済み"),
            ),
        ] {
            let language = Some(language.to_owned());
            let incident = Incident { review, language, ..Incident::default() };
            let said = review_view(&incident, changed).map(|view| view.label);
            assert_eq!(said.as_deref(), label);
        }
    }
}
