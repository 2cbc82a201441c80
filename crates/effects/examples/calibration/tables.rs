//! The figures as they are printed.

use crate::panel::{Cell, Panel};
use crate::placebo::{Call, METHODS};
use crate::scheme::Scheme;
use crate::tally::{ACCEPTED, ENOUGH, Rate, Tally};
use crate::trial::AFTER;

/// What the engine calls by its own baseline, among a placebo's calls.
const OURS: usize = 0;
/// The bounds of expected reports in the table of power.
const BANDS: [f64; 9] = [0.0, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, f64::INFINITY];

/// Prints a panel; returns a line for each judged rate outside what is accepted, and whether it fails.
pub(crate) fn print(panel: &Panel<'_>, cells: &[Cell]) -> Vec<(String, bool)> {
    let tallies: Vec<Tally<'_>> = cells.iter().map(Tally::of).collect();
    println!("\n## {}\n\n{}", panel.name, panel.told);
    print_kind(&tallies);
    print_false_calls(&tallies);
    print_power(&tallies);
    print_bands(&tallies);
    tallies
        .iter()
        .filter(|tally| tally.unjudged().is_none())
        .flat_map(|tally| outside(panel.name, tally))
        .collect()
}

/// How uneven the areas are, and how much of a rise is left: what makes a panel hard, to be held beside real series.
fn print_kind(tallies: &[Tally<'_>]) {
    let of = |scheme| tallies.iter().find(|its| its.cell.scheme == scheme && its.cell.weeks == AFTER);
    let (Some(random), Some(rise)) = (of(Scheme::Random), of(Scheme::Rise)) else { return };
    let [low, middle, high] = [0.05, 0.5, 0.95].map(|at| random.quantile(at, |its| Some(its.unevenness)));
    println!(
        "Unevenness of 13 weeks beside 39 among the controls, 5th, 50th and 95th percentile: \
         {low:.1}, {middle:.1}, {high:.1} times chance. Left of a deviation: {:.2}.",
        random.left()
    );
    println!(
        "Fastest rising areas, medians: last quarter {:.2} times their own history, the 13 weeks after {:.2} times, \
         and {:.2} times what the engine expects.",
        rise.quantile(0.5, |its| its.around.map(|(rose, _)| rose)),
        rise.quantile(0.5, |its| its.around.map(|(_, stayed)| stayed)),
        rise.quantile(0.5, |its| its.ratio)
    );
}

/// One panel in a row: how much is left of a rise, and what that does to the false calls.
pub(crate) fn print_row(name: &str, cells: &[Cell]) {
    let tallies: Vec<Tally<'_>> = cells.iter().map(Tally::of).collect();
    let of = |scheme| tallies.iter().find(|its| its.cell.scheme == scheme);
    let (Some(random), Some(rise)) = (of(Scheme::Random), of(Scheme::Rise)) else { return };
    let both = |scheme| {
        let rates = of(scheme).map(|tally| ours(tally).map(|rate| rate.share));
        rates.map_or_else(String::new, |[fewer, more]| format!("{fewer:.1} / {more:.1}"))
    };
    println!(
        "| {name} | {:.1} | {:.2} | {:.2} | {:.2} | {} |",
        random.quantile(0.5, |its| Some(its.unevenness)),
        random.left(),
        rise.quantile(0.5, |its| its.around.map(|(_, stayed)| stayed)),
        rise.quantile(0.5, |its| its.ratio),
        [Scheme::Random, Scheme::Hot, Scheme::Rise, Scheme::Spike].map(both).join(" | "),
    );
}

fn print_false_calls(tallies: &[Tally<'_>]) {
    println!(
        "\nFalse decreases / false increases, %, with the standard error of ours; 2.5 / 2.5 is right.\n"
    );
    let methods = METHODS.join(" | ");
    println!("| areas | weeks | n | not assessed | apart | expected | >= 5, % | {methods} | s.e. | |");
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for tally in tallies {
        let both = |method| {
            let [fewer, more] =
                [Call::Decrease, Call::Increase].map(|call| tally.of_call(method, call).share);
            format!("{fewer:.1} / {more:.1}")
        };
        let methods: Vec<String> = (0..METHODS.len()).map(both).collect();
        let [fewer, more] = ours(tally);
        println!(
            "| {} | {} | {} | {} | {} | {:.1} | {:.0} | {} | {:.1} / {:.1} | {} |",
            tally.cell.scheme.name(),
            tally.cell.weeks,
            tally.assessed.len(),
            tally.cell.placebos.len() - tally.assessed.len(),
            tally.independent,
            tally.mean_expected(),
            tally.enough(),
            methods.join(" | "),
            fewer.error,
            more.error,
            tally.unjudged().unwrap_or("judged"),
        );
    }
}

fn print_power(tallies: &[Tally<'_>]) {
    println!("\nReductions put in, and how many of them are found, %: ours / its robust word.\n");
    println!("| areas | weeks | expected | -20 % | -40 % | -60 % |\n|---|---|---|---|---|---|");
    for tally in tallies {
        let found = |reduction| {
            let [own, robust] = [0, 1].map(|method| tally.found(reduction, method).share);
            format!("{own:.0} / {robust:.0}")
        };
        println!(
            "| {} | {} | {:.1} | {} | {} | {} |",
            tally.cell.scheme.name(),
            tally.cell.weeks,
            tally.mean_expected(),
            found(0),
            found(1),
            found(2)
        );
    }
}

/// By how many reports were expected, all cells together.
fn print_bands(tallies: &[Tally<'_>]) {
    println!("\nThe same by how many reports were expected, all rows together, ours.\n");
    println!(
        "| expected | n | -20 % | -40 % | -60 % | false decrease / increase |\n|---|---|---|---|---|---|"
    );
    for bounds in BANDS.windows(2) {
        let (low, high) = (bounds[0], bounds[1]);
        let all = tallies.iter().flat_map(|tally| &tally.assessed).map(|(_, its)| its);
        let band: Vec<_> = all.filter(|its| its.expected >= low && its.expected < high).collect();
        if band.is_empty() {
            continue;
        }
        let share = |holds: &dyn Fn(usize) -> bool| {
            (0..band.len()).filter(|place| holds(*place)).count() as f64 / band.len() as f64 * 100.0
        };
        let found = |reduction: usize| share(&|place| band[place].found(reduction, OURS));
        let called = |call| share(&|place| band[place].calls[OURS] == call);
        println!(
            "| {low:.0}-{high:.0} | {} | {:.0} | {:.0} | {:.0} | {:.1} / {:.1} |",
            band.len(),
            found(0),
            found(1),
            found(2),
            called(Call::Decrease),
            called(Call::Increase)
        );
    }
}

fn ours(tally: &Tally<'_>) -> [Rate; 2] {
    [Call::Decrease, Call::Increase].map(|call| tally.of_call(OURS, call))
}

fn outside(panel: &str, tally: &Tally<'_>) -> Vec<(String, bool)> {
    let named = ["decreases", "increases"].into_iter().zip(ours(tally));
    let told = |(named, rate): (&str, Rate)| {
        let fails = rate.fails();
        let verdict = if fails { "by more than two standard errors" } else { "within two standard errors" };
        let line = format!(
            "{panel}, {}, {} weeks: false {named} {:.2} % (s.e. {:.2}), {verdict}",
            tally.cell.scheme.name(),
            tally.cell.weeks,
            rate.share,
            rate.error
        );
        (line, fails)
    };
    named.filter(|(_, rate)| rate.outside()).map(told).collect()
}

/// Prints what was outside of all panels, and returns how many fail.
pub(crate) fn conclude(outside: &[(String, bool)]) -> usize {
    let (low, high) = ACCEPTED;
    println!("\n## Outside {low}-{high} %\n");
    println!(
        "Judged are rows of which at least half of the placebos have {ENOUGH} or more expected reports.\n"
    );
    for (line, _) in outside {
        println!("- {line}");
    }
    let fails = outside.iter().filter(|(_, fails)| *fails).count();
    println!("{} judged rates outside, {fails} of them by more than two standard errors.", outside.len());
    fails
}
