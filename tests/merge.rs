//! Real git repositories with random histories: two branches that log, plan, amend and undo are
//! merged by the driver; no event is ever lost or doubled.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;

use support::Terminal;

const HISTORIES: u64 = 12;
const STEPS: u64 = 7;

#[test]
fn random_histories_merge_without_loss() {
    for seed in 1..=HISTORIES {
        History::new(seed).run();
    }
}

#[test]
fn a_contradiction_is_a_readable_conflict() {
    let terminal = repository();
    type_all(
        &terminal,
        &[
            "asrun log base --at 10:00",
            "git add -A && git commit -qm base && git branch other",
            "asrun amend --last ours && git commit -qam ours",
            "git checkout -q other && asrun amend 1 theirs && asrun log more --at 11:00 && git commit -qam theirs",
            "git checkout -q main",
        ],
    );
    let said = terminal.said("git merge other");
    assert!(said.contains("both sides changed an entry of `events`: ours"), "{said}");
    let text =
        fs::read_to_string(terminal.folder().join("incidents/2024-09-07-race.yaml")).unwrap();
    for line in [
        "<<<<<<< ours",
        "    text: ours",
        "=======",
        "    text: theirs",
        ">>>>>>> theirs",
        "    text: more",
    ] {
        assert!(text.lines().any(|l| l == line), "{line:?} in\n{text}");
    }
    assert!(terminal.said("asrun show race").contains("merge-conflict"));
}

/// A repository with one record, its merge driver installed.
fn repository() -> Terminal {
    let terminal = Terminal::new(None);
    type_all(
        &terminal,
        &[
            "git init -q -b main . && git config user.name t && git config user.email t@example.com",
            "asrun init --git --timezone Asia/Seoul --language en",
            "asrun new race --date 2024-09-07 --id 2024-09-07-race",
            "asrun plan add 09:00 'first step' --id first",
            "git add -A && git commit -qm begin",
        ],
    );
    terminal
}

fn type_all(terminal: &Terminal, commands: &[&str]) {
    for command in commands {
        let said = terminal.said(command);
        assert!(!said.contains("[exit"), "{command}:\n{said}");
    }
}

/// A small generator of numbers: the same history for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Two branches of one record, and what each should have added.
struct History {
    terminal: Terminal,
    random: Random,
    seed: u64,
    /// Texts that must be there once, or must be gone.
    expected: BTreeMap<String, bool>,
}

impl History {
    fn new(seed: u64) -> History {
        let terminal = repository();
        let mut history = History {
            terminal,
            random: Random(seed * 0x9e37_79b9 + 1),
            seed,
            expected: BTreeMap::new(),
        };
        for n in 0..3 {
            history.log(&format!("base{n}"));
        }
        type_all(&history.terminal, &["git add -A && git commit -qm base && git branch other"]);
        history
    }

    fn run(mut self) {
        // Each side changes other entries of the base, as people do; additions are free.
        for (branch, own) in [("main", 0), ("other", 1)] {
            type_all(&self.terminal, &[&format!("git checkout -q {branch}")]);
            for step in 0..STEPS {
                self.act(branch, step, own);
            }
            type_all(&self.terminal, &[&format!("git commit -qam {branch}")]);
        }
        let said = self.terminal.said("git checkout -q main && git merge -q other -m merged");
        assert!(
            !said.contains("CONFLICT") && !said.contains("[exit"),
            "seed {}: {said}",
            self.seed
        );
        self.judge();
    }

    fn log(&mut self, text: &str) {
        let minute = self.random.below(60);
        type_all(&self.terminal, &[&format!("asrun log {text} --at 10:{minute:02}")]);
        self.expected.insert(text.to_owned(), true);
    }

    fn act(&mut self, branch: &str, step: u64, own: usize) {
        let name = format!("{branch}{step}");
        match self.random.below(6) {
            0..=2 => self.log(&name),
            3 => {
                let minute = self.random.below(60);
                type_all(&self.terminal, &[&format!("asrun plan add 11:{minute:02} plan-{name}")]);
                self.expected.insert(format!("plan-{name}"), true);
            }
            4 => {
                self.log(&name);
                type_all(&self.terminal, &["asrun undo"]);
                self.expected.insert(name, false);
            }
            _ => {
                let number = self.number_of(&format!("base{own}"));
                type_all(&self.terminal, &[&format!("asrun amend {number} --why {name}")]);
            }
        }
    }

    /// The number that `show` gives the event.
    fn number_of(&self, text: &str) -> usize {
        let mut events = self.record().events;
        events.sort_by_key(|event| event.at.unwrap().earliest());
        events.iter().position(|event| event.text == text).unwrap() + 1
    }

    fn record(&self) -> asrun::model::Incident {
        let path = self.terminal.folder().join("incidents/2024-09-07-race.yaml");
        asrun::format::read(&fs::read_to_string(path).unwrap()).expect("a record").incident
    }

    fn judge(&self) {
        let record = self.record();
        for (text, there) in &self.expected {
            let events = record.events.iter().filter(|event| event.text == *text).count();
            let steps = record.plan.iter().filter(|step| step.text == *text).count();
            assert_eq!(events + steps, usize::from(*there), "seed {}: {text}", self.seed);
        }
        let moments: Vec<i64> =
            record.events.iter().map(|event| event.at.unwrap().unix()).collect();
        assert!(moments.is_sorted(), "seed {}: events out of order", self.seed);
    }
}
