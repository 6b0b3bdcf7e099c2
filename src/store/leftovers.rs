//! Files that killed commands left behind.

use super::file;
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
}
