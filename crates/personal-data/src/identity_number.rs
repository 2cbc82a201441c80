//! Personnummer and samordningsnummer: date, three digits and a check digit. A samordningsnummer adds sixty to the
//! day, and its month or day may be zero where the birth date is unknown.

use crate::calendar::{is_date, pair};
use crate::candidate::{Candidate, Rank};
use crate::digit_groups::DigitGroups;
use crate::digit_window::Window;
use crate::policy::Ground;
use crate::words_before::WordsBefore;
use crate::{Class, Context, check_digit};

/// What ten or twelve digits are when their date is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) class: Class,
    pub(crate) check_digit_right: bool,
    /// With its century where that is written, else below one hundred.
    pub(crate) year: u16,
    pub(crate) month: u16,
}

impl Identity {
    /// The year in our century when none is written.
    const fn recent_year(self) -> u16 {
        if self.year < 100 { 2000 + self.year } else { self.year }
    }
}

/// Reads ten or twelve digits; nothing when they hold no possible date.
pub(crate) fn read(digits: &[u8]) -> Option<Identity> {
    let (century, ten) = match digits {
        [c1, c2, ten @ ..] if ten.len() == 10 => (pair(*c1, *c2), ten),
        ten if ten.len() == 10 => (0, ten),
        _ => return None,
    };
    if !matches!(century, 0 | 18..=20) || (century == 0 && digits.len() == 12) {
        return None;
    }
    let [y1, y2, m1, m2, d1, d2, ..] = ten else { return None };
    let (year, month, day) = (century * 100 + pair(*y1, *y2), pair(*m1, *m2), pair(*d1, *d2));
    let class = if is_date(year, month, day) {
        Class::Personnummer
    } else if is_coordination_date(year, month, day) {
        Class::Samordningsnummer
    } else {
        return None;
    };
    Some(Identity { class, check_digit_right: check_digit::is_right(ten), year, month })
}

/// Skatteverket hands out month 00 and day 60 when the birth date is unknown.
fn is_coordination_date(year: u16, month: u16, day: u16) -> bool {
    match (month, day.checked_sub(60)) {
        (0, Some(0..=31)) | (1..=12, Some(0)) => true,
        (_, Some(day)) => is_date(year, month, day),
        (_, None) => false,
    }
}

pub(crate) fn find(numbers: &DigitGroups<'_>, context: &Context<'_>, candidates: &mut Vec<Candidate>) {
    let written = numbers.windows(|_, _| true, 10..=12).filter_map(|window| judge(&window, context));
    let apart = numbers.apart().filter_map(|(date, last)| with_last_four_apart(&date, &last));
    candidates.extend(written.chain(apart));
}

fn judge(window: &Window<'_>, context: &Context<'_>) -> Option<Candidate> {
    let identity = read(window.digits).or_else(|| read_vat_number(window))?;
    let elsewhere = window.is_part_of_row()
        || follows_decimal_sign(window)
        || !window.is_mostly_real()
        || (window.has_odd_colon() && !has_colon_before_last_four(window));
    if elsewhere || (!identity.check_digit_right && !is_hyphenated(window, identity)) {
        return None;
    }
    let words = WordsBefore::of(window.text, window.start());
    if !words.say_identity() && (!is_evenly_parted(window) || is_something_else(window, identity, context)) {
        return None;
    }
    let ground = ground(window, identity, &words, context);
    let doubtful = words.say_phone() || identity.class == Class::Samordningsnummer;
    let rank = if ground == Ground::WrongCheckDigit {
        Rank::Slip
    } else if doubtful && !words.say_identity() {
        Rank::DoubtfulIdentity
    } else {
        Rank::Identity
    };
    Some(Candidate { start: window.start(), end: window.end(), class: identity.class, ground, rank })
}

fn ground(window: &Window<'_>, identity: Identity, words: &WordsBefore<'_>, context: &Context<'_>) -> Ground {
    if !identity.check_digit_right {
        Ground::WrongCheckDigit
    } else if words.say_identity() {
        Ground::Certain
    } else if window.groups.len() == 1 && words.end_in_reference() {
        Ground::AfterReference
    } else if identity.class == Class::Personnummer && is_like_timestamp(window, identity, context) {
        Ground::LikeTimestamp
    } else {
        Ground::Certain
    }
}

/// A sole trader's VAT number is SE, the personnummer and 01.
fn read_vat_number(window: &Window<'_>) -> Option<Identity> {
    let [ten @ .., 0, 1] = window.digits else { return None };
    let country = window.text.get(window.start().checked_sub(2)?..window.start())?;
    (country.eq_ignore_ascii_case(b"SE")).then(|| read(ten)).flatten().filter(|vat| vat.check_digit_right)
}

/// "900101, sista fyra 2385": the words between are looked at only where both parts have the right lengths.
fn with_last_four_apart(date: &Window<'_>, last: &Window<'_>) -> Option<Candidate> {
    if !matches!((date.digits.len(), last.digits.len()), (6 | 8, 4)) {
        return None;
    }
    let between = date.text.get(date.end()..last.start()).filter(|between| between.len() <= 32)?;
    let identity =
        read(&[date.digits, last.digits].concat()).filter(|identity| identity.check_digit_right)?;
    let words = String::from_utf8_lossy(between).to_lowercase();
    (words.contains("sista") || words.contains("fyra")).then_some(Candidate {
        start: date.start(),
        end: last.end(),
        class: identity.class,
        ground: Ground::Certain,
        rank: Rank::Identity,
    })
}

/// The groups are those of a date and the rest. Twelve digits with a century may be parted anywhere, evenly.
fn is_evenly_parted(window: &Window<'_>) -> bool {
    let mut gaps = window.gaps();
    let first = gaps.next();
    let alike = matches!(first, Some(b"" | b"-")) && gaps.all(|gap| Some(gap) == first);
    date_stands_apart(window) || (window.digits.len() == 12 && alike)
}

/// The date's digits end where a group ends, and its own groups are year, month and day or a single one.
fn date_stands_apart(window: &Window<'_>) -> bool {
    if window.groups.len() == 1 || window.is_spaced_out() {
        return true;
    }
    let Some(groups) = date_groups(window) else { return false };
    let mut gaps = window.gaps().take(groups - 1);
    let first = gaps.next();
    let even = window.lengths().take(groups).all(|length| length % 2 == 0);
    even && gaps.all(|gap| Some(gap) == first) && (groups == 1 || first != Some(b","))
}

/// The number of groups that hold all digits but the last four.
fn date_groups(window: &Window<'_>) -> Option<usize> {
    let date_digits = window.digits.len().checked_sub(4)?;
    let mut read = 0;
    let last = window.lengths().position(|length| {
        read += length;
        read >= date_digits
    });
    (read == date_digits).then_some(last? + 1)
}

/// A day and a time as people write them, a period of two dates, or a service number that could be read as a birth
/// date without a month.
fn is_something_else(window: &Window<'_>, identity: Identity, context: &Context<'_>) -> bool {
    let Some(groups) = date_groups(window).filter(|_| window.groups.len() > 1) else { return false };
    let parted =
        groups > 1 || window.groups.len() > groups + 1 || window.gaps().nth(groups - 1) == Some(b",");
    let service = identity.class == Class::Samordningsnummer
        && window.lengths().next().is_some_and(|length| length <= 4)
        && matches!(window.digits, [0, 2, 0, ..] | [0, 7, 7, ..] | [0, 9, 0, 0, ..] | [0, 9, 3 | 4 | 9, ..]);
    // "10.09.24, 21.55": a full stop inside the last four and another sign before them is how a time is written.
    let stop = window.gaps().next_back() == Some(b".") && window.gaps().nth(groups - 1) != Some(b".");
    let told = stop || (parted && context.policy().told_years().contains(&identity.recent_year()));
    let time =
        told && !window.is_spaced_out() && ends_in_time(window) && !has_hyphen_before_last_four(window);
    let period = window.groups.len() > 2 && window.is_link_in_chain();
    time || period || service
}

fn ends_in_time(window: &Window<'_>) -> bool {
    matches!(window.digits, [.., h1, h2, m1, m2] if pair(*h1, *h2) < 24 && pair(*m1, *m2) < 60)
}

fn has_hyphen_before_last_four(window: &Window<'_>) -> bool {
    let gap = date_groups(window).and_then(|groups| window.gaps().nth(groups - 1));
    matches!(gap, Some(b"-" | b"+"))
}

/// "850312:2387", and no other colon.
fn has_colon_before_last_four(window: &Window<'_>) -> bool {
    let colon = date_groups(window).and_then(|groups| window.gaps().nth(groups - 1)) == Some(b":");
    colon && window.gaps().filter(|gap| gap.contains(&b':')).count() == 1
}

/// "59.1212 15.2066" is a place on the map.
fn follows_decimal_sign(window: &Window<'_>) -> bool {
    let short = window.lengths().next().is_some_and(|length| length <= 4);
    short && matches!(window.gap_before(), Some(b"." | b","))
}

/// The usual way to write it, without which a wrong check digit means that it is something else.
fn is_hyphenated(window: &Window<'_>, identity: Identity) -> bool {
    let hyphen = || matches!(window.gaps().next(), Some(b"-" | b"+"));
    let chained = || matches!(window.gap_before(), Some(b"-")) || matches!(window.gap_after(), Some(b"-"));
    let usual = window.has_shape(&[6, 4]) || (window.has_shape(&[8, 4]) && !ends_in_month_and_day(window));
    usual && identity.month > 0 && hyphen() && !chained()
}

/// "20260101-0131" is a period.
fn ends_in_month_and_day(window: &Window<'_>) -> bool {
    matches!(window.digits, [.., m1, m2, d1, d2] if is_date(0, pair(*m1, *m2), pair(*d1, *d2)))
}

/// Logs write a recent date and a time of day, periods a date and the day they end; one in ten has a right check digit.
fn is_like_timestamp(window: &Window<'_>, identity: Identity, context: &Context<'_>) -> bool {
    let hyphen = has_hyphen_before_last_four(window);
    let time = !hyphen && ends_in_time(window);
    let period = hyphen && window.digits.len() == 12 && ends_in_month_and_day(window);
    (time || period) && context.policy().log_years().contains(&identity.recent_year())
}

#[cfg(test)]
mod tests;
