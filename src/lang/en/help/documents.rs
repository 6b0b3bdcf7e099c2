//! Commands that make documents.

use crate::lang::terminal::help::{
    BuiltInTexts, PreviewHelp, RenderHelp, TemplatesContextHelp, TemplatesExportHelp,
    TemplatesHelp, TemplatesListHelp, TemplatesShowHelp,
};

pub(super) const RENDER: RenderHelp = RenderHelp {
    about: "Render a record as a document: a retrospective, a blog post",
    long_about: "\
Render a record as a document: a retrospective, a blog post

  asrun render                              the current record, to the screen
  asrun render 3.0 --template chirpy -o _posts/
  asrun render --template changelog -o HISTORY.md
  asrun render 3.0 --template mine.md       your own file in templates/
  asrun render 3.0 --into post.md           only its marked regions
  asrun render 3.0 --template chirpy -o _posts/ --check    for CI: up to date?

Your own template in templates/ replaces a built-in one of the same name;
`asrun templates list` shows all. In a folder, each record gets the file name
that the template's tool expects, and its attachments are copied to where the
document looks for them.

A region begins with `<!-- asrun:begin rows 3.0 -->` and ends with `<!--
asrun:end -->`; it may be plan, rows, timeline, durations, factors, lessons,
actions or mermaid. Everything around it is yours.",
    records: "Ids, unique parts of them, or versions. Without any, the selected record, else the \
        only open one",
    all: "Every record, the newest first",
    template: "One of `asrun templates list`, or a file in templates/",
    layout: "The layout of a post, overriding the record: `blog` as written by hand, `full` \
        with tables",
    audience: "Who will read it: `public` leaves out internal entries and listed names. Defaults to what the \
        template's first line says (`asrun templates list`)",
    publish_anyway: "Write a public document even if something in it looks like a secret, an \
        internal host or an e-mail address",
    strict: "Refuse public documents of a draft, or of a record that changed after its review",
    draft: "Keep empty sections, each with a question to answer",
    output: "A file, or a folder (an existing one, or a name that ends in /). Without it, or with \
        `-`, the standard output",
    into: "Rewrite only the marked regions of this file",
    check: "Write nothing; exit with 1 and print the difference if a document is out of date",
    keep_going: "Of several documents, write those that can be made; without it, none is written if one fails",
};

pub(super) const PREVIEW: PreviewHelp = PreviewHelp {
    about: "Write a record as one HTML page to a private temporary folder",
    long_about: "\
Write a record as one HTML page to a private temporary folder

  asrun preview          print the path
  asrun preview --open   open it in the browser
  asrun preview --watch  rewrite it while you edit; the page reloads itself",
    watch: "Until Ctrl-C, rewrite the page whenever the record, its files or the settings change; \
        an open browser tab reloads it",
    open: "Open it in the browser",
};

pub(super) const TEMPLATES: TemplatesHelp = TemplatesHelp {
    built_in: BuiltInTexts {
        retrospective: "the whole record, for the team (the default)",
        chirpy: "a post for Jekyll's Chirpy theme",
        blog: "a plain post for Jekyll, as written by hand: layout=blog",
        jekyll: "a post for other Jekyll themes",
        hugo: "a page bundle for Hugo",
        sre: "the order of the SRE book's example postmortem",
        atlassian: "the order of Atlassian's postmortem template",
        public: "what customers read: no internals, no names that the record lists",
        github: "for an issue or a pull request, with a Mermaid diagram",
        status: "the next update for a status page or a chat",
        handover: "for who takes the record over, in a chat",
        changelog: "a history of many releases in one document",
        html: "one self-contained page: pictures, chart, print and dark style",
    },
    about: "List the templates, and start your own from a built-in one",
    long_about: "\
List the templates, and start your own from a built-in one

  asrun templates list
  asrun templates export sre     write templates/sre.md, which is then used
  asrun templates context 3.0    every field a template sees

The first line of a template says who it is for, whatever its file is called:
`{#- asrun: audience=public site=jekyll records=one -#}`, with team or public;
plain, jekyll or hugo; one or many.",
    list: TemplatesListHelp { about: "List every template, yours and the built-in ones" },
    show: TemplatesShowHelp { about: "Print a template's source", name: "Its name" },
    export: TemplatesExportHelp {
        about: "Copy a built-in template into templates/, where you can change it",
        name: "Its name",
        output: "The file to write, instead of templates/NAME",
    },
    context: TemplatesContextHelp {
        about: "Print every field of a record that a template sees, with its value",
        record: "Its id, any unique part of it, or its version",
        json: "As JSON, nested as templates see it",
    },
};
