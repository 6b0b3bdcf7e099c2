//! What an author's Markdown shows, without its meaning: the pictures of a text, the tags in it. It knows no record and no
//! document.

mod pictures;
mod tags;

pub use pictures::{Picture, PictureForm, pictures, tag_attributes};
pub use tags::tag_end;
