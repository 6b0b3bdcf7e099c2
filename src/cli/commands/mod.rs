//! One file a verb.

pub(super) mod actions;
pub(super) mod amend;
pub(super) mod attach;
pub(super) mod chart;
pub(super) mod check;
pub(super) mod compare;
pub(super) mod edit;
pub(super) mod history;
pub(super) mod init;
pub(super) mod lessons;
pub(super) mod link;
pub(super) mod list;
pub(super) mod log;
pub(super) mod merge_driver;
pub(super) mod new;
pub(super) mod plan;
pub(super) mod preview;
pub(super) mod recover;
pub(super) mod render;
pub(super) mod schema;
pub(super) mod search;
pub(super) mod select;
pub(super) mod show;
pub(super) mod stats;
pub(super) mod templates;
pub(super) mod undo;
