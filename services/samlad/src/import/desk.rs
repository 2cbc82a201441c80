//! The importer's desk: weeks are taken up one by one, and what they come to is recorded through the writer.

use super::before::Before;
use super::comparing::{self, Compared, SaidAgain, Standing, Todo};
use super::items::{self, Made, Words};
use super::sorting::Observation;
use super::submitting::{self, Act, stopped};
use est::cycle::{self, Open};
use est::decision::stream;
use est::indicator::Indicator;
use est::item::{ExternalId, Ground, Item};
use est::organisation::Unit;
use est::report::{Amend, Key, State, Submit};
use est::text::{FreeText, Gate};
use est::{AreaId, Facts, UnitId, Week};
use event_log::{Expected, Fault, Log, NotRecorded, Writer};
use std::sync::Arc;
use uuid::Uuid;

/// The most items that the contract allows in a report.
pub(super) const ITEMS_MAX: usize = 200;
/// What the amendment of an earlier extract is explained by.
const REASON: &str = "Utdraget kompletterat";

pub(super) struct Desk {
    pub(super) writer: Writer,
    pub(super) log: Log,
    pub(super) before: Before,
    pub(super) gate: Gate,
    /// As they stood when the import began.
    pub(super) facts: Arc<Facts>,
    pub(super) programme: Uuid,
    pub(super) unit: (UnitId, Unit),
    /// Nothing is recorded.
    pub(super) rehearsal: bool,
}

/// What became of a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Submitted,
    Amended,
    /// Everything was there already.
    Unchanged,
    Left(Left),
    Failed(String),
}

/// Why a week was left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Left {
    NotReporting,
    Skipped,
    OffBeat,
    ReportedOtherwise,
}

/// A row that was brought in.
pub(super) struct Imported {
    pub(super) indicator: Indicator,
    pub(super) area: Option<AreaId>,
    pub(super) words: Words,
}

/// A week that has been taken up.
pub(super) struct Done {
    pub(super) week: Week,
    pub(super) rows: usize,
    pub(super) outcome: Outcome,
    pub(super) imported: Vec<Imported>,
    /// Rows that stand in another week already.
    pub(super) moved: Vec<ExternalId>,
    /// Rows that say something else than when they were brought in.
    pub(super) changed: Vec<ExternalId>,
    /// Whether the week was opened for it.
    pub(super) opened: bool,
}

/// What became of a week that nothing stood in the way of, with the rows that are new and those that are not as they
/// were.
struct Brought {
    outcome: Outcome,
    imported: Vec<Imported>,
    changed: Vec<ExternalId>,
}

/// What became of what was new in a week.
type New = (Outcome, Vec<Imported>);

/// What is about to be recorded of a week, when nothing stood in the way.
struct Ready {
    items: Vec<Item<FreeText>>,
    texts: Vec<FreeText>,
    imported: Vec<Imported>,
}

impl Desk {
    /// Takes up a week; whatever stands in its way is its own matter and no other week's.
    pub(super) async fn take_up(&self, week: Week, rows: Vec<Observation>) -> Done {
        let count = rows.len();
        let (moved, rows): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| self.before.stands_elsewhere(row, week));
        let brought = match self.left(week) {
            Some(left) => Err(Outcome::Left(left)),
            None => self.bring_in(week, rows).await,
        };
        let stopped = |outcome| (Brought { outcome, imported: Vec::new(), changed: Vec::new() }, Vec::new());
        let (brought, moved) = brought.map_or_else(stopped, |brought| (brought, moved));
        let Brought { outcome, imported, changed } = brought;
        let moved = moved.into_iter().map(|row| row.row.id).collect();
        let opened = outcome == Outcome::Submitted && !self.is_open(week);
        Done { week, rows: count, outcome, imported, moved, changed, opened }
    }

    fn left(&self, week: Week) -> Option<Left> {
        if !self.unit.1.reports_in(week) {
            return Some(Left::NotReporting);
        }
        matches!(self.facts.cycles.get(&week), Some(cycle::State::Skipped(_))).then_some(Left::Skipped)
    }

    async fn bring_in(&self, week: Week, rows: Vec<Observation>) -> Result<Brought, Outcome> {
        let key = Key { week, unit: self.unit.0 };
        let past = self.log.stream(self.programme, &stream::<State>(&key)).await;
        let past = past.map_err(|fault| unread(&fault))?;
        let (reported, version) = comparing::reported(&past);
        let Compared { todo, changed } = comparing::compare(reported, rows);
        let (outcome, imported) = match todo {
            Todo::Nothing => (Outcome::Unchanged, Vec::new()),
            Todo::Leave => return Err(Outcome::Left(Left::ReportedOtherwise)),
            Todo::Submit(new) => self.give(key, version, &new).await?,
            Todo::Amend { standing, new } => self.amend(key, version, standing, &new).await?,
        };
        Ok(Brought { outcome, imported, changed })
    }

    async fn give(&self, key: Key, version: i32, new: &[Observation]) -> Result<New, Outcome> {
        let Ready { items, texts, imported } = self.ready(new, 0)?;
        self.open(key.week, &items).await?;
        if self.rehearsal && !self.is_open(key.week) {
            // The week has only been opened in thought, and a report in it cannot be rehearsed.
            return Ok((Outcome::Submitted, imported));
        }
        let act = Act { texts, expected: Expected::Any, request: submitting::request(version, new) };
        let own = self.submit(key, self.report(items), act).await.map_err(stopped)?;
        Ok(if own { (Outcome::Submitted, imported) } else { (Outcome::Unchanged, Vec::new()) })
    }

    async fn amend(
        &self,
        key: Key,
        version: i32,
        standing: Standing,
        new: &[Observation],
    ) -> Result<New, Outcome> {
        let Ready { items, mut texts, imported } = self.ready(new, standing.items.len())?;
        let (report, again) = self.completed(standing, items).await?;
        let reason = items::admit(REASON, &self.gate).map_err(|_words| failed("skälet stoppades"))?;
        texts.extend(again);
        texts.push(reason.clone());
        // What is said again was read at this version; whoever has changed it since must not be overruled.
        let expected = Expected::Version(version);
        let act = Act { texts, expected, request: submitting::request(version, new) };
        let own = self.submit(key, Amend { reason, report }, act).await.map_err(stopped)?;
        Ok(if own { (Outcome::Amended, imported) } else { (Outcome::Unchanged, Vec::new()) })
    }

    fn ready(&self, new: &[Observation], standing: usize) -> Result<Ready, Outcome> {
        let count = new.len() + standing;
        if count > ITEMS_MAX {
            return Err(failed(&format!("{count} poster, men en veckorapport rymmer högst {ITEMS_MAX}")));
        }
        let mut ready = Ready { items: Vec::new(), texts: Vec::new(), imported: Vec::new() };
        for observation in new {
            let Made { item, text, words } = items::make(observation, &self.gate);
            ready.imported.push(Imported { indicator: item.indicator, area: item.area, words });
            ready.items.push(item);
            ready.texts.extend(text);
        }
        Ok(ready)
    }

    fn is_open(&self, week: Week) -> bool {
        cycle::opened(&self.facts, week).is_ok()
    }

    /// Opens the week, so that history can be brought in; what would be refused in it must not leave it open.
    async fn open(&self, week: Week, items: &[Item<FreeText>]) -> Result<(), Outcome> {
        if self.is_open(week) {
            return Ok(());
        }
        let facts = &*self.facts;
        let ground = Ground::of(facts, facts.method_of(week), true);
        let checked = items.iter().try_for_each(|item| item.check(&ground));
        checked.map_err(|refusal| failed(refusal.swedish))?;
        let act = Act { texts: Vec::new(), expected: Expected::Any, request: submitting::opening(week) };
        match self.submit(week, Open {}, act).await {
            // Somebody else has opened it meanwhile; if it was skipped, the report is refused.
            Err(NotRecorded::Refused(refusal)) if refusal == cycle::ALREADY_OPENED => Ok(()),
            opened => opened.map(|_| ()).map_err(stopped),
        }
    }

    fn report(&self, items: Vec<Item<FreeText>>) -> Submit {
        let (calm_areas, still_there) = (Vec::new(), Vec::new());
        Submit { unit: self.unit.0, calm: false, items, calm_areas, still_there, fill_seconds: None }
    }

    /// The report as it stands with the new items, and the texts that were admitted again.
    async fn completed(
        &self,
        standing: Standing,
        new: Vec<Item<FreeText>>,
    ) -> Result<(Submit, Vec<FreeText>), Outcome> {
        let Standing { items, calm_areas, still_there } = standing;
        let ids: Vec<Uuid> =
            items.iter().filter_map(|item| Some(item.description.as_ref()?.text_id)).collect();
        // Of a text in which something was struck what is left is said again; one that is sealed is not.
        let shown: Vec<(Uuid, Uuid)> =
            ids.into_iter().filter_map(|id| Some((id, self.facts.shown(id)?))).collect();
        let kept: Vec<Uuid> = shown.iter().map(|(_, kept)| *kept).collect();
        let bodies = self.log.texts(self.programme, &kept).await;
        let bodies = bodies.map_err(|fault| unread(&fault))?;
        let said = |(id, kept): (Uuid, Uuid)| Some((id, bodies.get(&kept)?.clone()));
        let bodies = shown.into_iter().filter_map(said).collect();
        let again = comparing::said_again(&items, &bodies, &self.gate);
        // Rather no new rows than an old text lost: the error itself could quote the text.
        let lost = |_| failed("en tidigare text stoppas numera av personuppgiftsskyddet");
        let SaidAgain { items, texts } = again.map_err(lost)?;
        let items = items.into_iter().chain(new).collect();
        Ok((Submit { calm_areas, still_there, ..self.report(items) }, texts))
    }
}

fn failed(reason: &str) -> Outcome {
    Outcome::Failed(reason.to_owned())
}

fn unread(fault: &Fault) -> Outcome {
    failed(&format!("{fault}; kör importen igen"))
}
