//! Where lines come from: an editor on a terminal, else the standard input line by line.

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
    /// A line, begun at that moment if that is known.
    Line(String, Option<Moment>),
    /// A line that is no UTF-8, as far as it can be shown.
    NoText(String),
    /// Nothing that counts: the line was given up.
    GivenUp,
    /// The prompt was left.
    Left,
    /// Somebody else ended it; what was typed stays in the draft.
    Ended,
    /// Nothing yet: lines that were entered have waited long enough for the rest of a paste.
    Paused,
}

/// Where lines come from.
pub(super) enum InputSource {
    Terminal(Box<Terminal>),
    Pipe(Piped),
}

/// What came through a pipe and was not taken as a line yet.
#[derive(Default)]
pub(super) struct Piped {
    bytes: Vec<u8>,
    /// Where the next line begins.
    at: usize,
    /// As far as was looked for its end.
    looked: usize,
}

/// As much of a pipe as is read at once.
const CHUNK: usize = 256 * 1024;

impl Piped {
    /// Returns the next line with its end, which the last one may lack; empty at the end of the input.
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

    /// Where the next line ends, if it is there whole.
    fn end(&self) -> Option<usize> {
        let at = memchr::memchr(b'\n', &self.bytes[self.looked..])?;
        Some(self.looked + at + 1)
    }
}

impl InputSource {
    /// Whether somebody types at a terminal that an editor can run on.
    pub(super) fn is_typed() -> bool {
        let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        !dumb && io::stdin().is_terminal() && io::stdout().is_terminal()
    }

    /// An editor on the terminal; lines that were left can be asked for there.
    pub(super) fn open(
        status: &Arc<Mutex<StatusLine>>,
        folder: &Path,
        draft: Option<Draft>,
        left: Vec<LeftLine>,
    ) -> InputSource {
        InputSource::Terminal(Box::new(Terminal::open(status, folder, draft, left)))
    }

    /// The next line.
    ///
    /// # Errors
    /// The input cannot be read; of a terminal, one without an editor may still do.
    pub(super) fn next(&mut self, streams: &Streams) -> io::Result<Typed> {
        match self {
            InputSource::Terminal(terminal) => terminal.next(),
            InputSource::Pipe(piped) => {
                let line = piped.line(&mut **streams.input.borrow_mut())?;
                let (read, begun) = (line.len(), now().ok());
                Ok(match String::from_utf8(line) {
                    _ if read == 0 => Typed::Left,
                    Ok(line) => Typed::Line(line, begun),
                    Err(fault) => Typed::NoText(String::from_utf8_lossy(fault.as_bytes()).into()),
                })
            }
        }
    }

    /// Puts a line back, with the moment it was begun at.
    pub(super) fn put_back(&mut self, line: &str, begun: Option<Moment>) {
        if let InputSource::Terminal(terminal) = self {
            terminal.draft().put_back(begun);
            terminal.editor.run_edit_commands(&[EditCommand::InsertString(fit(line))]);
        }
    }

    /// Whether more was typed already: what is put back now would be mixed with it.
    pub(super) fn has_more(&self) -> bool {
        match self {
            InputSource::Terminal(_) => crossterm::event::poll(Duration::ZERO).unwrap_or(false),
            InputSource::Pipe(_) => true,
        }
    }

    /// Whether nobody types: lines come through a pipe.
    pub(super) fn is_pipe(&self) -> bool {
        matches!(self, InputSource::Pipe(_))
    }

    /// Lets a line that was entered wait for those behind it, where more is there already: they are
    /// logged together. `waiting` is how much waits so far.
    pub(super) fn waits(&mut self, line: &str, begun: Option<Moment>, waiting: usize) -> bool {
        match self {
            InputSource::Pipe(piped) => piped.end().is_some() && waiting < CHUNK,
            InputSource::Terminal(terminal) => {
                let more = crossterm::event::poll(Duration::ZERO).unwrap_or(false);
                more && waiting < PASTE && terminal.wait(line, begun)
            }
        }
    }

    /// Lines that waited are safe elsewhere; one that is being typed stays.
    pub(super) fn none_waits(&mut self) {
        if let InputSource::Terminal(terminal) = self {
            terminal.gathers.store(false, Ordering::Relaxed);
            terminal.draft().none_waits();
        }
    }

    /// Lines that are typed from here on are of another record: where they are kept, and those that were
    /// left there.
    pub(super) fn go_to(&mut self, draft: Option<Draft>, left: Vec<LeftLine>) {
        if let InputSource::Terminal(terminal) = self {
            // What was typed so far was entered, and is done.
            terminal.draft().done();
            for line in &left {
                let item = HistoryItem::from_command_line(&line.text);
                // Where it cannot be asked for, it was shown, and stays on the disk.
                let _ = terminal.editor.history_mut().save(item);
            }
            *terminal.draft() = DraftLine::of(draft, left);
        }
    }

    /// Runs a program: Ctrl-C ends the program, and not the prompt.
    pub(super) fn while_running<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let InputSource::Terminal(terminal) = self else { return run() };
        let done = terminal.tty.with_signals(run);
        let ends = terminal.told_to_end.load(Ordering::Relaxed);
        for flag in [&terminal.ended, &terminal.pause] {
            flag.store(ends, Ordering::Relaxed);
        }
        done
    }

    /// The last line is safe elsewhere.
    pub(super) fn done(&mut self) {
        if let InputSource::Terminal(terminal) = self {
            terminal.draft().done();
        }
    }
}

/// A line that somebody left who is gone.
pub(super) struct LeftLine {
    file: Draft,
    /// When its first key was pressed.
    pub(super) begun: Option<Moment>,
    /// What was typed, as a terminal can show it.
    pub(super) text: String,
}

impl LeftLine {
    /// Returns the line of a file that is held.
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

    /// Forgets it: it is safe elsewhere, or given up.
    pub(super) fn settle(mut self) {
        self.file.keep("");
    }
}

/// A text as the editor can hold and show it.
fn fit(text: &str) -> String {
    terminal_lines(&plain(text))
}

/// As much of a paste as waits to be logged together: all of it is written down at each key.
const PASTE: usize = 32 * 1024;
/// How often the record and the clock are looked at.
const TICK: Duration = Duration::from_secs(1);
/// How soon a signal to end is seen.
const POLL: Duration = Duration::from_millis(200);
const MENU: &str = "offers";

/// An editor with a line above its prompt that says where the record stands.
pub(super) struct Terminal {
    editor: Reedline,
    prompt: StatusPrompt,
    draft: Arc<Mutex<DraftLine>>,
    /// Lines wait for the rest of a paste.
    gathers: Arc<AtomicBool>,
    /// A signal told the prompt to end.
    ended: Arc<AtomicBool>,
    /// The same for a signal that no key sends.
    told_to_end: Arc<AtomicBool>,
    /// Has the editor leave its line.
    pause: Arc<AtomicBool>,
    /// Dropped after the editor: it knows the terminal's real way.
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
        // A paste that the terminal does not mark has line feeds: one event of several lines.
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
                ColumnarMenu::default().with_name(MENU),
            ))))
            .with_quick_completions(true)
            .with_partial_completions(true)
            .with_transient_prompt(Box::new(StatusPrompt { above: None }))
            .with_poll_interval(POLL)
            .with_break_signal(Arc::clone(&pause));
        for line in asked_for {
            // Where it cannot be asked for, it was shown, and stays on the disk.
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

    /// Lets a line wait on the disk, unless it was left there before.
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

/// Has these set by a request to end, and the last one by a request that no key sends.
fn end_at_signals(flags: &[&Arc<AtomicBool>], told_to_end: &Arc<AtomicBool>) {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
        for signal in [SIGTERM, SIGHUP] {
            let _ = signal_hook::flag::register(signal, Arc::clone(told_to_end));
        }
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
            for flag in flags {
                // Without the handler the line is kept all the same, only the terminal is not put right.
                let _ = signal_hook::flag::register(signal, Arc::clone(flag));
            }
        }
    }
}

/// Ends the program where its terminal is gone: the draft holds the line, and the editor would wait
/// for keys for ever.
fn leave_lost_terminal() {
    #[cfg(unix)]
    if !io::stdin().is_terminal() {
        let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGHUP);
    }
}

/// Looks at the record and the clock while somebody types. Of a paste that ends within a line, the lines before it are
/// not kept waiting: where `gathers` is set, `pause` is.
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

/// Who types, and since when.
struct DraftLine {
    /// When the first key of the line was pressed.
    begun: Option<Moment>,
    /// The line as it stands.
    line: String,
    /// Lines that were entered and wait to be logged together, each with its end; and when the first of them
    /// was begun.
    waiting: (Option<Moment>, String),
    /// Where it is kept, where it can be.
    draft: Option<Draft>,
    /// The line is on disk as it stands.
    kept: bool,
    /// Lines that were left and not asked for yet, or not entered.
    left: Vec<LeftLine>,
    /// The one of them that was asked for and is being typed at.
    recalled: Option<usize>,
    /// The one of them that was entered, and is not safe elsewhere yet.
    entered: Option<usize>,
}

impl DraftLine {
    /// Of a line of which nothing is typed yet.
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

    /// The line as it stands now.
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

    /// Keeps the line, below those that wait, without waiting for the disk.
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

    /// The line is entered; returns when it was begun.
    fn enter(&mut self) -> Option<Moment> {
        self.entered = self.recalled.take();
        self.begun.take()
    }

    /// The line that was entered waits; whether it does, as one that was left waits where it is.
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

    /// Lines that waited are safe elsewhere.
    fn none_waits(&mut self) {
        self.waiting = (None, String::new());
        self.keep();
    }

    /// The line that was entered is to be typed at again.
    fn put_back(&mut self, begun: Option<Moment>) {
        (self.begun, self.recalled) = (begun, self.entered.take());
    }

    /// The line that was entered is safe elsewhere, or given up.
    fn done(&mut self) {
        self.note("");
        if let Some(left) = self.entered.take() {
            self.left.remove(left).settle();
        }
    }
}

/// Takes what would drive the terminal out of what is pasted: it could be seen by nobody, and not be
/// found to be deleted.
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

/// Sees every change of the line, and leaves it as plain as it is.
struct Watcher(Arc<Mutex<DraftLine>>);

impl Highlighter for Watcher {
    fn highlight(&self, line: &str, _cursor: usize) -> StyledText {
        locked(&self.0).note(line);
        let mut plain = StyledText::new();
        plain.push((Default::default(), line.to_owned()));
        plain
    }
}

/// The prompt, under the status line. That goes once a line is entered: it would soon be out of
/// date.
struct StatusPrompt {
    above: Option<Above>,
}

/// What the line above the prompt is made of.
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
                let above = format!("{}{warning}\n", locked(status).above());
                Cow::Owned(terminal_lines(&above))
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
