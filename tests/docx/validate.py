"""Judges Word documents: see the script `validate` beside this file."""

import collections
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import docx
import lxml.etree
import pypandoc

AUDIT = pathlib.Path(sys.executable).with_name("openxml-audit")
# A note's number stands directly behind a word.
WORD = re.compile(r"[^\W\d_]+|\d+")
findings = 0


def say(file, what):
    global findings
    findings += 1
    print(f"{file}: {what}")


# --- The parts ------------------------------------------------------------------------------


def audit(file):
    """What openxml-audit says of a file; nothing when it has no finding."""
    run = subprocess.run([AUDIT, "-q", "-m", "0", file], capture_output=True, text=True)
    return "" if run.returncode == 0 else run.stdout + run.stderr


# --- Words and structure, as pandoc reads them ----------------------------------------------


def tree(text, form):
    return json.loads(pypandoc.convert_text(text, "json", format=form))


def plain(inlines):
    """The words of inlines, with those of notes left out."""
    out = []
    for x in inlines:
        kind, c = x["t"], x.get("c")
        if kind == "Str":
            out.append(c)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            out.append(" ")
        elif kind == "Code":
            out.append(c[1])
        elif kind in ("Emph", "Strong", "Underline", "Strikeout"):
            out.append(plain(c))
        # A line's end within a cell.
        elif kind == "RawInline" and c[1] == "<br>":
            out.append(" ")
        # A superscript is the number of a note that was referred to before.
        elif kind in ("Link", "Span"):
            out.append(plain(c[1]))
        elif kind == "Quoted":
            out.append(("“" if c[0]["t"] == "DoubleQuote" else "‘") + plain(c[1]) + "”")
    return "".join(out)


def words(text):
    return " ".join(WORD.findall(text))


def shape(blocks):
    """Blocks as a row of (kind, words): what there is, and in which order."""
    out = []
    for x in blocks:
        kind, c = x["t"], x.get("c")
        if kind == "Header":
            out.append((f"rubrik {c[0]}", words(plain(c[2]))))
            out += extras(c[2])
        elif kind in ("Para", "Plain"):
            if words(plain(c)):
                out.append(("stycke", words(plain(c))))
            out += extras(c)
        elif kind == "LineBlock":
            out.append(("stycke", words(" ".join(map(plain, c)))))
        elif kind in ("BulletList", "OrderedList"):
            # Sub-points of a decision, which Word prints a), b), are plain items in the Markdown.
            is_numbered = kind == "OrderedList" and c[0][1]["t"] != "LowerAlpha"
            for item in c if kind == "BulletList" else c[1]:
                # Pandoc begins a new list after a paragraph within a point, so it cannot tell levels.
                out.append(("punkt med nummer" if is_numbered else "punkt", ""))
                out += shape(item)
        elif kind == "BlockQuote":
            out += shape(c)
        elif kind == "Div":
            out += shape(c[1])
        elif kind == "CodeBlock":
            out.append(("stycke", words(c[1])))
        elif kind == "Figure":
            out += shape(c[2]) + shape(c[1][1])
        elif kind == "Table":
            rows = [r for part in [c[3][1], *(b[3] for b in c[4])] for r in part]
            heads = len(c[3][1])
            out += shape(c[1][1])
            for at, row in enumerate(rows):
                for cell in row[1]:
                    out.append(("rubrikcell" if at < heads else "cell", ""))
                    out += shape(cell[4])
    return out


NOTES_SEEN = []


def extras(inlines):
    """Notes and pictures of a text."""
    out = []
    is_inner = False
    for x in inlines:
        kind, c = x["t"], x.get("c")
        if kind == "Note":
            # In Markdown pandoc gives a note's text wherever it is referred to. It knows no note within a note, which
            # stands behind a comma in Word, and reads no lists in Word's notes.
            if c not in NOTES_SEEN and not is_inner:
                NOTES_SEEN.append(c)
                out.append(("fotnot", ""))
                out += [each for each in shape(c) if not each[0].startswith("punkt")]
        elif kind == "Image":
            out.append(("bild", words(plain(c[1]))))
            # The caption of a picture stands below it.
            if title := words(c[2][1]):
                out.append(("stycke", title))
        elif isinstance(c, list) and kind in ("Emph", "Strong", "Superscript"):
            out += extras(c)
        elif kind in ("Link", "Span"):
            out += extras(c[1])
        is_inner = kind == "Superscript" and c == [{"t": "Str", "c": ","}] or is_inner and kind == "Space"
    return out


def of_markdown(file):
    text = pathlib.Path(file).read_text()
    body = text.split("\n---\n", 1)[1]
    NOTES_SEEN.clear()
    found = tree(body, "commonmark_x-smart-implicit_figures")
    return shape(found["blocks"])


def of_word(file):
    found = json.loads(pypandoc.convert_file(str(file), "json", format="docx+empty_paragraphs"))
    NOTES_SEEN.clear()
    blocks = shape(found["blocks"])
    title = found["meta"].get("title")
    if title:
        blocks.insert(0, ("titel", words(plain(title["c"]))))
    return blocks


def compare(file):
    """The words and the structure that pandoc finds in a document are those of its Markdown."""
    ours = [(k.replace("rubrik 1", "titel"), w) for k, w in of_markdown(file.with_suffix(".md"))]
    ours = [(f"rubrik {int(k[-1]) - 1}" if re.fullmatch(r"rubrik \d", k) else k, w) for k, w in ours]
    theirs = of_word(file)
    # The letterhead stands before the title.
    title = next((at for at, (_, w) in enumerate(theirs) if w == ours[0][1]), 0)
    theirs = [("titel", ours[0][1])] + theirs[title + 1:]
    for at, (our, their) in enumerate(zip(ours, theirs)):
        if our != their:
            return say(file, f"pandoc reads {their} where the Markdown has {our} (block {at})")
    if len(ours) != len(theirs):
        say(file, f"pandoc reads {len(theirs)} blocks, the Markdown has {len(ours)}")


# --- Readers --------------------------------------------------------------------------------


def opens(file):
    """python-docx opens it and finds title, language, styles by name."""
    document = docx.Document(str(file))
    title = of_markdown(file.with_suffix(".md"))[0][1]
    if words(document.core_properties.title) != title:
        say(file, "python-docx does not find the title among the properties")
    if document.core_properties.language != "sv-SE":
        say(file, "python-docx does not find the language")
    if any(not shape._inline.docPr.get("descr") for shape in document.inline_shapes):
        say(file, "python-docx finds a picture without an alternative text")
    for table in document.tables:
        if not table.rows[0]._tr.xpath("w:trPr/w:tblHeader"):
            say(file, "python-docx finds a table whose head is not repeated")
    names = {paragraph.style.name for paragraph in document.paragraphs}
    if not {"Title", "Heading 1"} <= names:
        say(file, f"python-docx finds neither Title nor Heading 1 among {sorted(names)}")


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a paragraph and a run may say of themselves: all else is a style's business. Where a part of the letterhead
# stands is not left to a style, since not every reader takes it from there.
OF_PARAGRAPHS = {"pStyle", "numPr", "framePr", "rPr", "pPrChange"}
OF_RUNS = {"rStyle"}
A4 = ("11906", "16838")


def holds(file):
    """What no reader shows: styles alone say how it looks, links lead somewhere, numbers begin anew, fields, paper."""
    package = zipfile.ZipFile(file)
    part = lambda name: lxml.etree.fromstring(package.read(name))
    document, notes = part(DOCUMENT), part(NOTES)
    header, numbering, styles = part("word/header1.xml"), part(NUMBERING), part(STYLES)
    value = lambda node, name="val": node.get(W + name)
    for root in (document, notes, header):
        for kind, allowed in (("p", OF_PARAGRAPHS), ("r", OF_RUNS)):
            said = {lxml.etree.QName(form).localname for node in root.iter(W + kind) for form in node.iterfind(f"{W}{kind}Pr/*")}
            if said - allowed:
                say(file, f"formats directly: {sorted(said - allowed)}")
    bookmarks = [value(node, "name") for node in document.iter(W + "bookmarkStart")]
    if len(bookmarks) > len(set(bookmarks)):
        say(file, "two bookmarks have one name")
    for link in document.iter(W + "hyperlink"):
        if value(link, "anchor") and value(link, "anchor") not in bookmarks:
            say(file, f"a link leads to {value(link, 'anchor')}, which is nowhere")
    for paragraph in document.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and re.fullmatch(r"Title|Heading\d", value(style)) and paragraph.find(f"{W}bookmarkStart") is None:
            say(file, "a heading has no bookmark")
    forms = {value(form, "abstractNumId"): value(form.find(f"{W}lvl/{W}numFmt")) for form in numbering.iter(W + "abstractNum")}
    for each in numbering.iter(W + "num"):
        if forms[value(each.find(W + "abstractNumId"))] == "decimal" and each.find(f"{W}lvlOverride/{W}startOverride") is None:
            say(file, "a numbered list goes on from another")
    separators = {value(note, "type") for note in notes.iter(W + "footnote")} - {None}
    if separators != {"separator", "continuationSeparator"}:
        say(file, f"the lines before notes are {sorted(separators)}")
    codes = {field.get(W + "instr").strip() for field in header.iter(W + "fldSimple")}
    if codes != {"PAGE", "NUMPAGES"}:
        say(file, f"the running header counts {sorted(codes)}")
    size = document.find(f"{W}body/{W}sectPr/{W}pgSz")
    if size is None or (value(size, "w"), value(size, "h")) != A4:
        say(file, "the paper is not A4")
    if {value(lang) for lang in styles.iter(W + "lang")} != {"sv-SE"}:
        say(file, "the styles speak another language")
    custom = {node.get("name") for node in part("docProps/custom.xml")}
    front = file.with_suffix(".md").read_text().split("\n---\n", 1)[0]
    wanted = {"Diarienummer", "Datum"} | ({"Nämnd"} if "\ntill:" in front else set())
    if wanted - custom:
        say(file, f"lacks the properties {sorted(wanted - custom)}")


def pages(files):
    """LibreOffice sets the documents, and its pages hold the words and headings."""
    with tempfile.TemporaryDirectory() as folder:
        home = f"-env:UserInstallation=file://{folder}/home"
        for at, file in enumerate(files):
            (pathlib.Path(folder) / f"{at}.docx").write_bytes(file.read_bytes())
        names = [f"{folder}/{at}.docx" for at in range(len(files))]
        form = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
        run = ["soffice", home, "--headless", "--convert-to", form, "--outdir", folder, *names]
        subprocess.run(run, check=True, capture_output=True, timeout=600)
        for at, file in enumerate(files):
            said = lambda *c: subprocess.run([*c], check=True, capture_output=True, text=True).stdout
            theirs = collections.Counter(WORD.findall(said("pdftotext", "-layout", f"{folder}/{at}.pdf", "-")))
            shaped = of_markdown(file.with_suffix(".md"))
            ours = collections.Counter(w for k, t in shaped if k != "bild" for w in t.split())
            # A word too long for its line goes on in the next.
            solid = "".join(said("pdftotext", f"{folder}/{at}.pdf", "-").split())
            if missing := {word: times for word, times in (ours - theirs).items() if word not in solid}:
                say(file, f"LibreOffice's pages lack {missing}")
            tags = said("pdfinfo", "-struct-text", f"{folder}/{at}.pdf")
            heads = re.findall(r"^ *H[1-6] .*\n((?: {3,}.*\n)*)", tags, re.M)
            heads = [words("".join(re.findall(r'^ *"(.*)"$', head, re.M))) for head in heads]
            wanted = [t for k, t in shaped if re.fullmatch(r"rubrik [2-6]", k)]
            if [h for h in heads if h in wanted] != wanted:
                say(file, f"LibreOffice's headings are {heads}, not {wanted}")


# --- Faults that must be found --------------------------------------------------------------

DOCUMENT, STYLES, NOTES = "word/document.xml", "word/styles.xml", "word/footnotes.xml"
NUMBERING, TYPES, RELATIONS = "word/numbering.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"

# A name, the part, what stands there once or more, and what takes its place the first time.
FAULTS = [
    ("a table without its grid", DOCUMENT, r"<w:tblGrid>.*?</w:tblGrid>", ""),
    ("a cell without a paragraph", DOCUMENT, r"(</w:tcPr>)<w:p>.*?</w:p>(</w:tc>)", r"\1\2"),
    ("properties of a paragraph in wrong order", DOCUMENT, r"(<w:pStyle [^>]*/>)(<w:numPr>.*?</w:numPr>)", r"\2\1"),
    ("a style that is not there", DOCUMENT, r'w:pStyle w:val="Heading1"', 'w:pStyle w:val="Heading99"'),
    ("a note that is not there", DOCUMENT, r'<w:footnoteReference w:id="1"', '<w:footnoteReference w:id="77"'),
    ("a relation that is not there", DOCUMENT, r'r:embed="rId100"', 'r:embed="rId999"'),
    ("two styles of one name", STYLES, r'w:styleId="Heading2"', 'w:styleId="Heading1"'),
    ("two notes of one number", NOTES, r'<w:footnote w:id="1"', '<w:footnote w:id="0"'),
    ("numbering in wrong order", NUMBERING, r"(<w:abstractNum .*</w:abstractNum>)(<w:num .*?</w:num>)", r"\2\1"),
    ("a list that is not there", DOCUMENT, r'<w:numId w:val="1"/>', '<w:numId w:val="99"/>'),
    ("no type for the styles", TYPES, r'<Override PartName="/word/styles.xml"[^>]*/>', ""),
    ("a part that is not there", RELATIONS, r'Target="styles.xml"', 'Target="stilar.xml"'),
    ("XML that is none", DOCUMENT, r"</w:body>", ""),
    ("a word gone", DOCUMENT, r"(xml:space=\"preserve\">)Sammanfattning<", r"\1<"),
    ("a heading that is a paragraph", DOCUMENT, r'<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', ""),
    ("a point that is a paragraph", DOCUMENT, r"<w:numPr>.*?</w:numPr>", ""),
    ("a head row that is none", DOCUMENT, r"<w:tblHeader/>", ""),
    ("no alternative text", DOCUMENT, r'descr="[^"]+"', 'descr=""'),
    ("no title", "docProps/core.xml", r"<dc:title>.*?</dc:title>", "<dc:title></dc:title>"),
    ("no language", "docProps/core.xml", r"<dc:language>.*?</dc:language>", ""),
    ("another language", STYLES, r'w:lang w:val="sv-SE"', 'w:lang w:val="en-US"'),
    ("no diarienummer", "docProps/custom.xml", r'name="Diarienummer"', 'name="Nummer"'),
    ("no nämnd", "docProps/custom.xml", r'name="Nämnd"', 'name="Organ"'),
    ("bold by hand", DOCUMENT, r"(<w:r>)(<w:t )", r"\1<w:rPr><w:b/></w:rPr>\2"),
    ("centred by hand", DOCUMENT, r'(<w:pStyle w:val="Heading1"/>)', r'\1<w:jc w:val="center"/>'),
    ("a number that goes on", NUMBERING, r"<w:lvlOverride .*?</w:lvlOverride>", ""),
    ("a number that is a point", NUMBERING, r'(<w:num w:numId="1">)<w:abstractNumId w:val="1"/>', r'\1<w:abstractNumId w:val="0"/>'),
    ("no line before the notes", NOTES, r'<w:footnote w:type="separator".*?</w:footnote>', ""),
    ("a note's text gone", NOTES, r'(<w:footnote w:id="1">.*?xml:space="preserve">)[^<]{2,}<', r"\1<"),
    ("no number of pages", "word/header1.xml", r"<w:fldSimple [^>]*NUMPAGES.*?</w:fldSimple>", ""),
    ("a heading without its bookmark", DOCUMENT, r'(<w:pStyle w:val="Heading1"/></w:pPr>)<w:bookmarkStart [^>]*/>(.*?)<w:bookmarkEnd [^>]*/>', r"\1\2"),
    ("two bookmarks of one name", DOCUMENT, r'(<w:bookmarkStart [^>]*w:name=")(\w+)("/>.*?<w:bookmarkStart [^>]*w:name=")\w+"', r'\1\2\3\2"'),
    ("other paper", DOCUMENT, r'w:pgSz w:w="11906"', 'w:pgSz w:w="12240"'),
    ("a cell's words gone", DOCUMENT, r'(<w:tc>.*?xml:space="preserve">)[^<]+<', r"\1<"),
    ("two paragraphs in each other's place", DOCUMENT, r"(<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/>.*?</w:p>)(<w:p>.*?</w:p>)", r"\2\1"),
    ("a link to nowhere", RELATIONS, r'<Relationship [^>]*TargetMode="External"/>', ""),
]


def planted(file, folder):
    """Each fault in a copy of the file is found by one of the checks."""
    held = zipfile.ZipFile(file)
    for name, part, what, instead in FAULTS:
        parts = {entry: held.read(entry) for entry in held.namelist()}
        text, count = re.subn(what, instead, parts[part].decode(), count=1, flags=re.S)
        if count == 0 or text == parts[part].decode():
            say(file, f"cannot hold the fault: {name}")
            continue
        parts[part] = text.encode()
        spoilt = folder / "spoilt.docx"
        with zipfile.ZipFile(spoilt, "w") as package:
            for entry, data in parts.items():
                package.writestr(entry, data)
        spoilt.with_suffix(".md").write_bytes(file.with_suffix(".md").read_bytes())
        if not audit(spoilt) and not found_by_readers(spoilt):
            say(file, f"nothing finds: {name}")


def found_by_readers(file):
    global findings
    before = findings
    silent, sys.stdout = sys.stdout, io.StringIO()
    try:
        compare(file)
        opens(file)
        holds(file)
        found = findings > before
    except Exception:
        found = True
    finally:
        sys.stdout = silent
        findings = before
    return found


def filled(file):
    """A template that was filled has no finding that it had not before."""
    template = pathlib.Path(__file__).with_name("mall.docx")
    if audit(file) != audit(template):
        say(file, f"openxml-audit: {audit(file)}")
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    for kept in ("Systemets egen punkt", "Systemets slut"):
        if kept not in text:
            say(file, f"python-docx does not find “{kept}”, which the template had")


def main(files):
    if str(files[0]) == "--mall":
        filled(files[1])
        files = files[2:]
    for file in files:
        if said := audit(file):
            say(file, f"openxml-audit: {said}")
        compare(file)
        opens(file)
        holds(file)
    pages(files)
    with tempfile.TemporaryDirectory() as folder:
        planted(files[0], pathlib.Path(folder))
    if not findings:
        print(f"{len(files)} documents: openxml-audit, python-docx, pandoc and LibreOffice have nothing to remark on; "
              f"{len(FAULTS)} of {len(FAULTS)} planted faults are found")
    return 1 if findings else 0


sys.exit(main([pathlib.Path(name) for name in sys.argv[1:]]))
