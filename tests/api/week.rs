//! A whole week over HTTP: each step by the function that may take it, and by nobody else.

use tests::cast::{self, COORDINATORS};

#[test]
fn it_lives() {
    let (world, cast) = cast::activated();
    world.caller(COORDINATORS[0]).get(cast.week("reporting")).ok();
}
