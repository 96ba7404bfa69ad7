#!/usr/bin/env python3
"""How soon an editor hears of a change, and how large the server grows: benches/editing.py [--tjut PROGRAM] [CASE…]

Types letters into a case through tjut lsp, each a message as an editor sends it, and waits every time for what is
published of that version; then types without waiting. Reads /proc, so it wants Linux.
"""

import argparse
import json
import os
import statistics
import subprocess
import time
from pathlib import Path


class Server:
    def __init__(self, program: str, root: Path):
        self.process = subprocess.Popen([program, "lsp"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.send({"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}})
        self.until(lambda message: message.get("id") == 1)
        self.send({"method": "initialized", "params": {}})

    def send(self, message: dict) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def until(self, wanted) -> dict:
        while True:
            length = 0
            while line := self.process.stdout.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            message = json.loads(self.process.stdout.read(length))
            if wanted(message):
                return message

    def published(self, version: int) -> None:
        self.until(lambda message: message.get("params", {}).get("version") == version)

    def resident(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1000

    def processor(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100


def measure(program: str, case: Path, edits: int) -> None:
    server = Server(program, case.parent)
    text = case.read_text()
    lines = text.splitlines()
    uri = case.resolve().as_uri()
    server.send({"method": "textDocument/didOpen", "params": {"textDocument": {
        "uri": uri, "languageId": "yaml", "version": 1, "text": text}}})
    server.published(1)
    # The first long line of a text; letters are typed at its end.
    line = next(at for at, said in enumerate(lines) if said.startswith("  ") and len(said) > 60)
    column, version = len(lines[line].encode("utf-16-le")) // 2, 1

    def type_letter(letter: str) -> None:
        nonlocal column, version
        version += 1
        at = {"line": line, "character": column}
        # Every sixtieth takes back the line, so that it does not grow for ever.
        if version % 60 == 0:
            start = {"line": line, "character": column - 50}
            change, column = {"range": {"start": start, "end": at}, "text": ""}, column - 50
        else:
            change, column = {"range": {"start": at, "end": at}, "text": letter}, column + 1
        server.send({"method": "textDocument/didChange", "params": {
            "textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}})

    times = []
    for edit in range(200):
        begun = time.monotonic()
        type_letter("a ordet"[edit % 7])
        server.published(version)
        times.append((time.monotonic() - begun) * 1000)
    times.sort()
    sizes = [server.resident()]
    for block in range(10):
        for edit in range(edits // 10):
            type_letter("a ordet"[edit % 7])
            if edit % 20 == 19:
                server.published(version)
        server.published(version) if edits // 10 % 20 else None
        sizes.append(server.resident())
    before = server.processor()
    time.sleep(5)
    idle = server.processor() - before
    server.process.kill()
    print(f"| {case.name} | {len(text) // 1000} kB | {statistics.median(times):.0f} | {times[int(len(times) * .95)]:.0f} "
          f"| {sizes[0]:.0f} → {sizes[5]:.0f} → {sizes[-1]:.0f} | {idle:.2f} | {os.getloadavg()[0]:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("cases", nargs="*", type=Path, default=[Path("cases/socialnamnden/nattvandring.yaml")])
    parser.add_argument("--tjut", default="target/release/tjut")
    parser.add_argument("--edits", type=int, default=10_000)
    arguments = parser.parse_args()
    print("| case | size | ms to what is published, median | 95 % | MB at first, after half of the edits, after all "
          "| seconds of processor in 5 idle ones | load |\n| --- | --- | --- | --- | --- | --- | --- |")
    for case in arguments.cases:
        measure(str(Path(arguments.tjut).resolve()), case, arguments.edits)


if __name__ == "__main__":
    main()
