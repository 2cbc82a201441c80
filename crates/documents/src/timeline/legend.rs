//! What stands below the panels: what the spans add up to, and the numbered events.

use est::timeline::{Counts, Role, SPANS, Span, Sum, Timeline, areas_of, weeks_of};

/// Events on a line.
const EVENTS: usize = 5;

pub(super) fn lines(timeline: &Timeline) -> Vec<String> {
    let own = timeline.together(Role::Own);
    let mut lines: Vec<String> = SPANS.into_iter().filter_map(|span| told(timeline, &own, span)).collect();
    lines.extend([Role::Neighbour, Role::Comparison].into_iter().filter_map(|role| beside(timeline, role)));
    let events = (1..).zip(&timeline.marks);
    let events: Vec<String> =
        events.map(|(number, mark)| format!("{number}: {} {}", mark.week, mark.what.swedish())).collect();
    lines.extend(events.chunks(EVENTS).map(|some| some.join(" · ")));
    let mut lengths = SPANS.into_iter().map(|span| timeline.sum(&own, span).weeks).filter(|weeks| *weeks > 0);
    let first = lengths.next();
    if !lengths.all(|length| Some(length) == first) {
        lines.push("Skedena är olika långa: summorna kan inte jämföras rakt av.".to_owned());
    }
    lines.push("Visar vad som har rapporterats. Visar inte vad som har orsakat vad.".to_owned());
    lines
}

fn told(timeline: &Timeline, own: &[Counts], span: Span) -> Option<String> {
    let Sum { weeks, counts } = timeline.sum(own, span);
    if weeks == 0 {
        return None;
    }
    let Counts { new, known, expected, reported } = counts;
    let (area, name, weeks) = (Role::Own.swedish(), span.swedish().to_lowercase(), weeks_of(weeks));
    Some(format!(
        "{area}, {name} ({weeks}): {new} nya, {known} redan kända; {reported} av {expected} rapporter kom"
    ))
}

fn beside(timeline: &Timeline, role: Role) -> Option<String> {
    let areas = timeline.areas(role);
    let counts = timeline.together(role);
    let spans = SPANS.into_iter().map(|span| (span, timeline.sum(&counts, span)));
    let spans = spans.filter(|(_, sum)| sum.weeks > 0).map(|(span, sum)| {
        let name = span.swedish().to_lowercase();
        format!("{name} {} nya, {} redan kända", sum.counts.new, sum.counts.known)
    });
    let spans: Vec<String> = spans.collect();
    (areas > 0).then(|| format!("{}, {}: {}", role.swedish(), areas_of(areas), spans.join("; ")))
}
