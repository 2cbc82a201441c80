//! Problems of the year, opened from what comes back in one area and indicator, and followed week by week.

use super::programme::{CENTRE, Programme, area_of};
use est::Week;
use serde_json::{Value, json};
use tests::extract::Extract;

/// Area, indicator, title, and the sub-types that are it; none: all of them.
type Sketch = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// What came back as other disorder in three weeks or more of the year, in an area that has a name.
const PROBLEMS: [Sketch; 4] = [
    (CENTRE, "other_disorder", "Våld, hot och rån i centrum", &["violence", "weapon", "robbery", "threat"]),
    ("Rosta", "other_disorder", "Ordningsstörningar i Rosta", &[]),
    ("Varberga", "other_disorder", "Ordningsstörningar i Varberga", &[]),
    ("Väster", "other_disorder", "Ordningsstörningar i Väster", &[]),
];

/// Whether an observation is one of a problem.
pub(super) fn belongs(area: &str, indicator: &str, subtypes: &[String]) -> bool {
    let named = |its: &Sketch| its.0 == area && its.1 == indicator;
    PROBLEMS.iter().filter(|its| named(its)).any(|its| is_of(its, subtypes))
}

fn is_of(sketch: &Sketch, subtypes: &[String]) -> bool {
    sketch.3.is_empty() || subtypes.iter().any(|subtype| sketch.3.contains(&subtype.as_str()))
}

/// What the form of a week asks, as the page has it.
pub(super) fn asked(programme: &Programme, week: Week) -> Vec<String> {
    let path = programme.at(&format!("weeks/{week}/forms/{}", programme.unit));
    let form = programme.caller("police").get(path).ok().body;
    let told = |question: &Value| {
        let problem = &question["problem"];
        format!(
            "{} {} gathered streak {} silent {}",
            problem["title"].as_str().unwrap(),
            problem["gathered"].as_array().unwrap().len(),
            problem["streakWeeks"],
            question["silentWeeks"]
        )
    };
    form["questions"].as_array().unwrap().iter().map(told).collect()
}

/// The problems, by the sketch that each follows.
pub(super) struct Followed {
    pub(super) problems: Vec<(Sketch, String)>,
}

impl Followed {
    pub(super) fn opened(programme: &Programme) -> Self {
        let open = |sketch: Sketch| {
            let (area, indicator, title, _) = sketch;
            let opens = json!({ "title": title, "indicator": indicator, "area": programme.areas[area],
                "firstWeek": "2025-W01" });
            (sketch, programme.caller("coordinator").post(programme.at("problems"), &opens).ok().id())
        };
        Self { problems: PROBLEMS.map(open).into() }
    }

    /// The problem of the centre.
    pub(super) fn of_the_centre(&self) -> &str {
        &self.problems[0].1
    }

    /// On the Monday after, what the police reported of a problem is said to be it.
    pub(super) fn gather(&self, programme: &Programme, week: Week) {
        programme.world.clock.set(&format!("{}T08:00:00Z", week.plus(1).day(1)));
        let coordinator = programme.caller("coordinator");
        let path = programme.at(&format!("weeks/{week}/reports/{}", programme.unit));
        // A week of which the police told nothing has no report.
        let items = coordinator.get(path).body["items"].as_array().cloned().unwrap_or_default();
        for ((area, indicator, ..), problem) in &self.problems {
            let here = |item: &Value| {
                let subtypes: Vec<String> =
                    serde_json::from_value(item["subtypes"].clone()).unwrap_or_default();
                item["area"] == programme.areas[*area]
                    && item["indicator"] == *indicator
                    && belongs(area, indicator, &subtypes)
            };
            let seen = items.iter().enumerate().filter(|(_, item)| here(item));
            let observation = |number| json!({ "week": week, "unit": programme.unit, "item": number });
            let observations: Vec<Value> = seen.map(|(number, _)| observation(number)).collect();
            if !observations.is_empty() {
                let path = programme.at(&format!("problems/{problem}/observations"));
                coordinator.post(path, &json!({ "observations": observations })).ok();
            }
        }
    }

    /// The streak, and what the next week's form asks of the silence, are those of the rows so far.
    pub(super) fn ask(&self, programme: &Programme, extract: &Extract, week: Week) {
        let path = programme.at(&format!("weeks/{}/forms/{}", week.plus(1), programme.unit));
        let form = programme.caller("police").get(path).ok().body;
        let questions = form["questions"].as_array().unwrap();
        assert_eq!(questions.len(), self.problems.len(), "{week}: every open problem is asked about");
        let year = Week::new(super::YEAR, 1).unwrap();
        for (sketch, problem) in &self.problems {
            let here = extract.within().filter(|row| area_of(&row.place) == sketch.0);
            let here =
                here.filter(|row| row.indicator.as_deref() == Some(sketch.1) && is_of(sketch, &row.subtypes));
            let weeks: Vec<Week> =
                here.map(|row| row.week).filter(|seen| (year..=week).contains(seen)).collect();
            let question = questions.iter().find(|its| its["problem"]["id"] == **problem).unwrap();
            let last = weeks.iter().max().copied();
            let silent = week.plus(1).since(last.unwrap_or(year));
            assert_eq!(question["silentWeeks"], silent, "{}, {week}", sketch.2);
            let back = |last: Week| (0..53).take_while(|back| weeks.contains(&last.plus(-back))).count();
            let told = &question["problem"];
            assert_eq!(told["streakWeeks"], last.map_or(0, back), "{}, {week}", sketch.2);
            assert_eq!(told["gathered"].as_array().unwrap().len(), weeks.len(), "{}, {week}", sketch.2);
        }
    }
}
