//! Marked regions of a post that somebody else wrote: written anew in place, nothing else touched.

use std::ops::Range;
use std::path::Path;

use crate::render::{Audience, REGIONS, Renderer, Site, Template, parts};
use crate::store::{Project, read_output};

use super::super::super::context::Context;
use super::super::super::diff::difference;
use super::super::super::errors::{Exit, Failure};
use super::super::super::public::{left_out, look_over};
use super::args::RenderArgs;
use super::page::Page;
use crate::model::nearest;

/// One region of a post.
struct Region {
    /// What stands between its marks.
    inside: Range<usize>,
    /// What belongs there.
    part: String,
    /// Of which record; none for the one that the command names.
    record: Option<String>,
    /// The line of its first mark, from 1.
    line: usize,
}

pub(super) fn run(
    context: &mut Context,
    project: &Project,
    args: &RenderArgs,
    post: &Path,
) -> Result<Exit, Failure> {
    let path = context.folder.join(post);
    project.check_output(&path)?;
    let old = read_output(&path)?;
    let regions = regions(&old, &post.display().to_string())?;
    let mut new = String::with_capacity(old.len());
    let mut at = 0;
    for region in &regions {
        new.push_str(&old[at..region.inside.start]);
        new.push_str(&written(context, project, args, post, region, &old)?);
        at = region.inside.end;
    }
    new.push_str(&old[at..]);
    if args.check {
        let differs = difference(&context.folder, post, &new);
        context.print(differs.as_deref().unwrap_or_default());
        return Ok(if differs.is_some() { Exit::Failed } else { Exit::Done });
    }
    if new != old {
        project.write_file(&path, new.as_bytes())?;
    }
    let plural = if regions.len() == 1 { "region" } else { "regions" };
    context.say(&format!("wrote {} {plural} of {}", regions.len(), post.display()));
    Ok(Exit::Done)
}

fn written(
    context: &Context,
    project: &Project,
    args: &RenderArgs,
    post: &Path,
    region: &Region,
    old: &str,
) -> Result<String, Failure> {
    let named = region.record.as_deref().or(args.records.first().map(String::as_str));
    let mut loaded = context.load(project, named)?;
    let template = Template::built_in("region.md")?.on(site_of(post, old));
    if args.readers(&template) == Audience::Public {
        left_out(&mut loaded, &project.settings).iter().for_each(|note| context.say(note));
        if !args.publish_anyway {
            look_over(&loaded)?;
        }
    }
    let page = Page::of(project, &template, &loaded, &context.folder, Some(post));
    let renderer = Renderer::new(&template, parts())?;
    let text = renderer
        .region(&region.part, &page.view, &page.files(project))
        .map_err(|fault| Failure::new(format!("{}:{}: {fault}", post.display(), region.line)))?;
    for note in page.carry_assets(&context.folder, project)? {
        context.say(&note);
    }
    let ending = if old.contains("\r\n") { "\r\n" } else { "\n" };
    // An author's text must not end the region, or begin another one.
    let text = text.replace("<!-- asrun:", "&lt;!-- asrun:");
    Ok(format!("{}\n", text.trim_matches('\n')).replace('\n', ending))
}

/// Whose post it is, by where it lies: Jekyll's stand in `_posts`, Hugo's in `content`.
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

/// A line of a post that is a mark: alone on its line, at its beginning, and not in a code block.
struct MarkLine<'t> {
    range: Range<usize>,
    text: &'t str,
    line: usize,
}

fn mark_lines(text: &str) -> Vec<MarkLine<'_>> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for (number, whole) in text.split_inclusive('\n').enumerate() {
        let range = at..at + whole.len();
        at = range.end;
        let line = whole.trim_end();
        let sign = ["```", "~~~"].into_iter().find(|sign| line.trim_start().starts_with(sign));
        match (fence, sign) {
            (None, Some(sign)) => fence = Some(sign),
            (Some(open), Some(sign)) if open == sign => fence = None,
            (None, None) if line.starts_with(BEGIN) || line.starts_with(END) => {
                found.push(MarkLine { range, text: line, line: number + 1 });
            }
            _ => {}
        }
    }
    found
}

fn regions(text: &str, name: &str) -> Result<Vec<Region>, Failure> {
    let mut found = Vec::new();
    let fault = |line: usize, what: &str| Failure::new(format!("{name}:{line}:1: {what}"));
    let marks = mark_lines(text);
    let mut marks = marks.iter().peekable();
    while let Some(mark) = marks.next() {
        let Some(words) = mark.text.strip_prefix(BEGIN) else {
            return Err(fault(mark.line, "this ends a region that does not begin"));
        };
        let words = words.strip_suffix("-->").ok_or_else(|| {
            fault(mark.line, "the mark must end in --> and stand alone on its line")
        })?;
        let (part, record) =
            words.trim().split_once(char::is_whitespace).unwrap_or((words.trim(), ""));
        if !REGIONS.contains(&part) {
            let near = nearest(part, REGIONS.iter().copied());
            let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            return Err(fault(mark.line, &format!("there is no region {part:?}{near}"))
                .hint(format!("regions: {}", REGIONS.join(", "))));
        }
        let end = marks.next_if(|next| next.text.starts_with(END)).ok_or_else(|| {
            fault(mark.line, "the region does not end")
                .hint("close it with <!-- asrun:end --> on a line of its own")
        })?;
        found.push(Region {
            inside: mark.range.end..end.range.start,
            part: part.to_owned(),
            record: Some(record.trim().to_owned()).filter(|record| !record.is_empty()),
            line: mark.line,
        });
    }
    if found.is_empty() {
        return Err(Failure::new(format!("{name} has no marked region"))
            .hint("mark one, each mark on a line of its own: <!-- asrun:begin rows 3.0 --> and <!-- asrun:end -->"));
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
        let text = "```\n<!-- asrun:begin rows -->\n```\n`<!-- asrun:begin rows -->`\n    <!-- asrun:begin rows -->\n<!-- asrun:begin plan -->\n<!-- asrun:end -->\n";
        let found = regions(text, "x.md").unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 6);
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
