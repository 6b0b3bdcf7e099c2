//! The outputs and the input of a command: those of the process, or in memory.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};

use crate::render::escape::colours_only;

use super::width::wrapped;

/// The outputs and the input of a command.
pub struct Streams {
    /// Output that is printed unchanged.
    out: Box<dyn Write>,
    /// Output with colours, which are removed if not wanted.
    coloured: Box<dyn Write>,
    err: RefCell<Box<dyn Write>>,
    /// The typed or piped input.
    pub input: RefCell<Box<dyn BufRead>>,
    /// Which of them are a terminal.
    pub terminals: Terminals,
    /// Whether colours are wanted.
    pub colours: bool,
    /// Whether they are those of the process, whose terminal can be asked for single keys.
    is_process: bool,
}

/// Which of a command's streams are a terminal.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminals {
    pub input: bool,
    pub out: bool,
    pub err: bool,
}

impl Streams {
    /// Returns the streams of the process.
    pub fn of_process() -> Streams {
        let choice = anstream::AutoStream::choice(&io::stdout());
        Streams {
            out: Box::new(io::stdout()),
            coloured: Box::new(anstream::AutoStream::new(io::stdout(), choice)),
            err: RefCell::new(Box::new(anstream::stderr())),
            input: RefCell::new(Box::new(BufReader::new(io::stdin()))),
            terminals: Terminals {
                input: io::stdin().is_terminal(),
                out: io::stdout().is_terminal(),
                err: io::stderr().is_terminal(),
            },
            colours: choice != anstream::ColorChoice::Never,
            is_process: true,
        }
    }

    /// Asks for a line; `None` if the input has ended or the user pressed Ctrl-C, which does not end the program here.
    pub fn ask_or_give_up(&self, question: &str) -> Option<String> {
        let _ends_lines = Modes::with_interrupt_as_end_of_line();
        self.tell_whole(question);
        let mut line = Vec::new();
        let mut byte = [0];
        while self.input.borrow_mut().read(&mut byte).ok()? > 0 {
            line.push(byte[0]);
            match byte[0] {
                CONTROL_C if self.terminals.input => {
                    self.tell_whole("\n");
                    return None;
                }
                b'\n' => break,
                _ => {}
            }
        }
        let line = String::from_utf8(line).ok().filter(|line| !line.is_empty())?;
        Some(line.trim().to_owned())
    }

    /// Asks for a line without echo; `None` if the input has ended or the user pressed Ctrl-C.
    pub fn ask_unshown(&self, question: &str) -> Option<String> {
        // Set before the question is printed, since the answer may be typed immediately.
        let _still = Modes::without_echo();
        self.tell_whole(question);
        let mut line = Vec::new();
        loop {
            let mut byte = [0];
            let read = self.input.borrow_mut().read(&mut byte).ok()?;
            match byte[0] {
                _ if read == 0 => break,
                b'\n' | b'\r' => break,
                CONTROL_C => return None,
                CONTROL_D if line.is_empty() => return None,
                CONTROL_U => line.clear(),
                BACKSPACE | DELETE => while line.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {},
                byte => line.push(byte),
            }
        }
        String::from_utf8(line).ok()
    }

    /// Asks for a digit from 1 on, which needs no Enter, or for a line; `None` if the input has ended or the user pressed
    /// Ctrl-C. What was typed beyond the answer stays for the next program.
    pub fn ask_digit(&self, question: &str) -> Option<String> {
        if !(self.is_process && self.terminals.input && cfg!(unix)) {
            self.tell_whole(question);
            let mut line = String::new();
            let read = self.input.borrow_mut().read_line(&mut line);
            return read.is_ok_and(|bytes| bytes > 0).then(|| line.trim().to_owned());
        }
        let _by_key = Modes::without_echo();
        self.tell_whole(question);
        let line = self.typed_keys();
        self.echo(b"\n");
        String::from_utf8(line?).ok().map(|line| line.trim().to_owned())
    }

    /// Returns the keys of an answer, and shows them.
    fn typed_keys(&self) -> Option<Vec<u8>> {
        let mut line: Vec<u8> = Vec::new();
        loop {
            match next_key()? {
                b'\n' | b'\r' => return Some(line),
                CONTROL_C => return None,
                CONTROL_D if line.is_empty() => return None,
                CONTROL_U => while self.erase(&mut line) {},
                BACKSPACE | DELETE => _ = self.erase(&mut line),
                ESCAPE => skip_sequence(),
                byte if byte < b' ' => {}
                byte => {
                    self.echo(&[byte]);
                    line.push(byte);
                    // What is pasted is a line.
                    if matches!(line[..], [b'1'..=b'9']) && !has_keys() {
                        return Some(line);
                    }
                }
            }
        }
    }

    /// Removes the last character of a typed line, also from the screen; returns whether there was one.
    fn erase(&self, line: &mut Vec<u8>) -> bool {
        let text = String::from_utf8_lossy(line).into_owned();
        let Some(last) = text.chars().next_back() else { return false };
        line.truncate(line.len() - last.len_utf8().min(line.len()));
        let columns = unicode_width::UnicodeWidthChar::width(last).unwrap_or(0);
        (0..columns).for_each(|_| self.echo(b"\x08 \x08"));
        true
    }

    fn echo(&self, keys: &[u8]) {
        let mut err = self.err.borrow_mut();
        let _ = err.write_all(keys).and_then(|()| err.flush());
    }

    /// Prints a text that may have colours.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        // Regardless of its source, no control sequence reaches the terminal.
        let text = if self.terminals.out { colours_only(text) } else { Cow::Borrowed(text) };
        // A text without escape characters needs no processing.
        match memchr::memchr(0x1b, text.as_bytes()) {
            None => self.out.write_all(text.as_bytes()),
            Some(_) => self.coloured.write_all(text.as_bytes()),
        }
    }

    /// Prints a code that moves the cursor; it is not removed along with colours.
    pub fn print_code(&mut self, code: &str) -> io::Result<()> {
        self.out.write_all(code.as_bytes())
    }

    /// Flushes everything that was printed.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush().and(self.coloured.flush())
    }

    /// Returns an answer wrapped between words if the output is a terminal.
    pub fn fitted(&self, text: &str) -> String {
        wrapped(text, self.terminals.out)
    }

    /// Prints a line on the error output.
    pub fn tell(&self, text: &str) {
        self.tell_whole(&format!("{}\n", wrapped(text, self.terminals.err)));
    }

    /// Prints a text on the error output without wrapping.
    pub fn tell_whole(&self, text: &str) {
        // A closed error output cannot be reported.
        let mut err = self.err.borrow_mut();
        let _ = err.write_all(colours_only(text).as_bytes()).and_then(|()| err.flush());
    }
}

/// The byte that Ctrl-C sends if the terminal does not handle it.
const CONTROL_C: u8 = 3;
/// Returns the next key at the process's terminal; no more than that is read.
#[cfg(unix)]
fn next_key() -> Option<u8> {
    let mut byte = [0];
    loop {
        match rustix::io::read(io::stdin(), &mut byte) {
            Err(rustix::io::Errno::INTR) => {}
            read => return read.is_ok_and(|read| read > 0).then_some(byte[0]),
        }
    }
}

#[cfg(not(unix))]
fn next_key() -> Option<u8> {
    None
}

/// Reads the rest of a key without a character, such as an arrow.
fn skip_sequence() {
    let next = || has_keys().then(next_key).flatten();
    match next() {
        Some(b'[') => while next().is_some_and(|byte| !matches!(byte, b'@'..=b'~')) {},
        Some(b'O') => _ = next(),
        _ => {}
    }
}

/// Whether more keys were pressed already.
#[cfg(unix)]
fn has_keys() -> bool {
    rustix::io::ioctl_fionread(io::stdin()).is_ok_and(|keys| keys > 0)
}

#[cfg(not(unix))]
fn has_keys() -> bool {
    false
}

const CONTROL_D: u8 = 4;
const CONTROL_U: u8 = 21;
const ESCAPE: u8 = 27;
const BACKSPACE: u8 = 8;
const DELETE: u8 = 127;

/// The terminal's modes, which are restored on drop.
#[derive(Debug)]
pub struct Modes {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Modes {
    /// Disables echo, and passes on each key. Ctrl-C is a key meanwhile: as a signal it would leave the terminal
    /// without echo.
    fn without_echo() -> Modes {
        #[cfg(unix)]
        return Modes::changed(|modes| {
            use rustix::termios::LocalModes;
            modes.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG | LocalModes::ICANON);
        });
        #[cfg(not(unix))]
        Modes {}
    }

    /// Disables echo while nobody reads the keys; those that send signals still do.
    pub fn without_keys() -> Modes {
        #[cfg(unix)]
        return Modes::changed(|modes| {
            use rustix::termios::LocalModes;
            modes.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON);
        });
        #[cfg(not(unix))]
        Modes {}
    }

    /// Makes Ctrl-C end the line like Enter, instead of ending the program.
    fn with_interrupt_as_end_of_line() -> Modes {
        #[cfg(unix)]
        return Modes::changed(|modes| {
            use rustix::termios::SpecialCodeIndex;
            modes.special_codes[SpecialCodeIndex::VINTR] = 0;
            modes.special_codes[SpecialCodeIndex::VEOL] = CONTROL_C;
        });
        #[cfg(not(unix))]
        Modes {}
    }

    #[cfg(unix)]
    fn changed(change: impl FnOnce(&mut rustix::termios::Termios)) -> Modes {
        use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin()).ok();
        if let Some(before) = &before {
            let mut modes = before.clone();
            change(&mut modes);
            // If this fails, Ctrl-C has its default effect.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
        }
        Modes { before }
    }
}

impl Drop for Modes {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            use rustix::termios::{OptionalActions, tcsetattr};
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
        }
    }
}

#[cfg(test)]
mod memory {
    use std::io::Cursor;
    use std::rc::Rc;

    use super::*;

    /// An output in memory.
    #[derive(Clone, Default)]
    pub struct Memory(Rc<RefCell<Vec<u8>>>);

    impl Memory {
        pub fn text(&self) -> String {
            String::from_utf8(self.0.borrow().clone()).unwrap()
        }
    }

    impl Write for Memory {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Streams {
        /// Returns streams in memory, none of them a terminal: with this input, and both outputs.
        pub fn in_memory(input: &str) -> (Streams, Memory, Memory) {
            let (out, err) = (Memory::default(), Memory::default());
            let streams = Streams {
                out: Box::new(out.clone()),
                coloured: Box::new(anstream::StripStream::new(
                    Box::new(out.clone()) as Box<dyn Write>
                )),
                err: RefCell::new(Box::new(err.clone())),
                input: RefCell::new(Box::new(Cursor::new(input.to_owned().into_bytes()))),
                terminals: Terminals::default(),
                colours: false,
                is_process: false,
            };
            (streams, out, err)
        }
    }
}
