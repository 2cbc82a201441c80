//! Turns of speech that a class is known by, read from the files in `data`: what a reader of the policy can follow
//! and amend without knowing how a text is searched.

use std::collections::HashMap;

use crate::Class;
use crate::lexicon::Lexicon;
use crate::marks::{Mark, Marks};
use crate::word_lists::WordLists;

/// One place of a phrase.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A word that bears the mark.
    Word {
        mark: Mark,
        optional: bool,
    },
    /// Up to so many words of any kind, but for those that bear a mark.
    Any {
        most: usize,
        but: Option<Mark>,
    },
    /// One of several ways to go on to the end, each of which begins with a word that bears the mark.
    Either {
        begins: Mark,
        ways: Vec<Way>,
    },
    Written {
        writing: Written,
        optional: bool,
    },
    Open,
    Close,
    /// The sentence ends here, and the phrase may go on in the next one.
    NextSentence,
}

/// A word that is known by how it is written alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Capital,
    Number,
}

/// Parts to the end of a phrase.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) parts: Vec<Part>,
    /// What some word of a text bears wherever the way can be read: most are given up by it before they are read.
    pub(crate) needs: Marks,
}

impl Way {
    fn new(parts: Vec<Part>) -> Self {
        let mut needs = Marks::default();
        for part in &parts {
            part.begins().into_iter().for_each(|mark| needs.add(mark));
            if let Part::Either { ways, .. } = part {
                let common = ways.iter().map(|way| way.needs).reduce(Marks::common);
                needs.join(&common.unwrap_or_default());
            }
        }
        Self { parts, needs }
    }
}

#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) class: Class,
    /// It says that what it overlaps is nothing to report.
    pub(crate) contrary: bool,
    pub(crate) way: Way,
}

/// All phrases, by the mark of their first word.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    begins: Marks,
    by_first: Vec<Vec<Phrase>>,
}

impl Phrases {
    /// Tells the phrases that begin with a word of these marks.
    pub(crate) fn beginning_with<'p>(&'p self, marks: &Marks, mut tell: impl FnMut(&'p Phrase)) {
        if marks.meets(&self.begins) {
            let phrases = |first| self.by_first.get(first).into_iter().flatten();
            marks.common(self.begins).each(|first| phrases(first).for_each(&mut tell));
        }
    }

    fn add(&mut self, first: Mark, phrase: Phrase) {
        self.begins.add(first);
        let needed = self.by_first.len().max(first.number() + 1);
        self.by_first.resize_with(needed, Vec::new);
        if let Some(phrases) = self.by_first.get_mut(first.number()) {
            phrases.push(phrase);
        }
    }
}

/// All phrases, and the lexicon of the words in them.
#[derive(Debug)]
pub(crate) struct PhraseBook {
    pub(crate) lexicon: Lexicon,
    pub(crate) phrases: Phrases,
}

/// Reads phrases and lists of words.
///
/// A line is a phrase, word by word: `word`, `beginning*`, `*ending`, several with `/` between, `@list`, `word?` for
/// one that may be left out, `..3` for up to three words of any kind, `~3` for such within a clause, which no word of
/// `@break` stands between, `.` for the end of a sentence, behind which the phrase may go on, `Capital`, `Number`, and
/// `[` `]` around the part that is reported. A line that begins with `!` is a phrase that says the contrary; what it
/// overlaps is not reported. `@list = ...` names a list of words, and `%turn = ...` a turn that stands for itself in
/// later phrases; several lines may add to either.
#[derive(Debug, Default)]
pub(crate) struct PhraseReader {
    lists: WordLists,
    phrases: Phrases,
    turns: HashMap<String, Vec<String>>,
}

impl PhraseReader {
    /// What a word bears that is on the list of that name.
    pub(crate) fn mark(&mut self, name: &str) -> Mark {
        let list = self.lists.list(name);
        self.lists.mark(vec![list])
    }

    /// All that has been read.
    pub(crate) fn close(self) -> PhraseBook {
        PhraseBook { lexicon: self.lists.lexicon(), phrases: self.phrases }
    }

    /// Puts all words of a file on a list; lines that begin with `#` tell where they come from.
    pub(crate) fn read_words(&mut self, name: &str, file: &str) {
        let list = self.lists.list(name);
        words_of(file).for_each(|word| self.lists.add(word, list));
    }

    /// Puts the words of a file on a list that are not on another one.
    pub(crate) fn read_words_but(&mut self, name: &str, file: &str, other: &str) {
        let (list, other) = (self.lists.list(name), self.lists.list(other));
        let kept: Vec<_> = words_of(file).filter(|word| !self.lists.holds(word, other)).collect();
        for word in kept {
            self.lists.add(word, list);
        }
    }

    /// Reads a file of phrases of one class.
    pub(crate) fn read(&mut self, class: Class, file: &str) {
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((name, words)) = line.strip_prefix('@').and_then(|line| line.split_once('=')) {
                let list = self.lists.list(name.trim());
                words.split_whitespace().for_each(|word| self.lists.add(word, list));
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
            for Way { mut parts, .. } in std::mem::take(ways) {
                parts.splice(0..0, opened.then_some(Part::Open));
                self.keep(class, contrary, parts);
            }
        } else {
            self.keep(class, contrary, parts);
        }
    }

    fn keep(&mut self, class: Class, contrary: bool, parts: Vec<Part>) {
        let first = parts.iter().find(|part| **part != Part::Open).and_then(Part::begins);
        debug_assert!(first.is_some(), "a phrase begins with a word: {parts:?}");
        if let Some(first) = first {
            self.phrases.add(first, Phrase { class, contrary, way: Way::new(parts) });
        }
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
        let ways: Vec<_> = turns.iter().map(|turn| Way::new(self.parts(&format!("{turn} {rest}")))).collect();
        let begins: Vec<_> = ways.iter().filter_map(|way| way.parts.first()?.begins()).collect();
        vec![Part::Either { begins: self.lists.one_of(&begins), ways }]
    }

    fn part(&mut self, token: &str) -> Part {
        match token {
            "[" => return Part::Open,
            "]" => return Part::Close,
            "." => return Part::NextSentence,
            _ => {}
        }
        if let Some(most) = token.strip_prefix("..").and_then(|number| number.parse().ok()) {
            return Part::Any { most, but: None };
        }
        if let Some(most) = token.strip_prefix('~').and_then(|number| number.parse().ok()) {
            return Part::Any { most, but: Some(self.mark("break")) };
        }
        let (words, optional) = token.strip_suffix('?').map_or((token, false), |words| (words, true));
        match words {
            "Capital" => return Part::Written { writing: Written::Capital, optional },
            "Number" => return Part::Written { writing: Written::Number, optional },
            _ => {}
        }
        let (named, own): (Vec<_>, Vec<_>) = words.split('/').partition(|word| word.starts_with('@'));
        let mut lists: Vec<_> =
            named.iter().map(|name| self.lists.list(name.strip_prefix('@').unwrap_or(name))).collect();
        lists.extend((!own.is_empty()).then(|| self.lists.unnamed(&own)));
        Part::Word { mark: self.lists.mark(lists), optional }
    }
}

fn words_of(file: &str) -> impl Iterator<Item = &str> {
    file.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

impl Part {
    /// The mark of the word it begins with; none where it may begin with any.
    pub(crate) const fn begins(&self) -> Option<Mark> {
        match self {
            Self::Word { mark, optional: false } | Self::Either { begins: mark, .. } => Some(*mark),
            Self::Word { .. }
            | Self::Any { .. }
            | Self::Written { .. }
            | Self::Open
            | Self::Close
            | Self::NextSentence => None,
        }
    }
}
