//! Rules for records: what a reader should look at again. Nothing is fixed here.

mod case;
mod ignored;
mod places;
mod rules;
mod secrets;

pub use case::{Case, Finding, Level, Rule};
pub use places::TextPositions;
pub use rules::RULES;
pub use secrets::{
    SecretValues, beginning_without_secrets, lives_with_secrets, masked, secret_places,
    secret_values, told_without_secrets, without_secrets,
};

use case::Found;

/// Returns all findings, in the order of the file, except for rules that its comments or the project (`ignored`) turn
/// off.
pub fn findings(case: &Case, ignored: &[String]) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    for rule in RULES.iter().filter(|rule| !ignored.iter().any(|id| id == rule.id.name())) {
        let finding = |Found { span, kind }| Finding { rule, span, kind };
        all.extend((rule.find)(case).into_iter().map(finding));
    }
    let lived_with = ignored::Ignored::of(case.document.text());
    all.retain(|finding| !lived_with.holds(finding.rule.id.name(), finding.span.start));
    all.sort_by_key(|finding| finding.span.start);
    all
}
