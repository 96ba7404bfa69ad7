//! Export: from a [`Document`](crate::document::Document) to what is read, sent and kept.

pub mod pdf;
pub mod provenance;
