//! How documents tell times and what they call their parts, one file a language. Documents mix languages:
//! all of them are understood at once.

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

/// Returns how documents of every language tell times.
pub fn notations() -> &'static [Notation] {
    &NOTATIONS
}
