"""Judges tracked changes: see the script `tracked` beside this file."""

import itertools
import json
import pathlib
import re
import subprocess
import sys

import pypandoc

AUDIT = pathlib.Path(sys.executable).with_name("openxml-audit")
findings = 0


# Pandoc leaves a paragraph where one goes, with its number: numbers before a stop are not compared.
WORD = re.compile(r"[^\W\d_]+|\d+(?![.\d])")


def text(file, *words):
    return WORD.findall(plain(file, *words))


def plain(file, *words):
    return pypandoc.convert_file(str(file), "plain", format="docx", extra_args=["--wrap=none", *words])


def marks(file, *words):
    """What leads somewhere, notes with their texts, numbers of notes that were referred to before, pictures: in order."""
    found = []

    def said(x):
        return " ".join(WORD.findall(json.dumps(x, ensure_ascii=False)))

    def walk(x):
        if isinstance(x, list):
            for inner in x:
                walk(inner)
        elif isinstance(x, dict):
            kind, c = x.get("t"), x.get("c")
            if kind == "Link":
                found.append((kind, c[2][0]))
            elif kind == "Image":
                found.append((kind, said(c[1])))
            elif kind in ("Note", "Superscript"):
                found.append((kind, said(c)))
            walk(list(x.values()))

    walk(json.loads(pypandoc.convert_file(str(file), "json", format="docx", extra_args=list(words)))["blocks"])
    # A link can be made of several.
    return [mark for mark, _ in itertools.groupby(found)]


edits = sorted(pathlib.Path(sys.argv[1]).iterdir())
for edit in edits:
    tracked = next((edit / "changes").glob("*.docx"))
    run = subprocess.run([AUDIT, "-q", "-m", "0", tracked], capture_output=True, text=True)
    wrong = [run.stdout + run.stderr] if run.returncode else []
    for how, side in (("accept", "new"), ("reject", "old")):
        for read in (text, marks):
            ours, theirs = read(tracked, f"--track-changes={how}"), read(edit / f"{side}.docx")
            if ours == theirs:
                continue
            at = next((at for at, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
            wrong.append(f"{how}: {ours[at - 5:at + 5]} where {side} has {theirs[at - 5:at + 5]}")
    findings += len(wrong)
    for what in wrong:
        print(f"{edit.name}: {what}")
if not findings:
    print(f"{len(edits)} edits: openxml-audit has nothing to remark on, pandoc accepts to the new and rejects to the old")
sys.exit(1 if findings or not edits else 0)
