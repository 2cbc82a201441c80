//! The case of a change: an area beside its controls.

use super::cases::plausible;
use effects::{
    Change as Changed, Comparison, ControlChange, Desk, EvidenceLevel, Flag, Intervention, NotAssessable,
    Question, Series, Setting, Target, Treated, Verdict, Weeks, Windows,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(super) struct Change {
    weeks: u32,
    baseline: [u32; 2],
    after: [u32; 2],
    target: String,
    areas: BTreeMap<String, Area>,
    interventions: Vec<Done>,
    /// The target's.
    #[serde(default)]
    neighbours: Vec<String>,
}

/// What was counted each week, null where nobody reported; and the share of reporting, all of it where left out.
#[derive(Deserialize)]
struct Area {
    count: Vec<Option<u32>>,
    exposure: Option<Vec<Option<f64>>>,
}

#[derive(Deserialize)]
struct Done {
    area: String,
    from: u32,
    to: u32,
}

pub(super) fn change(input: &Change) -> anyhow::Result<Value> {
    plausible(input.areas.values().flat_map(|area| area.count.iter().flatten().copied()))?;
    let names: Vec<&String> = input.areas.keys().collect();
    let place = |name: &String| {
        let found = names.iter().position(|its| *its == name);
        found.ok_or_else(|| anyhow::anyhow!("the area {name:?} is not among the areas"))
    };
    let area = place(&input.target)?;
    let done = input
        .interventions
        .iter()
        .map(|its| anyhow::Ok(Intervention { area: place(&its.area)?, weeks: Weeks::new(its.from, its.to) }));
    let treated = Treated::by(&done.collect::<Result<Vec<_>, _>>()?);
    let mut neighbours = vec![Vec::new(); names.len()];
    if let Some(own) = neighbours.get_mut(area) {
        *own = input.neighbours.iter().map(place).collect::<Result<_, _>>()?;
    }
    let mut desk = Desk::default();
    let [baseline, after] = [input.baseline, input.after].map(|[from, to]| Weeks::new(from, to));
    let comparison = desk.compare(
        &series(input),
        Setting { treated: &treated, neighbours: &neighbours },
        Question { area, target: Target::Area, windows: Windows { before: baseline, after }, contrast: true },
    );
    let controls = desk.controls().iter().filter_map(|place| names.get(*place).copied());
    Ok(told(&comparison, &controls.collect::<Vec<_>>()))
}

fn series(input: &Change) -> Series {
    let mut series = Series::new(input.weeks);
    for area in input.areas.values() {
        let came = |week: usize| match &area.exposure {
            Some(exposure) => exposure.get(week).copied().flatten().unwrap_or(0.0),
            None => 1.0,
        };
        let counts: Vec<u32> = area.count.iter().map(|count| count.unwrap_or(0)).collect();
        let weeks = area.count.iter().enumerate();
        let exposures: Vec<f64> =
            weeks.map(|(week, count)| if count.is_some() { came(week) } else { 0.0 }).collect();
        series.add(&counts, Some(&exposures));
    }
    series
}

fn told(comparison: &Comparison, controls: &[&String]) -> Value {
    let Comparison { cell, .. } = comparison;
    let assessed = comparison.outcome.ok();
    let by_controls = |of: fn(&ControlChange) -> f64| assessed.map(|its| of(&its.controls));
    let by_change = |of: fn(&Changed) -> f64| assessed.map(|its| of(&its.change));
    json!({
        "controls_used": controls,
        "target_before": cell.before, "target_after": cell.after,
        "exposure_before": cell.exposure_before, "exposure_after": cell.exposure_after,
        "status": if assessed.is_some() { "ok" } else { "not_assessable" },
        "reason": comparison.not_assessable().map(reason),
        "flags": comparison.flags.iter().map(flag).collect::<Vec<_>>(),
        "theta": by_controls(|its| its.theta), "x2": by_controls(|its| its.x2),
        "nu": assessed.map(|its| its.controls.nu),
        "phi0": by_controls(|its| its.phi0), "rho": by_controls(|its| its.rho),
        "v_theta": by_controls(|its| its.v_theta),
        "phi": by_change(|its| its.phi),
        "df": assessed.map(|its| its.change.df),
        "expected": by_change(|its| its.expected),
        "rr": assessed.and_then(|its| its.change.rate_ratio),
        "ci_low": by_change(|its| its.low), "ci_high": by_change(|its| its.high),
        "p_value": by_change(|its| its.p_value),
        "verdict": assessed.map(|_| verdict(comparison.verdict())),
        "evidence_level": evidence(effects::Statement::evidence(comparison)),
    })
}

fn reason(reason: NotAssessable) -> &'static str {
    match reason {
        NotAssessable::NoContrast => "no_contrast",
        NotAssessable::ShortBaseline => "short_baseline",
        NotAssessable::TooFewControls => "too_few_controls",
        NotAssessable::EmptyControls => "empty_controls",
        NotAssessable::NoReports => "no_reports",
    }
}

fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::ShortBaseline => "short_baseline",
        Flag::FewControls => "few_controls",
        Flag::InterventionInBaseline => "intervention_in_baseline",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Decrease => "decrease",
        Verdict::Increase => "increase",
        Verdict::NoClearChange => "no_clear_change",
        Verdict::Uncertain => "uncertain",
    }
}

fn evidence(level: EvidenceLevel) -> &'static str {
    match level {
        EvidenceLevel::Description => "description",
        EvidenceLevel::Association => "association",
        EvidenceLevel::ControlledComparison => "controlled_comparison",
    }
}
