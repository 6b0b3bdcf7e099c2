//! Renders records to the screen and to files.

#[cfg(test)]
mod again;
mod documents;
mod page;
mod regions;
mod templates;

pub use documents::{Document, RenderRequest, Rendered, render, render_page};
pub use page::{Difference, PageNote, Written};
pub use regions::{RegionsRequest, RenderedRegions, render_regions};
pub use templates::{exported_template, own_templates, template, template_source};
