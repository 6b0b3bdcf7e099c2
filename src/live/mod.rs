//! A prompt for the person who keeps the log: every line is an event.

mod complete;
mod input;
mod line;
mod menu;
mod sheet;
mod status;
mod tty;
mod undo;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::console::{
    Context, Exit, Failure, WAIT_SECONDS, logged, merging, now, tell_waiting, width::in_one_screen,
};
use crate::fault::{Doubt, Fault, Field, KeyFault, LineFault, NotUtf8};
use crate::lang::{Aim, Door, Lead, RunVerb, documents_for, terminal, told};
use crate::model::{Event, EventType, Incident, Moment};
use crate::operations::{
    self, LockWait, LogOutcome, LogRequest, LoggedTogether, Target, Turn, current_step, frame,
    others_open, plan_of, split_required, step_place, team_view, words_of_save,
};
use crate::render::{plan_text, record_text};
use crate::store::{Draft, Project, RecordName};

use input::{InputSource, LeftLine, Piped, Typed};
use line::{Asked, Command, Entry};
use sheet::{RunSheet, SheetLine};
use status::{StatusLine, locked};
use undo::turn_own;

pub use line::meant_in_shell;
pub use sheet::run_plan;

/// Runs the prompt for a record, or for the current one, until it is left.
///
/// # Errors
/// There is no such record, or a line cannot be read. Refused lines determine the exit code.
pub fn run(context: &mut Context, wanted: Option<&str>) -> Result<Exit, Failure> {
    context.refuse_dry_run("live")?;
    context.no_waiting("live")?;
    context.brief = true;
    let project = context.project_for_logging()?;
    let record = context.named_or_current(&project, wanted)?;
    let zone = context.zone(&project);
    let status = Arc::new(Mutex::new(StatusLine::of(project.clone(), record.clone(), zone)));
    let left = project.left_lines(&record).into_iter().map(LeftLine::of).collect();
    let mut live = Live {
        status,
        record,
        exit: Exit::Done,
        mine: Vec::new(),
        waiting: Waiting::default(),
        told_ended: false,
        sheet: RunSheet::default(),
        given_back: None,
    };
    live.banner(context, &project);
    merging::tell_unmerged(context, &project);
    let left = live.show_left(context, left);
    let mut input = match InputSource::is_typed() {
        true => {
            let draft = place_for_draft(context, &project, &live.record);
            InputSource::open(&live.status, &context.folder, draft, left)
        }
        false => InputSource::Pipe(Piped::default()),
    };
    live.run(context, &mut input)?;
    Ok(live.exit)
}

/// Returns a draft for the line that is being typed. If there can be none, that is reported, and lines are logged
/// without it.
fn place_for_draft(context: &Context, project: &Project, record: &RecordName) -> Option<Draft> {
    let refused =
        |fault| context.warn(terminal().no_place_for_lines(&Failure::from(fault).in_one_line()));
    project.draft(record).map_err(refused).ok()
}

/// A running prompt.
struct Live {
    status: Arc<Mutex<StatusLine>>,
    record: RecordName,
    /// The exit code: that of the last line that did not reach the record.
    exit: Exit,
    /// The changes that were made at this prompt, each with its record's id and its id in the journal. Only these can
    /// be undone here.
    mine: Vec<(String, String)>,
    /// Events that wait to be logged together with the following ones.
    waiting: Waiting,
    /// Whether the last event was reported as being after the record's end.
    told_ended: bool,
    /// The run sheet of the plan.
    sheet: RunSheet,
    /// The last line, if it was given back as the record has its event already: entered again, it is logged.
    given_back: Option<String>,
}

/// Events of lines that arrived faster than anybody types.
#[derive(Default)]
struct Waiting {
    /// Each with its line and the moment at which that was begun.
    events: Vec<(LogRequest, String, Option<Moment>)>,
    /// The total length of their lines, in bytes.
    length: usize,
}

impl Live {
    fn banner(&self, context: &mut Context, project: &Project) {
        // An unreadable record is reported, and events are logged beside it.
        if let Err(fault) = project.load(&self.record) {
            context.fail(&Failure::from(fault));
        }
        let mut status = locked(&self.status);
        status.update(context.now);
        let title = Some(status.incident().title.as_str()).filter(|title| !title.is_empty());
        let banner = terminal().prompt_begins(&self.record.id, title, status.zone());
        context.answer(&format!("{}\n", context.fitted(&banner, "  ")));
        if !status.incident().is_open() && !status.incident().has_unknown_end() {
            context.note(&terminal().prompt_after_end(&self.record.id));
        }
    }

    /// Shows the lines that were not entered last time, and returns them. They may come from whoever wrote the
    /// project's files, so none is entered unless somebody recalls it.
    fn show_left(&self, context: &mut Context, left: Vec<LeftLine>) -> Vec<LeftLine> {
        let status = locked(&self.status);
        // Such a line was logged, but its prompt ended before the confirmation.
        let logged = |line: &LeftLine| status.incident().events.iter().any(|event| line.is(event));
        let (logged, left): (Vec<LeftLine>, Vec<LeftLine>) = left.into_iter().partition(logged);
        logged.into_iter().for_each(LeftLine::settle);
        for line in &left {
            let begun = line.begun.map(|begun| format!("{}  ", told(&begun, status.zone())));
            let text = in_one_screen(&line.text).replace('\n', "\n  ");
            let begun = begun.unwrap_or_default();
            context.answer(&format!("{}\n  {begun}{text}\n", terminal().line_left()));
        }
        if !left.is_empty() && InputSource::is_typed() {
            context.answer(&format!("{}\n", context.fitted(terminal().left_line_comes(), "  ")));
        }
        left
    }

    /// Reads lines until the prompt is left.
    fn run(&mut self, context: &mut Context, input: &mut InputSource) -> Result<(), Failure> {
        // Input from a pipe is logged even if nobody reads the answers.
        while context.can_print() || input.is_pipe() {
            let typed = input
                .next(&context.streams)
                .or_else(|fault| self.without_editor(context, input, &fault));
            let typed = typed.map_err(|fault| Failure::new(terminal().no_next_line(&fault)))?;
            if !matches!(typed, Typed::Line(..)) {
                self.log_waiting(context, input, matches!(typed, Typed::Paused));
            }
            let (text, begun) = match typed {
                Typed::Line(text, begun) => (text, begun),
                Typed::Paused => continue,
                Typed::NoText(bytes) => {
                    if let Some(fault) = NotUtf8::of(&bytes) {
                        let failure = Failure::misuse(terminal().line_not_utf8(&fault));
                        let text = String::from_utf8_lossy(&bytes);
                        self.give_back(context, input, failure, &text, None);
                    }
                    continue;
                }
                Typed::GivenUp => {
                    context.answer(&format!("{}\n", terminal().line_given_up()));
                    continue;
                }
                Typed::Left => break,
                Typed::Ended => {
                    context.answer(&format!("\n{}\n", terminal().prompt_ended()));
                    break;
                }
            };
            context.now = now()?;
            context.measure();
            self.tell_news(context);
            if !self.take(context, input, &text, begun) {
                break;
            }
        }
        Ok(())
    }

    /// Reports how a command that logs nothing ended; if the input is a pipe, its failure is the prompt's.
    fn end_command(
        &mut self,
        context: &Context,
        input: &mut InputSource,
        ended: Result<(), Failure>,
    ) {
        if let Err(failure) = ended {
            if input.is_pipe() && self.exit == Exit::Done {
                self.exit = failure.exit;
            }
            context.fail(&failure);
        }
        input.done();
    }

    /// Handles a line; returns whether the prompt continues.
    fn take(
        &mut self,
        context: &mut Context,
        input: &mut InputSource,
        text: &str,
        begun: Option<Moment>,
    ) -> bool {
        let asked = line::read(text.trim_end(), &|field, words| self.split(context, field, words));
        if !matches!(asked, Ok(Asked::Event(_) | Asked::Nothing)) {
            // A command applies to the state after all earlier lines.
            self.log_waiting(context, input, false);
        }
        let logged = match asked {
            Ok(Asked::Command(command)) => {
                let executed = self.execute(context, command);
                self.end_command(context, input, executed);
                return command != Command::Quit;
            }
            Ok(Asked::Record(wanted)) => {
                let gone = self.go_to(context, input, wanted.as_deref());
                self.end_command(context, input, gone);
                return true;
            }
            Ok(Asked::Nothing) => Ok(()),
            Ok(Asked::Step(verb, behind, request)) => {
                let request = LogRequest { begun, ..*request };
                self.step(context, input, SheetLine { verb, behind: &behind, request })
            }
            Ok(Asked::Event(entry)) if self.verb_of(context, &entry).is_some() => {
                let verb = self.verb_of(context, &entry).unwrap_or(RunVerb::Done);
                let behind = entry.request.text.clone();
                let request = LogRequest { begun, kind: None, ..entry.request };
                self.step(context, input, SheetLine { verb, behind: &behind, request })
            }
            Ok(Asked::Event(entry)) => match self.request(context, *entry, begun) {
                Ok(request) => return self.log_or_wait(context, input, request, text, begun),
                Err(failure) => Err(failure),
            },
            Err(fault) => Err(Failure::of(self.with_example(fault), Door::Prompt)),
        };
        match logged {
            Ok(()) => input.done(),
            Err(failure) => self.give_back(context, input, failure, text, begun),
        }
        true
    }

    /// Adds an example from the project's scale to a fault about a missing severity.
    fn with_example(&self, fault: Fault) -> Fault {
        match fault {
            Fault::Line(LineFault::NoValue { form: form @ "severity", .. }) => {
                let status = locked(&self.status);
                let scale = status.scale();
                let example = scale.get(1).or(scale.first()).map(|word| (*word).to_owned());
                LineFault::NoValue { form, example }.into()
            }
            other => other,
        }
    }

    /// Switches to another record, to which the following lines belong. Without a name, it shows the current one.
    fn go_to(
        &mut self,
        context: &mut Context,
        input: &mut InputSource,
        wanted: Option<&str>,
    ) -> Result<(), Failure> {
        let project = context.project_for_logging()?;
        let Some(wanted) = wanted else {
            let others = others_open(&project, &self.record)?;
            let told = terminal().prompt_record(&self.record.id, &others);
            context.answer(&format!("{}\n", context.fitted(&told, "  ")));
            return Ok(());
        };
        let record = project.select(wanted)?;
        let zone = context.zone(&project);
        *locked(&self.status) = StatusLine::of(project.clone(), record.clone(), zone);
        self.record = record;
        self.sheet = RunSheet::default();
        self.banner(context, &project);
        let left = project.left_lines(&self.record).into_iter().map(LeftLine::of).collect();
        let left = self.show_left(context, left);
        let draft = place_for_draft(context, &project, &self.record);
        input.go_to(draft, left);
        Ok(())
    }

    fn execute(&mut self, context: &mut Context, command: Command) -> Result<(), Failure> {
        match command {
            Command::Undo => self.undo(context, Turn::Back(1))?,
            Command::Redo => self.undo(context, Turn::Again(1))?,
            Command::Show => self.show(context)?,
            Command::Plan => self.plan(context)?,
            Command::Next => self.tell_next(context)?,
            Command::Help => {
                let forms = context.fitted(terminal().prompt_forms(), "    ");
                context.answer(&format!("{forms}\n"));
            }
            Command::Record | Command::Quit => {}
        }
        Ok(())
    }

    /// Returns the outcome of a planned step that an entry expresses: its type has this meaning, and its text names a
    /// step or is empty.
    fn verb_of(&self, context: &Context, entry: &Entry) -> Option<RunVerb> {
        let Entry { request, files } = entry;
        let verb = match request.kind {
            Some(EventType::Started) => RunVerb::Start,
            Some(EventType::Done) => RunVerb::Done,
            Some(EventType::Failed) => RunVerb::Fail,
            _ => return None,
        };
        if !request.steps.is_empty() || !files.is_empty() || request.detail.is_some() {
            return None;
        }
        let status = locked(&self.status);
        let incident = status.incident();
        let is_meant = match request.text.as_str() {
            "" => current_step(incident, context.now, status.tolerance()).is_some(),
            text => {
                // The id of a failed step is followed by the reason.
                let first = text.split(' ').next().unwrap_or(text);
                let failed = verb == RunVerb::Fail && incident.step(first).is_some();
                failed || step_place(incident, text, Field::Step).is_ok()
            }
        };
        is_meant.then_some(verb)
    }

    /// Applies the outcome of a planned step, and shows the next one.
    fn step(
        &mut self,
        context: &mut Context,
        input: &mut InputSource,
        line: SheetLine,
    ) -> Result<(), Failure> {
        let target = self.target(context)?;
        let is_change = !matches!(line.verb, RunVerb::Forecast);
        // Locked, so that these events are not reported as somebody else's.
        let shared = Arc::clone(&self.status);
        let mut status = locked(&shared);
        let shown = status.incident().clone();
        let sheet = &mut self.sheet;
        let made = match line.verb {
            RunVerb::Run => {
                input.while_running(|| sheet.answer(context, &target, (&shown, line)))?
            }
            _ => sheet.answer(context, &target, (&shown, line))?,
        };
        status.look(&made.words());
        status.update(context.now);
        drop(status);
        self.mine.extend(made.changes.into_iter().map(|id| (target.record.id.clone(), id)));
        if is_change { self.tell_next(context) } else { Ok(()) }
    }

    /// Shows the current step, and the forecast of the rest from past releases.
    fn tell_next(&mut self, context: &mut Context) -> Result<(), Failure> {
        let loaded = context.project()?.load(&self.record)?;
        self.sheet.tell_current(context, &loaded)
    }

    /// Reports why a line was refused, and gives it back: to the editor, or on the error output if more was typed
    /// already.
    fn give_back(
        &mut self,
        context: &Context,
        input: &mut InputSource,
        mut failure: Failure,
        text: &str,
        begun: Option<Moment>,
    ) {
        if failure.exit == Exit::Kept || input.has_more() {
            self.refuse(context, failure, text);
            input.done();
        } else {
            failure.message = terminal().not_recorded(&failure.message);
            input.put_back(text, begun);
            context.fail(&failure);
        }
    }

    /// Reports why a line was refused, and repeats it.
    fn refuse(&mut self, context: &Context, mut failure: Failure, text: &str) {
        self.exit = failure.exit;
        if failure.exit != Exit::Kept {
            failure.message = terminal().not_recorded(&failure.message);
            failure = failure.repeating(text);
        }
        context.fail(&failure);
    }

    /// Prints what others logged since the last line, which was shown above the prompt so far.
    fn tell_news(&self, context: &mut Context) {
        let news = locked(&self.status).take_news();
        for line in &news {
            context.answer(&format!("{}\n", context.fitted(line, "  ")));
        }
    }

    /// Falls back to plain lines if the editor fails.
    fn without_editor(
        &self,
        context: &Context,
        input: &mut InputSource,
        fault: &io::Error,
    ) -> io::Result<Typed> {
        if input.is_pipe() {
            return Err(io::Error::new(fault.kind(), fault.to_string()));
        }
        context.warn(terminal().no_line_editor(fault));
        *input = InputSource::Pipe(Piped::default());
        input.next(&context.streams)
    }

    /// Splits words into a time and the rest.
    fn split<'l>(
        &self,
        context: &Context,
        field: Field,
        words: &'l str,
    ) -> Result<Option<Lead<'l>>, Fault> {
        let status = locked(&self.status);
        let frame = frame(context.now, status.zone(), status.incident(), Aim::Happened);
        split_required(words, &frame, field)
    }

    /// Returns the record, if its file still exists: otherwise a part of its id could match another record. It waits
    /// for other writers as commands do.
    fn target(&self, context: &Context) -> Result<Target, Failure> {
        let (workspace, record) = (context.workspace_for_logging()?, self.record.clone());
        if workspace.project.exact(&record.id).is_none() {
            return Err(workspace.project.vanished(record.id).into());
        }
        let limit = Duration::from_secs(WAIT_SECONDS);
        Ok(Target { workspace, record, wait: LockWait { limit, waiting: &tell_waiting } })
    }

    fn request(
        &self,
        context: &Context,
        entry: Entry,
        begun: Option<Moment>,
    ) -> Result<LogRequest, Failure> {
        let request = request(context, entry, begun, locked(&self.status).incident())?;
        match request.kind {
            Some(EventType::Closed) => {
                let closing = operations::closing(&self.target(context)?, request);
                closing.map_err(|fault| Failure::of(fault, Door::Prompt))
            }
            _ => Ok(request),
        }
    }

    /// Logs an event, or lets it wait for the lines that are already available. Always returns `true`, as the prompt
    /// continues.
    fn log_or_wait(
        &mut self,
        context: &mut Context,
        input: &mut InputSource,
        request: LogRequest,
        text: &str,
        begun: Option<Moment>,
    ) -> bool {
        let may_wait = request.goes_with_others(locked(&self.status).incident());
        if may_wait && input.waits(text, begun, self.waiting.length) {
            self.waiting.length += text.len();
            self.waiting.events.push((request, text.to_owned(), begun));
            return true;
        }
        if may_wait && !self.waiting.events.is_empty() {
            self.waiting.events.push((request, text.to_owned(), begun));
            self.log_waiting(context, input, false);
            return true;
        }
        self.log_waiting(context, input, false);
        let again = self.given_back.take().is_some_and(|line| line == text);
        let may_ask = !again && !input.is_pipe() && !input.has_more();
        if may_ask && let Some(failure) = self.repeats(context, &request) {
            self.give_back(context, input, failure, text, begun);
            self.given_back = Some(text.to_owned());
            return true;
        }
        match self.log(context, &request) {
            Ok(()) => input.done(),
            Err(failure) => self.give_back(context, input, failure, text, begun),
        }
        true
    }

    /// Returns why an event is not logged at once: the record has the same event of about the same time.
    fn repeats(&self, context: &Context, request: &LogRequest) -> Option<Failure> {
        // An invalid request is reported where it is refused.
        let target = self.target(context).ok()?;
        let (at, before) = request.repeats(&target).ok()??;
        let zone = locked(&self.status).zone();
        Some(Failure::new(terminal().entered_again(&at, before, zone)))
    }

    /// Logs the waiting events. `within_line` says whether the cursor is within an unfinished line, which is left first.
    fn log_waiting(&mut self, context: &mut Context, input: &mut InputSource, within_line: bool) {
        let Waiting { events, .. } = std::mem::take(&mut self.waiting);
        if events.is_empty() {
            return;
        }
        if within_line {
            context.answer("\n");
        }
        let (requests, lines): (Vec<_>, Vec<_>) =
            events.into_iter().map(|(request, line, begun)| (request, (line, begun))).unzip();
        match self.log_together(context, &requests) {
            Ok(refused) => {
                for (at, failure) in refused {
                    self.refuse(context, failure, &lines[at].0);
                }
            }
            // Logged one by one, so that only the invalid ones are refused, each with its line.
            Err(_) => {
                for (request, (line, _)) in requests.iter().zip(&lines) {
                    if let Err(failure) = self.log(context, request) {
                        self.refuse(context, failure, line);
                    }
                }
            }
        }
        input.done();
        input.none_waits();
    }

    /// Logs events together and confirms them; returns those that were refused on their own, by index.
    fn log_together(
        &mut self,
        context: &mut Context,
        requests: &[LogRequest],
    ) -> Result<Vec<(usize, Failure)>, Failure> {
        let target = self.target(context)?;
        // Locked, so that these events are not reported as somebody else's.
        let shared = Arc::clone(&self.status);
        let mut status = locked(&shared);
        let logged = operations::log_together(&target, requests)
            .map_err(|fault| Failure::of(fault, Door::Prompt))?;
        let LoggedTogether { mut events, zone, saved } = logged;
        events
            .iter_mut()
            .flatten()
            .for_each(|event| tell_end_once(&mut self.told_ended, &mut event.doubts));
        context.tell_saved(&saved);
        let named = |id: &String| (target.record.id.clone(), id.clone());
        self.mine.extend(saved.journal.iter().flatten().map(named));
        for logged in events.iter().flatten() {
            logged::tell_event(context, &target, logged, zone);
            if let Some(form) = line::form_within(&logged.event.text) {
                context.warn(terminal().form_behind_words(form));
            }
        }
        let told: Vec<&Event> = events.iter().flatten().map(|it| &it.event).collect();
        logged::tell_seen_of(context, &target, &saved.after.incident, &told);
        let own: Vec<&str> = events.iter().flatten().map(|it| it.event.text.as_str()).collect();
        status.look(&own);
        status.update(context.now);
        let refused = events.into_iter().enumerate();
        let refused = refused.filter_map(|(at, event)| Some((at, event.err()?)));
        Ok(refused.map(|(at, fault)| (at, Failure::of(fault, Door::Prompt))).collect())
    }

    fn log(&mut self, context: &mut Context, request: &LogRequest) -> Result<(), Failure> {
        let target = self.target(context)?;
        // Locked, so that this event is not reported as somebody else's.
        let shared = Arc::clone(&self.status);
        let mut status = locked(&shared);
        let logged = self.record(context, &target, request);
        if let (Ok(_), Some(form)) = (&logged, line::form_within(&request.text)) {
            context.warn(terminal().form_behind_words(form));
        }
        let refused = vec![request.text.clone()];
        let own = logged.as_ref().unwrap_or(&refused);
        status.look(&own.iter().map(String::as_str).collect::<Vec<_>>());
        status.update(context.now);
        logged.map(|_| ())
    }

    /// Logs an event and confirms it; returns the texts of all events that it added or changed.
    fn record(
        &mut self,
        context: &mut Context,
        target: &Target,
        request: &LogRequest,
    ) -> Result<Vec<String>, Failure> {
        let mut outcome =
            operations::log(target, request).map_err(|fault| Failure::of(fault, Door::Prompt))?;
        let mut own = vec![request.text.clone()];
        if let LogOutcome::Recorded(logged) = &mut outcome {
            own = words_of_save(&logged.saved);
            tell_end_once(&mut self.told_ended, &mut logged.doubts);
            let named = |id: &String| (target.record.id.clone(), id.clone());
            self.mine.extend(logged.saved.journal.iter().flatten().map(named));
        }
        logged::tell(context, target, request, outcome).map(|_| own)
    }

    fn undo(&self, context: &mut Context, turn: Turn) -> Result<(), Failure> {
        let target = self.target(context)?;
        let shared = Arc::clone(&self.status);
        let mut status = locked(&shared);
        let mine = self.mine.iter().filter(|(record, _)| *record == self.record.id);
        let mine: Vec<String> = mine.map(|(_, change)| change.clone()).collect();
        turn_own(context, &target, &mine, turn)?;
        status.look(&[]);
        status.take_news();
        status.update(context.now);
        Ok(())
    }

    fn show(&self, context: &mut Context) -> Result<(), Failure> {
        let project = context.project()?;
        let loaded = project.load(&self.record)?;
        let tolerance = project.settings.tolerance_seconds();
        context.print(&record_text(&team_view(&loaded, tolerance), context.width, false));
        Ok(())
    }

    /// Prints the steps, by the names that `/step` accepts, with their states.
    fn plan(&self, context: &mut Context) -> Result<(), Failure> {
        let project = context.project()?;
        let view = plan_of(&project, &project.load(&self.record)?, context.now);
        context.print(&plan_text(&view, context.width));
        Ok(())
    }
}

/// Returns the request for an event; a line without a text gets one from its forms.
fn request(
    context: &Context,
    entry: Entry,
    begun: Option<Moment>,
    incident: &Incident,
) -> Result<LogRequest, Failure> {
    let said = if entry.request.text.is_empty() { said_by_forms(&entry, incident) } else { None };
    let files: Vec<PathBuf> = entry.files.iter().map(PathBuf::from).collect();
    let files = logged::sources(context, &files)?;
    let text = said.unwrap_or(entry.request.text);
    let severity = entry.request.severity.as_ref();
    if let Some(value) = severity.filter(|word| text.is_empty() && is_of(incident, word)).cloned() {
        return Err(Fault::from(KeyFault::Same { key: "severity", value }).into());
    }
    Ok(LogRequest { text, begun, files, ..entry.request })
}

/// Whether a record has that severity already.
fn is_of(incident: &Incident, severity: &str) -> bool {
    incident.severity.as_ref().is_some_and(|is| is.eq_ignore_ascii_case(severity))
}

/// Returns the text of an event that only has short forms: its step's text, its file's name, or its type.
fn said_by_forms(Entry { request, files }: &Entry, incident: &Incident) -> Option<String> {
    let place = |wanted: &String| step_place(incident, wanted, Field::Step).ok();
    let step = request.steps.first().and_then(place).map(|place| incident.plan[place].text.clone());
    let file = files.first().map(|path| path.rsplit('/').next().unwrap_or(path).to_owned());
    let words = documents_for(incident.language.as_deref());
    let kind = request.kind.as_ref().map(|kind| (words.event_type)(kind));
    // Its former value is determined when it is logged.
    let severity = request.severity.as_ref().filter(|word| !is_of(incident, word));
    let severity = severity.map(|_| String::new());
    step.or(severity).or(kind).or(file)
}

/// Reports only for the first of consecutive events that the record had already ended; `told` says whether it was
/// reported for the previous one.
fn tell_end_once(told: &mut bool, doubts: &mut Vec<Doubt>) {
    let had_ended = doubts.contains(&Doubt::Ended);
    doubts.retain(|doubt| *doubt != Doubt::Ended || !*told);
    *told = had_ended;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_record_is_reported_once_until_it_continues() {
        let mut told = false;
        let of_line = |ended: bool| {
            let mut doubts = vec![Doubt::LongSpan];
            doubts.extend(ended.then_some(Doubt::Ended));
            tell_end_once(&mut told, &mut doubts);
            assert!(doubts.contains(&Doubt::LongSpan), "what else is odd is told of each");
            doubts.contains(&Doubt::Ended)
        };
        let lines = [true, true, true, false, true].map(of_line);
        assert_eq!(lines, [true, false, false, false, true]);
    }
}
