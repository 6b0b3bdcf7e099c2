//! Commands about a record as a whole.

use crate::lang::terminal::help::{
    ArchiveHelp, CloseHelp, DeleteHelp, GetHelp, ImportHelp, MergeHelp, MilestoneHelp, MoveHelp,
    RenameHelp, ReopenHelp, ReviewHelp, SetHelp,
};

pub(super) const GET: GetHelp = GetHelp {
    about: "Print the value of a record's key: its severity, its title, its status",
    long_about: "\
Print the value of a record's key: its severity, its title, its status

  asrun get                     every key with its value
  asrun get severity            the value alone, for scripts
  asrun get services            one item per line
  asrun get --format json

Exit code 1 if the record does not have the key. `status` is the latest
milestone of the timeline, or else open, ended or unknown, as in asrun list. A
key that asrun does not know is printed as it is written.",
    key: "A key of the record, or status; all of them if not given",
    format: "`text` for people and scripts, `json` for programs",
};

pub(super) const SET: SetHelp = SetHelp {
    about: "Set the value of a record's key: its severity, its title, its services",
    long_about: r#"Set the value of a record's key: its severity, its title, its services

  asrun set severity sev1 --at 18:20 --why "all regions"
  asrun set status mitigated
  asrun set title "Checkout is down in all regions"
  asrun set services checkout api
  asrun set tags db --add
  asrun set impact --clear
  asrun set summary - < summary.md
  asrun set post.layout blog
  asrun set post.front_matter "image: /assets/img/cover.png" --add

A change of severity or status is also logged as an event, with the old value.
Keys: title, kind, version, severity, status, date, timezone, language,
author, services, tags, categories, published, sample, archived, summary,
impact; for the post of the record post.layout, show, hide, heading,
plan_title, before_plan, after_plan, pictures, images, baseurl, front_matter
(see docs/publishing.md).
Only that key changes; asrun undo takes it back."#,
    key: "A key of the record, or status",
    values: "The new value; for lists, one argument per item, for front matter per line. A lone \
        `-` reads the standard input",
    add: "Add these items to the list",
    remove: "Remove these items from the list",
    clear: "Remove the key; for the severity, an event is logged too",
    text: "The text of the event; defaults to the old and new value",
    at: "When severity or status changed; now if not given",
    by: "Who changed it",
    why: "Why",
    no_event: "The severity was wrong from the start: log no event",
};

pub(super) const REVIEW: ReviewHelp = ReviewHelp {
    about: "Mark a record as a draft or as reviewed, or print its state",
    long_about: r#"Mark a record as a draft or as reviewed, or print its state

  asrun review                        print its state
  asrun review --draft                it is still being written
  asrun review --by Kim               Kim reviewed it as it is now
  asrun review --by Kim --on yesterday

A change after the review is shown by asrun show and in documents for the team,
and rendering a public document warns about it; render --strict refuses to.
Setting the publishing date or finishing an action does not count as a change.
Exit code 1 if it is a draft, changed after the review, or has no state."#,
    by: "Who reviewed it",
    on: "The day of the review; today if not given",
    draft: "It is still being written",
    clear: "Remove the review state",
};

pub(super) const ARCHIVE: ArchiveHelp = ArchiveHelp {
    about: "Put records out of the way: out of lists, and out of what is open",
    long_about: r#"Put records out of the way: out of lists, and out of what is open

  asrun archive 2.0
  asrun archive 2019-04-02-checkout 2019-06-11-search
  asrun archive 2.0 --clear           bring it back

The record stays where it is, with `archived: true` in it. `asrun list`
leaves it out unless --archived is given; search, history, stats, lessons
and all other commands still find it, and a plan can still be made from it.
asrun undo takes the archiving back."#,
    records: "The records: ids, unique parts of them, or versions",
    clear: "Bring them back",
};

pub(super) const CLOSE: CloseHelp = CloseHelp {
    about: "Close a record: nothing more will happen in it",
    long_about: r#"Close a record: nothing more will happen in it

  asrun close
  asrun close "follow-up is done" --at "yesterday 17:30"
  asrun close -r 3.0 --at "2024-09-07 20:00"

Logs the milestone `closed`, and lists what is left: actions, planned steps, a
resolution that nobody logged. asrun reopen opens it again; asrun undo, with the
same -r, takes the closing back."#,
};

pub(super) const REOPEN: ReopenHelp = ReopenHelp {
    about: "Reopen a record: it is not over, or it came back",
    long_about: r#"Reopen a record: it is not over, or it came back

  asrun reopen "5xx again"
  asrun reopen -r 2024-09-07-checkout --at "10m ago"

Logs the milestone `declared` after the end, and makes the record the current
one. If it was closed by mistake, use asrun undo instead."#,
};

pub(super) const MILESTONE: MilestoneHelp = MilestoneHelp {
    text: "The text of the event; one is made if it is not given",
    at: "When it happened; now if not given",
    by: "Who did it",
    why: "Why",
};

pub(super) const IMPORT: ImportHelp = ImportHelp {
    about: "Turn documents and exports into records",
    long_about: r#"Turn documents and exports into records

  asrun import notes.txt --date 2024-09-07 --zone Asia/Seoul
  asrun import notes notes.log -r checkout
  asrun import slack export.zip --channel incident-42 --zone Asia/Seoul
  asrun import git --since v2.0
  pbpaste | asrun import notes -

What was read is shown first, with the source of each day and zone and with
every doubt; then asrun asks. `e` opens the record in the editor before it is
written, and what you change there stays so. Without a terminal nothing is
written unless --yes is given. Nothing is guessed: what a document does not
say is asked for. Every line is in the record, or listed with the reason why
not. Pictures beside a document are attached. Importing the same document
again adds nothing and keeps what was edited in the record; --update applies
what was corrected in the document. asrun undo takes an import back."#,
    files: "The kind of the files, if their names do not say it, then the files; `-` reads the standard input",
    zone: "The zone of times without one, such as Asia/Seoul",
    date: "The day of times without one",
    day_first: "Read 7/5/2023 as the seventh of May",
    month_first: "Read 7/5/2023 as the fifth of July",
    update: "Apply what was corrected in the document where nobody edited the record",
    one: "Create one record from a document about several incidents",
    split: "Create one record per heading that has entries",
    fence: "Read code block N of a Markdown document as a timeline",
    plan: "Import only the planned steps",
    events: "Import only the events",
    id: "The id of the new record; made from the day and the title if not given",
    since: "Only entries at this time or later; for git, commits that are not in this one or tag",
    until: "Only entries up to this time; for git, up to this commit or tag",
    channel: "Only this channel of a chat, by name or id",
    matching: "Only entries with these words, or with this field value: level=error",
    encoding: "The encoding of a text that is not UTF-8, such as cp949",
    at: "The log's field with the time",
    text: "The log's field with the text",
    by: "The log's field with the person",
    entry_id: "The log's field with the entry's id",
    yes: "Write it without asking",
    format: "A table to read, or JSON with every entry, doubt and line left out",
};

pub(super) const MOVE: MoveHelp = MoveHelp {
    about: "Move an event that was logged to the wrong record",
    long_about: r#"Move an event that was logged to the wrong record

  asrun move --last --to checkout
  asrun move 4 -r search --to checkout

The event is added to the other record first, then removed from this one.
Its own lines go with it, and copies of its files; a link to a step that the
other plan does not have is dropped, with a message. asrun undo takes both
halves back."#,
    number: "The event's number as `asrun show` prints it",
    last: "The event that was logged last",
    to: "The record it belongs to: its id, any unique part of it, or its version",
};

pub(super) const MERGE: MergeHelp = MergeHelp {
    about: "Merge two records of the same incident",
    long_about: r#"Merge two records of the same incident

  asrun merge checkout checkout-again

Everything in the second record goes into the first, with its files: events
with their own lines, steps, actions, lessons, sections, and keys that the
first does not have. An event that the first has too is kept once, unless the
second says more about it. Times keep their moment if the two have different
time zones. Where a key differs, the first record's value stays and the other
is printed. Then the second record is deleted; asrun undo takes it all back."#,
    into: "The record to keep: its id, any unique part of it, or its version",
    from: "The record to merge into it",
};

pub(super) const RENAME: RenameHelp = RenameHelp {
    about: "Give a record another id",
    long_about: r#"Give a record another id

  asrun rename checkout-timeouts
  asrun rename 2024-09-07-app-3.0 -r 3.0

Renames its file, the folder of its attachments and what asrun keeps about it.
Its text stays as it is, the title too (asrun set title). Other records that
link to its file or its attachments, or refer to its id, are changed with it;
other places that have the old id are listed: in records, templates and
documents by asrun, and in any text file below the project's folder that git
does not ignore. asrun undo -r NEW-ID takes all of it back."#,
    id: "The new id: letters, digits, dashes and dots, as in a file name",
};

pub(super) const DELETE: DeleteHelp = DeleteHelp {
    about: "Delete a record; asrun undo brings it back",
    long_about: r#"Delete a record; asrun undo brings it back

  asrun delete checkout-again
  asrun undo -r checkout-again     brings it back

Its file and its attachments are kept in .asrun/, and git keeps what was
committed. To erase a text for good, use asrun forget."#,
    record: "Its id, any unique part of it, or its version",
};
