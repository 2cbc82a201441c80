//! Whether what became fewer in an area became more next door.

use crate::comparison::Target;
use crate::{
    ALPHA, Assessed, Cell, Comparison, Desk, Flags, NotAssessable, Setting, Wdd, WddCounts, Wdq, WdqCounts,
    Windows, wdd, wdq,
};

/// An area's registered neighbours beside its own controls.
#[derive(Clone, Copy, Debug)]
pub struct Displacement {
    /// The weeks of the area's own comparison.
    pub windows: Windows,
    /// What weakens the comparison of the area with its neighbours.
    pub flags: Flags,
    /// Something was done in a neighbour too, before or after.
    pub treated_neighbours: bool,
    /// How many controls there are; they are the area's own.
    pub controls: usize,
    /// The neighbours together.
    pub neighbours: Result<Assessed, NotAssessable>,
    /// The area and its neighbours together: "net".
    pub net: Result<Assessed, NotAssessable>,
    /// A description only, with as many controls that counted most alike before. None without so many.
    pub wdd: Option<Wdd>,
    /// A description only, with all controls together.
    pub wdq: Wdq,
}

impl Displacement {
    /// Of the last comparison's area in its windows, among its controls; none without neighbours.
    pub(crate) fn of(
        desk: &mut Desk,
        setting: Setting<'_>,
        (area, comparison): (usize, &Comparison),
    ) -> Option<Self> {
        setting.neighbours_of(area).next()?;
        let Windows { before, after } = comparison.windows;
        let done = |area, weeks| setting.treated.share(area, weeks) > 0.0;
        let cell = |target| desk.cell_of(setting, area, target);
        let (own, neighbours, both) =
            (cell(Target::Area), cell(Target::Neighbours), cell(Target::WithNeighbours));
        let Flags { intervention_in_baseline, .. } = comparison.flags;
        let flags = Flags { intervention_in_baseline, ..desk.flags_of(&both) };
        let all = Cell::together(desk.control_cells().iter().copied());
        let counts = |cell: Cell| [f64::from(cell.before), f64::from(cell.after)];
        Some(Self {
            windows: comparison.windows,
            flags,
            treated_neighbours: setting.neighbours_of(area).any(|its| done(its, before) || done(its, after)),
            controls: desk.controls().len(),
            neighbours: desk.assessed(&neighbours),
            net: desk.assessed(&both),
            wdd: described(desk, setting, (area, comparison.windows)),
            wdq: wdq(&WdqCounts {
                target: counts(own),
                surroundings: counts(neighbours),
                control: counts(all),
            }),
        })
    }
}

/// The difference, with a control for the area and one for each neighbour: those that counted most alike before, each
/// taken once. None with too few.
fn described(desk: &Desk, setting: Setting<'_>, (area, windows): (usize, Windows)) -> Option<Wdd> {
    let cell = |area| desk.cell_of(setting, area, Target::Area);
    let mut left: Vec<Cell> = desk.control_cells().to_vec();
    let mut likest = |cell: Cell| {
        let apart = |(_, other): &(usize, &Cell)| other.before.abs_diff(cell.before);
        let (place, _) = left.iter().enumerate().min_by_key(apart)?;
        Some(left.swap_remove(place))
    };
    let control = likest(cell(area))?;
    let beside = setting.neighbours_of(area).map(|its| likest(cell(its))).collect::<Option<Vec<Cell>>>()?;
    let counts = |cell: Cell| [f64::from(cell.before), f64::from(cell.after)];
    let times = windows.before.number().max(1);
    Some(wdd(&WddCounts {
        target: counts(cell(area)),
        control: counts(control),
        surroundings: counts(desk.cell_of(setting, area, Target::Neighbours)),
        control_surroundings: counts(Cell::together(beside.into_iter())),
        time_weights: [f64::from(times) / f64::from(windows.after.number().max(1)), 1.0],
        area_weights: [1.0; 4],
        alpha: ALPHA,
    }))
}
