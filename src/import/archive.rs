//! Imported archives. They are read in memory and never unpacked: only names that a format defines are considered, and
//! one that could be harmful refuses the whole archive.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::fault::{ArchiveFault, ExportFault, ImportFault};

use super::draft::Input;

/// The most files in an archive.
const ENTRIES: usize = 20_000;
/// The most bytes of one file.
pub(super) const ENTRY_BYTES: u64 = 16 << 20;
/// The most bytes of all files.
pub(super) const ALL_BYTES: u64 = 512 << 20;
/// The highest compression ratio of a file.
const RATIO: u64 = 200;
/// The size in bytes below which the compression ratio does not matter.
const SMALL: u64 = 1 << 20;

/// The files of an archive or of a folder, by name.
pub(super) enum Files<'i> {
    Packed { name: &'i str, zip: Box<ZipArchive<Cursor<&'i [u8]>>>, names: Vec<String> },
    Plain(&'i [Input]),
}

impl<'i> Files<'i> {
    /// Opens the input: one archive, or files.
    ///
    /// # Errors
    /// The archive is invalid or could be harmful.
    pub(super) fn of(inputs: &'i [Input]) -> Result<Files<'i>, ImportFault> {
        match inputs {
            [input] if is_archive(&input.bytes) => {
                let refused =
                    |why| ImportFault::from(ExportFault::Archive { name: input.name.clone(), why });
                let mut zip = ZipArchive::new(Cursor::new(input.bytes.as_slice()))
                    .map_err(|fault| refused(ArchiveFault::Broken(fault.to_string())))?;
                let names = sound_names(&mut zip).map_err(refused)?;
                Ok(Files::Packed { name: &input.name, zip: Box::new(zip), names })
            }
            _ => Ok(Files::Plain(inputs)),
        }
    }

    /// Returns the names of all files, in the order of the archive.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Files::Packed { names, .. } => names.clone(),
            Files::Plain(inputs) => inputs.iter().map(|input| input.name.clone()).collect(),
        }
    }

    /// Returns a file's bytes.
    ///
    /// # Errors
    /// It cannot be unpacked, or differs from what the archive states.
    pub(super) fn read(&mut self, wanted: &str) -> Result<Vec<u8>, ImportFault> {
        match self {
            Files::Plain(inputs) => {
                let found = inputs.iter().find(|input| input.name == wanted);
                Ok(found.map(|input| input.bytes.clone()).unwrap_or_default())
            }
            Files::Packed { name, zip, .. } => {
                let refused =
                    |why| ImportFault::from(ExportFault::Archive { name: (*name).to_owned(), why });
                let broken = |says: String| {
                    refused(ArchiveFault::BrokenFile { file: wanted.to_owned(), says })
                };
                let file = zip.by_name(wanted).map_err(|fault| broken(fault.to_string()))?;
                // The stated size of a file may be false: no more than that is unpacked.
                let size = file.size();
                let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
                file.take(size + 1)
                    .read_to_end(&mut bytes)
                    .map_err(|fault| broken(fault.to_string()))?;
                match bytes.len() as u64 == size {
                    true => Ok(bytes),
                    false => Err(refused(ArchiveFault::Larger(wanted.to_owned()))),
                }
            }
        }
    }
}

/// Returns whether bytes begin like a zip archive, possibly an empty one.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Returns the names of an archive's files, if none of them could be harmful.
fn sound_names(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, ArchiveFault> {
    if zip.len() > ENTRIES {
        return Err(ArchiveFault::TooMany { found: zip.len(), limit: ENTRIES });
    }
    if zip.has_duplicate_names() || zip.has_overlapping_files().unwrap_or(true) {
        return Err(ArchiveFault::Twice);
    }
    let (mut names, mut seen, mut bytes) = (Vec::new(), HashSet::new(), 0_u64);
    for at in 0..zip.len() {
        let broken = |fault: zip::result::ZipError| ArchiveFault::Broken(fault.to_string());
        let file = zip.by_index_raw(at).map_err(broken)?;
        let name = std::str::from_utf8(file.name_raw()).map_err(|_| {
            ArchiveFault::OddName(String::from_utf8_lossy(file.name_raw()).into_owned())
        })?;
        let name = name.to_owned();
        if is_odd(&name) {
            return Err(ArchiveFault::OddName(name.escape_debug().to_string()));
        }
        if file.unix_mode().is_some_and(|mode| mode & 0o170_000 == 0o120_000) {
            return Err(ArchiveFault::Link(name));
        }
        if file.encrypted() {
            return Err(ArchiveFault::Encrypted(name));
        }
        if !seen.insert(name.to_lowercase()) {
            return Err(ArchiveFault::Twice);
        }
        bytes += file.size();
        let packed = file.compressed_size().max(1);
        if file.size() > ENTRY_BYTES || bytes > ALL_BYTES {
            return Err(ArchiveFault::TooLarge { file: name, limit: ENTRY_BYTES, all: ALL_BYTES });
        }
        if file.size() > SMALL && file.size() / packed > RATIO {
            return Err(ArchiveFault::Bomb { file: name, limit: RATIO });
        }
        if !name.ends_with('/') {
            names.push(name);
        }
    }
    Ok(names)
}

/// Returns whether a name could lead out of the archive, or hide what it is.
fn is_odd(name: &str) -> bool {
    let is_drive = name.as_bytes().get(1) == Some(&b':');
    let leads_up = name.split('/').any(|part| part == ".." || part == ".");
    let hides = |c: char| c.is_control() || c == '\\' || is_turning(c);
    name.is_empty() || name.starts_with('/') || is_drive || leads_up || name.contains(hides)
}

/// Returns whether a character changes the direction of the text around it.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    /// Returns an archive of files by their names.
    fn packed(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
        packed_by(CompressionMethod::Deflated, files)
    }

    fn packed_by(method: CompressionMethod, files: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let how = SimpleFileOptions::default().compression_method(method);
        for (name, bytes) in files {
            zip.start_file(*name, how).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Returns an archive of short files of which both headers state that many bytes.
    fn stating(bytes: u32, files: &[&str]) -> Vec<u8> {
        const LENGTH: usize = 1021;
        let files: Vec<(&str, Vec<u8>)> =
            files.iter().map(|name| (*name, vec![b' '; LENGTH])).collect();
        with(packed(&files), &(LENGTH as u32).to_le_bytes(), &bytes.to_le_bytes())
    }

    /// Returns the bytes with a text replaced everywhere by another one of the same length.
    fn with(mut bytes: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
        assert_eq!(old.len(), new.len());
        let places: Vec<usize> = memchr::memmem::find_iter(&bytes, old).collect();
        assert!(!places.is_empty());
        for at in places {
            bytes[at..at + new.len()].copy_from_slice(new);
        }
        bytes
    }

    /// Opens an archive and reads all of it.
    fn opened(bytes: Vec<u8>) -> Result<Vec<String>, ArchiveFault> {
        let inputs = [Input { name: "export.zip".to_owned(), bytes }];
        let why = |fault| match fault {
            ImportFault::Export(ExportFault::Archive { why, .. }) => why,
            other => panic!("{other:?}"),
        };
        let mut files = Files::of(&inputs).map_err(why)?;
        for name in files.names() {
            files.read(&name).map_err(why)?;
        }
        Ok(files.names())
    }

    #[test]
    fn an_archive_that_could_mean_harm_is_refused_whole() {
        let one = |name: &str| packed(&[("users.json", b"[]".to_vec()), (name, b"[]".to_vec())]);
        assert_eq!(opened(one("a/2025-03-08.json")).unwrap(), ["users.json", "a/2025-03-08.json"]);
        for name in [
            "../a.json",
            "/a.json",
            "a/../b.json",
            "c:a.json",
            "a\\b.json",
            "a\u{7}.json",
            "a\u{202e}.json",
        ] {
            let fault = opened(one(name)).unwrap_err();
            assert!(matches!(fault, ArchiveFault::OddName(_)), "{name:?}: {fault:?}");
        }
        let twice = with(one("usErs.json"), b"usErs.json", b"users.json");
        assert_eq!(opened(twice).unwrap_err(), ArchiveFault::Twice);
        assert_eq!(opened(one("USERS.json")).unwrap_err(), ArchiveFault::Twice);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.add_symlink("a.json", "/etc/passwd", SimpleFileOptions::default()).unwrap();
        let link = zip.finish().unwrap().into_inner();
        assert_eq!(opened(link).unwrap_err(), ArchiveFault::Link("a.json".to_owned()));
        // The flag for encrypted files, in both headers of the file.
        let mut locked = one("a.json");
        for (mark, at) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
            let places: Vec<usize> = memchr::memmem::find_iter(&locked, mark).collect();
            places.into_iter().for_each(|place| locked[place + at] |= 1);
        }
        assert!(matches!(opened(locked).unwrap_err(), ArchiveFault::Encrypted(_)));
        let whole = one("a.json");
        assert!(matches!(
            opened(whole[..whole.len() - 9].to_vec()).unwrap_err(),
            ArchiveFault::Broken(_)
        ));
    }

    #[test]
    fn an_archive_that_would_fill_the_memory_is_refused() {
        let zeros = |bytes: usize| packed(&[("a.json", vec![b' '; bytes])]);
        assert!(opened(zeros(1 << 20)).is_ok());
        assert!(matches!(opened(zeros((1 << 20) + 1)).unwrap_err(), ArchiveFault::Bomb { .. }));
        let large = stating((16 << 20) + 1, &["a.json"]);
        assert!(matches!(opened(large).unwrap_err(), ArchiveFault::TooLarge { .. }));
        let large = stating(16 << 20, &["a.json"]);
        assert!(matches!(opened(large).unwrap_err(), ArchiveFault::Bomb { .. }));
        let names: Vec<String> = (0..=ENTRIES).map(|number| format!("{number}.json")).collect();
        let files: Vec<(&str, Vec<u8>)> =
            names.iter().map(|name| (name.as_str(), Vec::new())).collect();
        let many = |files| opened(packed_by(CompressionMethod::Stored, files));
        assert!(matches!(many(&files).unwrap_err(), ArchiveFault::TooMany { .. }));
        // Each of them may be as large as it states, but all of them together may not.
        let names: Vec<&str> = names[..513].iter().map(String::as_str).collect();
        let fault = opened(stating(1 << 20, &names)).unwrap_err();
        assert!(matches!(fault, ArchiveFault::TooLarge { .. }), "{fault:?}");
        let fault = opened(stating(1 << 20, &names[1..])).unwrap_err();
        let is_read = matches!(fault, ArchiveFault::Larger(_) | ArchiveFault::BrokenFile { .. });
        assert!(is_read, "{fault:?}");
        // Both headers state one byte less than the file has.
        let text = b"0123456789abcdef".repeat(64);
        let lie =
            with(packed(&[("a.json", text)]), &1024_u32.to_le_bytes(), &1023_u32.to_le_bytes());
        let fault = opened(lie).unwrap_err();
        assert!(
            matches!(fault, ArchiveFault::Larger(_) | ArchiveFault::BrokenFile { .. }),
            "{fault:?}"
        );
    }
}
