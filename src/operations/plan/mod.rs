//! Changes plans: adds steps, moves them, gives them up, and makes plans from old records.

mod add;
mod calendar;
mod change;
mod command;
mod edit;
mod forecast;
mod from;
mod lines;
mod needs;
mod rehearse;
mod row;
mod shift;
mod step;
mod table;

pub use add::{AddedStep, AddedSteps, NewStep, NewSteps, add_steps};
pub use calendar::plan_for_calendar;
pub use change::{
    MoveRequest, Moved, SkipRequest, Skipped, delay_in, move_step, remove_step, skip_rest,
    skip_step, unskip_step,
};
pub use command::command_words;
pub use edit::{CLEARED_OF_STEPS, EditedPlan, PlanEdit, StepEdit, edit_plan, plan_to_edit};
pub use forecast::{ForecastOutcome, PastRecords, forecast_plan, forecast_today};
pub use from::{
    Adopted, NewPlan, PlanFromRequest, Staying, adopt_plan, lines_of_new_plan, plan_for, plan_from,
};
pub use lines::lines_of_plan;
pub use needs::{StepNeeds, read_length};
pub use rehearse::rehearse;
pub use shift::{ShiftBy, ShiftRequest, Shifted, shift_plan};
