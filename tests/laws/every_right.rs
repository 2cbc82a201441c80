//! What rights reach: nothing for strangers and for those whose time has ended, one's own organisation where
//! the matrix says own, the programme where it says all.

use crate::acts::{Step, acts};
use crate::cast::*;
use crate::given::{Programme, actor, read, subject};
use crate::lives::{life, step};
use est::permission::{
    FUNCTION_KINDS, FUNCTION_MISSING, FunctionKind, NO_SUCH_PROGRAMME, Reach, may, permit,
};
use est::{FunctionId, OrganisationId, Permission, Refusal, UnitId, function};
use proptest::prelude::*;
use serde_json::json;
use tests::permissions::PERMISSIONS;
use uuid::Uuid;

/// No act ever concerns it.
const OUTSIDE: OrganisationId = OrganisationId(Uuid::from_u128(0xC9));

fn established(
    programme: Programme,
    kind: FunctionKind,
    at: OrganisationId,
    unit: Option<UnitId>,
) -> Programme {
    let id = post(kind);
    let establish = function::Establish { kind, ..establishing("informant", at, unit) };
    programme.given("duty", id, establish).given("duty", id, appointing("holder"))
}

fn post(kind: FunctionKind) -> FunctionId {
    let number = FUNCTION_KINDS.iter().take_while(|other| **other != kind).count();
    FunctionId(Uuid::from_u64_pair(0xF00, u64::try_from(number).unwrap_or(u64::MAX)))
}

/// Somebody who holds a function of each kind in an organisation that is nobody else's matter.
fn outsider(programme: Programme, kinds: &[FunctionKind]) -> Programme {
    let joined = programme.given("duty", OUTSIDE, joining("Grannkommunen", "other", true));
    kinds.iter().fold(joined, |programme, kind| established(programme, *kind, OUTSIDE, None))
}

/// What each act comes to when somebody tries it.
fn tried(who: &str, step: &Step, programme: &Programme) -> Vec<(&'static str, Option<Refusal>)> {
    let told = |act| programme.ask(step.by(who, act, programme).as_ref()).err();
    acts().map(|act| (act.name, told(act))).collect()
}

/// Each kind of function by each permission, as far as the matrix says.
fn matrix() -> impl Iterator<Item = (FunctionKind, Permission, Option<&'static str>)> {
    let kinds = FUNCTION_KINDS.iter();
    kinds.flat_map(|kind| PERMISSIONS.iter().map(|permission| (*kind, *permission, may(*kind, *permission))))
}

fn permitted(programme: &Programme, permission: Permission, reach: Reach) -> Result<(), Refusal> {
    permit(programme.facts(), &actor("holder"), permission, reach, programme.now())
}

/// R2: for each function kind and permission of the matrix.
#[test]
fn a_function_that_reaches_its_own_organisation_is_refused_outside_it() {
    for (kind, permission, extent) in matrix() {
        let programme = established(Programme::prepared(), kind, HOUSING, None);
        let reaches = [
            (Reach::Organisation(HOUSING), extent.is_some()),
            (Reach::Unit(HOUSING, WEST), extent.is_some()),
            (Reach::AnyoneOf(HOUSING), extent.is_some()),
            (Reach::Organisation(POLICE), extent == Some("all")),
            (Reach::AnyoneOf(POLICE), extent == Some("all")),
            (Reach::Unit(POLICE, PATROL), extent == Some("all")),
            (Reach::Programme, extent == Some("all")),
        ];
        for (reach, granted) in reaches {
            let told = permitted(&programme, permission, reach);
            assert_eq!(
                told,
                if granted { Ok(()) } else { Err(FUNCTION_MISSING) },
                "{kind:?} {permission:?} {reach:?}"
            );
        }
    }
}

/// R114: the function of one unit does not reach the next, nor the whole; it takes part in what all are sent.
#[test]
fn a_function_of_one_unit_is_refused_in_another() {
    for (kind, permission, extent) in matrix() {
        let programme = established(Programme::prepared(), kind, HOUSING, Some(EAST));
        let own = permitted(&programme, permission, Reach::Unit(HOUSING, EAST));
        let sent_to_all = permitted(&programme, permission, Reach::AnyoneOf(HOUSING));
        let next = permitted(&programme, permission, Reach::Unit(HOUSING, WEST));
        let whole = permitted(&programme, permission, Reach::Organisation(HOUSING));
        let (some, all) = (extent.is_some(), extent == Some("all"));
        let told = [own.is_ok(), sent_to_all.is_ok(), next.is_ok(), whole.is_ok()];
        assert_eq!(told, [some, some, all, all], "{kind:?} {permission:?}");
    }
}

/// R2: what the matrix grants, it grants also to read; and a grant for one's own is no grant for the whole.
#[test]
fn a_grant_covers_as_much_as_the_matrix_says() {
    for (kind, permission, extent) in matrix() {
        let programme = established(Programme::prepared(), kind, HOUSING, Some(EAST));
        let grant =
            est::permission::grant(programme.facts(), &subject("holder"), permission, programme.now());
        let Ok(grant) = grant else {
            assert_eq!((extent, grant.err()), (None, Some(FUNCTION_MISSING)));
            continue;
        };
        assert_eq!(grant.programme, programme.facts().id());
        assert!(grant.covers_unit(HOUSING, EAST) && grant.is_of(HOUSING));
        assert_eq!(grant.is_of(POLICE), extent == Some("all"));
        let beyond = [
            grant.covers_unit(HOUSING, WEST),
            grant.covers_organisation(HOUSING),
            grant.covers_organisation(POLICE),
            grant.own.is_none(),
        ];
        assert_eq!(beyond, [extent == Some("all"); 4], "{kind:?} {permission:?}");
    }
}

/// R9: nothing in the method is for nobody, and every function may read what programme it is part of.
#[test]
fn every_function_may_something_and_every_permission_is_somebodys() {
    for kind in FUNCTION_KINDS {
        assert_eq!(may(*kind, Permission::ReadProgramme), Some("all"), "{kind:?}");
    }
    let of_nobody =
        |permission: &&Permission| FUNCTION_KINDS.iter().all(|kind| may(*kind, **permission).is_none());
    let nobodys: Vec<_> = PERMISSIONS.iter().filter(of_nobody).collect();
    assert_eq!(nobodys, [&Permission::OpenProgramme], "the operator's alone");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// R2: whoever holds nothing is not even told that there is a programme.
    #[test]
    fn who_holds_no_function_is_told_that_there_is_no_programme(life in life(), step in step()) {
        for (act, told) in tried("stranger", &step, &life.lived()) {
            prop_assert_eq!(told, Some(NO_SUCH_PROGRAMME), "{}", act);
        }
    }

    /// R2: also one who has held every function there is, and one who is yet to.
    #[test]
    fn a_holder_may_do_nothing_before_and_after_their_time(life in life(), step in step()) {
        let mut programme = outsider(life.lived(), FUNCTION_KINDS);
        for kind in FUNCTION_KINDS {
            let end = read::<function::EndHolder>(json!({ "subject": "holder" }));
            programme = programme.given("duty", post(*kind), end);
            let later = programme.now() + jiff::SignedDuration::from_secs(1);
            let appoint = json!({ "subject": "successor", "kind": "person", "from": later });
            programme = programme.given("duty", post(*kind), read::<function::AppointHolder>(appoint));
        }
        for who in ["holder", "successor"] {
            for (act, told) in tried(who, &step, &programme) {
                prop_assert_eq!(told, Some(NO_SUCH_PROGRAMME), "{} {}", who, act);
            }
        }
    }

    /// R2: all the functions that reach their own organisation, held in one that the act does not concern.
    #[test]
    fn no_command_reaches_from_one_organisation_into_another(life in life(), step in step()) {
        use FunctionKind::{HubCoordinator, Informant, LeadershipReader, OrganisationAdministrator};
        let kinds = [Informant, OrganisationAdministrator, HubCoordinator, LeadershipReader];
        for (act, told) in tried("holder", &step, &outsider(life.lived(), &kinds)) {
            prop_assert_eq!(told, Some(FUNCTION_MISSING), "{}", act);
        }
    }
}
