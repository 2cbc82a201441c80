//! What is written of a week, put together from what the units have said of it.

mod phrases;

use super::almanac::{OCCASIONS, Season};
use super::chance::Chance;
use super::problems::Trouble;
use super::statements::Said;
use super::town::Area;
use est::Week;
use est::indicator::Indicator;

pub(super) fn about(indicator: Indicator) -> &'static str {
    phrases::about(indicator)
}

/// What a number of reports say together.
pub(super) struct Tally<'a> {
    /// What was seen for the worse, and where.
    seen: Vec<(Area, Indicator)>,
    reports: usize,
    calm: usize,
    open: &'a [&'a Trouble],
}

impl<'a> Tally<'a> {
    pub(super) fn of<'b>(said: impl Iterator<Item = &'b Said>, open: &'a [&'a Trouble]) -> Self {
        let mut tally = Self { seen: Vec::new(), reports: 0, calm: 0, open };
        for said in said {
            tally.reports += 1;
            tally.calm += usize::from(said.is_calm());
            let bad = said.observations.iter().filter(|seen| !seen.sign.good());
            tally.seen.extend(bad.filter_map(|seen| Some((seen.area?, seen.indicator))));
            let known = open.iter().filter(|trouble| said.still_there.contains(&trouble.id));
            tally.seen.extend(known.map(|trouble| (trouble.area, trouble.sketch.indicator)));
        }
        tally
    }

    /// The areas where something was seen, those with the most first.
    pub(super) fn areas(&self) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        for (area, _) in &self.seen {
            if !areas.iter().any(|other| other.id == area.id) {
                areas.push(*area);
            }
        }
        areas.sort_by_key(|area| std::cmp::Reverse(self.of_area(*area).count()));
        areas
    }

    fn of_area(&self, area: Area) -> impl Iterator<Item = Indicator> {
        let there = self.seen.iter().filter(move |(its, _)| its.id == area.id);
        there.map(|(_, indicator)| *indicator)
    }

    fn open_in(&self, area: Area) -> Option<&Trouble> {
        self.open.iter().find(|trouble| trouble.area.id == area.id).copied()
    }
}

/// The indicators that occur, the most frequent first.
fn foremost(seen: impl Iterator<Item = Indicator>) -> Vec<Indicator> {
    let seen: Vec<_> = seen.collect();
    let often = |indicator: Indicator| seen.iter().filter(|other| **other == indicator).count();
    let mut indicators = seen.clone();
    indicators.sort_by_key(|indicator| (std::cmp::Reverse(often(*indicator)), *indicator));
    indicators.dedup();
    indicators
}

/// The situation of one area.
pub(super) fn situation(tally: &Tally<'_>, area: Area, chance: &mut Chance) -> String {
    let indicators = foremost(tally.of_area(area));
    let mut sentences = Vec::new();
    match indicators.as_slice() {
        [] => sentences.push(chance.word(&phrases::QUIET).to_owned()),
        [first, rest @ ..] => {
            let amount = match tally.of_area(area).count() {
                0 | 1 => "En rapport",
                2 | 3 => "Några rapporter",
                4..=6 => "Flera rapporter",
                _ => "Många rapporter",
            };
            let besides = rest.first().map(|second| format!(", även {}", phrases::about(*second)));
            sentences.push(format!("{amount} om {}{}.", phrases::about(*first), besides.unwrap_or_default()));
            sentences.push(chance.word(phrases::pattern(*first)).to_owned());
        }
    }
    if let Some(trouble) = tally.open_in(area) {
        sentences.push(format!("Det kända problemet ”{}” kvarstår.", trouble.sketch.title));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.join(" ")
}

/// What is done in a prioritised area; nothing in some calm weeks.
pub(super) fn interventions(tally: &Tally<'_>, area: Area, chance: &mut Chance) -> Vec<&'static str> {
    let mut done = Vec::new();
    for indicator in foremost(tally.of_area(area)).into_iter().take(2) {
        done.push(chance.word(phrases::against(indicator)));
    }
    if done.is_empty() && chance.percent(40) {
        return done;
    }
    done.push(chance.word(&phrases::PRESENCE));
    done
}

/// Safety in the municipality as a whole.
pub(super) fn overall(tally: &Tally<'_>, week: Week, priorities: &[Area], chance: &mut Chance) -> String {
    let share = tally.calm * 100 / tally.reports.max(1);
    let (tone, calm) = match share {
        0..30 => (chance.word(&phrases::UNEASY), "En mindre del"),
        30..45 => (chance.word(&phrases::MIXED), "Knappt hälften"),
        45..60 => (chance.word(&phrases::MIXED), "Ungefär hälften"),
        _ => (chance.word(&phrases::CALM), "En klar majoritet"),
    };
    let told = format!("{tone} {calm} av de enheter som har rapporterat anger att det varit lugnt.");
    let mut sentences = vec![told];
    let areas = tally.areas();
    if let ([first, second, ..], [indicator, ..]) =
        (areas.as_slice(), foremost(tally.seen.iter().map(|(_, indicator)| *indicator)).as_slice())
    {
        let (first, second, about) = (first.sketch.name, second.sketch.name, phrases::about(*indicator));
        sentences
            .push(format!("Mest rapporter gäller {first} och {second}. Vanligast är uppgifter om {about}."));
    }
    let absent = priorities.iter().find(|prior| !areas.iter().any(|area| area.id == prior.id));
    if let Some(area) = absent {
        sentences.push(format!("{} har varit lugnt.", area.sketch.name));
    }
    sentences.push(chance.word(Season::of(week).own(phrases::OF_SEASON)).to_owned());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.join(" ")
}

/// A hub's own view.
pub(super) fn compiled(tally: &Tally<'_>, chance: &mut Chance) -> String {
    let opening = chance.word(&phrases::COMPILED);
    match foremost(tally.seen.iter().map(|(_, indicator)| *indicator)).as_slice() {
        [] => format!("{opening} Lugn vecka i alla rapporter."),
        [only] => format!("{opening} Det som kommit in handlar om {}.", phrases::about(*only)),
        [first, second, ..] => {
            let (first, second) = (phrases::about(*first), phrases::about(*second));
            format!("{opening} Mest handlar det om {first}, därefter {second}.")
        }
    }
}

pub(super) fn weather(week: Week, chance: &mut Chance) -> &'static str {
    chance.word(Season::of(week).own(phrases::WEATHER))
}

/// Holidays and breaks to come, and now and then something from outside.
pub(super) fn important(week: Week, chance: &mut Chance) -> Vec<&'static str> {
    let mut entries: Vec<_> = OCCASIONS
        .iter()
        .filter(|occasion| occasion.soon(week))
        .map(|occasion| phrases::comes(*occasion))
        .collect();
    if chance.percent(35) {
        entries.push(chance.word(&phrases::OUTSIDE));
    }
    entries
}

pub(super) fn works_against(slug: &str, chance: &mut Chance) -> &'static str {
    chance.word(phrases::works_against(slug))
}

pub(super) fn addendum(priorities: &[Area], chance: &mut Chance) -> String {
    let names: Vec<_> = priorities.iter().take(2).map(|area| area.sketch.name).collect();
    format!("Inriktning för yttre personal: {} i {}.", chance.word(&phrases::FOCUS), names.join(" och "))
}
