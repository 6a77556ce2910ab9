"""PDF papers: the text layer with its boxes, ruled tables, and the recogniser for pages that are pictures."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Any

from binhdang.errors import EmptyFile, FileTooLarge, MissingProgram
from binhdang.paper import Finding, Severity, Source
from binhdang.reading.intake.guards import damaged, locked
from binhdang.reading.intake.printed import Word, rows
from binhdang.reading.intake.rulings import Ruled, tables
from binhdang.reading.intake.scan import DPI, read_picture
from binhdang.reading.intake.sheet import Sheet, assemble, fill, layout_of
from binhdang.reading.intake.textlayer import Layer, read_layer
from binhdang.vietnamese import legacy
from binhdang.vietnamese.text import fold

MOST_PAGES = 2000
_MOST_PIXELS = 60_000_000
_PASSWORD = 4  # PDFium's error code
# A page under a picture with fewer words than this holds a scan; its words are a stamp or a stray layer.
_FEW_WORDS = 30
# Share of words that are no Vietnamese syllable: at most 0.2 % on pages of sound papers, 10 % where letters were dropped.
_BROKEN = 0.03
_FEWEST_BROKEN = 4
_STRANGE = re.compile("(?<=[^\\W\\d_])[\ufffd\ue000-\uf8ff]")  # inside words: bullets of symbol fonts lie there too
_SMALL_WORD = re.compile(r"(?<![\w.@/-])[^\W\d_]{2,8}(?![\w@/-])")
_STOPS = ("c", "ch", "p", "t")  # after these only two tones are possible
_STOPPED_TONE = re.compile("[\u0301\u0323]")
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|g[hi]?|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:[aeiouy]|a[iouy]|e[ou]|i[aeu]|ieu|o[aeio]|oa[ioy]|oeo|u[aeiouy]|ua[iy]|uay|uoi|uou|uy[aeu]|ye|yeu)"
    r"(?:ch?|m|ng?|nh|p|t)?"
)


def read_pdf(data: bytes, name: str, most: int | None = None) -> Source:
    """A PDF file, or its first `most` pages → Source; media is "scan" when most of its pages had to be recognised, else "pdf".

    Raises EncryptedFile, DamagedFile, EmptyFile (neither word nor picture), FileTooLarge (over MOST_PAGES), and
    MissingProgram when a page is a picture and the recogniser is not installed. Stays in the calling thread.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == _PASSWORD or "assword" in str(error):
            raise locked(name) from error
        raise damaged(name, "không phải PDF đầy đủ") from error
    try:
        sheets = _sheets(document, name, most)
    except pdfium.PdfiumError as error:
        raise damaged(name, "có trang không mở được") from error
    finally:
        document.close()
    if not any(s.pieces or s.tables for s in sheets):
        raise EmptyFile(f"Tệp “{name}” không có chữ nào đọc được.", hint="Hãy kiểm tra lại tệp đã xuất ra.")
    blocks = assemble(sheets)
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media="scan" if 2 * sum(s.scanned for s in sheets) > len(sheets) else "pdf",
        blocks=blocks,
        pages=len(sheets),
        layout=layout_of(sheets),
        findings=tuple(f for s in sheets for f in s.findings),
        removed=tuple(r for s in sheets for r in s.removed),
    )


def _sheets(document: Any, name: str, most: int | None) -> list[Sheet]:
    count = len(document)
    if count > MOST_PAGES:
        raise FileTooLarge(
            f"Tệp “{name}” có {count} trang, giới hạn là {MOST_PAGES}.",
            hint="Hãy tách văn bản ra khỏi tài liệu kèm theo.",
        )
    if count == 0:
        raise damaged(name, "không có trang nào")
    sheets = []
    for i in range(min(count, most or count)):
        page = document[i]
        try:
            sheets.append(_sheet(page, i + 1))
        finally:
            page.close()
    return sheets


def _sheet(page: Any, number: int) -> Sheet:
    layer = read_layer(page)
    if _is_picture(layer):
        return _recognised(page, layer, number)
    findings = _modernise(layer, number)
    if layer.words and is_broken(" ".join(w.text for w in layer.words)):
        finding = Finding(
            "intake.broken-text-layer",
            Severity.WARNING,
            "Lớp chữ của trang bị lỗi phông (mất chữ); đã nhận dạng lại từ hình của trang.",
            place=f"trang {number}",
        )
        try:
            sheet = _recognised(page, layer, number)
        except MissingProgram as missing:
            findings.append(
                Finding(
                    finding.code,
                    finding.severity,
                    f"Lớp chữ của trang bị lỗi phông (mất chữ). {missing.hint}",
                    place=finding.place,
                )
            )
        else:
            sheet.findings.insert(0, finding)
            return sheet
    return _printed(layer, number, findings)


def _printed(layer: Layer, number: int, findings: list[Finding]) -> Sheet:
    """A page with a sound text layer."""
    sheet = Sheet(number, layer.width, layer.height, findings=findings)
    words: list[Word] = layer.words
    if layer.across and layer.down:
        for ruled in tables(layer.across, layer.down):
            if _frames_page(ruled, layer):
                continue
            table, words = fill(ruled, words, number)
            if any(c.text for c in table.cells):
                sheet.tables.append((ruled, table))
    boxes = [r.box for r, _ in sheet.tables]
    sheet.rules = [r for r in layer.across if not any(b[1] - 3 <= r.at <= b[3] + 3 for b in boxes)]
    sheet.pieces = rows(words)
    return sheet


def _frames_page(ruled: Ruled, layer: Layer) -> bool:
    """An ornamental frame around the page, not a table."""
    left, top, right, bottom = ruled.box
    return len(ruled.slots) < 10 and (right - left) * (bottom - top) > 0.8 * layer.width * layer.height


def _is_picture(layer: Layer) -> bool:
    if layer.pictured >= 0.5:
        return len(layer.words) < _FEW_WORDS
    return not layer.words and (layer.pictured > 0.02 or layer.paths >= 50)


def _recognised(page: Any, layer: Layer, number: int) -> Sheet:
    """The page drawn as a picture and recognised; a stamp in its text layer is not drawn twice."""
    area = max(layer.width * layer.height, 1.0)
    scale = min(DPI / 72, (_MOST_PIXELS / area) ** 0.5)
    bitmap = page.render(scale=scale, draw_annots=False, may_draw_forms=False)
    picture = bitmap.to_numpy()[:, :, :3].copy()
    bitmap.close()
    return read_picture(picture, number, layer.width)


def is_broken(text: str) -> bool:
    """Whether letters are missing from a page's words ("bình đng gii"): too many are no Vietnamese syllable.

    A page in another language has hardly a letter with a mark, and is not broken.
    """
    if len(_STRANGE.findall(text)) > 0.003 * len(text):
        return True
    words = [w for w in _SMALL_WORD.findall(text) if w.islower()]
    if len(words) < 15 or sum(not w.isascii() for w in words) < 0.15 * len(words):
        return False
    wrong = [w for w in words if not _is_syllable(w)]
    return len(wrong) > _BROKEN * len(words) and len(set(wrong)) >= _FEWEST_BROKEN


@lru_cache(maxsize=4096)
def _is_syllable(word: str) -> bool:
    if word.endswith(_STOPS) and not _STOPPED_TONE.search(unicodedata.normalize("NFD", word)):
        return False
    return _SYLLABLE.fullmatch(fold(word)) is not None


def _modernise(layer: Layer, number: int) -> list[Finding]:
    """Words in fonts of TCVN3, VNI or VISCII made Unicode, in place; one finding that says so."""
    used = {w.font for w in layer.words}
    old = {font: known for font in used if (known := legacy.family(font)) is not None}
    if not old:
        return []
    for i, word in enumerate(layer.words):
        known = old.get(word.font)
        if known is not None and not legacy.has_modern_letters(word.text):
            text = legacy.convert(word.text, known[0], capitals=known[1])
            layer.words[i] = word._replace(text=text)
    names = ", ".join(sorted(legacy.label(kind) for kind in {k for k, _ in old.values()}))
    message = f"Trang dùng phông chữ cũ ({names}); đã đổi sang Unicode."
    return [Finding("intake.legacy-font", Severity.INFO, message, place=f"trang {number}")]
