#!/usr/bin/env python3
"""What programs that compare mark in the edits of tests/edits, beside tjut: marked words, false marks, moves, time.

usage: benches/redlines.py [--tjut PROGRAM] [--pandiff PROGRAM] [--rounds 3]

A word that is marked as gone and as new is marked falsely: it is neither. git compares the Markdown word by word,
pandiff (npm, with pandoc) the Markdown by sense, Docxodus (PyPI: python-redlines, python-redlines-docxodus) the Word
documents that tjut makes. What is not installed is left out. Prints tables in Markdown.
"""

import argparse
import collections
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import zipfile
from xml.etree import ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD = re.compile(r"[\w§%]+(?:[-:./][\w§%]+)*")


class Marks:
    """What a program marked: words that go and come, and passages that moved."""

    def __init__(self, gone="", new="", moves=0):
        self.gone, self.new = (collections.Counter(WORD.findall(text)) for text in (gone, new))
        self.moves = moves

    def marked(self):
        return self.gone.total() + self.new.total()

    def false(self):
        return 2 * (self.gone & self.new).total()


def of_word(path):
    """The tracked changes of a Word document: its text and its notes."""
    gone, new, moves = [], [], set()
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if re.fullmatch(r"word/(document|footnotes|header\d*|footer\d*)\.xml", name)]
        for part in parts:
            root = ElementTree.fromstring(package.read(part))
            moves |= {element.get(W + "name") for element in root.iter(W + "moveFromRangeStart")}
            for paragraph in root.iter(W + "p"):
                for tag, words in ((W + "del", gone), (W + "ins", new)):
                    for element in paragraph.iter(tag):
                        words.append("".join(text.text or "" for text in element.iter() if text.tag in (W + "t", W + "delText")))
                    words.append(" ")
    # Word names the sentences of a passage one by one.
    return Marks("".join(gone), "".join(new), len({str(name).split(".")[0] for name in moves}))


def of_git(text):
    lines = text.split("\n@@", 1)[-1].splitlines()
    side = lambda sign: "\n".join(line[1:] for line in lines if line.startswith(sign))
    return Marks(side("-"), side("+"))


def of_critic(text):
    gone = re.findall(r"\{--(.*?)--\}", text, re.S) + re.findall(r"\{~~(.*?)~>", text, re.S)
    new = re.findall(r"\{\+\+(.*?)\+\+\}", text, re.S) + re.findall(r"~>(.*?)~~\}", text, re.S)
    return Marks("\n".join(gone), "\n".join(new))


def run(words, folder):
    done = subprocess.run([str(word) for word in words], cwd=folder, capture_output=True, text=True)
    return done.stdout


def programs(tjut, pandiff):
    """Each program: given a folder with old and new in every format, what it marks."""

    def own(folder):
        run([tjut, "diff", "old.yaml", "new.yaml", "--till", "docx", "--ut", "."], folder)
        return lambda: of_word(folder / "new.jamforelse.docx")

    def git(folder):
        said = run(["git", "diff", "--no-index", "--word-diff=porcelain", "-U0", "old.md", "new.md"], folder)
        return lambda: of_git(said)

    def critic(folder):
        said = run([pandiff, "old.md", "new.md"], folder)
        return lambda: of_critic(said)

    found = {"tjut": own, "git diff --word-diff": git}
    if pandiff and shutil.which(pandiff):
        found["pandiff"] = critic
    try:
        from python_redlines.engines import DocxodusEngine

        engine = DocxodusEngine()

        def docxodus(folder):
            old, new = ((folder / name).read_bytes() for name in ("old.docx", "new.docx"))
            result = engine.run_redline("a", old, new)
            (folder / "docxodus.docx").write_bytes(result[0])
            return lambda: of_word(folder / "docxodus.docx")

        found["Docxodus"] = docxodus
    except ImportError:
        pass
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tjut", default=ROOT / "target/release/tjut")
    parser.add_argument("--pandiff", default="pandiff")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    tjut = pathlib.Path(chosen.tjut).resolve()
    compared = programs(tjut, chosen.pandiff)
    times = {name: [] for name in compared}
    rows = []
    with tempfile.TemporaryDirectory() as work:
        for edit in sorted(path for path in (ROOT / "tests/edits").iterdir() if path.is_dir()):
            folder = pathlib.Path(work, edit.name)
            shutil.copytree(edit, folder)
            for side in ("old", "new"):
                run([tjut, "build", f"{side}.yaml", "--till", "md,docx", "--ut", ".", "--tyst"], folder)
            cells = []
            for name, compare in compared.items():
                for _ in range(chosen.rounds):
                    start = time.perf_counter()
                    marks = compare(folder)
                    times[name].append(time.perf_counter() - start)
                marks = marks()
                cells.append((marks.marked(), marks.false(), marks.moves))
            rows.append((edit.name, cells))
    print("| edit | " + " | ".join(compared) + " |")
    print("| --- |" + " --- |" * len(compared))
    for name, cells in rows:
        print(f"| {name} | " + " | ".join(f"{marked}, {false} false" + (f", {moves} moved" if moves else "") for marked, false, moves in cells) + " |")
    sums = [[sum(cells[at][what] for _, cells in rows) for what in range(3)] for at in range(len(compared))]
    print("| all | " + " | ".join(f"{marked}, {false} false, {moves} moved" for marked, false, moves in sums) + " |")
    print("| ms each, median | " + " | ".join(f"{statistics.median(found) * 1000:.0f}" for found in times.values()) + " |")


if __name__ == "__main__":
    main()
