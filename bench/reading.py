"""What reading costs and how well it does: script/bench reading [--only NAME,…] [--plans N] [--pages N].

text     text plans of 20 KB, intake to Plan; against one `re.findall(r"\\w+")` over the same text
docx     the province's sample with its budget table; against python-docx walking the same paragraphs and cells
pdf      a digital page, against pypdfium2's bare text; a page with a ruled table, against pdfplumber's extract_tables
scan     pages of the worn test paper: pages a second, Tesseract's share of the time, wrong characters, right cells
corpus   N generated plans through `read FOLDER` on one worker and on two, and what a worker holds in memory
import   a process that imports binhdang, against one that does nothing
hostile  a text of repeats of 5 MB against one of 2.5 MB, for each kind of repeat
scores   the annotated plans, as script/bench scores

Times are processor time on one core, the best of several; pages and plans a second are of the clock.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

import corpus
import formats
import hostile
import pages
import scores

PARTS: dict[str, Callable[[argparse.Namespace], list[bool]]] = {
    "text": lambda _: formats.text(),
    "docx": lambda _: formats.word(),
    "pdf": lambda _: formats.pdf(),
    "scan": lambda asked: pages.scan(asked.pages),
    "corpus": lambda asked: corpus.run(asked.plans),
    "import": lambda _: corpus.imports(),
    "hostile": lambda _: hostile.run(),
    "scores": lambda _: scores.run(),
}


def main() -> int:
    """Measures the parts asked for; status 1 when a figure misses its goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure, with commas between")
    parser.add_argument("--plans", type=int, default=2000, help="generated plans in the folder (10000 for the record)")
    parser.add_argument("--pages", type=int, default=2, help="how often each kind of worn page is made")
    asked = parser.parse_args()
    unknown = set(asked.only.split(",")) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    results = [ok for name in asked.only.split(",") for ok in PARTS[name](asked)]
    return int(not all(results))


if __name__ == "__main__":
    sys.exit(main())
