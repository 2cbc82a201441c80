//! What the types of the police mean in the method: a table that the operator can read and change.

use super::table::{self, Column, Line};
use anyhow::{Context, bail};
use est::indicator::{INDICATORS, Indicator};
use est::method::{Method, Subtype};
use est::spelling;
use std::collections::BTreeMap;

/// The table that holds until the operator brings another.
pub(super) const OWN: &str = include_str!("../../data/police-types.csv");
/// What stands between the sub-types of one type.
const WITHIN: char = '|';
const COLUMNS: [Column; 4] = [
    Column::Required("type"),
    Column::Required("indicator"),
    Column::Optional("subtypes"),
    Column::Required("out_of_scope_reason"),
];

/// What a type means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Within {
        indicator: Indicator,
        subtypes: Vec<Subtype>,
    },
    /// Not of public disorder, for a stated reason.
    Outside {
        reason: String,
    },
}

/// The meanings, by type.
pub(super) struct Types(BTreeMap<String, Meaning>);

impl Types {
    pub(super) fn read(bytes: &[u8]) -> anyhow::Result<Self> {
        let mut types = BTreeMap::new();
        for Line { number, fields } in table::read(bytes, COLUMNS)? {
            let (kind, meaning) = line(fields).with_context(|| format!("rad {number}"))?;
            if types.insert(spelling::key(&kind), meaning).is_some() {
                bail!("rad {number}: typen {kind} står redan i tabellen");
            }
        }
        Ok(Self(types))
    }

    pub(super) fn meaning(&self, kind: &str) -> Option<&Meaning> {
        self.0.get(&spelling::key(kind))
    }

    /// The sub-types that the method does not know, with their indicators.
    pub(super) fn unknown_to(&self, method: &Method) -> Vec<String> {
        let within = self.0.values().filter_map(|meaning| match meaning {
            Meaning::Within { indicator, subtypes } => Some((*indicator, subtypes)),
            Meaning::Outside { .. } => None,
        });
        let pairs = within.flat_map(|(indicator, subtypes)| subtypes.iter().map(move |own| (indicator, own)));
        let unknown = pairs.filter(|(indicator, subtype)| !method.knows(*indicator, subtype));
        let mut unknown: Vec<String> =
            unknown.map(|(indicator, subtype)| format!("{}/{}", indicator.key(), subtype.0)).collect();
        unknown.sort_unstable();
        unknown.dedup();
        unknown
    }
}

fn line(fields: Result<[String; 4], &'static str>) -> anyhow::Result<(String, Meaning)> {
    let [kind, indicator, subtypes, reason] = fields.map_err(anyhow::Error::msg)?;
    let meaning = match (indicator.as_str(), reason.as_str()) {
        _ if kind.is_empty() => bail!("typ saknas"),
        ("", "") => bail!("typen {kind} har varken indikator eller skäl att stå utanför"),
        ("", _) if subtypes.is_empty() => Meaning::Outside { reason },
        (key, "") => {
            let indicator = INDICATORS.into_iter().find(|indicator| indicator.key() == key);
            let indicator = indicator.with_context(|| format!("{key} är ingen indikator"))?;
            let subtypes = subtypes.split(WITHIN).map(str::trim).filter(|name| !name.is_empty());
            Meaning::Within { indicator, subtypes: subtypes.map(|name| Subtype(name.to_owned())).collect() }
        }
        _ => bail!("typen {kind} kan inte både höra till metoden och stå utanför"),
    };
    Ok((kind, meaning))
}

#[cfg(test)]
mod tests {
    use super::{Meaning, OWN, Types};
    use est::indicator::Indicator;
    use est::method::Method;

    fn error(table: &str) -> String {
        let table = format!("type,indicator,subtypes,out_of_scope_reason\n{table}");
        format!("{:#}", Types::read(table.as_bytes()).err().unwrap())
    }

    #[test]
    fn the_own_table_reads_and_the_handbook_knows_its_subtypes() {
        let types = Types::read(OWN.as_bytes()).unwrap();
        assert_eq!(types.unknown_to(&Method::default()), Vec::<String>::new());
        assert_eq!(types.0.len(), 67);
        let fire = types.meaning(" BRAND ").unwrap();
        assert_eq!(*fire, Meaning::Within { indicator: Indicator::Fire, subtypes: Vec::new() });
        assert!(matches!(types.meaning("Trafikolycka, vilt"), Some(Meaning::Outside { .. })));
        assert_eq!(types.meaning("Snöbollskrig"), None);
    }

    #[test]
    fn subtypes_that_the_method_does_not_know_are_named() {
        let table = "type,indicator,subtypes,out_of_scope_reason\nBus,other_disorder,fight|bus,\n";
        let types = Types::read(table.as_bytes()).unwrap();
        assert_eq!(types.unknown_to(&Method::default()), ["other_disorder/bus"]);
    }

    #[test]
    fn a_table_that_contradicts_itself_is_refused_by_line() {
        assert_eq!(error("Bus,,,\n"), "rad 2: typen Bus har varken indikator eller skäl att stå utanför");
        assert_eq!(error("Bus,mischief,,\n"), "rad 2: mischief är ingen indikator");
        assert!(error("Bus,fire,,utanför\n").starts_with("rad 2: typen Bus kan inte både"));
        assert_eq!(error("Bus,fire,,\nbus,fire,,\n"), "rad 3: typen bus står redan i tabellen");
    }
}
