//! What becomes of the guard's warnings, by class: a rule whose warnings are waved through is noise.

use crate::follow::View;
use crate::reading::Reader;
use est::event::Happened;
use est::picture::Event;
use est::section::{Section, SectionName};
use est::warning::{Carried, Warned};
use est::{Event as Any, Grant, TextRef};
use event_log::Fault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::mem;

/// What is kept of a week's picture: the warnings that stand in its texts, and how many have been written away.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    standing: Vec<Standing>,
    /// By class.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    rewritten: BTreeMap<String, u32>,
}

/// A warning that stands in a text of the picture. One that an edit leaves as it was is the same one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Standing {
    /// None: in the reason of a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    section: Option<SectionName>,
    warned: Warned,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    acknowledged: bool,
}

/// The view's table.
pub(crate) struct Warnings;

impl View for Warnings {
    const KIND: &'static str = "picture";
    const TABLE: &'static str = "warning_view";
    type Row = Row;

    fn apply(row: &mut Row, _: &str, happened: &Happened) {
        let Any::Picture(event) = &happened.event else { return };
        match event {
            Event::Drafted { sections, .. } => {
                for (name, section) in sections {
                    show(row, Some(*name), section.warned());
                }
            }
            Event::SectionEdited { section, content, carried } => edit(row, *section, content, carried),
            Event::WarningAcknowledged(given) => {
                let warned = given.warned();
                let named = row.standing.iter_mut().filter(|standing| standing.warned == warned);
                named.for_each(|standing| standing.acknowledged = true);
            }
            Event::CorrectionBegun { reason, .. } => show(row, None, Warned::of(reason)),
            Event::Adopted { .. } | Event::Distributed { .. } | Event::Acknowledged { .. } => {}
        }
    }
}

fn show(row: &mut Row, section: Option<SectionName>, warned: impl Iterator<Item = Warned>) {
    row.standing.extend(warned.map(|warned| Standing { section, warned, acknowledged: false }));
}

fn edit(row: &mut Row, section: SectionName, content: &Section<TextRef>, carried: &[Carried]) {
    let (replaced, kept) =
        mem::take(&mut row.standing).into_iter().partition(|standing| standing.section == Some(section));
    row.standing = kept;
    let mut before: Vec<Standing> = replaced;
    for warned in content.warned() {
        let from = carried.iter().find(|carried| carried.to == warned).map(|carried| &carried.from);
        let place = before.iter().position(|standing| Some(&standing.warned) == from);
        let acknowledged = place.is_some_and(|place| before.remove(place).acknowledged);
        row.standing.push(Standing { section: Some(section), warned, acknowledged });
    }
    for gone in before {
        *row.rewritten.entry(gone.warned.warning.class).or_default() += 1;
    }
}

/// What has become of the warnings of one class in the weekly pictures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WarningTally {
    /// What the guard warned of, by the name that its policy has for it.
    #[schema(max_length = 50)]
    pub class: String,
    /// Warnings that have stood in a picture's texts; one that an edit leaves as it was counts once.
    pub shown: u32,
    /// Let stand as it was, with a reason.
    pub acknowledged: u32,
    /// Written away.
    pub rewritten: u32,
    /// Not yet answered.
    pub outstanding: u32,
    /// Of those answered, the share let stand: near 1 the rule is noise, and its warnings are no longer read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1)]
    pub share_acknowledged: Option<f64>,
}

impl WarningTally {
    fn shared(self) -> Self {
        let answered = self.acknowledged + self.rewritten;
        let share = (answered > 0).then(|| f64::from(self.acknowledged) / f64::from(answered));
        Self { shown: answered + self.outstanding, share_acknowledged: share, ..self }
    }
}

impl Reader {
    /// What has become of the warnings in all weekly pictures, by class.
    pub async fn warnings(&self, grant: &Grant) -> Result<Vec<WarningTally>, Fault> {
        let mut tallies: BTreeMap<String, WarningTally> = BTreeMap::new();
        for (_, row) in self.many::<Warnings>(grant, "".."~").await? {
            for Standing { warned, acknowledged, .. } in row.standing {
                let tally = tallies.entry(warned.warning.class).or_default();
                *(if acknowledged { &mut tally.acknowledged } else { &mut tally.outstanding }) += 1;
            }
            for (class, count) in row.rewritten {
                tallies.entry(class).or_default().rewritten += count;
            }
        }
        let told = |(class, tally): (String, WarningTally)| WarningTally { class, ..tally.shared() };
        Ok(tallies.into_iter().map(told).collect())
    }
}
