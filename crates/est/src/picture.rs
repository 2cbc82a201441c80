//! The weekly picture (samlad lägesbild): drafted from the reports, written by several, adopted, distributed,
//! corrected.

mod delivery;
mod renewal;

use crate::cycle;
use crate::decision::{Aggregate, Command, Situation};
use crate::draft::{self, Basis};
use crate::event::Event as Any;
use crate::facts::Facts;
use crate::identity::{AreaId, EntryId, OrganisationId};
use crate::permission::Permission;
use crate::prioritisation;
use crate::refusal::{Refusal, refusals};
use crate::section::{Section, SectionName};
use crate::text::{FreeText, TextRef};
use crate::warning::{self, Acknowledged, Acknowledgement, Carried, Reason, Warned, Words};
use crate::week::Week;
pub use delivery::{Acknowledge, Delivery, Distribute};
pub use renewal::{Renew, StandingSection};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

refusals! {
    ALREADY_DRAFTED = "picture.already-drafted", Conflict,
        "Veckans lägesbild är redan påbörjad.", "The week's picture has been drafted already.";
    NO_DRAFT = "picture.no-draft", Conflict,
        "Det finns inget utkast att arbeta med.", "There is no draft to work on.";
    ALREADY_ADOPTED = "picture.already-adopted", Conflict,
        "Lägesbilden är redan fastställd. Rätta den genom en ny version.",
        "The picture has been adopted already. Correct it by a new version.";
    NOT_ADOPTED = "picture.not-adopted", Conflict,
        "Lägesbilden är inte fastställd.", "The picture has not been adopted.";
    PRIORITIES_DIFFER = "picture.priorities-differ", Conflict,
        "Styrgruppen har beslutat andra prioriterade områden för veckan.",
        "The steering group has decided on other prioritised areas for the week.";
    PRIORITIES_CHANGED = "picture.priorities-changed", Conflict,
        "Styrgruppen har ändrat veckans prioriterade områden sedan utkastet gjordes. Samla in utkastet på nytt.",
        "The steering group has changed the week's prioritised areas since the draft was made. Renew the draft.";
    PRIORITIES_MISCOUNTED = "picture.priorities-miscounted", Conflict,
        "Ange lika många olika prioriterade områden som metodversionen säger.",
        "Name as many different prioritised areas as the method version says.";
    AREA_UNKNOWN = "picture.area-unknown", Conflict,
        "Ett område finns inte i programmet.", "An area is not one of the programme's.";
    SECTION_MISPLACED = "picture.section-misplaced", Conflict,
        "Innehållet hör till ett annat avsnitt.", "The content belongs in another section.";
    SECTION_BROKEN = "picture.section-broken", Conflict,
        "Avsnittet nämner ett okänt område, en okänd verksamhet eller en tid som slutar före sin början.",
        "The section names an unknown area or organisation, or a time that ends before it starts.";
    SECTION_STALE = "picture.section-stale", Stale,
        "Någon annan har ändrat avsnittet sedan du läste det. Läs det igen och för in din text.",
        "Somebody else has edited the section since you read it. Read it again and put your text in.";
    SITUATION_MISSING = "picture.situation-missing", Conflict,
        "Läget i kommunen och i varje prioriterat område ska vara skrivet före fastställandet.",
        "The overall situation and that of each prioritised area must be written before adoption.";
    WARNING_UNKNOWN = "picture.warning-unknown", Conflict,
        "Ingen text i utkastet har den varningen. Läs utkastet igen; texten kan ha skrivits om.",
        "No text of the draft has that warning. Read the draft again; the text may have been rewritten.";
    WARNINGS_UNACKNOWLEDGED = "picture.warnings-unacknowledged", Conflict,
        "Texterna har varningar som ingen har tagit ställning till; findings säger var. Kvittera eller skriv om.",
        "The texts have warnings that nobody has answered; findings says where. Acknowledge or rewrite.";
    ALREADY_DISTRIBUTED = "picture.already-distributed", Conflict,
        "Den här versionen är redan utskickad.", "This edition has been distributed already.";
    NO_RECIPIENTS = "picture.no-recipients", Conflict,
        "Sändlistan är tom.", "The distribution list is empty.";
    ATTENDANT_UNKNOWN = "picture.attendant-unknown", Conflict,
        "En verksamhet som anges ha deltagit finns inte i programmet.",
        "An organisation that is said to have attended is not one of the programme's.";
    NOT_DELIVERED = "picture.not-delivered", Unknown,
        "Ingen lägesbild har skickats till den mottagaren.", "No picture has been sent to that recipient.";
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The draft was filled from the reports.
    Drafted { basis: Basis, priorities: Vec<AreaId>, sections: Vec<(SectionName, Section<TextRef>)> },
    /// The draft was gathered anew: its sections as they stand, with their numbers of edits.
    Renewed { basis: Basis, priorities: Vec<AreaId>, sections: Vec<StandingSection> },
    /// A section was edited; `carried` are the warnings that the edit left as they were.
    SectionEdited {
        section: SectionName,
        content: Section<TextRef>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        carried: Vec<Carried>,
    },
    /// Somebody let a warning of the draft stand, with a reason.
    WarningAcknowledged(Acknowledgement),
    /// An edition was adopted: a public record is drawn up.
    Adopted { edition: u16, attended: Vec<OrganisationId> },
    /// An edition was distributed to those on the list.
    Distributed { edition: u16, deliveries: Vec<Delivery> },
    /// A recipient acknowledged an edition and its use notice.
    Acknowledged { edition: u16, entry: EntryId },
    /// A correction was begun: a new edition, from what was adopted.
    CorrectionBegun { edition: u16, reason: TextRef },
}

/// How far the week's picture has come.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Undrafted,
    Draft(Edition),
    Adopted(Edition),
}

/// What stands in a picture, and who has received it.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// From 1; a correction is a new one.
    pub number: u16,
    pub basis: Basis,
    pub priorities: Vec<AreaId>,
    /// How many times each section has been edited, and what it says.
    pub sections: BTreeMap<SectionName, (u32, Section<TextRef>)>,
    /// Why this edition corrects the one before; readers see it too.
    pub correction: Option<TextRef>,
    /// What of its warnings has been acknowledged.
    pub acknowledged: Acknowledged,
    /// Who has received which edition, and whether they have acknowledged it.
    pub delivered: BTreeMap<(u16, EntryId), bool>,
}

impl Edition {
    fn written(&self, name: SectionName) -> bool {
        self.sections.get(&name).is_some_and(|(edits, _)| *edits > 0)
    }

    fn complete(&self) -> bool {
        let blocks = (1..).zip(&self.priorities).all(|(slot, _)| self.written(SectionName::Priority(slot)));
        blocks && self.written(SectionName::OverallSituation)
    }

    /// Whether other areas have been prioritised since it was drafted; a correction is of what held then.
    fn is_overtaken(&self, week: Week, facts: &Facts) -> bool {
        let decided = prioritisation::prioritised(facts, week);
        self.correction.is_none() && decided.is_some_and(|decided| decided != self.priorities)
    }

    /// The texts that the picture shows.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &TextRef> {
        let written = self.sections.values().flat_map(|(_, section)| section.texts());
        written.map(|(_, text)| text).chain(&self.correction)
    }

    /// The warnings of the texts that the picture shows, with the reasons that they were let stand.
    pub fn warned(&self, facts: &Facts) -> impl Iterator<Item = (Warned, Option<Reason>)> {
        self.texts().flat_map(|text| self.acknowledged.of(text, facts))
    }

    fn all_acknowledged(&self, facts: &Facts) -> bool {
        self.warned(facts).all(|(_, reason)| reason.is_some())
    }
}

impl Aggregate for State {
    const KIND: &'static str = "picture";
    type Key = Week;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Picture(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Drafted { basis, priorities, sections }) => Self::Draft(Edition {
                number: 1,
                basis: basis.clone(),
                priorities: priorities.clone(),
                sections: sections.iter().map(|(name, section)| (*name, (0, section.clone()))).collect(),
                ..Edition::default()
            }),
            (Self::Draft(edition), Event::Adopted { .. }) => Self::Adopted(edition),
            (Self::Adopted(edition), Event::CorrectionBegun { edition: number, reason }) => {
                Self::Draft(Edition { number: *number, correction: Some(reason.clone()), ..edition })
            }
            (Self::Draft(edition), event) => Self::Draft(changed(edition, event)),
            (Self::Adopted(edition), event) => Self::Adopted(changed(edition, event)),
            (Self::Undrafted, _) => Self::Undrafted,
        }
    }
}

fn changed(mut edition: Edition, event: &Event) -> Edition {
    match event {
        Event::SectionEdited { section, content, carried } => {
            let before = edition.sections.get(section);
            edition.acknowledged.carry(before.map(|(_, content)| content), carried);
            let edits = before.map_or(0, |(edits, _)| *edits);
            edition.sections.insert(*section, (edits + 1, content.clone()));
        }
        Event::Renewed { basis, priorities, sections } => {
            (edition.basis, edition.priorities) = (basis.clone(), priorities.clone());
            let standing = sections.iter().cloned();
            edition.sections = standing.map(|its| (its.section, (its.edits, its.content))).collect();
        }
        Event::WarningAcknowledged(given) => edition.acknowledged.note(given),
        Event::Distributed { edition: number, deliveries } => {
            edition.delivered.extend(deliveries.iter().map(|delivery| ((*number, delivery.entry), false)));
        }
        Event::Acknowledged { edition: number, entry } => {
            edition.delivered.insert((*number, *entry), true);
        }
        Event::Drafted { .. } | Event::Adopted { .. } | Event::CorrectionBegun { .. } => {}
    }
    edition
}

/// Draft the week's picture from the reports that have come.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DraftPicture)]
pub struct Draft {
    /// The prioritised areas, in the order of their blocks. Where the steering group has decided on the week's, they
    /// are taken from there, and may be left out here.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub priorities: Vec<AreaId>,
}

impl Command for Draft {
    type State = State;
    const PERMISSION: Permission = Permission::EditPicture;

    fn reads(&self, key: &Week) -> Vec<String> {
        vec![format!("report/{key}/")]
    }

    fn decide(&self, state: State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Draft(_) | State::Adopted(_) => return Err(ALREADY_DRAFTED),
            State::Undrafted => {}
        }
        let facts = situation.facts;
        cycle::opened(facts, *situation.key)?;
        let priorities = draft::priorities(&self.priorities, *situation.key, facts)?;
        let draft::Gathered { basis, sections } =
            draft::gather(*situation.key, situation.past, &priorities, facts);
        Ok(vec![Event::Drafted { basis, priorities, sections }])
    }
}

/// Edit one section of the draft: others may edit the rest at the same time.
#[derive(Clone, Debug)]
pub struct EditSection {
    pub section: SectionName,
    /// How many edits the section had when the writer read it.
    pub edits: u32,
    pub content: Section<FreeText>,
    /// The words under the warnings of what the writer read: those that stay as they were stay acknowledged.
    pub replaced: Vec<Words>,
}

impl Command for EditSection {
    type State = State;
    const PERMISSION: Permission = Permission::EditPicture;

    fn decide(&self, state: State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        let edition = match state {
            State::Undrafted => return Err(NO_DRAFT),
            State::Adopted(_) => return Err(ALREADY_ADOPTED),
            State::Draft(edition) => edition,
        };
        let blocks = edition.priorities.len();
        let misplaced = matches!(self.section, SectionName::Priority(slot) if usize::from(slot) > blocks);
        if misplaced || !self.content.belongs_in(self.section) {
            return Err(SECTION_MISPLACED);
        }
        if !self.content.holds(situation.facts) {
            return Err(SECTION_BROKEN);
        }
        let before = edition.sections.get(&self.section);
        if before.map_or(0, |(edits, _)| *edits) != self.edits {
            return Err(SECTION_STALE);
        }
        let texts = before.into_iter().flat_map(|(_, content)| content.texts());
        let theirs: Vec<_> =
            texts.flat_map(|(_, text)| edition.acknowledged.of(text, situation.facts)).collect();
        let carried = warning::carried(&self.replaced, &theirs, &self.content);
        let (section, content) = (self.section, self.content.recorded());
        Ok(vec![Event::SectionEdited { section, content, carried }])
    }
}

/// Adopt the draft: from then on it is a public record, and only a correction changes what is said.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AdoptPicture)]
pub struct Adopt {
    /// The organisations that took part in the weekly review.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub attended: Vec<OrganisationId>,
}

impl Command for Adopt {
    type State = State;
    const PERMISSION: Permission = Permission::AdoptPicture;

    fn decide(&self, state: State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        let known = |organisation| situation.facts.organisations.contains_key(organisation);
        match state {
            State::Undrafted => Err(NO_DRAFT),
            State::Adopted(_) => Err(ALREADY_ADOPTED),
            State::Draft(edition) if edition.is_overtaken(*situation.key, situation.facts) => {
                Err(PRIORITIES_CHANGED)
            }
            State::Draft(edition) if !edition.complete() => Err(SITUATION_MISSING),
            State::Draft(_) if !self.attended.iter().all(known) => Err(ATTENDANT_UNKNOWN),
            State::Draft(edition) if !edition.all_acknowledged(situation.facts) => {
                Err(WARNINGS_UNACKNOWLEDGED)
            }
            State::Draft(edition) => {
                Ok(vec![Event::Adopted { edition: edition.number, attended: self.attended.clone() }])
            }
        }
    }
}

/// Begin a correction of the adopted picture: a new edition, with the reason.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CorrectPicture)]
pub struct Correct {
    pub reason: FreeText,
}

impl Command for Correct {
    type State = State;
    const PERMISSION: Permission = Permission::EditPicture;

    fn decide(&self, state: State, _: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Undrafted | State::Draft(_) => Err(NOT_ADOPTED),
            State::Adopted(edition) => Ok(vec![Event::CorrectionBegun {
                edition: edition.number + 1,
                reason: self.reason.reference(),
            }]),
        }
    }
}
