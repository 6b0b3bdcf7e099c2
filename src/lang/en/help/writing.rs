//! Commands that write into records.

use crate::lang::terminal::help::{
    AmendHelp, AttachHelp, EditHelp, ForgetHelp, InitHelp, LinkHelp, LiveHelp, LogHelp, NewHelp,
    RecoverHelp, UndoHelp,
};

pub(super) const INIT: InitHelp = InitHelp {
    about: "Create a project here: incidents/, templates/ and asrun.yaml",
    long_about: "\
Create a project here: incidents/, templates/ and asrun.yaml

The zone, the language and the author are taken from this machine (its zone,
its locale, git's user.name) and written to asrun.yaml, where you can change
them. With asrun.schema.json, editors complete and check records as you type.
Files that already exist are left as they are.",
    timezone: "Zone of new records, an IANA name such as Asia/Seoul",
    language: |codes| format!("Language of new records: {}", one_of(codes)),
    author: "Author of new records",
    records: "Folder of the records, relative to this one, instead of incidents",
    no_schema: "Do not write asrun.schema.json; new records then do not begin with the line that \
        names it",
    git: "Let git merge records entry by entry: write .gitattributes and this clone's git \
        configuration, and print what was written. Everyone who merges runs it once",
};

pub(super) const NEW: NewHelp = NewHelp {
    about: "Start a record and make it the current one",
    long_about: r#"Start a record and make it the current one

The file is incidents/YYYY-MM-DD-title.yaml. If there is no incidents/ yet,
asrun init creates it (on a terminal, asrun new asks). Then:
  asrun new "Checkout is down" --kind outage
  asrun new "왁뮤 3.0 출시" --kind release --date 2024-09-07 --version 3.0"#,
    title: "What people will call it",
    kind: "release, outage, maintenance, or a word of your own",
    date: "The day it is about: 2024-09-07, 9월 7일, sep 7, tomorrow; today if not given",
    version: "The version being released",
    severity: "A severity: sev1 (worst) to sev5, unless the project defines its own scale",
    services: "A service that is being released or is broken; repeatable",
    tags: "A word to find it by; repeatable",
    timezone: "Zone of the record, an IANA name; defaults to the project's",
    language: |codes| {
        format!(
            "Language of the record: {}; defaults to the project's, else the title's",
            one_of(codes)
        )
    },
    id: "The file's name without .yaml; made from the day and the title if not given",
};

pub(super) const LOG: LogHelp = LogHelp {
    about: "Write down what happened, now or at a given time",
    long_about: r#"Write down what happened, now or at a given time

  asrun log "5xx on checkout" --type detected
  asrun log "앱 진입 불가 확인" --at "오후 6시 08분" --attach 044.png
  asrun log "배포 시작" --at 17:00 --step deploy
  ./smoke-test 2>&1 | asrun log "smoke test failed" -
  asrun log "restarted the pool" --run -- systemctl restart pool
  asrun log                    (opens $VISUAL or $EDITOR, like git commit)

Prints one line: the resolved time with date and zone, and the record it went
to. A clock time without a day falls within the time the record covers; while
the record is open, it is the latest such moment that is at most 5 minutes
ahead of now."#,
    after: "\
Times: now, 18:08, 6:08pm, 오후 6시 08분, -5m, 10 minutes ago, 10분 전,
  yesterday 22:57, 어제 22:57, 9월 7일 18:08, 2024-09-07 18:08,
  2024-09-07T18:08+09:00, ~18:08 (about). m is minutes.

Types: impact_start, detected, declared, acknowledged, investigating,
  identified, monitoring, mitigated, resolved, announced, closed;
  observation, action, decision, communication, escalation, severity_change,
  plan_change; for a step: started, done, failed. A prefix is enough (det), and
  Korean names work too (감지, 해결).

Exit codes: 0 logged, 1 not logged, 2 misuse (not logged), 3 busy (not
  logged, try again), 4 kept beside a record that cannot be read.",
    text: "What happened. A final `-` reads the standard input into the detail, as a code block, \
        such as a program's output. After `--`, the text may begin with a dash",
    behind: "Words that begin with a dash, or the command of --run",
    run: "Run a command and log it: its start before it runs, then how it ended, how long it took, and the end of its output. For the team alone (--internal), as outputs hold anything; the exit code is the command's",
    at: "When it happened; now if not given",
    until: "When it ended, if it lasted",
    kind: "detected, identified, mitigated, resolved and other milestones, or action, decision, …",
    steps: "The planned step that this carries out, by its id or part of its text; repeatable",
    by: "Who acted or noticed",
    why: "Why it was done so",
    detail: "Markdown under the text; `-` reads it from the standard input",
    attachments: "Copy a screenshot or file into the record; repeatable",
    alt: "What the attachment shows",
    width: "How wide to show the attachment, such as 50%",
    refs: "A link; repeatable",
    next_update: "When the public was promised to hear again: 14:30, or 30m after the event",
    severity: "The record's severity from then on",
    key: "Mark it as a key event, shown in short summaries",
    internal: "Keep it out of public documents",
};

pub(super) const LIVE: LiveHelp = LiveHelp {
    about: "Keep the log at a prompt: every line is an event",
    long_about: "\
Keep the log at a prompt: every line is an event

  asrun live
  › /detected 5xx on checkout
  › /at 10m ago pool exhausted

An event's time is when its first key was pressed, not when it was entered.
The line above the prompt shows the record, the clock, the time since
detection (or mitigation) and the next planned step. Events that others log
appear as they arrive. /record ID switches to another record; /help lists the
short forms.

  › /done build                       a step of the plan is done
  › /late deploy +20m the build       it comes later, and why
  › /next                             the next step, and the forecast

/started, /done, /failed, /skip, /late, /go, /no go and /run do what their words
do in `asrun plan run`, for the step that they name, or alone for the next one.",
    after: "\
A refused line comes back for you to correct and keeps its time. A line that was
still being typed when the terminal was lost is back at the next asrun live.
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

  asrun link                  which may belong together, with the reasons
  asrun link --apply          write all of them
  asrun link --apply 1 3      write the first and the third

Suggestions weigh words, time and order over the whole plan. Nothing is written
until you accept them; `asrun undo` takes them back.",
    apply: "Write the suggestions with these numbers, or all of them",
    format: "`table` for people, `json` for programs",
};

pub(super) const AMEND: AmendHelp = AmendHelp {
    about: "Correct an event that was logged",
    long_about: r#"Correct an event that was logged

  asrun amend --last --step deploy
  asrun amend 4 --at 18:08 --type detected
  asrun amend --last "앱 진입 불가 확인"
  asrun amend 7 --remove
  asrun amend --attachment shot.png --alt "error popup" --width 50%
  asrun amend 4 --attachment shot.png --place 1

With --attachment, what is said of that file changes, and --remove, --clear and
--internal are about the file alone.

Only that entry changes. The previous text stays in the journal: asrun undo
takes the correction back, asrun undo --list shows it."#,
    attachment_heading: "One of its files",
    attachment: "Change this file: its name, or a unique part of it",
    place: "Its place among the files, from 1",
    whole: "The file of the record itself, not of an event",
    words: "The event's number as `asrun show` prints it, and the new text if it changes. With \
        --last, only the text",
    text: "The new text, instead of giving it after the number",
    last: "The event that was logged last",
    at: "When it happened",
    until: "When it ended",
    kind: "Its type",
    step: "The planned step that it carries out",
    by: "Who acted or noticed",
    why: "Why it was done so",
    detail: "Markdown under the text; `-` reads it from the standard input",
    key: "Mark it as a key event, shown in short summaries",
    internal: "Keep it out of public documents",
    remove: "Remove the whole event",
    clear: "Remove a key, such as `why` or `step`; repeatable",
};

pub(super) const ATTACH: AttachHelp = AttachHelp {
    about: "Copy a screenshot or a file into a record",
    long_about: r#"Copy a screenshot or a file into a record

  asrun attach shot.png                      to the event that was logged last
  asrun attach shot.png --event 4 --alt "error popup" --width 50%
  asrun attach --clipboard --alt "graph of the pool"
  asrun attach report.pdf --whole            to the record itself
  ssh web1 cat /tmp/heap.svg | asrun attach - --name heap.svg

The copy goes to incidents/assets/ID/ under a safe name; an existing file is
never overwritten. A file that is attached already is not listed twice: what is
said of it changes. --clipboard needs wl-paste (Wayland), xclip (X11) or
pngpaste (macOS)."#,
    files: "The files; `-` reads one from the standard input",
    event: "The event's number as `asrun show` prints it; defaults to the one logged last",
    whole: "To the record itself, not to an event",
    clipboard: "The picture in the clipboard",
    name: "The file name for the standard input or the clipboard",
    alt: "What it shows",
    width: "How wide to show it, such as 50%",
    caption: "A line under it",
    internal: "Keep it out of public documents",
};

pub(super) const EDIT: EditHelp = EditHelp {
    about: "Open a record in your editor, and check it before it is saved",
    long_about: "\
Open a record in your editor, and check it before it is saved

You edit a copy. When the editor closes, the copy is checked. A fault reopens the editor at its line if you are at a terminal; otherwise both texts are kept and the record stays as it was. Events that others logged meanwhile are merged in.",
    id: "The record: its id, any unique part of it, or its version",
};

pub(super) const UNDO: UndoHelp = UndoHelp {
    about: "Undo the last change that asrun made to a record",
    long_about: "\
Undo the last change that asrun made to a record

Without -r, that is the current record, or the one that was archived, renamed, deleted or merged away since. Run it again to go further back. An entry that was edited by hand since is removed as it stands, and --redo brings it back so; where a key was edited over, nothing is changed, and the answer says what can be done; with --leave, such a change stays, and the next undo takes the one before it. Undoing a change also removes the file that was copied for it; undoing the creation of a record removes it if it holds nothing else. --redo restores what was undone, and the journal keeps it: --list shows every change and what it did.",
    number: "The change to undo, by its number in --list; defaults to the last one",
    redo: "Restore what was undone last",
    leave: "Leave a change that cannot be undone as it is, and go on with the change before it",
    list: "Only list the changes, latest first; those that can be undone have a number",
};

pub(super) const FORGET: ForgetHelp = ForgetHelp {
    about: "Erase a text for good: a password in a record, a name",
    long_about: "\
Erase a text for good: a password in a record, a name

A leaked password? First change it where it is used. Then run asrun forget and type it; it is not shown. Or run asrun forget --secrets, which finds whatever looks like a secret.

The text is erased from every record and from everything asrun keeps in .asrun: journals that undo and recover read, typed lines, edited copies. It is replaced by (removed), however it is escaped there; everything else stays as written. It cannot be restored, not even by asrun undo.

With --event, a whole event is erased: out of its record, with every version that the journals have of it. Its files stay, and are listed.

Places that asrun does not change are listed: attachments, rendered documents, templates, and git's commits, branches, stash and index. Pictures and copies elsewhere (chats, backups, other clones) are not searched. Exit code 0 means that it was erased and is nowhere else, 1 that it is still somewhere, or was not found.",
    text: "The text; better left out, since the shell keeps what is typed: asrun then asks for it",
    stdin: "Read the text from the standard input; it may have several lines",
    event: "Erase the event of this number, as asrun show numbers them, with all it ever said",
    secrets: "Whatever looks like a secret, except where `# asrun: ignore secret` is noted",
    yes: "Do not ask for confirmation",
    format: "How to print the result: `human`, or `json` for programs",
};

pub(super) const RECOVER: RecoverHelp = RecoverHelp {
    about: "Restore entries that a record lost",
    long_about: "\
Restore entries that a record lost

An editor that saved an old copy, a bad merge or a broken file can remove entries that asrun had written. The journal in .asrun still has them: this restores what is missing, and what was logged while the file could not be read. An entry or a key that is again as it was before asrun changed it is changed again, and a file that is as it was before a commit has again what was committed since. An entry that you deleted on purpose counts as missing until a commit removes it or --forget confirms it. A conflict that git left in the record is merged first, entry by entry. What a commit removed or moved to another record, what you do not keep of a conflict, and what only another branch has, is listed; --all restores it too. asrun undo takes a recovery back.",
    id: "The record: its id, any unique part of it, or its version",
    all: "Also restore what commits removed or moved, and what branches have",
    forget: "Confirm that what is missing was deleted on purpose, and that what is again as it was is right",
};

/// Returns `ko, en or ja`.
fn one_of(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}
