//! Decodes the post settings of a record or of a project.

use crate::fault::{ContentFault, Entry, FrontMatterFault, PostFault, Problem, Wanted};
use crate::model::{Post, PostLayout, Worded, nearest};
use crate::yaml::tree::{self, Content, Node};
use crate::yaml::{MAX_TEXT_BYTES, examine};

use super::keys::{POST_KEYS, UnknownKey};
use super::shapes::found;

/// The placeholders in a heading of an event.
const HEADING_WORDS: [&str; 2] = ["time", "text"];
/// The placeholders in the address of a folder of pictures.
const IMAGES_WORDS: [&str; 2] = ["id", "year"];

/// The result of decoding, including all faults.
#[derive(Default)]
pub(super) struct ReadPost {
    pub(super) post: Post,
    pub(super) unknown: Vec<UnknownKey>,
    pub(super) problems: Vec<Problem>,
}

/// Decodes the mapping of a `post` key.
pub(super) fn read_post(node: &Node) -> ReadPost {
    let mut read = ReadPost::default();
    if node.is_null() {
        return read;
    }
    let Content::Map { entries, .. } = &node.value else {
        let fault = ContentFault::NoKeys { entry: Entry::Post, found: found(node) };
        read.problems.push(fault.at(node.span.clone()));
        return read;
    };
    for entry in entries {
        let (key, value) = (&*entry.key, &entry.value);
        if !POST_KEYS.contains(&key) {
            read.unknown.push(UnknownKey {
                key: key.to_owned(),
                at: entry.key_span.start,
                nearest: nearest(key, POST_KEYS.iter().copied()),
            });
        } else if !value.is_null() {
            read.key(key, value);
        }
    }
    read
}

impl ReadPost {
    fn key(&mut self, key: &str, node: &Node) {
        match key {
            "layout" => self.post.layout = self.word::<PostLayout>("layout", node),
            "show" => self.post.show = self.words("show", node),
            "hide" => self.post.hide = self.words("hide", node),
            "pictures" => self.post.pictures = self.word("pictures", node),
            "heading" => {
                self.post.heading = self.pattern("heading", node, &HEADING_WORDS);
            }
            "images" => self.post.images = self.folder("images", node, &IMAGES_WORDS),
            "baseurl" => self.post.baseurl = self.folder("baseurl", node, &[]),
            "plan_title" => self.post.plan_title = self.text(key, node),
            "before_plan" => self.post.before_plan = self.text(key, node),
            "after_plan" => self.post.after_plan = self.text(key, node),
            _ => self.post.front_matter = self.front_matter(node),
        }
    }

    fn problem(&mut self, node: &Node, fault: PostFault) {
        self.problems.push(ContentFault::Post(fault).at(node.span.clone()));
    }

    fn wrong_type(&mut self, key: &str, node: &Node, wanted: Wanted) {
        let fault = ContentFault::WrongShape { key: key.to_owned(), wanted, found: found(node) };
        self.problems.push(fault.at(node.span.clone()));
    }

    fn text(&mut self, key: &str, node: &Node) -> Option<String> {
        let Content::Scalar { text, .. } = &node.value else {
            self.wrong_type(key, node, Wanted::Text);
            return None;
        };
        if text.len() > MAX_TEXT_BYTES {
            let fault = ContentFault::TextTooLarge { key: key.to_owned(), limit: MAX_TEXT_BYTES };
            self.problems.push(fault.at(node.span.clone()));
            return None;
        }
        Some(text.to_string()).filter(|text| !text.trim().is_empty())
    }

    fn word<W: Worded>(&mut self, key: &'static str, node: &Node) -> Option<W> {
        let word = self.text(key, node)?;
        let value = W::named(&word);
        if value.is_none() {
            let (near, known) = (nearest(&word, W::words()), W::words());
            self.problem(node, PostFault::Word { key, word, near, known });
        }
        value
    }

    /// Returns a list of words; a single word is a list of one.
    fn words<W: Worded>(&mut self, key: &'static str, node: &Node) -> Vec<W> {
        match &node.value {
            Content::List { items, .. } => {
                items.iter().filter_map(|item| self.word(key, item)).collect()
            }
            Content::Scalar { .. } => self.word(key, node).into_iter().collect(),
            Content::Map { .. } => {
                self.wrong_type(key, node, Wanted::Texts);
                Vec::new()
            }
        }
    }

    /// Returns a text with placeholders in braces.
    fn pattern(
        &mut self,
        key: &'static str,
        node: &Node,
        known: &'static [&'static str],
    ) -> Option<String> {
        let text = self.text(key, node)?;
        let words = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        let stranger = words.map(|(word, _)| word).find(|word| !known.contains(word));
        if let Some(stranger) = stranger {
            let word = stranger.to_owned();
            self.problem(node, PostFault::Placeholder { key, word, known });
            return None;
        }
        Some(text)
    }

    /// Returns a folder on the site; its path must not leave the site.
    fn folder(
        &mut self,
        key: &'static str,
        node: &Node,
        words: &'static [&'static str],
    ) -> Option<String> {
        let text = match words {
            [] => self.text(key, node)?,
            words => self.pattern(key, node, words)?,
        };
        let steps = || text.trim_matches('/').split('/');
        let odd = |c: char| c.is_control() || c.is_whitespace() || "\\:?#%<>\"'()[]".contains(c);
        let leads_out = steps().any(|step| step.is_empty() || step.starts_with('.'));
        let braces = words.is_empty() && text.contains('{');
        if leads_out || braces || text.contains(odd) {
            self.problem(node, PostFault::Folder { key, folder: text });
            return None;
        }
        Some(text)
    }

    /// Returns lines of YAML that form a mapping.
    fn front_matter(&mut self, node: &Node) -> Option<String> {
        let text = self.text("front_matter", node)?;
        match front_keys(&text) {
            Ok(_) => Some(text),
            Err(fault) => {
                self.problem(node, PostFault::FrontMatter(fault));
                None
            }
        }
    }
}

/// Returns the keys in lines of front matter.
///
/// # Errors
/// The lines are not a mapping, or would end the front matter.
pub fn front_keys(text: &str) -> Result<Vec<String>, FrontMatterFault> {
    if text.lines().any(|line| line.starts_with("---") || line.starts_with("...")) {
        return Err(FrontMatterFault::Fence);
    }
    let first = examine(text).into_iter().next();
    if let Some(problem) = first {
        return Err(FrontMatterFault::Yaml(problem.kind));
    }
    let root = tree::parse(text, |_| false);
    let root = root.map_err(|mut problems| FrontMatterFault::Yaml(problems.swap_remove(0).kind))?;
    match &root.value {
        Content::Map { entries, .. } if !root.is_flow() => {
            Ok(entries.iter().map(|entry| entry.key.to_string()).collect())
        }
        _ => Err(FrontMatterFault::NoKeys),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::lang::terminal;
    use crate::model::{PicturePlace, PostPart};

    fn record(lines: &str) -> String {
        let lines: String = lines.lines().map(|line| format!("  {line}\n")).collect();
        format!("title: t\npost:\n{lines}")
    }

    #[test]
    fn every_key_is_read() {
        let lines = "layout: blog\nshow: [rows, durations]\nhide: missing-durations\nheading: '{text} ({time})'\nplan_title: a\nbefore_plan: b\nafter_plan: c\npictures: before\nimages: /assets/{year}/{id}/\nbaseurl: /blog\nfront_matter: |\n  image: /a.png\n  mermaid: true";
        let text = |text: &str| Some(text.to_owned());
        let expected = Post {
            layout: Some(PostLayout::Blog),
            show: vec![PostPart::Rows, PostPart::Durations],
            hide: vec![PostPart::MissingDurations],
            heading: text("{text} ({time})"),
            plan_title: text("a"),
            before_plan: text("b"),
            after_plan: text("c"),
            pictures: Some(PicturePlace::Before),
            images: text("/assets/{year}/{id}/"),
            baseurl: text("/blog"),
            front_matter: text("image: /a.png\nmermaid: true\n"),
        };
        assert_eq!(read(&record(lines)).unwrap().incident.post, expected);
    }

    #[test]
    fn what_cannot_be_is_refused_with_the_way_out() {
        for (line, says, help) in [
            ("layout: plain", "`plain` is not a value of `layout`", "full or blog"),
            ("hide: [row]", "`row` is not a value of", "did you mean `rows`?"),
            ("hide: [tables]", "`tables` is not a value of", "sample, summary"),
            ("hide: {rows: no}", "`hide` must be a list of texts", "write a list"),
            ("heading: '{txt}'", "`{txt}` is not a placeholder of `heading`", "{time} and {text}"),
            ("images: ../x", "\"../x\" is not a folder of the site", "/assets/img/{id}"),
            ("images: http://x.example/a", "is not a folder of the site", "/assets/img/{id}"),
            ("images: '/a b'", "is not a folder of the site", "/assets/img/{id}"),
            ("images: /a//b", "is not a folder of the site", "/assets/img/{id}"),
            ("images: '/a/{slug}'", "`{slug}` is not a placeholder of `images`", "{id} and {year}"),
            ("baseurl: http://x.example", "is not a folder of the site", "baseurl: /blog"),
            ("baseurl: '{{site}}'", "is not a folder of the site", "baseurl: /blog"),
            ("front_matter: x", "must be `key: value` lines", "mermaid: true"),
            ("front_matter: {image: x}", "`front_matter` must be a text", ""),
            ("front_matter: \"a: b\\n---\\nc: d\"", "ends it", "delete that line"),
            ("front_matter: \"a: [\"", "not valid YAML", ""),
            ("pictures: left", "`left` is not a value of", "after or before"),
        ] {
            let problems = read(&record(line)).unwrap_err();
            let told = terminal().problem(&problems[0].kind);
            assert!(told.message.contains(says), "{line}: {told:?}");
            assert!(told.help.contains(help), "{line}: {told:?}");
        }
        let told = read("title: t\npost: blog\n").unwrap_err();
        assert_eq!(
            terminal().problem(&told[0].kind).help,
            "write it as `{layout: blog, hide: [actions]}`"
        );
    }

    #[test]
    fn keys_of_front_matter() {
        assert_eq!(
            front_keys("image:\n  path: a\n# x\nmermaid: true\n").unwrap(),
            ["image", "mermaid"]
        );
        assert_eq!(front_keys("{a: b}"), Err(FrontMatterFault::NoKeys));
        assert_eq!(front_keys("a: b\n...\n"), Err(FrontMatterFault::Fence));
    }
}
