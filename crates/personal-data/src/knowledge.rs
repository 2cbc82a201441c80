//! What the guard knows of Swedish: its lists and phrases, read once from the files in `data`.

use std::sync::LazyLock;

use crate::Class;
use crate::marks::Mark;
use crate::phrase_book::{PhraseBook, PhraseReader};

/// Words and phrases, and the lists that detectors ask for by name.
#[derive(Debug)]
pub(crate) struct Knowledge {
    pub(crate) book: PhraseBook,
    pub(crate) first_name: Mark,
    pub(crate) surname: Mark,
    pub(crate) everyday: Mark,
    pub(crate) place_after: Mark,
    pub(crate) place_before: Mark,
    pub(crate) introducing: Mark,
    pub(crate) naming: Mark,
    pub(crate) so_called: Mark,
    pub(crate) vehicle: Mark,
    pub(crate) platform: Mark,
    pub(crate) home: Mark,
    pub(crate) street: Mark,
    pub(crate) apartment: Mark,
    pub(crate) lives: Mark,
    pub(crate) born: Mark,
    pub(crate) ordinal: Mark,
    pub(crate) month: Mark,
    pub(crate) account: Mark,
    pub(crate) giro: Mark,
    pub(crate) document: Mark,
    pub(crate) version: Mark,
    pub(crate) spoken_digit: Mark,
    pub(crate) at_sign: Mark,
    pub(crate) case: Mark,
    pub(crate) surname_ending: Mark,
    pub(crate) court: Mark,
}

pub(crate) static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::read);

impl Knowledge {
    /// Whether a word in small letters bears a mark.
    pub(crate) fn is_on(&self, word: &[u8], mark: Mark) -> bool {
        let mut on = false;
        self.book.lexicon.look_up(word, |marks| on |= marks.has(mark));
        on
    }

    /// Whether a word in small letters is the name of a person.
    pub(crate) fn is_name(&self, word: &[u8]) -> bool {
        self.is_on(word, self.first_name) || self.is_on(word, self.surname)
    }

    fn read() -> Self {
        let mut reader = PhraseReader::default();
        reader.read_words("first-name", include_str!("../data/first-names.txt"));
        reader.read_words("surname", include_str!("../data/surnames.txt"));
        reader.read_words("everyday-name", include_str!("../data/everyday-names.txt"));
        reader.read_words_but("name", include_str!("../data/first-names.txt"), "everyday-name");
        reader.read(Class::PersonName, include_str!("../data/lists.txt"));
        reader.read(Class::PersonName, include_str!("../data/person-name.txt"));
        reader.read(Class::GroupAttribute, include_str!("../data/group-attribute.txt"));
        reader.read(Class::Accusation, include_str!("../data/accusation.txt"));
        reader.read(Class::PoliceOperation, include_str!("../data/police-operation.txt"));
        reader.read(Class::Health, include_str!("../data/health.txt"));
        reader.read(Class::Secrecy, include_str!("../data/secrecy.txt"));
        Self {
            first_name: reader.mark("first-name"),
            surname: reader.mark("surname"),
            everyday: reader.mark("everyday-name"),
            place_after: reader.mark("place-after"),
            place_before: reader.mark("place-before"),
            introducing: reader.mark("introducing"),
            naming: reader.mark("naming"),
            so_called: reader.mark("so-called"),
            vehicle: reader.mark("vehicle"),
            platform: reader.mark("platform"),
            home: reader.mark("home"),
            street: reader.mark("street"),
            apartment: reader.mark("apartment"),
            lives: reader.mark("lives"),
            born: reader.mark("born"),
            ordinal: reader.mark("ordinal"),
            month: reader.mark("month"),
            account: reader.mark("account"),
            giro: reader.mark("giro"),
            document: reader.mark("document"),
            version: reader.mark("version"),
            spoken_digit: reader.mark("spoken-digit"),
            at_sign: reader.mark("at-sign"),
            case: reader.mark("case"),
            surname_ending: reader.mark("surname-ending"),
            court: reader.mark("court"),
            book: reader.close(),
        }
    }
}
