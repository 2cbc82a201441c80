//! Turns of speech that a class is known by, read from the files in `data`: what a reader of the policy can follow
//! and amend without knowing how a text is searched.

use std::collections::HashMap;

use crate::Class;
use crate::lexicon::{Lexicon, ListId};

/// One place of a phrase.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A word on one of these lists.
    Word {
        lists: Vec<ListId>,
        optional: bool,
    },
    /// Up to so many words of any kind.
    Any(usize),
    Capital,
    Number,
    Open,
    Close,
}

#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) class: Class,
    /// It says that what it overlaps is nothing to report.
    pub(crate) contrary: bool,
    pub(crate) parts: Vec<Part>,
}

/// All phrases, and the lexicon of the words in them.
///
/// A line is a phrase, word by word: `word`, `beginning*`, `*ending`, several with `/` between, `@list`, `word?` for
/// one that may be left out, `..3` for up to three words of any kind, `Capital`, `Number`, and `[` `]` around the part
/// that is reported. A line that begins with `!` is a phrase that says the contrary; what it overlaps is not reported.
/// `@list = ...` names a list of words, to which several lines may add.
#[derive(Debug, Default)]
pub(crate) struct PhraseBook {
    pub(crate) lexicon: Lexicon,
    pub(crate) phrases: Vec<Phrase>,
    /// The phrases that begin with a word of a list, by list.
    beginning: Vec<Vec<usize>>,
    names: HashMap<String, ListId>,
    lists: u16,
}

impl PhraseBook {
    /// The phrases that begin with a word of this list.
    pub(crate) fn beginning_with(&self, list: ListId) -> &[usize] {
        self.beginning.get(usize::from(list.0)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The list of that name; an empty one where none is defined.
    pub(crate) fn list(&mut self, name: &str) -> ListId {
        if let Some(list) = self.names.get(name) {
            return *list;
        }
        let list = self.new_list();
        self.names.insert(name.to_owned(), list);
        list
    }

    /// Puts all words of a file on a list; lines that begin with `#` tell where they come from.
    pub(crate) fn read_words(&mut self, name: &str, file: &str) {
        let list = self.list(name);
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        for word in lines.flat_map(str::split_whitespace) {
            self.lexicon.add(word, list);
        }
    }

    /// Reads a file of phrases of one class.
    pub(crate) fn read(&mut self, class: Class, file: &str) {
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((name, words)) = line.strip_prefix('@').and_then(|line| line.split_once('=')) {
                let list = self.list(name.trim());
                words.split_whitespace().for_each(|word| self.lexicon.add(word, list));
            } else if let Some(contrary) = line.strip_prefix('!') {
                self.push(class, true, contrary);
            } else {
                self.push(class, false, line);
            }
        }
    }

    fn push(&mut self, class: Class, contrary: bool, line: &str) {
        let parts: Vec<Part> = line.split_whitespace().map(|token| self.part(token)).collect();
        let first = parts.iter().find(|part| **part != Part::Open);
        let first =
            if let Some(Part::Word { lists, optional: false }) = first { lists.clone() } else { Vec::new() };
        debug_assert!(!first.is_empty(), "a phrase begins with a word: {line}");
        for list in first {
            let index = usize::from(list.0);
            if self.beginning.len() <= index {
                self.beginning.resize_with(index + 1, Vec::new);
            }
            if let Some(phrases) = self.beginning.get_mut(index) {
                phrases.push(self.phrases.len());
            }
        }
        self.phrases.push(Phrase { class, contrary, parts });
    }

    fn part(&mut self, token: &str) -> Part {
        match token {
            "[" => return Part::Open,
            "]" => return Part::Close,
            "Capital" => return Part::Capital,
            "Number" => return Part::Number,
            _ => {}
        }
        if let Some(words) = token.strip_prefix("..").and_then(|number| number.parse().ok()) {
            return Part::Any(words);
        }
        let (words, optional) = token.strip_suffix('?').map_or((token, false), |words| (words, true));
        let mut lists = Vec::new();
        let mut own = None;
        for word in words.split('/') {
            if let Some(name) = word.strip_prefix('@') {
                lists.push(self.list(name));
            } else {
                let own = *own.get_or_insert_with(|| self.new_list());
                self.lexicon.add(word, own);
            }
        }
        lists.extend(own);
        Part::Word { lists, optional }
    }

    fn new_list(&mut self) -> ListId {
        self.lists += 1;
        ListId(self.lists)
    }
}
