//! Texts of other programs, made fit to be shown and kept.

/// Without the codes of a terminal, line ends as `\n`; what else controls one becomes a visible sign.
pub(super) fn plain(text: &str) -> String {
    let text = anstream::adapter::strip_str(text).to_string().replace("\r\n", "\n");
    let fit = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().map(|c| if fit(c) { c } else { '\u{fffd}' }).collect()
}
