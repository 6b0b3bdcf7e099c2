//! The keys of a record, decoded and encoded.
//!
//! A record's text belongs to the people who edit it. It is parsed into a [`Document`], with every fault reported by
//! line and column, and changed only by [`edit`]: a splice of the existing text, parsed again and compared before it
//! may be saved. `docs/format.md` specifies the file.

mod audience;
mod decode;
mod document;
pub mod edit;
mod edit_all;
mod encode;
mod history;
mod journal;
mod keys;
mod likeness;
mod lists;
mod near;
mod old_lines;
mod outline;
mod post;
mod removal;
mod reverted;
mod settings;
mod shapes;
mod spelled;
mod trail;
mod unexplained;

pub use audience::{MadeInternal, is_opened, made_internal, without_audience};
#[cfg(test)]
pub(crate) use document::counted;
pub use document::{Document, read, read_incident, readers_agree};
pub use edit::{NewItem, insert_lines};
pub use edit_all::apply_all;
pub use encode::{
    action_item, attachment_item, compose, event_item, imported_item, insert_event, insert_items,
    insert_step, item_text, note_item, places_among, post_fault, record_text, review_value,
    reviewed_bytes, section_item, step_item, whole_step,
};
pub use journal::{
    ARCHIVE, CopiedFile, DELETE, EDIT, Effect, FORGET, Joint, Journal, JournalEntry, KEPT, LEAVE,
    LEFT_OUT, LOG, MOVE, Missing, NEW, RECOVER, REDO, RELINK, RENAME, Standing, UNDO, alike_beside,
    bring_back, deletions, effects, effects_as, fingerprint, is_fingerprint,
};
pub use keys::{HEADER_KEYS, POST_PATHS, RECORD_KEYS, UnknownKey};
pub use likeness::place_in;
pub use lists::{ATTACHMENTS, LISTS, OwnText, item_path, list_place};
pub use old_lines::{OldLines, as_written, in_own_lines, keys_below, own_lines};
pub use outline::Prose;
pub use post::front_keys;
pub use removal::{Find, Needed, Removal, Removed};
pub use reverted::{Losses, Reverted};
pub use settings::{
    DEFAULT_RECORDS, SecretsRule, Settings, is_records_folder, is_setting, place_of_records,
    read_settings, records_named,
};
pub use spelled::Spelled;
pub use trail::{Became, Trail, is_same_event, place_of_event, without_trail};
pub use unexplained::Unexplained;

/// The JSON Schema of a record, for editors: as much of docs/format.md as a schema can express.
pub const RECORD_SCHEMA: &str = include_str!("../../docs/schema/record.json");
