//! Addresses in a text: URLs, paths and file names.

use std::ops::Range;

/// Extensions of file names.
const FILES: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "heic", "pdf", "log", "txt", "csv", "tsv",
    "json", "yaml", "yml", "toml", "xml", "html", "htm", "md", "zip", "gz", "tar", "har", "mp4",
    "mov", "sh", "py", "rb", "js", "ts", "go", "rs", "java", "kt", "swift", "conf", "cfg", "ini",
    "env", "sql", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pem", "key", "dump", "pcap",
];

/// Returns the ranges of addresses in a text, in order.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let ends = |c: char| c.is_whitespace() || "<>\"`'|*".contains(c);
    for (at, chunk) in chunks(text, ends) {
        // The target of a link, after its text: `[text](address)`.
        let from = chunk.find("](").map_or(0, |open| open + 2);
        let address = chunk[from..].trim_start_matches(['(', '[', '{']);
        let start = at + chunk.len() - address.len();
        let address = address.trim_end_matches([')', ']', '}', ',', ';', '.', ':', '!', '?']);
        if from > 0 || leads(address) {
            found.push(start..start + address.len());
        }
    }
    found
}

fn chunks(text: &str, ends: impl Fn(char) -> bool) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut chunks = Vec::new();
    for chunk in text.split(ends) {
        if !chunk.is_empty() {
            chunks.push((at, chunk));
        }
        at += chunk.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    chunks
}

fn leads(chunk: &str) -> bool {
    let path = ["/", "~/", "./", "../", "~"].iter().any(|start| chunk.starts_with(start));
    let deep = chunk.matches('/').count() > 1 || chunk.contains('\\');
    let file = chunk.rsplit_once('.').is_some_and(|(name, ending)| {
        let spelled = ending.to_ascii_lowercase();
        !name.is_empty() && FILES.contains(&spelled.as_str())
    });
    chunk.contains("://") || chunk.starts_with("www.") || path && chunk.len() > 2 || deep || file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_somewhere() {
        for (text, wanted) in [
            ("see https://wiki.example/~dana, then go", vec!["https://wiki.example/~dana"]),
            ("[Dana](https://x.example/dana)", vec!["https://x.example/dana"]),
            ("![Dana at work](dana.png)", vec!["dana.png"]),
            (
                "in /home/dana/app.log and (crash-dana.log).",
                vec!["/home/dana/app.log", "crash-dana.log"],
            ),
            ("Dana/Kim paged, then left.", vec![]),
            ("Dana. The end", vec![]),
            ("ssh dana@web1 `dana.sh`", vec!["dana.sh"]),
            ("C:\\Users\\dana", vec!["C:\\Users\\dana"]),
        ] {
            let found = addresses(text).into_iter();
            assert_eq!(found.map(|range| &text[range]).collect::<Vec<_>>(), wanted, "{text}");
        }
    }
}
