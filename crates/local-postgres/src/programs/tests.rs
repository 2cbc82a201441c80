//! How the programs of PostgreSQL are found, tried on made-up folders.

use std::path::PathBuf;

use super::{Programs, choose, major};

fn installed(majors: &[u32]) -> Vec<Programs> {
    majors
        .iter()
        .map(|&major| Programs { folder: PathBuf::from(format!("/pg/{major}/bin")), major })
        .collect()
}

#[test]
fn the_version_is_read_from_what_the_server_says() {
    assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
    assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
    assert_eq!(major("pg_ctl: command not found"), None);
}

#[test]
fn the_first_that_is_new_enough_is_chosen() {
    assert_eq!(choose(&installed(&[14, 16, 17]), None).map(|it| it.major), Some(16));
    assert_eq!(choose(&installed(&[14]), None), None);
}

#[test]
fn data_is_only_given_to_the_version_that_made_it() {
    assert_eq!(choose(&installed(&[17, 16]), Some(16)).map(|it| it.major), Some(16));
    assert_eq!(choose(&installed(&[17]), Some(16)), None);
}
