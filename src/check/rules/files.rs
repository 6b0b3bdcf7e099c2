//! Rules about screenshots and files of the record.

use std::collections::HashSet;
use std::ops::Range;

use crate::fault::FindingKind;
use crate::lang::text_words;
use crate::markdown::{Picture, pictures};
use crate::model::Attachment;
use crate::yaml::Hop::{self, Item, Key};

use super::super::case::{Case, Found};

/// Iterates over every attachment with its path.
fn attachments<'c>(case: &'c Case) -> impl Iterator<Item = (Vec<Hop<'static>>, &'c Attachment)> {
    let incident = case.incident;
    let own = incident.attachments.iter().enumerate();
    let own = own.map(|(place, file)| (vec![Key("attachments"), Item(place)], file));
    let events = incident.events.iter().enumerate().flat_map(|(event, of)| {
        of.attachments.iter().enumerate().map(move |(place, file)| {
            (vec![Key("events"), Item(event), Key("attachments"), Item(place)], file)
        })
    });
    own.chain(events)
}

/// Returns every Markdown text with its path.
fn markdown<'c>(case: &'c Case) -> Vec<(Vec<Hop<'static>>, &'c str)> {
    let incident = case.incident;
    let mut texts: Vec<(Vec<Hop<'static>>, &str)> = Vec::new();
    let heads = [("summary", &incident.summary), ("impact", &incident.impact)];
    texts.extend(heads.iter().filter_map(|(key, text)| Some((vec![Key(key)], text.as_deref()?))));
    let post = &incident.post;
    let around = [("before_plan", &post.before_plan), ("after_plan", &post.after_plan)];
    let around = around.iter();
    texts.extend(
        around.filter_map(|(key, text)| Some((vec![Key("post"), Key(key)], text.as_deref()?))),
    );
    let events = incident.events.iter().enumerate().filter_map(|(event, of)| {
        Some((vec![Key("events"), Item(event), Key("detail")], of.detail.as_deref()?))
    });
    texts.extend(events);
    let factors = (vec![Key("contributing_factors")], &incident.contributing_factors);
    let lessons = incident.lessons.by_key().into_iter();
    let lessons = lessons.map(|(key, list)| (vec![Key("lessons"), Key(key)], list));
    for (hops, list) in std::iter::once(factors).chain(lessons) {
        let items = list.iter().enumerate();
        texts.extend(
            items.map(|(place, note)| ([hops.as_slice(), &[Item(place)]].concat(), &*note.text)),
        );
    }
    let sections = incident.sections.iter().enumerate();
    texts.extend(sections.map(|(place, section)| {
        (vec![Key("sections"), Item(place), Key("body")], section.body.as_str())
    }));
    texts
}

/// Returns the record's own pictures in its texts, each with its range.
fn shown(case: &Case) -> Vec<(Range<usize>, Picture)> {
    let mut own = all_pictures(case);
    own.retain(|(_, picture)| picture.file().is_some());
    own
}

/// Returns the pictures in the record's texts, also those from elsewhere, each with its range.
fn all_pictures(case: &Case) -> Vec<(Range<usize>, Picture)> {
    let body = case.document.text();
    let of_text = |(hops, text): (Vec<Hop>, &str)| -> Vec<(Range<usize>, Picture)> {
        let place = |picture: &Picture| {
            let span = case.place(&hops);
            let at = body[span.clone()].find(&picture.address).map(|at| span.start + at);
            at.map_or(span, |at| at..at + picture.address.len())
        };
        pictures(text).into_iter().map(|picture| (place(&picture), picture)).collect()
    };
    markdown(case).into_iter().flat_map(of_text).collect()
}

pub(super) fn missing(case: &Case) -> Vec<Found> {
    let attached = attachments(case)
        .filter(|(_, file)| !case.files.contains(&file.file))
        .map(|(hops, of)| case.found(&hops, FindingKind::MissingFile { file: of.file.clone() }));
    let names = || case.files.iter().map(String::as_str);
    let gone = shown(case).into_iter().filter(|(_, picture)| !picture.is_one_of(names()));
    let gone = gone.map(|(span, picture)| Found {
        span,
        kind: FindingKind::MissingPicture { file: picture.address },
    });
    attached.chain(gone).collect()
}

pub(super) fn unused(case: &Case) -> Vec<Found> {
    let shown = shown(case);
    let named = |name: &String| {
        attachments(case).any(|(_, file)| file.file == *name)
            || shown.iter().any(|(_, picture)| picture.is_one_of([name.as_str()]))
            || case.incident.texts().iter().any(|text| names(text.text, name))
    };
    case.files
        .iter()
        .filter(|name| !named(name))
        .map(|name| case.found(&[], FindingKind::UnusedFile { file: name.clone() }))
        .collect()
}

/// Whether a text names a file; an address elsewhere with the same ending does not count.
fn names(text: &str, file: &str) -> bool {
    text.match_indices(file).any(|(at, _)| {
        let ends = |c: char| c.is_whitespace() || ['(', '<', '"'].contains(&c);
        let start = text[..at].rfind(ends).map_or(0, |end| end + 1);
        !text.get(start..at).is_some_and(|before| before.contains("://"))
    })
}

/// Iterates over the file names that a picture may refer to: its address, as it is and percent-decoded.
fn spellings(picture: &Picture) -> impl Iterator<Item = String> {
    [Some(picture.address.clone()), picture.percent_decoded()].into_iter().flatten()
}

pub(super) fn without_alt(case: &Case) -> Vec<Found> {
    const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];
    let picture = |file: &Attachment| {
        let ending = file.file.rsplit('.').next().unwrap_or("").to_lowercase();
        PICTURES.contains(&ending.as_str())
    };
    let kind = |file: &str| FindingKind::ImageWithoutAlt { file: file.to_owned() };
    let silent = |file: &Attachment| says_nothing(file.alt.as_deref().unwrap_or(""), &file.file);
    let shown = all_pictures(case);
    let describes = |picture: &Picture| !says_nothing(&picture.alt, &picture.address);
    let told = shown.iter().filter(|(_, picture)| describes(picture));
    let told: HashSet<String> = told.flat_map(|(_, picture)| spellings(picture)).collect();
    let attached: HashSet<&str> = attachments(case).map(|(_, file)| &*file.file).collect();
    // If the text has no alt text, documents use the attachment's, which is checked there.
    let is_attached =
        |picture: &Picture| spellings(picture).any(|name| attached.contains(name.as_str()));
    let silent_files = attachments(case)
        .filter(|(_, file)| picture(file) && silent(file) && !told.contains(&file.file))
        .map(|(hops, of)| case.found(&hops, kind(&of.file)));
    let silent_pictures =
        shown.iter().filter(|(_, picture)| !describes(picture) && !is_attached(picture));
    let silent_pictures =
        silent_pictures.map(|(span, of)| Found { span: span.clone(), kind: kind(&of.address) });
    silent_files.chain(silent_pictures).collect()
}

/// Whether an alt text is meaningless: empty, the name of the file, or a word such as `image`, with or without a
/// number.
fn says_nothing(alt: &str, file: &str) -> bool {
    let plain = |text: &str| {
        let letters = text.to_lowercase().replace(['-', '_'], " ");
        letters.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let number = |c: char| c.is_ascii_digit() || c.is_ascii_punctuation() || c.is_whitespace();
    let alt = plain(alt);
    let word = alt.trim_matches(number);
    word.is_empty()
        || [file, stem].iter().any(|name| plain(name) == alt)
        || text_words().flat_map(|words| words.pictures).any(|known| *known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_describe_no_picture() {
        for alt in [
            "",
            " ",
            "graph.png",
            "Graph",
            "image",
            "Screenshot 2",
            "이미지",
            "스크린샷 (3)",
            "044",
        ] {
            assert!(says_nothing(alt, "graph.png"), "{alt}");
        }
        assert!(says_nothing("Error rate", "error-rate.png"));
        for alt in ["실패율", "graph of the error rate", "a b c", "3분 만에 12 %까지 오른 실패율"]
        {
            assert!(!says_nothing(alt, "graph.png"), "{alt}");
        }
    }

    #[test]
    fn addresses_of_elsewhere_name_no_file() {
        assert!(names("see graph.png", "graph.png") && names("![a](./graph.png)", "graph.png"));
        assert!(!names("![a](https://example.org/graph.png)", "graph.png"));
    }
}
