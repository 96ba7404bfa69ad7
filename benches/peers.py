#!/usr/bin/env python3
"""How fast tjut is beside the programs that do like it, on the same texts in the same run.

usage: benches/peers.py [--n 1000] [--rounds 3] [--typst PROGRAM] [--keep FOLDER]

What has to be installed stands in benches/README.md; a peer that is not there is named as left out.
Builds tjut for release, generates as many different cases as asked, and prints tables in Markdown:
whole cold processes on one case, batches, one word changed, memory, and what veraPDF says.
What runs together is compared round by round, in turned order, so that a noisy machine disturbs all
alike. Processor time and memory are of a process with all that it starts (Linux).
"""

import argparse
import os
import pathlib
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "peers"))
import cases
import forms

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = ROOT / "benches/peers"
TJUT = ROOT / "target/release/tjut"
PROCESSES = os.cpu_count()
EXPORT = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'


# --- Measuring ----------------------------------------------------------------------------------


def tree(root):
    """The processes that a process started, and itself."""
    children = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for process in found:
        found.extend(children.get(process, []))
    return found


def resident(root):
    """Megabytes in memory, what processes share counted once."""
    total = 0
    for process in tree(root):
        try:
            lines = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


class Run:
    """A command that was run: its time, its processor time and its memory."""

    def __init__(self, command, watch=False):
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True,
        )
        self.peak, ended = 0.0, threading.Event()

        def sample():
            while not ended.wait(0.1):
                self.peak = max(self.peak, resident(process.pid))

        said = []
        threads = [threading.Thread(target=lambda: said.append(process.stderr.read()))]
        if watch:
            threads.append(threading.Thread(target=sample))
        for thread in threads:
            thread.start()
        _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.perf_counter() - begun
        self.processor = usage.ru_utime + usage.ru_stime
        # Of the largest process, the kernel's own figure.
        self.largest = usage.ru_maxrss / 1024
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        for thread in threads:
            thread.join()
        if process.returncode != 0:
            sys.exit(f"{command[0]} failed ({process.returncode}):\n{''.join(said)[-2000:]}")


def median(values):
    return statistics.median(values)


# --- The programs ---------------------------------------------------------------------------------


class Tool:
    """A program: how it makes one document as a process of its own, and how it makes many."""

    name = ""
    # How many documents it is given, as a part of all, and in how many of the cold rounds it runs.
    share, cold_share = 1.0, 1.0

    def missing(self):
        """What it lacks, in words; nothing when it can run."""

    def version(self):
        return ""

    def __init__(self, texts, work):
        self.texts, self.work = texts, work

    def output(self, name="output"):
        folder = self.work / "pdf" / self.name / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def made(self):
        """The PDFs of the last batch."""
        return sorted((self.work / "pdf" / self.name / "output").rglob("*.pdf"))

    def some(self, count):
        """A folder with so many of the texts."""
        folder = self.work / f"{self.texts.name}-{count}"
        if not folder.exists():
            folder.mkdir()
            for text in sorted(self.texts.iterdir())[:count]:
                os.link(text, folder / text.name)
        return folder


class Tjut(Tool):
    name = "tjut"

    def version(self):
        return said(TJUT, "--version")

    def one(self, text, output):
        return [TJUT, "build", text, "--force", "--quiet", "--output", output]

    def many(self, count, output):
        return [TJUT, "build", self.some(count), "--quiet", "-j", PROCESSES, "--output", output]


class Typst(Tool):
    name = "typst"
    share = 0.3
    program = "typst"
    fonts, family = ROOT / "templates/fonts", "Tjut"

    def missing(self):
        if not shutil.which(self.program):
            return "the typst program (cargo install typst-cli)"

    def version(self):
        return said(self.program, "--version")

    def one(self, text, output):
        return [
            self.program, "compile", "--root", "/", "--ignore-system-fonts", "--font-path", self.fonts, "--pdf-standard", "ua-1,a-2a",
            "--creation-timestamp", "1700000000", "--input", f"family={self.family}",
            "--input", f"document={text}", HERE / "layout.typ", output / f"{text.stem}.pdf",
        ]

    def many(self, count, output):
        folder = self.some(count)
        one = shell(self.one(folder / "{}.json", output))
        return ["sh", "-c", f"ls {folder} | sed 's/[.]json$//' | xargs -P {PROCESSES} -I{{}} {one}"]


class Binding(Tool):
    name = "Python's typst"

    def missing(self):
        if not imports("typst"):
            return "Python's binding of Typst (pip install typst)"

    def version(self):
        return said(sys.executable, "-c", "import importlib.metadata as m; print('typst (PyPI)', m.version('typst'))")

    def one(self, text, output):
        return [sys.executable, HERE / "typst_binding.py", 1, Typst.fonts, Typst.family, alone(text), output]

    def many(self, count, output):
        return [sys.executable, HERE / "typst_binding.py", PROCESSES, Typst.fonts, Typst.family, self.some(count), output]


class Pandoc(Tool):
    name = "pandoc + WeasyPrint"
    share, cold_share = 0.04, 0.2

    def missing(self):
        if not shutil.which("pandoc"):
            return "pandoc (apt-get install pandoc)"
        if not imports("weasyprint"):
            return "WeasyPrint (pip install weasyprint)"

    def version(self):
        return said("pandoc", "--version").splitlines()[0] + ", " + said("weasyprint", "--version")

    def one(self, text, output):
        return [
            "pandoc", "--from", "markdown-smart", "--wrap", "none", "--template", HERE / "page.html", "--pdf-engine", "weasyprint",
            "--pdf-engine-opt=--pdf-variant=pdf/ua-1", "--pdf-engine-opt=--pdf-tags", text, "--output", output / f"{text.stem}.pdf",
        ]

    def many(self, count, output):
        return [sys.executable, HERE / "pandoc_weasyprint.py", PROCESSES, self.some(count), output]


class LibreOffice(Tool):
    name = "LibreOffice"
    share, cold_share = 0.06, 0.2

    def missing(self):
        if not shutil.which("soffice"):
            return "LibreOffice (apt-get install libreoffice-writer-nogui)"

    def version(self):
        return said("soffice", "--version")

    def office(self, number, texts, output):
        home = self.work / f"office-{number}"
        return ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", EXPORT, "--outdir", output, *texts]

    def one(self, text, output):
        return self.office(0, [text], output)

    def many(self, count, output):
        texts = sorted(self.some(count).iterdir())
        each = [shell(self.office(at, texts[at::PROCESSES], output)) + " & " for at in range(PROCESSES)]
        return ["sh", "-c", "".join(each) + "wait"]


def shell(command):
    return shlex.join(map(str, command))


def imports(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


def said(*command):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True).stdout.strip()


def alone(text):
    """A folder with this text alone."""
    folder = text.parent.parent / f"{text.parent.name}-alone"
    folder.mkdir(exist_ok=True)
    if not (folder / text.name).exists():
        os.link(text, folder / text.name)
    return folder


# --- The benchmark ----------------------------------------------------------------------------


def generate(count, work):
    """The same texts in the form that each program reads."""
    for number in range(count):
        case = cases.case(number)
        document = cases.document(case)
        write(work / "cases" / f"{number:05}.yaml", cases.tjut(case))
        write(work / "json" / f"{number:05}.json", forms.typst(document))
        write(work / "markdown" / f"{number:05}.md", forms.pandoc(document))
        write(work / "office" / f"{number:05}.fodt", forms.flat_odt(document))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def cold(tools, runs):
    """One case, a process of its own: the runs of each program, in turn."""
    taken = {tool: [] for tool in tools}
    for tool in tools:  # Disk cache, profiles.
        Run(tool.one(first(tool), tool.output("one")))
    for turn in range(runs):
        for tool in turned(tools, turn):
            if turn % round(1 / tool.cold_share) == 0:
                taken[tool].append((turn, Run(tool.one(first(tool), tool.output("one")))))
    return {tool: dict(rounds) for tool, rounds in taken.items()}


def first(tool):
    return sorted(tool.texts.iterdir())[4]


def batches(tools, count, rounds):
    """Many cases: the runs of each program, in turn."""
    taken = {tool: [] for tool in tools}
    for turn in range(rounds):
        for tool in turned(tools, turn):
            number = max(PROCESSES, round(count * tool.share))
            output = tool.output()
            run = Run(tool.many(number, output), watch=True)
            made = len(tool.made())
            if made != number:
                sys.exit(f"{tool.name} made {made} of {number} documents")
            run.documents = number
            taken[tool].append(run)
            print(f"  {tool.name}: {number} documents in {run.wall:.1f} s", file=sys.stderr)
    return taken


def turned(tools, turn):
    return tools[turn % len(tools):] + tools[: turn % len(tools)]


def edited(tools, texts):
    """One word changed, in the same process: medians in milliseconds."""
    names = [str(text) for text in sorted(texts.iterdir())[4:7]]
    rows = said(ROOT / "target/release/examples/edited", *names).splitlines()
    for tool in tools:
        if isinstance(tool, Binding):
            command = [sys.executable, HERE / "typst_binding.py", "edit", Typst.fonts, Typst.family, first(tool)]
            times = sorted(map(float, said(*command).split()))
            rows.append(f"{tool.name:22} {median(times):7.2f} ms  ({times[0]:.2f}–{times[-1]:.2f}, one word changed, no review)")
    return rows


def conformance(tools, sample):
    """How many of a sample conform, to each standard."""
    found = {}
    for tool in tools:
        pdfs = tool.made()
        pdfs = pdfs[:: max(1, len(pdfs) // sample)][:sample]
        verdicts = said(ROOT / "tests/verapdf/validate", "ua1,2a", *pdfs).splitlines()
        passed = lambda standard: sum(line.startswith(f"PASS {standard} ") for line in verdicts)
        found[tool] = tuple(f"{passed(standard)} of {len(pdfs)}" if verdicts else "–" for standard in ("ua1", "2a"))
    return found


def table(heads, rows):
    print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def report_cold(tools, taken):
    ours = taken[tools[0]]
    rows = []
    for tool in tools:
        runs = taken[tool]
        walls = [run.wall * 1000 for run in runs.values()]
        ratio = median(ours[turn].wall / run.wall for turn, run in runs.items())
        rows.append([
            tool.name, f"{median(walls):.1f} ({min(walls):.1f}–{max(walls):.1f})", f"{median(run.processor * 1000 for run in runs.values()):.1f}",
            f"{max(run.largest for run in runs.values()):.0f}", f"{ratio:.2f}", str(len(runs)),
        ])
    table(["one case, cold", "ms (least–most)", "processor ms", "largest process, MB", "tjut's time / its", "runs"], rows)


def report_batches(tools, taken, conform):
    ours = taken[tools[0]]
    rows = []
    for tool in tools:
        runs = taken[tool]
        rate = median(run.documents / run.wall for run in runs)
        ratio = median((our.documents / our.wall) / (run.documents / run.wall) for our, run in zip(ours, runs))
        rows.append([
            tool.name, str(runs[0].documents), f"{median(run.wall / run.documents for run in runs) * 1000:.1f}", f"{rate:.1f}",
            f"{median(run.processor / run.documents for run in runs) * 1000:.1f}", f"{max(run.peak for run in runs):.0f}",
            *conform[tool], f"{ratio:.2f}",
        ])
    table(
        ["batch", "documents", "ms a document", "documents/s", "processor ms a document", "peak memory, MB", "PDF/UA-1", "PDF/A-2a", "tjut's rate / its"],
        rows,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=1000, help="how many cases")
    parser.add_argument("--rounds", type=int, default=3, help="how many times each batch is run")
    parser.add_argument("--runs", type=int, default=21, help="how many times one case is run cold")
    parser.add_argument("--memory", type=int, default=5000, help="how many cases the memory is measured over")
    parser.add_argument("--sample", type=int, default=5, help="how many PDFs of each are validated")
    parser.add_argument("--typst", default="typst", help="the typst program")
    parser.add_argument("--liberation", type=pathlib.Path, help="give Typst the fonts Liberation in this folder, not tjut's")
    parser.add_argument("--keep", type=pathlib.Path, help="leave texts and PDFs in this folder")
    asked = parser.parse_args()
    Typst.program = asked.typst
    if asked.liberation:
        Typst.fonts, Typst.family = asked.liberation, "Liberation"
    build = ["cargo", "build", "--release", "--locked", "--quiet", "--bin", "tjut", "--example", "edited"]
    subprocess.run(build, cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        work = asked.keep.resolve() if asked.keep else pathlib.Path(folder)
        generate(asked.n, work)
        tools = [
            Tjut(work / "cases", work), Typst(work / "json", work), Binding(work / "json", work),
            Pandoc(work / "markdown", work), LibreOffice(work / "office", work),
        ]
        lacking = [(tool, tool.missing()) for tool in tools]
        tools = [tool for tool, lacks in lacking if not lacks]
        print(f"{time.strftime('%Y-%m-%d %H:%M')}, {PROCESSES} processors, {platform.machine()}, load {os.getloadavg()[0]:.1f} before; ", end="")
        print("; ".join(tool.version() for tool in tools) + ".\n")
        for tool, lacks in lacking:
            if lacks:
                print(f"Left out: {tool.name}, for want of {lacks}.\n")
        report_cold(tools, cold(tools, asked.runs))
        starts = median(Run([TJUT, "--version"]).wall * 1000 for _ in range(asked.runs))
        print(f"`tjut --version` takes {starts:.1f} ms.\n")
        taken = batches(tools, asked.n, asked.rounds)
        report_batches(tools, taken, conformance(tools, asked.sample))
        print("One word changed, in the same process:\n")
        for row in edited(tools, work / "cases"):
            print("    " + row)
        if asked.memory:
            for number in range(asked.memory):
                write(work / "many" / f"{number:05}.yaml", cases.tjut(cases.case(number)))
            run = Run([TJUT, "build", work / "many", "--quiet", "-j", 2, "--output", tools[0].output("many")])
            print(f"\nMemory: {asked.memory} different cases on two threads, at most {run.largest:.0f} MB resident ({run.wall:.0f} s).")
    print(f"\nLoad {os.getloadavg()[0]:.1f} after.")


main()
