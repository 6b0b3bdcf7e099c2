//! What verbs print as Markdown, from built-in templates alone.

use serde::Serialize;

use crate::fault::TemplateFault;

use crate::view::ReleasesView;

use super::built_in::parts;
use super::chart::{Frame, releases_svg};
use super::template::{Renderer, Template};

/// Returns a view in that built-in template.
///
/// # Errors
/// A view so large that the template has no fuel left for it.
pub fn view_markdown(name: &str, view: &impl Serialize) -> Result<String, TemplateFault> {
    Renderer::new(&Template::built_in(name)?, parts())?.view(view)
}

/// Returns a page of several releases: the picture for wide and for narrow screens, and the table.
///
/// # Errors
/// A view so large that the template has no fuel left for it.
pub fn releases_page(view: &ReleasesView) -> Result<String, TemplateFault> {
    #[derive(Serialize)]
    struct Page<'v> {
        #[serde(flatten)]
        view: &'v ReleasesView,
        wide: String,
        narrow: String,
    }
    let picture = |width| releases_svg(view, Frame { width, alone: false });
    view_markdown("releases.html", &Page { view, wide: picture(880), narrow: picture(360) })
}
