#!/usr/bin/env python3
"""How long a batch takes to each format: python3 benches/formats.py [--n 1000] [--rounds 3] [--tjut PROGRAM]

Whole processes with an empty output folder each time, the formats in turn, and each time as a ratio to that of
PDF in the same round. Reading and review are in all of them.
"""

import argparse
import pathlib
import statistics
import subprocess
import tempfile
import time

import cases

FORMATS = ["pdf", "md", "html", "docx"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tjut", default="target/release/tjut")
    wanted = parser.parse_args()
    tjut = pathlib.Path(wanted.tjut).resolve()
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place, "cases")
        folder.mkdir()
        for number in range(wanted.n):
            (folder / f"{number}.yaml").write_text(cases.tjut(cases.case(number)))
        times = {form: [] for form in FORMATS}
        for at in range(wanted.rounds):
            for form in FORMATS:
                begun = time.perf_counter()
                run = [tjut, "build", folder, "--to", form, "--output", f"{place}/{form}-{at}", "--quiet"]
                subprocess.run(run, check=True, stderr=subprocess.DEVNULL)
                times[form].append(time.perf_counter() - begun)
    print("| format | ms a document | time / that of pdf |\n| --- | --- | --- |")
    for form in FORMATS:
        ratio = statistics.median(own / pdf for own, pdf in zip(times[form], times["pdf"]))
        print(f"| {form} | {statistics.median(times[form]) / wanted.n * 1000:.1f} | {ratio:.2f} |")


main()
