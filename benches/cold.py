#!/usr/bin/env python3
"""How fast a cold process is: tjut on one case against the `typst` program on an equivalent document.

usage: benches/cold.py [--runs N] [--typst PROGRAM] [CASE]

Needs a release build (cargo build --release) and the typst program (cargo install typst-cli). The
equivalent document holds the same words in the same order, with a letterhead, headings, lists and
page numbers, set in the same fonts to the same two standards. Both run in turn, A B A B …, so that
a noisy machine disturbs both alike. Prints medians, the ratio pair by pair, and the time of
`tjut --version`. Times are of whole processes, wall clock; nothing is judged.
"""
import argparse
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASE = ROOT / "cases/socialnamnden/nattvandring.yaml"

PREAMBLE = """\
#set document(title: "Ett tjänsteutlåtande", author: "Socialförvaltningen", date: datetime(year: 2026, month: 3, day: 20))
#set text(font: "Tjut Serif", size: 12pt, lang: "sv", fallback: false, hyphenate: false)
#set page(paper: "a4", margin: (top: 80pt, bottom: 71pt, left: 6.2cm, right: 3.2cm),
  header: context if counter(page).get().first() > 1 [Sida #counter(page).get().first() (#counter(page).final().first())])
#set par(justify: false, linebreaks: "simple")
#show heading: set text(font: "Tjut Sans")
#grid(columns: (1fr, 1fr), gutter: 12pt,
  [*Socialförvaltningen* \\ Avdelningen], [*Tjänsteutlåtande* \\ Dnr SOF 2026/218 \\ 2026-03-20],
  [*Handläggare* \\ Namn \\ Telefon: 08-508 00 000], [*Till* \\ Socialnämnden])
"""


def equivalent(markdown: str) -> str:
    """The same words as Typst markup."""
    body = markdown.split("\n---\n", 1)[1]
    lines = []
    for line in body.splitlines():
        if line.startswith("<!--"):
            continue
        head = re.match(r"(#+) (.*)", line)
        text = re.sub(r"([\\#$*_@<>`~\[\]])", r"\\\1", head.group(2) if head else line.replace("\\", ""))
        item = re.match(r"( *)(\d+[.)]|[-*]) (.*)", text)
        if head:
            lines.append("=" * len(head.group(1)) + " " + text)
        elif item:
            mark = "-" if item.group(2) in "-*" else "+"
            lines.append(f"{item.group(1)}{mark} {item.group(3)}")
        else:
            lines.append(text)
    return PREAMBLE + "\n".join(lines) + "\n"


def timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("case", nargs="?", default=str(CASE))
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--typst", default=shutil.which("typst") or "typst")
    asked = parser.parse_args()
    tjut = str(ROOT / "target/release/tjut")
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder)
        build = [tjut, "build", asked.case, "--force", "--quiet", "--output", str(out / "output")]
        subprocess.run(build, check=True)
        markdown = next((out / "output").rglob("*.md")).read_text(encoding="utf-8")
        (out / "same.typ").write_text(equivalent(markdown), encoding="utf-8")
        peer = [
            asked.typst, "compile", "--ignore-system-fonts", "--font-path", str(ROOT / "templates/fonts"),
            "--pdf-standard", "ua-1,a-2a", "--creation-timestamp", "1700000000",
            str(out / "same.typ"), str(out / "same.pdf"),
        ]
        timed(peer)
        pairs = [(timed(build), timed(peer), timed([tjut, "--version"])) for _ in range(asked.runs)]
    ours, theirs, version = zip(*pairs)
    ratio = statistics.median(a / b for a, b in zip(ours, theirs))
    print(f"tjut build, one case   {statistics.median(ours):7.1f} ms  ({min(ours):.1f}–{max(ours):.1f})")
    print(f"typst compile          {statistics.median(theirs):7.1f} ms  ({min(theirs):.1f}–{max(theirs):.1f})")
    print(f"ratio tjut/typst       {ratio:7.2f}")
    print(f"tjut --version         {statistics.median(version):7.1f} ms  ({min(version):.1f}–{max(version):.1f})")


main()
