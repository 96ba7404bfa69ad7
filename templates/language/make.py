#!/usr/bin/env python3
"""Makes sv_SE.dic.lz4 of Debian's hunspell-sv: sorts the stems by what no ending takes away from them.

    python3 make.py /usr/share/hunspell/sv_SE.aff /usr/share/hunspell/sv_SE.dic

A dictionary of one's own, as a plain sv_SE.dic in the folder that --mallar names, need not be sorted."""

import subprocess
import sys


def small(letter):
    return letter.lower() if len(letter.lower()) == 1 else letter


affixes, stems = (open(path, encoding="utf-8").read() for path in sys.argv[1:])
taken = {}
for line in affixes.splitlines():
    parts = line.split()
    if len(parts) >= 5 and parts[0] == "SFX":
        length = 0 if parts[2] == "0" else len(parts[2])
        taken[parts[1][0]] = max(length, taken.get(parts[1][0], 0))


def key(line):
    stem, _, flags = line.partition("/")
    most = max((taken.get(flag, 0) for flag in flags), default=0)
    return "".join(map(small, stem[: max(1, len(stem) - most)] if most else stem))


lines = sorted(stems.splitlines()[1:], key=key)
text = "".join(line + "\n" for line in lines)
packed = subprocess.run(["lz4", "-12", "--no-frame-crc", "-c"], input=text.encode(), stdout=subprocess.PIPE, check=True)
open("sv_SE.dic.lz4", "wb").write(packed.stdout)
