//! Where a week lies on the page.

/// Steps of one width between two edges.
pub(super) struct Scale {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) steps: usize,
}

impl Scale {
    /// The left edge of a step, and its width.
    pub(super) fn step(&self, step: usize) -> (f64, f64) {
        let width = (self.to - self.from) / number(self.steps.max(1));
        (self.from + width * number(step), width)
    }

    /// The left edge and the width of a bar in a step, with air about it.
    pub(super) fn bar(&self, step: usize) -> (f64, f64) {
        let (x, width) = self.step(step);
        (x + width * 0.15, width * 0.7)
    }

    pub(super) fn middle(&self, step: usize) -> f64 {
        let (x, width) = self.step(step);
        x + width / 2.0
    }
}

/// A small count as a number of the page.
pub(super) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
