//! Export: from a [`Document`](crate::document::Document) to what is read, sent and kept.

mod format;
pub mod pdf;
pub mod provenance;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use format::{Export, Exported, Format};

/// The pictures of a document, by the address that its Markdown gives.
pub type Images = BTreeMap<String, Arc<[u8]>>;
