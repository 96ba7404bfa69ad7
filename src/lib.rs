//! tjut: from a case file to the Markdown that is reviewed and the PDF that the nämnd gets.
//!
//! ```text
//! cases/x.yaml ──▶ Case ──▶ Markdown ──▶ Document ──▶ PDF · web page · Word
//!           read    │  render       parse    │    export
//!                 check                   compare
//! ```
//!
//! The rooms stand in the order of the data, and import from none that stands below them; a test holds
//! them to it. Each stage is a function from the type before it to its own, without input or output. What is
//! wrong, at any stage, is a [`diagnostic::Diagnostic`]. Files are read and written in
//! [`project`] alone.

// What every stage speaks of: trouble, digests, paths; Swedish; Markdown; YAML.
pub mod diagnostic;
pub mod digest;
mod paths;

pub mod language;
pub mod markdown;

pub mod faults;

pub mod yaml;

pub mod tidy;

// What is data: kinds, templates, layouts, profiles, fonts, words; and what can be printed with it.
mod fonts;

pub mod library;

pub mod printable;

// The stages: a case file to a case, which is checked; to Markdown; to a document, which is compared; to
// what is read, sent and kept.
pub mod read;

pub mod check;

pub mod front;

pub mod render;

pub mod document;

pub mod compare;

pub mod apply;

pub mod export;

// What brings them together: what is made once, many at once, one file's way, all files.
pub mod workshop;

pub mod batch;
pub mod pipeline;

pub mod project;

pub mod outputs;

// What is told of it.
pub mod report;

// What shows it to people, beside the command line.
pub mod preview;

pub mod lsp;
