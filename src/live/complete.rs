//! Tab completion at the prompt: short forms, steps of the plan, files.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use reedline::{Completer, CompletionResult, Span, Suggestion};

use crate::render::escape;

use super::line::forms;
use super::status::{StatusLine, locked};

/// Completes the word before the cursor, depending on the short form before it.
pub(super) struct LineCompleter {
    pub(super) status: Arc<Mutex<StatusLine>>,
    /// The folder that paths are relative to.
    pub(super) folder: PathBuf,
}

impl Completer for LineCompleter {
    fn complete(&mut self, line: &str, pos: usize) -> CompletionResult {
        let before = line.get(..pos).unwrap_or(line);
        let start = before.rfind(char::is_whitespace).map_or(0, |place| place + 1);
        let start = (start..=pos).find(|place| before.is_char_boundary(*place)).unwrap_or(pos);
        let word = &before[start..];
        let last = before[..start].split_whitespace().next_back();
        let offers = match last {
            _ if !line.starts_with('/') => Vec::new(),
            Some("/step") => self.steps(word),
            Some("/attach") => self.files(word),
            _ => offered(forms().map(|name| (format!("/{name}"), None)), word),
        };
        let suggestion = |(value, description): (String, Option<String>)| Suggestion {
            append_whitespace: !value.ends_with('/'),
            value,
            description,
            span: Span::new(start, pos),
            ..Suggestion::default()
        };
        CompletionResult::fresh(offers.into_iter().map(suggestion).collect::<Vec<_>>())
    }
}

impl LineCompleter {
    /// Returns the ids of matching steps with their texts; for a step without an id, its text.
    fn steps(&self, word: &str) -> Vec<(String, Option<String>)> {
        let status = locked(&self.status);
        let steps = status.incident().plan.iter().map(|step| match &step.id {
            Some(id) => (id, Some(escape::terminal(&step.text).into_owned())),
            None => (&step.text, None),
        });
        let steps = steps.filter_map(|(name, what)| Some((quoted(name)?, what)));
        offered(steps, word)
    }

    /// Returns matching files and folders.
    fn files(&self, word: &str) -> Vec<(String, Option<String>)> {
        let (folder, _) = word.rsplit_once('/').map_or(("", word), |(above, _)| (above, ""));
        let prefix = if word.contains('/') { format!("{folder}/") } else { String::new() };
        let entries = std::fs::read_dir(self.folder.join(Path::new(&prefix)));
        let names = entries.into_iter().flatten().filter_map(|entry| {
            let entry = entry.ok()?;
            let name =
                entry.file_name().into_string().ok().filter(|name| !name.starts_with('.'))?;
            let slash = if entry.path().is_dir() { "/" } else { "" };
            Some((quoted(&format!("{prefix}{name}{slash}"))?, None))
        });
        let mut names = offered(names, word);
        names.sort();
        names
    }
}

fn offered(
    all: impl Iterator<Item = (String, Option<String>)>,
    word: &str,
) -> Vec<(String, Option<String>)> {
    all.filter(|(value, _)| value.trim_start_matches('"').starts_with(word)).collect()
}

/// Returns a name as it can be typed in a line, quoted if it contains a space or a quote; `None` if it has hidden
/// characters, since another name would be typed.
fn quoted(text: &str) -> Option<String> {
    let shown = matches!(escape::terminal(text), Cow::Borrowed(_));
    shown.then(|| match text.contains(|c: char| c.is_whitespace() || "\"'\\".contains(c)) {
        true => format!("\"{}\"", text.replace('"', "\\\"")),
        false => text.to_owned(),
    })
}
