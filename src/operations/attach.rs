//! Attaches files to a record.

use crate::format::{Document, attachment_item};
use crate::lang::Was;
use crate::model::{Attachment, Audience, Event};
use crate::store::{Asset, AssetSource, Edit};
use crate::yaml::Change;

use super::attachments::{Captions, FoundFile, Holder, added, holder_place, of_holder};
use super::files::{copy_in, drop_all, noted};
use super::workspace::{Outcome, Target};

/// Files to be attached to a record.
#[derive(Debug)]
pub struct AttachRequest {
    /// Where they are attached.
    pub holder: Holder,
    /// The files.
    pub files: Vec<AssetSource>,
    /// Their description, width and caption, and for whom they are.
    pub captions: Captions,
}

/// The result of attaching a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Listing {
    /// It was added.
    New,
    /// It was attached already, and its values were changed from these.
    Changed(Vec<Was>),
    /// It was attached already with the same values.
    Same,
}

/// Files that were attached to an event, or to the record.
#[derive(Debug)]
pub struct Attached {
    /// The event without the new files; `None` if they were attached to the record.
    pub event: Option<Event>,
    /// The copies, in the order of the request.
    pub assets: Vec<(Asset, Listing)>,
}

/// Copies files into a record and attaches them. A file that its event has already is not listed twice.
///
/// # Errors
/// Nothing was changed, and no file was left over.
pub fn attach(target: &Target, request: &AttachRequest) -> Outcome<Attached> {
    request.captions.check()?;
    let (project, id) = (&target.workspace.project, &target.record.id);
    let mut assets: Vec<Asset> = Vec::new();
    let attached = target.update("attach", |document| {
        let place = holder_place(request.holder, document, target)?;
        if assets.is_empty() {
            assets = copy_in(project, id, &request.files)?;
        }
        let (changes, listings) = request.changes(document, place, &assets);
        let event = place.map(|place| document.incident.events[place].clone());
        Ok((Edit::Changes(changes), noted(&assets), (event, listings)))
    });
    let (saved, (event, listings)) = attached.inspect_err(|_| drop_all(project, id, &assets))?;
    Ok((saved, Attached { event, assets: assets.into_iter().zip(listings).collect() }))
}

impl AttachRequest {
    /// Returns the changes that list the copies, and the result for each.
    fn changes(
        &self,
        document: &Document,
        event: Option<usize>,
        assets: &[Asset],
    ) -> (Vec<Change>, Vec<Listing>) {
        let there = of_holder(document, event);
        let (mut changes, mut listings, mut next) = (Vec::new(), Vec::new(), there.len());
        for (place, asset) in assets.iter().enumerate() {
            let known = there.iter().position(|known| known.file == asset.name);
            listings.push(match known {
                Some(index) => {
                    let (more, was) = self.captions.changes(&FoundFile::at(document, event, index));
                    changes.extend(more);
                    if was.is_empty() { Listing::Same } else { Listing::Changed(was) }
                }
                None if assets[..place].iter().any(|other| other.name == asset.name) => {
                    Listing::Same
                }
                None => {
                    let item = attachment_item(&self.attachment(asset));
                    changes.push(added(event, next, item));
                    next += 1;
                    Listing::New
                }
            });
        }
        (changes, listings)
    }

    fn attachment(&self, asset: &Asset) -> Attachment {
        let Captions { alt, width, caption, internal } = self.captions.clone();
        let audience = if internal { Audience::Internal } else { Audience::default() };
        Attachment { file: asset.name.clone(), alt, width, caption, audience }
    }
}

#[cfg(test)]
mod tests {
    use super::super::amend::EventChoice;
    use super::super::log::{LogRequest, log};
    use super::super::trial::Trial;
    use super::*;
    use crate::fault::{EventFault, Fault};

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
events:
  - at: 2024-09-07T18:00+09:00
    text: first
    attachments:
      - file: old.png
";

    fn request() -> AttachRequest {
        let files = ["a.png", "b.png"].map(|name| AssetSource::new(name, vec![7; 10]));
        AttachRequest {
            holder: Holder::Event(EventChoice::Last),
            files: files.into(),
            captions: Captions::default(),
        }
    }

    #[test]
    fn files_go_behind_those_that_are_there() {
        let trial = Trial::new(RECORD);
        let (_, attached) = attach(&trial.target, &request()).unwrap();
        assert_eq!(attached.event.unwrap().attachments.len(), 1, "as it was");
        assert_eq!(attached.assets.len(), 2);
        let event = &trial.document().incident.events[0];
        let files: Vec<&str> = event.attachments.iter().map(|file| file.file.as_str()).collect();
        assert_eq!(files, ["old.png", "a.png", "b.png"]);
    }

    #[test]
    fn a_file_is_listed_once_and_its_description_changes() {
        let trial = Trial::new(RECORD);
        let again = |width: Option<&str>, holder| {
            let captions = Captions { width: width.map(str::to_owned), ..Captions::default() };
            let (_, attached) =
                attach(&trial.target, &AttachRequest { captions, holder, ..request() }).unwrap();
            let (text, listings) = (trial.text(), attached.assets.into_iter().map(|(_, it)| it));
            (text, listings.collect::<Vec<_>>())
        };
        let last = Holder::Event(EventChoice::Last);
        let (first, new) = again(None, last);
        assert_eq!(new, [Listing::New, Listing::New]);
        assert_eq!(again(None, last), (first.clone(), vec![Listing::Same, Listing::Same]));
        let (text, changed) = again(Some("50%"), last);
        assert!(matches!(changed.as_slice(), [Listing::Changed(_), Listing::Changed(_)]));
        let wide = first.replace("a.png", "a.png\n        width: 50%");
        assert_eq!(text, wide.replace("b.png", "b.png\n        width: 50%"));
        let (text, new) = again(None, Holder::Record);
        assert_eq!(new, [Listing::New, Listing::New]);
        assert!(text.contains("\nattachments:\n  - file: a.png\n"), "{text}");
    }

    #[test]
    fn a_file_is_internal_from_the_beginning() {
        let trial = Trial::new(RECORD);
        let captions = Captions { internal: true, ..Captions::default() };
        attach(&trial.target, &AttachRequest { captions, ..request() }).unwrap();
        let event = &trial.document().incident.events[0];
        let audience: Vec<Audience> = event.attachments.iter().map(|file| file.audience).collect();
        assert_eq!(audience, [Audience::Everyone, Audience::Internal, Audience::Internal]);
    }

    #[test]
    fn a_refusal_leaves_no_file_behind() {
        let (typed, plain) = (|text: &str| Some(text.to_owned()), Captions::default);
        for (request, expected) in [
            (
                AttachRequest { holder: Holder::Event(EventChoice::Number(2)), ..request() },
                "Event(NoSuchNumber { number: 2, events: 1 })",
            ),
            (
                AttachRequest { captions: Captions { width: typed("50"), ..plain() }, ..request() },
                "Width { typed: \"50\", fault: Unclear }",
            ),
            (
                AttachRequest {
                    captions: Captions { caption: typed(" "), ..plain() },
                    ..request()
                },
                "Text { field: Caption, fault: Empty }",
            ),
        ] {
            let trial = Trial::new(RECORD);
            let fault = attach(&trial.target, &request).unwrap_err();
            assert_eq!(format!("{fault:?}"), expected);
            assert_eq!(trial.text(), RECORD);
            assert_eq!(trial.files_of_record(), 0);
        }
        // An event that is added after the copy.
        let mut trial = Trial::new(RECORD);
        trial.target.workspace.project.settings.secrets = Some(crate::format::SecretsRule::Refuse);
        let caption = typed("the password is hunter2");
        let request = AttachRequest { captions: Captions { caption, ..plain() }, ..request() };
        let refused = attach(&trial.target, &request);
        assert!(matches!(refused, Err(Fault::Secrets { .. })), "{refused:?}");
        assert_eq!((trial.text().as_str(), trial.files_of_record()), (RECORD, 0));
        // An event that has files from the beginning.
        let (text, files) = ("the password is hunter2".to_owned(), request.files);
        let event = LogRequest { text, files, ..LogRequest::default() };
        let refused = log(&trial.target, &event);
        assert!(matches!(refused, Err(Fault::Secrets { .. })), "{refused:?}");
        assert_eq!((trial.text().as_str(), trial.files_of_record()), (RECORD, 0));
    }

    #[test]
    fn a_record_without_events_is_named() {
        let trial = Trial::new("title: Empty\n");
        let fault = attach(&trial.target, &request()).unwrap_err();
        let expected = EventFault::NoEvents { record: "checkout".to_owned() };
        assert!(matches!(&fault, Fault::Event(fault) if *fault == expected), "{fault:?}");
    }
}
