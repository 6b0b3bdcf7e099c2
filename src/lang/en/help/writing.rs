//! Commands that write into records.

use crate::lang::terminal::help::{
    AmendHelp, AttachHelp, EditHelp, ForgetHelp, InitHelp, LinkHelp, LiveHelp, LogHelp, NewHelp,
    RecoverHelp, UndoHelp,
};

pub(super) const INIT: InitHelp = InitHelp {
    about: "Make a project here: incidents/, templates/ and asrun.yaml",
    long_about: "\
Make a project here: incidents/, templates/ and asrun.yaml

The zone, the language and the author are found on this machine (its zone,
its locale, git's user.name) and written to asrun.yaml, where they can be
changed. With asrun.schema.json editors complete and check records as you
type. What is there already is left as it is.",
    timezone: "Zone of new records, an IANA name such as Asia/Seoul",
    language: |codes| format!("Language of new records: {}", one_of(codes)),
    author: "Author of new records",
    no_schema: "Leave out asrun.schema.json: then new records do not begin with the line that \
        names it",
    git: "Let git merge records entry by entry: writes .gitattributes and this clone's git \
        configuration, and says what it wrote. Everyone who merges runs it once",
};

pub(super) const NEW: NewHelp = NewHelp {
    about: "Begin a record and make it the current one",
    long_about: r#"Begin a record and make it the current one

The file is incidents/YYYY-MM-DD-title.yaml. Where there is no incidents/ yet,
asrun init makes it (on a terminal, asrun new asks). Then:
  asrun new "Checkout is down" --kind outage
  asrun new "왁뮤 3.0 출시" --kind release --date 2024-09-07 --version 3.0"#,
    title: "What people will call it",
    kind: "release, outage, maintenance, or a word of your own",
    date: "The day it is about: 2024-09-07, 9월 7일, sep 7, tomorrow; today if not given",
    version: "The version that is released",
    severity: "A word of the severity scale, sev1 (worst) to sev5 unless the project has its own",
    services: "What is released or broken; may be given several times",
    tags: "A word to find it by; may be given several times",
    timezone: "Zone of the record, an IANA name; the project's if not given",
    language: |codes| {
        format!(
            "Language of the record: {}; the project's, or the title's, if not given",
            one_of(codes)
        )
    },
    id: "The file's name without .yaml; made of the day and the title if not given",
};

pub(super) const LOG: LogHelp = LogHelp {
    about: "Write down what happened, now or at a given time",
    long_about: r#"Write down what happened, now or at a given time

  asrun log "5xx on checkout" --type detected
  asrun log "앱 진입 불가 확인" --at "오후 6시 08분" --attach 044.png
  asrun log "배포 시작" --at 17:00 --step deploy
  ./smoke-test 2>&1 | asrun log "smoke test failed" -
  asrun log                    (opens $VISUAL or $EDITOR, like git commit)

Answers with one line: the resolved time with date and zone, and the record
it went to. A clock time without a day is where the record was under way; while
it is, that is the latest such moment that is not in the future."#,
    after: "\
Times: now, 18:08, 6:08pm, 오후 6시 08분, -5m, 10 minutes ago, 10분 전,
  yesterday 22:57, 어제 22:57, 9월 7일 18:08, 2024-09-07 18:08,
  2024-09-07T18:08+09:00, ~18:08 (about). m is minutes.

Types: impact_start, detected, declared, acknowledged, investigating,
  identified, monitoring, mitigated, resolved, announced, closed;
  observation, action, decision, communication, escalation, severity_change,
  plan_change; of a step started, done, failed. Beginnings will do (det), and
  Korean names (감지, 해결).

Exit codes: 0 logged, 1 not logged, 2 misuse (not logged), 3 busy (not
  logged, try again), 4 kept beside a record that cannot be read.",
    text: "What happened. A last `-` takes the standard input as the detail, as a code block, \
        which is what a program's output is. After `--`, a text may begin with a dash",
    at: "When it happened; now if not given",
    until: "When it ended, if it took a while",
    kind: "detected, identified, mitigated, resolved and other milestones, or action, decision, …",
    steps: "The planned step that this carries out, by its id or part of its words; may be given \
        several times",
    by: "Who acted or noticed",
    why: "Why it was done so",
    detail: "Markdown under the text; `-` reads it from the standard input",
    attachments: "Copy a screenshot or file into the record; may be given several times",
    alt: "What the attachment shows",
    width: "How wide to show the attachment, such as 50%",
    refs: "A link; may be given several times",
    severity: "The word of the severity scale that the record has from then on",
    key: "It belongs in the short story",
    internal: "Never show it in a public rendering",
};

pub(super) const LIVE: LiveHelp = LiveHelp {
    about: "Keep the log at a prompt: every line is an event",
    long_about: "\
Keep the log at a prompt: every line is an event

  asrun live
  › /detected 5xx on checkout
  › /at 10m ago pool exhausted

An event is stamped when its first key is pressed, not when it is entered.
Above the prompt stand the record, the clock, the time since detection (or
mitigation) and the next planned step; what others log meanwhile is shown as
it comes. /record ID goes over to another record; /help lists the short forms.",
    after: "\
A line that is refused comes back to be mended and keeps its time. A line that
was not entered when the terminal was lost is there again at the next asrun live.
Without a terminal, lines are read from the standard input.

Exit codes: 0 done, 1 a line was not logged, 2 a line or the command was not
understood, 3 another asrun held the record, 4 kept beside a broken record.",
    record: "An id, a unique part of it, or a version. Without it, the selected record, else the \
        only open one",
};

pub(super) const LINK: LinkHelp = LinkHelp {
    about: "Suggest which events carried out which planned steps",
    long_about: "\
Suggest which events carried out which planned steps

  asrun link                  what may belong together, with the reasons
  asrun link --apply          write all of it
  asrun link --apply 1 3      write the first and the third

Suggestions weigh words, time and order over the whole plan. They are never
record until you accept them; `asrun undo` takes them back.",
    apply: "Write the suggestions of these numbers, or all of them",
    format: "In which form: `table` for people, `json` for programs",
};

pub(super) const AMEND: AmendHelp = AmendHelp {
    about: "Correct an event that was logged",
    long_about: r#"Correct an event that was logged

  asrun amend --last --step deploy
  asrun amend 4 --at 18:08 --type detected
  asrun amend --last "앱 진입 불가 확인"
  asrun amend 7 --remove

Only that entry changes. What it said before stays in the journal: asrun
undo takes the correction back, asrun undo --list shows it."#,
    words: "The event's number as `asrun show` prints it, and the new text if that is to change. \
        With --last, only the text",
    text: "The new text, instead of behind the number",
    last: "The event that was logged last",
    at: "When it happened",
    until: "When it ended",
    kind: "Its type",
    step: "The planned step that it carries out",
    by: "Who acted or noticed",
    why: "Why it was done so",
    detail: "Markdown under the text",
    key: "It belongs in the short story",
    internal: "Never show it in a public rendering",
    remove: "Take the whole event away",
    clear: "Take a key away, such as `why` or `step`; may be given several times",
};

pub(super) const ATTACH: AttachHelp = AttachHelp {
    about: "Copy a screenshot or a file into a record",
    long_about: r#"Copy a screenshot or a file into a record

  asrun attach shot.png                      to the event that was logged last
  asrun attach shot.png --event 4 --alt "error popup" --width 50%
  pngpaste - | asrun attach - --name shot.png

The copy lies in incidents/assets/ID/ under a safe name; a file of the same
name is never overwritten."#,
    files: "The files; `-` reads one from the standard input",
    event: "The event's number as `asrun show` prints it; the one logged last if not given",
    name: "The name of what comes from the standard input",
    alt: "What it shows",
    width: "How wide to show it, such as 50%",
    caption: "A line under it",
};

pub(super) const EDIT: EditHelp = EditHelp {
    about: "Open a record in your editor, and check it before it is saved",
    long_about: "\
Open a record in your editor, and check it before it is saved

You edit a copy. When the editor closes, the copy is checked: a fault reopens the editor at its line, as long as you are there to mend it; otherwise both texts are kept and the record stays as it was. What others logged meanwhile is merged in.",
    id: "The record: its id, any unique part of it, or its version",
};

pub(super) const UNDO: UndoHelp = UndoHelp {
    about: "Take back the last change that asrun made to a record",
    long_about: "\
Take back the last change that asrun made to a record

Repeated, it goes further back; a change that was edited by hand since is refused, and asrun undo NUMBER takes back another one. With a change goes the file that was copied for it, and with its beginning a record that holds nothing else. What is taken back can be brought back with --redo, and stays in the journal: --list shows every change with what it did.",
    number: "The change to take back, as --list numbers them; the last one if not given",
    redo: "Bring back what was taken back last",
    list: "Only show the changes, latest first; those that stand have a number",
};

pub(super) const FORGET: ForgetHelp = ForgetHelp {
    about: "Take a text out for good: a password in a record, a name",
    long_about: "\
Take a text out for good: a password in a record, a name

A leaked password? First have it changed where it is used. Then: asrun forget, and type it; it is not shown. Or asrun forget --secrets, which finds by itself what looks like one.

It goes out of every record and of all that asrun keeps beside them in .asrun: journals with what undo and recover could bring back, lines that were typed, copies that were edited. (removed) takes its place, however the text is spelled there; all else stays as it is written. Nothing brings it back: asrun undo cannot.

What asrun does not change is named: attachments, rendered documents, templates, and what git has, by commit, branch, stash and index. Pictures and copies elsewhere (chats, backups, other clones) are not looked into. Exit code 0 says that it went and is nowhere else, 1 that it is still somewhere, or was nowhere.",
    text: "The text; best not given here, since the shell keeps what is typed: without it asrun asks",
    stdin: "Read the text from the standard input, of several lines too",
    secrets: "Whatever looks like a secret, but for what `# asrun: ignore secret` stands at",
    yes: "Do not ask before it goes",
    format: "How to print what was done: `human`, or `json` for programs",
};

pub(super) const RECOVER: RecoverHelp = RecoverHelp {
    about: "Bring back entries that a record lost",
    long_about: "\
Bring back entries that a record lost

An editor that saved an old copy, a bad merge or a broken file can take away what asrun had written. The journal beside the project still knows it: this puts back what is missing, and what was logged while the file could not be read. An entry that you deleted on purpose counts as missing until --forget confirms it, and so does what only another git branch holds. A conflict that git left in the record is merged first, entry by entry. asrun undo takes a recovery back.",
    id: "The record: its id, any unique part of it, or its version",
    forget: "Confirm that what is missing was deleted on purpose",
};

/// Returns `ko, en or ja`.
fn one_of(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}
