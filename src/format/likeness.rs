//! Finds which entry of a record is the one that was written, though people may have edited it since.

use std::collections::{HashMap, VecDeque};

use crate::model::{Moment, REMOVED, Zone, alike, letters_apart};
use crate::yaml::Value;

/// A rule by which an item may still be the one that was written.
pub(super) struct Likeness {
    /// Whether two items match by this rule: the one that was written, and the existing one.
    pub(super) like: fn(&Value, &Value, Option<Zone>) -> bool,
    /// The key that matching items share; an item without one matches none.
    key: fn(&Value, Option<Zone>) -> Option<String>,
    /// Whether it counts only if a single item matches.
    pub(super) alone: bool,
    /// Whether words need only be similar: then those that are nearest match first.
    by_nearness: bool,
}

/// All rules, the most certain first.
pub(super) const LIKENESSES: &[Likeness] = &[
    Likeness {
        like: |a, b, _| a == b,
        key: |item, _| serde_json::to_string(item).ok(),
        alone: false,
        by_nearness: false,
    },
    Likeness {
        like: same_id,
        key: |item, _| item.text_at("id").map(str::to_owned),
        alone: false,
        by_nearness: false,
    },
    Likeness {
        like: same_moment_and_text,
        key: |item, zone| Some(format!("{} {}", moment_key(item, zone)?, words(item)?)),
        alone: false,
        by_nearness: false,
    },
    Likeness { like: reworded, key: moment_key, alone: false, by_nearness: true },
    Likeness {
        like: |a, b, _| both_untimed(a, b) && same_words(a, b),
        key: |item, _| words(item).filter(|_| untimed(item)).map(str::to_owned),
        alone: false,
        by_nearness: false,
    },
    Likeness {
        like: |a, b, _| {
            both_untimed(a, b)
                && a.text_at("body").is_some()
                && a.text_at("body") == b.text_at("body")
        },
        key: |item, _| item.text_at("body").filter(|_| untimed(item)).map(str::to_owned),
        alone: false,
        by_nearness: false,
    },
    Likeness {
        like: |a, b, _| both_untimed(a, b) && words_alike(a, b),
        key: |item, _| (untimed(item) && words(item).is_some()).then(String::new),
        alone: false,
        by_nearness: true,
    },
    Likeness {
        like: |a, b, _| same_words(a, b),
        key: |item, _| words(item).map(str::to_owned),
        alone: true,
        by_nearness: false,
    },
];

/// How many items with the same key are compared at most.
const LOOKED_AT: usize = 100;

/// Returns the index of the item that matches `wanted` by that rule.
pub(super) fn one_like(
    wanted: &Value,
    items: &[Value],
    way: &Likeness,
    zone: Option<Zone>,
) -> Option<usize> {
    let mut places = (0..items.len()).filter(|at| (way.like)(wanted, &items[*at], zone));
    let first = places.next()?;
    (!way.alone || places.next().is_none()).then_some(first)
}

/// Returns the index of the item that a later change refers to, even if it was edited by hand meanwhile: either of the two may
/// be the one that was edited.
pub fn place_in(items: &[Value], wanted: &Value, zone: Option<Zone>) -> Option<usize> {
    let ways = || LIKENESSES.iter().filter(|way| !way.alone);
    let place = |is_it: &dyn Fn(&Likeness, &Value) -> bool| {
        ways().find_map(|way| {
            let places = (0..items.len()).rev().filter(|place| is_it(way, &items[*place]));
            places.min_by_key(|place| way.apart(wanted, &items[*place]))
        })
    };
    let extended = || place(&|way, item| (way.like)(item, wanted, zone));
    place(&|way, item| (way.like)(wanted, item, zone)).or_else(extended)
}

impl Likeness {
    /// Returns how far apart two items are that match: whether neither text has all of the other one, and how many letters
    /// differ.
    fn apart(&self, a: &Value, b: &Value) -> (bool, usize) {
        let both = words(a).zip(words(b)).filter(|_| self.by_nearness);
        let is_extended = |(a, b): (&str, &str)| has_all(a, b) || has_all(b, a);
        both.map_or((false, 0), |both| (!is_extended(both), letters_apart(both.0, both.1)))
    }
}

/// Returns, for each item that was written, the index of the existing one that matches it, each index once. Takes time
/// linear in the number of items.
pub(super) fn pairs(written: &[Value], there: &[Value], zone: Option<Zone>) -> Vec<Option<usize>> {
    let mut found = vec![None; written.len()];
    pair_open(&mut found, written, there, zone);
    found
}

/// As [`pairs`], of the items for which nothing was found yet.
pub(super) fn pair_open(
    found: &mut [Option<usize>],
    written: &[Value],
    there: &[Value],
    zone: Option<Zone>,
) {
    let mut taken = vec![false; there.len()];
    found.iter().flatten().for_each(|place| taken[*place] = true);
    for way in LIKENESSES {
        let mut by_key: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (place, item) in there.iter().enumerate().filter(|(place, _)| !taken[*place]) {
            if let Some(key) = (way.key)(item, zone) {
                by_key.entry(key).or_default().push_back(place);
            }
        }
        if by_key.is_empty() {
            continue;
        }
        if way.by_nearness {
            pair_nearest(way, (&mut *found, &mut taken), &by_key, (written, there), zone);
        }
        for (item, found) in written.iter().zip(&mut *found).filter(|(_, found)| found.is_none()) {
            let Some(places) = (way.key)(item, zone).and_then(|key| by_key.get_mut(&key)) else {
                continue;
            };
            if way.alone && places.len() > 1 {
                continue;
            }
            let mut looked_at = places.iter().take(LOOKED_AT);
            let is_it = |place: &usize| {
                #[cfg(test)]
                COMPARED.set(COMPARED.get() + 1);
                !taken[*place] && (way.like)(item, &there[*place], zone)
            };
            let Some(at) = looked_at.position(is_it) else { continue };
            *found = places.remove(at);
            if let Some(place) = *found {
                taken[place] = true;
            }
        }
    }
}

/// Pairs items by their words, the nearest first: of several events of one minute, each may be like each. Where there are
/// very many with one key, they are left to be paired in their order.
fn pair_nearest(
    way: &Likeness,
    (found, taken): (&mut [Option<usize>], &mut [bool]),
    by_key: &HashMap<String, VecDeque<usize>>,
    (written, there): (&[Value], &[Value]),
    zone: Option<Zone>,
) {
    let mut near: Vec<((bool, usize), usize, usize)> = Vec::new();
    for (number, item) in written.iter().enumerate().filter(|(number, _)| found[*number].is_none())
    {
        let places = (way.key)(item, zone).and_then(|key| by_key.get(&key));
        for place in places.filter(|places| places.len() <= LOOKED_AT).into_iter().flatten() {
            if (way.like)(item, &there[*place], zone) {
                near.push((way.apart(item, &there[*place]), number, *place));
            }
        }
    }
    near.sort_unstable();
    for (_, number, place) in near {
        if found[number].is_none() && !taken[place] {
            found[number] = Some(place);
            taken[place] = true;
        }
    }
}

#[cfg(test)]
thread_local! {
    /// How many items were compared.
    static COMPARED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Returns the main text of an item: the text itself, or the `text` or `title` of an entry.
fn words(item: &Value) -> Option<&str> {
    match item {
        Value::Scalar(text) => Some(text),
        entry => entry.text_at("text").or_else(|| entry.text_at("title")),
    }
}

/// Returns whether an item has no time: only its text identifies it.
fn untimed(item: &Value) -> bool {
    item.text_at("at").is_none()
}

fn both_untimed(a: &Value, b: &Value) -> bool {
    untimed(a) && untimed(b)
}

/// Whether two items have the same main text.
pub(super) fn same_words(a: &Value, b: &Value) -> bool {
    words(a).is_some() && words(a) == words(b)
}

/// Whether a text is what was written, slightly reworded or extended.
fn words_alike(written: &Value, there: &Value) -> bool {
    let both = words(written).zip(words(there));
    let is_it = |a, b| alike(a, b) || has_what_was_removed(a, b);
    both.is_some_and(|(a, b)| is_it(a, b) || (a.chars().count() > 3 && has_all(b, a)))
}

/// Whether a text contains another one.
fn has_all(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

/// Whether a text is what another one was before parts of it were removed for good. If nothing else is left of it, any
/// text could be.
pub(super) fn has_what_was_removed(written: &str, there: &str) -> bool {
    let parts: Vec<&str> = written.split(REMOVED).collect();
    let is_known = parts.iter().any(|part| part.trim().chars().count() > 2);
    let [first, middle @ .., last] = parts.as_slice() else { return false };
    let Some(rest) = there.strip_prefix(first).filter(|_| is_known) else { return false };
    let Some(mut rest) = rest.strip_suffix(last) else { return false };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

/// Whether two items are the same, by their ids or their words.
pub(super) fn is_same(written: &Value, there: &Value, zone: Option<Zone>) -> bool {
    let said = same_moment_and_text(written, there, zone)
        || both_untimed(written, there) && same_words(written, there);
    written == there || same_id(written, there, zone) || said
}

/// Whether an item matches another one by a rule that holds however many others do.
pub(super) fn is_surely(written: &Value, there: &Value, zone: Option<Zone>) -> bool {
    let mut ways = LIKENESSES.iter().filter(|way| !way.alone);
    ways.any(|way| (way.like)(written, there, zone))
}

fn same_id(a: &Value, b: &Value, _: Option<Zone>) -> bool {
    a.text_at("id").is_some() && a.text_at("id") == b.text_at("id")
}

fn same_moment_and_text(a: &Value, b: &Value, zone: Option<Zone>) -> bool {
    same_words(a, b) && same_moment(a, b, zone)
}

fn reworded(a: &Value, b: &Value, zone: Option<Zone>) -> bool {
    same_moment(a, b, zone) && words_alike(a, b)
}

/// Whether an item may be another one of the same moment that somebody worded anew.
pub(super) fn may_be_rewording(written: &Value, there: &Value, zone: Option<Zone>) -> bool {
    reworded(written, there, zone) || is_rewording(written, there, zone)
}

/// Whether an item is another one that somebody worded anew: of the same moment and the same in all else that was written, with
/// a word in common or a type. Two milestones of one type and moment are one.
pub(super) fn is_rewording(written: &Value, there: &Value, zone: Option<Zone>) -> bool {
    let Value::Map(was) = written else { return false };
    // Of somebody else it is another one.
    let keys = was.iter().map(|(key, _)| key.as_str()).chain(["by"]);
    let mut others = keys.filter(|key| !["at", "text"].contains(key));
    let texts = written.text_at("text").zip(there.text_at("text"));
    let typed = || written.text_at("type").is_some();
    same_moment(written, there, zone)
        && others.all(|key| written.get(key) == there.get(key))
        && texts.is_some_and(|(was, is)| typed() || share_a_word(was, is))
}

/// Whether one of two texts contains the other, or both have a word of some length.
fn share_a_word(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim().to_lowercase(), other.trim().to_lowercase());
    let is_in = |a: &str, b: &str| a.chars().count() > 1 && b.contains(a);
    // Short English words are in every text.
    let is_telling = |word: &&str| word.chars().count() > if word.is_ascii() { 3 } else { 1 };
    let words = |text| str::split(text, |c: char| !c.is_alphanumeric()).filter(is_telling);
    is_in(&one, &other)
        || is_in(&other, &one)
        || words(&one).any(|word| words(&other).any(|it| it == word))
}

/// Returns the moment of an item, and whether it is one without an offset whose zone is not known: such moments can only
/// be compared with one another.
fn moment(item: &Value, zone: Option<Zone>) -> Option<(i64, bool)> {
    let at = item.text_at("at")?;
    let known = Moment::parse(at, zone).map(|at| (at.unix(), false));
    known.or_else(|_| Moment::parse(at, Some(Zone::UTC)).map(|at| (at.unix(), true))).ok()
}

fn moment_key(item: &Value, zone: Option<Zone>) -> Option<String> {
    let (at, is_local) = moment(item, zone)?;
    Some(if is_local { format!("{at} local") } else { at.to_string() })
}

/// Whether two items are of the same moment, however it is written.
pub(super) fn same_moment(a: &Value, b: &Value, zone: Option<Zone>) -> bool {
    let moment_of_a = moment(a, zone);
    moment_of_a.is_some() && moment_of_a == moment(b, zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(entries: &[(&str, &str)]) -> Value {
        let entry = |(key, text): &(&str, &str)| ((*key).to_owned(), Value::text(*text));
        Value::Map(entries.iter().map(entry).collect())
    }

    #[test]
    fn similarities_are_as_documented() {
        let item = |id: &str, at: &str, text: &str| {
            let all = [("id", id), ("at", at), ("text", text)];
            said(&all.into_iter().filter(|(_, said)| !said.is_empty()).collect::<Vec<_>>())
        };
        let (noon, same_noon) = ("2024-09-07T12:00Z", "2024-09-07T21:00+09:00");
        let one = item("a", noon, "pool exhausted");
        // Same: exactly, id, time and text, time and similar text, three rules for entries without a time, text.
        for (other, same) in [
            (one.clone(), [true, true, true, true, false, false, false, true]),
            (
                item("a", "2024-09-07T13:00Z", "other"),
                [false, true, false, false, false, false, false, false],
            ),
            (
                item("b", same_noon, "pool exhausted"),
                [false, false, true, true, false, false, false, true],
            ),
            (
                item("b", noon, "pool exhaustedd"),
                [false, false, false, true, false, false, false, false],
            ),
            (
                item("b", noon, "cache cleared"),
                [false, false, false, false, false, false, false, false],
            ),
            (item("b", "2024-09-07T13:00Z", "pool exhaustedd"), [false; 8]),
            (
                item("", "2024-09-07T13:00Z", "pool exhausted"),
                [false, false, false, false, false, false, false, true],
            ),
            (
                item("", "soon", "pool exhausted"),
                [false, false, false, false, false, false, false, true],
            ),
            (item("", noon, ""), [false; 8]),
        ] {
            for (a, b) in [(&one, &other), (&other, &one)] {
                let found: Vec<bool> =
                    LIKENESSES.iter().map(|way| (way.like)(a, b, None)).collect();
                assert_eq!(found, same, "{a:?}\n{b:?}");
            }
        }
        let nothing = item("", "", "");
        for way in &LIKENESSES[1..] {
            assert!(!(way.like)(&nothing, &nothing, None), "what is missing is not alike");
        }
        let local = item("", "2024-09-07T21:00", "pool exhausted");
        assert!(same_moment(&one, &local, Zone::parse("Asia/Seoul")));
        assert!(!same_moment(&one, &local, None));
    }

    #[test]
    fn one_text_alone_is_like_another() {
        let item = |text: &str| said(&[("text", text)]);
        let items = [item("a"), item("b"), item("a")];
        let alone = &LIKENESSES[LIKENESSES.len() - 1];
        assert_eq!(one_like(&item("a"), &items, &LIKENESSES[0], None), Some(0));
        assert_eq!(one_like(&item("a"), &items, alone, None), None);
        assert_eq!(one_like(&item("b"), &items, alone, None), Some(1));
        assert_eq!(one_like(&item("c"), &items, &LIKENESSES[0], None), None);
        assert_eq!(place_in(&items, &item("a"), None), Some(2), "the last of the same");
        let at = ("at", "2024-09-07T12:00Z");
        let timed = said(&[("text", "b"), at]);
        assert_eq!(place_in(&items, &timed, None), None, "a text alone is not enough");
        let [short, long] = ["cache", "cache, cleared by hand on both hosts"];
        let [short, long] = [short, long].map(|text| said(&[("text", text), at]));
        assert_eq!(place_in(std::slice::from_ref(&short), &long, None), Some(0));
        assert_eq!(place_in(std::slice::from_ref(&long), &short, None), Some(0));
    }

    #[test]
    fn an_entry_without_a_time_is_identified_by_its_words() {
        let action = |text: &str| said(&[("text", text), ("owner", "kim")]);
        let section = |title: &str, body: &str| said(&[("title", title), ("body", body)]);
        let lesson = |text: &str| Value::text(text);
        for (written, there, same) in [
            (action("page the owner"), said(&[("text", "page the owner")]), true),
            (action("page the owner"), action("page the owners"), true),
            (action("page the owner"), action("write a runbook"), false),
            (lesson("good"), lesson("good luck with the rollback, and a short queue"), true),
            (lesson("bad"), lesson("a bad day for the whole team"), false),
            (section("Chat", "a\n"), section("Chat log", "b\n"), true),
            (section("Chat", "a\n"), section("What was said", "a\n"), true),
            (section("Chat", "a\n"), section("Graphs", "b\n"), false),
        ] {
            let found = pairs(std::slice::from_ref(&written), std::slice::from_ref(&there), None);
            assert_eq!(found[0].is_some(), same, "{written:?} {there:?}");
        }
    }

    #[test]
    fn each_place_is_used_once_and_the_most_certain_match_comes_first() {
        let timed = |at: &str, text: &str| said(&[("at", at), ("text", text)]);
        let (noon, one) = ("2024-09-07T12:00Z", "2024-09-07T13:00Z");
        let written =
            [timed(noon, "down"), timed(noon, "down"), timed(one, "up"), timed(one, "gone")];
        let there =
            [timed(one, "up again"), timed(noon, "down"), timed(one, "up"), timed(noon, "downn")];
        assert_eq!(pairs(&written, &there, None), [Some(1), Some(3), Some(2), None]);
    }

    /// Reading the journal stays fast, whatever people did to a record of thousands of entries.
    #[test]
    fn work_grows_with_the_number_of_items() {
        let many = |count: usize, at: &str, text: &str| -> Vec<Value> {
            let item = |n: usize| said(&[("at", at), ("text", &format!("{text} {n}"))]);
            (0..count).map(item).collect()
        };
        let compared = |count: usize| {
            COMPARED.set(0);
            let written = many(count, "2024-09-07T12:00Z", "pool exhausted");
            let there = many(count, "2024-09-07T12:00Z", "우리는 아무것도 몰랐다");
            pairs(&written, &there, None);
            COMPARED.get()
        };
        let (some, more) = (compared(200), compared(800));
        assert!(more <= some * 5, "{some} comparisons of 200, {more} of 800");
    }
}
