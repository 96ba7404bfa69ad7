//! The preview: a document's pages and what is to be said about it, in the browser, as it is on the disk.
//!
//! | part | does |
//! | --- | --- |
//! | [`guard`] | who may ask |
//! | [`http`] | requests and answers as bytes |
//! | [`server`] | what is asked and answered |
//! | [`studio`] | the documents that somebody looks at |
//! | [`watch`] | what changes on the disk |
//! | [`desk`] | reads, reviews and lays out: a [`Snapshot`](view::Snapshot) |
//! | [`places`] | from words on a page to their place in a file, and back |
//! | [`editor`] | opens a place in the editor |
//! | [`mends`] | *Rätta* and *ångra* |
//! | `web/` | the pages of the browser: HTML, CSS and JavaScript as they are |
//!
//! Threads wait for each other's signals and for nothing else: while nothing changes, nothing runs.

mod desk;
mod editor;
mod guard;
mod http;
mod mends;
mod places;
mod server;
mod studio;
mod view;
mod watch;

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;

use crate::diagnostic::{Diagnostic, codes};
use crate::project::disk::Exclusions;
use crate::project::settings::Mapp;
use crate::project::{Input, Project};
use crate::workshop::Workshop;
use guard::Door;
use server::Server;
pub use server::address_of;
use studio::Studio;
use watch::Watcher;

/// What is asked for.
pub struct PreviewSettings {
    /// The document to begin with; none for the list of cases.
    pub file: Option<PathBuf>,
    /// The port; none for any that is free.
    pub port: Option<u16>,
    /// How an editor is opened at a place: a program and its arguments, with `{fil}`, `{rad}` and `{kolumn}`.
    pub editor: Option<String>,
    /// The folder that is built to.
    pub output: PathBuf,
    /// The folder of templates of one's own.
    pub templates: Option<PathBuf>,
    /// The folders of cases.
    pub cases: Vec<Mapp>,
    /// What is passed by in them.
    pub excluded: Exclusions,
    /// What the command line does, for the buttons.
    pub make: Box<dyn Make>,
}

/// What the preview asks of the command line: the same as it does itself.
pub trait Make: Send + Sync {
    /// The templates as they are now.
    ///
    /// # Errors
    /// What is wrong with them.
    fn tools(&self) -> Result<Arc<Workshop>, Vec<Diagnostic>>;

    /// Builds a document to Markdown and PDF; gives what came of it in a sentence, and whether it was built.
    fn build(&self, input: &Input) -> (String, bool);

    /// How many pages were built of each document, in their order; none where what was built is not of now.
    fn built(&self, inputs: &[Input], project: &Project) -> Vec<Option<usize>>;
}

/// A preview that can be reached.
pub struct Preview {
    server: Server,
    studio: Arc<Studio>,
    heard: mpsc::Receiver<watch::Happened>,
}

impl Preview {
    /// Opens a preview on the loopback.
    ///
    /// # Errors
    /// What is wrong with the templates; that the port is taken, or that the system does not tell of changes.
    pub fn open(settings: PreviewSettings) -> Result<Self, Vec<Diagnostic>> {
        let listener = TcpListener::bind(("127.0.0.1", settings.port.unwrap_or(0)));
        let listener = listener.map_err(|error| vec![taken(settings.port, &error)])?;
        let port = listener.local_addr().map_err(|error| vec![taken(settings.port, &error)])?.port();
        let door = Door::new(port).map_err(|_| vec![broken("operativsystemet ger inga slumptal")])?;
        let (tell, heard) = mpsc::channel();
        let watcher = Watcher::new(tell)
            .map_err(|_| vec![broken("operativsystemet meddelar inte när filer ändras")])?;
        let studio = Arc::new(Studio::new(settings, watcher)?);
        let server = Server::new(listener, door, studio.clone());
        Ok(Self { server, studio, heard })
    }

    /// Where a browser reaches it: the document to begin with, or the list of cases.
    pub fn address(&self) -> String {
        self.server.address(self.studio.settings.file.as_deref())
    }

    /// Serves until the program is ended.
    ///
    /// # Errors
    /// That no thread can be started.
    pub fn run(self) -> io::Result<()> {
        let Self { server, studio, heard } = self;
        thread::Builder::new().name("watch".into()).stack_size(STACK).spawn(move || {
            while let Some(happened) = watch::burst(&heard) {
                studio.happened(&happened);
            }
        })?;
        server.run()
    }
}

/// What a thread that lays out documents needs of stack.
const STACK: usize = 16 << 20;

fn taken(port: Option<u16>, error: &io::Error) -> Diagnostic {
    let port = port.map_or_else(|| "en ledig port".to_owned(), |port| format!("porten {port}"));
    let hint = match error.kind() {
        io::ErrorKind::AddrInUse => "Välj en annan port med --port, eller utelämna valet.",
        _ => "Kontrollera att datorn tillåter program att lyssna på 127.0.0.1.",
    };
    Diagnostic::new(codes::FIL_LASES_INTE, format!("{port} kan inte användas")).hint(hint)
}

fn broken(what: &str) -> Diagnostic {
    Diagnostic::new(codes::FIL_LASES_INTE, format!("förhandsvisningen kan inte starta: {what}"))
        .hint("Använd tjut check och tjut build så länge.")
}
