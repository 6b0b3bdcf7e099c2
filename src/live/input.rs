//! The source of lines: an editor on a terminal, else the standard input line by line.

use std::borrow::Cow;
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use reedline::{
    Color, ColumnarMenu, EditCommand, EditMode, Emacs, Highlighter, HistoryItem, KeyCode,
    KeyModifiers, MenuBuilder, Prompt, PromptEditMode, PromptHistorySearch, Reedline,
    ReedlineEvent, ReedlineMenu, ReedlineRawEvent, Signal, StyledText, default_emacs_keybindings,
};

use crate::console::width::{DEFAULT_WIDTH, width, wrapped_to};
use crate::console::{Streams, now, plain};
use crate::lang::terminal;
use crate::model::{Event, Moment};
use crate::render::escape::terminal_lines;
use crate::store::Draft;

use super::complete::LineCompleter;
use super::menu::OffersMenu;
use super::status::{StatusLine, locked};
use super::tty::Tty;

/// What the person at the prompt did.
pub(super) enum Typed {
    /// Entered a line, begun at that moment if it is known.
    Line(String, Option<Moment>),
    /// Entered a line that is not UTF-8.
    NoText(Vec<u8>),
    /// Discarded the line.
    GivenUp,
    /// Left the prompt.
    Left,
    /// Nothing: a signal ended the prompt, and the draft keeps what was typed.
    Ended,
    /// Nothing yet, but the entered lines have waited long enough for the rest of a paste.
    Paused,
}

/// The source of lines.
pub(super) enum InputSource {
    Terminal(Box<Terminal>),
    Pipe(Piped),
}

/// Input from a pipe that was not read as lines yet.
#[derive(Default)]
pub(super) struct Piped {
    bytes: Vec<u8>,
    /// The beginning of the next line.
    at: usize,
    /// How far its end was searched for.
    looked: usize,
}

/// How many bytes are read from a pipe at once.
const CHUNK: usize = 256 * 1024;

impl Piped {
    /// Returns the next line with its line end, which the last line may lack; empty at the end of the input.
    fn line(&mut self, input: &mut dyn BufRead) -> io::Result<Vec<u8>> {
        loop {
            if let Some(end) = self.end() {
                let line = self.bytes[self.at..end].to_vec();
                (self.at, self.looked) = (end, end);
                return Ok(line);
            }
            self.bytes.drain(..self.at);
            (self.at, self.looked) = (0, self.bytes.len());
            let known = self.bytes.len();
            self.bytes.resize(known + CHUNK, 0);
            let read = input.read(&mut self.bytes[known..]);
            self.bytes.truncate(known + *read.as_ref().unwrap_or(&0));
            match read {
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(fault) => return Err(fault),
                Ok(0) => {
                    self.looked = 0;
                    return Ok(std::mem::take(&mut self.bytes));
                }
                Ok(_) => {}
            }
        }
    }

    /// Returns the end of the next line, if the line is complete.
    fn end(&self) -> Option<usize> {
        let at = memchr::memchr(b'\n', &self.bytes[self.looked..])?;
        Some(self.looked + at + 1)
    }
}

impl InputSource {
    /// Whether somebody types at a terminal that supports an editor.
    pub(super) fn is_typed() -> bool {
        let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        !dumb && io::stdin().is_terminal() && io::stdout().is_terminal()
    }

    /// Opens an editor on the terminal, which can recall lines that were left.
    pub(super) fn open(
        status: &Arc<Mutex<StatusLine>>,
        folder: &Path,
        draft: Option<Draft>,
        left: Vec<LeftLine>,
    ) -> InputSource {
        InputSource::Terminal(Box::new(Terminal::open(status, folder, draft, left)))
    }

    /// Returns what was typed next.
    ///
    /// # Errors
    /// The input cannot be read. On a terminal, reading without an editor may still work.
    pub(super) fn next(&mut self, streams: &Streams) -> io::Result<Typed> {
        match self {
            InputSource::Terminal(terminal) => terminal.next(),
            InputSource::Pipe(piped) => {
                let line = piped.line(&mut **streams.input.borrow_mut())?;
                let (read, begun) = (line.len(), now().ok());
                Ok(match String::from_utf8(line) {
                    _ if read == 0 => Typed::Left,
                    Ok(line) => Typed::Line(line, begun),
                    Err(fault) => Typed::NoText(fault.into_bytes()),
                })
            }
        }
    }

    /// Puts a line back for editing, with the moment at which it was begun.
    pub(super) fn put_back(&mut self, line: &str, begun: Option<Moment>) {
        if let InputSource::Terminal(terminal) = self {
            terminal.draft().put_back(begun);
            terminal.editor.run_edit_commands(&[EditCommand::InsertString(fit(line))]);
        }
    }

    /// Whether more was typed already, with which a line that is put back would be mixed.
    pub(super) fn has_more(&self) -> bool {
        match self {
            InputSource::Terminal(_) => crossterm::event::poll(Duration::ZERO).unwrap_or(false),
            InputSource::Pipe(_) => true,
        }
    }

    /// Whether the lines come from a pipe.
    pub(super) fn is_pipe(&self) -> bool {
        matches!(self, InputSource::Pipe(_))
    }

    /// Lets an entered line wait if more input is available, so that the lines are logged together. `waiting` is the
    /// length of the lines that wait already. Returns whether it waits.
    pub(super) fn waits(&mut self, line: &str, begun: Option<Moment>, waiting: usize) -> bool {
        match self {
            InputSource::Pipe(piped) => piped.end().is_some() && waiting < CHUNK,
            InputSource::Terminal(terminal) => {
                let more = crossterm::event::poll(Duration::ZERO).unwrap_or(false);
                more && waiting < PASTE && terminal.wait(line, begun)
            }
        }
    }

    /// Notes that the waiting lines are safe elsewhere; a line that is being typed stays.
    pub(super) fn none_waits(&mut self) {
        if let InputSource::Terminal(terminal) = self {
            terminal.gathers.store(false, Ordering::Relaxed);
            terminal.draft().none_waits();
        }
    }

    /// Switches to another record, with its place for drafts and the lines that were left there.
    pub(super) fn go_to(&mut self, draft: Option<Draft>, left: Vec<LeftLine>) {
        if let InputSource::Terminal(terminal) = self {
            // Everything before was entered and is done.
            terminal.draft().done();
            for line in &left {
                let item = HistoryItem::from_command_line(&line.text);
                // If it cannot be recalled, it was shown before and stays on disk.
                let _ = terminal.editor.history_mut().save(item);
            }
            *terminal.draft() = DraftLine::of(draft, left);
        }
    }

    /// Runs a program: Ctrl-C then ends the program instead of the prompt.
    pub(super) fn while_running<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let InputSource::Terminal(terminal) = self else { return run() };
        let done = terminal.tty.with_signals(run);
        let ends = terminal.told_to_end.load(Ordering::Relaxed);
        for flag in [&terminal.ended, &terminal.pause] {
            flag.store(ends, Ordering::Relaxed);
        }
        done
    }

    /// Notes that the last line is safe elsewhere.
    pub(super) fn done(&mut self) {
        if let InputSource::Terminal(terminal) = self {
            terminal.draft().done();
        }
    }
}

/// A line that was left by an earlier prompt.
pub(super) struct LeftLine {
    file: Draft,
    /// When its first key was pressed.
    pub(super) begun: Option<Moment>,
    /// Its text, as a terminal can show it.
    pub(super) text: String,
}

impl LeftLine {
    /// Returns the line of a draft file.
    pub(super) fn of((file, left): (Draft, String)) -> LeftLine {
        let (first, rest) = left.split_once(' ').unwrap_or(("", &left));
        let begun = Moment::parse(first, None).ok();
        let text = fit(if begun.is_some() { rest } else { &left });
        LeftLine { file, begun, text }
    }

    /// Returns whether an event is this line.
    pub(super) fn is(&self, event: &Event) -> bool {
        self.begun.zip(event.at).is_some_and(|(begun, at)| at.unix() == begun.unix())
            && self.text.contains(event.headline())
    }

    /// Deletes its draft: it is safe elsewhere, or was given up.
    pub(super) fn settle(mut self) {
        self.file.keep("");
    }
}

/// Returns a text as the editor can hold and show it.
fn fit(text: &str) -> String {
    terminal_lines(&plain(text))
}

/// How many bytes of a paste wait to be logged together: all of them are saved at each key.
const PASTE: usize = 32 * 1024;
/// How often the record and the clock are checked.
const TICK: Duration = Duration::from_secs(1);
/// How soon a termination signal is noticed.
const POLL: Duration = Duration::from_millis(200);
const MENU: &str = "offers";

/// An editor with a status line above its prompt.
pub(super) struct Terminal {
    editor: Reedline,
    prompt: StatusPrompt,
    draft: Arc<Mutex<DraftLine>>,
    /// Whether lines wait for the rest of a paste.
    gathers: Arc<AtomicBool>,
    /// Whether a signal has ended the prompt.
    ended: Arc<AtomicBool>,
    /// Whether that was a signal that no key sends.
    told_to_end: Arc<AtomicBool>,
    /// Makes the editor return without a line.
    pause: Arc<AtomicBool>,
    /// Dropped after the editor, since it restores the terminal's original mode.
    tty: Tty,
}

impl Terminal {
    fn open(
        status: &Arc<Mutex<StatusLine>>,
        folder: &Path,
        draft: Option<Draft>,
        left: Vec<LeftLine>,
    ) -> Terminal {
        let tty = Tty::still();
        let asked_for: Vec<HistoryItem> =
            left.iter().map(|line| HistoryItem::from_command_line(&line.text)).collect();
        let draft = Arc::new(Mutex::new(DraftLine::of(draft, left)));
        let mut keys = default_emacs_keybindings();
        keys.add_binding(
            KeyModifiers::NONE,
            KeyCode::Tab,
            ReedlineEvent::UntilFound(vec![
                ReedlineEvent::Menu(MENU.to_owned()),
                ReedlineEvent::MenuNext,
            ]),
        );
        // A paste that the terminal does not mark contains line feeds: it is one event of several lines.
        keys.add_binding(
            KeyModifiers::CONTROL,
            KeyCode::Char('j'),
            ReedlineEvent::Edit(vec![EditCommand::InsertNewline]),
        );
        let (ended, told_to_end, pause, gathers) = (flag(), flag(), flag(), flag());
        end_at_signals(&[&ended, &pause], &told_to_end);
        let colours = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
        let mut editor = Reedline::create()
            .with_edit_mode(Box::new(Clean(Emacs::new(keys))))
            .with_ansi_colors(colours)
            .use_bracketed_paste(true)
            .with_highlighter(Box::new(Watcher(Arc::clone(&draft))))
            .with_completer(Box::new(LineCompleter {
                status: Arc::clone(status),
                folder: folder.to_owned(),
            }))
            .with_menu(ReedlineMenu::EngineCompleter(Box::new(OffersMenu(
                ColumnarMenu::default().with_name(MENU).with_marker(SIGN),
            ))))
            .with_quick_completions(true)
            .with_partial_completions(true)
            .with_transient_prompt(Box::new(StatusPrompt { above: None }))
            .with_poll_interval(POLL)
            .with_break_signal(Arc::clone(&pause));
        for line in asked_for {
            // If it cannot be recalled, it was shown before and stays on disk.
            let _ = editor.history_mut().save(line);
        }
        keep_in_sight(&mut editor, status, (&gathers, &pause));
        let prompt = StatusPrompt { above: Some((Arc::clone(status), Arc::clone(&draft))) };
        Terminal { editor, prompt, draft, gathers, ended, told_to_end, pause, tty }
    }

    fn next(&mut self) -> io::Result<Typed> {
        let signal = self.editor.read_line(&self.prompt).map_err(io::Error::other)?;
        let mut draft = self.draft();
        Ok(match signal {
            Signal::Success(line) => Typed::Line(line, draft.enter()),
            Signal::CtrlC => {
                draft.enter();
                draft.done();
                Typed::GivenUp
            }
            Signal::ExternalBreak(_) if !self.ended.load(Ordering::Relaxed) => Typed::Paused,
            Signal::ExternalBreak(_) => Typed::Ended,
            _ => Typed::Left,
        })
    }

    /// Lets a line wait on disk; returns `false` for one that an earlier prompt left, which is on disk already.
    fn wait(&self, line: &str, begun: Option<Moment>) -> bool {
        let waits = self.draft().wait(line, begun);
        self.gathers.fetch_or(waits, Ordering::Relaxed);
        waits
    }

    fn draft(&self) -> MutexGuard<'_, DraftLine> {
        locked(&self.draft)
    }
}

fn flag() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

/// Sets these flags on any termination signal, and the last one on signals that no key sends.
fn end_at_signals(flags: &[&Arc<AtomicBool>], told_to_end: &Arc<AtomicBool>) {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
        for signal in [SIGTERM, SIGHUP] {
            let _ = signal_hook::flag::register(signal, Arc::clone(told_to_end));
        }
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
            for flag in flags {
                // Without the handler the line is kept as well, only the terminal is not restored.
                let _ = signal_hook::flag::register(signal, Arc::clone(flag));
            }
        }
    }
}

/// Ends the program if its terminal is gone: the draft has the line, and the editor would wait for keys forever.
fn leave_lost_terminal() {
    #[cfg(unix)]
    if !io::stdin().is_terminal() {
        let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGHUP);
    }
}

/// Checks the record and the clock while somebody types. If a paste ends within a line, the complete lines before it
/// must not wait: while `gathers` is set, `pause` is set.
fn keep_in_sight(
    editor: &mut Reedline,
    status: &Arc<Mutex<StatusLine>>,
    (gathers, pause): (&Arc<AtomicBool>, &Arc<AtomicBool>),
) {
    let repaint = editor.repaint_signal();
    let (watched, waits, paused) = (Arc::clone(status), Arc::clone(gathers), Arc::clone(pause));
    std::thread::spawn(move || {
        loop {
            leave_lost_terminal();
            if waits.load(Ordering::Relaxed) {
                paused.store(true, Ordering::Relaxed);
            }
            let mut status = locked(&watched);
            status.look(&[]);
            if now().is_ok_and(|now| status.update(now)) {
                repaint.request_repaint();
            }
            drop(status);
            std::thread::sleep(TICK);
        }
    });
}

/// The line that is being typed, and its draft on disk.
struct DraftLine {
    /// When the first key of the line was pressed.
    begun: Option<Moment>,
    /// The current text of the line.
    line: String,
    /// Entered lines that wait to be logged together, each with its line end, and when the first of them was begun.
    waiting: (Option<Moment>, String),
    /// The draft file, if there could be one.
    draft: Option<Draft>,
    /// Whether the draft has the current text.
    kept: bool,
    /// Lines from earlier prompts that were not recalled or not entered.
    left: Vec<LeftLine>,
    /// Which of them was recalled and is being edited.
    recalled: Option<usize>,
    /// Which of them was entered, but is not safe elsewhere yet.
    entered: Option<usize>,
}

impl DraftLine {
    /// Returns an empty line.
    fn of(draft: Option<Draft>, left: Vec<LeftLine>) -> DraftLine {
        let (line, waiting) = (String::new(), (None, String::new()));
        DraftLine {
            begun: None,
            line,
            waiting,
            draft,
            kept: true,
            left,
            recalled: None,
            entered: None,
        }
    }

    /// Stores the current text of the line.
    fn note(&mut self, line: &str) {
        let left = self.left.iter().position(|left| left.text == line);
        if line.is_empty() {
            (self.begun, self.recalled) = (None, None);
        } else if let Some(left) = left.filter(|_| self.recalled.is_none()) {
            self.recalled = Some(left);
            self.begun = self.left[left].begun.or_else(|| now().ok());
        } else if self.begun.is_none() {
            self.begun = now().ok();
        }
        line.clone_into(&mut self.line);
        self.keep();
    }

    /// Saves the line, after the waiting ones, without waiting for the disk.
    fn keep(&mut self) {
        let (first, waiting) = &self.waiting;
        let begun = first.or(self.begun).map(|begun| begun.written()).unwrap_or_default();
        let all = format!("{waiting}{}", self.line);
        let kept = if all.is_empty() { all } else { format!("{begun} {all}") };
        self.kept = match &mut self.draft {
            Some(draft) => draft.keep(&kept),
            None => kept.is_empty(),
        };
    }

    /// Marks the line as entered; returns when it was begun.
    fn enter(&mut self) -> Option<Moment> {
        self.entered = self.recalled.take();
        self.begun.take()
    }

    /// Lets the entered line wait; returns `false` for a line from an earlier prompt, which waits in its own draft.
    fn wait(&mut self, line: &str, begun: Option<Moment>) -> bool {
        if self.entered.is_some() {
            return false;
        }
        let (first, waiting) = &mut self.waiting;
        *first = first.or(begun);
        waiting.push_str(line.trim_end());
        waiting.push('\n');
        self.line.clear();
        self.keep();
        true
    }

    /// Notes that the waiting lines are safe elsewhere.
    fn none_waits(&mut self) {
        self.waiting = (None, String::new());
        self.keep();
    }

    /// Marks the entered line as being edited again.
    fn put_back(&mut self, begun: Option<Moment>) {
        (self.begun, self.recalled) = (begun, self.entered.take());
    }

    /// Notes that the entered line is safe elsewhere, or was given up.
    fn done(&mut self) {
        self.note("");
        if let Some(left) = self.entered.take() {
            self.left.remove(left).settle();
        }
    }
}

/// Removes control characters from pasted text: they would be invisible and could not be found to be deleted.
struct Clean(Emacs);

impl EditMode for Clean {
    fn parse_event(&mut self, event: ReedlineRawEvent) -> ReedlineEvent {
        match self.0.parse_event(event) {
            ReedlineEvent::Edit(commands) => {
                ReedlineEvent::Edit(commands.into_iter().map(cleaned).collect())
            }
            other => other,
        }
    }

    fn edit_mode(&self) -> PromptEditMode {
        self.0.edit_mode()
    }
}

fn cleaned(command: EditCommand) -> EditCommand {
    match command {
        EditCommand::InsertString(text) => EditCommand::InsertString(plain(&text)),
        other => other,
    }
}

/// Stores every change of the line, without highlighting it.
struct Watcher(Arc<Mutex<DraftLine>>);

impl Highlighter for Watcher {
    fn highlight(&self, line: &str, _cursor: usize) -> StyledText {
        locked(&self.0).note(line);
        let mut plain = StyledText::new();
        plain.push((Default::default(), line.to_owned()));
        plain
    }
}

/// The prompt below the status line, which disappears once a line is entered, since it would soon be out of date.
struct StatusPrompt {
    above: Option<Above>,
}

/// The parts of the line above the prompt.
type Above = (Arc<Mutex<StatusLine>>, Arc<Mutex<DraftLine>>);

const SIGN: &str = "› ";

impl Prompt for StatusPrompt {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        match &self.above {
            Some((status, draft)) => {
                let warning = match locked(draft).kept {
                    true => String::new(),
                    false => format!(" · {}", terminal().line_not_kept()),
                };
                let above = terminal_lines(&format!("{}{warning}\n", locked(status).above()));
                Cow::Owned(wrapped_to(&above, "  ", width().unwrap_or(DEFAULT_WIDTH)))
            }
            None => Cow::Borrowed(""),
        }
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_indicator(&self, _mode: PromptEditMode) -> Cow<'_, str> {
        Cow::Borrowed(SIGN)
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        Cow::Borrowed("  ")
    }

    fn render_prompt_history_search_indicator(&self, search: PromptHistorySearch) -> Cow<'_, str> {
        Cow::Owned(format!("({}) {SIGN}", search.term))
    }

    fn get_prompt_color(&self) -> Color {
        Color::DarkGray
    }

    fn get_indicator_color(&self) -> Color {
        Color::Default
    }
}
