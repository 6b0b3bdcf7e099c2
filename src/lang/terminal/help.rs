//! The help of every command: what it does, its arguments, and the topics of `asrun help`.

#![allow(missing_docs, reason = "each field is the help of the argument of its name")]

/// What `asrun help` explains beside the commands.
pub const HELP_TOPICS: [&str; 5] = ["times", "records", "templates", "exit-codes", "rules"];

/// Every help text.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Help {
    pub frame: FrameHelp,
    pub asrun: AsrunHelp,
    pub globals: GlobalsHelp,
    pub record: RecordHelp,
    pub form: FormHelp,
    pub filter: FilterHelp,
    pub zone: &'static str,
    pub force: &'static str,
    pub init: InitHelp,
    pub new: NewHelp,
    pub log: LogHelp,
    pub live: LiveHelp,
    pub plan: PlanHelp,
    pub show: ShowHelp,
    pub compare: CompareHelp,
    pub chart: ChartHelp,
    pub render: RenderHelp,
    pub preview: PreviewHelp,
    pub templates: TemplatesHelp,
    pub search: SearchHelp,
    pub history: HistoryHelp,
    pub stats: StatsHelp,
    pub actions: ActionsHelp,
    pub lessons: LessonsHelp,
    pub list: ListHelp,
    pub watch: WatchHelp,
    pub brief: BriefHelp,
    pub import: ImportHelp,
    pub link: LinkHelp,
    pub amend: AmendHelp,
    pub move_event: MoveHelp,
    pub merge: MergeHelp,
    pub rename: RenameHelp,
    pub delete: DeleteHelp,
    pub attach: AttachHelp,
    pub edit: EditHelp,
    pub undo: UndoHelp,
    pub forget: ForgetHelp,
    pub check: CheckHelp,
    pub recover: RecoverHelp,
    pub get: GetHelp,
    pub set: SetHelp,
    pub review: ReviewHelp,
    pub archive: ArchiveHelp,
    pub close: CloseHelp,
    pub milestone: MilestoneHelp,
    pub reopen: ReopenHelp,
    pub select: SelectHelp,
    pub schema: SchemaHelp,
    pub completions: CompletionsHelp,
    pub man: ManHelp,
    pub config: ConfigHelp,
    pub doctor: DoctorHelp,
    pub help: HelpHelp,
    pub merge_driver: MergeDriverHelp,
    pub topics: TopicTexts,
}

/// The fixed parts of every help page.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct FrameHelp {
    pub usage: &'static str,
    pub commands: &'static str,
    pub arguments: &'static str,
    pub options: &'static str,
    pub values: &'static str,
    pub default: &'static str,
    pub one_of: &'static str,
    pub environment: &'static str,
    pub help: &'static str,
    pub help_in_short: &'static str,
    pub help_in_long: &'static str,
    pub version: &'static str,
}

/// `asrun` itself.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct AsrunHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub verbose: &'static str,
    pub after: &'static str,
}

/// Options of every command.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct GlobalsHelp {
    pub heading: &'static str,
    pub directory: &'static str,
    pub dry_run: &'static str,
    pub quiet: &'static str,
    pub no_input: &'static str,
    pub color: &'static str,
}

/// How a command selects a record, and how long it waits for others.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct RecordHelp {
    pub record: &'static str,
    pub wait: &'static str,
    pub format: &'static str,
    pub current: &'static str,
    pub either: &'static str,
}

/// The output format of a list.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct FormHelp {
    pub format: &'static str,
    pub columns: &'static str,
    pub bom: &'static str,
}

/// The selection of records.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct FilterHelp {
    pub heading: &'static str,
    pub kind: &'static str,
    pub tag: &'static str,
    pub service: &'static str,
    pub of_version: &'static str,
    pub severity: &'static str,
    pub status: &'static str,
    pub author: &'static str,
    pub since: &'static str,
    pub until: &'static str,
    pub open: &'static str,
}

/// `asrun init`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct InitHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub timezone: &'static str,
    #[cfg_attr(test, serde(skip))]
    pub language: fn(&[&str]) -> String,
    pub author: &'static str,
    pub records: &'static str,
    pub no_schema: &'static str,
    pub git: &'static str,
}

/// `asrun new`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct NewHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub title: &'static str,
    pub kind: &'static str,
    pub date: &'static str,
    pub version: &'static str,
    pub severity: &'static str,
    pub services: &'static str,
    pub tags: &'static str,
    pub timezone: &'static str,
    #[cfg_attr(test, serde(skip))]
    pub language: fn(&[&str]) -> String,
    pub id: &'static str,
}

/// `asrun log`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct LogHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub after: &'static str,
    pub text: &'static str,
    pub behind: &'static str,
    pub run: &'static str,
    pub at: &'static str,
    pub until: &'static str,
    pub kind: &'static str,
    pub steps: &'static str,
    pub by: &'static str,
    pub why: &'static str,
    pub detail: &'static str,
    pub attachments: &'static str,
    pub alt: &'static str,
    pub width: &'static str,
    pub refs: &'static str,
    pub next_update: &'static str,
    pub severity: &'static str,
    pub key: &'static str,
    pub internal: &'static str,
}

/// `asrun live`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct LiveHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub after: &'static str,
    pub record: &'static str,
}

/// `asrun plan`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanHelp {
    pub about: &'static str,
    pub add: PlanAddHelp,
    pub from: PlanFromHelp,
    pub check: PlanCheckHelp,
    pub edit: PlanEditHelp,
    /// For `--why`, if the reason can also be typed as words.
    pub reason_too: &'static str,
    pub move_step: PlanMoveHelp,
    pub skip: PlanSkipHelp,
    pub unskip: PlanStepHelp,
    pub remove: PlanStepHelp,
    pub shift: PlanShiftHelp,
    pub rebase: PlanRebaseHelp,
    pub needs: PlanNeedsHelp,
    pub run: PlanRunHelp,
    pub list: PlanListHelp,
    pub export: PlanExportHelp,
}

/// `asrun plan add`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanAddHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub time: &'static str,
    pub text: &'static str,
    pub id: &'static str,
    pub until: &'static str,
    pub owner: &'static str,
    pub zero: &'static str,
}

/// Options of `asrun plan add` and `asrun plan edit` for a step besides its time and text.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanNeedsHelp {
    pub after: &'static str,
    pub takes: &'static str,
    pub due: &'static str,
    pub decision: &'static str,
    pub rollback: &'static str,
    pub if_failed: &'static str,
    pub command: &'static str,
}

/// `asrun plan run`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanRunHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub rehearse: &'static str,
}

/// `asrun plan list`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanListHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub format: &'static str,
}

/// `asrun plan export`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanExportHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub format: &'static str,
    pub output: &'static str,
    pub bom: &'static str,
}

/// `asrun plan from`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanFromHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub from: &'static str,
    pub at: &'static str,
    pub anchor: &'static str,
    pub as_planned: &'static str,
    pub calendar: &'static str,
    pub keep_skipped: &'static str,
    pub apply: &'static str,
    pub format: &'static str,
}

/// `asrun plan check`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanCheckHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub format: &'static str,
    pub forecast: &'static str,
    pub explain: &'static str,
    pub past: &'static str,
}

/// `asrun plan edit`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanEditHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub step: &'static str,
    pub text: &'static str,
    pub clear: &'static str,
}

/// `asrun plan move`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanMoveHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub step: &'static str,
    pub time: &'static str,
    pub until: &'static str,
    pub why: &'static str,
    pub on: &'static str,
}

/// `asrun plan skip`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanSkipHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub step: &'static str,
    pub why: &'static str,
    pub on: &'static str,
    pub rest: &'static str,
}

/// `asrun plan unskip` and `asrun plan remove`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanStepHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub step: &'static str,
}

/// `asrun plan rebase`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanRebaseHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub now: &'static str,
    pub at: &'static str,
}

/// `asrun plan shift`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PlanShiftHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub by: &'static str,
    pub from: &'static str,
    pub why: &'static str,
    pub on: &'static str,
}

/// `asrun show`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ShowHelp {
    pub about: &'static str,
    pub format: &'static str,
    pub full: &'static str,
    pub sources: &'static str,
    pub public: &'static str,
}

/// `asrun compare`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct CompareHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub records: &'static str,
    pub format: &'static str,
}

/// `asrun chart`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ChartHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub format: &'static str,
    pub output: &'static str,
    pub width: &'static str,
    pub public: &'static str,
}

/// `asrun render`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct RenderHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub records: &'static str,
    pub all: &'static str,
    pub template: &'static str,
    pub layout: &'static str,
    pub audience: &'static str,
    pub publish_anyway: &'static str,
    pub draft: &'static str,
    pub strict: &'static str,
    pub output: &'static str,
    pub into: &'static str,
    pub check: &'static str,
    pub keep_going: &'static str,
}

/// `asrun preview`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct PreviewHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub watch: &'static str,
    pub open: &'static str,
}

/// What each built-in template is for.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct BuiltInTexts {
    pub retrospective: &'static str,
    pub chirpy: &'static str,
    pub blog: &'static str,
    pub jekyll: &'static str,
    pub hugo: &'static str,
    pub sre: &'static str,
    pub atlassian: &'static str,
    pub public: &'static str,
    pub github: &'static str,
    pub status: &'static str,
    pub handover: &'static str,
    pub changelog: &'static str,
    pub html: &'static str,
}

/// `asrun templates`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct TemplatesHelp {
    pub built_in: BuiltInTexts,
    pub about: &'static str,
    pub long_about: &'static str,
    pub list: TemplatesListHelp,
    pub show: TemplatesShowHelp,
    pub export: TemplatesExportHelp,
    pub context: TemplatesContextHelp,
}

/// `asrun templates list`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct TemplatesListHelp {
    pub about: &'static str,
}

/// `asrun templates show`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct TemplatesShowHelp {
    pub about: &'static str,
    pub name: &'static str,
}

/// `asrun templates export`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct TemplatesExportHelp {
    pub about: &'static str,
    pub name: &'static str,
    pub output: &'static str,
}

/// `asrun templates context`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct TemplatesContextHelp {
    pub about: &'static str,
    pub record: &'static str,
    pub json: &'static str,
}

/// `asrun search`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct SearchHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub words: &'static str,
}

/// `asrun history`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct HistoryHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub words: &'static str,
}

/// `asrun stats`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct StatsHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub by: &'static str,
    pub explain: &'static str,
    pub svg: &'static str,
}

/// `asrun actions`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ActionsHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub record: &'static str,
    pub overdue: &'static str,
    pub owner: &'static str,
    pub all: &'static str,
    pub add: ActionsAddHelp,
    pub done: ActionsDoneHelp,
}

/// `asrun actions add`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ActionsAddHelp {
    pub about: &'static str,
    pub text: &'static str,
    pub owner: &'static str,
    pub due: &'static str,
    pub internal: &'static str,
}

/// `asrun actions done`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ActionsDoneHelp {
    pub about: &'static str,
    pub action: &'static str,
    pub on: &'static str,
}

/// `asrun lessons`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct LessonsHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub seen: &'static str,
    pub record: &'static str,
    pub sort: &'static str,
    pub sorts: LessonSortsHelp,
    pub add: LessonsAddHelp,
}

/// Types of lessons.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct LessonSortsHelp {
    pub well: &'static str,
    pub badly: &'static str,
    pub lucky: &'static str,
    pub surprised: &'static str,
    pub learned: &'static str,
    pub factor: &'static str,
}

/// `asrun lessons add`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct LessonsAddHelp {
    pub about: &'static str,
    pub sort: &'static str,
    pub text: &'static str,
    pub internal: &'static str,
}

/// `asrun list`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ListHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub sort: &'static str,
    pub reverse: &'static str,
    pub archived: &'static str,
    pub unreadable: &'static str,
}

/// `asrun watch`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct WatchHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub record: &'static str,
    pub remind: &'static str,
}

/// `asrun link`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct LinkHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub apply: &'static str,
    pub format: &'static str,
}

/// `asrun amend`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct AmendHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub attachment: &'static str,
    pub attachment_heading: &'static str,
    pub place: &'static str,
    pub whole: &'static str,
    pub words: &'static str,
    pub text: &'static str,
    pub last: &'static str,
    pub at: &'static str,
    pub until: &'static str,
    pub kind: &'static str,
    pub step: &'static str,
    pub by: &'static str,
    pub why: &'static str,
    pub detail: &'static str,
    pub key: &'static str,
    pub internal: &'static str,
    pub remove: &'static str,
    pub clear: &'static str,
}

/// `asrun brief`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct BriefHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub format: &'static str,
}

/// `asrun import`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ImportHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub files: &'static str,
    pub zone: &'static str,
    pub date: &'static str,
    pub day_first: &'static str,
    pub month_first: &'static str,
    pub update: &'static str,
    pub one: &'static str,
    pub split: &'static str,
    pub fence: &'static str,
    pub plan: &'static str,
    pub events: &'static str,
    pub id: &'static str,
    pub since: &'static str,
    pub until: &'static str,
    pub channel: &'static str,
    pub matching: &'static str,
    pub encoding: &'static str,
    pub at: &'static str,
    pub text: &'static str,
    pub by: &'static str,
    pub entry_id: &'static str,
    pub yes: &'static str,
    pub format: &'static str,
}

/// `asrun merge`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct MergeHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub into: &'static str,
    pub from: &'static str,
}

/// `asrun rename`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct RenameHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub id: &'static str,
}

/// `asrun delete`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct DeleteHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub record: &'static str,
}

/// `asrun move`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct MoveHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub number: &'static str,
    pub last: &'static str,
    pub to: &'static str,
}

/// `asrun attach`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct AttachHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub files: &'static str,
    pub event: &'static str,
    pub whole: &'static str,
    pub clipboard: &'static str,
    pub name: &'static str,
    pub alt: &'static str,
    pub width: &'static str,
    pub caption: &'static str,
    pub internal: &'static str,
}

/// `asrun edit`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct EditHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub id: &'static str,
}

/// `asrun undo`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct UndoHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub number: &'static str,
    pub redo: &'static str,
    pub leave: &'static str,
    pub list: &'static str,
}

/// `asrun forget`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ForgetHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub text: &'static str,
    pub stdin: &'static str,
    pub secrets: &'static str,
    pub event: &'static str,
    pub yes: &'static str,
    pub format: &'static str,
}

/// `asrun check`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct CheckHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub records: &'static str,
    pub strict: &'static str,
    pub ignore: &'static str,
    pub format: &'static str,
}

/// `asrun recover`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct RecoverHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub id: &'static str,
    pub all: &'static str,
    pub forget: &'static str,
}

/// `asrun select`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct SelectHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub record: &'static str,
}

/// `asrun get`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct GetHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub key: &'static str,
    pub format: &'static str,
}

/// `asrun set`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct SetHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub key: &'static str,
    pub values: &'static str,
    pub add: &'static str,
    pub remove: &'static str,
    pub clear: &'static str,
    pub text: &'static str,
    pub at: &'static str,
    pub by: &'static str,
    pub why: &'static str,
    pub no_event: &'static str,
}

/// `asrun review`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ReviewHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub by: &'static str,
    pub on: &'static str,
    pub draft: &'static str,
    pub clear: &'static str,
}

/// `asrun archive`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ArchiveHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub records: &'static str,
    pub clear: &'static str,
}

/// `asrun close`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct CloseHelp {
    pub about: &'static str,
    pub long_about: &'static str,
}

/// `asrun reopen`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ReopenHelp {
    pub about: &'static str,
    pub long_about: &'static str,
}

/// The options of `asrun close` and `asrun reopen`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct MilestoneHelp {
    pub text: &'static str,
    pub at: &'static str,
    pub by: &'static str,
    pub why: &'static str,
}

/// `asrun schema`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct SchemaHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub output: &'static str,
}

/// `asrun completions`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct CompletionsHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub shell: &'static str,
}

/// `asrun man`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ManHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub folder: &'static str,
}

/// `asrun config`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct ConfigHelp {
    pub about: &'static str,
    pub long_about: &'static str,
}

/// `asrun doctor`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct DoctorHelp {
    pub about: &'static str,
    pub long_about: &'static str,
}

/// `asrun help`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct HelpHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub what: &'static str,
}

/// `asrun merge-driver`.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct MergeDriverHelp {
    pub about: &'static str,
    pub long_about: &'static str,
    pub base: &'static str,
    pub ours: &'static str,
    pub theirs: &'static str,
    pub path: &'static str,
}

/// What `asrun help TOPIC` prints.
#[cfg_attr(test, derive(serde::Serialize))]
pub struct TopicTexts {
    pub times: &'static str,
    pub records: &'static str,
    pub templates: &'static str,
    pub exit_codes: &'static str,
    pub rules_title: &'static str,
    pub rules_end: &'static str,
}
