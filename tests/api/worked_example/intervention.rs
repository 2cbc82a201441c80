//! The made-up intervention, step by step on its days of 2025: from the quarter's priorities to what became of it.

use super::problems::Followed;
use super::programme::{CENTRE, Programme};
use est::Week;
use serde_json::{Value, json};

/// Who, when, and where below the intervention.
type Step = (&'static str, &'static str, &'static str);

const DECIDED: Step = ("steering", "2025-05-27T08:00:00Z", "/decision");
const ANCHORED: Step = ("coordinator", "2025-05-28T08:00:00Z", "/anchoring");
const STARTED: Step = ("hosts", "2025-06-02T08:00:00Z", "/start");
const FOLLOWED_UP: Step = ("analyst", "2025-07-10T08:00:00Z", "/follow-ups");
const CONTINUED: Step = ("steering", "2025-07-11T08:00:00Z", "/dispositions");
const REPORTED_BACK: Step = ("hosts", "2025-08-21T08:00:00Z", "/reports");
const FOLLOWED_UP_LAST: Step = ("analyst", "2025-08-28T08:00:00Z", "/follow-ups");
const ENDED: Step = ("steering", "2025-08-29T08:00:00Z", "/dispositions");

const EARLY: &str = "För kort tid och för få händelser.";
const OVER: &str = "Sommaren är slut, och underlaget visar ingen skillnad.";

/// What is still to be done of it.
pub(super) struct Steps {
    intervention: String,
    ahead: Vec<(Step, Value)>,
}

impl Steps {
    /// Nothing has been done yet.
    pub(super) fn new(programme: &Programme) -> Self {
        let ahead = vec![
            (DECIDED, terms(programme)),
            (ANCHORED, json!({ "approved": true, "note": "Nämnden i exemplet har sagt ja." })),
            (STARTED, Value::Null),
            (FOLLOWED_UP, follows("2025-W28", &answers("unknown", EARLY))),
            (CONTINUED, disposes("2025-W28", "continue", "Sommaren får gå innan något sägs.")),
            (REPORTED_BACK, reports()),
            (FOLLOWED_UP_LAST, follows("2025-W35", &answers("unchanged", "Ungefär som före sommaren."))),
            (ENDED, disposes("2025-W35", "end", OVER)),
        ];
        Self { intervention: String::new(), ahead }
    }

    pub(super) fn id(&self) -> &str {
        &self.intervention
    }

    /// Takes the steps of a week: in the thirteenth the quarter's areas, in the twenty-first analysis and proposal.
    pub(super) fn take(&mut self, programme: &Programme, followed: &Followed, week: Week) {
        let clock = &programme.world.clock;
        if week == Week::new(2025, 13).unwrap() {
            clock.set("2025-03-27T08:00:00Z");
            prioritise(programme);
        }
        if week == Week::new(2025, 21).unwrap() {
            clock.set("2025-05-22T08:00:00Z");
            self.intervention = propose(programme, followed.of_the_centre());
        }
        let last = format!("{}T23:59:59Z", week.day(7));
        while let Some(((who, at, path), body)) =
            self.ahead.first().cloned().filter(|((_, at, _), _)| **at <= *last)
        {
            clock.set(at);
            let path = programme.at(&format!("interventions/{}{path}", self.intervention));
            programme.caller(who).post(path, &body).ok();
            self.ahead.remove(0);
        }
    }
}

fn prioritise(programme: &Programme) {
    let weighed = |(area, need): (&str, u8)| {
        let reason = "Flest händelser i utdraget under det år som gått.";
        json!({ "area": programme.areas[area], "need": need, "influenceability": 3, "reason": reason })
    };
    let chosen = [(CENTRE, 4), ("Väster", 3), ("Sörby", 2)].map(weighed);
    let next = [weighed(("Vivalla", 2))];
    let proposal = json!({ "lastWeek": "2025-W26", "chosen": chosen, "next": next });
    let period = programme.at("priorities/2025-W14");
    programme.caller("coordinator").post(format!("{period}/proposals"), &proposal).ok();
    programme.caller("steering").post(format!("{period}/decision"), &json!({})).ok();
}

/// The centre is analysed in the week's cycle, and the intervention proposed from that; its identity.
fn propose(programme: &Programme, problem: &str) -> String {
    let area = &programme.areas[CENTRE];
    let statement = json!({
        "context": "Händelserna i utdraget ligger mest på eftermiddagar och kvällar.",
        "unease": "Många passerar just då.", "conditions": "Få vuxna är kvar när butikerna stänger.",
        "causes": ["absent_guardian"], "need": 4, "influenceability": 3,
        "bestEffect": "Vuxna som syns på kvällen.", "forecast": "Fler ute när det blir varmt.",
        "problems": [problem],
    });
    let analyst = programme.caller("analyst");
    analyst.put(programme.at(&format!("analyses/week/2025-W21/{area}")), 0, &statement).ok();
    let plan = json!({
        "title": "Påhittad insats: värdar i centrum", "area": area, "kind": "field_group",
        "problems": [problem], "analysis": { "occasion": { "week": "2025-W21" }, "area": area },
        "causes": ["absent_guardian"], "mechanism": "Någon ser, och då blir det inte av.",
        "horizon": { "short": { "until": "2025-W35" } },
    });
    analyst.post(programme.at("interventions"), &plan).ok().id()
}

fn follows(week: &str, answers: &Value) -> Value {
    json!({ "occasion": { "week": week }, "answers": answers })
}

fn disposes(week: &str, disposition: &str, reason: &str) -> Value {
    json!({ "week": week, "disposition": disposition, "reason": reason })
}

fn terms(programme: &Programme) -> Value {
    json!({
        "expectations": [{ "indicator": "other_disorder", "direction": "fewer", "percent": 30, "windowWeeks": 13 }],
        "responsible": programme.hosts, "method": "Fyra värdar, torsdag till lördag från klockan 15 till 23.",
        "reportBack": "2025-08-22", "anchoring": "pending",
    })
}

fn reports() -> Value {
    json!({ "fidelity": "modified", "done": "Värdarna gick 34 av 39 kvällar.",
        "deviation": "Fem kvällar ställdes in." })
}

fn answers(afterwards: &str, told: &str) -> Value {
    json!({ "why": "Mot våld, hot och rån i centrum.", "how": "Värdarna syntes.", "fidelity": "modified",
        "deviation": "Fem kvällar ställdes in.", "afterwards": afterwards, "problemAfterwards": told,
        "evidenceLevel": "description" })
}
