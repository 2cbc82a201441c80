//! The acts of a week: its cycle, reports, problems, compilations, picture and addenda.

use super::{Act, Step, order, pick};
use crate::cast::*;
use crate::given::{Programme, read, with};
use est::cycle::Phase;
use est::decision::Decide;
use est::permission::Actor;
use est::rescreening::{Action, Finding, Handle, Outcome, Queue};
use est::section::SectionName;
use est::warning::AcknowledgeWarning;
use est::{AreaId, UnitId, Week, addendum, compilation, cycle, picture, problem, report};
use serde_json::{Value, json};
use uuid::Uuid;

/// A report's body; whether its parts agree with each other is left to chance.
fn said(step: &Step, unit: UnitId) -> Value {
    let areas = [CENTRUM, NORR, SODER, VASTER, ELSEWHERE];
    let item = json!({ "indicator": pick(["vandalism", "fire", "public_event"], step.detail),
        "area": pick(areas, step.thing), "date": "2026-11-16", "timeBand": "evening", "count": step.detail,
        "problem": (step.detail == 5).then_some(GRAFFITI) });
    let calm_area = pick(areas, step.detail);
    let parts = [
        (1, json!({ "items": [item] })),
        (2, json!({ "calmAreas": [calm_area] })),
        (4, json!({ "stillThere": [GRAFFITI] })),
    ];
    let body = json!({ "unit": unit, "calm": step.place == 0 || step.place == 6 });
    let spoken = parts.iter().filter(|(bit, _)| step.place & bit != 0);
    spoken.fold(body, |body, (_, part)| with(body, part))
}

/// The reporter's own unit, now and then another's.
fn reporting(step: &Step, unit: UnitId) -> report::Key {
    report::Key { week: step.week(), unit: if step.detail == 7 { step.unit() } else { unit } }
}

fn submit(step: &Step, unit: UnitId, actor: Actor) -> Box<dyn Decide> {
    let key = reporting(step, unit);
    order(actor, key, read::<report::Submit>(said(step, key.unit)))
}

fn amend(step: &Step, unit: UnitId, actor: Actor) -> Box<dyn Decide> {
    let key = reporting(step, unit);
    let body = json!({ "reason": "Fel antal.", "report": said(step, key.unit) });
    order(actor, key, read::<report::Amend>(body))
}

/// As many areas as the method asks for, now and then one less.
fn priorities(step: &Step, programme: &Programme) -> Vec<AreaId> {
    let wanted =
        usize::from(programme.facts().method_of(step.week()).priorities) - usize::from(step.detail == 0);
    let drawn = programme.facts().areas.iter().filter(|(_, state)| state.drawn().is_some());
    drawn.map(|(area, _)| *area).take(wanted).collect()
}

/// How often a section was edited: what its writer has read.
fn edits(programme: &Programme, week: Week, section: SectionName) -> u32 {
    match programme.state::<picture::State>(&week) {
        picture::State::Undrafted => 0,
        picture::State::Draft(edition) | picture::State::Adopted(edition) => {
            edition.sections.get(&section).map_or(0, |(edits, _)| *edits)
        }
    }
}

fn content(step: &Step) -> (SectionName, Value) {
    let block = json!({ "kind": "priority", "situation": "Klotter.", "interventions": ["Belysning."] });
    // Now and then the guard warns.
    let situation = if step.detail == 3 { "Lapp med 080820-2393." } else { "Lugnt." };
    match step.thing % 5 {
        0 => (SectionName::OverallSituation, json!({ "kind": "overall_situation", "text": situation })),
        4 => (
            SectionName::OtherAreas,
            json!({ "kind": "other_areas", "areas": [{ "area": step.area(), "text": "Lugnt." }] }),
        ),
        slot => (SectionName::Priority(slot), block),
    }
}

/// A text in which a new policy may find something.
const SCREENED: Uuid = Uuid::from_u128(0x7E);

/// A warning of the draft, or one that nobody has been given.
fn acknowledge(step: &Step, programme: &Programme, actor: Actor) -> Box<dyn Decide> {
    let warned = match programme.state::<picture::State>(&step.week()) {
        picture::State::Undrafted => None,
        picture::State::Draft(edition) | picture::State::Adopted(edition) => {
            edition.warned(programme.facts()).next().map(|(warned, _)| warned)
        }
    };
    let mut body = json!({ "text": SCREENED, "start": 0, "end": 1, "class": "phone", "reason": "justified" });
    if let Some(warned) = warned {
        body = with(body, &json!(warned));
    }
    order(actor, step.week(), read::<AcknowledgeWarning>(body))
}

fn statement(step: &Step) -> Value {
    json!({ "situation": "Lugn vecka.", "areas": [{ "area": step.area(), "situation": "Glas på gården." }] })
}

fn of_hub(step: &Step) -> compilation::Key {
    compilation::Key {
        week: step.week(),
        organisation: pick([MUNICIPALITY, MUNICIPALITY, POLICE], step.place),
    }
}

pub(super) const ACTS: &[Act] = &[
    Act {
        name: "cycle.open",
        by: "coordinator",
        order: |step, _, actor| order(actor, step.week(), cycle::Open {}),
    },
    Act {
        name: "cycle.skip",
        by: "coordinator",
        order: |step, _, actor| {
            order(actor, step.week(), read::<cycle::Skip>(json!({ "reason": "Ingen samordning över jul." })))
        },
    },
    Act {
        name: "cycle.begin-phase",
        by: "coordinator",
        order: |step, _, actor| {
            let phase =
                pick([Phase::Analysis, Phase::Interventions, Phase::FollowUp, Phase::Closed], step.thing);
            order(actor, step.week(), cycle::BeginPhase { phase })
        },
    },
    Act { name: "report.submit", by: "caretaker", order: |step, _, actor| submit(step, EAST, actor) },
    Act { name: "report.submit", by: "patrol", order: |step, _, actor| submit(step, PATROL, actor) },
    Act { name: "report.submit", by: "duty", order: |step, _, actor| submit(step, WEST, actor) },
    Act { name: "report.amend", by: "caretaker", order: |step, _, actor| amend(step, EAST, actor) },
    Act { name: "report.amend", by: "patrol", order: |step, _, actor| amend(step, PATROL, actor) },
    Act {
        name: "report.withdraw",
        by: "patrol",
        order: |step, _, actor| {
            let body = json!({ "reason": "Fel enhet." });
            order(actor, reporting(step, PATROL), read::<report::Withdraw>(body))
        },
    },
    Act {
        name: "report.remind",
        by: "duty",
        order: |step, _, actor| {
            let hour = pick([-24, 0, 24], step.detail);
            order(actor, reporting(step, step.unit()), read::<report::Remind>(json!({ "hour": hour })))
        },
    },
    Act {
        name: "problem.open",
        by: "coordinator",
        order: |step, _, actor| {
            let body = json!({ "title": "Klotter", "indicator": "vandalism", "area": step.area(),
                "firstWeek": step.week() });
            order(actor, GRAFFITI, read::<problem::Open>(body))
        },
    },
    Act {
        name: "problem.corroborate",
        by: "coordinator",
        order: |step, _, actor| {
            let (week, item) = (step.week(), u16::from(step.detail % 2));
            let observations = vec![problem::Observation { week, unit: EAST, item }];
            order(actor, GRAFFITI, problem::Corroborate { observations })
        },
    },
    Act {
        name: "problem.close",
        by: "coordinator",
        order: |_, _, actor| order(actor, GRAFFITI, read::<problem::Close>(json!({ "reason": "Sanerat." }))),
    },
    Act {
        name: "problem.close-silent",
        by: "duty",
        order: |step, programme, actor| {
            let weeks = problem::weeks_of_silence(programme.facts(), step.week()).unwrap_or_default();
            order(actor, GRAFFITI, problem::CloseSilent { weeks })
        },
    },
    Act {
        name: "problem.reopen",
        by: "coordinator",
        order: |_, _, actor| {
            order(actor, GRAFFITI, read::<problem::Reopen>(json!({ "reason": "Tillbaka." })))
        },
    },
    Act {
        name: "compilation.compile",
        by: "hub",
        order: |step, _, actor| order(actor, of_hub(step), read::<compilation::Compile>(statement(step))),
    },
    Act {
        name: "compilation.revise",
        by: "hub",
        order: |step, _, actor| order(actor, of_hub(step), read::<compilation::Revise>(statement(step))),
    },
    Act {
        name: "picture.draft",
        by: "coordinator",
        order: |step, programme, actor| order(actor, step.week(), drafting(&priorities(step, programme))),
    },
    Act {
        name: "picture.renew",
        by: "coordinator",
        order: |step, programme, actor| {
            let named = if step.detail == 0 { Vec::new() } else { priorities(step, programme) };
            let renew: picture::Renew = read(json!({ "priorities": named }));
            order(actor, step.week(), renew)
        },
    },
    Act {
        name: "picture.edit-section",
        by: "coordinator",
        order: |step, programme, actor| {
            let (section, content) = content(step);
            let edits = edits(programme, step.week(), section) + u32::from(step.detail == 0);
            order(actor, step.week(), edit(&section.to_string(), edits, &content))
        },
    },
    Act {
        name: "picture.acknowledge-warning",
        by: "coordinator",
        order: |step, programme, actor| acknowledge(step, programme, actor),
    },
    Act {
        name: "rescreening.queue",
        by: "duty",
        order: |step, _, actor| {
            let finding = Finding {
                start: 0,
                end: step.detail.into(),
                class: "phone".to_owned(),
                action: Action::Warn,
            };
            let stands_in = "report/2026-W47/x".to_owned();
            order(actor, SCREENED, Queue { read: SCREENED, stands_in, policy: 2, findings: vec![finding] })
        },
    },
    Act {
        name: "rescreening.handle",
        by: "coordinator",
        order: |_, _, actor| order(actor, SCREENED, Handle { outcome: Outcome::Justified, owner: None }),
    },
    Act {
        name: "picture.adopt",
        by: "coordinator",
        order: |step, _, actor| {
            order(actor, step.week(), read::<picture::Adopt>(json!({ "attended": [step.organisation()] })))
        },
    },
    Act {
        name: "picture.distribute",
        by: "duty",
        order: |step, _, actor| order(actor, step.week(), picture::Distribute {}),
    },
    Act {
        name: "picture.acknowledge",
        by: "leader",
        order: |step, _, actor| order(actor, step.week(), picture::Acknowledge { entry: HOUSING_ENTRY }),
    },
    Act {
        name: "picture.correct",
        by: "coordinator",
        order: |step, _, actor| {
            order(actor, step.week(), read::<picture::Correct>(json!({ "reason": "Fel område." })))
        },
    },
    Act {
        name: "addendum.write",
        by: "hub",
        order: |step, _, actor| {
            let key = addendum::Key { week: step.week(), organisation: step.organisation() };
            order(actor, key, read::<addendum::Write>(json!({ "text": "Fältgruppen prioriterar Norr." })))
        },
    },
];
