//! The Markdown output of commands, from built-in templates only.

use serde::Serialize;

use crate::fault::TemplateFault;

use crate::view::ReleasesView;

use super::built_in::parts;
use super::chart::{Frame, releases_svg};
use super::template::{Renderer, Template};

/// Returns a view rendered by the built-in template of that name.
///
/// # Errors
/// The view is so large that rendering it exceeds the template's limit of work.
pub fn view_markdown(name: &str, view: &impl Serialize) -> Result<String, TemplateFault> {
    Renderer::new(&Template::built_in(name)?, parts())?.view(view)
}

/// Returns a page on several releases: the picture for wide and for narrow screens, and the table.
///
/// # Errors
/// The view is so large that rendering it exceeds the template's limit of work.
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
