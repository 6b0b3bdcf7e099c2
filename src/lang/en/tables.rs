//! Texts in tables that are not from a record.

use crate::lang::terminal::{Refusal, TableHeads, TableWords};

use super::English;

impl TableWords for English {
    fn heads(&self) -> &'static TableHeads {
        &HEADS
    }

    fn unset(&self, setting: &str) -> &'static str {
        match setting {
            "timezone" => "the machine's",
            "language" => "that of the title",
            "terminal_language" => "the locale's",
            _ => "—",
        }
    }

    fn lesson_sort(&self, key: &str) -> &'static str {
        match key {
            "well" => "well",
            "badly" => "badly",
            "lucky" => "lucky",
            "surprised" => "surprised",
            "learned" => "learned",
            _ => "factor",
        }
    }

    fn internal_text(&self, text: &str) -> String {
        format!("{text} (internal)")
    }

    fn bom_without_csv(&self) -> Refusal {
        Refusal::new("--bom is for CSV alone").hint("add --format csv, or leave --bom out")
    }
}

static HEADS: TableHeads = TableHeads {
    action: "Action",
    actual: "Actual",
    audience: "For",
    author: "Author",
    count: "n",
    current: "Current",
    archived: "Archived",
    date: "Date",
    deviation: "Deviation",
    done: "Done",
    due: "Due",
    events: "Events",
    figure: "Figure",
    formula: "Formula",
    found: "Found",
    from: "From",
    group: "Group",
    high: "High",
    id: "ID",
    key: "Key",
    kind: "Kind",
    lesson: "Lesson",
    low: "Low",
    name: "Name",
    number: "Number",
    of: "Of",
    open: "Open",
    overdue: "Overdue",
    internal: "Internal",
    owner: "Owner",
    place: "Where",
    planned: "Planned",
    position: "No",
    range: "Range",
    record: "Record",
    records: "Records",
    reference: "Ref",
    seconds: "Seconds",
    services: "Services",
    severity: "Sev",
    site: "Site",
    seen_in: "Seen in",
    seen_text: "There",
    not_done: "Not done since",
    sort: "What",
    state: "State",
    tags: "Tags",
    text: "Text",
    time: "When",
    title: "Title",
    type_of_action: "Type",
    unreadable: "Unreadable",
    value: "Value",
    verdict: "Verdict",
    version: "Version",
    what: "What",
    step: "Step",
    same_as: "Same as",
    same_place: "By place",
};
