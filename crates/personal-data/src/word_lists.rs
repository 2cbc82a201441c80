//! The guard's lists while they are read, and what will be asked of them.

use std::collections::HashMap;

use crate::lexicon::Lexicon;
use crate::marks::{Mark, Marks};

/// A list of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ListId(usize);

/// Lists by name, their entries, and the marks that stand for them. Lists may grow until the end.
#[derive(Debug, Default)]
pub(crate) struct WordLists {
    names: HashMap<String, ListId>,
    entries: HashMap<String, Vec<ListId>>,
    marks: HashMap<Vec<ListId>, Mark>,
}

impl WordLists {
    /// The list of that name; an empty one where none is defined.
    pub(crate) fn list(&mut self, name: &str) -> ListId {
        let next = ListId(self.names.len());
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    /// The list of these words, which is one however often they stand together.
    pub(crate) fn unnamed(&mut self, words: &[&str]) -> ListId {
        // No named list is called so.
        let name = format!("={}", words.join("/"));
        let known = self.names.contains_key(&name);
        let list = self.list(&name);
        if !known {
            for word in words {
                self.add(word, list);
            }
        }
        list
    }

    /// Puts an entry on a list.
    pub(crate) fn add(&mut self, entry: &str, list: ListId) {
        self.entries.entry(entry.to_owned()).or_default().push(list);
    }

    /// Whether a whole word stands on a list so far.
    pub(crate) fn holds(&self, word: &str, list: ListId) -> bool {
        self.entries.get(word).is_some_and(|lists| lists.contains(&list))
    }

    /// What a word bears that is on one of the lists.
    pub(crate) fn mark(&mut self, mut lists: Vec<ListId>) -> Mark {
        lists.sort_unstable();
        lists.dedup();
        let next = Mark::new(self.marks.len());
        *self.marks.entry(lists).or_insert(next)
    }

    /// What a word bears that bears one of these.
    pub(crate) fn one_of(&mut self, marks: &[Mark]) -> Mark {
        let asked = self.marks.iter().filter(|(_, mark)| marks.contains(mark));
        let lists = asked.flat_map(|(lists, _)| lists.iter().copied()).collect();
        self.mark(lists)
    }

    /// The lexicon of all entries.
    pub(crate) fn lexicon(self) -> Lexicon {
        debug_assert!(self.marks.len() <= Marks::MOST, "{} marks are too many", self.marks.len());
        let mut of_list = vec![Marks::default(); self.names.len()];
        for (lists, mark) in &self.marks {
            for list in lists {
                of_list.get_mut(list.0).into_iter().for_each(|marks| marks.add(*mark));
            }
        }
        Lexicon::new(self.entries.iter().map(|(entry, lists)| {
            let mut marks = Marks::default();
            lists.iter().filter_map(|list| of_list.get(list.0)).for_each(|other| marks.join(other));
            (entry.as_str(), marks)
        }))
    }
}
