//! Imports documents as records: the result is planned first, and then written as one change.

mod before;
mod known;
mod parts;
mod pictures;
mod plan;
mod request;
mod shown;
mod write;

pub use before::ReadBefore;
pub use pictures::{Pictures, PlannedPicture};
pub use plan::{ImportPlan, RecordPlace, plan_import};
pub use request::{DocumentSet, ImportRequest, Only, encoding_named};
pub use shown::import_shown;
pub use write::{ImportedRecord, import, import_texts};
