//! Commands that make documents.

use crate::lang::terminal::help::{
    BuiltInTexts, PreviewHelp, RenderHelp, TemplatesContextHelp, TemplatesExportHelp,
    TemplatesHelp, TemplatesListHelp, TemplatesShowHelp,
};

pub(super) const RENDER: RenderHelp = RenderHelp {
    about: "Write a record as a document: a retrospective, a blog post",
    long_about: "\
Write a record as a document: a retrospective, a blog post

  asrun render                              the current record, to the screen
  asrun render 3.0 --template chirpy -o _posts/
  asrun render --template changelog -o HISTORY.md
  asrun render 3.0 --template mine.md       a file of yours in templates/
  asrun render 3.0 --into post.md           only its marked regions
  asrun render 3.0 --template chirpy -o _posts/ --check    for CI: still true?

A template of yours in templates/ wins over a built-in one of the same name;
`asrun templates list` shows all. Into a folder, each record is written
under the name that the template's tool expects, and its attachments are
copied to where the document looks for them.

A region begins with `<!-- asrun:begin rows 3.0 -->` and ends with `<!--
asrun:end -->`; it may be plan, rows, timeline, durations, factors, lessons,
actions or mermaid. All around it is yours.",
    records: "Ids, unique parts of them, or versions. Without any, the selected record, else the \
        only open one",
    all: "Every record, the newest first",
    template: "One of `asrun templates list`, or a file in templates/",
    layout: "How a post is laid out, whatever the record says: `blog` as one writes by hand, `full` \
        with tables",
    audience: "Who will read it: `public` leaves internal entries and names out. Without it, those \
        whom the template's first line names (`asrun templates list`)",
    publish_anyway: "Write a public document even if something in it looks like a secret, an \
        internal host or an e-mail address",
    strict: "Write nothing for the public of a draft, or of a record that changed after its review",
    draft: "Keep empty sections, with a question in each",
    output: "A file, or a folder (an existing one, or a name that ends in /). Without it, or with \
        `-`, the screen",
    into: "Write the marked regions of this file anew, and nothing else of it",
    check: "Write nothing; exit code 1 and the difference if a document is not what it would be \
        now",
};

pub(super) const PREVIEW: PreviewHelp = PreviewHelp {
    about: "Write a record as one HTML page to a temporary place, and say where",
    long_about: "\
Write a record as one HTML page to a temporary place, and say where

  asrun preview          prints the path
  asrun preview --open   asks the desktop to open it
  asrun preview --watch  writes it anew while you write; the page reloads",
    watch: "Go on until Ctrl-C: write the page anew whenever the record, its files or the settings \
        change; a browser that shows it reads it again",
    open: "Ask the desktop to open it",
};

pub(super) const TEMPLATES: TemplatesHelp = TemplatesHelp {
    built_in: BuiltInTexts {
        retrospective: "the whole record, for the team (the default)",
        chirpy: "a post for Jekyll's Chirpy theme",
        blog: "a plain post for Jekyll, as one writes it by hand: layout=blog",
        jekyll: "a post for any other Jekyll theme",
        hugo: "a page bundle for Hugo",
        sre: "the order of the SRE book's example postmortem",
        atlassian: "the order of Atlassian's postmortem template",
        public: "what customers read: no names, no internals",
        github: "for an issue or a pull request, with a Mermaid picture",
        status: "the next update for a status page or a chat",
        changelog: "a history of many releases in one document",
        html: "one page that holds everything: pictures, chart, print and dark style",
    },
    about: "See the templates, and begin one of your own from a built-in one",
    long_about: "\
See the templates, and begin one of your own from a built-in one

  asrun templates list
  asrun templates export sre     writes templates/sre.md, which then wins
  asrun templates context 3.0    every field a template sees

The first line of a template says whom it is for, whatever its file is called:
`{#- asrun: audience=public site=jekyll records=one -#}`, with team or public;
plain, jekyll or hugo; one or many.",
    list: TemplatesListHelp { about: "Every template by name, yours and the built-in ones" },
    show: TemplatesShowHelp { about: "Print a template's source", name: "Its name" },
    export: TemplatesExportHelp {
        about: "Write a built-in template into templates/, where it can be changed and wins",
        name: "Its name",
        output: "Another file than templates/NAME",
    },
    context: TemplatesContextHelp {
        about: "Print every field that a template sees of a record, with its value",
        record: "Its id, any unique part of it, or its version",
        json: "As JSON, nested as templates see it",
    },
};
