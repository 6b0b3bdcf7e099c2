//! Where lines come from: an editor on a terminal, else the standard input line by line.

use std::borrow::Cow;
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reedline::{
    Color, ColumnarMenu, EditCommand, EditMode, Emacs, Highlighter, KeyCode, KeyModifiers,
    MenuBuilder, Prompt, PromptEditMode, PromptHistorySearch, Reedline, ReedlineEvent,
    ReedlineMenu, ReedlineRawEvent, Signal, StyledText, default_emacs_keybindings,
};

use crate::lang::terminal;
use crate::model::Moment;
use crate::store::Draft;

use super::super::super::environment::now;
use super::super::super::plain::plain;
use super::super::super::streams::Streams;
use super::complete::LineCompleter;
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
}

/// Where lines come from.
pub(super) enum InputSource {
    Terminal(Box<Terminal>),
    Pipe,
}

impl InputSource {
    /// A terminal where there is one.
    pub(super) fn open(
        status: &Arc<Mutex<StatusLine>>,
        folder: &Path,
        draft: Draft,
    ) -> InputSource {
        let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
        if dumb || !terminal {
            return InputSource::Pipe;
        }
        InputSource::Terminal(Box::new(Terminal::open(status, folder, draft)))
    }

    /// The next line.
    ///
    /// # Errors
    /// The input cannot be read; of a terminal, one without an editor may still do.
    pub(super) fn next(&mut self, streams: &Streams) -> io::Result<Typed> {
        match self {
            InputSource::Terminal(terminal) => terminal.next(),
            InputSource::Pipe => {
                let mut line = Vec::new();
                let read = streams.input.borrow_mut().read_until(b'\n', &mut line)?;
                let begun = now().ok();
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
            locked(&terminal.draft).begun = begun;
            terminal.editor.run_edit_commands(&[EditCommand::InsertString(line.to_owned())]);
        }
    }

    /// Whether more was typed already: what is put back now would be mixed with it.
    pub(super) fn has_more(&self) -> bool {
        match self {
            InputSource::Terminal(_) => crossterm::event::poll(Duration::ZERO).unwrap_or(false),
            InputSource::Pipe => true,
        }
    }

    /// The last line is safe elsewhere.
    pub(super) fn done(&mut self) {
        if let InputSource::Terminal(terminal) = self {
            locked(&terminal.draft).note("");
        }
    }
}

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
    /// Dropped after the editor: it knows the terminal's real way.
    _tty: Tty,
}

impl Terminal {
    fn open(status: &Arc<Mutex<StatusLine>>, folder: &Path, draft: Draft) -> Terminal {
        let tty = Tty::still();
        let draft = Arc::new(Mutex::new(DraftLine { begun: None, draft, kept: true }));
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
            .with_menu(ReedlineMenu::EngineCompleter(Box::new(
                ColumnarMenu::default().with_name(MENU),
            )))
            .with_quick_completions(true)
            .with_partial_completions(true)
            .with_transient_prompt(Box::new(StatusPrompt { above: None }))
            .with_poll_interval(POLL)
            .with_break_signal(ended());
        let repaint = editor.repaint_signal();
        let watched = Arc::clone(status);
        std::thread::spawn(move || {
            loop {
                leave_lost_terminal();
                let mut status = locked(&watched);
                status.look(None);
                if now().is_ok_and(|now| status.update(now)) {
                    repaint.request_repaint();
                }
                drop(status);
                std::thread::sleep(TICK);
            }
        });
        let prompt = StatusPrompt { above: Some((Arc::clone(status), Arc::clone(&draft))) };
        Terminal { editor, prompt, draft, _tty: tty }
    }

    fn next(&mut self) -> io::Result<Typed> {
        let signal = self.editor.read_line(&self.prompt).map_err(io::Error::other)?;
        let mut draft = locked(&self.draft);
        Ok(match signal {
            Signal::Success(line) => Typed::Line(line, draft.begun.take()),
            Signal::CtrlC => {
                draft.note("");
                Typed::GivenUp
            }
            Signal::ExternalBreak(_) => Typed::Ended,
            _ => Typed::Left,
        })
    }
}

/// Set by a request to end.
fn ended() -> Arc<AtomicBool> {
    let ended = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
            // Without the handler the line is kept all the same, only the terminal is not put right.
            let _ = signal_hook::flag::register(signal, Arc::clone(&ended));
        }
    }
    ended
}

/// Ends the program where its terminal is gone: the draft holds the line, and the editor would wait
/// for keys for ever.
fn leave_lost_terminal() {
    #[cfg(unix)]
    if !io::stdin().is_terminal() {
        let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGHUP);
    }
}

/// Who types, and since when.
struct DraftLine {
    /// When the first key of the line was pressed.
    begun: Option<Moment>,
    draft: Draft,
    /// The line is on disk as it stands.
    kept: bool,
}

impl DraftLine {
    /// The line as it stands now.
    fn note(&mut self, line: &str) {
        if line.is_empty() {
            self.begun = None;
        } else if self.begun.is_none() {
            self.begun = now().ok();
        }
        let begun = self.begun.map(|begun| begun.written()).unwrap_or_default();
        let kept = if line.is_empty() { String::new() } else { format!("{begun} {line}") };
        self.kept = self.draft.keep(&kept);
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
                Cow::Owned(format!("{}{warning}\n", locked(status).above()))
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
