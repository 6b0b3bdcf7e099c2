//! A template with everything that it includes and imports written into it, as one self-contained file.

use std::collections::BTreeMap;

/// The most bodies that are inserted, since a template could include itself.
const BODIES: usize = 64;

/// Reads another template by its name.
type Find<'f> = &'f dyn Fn(&str) -> Option<String>;

/// A tag of a template: `{% … %}`, `{{ … }}` or `{# … #}`.
struct Tag<'t> {
    start: usize,
    end: usize,
    /// The content, without delimiters and spaces.
    inside: &'t str,
    /// Whether it removes the whitespace before it.
    trims: bool,
    kind: u8,
}

/// Returns a template's text with each `include` replaced by the included body. Imported macros that it uses are put
/// first, and `NAME.macro` becomes `NAME_macro`. Templates that `find` does not know are left as they are.
pub fn inlined(source: &str, find: Find<'_>) -> String {
    let mut parts = Parts { find, imported: BTreeMap::new(), left: BODIES };
    let body = parts.expanded(source);
    let imported = parts.imported;
    let own = |call: &str| {
        let (of, name) = call.split_once('.')?;
        imported.get(of)?.iter().any(|(known, _)| known == name).then(|| format!("{of}_{name}"))
    };
    let body = calls_renamed(&body, &own);
    let macros: String =
        imported.iter().map(|(of, macros)| used_macros(of, macros, &body)).collect();
    let head = tags(&body)
        .first()
        .filter(|tag| tag.kind == b'#' && tag.start == 0)
        .map_or(0, |tag| tag.end + usize::from(body[tag.end..].starts_with('\n')));
    format!("{}{macros}{}", &body[..head], &body[head..])
}

/// The macros of a file in order, each with its name and text.
type Macros = Vec<(String, String)>;

/// The state of the expansion.
struct Parts<'f> {
    find: Find<'f>,
    /// The macros of each imported file, by the name of the import.
    imported: BTreeMap<String, Macros>,
    /// How many more bodies may be inserted.
    left: usize,
}

impl Parts<'_> {
    /// Returns the text with included bodies inserted; imports are removed and collected.
    fn expanded(&mut self, source: &str) -> String {
        let mut out = String::with_capacity(source.len());
        let mut from = 0;
        for tag in tags(source).iter().filter(|tag| tag.kind == b'%') {
            let Some(put) = self.in_place_of(tag) else { continue };
            let before = &source[from..tag.start];
            out.push_str(if tag.trims { before.trim_end() } else { before });
            out.push_str(&put);
            // A line with only a tag leaves no empty line.
            from = tag.end + usize::from(source[tag.end..].starts_with('\n'));
        }
        out + &source[from..]
    }

    /// Returns the replacement of a tag; `None` if it stays.
    fn in_place_of(&mut self, tag: &Tag<'_>) -> Option<String> {
        let words: Vec<&str> = tag.inside.split_whitespace().collect();
        match words[..] {
            ["include", file] if self.left > 0 => {
                let text = self.file(file)?;
                self.left -= 1;
                Some(self.expanded(without_head(&text)))
            }
            ["import", file, "as", name] => {
                let text = self.file(file)?;
                self.imported.entry(name.to_owned()).or_insert_with(|| macros(&text));
                Some(String::new())
            }
            _ => None,
        }
    }

    /// Returns the text of the file with a quoted name.
    fn file(&self, quoted: &str) -> Option<String> {
        let name = quoted.strip_prefix('"')?.strip_suffix('"')?;
        (self.find)(name)
    }
}

/// Returns a template without its leading comments, whose whitespace control no longer applies.
fn without_head(text: &str) -> &str {
    let head = tags(text).into_iter().take_while({
        let mut at = 0;
        move |tag| {
            let follows = text[at..tag.start].trim().is_empty() && tag.kind == b'#';
            at = tag.end;
            follows
        }
    });
    head.last().map_or(text, |tag| text[tag.end..].trim_start_matches('\n'))
}

/// Returns the macros of a file.
fn macros(text: &str) -> Macros {
    let mut found = Macros::new();
    let mut open: Option<(String, usize)> = None;
    for tag in tags(text).iter().filter(|tag| tag.kind == b'%') {
        if let Some(rest) = tag.inside.strip_prefix("macro ") {
            let name = rest.split('(').next().unwrap_or_default().trim();
            open = Some((name.to_owned(), tag.start));
        } else if tag.inside == "endmacro"
            && let Some((name, start)) = open.take()
        {
            found.push((name, format!("{}\n", &text[start..tag.end])));
        }
    }
    found
}

/// Returns the macros that a body calls, directly or through other macros, under their new names.
fn used_macros(of: &str, macros: &Macros, body: &str) -> String {
    let known = |name: &str| macros.iter().any(|(known, _)| known == name);
    let renamed =
        |text: &str| calls_renamed(text, &|call| known(call).then(|| format!("{of}_{call}")));
    let all: Vec<(String, String)> =
        macros.iter().map(|(name, text)| (format!("{of}_{name}("), renamed(text))).collect();
    let mut used = vec![false; all.len()];
    let mut texts = vec![body];
    while let Some(text) = texts.pop() {
        for (at, (call, own)) in all.iter().enumerate() {
            if !used[at] && text.contains(call.as_str()) {
                used[at] = true;
                texts.push(own);
            }
        }
    }
    let used = all.iter().zip(used).filter(|(_, used)| *used);
    used.map(|((_, text), _)| text.as_str()).collect()
}

/// Returns the text with the calls in its tags renamed, where `name_for` returns a new name.
fn calls_renamed(text: &str, name_for: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for tag in tags(text).iter().filter(|tag| tag.kind != b'#') {
        for (start, end) in calls(&text[tag.start..tag.end]) {
            let (start, end) = (tag.start + start, tag.start + end);
            let Some(name) = name_for(&text[start..end]) else { continue };
            out.push_str(&text[from..start]);
            out.push_str(&name);
            from = end;
        }
    }
    out + &text[from..]
}

/// Returns the positions of called names in a tag: `name(` or `part.name(`, but no filters and no strings.
fn calls(tag: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut quote, mut name, mut last) = (None, None, ' ');
    for (at, c) in tag.char_indices() {
        let in_name = c.is_alphanumeric() || c == '_' || (c == '.' && name.is_some());
        match quote {
            Some(open) => quote = (c != open).then_some(open),
            None if c == '"' || c == '\'' => quote = Some(c),
            None if in_name && name.is_none() => name = Some((at, last)),
            None if !in_name => {
                found.extend(
                    name.take()
                        .filter(|(_, before)| c == '(' && *before != '|')
                        .map(|(from, _)| (from, at)),
                );
                last = if c.is_whitespace() { last } else { c };
            }
            None => {}
        }
        if quote.is_some() {
            (name, last) = (None, c);
        } else if name.is_some() && !c.is_whitespace() {
            last = c;
        }
    }
    found
}

/// Returns the tags of a template in order.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find('{').map(|at| from + at) {
        let kind = text.as_bytes().get(start + 1).copied().unwrap_or(b' ');
        let close = match kind {
            b'%' => "%}",
            b'{' => "}}",
            b'#' => "#}",
            _ => {
                from = start + 1;
                continue;
            }
        };
        let Some(length) = text[start + 2..].find(close) else { break };
        let end = start + 2 + length + 2;
        let inside = &text[start + 2..end - 2];
        let trims = inside.starts_with('-');
        let inside = inside.trim_start_matches(['-', '+']).trim_end_matches(['-', '+']).trim();
        found.push(Tag { start, end, inside, trims, kind });
        from = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn included_bodies_and_used_macros_are_in_the_text() {
        let find = |name: &str| {
            let text = match name {
                "body.md" => {
                    "{#- head -#}\n{% import \"parts.md\" as part %}\nbody {{ part.two(x) }}\n"
                }
                "parts.md" => {
                    "{% macro one(a) %}\n1{{ a|two(3) }}\n{% endmacro %}\n\n{% macro two(one) -%}\n2{{ one(one) }}\"one(\"{%- endmacro %}\n{% macro three() %}3{% endmacro %}\n"
                }
                _ => return None,
            };
            Some(text.to_owned())
        };
        let source = "{#- own -#}\n{% import \"parts.md\" as part %}\nfirst\n{%- include \"body.md\" %}\n{% include \"none.md\" %}\n";
        let again = inlined("a{% include \"x\" %}", &|_| Some("{% include \"x\" %}b".to_owned()));
        assert_eq!(again.matches('b').count(), BODIES);
        assert_eq!(
            inlined(source, &find),
            "{#- own -#}\n{% macro part_one(a) %}\n1{{ a|two(3) }}\n{% endmacro %}\n{% macro part_two(one) -%}\n2{{ part_one(one) }}\"one(\"{%- endmacro %}\nfirstbody {{ part_two(x) }}\n{% include \"none.md\" %}\n"
        );
    }
}
