//! Undoes what was done at the prompt, and nothing else.

use crate::console::{Context, Failure, undone};
use crate::lang::terminal;
use crate::operations::{self, Target, Turn, turned_change};

/// Undoes the last change of a record that is one of `mine`, given by its id in the journal, or redoes the one of them that
/// was undone last, whatever others did since.
///
/// # Errors
/// There is no such change, somebody else made it, or the record cannot be written.
pub(super) fn turn_own(
    context: &mut Context,
    target: &Target,
    mine: &[String],
    turn: Turn,
) -> Result<(), Failure> {
    let journal = target.workspace.project.journal(&target.record)?;
    let all = if turn.is_redo() { journal.undone() } else { journal.undoable() };
    let own = all.into_iter().rev().position(|it| mine.contains(&it.id)).map_or(1, |at| at + 1);
    let turn = if turn.is_redo() { Turn::Again(own) } else { Turn::Back(own) };
    let last = turned_change(&journal, turn);
    if let Some(other) = last.filter(|entry| !mine.contains(&entry.id)) {
        let change = undone::summary(other);
        return Err(Failure::new(terminal().not_of_this_prompt(
            &change,
            turn.is_redo(),
            &target.record.id,
        )));
    }
    let door = context.door();
    let turned = operations::undo(target, turn).map_err(|fault| Failure::of(fault, door))?;
    undone::tell(context, &target.workspace.project, (&target.record, ""), turn.is_redo(), &turned);
    Ok(())
}
