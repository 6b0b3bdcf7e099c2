//! Views: what is shown, with all wording and figures decided.
//!
//! A [`RecordView`] is the interface between content and pages: templates receive it, and `asrun show --format json`
//! prints it. It knows no Markdown, no colours, no widths.

mod brief;
mod changed;
mod chart;
mod comparison;
mod durations;
mod findings;
mod forecast;
mod forgotten;
mod handover;
mod header;
mod import;
mod lists;
mod one_step;
mod plan;
mod post;
mod progress;
mod proposal;
mod record;
mod releases;
mod review;
mod rows;
mod schedule;
mod stats;
mod status;
mod suggestions;
mod time;

pub use brief::{BriefView, brief_view};
pub use changed::{ChangeView, ChangedRecordView, EffectView, PlainValue};
pub use chart::{
    ChartLine, ChartLink, ChartPhase, ChartSlot, ChartSource, ChartView, EventMark, Source,
    StepMark, chart_view,
};
pub use comparison::{
    CellView, ComparisonView, LineView, MeasureView, PastView, ReleaseView, comparison_view,
};
pub use durations::{DurationView, SilenceView};
pub use findings::{FindingView, FindingsView};
pub use forecast::{
    DelayView, EarlyView, ForecastView, ReplayView, StepForecastView, forecast_view,
};
pub use forgotten::{ForgottenView, PlaceView};
pub use handover::{BrokenView, HandoverView, NotedView, PersonView, TaskView, handover_view};
pub use header::{HeaderView, KeyValue, KeyView, header_view, key_view};
pub use import::{
    Bound, DoubtView, ImportSourceView, ImportView, ImportedActionView, ImportedEntryView,
    ImportedPictureView, ImportedSectionView, LeftOutView, import_view,
};
pub use lists::{
    ActionRow, Column, ConfigRow, HitRow, LessonRow, ListOrder, ListRow, PastRow, Row, SeenRow,
    UnreadableRow, action_row, hit_rows, lesson_rows, list_row, past_rows, setting_source,
    sort_list, totals_line,
};
pub use plan::{PlanView, PlannedView, plan_view};
pub use post::{PostView, post_view};
pub use progress::{DueView, ProgressView, progress_view};
pub use proposal::{ProposalView, ProposedView, Recurred, proposal_view};
pub use record::{
    ActionView, AttachmentView, EventView, LessonsView, RecordView, SectionView, record_view,
    record_view_now,
};
pub use releases::{AxisDay, AxisPoint, ReleaseMark, ReleasesView, releases_view};
pub use review::{ReviewView, review_view};
pub use rows::{RowEvent, RowView, StepView};
pub use schedule::ScheduleView;
pub use stats::{BarView, FigureRow, SlippedView, StatsSettings, StatsView, TraceRow, stats_view};
pub use status::{Reminder, reminders, status_line};
pub use suggestions::{CandidateView, SuggestionView, SuggestionsView, suggestions_view};
pub use time::TimeView;

pub use crate::lang::Labels;
