//! The record's pictures as each reader of a document wants them: with their width and what they show,
//! whichever way the author wrote them.

use std::collections::HashMap;
use std::ops::Range;

use crate::markdown::{Picture, PictureForm, pictures};
use crate::view::AttachmentView;

use super::escape;
use super::files::Files;
use super::header::Site;

/// The files of a record, by name.
pub(super) type Attached = HashMap<String, AttachmentView>;

/// Where a Markdown document finds the record's pictures, and who reads it.
pub(super) struct MarkdownPictures<'a> {
    pub(super) site: Site,
    /// The folder's address; empty where the document has none.
    pub(super) assets: &'a str,
    pub(super) attached: &'a Attached,
}

/// How a picture is shown.
pub(super) struct Shown<'a> {
    /// What it shows.
    pub(super) alt: &'a str,
    /// `50%`, if it is not to be as wide as it is.
    pub(super) width: Option<&'a str>,
}

/// Stands in a text for what no grammar may touch any more; texts have no control characters.
const MARK: char = '\u{1}';

/// Parts of a document that are finished, kept out of it until everything around them is.
#[derive(Default)]
pub(super) struct Finished(Vec<String>);

impl Finished {
    /// Returns what stands for the part.
    fn keep(&mut self, part: String) -> String {
        self.0.push(part);
        format!("{MARK}{}{MARK}", self.0.len() - 1)
    }

    /// Returns the text with every part in its place.
    pub(super) fn put_back(self, text: String) -> String {
        if self.0.is_empty() {
            return text;
        }
        let mut parts = text.split(MARK);
        let mut out = parts.next().unwrap_or("").to_owned();
        while let (Some(number), Some(rest)) = (parts.next(), parts.next()) {
            out.push_str(
                number.parse().ok().and_then(|at: usize| self.0.get(at)).map_or("", |p| p),
            );
            out.push_str(rest);
        }
        out
    }
}

type Edit = (Range<usize>, String);

/// Returns what to change in a text of a Markdown document so that its pictures are found and have
/// their width.
pub(super) fn in_markdown(
    text: &str,
    MarkdownPictures { site, assets, attached }: &MarkdownPictures,
    finished: &mut Finished,
) -> Vec<Edit> {
    if assets.is_empty() {
        return Vec::new();
    }
    let own = pictures(text).into_iter().filter(|picture| picture.file().is_some());
    let edit = |picture: Picture| {
        let (file, shown) = said_of(&picture, attached);
        let url = format!("{assets}/{file}");
        let sized = match picture.written {
            PictureForm::Tag => true,
            PictureForm::OtherTag => false,
            PictureForm::Markdown | PictureForm::Reference => {
                shown.width.is_some() || needs_escapes(shown.alt)
            }
        };
        if sized {
            return Some((picture.place.clone(), finished.keep(with_width(*site, &url, &shown))));
        }
        readdressed(text, &picture, &url, shown.alt)
    };
    own.filter_map(edit).collect()
}

/// Returns what to change in a text of a page so that its pictures have their width.
pub(super) fn in_html(
    text: &str,
    files: &Files,
    attached: &Attached,
    finished: &mut Finished,
) -> Vec<Edit> {
    let own = pictures(text).into_iter().filter(|picture| picture.file().is_some());
    let edit = |picture: Picture| {
        let (file, shown) = said_of(&picture, attached);
        let known = picture.written != PictureForm::OtherTag;
        let url = files.url(file).filter(|_| known)?;
        Some((picture.place.clone(), finished.keep(tag(&url, &shown))))
    };
    own.filter_map(edit).collect()
}

/// Returns a picture's file and what the text says of it; what the record says where the text says
/// nothing.
fn said_of<'p>(picture: &'p Picture, attached: &'p Attached) -> (&'p str, Shown<'p>) {
    let attachment = attached
        .get(&picture.address)
        .or_else(|| picture.percent_decoded().and_then(|name| attached.get(&name)));
    let said = |text: &'p str| Some(text).filter(|text| !text.trim().is_empty());
    let alt = said(&picture.alt).or_else(|| Some(attachment?.alt.as_str())).unwrap_or("");
    let width = picture.width.as_deref().or_else(|| attachment?.width.as_deref());
    let width = width.filter(|width| is_width(width));
    (attachment.map_or(&picture.address, |file| &file.file), Shown { alt, width })
}

/// Returns `![alt](address)`, changed no more than needed.
fn readdressed(text: &str, picture: &Picture, url: &str, alt: &str) -> Option<Edit> {
    let raw = &text[picture.place.clone()];
    let start = picture.place.start;
    if picture.written == PictureForm::OtherTag {
        let at = start + raw.find(&picture.address)?;
        return Some((at..at + picture.address.len(), escape::html(url)));
    }
    let target = [format!("](<{}>", picture.address), format!("]({}", picture.address)];
    let found = target.iter().find_map(|target| Some((raw.rfind(target)? + 2, target.len() - 2)));
    match found {
        Some((at, length)) if !picture.alt.is_empty() && picture.width.is_none() => {
            Some((start + at..start + at + length, escape::address(url)))
        }
        _ => Some((picture.place.clone(), plain(url, alt))),
    }
}

/// Returns a picture as the site's Markdown has it.
pub(super) fn shown(site: Site, url: &str, picture: &Shown) -> String {
    match picture.width {
        Some(_) => with_width(site, url, picture),
        None if needs_escapes(picture.alt) => with_width(site, url, picture),
        None => site.protect(plain(url, picture.alt)),
    }
}

/// Returns whether something of a text is escaped in `![alt]`: Hugo would show it escaped, and markdown-it leaves it
/// out.
fn needs_escapes(alt: &str) -> bool {
    escape::markdown_text(alt) != escape::one_line(alt)
}

fn plain(url: &str, alt: &str) -> String {
    format!("![{}]({})", escape::markdown_text(alt), escape::address(url))
}

fn with_width(site: Site, url: &str, picture: &Shown) -> String {
    match site {
        // Hugo leaves raw HTML out.
        Site::Hugo => {
            let width = picture.width.map(|width| format!(" width={}", escape::parameter(width)));
            let (src, alt) = (escape::parameter(url), escape::parameter(picture.alt));
            format!("{{{{< figure src={src} alt={alt}{} >}}}}", width.unwrap_or_default())
        }
        Site::Plain | Site::Jekyll | Site::GitHub => site.protect(tag(url, picture)),
    }
}

fn tag(url: &str, picture: &Shown) -> String {
    let said = |text: &str| escape::html(&escape::one_line(text));
    let width = picture.width.map(|width| format!(" width=\"{}\"", said(width)));
    let (url, alt) = (said(url), said(picture.alt));
    format!("<img src=\"{url}\" alt=\"{alt}\"{} />", width.unwrap_or_default())
}

/// Returns whether a text is `50%`, `320` or `320px`.
pub(super) fn is_width(text: &str) -> bool {
    let number = text.trim_end_matches('%').trim_end_matches("px");
    !number.is_empty()
        && number.len() <= 5
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}
