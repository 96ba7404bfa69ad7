"""The benchmark's document in the forms that the peers read."""

import json
from xml.sax.saxutils import escape


def typst(document):
    """Data for layout.typ."""
    return json.dumps(document, ensure_ascii=False)


def pandoc(document):
    """Markdown for pandoc, with the letterhead as metadata for page.html."""
    head = {key: value for key, value in document.items() if key != "blocks"}
    return f"---\n{json.dumps(head, ensure_ascii=False)}\n---\n\n" + "\n\n".join(
        markdown(kind, content) for kind, content in document["blocks"]
    )


def markdown(kind, content):
    if kind == "title":
        return f"# {content}"
    if kind == "heading":
        return f"## {content}"
    if kind == "numbers":
        return "\n\n".join(
            f"{number}.  " + "\n\n    ".join(texts) for number, texts in enumerate(content, 1)
        )
    if kind == "points":
        return "\n".join(f"- {text}" for text in content)
    if kind == "table":
        rows = [content[0], ["---", "--:", "--:"], *content[1:]]
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)
    if kind == "signatures":
        people = "\n".join("<p>" + "<br>".join(lines) + "</p>" for lines in content)
        return f'<div class="signatures">\n{people}\n</div>'
    return content


NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in [
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("meta", "meta"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    ]
)
STYLES = """
<office:font-face-decls>
 <style:font-face style:name="Serif" svg:font-family="'Liberation Serif'"/>
 <style:font-face style:name="Sans" svg:font-family="'Liberation Sans'"/>
</office:font-face-decls>
<office:styles>
 <style:default-style style:family="paragraph">
  <style:paragraph-properties fo:margin-bottom="12pt" fo:orphans="2" fo:widows="2"/>
  <style:text-properties style:font-name="Serif" fo:font-size="12pt" fo:language="sv" fo:country="SE"/>
 </style:default-style>
 <style:style style:name="Standard" style:family="paragraph" style:class="text"/>
 <style:style style:name="Small" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0pt"/><style:text-properties style:font-name="Sans" fo:font-size="9pt"/></style:style>
 <style:style style:name="Heading" style:family="paragraph" style:class="text"><style:paragraph-properties fo:keep-with-next="always" fo:margin-top="12pt" fo:margin-bottom="6pt"/><style:text-properties style:font-name="Sans" fo:font-weight="bold"/></style:style>
 <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:parent-style-name="Heading" style:default-outline-level="1"><style:text-properties fo:font-size="14pt"/></style:style>
 <style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:parent-style-name="Heading" style:default-outline-level="2"/>
 <style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
 <text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-18pt" fo:margin-left="36pt"/></style:list-level-properties></text:list-level-style-number></text:list-style>
 <text:list-style style:name="Points"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-18pt" fo:margin-left="36pt"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>
</office:styles>
<office:automatic-styles>
 <style:style style:name="First" style:family="paragraph" style:parent-style-name="Small" style:master-page-name="First"/>
 <style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="40pt" fo:margin-bottom="71pt" fo:margin-left="6.2cm" fo:margin-right="3.2cm"/><style:header-style><style:header-footer-properties svg:height="40pt" fo:min-height="40pt"/></style:header-style></style:page-layout>
</office:automatic-styles>
"""


def flat_odt(document):
    """One file of OpenDocument for LibreOffice."""
    number = escape(document["number"])
    pages = '<text:page-number text:select-page="current"/> (<text:page-count/>)'
    master = (
        "<office:master-styles>"
        '<style:master-page style:name="First" style:page-layout-name="Page" style:next-style-name="Standard"/>'
        '<style:master-page style:name="Standard" style:page-layout-name="Page"><style:header>'
        f'<text:p text:style-name="Small">Dnr {number}<text:line-break/>Sida {pages}</text:p>'
        "</style:header></style:master-page></office:master-styles>"
    )
    body = letterhead(document) + "".join(element(kind, content) for kind, content in document["blocks"])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMESPACES} '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:meta><dc:title>{escape(document['title'])}</dc:title><dc:language>sv-SE</dc:language>"
        f"<meta:initial-creator>{escape(document['sender'])}</meta:initial-creator></office:meta>"
        f"{STYLES}{master}<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def lines(texts, style="Standard", strong=False):
    texts = [escape(text) for text in texts]
    if strong:
        texts[0] = f'<text:span text:style-name="Strong">{texts[0]}</text:span>'
    return f'<text:p text:style-name="{style}">' + "<text:line-break/>".join(texts) + "</text:p>"


def letterhead(document):
    cells = [
        [document["sender"], document["unit"]],
        ["Tjänsteutlåtande", "Dnr " + document["number"], document["date"]],
        ["Handläggare", document["officer"], "Telefon: " + document["telephone"]],
        ["Till", document["board"], document["meeting"]],
        ["Adress", *document["address"]],
    ]
    first, *others = (lines(cell, "Small", strong=True) for cell in cells)
    return first.replace('"Small"', '"First"', 1) + "".join(others)


def element(kind, content):
    if kind in ("title", "heading"):
        level = 1 if kind == "title" else 2
        return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{escape(content)}</text:h>'
    if kind == "numbers":
        items = "".join(f"<text:list-item>{''.join(lines([text]) for text in texts)}</text:list-item>" for texts in content)
        return f'<text:list text:style-name="Numbers">{items}</text:list>'
    if kind == "points":
        items = "".join(f"<text:list-item>{lines([text])}</text:list-item>" for text in content)
        return f'<text:list text:style-name="Points">{items}</text:list>'
    if kind == "table":
        row = lambda cells: "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string">{lines([cell])}</table:table-cell>' for cell in cells
        ) + "</table:table-row>"
        head, *rest = content
        return (
            f'<table:table table:name="Tabell"><table:table-column table:number-columns-repeated="{len(head)}"/>'
            f"<table:table-header-rows>{row(head)}</table:table-header-rows>{''.join(map(row, rest))}</table:table>"
        )
    if kind == "signatures":
        return "".join(lines(person) for person in content)
    return lines([content])
