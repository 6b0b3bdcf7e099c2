//! Circles of today between files of a room.
//!
//! This list only gets shorter. A circle that is gone, smaller or split must leave it, and one that
//! grows is a fault. An entry that ends in `/` stands for the files of that folder.

pub(crate) const CIRCLES: &[&[&str]] = &[
    // `Contradiction` and what goes with it stand above the lists that may contradict each other.
    &["src/merge/lists.rs", "src/merge/mod.rs"],
    // `Project` asks what lies around it, and everything that lies around it begins at `Project`.
    &[
        "src/store/draft.rs",
        "src/store/journal.rs",
        "src/store/lock.rs",
        "src/store/project.rs",
        "src/store/replace.rs",
        "src/store/selection.rs",
    ],
];
