//! A draft gathered anew: reports and decisions that came after it was begun get their place, and nobody's words go.

use super::{ALREADY_ADOPTED, Edition, Event, NO_DRAFT, State};
use crate::decision::{Command, Situation};
use crate::draft::{self, Gathered};
use crate::identity::AreaId;
use crate::permission::Permission;
use crate::prioritisation;
use crate::refusal::Refusal;
use crate::section::{Gathering, OtherArea, Section, SectionName};
use crate::text::TextRef;
use crate::week::Week;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A section as it stands in a draft that was gathered anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StandingSection {
    pub section: SectionName,
    /// How many times it has been edited.
    pub edits: u32,
    pub content: Section<TextRef>,
}

type Sections = BTreeMap<SectionName, (u32, Section<TextRef>)>;

/// Gather the reports into the draft anew. What has been written stays; an area that is prioritised still keeps its
/// block, the words of one that is not go to the other areas, and what is new is added there and to the gatherings.
/// Their numbers of edits grow, so that whoever is writing there is told.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RenewDraft)]
pub struct Renew {
    /// The prioritised areas, where nobody but the drafter names them; as they were when left out.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub priorities: Vec<AreaId>,
}

impl Command for Renew {
    type State = State;
    const PERMISSION: Permission = Permission::EditPicture;

    fn reads(&self, key: &Week) -> Vec<String> {
        vec![format!("report/{key}/")]
    }

    fn decide(&self, state: State, situation: &Situation<'_, Week>) -> Result<Vec<Event>, Refusal> {
        let edition = match state {
            State::Undrafted => return Err(NO_DRAFT),
            State::Adopted(_) => return Err(ALREADY_ADOPTED),
            State::Draft(edition) => edition,
        };
        let (week, facts) = (*situation.key, situation.facts);
        let decided = prioritisation::prioritised(facts, week).is_some();
        let priorities = if self.priorities.is_empty() && !decided {
            edition.priorities.clone()
        } else {
            draft::priorities(&self.priorities, week, facts)?
        };
        let gathered = draft::gather(week, situation.past, &priorities, facts);
        let sections = renewed(&edition, &priorities, gathered.sections);
        let Gathered { basis, .. } = gathered;
        if (&basis, &priorities, &sections) == (&edition.basis, &edition.priorities, &edition.sections) {
            return Ok(Vec::new());
        }
        let standing = |(section, (edits, content))| StandingSection { section, edits, content };
        Ok(vec![Event::Renewed { basis, priorities, sections: sections.into_iter().map(standing).collect() }])
    }
}

/// The sections as they stand with what was gathered anew.
fn renewed(
    edition: &Edition,
    priorities: &[AreaId],
    gathered: Vec<(SectionName, Section<TextRef>)>,
) -> Sections {
    let kept = edition.sections.iter().filter_map(|(name, written)| {
        let slot = if let SectionName::Priority(slot) = name { Some(*slot) } else { None };
        let name = slot.map_or(Some(*name), |slot| moved(edition, slot, priorities));
        Some((name?, written.clone()))
    });
    let mut sections: Sections = kept.collect();
    for (name, new) in gathered {
        let (edits, written) =
            sections.get(&name).map_or((0, None), |(edits, content)| (*edits, Some(content)));
        if let SectionName::Priority(_) = name {
            // A block counts as written by its edits: what was only gathered has none.
            if edits == 0 {
                sections.insert(name, (0, new));
            }
            continue;
        }
        let mut content = match written.filter(|_| edits > 0) {
            Some(written) => joined(written, new, priorities),
            None => new,
        };
        if let Section::OtherAreas { areas } = &mut content {
            let left = left_over(edition, priorities);
            areas.retain(|row| row.text.is_some() || left.iter().all(|its| its.area != row.area));
            areas.extend(left);
        }
        if sections.get(&name).is_none_or(|(_, before)| *before != content) {
            sections.insert(name, (edits + 1, content));
        }
    }
    sections
}

/// The block that an area's words belong in now; none for an area that is prioritised no more.
fn moved(edition: &Edition, slot: u8, priorities: &[AreaId]) -> Option<SectionName> {
    let area = edition.priorities.get(usize::from(slot).checked_sub(1)?)?;
    let (slot, _) = (1..).zip(priorities).find(|(_, its)| *its == area)?;
    Some(SectionName::Priority(slot))
}

/// What was written in the blocks of areas that are prioritised no more, as rows of the other areas.
fn left_over(edition: &Edition, priorities: &[AreaId]) -> Vec<OtherArea<TextRef>> {
    let mut rows = Vec::new();
    for (slot, area) in (1..).zip(&edition.priorities).filter(|(_, area)| !priorities.contains(area)) {
        if let Some((1.., block)) = edition.sections.get(&SectionName::Priority(slot)) {
            let texts = block.texts().into_iter();
            rows.extend(texts.map(|(_, text)| OtherArea { area: *area, text: Some(text.clone()) }));
        }
    }
    rows
}

/// What has been written, with what is new beside it. A row without words goes when its area has a block of its own.
fn joined(written: &Section<TextRef>, new: Section<TextRef>, priorities: &[AreaId]) -> Section<TextRef> {
    match (written, new) {
        (Section::OtherAreas { areas }, Section::OtherAreas { areas: new }) => {
            let stays = |row: &&OtherArea<TextRef>| row.text.is_some() || !priorities.contains(&row.area);
            let mut joined: Vec<_> = areas.iter().filter(stays).cloned().collect();
            let added = new.into_iter().filter(|row| areas.iter().all(|its| its.area != row.area));
            joined.extend(added);
            Section::OtherAreas { areas: joined }
        }
        (Section::PublicEvents { events }, Section::PublicEvents { events: new }) => {
            let there = |one: &Gathering<TextRef>| {
                events.iter().any(|its| (&its.name, its.first_day) == (&one.name, one.first_day))
            };
            let added = new.into_iter().filter(|one| !there(one));
            Section::PublicEvents { events: events.iter().cloned().chain(added).collect() }
        }
        (written, _) => written.clone(),
    }
}
