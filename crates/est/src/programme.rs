//! The programme: a municipality, district or area that works by the method; opened, prepared, activated
//! (R5, R120).

use crate::checklist::checklist;
use crate::decision::{Aggregate, Command, Situation};
use crate::event::Event as Any;
use crate::guard::GuardLists;
use crate::identity::{FunctionId, OrganisationId, Subject};
use crate::method::Method;
use crate::permission::Permission;
use crate::refusal::{Refusal, refusals};
use crate::text::Name;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

refusals! {
    ALREADY_OPENED = "programme.already-opened", Conflict,
        "Programmet är redan öppnat.", "The programme has been opened already.";
    NOT_OPENED = "programme.not-opened", Conflict,
        "Programmet är inte öppnat.", "The programme has not been opened.";
    ALREADY_ACTIVE = "programme.already-active", Conflict,
        "Programmet är redan aktivt.", "The programme is active already.";
    NOT_ACTIVE = "programme.not-active", Conflict,
        "Programmet är inte aktiverat än. Se checklistan under activation.",
        "The programme is not activated yet. See the checklist under activation.";
    CHECKLIST_UNMET = "programme.checklist-unmet", Conflict,
        "Checklistan är inte uppfylld. Se vad som återstår under activation.",
        "The checklist is not met. See what remains under activation.";
    METHOD_UNWORKABLE = "programme.method-unworkable", Conflict,
        "Metodversionens inställningar går inte att arbeta efter (kontrollera gränser och tidszon).",
        "The method version's settings cannot be worked by (check bounds and time zone).";
    METHOD_VERSION_TAKEN = "programme.method-version-taken", Conflict,
        "En metodversion med det namnet finns redan, med andra inställningar. Ge den nya ett eget namn.",
        "There is a method version of that name already, with other settings. Name the new one otherwise.";
    ORGANISATION_UNKNOWN = "programme.organisation-unknown", Conflict,
        "Verksamheten finns inte i programmet.", "The organisation is not one of the programme's.";
    FUNCTION_UNKNOWN = "programme.function-unknown", Conflict,
        "Funktionen finns inte i programmet.", "The function is not one of the programme's.";
}

/// There is one programme in a programme's log.
#[derive(Clone, Copy, Debug)]
pub struct Itself;

impl std::fmt::Display for Itself {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("itself")
    }
}

/// What a programme comprises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Municipality,
    District,
    Area,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The programme was opened.
    Opened { name: Name, scope: Scope, legal_basis: Name, method: Box<Method>, founder: Subject },
    /// A version of the method was adopted; earlier weeks keep theirs.
    MethodAdopted { method: Box<Method> },
    /// Which organisations take part in each meeting was decided.
    MeetingsDecided { meetings: Meetings },
    /// The form was entrusted to a function.
    FormEntrusted { function: FunctionId },
    /// An organisation's lawyer has looked at the work.
    LegalReviewRecorded { organisation: OrganisationId, reference: Name, reviewed_on: Date },
    /// What the programme adds to the guard was settled, as a whole.
    GuardListsSet(GuardLists),
    /// The programme was activated.
    Activated,
}

/// The organisations of each meeting (R63-R65).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Meetings {
    #[schema(min_items = 1, max_items = 50)]
    pub weekly: Vec<OrganisationId>,
    #[schema(min_items = 1, max_items = 50)]
    pub quarterly: Vec<OrganisationId>,
    #[schema(min_items = 1, max_items = 50)]
    pub annual: Vec<OrganisationId>,
}

/// How far the programme has come.
#[derive(Clone, Debug, Default)]
pub enum State {
    #[default]
    Unopened,
    Opened(Box<Preparation>),
    Active(Box<Preparation>),
}

/// What has been settled of the programme.
#[derive(Clone, Debug)]
pub struct Preparation {
    pub name: Name,
    pub scope: Scope,
    /// By what right the organisations work together (R12).
    pub legal_basis: Name,
    pub founder: Subject,
    /// The version in force.
    pub method: Method,
    /// All versions that were adopted, by name: earlier weeks keep theirs.
    pub versions: BTreeMap<Name, Method>,
    pub meetings: Meetings,
    pub form: Option<FunctionId>,
    /// Where each organisation's latest review is found, and when it was made.
    pub legal_reviews: BTreeMap<OrganisationId, (Name, Date)>,
    /// What it adds to the personal-data guard.
    pub guard_lists: GuardLists,
}

static HANDBOOK: LazyLock<Method> = LazyLock::new(Method::default);

impl State {
    pub fn method(&self) -> &Method {
        self.preparation().map_or(&HANDBOOK, |preparation| &preparation.method)
    }

    /// A version that was adopted, now or earlier.
    pub fn adopted(&self, version: &Name) -> Option<&Method> {
        self.preparation()?.versions.get(version)
    }

    pub fn preparation(&self) -> Option<&Preparation> {
        match self {
            Self::Unopened => None,
            Self::Opened(preparation) | Self::Active(preparation) => Some(preparation),
        }
    }

    pub fn active(&self) -> bool {
        matches!(self, Self::Active(_))
    }
}

impl Aggregate for State {
    const KIND: &'static str = "programme";
    type Key = Itself;
    type Event = Event;

    fn own(event: &Any) -> Option<&Event> {
        if let Any::Programme(event) = event { Some(event) } else { None }
    }

    fn evolve(self, event: &Event) -> Self {
        match (self, event) {
            (_, Event::Opened { name, scope, legal_basis, method, founder }) => {
                Self::Opened(Box::new(Preparation {
                    name: name.clone(),
                    scope: *scope,
                    legal_basis: legal_basis.clone(),
                    founder: founder.clone(),
                    method: (**method).clone(),
                    versions: BTreeMap::from([(method.version.clone(), (**method).clone())]),
                    meetings: Meetings::default(),
                    form: None,
                    legal_reviews: BTreeMap::new(),
                    guard_lists: GuardLists::default(),
                }))
            }
            (Self::Unopened, _) => Self::Unopened,
            (Self::Opened(preparation), Event::Activated) => Self::Active(preparation),
            (Self::Opened(preparation), event) => Self::Opened(prepared(preparation, event)),
            (Self::Active(preparation), event) => Self::Active(prepared(preparation, event)),
        }
    }
}

fn prepared(mut preparation: Box<Preparation>, event: &Event) -> Box<Preparation> {
    match event {
        Event::MethodAdopted { method } => {
            preparation.method.clone_from(method);
            preparation.versions.insert(method.version.clone(), (**method).clone());
        }
        Event::MeetingsDecided { meetings } => preparation.meetings.clone_from(meetings),
        Event::FormEntrusted { function } => preparation.form = Some(*function),
        Event::LegalReviewRecorded { organisation, reference, reviewed_on } => {
            preparation.legal_reviews.insert(*organisation, (reference.clone(), *reviewed_on));
        }
        Event::GuardListsSet(lists) => preparation.guard_lists.clone_from(lists),
        Event::Opened { .. } | Event::Activated => {}
    }
    preparation
}

/// Open a programme. Whoever is named founder may prepare it until it is activated, and stands in where a time comes
/// when nobody coordinates it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = OpenProgramme)]
pub struct Open {
    pub name: Name,
    pub scope: Scope,
    /// The statute or decision that the work rests on (R12).
    pub legal_basis: Name,
    /// The handbook's values when left out.
    #[serde(default)]
    pub method: Method,
    pub founder: Subject,
}

impl Command for Open {
    type State = State;
    const PERMISSION: Permission = Permission::OpenProgramme;

    fn decide(&self, state: State, _: &Situation<'_, Itself>) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Unopened if self.method.holds() => Ok(vec![Event::Opened {
                name: self.name.clone(),
                scope: self.scope,
                legal_basis: self.legal_basis.clone(),
                method: Box::new(self.method.clone()),
                founder: self.founder.clone(),
            }]),
            State::Unopened => Err(METHOD_UNWORKABLE),
            State::Opened(_) | State::Active(_) => Err(ALREADY_OPENED),
        }
    }
}

/// Adopt a version of the method.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(as = AdoptMethod)]
pub struct AdoptMethod(pub Method);

impl Command for AdoptMethod {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProgramme;

    fn decide(&self, state: State, _: &Situation<'_, Itself>) -> Result<Vec<Event>, Refusal> {
        let preparation = state.preparation().ok_or(NOT_OPENED)?;
        if !self.0.holds() {
            return Err(METHOD_UNWORKABLE);
        }
        // A name means the same settings for ever: the weeks that were opened under it point to it.
        if preparation.versions.get(&self.0.version).is_some_and(|known| *known != self.0) {
            return Err(METHOD_VERSION_TAKEN);
        }
        let changed = preparation.method != self.0;
        Ok(changed.then(|| Event::MethodAdopted { method: Box::new(self.0.clone()) }).into_iter().collect())
    }
}

/// Decide which organisations take part in the weekly, quarterly and annual meetings.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(as = DecideMeetings)]
pub struct DecideMeetings(pub Meetings);

impl Command for DecideMeetings {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProgramme;

    fn decide(&self, state: State, situation: &Situation<'_, Itself>) -> Result<Vec<Event>, Refusal> {
        let preparation = state.preparation().ok_or(NOT_OPENED)?;
        let mut named = self.0.weekly.iter().chain(&self.0.quarterly).chain(&self.0.annual);
        if !named.all(|organisation| situation.facts.organisations.contains_key(organisation)) {
            return Err(ORGANISATION_UNKNOWN);
        }
        let changed = preparation.meetings != self.0;
        Ok(changed.then(|| Event::MeetingsDecided { meetings: self.0.clone() }).into_iter().collect())
    }
}

/// Entrust the weekly form to a function.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EntrustForm {
    pub function: FunctionId,
}

impl Command for EntrustForm {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProgramme;

    fn decide(&self, state: State, situation: &Situation<'_, Itself>) -> Result<Vec<Event>, Refusal> {
        let preparation = state.preparation().ok_or(NOT_OPENED)?;
        let function =
            situation.facts.functions.get(&self.function).and_then(crate::function::State::established);
        function.ok_or(FUNCTION_UNKNOWN)?;
        let changed = preparation.form != Some(self.function);
        Ok(changed.then_some(Event::FormEntrusted { function: self.function }).into_iter().collect())
    }
}

/// Record that an organisation's lawyer has looked at the work (R130).
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordLegalReview {
    pub organisation: OrganisationId,
    /// Where the review is found, such as a registration number.
    pub reference: Name,
    #[schema(value_type = String, format = Date)]
    pub reviewed_on: Date,
}

impl Command for RecordLegalReview {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProgramme;

    fn decide(&self, state: State, situation: &Situation<'_, Itself>) -> Result<Vec<Event>, Refusal> {
        let preparation = state.preparation().ok_or(NOT_OPENED)?;
        if !situation.facts.organisations.contains_key(&self.organisation) {
            return Err(ORGANISATION_UNKNOWN);
        }
        let (organisation, reference, reviewed_on) =
            (self.organisation, self.reference.clone(), self.reviewed_on);
        let known = preparation.legal_reviews.get(&organisation);
        let same = known.is_some_and(|known| *known == (reference.clone(), reviewed_on));
        let recorded = Event::LegalReviewRecorded { organisation, reference, reviewed_on };
        Ok(if same { Vec::new() } else { vec![recorded] })
    }
}

/// Settle what the programme adds to the guard: its published numbers, and the names of its places (R131).
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(as = SetGuardLists)]
pub struct SetGuardLists(pub GuardLists);

impl Command for SetGuardLists {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProgramme;

    fn decide(&self, state: State, _: &Situation<'_, Itself>) -> Result<Vec<Event>, Refusal> {
        let preparation = state.preparation().ok_or(NOT_OPENED)?;
        let changed = preparation.guard_lists != self.0;
        Ok(changed.then(|| Event::GuardListsSet(self.0.clone())).into_iter().collect())
    }
}

/// Activate the programme: refused until the checklist is met.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ActivateProgramme)]
pub struct Activate {}

impl Command for Activate {
    type State = State;
    const PERMISSION: Permission = Permission::ManageProgramme;

    fn decide(&self, state: State, situation: &Situation<'_, Itself>) -> Result<Vec<Event>, Refusal> {
        let met = || checklist(situation.facts, situation.now).iter().all(|check| check.met);
        match state {
            State::Unopened => Err(NOT_OPENED),
            State::Active(_) => Err(ALREADY_ACTIVE),
            State::Opened(_) if met() => Ok(vec![Event::Activated]),
            State::Opened(_) => Err(CHECKLIST_UNMET),
        }
    }
}
