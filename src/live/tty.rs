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
        use rustix::termios::{InputModes, LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(std::io::stdin()).ok();
        if let Some(before) = &before {
            let mut still = before.clone();
            still.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG);
            still.input_modes.remove(InputModes::ICRNL);
            // Where this fails, keys in between are only echoed early.
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &still);
        }
        Tty { before }
    }

    #[cfg(not(unix))]
    pub(super) fn still() -> Tty {
        Tty {}
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            use rustix::termios::{OptionalActions, tcsetattr};
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
        }
    }
}
