//! The text of an event: typed, piped, or written in an editor.

use crate::lang::terminal;
use crate::operations::{as_code, split_message};

use super::{Context, Failure, editor};

/// The text and detail of a new event.
#[derive(Debug, Clone)]
pub struct Message {
    /// What happened.
    pub text: String,
    /// Markdown.
    pub detail: Option<String>,
}

impl Message {
    /// Reads a message from the words of the command line, from the standard input if they end in `-` or the detail is
    /// `-`, or from an editor if there are no words. The text is in `draft` even if it is refused.
    pub fn collect(
        context: &Context,
        words: &[String],
        detail: Option<&str>,
        record: &str,
        draft: &mut String,
    ) -> Result<Message, Failure> {
        let mut words = words.to_vec();
        let output = words.pop_if(|word| word == "-").is_some();
        draft.push_str(&words.join(" "));
        let piped = match (output, detail) {
            (true, _) if !words.is_empty() => Some(as_code(&context.read_output()?)),
            (true, _) | (_, Some("-")) => Some(context.read_written()?),
            _ => None,
        };
        let whole = match (words.is_empty(), &piped) {
            (true, Some(piped)) => Some(piped.clone()),
            (true, None) => Some(edited(context, record, draft)?),
            (false, _) => None,
        };
        let (text, below) = match whole {
            Some(whole) => split_message(&whole),
            None => (words.join(" "), piped),
        };
        let given = detail.filter(|detail| *detail != "-").map(str::to_owned);
        let parts = [given, below].into_iter().flatten().filter(|part| !part.trim().is_empty());
        let detail = parts.reduce(|above, below| format!("{above}\n\n{below}"));
        *draft = detail.iter().fold(text.clone(), |draft, detail| format!("{draft}\n\n{detail}"));
        Ok(Message { text, detail })
    }
}

fn edited(context: &Context, record: &str, draft: &mut String) -> Result<String, Failure> {
    if !context.may_edit() {
        return Err(Failure::misuse(terminal().no_text()));
    }
    let message = editor::write(&terminal().editor_notes(record), draft)?;
    match message.is_empty() {
        true => Err(Failure::new(terminal().empty_message())),
        false => Ok(message),
    }
}
