//! What keeps a text of a record from the public, by its place.

use crate::fault::FoundPlace;

/// What keeps a text from the public, or changes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Keeper {
    /// A command makes its event internal.
    Event,
    /// Its entry can be marked as internal in the file.
    Entry,
    /// A command sets this key of the record.
    Key(String),
    /// A command changes its step, which cannot be internal.
    Step,
    /// It is the record's id.
    Id,
    /// It can only be changed where it is.
    Text,
}

/// Keys of a record with one value that is a text.
const TEXT_KEYS: [&str; 7] =
    ["title", "kind", "version", "severity", "author", "summary", "impact"];

impl Keeper {
    /// Returns what keeps the text at a place of a record: `events 3 detail`, `title`, `post heading`.
    pub(super) fn of(place: &str) -> Keeper {
        let words: Vec<&str> = place.split(' ').collect();
        match words.as_slice() {
            ["events", ..] => Keeper::Event,
            ["actions" | "contributing_factors" | "lessons" | "sections" | "attachments", ..] => {
                Keeper::Entry
            }
            ["plan", _] => Keeper::Step,
            ["post", key] => Keeper::Key(format!("post.{key}")),
            ["id"] => Keeper::Id,
            [key] if TEXT_KEYS.contains(key) => Keeper::Key((*key).to_owned()),
            _ => Keeper::Text,
        }
    }

    /// Returns the command that sets a key of the record. A change of the severity would be logged with the old value.
    pub(super) fn setting(key: &str) -> String {
        let option = if key == "severity" { " --no-event" } else { "" };
        format!("asrun set {key} VALUE{option}")
    }

    /// Returns what keeps the texts at these places, each once, in order; and the numbers of the events among them.
    pub(super) fn of_all<'p>(
        places: impl Iterator<Item = &'p FoundPlace>,
    ) -> (Vec<Keeper>, Vec<&'p str>) {
        let (mut keepers, mut events) = (Vec::new(), Vec::new());
        for FoundPlace { place, .. } in places {
            let keeper = Keeper::of(place);
            let number = place.split(' ').nth(1).filter(|_| keeper == Keeper::Event);
            events.extend(number.filter(|number| !events.contains(number)));
            if !keepers.contains(&keeper) {
                keepers.push(keeper);
            }
        }
        (keepers, events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_what_keeps_it_inside() {
        for (place, keeper) in [
            ("events 3 attachments alt", Keeper::Event),
            ("actions 2 owner", Keeper::Entry),
            ("lessons well 1", Keeper::Entry),
            ("title", Keeper::Key("title".to_owned())),
            ("post heading", Keeper::Key("post.heading".to_owned())),
            ("plan 2", Keeper::Step),
            ("plan 2 why", Keeper::Text),
            ("services 2", Keeper::Text),
            ("metrics", Keeper::Text),
            ("notes.txt:3", Keeper::Text),
            ("id", Keeper::Id),
        ] {
            assert_eq!(Keeper::of(place), keeper, "{place}");
        }
    }
}
