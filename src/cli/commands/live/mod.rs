//! A prompt for the person who keeps the log: every line is an event.

mod complete;
mod input;
mod line;
mod status;
mod tty;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clap::Args;

use crate::fault::Field;
use crate::fault::StoreFault;
use crate::lang::{Direction, read_typed};
use crate::lang::{documents_for, help};
use crate::model::{Event, Incident, Moment};
use crate::operations::{
    self, LockWait, LogRequest, UndoRequest, Workspace, frame, last_change, step_place,
};
use crate::render::record_text;
use crate::store::{Project, RecordName};
use crate::view::record_view;

use super::super::args::WAIT_SECONDS;
use super::super::context::{Context, now, tell_waiting};
use super::super::errors::{self, Exit, Failure};
use super::super::event_text::as_code;
use super::{log, undo};
use crate::lang::{Door, terminal};

use input::{InputSource, Typed};
use line::{Asked, Command, Entry};
use status::{StatusLine, locked};

const FORMS: &str = "\
Every line is an event, at the moment its first key was pressed.
  5xx on checkout                    what happened
  /detected 5xx on checkout          its type, also shortened: /det, or /감지
  /at 10m ago pool exhausted         when it happened; /until TIME when it ended
  /step deploy started               the planned step it carries out
  /attach 044.png the error page     a screenshot or file; /alt, /width 50%
  /by sam, /why \"REASON\", /ref URL   as asrun log has them; /key, /internal
Forms go before the words and can be combined: /at 18:08 /det /by sam 5xx
A line that begins with a space is taken as it is.
  /undo  /redo     take back what this prompt did last, bring it back
  /show  /plan     the timeline, the plan
  /help  /quit     this list; Ctrl-D leaves too
Tab completes forms, steps and files.";

#[derive(Debug, Args)]
#[command(
    about = help().live.about,
    long_about = help().live.long_about,
    after_long_help = help().live.after,
)]
pub(in crate::cli) struct LiveArgs {
    #[arg(env = "ASRUN_RECORD", help = help().live.record)]
    record: Option<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LiveArgs) -> Result<Exit, Failure> {
    context.no_rehearsal("live")?;
    context.no_waiting("live")?;
    context.brief = true;
    let project = context.project_for_logging()?;
    let record = context.named_or_current(&project, args.record.as_deref())?;
    let zone = context.zone(&project);
    let board = Arc::new(Mutex::new(StatusLine::of(project.clone(), record.clone(), zone)));
    let (draft, left) = project.draft(&record)?;
    let mut live = Live { board, record, exit: Exit::Done, mine: Vec::new() };
    live.banner(context, &project);
    let mut input = InputSource::open(&live.board, &context.folder, draft);
    live.take_up(context, &mut input, &left);
    live.run(context, &mut input)?;
    Ok(live.exit)
}

/// As long as a command waits for others.
const WAIT: LockWait<'static> =
    LockWait { limit: Duration::from_secs(WAIT_SECONDS), waiting: &tell_waiting };

/// Somebody keeps the log of a record.
struct Live {
    board: Arc<Mutex<StatusLine>>,
    record: RecordName,
    /// How it ends: as the last line that was lost to the record.
    exit: Exit,
    /// Changes of this prompt, as the journal names them: others' are not its to take back.
    mine: Vec<String>,
}

impl Live {
    fn banner(&self, context: &mut Context, project: &Project) {
        // What cannot be read now is told, and logged beside.
        if let Err(fault) = project.load(&self.record) {
            errors::print(&Failure::from(fault));
        }
        let mut board = locked(&self.board);
        board.update(context.now);
        let title = Some(board.incident().title.as_str()).filter(|title| !title.is_empty());
        let title = title.map(|title| format!(": {title}")).unwrap_or_default();
        context.answer(&format!(
            "logging to {}{title} (times in {})\nevery line is an event; /help lists short forms, Ctrl-D leaves\n",
            self.record.id,
            board.zone()
        ));
    }

    /// LineCompleter the line that was not entered last time.
    fn take_up(&self, context: &mut Context, input: &mut InputSource, left: &str) {
        let Some((begun, line)) = left.split_once(' ') else { return };
        let begun = Moment::parse(begun, None).ok();
        let is_logged = |event: &Event| {
            begun.is_some_and(|begun| event.at.unix() == begun.unix())
                && line.contains(event.headline())
        };
        if locked(&self.board).incident().events.iter().any(is_logged) {
            // It ended between the save and the word of it.
            input.done();
            return;
        }
        context.answer("a line was left here and keeps the time it was begun at:\n");
        match input {
            InputSource::Terminal(_) => input.put_back(line, begun),
            InputSource::Pipe => context.answer(&format!("  {left}\n")),
        }
    }

    /// Until the prompt is left.
    fn run(&mut self, context: &mut Context, input: &mut InputSource) -> Result<(), Failure> {
        // What comes through a pipe is logged, whether or not somebody reads the answers.
        while context.is_heard() || matches!(input, InputSource::Pipe) {
            let typed = input.next().or_else(|fault| self.without_editor(context, input, &fault));
            let typed =
                typed.map_err(|e| Failure::new(format!("cannot read the next line: {e}")))?;
            let (text, begun) = match typed {
                Typed::Line(text, begun) => (text, begun),
                Typed::NoText(text) => {
                    let failure = Failure::misuse("this line is not UTF-8 text").hint(
                        "Korean text of older programs: … | iconv -f CP949 -t UTF-8 | asrun live",
                    );
                    self.give_back(input, failure, &text, None);
                    continue;
                }
                Typed::GivenUp => {
                    context.answer("given up, not recorded; Ctrl-D leaves\n");
                    continue;
                }
                Typed::Left => break,
                Typed::Ended => {
                    context.answer("\nended; the next asrun live takes up what was typed here\n");
                    break;
                }
            };
            context.now = now()?;
            self.tell_news(context);
            if !self.take(context, input, &text, begun) {
                break;
            }
        }
        Ok(())
    }

    /// Does what a line asks for; whether there is to be another one.
    fn take(
        &mut self,
        context: &mut Context,
        input: &mut InputSource,
        text: &str,
        begun: Option<Moment>,
    ) -> bool {
        let asked = line::read(text.trim_end(), &|form, words| self.time(context, form, words));
        let logged = match asked {
            Ok(Asked::Command(command)) => {
                if let Err(failure) = self.execute(context, command) {
                    if matches!(input, InputSource::Pipe) && self.exit == Exit::Done {
                        self.exit = failure.exit;
                    }
                    errors::print(&failure);
                }
                input.done();
                return command != Command::Quit;
            }
            Ok(Asked::Nothing) => Ok(()),
            Ok(Asked::Event(entry)) => self.log(context, *entry, begun),
            Err(failure) => Err(failure),
        };
        match logged {
            Ok(()) => input.done(),
            Err(failure) => self.give_back(input, failure, text, begun),
        }
        true
    }

    fn execute(&mut self, context: &mut Context, command: Command) -> Result<(), Failure> {
        match command {
            Command::Undo => self.undo(context, false)?,
            Command::Redo => self.undo(context, true)?,
            Command::Show => self.show(context)?,
            Command::Plan => self.plan(context),
            Command::Help => context.answer(&format!("{FORMS}\n")),
            Command::Quit => {}
        }
        Ok(())
    }

    /// Tells why a line was not taken, and gives it back: to the editor, or where more was typed already
    /// on the error output.
    fn give_back(
        &mut self,
        input: &mut InputSource,
        mut failure: Failure,
        text: &str,
        begun: Option<Moment>,
    ) {
        if failure.exit == Exit::Kept {
            self.exit = Exit::Kept;
            input.done();
        } else {
            failure.message = format!("NOT recorded: {}", failure.message);
            if input.has_more() {
                failure = failure.repeating(text);
                self.exit = failure.exit;
                input.done();
            } else {
                input.put_back(text, begun);
            }
        }
        errors::print(&failure);
    }

    /// What others logged since the last line, which stood above the prompt so far.
    fn tell_news(&self, context: &mut Context) {
        let news = locked(&self.board).take_news();
        news.iter().for_each(|line| context.answer(&format!("{line}\n")));
    }

    /// Plain lines are better than none.
    fn without_editor(
        &self,
        context: &Context,
        input: &mut InputSource,
        fault: &io::Error,
    ) -> io::Result<Typed> {
        if matches!(input, InputSource::Pipe) {
            return Err(io::Error::new(fault.kind(), fault.to_string()));
        }
        context.say(&format!("warning: no line editor on this terminal ({fault}): plain lines"));
        *input = InputSource::Pipe;
        input.next()
    }

    /// Whether words are a time, as `--at` would read them now.
    fn time(&self, context: &Context, form: &str, words: &str) -> Result<(), Failure> {
        let board = locked(&self.board);
        let frame = frame(context.now, board.zone(), board.incident(), Direction::Past);
        let typed = read_typed(words, &frame);
        typed.map(|_| ()).map_err(|fault| {
            Failure::misuse(terminal().time_fault(&fault, &format!("/{form}: "), frame.zone))
        })
    }

    /// The project, while the record is still in its place: with its file gone, part of its id could
    /// mean another one.
    fn project(&self, context: &Context) -> Result<Project, Failure> {
        let project = context.project_for_logging()?;
        match project.exact(&self.record.id) {
            Some(_) => Ok(project),
            None => Err(StoreFault::Vanished { id: self.record.id.clone() }.into()),
        }
    }

    /// Remembers the last change as one of this prompt.
    fn note_mine(&mut self, project: &Project) {
        let journal = project.journal(&self.record);
        let last = journal.ok().and_then(|journal| Some(journal.entries().last()?.id.clone()));
        self.mine.extend(last);
    }

    fn log(
        &mut self,
        context: &mut Context,
        entry: Entry,
        begun: Option<Moment>,
    ) -> Result<(), Failure> {
        let workspace = context.workspace_of(self.project(context)?);
        // Held, so that nobody takes this event for somebody else's.
        let shared = Arc::clone(&self.board);
        let mut board = locked(&shared);
        let (first, rest) = entry.text.split_once('\n').unwrap_or((&entry.text, ""));
        let text = match first.trim() {
            "" => said_by_forms(&entry, board.incident()),
            // For log it means the standard input, which holds the lines to come.
            "-" => return Err(Failure::misuse("the line is nothing but a dash")),
            first => first.to_owned(),
        };
        let detail = (!rest.trim().is_empty()).then(|| as_code(rest));
        let logged = self.record(context, &workspace, entry, begun, (text.clone(), detail));
        if let (Ok(()), Some(form)) = (&logged, line::form_within(&text)) {
            context.say(&format!(
                "warning: /{form} stands behind the words, so it is one of them; forms go first (/undo, then again)"
            ));
        }
        board.look(Some(&text));
        board.update(context.now);
        if logged.is_ok() {
            self.note_mine(&workspace.project);
        }
        logged
    }

    /// Logs an event and says so.
    fn record(
        &self,
        context: &mut Context,
        workspace: &Workspace,
        entry: Entry,
        begun: Option<Moment>,
        (text, detail): (String, Option<String>),
    ) -> Result<(), Failure> {
        let files: Vec<PathBuf> = entry.files.iter().map(PathBuf::from).collect();
        let request = LogRequest {
            text,
            detail,
            begun,
            at: entry.at,
            until: entry.until,
            kind: entry.kind,
            steps: entry.steps,
            by: entry.by,
            why: entry.why,
            files: log::sources(context, &files)?,
            alt: entry.alt,
            width: entry.width,
            refs: entry.refs,
            key: entry.key,
            internal: entry.internal,
        };
        let outcome = operations::log(workspace, &self.record, &request, &WAIT)
            .map_err(|fault| Failure::of(fault, Door::Prompt))?;
        log::tell(context, workspace, &self.record, &request, outcome).map(|_| ())
    }

    fn undo(&mut self, context: &mut Context, redo: bool) -> Result<(), Failure> {
        let workspace = context.workspace_of(self.project(context)?);
        let journal = workspace.project.journal(&self.record)?;
        let entry = last_change(&journal, redo);
        if let Some(other) = entry.filter(|entry| !self.mine.contains(&entry.id)) {
            let told = undo::summary(other);
            return Err(Failure::new(format!("the last change is not of this prompt: {told}"))
                .hint(match redo {
                    true => "asrun undo --redo brings it back all the same",
                    false => "asrun undo takes it back all the same",
                }));
        }
        let shared = Arc::clone(&self.board);
        let mut board = locked(&shared);
        let request = UndoRequest { redo };
        let undone = operations::undo(&workspace, &self.record, &request, &WAIT)
            .map_err(|fault| Failure::of(fault, Door::Prompt))?;
        undo::tell(context, &self.record, request, &undone);
        self.note_mine(&workspace.project);
        board.look(None);
        board.take_news();
        board.update(context.now);
        Ok(())
    }

    fn show(&self, context: &mut Context) -> Result<(), Failure> {
        let project = context.project()?;
        let loaded = project.load(&self.record)?;
        let tolerance = project.settings.tolerance_seconds();
        let view = record_view(&loaded.id, &loaded.document.incident, tolerance, None);
        context.print(&record_text(&view, context.width, false));
        Ok(())
    }

    /// The steps, with what `/step` calls them.
    fn plan(&self, context: &mut Context) {
        let board = locked(&self.board);
        let incident = board.incident();
        let words = documents_for(incident.language.as_deref());
        for step in &incident.plan {
            let clock = (words.clock)(&step.at.clock(Some(board.zone())));
            let sign = if incident.is_settled(step) { "✓" } else { " " };
            let id = step.id.as_deref().unwrap_or("");
            context.answer(&format!("{sign} {clock}  {id}  {}\n", step.text));
        }
        if incident.plan.is_empty() {
            context.answer(&format!("{}\n", words.labels.no_plan));
        }
    }
}

/// The words of a line that has none but short forms: its step's, its file's name, or its type.
fn said_by_forms(entry: &Entry, incident: &Incident) -> String {
    let place = |wanted: &String| step_place(incident, wanted, Field::Step).ok();
    let step = entry.steps.first().and_then(place).map(|place| incident.plan[place].text.clone());
    let file = entry.files.first().map(|path| path.rsplit('/').next().unwrap_or(path).to_owned());
    let words = documents_for(incident.language.as_deref());
    let kind = entry.kind.as_ref().map(|kind| (words.event_type)(kind));
    step.or(kind).or(file).unwrap_or_default()
}
