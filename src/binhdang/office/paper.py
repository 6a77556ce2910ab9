"""A plan's paper set anew: its own words, in the form of Decree 30/2020. Read again it is the same plan."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from binhdang.office import form
from binhdang.office.notes import NOTE, Footnotes
from binhdang.plan import Plan
from binhdang.vietnamese.text import fold

if TYPE_CHECKING:
    from docx.document import Document as Word

_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_AUTHORITY = re.compile(
    r"(?:TM|KT|TL|TUQ|Q)\.?\s?[A-ZĐÀ-Ỹ]|(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH|TRƯỞNG|BỘ TRƯỞNG|BÍ THƯ)"
)
_UNIT = re.compile(r"\(?(?:đơn vị tính|đvt)\b", re.IGNORECASE)
_ANNEX = re.compile(r"(?:phụ lục|biểu|bảng)\b[^.]{0,40}\Z", re.IGNORECASE)
_PLACE_DATE = re.compile(r".{0,60}\bngày\b.{0,30}\btháng\b.{0,30}\bnăm\b.{0,20}\Z", re.IGNORECASE)
_LETTER = "Công văn"
_DASHES = ("-", "+", "–", "•", "*")
_LETTERHEAD = (62.0, 98.0)  # mm of its two columns
_FOOT = (80.0, 80.0)
_BLANK_DAY = re.compile(r"\b(ngày|tháng)\s{3,}")
_WIDE = re.compile(r"\t|\s{3,}")


@dataclass(slots=True)
class _Parts:
    """The lines of a paper by what they are in its form."""

    left: list[str] = field(default_factory=list)
    number: str = ""
    dated: str = ""
    about: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    annex: list[str] = field(default_factory=list)


def write_paper(plan: Plan) -> bytes:
    """The paper as a .docx file: letterhead, body, recipients and signature, annexes with their tables.

    The words are the plan's own; only what the form asks for and the paper lacks (national title, motto, the issuer's
    name over the number) is added from its identity.
    """
    parts = _parts(plan)
    word = form.new_paper()
    _letterhead(word, plan, parts)
    kind = plan.document.kind or "Kế hoạch"
    if kind != _LETTER:
        form.line(word, kind.upper(), bold=True, align="center", before=12)
        for words in parts.title:
            form.line(word, words, bold=True, align="center")
        form.rule_under(form.line(word, "", align="center", size=4, after=6), share=0.3)
    found = [NOTE.fullmatch(text) for text in parts.annex]
    notes = Footnotes({m[1]: m[2] for m in found if m is not None})
    _body(word, plan, parts.body, notes)
    _foot(word, parts)
    _annex(word, [text for text, m in zip(parts.annex, found, strict=True) if m is None], notes)
    notes.attach(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _parts(plan: Plan) -> _Parts:
    lines = plan.text.split("\n")
    parts = _Parts()
    kind = fold(plan.document.kind or "Kế hoạch")
    at = 0
    if plan.document.kind == _LETTER:
        at = next((n for n, text in enumerate(lines[:60]) if fold(text).strip().startswith("kinh gui")), 0)
        _head(lines[:at], parts)
    else:
        top = next((n for n, text in enumerate(lines[:60]) if fold(text).strip() == kind), -1)
        if top >= 0:
            _head(lines[:top], parts)
        at = _title(plan, lines, top + 1, parts)
    tail = _tail_start(plan, lines, at)
    parts.body = lines[at:tail]
    _tail(plan, lines[tail:], parts)
    return parts


def _pieces(text: str) -> list[str]:
    """What stands side by side on a line: text files part columns by wide blanks."""
    return [piece.strip() for piece in _WIDE.split(_BLANK_DAY.sub(r"\1  ", text)) if piece.strip()]


def _head(lines: list[str], parts: _Parts) -> None:
    for text in (piece for line in lines for piece in _pieces(line)):
        folded = fold(text)
        if "cong hoa xa hoi" in folded or "doc lap" in folded or not folded.strip("-–_—*o. "):
            continue
        if folded.startswith("so") and ("/" in text or ":" in text) and not parts.number:
            parts.number = text
        elif (parts.number and not parts.about and folded.startswith(("v/v", "vv ", "ve viec"))) or (
            parts.about and not _PLACE_DATE.match(text)
        ):
            parts.about.append(text)
        elif _PLACE_DATE.match(text):
            parts.dated = text
        else:
            parts.left.append(text)


def _title(plan: Plan, lines: list[str], at: int, parts: _Parts) -> int:
    """Takes the lines of the title; where the body begins."""
    wanted = "".join(fold(plan.document.title or "").split())
    taken = ""
    while at < len(lines) and len(taken) < len(wanted):
        words = "".join(fold(lines[at]).split())
        if not wanted.startswith(taken + words) and not (taken + words).startswith(wanted):
            break
        taken += words
        parts.title.append(lines[at])
        at += 1
    return at


def _tail_start(plan: Plan, lines: list[str], at: int) -> int:
    """The line with which recipients or signature begin; past the last one where there are neither."""
    found = len(lines)
    if plan.recipients:
        found = plan.text.count("\n", 0, plan.recipients[0].span.start)
        while found > at + 1 and not _opens_tail(lines[found]) and found > at and _opens_tail(lines[found - 1]):
            found -= 1
    while found > at and _opens_tail(lines[found - 1]):
        found -= 1
    if found == len(lines) and plan.document.signer and plan.document.signer.name:
        name = fold(plan.document.signer.name)
        signed = next((n for n in range(len(lines) - 1, at, -1) if name in fold(lines[n])), len(lines))
        found = signed
        while found > at and found > signed - 6 and _opens_tail(lines[found - 1]):
            found -= 1
    return found


def _opens_tail(text: str) -> bool:
    pieces = _pieces(text)
    return not pieces or any(_is_authority(p) or fold(p).startswith("noi nhan") for p in pieces)


def _is_authority(piece: str) -> bool:
    return piece.isupper() and len(piece) < 80 and bool(_AUTHORITY.match(piece))


def _tail(plan: Plan, lines: list[str], parts: _Parts) -> None:
    """Recipients and signature, side by side or one after the other; then all else: annexes and notes."""
    name = fold(plan.document.signer.name or "") if plan.document.signer else ""
    recipients = {fold(" ".join(r.span.of(plan.text).split())) for r in plan.recipients}
    waiting = len(plan.recipients)
    signed = not name
    for text in lines:
        if parts.annex or (signed and waiting <= 0 and text.strip()):
            parts.annex.append(text)
            continue
        for piece in _pieces(text) or []:
            folded = fold(piece)
            if folded.startswith("noi nhan"):
                continue
            if name and name in folded:
                parts.signature.append(piece)
                signed = True
            elif _is_authority(piece) or (piece.isupper() and not signed and not piece.startswith(_DASHES)):
                parts.signature.append(piece)
            elif any(folded and (folded in r or r in folded) for r in recipients):
                parts.recipients.append(piece)
                waiting -= 1
            elif piece.startswith(_DASHES) and not signed:
                parts.recipients.append(piece)
            else:
                parts.annex.append(text)
                break


def _letterhead(word: Word, plan: Plan, parts: _Parts) -> None:
    left, right = form.columns(word, _LETTERHEAD)
    issuer = parts.left or [(plan.document.issuer or "").upper()]
    for number, words in enumerate(issuer):
        form.line(left, words, bold=number == len(issuer) - 1, align="center", size=13, first=number == 0)
    form.rule_under(form.line(left, "", align="center", size=4), share=0.3, width=_LETTERHEAD[0])
    if parts.number or plan.document.number:
        form.line(left, parts.number or f"Số: {plan.document.number}", align="center", size=13)
    for words in parts.about:
        form.line(left, words, align="center", size=form.SMALL)
    form.line(right, _NATION, bold=True, align="center", size=12, first=True)
    form.line(right, _MOTTO, bold=True, align="center", size=13)
    form.rule_under(form.line(right, "", align="center", size=4), share=0.55, width=_LETTERHEAD[1])
    dated = parts.dated or _dated(plan)
    if dated:
        form.line(right, dated, italic=True, align="center", size=13)


def _dated(plan: Plan) -> str:
    day, place = plan.document.date, plan.document.place
    if day is None:
        return ""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place + ', ' if place else ''}ngày {day.day:02d} tháng {month} năm {day.year}"


def _body(word: Word, plan: Plan, lines: list[str], notes: Footnotes) -> None:
    headings = {o.span.start for o in plan.outline if o.kind not in ("task", "attribute", "responsibility")}
    short = {plan.text[s : plan.text.find("\n", s) if "\n" in plan.text[s:] else None] for s in headings}
    rows: list[list[str]] = []
    for words in lines:
        if "\t" in words:
            rows.append([cell.strip() for cell in words.split("\t")])
            continue
        _flush(word, rows)
        if not words.strip():
            continue
        if _UNIT.match(words.strip()) and len(words) < 60:
            form.line(word, words, italic=True, align="right", size=form.SMALL)
        else:
            bold = words in short and len(words) < 160 and not words.rstrip().endswith((".", ";"))
            paragraph = form.line(word, words, bold=bold, align="justify", before=3, after=3, indent=True)
            notes.set_words(paragraph, words)
    _flush(word, rows)


def _flush(word: Word, rows: list[list[str]], width: float = form.TEXT_WIDTH) -> None:
    if rows:
        form.grid(word, rows, head=_head_rows(rows), width=width)
        rows.clear()


def _head_rows(rows: list[list[str]]) -> int:
    """How many rows stand above the first that has a label of its own and an amount."""
    for number, row in enumerate(rows[:5]):
        if number and any(cell[:1].isdigit() and len(cell) < 14 for cell in row[2:]) and row[0]:
            return number
    return 1


def _foot(word: Word, parts: _Parts) -> None:
    if not parts.recipients and not parts.signature:
        return
    form.line(word, "", size=6)
    left, right = form.columns(word, _FOOT)
    if parts.recipients:
        form.line(left, "Nơi nhận:", bold=True, italic=True, size=form.SMALL, first=True)
    for words in parts.recipients:
        form.line(left, words, size=form.RECIPIENTS)
    for number, words in enumerate(parts.signature):
        name = not words.isupper()
        form.line(right, words, bold=True, align="center", first=number == 0, before=60 if name and number else 0)


def _annex(word: Word, lines: list[str], notes: Footnotes) -> None:
    wide = max((text.count("\t") for text in lines), default=0) > 6
    width = form.WIDE_WIDTH if wide else form.TEXT_WIDTH
    if lines:
        form.turn_page(word, wide=wide)
    rows: list[list[str]] = []
    for words in lines:
        if "\t" in words:
            rows.append([cell.strip() for cell in words.split("\t")])
            continue
        _flush(word, rows, width)
        if style := _annex_style(words.strip()):
            notes.set_words(form.line(word, words, **style), words)
    _flush(word, rows, width)
    for words in notes.uncalled:
        form.line(word, words, size=form.SMALL, before=2)


def _annex_style(text: str) -> dict[str, Any]:
    """How a line of an annex is set; nothing for an empty one."""
    if not text:
        return {}
    if _UNIT.match(text):
        return {"italic": True, "align": "right", "size": form.SMALL}
    if _ANNEX.match(text) or text.isupper():
        return {"bold": True, "align": "center"}
    if text.startswith("("):
        return {"italic": True, "align": "center"}
    return {"align": "justify", "indent": True, "before": 3}
