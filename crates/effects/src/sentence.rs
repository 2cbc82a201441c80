//! A finding in plain words. They say what went together with what, and never what made it so.

mod phrases;

use crate::{
    Alert, Assessed, Comparison, Displacement, Doubt, EvidenceLevel, Finding, Flags, KindReview, METHOD,
    NotAssessable, SelfCheck, Verdict, Wdd, Wdq, Windows,
};
use phrases::{Phrases, in_a_row, number};

/// What is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// With a decimal comma.
    Swedish,
    /// With a decimal point.
    English,
}

/// What every result carries: the weeks it is of, what weakens it, how strong it is, and how to say it.
pub trait Statement {
    /// The version of the method that made it.
    fn method(&self) -> &'static str {
        METHOD
    }

    /// The windows that were compared; none where the caller chose what was counted.
    fn windows(&self) -> Vec<Windows>;

    /// What weakens it.
    fn flags(&self) -> Flags {
        Flags::default()
    }

    /// How strong a ground it stands on.
    fn evidence(&self) -> EvidenceLevel;

    /// It in plain words.
    fn sentence(&self, language: Language) -> String;
}

/// A comparison alone says what came, and gets no word for it.
impl Statement for Comparison {
    fn windows(&self) -> Vec<Windows> {
        vec![self.windows]
    }

    fn flags(&self) -> Flags {
        self.flags
    }

    fn evidence(&self) -> EvidenceLevel {
        match self.outcome {
            Err(_) => EvidenceLevel::Description,
            Ok(_) => EvidenceLevel::of(self.flags),
        }
    }

    fn sentence(&self, language: Language) -> String {
        let said = Phrases::of(language);
        match self.outcome {
            Err(reason) => said.not_assessable(reason).to_owned(),
            Ok(assessed) => in_a_row([said.came(&assessed.change, self)], said.weakened(self)),
        }
    }
}

impl EvidenceLevel {
    /// Of what was compared with controls.
    fn of(flags: Flags) -> Self {
        let weak = flags.short_baseline || flags.intervention_in_baseline;
        if weak { Self::Association } else { Self::ControlledComparison }
    }
}

impl Statement for Finding {
    fn windows(&self) -> Vec<Windows> {
        self.comparison.windows()
    }

    fn flags(&self) -> Flags {
        self.comparison.flags
    }

    fn evidence(&self) -> EvidenceLevel {
        self.comparison.evidence()
    }

    fn sentence(&self, language: Language) -> String {
        let said = Phrases::of(language);
        let Ok(assessed) = self.comparison.outcome else { return self.comparison.sentence(language) };
        let sentences = [
            said.came(&assessed.change, &self.comparison),
            said.verdict(self.verdict, self.doubt(), 1),
            said.could_be_seen(self.smallest_reduction),
        ];
        let shared = (self.shared_with > 0).then(|| said.shared(self.shared_with));
        let warned = self.warned.then(|| said.warned().to_owned());
        in_a_row(sentences, shared.into_iter().chain(said.weakened(&self.comparison)).chain(warned))
    }
}

impl Statement for KindReview {
    fn windows(&self) -> Vec<Windows> {
        self.windows.clone()
    }

    fn flags(&self) -> Flags {
        self.flags
    }

    fn evidence(&self) -> EvidenceLevel {
        self.pooled.map_or(EvidenceLevel::Description, |_| EvidenceLevel::of(self.flags))
    }

    fn sentence(&self, language: Language) -> String {
        let said = Phrases::of(language);
        let Some((pooled, verdict)) = self.pooled else { return said.too_few(self.pooled_from.len()) };
        let uncertain = verdict == Verdict::Uncertain;
        let doubt = uncertain.then(|| Doubt::of(pooled.verdict_alone(), self.flags));
        let ratio = said.ratio(pooled.rate_ratio, (pooled.low, pooled.high));
        let sentences = [said.pooled(&pooled), ratio, said.verdict(verdict, doubt, pooled.episodes)];
        let flags = self.flags.iter().map(|flag| said.flag(flag).to_owned());
        in_a_row(sentences, flags.chain(self.warned.then(|| said.warned().to_owned())))
    }
}

impl Statement for Displacement {
    fn windows(&self) -> Vec<Windows> {
        vec![self.windows]
    }

    fn flags(&self) -> Flags {
        self.flags
    }

    fn evidence(&self) -> EvidenceLevel {
        match (self.neighbours, self.net) {
            (Ok(_), Ok(_)) if self.treated_neighbours => EvidenceLevel::Association,
            (Ok(_), Ok(_)) => EvidenceLevel::of(self.flags),
            (Err(_), _) | (_, Err(_)) => EvidenceLevel::Description,
        }
    }

    fn sentence(&self, language: Language) -> String {
        let said = Phrases::of(language);
        let ratio = |its: Result<Assessed, NotAssessable>| {
            its.map(|its| said.ratio(its.change.rate_ratio, (its.change.low, its.change.high)))
        };
        said.displacement(self, ratio(self.neighbours).ok(), ratio(self.net).ok())
    }
}

impl Statement for Wdd {
    fn windows(&self) -> Vec<Windows> {
        Vec::new()
    }

    fn evidence(&self) -> EvidenceLevel {
        EvidenceLevel::Description
    }

    fn sentence(&self, language: Language) -> String {
        Phrases::of(language).wdd(self)
    }
}

impl Statement for Wdq {
    fn windows(&self) -> Vec<Windows> {
        Vec::new()
    }

    fn evidence(&self) -> EvidenceLevel {
        EvidenceLevel::Description
    }

    fn sentence(&self, language: Language) -> String {
        Phrases::of(language).wdq(self)
    }
}

impl Statement for Alert {
    fn windows(&self) -> Vec<Windows> {
        vec![self.windows]
    }

    fn evidence(&self) -> EvidenceLevel {
        EvidenceLevel::Description
    }

    fn sentence(&self, language: Language) -> String {
        Phrases::of(language).alert(self)
    }
}

impl Statement for SelfCheck {
    fn windows(&self) -> Vec<Windows> {
        self.windows.clone()
    }

    fn evidence(&self) -> EvidenceLevel {
        EvidenceLevel::Description
    }

    fn sentence(&self, language: Language) -> String {
        let said = Phrases::of(language);
        let share = self.share().map(|share| number(share * 100.0, 1, language));
        said.self_check(self, share.as_deref())
    }
}
