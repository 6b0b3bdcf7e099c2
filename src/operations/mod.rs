//! What can be done to a project: a request of plain values in, an outcome or a fault out.
//!
//! Nothing is printed here, nobody is asked, and no request knows how it was typed: the command line
//! and the prompt both build it, and both word what comes back.

mod actions;
mod fault;
mod lessons;
mod log;
mod new;
mod plan;
mod steps;
mod texts;
#[cfg(test)]
mod trial;
mod when;
mod workspace;

pub use actions::{
    AddActionRequest, AddedAction, FinishActionRequest, FinishedAction, add_action, finish_action,
};
pub use fault::{
    ActionFault, Fault, Field, OldPlanFault, PlanFault, StepFault, TextFault, UnreadLine,
    WidthFault,
};
pub use lessons::{AddLessonRequest, AddedLesson, LessonSort, add_lesson};
pub use log::{CarriedOut, LogOutcome, LogRequest, Logged, log};
pub use new::{NewRecord, NewRequest, new_record};
pub use plan::{
    AddedStep, AddedSteps, Adopted, AdoptedPlan, MoveRequest, Moved, NewPlan, NewStep, NewSteps,
    PlanFromRequest, SkipRequest, Skipped, Staying, add_steps, adopt_plan, move_step, plan_for,
    plan_from, skip_step,
};
pub use steps::{step_at, step_id, step_ids, step_place};
pub use texts::{accepted, check_language, check_width, optional};
pub use when::{Doubt, day_named, doubts, frame, outside, read_time};
pub use workspace::{LockWait, Workspace};
