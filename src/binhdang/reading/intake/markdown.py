"""Markdown as portals and their dumps write it: marks taken off, pipe tables read, broken emphasis survived."""

from __future__ import annotations

import html
import re

from binhdang.paper import Block, Cell, Line, Removed, Table
from binhdang.reading.intake.shape import is_letterhead

_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(?=\S)")
_HEADING_END = re.compile(r"[ \t]#{1,6}[ \t]*\Z")
_BULLET = re.compile(r"[ \t>]*(?:\*[ \t]+(?![*\s]))")
_RULE = re.compile(r"[ \t]*(?:(?:[-*_][ \t]*){3,}|\*[ \t]*\*[ \t]*)\Z")
_SEPARATOR_MARKS = frozenset(" \t:|-")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\(\s{0,3}<?([^\s()<>]{1,1000})>?(?:\s{1,3}\"[^\"\n]{0,200}\")?\s{0,3}\)")
_BREAK = re.compile(r"<br\s{0,3}/?>", re.I)
_TAG = re.compile(r"</?(?:b|strong|i|em|u|sup|sub|p|div|span|center|font)(?:\s[^<>]{0,300})?>", re.I)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_UNDERLINED = re.compile(r"(?<!\w)(_{1,2})(?=[^\s_])([^_\n]{1,400}?)(?<=[^\s_])\1(?!\w)")
_PAIRED = re.compile(r"(?<![\w*])\*(?=[^\s*])[^*\n]{1,400}\*(?!\*)")
_CLEAR = re.compile(
    r"^#{1,6} \S|^[ \t]{0,8}\|?[ \t]{0,8}:?-{3,200}:?[ \t]{0,8}\||\]\(https?://|^[ \t]{0,8}\|[ \t]{0,8}$", re.M
)
_LETTER = re.compile(r"[^\W_]")


def _is_separator(line: str) -> bool:
    """Whether a table's line only parts its head from its rows: "|---|:-:|"."""
    return "-" in line and _SEPARATOR_MARKS.issuperset(line)


def is_markdown(text: str) -> bool:
    """Whether a text without a telling name is clearly markdown: headings, pipe tables, links, at least two of them."""
    if "|" not in text and "#" not in text and "](" not in text:
        return False
    return len(_CLEAR.findall(text)) >= 2


class Marks:
    """Takes `**`, `*` and `_` off lines, one after the other; emphasis may run on over hard-wrapped lines of a paragraph.

    Portals break emphasis anywhere, so a mark may close after a blank, and what is left open ends with the
    paragraph. `loose` takes an opening mark off even when it is never closed in its line (markdown); otherwise a
    single `*` has to be paired in its line.
    """

    def __init__(self, *, loose: bool) -> None:
        self.open = False
        self._bold = False
        self._italic = False
        self._loose = loose

    def paragraph_ends(self) -> None:
        """Forget marks left open."""
        self.open = self._bold = self._italic = False

    def take_off(self, line: str) -> tuple[str, bool, bool]:
        """The line without marks, and whether all its letters are bold, italic."""
        kept: list[str] = []
        letters = bold = italic = 0
        start = 0
        bullet = _BULLET.match(line)
        if bullet:
            start = bullet.end()
            kept.append(line[:start])
        single = self._loose or self._italic or _PAIRED.search(line, start) is not None
        alone = not self._loose and line.count("**") == 1
        for i, part in enumerate(re.split(r"(\*{1,3})", line[start:])):
            if i % 2 == 0:
                n = len(_LETTER.findall(part)) if part else 0
                letters, bold, italic = letters + n, bold + n * self._bold, italic + n * self._italic
                kept.append(part)
            elif not self._switch(part, line, start, single=single, alone=alone):
                kept.append(part)
            start += len(part)
        self.open = self._bold or self._italic
        return "".join(kept), bold == letters > 0, italic == letters > 0

    def _switch(self, mark: str, line: str, at: int, *, single: bool, alone: bool) -> bool:
        """Whether `mark`, at `line[at:]`, opens or closes emphasis; keeps the state.

        `single` allows a lone `*` to open, `alone` says that the line has one `**` only.
        """
        before, after = line[at - 1 : at], line[at + len(mark) : at + len(mark) + 1]
        if len(mark) >= 2:
            if alone and not self._bold and (not after.strip() or line[:at].strip()):
                return False  # a footnote's stars, or a list's
            self._bold = not self._bold
        if len(mark) in (1, 3):
            if len(mark) == 1 and not self._italic:
                opens = single and after.strip() != "" and not before.isalnum()
                if not opens:
                    return False
            self._italic = not self._italic
        return True


def markdown_blocks(lines: list[str], page: int = 1) -> tuple[list[Block], list[Removed]]:
    """Blocks of one page of markdown, and the addresses taken out of its links."""
    blocks: list[Block] = []
    removed: list[Removed] = []
    marks = Marks(loose=True)
    gap = False
    at = 0
    while at < len(lines):
        if lines[at].lstrip().startswith("|"):
            end = at
            while end < len(lines) and lines[end].lstrip().startswith("|"):
                end += 1
            found = _pipes(lines[at:end], page, removed, at_top=len(blocks) < 3, gap=gap)
            blocks += found
            gap = gap and not found
            at = end
            marks.paragraph_ends()
            continue
        raw = lines[at]
        at += 1
        if not raw.strip() and "\t" not in raw:
            gap = True
            marks.paragraph_ends()
            continue
        for part in _BREAK.split(raw) if "<" in raw else (raw,):
            line = _line(part, page, gap, marks, removed)
            gap = gap or line is None
            if line is not None:
                blocks.append(line)
                gap = False
    return blocks, removed


def _line(raw: str, page: int, gap: bool, marks: Marks, removed: list[Removed]) -> Line | None:
    if not raw.strip():
        return Line(raw, page=page, gap=gap) if "\t" in raw else None
    if _RULE.match(raw):
        marks.paragraph_ends()
        return None
    heading = _HEADING.match(raw)
    if heading:
        raw = _HEADING_END.sub("", raw[heading.end() :])
        marks.paragraph_ends()
    text, bold, italic = _inline(raw, marks, removed)
    if heading:
        marks.paragraph_ends()
    return Line(text, page=page, gap=gap, bold=bold or heading is not None, italic=italic) if text.strip() else None


def _inline(raw: str, marks: Marks, removed: list[Removed]) -> tuple[str, bool, bool]:
    """A stretch of text without its marks, and whether it is all bold, all italic."""

    def unlink(m: re.Match[str]) -> str:
        removed.append(Removed(m[2], "link"))
        return m[1]

    text = _LINK.sub(unlink, raw) if "](" in raw else raw
    escaped = "\\" in text
    if escaped:  # escaped marks are set aside as private characters, so that they are not taken for marks
        text = _ESCAPE.sub(lambda m: chr(0xE000 + ord(m[1])), text)
    slanted = False
    if "_" in text:
        whole = _UNDERLINED.fullmatch(text.strip())
        slanted = whole is not None
        text = _UNDERLINED.sub(r"\2", text)
    text, bold, italic = marks.take_off(text) if "*" in text or marks.open else (text, False, False)
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    if escaped:
        text = "".join(chr(ord(c) - 0xE000) if 0xE021 <= ord(c) <= 0xE07E else c for c in text)
    return text, bold, italic or slanted


def _pipes(lines: list[str], page: int, removed: list[Removed], *, at_top: bool, gap: bool) -> list[Block]:
    """A run of lines that start with a pipe: a table when its rows agree, else the words of its cells as lines."""
    rows = [line.strip().strip("|").split("|") for line in lines if not _is_separator(line)]
    ruled = len(rows) < len(lines)
    width = max((len(row) for row in rows), default=0)
    complete = all(line.rstrip().endswith("|") and len(line.strip()) > 1 for line in lines)
    agreed = sum(len(row) == width for row in rows) * 2 > len(rows)
    if width < 2 or not (ruled or (complete and agreed and len(rows) > 1)):
        return _loose_cells(rows, page, removed, gap)
    cells = []
    for r, row in enumerate(rows):
        for c, raw in enumerate(row):
            parts = [_inline(part.strip(), Marks(loose=True), removed)[0].strip() for part in _BREAK.split(raw)]
            cells.append(Cell("\n".join(filter(None, parts)), r, c, page=page))
    layout = is_letterhead(cells, rows=len(rows), columns=width, at_top=at_top)
    return [Table(tuple(cells), page, layout)]


def _loose_cells(rows: list[list[str]], page: int, removed: list[Removed], gap: bool) -> list[Block]:
    found: list[Block] = []
    marks = Marks(loose=True)
    for row in rows:
        for raw in row:
            for part in _BREAK.split(raw):
                line = _line(part.strip(), page, gap, marks, removed)
                if line is not None:
                    found.append(line)
                    gap = False
    return found
