//! A terminal of its own for the output of a program, so that the output can be kept while the program finds a terminal.
//! The program's keys come from this process's terminal, which therefore follows the modes of the other one: many
//! programs set the modes of the terminal that they write to, to get each key without Enter and without an echo. A few,
//! such as `less`, also open that terminal to read keys: these are then passed on to it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Write as _};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::termios::{
    InputModes, LocalModes, OptionalActions, OutputModes, SpecialCodeIndex, Termios, Winsize,
    tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr, tcsetwinsize,
};

/// A terminal for the output of a program.
pub(super) struct OwnTerminal {
    ours: File,
    theirs: OwnedFd,
    size: Option<Winsize>,
    /// The modes that it had at first, and those that this process's terminal was given last.
    modes: Option<(Modes, Modes)>,
    /// The modes of this process's terminal, before they were changed.
    before: Option<Termios>,
    /// Whether this process was stopped and continues.
    continues: Arc<AtomicBool>,
    /// Whether the program reads its keys from it.
    takes_keys: bool,
}

/// What programs change of a terminal: how keys are read, and how output is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Modes(InputModes, OutputModes, LocalModes, [u8; 2]);

impl Modes {
    fn of(termios: &Termios) -> Modes {
        let codes = [SpecialCodeIndex::VMIN, SpecialCodeIndex::VTIME];
        let codes = codes.map(|code| termios.special_codes[code]);
        Modes(termios.input_modes, termios.output_modes, termios.local_modes, codes)
    }
}

impl OwnTerminal {
    /// Opens a terminal with the size and the modes of this process's terminal.
    ///
    /// # Errors
    /// The system has none.
    #[cfg(target_os = "linux")]
    pub(super) fn open() -> io::Result<OwnTerminal> {
        use rustix::pty::{OpenptFlags, ioctl_tiocgptpeer, openpt, unlockpt};
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let ours = openpt(flags)?;
        unlockpt(&ours)?;
        let theirs = ioctl_tiocgptpeer(&ours, flags)?;
        let continues = Arc::default();
        // Without it, the modes are only followed less well after a stop.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGCONT, Arc::clone(&continues));
        let (size, modes, before) = (None, None, None);
        let mut terminal = OwnTerminal {
            ours: ours.into(),
            theirs,
            size,
            modes,
            before,
            continues,
            takes_keys: false,
        };
        terminal.follow_size();
        terminal.modes = terminal.take_modes();
        Ok(terminal)
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn open() -> io::Result<OwnTerminal> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Returns the end that shows the program's output.
    pub(super) fn ours(&self) -> io::Result<File> {
        self.ours.try_clone()
    }

    /// Returns the program's end.
    pub(super) fn theirs(&self) -> io::Result<OwnedFd> {
        self.theirs.try_clone()
    }

    /// Adjusts its size to that of this process's terminal.
    pub(super) fn follow_size(&mut self) {
        let outer = [io::stdout().is_terminal(), io::stderr().is_terminal()];
        let size = match outer {
            [true, _] => tcgetwinsize(io::stdout()),
            _ => tcgetwinsize(io::stderr()),
        };
        if let Ok(size) = size {
            let known = self
                .size
                .is_some_and(|known| (known.ws_row, known.ws_col) == (size.ws_row, size.ws_col));
            if !known {
                // A size that cannot be set is merely not seen by the program.
                let _ = tcsetwinsize(&self.ours, size);
                self.size = Some(size);
            }
        }
    }

    /// Takes the modes of this process's terminal. `None` if the keys come from elsewhere.
    #[cfg(target_os = "linux")]
    fn take_modes(&self) -> Option<(Modes, Modes)> {
        let outer = io::stdin().is_terminal().then(|| tcgetattr(io::stdin()).ok())??;
        tcsetattr(&self.theirs, OptionalActions::Now, &outer).ok()?;
        let first = Modes::of(&tcgetattr(&self.ours).ok()?);
        Some((first, first))
    }

    /// Gives this process's terminal the modes that the program has set since the last time. After a stop, it has the
    /// shell's modes, so it is given those of a program that uses others than at first.
    pub(super) fn follow_modes(&mut self) {
        let Some((first, known)) = self.modes.filter(|_| is_in_front()) else { return };
        let known = if self.continues.swap(false, Ordering::Relaxed) { first } else { known };
        let Ok(inner) = tcgetattr(&self.ours) else { return };
        let modes = Modes::of(&inner);
        self.modes = Some((first, modes));
        let Some(outer) = tcgetattr(io::stdin()).ok().filter(|_| modes != known) else { return };
        let mut wanted = outer.clone();
        self.before.get_or_insert(outer);
        wanted.input_modes = inner.input_modes;
        wanted.output_modes = inner.output_modes;
        wanted.local_modes = inner.local_modes;
        wanted.special_codes = inner.special_codes;
        // If it cannot be set, keys need Enter.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &wanted);
        self.takes_keys = !inner.local_modes.contains(LocalModes::ICANON) && self.is_read();
    }

    /// Passes the keys on if the program reads them from its own terminal.
    pub(super) fn pass_keys(&mut self) {
        if !self.takes_keys || !is_in_front() {
            return;
        }
        let mut keys = [0; 256];
        while rustix::io::ioctl_fionread(io::stdin()).is_ok_and(|waiting| waiting > 0) {
            let Ok(read) = rustix::io::read(io::stdin(), &mut keys) else { return };
            // The program may have ended in the meantime.
            if read == 0 || self.ours.write_all(&keys[..read]).is_err() {
                return;
            }
        }
    }

    /// Returns whether a program has opened it by its name, only for reading.
    fn is_read(&self) -> bool {
        let Ok(name) = rustix::pty::ptsname(&self.ours, Vec::new()) else { return false };
        let name = name.to_string_lossy();
        let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
        let only_read = |process: &Path, file: &OsStr| {
            let info = fs::read_to_string(process.join("fdinfo").join(file)).unwrap_or_default();
            let flags = info.lines().find_map(|line| line.strip_prefix("flags:")).map(str::trim);
            flags.is_some_and(|flags| flags.ends_with(['0', '4']))
        };
        entries(Path::new("/proc")).any(|process| {
            let mut files = entries(&process.path().join("fd"));
            files.any(|file| {
                fs::read_link(file.path()).is_ok_and(|link| link == Path::new(&*name))
                    && only_read(&process.path(), &file.file_name())
            })
        })
    }

    /// Restores the modes of this process's terminal.
    pub(super) fn restore_modes(&mut self) {
        if let Some(before) = self.before.take().filter(|_| is_in_front()) {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &before);
        }
    }

    /// Closes the program's end.
    pub(super) fn let_go(&mut self) {
        if let Ok(null) = File::open("/dev/null") {
            self.theirs = null.into();
        }
    }
}

/// Returns whether the keys go to this process, not to a shell that runs it in the background. Another process's terminal
/// has no such shell.
fn is_in_front() -> bool {
    tcgetpgrp(io::stdin()).map_or(true, |group| group == rustix::process::getpgrp())
}
