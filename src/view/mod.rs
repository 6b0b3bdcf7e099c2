//! What is shown, every word and number decided.
//!
//! A [`RecordView`] is the contract between meaning and pages: templates see it, and
//! `asrun show --format json` prints it. It knows no Markdown, no colours, no widths.

mod lists;
mod record;
mod words;

pub use lists::{ListRow, list_row};
pub use record::{
    ActionView, AttachmentView, DurationView, EventView, LessonsView, RecordView, RowEvent,
    RowView, SectionView, StepView, TimeView, record_view,
};
pub use words::{Labels, Words, words_for};
