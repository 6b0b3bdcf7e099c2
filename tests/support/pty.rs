//! Runs a program at a pseudo-terminal: sends keys, and receives what is sent to the screen.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// The longest time that a test waits: a machine under load is slow, and no test depends on time.
const PATIENCE: Duration = Duration::from_secs(60);

fn size(lines: u16, columns: u16) -> Winsize {
    Winsize { ws_row: lines, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }
}

/// A program at a pseudo-terminal. It is killed when this is dropped.
pub(crate) struct Pty {
    keys: File,
    child: Child,
    screen: Receiver<Vec<u8>>,
    /// Everything that was sent to the screen.
    pub(crate) seen: String,
    /// How much of it was already waited for.
    met: usize,
}

impl Pty {
    /// Starts a program at a terminal of 40 lines with 160 columns.
    pub(crate) fn start(command: Command) -> Pty {
        Pty::sized(command, 40, 160)
    }

    /// Starts a program at a terminal of this size.
    pub(crate) fn sized(mut command: Command, lines: u16, columns: u16) -> Pty {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        let master = openpt(flags).unwrap();
        // Otherwise the program would hold its own terminal open after the test.
        rustix::io::fcntl_setfd(&master, rustix::io::FdFlags::CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
        let slave = File::options().read(true).write(true).open(name).unwrap();
        tcsetwinsize(&slave, size(lines, columns)).unwrap();
        let end = || slave.try_clone().unwrap();
        command
            .stdin(end())
            .stdout(end())
            .stderr(slave)
            .env("TERM", "xterm-256color")
            .env_remove("COLUMNS");
        let child = command.spawn().unwrap();
        // The terminal closes when only the program has it open.
        drop(command);
        let keys = File::from(master);
        let screen = watched(keys.try_clone().unwrap().into());
        Pty { keys, child, screen, seen: String::new(), met: 0 }
    }

    /// Resizes the terminal.
    #[allow(dead_code, reason = "not every test resizes")]
    pub(crate) fn resize(&mut self, lines: u16, columns: u16) {
        tcsetwinsize(&self.keys, size(lines, columns)).unwrap();
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until a text is sent to the screen, after what was waited for before, and returns everything up to it.
    #[track_caller]
    pub(crate) fn until(&mut self, wanted: &str) -> String {
        let from = self.met;
        let begun = Instant::now();
        loop {
            if let Some(at) = self.seen[from..].find(wanted) {
                self.met = from + at + wanted.len();
                return self.seen[from..self.met].to_owned();
            }
            let said = &self.seen[from..];
            match self.screen.recv_timeout(Duration::from_millis(100)) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("it ended without {wanted:?}:\n{said:?}")
                }
            }
            assert!(begun.elapsed() < PATIENCE, "{wanted:?} never came:\n{:?}", &self.seen[from..]);
        }
    }

    /// Waits until the program ends by itself.
    #[track_caller]
    pub(crate) fn end(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Ok(bytes) = self.screen.recv_timeout(Duration::from_millis(20)) {
                self.take(&bytes);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                while let Ok(bytes) = self.screen.recv_timeout(Duration::from_millis(200)) {
                    self.take(&bytes);
                }
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end:\n{:?}", self.seen);
        }
    }

    /// Receives output until nothing comes for a while.
    pub(crate) fn settle(&mut self) {
        while let Ok(bytes) = self.screen.recv_timeout(Duration::from_millis(700)) {
            self.take(&bytes);
        }
    }

    /// Ends the program as when a window is closed.
    pub(crate) fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn take(&mut self, bytes: &[u8]) {
        // Answers the queries about the cursor position and the terminal's features, for which programs wait.
        let said = String::from_utf8_lossy(bytes);
        for (question, answer) in [("\u{1b}[6n", "\u{1b}[1;1R"), ("\u{1b}[c", "\u{1b}[?1;2c")] {
            for _ in said.matches(question) {
                // The program may be gone already.
                let _ = self.keys.write_all(answer.as_bytes());
            }
        }
        self.seen.push_str(&said);
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Receives output in complete characters; ends when the terminal does.
fn watched(master: OwnedFd) -> Receiver<Vec<u8>> {
    let (sender, screen) = channel();
    std::thread::spawn(move || {
        let mut master = File::from(master);
        let (mut bytes, mut part) = ([0; 65536], Vec::new());
        while let Ok(read) = master.read(&mut bytes).map(|read| bytes[..read].to_vec()) {
            part.extend(read);
            let whole = match std::str::from_utf8(&part) {
                Ok(_) => part.len(),
                Err(fault) if fault.error_len().is_none() => fault.valid_up_to(),
                Err(_) => part.len(),
            };
            if sender.send(part.drain(..whole).collect()).is_err() {
                return;
            }
        }
    });
    screen
}

/// Ways to quote the word that is being typed.
const OPEN: [&str; 3] = ["", "\"", "'"];

/// Names that a shell would interpret, each with its beginning and a word near its end.
const NAMES: [(&str, &str, &str); 8] = [
    ("2024-$(touch pwn1);touch pwn2;", "2024", "pwn2"),
    ("2023 two blanks", "2023", "blanks"),
    ("2022-it's \"so\"", "2022", "so"),
    ("2021`touch pwn3`", "2021", "pwn3"),
    ("2020:x=y|touch pwn4", "2020", "pwn4"),
    ("2019*?[a]{b,c}~#&<>\\z", "2019", "z"),
    ("2018-한글 출시", "2018", "출시"),
    ("2017\\ntouch pwn5", "2017", "pwn5"),
];

/// Names that are not offered: with hidden characters, or resembling an option.
pub(crate) const NOT_OFFERED: [&str; 3] = ["2016\ntouch pwn6", "2015\u{1b}[2J", "-rf"];

/// Creates records with such names in a terminal's folder, a record `steps` with such steps, and a file. Returns the
/// names that can be offered.
pub(crate) fn put_names(terminal: &super::Terminal) -> Vec<&'static str> {
    let folder = terminal.folder();
    let record = |title: &str, plan: &str| {
        let title = super::scalar(&format!("TITLE {title}"));
        format!("title: {title}\ndate: 2024-09-07\ntimezone: UTC\nplan: [{plan}]\nevents: []\n")
    };
    let names = NAMES.map(|(name, ..)| name);
    let mut plan = String::new();
    for name in names.iter().chain(&NOT_OFFERED) {
        let path = folder.join(format!("incidents/{name}.yaml"));
        super::write(&path, record(name, "").as_bytes());
        plan += &format!("{{at: 2024-09-07 10:00, id: {}, text: p}},", super::scalar(name));
    }
    super::write(&folder.join("incidents/steps.yaml"), record("steps", &plan).as_bytes());
    super::write(&folder.join("pic $(touch pwn7).png"), b"x");
    names.to_vec()
}

/// Presses Tab and Enter in a shell after names in the shell's own syntax: each remains a name, and the command gets it
/// completely. `asks` makes the shell use asrun's completion, and prompt with `[P]`.
pub(crate) fn names_stay_names(terminal: &super::Terminal, shell: &str, asks: &str) {
    put_names(terminal);
    let mut pty = Pty::start(terminal.shell(shell));
    pty.press(&format!("{asks}\r"));
    // Once in the typed command, once as the prompt.
    pty.until("[P]");
    pty.until("[P]");
    let mut tab = |typed: &str, shown: &str, then: &str, said: &str| {
        pty.press(&format!("{typed}\t"));
        pty.until(shown);
        pty.press(&format!("{then}\r"));
        pty.until(said);
        pty.until("[P]");
    };
    tab("asrun rec", "recover", "-x", "error");
    for (name, typed, last) in NAMES {
        for open in OPEN {
            tab(&format!("asrun show {open}{typed}"), last, "", &format!("TITLE {name}"));
        }
        let logged = format!("carries out {name}");
        tab(&format!("asrun log -r steps --step {typed}"), last, "-- done", &logged);
    }
    tab("asrun attach -r steps pic", "pwn7", "", "attached");
    for name in NOT_OFFERED {
        let typed = &name[..4.min(name.len())];
        tab(&format!("asrun show -- {typed}"), typed, "", "TITLE");
    }
    let entries = std::fs::read_dir(terminal.folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let run: Vec<String> = names.filter(|name| name.starts_with("pwn")).collect();
    assert!(run.is_empty(), "{shell} ran {run:?}:\n{:?}", pty.seen);
}

/// Lines with an incomplete value, each with what Tab adds.
const VALUES: [(&str, &str); 24] = [
    ("asrun render -t chir", "py"),
    ("asrun show 왁", "2024-왁뮤-출시"),
    ("asrun show 3.", "5.77"),
    ("asrun log -r 2025-app --step depl", "oy-the-app"),
    ("asrun plan rebase -r 2025-app --from depl", "oy-the-app"),
    ("asrun plan from 2025-app --at 18:00 --anchor depl", "oy-the-app"),
    ("asrun list --columns sev", "erity"),
    ("asrun new x --service chec", "kout"),
    ("asrun archive 2025", "-app"),
    ("asrun completions power", "shell"),
    ("asrun help exit", "-codes"),
    ("asrun import statu", "spage"),
    ("asrun set timezone Asia/Seo", "ul"),
    ("asrun actions --owner Kimi", "ko"),
    ("asrun plan export --format mar", "kdown"),
    ("asrun amend 1 --type 감", "지"),
    ("asrun get 심", "각도"),
    ("asrun set 상태 해", "결"),
    ("asrun log x --type 감", "지"),
    ("asrun select 왁", "2024-왁뮤-출시"),
    ("asrun merge 2025-app 20", "24-왁뮤-출시"),
    ("asrun check --ignore time-", "jump"),
    ("asrun plan edit deploy-the-app -r 2025-app --clear if", "_failed"),
    ("asrun log x -r 2025-app --by Kimi", "ko"),
];

/// Presses Tab in a shell after incomplete values: each is completed. `asks` makes the shell use asrun's completion,
/// and prompt with `[P]`.
#[allow(dead_code, reason = "not every test asks a shell")]
pub(crate) fn values_complete(terminal: &super::Terminal, shell: &str, asks: &str) {
    let setup = "asrun init --timezone UTC && asrun new x --id 2024-왁뮤-출시 --service checkout \
        && asrun new App --kind release --version 3.5.77 --id 2025-app \
        && asrun plan add 18:00 deploy --id deploy-the-app --owner Kimiko";
    assert_eq!(terminal.outcome(setup, 60).code, Some(0));
    let mut pty = Pty::start(terminal.shell(shell));
    pty.press(&format!("{asks}\r"));
    // Once in the typed command, once as the prompt.
    pty.until("[P]");
    pty.until("[P]");
    for (typed, added) in VALUES {
        pty.press(&format!("{typed}\t"));
        pty.until(added);
        // The line is printed instead of being run.
        pty.press("\u{1}echo GOT \r");
        let (before, word) = typed.rsplit_once(' ').unwrap();
        // An id that was found by a part of it replaces that part.
        let whole = if added.contains(word) { added.to_owned() } else { format!("{word}{added}") };
        pty.until(&format!("GOT {before} {whole}"));
        pty.until("[P]");
    }
}
