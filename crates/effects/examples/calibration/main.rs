//! How often the engine is wrong where nothing was done, beside the field's plain tests, and how much of a reduction
//! it finds: placebos on series of the real extract and on a demonstration programme whose truth is known.

#![expect(clippy::print_stdout, reason = "the figures are what a calibration is for")]
#![expect(clippy::indexing_slicing, reason = "all sizes are the calibration's own; outside them it ends")]
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts become shares that are printed"
)]

mod chance;
mod demonstration;
mod extract;
mod field;
mod panel;
mod placebo;
mod scaled;
mod scheme;
mod tables;
mod tally;
mod trial;

use extract::Series;
use panel::Panel;
use scaled::Scaled;
use std::path::Path;
use std::process::ExitCode;

/// Programmes; each has three placebos of a scheme and length.
const PROGRAMMES: usize = 1500;
/// How often each beginning of a real panel is tried, with areas drawn anew.
const DRAWS: usize = 8;

fn main() -> anyhow::Result<ExitCode> {
    let mut outside = Vec::new();
    let mut run = |panel: &Panel<'_>| outside.extend(tables::print(panel, &panel.cells()));
    println!("# False calls and power where nothing was done\n\nMethod: {}", effects::METHOD);
    match std::env::args().nth(1).filter(|path| Path::new(path).is_file()) {
        Some(path) => real(&path, &mut run)?,
        None => println!("\nThe police's extract is not here: the real series were NOT tried."),
    }
    run(&Panel {
        name: "Demonstration programme",
        told: "36 areas, 30 of them drawn; 12 partners, one of them local to an area and stopping; every programme new. \
               `stop` is that area."
            .to_owned(),
        seed: 4,
        trials: PROGRAMMES,
        make: Box::new(demonstration::trial),
    });
    let fails = tables::conclude(&outside);
    Ok(if fails == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn real(path: &str, run: &mut dyn FnMut(&Panel<'_>)) -> anyhow::Result<()> {
    let events = extract::read(path)?;
    let panels = [
        ("Real: named areas, all kinds of event", Series::by_area(&events)),
        ("Real: the commonest kinds of event", Series::by_kind(&events)),
        ("Real: hours of two by part of the week", Series::by_hour_and_part(&events)),
        ("Real: hours of the day", Series::by_hour(&events)),
    ];
    for (seed, (name, series)) in (0..).zip(&panels) {
        let starts = series.starts().len();
        let told = format!(
            "{} units, {} events in {} collected weeks; {starts} beginnings of overlapping windows, each {DRAWS} times.",
            series.counts.len(),
            series.events(),
            series.collected.iter().filter(|its| **its).count(),
        );
        let make = Box::new(|number, chance: &mut _| series.trial(number, chance));
        run(&Panel { name, told, seed, trials: starts * DRAWS, make });
    }
    let scaled = Scaled::of(&panels[0].1);
    let told = format!(
        "Real are the areas' shares, the weekly rhythm, and the areas' levels by quarter as far as their counts tell \
         (variance between an area's quarters {:.3}); the size, 120 reports a week, and the quarters' order are not.",
        scaled.variance
    );
    let make = Box::new(|number, chance: &mut _| scaled.trial(number, chance));
    run(&Panel { name: "Real, at the size of a programme", told, seed: 5, trials: PROGRAMMES, make });
    Ok(())
}
