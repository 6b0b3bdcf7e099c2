//! Whether an action is done or was decided against, according to its text.

use crate::model::Day;

use super::context::day_in;
use super::letters::plain_text;
use super::words::{begins_with_one, ends_with_one, has_one, is_one};

/// Whether an action is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// There is no indication.
    No,
    /// It is done, at an unknown time.
    Yes,
    /// It was done on that day.
    On(Day),
    /// It was decided against.
    Rejected,
}

/// Signs that something is done.
const SIGNS: [char; 5] = ['✅', '✔', '☑', '✓', '🗹'];

/// Returns whether an action's text says that it is done (`✅ …`, `Done: …`, `… (done 2024-10-01)`, `~~…~~`) or was
/// decided against: `Rejected: …`, `… (won't do: too dear)`, `… — 見送り`.
pub(super) fn done(text: &str, day_first: Option<bool>) -> Done {
    let first = text.lines().next().unwrap_or("").trim();
    let bare = first.trim_matches(|c: char| "*_ \u{fe0f}".contains(c));
    let is_struck = bare.starts_with("~~") && bare.trim_end_matches('.').ends_with("~~");
    let is_signed = bare.starts_with(SIGNS) || bare.ends_with(SIGNS) || is_struck;
    if is_rejected(first, bare) {
        return Done::Rejected;
    }
    let in_brackets = first.split(['(', '[', '（', '［']).skip(1);
    let in_brackets = in_brackets.filter_map(|rest| rest.split([')', ']', '）', '］']).next());
    let label =
        bare.split_once([':', '：']).map(|(label, _)| label).filter(|label| is_done_word(label));
    let behind = [" - ", " – ", " — "].iter().filter_map(|dash| Some(bare.rsplit_once(dash)?.1));
    let is_behind = |piece: &&str| begins_with_one(&plain_text(piece), |it| it.done);
    let behind = behind.filter(is_behind);
    let mut pieces = in_brackets.chain(label).chain(behind).filter(|piece| says_done(piece));
    match pieces.next() {
        Some(piece) => on(piece, day_first),
        None if is_signed => Done::Yes,
        None => Done::No,
    }
}

/// Whether brackets, a label or what follows a dash say only that an action was decided against: `(cancelled orders)`
/// does not.
fn is_rejected(first: &str, bare: &str) -> bool {
    let in_brackets = first.split(['(', '[', '（', '［']).skip(1);
    let in_brackets = in_brackets.filter_map(|rest| rest.split([')', ']', '）', '］']).next());
    let label = bare.split_once([':', '：']).map(|(label, _)| label);
    let behind = |dash| bare.split(dash).skip(1);
    let behind = behind(" - ").chain(behind(" – ")).chain(behind(" — "));
    let mut stated = in_brackets.chain(behind).map(|piece| {
        let end = piece.find([':', '：', ',', '，', '、', ';', '.', '。', '-', '–', '—']);
        &piece[..end.unwrap_or(piece.len())]
    });
    label.into_iter().any(says_rejected) || stated.any(says_rejected)
}

/// Whether words say only that something was decided against.
pub(super) fn says_rejected(words: &str) -> bool {
    is_one(words, |it| it.rejected)
}

/// Returns whether a cell of a table says that its row is done or was decided against; `day` is the day in it.
pub(super) fn done_in_cell(cell: &str, day: Option<Day>) -> Done {
    if begins_with_one(&plain_text(cell), |it| it.rejected) {
        return Done::Rejected;
    }
    let is_done = says_done(cell)
        || cell.trim().starts_with(SIGNS)
        || cell.trim() == "[x]"
        || day.is_some() && has_one(cell, |it| it.done) && !has_one(cell, |it| it.undone);
    match day.filter(|_| is_done) {
        Some(day) => Done::On(day),
        None if is_done => Done::Yes,
        None => Done::No,
    }
}

/// Whether a few words say that something is done, without negating it: `Done`, `already done`, `completed in March`,
/// but not `to be completed`.
pub(super) fn says_done(words: &str) -> bool {
    let plain = plain_text(words);
    let is_stated = begins_with_one(&plain, |it| it.done) || ends_with_one(&plain, |it| it.done);
    is_stated && !has_one(&plain, |it| it.undone)
}

fn is_done_word(label: &str) -> bool {
    is_one(label, |it| it.done)
}

fn on(piece: &str, day_first: Option<bool>) -> Done {
    let stated = day_in(piece, day_first);
    let day = stated.and_then(|stated| stated.year.and_then(|year| stated.in_year(year)));
    day.map_or(Done::Yes, Done::On)
}
