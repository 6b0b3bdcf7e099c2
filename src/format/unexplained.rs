//! Finds what a record has otherwise than its committed text although no change through asrun made it so here: somebody
//! else committed it, and an old copy was saved over it, or it was edited by hand.

use std::collections::HashMap;

use crate::model::Zone;
use crate::yaml::Value;
use crate::yaml::tree::Node;

use super::audience::{closed_again, without_audience};
use super::document::Document;
use super::journal::{
    Effect, FORGET, Journal, JournalEntry, RECOVER, REDO, UNDO, other_effects, unlike,
};
use super::likeness::{is_rewording, is_surely, pairs};
use super::lists::{self, LISTS};
use super::reverted::Reverted;

/// What a record has otherwise than an earlier text of it, and that its journal does not explain.
#[derive(Debug, Default)]
pub struct Unexplained {
    /// Items that only the earlier text has, each with its list.
    gone: Vec<(String, Value)>,
    /// Items that only the record has.
    came: Vec<(String, Value)>,
    /// Keys of the record itself.
    keys: Vec<Effect>,
    zone: Option<Zone>,
}

impl Unexplained {
    /// Compares a record with the text of it that is committed. An item that asrun added here is explained by nothing: it
    /// may have been committed, and removed since.
    pub fn of(journal: &Journal, committed: &Document, document: &Document) -> Unexplained {
        let own = OwnChanges::of(journal);
        let mut found = Unexplained::between(committed, document);
        let all = committed.tree();
        found.gone.retain(|(list, item)| !own.left(list, item));
        found.came.retain(|(list, item)| {
            let was =
                |before: &Value| lists::items(&all, list).iter().any(|it| Value::of(it) == *before);
            !own.made(list, Some(item), &|before| before.is_some_and(was))
        });
        found.keys.retain(|Effect { list, before, after }| {
            !own.made(list, after.as_ref(), &|it| it == before.as_ref())
        });
        found
    }

    fn between(before: &Document, after: &Document) -> Unexplained {
        let zone = after.incident.zone;
        let (before, after) = (before.tree(), after.tree());
        let mut found =
            Unexplained { keys: other_effects(&before, &after), zone, ..Unexplained::default() };
        for list in LISTS {
            let (gone, came) = differing(lists::items(&before, list), lists::items(&after, list));
            found.gone.extend(gone.into_iter().map(|item| ((*list).to_owned(), item)));
            found.came.extend(came.into_iter().map(|item| ((*list).to_owned(), item)));
        }
        found
    }

    /// Whether there is nothing of it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns how many items and keys it is.
    pub fn len(&self) -> usize {
        self.gone.len() + self.came.len() + self.keys.len()
    }

    /// Whether it has an item as the record has it.
    pub fn tells_of(&self, Reverted { list, stands, .. }: &Reverted) -> bool {
        self.came.iter().any(|(of, item)| of == list && Some(item) == stands.as_ref())
    }

    /// Returns what remains if something is told by the journal: what asrun wrote here, and what is as it was before asrun
    /// changed it here.
    #[must_use]
    pub fn without(
        mut self,
        journal: &Journal,
        document: &Document,
        reverted: &[Reverted],
    ) -> Unexplained {
        let own = journal.acknowledged_items(Some(document));
        self.gone.retain(|(list, item)| !own.iter().any(|it| it.list == *list && it.item == *item));
        let is_told = |list: &str, stands: Option<&Value>| {
            reverted.iter().any(|it| it.list == list && it.stands.as_ref() == stands)
        };
        self.came.retain(|(list, item)| !is_told(list, Some(item)));
        self.keys.retain(|key| !is_told(&key.list, key.after.as_ref()));
        self
    }

    /// Returns what of it is because the record is as it was in an older text, whatever was written into it since; `None` if
    /// it has something that only the `last` text has.
    pub fn as_in(
        &self,
        [old, last]: [&Document; 2],
        journal: &Journal,
        document: &Document,
    ) -> Option<Unexplained> {
        let own = OwnChanges::of(journal);
        let (since, now) = (Unexplained::between(old, last), Unexplained::between(last, document));
        let kept = Unexplained::between(old, document).changes();
        let (now_gone, now) = (now.gone.clone(), now.changes());
        let (mut gone, mut came) = (Vec::new(), Vec::new());
        let found_here = Found { old, journal, document, zone: self.zone };
        for (list, was, is) in since.changes().into_iter().filter(|it| is_list(&it.0)) {
            let Some(is) = is else {
                let mut stays = kept.iter().filter(|(of, it, _)| (of, it) == (&list, &was));
                match stays.next() {
                    None => came.extend(was.map(|item| (list, item))),
                    Some((.., Some(_))) => {}
                    Some(_) if was.is_some_and(|item| own.left(&list, &item)) => {}
                    Some(_) => return None,
                }
                continue;
            };
            let item = (list, is);
            if !now_gone.contains(&item) {
                if own.wrote(&item.0, Some(&item.1)) {
                    continue;
                }
                return None;
            }
            let (stands, found) = found_here.of(&item, was.as_ref(), &now);
            match stands {
                // It may have been logged into the older text here.
                Some(_) if found.is_some() && own.wrote(&item.0, Some(&item.1)) => {}
                None => gone.push(item),
                Some(stands) => match (
                    side_of(was.as_ref(), &item.1, found.as_ref().unwrap_or(&stands)),
                    found.is_none() && own.wrote(&item.0, Some(&stands)),
                ) {
                    (Side::New, false) => return None,
                    (Side::Old, _) => {
                        came.push((item.0.clone(), stands));
                        gone.push(item);
                    }
                    (Side::New, true) if was.is_none() => gone.push(item),
                    _ => {}
                },
            }
        }
        for Effect { list, after, .. } in &since.keys {
            if document.value_named(list) == *after && !own.wrote(list, after.as_ref()) {
                return None;
            }
        }
        let was = |key: &&Effect| old.value_named(&key.list) == key.after;
        let found = Unexplained {
            gone: self.gone.iter().filter(|it| gone.contains(it)).cloned().collect(),
            came: self.came.iter().filter(|it| came.contains(it)).cloned().collect(),
            keys: self.keys.iter().filter(was).cloned().collect(),
            zone: self.zone,
        };
        (!found.is_empty()).then_some(found)
    }

    /// Returns the items that the earlier text has as internal, and the record does not.
    pub fn opened(&self) -> Vec<Reverted> {
        let changes = self.changes().into_iter();
        let opened = changes.filter_map(|(list, gone, came)| {
            let (gone, came) = (gone?, came?);
            let written = closed_again(&gone, &came)?;
            Some(Reverted::committed(list, Some(came), Some(written), Some(gone)))
        });
        opened.collect()
    }

    /// Returns the items that another text had as well, which a commit removed since.
    pub fn back_from(&self, had: &Document) -> Vec<Reverted> {
        let of_lists = self.changes().into_iter().filter(|(list, ..)| is_list(list));
        let new = of_lists
            .filter_map(|(list, gone, came)| Some((list, came.filter(|_| gone.is_none())?)));
        let back = new.filter(|(list, item)| had.items(list).contains(item));
        back.map(|(list, item)| Reverted::committed(list, Some(item), None, None)).collect()
    }

    /// Returns each of its items and keys as it is in the earlier text, and in the record.
    pub fn changes(&self) -> Vec<(String, Option<Value>, Option<Value>)> {
        let of = |all: &[(String, Value)], list: &str| -> Vec<Value> {
            all.iter().filter(|(of, _)| of == list).map(|(_, item)| item.clone()).collect()
        };
        let mut changes = Vec::new();
        for list in LISTS {
            let (gone, came) = (of(&self.gone, list), of(&self.came, list));
            let mut became = pairs(&gone, &came, self.zone);
            pair_audiences(&gone, &came, &mut became);
            let mut new: Vec<Option<Value>> = came.into_iter().map(Some).collect();
            for (gone, place) in gone.into_iter().zip(became) {
                let came = place.and_then(|place| new[place].take());
                changes.push(((*list).to_owned(), Some(gone), came));
            }
            changes
                .extend(new.into_iter().flatten().map(|it| ((*list).to_owned(), None, Some(it))));
        }
        let keys = self.keys.iter().cloned();
        changes.extend(keys.map(|Effect { list, before, after }| (list, before, after)));
        changes
    }

    /// Returns the effects that confirm that it is right as it is.
    pub fn confirmed(&self) -> Vec<Effect> {
        let changes = self.changes().into_iter();
        changes.map(|(list, before, after)| Effect { list, before, after }).collect()
    }
}

fn is_list(list: &str) -> bool {
    LISTS.contains(&list)
}

/// What asrun found of committed entries when it changed them here.
struct Found<'d> {
    old: &'d Document,
    journal: &'d Journal,
    document: &'d Document,
    zone: Option<Zone>,
}

impl Found<'_> {
    /// Returns how an item stands in the record now, and what asrun had found if it made that of the item, whatever it made of
    /// it. `was` is the item in the older text.
    fn of(
        &self,
        (list, item): &(String, Value),
        was: Option<&Value>,
        now: &[(String, Option<Value>, Option<Value>)],
    ) -> (Option<Value>, Option<Value>) {
        let mut became = now.iter().filter(|(of, it, _)| (of, it.as_ref()) == (list, Some(item)));
        if let Some(stands) = became.next().and_then(|(.., stands)| stands.clone()) {
            let found = self.made(list, item, &stands).filter(|_| was.is_none());
            return (Some(stands), found);
        }
        let new = now.iter().filter(|(of, gone, _)| of == list && gone.is_none());
        let mut stands = new.filter_map(|(.., stands)| stands.as_ref());
        let made = |it: &Value| Some((it.clone(), self.made(list, item, it)?));
        stands.find_map(made).unzip()
    }

    /// Returns what asrun found and changed into what stands there now, if that was the item. What the older text had so was
    /// not edited by hand.
    fn made(&self, list: &str, item: &Value, stands: &Value) -> Option<Value> {
        let found = self.journal.found_as(list, stands, self.document).into_iter();
        let mut found = found.filter(|found| is_entry(item, found, self.zone));
        let is_closed = closed_again(item, stands).is_none();
        found.find(|found| is_closed && !self.old.items(list).contains(found))
    }
}

/// Whether a committed item is the entry that asrun found so: edited by hand at most, and no more open than it was.
fn is_entry(item: &Value, found: &Value, zone: Option<Zone>) -> bool {
    let is_like = is_surely(item, found, zone) || is_rewording(item, found, zone);
    is_like && closed_again(item, found).is_none()
}

/// Which of two texts a record has an item of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
    /// What they differ in was changed again.
    Neither,
}

/// Returns which text has an item as it stands in a record: by the keys in which both differ, if both have it.
fn side_of(old: Option<&Value>, new: &Value, stands: &Value) -> Side {
    let Some(old) = old else { return Side::New };
    if stands == old {
        return Side::Old;
    }
    let (Value::Map(was), Value::Map(is)) = (old, new) else { return Side::Neither };
    let keys: Vec<&str> = was.iter().chain(is).map(|(key, _)| key.as_str()).collect();
    let differing = || keys.iter().filter(|key| old.get(key) != new.get(key));
    match () {
        () if differing().any(|key| stands.get(key) == new.get(key)) => Side::New,
        () if differing().all(|key| stands.get(key) == old.get(key)) => Side::Old,
        () => Side::Neither,
    }
}

/// Pairs what differs in nothing but who may read it: a file alone has no words.
fn pair_audiences(gone: &[Value], came: &[Value], became: &mut [Option<usize>]) {
    for (at, item) in gone.iter().enumerate() {
        if became[at].is_none() {
            let is_free = |place: &usize| !became.contains(&Some(*place));
            let is_it = |place: &usize| without_audience(&came[*place]) == without_audience(item);
            became[at] = (0..came.len()).filter(is_free).find(is_it);
        }
    }
}

/// Returns the items that only one of two lists has.
fn differing(before: &[Node], after: &[Node]) -> (Vec<Value>, Vec<Value>) {
    let (before, after) = unlike(before, after);
    let values = |nodes: &[Node]| -> Vec<(String, Value)> {
        let values = nodes.iter().map(Value::of);
        values.map(|value| (serde_json::to_string(&value).unwrap_or_default(), value)).collect()
    };
    let (gone, came) = (values(before), values(after));
    let only = |these: &[(String, Value)], those: &[(String, Value)]| -> Vec<Value> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        those.iter().for_each(|(key, _)| *counts.entry(key).or_default() += 1);
        let mut is_in_both = |key: &str| {
            let left = counts.get_mut(key).filter(|count| **count > 0);
            left.map(|count| *count -= 1).is_some()
        };
        let others = these.iter().filter(|(key, _)| !is_in_both(key));
        others.map(|(_, value)| value.clone()).collect()
    };
    (only(&gone, &came), only(&came, &gone))
}

/// What asrun changed in a record here.
struct OwnChanges<'j>(HashMap<&'j str, Vec<(&'j JournalEntry, &'j Effect)>>);

impl<'j> OwnChanges<'j> {
    fn of(journal: &'j Journal) -> OwnChanges<'j> {
        let mut own: HashMap<&str, Vec<(&JournalEntry, &Effect)>> = HashMap::new();
        for entry in journal.acknowledging() {
            for effect in &entry.effects {
                own.entry(&effect.list).or_default().push((entry, effect));
            }
        }
        OwnChanges(own)
    }

    fn of_list(&self, list: &str) -> &[(&'j JournalEntry, &'j Effect)] {
        self.0.get(list).map_or(&[], Vec::as_slice)
    }

    /// Returns the index of the last change that made an item, or a key, what it is, unless a later one changed it again.
    fn last(&self, list: &str, item: Option<&Value>) -> Option<usize> {
        let mut all = self.of_list(list).iter().enumerate().rev();
        let (at, (_, effect)) = all.find(|(_, (_, effect))| {
            effect.after.as_ref() == item || effect.before.as_ref() == item
        })?;
        (effect.after.as_ref() == item).then_some(at)
    }

    /// Whether asrun changed an item into another one, or removed it.
    fn left(&self, list: &str, item: &Value) -> bool {
        let last = self.of_list(list).iter().rev().find(|(_, effect)| {
            [&effect.before, &effect.after].into_iter().flatten().any(|it| it == item)
        });
        last.is_some_and(|(_, effect)| effect.before.as_ref() == Some(item))
    }

    /// Whether asrun made an item, or a key, what it is.
    fn wrote(&self, list: &str, item: Option<&Value>) -> bool {
        self.last(list, item).is_some()
    }

    /// Whether asrun made an item, or a key, what it is out of what it `was`, or put it back. An item that it added may have
    /// been removed since.
    fn made(&self, list: &str, item: Option<&Value>, was: &dyn Fn(Option<&Value>) -> bool) -> bool {
        let all = self.of_list(list);
        let Some(mut at) = self.last(list, item) else { return false };
        loop {
            let (entry, effect) = all[at];
            let before = effect.before.as_ref();
            if was(before) {
                return true;
            }
            let Some(before) = before else {
                let is_removal = |(_, it): &(&JournalEntry, &Effect)| {
                    it.before == effect.after && it.after.is_none()
                };
                return [UNDO, REDO, RECOVER, FORGET].contains(&&*entry.verb)
                    || all[..at].iter().any(is_removal);
            };
            let earlier = all[..at].iter().rposition(|(_, it)| it.after.as_ref() == Some(before));
            match earlier {
                Some(earlier) => at = earlier,
                None => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::read;
    use super::super::journal::effects;
    use super::*;

    const ONE: &str = "  - at: 2024-09-07T18:00Z\n    text: one\n";
    const TWO: &str = "  - at: 2024-09-07T18:10Z\n    text: two\n";
    const INTERNAL: &str = "    audience: internal\n";

    fn record(parts: &[&str]) -> String {
        format!("title: t\nevents:\n{}", parts.concat())
    }

    /// Returns the journal of changes by these commands, each from one text to another.
    fn journal(changes: &[(&str, &str, &str)]) -> Journal {
        let line = |(verb, before, after): &(&str, &str, &str)| {
            let line =
                format!(r#"{{"id":"i","on":"2024-09-07T18:20Z","verb":"{verb}","effects":[]}}"#);
            let entry: JournalEntry = serde_json::from_str(&line).unwrap();
            let effects = effects(&read(before).unwrap(), &read(after).unwrap());
            JournalEntry { effects, ..entry }.to_line()
        };
        Journal::read(&changes.iter().map(line).collect::<String>())
    }

    fn found(journal: &Journal, texts: [&str; 3]) -> Option<Unexplained> {
        let [old, committed, now] = texts.map(|text| read(text).unwrap());
        Unexplained::of(journal, &committed, &now).as_in([&old, &committed], journal, &now)
    }

    #[test]
    fn an_old_version_is_one_whatever_asrun_did_to_it_here() {
        let (old, new) = (record(&[ONE, TWO]), record(&[ONE, TWO, INTERNAL]));
        let three = "  - at: 2024-09-07T18:20Z\n    text: three\n";
        let (logged, whole) = (record(&[ONE, TWO, three]), record(&[ONE, TWO, INTERNAL, three]));
        let begun = "title: t\n";
        for (changes, now, is_old) in [
            (&[][..], &old, true),
            (&[], &new, false),
            // The events of the old copy were logged here, as was one since.
            (&[("log", begun, &*old)], &old, true),
            (&[("log", begun, &old), ("log", &old, &logged)], &logged, true),
            (&[("log", &new, &whole)], &whole, false),
            // Somebody wrote another line into it.
            (&[], &logged, true),
            // asrun took it back here, or confirmed it, and nobody took that back.
            (&[("undo", &new, &old)], &old, false),
            (&[("forget", &new, &old)], &old, false),
            (&[("forget", &new, &old), ("undo", &old, &new)], &old, true),
            (&[("amend", &old, &new)], &old, true),
        ] {
            let found = found(&journal(changes), [&old, &new, now]);
            assert_eq!(found.is_some(), is_old, "{changes:?}");
        }
    }

    #[test]
    fn an_old_version_is_one_whatever_was_written_into_it_by_hand() {
        const THREE: &str = "  - at: 2024-09-07T18:20Z\n    text: three\n";
        const FOUR: &str = "  - at: 2024-09-07T18:30Z\n    text: written by hand\n";
        let by = |event: &str| format!("{event}    by: kim\n");
        let (old, new) = (record(&[ONE, TWO]), record(&[ONE, TWO, INTERNAL, THREE]));
        let lacks =
            |now: &str| found(&Journal::default(), [&old, &new, now]).map(|it| it.gone.len());
        for (now, lost) in [
            (record(&[ONE, TWO, FOUR]), Some(2)),
            (record(&[&ONE.replace("one", "one more"), TWO]), Some(2)),
            (record(&[TWO, FOUR]), Some(2)),
            (record(&[ONE, &by(TWO)]), Some(2)),
            // It has what was committed: somebody removed the rest, or wrote it otherwise.
            (record(&[ONE, TWO, THREE, FOUR]), None),
            (record(&[ONE, TWO, INTERNAL, FOUR]), None),
            (record(&[ONE, TWO, &THREE.replace("three", "three of them")]), None),
        ] {
            assert_eq!(lacks(&now), lost, "{now}");
        }
    }

    #[test]
    fn an_entry_reworded_by_hand_before_asrun_changed_it_is_there() {
        const SLOW: &str = "  - at: 2024-09-07T18:10Z\n    text: pool slow\n";
        let by_hand = SLOW.replace("pool slow", "pool is slow");
        let anew = SLOW.replace("pool slow", "the pool is slow");
        let with_file = format!("{by_hand}    attachments: [g.png]\n");
        let internal = format!("{SLOW}{INTERNAL}");
        for (committed, verb, changed, is_old) in [
            (SLOW, "amend", &anew, false),
            (SLOW, "edit", &anew, false),
            (SLOW, "attach", &with_file, false),
            (SLOW, "amend", &format!("{anew}    by: kim\n"), false),
            // It was internal, or another entry of that minute.
            (&internal, "amend", &anew, true),
            (&SLOW.replace("pool slow", "queue full"), "amend", &anew, true),
        ] {
            let (old, new) = (record(&[ONE]), record(&[ONE, committed]));
            let (hand, now) = (record(&[ONE, &by_hand]), record(&[ONE, changed]));
            let logged = ("log", &*old, &*new);
            let amended = (verb, &*hand, &*now);
            for changes in [&[logged, amended][..], &[amended]] {
                let found = found(&journal(changes), [&old, &new, &now]);
                assert_eq!(found.is_some(), is_old, "{committed}{changes:?} {found:?}");
            }
        }
        // What others committed beside it is lost.
        let (old, logged) = (record(&[ONE]), record(&[ONE, SLOW]));
        let new = record(&[ONE, SLOW, &TWO.replace("18:10", "18:40")]);
        let (hand, now) = (record(&[ONE, &by_hand]), record(&[ONE, &anew]));
        let changes = [("log", &*old, &*logged), ("amend", &hand, &now)];
        let found = found(&journal(&changes), [&old, &new, &now]);
        assert_eq!(found.map(|it| it.gone.len()), Some(1));
    }

    #[test]
    fn what_a_commit_removed_or_set_is_back_in_an_old_version() {
        let (old, new) = (record(&[ONE, TWO]), record(&[ONE]));
        let told = |texts| found(&Journal::default(), texts).map(|it| it.confirmed().len());
        assert_eq!(told([&old, &new, &old]), Some(1));
        // It was logged here before it was committed; removed and logged again, it is right.
        let logged = journal(&[("log", &new, &old)]);
        assert!(found(&logged, [&old, &new, &old]).is_some());
        let again = journal(&[("log", &new, &old), ("amend", &old, &new), ("log", &new, &old)]);
        assert!(found(&again, [&old, &new, &old]).is_none());
        let high = format!("severity: sev1\n{old}");
        assert_eq!(told([&old, &high, &old]), Some(1));
        let set = journal(&[("set", &high, &old)]);
        assert!(found(&set, [&old, &high, &old]).is_none());
        assert_eq!(told([&old, &old, &high]), None, "that is new");
    }

    #[test]
    fn what_is_told_as_taken_back_is_not_told_again() {
        let rated =
            |severity: &str, parts: &[&str]| format!("severity: {severity}\n{}", record(parts));
        let [committed, now] =
            [rated("sev1", &[ONE, TWO]), rated("sev2", &[ONE])].map(|text| read(&text).unwrap());
        let journal = Journal::default();
        let left = |reverted: &[Reverted]| {
            let all = Unexplained::of(&journal, &committed, &now);
            all.without(&journal, &now, reverted).len()
        };
        let told = |severity: &str| {
            let stands = Some(Value::Scalar(severity.to_owned()));
            Reverted::committed("severity".to_owned(), stands, None, None)
        };
        assert_eq!(left(&[]), 2);
        assert_eq!(left(&[told("sev2")]), 1, "the event is still told");
        assert_eq!(left(&[told("sev3")]), 2, "it is something else");
    }

    #[test]
    fn what_a_commit_keeps_internal_is_closed_again_as_it_stands() {
        let opened = |committed: &str, now: &str| {
            let [committed, now] =
                [committed, now].map(|text| read(&format!("title: t\n{text}")).unwrap());
            let found = Unexplained::of(&Journal::default(), &committed, &now).opened();
            let changes: Vec<_> = found.iter().flat_map(|it| it.changes(&now)).collect();
            super::super::apply_all(&now, &changes).unwrap().0.to_text()
        };
        let at = "at: 2024-09-07T18:00Z";
        for (committed, now, expected) in [
            (
                format!("events: [{{{at}, text: a, audience: internal}}]\n"),
                "events:\n  - at: 2024-09-07T18:05Z\n    text: a\n    by: kim\n",
                "events:\n  - at: 2024-09-07T18:05Z\n    text: a\n    by: kim\n    audience: internal\n",
            ),
            (
                format!("events: [{{{at}, text: a, audience: internal}}]\n"),
                "events:\n  - at: 2024-09-07T18:00Z\n    text: another\n",
                "events:\n  - at: 2024-09-07T18:00Z\n    text: another\n",
            ),
            (
                format!(
                    "events: [{{{at}, text: a, attachments: [{{file: f.png, audience: internal}}]}}]\n"
                ),
                "events: [{at: 2024-09-07T18:00Z, text: a, attachments: [f.png, g.png]}]\n",
                "events: [{at: 2024-09-07T18:00Z, text: a, attachments: [{file: f.png, audience: internal}, g.png]}]\n",
            ),
            (
                "attachments: [{file: f.png, audience: internal}]\n".to_owned(),
                "attachments: [f.png]\n",
                "attachments: [{file: f.png, audience: internal}]\n",
            ),
            (
                "lessons: {well: [{text: a, audience: internal}, b]}\n".to_owned(),
                "lessons: {well: [b, a]}\n",
                "lessons: {well: [b, {text: a, audience: internal}]}\n",
            ),
        ] {
            assert_eq!(opened(&committed, now), format!("title: t\n{expected}"), "{committed}");
        }
    }
}
