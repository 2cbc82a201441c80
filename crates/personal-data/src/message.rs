//! What the writer is told about a class: what was found and what to write instead. Never the value.

use crate::Class;

/// The languages of the guard's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    Swedish,
    English,
}

/// One short sentence for a person to read.
pub const fn message(class: Class, language: Language) -> &'static str {
    match language {
        Language::Swedish => swedish(class),
        Language::English => english(class),
    }
}

const fn swedish(class: Class) -> &'static str {
    match class {
        Class::InvalidCharacters => "Texten innehåller osynliga styrtecken: skriv om stället för hand.",
        Class::TooLong => "Texten är längre än 4 000 tecken: korta den eller dela upp den.",
        Class::Personnummer => "Här står ett personnummer: skriv i stället till exempel ”en person”.",
        Class::Samordningsnummer => {
            "Här står ett samordningsnummer: skriv i stället till exempel ”en person”."
        }
        Class::Reservnummer => "Här står ett reservnummer: skriv i stället till exempel ”en person”.",
        Class::Phone => "Här står ett telefonnummer: skriv i stället vilken verksamhet som kan kontaktas.",
        Class::Email => "Här står en e-postadress: skriv i stället vilken verksamhet som kan kontaktas.",
    }
}

const fn english(class: Class) -> &'static str {
    match class {
        Class::InvalidCharacters => {
            "The text contains invisible control characters: retype that part by hand."
        }
        Class::TooLong => "The text is longer than 4,000 characters: shorten it or divide it.",
        Class::Personnummer => "This is a personal identity number: write for example \"a person\" instead.",
        Class::Samordningsnummer => "This is a coordination number: write for example \"a person\" instead.",
        Class::Reservnummer => "This is a temporary identity number: write for example \"a person\" instead.",
        Class::Phone => "This is a phone number: write which organisation to contact instead.",
        Class::Email => "This is an e-mail address: write which organisation to contact instead.",
    }
}
