//! The floors that commands are compared with: the least that a program could do for the same result. The bench
//! compiles this file with `rustc -O`, without anything of asrun.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::{env, io};

fn main() -> io::Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["hello"] => println!("hello, world"),
        ["read", folder] => println!("{}", read(Path::new(folder))?),
        ["save", record] => save(Path::new(record))?,
        ["find", folders @ ..] => {
            let mut files = Vec::new();
            for folder in folders {
                walk(Path::new(folder), &mut files)?;
            }
            println!("{}", files.len());
        }
        ["copy", sources, outputs, target] => copy([sources, outputs, target].map(Path::new))?,
        _ => return Err(io::Error::other(format!("no floor: {args:?}"))),
    }
    Ok(())
}

/// Collects every file below a folder, with its size.
fn walk(folder: &Path, files: &mut Vec<(PathBuf, u64)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        if about.is_dir() { walk(&entry.path(), files)? } else { files.push((entry.path(), about.len())) }
    }
    Ok(())
}

/// Reads every file in one thread; returns the number of bytes.
fn read(folder: &Path) -> io::Result<usize> {
    let (mut files, mut buffer, mut bytes) = (Vec::new(), Vec::new(), 0);
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    for file in files {
        buffer.clear();
        bytes += File::open(file)?.read_to_end(&mut buffer)?;
    }
    Ok(bytes)
}

/// Reads a record, writes it with one more event to a new file, syncs that, replaces the record by it, and syncs the
/// folder.
fn save(record: &Path) -> io::Result<()> {
    let mut text = fs::read(record)?;
    text.extend(b"  - at: 2024-09-07T18:40:00+09:00\n    text: pool restarted\n");
    let folder = record.parent().unwrap_or(Path::new("."));
    let beside = folder.join(".beside");
    let mut file = File::create(&beside)?;
    file.write_all(&text)?;
    file.sync_all()?;
    fs::rename(&beside, record)?;
    File::open(folder)?.sync_all()
}

/// Reads every source, and writes as many files of the same sizes as there are outputs.
fn copy([sources, outputs, target]: [&Path; 3]) -> io::Result<()> {
    read(sources)?;
    let mut files = Vec::new();
    walk(outputs, &mut files)?;
    let zeros = vec![b'0'; files.iter().map(|(_, size)| *size).max().unwrap_or(0) as usize];
    for (file, size) in files {
        let file = target.join(file.strip_prefix(outputs).unwrap_or(&file));
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, &zeros[..size as usize])?;
    }
    Ok(())
}
