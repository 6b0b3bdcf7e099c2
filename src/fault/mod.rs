//! Why something was not done, as data: what it is about, why, and what was meant instead.
//!
//! Nothing is worded here: [`crate::lang`] does that. Fields carry what their names say.
#![allow(missing_docs, reason = "each field is what its name says; every variant is documented")]

mod files;
mod publish;
mod render;
mod request;

pub use files::{StoreFault, reason};
pub use publish::{FoundLeak, LeakKind, PublishFault};
pub use render::{MarkFault, RenderFault, TemplateFault};
pub use request::{
    ActionFault, Doubt, EventFault, Fault, Field, LinkFault, OldPlanFault, PlanFault, StepFault,
    TextFault, UndoFault, UnreadLine, WidthFault,
};
