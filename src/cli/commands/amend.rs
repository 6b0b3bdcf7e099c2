use clap::Args;

use crate::console::amended::{tell_amended, tell_file_changed};
use crate::console::{Context, Exit, Failure};
use crate::fault::{AttachmentFault, EventFault, Fault};
use crate::lang::{help, terminal};
use crate::operations::{
    AmendRequest, AttachmentRequest, Captions, EventChoice, Holder, amend, change_attachment,
    event_type,
};

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().amend.about, long_about = help().amend.long_about)]
pub(in crate::cli) struct AmendArgs {
    #[arg(value_name = "[NUMBER] [TEXT]", help = help().amend.words)]
    words: Vec<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, help = help().amend.text)]
    text: Option<String>,
    #[arg(long, help = help().amend.last)]
    last: bool,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().amend.at)]
    at: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().amend.until)]
    until: Option<String>,
    #[arg(long, alias = "next", value_name = "TIME", allow_hyphen_values = true,
        help = help().log.next_update)]
    next_update: Option<String>,
    #[arg(long = "type", short = 't', value_name = "TYPE", help = help().amend.kind)]
    kind: Option<String>,
    #[arg(long, value_name = "STEP", help = help().amend.step)]
    step: Option<String>,
    #[arg(long, value_name = "NAME", help = help().amend.by)]
    by: Option<String>,
    #[arg(long, value_name = "REASON", help = help().amend.why)]
    why: Option<String>,
    #[arg(long, value_name = "MARKDOWN", help = help().amend.detail)]
    detail: Option<String>,
    #[arg(long, help = help().amend.key)]
    key: bool,
    #[arg(long, help = help().amend.internal)]
    internal: bool,
    #[arg(long, help = help().amend.remove)]
    remove: bool,
    #[arg(long, value_name = "KEY", help = help().amend.clear)]
    clear: Vec<String>,
    #[command(flatten)]
    record: RecordArgs,
    #[command(flatten)]
    attachment: AttachmentArgs,
}

/// Changes of one of its files.
#[derive(Debug, Args)]
#[command(next_help_heading = help().amend.attachment_heading)]
struct AttachmentArgs {
    #[arg(long, value_name = "FILE", help = help().amend.attachment, conflicts_with_all =
        ["text", "at", "until", "next_update", "kind", "step", "by", "why", "detail", "key"])]
    attachment: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "attachment", help = help().attach.alt)]
    alt: Option<String>,
    #[arg(long, value_name = "WIDTH", requires = "attachment", help = help().attach.width)]
    width: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "attachment", help = help().attach.caption)]
    caption: Option<String>,
    #[arg(long, value_name = "NUMBER", requires = "attachment", help = help().amend.place)]
    place: Option<usize>,
    #[arg(long, requires = "attachment", conflicts_with = "last", help = help().amend.whole)]
    whole: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &AmendArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    if let Some(file) = &args.attachment.attachment {
        let request = args.of_file(file)?;
        let (saved, changed) = change_attachment(&target, &request)?;
        tell_file_changed(context, &target, (&saved, &changed), request.remove);
    } else {
        let request = args.request(context)?;
        let (saved, amended) = amend(&target, &request)?;
        tell_amended(context, &target, (&saved, &amended), request.remove);
    }
    Ok(Exit::Done)
}

impl AmendArgs {
    /// Returns the changes of a file.
    fn of_file(&self, file: &str) -> Result<AttachmentRequest, Failure> {
        let (event, text) = self.event()?;
        let AttachmentArgs { attachment: _, alt, width, caption, place, whole } = &self.attachment;
        if !text.is_empty() || (event.is_none() && !self.words.is_empty()) {
            return Err(Fault::from(AttachmentFault::EventToo).into());
        }
        let holder = if *whole { Some(Holder::Record) } else { event.map(Holder::Event) };
        Ok(AttachmentRequest {
            file: file.to_owned(),
            holder,
            captions: Captions {
                alt: alt.clone(),
                width: width.clone(),
                caption: caption.clone(),
                internal: self.internal,
            },
            place: *place,
            remove: self.remove,
            clear: self.clear.clone(),
        })
    }

    fn request(&self, context: &Context) -> Result<AmendRequest, Failure> {
        let (event, words) = self.event()?;
        let detail = match self.detail.as_deref() {
            Some("-") => Some(context.read_stdin()?),
            typed => typed.map(str::to_owned),
        };
        Ok(AmendRequest {
            event,
            text: self.new_text(words)?,
            is_unnamed: self.text.is_none(),
            at: self.at.clone(),
            until: self.until.clone(),
            next_update: self.next_update.clone(),
            kind: self.kind.as_deref().map(event_type).transpose()?,
            step: self.step.clone(),
            by: self.by.clone(),
            why: self.why.clone(),
            detail,
            key: self.key,
            internal: self.internal,
            remove: self.remove,
            clear: self.clear.clone(),
        })
    }

    /// Returns the event to be changed, and the words of its new text.
    fn event(&self) -> Result<(Option<EventChoice>, &[String]), Fault> {
        let number = self.words.split_first().map(|(word, words)| (word.parse(), words));
        match (self.last, number) {
            (true, Some((Ok(number), _))) => {
                Err(EventFault::TwoEvents { number, text: self.words.join(" ") }.into())
            }
            (true, _) => Ok((Some(EventChoice::Last), &self.words)),
            (false, Some((Ok(number), words))) => Ok((Some(EventChoice::Number(number)), words)),
            (false, _) => Ok((None, &[])),
        }
    }

    fn new_text(&self, words: &[String]) -> Result<Option<String>, Failure> {
        match (&self.text, words) {
            (text, []) => Ok(text.clone()),
            (None, words) => Ok(Some(words.join(" "))),
            (Some(_), words) => Err(Failure::misuse(terminal().two_texts(&words.join(" ")))),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{ArgAction, Args as _, Command};

    use super::*;

    /// Options that also apply to a file of an event.
    const ALSO_OF_FILES: [&str; 4] = ["last", "internal", "remove", "clear"];

    #[test]
    fn no_option_of_an_event_is_ignored_with_a_file() {
        let command = AmendArgs::augment_args(Command::new("amend"));
        let others = RecordArgs::augment_args(AttachmentArgs::augment_args(Command::new("file")));
        let is_other = |name: &str| others.get_arguments().any(|arg| arg.get_id() == name);
        let mut refused = 0;
        for arg in command.get_arguments() {
            let (name, long) = (arg.get_id().as_str(), arg.get_long());
            let is_of_both = ALSO_OF_FILES.contains(&name) || is_other(name);
            let Some(long) = long.filter(|_| !is_of_both) else { continue };
            let option = format!("--{long}");
            let value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
            let typed = ["amend", "--attachment", "a.png", &option];
            let typed = typed.into_iter().chain(value.then_some("5"));
            let read = command.clone().try_get_matches_from(typed);
            assert!(read.is_err(), "{option} would be ignored with --attachment");
            refused += 1;
        }
        assert!(refused > 8, "{refused}");
    }
}
