//! The Swedish numbering plan, as far as numbers of people go: 264 area codes, mobile numbers and 010.
//! What it leaves out passes: free, shared-cost and premium numbers (020, 077x, 0900, 0939, 0944, 099), 112.

/// The area codes of three digits, without their zero. Stockholm's 8 stands in the code below.
const LONG: [u8; 20] = [11, 13, 16, 18, 19, 21, 23, 26, 31, 33, 35, 36, 40, 42, 44, 46, 54, 60, 63, 90];

/// The area codes of four digits, without their zero, in order.
const LONGEST: [u16; 243] = [
    120, 121, 122, 123, 125, 140, 141, 142, 143, 144, 150, 151, 152, 155, 156, 157, 158, 159, 171, 173, 174,
    175, 176, 220, 221, 222, 223, 224, 225, 226, 227, 240, 241, 243, 246, 247, 248, 250, 251, 253, 258, 270,
    271, 278, 280, 281, 290, 291, 292, 293, 294, 295, 297, 300, 301, 302, 303, 304, 320, 321, 322, 325, 340,
    345, 346, 370, 371, 372, 380, 381, 382, 383, 390, 392, 393, 410, 411, 413, 414, 415, 416, 417, 418, 430,
    431, 433, 435, 451, 454, 455, 456, 457, 459, 470, 471, 472, 474, 476, 477, 478, 479, 480, 481, 485, 486,
    490, 491, 492, 493, 494, 495, 496, 498, 499, 500, 501, 502, 503, 504, 505, 506, 510, 511, 512, 513, 514,
    515, 520, 521, 522, 523, 524, 525, 526, 528, 530, 531, 532, 533, 534, 550, 551, 552, 553, 554, 555, 560,
    563, 564, 565, 570, 571, 573, 580, 581, 582, 583, 584, 585, 586, 587, 589, 590, 591, 611, 612, 613, 620,
    621, 622, 623, 624, 640, 642, 643, 644, 645, 647, 650, 651, 652, 653, 657, 660, 661, 662, 663, 670, 671,
    672, 680, 682, 684, 687, 690, 691, 692, 693, 695, 696, 910, 911, 912, 913, 914, 915, 916, 918, 920, 921,
    922, 923, 924, 925, 926, 927, 928, 929, 930, 932, 933, 934, 935, 940, 941, 942, 943, 950, 951, 952, 953,
    954, 960, 961, 970, 971, 973, 975, 976, 977, 978, 980, 981,
];

/// The length of the area code, without its zero, of a whole national number that may belong to a person.
pub(crate) fn area_code_length(significant: &[u8]) -> Option<usize> {
    let length = significant.len();
    match significant {
        [7, 0 | 2 | 3 | 6 | 9, ..] | [1, 0, ..] => (length == 9).then_some(2),
        // A subscriber number never begins with zero, which is the trunk prefix.
        [8, 1..=9, ..] => (7..=9).contains(&length).then_some(1),
        [a, b, 1..=9, ..] if LONG.contains(&(a * 10 + b)) => (7..=9).contains(&length).then_some(2),
        [a, b, c, 1..=9, ..] if is_longest(*a, *b, *c) => (8..=9).contains(&length).then_some(3),
        _ => None,
    }
}

/// A regular expression, in what all dialects share, for whole numbers of places and for 010 as they are usually
/// written: `019-21 10 00`, `08-508 000 00`, `+46 10 123 45 00`. The guard reads each of them as a telephone number, so
/// pairs that could be those of an identity number are left out: `0506-25 84 09`, `+46 11 12 08 50`.
pub fn written_number_pattern() -> String {
    // What follows the area code has as many digits as `area_code_length` asks for.
    const FIVE: &str = "[1-9][0-9]{2} [0-9]{2}";
    const SIX: &str = "[1-9][0-9]{2} [0-9]{3}";
    const PAIRS: &str = "[1-9][0-9]( [0-9]{2}){2}";
    const SEVEN: &str = "[1-9][0-9]{2}( [0-9]{2}){2}";
    const EIGHT: &str = "[1-9][0-9]{2} [0-9]{3} [0-9]{2}";
    let joined = |codes: &[u16]| codes.iter().map(u16::to_string).collect::<Vec<_>>().join("|");
    // After +46, a space and 11 would be a year and a month.
    let long = joined(&LONG.map(u16::from).into_iter().filter(|code| *code != 11).collect::<Vec<_>>());
    let longest = joined(&LONGEST);
    format!(
        "^(0|\\+46 )(8[- ]({SIX}|{PAIRS}|{SEVEN}|{EIGHT})|(11-|({long})[- ])({FIVE}|{SIX}|{PAIRS}|{SEVEN})\
         |({longest})[- ]({FIVE}|{SIX})|10[- ][0-9]{{3}}( [0-9]{{2}}){{2}})$"
    )
}

fn is_longest(a: u8, b: u8, c: u8) -> bool {
    LONGEST.binary_search(&(u16::from(a) * 100 + u16::from(b) * 10 + u16::from(c))).is_ok()
}

#[cfg(test)]
mod tests;
