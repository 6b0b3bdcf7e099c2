//! The layout of a post.

use serde::Serialize;

use crate::model::{Post, PostLayout, PostPart, Worded};

/// The layout of a record's post.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PostView {
    /// The name of the layout.
    pub layout: &'static str,
    /// The parts that are left out.
    pub hides: Vec<&'static str>,
    /// The format of an event's heading, with `{time}` and `{text}`.
    pub heading: Option<String>,
    /// The heading over the plan.
    pub plan_title: Option<String>,
    /// Markdown above the plan.
    pub before_plan: Option<String>,
    /// Markdown below the plan.
    pub after_plan: Option<String>,
    /// Where an event's pictures are placed: `after` or `before` its text.
    pub pictures: &'static str,
    /// The folder of pictures on the site, with `{id}` and `{year}`.
    pub images: Option<String>,
    /// The path that the site is served under, which addresses of pictures begin with.
    pub baseurl: Option<String>,
    /// Additional front matter, as lines of YAML.
    pub front_matter: Option<String>,
    /// The keys of the additional front matter, which replace the template's own.
    pub front_keys: Vec<String>,
}

/// Returns the layout of a post; `layout` applies if its author names none.
pub fn post_view(post: &Post, layout: PostLayout) -> PostView {
    let hidden = PostPart::WORDS.iter().filter(|(_, part)| !post.shows(*part, layout));
    let front_matter = post.front_matter.as_deref().map(|lines| lines.trim_end().to_owned());
    PostView {
        layout: post.layout.unwrap_or(layout).word(),
        hides: hidden.map(|(word, _)| *word).collect(),
        heading: post.heading.clone(),
        plan_title: post.plan_title.clone(),
        before_plan: post.before_plan.clone(),
        after_plan: post.after_plan.clone(),
        pictures: post.pictures.unwrap_or_default().word(),
        images: post.images.clone(),
        baseurl: post.baseurl.clone(),
        front_keys: front_matter.as_deref().map(top_keys).unwrap_or_default(),
        front_matter,
    }
}

/// Returns the top-level keys in lines of YAML.
fn top_keys(lines: &str) -> Vec<String> {
    let key = |line: &str| {
        let (key, _) = line.split_once(':')?;
        let odd = line.starts_with([' ', '\t', '#', '-']) || key.is_empty();
        (!odd).then(|| key.trim().trim_matches(['"', '\'']).to_owned())
    };
    lines.lines().filter_map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_front_matter_begin_in_the_first_column() {
        let lines = "image:\n  path: a\n# x: y\n\"title\": t\nlist:\n- a: b\ntext: |\n  d: e\n";
        assert_eq!(top_keys(lines), ["image", "title", "list", "text"]);
    }

    #[test]
    fn what_is_left_out_is_named() {
        let view = |layout| post_view(&Post::default(), layout).hides;
        assert_eq!(view(PostLayout::Full), Vec::<&str>::new());
        assert!(view(PostLayout::Blog).contains(&"durations"));
    }
}
