//! Texts that come from people: checked once, on the way in.

use crate::yaml::{MAX_TEXT_BYTES, forbidden};

use super::errors::Failure;

/// A text fit for a record: trimmed, line ends as `\n`, no control characters.
pub(super) fn accepted(what: &str, text: &str) -> Result<String, Failure> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::misuse(format!("{} is empty", the(what))));
    }
    if text.len() > MAX_TEXT_BYTES {
        return Err(Failure::misuse(format!(
            "{} is longer than {MAX_TEXT_BYTES} bytes",
            the(what)
        ))
        .hint("save it to a file and attach that: --attach FILE"));
    }
    match forbidden(text) {
        None => Ok(text.to_owned()),
        Some((place, c)) => Err(Failure::misuse(format!(
            "{} holds a control character (U+{:04X}) at character {}",
            the(what),
            u32::from(c),
            place + 1
        ))
        .hint("delete it; a program's coloured output can be cleaned with NO_COLOR=1 or `| sed 's/\\x1b\\[[0-9;]*m//g'`")),
    }
}

/// Without the codes of a terminal, line ends as `\n`; what else controls one becomes a visible sign.
pub(super) fn plain(text: &str) -> String {
    let text = anstream::adapter::strip_str(text).to_string().replace("\r\n", "\n");
    let fit = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().map(|c| if fit(c) { c } else { '\u{fffd}' }).collect()
}

/// An option by its name, anything else with its article.
fn the(what: &str) -> String {
    if what.starts_with('-') { what.to_owned() } else { format!("the {what}") }
}

/// The same for a text that need not be given.
pub(super) fn optional(what: &str, text: Option<&str>) -> Result<Option<String>, Failure> {
    text.map(|text| accepted(what, text)).transpose()
}

/// A width that pages understand: `50%`, `320` or `320px`.
pub(super) fn width(text: Option<&str>) -> Result<(), Failure> {
    let Some(text) = text else { return Ok(()) };
    let number = text.strip_suffix('%').or_else(|| text.strip_suffix("px")).unwrap_or(text);
    let sound =
        !number.is_empty() && number.len() <= 5 && number.bytes().all(|b| b.is_ascii_digit());
    if sound && number == text && number.parse().is_ok_and(|width: u32| width <= 100) {
        return Err(Failure::misuse(format!("--width: is {text} a share of the page, or pixels?"))
            .hint(format!("write {text}% or {text}px")));
    }
    if sound {
        return Ok(());
    }
    Err(Failure::misuse(format!("--width: {text:?} is not a width")).hint("write 50% or 320px"))
}
