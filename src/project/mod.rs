//! What lies on disk: the one place that reads it, and the one that writes it.

pub mod files;
