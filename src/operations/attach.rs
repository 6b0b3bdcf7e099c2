//! Copying files into a record.

use crate::fault::{Fault, Field};
use crate::format::{Document, attachment_item};
use crate::model::{Attachment, Event};
use crate::store::{Asset, AssetSource, Edit};
use crate::yaml::Change;

use super::amend::{EventChoice, event_place};
use super::files::{copy_in, drop_all, noted};
use super::texts::{check_width, optional};
use super::workspace::{Outcome, Target};

/// Files to be copied into a record.
#[derive(Debug)]
pub struct AttachRequest {
    /// The event that they belong to.
    pub event: EventChoice,
    /// The files.
    pub files: Vec<AssetSource>,
    /// What they show.
    pub alt: Option<String>,
    /// How wide they are shown.
    pub width: Option<String>,
    /// The line under them.
    pub caption: Option<String>,
}

/// Files that belong to an event.
#[derive(Debug)]
pub struct Attached {
    /// The event, without the new files.
    pub event: Event,
    /// The copies, in the order of the request.
    pub assets: Vec<Asset>,
}

/// Copies files into a record.
///
/// # Errors
/// Nothing was changed, and no file was left behind.
pub fn attach(target: &Target, request: &AttachRequest) -> Outcome<Attached> {
    request.check()?;
    let (project, id) = (&target.workspace.project, &target.record.id);
    let mut assets: Vec<Asset> = Vec::new();
    let attached = target.update("attach", |document| {
        let place = event_place(request.event, document, target)?;
        if assets.is_empty() {
            assets = copy_in(project, id, &request.files)?;
        }
        let event = document.incident.events[place].clone();
        let changes = request.changes(document, place, &assets);
        Ok((Edit::Changes(changes), noted(&assets), event))
    });
    let (saved, event) = attached.inspect_err(|_| drop_all(project, id, &assets))?;
    Ok((saved, Attached { event, assets }))
}

impl AttachRequest {
    /// Refuses what is wrong with everything but the files, before somebody reads one in vain.
    ///
    /// # Errors
    /// A text or the width does not fit into a record.
    pub fn check(&self) -> Result<(), Fault> {
        check_width(self.width.as_deref())?;
        optional(Field::Alt, self.alt.as_deref())?;
        optional(Field::Caption, self.caption.as_deref()).map(|_| ())
    }

    fn changes(&self, document: &Document, place: usize, assets: &[Asset]) -> Vec<Change> {
        let there = document.incident.events[place].attachments.len();
        let event = || vec![("events".to_owned(), Some(place))];
        let item = |asset: &Asset| attachment_item(&self.attachment(asset));
        let insert = |(at, asset)| Change::insert(event(), "attachments", there + at, item(asset));
        assets.iter().enumerate().map(insert).collect()
    }

    fn attachment(&self, asset: &Asset) -> Attachment {
        Attachment {
            file: asset.name.clone(),
            alt: self.alt.clone(),
            width: self.width.clone(),
            caption: self.caption.clone(),
            ..Attachment::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::fault::EventFault;

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
            event: EventChoice::Last,
            files: files.into(),
            alt: None,
            width: None,
            caption: None,
        }
    }

    #[test]
    fn files_go_behind_those_that_are_there() {
        let trial = Trial::new(RECORD);
        let (_, attached) = attach(&trial.target, &request()).unwrap();
        assert_eq!(attached.event.attachments.len(), 1, "as it was");
        assert_eq!(attached.assets.len(), 2);
        let event = &trial.document().incident.events[0];
        let files: Vec<&str> = event.attachments.iter().map(|file| file.file.as_str()).collect();
        assert_eq!(files, ["old.png", "a.png", "b.png"]);
    }

    #[test]
    fn a_refusal_leaves_no_file_behind() {
        let typed = |text: &str| Some(text.to_owned());
        for (request, expected) in [
            (
                AttachRequest { event: EventChoice::Number(2), ..request() },
                "Event(NoSuchNumber { number: 2, events: 1 })",
            ),
            (
                AttachRequest { width: typed("50"), ..request() },
                "Width { typed: \"50\", fault: Unclear }",
            ),
            (
                AttachRequest { caption: typed(" "), ..request() },
                "Text { field: Caption, fault: Empty }",
            ),
        ] {
            let trial = Trial::new(RECORD);
            let fault = attach(&trial.target, &request).unwrap_err();
            assert_eq!(format!("{fault:?}"), expected);
            assert_eq!(trial.text(), RECORD);
            assert_eq!(trial.files_of_record(), 0);
        }
    }

    #[test]
    fn a_record_without_events_is_named() {
        let trial = Trial::new("title: Empty\n");
        let fault = attach(&trial.target, &request()).unwrap_err();
        let expected = EventFault::NoEvents { record: "checkout".to_owned() };
        assert!(matches!(&fault, Fault::Event(fault) if *fault == expected), "{fault:?}");
    }
}
