//! Commands about a record as a whole.

use crate::lang::terminal::help::{
    CloseHelp, DeleteHelp, GetHelp, ImportHelp, MergeHelp, MoveHelp, RenameHelp, ReopenHelp,
    ReviewHelp, SetHelp,
};

pub(super) const GET: GetHelp = GetHelp {
    about: "Print what a record says of a key: its severity, its title, its status",
    long_about: "\
Print what a record says of a key: its severity, its title, its status

  asrun get                     every key with its value
  asrun get severity            the value alone, for scripts
  asrun get services            an item a line
  asrun get --format json

Exit code 1 if the record says nothing of the key. `status` is the latest
milestone of the timeline.",
    key: "A key of the record, or status; every one if none is given",
    format: "In which form: `text` for people and scripts, `json` for programs",
};

pub(super) const SET: SetHelp = SetHelp {
    about: "Set what a record says of a key: its severity, its title, its services",
    long_about: r#"Set what a record says of a key: its severity, its title, its services

  asrun set severity sev1 --at 18:20 --why "all regions"
  asrun set status mitigated
  asrun set title "Checkout is down in all regions"
  asrun set services checkout api
  asrun set tags db --add
  asrun set impact --clear
  asrun set summary - < summary.md

A change of severity or status is an event of the timeline, too, with what it
was before. Keys: title, kind, version, severity, status, date, timezone,
language, author, services, tags, categories, published, sample, summary, impact.
Only that key changes; asrun undo takes it back."#,
    key: "A key of the record, or status",
    values: "What it is to say; of services, tags and categories an item each. A lone `-` reads the \
        standard input",
    add: "Add to the list; what it holds stays",
    remove: "Take these items out of the list",
    clear: "Take the key away",
    text: "What the event says; old and new if not given",
    at: "When severity or status changed; now if not given",
    by: "Who changed it",
    why: "Why",
    no_event: "The severity was wrong from the beginning: write no event",
};

pub(super) const REVIEW: ReviewHelp = ReviewHelp {
    about: "Say that a record is a draft, or who reviewed it",
    long_about: r#"Say that a record is a draft, or who reviewed it

  asrun review                        how far its writing has come
  asrun review --draft                it is being written
  asrun review --by Kim               Kim read it as it is now
  asrun review --by Kim --on yesterday

A change after the review shows: in asrun show, in documents for the team,
and in a warning when a document for the public is rendered; render --strict
refuses it. What does not count as a change: when it was published, and
actions that are done since. Exit code 1 while it is a draft, or changed
since, or nobody said anything."#,
    by: "Who read it and found it right",
    on: "The day of the review; today if not given",
    draft: "It is being written",
    clear: "Say nothing of it any more",
};

pub(super) const CLOSE: CloseHelp = CloseHelp {
    about: "Close a record: nothing goes on in it any more",
    long_about: r#"Close a record: nothing goes on in it any more

  asrun close
  asrun close "follow-up is done" --at yesterday
  asrun close -r 3.0 --at "2024-09-07 20:00"

Logs the milestone `closed`, and says what is left: actions, planned steps, a
resolution that nobody logged. asrun reopen opens it again, asrun undo takes the
closing back."#,
    text: "What the event says; the word for closed if not given",
    at: "When it was closed; now if not given",
    by: "Who closed it",
    why: "Why",
};

pub(super) const REOPEN: ReopenHelp = ReopenHelp {
    about: "Open a record again: it goes on, or came back",
    long_about: r#"Open a record again: it goes on, or came back

  asrun reopen "5xx again"
  asrun reopen -r 2024-09-07-checkout --at "10m ago"

Logs the milestone `declared` behind the end, and makes the record the current
one. If it was closed by mistake, asrun undo takes the closing back instead."#,
    text: "What the event says; that it is open again if not given",
    at: "When it began again; now if not given",
    by: "Who noticed",
    why: "Why",
};

pub(super) const IMPORT: ImportHelp = ImportHelp {
    about: "Read documents and exports into records",
    long_about: r#"Read documents and exports into records

  asrun import notes.txt --date 2024-09-07 --zone Asia/Seoul
  asrun import notes notes.log -r checkout
  asrun import slack export.zip --channel incident-42 --zone Asia/Seoul
  asrun import git --since v2.0
  pbpaste | asrun import notes -

What was read is shown first, with where each day and zone was taken from and
what is doubted of it; then asrun asks. Without a terminal nothing is written
unless --yes says so. Nothing is guessed: what a document does not say is asked
for. Every line is in the record, or listed with the reason why not. The same
document again adds nothing, and what somebody edited in the record stays so.
asrun undo takes an import back."#,
    files: "What the files are, if their names do not say it, and the files; `-` is the standard input",
    zone: "The zone of times that name none, such as Asia/Seoul",
    date: "The day of times that name none",
    day_first: "7/5/2023 is the seventh of May",
    month_first: "7/5/2023 is the fifth of July",
    id: "The id of the new record; made of the day and the title if not given",
    since: "Only what was at this time or later; of git, what is not in this commit or tag",
    until: "Only what was until this time; of git, up to this commit or tag",
    channel: "Only this channel of a chat, by name or id",
    matching: "Only entries that hold these words, or whose field is so: level=error",
    encoding: "The encoding of a text that is not UTF-8, such as cp949",
    at: "The field of a log that tells when",
    text: "The field of a log that tells what",
    by: "The field of a log that tells who",
    entry_id: "The field of a log that is an entry's own id",
    yes: "Write it without asking",
    format: "As a table to look at, or as JSON: every entry, doubt and line left out",
};

pub(super) const MOVE: MoveHelp = MoveHelp {
    about: "Move an event that was logged to the wrong record",
    long_about: r#"Move an event that was logged to the wrong record

  asrun move --last --to checkout
  asrun move 4 -r search --to checkout

The event stands in the other record first, and is taken out of this one then.
Its own lines go with it, and copies of its files; a step that the other plan
does not have is let go, and told. asrun undo takes both halves back."#,
    number: "The event's number as `asrun show` prints it",
    last: "The event that was logged last",
    to: "The record that it belongs to: its id, any unique part of it, or its version",
};

pub(super) const MERGE: MergeHelp = MergeHelp {
    about: "Put two records of one incident together",
    long_about: r#"Put two records of one incident together

  asrun merge checkout checkout-again

Everything of the second record goes into the first, with its files: events in
their own lines, steps, actions, lessons, sections, and what the first does not
say of itself. Events that both have stay once. Where both say something else of
a key, the first stays, and the other is told. The second record is deleted then;
asrun undo parts them again."#,
    into: "The record that stays: its id, any unique part of it, or its version",
    from: "The record whose entries go into it",
};

pub(super) const RENAME: RenameHelp = RenameHelp {
    about: "Give a record another id",
    long_about: r#"Give a record another id

  asrun rename checkout-timeouts
  asrun rename 2024-09-07-app-3.0 -r 3.0

Its file, the folder of its files and what asrun keeps of it get that name; what
it says stays as it is, its title too (asrun set title). Lines of other records
that name the old file are told. asrun undo -r NEW-ID gives the old name back."#,
    id: "The new id: letters, digits, dashes and dots, as a file can be called",
};

pub(super) const DELETE: DeleteHelp = DeleteHelp {
    about: "Delete a record, so that it can be brought back",
    long_about: r#"Delete a record, so that it can be brought back

  asrun delete checkout-again
  asrun undo -r checkout-again     brings it back

Its file and its files beside it wait in .asrun/ until it is brought back; git
has what was committed besides. What must not be found any more at all is taken
out by asrun forget."#,
    record: "Its id, any unique part of it, or its version",
};
