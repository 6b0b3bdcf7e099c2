use std::path::PathBuf;

use clap::Args;
use unicode_normalization::UnicodeNormalization;

use crate::fault::StoreFault;
use crate::lang::{help, terminal, told, told_briefly};
use crate::model::{Audience, EventType, Moment, PlanStep, nearest};
use crate::operations::{CarriedOut, LogOutcome, LogRequest, Logged, Workspace, log};
use crate::store::{AssetSource, RecordName, read_attachment};

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};
use super::super::event_text::Message;

#[derive(Debug, Args)]
#[command(
    about = help().log.about,
    long_about = help().log.long_about,
    after_long_help = help().log.after,
)]
pub(in crate::cli) struct LogArgs {
    #[arg(help = help().log.text)]
    text: Vec<String>,
    #[arg(long, alias = "time", value_name = "TIME", allow_hyphen_values = true,
        help = help().log.at)]
    at: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().log.until)]
    until: Option<String>,
    #[arg(long = "type", alias = "kind", short = 't', value_name = "TYPE", help = help().log.kind)]
    kind: Option<String>,
    #[arg(long = "step", value_name = "STEP", help = help().log.steps)]
    steps: Vec<String>,
    #[arg(long, value_name = "NAME", help = help().log.by)]
    by: Option<String>,
    #[arg(long, value_name = "REASON", help = help().log.why)]
    why: Option<String>,
    #[arg(long, value_name = "MARKDOWN", help = help().log.detail)]
    detail: Option<String>,
    #[arg(long = "attach", value_name = "FILE", help = help().log.attachments)]
    attachments: Vec<PathBuf>,
    #[arg(long, value_name = "TEXT", requires = "attachments", help = help().log.alt)]
    alt: Option<String>,
    #[arg(long, value_name = "WIDTH", requires = "attachments", help = help().log.width)]
    width: Option<String>,
    #[arg(long = "ref", value_name = "URL", help = help().log.refs)]
    refs: Vec<String>,
    #[arg(long, help = help().log.key)]
    key: bool,
    #[arg(long, help = help().log.internal)]
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
