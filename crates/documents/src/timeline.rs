//! The outcome timeline as a picture (SVG): readable in black and white, with its text equivalent in it.

mod scale;

use est::timeline::{Counts, Role, Series, Span, Sum, Timeline};
use scale::{Scale, number};
use svg::Document;
use svg::node::element::{Description, Group, Line, Polyline, Rectangle, Text, Title};

const WIDTH: f64 = 1_000.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 860.0;
/// The three panels, from their upper to their lower edges: the own area, its reporting, the areas beside.
const OWN: (f64, f64) = (140.0, 320.0);
const REPORTING: (f64, f64) = (352.0, 392.0);
const BESIDE: (f64, f64) = (440.0, 550.0);
const LEGEND: f64 = 600.0;
const LINE_HEIGHT: f64 = 19.0;

const INK: &str = "#111";
const FAINT: &str = "#bbb";
const SPANS: [Span; 3] = [Span::Before, Span::During, Span::After];

/// The picture of a timeline, as a text in UTF-8.
pub fn svg(timeline: &Timeline) -> String {
    let weeks = Scale { from: LEFT, to: RIGHT, steps: timeline.weeks.len() };
    let legend = legend(timeline);
    let height = LEGEND + LINE_HEIGHT * number(legend.len() + 1);
    let title = format!("Insats: {}", timeline.title.as_str());
    let page = Rectangle::new().set("width", WIDTH).set("height", height).set("fill", "#fff");
    let mut document = Document::new()
        .set("viewBox", (0, 0, WIDTH, height))
        .set("role", "img")
        .set("lang", "sv")
        .set("font-family", "sans-serif")
        .set("font-size", 13)
        .set("fill", INK)
        .add(Title::new(title.clone()))
        .add(Description::new().add(svg::node::Text::new(timeline.told())))
        .add(page)
        .add(text(LEFT, 34.0, &title).set("font-size", 20))
        .add(text(LEFT, 58.0, &counted(timeline)));
    if let Some(own) = timeline.own() {
        document = document.add(bars(own, &weeks)).add(reporting(own, &weeks));
    }
    let mut lines = Group::new();
    for (place, line) in (0..).zip(&legend) {
        lines = lines.add(text(LEFT, LEGEND + LINE_HEIGHT * f64::from(place), line));
    }
    document
        .add(beside(timeline, &weeks))
        .add(spans(timeline, &weeks))
        .add(marks(timeline, &weeks))
        .add(lines)
        .to_string()
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

fn text(x: f64, y: f64, content: &str) -> Text {
    Text::new(content).set("x", round(x)).set("y", round(y))
}

fn line(from: (f64, f64), to: (f64, f64)) -> Line {
    let line = Line::new().set("x1", round(from.0)).set("y1", round(from.1));
    line.set("x2", round(to.0)).set("y2", round(to.1)).set("stroke", INK)
}

/// Tenths of a unit are fine enough, and keep the file small.
fn round(place: f64) -> f64 {
    (place * 10.0).round() / 10.0
}

/// New observations black, known ones white above them: they are never one figure.
fn bars(own: &Series, weeks: &Scale) -> Group {
    let highest = own.counts.iter().map(|counts| counts.new + counts.known).max().unwrap_or(0).max(4);
    let up = |count: u32| (OWN.1 - OWN.0) * f64::from(count) / f64::from(highest);
    let mut group = Group::new().add(text(8.0, OWN.0 - 12.0, "Antal"));
    for tick in [0, highest.div_ceil(2), highest] {
        let y = OWN.1 - up(tick);
        let rule = line((LEFT, y), (RIGHT, y)).set("stroke", FAINT);
        group = group.add(rule).add(text(LEFT - 8.0, y + 4.0, &tick.to_string()).set("text-anchor", "end"));
    }
    for (week, counts) in own.counts.iter().enumerate() {
        let (x, width) = weeks.bar(week);
        let bar = |from: f64, height: f64, fill: &str| {
            let bar = Rectangle::new().set("x", round(x)).set("y", round(from - height));
            bar.set("width", round(width)).set("height", round(height)).set("fill", fill).set("stroke", INK)
        };
        // Nobody has reported: that is not nothing, and must not look like it.
        if counts.reported == 0 && counts.expected > 0 {
            let silent = text(weeks.middle(week), OWN.1 - 6.0, "?").set("text-anchor", "middle");
            group = group.add(silent.set("font-weight", "bold"));
        }
        let (new, known) = (up(counts.new), up(counts.known));
        if counts.new > 0 {
            group = group.add(bar(OWN.1, new, INK));
        }
        if counts.known > 0 {
            group = group.add(bar(OWN.1 - new, known, "#fff"));
        }
    }
    let key = |y: f64, fill: &str| {
        let key = Rectangle::new().set("x", RIGHT + 12.0).set("y", y - 10.0).set("width", 11);
        key.set("height", 11).set("fill", fill).set("stroke", INK)
    };
    group
        .add(key(OWN.0 + 20.0, INK))
        .add(text(RIGHT + 30.0, OWN.0 + 20.0, "nya"))
        .add(key(OWN.0 + 40.0, "#fff"))
        .add(text(RIGHT + 30.0, OWN.0 + 40.0, "redan kända"))
        .add(text(RIGHT + 14.0, OWN.0 + 60.0, "?").set("font-weight", "bold"))
        .add(text(RIGHT + 30.0, OWN.0 + 60.0, "ingen rapport"))
}

/// How many of those who could report did: without it no figure above means anything.
fn reporting(own: &Series, weeks: &Scale) -> Group {
    let mut group = Group::new()
        .add(line((LEFT, REPORTING.0), (RIGHT, REPORTING.0)).set("stroke", FAINT))
        .add(line((LEFT, REPORTING.1), (RIGHT, REPORTING.1)).set("stroke", FAINT))
        .add(text(LEFT - 8.0, REPORTING.0 + 5.0, "100 %").set("text-anchor", "end"))
        .add(text(LEFT - 8.0, REPORTING.1 + 4.0, "0").set("text-anchor", "end"))
        .add(text(RIGHT + 12.0, REPORTING.0 + 24.0, "har rapporterat"));
    for (week, counts) in own.counts.iter().enumerate().filter(|(_, counts)| counts.expected > 0) {
        let (x, width) = weeks.bar(week);
        let share = f64::from(counts.reported.min(counts.expected)) / f64::from(counts.expected);
        let height = (REPORTING.1 - REPORTING.0) * share;
        let bar = Rectangle::new().set("x", round(x)).set("y", round(REPORTING.1 - height));
        group = group.add(bar.set("width", round(width)).set("height", round(height)).set("fill", "#888"));
    }
    group
}

/// New observations to an area in the areas beside, by role: broken for neighbours, dotted for the rest.
fn beside(timeline: &Timeline, weeks: &Scale) -> Group {
    let of = |role: Role| timeline.series.iter().filter(move |series| series.role == role);
    let mean = |role: Role| -> Vec<f64> {
        let areas = number(of(role).count().max(1));
        let new = |week: usize| -> u32 {
            of(role)
                .filter_map(|series: &Series| series.counts.get(week))
                .map(|counts: &Counts| counts.new)
                .sum()
        };
        (0..timeline.weeks.len()).map(|week| f64::from(new(week)) / areas).collect()
    };
    let roles = [(Role::Neighbour, "7 4", "grannar"), (Role::Comparison, "2 3", "övriga")];
    let drawn: Vec<_> = roles.into_iter().filter(|(role, ..)| of(*role).next().is_some()).collect();
    let highest = drawn.iter().flat_map(|(role, ..)| mean(*role)).fold(1.0, f64::max).ceil();
    let height = |value: f64| BESIDE.1 - (BESIDE.1 - BESIDE.0) * value / highest;
    let mut group = Group::new()
        .add(text(LEFT, BESIDE.0 - 12.0, "Andra områden: nya iakttagelser per område"))
        .add(line((LEFT, BESIDE.1), (RIGHT, BESIDE.1)).set("stroke", FAINT))
        .add(line((LEFT, BESIDE.0), (RIGHT, BESIDE.0)).set("stroke", FAINT))
        .add(text(LEFT - 8.0, BESIDE.1 + 4.0, "0").set("text-anchor", "end"))
        .add(text(LEFT - 8.0, BESIDE.0 + 4.0, &format!("{highest:.0}")).set("text-anchor", "end"));
    for (place, (role, dashes, name)) in drawn.into_iter().enumerate() {
        let points: Vec<String> = mean(role)
            .into_iter()
            .enumerate()
            .map(|(week, value)| format!("{},{}", round(weeks.middle(week)), round(height(value))))
            .collect();
        let y = BESIDE.0 + 18.0 + 20.0 * number(place);
        let key = line((RIGHT + 12.0, y - 4.0), (RIGHT + 40.0, y - 4.0));
        let curve = Polyline::new().set("points", points.join(" ")).set("fill", "none").set("stroke", INK);
        group = group
            .add(curve.set("stroke-dasharray", dashes))
            .add(key.set("stroke-dasharray", dashes))
            .add(text(RIGHT + 46.0, y, &format!("{name} ({})", of(role).count())));
    }
    group
}

/// The borders between before, during and after through all panels, and the weeks' names under them.
fn spans(timeline: &Timeline, weeks: &Scale) -> Group {
    let mut group = Group::new();
    for span in SPANS {
        let first = timeline.weeks.iter().position(|week| week.span == span);
        let Some(first) = first else { continue };
        let (x, _) = weeks.step(first);
        group = group.add(text(x + 4.0, 112.0, span.swedish()).set("font-weight", "bold"));
        if first > 0 {
            group = group
                .add(line((x, 98.0), (x, REPORTING.1)).set("stroke-width", 2))
                .add(line((x, BESIDE.0), (x, BESIDE.1)).set("stroke-width", 2));
        }
    }
    let every = timeline.weeks.len().div_ceil(12).max(1);
    for (number, week) in timeline.weeks.iter().enumerate().step_by(every) {
        let label = text(weeks.middle(number), BESIDE.1 + 20.0, &week.week.to_string());
        group = group.add(label.set("text-anchor", "middle").set("font-size", 11));
    }
    group
}

/// The events of the intervention's life, numbered as in the list below the panels; those of one week share a mark.
fn marks(timeline: &Timeline, weeks: &Scale) -> Group {
    let mut group = Group::new();
    for (at, week) in timeline.weeks.iter().enumerate() {
        let numbered = (1_usize..).zip(&timeline.marks).filter(|(_, mark)| mark.week == week.week);
        let numbers: Vec<usize> = numbered.map(|(number, _)| number).collect();
        let label = match numbers.as_slice() {
            [] => continue,
            [only] => only.to_string(),
            [first, .., last] => format!("{first}-{last}"),
        };
        let (x, y) = (weeks.middle(at), OWN.0 - 14.0);
        let half = 5.0 + 3.5 * number(label.len());
        let mark =
            Rectangle::new().set("x", round(x - half)).set("y", y - 9.0).set("width", round(2.0 * half));
        let mark = mark.set("height", 18).set("rx", 8).set("fill", "#fff").set("stroke", INK);
        let label = text(x, y + 4.0, &label).set("text-anchor", "middle").set("font-size", 11);
        group = group.add(mark).add(label);
    }
    group
}

/// What the spans add up to in each area, and the numbered events.
fn legend(timeline: &Timeline) -> Vec<String> {
    let told = |series: &Series, span: Span| {
        let Sum { weeks, counts } = timeline.sum(series, span);
        let Counts { new, known, expected, reported } = counts;
        let name = span.swedish();
        (weeks > 0).then(|| {
            format!("{name}, {weeks} veckor: {new} nya, {known} redan kända; {reported} av {expected} rapporter kom")
        })
    };
    let own = timeline.own().into_iter();
    let mut lines: Vec<String> =
        own.flat_map(|own| SPANS.into_iter().filter_map(move |span| told(own, span))).collect();
    let events = (1..).zip(&timeline.marks);
    let events: Vec<String> =
        events.map(|(number, mark)| format!("{number} {} {}", mark.week, mark.what.swedish())).collect();
    lines.extend(events.chunks(5).map(|some| some.join(" · ")));
    lines.push("Visar vad som har rapporterats. Visar inte vad som har orsakat vad.".to_owned());
    lines
}
