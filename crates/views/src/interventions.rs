//! The interventions: their plans, terms and lives, and what about them asks for somebody's attention.

use crate::follow::{View, fold};
use crate::intervention_alerts::{Alert, alerts};
use crate::reading::Reader;
use est::analysis::Occasion;
use est::event::Happened;
use est::intervention::{Anchoring, Answers, Disposition, Event, Fidelity, Plan, State, Terms};
use est::{AreaId, Event as Any, Facts, Grant, InterventionId, TextRef, Week};
use event_log::Fault;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};

/// How far an intervention has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterventionStatus {
    Proposed,
    Declined,
    Decided,
    Active,
    Ended,
}

/// Something in an intervention's life, with when it was recorded.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifeEvent {
    pub at: Timestamp,
    #[serde(flatten)]
    pub what: What,
}

// One of several, each with its time: a schema that is all of a time and one of several is more than clients are made
// of.
impl utoipa::PartialSchema for LifeEvent {
    fn schema() -> RefOr<Schema> {
        let RefOr::T(Schema::OneOf(mut kinds)) = What::schema() else { return What::schema() };
        let moment = SchemaFormat::KnownFormat(KnownFormat::DateTime);
        let at = ObjectBuilder::new().schema_type(Type::String).format(Some(moment)).build();
        for kind in &mut kinds.items {
            if let RefOr::T(Schema::Object(object)) = kind {
                object.properties.insert("at".to_owned(), Schema::Object(at.clone()).into());
                object.required.push("at".to_owned());
            }
        }
        Schema::OneOf(kinds).into()
    }
}

impl utoipa::ToSchema for LifeEvent {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        What::schemas(schemas);
    }
}

/// What happened in an intervention's life.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "what", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[schema(as = LifeEventKind)]
pub enum What {
    Proposed,
    Decided,
    Declined {
        reason: TextRef,
    },
    AnchoringSettled {
        outcome: Anchoring,
        note: TextRef,
    },
    Started {
        week: Week,
    },
    ReportedBack {
        fidelity: Fidelity,
        done: TextRef,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deviation: Option<TextRef>,
    },
    FollowedUp {
        occasion: Occasion,
        answers: Box<Answers<TextRef>>,
    },
    DispositionDecided {
        week: Week,
        disposition: Disposition,
        reason: TextRef,
    },
}

/// What is kept of an intervention.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    pub(crate) plan: Arc<Plan<TextRef>>,
    pub(crate) status: InterventionStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) terms: Option<Arc<Terms<TextRef>>>,
    pub(crate) life: Arc<Vec<LifeEvent>>,
    version: i32,
}

/// An intervention as it stands.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Intervention {
    pub id: InterventionId,
    pub status: InterventionStatus,
    #[schema(value_type = Plan<TextRef>)]
    pub plan: Arc<Plan<TextRef>>,
    /// What was decided; absent while nothing is. The anchoring is as it stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Terms<TextRef>>)]
    pub terms: Option<Arc<Terms<TextRef>>>,
    /// All that has happened to it, in order.
    #[schema(value_type = Vec<LifeEvent>, max_items = 10_000)]
    pub life: Arc<Vec<LifeEvent>>,
    /// What asks for attention today.
    pub alerts: Vec<Alert>,
    /// The stream's version: the entity tag.
    pub version: i32,
}

/// What a reader asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    pub area: Option<AreaId>,
    pub status: Option<InterventionStatus>,
    /// Only those that ask for attention.
    pub alerts: bool,
    /// The right to see also those that are not to be shown until they have begun (R132).
    pub embargoed: Option<&'a Grant>,
}

/// The view's table.
pub(crate) struct Interventions;

impl View for Interventions {
    const KIND: &'static str = "intervention";
    const TABLE: &'static str = "intervention_view";
    type Row = Option<Row>;

    fn apply(row: &mut Option<Row>, _: &str, happened: &Happened) {
        let Any::Intervention(event) = &happened.event else { return };
        if let Event::Proposed { plan } = event {
            let (plan, status) = (Arc::new(plan.as_ref().clone()), InterventionStatus::Proposed);
            *row = Some(Row { plan, status, terms: None, life: Arc::default(), version: 0 });
        }
        if let Some(row) = row {
            let what = follow(row, event);
            Arc::make_mut(&mut row.life).push(LifeEvent { at: happened.recorded_at, what });
            row.version = happened.version;
        }
    }
}

fn follow(row: &mut Row, event: &Event) -> What {
    match event {
        Event::Proposed { .. } => What::Proposed,
        Event::Decided { terms } => {
            row.status = InterventionStatus::Decided;
            row.terms = Some(Arc::new(terms.as_ref().clone()));
            What::Decided
        }
        Event::Declined { reason } => {
            row.status = InterventionStatus::Declined;
            What::Declined { reason: reason.clone() }
        }
        Event::AnchoringSettled { outcome, note } => {
            if let Some(terms) = &mut row.terms {
                Arc::make_mut(terms).anchoring = *outcome;
            }
            What::AnchoringSettled { outcome: *outcome, note: note.clone() }
        }
        Event::Started { week } => {
            row.status = InterventionStatus::Active;
            What::Started { week: *week }
        }
        Event::ReportedBack { fidelity, done, deviation } => {
            What::ReportedBack { fidelity: *fidelity, done: done.clone(), deviation: deviation.clone() }
        }
        Event::FollowedUp { occasion, answers } => {
            What::FollowedUp { occasion: *occasion, answers: answers.clone() }
        }
        Event::DispositionDecided { week, disposition, reason } => {
            let ends = matches!(disposition, Disposition::Replace(_) | Disposition::End);
            if ends {
                row.status = InterventionStatus::Ended;
            }
            What::DispositionDecided { week: *week, disposition: *disposition, reason: reason.clone() }
        }
    }
}

impl Row {
    /// Not to be shown before it has begun, but to those who decide and those who answer for it.
    fn hidden(&self, facts: &Facts, right: Option<&Grant>) -> bool {
        let Some(terms) = self.terms.as_ref().filter(|terms| terms.embargo) else { return false };
        let function = facts.functions.get(&terms.responsible).and_then(|function| function.established());
        let seen = right.is_some_and(|right| {
            right.own.is_none() || function.is_some_and(|function| right.is_of(function.organisation))
        });
        self.started().is_none() && !seen
    }

    pub(crate) fn started(&self) -> Option<Week> {
        self.life
            .iter()
            .find_map(|event| if let What::Started { week } = event.what { Some(week) } else { None })
    }

    fn seen(
        &self,
        id: InterventionId,
        facts: &Facts,
        today: Date,
        wanted: Wanted<'_>,
    ) -> Option<Intervention> {
        let of_area = wanted.area.is_none_or(|area| self.plan.area == area);
        let of_status = wanted.status.is_none_or(|status| self.status == status);
        if !of_area || !of_status || self.hidden(facts, wanted.embargoed) {
            return None;
        }
        let alerts = alerts(self, facts, today);
        if wanted.alerts && alerts.is_empty() {
            return None;
        }
        let Self { plan, status, terms, life, version } = self.clone();
        Some(Intervention { id, status, plan, terms, life, alerts, version })
    }
}

impl Intervention {
    /// Whether it was thought of by the last of some weeks and not over before the first.
    pub(crate) fn lived_in(&self, facts: &Facts, (first, last): (Week, Week)) -> bool {
        let zone = facts.method().zone();
        let week_of = |event: &LifeEvent| Week::of(event.at.to_zoned(zone.clone()).date());
        let begun = self.life.first().is_some_and(|event| week_of(event) <= last);
        let over = matches!(self.status, InterventionStatus::Ended | InterventionStatus::Declined);
        begun && (!over || self.life.last().is_some_and(|event| week_of(event) >= first))
    }

    /// Whether what becomes of it was decided for one of some weeks.
    pub(crate) fn disposed_in(&self, (first, last): (Week, Week)) -> bool {
        self.life.iter().any(|event| {
            matches!(event.what, What::DispositionDecided { week, .. } if (first..=last).contains(&week))
        })
    }
}

impl Reader {
    /// The interventions that are wanted, the latest proposed first.
    pub async fn interventions(
        &self,
        grant: &Grant,
        (facts, today): (&Facts, Date),
        wanted: Wanted<'_>,
    ) -> Result<Vec<Intervention>, Fault> {
        let rows = self.intervention_rows(grant, facts).await?;
        let seen = rows.iter().filter_map(|(id, row)| row.seen(*id, facts, today, wanted));
        let mut all: Vec<Intervention> = seen.collect();
        all.sort_by_key(|its| (std::cmp::Reverse(its.life.first().map(|event| event.at)), its.id));
        Ok(all)
    }

    /// All rows that the facts know of: those that are kept at the facts' version, and the others read.
    async fn intervention_rows(
        &self,
        grant: &Grant,
        facts: &Facts,
    ) -> Result<Vec<(InterventionId, Arc<Row>)>, Fault> {
        let kept = |id: InterventionId| {
            let row = self.kept.interventions.get(&(grant.programme.0, id))?;
            (row.version == facts.version::<State>(&id)).then_some((id, row))
        };
        let (mut rows, mut lacking) = (Vec::new(), Vec::new());
        for id in facts.interventions.keys() {
            kept(*id).map_or_else(|| lacking.push(id.to_string()), |row| rows.push(row));
        }
        for (key, row) in self.several::<Interventions>(grant, &lacking).await? {
            if let (Ok(id), Some(row)) = (key.parse(), row.map(Arc::new)) {
                self.kept.interventions.insert((grant.programme.0, id), Arc::clone(&row));
                rows.push((id, row));
            }
        }
        Ok(rows)
    }

    pub async fn intervention(
        &self,
        grant: &Grant,
        (facts, today): (&Facts, Date),
        (id, embargoed): (InterventionId, Option<&Grant>),
    ) -> Result<Option<Intervention>, Fault> {
        let wanted = Wanted { embargoed, ..Wanted::default() };
        let row = self.one::<Interventions>(grant, &id.to_string()).await?.flatten();
        Ok(row.and_then(|row| row.seen(id, facts, today, wanted)))
    }

    /// As it stood at a position, or at a time: folded from its own stream, with the alerts of that day.
    pub async fn intervention_as_of(
        &self,
        grant: &Grant,
        (facts, today): (&Facts, Date),
        (id, embargoed): (InterventionId, Option<&Grant>),
        until: impl Fn(&Happened) -> bool,
    ) -> Result<Option<Intervention>, Fault> {
        let key = id.to_string();
        let mut events = self.log().stream(grant.programme.0, &format!("intervention/{key}")).await?;
        events.retain(until);
        let mut rows = BTreeMap::new();
        fold::<Interventions>(&mut rows, &events);
        let wanted = Wanted { embargoed, ..Wanted::default() };
        let row = rows.into_values().next().flatten();
        Ok(row.and_then(|row| row.seen(id, facts, today, wanted)))
    }
}
