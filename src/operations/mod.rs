//! What can be done to a project: each operation takes a request of plain values, and returns an outcome or a fault.
//!
//! Nothing is printed here, nobody is asked, and no request knows how it was typed: the command line and the prompt
//! build the same requests, and both word the results.

mod actions;
mod amend;
mod ask;
mod attach;
mod attachments;
mod changes;
mod check;
mod command_end;
mod committed;
mod delete_merge;
mod edit;
mod elsewhere;
mod files;
mod forget;
mod forget_event;
mod header;
mod history;
mod import;
mod lessons;
mod link;
mod log;
mod losses;
mod merge_files;
mod new;
mod own_lines;
mod pages;
mod plan;
mod post_keys;
mod readable;
mod recover;
mod relocate;
mod rename;
mod renamed_files;
mod render;
mod reverted;
mod review;
mod secrets;
mod seen;
#[cfg(test)]
mod sequences;
mod state;
mod steps;
mod texts;
#[cfg(test)]
mod trial;
mod turns;
mod twice;
mod undo;
mod was;
mod watch;
mod when;
mod workers;
mod workspace;
mod written;

pub use crate::store::LockWait;
pub use actions::{AddActionRequest, AddedAction, FinishedAction, add_action, finish_action};
pub use amend::{AmendRequest, Amended, EventChoice, amend, keys_to_clear};
pub use ask::{Answers, MayHold, Reading, ask, long_open, others_open, others_under_way};
pub use attach::{AttachRequest, Attached, Listing, attach};
pub use attachments::{
    AttachmentRequest, CLEARED_OF_FILES, Captions, ChangedAttachment, Holder, change_attachment,
};
pub use check::{CheckRequest, Checked, CheckedFile, FileContent, check, rule_names};
pub use command_end::{CommandRun, NotedEnd, end_of_output, note_end, with_output};
pub use delete_merge::{Deleted, Merged, delete_record, merge_records};
pub use edit::{EditOutcome, Edited, Editing};
pub use elsewhere::{Committed, FileCommit, FileHeir, FileMerge, FoundLine, Repository, Versions};
pub use forget::{ForgetRequest, Forgotten, Stays, StaysWhy, TakenFrom, take_out};
pub use forget_event::take_event_out;
pub use header::{KeyChange, KeyDeed, STATUS, SetOutcome, SetRequest, said_keys, set_key};
pub use history::{Coverage, StepHistory, step_history, step_names};
pub use import::{
    DocumentSet, ImportPlan, ImportRequest, ImportedRecord, Only, Pictures, PlannedPicture,
    ReadBefore, RecordPlace, encoding_named, import, import_shown, import_texts, plan_import,
};
pub use lessons::{LessonKind, add_lesson};
pub use link::{LinkedPair, link, pairs_to_link};
pub use log::{LogOutcome, LogRequest, Logged, LoggedLine, LoggedTogether, log, log_together};
pub use losses::{LossFinder, still_lost};
pub use merge_files::{MergedFile, merge_files};
pub use new::{NewRecord, NewRequest, new_record};
pub use own_lines::comments_gone;
pub use pages::{
    ChartForm, PageForm, RecordForm, brief_page, chart_page, comparison_page, record_page,
    team_view,
};
pub use plan::{
    AddedStep, AddedSteps, Adopted, CLEARED_OF_STEPS, EditedPlan, ForecastOutcome, MoveRequest,
    Moved, NewPlan, NewStep, NewSteps, PastRecords, PlanEdit, PlanFromRequest, ShiftBy,
    ShiftRequest, Shifted, SkipRequest, Skipped, Staying, StepEdit, StepNeeds, add_steps,
    adopt_plan, command_words, delay_in, edit_plan, forecast_plan, forecast_today,
    lines_of_new_plan, lines_of_plan, move_step, plan_for, plan_for_calendar, plan_from,
    plan_to_edit, read_length, rehearse, remove_step, shift_plan, skip_rest, skip_step,
    unskip_step,
};
pub use readable::{LeftOut, PublicNote, ReadableRecord, Readers};
pub use recover::{Recovered, Resolution, Restore, can_merge, forget, recover, resolve};
pub use relocate::{MovedEvent, move_event};
pub use rename::{Renamed, rename_record};
pub use render::{
    Difference, Document, PageNote, RegionsRequest, RenderRequest, Rendered, RenderedRegions,
    Written, exported_template, own_templates, render, render_page, render_regions, template,
    template_source,
};
pub use review::{ReviewRequest, review, review_of};
pub use secrets::secrets_added;
pub use seen::EarlierCauses;
pub use state::{
    LeftOpen, archive, close, closing, lag_begun, later_status, left_open, reopen, still_ended,
};
pub use steps::{current_step, plan_of, progress_of, standing_step, step_place};
pub use texts::{
    Overwritten, accepted, as_code, as_shown, check_language, event_type, optional, split_message,
    with_line_ends,
};
pub use turns::{pass_over, undo};
pub use undo::{RecordFate, Selection, Turn, Turned, deeds, turned_change};
pub use watch::{RecordWatch, words_of_save};
pub use when::{day_named, frame, period, read_time, split_required};
pub use workspace::{Outcome, Target, Workspace};
