//! PagerDuty: the sheet of incidents from its web app, one row each, with the names of the API's report in the first
//! row (<https://support.pagerduty.com/docs/export-incident-data>).

use crate::fault::WhyLeft;
use crate::model::{Event, EventType, Moment};

use super::super::draft_builder::DraftBuilder;
use super::super::place::Place;
use super::incidents::{Digests, outage, without_number};

/// What is read from a row, by the possible names of its column.
const ID: &[&str] = &["id"];
const TITLE: &[&str] = &["description", "title"];
const SERVICE: &[&str] = &["service_name"];
const BEGAN: &[&str] = &["created_on", "created_at"];
const ENDED: &[&str] = &["resolved_on", "resolved_at"];
const ACKNOWLEDGED: &[&str] = &["seconds_to_first_ack"];
const WHO: &[&str] = &["acknowledged_by_user_names"];
const ENDED_BY: &[&str] = &["resolved_by_user_name"];
/// A column that no other sheet has.
const NUMBER: &str = "incident_number";

/// Whether a text is such a sheet.
pub(in crate::import) fn is_sheet(text: &str) -> bool {
    let heads = text.lines().next().unwrap_or_default();
    let has = |name: &str| heads.split([',', ';', '\t']).any(|head| bare(head) == name);
    has(NUMBER) && BEGAN.iter().any(|name| has(name))
}

fn bare(head: &str) -> String {
    head.trim().trim_matches('"').trim().to_ascii_lowercase()
}

/// Reads the incidents of a sheet, with a record for each.
pub(super) fn take(gathered: &mut DraftBuilder<'_>, digests: &mut Digests, text: &str) {
    let heads = text.lines().next().unwrap_or_default();
    let separator = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|separator| heads.bytes().filter(|byte| byte == separator).count());
    let mut reader = ::csv::ReaderBuilder::new();
    let reader = reader.delimiter(separator.unwrap_or(b',')).has_headers(false).flexible(true);
    let mut rows = reader.from_reader(text.as_bytes()).into_records().filter_map(Result::ok);
    let heads: Vec<String> =
        rows.next().map(|row| row.iter().map(bare).collect()).unwrap_or_default();
    let taken = [ID, TITLE, SERVICE, BEGAN, ENDED, ACKNOWLEDGED, WHO, ENDED_BY].concat();
    let others: Vec<&str> =
        heads.iter().map(String::as_str).filter(|head| !taken.contains(head)).collect();
    for row in rows {
        let place = Place::line(row.position().map_or(1, |at| at.line() as usize));
        let cell = |names: &[&str]| {
            let cells = heads.iter().zip(row.iter());
            let found = cells.into_iter().find(|(head, _)| names.contains(&head.as_str()));
            found.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty())
        };
        Row { place, cell: &cell }.take(gathered, digests);
    }
    gathered.leave(Place::line(1), others.join(", "), WhyLeft::NotTaken);
}

/// A row of the sheet, with its values by column name.
struct Row<'r> {
    place: Place,
    cell: &'r dyn Fn(&[&str]) -> Option<&'r str>,
}

impl Row<'_> {
    fn take(&self, gathered: &mut DraftBuilder<'_>, digests: &mut Digests) {
        let cell = self.cell;
        let id = cell(ID).or(cell(&[NUMBER])).unwrap_or_default();
        let title = cell(TITLE);
        outage(gathered, id, title);
        let text = title.map_or("PagerDuty", without_number);
        let began = cell(BEGAN).unwrap_or_default();
        let Some(at) = gathered.time(began, self.place) else {
            return gathered.leave(self.place, format!("{began} {text}"), WhyLeft::NoTime);
        };
        self.tell(digests, (at, began), text, cell(SERVICE), EventType::Detected);
        let after = cell(ACKNOWLEDGED).unwrap_or_default();
        if let Some(at) = after.parse().ok().and_then(|seconds| at.plus_seconds(seconds)) {
            // If there are several people, it is not known who was the first.
            let by = cell(WHO).filter(|names| !names.contains(','));
            let written = format!("{began} + {after} s");
            let kind = EventType::Acknowledged;
            self.tell(digests, (at, &written), "Acknowledged", by, kind);
        }
        let Some(ended) = cell(ENDED) else { return };
        match gathered.time(ended, self.place) {
            Some(at) => {
                let kind = EventType::Resolved;
                self.tell(digests, (at, ended), "Resolved", cell(ENDED_BY), kind);
            }
            None => gathered.leave(self.place, format!("{ended} Resolved"), WhyLeft::NoTime),
        }
    }

    fn tell(
        &self,
        digests: &mut Digests,
        (at, written): (Moment, &str),
        text: &str,
        by: Option<&str>,
        kind: EventType,
    ) {
        let id = (self.cell)(ID).or((self.cell)(&[NUMBER])).unwrap_or_default();
        let mut event = Event::new(at, text);
        event.source = Some(format!("pagerduty:{id}:{}:{written}", kind.word()));
        event.by = by.map(str::to_owned);
        event.kind = Some(kind);
        digests.tell(id, event, self.place, written);
    }
}
