//! View → bytes. Nothing is computed, sorted or rounded here; no file is opened.

mod csv;
pub mod escape;
mod html;
mod json;
mod markdown;
mod template;
mod terminal;

pub use csv::events_csv;
pub use json::to_json;
pub use template::{BUILT_IN, Loader, Template, TemplateFault, built_in, render_template};
pub use terminal::{list_table, record_text};
