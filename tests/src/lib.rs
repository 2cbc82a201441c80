//! What the tests share: the world they run in and who acts in it, snapshots of what must be reviewed, and lists of
//! the method written out.

pub mod cast;
pub mod client;
pub mod cluster;
pub mod disguises;
pub mod extract;
pub mod large;
pub mod lived;
pub mod logged;
pub mod paths;
pub mod permissions;
pub mod quartered;
pub mod served;
pub mod snapshot;
pub mod wait;
pub mod world;

#[path = "../../services/samlad/src/issuer.rs"]
mod issuer;
