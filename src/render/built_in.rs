//! The built-in templates.

use std::sync::Arc;

use super::template::Loader;

/// A template that makes a document.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// Its file name; a user's file of that name wins.
    pub file: &'static str,
    /// Its source.
    pub source: &'static str,
    /// What it is for, in a line.
    pub about: &'static str,
    /// It is read by everyone: internal entries stay out unless asked for.
    pub public: bool,
    /// It tells of many records in one document.
    pub many: bool,
}

impl BuiltIn {
    /// The name it is asked for by: its file name without the ending.
    pub fn name(&self) -> &'static str {
        self.file.rsplit_once('.').map_or(self.file, |(name, _)| name)
    }
}

macro_rules! built_in {
    ($file:literal, $about:literal) => {
        BuiltIn {
            file: $file,
            source: include_str!(concat!("../../templates/", $file)),
            about: $about,
            public: false,
            many: false,
        }
    };
}

/// Every built-in template that makes a document.
pub const BUILT_IN: &[BuiltIn] = &[
    built_in!("retrospective.md", "the whole record, for the team (the default)"),
    BuiltIn { public: true, ..built_in!("chirpy.md", "a post for Jekyll's Chirpy theme") },
    BuiltIn { public: true, ..built_in!("jekyll.md", "a post for any other Jekyll theme") },
    BuiltIn { public: true, ..built_in!("hugo.md", "a page bundle for Hugo") },
    built_in!("sre.md", "the order of the SRE book's example postmortem"),
    built_in!("atlassian.md", "the order of Atlassian's postmortem template"),
    BuiltIn {
        public: true,
        ..built_in!("public.md", "what customers read: no names, no internals")
    },
    built_in!("github.md", "for an issue or a pull request, with a Mermaid picture"),
    BuiltIn {
        public: true,
        ..built_in!("status.md", "the next update for a status page or a chat")
    },
    BuiltIn {
        public: true,
        many: true,
        ..built_in!("changelog.md", "a history of many releases in one document")
    },
    built_in!("html.html", "one page that holds everything: pictures, chart, print and dark style"),
];

/// Parts that other templates import, and what verbs of their own print.
const PARTS: &[(&str, &str)] = &[
    ("record.md", include_str!("../../templates/record.md")),
    ("region.md", include_str!("../../templates/region.md")),
    ("post.md", include_str!("../../templates/post.md")),
    ("schedule.md", include_str!("../../templates/schedule.md")),
    ("comparison.md", include_str!("../../templates/comparison.md")),
];

/// The source of the built-in template of that file name.
pub fn built_in(file: &str) -> Option<&'static str> {
    let whole = BUILT_IN.iter().map(|template| (template.file, template.source));
    whole.chain(PARTS.iter().copied()).find(|(name, _)| *name == file).map(|(_, source)| source)
}

/// Finds the built-in templates and no others.
pub fn parts() -> Loader {
    Arc::new(|name| built_in(name).map(str::to_owned))
}

/// Whose tool reads a document next, by its template's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// Nobody's.
    None,
    /// Jekyll's, which runs Liquid over it.
    Jekyll,
    /// Hugo's, which runs shortcodes in it.
    Hugo,
}

impl Site {
    /// What templates know it by.
    pub(super) fn word(self) -> &'static str {
        match self {
            Site::None => "",
            Site::Jekyll => "jekyll",
            Site::Hugo => "hugo",
        }
    }

    /// The site that a template of that name is for.
    pub fn of(template: &str) -> Site {
        match template {
            name if name.contains("chirpy") || name.contains("jekyll") => Site::Jekyll,
            name if name.contains("hugo") => Site::Hugo,
            _ => Site::None,
        }
    }
}
