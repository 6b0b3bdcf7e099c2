//! How a post of a record looks, as far as its author decides.

/// Post settings of a record, or of a project for all of its records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Post {
    /// The named layout.
    pub layout: Option<PostLayout>,
    /// Parts that are shown in any layout.
    pub show: Vec<PostPart>,
    /// Parts that are left out in any layout.
    pub hide: Vec<PostPart>,
    /// The heading of an event: a template with `{time}` and `{text}`.
    pub heading: Option<String>,
    /// The heading over the plan.
    pub plan_title: Option<String>,
    /// Markdown, above the plan.
    pub before_plan: Option<String>,
    /// Markdown, under the plan.
    pub after_plan: Option<String>,
    /// Where an event's own pictures go.
    pub pictures: Option<PicturePlace>,
    /// The folder of pictures on the site: a template with `{id}` and `{year}`.
    pub images: Option<String>,
    /// The path that a site is served under, prefixed to the addresses of pictures.
    pub baseurl: Option<String>,
    /// Additional front matter: lines of YAML, copied verbatim.
    pub front_matter: Option<String>,
}

impl Post {
    /// Returns these settings, those of `below` where one is not set. `show` and `hide` go together: whoever sets one
    /// of them overrides both.
    #[must_use]
    pub fn over(self, below: Post) -> Post {
        let says_parts = !(self.show.is_empty() && self.hide.is_empty());
        let (show, hide) =
            if says_parts { (self.show, self.hide) } else { (below.show, below.hide) };
        Post {
            layout: self.layout.or(below.layout),
            show,
            hide,
            heading: self.heading.or(below.heading),
            plan_title: self.plan_title.or(below.plan_title),
            before_plan: self.before_plan.or(below.before_plan),
            after_plan: self.after_plan.or(below.after_plan),
            pictures: self.pictures.or(below.pictures),
            images: self.images.or(below.images),
            baseurl: self.baseurl.or(below.baseurl),
            front_matter: self.front_matter.or(below.front_matter),
        }
    }

    /// Returns whether a part is shown; `layout` applies if the author names none.
    pub fn shows(&self, part: PostPart, layout: PostLayout) -> bool {
        let by_layout = !self.layout.unwrap_or(layout).hides().contains(&part);
        (by_layout || self.show.contains(&part)) && !self.hide.contains(&part)
    }
}

/// A closed set of values for one key, each with its word.
pub trait Worded: Copy + PartialEq + 'static {
    /// Every value with its word.
    const WORDS: &'static [(&'static str, Self)];

    /// Returns the word for this value.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(word, _)| word)
    }

    /// Returns the value for a word.
    fn named(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
    }

    /// Returns every word.
    fn words() -> Vec<&'static str> {
        Self::WORDS.iter().map(|(word, _)| *word).collect()
    }
}

/// A named layout of posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PostLayout {
    /// Everything in the record, tables included.
    #[default]
    Full,
    /// What people write by hand: the plan, the key events, the texts.
    Blog,
}

impl Worded for PostLayout {
    const WORDS: &'static [(&'static str, PostLayout)] =
        &[("full", PostLayout::Full), ("blog", PostLayout::Blog)];
}

impl PostLayout {
    /// Returns the parts that this layout leaves out.
    pub fn hides(self) -> &'static [PostPart] {
        match self {
            PostLayout::Full => &[],
            PostLayout::Blog => &[
                PostPart::PlanIntro,
                PostPart::PlanChanges,
                PostPart::OtherEvents,
                PostPart::Deviations,
                PostPart::LateNotes,
                PostPart::Reasons,
                PostPart::People,
                PostPart::Metrics,
                PostPart::Rows,
                PostPart::Durations,
            ],
        }
    }
}

/// A part of a post that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the part of its name; docs/publishing.md tells of them")]
pub enum PostPart {
    Sample,
    Summary,
    Impact,
    Plan,
    PlanIntro,
    PlanChanges,
    OtherEvents,
    AddedLater,
    Deviations,
    LateNotes,
    Reasons,
    People,
    Metrics,
    Links,
    Rows,
    Durations,
    MissingDurations,
    Factors,
    Lessons,
    Actions,
    Sections,
}

impl Worded for PostPart {
    const WORDS: &'static [(&'static str, PostPart)] = &[
        ("sample", PostPart::Sample),
        ("summary", PostPart::Summary),
        ("impact", PostPart::Impact),
        ("plan", PostPart::Plan),
        ("plan-intro", PostPart::PlanIntro),
        ("plan-changes", PostPart::PlanChanges),
        ("other-events", PostPart::OtherEvents),
        ("added-later", PostPart::AddedLater),
        ("deviations", PostPart::Deviations),
        ("late-notes", PostPart::LateNotes),
        ("reasons", PostPart::Reasons),
        ("people", PostPart::People),
        ("metrics", PostPart::Metrics),
        ("links", PostPart::Links),
        ("rows", PostPart::Rows),
        ("durations", PostPart::Durations),
        ("missing-durations", PostPart::MissingDurations),
        ("factors", PostPart::Factors),
        ("lessons", PostPart::Lessons),
        ("actions", PostPart::Actions),
        ("sections", PostPart::Sections),
    ];
}

/// Where an event's own pictures go: those that no text embeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PicturePlace {
    /// Under its text.
    #[default]
    After,
    /// Above its text.
    Before,
}

impl Worded for PicturePlace {
    const WORDS: &'static [(&'static str, PicturePlace)] =
        &[("after", PicturePlace::After), ("before", PicturePlace::Before)];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_shown_as_the_author_or_else_the_layout_says() {
        let part = PostPart::Rows;
        let post = |layout, show: &[PostPart], hide: &[PostPart]| Post {
            layout,
            show: show.to_vec(),
            hide: hide.to_vec(),
            ..Post::default()
        };
        for (post, of_template, shown) in [
            (post(None, &[], &[]), PostLayout::Full, true),
            (post(None, &[], &[]), PostLayout::Blog, false),
            (post(Some(PostLayout::Full), &[], &[]), PostLayout::Blog, true),
            (post(Some(PostLayout::Blog), &[], &[]), PostLayout::Full, false),
            (post(None, &[part], &[]), PostLayout::Blog, true),
            (post(None, &[], &[part]), PostLayout::Full, false),
            (post(None, &[part], &[part]), PostLayout::Full, false),
        ] {
            assert_eq!(post.shows(part, of_template), shown, "{post:?}");
        }
    }

    #[test]
    fn the_post_of_a_record_overrides_that_of_its_project() {
        let text = |text: &str| Some(text.to_owned());
        let record = Post { plan_title: text("a"), hide: vec![PostPart::Plan], ..Post::default() };
        let project = Post {
            plan_title: text("b"),
            images: text("/i"),
            show: vec![PostPart::Rows],
            ..Post::default()
        };
        let both = record.clone().over(project.clone());
        assert_eq!((both.plan_title, both.images), (text("a"), text("/i")));
        assert_eq!((both.show, both.hide), (vec![], vec![PostPart::Plan]));
        assert_eq!(Post::default().over(project.clone()), project);
        assert_eq!(record.clone().over(Post::default()), record);
    }

    #[test]
    fn every_part_has_a_word() {
        for (word, part) in PostPart::WORDS {
            assert_eq!((PostPart::named(word), part.word()), (Some(*part), *word));
        }
        for layout in PostLayout::WORDS.iter().map(|(_, layout)| layout) {
            assert!(layout.hides().iter().all(|part| !part.word().is_empty()));
        }
    }
}
