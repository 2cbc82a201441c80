//! The page that the timeline is drawn on: its edges, its inks, a line and a text.

use svg::node::element::{Line, Text};

pub(super) const WIDTH: f64 = 1_000.0;
pub(super) const LEFT: f64 = 70.0;
pub(super) const RIGHT: f64 = 860.0;

pub(super) const INK: &str = "#111";
pub(super) const FAINT: &str = "#bbb";

pub(super) fn text(x: f64, y: f64, content: &str) -> Text {
    Text::new(content).set("x", round(x)).set("y", round(y))
}

pub(super) fn line(from: (f64, f64), to: (f64, f64)) -> Line {
    let line = Line::new().set("x1", round(from.0)).set("y1", round(from.1));
    line.set("x2", round(to.0)).set("y2", round(to.1)).set("stroke", INK)
}

/// Tenths of a unit are fine enough, and keep the file small.
pub(super) fn round(place: f64) -> f64 {
    (place * 10.0).round() / 10.0
}
