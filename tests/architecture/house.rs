//! Resolves paths across all modules.

use std::collections::{BTreeMap, BTreeSet};

use crate::reading::{Module, Name, Names, Reading, read};
use crate::rules::ROOMS;

/// The crate's name, as used by its binary.
const CRATE: &str = "asrun";

/// The parsed sources of a crate.
#[derive(Debug, Default)]
pub(crate) struct House {
    pub(crate) modules: BTreeMap<Names, Module>,
    /// Modules that are only compiled for tests.
    pub(crate) tests: BTreeSet<Names>,
    /// Sources that are not valid Rust.
    pub(crate) faults: Vec<String>,
}

/// The target of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// An item of this crate, defined in that module.
    Item(Names, String),
    Module(Names),
    /// An item of another crate or the language, or a variable.
    Outside(Names),
}

/// The target of a path, and the rooms on the way to it.
#[derive(Debug, Default)]
pub(crate) struct Meaning {
    pub(crate) targets: Vec<Target>,
    pub(crate) rooms: BTreeSet<String>,
}

impl House {
    /// Parses these files, given by path and text.
    pub(crate) fn of(sources: &[(String, String)]) -> House {
        let workers = std::thread::available_parallelism().map_or(1, usize::from).min(4);
        let share = sources.len().div_ceil(workers).max(1);
        let readings: Vec<Result<Reading, String>> = std::thread::scope(|scope| {
            let read_all = |part: &'_ [(String, String)]| -> Vec<Result<Reading, String>> {
                part.iter().map(|(file, text)| read(file, text)).collect()
            };
            let parts: Vec<_> =
                sources.chunks(share).map(|part| scope.spawn(move || read_all(part))).collect();
            parts.into_iter().flat_map(|part| part.join().expect("a reader")).collect()
        });
        let mut house = House::default();
        for reading in readings {
            match reading {
                Ok(reading) => house.add(reading),
                Err(fault) => house.faults.push(fault),
            }
        }
        let House { modules, tests, .. } = &mut house;
        modules.retain(|path, _| !tests.iter().any(|test| path.starts_with(test)));
        for path in modules.keys().cloned().collect::<Vec<_>>() {
            let Some((name, above)) = path.split_last() else { continue };
            if let Some(above) = modules.get_mut(above) {
                above.below.push(name.clone());
            }
        }
        house
    }

    fn add(&mut self, reading: Reading) {
        self.tests.extend(reading.tests);
        for module in reading.modules {
            // A file that is not declared yet is still in folders.
            for end in 0..module.path.len() {
                let path = &module.path[..end];
                let folder = || Module { path: path.to_vec(), ..Module::default() };
                self.modules.entry(path.to_vec()).or_insert_with(folder);
            }
            self.modules.insert(module.path.clone(), module);
        }
    }

    /// Returns the meaning of a path in a module.
    pub(crate) fn meaning(&self, module: &Module, path: &[String]) -> Meaning {
        let mut walk = Walk { house: self, within: Vec::new(), rooms: BTreeSet::new() };
        let mut targets = walk.follow(&module.path, path);
        targets.sort();
        targets.dedup();
        Meaning { targets, rooms: walk.rooms }
    }

    /// Returns every item of another crate that a name may refer to.
    pub(crate) fn outside(&self, module: &Module, name: &Name) -> Vec<Names> {
        let outside = |target| match target {
            Target::Outside(path) => Some(path),
            Target::Item(..) | Target::Module(_) => None,
        };
        self.meaning(module, &name.path).targets.into_iter().filter_map(outside).collect()
    }
}

struct Walk<'h> {
    house: &'h House,
    /// Imports and aliases that are being resolved, since they may be cyclic.
    within: Vec<*const Names>,
    rooms: BTreeSet<String>,
}

impl Walk<'_> {
    fn follow(&mut self, at: &[String], path: &[String]) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let mut found = match first.as_str() {
            "crate" | CRATE => vec![Target::Module(Names::new())],
            "self" => vec![Target::Module(at.to_vec())],
            "super" => vec![Target::Module(above(at))],
            name => self.look_up(at, name),
        };
        if found.is_empty() {
            found.push(Target::Outside(vec![first.clone()]));
        }
        for name in rest {
            let has_parts = |target: &Target| match target {
                Target::Item(_, name) => name.starts_with(char::is_uppercase),
                Target::Module(_) | Target::Outside(_) => true,
            };
            if found.iter().any(has_parts) {
                // A module and a function may have the same name; a function has no members.
                found.retain(has_parts);
            }
            found = found.into_iter().flat_map(|target| self.step(target, name)).collect();
        }
        self.note(&found);
        found
    }

    fn note(&mut self, found: &[Target]) {
        for target in found {
            if let Target::Module(path) | Target::Item(path, _) = target {
                self.rooms.extend(path.first().cloned());
            }
        }
    }

    fn step(&mut self, target: Target, name: &str) -> Vec<Target> {
        self.note(std::slice::from_ref(&target));
        match target {
            Target::Outside(mut path) => {
                path.push(name.to_owned());
                vec![Target::Outside(path)]
            }
            Target::Item(..) => vec![target],
            Target::Module(path) => match name {
                "super" => vec![Target::Module(above(&path))],
                "self" => vec![Target::Module(path)],
                _ => {
                    let found = self.look_up(&path, name);
                    if !found.is_empty() {
                        found
                    } else if path.is_empty() {
                        vec![Target::Module(vec![name.to_owned()])]
                    } else {
                        vec![Target::Item(path, name.to_owned())]
                    }
                }
            },
        }
    }

    /// Returns the meanings of a name in a module: a submodule, an item, an import, or a glob import.
    fn look_up(&mut self, at: &[String], name: &str) -> Vec<Target> {
        let house = self.house;
        if at.is_empty() && ROOMS.iter().any(|(room, ..)| *room == name) {
            return vec![Target::Module(vec![name.to_owned()])];
        }
        let Some(module) = house.modules.get(at) else { return Vec::new() };
        let mut found = Vec::new();
        if module.below.iter().any(|below| below == name) {
            let below = at.iter().map(String::as_str).chain([name]);
            found.push(Target::Module(below.map(str::to_owned).collect()));
        }
        if module.items.iter().any(|item| item == name) {
            found.push(Target::Item(at.to_vec(), name.to_owned()));
        }
        for (_, path) in module.aliases.iter().filter(|(alias, _)| alias == name) {
            found.extend(self.follow_once(at, path));
        }
        for import in module.imports.iter().filter(|it| it.name.as_deref() == Some(name)) {
            found.extend(self.follow_once(at, &import.path));
        }
        if found.is_empty() {
            for import in module.imports.iter().filter(|import| import.is_glob) {
                for target in self.follow_once(at, &import.path) {
                    match target {
                        Target::Module(path) => found.extend(self.look_up(&path, name)),
                        Target::Outside(path) => {
                            found.extend(self.step(Target::Outside(path), name))
                        }
                        Target::Item(..) => {}
                    }
                }
            }
        }
        found
    }

    fn follow_once(&mut self, at: &[String], path: &Names) -> Vec<Target> {
        let this = std::ptr::from_ref(path);
        if self.within.contains(&this) {
            return Vec::new();
        }
        self.within.push(this);
        let found = self.follow(at, path);
        self.within.pop();
        found
    }
}

fn above(path: &[String]) -> Names {
    path[..path.len().saturating_sub(1)].to_vec()
}
