//! The acts of a quarter: priorities, analyses, interventions and pledges.

use super::{Act, Step, order, pick};
use crate::cast::*;
use crate::{
    analysis as analyses, intervention as interventions, pledge as pledges, prioritisation as priorities,
};
use est::analysis::{Key, Occasion};
use est::{AreaId, InterventionId, Week, intervention};
use serde_json::{Value, json};

const THIRDS: [AreaId; 4] = [SODER, SODER, VASTER, NORR];

fn period(step: &Step) -> Week {
    quarter().plus(pick([0, 0, 0, 5], step.week))
}

fn key(step: &Step) -> Key {
    let occasion = match step.detail {
        0..=4 => Occasion::Week(step.week()),
        _ => Occasion::Period(period(step)),
    };
    Key { occasion, area: step.area() }
}

fn which(step: &Step) -> InterventionId {
    pick([GUARDS, GUARDS, NO_INTERVENTION], step.thing)
}

/// Now and then with a reason to act beside the priorities.
fn statement(step: &Step) -> Value {
    let reason = (step.thing == 1).then_some("Tre bränder på en vecka.");
    json!({ "problems": if step.place == 0 { json!([GRAFFITI]) } else { json!([]) }, "outsideReason": reason })
}

pub(super) const ACTS: &[Act] = &[
    Act {
        name: "prioritisation.propose",
        by: "coordinator",
        order: |step, _, actor| {
            let chosen = [CENTRUM, NORR, pick(THIRDS, step.detail)];
            let next = [pick([VASTER, SODER], step.thing)];
            order(actor, period(step), priorities::proposing(&chosen, &next))
        },
    },
    Act {
        name: "prioritisation.decide",
        by: "steering",
        order: |step, _, actor| order(actor, period(step), priorities::deciding()),
    },
    Act {
        name: "prioritisation.change-temporarily",
        by: "steering",
        order: |step, _, actor| {
            let from = step.week();
            let other =
                json!({ "displaced": step.area(), "instead": VASTER, "from": from, "review": from.day(5) });
            order(actor, period(step), priorities::changing(&other))
        },
    },
    Act {
        name: "prioritisation.restore",
        by: "coordinator",
        order: |step, _, actor| {
            let from = step.week().to_string();
            order(actor, period(step), priorities::restoring(step.area(), &from))
        },
    },
    Act {
        name: "analysis.record",
        by: "coordinator",
        order: |step, _, actor| order(actor, key(step), analyses::recording(&statement(step))),
    },
    Act {
        name: "analysis.amend",
        by: "coordinator",
        order: |step, _, actor| order(actor, key(step), analyses::amending()),
    },
    Act {
        name: "intervention.propose",
        by: "coordinator",
        order: |step, _, actor| {
            let aimed = json!({ "analysis": Key { occasion: Occasion::Week(step.week()), area: CENTRUM } });
            let beside = json!({ "analysis": null, "causes": [], "outsideReason": "Klotter varje natt." });
            let plan = if step.detail < 5 { aimed } else { beside };
            order(actor, which(step), interventions::proposing(&plan))
        },
    },
    Act {
        name: "intervention.decide",
        by: "steering",
        order: |step, _, actor| {
            let anchoring = pick(["not_needed", "pending"], step.detail);
            let terms = json!({ "anchoring": anchoring, "embargo": step.detail == 2 });
            order(actor, which(step), interventions::deciding(&terms))
        },
    },
    Act {
        name: "intervention.decline",
        by: "steering",
        order: |step, _, actor| order(actor, which(step), interventions::declining()),
    },
    Act {
        name: "intervention.settle-anchoring",
        by: "coordinator",
        order: |step, _, actor| order(actor, which(step), interventions::settling(step.detail < 6)),
    },
    Act {
        name: "intervention.start",
        by: "caretaker",
        order: |step, _, actor| order(actor, which(step), intervention::Start {}),
    },
    Act {
        name: "intervention.report-back",
        by: "caretaker",
        order: |step, _, actor| {
            let deviation = (step.detail > 2).then_some("Tio pass av tolv.");
            let fidelity = pick(["as_decided", "modified", "not_done"], step.detail);
            order(actor, which(step), interventions::reporting_back(fidelity, deviation))
        },
    },
    Act {
        name: "intervention.follow-up",
        by: "coordinator",
        order: |step, _, actor| {
            let occasion = key(step).occasion;
            let said = intervention::FollowUp { occasion, ..interventions::following_up(&json!({})) };
            order(actor, which(step), said)
        },
    },
    Act {
        name: "intervention.dispose",
        by: "steering",
        order: |step, _, actor| {
            let disposition: Value = pick([json!("continue"), json!("expand"), json!("end")], step.detail);
            let disposed =
                intervention::Dispose { week: step.week(), ..interventions::disposing(&disposition) };
            order(actor, which(step), disposed)
        },
    },
    Act {
        name: "pledge.give",
        by: "steering",
        order: |step, _, actor| {
            let otherwise = if step.detail > 5 { json!({ "problems": [] }) } else { json!({}) };
            order(actor, pledges::PLEDGE, pledges::giving(&otherwise))
        },
    },
    Act {
        name: "pledge.follow-up",
        by: "coordinator",
        order: |_, _, actor| order(actor, pledges::PLEDGE, pledges::following_up()),
    },
    Act {
        name: "pledge.end",
        by: "steering",
        order: |_, _, actor| order(actor, pledges::PLEDGE, pledges::ending()),
    },
];
