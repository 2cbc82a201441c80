//! The words of the findings, Swedish and English.

use super::Language;
use crate::comparison::{Flag, NotAssessable};
use crate::finding::{Doubt, Verdict};
use crate::{
    Alert, Change, Comparison, Difference, Displacement, OVERREPRESENTED_WEEKS, Pooled, SelfCheck, Wdd, Wdq,
};

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
                "Går inte att bedöma: insatser pågick inte tydligt mer under de jämförda veckorna än före.",
                "Cannot be assessed: interventions were not clearly more at work in these weeks than before.",
            ),
            NotAssessable::ShortBaseline => (
                "Går inte att bedöma: för få veckor med rapportering före, eller ingen i de jämförda veckorna.",
                "Cannot be assessed: too few weeks with reporting before, or none in the weeks compared.",
            ),
            NotAssessable::TooFewControls => (
                "Går inte att bedöma: färre än fyra områden att jämföra med.",
                "Cannot be assessed: fewer than four areas to compare with.",
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

    /// What came, beside what was expected; and the ratio.
    pub(super) fn came(self, change: &Change, comparison: &Comparison) -> String {
        let (observed, expected) = (self.reports(change.observed), self.number(change.expected, 1));
        let (weeks, controls) = (comparison.windows.before.number(), comparison.controls);
        let came = self.choose(
            format!(
                "{observed} kom där {expected} var att vänta av områdets egna {weeks} veckor före, förändringen i \
                 {controls} jämförelseområden och hur mycket som rapporterats."
            ),
            format!(
                "{observed} came where {expected} were to be expected from the area's own {weeks} weeks before, the \
                 change in {controls} comparison areas and how much was reported."
            ),
        );
        let ratio = self.ratio(change.rate_ratio, (change.low, change.high));
        in_a_row([came, ratio], change.difference().map(|difference| self.difference(difference)))
    }

    /// So many reports.
    fn reports(self, number: u32) -> String {
        let one = number == 1;
        let swedish = if one { "rapport" } else { "rapporter" };
        let english = if one { "report" } else { "reports" };
        format!("{number} {}", self.choose(swedish, english))
    }

    fn difference(self, difference: Difference) -> String {
        let Difference { reports, low, high } = difference;
        let [reports, low, high] = [reports, low, high].map(|value| self.more_or_fewer(value));
        self.choose(
            format!("Det är {reports} än väntat (från {low} till {high})."),
            format!("That is {reports} than expected (from {low} to {high})."),
        )
    }

    fn more_or_fewer(self, difference: f64) -> String {
        let word =
            if difference < 0.0 { self.choose("färre", "fewer") } else { self.choose("fler", "more") };
        format!("{} {word}", self.limit(difference.abs(), 1))
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

    /// The word for one intervention or for several, and why there is none.
    pub(super) fn verdict(self, verdict: Verdict, doubt: Option<Doubt>, interventions: usize) -> String {
        let one = interventions == 1;
        let swedish = if one { "Insatsen" } else { "Insatserna" };
        let english = if one { "The intervention" } else { "The interventions" };
        match verdict {
            Verdict::Decrease => self.choose(
                format!("{swedish} hängde samman med färre rapporter; vad som låg bakom visar jämförelsen inte."),
                format!("{english} went together with fewer reports; the comparison does not show why."),
            ),
            Verdict::Increase => self.choose(
                format!(
                    "{swedish} hängde samman med fler rapporter; det kan vara mer otrygghet, men också att fler \
                     rapporterar."
                ),
                format!("{english} went together with more reports; that may be more unease, or more reporting."),
            ),
            Verdict::NoClearChange => self.choose("Ingen tydlig förändring.", "No clear change.").to_owned(),
            Verdict::Uncertain => self.uncertain(doubt.unwrap_or(Doubt::OrdinaryVariation)).to_owned(),
        }
    }

    fn uncertain(self, doubt: Doubt) -> &'static str {
        let (swedish, english) = match doubt {
            Doubt::OrdinaryVariation => (
                "Osäkert: skillnaden går inte att skilja från vanlig variation.",
                "Uncertain: the difference cannot be told from ordinary variation.",
            ),
            Doubt::OtherBaselines => (
                "Osäkert: jämfört med 26 eller 52 veckor före syns inte samma skillnad.",
                "Uncertain: compared with 26 or 52 weeks before the same difference is not seen.",
            ),
            Doubt::ShortBaseline => (
                "Osäkert: för få veckor före för att säga något säkert.",
                "Uncertain: too few weeks before to be sure of anything.",
            ),
        };
        self.choose(swedish, english)
    }

    /// A ratio with its interval, or what can be said without one.
    pub(super) fn ratio(self, ratio: Option<f64>, (low, high): (f64, f64)) -> String {
        let [low, high] = [low, high].map(|value| self.limit(value, 2));
        let Some(ratio) = ratio.map(|ratio| self.limit(ratio, 2)) else {
            return self.choose(
                format!("Inget kom före, så kvoten mot det väntade har bara en undre gräns, {low}."),
                format!(
                    "Nothing came before, so the ratio to what was expected has a lower limit only, {low}."
                ),
            );
        };
        self.choose(
            format!("Kvoten mot det väntade är {ratio} (95-procentigt intervall {low}–{high})."),
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
        let fewer = self.number((1.0 - ratio) * 100.0, 0);
        self.choose(
            format!("Den minsta minskning som hade kunnat urskiljas är {fewer} %."),
            format!("The smallest reduction that could have been seen is {fewer} %."),
        )
    }

    /// The method is wrong here oftener than it says, or hardly sees anything.
    pub(super) fn warned(self) -> &'static str {
        self.choose(
            "Läs med försiktighet: egenkontrollen ger utslag oftare eller mer sällan än den ska.",
            "Read with care: the self-check strikes more often or more seldom than it should.",
        )
    }

    pub(super) fn flag(self, flag: Flag) -> &'static str {
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
        let (observed, expected) = (self.reports(pooled.observed), self.number(pooled.expected, 1));
        let episodes = pooled.episodes;
        self.choose(
            format!("{episodes} förlopp av samma slag tillsammans: {observed} kom där {expected} var att vänta."),
            format!("{episodes} episodes of one kind together: {observed} came where {expected} were to be expected."),
        )
    }

    pub(super) fn too_few(self, episodes: usize) -> String {
        self.choose(
            format!(
                "{episodes} av samma slag gick att bedöma säkert: för få att lägga samman, se var och en."
            ),
            format!("{episodes} of the kind could be assessed surely: too few to pool, see each."),
        )
    }

    pub(super) fn displacement(
        self,
        displacement: &Displacement,
        neighbours: Option<String>,
        net: Option<String>,
    ) -> String {
        let unknown = || self.choose("Går inte att bedöma.", "Cannot be assessed.").to_owned();
        let (neighbours, net) = (neighbours.unwrap_or_else(unknown), net.unwrap_or_else(unknown));
        let told = self.choose(
            format!("Grannområdena tillsammans: {neighbours} Netto, med området självt: {net}"),
            format!("The neighbouring areas together: {neighbours} Net, with the area itself: {net}"),
        );
        let treated =
            self.choose("Något grannområde hade också insats.", "A neighbour had an intervention too.");
        in_a_row([told], displacement.treated_neighbours.then(|| treated.to_owned()))
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

    pub(super) fn wdq(self, wdq: &Wdq) -> String {
        let Some(quotient) = wdq.quotient else {
            let (swedish, english) = (
                "Beskrivande: rapporterna i området minskade inte mer än i jämförelseområdena, så det finns inget att \
                 ställa omgivningen mot.",
                "Descriptive: the area's reports did not fall more than in the comparison areas, so there is nothing \
                 to set the surroundings against.",
            );
            return self.choose(swedish, english).to_owned();
        };
        let times = self.number(quotient.abs(), 2);
        let swedish = if quotient < 0.0 { "åt motsatt håll" } else { "åt samma håll" };
        let english = if quotient < 0.0 { "in the opposite direction" } else { "in the same direction" };
        self.choose(
            format!("Beskrivande: omgivningen förändrades {times} gånger så mycket som området, {swedish}."),
            format!("Descriptive: the surroundings changed {times} times as much as the area, {english}."),
        )
    }

    pub(super) fn alert(self, alert: &Alert) -> String {
        let (observed, expected) = (alert.excess.observed, self.number(alert.excess.expected, 1));
        let (one, weeks) = (observed == 1, alert.windows.after.number());
        let swedish = if one { "ny rapport" } else { "nya rapporter" };
        let english = if one { "new report" } else { "new reports" };
        let (swedish_weeks, english_weeks) = if weeks == OVERREPRESENTED_WEEKS {
            ("Överrepresenterat: på en vecka".to_owned(), "Overrepresented: in one week".to_owned())
        } else {
            (format!("Ny trend: på {weeks} veckor"), format!("New trend: in {weeks} weeks"))
        };
        self.choose(
            format!(
                "{swedish_weeks} kom {observed} {swedish} där {expected} var att vänta. Ett förslag att titta \
                 närmare på."
            ),
            format!(
                "{english_weeks} {observed} {english} came where {expected} were to be expected. A suggestion to \
                 look into."
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
            format!("{struck} of {checks} checks without intervention ({share} %) struck.{warning}"),
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
    // What is rounded to nothing has no sign.
    let nothing = written.chars().all(|digit| matches!(digit, '-' | '0' | '.'));
    let written = if nothing { written.trim_start_matches('-').to_owned() } else { written };
    match language {
        Language::Swedish => written.replace('.', ","),
        Language::English => written,
    }
}
