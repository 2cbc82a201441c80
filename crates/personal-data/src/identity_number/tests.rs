//! The pure reading of ten and twelve digits.

use super::read;
use crate::Class;

fn digits(written: &str) -> Vec<u8> {
    written.bytes().map(|byte| byte - b'0').collect()
}

fn class(written: &str) -> Option<Class> {
    read(&digits(written)).filter(|identity| identity.check_digit_right).map(|identity| identity.class)
}

#[test]
fn a_day_raised_by_sixty_makes_a_samordningsnummer() {
    assert_eq!(class("9001012385"), Some(Class::Personnummer));
    assert_eq!(class("7010632391"), Some(Class::Samordningsnummer));
}

#[test]
fn month_and_day_may_be_unknown_in_a_samordningsnummer_only() {
    assert_eq!(class("200700852387"), Some(Class::Samordningsnummer));
    assert!(read(&digits("9000012385")).is_none());
    assert!(read(&digits("9001002385")).is_none());
    assert!(read(&digits("9001602385")).is_some());
}

#[test]
fn a_leap_day_needs_a_leap_year_when_the_century_is_known() {
    assert!(read(&digits("200002292399")).is_some());
    assert!(read(&digits("190002292399")).is_none());
    assert!(read(&digits("0002292399")).is_some());
}

#[test]
fn centuries_before_the_nineteenth_and_after_ours_are_refused() {
    assert!(read(&digits("179001012385")).is_none());
    assert!(read(&digits("219001012385")).is_none());
    assert!(read(&digits("009001012385")).is_none());
}

#[test]
fn other_lengths_are_no_identity_number() {
    assert!(read(&digits("900101238")).is_none());
    assert!(read(&digits("19001012385")).is_none());
    assert!(read(&[]).is_none());
}
