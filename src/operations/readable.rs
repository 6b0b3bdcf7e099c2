//! A record as its readers may see it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::TextPositions;
use crate::fault::{Fault, FoundLeak, FoundName, FoundPlace, LeakKind, PublishFault, RenderFault};
use crate::format::{UnknownKey, read};
use crate::model::{Incident, Moment};
use crate::publish::{
    Content as FileContent, Leak, NamedText, NamedWhy, PublicIncident, Shown, Sort, leaks_in,
    plain_text, read_file, shown_text,
};
use crate::render::Audience;
use crate::store::Loaded;
use crate::view::{
    ChartSource, HandoverView, ReviewView, Source, chart_view, handover_view, review_view,
};
use crate::yaml::Position;

use super::losses::LossFinder;
use super::review::changed_since_review;

/// Who reads a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// The team: nothing is left out.
    Team,
    /// Everyone: a record with something that may not be meant for them is refused.
    Public,
    /// Everyone, even if something looks like a secret.
    PublicAnyway,
}

impl Readers {
    /// Returns the same readers, without the check for secrets.
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

/// The number of entries that are left out for these readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The record's id.
    pub record: String,
    /// The number of entries.
    pub count: usize,
}

/// A record as its readers may see it.
#[derive(Debug)]
pub struct ReadableRecord {
    /// Its id.
    pub id: String,
    /// The path of its file, relative to the project's folder.
    file: String,
    content: Arc<Content>,
    /// Whether it has changed since its review.
    changed_since_review: bool,
    /// The text of the file, if what is shown must be checked first.
    source: Option<String>,
}

#[derive(Debug)]
enum Content {
    Whole(Box<Incident>),
    Public(Box<PublicIncident>),
}

impl Content {
    fn shown(&self) -> Shown<'_> {
        match self {
            Content::Whole(incident) => Shown::Whole(incident),
            Content::Public(public) => Shown::Public(public),
        }
    }
}

/// A file that is published along with a page.
#[derive(Debug)]
pub(super) struct CarriedFile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// What people should know before publishing a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicNote {
    /// A name occurs that is also an ordinary word.
    AlsoWord {
        /// The name as it occurs.
        found: String,
        /// The name of whoever it may be.
        name: String,
        /// Its places.
        places: Vec<String>,
        /// The record's id.
        record: String,
    },
    /// A file that is published along with the page cannot be checked.
    UnreadFile {
        /// Its name.
        name: String,
        /// The record's id.
        record: String,
    },
    /// The record is a draft, or was changed after its review.
    NotReviewed {
        /// The state of its review.
        label: String,
        /// The record's id.
        record: String,
    },
}

/// More names and secrets than this are not examined one by one: all of them are treated as shown.
const MANY: usize = 32;

impl ReadableRecord {
    /// Returns a record as those readers may see it. Everything that is shown to the public must still be reviewed.
    ///
    /// # Errors
    /// Something in it may have been meant to stay internal.
    pub fn of(
        loaded: Loaded,
        finder: &LossFinder,
        readers: Readers,
    ) -> Result<ReadableRecord, Fault> {
        let settings = &finder.project.settings;
        if readers == Readers::Public {
            finder.refuse_reverted(&loaded)?;
        }
        let Loaded { id, file, mut document } = loaded;
        let changed_since_review = changed_since_review(&document.incident);
        let post = std::mem::take(&mut document.incident.post);
        document.incident.post = post.over(settings.post.clone());
        if readers == Readers::Team {
            let content = Arc::new(Content::Whole(Box::new(document.incident)));
            return Ok(ReadableRecord { id, file, content, changed_since_review, source: None });
        }
        let roles = settings.roles.iter().map(|(name, role)| (name.as_str(), role.as_str()));
        let public = PublicIncident::of(&document.incident, roles);
        let reviewed = readers == Readers::Public;
        if reviewed {
            know_all_keys(file.clone(), document.text(), &document.unknown)?;
        }
        let source = reviewed.then(|| document.text().to_owned());
        let content = Arc::new(Content::Public(Box::new(public)));
        Ok(ReadableRecord { id, file, content, changed_since_review, source })
    }

    /// Returns the part of the record that is shown.
    pub fn shown(&self) -> Shown<'_> {
        self.content.shown()
    }

    /// Returns the record's chart, which is drawn if a page needs it.
    pub(super) fn chart(&self, tolerance: i64) -> ChartSource {
        let content = Arc::clone(&self.content);
        ChartSource::of(move || chart_view(content.shown(), tolerance, None))
    }

    /// Returns the record's handover, which is created if a page needs it; `at` is the tolerance in seconds and the moment,
    /// for a page that is read now.
    pub(super) fn handover(
        &self,
        at: Option<(i64, Moment)>,
        names: &BTreeMap<String, Vec<String>>,
    ) -> Source<HandoverView> {
        let (content, names) = (Arc::clone(&self.content), names.clone());
        Source::of(move || handover_view(content.shown().incident(), at, &names))
    }

    /// Returns the state of the record's review.
    pub fn review_view(&self) -> Option<ReviewView> {
        review_view(self.incident(), self.changed_since_review)
    }

    /// Returns a note on a public page about a record that is a draft or was changed after its review; `None` if it is
    /// reviewed or has no review state.
    ///
    /// # Errors
    /// There is such a note, and `strict` refuses it.
    pub(super) fn not_reviewed_unless(
        &self,
        strict: bool,
    ) -> Result<Option<PublicNote>, RenderFault> {
        let is_public = matches!(*self.content, Content::Public(_));
        let view = self.review_view().filter(|view| is_public && view.state != "reviewed");
        let Some(view) = view else { return Ok(None) };
        let (label, record) = (view.label, self.id.clone());
        match strict {
            true => Err(RenderFault::NotReviewed { label, record }),
            false => Ok(Some(PublicNote::NotReviewed { label, record })),
        }
    }

    /// Returns how many entries are left out; `None` if all are shown.
    pub fn left_out(&self) -> Option<LeftOut> {
        let Content::Public(public) = &*self.content else { return None };
        let count = public.left_out();
        (count > 0).then(|| LeftOut { record: self.id.clone(), count })
    }

    /// Returns the visible part of the record.
    pub fn incident(&self) -> &Incident {
        self.shown().incident()
    }

    /// Checks what is about to be shown to the public, and nothing else. `draw` renders the page for a record, in order
    /// to find out what is on it.
    ///
    /// # Errors
    /// It contains something that looks as if it should not go out, or names of people.
    pub fn review(
        &self,
        page: &str,
        draw: impl Fn(&ReadableRecord) -> Result<String, Fault>,
    ) -> Result<Vec<PublicNote>, PublishFault> {
        self.review_with(page, &[], draw)
    }

    /// As [`ReadableRecord::review`], for a page with files.
    pub(super) fn review_with(
        &self,
        page: &str,
        files: &[CarriedFile],
        draw: impl Fn(&ReadableRecord) -> Result<String, Fault>,
    ) -> Result<Vec<PublicNote>, PublishFault> {
        let (Content::Public(public), Some(source)) = (&*self.content, &self.source) else {
            return Ok(Vec::new());
        };
        let is_shown = |found: &[&str]| {
            let content = Arc::new(Content::Public(Box::new(public.masking(found))));
            let (id, file) = (self.id.clone(), self.file.clone());
            let changed_since_review = self.changed_since_review;
            let masked = ReadableRecord { id, file, content, changed_since_review, source: None };
            draw(&masked).map_or(true, |drawn| drawn != page)
        };
        let internal = |file: &&CarriedFile| public.internal_files().contains(&file.name);
        if let Some(shown) = files.iter().find(internal) {
            let (file, name) = (self.file.clone(), shown.name.clone());
            return Err(PublishFault::InternalFile { file, name });
        }
        let review = Review { id: &self.id, public, page };
        let mut leaks = public.leaks();
        leaks.retain(|leak| leak.stops);
        let is_told = |name: &&NamedText| {
            let mut there = leaks.iter().filter(|leak| leak.place == name.place);
            there.any(|leak| leak.found.contains(&name.named.found))
        };
        let named = public.named().iter().filter(|named| named.is_sure());
        let mut names: Vec<&NamedText> = named.filter(|name| !is_told(name)).collect();
        let found = leaks.iter().map(|leak| leak.core.as_str());
        let found: Vec<&str> =
            found.chain(names.iter().map(|it| it.named.found.as_str())).collect();
        let shown: BTreeSet<String> =
            told_apart(&found, is_shown).into_iter().map(str::to_owned).collect();
        leaks.retain(|leak| shown.contains(&leak.core));
        names.retain(|it| shown.contains(&it.named.found));
        leaks.extend(review.joined(&leaks));
        let is_found = !leaks.is_empty() || !names.is_empty();
        let document = is_found.then(|| read(source).ok()).flatten();
        let positions = TextPositions::new(document.as_ref());
        let leaks = leaks.into_iter().map(|leak| review.leak(&positions, leak));
        let names = names.into_iter().map(|name| review.name(&positions, name));
        let (mut leaks, mut names): (Vec<FoundLeak>, Vec<FoundName>) =
            (leaks.collect(), names.collect());
        let mut notes = review.words();
        review.look_at_id(&mut leaks, &mut names);
        for file in files {
            notes.extend(review.look_into(file, &mut leaks, &mut names));
        }
        if leaks.is_empty() && names.is_empty() {
            return Ok(notes);
        }
        let (file, has_roles) = (self.file.clone(), public.has_roles());
        let (leaks, names) = (FoundLeak::joined(leaks), FoundName::joined(names));
        Err(PublishFault::Leaks { file, leaks, names, has_roles })
    }
}

/// Returns those of some texts that are shown. `is_shown` says whether any of several texts is.
fn told_apart<'f>(found: &[&'f str], is_shown: impl Fn(&[&str]) -> bool) -> BTreeSet<&'f str> {
    let all: BTreeSet<&str> = found.iter().copied().collect();
    let list: Vec<&str> = all.iter().copied().collect();
    if list.is_empty() || !is_shown(&list) {
        return BTreeSet::new();
    }
    if list.len() == 1 || list.len() > MANY {
        return all;
    }
    let shown: BTreeSet<&str> = list.iter().copied().filter(|one| is_shown(&[one])).collect();
    // Texts that are only shown together cannot be distinguished.
    if shown.is_empty() { all } else { shown }
}

/// The review of one record on one page.
struct Review<'r> {
    id: &'r str,
    public: &'r PublicIncident,
    page: &'r str,
}

impl Review<'_> {
    fn leak(&self, positions: &TextPositions, leak: Leak) -> FoundLeak {
        let Leak { place, kind, excerpt, found, .. } = leak;
        FoundLeak { places: self.places(positions, &place, &found), kind, excerpt }
    }

    fn name(&self, positions: &TextPositions, name: &NamedText) -> FoundName {
        FoundName {
            places: self.places(positions, &name.place, &name.named.found),
            stuck: name.named.why == NamedWhy::Address,
            found: name.named.found.clone(),
            name: name.named.name.clone(),
        }
    }

    /// Returns the place of what was found in a text of the public record.
    fn places(&self, positions: &TextPositions, place: &str, found: &str) -> Vec<FoundPlace> {
        let place = self.public.whole_place(place);
        vec![FoundPlace { at: positions.of(&place, found), place }]
    }

    /// Returns secrets that no single text of the record contains: a name beside its value.
    fn joined(&self, known: &[Leak]) -> Vec<Leak> {
        let events = self.public.incident().events.iter();
        let metrics = events.flat_map(|event| &event.metrics);
        let pairs = metrics.filter(|(name, value)| {
            self.page.contains(name.as_str()) && self.page.contains(value.as_str())
        });
        let mut texts: Vec<String> =
            pairs.map(|(name, value)| format!("{name}: {value}")).collect();
        // In JSON every value has a key beside it.
        if !self.page.starts_with('{') {
            texts.push(shown_text(self.page));
        }
        // The page may have other blanks and escapes than the record.
        let bare = |text: &str| plain_text(text).split_whitespace().collect::<String>();
        let known: Vec<String> = known.iter().map(|leak| bare(&leak.core)).collect();
        let secrets = texts.iter().flat_map(|text| leaks_in(text)).filter(|leak| {
            let found = bare(&leak.found);
            let is_known = |known: &String| found.contains(known) || known.contains(&found);
            leak.kind == LeakKind::Secret && !known.iter().any(is_known)
        });
        let mut found: Vec<Leak> = Vec::new();
        for leak in secrets.map(|leak| Leak { place: "metrics".to_owned(), ..leak }) {
            if !found.iter().any(|known| leak.found.contains(&known.found)) {
                found.push(leak);
            }
        }
        found
    }

    /// Returns names that are also ordinary words, if the page shows them.
    fn words(&self) -> Vec<PublicNote> {
        let mut places: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
        let words = self.public.named().iter().filter(|named| !named.is_sure());
        for NamedText { place, named } in words.filter(|it| self.page.contains(&it.named.found)) {
            let key = (named.found.as_str(), named.name.as_str());
            places.entry(key).or_default().push(self.public.whole_place(place));
        }
        let note = |((found, name), places): ((&str, &str), Vec<String>)| PublicNote::AlsoWord {
            found: found.to_owned(),
            name: name.to_owned(),
            places,
            record: self.id.to_owned(),
        };
        places.into_iter().map(note).collect()
    }

    /// Checks the id, which is part of file and folder names.
    fn look_at_id(&self, leaks: &mut Vec<FoundLeak>, names: &mut Vec<FoundName>) {
        if !self.page.contains(self.id) {
            return;
        }
        leaks.extend(leaks_in(self.id).into_iter().filter(|leak| leak.stops).map(|leak| {
            FoundLeak { places: beside("id"), kind: leak.kind, excerpt: leak.excerpt }
        }));
        let named = self.public.named_in(self.id, Sort::Address).into_iter();
        names.extend(named.map(|named| FoundName {
            places: beside("id"),
            found: named.found,
            name: named.name,
            stuck: true,
        }));
    }

    /// Checks a file that is published along with the page.
    fn look_into(
        &self,
        file: &CarriedFile,
        leaks: &mut Vec<FoundLeak>,
        names: &mut Vec<FoundName>,
    ) -> Option<PublicNote> {
        let (name, record) = (file.name.clone(), self.id.to_owned());
        let (text, whole, note) = match read_file(&file.bytes) {
            FileContent::Text(text) => (text, true, None),
            FileContent::Picture(text) => (text, false, None),
            FileContent::Unread(text) => {
                (text, false, Some(PublicNote::UnreadFile { name, record }))
            }
        };
        for (number, line) in text.lines().enumerate() {
            if whole {
                let named = self.public.named_in(line, Sort::Address).into_iter();
                names.extend(named.map(|named| FoundName {
                    places: beside(&format!("{}:{}", file.name, number + 1)),
                    found: named.found,
                    name: named.name,
                    stuck: true,
                }));
            }
        }
        for leak in leaks_in(&text).into_iter().filter(|leak| leak.stops) {
            if whole || leak.kind == LeakKind::Secret {
                let before = text.find(&leak.found).map_or("", |at| &text[..at]);
                let place = format!("{}:{}", file.name, before.matches('\n').count() + 1);
                let places = beside(&place);
                leaks.push(FoundLeak { places, kind: leak.kind, excerpt: leak.excerpt });
            }
        }
        note
    }
}

/// Returns a place that is not in the record's texts.
fn beside(place: &str) -> Vec<FoundPlace> {
    vec![FoundPlace { at: None, place: place.to_owned() }]
}

/// Refuses a record with a key that may have been meant to keep something internal: an unknown one, or a setting that
/// only asrun.yaml can have.
fn know_all_keys(file: String, text: &str, unknown: &[UnknownKey]) -> Result<(), PublishFault> {
    let hides = |key: &&UnknownKey| {
        let word = key.key.to_lowercase();
        key.nearest == Some("audience") || ["audience", "internal", "private"].contains(&&*word)
    };
    let replaces = |key: &UnknownKey| key.key.to_lowercase() == "roles";
    match unknown.iter().find(|key| hides(key) || replaces(key)) {
        None => Ok(()),
        Some(found) => {
            let (at, key) = (Position::of(text, found.at), found.key.clone());
            Err(match replaces(found) {
                true => PublishFault::SettingInRecord { file, at, key },
                false => PublishFault::UnknownKey { file, at, key },
            })
        }
    }
}
