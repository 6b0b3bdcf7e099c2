//! Parses a source file into what it names: imports, paths, macros and calls, each with its line.
//!
//! Code that is only compiled for tests (`#[cfg(test)]`, `#[test]`) is skipped.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ImplItem, Item, Lit, Meta, Stmt, TraitItem, Type, UseTree};

/// The path of a module from the root of the crate.
pub(crate) type Names = Vec<String>;

/// A module, in a file or in braces.
#[derive(Debug, Default)]
pub(crate) struct Module {
    pub(crate) path: Names,
    /// Its file, such as `src/view/rows.rs`; empty for a folder without a `mod.rs`.
    pub(crate) file: String,
    /// The modules that it declares.
    pub(crate) declared: Vec<String>,
    /// Its existing submodules, declared or not.
    pub(crate) below: Vec<String>,
    /// The names that it defines.
    pub(crate) items: Vec<String>,
    /// Type aliases: `type Day = chrono::NaiveDate;`.
    pub(crate) aliases: Vec<(String, Names)>,
    pub(crate) imports: Vec<Import>,
    pub(crate) names: Vec<Name>,
    pub(crate) macros: Vec<Name>,
    pub(crate) calls: Vec<Call>,
    /// The methods that it adds to types, possibly of other files.
    pub(crate) methods: Vec<Method>,
    /// Attempts to bypass the checks.
    pub(crate) tricks: Vec<(usize, &'static str)>,
}

/// One leaf of a `use` tree.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) path: Names,
    /// Its local name; `None` for `*` and `_`.
    pub(crate) name: Option<String>,
    pub(crate) is_glob: bool,
    /// Whether it is re-exported.
    pub(crate) is_passed_on: bool,
    pub(crate) line: usize,
}

/// A path in an expression, a type, a pattern, an attribute or the tokens of a macro.
#[derive(Debug)]
pub(crate) struct Name {
    pub(crate) path: Names,
    pub(crate) line: usize,
}

/// A call of a method.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) arguments: usize,
    /// Whether its first argument is `true`.
    pub(crate) is_true: bool,
    pub(crate) line: usize,
}

/// A function in an `impl` or a `trait`.
#[derive(Debug)]
pub(crate) struct Method {
    /// The type as named in the `impl`; `None` in a trait and in its implementations.
    pub(crate) of: Option<Names>,
    pub(crate) name: String,
    /// The number of arguments besides `self`; `None` for a function without `self`.
    pub(crate) arguments: Option<usize>,
}

/// The parsed content of a file.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) modules: Vec<Module>,
    /// Modules that are only compiled for tests.
    pub(crate) tests: Vec<Names>,
}

/// Parses a file of the crate. `file` begins with `src/`.
pub(crate) fn read(file: &str, text: &str) -> Result<Reading, String> {
    let parsed = syn::parse_file(text).map_err(|fault| format!("{file}: {fault}"))?;
    let inner = file.trim_start_matches("src/").trim_end_matches(".rs");
    let mut path: Names = inner.split('/').map(str::to_owned).collect();
    if path.last().is_some_and(|last| last == "mod") || inner == "lib" {
        path.pop();
    }
    let module = Module { path, file: file.to_owned(), ..Module::default() };
    let mut reader = Reader { open: vec![module], done: Vec::new(), tests: Vec::new() };
    reader.visit_file(&parsed);
    let Reader { open, mut done, tests } = reader;
    done.extend(open);
    Ok(Reading { modules: done, tests })
}

struct Reader {
    /// The current module and the enclosing ones in the same file.
    open: Vec<Module>,
    done: Vec<Module>,
    tests: Vec<Names>,
}

impl Reader {
    fn module(&mut self) -> &mut Module {
        self.open.last_mut().expect("the file's own module")
    }

    fn child(&mut self, name: &str) -> Names {
        self.module().path.iter().map(String::as_str).chain([name]).map(str::to_owned).collect()
    }

    fn name(&mut self, path: Names, span: Span) {
        self.module().names.push(Name { path, line: line(span) });
    }

    fn import(&mut self, item: &syn::ItemUse) {
        let passed_on = !matches!(item.vis, syn::Visibility::Inherited);
        self.leaves(&item.tree, &[], passed_on);
    }

    fn leaves(&mut self, tree: &UseTree, before: &[String], is_passed_on: bool) {
        let mut leaf = |ident: &Ident, name: Option<&Ident>, is_glob: bool, span: Span| {
            let mut path = before.to_vec();
            if !is_glob && (*ident != "self" || path.is_empty()) {
                path.push(word(ident));
            }
            let name = name.filter(|name| *name != "_");
            let name = name
                .map(|name| if name == "self" { path[path.len() - 1].clone() } else { word(name) });
            let line = line(span);
            self.module().imports.push(Import { path, name, is_glob, is_passed_on, line });
        };
        match tree {
            UseTree::Name(it) => leaf(&it.ident, Some(&it.ident), false, it.ident.span()),
            UseTree::Rename(it) => leaf(&it.ident, Some(&it.rename), false, it.ident.span()),
            UseTree::Glob(it) => {
                let star = it.star_token.spans[0];
                leaf(&Ident::new("glob", star), None, true, star);
            }
            UseTree::Path(it) => {
                let before: Names = before.iter().cloned().chain([word(&it.ident)]).collect();
                self.leaves(&it.tree, &before, is_passed_on);
            }
            UseTree::Group(it) => {
                it.items.iter().for_each(|tree| self.leaves(tree, before, is_passed_on));
            }
        }
    }

    fn nested(&mut self, item: &syn::ItemMod) {
        let name = word(&item.ident);
        self.module().declared.push(name.clone());
        if let Some((_, items)) = &item.content {
            let (path, file) = (self.child(&name), self.module().file.clone());
            self.open.push(Module { path, file, ..Module::default() });
            items.iter().for_each(|item| self.visit_item(item));
            let module = self.open.pop();
            self.done.extend(module);
        }
    }

    fn method(&mut self, of: Option<&Names>, signature: &syn::Signature) {
        let with_self = signature.receiver().is_some();
        let method = Method {
            of: of.cloned(),
            name: word(&signature.ident),
            arguments: with_self.then(|| signature.inputs.len() - 1),
        };
        self.module().methods.push(method);
    }

    /// Collects paths, macros, imports and calls in unparsed tokens.
    fn tokens(&mut self, stream: TokenStream) {
        let all: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while let Some(token) = all.get(at) {
            at += match token {
                TokenTree::Group(group) => {
                    self.tokens(group.stream());
                    1
                }
                // A lifetime, or a macro variable.
                TokenTree::Punct(punct) if punct.as_char() == '\'' => 2,
                TokenTree::Punct(punct) if punct.as_char() == '$' => {
                    if is_ident(all.get(at + 1), "crate") { 1 } else { 2 }
                }
                TokenTree::Punct(punct) if punct.as_char() == '.' => self.dot(&all[at + 1..]) + 1,
                TokenTree::Ident(ident) if ident == "use" => self.import_in(&all[at..]),
                TokenTree::Ident(_) => self.path_in(&all[at..]),
                TokenTree::Punct(_) | TokenTree::Literal(_) => 1,
            };
        }
    }

    /// Parses a method call after a dot, if there is one; returns how many tokens it has.
    fn dot(&mut self, after: &[TokenTree]) -> usize {
        let Some(TokenTree::Ident(ident)) = after.first() else { return 0 };
        let arguments = match after.get(1) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                group.stream()
            }
            _ => return 0,
        };
        let call = Call {
            method: word(ident),
            is_true: arguments
                .clone()
                .into_iter()
                .next()
                .is_some_and(|it| is_ident(Some(&it), "true")),
            arguments: usize::from(!arguments.is_empty()),
            line: line(ident.span()),
        };
        self.module().calls.push(call);
        1
    }

    fn import_in(&mut self, tokens: &[TokenTree]) -> usize {
        let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ';');
        let Some(end) = tokens.iter().position(ends) else { return 1 };
        // `$crate` is `crate`.
        let is_sign =
            |token: &&TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == '$');
        let item = tokens[..=end].iter().filter(|token| !is_sign(token)).cloned().collect();
        let Ok(item) = syn::parse2::<syn::ItemUse>(item) else { return 1 };
        self.import(&item);
        end + 1
    }

    fn path_in(&mut self, tokens: &[TokenTree]) -> usize {
        let is = |at: usize, sign: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
        let (mut path, mut at) = (Names::new(), 0);
        while let Some(TokenTree::Ident(ident)) = tokens.get(at) {
            path.push(word(ident));
            at += 1;
            if !(is(at, ':') && is(at + 1, ':')) {
                break;
            }
            at += 2;
        }
        let line = line(tokens[0].span());
        if is(at, '!') && !is(at + 1, '=') {
            self.module().macros.push(Name { path: path.clone(), line });
        }
        self.module().names.push(Name { path, line });
        at
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        if is_for_tests(attributes(item)) {
            if let Item::Mod(module) = item {
                let path = self.child(&word(&module.ident));
                self.tests.push(path);
            }
            return;
        }
        if attributes(item).iter().any(|attribute| attribute.path().is_ident("path")) {
            self.module().tricks.push((1, "#[path] hides a file from the guard"));
        }
        match item {
            Item::Use(it) => return self.import(it),
            Item::Mod(it) => return self.nested(it),
            Item::Type(it) => {
                if let Type::Path(path) = &*it.ty {
                    let alias = (word(&it.ident), segments(&path.path));
                    self.module().aliases.push(alias);
                }
            }
            Item::ExternCrate(it) => {
                let name = it.rename.as_ref().map_or(&it.ident, |(_, name)| name);
                self.module().imports.push(Import {
                    path: vec![word(&it.ident)],
                    name: Some(word(name)),
                    is_glob: false,
                    is_passed_on: true,
                    line: line(it.ident.span()),
                });
            }
            _ => {}
        }
        if let Some(ident) = defined(item) {
            let name = word(ident);
            self.module().items.push(name);
        }
        visit::visit_item(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let of = match (&item.trait_, &*item.self_ty) {
            (None, Type::Path(path)) => Some(segments(&path.path)),
            _ => None,
        };
        for part in &item.items {
            if let ImplItem::Fn(it) = part
                && !is_for_tests(&it.attrs)
            {
                self.method(of.as_ref(), &it.sig);
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes: &[Attribute] = match item {
            ImplItem::Const(it) => &it.attrs,
            ImplItem::Fn(it) => &it.attrs,
            ImplItem::Type(it) => &it.attrs,
            ImplItem::Macro(it) => &it.attrs,
            _ => &[],
        };
        if !is_for_tests(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        if let TraitItem::Fn(it) = item {
            if is_for_tests(&it.attrs) {
                return;
            }
            self.method(None, &it.sig);
        }
        visit::visit_trait_item(self, item);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        if !is_for_tests(&field.attrs) {
            visit::visit_field(self, field);
        }
    }

    fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
        if !is_for_tests(&field.attrs) {
            visit::visit_field_value(self, field);
        }
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        if !is_for_tests(&variant.attrs) {
            visit::visit_variant(self, variant);
        }
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if !is_for_tests(&arm.attrs) {
            visit::visit_arm(self, arm);
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        let attributes: &[Attribute] = match statement {
            Stmt::Local(it) => &it.attrs,
            Stmt::Macro(it) => &it.attrs,
            Stmt::Expr(Expr::Block(it), _) => &it.attrs,
            Stmt::Expr(Expr::Call(it), _) => &it.attrs,
            Stmt::Expr(Expr::MethodCall(it), _) => &it.attrs,
            Stmt::Expr(Expr::If(it), _) => &it.attrs,
            Stmt::Expr(Expr::Match(it), _) => &it.attrs,
            Stmt::Expr(Expr::Return(it), _) => &it.attrs,
            Stmt::Expr(Expr::Assign(it), _) => &it.attrs,
            Stmt::Expr(Expr::ForLoop(it), _) => &it.attrs,
            Stmt::Item(_) | Stmt::Expr(..) => &[],
        };
        if !is_for_tests(attributes) {
            visit::visit_stmt(self, statement);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            self.name(segments(path), first.ident.span());
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        // `<SystemTime>::now` is `SystemTime::now`.
        if let Some(Type::Path(of)) = path.qself.as_ref().map(|it| &*it.ty)
            && let Some(last) = path.path.segments.last()
        {
            let mut whole = segments(&of.path);
            whole.push(word(&last.ident));
            self.name(whole, last.ident.span());
        }
        visit::visit_expr_path(self, path);
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        if let Some(first) = it.path.segments.first() {
            let name = Name { path: segments(&it.path), line: line(first.ident.span()) };
            self.module().macros.push(name);
        }
        if it.path.is_ident("include") {
            let line = line(it.path.segments[0].ident.span());
            self.module().tricks.push((line, "include! hides a file from the guard"));
        }
        self.tokens(it.tokens.clone());
        visit::visit_macro(self, it);
    }

    fn visit_expr_method_call(&mut self, it: &'ast syn::ExprMethodCall) {
        let is_true = matches!(
            it.args.first(),
            Some(Expr::Lit(syn::ExprLit { lit: Lit::Bool(bool), .. })) if bool.value
        );
        let call = Call {
            method: word(&it.method),
            arguments: it.args.len(),
            is_true,
            line: line(it.method.span()),
        };
        self.module().calls.push(call);
        visit::visit_expr_method_call(self, it);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if attribute.path().is_ident("doc") || is_cfg_attr_for_tests(attribute) {
            return;
        }
        if let Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
        visit::visit_attribute(self, attribute);
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let list = |list: &syn::MetaList| {
            let told = list.tokens.to_string().replace(' ', "");
            list.path.is_ident("cfg") && (told == "test" || told.starts_with("all(test,"))
        };
        match &attribute.meta {
            Meta::Path(path) => path.is_ident("test"),
            Meta::List(it) => list(it),
            Meta::NameValue(_) => false,
        }
    })
}

fn is_cfg_attr_for_tests(attribute: &Attribute) -> bool {
    let Meta::List(list) = &attribute.meta else { return false };
    let first = list.tokens.clone().into_iter().next();
    list.path.is_ident("cfg_attr") && is_ident(first.as_ref(), "test")
}

fn is_ident(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

fn word(ident: &Ident) -> String {
    ident.unraw().to_string()
}

fn line(span: Span) -> usize {
    span.start().line
}

fn segments(path: &syn::Path) -> Names {
    path.segments.iter().map(|segment| word(&segment.ident)).collect()
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::ExternCrate(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::ForeignMod(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::TraitAlias(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Union(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

fn defined(item: &Item) -> Option<&Ident> {
    match item {
        Item::Const(it) => Some(&it.ident),
        Item::Enum(it) => Some(&it.ident),
        Item::Fn(it) => Some(&it.sig.ident),
        Item::Macro(it) => it.ident.as_ref(),
        Item::Static(it) => Some(&it.ident),
        Item::Struct(it) => Some(&it.ident),
        Item::Trait(it) => Some(&it.ident),
        Item::TraitAlias(it) => Some(&it.ident),
        Item::Type(it) => Some(&it.ident),
        Item::Union(it) => Some(&it.ident),
        _ => None,
    }
}
