//! Lets the user edit a copy of a record's text until it can be read.

use crate::lang::{Refusal, terminal};
use crate::operations::{Edited, Editing};

use super::{Context, Failure, editor, shown};

/// Opens the editor until the copy can be read; `None` if nothing was changed. `given_up` reports a copy that was not
/// corrected, which is kept.
///
/// # Errors
/// The editor fails, or the user gives up before the copy can be read.
pub fn edited(
    context: &Context,
    editing: &Editing<'_>,
    given_up: &dyn Fn(&str) -> Refusal,
) -> Result<Option<String>, Failure> {
    let mut line = None;
    loop {
        if let Err(failure) = editor::open_at(&editing.copy, line) {
            if matches!(editing.edited(), Ok(Edited::Unchanged)) {
                editing.end();
                return Err(failure);
            }
            context.fail(&failure);
            return Err(Failure::new(given_up(&shown(&editing.copy))));
        }
        match editing.edited()? {
            Edited::Unchanged => return Ok(None),
            Edited::Readable(text) => return Ok(Some(text)),
            Edited::Faulty(text, problems) => {
                let failure = Failure::faulty(&editing.copy, &text, problems);
                line = failure.first_place().map(|place| place.line);
                context.fail(&failure);
                if !again(context) {
                    return Err(Failure::new(given_up(&shown(&editing.copy))));
                }
            }
        }
    }
}

/// Asks whether the user wants to correct it now.
fn again(context: &Context) -> bool {
    if !context.is_interactive() {
        return false;
    }
    context.ask(&format!("{}\n", terminal().mend_now())).is_some_and(|answer| answer.is_empty())
}
