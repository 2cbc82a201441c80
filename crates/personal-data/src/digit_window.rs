//! Neighbouring groups of digits looked at as one number: their shape, and what stands between and around them.

use crate::digit_groups::Group;

/// A number with letters read as digits must hold this many real ones.
const REAL_DIGITS_MIN: usize = 6;

/// One or more neighbouring groups looked at as one number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) digits: &'a [u8],
    pub(crate) groups: &'a [Group],
    /// A colon stands somewhere in the text between two groups.
    pub(crate) colons: bool,
    /// The groups beside it that might belong to it.
    pub(crate) before: Option<&'a Group>,
    pub(crate) after: Option<&'a Group>,
}

impl<'a> Window<'a> {
    pub(crate) fn start(&self) -> usize {
        self.groups.first().map_or(0, |group| group.start)
    }

    pub(crate) fn end(&self) -> usize {
        self.groups.last().map_or(0, |group| group.end)
    }

    pub(crate) fn lengths(&self) -> impl DoubleEndedIterator<Item = usize> + Clone {
        self.groups.iter().map(|group| group.length)
    }

    /// Whether the groups have exactly these lengths.
    pub(crate) fn has_shape(&self, shape: &[usize]) -> bool {
        self.lengths().eq(shape.iter().copied())
    }

    /// One digit at a time, as when a number is read aloud or spaced out.
    pub(crate) fn is_spaced_out(&self) -> bool {
        self.groups.iter().all(|group| group.length == 1)
    }

    pub(crate) fn is_spoken(&self) -> bool {
        self.groups.iter().any(|group| group.spoken)
    }

    /// What is written between the groups, without spaces around it; a mere space is empty.
    pub(crate) fn gaps(&self) -> impl DoubleEndedIterator<Item = &'a [u8]> {
        let text = self.text;
        self.groups.windows(2).map(move |pair| match pair {
            [one, other] => text.get(one.end..other.start).unwrap_or_default().trim_ascii(),
            _ => &[],
        })
    }

    /// Colons part hours, minutes and seconds; a number that is written with them has nothing else between its groups.
    pub(crate) fn has_odd_colon(&self) -> bool {
        if !self.colons {
            return false;
        }
        let colons = self.gaps().filter(|gap| gap.contains(&b':')).count();
        let times = || self.lengths().all(|length| length == 2) && self.digits.len() < 10;
        colons > 0 && (colons + 1 < self.groups.len() || times())
    }

    /// What joins the window to the group before it, spaces and all.
    pub(crate) fn gap_before(&self) -> Option<&'a [u8]> {
        self.text.get(self.before?.end..self.start())
    }

    pub(crate) fn gap_after(&self) -> Option<&'a [u8]> {
        self.text.get(self.end()..self.after?.start)
    }

    /// A short group hangs on without a space, as in a period of two dates or a chain of numbers.
    pub(crate) fn is_link_in_chain(&self) -> bool {
        let short = |group: Option<&Group>| group.is_some_and(|group| group.length <= 2);
        let tight = |gap: Option<&[u8]>| matches!(gap, Some(b"-" | b"." | b"/"));
        (short(self.before) && tight(self.gap_before())) || (short(self.after) && tight(self.gap_after()))
    }

    /// "157 081": thousands are parted by a space, and this window begins with a later part.
    pub(crate) fn continues_amount(&self) -> bool {
        let parts = self.before.is_some_and(|group| group.length <= 3) && self.lengths().next() == Some(3);
        parts
            && self.gap_before() == Some(b" ")
            && self.lengths().skip(1).all(|length| length <= 3)
            && self.lengths().next_back() == Some(3)
    }

    /// A stretch of a longer row of equal groups, such as a card number, is not a number of its own.
    pub(crate) fn is_part_of_row(&self) -> bool {
        let first = self.lengths().next().filter(|length| *length > 1 && self.groups.len() > 1);
        let Some(length) = first else { return false };
        let neighbours = [self.before, self.after];
        self.lengths().all(|other| other == length)
            && neighbours.into_iter().flatten().any(|group| group.length == length)
    }

    /// Letters are read as digits only in the company of enough real ones.
    pub(crate) fn is_mostly_real(&self) -> bool {
        let real: usize = self.groups.iter().map(|group| group.real).sum();
        real == self.digits.len() || real >= REAL_DIGITS_MIN
    }
}
