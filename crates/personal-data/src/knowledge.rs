//! What the guard knows of Swedish: its lists and phrases, read once from the files in `data`.

use std::sync::LazyLock;

use crate::Class;
use crate::lexicon::ListId;
use crate::phrase_book::PhraseBook;

/// The book of phrases, and the lists that detectors ask for by name.
#[derive(Debug)]
pub(crate) struct Knowledge {
    pub(crate) book: PhraseBook,
    pub(crate) first_name: ListId,
    pub(crate) surname: ListId,
    pub(crate) everyday: ListId,
    pub(crate) place_after: ListId,
    pub(crate) place_before: ListId,
    pub(crate) introducing: ListId,
    pub(crate) naming: ListId,
    pub(crate) so_called: ListId,
    pub(crate) vehicle: ListId,
    pub(crate) platform: ListId,
    pub(crate) home: ListId,
    pub(crate) street: ListId,
    pub(crate) apartment: ListId,
    pub(crate) lives: ListId,
    pub(crate) born: ListId,
    pub(crate) ordinal: ListId,
    pub(crate) month: ListId,
    pub(crate) account: ListId,
    pub(crate) giro: ListId,
    pub(crate) document: ListId,
    pub(crate) version: ListId,
    pub(crate) court: ListId,
}

pub(crate) static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::read);

impl Knowledge {
    /// Whether a word in small letters is the name of a person.
    pub(crate) fn is_name(&self, word: &[u8]) -> bool {
        let mut name = false;
        self.book.lexicon.look_up(word, |list| name |= list == self.first_name || list == self.surname);
        name
    }

    /// Whether a word in small letters is the name of a street.
    pub(crate) fn is_street(&self, word: &[u8]) -> bool {
        let mut street = false;
        self.book.lexicon.look_up(word, |list| street |= list == self.street);
        street
    }

    fn read() -> Self {
        let mut book = PhraseBook::default();
        book.read_words("first-name", include_str!("../data/first-names.txt"));
        book.read_words("surname", include_str!("../data/surnames.txt"));
        book.read_words("everyday-name", include_str!("../data/everyday-names.txt"));
        book.read_words_but("name", include_str!("../data/first-names.txt"), "everyday-name");
        book.read(Class::PersonName, include_str!("../data/lists.txt"));
        book.read(Class::PersonName, include_str!("../data/person-name.txt"));
        book.read(Class::GroupAttribute, include_str!("../data/group-attribute.txt"));
        book.read(Class::Accusation, include_str!("../data/accusation.txt"));
        book.read(Class::PoliceOperation, include_str!("../data/police-operation.txt"));
        book.read(Class::Health, include_str!("../data/health.txt"));
        book.read(Class::Secrecy, include_str!("../data/secrecy.txt"));
        Self {
            first_name: book.list("first-name"),
            surname: book.list("surname"),
            everyday: book.list("everyday-name"),
            place_after: book.list("place-after"),
            place_before: book.list("place-before"),
            introducing: book.list("introducing"),
            naming: book.list("naming"),
            so_called: book.list("so-called"),
            vehicle: book.list("vehicle"),
            platform: book.list("platform"),
            home: book.list("home"),
            street: book.list("street"),
            apartment: book.list("apartment"),
            lives: book.list("lives"),
            born: book.list("born"),
            ordinal: book.list("ordinal"),
            month: book.list("month"),
            account: book.list("account"),
            giro: book.list("giro"),
            document: book.list("document"),
            version: book.list("version"),
            court: book.list("court"),
            book,
        }
    }
}
