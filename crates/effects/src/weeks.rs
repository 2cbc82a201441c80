//! Weeks and windows of weeks.

/// Weeks in a row, from the first to before the last: `[from, to)`. A `to` that is not after `from` is no week at
/// all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weeks {
    /// The first week.
    pub from: u32,
    /// The week after the last.
    pub to: u32,
}

/// What is compared: the weeks after a beginning with the weeks before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Windows {
    /// The baseline.
    pub before: Weeks,
    /// The weeks that are asked about.
    pub after: Weeks,
}

impl Weeks {
    /// The weeks `[from, to)`.
    pub const fn new(from: u32, to: u32) -> Self {
        Self { from, to }
    }

    /// How many they are.
    pub const fn number(self) -> u32 {
        self.to.saturating_sub(self.from)
    }

    /// The weeks that are in both.
    #[must_use]
    pub fn shared(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }

    /// At most the first `number` of them.
    #[must_use]
    pub fn first(self, number: u32) -> Self {
        Self { from: self.from, to: self.to.min(self.from.saturating_add(number)) }
    }
}

impl Windows {
    /// Some weeks and the `baseline` weeks directly before them, as far as `known` goes.
    pub fn around(after: Weeks, baseline: u32, known: Weeks) -> Self {
        let before = Weeks::new(after.from.saturating_sub(baseline), after.from);
        Self { before: before.shared(known), after: after.shared(known) }
    }
}
