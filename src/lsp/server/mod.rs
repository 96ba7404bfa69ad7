//! The loop: what comes from the client and from the desk, one thing at a time.

mod conversation;
mod requests;
mod texts;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{at, never, select};
use gen_lsp_types::{self as lsp, CodeActionParams, InitializeParams, PublishDiagnosticsParams, Uri};
use lsp_server::{Connection, Message, RequestId};
use serde_json::json;

use self::conversation::Conversation;
use super::client::{self, Client};
use super::desk::{Desk, ReviewedFile, Task, TaskOutcome};
use super::document::OpenFile;
use super::index::Index;
use super::pages::CodePages;
use super::publish::Shower;
use super::text::OpenText;
use super::{Options, Trouble, uri};
use crate::diagnostic::{Diagnostic, Source, codes};
use crate::project::{Project, shown};

/// How long nothing is reviewed after a change: somebody who types does not look at findings.
const QUIET: Duration = Duration::from_millis(30);

/// Serves a client until it leaves.
pub fn run(connection: Connection, project: Project, options: &Options) -> Result<(), Trouble> {
    let conversation = |error: lsp_server::ProtocolError| Trouble::Conversation(error.to_string());
    let (id, params) = connection.initialize_start().map_err(conversation)?;
    let params: InitializeParams =
        serde_json::from_value(params).map_err(|error| Trouble::Conversation(error.to_string()))?;
    let client = Client::of(&params);
    let offer = json!({
        "capabilities": client::offer(&client),
        "serverInfo": { "name": "tjut", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, offer).map_err(conversation)?;
    let mut server = Server {
        conversation: Conversation::new(connection),
        client,
        options,
        project: Arc::new(project),
        documents: HashMap::new(),
        index: Index::default(),
        desk: Desk::new().map_err(|error| Trouble::Conversation(error.to_string()))?,
        dirty: VecDeque::new(),
        unread: Vec::new(),
        unlisted: Vec::new(),
        listed: BTreeSet::new(),
        closed: BTreeMap::new(),
        quiet_until: Instant::now(),
        waiting: Vec::new(),
        pages: CodePages::default(),
    };
    server.watch();
    server.complain("Projektets inställningar har fel, och gäller så långt de går att läsa", &options.faults);
    server.serve()
}

struct Server<'a> {
    conversation: Conversation,
    client: Client,
    options: &'a Options<'a>,
    project: Arc<Project>,
    /// The open documents, by what identifies their files.
    documents: HashMap<PathBuf, OpenFile>,
    index: Index,
    desk: Desk,
    /// The files to review, the most urgent first.
    dirty: VecDeque<PathBuf>,
    /// The files to read for the index, when there is nothing else to do.
    unread: Vec<PathBuf>,
    /// The projects whose cases are to be listed, and all that were.
    unlisted: Vec<Vec<PathBuf>>,
    listed: BTreeSet<PathBuf>,
    /// The files that are not open and have findings that are shown, with their addresses.
    closed: BTreeMap<PathBuf, Uri>,
    quiet_until: Instant,
    /// Requests for actions that wait for the review of what they are for.
    waiting: Vec<(RequestId, CodeActionParams)>,
    pages: CodePages,
}

impl Server<'_> {
    fn serve(&mut self) -> Result<(), Trouble> {
        loop {
            self.begin();
            let is_due = self.desk.is_free() && !self.dirty.is_empty();
            let due = if is_due { at(self.quiet_until) } else { never() };
            select! {
                recv(self.conversation.heard()) -> message => match message {
                    Ok(Message::Request(request)) => {
                        let leaves = self.conversation.ends_with(&request);
                        if leaves.map_err(|error| Trouble::Conversation(error.to_string()))? {
                            return Ok(());
                        }
                        self.request(request);
                    }
                    Ok(Message::Notification(notification)) => self.notification(notification),
                    // What the client answers changes nothing.
                    Ok(Message::Response(_)) => {}
                    Err(_) => return Ok(()),
                },
                recv(self.desk.outcomes) -> outcome => match outcome {
                    Ok((task, outcome)) => self.outcome(task, outcome),
                    Err(_) => return Err(Trouble::Conversation("the desk is gone".into())),
                },
                recv(due) -> _ => {}
            }
        }
    }

    // --- What there is to do -----------------------------------------------------------------

    /// Gives the desk its next task, if it is free.
    fn begin(&mut self) {
        if !self.desk.is_free() {
            return;
        }
        if Instant::now() >= self.quiet_until
            && let Some(path) = self.dirty.pop_front()
        {
            let version = self.document(&path).map(|document| document.version);
            return self.desk.begin(&self.project, Task::Review(path, version));
        }
        if self.dirty.is_empty() {
            let excluded = || self.options.excluded.clone();
            let list = || self.unlisted.pop().map(|folders| Task::List(folders, excluded()));
            let task = self.unread.pop().map(Task::Read).or_else(list);
            if let Some(task) = task {
                self.desk.begin(&self.project, task);
            }
        }
    }

    /// Lets a file be reviewed, and those that depend on it, instead of what is being reviewed now.
    fn changed(&mut self, path: &Path) {
        let real = self.project.identity(path);
        let dependents = self.index.dependents(&real).map(|said| said.path.clone());
        let abandoned = self.desk.abandon();
        let mut dirty: VecDeque<PathBuf> = self.dirty.drain(..).chain(abandoned).chain(dependents).collect();
        dirty.retain(|other| other != path);
        dirty.push_front(path.to_owned());
        for path in dirty {
            if !self.dirty.contains(&path) {
                self.dirty.push_back(path);
            }
        }
        self.quiet_until = Instant::now() + QUIET;
    }

    fn outcome(&mut self, task: Task, outcome: TaskOutcome) {
        self.desk.clear();
        match outcome {
            TaskOutcome::Reviewed(reviewed) => self.reviewed(task, *reviewed),
            TaskOutcome::Read(path, said) => {
                self.index.learn(self.project.identity(&path), said.map(|said| *said))
            }
            TaskOutcome::Listed(cases) => {
                let is_open = |path: &PathBuf| self.document(path).is_some();
                self.unread = cases.into_iter().filter(|path| !is_open(path)).collect();
            }
            // Whoever took it back put it among the dirty.
            TaskOutcome::Abandoned => {}
            TaskOutcome::Broke(words) => {
                if let Task::Review(path, _) = &task {
                    let loaded = self.project.load(path);
                    self.show(&loaded.real.clone(), loaded.source.as_ref(), vec![broken(path, &words)]);
                }
            }
        }
    }

    fn reviewed(&mut self, task: Task, reviewed: ReviewedFile) {
        let Task::Review(_, version) = task else { return };
        let real = reviewed.loaded.real.clone();
        self.index.learn(real.clone(), reviewed.said);
        // Of another version, it is dirty again.
        if self.documents.get(&real).map(|document| document.version) == version {
            self.show(&real, reviewed.loaded.source.as_ref(), reviewed.findings);
        }
    }

    /// Publishes the findings of a file, and answers those who waited for them.
    fn show(&mut self, real: &Path, source: Option<&Arc<Source>>, findings: Vec<Diagnostic>) {
        let mut pages = std::mem::take(&mut self.pages);
        let other = |source: &Source| self.elsewhere(source);
        let (uri, version, diagnostics) = match self.documents.get(real) {
            Some(document) => {
                let shower = Shower { text: &document.text, source, other: &other, uri: &document.uri };
                (document.uri.clone(), Some(document.version), shower.all(&findings, &mut pages))
            }
            None => {
                let uri = self.closed.get(real).cloned().unwrap_or_else(|| uri::of(real));
                let text = OpenText::new(source.map_or("", |source| &source.text), self.client.encoding);
                let diagnostics =
                    Shower { text: &text, source, other: &other, uri: &uri }.all(&findings, &mut pages);
                (uri, None, diagnostics)
            }
        };
        self.pages = pages;
        match self.documents.get_mut(real) {
            Some(document) => document.reviewed = Some((document.version, findings)),
            None if diagnostics.is_empty() => drop(self.closed.remove(real)),
            None => drop(self.closed.insert(real.to_owned(), uri.clone())),
        }
        self.publish(uri, version, diagnostics);
        self.answer_waiting();
    }

    fn publish(&self, uri: Uri, version: Option<i32>, diagnostics: Vec<lsp::Diagnostic>) {
        self.conversation.notify(
            "textDocument/publishDiagnostics",
            PublishDiagnosticsParams { uri, version, diagnostics },
        );
    }

    /// The text of another file, and its address.
    fn elsewhere(&self, source: &Source) -> (OpenText, Uri) {
        match self.document(Path::new(&source.path)) {
            Some(document) => (document.text.clone(), document.uri.clone()),
            None => (OpenText::new(&source.text, self.client.encoding), uri::of(Path::new(&source.path))),
        }
    }

    fn document(&self, path: &Path) -> Option<&OpenFile> {
        self.documents.get(&self.project.identity(path))
    }

    fn real(&self, uri: &Uri) -> Option<PathBuf> {
        uri::path(uri).map(|path| self.project.identity(&within_sight(&path)))
    }
}

/// A path as messages show it: counted from the folder that the server runs in, if it lies there.
fn within_sight(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).to_owned()
}

/// A file that the program broke on.
fn broken(path: &Path, words: &str) -> Diagnostic {
    Diagnostic::new(codes::INTERNT_FEL, format!("{} kunde inte granskas", shown(path)))
        .hint(format!("Det är ett fel i tjut, inte i ärendet. Anmäl det, gärna med ärendet: {words}"))
}
