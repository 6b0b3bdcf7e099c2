//! Messages of the live prompt.

use std::io;

use crate::fault::{LineFault, NotUtf8};
use crate::lang::terminal::{PromptWords, Refusal};
use crate::model::Zone;

use super::English;
use super::streams::way_to_utf8;
use super::times::time_hints;

const FORMS: &str = "\
Every line is an event, at the moment its first key was pressed.
  5xx on checkout                    what happened
  /detected 5xx on checkout          its type, also shortened: /det, or /감지
  /at 10m ago pool exhausted         when it happened; /until TIME when it ended
  /step deploy started               the planned step it carries out
  /next-update 30m told customers    when the public hears again, also /next 30m
  /attach 044.png the error page     a screenshot or file; /alt, /width 50%
  /severity sev1 all regions         the record's severity from here on, also /sev
  /by sam, /why \"REASON\", /ref URL   as asrun log has them; /key, /internal
  /done deploy, /started, /failed    a step of the plan; alone: the next one
  /skip STEP, /late STEP +20m        also with a reason behind; /go, /no go, /run
  /rollback STEP                     a rollback step is called
Forms go before the words and can be combined: /at 18:08 /det /by sam 5xx
A line that begins with a space is taken as it is.
  /undo  /redo     take back what this prompt did last, bring it back
  /show  /plan     the timeline, the plan
  /next  /forecast the next step, when the rest will be done
  /record ID       lines go to that record from here on
  /help  /quit     this list; Ctrl-D leaves too
Tab completes forms, steps and files.";

/// The way out if a line looks like a form but is not one.
const AS_IT_IS: &str = "to log the line as it is, begin it with a space";

impl PromptWords for English {
    fn prompt_begins(&self, record: &str, title: Option<&str>, zone: Zone) -> String {
        let title = title.map(|title| format!(": {title}")).unwrap_or_default();
        format!(
            "logging to {record}{title} (times in {zone})\nevery line is an event; /help lists short forms, Ctrl-D leaves"
        )
    }

    fn prompt_after_end(&self, record: &str) -> String {
        format!("{record} is no longer open; to log to another record: /record ID")
    }

    fn prompt_forms(&self) -> &'static str {
        FORMS
    }

    fn line_left(&self) -> &'static str {
        "a line was left here and is not recorded:"
    }

    fn left_line_comes(&self) -> &'static str {
        "the up arrow restores it, with the time it was started at; Ctrl-C then drops it"
    }

    fn no_place_for_lines(&self, why: &str) -> String {
        format!(
            "a line is not saved until it is entered; closing the terminal before loses it: {why}"
        )
    }

    fn line_not_kept(&self) -> &'static str {
        "this line is not saved; closing the terminal loses it"
    }

    fn line_given_up(&self) -> &'static str {
        "dropped, not recorded; Ctrl-D leaves"
    }

    fn prompt_ended(&self) -> &'static str {
        "ended; the next asrun live continues with what was typed here"
    }

    fn no_line_editor(&self, why: &io::Error) -> String {
        format!("no line editor on this terminal ({why}): plain lines")
    }

    fn no_next_line(&self, why: &io::Error) -> String {
        format!("cannot read the next line: {why}")
    }

    fn line_not_utf8(&self, fault: &NotUtf8) -> Refusal {
        let (byte, value) = (fault.byte, fault.value);
        Refusal::new(format!("this line is not UTF-8 text: byte {byte} is 0x{value:02x}"))
            .hint(way_to_utf8(fault.encoding, "asrun live"))
    }

    fn line_fault(&self, fault: &LineFault) -> Refusal {
        line_failure(fault)
    }

    fn form_behind_words(&self, form: &str) -> String {
        format!(
            "/{form} comes after the words, so it was logged as one of them; forms go first \
             (/undo, then try again)"
        )
    }

    fn not_of_this_prompt(&self, change: &str, redo: bool, record: &str) -> Refusal {
        Refusal::new(format!("the last change was not made at this prompt: {change}")).hint(
            match redo {
                true => format!("in another terminal: asrun undo --redo -r {record}"),
                false => {
                    format!("to take it back anyway, in another terminal: asrun undo -r {record}")
                }
            },
        )
    }
}

fn line_failure(fault: &LineFault) -> Refusal {
    match fault {
        LineFault::NoSlash { command } => {
            Refusal::new(format!("did you mean /{command}?")).hint(AS_IT_IS)
        }
        LineFault::OfShell => Refusal::new("this is a command for a shell, so it was not logged")
            .hint("type it in another terminal; /help lists what can be done here")
            .hint(AS_IT_IS),
        LineFault::Elsewhere { verb } => Refusal::new(format!("there is no /{verb} here"))
            .hint(format!("in another terminal: asrun {verb} (asrun {verb} --help)"))
            .hint(AS_IT_IS),
        LineFault::NotAlone { form } => {
            Refusal::new(format!("/{form} must be alone on its line")).hint(AS_IT_IS)
        }
        LineFault::NoFile { form } => Refusal::new(format!("/{form} applies to a file"))
            .hint(format!("give the file first: /attach shot.png /{form} …")),
        LineFault::Twice { form } => Refusal::new(format!("/{form} is given twice")),
        LineFault::Several { typed, forms } => {
            let forms: Vec<String> = forms.iter().map(|form| format!("/{form}")).collect();
            Refusal::new(format!("/{typed} could be {}", forms.join(" or ")))
        }
        LineFault::NoSpace { form } => {
            Refusal::new(format!("add a space after /{form}")).hint(AS_IT_IS)
        }
        LineFault::Unknown { typed, near } => {
            let hint = match near {
                Some(near) => format!("did you mean /{near}?"),
                None => "/help lists the forms".to_owned(),
            };
            Refusal::new(format!("unknown short form /{typed}")).hint(hint).hint(AS_IT_IS)
        }
        LineFault::NoValue { form, example } => Refusal::new(format!("/{form} needs a value"))
            .hint(format!("such as /{form} {}", example.as_deref().unwrap_or(usual(form)))),
        LineFault::Unclosed { form } => Refusal::new(format!("/{form}: the quote is never closed"))
            .hint("close it before the event's words: /why \"the reason\" the event"),
        LineFault::NoTime { form, typed } => {
            time_hints(Refusal::new(format!("/{form}: {typed:?} does not begin with a time")))
        }
        LineFault::Dash => Refusal::new("the line is only a dash"),
    }
}

/// Returns an example value of a form.
fn usual(form: &str) -> &'static str {
    match form {
        "at" | "until" => "18:08",
        "step" => "deploy",
        "by" => "sam",
        "attach" => "044.png",
        "width" => "50%",
        "ref" => "https://example.org/ticket/1",
        _ => "\"some words\"",
    }
}
