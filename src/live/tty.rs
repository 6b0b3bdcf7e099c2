//! The terminal between two lines.

/// Keeps keys that are pressed while a line is being logged as they are, for the next line: not echoed,
/// not turned into signals, Enter still Enter. The editor takes this for the terminal's usual way; the
/// real one comes back when this is dropped.
pub(super) struct Tty {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Tty {
    #[cfg(unix)]
    pub(super) fn still() -> Tty {
        let tty = Tty { before: rustix::termios::tcgetattr(std::io::stdin()).ok() };
        tty.hold(false);
        tty
    }

    /// Keeps keys; with `signals`, those that stop a program send their signals.
    #[cfg(unix)]
    fn hold(&self, signals: bool) {
        use rustix::termios::{InputModes, LocalModes, OptionalActions, tcsetattr};
        let Some(before) = &self.before else { return };
        let mut still = before.clone();
        still.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        still.local_modes.set(LocalModes::ISIG, signals);
        still.input_modes.remove(InputModes::ICRNL);
        // Where this fails, keys in between are only echoed early.
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &still);
    }

    /// Lets keys send signals for the time of `run`; what else is typed is kept as it is.
    pub(super) fn with_signals<T>(&self, run: impl FnOnce() -> T) -> T {
        #[cfg(unix)]
        self.hold(true);
        let done = run();
        #[cfg(unix)]
        self.hold(false);
        done
    }

    fn release(&self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            use rustix::termios::{OptionalActions, tcsetattr};
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
        }
    }

    #[cfg(not(unix))]
    pub(super) fn still() -> Tty {
        Tty {}
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        self.release();
    }
}
