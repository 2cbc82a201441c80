//! The numbering plan's table.

use super::{LONG, LONGEST, area_code_length};

#[test]
fn there_are_264_area_codes_and_they_stand_in_order() {
    assert_eq!(1 + LONG.len() + LONGEST.len(), 264);
    assert!(LONG.is_sorted() && LONGEST.is_sorted());
}

#[test]
fn no_long_area_code_begins_with_a_shorter_one() {
    assert!(
        LONGEST.iter().all(|code| LONG.iter().all(|short| code / 10 != u16::from(*short)) && code / 100 != 8)
    );
}

#[test]
fn lengths_decide() {
    assert_eq!(area_code_length(&[7, 0, 1, 7, 4, 0, 6, 0, 5]), Some(2));
    assert_eq!(area_code_length(&[7, 0, 1, 7, 4, 0, 6, 0]), None);
    assert_eq!(area_code_length(&[7, 7, 1, 1, 2, 3, 4, 5, 6]), None);
    assert_eq!(area_code_length(&[8, 4, 6, 5, 0, 0, 4, 0, 4]), Some(1));
    assert_eq!(area_code_length(&[8, 0, 6, 5, 0, 0, 4, 0, 4]), None);
    assert_eq!(area_code_length(&[9, 8, 0, 3, 1, 9, 2, 0, 0]), Some(3));
    assert_eq!(area_code_length(&[2, 0, 1, 2, 3, 4, 5, 6]), None);
}
