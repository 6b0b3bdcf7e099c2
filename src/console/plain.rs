//! Makes the output of other programs fit to be shown and stored.

use crate::operations::{Overwritten, as_shown};

/// A backspace, which the removal of escape codes would take for one.
const BACK: &str = "\u{8}";

/// Codes with which programs overwrite a line: they move to its first column or erase it.
const ANEW: [&str; 4] = ["\u{1b}[2K", "\u{1b}[G", "\u{1b}[0G", "\u{1b}[1G"];

/// Returns a text without terminal codes, with `\n` as line end, and with the final content of lines that a program
/// overwrote, such as progress bars. Other control characters are made visible.
pub fn plain(text: &str) -> String {
    overwritten(text).text
}

/// As [`plain`], with how much was overwritten.
pub(super) fn overwritten(text: &str) -> Overwritten {
    let anew = |text: String, code: &&str| text.replace(*code, "\r");
    let text = ANEW.iter().fold(text.to_owned(), anew);
    // Of these no terminal code consists, and the removal of codes would take them for one.
    let is_odd = |c: char| matches!(c, '\0'..='\u{6}' | '\u{10}'..='\u{17}' | '\u{19}' | '\u{1c}'..='\u{1f}' | '\u{7f}');
    let text = text.replace(is_odd, "\u{fffd}");
    let bare = |part| anstream::adapter::strip_str(part).to_string();
    let parts: Vec<String> = text.split(BACK).map(bare).collect();
    let fit = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    let Overwritten { text, left_out } = as_shown(&parts.join(BACK));
    let text = text.chars().map(|c| if fit(c) { c } else { '\u{fffd}' }).collect();
    Overwritten { text, left_out }
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
            ("12%\u{8}\u{8}\u{8}34%", "34%"),
            ("\u{1b}[2K\u{1b}[1Gone\u{1b}[2K\u{1b}[1Gtwo\n\u{1b}[32mok\u{1b}[0m", "two\nok"),
            ("\r\n\r\n", "\n\n"),
            ("x\0y\u{7f}", "x\u{fffd}y\u{fffd}"),
            ("", ""),
        ] {
            assert_eq!(plain(said), kept, "{said:?}");
        }
    }
}
