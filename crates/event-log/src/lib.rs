//! The only writer of the log: append, read, follow, prove. It names no aggregate of the method.

mod answers;
mod append;
mod batch;
mod database;
mod decided;
mod erasing;
mod followers;
mod lane;
mod leaf;
mod loaded;
mod reading;
mod rim;
mod standing;
mod statement;
mod texts;
mod verification;
mod writer;

pub use database::{Database, Fault, Settings, migrate};
pub use erasing::{Erased, erase_again, erased};
pub use followers::{Followers, Keys, Rows};
pub use leaf::{Entry, leaf};
pub use reading::Log;
pub use rim::Rim;
pub use standing::Standing;
pub use verification::{Verified, verify};
pub use writer::{Expected, IdempotencyKey, NotRecorded, Receipt, Submission, Writer};
