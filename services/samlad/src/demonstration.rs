//! The demonstration: two years of an invented municipality's work by the method, made from a seed.
//! The town, its organisations and everything that is said of it are fiction.

mod almanac;
mod analyses;
mod areas;
mod chance;
mod changes;
mod interventions;
mod measures;
mod motifs;
mod observations;
mod organisations;
mod pen;
mod pictures;
mod posts;
mod preparation;
mod problems;
mod quarters;
mod recipients;
mod reports;
mod statements;
#[cfg(test)]
mod tests;
mod town;
mod weeks;
mod wording;

use almanac::Almanac;
use chance::Chance;
use est::decision::Decide;
use est::permission::FunctionKind;
use est::text::{FreeText, Gate};
use est::{InterventionId, Week};
use jiff::Timestamp;
use pen::Pen;
use quarters::Quarters;
use town::Town;

/// Two years of weekly cycles.
const WEEKS: i32 = 104;

/// What somebody did, ready for the writer.
pub(crate) struct Act {
    pub order: Box<dyn Decide>,
    pub texts: Vec<FreeText>,
    pub opens: bool,
}

/// Acts that happened at one time; they may be recorded in any order among themselves.
pub(crate) struct Moment {
    pub at: Timestamp,
    pub acts: Vec<Act>,
}

pub(crate) struct Demonstration {
    pub programme: est::ProgrammeId,
    pub name: String,
    /// In the order of time.
    pub moments: Vec<Moment>,
    pub cast: Vec<Role>,
    /// An intervention that has ended, to show.
    pub shown: Option<InterventionId>,
}

/// A subject to make a token for, with the function it holds, in Swedish for printing.
pub(crate) struct Role {
    pub subject: est::Subject,
    pub function: FunctionKind,
    pub organisation: String,
    pub unit: Option<est::UnitId>,
    pub title: String,
}

/// The demonstration programme, from its opening until (and with) the given week; the same seed gives the
/// same acts.
pub(crate) fn programme(seed: u64, last: Week, gate: &Gate) -> Result<Demonstration, serde_json::Error> {
    let mut chance = Chance::of(seed);
    let town = Town::found(&mut chance)?;
    let ids: Vec<_> = measures::all().map(|_| InterventionId(chance.id())).collect();
    let pen = Pen::new(gate);
    let almanac = Almanac::until(last, WEEKS);
    let mut moments = preparation::moments(&town, &mut chance, &pen, &almanac)?;
    let troubles = problems::troubles(&town, &mut chance);
    let quarters = Quarters::of(&town, &almanac, &troubles, &ids);
    let mut story =
        weeks::Story { town: &town, chance, pen, almanac: &almanac, troubles, quarters: &quarters };
    for number in 0..WEEKS {
        moments.extend(story.week(number)?);
    }
    let shown =
        measures::all().zip(ids).find(|(measure, _)| measure.title == measures::SHOWN).map(|(_, id)| id);
    let (programme, name, cast) = (town.programme, town::NAME.to_owned(), town.cast());
    Ok(Demonstration { programme, name, moments, cast, shown })
}
