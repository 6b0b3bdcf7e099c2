//! A template's header: only its first line says whom it is for, not its name, a later line or another file.
//!
//! ```text
//! {#- asrun: audience=public site=jekyll records=one -#}
//! ```

use crate::fault::TemplateFaultKind;

use super::escape;

/// Who reads a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The people who did the work: they see the whole record.
    Team,
    /// Everyone: internal entries and names are left out, and what looks like a secret stops the document.
    Public,
}

/// The tool that processes a document next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// None.
    Plain,
    /// Jekyll, which runs Liquid.
    Jekyll,
    /// Hugo, which runs shortcodes.
    Hugo,
    /// GitHub: issues, pull requests and files. It looks for pictures in a repository.
    GitHub,
}

impl Site {
    /// Returns a text in which nothing is run by the site's tool.
    pub(super) fn protect(self, text: String) -> String {
        match self {
            Site::Plain | Site::GitHub => text,
            Site::Jekyll => escape::liquid(&text),
            Site::Hugo => escape::shortcodes(&text),
        }
    }
}

/// How many records a document covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// One; the template sees its fields.
    One,
    /// Of any number; the template sees them as `records`.
    Many,
}

/// Which parts a post shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageLayout {
    /// Everything in the record.
    #[default]
    Full,
    /// What people write by hand in a post.
    Blog,
}

/// The header of a template. The secret check, the removal of names, the escaping of braces and the location of files
/// depend on nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateHeader {
    /// Who reads the template's documents.
    pub audience: Audience,
    /// The tool that processes them next.
    pub site: Site,
    /// How many records one of them covers.
    pub records: Records,
    /// The layout of posts if neither the record nor the project names one.
    pub layout: PageLayout,
}

impl TemplateHeader {
    /// The header of a document about one record for the team.
    pub(super) const FOR_THE_TEAM: TemplateHeader =
        TemplateHeader::of(Audience::Team, Site::Plain, Records::One);

    /// Returns a header without a layout.
    pub(super) const fn of(audience: Audience, site: Site, records: Records) -> TemplateHeader {
        TemplateHeader { audience, site, records, layout: PageLayout::Full }
    }

    /// Returns the header as the first line of a template.
    pub fn line(&self) -> String {
        let (audience, site, records) =
            (self.audience.word(), self.site.word(), self.records.word());
        let layout = match self.layout {
            PageLayout::Full => String::new(),
            other => format!(" {LAYOUT}={}", other.word()),
        };
        format!("{{#- asrun: audience={audience} site={site} records={records}{layout} -#}}")
    }
}

/// A key of a header.
pub(super) trait Key: Copy + PartialEq + 'static {
    /// Its name.
    const NAME: &'static str;
    /// Every word that it accepts.
    const WORDS: &'static [(&'static str, Self)];
    /// Returns its word in a header.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }
}

impl Key for Audience {
    const NAME: &'static str = "audience";
    const WORDS: &'static [(&'static str, Audience)] =
        &[("team", Audience::Team), ("public", Audience::Public)];
}

impl Key for Site {
    const NAME: &'static str = "site";
    const WORDS: &'static [(&'static str, Site)] = &[
        ("plain", Site::Plain),
        ("jekyll", Site::Jekyll),
        ("hugo", Site::Hugo),
        ("github", Site::GitHub),
    ];
}

impl Key for PageLayout {
    const NAME: &'static str = LAYOUT;
    const WORDS: &'static [(&'static str, PageLayout)] =
        &[("full", PageLayout::Full), ("blog", PageLayout::Blog)];
}

impl Key for Records {
    const NAME: &'static str = "records";
    const WORDS: &'static [(&'static str, Records)] =
        &[("one", Records::One), ("many", Records::Many)];
}

/// Returns the words that a key accepts.
fn words<K: Key>() -> Vec<&'static str> {
    K::WORDS.iter().map(|(word, _)| *word).collect()
}

/// The optional key.
const LAYOUT: &str = "layout";
const KEYS: [&str; 4] = [Audience::NAME, Site::NAME, Records::NAME, LAYOUT];

/// Returns the form of a header, with every word that it accepts.
fn form() -> String {
    format!(
        "{{#- asrun: audience={} site={} records={} -#}}",
        words::<Audience>().join("|"),
        words::<Site>().join("|"),
        words::<Records>().join("|"),
    )
}

/// What is wrong with a header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HeaderFault {
    /// Its position in bytes of the source.
    pub(super) at: usize,
    /// The kind of fault.
    pub(super) kind: TemplateFaultKind,
}

/// Returns the header of a template's source; `None` if there is none.
///
/// # Errors
/// The first line looks like a header but is malformed, or a header is in another place, where it would have no effect
/// although its author relies on it.
pub(super) fn read_header(source: &str) -> Result<Option<TemplateHeader>, HeaderFault> {
    let top = source.len() - source.trim_start_matches('\u{feff}').len();
    let mut places = places(source);
    let first = places.next();
    if let Some(at) = first.into_iter().chain(places).find(|at| *at != top) {
        return Err(HeaderFault { at, kind: TemplateFaultKind::HeaderElsewhere });
    }
    first.map(|at| read_line(source, at)).transpose()
}

/// Returns the positions of comments that are, or were probably meant as, headers.
fn places(source: &str) -> impl Iterator<Item = usize> {
    source.match_indices("{#").map(|(at, _)| at).filter(|at| {
        let inside = source[at + 2..].trim_start_matches(['-', '+']).trim_start();
        let Some((name, rest)) = inside.split_at_checked("asrun".len()) else { return false };
        let rest = rest.trim_start();
        name.eq_ignore_ascii_case("asrun")
            && (rest.starts_with([':', '=']) || KEYS.iter().any(|key| rest.starts_with(key)))
    })
}

/// Reads the header that begins at a position.
fn read_line(source: &str, at: usize) -> Result<TemplateHeader, HeaderFault> {
    let line = source[at..].lines().next().unwrap_or("").trim_end();
    let inside = line.strip_prefix("{#").and_then(|line| line.strip_suffix("#}"));
    let inside = inside.map(|inside| inside.strip_prefix('-').unwrap_or(inside));
    let inside = inside.map(|inside| inside.strip_suffix('-').unwrap_or(inside));
    let Some(keys) = inside.and_then(|inside| inside.trim_start().strip_prefix("asrun:")) else {
        return Err(HeaderFault { at, kind: TemplateFaultKind::NoHeader { form: form() } });
    };
    read_keys(source, at, keys)
}

/// Reads `key=word` pairs in any order; the layout is optional.
fn read_keys(source: &str, at: usize, keys: &str) -> Result<TemplateHeader, HeaderFault> {
    let (mut audience, mut site, mut records, mut layout) = (None, None, None, None);
    for pair in keys.split_whitespace() {
        let (key, word) = pair.split_once('=').unwrap_or((pair, ""));
        let read = match key {
            Audience::NAME => put(&mut audience, word),
            Site::NAME => put(&mut site, word),
            Records::NAME => put(&mut records, word),
            LAYOUT => put(&mut layout, word),
            _ => Err(TemplateFaultKind::UnknownKey { key: key.to_owned(), form: form() }),
        };
        // `pair` is a slice of `source`.
        let at = pair.as_ptr() as usize - source.as_ptr() as usize;
        read.map_err(|kind| HeaderFault { at, kind })?;
    }
    let lacks = |kind| HeaderFault { at, kind };
    Ok(TemplateHeader {
        audience: audience.ok_or_else(missing::<Audience>).map_err(lacks)?,
        site: site.ok_or_else(missing::<Site>).map_err(lacks)?,
        records: records.ok_or_else(missing::<Records>).map_err(lacks)?,
        layout: layout.unwrap_or_default(),
    })
}

/// Stores the value of a key; fails if the key has one already.
fn put<K: Key>(place: &mut Option<K>, word: &str) -> Result<(), TemplateFaultKind> {
    let known = K::WORDS.iter().find(|(one, _)| *one == word);
    let Some((_, value)) = known else {
        let (key, word, known) = (K::NAME, word.to_owned(), words::<K>());
        return Err(TemplateFaultKind::UnknownWord { key, word, known });
    };
    match place.replace(*value) {
        Some(_) => Err(TemplateFaultKind::KeyTwice { key: K::NAME }),
        None => Ok(()),
    }
}

fn missing<K: Key>() -> TemplateFaultKind {
    TemplateFaultKind::NoKey { key: K::NAME, known: words::<K>() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::TemplateFault;
    use crate::lang::terminal;

    const fn header(audience: Audience, site: Site, records: Records) -> TemplateHeader {
        TemplateHeader::of(audience, site, records)
    }

    const POST: TemplateHeader = header(Audience::Public, Site::Jekyll, Records::One);
    const LINE: &str = "{#- asrun: audience=public site=jekyll records=one -#}";

    #[test]
    fn the_first_line_of_a_template_states_its_readers() {
        for (source, wanted) in [
            (LINE, POST),
            ("{# asrun: audience=public site=jekyll records=one #}\n# x", POST),
            ("{#-asrun:records=one site=jekyll audience=public-#}\r\n# x", POST),
            ("\u{feff}{#-  asrun:  audience=public  site=jekyll  records=one  -#}  \n", POST),
            (
                "{#- asrun: audience=team site=plain records=many -#}\n{#- more -#}",
                header(Audience::Team, Site::Plain, Records::Many),
            ),
            (
                "{#- asrun: audience=team site=hugo records=one -#}\n",
                header(Audience::Team, Site::Hugo, Records::One),
            ),
        ] {
            assert_eq!(read_header(source), Ok(Some(wanted)), "{source}");
        }
        assert_eq!(POST.line(), LINE);
    }

    #[test]
    fn other_first_lines_are_no_header() {
        for source in [
            "",
            "# {{ title }}",
            "{#- A note. -#}\n# x",
            "{#- asrun templates context shows the fields -#}",
            "{#- asrunner: x -#}",
            "{#- 회의록 -#}",
            "<!-- asrun: audience=public -->",
            "asrun: audience=public site=jekyll records=one",
            "{#",
        ] {
            assert_eq!(read_header(source), Ok(None), "{source}");
        }
    }

    #[test]
    fn a_first_line_may_name_a_layout() {
        let line = "{#- asrun: audience=public site=jekyll records=one layout=blog -#}";
        let blog = TemplateHeader { layout: PageLayout::Blog, ..POST };
        assert_eq!(read_header(line), Ok(Some(blog)));
        assert_eq!(blog.line(), line);
        let fault = read_header(&line.replace("blog", "plain")).expect_err("no layout");
        assert!(said(&fault).contains("full or blog"), "{fault:?}");
    }

    fn said(fault: &HeaderFault) -> String {
        let (name, kind) = (String::new(), fault.kind.clone());
        terminal().template_fault(&TemplateFault { name, line: 1, column: 1, kind }).message
    }

    #[test]
    fn what_is_nearly_a_header_is_refused_with_its_place_and_the_words() {
        let form =
            "{#- asrun: audience=team|public site=plain|jekyll|hugo|github records=one|many -#}";
        for (source, at, says) in [
            ("{#- asrun: audience=all site=plain records=one -#}", 11, "team or public"),
            ("{#- asrun: audience= site=plain records=one -#}", 11, "team or public"),
            (
                "{#- asrun: audience=Public site=plain records=one -#}",
                11,
                "`Public` is not a valid",
            ),
            ("{#- asrun: audience=team site=html records=one -#}", 25, "plain or jekyll or hugo"),
            ("{#- asrun: audience=team site=plain records=2 -#}", 36, "one or many"),
            (
                "{#- asrun: audience=team, site=plain records=one -#}",
                11,
                "`team,` is not a valid audience",
            ),
            ("{#- asrun: audence=team site=plain records=one -#}", 11, form),
            ("{#- asrun: audience = team site=plain records=one -#}", 11, "team or public"),
            ("{#- asrun: audience: team -#}", 11, form),
            ("{#- asrun: audience=team site=plain -#}", 0, "records=one|many"),
            ("{#- asrun: audience=public records=one -#}", 0, "site=plain|jekyll|hugo|github"),
            ("{#- asrun: site=plain records=one -#}", 0, "audience=team|public"),
            ("{#- asrun: -#}", 0, "audience=team|public"),
            (
                "{#- asrun: audience=public audience=team site=plain records=one -#}",
                27,
                "`audience` is in the header twice",
            ),
            ("{#- asrun audience=public site=jekyll records=one -#}", 0, form),
            ("{#- Asrun: audience=public site=jekyll records=one -#}", 0, form),
            ("{#-- asrun: audience=public site=jekyll records=one -#}", 0, form),
            ("{#- asrun: audience=public site=jekyll\nrecords=one -#}", 0, form),
            ("{#- asrun: audience=public site=jekyll records=one -#} # x", 0, form),
            ("{#-\nasrun: audience=public site=jekyll records=one -#}", 0, form),
            ("{#- asrun: audience=public site=jekyll records=one", 0, form),
        ] {
            let fault = read_header(source).expect_err(source);
            assert!(said(&fault).contains(says), "{source}: {fault:?}");
            assert_eq!(fault.at, at, "{source}");
        }
    }

    #[test]
    fn a_header_that_would_not_count_is_refused() {
        let team = "{#- asrun: audience=team site=plain records=one -#}";
        for (source, at) in [
            (format!("{LINE}\n{team}"), LINE.len() + 1),
            (format!("\n{LINE}"), 1),
            (format!(" {LINE}"), 1),
            (format!("# x\n{LINE}"), 4),
            (format!("{{#- by kim -#}}\n{LINE}"), 15),
            ("# x\n{#-\n  asrun: audience=team".to_owned(), 4),
        ] {
            let fault = read_header(&source).expect_err(&source);
            assert_eq!(fault.kind, TemplateFaultKind::HeaderElsewhere, "{source}");
            assert_eq!(fault.at, at, "{source}");
        }
    }
}
