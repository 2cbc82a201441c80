//! What becomes of the guard's warnings, by class: a rule whose warnings are waved through is noise.

use crate::follow::View;
use crate::reading::Reader;
use est::event::Happened;
use est::picture::{Event, StandingSection};
use est::section::{Section, SectionName};
use est::text::{self, Erasure};
use est::warning::{Carried, Warned};
use est::{Event as Any, Grant, TextRef};
use event_log::Fault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::mem;
use uuid::Uuid;

/// What is kept of a week's picture: the warnings that stand in its texts, and how many have been written away.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    /// The texts that the picture shows, and the section of each; none: the reason of a correction.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    texts: BTreeMap<Uuid, Option<SectionName>>,
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

    /// Also the row of the week that an erased text was shown in, if it was.
    fn keys(happened: &Happened) -> Vec<String> {
        let own = (happened.event.kind() == Self::KIND).then(|| happened.key());
        let erased =
            if let Any::Text(text::Event::Erased(erasure)) = &happened.event { Some(erasure) } else { None };
        let shown = erased.and_then(|erasure| week(&erasure.place.stream));
        own.or(shown).map(str::to_owned).into_iter().collect()
    }

    fn apply(row: &mut Row, _: &str, happened: &Happened) {
        if let (Any::Text(text::Event::Erased(erasure)), Ok(text)) = (&happened.event, happened.key().parse())
        {
            strike(row, text, erasure);
        }
        let Any::Picture(event) = &happened.event else { return };
        match event {
            Event::Drafted { sections, .. } => {
                for (name, section) in sections {
                    section.texts().into_iter().for_each(|(_, text)| show(row, Some(*name), text));
                }
            }
            Event::Renewed { sections, .. } => renew(row, sections),
            Event::SectionEdited { section, content, carried } => edit(row, *section, content, carried),
            Event::WarningAcknowledged(given) => {
                let warned = given.warned();
                let named = row.standing.iter_mut().filter(|standing| standing.warned == warned);
                named.for_each(|standing| standing.acknowledged = true);
            }
            Event::CorrectionBegun { reason, .. } => show(row, None, reason),
            Event::Adopted { .. } | Event::Distributed { .. } | Event::Acknowledged { .. } => {}
        }
    }
}

/// The week whose picture may show what came with a stream: a picture's own texts, and what it took up from reports.
fn week(stream: &str) -> Option<&str> {
    let report = || stream.strip_prefix("report/")?.split('/').next();
    stream.strip_prefix("picture/").or_else(report)
}

fn show(row: &mut Row, section: Option<SectionName>, text: &TextRef) {
    row.texts.insert(text.text_id, section);
    let standing = |warned| Standing { section, warned, acknowledged: false };
    row.standing.extend(Warned::of(text).map(standing));
}

fn edit(row: &mut Row, section: SectionName, content: &Section<TextRef>, carried: &[Carried]) {
    let (mut before, kept): (Vec<_>, Vec<_>) =
        mem::take(&mut row.standing).into_iter().partition(|standing| standing.section == Some(section));
    row.standing = kept;
    row.texts.retain(|_, shown| *shown != Some(section));
    content.texts().into_iter().for_each(|(_, text)| show(row, Some(section), text));
    for Carried { from, to, .. } in carried {
        let place = before.iter().position(|standing| standing.warned == *from);
        let acknowledged = place.is_some_and(|place| before.remove(place).acknowledged);
        let named = row.standing.iter_mut().filter(|standing| standing.warned == *to);
        named.for_each(|standing| standing.acknowledged = acknowledged);
    }
    for gone in before {
        *row.rewritten.entry(gone.warned.warning.class).or_default() += 1;
    }
}

/// The draft's sections stand anew: what has been let stand stays so, and what has gone was not rewritten.
fn renew(row: &mut Row, sections: &[StandingSection]) {
    let (before, kept): (Vec<_>, Vec<_>) =
        mem::take(&mut row.standing).into_iter().partition(|standing| standing.section.is_some());
    row.standing = kept;
    row.texts.retain(|_, shown| shown.is_none());
    for StandingSection { section, content, .. } in sections {
        content.texts().into_iter().for_each(|(_, text)| show(row, Some(*section), text));
    }
    for standing in row.standing.iter_mut().filter(|standing| standing.section.is_some()) {
        standing.acknowledged = before.iter().any(|its| its.warned == standing.warned && its.acknowledged);
    }
}

/// Of a text that was struck in, the warnings of what is left stand; the others were neither let stand nor rewritten.
fn strike(row: &mut Row, text: Uuid, erasure: &Erasure) {
    let Some(section) = row.texts.get(&text).copied() else { return };
    let (before, kept): (Vec<_>, Vec<_>) =
        mem::take(&mut row.standing).into_iter().partition(|standing| standing.warned.text == erasure.erased);
    row.standing = kept;
    let acknowledged = before.iter().filter(|standing| standing.acknowledged);
    let acknowledged: Vec<_> = acknowledged.filter_map(|standing| standing.warned.left(erasure)).collect();
    for warned in erasure.replacement.iter().flat_map(Warned::of) {
        let acknowledged = acknowledged.contains(&warned);
        row.standing.push(Standing { section, warned, acknowledged });
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
