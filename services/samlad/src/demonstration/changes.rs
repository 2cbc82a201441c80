//! What changes in two years: a unit begins to report, another ends, a coordinator leaves, the method is
//! adapted.

use super::organisations::{ALWAYS, SAFETY};
use super::pen::{Pen, plain};
use super::posts::LEAVING;
use super::preparation::{Written, add, appoint, establish};
use super::town::{Organisation, Town, Unit, subject};
use super::weeks::Days;
use est::indicator::Indicator;
use est::method::{Method, Subtype};
use est::organisation::CloseUnit;
use est::permission::{Actor, FunctionKind};
use est::programme::{AdoptMethod, Itself};
use est::{Subject, function};
use serde_json::json;

/// The week that the third coordinator leaves in, and the one that the method is adapted in.
const LEAVES: i32 = 30;
pub(super) const ADAPTS: i32 = 52;
/// The sub-type that a year's practice has added.
pub(super) const ADDED: &str = "reckless_driving";

pub(super) fn happen(number: i32, town: &Town, pen: &Pen<'_>, days: &mut Days<'_>) -> Written<()> {
    let coordinator = town.coordinator(number);
    let units = || town.organisations.iter().flat_map(|its| its.units.iter().map(move |unit| (its, unit)));
    for (organisation, unit) in units() {
        let (from, until) = unit.sketch.reports;
        if number > 0 && number + 1 == from {
            begins(unit, organisation, (town, coordinator, pen), days)?;
        }
        if until < ALWAYS && number + 1 == until {
            let close = CloseUnit { unit: Some(unit.id), from: days.week.plus(1) };
            let act = plain(Actor::Holder(coordinator.clone()), organisation.id, close);
            days.at(1, (10, 0), vec![act]);
        }
    }
    if number == LEAVES {
        leaves(town, coordinator, days)?;
    }
    if number == ADAPTS {
        let adapted = pen.write::<AdoptMethod>(json!(adapted()))?;
        days.at(1, (11, 0), vec![adapted.by(coordinator, Itself)]);
    }
    Ok(())
}

/// A unit is added, and somebody answers for it, from next week on.
fn begins(
    unit: &Unit,
    organisation: &Organisation,
    (town, coordinator, pen): (&Town, &Subject, &Pen<'_>),
    days: &mut Days<'_>,
) -> Written<()> {
    days.at(1, (10, 0), vec![add(unit, organisation, days.week.plus(1), (coordinator, pen))?]);
    let its = |post: &&super::town::Post| post.unit.is_some_and(|(id, _)| id == unit.id);
    for post in town.posts.iter().filter(its) {
        days.at(1, (10, 20), vec![establish(post, coordinator, pen)?]);
        days.at(1, (10, 40), appoint(post, coordinator, pen)?);
    }
    Ok(())
}

fn leaves(town: &Town, coordinator: &Subject, days: &mut Days<'_>) -> Written<()> {
    let post = town.organisation(SAFETY).and_then(|its| town.post(FunctionKind::Coordinator, its.id));
    if let Some(post) = post {
        let end = function::EndHolder { subject: subject(LEAVING)? };
        days.at(1, (11, 0), vec![plain(Actor::Holder(coordinator.clone()), post.id, end)]);
    }
    Ok(())
}

/// The handbook's method with what a year's practice has added.
fn adapted() -> serde_json::Value {
    let mut method = Method::default();
    let traffic = method.subtypes.entry(Indicator::OtherDisorder).or_default();
    traffic.push(Subtype(ADDED.to_owned()));
    let mut json = json!(method);
    if let Some(settings) = json.as_object_mut() {
        settings.insert("version".to_owned(), json!("Lysvinge, andra året"));
    }
    json
}
