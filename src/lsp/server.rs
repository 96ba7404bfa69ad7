//! The loop: what comes from the client and from the desk, one thing at a time.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{at, never, select};
use gen_lsp_types::{
    self as lsp, CodeActionParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileChangeType, InitializeParams,
    PublishDiagnosticsParams, ShowDocumentParams, Uri,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::answers::{self, Answer};
use super::client::{self, Client};
use super::desk::{Desk, Outcome, Reviewed, Task};
use super::document::{Document, View};
use super::index::{self, Index};
use super::pages::Pages;
use super::publish::Shower;
use super::text::Text;
use super::{Options, Trouble, actions, uri};
use crate::batch;
use crate::diagnostic::{Diagnostic, Source, codes};
use crate::project::{CASES, Project, disk, shown};
use crate::read;

/// The files whose changes matter.
const WATCHED: &str = "**/*.{yaml,yml,png,jpg,jpeg,svg,pdf,docx}";
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
        connection,
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
        pages: Pages::default(),
        asked: 0,
    };
    server.watch();
    server.serve()
}

struct Server<'a> {
    connection: Connection,
    client: Client,
    options: &'a Options<'a>,
    project: Arc<Project>,
    /// The open documents, by what identifies their files.
    documents: HashMap<PathBuf, Document>,
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
    pages: Pages,
    /// How much the client was asked.
    asked: i32,
}

impl Server<'_> {
    fn serve(&mut self) -> Result<(), Trouble> {
        loop {
            self.begin();
            let is_due = self.desk.is_free() && !self.dirty.is_empty();
            let due = if is_due { at(self.quiet_until) } else { never() };
            select! {
                recv(self.connection.receiver) -> message => match message {
                    Ok(Message::Request(request)) => {
                        let leaves = self.connection.handle_shutdown(&request);
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

    fn outcome(&mut self, task: Task, outcome: Outcome) {
        self.desk.clear();
        match outcome {
            Outcome::Reviewed(reviewed) => self.reviewed(task, *reviewed),
            Outcome::Read(path, said) => {
                self.index.learn(self.project.identity(&path), said.map(|said| *said))
            }
            Outcome::Listed(cases) => {
                let is_open = |path: &PathBuf| self.document(path).is_some();
                self.unread = cases.into_iter().filter(|path| !is_open(path)).collect();
            }
            // Whoever took it back put it among the dirty.
            Outcome::Abandoned => {}
            Outcome::Broke(words) => {
                if let Task::Review(path, _) = &task {
                    let loaded = self.project.load(path);
                    self.show(&loaded.real.clone(), loaded.source.as_ref(), vec![broken(path, &words)]);
                }
            }
        }
    }

    fn reviewed(&mut self, task: Task, reviewed: Reviewed) {
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
                let text = Text::new(source.map_or("", |source| &source.text), self.client.encoding);
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
        self.notify(
            "textDocument/publishDiagnostics",
            PublishDiagnosticsParams { uri, version, diagnostics },
        );
    }

    /// The text of another file, and its address.
    fn elsewhere(&self, source: &Source) -> (Text, Uri) {
        match self.document(Path::new(&source.path)) {
            Some(document) => (document.text.clone(), document.uri.clone()),
            None => (Text::new(&source.text, self.client.encoding), uri::of(Path::new(&source.path))),
        }
    }

    // --- What the client says -----------------------------------------------------------------

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "textDocument/didOpen" => told(params, |params| self.opened(params)),
            "textDocument/didChange" => told(params, |params| self.edited(params)),
            "textDocument/didClose" => told(params, |params| self.left(params)),
            "workspace/didChangeWatchedFiles" => told(params, |params| self.touched(params)),
            "$/cancelRequest" => told(params, |params: lsp::CancelParams| self.cancelled(&params.id)),
            // The protocol lets a server pass by what it does not know.
            _ => {}
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let opened = params.text_document;
        let Some(path) = uri::path(&opened.uri).map(|path| within_sight(&path)) else { return };
        let real = self.project.identity(&path);
        let text = Text::new(&opened.text, self.client.encoding);
        self.project.open(&path, text.as_str().to_owned());
        self.closed.remove(&real);
        let is_case = self.is_case(&path, text.as_str());
        let document = Document {
            uri: opened.uri,
            path: path.clone(),
            real: real.clone(),
            version: opened.version,
            text,
            is_case,
            reviewed: None,
        };
        self.documents.insert(real, document);
        if is_case {
            self.changed(&path);
            // Who opens a file looks at it.
            self.quiet_until = Instant::now();
            self.list(&path);
        }
    }

    /// Reads the cases of a file's project, once.
    fn list(&mut self, path: &Path) {
        let root = self.project.folder(path);
        let own = root == self.project.identity(Path::new("."));
        if self.listed.insert(root.clone()) {
            let cases = root.join(CASES);
            let elsewhere = if disk::is_there(&cases) { cases } else { root };
            self.unlisted.push(if own { self.options.cases.clone() } else { vec![elsewhere] });
        }
    }

    /// Whether a text is a case's: it says so, or lies where cases lie and is nothing else.
    fn is_case(&self, path: &Path, text: &str) -> bool {
        let is_there = || self.options.cases.iter().any(|folder| path.starts_with(folder));
        index::is_case(text) || is_there() && read::may_be_case(text, self.project.tools().kinds())
    }

    fn edited(&mut self, params: DidChangeTextDocumentParams) {
        let Some(real) = self.real(&params.text_document.text_document_identifier.uri) else { return };
        let Some(mut document) = self.documents.remove(&real) else { return };
        for change in params.content_changes {
            document.text.change(change);
        }
        document.version = params.text_document.version;
        document.is_case = self.is_case(&document.path, document.text.as_str());
        let had_findings = document.reviewed.take().is_some_and(|(_, findings)| !findings.is_empty());
        let (path, is_case) = (document.path.clone(), document.is_case);
        self.project.open(&path, document.text.as_str().to_owned());
        self.documents.insert(real.clone(), document);
        if is_case {
            self.changed(&path);
        } else if had_findings {
            self.show(&real, None, Vec::new());
        }
    }

    fn left(&mut self, params: DidCloseTextDocumentParams) {
        let Some(real) = self.real(&params.text_document.uri) else { return };
        let Some(document) = self.documents.remove(&real) else { return };
        self.project.close(&document.path);
        self.publish(document.uri, None, Vec::new());
        // What was not saved is gone, for those that refer to it, too.
        self.changed(&document.path);
        self.dirty.retain(|path| *path != document.path);
        self.unread.push(document.path);
    }

    fn touched(&mut self, params: DidChangeWatchedFilesParams) {
        let mut is_new_workshop = false;
        for event in params.changes {
            let Some(path) = uri::path(&event.uri).map(|path| within_sight(&path)) else { continue };
            let real = self.project.identity(&path);
            let templates = self.options.templates.as_deref().map(|folder| self.project.identity(folder));
            is_new_workshop |= templates.is_some_and(|folder| real.starts_with(folder));
            self.project.changed(&path);
            let is_gone = event.kind == FileChangeType::Deleted;
            if self.documents.contains_key(&real) {
                continue;
            }
            self.changed(&path);
            // The file itself is of interest only to those that refer to it.
            self.dirty.retain(|other| *other != path);
            match is_gone {
                true => self.index.learn(real, None),
                false if is_yaml(&path) => self.unread.push(path),
                false => {}
            }
        }
        if is_new_workshop {
            self.remake();
        }
    }

    /// Takes up templates of one's own that were changed; keeps the old ones where the new are wrong.
    fn remake(&mut self) {
        match (self.options.project)() {
            Ok(project) => {
                self.project = Arc::new(project);
                let open: Vec<_> = self
                    .documents
                    .values()
                    .map(|document| (document.path.clone(), document.text.as_str().to_owned()))
                    .collect();
                for (path, text) in open {
                    self.project.open(&path, text);
                    self.changed(&path);
                }
            }
            Err(faults) => {
                let said = faults.first().map_or_else(String::new, |fault| fault.message.clone());
                let message =
                    format!("Mallarna har fel och används inte: {said}. Alla fel visas av: tjut check");
                self.notify(
                    "window/showMessage",
                    lsp::ShowMessageParams { kind: lsp::MessageType::Error, message },
                );
            }
        }
    }

    fn request(&mut self, request: Request) {
        if request.method == "textDocument/codeAction" && self.must_wait(&request.params) {
            let params = serde_json::from_value(request.params);
            return match params {
                Ok(params) => self.waiting.push((request.id, params)),
                Err(error) => self.respond(request.id, Err(answers::invalid(&error))),
            };
        }
        if request.method == "workspace/executeCommand" {
            let answer = self.command(request.params);
            return self.respond(request.id, answer);
        }
        let answer = self.answer(&request.method, request.params);
        self.respond(request.id, answer);
    }

    /// Whether what is asked for depends on a review that is to come.
    fn must_wait(&self, params: &Json) -> bool {
        let document = answers::uri(params).and_then(|uri| self.documents.get(&self.real(&uri)?));
        document.is_some_and(|document| document.is_case && document.findings().is_none())
    }

    fn answer_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for (id, params) in waiting {
            let params = serde_json::to_value(&params).unwrap_or_default();
            if self.must_wait(&params) {
                self.waiting.extend(serde_json::from_value(params).ok().map(|params| (id, params)));
            } else {
                let answer = self.answer("textDocument/codeAction", params);
                self.respond(id, answer);
            }
        }
    }

    fn cancelled(&mut self, id: &lsp::Id) {
        let id: RequestId = match id {
            lsp::Id::Int(id) => (*id).into(),
            lsp::Id::String(id) => id.clone().into(),
        };
        if let Some(at) = self.waiting.iter().position(|(waiting, _)| *waiting == id) {
            self.waiting.remove(at);
            self.respond(id, Err(answers::error(ErrorCode::RequestCanceled, "avbrutet")));
        }
    }

    /// What a feature says. A panic ends its answer, not the server.
    fn answer(&self, method: &str, params: Json) -> Answer {
        let document = answers::uri(&params).and_then(|uri| self.documents.get(&self.real(&uri)?));
        let view = document.map(|document| View {
            document,
            project: &self.project,
            index: &self.index,
            client: &self.client,
        });
        let mut answer = Ok(Json::Null);
        let done = batch::ordered(
            std::slice::from_ref(&params),
            NonZero::<usize>::MIN,
            |params| answers::answer(view, method, params),
            |_, result| {
                answer = result
                    .unwrap_or_else(|panicked| Err(answers::error(ErrorCode::InternalError, &panicked.0)));
                ControlFlow::Continue(())
            },
        );
        done.map_or_else(
            |error| Err(answers::error(ErrorCode::InternalError, &error.to_string())),
            |()| answer,
        )
    }

    /// The one command: to show a place.
    fn command(&mut self, params: Json) -> Answer {
        let params: lsp::ExecuteCommandParams =
            serde_json::from_value(params).map_err(|error| answers::invalid(&error))?;
        let place = params.arguments.and_then(|arguments| arguments.into_iter().next());
        let location = place.and_then(|place| serde_json::from_value::<lsp::Location>(place).ok());
        let (actions::SHOW, Some(lsp::Location { uri, range })) = (params.command.as_str(), location) else {
            return Err(answers::error(ErrorCode::InvalidParams, "kommandot finns inte"));
        };
        if self.client.shows_places {
            self.ask(
                "window/showDocument",
                ShowDocumentParams { uri, external: None, take_focus: Some(true), selection: Some(range) },
            );
        }
        Ok(Json::Null)
    }

    // --- What is said to the client -----------------------------------------------------------

    fn watch(&mut self) {
        if !self.client.watches_files {
            return;
        }
        let own = self.options.templates.as_deref().and_then(|folder| std::path::absolute(folder).ok());
        let own = own.map(|folder| format!("{}/**/*", shown(&folder)));
        let patterns = std::iter::once(WATCHED.to_owned()).chain(own);
        let watchers: Vec<Json> = patterns.map(|pattern| json!({ "globPattern": pattern })).collect();
        self.ask(
            "client/registerCapability",
            json!({ "registrations": [{
            "id": "tjut-filer",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        }] }),
        );
    }

    fn notify(&self, method: &str, params: impl serde::Serialize) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    fn ask(&mut self, method: &str, params: impl serde::Serialize) {
        self.asked += 1;
        self.send(Request::new(self.asked.into(), method.to_owned(), params).into());
    }

    fn respond(&self, id: RequestId, answer: Answer) {
        self.send(Response { id, response_result: answer }.into());
    }

    fn send(&self, message: Message) {
        // A client that is gone is noticed where it is listened to.
        drop(self.connection.sender.send(message));
    }

    fn document(&self, path: &Path) -> Option<&Document> {
        self.documents.get(&self.project.identity(path))
    }

    fn real(&self, uri: &Uri) -> Option<PathBuf> {
        uri::path(uri).map(|path| self.project.identity(&within_sight(&path)))
    }
}

/// Acts on what a notification says; one that says nothing that can be understood is passed by.
fn told<T: DeserializeOwned>(params: Json, act: impl FnOnce(T)) {
    if let Ok(params) = serde_json::from_value(params) {
        act(params);
    }
}

/// A path as messages show it: counted from the folder that the server runs in, if it lies there.
fn within_sight(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).to_owned()
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// A file that the program broke on.
fn broken(path: &Path, words: &str) -> Diagnostic {
    Diagnostic::new(codes::INTERNT_FEL, format!("{} kunde inte granskas", shown(path)))
        .hint(format!("Det är ett fel i tjut, inte i ärendet. Anmäl det, gärna med ärendet: {words}"))
}
