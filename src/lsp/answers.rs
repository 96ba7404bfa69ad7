//! Which feature answers what.

use gen_lsp_types::{
    CodeActionRequest, CodeActionResolveRequest, CompletionRequest, DefinitionRequest,
    DocumentFormattingRequest, DocumentLinkRequest, DocumentSymbolRequest, FoldingRangeRequest, HoverRequest,
    PrepareRenameRequest, RenameRequest, Request, SemanticTokensRequest, Uri,
};
use lsp_server::{ErrorCode, ResponseError};
use serde_json::Value as Json;

use super::document::View;
use super::{actions, complete, format, goto, hover, rename, symbols, tokens};

/// What is answered to a request.
pub type Reply = Result<Json, ResponseError>;

/// Answers a request about a document; nothing where it is not open.
pub fn answer(view: Option<View>, method: &str, params: &Json) -> Reply {
    match method {
        "textDocument/completion" => about::<CompletionRequest>(view, params, complete::complete),
        "textDocument/hover" => about::<HoverRequest>(view, params, hover::hover),
        "textDocument/definition" => about::<DefinitionRequest>(view, params, goto::definition),
        "textDocument/documentLink" => about::<DocumentLinkRequest>(view, params, goto::links),
        "textDocument/documentSymbol" => about::<DocumentSymbolRequest>(view, params, symbols::symbols),
        "textDocument/foldingRange" => about::<FoldingRangeRequest>(view, params, symbols::folds),
        "textDocument/semanticTokens/full" => about::<SemanticTokensRequest>(view, params, tokens::tokens),
        "textDocument/formatting" => about::<DocumentFormattingRequest>(view, params, format::format),
        "textDocument/codeAction" => about::<CodeActionRequest>(view, params, actions::actions),
        "textDocument/prepareRename" => about::<PrepareRenameRequest>(view, params, rename::prepare),
        "textDocument/rename" => attempt::<RenameRequest>(view, params, rename::rename),
        "codeAction/resolve" => attempt::<CodeActionResolveRequest>(view, params, actions::resolve),
        _ => Err(error(ErrorCode::MethodNotFound, method)),
    }
}

fn about<R: Request>(
    view: Option<View>,
    params: &Json,
    feature: impl Fn(View, R::Params) -> R::Result,
) -> Reply {
    attempt::<R>(view, params, |view, params| Ok(feature(view, params)))
}

fn attempt<R: Request>(
    view: Option<View>,
    params: &Json,
    feature: impl Fn(View, R::Params) -> Result<R::Result, String>,
) -> Reply {
    let Some(view) = view else { return Ok(Json::Null) };
    let params: R::Params = serde_json::from_value(params.clone()).map_err(|fault| invalid(&fault))?;
    let result = feature(view, params).map_err(|words| error(ErrorCode::RequestFailed, &words))?;
    serde_json::to_value(result).map_err(|fault| error(ErrorCode::InternalError, &fault.to_string()))
}

/// The document that a request is about.
pub fn uri(params: &Json) -> Option<Uri> {
    let said = params.pointer("/textDocument/uri").or_else(|| params.pointer("/data/uri"));
    said.and_then(Json::as_str).map(Uri::from)
}

/// That a request cannot be understood.
pub fn invalid(fault: &serde_json::Error) -> ResponseError {
    error(ErrorCode::InvalidParams, &fault.to_string())
}

/// That a request cannot be answered.
pub fn error(code: ErrorCode, words: &str) -> ResponseError {
    ResponseError { code: code as i32, message: words.to_owned(), data: None }
}
