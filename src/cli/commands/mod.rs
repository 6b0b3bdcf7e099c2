//! One file a verb.

pub(super) mod init;
pub(super) mod list;
pub(super) mod log;
pub(super) mod new;
pub(super) mod plan;
pub(super) mod render;
pub(super) mod select;
pub(super) mod show;
