//! The machine's own time zone data, compiled files in a folder such as `/usr/share/zoneinfo`.

use std::path::{Path, PathBuf};

use crate::model::MachineZones;

use super::file;

/// The largest file of a zone, in bytes; real ones are below 4 KiB.
const ZONE_LIMIT: u64 = 64 * 1024;

/// The most bytes of `tzdata.zi` that its first line may take.
const LINE_LIMIT: u64 = 100;

/// Returns the data in that folder, if their release can be determined from the first line of `tzdata.zi`, `# version
/// 2026f`.
pub fn machine_zones(folder: PathBuf) -> Option<MachineZones> {
    let beginning = file::beginning(&folder.join("tzdata.zi"), LINE_LIMIT).ok()?;
    let line = beginning.split(|byte| *byte == b'\n').next()?;
    let version = std::str::from_utf8(line).ok()?.strip_prefix("# version ")?.trim().to_owned();
    Some(MachineZones { folder, version, read: zone_file })
}

/// Returns the content of a zone's file. No name leads out of the folder.
fn zone_file(folder: &Path, name: &str) -> Option<Vec<u8>> {
    let path = is_plain(name).then(|| folder.join(name))?;
    file::read(&path, ZONE_LIMIT).ok().map(|contents| contents.bytes)
}

/// Returns whether a name is formed like the database's names: at most three parts, each beginning with a capital
/// letter. Other files next to zones (`tzdata.zi`, `posix/`, `right/`) are not.
fn is_plain(name: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+');
    let part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_uppercase()) && part.bytes().all(sign)
    };
    name.len() <= 64 && name.split('/').count() <= 3 && name.split('/').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("zoneinfo");
        std::fs::create_dir_all(folder.join("America/Indiana")).unwrap();
        for path in ["secret", "zoneinfo/UTC", "zoneinfo/America/Indiana/Knox", "zoneinfo/zone.tab"]
        {
            std::fs::write(home.path().join(path), "TZif").unwrap();
        }
        std::fs::write(folder.join("Large"), vec![0; ZONE_LIMIT as usize + 1]).unwrap();
        let absolute = folder.join("UTC").display().to_string();
        for (name, there) in [
            ("UTC", true),
            ("America/Indiana/Knox", true),
            ("America/Indiana", false),
            ("America/Nowhere", false),
            ("../secret", false),
            ("America/../UTC", false),
            ("America/./Indiana/Knox", false),
            ("UTC/", false),
            ("/UTC", false),
            (&absolute, false),
            ("zone.tab", false),
            ("U\0TC", false),
            ("", false),
            ("Large", false),
        ] {
            assert_eq!(zone_file(&folder, name).is_some(), there, "{name:?}");
        }
        assert!(Zone::names().all(is_plain), "every zone of the database has such a name");
    }

    #[test]
    fn a_release_is_recognized_by_the_first_line() {
        let home = tempfile::tempdir().unwrap();
        let version = || machine_zones(home.path().to_owned()).map(|zones| zones.version);
        assert_eq!(version(), None, "there is no such file");
        for (text, told) in [
            ("# version 2026f\n# This zic input file is in the public domain.\n", Some("2026f")),
            ("# version 2026g-rearguard\r\nR A 1916", Some("2026g-rearguard")),
            ("# version 2026f", Some("2026f")),
            ("R A 1916", None),
            ("", None),
            ("# version \n", Some("")),
        ] {
            std::fs::write(home.path().join("tzdata.zi"), text).unwrap();
            assert_eq!(version().as_deref(), told, "{text:?}");
        }
    }
}
