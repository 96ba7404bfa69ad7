#!/usr/bin/env python3
"""Measures how long a comparison takes: a document of some 22 pages with twenty edits, and all worked cases.

    python3 benches/comparing.py [--tjut PROGRAM] [--runs 15]

Prints processor time, which other programs on the machine disturb least, beside that of commands that do a part of it
(`check` reads and reviews one of the two) and of `git diff --word-diff` of the same two documents, in the same rounds.
Needs git.
"""
import argparse
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "cases/kulturnamnden/biblioteksplan.yaml"


def long(pages):
    """The case with more sections, of its own paragraphs, each with words of its own."""
    words = random.Random(7)
    text = CASE.read_text()
    pool = [one for one in text.split("\n\n") if one.startswith("  ") and len(one) > 200 and not set(one) & set("|[#>:-")]

    def own(paragraph):
        return re.sub(r"\b[a-zåäö]{7,}\b", lambda word: word[0] + f"nummer{words.randrange(99)}" * (words.random() < 0.1), paragraph)

    # The case has seven pages, and about nine paragraphs fill a page.
    sections = (
        f"Del {number + 1}: |\n" + "\n\n".join(own(words.choice(pool)) for _ in range(9)) for number in range(pages - 7)
    )
    return text.replace("konsekvenser för barn: |", "\n\n".join([*sections, "konsekvenser för barn: |"]))


def edited(text):
    """Twenty words, sentences and paragraphs that are others, here and there."""
    words = random.Random(11)
    paragraphs = text.split("\n\n")
    free = [at for at, one in enumerate(paragraphs) if one.startswith("  ") and len(one) > 200 and not set(one) & set("|[#>")]
    for number, at in enumerate(words.sample(free, 20)):
        one = paragraphs[at].rstrip()
        paragraphs[at] = [
            one.replace(" och ", " samt ", 1),
            one + " En ny mening står här sist.",
            one + "\n\n  Ett nytt stycke om kvastar och hinkar står här.",
            "  " + one.split(". ", 1)[-1].strip(),
        ][number % 4]
    return "\n\n".join(paragraphs)


def processor(words, folder):
    """The processor time of a command, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tjut", default=str(ROOT / "target/release/tjut"))
    options.add_argument("--runs", type=int, default=15)
    given = options.parse_args()
    tjut = os.path.abspath(given.tjut)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name in ("bilder", "bilagor"):
            shutil.copytree(CASE.parent / name, folder / name)
        old = long(22)
        (folder / "a.yaml").write_text(old)
        (folder / "b.yaml").write_text(edited(old))
        build = [tjut, "build", "--tyst", "--till", "md,pdf", "a.yaml", "b.yaml"]
        done = subprocess.run(build, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        said = subprocess.run(["pdfinfo", "output/a.pdf"], cwd=folder, capture_output=True, text=True).stdout
        pages = next((line.split()[1] for line in said.splitlines() if line.startswith("Pages")), "?")
        commands = {
            "tjut --version": [tjut, "--version"],
            f"tjut diff, {pages} pages": [tjut, "diff", "a.yaml", "b.yaml"],
            f"tjut diff, {pages} pages, the same twice": [tjut, "diff", "a.yaml", "a.yaml"],
            f"tjut diff of the two Markdown files, {pages} pages": [tjut, "diff", "output/a.md", "output/b.md"],
            f"tjut check, {pages} pages": [tjut, "check", "a.yaml"],
            "git diff --word-diff of the two Markdown files": ["git", "diff", "--no-index", "--word-diff", "output/a.md", "output/b.md"],
        }
        times = {name: [] for name in commands}
        for _ in range(given.runs):
            for name, words in commands.items():
                times[name].append(processor(words, folder))
        cases = "tjut diff of all worked cases and themselves"
        times[cases] = [processor([tjut, "diff", "cases", "cases"], ROOT) for _ in range(given.runs)]
        print("| command | processor ms, median | least |\n| --- | --- | --- |")
        for name, found in times.items():
            print(f"| {name} | {statistics.median(found):.1f} | {min(found):.1f} |")


main()
