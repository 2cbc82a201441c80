//! The cases as they are written: each kind's input, and its answer's keys.

use super::compared::{self, Change};
use effects::{
    Desk, Intervention, PooledEpisode, Reporting, Reports, Series, Wdd, WddCounts, Wdq, WdqCounts, Weeks,
    episodes, excess, exposure, pooled, q_values, wdd, wdq,
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub(super) struct Cases {
    pub(super) cases: Vec<Case>,
}

#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) id: Value,
    kind: String,
    input: Value,
}

#[derive(Deserialize)]
struct WddInput {
    t0: f64,
    t1: f64,
    c0: f64,
    c1: f64,
    #[serde(default)]
    d0: f64,
    #[serde(default)]
    d1: f64,
    #[serde(default)]
    cd0: f64,
    #[serde(default)]
    cd1: f64,
    /// Weights of the times before and after.
    #[serde(default = "alike")]
    tw: [f64; 2],
    /// Weights of the areas: control, target, control surroundings, surroundings.
    #[serde(default = "alike")]
    aw: [f64; 4],
    #[serde(default = "usual_error")]
    alpha: f64,
}

#[derive(Deserialize)]
struct WdqInput {
    r0: f64,
    r1: f64,
    b0: f64,
    b1: f64,
    c0: f64,
    c1: f64,
}

#[derive(Deserialize)]
struct PooledInput {
    items: Vec<PooledItem>,
}

#[derive(Deserialize)]
struct PooledItem {
    k1: u32,
    n: u32,
    p: f64,
    phi0: f64,
    rho: f64,
    v_theta: f64,
    df: u32,
    group: Value,
}

#[derive(Deserialize)]
struct BhInput {
    p: Vec<f64>,
}

/// By partner and week who reported; by partner, area and week what was counted.
#[derive(Deserialize)]
struct ExposureInput {
    reported: Vec<Vec<bool>>,
    counts: Vec<Vec<Vec<u32>>>,
}

#[derive(Deserialize)]
struct EpisodeInput {
    interventions: Vec<EpisodeMember>,
}

#[derive(Deserialize)]
struct EpisodeMember {
    id: Value,
    /// One area where it is left out.
    #[serde(default)]
    area: Value,
    from: u32,
    to: u32,
}

/// By area and week what was counted; the last week is the one that is asked of.
#[derive(Deserialize)]
struct AlertInput {
    window: u32,
    area: usize,
    counts: Vec<Vec<u32>>,
}

/// More than this in a week, or of a case's parts, is taken for a mistake.
const COUNT_MAX: u32 = 1_000_000;

/// Refuses what no programme could have counted.
pub(super) fn plausible(counts: impl IntoIterator<Item = u32>) -> anyhow::Result<()> {
    let largest = counts.into_iter().max().unwrap_or(0);
    anyhow::ensure!(largest <= COUNT_MAX, "a count is at most {COUNT_MAX}, not {largest}");
    Ok(())
}

fn alike<const NUMBER: usize>() -> [f64; NUMBER] {
    [1.0; NUMBER]
}

fn usual_error() -> f64 {
    effects::ALPHA
}

impl Case {
    pub(super) fn result(&self) -> anyhow::Result<Value> {
        let input = &self.input;
        match self.kind.as_str() {
            "change" => compared::change(&Change::deserialize(input)?),
            "wdd" => Ok(of_wdd(&WddInput::deserialize(input)?)),
            "wdq" => Ok(of_wdq(&WdqInput::deserialize(input)?)),
            "pooled" => of_pooled(&PooledInput::deserialize(input)?),
            "bh" => Ok(json!({ "q": q_values(&BhInput::deserialize(input)?.p) })),
            "exposure" => of_exposure(&ExposureInput::deserialize(input)?),
            "episode" => Ok(of_episodes(&EpisodeInput::deserialize(input)?)),
            "alert" => of_alert(&AlertInput::deserialize(input)?),
            other => Err(anyhow::anyhow!("the kind {other:?} is not known")),
        }
    }
}

fn of_wdd(input: &WddInput) -> Value {
    let Wdd { local, displacement, total, standard_error, z, p_value, low, high } = wdd(&WddCounts {
        target: [input.t0, input.t1],
        control: [input.c0, input.c1],
        surroundings: [input.d0, input.d1],
        control_surroundings: [input.cd0, input.cd1],
        time_weights: input.tw,
        area_weights: input.aw,
        alpha: input.alpha,
    });
    json!({
        "local": local, "displacement": displacement, "total": total, "se": standard_error,
        "z": z, "p_value": p_value, "ci_low": low, "ci_high": high,
    })
}

fn of_wdq(input: &WdqInput) -> Value {
    let Wdq { success, surroundings, quotient, gross, net, total_net } = wdq(&WdqCounts {
        target: [input.r0, input.r1],
        surroundings: [input.b0, input.b1],
        control: [input.c0, input.c1],
    });
    json!({
        "success": success, "buffer": surroundings, "wdq": quotient, "gross": gross, "net": net, "tne": total_net,
    })
}

fn of_pooled(input: &PooledInput) -> anyhow::Result<Value> {
    plausible(input.items.iter().flat_map(|its| [its.n, its.k1]))?;
    let group = |own: &Value| input.items.iter().position(|its| its.group == *own).unwrap_or(0);
    let episode = |its: &PooledItem| PooledEpisode {
        after: its.k1,
        reports: its.n,
        share_after: its.p,
        phi0: its.phi0,
        rho: its.rho,
        v_theta: its.v_theta,
        df: its.df,
        group: group(&its.group),
    };
    let all: Vec<PooledEpisode> = input.items.iter().map(episode).collect();
    let pool = pooled(&all);
    Ok(json!({
        "observed": all.iter().map(|its| its.after).sum::<u32>(),
        "rr": pool.and_then(|its| its.rate_ratio),
        "ci_low": pool.map(|its| its.low),
        "ci_high": pool.map(|its| its.high),
        "p_value": pool.map(|its| its.p_value),
        "df": pool.map(|its| its.df),
        "m": all.len(),
    }))
}

fn of_exposure(input: &ExposureInput) -> anyhow::Result<Value> {
    plausible(input.counts.iter().flatten().flatten().copied())?;
    let weeks = input.reported.iter().map(Vec::len).max().unwrap_or(0);
    let reporting = Reporting::of(u32::try_from(weeks).unwrap_or(u32::MAX), &input.reported);
    let exposure = exposure(&Reports::of(&reporting, &by_area(&input.counts)));
    Ok(json!({ "weights": exposure.weights, "exposure": exposure.weeks }))
}

fn by_area(by_partner: &[Vec<Vec<u32>>]) -> Vec<Vec<Vec<u32>>> {
    let areas = by_partner.iter().map(Vec::len).max().unwrap_or(0);
    let of = |area| by_partner.iter().map(|partner| partner.get(area).cloned().unwrap_or_default()).collect();
    (0..areas).map(of).collect()
}

fn of_episodes(input: &EpisodeInput) -> Value {
    let area = |own: &Value| input.interventions.iter().position(|its| its.area == *own).unwrap_or(0);
    let of =
        |its: &EpisodeMember| Intervention { area: area(&its.area), weeks: Weeks::new(its.from, its.to) };
    let interventions: Vec<Intervention> = input.interventions.iter().map(of).collect();
    let id = |member: &usize| input.interventions.get(*member).map(|its| &its.id);
    let told = episodes(&interventions).into_iter().map(|episode| {
        json!({
            "from": episode.weeks.from, "to": episode.weeks.to, "evaluate_to": episode.evaluated.to,
            "members": episode.members.iter().filter_map(id).collect::<Vec<_>>(),
        })
    });
    json!({ "episodes": told.collect::<Vec<_>>() })
}

fn of_alert(input: &AlertInput) -> anyhow::Result<Value> {
    plausible(input.counts.iter().flatten().copied())?;
    let weeks = input.counts.iter().map(Vec::len).max().unwrap_or(0);
    let weeks = u32::try_from(weeks).unwrap_or(u32::MAX);
    let mut series = Series::new(weeks);
    for counts in &input.counts {
        series.add(counts, None);
    }
    let excess = excess(&mut Desk::default(), &series, input.area, (weeks.saturating_sub(1), input.window));
    Ok(json!({
        "expected": excess.map(|its| its.expected),
        "observed": excess.map(|its| its.observed),
        "p_upper": excess.map(|its| its.p_upper),
    }))
}
