//! One place in a request that breaks the contract: where, which rule, and what is asked. Never the value.

use crate::language::Language;
use est::guard::{OWN_PLACE, OwnNumber};
use std::borrow::Cow;

/// A broken rule, with the sentences that explain it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// RFC 6901, into the body; empty for the whole of it.
    pub pointer: String,
    /// The keyword of JSON Schema that is broken, or a code of ours.
    pub code: Cow<'static, str>,
    pub swedish: Cow<'static, str>,
    pub english: Cow<'static, str>,
}

impl Violation {
    /// A keyword of JSON Schema that is broken, with the bound it sets where it has one. The bound comes from
    /// the contract, not from the caller: a message that echoed a value could carry personal data into a log.
    pub fn of_schema(pointer: impl Into<String>, keyword: &str, bound: Option<&str>) -> Self {
        let bound = bound.unwrap_or_default();
        let (swedish, english): (Cow<'static, str>, Cow<'static, str>) = match keyword {
            "required" => ("Ett obligatoriskt fält saknas.".into(), "A required member is missing.".into()),
            "additionalProperties" | "unevaluatedProperties" => {
                ("Fältet finns inte i kontraktet.".into(), "The contract has no such member.".into())
            }
            "type" => {
                (format!("Fel typ: {bound} väntas.").into(), format!("Wrong type: expected {bound}.").into())
            }
            "enum" | "const" => {
                ("Värdet är inte ett av de tillåtna.".into(), "Not one of the values allowed.".into())
            }
            "minLength" => {
                (format!("Minst {bound} tecken.").into(), format!("At least {bound} characters.").into())
            }
            "maxLength" => {
                (format!("Högst {bound} tecken.").into(), format!("At most {bound} characters.").into())
            }
            "minItems" => {
                (format!("Minst {bound} poster.").into(), format!("At least {bound} items.").into())
            }
            "maxItems" => (format!("Högst {bound} poster.").into(), format!("At most {bound} items.").into()),
            "minimum" => (format!("Lägst {bound}.").into(), format!("No less than {bound}.").into()),
            "maximum" => (format!("Högst {bound}.").into(), format!("No more than {bound}.").into()),
            "uniqueItems" => ("Samma post står två gånger.".into(), "The same item stands twice.".into()),
            "pattern" if bound == OwnNumber::pattern() => (
                "Ett publicerat svenskt telefonnummer med riktnummer, skrivet som 019-21 10 00; inte ett mobilnummer."
                    .into(),
                "A published Swedish telephone number with its area code, as 019-21 10 00; not a mobile number.".into(),
            ),
            "format" if bound == OWN_PLACE => (
                "Bara ett förnamn: skyddet skulle inte längre se dem som heter så. Skriv hela platsens namn.".into(),
                "A first name alone: the guard would no longer see those who bear it. Write the place's whole name."
                    .into(),
            ),
            "format" => {
                (format!("Inte av formen {bound}.").into(), format!("Not of the form {bound}.").into())
            }
            "pattern" => {
                ("Tecken eller form är inte tillåten.".into(), "Characters or form not allowed.".into())
            }
            _ => ("Värdet följer inte kontraktet.".into(), "The value breaks the contract.".into()),
        };
        Self { pointer: pointer.into(), code: keyword.to_owned().into(), swedish, english }
    }

    pub(crate) fn sentence(&self, language: Language) -> &str {
        match language {
            Language::Swedish => &self.swedish,
            Language::English => &self.english,
        }
    }
}
