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
    /// The same things in the 13 weeks after its end, beside the 39 weeks before its beginning; without a word. Empty
    /// where something else was done in the area by then.
    pub afterwards: Vec<(usize, Comparison)>,
    /// All other series. Nobody said beforehand what they would do, so they get no word.
    pub exploratory: Vec<(usize, Comparison)>,
}

/// What is found of a kind of intervention.
#[derive(Clone, Debug)]
pub struct KindReview {
    /// Which kind; the caller's number.
    pub kind: usize,
    /// Which of the review's findings it pools: an episode, and the one of its findings that its first member of the
    /// kind was to change. Those with less than 26 weeks of full reporting before are not among them.
    pub pooled_from: Vec<(usize, usize)>,
    /// None of fewer than three.
    pub pooled: Option<(Pooled, Verdict)>,
    /// The windows of all that was pooled, in the same order.
    pub windows: Vec<Windows>,
    /// What weakens any of it.
    pub flags: Flags,
    /// The programme's own false rate is not what it should be.
    pub warned: bool,
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
    let mut kinds = kinds(&episodes, interventions);
    let self_check = series.iter().fold(SelfCheck::default(), |check, counts| {
        check.and(SelfCheck::over(desk, counts, setting, &quarters(year.to)))
    });
    let warned = self_check.warns();
    for (_, finding) in episodes.iter_mut().flat_map(|its| &mut its.findings) {
        finding.warned = warned;
    }
    for kind in &mut kinds {
        kind.warned = warned;
    }
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
        let Episode { area, evaluated, afterwards: later, .. } = episode;
        let shared_with = episode.members.len().saturating_sub(1);
        let done_later = setting.treated.share(area, later) > 0.0;
        for (number, counts) in series.iter().enumerate() {
            let Windows { before, after } = Windows::around(evaluated, BASELINE_WEEKS, counts.known());
            let mut compare = |after: Weeks, contrast| {
                let windows = Windows { before, after: after.shared(counts.known()) };
                desk.compare(counts, setting, Question { area, target: Target::Area, windows, contrast })
            };
            if !aims.contains(&number) {
                exploratory.push((number, compare(after, true)));
                continue;
            }
            if !done_later {
                afterwards.push((number, compare(later, false)));
            }
            let finding = Finding::of(desk, counts, setting, (area, evaluated, true));
            findings.push((number, Finding { shared_with, ..finding }));
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
            let Some(aim) = members.filter(|its| its.kind == kind).map(|its| its.series).next() else {
                continue;
            };
            let aimed = review.findings.iter().enumerate().find(|(_, (series, _))| *series == aim);
            let sure = |finding: &Finding| {
                finding.comparison.outcome.is_ok() && !finding.comparison.flags.short_baseline
            };
            if let Some((place, (series, finding))) = aimed.filter(|(_, (_, finding))| sure(finding)) {
                pooled_from.push((number, place));
                findings.push((*series, finding));
            }
        }
        let windows = findings.iter().map(|(_, finding)| finding.comparison.windows).collect();
        let all = findings.iter().map(|(_, finding)| finding.comparison.flags);
        let flags = all.fold(Flags::default(), Flags::or);
        Self { kind, pooled: pool(&findings), pooled_from, windows, flags, warned: false }
    }
}

/// The pool of some findings, with the word that the pools by the other baselines allow.
fn pool(findings: &[(usize, &Finding)]) -> Option<(Pooled, Verdict)> {
    if findings.len() < POOLED_MIN {
        return None;
    }
    let groups = groups(findings);
    let parts = |baseline: &dyn Fn(&Finding) -> Comparison| -> Option<Vec<PooledEpisode>> {
        findings.iter().zip(&groups).map(|(its, group)| PooledEpisode::of(&baseline(its.1), *group)).collect()
    };
    let by = |baseline: &dyn Fn(&Finding) -> Comparison| pooled(&parts(baseline)?);
    let own = by(&|finding| finding.comparison)?;
    let [shorter, longer] = [by(&|finding| finding.others[0]), by(&|finding| finding.others[1])];
    Some((own, own.verdict([shorter.as_ref(), longer.as_ref()])))
}

/// Which findings share the controls' error: those of one series whose weeks overlap, also by way of others.
fn groups(findings: &[(usize, &Finding)]) -> Vec<usize> {
    let overlap = |(series, one): &(usize, &Finding), (other_series, other): &(usize, &Finding)| {
        let shared = one.comparison.windows.after.shared(other.comparison.windows.after);
        series == other_series && shared.number() > 0
    };
    let mut groups: Vec<usize> = Vec::new();
    for (place, own) in findings.iter().enumerate() {
        let met: Vec<usize> =
            findings.iter().zip(&groups).filter(|(other, _)| overlap(own, other)).map(|its| *its.1).collect();
        let group = met.iter().copied().min().unwrap_or(place);
        groups.iter_mut().filter(|its| met.contains(its)).for_each(|its| *its = group);
        groups.push(group);
    }
    groups
}
