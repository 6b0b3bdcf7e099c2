//! Lets tests watch the calls to the disk, and make them fail.
//!
//! A trial belongs to the thread that began it. While it runs, every call is recorded; one call may fail, or it and all
//! that follow, as for a process killed there; and something may be done just before a call, as by another process.

use std::cell::{Cell, RefCell};
use std::io;
use std::path::{Path, PathBuf};

use super::Call;

/// A call that was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Step {
    pub(in crate::store) call: Call,
    pub(in crate::store) path: PathBuf,
}

impl Step {
    /// Formats it as `Sync incidents/*.tmp`: names of temporary files are random.
    pub(in crate::store) fn told(&self, root: &Path) -> String {
        let path = self.path.strip_prefix(root).unwrap_or(&self.path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let folder = path.parent().unwrap_or(Path::new(""));
        let path = match name.starts_with(".asrun-") && name.ends_with(".tmp") {
            true => folder.join("*.tmp"),
            false => path.to_owned(),
        };
        format!("{:?} {}", self.call, path.display())
    }
}

/// Which calls fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Fails {
    /// None.
    Never,
    /// The call with this index, from 0.
    Once(usize),
    /// That call and all that follow, as if the process had been killed.
    From(usize),
    /// Every call of that kind.
    Every(Call),
}

type Meanwhile = Box<dyn FnMut(&Path)>;

struct Trial {
    steps: Vec<Step>,
    fails: Fails,
    with: rustix::io::Errno,
    before: Option<(Vec<Call>, Meanwhile)>,
}

thread_local! {
    static TRIAL: RefCell<Option<Trial>> = const { RefCell::new(None) };
    static NAME_BY_NAME: Cell<bool> = const { Cell::new(false) };
}

/// Does something on a system that can open no whole path at once: folders are opened name by name.
pub(in crate::store) fn name_by_name<T>(work: impl FnOnce() -> T) -> T {
    NAME_BY_NAME.set(true);
    let result = work();
    NAME_BY_NAME.set(false);
    result
}

/// Whether the system may be asked to open a whole path at once.
#[cfg(target_os = "linux")]
pub(super) fn may_open_at_once() -> bool {
    !NAME_BY_NAME.get()
}

/// Announces a call; one that is to fail is not made.
pub(super) fn announce(call: Call, path: &Path) -> io::Result<()> {
    let Some(meanwhile) = TRIAL.with_borrow_mut(|trial| trial.as_mut().map(|t| t.before.take()))
    else {
        return Ok(());
    };
    let meanwhile = meanwhile.map(|(wanted, mut meanwhile)| {
        if wanted.contains(&call) {
            meanwhile(path);
        }
        (wanted, meanwhile)
    });
    TRIAL.with_borrow_mut(|trial| {
        let Some(trial) = trial else { return Ok(()) };
        trial.before = meanwhile;
        let number = trial.steps.len();
        trial.steps.push(Step { call, path: path.to_owned() });
        let fails = match trial.fails {
            Fails::Never => false,
            Fails::Once(at) => number == at,
            Fails::From(at) => number >= at,
            Fails::Every(sort) => call == sort,
        };
        if fails { Err(trial.with.into()) } else { Ok(()) }
    })
}

fn run<T>(trial: Trial, work: impl FnOnce() -> T) -> (T, Vec<Step>) {
    TRIAL.set(Some(trial));
    let result = work();
    let steps = TRIAL.take().map(|trial| trial.steps).unwrap_or_default();
    (result, steps)
}

/// Records the calls.
pub(in crate::store) fn watch<T>(work: impl FnOnce() -> T) -> (T, Vec<Step>) {
    failing(Fails::Never, rustix::io::Errno::IO, work)
}

/// Makes calls fail with that error.
pub(in crate::store) fn failing<T>(
    fails: Fails,
    with: rustix::io::Errno,
    work: impl FnOnce() -> T,
) -> (T, Vec<Step>) {
    run(Trial { steps: Vec::new(), fails, with, before: None }, work)
}

/// Does something just before each call of those kinds.
pub(in crate::store) fn meanwhile<T>(
    before: &[Call],
    (fails, with): (Fails, rustix::io::Errno),
    does: impl FnMut(&Path) + 'static,
    work: impl FnOnce() -> T,
) -> (T, Vec<Step>) {
    let before = Some((before.to_vec(), Box::new(does) as Meanwhile));
    run(Trial { steps: Vec::new(), fails, with, before }, work)
}
