//! What an author's Markdown shows, without its meaning: the pictures of a text. It knows no record and no
//! document.

mod pictures;

pub use pictures::{Picture, PictureForm, pictures, tag_attributes};
