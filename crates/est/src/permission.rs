//! Rights: which function may do what, and how far it reaches. Nothing here comes from a token.

use crate::facts::Facts;
use crate::identity::{OrganisationId, ProgrammeId, Subject, UnitId};
use crate::refusal::{Refusal, refusals};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

refusals! {
    /// The caller holds no function in the programme: it does not exist for them.
    NO_SUCH_PROGRAMME = "programme.unknown", Unknown,
        "Det finns inget sådant program för dig.", "There is no such programme for you.";
    /// The caller holds a function, but not one that may do this.
    FUNCTION_MISSING = "function.missing", Forbidden,
        "Den funktion du innehar får inte göra detta. Vänd dig till en samordnare.",
        "The function you hold may not do this. Turn to a coordinator.";
}

/// What a function may be: the method's roles (R2, R9).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FunctionKind {
    /// Reports for a unit or a whole organisation (informant).
    Informant,
    /// Appoints an organisation's informants, hub coordinators and leadership readers, and keeps its units.
    OrganisationAdministrator,
    /// Compiles an organisation's or a hub's own situation (R36, R113).
    HubCoordinator,
    /// Runs the cycle and compiles the weekly picture (samordnare).
    Coordinator,
    /// Member of the steering group (styrgrupp).
    SteeringMember,
    /// Analyses over time.
    Analyst,
    /// Registers public records (registrator).
    Registrar,
    /// Leads an organisation and reads its picture.
    LeadershipReader,
    /// Elected representative; reads aggregates.
    PoliticianReader,
    /// Checks that the log can be trusted.
    Auditor,
}

impl FunctionKind {
    /// Whether the organisation itself appoints the holders. All others are the coordinators' to appoint:
    /// nobody gives themselves a right that reaches beyond their own organisation.
    pub fn appointed_within(self) -> bool {
        matches!(self, Self::Informant | Self::HubCoordinator | Self::LeadershipReader)
    }
}

/// Every kind of function, in the order of the permission matrix.
pub const FUNCTION_KINDS: &[FunctionKind] = &[
    FunctionKind::Informant,
    FunctionKind::OrganisationAdministrator,
    FunctionKind::HubCoordinator,
    FunctionKind::Coordinator,
    FunctionKind::SteeringMember,
    FunctionKind::Analyst,
    FunctionKind::Registrar,
    FunctionKind::LeadershipReader,
    FunctionKind::PoliticianReader,
    FunctionKind::Auditor,
];

/// Writes the rights as an enum, with the list of them all: none can be left out of the matrix.
macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// A right that a command or a query demands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
        pub enum Permission { $($(#[$doc])* $name),* }

        /// Every right, in the order of the permission matrix.
        pub const PERMISSIONS: &[Permission] = &[$(Permission::$name),*];
    };
}

permissions! {
    /// Open a programme; held by the operator, not by a function.
    OpenProgramme,
    ManageProgramme,
    ManageAreas,
    ManageOrganisations,
    ManageUnits,
    ManageFunctions,
    AppointHolders,
    RunCycle,
    SubmitReport,
    Remind,
    ManageProblems,
    Compile,
    EditPicture,
    AdoptPicture,
    DistributePicture,
    AcknowledgePicture,
    ManageDistribution,
    WriteAddendum,
    ReadProgramme,
    ReadReports,
    ReadReporting,
    ReadWeek,
    ReadProblems,
    ReadCompilations,
    ReadDraft,
    ReadPicture,
    ReadAddendum,
}

/// How far a right reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Extent {
    /// The holder's own unit or organisation.
    Own,
    /// The whole programme.
    Whole,
}

/// Whose matter a command is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Programme,
    /// The organisation as a whole.
    Organisation(OrganisationId),
    /// Anybody of the organisation, also who acts for one of its units alone.
    AnyoneOf(OrganisationId),
    Unit(OrganisationId, UnitId),
}

/// Who acts: somebody who holds functions, the operator of the service, or one of the service's own duties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Holder(Subject),
    Operator(Subject),
    Duty(&'static str),
}

impl Actor {
    pub fn name(&self) -> &str {
        match self {
            Self::Holder(subject) | Self::Operator(subject) => subject.as_str(),
            Self::Duty(name) => name,
        }
    }
}

/// The right to read, for one programme, as far as the caller's functions reach: no query works without one.
#[derive(Clone, Debug)]
pub struct Grant {
    pub programme: ProgrammeId,
    /// None: the whole programme; otherwise these organisations, and within them one unit where it is named.
    pub own: Option<Vec<(OrganisationId, Option<UnitId>)>>,
}

impl Grant {
    /// Whether it is for the organisation as a whole: a function of one unit is not.
    pub fn covers_organisation(&self, organisation: OrganisationId) -> bool {
        self.own.as_ref().is_none_or(|own| own.contains(&(organisation, None)))
    }

    /// Whether it is for the organisation or a part of it: enough for what is sent to the organisation.
    pub fn is_of(&self, organisation: OrganisationId) -> bool {
        self.own.as_ref().is_none_or(|own| own.iter().any(|(its, _)| *its == organisation))
    }

    pub fn covers_unit(&self, organisation: OrganisationId, unit: UnitId) -> bool {
        let covers = |(its, only): &(OrganisationId, Option<UnitId>)| {
            *its == organisation && only.is_none_or(|only| only == unit)
        };
        self.own.as_ref().is_none_or(|own| own.iter().any(covers))
    }
}

/// The matrix: what a function of a kind may do, and how far.
fn extent(kind: FunctionKind, permission: Permission) -> Option<Extent> {
    use Extent::{Own, Whole};
    use FunctionKind as F;
    use Permission as P;
    match permission {
        P::OpenProgramme => None,
        P::ReadProgramme => Some(Whole),
        P::ManageProgramme | P::ManageAreas | P::ManageOrganisations | P::ManageFunctions | P::RunCycle => {
            coordinator(kind)
        }
        P::Remind | P::ManageProblems | P::EditPicture | P::AdoptPicture | P::DistributePicture => {
            coordinator(kind)
        }
        P::ManageDistribution | P::ReadDraft => coordinator(kind),
        P::ManageUnits | P::AppointHolders => match kind {
            F::Coordinator => Some(Whole),
            F::OrganisationAdministrator => Some(Own),
            _ => None,
        },
        P::SubmitReport => (kind == F::Informant).then_some(Own),
        P::Compile => (kind == F::HubCoordinator).then_some(Own),
        P::WriteAddendum => matches!(kind, F::HubCoordinator | F::Coordinator).then_some(Own),
        P::ReadAddendum => {
            matches!(kind, F::HubCoordinator | F::Coordinator | F::Informant | F::LeadershipReader)
                .then_some(Own)
        }
        P::ReadReports => match kind {
            F::Coordinator | F::Analyst | F::Auditor => Some(Whole),
            F::Informant | F::OrganisationAdministrator | F::HubCoordinator => Some(Own),
            _ => None,
        },
        P::ReadReporting | P::ReadProblems => match kind {
            F::Informant | F::OrganisationAdministrator => Some(Own),
            F::PoliticianReader | F::Registrar => None,
            _ => Some(Whole),
        },
        P::ReadWeek => match kind {
            F::Informant | F::OrganisationAdministrator | F::Registrar => None,
            _ => Some(Whole),
        },
        P::ReadCompilations => match kind {
            F::Coordinator | F::Analyst | F::Auditor => Some(Whole),
            F::HubCoordinator => Some(Own),
            _ => None,
        },
        P::ReadPicture => match kind {
            F::PoliticianReader => None,
            F::Coordinator | F::Analyst | F::SteeringMember | F::Registrar | F::Auditor => Some(Whole),
            _ => Some(Own),
        },
        P::AcknowledgePicture => match kind {
            F::Informant
            | F::OrganisationAdministrator
            | F::HubCoordinator
            | F::LeadershipReader
            | F::Coordinator => Some(Own),
            _ => None,
        },
    }
}

fn coordinator(kind: FunctionKind) -> Option<Extent> {
    (kind == FunctionKind::Coordinator).then_some(Extent::Whole)
}

/// Whether a function of this kind may at all, for the documentation and the reviewed matrix.
pub fn may(kind: FunctionKind, permission: Permission) -> Option<&'static str> {
    extent(kind, permission).map(|extent| match extent {
        Extent::Own => "own",
        Extent::Whole => "all",
    })
}

/// Permits an act, or says why not; decided on the facts under the log's lock, so that it cannot be outrun.
pub fn permit(
    facts: &Facts,
    actor: &Actor,
    permission: Permission,
    reach: Reach,
    now: Timestamp,
) -> Result<(), Refusal> {
    let subject = match actor {
        Actor::Duty(_) => return Ok(()),
        Actor::Operator(_) if permission == Permission::OpenProgramme => return Ok(()),
        Actor::Operator(subject) | Actor::Holder(subject) => subject,
    };
    let granted = grant(facts, subject, permission, now)?;
    let covered = match reach {
        Reach::Programme => granted.own.is_none(),
        Reach::Organisation(organisation) => granted.covers_organisation(organisation),
        Reach::AnyoneOf(organisation) => granted.is_of(organisation),
        Reach::Unit(organisation, unit) => granted.covers_unit(organisation, unit),
    };
    covered.then_some(()).ok_or(FUNCTION_MISSING)
}

/// The grant that a subject's functions give for a permission at a moment.
pub fn grant(
    facts: &Facts,
    subject: &Subject,
    permission: Permission,
    now: Timestamp,
) -> Result<Grant, Refusal> {
    let mut holds_any = false;
    let mut own = None;
    for function in facts.held_by(subject, now) {
        holds_any = true;
        match extent(function.kind, permission) {
            Some(Extent::Whole) => return Ok(Grant { programme: facts.id(), own: None }),
            Some(Extent::Own) => {
                own.get_or_insert_with(Vec::new).push((function.organisation, function.unit))
            }
            None => {}
        }
    }
    match own {
        Some(own) => Ok(Grant { programme: facts.id(), own: Some(own) }),
        None if holds_any => Err(FUNCTION_MISSING),
        None => Err(NO_SUCH_PROGRAMME),
    }
}
