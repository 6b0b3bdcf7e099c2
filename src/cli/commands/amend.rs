use clap::Args;

use crate::fault::Doubt;
use crate::lang::{terminal, told};
use crate::model::Zone;
use crate::operations::{AmendRequest, Amended, EventChoice, amend};
use crate::store::RecordName;

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};
use super::log::event_type;
use super::undo::was_words;

/// Correct an event that was logged
///
///   asrun amend --last --step deploy
///   asrun amend 4 --at 18:08 --type detected
///   asrun amend --last "앱 진입 불가 확인"
///   asrun amend 7 --remove
///
/// Only that entry changes. What it said before stays in the journal: asrun
/// undo takes the correction back, asrun undo --list shows it.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct AmendArgs {
    /// The event's number as `asrun show` prints it, and the new text if that is to change.
    /// With --last, only the text.
    #[arg(value_name = "[NUMBER] [TEXT]")]
    words: Vec<String>,
    /// The new text, instead of behind the number.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
    /// The event that was logged last.
    #[arg(long)]
    last: bool,
    /// When it happened.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// When it ended.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
    /// Its type.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// The planned step that it carries out.
    #[arg(long, value_name = "STEP")]
    step: Option<String>,
    /// Who acted or noticed.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why it was done so.
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
    /// Markdown under the text.
    #[arg(long, value_name = "MARKDOWN")]
    detail: Option<String>,
    /// It belongs in the short story.
    #[arg(long)]
    key: bool,
    /// Never show it in a public rendering.
    #[arg(long)]
    internal: bool,
    /// Take the whole event away.
    #[arg(long, conflicts_with_all = ["text", "at", "until", "kind", "step", "by", "why", "detail", "key", "internal", "clear"])]
    remove: bool,
    /// Take a key away, such as `why` or `step`; may be given several times.
    #[arg(long, value_name = "KEY")]
    clear: Vec<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &AmendArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let record = context.record(&workspace.project, &args.record)?;
    let request = args.request()?;
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let amended = amend(&workspace, &record, &request, &wait)?;
    answer(context, &record, &amended, request.remove);
    context.tell_saved(&amended.saved);
    Ok(Exit::Done)
}

impl AmendArgs {
    fn request(&self) -> Result<AmendRequest, Failure> {
        let (event, words) = self.event();
        Ok(AmendRequest {
            event,
            text: self.new_text(words)?,
            at: self.at.clone(),
            until: self.until.clone(),
            kind: self.kind.as_deref().map(event_type).transpose()?,
            step: self.step.clone(),
            by: self.by.clone(),
            why: self.why.clone(),
            detail: self.detail.clone(),
            key: self.key,
            internal: self.internal,
            remove: self.remove,
            clear: self.clear.clone(),
        })
    }

    /// The event that is meant, and the words of its new text.
    fn event(&self) -> (Option<EventChoice>, &[String]) {
        if self.last {
            return (Some(EventChoice::Last), &self.words);
        }
        match self.words.split_first().map(|(word, words)| (word.parse(), words)) {
            Some((Ok(number), words)) => (Some(EventChoice::Number(number)), words),
            _ => (None, &[]),
        }
    }

    fn new_text(&self, words: &[String]) -> Result<Option<String>, Failure> {
        match (&self.text, words) {
            (text, []) => Ok(text.clone()),
            (None, words) => Ok(Some(words.join(" "))),
            (Some(_), words) => Err(Failure::misuse(format!(
                "two new texts: --text, and {:?} beside it; give one",
                words.join(" ")
            ))),
        }
    }
}

/// One line of answer; what stays of a removed event, and doubts, after it.
fn answer(context: &mut Context, record: &RecordName, amended: &Amended, removed: bool) {
    let Amended { event, number, zone, was, doubts, .. } = amended;
    let (did, was) = match (removed, was.is_empty()) {
        (true, _) => ("removed", String::new()),
        (false, true) => ("amended", " (nothing changed)".to_owned()),
        (false, false) => ("amended", format!(" (was {})", was_words(was))),
    };
    context.confirm(&format!(
        "{did} event {number}: {} {}{was} → {}\n",
        told(&event.at, *zone),
        event.headline(),
        record.id
    ));
    let files: Vec<&str> = event.attachments.iter().map(|file| file.file.as_str()).collect();
    if removed && !files.is_empty() {
        context.say(&format!("its files stay in incidents/assets/: {}", files.join(", ")));
    }
    for doubt in doubts {
        context.say(&format!("warning: {}", new_time_words(doubt, *zone)));
    }
}

/// Returns a doubt in words; of a new time in the future, not how far ahead it lies.
fn new_time_words(doubt: &Doubt, zone: Zone) -> String {
    match doubt {
        Doubt::Future { at, .. } => format!("{} is in the future", told(at, zone)),
        other => terminal().doubt(other, zone),
    }
}
