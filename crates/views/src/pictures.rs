//! The weekly picture: the draft that is being written, the editions adopted, and who has received them.

use crate::follow::{View, fold};
use crate::reading::{Reader, under};
use est::draft::Basis;
use est::event::Happened;
use est::picture::{Delivery, Event, StandingSection};
use est::section::{Section, SectionName};
use est::warning::{Acknowledged, Carried, Reason, Warning, Words};
use est::{AreaId, EntryId, Event as Any, Facts, Grant, OrganisationId, TextRef, Week};
use event_log::Fault;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is kept of a week's picture.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    draft: Option<Content>,
    /// What has been acknowledged of the draft's warnings, and of the edition's that it begins from.
    #[serde(default, skip_serializing_if = "Acknowledged::is_empty")]
    acknowledged: Acknowledged,
    adopted: Vec<Adopted>,
    version: i32,
}

/// What a picture says.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PictureContent)]
pub struct Content {
    /// From 1; a correction is a new edition.
    pub edition: u16,
    pub priorities: Vec<AreaId>,
    pub basis: Basis,
    #[schema(value_type = BTreeMap<String, WrittenSection>)]
    pub sections: BTreeMap<SectionName, WrittenSection>,
    /// Why this edition corrects the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<TextRef>,
}

/// A section as it stands, and how many times it has been edited: the number that the next edit is made on.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WrittenSection {
    pub edits: u32,
    pub content: Section<TextRef>,
}

/// An edition that was adopted.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AdoptedEdition)]
pub struct Adopted {
    #[schema(value_type = String, format = DateTime)]
    pub adopted_at: Timestamp,
    pub attended: Vec<OrganisationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub distributed_at: Option<Timestamp>,
    pub receipts: Vec<ReceiptOfPicture>,
    pub content: Content,
}

/// A recipient's copy, and when it was acknowledged.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptOfPicture {
    pub delivery: Delivery,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub acknowledged_at: Option<Timestamp>,
}

/// A week's picture, as far as the reader may see it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    pub week: Week,
    /// What is being written; only for those who write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<Content>,
    /// Every warning in the draft's texts; one without a reason stands in the way of adoption.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10_000)]
    pub warnings: Vec<DraftWarning>,
    /// The editions adopted, the latest first.
    pub editions: Vec<Adopted>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// A warning in a text of the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DraftWarning {
    /// The text's place in the picture (RFC 6901).
    #[schema(max_length = 200, example = "/draft/sections/overall-situation/content/text")]
    pub pointer: String,
    pub text: Uuid,
    #[serde(flatten)]
    pub warning: Warning,
    /// Why somebody has let it stand; absent while nobody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Reason>,
}

/// The view's table.
pub(crate) struct Pictures;

impl View for Pictures {
    const KIND: &'static str = "picture";
    const TABLE: &'static str = "picture_view";
    type Row = Row;

    fn apply(row: &mut Row, _: &str, happened: &Happened) {
        let Any::Picture(event) = &happened.event else { return };
        row.version = happened.version;
        match event {
            Event::Drafted { basis, priorities, sections } => {
                let written = |(name, content): &(SectionName, Section<TextRef>)| {
                    (*name, WrittenSection { edits: 0, content: content.clone() })
                };
                row.draft = Some(Content {
                    edition: 1,
                    priorities: priorities.clone(),
                    basis: basis.clone(),
                    sections: sections.iter().map(written).collect(),
                    correction: None,
                });
            }
            Event::Renewed { basis, priorities, sections } => {
                if let Some(draft) = &mut row.draft {
                    (draft.basis, draft.priorities) = (basis.clone(), priorities.clone());
                    let written = |its: &StandingSection| {
                        (its.section, WrittenSection { edits: its.edits, content: its.content.clone() })
                    };
                    draft.sections = sections.iter().map(written).collect();
                }
            }
            Event::SectionEdited { section, content, carried } => edit(row, *section, content, carried),
            Event::WarningAcknowledged(given) => row.acknowledged.note(given),
            Event::Adopted { attended, .. } => {
                let content = row.draft.take();
                row.adopted.extend(content.map(|content| Adopted {
                    adopted_at: happened.recorded_at,
                    attended: attended.clone(),
                    distributed_at: None,
                    receipts: Vec::new(),
                    content,
                }));
            }
            Event::Distributed { edition, deliveries } => {
                distribute(row, *edition, deliveries, happened.recorded_at);
            }
            Event::Acknowledged { edition, entry } => {
                acknowledge(row, *edition, *entry, happened.recorded_at);
            }
            Event::CorrectionBegun { edition, reason } => {
                let before = row.adopted.last().map(|adopted| adopted.content.clone());
                row.draft = before.map(|content| Content {
                    edition: *edition,
                    correction: Some(reason.clone()),
                    ..content
                });
            }
        }
    }
}

fn edit(row: &mut Row, section: SectionName, content: &Section<TextRef>, carried: &[Carried]) {
    if let Some(draft) = &mut row.draft {
        let before = draft.sections.get(&section);
        row.acknowledged.carry(before.map(|written| &written.content), carried);
        let edits = before.map_or(0, |written| written.edits);
        draft.sections.insert(section, WrittenSection { edits: edits + 1, content: content.clone() });
    }
}

fn distribute(row: &mut Row, edition: u16, deliveries: &[Delivery], at: Timestamp) {
    let copy = |delivery: &Delivery| ReceiptOfPicture { delivery: delivery.clone(), acknowledged_at: None };
    for adopted in row.adopted.iter_mut().filter(|adopted| adopted.content.edition == edition) {
        adopted.distributed_at = Some(at);
        adopted.receipts = deliveries.iter().map(copy).collect();
    }
}

fn acknowledge(row: &mut Row, edition: u16, entry: EntryId, at: Timestamp) {
    let editions = row.adopted.iter_mut().filter(|adopted| adopted.content.edition == edition);
    let receipts = editions.flat_map(|adopted| &mut adopted.receipts);
    receipts
        .filter(|receipt| receipt.delivery.entry == entry)
        .for_each(|receipt| receipt.acknowledged_at = Some(at));
}

/// The draft's warnings, in the order of its sections.
fn warnings(draft: &Content, acknowledged: &Acknowledged, facts: &Facts) -> Vec<DraftWarning> {
    let written = draft.sections.iter().flat_map(|(name, written)| {
        let texts = written.content.texts().into_iter();
        texts.map(move |(place, text)| (format!("/draft/sections/{name}/content{place}"), text))
    });
    let correction = draft.correction.iter().map(|text| ("/draft/correction".to_owned(), text));
    let told = |(pointer, text): (String, &TextRef)| {
        let all = acknowledged.of(text, facts).into_iter();
        let id = text.text_id;
        all.map(move |(warned, acknowledged)| DraftWarning {
            pointer: pointer.clone(),
            text: id,
            warning: warned.warning,
            acknowledged,
        })
    };
    written.chain(correction).flat_map(told).collect()
}

/// What of the row the grant may see: an organisation sees the editions sent to it, and its own receipts.
fn visible(row: Row, grant: &Grant, drafts: Option<&Facts>, week: Week) -> Option<Picture> {
    let mut editions = row.adopted;
    if grant.own.is_some() {
        for adopted in &mut editions {
            adopted.receipts.retain(|receipt| grant.is_of(receipt.delivery.organisation));
        }
        editions.retain(|adopted| !adopted.receipts.is_empty());
    }
    editions.reverse();
    let draft = row.draft.filter(|_| drafts.is_some());
    let told = draft.as_ref().zip(drafts).map(|(draft, facts)| warnings(draft, &row.acknowledged, facts));
    let warnings = told.unwrap_or_default();
    (draft.is_some() || !editions.is_empty()).then_some(Picture {
        week,
        draft,
        warnings,
        editions,
        version: row.version,
    })
}

impl Reader {
    /// A week's picture; with the draft, as the facts have its texts, for those who write it.
    pub async fn picture(
        &self,
        grant: &Grant,
        drafts: Option<&Facts>,
        week: Week,
    ) -> Result<Option<Picture>, Fault> {
        let row = self.one::<Pictures>(grant, &week.to_string()).await?;
        Ok(row.and_then(|row| visible(row, grant, drafts, week)))
    }

    /// The words under the warnings of a section of the draft, as they stand before it is edited.
    pub async fn warned_words(
        &self,
        grant: &Grant,
        facts: &Facts,
        week: Week,
        section: SectionName,
    ) -> Result<Vec<Words>, Fault> {
        let row = self.one::<Pictures>(grant, &week.to_string()).await?;
        let draft = row.and_then(|row| row.draft);
        let Some(written) = draft.and_then(|mut draft| draft.sections.remove(&section)) else {
            return Ok(Vec::new());
        };
        let warned: Vec<&TextRef> = written
            .content
            .texts()
            .into_iter()
            .map(|(_, text)| text)
            .filter(|text| !facts.warned(text).is_empty())
            .collect();
        let ids: Vec<Uuid> = warned.iter().filter_map(|text| facts.shown(text.text_id)).collect();
        let bodies = self.log().texts(grant.programme.0, &ids).await?;
        let words = |text: &TextRef| {
            let body = bodies.get(&facts.shown(text.text_id)?)?;
            Some(Words::of(facts.warned(text), body))
        };
        Ok(warned.into_iter().filter_map(words).flatten().collect())
    }

    /// The picture as it stood at a position, or at a time: folded from its own stream.
    pub async fn picture_as_of(
        &self,
        grant: &Grant,
        drafts: Option<&Facts>,
        week: Week,
        until: impl Fn(&Happened) -> bool,
    ) -> Result<Option<Picture>, Fault> {
        let mut events = self.log().stream(grant.programme.0, &format!("picture/{week}")).await?;
        events.retain(until);
        let mut rows = BTreeMap::new();
        fold::<Pictures>(&mut rows, &events);
        Ok(rows.into_values().next().and_then(|row| visible(row, grant, drafts, week)))
    }

    /// The last adopted edition of each week from one to another, and when it was adopted.
    pub(crate) async fn adopted_between(
        &self,
        grant: &Grant,
        (first, last): (Week, Week),
    ) -> Result<Vec<(Week, (u16, Timestamp))>, Fault> {
        let rows = self.many::<Pictures>(grant, &first.to_string()..&last.plus(1).to_string()).await?;
        let adopted = rows.into_iter().filter_map(|(key, row)| {
            let adopted = row.adopted.last()?;
            Some((key.parse().ok()?, (adopted.content.edition, adopted.adopted_at)))
        });
        Ok(adopted.collect())
    }

    /// The pictures of a year that the grant may see, by week.
    pub async fn pictures(
        &self,
        grant: &Grant,
        drafts: Option<&Facts>,
        year: i16,
    ) -> Result<Vec<Picture>, Fault> {
        let (from, to) = (format!("{year:04}-"), under(&format!("{year:04}")).1);
        let rows = self.many::<Pictures>(grant, &from..&to).await?;
        Ok(rows.into_iter().filter_map(|(key, row)| visible(row, grant, drafts, key.parse().ok()?)).collect())
    }
}
