//! The shapes that words may hide in, wherever bytes are kept: as they are, in UTF-16, in hexadecimal and in base64.

/// The words in every shape that a search should look for. They are made here, since what the tests themselves ask of
/// the database is logged.
pub fn disguises(words: &str) -> Vec<String> {
    let big = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let little = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut all = vec![words.to_owned(), escaped(words)];
    for bytes in [words.as_bytes().to_vec(), big, little] {
        // A table's bytes are read in hexadecimal; a log or an answer has them as they are.
        all.push(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat());
        all.push(String::from_utf8_lossy(&bytes).into_owned());
        all.extend((0..3).filter_map(|skipped| bytes.get(skipped..).map(base64)));
    }
    all
}

/// As JSON in ASCII has them.
fn escaped(words: &str) -> String {
    let unit = |letter: char| {
        if letter.is_ascii() { letter.to_string() } else { format!("\\u{:04x}", u32::from(letter)) }
    };
    words.chars().map(unit).collect()
}

/// What stands for whole groups of three bytes.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups =
        bytes.chunks_exact(3).map(|group| group.iter().fold(0, |all, byte| all << 8 | usize::from(*byte)));
    let letters = groups.flat_map(|group| [18, 12, 6, 0].map(|shift| LETTERS.get(group >> shift & 63)));
    letters.flatten().copied().map(char::from).collect()
}

#[test]
fn words_are_disguised_as_others_would() {
    let all = disguises("Påhittad");
    for shape in [
        "Påhittad",
        "P\\u00e5hittad",
        "50c3a568697474616",
        "005000e500680069",
        "5000e50068006900",
        "UMOlaGl0dGFk",
        "w6VoaXR0",
        "pWhpdHRh",
        "AFAA5QBo",
        "UADlAGgA",
    ] {
        assert!(all.iter().any(|its| its.contains(shape)), "{shape} is not looked for: {all:?}");
    }
}
