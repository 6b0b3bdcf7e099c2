//! Refusals of requests, and doubts about them.

use crate::fault::{
    ActionFault, AttachmentFault, Doubt, EventFault, Fault, Field, FileFinding, FoundLeak,
    FoundName, FoundPlace, LinkFault, OldPlanFault, PlanFault, PublishFault, ReverseWay, StepFault,
    TextFault, UndoFault, UnreadLine, UnreadWhy, Unrecovered, WidthFault,
};
use crate::lang::keeper::Keeper;
use crate::lang::terminal::{
    AnswerWords, Door, EditWords, FileWords, FindingWords, ProblemText, PromptWords, Refusal,
    RequestWords,
};
use crate::lang::told::{
    first_few, is_followed, keys_told, quoted_word, reopening, reverse_command, setting_back,
    setting_key, told, told_if_known, told_of, undoing,
};
use crate::model::{Zone, nearest};
use crate::yaml::Value;
use std::path::Path;

use super::English;
use super::findings::kept_inside;
use super::forgetting::forget_refusal;
use super::imports::import_failure;
use super::lifecycle::{key_failure, move_failure, state_failure, unfit_id, whole_failure};
use super::pages::render_refusal;
use super::times::{repeated, time_refusal, time_way_out, unread_line};

impl RequestWords for English {
    fn fault(&self, fault: &Fault, door: Door, folder: &Path) -> Refusal {
        request_fault(fault, door, folder)
    }

    fn doubt(&self, doubt: &Doubt, zone: Zone, undo: &str) -> String {
        doubt_words(doubt, zone, undo)
    }

    fn which_moment(&self) -> &'static str {
        "which one? "
    }
}

fn request_fault(fault: &Fault, door: Door, folder: &Path) -> Refusal {
    let lead = |field| lead(field, door);
    match fault {
        Fault::Store(fault) => English.store_fault(fault, folder),
        Fault::Time { field, fault, zone } => time_refusal(fault, &lead(*field), *zone),
        Fault::Day { field, typed } => {
            Refusal::new(format!("{}{typed:?} is not a day", lead(*field)))
                .hint("write year, month and day, such as 2024-09-07, or 9월 7일")
        }
        Fault::Text { field, fault } => text_failure(&name(*field, door), fault, door),
        Fault::Width { typed, fault: WidthFault::Unclear } => Refusal::new(format!(
            "{}is {typed} a share of the page, or pixels?",
            lead(Field::Width)
        ))
        .hint(format!("write {typed}% or {typed}px")),
        Fault::Width { typed, fault: WidthFault::Unreadable } => {
            Refusal::new(format!("{}{typed:?} is not a width", lead(Field::Width)))
                .hint("write 50% or 320px")
        }
        Fault::Step { field, wanted, fault } => step_failure(&lead(*field), wanted, fault),
        Fault::EndsBeforeItBegins => {
            Refusal::new(format!("{}it ends before it begins", lead(Field::Until))).hint(format!(
                "type the day too if it ended on the next day: {} \"2024-09-08 00:30\"",
                name(Field::Until, door)
            ))
        }
        Fault::Id(fault) => Refusal::new(format!("--id: {}", unfit_id(fault))),
        Fault::Language { typed, near, known } => {
            let hint = match near {
                Some(near) => format!("did you mean {near}?"),
                None => format!("the languages are: {}", known.join(", ")),
            };
            Refusal::new(format!("asrun does not support the language {typed:?}")).hint(hint)
        }
        Fault::Severity { typed, near, scale } => unknown_severity(typed, near.as_ref(), scale),
        Fault::EventType { typed, begun } => English.unknown_type(typed, begun),
        Fault::Rule { typed, in_settings, known } => unknown_rule(typed, *in_settings, known),
        Fault::Plan(fault) => plan_failure(fault, door),
        Fault::Import(fault) => import_failure(fault),
        Fault::OldPlan(fault) => old_plan_failure(fault, door),
        Fault::Action(fault) => action_failure(fault),
        Fault::Event(fault) => event_failure(fault, &lead(Field::Clear)),
        Fault::Attachment(fault) => attachment_failure(fault),
        Fault::Undo(fault) => undo_failure(fault),
        Fault::Key(fault) => key_failure(fault),
        Fault::Move(fault) => move_failure(fault, door, folder),
        Fault::State(fault) => state_failure(fault),
        Fault::Whole(fault) => whole_failure(fault, door, folder),
        Fault::Render(fault) => render_refusal(fault),
        Fault::Publish(fault) => publish_refusal(fault),
        Fault::Secrets { excerpts } => secrets_refusal(excerpts),
        Fault::Forget(fault) => forget_refusal(fault),
        Fault::Unrecovered(fault) => unrecovered(fault),
        Fault::Unsettled(finding) => unsettled(finding),
        Fault::ChangedMeanwhile => Refusal::new(CHANGED_MEANWHILE),
        Fault::MergedUnreadable => Refusal::new("the merged text cannot be read"),
        Fault::Link(fault) => link_failure(fault, &lead(Field::Apply)),
        Fault::Line(fault) => English.line_fault(fault),
    }
}

fn unknown_severity(typed: &str, near: Option<&String>, scale: &[String]) -> Refusal {
    let near = near.map(|near| format!("did you mean {near}? ")).unwrap_or_default();
    Refusal::new(format!("{typed:?} is not on the severity scale"))
        .hint(format!("{near}the scale: {}", scale.join(", ")))
}

fn unknown_rule(typed: &str, in_settings: bool, known: &[&'static str]) -> Refusal {
    let by = if in_settings { "ignore: in asrun.yaml" } else { "--ignore" };
    Refusal::new(format!("{by}: unknown rule {typed:?}")).hint(
        match nearest(typed, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("the rules are: {}", known.join(", ")),
        },
    )
}

const CHANGED_MEANWHILE: &str =
    "somebody else changed the same entry in the meantime; the record is as they saved it";

fn unsettled(finding: &FileFinding) -> Refusal {
    let ProblemText { message, help } = English.file_finding(finding);
    Refusal::new(format!("{message}, so nothing was shown or written")).hint(help)
}

fn unrecovered(Unrecovered { record, entry, more }: &Unrecovered) -> Refusal {
    let more = if *more > 0 { format!(" and {more} more") } else { String::new() };
    Refusal::new(format!(
        "{record} lacks what asrun wrote or changed: {entry}{more}; an old copy may have been saved over it, so \
         nothing was done"
    ))
    .hint(format!(
        "asrun recover {record} restores it, asrun recover {record} --forget confirms that it is right as it is"
    ))
}

fn secrets_refusal(excerpts: &[String]) -> Refusal {
    Refusal::new(format!(
        "looks like a secret, and asrun.yaml says `secrets: refuse`: {}",
        excerpts.join(", ")
    ))
    .hint("leave it out, or replace it with ***")
}

/// Returns the first places of something.
fn told_places(places: &[FoundPlace]) -> String {
    let told = |FoundPlace { at, place }: &FoundPlace| {
        at.map_or_else(|| place.clone(), |at| format!("{at} ({place})"))
    };
    let places: Vec<String> = places.iter().map(told).collect();
    first_few(&places, |more| format!(" and {more} more"))
}

fn publish_refusal(fault: &PublishFault) -> Refusal {
    let (file, leaks, names, has_roles) = match fault {
        PublishFault::UnknownKey { file, at, key } => {
            return Refusal::new(format!(
                "{file}:{at}: unknown key `{key}`, which would hide nothing from the public; \
                 nothing was shown or written"
            ))
            .hint("to mark an entry as internal: `audience: internal`");
        }
        PublishFault::SettingInRecord { file, at, key } => {
            return Refusal::new(format!(
                "{file}:{at}: `{key}` is a setting of asrun.yaml and has no effect in a record, so \
                 its names would be public; nothing was shown or written"
            ))
            .hint(format!("move the lines of `{key}` to asrun.yaml"));
        }
        PublishFault::InternalFile { file, name } => {
            return Refusal::new(format!(
                "{file}: the page would show {name:?}, which is internal; nothing was shown or \
                 written"
            ))
            .hint("remove it from the text, or mark the entry `audience: internal`");
        }
        PublishFault::Leaks { file, leaks, names, has_roles } => (file, leaks, names, *has_roles),
    };
    let line = |FoundLeak { places, kind, excerpt }: &FoundLeak| {
        format!("\n    {}", English.leak(&told_places(places), *kind, excerpt))
    };
    let name = |FoundName { places, found, stuck, .. }: &FoundName| {
        let place = told_places(places);
        let stuck = if *stuck { ", where a role cannot replace the name" } else { "" };
        format!("\n    {place}: names a person: {found}{stuck}")
    };
    let lines: String = leaks.iter().map(line).chain(names.iter().map(name)).collect();
    let refusal = Refusal::new(format!(
        "{file} may contain text that is not for the public, so nothing was shown or \
         written:{lines}"
    ));
    let roles = FoundName::roles_for(names, "on-call engineer").map(|roles| match has_roles {
        false => format!(
            "to replace the names with roles in public, write in asrun.yaml: roles: {{{roles}}}"
        ),
        true => {
            format!(
                "to replace the names with roles in public, add to `roles` in asrun.yaml: {roles}"
            )
        }
    });
    let refusal = roles.into_iter().fold(refusal, Refusal::hint);
    let places = leaks.iter().flat_map(|leak| &leak.places);
    let places = places.chain(names.iter().flat_map(|name| &name.places));
    let refusal = ways_to_keep(places).into_iter().fold(refusal, Refusal::hint);
    refusal.hint("if it may be published, repeat the asrun render command with --publish-anyway")
}

/// Returns how the texts at these places are kept from the public.
fn ways_to_keep<'p>(places: impl Iterator<Item = &'p FoundPlace>) -> Vec<String> {
    let (keepers, events) = Keeper::of_all(places);
    let one = |keeper: &Keeper| match keeper {
        Keeper::Event => {
            let told = &events[..told_of(events.len())];
            let commands = told.iter().map(|number| format!("asrun amend {number} --internal"));
            let commands = commands.collect::<Vec<_>>().join("; ");
            format!(
                "to keep an event inside: {commands}; to correct it: asrun amend {} --text TEXT",
                told[0]
            )
        }
        keeper => kept_inside(keeper),
    };
    keepers.iter().map(one).collect()
}

fn carried_out(text: &str, events: &[usize]) -> Refusal {
    let linked = match events {
        [_] => "1 event is linked",
        _ => &format!("{} events are linked", events.len()),
    };
    let commands = events.iter().map(|number| format!("asrun amend {number} --clear step"));
    let commands = commands.collect::<Vec<_>>().join("; ");
    let what = if events.len() == 1 { "the link" } else { "the links" };
    Refusal::new(format!("{linked} to {text}, so it stays in the plan"))
        .hint(format!("to remove {what}: {commands}"))
}

fn circle(steps: &[String]) -> Refusal {
    let steps: Vec<String> = steps.iter().map(|step| format!("{step:?}")).collect();
    Refusal::new(format!("these steps wait for each other: {}", steps.join(", ")))
        .hint("remove one of them from the `after` of another; to open the record: asrun edit")
}

fn no_step_length(lead: &str, typed: &str) -> Refusal {
    Refusal::new(format!("{}\"{typed}\" is not a length of time", lead)).hint("such as 20m, 1h30m")
}

fn unread_lines(lines: &[UnreadLine]) -> Refusal {
    let told: Vec<String> = lines.iter().map(unread_line).collect();
    let told = told.join("\n  ");
    if lines.iter().all(|line| matches!(line.why, UnreadWhy::After { .. })) {
        return Refusal::new(format!("no such step to wait for in\n  {told}"))
            .hint("name a step by its id, its text, or a part of one; nothing was written");
    }
    let refusal = Refusal::new(format!("no time and text in\n  {told}"));
    lines
        .iter()
        .filter_map(|line| line_hint(&line.why))
        .take(1)
        .fold(refusal, Refusal::hint)
        .hint("a line is a time, then a text: `18:00: publish the video`, `17:30 - deploy`, or `tbd announce`; nothing was written")
}

fn waited_for(text: &str, waiting: &[String]) -> Refusal {
    let begins = if waiting.len() == 1 { "begins" } else { "begin" };
    let refusal = Refusal::new(format!(
        "{} {begins} after {text}, so that stays in the plan",
        waiting.join(", ")
    ));
    waiting.iter().fold(refusal, |refusal, step| {
        refusal.hint(format!(
            "to remove it all the same, first: asrun plan edit {} --clear after",
            quoted_word(step)
        ))
    })
}

fn plan_failure(fault: &PlanFault, door: Door) -> Refusal {
    match fault {
        PlanFault::Approximate { field } => {
            Refusal::new(format!("{}a planned time cannot be approximate", lead(*field, door)))
                .hint("plan a window instead: asrun plan add 18:00 TEXT --until 18:30")
        }
        PlanFault::EndsBeforeItBegins => {
            Refusal::new(format!("{}the window ends before it begins", lead(Field::Until, door)))
                .hint("type the day too if it ends on the next day: --until \"2024-09-08 01:00\"")
        }
        PlanFault::IdTaken { id } => {
            Refusal::new(format!("--id: the plan already has a step {id:?}"))
        }
        PlanFault::Unread(lines) => unread_lines(lines),
        PlanFault::NoLines => Refusal::new("the standard input has no steps"),
        PlanFault::OneIdForMany(steps) => {
            Refusal::new(format!("--id is for one step, and the standard input has {steps}"))
        }
        PlanFault::SameTime { at, zone } => {
            Refusal::new(format!("the step is already planned for {}", told(at, *zone)))
        }
        PlanFault::SkippedAlready { text } => Refusal::new(format!("{text} is already skipped")),
        PlanFault::NothingToSkip => Refusal::new("no step is left to skip")
            .hint("a step that is under way is skipped by its name: asrun plan skip STEP"),
        PlanFault::DoneAlready { text } => {
            Refusal::new(format!("{text} was carried out, so it cannot be skipped"))
                .hint("if that is wrong, take the event back: asrun undo, or asrun edit")
        }
        PlanFault::NotSkipped { text } => Refusal::new(format!("{text} was not skipped")),
        PlanFault::CarriedOut { text, events } => carried_out(text, events),
        PlanFault::WaitedFor { text, waiting } => waited_for(text, waiting),
        PlanFault::NoTimeForReason => Refusal::new(
            "--why is kept with the former time of a step, and no time changes; nothing was changed",
        )
        .hint("without --why; a reason can be part of the text: --text TEXT"),
        PlanFault::SameStep { text } => {
            Refusal::new(format!("{text} already says that; nothing was changed"))
        }
        PlanFault::HasNone { text, key } => Refusal::new(format!("{text} has no {key}")),
        PlanFault::NotCleared { key } => Refusal::new(format!("`{key}` cannot be cleared")).hint(
            "keys that can be: owner, until, after, takes, due, decision, rollback, if_failed, command",
        ),
        PlanFault::NothingToShift => Refusal::new("no step with a time is left to move").hint(
            "steps that are done or skipped stay, and a step with only a day moves by days: \
            --by +1d",
        ),
        PlanFault::NoTimeToShiftFrom { text } => {
            Refusal::new(format!("--from: {text} has no time, so nothing comes after it"))
                .hint("name a step with a time; asrun plan move STEP TIME gives it one")
        }
        PlanFault::NoLength { typed } => {
            Refusal::new(format!("--by: \"{typed}\" is not a length of time"))
                .hint("such as +30m, -1h, +1d")
        }
        PlanFault::Silent { record } => silent(record),
        PlanFault::Circle { steps } => circle(steps),
        PlanFault::NoStepLength { field, typed } => no_step_length(&lead(*field, door), typed),
    }
}

fn silent(record: &str) -> Refusal {
    Refusal::new(format!(
        "{record} has no forecast: nothing in it happened or was planned in the last two weeks"
    ))
    .hint(format!("if it goes on: asrun plan shift -r {record} --by LENGTH"))
    .hint(format!("if it is over: asrun close -r {record} --at TIME"))
}

fn old_plan_failure(fault: &OldPlanFault, door: Door) -> Refusal {
    let at = lead(Field::At, door);
    match fault {
        OldPlanFault::Itself => Refusal::new("a plan cannot be made from the record itself")
            .hint("start the new record first: asrun new TITLE --kind release")
            .hint("or name it: --record RECORD"),
        OldPlanFault::NoPlan { id } => Refusal::new(format!("{id} has no plan to start from")),
        OldPlanFault::AllSkipped => Refusal::new(
            "every step of the old plan was skipped, so there is nothing to start from",
        )
        .hint("to plan them all the same: --keep-skipped"),
        OldPlanFault::ByTheHour { text, at: then } => Refusal::new(format!(
            "{at}{text} was planned with a clock time; give the time as well \
                as the day"
        ))
        .hint(format!("if the day is that step's: --at {}", then.written())),
        OldPlanFault::BeyondCalendar => {
            Refusal::new(format!("{at}a step would be outside the years 1 to 9999"))
        }
        OldPlanFault::AllThere => {
            Refusal::new("all of its steps are already in the plan; nothing was written")
        }
    }
}

fn action_failure(fault: &ActionFault) -> Refusal {
    let (says, actions) = match fault {
        ActionFault::DoneAlready { text, on } => {
            return Refusal::new(format!("{text} was already done on {on}"));
        }
        ActionFault::NoActions { record } => {
            return Refusal::new(format!("{record} has no actions"))
                .hint("asrun actions lists those of every record: RECORD#NUMBER names one");
        }
        ActionFault::Unknown { wanted, actions } => {
            (format!("no action {wanted:?}; the record has"), actions)
        }
        ActionFault::Several { wanted, actions } => (format!("{wanted:?} could mean"), actions),
    };
    let line = |(number, text): &(usize, String)| format!("\n    {number}  {text}");
    let lines: String = actions.iter().map(line).collect();
    Refusal::new(format!("{says}{lines}")).hint("use its number, or more of its words")
}

/// Returns the way out for the first refused time of some lines.
fn line_hint(why: &UnreadWhy) -> Option<String> {
    match why {
        UnreadWhy::Time(fault) => time_way_out(fault),
        _ => None,
    }
}

/// Returns the name of a part of a request: an option, or a noun with its article.
fn name(field: Field, door: Door) -> String {
    let option = match field {
        Field::Text => return "the text".to_owned(),
        Field::Detail => return "the detail".to_owned(),
        Field::Title => return "the title".to_owned(),
        Field::Id => return "the id".to_owned(),
        Field::Reason => return "the reason".to_owned(),
        Field::Value => return "the value".to_owned(),
        Field::Unnamed => return String::new(),
        Field::At => "at",
        Field::Until => "until",
        Field::NextUpdate => "next-update",
        Field::On => "on",
        Field::Due => "due",
        Field::Date => "date",
        Field::Anchor => "anchor",
        Field::Zero => "t0",
        Field::Kind => "kind",
        Field::Service => "service",
        Field::Tag => "tag",
        Field::Step => "step",
        Field::By => "by",
        Field::Why => "why",
        Field::Owner => "owner",
        Field::After => "after",
        Field::Takes => "takes",
        Field::Remind => "--remind",
        Field::IfFailed => "if-failed",
        Field::Command => "command",
        Field::Alt => "alt",
        Field::Caption => "caption",
        Field::Width => "width",
        Field::Ref => "ref",
        Field::Clear => "clear",
        Field::Apply => "apply",
        Field::From => "from",
    };
    format!("{}{option}", sign(door))
}

/// Returns the prefix of an option on the command line, or of a form at the prompt.
fn sign(door: Door) -> &'static str {
    if door == Door::CommandLine { "--" } else { "/" }
}

/// Returns the start of a refusal: the name of the part it is about, if needed.
fn lead(field: Field, door: Door) -> String {
    let name = name(field, door);
    if name.is_empty() { name } else { format!("{name}: ") }
}

fn text_failure(name: &str, fault: &TextFault, door: Door) -> Refusal {
    match fault {
        TextFault::Empty => Refusal::new(format!("{name} is empty")),
        TextFault::TooLong(limit) => {
            Refusal::new(format!("{name} is longer than {limit} bytes"))
                .hint(format!("save it to a file and attach that: {}attach FILE", sign(door)))
        }
        TextFault::Placeholder(word) => {
            let of = if name.is_empty() { String::new() } else { format!("{name} is {word}: ") };
            Refusal::new(format!("{of}{word} stands for your own words"))
                .hint(format!("write them in place of {word}"))
        }
        TextFault::Control { c, place } => Refusal::new(format!(
            "{name} has a control character (U+{:04X}) at character {place}",
            u32::from(*c)
        ))
        .hint("delete it; a program's coloured output can be cleaned with NO_COLOR=1 or `| sed 's/\\x1b\\[[0-9;]*m//g'`"),
    }
}

fn step_failure(lead: &str, wanted: &str, fault: &StepFault) -> Refusal {
    let lines = |steps: &[(Option<String>, String)]| {
        let line = |(id, text): &(Option<String>, String)| {
            format!("{}  {text}", id.as_deref().unwrap_or("(no id)"))
        };
        steps.iter().map(line).collect::<Vec<_>>().join("\n    ")
    };
    match fault {
        StepFault::NoPlan => {
            Refusal::new(format!("{lead}the record has no plan, so no step {wanted:?}"))
                .hint("add it first: asrun plan add TIME TEXT --id ID")
        }
        StepFault::Unknown { near, plan } => {
            let refusal = Refusal::new(format!(
                "{lead}the plan has no step {wanted:?}; it has\n    {}",
                lines(plan)
            ));
            match near {
                Some(near) => refusal.hint(format!("did you mean {near}?")),
                None => refusal,
            }
        }
        StepFault::Several(steps) => {
            Refusal::new(format!("{lead}{wanted:?} could mean\n    {}", lines(steps)))
                .hint("type the id, or more of the words")
        }
    }
}

/// Returns why the metadata of a file was not changed.
fn attachment_failure(fault: &AttachmentFault) -> Refusal {
    let has = |files: &[String]| match files {
        [] => "there is none".to_owned(),
        files => format!("there are: {}", files.join(", ")),
    };
    match fault {
        AttachmentFault::Unknown { typed, files } => {
            Refusal::new(format!("no attachment {typed:?}; {}", has(files)))
        }
        AttachmentFault::Several { typed, places } => {
            let place = |(file, event): &(String, Option<usize>)| match event {
                Some(number) => format!("{file} (event {number})"),
                None => format!("{file} (the record)"),
            };
            let places: Vec<String> = places.iter().map(place).collect();
            Refusal::new(format!("{typed:?} could be any of: {}", places.join(", "))).hint(
                "give more of its name, or its event: asrun amend 4 --attachment FILE; --whole means the record's own",
            )
        }
        AttachmentFault::NothingGiven => Refusal::new("nothing to change was given")
            .hint("give --alt, --width, --caption, --place, --internal, --clear or --remove"),
        AttachmentFault::RemovedAndChanged => Refusal::new(
            "--remove removes the attachment, so it cannot be combined with other changes",
        ),
        AttachmentFault::ClearedAndSet { key } => Refusal::new(format!(
            "--clear removes {key}, but a value was given too; use one of them"
        )),
        AttachmentFault::NoKey { key, .. } if key == "file" => {
            Refusal::new("--clear: an attachment must have its `file`")
                .hint("to take it out of the record: --remove")
        }
        AttachmentFault::NoKey { file, key, keys } => Refusal::new(format!(
            "--clear: {file} has no `{key}`; it has {}",
            if keys.is_empty() { "only its name".to_owned() } else { keys.join(", ") }
        )),
        AttachmentFault::NoPlace { place, files } => {
            Refusal::new(format!("--place: no place {place}; there are {files} attachments"))
        }
        AttachmentFault::Comments { file } => {
            Refusal::new(format!("a comment beside {file} in the record would be lost"))
                .hint("make the change by hand: asrun edit")
        }
        AttachmentFault::EventToo => {
            Refusal::new("--attachment changes a file, not the event it belongs to")
                .hint("change the event in a command of its own: asrun amend 4 --text TEXT")
        }
    }
}

fn event_failure(fault: &EventFault, clear: &str) -> Refusal {
    const LOG_ONE: &str = "log one first: asrun log TEXT";
    match fault {
        EventFault::NothingToAmend => Refusal::new("the record has no events yet").hint(LOG_ONE),
        EventFault::NoEvents { record } => {
            Refusal::new(format!("{record} has no events yet")).hint(LOG_ONE)
        }
        EventFault::Unnamed => Refusal::new("which event? give its number, or --last")
            .hint("to see the numbers: asrun show"),
        EventFault::NoSuchNumber { number, events } => {
            Refusal::new(format!("no event {number}; the record has {events}"))
        }
        EventFault::LastChanged => {
            Refusal::new("the last event that asrun logged was changed or deleted afterwards")
                .hint("use its number; to see the numbers: asrun show")
        }
        EventFault::NothingGiven => Refusal::new("nothing to change was given").hint(
            "asrun amend --last \"the right text\", or --at, --type, --step, --by, --why, --detail, --key, --clear, --remove",
        ),
        EventFault::RemovedAndChanged => {
            Refusal::new("--remove removes the event, so it cannot be combined with other changes")
        }
        EventFault::ClearedAndSet { key } => Refusal::new(format!(
            "{clear}{key} is removed, but a value was given too; use one of them"
        )),
        EventFault::TimeAsText { typed } => {
            Refusal::new(format!("{typed:?} is a time, and would be the new text"))
                .hint(format!("for the time: --at {typed:?}; for the text: --text {typed:?}"))
        }
        EventFault::DashAsText => Refusal::new("\"-\" would be the new text")
            .hint("to read the detail from the standard input: --detail -"),
        EventFault::TwoEvents { number, text } => {
            Refusal::new(format!("which event? both {number} and --last were given"))
                .hint(format!("give one; if {number} begins the text: --last --text {text:?}"))
        }
        EventFault::EndsBeforeItBegins => {
            Refusal::new("the event ends before it begins")
                .hint("give both: --at TIME --until TIME, or remove the end: --clear until")
        }
        EventFault::PromisedBefore { later } => {
            let later = later.as_ref().map(|at| format!(", --next-update {at:?}"));
            let later = later.unwrap_or_default();
            Refusal::new("--next-update: the next update would not be later than the event")
                .hint(format!("such as half an hour later: --next-update 30m{later}"))
        }
        EventFault::VaguePromise { typed } => Refusal::new(format!(
            "--next-update: {typed:?} is not known to the minute; a promise is"
        ))
        .hint("such as --next-update 14:30, --next-update 30m"),
        EventFault::Needed { key } => {
            Refusal::new(format!("{clear}an event must have `{key}`"))
        }
        EventFault::NoKey { key, keys } => Refusal::new(format!(
            "{clear}the event has no `{key}`; it has {}",
            keys.join(", ")
        )),
    }
}

fn edited_in(record: &str, entry: &str, back: Option<&ReverseWay>) -> Refusal {
    Refusal::new(format!(
            "that changed several records at once, and in {record} this was edited by hand since: {entry}"
        ))
        .hint(match back {
            Some(back) => format!("to do the opposite, with what was edited: {}", reverse_command(back)),
            None => format!("to edit it as it was, then undo: asrun edit {record}"),
        })
}

/// Returns why nothing is redone: nothing was undone, or that was changed otherwise since.
fn nothing_undone(record: &str, is_over: bool) -> Refusal {
    match is_over {
        false => Refusal::new(format!("nothing has been undone in {record}")),
        true => Refusal::new(format!(
            "what was undone in {record} cannot be redone: a later change is about the same"
        ))
        .hint(format!("to see both: asrun undo --list -r {record}")),
    }
}

/// Returns why a change is not undone, with the command that goes on without it.
fn left_standing(why: &UndoFault, number: usize) -> Refusal {
    undo_failure(why).or_on(
        is_followed(why),
        format!(
            "to leave it as it is, and go on with the change before it: {} --leave",
            undoing(number)
        ),
        |hint| format!("then, {hint}"),
    )
}

fn undo_failure(fault: &UndoFault) -> Refusal {
    match fault {
        UndoFault::NothingTakenBack { record, is_over } => nothing_undone(record, *is_over),
        UndoFault::NothingDone { record } => Refusal::new(format!(
            "there is no change to undo in {record}"
        ))
        .hint("only changes that asrun made on this machine can be undone; see git for the others"),
        UndoFault::NoSuchChange { number, changes } => {
            let stand =
                if *changes == 1 { "is 1 change" } else { &format!("are {changes} changes") };
            Refusal::new(format!("there is no change {number} to undo; there {stand}"))
                .hint("asrun undo --list numbers them, the last one first")
        }
        UndoFault::TextChanged => {
            Refusal::new("the record was changed afterwards, so asrun cannot undo this")
                .hint("to do it by hand: asrun edit")
        }
        UndoFault::EntryEdited { entry, keys, place, back } => {
            entry_edited((entry, keys), &setting_back(place, back))
        }
        UndoFault::EntryGone { entry, is_missed } => entry_gone(entry, *is_missed),
        UndoFault::ChangedLater { entry, number, .. } => {
            Refusal::new(format!("a later change is about the same entry: {entry}"))
                .hint(format!("to undo that one first: asrun undo {number}"))
        }
        UndoFault::LaterStays { entry, number, event } => later_stays(entry, *number, *event),
        UndoFault::Refused { why, number } => left_standing(why, *number),
        UndoFault::CanGo { number } => {
            Refusal::new("that change can be undone, so it is not passed over")
                .hint(format!("to undo it: {}", undoing(*number)))
        }
        UndoFault::Apart { record } => Refusal::new(format!(
            "that changed several records at once, and {record} no longer has its part; undoing \
             it here alone would leave something twice or nowhere"
        ))
        .hint(format!("undo the later changes there first: asrun undo --list -r {record}")),
        UndoFault::Absent { record } => Refusal::new(format!(
            "that changed several records at once, and {record} is not there now"
        ))
        .hint(format!("bring that back first: asrun undo --redo -r {record}")),
        UndoFault::ChangedIn { record } => Refusal::new(format!(
            "that changed several records at once, and {record} was changed since"
        ))
        .hint(format!("undo the later changes there first: asrun undo -r {record}")),
        UndoFault::EditedIn { record, entry, back } => edited_in(record, entry, back.as_ref()),
        UndoFault::InTheWay { file, record, redo } => in_the_way(file, record, *redo),
        UndoFault::KeyChanged { key, back, can_set } => {
            key_edited(key, setting_key(key, back.as_ref()).filter(|_| *can_set))
        }
        UndoFault::HoldsMore { record } => {
            Refusal::new(format!("{record} has more in it than at the start, so it is not removed"))
                .hint("to see what it has, with changes by hand: git diff, or asrun show")
        }
        UndoFault::Step { id, twice } => step_in_the_way(id, *twice),
        UndoFault::HoldsFiles { folder, file } => {
            Refusal::new(format!("{folder} contains {file}, so the record is not removed"))
                .hint("move or delete the files there, then: asrun undo")
        }
        UndoFault::Edit(fault) => Refusal::new(English.edit_fault(fault)),
    }
}

fn entry_edited((entry, keys): (&str, &[(String, Option<Value>)]), back: &str) -> Refusal {
    let wrote = match keys {
        [] => String::new(),
        keys => format!("; asrun wrote {}", keys_told(keys)),
    };
    Refusal::new(format!("this entry was edited by hand since: {entry}{wrote}"))
        .hint(format!("to set it to what it was before: {back}"))
}

fn later_stays(entry: &str, number: usize, event: Option<usize>) -> Refusal {
    let refusal = Refusal::new(format!(
        "a later change is about the same entry, and cannot be undone (asrun undo {number} says \
         why): {entry}"
    ));
    match event {
        Some(event) => {
            refusal.hint(format!("to remove the event as it is now: asrun amend {event} --remove"))
        }
        None => refusal.hint("to change the entry as it is now: asrun edit"),
    }
}

fn entry_gone(entry: &str, is_missed: bool) -> Refusal {
    let gone = Refusal::new(format!("this entry is no longer in the record: {entry}"));
    match is_missed {
        true => gone.hint(
            "if it was lost: asrun recover; if it was deleted on purpose: asrun recover --forget",
        ),
        false => gone,
    }
}

fn key_edited(key: &str, set: Option<String>) -> Refusal {
    Refusal::new(format!("{key} was edited by hand since, so asrun does not undo this")).hint(
        match set {
            Some(set) => format!("to set it to what it was before: {set}"),
            None => "to change it by hand: asrun edit".to_owned(),
        },
    )
}

/// Returns why a record does not get its old name again: a file has it.
fn in_the_way(file: &str, record: &str, redo: bool) -> Refusal {
    let redo = if redo { " --redo" } else { "" };
    Refusal::new(format!("{file} is there again; an editor may have saved an old copy"))
        .hint(format!("to put it away: mv {file} {file}.old; then: asrun undo{redo} -r {record}"))
}

/// Returns why a change is not undone: of a step that is gone, or that is there again.
fn step_in_the_way(id: &str, twice: bool) -> Refusal {
    Refusal::new(match twice {
        true => format!("the plan has another step {id} now"),
        false => format!("the event is linked to step {id}, which is no longer in the plan"),
    })
    .hint("undo the later changes of the plan first: asrun undo --list numbers them")
}

fn link_failure(fault: &LinkFault, lead: &str) -> Refusal {
    match fault {
        LinkFault::NothingSuggested { is_possible: true } => {
            Refusal::new("no pair is certain, so nothing was linked")
                .hint("possible ones, each with the command that links it: asrun link")
        }
        LinkFault::NothingSuggested { is_possible: false } => {
            Refusal::new("there is nothing to suggest, so nothing was linked")
                .hint("link by hand: asrun amend NUMBER --step STEP")
        }
        LinkFault::NoSuchNumber { number, suggestions } => {
            Refusal::new(format!("{lead}no suggestion {number}; there are {suggestions}"))
                .hint("asrun link prints them with their numbers")
        }
        LinkFault::EventGone => Refusal::new("the event no longer exists"),
    }
}

/// Returns the wording of a doubt, with times in that zone.
fn doubt_words(doubt: &Doubt, zone: Zone, undo: &str) -> String {
    match doubt {
        Doubt::Future { at, ahead } => {
            format!("{} is in the future, {} from now", told(at, zone), English.amount(*ahead))
        }
        Doubt::LongAgo { at, ago } => format!(
            "{} is {} ago; if that is the wrong day, type the day too",
            told(at, zone),
            English.amount(*ago)
        ),
        Doubt::HalfUnsaid => "hours without 오전 or 오후 are read on the 24-hour clock".to_owned(),
        Doubt::Ended => format!(
            "this record had already ended; if it goes on: {}; to start another one: asrun new; to \
             take this back: {undo}",
            reopening(undo)
        ),
        Doubt::Outside { day, days: (first, last) } => {
            let days = if first == last { first.to_string() } else { format!("{first} to {last}") };
            format!("{day} is outside the record's days ({days})")
        }
        Doubt::FarFromPlan(off) => {
            let side = if *off < 0 { "before" } else { "after" };
            format!(
                "that is {} {side} the planned time; if that is the wrong day, type the day too",
                English.amount(*off)
            )
        }
        Doubt::ChangesLater { at, to, from } => format!(
            "a later event changes it to {to}, at {}; that event now says it was {from} before, and {to} \
             stays the last value",
            told(at, zone)
        ),
        Doubt::NowFrom { at, to, from: Some(from) } => {
            format!("the change to {to} at {} now says that it was {from} before", told(at, zone))
        }
        Doubt::NowFrom { at, to, from: None } => {
            format!("the change to {to} at {} no longer says what was before", told(at, zone))
        }
        Doubt::NoChange { value } => {
            format!("the severity was {value} there already, so the event is no change of it")
        }
        Doubt::LongSpan => "it ends more than a day after it begins".to_owned(),
        Doubt::BeginsWithTime { typed } => format!(
            "the text begins with {typed:?}, but it was logged as of now; a time is given with --at \
             (/at at the prompt); to take this one back: {undo}"
        ),
        Doubt::StillStands { status, at } => format!(
            "the status is still {}, as of {}, which is later than that",
            status.word(),
            told_if_known(at.as_ref(), zone, "an unknown time")
        ),
        Doubt::PromiseOver { at, ago } => format!(
            "the promised update was due {} ago, at {}",
            English.amount(*ago),
            told(at, zone)
        ),
        Doubt::Repeated { at, before } => repeated(at, *before, zone),
    }
}
