//! What verbs print as Markdown, from built-in templates alone.

use serde::Serialize;

use crate::fault::TemplateFault;
use crate::view::{ComparisonView, RecordView};

use super::built_in::parts;
use super::template::{Renderer, Template};

/// Plan against actual of one record.
///
/// # Errors
/// A record so large that the template has no fuel left for it.
pub fn schedule_markdown(view: &RecordView) -> Result<String, TemplateFault> {
    markdown("schedule.md", view)
}

/// Releases beside each other.
///
/// # Errors
/// As [`schedule_markdown`].
pub fn comparison_markdown(view: &ComparisonView) -> Result<String, TemplateFault> {
    markdown("comparison.md", view)
}

fn markdown(name: &str, view: &impl Serialize) -> Result<String, TemplateFault> {
    Renderer::new(&Template::built_in(name)?, parts())?.view(view)
}
