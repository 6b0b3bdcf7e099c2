//! View → bytes. Nothing is computed, sorted or rounded here; no file is opened.

mod built_in;
mod chart;
mod comparison;
mod csv;
mod documents;
pub mod escape;
mod header;
mod html;
mod json;
mod listing;
mod markdown;
mod plan;
mod rows;
mod sarif;
mod stats;
mod suggestions;
mod template;
mod terminal;

pub use built_in::{BUILT_IN, BuiltIn, built_in, parts};
pub use chart::{Frame, chart_mermaid, chart_svg, chart_text};
pub use comparison::comparison_text;
pub use csv::events_csv;
pub use documents::{comparison_markdown, schedule_markdown};
pub use header::{Audience, Records, Site, TemplateHeader};
pub use html::data_uri;
pub use json::to_json;
pub use listing::{Own, context_text, templates_table};
pub use plan::{progress_line, proposal_lines, proposal_text};
pub use rows::{Answer, Form, Layout, hits_text, rows_text};
pub use sarif::sarif;
pub use stats::{stats_markdown, stats_svg, stats_text};
pub use suggestions::suggestions_text;
pub use template::{Files, Inside, Loader, REGIONS, Renderer, Template, TemplateFault};
pub use terminal::{record_text, schedule_text};
