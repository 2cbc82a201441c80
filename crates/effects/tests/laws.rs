//! What holds whatever was counted: names and sizes change nothing, an interval holds its estimate, and silence is
//! never taken for calm.

use effects::{
    Change, Comparison, Counts, Desk, Flag, Intervention, Question, Reporting, Reports, Series, Setting,
    Target, Treated, Verdict, Weeks, Windows, episodes, exposure, q_values,
};
use proptest::prelude::*;

const WEEKS: u32 = 52;
const WINDOWS: Windows = Windows { before: Weeks::new(0, 39), after: Weeks::new(39, 52) };
/// The same sum in another order is not the same number to its last digit.
const ALIKE: f64 = 1e-9;

fn compare(counts: &impl Counts, area: usize, done: &[Intervention]) -> Comparison {
    let treated = Treated::by(done);
    let setting = Setting { treated: &treated, neighbours: &[] };
    let question = Question { area, target: Target::Area, windows: WINDOWS, contrast: true };
    Desk::default().compare(counts, setting, question)
}

fn done_in(area: usize) -> Intervention {
    Intervention { area, weeks: WINDOWS.after }
}

fn followed_up(counts: &[Vec<u32>], share: f64) -> Comparison {
    let mut series = Series::new(WEEKS);
    for area in counts {
        series.add(area, Some(&vec![share; area.len()]));
    }
    compare(&series, 0, &[done_in(0)])
}

/// Areas of very different size, each with weeks that differ.
fn areas() -> impl Strategy<Value = Vec<Vec<u32>>> {
    let area = (0_u32..40).prop_flat_map(|most| prop::collection::vec(0..=most, 52));
    prop::collection::vec(area, 5..16)
}

fn near(one: f64, other: f64) -> bool {
    one.to_bits() == other.to_bits() || (one - other).abs() <= ALIKE * one.abs().max(other.abs())
}

fn alike(one: &Change, other: &Change) -> bool {
    let ratio = |change: &Change| change.rate_ratio.unwrap_or(f64::INFINITY);
    near(ratio(one), ratio(other))
        && near(one.expected, other.expected)
        && near(one.low, other.low)
        && near(one.high, other.high)
        && near(one.p_value, other.p_value)
}

proptest! {
    #[test]
    fn the_interval_holds_the_estimate_and_excludes_1_exactly_when_p_is_below_5_per_cent(
        areas in areas(),
        quarters in 0_u32..=16,
    ) {
        // From none at all to four times as many, so that both sides of 5 % are tried.
        let mut areas = areas;
        for count in areas.iter_mut().take(1).flat_map(|target| target.iter_mut().skip(39)) {
            *count = *count * quarters / 4;
        }
        let Ok(assessed) = followed_up(&areas, 1.0).outcome else { return Ok(()) };
        let Change { low, high, p_value, rate_ratio, .. } = assessed.change;
        prop_assert!(rate_ratio.is_none_or(|ratio| low <= ratio && ratio <= high), "{rate_ratio:?} {low} {high}");
        prop_assert_eq!(p_value < 0.05, low > 1.0 || high < 1.0, "{} {} {}", p_value, low, high);
        prop_assert!((0.0..=1.0).contains(&p_value));
    }

    #[test]
    fn it_does_not_matter_what_the_areas_are_called(areas in areas(), turn in 1_usize..15) {
        let mut others = areas.clone();
        let target = others.remove(0);
        let turn = turn % others.len();
        others.rotate_left(turn);
        others.insert(0, target);
        match (followed_up(&areas, 1.0).outcome, followed_up(&others, 1.0).outcome) {
            (Ok(one), Ok(other)) => prop_assert!(alike(&one.change, &other.change), "{one:?} {other:?}"),
            (one, other) => prop_assert_eq!(one.err(), other.err()),
        }
    }

    #[test]
    fn half_of_the_reporting_everywhere_changes_no_figure(areas in areas(), share in 0.4_f64..1.0) {
        let (whole, part) = (followed_up(&areas, 1.0), followed_up(&areas, share));
        match (whole.outcome, part.outcome) {
            (Ok(one), Ok(other)) => prop_assert!(alike(&one.change, &other.change), "{one:?} {other:?}"),
            (one, other) => prop_assert_eq!(one.err(), other.err()),
        }
        // Fewer weeks of full reporting are told of all the same.
        prop_assert_eq!(part.flags.iter().any(|its| its == Flag::ShortBaseline), 39.0 * share < 26.0);
    }

    #[test]
    fn twice_the_reports_by_twice_the_reporting_change_the_ratio_in_nothing(areas in areas()) {
        let twice: Vec<Vec<u32>> =
            areas.iter().map(|area| area.iter().map(|count| count * 2).collect()).collect();
        let (Ok(once), Ok(twice)) = (followed_up(&areas, 0.5).outcome, followed_up(&twice, 1.0).outcome) else {
            return Ok(());
        };
        prop_assert!(near(once.controls.theta, twice.controls.theta));
        prop_assert!(near(once.change.rate_ratio.unwrap_or(0.0), twice.change.rate_ratio.unwrap_or(0.0)));
        prop_assert!(near(once.change.expected * 2.0, twice.change.expected));
    }

    /// R27: silence is data. Each partner counts as before, whoever it is silent beside.
    #[test]
    fn a_unit_that_falls_silent_is_never_taken_for_fewer_reports(
        rates in prop::collection::vec(prop::collection::vec(0_u32..9, 5), 6..14),
        silent in prop::collection::vec(prop::option::weighted(0.5, (0_u32..52, 1_u32..30)), 5),
    ) {
        let count = |rate: &u32| (0..WEEKS).map(|week| rate + (week * (rate + 3)) % 2).collect::<Vec<u32>>();
        let counts: Vec<Vec<Vec<u32>>> = rates.iter().map(|area| area.iter().map(count).collect()).collect();
        let verdict = |reported: &[Vec<bool>]| {
            let reporting = Reporting::of(WEEKS, reported);
            compare(&Reports::of(&reporting, &counts), 0, &[done_in(0)]).verdict()
        };
        let all = vec![vec![true; 52]; 5];
        prop_assert_ne!(verdict(&all), Verdict::Decrease);
        let came = |silent: &Option<(u32, u32)>| {
            (0..WEEKS).map(|week| silent.is_none_or(|(from, weeks)| !(from..from + weeks).contains(&week))).collect()
        };
        let some: Vec<Vec<bool>> = silent.iter().map(came).collect();
        prop_assert_ne!(verdict(&some), Verdict::Decrease);
    }

    #[test]
    fn a_partners_weights_share_out_the_whole(
        counts in prop::collection::vec(prop::collection::vec(prop::collection::vec(0_u32..9, 12), 3), 1..6),
        reported in prop::collection::vec(prop::collection::vec(any::<bool>(), 12), 3),
    ) {
        let reporting = Reporting::of(12, &reported);
        let exposure = exposure(&Reports::of(&reporting, &counts));
        for (weights, weeks) in exposure.weights.iter().zip(&exposure.weeks) {
            prop_assert!(near(weights.iter().sum(), 1.0));
            prop_assert!(weeks.iter().all(|share| (0.0..=1.0 + ALIKE).contains(share)));
        }
    }

    #[test]
    fn a_share_of_false_discoveries_is_never_below_the_probability(p_values in prop::collection::vec(0.0..1.0, 0..30)) {
        let q_values = q_values(&p_values);
        prop_assert_eq!(q_values.len(), p_values.len());
        for (p, q) in p_values.iter().zip(&q_values) {
            prop_assert!(p <= q && *q <= 1.0);
            let improbable_more = p_values.iter().zip(&q_values).filter(|(other, _)| *other <= p);
            prop_assert!(improbable_more.clone().all(|(_, other)| other <= q));
        }
    }

    #[test]
    fn each_intervention_is_in_one_episode_and_episodes_of_an_area_lie_apart(
        interventions in prop::collection::vec((0_usize..3, 0_u32..60, 1_u32..20), 0..20),
    ) {
        let of = |(area, from, weeks): (usize, u32, u32)| {
            Intervention { area, weeks: Weeks::new(from, from + weeks) }
        };
        let interventions: Vec<Intervention> = interventions.into_iter().map(of).collect();
        let episodes = episodes(&interventions);
        let mut members: Vec<usize> = episodes.iter().flat_map(|its| its.members.clone()).collect();
        members.sort_unstable();
        prop_assert!(members.into_iter().eq(0..interventions.len()));
        for (one, next) in episodes.iter().zip(episodes.iter().skip(1)).filter(|(one, next)| one.area == next.area) {
            prop_assert!(next.weeks.from > one.weeks.to + 2);
        }
    }
}

/// R27: the same weeks of silence are fewer reports to whoever does not ask who reported.
#[test]
fn silence_would_be_taken_for_fewer_if_nobody_asked_who_reported() {
    let counts = |area: u32| {
        let partner =
            |partner: u32| (0..WEEKS).map(|week| area + 3 * partner + (week * 7 + area) % 3).collect();
        (0..4).map(partner).collect::<Vec<Vec<u32>>>()
    };
    let mut counts: Vec<Vec<Vec<u32>>> = (0..10).map(counts).collect();
    // The first area's reports are nearly all the last partner's, who has none elsewhere and falls silent.
    for (area, partners) in counts.iter_mut().enumerate() {
        partners.push(vec![if area == 0 { 20 } else { 0 }; 52]);
    }
    let mut reported = vec![vec![true; 52]; 5];
    reported[4].iter_mut().skip(39).for_each(|came| *came = false);
    let reporting = Reporting::of(WEEKS, &reported);
    let asked = compare(&Reports::of(&reporting, &counts), 0, &[done_in(0)]);
    assert!(asked.outcome.is_ok() && asked.verdict() != Verdict::Decrease, "{asked:?}");
    let came = |area: &Vec<Vec<u32>>| -> Vec<u32> {
        let week = |week: usize| {
            area.iter().zip(&reported).map(|(its, came)| its[week] * u32::from(came[week])).sum()
        };
        (0..52).map(week).collect()
    };
    let unasked = followed_up(&counts.iter().map(came).collect::<Vec<_>>(), 1.0);
    assert_eq!(unasked.verdict(), Verdict::Decrease, "{unasked:?}");
}
