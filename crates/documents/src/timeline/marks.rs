//! The events of the intervention's life, numbered as in the list below the panels; those of one week share a mark,
//! and marks that would lie on each other lie on different rows.

use super::page::{FAINT, INK, line, round, text};
use super::scale::{self, Scale};
use est::timeline::Timeline;
use svg::node::element::{Group, Rectangle};

/// Rows of marks, from the panel upwards.
const ROWS: usize = 3;
const ROW_HEIGHT: f64 = 21.0;
const AIR: f64 = 2.0;

/// A week's mark: its middle, half its width, its numbers.
struct Placed {
    x: f64,
    half: f64,
    label: String,
    /// None where it found no room: then its line alone tells of it.
    row: Option<usize>,
}

pub(super) fn drawn(timeline: &Timeline, weeks: &Scale, top: f64) -> Group {
    let placed = placed(timeline, weeks);
    let middle = |row: usize| top - 14.0 - ROW_HEIGHT * scale::number(row);
    let stems = placed.iter().fold(Group::new(), |group, mark| {
        let from = middle(mark.row.unwrap_or(0));
        group.add(line((mark.x, from), (mark.x, top)).set("stroke", FAINT).set("stroke-width", 2))
    });
    placed.iter().fold(stems, |group, mark| {
        let Some(row) = mark.row else { return group };
        let y = middle(row);
        let shape = Rectangle::new().set("x", round(mark.x - mark.half)).set("y", round(y - 9.0));
        let shape = shape.set("width", round(2.0 * mark.half)).set("height", 18).set("rx", 8);
        let label = text(mark.x, y + 4.0, &mark.label).set("text-anchor", "middle").set("font-size", 11);
        group.add(shape.set("fill", "#fff").set("stroke", INK)).add(label)
    })
}

fn placed(timeline: &Timeline, weeks: &Scale) -> Vec<Placed> {
    let labelled = timeline.weeks.iter().enumerate().filter_map(|(at, week)| {
        let numbered = (1_usize..).zip(&timeline.marks).filter(|(_, mark)| mark.week == week.week);
        let numbers: Vec<usize> = numbered.map(|(number, _)| number).collect();
        let label = match numbers.as_slice() {
            [] => return None,
            [only] => only.to_string(),
            [first, .., last] => format!("{first}-{last}"),
        };
        Some((weeks.middle(at), label))
    });
    let mut rows = Rows([f64::MIN; ROWS]);
    let place = |(x, label): (f64, String)| {
        let half = 5.0 + 3.5 * scale::number(label.len());
        Placed { x, half, label, row: rows.place(x - half, x + half) }
    };
    labelled.map(place).collect()
}

/// How far each row is taken, from the left.
struct Rows([f64; ROWS]);

impl Rows {
    /// The lowest row that is free between two edges.
    fn place(&mut self, from: f64, to: f64) -> Option<usize> {
        let row = self.0.iter().position(|taken| taken + AIR <= from)?;
        *self.0.get_mut(row)? = to;
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::{ROWS, Rows};

    #[test]
    fn no_mark_lies_on_another() {
        let mut rows = Rows([f64::MIN; ROWS]);
        let marks = [(0, 20), (15, 45), (22, 30), (31, 40), (38, 60), (39, 50), (47, 50)];
        let placed = marks.map(|(from, to)| rows.place(f64::from(from), f64::from(to)));
        assert_eq!(placed, [Some(0), Some(1), Some(0), Some(2), Some(0), None, Some(1)]);
    }
}
