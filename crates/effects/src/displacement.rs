//! Whether what became fewer in an area became more next door.

use crate::comparison::Target;
use crate::{
    Assessed, Cell, Desk, Flags, NotAssessable, Setting, Wdd, WddCounts, Wdq, WdqCounts, Windows, wdd, wdq,
};

/// An area's registered neighbours beside its own controls.
#[derive(Clone, Copy, Debug)]
pub struct Displacement {
    /// The weeks of the area's own comparison.
    pub windows: Windows,
    /// What weakens the comparison of the area with its neighbours.
    pub flags: Flags,
    /// How many controls there are; they are the area's own.
    pub controls: usize,
    /// The neighbours together.
    pub neighbours: Result<Assessed, NotAssessable>,
    /// The area and its neighbours together: "net".
    pub net: Result<Assessed, NotAssessable>,
    /// A description only, with the control that counted most alike before. None without two controls.
    pub wdd: Option<Wdd>,
    /// A description only, with all controls together.
    pub wdq: Wdq,
}

impl Displacement {
    /// Of the last comparison's area in its windows, among its controls; none without neighbours.
    pub(crate) fn of(
        desk: &mut Desk,
        setting: Setting<'_>,
        (area, windows): (usize, Windows),
    ) -> Option<Self> {
        if setting.neighbours.get(area).is_none_or(Vec::is_empty) {
            return None;
        }
        let cell = |target| desk.cell_of(setting, area, target);
        let (own, neighbours, both) =
            (cell(Target::Area), cell(Target::Neighbours), cell(Target::WithNeighbours));
        let flags = desk.flags_of(&both);
        let all = Cell::together(desk.control_cells().iter().copied());
        let counts = |cell: Cell| [f64::from(cell.before), f64::from(cell.after)];
        Some(Self {
            windows,
            flags,
            controls: desk.controls().len(),
            neighbours: desk.assessed(&neighbours),
            net: desk.assessed(&both),
            wdd: described(desk.control_cells(), (own, neighbours), windows),
            wdq: wdq(&WdqCounts {
                target: counts(own),
                surroundings: counts(neighbours),
                control: counts(all),
            }),
        })
    }
}

/// The difference, with a control that counted most alike before for each of the two.
fn described(controls: &[Cell], (own, neighbours): (Cell, Cell), windows: Windows) -> Option<Wdd> {
    const INTERVAL_ERROR: f64 = 0.05;
    let likest = |cell: Cell, but: Option<usize>| {
        let others = controls.iter().enumerate().filter(|(place, _)| Some(*place) != but);
        others.min_by_key(|(_, other)| other.before.abs_diff(cell.before))
    };
    let (place, control) = likest(own, None)?;
    let (_, control_surroundings) = likest(neighbours, Some(place))?;
    let counts = |cell: Cell| [f64::from(cell.before), f64::from(cell.after)];
    Some(wdd(&WddCounts {
        target: counts(own),
        control: counts(*control),
        surroundings: counts(neighbours),
        control_surroundings: counts(*control_surroundings),
        time_weights: [f64::from(windows.before.number()) / f64::from(windows.after.number().max(1)), 1.0],
        area_weights: [1.0; 4],
        alpha: INTERVAL_ERROR,
    }))
}
