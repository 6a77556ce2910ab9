"""What Word, HTML and markdown share: line breaks inside a paragraph, and tables used only for placing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from binhdang.paper import Block, Cell, Finding, Severity, Source, Table
from binhdang.vietnamese import legacy

_LETTERHEAD = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|Độc\s+lập\s*[-–—]|ĐẢNG\s+CỘNG\s+SẢN|Nơi\s+nhận|(?:^|\n)\s*(?:TM|KT|TL|TUQ|Q)\.\s",
    re.I,
)
_STOPS = ".;:!?"
_ITEM = re.compile(r"\w{1,4}[).]")


def join_pieces(pieces: Sequence[str]) -> list[list[int]]:
    """Group the pieces between line breaks: a piece that starts small after one without a stop goes on with it.

    Headings are broken by hand ("KẾ HOẠCH⏎Công tác năm …"), and so are sentences; only the latter are joined again.
    Returns lists of indexes into `pieces`.
    """
    groups: list[list[int]] = []
    for i, piece in enumerate(pieces):
        text = piece.strip()
        before = pieces[i - 1].rstrip() if i else ""
        goes_on = (
            bool(groups and before and text)
            and text[0].islower()
            and before[-1] not in _STOPS
            and not _ITEM.match(text)
        )
        if goes_on:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def is_letterhead(cells: Iterable[Cell], *, rows: int, columns: int, at_top: bool) -> bool:
    """Whether a borderless table is a letterhead or a signature block: small, and at the top or with such words."""
    if rows > 4 or not 2 <= columns <= 4:
        return False
    if at_top and rows <= 3:
        return True
    return any(_LETTERHEAD.search(cell.text) for cell in cells)


def legacy_finding(encodings: set[str]) -> list[Finding]:
    """One finding that says which legacy encodings were made Unicode; none for an empty set."""
    if not encodings:
        return []
    names = ", ".join(sorted(legacy.label(e) for e in encodings))
    message = f"Văn bản dùng phông chữ cũ ({names}); đã chuyển sang Unicode, cần đối chiếu chữ hoa và dấu."
    return [Finding("intake.legacy-font", Severity.INFO, message)]


def mend_legacy(source: Source) -> Source:
    """A source whose text is legacy bytes read as Western characters, made Unicode and said so in a finding; else the same source."""
    texts: list[str] = []
    for block in source.blocks:
        texts += [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
    mended, encoding = legacy.mend("\n".join(texts))
    if encoding is None:
        return source
    lines = iter(mended.split("\n"))

    def again(text: str) -> str:
        return "\n".join(next(lines) for _ in range(text.count("\n") + 1))

    blocks: list[Block] = []
    for block in source.blocks:
        if isinstance(block, Table):
            blocks.append(replace(block, cells=tuple(replace(cell, text=again(cell.text)) for cell in block.cells)))
        else:
            blocks.append(replace(block, text=again(block.text)))
    known = any(f.code == "intake.legacy-font" for f in source.findings)
    findings = source.findings if known else (*source.findings, *legacy_finding({encoding}))
    return replace(source, blocks=tuple(blocks), findings=findings)
