//! What the client can do, and what it is offered.

use gen_lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CompletionOptions, DocumentLinkOptions,
    ExecuteCommandOptions, InitializeParams, MarkupKind, RenameOptions, SemanticTokensLegend,
    SemanticTokensOptions, ServerCapabilities, TextDocumentSyncKind, TextDocumentSyncOptions,
};

use super::text::Encoding;
use super::{actions, tokens};

/// What the client can do, as far as it makes a difference.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// What its columns count.
    pub encoding: Encoding,
    /// Whether what is inserted may have places to step through.
    pub has_snippets: bool,
    /// Whether texts that explain may be Markdown.
    pub reads_markdown: bool,
    /// Whether an edit can say which version it is for.
    pub has_versioned_edits: bool,
    /// Whether an action may be given without its edit, which is asked for when the action is chosen.
    pub resolves_actions: bool,
    /// Whether it can be asked to show a place.
    pub shows_places: bool,
    /// Whether it can be asked to watch files.
    pub watches_files: bool,
    /// Whether a definition can say what it is the definition of.
    pub has_definition_links: bool,
}

impl Client {
    /// What a client says of itself.
    pub fn of(params: &InitializeParams) -> Self {
        let ClientCapabilities { workspace, text_document, window, general, .. } = &params.capabilities;
        let (workspace, text) =
            (workspace.clone().unwrap_or_default(), text_document.clone().unwrap_or_default());
        let offered =
            general.as_ref().and_then(|general| general.position_encodings.clone()).unwrap_or_default();
        let completion =
            text.completion.and_then(|completion| completion.completion_item).unwrap_or_default();
        let hover = text.hover.and_then(|hover| hover.content_format).unwrap_or_default();
        let actions = text.code_action.and_then(|actions| actions.resolve_support);
        let watched = workspace.did_change_watched_files.unwrap_or_default();
        Self {
            encoding: Encoding::chosen(&offered),
            has_snippets: completion.snippet_support == Some(true),
            reads_markdown: hover.contains(&MarkupKind::Markdown),
            has_versioned_edits: workspace.workspace_edit.and_then(|edit| edit.document_changes)
                == Some(true),
            resolves_actions: actions
                .is_some_and(|resolve| resolve.properties.iter().any(|name| name == "edit")),
            shows_places: window
                .as_ref()
                .and_then(|window| window.show_document.as_ref())
                .is_some_and(|show| show.support),
            watches_files: watched.dynamic_registration == Some(true),
            has_definition_links: text.definition.and_then(|definition| definition.link_support)
                == Some(true),
        }
    }
}

/// What the server does.
pub fn offer(client: &Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(true.into()),
        ..Default::default()
    };
    let triggers = [" ", "-", "/", "(", ":"].map(str::to_owned).to_vec();
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(sync.into()),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(triggers),
            ..Default::default()
        }),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        folding_range_provider: Some(true.into()),
        document_formatting_provider: Some(true.into()),
        document_link_provider: Some(DocumentLinkOptions::default()),
        rename_provider: Some(RenameOptions { prepare_provider: Some(true), ..Default::default() }.into()),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QuickFix,
                    CodeActionKind::RefactorRewrite,
                    actions::FIX_ALL,
                ]),
                resolve_provider: Some(true),
                ..Default::default()
            }
            .into(),
        ),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![actions::SHOW.into()],
            ..Default::default()
        }),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: SemanticTokensLegend {
                    token_types: tokens::TYPES.map(str::to_owned).to_vec(),
                    token_modifiers: Vec::new(),
                },
                full: Some(true.into()),
                ..Default::default()
            }
            .into(),
        ),
        ..Default::default()
    }
}
