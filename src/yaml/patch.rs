//! Where a change is made in the text, and what it replaces: one range, in the file's style.

use std::ops::Range;

use granit_parser::ScalarStyle;

use super::change::{Change, KeyEdit, Path};
use super::key_place::{colon_after, entry_end, key_column};
use super::lines::line_start;
use super::own::{OwnLines, after_own_comments};
use super::patch_fault::PatchFault;
use super::scalar::quoted;
use super::schema::Schema;
use super::style::{
    ItemStyle, Quotes, above_comments, after_line, dash_of, deepest_comment, item_style, line_end,
    neighbour_style, quotes,
};
use super::tree::{Content, Entry, Node, comment_places};
use super::value::Value;
use super::write::Writer;

/// Returns lines for the end of a file without a final line end: they get none either, unless they end in a literal
/// block, which would lose its own.
fn unended_lines<'l>(lines: &'l str, end: &str) -> &'l str {
    let in_block = lines.contains(&format!(" |{end}"));
    if in_block { lines } else { lines.trim_end_matches(['\n', '\r']) }
}

/// Whether a value ends in lines of a block text.
fn ends_in_block(node: &Node) -> bool {
    match &node.value {
        Content::Scalar { style, .. } => {
            matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
        }
        Content::List { items, .. } => items.last().is_some_and(ends_in_block),
        Content::Map { entries, .. } => {
            entries.last().is_some_and(|entry| ends_in_block(&entry.value))
        }
    }
}

/// A range of the text and its replacement.
pub(crate) struct Patch {
    pub(crate) range: Range<usize>,
    pub(crate) inserted: String,
}

/// What is inserted.
enum New<'n> {
    /// The value of a key.
    Value(&'n Value),
    /// An item of a list.
    Item(&'n Value),
    /// An item of a list, in its own lines.
    OwnItem(&'n OwnLines),
    /// A key with its value, in its own lines.
    OwnKey(&'n OwnLines),
}

/// A text to be patched: what is asked of all of it is asked once, however many patches it gets.
pub(crate) struct Patching<'d> {
    text: &'d str,
    root: &'d Node<'d>,
    schema: &'d Schema,
    line_end: &'static str,
}

/// The text, and the mapping in it to be changed.
pub(crate) struct PatchTarget<'d> {
    text: &'d str,
    line_end: &'static str,
    root: &'d Node<'d>,
    pub(crate) map: &'d Node<'d>,
    /// The column of the mapping's keys, if it is in block style.
    indent: usize,
    /// Sibling items of the mapping: its style follows theirs.
    siblings: &'d [Node<'d>],
    schema: &'d Schema,
}

impl<'n> New<'n> {
    /// Returns the value, which is rewritten; fails for one with comments.
    fn value(&self) -> Result<&'n Value, PatchFault> {
        match self {
            New::Value(value) | New::Item(value) => Ok(value),
            New::OwnItem(own) | New::OwnKey(own) => match own.comments().is_empty() {
                true => Ok(own.value()),
                false => Err(PatchFault::OwnComments),
            },
        }
    }
}

impl<'d> Patching<'d> {
    pub(crate) fn of(text: &'d str, root: &'d Node<'d>, schema: &'d Schema) -> Patching<'d> {
        Patching { text, root, schema, line_end: line_end(text) }
    }

    /// Returns where a change goes, and what it replaces there.
    ///
    /// # Errors
    /// Its place is gone, or cannot be patched.
    pub(crate) fn plan(&self, change: &Change) -> Result<Patch, PatchFault> {
        let place = self.target(&change.at)?;
        let keys = place.map.entries().iter().map(|entry| &*entry.key);
        let before = || change.place_among(keys, self.schema);
        match &change.edit {
            KeyEdit::Insert(index, item) => place.insert(&change.key, *index, &New::Item(item)),
            KeyEdit::InsertOwn(index, own) => place.insert(&change.key, *index, &New::OwnItem(own)),
            KeyEdit::Replace(index, value) => place.replace_item(&change.key, *index, value),
            KeyEdit::Set(value) => place.set(&change.key, value, before),
            KeyEdit::AddOwn(own) => place.add_own(&change.key, own, before),
            KeyEdit::SetOwn(own) => place.set_own(&change.key, own),
            KeyEdit::Unset => place.unset(&change.key),
            KeyEdit::Remove(index) => place.remove(&change.key, *index),
        }
    }

    /// Returns the mapping at a path.
    ///
    /// # Errors
    /// There is none, or no key of it shows its column.
    pub(crate) fn target(&self, path: &Path) -> Result<PatchTarget<'d>, PatchFault> {
        let Patching { text, root, schema, line_end } = *self;
        let mut map = root;
        let mut siblings: &[Node] = &[];
        for (key, index) in path {
            let value = map.entry(key).map(|entry| &entry.value).ok_or(PatchFault::Gone)?;
            siblings = if index.is_some() { value.items() } else { &[] };
            map = match index {
                Some(index) => siblings.get(*index).ok_or(PatchFault::Gone)?,
                None => value,
            };
        }
        if !matches!(map.value, Content::Map { .. }) {
            return Err(PatchFault::NoMapping);
        }
        // A mapping without keys is in brackets.
        let indent = if map.is_flow() {
            0
        } else {
            let column = map.entries().iter().find_map(|entry| key_column(text, entry));
            column.ok_or(PatchFault::QuestionKeys)?
        };
        Ok(PatchTarget { text, line_end, root, map, indent, siblings, schema })
    }
}

impl PatchTarget<'_> {
    fn insert(&self, key: &str, index: usize, item: &New) -> Result<Patch, PatchFault> {
        let Some(entry) = self.map.entry(key) else {
            let keys = self.map.entries().iter().map(|entry| &*entry.key);
            let root = Some(keys).filter(|_| self.is_root());
            let before = root.and_then(|keys| self.schema.position_before(keys, key));
            return self.add_key(key, item, before);
        };
        let list = &entry.value;
        if list.is_null() || (list.items().is_empty() && list.is_flow() && !self.comment_in(list)) {
            return self.fill(entry, item);
        }
        if let Content::Scalar { text, .. } = &list.value {
            let mut both = vec![Value::text(&**text)];
            both.insert(index.min(1), item.value()?.clone());
            return self.replace(entry, &Value::List(both));
        }
        if list.is_flow() {
            return self.insert_flow(list, index, item);
        }
        self.insert_block(entry, index, item)
    }

    /// Returns the patch for the first item of a list that was written as empty.
    fn fill(&self, entry: &Entry, item: &New) -> Result<Patch, PatchFault> {
        if self.map.is_flow() {
            return self.replace(entry, &Value::List(vec![item.value()?.clone()]));
        }
        let colon = self.colon(entry)?;
        let value_end = entry.value.span.end.max(colon);
        // An empty value may be reported anywhere up to the next token: only a non-empty span counts.
        let written = if entry.value.span.is_empty() { colon..colon } else { colon..value_end };
        let line = after_line(self.text, written.end.max(colon));
        let style = neighbour_style(self.text, self.root);
        let style = ItemStyle { dash: self.indent + style.dash, ..style };
        let rest = &self.text[written.end..line];
        let items = self.item_lines(line, style, &[], item);
        let inserted = format!("{rest}{}", self.lines_at(line, &items));
        Ok(Patch { range: written.start..line, inserted })
    }

    fn insert_block(&self, entry: &Entry, index: usize, item: &New) -> Result<Patch, PatchFault> {
        let (key, list) = (&entry.key, &entry.value);
        let strange = || PatchFault::ListOf(key.to_string());
        let style = item_style(self.text, list).ok_or_else(strange)?;
        let at = self.line_of(entry, index)?;
        let lines = self.item_lines(at, style, list.items(), item);
        Ok(Patch { range: at..at, inserted: self.lines_at(at, &lines) })
    }

    /// Returns the offset where the lines of a new item of a block list begin.
    pub(crate) fn line_of(&self, entry: &Entry, index: usize) -> Result<usize, PatchFault> {
        let list = &entry.value;
        let style = item_style(self.text, list).ok_or(PatchFault::NoDashes)?;
        Ok(match index.checked_sub(1) {
            Some(previous) => {
                let previous = list.items().get(previous).ok_or(PatchFault::Gone)?;
                let end = after_line(self.text, previous.span.end);
                after_own_comments(self.text, end, style.dash)
            }
            None => self.before_first(entry, &list.items()[0]).ok_or(PatchFault::NoDashes)?,
        })
    }

    /// Returns the offset before the first item and the comment lines directly above it.
    fn before_first(&self, entry: &Entry, first: &Node) -> Option<usize> {
        let (line, _) = dash_of(self.text, first)?;
        let key_line = line_start(self.text, entry.key_span.start);
        (line > key_line).then(|| above_comments(self.text, line, key_line + 1))
    }

    /// Returns the lines of a new item for that line.
    fn item_lines(&self, line: usize, style: ItemStyle, votes: &[Node], item: &New) -> String {
        match item {
            New::Value(value) | New::Item(value) => {
                self.lines_with(line, votes, |writer| writer.item(style, value))
            }
            New::OwnItem(own) | New::OwnKey(own) => own.at_column(style.dash, self.line_end),
        }
    }

    fn insert_flow(&self, list: &Node, index: usize, item: &New) -> Result<Patch, PatchFault> {
        let items = list.items();
        let written = self.in_brackets("", items, item)?;
        let previous = index.checked_sub(1).and_then(|previous| items.get(previous));
        if let Some(patch) = previous.and_then(|it| self.own_flow_line(list, it, &written)) {
            return Ok(patch);
        }
        let (at, inserted) = match previous {
            Some(previous) => (previous.span.end, format!(", {written}")),
            None if items.is_empty() => (list.span.start + 1, written),
            None => (items[0].span.start, format!("{written}, ")),
        };
        Ok(Patch { range: at..at, inserted })
    }

    /// Returns the new value for brackets, without its key.
    fn in_brackets(&self, key: &str, votes: &[Node], new: &New) -> Result<String, PatchFault> {
        match new {
            New::Value(value) | New::Item(value) => {
                Ok(self.with_votes(votes, |writer| writer.flow(key, value)))
            }
            New::OwnItem(own) | New::OwnKey(own) => own.in_brackets(),
        }
    }

    /// Returns a new line after the previous item's, in a flow list with one item per line or after a comment beside that
    /// item.
    fn own_flow_line(&self, list: &Node, previous: &Node, written: &str) -> Option<Patch> {
        let line = line_start(self.text, previous.span.start);
        let lead = &self.text[line..previous.span.start];
        let end = after_line(self.text, previous.span.end);
        let rest = self.text[previous.span.end..end].trim_end_matches(['\n', '\r']);
        let after_comma = rest.trim_start().strip_prefix(',');
        let aside = after_comma.unwrap_or(rest).trim();
        let alone = lead.trim().is_empty() && !lead.is_empty();
        let has_comment = aside.starts_with('#');
        if !(has_comment || alone && aside.is_empty()) || !self.text[..end].ends_with('\n') {
            return None;
        }
        let first = list.items().first()?.span.start;
        let column = self.text[line_start(self.text, first)..first].chars().count();
        let lead = if alone { lead.to_owned() } else { " ".repeat(column) };
        let eol = self.line_end;
        let (comma, own_comma) = if after_comma.is_some() { ("", ",") } else { (",", "") };
        let inserted = format!("{comma}{rest}{eol}{lead}{written}{own_comma}{eol}");
        Some(Patch { range: previous.span.end..end, inserted })
    }

    fn set(
        &self,
        key: &str,
        value: &Value,
        before: impl FnOnce() -> Option<usize>,
    ) -> Result<Patch, PatchFault> {
        match self.map.entry(key) {
            Some(entry) => self.replace(entry, value),
            None => self.add_key(key, &New::Value(value), before()),
        }
    }

    /// Returns the patch that adds a key in its own lines.
    fn add_own(
        &self,
        key: &str,
        own: &OwnLines,
        before: impl FnOnce() -> Option<usize>,
    ) -> Result<Patch, PatchFault> {
        match self.map.entry(key) {
            Some(_) => Err(PatchFault::There(key.to_owned())),
            None => self.add_key(key, &New::OwnKey(own), before()),
        }
    }

    /// Returns the patch that replaces a key by its own lines, which have no comments above.
    fn set_own(&self, key: &str, own: &OwnLines) -> Result<Patch, PatchFault> {
        let entry = self.map.entry(key).ok_or(PatchFault::Gone)?;
        let (start, colon) = (entry.key_span.start, self.colon(entry)?);
        let end = if entry.value.span.is_empty() { colon } else { entry.value.span.end };
        if self.map.is_flow() {
            return Ok(Patch { range: start..end, inserted: own.in_brackets()? });
        }
        let end = after_own_comments(self.text, after_line(self.text, end), self.indent);
        let eol = self.line_end;
        let lines = own.at_column(self.indent, eol);
        let unended = end == self.text.len() && !self.text.ends_with('\n');
        let lines = if unended { unended_lines(&lines, eol) } else { &lines };
        Ok(Patch { range: start..end, inserted: lines.trim_start_matches(' ').to_owned() })
    }

    /// Returns the patch that replaces the text of one item: by another one with the same quotes, or by a mapping in brackets.
    fn replace_item(&self, key: &str, index: usize, value: &Value) -> Result<Patch, PatchFault> {
        let entry = self.map.entry(key).ok_or(PatchFault::Gone)?;
        if matches!(entry.value.value, Content::Scalar { .. }) && index == 0 {
            return self.replace(entry, value);
        }
        let item = entry.value.items().get(index).ok_or(PatchFault::Gone)?;
        let strange = || PatchFault::ListOf(key.to_owned());
        let Content::Scalar { style, .. } = &item.value else { return Err(strange()) };
        if item.span.is_empty() {
            return Err(strange());
        }
        let quotes = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => return Err(strange()),
            ScalarStyle::DoubleQuoted if value.is_text() => Quotes::Double,
            ScalarStyle::SingleQuoted if value.is_text() => Quotes::Single,
            _ => Quotes::Needed,
        };
        let inserted = match (quotes, value) {
            (Quotes::Double, Value::Scalar(text)) => quoted(text),
            _ => self.writing(self.text.len(), &|_| quotes, |writer| writer.flow("", value)),
        };
        Ok(Patch { range: item.span.clone(), inserted })
    }

    /// Returns the patch that replaces a value.
    fn replace(&self, entry: &Entry, value: &Value) -> Result<Patch, PatchFault> {
        let (key, old) = (&entry.key, &entry.value);
        let colon = self.colon(entry)?;
        let between = self.text.get(colon..old.span.start).unwrap_or("");
        if between.contains('#') {
            return Err(PatchFault::CommentBefore(key.to_string()));
        }
        if between.contains(['&', '!']) {
            return Err(PatchFault::Marked(key.to_string()));
        }
        if self.comment_in(old) {
            return Err(PatchFault::CommentInside(key.to_string()));
        }
        let on_one_line = matches!(value, Value::Scalar(text) if !text.contains('\n'));
        let old_simple = old.is_flow()
            || (!old.span.is_empty() && !self.text[colon..old.span.end].contains('\n'));
        if self.map.is_flow() || (on_one_line && old_simple) {
            let written =
                self.with_votes(std::slice::from_ref(self.map), |writer| writer.flow(key, value));
            let range = if old.span.is_empty() { colon..colon } else { old.span.clone() };
            let lead = if old.span.is_empty() { " " } else { "" };
            return Ok(Patch { range, inserted: format!("{lead}{written}") });
        }
        let end = if old.span.is_empty() { colon } else { old.span.end };
        let line = after_line(self.text, end);
        let written = self
            .lines_with(line, self.siblings, |writer| writer.after_colon(self.indent, key, value));
        // A comment after the value stays on its line.
        let comment = self.text[end..line].trim_end_matches(['\n', '\r']);
        let written = match written.split_once('\n') {
            Some((first, below)) if comment.trim_start().starts_with('#') => {
                let (first, cr) =
                    first.strip_suffix('\r').map_or((first, ""), |first| (first, "\r"));
                format!("{first}{comment}{cr}\n{below}")
            }
            _ => written,
        };
        let unended = line == self.text.len() && !self.text.ends_with('\n');
        let written =
            if unended { unended_lines(&written, self.line_end).to_owned() } else { written };
        Ok(Patch { range: colon..line, inserted: written })
    }

    /// Returns the patch that adds a key, before the one at that place or after the mapping's last one.
    fn add_key(&self, key: &str, new: &New, before: Option<usize>) -> Result<Patch, PatchFault> {
        let entries = self.map.entries();
        if self.map.is_flow() {
            let written = match new {
                New::OwnKey(own) => own.in_brackets()?,
                New::Item(_) | New::OwnItem(_) => {
                    format!("{key}: [{}]", self.in_brackets("", self.siblings, new)?)
                }
                New::Value(_) => format!("{key}: {}", self.in_brackets(key, self.siblings, new)?),
            };
            let (at, inserted) = match (before, entries.last()) {
                (_, None) => (self.map.span.start + 1, written),
                (Some(next), _) => (entries[next].key_span.start, format!("{written}, ")),
                (None, Some(last)) => self.behind_comma(last, &written),
            };
            return Ok(Patch { range: at..at, inserted });
        }
        let at = match before {
            Some(place) => {
                let line = line_start(self.text, entries[place].key_span.start);
                // Lines of the value above are none of comments, whatever they look like.
                let above = place.checked_sub(1).map(|above| entry_end(self.text, &entries[above]));
                above_comments(self.text, line, above.map_or(0, |end| after_line(self.text, end)))
            }
            None => after_line(self.text, self.map.span.end),
        };
        Ok(Patch { range: at..at, inserted: self.lines_at(at, &self.key_lines(at, key, new)) })
    }

    /// Returns where a key goes that follows the last one in brackets, and its text with the comma. A blank stands
    /// between a colon without a value and the comma: some readers take `:,` for a text.
    fn behind_comma(&self, last: &Entry, written: &str) -> (usize, String) {
        let end = entry_end(self.text, last);
        let lead = if last.value.span.is_empty() { " " } else { "" };
        (end, format!("{lead}, {written}"))
    }

    fn is_root(&self) -> bool {
        std::ptr::eq(self.map, self.root)
    }

    /// Returns the lines of a new key for that line; top-level lists of entries always as blocks.
    fn key_lines(&self, line: usize, key: &str, new: &New) -> String {
        let lead = " ".repeat(self.indent);
        let end = self.line_end;
        let neighbours = neighbour_style(self.text, self.root);
        let entry = |value: &Value| {
            self.lines_with(line, self.siblings, |writer| writer.entry(self.indent, key, value))
        };
        match new {
            New::OwnKey(own) => own.at_column(self.indent, end),
            New::OwnItem(_) => {
                let dash = match self.is_root() {
                    true => self.indent + neighbours.dash,
                    false => self.indent + neighbours.dash.min(2),
                };
                let style = ItemStyle { dash, ..neighbours };
                format!("{lead}{key}:{end}{}", self.item_lines(line, style, &[], new))
            }
            New::Item(item @ Value::Map(_)) if self.is_root() => {
                self.block_key(line, key, std::slice::from_ref(item))
            }
            New::Value(Value::List(items))
                if self.is_root() && items.iter().any(|item| matches!(item, Value::Map(_))) =>
            {
                self.block_key(line, key, items)
            }
            New::Item(item) => format!("{lead}{}", entry(&Value::List(vec![(*item).clone()]))),
            New::Value(value) => format!("{lead}{}", entry(value)),
        }
    }

    /// Returns the lines of a top-level list of entries.
    fn block_key(&self, line: usize, key: &str, items: &[Value]) -> String {
        let style = neighbour_style(self.text, self.root);
        let style = ItemStyle { dash: self.indent + style.dash, ..style };
        let (lead, end) = (" ".repeat(self.indent), self.line_end);
        let items = self.lines_with(line, &[], |writer| {
            items.iter().map(|item| writer.item(style, item)).collect::<String>()
        });
        format!("{lead}{key}:{end}{items}")
    }

    /// Returns the patch that removes a key with its value, as whole lines.
    fn unset(&self, key: &str) -> Result<Patch, PatchFault> {
        let entries = self.map.entries();
        let place = entries.iter().position(|entry| entry.key == key).ok_or(PatchFault::Gone)?;
        let entry = &entries[place];
        let colon = self.colon(entry)?;
        if self.text.get(colon..entry.value.span.start).unwrap_or("").contains(['&', '!']) {
            return Err(PatchFault::Marked(key.to_owned()));
        }
        let end = entry.value.span.end.max(colon);
        if self.map.is_flow() {
            let range = self.in_flow(entries, place)?;
            return Ok(Patch { range, inserted: String::new() });
        }
        let line = line_start(self.text, entry.key_span.start);
        if !self.text[line..entry.key_span.start].trim().is_empty() {
            return Err(PatchFault::BehindDash);
        }
        let end = after_line(self.text, end);
        let above = place.checked_sub(1).map(|above| &entries[above].value);
        self.stays_below(key, above, end, self.indent)?;
        Ok(self.without_lines(line, end))
    }

    /// Refuses to remove what is between a block text and a comment that would become one of its lines: one from that
    /// line on, indented deeper than that column.
    fn stays_below(
        &self,
        key: &str,
        above: Option<&Node>,
        line: usize,
        column: usize,
    ) -> Result<(), PatchFault> {
        let is_read_on =
            above.is_some_and(ends_in_block) && deepest_comment(self.text, line) > column;
        if is_read_on { Err(PatchFault::CommentInside(key.to_owned())) } else { Ok(()) }
    }

    /// Returns the range of a key in brackets with one of the commas beside it. Comments beside it stay.
    ///
    /// # Errors
    /// A comment is between the value and its comma.
    fn in_flow(&self, entries: &[Entry], place: usize) -> Result<Range<usize>, PatchFault> {
        let (start, end) = (entries[place].key_span.start, entry_end(self.text, &entries[place]));
        let before = place.checked_sub(1).map(|before| entry_end(self.text, &entries[before]));
        let next = entries.get(place + 1).map(|next| next.key_span.start);
        let has_comment = |range: Range<usize>| self.text[range].contains('#');
        match (before, next) {
            (_, Some(next)) if !has_comment(end..next) => Ok(start..next),
            (Some(before), None) if !has_comment(before..start) => Ok(before..end),
            _ => {
                let rest = self.text[end..].trim_start();
                match rest.strip_prefix(',') {
                    Some(rest) => Ok(start..self.text.len() - rest.len()),
                    None if next.is_none() => Ok(start..end),
                    None => Err(PatchFault::CommentsInBrackets),
                }
            }
        }
    }

    /// Removes whole lines; a file without a final line end still has none.
    fn without_lines(&self, line: usize, end: usize) -> Patch {
        let reaches_end = end == self.text.len() && !self.text.ends_with('\n');
        let start =
            if reaches_end { self.text[..line].trim_end_matches(['\n', '\r']).len() } else { line };
        Patch { range: start..end, inserted: String::new() }
    }

    fn remove(&self, key: &str, index: usize) -> Result<Patch, PatchFault> {
        let entry = self.map.entry(key).ok_or(PatchFault::Gone)?;
        let items = entry.value.items();
        let item = items.get(index).ok_or(PatchFault::Gone)?;
        if entry.value.is_flow() {
            return self.remove_flow(entry, index);
        }
        let (line, dash) = dash_of(self.text, item).ok_or(PatchFault::Gone)?;
        if line == line_start(self.text, entry.key_span.start) {
            return Err(PatchFault::BehindKey);
        }
        let end = after_own_comments(self.text, after_line(self.text, item.span.end), dash);
        let above = index.checked_sub(1).and_then(|above| items.get(above));
        self.stays_below(key, above, end, dash)?;
        Ok(self.without_lines(line, end))
    }

    fn remove_flow(&self, entry: &Entry, index: usize) -> Result<Patch, PatchFault> {
        let items = entry.value.items();
        let item = &items[index].span;
        let before = index.checked_sub(1).map_or(entry.value.span.start, |at| items[at].span.end);
        let after = items.get(index + 1).map_or(entry.value.span.end, |next| next.span.start);
        if self.text[before..item.start].contains('#') || self.text[item.end..after].contains('#') {
            return Err(PatchFault::CommentsInBrackets);
        }
        let range = match (index, items.len()) {
            (_, 1) if self.map.is_flow() => {
                // Brackets around it show better what is nothing than a lone colon does.
                return Ok(Patch { range: entry.value.span.clone(), inserted: "~".to_owned() });
            }
            (_, 1) => entry.value.span.clone(),
            (0, _) => items[0].span.start..items[1].span.start,
            _ => items[index - 1].span.end..items[index].span.end,
        };
        Ok(Patch { range, inserted: String::new() })
    }

    /// Returns the offset just after the colon of a key.
    fn colon(&self, entry: &Entry) -> Result<usize, PatchFault> {
        colon_after(self.text, entry).ok_or_else(|| PatchFault::NoColon(entry.key.to_string()))
    }

    /// Whether there is a comment inside of a value: it has several lines then.
    fn comment_in(&self, node: &Node) -> bool {
        let written = &self.text[node.span.clone()];
        let perhaps = !matches!(node.value, Content::Scalar { .. }) && written.contains('\n');
        perhaps
            && written.contains('#')
            && comment_places(self.text).iter().any(|(at, _)| node.span.contains(at))
    }

    /// Returns whole lines for that offset; a file without a final line end still has none.
    pub(crate) fn lines_at(&self, at: usize, lines: &str) -> String {
        if at < self.text.len() || self.text.is_empty() || self.text.ends_with('\n') {
            return lines.to_owned();
        }
        let end = self.line_end;
        format!("{end}{}", unended_lines(lines, end))
    }

    fn with_votes<T>(&self, items: &[Node], write: impl FnOnce(&Writer) -> T) -> T {
        self.lines_with(self.text.len(), items, write)
    }

    /// Writes lines that go to that line.
    fn lines_with<T>(&self, line: usize, items: &[Node], write: impl FnOnce(&Writer) -> T) -> T {
        let vote = |key: &str| if key.is_empty() { Quotes::Needed } else { quotes(items, key) };
        self.writing(line, &vote, write)
    }

    fn writing<T>(
        &self,
        line: usize,
        quotes: &dyn Fn(&str) -> Quotes,
        write: impl FnOnce(&Writer) -> T,
    ) -> T {
        let root_style = neighbour_style(self.text, self.root);
        let writer = Writer {
            schema: self.schema,
            line_end: self.line_end,
            list_indent: root_style.dash.min(2),
            below: deepest_comment(self.text, line),
            quotes,
        };
        write(&writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::edit::apply;
    use crate::format::read;
    use crate::lang::terminal;

    fn event() -> Value {
        let key = |key: &str, text: &str| (key.to_owned(), Value::text(text));
        Value::Map(vec![key("at", "2024-09-07T18:30Z"), key("text", "new")])
    }

    /// Returns the change of `insert events 0`, `set events.0.by new`, `unset lessons.well` or `remove events 0`; an
    /// item inserted into `tags` is a text.
    fn change(said: &str) -> Change {
        let mut words = said.splitn(3, ' ');
        let mut next = || words.next().unwrap_or_default();
        let (verb, path, rest) = (next(), next(), next());
        let mut hops: Vec<&str> = path.split('.').collect();
        let key = hops.pop().unwrap().to_owned();
        let at: Path = match hops.as_slice() {
            [] => Vec::new(),
            [list, index] => vec![((*list).to_owned(), index.parse().ok())],
            [map] => vec![((*map).to_owned(), None)],
            _ => panic!("{path}"),
        };
        let item = if key == "tags" { Value::text("new") } else { event() };
        match verb {
            "insert" => Change::insert(at, &key, rest.parse().unwrap(), item),
            "set" => Change::set(at, &key, Value::text(rest)),
            "unset" => Change::unset(at, &key),
            _ => Change::remove(at, &key, rest.parse().unwrap()),
        }
    }

    /// Returns the text after the change, or why it was not made.
    fn patched(text: &str, change: &Change) -> String {
        let document = read(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
        apply(&document, change)
            .map_or_else(|fault| terminal().edit_fault(&fault), |(after, _)| after.to_text())
    }

    /// Texts, changes, and the text after each or why it was not made.
    type Table = [(&'static str, &'static str, &'static str)];

    #[track_caller]
    fn come_out(table: &Table) {
        for (text, said, expected) in table {
            assert_eq!(patched(text, &change(said)), *expected, "{said}\n{text}");
        }
    }

    #[test]
    fn new_items_are_in_the_style_of_the_list() {
        come_out(INSERTED);
    }

    #[test]
    fn values_are_replaced_and_nothing_beside_them() {
        come_out(SET);
    }

    #[test]
    fn keys_go_with_their_lines() {
        come_out(UNSET);
    }

    #[test]
    fn items_go_with_the_comments_that_are_theirs() {
        come_out(REMOVED);
    }

    #[test]
    fn a_line_of_a_text_is_no_comment_whatever_it_looks_like() {
        come_out(LOOKS);
    }

    #[test]
    fn a_comment_below_stays_one() {
        come_out(BELOW);
        come_out(TAKEN_OUT);
    }

    #[test]
    fn values_that_are_empty_end_with_their_colon() {
        come_out(EMPTY);
    }

    const LOOKS: &Table = &[
        (
            "title: t\nsummary: |\n  text\n  ## Second\nevents: []\n",
            "set impact i",
            "title: t\nsummary: |\n  text\n  ## Second\nimpact: i\nevents: []\n",
        ),
        (
            "title: t\nsummary: |\n  text\n  ## Second\n# of events\nevents: []\n",
            "set impact i",
            "title: t\nsummary: |\n  text\n  ## Second\nimpact: i\n# of events\nevents: []\n",
        ),
        (
            "title: t\nsections:\n  - title: a\n    body: |\n      b\n      # Heading\nevents: []\n",
            "insert plan 0",
            "title: t\nsections:\n  - title: a\n    body: |\n      b\n      # Heading\nplan:\n  - at: 2024-09-07T18:30Z\n    text: new\nevents: []\n",
        ),
        (
            "title: 't\n  # b'\nevents: []\n",
            "set severity sev1",
            "title: 't\n  # b'\nseverity: sev1\nevents: []\n",
        ),
        (
            "title: t\nsummary: >+\n  a\n  # b\n\nevents: []\n",
            "set impact i",
            "title: t\nsummary: >+\n  a\n  # b\n\nimpact: i\nevents: []\n",
        ),
        (
            "# all\ntitle:\n  # what\n  t\nsummary:\n# of events\nevents: []\n",
            "set impact i",
            "# all\ntitle:\n  # what\n  t\nsummary:\nimpact: i\n# of events\nevents: []\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: |\n      one\n      # two\n  - at: 2024-09-07T18:02Z\n    text: two\n",
            "insert events 1",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: |\n      one\n      # two\n  - at: 2024-09-07T18:30Z\n    text: new\n  - at: 2024-09-07T18:02Z\n    text: two\n",
        ),
    ];

    const BELOW: &Table = &[
        (
            "title: t\nsummary: old\n  # note\n",
            "set summary a\nb\n",
            "title: t\nsummary: \"a\\nb\\n\"\n  # note\n",
        ),
        (
            "title: t\nsummary: old\n\n # note\n",
            "set summary a\nb\n",
            "title: t\nsummary: |\n  a\n  b\n\n # note\n",
        ),
        (
            "title: t\n\n    # note\nevents: []\n",
            "set summary a\nb\n",
            "title: t\n\nsummary: \"a\\nb\\n\"\n    # note\nevents: []\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n\n      # note\n",
            "set events.0.detail a\nb\n",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    detail: \"a\\nb\\n\"\n\n      # note\n",
        ),
    ];

    const TAKEN_OUT: &Table = &[
        (
            "title: t\nsummary: |\n  a\nimpact: b\n  # c\nevents: []\n",
            "unset impact",
            "there is a comment inside `impact:`; move it above the entry, then try again",
        ),
        (
            "title: t\nsummary: |\n  a\nimpact: b\n# c\nevents: []\n",
            "unset impact",
            "title: t\nsummary: |\n  a\n# c\nevents: []\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: |\n      one\n  - at: 2024-09-07T18:02Z\n    text: two\n\n      # c\n",
            "remove events 1",
            "there is a comment inside `events:`; move it above the entry, then try again",
        ),
    ];

    const EMPTY: &Table = &[
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one, by: }]\n",
            "set events.0.why new",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one, by: , why: new }]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one, by:}]\n",
            "set events.0.why new",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one, by: , why: new}]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one, by: # who\n  }]\n",
            "set events.0.why new",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one, by: , why: new # who\n  }]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one, by: , why: x}]\n",
            "unset events.0.why",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one, by:}]\n",
        ),
        (
            "{title: t, events: [{at: 2024-09-07T18:01Z, text: one}]}\n",
            "remove events 0",
            "{title: t, events: ~}\n",
        ),
        (
            "{title: t, impact: x,\n # of kind\n kind: a}\n",
            "unset impact",
            "{title: t, \n # of kind\n kind: a}\n",
        ),
        (
            "{title: t, # of title\n impact: x # of impact\n}\n",
            "unset impact",
            "{title: t, # of title\n  # of impact\n}\n",
        ),
        (
            "{title: t, impact: x # of impact\n , kind: a}\n",
            "unset impact",
            "there are comments among the entries in brackets, and it is not clear which they belong to; remove the entry by hand",
        ),
        ("title: t\nlessons: {well: a,}\n", "unset lessons.well", "title: t\nlessons: {}\n"),
        (
            "   title: t\n",
            "insert events 0",
            "   title: t\n   events:\n     - at: 2024-09-07T18:30Z\n       text: new\n",
        ),
        (
            "  title: t\n  plan:\n  - {at: 2024-09-07T18:01Z, text: a}\n  - at: 2024-09-07T18:01Z\n    text: b\n  events: []\n",
            "insert events 0",
            "  title: t\n  plan:\n  - {at: 2024-09-07T18:01Z, text: a}\n  - at: 2024-09-07T18:01Z\n    text: b\n  events:\n  - at: 2024-09-07T18:30Z\n    text: new\n",
        ),
    ];

    const INSERTED: &Table = &[
        (
            "title: t\nevents:\n  - {at: 2024-09-07T18:01Z, text: one}\n",
            "insert events 0",
            "title: t\nevents:\n  - {at: 2024-09-07T18:30Z, text: new}\n  - {at: 2024-09-07T18:01Z, text: one}\n",
        ),
        (
            "title: t\nevents:\n  - {at: 2024-09-07T18:01Z, text: one}\n",
            "insert events 1",
            "title: t\nevents:\n  - {at: 2024-09-07T18:01Z, text: one}\n  - {at: 2024-09-07T18:30Z, text: new}\n",
        ),
        (
            "title: t\nevents:\n  # of one\n  # again\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "insert events 0",
            "title: t\nevents:\n  - at: 2024-09-07T18:30Z\n    text: new\n  # of one\n  # again\n  - at: 2024-09-07T18:01Z\n    text: one\n",
        ),
        (
            "title: t\nevents:\n\n  # of one\n\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "insert events 0",
            "title: t\nevents:\n\n  # of one\n\n  - at: 2024-09-07T18:30Z\n    text: new\n  - at: 2024-09-07T18:01Z\n    text: one\n",
        ),
        (
            "title: t\nevents:   # all\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "insert events 0",
            "title: t\nevents:   # all\n  - at: 2024-09-07T18:30Z\n    text: new\n  - at: 2024-09-07T18:01Z\n    text: one\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    # own\n    # own too\n  # next\n  - at: 2024-09-07T18:02Z\n    text: two\n\n# end\n",
            "insert events 1",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    # own\n    # own too\n  - at: 2024-09-07T18:30Z\n    text: new\n  # next\n  - at: 2024-09-07T18:02Z\n    text: two\n\n# end\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    # own\n    # own too\n  # next\n  - at: 2024-09-07T18:02Z\n    text: two\n\n# end\n",
            "insert events 2",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    # own\n    # own too\n  # next\n  - at: 2024-09-07T18:02Z\n    text: two\n  - at: 2024-09-07T18:30Z\n    text: new\n\n# end\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n\n\n  - at: 2024-09-07T18:02Z\n    text: two\n    # own",
            "insert events 1",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n  - at: 2024-09-07T18:30Z\n    text: new\n\n\n  - at: 2024-09-07T18:02Z\n    text: two\n    # own",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n\n\n  - at: 2024-09-07T18:02Z\n    text: two\n    # own",
            "insert events 2",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n\n\n  - at: 2024-09-07T18:02Z\n    text: two\n    # own\n  - at: 2024-09-07T18:30Z\n    text: new",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one",
            "insert events 0",
            "title: t\nevents:\n  - at: 2024-09-07T18:30Z\n    text: new\n  - at: 2024-09-07T18:01Z\n    text: one",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one",
            "insert events 1",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n  - at: 2024-09-07T18:30Z\n    text: new",
        ),
        (
            "title: t\r\nevents:\r\n  - at: 2024-09-07T18:01Z\r\n    text: one\r\n",
            "insert events 0",
            "title: t\r\nevents:\r\n  - at: 2024-09-07T18:30Z\r\n    text: new\r\n  - at: 2024-09-07T18:01Z\r\n    text: one\r\n",
        ),
        (
            "title: t\r\nevents:\r\n  - at: 2024-09-07T18:01Z\r\n    text: one\r\n",
            "insert events 1",
            "title: t\r\nevents:\r\n  - at: 2024-09-07T18:01Z\r\n    text: one\r\n  - at: 2024-09-07T18:30Z\r\n    text: new\r\n",
        ),
        (
            "title: t\r\nevents:\r\n  - at: 2024-09-07T18:01Z\r\n    text: one",
            "insert events 1",
            "title: t\r\nevents:\r\n  - at: 2024-09-07T18:01Z\r\n    text: one\r\n  - at: 2024-09-07T18:30Z\r\n    text: new",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: |\n      one\n\nkind: a\n",
            "insert events 1",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: |\n      one\n  - at: 2024-09-07T18:30Z\n    text: new\n\nkind: a\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: |\n      one",
            "insert events 1",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: |\n      one\n  - at: 2024-09-07T18:30Z\n    text: new",
        ),
        (
            "&a title: t\nkind: a\n",
            "insert events 0",
            "&a title: t\nkind: a\nevents:\n  - at: 2024-09-07T18:30Z\n    text: new\n",
        ),
        ("title: t\ntags: old # one\n", "insert tags 0", "title: t\ntags: [new, old] # one\n"),
        ("title: t\ntags: old\n", "insert tags 1", "title: t\ntags: [old, new]\n"),
        (
            "title: t\nevents:\n",
            "insert events 0",
            "title: t\nevents:\n  - at: 2024-09-07T18:30Z\n    text: new\n",
        ),
        (
            "title: t\nevents:",
            "insert events 0",
            "title: t\nevents:\n  - at: 2024-09-07T18:30Z\n    text: new",
        ),
        (
            "title: t\nevents: []\n",
            "insert events 0",
            "title: t\nevents:\n  - at: 2024-09-07T18:30Z\n    text: new\n",
        ),
        (
            "title: t\nevents: ~\n",
            "insert events 0",
            "title: t\nevents:\n  - at: 2024-09-07T18:30Z\n    text: new\n",
        ),
        (
            "title: t\nevents: []   # none\nkind: a\n",
            "insert events 0",
            "title: t\nevents:   # none\n  - at: 2024-09-07T18:30Z\n    text: new\nkind: a\n",
        ),
        (
            "title: t\nevents:   # none\n\nkind: a\n",
            "insert events 0",
            "title: t\nevents:   # none\n  - at: 2024-09-07T18:30Z\n    text: new\n\nkind: a\n",
        ),
        (
            "title: t\nevents: [ # none\n  ]\n",
            "insert events 0",
            "title: t\nevents: [{at: 2024-09-07T18:30Z, text: new} # none\n  ]\n",
        ),
        (
            "title: t\nplan:\n- {at: 2024-09-07T18:01Z, text: a}\nevents:\n",
            "insert events 0",
            "title: t\nplan:\n- {at: 2024-09-07T18:01Z, text: a}\nevents:\n  - at: 2024-09-07T18:30Z\n    text: new\n",
        ),
        (
            "title: t\nplan:\n    -   at: 2024-09-07T18:01Z\n        text: a\nevents: []\n",
            "insert events 0",
            "title: t\nplan:\n    -   at: 2024-09-07T18:01Z\n        text: a\nevents:\n    -   at: 2024-09-07T18:30Z\n        text: new\n",
        ),
        (
            "title: t\nkind: a",
            "insert events 0",
            "title: t\nkind: a\nevents:\n  - at: 2024-09-07T18:30Z\n    text: new",
        ),
        (
            "title: t\nkind: a\n\n\n# end\n",
            "insert events 0",
            "title: t\nkind: a\nevents:\n  - at: 2024-09-07T18:30Z\n    text: new\n\n\n# end\n",
        ),
        (
            "{title: t}\n",
            "insert events 0",
            "{title: t, events: [{at: 2024-09-07T18:30Z, text: new}]}\n",
        ),
        (
            "{title: t, events: []}\n",
            "insert events 0",
            "{title: t, events: [{at: 2024-09-07T18:30Z, text: new}]}\n",
        ),
        (
            "{title: t, events: ~}\n",
            "insert events 0",
            "{title: t, events: [{at: 2024-09-07T18:30Z, text: new}]}\n",
        ),
        (
            "{title: t, events:}\n",
            "insert events 0",
            "{title: t, events: [{at: 2024-09-07T18:30Z, text: new}]}\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}]\n",
            "insert events 0",
            "title: t\nevents: [{at: 2024-09-07T18:30Z, text: new}, {at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}]\n",
            "insert events 1",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:30Z, text: new}, {at: 2024-09-07T18:02Z, text: two}]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}]\n",
            "insert events 2",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}, {at: 2024-09-07T18:30Z, text: new}]\n",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:02Z, text: two}\n]\n",
            "insert events 0",
            "title: t\nevents: [\n  {at: 2024-09-07T18:30Z, text: new}, {at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:02Z, text: two}\n]\n",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:02Z, text: two}\n]\n",
            "insert events 1",
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:30Z, text: new},\n  {at: 2024-09-07T18:02Z, text: two}\n]\n",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:02Z, text: two}\n]\n",
            "insert events 2",
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:02Z, text: two},\n  {at: 2024-09-07T18:30Z, text: new}\n]\n",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one},   # first\n  {at: 2024-09-07T18:02Z, text: two},   # second\n]\n",
            "insert events 1",
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one},   # first\n  {at: 2024-09-07T18:30Z, text: new},\n  {at: 2024-09-07T18:02Z, text: two},   # second\n]\n",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one},   # first\n  {at: 2024-09-07T18:02Z, text: two},   # second\n]\n",
            "insert events 2",
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one},   # first\n  {at: 2024-09-07T18:02Z, text: two},   # second\n  {at: 2024-09-07T18:30Z, text: new},\n]\n",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two},\n]\n",
            "insert events 1",
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:30Z, text: new}, {at: 2024-09-07T18:02Z, text: two},\n]\n",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two},\n]\n",
            "insert events 2",
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}, {at: 2024-09-07T18:30Z, text: new},\n]\n",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one} # c\n  , {at: 2024-09-07T18:02Z, text: two}]\n",
            "insert events 1",
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one}, # c\n  {at: 2024-09-07T18:30Z, text: new}\n  , {at: 2024-09-07T18:02Z, text: two}]\n",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one} # c\n  , {at: 2024-09-07T18:02Z, text: two}]\n",
            "insert events 2",
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one} # c\n  , {at: 2024-09-07T18:02Z, text: two}, {at: 2024-09-07T18:30Z, text: new}]\n",
        ),
        (
            "title: t\nevents: [ {at: 2024-09-07T18:01Z, text: one}, # c1\n          {at: 2024-09-07T18:02Z, text: two} # c2\n        ]\n",
            "insert events 1",
            "title: t\nevents: [ {at: 2024-09-07T18:01Z, text: one}, # c1\n          {at: 2024-09-07T18:30Z, text: new},\n          {at: 2024-09-07T18:02Z, text: two} # c2\n        ]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two} # c2\n  ]\n",
            "insert events 2",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}, # c2\n         {at: 2024-09-07T18:30Z, text: new}\n  ]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, # c1\n  # above two\n  {at: 2024-09-07T18:02Z, text: two}]\n",
            "insert events 1",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, # c1\n         {at: 2024-09-07T18:30Z, text: new},\n  # above two\n  {at: 2024-09-07T18:02Z, text: two}]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:02Z, text: two}]\n",
            "insert events 2",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:02Z, text: two}, {at: 2024-09-07T18:30Z, text: new}]\n",
        ),
        (
            "title: t\nevents:\n- at: \"2024-09-07T18:01Z\"\n  text: \"one\"\n",
            "insert events 1",
            "title: t\nevents:\n- at: \"2024-09-07T18:01Z\"\n  text: \"one\"\n- at: \"2024-09-07T18:30Z\"\n  text: \"new\"\n",
        ),
        (
            "title: t\nevents:\n    -   at: 2024-09-07T18:01Z\n        text: 'one'\n",
            "insert events 1",
            "title: t\nevents:\n    -   at: 2024-09-07T18:01Z\n        text: 'one'\n    -   at: 2024-09-07T18:30Z\n        text: 'new'\n",
        ),
        (
            "title: t\n? events\n:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "insert events 1",
            "title: t\n? events\n:\n  - at: 2024-09-07T18:01Z\n    text: one\n  - at: 2024-09-07T18:30Z\n    text: new\n",
        ),
        (
            "title: t\nevents: !!seq\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "insert events 0",
            "title: t\nevents: !!seq\n  - at: 2024-09-07T18:30Z\n    text: new\n  - at: 2024-09-07T18:01Z\n    text: one\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "insert events 5",
            "the entry no longer exists",
        ),
        (
            "title: t\n# of events\n# all\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "insert plan 0",
            "title: t\nplan:\n  - at: 2024-09-07T18:30Z\n    text: new\n# of events\n# all\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
        ),
        (
            "title: t\n\nevents: []\n",
            "insert plan 0",
            "title: t\n\nplan:\n  - at: 2024-09-07T18:30Z\n    text: new\nevents: []\n",
        ),
        (
            "# head\nevents:\n- {at: 2024-09-07T18:01Z, text: one}\ntitle: t\n",
            "insert plan 0",
            "plan:\n  - at: 2024-09-07T18:30Z\n    text: new\n# head\nevents:\n- {at: 2024-09-07T18:01Z, text: one}\ntitle: t\n",
        ),
        (
            "{title: t, events: [{at: 2024-09-07T18:01Z, text: one}]}\n",
            "insert plan 0",
            "{title: t, plan: [{at: 2024-09-07T18:30Z, text: new}], events: [{at: 2024-09-07T18:01Z, text: one}]}\n",
        ),
        (
            "title: t\nkind: a\n",
            "insert plan 0",
            "title: t\nkind: a\nplan:\n  - at: 2024-09-07T18:30Z\n    text: new\n",
        ),
        ("title: t\ntags: a\n", "insert tags 1", "title: t\ntags: [a, new]\n"),
        ("title: t\ntags: [a]\n", "insert tags 1", "title: t\ntags: [a, new]\n"),
        ("title: t\ntags: [a]\n", "insert tags 0", "title: t\ntags: [new, a]\n"),
        ("title: t\ntags:\n  - a\n", "insert tags 1", "title: t\ntags:\n  - a\n  - new\n"),
    ];

    const SET: &Table = &[
        (
            "title: t\nevents:\n  - &a at: 2024-09-07T18:01Z\n    text: one\n",
            "set events.0.by new",
            "title: t\nevents:\n  - &a at: 2024-09-07T18:01Z\n    text: one\n    by: new\n",
        ),
        ("title: t\nkind: a\n", "set kind new", "title: t\nkind: new\n"),
        ("title: t\nkind: a\n", "set kind two\nlines\n", "title: t\nkind: |\n  two\n  lines\n"),
        ("title: t\nkind: a   # why\n", "set kind new", "title: t\nkind: new   # why\n"),
        (
            "title: t\nkind: a   # why\n",
            "set kind two\nlines\n",
            "title: t\nkind: |   # why\n  two\n  lines\n",
        ),
        ("title: t\nkind: \"a\"\n", "set kind new", "title: t\nkind: \"new\"\n"),
        ("title: t\nkind: \"a\"\n", "set kind two\nlines\n", "title: t\nkind: |\n  two\n  lines\n"),
        ("title: t\nkind: 'a'\n", "set kind new", "title: t\nkind: 'new'\n"),
        ("title: t\nkind: 'a'\n", "set kind two\nlines\n", "title: t\nkind: |\n  two\n  lines\n"),
        ("title: t\nkind:\n", "set kind new", "title: t\nkind: new\n"),
        ("title: t\nkind:\n", "set kind two\nlines\n", "title: t\nkind: |\n  two\n  lines\n"),
        ("title: t\nkind:   # why\n", "set kind new", "title: t\nkind: new   # why\n"),
        (
            "title: t\nkind:   # why\n",
            "set kind two\nlines\n",
            "title: t\nkind: |   # why\n  two\n  lines\n",
        ),
        ("title: t\nkind: ~\n", "set kind new", "title: t\nkind: new\n"),
        ("title: t\nkind: ~\n", "set kind two\nlines\n", "title: t\nkind: |\n  two\n  lines\n"),
        ("title: t\nkind: |\n  a\n  b\n", "set kind new", "title: t\nkind: new\n"),
        (
            "title: t\nkind: |\n  a\n  b\n",
            "set kind two\nlines\n",
            "title: t\nkind: |\n  two\n  lines\n",
        ),
        ("title: t\nkind:\n  a\n", "set kind new", "title: t\nkind: new\n"),
        ("title: t\nkind:\n  a\n", "set kind two\nlines\n", "title: t\nkind: |\n  two\n  lines\n"),
        ("title: t\nkind: a\n  b\n", "set kind new", "title: t\nkind: new\n"),
        (
            "title: t\nkind: a\n  b\n",
            "set kind two\nlines\n",
            "title: t\nkind: |\n  two\n  lines\n",
        ),
        ("title: t\nkind : a\n", "set kind new", "title: t\nkind : new\n"),
        ("title: t\nkind : a\n", "set kind two\nlines\n", "title: t\nkind : |\n  two\n  lines\n"),
        (
            "title: t\nkind: &x a\n",
            "set kind new",
            "`kind:` has an anchor or a tag, which would be lost; remove it, then try again",
        ),
        (
            "title: t\nkind: &x a\n",
            "set kind two\nlines\n",
            "`kind:` has an anchor or a tag, which would be lost; remove it, then try again",
        ),
        (
            "title: t\nkind: &x a\n",
            "unset kind",
            "`kind:` has an anchor or a tag, which would be lost; remove it, then try again",
        ),
        (
            "title: t\nkind: !!str a\n",
            "set kind new",
            "`kind:` has an anchor or a tag, which would be lost; remove it, then try again",
        ),
        (
            "title: t\nkind: !!str a\n",
            "set kind two\nlines\n",
            "`kind:` has an anchor or a tag, which would be lost; remove it, then try again",
        ),
        (
            "title: t\nkind: # c\n  a\n",
            "set kind new",
            "there is a comment between `kind:` and its value; move it above the entry, then try again",
        ),
        (
            "title: t\nkind: # c\n  a\n",
            "set kind two\nlines\n",
            "there is a comment between `kind:` and its value; move it above the entry, then try again",
        ),
        ("title: t\n", "set kind new", "title: t\nkind: new\n"),
        ("title: t\n", "set kind two\nlines\n", "title: t\nkind: |\n  two\n  lines\n"),
        ("title: t\nkind: a", "set kind new", "title: t\nkind: new"),
        ("title: t\nkind: a", "set kind two\nlines\n", "title: t\nkind: |\n  two\n  lines\n"),
        (
            "title: t\n? kind\n: a\n",
            "set kind new",
            "`kind` is not written as `kind: …`, which asrun needs to patch it",
        ),
        (
            "title: t\n? kind\n: a\n",
            "set kind two\nlines\n",
            "`kind` is not written as `kind: …`, which asrun needs to patch it",
        ),
        ("{title: t, kind: a}\n", "set kind new", "{title: t, kind: new}\n"),
        ("{title: t, kind:}\n", "set kind new", "{title: t, kind: new}\n"),
        ("{title: t}\n", "set kind two\nlines", "{title: t, kind: \"two\\nlines\"}\n"),
        (
            "title: t\ntags: [a,\n  # c\n  b]\n",
            "set tags new",
            "there is a comment inside `tags:`; move it above the entry, then try again",
        ),
        ("title: t\ntags: [a,\n  b]\n", "set tags new", "title: t\ntags: new\n"),
        ("title: t\ntags: ['#a', b]\n", "set tags new", "title: t\ntags: new\n"),
        (
            "title: t\r\nkind: a # c\r\nversion: b\r\n",
            "set kind two\nlines",
            "title: t\r\nkind: |- # c\r\n  two\r\n  lines\r\nversion: b\r\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "set events.0.by new",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    by: new\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "set events.0.why two\nlines\n",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    why: |\n      two\n      lines\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n  - at: 2024-09-07T18:02Z\n    text: two\n",
            "set events.0.by new",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    by: new\n  - at: 2024-09-07T18:02Z\n    text: two\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n  - at: 2024-09-07T18:02Z\n    text: two\n",
            "set events.0.why two\nlines\n",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    why: |\n      two\n      lines\n  - at: 2024-09-07T18:02Z\n    text: two\n",
        ),
        (
            "title: t\nevents:\n  - {at: 2024-09-07T18:01Z, text: one}\n  - {at: 2024-09-07T18:02Z, text: two}\n",
            "set events.0.by new",
            "title: t\nevents:\n  - {at: 2024-09-07T18:01Z, text: one, by: new}\n  - {at: 2024-09-07T18:02Z, text: two}\n",
        ),
        (
            "title: t\nevents:\n  - {at: 2024-09-07T18:01Z, text: one}\n  - {at: 2024-09-07T18:02Z, text: two}\n",
            "set events.0.why two\nlines\n",
            "title: t\nevents:\n  - {at: 2024-09-07T18:01Z, text: one, why: \"two\\nlines\\n\"}\n  - {at: 2024-09-07T18:02Z, text: two}\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}]\n",
            "set events.0.by new",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one, by: new}]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}]\n",
            "set events.0.why two\nlines\n",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one, why: \"two\\nlines\\n\"}]\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one",
            "set events.0.by new",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    by: new",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one",
            "set events.0.why two\nlines\n",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    why: |\n      two\n      lines\n",
        ),
        ("title: t\nlessons: {}\n", "set lessons.well a", "title: t\nlessons: {well: a}\n"),
        (
            "title: t\nlessons:\n  well: [a]\n",
            "set lessons.badly b",
            "title: t\nlessons:\n  well: [a]\n  badly: b\n",
        ),
        ("title: t\ntitle2: a\n", "set events.0.by a", "the entry no longer exists"),
        ("title: t\ntags: [a]\n", "set tags.0.by a", "the entry is not a mapping"),
    ];

    const UNSET: &Table = &[
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "unset events.0.text",
            "the edited text would not read as intended (`text` is missing here); nothing was written",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one",
            "unset events.0.text",
            "the file's last line has no line break; add one at its end, then try again",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    by: a   # who\n    text: one\n",
            "unset events.0.by",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    by: a\n  - at: 2024-09-07T18:02Z\n    text: two\n",
            "unset events.0.by",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n  - at: 2024-09-07T18:02Z\n    text: two\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    by: a",
            "unset events.0.by",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    by:\n",
            "unset events.0.by",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
        ),
        (
            "title: t\nevents:\n  - by: a\n    at: 2024-09-07T18:01Z\n    text: one\n",
            "unset events.0.by",
            "the first key of an entry shares its line with the dash; change it by hand",
        ),
        (
            "title: t\nevents: [{by: a, at: 2024-09-07T18:01Z, text: b}]\n",
            "unset events.0.by",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: b}]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, by: a, text: b}]\n",
            "unset events.0.by",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: b}]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: b, by: a}]\n",
            "unset events.0.by",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: b}]\n",
        ),
        ("title: t\nlessons: {well: a}\n", "unset lessons.well", "title: t\nlessons: {}\n"),
        ("title: t\nlessons: {well:}\n", "unset lessons.well", "title: t\nlessons: {}\n"),
        ("title: t\nkind: a\n\nversion: b\n", "unset kind", "title: t\n\nversion: b\n"),
        ("title: t\nkind: a", "unset kind", "title: t"),
        ("title: t\nversion: a\n", "unset kind", "the entry no longer exists"),
    ];

    const REMOVED: &Table = &[
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    # own\n  # next\n  - at: 2024-09-07T18:02Z\n    text: two\n",
            "remove events 0",
            "title: t\nevents:\n  # next\n  - at: 2024-09-07T18:02Z\n    text: two\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    # own\n  # next\n  - at: 2024-09-07T18:02Z\n    text: two\n",
            "remove events 1",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n    # own\n  # next\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n  - at: 2024-09-07T18:02Z\n    text: two\n    # own\n",
            "remove events 1",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n  - at: 2024-09-07T18:02Z\n    text: two",
            "remove events 1",
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one",
        ),
        (
            "title: t\nevents:\r\n  - at: 2024-09-07T18:01Z\r\n    text: one\r\n  - at: 2024-09-07T18:02Z\r\n    text: two",
            "remove events 1",
            "title: t\nevents:\r\n  - at: 2024-09-07T18:01Z\r\n    text: one",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "remove events 0",
            "title: t\nevents:\n",
        ),
        (
            "title: t\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
            "remove events 1",
            "the entry no longer exists",
        ),
        ("title: t\nkind: a\n", "remove events 0", "the entry no longer exists"),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}]\n",
            "remove events 0",
            "title: t\nevents: \n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}, {at: 2024-09-07T18:03Z, text: three}]\n",
            "remove events 0",
            "title: t\nevents: [{at: 2024-09-07T18:02Z, text: two}, {at: 2024-09-07T18:03Z, text: three}]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}, {at: 2024-09-07T18:03Z, text: three}]\n",
            "remove events 1",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:03Z, text: three}]\n",
        ),
        (
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}, {at: 2024-09-07T18:03Z, text: three}]\n",
            "remove events 2",
            "title: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:02Z, text: two}]\n",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one}, # c\n  {at: 2024-09-07T18:02Z, text: two}]\n",
            "remove events 0",
            "there are comments among the entries in brackets, and it is not clear which they belong to; remove the entry by hand",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one}, # c\n  {at: 2024-09-07T18:02Z, text: two}]\n",
            "remove events 1",
            "there are comments among the entries in brackets, and it is not clear which they belong to; remove the entry by hand",
        ),
        (
            "title: t\nevents: [\n  {at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:02Z, text: two} # c\n ]\n",
            "remove events 1",
            "there are comments among the entries in brackets, and it is not clear which they belong to; remove the entry by hand",
        ),
        (
            "title: t\nevents: [ # c\n  {at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:02Z, text: two}]\n",
            "remove events 0",
            "there are comments among the entries in brackets, and it is not clear which they belong to; remove the entry by hand",
        ),
        (
            "title: t\nevents: [ # c\n  {at: 2024-09-07T18:01Z, text: one},\n  {at: 2024-09-07T18:02Z, text: two}]\n",
            "remove events 1",
            "title: t\nevents: [ # c\n  {at: 2024-09-07T18:01Z, text: one}]\n",
        ),
    ];
}
