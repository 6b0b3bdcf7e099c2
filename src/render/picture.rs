//! Charts as PNG, with the machine's fonts.

use crate::lang::{Refusal, terminal};

/// A PNG, and what is missing from it.
pub struct Picture {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Characters that no font of the machine has; they are shown as boxes.
    pub boxes: String,
}

/// Pixels of the PNG per pixel of the drawing, for high-density screens.
#[cfg(feature = "png")]
const SCALE: f32 = 2.0;
/// The most pixels of a picture; it takes 256 MiB of memory.
#[cfg(feature = "png")]
const MOST_PIXELS: f32 = 64.0 * 1024.0 * 1024.0;

/// Draws an SVG picture as a PNG.
///
/// # Errors
/// No font of the machine has the letters of its texts, it would be too large, or asrun was built without PNG support.
#[cfg(feature = "png")]
pub fn png(svg: &str) -> Result<Picture, Refusal> {
    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{Options, Tree};

    let options = Options { fontdb: std::sync::Arc::new(fonts()), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|fault| terminal().no_png(&fault))?;
    let missing = missing(&tree, svg);
    let letters: String = missing.chars().filter(|sign| sign.is_alphabetic()).collect();
    if !letters.is_empty() {
        return Err(terminal().no_font(&letters));
    }
    let (width, height) = (tree.size().width(), tree.size().height());
    let pixels = width * height;
    let scale = if pixels * SCALE * SCALE > MOST_PIXELS { 1.0 } else { SCALE };
    let fits = pixels * scale * scale <= MOST_PIXELS;
    // Both are whole and positive.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
    let (wide, high) = ((width * scale).ceil() as u32, (height * scale).ceil() as u32);
    let pixmap = Some(()).filter(|()| fits).and_then(|()| Pixmap::new(wide, high));
    let mut pixmap = pixmap.ok_or_else(|| terminal().png_too_large(wide, high))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let bytes = pixmap.encode_png().map_err(|fault| terminal().no_png(&fault))?;
    Ok(Picture { bytes, boxes: missing })
}

/// Refuses to draw, since this build has no PNG support.
#[cfg(not(feature = "png"))]
pub fn png(_svg: &str) -> Result<Picture, Refusal> {
    Err(terminal().built_without_png())
}

/// Returns the machine's fonts. Texts without a matching font get a sans-serif one, if there is any.
#[cfg(feature = "png")]
fn fonts() -> resvg::usvg::fontdb::Database {
    use resvg::usvg::fontdb::{Database, Family, Query};

    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let is_there = |fonts: &Database, family: Family| {
        fonts.query(&Query { families: &[family], ..Query::default() }).is_some()
    };
    if !is_there(&fonts, Family::SansSerif) {
        let named = ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica"];
        let named = named.into_iter().find(|name| is_there(&fonts, Family::Name(name)));
        let any = || fonts.faces().next().and_then(|face| Some(face.families.first()?.0.clone()));
        if let Some(family) = named.map(str::to_owned).or_else(any) {
            fonts.set_sans_serif_family(family);
        }
    }
    fonts
}

/// Returns the characters that would be shown as boxes, each once.
#[cfg(feature = "png")]
fn missing(tree: &resvg::usvg::Tree, svg: &str) -> String {
    let mut missing: Vec<char> = Vec::new();
    if tree.fontdb().is_empty() {
        // Without any font no text is drawn at all.
        let texts = svg.split("<text").skip(1).filter_map(|text| text.split("</text>").next());
        let signs = texts
            .flat_map(|text| text.split('>').skip(1).filter_map(|part| part.split('<').next()));
        missing.extend(signs.flat_map(str::chars).filter(|sign| !sign.is_whitespace()));
    }
    collect_missing(tree.root(), &mut missing);
    let mut seen = std::collections::HashSet::new();
    missing.into_iter().filter(|sign| seen.insert(*sign)).collect()
}

#[cfg(feature = "png")]
fn collect_missing(group: &resvg::usvg::Group, missing: &mut Vec<char>) {
    use resvg::usvg::Node;

    for node in group.children() {
        match node {
            Node::Group(group) => collect_missing(group, missing),
            Node::Text(text) => {
                let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                let boxes = glyphs.filter(|glyph| glyph.id.0 == 0);
                missing.extend(boxes.flat_map(|glyph| glyph.text.chars()));
            }
            _ => {}
        }
    }
}

#[cfg(all(test, feature = "png"))]
mod tests {
    use super::*;

    /// Returns a picture without texts, which any machine can draw.
    fn square(width: u32, height: u32) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">\
             <rect fill=\"#116329\" width=\"100%\" height=\"100%\"/></svg>"
        )
    }

    #[test]
    fn a_picture_is_drawn_sharp_and_in_its_colours() {
        let picture = png(&square(4, 3)).unwrap_or_else(|_| panic!("nothing was drawn"));
        let drawn = resvg::tiny_skia::Pixmap::decode_png(&picture.bytes).unwrap();
        assert_eq!((drawn.width(), drawn.height()), (8, 6));
        let colours: Vec<[u8; 4]> =
            drawn.pixels().iter().map(|p| [p.red(), p.green(), p.blue(), p.alpha()]).collect();
        assert!(colours.iter().all(|colour| *colour == [0x11, 0x63, 0x29, 0xff]), "{colours:?}");
        assert_eq!(picture.boxes, "");
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_refused() {
        assert!(png(&square(4000, 40_000)).is_err());
        let large = png(&square(4100, 4100)).unwrap_or_else(|_| panic!("too large"));
        // The width is in the first chunk.
        assert_eq!(large.bytes[16..20], 4100_u32.to_be_bytes(), "not doubled");
    }

    #[test]
    fn letters_without_a_font_are_reported() {
        use resvg::usvg::{Options, Tree};
        let svg =
            square(9, 9).replace("</svg>", "<text y=\"5\"><tspan>출시 a</tspan></text></svg>");
        let tree = Tree::from_str(&svg, &Options::default()).unwrap();
        assert_eq!(missing(&tree, &svg), "출시a", "there are no fonts");
    }
}
