use std::path::PathBuf;

use clap::Args;
use unicode_normalization::UnicodeNormalization;

use crate::fault::StoreFault;
use crate::lang::{terminal, told, told_briefly};
use crate::model::{Audience, EventType, Moment, PlanStep, nearest};
use crate::operations::{CarriedOut, LogOutcome, LogRequest, Logged, Workspace, log};
use crate::store::{AssetSource, RecordName, read_attachment};

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};
use super::super::event_text::Message;

const AFTER_HELP: &str = "\
Times: now, 18:08, 6:08pm, 오후 6시 08분, -5m, 10 minutes ago, 10분 전,
  yesterday 22:57, 어제 22:57, 9월 7일 18:08, 2024-09-07 18:08,
  2024-09-07T18:08+09:00, ~18:08 (about). m is minutes.

Types: impact_start, detected, declared, acknowledged, investigating,
  identified, monitoring, mitigated, resolved, announced, closed;
  observation, action, decision, communication, escalation, severity_change,
  plan_change. Beginnings will do (det), and Korean names (감지, 해결).

Exit codes: 0 logged, 1 not logged, 2 misuse (not logged), 3 busy (not
  logged, try again), 4 kept beside a record that cannot be read.";

/// Write down what happened, now or at a given time
///
///   asrun log "5xx on checkout" --type detected
///   asrun log "앱 진입 불가 확인" --at "오후 6시 08분" --attach 044.png
///   asrun log "배포 시작" --at 17:00 --step deploy
///   ./smoke-test 2>&1 | asrun log "smoke test failed" -
///   asrun log                    (opens $VISUAL or $EDITOR, like git commit)
///
/// Answers with one line: the resolved time with date and zone, and the record
/// it went to. A clock time without a day is the latest such moment that is not
/// in the future; in a record that is not under way, it is on the record's day.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_long_help = AFTER_HELP)]
pub(in crate::cli) struct LogArgs {
    /// What happened. A last `-` takes the standard input as the detail, as a code block, which
    /// is what a program's output is. After `--`, a text may begin with a dash.
    text: Vec<String>,
    /// When it happened; now if not given.
    #[arg(long, alias = "time", value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// When it ended, if it took a while.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
    /// detected, identified, mitigated, resolved and other milestones, or action, decision, …
    #[arg(long = "type", alias = "kind", short = 't', value_name = "TYPE")]
    kind: Option<String>,
    /// The planned step that this carries out, by its id or part of its words; may be given
    /// several times.
    #[arg(long = "step", value_name = "STEP")]
    steps: Vec<String>,
    /// Who acted or noticed.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why it was done so.
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
    /// Markdown under the text; `-` reads it from the standard input.
    #[arg(long, value_name = "MARKDOWN")]
    detail: Option<String>,
    /// Copy a screenshot or file into the record; may be given several times.
    #[arg(long = "attach", value_name = "FILE")]
    attachments: Vec<PathBuf>,
    /// What the attachment shows.
    #[arg(long, value_name = "TEXT", requires = "attachments")]
    alt: Option<String>,
    /// How wide to show the attachment, such as 50%.
    #[arg(long, value_name = "WIDTH", requires = "attachments")]
    width: Option<String>,
    /// A link; may be given several times.
    #[arg(long = "ref", value_name = "URL")]
    refs: Vec<String>,
    /// It belongs in the short story.
    #[arg(long)]
    key: bool,
    /// Never show it in a public rendering.
    #[arg(long)]
    internal: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LogArgs) -> Result<Exit, Failure> {
    let mut draft = String::new();
    record(context, args, &mut draft).map_err(|failure| match failure.exit {
        Exit::Kept => failure,
        _ => {
            let unread = draft.is_empty() && args.text.last().is_some_and(|word| word == "-");
            let piped =
                if unread { context.read_output().unwrap_or_default() } else { String::new() };
            not_recorded(failure, args, format!("{draft}{piped}").trim())
        }
    })
}

/// A refusal repeats what was typed, so that it can be copied.
fn not_recorded(mut failure: Failure, args: &LogArgs, draft: &str) -> Failure {
    failure.message = format!("NOT recorded: {}", failure.message);
    let words: Vec<&str> =
        args.text.iter().map(String::as_str).filter(|word| *word != "-").collect();
    let words = words.join(" ");
    let typed =
        if draft.starts_with(&words) { draft.to_owned() } else { format!("{words}\n{draft}") };
    failure.repeating(&typed)
}

/// Logs what the command line says; `draft` holds the text that was taken in.
fn record(context: &mut Context, args: &LogArgs, draft: &mut String) -> Result<Exit, Failure> {
    let workspace = context.workspace_for_logging()?;
    let mut request = args.request(context)?;
    let record = context.record(&workspace.project, &args.record)?;
    // Before anybody writes a text in vain.
    request.check(&workspace, &record)?;
    let detail = args.detail.as_deref();
    let message = Message::collect(context, &args.text, detail, &record.id, draft)?;
    (request.text, request.detail) = (message.text, message.detail);
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let outcome = log(&workspace, &record, &request, &wait)?;
    tell(context, &workspace, &record, &request, outcome)
}

impl LogArgs {
    /// Everything but the text.
    fn request(&self, context: &Context) -> Result<LogRequest, Failure> {
        Ok(LogRequest {
            at: self.at.clone(),
            until: self.until.clone(),
            kind: self.kind.as_deref().map(event_type).transpose()?,
            steps: self.steps.clone(),
            by: self.by.clone(),
            why: self.why.clone(),
            files: sources(context, &self.attachments)?,
            alt: self.alt.clone(),
            width: self.width.clone(),
            refs: self.refs.clone(),
            key: self.key,
            internal: self.internal,
            ..LogRequest::default()
        })
    }
}

/// Reads files that are to be copied in, as they are named from the current folder.
pub(super) fn sources(context: &Context, paths: &[PathBuf]) -> Result<Vec<AssetSource>, Failure> {
    let read = |path: &PathBuf| read_attachment(&context.folder.join(path));
    Ok(paths.iter().map(read).collect::<Result<Vec<_>, _>>()?)
}

/// Says what came of logging.
///
/// # Errors
/// The event is kept beside a record that cannot be read: [`Exit::Kept`].
pub(super) fn tell(
    context: &mut Context,
    workspace: &Workspace,
    record: &RecordName,
    request: &LogRequest,
    outcome: LogOutcome,
) -> Result<Exit, Failure> {
    match outcome {
        LogOutcome::Recorded(logged) => {
            context.tell_saved(&logged.saved);
            answer(context, record, &logged);
            Ok(Exit::Done)
        }
        LogOutcome::Kept(fault) => {
            Err(kept(fault, record, request.text.trim(), workspace.project.dry_run))
        }
    }
}

/// A type by its Korean name, as the screen shows it.
pub(super) fn korean_type(word: &str) -> Option<EventType> {
    // Files and keyboards of some systems give Korean in pieces.
    let word: String = word.nfc().collect();
    let korean = crate::lang::documents_for(Some("ko"));
    let mut known = EventType::words().filter_map(EventType::known);
    known.find(|kind| (korean.event_type)(kind).replace(' ', "") == word.replace(' ', ""))
}

fn kept(fault: StoreFault, record: &RecordName, text: &str, rehearsed: bool) -> Failure {
    let mut failure = Failure::from(fault);
    failure.exit = Exit::Kept;
    if rehearsed {
        failure.message =
            format!("(dry run) it would be kept beside the record: {}", failure.message);
        return failure;
    }
    failure.message = format!("not in the record yet, but kept: {}", failure.message);
    failure.hint(format!("kept in .asrun/: {text}")).hint(format!(
        "mend the file (asrun edit {0} opens it), then: asrun recover {0}",
        record.id
    ))
}

pub(super) fn event_type(word: &str) -> Result<EventType, Failure> {
    let begun = || {
        let mut beginning =
            EventType::words().filter(|known| known.starts_with(&word.to_lowercase()));
        let only = beginning.next().filter(|_| beginning.next().is_none() && word.len() >= 3)?;
        EventType::known(only)
    };
    let meant = EventType::known(word).or_else(|| korean_type(word)).or_else(begun);
    meant.ok_or_else(|| {
        let failure = Failure::misuse(format!("--type: no type is called {word:?}"));
        let failure = match nearest(word, EventType::words()) {
            Some(near) => failure.hint(format!("did you mean {near}?")),
            None => failure,
        };
        failure.hint(format!("there are: {}", EventType::words().collect::<Vec<_>>().join(", ")))
    })
}

/// One line of answer; doubts and hints after it.
fn answer(context: &mut Context, record: &RecordName, logged: &Logged) {
    let Logged { event, frame, carried, doubts, sounds_like, .. } = logged;
    let when = |at: &Moment| match context.brief {
        true => told_briefly(at, &context.now, frame.zone),
        false => told(at, frame.zone),
    };
    let mut line = format!("logged {}{}", if event.about { "about " } else { "" }, when(&event.at));
    if let Some(until) = &event.until {
        line.push_str(&format!(" until {}", when(until)));
    }
    line.push_str(&format!(": {}", event.headline()));
    line.extend(event.kind.iter().map(|kind| format!(" [{kind}]")));
    if event.audience == Audience::Internal {
        line.push_str(" (internal)");
    }
    if !context.brief {
        line.push_str(&format!(" → {}", record.id));
    }
    line.extend(carried.iter().map(carried_out));
    line.extend(event.attachments.iter().map(|file| format!("; attached {}", file.file)));
    context.confirm(&format!("{line}\n"));
    for doubt in doubts {
        context.say(&format!("warning: {}", terminal().doubt(doubt, frame.zone)));
    }
    if let Some(step) = sounds_like {
        context.say(&link_hint(step, &told(&step.at, frame.zone)));
    }
}

fn link_hint(step: &PlanStep, when: &str) -> String {
    let id = step.id.as_deref().unwrap_or(&step.text);
    let hint = format!(
        "hint: this sounds like the planned step {id:?} ({}, {when}); link it with: asrun amend --last --step {id:?}",
        step.text
    );
    crate::render::escape::terminal(&hint).into_owned()
}

/// `; carries out deploy (앱 배포), 30 min early`.
fn carried_out(step: &CarriedOut) -> String {
    let deviation = match step.deviation {
        None => "a later event of it".to_owned(),
        Some((0, _)) => "on time".to_owned(),
        Some((seconds, on_time)) => {
            let side = if seconds < 0 { "early" } else { "late" };
            let on_time = if on_time { "on time, " } else { "" };
            format!("{on_time}{} {side}", terminal().amount(seconds))
        }
    };
    format!("; carries out {} ({}), {deviation}", step.id, step.text)
}
