//! The conversation with the client: what is heard of it, and how it is spoken to.

use crossbeam_channel::Receiver;
use lsp_server::{Connection, Message, Notification, ProtocolError, Request, RequestId, Response};
use serde::Serialize;

use crate::lsp::answers::Reply;

/// A conversation, as the loop holds it.
pub struct Conversation {
    connection: Connection,
    /// How much the client was asked.
    asked: i32,
}

impl Conversation {
    /// One that has begun.
    pub fn new(connection: Connection) -> Self {
        Self { connection, asked: 0 }
    }

    /// What the client says.
    pub fn heard(&self) -> &Receiver<Message> {
        &self.connection.receiver
    }

    /// Whether the client leaves with this request, which is answered then.
    ///
    /// # Errors
    /// That it asks for leave and does not go.
    pub fn ends_with(&self, request: &Request) -> Result<bool, ProtocolError> {
        self.connection.handle_shutdown(request)
    }

    /// Tells the client something.
    pub fn notify(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    /// Asks the client for something.
    pub fn ask(&mut self, method: &str, params: impl Serialize) {
        self.asked += 1;
        self.send(Request::new(self.asked.into(), method.to_owned(), params).into());
    }

    /// Answers a request.
    pub fn respond(&self, id: RequestId, answer: Reply) {
        self.send(Response { id, response_result: answer }.into());
    }

    fn send(&self, message: Message) {
        // A client that is gone is noticed where it is listened to.
        drop(self.connection.sender.send(message));
    }
}
