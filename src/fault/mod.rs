//! Why something was not done, and what is odd, as data: what it is about, why, and what was probably meant.
//!
//! Nothing is worded here: [`crate::lang`] does that. Fields are described by their names.
#![allow(
    missing_docs,
    reason = "each field is what its name says; every variant that has fields is documented"
)]

mod bytes;
mod files;
mod finding;
mod import;
mod lifecycle;
mod line;
mod publish;
mod records;
mod render;
mod request;
mod template;
mod typed_time;

pub use bytes::NotUtf8;
pub use files::{AssetDoubt, Doing, StoreFault, Text, Unfit};
pub use finding::{
    ChangeFinding, DayFinding, FileFinding, FindingKind, HeldIn, LeakKind, RuleId, StepFinding,
    WordFinding,
};
pub use import::{
    ArchiveFault, DayFrom, DoubtCode, ExportFault, ImportFault, PictureFault, WhyLeft, ZoneFrom,
};
pub use lifecycle::{KeyFault, StateFault};
pub use line::LineFault;
pub use publish::{FoundLeak, FoundName, FoundPlace, PublishFault};
pub(crate) use records::in_content;
pub use records::{
    ContentFault, EditFault, Entry, Found, FrontMatterFault, MergeConflict, MergeFault, MergeText,
    PostFault, Problem, SettingFault, Unproved, Wanted,
};
pub use render::{MarkFault, RenderFault};
pub use request::{
    ActionFault, AttachmentFault, CommentLoss, Doubt, EditedPlace, EventFault, Fault, Field,
    ForgetFault, LinkFault, LostComment, MoveFault, OldPlanFault, PlanFault, RecordFault,
    ReverseWay, StepFault, TextFault, UndoFault, UnreadLine, UnreadWhy, Unrecovered, WidthFault,
};
pub use template::{TakenFor, TemplateFault, TemplateFaultKind};
pub use typed_time::TypedTimeFault;
