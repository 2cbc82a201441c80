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

type Kinds = &'static [FunctionKind];

/// Writes the rights as an enum, with the list of them all and the matrix: none can be left out of it. After the name
/// stand the kinds of function that may in the whole programme, and those that may in their own unit or organisation.
/// Who is not named may not at all, so a new kind of function begins without rights.
macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident: $whole:expr, $own:expr;)*) => {
        /// A right that a command or a query demands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
        pub enum Permission { $($(#[$doc])* $name),* }

        /// Every right, in the order of the permission matrix.
        pub const PERMISSIONS: &[Permission] = &[$(Permission::$name),*];

        fn holders(permission: Permission) -> (Kinds, Kinds) {
            use FunctionKind::{
                Analyst, Auditor, Coordinator, HubCoordinator, Informant, LeadershipReader,
                OrganisationAdministrator, PoliticianReader, Registrar, SteeringMember,
            };
            match permission { $(Permission::$name => ($whole, $own)),* }
        }
    };
}

permissions! {
    /// Open a programme; held by the operator, not by a function.
    OpenProgramme: &[], &[];
    ManageProgramme: &[Coordinator], &[];
    ManageAreas: &[Coordinator], &[];
    ManageOrganisations: &[Coordinator], &[];
    ManageUnits: &[Coordinator], &[OrganisationAdministrator];
    ManageFunctions: &[Coordinator], &[];
    AppointHolders: &[Coordinator], &[OrganisationAdministrator];
    RunCycle: &[Coordinator], &[];
    SubmitReport: &[], &[Informant];
    Remind: &[Coordinator], &[];
    ManageProblems: &[Coordinator], &[];
    RecordAnalysis: &[Coordinator, Analyst], &[];
    ProposePriorities: &[Coordinator, SteeringMember], &[];
    DecidePriorities: &[SteeringMember], &[];
    /// Change the priorities for a time, and restore them.
    ChangePriorities: &[Coordinator, SteeringMember], &[];
    ProposeInterventions: &[Coordinator, SteeringMember, Analyst], &[];
    DecideInterventions: &[Coordinator, SteeringMember], &[];
    /// Begin an intervention and report back what was done.
    CarryOutInterventions: &[Coordinator], &[HubCoordinator, OrganisationAdministrator, Informant];
    FollowUpInterventions: &[Coordinator, Analyst], &[HubCoordinator];
    /// Give a citizen pledge, and end it.
    GivePledges: &[SteeringMember], &[];
    FollowUpPledges: &[Coordinator, SteeringMember], &[];
    Compile: &[], &[HubCoordinator];
    EditPicture: &[Coordinator], &[];
    AdoptPicture: &[Coordinator], &[];
    DistributePicture: &[Coordinator], &[];
    AcknowledgePicture: &[], &[Informant, OrganisationAdministrator, HubCoordinator, LeadershipReader, Coordinator];
    ManageDistribution: &[Coordinator], &[];
    WriteAddendum: &[], &[HubCoordinator, Coordinator];
    EraseText: &[Coordinator, Registrar], &[];
    SealText: &[Registrar], &[];
    HandleRescreening: &[Coordinator], &[HubCoordinator];
    ReadProgramme: FUNCTION_KINDS, &[];
    ReadReports: &[Coordinator, Analyst, Auditor], &[Informant, OrganisationAdministrator, HubCoordinator];
    ReadReporting:
        &[HubCoordinator, Coordinator, SteeringMember, Analyst, LeadershipReader, Auditor],
        &[Informant, OrganisationAdministrator];
    ReadWeek:
        &[HubCoordinator, Coordinator, SteeringMember, Analyst, LeadershipReader, PoliticianReader, Auditor],
        &[];
    ReadProblems:
        &[HubCoordinator, Coordinator, SteeringMember, Analyst, LeadershipReader, Auditor],
        &[Informant, OrganisationAdministrator];
    ReadAnalyses: &[HubCoordinator, Coordinator, SteeringMember, Analyst, Registrar, Auditor], &[];
    ReadPriorities: FUNCTION_KINDS, &[];
    ReadDigest:
        &[HubCoordinator, Coordinator, SteeringMember, Analyst, Registrar, LeadershipReader, Auditor],
        &[];
    /// Read what one's reports led to.
    ReadOutcomes: &[Coordinator, Analyst, Auditor], &[Informant, OrganisationAdministrator, HubCoordinator];
    ReadInterventions:
        &[
            Informant, OrganisationAdministrator, HubCoordinator, Coordinator, SteeringMember, Analyst, Registrar,
            LeadershipReader, Auditor,
        ],
        &[];
    /// Read also interventions under embargo; one's own organisation's are those that it answers for.
    ReadEmbargoed: &[Coordinator, SteeringMember, Registrar], &[Informant, OrganisationAdministrator, HubCoordinator];
    ReadPledges: FUNCTION_KINDS, &[];
    ReadCompilations: &[Coordinator, Analyst, Auditor], &[HubCoordinator];
    ReadDraft: &[Coordinator], &[];
    ReadPicture:
        &[Coordinator, Analyst, SteeringMember, Registrar, Auditor],
        &[Informant, OrganisationAdministrator, HubCoordinator, LeadershipReader];
    ReadAddendum: &[], &[HubCoordinator, Coordinator, Informant, LeadershipReader];
    /// Read any text by its id, to examine whether it may be erased or released.
    ReadText: &[Coordinator, Registrar], &[];
    /// Read also what is sealed.
    ReadSealed: &[Registrar], &[];
    ReadWarnings: &[Coordinator, Analyst, Auditor], &[];
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

/// An organisation, or one unit of it.
pub type Part = (OrganisationId, Option<UnitId>);

/// The right to read, for one programme, as far as the caller's functions reach: no query works without one.
#[derive(Clone, Debug)]
pub struct Grant {
    pub programme: ProgrammeId,
    /// None: the whole programme; otherwise these organisations, and within them one unit where it is named.
    pub own: Option<Vec<Part>>,
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
        let covers = |(its, only): &Part| *its == organisation && only.is_none_or(|only| only == unit);
        self.own.as_ref().is_none_or(|own| own.iter().any(covers))
    }
}

fn extent(kind: FunctionKind, permission: Permission) -> Option<Extent> {
    let (whole, own) = holders(permission);
    let own = || own.contains(&kind).then_some(Extent::Own);
    whole.contains(&kind).then_some(Extent::Whole).or_else(own)
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
                own.get_or_insert_with(Vec::new).push((function.organisation, function.unit));
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
