//! Which unit of the police the extract is the report of.

use anyhow::bail;
use est::organisation::{OrganisationKind, State, Unit};
use est::{Facts, UnitId, spelling};

/// The unit that is named, or the only one that the police have.
pub(super) fn find(facts: &Facts, wanted: Option<&str>) -> anyhow::Result<(UnitId, Unit)> {
    let police = facts.organisations.values().filter_map(State::joined);
    let units =
        police.filter(|joined| joined.kind == OrganisationKind::Police).flat_map(|joined| &joined.units);
    let units: Vec<(UnitId, &Unit)> = units.map(|(id, unit)| (*id, unit)).collect();
    let meant = |(id, unit): &&(UnitId, &Unit)| match wanted {
        Some(wanted) => {
            id.to_string() == wanted || spelling::key(unit.name.as_str()) == spelling::key(wanted)
        }
        None => true,
    };
    let found: Vec<_> = units.iter().filter(meant).collect();
    if let [(id, unit)] = found.as_slice() {
        return Ok((*id, (*unit).clone()));
    }
    let candidates: Vec<String> = units.iter().map(|(id, unit)| candidate(*id, unit)).collect();
    match (candidates.is_empty(), wanted) {
        (true, _) => bail!("programmet har ingen rapporterande enhet hos någon verksamhet av slaget polis"),
        (false, None) => bail!("polisen har flera enheter; välj med --unit:\n{}", candidates.join("\n")),
        (false, Some(_)) if found.is_empty() => {
            bail!("polisen har ingen sådan enhet; välj med --unit:\n{}", candidates.join("\n"))
        }
        (false, Some(_)) => {
            bail!("flera enheter heter så; välj med --unit och id:\n{}", candidates.join("\n"))
        }
    }
}

fn candidate(id: UnitId, unit: &Unit) -> String {
    let closed = unit.closed_from.map(|week| format!(", stängd från {week}")).unwrap_or_default();
    format!("  {id}  {} (från {}{closed})", unit.name, unit.from)
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::import::drill::{EAST, NORTH, facts};

    #[test]
    fn a_unit_is_found_by_its_id_or_its_name() {
        assert_eq!(find(&facts(), Some("områdespoliserna  NORR")).unwrap().0, NORTH);
        assert_eq!(find(&facts(), Some(&EAST.to_string())).unwrap().0, EAST);
    }

    #[test]
    fn where_several_could_be_meant_they_are_listed() {
        for wanted in [None, Some("Brandstationen")] {
            let error = find(&facts(), wanted).err().unwrap().to_string();
            assert!(
                error.contains(&NORTH.to_string()) && error.contains("Områdespoliserna öster"),
                "{error}"
            );
            assert!(!error.contains("Bovärdskontoret"), "{error}");
        }
    }
}
