//! Checks that every option is read by its command. rustc does not report unused ones, since the code that clap derives
//! reads all of them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Member, Visibility};

/// What a file has and reads of options.
#[derive(Default)]
struct Options {
    /// The fields of its `Args`, and whether other files may read them.
    had: Vec<(String, bool)>,
    /// The names of all fields that it reads.
    read: BTreeSet<String>,
}

impl Options {
    fn of(source: &str) -> Options {
        let mut options = Options::default();
        options.visit_file(&syn::parse_file(source).unwrap());
        options
    }

    /// Collects fields in the tokens of a macro: `format!("{}", args.name)`.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut behind_dot = false;
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let is_call = matches!(tokens.peek(), Some(TokenTree::Group(_)));
            match token {
                TokenTree::Group(group) => self.read_tokens(group.stream()),
                TokenTree::Ident(name) if behind_dot && !is_call => {
                    self.read.insert(name.to_string());
                    behind_dot = false;
                }
                token => {
                    behind_dot = matches!(&token, TokenTree::Punct(sign) if sign.as_char() == '.')
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Options {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if item.attrs.iter().any(|attribute| derives(attribute, "Args")) {
            // The format of a change's answer is read for all commands at once, before any of them runs.
            let is_answer = |field: &&syn::Field| matches!(&field.ty, syn::Type::Path(path) if path.path.is_ident("AnswerArgs"));
            for field in item.fields.iter().filter(|field| !is_answer(field)) {
                let elsewhere = !matches!(field.vis, Visibility::Inherited);
                self.had.push((field.ident.as_ref().unwrap().to_string(), elsewhere));
            }
        }
    }

    fn visit_expr_field(&mut self, expression: &'ast syn::ExprField) {
        self.read.extend(named(&expression.member));
        visit::visit_expr_field(self, expression);
    }

    fn visit_field_pat(&mut self, pattern: &'ast syn::FieldPat) {
        if !matches!(&*pattern.pat, syn::Pat::Wild(_)) {
            self.read.extend(named(&pattern.member));
        }
        visit::visit_field_pat(self, pattern);
    }

    fn visit_macro(&mut self, invocation: &'ast syn::Macro) {
        self.read_tokens(invocation.tokens.clone());
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }
}

fn named(member: &Member) -> Option<String> {
    match member {
        Member::Named(name) => Some(name.to_string()),
        Member::Unnamed(_) => None,
    }
}

fn derives(attribute: &Attribute, what: &str) -> bool {
    let mut found = false;
    if attribute.path().is_ident("derive") {
        attribute
            .parse_nested_meta(|meta| {
                found |= meta.path.is_ident(what);
                Ok(())
            })
            .unwrap();
    }
    found
}

/// Returns options that nothing reads, in files with their names.
fn unread(files: &[(String, Options)]) -> Vec<String> {
    let mut unread = Vec::new();
    for (file, options) in files {
        for (option, elsewhere) in &options.had {
            let others = files.iter().filter(|_| *elsewhere).map(|(_, other)| other);
            if !others.chain([options]).any(|reader| reader.read.contains(option)) {
                unread.push(format!("{file}: nobody reads `{option}`"));
            }
        }
    }
    unread
}

fn collect(folder: &Path, found: &mut Vec<(String, Options)>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, found);
        } else {
            let options = Options::of(&fs::read_to_string(&path).unwrap());
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
            found.push((name.display().to_string(), options));
        }
    }
}

#[test]
fn every_option_is_read() {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli"), &mut files);
    let count: usize = files.iter().map(|(_, options)| options.had.len()).sum();
    assert!(count > 100, "{count} options were found");
    assert_eq!(unread(&files), Vec::<String>::new());
}

#[test]
fn an_option_that_nobody_reads_is_found() {
    let source =
        "#[derive(Debug, Args)] struct ListArgs { sort: u8, limit: u8, pub(super) wait: u8 }";
    let reading = |code: &str| {
        let here = format!("{source} fn run(args: &ListArgs) {{ {code} }}");
        let there = "fn other() { args.wait; args.limit; }".to_owned();
        let files = [("list.rs", here), ("other.rs", there)];
        unread(&files.map(|(name, text)| (name.to_owned(), Options::of(&text))))
    };
    let limit = ["list.rs: nobody reads `limit`"];
    assert_eq!(reading("args.sort;"), limit);
    assert_eq!(reading("args.sort; args.limit();"), limit);
    assert_eq!(reading("let ListArgs { sort, limit: _, .. } = args;"), limit);
    assert_eq!(reading("println!(\"{}\", args.sort);"), limit);
    for code in ["args.sort; args.limit;", "let ListArgs { sort, limit: n, .. } = args;"] {
        assert_eq!(reading(code), [""; 0]);
    }
}
