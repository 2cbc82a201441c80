//! The life of each intervention, week by week: proposed from an analysis, decided with what is expected, anchored,
//! begun, followed up, disposed of, reported back and ended.

use super::measures::{Course, Measure};
use super::preparation::Written;
use super::problems::Trouble;
use super::quarters::{Desk, Quarter, Quarters, Thought};
use super::town::{Area, Organisation, subject};
use super::weeks::Days;
use super::{Act, WEEKS};
use est::indicator::Indicator;
use est::intervention::{
    Afterwards, Decide, Decline, Dispose, FollowUp, Propose, ReportBack, SettleAnchoring, Start,
};
use est::permission::FunctionKind;
use est::{InterventionId, ProblemId, Subject};
use serde_json::{Value, json};

/// An intervention with its place in the story; weeks are counted as the story's.
pub(super) struct Undertaking {
    pub(super) id: InterventionId,
    pub(super) measure: &'static Measure,
    pub(super) area: Area,
    pub(super) indicator: Indicator,
    pub(super) proposed: i32,
    pub(super) analysed: Analysed,
    problem: ProblemId,
    open: &'static [(i32, i32)],
    until: i32,
}

/// Which analysis it follows from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Analysed {
    /// That of the quarter, which begins in the week.
    Quarter(i32),
    /// One made for its sake, in the week that it is proposed.
    Week,
    /// None: the area is not prioritised.
    Beside,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Propose,
    Settle,
    Start,
    Decide,
    Report,
    FollowUp,
    Dispose,
}

const STEPS: [Step; 7] =
    [Step::Propose, Step::Settle, Step::Start, Step::Decide, Step::Report, Step::FollowUp, Step::Dispose];

impl Step {
    /// The weekday and the time that it is taken at.
    fn at(self) -> (i8, (i8, i8)) {
        match self {
            Self::Propose => (1, (13, 10)),
            Self::Settle => (2, (11, 20)),
            Self::Start => (3, (9, 30)),
            Self::Decide => (3, (13, 30)),
            Self::Report => (3, (15, 10)),
            Self::FollowUp => (4, (13, 20)),
            Self::Dispose => (4, (14, 20)),
        }
    }
}

/// Weeks within which what is expected should show.
const WINDOW: i32 = 6;

pub(super) fn happen(quarters: &Quarters, desk: Desk<'_>, days: &mut Days<'_>) -> Written<()> {
    for step in STEPS {
        let (weekday, clock) = step.at();
        let taken = quarters.undertakings.iter().filter(|undertaking| undertaking.takes(step, desk.number));
        days.at(weekday, clock, taken.map(|its| its.act(step, desk)).collect::<Written<_>>()?);
    }
    Ok(())
}

impl Undertaking {
    pub(super) fn of(
        (measure, id): Thought,
        trouble: &Trouble,
        quarter: &Quarter,
        (proposed, until): (i32, i32),
    ) -> Self {
        let analysed = if !quarter.areas(proposed).iter().any(|area| area.id == trouble.area.id) {
            Analysed::Beside
        } else if trouble.is_open(quarter.analysed_in()) {
            Analysed::Quarter(quarter.first)
        } else {
            Analysed::Week
        };
        let (area, problem) = (trouble.area, trouble.id);
        let (indicator, open) = (trouble.sketch.indicator, trouble.sketch.open);
        Self { id, measure, area, indicator, proposed, analysed, problem, open, until }
    }

    /// Whether it is at work, or was until a month ago, and does what was hoped for.
    pub(super) fn eases(&self, number: i32) -> bool {
        let at_work = (self.proposed + 2..self.until + 4).contains(&number);
        at_work && self.begins() && self.measure.outcome == Afterwards::Less
    }

    fn begins(&self) -> bool {
        !matches!(self.measure.course, Course::Embargoed(_) | Course::Declined(_))
    }

    fn takes(&self, step: Step, number: i32) -> bool {
        let since = number - self.proposed;
        let minded = self.begins() && !matches!(self.measure.course, Course::Neglected(_));
        match step {
            Step::Propose | Step::Decide => since == 0,
            Step::Settle => since == 1 && self.measure.course == Course::Anchored,
            Step::Start => since == 1 && self.begins(),
            Step::Report => minded && number == self.until - 1,
            Step::FollowUp => minded && (since == 4 || number == self.until + 2),
            // Every fourth week; of late every week, as the method has it.
            Step::Dispose => {
                let stands = since > 1 && (since % 4 == 0 || number >= WEEKS - 2);
                minded && (number == self.until || (number < self.until && stands))
            }
        }
    }

    fn act(&self, step: Step, desk: Desk<'_>) -> Written<Act> {
        let coordinator = desk.town.coordinator(desk.number);
        let pen = desk.pen;
        Ok(match step {
            Step::Propose => pen.write::<Propose>(self.plan(desk))?.by(coordinator, self.id),
            Step::Decide if matches!(self.measure.course, Course::Declined(_)) => {
                let reason =
                    "Övervakning är ett stort ingrepp. Snabb sanering och målade fasader prövas först.";
                let declined = pen.write::<Decline>(json!({ "reason": reason }))?;
                declined.by(&subject("demo-steering-safety-1")?, self.id)
            }
            Step::Decide => {
                pen.write::<Decide>(self.terms(desk))?.by(&subject("demo-steering-police-2")?, self.id)
            }
            Step::Settle => {
                let note = self.one_of(&[
                    "Förvaltningen har sagt ja.",
                    "Nämnden har godkänt.",
                    "Styrelsen är enig.",
                ]);
                let settled = json!({ "approved": true, "note": note });
                pen.write::<SettleAnchoring>(settled)?.by(coordinator, self.id)
            }
            Step::Start => pen.write::<Start>(json!({}))?.by(self.starter(desk, coordinator), self.id),
            Step::Report => {
                let (fidelity, deviation) = self.fidelity();
                let report =
                    json!({ "fidelity": fidelity, "done": self.measure.done, "deviation": deviation });
                pen.write::<ReportBack>(report)?.by(self.starter(desk, coordinator), self.id)
            }
            Step::FollowUp => {
                let analyst = subject("demo-analyst-1")?;
                let by = if desk.number % 2 == 0 { coordinator } else { &analyst };
                pen.write::<FollowUp>(self.follow_up(desk))?.by(by, self.id)
            }
            Step::Dispose => {
                pen.write::<Dispose>(self.disposition(desk))?.by(&subject("demo-steering-safety-2")?, self.id)
            }
        })
    }

    /// Who begins it and reports it back: the organisation that answers for it.
    fn starter<'a>(&self, desk: Desk<'a>, otherwise: &'a Subject) -> &'a Subject {
        self.organisation(desk).map_or(otherwise, |organisation| &organisation.administrator)
    }

    fn organisation<'a>(&self, desk: Desk<'a>) -> Option<&'a Organisation> {
        desk.town.organisation(self.measure.by)
    }

    fn one_of(&self, among: &[&'static str]) -> &'static str {
        let rank = usize::try_from(self.proposed).unwrap_or_default() + self.measure.turn();
        among.get(rank % among.len().max(1)).copied().unwrap_or_default()
    }

    fn plan(&self, desk: Desk<'_>) -> Value {
        let Measure { title, kind, techniques, mechanism, evidence, causes, .. } = self.measure;
        let week = |number| desk.almanac.first.plus(number);
        let occasion = match self.analysed {
            Analysed::Quarter(first) => Some(json!({ "period": week(first) })),
            Analysed::Week => Some(json!({ "week": week(self.proposed) })),
            Analysed::Beside => None,
        };
        let beside = (self.analysed == Analysed::Beside)
            .then_some("Problemet har pågått länge och parterna är överens om att det inte bör vänta.");
        let evidence: Vec<_> = Some(evidence).into_iter().filter(|evidence| !evidence.is_empty()).collect();
        json!({
            "title": title, "area": self.area.id, "kind": kind, "techniques": techniques,
            "problems": [self.problem], "mechanism": mechanism, "evidence": evidence,
            "analysis": occasion.as_ref().map(|its| json!({ "occasion": its, "area": self.area.id })),
            "causes": if occasion.is_some() { *causes } else { &[] },
            "horizon": { "short": { "until": week(self.until) } },
            "outsideReason": beside,
        })
    }

    fn terms(&self, desk: Desk<'_>) -> Value {
        let Measure { method, with: (other, share), legal_basis, course, .. } = self.measure;
        let organisation = self.organisation(desk).map(|organisation| organisation.id);
        let post = organisation.and_then(|its| desk.town.post(FunctionKind::OrganisationAdministrator, its));
        let percent = [20, 25, 30, 40, 50];
        let rank = self.measure.turn() % percent.len();
        json!({
            "expectations": [{
                "indicator": self.indicator, "direction": "fewer", "percent": percent.get(rank),
                "windowWeeks": WINDOW,
            }],
            "responsible": post.map(|post| post.id),
            "contributors": desk.town.organisation(other)
                .map(|other| json!({ "organisation": other.id, "share": share })).into_iter().collect::<Vec<_>>(),
            "method": method,
            "reportBack": desk.almanac.first.plus(self.until - 1).day(5),
            "anchoring": if *course == Course::Anchored { "pending" } else { "not_needed" },
            "legalBasis": legal_basis,
            "embargo": matches!(course, Course::Embargoed(_)),
        })
    }

    fn fidelity(&self) -> (&'static str, Option<&'static str>) {
        let deviation = self.measure.deviation;
        (if deviation.is_some() { "modified" } else { "as_decided" }, deviation)
    }

    /// What is seen of the problem.
    fn afterwards(&self, number: i32) -> Afterwards {
        let there = self.open.iter().any(|(from, until)| (*from..*until).contains(&number));
        if there { self.measure.outcome } else { Afterwards::Gone }
    }

    fn follow_up(&self, desk: Desk<'_>) -> Value {
        let (fidelity, deviation) = self.fidelity();
        let afterwards = self.afterwards(desk.number);
        let answers = json!({
            "why": format!("Mot problemet ”{}”. {}", self.measure.against, self.measure.mechanism),
            "how": self.measure.done,
            "fidelity": fidelity,
            "deviation": deviation,
            "afterwards": afterwards,
            "problemAfterwards": self.one_of(seen(afterwards)),
            "evidenceLevel": "description",
        });
        json!({ "occasion": { "week": desk.almanac.first.plus(desk.number) }, "answers": answers })
    }

    fn disposition(&self, desk: Desk<'_>) -> Value {
        let ends = desk.number == self.until;
        let expands = !ends && self.measure.turn().is_multiple_of(5) && desk.number == self.proposed + 4;
        let (disposition, reason) = match (ends, expands) {
            (true, _) if self.afterwards(desk.number) == Afterwards::Gone => (
                "end",
                self.one_of(&["Problemet är borta.", "Inget nytt på flera veckor, insatsen behövs inte."]),
            ),
            (true, _) => ("end", self.one_of(&ENDED)),
            (false, true) => ("expand", "Ger resultat enligt rapporterna och utökas med ett pass i veckan."),
            (false, false) => ("continue", self.one_of(&CONTINUED)),
        };
        json!({ "week": desk.almanac.first.plus(desk.number), "disposition": disposition, "reason": reason })
    }
}

const ENDED: [&str; 3] = [
    "Tiden är ute. Det som återstår går över i ordinarie drift.",
    "Perioden är slut och uppföljningen görs om två veckor.",
    "Avslutas enligt planen; läget följs i veckorapporterna.",
];
const CONTINUED: [&str; 4] = [
    "För tidigt att bedöma, fortsätter som beslutat.",
    "Rapporterna pekar åt rätt håll. Fortsätter.",
    "Fortsätter oförändrad till nästa avstämning.",
    "Ingen ny kunskap sedan sist, fortsätter.",
];

/// What the problem looks like.
fn seen(afterwards: Afterwards) -> &'static [&'static str] {
    match afterwards {
        Afterwards::Gone => &[
            "Inga nya rapporter om problemet de senaste veckorna.",
            "Verksamheterna ser inte längre problemet.",
        ],
        Afterwards::Less => &[
            "Färre rapporter än före, men det förekommer fortfarande.",
            "Kortare och lugnare tillfällen än tidigare, mest på helger.",
            "Halva veckorna utan nya rapporter.",
        ],
        Afterwards::Moved => {
            &["Lugnare på platsen, men samma slag av rapporter kommer från skolgården intill."]
        }
        Afterwards::Unchanged | Afterwards::More | Afterwards::Unknown => {
            &["Lika många rapporter som före.", "Ingen skillnad som går att se i rapporterna."]
        }
    }
}
