//! The record's pictures in the form that each reader of a document needs, with width and description, however the
//! author wrote them.

use std::collections::HashMap;
use std::ops::Range;

use crate::markdown::{Picture, PictureForm, pictures};
use crate::view::AttachmentView;

use super::escape;
use super::files::Files;
use super::header::Site;

/// The files of a record, by name.
pub(super) type Attached = HashMap<String, AttachmentView>;

/// The location of the record's pictures in a Markdown document, and who reads it.
pub(super) struct MarkdownPictures<'a> {
    pub(super) site: Site,
    /// The address of the folder; empty if the document has none.
    pub(super) assets: &'a str,
    pub(super) attached: &'a Attached,
}

/// How a picture is shown.
pub(super) struct Shown<'a> {
    /// Its description.
    pub(super) alt: &'a str,
    /// A width such as `50%`, if it is not to be shown at full width.
    pub(super) width: Option<&'a str>,
}

/// Marks a finished part in a text; texts contain no control characters.
const MARK: char = '\u{1}';

/// Finished parts of a document, which are inserted after everything around them is escaped.
#[derive(Default)]
pub(super) struct Finished(Vec<String>);

impl Finished {
    /// Stores a part, and returns its placeholder.
    fn keep(&mut self, part: String) -> String {
        self.0.push(part);
        format!("{MARK}{}{MARK}", self.0.len() - 1)
    }

    /// Returns the text with each placeholder replaced by its part.
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

/// Returns the edits that give the pictures of a Markdown text their addresses and widths.
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
        let (file, shown) = file_and_description(&picture, attached);
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

/// Returns the edits that give the pictures of an HTML page their widths.
pub(super) fn in_html(
    text: &str,
    files: &Files,
    attached: &Attached,
    finished: &mut Finished,
) -> Vec<Edit> {
    let own = pictures(text).into_iter().filter(|picture| picture.file().is_some());
    let edit = |picture: Picture| {
        let (file, shown) = file_and_description(&picture, attached);
        let known = picture.written != PictureForm::OtherTag;
        let url = files.url(file).filter(|_| known)?;
        Some((picture.place.clone(), finished.keep(tag(&url, &shown))))
    };
    own.filter_map(edit).collect()
}

/// Returns a picture's file and description: the text's, or the record's if the text has none.
fn file_and_description<'p>(picture: &'p Picture, attached: &'p Attached) -> (&'p str, Shown<'p>) {
    let attachment = attached
        .get(&picture.address)
        .or_else(|| picture.percent_decoded().and_then(|name| attached.get(&name)));
    let said = |text: &'p str| Some(text).filter(|text| !text.trim().is_empty());
    let alt = said(&picture.alt).or_else(|| Some(attachment?.alt.as_str())).unwrap_or("");
    let width = picture.width.as_deref().or_else(|| attachment?.width.as_deref());
    let width = width.filter(|width| is_width(width));
    (attachment.map_or(&picture.address, |file| &file.file), Shown { alt, width })
}

/// Returns an edit to `![alt](address)` that changes no more than necessary.
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

/// Returns a picture in the Markdown of a site.
pub(super) fn shown(site: Site, url: &str, picture: &Shown) -> String {
    match picture.width {
        Some(_) => with_width(site, url, picture),
        None if needs_escapes(picture.alt) => with_width(site, url, picture),
        None => site.protect(plain(url, picture.alt)),
    }
}

/// Returns whether `![alt]` needs escapes: Hugo would show them, and markdown-it drops them.
fn needs_escapes(alt: &str) -> bool {
    escape::markdown_text(alt) != escape::one_line(alt)
}

fn plain(url: &str, alt: &str) -> String {
    format!("![{}]({})", escape::markdown_text(alt), escape::address(url))
}

fn with_width(site: Site, url: &str, picture: &Shown) -> String {
    match site {
        // Hugo drops raw HTML.
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
