//! Rules that a record's comments turn off.
//!
//! `# asrun: ignore RULE` after a value or on a line of its own above applies to that line; above the first key, to the
//! whole record. Several rules are separated by commas.

use std::ops::Range;

use memchr::memmem;

use crate::yaml::comment_places;

const MARK: &str = "# asrun: ignore ";

/// The ignored rules, and where.
pub(super) struct Ignored<'t> {
    /// Rules for the whole record.
    everywhere: Vec<&'t str>,
    /// The byte range of each line with ignored rules, in the order of the text.
    lines: Vec<(Range<usize>, Vec<&'t str>)>,
}

impl<'t> Ignored<'t> {
    pub(super) fn of(text: &'t str) -> Ignored<'t> {
        let mut ignored = Ignored { everywhere: Vec::new(), lines: Vec::new() };
        if memmem::find(text.as_bytes(), MARK.as_bytes()).is_none() {
            return ignored;
        }
        let (mut begun, mut above): (bool, Vec<&str>) = (false, Vec::new());
        let mut comments = comment_places(text).into_iter().map(|(place, _)| place).peekable();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            // A line of a text may look like a comment.
            let comment = comments.next_if(|place| *place < at + line.len());
            let alone = comment.is_some_and(|place| text[at..place].trim().is_empty());
            let named = comment.map_or_else(Vec::new, |place| rules_in(&line[place - at..]));
            if alone && !begun {
                ignored.everywhere.extend(&named);
            } else if alone {
                above.extend(&named);
            } else if !line.trim().is_empty() {
                begun = true;
                let mut rules = std::mem::take(&mut above);
                rules.extend(&named);
                if !rules.is_empty() {
                    ignored.lines.push((at..at + line.len(), rules));
                }
            }
            at += line.len();
        }
        ignored
    }

    /// Whether that rule is ignored in the whole record.
    pub(super) fn is_everywhere(&self, rule: &str) -> bool {
        self.everywhere.contains(&rule)
    }

    /// Whether that rule is ignored at that offset.
    pub(super) fn holds(&self, rule: &str, at: usize) -> bool {
        let after = self.lines.partition_point(|(line, _)| line.start <= at);
        let there = self.lines[..after].last().filter(|(line, _)| at < line.end);
        self.everywhere.contains(&rule) || there.is_some_and(|(_, rules)| rules.contains(&rule))
    }
}

fn rules_in(line: &str) -> Vec<&str> {
    let Some((_, rules)) = line.split_once(MARK) else { return Vec::new() };
    rules.split(',').map(str::trim).filter(|rule| !rule.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_the_line_below_or_the_whole_record() {
        let text = "# asrun: ignore a, b\ntitle: x   # asrun: ignore c\n# asrun: ignore d\nkind: y\nother: z\n";
        let ignored = Ignored::of(text);
        let holds = |rule: &str, key: &str| ignored.holds(rule, text.find(key).unwrap());
        assert!(holds("a", "other") && holds("b", "title"));
        assert!(holds("c", "title") && !holds("c", "kind"));
        assert!(holds("d", "kind") && !holds("d", "other"));
    }

    #[test]
    fn a_text_that_looks_like_a_comment_turns_nothing_off() {
        let text = "title: 'x\n  # asrun: ignore a'\nsummary: |\n  # asrun: ignore b\nkind: y\n";
        let ignored = Ignored::of(text);
        assert!(!ignored.holds("a", 0) && !ignored.holds("b", text.find("kind").unwrap()));
    }
}
