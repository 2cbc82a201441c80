//! The worked example of the documentation, lived: the police's real extract brought in, its problems followed through
//! 2025, and one made-up intervention laid on one of them, with its timeline held to the extract's rows.

mod intervention;
mod problems;
mod programme;

use est::Week;
use problems::Followed;
use programme::{Programme, area_of};
use serde_json::Value;
use std::collections::BTreeMap;
use tests::extract::{Extract, Row};
use tests::snapshot;

/// Weeks before and after the intervention: with them the timeline is the year.
const AROUND: &str = "before=22&after=17";
const YEAR: i16 = 2025;

/// R27, R46, R52, R59: what is read over HTTP is what the police's rows say, week by week.
#[test]
fn a_year_of_the_real_extract_is_followed_and_an_intervention_laid_on_it() {
    let Some(extract) = Extract::read() else { return };
    let programme = Programme::prepared(&extract);
    let said = tests::extract::import(&programme.world, &programme.id, &extract.path, &programme.unit);
    assert!(said.contains(&extract.rows.len().to_string()), "{said}");
    let found = programme.found(&year());
    assert_eq!(found, rows_found(&extract), "the weeks differ from the rows");
    page_says(&came_back(&found));
    let followed = Followed::opened(&programme);
    let mut lived = intervention::Steps::new(&programme);
    for week in year() {
        lived.take(&programme, &followed, week);
        followed.gather(&programme, week);
        followed.ask(&programme, &extract, week);
        if [12, 52].map(|number| Week::new(YEAR, number)).contains(&Some(week)) {
            page_says(&problems::asked(&programme, week.plus(1)));
        }
    }
    programme.world.clock.set("2026-01-07T08:00:00Z");
    let at = |path: &str| programme.at(&format!("interventions/{}/timeline{path}?{AROUND}", lived.id()));
    let read = |path: &str| programme.caller("analyst").get(at(path)).ok();
    adds_up(&read("").body, &extract, &programme);
    sheet_says(&read("/sheet").text, &read("").body);
    pictured(&read("/picture").text);
}

fn year() -> Vec<Week> {
    (1..=52).map(|number| Week::new(YEAR, number).unwrap()).collect()
}

/// By week, area and indicator; an area without a name is what could not be placed.
type Counts = BTreeMap<(Week, String, String), u64>;

fn rows_found(extract: &Extract) -> Counts {
    let mut counts = Counts::new();
    for row in extract.within().filter(|row| year().contains(&row.week)) {
        let (area, indicator) = (area_of(&row.place), row.indicator.clone().unwrap());
        *counts.entry((row.week, area, indicator)).or_default() += 1;
    }
    counts
}

/// Each area's week: the new and the known are together the rows, and in the own area the known are those gathered.
fn adds_up(timeline: &Value, extract: &Extract, programme: &Programme) {
    let indicator = timeline["indicators"][0].as_str().unwrap();
    let series = timeline["series"].as_array().unwrap();
    assert_eq!(series.len(), programme.areas.len());
    assert_eq!(timeline["weeks"].as_array().unwrap().len(), year().len());
    let reported: Vec<Week> = extract.within().map(|row| row.week).collect();
    for area in series {
        let (name, role) = (area["name"].as_str().unwrap(), &area["role"]);
        for (week, counts) in year().into_iter().zip(area["counts"].as_array().unwrap()) {
            let here = |row: &&Row| row.week == week && area_of(&row.place) == name;
            let here =
                extract.within().filter(here).filter(|row| row.indicator.as_deref() == Some(indicator));
            let (gathered, others): (Vec<_>, Vec<_>) =
                here.partition(|row| problems::belongs(name, indicator, &row.subtypes));
            let wanted = serde_json::json!({ "new": others.len(), "known": gathered.len(), "expected": 1,
                "reported": u8::from(reported.contains(&week)) });
            assert_eq!(*counts, wanted, "{name} ({role}), {week}");
        }
    }
}

/// The sheet has the figures of the JSON, a line for each week and area.
fn sheet_says(sheet: &str, timeline: &Value) {
    let figures = |counts: &Value| {
        ["new", "known", "expected", "reported"].map(|figure| counts[figure].to_string()).join(";")
    };
    let series = timeline["series"].as_array().unwrap().iter();
    let wanted: Vec<String> = series
        .flat_map(|area| area["counts"].as_array().unwrap().iter().zip(timeline["weeks"].as_array().unwrap()))
        .map(|(counts, week)| format!("{};{}", week["week"].as_str().unwrap(), figures(counts)))
        .collect();
    let lines = sheet.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(';').collect();
        format!("{};{}", cells[0], cells[4..].join(";"))
    });
    assert_eq!(lines.collect::<Vec<_>>(), wanted);
}

/// What came back in three weeks or more, as the page has it.
fn came_back(found: &Counts) -> Vec<String> {
    let mut back = BTreeMap::<_, (usize, u64)>::new();
    for ((_, area, indicator), count) in found {
        let (weeks, events) = back.entry((area.as_str(), indicator.as_str())).or_default();
        *weeks += 1;
        *events += count;
    }
    let often = back.into_iter().filter(|(_, (weeks, _))| *weeks >= 3);
    let told = often.map(|((area, indicator), (weeks, events))| {
        let area = if area.is_empty() { "(not placed)" } else { area };
        format!("{area} {indicator} {weeks} weeks {events} events")
    });
    told.collect()
}

/// The picture of the documentation is the one that is drawn, and the page tells its figures.
fn pictured(picture: &str) {
    snapshot::check_at("docs/worked-example.svg", picture);
    let told = picture.lines().map(str::trim).filter(|line| line.contains(" redan kända"));
    page_says(&told.map(str::to_owned).collect::<Vec<_>>());
}

/// The page has each of the lines, however its columns are set.
#[track_caller]
fn page_says(lines: &[String]) {
    assert!(!lines.is_empty(), "nothing to look for");
    let page = snapshot::read("docs/worked-example.md");
    let page: Vec<String> =
        page.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in lines {
        assert!(page.contains(line), "docs/worked-example.md does not say: {line}");
    }
}
