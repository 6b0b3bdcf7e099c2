//! What makes steps one that are worded differently.

use crate::model::StepsPlace;
use crate::yaml::quoted;

/// Entries for `steps` in asrun.yaml, and where it takes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cure {
    /// Where they belong.
    pub place: StepsPlace,
    /// Each name with its other wordings.
    pub steps: Vec<(String, Vec<String>)>,
}

impl Cure {
    /// Returns the text to be inserted at the place, as it must stand there.
    pub fn text(&self) -> String {
        let entry = |(name, others): &(String, Vec<String>)| {
            let others: Vec<String> = others.iter().map(|other| quoted(other)).collect();
            format!("{}: [{}]", quoted(name), others.join(", "))
        };
        let entries: Vec<String> = self.steps.iter().map(entry).collect();
        match self.place {
            StepsPlace::End | StepsPlace::Instead { .. } => {
                format!("steps: {{{}}}", entries.join(", "))
            }
            StepsPlace::Below { indent, .. } => {
                let lines = entries.iter().map(|entry| format!("{:indent$}{entry}", ""));
                lines.collect::<Vec<_>>().join("\n")
            }
            StepsPlace::Brace { is_of_file: true, .. } => {
                format!("steps: {{{}}},", entries.join(", "))
            }
            StepsPlace::Brace { .. } => format!("{},", entries.join(", ")),
        }
    }
}
