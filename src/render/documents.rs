//! What verbs print as Markdown, from built-in templates alone.

use serde::Serialize;

use crate::fault::TemplateFault;

use super::built_in::parts;
use super::template::{Renderer, Template};

/// Returns a view in that built-in template.
///
/// # Errors
/// A view so large that the template has no fuel left for it.
pub fn view_markdown(name: &str, view: &impl Serialize) -> Result<String, TemplateFault> {
    Renderer::new(&Template::built_in(name)?, parts())?.view(view)
}
