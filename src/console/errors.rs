//! Prints failures: what, where, why, and the way out.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::check::{self, Finding};
use crate::fault::{Fault, Problem, StoreFault, TemplateFault};
use crate::lang::{self, Door, ProblemText, Refusal, terminal};
use crate::render::escape::{self, terminal_lines};
use crate::store::{Project, Scratch};
use crate::yaml::{Lines, Position};

use super::plain::plain;
use super::width::in_one_screen;

/// The exit code of a command. The numbers are documented and the same for all commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: it did what was asked.
    Done,
    /// 1: it failed, or found something wrong.
    Failed,
    /// 2: the command line was wrong.
    Misuse,
    /// 3: another asrun was writing to the record; nothing was written, try again.
    Busy,
    /// 4: the record cannot be read, so the event was kept beside it.
    Kept,
    /// The exit code of a command that was run and logged.
    Ran(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Misuse => 2,
            Exit::Busy => 3,
            Exit::Kept => 4,
            Exit::Ran(code) => code,
        })
    }
}

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    /// The exit code of the command.
    pub exit: Exit,
    /// The first line, without a full stop.
    pub message: String,
    /// Ways out, one per line.
    pub hints: Vec<String>,
    /// What the user typed, so that it can be copied.
    typed: String,
    /// The faults of a file, with their lines.
    faults: Option<Faults>,
}

#[derive(Debug)]
struct Faults {
    path: String,
    text: String,
    problems: Vec<Problem>,
    /// The way out of each one that is shown.
    help: Vec<String>,
}

impl Failure {
    /// Returns a failure with this wording.
    pub fn new(words: impl Into<Refusal>) -> Failure {
        let Refusal { message, hints } = words.into();
        Failure { exit: Exit::Failed, message, hints, typed: String::new(), faults: None }
    }

    /// Returns a failure of the command line.
    pub fn misuse(words: impl Into<Refusal>) -> Failure {
        Failure { exit: Exit::Misuse, ..Failure::new(words) }
    }

    /// Returns the failure of a refused request.
    pub fn of(fault: Fault, door: Door) -> Failure {
        if let Fault::Store(fault) = fault {
            return fault.into();
        }
        let exit = if fault.is_misuse() { Exit::Misuse } else { Exit::Failed };
        Failure { exit, ..Failure::new(terminal().fault(&fault, door, &here())) }
    }

    /// Adds a way out.
    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hints.push(hint.into());
        self
    }

    /// Returns all ways out, to complete the commands in them.
    pub fn ways_out(&mut self) -> impl Iterator<Item = &mut String> {
        let help = self.faults.iter_mut().flat_map(|faults| &mut faults.help);
        self.hints.iter_mut().chain(help)
    }

    /// Repeats the typed text below everything else. A text that would fill the screen is saved to a file, and only its
    /// beginning is repeated.
    pub fn repeating(mut self, typed: &str) -> Failure {
        let typed = typed.trim();
        let shown = in_one_screen(typed);
        let kept = (shown != typed).then(|| {
            let project = Project::find_without_settings(&here()).ok();
            let root = project.as_ref().map(Project::root);
            Scratch::keep_refused(&std::env::temp_dir(), root, typed)
        });
        let typed = match kept {
            // If there is no file, a text that somebody may have written by hand is repeated in full.
            Some(None) if typed.len() <= BY_HAND => typed.to_owned(),
            Some(Some(path)) => format!("{shown}\n{}", terminal().kept_whole(&path)),
            _ => shown,
        };
        self.typed = terminal_lines(&typed);
        self
    }

    /// Repeats the beginning of an input that is endless or too long.
    pub fn beginning(mut self, input: &[u8]) -> Failure {
        let beginning = plain(&String::from_utf8_lossy(&input[..input.len().min(BY_HAND)]));
        let shown: Vec<&str> = beginning.lines().take(5).collect();
        self.typed = terminal_lines(&format!("{:.400}\n…", shown.join("\n")));
        self
    }

    /// Repeats what another failure repeats, after these words.
    pub fn repeating_of(mut self, words: &str, other: &Failure) -> Failure {
        self.typed = terminal_lines(format!("{words}\n{}", other.typed).trim());
        self
    }

    /// Says that an event was not recorded, and repeats its text.
    pub fn not_recorded(mut self, text: &str) -> Failure {
        if self.exit == Exit::Kept {
            return self;
        }
        self.message = terminal().not_recorded(&self.message);
        if self.repeats() { self } else { self.repeating(text) }
    }

    /// Whether some text is repeated.
    pub fn repeats(&self) -> bool {
        !self.typed.is_empty()
    }

    /// Returns the failure of a text with faults, which was not saved.
    pub fn faulty(path: &Path, text: &str, problems: Vec<Problem>) -> Failure {
        StoreFault::Faulty { path: path.to_owned(), text: text.to_owned(), problems }.into()
    }

    /// Returns the position of the first fault.
    pub fn first_place(&self) -> Option<Position> {
        let faults = self.faults.as_ref()?;
        Some(Position::of(&faults.text, faults.problems.first()?.span.start))
    }

    /// Returns the message and the position of the first fault in one line, for lists.
    pub fn in_one_line(&self) -> String {
        let first = self.faults.as_ref().and_then(|faults| {
            let problem = faults.problems.first()?;
            let place = Position::of(&faults.text, problem.span.start);
            Some(format!("{}:{place}: {}", faults.path, terminal().problem(&problem.kind).message))
        });
        escape::terminal(&first.unwrap_or_else(|| self.message.clone())).into_owned()
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::of(fault, Door::CommandLine)
    }
}

impl From<TemplateFault> for Failure {
    fn from(fault: TemplateFault) -> Failure {
        Fault::from(fault).into()
    }
}

impl From<StoreFault> for Failure {
    fn from(fault: StoreFault) -> Failure {
        let words = terminal().store_fault(&fault, &here());
        let exit = if matches!(fault, StoreFault::Busy { .. }) { Exit::Busy } else { Exit::Failed };
        let faults = match fault {
            StoreFault::Faulty { path, text, problems } => {
                let shown_ones = problems.iter().take(FAULTS_SHOWN);
                let help = shown_ones.map(|problem| terminal().problem(&problem.kind).help);
                let help = help.collect();
                Some(Faults { path: shown(&path), text, problems, help })
            }
            _ => None,
        };
        Failure { exit, faults, ..Failure::new(words) }
    }
}

/// Returns a path as people type it: relative to the current folder if it is inside it.
pub fn shown(path: &Path) -> String {
    lang::shown(path, &here())
}

/// Returns the current folder, which typed paths are relative to.
fn here() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

/// The longest text that a person may have written for one event, in bytes.
const BY_HAND: usize = 16 * 1024;

const FAULTS_SHOWN: usize = 20;

/// Returns the text of a failure, wrapped between words on a terminal.
pub fn text_of(failure: &Failure, on_terminal: bool) -> String {
    // The typed text is repeated unchanged; secrets from a record are masked.
    let message = check::told_without_secrets(&failure.message);
    let lines: Vec<String> =
        message.lines().map(|line| escape::terminal(line).into_owned()).collect();
    let shown = |text: String| super::width::wrapped(&text, on_terminal);
    let mut out = shown(format!("{}\n", terminal().error(&lines.join("\n"))));
    if let Some(faults) = &failure.faults {
        // The shown lines must not reveal secrets.
        let masked = check::masked(&faults.text);
        let source = Lines::of(&masked);
        for (problem, help) in faults.problems.iter().zip(&faults.help) {
            let message = terminal().problem(&problem.kind).message;
            let (id, span) = (problem.code.name(), problem.span.clone());
            let level = check::Level::Error;
            let faulty = Faulty { level, id, span, message: &message, help };
            let shown = faulty.shown(&faults.path, &source);
            let _ = writeln!(out, "{shown}");
        }
        if faults.problems.len() > FAULTS_SHOWN {
            let more = faults.problems.len() - FAULTS_SHOWN;
            let _ = writeln!(out, "{}", terminal().more_faults(more));
        }
    }
    for hint in &failure.hints {
        let _ =
            writeln!(out, "{}", shown(format!("  {}", terminal().hint(&escape::terminal(hint)))));
    }
    if !failure.typed.is_empty() {
        let _ = writeln!(out, "{}\n{}", terminal().typed(), failure.typed);
    }
    out
}

/// A place in a text with a message about it.
struct Faulty<'f> {
    level: check::Level,
    id: &'f str,
    span: Range<usize>,
    message: &'f str,
    help: &'f str,
}

/// Findings that break the same rule and have the same way out.
pub(super) struct Alike<'f> {
    pub(super) first: &'f Finding,
    pub(super) others: Vec<&'f Finding>,
    pub(super) help: String,
}

/// Returns the findings of one rule in a file: the first like a fault with its lines, the others in one line each,
/// followed by an empty line.
pub(super) fn findings_text(path: &str, source: &Lines, alike: &Alike) -> String {
    let Alike { first: Finding { rule, span, kind }, others, help } = alike;
    let message = terminal().finding(kind);
    let (id, message) = (rule.id.name(), message.as_str());
    let faulty = Faulty { level: rule.level, id, span: span.clone(), message, help };
    let mut text = format!("{}\n", faulty.shown(path, source));
    for other in others {
        let place = source.position(other.span.start);
        let line = format!("{path}:{place}: {}", terminal().finding(&other.kind));
        let _ = writeln!(text, "  --> {}", escape::terminal(&line));
    }
    text + "\n"
}

/// Returns a finding about a whole file, followed by an empty line.
pub fn whole_file_text(
    path: &str,
    (level, rule): (check::Level, &str),
    text: &ProblemText,
) -> String {
    let (level, way_out) = (terminal().gravity(level.gravity()), terminal().way_out());
    let ProblemText { message, help } = text;
    format!("{level}[{rule}]: {message}\n --> {path}\n  = {way_out}: {help}\n\n")
}

impl Faulty<'_> {
    /// Returns the line with a caret below the fault, the reason, and the way out.
    fn shown(self, path: &str, source: &Lines) -> String {
        let path = escape::terminal(path).into_owned();
        let message = escape::terminal(self.message).into_owned();
        let help = escape::terminal(self.help).into_owned();
        let place = source.position(self.span.start);
        let window = Window::around(source.text(), self.span);
        let source = Snippet::source(window.text.as_str())
            .line_start(place.line)
            .annotation(AnnotationKind::Primary.span(window.span.clone()));
        let level = match self.level {
            check::Level::Error => Level::ERROR,
            check::Level::Warning => Level::WARNING,
            check::Level::Note => Level::NOTE,
        };
        let level = level.with_name(terminal().gravity(self.level.gravity()));
        let title = level.primary_title(message.as_str()).id(self.id);
        let report = if window.cut {
            // The columns cannot be counted in a line that was cut.
            let origin = Origin::path(path.as_str()).line(place.line).char_column(place.column);
            title.element(origin).element(source)
        } else {
            title.element(source.path(path.as_str()))
        };
        let way_out = Level::HELP.with_name(terminal().way_out());
        let report: &[Group] = &[report.element(way_out.message(help.as_str()))];
        Renderer::styled().render(report)
    }
}

/// A few lines around a fault, safe to print, with the fault's byte range in them.
struct Window {
    text: String,
    span: Range<usize>,
    /// Whether the beginning of the line was cut.
    cut: bool,
}

const LINE_CHARS: usize = 160;

impl Window {
    fn around(text: &str, fault: Range<usize>) -> Window {
        let mut at = fault.start.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        // A line may be as long as the file: only the part that is shown is read.
        let back = text[..at].chars().rev().take_while(|c| *c != '\n').take(LINE_CHARS + 1);
        let back: Vec<char> = back.collect();
        let cut = back.len() > LINE_CHARS;
        let shown: String = back.iter().take(LINE_CHARS).rev().collect();
        let shown = if cut { &shown } else { shown.trim_start_matches('\u{feff}') };
        let before = format!("{}{}", if cut { "…" } else { "" }, printable(shown));
        let line = |range: &str| -> String {
            printable(
                &range.chars().take_while(|c| *c != '\n').take(LINE_CHARS).collect::<String>(),
            )
        };
        let after = line(&text[at..]);
        let width = line(text.get(at..fault.end.min(text.len())).unwrap_or("")).len();
        let span = before.len()..before.len() + width;
        Window { text: format!("{before}{after}"), span, cut }
    }
}

/// Replaces every character that must not reach a terminal raw by one visible character.
fn printable(text: &str) -> String {
    let shown = |c: char| {
        let hidden = c != '\t' && escape::terminal(c.encode_utf8(&mut [0; 4])).len() > c.len_utf8();
        if c == '\r' {
            ' '
        } else if hidden {
            '\u{fffd}'
        } else {
            c
        }
    };
    text.chars().map(shown).collect()
}
