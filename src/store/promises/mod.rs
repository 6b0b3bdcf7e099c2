//! Tests the promises of the README on the store itself: the order of system calls, the state after a failed call, and
//! what others may do meanwhile.

mod faults;
mod forgetting;
mod journal;
mod meanwhile;
mod order;
mod outputs;
mod places;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::format::{Effect, event_item, insert_event};
use crate::model::{Event, Moment};
use crate::yaml::Value;

use super::disk::trial::Step;
use super::{
    AssetSource, Claim, Command, Edit, LockWait, Noted, Origin, Outputs, Project, RecordName,
    Saved, Written, read_attachment, read_source,
};
use crate::fault::StoreFault;
use crate::lang::terminal;

/// Returns a fault as users read it.
fn said(fault: &StoreFault) -> String {
    terminal().store_fault_in_short(fault)
}

const RECORD: &str = "\
# 손으로 쓴 말
title: \"왁뮤 3.0 출시\"   # 제목
timezone: Asia/Seoul
events:
  - at: 2024-09-07T18:00+09:00
    text: first
";

/// A project with one record, in a temporary folder.
pub(super) struct House {
    _home: tempfile::TempDir,
    pub(super) root: PathBuf,
    pub(super) project: Project,
    pub(super) record: RecordName,
}

impl House {
    pub(super) fn new() -> House {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().canonicalize().unwrap();
        fs::create_dir(root.join("incidents")).unwrap();
        let path = root.join("incidents/출시.yaml");
        fs::write(&path, RECORD).unwrap();
        let project = Project::find(&root).unwrap();
        House { _home: home, root, project, record: RecordName { id: "출시".to_owned(), path } }
    }

    fn path(&self) -> &Path {
        &self.record.path
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }

    fn told(&self, steps: &[Step]) -> Vec<String> {
        steps.iter().map(|step| step.told(&self.root)).collect()
    }

    pub(super) fn log(&self, text: &str) -> Result<Saved, StoreFault> {
        let event = event(text);
        let logged = self.project.update(&self.record, &command("log"), &lock_wait(), |document| {
            let (_, change) = insert_event(&document.incident.events, &event);
            Ok((Edit::Changes(vec![change]), Noted::default(), ()))
        });
        logged.map(|(saved, ())| saved)
    }

    /// Writes a document, as rendering does.
    pub(super) fn write_document(&self, path: &Path, text: &str) -> Result<(), StoreFault> {
        let outputs = Outputs::new(Some(&self.project), &self.root, false);
        let origin = Origin { kind: "page.md".to_owned(), ..Origin::default() };
        let file = outputs.plan(path, text.into(), &origin, Claim::Whole)?;
        outputs.write(vec![file], &|_| {})?;
        // A document that could not be listed is still written.
        let _ = outputs.finish(&|_| {});
        Ok(())
    }

    /// Returns temporary files left anywhere.
    fn left_over(&self) -> Vec<String> {
        let names = files(&self.root).into_keys();
        names.filter(|name| name.contains(".asrun-") && name.ends_with(".tmp")).collect()
    }
}

fn event(text: &str) -> Event {
    Event::new(Moment::parse("2024-09-07T18:08+09:00", None).unwrap(), text)
}

pub(super) fn command(verb: &'static str) -> Command {
    Command { verb, now: Moment::parse("2024-09-07T18:30:20+09:00", None).unwrap() }
}

pub(super) fn lock_wait() -> LockWait<'static> {
    LockWait { limit: Duration::from_secs(5), waiting: &|| {} }
}

/// Returns every file below a folder by its path, with its content; folders end with a slash.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !path.is_symlink() {
                found.insert(format!("{name}/"), Vec::new());
                folders.push(path);
            } else {
                found.insert(name, fs::read(&path).unwrap_or_default());
            }
        }
    }
    found
}

/// An operation of the store that can be repeated.
struct Deed {
    name: &'static str,
    /// Whether success means that its data survive a power cut.
    lasts: bool,
    does: fn(&House) -> Result<Answer, StoreFault>,
}

/// The result of an operation that did not fail.
enum Answer {
    Done,
    /// Written, but perhaps not synced.
    Unsynced,
}

fn of(saved: &Saved) -> Answer {
    match &saved.synced {
        Ok(()) => Answer::Done,
        Err(_) => Answer::Unsynced,
    }
}

fn done<T>(outcome: Result<T, StoreFault>) -> Result<Answer, StoreFault> {
    outcome.map(|_| Answer::Done)
}

/// Every operation that writes.
const DEEDS: &[Deed] = &[
    Deed { name: "log", lasts: true, does: |house| house.log("deed").map(|saved| of(&saved)) },
    Deed {
        name: "save another text",
        lasts: true,
        does: |house| {
            let (saved, ()) = house.project.update(
                &house.record,
                &command("edit"),
                &lock_wait(),
                |document| {
                    let text = document.to_text().replace("first", "edited");
                    let edited = crate::format::read(&text).unwrap();
                    Ok::<_, StoreFault>((Edit::Text(Box::new(edited)), Noted::default(), ()))
                },
            )?;
            Ok(of(&saved))
        },
    },
    Deed {
        name: "forget",
        lasts: true,
        does: |house| {
            let gone = |text: &Option<String>| Some(text.as_ref()?.replace("first", "(removed)"));
            let make = |written: &Written| -> Result<Written, StoreFault> {
                let (record, journal) = (gone(&written.record), gone(&written.journal));
                Ok(Written { record, journal })
            };
            done(house.project.rewrite(&house.record, &lock_wait(), make))
        },
    },
    Deed {
        name: "mend",
        lasts: true,
        does: |house| {
            let mended = RECORD.replace("first", "mended");
            done(house.project.mend(&house.record, RECORD, &mended, &lock_wait()))
        },
    },
    Deed {
        name: "keep",
        lasts: true,
        does: |house| {
            let item = event_item(&event("kept"));
            done(house.project.keep(&house.record, &command("log"), item, &lock_wait()))
        },
    },
    Deed {
        name: "settle",
        lasts: false,
        does: |house| {
            let gone = Effect {
                list: "events".to_owned(),
                before: Some(Value::text("gone")),
                after: None,
            };
            let record = &house.record;
            let noted = super::Noted { about: vec!["id".to_owned()], ..Default::default() };
            done(house.project.settle(record, &command("forget"), noted, vec![gone], &lock_wait()))
        },
    },
    Deed {
        name: "new",
        lasts: true,
        does: |house| done(house.project.create_record("새-기록", RECORD)),
    },
    Deed {
        name: "begin",
        lasts: true,
        does: |house| {
            let (project, now) = (&house.project, command("new"));
            let (_, noted) = project.begin_record(
                "새-기록",
                RECORD,
                "왁뮤",
                (&now, Vec::new()),
                &lock_wait(),
            )?;
            Ok(if noted.is_ok() { Answer::Done } else { Answer::Unsynced })
        },
    },
    Deed {
        name: "attach",
        lasts: true,
        does: |house| {
            let source = AssetSource::new("화면 1.png", vec![7; 5000]);
            done(house.project.add_asset(&house.record.id, &source))
        },
    },
    Deed {
        name: "render",
        lasts: false,
        does: |house| {
            let page = house.root.join("public/2024/post.md");
            done(house.write_document(&page, "# 회고\n"))
        },
    },
    Deed {
        name: "init",
        lasts: true,
        does: |house| {
            let root = house.root.join("another");
            done(Project::init(&root, &crate::format::Settings::default(), "", Some("{}"), false))
        },
    },
    Deed { name: "attributes", lasts: false, does: |house| done(house.project.add_attributes()) },
    Deed { name: "choose", lasts: false, does: |house| done(house.project.choose("출시")) },
    Deed {
        name: "copy to edit",
        lasts: true,
        does: |house| done(house.project.editing_copy(&house.record.id, RECORD)),
    },
];
