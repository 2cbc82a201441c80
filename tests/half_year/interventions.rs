//! The interventions: how far each has come, what has happened to it, and what about it should ask for attention.

use crate::almanac::{Number, week};
use crate::courses::Course;
use crate::sent::Sent;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How long it is thought to last.
#[derive(Clone, Debug)]
pub(crate) enum Lasting {
    Until(Number),
    Milestones([Date; 2]),
}

/// An intervention as it stands; nothing is known of one that is not proposed.
#[derive(Clone, Debug)]
pub(crate) struct Undertaking {
    pub(crate) course: Course,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) area: usize,
    pub(crate) problem: usize,
    pub(crate) indicator: &'static str,
    pub(crate) lasting: Lasting,
    pub(crate) status: &'static str,
    pub(crate) window: i32,
    pub(crate) report_back: Option<Date>,
    /// The organisation whose informant answers for it.
    pub(crate) responsible: &'static str,
    pub(crate) anchoring: &'static str,
    /// When what happened to it.
    pub(crate) life: Vec<(String, Number, &'static str)>,
    pub(crate) started: Option<Number>,
    pub(crate) disposed: Option<Number>,
    /// What was decided of it, cycle by cycle.
    pub(crate) dispositions: Vec<Value>,
    pub(crate) reported: bool,
    pub(crate) fidelity: Option<&'static str>,
    pub(crate) afterwards: Option<&'static str>,
    pub(crate) followed_up: BTreeSet<String>,
}

impl Undertaking {
    pub(crate) fn of(course: Course) -> Self {
        Self {
            course,
            id: String::new(),
            title: String::new(),
            area: 0,
            problem: 0,
            indicator: "",
            lasting: Lasting::Until(0),
            status: "unproposed",
            window: 0,
            report_back: None,
            responsible: "",
            anchoring: "",
            life: Vec::new(),
            started: None,
            disposed: None,
            dispositions: Vec::new(),
            reported: false,
            fidelity: None,
            afterwards: None,
            followed_up: BTreeSet::new(),
        }
    }

    pub(crate) fn is_proposed(&self) -> bool {
        self.status != "unproposed"
    }

    /// Not to be seen by others than those who decide and those who answer for it.
    pub(crate) fn is_hidden(&self) -> bool {
        self.course.embargo && self.report_back.is_some() && self.started.is_none()
    }

    /// What should ask for attention on a day.
    pub(crate) fn alerts(&self, sent: &Sent, number: Number, today: Date) -> Vec<Value> {
        let mut alerts = Vec::new();
        if let (Some(started), "active") = (self.started, self.status) {
            let cycles = number - self.disposed.unwrap_or(started);
            alerts.extend((cycles > 1).then(|| json!({ "alert": "without_disposition", "cycles": cycles })));
            alerts.extend((!sent.problems[self.problem].open).then(|| json!({ "alert": "problem_gone" })));
            alerts.extend(self.unheard_of(number - started));
            alerts.extend(self.past(number, today));
        }
        if let (Some(due), "active" | "decided", false) = (self.report_back, self.status, self.reported) {
            let days = (today - due).get_days();
            alerts.extend((days > 0).then(|| json!({ "alert": "report_back_overdue", "days": days })));
        }
        alerts
    }

    /// The time in which a change was expected has passed without one.
    fn unheard_of(&self, weeks: i32) -> Option<Value> {
        let alert = match self.afterwards {
            None => "not_followed_up",
            Some("unchanged" | "more") => "no_change",
            Some(_) => return None,
        };
        (weeks >= self.window).then(|| json!({ "alert": alert, "weeks": weeks }))
    }

    fn past(&self, number: Number, today: Date) -> Vec<Value> {
        match &self.lasting {
            Lasting::Until(until) if *until < number => {
                vec![json!({ "alert": "past_its_horizon", "weeks": number - until })]
            }
            Lasting::Until(_) => Vec::new(),
            Lasting::Milestones(days) => {
                let passed = (1..).zip(days).filter(|(_, day)| **day < today);
                passed
                    .map(|(milestone, _)| json!({ "alert": "milestone_passed", "milestone": milestone }))
                    .collect()
            }
        }
    }

    /// What has happened to it, as it should be read.
    pub(crate) fn lived(&self) -> Vec<Value> {
        self.life.iter().map(|(at, _, what)| json!({ "at": at, "what": what })).collect()
    }

    /// What a digest should say of it.
    pub(crate) fn done(&self, sent: &Sent, chosen: &[usize]) -> Value {
        json!({
            "id": self.id, "title": self.title, "area": sent.areas[self.area], "status": self.status,
            "prioritised": chosen.contains(&self.area), "fidelity": self.fidelity,
            "disposition": self.dispositions.last(),
        })
    }

    /// Whether it belongs to a period: proposed by its end, and not over before its beginning.
    pub(crate) fn belongs_to(&self, first: Number, last: Number) -> bool {
        let over = ["ended", "declined"].contains(&self.status);
        let begun = self.life.first().is_some_and(|(_, number, _)| *number <= last);
        begun && (!over || self.life.last().is_some_and(|(_, number, _)| *number >= first))
    }
}

/// The occasion of a follow-up: the week's meeting, or that of the quarter.
pub(crate) fn occasion(number: Number, of_period: bool) -> Value {
    if of_period { json!({ "period": week(number) }) } else { json!({ "week": week(number) }) }
}
