"""Python's `typst` binding: one warm compiler in each process.

usage: typst_binding.py PROCESSES FONTS FAMILY FOLDER OUTPUT      every FOLDER/*.json
       typst_binding.py edit FONTS FAMILY DOCUMENT.json           one word changed, again and again; prints milliseconds
"""

import json
import multiprocessing
import pathlib
import sys
import tempfile
import time

STANDARDS = ["ua-1", "a-2a"]
LAYOUT = pathlib.Path(__file__).with_name("layout.typ")


def compiler(fonts):
    import typst

    return typst.Compiler(str(LAYOUT), root="/", font_paths=[fonts], ignore_system_fonts=True)


def build(fonts, family, documents, output):
    warm = compiler(fonts)
    for document in documents:
        warm.compile(
            output=str(output / (document.stem + ".pdf")), sys_inputs={"family": family, "document": str(document)},
            pdf_standards=STANDARDS, timestamp=1700000000,
        )


def edit(fonts, family, document):
    content = json.loads(document.read_text(encoding="utf-8"))
    paragraphs = [at for at, (kind, text) in enumerate(content["blocks"]) if kind == "paragraph" and len(text) > 100]
    warm = compiler(fonts)
    with tempfile.TemporaryDirectory() as folder:
        changed = pathlib.Path(folder, "document.json")
        for change in range(61):
            at = paragraphs[change * 7 % len(paragraphs)]
            words = content["blocks"][at][1].split(" ")
            words[change * 3 % len(words)] = ["verksamheten", "frågan", "uppföljningen", "arbetet"][change % 4]
            content["blocks"][at] = ("paragraph", " ".join(words))
            changed.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            begun = time.perf_counter()
            warm.compile(sys_inputs={"family": family, "document": str(changed)}, pdf_standards=STANDARDS, timestamp=1700000000)
            if change:
                print((time.perf_counter() - begun) * 1000)


if __name__ == "__main__":
    first, fonts, family, source, *output = sys.argv[1:]
    if first == "edit":
        edit(fonts, family, pathlib.Path(source))
    else:
        documents = sorted(pathlib.Path(source).glob("*.json"))
        shares = [documents[at :: int(first)] for at in range(int(first))]
        workers = [
            multiprocessing.Process(target=build, args=(fonts, family, share, pathlib.Path(output[0])))
            for share in shares[1:]
        ]
        for worker in workers:
            worker.start()
        build(fonts, family, shares[0], pathlib.Path(output[0]))
        for worker in workers:
            worker.join()
        sys.exit(any(worker.exitcode for worker in workers))
