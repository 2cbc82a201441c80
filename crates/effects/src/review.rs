//! A year of a programme: every episode followed up, the kinds of intervention pooled, and the method checked.

use crate::{
    BASELINE_WEEKS, Comparison, Counts, Desk, Episode, Finding, Flags, Intervention, Pooled, PooledEpisode,
    Question, SelfCheck, Setting, Target, Treated, Verdict, Weeks, Windows, episodes, pooled, q_values,
};

/// Fewer episodes than these are not pooled but told one by one.
const POOLED_MIN: usize = 3;
/// The periods in which the method is checked.
const QUARTER_WEEKS: u32 = 13;

/// An intervention as it was decided: what it was, and what it was to change. The decision's time is before anybody
/// knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Where and when.
    pub intervention: Intervention,
    /// Which kind it is of; the caller's number.
    pub kind: usize,
    /// Which of the series it was to change.
    pub series: usize,
}

/// What is found of an episode.
#[derive(Clone, Debug)]
pub struct EpisodeReview {
    /// What is reviewed.
    pub episode: Episode,
    /// By what its members were to change, each once: the findings that may be put in a word.
    pub findings: Vec<(usize, Finding)>,
    /// The same of the 13 weeks after its end, beside the same baseline.
    pub afterwards: Vec<(usize, Finding)>,
    /// All other series. Nobody said beforehand what they would do, so they get no word.
    pub exploratory: Vec<(usize, Comparison)>,
}

/// What is found of a kind of intervention.
#[derive(Clone, Debug)]
pub struct KindReview {
    /// Which kind; the caller's number.
    pub kind: usize,
    /// Which of the review's findings it pools: an episode, and one of its findings.
    pub pooled_from: Vec<(usize, usize)>,
    /// None of fewer than three.
    pub pooled: Option<(Pooled, Verdict)>,
    /// The windows of all that was pooled, in the same order.
    pub windows: Vec<Windows>,
    /// What weakens any of it.
    pub flags: Flags,
}

/// A year.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// By area and beginning.
    pub episodes: Vec<EpisodeReview>,
    /// By number; those of which no episode could be assessed are left out.
    pub kinds: Vec<KindReview>,
    /// Over all series and all quarters that have passed.
    pub self_check: SelfCheck,
}

/// Reviews the episodes that began in `year`. The series are of the same areas and weeks, one for each thing that is
/// counted; what an intervention was to change is one of them. Earlier quarters are used to check the method.
pub fn review<C: Counts>(
    desk: &mut Desk,
    series: &[C],
    interventions: &[Reviewed],
    (neighbours, year): (&[Vec<usize>], Weeks),
) -> Review {
    let all: Vec<Intervention> = interventions.iter().map(|its| its.intervention).collect();
    let treated = Treated::by(&all);
    let setting = Setting { treated: &treated, neighbours };
    let of_the_year = |episode: &Episode| (year.from..year.to).contains(&episode.weeks.from);
    let mut episodes: Vec<EpisodeReview> = episodes(&all)
        .into_iter()
        .filter(of_the_year)
        .map(|episode| EpisodeReview::of(desk, series, setting, (episode, interventions)))
        .collect();
    mark(&mut episodes);
    let kinds = kinds(&episodes, interventions);
    let self_check = series.iter().fold(SelfCheck::default(), |check, counts| {
        check.and(SelfCheck::over(desk, counts, setting, &quarters(year.to)))
    });
    Review { episodes, kinds, self_check }
}

impl EpisodeReview {
    fn of<C: Counts>(
        desk: &mut Desk,
        series: &[C],
        setting: Setting<'_>,
        (episode, interventions): (Episode, &[Reviewed]),
    ) -> Self {
        let members = episode.members.iter().filter_map(|member| interventions.get(*member));
        let aims: Vec<usize> = members.map(|its| its.series).collect();
        let (mut findings, mut afterwards, mut exploratory) = (Vec::new(), Vec::new(), Vec::new());
        let Episode { area, weeks, evaluated, afterwards: later, .. } = episode;
        let shared_with = episode.members.len().saturating_sub(1);
        for (number, counts) in series.iter().enumerate() {
            if aims.contains(&number) {
                let during = Finding::of(desk, counts, setting, (area, evaluated, true));
                findings.push((number, Finding { shared_with, ..during }));
                let after = Finding::after(desk, counts, setting, (area, weeks, later, false));
                afterwards.push((number, Finding { shared_with, ..after }));
            } else {
                let windows = Windows::around(evaluated, BASELINE_WEEKS, counts.known());
                let question = Question { area, target: Target::Area, windows, contrast: true };
                exploratory.push((number, desk.compare(counts, setting, question)));
            }
        }
        Self { episode, findings, afterwards, exploratory }
    }
}

/// The share of false discoveries, over all findings of the year that were said beforehand.
fn mark(episodes: &mut [EpisodeReview]) {
    let findings = || episodes.iter().flat_map(|its| &its.findings);
    let p_value =
        |(_, finding): &(usize, Finding)| finding.comparison.outcome.ok().map(|its| its.change.p_value);
    let p_values: Vec<f64> = findings().filter_map(p_value).collect();
    let mut q_values = q_values(&p_values).into_iter();
    for (_, finding) in episodes.iter_mut().flat_map(|its| &mut its.findings) {
        if finding.comparison.outcome.is_ok() {
            finding.q_value = q_values.next();
        }
    }
}

/// The quarters that have passed when the year is over, latest first.
fn quarters(end: u32) -> Vec<Weeks> {
    let ends = std::iter::successors(Some(end), |end| end.checked_sub(QUARTER_WEEKS));
    ends.filter_map(|end| Some(Weeks::new(end.checked_sub(QUARTER_WEEKS)?, end))).collect()
}

fn kinds(episodes: &[EpisodeReview], interventions: &[Reviewed]) -> Vec<KindReview> {
    let mut kinds: Vec<usize> = interventions.iter().map(|its| its.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let of = |kind| KindReview::of(kind, episodes, interventions);
    kinds.into_iter().map(of).filter(|its| !its.pooled_from.is_empty()).collect()
}

impl KindReview {
    fn of(kind: usize, episodes: &[EpisodeReview], interventions: &[Reviewed]) -> Self {
        let mut pooled_from = Vec::new();
        let mut findings: Vec<(usize, &Finding)> = Vec::new();
        for (number, review) in episodes.iter().enumerate() {
            let members = review.episode.members.iter().filter_map(|member| interventions.get(*member));
            let aims: Vec<usize> = members.filter(|its| its.kind == kind).map(|its| its.series).collect();
            for (place, (series, finding)) in review.findings.iter().enumerate() {
                if aims.contains(series) && finding.comparison.outcome.is_ok() {
                    pooled_from.push((number, place));
                    findings.push((*series, finding));
                }
            }
        }
        let windows = findings.iter().map(|(_, finding)| finding.comparison.windows).collect();
        let all = findings.iter().map(|(_, finding)| finding.comparison.flags);
        let flags = all.fold(Flags::default(), Flags::or);
        Self { kind, pooled: pool(&findings), pooled_from, windows, flags }
    }
}

/// The pool of some findings, with the word that the pools by the other baselines allow.
fn pool(findings: &[(usize, &Finding)]) -> Option<(Pooled, Verdict)> {
    if findings.len() < POOLED_MIN {
        return None;
    }
    let key = |(series, finding): &(usize, &Finding)| (*series, finding.comparison.windows);
    let group =
        |own: &(usize, &Finding)| findings.iter().position(|other| key(other) == key(own)).unwrap_or(0);
    let parts = |baseline: &dyn Fn(&Finding) -> Comparison| -> Option<Vec<PooledEpisode>> {
        findings.iter().map(|its| PooledEpisode::of(&baseline(its.1), group(its))).collect()
    };
    let by = |baseline: &dyn Fn(&Finding) -> Comparison| pooled(&parts(baseline)?);
    let own = by(&|finding| finding.comparison)?;
    let [shorter, longer] = [by(&|finding| finding.robustness[0]), by(&|finding| finding.robustness[1])];
    Some((own, own.verdict([shorter.as_ref(), longer.as_ref()])))
}
