//! Samples of every message, with fields that belong to no language.

use std::io;
use std::path::{Path, PathBuf};

use crate::fault::*;
use crate::model::{
    Audience, Day, DayOff, Elapsed, Event, EventType, IdFault, MissingTime, Moment, NewerZones,
    PlanStep, Precision, Skip, StepsPlace, TimeFault, Verdict, Zone, ZoneSource,
};
use crate::yaml::{Encoding, PatchFault, Position, Remedy, Slip, Value, YamlFault};

use super::terminal::*;
use super::{CountedFrom, Cure, Standing, StepOutcome};

/// Returns every message at a terminal, in an order that is the same in every language.
pub(crate) fn everything(words: &dyn Terminal) -> Vec<String> {
    let mut said = Vec::new();
    answers(words, &mut said);
    life(words, &mut said);
    closing(words, &mut said);
    published(words, &mut said);
    imports(words, &mut said);
    plans(words, &mut said);
    changes(words, &mut said);
    forgetting(words, &mut said);
    streams(words, &mut said);
    records(words, &mut said);
    prompt(words, &mut said);
    pages(words, &mut said);
    setup(words, &mut said);
    diagnoses(words, &mut said);
    findings(words, &mut said);
    checks(words, &mut said);
    for fault in store_faults() {
        said.push(words.store_fault_in_short(&fault));
        refused(words.store_fault(&fault, Path::new("/p")), &mut said);
    }
    edits(words, &mut said);
    conflicts(words, &mut said);
    refused(words.bom_without_csv(), &mut said);
    refused(words.no_records_folder("../x9"), &mut said);
    refused(words.records_not_here(Path::new("/p/x9.yaml")), &mut said);
    let sorts = ["well", "badly", "lucky", "surprised", "learned", "factor"];
    said.extend(sorts.map(|sort| words.lesson_sort(sort).to_owned()));
    said.push(words.internal_text("새벽 배포 금지"));
    let unset = ["timezone", "language", "terminal_language"];
    said.extend(unset.map(|setting| words.unset(setting).to_owned()));
    for fault in
        content_faults().into_iter().chain(yaml_faults().into_iter().map(ContentFault::Yaml))
    {
        let ProblemText { message, help } = words.problem(&fault);
        said.extend([message, help]);
    }
    for fault in faults() {
        refused(words.fault(&fault, Door::CommandLine, Path::new("/p")), &mut said);
        refused(words.fault(&fault, Door::Prompt, Path::new("/p")), &mut said);
    }
    for doubt in doubts() {
        let undo = "asrun undo";
        said.extend([
            words.doubt(&doubt, zone(), undo),
            words.new_time_doubt(&doubt, zone(), undo),
        ]);
    }
    said.push(words.which_moment().to_owned());
    let at = moment();
    let counted = [
        CountedFrom::Now(at),
        CountedFrom::Start(at),
        CountedFrom::Before(at),
        CountedFrom::Zero(at),
    ];
    said.extend(counted.iter().map(|from| words.counted_from(from, zone())));
    said
}

fn refused(refusal: Refusal, said: &mut Vec<String>) {
    said.push(refusal.message);
    said.extend(refusal.hints);
}

fn zone() -> Zone {
    Zone::parse("Asia/Seoul").unwrap()
}

fn moment() -> Moment {
    Moment::parse("2024-09-07T18:08+09:00", None).unwrap()
}

fn day() -> Day {
    Day::parse("2024-09-07").unwrap()
}

fn word() -> String {
    "x9".to_owned()
}

fn refusal_of_system() -> io::Error {
    io::Error::from(io::ErrorKind::PermissionDenied)
}

fn step() -> PlanStep {
    PlanStep { id: Some(word()), ..PlanStep::new(moment(), "x9") }
}

fn given_up() -> PlanStep {
    PlanStep { skipped: Some(Skip { on: None, why: Some(word()) }), ..step() }
}

fn event() -> Event {
    let kind = Some(EventType::Detected);
    Event { kind, audience: Audience::Internal, ..Event::new(moment().with_about(true), "x9") }
}

fn was() -> Was {
    Was { key: "at".to_owned(), value: Some(Value::text("x9")) }
}

fn entry() -> Value {
    Value::Map(vec![("at".to_owned(), Value::text("x9"))])
}

/// Returns a step with every possible outcome.
fn carried_out() -> Vec<CarriedOut> {
    let outcome = |seconds, verdict| StepOutcome {
        verdict,
        is_open: false,
        missing: None,
        deviation: Some(Elapsed::of(seconds, Precision::Minute)),
        is_deadline: seconds < 0,
    };
    let late = Some(outcome(7200, Verdict::Late));
    let without = |missing| StepOutcome {
        missing: Some(missing),
        deviation: None,
        ..outcome(0, Verdict::NotRecorded)
    };
    let outcomes = [
        None,
        Some(outcome(-90, Verdict::OnTime)),
        late,
        Some(without(MissingTime::Planned)),
        Some(without(MissingTime::Actual)),
    ];
    let carried = |done| {
        outcomes.map(|outcome| CarriedOut { id: word(), text: word(), done, outcome }).to_vec()
    };
    [carried(true), carried(false)].concat()
}

fn answers(words: &dyn Terminal, said: &mut Vec<String>) {
    let (now, zone) = (moment(), zone());
    let carried = carried_out();
    for (door, until) in [(Door::CommandLine, None), (Door::Prompt, Some(moment()))] {
        let event = Event { until, ..event() };
        let carried = carried.as_slice();
        said.push(words.logged(&LoggedEvent {
            event: &event,
            carried,
            zone,
            record: "r9",
            door,
            now: &now,
        }));
    }
    said.extend([
        words.sounds_like(&step(), zone, " -r r9"),
        words.not_set_up_to_merge().to_owned(),
        words.to_take_back("asrun undo"),
        words.renumbered("asrun undo --list"),
        words.not_recorded("x9"),
        words.would_be_kept("x9"),
        words.editor_notes("r9"),
        words.plan_notes("r9"),
        words.plan_not_edited().to_owned(),
        words.text_below_line().to_owned(),
        words.empty_message().to_owned(),
        words.amended((3, 3), &event(), &[], zone, "r9"),
        words.amended((6, 3), &event(), &[was()], zone, "r9"),
        words.removed(3, &event(), zone, "r9"),
        words.files_stay("r9/assets", &["a.png"]),
        words.two_texts("x9"),
        words.attached("r9/a.png", Some("x9")),
        words.attached("r9/a.png", None),
        words.attached_already("a.png", Some("x9")),
        words.attached_already("a.png", None),
        words.attachment_changed("a.png", Some("x9"), &[was()], "r9"),
        words.attachment_changed("a.png", None, &[], "r9"),
        words.attachment_removed("a.png", Some("x9"), "r9"),
        words.attachment_removed("a.png", None, "r9"),
        words.clipboard_unread(None).message,
        words.clipboard_unread(Some(("xclip", "x9"))).message,
        words.nameless_input().to_owned(),
        words.name_without_input().to_owned(),
        words.named_in_environment("x9"),
        words.event_of_files(3),
        words.linked("x9", "x9", "x9", "r9"),
        words.perhaps_done(" -r r9"),
        words.nothing_linked(" -r r9"),
        words.perhaps_linked(false).to_owned(),
        words.made_record("r9", "outage", &day(), zone),
        words.own_kind("outge", "outage"),
        words.not_chosen("r9"),
        words.chosen("r9"),
    ]);
    refused(words.kept("x9", "x9", "r9", false), said);
    refused(words.kept("x9", "x9", "r9", true), said);
    refused(words.unknown_type("x9", &[]), said);
    refused(words.unknown_type("x9", &["declared", "decision"]), said);
    refused(words.no_text(), said);
    refused(words.no_step_to_edit(), said);
}

fn closing(words: &dyn Terminal, said: &mut Vec<String>) {
    refused(words.entered_again(&moment(), 61, zone()), said);
    refused(words.logged_to_archived("r9"), said);
    let milestone = (&EventType::Closed, Some(moment()));
    said.extend([
        words.never_resolved(" -r r9"),
        words.open_after_all(&event(), zone(), " -r r9"),
        words.went_on_after_closing(&event(), zone(), " -r r9"),
        words.status_stays(&event(), zone(), " -r r9"),
        words.public_lags(&EventType::Detected, (&EventType::Resolved, None), Door::Prompt, "r9"),
        words.public_lags(&EventType::Detected, milestone, Door::CommandLine, "r9"),
        words.ended_after_all(&event(), zone(), " -r r9"),
        words.perhaps_linked(true).to_owned(),
        words.steps_left(&["deploy".to_owned()], ""),
        words.steps_left(&["a".to_owned(), "b".to_owned()], " -r r9"),
        words.actions_left(1, "r9"),
        words.actions_left(3, "r9"),
        words.promise_left(&moment(), zone(), " -r r9"),
        words.closed_late((100_000, &moment()), ""),
    ]);
}

fn published(words: &dyn Terminal, said: &mut Vec<String>) {
    for paths in [vec![word()], vec![word(), word()]] {
        said.push(words.still_published("r9", &paths));
        said.push(words.published_before("r9", &paths));
    }
}

fn merging(words: &dyn Terminal, said: &mut Vec<String>) {
    let value = Value::text("x9");
    said.extend([
        words.merged("r8", "r9", 1, 0),
        words.merged("r8", "r9", 3, 1),
        words.merged("r8", "r9", 3, 2),
        words.would_merge("r8", "r9", 3, 2),
        words.comments_left_out("a", &[(1, word())], true),
        words.comments_left_out("a", &[(1, word())], false),
        words.comments_left_out("a", &[(1, word()), (2, word())], true),
        words.comments_left_out("a", &[(1, word()), (2, word())], false),
        words.comments_gone(&[word(), word()]),
        words.kept_internal(&[word()]),
        words.kept_internal(&[word(), word()]),
        words.files_renamed(&[(word(), word())]),
        words.key_stays("title", Some(&value), Some(&value)),
        words.severity_led("sev1", "checkout"),
    ]);
}

fn life(words: &dyn Terminal, said: &mut Vec<String>) {
    merging(words, said);
    let value = Value::text("x9");
    said.extend([
        words.review_set(Some("Draft"), "r9"),
        words.review_set(None, "r9"),
        words.no_review("r9"),
        words.not_reviewed("Draft", "r9"),
        words.key_set("title", None, Some(&value), "r9"),
        words.key_set("title", Some(&value), None, "r9"),
        words.key_set("title", Some(&value), Some(&value), "r9"),
        words.times_moved(1, ""),
        words.times_moved(3, " -r r9"),
        words.key_unset("title", "r9", " -r r9"),
        words.is_current(Current::InEnvironment, "x9", &[]),
        words.is_current(Current::Chosen, "x9", &[]),
        words.is_current(Current::OnlyOpen, "", &[word()]),
        words.is_current(Current::Only, "", &[]),
        words.open_too("r9", &[word()]),
        words.log_again(&moment(), 61, zone()),
        words.not_again().to_owned(),
        words.open_too("r9", &[word(), word()]),
        words.open_records(&[(word(), word()), (word(), String::new())]),
        words.which_record().to_owned(),
        words.no_choice("", 2, true),
        words.no_choice("x9", 2, true),
        words.no_choice("x9", 2, false),
        words.prompt_record("r9", &[]),
        words.prompt_record("r9", &[word()]),
        words.stays_chosen("r8", "r9"),
        words.renamed("r8", "r9"),
        words.would_rename("r8", "r9"),
        words.relinked("r9.yaml", "r8"),
        words.named_elsewhere("r8", &[("r9".to_owned(), 12)]),
        words.named_elsewhere("r8", &vec![("r9".to_owned(), 12); 23]),
        words.deleted("r9", Some((1, 1)), 1),
        words.deleted("r9", Some((3, 2)), 0),
        words.deleted("r9", None, 0),
        words.restored("r9"),
        words.deleted_again("r9"),
        words.long_open(&[word(), word()]),
        words.archived("r9"),
        words.unarchived("r9"),
        words.to_select("r9"),
        words.archived_open("r9"),
        words.event_moved(&event(), zone(), "r8", "r9"),
        words.steps_let_go(&[word()], "r9"),
        words.files_copied(&[word()], "r8"),
    ]);
    for records in [vec![word()], vec![word(), word()]] {
        refused(words.word_or_record("x9", &records, "asrun close -r r8", "asrun x9"), said);
    }
}

const DOUBTS: [DoubtCode; 38] = [
    DoubtCode::NoZone,
    DoubtCode::NoDate,
    DoubtCode::YearInherited,
    DoubtCode::DayMonthOrder,
    DoubtCode::DateFromTitle,
    DoubtCode::DateFromProse,
    DoubtCode::DateFromFrontMatter,
    DoubtCode::DateFromFileName,
    DoubtCode::MidnightAssumed,
    DoubtCode::StepBack,
    DoubtCode::DateJump,
    DoubtCode::NewestFirst,
    DoubtCode::ImpossibleTwelveHour,
    DoubtCode::ZoneOutOfSeason,
    DoubtCode::ZoneDiffers,
    DoubtCode::SecondZoneDiffers,
    DoubtCode::WrongWeekday,
    DoubtCode::DottedTime,
    DoubtCode::NoSuchDay,
    DoubtCode::TemplateRow,
    DoubtCode::RestInTimeCell,
    DoubtCode::TimeNotUnderstood,
    DoubtCode::DurationDiffers,
    DoubtCode::MilestoneDiffers,
    DoubtCode::DoneWithoutDay,
    DoubtCode::SeveralIncidents,
    DoubtCode::Edited,
    DoubtCode::Deleted,
    DoubtCode::MorePages,
    DoubtCode::StillFiring,
    DoubtCode::FileNotInExport,
    DoubtCode::Repeats,
    DoubtCode::AuthorDateDiffers,
    DoubtCode::OpenEnd,
    DoubtCode::MilestoneDayOnly,
    DoubtCode::TagWithoutDate,
    DoubtCode::DateInherited,
    DoubtCode::SeparatorGuessed,
];

const DAYS_FROM: [DayFrom; 13] = [
    DayFrom::Entry,
    DayFrom::Line,
    DayFrom::Heading,
    DayFrom::Sentence,
    DayFrom::Previous,
    DayFrom::Midnight,
    DayFrom::NextDay,
    DayFrom::Field,
    DayFrom::Title,
    DayFrom::Prose,
    DayFrom::FrontMatter,
    DayFrom::FileName,
    DayFrom::Option,
];

const ZONES_FROM: [ZoneFrom; 9] = [
    ZoneFrom::Entry,
    ZoneFrom::Column,
    ZoneFrom::Heading,
    ZoneFrom::Sentence,
    ZoneFrom::Field,
    ZoneFrom::FirstEntry,
    ZoneFrom::FrontMatter,
    ZoneFrom::Title,
    ZoneFrom::Option,
];

const PICTURE_FAULTS: [PictureFault; 7] = [
    PictureFault::NotThere,
    PictureFault::NoFolder,
    PictureFault::Outside,
    PictureFault::Link,
    PictureFault::TooLarge,
    PictureFault::NoPicture,
    PictureFault::TooMany,
];

const WHYS_LEFT: [WhyLeft; 16] = [
    WhyLeft::Prose,
    WhyLeft::Code,
    WhyLeft::Template,
    WhyLeft::NotTaken,
    WhyLeft::Page,
    WhyLeft::Noise,
    WhyLeft::Bot,
    WhyLeft::Draft,
    WhyLeft::Merge,
    WhyLeft::TakenBack,
    WhyLeft::NoTime,
    WhyLeft::NoText,
    WhyLeft::NotJson,
    WhyLeft::Quoted,
    WhyLeft::NotAsked,
    WhyLeft::Repeated,
];

fn import_heads(words: &dyn Terminal, said: &mut Vec<String>) {
    let ImportHeads {
        line,
        printed,
        read_as,
        day_from,
        zone_from,
        text,
        fate,
        doubts,
        left_out,
        plan,
        actions,
        pictures,
    } = words.import_heads();
    let heads = [
        line, printed, read_as, day_from, zone_from, text, fate, doubts, left_out, plan, actions,
        pictures,
    ];
    said.extend(heads.map(|head| (*head).to_owned()));
}

fn imports(words: &dyn Terminal, said: &mut Vec<String>) {
    refused(words.sources_without_table(), said);
    refused(words.entries_conflict(&["x9".to_owned(), "x8".to_owned()], "r9"), said);
    refused(words.import_not_mended("x9", "x8"), said);
    said.extend(DOUBTS.map(|code| words.import_doubt(code, "x9", "x8")));
    for code in DoubtCode::all().filter(|code| code.asks()) {
        said.push(words.import_question(code, "x9"));
    }
    said.extend(DAYS_FROM.map(|from| words.day_from(from).to_owned()));
    said.extend(ZONES_FROM.map(|from| words.zone_from(from).to_owned()));
    said.extend(PICTURE_FAULTS.map(|fault| words.picture_fault(fault).to_owned()));
    said.push(words.import_doubt(DoubtCode::FileNotInExport, "x9", ""));
    said.extend(WHYS_LEFT.map(|why| words.why_left(why).to_owned()));
    import_heads(words, said);
    let fates = ["added", "same", "changed", "updated", "conflict", "left out"];
    said.extend(fates.map(|fate| words.import_fate(fate).to_owned()));
    let one = ImportCounts { events: 1, steps: 1, actions: 1, ..ImportCounts::default() };
    let many = ImportCounts {
        events: 3,
        steps: 3,
        actions: 3,
        same: 3,
        changed: 3,
        updated: 3,
        conflicts: 3,
        left_out: 3,
    };
    for counts in [one, many] {
        said.push(words.import_head("x9", counts, "r9", true));
        said.push(words.imported("x9", counts, "r9"));
    }
    said.extend([
        words.import_head("x9", ImportCounts::default(), "r9", false),
        words.lines_left_out(1),
        words.lines_left_out(3),
        words.import_doubts("post.md", 1, "date-jump"),
        words.import_doubts("post.md", 3, "date-jump, step-back"),
        words.write_it().to_owned(),
        words.import_edited("r9"),
        words.written_with_yes().to_owned(),
        words.nothing_new("x9", "r9"),
        words.no_new_part("x9", "r9"),
        words.read_from("x9", None),
        words.read_from("x9", Some("2024-09-07")),
        words.typed_here().to_owned(),
        words.imported_without_kind("r9"),
        words.entries_differ("x9", 1, "r9"),
        words.entries_differ("x9", 3, "r9"),
        words.import_refused("x9", "x8"),
        words.import_totals(3, 1),
    ]);
}

/// Adds the refusals of lines in a run sheet.
fn run_sheet(words: &dyn Terminal, said: &mut Vec<String>) {
    refused(words.run_not_understood("x9"), said);
    refused(words.ticked_steps(1), said);
    refused(words.ticked_steps(2), said);
    let lines = ["asrun log 1".to_owned(), "asrun log 3".to_owned()];
    refused(words.time_in_quotes("18:08", &lines, Some("asrun log 2")), said);
    refused(words.time_in_quotes("18:08", &lines[..1], None), said);
    refused(words.time_in_quotes("18:08", &[], Some("asrun log 2")), said);
    refused(words.rest_is_all_steps(), said);
    refused(words.run_how_late(""), said);
    refused(words.run_how_late("x9"), said);
    refused(words.run_none_left(), said);
    refused(words.run_step_or_reason("skip", "x9", "r9", "s9"), said);
    refused(words.run_which_decision(&[]), said);
    refused(words.run_which_decision(&["x9", "r9"]), said);
    refused(words.run_has_no_command("x9"), said);
    refused(words.run_no_decision("x9", "i9", &[]), said);
    refused(words.run_no_decision("x9", "i9", &["r9"]), said);
    refused(words.run_which_rollback(&[]), said);
    refused(words.run_which_rollback(&["x9", "r9"]), said);
    refused(words.run_no_rollback("x9", "i9", &[]), said);
    refused(words.run_no_rollback("x9", "i9", &["r9"]), said);
    refused(words.run_in_rehearsal("x9"), said);
    refused(words.run_needs_shell("x9"), said);
    refused(words.run_failed("x9", "r9"), said);
    refused(words.run_done_already("x9", "r9", (&moment(), zone())), said);
    said.push(words.with_way_back("x9", "r9"));
}

fn plans(words: &dyn Terminal, said: &mut Vec<String>) {
    refused(words.mermaid_of_one(), said);
    refused(words.reminder_from_here("x9", "r9"), said);
    refused(words.page_of_many(), said);
    let (at, zone) = (moment(), zone());
    refused(words.no_step_text("18:08"), said);
    said.push(words.step_without_time("old version back", true));
    refused(words.pasted_with_options(), said);
    run_sheet(words, said);
    refused(words.moved_past_due("x9", &at, zone), said);
    said.extend([
        words.pasted_with_text().to_owned(),
        words.plan_is_empty().to_owned(),
        words.run_begins().to_owned(),
        words.run_step(&step(), Standing::Next),
        words.run_step(
            &PlanStep {
                decision: true,
                if_failed: Some("x8".to_owned()),
                command: Some("x7".to_owned()),
                ..step()
            },
            Standing::UnderWay,
        ),
        words.run_step(&step(), Standing::Overdue),
        words.run_step(&PlanStep { rollback: true, ..step() }, Standing::UnderWay),
        words.run_step(&step(), Standing::Failed),
        words.run_step(&step(), Standing::NotRecorded),
        words.run_step(&step(), Standing::PerhapsDone),
        words.run_is_back().to_owned(),
        words.run_is_over().to_owned(),
        words.run_moved_on("x9"),
        words.run_if_failed("x9"),
        words.rehearsal_begins("r9", "x9"),
        words.run_shows_command("x9", "r9"),
        words.not_in_calendar(1),
        words.not_in_calendar(2),
        words.planned(&step(), None, zone, "r9"),
        words.planned(&PlanStep::new(None, "x9"), None, zone, "r9"),
        words.planned(&PlanStep { due: Some(at), ..PlanStep::new(None, "x9") }, None, zone, "r9"),
        words.planned(&step(), Some(&at), zone, "r9"),
        words.left_alone("x9", "r9"),
        words.moved("x9", None, (&at, None), zone, "r9"),
        words.moved("x9", Some(&at), (&at, Some(&at)), zone, "r9"),
        words.unskipped("x9", None, zone, "r9"),
        words.step_removed("x9", None, zone, "r9"),
        words.step_changed("x9", &[was()], "r9"),
        words.steps_moved(9),
        words.steps_skipped(9),
        words.moved_later().to_owned(),
        words.not_shifted("x9"),
        words.deadlines_stay("x9"),
        words.skipped(("x9", None), None, zone, "r9"),
        words.skipped(("x9", Some("x8")), Some(&at), zone, "r9"),
        words.anchor_stays("x9", &at, &at, zone, "r9"),
        words.nothing_planned(None),
        words.nothing_planned(Some("r9")),
        words.steps_left_out(&[&step(), &given_up()], "r9"),
    ]);
    anchors(words, said);
}

fn anchors(words: &dyn Terminal, said: &mut Vec<String>) {
    said.extend([
        words.anchor_guessed("x9", None),
        words.anchor_guessed("x9", Some("y9")),
        words.anchor_unknown_in("x9", &["r9"], None),
        words.anchor_unknown_in("x9", &["r8", "r9"], Some("y9")),
    ]);
}

fn changes(words: &dyn Terminal, said: &mut Vec<String>) {
    refused(words.copy_lost("x9", "r9"), said);
    let changed = Deed::Changed { now: entry(), was: vec![was()] };
    said.extend([
        words.change("amend", &[changed]),
        words.change("amend", &[Deed::Removed(entry())]),
        words.change("amend", &[Deed::Back(entry())]),
        words.change("edit", &[Deed::Key { key: "title".to_owned(), now: None, was: None }]),
        words.change("edit", &[Deed::Layout]),
        words.change("new", &vec![Deed::Begun(Value::text("x9")); 9]),
        words.change("edit", &vec![Deed::Added(entry()); 9]),
        words.record_taken_back("x9", "r9"),
        words.none_chosen().to_owned(),
        words.copy_away("x9"),
        words.copy_back("x9"),
        words.copy_stays("x9"),
        words.copy_named("x9"),
        words.copy_another("x9"),
        words.undone("x9", Door::Prompt, "r9", Some("")),
        words.left_standing("x9", "r9", Some("asrun undo -r r9")),
        words.left_standing("x9", "r9", None),
        words.undone_elsewhere("asrun undo --redo -r r9"),
        words.gone_with_edits(&["x9".to_owned()]),
        words.undone("x9", Door::CommandLine, "r9", Some(" -r r9")),
        words.undone("x9", Door::CommandLine, "r9", None),
        words.redone("x9", Door::Prompt, "r9", Some("")),
        words.redone("x9", Door::CommandLine, "r9", Some(" -r r9")),
        words.redone("x9", Door::CommandLine, "r9", None),
        words.no_changes("r9"),
        words.recovered(&entry(), "r9"),
        words.forgotten(&entry(), "r9"),
        words.confirmed(&entry(), "r9"),
        words.recovered_although(&HeldIn::Commit(word()), "r9"),
        words.not_recovered(&entry(), &HeldIn::Merge),
        words.not_recovered(&entry(), &HeldIn::Record(word())),
        words.not_recovered(&entry(), &HeldIn::Opened(word())),
        words.to_restore_all("r9"),
        words.nothing_missing("r9"),
        words.record_confirmed("r9"),
        words.brought_up_to_date("r9"),
        words.action_added(3, "x9", (None, None), "r9"),
        words.action_added(3, "x9", (Some("n9"), Some(day())), "r9"),
        words.action_done("x9", &day(), "r9"),
        words.lesson_added("x8", "x9", "r9"),
    ]);
    said.extend(words.unlinked("x9").hints);
}

fn forgetting(words: &dyn Terminal, said: &mut Vec<String>) {
    let all = [word(), word()];
    let refusals = [
        words.no_text_to_forget(),
        words.record_to_forget("r9"),
        words.nowhere_to_forget(false),
        words.nowhere_to_forget(true),
        words.stays_in("x9"),
        words.in_its_name("x9"),
        words.typed_just_now("x9"),
        words.needed_to_read("x9"),
        words.not_taken_out("x9", "x8"),
        words.git_holds(&all, &all, &all, &all),
        words.git_unread(9),
        words.git_shallow(),
        words.git_not_asked("x9"),
        words.typed_in_the_open(),
        words.secret_stays_in_journal(),
    ];
    said.extend(
        refusals.into_iter().flat_map(|refusal| [vec![refusal.message], refusal.hints].concat()),
    );
    said.extend([
        words.text_to_forget().to_owned(),
        words.really_forget(&[("x9".to_owned(), 1), ("x8".to_owned(), 9)]),
        words.nothing_forgotten().to_owned(),
        words.taken_out("x9", 9),
        words.forgotten_for_good().to_owned(),
    ]);
}

fn encodings(words: &dyn Terminal, said: &mut Vec<String>) {
    for encoding in [
        None,
        Some(Encoding::Utf16),
        Some(Encoding::Korean),
        Some(Encoding::Western),
        Some(Encoding::Png),
    ] {
        let fault = NotUtf8 { line: 2, byte: 4, value: 0xe9, encoding };
        refused(words.input_with_signs(&fault), said);
        refused(words.written_over(1), said);
        refused(words.written_over(2), said);
        refused(words.form_in_shell("asrun live", "asrun undo"), said);
        refused(words.input_not_text(&fault), said);
    }
}

fn streams(words: &dyn Terminal, said: &mut Vec<String>) {
    let (fault, path) = (refusal_of_system(), Path::new("/p/a"));
    let store = StoreFault::KeepsChanging { path: path.to_owned() };
    said.extend([
        words.error("x9"),
        words.warning("x9"),
        words.hint("x9"),
        words.rehearsed("x9"),
        words.wrote(path),
        words.as_it_would_be("x9"),
        words.more_faults(3),
        words.typed().to_owned(),
        words.cut_short(9),
        words.kept_whole(std::path::Path::new("x9")),
        words.no_current_folder(&fault),
        words.not_a_folder(path),
        words.conflict_copy("x9"),
        words.not_printed(true, &fault),
        words.not_printed(false, &fault),
        words.settings_left_out("x9"),
        words.secrets_written(&[word(), word()]).message,
        words.not_in_journal(&store),
        words.not_synced(&store),
        words.no_input(&fault),
        words.input_too_long(9),
        words.input_would_wait(),
        words.would_wait("edit"),
        words.refuse_dry_run("edit"),
        words.waiting().to_owned(),
        words.fixed_clock(&TimeFault::Unreadable(word())),
        words.impossible_clock().to_owned(),
        words.show_failed("x9", "x9"),
        words.cannot_edit("x9", &fault),
    ]);
    refused(words.text_too_long(9), said);
    encodings(words, said);
    refused(words.cannot_show("x9", &fault), said);
    refused(words.edit_failed("x9", "x9"), said);
    refused(words.no_command_to_run(), said);
    refused(words.command_runs_now(), said);
    refused(words.input_is_the_commands(), said);
    said.push(words.would_run("x9"));
    said.push(words.command_not_run().to_owned());
    said.push(words.command_not_started("x9", &fault));
    for end in [CommandEnd::Code(0), CommandEnd::Code(9), CommandEnd::Signal(15)] {
        said.push(words.command_ended(&end, 61, "x9"));
    }
    said.push(words.command_ended(&CommandEnd::NotStarted, 0, "x9"));
    said.push(words.end_logged_apart("x9", "r9"));
    said.push(words.end_not_noted("", "x9"));
    said.push(words.end_not_noted("x8", "x9"));
    let kinds = [
        io::ErrorKind::NotFound,
        io::ErrorKind::StorageFull,
        io::ErrorKind::ReadOnlyFilesystem,
        io::ErrorKind::NotADirectory,
        io::ErrorKind::InvalidData,
    ];
    said.extend(kinds.map(|kind| words.reason(&io::Error::from(kind))));
    said.push(words.asset_doubt("a.png", &AssetDoubt::Empty));
    said.push(words.asset_doubt("a.png", &AssetDoubt::NoSuchPicture { ending: "png".to_owned() }));
}

fn unfound(words: &dyn Terminal, said: &mut Vec<String>) {
    let places = [
        StepsPlace::End,
        StepsPlace::Below { line: 4, indent: 2 },
        StepsPlace::Brace { line: 4, column: 8, is_of_file: false },
        StepsPlace::Instead { line: 4 },
    ];
    let without = vec![word(); 5];
    said.extend(places.map(|place| {
        let cure = Cure { place, steps: vec![("x8".to_owned(), vec!["x9".to_owned()])] };
        let without = if place == StepsPlace::End { &[] } else { &*without };
        words.history_unfound((4, 12), without, &cure)
    }));
}

fn records(words: &dyn Terminal, said: &mut Vec<String>) {
    unfound(words, said);
    said.extend([
        words.no_records().to_owned(),
        words.left_in_usual_folder(1, "notes"),
        words.left_in_usual_folder(3, "notes"),
        words.none_like_that().to_owned(),
        words.unreadable("x9"),
        words.all_readable().to_owned(),
        words.misnamed("a"),
        words.nothing_found().to_owned(),
        words.only_archived(1),
        words.same_in_other_words().to_owned(),
        words.same_place().to_owned(),
        words.taken_by_place(1),
        words.taken_by_place(3),
        words.other_words().to_owned(),
        words.seen_before("r9", "x9", &[]),
        words.seen_before("r9", "x9", &[word(), word()]),
        words.never_seen().to_owned(),
        words.only_archived(9),
        words.totals(&Totals {
            records: 3,
            kinds: &[("outage", 2), ("", 1)],
            open: 1,
            events: 9,
            archived: 9,
            unreadable: 2,
        }),
        words.no_history().to_owned(),
        words.unreadable_pattern("x9"),
        words.no_action(true).to_owned(),
        words.no_action(false).to_owned(),
        words.only_done_actions(9),
        words.no_lesson().to_owned(),
        words.not_a_day("x9"),
        words.no_such_zone("x9", Some("Asia/Seoul")),
        words.no_such_zone("x9", None),
        words.named_twice("r9"),
        words.one_clock().to_owned(),
        words.boxes_in_png("▲"),
        words.no_signals(&io::Error::other("x9")),
        words.reminder_not_started("r9", &io::Error::other("x9")),
    ]);
    for near in [Some("Asia/Seoul"), None] {
        refused(words.no_column("x9", near, &["kind"]), said);
        refused(words.no_zone("--zone", "x9", near), said);
    }
    for refusal in [
        words.png_needs_a_file(),
        words.not_that_picture("x9"),
        words.no_png(&io::Error::other("x9")),
        words.no_font("x9"),
        words.png_too_large(9, 9),
        words.built_without_png(),
    ] {
        refused(refusal, said);
    }
    refused(words.needs_terminal(), said);
}

fn prompt(words: &dyn Terminal, said: &mut Vec<String>) {
    let fault = io::Error::other("x9");
    said.extend([
        words.prompt_begins("r9", None, zone()),
        words.prompt_begins("r9", Some("x9"), zone()),
        words.prompt_after_end("r9"),
        words.line_left().to_owned(),
        words.left_line_comes().to_owned(),
        words.no_place_for_lines("x9"),
        words.line_not_kept().to_owned(),
        words.line_given_up().to_owned(),
        words.prompt_ended().to_owned(),
        words.no_line_editor(&fault),
        words.no_next_line(&fault),
        words.form_behind_words("at"),
    ]);
    said.extend(words.prompt_forms().lines().map(str::to_owned));
    let fault = NotUtf8 { line: 1, byte: 4, value: 0xe9, encoding: Some(Encoding::Western) };
    refused(words.line_not_utf8(&fault), said);
    refused(words.not_of_this_prompt("x9", true, "x8"), said);
    refused(words.not_of_this_prompt("x9", false, "x8"), said);
    let typed = word();
    let faults = [
        LineFault::NoSlash { command: "undo" },
        LineFault::OfShell,
        LineFault::NotAlone { form: word() },
        LineFault::NoFile { form: "alt" },
        LineFault::Twice { form: word() },
        LineFault::Several { typed: word(), forms: vec!["declared", "decision"] },
        LineFault::NoSpace { form: "at" },
        LineFault::Unknown { typed: word(), near: Some("at") },
        LineFault::Unknown { typed: word(), near: None },
        LineFault::Elsewhere { verb: "amend" },
        LineFault::NoValue { form: "why", example: None },
        LineFault::NoValue { form: "severity", example: Some("sev2".to_owned()) },
        LineFault::Unclosed { form: "why" },
        LineFault::NoTime { form: "at", typed },
        LineFault::Dash,
    ];
    faults.iter().for_each(|fault| refused(words.line_fault(fault), said));
}

fn pages(words: &dyn Terminal, said: &mut Vec<String>) {
    said.extend([
        words.nobody_to_edit().to_owned(),
        words.nothing_changed().to_owned(),
        words.kept_in("a"),
        words.mend_now().to_owned(),
        words.mended("r9"),
        words.edited("r9", true),
        words.edited("r9", false),
        words.kept_entries("r9", 3),
        words.left_out(1, "r9"),
        words.left_out(3, "r9"),
        words.missing_file("a.png", "r9"),
        words.unread_file("x9"),
        words.may_name_somebody("x9", "x9", &[word()], "r9"),
        words.may_name_somebody("x9", "y9", &vec![word(); 9], "r9"),
        words.unseen_file("a.zip", "r9"),
        words.not_shown("a", &["b".to_owned(), "c".to_owned()]),
        words.local_pictures(1),
        words.previews_again(),
        words.stale("a"),
        words.replaces("a"),
        words.replaces_other("a"),
        words.removes_older("a"),
        words.older_document("a"),
        words.not_listed("x9"),
        words.up_to_date("a"),
        words.wrote_regions(1, "a"),
        words.wrote_regions(3, "a"),
        words.rendered(3),
        words.own_template(Some("x9"), true),
        words.own_template(None, true),
        words.own_template(None, false),
        words.own_faulty_template("x9"),
        words.headerless_template("a", TakenFor::Everyone, "{# x9 #}"),
        words.headerless_template("a", TakenFor::Team, "{# x9 #}"),
    ]);
    refused(words.not_mended("r9", "a", "b"), said);
    refused(words.template_exists("a"), said);
    refused(words.held_back(1, 9), said);
    refused(words.held_back(3, 9), said);
}

fn setup(words: &dyn Terminal, said: &mut Vec<String>) {
    let (none, some) = (None, Some("x9"));
    said.extend([
        words.all_there().to_owned(),
        words.made("a"),
        words.settings_comment().to_owned(),
        words.setting_comment("timezone").to_owned(),
        words.setting_comment("language").to_owned(),
        words.setting_comment("author").to_owned(),
        words.setting_comment("records").to_owned(),
        words.first_settings(FirstSettings { timezone: some, language: some, author: none }),
        words.clock_in_utc().to_owned(),
        words.no_project_yet("x9"),
        words.make_it(Path::new("/p")),
        words.whose_clocks().to_owned(),
        words.names_as_they_are().to_owned(),
        words.named_to_git("x9"),
        words.attributes("x9", true),
        words.attributes("x9", false),
        words.driver_name().to_owned(),
        words.environment().to_owned(),
        words.built_in().to_owned(),
        words.not_minutes("X9", "x9"),
        words.to_mend("x9"),
        words.completions_failed("x9"),
        words.wrote_pages(Path::new("/p")),
        words.page_failed("x9"),
        words.options_of("templates"),
        words.topics(&["times", "records"]),
        words.gravity(Gravity::Error).to_owned(),
        words.gravity(Gravity::Warning).to_owned(),
        words.gravity(Gravity::Note).to_owned(),
    ]);
    let verbs = [
        "remove", "detect", "open", "redo", "mv", "step", "tag", "todo", "resolve", "fix", "add",
        "start", "report", "timeline", "version", "finish", "diff", "rollback", "summary", "set",
    ];
    said.extend(verbs.map(|verb| words.way_of(verb).unwrap().to_owned()));
    said.extend(words.way_of_entry("remove").map(str::to_owned));
    said.extend([words.dash_in_text("x9"), words.dash_in_value("x9"), words.last_by_option("x9")]);
    said.push(words.nothing_recorded().to_owned());
    said.push(words.record_by_itself("asrun live", None));
    said.push(words.record_by_itself("asrun live", Some("r9")));
    said.push(words.record_by_option("asrun link -r 3.0"));
    said.push(words.record_behind_option("to", "asrun move --last --to 3.0"));
    usage(words, said);
    said.extend(words.what_next().lines().take(1).map(str::to_owned));
    refused(words.settings_there(), said);
    refused(words.not_spoken("a", "x9", &["en", "ko"]), said);
    refused(words.no_repository(), said);
    said.push(words.git_says("x8", "x9"));
    refused(words.git_refused("x9", "x9"), said);
    refused(words.no_completions("x9", &["bash"]), said);
    refused(words.nothing_to_explain("x9", Some("times")), said);
    refused(words.nothing_to_explain("x9", None), said);
}

fn usage(words: &dyn Terminal, said: &mut Vec<String>) {
    let number = |text: &str| text.parse::<u64>().unwrap_err();
    let (none, one, two) = (Vec::new(), vec![word()], vec![word(), word()]);
    said.extend([
        words.unexpected("x9"),
        words.unexpected("--x9"),
        words.one_too_many("x9", "--at <TIME>"),
        words.no_value("--at <TIME>"),
        words.not_a_value("x9", "--at <TIME>", None),
        words.no_such_command("x9"),
        words.arguments_missing(&one),
        words.command_missing("asrun plan"),
        words.given_twice("--at <TIME>"),
        words.typed_no_text().to_owned(),
        words.not_understood().to_owned(),
        words.not_between(10, 280, 4000),
        words.similar(Part::Command, &one),
        words.similar(Part::Value, &two),
        words.elsewhere("asrun plan add --id"),
        words.command_behind_dashes("x9"),
        words.more_help().to_owned(),
        words.way_out().to_owned(),
    ]);
    said.extend(
        ["", "x", "99999999999999999999"].map(|text| words.not_a_number(text, &number(text))),
    );
    for others in [&none, &one, &two] {
        said.push(words.not_together(Part::Argument, "--at", others));
        said.push(words.not_together(Part::Command, "add", others));
    }
}

fn diagnoses(words: &dyn Terminal, said: &mut Vec<String>) {
    let gone = || StoreFault::KeepsChanging { path: PathBuf::from("/p/a") };
    let waiting = |count, gone| WaitingEvents { id: "r9".to_owned(), count, gone };
    let unreadable =
        |in_conflict| UnreadableRecord { id: "r9".to_owned(), why: word(), in_conflict };
    let examined = [
        Examined::NoProject(gone()),
        Examined::Records(RecordsState::Unlisted(gone())),
        Examined::Records(RecordsState::Misnamed(3)),
        Examined::Records(RecordsState::LeftBehind(3, 2, "notes".to_owned())),
        Examined::Records(RecordsState::WithCopies(3, 2)),
        Examined::Records(RecordsState::Fine(3, PathBuf::from("/p"))),
        Examined::Settings(SettingsState::Faulty("".to_owned())),
        Examined::Settings(SettingsState::NoZone),
        Examined::Settings(SettingsState::In(zone())),
        Examined::Schema(SchemaState::Missing),
        Examined::Schema(SchemaState::Own),
        Examined::Schema(SchemaState::Other),
        Examined::Writing(Ok(())),
        Examined::Writing(Err(gone())),
        Examined::Leftovers(Vec::new()),
        Examined::Leftovers(vec![String::new()]),
        Examined::Waiting(vec![waiting(1, None)]),
        Examined::Waiting(vec![waiting(1, Some(word())), waiting(2, None)]),
        Examined::Refused(vec![PathBuf::from("/p")]),
        Examined::Records(RecordsState::Unreadable(3, vec![unreadable(false)])),
        Examined::Records(RecordsState::Unreadable(3, vec![unreadable(true), unreadable(true)])),
        Examined::Locks,
        Examined::Cache,
        Examined::Git(GitState::NoRepository),
        Examined::Git(GitState::ByEntries),
        Examined::Git(GitState::Untaught(word())),
        Examined::Git(GitState::OtherDriver),
        Examined::Git(GitState::DriverFails(Some("x9".to_owned()))),
        Examined::Git(GitState::DriverFails(None)),
        Examined::Git(GitState::ByLines),
        Examined::Zones(ZoneSource { built_in: "2026f", newer: None }),
        Examined::Zones(ZoneSource {
            built_in: "2026f",
            newer: Some(NewerZones {
                folder: PathBuf::from("/usr/share/zoneinfo"),
                version: "2026g".to_owned(),
                lacking: 3,
            }),
        }),
        Examined::NoEditor(word()),
        Examined::Terminal(None),
        Examined::Terminal(Some(80)),
        Examined::NoUnicode(Some(80), None),
    ];
    for Diagnosis { is, mend, .. } in examined.iter().map(|one| words.examined(one)) {
        said.extend([is, mend.unwrap_or_default()]);
    }
}

/// Returns the way out of every finding in a record.
pub(crate) fn ways_out_of_findings(words: &dyn Terminal) -> Vec<String> {
    finding_kinds().iter().map(|kind| words.finding_help(kind)).collect()
}

fn findings(words: &dyn Terminal, said: &mut Vec<String>) {
    for kind in &finding_kinds() {
        said.extend([words.finding(kind), words.finding_help(kind)]);
    }
    rules(words, said);
}

fn finding_kinds() -> Vec<FindingKind> {
    let (at, until) = (moment(), moment());
    let milestone = || (EventType::Detected, moment());
    let kinds = vec![
        FindingKind::EndBeforeStart { at, until },
        FindingKind::MilestoneOrder { first: milestone(), second: milestone() },
        FindingKind::Change(ChangeFinding::Severity { said: word(), led: word() }),
        FindingKind::Change(ChangeFinding::Status { said: word(), led: word() }),
        FindingKind::Change(ChangeFinding::Last { said: Some(word()), led: word() }),
        FindingKind::Change(ChangeFinding::Last { said: None, led: word() }),
        FindingKind::TimeJump { at, days: 9 },
        FindingKind::OutOfOrder { at, above: until },
        FindingKind::NotResolved { days: 9 },
        FindingKind::CommandRunning,
        FindingKind::PublicStatus {
            shown: EventType::Detected,
            known: EventType::Closed,
            at: Some(at),
        },
        FindingKind::StatedDuration { place: word(), stated: word(), given: 7500 },
        FindingKind::OffsetMismatch { at, zone: zone(), instant: until, clock: Some(at) },
        FindingKind::OffsetMismatch { at, zone: zone(), instant: until, clock: None },
        FindingKind::DuplicateEvent { event: word(), at: Some(at) },
        FindingKind::UnknownKey { key: word(), near: Some("at"), is_setting: false },
        FindingKind::UnknownKey { key: word(), near: None, is_setting: false },
        FindingKind::UnknownKey { key: word(), near: None, is_setting: true },
        FindingKind::Secret { excerpt: word() },
        FindingKind::NamedPerson { place: word(), name: word(), role: Some(word()) },
        FindingKind::ActionWithoutOwner { action: word() },
        FindingKind::ActionWithoutDue { action: word() },
        FindingKind::MissingFile { file: word() },
        FindingKind::MissingPicture { file: word() },
        FindingKind::UnusedFile { file: word() },
        FindingKind::ImageWithoutAlt { file: word() },
    ];
    [kinds, private_texts(), nested_findings()].concat()
}

fn private_texts() -> Vec<FindingKind> {
    let of_kinds = [
        LeakKind::Secret,
        LeakKind::InternalHost,
        LeakKind::Email,
        LeakKind::Phone,
        LeakKind::PersonalNumber,
    ];
    let of_kinds = of_kinds.map(|kind| (SAMPLE_PLACES[0], kind));
    let of_places = SAMPLE_PLACES.map(|place| (place, LeakKind::Email));
    let told = |(place, kind): (&str, _)| FindingKind::PrivateText {
        place: place.to_owned(),
        kind,
        excerpt: word(),
    };
    let named = |place: &str| FindingKind::NamedPerson {
        place: place.to_owned(),
        name: word(),
        role: None,
    };
    let private = of_kinds.into_iter().chain(of_places).map(told);
    private.chain(SAMPLE_PLACES.map(named)).collect()
}

/// A place of each sort that something private is kept from the public in another way.
const SAMPLE_PLACES: [&str; 6] =
    ["events 9 detail", "actions 9", "title", "plan 9", "services 9", "id"];

fn nested_findings() -> Vec<FindingKind> {
    let at = moment();
    vec![
        FindingKind::Day(DayFinding::Weekday { place: word(), said: word(), day: day() }),
        FindingKind::Day(DayFinding::Date { date: day(), days: 9 }),
        FindingKind::Day(DayFinding::Future { at }),
        FindingKind::Day(DayFinding::NoZone),
        FindingKind::Step(StepFinding::Unknown { event: word(), step: word(), near: Some(word()) }),
        FindingKind::Step(StepFinding::Unknown { event: word(), step: word(), near: None }),
        FindingKind::Step(StepFinding::NotRecorded { step: word() }),
        FindingKind::Step(StepFinding::DuplicateId { id: word() }),
        FindingKind::Step(StepFinding::Skipped { step: word(), event: word() }),
        FindingKind::Step(StepFinding::UnknownAfter { step: word(), wanted: word(), near: None }),
        FindingKind::Step(StepFinding::Circle { steps: vec![word(), word()] }),
        FindingKind::Step(StepFinding::TooEarly { step: word(), at, waits_for: word(), end: at }),
        FindingKind::Step(StepFinding::PastDue { step: word(), end: at, due: at }),
        FindingKind::Step(StepFinding::OwnerTwice { owner: word(), at, steps: [word(), word()] }),
        FindingKind::Step(StepFinding::DayOff { day: day(), why: DayOff::Weekend, steps: 2 }),
        FindingKind::Step(StepFinding::DayOff { day: day(), why: DayOff::Named(word()), steps: 1 }),
        FindingKind::Word(WordFinding::Type { word: word(), near: "at" }),
        FindingKind::Word(WordFinding::Kind { word: word(), near: "at" }),
        FindingKind::Word(WordFinding::Severity {
            word: word(),
            near: Some(word()),
            scale: vec![word()],
        }),
        FindingKind::Word(WordFinding::Severity { word: word(), near: None, scale: vec![word()] }),
    ]
}

fn rules(words: &dyn Terminal, said: &mut Vec<String>) {
    let rules = [
        RuleId::EndBeforeStart,
        RuleId::MilestoneOrder,
        RuleId::BrokenChange,
        RuleId::TimeJump,
        RuleId::OutOfOrder,
        RuleId::NotResolved,
        RuleId::CommandRunning,
        RuleId::PublicStatus,
        RuleId::StatedDuration,
        RuleId::OffsetMismatch,
        RuleId::WeekdayMismatch,
        RuleId::DateMismatch,
        RuleId::FutureEvent,
        RuleId::ZoneMissing,
        RuleId::UnknownStep,
        RuleId::StepNotRecorded,
        RuleId::DuplicateStepId,
        RuleId::SkippedWithEvent,
        RuleId::AfterCircle,
        RuleId::TooEarly,
        RuleId::PastDue,
        RuleId::OwnerTwice,
        RuleId::DayOff,
        RuleId::DuplicateEvent,
        RuleId::UnknownKey,
        RuleId::UnknownType,
        RuleId::UnknownKind,
        RuleId::UnknownSeverity,
        RuleId::Secret,
        RuleId::PrivateText,
        RuleId::NamedPerson,
        RuleId::ActionWithoutOwner,
        RuleId::ActionWithoutDue,
        RuleId::MissingFile,
        RuleId::UnusedFile,
        RuleId::ImageWithoutAlt,
    ];
    said.extend(rules.map(|rule| words.rule(rule).to_owned()));
}

/// Adds the messages of `check`, except for findings in records.
/// Returns the findings about old copies.
fn old_copies() -> Vec<FileFinding> {
    let (entry, record) = (|| "e9".to_owned(), || "r9".to_owned());
    let old = |lacks: usize, back: usize| FileFinding::OldVersion {
        commit: word(),
        lacks: vec![entry(); lacks],
        back: vec![entry(); back],
        record: record(),
    };
    vec![
        FileFinding::LostEntry { entry: entry(), record: record() },
        FileFinding::RevertedEntry { entry: entry(), record: record() },
        FileFinding::EntryIsBack { entry: entry(), record: record() },
        FileFinding::OpenedEntry { entry: entry(), record: record() },
        old(1, 0),
        old(5, 1),
        FileFinding::RevertedKey { key: word(), stands: word(), written: word(), record: record() },
    ]
}

fn checks(words: &dyn Terminal, said: &mut Vec<String>) {
    let (entry, record, path) = (word, || "r9".to_owned(), || "a".to_owned());
    let gone = || StoreFault::KeepsChanging { path: PathBuf::from("/p/a") };
    let of_files = [
        FileFinding::Misnamed,
        FileFinding::NoDayOff { line: 3, text: word() },
        FileFinding::LineEnds { path: path() },
        FileFinding::SecretInFile { file: word(), excerpt: word() },
        FileFinding::Journal(Box::new(gone())),
        FileFinding::SeenBefore { cause: word(), earlier: word(), text: word(), open: vec![] },
        FileFinding::SeenBefore {
            cause: word(),
            earlier: word(),
            text: word(),
            open: vec![word()],
        },
        FileFinding::WaitingEntry { entry: entry(), record: record() },
        FileFinding::LostRecord { path: path(), record: record(), entries: 1, among: Vec::new() },
        FileFinding::LostRecord {
            path: path(),
            record: record(),
            entries: 2,
            among: vec![word(), word()],
        },
        FileFinding::LostRecord { path: path(), record: record(), entries: 3, among: Vec::new() },
        FileFinding::OpenedByCommit { entry: entry(), record: record() },
        FileFinding::HeldEntry { entry: entry(), record: record(), held: HeldIn::Ref(word()) },
        FileFinding::HeldEntry { entry: entry(), record: record(), held: HeldIn::Commit(word()) },
        FileFinding::HeldEntry { entry: entry(), record: record(), held: HeldIn::Merge },
        FileFinding::HeldEntry { entry: entry(), record: record(), held: HeldIn::Opened(word()) },
        FileFinding::HeldRecord { path: path(), held: HeldIn::Record(word()) },
        FileFinding::HeldRecord { path: path(), held: HeldIn::Commit(word()) },
        FileFinding::RecordIsBack { record: record(), into: None },
        FileFinding::RecordIsBack { record: record(), into: Some(word()) },
        FileFinding::Twin { record: record(), other: word(), shared: 1 },
        FileFinding::Twin { record: record(), other: word(), shared: 7 },
    ];
    let of_files = of_files.into_iter().chain(old_copies());
    let told = of_files.map(|finding| words.file_finding(&finding));
    for ProblemText { message, help } in told.chain([words.unreadable_file(&gone())]) {
        said.extend([message, help]);
    }
    said.extend([
        words.readable_rule().to_owned(),
        words.checked(1, 2, 1, 0),
        words.checked(3, 0, 0, 0),
        words.kept_key("a:3:4", "x9", Some("at")),
        words.kept_key("a:3:4", "x9", None),
    ]);
}

fn store_faults() -> Vec<StoreFault> {
    let path = || PathBuf::from("/p/a");
    let doing = [
        Doing::Read,
        Doing::ReadFolder,
        Doing::Open,
        Doing::OpenLock,
        Doing::Lock,
        Doing::MakeFolder,
        Doing::Write,
        Doing::WriteBeside,
        Doing::WriteForEditor,
        Doing::WriteJournal,
        Doing::SyncJournal,
    ];
    let faulty = |problems| StoreFault::Faulty { path: path(), text: String::new(), problems };
    let problem = || ContentFault::Nothing.at(0..0);
    let many: Vec<String> = (0..12).map(|_| word()).collect();
    let mut faults = vec![
        faulty(vec![problem()]),
        faulty(vec![problem(), problem()]),
        StoreFault::Unknown { wanted: word(), renamed: None, known: Vec::new() },
        StoreFault::Unknown { wanted: word(), renamed: None, known: many.clone() },
        StoreFault::Unknown { wanted: word(), renamed: Some(word()), known: many.clone() },
        StoreFault::Ambiguous { wanted: word(), matches: many.clone() },
        StoreFault::NoCurrent { open: Vec::new(), latest: Vec::new() },
        StoreFault::NoCurrent { open: Vec::new(), latest: many.clone() },
        StoreFault::NoCurrent { open: many.clone(), latest: many },
        StoreFault::Vanished { id: word(), file: word(), holder: None },
        StoreFault::Vanished { id: word(), file: word(), holder: Some(word()) },
        StoreFault::NoRecords { settings: "/p/x9.yaml".into(), line: 9, column: 9, folder: word() },
        StoreFault::NoProject { start: PathBuf::from("/q") },
        StoreFault::NoProject { start: PathBuf::from("/p") },
        StoreFault::Exists { path: path() },
        StoreFault::Deleted { id: word() },
        StoreFault::Busy { path: path(), seconds: 5 },
        StoreFault::KeepsChanging { path: path() },
        StoreFault::Edit { path: path(), source: EditFault::Changed },
        StoreFault::Edit { path: path(), source: EditFault::NotProved(Unproved::Differs) },
    ];
    faults.extend(doing.map(|doing| StoreFault::io(doing, &path(), refusal_of_system())));
    faults.extend(unfit().into_iter().map(|why| StoreFault::unfit(&path(), why)));
    faults
}

fn unfit() -> Vec<Unfit> {
    let kept = || PathBuf::from("/p/b");
    vec![
        Unfit::BrokenLink(refusal_of_system()),
        Unfit::LinkOut { root: PathBuf::from("/p"), to: PathBuf::from("/q") },
        Unfit::Link { to: PathBuf::from("/q") },
        Unfit::TooLarge { bytes: 17, limit: 16 },
        Unfit::NotPutBack { why: Some(refusal_of_system()), kept: kept() },
        Unfit::NotPutBack { why: None, kept: kept() },
        Unfit::NotSynced(refusal_of_system()),
        Unfit::Folder,
        Unfit::NoFile,
        Unfit::NoOwnFolder,
        Unfit::FileForFolder,
        Unfit::NoAttachment,
        Unfit::Grows,
        Unfit::NotUtf8(Text::Record),
        Unfit::NotUtf8(Text::Template),
        Unfit::NotUtf8(Text::Document),
        Unfit::NotUtf8(Text::EditedCopy),
        Unfit::NotUtf8(Text::EditedText),
        Unfit::TooManyOfOneName,
        Unfit::TooManyTypists,
        Unfit::TooManyEdits,
        Unfit::ChangedMeanwhile,
        Unfit::OwnFile,
        Unfit::LinkInTheWay { to: PathBuf::from("/q") },
        Unfit::NotOurs { changed: true },
        Unfit::NotOurs { changed: false },
        Unfit::OfAnotherRecord { other: word(), of: word() },
        Unfit::OlderDocument { now: PathBuf::from("b") },
    ]
}

/// Returns a comment that cannot be moved to another record, for either reason.
fn lost_comments() -> (LostComment, LostComment) {
    let lost = |why| LostComment {
        file: word(),
        at: Position { line: 1, column: 2 },
        comment: word(),
        why,
    };
    let brackets = CommentLoss::Brackets { list: word(), other: word() };
    (lost(brackets), lost(CommentLoss::Key { other: word() }))
}

fn conflicts(words: &dyn Terminal, said: &mut Vec<String>) {
    said.extend([words.conflict_resolved("a"), words.to_tell_git("a")]);
    let refusal = words.conflict_in_dry_run("a", "r9");
    said.push(refusal.message);
    said.extend(refusal.hints);
}

fn edits(words: &dyn Terminal, said: &mut Vec<String>) {
    let key = word;
    let patches = [
        PatchFault::Gone,
        PatchFault::NoMapping,
        PatchFault::QuestionKeys,
        PatchFault::NoColon(key()),
        PatchFault::ListOf(key()),
        PatchFault::NoDashes,
        PatchFault::CommentBefore(key()),
        PatchFault::CommentInside(key()),
        PatchFault::Marked(key()),
        PatchFault::BehindDash,
        PatchFault::BehindKey,
        PatchFault::CommentsInBrackets,
        PatchFault::OwnComments,
        PatchFault::There(word()),
    ];
    let unproved = [
        Unproved::Unread(vec![ContentFault::Nothing.at(0..0)]),
        Unproved::Differs,
        Unproved::OtherRefuses(word()),
        Unproved::OtherDiffers,
    ];
    let mut faults = vec![
        EditFault::NoList,
        EditFault::NotInLines,
        EditFault::Changed,
        EditFault::NoLastLineBreak,
        EditFault::LoneCarriageReturn,
        EditFault::InnerByteOrderMark,
    ];
    faults.extend(patches.map(EditFault::Patch));
    faults.extend(unproved.map(EditFault::NotProved));
    said.extend(faults.iter().map(|fault| words.edit_fault(fault)));
    let item = || MergeConflict::Item { list: word(), text: word() };
    let merges = [
        MergeFault::NotUtf8,
        MergeFault::Unreadable(MergeText::Base),
        MergeFault::Unreadable(MergeText::Ours),
        MergeFault::Unreadable(MergeText::Theirs),
        MergeFault::Edit(EditFault::Changed),
        MergeFault::SharedLine(MergeConflict::Key(key())),
        MergeFault::SharedLine(item()),
    ];
    said.extend(merges.iter().map(|fault| words.merged_by_lines("a", fault)));
    said.push(words.merged_unreadable("a"));
    said.push(words.unmerged("a"));
    said.push(words.to_settle("r9"));
    for again in [true, false] {
        refused(words.conflict_edited("a", "r9", again), said);
    }
    said.push(words.comment_left_out("a", "c"));
    said.push(words.merge_conflict("a", &MergeConflict::Key(key())));
    said.push(words.merge_conflict("a", &item()));
}

const WANTED: [Wanted; 17] = [
    Wanted::Post,
    Wanted::Text,
    Wanted::Value,
    Wanted::Truth,
    Wanted::Precision,
    Wanted::Length,
    Wanted::After,
    Wanted::Time,
    Wanted::Zone,
    Wanted::Texts,
    Wanted::Entries,
    Wanted::Metrics,
    Wanted::Roles,
    Wanted::Minutes,
    Wanted::Steps,
    Wanted::SecretsRule,
    Wanted::Folder,
];

fn post_faults() -> Vec<ContentFault> {
    vec![
        ContentFault::Post(PostFault::Word {
            key: "layout",
            word: word(),
            near: None,
            known: vec!["x", "y"],
        }),
        ContentFault::Post(PostFault::Word {
            key: "hide",
            word: word(),
            near: None,
            known: vec!["x"],
        }),
        ContentFault::Post(PostFault::Word {
            key: "hide",
            word: word(),
            near: Some("x"),
            known: vec!["x"],
        }),
        ContentFault::Post(PostFault::Placeholder {
            key: "heading",
            word: word(),
            known: &["x", "y"],
        }),
        ContentFault::Post(PostFault::Folder { key: "images", folder: word() }),
        ContentFault::Post(PostFault::FrontMatter(FrontMatterFault::NoKeys)),
        ContentFault::Post(PostFault::FrontMatter(FrontMatterFault::Fence)),
        ContentFault::Post(PostFault::FrontMatter(FrontMatterFault::Yaml(YamlFault::Alias))),
    ]
}

fn content_faults() -> Vec<ContentFault> {
    let key = word;
    let setting = ContentFault::Setting;
    let mut faults = vec![
        ContentFault::TooLarge { bytes: 17, limit: 16 },
        ContentFault::TextTooLarge { key: key(), limit: 16 },
        ContentFault::Nothing,
        ContentFault::NoRecord,
        ContentFault::Missing { key: key(), near: Some(key()) },
        ContentFault::Missing { key: key(), near: None },
        ContentFault::Audience(word()),
        ContentFault::NoText { key: key() },
        ContentFault::NoTime { key: key() },
        ContentFault::NoDay { key: key() },
        ContentFault::NoZone { name: word(), near: Some("Asia/Seoul"), in_settings: true },
        ContentFault::NoZone { name: word(), near: None, in_settings: true },
        ContentFault::NoZone { name: word(), near: None, in_settings: false },
        setting(SettingFault::NoKeys { example: "x: 9" }),
        setting(SettingFault::Unknown {
            key: key(),
            near: Some("x"),
            known: vec!["x"],
            is_of_record: false,
        }),
        setting(SettingFault::Unknown {
            key: key(),
            near: None,
            known: vec!["x"],
            is_of_record: false,
        }),
        setting(SettingFault::Unknown {
            key: key(),
            near: None,
            known: vec!["x"],
            is_of_record: true,
        }),
        setting(SettingFault::WrongShape { key: key(), wanted: Wanted::Minutes, example: "x: 9" }),
    ];
    faults.extend(post_faults());
    faults.extend(time_faults().into_iter().map(|fault| ContentFault::Time { fault, day: None }));
    let entries = [
        Entry::Step,
        Entry::Revision,
        Entry::Skip,
        Entry::Review,
        Entry::Imported,
        Entry::Event,
        Entry::Attachment,
        Entry::Lessons,
        Entry::Action,
        Entry::Section,
        Entry::Post,
    ];
    for found in found() {
        let of_entries = |entry| ContentFault::NoKeys { entry, found: found.clone() };
        let of_keys =
            |wanted| ContentFault::WrongShape { key: key(), wanted, found: found.clone() };
        faults.extend(entries.map(of_entries));
        faults.extend(WANTED.map(of_keys));
    }
    faults
}

fn found() -> Vec<Found> {
    vec![
        Found::Nothing,
        Found::Text(word()),
        Found::Bracketed(Some(word())),
        Found::Bracketed(None),
        Found::List { flow: true },
        Found::List { flow: false },
        Found::Mapping { flow: true },
        Found::Mapping { flow: false },
    ]
}

fn yaml_faults() -> Vec<YamlFault> {
    let slips = [
        Slip::Colon,
        Slip::NoKeyLine,
        Slip::NoDash,
        Slip::Misaligned,
        Slip::NoComma(']'),
        Slip::Dash,
        Slip::AfterQuotes,
        Slip::OpenQuote,
        Slip::OpenBracket('['),
        Slip::ClosingBracket,
        Slip::Backslash,
        Slip::Percent,
        Slip::BlockHeader,
        Slip::FirstCharacter('@'),
        Slip::Tab,
        Slip::Other(word()),
    ];
    let remedies = [
        Remedy::Spaces,
        Remedy::PlainColon,
        Remedy::NoDirective,
        Remedy::Block,
        Remedy::OtherQuotes('\'', word()),
        Remedy::Quotes(word()),
        Remedy::Space(word()),
        Remedy::NextLine,
        Remedy::QuotesForBracket,
        Remedy::QuotesForColon,
        Remedy::TwoBackslashes,
        Remedy::Unknown,
    ];
    let encodings = [
        None,
        Some(Encoding::Utf16),
        Some(Encoding::Korean),
        Some(Encoding::Western),
        Some(Encoding::Png),
        Some(Encoding::Gzip),
    ];
    let mut faults = vec![
        YamlFault::ControlCharacter('\0'),
        YamlFault::ControlCharacter('\u{1b}'),
        YamlFault::MergeConflict,
        YamlFault::TooDeep(9),
        YamlFault::Version,
        YamlFault::SecondDocument,
        YamlFault::Alias,
        YamlFault::Tag("!x9".to_owned()),
        YamlFault::Duplicate { key: word(), line: 9 },
        YamlFault::NoKey,
        YamlFault::Empty,
    ];
    faults.extend(encodings.map(YamlFault::NotUtf8));
    faults.extend(slips.map(|slip| YamlFault::Syntax { slip, remedy: Remedy::Unknown }));
    faults.extend(remedies.map(|remedy| YamlFault::Syntax { slip: Slip::Tab, remedy }));
    faults
}

fn time_faults() -> Vec<TimeFault> {
    let (text, zone) = (word, zone());
    vec![
        TimeFault::Unreadable(text()),
        TimeFault::Impossible(text()),
        TimeFault::NoDate(text()),
        TimeFault::NoZone(text()),
        TimeFault::OddOffset { text: text(), start: text(), end: None },
        TimeFault::OddOffset { text: text(), start: text(), end: Some(text()) },
        TimeFault::Gap { text: text(), zone, shown: text() },
        TimeFault::Fold {
            text: text(),
            zone,
            first: "-04:00".to_owned(),
            second: "-05:00".to_owned(),
        },
    ]
}

fn faults() -> Vec<Fault> {
    let field = Field::Step;
    let mut faults = vec![
        Fault::Day { field: Field::Due, typed: word() },
        Fault::Width { typed: word(), fault: WidthFault::Unclear },
        Fault::Width { typed: word(), fault: WidthFault::Unreadable },
        Fault::Step { field, wanted: word(), fault: StepFault::NoPlan },
        Fault::Step {
            field,
            wanted: word(),
            fault: StepFault::Unknown { near: Some(word()), plan: steps() },
        },
        Fault::Step { field, wanted: word(), fault: StepFault::Several(steps()) },
        Fault::EndsBeforeItBegins,
        Fault::Language { typed: word(), near: Some("ko"), known: vec!["ko"] },
        Fault::Language { typed: word(), near: None, known: vec!["ko"] },
        Fault::Severity { typed: word(), near: Some(word()), scale: vec![word()] },
        Fault::EventType { typed: word(), begun: Vec::new() },
        Fault::EventType { typed: word(), begun: vec!["declared", "decision"] },
        Fault::Rule { typed: word(), in_settings: true, known: vec!["x8"] },
        Fault::Rule { typed: "nonsense".to_owned(), in_settings: false, known: vec!["x8"] },
        Fault::ChangedMeanwhile,
        Fault::Unrecovered(Unrecovered { record: word(), entry: word(), more: 0 }),
        Fault::Unrecovered(Unrecovered { record: word(), entry: word(), more: 2 }),
        Fault::Unsettled(Box::new(FileFinding::EntryIsBack { entry: word(), record: word() })),
        Fault::Secrets { excerpts: vec![word(), word()] },
        Fault::Forget(ForgetFault::TooShort { least: 3 }),
        Fault::Forget(ForgetFault::Needed { path: word() }),
        Fault::MergedUnreadable,
    ];
    faults.extend(typed_time_faults().into_iter().map(|fault| {
        let fault = Box::new(fault);
        Fault::Time { field: Field::At, fault, zone: zone() }
    }));
    for field in [Field::Text, Field::Detail, Field::Title, Field::Reason, Field::Value, Field::By]
    {
        let texts = [
            TextFault::Empty,
            TextFault::TooLong(9),
            TextFault::Control { c: '\u{1b}', place: 3 },
            TextFault::Placeholder("TEXT".to_owned()),
        ];
        faults.extend(texts.map(|fault| Fault::Text { field, fault }));
    }
    let ids = [
        IdFault::Empty,
        IdFault::Character('/'),
        IdFault::Edge,
        IdFault::Reserved("nul".to_owned()),
        IdFault::Copy(word()),
        IdFault::Long(9),
    ];
    faults.extend(ids.map(Fault::Id));
    faults.extend(plan_faults());
    faults.extend(change_faults());
    faults.extend(life_faults());
    faults.extend(import_faults());
    faults.extend(render_faults().into_iter().map(Fault::Render));
    faults
}

fn steps() -> Vec<(Option<String>, String)> {
    vec![(Some(word()), word()), (None, word())]
}

fn unread_whys() -> Vec<UnreadWhy> {
    let mut whys = vec![
        UnreadWhy::NoTime,
        UnreadWhy::Heading,
        UnreadWhy::About,
        UnreadWhy::EndsBeforeItBegins,
        UnreadWhy::Column { words: word() },
        UnreadWhy::Length { words: word() },
        UnreadWhy::After { words: word() },
    ];
    whys.extend(typed_time_faults().into_iter().map(|fault| UnreadWhy::Time(Box::new(fault))));
    whys
}

fn typed_time_faults() -> Vec<TypedTimeFault> {
    let (text, at) = (word, moment());
    let meant = [("-08:00", "America/Los_Angeles"), ("+08:00", "Asia/Manila")];
    let meant = meant.map(|(offset, zone)| (offset.to_owned(), zone.to_owned())).to_vec();
    let window = |instant| TypedTimeFault::Window {
        text: text(),
        start: "06:00".to_owned(),
        end: "07:00".to_owned(),
        instant,
    };
    let mut faults: Vec<TypedTimeFault> =
        time_faults().into_iter().map(TypedTimeFault::Written).collect();
    faults.extend([
        TypedTimeFault::Letters { text: text(), letters: text(), zone: zone(), own: text(), meant },
        TypedTimeFault::Bare { text: text(), meant: vec![word(), word()] },
        TypedTimeFault::Unclear { text: text() },
        TypedTimeFault::NoZone { text: text(), name: text(), near: Some("Asia/Seoul") },
        TypedTimeFault::NoZone { text: text(), name: text(), near: None },
        TypedTimeFault::NoOffset { text: text() },
        TypedTimeFault::OtherOffset { text: text(), offset: "+09:00".to_owned() },
        window(Some(at)),
        window(None),
        TypedTimeFault::OffsetOrWords { clock: text(), behind: "+1000".to_owned() },
        TypedTimeFault::TimeOrWords {
            clock: text(),
            behind: "PT".to_owned(),
            times: vec!["18:08 America/Los_Angeles".to_owned(), "18:08 Asia/Manila".to_owned()],
        },
        TypedTimeFault::Several { text: text(), moments: vec![at; 2] },
        TypedTimeFault::Several { text: text(), moments: vec![at; 9] },
        TypedTimeFault::OtherClocks { text: text(), here: Some(at), there: at },
        TypedTimeFault::NoDayFits { text: text(), near: vec![] },
        TypedTimeFault::NoDayFits { text: text(), near: vec![at; 2] },
        TypedTimeFault::OtherWeekday { text: text(), day: day() },
        TypedTimeFault::WhichWeek { text: text() },
        TypedTimeFault::OnlyAnEnd { text: text() },
        TypedTimeFault::NoDirection { text: text() },
        TypedTimeFault::NoZero { text: text() },
    ]);
    faults
}

fn plan_faults() -> Vec<Fault> {
    let unread = |why| UnreadLine { number: 3, text: word(), why };
    let unread: Vec<UnreadLine> = unread_whys().into_iter().map(unread).collect();
    let plan = [
        PlanFault::Approximate { field: Field::At },
        PlanFault::EndsBeforeItBegins,
        PlanFault::IdTaken { id: word() },
        PlanFault::Unread(unread),
        PlanFault::NoLines,
        PlanFault::OneIdForMany(3),
        PlanFault::SameTime { at: moment(), zone: zone() },
        PlanFault::SkippedAlready { text: word() },
        PlanFault::NothingToSkip,
        PlanFault::DoneAlready { text: word() },
        PlanFault::NotSkipped { text: word() },
        PlanFault::CarriedOut { text: word(), events: vec![3] },
        PlanFault::CarriedOut { text: word(), events: vec![1, 2, 9] },
        PlanFault::WaitedFor { text: word(), waiting: vec![word()] },
        PlanFault::WaitedFor { text: word(), waiting: vec![word(), word()] },
        PlanFault::NoTimeForReason,
        PlanFault::SameStep { text: word() },
        PlanFault::NotCleared { key: word() },
        PlanFault::NothingToShift,
        PlanFault::NoTimeToShiftFrom { text: word() },
        PlanFault::NoLength { typed: word() },
        PlanFault::HasNone { text: word(), key: word() },
        PlanFault::Silent { record: word() },
        PlanFault::Circle { steps: vec![word(), word()] },
        PlanFault::NoStepLength { field: Field::Takes, typed: word() },
    ];
    let old = [
        OldPlanFault::Itself,
        OldPlanFault::NoPlan { id: word() },
        OldPlanFault::AllSkipped,
        OldPlanFault::ByTheHour { text: word(), at: moment() },
        OldPlanFault::BeyondCalendar,
        OldPlanFault::AllThere,
    ];
    plan.map(Fault::Plan).into_iter().chain(old.map(Fault::OldPlan)).collect()
}

fn import_faults() -> Vec<Fault> {
    let faults = [
        ImportFault::NotText { name: word(), byte: 3, encoding: None },
        ImportFault::NotText { name: word(), byte: 3, encoding: Some(Encoding::Korean) },
        ImportFault::Nothing { name: word(), fence: None },
        ImportFault::Nothing { name: word(), fence: Some(2) },
        ImportFault::NoFence { name: word(), wanted: 3, found: 1 },
        ImportFault::NoKind { name: word(), known: vec!["notes"] },
        ImportFault::Structure { name: word(), line: 3, column: 5, expected: word() },
        ImportFault::SeveralRecords { count: 3 },
        ImportFault::Unanswered {
            name: word(),
            asks: DoubtCode::all().filter(|code| code.asks()).collect(),
        },
    ];
    let exports = [
        ExportFault::Json { name: word(), line: 3, column: 5, says: word() },
        ExportFault::TooDeep { name: word(), line: 3, column: 5, limit: 3 },
        ExportFault::EncodedWords { name: word(), line: 3, found: 4, limit: 3 },
        ExportFault::Flood { name: word(), found: 3, limit: 3 },
        ExportFault::WhichChannel { wanted: None, known: vec![word()] },
        ExportFault::WhichChannel { wanted: Some(word()), known: vec![word()] },
        ExportFault::NoFile { kind: "slack" },
        ExportFault::Git { says: word() },
        ExportFault::Encoding { name: word() },
        ExportFault::NoColumns { name: word(), found: vec![word()] },
        ExportFault::FolderTooLarge { name: word(), files: 3, depth: 3 },
    ];
    let archives = [
        ArchiveFault::Broken(word()),
        ArchiveFault::BrokenFile { file: word(), says: word() },
        ArchiveFault::TooMany { found: 3, limit: 3 },
        ArchiveFault::OddName(word()),
        ArchiveFault::Link(word()),
        ArchiveFault::Encrypted(word()),
        ArchiveFault::Twice,
        ArchiveFault::TooLarge { file: word(), limit: 3, all: 3 },
        ArchiveFault::Bomb { file: word(), limit: 3 },
        ArchiveFault::Larger(word()),
    ];
    let archives = archives.map(|why| ExportFault::Archive { name: word(), why });
    let exports = exports.into_iter().chain(archives).map(ImportFault::Export);
    faults.into_iter().chain(exports).map(Fault::Import).collect()
}

fn life_faults() -> Vec<Fault> {
    let key = "title";
    let entries = ["plan", "events", "lessons", "actions", "attachments", "post", "sections"];
    let mut keys: Vec<KeyFault> =
        entries.into_iter().map(|key| KeyFault::Entries { key }).collect();
    keys.extend([
        KeyFault::Unknown { typed: word(), near: Some("x8"), known: vec!["x8"] },
        KeyFault::Unknown { typed: word(), near: None, known: vec!["x8"] },
        KeyFault::Own { key: word(), file: word(), at: Position { line: 3, column: 4 } },
        KeyFault::ZoneNeeded {
            file: word(),
            at: Position { line: 3, column: 4 },
            lines: vec![3, 4],
        },
        KeyFault::NoValue { key },
        KeyFault::ClearedAndSet { key },
        KeyFault::Needed { key: "status" },
        KeyFault::Needed { key },
        KeyFault::NotThere { key, value: Some(word()) },
        KeyFault::NotThere { key, value: None },
        KeyFault::Same { key, value: word() },
        KeyFault::Id,
        KeyFault::LaterSame { record: word(), value: word(), at: moment(), number: 9 },
        KeyFault::OwnKeys { key, own: vec![word()] },
        KeyFault::NoList { key },
        KeyFault::Zone { typed: word(), near: Some("x8") },
        KeyFault::Zone { typed: word(), near: None },
        KeyFault::Truth { typed: word() },
        KeyFault::Status { typed: word(), known: vec!["x8"] },
        KeyFault::IsEvent { key },
        KeyFault::NoEvent { key },
        KeyFault::Post(Box::new(ContentFault::Nothing)),
    ]);
    let state = [
        StateFault::Closed { record: word() },
        StateFault::Open { record: word() },
        StateFault::Archived { record: word() },
        StateFault::NotArchived { record: word() },
    ];
    let moves = [
        MoveFault::SameRecord { record: word() },
        MoveFault::Comment(lost_comments().0),
        MoveFault::Comment(lost_comments().1),
        MoveFault::InBoth { other: word(), undo: None, why: Box::new(Fault::ChangedMeanwhile) },
        MoveFault::InBoth { other: word(), undo: Some(2), why: Box::new(Fault::ChangedMeanwhile) },
    ];
    let rest = state.map(Fault::State).into_iter().chain(moves.map(Fault::Move));
    let rest = rest.chain(whole_faults().map(Fault::Whole));
    keys.into_iter().map(Fault::Key).chain(rest).collect()
}

fn whole_faults() -> [RecordFault; 12] {
    [
        RecordFault::SameId { record: word() },
        RecordFault::Id(IdFault::Empty),
        RecordFault::Taken { record: word() },
        RecordFault::WithItself { record: word() },
        RecordFault::FileClash { file: word() },
        RecordFault::StepClash { step: word() },
        RecordFault::Comment(lost_comments().0),
        RecordFault::Comment(lost_comments().1),
        RecordFault::Edit(EditFault::NoList),
        RecordFault::Halfway {
            turned: vec![word()],
            record: word(),
            redo: false,
            undo: Some(1),
            why: Box::new(Fault::ChangedMeanwhile),
        },
        RecordFault::Halfway {
            turned: vec![word()],
            record: word(),
            redo: true,
            undo: None,
            why: Box::new(Fault::ChangedMeanwhile),
        },
        RecordFault::OtherStays { other: word(), why: Box::new(Fault::ChangedMeanwhile) },
    ]
}

fn attachment_faults() -> [AttachmentFault; 12] {
    [
        AttachmentFault::Unknown { typed: word(), files: Vec::new() },
        AttachmentFault::Unknown { typed: word(), files: vec![word()] },
        AttachmentFault::Several { typed: word(), places: vec![(word(), Some(3)), (word(), None)] },
        AttachmentFault::NothingGiven,
        AttachmentFault::RemovedAndChanged,
        AttachmentFault::ClearedAndSet { key: word() },
        AttachmentFault::NoKey { file: word(), key: "file".to_owned(), keys: Vec::new() },
        AttachmentFault::NoKey { file: word(), key: word(), keys: Vec::new() },
        AttachmentFault::NoKey { file: word(), key: word(), keys: vec![word()] },
        AttachmentFault::NoPlace { place: 9, files: 3 },
        AttachmentFault::Comments { file: word() },
        AttachmentFault::EventToo,
    ]
}

fn publish_faults() -> [PublishFault; 6] {
    let places = |at, count| vec![FoundPlace { at, place: "events 9 why".to_owned() }; count];
    let everywhere = |at| {
        let place = |place: &str| FoundPlace { at, place: place.to_owned() };
        SAMPLE_PLACES.map(place).to_vec()
    };
    let leaks = [Some(Position { line: 3, column: 4 }), None].map(|at| FoundLeak {
        places: everywhere(at),
        kind: LeakKind::Secret,
        excerpt: word(),
    });
    let names = [None, Some(Position { line: 3, column: 4 })].map(|at| FoundName {
        places: places(at, 9),
        found: word(),
        name: word(),
        stuck: at.is_none(),
    });
    [
        PublishFault::UnknownKey { file: word(), at: Position { line: 3, column: 4 }, key: word() },
        PublishFault::SettingInRecord {
            file: word(),
            at: Position { line: 3, column: 4 },
            key: word(),
        },
        PublishFault::InternalFile { file: word(), name: word() },
        PublishFault::Leaks {
            file: word(),
            leaks: leaks.to_vec(),
            names: Vec::new(),
            has_roles: false,
        },
        PublishFault::Leaks {
            file: word(),
            leaks: Vec::new(),
            names: names.to_vec(),
            has_roles: true,
        },
        PublishFault::Leaks {
            file: word(),
            leaks: Vec::new(),
            names: names.to_vec(),
            has_roles: false,
        },
    ]
}

/// Returns the fault of an entry that was edited by hand, whose keys would be set back to these values.
fn edited(place: EditedPlace, back: &[(&str, Option<&str>)]) -> UndoFault {
    let back = back.iter().map(|(key, value)| ((*key).to_owned(), value.map(Value::text)));
    let keys = vec![("text".to_owned(), Some(Value::text("x8")))];
    UndoFault::EntryEdited { entry: word(), keys, place, back: back.collect() }
}

fn undo_faults() -> Vec<UndoFault> {
    vec![
        UndoFault::NothingDone { record: word() },
        UndoFault::NothingTakenBack { record: word(), is_over: false },
        UndoFault::NothingTakenBack { record: word(), is_over: true },
        UndoFault::NoSuchChange { number: 9, changes: 3 },
        UndoFault::Apart { record: word() },
        UndoFault::Absent { record: word() },
        UndoFault::ChangedIn { record: word() },
        UndoFault::EditedIn { record: word(), entry: word(), back: None },
        UndoFault::EditedIn {
            record: word(),
            entry: word(),
            back: Some(ReverseWay::Move { number: 9, from: word(), to: word() }),
        },
        UndoFault::EditedIn {
            record: word(),
            entry: word(),
            back: Some(ReverseWay::Rename { from: word(), to: word() }),
        },
        UndoFault::InTheWay { file: word(), record: word(), redo: false },
        UndoFault::InTheWay { file: word(), record: word(), redo: true },
        UndoFault::TextChanged,
        edited(EditedPlace::Event(9), &[]),
        edited(EditedPlace::Event(9), &[("by", Some("x1 x2")), ("why", None)]),
        edited(EditedPlace::Step(word()), &[("owner", Some("x3"))]),
        edited(EditedPlace::Other, &[("text", Some("x4"))]),
        UndoFault::EntryGone { entry: word(), is_missed: true },
        UndoFault::EntryGone { entry: word(), is_missed: false },
        UndoFault::ChangedLater { entry: word(), number: 9, event: None },
        UndoFault::LaterStays { entry: word(), number: 9, event: Some(4) },
        UndoFault::LaterStays { entry: word(), number: 9, event: None },
        UndoFault::Refused { why: Box::new(UndoFault::TextChanged), number: 9 },
        UndoFault::Refused { why: Box::new(UndoFault::HoldsMore { record: word() }), number: 9 },
        UndoFault::CanGo { number: 9 },
        UndoFault::KeyChanged { key: word(), back: Some(Value::text("x5")), can_set: true },
        UndoFault::KeyChanged { key: word(), back: None, can_set: true },
        UndoFault::KeyChanged { key: word(), back: None, can_set: false },
        UndoFault::HoldsMore { record: word() },
        UndoFault::Step { id: word(), twice: false },
        UndoFault::Step { id: word(), twice: true },
        UndoFault::HoldsFiles { folder: word(), file: word() },
        UndoFault::Edit(EditFault::Changed),
    ]
}

fn change_faults() -> Vec<Fault> {
    let actions = || vec![(3, word())];
    let action = [
        ActionFault::NoActions { record: word() },
        ActionFault::Unknown { wanted: word(), actions: actions() },
        ActionFault::Several { wanted: word(), actions: actions() },
        ActionFault::DoneAlready { text: word(), on: day() },
    ];
    let event = [
        EventFault::NothingToAmend,
        EventFault::NoEvents { record: word() },
        EventFault::Unnamed,
        EventFault::NoSuchNumber { number: 9, events: 3 },
        EventFault::LastChanged,
        EventFault::NothingGiven,
        EventFault::RemovedAndChanged,
        EventFault::ClearedAndSet { key: word() },
        EventFault::TimeAsText { typed: word() },
        EventFault::DashAsText,
        EventFault::TwoEvents { number: 3, text: word() },
        EventFault::EndsBeforeItBegins,
        EventFault::PromisedBefore { later: Some(word()) },
        EventFault::PromisedBefore { later: None },
        EventFault::VaguePromise { typed: word() },
        EventFault::Needed { key: word() },
        EventFault::NoKey { key: word(), keys: vec![word()] },
    ];
    let link = [
        LinkFault::NothingSuggested { is_possible: false },
        LinkFault::NothingSuggested { is_possible: true },
        LinkFault::NoSuchNumber { number: 9, suggestions: 3 },
        LinkFault::EventGone,
    ];
    let changes = action.map(Fault::Action).into_iter().chain(event.map(Fault::Event));
    let changes = changes.chain(attachment_faults().map(Fault::Attachment));
    let rest = link.map(Fault::Link).into_iter().chain(publish_faults().map(Fault::Publish));
    changes.chain(undo_faults().into_iter().map(Fault::Undo)).chain(rest).collect()
}

fn render_faults() -> Vec<RenderFault> {
    let path = || PathBuf::from("/p/a");
    let known = vec!["public"];
    let unknown = Some(("titel".to_owned(), vec!["title".to_owned()]));
    let kinds = [
        TemplateFaultKind::HeaderElsewhere,
        TemplateFaultKind::NoHeader { form: word() },
        TemplateFaultKind::UnknownKey { key: word(), form: word() },
        TemplateFaultKind::UnknownWord { key: "site", word: word(), known: known.clone() },
        TemplateFaultKind::KeyTwice { key: "site" },
        TemplateFaultKind::NoKey { key: "site", known },
        TemplateFaultKind::TooMuchWork,
        TemplateFaultKind::NoField { says: word(), unknown },
    ];
    let template = |kind| TemplateFault { name: word(), line: 3, column: 4, kind };
    let mark = |fault| RenderFault::Mark { file: word(), line: 3, fault };
    let mut faults = vec![
        RenderFault::NotATemplateName { typed: word() },
        RenderFault::UnknownTemplate { typed: "chirp".to_owned(), built_in: vec!["chirpy"] },
        RenderFault::NothingToCompare,
        RenderFault::NotReviewed { record: "r9".to_owned(), label: "Draft".to_owned() },
        RenderFault::SeveralNeedFolder,
        RenderFault::LosesFrontMatter { path: path() },
        RenderFault::FilesMissing { folder: word(), files: vec![word()] },
        RenderFault::WrittenTwice { path: path(), first: word(), second: word() },
        RenderFault::NoRegions { file: word() },
        mark(MarkFault::EndsNothing),
        mark(MarkFault::NotClosed),
        mark(MarkFault::NoEnd),
        mark(MarkFault::UnknownRegion { typed: "row".to_owned(), regions: &["rows"] }),
        RenderFault::Region {
            file: word(),
            line: 3,
            fault: template(TemplateFaultKind::TooMuchWork),
        },
    ];
    faults.extend(kinds.map(|kind| RenderFault::Template(template(kind))));
    faults
}

fn doubts() -> Vec<Doubt> {
    vec![
        Doubt::Future { at: moment(), ahead: 7500 },
        Doubt::LongAgo { at: moment(), ago: 7500 },
        Doubt::HalfUnsaid,
        Doubt::Ended,
        Doubt::Outside { day: day(), days: (day(), day()) },
        Doubt::Outside { day: day(), days: (day(), Day::parse("2024-09-08").unwrap()) },
        Doubt::FarFromPlan(-7500),
        Doubt::FarFromPlan(7500),
        Doubt::ChangesLater { at: moment(), to: word(), from: word() },
        Doubt::NowFrom { at: moment(), to: word(), from: Some(word()) },
        Doubt::NowFrom { at: moment(), to: word(), from: None },
        Doubt::NoChange { value: word() },
        Doubt::LongSpan,
        Doubt::BeginsWithTime { typed: word() },
        Doubt::StillStands { status: EventType::Mitigated, at: Some(moment()) },
        Doubt::StillStands { status: EventType::Mitigated, at: None },
        Doubt::PromiseOver { at: moment(), ago: 1200 },
        Doubt::Repeated { at: moment(), before: 0 },
        Doubt::Repeated { at: moment(), before: 61 },
        Doubt::Repeated { at: moment(), before: -61 },
    ]
}
