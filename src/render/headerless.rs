//! The audience of a template without a header.

use super::built_in::built_in;
use super::header::{Audience, Records, Site, TemplateHeader, read_header};

/// How the audience of a template was determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Its header says so.
    Stated,
    /// It has no header, and the name of a built-in template of a version without headers.
    Exported,
    /// It has no header, and its name contains that of a site, which once determined the audience.
    Named,
    /// There is no indication.
    Unsaid,
}

/// Returns the header that is assumed for a file without one. This is the only place that looks at a template's name:
/// before there were headers, the name made a template public, and it still does; all others are for the team.
pub(super) fn without_header(file: &str) -> (TemplateHeader, Known) {
    let file = file.to_ascii_lowercase();
    let of_built_in = built_in(&file).and_then(|source| read_header(source).ok().flatten());
    let post = |site| TemplateHeader::of(Audience::Public, site, Records::One);
    match of_built_in {
        Some(header) => (header, Known::Exported),
        None if file.contains("chirpy") || file.contains("jekyll") => {
            (post(Site::Jekyll), Known::Named)
        }
        None if file.contains("hugo") => (post(Site::Hugo), Known::Named),
        None => (TemplateHeader::FOR_THE_TEAM, Known::Unsaid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn header(audience: Audience, site: Site, records: Records) -> TemplateHeader {
        TemplateHeader::of(audience, site, records)
    }

    const POST: TemplateHeader = header(Audience::Public, Site::Jekyll, Records::One);

    #[test]
    fn a_file_without_a_header_does_not_begin_to_leak() {
        let many = header(Audience::Public, Site::Plain, Records::Many);
        let public = header(Audience::Public, Site::Plain, Records::One);
        let hugo = TemplateHeader { site: Site::Hugo, ..POST };
        let team = TemplateHeader::FOR_THE_TEAM;
        for (file, wanted, known) in [
            ("public.md", public, Known::Exported),
            ("Public.md", public, Known::Exported),
            ("status.md", public, Known::Exported),
            ("post.md", public, Known::Exported),
            ("chirpy.md", POST, Known::Exported),
            ("jekyll.md", POST, Known::Exported),
            ("hugo.md", hugo, Known::Exported),
            ("changelog.md", many, Known::Exported),
            ("sre.md", team, Known::Exported),
            ("html.html", team, Known::Exported),
            ("our-chirpy.md", POST, Known::Named),
            ("Jekyll-en.html", POST, Known::Named),
            ("hugo-ko.md", hugo, Known::Named),
            ("our-status.md", team, Known::Unsaid),
            ("public.txt", team, Known::Unsaid),
        ] {
            assert_eq!(without_header(file), (wanted, known), "{file}");
        }
    }
}
