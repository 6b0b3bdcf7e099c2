//! The help of every command.

mod documents;
mod lifecycle;
mod planning;
mod reading;
mod shared;
mod upkeep;
mod writing;

use crate::lang::terminal::help::{Help, TopicTexts};

pub(super) static HELP: Help = Help {
    frame: shared::FRAME,
    asrun: shared::ASRUN,
    globals: shared::GLOBALS,
    record: shared::RECORD,
    form: shared::FORM,
    filter: shared::FILTER,
    zone: shared::ZONE,
    force: shared::FORCE,
    init: writing::INIT,
    new: writing::NEW,
    log: writing::LOG,
    live: writing::LIVE,
    plan: planning::PLAN,
    show: reading::SHOW,
    compare: reading::COMPARE,
    chart: reading::CHART,
    render: documents::RENDER,
    preview: documents::PREVIEW,
    templates: documents::TEMPLATES,
    search: reading::SEARCH,
    history: reading::HISTORY,
    stats: reading::STATS,
    actions: planning::ACTIONS,
    lessons: planning::LESSONS,
    list: reading::LIST,
    watch: reading::WATCH,
    brief: reading::BRIEF,
    import: lifecycle::IMPORT,
    link: writing::LINK,
    amend: writing::AMEND,
    move_event: lifecycle::MOVE,
    merge: lifecycle::MERGE,
    rename: lifecycle::RENAME,
    delete: lifecycle::DELETE,
    attach: writing::ATTACH,
    edit: writing::EDIT,
    undo: writing::UNDO,
    forget: writing::FORGET,
    check: upkeep::CHECK,
    recover: writing::RECOVER,
    get: lifecycle::GET,
    set: lifecycle::SET,
    review: lifecycle::REVIEW,
    archive: lifecycle::ARCHIVE,
    close: lifecycle::CLOSE,
    milestone: lifecycle::MILESTONE,
    reopen: lifecycle::REOPEN,
    select: upkeep::SELECT,
    schema: upkeep::SCHEMA,
    completions: upkeep::COMPLETIONS,
    man: upkeep::MAN,
    config: upkeep::CONFIG,
    doctor: upkeep::DOCTOR,
    help: upkeep::HELP,
    merge_driver: upkeep::MERGE_DRIVER,
    topics: TopicTexts {
        times: include_str!("topics/times.txt"),
        records: include_str!("topics/records.txt"),
        templates: include_str!("topics/templates.txt"),
        exit_codes: include_str!("topics/exit-codes.txt"),
        rules_title: "Rules that asrun check asks",
        rules_end: "\
Errors fail a check, warnings with --strict, notes never. To live with one: a
comment `# asrun: ignore RULE`, `ignore:` in asrun.yaml, or --ignore RULE.",
    },
};
