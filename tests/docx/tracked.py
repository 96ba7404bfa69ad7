"""Judges tracked changes: see the script `tracked` beside this file."""

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


edits = sorted(pathlib.Path(sys.argv[1]).iterdir())
for edit in edits:
    tracked = next((edit / "changes").glob("*.docx"))
    run = subprocess.run([AUDIT, "-q", "-m", "0", tracked], capture_output=True, text=True)
    wrong = [run.stdout + run.stderr] if run.returncode else []
    for how, side in (("accept", "new"), ("reject", "old")):
        ours, theirs = text(tracked, f"--track-changes={how}"), text(edit / f"{side}.docx")
        if ours != theirs:
            at = next((at for at, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
            wrong.append(f"{how}: {ours[at - 5:at + 5]} where {side} has {theirs[at - 5:at + 5]}")
    findings += len(wrong)
    for what in wrong:
        print(f"{edit.name}: {what}")
if not findings:
    print(f"{len(edits)} edits: openxml-audit has nothing to remark on, pandoc accepts to the new and rejects to the old")
sys.exit(1 if findings or not edits else 0)
