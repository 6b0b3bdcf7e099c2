//! Tab completion at the prompt: short forms, steps of the plan, records, severities, files.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use reedline::{Completer, CompletionResult, Span, Suggestion};

use crate::render::escape;

use super::line::{forms, takes_value};
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
            Some("/record") => self.records(word),
            Some("/severity") => self.severities(word),
            Some(form) if form.strip_prefix('/').is_some_and(takes_value) => Vec::new(),
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

    /// Returns the ids of the other open records that begin with the word; if there are none, those that contain it.
    fn records(&self, word: &str) -> Vec<(String, Option<String>)> {
        let others = locked(&self.status).others_open().into_iter();
        let mut ids: Vec<_> = others.filter_map(|id| Some((quoted(&id)?, None))).collect();
        let begun = offered(ids.iter().cloned(), word);
        if !begun.is_empty() {
            return begun;
        }
        ids.retain(|(id, _)| id.to_lowercase().contains(&word.to_lowercase()));
        ids
    }

    /// Returns the severities of the project's scale.
    fn severities(&self, word: &str) -> Vec<(String, Option<String>)> {
        let status = locked(&self.status);
        let scale = status.scale().into_iter();
        offered(scale.filter_map(|word| Some((quoted(word)?, None))), word)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;
    use crate::store::Project;

    #[test]
    fn a_form_is_followed_by_its_value() {
        let home = tempfile::tempdir().unwrap();
        let records = home.path().join("incidents");
        std::fs::create_dir(&records).unwrap();
        std::fs::write(home.path().join("asrun.yaml"), "severities: [P1, P2]\n").unwrap();
        for (id, kind) in [("checkout", "detected"), ("search", "detected"), ("old", "closed")] {
            let text = format!(
                "title: t\nkind: outage\nplan:\n  - {{id: deploy, at: 2024-09-07, text: x}}\n\
                 events:\n  - {{at: 2024-09-07, text: x, type: {kind}}}\n"
            );
            std::fs::write(records.join(format!("{id}.yaml")), text).unwrap();
        }
        let project = Project::find(home.path()).unwrap();
        let record = project.select("checkout").unwrap();
        let status = Arc::new(Mutex::new(StatusLine::of(project, record, Zone::UTC)));
        let mut completer = LineCompleter { status, folder: home.path().to_owned() };
        let mut offers = |line: &str| -> Vec<String> {
            let result = completer.complete(line, line.len());
            let offers = result.suggestions().iter();
            offers.map(|offer| offer.value.clone()).collect()
        };
        assert_eq!(offers("/record "), ["search"]);
        assert_eq!(offers("/record sea"), ["search"]);
        assert_eq!(offers("/record ARCH"), ["search"]);
        assert_eq!(offers("/record che"), [""; 0]);
        assert_eq!(offers("/severity "), ["P1", "P2"]);
        assert_eq!(offers("/step "), ["deploy"]);
        assert_eq!(offers("/why "), [""; 0]);
        assert_eq!(offers("/at "), [""; 0]);
        assert_eq!(offers("/at 18:00 /inte"), ["/internal"]);
        assert_eq!(offers("/inte"), ["/internal"]);
        assert_eq!(offers("words "), [""; 0]);
    }
}
