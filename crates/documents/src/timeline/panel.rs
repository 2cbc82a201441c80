//! A panel of counts by week. What nobody reported, what was reported as nothing and what nobody was asked about
//! are three things, and look like three things.

use super::page::{FAINT, INK, LEFT, RIGHT, line, round, text};
use super::scale::Scale;
use est::timeline::Counts;
use svg::node::element::{Group, Rectangle, Text};

/// Where a panel lies, and the least that its scale reaches to: one event shall not fill it.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) least: u32,
}

impl Panel {
    fn highest(self, counts: &[Counts]) -> u32 {
        counts.iter().map(|counts| counts.new + counts.known).max().unwrap_or(0).max(self.least)
    }
}

/// The lines that counts are read by: none, the most, and half of it where there is one.
pub(super) fn ticks(counts: &[Counts], panel: Panel) -> Group {
    let highest = panel.highest(counts);
    let middle = (panel.least > 2 && highest.is_multiple_of(2)).then_some(highest / 2);
    let mut group = Group::new().add(text(8.0, panel.top + 4.0, "Antal"));
    for tick in [Some(0), middle, Some(highest)].into_iter().flatten() {
        let y = panel.bottom - (panel.bottom - panel.top) * f64::from(tick) / f64::from(highest);
        let rule = line((LEFT, y), (RIGHT, y)).set("stroke", FAINT);
        group = group.add(rule).add(text(LEFT - 8.0, y + 4.0, &tick.to_string()).set("text-anchor", "end"));
    }
    group
}

/// New observations black, known ones white above them: they are never one figure.
pub(super) fn bars(counts: &[Counts], panel: Panel, weeks: &Scale) -> Group {
    let highest = panel.highest(counts);
    let up = |count: u32| (panel.bottom - panel.top) * f64::from(count) / f64::from(highest);
    let mut group = Group::new();
    for (week, counts) in counts.iter().enumerate() {
        let (x, width) = weeks.bar(week);
        let bar = |from: f64, height: f64, fill: &str| {
            let bar = Rectangle::new().set("x", round(x)).set("y", round(from - height));
            bar.set("width", round(width)).set("height", round(height)).set("fill", fill).set("stroke", INK)
        };
        let (new, known) = (up(counts.new), up(counts.known));
        if counts.new > 0 {
            group = group.add(bar(panel.bottom, new, INK));
        }
        if counts.known > 0 {
            group = group.add(bar(panel.bottom - new, known, "#fff"));
        }
        if gap(*counts).is_none() && counts.new + counts.known == 0 {
            group = group.add(nothing((x, width), panel.bottom, counts.reported >= counts.expected));
        }
    }
    gaps(counts).into_iter().fold(group, |group, (first, last, why)| {
        let ((from, _), (to, width)) = (weeks.step(first), weeks.step(last));
        group.add(unknown((from, to + width), panel, why))
    })
}

/// Nobody has reported, and nobody was to.
const SILENT: &str = "?";
const NOBODY: &str = "×";

/// Why nothing is known of a week; none where something is.
fn gap(counts: Counts) -> Option<&'static str> {
    if counts.new + counts.known + counts.reported > 0 {
        return None;
    }
    Some(if counts.silent() { SILENT } else { NOBODY })
}

/// Weeks on end of which nothing is known, from the first to the last: however narrow, they are one gap with one sign.
fn gaps(counts: &[Counts]) -> Vec<(usize, usize, &'static str)> {
    let mut gaps: Vec<(usize, usize, &'static str)> = Vec::new();
    for (week, why) in counts.iter().enumerate().filter_map(|(week, its)| Some((week, gap(*its)?))) {
        match gaps.last_mut() {
            Some((_, last, same)) if *last + 1 == week && *same == why => *last = week,
            _ => gaps.push((week, week, why)),
        }
    }
    gaps
}

/// A gap is as high as its panel: what might have stood there is not known either.
fn unknown((from, to): (f64, f64), panel: Panel, why: &str) -> Group {
    let frame = Rectangle::new().set("x", round(from + 1.0)).set("y", panel.top);
    let frame = frame.set("width", round(to - from - 2.0)).set("height", panel.bottom - panel.top);
    let frame = frame.set("fill", "#eee").set("stroke", "#777").set("stroke-dasharray", "2 3");
    Group::new().add(frame).add(sign(f64::midpoint(from, to), panel.bottom, why))
}

fn sign(middle: f64, bottom: f64, sign: &str) -> Text {
    text(middle, bottom - 5.0, sign).set("text-anchor", "middle").set("font-weight", "bold")
}

/// Nothing of this in what was reported: a zero that is known, filled when all have reported, else hollow. It hangs
/// below the line, where no bar is: on a high scale one event is no higher.
fn nothing((x, width): (f64, f64), bottom: f64, all: bool) -> Rectangle {
    let zero = Rectangle::new().set("x", round(x)).set("y", bottom + 2.0).set("width", round(width));
    zero.set("height", 4).set("fill", if all { INK } else { "#fff" }).set("stroke", INK)
}

/// What the panel's signs mean.
pub(super) fn key(panel: Panel) -> Group {
    let (left, words) = (RIGHT + 12.0, RIGHT + 32.0);
    let row = |number: i32| panel.top + 12.0 + 20.0 * f64::from(number);
    let square = |number: i32, fill: &str| {
        let square = Rectangle::new().set("x", left).set("y", row(number) - 10.0).set("width", 11);
        square.set("height", 11).set("fill", fill).set("stroke", INK)
    };
    let told = ["nya", "redan kända", "0, alla svarade", "0, någon tyst", "ingen rapport", "ingen enhet"];
    let told = (0..).zip(told).fold(Group::new(), |group, (at, told)| group.add(text(words, row(at), told)));
    told.add(square(0, INK))
        .add(square(1, "#fff"))
        .add(nothing((left, 11.0), row(2) - 8.0, true))
        .add(nothing((left, 11.0), row(3) - 8.0, false))
        .add(sign(left + 5.5, row(4) + 5.0, SILENT))
        .add(sign(left + 5.5, row(5) + 5.0, NOBODY))
}

#[cfg(test)]
mod tests {
    use super::{NOBODY, SILENT, gaps};
    use est::timeline::Counts;

    #[test]
    fn weeks_on_end_without_a_report_are_one_gap_and_a_reported_nothing_is_none() {
        let week = |expected, reported| Counts { new: 0, known: 0, expected, reported };
        let weeks = [week(0, 0), week(2, 0), week(2, 0), week(2, 1), week(2, 0)];
        assert_eq!(gaps(&weeks), [(0, 0, NOBODY), (1, 2, SILENT), (4, 4, SILENT)]);
        let told = Counts { new: 1, ..week(2, 0) };
        assert!(gaps(&[told]).is_empty(), "what somebody saw is known");
    }
}
