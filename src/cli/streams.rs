//! The outputs and the input of a command: those of the process, or memory.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};

use crate::render::escape::colours_only;

use super::width::wrapped;

/// The outputs and the input of a command.
pub(super) struct Streams {
    /// What has no colours goes there as it is.
    out: Box<dyn Write>,
    /// What has colours goes there, and loses them where nobody wants them.
    coloured: Box<dyn Write>,
    err: RefCell<Box<dyn Write>>,
    /// What is typed or piped in.
    pub(super) input: RefCell<Box<dyn BufRead>>,
    /// Which of them are a terminal.
    pub(super) terminals: Terminals,
    /// Colours are wanted.
    pub(super) colours: bool,
}

/// Which of a command's streams are a terminal.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Terminals {
    pub(super) input: bool,
    pub(super) out: bool,
    pub(super) err: bool,
}

impl Streams {
    /// Returns the streams of the process.
    pub(super) fn of_process() -> Streams {
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
        }
    }

    /// Prints a text that may have colours.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        // Whoever made it: what a terminal acts on does not get past here.
        let text = if self.terminals.out { colours_only(text) } else { Cow::Borrowed(text) };
        // What has no colours needs nobody to look for them.
        match memchr::memchr(0x1b, text.as_bytes()) {
            None => self.out.write_all(text.as_bytes()),
            Some(_) => self.coloured.write_all(text.as_bytes()),
        }
    }

    /// Prints a code that moves the terminal's cursor, which is no colour.
    pub(super) fn print_code(&mut self, code: &str) -> io::Result<()> {
        self.out.write_all(code.as_bytes())
    }

    /// Hands on all that was printed.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush().and(self.coloured.flush())
    }

    /// Returns an answer in whole words, where a terminal shows it.
    pub(super) fn fitted(&self, text: &str) -> String {
        wrapped(text, self.terminals.out)
    }

    /// Prints a line on the error output.
    pub(super) fn tell(&self, text: &str) {
        self.tell_whole(&format!("{}\n", wrapped(text, self.terminals.err)));
    }

    /// Prints a text on the error output as it is.
    pub(super) fn tell_whole(&self, text: &str) {
        // Nothing can be said about an error output that is gone.
        let mut err = self.err.borrow_mut();
        let _ = err.write_all(colours_only(text).as_bytes()).and_then(|()| err.flush());
    }
}

#[cfg(test)]
pub(super) mod memory {
    use std::io::Cursor;
    use std::rc::Rc;

    use super::*;

    /// An output in memory.
    #[derive(Clone, Default)]
    pub(in crate::cli) struct Memory(Rc<RefCell<Vec<u8>>>);

    impl Memory {
        pub(in crate::cli) fn text(&self) -> String {
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
        /// Streams in memory, none of them a terminal: with that input, and both outputs.
        pub(in crate::cli) fn in_memory(input: &str) -> (Streams, Memory, Memory) {
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
            };
            (streams, out, err)
        }
    }
}
