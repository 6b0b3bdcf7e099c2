//! A record as its readers may see it.

use crate::fault::{FoundLeak, PublishFault};
use crate::format::{Settings, UnknownKey};
use crate::model::Incident;
use crate::publish::{Leak, PublicIncident, Shown, leaks};
use crate::render::Audience;
use crate::store::Loaded;
use crate::yaml::Position;

/// Who reads a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// The team: nothing is left out.
    Team,
    /// Everyone: a record that may hold what is not for them is refused.
    Public,
    /// Everyone, though something may look like a secret.
    PublicAnyway,
}

impl Readers {
    /// Returns the same readers, whatever a record may look like.
    #[must_use]
    pub fn anyway(self) -> Readers {
        if self == Readers::Public { Readers::PublicAnyway } else { self }
    }
}

impl From<Audience> for Readers {
    fn from(audience: Audience) -> Readers {
        match audience {
            Audience::Team => Readers::Team,
            Audience::Public => Readers::Public,
        }
    }
}

/// So many entries of a record are not for its readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Whose.
    pub record: String,
    /// How many.
    pub count: usize,
}

/// A record as its readers may see it.
#[derive(Debug)]
pub struct ReadableRecord {
    /// Its id.
    pub id: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Whole(Box<Incident>),
    Public(Box<PublicIncident>),
}

impl ReadableRecord {
    /// Returns a record as those readers may see it.
    ///
    /// # Errors
    /// Something in it looks as if it should not go out, or may have been meant to stay inside.
    pub fn of(
        loaded: Loaded,
        settings: &Settings,
        readers: Readers,
    ) -> Result<ReadableRecord, PublishFault> {
        let Loaded { id, document } = loaded;
        if readers == Readers::Team {
            let content = Content::Whole(Box::new(document.incident));
            return Ok(ReadableRecord { id, content });
        }
        let role = |name: &str| settings.roles.get(name).cloned();
        let public = PublicIncident::of(&document.incident, role);
        if readers == Readers::Public {
            let file = format!("incidents/{id}.yaml");
            review(file, document.text(), &document.unknown, public.incident())?;
        }
        Ok(ReadableRecord { id, content: Content::Public(Box::new(public)) })
    }

    /// Returns what is shown.
    pub fn shown(&self) -> Shown<'_> {
        match &self.content {
            Content::Whole(incident) => Shown::Whole(incident),
            Content::Public(public) => Shown::Public(public),
        }
    }

    /// Returns how many entries are left out; none where all are shown.
    pub fn left_out(&self) -> Option<LeftOut> {
        let Content::Public(public) = &self.content else { return None };
        let count = public.left_out();
        (count > 0).then(|| LeftOut { record: self.id.clone(), count })
    }

    /// Returns what is left of the record.
    pub fn incident(&self) -> &Incident {
        self.shown().incident()
    }
}

/// Refuses a record whose texts look as if they should not go out, or that may have meant to keep
/// something inside.
fn review(
    file: String,
    text: &str,
    unknown: &[UnknownKey],
    public: &Incident,
) -> Result<(), PublishFault> {
    let hides = |key: &&UnknownKey| {
        let word = key.key.to_lowercase();
        key.nearest == Some("audience") || ["audience", "internal", "private"].contains(&&*word)
    };
    if let Some(key) = unknown.iter().find(hides) {
        let at = Position::of(text, key.at);
        return Err(PublishFault::UnknownKey { file, at, key: key.key.clone() });
    }
    let found = |leak: Leak| FoundLeak {
        at: text.find(&leak.found).map(|at| Position::of(text, at)),
        place: leak.place,
        kind: leak.kind,
        excerpt: leak.excerpt,
    };
    let leaks: Vec<FoundLeak> = leaks(public).into_iter().map(found).collect();
    if leaks.is_empty() { Ok(()) } else { Err(PublishFault::Leaks { file, leaks }) }
}
