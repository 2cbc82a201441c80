//! What a problem says of its occurrence: sentences and places. Nothing here repeats what the caller wrote.

use super::{BrokenRule, Listed, Problem, TextFinding};
use crate::language::Language;
use personal_data::{Action, Class, Finding};
use std::borrow::Cow;
use views::pictures::DraftWarning;

impl Problem {
    /// What it was this time; where the kind says all, its sentence.
    pub(super) fn detail(&self, language: Language, listed: Listed) -> Cow<'static, str> {
        if let Self::Malformed { line: line @ 1.., column } = self {
            match language {
                Language::Swedish => format!("{} Fel på rad {line}, tecken {column}.", listed.swedish).into(),
                Language::English => format!("{} See line {line}, column {column}.", listed.english).into(),
            }
        } else if let Self::SheetBroken { line: line @ 1.. } = self {
            match language {
                Language::Swedish => format!("{} Fel på rad {line}.", listed.swedish).into(),
                Language::English => format!("{} See line {line}.", listed.english).into(),
            }
        } else if let Self::Unauthenticated { reason } = self {
            reason.sentence(language).into()
        } else if let Self::HeaderMissing { header: name }
        | Self::HeaderBroken { header: name }
        | Self::ParameterBroken { parameter: name } = self
        {
            format!("{} ({name})", listed.sentence(language)).into()
        } else {
            listed.sentence(language).into()
        }
    }

    pub(super) fn errors(&self, language: Language) -> Vec<BrokenRule> {
        let (Self::Invalid { errors } | Self::PersonalData { errors, .. }) = self else { return Vec::new() };
        let broken = errors.iter().map(|violation| BrokenRule {
            pointer: violation.pointer.clone(),
            detail: violation.sentence(language).to_owned(),
            code: violation.code.clone().into_owned(),
        });
        broken.collect()
    }

    pub(super) fn findings(&self, language: Language) -> Vec<TextFinding> {
        if let Self::PersonalData { findings, .. } = self {
            findings.iter().map(|(pointer, finding)| TextFinding::of(pointer, *finding, language)).collect()
        } else if let Self::WarningsUnacknowledged { warnings, .. } = self {
            warnings.iter().map(|warning| warned(warning, language)).collect()
        } else {
            Vec::new()
        }
    }
}

fn warned(warning: &DraftWarning, language: Language) -> TextFinding {
    let place = &warning.warning;
    // A class that the policy no longer has is told without advice.
    let class = Class::ALL.into_iter().find(|class| class.key() == place.class);
    TextFinding {
        pointer: warning.pointer.clone(),
        text: Some(warning.text),
        start: place.start,
        end: place.end,
        class: place.class.clone(),
        action: Action::Warn.key().to_owned(),
        message: class.map(|class| personal_data::message(class, language).to_owned()).unwrap_or_default(),
    }
}

impl TextFinding {
    /// A finding in the text that the pointer names.
    pub(crate) fn of(pointer: &str, finding: Finding, language: Language) -> Self {
        Self {
            pointer: pointer.to_owned(),
            text: None,
            start: u32::try_from(finding.start).unwrap_or(u32::MAX),
            end: u32::try_from(finding.end).unwrap_or(u32::MAX),
            class: finding.class.key().to_owned(),
            action: finding.action.key().to_owned(),
            message: personal_data::message(finding.class, language).to_owned(),
        }
    }
}
