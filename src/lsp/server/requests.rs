//! What the client asks for, and what it is answered.

use std::num::NonZero;
use std::ops::ControlFlow;

use gen_lsp_types::{self as lsp, ShowDocumentParams};
use lsp_server::{ErrorCode, Request, RequestId};
use serde_json::Value as Json;

use super::Server;
use crate::batch;
use crate::lsp::actions;
use crate::lsp::answers::{self, Reply};
use crate::lsp::document::View;

impl Server<'_> {
    /// Answers what the client asks, at once or when the review of the text is there.
    pub(super) fn request(&mut self, request: Request) {
        if request.method == "textDocument/codeAction" && self.must_wait(&request.params) {
            let params = serde_json::from_value(request.params);
            return match params {
                Ok(params) => self.waiting.push((request.id, params)),
                Err(error) => self.conversation.respond(request.id, Err(answers::invalid(&error))),
            };
        }
        if request.method == "workspace/executeCommand" {
            let answer = self.command(request.params);
            return self.conversation.respond(request.id, answer);
        }
        let answer = self.answer(&request.method, request.params);
        self.conversation.respond(request.id, answer);
    }

    /// Whether what is asked for depends on a review that is to come.
    fn must_wait(&self, params: &Json) -> bool {
        let document = answers::uri(params).and_then(|uri| self.documents.get(&self.real(&uri)?));
        document.is_some_and(|document| document.is_case && document.findings().is_none())
    }

    /// Answers those who waited for a review that is there now.
    pub(super) fn answer_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for (id, params) in waiting {
            let params = serde_json::to_value(&params).unwrap_or_default();
            if self.must_wait(&params) {
                self.waiting.extend(serde_json::from_value(params).ok().map(|params| (id, params)));
            } else {
                let answer = self.answer("textDocument/codeAction", params);
                self.conversation.respond(id, answer);
            }
        }
    }

    /// Lets a request be that waits.
    pub(super) fn cancelled(&mut self, id: &lsp::Id) {
        let id: RequestId = match id {
            lsp::Id::Int(id) => (*id).into(),
            lsp::Id::String(id) => id.clone().into(),
        };
        if let Some(at) = self.waiting.iter().position(|(waiting, _)| *waiting == id) {
            self.waiting.remove(at);
            self.conversation.respond(id, Err(answers::error(ErrorCode::RequestCanceled, "avbrutet")));
        }
    }

    /// What a feature says. A panic ends its answer, not the server.
    fn answer(&self, method: &str, params: Json) -> Reply {
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
    fn command(&mut self, params: Json) -> Reply {
        let params: lsp::ExecuteCommandParams =
            serde_json::from_value(params).map_err(|error| answers::invalid(&error))?;
        let place = params.arguments.and_then(|arguments| arguments.into_iter().next());
        let location = place.and_then(|place| serde_json::from_value::<lsp::Location>(place).ok());
        let (actions::SHOW, Some(lsp::Location { uri, range })) = (params.command.as_str(), location) else {
            return Err(answers::error(ErrorCode::InvalidParams, "kommandot finns inte"));
        };
        if self.client.shows_places {
            self.conversation.ask(
                "window/showDocument",
                ShowDocumentParams { uri, external: None, take_focus: Some(true), selection: Some(range) },
            );
        }
        Ok(Json::Null)
    }
}
