//! The words of the findings, Swedish and English.

use super::Language;
use crate::comparison::{Flag, NotAssessable};
use crate::finding::Verdict;
use crate::{Alert, Change, Comparison, Difference, NEW_TREND_WEEKS, Pooled, SelfCheck, Wdd};

/// In fewer weeks than these only very large changes can be seen.
const SHORT_WEEKS: u32 = 3;

/// The words of a language.
#[derive(Clone, Copy)]
pub(super) struct Phrases(Language);

impl Phrases {
    pub(super) fn of(language: Language) -> Self {
        Self(language)
    }

    fn choose<What>(self, swedish: What, english: What) -> What {
        match self.0 {
            Language::Swedish => swedish,
            Language::English => english,
        }
    }

    fn number(self, value: f64, decimals: usize) -> String {
        number(value, decimals, self.0)
    }

    /// A number that may have no end.
    fn limit(self, value: f64, decimals: usize) -> String {
        if value.is_finite() { self.number(value, decimals) } else { "∞".to_owned() }
    }

    pub(super) fn not_assessable(self, reason: NotAssessable) -> &'static str {
        let (swedish, english) = match reason {
            NotAssessable::NoContrast => (
                "Går inte att bedöma: området hade insatser ungefär lika stor del av veckorna före som under.",
                "Cannot be assessed: interventions were at work in the area for about as much of the weeks before.",
            ),
            NotAssessable::ShortBaseline => (
                "Går inte att bedöma: för få veckor med rapportering före insatsen, eller ingen sedan den började.",
                "Cannot be assessed: too few weeks with reporting before the intervention, or none since it began.",
            ),
            NotAssessable::TooFewControls => (
                "Går inte att bedöma: färre än fyra områden utan insats att jämföra med.",
                "Cannot be assessed: fewer than four areas without intervention to compare with.",
            ),
            NotAssessable::EmptyControls => (
                "Går inte att bedöma: jämförelseområdena har inga rapporter före eller inga efter.",
                "Cannot be assessed: the areas to compare with have no reports before, or none after.",
            ),
            NotAssessable::NoReports => (
                "Går inte att bedöma: området har inga rapporter, varken före eller efter.",
                "Cannot be assessed: the area has no reports, neither before nor after.",
            ),
        };
        self.choose(swedish, english)
    }

    /// What came, beside what was expected; and the ratio where there is one.
    pub(super) fn came(self, change: &Change, comparison: &Comparison) -> String {
        let (observed, expected) = (change.observed, self.number(change.expected, 1));
        let (weeks, controls) = (comparison.windows.before.number(), comparison.controls);
        let came = self.choose(
            format!(
                "{observed} rapporter kom där {expected} var att vänta av områdets egna {weeks} veckor före och av \
                 förändringen i {controls} områden utan insats."
            ),
            format!(
                "{observed} reports came where {expected} were to be expected from the area's own {weeks} weeks \
                 before and the change in {controls} areas without intervention."
            ),
        );
        let ratio = change.rate_ratio.map(|ratio| self.ratio(ratio, (change.low, change.high)));
        in_a_row(
            [came],
            ratio.into_iter().chain(change.difference().map(|difference| self.difference(difference))),
        )
    }

    fn difference(self, difference: Difference) -> String {
        let Difference { reports, low, high } = difference;
        let [number, low, high] = [reports.abs(), low, high].map(|value| self.limit(value, 1));
        let word = if reports < 0.0 { self.choose("färre", "fewer") } else { self.choose("fler", "more") };
        self.choose(
            format!("Det är {number} {word} rapporter än väntat ({low} till {high})."),
            format!("That is {number} {word} reports than expected ({low} to {high})."),
        )
    }

    pub(super) fn shared(self, others: usize) -> String {
        let one = others == 1;
        let swedish = if one { "annan insats" } else { "andra insatser" };
        let english = if one { "other intervention" } else { "other interventions" };
        self.choose(
            format!("Bedömningen delas med {others} {swedish} i området."),
            format!("The finding is shared with {others} {english} in the area."),
        )
    }

    /// What weakens a comparison, a sentence each.
    pub(super) fn weakened(self, comparison: &Comparison) -> impl Iterator<Item = String> {
        let short = (comparison.windows.after.number() < SHORT_WEEKS).then(|| self.short().to_owned());
        comparison.flags.iter().map(move |flag| self.flag(flag).to_owned()).chain(short)
    }

    pub(super) fn verdict(self, verdict: Verdict) -> &'static str {
        let (swedish, english) = match verdict {
            Verdict::Decrease => (
                "Insatsen hängde samman med färre rapporter; vad som låg bakom visar jämförelsen inte.",
                "The intervention went together with fewer reports; the comparison does not show why.",
            ),
            Verdict::Increase => (
                "Insatsen hängde samman med fler rapporter; det kan vara mer otrygghet, men också att \
                 fler rapporterar.",
                "The intervention went together with more reports; that may be more unease, but also more reporting.",
            ),
            Verdict::NoClearChange => ("Ingen tydlig förändring.", "No clear change."),
            Verdict::Uncertain => (
                "Osäkert: skillnaden går inte att skilja från vanlig variation.",
                "Uncertain: the difference cannot be told from ordinary variation.",
            ),
        };
        self.choose(swedish, english)
    }

    pub(super) fn ratio(self, ratio: f64, (low, high): (f64, f64)) -> String {
        let [ratio, low, high] = [ratio, low, high].map(|value| self.limit(value, 2));
        self.choose(
            format!("Kvoten mot det väntade är {ratio} (95 % intervall {low}–{high})."),
            format!("The ratio to what was expected is {ratio} (95 % interval {low}–{high})."),
        )
    }

    pub(super) fn could_be_seen(self, ratio: Option<f64>) -> String {
        let Some(ratio) = ratio else {
            let (swedish, english) = (
                "Med så få rapporter hade ingen minskning kunnat urskiljas.",
                "With so few reports no reduction could have been seen.",
            );
            return self.choose(swedish, english).to_owned();
        };
        let ratio = self.number(ratio, 2);
        self.choose(
            format!("Den minsta minskning som hade kunnat urskiljas är en kvot på {ratio}."),
            format!("The smallest reduction that could have been seen is a ratio of {ratio}."),
        )
    }

    fn flag(self, flag: Flag) -> &'static str {
        let (swedish, english) = match flag {
            Flag::ShortBaseline => (
                "Mindre än 26 veckors full rapportering före: ingen förändring kan fastställas.",
                "Less than 26 weeks of full reporting before: no change can be established.",
            ),
            Flag::FewControls => {
                ("Färre än åtta områden att jämföra med.", "Fewer than eight areas to compare with.")
            }
            Flag::InterventionInBaseline => (
                "Området hade insatser även före: jämförelsen är mot veckor med insats.",
                "The area had interventions before too: the comparison is with treated weeks.",
            ),
        };
        self.choose(swedish, english)
    }

    fn short(self) -> &'static str {
        self.choose(
            "Färre än tre veckor: bara mycket stora förändringar kan urskiljas.",
            "Fewer than three weeks: only very large changes can be seen.",
        )
    }

    pub(super) fn pooled(self, pooled: &Pooled) -> String {
        let Pooled { episodes, observed, .. } = pooled;
        self.choose(
            format!("{episodes} insatser av samma slag tillsammans: {observed} rapporter."),
            format!("{episodes} interventions of one kind together: {observed} reports."),
        )
    }

    pub(super) fn too_few(self, episodes: usize) -> String {
        self.choose(
            format!("{episodes} bedömbara insatser av samma slag: för få att läggas samman, se var och en."),
            format!("{episodes} assessable interventions of one kind: too few to pool, see each."),
        )
    }

    pub(super) fn displacement(self, neighbours: Option<String>, net: Option<String>) -> String {
        let unknown = || self.choose("Går inte att bedöma.", "Cannot be assessed.").to_owned();
        let (neighbours, net) = (neighbours.unwrap_or_else(unknown), net.unwrap_or_else(unknown));
        self.choose(
            format!("Grannområdena tillsammans: {neighbours} Netto, med området självt: {net}"),
            format!("The neighbouring areas together: {neighbours} Net, with the area itself: {net}"),
        )
    }

    pub(super) fn wdd(self, wdd: &Wdd) -> String {
        let [total, low, high] = [wdd.total, wdd.low, wdd.high].map(|value| self.number(value, 0));
        self.choose(
            format!(
                "Beskrivande: {total} rapporter i skillnad mot det likaste området ({low} till {high}; \
                 intervallet är \
                 för snävt)."
            ),
            format!(
                "Descriptive: a difference of {total} reports to the most similar area ({low} to {high}; \
                 the interval is \
                 too narrow)."
            ),
        )
    }

    pub(super) fn quotient(self, quotient: f64) -> String {
        let quotient = self.number(quotient, 2);
        self.choose(
            format!(
                "Beskrivande: omgivningen förändrades {quotient} gånger så mycket som området, åt samma håll."
            ),
            format!(
                "Descriptive: the surroundings changed {quotient} times as much as the area, in the \
                     same direction."
            ),
        )
    }

    pub(super) fn no_quotient(self) -> &'static str {
        self.choose(
            "Beskrivande: rapporterna i området blev inte färre, så det finns inget att ställa omgivningen mot.",
            "Descriptive: the area's reports did not become fewer, so there is nothing to set the \
             surroundings against.",
        )
    }

    pub(super) fn alert(self, alert: &Alert) -> String {
        let (observed, expected) = (alert.excess.observed, self.number(alert.excess.expected, 1));
        let trend = alert.windows.after.number() >= NEW_TREND_WEEKS;
        let swedish = if trend { "Ny trend: på fyra veckor" } else { "Överrepresenterat: på en vecka" };
        let english = if trend { "New trend: in four weeks" } else { "Overrepresented: in one week" };
        self.choose(
            format!(
                "{swedish} kom {observed} nya rapporter där {expected} var att vänta. Ett förslag \
                     att titta närmare på."
            ),
            format!(
                "{english} {observed} new reports came where {expected} were to be expected. A \
                     suggestion to look into."
            ),
        )
    }

    pub(super) fn self_check(self, check: &SelfCheck, share: Option<&str>) -> String {
        let SelfCheck { checks, struck, .. } = check;
        let Some(share) = share else {
            let (swedish, english) =
                ("Inga kontroller utan insats än.", "No checks without intervention yet.");
            return self.choose(swedish, english).to_owned();
        };
        let warning = match (check.warns(), self.0) {
            (false, _) => "",
            (true, Language::Swedish) => {
                " Det är inte de omkring 5 % som väntas: läs alla bedömningar med försiktighet."
            }
            (true, Language::English) => {
                " That is not the 5 % or so to be expected: read every verdict with care."
            }
        };
        self.choose(
            format!("Av {checks} kontroller utan insats gav {struck}, {share} %, utslag.{warning}"),
            format!("Of {checks} checks without intervention {struck}, {share} %, struck.{warning}"),
        )
    }
}

/// Sentences one after another.
pub(super) fn in_a_row<const NUMBER: usize>(
    first: [String; NUMBER],
    more: impl IntoIterator<Item = String>,
) -> String {
    first.into_iter().chain(more).collect::<Vec<_>>().join(" ")
}

/// A number with so many decimals, as it is written in a language.
pub(super) fn number(value: f64, decimals: usize, language: Language) -> String {
    let written = format!("{value:.decimals$}");
    match language {
        Language::Swedish => written.replace('.', ","),
        Language::English => written,
    }
}
