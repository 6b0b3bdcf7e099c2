//! Colours and lines. They are attributes of each element, which every program understands; a style sheet adds the
//! colours for dark mode.

use std::fmt::Write as _;

/// A colour of the picture, named by its purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    Paper,
    Ink,
    Soft,
    Line,
    Early,
    Late,
    Time,
    Mark,
}

use Colour::{Early, Ink, Late, Line, Mark, Paper, Soft, Time};

/// Each colour with its class, its value on a light and on a dark background.
const COLOURS: [(Colour, &str, &str, &str); 8] = [
    (Paper, "paper", "#fff", "#0d1117"),
    (Ink, "ink", "#1f2328", "#f0f6fc"),
    (Soft, "soft", "#57606a", "#9198a1"),
    (Line, "line", "#afb8c1", "#57606a"),
    (Early, "early", "#0550ae", "#79c0ff"),
    (Late, "late", "#953800", "#ffa657"),
    (Time, "time", "#116329", "#7ee787"),
    (Mark, "mark", "#6639ba", "#d2a8ff"),
];

/// The fonts of the picture, the most widely available last.
pub(super) const FONTS: &str =
    "system-ui,&quot;Noto Sans KR&quot;,&quot;Noto Sans CJK KR&quot;,sans-serif";

impl Colour {
    fn row(self) -> (&'static str, &'static str) {
        let row = COLOURS.iter().find(|(colour, ..)| *colour == self);
        row.map_or(("ink", "#000"), |(_, class, light, _)| (class, light))
    }
}

/// The style of a class: its class name, fill, stroke, and further attributes.
type Look = (&'static str, Option<Colour>, Option<Colour>, &'static str);

const LOOKS: &[Look] = &[
    ("label", Some(Ink), None, ""),
    ("soft", Some(Soft), None, "font-size=\"12\""),
    ("when", None, None, "font-weight=\"600\""),
    ("key", None, None, "font-weight=\"600\""),
    ("head", Some(Ink), None, "font-weight=\"700\""),
    ("title", Some(Ink), None, "font-weight=\"700\" font-size=\"16\""),
    ("ground", Some(Paper), None, ""),
    ("lane", None, Some(Line), "stroke-width=\"2\""),
    ("cut", None, Some(Soft), "fill=\"none\" stroke-width=\"1.5\""),
    ("day", None, Some(Line), "stroke-dasharray=\"1 3\""),
    ("rule", None, Some(Line), "fill=\"none\" stroke-width=\".8\""),
    ("step", Some(Soft), Some(Soft), "stroke-width=\"1.5\""),
    ("step open", Some(Paper), Some(Soft), "stroke-width=\"1.5\""),
    (
        "step open dashed",
        Some(Paper),
        Some(Soft),
        "stroke-width=\"1.5\" stroke-dasharray=\"2 1.5\"",
    ),
    ("cross", None, Some(Soft), "fill=\"none\" stroke-width=\"1.5\""),
    ("planned", Some(Ink), Some(Ink), "stroke-width=\"1.5\""),
    ("unplanned", Some(Paper), Some(Ink), "stroke-width=\"1.8\""),
    ("milestone", Some(Mark), Some(Mark), ""),
    ("severity", Some(Mark), Some(Mark), ""),
    ("span", Some(Ink), None, "opacity=\".3\""),
    ("window", Some(Soft), None, "opacity=\".4\""),
    ("link on-time", None, Some(Time), "fill=\"none\" stroke-width=\"2\""),
    ("link early", None, Some(Early), "fill=\"none\" stroke-width=\"2\" stroke-dasharray=\"6 4\""),
    ("link late", None, Some(Late), "fill=\"none\" stroke-width=\"3\""),
    (
        "link not-recorded",
        None,
        Some(Soft),
        "fill=\"none\" stroke-width=\"2\" stroke-dasharray=\"1 4\"",
    ),
];

/// Returns the attributes of an element of a class.
pub(super) fn look(class: &str) -> String {
    let known = LOOKS.iter().find(|(name, ..)| *name == class);
    let unknown = if class.starts_with("link ") {
        (class, None, Some(Soft), "fill=\"none\" stroke-width=\"2\"")
    } else {
        (class, Some(Ink), None, "")
    };
    let (_, fill, stroke, beside) = known.copied().unwrap_or(unknown);
    painted(class, fill, stroke, beside)
}

/// Returns the attributes of an element with colours of its own.
pub(super) fn painted(
    class: &str,
    fill: Option<Colour>,
    stroke: Option<Colour>,
    beside: &str,
) -> String {
    let mut classes = class.to_owned();
    let mut values = String::new();
    for (letter, key, colour) in [('f', "fill", fill), ('s', "stroke", stroke)] {
        if let Some((name, light)) = colour.map(Colour::row) {
            let _ = write!(classes, " {letter}-{name}");
            let _ = write!(values, " {key}=\"{light}\"");
        }
    }
    let space = if beside.is_empty() { "" } else { " " };
    format!("class=\"{}\"{values}{space}{beside}", classes.trim_start())
}

/// Returns the colour of a phase.
pub(super) fn phase(kind: &str) -> Colour {
    match kind {
        "undetected" => Late,
        "detected" => Early,
        "mitigated" => Time,
        _ => Mark,
    }
}

/// Returns the picture's style sheet, which affects only its own elements. The picture is complete without it.
pub(super) fn sheet() -> String {
    let dark = COLOURS.iter().fold(String::new(), |rules, (_, class, _, dark)| {
        rules
            + &format!(
                ".asrun-chart .f-{class}{{fill:{dark}}}.asrun-chart .s-{class}{{stroke:{dark}}}"
            )
    });
    format!(
        ".asrun-chart .when{{font-variant-numeric:tabular-nums}}\
         @media screen and (prefers-color-scheme:dark){{{dark}}}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_written_in_plain_values() {
        assert_eq!(
            look("step open"),
            "class=\"step open f-paper s-soft\" fill=\"#fff\" stroke=\"#57606a\" stroke-width=\"1.5\""
        );
        assert_eq!(look("when"), "class=\"when\" font-weight=\"600\"");
        for (class, fill, stroke, beside) in LOOKS {
            let seen = fill.is_some() || stroke.is_some() || beside.contains("weight");
            assert!(seen, "{class} would be black");
            assert!(
                stroke.is_none()
                    || fill.is_some()
                    || beside.contains("fill")
                    || matches!(*class, "lane" | "day"),
                "{class} would be filled black"
            );
            assert!(!beside.contains("var(") && !beside.contains("currentColor"));
        }
        assert!(!sheet().contains("var("));
        let brackets = |c: char| sheet().matches(c).count();
        assert_eq!(brackets('{'), brackets('}'));
    }

    /// Programs without style sheets draw elements without a colour in black.
    #[test]
    fn every_element_states_its_colours() {
        for picture in [
            include_str!("../../../../tests/cases/releases/after/wide.svg"),
            include_str!("../../../../docs/release.svg"),
            include_str!("../../../../tests/cases/charts/after/team.svg"),
            include_str!("../../../../tests/cases/charts/after/narrow.svg"),
        ] {
            let (_, drawn) = picture.split_once("</style>").unwrap();
            assert!(!drawn.contains("currentColor") && !picture.contains("var("));
            let mut seen = 0;
            for element in drawn.split('<').filter(|element| !element.starts_with('/')) {
                let (element, _) = element.split_once('>').unwrap_or(("", ""));
                let name = element.split(' ').next().unwrap_or("");
                let needed = match name {
                    "rect" | "circle" | "path" | "text" => " fill=\"",
                    "line" => " stroke=\"",
                    _ => continue,
                };
                assert!(element.contains(needed), "{element}");
                seen += 1;
            }
            assert!(seen > 10, "{seen} elements");
        }
    }
}
