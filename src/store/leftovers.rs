//! Files that killed commands left behind.

use crate::fault::StoreFault;

use super::file;
use super::names::RecordName;
use super::project::{OWN, Project};

impl Project {
    /// Returns files that killed commands left behind: of saves next to the records, of edits in asrun's own folder.
    pub fn left_behind(&self) -> Vec<String> {
        let named = |folder: &str, names: Vec<String>, is_left: fn(&str) -> bool| {
            let left = names.into_iter().filter(|name| is_left(name));
            left.map(|name| format!("{folder}/{name}")).collect::<Vec<_>>()
        };
        let beside = file::names_in(&self.records_folder());
        let is_save = |name: &str| name.starts_with(".asrun-") && name.ends_with(".tmp");
        let saves = named(self.records(), beside, is_save);
        let is_edit = |name: &str| name.contains(".edit") && name.ends_with(".yaml");
        let edits = named(OWN, self.own_names(), is_edit);
        let lines = self.left_drafts().into_iter();
        let lines = lines.filter_map(|path| Some(format!("{OWN}/{}", path.file_name()?.to_str()?)));
        let mut left: Vec<String> = saves.into_iter().chain(lines).chain(edits).collect();
        left.sort();
        left
    }

    /// Returns the ids of the unreadable ones among these records, each with its fault.
    pub fn unreadable(&self, records: &[RecordName]) -> Vec<(String, StoreFault)> {
        let reader = self.reader();
        let fault = |record: &RecordName| Some((record.id.clone(), reader.outline(record).err()?));
        records.iter().filter_map(fault).collect()
    }

    /// Returns the ids of records with kept events, each with their number.
    pub fn waiting(&self) -> Vec<(String, usize)> {
        let mut waiting: Vec<(String, usize)> = Vec::new();
        for id in self.journalled() {
            let path = self.records_folder().join(format!("{id}.yaml"));
            let journal = self.journal(&RecordName { path, id: id.clone() });
            let events = journal.map_or(0, |journal| journal.kept().len());
            if events > 0 {
                waiting.push((id, events));
            }
        }
        waiting.sort();
        waiting
    }
}
