//! Screenshots and files beside the record.

use crate::fault::FindingKind;
use crate::model::Attachment;
use crate::yaml::Hop::{self, Item, Key};

use super::super::case::{Case, Found};

/// Every attachment with where it stands.
fn attachments<'c>(case: &'c Case) -> impl Iterator<Item = (Vec<Hop<'static>>, &'c Attachment)> {
    let incident = case.incident;
    let own = incident.attachments.iter().enumerate();
    let own = own.map(|(place, file)| (vec![Key("attachments"), Item(place)], file));
    let events = incident.events.iter().enumerate().flat_map(|(event, of)| {
        of.attachments.iter().enumerate().map(move |(place, file)| {
            (vec![Key("events"), Item(event), Key("attachments"), Item(place)], file)
        })
    });
    own.chain(events)
}

pub(super) fn missing(case: &Case) -> Vec<Found> {
    attachments(case)
        .filter(|(_, file)| !case.files.contains(&file.file))
        .map(|(hops, of)| case.found(&hops, FindingKind::MissingFile { file: of.file.clone() }))
        .collect()
}

pub(super) fn unused(case: &Case) -> Vec<Found> {
    let named = |name: &String| {
        attachments(case).any(|(_, file)| file.file == *name)
            || case.incident.texts().iter().any(|text| text.text.contains(name.as_str()))
    };
    case.files
        .iter()
        .filter(|name| !named(name))
        .map(|name| case.found(&[], FindingKind::UnusedFile { file: name.clone() }))
        .collect()
}

pub(super) fn without_alt(case: &Case) -> Vec<Found> {
    const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];
    let picture = |file: &Attachment| {
        let ending = file.file.rsplit('.').next().unwrap_or("").to_lowercase();
        PICTURES.contains(&ending.as_str())
    };
    let silent = |file: &Attachment| file.alt.as_deref().is_none_or(|alt| alt.trim().is_empty());
    attachments(case)
        .filter(|(_, file)| picture(file) && silent(file))
        .map(|(hops, of)| case.found(&hops, FindingKind::ImageWithoutAlt { file: of.file.clone() }))
        .collect()
}
