"""pandoc and WeasyPrint: pandoc for each document, WeasyPrint loaded once in each process.

usage: pandoc_weasyprint.py PROCESSES FOLDER OUTPUT      every FOLDER/*.md
"""

import multiprocessing
import pathlib
import subprocess
import sys

TEMPLATE = pathlib.Path(__file__).with_name("page.html")


def build(documents, output):
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    for document in documents:
        pandoc = ["pandoc", "--from", "markdown-smart", "--wrap", "none", "--to", "html", "--template", str(TEMPLATE), str(document)]
        html = subprocess.run(pandoc, check=True, capture_output=True, text=True).stdout
        weasyprint.HTML(string=html).write_pdf(
            output / (document.stem + ".pdf"), font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
        )


if __name__ == "__main__":
    processes, folder, output = int(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    documents = sorted(folder.glob("*.md"))
    workers = [
        multiprocessing.Process(target=build, args=(documents[at::processes], output)) for at in range(processes)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.exit(any(worker.exitcode for worker in workers))
