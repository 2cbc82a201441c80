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

/// What a class is called in Swedish, in a list or a summary.
pub const fn noun(class: Class) -> &'static str {
    match class {
        Class::InvalidCharacters => "osynliga styrtecken",
        Class::TooLong => "för lång",
        Class::Personnummer => "personnummer",
        Class::Samordningsnummer => "samordningsnummer",
        Class::Reservnummer => "reservnummer",
        Class::Phone => "telefonnummer",
        Class::Email => "e-postadress",
        Class::PaymentCard => "kortnummer",
        Class::BankAccount => "kontonummer",
        Class::IpAddress => "IP-adress",
        Class::VehiclePlate => "registreringsnummer",
        Class::SocialHandle => "konto i sociala medier",
        Class::Dwelling => "bostad",
        Class::Birthdate => "födelsedatum",
        Class::IdDocument => "id-handling",
        Class::PersonName => "personnamn",
        Class::GroupAttribute => "uppgift om ursprung, tro eller liknande",
        Class::Accusation => "utpekande",
        Class::PoliceOperation => "polisens arbete",
        Class::CaseNumber => "ärendenummer",
        Class::Health => "hälsa eller missbruk",
        Class::Secrecy => "sekretess",
        Class::Coordinates => "koordinater till en bostad",
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
        Class::PaymentCard => "Här står ett kortnummer: skriv i stället till exempel ”ett betalkort”.",
        Class::BankAccount => "Här står ett kontonummer: skriv i stället till exempel ”ett konto”.",
        Class::IpAddress => "Här står en IP-adress: skriv i stället till exempel ”en inloggning”.",
        Class::VehiclePlate => "Här står ett registreringsnummer: skriv i stället till exempel ”en bil”.",
        Class::SocialHandle => {
            "Här står ett konto i sociala medier: skriv i stället till exempel ”ett konto”."
        }
        Class::Dwelling => "Här pekas en bostad ut: skriv i stället gatan eller kvarteret.",
        Class::Birthdate => "Här står ett födelsedatum: skriv i stället en åldersgrupp.",
        Class::IdDocument => {
            "Här står numret på en id-handling: skriv i stället till exempel ”en id-handling”."
        }
        Class::PersonName => "Här kan stå ett personnamn: skriv i stället rollen, till exempel ”en granne”.",
        Class::GroupAttribute => {
            "Här sägs något om människors ursprung, tro, läggning eller liknande: beskriv i stället vad som händer."
        }
        Class::Accusation => {
            "Här pekas någon ut som skyldig: skriv vad som har setts, inte vem som gjort det."
        }
        Class::PoliceOperation => {
            "Här kan stå något om polisens planerade eller dolda arbete: fråga polisen innan det sprids."
        }
        Class::CaseNumber => {
            "Här står ett ärendenummer som leder till en utredning: skriv i stället ”är anmält”."
        }
        Class::Health => {
            "Här sägs något om en persons hälsa eller missbruk: beskriv i stället vad som händer."
        }
        Class::Secrecy => {
            "Här står något som kan omfattas av sekretess, som skydd eller insatser för en person: ta bort det."
        }
        Class::Coordinates => "Här pekas en bostad ut med koordinater: skriv i stället kvarteret.",
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
        Class::PaymentCard => "This is a payment card number: write for example \"a payment card\" instead.",
        Class::BankAccount => "This is an account number: write for example \"an account\" instead.",
        Class::IpAddress => "This is an IP address: write for example \"a login\" instead.",
        Class::VehiclePlate => "This is a registration number: write for example \"a car\" instead.",
        Class::SocialHandle => "This is a social media account: write for example \"an account\" instead.",
        Class::Dwelling => "This points out a home: write the street or the block instead.",
        Class::Birthdate => "This is a date of birth: write an age group instead.",
        Class::IdDocument => {
            "This is the number of an identity document: write for example \"an identity document\" instead."
        }
        Class::PersonName => {
            "This may be a person's name: write the role instead, for example \"a neighbour\"."
        }
        Class::GroupAttribute => {
            "This tells of people's origin, faith, orientation or the like: describe what happens instead."
        }
        Class::Accusation => "This points somebody out as guilty: write what was seen, not who did it.",
        Class::PoliceOperation => {
            "This may tell of planned or covert police work: ask the police before it is spread."
        }
        Class::CaseNumber => {
            "This is a case number that leads to an investigation: write \"has been reported\" instead."
        }
        Class::Health => "This tells of a person's health or addiction: describe what happens instead.",
        Class::Secrecy => {
            "This may be under secrecy, such as a person's protection or social care: remove it."
        }
        Class::Coordinates => "These coordinates point out a home: write the block instead.",
    }
}
