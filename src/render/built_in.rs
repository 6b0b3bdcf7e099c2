//! The built-in templates.

use std::sync::Arc;

use crate::lang::{BuiltInTexts, help};

use super::header::{TemplateHeader, read_header};

/// Finds a template by its file name.
pub type Loader = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// A template that makes a document.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// Its file name; a user's file with the same name takes precedence.
    pub file: &'static str,
    /// Its source.
    pub source: &'static str,
    /// What it is for, as one line in the terminal's language.
    pub about: fn(&BuiltInTexts) -> &'static str,
}

impl BuiltIn {
    /// Returns the name that users type: its file name without the extension.
    pub fn name(&self) -> &'static str {
        self.file.rsplit_once('.').map_or(self.file, |(name, _)| name)
    }

    /// Returns what it is for, in one line.
    pub fn about(&self) -> &'static str {
        (self.about)(&help().templates.built_in)
    }

    /// Returns its header.
    pub fn header(&self) -> TemplateHeader {
        // A test reads the header of every built-in template.
        read_header(self.source).ok().flatten().unwrap_or(TemplateHeader::FOR_THE_TEAM)
    }
}

macro_rules! built_in {
    ($file:literal, $about:ident) => {
        BuiltIn {
            file: $file,
            source: include_str!(concat!("../../templates/", $file)),
            about: |texts| texts.$about,
        }
    };
}

/// Every built-in template that makes a document.
pub const BUILT_IN: &[BuiltIn] = &[
    built_in!("retrospective.md", retrospective),
    built_in!("chirpy.md", chirpy),
    built_in!("blog.md", blog),
    built_in!("jekyll.md", jekyll),
    built_in!("hugo.md", hugo),
    built_in!("sre.md", sre),
    built_in!("atlassian.md", atlassian),
    built_in!("public.md", public),
    built_in!("github.md", github),
    built_in!("status.md", status),
    built_in!("handover.md", handover),
    built_in!("changelog.md", changelog),
    built_in!("html.html", html),
];

/// Templates that others import, and those that commands use for their own output.
const PARTS: &[(&str, &str)] = &[
    ("record.md", include_str!("../../templates/record.md")),
    ("region.md", include_str!("../../templates/region.md")),
    ("post.md", include_str!("../../templates/post.md")),
    ("schedule.md", include_str!("../../templates/schedule.md")),
    ("releases.html", include_str!("../../templates/releases.html")),
    ("comparison.md", include_str!("../../templates/comparison.md")),
];

/// Returns the source of the built-in template with that file name.
pub fn built_in(file: &str) -> Option<&'static str> {
    let whole = BUILT_IN.iter().map(|template| (template.file, template.source));
    whole.chain(PARTS.iter().copied()).find(|(name, _)| *name == file).map(|(_, source)| source)
}

/// Returns a loader that finds only built-in templates.
pub fn parts() -> Loader {
    Arc::new(|name| built_in(name).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_built_in() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        for entry in std::fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().file_name().into_string().unwrap();
            assert!(built_in(&file).is_some(), "templates/{file} has no row in render/built_in.rs");
        }
    }

    #[test]
    fn every_built_in_template_states_whom_it_is_for() {
        let documents = BUILT_IN.iter().map(|template| (template.file, template.source));
        for (file, source) in documents.chain(PARTS.iter().copied()) {
            let header = read_header(source).unwrap().expect(file);
            assert_eq!(source.lines().next(), Some(header.line().as_str()), "{file}");
        }
    }

    /// On a phone a row becomes a list, without the heads of its columns.
    #[test]
    fn every_cell_of_the_page_names_its_column() {
        let page = built_in("html.html").unwrap();
        for table in page.split("<table").skip(1) {
            let (table, _) = table.split_once("</table>").unwrap();
            let (heads, cells) =
                (table.matches("scope=\"col\"").count(), table.matches("<td").count());
            assert!(table.starts_with(" class=\"rows\""), "{table}");
            assert_eq!(
                (heads, table.matches("<td data-label=").count()),
                (cells, cells),
                "{table}"
            );
        }
    }
}
