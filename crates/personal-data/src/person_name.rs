//! Names of persons: a first name and a surname, a name that a word introduces, a first name that is nothing else.
//! Places, schools and firms that are named after persons pass, and so do everyday words that are also names.

use crate::candidate::{Candidate, Rank};
use crate::knowledge::Knowledge;
use crate::marks::Mark;
use crate::policy::Ground;
use crate::words::{Gap, Word, Words, Writing};
use crate::{Class, Context};

pub(crate) fn find(
    words: &Words<'_>,
    knowledge: &Knowledge,
    context: &Context<'_>,
    candidates: &mut Vec<Candidate>,
) {
    let names = Names { words, knowledge };
    let mut index = 0;
    while index < words.len() {
        let Some((first, last)) = names.read(index) else {
            index += 1;
            continue;
        };
        index = last + 1;
        if let (false, Some(head), Some(tail)) =
            (names.is_place(first, last), words.get(first), words.get(last))
        {
            let (start, end, ground) = (head.start, tail.end, Ground::Wording);
            if !context.is_own_place(words.small_text(), start..end) {
                candidates.push(Candidate { start, end, class: Class::PersonName, ground, rank: Rank::Rest });
            }
        }
    }
}

/// Shorter first names in small letters are too often other words.
const SMALL_BYTES_MIN: usize = 5;

/// Shorter surnames are too often places.
const SURNAME_BYTES_MIN: usize = 7;

/// How sure it is that a name comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Introduction {
    None,
    /// One that is known as a name.
    Likely,
    /// Whatever the name is.
    Naming,
}

/// What ends as surnames do is one when it has more bytes.
const ENDED_BYTES_MIN: usize = 5;

struct Names<'a, 't> {
    words: &'a Words<'t>,
    knowledge: &'a Knowledge,
}

impl Names<'_, '_> {
    /// The first and the last word of a name that begins here.
    fn read(&self, index: usize) -> Option<(usize, usize)> {
        let word = self.words.get(index)?;
        let capital = matches!(word.writing, Writing::Capital | Writing::Capitals);
        // Most words are small and no names: nothing more is asked of them.
        if !capital && !self.words.is_on(index, self.knowledge.first_name) {
            return None;
        }
        if self.is_initial(index) && self.is_surname(index + 1) {
            return Some((index, index + 1));
        }
        let last = self.surname_end(index);
        let known = match self.introduction(index) {
            Introduction::Naming if capital && !self.words.is_on(index, self.knowledge.street) => {
                return Some((index, self.capitals_end(index)));
            }
            Introduction::Naming | Introduction::Likely => self.is_known(index, capital),
            Introduction::None => false,
        };
        (known || self.is_full(index, last, capital) || self.is_lone(index, word)).then_some((index, last))
    }

    /// What the word before says of the one here.
    fn introduction(&self, index: usize) -> Introduction {
        let Some(before) = index.checked_sub(1).filter(|_| self.words.follows(index)) else {
            return Introduction::None;
        };
        let unsaid = before.checked_sub(1).is_some_and(|earlier| {
            self.words.is_on(earlier, self.knowledge.place_before)
                || self.words.is_on(earlier, self.knowledge.so_called)
        });
        if self.words.is_on(before, self.knowledge.naming) && !unsaid {
            Introduction::Naming
        } else if self.words.is_on(before, self.knowledge.introducing) {
            Introduction::Likely
        } else {
            Introduction::None
        }
    }

    /// A first name, or a surname with its capital.
    fn is_known(&self, index: usize, capital: bool) -> bool {
        let everyday = || self.words.is_on(index, self.knowledge.everyday);
        (self.is_first(index) && (capital || !everyday())) || (capital && self.is_surname(index))
    }

    /// A first name and what follows it.
    fn is_full(&self, index: usize, last: usize, capital: bool) -> bool {
        let everyday = || self.words.is_on(index, self.knowledge.everyday);
        last > index && self.is_first(index) && (capital || !everyday())
    }

    /// A name that is nothing else, and needs nothing beside it.
    fn is_lone(&self, index: usize, word: &Word) -> bool {
        if self.words.is_on(index, self.knowledge.everyday) {
            return false;
        }
        match word.writing {
            Writing::Capital => {
                self.is_first(index) || self.ends_in_son(index) || self.is_lone_surname(index, word)
            }
            Writing::Small => {
                word.end - word.start >= SMALL_BYTES_MIN
                    && matches!(word.gap, Gap::Space | Gap::Stop)
                    && self.words.get(index + 1).is_none_or(|next| next.gap != Gap::Hyphen)
            }
            Writing::Capitals | Writing::Number => false,
        }
    }

    /// Within a sentence a listed surname with its capital, anywhere one in the genitive before a small word.
    fn is_lone_surname(&self, index: usize, word: &Word) -> bool {
        if word.end - word.start < SURNAME_BYTES_MIN || !self.is_surname(index) {
            return false;
        }
        let owned = || {
            self.genitive(index, self.knowledge.surname)
                && self
                    .words
                    .get(index + 1)
                    .is_some_and(|next| next.gap == Gap::Space && next.writing == Writing::Small)
        };
        let listed = || word.gap == Gap::Space && self.words.is_on(index, self.knowledge.surname);
        listed() || owned()
    }

    fn is_capital(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| {
            matches!(word.writing, Writing::Capital | Writing::Capitals) && word.gap != Gap::Stop
        })
    }

    /// On the list, or in the genitive of one that is.
    fn is_first(&self, index: usize) -> bool {
        self.words.is_on(index, self.knowledge.first_name) || self.genitive(index, self.knowledge.first_name)
    }

    fn genitive(&self, index: usize, list: Mark) -> bool {
        let Some(stem) = self.words.small(index).strip_suffix(b"s") else { return false };
        let (mut listed, mut everyday) = (false, false);
        self.knowledge.book.lexicon.look_up(stem, |marks| {
            listed |= marks.has(list);
            everyday |= marks.has(self.knowledge.everyday);
        });
        listed && !everyday
    }

    fn is_surname(&self, index: usize) -> bool {
        if self.words.is_on(index, self.knowledge.street)
            || self.words.is_on(index, self.knowledge.place_after)
        {
            return false;
        }
        let small = self.words.small(index);
        let small = small.strip_suffix(b"s").unwrap_or(small);
        self.words.is_on(index, self.knowledge.surname)
            || self.genitive(index, self.knowledge.surname)
            || (small.len() > ENDED_BYTES_MIN && self.words.is_on(index, self.knowledge.surname_ending))
    }

    fn ends_in_son(&self, index: usize) -> bool {
        let small = self.words.small(index);
        let small = small.strip_suffix(b"s").unwrap_or(small);
        small.len() > 6 && small.ends_with(b"sson")
    }

    /// A capital letter, a full stop and a word with a capital, which is no end of a sentence then.
    fn is_initial(&self, index: usize) -> bool {
        let (Some(word), Some(next)) = (self.words.get(index), self.words.get(index + 1)) else {
            return false;
        };
        let capital = |writing| matches!(writing, Writing::Capital | Writing::Capitals);
        let letter = word.writing == Writing::Capital && word.end - word.start == 1;
        letter
            && capital(next.writing)
            && matches!(self.words.text.get(word.end..next.start), Some(b"." | b". "))
    }

    /// Further first names, particles and a surname after the first.
    fn surname_end(&self, first: usize) -> usize {
        let mut end = first;
        let small = self.words.get(first).is_some_and(|word| word.writing == Writing::Small);
        let mut next = first + 1;
        while let Some(word) = self
            .words
            .get(next)
            .filter(|word| matches!(word.gap, Gap::Space | Gap::Hyphen) && next < first + 4)
        {
            let name = self.is_surname(next) || self.is_first(next);
            let known = if small {
                name && !self.words.is_on(next, self.knowledge.everyday)
            } else {
                word.writing == Writing::Capital || (word.writing == Writing::Capitals && name)
            };
            let place = [self.knowledge.street, self.knowledge.place_after, self.knowledge.platform]
                .into_iter()
                .any(|list| self.words.is_on(next, list));
            let particle =
                matches!(self.words.small(next), b"von" | b"af" | b"de" | b"al" | b"el" | b"van" | b"bin");
            if known && !place {
                end = next;
            } else if !particle {
                break;
            }
            next += 1;
        }
        end
    }

    fn capitals_end(&self, first: usize) -> usize {
        (first + 1..first + 3)
            .take_while(|next| {
                self.is_capital(*next) && self.words.get(*next).is_some_and(|word| word.gap == Gap::Space)
            })
            .last()
            .unwrap_or(first)
    }

    /// A word for a place or a firm stands beside it, or the name is said to be one.
    fn is_place(&self, first: usize, last: usize) -> bool {
        let words = self.words;
        let place = self.knowledge.place_after;
        let after = words.follows(last + 1)
            && (words.is_on(last + 1, place)
                || words.is_on(last + 1, self.knowledge.street)
                || (words.is_on(last + 2, place) && words.follows(last + 2) && self.is_capital(last + 1)));
        let within = (first..=last)
            .any(|index| words.is_on(index, place) || words.is_on(index, self.knowledge.street));
        let quoted = words.get(first).is_some_and(|word| {
            word.start
                .checked_sub(1)
                .is_some_and(|sign| word.gap == Gap::Space || words.text.get(sign) == Some(&b'"'))
        });
        let before = quoted
            && first.checked_sub(1).is_some_and(|before| words.is_on(before, self.knowledge.place_before));
        let hyphen =
            words.get(last + 1).is_some_and(|word| word.gap == Gap::Hyphen && word.writing == Writing::Small);
        let named = matches!(words.small(last + 1), b"\xC3\xA4r") && words.small(last + 2) == b"namnet";
        after || within || before || hyphen || named
    }
}
