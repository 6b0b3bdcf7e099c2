//! Changing one record: under its lock, told when it is done.

use crate::format::Document;
use crate::store::{Project, RecordName, Work};
use crate::yaml::Change;

use super::args::RecordArgs;
use super::context::{Context, tell_waiting};
use super::errors::{Exit, Failure};

/// Changes a record and says what was done. `make` gets the record as it stands under the lock, and
/// gives the changes and a line to say of each.
pub(super) fn change_record(
    context: &mut Context,
    project: &Project,
    record: &RecordName,
    args: &RecordArgs,
    verb: &'static str,
    mut make: impl FnMut(&Document) -> Result<(Vec<Change>, Vec<String>), Failure>,
) -> Result<Exit, Failure> {
    let mut answers: Vec<String> = Vec::new();
    let patience = context.patience(args, &tell_waiting);
    let saved = project.update(record, &context.act(verb), &patience, |document| {
        let (changes, said) = make(document)?;
        answers = said;
        Ok::<_, Failure>((Work::Changes(changes), Vec::new()))
    })?;
    for answer in answers {
        context.confirm(&format!("{answer} → {}\n", record.id));
    }
    context.tell_saved(&saved);
    Ok(Exit::Done)
}
