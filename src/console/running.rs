//! Runs a program, shows its output as it comes, and keeps the end of it.

use std::collections::VecDeque;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::check::beginning_without_secrets;
use crate::render::escape;

#[cfg(unix)]
use super::own_terminal::OwnTerminal;
use super::plain::plain;

/// A program to be run, without a shell.
#[derive(Debug)]
pub struct Program<'a> {
    /// Its name and arguments.
    pub words: &'a [String],
    /// The folder that it runs in; the current one if `None`.
    pub folder: Option<&'a Path>,
    /// Whether it has the terminal for input and unfiltered output. Otherwise it has no input, and each line of its
    /// output is shown indented, without secrets and terminal codes.
    pub has_terminal: bool,
    /// Whether all of its output goes to this process's error output, since the output is for something else.
    pub to_errors: bool,
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Regularly, with an exit code.
    Code(i32),
    /// By a signal.
    Signal(i32),
}

impl End {
    /// Returns the exit code that a shell would report.
    pub fn code(self) -> u8 {
        let code = match self {
            End::Code(code) => code,
            End::Signal(signal) => 128 + signal,
        };
        u8::try_from(code & 0xff).unwrap_or(1)
    }

    fn of(status: ExitStatus) -> End {
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
            return End::Signal(signal);
        }
        End::Code(status.code().unwrap_or(1))
    }
}

/// The result of a program.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub end: End,
    /// The end of its output and error output, as text without terminal codes.
    pub output: String,
    /// Whether there was more output before.
    pub is_cut: bool,
}

/// How many bytes of output are kept while a program runs.
const KEPT: usize = 64 * 1024;
/// How long to wait for output after the program has ended: a background process may keep the output open.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often to check whether the program has ended.
const TICK: Duration = Duration::from_millis(10);

/// Runs a program without a shell and waits for it. Signals that would end this program are passed on to it instead:
/// Ctrl-C stops only the program.
///
/// # Errors
/// It cannot be started.
pub fn run(program: &Program) -> io::Result<Ran> {
    let (name, args) = program.words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let signals = Signals::watched()?;
    let mut outputs = Outputs::open(program.has_terminal)?;
    let mut command = Command::new(name);
    command.args(args);
    command.stdin(if program.has_terminal { Stdio::inherit() } else { Stdio::null() });
    if let Some(folder) = program.folder {
        command.current_dir(folder);
    }
    command.stdout(outputs.stdio(io::stdout().is_terminal())?);
    command.stderr(outputs.stdio(io::stderr().is_terminal())?);
    let mut child = command.spawn()?;
    // While this process holds its end of the terminal open, the end of the program's output would not be noticed.
    drop(command);
    let end = Arc::new(Mutex::new(Tail::default()));
    let copying = match program.has_terminal {
        true => outputs.copy(&mut child, &end, own_outputs(program.to_errors)),
        false => pipes(&mut child, &end, Unread::Ignored, shown_lines(program.to_errors)),
    };
    let mut stops = Stops::default();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        outputs.follow();
        signals.hand_on(&child);
        stops.follow(&child);
        std::thread::sleep(TICK);
    };
    outputs.end(End::of(status));
    let ended = Instant::now();
    while ended.elapsed() < PATIENCE && !copying.iter().all(JoinHandle::is_finished) {
        std::thread::sleep(TICK);
    }
    let mut tail = end.lock().unwrap_or_else(PoisonError::into_inner);
    let (output, is_cut) = tail.text();
    Ok(Ran { end: End::of(status), output, is_cut })
}

/// Lets the usual signals end this program, except while it runs another one.
pub fn end_at_signals_between() {
    #[cfg(unix)]
    for signal in Signals::ENDING {
        // If this fails, the signal has its default effect anyway.
        let _ = signal_hook::flag::register_conditional_default(signal, Arc::clone(&IDLE));
    }
}

/// Whether no program is running.
#[cfg(unix)]
static IDLE: std::sync::LazyLock<Arc<std::sync::atomic::AtomicBool>> =
    std::sync::LazyLock::new(|| Arc::new(true.into()));

/// The end of an output.
#[derive(Default)]
struct Tail {
    bytes: VecDeque<u8>,
    all: usize,
}

impl Tail {
    fn add(&mut self, bytes: &[u8]) {
        self.all += bytes.len();
        self.bytes.extend(bytes);
        let over = self.bytes.len().saturating_sub(KEPT);
        self.bytes.drain(..over);
    }

    /// Returns its complete lines, or the end of the last one if that is longer, and whether there was more before.
    fn text(&mut self) -> (String, bool) {
        let is_cut = self.all > self.bytes.len();
        let bytes: &[u8] = self.bytes.make_contiguous();
        let begun = if is_cut { memchr::memchr(b'\n', bytes).map_or(0, |end| end + 1) } else { 0 };
        let from = if begun < bytes.len() { begun } else { 0 };
        (plain(&String::from_utf8_lossy(&bytes[from..])), is_cut)
    }
}

/// What becomes of a program whose output nobody reads any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unread {
    /// Its output is closed, as if it wrote there itself.
    Closed,
    /// It runs to its end.
    Ignored,
}

/// Copies an output of the program to one of this process, and keeps the end of it.
fn copy(
    mut from: impl Read + Send + 'static,
    mut to: impl Write + Send + 'static,
    unread: Unread,
    tail: &Arc<Mutex<Tail>>,
) -> JoinHandle<()> {
    let tail = Arc::clone(tail);
    std::thread::spawn(move || {
        let mut bytes = [0; 8192];
        loop {
            match from.read(&mut bytes) {
                Ok(0) => break,
                Ok(read) => {
                    let shown = to.write_all(&bytes[..read]).and_then(|()| to.flush());
                    tail.lock().unwrap_or_else(PoisonError::into_inner).add(&bytes[..read]);
                    if shown.is_err() && unread == Unread::Closed {
                        break;
                    }
                }
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                // A terminal that nobody holds open any more ends with an error.
                Err(_) => break,
            }
        }
    })
}

/// Where the program's outputs go: to a terminal of its own if this process has one, else to pipes.
struct Outputs {
    #[cfg(unix)]
    terminal: Option<OwnTerminal>,
}

#[cfg(unix)]
impl Outputs {
    fn open(has_terminal: bool) -> io::Result<Outputs> {
        let wanted = has_terminal && (io::stdout().is_terminal() || io::stderr().is_terminal());
        // Without a terminal, the program writes to pipes as in a script.
        let terminal = if wanted { OwnTerminal::open().ok() } else { None };
        Ok(Outputs { terminal })
    }

    fn stdio(&self, is_terminal: bool) -> io::Result<Stdio> {
        match self.terminal.as_ref().filter(|_| is_terminal) {
            Some(terminal) => Ok(terminal.theirs()?.into()),
            None => Ok(Stdio::piped()),
        }
    }

    fn copy(
        &mut self,
        child: &mut Child,
        tail: &Arc<Mutex<Tail>>,
        to: [Shown; 2],
    ) -> Vec<JoinHandle<()>> {
        let mut copying = pipes(child, tail, Unread::Closed, to);
        if let Some(terminal) = &mut self.terminal {
            if let Ok(ours) = terminal.ours() {
                let shown: Shown = match io::stdout().is_terminal() {
                    true => Box::new(io::stdout()),
                    false => Box::new(io::stderr()),
                };
                copying.push(copy(ours, shown, Unread::Ignored, tail));
            }
            terminal.let_go();
        }
        copying
    }

    /// Gives the program's terminal the size of this one, and this one the modes of the program's.
    fn follow(&mut self) {
        if let Some(terminal) = &mut self.terminal {
            terminal.follow_size();
            terminal.follow_modes();
            terminal.pass_keys();
        }
    }

    /// Leaves this terminal in the modes that the program left its own in, or as it was if a signal ended the program.
    fn end(&mut self, end: End) {
        if let Some(terminal) = &mut self.terminal {
            match end {
                End::Code(_) => terminal.follow_modes(),
                End::Signal(_) => terminal.restore_modes(),
            }
        }
    }
}

#[cfg(not(unix))]
impl Outputs {
    fn open(_: bool) -> io::Result<Outputs> {
        Ok(Outputs {})
    }

    fn stdio(&self, _: bool) -> io::Result<Stdio> {
        Ok(Stdio::piped())
    }

    fn copy(
        &mut self,
        child: &mut Child,
        tail: &Arc<Mutex<Tail>>,
        to: [Shown; 2],
    ) -> Vec<JoinHandle<()>> {
        pipes(child, tail, Unread::Closed, to)
    }

    fn follow(&mut self) {}

    fn end(&mut self, _: End) {}
}

/// Where output is shown.
type Shown = Box<dyn Write + Send>;

/// Copies the program's output from pipes to these two outputs.
fn pipes(
    child: &mut Child,
    tail: &Arc<Mutex<Tail>>,
    unread: Unread,
    [to_out, to_err]: [Shown; 2],
) -> Vec<JoinHandle<()>> {
    let out = child.stdout.take().map(|out| copy(out, to_out, unread, tail));
    let err = child.stderr.take().map(|err| copy(err, to_err, unread, tail));
    [out, err].into_iter().flatten().collect()
}

/// Returns the outputs of this process, for the unfiltered outputs of a program.
fn own_outputs(to_errors: bool) -> [Shown; 2] {
    let out: Shown = if to_errors { Box::new(io::stderr()) } else { Box::new(io::stdout()) };
    [out, Box::new(io::stderr())]
}

/// Returns the output of this process twice, for filtered lines of both outputs of a program.
fn shown_lines(to_errors: bool) -> [Shown; 2] {
    let lines = || -> Shown {
        match to_errors {
            true => Box::new(ShownLines::to(io::stderr())),
            false => Box::new(ShownLines::to(io::stdout())),
        }
    };
    [lines(), lines()]
}

/// Shows complete lines, indented, without secrets and terminal codes; a long line is shown in pieces.
struct ShownLines<W: Write> {
    begun: Vec<u8>,
    /// Whether the last line was inside a private key.
    is_in_key: bool,
    to: W,
}

/// The most bytes of a line that are shown at once.
const LINE: usize = 4096;
/// How many more bytes to wait for, since a secret may extend beyond the piece.
const AHEAD: usize = 1024;

impl<W: Write> ShownLines<W> {
    fn to(to: W) -> ShownLines<W> {
        ShownLines { begun: Vec::new(), is_in_key: false, to }
    }

    /// Shows the first `end` bytes, which are a complete line.
    fn show_line(&mut self, end: usize) -> io::Result<()> {
        let line: Vec<u8> = self.begun.drain(..end).collect();
        let line = plain(&String::from_utf8_lossy(&line));
        let mut rest = self.behind_key(line.trim_end());
        if self.is_in_key && rest.is_empty() {
            return Ok(());
        }
        loop {
            rest = &rest[self.show_beginning(rest, LINE)?..];
            if rest.is_empty() {
                return Ok(());
            }
        }
    }

    /// Returns what of a line is behind a private key that spans several.
    fn behind_key<'l>(&mut self, line: &'l str) -> &'l str {
        let was_in_key = self.is_in_key;
        if let Some(mark) =
            line.rfind("-----BEGIN ").filter(|at| line[*at..].contains("PRIVATE KEY"))
        {
            self.is_in_key = !line[mark..].contains("-----END ");
            return line;
        }
        let end = line.find("-----END ");
        self.is_in_key = was_in_key && end.is_none();
        match (was_in_key, end) {
            (false, _) => line,
            (true, Some(end)) => &line[end..],
            (true, None) => "",
        }
    }

    /// Shows the beginning of an incomplete line.
    fn show_piece(&mut self) -> io::Result<()> {
        let whole = match str::from_utf8(&self.begun) {
            Err(fault) if fault.error_len().is_none() => fault.valid_up_to(),
            _ => self.begun.len(),
        };
        let text: Vec<u8> = self.begun.drain(..whole).collect();
        let text = plain(&String::from_utf8_lossy(&text));
        let most = LINE.min(text.len().saturating_sub(AHEAD));
        let end = if most > 0 { self.show_beginning(&text, most)? } else { 0 };
        self.begun.splice(..0, text.bytes().skip(end));
        Ok(())
    }

    /// Shows about the first `most` bytes of a text, and returns where the rest begins.
    fn show_beginning(&mut self, text: &str, most: usize) -> io::Result<usize> {
        let (shown, end) = beginning_without_secrets(text, most);
        writeln!(self.to, "  {}", escape::terminal(&shown))?;
        Ok(end)
    }
}

impl<W: Write> Write for ShownLines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend(bytes);
        while let Some(end) = memchr::memchr(b'\n', &self.begun) {
            self.show_line(end + 1)?;
        }
        while self.begun.len() >= LINE + AHEAD {
            self.show_piece()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<W: Write> Drop for ShownLines<W> {
    fn drop(&mut self) {
        if !self.begun.is_empty() {
            // A closed output is ignored.
            let _ = self.show_line(self.begun.len());
        }
    }
}

/// Signals that would end this program, caught while another one runs.
struct Signals {
    #[cfg(unix)]
    seen: Vec<(i32, Arc<std::sync::atomic::AtomicBool>)>,
    #[cfg(unix)]
    watches: Vec<signal_hook::SigId>,
}

#[cfg(unix)]
impl Signals {
    const ENDING: [i32; 10] = {
        use signal_hook::consts::signal;
        [
            signal::SIGINT,
            signal::SIGTERM,
            signal::SIGHUP,
            signal::SIGQUIT,
            signal::SIGUSR1,
            signal::SIGUSR2,
            signal::SIGALRM,
            signal::SIGVTALRM,
            signal::SIGPROF,
            signal::SIGXCPU,
        ]
    };

    fn watched() -> io::Result<Signals> {
        let mut signals = Signals { seen: Vec::new(), watches: Vec::new() };
        for signal in Signals::ENDING {
            let seen = Arc::default();
            signals.watches.push(signal_hook::flag::register(signal, Arc::clone(&seen))?);
            signals.seen.push((signal, seen));
        }
        IDLE.store(false, std::sync::atomic::Ordering::Relaxed);
        Ok(signals)
    }

    /// Passes on the signals that were received; those from the terminal's keys have reached the program already.
    fn hand_on(&self, child: &Child) {
        use rustix::process::{Pid, Signal, kill_process};
        use signal_hook::consts::{SIGINT, SIGQUIT};
        let by_key = io::stdin().is_terminal();
        for (signal, seen) in &self.seen {
            let came = seen.swap(false, std::sync::atomic::Ordering::Relaxed);
            let has_it = by_key && [SIGINT, SIGQUIT].contains(signal);
            let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
            if let (true, Some(pid), Some(signal)) =
                (came && !has_it, pid, Signal::from_named_raw(*signal))
            {
                // The program may have ended in the meantime.
                let _ = kill_process(pid, signal);
            }
        }
    }
}

/// How often in a row the program was found stopped. A key stops this process as well.
#[derive(Default)]
struct Stops {
    #[cfg(unix)]
    seen: u8,
}

impl Stops {
    /// How often it must be found stopped: it may be about to continue together with this process.
    #[cfg(unix)]
    const ENOUGH: u8 = 5;

    /// Stops this process too if the program has stopped itself: otherwise the shell would not come back.
    #[cfg(unix)]
    fn follow(&mut self, child: &Child) {
        use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, getpid, kill_process, waitid};
        let stopped = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let found = pid.is_some_and(|pid| matches!(waitid(WaitId::Pid(pid), stopped), Ok(Some(_))));
        self.seen = if found { self.seen + 1 } else { 0 };
        if self.seen >= Stops::ENOUGH {
            self.seen = 0;
            // If this fails, the program is merely waited for.
            let _ = kill_process(getpid(), Signal::STOP);
        }
    }

    #[cfg(not(unix))]
    fn follow(&mut self, _: &Child) {}
}

#[cfg(unix)]
impl Drop for Signals {
    fn drop(&mut self) {
        IDLE.store(true, std::sync::atomic::Ordering::Relaxed);
        for watch in self.watches.drain(..) {
            signal_hook::low_level::unregister(watch);
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    fn watched() -> io::Result<Signals> {
        Ok(Signals {})
    }

    fn hand_on(&self, _: &Child) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_long_output_is_kept_in_whole_lines() {
        let mut tail = Tail::default();
        (0..100_000).for_each(|line| tail.add(format!("line {line}\n").as_bytes()));
        let (text, is_cut) = tail.text();
        assert!(is_cut && text.len() <= KEPT && text.ends_with("line 99999\n"), "{}", text.len());
        assert!(text.starts_with("line "), "{}", &text[..20]);
        let mut short = Tail::default();
        short.add(b"10%\r100%\nde\xffmi\n");
        assert_eq!(short.text(), ("100%\nde\u{fffd}mi\n".to_owned(), false));
        // The last line may be longer than what is kept.
        for ending in ["FAILED", "FAILED\n"] {
            let mut one = Tail::default();
            one.add(&vec![b'x'; 2 * KEPT]);
            one.add(ending.as_bytes());
            let (text, is_cut) = one.text();
            assert!(is_cut && text.ends_with(&format!("xxx{ending}")), "{}", text.len());
        }
        let mut bar = Tail::default();
        (0..20_000).for_each(|done| bar.add(format!("{done} of 19999\r").as_bytes()));
        assert_eq!(bar.text(), ("19999 of 19999".to_owned(), true));
    }

    #[test]
    fn a_private_key_is_not_shown_line_by_line() {
        let mut shown = Vec::new();
        let mut lines = ShownLines::to(&mut shown);
        lines.write_all(b"a\n-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\nAb3=\n").unwrap();
        lines.write_all(b"-----END PRIVATE KEY-----\nb\n").unwrap();
        drop(lines);
        let text = String::from_utf8(shown).unwrap();
        assert!(!text.contains("MIIE") && !text.contains("Ab3"), "{text}");
        assert!(text.starts_with("  a\n") && text.ends_with("  b\n"), "{text}");
    }

    #[test]
    fn lines_are_shown_whole_without_secrets_and_a_long_one_in_pieces() {
        let mut shown = Vec::new();
        let mut lines = ShownLines::to(&mut shown);
        for part in ["token ghp_0123456789abcdef", "ghijABCDEFGHIJ012345\n\u{1b}[31mred", "\r\n"] {
            lines.write_all(part.as_bytes()).unwrap();
        }
        lines.write_all(&vec![b'x'; 10_000]).unwrap();
        drop(lines);
        let text = String::from_utf8(shown).unwrap();
        let widths: Vec<usize> = text.lines().skip(2).map(str::len).collect();
        assert!(text.starts_with("  token ghp_***\n  red\n"), "{text}");
        assert_eq!(widths, [4_098, 4_098, 1_810]);
    }

    #[test]
    fn a_secret_is_not_shown_where_a_long_line_is_cut() {
        let secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
        for before in (LINE - 60..LINE + 20).step_by(7) {
            for (ending, colour) in [("", ""), ("\n", "\u{1b}[31m")] {
                let line =
                    format!("{colour}{} token: {secret} 끝{ending}", "가 ".repeat(before / 4));
                let mut shown = Vec::new();
                let mut lines = ShownLines::to(&mut shown);
                line.as_bytes().chunks(997).for_each(|part| lines.write_all(part).unwrap());
                (0..ending.len().min(1)).for_each(|_| lines.write_all(b"next\n").unwrap());
                drop(lines);
                let text = String::from_utf8(shown).unwrap();
                let whole: String = text.lines().flat_map(|line| line.chars().skip(2)).collect();
                assert!(
                    !whole.contains("0123456789") && whole.contains("***"),
                    "{before}: {whole}"
                );
                assert!(!whole.contains('\u{fffd}') && whole.contains('끝'), "{before}: {whole}");
            }
        }
    }

    #[test]
    fn a_program_ends_as_it_ends() {
        let words = |line: &str| line.split('|').map(str::to_owned).collect::<Vec<_>>();
        for (line, end, code) in [
            ("true", End::Code(0), 0),
            ("sh|-c|exit 7", End::Code(7), 7),
            ("sh|-c|kill -TERM $$", End::Signal(15), 143),
        ] {
            let words = words(line);
            let program =
                Program { words: &words, folder: None, has_terminal: true, to_errors: false };
            let ran = run(&program).unwrap();
            assert_eq!((ran.end, ran.end.code()), (end, code), "{line}");
        }
        let words = words("no-such-program");
        let none = Program { words: &words, folder: None, has_terminal: false, to_errors: false };
        assert_eq!(run(&none).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
