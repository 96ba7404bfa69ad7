//! tjut: from a case file to the Markdown that is reviewed and the PDF that the nämnd gets.
//!
//! ```text
//! cases/x.yaml ──▶ Case ──▶ Markdown ──▶ Document ──▶ PDF
//!          read        render      parse        typeset
//! ```
//!
//! Each stage is a function from the type before it to its own, without input or output. What is
//! wrong, at any stage, is a [`diagnostic::Diagnostic`]. Files are read and written in
//! [`files`] alone.

pub mod batch;
pub mod check;
pub mod diagnostic;
pub mod digest;
pub mod document;
mod faults;
pub mod files;
mod front;
pub mod markdown;
pub mod pictures;
pub mod pipeline;
pub mod profile;
pub mod provenance;
pub mod read;
pub mod render;
pub mod schema;
mod size;
mod swedish;
pub mod templates;
mod translate;
pub mod typeset;
mod unread;
pub mod vocabulary;
