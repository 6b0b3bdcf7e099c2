//! What a release or an incident is: the ground floor.
//!
//! Nothing here knows YAML, files, the clock, the environment or a terminal. The terms are the field's own (see
//! `docs/format.md`): a *plan* of *steps*, *events* that happened, some of them milestones, and moments in time with
//! their precision.

mod days_off;
mod id;
mod in_order;
mod incident;
mod length;
mod moment;
mod nearest;
mod order;
mod post;
mod step_id;
mod steps_place;
mod terms;
mod texts;
mod zone;
mod zone_data;
mod zone_rules;

pub use days_off::{DayOff, DaysOff};
pub use id::{IdFault, IncidentId, is_name_of_copy};
pub use incident::{
    Action, Attachment, Audience, Event, EventType, Imported, Incident, Lessons, Note, PlanStep,
    REHEARSAL, Review, Revision, Section, Skip,
};
pub use length::{After, Length};
pub(crate) use moment::put_two;
pub use moment::{Before, Clock, Day, Elapsed, Moment, Precision, TimeFault};
pub use nearest::{alike, letters_apart, nearest, slip_of};
pub use order::in_time;
pub use post::{PicturePlace, Post, PostLayout, PostPart, Worded};
pub use step_id::{is_made_step_id, made_step_ids};
pub use steps_place::StepsPlace;
pub use terms::{EXIT_CODE, KINDS, Measure, MissingTime, NoValue, PhaseKind, RUNNING, Verdict};
pub use texts::{PathStep, REMOVED, Text, TextPlace};
pub use zone::{LocalFault, Zone};
pub use zone_data::{MachineZones, NewerZones, ZoneSource};
