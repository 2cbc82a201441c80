//! The words just before a number, which say what it is when its digits do not.

/// How far back a word may stand, in bytes and in words.
const BYTES_MAX: usize = 64;
const WORDS_MAX: usize = 4;

/// Beginnings of words for an identity number, in lower case as all lists here.
const IDENTITY: [&str; 10] = [
    "personnr",
    "personnum",
    "persnr",
    "pnr",
    "samordn",
    "samnr",
    "reservn",
    "födelsen",
    "körkort",
    "legitimation",
];

/// A word for an identity number that many others begin with.
const RESERVE: &str = "reserv";

/// Beginnings of words for a phone.
const PHONE: [&str; 8] = ["ring", "tel", "mob", "sms", "nås", "samtal", "swish", "whatsapp"];

/// Beginnings of words for numbers of things and matters. Orgnr and löpnr are not among them: a sole trader's
/// organisation number is the owner's personnummer, and calling a number löpnummer does not excuse it.
const REFERENCE: [&str; 26] = [
    "anmäl",
    "artikel",
    "avi",
    "batch",
    "beställning",
    "diarie",
    "dnr",
    "ean",
    "faktura",
    "felanmäl",
    "försändelse",
    "inventarie",
    "kolli",
    "kvitto",
    "larm",
    "logg",
    "ocr",
    "order",
    "paket",
    "ref",
    "serie",
    "spårning",
    "stolp",
    "streckkod",
    "tidsstäm",
    "ärende",
];

/// Words that stand between such a word and its number.
const FILLERS: [&str; 9] = ["nr", "nummer", "numret", "no", "id", "är", "var", "kod", "gäller"];

/// Nearest first; places that no word fills are empty.
#[derive(Debug)]
pub(crate) struct WordsBefore<'a> {
    words: [&'a [u8]; WORDS_MAX],
}

impl<'a> WordsBefore<'a> {
    pub(crate) fn of(text: &'a [u8], at: usize) -> Self {
        let near = text.get(at.saturating_sub(BYTES_MAX)..at).unwrap_or_default();
        let mut written = near.rsplit(|byte| !is_letter(*byte)).filter(|word| !word.is_empty());
        Self { words: std::array::from_fn(|_| written.next().unwrap_or_default()) }
    }

    pub(crate) fn say_identity(&self) -> bool {
        let is_reserve = |word: &[u8]| word.len() == RESERVE.len() && begins(word, RESERVE);
        self.words.iter().any(|word| begins_with_one(word, &IDENTITY) || is_reserve(word))
    }

    pub(crate) fn say_phone(&self) -> bool {
        self.words.iter().any(|word| begins_with_one(word, &PHONE))
    }

    /// Straight after: only a word such as "nr" or "är" may stand between.
    pub(crate) fn end_in_reference(&self) -> bool {
        let is_filler =
            |word: &[u8]| FILLERS.iter().any(|filler| filler.len() == word.len() && begins(word, filler));
        let telling = self.words.iter().find(|word| !is_filler(word));
        telling.is_some_and(|word| begins_with_one(word, &REFERENCE))
    }
}

const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

fn begins_with_one(word: &[u8], stems: &[&str]) -> bool {
    stems.iter().any(|stem| begins(word, stem))
}

fn begins(word: &[u8], stem: &str) -> bool {
    word.len() >= stem.len()
        && word.iter().zip(stem.bytes()).all(|(byte, small)| is_same_letter(*byte, small))
}

/// In UTF-8 the second byte of Å, Ä and Ö is that of å, ä and ö less 32, as it is with the letters of ASCII.
const fn is_same_letter(byte: u8, small: u8) -> bool {
    byte == small || (matches!(byte, b'A'..=b'Z' | 0x80..=0x9E) && byte + 32 == small)
}
