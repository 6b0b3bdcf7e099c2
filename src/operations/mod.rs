//! What can be done to a project: a request of plain values in, an outcome or a fault out.
//!
//! Nothing is printed here, nobody is asked, and no request knows how it was typed: the command line
//! and the prompt both build it, and both word what comes back.

mod amend;
mod attach;
mod fault;
mod link;
mod log;
mod recover;
mod steps;
mod texts;
#[cfg(test)]
mod trial;
mod undo;
mod was;
mod when;
mod workspace;

pub use amend::{AmendRequest, Amended, EventChoice, amend};
pub use attach::{AttachRequest, Attached, attach};
pub use fault::{EventFault, Fault, Field, LinkFault, StepFault, TextFault, UndoFault, WidthFault};
pub use link::{LinkRequest, Linked, LinkedPair, link};
pub use log::{CarriedOut, LogOutcome, LogRequest, Logged, log};
pub use recover::{RecoverRequest, Recovered, recover};
pub use steps::step_place;
pub use texts::{accepted, optional};
pub use undo::{Deed, UndoRequest, Undone, deeds, last_change, undo};
pub use was::Was;
pub use when::{Doubt, day_named, doubts, frame, outside, read_time};
pub use workspace::{LockWait, Workspace};
