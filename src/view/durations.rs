//! Durations, silences and percentages, each with its formula.

use serde::Serialize;

use crate::model::{Event, EventType, Moment, NoValue};
use crate::publish::Shown;
use crate::timeline::{Duration, Row, Silence, durations, schedule_kept, silences, written_live};

use super::time::TimeFormatter;

/// A duration with its formula.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DurationView {
    /// `ttd`, `tta`, `ttm`, `ttr`, `silence`, `kept` or `live`.
    pub figure: &'static str,
    /// `Time to resolve (TTR)`.
    pub name: String,
    /// `4시간 49분`, or `—`.
    pub value: String,
    /// Seconds, if it could be computed and is no range.
    pub seconds: Option<i64>,
    /// Whether it is approximate.
    pub about: bool,
    /// The least seconds that it may be.
    pub least_seconds: Option<i64>,
    /// The most seconds that it may be.
    pub most_seconds: Option<i64>,
    /// `resolved 22:57 − detected 18:08`, or what is missing.
    pub formula: String,
}

/// A stretch in which nothing was recorded.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SilenceView {
    /// `4시간 47분`.
    pub value: String,
    /// Seconds.
    pub seconds: i64,
    /// Whether it is approximate.
    pub about: bool,
    /// `22:57 문제 해결 − 18:10 서버 문제로 확인`.
    pub formula: String,
}

/// The most silences that are shown.
const SILENCES: usize = 3;

/// Returns the longest silences, longest first.
pub(super) fn silence_views(teller: &TimeFormatter, shown: Shown) -> Vec<SilenceView> {
    let most = if shown.withholds() { 0 } else { SILENCES };
    silences(shown.incident(), most).iter().map(|silence| silence_view(teller, silence)).collect()
}

fn silence_view(teller: &TimeFormatter, silence: &Silence) -> SilenceView {
    let to = teller.time(&silence.ended).short;
    let from = teller.time(&silence.began).short;
    SilenceView {
        value: teller.amount(silence.length),
        seconds: silence.length.seconds,
        about: silence.length.about,
        formula: format!("{to} {} − {from} {}", silence.to.headline(), silence.from.headline()),
    }
}

/// Returns every measure, including missing ones, the longest silence, and the percentages kept on schedule and logged
/// live. A release in which nothing broke has no such measures, instead of missing ones. With `asked`, the tolerance and
/// the time, steps still to come do not count as planned.
pub(super) fn duration_views(
    teller: &TimeFormatter,
    shown: Shown,
    rows: &[Row],
    asked: Option<(i64, Moment)>,
) -> Vec<DurationView> {
    let incident = shown.incident();
    let measured = durations(incident);
    let broke = incident.kind.as_deref() != Some("release")
        || measured.iter().any(|duration| duration.from.is_some() || duration.to.is_some());
    let mut all: Vec<DurationView> = measured
        .iter()
        .filter(|_| broke)
        .map(|duration| duration_view(teller, duration, shown.withholds()))
        .collect();
    let labels = &teller.words.labels;
    let share = |figure, name: &str, part, whole, formula: &str| DurationView {
        figure,
        name: name.to_owned(),
        value: (teller.words.of)(part, whole),
        seconds: None,
        about: false,
        least_seconds: None,
        most_seconds: None,
        formula: formula.to_owned(),
    };
    if shown.withholds() {
        // Silences and percentages of a part of the events would be wrong.
        return all;
    }
    all.extend(silence_views(teller, shown).into_iter().next().map(|silence| DurationView {
        figure: "silence",
        name: labels.longest_silence.to_owned(),
        value: silence.value,
        seconds: Some(silence.seconds),
        about: silence.about,
        least_seconds: Some(silence.seconds),
        most_seconds: Some(silence.seconds),
        formula: silence.formula,
    }));
    if let Some(kept) = schedule_kept(rows, asked) {
        all.push(share(
            "kept",
            labels.schedule_kept,
            kept.on_time,
            kept.planned,
            labels.kept_formula,
        ));
    }
    let (live, typed) = written_live(incident);
    if typed > 0 {
        let all_typed = typed == incident.events.len();
        let formula = if all_typed { labels.live_formula } else { labels.live_formula_typed };
        all.push(share("live", labels.written_live, live, typed, formula));
    }
    all
}

fn duration_view(teller: &TimeFormatter, duration: &Duration, withholds: bool) -> DurationView {
    let words = teller.words;
    let said = |event: &Event| {
        let kind = event.kind.as_ref().map(words.event_type).unwrap_or_default();
        format!("{kind} {}", teller.time_of(event).short)
    };
    let word = if withholds { words.not_stated } else { words.not_recorded };
    let missing = |kind: &EventType| word(&(words.event_type)(kind));
    let start = || missing(&duration.measure.starts()[0]);
    let end = || missing(&duration.measure.end());
    let formula = match (duration.from, duration.to) {
        (Some(from), Some(to)) if duration.fallback => {
            format!("{} − {} ({})", said(to), said(from), start())
        }
        (Some(from), Some(to)) => format!("{} − {}", said(to), said(from)),
        (None, Some(_)) => start(),
        (Some(_), None) => end(),
        (None, None) => format!("{}, {}", start(), end()),
    };
    let formula = match duration.no_value {
        Some(why) => format!("{formula}: {}", no_value(teller, why)),
        None => formula,
    };
    DurationView {
        figure: duration.measure.word(),
        name: (words.measure)(duration.measure),
        value: duration.value.map_or_else(|| "—".to_owned(), |value| teller.signed_amount(value)),
        seconds: duration.value.and_then(|value| value.exact()),
        about: duration.value.is_some_and(|value| value.about),
        least_seconds: duration.value.map(|value| value.seconds),
        most_seconds: duration.value.map(|value| value.most()),
        formula,
    }
}

fn no_value(teller: &TimeFormatter, why: NoValue) -> &'static str {
    let labels = &teller.words.labels;
    match why {
        NoValue::Reopened => labels.open_again,
        NoValue::Unknown => labels.unknown_time,
        NoValue::Unclear => labels.unclear_first,
    }
}
