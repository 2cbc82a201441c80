//! A large programme as the method knows it: sixty reporting units, forty areas, and cycles for many years of weeks.

use anyhow::anyhow;
use est::decision::{Command, Order};
use est::permission::Actor;
use est::text::Gate;
use est::{
    Aggregate, AreaId, FunctionId, InterventionId, OrganisationId, ProblemId, Subject, UnitId, Week, area,
    cycle, function, intervention, organisation, prioritisation, problem, programme,
};
use event_log::{Expected, Rim, Submission, Writer};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::Arc;
use tokio::task::JoinSet;
use uuid::Uuid;

/// The informant of every large programme.
pub const INFORMANT: &str = "large-informant";
/// Its coordinator.
pub const COORDINATOR: &str = "large-coordinator";
/// Reporting units of a programme.
pub const UNITS: usize = 60;
const AREAS: usize = 40;

/// What a load is made of.
#[derive(Clone)]
pub struct Programme {
    pub id: Uuid,
    pub units: Vec<UnitId>,
    pub areas: Vec<AreaId>,
}

/// The week in which the units begin.
pub fn first_week() -> Week {
    Week::new(2000, 2).unwrap_or_else(|| Week::of(jiff::civil::date(2000, 1, 10)))
}

struct Hand<'a> {
    writer: &'a Writer,
    gate: Gate,
    programme: Uuid,
}

impl<'a> Hand<'a> {
    fn of(writer: &'a Writer, programme: Uuid) -> Self {
        let screen = |text: &str| personal_data::screen(text, &personal_data::Context::base());
        let gate = Gate { screen: Arc::new(screen), draw: Arc::new(rand::random) };
        Self { writer, gate, programme }
    }

    fn submission<C: Command>(
        &self,
        actor: Actor,
        key: <C::State as Aggregate>::Key,
        command: C,
    ) -> Submission {
        let opens = matches!(actor, Actor::Operator(_));
        Submission {
            programme: self.programme,
            opens,
            decision: Box::new(Order { actor, key, command }),
            texts: Vec::new(),
            trace: None,
            expected: Expected::Any,
            key: None,
            location: String::new(),
            rehearsal: false,
        }
    }

    async fn act<C: Command + DeserializeOwned>(
        &self,
        key: <C::State as Aggregate>::Key,
        body: Value,
    ) -> anyhow::Result<()> {
        let command = self.gate.guard(|| serde_json::from_value::<C>(body)).0?;
        self.submit(self.submission(Actor::Duty("large"), key, command)).await
    }

    async fn submit(&self, submission: Submission) -> anyhow::Result<()> {
        self.writer.submit(submission).await.map(drop).map_err(|reason| anyhow!("{reason:?}"))
    }
}

/// Opens, prepares and activates a programme, and opens so many weeks.
pub async fn prepare(writer: &Writer, rim: &dyn Rim, weeks: i32) -> anyhow::Result<Programme> {
    let hand = Hand::of(writer, rim.identity());
    let subject = |name: &str| Subject::new(name).ok_or_else(|| anyhow!("{name} is no subject"));
    let open = json!({ "name": "Storkommunen", "scope": "municipality",
        "legalBasis": "Lag 2023:196", "founder": COORDINATOR });
    let open = hand.gate.guard(|| serde_json::from_value::<programme::Open>(open)).0?;
    let operator = Actor::Operator(subject(COORDINATOR)?);
    hand.submit(hand.submission(operator, programme::Itself, open)).await?;
    let areas: Vec<AreaId> = (0..AREAS).map(|_| AreaId(rim.identity())).collect();
    for (number, area) in areas.iter().enumerate() {
        hand.act::<area::Draw>(*area, json!({ "name": format!("Område {number}") })).await?;
    }
    let (municipality, police) = (OrganisationId(rim.identity()), OrganisationId(rim.identity()));
    let join = |name: &str, kind: &str| json!({ "name": name, "kind": kind, "hub": true });
    hand.act::<organisation::Join>(municipality, join("Kommunen", "municipality")).await?;
    hand.act::<organisation::Join>(police, join("Polisen", "police")).await?;
    let units: Vec<UnitId> = (0..UNITS).map(|_| UnitId(rim.identity())).collect();
    for (number, unit) in units.iter().enumerate() {
        let area = areas.get(number % AREAS);
        let body = json!({ "name": format!("Enhet {number}"), "areas": [area], "from": first_week() });
        let add = hand.gate.guard(|| serde_json::from_value::<organisation::AddUnit>(body)).0?;
        let add = organisation::AddUnit { unit: Some(*unit), ..add };
        hand.submit(hand.submission(Actor::Duty("large"), municipality, add)).await?;
    }
    staff(&hand, rim, municipality, police).await?;
    open_weeks(writer, hand.programme, 0..weeks).await?;
    Ok(Programme { id: hand.programme, units, areas })
}

/// Functions, meetings, form and legal reviews: what the checklist asks for; then activation.
async fn staff(
    hand: &Hand<'_>,
    rim: &dyn Rim,
    municipality: OrganisationId,
    police: OrganisationId,
) -> anyhow::Result<()> {
    let mut form = None;
    for (kind, holder) in [("coordinator", COORDINATOR), ("informant", INFORMANT)] {
        let id = FunctionId(rim.identity());
        let establish = json!({ "kind": kind, "title": kind, "organisation": municipality });
        hand.act::<function::Establish>(id, establish).await?;
        hand.act::<function::AppointHolder>(id, json!({ "subject": holder, "kind": "system" })).await?;
        form = form.or(Some(id));
    }
    let all = [municipality, police];
    let meetings = json!({ "weekly": all, "quarterly": all, "annual": all });
    hand.act::<programme::DecideMeetings>(programme::Itself, meetings).await?;
    hand.act::<programme::EntrustForm>(programme::Itself, json!({ "function": form })).await?;
    for organisation in all {
        let review =
            json!({ "organisation": organisation, "reference": "KS 2026/1", "reviewedOn": "2026-01-05" });
        hand.act::<programme::RecordLegalReview>(programme::Itself, review).await?;
    }
    hand.act::<programme::Activate>(programme::Itself, json!({})).await
}

/// Opens weeks, counted from the first, many at once.
pub async fn open_weeks(writer: &Writer, programme: Uuid, weeks: Range<i32>) -> anyhow::Result<()> {
    let hand = Hand::of(writer, programme);
    let mut opened = JoinSet::new();
    for week in weeks {
        let submission = hand.submission(Actor::Duty("large"), first_week().plus(week), cycle::Open {});
        let writer = writer.clone();
        opened.spawn(async move { writer.submit(submission).await.map_err(|reason| anyhow!("{reason:?}")) });
        if week % 1_000 == 999 {
            while let Some(done) = opened.join_next().await {
                done??;
            }
        }
    }
    while let Some(done) = opened.join_next().await {
        done??;
    }
    Ok(())
}

/// Five years of reports are taken for given: decides the present quarter's areas, and makes so many interventions,
/// each against a problem of its own, begun today; answers the first.
pub async fn live_quarter(
    writer: &Writer,
    rim: &dyn Rim,
    programme: &Programme,
    interventions: usize,
) -> anyhow::Result<InterventionId> {
    let hand = Hand::of(writer, programme.id);
    let present = Week::of(rim.now().to_zoned(jiff::tz::TimeZone::UTC).date());
    let why = "Mest rapporterat.";
    let weighed = |area: &AreaId| json!({ "area": area, "need": 4, "influenceability": 3, "reason": why });
    let chosen: Vec<Value> = programme.areas.iter().take(3).map(weighed).collect();
    let next: Vec<Value> = programme.areas.iter().skip(3).take(2).map(weighed).collect();
    let first_week = present.plus(-8);
    let proposal = json!({ "lastWeek": present.plus(4), "chosen": chosen, "next": next });
    hand.act::<prioritisation::Propose>(first_week, proposal).await?;
    hand.act::<prioritisation::Decide>(first_week, json!({})).await?;
    let responsible = FunctionId(rim.identity());
    let (kind, organisation) = ("analyst", OrganisationId(rim.identity()));
    let join = json!({ "name": "Föreningen", "kind": "association", "hub": false });
    hand.act::<organisation::Join>(organisation, join).await?;
    let establish = json!({ "kind": kind, "title": kind, "organisation": organisation });
    hand.act::<function::Establish>(responsible, establish).await?;
    let made: Vec<InterventionId> = (0..interventions).map(|_| InterventionId(rim.identity())).collect();
    for (id, area) in made.iter().zip(programme.areas.iter().skip(3).cycle()) {
        let problem = ProblemId(rim.identity());
        let opens = json!({ "title": "Klotter", "indicator": "vandalism", "area": area,
            "firstWeek": present.plus(-9) });
        hand.act::<problem::Open>(problem, opens).await?;
        let plan = json!({
            "title": "Ny belysning", "area": area, "kind": "lighting", "problems": [problem],
            "mechanism": "Den som syns klottrar inte.", "horizon": { "short": { "until": present.plus(8) } },
            "outsideReason": "Beslutat sedan tidigare.",
        });
        hand.act::<intervention::Propose>(*id, plan).await?;
        let terms = json!({
            "expectations": [{ "indicator": "vandalism", "direction": "fewer", "percent": 30, "windowWeeks": 12 }],
            "responsible": responsible, "method": "Tio nya stolpar.", "reportBack": present.plus(9).day(1),
            "anchoring": "not_needed",
        });
        hand.act::<intervention::Decide>(*id, terms).await?;
        hand.act::<intervention::Start>(*id, json!({})).await?;
    }
    made.first().copied().ok_or_else(|| anyhow!("no intervention was wanted"))
}
