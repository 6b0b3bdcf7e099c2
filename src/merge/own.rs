//! Applies the changes of one side to the text of the other, in their own lines.

use std::collections::HashMap;

use crate::fault::EditFault;
use crate::format::edit::{apply, apply_together};
use crate::format::{Document, OwnText, apply_all};
use crate::yaml::{Change, KeyEdit, OwnLines, PatchFault, Path, Value, value_of};

use super::comments::OldComments;
use super::values::file_of;

/// The side whose changes are merged into ours.
pub(super) struct Theirs<'d> {
    pub(super) document: &'d Document,
    /// Its text, from which lines are taken.
    pub(super) text: OwnText<'d>,
    /// The comments that ours and theirs have from the base.
    pub(super) old: [OldComments; 2],
}

/// A mapping in the text that lines are taken from.
pub(super) struct Source<'d> {
    pub(super) text: &'d OwnText<'d>,
    /// The path of the mapping.
    pub(super) at: Path,
    /// The comments that its side has from the base.
    pub(super) old: &'d OldComments,
}

impl Source<'_> {
    /// Returns the changes from a mapping at that path of the other side to the merged one: equal values keep their spelling,
    /// others get the lines of this mapping.
    ///
    /// # Errors
    /// A value has no lines of its own here.
    pub(super) fn changes(
        &self,
        at: &Path,
        before: &[(String, Value)],
        merged: &[(String, Value)],
    ) -> Result<Vec<Change>, EditFault> {
        let gone = before.iter().filter(|(key, _)| value_of(merged, key).is_none());
        let mut changes: Vec<Change> =
            gone.map(|(key, _)| Change::unset(at.clone(), key)).collect();
        for (key, new) in merged {
            match value_of(before, key) {
                Some(old) if old == new => {}
                Some(old) => changes.extend(self.changes_of(at, key, old, new)?),
                None => {
                    let own = self.old.left_out(&self.own(key, new, true)?);
                    changes.push(Change::add_own(at.clone(), key, own));
                }
            }
        }
        Ok(changes)
    }

    /// Returns the changes of a key that both mappings have.
    fn changes_of(
        &self,
        at: &Path,
        key: &str,
        old: &Value,
        new: &Value,
    ) -> Result<Vec<Change>, EditFault> {
        let inside = |path: &Path| path.iter().cloned().chain([(key.to_owned(), None)]).collect();
        match (old, new) {
            (Value::Map(old), Value::Map(new)) if !new.is_empty() => {
                let inner = Source { at: inside(&self.at), ..*self };
                inner.changes(&inside(at), old, new)
            }
            (Value::List(old), Value::List(all))
                if self.text.value(&self.at, key).as_ref() != Some(new) =>
            {
                self.items(at, key, old, all)
            }
            _ => Ok(vec![Change::set_own(at.clone(), key, self.own(key, new, false)?)]),
        }
    }

    /// Returns the changes from one list to the other, which must be made one after the other.
    ///
    /// # Errors
    /// A new item has no lines of its own here and is no file.
    fn items(
        &self,
        at: &Path,
        key: &str,
        old: &[Value],
        all: &[Value],
    ) -> Result<Vec<Change>, EditFault> {
        let here = self.text.value(&self.at, key);
        let here = if let Some(Value::List(items)) = &here { items.as_slice() } else { &[] };
        let (mut changes, mut now) = self.files_in_place(at, key, (old, here), all)?;
        let mut wanted: HashMap<&Value, usize> = HashMap::new();
        all.iter().for_each(|item| *wanted.entry(item).or_default() += 1);
        let is_gone = |item: &Value| match wanted.get_mut(item) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        let gone: Vec<bool> = now.iter().map(is_gone).collect();
        // Otherwise new ones are inserted before old ones are removed: the list is never empty and keeps its style.
        if gone.contains(&false) {
            for place in (0..gone.len()).rev().filter(|place| gone[*place]) {
                changes.push(Change::remove(at.clone(), key, place));
                now.remove(place);
            }
        }
        let mut taken: Vec<usize> = Vec::new();
        for (index, item) in all.iter().enumerate() {
            if now.get(index) == Some(item) {
                continue;
            }
            let is_it = |place: &usize| here[*place] == *item && !taken.contains(place);
            let own = (0..here.len()).rev().find(is_it).and_then(|place| {
                taken.push(place);
                let own = self.text.items(&self.at, key, &[place], true).pop().flatten()?;
                Some(self.old.left_out(&own))
            });
            changes.push(match own {
                Some(own) => Change::insert_own(at.clone(), key, index, own),
                None if file_of(item).is_some() => {
                    Change::insert(at.clone(), key, index, item.clone())
                }
                None => return Err(EditFault::NotInLines),
            });
            now.insert(index, item.clone());
            if let Some(later) = now.iter().skip(index + 1).position(|other| other == item) {
                changes.push(Change::remove(at.clone(), key, index + 1 + later));
                now.remove(index + 1 + later);
            }
        }
        let rest = (all.len()..now.len()).rev();
        changes.extend(rest.map(|place| Change::remove(at.clone(), key, place)));
        Ok(changes)
    }

    /// Returns the changes of files that stay, key by key, and the list after them. `here` is the list of this side.
    fn files_in_place(
        &self,
        at: &Path,
        key: &str,
        (old, here): (&[Value], &[Value]),
        all: &[Value],
    ) -> Result<(Vec<Change>, Vec<Value>), EditFault> {
        let mut changes = Vec::new();
        let mut now = old.to_vec();
        for (place, item) in now.iter_mut().enumerate() {
            let name = file_of(item);
            let new = place_of(all, name).map(|place| &all[place]);
            let (Value::Map(before), Some(Value::Map(after))) = (&*item, new) else { continue };
            let Some(there) = place_of(here, name).filter(|_| name.is_some()) else { continue };
            let inside = |path: &Path, place| {
                path.iter().cloned().chain([(key.to_owned(), Some(place))]).collect::<Path>()
            };
            let source = Source { at: inside(&self.at, there), ..*self };
            changes.extend(source.changes(&inside(at, place), before, after)?);
            *item = Value::Map(after.clone());
        }
        Ok((changes, now))
    }

    /// Returns the lines of a key with that value.
    fn own(&self, key: &str, value: &Value, above: bool) -> Result<OwnLines, EditFault> {
        let own = self.text.key(&self.at, key, above);
        own.filter(|own| own.value() == value).ok_or(EditFault::NotInLines)
    }
}

/// Returns the place of the file with that name.
fn place_of(items: &[Value], name: Option<&str>) -> Option<usize> {
    items.iter().position(|item| file_of(item) == name)
}

/// Makes changes one after the other; comments that are impossible in brackets are left out.
pub(super) fn in_turn(document: &Document, changes: &[Change]) -> Result<Document, EditFault> {
    if let Ok((changed, _)) = apply_all(document, changes) {
        return Ok(changed);
    }
    let mut current = document.clone();
    for change in changes {
        let made = match apply(&current, change) {
            Err(EditFault::Patch(PatchFault::OwnComments)) => apply(&current, &bare(change)?),
            made => made,
        };
        current = made?.0;
    }
    Ok(current)
}

/// Makes changes all at once, or one after the other if they touch the same lines.
pub(super) fn together(document: &Document, changes: &[Change]) -> Result<Document, EditFault> {
    if changes.is_empty() {
        return Ok(document.clone());
    }
    apply_together(document, changes)
        .map(|(changed, _)| changed)
        .or_else(|_| in_turn(document, changes))
}

/// Returns the change without the comments of its lines.
fn bare(change: &Change) -> Result<Change, EditFault> {
    let edit = match &change.edit {
        KeyEdit::InsertOwn(index, own) => KeyEdit::InsertOwn(*index, own.bare()?),
        KeyEdit::AddOwn(own) => KeyEdit::AddOwn(own.bare()?),
        KeyEdit::SetOwn(own) => KeyEdit::SetOwn(own.bare()?),
        edit => edit.clone(),
    };
    Ok(Change { edit, ..change.clone() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::format::read;
    use crate::merge::{Merged, merge};
    use crate::yaml::chance::Chance;
    use crate::yaml::tree::{Content, Node};
    use crate::yaml::{comments, tree_of};

    /// A value with its types, and its keys in no order.
    #[derive(Debug, Clone, PartialEq)]
    enum Typed {
        Null,
        Plain(String),
        Quoted(String),
        List(Vec<Typed>),
        Map(BTreeMap<String, Typed>),
    }

    impl Typed {
        fn of(node: &Node) -> Typed {
            match &node.value {
                _ if node.is_null() => Typed::Null,
                Content::Scalar { text, .. } if text.contains(['[', '{', ',', '?', '\n']) => {
                    // It needs quotes in brackets.
                    Typed::Quoted(text.to_string())
                }
                Content::Scalar { text, style: granit_parser::ScalarStyle::Plain } => {
                    Typed::Plain(text.to_string())
                }
                Content::Scalar { text, .. } => Typed::Quoted(text.to_string()),
                Content::List { items, .. } => Typed::List(items.iter().map(Typed::of).collect()),
                Content::Map { entries, .. } => {
                    let entry =
                        |it: &crate::yaml::tree::Entry| (it.key.to_string(), Typed::of(&it.value));
                    Typed::Map(entries.iter().map(entry).collect())
                }
            }
        }

        fn read(text: &str) -> Typed {
            Typed::of(&tree_of(text, |_| true).unwrap_or_else(|why| panic!("{why:?}\n{text}")))
        }

        fn get(&self, key: &str) -> Option<Typed> {
            let Typed::Map(entries) = self else { panic!("{self:?}") };
            entries.get(key).cloned()
        }

        /// Returns the events by their texts.
        fn events(&self) -> BTreeMap<String, Typed> {
            let Some(Typed::List(events)) = self.get("events") else { panic!("{self:?}") };
            let named = |event: Typed| match event.get("text") {
                Some(Typed::Plain(name)) => (name, event),
                other => panic!("{other:?}"),
            };
            events.into_iter().map(named).collect()
        }
    }

    /// A record: unknown keys with their values, and events, each with its text, minute and unknown keys.
    #[derive(Clone)]
    struct Parts {
        keys: Vec<(&'static str, String)>,
        events: Vec<(&'static str, usize, String)>,
    }

    impl Parts {
        fn event(
            chance: &mut Chance,
            name: &'static str,
            minute: usize,
        ) -> (&'static str, usize, String) {
            (name, minute, chance.map(2, 2, ""))
        }

        /// Returns the text, with dashes in that column.
        fn text(&self, column: usize) -> String {
            let key = |(key, value): &(&str, String)| format!("{key}:{value}");
            let event = |(name, minute, keys): &(&str, usize, String)| {
                let lines = format!("- at: 2024-09-07T18:{minute:02}Z\n  text: {name}\n{keys}");
                OwnLines::read(&lines).map_or(lines, |own| own.at_column(column, "\n"))
            };
            let keys: String = self.keys.iter().map(key).collect();
            let events: String = self.events.iter().map(event).collect();
            format!("title: t\n{keys}events:\n{events}")
        }
    }

    /// Returns base, ours and theirs; our list is in another column.
    fn sides(chance: &mut Chance) -> [String; 3] {
        let keys = vec![("my_a", chance.value(0, 2)), ("my_b", chance.value(0, 2))];
        let events = [("one", 1), ("two", 5), ("three", 9)];
        let events = events.map(|(name, minute)| Parts::event(chance, name, minute)).to_vec();
        let base = Parts { keys, events };
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours.events.insert(1, Parts::event(chance, "ours", 2));
        ours.keys[0].1 = chance.value(0, 2);
        theirs.keys[1].1 = chance.value(0, 2);
        theirs.keys.push(("my_c", chance.value(0, 2)));
        theirs.events[0].2 = chance.map(2, 2, "");
        theirs.events.remove(1);
        theirs.events.insert(1, Parts::event(chance, "theirs", 3));
        let (there, here) = (chance.of(5), chance.of(5));
        // Different quotes are not a change of a value.
        [base.text(there), ours.text(here), theirs.text(there)].map(|it| it.replace("'5'", "'6'"))
    }

    /// Returns the unknown keys and the events that the merged record should have.
    fn expected([_, ours, theirs]: &[String; 3]) -> (Vec<Option<Typed>>, BTreeMap<String, Typed>) {
        let (ours, theirs) = (Typed::read(ours), Typed::read(theirs));
        let keys = vec![ours.get("my_a"), theirs.get("my_b"), theirs.get("my_c")];
        let mut events = ours.events();
        events.remove("two");
        events.extend(theirs.events().into_iter().filter(|(name, _)| name != "three"));
        (keys, events)
    }

    fn counted(comments: &[String]) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        comments.iter().for_each(|comment| *counts.entry(comment.as_str()).or_default() += 1);
        counts
    }

    #[test]
    fn what_comes_from_the_other_side_keeps_its_types_and_comments() {
        let mut chance = Chance::of_seed(7);
        let (mut read_all, mut merged_all) = (0, 0);
        for _ in 0..60 {
            let sides = sides(&mut chance);
            if sides.iter().any(|side| read(side).is_err()) {
                continue;
            }
            read_all += 1;
            let [base, ours, theirs] = &sides;
            // Sides without lines of their own are merged line by line, with a message.
            let Ok(Merged { text, conflicts, left_out, .. }) = merge(base, ours, theirs) else {
                continue;
            };
            let told = format!(
                "--- base\n{base}\n--- ours\n{ours}\n--- theirs\n{theirs}\n--- merged\n{text}"
            );
            assert_eq!(conflicts, [], "{told}");
            merged_all += 1;
            let found = Typed::read(&text);
            let (keys, events) = expected(&sides);
            assert_eq!(["my_a", "my_b", "my_c"].map(|key| found.get(key)).to_vec(), keys, "{told}");
            assert_eq!(found.events(), events, "{told}");
            let all = [base, ours, theirs, &text].map(|text| comments(text));
            let [in_base, in_ours, in_theirs, in_merged] = all.each_ref().map(|all| counted(all));
            for comment in in_ours.keys().chain(in_theirs.keys()) {
                let [base, ours, theirs, merged] = [&in_base, &in_ours, &in_theirs, &in_merged]
                    .map(|all| all.get(comment).copied().unwrap_or(0));
                let merged = merged + left_out.iter().filter(|it| it == comment).count();
                let stays = ours.saturating_sub(base.saturating_sub(theirs));
                assert!(merged >= stays.max(theirs.saturating_sub(base)), "{comment}\n{told}");
            }
        }
        assert!(read_all > 30 && merged_all * 10 > read_all * 9, "{read_all} {merged_all}");
    }

    const BASE: &str = "\
title: t
custom: [1,  2]   # mine
events:
- at: 2024-09-07T18:00Z
  text: one
  my_count: 5   # five
";

    /// Checks the merge of `BASE` and these sides.
    #[track_caller]
    fn becomes(ours: &str, theirs: &str, expected: &str) {
        let Merged { text, conflicts, .. } = merge(BASE, ours, theirs).unwrap();
        assert_eq!((text.as_str(), conflicts), (expected, vec![]));
    }

    const DEEP: &str = "\
title: u
custom: [1,  2]   # mine
events:
    - at: 2024-09-07T18:00Z
      text: one
      my_count: 5   # five
";

    #[test]
    fn values_come_as_they_are_written() {
        let theirs = BASE
            .replace("my_count: 5   # five", "my_count: 1.10   # more\n  my_flag: true # yes")
            + "# above\n- at: 2024-09-07T18:01Z\n  text: two\n  my_list: [1,  '2'] # both\n  my_null: ~\n";
        let deep = DEEP.replace("5   # five", "1.10   # more\n      my_flag: true # yes")
            + "    # above\n    - at: 2024-09-07T18:01Z\n      text: two\n      my_list: [1,  '2'] # both\n      my_null: ~\n";
        becomes(DEEP, &theirs, &deep);
        let brackets =
            |events: &str| format!("title: u\ncustom: [1,  2]   # mine\nevents: [{events}]\n");
        let one = "{at: 2024-09-07T18:00Z, text: one, my_count: 5}";
        let both = "{at: 2024-09-07T18:00Z, text: one, my_count: 1.10, my_flag: true}, {at: 2024-09-07T18:01Z, text: two, my_list: [1, '2'], my_null: ~}";
        becomes(&brackets(one), &theirs, &(brackets(both) + "# more\n# yes\n# above\n# both\n"));
    }

    #[test]
    fn a_key_of_the_record_comes_in_its_lines() {
        let theirs =
            BASE.replace("[1,  2]   # mine", "  # list\n  - 1\n  - {a: 07} # odd\n\nmore: 0x1f");
        let custom = theirs.split("custom:").nth(1).unwrap().split("events").next().unwrap();
        becomes(
            DEEP,
            &theirs,
            &(DEEP.replace(" [1,  2]   # mine\n", custom.split("\nmore").next().unwrap())
                + "more: 0x1f\n"),
        );
    }

    #[test]
    fn either_side_of_a_conflict_can_be_chosen() {
        let ours = DEEP.replace("my_count: 5", "my_count: 6").replace("[1,  2]", "[3]");
        let theirs = BASE.replace("my_count: 5", "my_count: 07").replace("[1,  2]", "{a: 4}");
        let Merged { text, conflicts, .. } = merge(BASE, &ours, &theirs).unwrap();
        assert_eq!(conflicts.len(), 2);
        for (side, taken) in [("ours", [": 6 ", ": [3]"]), ("theirs", [": 07 ", ": {a: 4}"])] {
            let mut inside = None;
            let mut lines = String::new();
            for line in text.lines() {
                match line.get(..7) {
                    Some("<<<<<<<") => inside = Some("ours"),
                    Some("=======") => inside = Some("theirs"),
                    Some(">>>>>>>") => inside = None,
                    _ if inside.is_none_or(|it| it == side) => lines += &format!("{line}\n"),
                    _ => {}
                }
            }
            assert!(read(&lines).is_ok(), "{lines}");
            for value in taken {
                assert!(lines.contains(value), "{value}\n{lines}");
            }
        }
    }

    /// A comment that the base has behind its last entry is there once, whatever both sides add behind it.
    #[test]
    fn a_comment_at_the_end_is_there_once() {
        let event =
            |minute: u32, text: &str| format!("- at: 2024-09-07T18:0{minute}Z\n  text: {text}\n");
        let base = format!("{BASE}# at the end\n");
        let [ours, theirs] = [event(1, "ours"), event(2, "theirs")];
        let merged = merge(&base, &format!("{base}{ours}"), &format!("{base}{theirs}")).unwrap();
        assert_eq!(merged.text, format!("{base}{ours}{theirs}"));
        let more = "more: 1\n";
        let merged = merge(&base, &format!("{base}{ours}"), &format!("{base}{more}")).unwrap();
        assert_eq!(merged.text, format!("{base}{ours}{more}"));
        // Of a list of texts, too; and a comment that only they have comes along.
        let list = |items: &str| format!("title: t\ntags:\n- a\n# more\n{items}");
        let (ours, theirs) = ("- b\n", "# mine\n- c\n");
        let merged = merge(&list(""), &list(ours), &list(theirs)).unwrap();
        assert_eq!(merged.text, list("- b\n# mine\n- c\n"));
    }

    /// A comment that replaces another one takes its place; what was replaced is not kept.
    #[test]
    fn a_comment_that_was_replaced_is_gone() {
        let ours = BASE.replace("title: t", "title: u");
        let theirs = BASE.replace("5   # five", "6   # six");
        becomes(&ours, &theirs, &theirs.replace("title: t", "title: u"));
        becomes(&theirs, &ours, &theirs.replace("title: t", "title: u"));
    }

    /// A comment stands beside its entry or its key, not at the end of the file.
    #[test]
    fn a_comment_goes_where_its_entry_goes() {
        // Theirs changed nothing but comments, and ours the entries.
        let ours = BASE.replace("text: one", "text: one\n  by: me");
        let theirs = BASE.replace("# five", "# cinq").replace("custom", "# why\ncustom");
        let merged = BASE
            .replace("custom", "# why\ncustom")
            .replace("- at", "# cinq\n- at")
            .replace("text: one", "text: one\n  by: me");
        becomes(&ours, &theirs, &merged);
        // The entry is deleted, and its new comment with it.
        let two = "- at: 2024-09-07T18:05Z\n  text: two # base\n";
        let base = format!("{BASE}{two}");
        let commented = format!("{BASE}{}", two.replace("# base", "# why"));
        for (ours, theirs) in [(BASE, commented.as_str()), (&commented, BASE)] {
            let Merged { text, conflicts, left_out, .. } = merge(&base, ours, theirs).unwrap();
            assert_eq!((text.as_str(), conflicts), (BASE, vec![]));
            assert_eq!(left_out, ["why"]);
        }
        let key = BASE.replace("# mine", "# ours");
        let gone = BASE.replace("custom: [1,  2]   # mine\n", "");
        let Merged { text, left_out, .. } = merge(BASE, &key, &gone).unwrap();
        assert_eq!((text, left_out), (gone, vec!["ours".to_owned()]));
        // Where one side deleted an entry that the other changed, both are shown with all comments.
        let changed = commented
            .replace("two", "two, three")
            .replace("- at: 2024-09-07T18:05Z", "# up\n- at: 2024-09-07T18:05Z");
        let Merged { text, conflicts, left_out, .. } = merge(&base, BASE, &changed).unwrap();
        assert_eq!((conflicts.len(), left_out), (1, vec![]));
        assert!(text.contains("# why") && text.contains("# up"), "{text}");
    }
}
