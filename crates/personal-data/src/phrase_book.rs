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
        marks: u128,
        optional: bool,
    },
    /// Up to so many words of any kind, but for those on a list.
    Any {
        most: usize,
        but: Option<ListId>,
    },
    /// One of several ways to go on to the end, each of which begins with a word on one of these lists.
    Either {
        begins: Vec<ListId>,
        marks: u128,
        ways: Vec<Vec<Self>>,
    },
    Written {
        writing: Written,
        optional: bool,
    },
    Open,
    Close,
}

/// A word that is known by how it is written alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Capital,
    Number,
}

#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) class: Class,
    /// It says that what it overlaps is nothing to report.
    pub(crate) contrary: bool,
    pub(crate) parts: Vec<Part>,
}

impl Phrase {
    /// The marks of the word after the first, by which most phrases are given up before they are read; all where
    /// it may be any.
    pub(crate) fn second(&self) -> u128 {
        let mut words = self.parts.iter().filter(|part| !matches!(part, Part::Open | Part::Close));
        match (words.next(), words.next()) {
            (Some(Part::Word { optional: false, .. }), Some(second)) => second.marks(),
            _ => u128::MAX,
        }
    }
}

/// All phrases, and the lexicon of the words in them.
///
/// A line is a phrase, word by word: `word`, `beginning*`, `*ending`, several with `/` between, `@list`, `word?` for
/// one that may be left out, `..3` for up to three words of any kind, `~3` for such within a clause, which no word of
/// `@break` stands between, `Capital`, `Number`, and `[` `]` around the part that is reported. A line that begins with
/// `!` is a phrase that says the contrary; what it overlaps is not reported. `@list = ...` names a list of words, and
/// `%turn = ...` a turn that stands for itself in later phrases; several lines may add to either.
#[derive(Debug, Default)]
pub(crate) struct PhraseBook {
    pub(crate) lexicon: Lexicon,
    pub(crate) phrases: Vec<Phrase>,
    /// What the second word of each phrase is known by.
    pub(crate) seconds: Vec<u128>,
    /// The phrases that begin with a word of a list, by list.
    beginning: Vec<Vec<usize>>,
    names: HashMap<String, ListId>,
    turns: HashMap<String, Vec<String>>,
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

    /// Puts the words of a file on a list that are not on another one.
    pub(crate) fn read_words_but(&mut self, name: &str, file: &str, other: &str) {
        let other = self.list(other);
        let words = file.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        let kept = words.filter(|word| {
            let mut listed = false;
            self.lexicon.look_up(word.as_bytes(), |list| listed |= list == other);
            !listed
        });
        let kept: Vec<_> = kept.collect();
        self.read_words(name, &kept.join(" "));
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
            } else if let Some((name, turn)) = line.strip_prefix('%').and_then(|line| line.split_once(" = "))
            {
                self.turns.entry(name.trim().to_owned()).or_default().push(turn.to_owned());
            } else if let Some(contrary) = line.strip_prefix('!') {
                self.push(class, true, contrary);
            } else {
                self.push(class, false, line);
            }
        }
    }

    fn push(&mut self, class: Class, contrary: bool, line: &str) {
        let mut parts = self.parts(line);
        let opened = parts.first() == Some(&Part::Open);
        if let Some(Part::Either { ways, .. }) = parts.get_mut(usize::from(opened)) {
            for mut way in std::mem::take(ways) {
                way.splice(0..0, opened.then_some(Part::Open));
                self.keep(Phrase { class, contrary, parts: way });
            }
        } else {
            self.keep(Phrase { class, contrary, parts });
        }
    }

    fn keep(&mut self, phrase: Phrase) {
        let first = phrase.parts.iter().find(|part| **part != Part::Open);
        let first = first.map(Part::begins).unwrap_or_default();
        debug_assert!(!first.is_empty(), "a phrase begins with a word: {phrase:?}");
        for list in first {
            let index = usize::from(list.0);
            if self.beginning.len() <= index {
                self.beginning.resize_with(index + 1, Vec::new);
            }
            if let Some(phrases) = self.beginning.get_mut(index) {
                phrases.push(self.phrases.len());
            }
        }
        self.seconds.push(phrase.second());
        self.phrases.push(phrase);
    }

    fn parts(&mut self, line: &str) -> Vec<Part> {
        let line = line.trim();
        let (token, rest) = line.split_once(' ').unwrap_or((line, ""));
        if token.is_empty() {
            return Vec::new();
        }
        let Some(name) = token.strip_prefix('%') else {
            let part = self.part(token);
            return std::iter::once(part).chain(self.parts(rest)).collect();
        };
        let turns = self.turns.get(name).cloned().unwrap_or_default();
        debug_assert!(!turns.is_empty(), "no turn is called {name}");
        let ways: Vec<_> = turns.iter().map(|turn| self.parts(&format!("{turn} {rest}"))).collect();
        let begins: Vec<_> = ways.iter().filter_map(|way| way.first()).flat_map(Part::begins).collect();
        vec![Part::Either { marks: marks(&begins), begins, ways }]
    }

    fn part(&mut self, token: &str) -> Part {
        match token {
            "[" => return Part::Open,
            "]" => return Part::Close,
            _ => {}
        }
        if let Some(most) = token.strip_prefix("..").and_then(|number| number.parse().ok()) {
            return Part::Any { most, but: None };
        }
        if let Some(most) = token.strip_prefix('~').and_then(|number| number.parse().ok()) {
            return Part::Any { most, but: Some(self.list("break")) };
        }
        let (words, optional) = token.strip_suffix('?').map_or((token, false), |words| (words, true));
        match words {
            "Capital" => return Part::Written { writing: Written::Capital, optional },
            "Number" => return Part::Written { writing: Written::Number, optional },
            _ => {}
        }
        let (named, own): (Vec<_>, Vec<_>) = words.split('/').partition(|word| word.starts_with('@'));
        let mut lists: Vec<_> =
            named.iter().map(|name| self.list(name.strip_prefix('@').unwrap_or(name))).collect();
        lists.extend((!own.is_empty()).then(|| self.unnamed(&own)));
        Part::Word { marks: marks(&lists), lists, optional }
    }

    /// The list of these words, which is one however often they stand together.
    fn unnamed(&mut self, words: &[&str]) -> ListId {
        // No named list is called so.
        let name = format!("={}", words.join("/"));
        let known = self.names.contains_key(&name);
        let list = self.list(&name);
        if !known {
            for word in words {
                self.lexicon.add(word, list);
            }
        }
        list
    }

    fn new_list(&mut self) -> ListId {
        self.lists += 1;
        ListId(self.lists)
    }
}

impl Part {
    /// The marks of the word it begins with; all where it may begin with any.
    pub(crate) const fn marks(&self) -> u128 {
        match self {
            Self::Word { marks, optional: false, .. } | Self::Either { marks, .. } => *marks,
            Self::Word { .. } | Self::Any { .. } | Self::Written { .. } | Self::Open | Self::Close => {
                u128::MAX
            }
        }
    }

    /// The lists of the word it begins with; none where it may begin with any.
    fn begins(&self) -> Vec<ListId> {
        match self {
            Self::Word { lists, optional: false, .. } => lists.clone(),
            Self::Either { begins, .. } => begins.clone(),
            Self::Word { .. } | Self::Any { .. } | Self::Written { .. } | Self::Open | Self::Close => {
                Vec::new()
            }
        }
    }
}

fn marks(lists: &[ListId]) -> u128 {
    lists.iter().fold(0, |marks, list| marks | list.mark())
}
