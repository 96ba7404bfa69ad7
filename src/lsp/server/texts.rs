//! The texts that are open and the files on the disk, as the client says that they change.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use gen_lsp_types::{
    self as lsp, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, FileChangeType,
};
use lsp_server::Notification;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::{Server, within_sight};
use crate::diagnostic::Diagnostic;
use crate::lsp::document::OpenFile;
use crate::lsp::text::OpenText;
use crate::lsp::{index, uri};
use crate::project::{CASES, disk, shown};
use crate::read;

/// The files whose changes matter.
const WATCHED: &str = "**/*.{yaml,yml,png,jpg,jpeg,svg,pdf,docx}";

impl Server<'_> {
    /// Asks the client to tell of files that change.
    pub(super) fn watch(&mut self) {
        if !self.client.watches_files {
            return;
        }
        let own = self.options.templates.as_deref().and_then(|folder| std::path::absolute(folder).ok());
        let own = own.map(|folder| format!("{}/**/*", shown(&folder)));
        let patterns = std::iter::once(WATCHED.to_owned()).chain(own);
        let watchers: Vec<Json> = patterns.map(|pattern| json!({ "globPattern": pattern })).collect();
        self.conversation.ask(
            "client/registerCapability",
            json!({ "registrations": [{
            "id": "tjut-filer",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        }] }),
        );
    }

    /// Takes in what happened.
    pub(super) fn notification(&mut self, notification: Notification) {
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
        let text = OpenText::new(&opened.text, self.client.encoding);
        self.project.open(&path, text.as_str().to_owned());
        self.closed.remove(&real);
        let is_case = self.is_case(&path, text.as_str());
        let document = OpenFile {
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
            Err(faults) => self.complain("Mallarna har fel och används inte", &faults),
        }
    }

    /// Says what is wrong with something that no open file says: the first of it.
    pub(super) fn complain(&self, what: &str, faults: &[Diagnostic]) {
        let Some(first) = faults.first() else { return };
        let message = format!("{what}: {}. Alla fel visas av: tjut check", first.message);
        self.conversation
            .notify("window/showMessage", lsp::ShowMessageParams { kind: lsp::MessageType::Error, message });
    }
}

/// Acts on what a notification says; one that says nothing that can be understood is passed by.
fn told<T: DeserializeOwned>(params: Json, act: impl FnOnce(T)) {
    if let Ok(params) = serde_json::from_value(params) {
        act(params);
    }
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}
