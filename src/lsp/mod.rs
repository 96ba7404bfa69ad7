//! The language server: what `tjut check` knows, where people write.
//!
//! ```text
//! client ──messages──▶ server ──task──▶ desk        server: one loop; holds the open texts, answers, publishes
//!        ◀─answers────        ◀outcome─             desk:   one thread; reviews, and stops when it is told to
//! ```
//!
//! The open texts lie over the disk in the [`Project`], so that a file and those that refer to it are reviewed as
//! they stand in the editor. Each change abandons the review that is running and asks for another; what is
//! published bears the version that it is for. What a person waits for with a finger on a key (completion, hover,
//! a definition) is answered in the loop, from the lines and the parsed text, never from the review.
//!
//! | file | holds |
//! | --- | --- |
//! | `server/` | the loop, and what happens when: texts that change, what is asked for, the conversation |
//! | `desk` | the reviews |
//! | `client`, `document`, `text`, `uri` | what the client can do; a text by line and column; its address |
//! | `cursor`, `shape` | where a cursor is in a text that need not parse, and what can stand there |
//! | `index` | what the project's other cases say |
//! | the others | a feature each: from what the server knows of a document to what the client asked for |

mod accept;
mod actions;
mod answers;
mod client;
mod complete;
mod cursor;
mod desk;
mod document;
mod edits;
mod format;
mod goto;
mod hover;
mod index;
mod listed;
mod pages;
mod publish;
mod rename;
mod server;
mod shape;
mod symbols;
mod text;
mod tokens;
mod uri;
mod yaml;

use std::path::PathBuf;

use lsp_server::Connection;

use crate::diagnostic::Diagnostic;
use crate::project::Project;
use crate::project::disk::Exclusions;

/// What the server is started with.
pub struct Options<'a> {
    /// The project, made anew when templates of one's own change.
    pub project: &'a (dyn Fn() -> Result<Project, Vec<Diagnostic>> + Sync),
    /// The folder of templates of one's own.
    pub templates: Option<PathBuf>,
    /// The project's folders of cases.
    pub cases: Vec<PathBuf>,
    /// What is passed by in them.
    pub excluded: Exclusions,
    /// What is wrong with the project's settings, which are then heeded as far as they can be read.
    pub faults: Vec<Diagnostic>,
}

/// Serves a client over standard input and output until it leaves.
///
/// # Errors
/// What is wrong with the templates, or how the conversation broke.
pub fn serve(options: &Options) -> Result<(), Trouble> {
    let project = (options.project)().map_err(Trouble::Templates)?;
    let (connection, threads) = Connection::stdio();
    server::run(connection, project, options)?;
    threads.join().map_err(|error| Trouble::Conversation(error.to_string()))
}

/// Why the server could not serve.
#[derive(Debug)]
pub enum Trouble {
    /// What is wrong with the templates.
    Templates(Vec<Diagnostic>),
    /// How the conversation broke, in the words of a library.
    Conversation(String),
}
