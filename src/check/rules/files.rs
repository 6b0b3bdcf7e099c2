//! Screenshots and files beside the record.

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
        .map(|(hops, file)| {
            let message = format!("the attachment {:?} is not there", file.file);
            let help = "put the file of that name into incidents/assets/ under the record's id, or delete this entry";
            case.found(&hops, message, help)
        })
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
        .map(|name| {
            let message =
                format!("the file {name:?} is in the record's folder, and nothing shows it");
            case.found(&[], message, "name it in `attachments:`, or delete the file")
        })
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
        .map(|(hops, file)| {
            let message = format!("the picture {:?} does not say what it shows", file.file);
            case.found(&hops, message, "add `alt: …`, one sentence")
        })
        .collect()
}
