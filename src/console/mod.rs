//! Everything that commands need from the machine, and how they report their results: outputs and input, clock, folder,
//! environment, editor, pager, failures and exit codes.

pub mod amended;
pub mod answers;
pub mod clipboard;
pub mod command;
pub mod diff;
pub mod doctor;
pub mod documents;
pub mod edited;
pub mod editor;
pub mod errors;
pub mod findings;
pub mod forgotten;
pub mod hints;
pub mod imported;
pub mod logged;
pub mod merging;
pub mod milestones;
pub mod planned;
pub mod reminding;
pub mod running;
pub mod settings;
pub mod shell;
pub mod split_time;
pub mod undone;
pub mod versions;
pub mod width;

mod changed;
mod context;
mod environment;
mod message;
#[cfg(unix)]
mod own_terminal;
mod pager;
mod plain;
mod streams;

pub use context::{Context, Options, WAIT_SECONDS, WantedRecord, tell_waiting};
pub use environment::{Environment, machine_zones, now};
pub use errors::{Exit, Failure, shown};
pub use message::Message;
pub use plain::plain;
pub use streams::{Modes, Streams};
