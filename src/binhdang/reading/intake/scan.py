"""Pictures of pages → words: seal and noise taken off, turned upright, ruled tables read cell by cell, the rest by Tesseract.

A picture is an array height x width x 3 (blue, green, red) or height x width (grey). Needs the extra "scan" and the
Vietnamese data of Tesseract.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import os
import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

from binhdang.errors import FileTooLarge, MissingProgram
from binhdang.paper import Finding, Removed, Severity, Source
from binhdang.reading.intake.grid import find_grids, read_grid
from binhdang.reading.intake.guards import damaged, secrecy_mark
from binhdang.reading.intake.printed import Piece, Word, split
from binhdang.reading.intake.rulings import Ruling
from binhdang.reading.intake.sheet import Sheet, assemble, layout_of

# A word below this is named to the reader. On worn test pages (script/scan_pages.py) a third of the words below 90 are
# wrong and they are 2 % of all; of those from 90 to 95 one in twenty is wrong, above 95 one in 250.
LOW_CONFIDENCE = 90.0
DPI = 200
MOST_PIXELS = 120_000_000
MOST_PAGES = 500
_GRAIN = 1.5  # grey levels of grain on paper from which the median pays
_RED = 60  # levels by which the red channel stands above the others in red ink
_LEAST_RED = 300  # points of red ink at DPI that can be a word
_NAMED = 12  # words named in one finding; the rest are counted
_A4_WIDTH = 595.3
_FOLDERS = tuple(
    Path(p)
    for p in (
        "/usr/share/tesseract-ocr",
        "/usr/share/tessdata",
        "/usr/local/share/tessdata",
        "/opt/homebrew/share/tessdata",
    )
)
_UPRIGHT = 70.0  # a page the right way round reads at 90 and more, upside down at 20 to 50
_ONE_COLUMN = 4  # Tesseract's layout mode: lines over the whole page; columns are told apart here

Picture = Any  # numpy array; numpy comes with the extra and is not imported here

_ROMAN = re.compile(r"[|l1!I]{1,3}V?[|l1!I]{0,3}(?=[.)/]?$)")
_LETTER = re.compile(r"\w")
_DIGIT = re.compile(r"\d")
# The hook above ô is read as an acute at small sizes; with these words after it only the hook is Vietnamese.
_HOOKED = {"cộng": {"tống"}, "hợp": {"tống"}, "chức": {"tố"}, "quốc": {"tố"}}
_HOOK = str.maketrans("ốỐ", "ổỔ")


def libraries() -> tuple[ModuleType, ModuleType]:
    """OpenCV and tesserocr; raises MissingProgram with the command that installs them."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # Tesseract's own threads make it four times slower
    try:
        cv2 = importlib.import_module("cv2")
        tesserocr = importlib.import_module("tesserocr")
    except ImportError as error:
        raise MissingProgram(
            "Trang này là ảnh chụp, cần chương trình nhận dạng chữ chưa được cài.",
            hint='Hãy cài: pip install "binhdang[scan]" và gói tesseract-ocr-vie.',
        ) from error
    cv2.setNumThreads(1)
    return cv2, tesserocr


def _data_folder() -> str:
    """Where the Vietnamese data of Tesseract lies."""
    given = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(given), Path(given, "tessdata")] if given else []
    for folder in _FOLDERS:
        folders += [folder, *sorted(folder.glob("*/tessdata"), reverse=True)]
    for folder in folders:
        if (folder / "vie.traineddata").is_file():
            return str(folder)
    raise MissingProgram(
        "Chưa có dữ liệu tiếng Việt của chương trình nhận dạng chữ Tesseract.",
        hint="Hãy cài gói tesseract-ocr-vie (apt install tesseract-ocr-vie) hoặc đặt TESSDATA_PREFIX.",
    )


@lru_cache(maxsize=1)
def engine() -> Any:
    """The process's one Tesseract. Starting it costs 0.2 s, so it is kept; it belongs to one thread at a time."""
    _, tesserocr = libraries()
    try:
        api = tesserocr.PyTessBaseAPI(path=_data_folder(), lang="vie", psm=tesserocr.PSM.SINGLE_COLUMN)
    except RuntimeError as error:
        raise MissingProgram(
            "Tesseract không mở được dữ liệu tiếng Việt.", hint="Hãy cài lại gói tesseract-ocr-vie."
        ) from error
    api.SetVariable("debug_file", os.devnull)
    return api


def recognise(grey: Picture, mode: int, whitelist: str = "") -> list[tuple[Word, int]]:
    """Words of a grey picture in pixels, with the number of their printed line. `mode` is Tesseract's layout mode."""
    api = engine()
    api.SetVariable("tessedit_char_whitelist", whitelist)
    api.SetPageSegMode(mode)
    height, width = grey.shape
    api.SetImageBytes(grey.tobytes(), width, height, 1, width)
    api.SetSourceResolution(DPI)
    words: list[tuple[Word, int]] = []
    line = 0
    for row in api.GetTSVText(0).split("\n"):
        part = row.split("\t")
        if part[0] == "4":
            line += 1
        if part[0] != "5" or not part[11].strip():
            continue
        left, top, wide, high = map(int, part[6:10])
        said = mend_word(unicodedata.normalize("NFC", part[11].strip()))
        size = float(high)
        if words and words[-1][1] == line and said.lower() in _HOOKED:
            words[-1] = (_hooked(words[-1][0], said), line)
        words.append((Word(said, left, top, left + wide, top + high, size, confidence=float(part[10])), line))
    return words


def mend_word(word: str) -> str:
    """Certain confusions of the recogniser only: Icelandic Ð, a bar for the roman one at a list number."""
    word = word.replace("Ð", "Đ")
    if "|" in word or word in ("l.", "ll.", "lll."):
        m = _ROMAN.match(word)
        if m:
            return re.sub("[|l!]", "I", word)
    return word


def _hooked(word: Word, after: str) -> Word:
    """The word with its hook, where only the hook makes a word with the next one: "Tống cộng" was "Tổng cộng"."""
    low = word.text.lower()
    if low not in _HOOKED[after.lower()]:
        return word
    return word._replace(text=word.text.translate(_HOOK))


def whiten(picture: Picture) -> Picture:
    """The picture in grey, without red ink and grain; blue ink and the black under a seal stay.

    Red ink is as bright as paper in the red channel; what is left of dark red is lifted by how red it is. The median
    that takes the grain off also thins tone marks, so clean pictures go without it (errors 0.14 % against 0.52 %).
    """
    cv2, _ = libraries()
    if picture.ndim == 2:
        grey = picture
    else:
        blue, green, red = cv2.split(picture[:, :, :3])
        grey = cv2.add(red, cv2.subtract(red, cv2.max(blue, green)))
    smooth = cv2.medianBlur(grey, 3)
    paper = cv2.compare(smooth, 200, cv2.CMP_GT)
    grain = cv2.mean(cv2.absdiff(grey, smooth), mask=paper)[0]
    return smooth if grain > _GRAIN else grey


def red_lines(picture: Picture, angle: float) -> list[str]:
    """Lines stamped in red ink on the upper part of a page, which `whiten` takes off: a secrecy mark is such a stamp.

    `angle` is the page's skew in degrees. Empty for a grey picture or one without red ink.
    """
    cv2, _ = libraries()
    if picture.ndim == 2:
        return []
    blue, green, red = cv2.split(picture[: picture.shape[0] * 2 // 5, :, :3])
    ink = cv2.compare(cv2.subtract(red, cv2.max(blue, green)), _RED, cv2.CMP_GT)
    if cv2.countNonZero(ink) < _LEAST_RED:
        return []
    left, top, wide, high = cv2.boundingRect(ink)
    _, parts, measures, _ = cv2.connectedComponentsWithStats(ink)
    for part, (_, _, across, down, _) in enumerate(measures[1:], 1):
        if across >= 0.8 * wide or down >= 0.8 * high:
            ink[parts == part] = 0  # the stamp's frame
    drawn = cv2.bitwise_not(ink)[top : top + high, left : left + wide]
    drawn = cv2.copyMakeBorder(drawn, 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=255)
    lines: dict[int, list[str]] = {}
    for word, line in recognise(turn(drawn, angle), _ONE_COLUMN):
        lines.setdefault(line, []).append(word.text)
    return [" ".join(words) for words in lines.values()]


def skew(grey: Picture) -> float:
    """Degrees (-5 to 5) by which the lines of a page climb to the right; 0.0 when there are no clear lines.

    The right angle is the one that makes the rows of a small copy differ most in ink: coarse search, then fine.
    """
    cv2, _ = libraries()
    scale = min(1.0, 700 / max(grey.shape))
    small = _resized(grey, scale, cv2.INTER_AREA)
    _, ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    height, width = ink.shape

    def sharpness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
        turned = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_NEAREST)
        profile = cv2.reduce(turned, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel()
        steps = profile[1:] - profile[:-1]
        return float((steps * steps).sum())

    best = max((float(x) for x in range(-5, 6)), key=sharpness)
    best = max((best + x / 4 for x in range(-3, 4)), key=sharpness)
    return max((best + x / 20 for x in range(-4, 5)), key=sharpness)


def turn(grey: Picture, angle: float) -> Picture:
    """The picture turned clockwise by `angle` degrees, paper white at the corners."""
    cv2, _ = libraries()
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)


def sized(picture: Picture, width: float) -> Picture:
    """The picture at DPI when its page is `width` points wide; small ones are enlarged, large ones reduced."""
    cv2, _ = libraries()
    across = width / 72 * DPI / picture.shape[1]
    area = picture.shape[0] * picture.shape[1]
    scale = min(across, _LONGEST_SIDE / max(picture.shape[:2]), (_MOST_READ / area) ** 0.5)
    if 0.9 < scale < 1.1:
        return picture
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return _resized(picture, scale, kind)


_LONGEST_SIDE = 30_000  # points of a side; Tesseract takes 32,767
_MOST_READ = 60_000_000  # points of a picture that is read; A3 at 200 dpi has 8 million


def _resized(picture: Picture, scale: float, kind: int) -> Picture:
    """The picture at a scale, no side under a point."""
    cv2, _ = libraries()
    height, width = picture.shape[:2]
    if min(height, width) * scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        return cv2.resize(picture, size, interpolation=kind)
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=kind)


def read_picture(picture: Picture, page: int, width: float) -> Sheet:
    """One page's picture → Sheet with words, tables and findings; `width` is the page's width in points.

    A page that reads badly is tried upside down and on its sides, and kept the way that reads well.
    """
    sheet = _read_as_it_lies(picture, page, width)
    if (sure := _sureness(sheet)) is None or sure >= _UPRIGHT:
        return sheet
    cv2, _ = libraries()
    height = width * picture.shape[0] / picture.shape[1]
    for quarter, broad in (
        (cv2.ROTATE_180, width),
        (cv2.ROTATE_90_CLOCKWISE, height),
        (cv2.ROTATE_90_COUNTERCLOCKWISE, height),
    ):
        turned = _read_as_it_lies(cv2.rotate(picture, quarter), page, broad)
        if (_sureness(turned) or 0.0) > _UPRIGHT:
            return turned
    return sheet


def _sureness(sheet: Sheet) -> float | None:
    """The middle confidence of a sheet's words, None without words."""
    said = sorted(w.confidence for p in sheet.pieces for w in p.words if w.confidence is not None)
    return said[len(said) // 2] if said else None


def _read_as_it_lies(picture: Picture, page: int, width: float) -> Sheet:
    picture = sized(picture, width)
    grey = whiten(picture)
    angle = skew(grey)
    if abs(angle) > 0.04:
        grey = turn(grey, angle)
    scale = width / grey.shape[1]
    sheet = Sheet(page, width, grey.shape[0] * scale, scanned=True)
    if page == 1:
        marks = filter(secrecy_mark, red_lines(picture, angle))
        sheet.removed += [Removed(mark, "header", page) for mark in marks]
    grids, rest, rules = find_grids(grey, DPI)
    words = recognise(rest, _ONE_COLUMN)
    low = [w.text for w, _ in words if w.confidence is not None and w.confidence < LOW_CONFIDENCE]
    doubts: list[Finding] = []
    for grid in grids:
        reading = read_grid(grid, page, scale, recognise)
        sheet.tables.append((reading.ruled, reading.table))
        low += [
            c.text
            for c in reading.table.cells
            if c.confidence is not None and c.confidence < LOW_CONFIDENCE and not _DIGIT.search(c.text)
        ]
        doubts += reading.findings
    sheet.pieces = _pieces(words, scale)
    sheet.rules = [Ruling(r.at * scale, r.start * scale, r.end * scale) for r in rules]
    sheet.findings = _doubts([text for text in low if _LETTER.search(text)], page) + doubts
    return sheet


def _pieces(words: list[tuple[Word, int]], scale: float) -> list[Piece]:
    """Recognised words in pixels → pieces in points. A word's box is its ink, so the type size is the line's height."""
    by_line: dict[int, list[Word]] = {}
    for word, line in words:
        by_line.setdefault(line, []).append(word)
    made: list[Piece] = []
    for row in by_line.values():
        size = scale * 0.95 * sorted(w.bottom - w.top for w in row)[len(row) * 3 // 4]
        row.sort(key=lambda w: w.left)
        made += split(
            [
                w._replace(
                    left=w.left * scale, top=w.top * scale, right=w.right * scale, bottom=w.bottom * scale, size=size
                )
                for w in row
            ]
        )
    return [p for p in made if any(_LETTER.search(w.text) for w in p.words)]


def _doubts(low: list[str], page: int) -> list[Finding]:
    """One finding a page that names the words below the stated confidence."""
    if not low:
        return []
    named = ", ".join(f"“{text}”" for text in low[:_NAMED])
    more = f" và {len(low) - _NAMED} chữ khác" if len(low) > _NAMED else ""
    message = f"Nhận dạng không chắc (dưới {LOW_CONFIDENCE:.0f}%): {named}{more}. Hãy so với bản gốc."
    return [Finding("intake.low-confidence", Severity.WARNING, message, place=f"trang {page}")]


def read_image(data: bytes, name: str, most: int | None = None) -> Source:
    """A PNG, JPEG, TIFF (also with many pages), BMP, GIF or WebP file, or its first `most` pages → Source.

    Raises DamagedFile for what is no picture, FileTooLarge for too many pixels or pages, MissingProgram without the
    recogniser.
    """
    libraries()
    frames = islice(_frames(data, name), most)
    sheets = [read_picture(picture, page, width) for page, (picture, width) in enumerate(frames, 1)]
    blocks = assemble(sheets)
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media="scan",
        blocks=blocks,
        pages=len(sheets),
        layout=layout_of(sheets),
        findings=tuple(f for s in sheets for f in s.findings),
        removed=tuple(r for s in sheets for r in s.removed),
    )


def _frames(data: bytes, name: str) -> Iterator[tuple[Picture, float]]:
    """The pictures of a file one by one, each with its page's width in points."""
    numpy = importlib.import_module("numpy")
    image = importlib.import_module("PIL.Image")
    ops = importlib.import_module("PIL.ImageOps")
    try:
        with image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")) as opened:
            count = getattr(opened, "n_frames", 1)
            if count > MOST_PAGES:
                raise FileTooLarge(
                    f"Tệp ảnh “{name}” có {count} trang, giới hạn là {MOST_PAGES}.", hint="Hãy tách thành nhiều tệp."
                )
            for i in range(count):
                opened.seek(i)
                if opened.width * opened.height > MOST_PIXELS:
                    raise FileTooLarge(
                        f"Ảnh trang {i + 1} của tệp “{name}” quá lớn ({opened.width}x{opened.height} điểm).",
                        hint="Hãy quét lại ở 200-300 dpi.",
                    )
                if min(opened.size) < _NARROWEST:
                    raise damaged(name, "ảnh quá hẹp, không phải trang văn bản")
                upright = ops.exif_transpose(opened.convert("RGB"))
                yield numpy.asarray(upright)[:, :, ::-1].copy(), _page_width(opened, *upright.size)
    except (
        OSError, ValueError, TypeError, SyntaxError, EOFError, MemoryError, struct.error, image.DecompressionBombError,
    ) as error:  # fmt: skip
        raise damaged(name, "ảnh không đọc được") from error


_NARROWEST = 30  # points of a side; a line of print is higher


def _page_width(opened: Any, width: int, height: int) -> float:
    """Points: by the stated resolution where it makes a paper size, else an A4 page."""
    stated = opened.info.get("dpi", (0, 0))[0]
    points = float(width * 72 / stated) if stated and stated > 0 else 0.0
    if 350 < points < 1300:
        return points
    return _A4_WIDTH if width <= height else _A4_WIDTH * 2**0.5
