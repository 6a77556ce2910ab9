"""Findings shown like a compiler's messages: file, page, what, and the words underlined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from binhdang.cli import formats
from binhdang.cli.tables import STYLES
from binhdang.cli.terminal import one_line, plain
from binhdang.cli.wording import Words
from binhdang.paper import Finding, Severity, Span
from binhdang.plan import Plan

_NARROWEST = 20  # columns of a line shown even on an absurdly narrow terminal


def show_findings(console: Console, name: str, plan: Plan, findings: Iterable[Finding], words: Words) -> None:
    """Each finding with its place and excerpt, then one line that counts them."""
    findings, name = tuple(findings), one_line(name)
    for finding in findings:
        console.print(headline(name, finding, plan, words), soft_wrap=True)
        for line in _excerpt(finding, plan, words, console.width):
            console.print(line, soft_wrap=True, no_wrap=True)
        if finding.mend:
            console.print(plain(f"  = {words('mend')}: {finding.mend}", "green"), soft_wrap=True)
    console.print(plain(f"{name}: {tally(findings, words)}", "bold"), soft_wrap=True)


def headline(name: str, finding: Finding, plan: Plan, words: Words) -> Text:
    """ "ke-hoach.docx: trang 2: lỗi numbering.gap: …" """
    place = formats.finding_place(finding, plan, words)
    return Text.assemble(
        plain(f"{name}: {place}: " if place else f"{name}: ", "bold"),
        plain(f"{words(finding.severity.value)} {finding.code}", STYLES[finding.severity]),
        plain(f": {' '.join(finding.message.split())}"),
    )


def tally(findings: Iterable[Finding], words: Words) -> str:
    """ "3 lỗi, 2 cảnh báo, 5 ghi chú." """
    counts = Counter(f.severity for f in findings)
    if not counts:
        return words("clean")
    return words("tally", errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], infos=counts[Severity.INFO])


def _excerpt(finding: Finding, plan: Plan, words: Words, width: int) -> Iterable[Text]:
    span = formats.within(finding.span, plan.text)
    if span is None:
        return
    number = plan.text.count("\n", 0, span.start) + 1
    gutter = f"{number:>5} │ "
    line, marks, further = underlined(plan.text, span, max(_NARROWEST, width - len(gutter)))
    yield Text.assemble(plain(gutter, "dim"), plain(line))
    tail = f" {words('further-lines', n=further)}" if further else ""
    yield Text.assemble(plain(f"{'':>5} │ ", "dim"), plain(marks, STYLES[finding.severity]), plain(tail, "dim"))


def underlined(text: str, span: Span, width: int) -> tuple[str, str, int]:
    """The first line that the span touches, cut to `width` columns around it; the carets under its words; and how
    many further lines the span covers.

    Columns, not characters, are counted: a wide letter takes two, a combining mark none.
    """
    start = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.start)
    stop = len(text) if stop < 0 else stop
    further = text.count("\n", span.start, span.end)
    line = formats.printable(text[start:stop])
    first, last = span.start - start, min(span.end, stop) - start
    left, right = _window(line, first, last, width)
    head = "…" if left else ""
    shown = f"{head}{line[left:right]}{'…' if right < len(line) else ''}"
    indent = cell_len(head + line[left:first])
    carets = max(1, cell_len(line[first : min(last, right)]))
    return shown, " " * indent + "^" * carets, further


def _window(line: str, first: int, last: int, width: int) -> tuple[int, int]:
    """The stretch of the line that is shown: all of it when it fits, otherwise the marked words with what leads up."""
    if cell_len(line) <= width:
        return 0, len(line)
    room = width - 2  # for the dots at both ends
    left = first
    while left > 0 and cell_len(line[left - 1 : last]) <= room and cell_len(line[left - 1 : first]) <= room // 2:
        left -= 1
    right = left
    used = 0
    while right < len(line) and (used := used + cell_len(line[right])) <= room:
        right += 1
    return left, right
