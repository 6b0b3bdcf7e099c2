//! Why a record was not published.

use crate::yaml::Position;

use super::finding::LeakKind;

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPlace {
    /// Its first character in the file, or that of its text if it is not there verbatim.
    pub at: Option<Position>,
    /// Its place in the record: `events 3 detail`.
    pub place: String,
}

/// A text that seems private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLeak {
    /// Everywhere that it is.
    pub places: Vec<FoundPlace>,
    pub kind: LeakKind,
    /// The text, masked in the middle if it is a secret.
    pub excerpt: String,
}

impl FoundLeak {
    /// Returns them with all places of the same text together, in the order of the first ones.
    #[must_use]
    pub fn joined(all: Vec<FoundLeak>) -> Vec<FoundLeak> {
        let mut joined: Vec<FoundLeak> = Vec::new();
        for leak in all {
            let same = |it: &&mut FoundLeak| (it.kind, &it.excerpt) == (leak.kind, &leak.excerpt);
            match joined.iter_mut().find(same) {
                Some(known) => known.places.extend(leak.places),
                None => joined.push(leak),
            }
        }
        joined
    }
}

/// A text that names somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundName {
    /// Everywhere that it is.
    pub places: Vec<FoundPlace>,
    /// The name as it is in the text.
    pub found: String,
    /// The name that a role has to be given to.
    pub name: String,
    /// Whether it is part of an address or a file name, where a role cannot replace it.
    pub stuck: bool,
}

impl FoundName {
    /// Returns them with all places of the same name together, in the order of the first ones.
    #[must_use]
    pub fn joined(all: Vec<FoundName>) -> Vec<FoundName> {
        let mut joined: Vec<FoundName> = Vec::new();
        for name in all {
            let same = |it: &&mut FoundName| (&it.found, it.stuck) == (&name.found, name.stuck);
            match joined.iter_mut().find(same) {
                Some(known) => known.places.extend(name.places),
                None => joined.push(name),
            }
        }
        joined
    }

    /// Returns those that a role would replace as keys of `roles`, each once: `"김민수": "당직 엔지니어"`.
    pub fn roles_for(names: &[FoundName], role: &str) -> Option<String> {
        let mut keys: Vec<String> = Vec::new();
        for FoundName { name, .. } in names.iter().filter(|name| !name.stuck) {
            let key = format!("{name:?}: {role:?}");
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        (!keys.is_empty()).then(|| keys.join(", "))
    }
}

/// Why a record was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishFault {
    /// An unknown key may have been meant to keep something internal.
    UnknownKey { file: String, at: Position, key: String },
    /// A setting that decides what the public sees is in the record, where it has no effect.
    SettingInRecord { file: String, at: Position, key: String },
    /// A text shows an internal file.
    InternalFile { file: String, name: String },
    /// Texts seem private, or name people; whether any name has a role.
    Leaks { file: String, leaks: Vec<FoundLeak>, names: Vec<FoundName>, has_roles: bool },
}
