//! What the public may see: a record without its internal parts, and what in it seems private.

mod accounts;
mod addresses;
mod columns;
mod commands;
mod files;
mod hosts;
mod keys;
mod lag;
mod leaks;
mod named;
mod names;
mod network;
mod numbers;
mod people;
mod plain;
mod ports;
mod public;
mod queries;
mod runs;
mod secrets;
mod statements;
mod tokens;
mod words;

pub use files::{Content, read_file, shown_text};
pub use lag::{StatusLag, status_lag};
pub use leaks::{Hit, Leak, MASK, hits_in, leaks, leaks_in, secrets_in};
pub use names::{Named, NamedWhy, Sort};
pub use plain::plain_text;
pub use public::{NamedText, PublicIncident, ReplacedName, Shown};
