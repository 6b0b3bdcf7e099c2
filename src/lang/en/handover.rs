//! The words of a handover in English.

use crate::lang::HandoverWords;

pub(super) const HANDOVER: HandoverWords = HandoverWords {
    handover: "Hand-over",
    now: "now",
    broken: "broken",
    impact: "impact",
    cause: "cause",
    updates: "updates",
    tried: "tried",
    people: "who",
    due: "due",
    latest: "latest",
    open_too: "open too",
    no_update: "no public update yet",
    to_do: "to do",
    since: |time, what| format!("since {time} ({what})"),
    so_far: |amount| format!("for {amount}"),
    last_update: |time| format!("last update {time}"),
    last_update_ago: |amount| format!("last update {amount} ago"),
    next_update: |time| format!("next update promised {time}"),
    then_next: |time| format!("next promised {time}"),
    update_late: |time, amount| format!("next update overdue since {time} ({amount})"),
    public_says: |state| format!("public pages still say: {state}"),
    under_way: |time| format!("under way since {time}"),
    perhaps_done: |event| format!("perhaps done ({event})"),
    overdue_by: |amount| format!("overdue by {amount}"),
};
