//! What people read on paper and screen, in Swedish: pure data in, bytes out.

pub mod timeline;
