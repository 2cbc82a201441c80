//! Areas that stand out now: suggestions of where to look, made by the same engine as the follow-up.

use crate::comparison::Target;
use crate::{BASELINE_WEEKS, Counts, Desk, Setting, Treated, Weeks, Windows};

/// An area stands out whose upper tail is below this. Where nothing happens one in two hundred at most does, and some
/// one in four hundred did in a simulated programme, since counts are whole.
pub const ALERT_P: f64 = 0.005;
/// One week that stands out is "overrepresented".
pub const OVERREPRESENTED_WEEKS: u32 = 1;
/// Four weeks that stand out are "a new trend".
pub const NEW_TREND_WEEKS: u32 = 4;

/// How much more an area came to than was expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Excess {
    /// New reports that came, `k1`.
    pub observed: u32,
    /// From the area's own 39 weeks before, moved by all other areas.
    pub expected: f64,
    /// The probability of so many or more (mid-p).
    pub p_upper: f64,
}

/// An area that stands out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alert {
    /// Which area.
    pub area: usize,
    /// The weeks that it stands out in, and the 39 before them.
    pub windows: Windows,
    /// By how much.
    pub excess: Excess,
    /// Weeks of full reporting behind the expectation, and behind what came.
    pub exposure_before: f64,
    /// The same behind what came.
    pub exposure_after: f64,
    /// How many areas it was compared with.
    pub controls: usize,
}

/// The areas that stand out in a week, and in the four weeks that end with it, the least probable first.
pub fn alerts(desk: &mut Desk, counts: &impl Counts, week: u32) -> Vec<Alert> {
    let mut alerts: Vec<Alert> = [OVERREPRESENTED_WEEKS, NEW_TREND_WEEKS]
        .into_iter()
        .flat_map(|weeks| {
            let windows = windows(counts, week, weeks);
            desk.look_at(counts, windows);
            let all = (0..counts.areas()).filter_map(|area| standing_out(desk, area, windows));
            all.collect::<Vec<_>>()
        })
        .collect();
    alerts.sort_by(|one, other| one.excess.p_upper.total_cmp(&other.excess.p_upper));
    alerts
}

/// How much an area stands out in so many weeks up to and with `week`; none if it cannot be compared.
pub fn excess(
    desk: &mut Desk,
    counts: &impl Counts,
    area: usize,
    (week, weeks): (u32, u32),
) -> Option<Excess> {
    let windows = windows(counts, week, weeks);
    desk.look_at(counts, windows);
    alert(desk, area, windows).map(|its| its.excess)
}

fn everywhere(untreated: &Treated) -> Setting<'_> {
    Setting { treated: untreated, neighbours: &[] }
}

fn windows(counts: &impl Counts, week: u32, weeks: u32) -> Windows {
    let end = week.saturating_add(1);
    Windows::around(Weeks::new(end.saturating_sub(weeks), end), BASELINE_WEEKS, counts.known())
}

fn standing_out(desk: &mut Desk, area: usize, windows: Windows) -> Option<Alert> {
    // Where nothing came nothing stands out; that is so in most areas and weeks, and takes no reckoning.
    let came = desk.cell_of(everywhere(&Treated::default()), area, Target::Area).after > 0;
    came.then(|| alert(desk, area, windows)).flatten().filter(|its| its.excess.p_upper < ALERT_P)
}

/// All other areas with reports are controls, also where something is done: that is not what is asked.
fn alert(desk: &mut Desk, area: usize, windows: Windows) -> Option<Alert> {
    let untreated = Treated::default();
    let setting = everywhere(&untreated);
    let (expected, tails) = desk.tails(setting, (area, windows))?;
    let cell = desk.cell_of(setting, area, Target::Area);
    Some(Alert {
        area,
        windows,
        excess: Excess { observed: cell.after, expected, p_upper: tails.upper },
        exposure_before: cell.exposure_before,
        exposure_after: cell.exposure_after,
        controls: desk.controls().len(),
    })
}
