//! Attaches the pictures that a document shows: those beside it, and those embedded in it.

use std::collections::BTreeMap;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::fault::{DoubtCode, PictureFault};
use crate::import::{Doubt, DraftRecord, NamedPicture};
use crate::lang::terminal;
use crate::markdown::{Picture, PictureForm};
use crate::model::{Attachment, Event, Incident};
use crate::store::{ATTACHMENT_LIMIT, AssetSource, Project, read_beside, sha256_of};

/// The most pictures per document.
const MOST: usize = 200;
/// The most bytes of all of them.
const ALL: usize = 256 * 1024 * 1024;
/// How many addresses a doubt mentions.
const TOLD: usize = 3;
const LETTERS: usize = 60;

/// A picture that is to be attached.
#[derive(Debug)]
pub struct PlannedPicture {
    /// The event that shows it; `None` if another part of the record does.
    pub event: Option<usize>,
    /// The line of the document.
    pub line: usize,
    /// Its address in the document; if the picture is embedded, the beginning of it.
    pub address: String,
    /// Its name in the record's folder.
    pub file: String,
    /// Whether it is in the record's folder already.
    pub is_there: bool,
}

/// The pictures of a record that is to be imported.
#[derive(Debug, Default)]
pub struct Pictures {
    /// The pictures, in the order of the document.
    pub planned: Vec<PlannedPicture>,
    /// Files to be copied into the record's folder, under their new names.
    pub(super) files: Vec<AssetSource>,
}

/// Makes the texts of a draft refer to its pictures by their names in the folder of the record with this id. Returns
/// the pictures, with doubts about those that are not attached.
pub(super) fn take_pictures(
    project: &Project,
    record: &mut DraftRecord,
    folder: Option<&Path>,
    id: &str,
) -> (Pictures, Vec<Doubt>) {
    let mut pictures = Pictures::default();
    let mut left: BTreeMap<PictureFault, Vec<(usize, String)>> = BTreeMap::new();
    let mut shown: Vec<(String, String)> = Vec::new();
    let named = std::mem::take(&mut record.pictures);
    for (number, it) in named.iter().enumerate() {
        let holders = Holders::of(&mut record.incident, &it.written);
        // Its event may not have been requested.
        if holders.is_empty() || is_far(&it.picture.address) {
            continue;
        }
        let so_far: usize = pictures.files.iter().map(AssetSource::size).sum();
        let source = match is_full(number, so_far) {
            true => Err(PictureFault::TooMany),
            false => source_of(&it.picture, folder),
        };
        match source {
            Ok(source) => {
                let (file, is_there) = project.asset_name(id, &source, &pictures.files);
                shown.push((it.written.clone(), shown_as(it, &file)));
                holders.attach(&mut record.incident, it, &file);
                pictures.add(it, holders.events.first().copied(), (source, file, is_there));
            }
            Err(fault) => left.entry(fault).or_default().push((it.line, beginning(it))),
        }
    }
    record.pictures = named;
    texts_of(&mut record.incident, |text| *text = replaced(text, &shown));
    let mut doubts: Vec<Doubt> = left.into_iter().map(|(fault, all)| doubt(fault, &all)).collect();
    doubts.sort_by_key(|doubt| doubt.line);
    (pictures, doubts)
}

impl Pictures {
    fn add(
        &mut self,
        it: &NamedPicture,
        event: Option<usize>,
        (source, file, is_there): (AssetSource, String, bool),
    ) {
        if !is_there && !self.files.iter().any(|known| known.name == file) {
            self.files.push(source.named(file.clone()));
        }
        let (line, address) = (it.line, beginning(it));
        self.planned.push(PlannedPicture { event, line, address, file, is_there });
    }
}

/// The parts of a record that show a picture.
struct Holders {
    events: Vec<usize>,
    /// Whether a text other than an event's shows it.
    record: bool,
}

impl Holders {
    fn of(incident: &mut Incident, written: &str) -> Holders {
        let holds = |text: &str| text.contains(written);
        let shows = |(at, event): (usize, &Event)| {
            let is_one = holds(&event.text) || event.detail.as_deref().is_some_and(holds);
            is_one.then_some(at)
        };
        let events = incident.events.iter().enumerate().filter_map(shows).collect();
        let mut record = false;
        texts_of_record(incident, |text| record |= holds(text));
        Holders { events, record }
    }

    fn is_empty(&self) -> bool {
        self.events.is_empty() && !self.record
    }

    fn attach(&self, incident: &mut Incident, it: &NamedPicture, file: &str) {
        let alt = Some(it.picture.alt.trim().to_owned()).filter(|alt| !alt.is_empty());
        let (file, width) = (file.to_owned(), it.picture.width.clone());
        let attachment = Attachment { file, alt, width, ..Attachment::default() };
        let put = |attachments: &mut Vec<Attachment>| {
            if !attachments.iter().any(|known| known.file == attachment.file) {
                attachments.push(attachment.clone());
            }
        };
        for at in &self.events {
            put(&mut incident.events[*at].attachments);
        }
        if self.record {
            put(&mut incident.attachments);
        }
    }
}

/// Whether an address leads outside the document's folder.
fn is_far(address: &str) -> bool {
    let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    let is_data = address.starts_with("data:");
    address.is_empty() || address.starts_with(['/', '#']) || has_scheme && !is_data
}

/// Whether no more pictures are attached, after this many with this many bytes.
fn is_full(pictures: usize, bytes: usize) -> bool {
    pictures >= MOST || bytes > ALL
}

fn source_of(picture: &Picture, folder: Option<&Path>) -> Result<AssetSource, PictureFault> {
    if let Some(data) = picture.address.strip_prefix("data:") {
        return held(data);
    }
    let folder = folder.ok_or(PictureFault::NoFolder)?;
    let path = |address: &str| address.split(['?', '#']).next().unwrap_or_default().to_owned();
    match read_beside(folder, &path(&picture.address)) {
        Err(PictureFault::NotThere) => {
            let spelled = picture.percent_decoded().filter(|it| *it != picture.address);
            spelled.map_or(Err(PictureFault::NotThere), |it| read_beside(folder, &path(&it)))
        }
        other => other,
    }
}

/// Kinds of pictures that a document can embed (RFC 2397), with the extensions of their files.
const KINDS: [(&str, &str); 6] = [
    ("image/png", "png"),
    ("image/jpeg", "jpg"),
    ("image/jpg", "jpg"),
    ("image/gif", "gif"),
    ("image/webp", "webp"),
    ("image/avif", "avif"),
];

/// Returns a picture that is embedded as base64.
fn held(data: &str) -> Result<AssetSource, PictureFault> {
    let (kind, encoded) = data.split_once(";base64,").ok_or(PictureFault::NoPicture)?;
    let known = KINDS.iter().find(|(known, _)| kind.eq_ignore_ascii_case(known));
    let (_, ending) = known.ok_or(PictureFault::NoPicture)?;
    if encoded.len() as u64 / 4 * 3 > ATTACHMENT_LIMIT {
        return Err(PictureFault::TooLarge);
    }
    let bytes = BASE64_STANDARD.decode(encoded.trim()).map_err(|_| PictureFault::NoPicture)?;
    let sum = sha256_of([bytes.as_slice()]);
    let name = format!("picture-{}.{ending}", sum.get(..8).unwrap_or_default());
    let source = AssetSource::new(&name, bytes);
    if source.is_picture() { Ok(source) } else { Err(PictureFault::NoPicture) }
}

/// Returns the Markdown of a picture that is a file of the record.
fn shown_as(it: &NamedPicture, file: &str) -> String {
    let Picture { address, alt, width, written: form, .. } = &it.picture;
    if *form != PictureForm::Reference && it.written.contains(address.as_str()) {
        return it.written.replacen(address.as_str(), file, 1);
    }
    let alt = alt.replace(['[', ']'], "");
    let width = width.as_ref().map_or(String::new(), |width| format!("{{width={width}}}"));
    format!("![{alt}]({file}){width}")
}

/// Returns a text with all pictures replaced at once, since the new text of one may equal the old text of another.
fn replaced(text: &str, shown: &[(String, String)]) -> String {
    let (mut out, mut rest) = (String::new(), text);
    loop {
        let next = shown.iter().filter_map(|(old, new)| Some((rest.find(old.as_str())?, old, new)));
        let Some((at, old, new)) = next.min_by_key(|(at, old, _)| (*at, usize::MAX - old.len()))
        else {
            return out + rest;
        };
        out.push_str(&rest[..at]);
        out.push_str(new);
        rest = &rest[at + old.len()..];
    }
}

/// Applies a function to every text of a record that may show a picture.
fn texts_of(incident: &mut Incident, mut change: impl FnMut(&mut String)) {
    for event in &mut incident.events {
        std::iter::once(&mut event.text).chain(&mut event.detail).for_each(&mut change);
    }
    texts_of_record(incident, change);
}

/// Applies a function to those texts that belong to no event.
fn texts_of_record(incident: &mut Incident, mut change: impl FnMut(&mut String)) {
    incident.note_lists_mut().flatten().for_each(|note| change(&mut note.text));
    incident.sections.iter_mut().for_each(|section| change(&mut section.body));
    incident.actions.iter_mut().for_each(|action| change(&mut action.text));
    [&mut incident.summary, &mut incident.impact].into_iter().flatten().for_each(change);
}

fn beginning(it: &NamedPicture) -> String {
    it.picture.address.chars().take(LETTERS).collect()
}

/// Returns the doubt about pictures that were not attached for one reason.
fn doubt(fault: PictureFault, all: &[(usize, String)]) -> Doubt {
    let line = all.first().map_or(1, |(line, _)| *line);
    let told: Vec<&str> = all.iter().take(TOLD).map(|(_, address)| address.as_str()).collect();
    let more = all.len().saturating_sub(TOLD);
    let more = if more > 0 { format!(", … (+{more})") } else { String::new() };
    let found = format!("{}{more}", told.join(", "));
    Doubt::new(DoubtCode::FileNotInExport, line, 1, &found, terminal().picture_fault(fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_imported_up_to_a_number_and_a_size() {
        assert!(!is_full(MOST - 1, ALL));
        assert!(is_full(MOST, 0));
        assert!(is_full(0, ALL + 1));
    }
}
