//! tjut: from a case file to the Markdown that is reviewed and the PDF that the nämnd gets.
//!
//! ```text
//! cases/x.yaml ──▶ Case ──▶ Markdown ──▶ Document ──▶ PDF
//!           read       render       parse         export
//! ```
//!
//! Each stage is a function from the type before it to its own, without input or output. What is
//! wrong, at any stage, is a [`diagnostic::Diagnostic`]. Files are read and written in
//! [`project`] alone.

// What every stage speaks of.
pub mod diagnostic;
pub mod digest;
pub mod language;
pub mod markdown;
pub mod yaml;

// What is data: kinds, templates, layouts, profiles, fonts, words.
mod fonts;
pub mod library;

// The stages, in the order of the data.
pub mod apply;
pub mod check;
pub mod compare;
pub mod document;
pub mod export;
pub mod faults;
pub mod read;
pub mod render;

// What brings them together.
pub mod batch;
pub mod pipeline;
pub mod project;
pub mod workshop;

// What is told of it.
pub mod report;
