//! The acts that settle a programme: its method, areas, organisations, functions and list.

use super::{Act, order, pick};
use crate::cast::*;
use crate::given::read;
use est::programme::Itself;
use est::{FunctionId, area, distribution, function, organisation, programme};
use serde_json::{Value, json};

const NAMES: [&str; 4] = ["Centrum", "Hamnen", "Torget", "Norr"];
const HOLDERS: [&str; 4] = ["caretaker", "substitute", "coordinator", "patrol"];
const FUNCTIONS: [FunctionId; 4] = [CARETAKING, NO_FUNCTION, PATROLLING, NO_FUNCTION];

fn outline(longitude: f64) -> Value {
    let ring = [[longitude, 60.0], [17.2, 60.1], [17.3, 60.2], [longitude, 60.0]];
    json!({ "type": "Polygon", "coordinates": [ring] })
}

pub(super) const ACTS: &[Act] = &[
    Act { name: "programme.open", by: "operator", order: |_, _, actor| order(actor, Itself, opening()) },
    Act {
        name: "programme.adopt-method",
        by: "coordinator",
        order: |step, _, actor| {
            let mut method =
                est::method::Method { priorities: pick([3, 2, 4, 0], step.thing), ..Default::default() };
            method.version = read(pick(["Handboken", "Exempelstad 1"], step.detail).into());
            order(actor, Itself, programme::AdoptMethod(method))
        },
    },
    Act {
        name: "programme.decide-meetings",
        by: "coordinator",
        order: |step, _, actor| {
            let some = json!([step.organisation()]);
            let body = json!({ "weekly": some, "quarterly": some, "annual": [POLICE] });
            order(actor, Itself, read::<programme::DecideMeetings>(body))
        },
    },
    Act {
        name: "programme.entrust-form",
        by: "coordinator",
        order: |step, _, actor| {
            order(actor, Itself, programme::EntrustForm { function: pick(FUNCTIONS, step.thing) })
        },
    },
    Act {
        name: "programme.record-legal-review",
        by: "coordinator",
        order: |step, _, actor| order(actor, Itself, reviewing(step.organisation())),
    },
    Act {
        name: "programme.set-guard-lists",
        by: "coordinator",
        order: |step, _, actor| order(actor, Itself, listing(&[], &[pick(NAMES, step.detail)])),
    },
    Act {
        name: "programme.activate",
        by: "coordinator",
        order: |_, _, actor| order(actor, Itself, programme::Activate {}),
    },
    Act {
        name: "area.draw",
        by: "coordinator",
        order: |step, _, actor| {
            let body = json!({ "name": pick(NAMES, step.thing), "outline": outline(step.longitude) });
            order(actor, ELSEWHERE, read::<area::Draw>(body))
        },
    },
    Act {
        name: "area.rename",
        by: "coordinator",
        order: |step, _, actor| {
            order(actor, step.area(), read::<area::Rename>(json!({ "name": pick(NAMES, step.thing) })))
        },
    },
    Act {
        name: "area.redraw",
        by: "coordinator",
        order: |step, _, actor| {
            order(actor, step.area(), read::<area::Redraw>(json!({ "outline": outline(step.longitude) })))
        },
    },
    Act {
        name: "area.retire",
        by: "coordinator",
        order: |step, _, actor| order(actor, step.area(), area::Retire {}),
    },
    Act {
        name: "organisation.join",
        by: "coordinator",
        order: |step, _, actor| {
            order(actor, step.organisation(), joining("Nattvandrarna", "night_walkers", true))
        },
    },
    Act {
        name: "organisation.add-unit",
        by: "coordinator",
        order: |step, _, actor| {
            order(actor, step.organisation(), unit(step.unit(), pick(NAMES, step.detail), &[step.area()]))
        },
    },
    Act {
        name: "organisation.change-unit",
        by: "coordinator",
        order: |step, _, actor| {
            let body = json!({ "name": pick(NAMES, step.detail), "areas": [step.area()] });
            let change = organisation::ChangeUnit { unit: Some(step.unit()), ..read(body) };
            order(actor, step.organisation(), change)
        },
    },
    Act {
        name: "organisation.close-unit",
        by: "coordinator",
        order: |step, _, actor| {
            let close = organisation::CloseUnit { unit: Some(step.unit()), from: step.week() };
            order(actor, step.organisation(), close)
        },
    },
    Act {
        name: "function.establish",
        by: "coordinator",
        order: |step, _, actor| {
            order(actor, NO_FUNCTION, establishing("informant", step.organisation(), None))
        },
    },
    Act {
        name: "function.appoint-holder",
        by: "coordinator",
        order: |step, programme, actor| {
            let from = programme.now() + jiff::SignedDuration::from_hours(i64::from(step.detail % 4) * 24);
            let until = (step.detail % 2 == 1).then(|| from + jiff::SignedDuration::from_hours(48));
            let holder = pick(HOLDERS, step.place);
            let body = json!({ "subject": holder, "kind": "system", "from": from, "until": until });
            order(actor, pick(FUNCTIONS, step.thing), read::<function::AppointHolder>(body))
        },
    },
    Act {
        name: "function.end-holder",
        by: "coordinator",
        order: |step, _, actor| {
            let body = json!({ "subject": pick(HOLDERS, step.place) });
            order(actor, pick(FUNCTIONS, step.thing), read::<function::EndHolder>(body))
        },
    },
    Act {
        name: "function.discontinue",
        by: "coordinator",
        order: |step, _, actor| order(actor, pick(FUNCTIONS, step.thing), function::Discontinue {}),
    },
    Act {
        name: "distribution.enter-recipient",
        by: "coordinator",
        order: |step, _, actor| {
            let name = pick(NAMES, step.detail);
            order(actor, distribution::List, entering(HOUSING_ENTRY, name, step.organisation()))
        },
    },
    Act {
        name: "distribution.strike-recipient",
        by: "coordinator",
        order: |_, _, actor| {
            order(actor, distribution::List, distribution::StrikeRecipient { entry: HOUSING_ENTRY })
        },
    },
];
