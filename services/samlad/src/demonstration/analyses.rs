//! The analyses of the prioritised areas: at each quarter's meeting, when an intervention needs one, and now and then
//! at the weekly review.

use super::Act;
use super::almanac::Season;
use super::interventions::{Analysed, Undertaking};
use super::preparation::Written;
use super::problems::Trouble;
use super::quarters::{Desk, Quarters};
use super::town::{Area, Organisation, subject};
use super::weeks::Days;
use super::wording;
use est::analysis::{Cause, Key, Occasion, Record};
use est::{OrganisationId, Subject};
use serde_json::json;

/// Every so many weeks one of the areas is analysed at the weekly review.
const NOW_AND_THEN: i32 = 4;

pub(super) fn happen(quarters: &Quarters, desk: Desk<'_>, days: &mut Days<'_>) -> Written<()> {
    let number = desk.number;
    let week = desk.almanac.first.plus(number);
    let needed = |its: &&Undertaking| its.proposed == number && its.analysed == Analysed::Week;
    let mut needed: Vec<Area> = quarters.undertakings.iter().filter(needed).map(|its| its.area).collect();
    needed.dedup_by_key(|area| area.id);
    let coordinator = desk.town.coordinator(number);
    let record = |area: &Area, occasion, by: &Subject| record(quarters, (*area, occasion), by, desk);
    let monday = needed.iter().map(|area| record(area, Occasion::Week(week), coordinator));
    days.at(1, (10, 30), monday.collect::<Written<_>>()?);
    let mut met = Vec::new();
    for quarter in quarters.analysed(number) {
        let first = desk.almanac.first.plus(quarter.first);
        for area in quarters.areas(quarter.first) {
            met.push(record(&area, Occasion::Period(first), &subject("demo-analyst-1")?)?);
        }
    }
    days.at(3, (14, 10), met);
    let rank = usize::try_from(number / NOW_AND_THEN).unwrap_or_default() % 3;
    let reviewed = quarters.areas(number).get(rank).copied().filter(|_| number % NOW_AND_THEN == 2);
    let reviewed = reviewed.filter(|area| !needed.iter().any(|its| its.id == area.id));
    let reviewed = reviewed.iter().map(|area| record(area, Occasion::Week(week), coordinator));
    days.at(4, (9, 50), reviewed.collect::<Written<_>>()?);
    Ok(())
}

fn record(
    quarters: &Quarters,
    (area, occasion): (Area, Occasion),
    by: &Subject,
    desk: Desk<'_>,
) -> Written<Act> {
    let here = |its: &&Trouble| its.area.id == area.id && its.is_open(desk.number);
    let troubles: Vec<&Trouble> = desk.troubles.iter().filter(here).collect();
    let problems: Vec<_> = troubles.iter().map(|trouble| trouble.id).collect();
    let causes = causes(quarters, area, desk.number);
    let first = *causes.first().unwrap_or(&Cause::Other);
    let turn = usize::try_from(desk.number).unwrap_or_default() + area.sketch.name.len();
    let season = Season::of(occasion.week());
    let foremost = troubles.first().map(|trouble| trouble.sketch);
    let statement = json!({
        "context": context(area, foremost.map(|sketch| sketch.description), turn),
        "unease": foremost.map_or(
            "Oron gäller mest kvällarna och vägen hem, enligt dem som arbetar i området.".to_owned(),
            |sketch| format!("Det som nämns mest är {}.", wording::about(sketch.indicator)),
        ),
        "conditions": condition(first),
        "causes": causes,
        "need": area.sketch.rating(desk.almanac.quarter(occasion.week())),
        "influenceability": 2 + turn % 4,
        "bestEffect": effect(first),
        "forecast": season.own(FORECASTS),
        "inform": organisations(area, desk, turn),
        "involve": organisations(area, desk, turn + 1),
        "coordinationNeed": (turn % 3 == 0).then_some("Tider för ronder och vandringar bör läggas i samma schema."),
        "problems": problems,
    });
    let key = Key { occasion, area: area.id };
    Ok(desk.pen.write::<Record>(statement)?.by(by, key))
}

/// The causes that interventions are or soon will be aimed at, or else what the area is known for.
fn causes(quarters: &Quarters, area: Area, number: i32) -> Vec<Cause> {
    let soon = |its: &&Undertaking| its.area.id == area.id && (-9..=16).contains(&(its.proposed - number));
    let aimed = quarters.undertakings.iter().filter(soon).flat_map(|its| its.measure.causes);
    let mut causes: Vec<Cause> = aimed.copied().collect();
    if causes.is_empty() {
        causes = vec![Cause::AbsentGuardian, Cause::LackOfActivities];
    }
    causes.sort_unstable();
    causes.dedup();
    causes
}

fn context(area: Area, known: Option<&str>, turn: usize) -> String {
    let place =
        |turn: usize| area.sketch.places.get(turn % area.sketch.places.len()).map_or("", |(name, _)| name);
    let (one, other) = (place(turn), place(turn + 1));
    let when = ["Mest kvällstid fredag och lördag.", "Jämnt fördelat över veckan.", "Tätast efter skoltid."];
    let when = when.get(turn % when.len()).copied().unwrap_or_default();
    let known = known.map(|known| format!(" {known}"));
    format!("Återkommande platser är {one} och {other}. {when}{}", known.unwrap_or_default())
}

/// Some of the organisations that have units in the area.
fn organisations(area: Area, desk: Desk<'_>, turn: usize) -> Vec<OrganisationId> {
    let there = |its: &&Organisation| {
        its.units.iter().any(|unit| unit.areas.iter().any(|unit_area| unit_area.id == area.id))
    };
    let there = desk.town.organisations.iter().filter(there).skip(turn % 2).step_by(2).take(3);
    there.map(|organisation| organisation.id).collect()
}

/// Winter, spring, summer, autumn.
const FORECASTS: [&str; 4] = [
    "Mörkret består. Fler rör sig ute vid lov och storhelger.",
    "Ljusare kvällar ger fler ute, och mopederna är tillbaka.",
    "Semestern ger färre vuxna på plats, medan parker och bad samlar många.",
    "Skolstart och mörka kvällar gör att belysning och samlingsplatser märks mer.",
];

fn condition(cause: Cause) -> &'static str {
    match cause {
        Cause::AbsentGuardian => "Få vuxna är på plats när det händer, och ingen verksamhet är öppen intill.",
        Cause::PoorSightlines => "Växtlighet och murar gör att man varken ser eller blir sedd.",
        Cause::PoorLighting => "Ljuset är ojämnt och flera armaturer är ur funktion.",
        Cause::NeglectedMaintenance => "Det som går sönder blir kvar länge och drar till sig mer.",
        Cause::Attractor => "Platsen är den enda i närheten där man kan vara sent.",
        Cause::EasyAccess => "Det är lätt att ta sig in och därifrån utan att märkas.",
        Cause::EasyTarget => "Ytor och dörrar är oskyddade och lätta att skada.",
        Cause::UnclearOwnership => "Det är oklart vem som sköter platsen, och ingen säger till.",
        Cause::AlcoholOrDrugs => "Berusning förekommer vid de flesta tillfällena.",
        Cause::Conflict => "Små meningsskiljaktigheter växer när många trängs på liten yta.",
        Cause::LackOfActivities => "Det finns lite att göra i området efter klockan 20.",
        Cause::Traffic => "Gående, cyklar och mopeder delar samma smala väg.",
        Cause::Other => "Orsakerna är inte klarlagda.",
    }
}

fn effect(cause: Cause) -> &'static str {
    match cause {
        Cause::AbsentGuardian | Cause::AlcoholOrDrugs | Cause::Conflict => {
            "Närvaro tidigt på kvällen, innan stämningen har ändrats."
        }
        Cause::PoorSightlines | Cause::PoorLighting | Cause::NeglectedMaintenance => {
            "Underhållet först; det är billigt, syns genast och gör närvaro lättare."
        }
        Cause::EasyAccess | Cause::EasyTarget | Cause::Traffic => {
            "Fysiska hinder på de få ställen där det sker."
        }
        Cause::Attractor | Cause::LackOfActivities | Cause::UnclearOwnership | Cause::Other => {
            "Något annat att göra, på samma tider och nära."
        }
    }
}
