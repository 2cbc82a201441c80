//! What is done with texts after they were written.

use super::{Act, Step, order, pick};
use crate::given::{Programme, read};
use est::decision::Decide;
use est::permission::Actor;
use est::text::{Erase, Ground, Place, Rest, Seal, SealReason, Span, State, StruckClass, Unseal};
use serde_json::{Value, json};
use uuid::Uuid;

/// A text of the past, with where it stands.
fn chosen(step: &Step, programme: &Programme) -> (Uuid, Option<Place>) {
    let all: Vec<(Uuid, Place)> = programme.log().iter().flat_map(crate::given::texts).collect();
    let number = usize::from(step.thing) * 8 + usize::from(step.detail);
    let found = all.iter().cycle().nth(number).filter(|_| !all.is_empty()).cloned();
    found.map_or((Uuid::nil(), None), |(id, place)| (id, Some(place)))
}

fn erase(step: &Step, programme: &Programme, actor: Actor) -> Box<dyn Decide> {
    let (id, place) = chosen(step, programme);
    let draft = Ground::Draft {};
    let decision: Ground = read(json!({ "kind": "disposal_decision", "reference": "KS 2026/88" }));
    let ground = pick([draft, decision.clone(), decision], step.place);
    let some = vec![Span { start: 0, end: 1, class: StruckClass::PersonName }];
    let spans = if step.place.is_multiple_of(2) { Vec::new() } else { some };
    let of = programme.state::<State>(&id).standing(id).unwrap_or(id);
    let rest = Some(Rest { of, text: read(Value::from("[struket: namn] sågs.")) });
    order(actor, id, Erase { ground, spans, place, rest })
}

pub(super) const ACTS: &[Act] = &[
    Act { name: "text.erase", by: "coordinator", order: erase },
    Act {
        name: "text.seal",
        by: "duty",
        order: |step, programme, actor| {
            let (id, place) = chosen(step, programme);
            order(actor, id, Seal { reason: SealReason::Secrecy, place })
        },
    },
    Act {
        name: "text.unseal",
        by: "duty",
        order: |step, programme, actor| {
            let (id, place) = chosen(step, programme);
            order(actor, id, Unseal { place })
        },
    },
];
