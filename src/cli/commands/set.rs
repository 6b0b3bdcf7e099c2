use clap::Args;

use crate::console::{Context, Exit, Failure, logged};
use crate::lang::{help, terminal};
use crate::model::{KINDS, nearest};
use crate::operations::{
    KeyDeed, LogOutcome, LogRequest, SetOutcome, SetRequest, comments_gone, later_status, set_key,
};
use crate::timeline::severity_led_to;
use crate::yaml::Value;

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().set.about, long_about = help().set.long_about)]
pub(in crate::cli) struct SetArgs {
    #[arg(help = help().set.key)]
    key: String,
    #[arg(value_name = "VALUE", help = help().set.values)]
    values: Vec<String>,
    #[arg(long, conflicts_with_all = ["remove", "clear"], help = help().set.add)]
    add: bool,
    #[arg(long, conflicts_with = "clear", help = help().set.remove)]
    remove: bool,
    #[arg(long, help = help().set.clear)]
    clear: bool,
    #[arg(long, value_name = "TEXT", help = help().set.text)]
    text: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().set.at)]
    at: Option<String>,
    #[arg(long, value_name = "NAME", help = help().set.by)]
    by: Option<String>,
    #[arg(long, value_name = "REASON", help = help().set.why)]
    why: Option<String>,
    #[arg(long, conflicts_with_all = ["text", "at", "by", "why"], help = help().set.no_event)]
    no_event: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &SetArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let request = args.request(context)?;
    let outcome = set_key(&target, request).map_err(|fault| {
        let typed = [std::slice::from_ref(&args.key), &args.values].concat();
        context.key_failure(&target.workspace.project, fault, "asrun set", &typed)
    })?;
    match outcome {
        SetOutcome::Event(request, outcome) => {
            let later = match &outcome {
                LogOutcome::Recorded(logged) if request.tells_status => {
                    later_status(&target, &logged.saved.after.incident, &logged.event)
                }
                _ => None,
            };
            let gone = match &outcome {
                LogOutcome::Recorded(logged) if request.no_severity => comments_gone(&logged.saved),
                _ => Vec::new(),
            };
            let exit = logged::tell_with_way_back(context, &target, &request, outcome)?;
            if !gone.is_empty() {
                context.note(&terminal().comments_gone(&gone));
            }
            logged::tell_later_status(context, &target, later);
            Ok(exit)
        }
        SetOutcome::Key(saved, change) => {
            let (was, now) = (change.was.as_ref(), change.now.as_ref());
            context.confirm(&terminal().key_set(change.key, was, now, &target.record.id));
            let kind = now.and_then(Value::lone).filter(|_| change.key == "kind");
            let near = kind.and_then(|kind| Some((kind, nearest(kind, KINDS)?)));
            if let Some((kind, near)) = near.filter(|(kind, near)| kind != near) {
                context.note(&terminal().own_kind(kind, near));
            }
            if !change.comments.is_empty() {
                context.note(&terminal().comments_gone(&change.comments));
            }
            let led = severity_led_to(&saved.after.incident).filter(|_| change.key == "severity");
            if let Some(led) = led {
                context.warn(terminal().severity_led(led, &target.record.id));
            }
            if change.moved > 0 {
                let of = context.option_of(&target.workspace.project, &target.record.id);
                context.warn(terminal().times_moved(change.moved, &of));
            }
            context.tell_changed(&target, &saved);
            Ok(Exit::Done)
        }
    }
}

impl SetArgs {
    fn request(&self, context: &Context) -> Result<SetRequest, Failure> {
        let values = match self.values.as_slice() {
            [dash] if dash == "-" => vec![context.read_stdin()?],
            typed => typed.to_vec(),
        };
        let deed = match (self.add, self.remove, self.clear) {
            (true, ..) => KeyDeed::Add,
            (_, true, _) => KeyDeed::Remove,
            (.., true) => KeyDeed::Clear,
            _ => KeyDeed::Set,
        };
        let event = LogRequest {
            text: self.text.clone().unwrap_or_default(),
            at: self.at.clone(),
            by: self.by.clone(),
            why: self.why.clone(),
            ..LogRequest::default()
        };
        Ok(SetRequest { key: self.key.clone(), values, deed, event, no_event: self.no_event })
    }
}
