"""Text files: bytes to characters whatever the encoding, then one line for each line of the file."""

from __future__ import annotations

import codecs
import re
from hashlib import sha256

from binhdang.paper import Block, Finding, Line, Severity, Source
from binhdang.reading.intake.guards import unknown
from binhdang.reading.intake.markdown import Marks, is_markdown, markdown_blocks
from binhdang.reading.intake.pipe_rows import pipe_runs, pipe_table
from binhdang.reading.intake.shape import legacy_finding
from binhdang.vietnamese import legacy

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_NEWLINE = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]")


def read_text(data: bytes, name: str, *, markdown: bool = False) -> Source:
    """Read a text or markdown file (`markdown` when its name says so). Raises UnknownFormat for what is no text."""
    text, findings = decode(data, name)
    marked = markdown or is_markdown(text)
    pages = text.split("\f")
    blocks: list[Block] = []
    removed = []
    for number, page in enumerate(pages, 1):
        lines = _NEWLINE.split(page)
        if marked:
            found, links = markdown_blocks(lines, number)
            blocks += found
            removed += links
        else:
            blocks += _with_tables(lines, number)
    return Source(
        name=name,
        sha256=sha256(data).hexdigest(),
        media="markdown" if marked else "text",
        blocks=tuple(blocks),
        pages=max(1, len(pages) - (not pages[-1].strip())),
        findings=tuple(findings),
        removed=tuple(removed),
    )


def _with_tables(lines: list[str], page: int) -> list[Block]:
    """The lines of a page, its runs of pipe rows as tables."""
    blocks: list[Block] = []
    at = 0
    for start, end in pipe_runs(lines) if any("|" in line for line in lines) else ():
        blocks += text_lines(lines[at:start], page)
        blocks.append(pipe_table(lines[start:end], page))
        at = end
    return blocks + text_lines(lines[at:], page)


def text_lines(lines: list[str], page: int = 1) -> list[Line]:
    """One Line per line as it stands, paired emphasis marks off; empty lines become the next one's `gap`.

    A line of blanks with a tab in it is an empty cell of a table whose ruling was lost, and is kept.
    """
    found: list[Line] = []
    gap = False
    marks = Marks(loose=False)
    for raw in lines:
        if not raw.strip() and "\t" not in raw:
            gap = True
            marks.paragraph_ends()
            continue
        text, bold, italic = marks.take_off(raw) if "*" in raw or marks.open else (raw, False, False)
        if not text.strip() and raw.strip():
            gap = True
            continue
        found.append(Line(text, page=page, gap=gap, bold=bold, italic=italic))
        gap = False
    return found


def decode(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """Characters of a text file and what was doubtful about them. Raises UnknownFormat for what is no text."""
    text, encoding = _characters(data)
    if text is None or len(_CONTROL.findall(text, 0, 20000)) > 5 + len(text[:20000]) // 100:
        raise unknown(name)
    if "\x00" in text:
        text = text.replace("\x00", "")
    findings = legacy_finding({encoding}) if encoding in ("tcvn3", "vni", "viscii", "windows-1258") else []
    if "\ufffd" in text:
        findings.append(
            Finding("intake.bad-bytes", Severity.WARNING, f"Tệp “{name}” có ký tự bị hỏng, hiện là “\ufffd”.")
        )
    return text, findings


def _characters(data: bytes) -> tuple[str | None, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\x00" not in text:
            return text, "utf-8"
    head = data[:4096]
    zeros = head.count(0)
    if zeros:
        little, big = head[1::2].count(0), head[0::2].count(0)
        if max(little, big) * 5 > len(head) // 2 and min(little, big) * 20 <= max(little, big):
            encoding = "utf-16-le" if little > big else "utf-16-be"
            return data.decode(encoding, "replace"), encoding
        if zeros * 100 > len(head):
            return None, ""
    mended = data.decode("utf-8", "replace")
    bad = mended.count("\ufffd")
    if bad * 4 <= sum(c > "\x7f" for c in mended) - bad:
        return mended, "utf-8"  # a cut or slightly damaged file, not another encoding
    found = legacy.decode(data)
    if found is not None:
        return found
    return _guess(data)


def _guess(data: bytes) -> tuple[str | None, str]:
    from charset_normalizer import from_bytes

    found = from_bytes(data[:200_000])
    best = next((match for match in found if match.encoding == "cp1252"), found.best())  # Western, when it may be
    if best is None:
        return None, ""
    try:
        return data.decode(best.encoding, "replace"), best.encoding
    except LookupError:
        return None, ""
