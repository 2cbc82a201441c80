//! From reports to picture: hubs compile; the picture is drafted, written, adopted, distributed, acknowledged
//! and once corrected, while the cycle goes through its phases.

use super::Act;
use super::almanac::Almanac;
use super::chance::Chance;
use super::organisations::{HOUSING, POLICE, SAFETY};
use super::pen::{Pen, plain};
use super::preparation::Written;
use super::problems::Trouble;
use super::reports::{Comes, Plan};
use super::town::{Area, Town, subject};
use super::weeks::{Days, begin};
use super::wording::{self, Tally};
use est::compilation::{self, Compile};
use est::cycle::Phase;
use est::organisation::OrganisationKind as Kind;
use est::permission::Actor;
use est::picture::{Acknowledge, Adopt, Correct, Distribute, Draft, EditSection};
use est::section::{Section, SectionName};
use est::{FreeText, OrganisationId, Subject, Week, addendum};
use serde_json::{Value, json};

/// The week whose picture is corrected.
const CORRECTED: i32 = 61;

/// Who goes out on which evening, until when in the night, and in which of the prioritised areas.
struct Outing {
    slug: &'static str,
    weekday: i8,
    from: (i8, i8),
    until: (i8, i8),
    rank: usize,
}

const OUTINGS: [Outing; 6] = [
    Outing { slug: POLICE, weekday: 5, from: (20, 0), until: (2, 0), rank: 0 },
    Outing { slug: "falt", weekday: 5, from: (18, 30), until: (0, 30), rank: 1 },
    Outing { slug: "vakt", weekday: 5, from: (21, 0), until: (5, 0), rank: 2 },
    Outing { slug: POLICE, weekday: 6, from: (20, 0), until: (3, 0), rank: 1 },
    Outing { slug: "nattvandring", weekday: 6, from: (20, 30), until: (1, 0), rank: 0 },
    Outing { slug: "fritid", weekday: 6, from: (16, 0), until: (0, 0), rank: 2 },
];

pub(super) struct Painter<'a> {
    pub(super) town: &'a Town,
    pub(super) pen: &'a Pen<'a>,
    pub(super) almanac: &'a Almanac,
    pub(super) number: i32,
    pub(super) week: Week,
    pub(super) plans: &'a [Plan<'a>],
    pub(super) open: Vec<&'a Trouble>,
    /// In the order of their blocks.
    pub(super) priorities: Vec<Area>,
}

impl Painter<'_> {
    pub(super) fn week(&self, days: &mut Days<'_>, chance: &mut Chance) -> Written<()> {
        let coordinator = self.town.coordinator(self.number);
        let phase = |phase| begin(phase, self.week, coordinator);
        let priorities = &self.priorities;
        let mut compiled = self.compilations(chance)?;
        compiled.push(phase(Phase::Analysis));
        days.at(4, (9, 15), compiled);
        let draft = Draft { priorities: priorities.iter().map(|area| area.id).collect() };
        days.at(4, (9, 40), vec![plain(Actor::Holder(coordinator.clone()), self.week, draft)]);
        let sections = self.sections(priorities, chance);
        let mut edited = Vec::new();
        for (section, content) in sections {
            edited.push(self.edit(section, 0, content, coordinator)?);
        }
        edited.push(phase(Phase::Interventions));
        days.at(4, (10, 10), edited);
        let retouched = chance.percent(25);
        let mut second = vec![phase(Phase::FollowUp)];
        if retouched {
            let text = json!({ "kind": "overall_situation", "text": self.overall(priorities, chance) });
            second.push(self.edit(SectionName::OverallSituation, 1, text, coordinator)?);
        }
        days.at(4, (10, 50), second);
        self.send(4, (11, 0), (days, chance))?;
        let mut friday = self.acknowledgements(chance);
        friday.extend(self.addendum(priorities, chance)?);
        friday.push(phase(Phase::Feedback));
        days.at(5, (9, 0), friday);
        if self.number == CORRECTED {
            self.correct(1 + u32::from(retouched), priorities, (days, chance))?;
        }
        days.at(5, (15, 0), vec![phase(Phase::Closed)]);
        Ok(())
    }

    fn tally(&self, of: impl Fn(&Plan<'_>) -> bool) -> Tally<'_> {
        let came = self.plans.iter().filter(|plan| plan.comes != Comes::Never && of(plan));
        Tally::of(came.map(|plan| &plan.said), &self.open)
    }

    fn edit(&self, section: SectionName, edits: u32, content: Value, writer: &Subject) -> Written<Act> {
        let content = self.pen.write::<Section<FreeText>>(content)?;
        Ok(content
            .into(|content| EditSection { section, edits, content, replaced: Vec::new() })
            .by(writer, self.week))
    }

    fn overall(&self, priorities: &[Area], chance: &mut Chance) -> String {
        wording::overall(&self.tally(|_| true), self.week, priorities, chance)
    }

    /// What is written at the weekly review.
    fn sections(&self, priorities: &[Area], chance: &mut Chance) -> Vec<(SectionName, Value)> {
        let tally = self.tally(|_| true);
        let overall = json!({ "kind": "overall_situation", "text": self.overall(priorities, chance) });
        let mut sections = vec![(SectionName::OverallSituation, overall)];
        for (slot, area) in (1..).zip(priorities) {
            let block = json!({
                "kind": "priority",
                "situation": wording::situation(&tally, *area, chance),
                "interventions": wording::interventions(&tally, *area, chance),
            });
            sections.push((SectionName::Priority(slot), block));
        }
        let others =
            tally.areas().into_iter().filter(|area| !priorities.iter().any(|prior| prior.id == area.id));
        let other = |(rank, area): (usize, Area)| {
            let text = (rank < 4).then(|| wording::situation(&tally, area, chance));
            json!({ "area": area.id, "text": text })
        };
        let others: Vec<_> = others.enumerate().map(other).collect();
        sections.push((SectionName::OtherAreas, json!({ "kind": "other_areas", "areas": others })));
        if chance.percent(92) {
            let weather = json!({ "kind": "weekend_weather", "text": wording::weather(self.week, chance) });
            sections.push((SectionName::WeekendWeather, weather));
        }
        let important = wording::important(self.week, chance);
        if !important.is_empty() {
            let entries = json!({ "kind": "important_information", "entries": important });
            sections.push((SectionName::ImportantInformation, entries));
        }
        let deployments =
            json!({ "kind": "field_deployments", "deployments": self.deployments(priorities, chance) });
        sections.push((SectionName::FieldDeployments, deployments));
        sections
    }

    /// Who is out at the weekend, where, when and against what.
    fn deployments(&self, priorities: &[Area], chance: &mut Chance) -> Vec<Value> {
        let mut deployments = Vec::new();
        for Outing { slug, weekday, from, until, rank } in OUTINGS {
            let organisation = self.town.organisation(slug).map(|organisation| organisation.id);
            let area = priorities.get(rank).map(|area| area.id);
            if chance.percent(80) {
                deployments.push(json!({
                    "organisation": organisation,
                    "area": area,
                    "from": self.almanac.at(self.week, weekday, from),
                    "until": self.almanac.at(self.week, weekday + 1, until),
                    "worksAgainst": wording::works_against(slug, chance),
                }));
            }
        }
        deployments
    }

    /// Adopts and, a little later, distributes.
    fn send(
        &self,
        weekday: i8,
        (hour, minute): (i8, i8),
        (days, chance): (&mut Days<'_>, &mut Chance),
    ) -> Written<()> {
        let coordinator = self.town.coordinator(self.number);
        let weekly = [Kind::Municipality, Kind::Police, Kind::HousingCompany];
        let attends = |kind: Kind, chance: &mut Chance| weekly.contains(&kind) && chance.percent(95);
        let met = self.town.organisations.iter().filter(|its| attends(its.sketch.kind, chance));
        let attended: Vec<OrganisationId> = met.map(|organisation| organisation.id).collect();
        let adopted = self.pen.write::<Adopt>(json!({ "attended": attended }))?;
        days.at(weekday, (hour, minute), vec![adopted.by(coordinator, self.week)]);
        let distributed = plain(Actor::Holder(coordinator.clone()), self.week, Distribute {});
        days.at(weekday, (hour, minute + 20), vec![distributed]);
        Ok(())
    }

    /// Some of those who received the picture acknowledge it.
    fn acknowledgements(&self, chance: &mut Chance) -> Vec<Act> {
        let mut acts = Vec::new();
        for (entry, recipient) in &self.town.recipients {
            if let (Some(organisation), true) =
                (self.town.organisation(recipient.organisation), chance.percent(45))
            {
                let holder = Actor::Holder(organisation.administrator.clone());
                acts.push(plain(holder, self.week, Acknowledge { entry: *entry }));
            }
        }
        acts
    }

    /// The hubs' own compilations, most weeks.
    fn compilations(&self, chance: &mut Chance) -> Written<Vec<Act>> {
        let hubs = [
            (SAFETY, "demo-safety-coordinator"),
            (POLICE, "demo-police-coordinator"),
            (HOUSING, "demo-housing-coordinator"),
        ];
        let mut acts = Vec::new();
        for (slug, holder) in hubs {
            let Some(organisation) = self.town.organisation(slug) else { continue };
            if !chance.percent(87) {
                continue;
            }
            // The municipality's hub compiles for all who have none of their own.
            let own = |plan: &Plan<'_>| {
                let its = plan.look.unit.organisation;
                if slug == SAFETY { its.slug == slug || !its.hub } else { its.slug == slug }
            };
            let tally = self.tally(own);
            let areas: Vec<_> = tally.areas().into_iter().take(3).collect();
            let areas = areas.iter().map(
                |area| json!({ "area": area.id, "situation": wording::situation(&tally, *area, chance) }),
            );
            let areas: Vec<_> = areas.collect();
            let statement = json!({ "situation": wording::compiled(&tally, chance), "areas": areas });
            let by = subject(&format!("{holder}-{}", 1 + self.number.rem_euclid(2)))?;
            let key = compilation::Key { week: self.week, organisation: organisation.id };
            acts.push(self.pen.write::<Compile>(statement)?.by(&by, key));
        }
        Ok(acts)
    }

    /// The police write what only they shall see.
    fn addendum(&self, priorities: &[Area], chance: &mut Chance) -> Written<Option<Act>> {
        let Some(police) = self.town.organisation(POLICE) else { return Ok(None) };
        if !chance.percent(55) {
            return Ok(None);
        }
        let text = json!({ "text": wording::addendum(priorities, chance) });
        let key = addendum::Key { week: self.week, organisation: police.id };
        let written = self.pen.write::<addendum::Write>(text)?;
        Ok(Some(written.by(&subject("demo-police-coordinator-1")?, key)))
    }

    fn correct(
        &self,
        edits: u32,
        priorities: &[Area],
        (days, chance): (&mut Days<'_>, &mut Chance),
    ) -> Written<()> {
        let coordinator = self.town.coordinator(self.number);
        let reason = "Andelen lugna rapporter var felaktigt återgiven i texten om läget i kommunen.";
        let begun = self.pen.write::<Correct>(json!({ "reason": reason }))?;
        days.at(5, (10, 0), vec![begun.by(coordinator, self.week)]);
        let text = json!({ "kind": "overall_situation", "text": self.overall(priorities, chance) });
        days.at(5, (10, 20), vec![self.edit(SectionName::OverallSituation, edits, text, coordinator)?]);
        self.send(5, (10, 30), (days, chance))
    }
}
