//! What an author's Markdown shows, without its meaning: the pictures of a text, the tags and the fenced code in it.
//! It knows no record and no document.

mod fences;
mod pictures;
mod tags;

pub use fences::Fences;
pub use pictures::{Picture, PictureForm, pictures, tag_attributes};
pub use tags::tag_end;
