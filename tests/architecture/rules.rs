//! Which rooms a room may import, which doors it may touch, and which file may write.

use std::collections::BTreeSet;

use crate::house::House;
use crate::reading::{Call, Module, Name};

/// A room with the rooms that it may import and the doors that it may touch.
pub(crate) type Room = (&'static str, &'static [&'static str], &'static [Door]);

/// The table of `docs/architecture.md`.
pub(crate) const ROOMS: &[Room] = &[
    ("model", &[], &[]),
    ("yaml", &[], &[Door::Serde]),
    ("markdown", &[], &[]),
    ("fault", &["model", "yaml"], &[]),
    ("lang", &["model", "yaml", "fault"], &[Door::Serde]),
    ("format", &["model", "yaml", "fault"], &[Door::Serde]),
    ("timeline", &["model", "lang"], &[]),
    ("query", &["model", "lang", "timeline"], &[]),
    ("publish", &["model", "markdown", "fault", "lang", "timeline"], &[]),
    (
        "check",
        &["model", "yaml", "markdown", "fault", "lang", "format", "timeline", "publish"],
        &[],
    ),
    ("import", &["model", "yaml", "markdown", "fault", "lang"], &[Door::Serde]),
    ("merge", &["model", "yaml", "fault", "format"], &[]),
    ("store", &["model", "yaml", "fault", "format"], &[Door::Files]),
    ("git", &[], &[Door::Programs]),
    (
        "view",
        &["model", "markdown", "lang", "timeline", "query", "publish", "import"],
        &[Door::Serde],
    ),
    ("render", &["markdown", "fault", "lang", "view"], &[Door::Serde]),
    (
        "operations",
        &[
            "model", "yaml", "markdown", "fault", "lang", "format", "timeline", "query", "publish",
            "check", "import", "merge", "store", "view", "render",
        ],
        &[],
    ),
    (
        "console",
        &[
            "model",
            "yaml",
            "fault",
            "lang",
            "format",
            "query",
            "check",
            "store",
            "git",
            "view",
            "render",
            "operations",
        ],
        &[Door::Files, Door::Environment, Door::Programs, Door::Clock, Door::Output],
    ),
    (
        "live",
        &["model", "fault", "lang", "store", "view", "render", "operations", "console"],
        &[Door::Files, Door::Environment, Door::Output],
    ),
    (
        "completion",
        &["model", "lang", "format", "import", "store", "view", "render", "operations", "console"],
        &[Door::Environment],
    ),
    (
        "cli",
        &[
            "model",
            "yaml",
            "fault",
            "lang",
            "format",
            "timeline",
            "query",
            "check",
            "import",
            "store",
            "git",
            "view",
            "render",
            "operations",
            "console",
            "live",
            "completion",
        ],
        &[Door::Files, Door::Environment, Door::Programs, Door::Output],
    ),
];

/// The two files outside of rooms: the list of rooms, and the binary that calls the top room.
const ENTRIES: &[Room] =
    &[("lib", &[], &[]), ("main", &["cli"], &[Door::Environment, Door::Programs])];

/// Access to something outside the program's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    Files,
    Environment,
    Programs,
    Clock,
    Output,
    Serde,
}

/// What counts as touching a door: paths of other crates that begin with these names.
const DOORS: &[(Door, &[&str])] = &[
    (
        Door::Files,
        &[
            "std::fs",
            "std::os::unix::fs",
            "std::os::fd",
            "rustix::fs",
            "tempfile",
            "cap_std",
            "cap_fs_ext",
        ],
    ),
    (Door::Environment, &["std::env", "iana_time_zone"]),
    (Door::Programs, &["std::process", "std::os::unix::process", "rustix::process"]),
    (Door::Clock, &["rustix::time"]),
    (
        Door::Output,
        &[
            "std::io::stdout",
            "std::io::stderr",
            "std::io::stdin",
            "std::io::Stdout",
            "std::io::Stderr",
            "std::io::Stdin",
            "anstream",
            "indicatif",
            "crossterm",
            "reedline",
        ],
    ),
    (Door::Serde, &["serde", "serde_json", "serde_yaml"]),
];

/// Types whose `now` reads the clock.
const CLOCKS: &[&str] = &["SystemTime", "Instant", "Utc", "Local"];

/// Macros that print.
const PRINTS: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

/// Methods of `Path` without arguments that access the disk.
const ASKS: &[&str] = &[
    "exists",
    "try_exists",
    "is_file",
    "is_dir",
    "is_symlink",
    "canonicalize",
    "metadata",
    "symlink_metadata",
    "read_dir",
    "read_link",
];

/// The only file that writes.
pub(crate) const WRITER: &str = "src/store/disk.rs";

/// Paths of other crates that write to the disk.
const WRITES: &[&str] = &[
    "std::fs::write",
    "std::fs::rename",
    "std::fs::remove_file",
    "std::fs::remove_dir",
    "std::fs::remove_dir_all",
    "std::fs::create_dir",
    "std::fs::create_dir_all",
    "std::fs::DirBuilder",
    "std::fs::copy",
    "std::fs::hard_link",
    "std::fs::soft_link",
    "std::fs::set_permissions",
    "std::fs::File::create",
    "std::fs::File::create_new",
    "std::fs::File::options",
    "std::os::unix::fs::symlink",
    "std::os::unix::fs::chown",
    "rustix::fs::renameat",
    "rustix::fs::renameat_with",
    "rustix::fs::unlinkat",
    "rustix::fs::mkdirat",
    "rustix::fs::linkat",
    "rustix::fs::symlinkat",
    "rustix::fs::ftruncate",
    "rustix::fs::OFlags::CREATE",
    "rustix::fs::OFlags::WRONLY",
    "rustix::fs::OFlags::RDWR",
    "tempfile::NamedTempFile",
    "tempfile::Builder",
    "tempfile::tempfile",
    "tempfile::tempdir",
    "tempfile::TempDir",
    "cap_std",
    "cap_fs_ext",
];

/// Methods that open a file for writing if called with `true`.
const OPENS: &[&str] = &["write", "append", "create", "create_new", "truncate"];

/// Methods that write, whatever their arguments are.
const WRITING: &[&str] = &[
    "set_len",
    "sync_all",
    "sync_data",
    "set_permissions",
    "set_modified",
    "set_times",
    "persist",
    "persist_noclobber",
];

/// Returns all faults, except for circles and writes.
pub(crate) fn faults(house: &House) -> Vec<String> {
    let mut faults = house.faults.clone();
    for module in house.modules.values().filter(|module| !module.file.is_empty()) {
        faults.extend(tricks(module));
        match room_of(&module.file) {
            Some(room) => {
                faults.extend(imports(house, module, room));
                faults.extend(doors(house, module, room));
            }
            None => faults.push(format!("{}: this is no room of the table", module.file)),
        }
    }
    faults
}

/// Returns files that no `mod` declares, which rustc ignores.
pub(crate) fn unreached(house: &House) -> Vec<String> {
    let mut faults = Vec::new();
    for module in house.modules.values().filter(|module| !module.file.is_empty()) {
        let Some((name, above)) = module.path.split_last() else { continue };
        let around = &house.modules[above];
        if module.file != "src/main.rs" && !around.declared.contains(name) {
            faults.push(format!("{}: no `mod` names this file", module.file));
        }
    }
    faults
}

/// Returns the room of a file, by its path.
pub(crate) fn room_of(file: &str) -> Option<&'static Room> {
    let inner = file.strip_prefix("src/")?;
    let (name, rooms) = match inner.split_once('/') {
        Some((folder, _)) => (folder, ROOMS),
        None => (inner.strip_suffix(".rs")?, ENTRIES),
    };
    rooms.iter().find(|(room, ..)| *room == name)
}

fn tricks(module: &Module) -> Vec<String> {
    let told = |(line, what): &(usize, &str)| format!("{}:{line}: {what}", module.file);
    module.tricks.iter().map(told).collect()
}

fn imports(house: &House, module: &Module, (room, may, _): &Room) -> Vec<String> {
    let upwards = imported(house, module)
        .into_iter()
        .filter(|(_, other, _)| other != room && !may.contains(&other.as_str()));
    let told = |(line, other, path)| (line, format!("{room} may not import {other}: {path}"));
    lines_of(module, upwards.map(told).collect())
}

/// Returns the rooms that a module names, each with the line and the path.
fn imported(house: &House, module: &Module) -> Vec<(usize, String, String)> {
    let leaves = module.imports.iter().map(|import| (&import.path, import.line));
    // A single name comes from an import, which is checked itself.
    let names = module.names.iter().filter(|name| name.path.len() > 1);
    let names = names.map(|name| (&name.path, name.line));
    let mut found = Vec::new();
    for (path, line) in leaves.chain(names) {
        let rooms = house.meaning(module, path).rooms.into_iter();
        found.extend(rooms.map(|other| (line, other, path.join("::"))));
    }
    found
}

fn doors(house: &House, module: &Module, (room, _, doors): &Room) -> Vec<String> {
    let shut = opened(house, module).into_iter().filter(|(_, door, _)| !doors.contains(door));
    let told = |(line, door, what)| (line, format!("{room} may not touch {door:?}: {what}"));
    lines_of(module, shut.map(told).collect())
}

/// Returns the doors that a module touches, each with the line and the path.
fn opened(house: &House, module: &Module) -> Vec<(usize, Door, String)> {
    let mut opened = Vec::new();
    for (line, path) in outside(house, module) {
        opened.extend(door_of(&path).map(|door| (line, door, path)));
    }
    for print in &module.macros {
        let name = print.path.last().map_or("", String::as_str);
        let ours = print.path.len() > 1 && print.path[0] != "std";
        if PRINTS.contains(&name) && !ours {
            opened.push((print.line, Door::Output, format!("{name}!")));
        }
    }
    for call in &module.calls {
        let door = match call.method.as_str() {
            method if call.arguments == 0 && ASKS.contains(&method) => Door::Files,
            "elapsed" if call.arguments == 0 => Door::Clock,
            _ => continue,
        };
        opened.push((call.line, door, format!(".{}()", call.method)));
    }
    opened
}

/// Returns imports and doors that the table allows but nothing needs, as `room → what`.
pub(crate) fn unneeded(house: &House) -> Vec<String> {
    let mut needed = BTreeSet::new();
    for module in house.modules.values() {
        let Some((room, ..)) = room_of(&module.file) else { continue };
        let rooms = imported(house, module).into_iter().map(|(_, other, _)| other);
        let doors = opened(house, module).into_iter().map(|(_, door, _)| format!("{door:?}"));
        needed.extend(rooms.chain(doors).map(|what| format!("{room} → {what}")));
    }
    let mut allowed = Vec::new();
    for (room, may, doors) in ROOMS.iter().chain(ENTRIES) {
        let may = may.iter().map(|other| (*other).to_owned());
        let doors = doors.iter().map(|door| format!("{door:?}"));
        allowed.extend(may.chain(doors).map(|what| format!("{room} → {what}")));
    }
    allowed.retain(|one| !needed.contains(one));
    allowed
}

fn door_of(path: &str) -> Option<Door> {
    let begins = |names: &&str| {
        path.strip_prefix(*names).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    if let Some((door, _)) = DOORS.iter().find(|(_, names)| names.iter().any(begins)) {
        return Some(*door);
    }
    // `Path::exists` as a function, and a clock's `now` however it is imported.
    let mut names = path.rsplit("::");
    match (names.next()?, names.next()?) {
        ("now" | "elapsed", of) if CLOCKS.contains(&of) => Some(Door::Clock),
        (method, "Path" | "PathBuf") if ASKS.contains(&method) => Some(Door::Files),
        _ => None,
    }
}

/// Returns writes to the disk outside the one file.
pub(crate) fn all_writes(house: &House) -> Vec<String> {
    house.modules.values().flat_map(|module| writes(house, module)).collect()
}

fn writes(house: &House, module: &Module) -> Vec<String> {
    if module.file == WRITER {
        return Vec::new();
    }
    let paths = outside(house, module).into_iter().filter(|(_, path)| is_write(path));
    let called = module.calls.iter().filter(|call| is_writing(call));
    let calls = called.map(|call| (call.line, format!(".{}", call.method)));
    let told = |(line, what)| (line, format!("only {WRITER} may write: {what}"));
    lines_of(module, paths.chain(calls).map(told).collect())
}

fn is_write(path: &str) -> bool {
    WRITES.iter().any(|write| {
        path.strip_prefix(write).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    })
}

fn is_writing(call: &Call) -> bool {
    let method = call.method.as_str();
    WRITING.contains(&method) || (call.is_true && OPENS.contains(&method))
}

/// Returns every item of other crates that a module names, with the lines.
fn outside(house: &House, module: &Module) -> Vec<(usize, String)> {
    let leaves = module.imports.iter().map(|it| (it.line, &it.path));
    let names = module.names.iter().map(|it| (it.line, &it.path));
    let mut found = Vec::new();
    for (line, path) in leaves.chain(names) {
        let name = Name { path: path.clone(), line };
        let paths = house.outside(module, &name).into_iter();
        found.extend(paths.map(|path| (line, path.join("::"))));
    }
    found
}

fn lines_of(module: &Module, faults: BTreeSet<(usize, String)>) -> Vec<String> {
    faults.into_iter().map(|(line, what)| format!("{}:{line}: {what}", module.file)).collect()
}
