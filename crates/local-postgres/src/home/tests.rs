//! Where a cluster is kept, tried on made-up paths.

use std::path::Path;

use super::reach::{Step, choose};
use crate::account::User;

const POSTGRES: User = User { uid: 101, gid: 104 };
const ROOTS: Step = Step { mode: 0o40755, uid: 0, gid: 0 };
const ASKED: &str = "/root/samlad/.samlad/postgres";

fn chosen(steps: &[Step]) -> String {
    choose(Path::new(ASKED), steps, POSTGRES).display().to_string()
}

#[test]
fn a_folder_within_reach_is_used() {
    assert_eq!(chosen(&[ROOTS, ROOTS]), ASKED);
}

#[test]
fn a_folder_behind_a_closed_one_is_replaced() {
    let closed = Step { mode: 0o40700, ..ROOTS };
    let elsewhere = chosen(&[ROOTS, closed, ROOTS]);
    assert!(elsewhere.starts_with("/var/lib/samlad/"), "{elsewhere}");
    assert_eq!(elsewhere, chosen(&[closed]), "the same folder leads to the same place");
    assert_ne!(elsewhere, choose(Path::new("/root/other"), &[closed], POSTGRES).display().to_string());
}

#[test]
fn the_owners_and_the_groups_own_right_of_passage_counts() {
    let step = |mode, uid, gid| Step { mode, uid, gid };
    assert_eq!(chosen(&[step(0o700, 101, 0)]), ASKED);
    assert_eq!(chosen(&[step(0o750, 0, 104)]), ASKED);
    assert_ne!(chosen(&[step(0o677, 101, 104)]), ASKED, "the owner is shut out, though others are not");
    assert_ne!(chosen(&[step(0o707, 0, 104)]), ASKED, "the group is shut out, though others are not");
    assert_ne!(chosen(&[step(0o754, 0, 0)]), ASKED, "to read a folder is not to pass through it");
}
