//! A week's reports: when each unit's comes, who sends it, and what becomes of it.

use super::Act;
use super::almanac::Season;
use super::chance::Chance;
use super::observations::Look;
use super::pen::{Pen, plain};
use super::preparation::Written;
use super::problems::Trouble;
use super::statements::Said;
use super::town::Unit;
use est::indicator::Indicator;
use est::method::ReminderHour;
use est::organisation::OrganisationKind;
use est::permission::Actor;
use est::report::{Amend, Key, Remind, Submit, Withdraw};
use est::{AreaId, Subject, Week};
use serde_json::json;

/// When a report comes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Comes {
    Tuesday,
    Wednesday,
    /// On Thursday, after the deadline.
    Late,
    Never,
}

/// What becomes of a report that came in time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Stands,
    Amended,
    GivenAnew,
}

pub(super) struct Plan<'a> {
    pub(super) look: Look<'a>,
    pub(super) said: Said,
    pub(super) comes: Comes,
    then: Then,
    informant: &'a Subject,
}

const AMENDMENTS: [&str; 4] = [
    "Kompletterar med en iakttagelse som kom in efter att rapporten skickats.",
    "En kollega hade sett mer än vad som kom med från början.",
    "Fel uppgifter från början, nu rättat och kompletterat.",
    "Kvällspersonalens iakttagelser kom inte med.",
];
const WITHDRAWALS: [&str; 3] = [
    "Rapporten gällde fel vecka.",
    "Rapporten skickades av misstag innan alla hade lämnat sina uppgifter.",
    "Uppgifter från en annan enhet hade kommit med.",
];

impl<'a> Plan<'a> {
    pub(super) fn of(look: Look<'a>, troubles: &[&Trouble], chance: &mut Chance) -> Self {
        let missing = missing(look);
        let comes = match chance.between(0, 99) {
            drawn if drawn < missing => Comes::Never,
            drawn if drawn < missing + 6 => Comes::Late,
            drawn if drawn < missing + 18 => Comes::Wednesday,
            _ => Comes::Tuesday,
        };
        let look = Look { until: i32::from(comes != Comes::Tuesday), ..look };
        let then = match chance.between(0, 199) {
            0..4 if comes <= Comes::Wednesday => Then::Amended,
            4 if comes == Comes::Tuesday => Then::GivenAnew,
            _ => Then::Stands,
        };
        let [own, second] = &look.unit.informants;
        let informant = if chance.percent(75) { own } else { second };
        Self { look, said: Said::of(look, troubles, chance), comes, then, informant }
    }

    fn key(&self) -> Key {
        Key { week: self.look.week, unit: self.look.unit.id }
    }

    /// Whether the report is still awaited on the given day, once the earlier ones have come.
    pub(super) fn awaited(&self, before: Comes) -> bool {
        self.comes >= before || (self.then == Then::GivenAnew && before == Comes::Late)
    }

    pub(super) fn submit(&self, pen: &Pen<'_>) -> Written<Act> {
        Ok(pen.write::<Submit>(self.said.json(self.look))?.by(self.informant, self.key()))
    }

    pub(super) fn remind(&self, hour: i16, coordinator: &Subject) -> Act {
        let remind = Remind { hour: ReminderHour(hour) };
        plain(Actor::Holder(coordinator.clone()), self.key(), remind)
    }

    /// On Wednesday some take back what they sent.
    pub(super) fn take_back(&self, pen: &Pen<'_>, chance: &mut Chance) -> Written<Option<Act>> {
        if self.then != Then::GivenAnew {
            return Ok(None);
        }
        let reason = json!({ "reason": chance.word(&WITHDRAWALS) });
        Ok(Some(pen.write::<Withdraw>(reason)?.by(self.informant, self.key())))
    }

    /// On Thursday what was taken back is given anew, and some is amended.
    pub(super) fn mend(&mut self, pen: &Pen<'_>, chance: &mut Chance) -> Written<Option<Act>> {
        Ok(match self.then {
            Then::Stands => None,
            Then::GivenAnew => Some(self.submit(pen)?),
            Then::Amended => {
                let look = Look { until: 1, ..self.look };
                self.said = std::mem::take(&mut self.said).with_more(look, chance);
                let json = json!({ "reason": chance.word(&AMENDMENTS), "report": self.said.json(look) });
                Some(pen.write::<Amend>(json)?.by(self.informant, self.key()))
            }
        })
    }
}

/// How many times in a hundred the report does not come at all.
fn missing(look: Look<'_>) -> u32 {
    let closed =
        look.unit.organisation.kind == OrganisationKind::School && Season::of(look.week) == Season::Summer;
    look.unit.sketch.missing + if closed { 12 } else { 0 }
}

/// The units' looks back on a week.
pub(super) fn look<'a>(
    unit: &'a Unit,
    week: Week,
    (number, quarter): (i32, i32),
    eased: &'a [(AreaId, Indicator)],
) -> Look<'a> {
    Look { unit, week, number, quarter, until: 0, eased }
}
