//! Rewrites marked regions of a post that somebody else wrote, and nothing else in it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::fault::{Fault, MarkFault, RenderFault};
use crate::markdown::Fences;
use crate::render::{REGIONS, Renderer, Site, Template, parts};
use crate::store::{Claim, Origin, Outputs, Planned, Project, Replacing};

use super::super::elsewhere::Repository;
use super::super::losses::LossFinder;
use super::super::readable::{ReadableRecord, Readers};
use super::page::{Page, PageNote, PageRequest, Written, compare};

/// A request to rewrite regions of a post.
#[derive(Debug)]
pub struct RegionsRequest {
    /// The post as named.
    pub post: PathBuf,
    /// The record for regions that name none.
    pub record: Option<String>,
    /// Who reads the post; `None` if not given.
    pub readers: Option<Readers>,
    /// Whether it is for the public even if something looks like a secret.
    pub publish_anyway: bool,
    /// Whether documents for the public are refused for records without a current review.
    pub strict: bool,
    /// Whether the post is compared instead of written.
    pub check: bool,
    /// Whether pictures beside it may be replaced if asrun did not write them.
    pub force: bool,
    /// The folder that the post is relative to.
    pub folder: PathBuf,
    /// What git has of records; only asked if it matters.
    pub git: &'static dyn Repository,
}

/// The result of rewriting regions.
#[derive(Debug)]
pub struct RenderedRegions {
    /// How many regions the post has.
    pub regions: usize,
    /// Notes on them.
    pub notes: Vec<PageNote>,
    /// What happened to the post.
    pub written: Written,
}

/// A region of a post.
struct Region {
    /// The text between its marks.
    inside: Range<usize>,
    /// The name of its content.
    part: String,
    /// The name of its record; `None` for that of the request.
    record: Option<String>,
    /// The line of its opening mark, from 1.
    line: usize,
}

/// Rewrites the marked regions of a post.
///
/// # Errors
/// The post is unchanged: it has no marks or invalid ones, or a region cannot be rendered.
pub fn render_regions(
    project: &Project,
    request: &RegionsRequest,
    telling: &dyn Fn(&Replacing),
) -> Result<RenderedRegions, Fault> {
    let outputs = Outputs::new(Some(project), &request.folder, request.force);
    let old = outputs.text(&request.post)?;
    let regions = regions(&old, &request.post.display().to_string())?;
    let (mut notes, mut files, mut pages) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut new = String::with_capacity(old.len());
    let mut at = 0;
    for region in &regions {
        new.push_str(&old[at..region.inside.start]);
        let told = (&outputs, &mut notes, &mut files);
        let (page, text) = written(project, request, region, &old, told)?;
        new.push_str(&text);
        pages.insert(page.view.id.clone(), page);
        at = region.inside.end;
    }
    new.push_str(&old[at..]);
    if request.check {
        let written = compare(&outputs, &request.post, &new)?;
        return Ok(RenderedRegions { regions: regions.len(), notes, written });
    }
    let left = |page: &Page| page.left_behind(&request.folder, project, &new);
    notes.extend(pages.values().filter_map(left));
    let post = request.post.clone();
    let written = if new == old { Written::UpToDate(post) } else { Written::Replaced(post) };
    let origin = Origin { record: None, kind: "regions".to_owned(), only: false };
    files.push(outputs.plan(&request.post, new.into_bytes(), &origin, Claim::Part)?);
    outputs.write(files, telling)?;
    notes.extend(outputs.finish(telling).err().map(PageNote::NotListed));
    Ok(RenderedRegions { regions: regions.len(), notes, written })
}

/// Returns the page that a region is a part of, and its text, and plans copies of its files beside the post.
fn written(
    project: &Project,
    request: &RegionsRequest,
    region: &Region,
    old: &str,
    (outputs, notes, files): (&Outputs<'_>, &mut Vec<PageNote>, &mut Vec<Planned>),
) -> Result<(Page, String), Fault> {
    let RegionsRequest { post, folder, .. } = request;
    let named = region.record.as_deref().or(request.record.as_deref());
    let name = named.map_or_else(|| project.current(), |named| project.select(named))?;
    let template = Template::built_in("region.md")?.on(site_of(post, old));
    let readers = request.readers.unwrap_or(template.header().audience.into());
    let readers = if request.publish_anyway { readers.anyway() } else { readers };
    let finder = LossFinder::new(project, request.git);
    let record = ReadableRecord::of(project.load(&name)?, &finder, readers)?;
    notes.extend(record.left_out().map(PageNote::LeftOut));
    notes.extend(record.not_reviewed_unless(request.strict)?.map(PageNote::Public));
    let renderer = Renderer::new(&template, parts())?;
    let draw = |record: &ReadableRecord| -> Result<(Page, String), Fault> {
        let page = Page::of(project, &template, record, PageRequest::to(folder, Some(post)));
        let text = renderer.region(&region.part, &page.view, &page.files(project));
        let text = text.map_err(|fault| {
            let file = post.display().to_string();
            RenderFault::Region { file, line: region.line, fault }
        })?;
        Ok((page, text))
    };
    let (page, text) = draw(&record)?;
    let carried = page.carried(project, &text);
    let told = record.review_with(&text, &carried, |record| Ok(draw(record)?.1))?;
    notes.extend(told.into_iter().map(PageNote::Public));
    if request.check {
        notes.extend(page.missing_pictures(project, &text));
        notes.extend(page.stale((outputs, project), &text));
    } else {
        page.has_its_files(project, &text)?;
        let (carried, told) = page.carry_assets(project, outputs, &text)?;
        files.extend(carried);
        notes.extend(told);
    }
    let ending = if old.contains("\r\n") { "\r\n" } else { "\n" };
    // The author's text must not end the region or begin another one.
    let text = text.replace("<!-- asrun:", "&lt;!-- asrun:");
    Ok((page, format!("{}\n", text.trim_matches('\n')).replace('\n', ending)))
}

/// Returns the site of a post, by its folder: Jekyll's posts are in `_posts`, Hugo's in `content`.
fn site_of(post: &Path, text: &str) -> Site {
    let inside = |name: &str| post.components().any(|part| part.as_os_str() == name);
    match () {
        () if inside("_posts") || text.contains("{% ") => Site::Jekyll,
        () if inside("content") => Site::Hugo,
        () => Site::Plain,
    }
}

const BEGIN: &str = "<!-- asrun:begin";
const END: &str = "<!-- asrun:end";

/// A line of a post that is a mark: nothing else is on the line, which is not in a code block.
struct MarkLine<'t> {
    range: Range<usize>,
    text: &'t str,
    line: usize,
}

fn mark_lines(text: &str) -> Vec<MarkLine<'_>> {
    let mut found = Vec::new();
    let mut fences = Fences::default();
    let mut at = 0;
    for (number, whole) in text.split_inclusive('\n').enumerate() {
        let range = at..at + whole.len();
        at = range.end;
        let line = whole.trim_end();
        if !fences.hold(line) && (line.starts_with(BEGIN) || line.starts_with(END)) {
            found.push(MarkLine { range, text: line, line: number + 1 });
        }
    }
    found
}

fn regions(text: &str, name: &str) -> Result<Vec<Region>, RenderFault> {
    let mut found = Vec::new();
    let wrong = |line, fault| RenderFault::Mark { file: name.to_owned(), line, fault };
    let marks = mark_lines(text);
    let mut marks = marks.iter().peekable();
    while let Some(mark) = marks.next() {
        let words = mark.text.strip_prefix(BEGIN);
        let words = words.ok_or_else(|| wrong(mark.line, MarkFault::EndsNothing))?;
        let words = words.strip_suffix("-->");
        let words = words.ok_or_else(|| wrong(mark.line, MarkFault::NotClosed))?.trim();
        let (part, record) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        if !REGIONS.contains(&part) {
            let fault = MarkFault::UnknownRegion { typed: part.to_owned(), regions: REGIONS };
            return Err(wrong(mark.line, fault));
        }
        let end = marks.next_if(|next| next.text.starts_with(END));
        let end = end.ok_or_else(|| wrong(mark.line, MarkFault::NoEnd))?;
        found.push(Region {
            inside: mark.range.end..end.range.start,
            part: part.to_owned(),
            record: Some(record.trim().to_owned()).filter(|record| !record.is_empty()),
            line: mark.line,
        });
    }
    if found.is_empty() {
        return Err(RenderFault::NoRegions { file: name.to_owned() });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_with_their_places() {
        let text = "a\n<!-- asrun:begin rows 3.0 -->\nold\n<!-- asrun:end -->\nb\n<!-- asrun:begin plan -->\n<!-- asrun:end -->";
        let found = regions(text, "x.md").unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(&text[found[0].inside.clone()], "old\n");
        assert_eq!((found[0].record.as_deref(), found[0].line), (Some("3.0"), 2));
        assert_eq!((found[1].part.as_str(), found[1].record.as_deref()), ("plan", None));
    }

    #[test]
    fn marks_in_code_are_examples() {
        let text = "````\n```\n<!-- asrun:begin rows -->\n````\n```x``` y\n~~~\n~~~ z\n<!-- asrun:begin rows -->\n~~~\n`<!-- asrun:begin rows -->`\n    <!-- asrun:begin rows -->\n<!-- asrun:begin plan -->\n<!-- asrun:end -->\n";
        let found = regions(text, "x.md").unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 12);
    }

    #[test]
    fn unfinished_marks_are_refused() {
        for text in [
            "no marks",
            "<!-- asrun:begin rows",
            "<!-- asrun:begin rows -->",
            "<!-- asrun:begin rowz -->\n<!-- asrun:end -->",
            "<!-- asrun:begin rows -->\n<!-- asrun:begin plan -->\n<!-- asrun:end -->",
            "<!-- asrun:begin rows --> text\n<!-- asrun:end -->",
            "<!-- asrun:end -->",
        ] {
            assert!(regions(text, "x.md").is_err(), "{text}");
        }
    }
}
