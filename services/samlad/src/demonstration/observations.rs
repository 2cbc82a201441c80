//! Observations: a motif given a place, a day, a time and a teller.

use super::almanac::{Occasion, day};
use super::chance::Chance;
use super::changes::{ADAPTS, ADDED};
use super::motifs::{self, Beside, Motif, Sign};
use super::problems::Trouble;
use super::town::{Area, Unit};
use est::indicator::{Basis, Channel, Indicator, TimeBand};
use est::organisation::OrganisationKind as Kind;
use est::{AreaId, Week};
use jiff::civil::{Date, Time, time};
use serde_json::{Value, json};

pub(super) struct Observation {
    /// None: a police extract's row that names no area.
    pub(super) area: Option<Area>,
    pub(super) indicator: Indicator,
    pub(super) sign: Sign,
    pub(super) json: Value,
}

/// Who looks back on which week, and until which day: 0 is its Monday.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) unit: &'a Unit,
    pub(super) week: Week,
    /// The week's number in the story, and its quarter's.
    pub(super) number: i32,
    pub(super) quarter: i32,
    pub(super) until: i32,
    /// Where something is done against what: less that is new is seen of it.
    pub(super) eased: &'a [(AreaId, Indicator)],
}

/// How likely each day is: weekend evenings are the liveliest, Monday being 0.
const EVENINGS: [(i32, u32); 6] = [(-4, 10), (-3, 28), (-2, 30), (-1, 12), (0, 9), (1, 9)];
const DAYS: [(i32, u32); 6] = [(-4, 20), (-3, 20), (-2, 9), (-1, 9), (0, 24), (1, 18)];

/// How many times in a hundred what would be new is not there, where something is done against it.
const SPARED: u32 = 55;

impl Look<'_> {
    /// Something new.
    pub(super) fn something_new(&self, chance: &mut Chance) -> Option<Observation> {
        let area = *chance.weighted(&self.unit.areas, |area| area.sketch.unease(self.quarter))?;
        let motifs: Vec<_> = motifs::all().filter(|motif| motif.occurs_in(area.sketch)).collect();
        let motif = chance.weighted(&motifs, |motif| motif.weight(self.week, self.unit.organisation.kind))?;
        let spared = self.is_eased(area, motif.indicator) && chance.percent(SPARED);
        (!spared).then(|| self.observation(motif, area, None, chance))
    }

    pub(super) fn is_eased(&self, area: Area, indicator: Indicator) -> bool {
        self.eased.contains(&(area.id, indicator))
    }

    /// More of a known problem.
    pub(super) fn more_of(&self, trouble: &Trouble, chance: &mut Chance) -> Option<Observation> {
        let alike = |motif: &&Motif| {
            let plain = motif.sign == Sign::Unease && motif.occasion.is_none();
            plain && motif.indicator == trouble.sketch.indicator && motif.occurs_in(trouble.area.sketch)
        };
        let motifs: Vec<_> = motifs::all().filter(alike).collect();
        let motif = chance.pick(&motifs)?;
        Some(self.observation(motif, trouble.area, Some(trouble), chance))
    }

    fn observation(
        &self,
        motif: &Motif,
        area: Area,
        known: Option<&Trouble>,
        chance: &mut Chance,
    ) -> Observation {
        let kind = self.unit.organisation.kind;
        let nowhere = kind == Kind::Police && known.is_none() && chance.percent(6);
        let (text, place) = if nowhere { (None, None) } else { described(motif, area, chance) };
        let band = chance.pick(motif.bands).copied().unwrap_or(TimeBand::Unknown);
        let clock = if chance.percent(35) { at(band, chance) } else { None };
        let (channel, basis) = told(motif, kind, chance);
        let date = self.date(motif, band, chance);
        let (weak, strong) = motif.strength;
        let json = json!({
            "indicator": motif.indicator,
            "subtypes": self.subtypes(motif),
            "polarity": if motif.sign.good() { "positive" } else { "negative" },
            "occurrence": if motif.sign.ahead() { "expected" } else { "observed" },
            "setting": if motif.semi_public && chance.percent(50) { "semi_public" } else { "public_space" },
            "area": (!nowhere).then_some(area.id),
            "place": place,
            "date": date,
            "time": clock,
            "timeBand": clock.is_none().then_some(band),
            "count": chance.between(1, motif.count_max).min(chance.between(1, motif.count_max)),
            "signalStrength": chance.percent(80).then(|| chance.between(weak, strong)),
            "basis": basis,
            "channel": channel,
            "policeReportMade": police_told(motif, chance),
            "problem": known.map(|trouble| trouble.id),
            "fire": fire(motif),
            "publicEvent": gathering(motif, date),
            "externalId": self.designation(chance),
            "description": text,
        });
        let area = (!nowhere).then_some(area);
        Observation { area, indicator: motif.indicator, sign: motif.sign, json }
    }

    fn date(&self, motif: &Motif, band: TimeBand, chance: &mut Chance) -> Date {
        let falls = |offset: i32, occasion: Occasion| occasion.includes(day(self.week, offset));
        if motif.sign.ahead() {
            let usual = if matches!(motif.beside, Beside::Gathering { .. }) { 5 } else { 4 };
            let of = |occasion| (3..10).find(|offset| falls(*offset, occasion));
            return day(self.week, motif.occasion.and_then(of).unwrap_or(usual));
        }
        let days = if matches!(band, TimeBand::Evening | TimeBand::Night) { EVENINGS } else { DAYS };
        let fits = |(offset, _): &(i32, u32)| {
            *offset <= self.until && motif.occasion.is_none_or(|occasion| falls(*offset, occasion))
        };
        let days: Vec<_> = days.into_iter().filter(fits).collect();
        day(self.week, chance.weighted(&days, |(_, weight)| *weight).map_or(-1, |(offset, _)| *offset))
    }

    /// The motif's own, and from its second year on the method's new one.
    fn subtypes(&self, motif: &Motif) -> Vec<&'static str> {
        let added = (self.number > ADAPTS && motif.subtypes.contains(&"unlawful_traffic")).then_some(ADDED);
        motif.subtypes.iter().copied().chain(added).collect()
    }

    /// The designation of the organisation's own system, where it has one.
    fn designation(&self, chance: &mut Chance) -> Option<String> {
        let Self { unit, week, .. } = self;
        let mark = chance.between(100, 999);
        let system = unit.organisation.system.is_some() && chance.percent(40);
        system.then(|| format!("{}/{week}/{mark}", unit.sketch.slug))
    }
}

impl Sign {
    pub(super) fn ahead(self) -> bool {
        matches!(self, Self::Ahead | Self::GoodAhead)
    }

    pub(super) fn good(self) -> bool {
        matches!(self, Self::Safety | Self::GoodAhead)
    }
}

/// What is said, and the place it is said of.
fn described(motif: &Motif, area: Area, chance: &mut Chance) -> (Option<String>, Option<Value>) {
    let text = chance.word(motif.texts);
    let places = (0_u8..).zip(area.sketch.places).filter(|(_, (_, ground))| motif.fits(*ground));
    let places: Vec<_> = places.map(|(number, (name, _))| (number, *name)).collect();
    let (number, name) = chance.pick(&places).copied().unwrap_or((0, area.sketch.name));
    let tail = chance.word(motif.tails);
    let said = format!("{} {tail}", text.replace("{plats}", name)).trim_end().to_owned();
    let point = chance.percent(40).then(|| area.sketch.point(number));
    let shown = text.contains("{plats}") && chance.percent(75);
    let (lighting, sightlines, footfall) = match motif.beside {
        Beside::Place { lighting, sightlines, footfall } => {
            (Some(lighting), Some(sightlines), Some(footfall))
        }
        Beside::Nothing | Beside::Fire { .. } | Beside::Gathering { .. } => (None, None, None),
    };
    let place = json!({
        "name": capitalised(name),
        "point": point,
        "lighting": lighting,
        "sightlines": sightlines,
        "footfall": footfall,
    });
    (chance.percent(90).then_some(said), shown.then_some(place))
}

fn at(band: TimeBand, chance: &mut Chance) -> Option<Time> {
    let from = match band {
        TimeBand::Night => 0,
        TimeBand::Morning => 6,
        TimeBand::Afternoon => 12,
        TimeBand::Evening => 18,
        TimeBand::Unknown => return None,
    };
    let hour = i8::try_from(from + chance.between(0, 5)).ok()?;
    let minute = i8::try_from(chance.between(0, 11) * 5).ok()?;
    Some(time(hour, minute, 0, 0))
}

fn told(motif: &Motif, kind: Kind, chance: &mut Chance) -> (Channel, Basis) {
    let rumour = motif.subtypes.contains(&"rumour");
    let heard = chance.percent(12);
    let counted = chance.percent(30);
    let form = if heard { Channel::HeardFromResidents } else { Channel::Checklist };
    let own = [(Kind::Police, Channel::PoliceExtract), (Kind::GuardCompany, Channel::GuardReport)];
    let channel = own.iter().find(|(its, _)| *its == kind).map_or(form, |(_, channel)| *channel);
    let basis = match channel {
        _ if rumour => Basis::Rumour,
        Channel::HeardFromResidents => Basis::Reported,
        Channel::PoliceExtract if counted => Basis::Statistics,
        Channel::Checklist | Channel::GuardReport | Channel::PoliceExtract if motif.sign == Sign::Ahead => {
            Basis::Reported
        }
        Channel::Checklist | Channel::GuardReport | Channel::PoliceExtract => Basis::Observed,
    };
    (channel, basis)
}

fn police_told(motif: &Motif, chance: &mut Chance) -> &'static str {
    let concern =
        [Indicator::Vandalism, Indicator::Fire, Indicator::OtherDisorder, Indicator::IncidentAgainstStaff];
    let concerned = motif.sign == Sign::Unease && concern.contains(&motif.indicator);
    if concerned { chance.word(&["yes", "yes", "no", "unknown"]) } else { "unknown" }
}

fn fire(motif: &Motif) -> Option<Value> {
    let Beside::Fire { major, arson, object } = motif.beside else { return None };
    let size = if major { "major" } else { "minor" };
    Some(json!({ "size": size, "suspectedArson": arson, "object": object }))
}

fn gathering(motif: &Motif, first_day: Date) -> Option<Value> {
    let Beside::Gathering { name, days, crowd } = motif.beside else { return None };
    let after = |offset: i32| {
        day(Week::of(first_day), offset + i32::from(first_day.weekday().to_monday_zero_offset()))
    };
    let lasts = |offset: &i32| motif.occasion.is_none_or(|occasion| occasion.includes(after(*offset)));
    let last_day = (0..days).take_while(lasts).last().map_or(first_day, after);
    Some(json!({ "name": name, "firstDay": first_day, "lastDay": last_day, "expectedCrowd": crowd }))
}

pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
