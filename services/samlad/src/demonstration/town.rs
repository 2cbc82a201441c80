//! The invented town as it is founded: its areas, organisations, units and functions, each with its identity.

use super::Role;
use super::areas::{AREAS, AreaSketch, priorities};
use super::chance::Chance;
use super::organisations::{ORGANISATIONS, OrganisationSketch, UnitSketch};
use super::posts::{FOUNDER, LEAVING, POSTS, PostSketch};
use super::recipients::{RECIPIENTS, Recipient};
use est::function::HolderKind;
use est::permission::FunctionKind;
use est::{AreaId, EntryId, FunctionId, OrganisationId, ProgrammeId, Subject, UnitId};
use serde_json::json;

/// No Swedish municipality has the name.
pub(super) const NAME: &str = "Lysvinge kommun";

pub(super) struct Town {
    pub(super) programme: ProgrammeId,
    pub(super) areas: Vec<Area>,
    pub(super) organisations: Vec<Organisation>,
    pub(super) posts: Vec<Post>,
    pub(super) recipients: Vec<(EntryId, &'static Recipient)>,
    pub(super) founder: Subject,
    coordinators: [Subject; 2],
}

#[derive(Clone, Copy)]
pub(super) struct Area {
    pub(super) id: AreaId,
    pub(super) sketch: &'static AreaSketch,
}

pub(super) struct Organisation {
    pub(super) id: OrganisationId,
    pub(super) sketch: &'static OrganisationSketch,
    pub(super) units: Vec<Unit>,
    /// Who acknowledges what is sent to it.
    pub(super) administrator: Subject,
}

pub(super) struct Unit {
    pub(super) id: UnitId,
    pub(super) sketch: &'static UnitSketch,
    pub(super) organisation: &'static OrganisationSketch,
    pub(super) areas: Vec<Area>,
    pub(super) informants: [Subject; 2],
}

/// A function with those who hold it.
pub(super) struct Post {
    pub(super) id: FunctionId,
    pub(super) kind: FunctionKind,
    pub(super) title: String,
    pub(super) organisation: OrganisationId,
    pub(super) unit: Option<(UnitId, &'static UnitSketch)>,
    pub(super) holders: Vec<(Subject, HolderKind)>,
}

impl Town {
    pub(super) fn found(chance: &mut Chance) -> Result<Self, serde_json::Error> {
        let programme = ProgrammeId(chance.id());
        let areas: Vec<_> = AREAS.iter().map(|sketch| Area { id: AreaId(chance.id()), sketch }).collect();
        let mut organisations = Vec::new();
        for sketch in &ORGANISATIONS {
            organisations.push(Organisation::found(sketch, &areas, chance)?);
        }
        let mut posts = Vec::new();
        for organisation in &organisations {
            posts.extend(organisation.posts(chance)?);
        }
        let recipients = RECIPIENTS.iter().map(|recipient| (EntryId(chance.id()), recipient)).collect();
        let coordinators = [subject(FOUNDER)?, subject("demo-coordinator-2")?];
        Ok(Self {
            programme,
            areas,
            organisations,
            posts,
            recipients,
            founder: subject(FOUNDER)?,
            coordinators,
        })
    }

    pub(super) fn area(&self, name: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.sketch.name == name)
    }

    pub(super) fn organisation(&self, slug: &str) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.sketch.slug == slug)
    }

    pub(super) fn units(&self) -> impl Iterator<Item = &Unit> {
        self.organisations.iter().flat_map(|organisation| &organisation.units)
    }

    /// The units that are to report in a week of the story.
    pub(super) fn reporting(&self, number: i32) -> impl Iterator<Item = &Unit> {
        self.units().filter(move |unit| {
            let (from, until) = unit.sketch.reports;
            (from..until).contains(&number)
        })
    }

    pub(super) fn prioritised(&self, quarter: i32) -> Vec<Area> {
        priorities(quarter).iter().filter_map(|name| self.area(name).copied()).collect()
    }

    /// The coordinator of a week; the two share the weeks between them.
    pub(super) fn coordinator(&self, number: i32) -> &Subject {
        let [one, other] = &self.coordinators;
        if number % 4 < 2 { one } else { other }
    }

    /// The first function of a kind in an organisation.
    pub(super) fn post(&self, kind: FunctionKind, organisation: OrganisationId) -> Option<&Post> {
        self.posts.iter().find(|post| post.kind == kind && post.organisation == organisation)
    }

    /// Who holds what at the end of the story.
    pub(super) fn cast(&self) -> Vec<Role> {
        let name = |id: OrganisationId| {
            let its = self.organisations.iter().find(|organisation| organisation.id == id);
            its.map_or_else(String::new, |organisation| organisation.sketch.name.to_owned())
        };
        let closed = |post: &&Post| post.unit.is_some_and(|(_, unit)| unit.reports.1 < super::WEEKS);
        let posts = self.posts.iter().filter(|post| !closed(post));
        let held = posts.flat_map(|post| post.holders.iter().map(move |(subject, _)| (post, subject)));
        let mut cast: Vec<_> = held
            .filter(|(_, subject)| subject.as_str() != LEAVING)
            .map(|(post, subject)| Role {
                subject: subject.clone(),
                function: post.kind,
                organisation: name(post.organisation),
                unit: post.unit.map(|(id, _)| id),
                title: post.title.clone(),
            })
            .collect();
        // The functions that look over the whole first, the many informants last.
        cast.sort_by_key(|role| (role.function == FunctionKind::Informant, role.unit.is_some()));
        cast
    }
}

impl Organisation {
    fn found(
        sketch: &'static OrganisationSketch,
        areas: &[Area],
        chance: &mut Chance,
    ) -> Result<Self, serde_json::Error> {
        let id = OrganisationId(chance.id());
        let mut units = Vec::new();
        for unit in sketch.units {
            let its = |area: &&Area| unit.areas.contains(&area.sketch.name);
            let own = subject(&format!("demo-informant-{}", unit.slug))?;
            let second = match sketch.system {
                Some(system) => subject(system)?,
                None => subject(&format!("demo-informant-{}-2", unit.slug))?,
            };
            units.push(Unit {
                id: UnitId(chance.id()),
                sketch: unit,
                organisation: sketch,
                areas: areas.iter().filter(its).copied().collect(),
                informants: [own, second],
            });
        }
        let administrator = subject(&format!("demo-administrator-{}-1", sketch.slug))?;
        Ok(Self { id, sketch, units, administrator })
    }

    fn posts(&self, chance: &mut Chance) -> Result<Vec<Post>, serde_json::Error> {
        let mut posts = Vec::new();
        for sketch in POSTS.iter().filter(|post| post.organisation == self.sketch.slug) {
            posts.push(self.seat(sketch, chance)?);
        }
        let second = subject(&format!("demo-administrator-{}-2", self.sketch.slug))?;
        posts.push(Post {
            id: FunctionId(chance.id()),
            kind: FunctionKind::OrganisationAdministrator,
            title: format!("Kontaktfunktion EST, {}", self.sketch.name),
            organisation: self.id,
            unit: None,
            holders: [&self.administrator, &second]
                .map(|holder| (holder.clone(), HolderKind::Person))
                .to_vec(),
        });
        let of_second = if self.sketch.system.is_some() { HolderKind::System } else { HolderKind::Person };
        posts.extend(self.units.iter().map(|unit| {
            let [own, second] = unit.informants.clone();
            Post {
                id: FunctionId(chance.id()),
                kind: FunctionKind::Informant,
                title: format!("Informant, {}", unit.sketch.name),
                organisation: self.id,
                unit: Some((unit.id, unit.sketch)),
                holders: vec![(own, HolderKind::Person), (second, of_second)],
            }
        }));
        Ok(posts)
    }

    fn seat(&self, sketch: &PostSketch, chance: &mut Chance) -> Result<Post, serde_json::Error> {
        let holders = sketch.holders.iter().map(|holder| Ok((subject(holder)?, HolderKind::Person)));
        Ok(Post {
            id: FunctionId(chance.id()),
            kind: sketch.kind,
            title: sketch.title.to_owned(),
            organisation: self.id,
            unit: None,
            holders: holders.collect::<Result<_, serde_json::Error>>()?,
        })
    }
}

pub(super) fn subject(text: &str) -> Result<Subject, serde_json::Error> {
    serde_json::from_value(json!(text))
}
