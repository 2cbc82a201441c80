//! A row as an item of a weekly report; its text passes the guard or stays behind.

use super::sorting::Observation;
use est::indicator::{Basis, Channel, Occurrence, Polarity, PoliceReport, Setting, TimeBand};
use est::item::Item;
use est::text::{FreeText, Gate};
use personal_data::{Action, Class};
use serde_json::Value;

/// What became of a row's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Words {
    Kept,
    /// The row had none.
    None,
    Stopped(Class),
}

/// An item with the text that was admitted with it.
pub(super) struct Made {
    pub(super) item: Item<FreeText>,
    pub(super) text: Option<FreeText>,
    pub(super) words: Words,
}

pub(super) fn make(observation: &Observation, gate: &Gate) -> Made {
    let Observation { row, indicator, subtypes, area } = observation;
    let (text, words) = match admit(&row.text, gate) {
        Ok(text) => (Some(text), Words::Kept),
        Err(words) => (None, words),
    };
    let item = Item {
        indicator: *indicator,
        subtypes: subtypes.clone(),
        polarity: Polarity::Negative,
        occurrence: Occurrence::Observed,
        setting: Setting::PublicSpace,
        area: *area,
        place: None,
        date: row.date,
        time: row.time,
        time_band: row.time.is_none().then_some(TimeBand::Unknown),
        count: 1,
        signal_strength: None,
        basis: Basis::Reported,
        channel: Channel::PoliceExtract,
        police_report_made: PoliceReport::Unknown,
        problem: None,
        fire: None,
        public_event: None,
        external_id: Some(row.id.clone()),
        description: text.clone(),
    };
    Made { item, text, words }
}

/// A text past the guard, or why there is none.
pub(super) fn admit(body: &str, gate: &Gate) -> Result<FreeText, Words> {
    if body.trim().is_empty() {
        return Err(Words::None);
    }
    let (admitted, _) = gate.guard(|| serde_json::from_value(Value::String(body.to_owned())));
    admitted.map_err(|_refused| Words::Stopped(class(body, gate)))
}

/// The first class that stops a text; beside what the guard refuses there is only its length.
fn class(body: &str, gate: &Gate) -> Class {
    let findings = (gate.screen)(body).findings;
    let stopping = findings.iter().find(|finding| finding.action == Action::Refuse);
    stopping.map_or(Class::TooLong, |finding| finding.class)
}

#[cfg(test)]
mod tests {
    use super::{Words, admit, make};
    use crate::import::drill::{facts, gate, observation};
    use est::item::Ground;
    use personal_data::Class;

    #[test]
    fn an_item_fits_the_method_without_an_area() {
        let made = make(&observation("1", "Ett fönster krossades."), &gate());
        assert_eq!(made.item.area, None);
        let facts = facts();
        let method = facts.method();
        let ground = Ground::of(&facts, method, true);
        made.item.check(&ground).unwrap();
        assert_eq!(made.text.unwrap().body(), "Ett fönster krossades.");
    }

    #[test]
    fn a_text_that_the_guard_stops_is_left_out_and_told_by_class() {
        let made = make(&observation("1", "Ring 070-174 06 35 om det."), &gate());
        assert!(made.item.description.is_none() && made.text.is_none());
        assert_eq!(made.words, Words::Stopped(Class::Phone));
        assert_eq!(admit(&"a".repeat(4_001), &gate()).err(), Some(Words::Stopped(Class::TooLong)));
        assert!(admit(&"ö".repeat(4_000), &gate()).is_ok());
        assert_eq!(admit(" \n", &gate()).err(), Some(Words::None));
    }
}
