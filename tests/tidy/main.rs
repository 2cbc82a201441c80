//! The rules of the house that can be read off the tree: who depends on whom, what a room must not know, how
//! large and how named a file is, which pages exist. Every breach is listed, as `path:line what — why`.

use std::fmt;

mod absences;
mod arrows;
mod graph;
mod names;
mod pages;
mod reading;
mod requirements;
mod rims;
mod sizes;
mod tree;

/// What a failed check tells: the list and nothing around it, such as a backtrace of the test harness.
struct Told(String);

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<anyhow::Error> for Told {
    fn from(error: anyhow::Error) -> Self {
        Self(format!("{error:#}"))
    }
}

/// Everything that was found is told at once, so that one run is enough to mend it all.
fn none(breaches: &[String]) -> Result<(), Told> {
    if breaches.is_empty() {
        return Ok(());
    }
    Err(Told(format!("{} in breach\n{}", breaches.len(), breaches.join("\n"))))
}

#[test]
fn a_breach_fails_with_its_place() {
    let breach = "a.rs:1 what — why";
    assert!(none(&[breach.to_owned()]).is_err_and(|told| format!("{told:?}").contains(breach)));
    assert!(none(&[]).is_ok());
}
