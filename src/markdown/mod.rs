//! Finds elements of an author's Markdown without interpreting it: pictures, tags and fenced code. It knows no record
//! and no document.

mod fences;
mod pictures;
mod tags;

pub use fences::Fences;
pub use pictures::{Picture, PictureForm, pictures, tag_attributes};
pub use tags::tag_end;
