//! What may be said: never what made it so, and never a verdict that the figures do not carry.

use effects::{
    Desk, Doubt, EvidenceLevel, Finding, Intervention, Language, METHOD, Reviewed, SelfCheck, Series,
    Setting, Statement, Treated, Verdict, Weeks, alerts, review,
};

/// Words of cause, in both languages.
const FORBIDDEN: [&str; 12] = [
    "effekt",
    "orsak",
    "berod",
    "beror",
    "ledde till",
    "tack vare",
    "caus",
    "effect",
    "impact",
    "because",
    "due to",
    "led to",
];
const AREAS: u32 = 12;

/// Areas that all go on as before, but for one whose weeks from 60 on are `in_ten` tenths of what they were.
fn series(in_ten: u32) -> Series {
    changed_from(60, in_ten)
}

fn changed_from(beginning: u32, in_ten: u32) -> Series {
    counted(|area, week| {
        let usual = 6 + area + (week * (area + 5)) % 4;
        if area == 0 && week >= beginning { usual * in_ten / 10 } else { usual }
    })
}

fn counted(of: impl Fn(u32, u32) -> u32) -> Series {
    let mut series = Series::new(90);
    for area in 0..AREAS {
        series.add(&(0..90).map(|week| of(area, week)).collect::<Vec<u32>>(), None);
    }
    series
}

fn finding(in_ten: u32, weeks: Weeks) -> Finding {
    followed_up(&series(in_ten), weeks)
}

fn followed_up(series: &Series, weeks: Weeks) -> Finding {
    let treated = Treated::by(&[Intervention { area: 0, weeks }]);
    let neighbours = [vec![1, 2]];
    let setting = Setting { treated: &treated, neighbours: &neighbours };
    Finding::of(&mut Desk::default(), series, setting, (0, weeks, true))
}

fn self_check(checks: usize, struck: usize) -> SelfCheck {
    SelfCheck { checks, struck, ..SelfCheck::default() }
}

fn statements() -> Vec<Box<dyn Statement>> {
    let mut said: Vec<Box<dyn Statement>> = Vec::new();
    for in_ten in [0, 3, 9, 10, 20] {
        for weeks in [Weeks::new(60, 73), Weeks::new(60, 62), Weeks::new(20, 33), Weeks::new(5, 9)] {
            let finding = finding(in_ten, weeks);
            if let Some(displacement) = finding.displacement {
                displacement.wdd.into_iter().for_each(|wdd| said.push(Box::new(wdd)));
                said.push(Box::new(displacement.wdq));
                said.push(Box::new(displacement));
            }
            said.push(Box::new(finding.comparison));
            said.push(Box::new(finding));
        }
        for alert in alerts(&mut Desk::default(), &series(in_ten), 63) {
            said.push(Box::new(alert));
        }
        let reviewed = [0, 1, 2].map(|area| {
            let intervention = Intervention { area, weeks: Weeks::new(60, 73) };
            Reviewed { intervention, kind: 0, series: 0 }
        });
        for number in 1..=3 {
            let interventions = reviewed.get(..number).unwrap_or_default();
            let year = (&[][..], Weeks::new(52, 90));
            let review = review(&mut Desk::default(), &[series(in_ten)], interventions, year);
            review.kinds.into_iter().for_each(|kind| said.push(Box::new(kind)));
            said.push(Box::new(review.self_check));
        }
    }
    said.push(Box::new(self_check(300, 60)));
    said.push(Box::new(SelfCheck::default()));
    said
}

#[test]
fn no_sentence_says_what_made_it_so() {
    let statements = statements();
    assert!(statements.len() > 50, "{}", statements.len());
    for statement in statements {
        for language in [Language::Swedish, Language::English] {
            let sentence = statement.sentence(language);
            let found = FORBIDDEN.iter().find(|word| sentence.to_lowercase().contains(**word));
            assert_eq!(found, None, "{sentence}");
            assert!(sentence.ends_with('.') && !sentence.contains("NaN"), "{sentence}");
        }
        assert_eq!(statement.method(), METHOD);
    }
}

/// R59: without controls there is no comparison, and with them no proof.
#[test]
fn the_strength_of_the_evidence_is_told() {
    let compared = finding(3, Weeks::new(60, 73));
    assert_eq!(compared.evidence(), EvidenceLevel::ControlledComparison);
    assert_eq!(compared.windows().len(), 1);
    let too_early = finding(3, Weeks::new(5, 9));
    assert_eq!((too_early.evidence(), too_early.verdict), (EvidenceLevel::Description, Verdict::Uncertain));
    let short = finding(3, Weeks::new(20, 33));
    assert_eq!((short.evidence(), short.verdict), (EvidenceLevel::Association, Verdict::Uncertain));
    assert!(short.flags().short_baseline);
}

#[test]
fn fewer_is_said_where_all_baselines_agree_and_the_smallest_reduction_always() {
    let fewer = finding(3, Weeks::new(60, 73));
    assert_eq!(fewer.verdict, Verdict::Decrease);
    let swedish = fewer.sentence(Language::Swedish);
    assert!(swedish.contains("hängde samman med färre rapporter"), "{swedish}");
    assert!(swedish.contains("minsta minskning") && swedish.contains(','), "{swedish}");
    let none = finding(10, Weeks::new(60, 73));
    assert_ne!(none.verdict, Verdict::Decrease);
    assert!(none.smallest_reduction.is_some_and(|ratio| (0.0..1.0).contains(&ratio)));
}

/// R81: what was said beforehand gets a word, a kind of intervention when there are three of it, and nothing else.
#[test]
fn a_year_is_reviewed_by_what_was_to_change() {
    let weeks = Weeks::new(60, 73);
    let reviewed =
        |area, weeks, kind| Reviewed { intervention: Intervention { area, weeks }, kind, series: 0 };
    let interventions = [
        reviewed(0, weeks, 7),
        reviewed(0, Weeks::new(74, 80), 7),
        reviewed(3, weeks, 7),
        reviewed(6, weeks, 7),
        reviewed(9, weeks, 8),
        // The year before.
        reviewed(10, Weeks::new(40, 45), 8),
    ];
    let year = (&[][..], Weeks::new(52, 90));
    let review = review(&mut Desk::default(), &[series(3), series(10)], &interventions, year);
    assert_eq!(review.episodes.iter().map(|its| its.episode.area).collect::<Vec<_>>(), [0, 3, 6, 9]);
    let Some(first) = review.episodes.first() else { unreachable!("an episode") };
    assert_eq!(first.findings.iter().map(|its| its.0).collect::<Vec<_>>(), [0]);
    assert_eq!(first.afterwards.iter().map(|its| its.0).collect::<Vec<_>>(), [0]);
    assert_eq!(first.exploratory.iter().map(|its| its.0).collect::<Vec<_>>(), [1]);
    let Some((_, found)) = first.findings.first() else { unreachable!("a finding") };
    assert!(found.marked() && found.verdict == Verdict::Decrease && found.shared_with == 1);
    assert!(found.sentence(Language::Swedish).contains("delas med 1 annan insats"));
    let [seven, eight] = review.kinds.as_slice() else { unreachable!("two kinds") };
    assert!(seven.pooled.is_some_and(|(pooled, _)| pooled.episodes == 3), "an episode counts once");
    assert!(eight.pooled.is_none() && eight.pooled_from.len() == 1, "told singly");
    assert!(review.self_check.checks > 0);
}

#[test]
fn a_difference_that_another_baseline_does_not_bear_out_is_uncertain_and_says_so() {
    // It has been so for half a year: beside the last 26 weeks nothing has changed.
    let risen = followed_up(&changed_from(36, 60), Weeks::new(60, 73));
    assert_eq!(risen.comparison.verdict(), Verdict::Increase);
    assert_eq!((risen.verdict, risen.doubt()), (Verdict::Uncertain, Some(Doubt::OtherBaselines)));
    let swedish = risen.sentence(Language::Swedish);
    assert!(swedish.contains("26 eller 52 veckor") && !swedish.contains("vanlig variation"), "{swedish}");
    let short = finding(3, Weeks::new(20, 33));
    assert_eq!(short.doubt(), Some(Doubt::ShortBaseline));
    assert_eq!(finding(10, Weeks::new(60, 62)).doubt(), Some(Doubt::OrdinaryVariation));
}

#[test]
fn an_episode_is_pooled_once_whatever_it_was_to_change_and_never_with_a_short_baseline() {
    let reviewed = |area, from, series| Reviewed {
        intervention: Intervention { area, weeks: Weeks::new(from, from + 13) },
        kind: 0,
        series,
    };
    let both: Vec<Reviewed> =
        [0, 4].into_iter().flat_map(|area| [0, 1].map(|its| reviewed(area, 60, its))).collect();
    let year = (&[][..], Weeks::new(14, 90));
    let kind = |interventions: &[Reviewed]| {
        let review = review(&mut Desk::default(), &[series(3), series(10)], interventions, year);
        review.kinds.into_iter().next()
    };
    let two = kind(&both);
    assert!(
        two.is_some_and(|kind| kind.pooled.is_none() && kind.pooled_from.len() == 2),
        "two episodes are few"
    );
    let early = [reviewed(0, 60, 0), reviewed(4, 60, 0), reviewed(7, 20, 0)];
    assert!(kind(&early).is_some_and(|kind| kind.pooled_from.len() == 2), "twenty weeks before are too few");
}

#[test]
fn one_report_and_one_episode_are_told_as_one() {
    let series = counted(|area, week| match area {
        0 => u32::from(week == 50),
        _ => 4 + (week * (area + 3)) % 5,
    });
    let interventions =
        [Reviewed { intervention: Intervention { area: 0, weeks: Weeks::new(45, 58) }, kind: 0, series: 0 }];
    let year = (&[][..], Weeks::new(40, 60));
    let review = review(&mut Desk::default(), &[series], &interventions, year);
    let said: Vec<String> = review
        .episodes
        .iter()
        .flat_map(|its| &its.findings)
        .map(|its| its.1.sentence(Language::Swedish))
        .collect();
    assert!(said.iter().all(|its| its.starts_with("1 rapport kom där 0,0 var att vänta")), "{said:?}");
    assert!(said.iter().all(|its| its.contains("bara en undre gräns")), "{said:?}");
    let kinds: Vec<String> = review.kinds.iter().map(|kind| kind.sentence(Language::English)).collect();
    assert_eq!(kinds, ["1 of the kind could be assessed surely: too few to pool, see each."]);
}

/// What is reckoned next door is the neighbours', each once, and never the area's own.
#[test]
fn an_area_is_not_its_own_neighbour_and_no_neighbour_counts_twice() {
    let weeks = Weeks::new(60, 73);
    let treated = Treated::by(&[Intervention { area: 0, weeks }, Intervention { area: 2, weeks }]);
    let told = |neighbours: Vec<usize>| {
        let all = [neighbours];
        let setting = Setting { treated: &treated, neighbours: &all };
        Finding::of(&mut Desk::default(), &series(3), setting, (0, weeks, true)).displacement
    };
    let ratio = |its: &effects::Displacement| its.net.ok().and_then(|net| net.change.rate_ratio);
    let (plain, odd) = (told(vec![1, 2]), told(vec![1, 0, 2, 1, 2]));
    assert!(plain.is_some() && plain.as_ref().map(ratio) == odd.as_ref().map(ratio));
    assert!(plain.is_some_and(|its| its.treated_neighbours && its.evidence() == EvidenceLevel::Association));
    assert!(told(vec![0]).is_none());
}

#[test]
fn a_programmes_own_false_rate_warns_when_there_are_enough_checks() {
    let check = self_check(212, 11);
    assert_eq!(check.sentence(Language::Swedish), "Av 212 kontroller utan insats gav 11, 5,2 %, utslag.");
    assert!(!check.warns());
    assert!(self_check(212, 30).warns());
    assert!(!self_check(50, 10).warns());
}

#[test]
fn an_area_that_stands_out_is_told_with_what_was_expected() {
    let alerts = alerts(&mut Desk::default(), &series(40), 63);
    assert!(alerts.iter().all(|alert| alert.area == 0 && alert.controls == 11), "{alerts:?}");
    assert_eq!(alerts.iter().map(|alert| alert.windows.after.number()).collect::<Vec<_>>(), [4, 1]);
    assert_eq!(effects::alerts(&mut Desk::default(), &series(10), 63), []);
}
