"""Pictures of pages: our own plan printed, stamped, turned and made noisy, then read back and compared."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("cv2")
pytest.importorskip("tesserocr")

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

import sample_pages as sample
from binhdang.errors import BinhdangError, DamagedFile, FileTooLarge, MissingProgram, SecretPaper
from binhdang.paper import Line, Source, Table
from binhdang.reading.intake import scan, take_in_bytes
from binhdang.reading.intake.pdf import read_pdf
from binhdang.reading.intake.scan import engine, mend_word, read_image, skew, whiten

try:
    engine()
except MissingProgram:
    pytest.skip("no Vietnamese data of Tesseract", allow_module_level=True)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[sample.Picture]:
    pdf = sample.plan_pdf(tmp_path_factory.mktemp("scan"))
    if pdf is None:
        pytest.skip("LibreOffice is not installed")
    return sample.pictures(pdf)


@pytest.fixture(scope="module")
def second(pages: list[sample.Picture]) -> Source:
    """The second page, sealed, turned and noisy, as a picture file."""
    return read_image(sample.png(sample.worn(pages[1], angle=1.5, seed=3)), "trang hai.png")


def words(source: Source) -> str:
    """All words of its lines."""
    return " ".join(b.text for b in source.blocks if isinstance(b, Line))


def test_characters_of_a_worn_page(second: Source) -> None:
    known = " ".join([*sample.BODY[-2:], *sample.AFTER, *sample.SIGN_LEFT, *sample.SIGN_RIGHT])
    assert sample.edits(known, words(second)) / len(known) <= 0.02
    assert second.media == "scan" and second.pages == 1


def test_signature_block_of_a_picture_comes_left_first(second: Source) -> None:
    said = [b.text for b in second.blocks if isinstance(b, Line)]
    assert said.index("Nơi nhận:") < said.index("- Lưu: VT.") < said.index("KT. CHỦ TỊCH") < len(said) - 1


def test_cells_of_a_worn_table(second: Source) -> None:
    (table,) = [b for b in second.blocks if isinstance(b, Table)]
    known, read = sample.expected_cells(), {(c.row, c.column): c.text for c in table.cells}
    assert read.keys() == known.keys()
    assert sum(read[k] == t for k, t in known.items()) / len(known) >= 0.95
    doubted = [f.message for f in second.findings if f.code == "intake.uncertain-number"]
    for (row, column), text in known.items():
        if row >= 2 and column >= 2 and read[row, column] != text:
            assert any(f"dòng {row + 1}" in m and f"cột {column + 1}" in m for m in doubted), (row, column)
    assert all(c.confidence is not None for c in table.cells if c.text)


def test_lines_lie_where_they_are_printed(second: Source) -> None:
    line = next(b for b in second.blocks if isinstance(b, Line) and b.text.startswith("1. Phòng Văn hóa"))
    assert line.box is not None and line.confidence is not None and line.confidence > 85
    assert line.box[0] == pytest.approx(113, abs=8)
    assert 0 < line.box[2] < 595 and line.page == 1


def test_unsure_words_are_named(second: Source, monkeypatch: pytest.MonkeyPatch, pages: list[sample.Picture]) -> None:
    monkeypatch.setattr(scan, "LOW_CONFIDENCE", 101.0)
    top = np.vstack([pages[0][:330], np.full_like(pages[0][:1000], 255)])
    (finding,) = read_image(sample.png(top), "a.png").findings
    assert finding.code == "intake.low-confidence" and finding.place == "trang 1"
    assert "“BAN”" in finding.message and "chữ khác" in finding.message


def test_scanned_pdf_and_tiff_with_pages_either_way_up(pages: list[sample.Picture]) -> None:
    head = np.vstack([pages[0][:520], np.full_like(pages[0][520:], 255)])
    upside_down = cv2.rotate(head, cv2.ROTATE_180)
    for kind, read in (("PDF", read_pdf), ("TIFF", read_image)):
        frames = [Image.fromarray(p[:, :, ::-1].copy()) for p in (head, upside_down)]
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:], resolution=200, dpi=(200, 200))
        source = read(out.getvalue(), "a")
        assert (source.media, source.pages) == ("scan", 2)
        first, other = (" ".join(b.text for b in source.blocks if isinstance(b, Line) and b.page == p) for p in (1, 2))
        for said in (first, other):
            assert said.startswith("ỦY BAN NHÂN DÂN XÃ SÔNG ĐÀ Số: 12/KH-UBND CỘNG HÒA")


@pytest.mark.parametrize("angle", [-4.6, -1.5, 0.0, 0.4, 3.0])
def test_skew_is_measured(pages: list[sample.Picture], angle: float) -> None:
    assert skew(whiten(sample.worn(pages[0], angle=angle))) == pytest.approx(angle, abs=0.15)


def test_seal_goes_and_what_is_under_it_stays() -> None:
    picture = np.full((60, 60, 3), 255, np.uint8)
    picture[10:50] = (40, 30, 215)  # red ink
    picture[25:35] = (20, 15, 30)  # black under it
    picture[52:58] = (160, 40, 30)  # blue ink
    grey = whiten(picture)
    assert grey[15].min() > 230 and grey[30].max() < 60 and grey[55].max() < 80


@pytest.mark.parametrize(
    ("read", "mended"), [("||.", "II."), ("QÐ-UBND", "QĐ-UBND"), ("l.", "I."), ("lá", "lá"), ("a|b", "a|b")]
)
def test_only_certain_confusions_are_mended(read: str, mended: str) -> None:
    assert mend_word(read) == mended


@pytest.mark.parametrize(
    ("word", "after", "mended"),
    [
        ("Tống", "cộng", "Tổng"),
        ("TỐ", "CHỨC", "TỔ"),
        ("tố", "chức", "tổ"),
        ("công", "cộng", "công"),
        ("tốt", "hợp", "tốt"),
    ],
)
def test_hook_read_as_acute(word: str, after: str, mended: str) -> None:
    assert scan._hooked(scan.Word(word, 0, 0, 1, 1, 1), after).text == mended


@pytest.fixture
def fresh_engine() -> Iterator[None]:
    """The kept recogniser put away, so that a missing part is noticed."""
    engine.cache_clear()
    yield
    engine.cache_clear()


def test_missing_data_names_the_package(monkeypatch: pytest.MonkeyPatch, fresh_engine: None, tmp_path: Path) -> None:
    monkeypatch.setattr(scan, "_FOLDERS", (tmp_path,))
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(MissingProgram, match="tesseract-ocr-vie"):
        engine()


def test_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", refuse)
    with pytest.raises(MissingProgram, match=re.escape('pip install "binhdang[scan]"')):
        read_image(b"\x89PNG\r\n\x1a\n", "a.png")


def huge_png() -> bytes:
    """A PNG that claims 60000 x 60000 points."""
    data = bytearray(sample.png(np.zeros((4, 4, 3), np.uint8)))
    data[16:24] = (60000).to_bytes(4, "big") * 2
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\nrest", DamagedFile, id="garbage"),
        pytest.param(sample.png(np.full((400, 300, 3), 90, np.uint8))[:-40], DamagedFile, id="cut off"),
        pytest.param(huge_png(), (FileTooLarge, DamagedFile), id="claims to be huge"),
    ],
)
def test_pictures_that_cannot_be_read(data: bytes, error: type[BinhdangError]) -> None:
    with pytest.raises(error, match=r"x\.png"):
        read_image(data, "x.png")


def test_a_secrecy_mark_in_red_ink_is_seen() -> None:
    page = np.full((2339, 1654, 3), 255, np.uint8)
    for at in range(5):
        cv2.putText(page, "Plan of the year", (200, 700 + 90 * at), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (0, 0, 0), 3)
    try:
        font = ImageFont.truetype("DejaVuSerif.ttf", 40)
    except OSError:
        pytest.skip("no font with Vietnamese capitals")
    ink = Image.new("RGB", (220, 80), "white")
    ImageDraw.Draw(ink).rectangle((2, 2, 217, 77), outline=(200, 20, 30), width=4)
    ImageDraw.Draw(ink).text((45, 12), "MẬT", font=font, fill=(200, 20, 30))
    page[230:310, 300:520] = np.asarray(ink)[:, :, ::-1]
    assert scan.red_lines(page, 0.0) == ["MẬT"]
    with pytest.raises(SecretPaper):
        take_in_bytes(sample.png(page), "a.png")
    assert scan.red_lines(np.full_like(page, 255), 0.0) == []
