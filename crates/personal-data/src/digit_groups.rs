//! The digits of a text in the groups they are written in, with slips such as O for 0 and digits in words read as
//! digits. Which neighbouring groups may be one number is noted; what the number is, detectors decide.

use std::ops::{Range, RangeInclusive};

use crate::digit_window::Window;
use crate::marks::Mark;
use crate::words::{Words, is_word};

/// Longer gaps separate numbers rather than the parts of one.
const GAP_BYTES_MAX: usize = 6;

/// Digits written together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) length: usize,
    /// Written as a word: noll, ett.
    pub(crate) spoken: bool,
    pub(crate) first: usize,
    pub(crate) real: usize,
    /// Nothing but a short gap lies between it and the group before.
    pub(crate) joined: bool,
    /// The digits from here to the last group that is joined on.
    ahead: usize,
}

/// All groups of a text, and the values of their digits one after another.
#[derive(Debug)]
pub(crate) struct DigitGroups<'a> {
    text: &'a [u8],
    digits: Vec<u8>,
    groups: Vec<Group>,
    /// A colon stands somewhere between two of them.
    colons: bool,
}

impl<'a> DigitGroups<'a> {
    pub(crate) fn of(words: &Words<'a>, spoken: Mark) -> Self {
        let mut found = Self { text: words.text, digits: Vec::new(), groups: Vec::new(), colons: false };
        let bars = memchr::memchr(b'|', words.text).is_some();
        let bar = |at: usize| bars && words.text.get(at) == Some(&b'|');
        let mut last = 0;
        for (index, word) in words.iter() {
            // Prose is passed over: only short words can be digits in words.
            let short = word.end - word.start <= SPOKEN_BYTES_MAX;
            let told = || short && (bars || word.is_slip() || words.is_on(index, spoken));
            if word.start < last || !(word.has_digit() || told() || bar(word.end)) {
                continue;
            }
            let barred = word.start.checked_sub(1).is_some_and(bar) || bar(word.end);
            let Range { start, end } =
                if barred { token(words.text, word.start, last) } else { word.start..word.end };
            found.push_token(start, words.text.get(start..end).unwrap_or_default());
            last = end;
        }
        found.look_ahead();
        found
    }

    fn look_ahead(&mut self) {
        let mut ahead = 0;
        for group in self.groups.iter_mut().rev() {
            ahead += group.length;
            group.ahead = ahead;
            ahead = if group.joined { ahead } else { 0 };
        }
    }

    /// Every run of neighbouring groups whose digits are as many as the detector looks for, from each group on that
    /// it asks for by first digit and length.
    pub(crate) fn windows<'s>(
        &'s self,
        begins: impl Fn(u8, usize) -> bool + 's,
        lengths: RangeInclusive<usize>,
    ) -> impl Iterator<Item = Window<'s>> {
        let least = *lengths.start();
        let starts = self.groups.iter().enumerate().filter(move |(_, group)| {
            let digit = self.digits.get(group.first);
            group.ahead >= least && digit.is_some_and(|digit| begins(*digit, group.length))
        });
        starts.flat_map(move |(first, _)| self.windows_from(first, lengths.clone()))
    }

    /// The runs that begin among the `reach` words after one that says what they are.
    pub(crate) fn said<'s>(
        &'s self,
        words: &'s Words<'_>,
        by: usize,
        reach: usize,
        lengths: RangeInclusive<usize>,
    ) -> impl Iterator<Item = Window<'s>> {
        let after = (by + 1..=by + reach).take_while(|next| words.follows(*next));
        let places = after.filter_map(|next| words.get(next)).map(|word| word.start..word.end);
        let starts = places.flat_map(|place| {
            let first = self.groups.partition_point(|group| group.start < place.start);
            let within = self.groups.iter().skip(first).take_while(move |group| group.start < place.end);
            first..first + within.count()
        });
        starts.flat_map(move |first| self.windows_from(first, lengths.clone()))
    }

    /// Groups that stand apart with only words between, of which "fyra" may be one: "900101, sista fyra 2385".
    pub(crate) fn apart(&self) -> impl Iterator<Item = (Window<'_>, Window<'_>)> {
        (0..self.groups.len()).filter_map(|first| {
            let told = self.groups.get(first + 1)?.spoken;
            let second = if told { first + 2 } else { first + 1 };
            Some((self.window(first, first + 1)?, self.window(second, second + 1)?))
        })
    }

    fn windows_from(&self, first: usize, lengths: RangeInclusive<usize>) -> impl Iterator<Item = Window<'_>> {
        let rest = self.groups.get(first..).unwrap_or_default();
        let neighbours = rest.iter().enumerate().take_while(|(index, group)| *index == 0 || group.joined);
        let (shortest, longest) = lengths.into_inner();
        let ends = neighbours.scan(0, move |sum, (index, group)| {
            *sum += group.length;
            (*sum <= longest).then_some((first + index + 1, *sum))
        });
        ends.filter(move |(_, sum)| *sum >= shortest).filter_map(move |(end, _)| self.window(first, end))
    }

    fn window(&self, first: usize, end: usize) -> Option<Window<'_>> {
        let groups = self.groups.get(first..end)?;
        let (head, tail) = (groups.first()?, groups.last()?);
        let before = first.checked_sub(1).and_then(|index| self.groups.get(index));
        Some(Window {
            text: self.text,
            digits: self.digits.get(head.first..tail.first + tail.length)?,
            groups,
            colons: self.colons,
            before: before.filter(|_| head.joined),
            after: self.groups.get(end).filter(|group| group.joined),
        })
    }

    fn push_token(&mut self, start: usize, token: &[u8]) {
        if token.iter().all(u8::is_ascii_digit) {
            let place = start..start + token.len();
            self.push(place, token.iter().map(|digit| digit - b'0'), token.len(), false);
        } else if !token.iter().any(u8::is_ascii_digit) {
            if let Some(value) = spoken(token).or_else(|| self.spoken_on(start, token)) {
                self.push(start..start + token.len(), std::iter::once(value), 1, true);
            } else if is_slip_alone(token) {
                self.push_digits(start, token);
            }
        } else if token.iter().all(|byte| value(*byte).is_some()) {
            self.push_digits(start, token);
        } else {
            self.push_parts(start, token);
        }
    }

    /// The article "en" is a digit only where digits in words are being read aloud.
    fn spoken_on(&self, start: usize, token: &[u8]) -> Option<u8> {
        let reading = self.groups.last().is_some_and(|last| last.spoken && start - last.end <= 2);
        (reading && token.eq_ignore_ascii_case(b"en")).then_some(1)
    }

    /// Digits beside letters: "pnr900101". A letter is read as a digit here only between two digits.
    fn push_parts(&mut self, start: usize, token: &[u8]) {
        let mut at = 0;
        for part in token.split(|byte| value(*byte).is_none()) {
            let head = part.iter().take_while(|byte| !byte.is_ascii_digit()).count();
            let tail = part.iter().rev().take_while(|byte| !byte.is_ascii_digit()).count();
            if let Some(digits) =
                part.get(head..part.len().saturating_sub(tail)).filter(|digits| !digits.is_empty())
            {
                self.push_digits(start + at + head, digits);
            }
            at += part.len() + 1;
        }
    }

    fn push_digits(&mut self, start: usize, written: &[u8]) {
        let real = written.iter().filter(|byte| byte.is_ascii_digit()).count();
        let values = written.iter().filter_map(|byte| value(*byte));
        self.push(start..start + written.len(), values, real, false);
    }

    fn push(&mut self, place: Range<usize>, values: impl Iterator<Item = u8>, real: usize, spoken: bool) {
        let Range { start, end } = place;
        let first = self.digits.len();
        self.digits.extend(values);
        let gap = self.groups.last().and_then(|last| self.text.get(last.end..start));
        self.colons |= gap.is_some_and(|gap| gap.contains(&b':'));
        let joined =
            gap.is_some_and(|gap| gap.len() <= GAP_BYTES_MAX && gap.iter().all(|byte| is_gap(*byte)));
        self.groups.push(Group {
            start,
            end,
            length: self.digits.len() - first,
            spoken,
            first,
            real,
            joined,
            ahead: 0,
        });
    }
}

/// The longest digit in words, in bytes: åtta.
const SPOKEN_BYTES_MAX: usize = 5;

/// A word with the upright strokes about it, which a scanner reads for ones.
fn token(text: &[u8], word: usize, least: usize) -> Range<usize> {
    let is_token = |byte: &&u8| is_word(**byte) || **byte == b'|';
    let before = text.get(least..word).unwrap_or_default().iter().rev().take_while(is_token).count();
    let after = text.get(word..).unwrap_or_default().iter().take_while(is_token).count();
    word - before..word + after
}

const fn is_gap(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'-'
            | b'.'
            | b'/'
            | b'_'
            | b'('
            | b')'
            | b'['
            | b']'
            | b'*'
            | b','
            | b'+'
            | b'~'
            | b'='
            | b'\\'
            | b'\''
            | b':'
    )
}

/// "OOO", and "llll" in the rows of a card; shorter ones are words, such as "ill".
fn is_slip_alone(token: &[u8]) -> bool {
    let round = || token.iter().all(|byte| matches!(byte, b'O' | b'o'));
    let upright = || token.iter().all(|byte| matches!(byte, b'I' | b'l'));
    (token.len() > 1 && round()) || (token.len() == 4 && upright())
}

/// The digit, or what a scanner or a hasty hand writes for it.
const fn value(byte: u8) -> Option<u8> {
    Some(match byte {
        b'0'..=b'9' => byte - b'0',
        b'O' | b'o' => 0,
        b'I' | b'i' | b'l' | b'|' => 1,
        b'Z' => 2,
        b'S' => 5,
        b'B' => 8,
        _ => return None,
    })
}

/// Digits in words, as in "noll sju noll". Only ASCII letters are compared without regard to case, so Å stands twice.
fn spoken(token: &[u8]) -> Option<u8> {
    let mut small = [0; 5];
    let small = small.get_mut(..token.len()).filter(|small| small.len() >= 3)?;
    small.copy_from_slice(token);
    small.make_ascii_lowercase();
    match &*small {
        b"noll" => Some(0),
        b"ett" => Some(1),
        b"tv\xC3\xA5" | b"tv\xC3\x85" => Some(2),
        b"tre" => Some(3),
        b"fyra" => Some(4),
        b"fem" => Some(5),
        b"sex" => Some(6),
        b"sju" => Some(7),
        b"\xC3\xA5tta" | b"\xC3\x85tta" => Some(8),
        b"nio" => Some(9),
        _ => None,
    }
}
