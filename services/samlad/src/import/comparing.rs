//! A week's rows beside what the unit has reported already: what is to be done, if anything.

use super::before;
use super::extract::DESIGNATION;
use super::sorting::Observation;
use est::event::Happened;
use est::indicator::Channel;
use est::item::{ExternalId, Item};
use est::report::{State, Statement};
use est::text::{FreeText, Gate, TextRef};
use est::{Aggregate, AreaId, ProblemId};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What is to be done with a week.
#[derive(Debug)]
pub(super) enum Todo {
    /// All rows are there already.
    Nothing,
    /// Nothing is reported yet.
    Submit(Vec<Observation>),
    /// Some rows are new, beside what stands.
    Amend { standing: Standing, new: Vec<Observation> },
    /// The unit has reported in another way.
    Leave,
}

/// What an extract has reported before.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) items: Vec<Item<TextRef>>,
    pub(super) calm_areas: Vec<AreaId>,
    pub(super) still_there: Vec<ProblemId>,
}

/// What stands, ready to be submitted with what is new.
pub(super) struct SaidAgain {
    pub(super) items: Vec<Item<FreeText>>,
    pub(super) texts: Vec<FreeText>,
}

/// The report as its stream tells it, with the stream's version.
pub(super) fn reported(past: &[Happened]) -> (State, i32) {
    let own = past.iter().filter_map(|happened| State::own(&happened.event));
    (own.fold(State::default(), State::evolve), past.last().map_or(0, |last| last.version))
}

/// What is to be done, and which rows are not as they were when they were brought in.
pub(super) struct Compared {
    pub(super) todo: Todo,
    pub(super) changed: Vec<ExternalId>,
}

pub(super) fn compare(reported: State, rows: Vec<Observation>) -> Compared {
    let done = |todo| Compared { todo, changed: Vec::new() };
    let (items, calm_areas, still_there) = match reported {
        _ if rows.is_empty() => return done(Todo::Nothing),
        State::Awaited { .. } => return done(Todo::Submit(rows)),
        State::Given(Statement::Calm) => return done(Todo::Leave),
        State::Given(Statement::Seen { items, calm_areas, still_there }) => (items, calm_areas, still_there),
    };
    let there: BTreeMap<_, _> =
        items.iter().filter_map(|item| Some((item.external_id.as_ref()?, item))).collect();
    let changed =
        rows.iter().filter(|seen| there.get(&seen.row.id).is_some_and(|item| before::differs(item, seen)));
    let changed = changed.map(|seen| seen.row.id.clone()).collect();
    let new: Vec<Observation> = rows.into_iter().filter(|seen| !there.contains_key(&seen.row.id)).collect();
    let todo = if new.is_empty() {
        Todo::Nothing
    } else if items.iter().any(is_from_an_extract) {
        Todo::Amend { standing: Standing { items, calm_areas, still_there }, new }
    } else {
        Todo::Leave
    };
    Compared { todo, changed }
}

fn is_from_an_extract(item: &Item<TextRef>) -> bool {
    let designated = item.external_id.as_ref().is_some_and(|id| id.0.starts_with(DESIGNATION));
    item.channel == Channel::PoliceExtract && designated
}

/// The items that stand, to be said again: an amendment is the whole week anew, and what is stored is only
/// where its texts are. An erased text stays erased.
pub(super) fn said_again(
    items: &[Item<TextRef>],
    bodies: &HashMap<Uuid, String>,
    gate: &Gate,
) -> Result<SaidAgain, serde_json::Error> {
    let again = |item: &Item<TextRef>| {
        let body = item.description.as_ref().and_then(|text| bodies.get(&text.text_id));
        let mut value = serde_json::to_value(item)?;
        if let Value::Object(members) = &mut value {
            members.remove("description");
            members.extend(body.map(|body| ("description".to_owned(), Value::String(body.clone()))));
        }
        serde_json::from_value(value)
    };
    let (items, texts) = gate.guard(|| items.iter().map(again).collect::<Result<_, _>>());
    Ok(SaidAgain { items: items?, texts })
}

#[cfg(test)]
mod tests {
    use super::{Todo, compare, said_again};
    use crate::import::drill::{gate, observation};
    use crate::import::items;
    use est::indicator::Channel;
    use est::report::{State, Statement};
    use std::collections::HashMap;

    fn given(ids: &[&str], channel: Channel) -> State {
        let item = |id: &&str| {
            let mut item = items::make(&observation(id, "Något hände."), &gate()).item.recorded();
            item.channel = channel;
            item
        };
        let items = ids.iter().map(item).collect();
        State::Given(Statement::Seen { items, calm_areas: Vec::new(), still_there: Vec::new() })
    }

    #[test]
    fn what_is_there_already_is_left_alone() {
        let rows = || vec![observation("1", "a"), observation("2", "b")];
        assert!(matches!(compare(State::default(), rows()).todo, Todo::Submit(new) if new.len() == 2));
        let both = given(&["1", "2", "3"], Channel::PoliceExtract);
        assert!(matches!(compare(both, rows()).todo, Todo::Nothing));
        let one = given(&["1"], Channel::PoliceExtract);
        assert!(matches!(compare(one, rows()).todo, Todo::Amend { new, .. } if new.len() == 1));
    }

    #[test]
    fn a_row_that_says_something_else_is_told() {
        let mut later = observation("1", "a");
        later.row.date = later.row.date.tomorrow().unwrap();
        let both = given(&["1", "2"], Channel::PoliceExtract);
        let compared = compare(both, vec![later, observation("2", "Andra ord.")]);
        assert!(matches!(compared.todo, Todo::Nothing));
        assert_eq!(compared.changed, [observation("1", "").row.id], "words are not compared");
    }

    #[test]
    fn what_was_reported_otherwise_is_left_alone() {
        let rows = || vec![observation("1", "a")];
        assert!(matches!(compare(State::Given(Statement::Calm), rows()).todo, Todo::Leave));
        assert!(matches!(compare(given(&["9"], Channel::Checklist), rows()).todo, Todo::Leave));
    }

    #[test]
    fn an_amendment_says_again_what_stands_and_keeps_what_is_erased_erased() {
        let gate = gate();
        let kept = items::make(&observation("1", "Ett fönster krossades."), &gate);
        let erased = items::make(&observation("2", "Något som har gallrats."), &gate);
        let bodies: HashMap<_, _> =
            kept.text.iter().map(|text| (text.id(), text.body().to_owned())).collect();
        let said = said_again(&[kept.item.recorded(), erased.item.recorded()], &bodies, &gate).unwrap();
        let (again, texts) = (said.items, said.texts);
        assert_eq!(again[0].description.as_ref().map(est::FreeText::body), Some("Ett fönster krossades."));
        assert_eq!((again[0].external_id.clone(), texts.len()), (kept.item.external_id.clone(), 1));
        assert!(again[1].description.is_none());
        assert_eq!(again[1].date, erased.item.date);
    }
}
