//! What following up a year of a programme costs, beside the same comparisons in numpy and scipy in the same run.

use anyhow::Context as _;
use effects::{
    BASELINE_WEEKS, Comparison, Desk, Intervention, Question, ROBUST_BASELINES, Reporting, Reports, Review,
    Reviewed, Setting, Target, Treated, Weeks, Windows, alerts, episodes, review,
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

const AREAS: usize = 40;
const PARTNERS: usize = 12;
const INDICATORS: usize = 8;
const INTERVENTIONS: usize = 60;
const YEARS: u32 = 5;
const YEAR_WEEKS: u32 = 52;
const PROGRAMMES: usize = 290;
/// Programmes that differ; the others are the same again.
const DIFFERENT: u64 = 10;
const CORES: usize = 2;
const BASELINES: [u32; 3] = [ROBUST_BASELINES[0], BASELINE_WEEKS, ROBUST_BASELINES[1]];
/// How far two ways to reckon the same may be apart, of the figure.
const ALIKE: f64 = 1e-6;

type Counts = Vec<Vec<Vec<u32>>>;

/// Five years of a programme, in its raw figures.
struct Programme {
    reported: Vec<Vec<bool>>,
    /// The indicators, and at last all of them together.
    counts: Vec<Counts>,
    interventions: Vec<Reviewed>,
    neighbours: Vec<Vec<usize>>,
}

/// A comparison, and what it was of.
struct Asked {
    series: usize,
    area: usize,
    controls: Vec<usize>,
    comparison: Comparison,
}

/// What the yardstick answers.
#[derive(Deserialize)]
struct Answered {
    seconds: f64,
    /// Ratio, low, high and probability.
    answers: Vec<Option<[Option<f64>; 4]>>,
}

pub(crate) fn measure() -> anyhow::Result<()> {
    println!(
        "FOLLOW-UP: {AREAS} areas, {INDICATORS} indicators and all together, {PARTNERS} partners, {YEARS} years of \
         weeks, {INTERVENTIONS} interventions"
    );
    let programme = Programme::of(1);
    let begun = Instant::now();
    let reviewed = programme.reviewed();
    println!(
        "a year reviewed, one core: {:.3} s ({} episodes, {} kinds, {} checks without intervention)",
        begun.elapsed().as_secs_f64(),
        reviewed.episodes.len(),
        reviewed.kinds.len(),
        reviewed.self_check.checks
    );
    measure_alerts(&programme);
    measure_programmes();
    beside_the_yardstick(&programme)
}

fn measure_alerts(programme: &Programme) {
    let reporting = programme.reporting();
    let series = programme.series(&reporting);
    let mut desk = Desk::default();
    let begun = Instant::now();
    let weeks = (YEARS - 1) * YEAR_WEEKS..YEARS * YEAR_WEEKS;
    let raised: usize = weeks
        .clone()
        .flat_map(|week| series.iter().map(move |its| (week, its)))
        .fold(0, |sum, (week, its)| sum + alerts(&mut desk, its, week).len());
    let each = begun.elapsed().as_secs_f64() * 1e3 / f64::from(YEAR_WEEKS);
    println!("alerts of a week, all areas and indicators: {each:.2} ms ({raised} in {} weeks)", weeks.len());
}

/// Every programme of a country, on two cores.
fn measure_programmes() {
    let different: Vec<Programme> = (0..DIFFERENT).map(Programme::of).collect();
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..CORES {
            scope.spawn(|| {
                while let number @ ..PROGRAMMES = next.fetch_add(1, Ordering::Relaxed) {
                    if let Some(programme) = different.get(number % different.len()) {
                        std::hint::black_box(programme.reviewed());
                    }
                }
            });
        }
    });
    println!("{PROGRAMMES} programmes reviewed, {CORES} cores: {:.1} s", begun.elapsed().as_secs_f64());
}

fn beside_the_yardstick(programme: &Programme) -> anyhow::Result<()> {
    let begun = Instant::now();
    let asked = programme.asked();
    let ours = begun.elapsed().as_secs_f64();
    let questions: Vec<_> = asked.iter().map(Asked::question).collect();
    let folder = std::env::temp_dir().join(format!("samlad-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("follow-up.json");
    let data = json!({ "reported": programme.reported, "counts": programme.counts, "questions": questions });
    std::fs::write(&file, serde_json::to_vec(&data)?)?;
    let answered = answered(&file);
    std::fs::remove_dir_all(&folder)?;
    let Answered { seconds, answers } = match answered {
        Ok(answered) => answered,
        Err(error) => {
            println!("numpy and scipy were not measured: {error:#}");
            return Ok(());
        }
    };
    let alike = asked
        .iter()
        .zip(&answers)
        .filter(|(asked, answer)| alike(&asked.comparison, answer.as_ref()))
        .count();
    anyhow::ensure!(answers.len() == asked.len() && alike == asked.len(), "numpy and scipy reckon otherwise");
    println!(
        "{} comparisons: numpy and scipy {seconds:.2} s, Samlad {ours:.4} s: {:.0} times as fast, figures alike",
        asked.len(),
        seconds / ours
    );
    Ok(())
}

fn answered(file: &Path) -> anyhow::Result<Answered> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = root.join("../target/yardstick/bin/python3");
    let python = if own.exists() { own } else { "python3".into() };
    let output = Command::new(python).arg(root.join("benches/follow_up.py")).arg(file).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{}", said.lines().last().unwrap_or_default());
    serde_json::from_slice(&output.stdout).context("its answer")
}

fn alike(comparison: &Comparison, answer: Option<&[Option<f64>; 4]>) -> bool {
    let ours = comparison.outcome.ok().map(|its| {
        let change = its.change;
        [
            change.rate_ratio,
            Some(change.low),
            Some(change.high).filter(|high| high.is_finite()),
            Some(change.p_value),
        ]
    });
    let near = |one: f64, other: f64| (one - other).abs() <= ALIKE * one.abs().max(ALIKE);
    match (ours, answer) {
        (None, None) => true,
        (Some(ours), Some(theirs)) => ours.iter().zip(theirs).all(|pair| match pair {
            (Some(one), Some(other)) => near(*one, *other),
            (one, other) => one.is_none() && other.is_none(),
        }),
        (None, Some(_)) | (Some(_), None) => false,
    }
}

impl Asked {
    fn question(&self) -> serde_json::Value {
        let Windows { before, after } = self.comparison.windows;
        let controls = if self.comparison.outcome.is_ok() { self.controls.as_slice() } else { &[] };
        json!({
            "series": self.series, "area": self.area, "controls": controls,
            "before": [before.from, before.to], "after": [after.from, after.to],
        })
    }
}

impl Programme {
    fn of(seed: u64) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let weeks = YEARS * YEAR_WEEKS;
        let reported =
            (0..PARTNERS).map(|_| (0..weeks).map(|_| chance.random::<f64>() < 0.92).collect()).collect();
        let mut counts: Vec<Counts> = (0..INDICATORS).map(|_| counted(&mut chance, weeks)).collect();
        counts.push(together(&counts));
        let last_year = weeks - YEAR_WEEKS;
        let interventions = (0..INTERVENTIONS).map(|number| {
            let from = last_year + chance.random_range(0..YEAR_WEEKS - 13);
            let weeks = Weeks::new(from, from + chance.random_range(6..14));
            let series = chance.random_range(0..=INDICATORS);
            Reviewed { intervention: Intervention { area: number % AREAS, weeks }, kind: number % 6, series }
        });
        let neighbours =
            (0..AREAS).map(|area| vec![(area + 1) % AREAS, (area + AREAS - 1) % AREAS]).collect();
        Self { reported, counts, interventions: interventions.collect(), neighbours }
    }

    fn reporting(&self) -> Reporting {
        Reporting::of(YEARS * YEAR_WEEKS, &self.reported)
    }

    fn series<'reporting>(&self, reporting: &'reporting Reporting) -> Vec<Reports<'reporting>> {
        self.counts.iter().map(|counts| Reports::of(reporting, counts)).collect()
    }

    /// From the raw figures on.
    fn reviewed(&self) -> Review {
        let reporting = self.reporting();
        let year = Weeks::new((YEARS - 1) * YEAR_WEEKS, YEARS * YEAR_WEEKS);
        review(&mut Desk::default(), &self.series(&reporting), &self.interventions, (&self.neighbours, year))
    }

    /// Each episode by each series and each baseline, from the raw figures on.
    fn asked(&self) -> Vec<Asked> {
        let reporting = self.reporting();
        let interventions: Vec<Intervention> =
            self.interventions.iter().map(|its| its.intervention).collect();
        let treated = Treated::by(&interventions);
        let setting = Setting { treated: &treated, neighbours: &self.neighbours };
        let (mut desk, mut asked) = (Desk::default(), Vec::new());
        let (all, series) = (episodes(&interventions), self.series(&reporting));
        for (number, counts) in series.iter().enumerate() {
            for (episode, baseline) in all.iter().flat_map(|its| BASELINES.map(|baseline| (its, baseline))) {
                let known = Weeks::new(0, YEARS * YEAR_WEEKS);
                let windows = Windows::around(episode.evaluated, baseline, known);
                let question = Question { area: episode.area, target: Target::Area, windows, contrast: true };
                let comparison = desk.compare(counts, setting, question);
                let controls = desk.controls().to_vec();
                asked.push(Asked { series: number, area: episode.area, controls, comparison });
            }
        }
        asked
    }
}

/// What the partners count in areas of very different size, each partner with its own share of each.
fn counted(chance: &mut ChaCha8Rng, weeks: u32) -> Counts {
    let mut area = |_| {
        let size = 0.1 + 2.0 * chance.random::<f64>().powi(3);
        let mut partner = |_| {
            let mean = size * chance.random::<f64>() / 3.0;
            (0..weeks).map(|_| poisson(chance, mean)).collect()
        };
        (0..PARTNERS).map(&mut partner).collect()
    };
    (0..AREAS).map(&mut area).collect()
}

fn together(counts: &[Counts]) -> Counts {
    let mut all: Counts = counts.first().cloned().unwrap_or_default();
    for more in counts.iter().skip(1) {
        let weeks = all.iter_mut().flatten().flatten().zip(more.iter().flatten().flatten());
        weeks.for_each(|(sum, more)| *sum += more);
    }
    all
}

/// By the product of chances, which is quick for means as small as these.
fn poisson(chance: &mut ChaCha8Rng, mean: f64) -> u32 {
    let (mut number, mut product, limit) = (0, chance.random::<f64>(), (-mean).exp());
    while product > limit {
        number += 1;
        product *= chance.random::<f64>();
    }
    number
}
