//! Columns of a text without marks of a table: cells between tabs, wide blanks, commas or semicolons, and in tables of HTML.

use std::ops::Range;

use super::named::names_secret;

/// A cell below the name of a secret.
pub(super) struct SecretCell {
    /// The head of its column.
    pub(super) head: String,
    /// Where it is.
    pub(super) place: Range<usize>,
}

type Row = Vec<Range<usize>>;

/// Returns the cells in columns whose head is the name of a secret, in the order of the text.
pub(super) fn secret_cells(text: &str) -> Vec<SecretCell> {
    let separators: [fn(&str) -> Row; 4] =
        [by_tabs, by_wide_blanks, |line| by_sign(line, ","), |line| by_sign(line, ";")];
    let mut found: Vec<SecretCell> = Vec::new();
    let tables = separators.iter().flat_map(|cells| tables_of_lines(text, *cells));
    for rows in tables.chain(tables_of_html(text)) {
        let Some((heads, rows)) = rows.split_first() else { continue };
        for (column, head) in heads.iter().enumerate() {
            let head = &text[head.clone()];
            let cells = rows.iter().filter_map(|row| row.get(column));
            if names_secret(head) {
                let cell = |place: &Range<usize>| SecretCell {
                    head: head.to_owned(),
                    place: place.clone(),
                };
                found.extend(cells.map(cell));
            }
        }
    }
    found.sort_by_key(|cell| cell.place.start);
    found.dedup_by_key(|cell| cell.place.start);
    found
}

/// Returns runs of lines with as many cells each, at least two.
fn tables_of_lines(text: &str, cells: fn(&str) -> Row) -> Vec<Vec<Row>> {
    let mut tables: Vec<Vec<Row>> = Vec::new();
    let (mut at, mut last) = (0, 0);
    for line in text.split_inclusive('\n') {
        let row: Row = cells(line).into_iter().map(|cell| at + cell.start..at + cell.end).collect();
        at += line.len();
        let count = if row.len() > 1 { row.len() } else { 0 };
        match tables.last_mut().filter(|_| count > 0 && count == last) {
            Some(table) => table.push(row),
            None if count > 0 => tables.push(vec![row]),
            None => {}
        }
        last = count;
    }
    tables.retain(|rows| rows.len() > 1);
    tables
}

/// Returns the cells between tabs.
fn by_tabs(line: &str) -> Row {
    between(line, "\t")
}

/// Returns the cells between two blanks or more.
fn by_wide_blanks(line: &str) -> Row {
    between(line, "  ")
}

/// Returns the cells between commas or semicolons, if none of them has several words.
fn by_sign(line: &str, sign: &str) -> Row {
    let row = between(line, sign);
    let is_prose = row.iter().any(|cell| line[cell.clone()].contains(char::is_whitespace));
    if is_prose { Row::new() } else { row }
}

/// Returns the places of what is between separators, without blanks and quotes around it; nothing is no cell.
fn between(line: &str, separator: &str) -> Row {
    let marks = |c: char| c.is_whitespace() || "\"'`*".contains(c);
    let mut next = 0;
    let places = line.split(separator).map(|part| {
        let start = next + part.len() - part.trim_start_matches(marks).len();
        next += part.len() + separator.len();
        start..start + part.trim_matches(marks).len()
    });
    places.filter(|place| !place.is_empty()).collect()
}

/// Returns the tables of HTML in a text, with the places of what is in their cells.
fn tables_of_html(text: &str) -> Vec<Vec<Row>> {
    let mut tables: Vec<Vec<Row>> = vec![Vec::new()];
    let mut cell: Option<usize> = None;
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let inside = text[at + 1..].trim_start_matches('/');
        let name: String = inside.chars().take_while(char::is_ascii_alphanumeric).take(6).collect();
        let name = name.to_ascii_lowercase();
        let Some(table) = tables.last_mut() else { break };
        if !matches!(name.as_str(), "td" | "th" | "tr" | "table") {
            continue;
        }
        if let (Some(start), Some(row)) = (cell.take(), table.last_mut()) {
            row.push(start..at);
        }
        let closes = text[at + 1..].starts_with('/');
        let end = text[at..].find('>').map_or(text.len(), |end| at + end + 1);
        match name.as_str() {
            "table" => tables.push(Vec::new()),
            "tr" if !closes => table.push(Row::new()),
            "td" | "th" if !closes => cell = Some(end),
            _ => {}
        }
    }
    tables.retain(|rows| rows.len() > 1);
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_below_the_name_of_a_secret_are_found() {
        for (text, wanted) in [
            ("user\tpassword\nkim\ta1\nlee\tb2\n", vec!["a1", "b2"]),
            ("user   password   since\nkim    a1         May\n", vec!["a1"]),
            ("user,password\nkim,a1\n", vec!["a1"]),
            ("\"user\",\"password\"\n\"kim\",\"a1\"\n", vec!["a1"]),
            ("id;비밀번호\nkim;a1", vec!["a1"]),
            ("name, API key\n", vec![]),
            ("We changed it, password\nkim, a1", vec![]),
            ("user,password\n\nkim,a1", vec![]),
            (
                "<table><tr><th>user</th><th>Password</th></tr>\n<tr>\n<td>kim</td>\n<TD class=x>a1</TD></tr></table>",
                vec!["a1"],
            ),
            ("<tr><td>password</td></tr></table><tr><td>a1</td></tr>", vec![]),
        ] {
            let found: Vec<&str> =
                secret_cells(text).into_iter().map(|cell| &text[cell.place]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
