//! asrun: what really happened in a release or an outage, beside what was planned.
//!
//! `docs/architecture.md` lists the rooms and which may import which; `tests/architecture/` guards that.

pub mod check;
pub mod cli;
pub mod completion;
pub mod console;
pub mod fault;
pub mod format;
pub mod git;
pub mod import;
pub mod lang;
pub mod live;
pub mod markdown;
pub mod merge;
pub mod model;
pub mod operations;
pub mod publish;
pub mod query;
pub mod render;
pub mod store;
pub mod timeline;
pub mod view;
pub mod yaml;
