//! Texts of other programs, made fit to be shown and kept.

/// Without the codes of a terminal, line ends as `\n`, and lines as they stood last where a program wrote
/// them anew, as it does to tell how far it is; what else controls a terminal becomes a visible sign.
pub fn plain(text: &str) -> String {
    let text = anstream::adapter::strip_str(text).to_string();
    let fit = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let last = line.trim_end_matches('\r').rsplit('\r').next().unwrap_or_default();
        out.extend(last.chars().map(|c| if fit(c) { c } else { '\u{fffd}' }));
        out.push_str(end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_written_anew_keep_their_last_state() {
        for (said, kept) in [
            ("10%\r55%\r100%\ndone\n", "100%\ndone\n"),
            ("10%\r55%\r\n", "55%\n"),
            ("a\r\nb\r\n", "a\nb\n"),
            ("10%\r", "10%"),
            ("\r\u{1b}[K10%\r\u{1b}[Kready", "ready"),
            ("a\u{1b}[31mb\u{1b}[0m\u{8}\tc", "ab\tc"),
            ("\r\n\r\n", "\n\n"),
            ("", ""),
        ] {
            assert_eq!(plain(said), kept, "{said:?}");
        }
    }
}
