//! Finds elements of an author's Markdown without interpreting it: pictures, tags and fenced code, and the text that
//! readers see. It knows no record and no document.

mod fences;
mod pictures;
mod shown;
mod tags;

pub use fences::Fences;
pub use pictures::{Picture, PictureForm, pictures, tag_attributes};
pub use shown::{ShownPart, shown_parts};
pub use tags::tag_end;
