//! The only access to files: find, load, lock, replace.
//!
//! Nothing is printed here and no unreadable file is hidden: faults are data ([`StoreFault`](crate::fault::StoreFault))
//! that name the file, the reason and the way out.

mod assets;
mod disk;
mod draft;
mod editing;
mod file;
mod forget;
mod init;
mod journal;
mod leftovers;
mod listed;
mod lock;
mod names;
mod outputs;
mod place;
mod project;
#[cfg(test)]
mod promises;
mod reader;
mod reading;
mod relocated;
mod remembered;
mod rendered;
mod replace;
mod save;
mod scratch;
mod selection;
mod sha256;
mod sources;
mod taken_back;
mod templates;
mod zones;

pub use assets::{Asset, AssetSource, LIMIT as ATTACHMENT_LIMIT, read_attachment, read_source};
pub use draft::Draft;
pub use file::Stamp;
pub use forget::Written;
pub use journal::{Command, Noted};
pub use lock::{JointLock, LockWait};
pub use names::{Listing, RecordName};
pub use outputs::{
    Claim, Origin, Outputs, Planned, Replacing, Was, rewrite_private, write_private,
};
pub use project::{DAYS_OFF_FILE, Project, SCHEMA_FILE, SETTINGS_FILE, TEMPLATES};
pub use reader::RecordReader;
pub use reading::{settings_at, settings_naming};
pub use relocated::{Copies, HeldRecord};
pub use rendered::{RenderedBefore, RenderedDocument, Sources, UnchangedDocument};
pub use replace::write_output;
pub use save::{Edit, Saved};
pub use scratch::Scratch;
pub use selection::Loaded;
pub use sha256::sha256_of;
pub use sources::{SourceFile, read_beside, read_sources};
pub use taken_back::CopyFate;
pub use zones::machine_zones;
