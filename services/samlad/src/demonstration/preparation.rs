//! The weeks before the first cycle: the founder opens the programme, prepares it and activates it.

use super::almanac::Almanac;
use super::chance::Chance;
use super::pen::{Pen, plain};
use super::posts::OPERATOR;
use super::recipients;
use super::town::{NAME, Organisation, Post, Town, Unit, subject};
use super::{Act, Moment};
use est::organisation::OrganisationKind as Kind;
use est::permission::{Actor, FunctionKind};
use est::programme::Itself;
use est::{Subject, Week, area, function, organisation, programme};
use serde_json::json;

pub(super) type Written<T> = Result<T, serde_json::Error>;

pub(super) fn moments(
    town: &Town,
    chance: &mut Chance,
    pen: &Pen<'_>,
    almanac: &Almanac,
) -> Written<Vec<Moment>> {
    let first = almanac.first;
    let moment = |weeks: i32, weekday, hour, acts| Moment {
        at: almanac.at(first.plus(weeks), weekday, (hour, 0)),
        acts,
    };
    let founder = &town.founder;
    let unit = |organisation: &Organisation| {
        let begins = |unit: &&Unit| unit.sketch.reports.0 == 0;
        let units = organisation.units.iter().filter(begins);
        units.map(|unit| add(unit, organisation, first, (founder, pen))).collect::<Written<Vec<_>>>()
    };
    let mut units = Vec::new();
    for organisation in &town.organisations {
        units.extend(unit(organisation)?);
    }
    let posts = || town.posts.iter().filter(|post| post.unit.is_none_or(|(_, unit)| unit.reports.0 == 0));
    let mut appointed = Vec::new();
    for post in posts() {
        appointed.extend(appoint(post, founder, pen)?);
    }
    Ok(vec![
        moment(-7, 1, 9, vec![open(pen)?]),
        moment(-7, 1, 10, draw(town, pen)?),
        moment(-7, 2, 10, join(town, pen)?),
        moment(-6, 1, 10, units),
        moment(-6, 2, 10, posts().map(|post| establish(post, founder, pen)).collect::<Written<_>>()?),
        moment(-6, 4, 13, appointed),
        moment(-5, 1, 13, settle(town, pen)?),
        moment(-3, 3, 15, review(town, pen, first)?),
        moment(-2, 2, 10, recipients::enter(town, chance, pen, almanac)?),
        moment(-1, 4, 10, vec![plain(Actor::Holder(founder.clone()), Itself, programme::Activate {})]),
    ])
}

fn open(pen: &Pen<'_>) -> Written<Act> {
    let opened = pen.write::<programme::Open>(json!({
        "name": NAME,
        "scope": "municipality",
        "legalBasis": "Lagen om kommuners ansvar för brottsförebyggande arbete och överenskommelsen",
        "founder": super::posts::FOUNDER,
    }))?;
    Ok(opened.opening(subject(OPERATOR)?))
}

fn draw(town: &Town, pen: &Pen<'_>) -> Written<Vec<Act>> {
    let draw = |area: &super::town::Area| {
        let drawn = pen.write::<area::Draw>(json!({
            "name": area.sketch.name,
            "alsoCalled": area.sketch.also_called,
            "outline": area.sketch.outline(),
        }))?;
        Ok(drawn.by(&town.founder, area.id))
    };
    town.areas.iter().map(draw).collect()
}

fn join(town: &Town, pen: &Pen<'_>) -> Written<Vec<Act>> {
    let join = |organisation: &Organisation| {
        let sketch = organisation.sketch;
        let joined = json!({ "name": sketch.name, "kind": sketch.kind, "hub": sketch.hub });
        Ok(pen.write::<organisation::Join>(joined)?.by(&town.founder, organisation.id))
    };
    town.organisations.iter().map(join).collect()
}

/// Adds a unit that reports from a week on.
pub(super) fn add(
    unit: &Unit,
    organisation: &Organisation,
    from: Week,
    (actor, pen): (&Subject, &Pen<'_>),
) -> Written<Act> {
    let areas: Vec<_> = unit.areas.iter().map(|area| area.id).collect();
    let json = json!({ "name": unit.sketch.name, "areas": areas, "from": from });
    let added = pen.write::<organisation::AddUnit>(json)?;
    let added = added.into(|command| organisation::AddUnit { unit: Some(unit.id), ..command });
    Ok(added.by(actor, organisation.id))
}

pub(super) fn establish(post: &Post, actor: &Subject, pen: &Pen<'_>) -> Written<Act> {
    let established = pen.write::<function::Establish>(json!({
        "kind": post.kind,
        "title": post.title,
        "organisation": post.organisation,
        "unit": post.unit.map(|(id, _)| id),
        "decision": (post.kind != FunctionKind::Informant).then_some("Styrgruppens beslut om arbetsformer"),
    }))?;
    Ok(established.by(actor, post.id))
}

/// Appoints those who hold a function.
pub(super) fn appoint(post: &Post, actor: &Subject, pen: &Pen<'_>) -> Written<Vec<Act>> {
    let appoint = |(holder, kind): &(Subject, function::HolderKind)| {
        let json = json!({ "subject": holder, "kind": kind });
        Ok(pen.write::<function::AppointHolder>(json)?.by(actor, post.id))
    };
    post.holders.iter().map(appoint).collect()
}

/// Who meets, and who answers for the form.
fn settle(town: &Town, pen: &Pen<'_>) -> Written<Vec<Act>> {
    let weekly = [Kind::Municipality, Kind::Police, Kind::HousingCompany];
    let quarterly = [Kind::SocialServices, Kind::School, Kind::GuardCompany];
    let of = |kinds: &[Kind]| -> Vec<_> {
        let its = town.organisations.iter().filter(|organisation| kinds.contains(&organisation.sketch.kind));
        its.map(|organisation| organisation.id).collect()
    };
    let all: Vec<_> = town.organisations.iter().map(|organisation| organisation.id).collect();
    let meetings = json!({
        "weekly": of(&weekly),
        "quarterly": of(&[weekly, quarterly].concat()),
        "annual": all,
    });
    let mut acts = vec![pen.write::<programme::DecideMeetings>(meetings)?.by(&town.founder, Itself)];
    if let Some(post) = town.posts.iter().find(|post| post.kind == FunctionKind::Coordinator) {
        let entrusted = programme::EntrustForm { function: post.id };
        acts.push(plain(Actor::Holder(town.founder.clone()), Itself, entrusted));
    }
    Ok(acts)
}

/// Each organisation's lawyer looks at the work.
fn review(town: &Town, pen: &Pen<'_>, first: Week) -> Written<Vec<Act>> {
    let weekdays = [1, 2, 3, 4, 5].into_iter().cycle();
    let review = |(organisation, weekday): (&Organisation, i8)| {
        let reviewed = pen.write::<programme::RecordLegalReview>(json!({
            "organisation": organisation.id,
            "reference": format!("Juristgranskning EST, {}", organisation.sketch.name),
            "reviewedOn": first.plus(-4).day(weekday),
        }))?;
        Ok(reviewed.by(&town.founder, Itself))
    };
    town.organisations.iter().zip(weekdays).map(review).collect()
}
