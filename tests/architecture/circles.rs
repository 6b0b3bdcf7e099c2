//! Circles between files of one room.
//!
//! A file uses another if it names something that is defined there, in whatever way it is imported, or calls a method
//! that only that file adds to a type of another one. A `mod.rs` that re-exports a name does not use it.

use std::collections::{BTreeMap, BTreeSet};

use crate::house::{House, Target};
use crate::reading::{Module, Names};
use crate::rules::room_of;

/// Which file uses which, each with one line as evidence.
pub(crate) type Uses = BTreeMap<String, BTreeMap<String, String>>;

/// Files that use each other, in the order of their paths.
#[derive(Debug)]
pub(crate) struct Circle {
    pub(crate) files: Vec<String>,
    /// The uses that form the circle.
    pub(crate) uses: Vec<String>,
}

/// Returns all circles.
pub(crate) fn circles(house: &House) -> Vec<Circle> {
    circles_of(&uses(house))
}

/// Returns the fault of a circle.
pub(crate) fn told(circle: &Circle) -> String {
    format!("a circle of {}:\n    {}", circle.files.join(", "), circle.uses.join("\n    "))
}

/// Returns circles that are not listed, and listed ones that no longer exist as listed. An entry that ends in `/`
/// stands for the files of a folder.
pub(crate) fn faults(found: &[Circle], listed: &[&[&str]]) -> Vec<String> {
    let is = |circle: &Circle, entries: &[&str]| {
        let covers = |entry: &str, file: &str| {
            file == entry || (entry.ends_with('/') && file.starts_with(entry))
        };
        let is_listed = |file: &String| entries.iter().any(|entry| covers(entry, file));
        let is_there = |entry: &&str| circle.files.iter().any(|file| covers(entry, file));
        circle.files.iter().all(is_listed) && entries.iter().all(is_there)
    };
    let new = found.iter().filter(|circle| !listed.iter().any(|entries| is(circle, entries)));
    let gone = listed.iter().filter(|entries| !found.iter().any(|circle| is(circle, entries)));
    let gone = gone.map(|entries| format!("not a circle as it is listed: {}", entries.join(", ")));
    new.map(told).chain(gone).collect()
}

fn circles_of(uses: &Uses) -> Vec<Circle> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        uses.keys().map(|file| (file.as_str(), reach(uses, file))).collect();
    let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
    for (file, others) in &reached {
        let is_mutual = |other: &&&str| reached.get(**other).is_some_and(|it| it.contains(file));
        let circle: Vec<&str> = others.iter().filter(is_mutual).copied().collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    let circle = |files: Vec<&str>| Circle {
        uses: within(uses, &files),
        files: files.into_iter().map(str::to_owned).collect(),
    };
    circles.into_iter().map(circle).collect()
}

fn reach<'u>(uses: &'u Uses, file: &'u str) -> BTreeSet<&'u str> {
    let (mut reached, mut ahead) = (BTreeSet::new(), vec![file]);
    while let Some(file) = ahead.pop() {
        for other in uses.get(file).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(other.as_str()) {
                ahead.push(other);
            }
        }
    }
    reached
}

fn within(uses: &Uses, files: &[&str]) -> Vec<String> {
    let of = |file: &&str| {
        let others = uses[*file].iter().filter(|(other, _)| files.contains(&other.as_str()));
        others.map(|(_, line)| line.clone()).collect::<Vec<_>>()
    };
    files.iter().flat_map(of).collect()
}

fn uses(house: &House) -> Uses {
    let parts = parts(house);
    let mut uses = Uses::new();
    for module in house.modules.values() {
        let mut add = |file: &str, line: usize, what: &str| {
            let is_near = room_of(file).is_some_and(|room| room_of(&module.file) == Some(room));
            if is_near && file != module.file {
                let told = format!("{}:{line} uses `{what}` of {file}", module.file);
                let others = uses.entry(module.file.clone()).or_default();
                others.entry(file.to_owned()).or_insert(told);
            }
        };
        let leaves = module.imports.iter().filter(|import| !import.is_passed_on);
        let leaves = leaves.map(|import| (&import.path, import.line));
        let names = module.names.iter().map(|name| (&name.path, name.line));
        for (path, line) in leaves.chain(names) {
            for file in files(house, module, path) {
                add(file, line, &path.join("::"));
            }
            let method = path.last().filter(|_| path.len() > 1);
            if let Some(file) = method.and_then(|method| parts.functions.get(method.as_str())) {
                add(file, line, &path.join("::"));
            }
        }
        for call in &module.calls {
            let call_of = (call.method.as_str(), call.arguments);
            if let Some(file) = parts.methods.get(&call_of) {
                add(file, call.line, &format!(".{}()", call.method));
            }
        }
    }
    uses
}

/// Returns the files in which the things that a path may mean are defined.
fn files<'h>(house: &'h House, module: &Module, path: &Names) -> Vec<&'h str> {
    let file = |target: Target| match target {
        Target::Item(of, _) => house.modules.get(&of).map(|module| module.file.as_str()),
        Target::Module(_) | Target::Outside(_) => None,
    };
    house.meaning(module, path).targets.into_iter().filter_map(file).collect()
}

/// Methods that files add to types of other files, if no other item has the same name.
#[derive(Default)]
struct Parts<'h> {
    functions: BTreeMap<&'h str, &'h str>,
    methods: BTreeMap<(&'h str, usize), &'h str>,
}

fn parts(house: &House) -> Parts<'_> {
    let all = || house.modules.values().flat_map(|it| it.methods.iter().map(move |m| (it, m)));
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, method) in all() {
        *known.entry(&method.name).or_default() += 1;
    }
    let mut parts = Parts::default();
    for (module, method) in all().filter(|(_, method)| known[method.name.as_str()] == 1) {
        let Some(of) = &method.of else { continue };
        if files(house, module, of).iter().all(|file| *file == module.file) {
            continue;
        }
        parts.functions.insert(&method.name, &module.file);
        if let Some(arguments) = method.arguments {
            parts.methods.insert((&method.name, arguments), &module.file);
        }
    }
    parts
}
