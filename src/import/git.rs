//! git: commits and tags, in the format of the `git` room: entries end in a record separator (1E), and fields are
//! separated by unit separators (1F). A commit has its keyword, its id, the author's date, the committer's date, the
//! author, the subject and its parents; a tag has its keyword, its name, its date, the tagger and the subject.

use crate::model::Moment;

use super::chat;
use crate::fault::{DoubtCode, ImportFault, WhyLeft};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::place::Place;
use super::text::text_of;

/// Reads the log of a repository as one record.
///
/// # Errors
/// It is not text.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        gathered.begin(input.name.clone());
        for (at, entry) in text.split('\u{1e}').enumerate() {
            take(&mut gathered, entry.trim(), Place::line(at + 1));
        }
    }
    Ok(gathered.finish())
}

fn take(gathered: &mut DraftBuilder<'_>, entry: &str, place: Place) {
    let fields: Vec<&str> = entry.split('\u{1f}').collect();
    match fields.as_slice() {
        ["commit", id, authored, committed, author, subject, parents @ ..] => {
            let is_merge = match parents.first() {
                Some(parents) => parents.split_whitespace().count() > 1,
                None => subject.starts_with("Merge "),
            };
            if is_merge {
                let text = format!("{id} {subject}");
                return gathered.leave(place, text, WhyLeft::Merge);
            }
            let Some(at) = gathered.time(committed, place) else {
                return gathered.leave(place, format!("{id} {subject}"), WhyLeft::NoTime);
            };
            // The committer's date is when the commit came into this history; rebasing changes it.
            if gathered.time(authored, place).is_some_and(|authored| authored != at) {
                gathered.doubt(DoubtCode::AuthorDateDiffers, place, id);
            }
            event(gathered, at, subject, author, &format!("git:{id}"), (place, committed));
        }
        ["tag", name, date, tagger, subject] => {
            let Some(at) = gathered.time(date, place) else {
                return gathered.leave(place, format!("{name} {subject}"), WhyLeft::NoTime);
            };
            if tagger.is_empty() {
                gathered.doubt(DoubtCode::TagWithoutDate, place, name);
            }
            let is_told = !subject.is_empty() && !tagger.is_empty();
            let text = if is_told { format!("{name}: {subject}") } else { (*name).to_owned() };
            event(gathered, at, &text, tagger, &format!("git:tag:{name}"), (place, date));
        }
        _ => {}
    }
}

fn event(
    gathered: &mut DraftBuilder<'_>,
    at: Moment,
    text: &str,
    by: &str,
    source: &str,
    (place, written): (Place, &str),
) {
    let mut event = chat::event(at, text);
    event.by = (!by.is_empty()).then(|| by.to_owned());
    event.source = Some(source.to_owned());
    gathered.event(event, place, written);
}
