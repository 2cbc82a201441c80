//! Every permission of the method, in the order of the matrix.

pub use est::permission::PERMISSIONS;
