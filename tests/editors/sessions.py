"""Sessions of an editor with tjut lsp, held by pytest-lsp: its types are another reading of the protocol."""

import os
from pathlib import Path

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

CASE = """mall: tjänsteutlåtande
titl: Trygga vägar 😀
diarienummer: UTBF 2026/1
datum: 2026-03-02
till:
  nämnd: Utbildningsnämnden
avsändare:
  förvaltning: Utbildningsförvaltningen
förslag till beslut: Utbildningsnämnden godkänner förvaltningens tjänsteutlåtande.
bakgrund: |
  En mening  med två mellanslag.
"""


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[os.environ["TJUT"], "lsp"]))
async def client(lsp_client: LanguageClient):
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def watch(params: types.RegistrationParams):
        """The server asks for word of changed files; these sessions change none."""

    params = types.InitializeParams(capabilities=client_capabilities("visual-studio-code"))
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


def opened(client: LanguageClient, folder: Path, text: str = CASE) -> str:
    uri = (folder / "a.yaml").as_uri()
    item = types.TextDocumentItem(uri=uri, language_id="yaml", version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    return uri


async def published(client: LanguageClient, uri: str) -> list[types.Diagnostic]:
    await client.wait_for_notification("textDocument/publishDiagnostics")
    return client.diagnostics[uri]


async def test_findings_have_places_in_utf16_codes_and_links(client, tmp_path):
    uri = opened(client, tmp_path)
    found = {finding.code: finding for finding in await published(client, uri)}
    assert found["okänd-nyckel"].range.end == types.Position(1, 4)
    spaces = found["dubbelt-mellanslag"]
    assert spaces.source == "tjut" and spaces.code_description.href.startswith("file://")


async def test_a_mend_is_an_edit_of_the_version_it_is_for(client, tmp_path):
    uri = opened(client, tmp_path)
    await published(client, uri)
    where = types.Range(types.Position(1, 1), types.Position(1, 1))
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=types.TextDocumentIdentifier(uri),
            range=where,
            context=types.CodeActionContext(diagnostics=[]),
        )
    )
    mend = actions[0]
    change = mend.edit.document_changes[0]
    assert mend.title == "Byt ”titl” mot ”titel”" and change.text_document.version == 1
    assert change.edits[0].new_text == "titel"


async def test_completion_hover_and_symbols(client, tmp_path):
    uri = opened(client, tmp_path)
    document = types.TextDocumentIdentifier(uri)
    items = await client.text_document_completion_async(types.CompletionParams(document, types.Position(6, 0)))
    labels = [item.label for item in getattr(items, "items", items)]
    assert labels[0] == "titel" and "sammanfattning" in labels and "mall" not in labels
    hover = await client.text_document_hover_async(types.HoverParams(document, types.Position(2, 3)))
    assert "diarienummer" in hover.contents.value
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    assert [symbol.name for symbol in symbols][:2] == ["mall", "titl"]
