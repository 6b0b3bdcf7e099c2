//! Runs two commands alternately, so that their ratio is valid even on a busy machine.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

/// A command and its folder.
pub(super) struct Side {
    pub(super) program: PathBuf,
    pub(super) args: Vec<String>,
    pub(super) folder: PathBuf,
    /// Its standard input.
    pub(super) input: Option<PathBuf>,
    pub(super) env: Vec<(&'static str, String)>,
    /// Restores the initial state before each run, without being measured.
    pub(super) before: Box<dyn Fn()>,
}

impl Side {
    pub(super) fn new(program: &Path, args: &[&str], folder: &Path) -> Side {
        Side {
            program: program.to_owned(),
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            folder: folder.to_owned(),
            input: None,
            env: Vec::new(),
            before: Box::new(|| {}),
        }
    }

    pub(super) fn before(self, before: impl Fn() + 'static) -> Side {
        Side { before: Box::new(before), ..self }
    }

    pub(super) fn reading(self, input: &Path) -> Side {
        Side { input: Some(input.to_owned()), ..self }
    }

    pub(super) fn with(mut self, name: &'static str, value: &str) -> Side {
        self.env.push((name, value.to_owned()));
        self
    }

    /// Runs it once without measuring.
    pub(super) fn once(&self) {
        self.run();
    }

    /// Runs it once.
    fn run(&self) -> Run {
        (self.before)();
        let mut command = Command::new(&self.program);
        command
            .args(&self.args)
            .current_dir(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TZ", "UTC").env("LC_ALL", "C.UTF-8").env("HOME", &self.folder);
        command.env("GIT_AUTHOR_NAME", "a").env("GIT_AUTHOR_EMAIL", "a@a.invalid");
        command.env("GIT_COMMITTER_NAME", "a").env("GIT_COMMITTER_EMAIL", "a@a.invalid");
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command.stdin(match &self.input {
            Some(input) => File::open(input).expect("the input").into(),
            None => Stdio::null(),
        });
        let begun = Instant::now();
        let child = command.spawn().unwrap_or_else(|e| panic!("{:?}: {e}", self.program));
        let used = child.wait4().expect("a child that ended");
        let time = begun.elapsed();
        // Findings of a check and an empty search result are valid answers, and git counts conflicts; nothing else may
        // fail.
        let answers = |arg: &String| arg == "check" || arg == "search";
        let counts = self.program == Path::new("git") || self.args.iter().any(answers);
        let answered = used.status.success() || counts;
        assert!(answered, "{:?} {:?}: {:?}", self.program, self.args, used.status);
        let processor = used.rusage.utime + used.rusage.stime;
        Run { time, processor, memory: used.rusage.maxrss }
    }
}

#[derive(Clone, Copy)]
struct Run {
    time: Duration,
    processor: Duration,
    memory: u64,
}

/// The measurements of one of the two.
#[derive(Clone, Copy)]
pub(super) struct Taken {
    pub(super) least: Duration,
    pub(super) processor: Duration,
    /// The maximum, in bytes.
    pub(super) memory: u64,
}

/// The measurements of a command and its floor, and their ratios.
pub(super) struct Figures {
    pub(super) floor: Taken,
    pub(super) command: Taken,
    /// The ratio of the minima, since other processes can only add time.
    pub(super) ratio: f64,
    /// The median ratio over all turns.
    pub(super) median: f64,
    pub(super) rounds: usize,
}

/// Runs both alternately: at least three times and at most 40, until `seconds` have passed.
pub(super) fn in_turn(floor: &Side, command: &Side, seconds: u64) -> Figures {
    let (mut floors, mut commands) = (Vec::new(), Vec::new());
    floor.once();
    command.once();
    let begun = Instant::now();
    while floors.len() < 3 || (floors.len() < 40 && begun.elapsed().as_secs() < seconds) {
        floors.push(floor.run());
        commands.push(command.run());
    }
    let mut ratios: Vec<f64> = floors
        .iter()
        .zip(&commands)
        .map(|(f, c)| c.time.as_secs_f64() / f.time.as_secs_f64())
        .collect();
    ratios.sort_by(f64::total_cmp);
    let (floor, command) = (taken(&floors), taken(&commands));
    let ratio = command.least.as_secs_f64() / floor.least.as_secs_f64();
    Figures { floor, command, ratio, median: ratios[ratios.len() / 2], rounds: ratios.len() }
}

fn taken(runs: &[Run]) -> Taken {
    Taken {
        least: runs.iter().map(|run| run.time).min().unwrap_or_default(),
        processor: runs.iter().map(|run| run.processor).min().unwrap_or_default(),
        memory: runs.iter().map(|run| run.memory).max().unwrap_or_default(),
    }
}
