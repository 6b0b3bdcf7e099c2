//! Words for times and headings in documents, one file per language. Documents mix languages: all are understood at
//! once.

mod de;
mod en;
mod es;
mod fr;
mod ja;
mod ko;
mod notation;
mod pt;
mod zh;

pub use notation::Notation;

static NOTATIONS: [Notation; 8] = [
    de::NOTATION,
    en::NOTATION,
    es::NOTATION,
    fr::NOTATION,
    ja::NOTATION,
    ko::NOTATION,
    pt::NOTATION,
    zh::NOTATION,
];

/// Returns the notations of all languages.
pub fn notations() -> &'static [Notation] {
    &NOTATIONS
}
