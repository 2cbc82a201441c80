//! What a Rust file names, read from its tokens: comments do not count, macro bodies do, `use a::{b, c}` is
//! spelt out. Tokens and not a syntax tree, since much of what is named stands inside macros.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

const DECLARING: [&str; 6] = ["struct", "enum", "union", "trait", "type", "mod"];

pub(crate) struct Found {
    pub(crate) line: usize,
    pub(crate) what: String,
}

pub(crate) struct Function {
    pub(crate) line: usize,
    pub(crate) name: String,
    /// From its `fn` to its closing brace.
    pub(crate) length: usize,
}

#[derive(Default)]
pub(crate) struct Reading {
    /// Identifiers and keywords, joined where `::` joins them.
    pub(crate) paths: Vec<Found>,
    pub(crate) literals: Vec<Found>,
    pub(crate) attributes: Vec<Found>,
    pub(crate) declared: Vec<Found>,
    pub(crate) functions: Vec<Function>,
    /// The text is not Rust at all; `sizes` tells, the other checks then have nothing to see.
    pub(crate) broken: bool,
}

impl Reading {
    pub(crate) fn of(text: &str) -> Self {
        let mut reading = Self::default();
        match text.parse::<TokenStream>() {
            Ok(tokens) => reading.walk(tokens, ""),
            Err(_) => reading.broken = true,
        }
        reading
    }

    /// Paths in which all of these segments follow one another.
    pub(crate) fn naming<'a>(&'a self, segments: &str) -> impl Iterator<Item = &'a Found> {
        let wanted = format!("::{segments}::");
        self.paths.iter().filter(move |path| format!("::{}::", path.what).contains(&wanted))
    }

    fn walk(&mut self, tokens: TokenStream, prefix: &str) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while !rest.is_empty() {
            rest = self.step(rest, prefix);
        }
    }

    fn step<'a>(&mut self, rest: &'a [TokenTree], prefix: &str) -> &'a [TokenTree] {
        match rest {
            [TokenTree::Punct(hash), TokenTree::Group(group), tail @ ..] if hash.as_char() == '#' => {
                self.attribute(group);
                tail
            }
            [TokenTree::Punct(hash), TokenTree::Punct(_), TokenTree::Group(group), tail @ ..]
                if hash.as_char() == '#' =>
            {
                self.attribute(group);
                tail
            }
            // An alias is the file's own word.
            [TokenTree::Ident(word), TokenTree::Ident(_), tail @ ..]
                if *word == "as" && !prefix.is_empty() =>
            {
                tail
            }
            [TokenTree::Ident(word), tail @ ..] => {
                self.declaration(word, tail);
                self.path(word, tail, prefix)
            }
            [TokenTree::Literal(literal), tail @ ..] => {
                self.literals.push(Found { line: literal.span().start().line, what: literal.to_string() });
                tail
            }
            [TokenTree::Group(group), tail @ ..] => {
                self.walk(group.stream(), "");
                tail
            }
            [_, tail @ ..] => tail,
            [] => rest,
        }
    }

    fn attribute(&mut self, group: &Group) {
        let what = group.stream().to_string();
        // A documentation comment is such an attribute, and a comment.
        if !what.starts_with("doc =") {
            self.attributes.push(Found { line: group.span_open().start().line, what });
            self.walk(group.stream(), "");
        }
    }

    fn declaration(&mut self, word: &Ident, tail: &[TokenTree]) {
        let line = word.span().start().line;
        match tail {
            // `fn(u8)` is a type.
            [TokenTree::Group(_), ..] | [] => {}
            [name, rest @ ..] if *word == "fn" => {
                if let Some(end) = body_end(rest) {
                    self.functions.push(Function { line, name: name.to_string(), length: end - line + 1 });
                }
            }
            [TokenTree::Ident(name), ..] if DECLARING.iter().any(|keyword| word == keyword) => {
                self.declared.push(Found { line, what: name.to_string() });
            }
            _ => {}
        }
    }

    fn path<'a>(&mut self, first: &Ident, tail: &'a [TokenTree], prefix: &str) -> &'a [TokenTree] {
        let line = first.span().start().line;
        let mut what = if prefix.is_empty() { first.to_string() } else { format!("{prefix}::{first}") };
        let mut rest = tail;
        while let [TokenTree::Punct(one), TokenTree::Punct(two), next, after @ ..] = rest {
            if one.as_char() != ':' || two.as_char() != ':' {
                break;
            }
            match next {
                TokenTree::Ident(segment) => what = format!("{what}::{segment}"),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    self.walk(group.stream(), &what);
                    return after;
                }
                TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => break,
            }
            rest = after;
        }
        self.paths.push(Found { line, what });
        rest
    }
}

fn body_end(signature: &[TokenTree]) -> Option<usize> {
    for token in signature {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                return Some(group.span_close().end().line);
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => return None,
            TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    None
}

#[test]
fn a_path_is_found_spelt_out_and_inside_a_macro() {
    let reading =
        Reading::of("use std::{fs::{self as disk, File}, io};\nfn f() { vec![std::env::var(\"A\")] }");
    let found: Vec<_> = reading.paths.iter().map(|path| (path.line, path.what.as_str())).collect();
    for wanted in [(1, "std::fs::self"), (1, "std::fs::File"), (1, "std::io"), (2, "std::env::var")] {
        assert!(found.contains(&wanted), "{wanted:?} is not in {found:?}");
    }
    assert!(!found.iter().any(|(_, what)| what.contains("disk")), "an alias is no path: {found:?}");
    assert_eq!(reading.naming("env::var").count(), 1);
    assert_eq!(reading.naming("env::va").count(), 0);
}

#[test]
fn a_comment_names_nothing() {
    let reading = Reading::of("//! std::fs\n/// async fn\nstruct Lane; // SystemTime\n");
    assert!(reading.attributes.is_empty() && reading.literals.is_empty());
    assert_eq!(reading.paths.iter().map(|path| path.what.as_str()).collect::<Vec<_>>(), ["struct", "Lane"]);
    assert_eq!(reading.declared.len(), 1);
}

#[test]
fn a_function_is_measured_and_a_function_type_is_not() {
    let reading = Reading::of("trait T { fn a(&self); fn b() -> fn(u8) {\n\n} }\nfn c() where T: X {\n}");
    let lengths: Vec<_> = reading.functions.iter().map(|f| (f.name.as_str(), f.line, f.length)).collect();
    assert_eq!(lengths, [("b", 1, 3), ("c", 4, 2)]);
}
