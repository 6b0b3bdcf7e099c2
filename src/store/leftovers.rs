//! What killed commands left behind.

use super::file;
use super::project::{OWN, Project, RECORDS};

impl Project {
    /// Returns files that killed commands left: of saves beside the records, of edits in asrun's
    /// own folder.
    pub fn left_behind(&self) -> Vec<String> {
        let named = |folder: &str, is_left: fn(&str) -> bool| {
            let names = file::names_in(&self.root.join(folder)).into_iter();
            let left = names.filter(|name| is_left(name));
            left.map(|name| format!("{folder}/{name}")).collect::<Vec<_>>()
        };
        let saves = named(RECORDS, |name| name.starts_with(".asrun-") && name.ends_with(".tmp"));
        let edits = named(OWN, |name| name.contains(".edit") && name.ends_with(".yaml"));
        let lines = self.left_drafts().into_iter();
        let lines = lines.filter_map(|path| Some(format!("{OWN}/{}", path.file_name()?.to_str()?)));
        let mut left: Vec<String> = saves.into_iter().chain(lines).chain(edits).collect();
        left.sort();
        left
    }
}
