//! The outcome timeline as a picture (SVG): readable in black and white, with its text equivalent in it.

mod legend;
mod marks;
mod page;
mod panel;
mod scale;

use est::timeline::{Counts, Role, Timeline, areas_of};
use page::{FAINT, INK, LEFT, RIGHT, WIDTH, line, round, text};
use panel::Panel;
use scale::{Scale, number};
use svg::Document;
use svg::node::element::{Description, Group, Rectangle, Title};

/// The panel of the own area, that of its reporting, and the first of the areas beside.
const OWN: Panel = Panel { top: 162.0, bottom: 332.0, least: 4 };
const REPORTING: Panel = Panel { top: 356.0, bottom: 390.0, least: 1 };
const BESIDE: Panel = Panel { top: 434.0, bottom: 484.0, least: 2 };
/// From the top of a panel beside to the top of the next.
const STRIDE: f64 = 88.0;
const SPAN_NAMES: f64 = 84.0;
const LINE_HEIGHT: f64 = 19.0;

/// The picture of a timeline, as a text in UTF-8.
pub fn svg(timeline: &Timeline) -> String {
    let weeks = Scale { from: LEFT, to: RIGHT, steps: timeline.weeks.len() };
    let beside = beside(timeline);
    let last = beside.last().map_or(REPORTING, |(_, panel)| *panel).bottom;
    let legend = legend::lines(timeline);
    let below = last + 54.0;
    let height = below + LINE_HEIGHT * number(legend.len());
    let title = format!("Insats: {}", timeline.title.as_str());
    let mut document = begun(&title, &timeline.told(), height)
        .add(text(LEFT, 34.0, &title).set("font-size", 20))
        .add(text(LEFT, 58.0, &counted(timeline)));
    let own = timeline.together(Role::Own);
    document = document.add(panel::ticks(&own, OWN)).add(reporting(&own, &weeks));
    for (role, panel) in &beside {
        let name =
            format!("{}, {}: tillsammans", role.swedish(), areas_of(timeline.areas(*role)).to_lowercase());
        let counts = timeline.together(*role);
        document = document
            .add(text(LEFT, panel.top - 10.0, &name))
            .add(panel::ticks(&counts, *panel))
            .add(panel::bars(&counts, *panel, &weeks));
    }
    let mut lines = Group::new();
    for (place, line) in (0..).zip(&legend) {
        lines = lines.add(text(LEFT, below + LINE_HEIGHT * f64::from(place), line));
    }
    document
        .add(panel::bars(&own, OWN, &weeks))
        .add(panel::key(OWN))
        .add(spans(timeline, &weeks, &beside))
        .add(names(timeline, &weeks, last))
        .add(marks::drawn(timeline, &weeks, OWN.top))
        .add(lines)
        .to_string()
}

/// The page with its name and its text equivalent, for those who do not see it.
fn begun(title: &str, told: &str, height: f64) -> Document {
    let page = Rectangle::new().set("width", WIDTH).set("height", height).set("fill", "#fff");
    Document::new()
        .set("viewBox", (0, 0, WIDTH, height))
        .set("role", "img")
        .set("aria-labelledby", "tidslinje-namn tidslinje-text")
        .set("lang", "sv")
        .set("font-family", "sans-serif")
        .set("font-size", 13)
        .set("fill", INK)
        .add(Title::new(title).set("id", "tidslinje-namn"))
        .add(Description::new().set("id", "tidslinje-text").add(svg::node::Text::new(told)))
        .add(page)
}

/// The figures of a timeline, a line for each week and area; semicolons part them, as Swedish spreadsheets have it.
pub fn csv(timeline: &Timeline) -> String {
    let mut lines = vec!["vecka;skede;omrade;roll;nya;kanda;vantade;rapporterade".to_owned()];
    for series in &timeline.series {
        let role = match series.role {
            Role::Own => "eget",
            Role::Neighbour => "granne",
            Role::Comparison => "ovrigt",
        };
        for (week, counts) in timeline.weeks.iter().zip(&series.counts) {
            let Counts { new, known, expected, reported } = counts;
            let (name, span) = (cell(series.name.as_str()), week.span.swedish().to_lowercase());
            lines.push(format!("{};{span};{name};{role};{new};{known};{expected};{reported}", week.week));
        }
    }
    lines.join("\r\n") + "\r\n"
}

/// A name as a cell: quoted as RFC 4180 wants it, and never a formula to a spreadsheet.
fn cell(name: &str) -> String {
    let plain = name.trim_start_matches(['=', '+', '-', '@']);
    format!("\"{}\"", plain.replace('"', "\"\""))
}

fn counted(timeline: &Timeline) -> String {
    let indicators: Vec<&str> = timeline.indicators.iter().map(|indicator| indicator.swedish()).collect();
    let area = timeline.own().map_or("", |own| own.name.as_str());
    format!("{area}. Rapporterat per vecka: {}.", indicators.join(", ").to_lowercase())
}

/// The panels of the areas beside, one below the other; a role that no area has gets none.
fn beside(timeline: &Timeline) -> Vec<(Role, Panel)> {
    let roles = [Role::Neighbour, Role::Comparison].into_iter().filter(|role| timeline.areas(*role) > 0);
    let panel = |place: usize| {
        let down = STRIDE * number(place);
        Panel { top: BESIDE.top + down, bottom: BESIDE.bottom + down, ..BESIDE }
    };
    roles.enumerate().map(|(place, role)| (role, panel(place))).collect()
}

/// How many of those who could report did: without it no figure above means anything.
fn reporting(own: &[Counts], weeks: &Scale) -> Group {
    let Panel { top, bottom, .. } = REPORTING;
    let mut group = Group::new()
        .add(line((LEFT, top), (RIGHT, top)).set("stroke", FAINT))
        .add(line((LEFT, bottom), (RIGHT, bottom)).set("stroke", FAINT))
        .add(text(LEFT - 8.0, top + 5.0, "100 %").set("text-anchor", "end"))
        .add(text(LEFT - 8.0, bottom + 4.0, "0").set("text-anchor", "end"))
        .add(text(RIGHT + 12.0, top + 21.0, "har rapporterat"));
    for (week, counts) in own.iter().enumerate().filter(|(_, counts)| counts.expected > 0) {
        let (x, width) = weeks.bar(week);
        let share = f64::from(counts.reported.min(counts.expected)) / f64::from(counts.expected);
        let height = (bottom - top) * share;
        let bar = Rectangle::new().set("x", round(x)).set("y", round(bottom - height));
        group = group.add(bar.set("width", round(width)).set("height", round(height)).set("fill", "#888"));
    }
    group
}

/// The borders between before, during and after, through all panels.
fn spans(timeline: &Timeline, weeks: &Scale, beside: &[(Role, Panel)]) -> Group {
    let mut group = Group::new();
    for span in est::timeline::SPANS {
        let first = timeline.weeks.iter().position(|week| week.span == span);
        let Some(first) = first else { continue };
        let (x, _) = weeks.step(first);
        group = group.add(text(x + 5.0, SPAN_NAMES, span.swedish()).set("font-weight", "bold"));
        if first > 0 {
            let border = |top: f64, bottom: f64| line((x, top), (x, bottom)).set("stroke-width", 2);
            group = group.add(border(SPAN_NAMES - 12.0, REPORTING.bottom));
            for (_, panel) in beside {
                group = group.add(border(panel.top, panel.bottom));
            }
        }
    }
    group
}

/// Some of the weeks by name, under the last panel.
fn names(timeline: &Timeline, weeks: &Scale, last: f64) -> Group {
    let every = timeline.weeks.len().div_ceil(12).max(1);
    timeline.weeks.iter().enumerate().step_by(every).fold(Group::new(), |group, (number, week)| {
        let middle = weeks.middle(number);
        let name = text(middle, last + 25.0, &week.week.to_string());
        group
            .add(line((middle, last + 8.0), (middle, last + 13.0)))
            .add(name.set("text-anchor", "middle").set("font-size", 11))
    })
}
