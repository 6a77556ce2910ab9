"""What is refused, and with which error; a file's kind is told by its content, never by its name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from binhdang.errors import (
    BinhdangError,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileNotFound,
    FileTooLarge,
    HostileFile,
    SecretPaper,
    UnknownFormat,
)
from binhdang.paper import Cell, Line, Removed, Source, Table
from binhdang.reading.intake import refuse_secret, take_in, take_in_bytes
from test_intake_docx import item, level, lists, p, tc, word_file

GOOD = word_file(
    p("KẾ HOẠCH") + item("Mục tiêu") + f"<w:tbl><w:tr>{tc('a')}{tc('b')}</w:tr></w:tbl>",
    numbering=lists(level(0, "decimal", "%1.")),
)


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

REFUSED = {
    "no bytes": (b"", EmptyFile),
    "only blanks": (b" \n\t\n", EmptyFile),
    "a Word file without words": (word_file("<w:p/>"), EmptyFile),
    "a zip cut off": (GOOD[: len(GOOD) // 2], DamagedFile),
    "XML cut off": (word_file("", replace={"word/document.xml": DOCUMENT[:90]}), DamagedFile),
    "no body part": (zipped(**{"[Content_Types].xml": b"<Types/>"}), DamagedFile),
    "entities": (word_file("", replace={"word/document.xml": ENTITIES + DOCUMENT}), HostileFile),
    "entities in UTF-16": (zipped(**{"word/document.xml": (ENTITIES + DOCUMENT).encode("utf-16")}), HostileFile),
    "a zip bomb": (zipped(**{"word/document.xml": b" " * 2**23}), HostileFile),
    "a password on a new Word file": (
        OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 200,
        EncryptedFile,
    ),
    "a spreadsheet": (zipped(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), UnknownFormat),
    "an old spreadsheet": (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), UnknownFormat),
    "a program": (b"MZ\x90\x00\x03" + b"This program cannot be run" * 20, UnknownFormat),
    "XML of another kind": (b'<?xml version="1.0"?><rows><row>1</row></rows>', UnknownFormat),
    "entities in flat XML": (f'<?xml version="1.0"?>{ENTITIES}<office:document a="&b;"/>'.encode(), HostileFile),
    "another archive": (b"7z\xbc\xaf'\x1c" + b"0" * 100, UnknownFormat),
    "tables nested without end": (
        word_file("<w:tbl><w:tr><w:tc>" * 400 + "</w:tc></w:tr></w:tbl>" * 400),
        (DamagedFile, HostileFile),
    ),
    "blocks nested without end": (b"<html><body>" + b"<div><b>" * 5000 + "chữ".encode(), HostileFile),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    data, error = REFUSED[case]
    with pytest.raises(error) as caught:
        take_in_bytes(data, "tệp của tôi.docx")
    assert "tệp của tôi.docx" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("name", ["ban_quet.png", "ANH.JPG", "trang.tiff"])
def test_a_picture_cut_off_in_its_first_bytes_is_no_text(name: str) -> None:
    with pytest.raises(DamagedFile, match="không còn là tệp ảnh") as caught:
        take_in_bytes(b"\x89PNG", name)
    assert name in caught.value.message


def test_an_archive_with_a_password() -> None:
    data = bytearray(GOOD)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag in the archive's list says that the part is encrypted
    with pytest.raises(EncryptedFile):
        take_in_bytes(bytes(data), "khoa.docx")


def test_an_archive_that_lies_about_its_size() -> None:
    data = bytearray(zipped(**{"word/document.xml": b" " * 2**23}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(mark)
        data[at + offset : at + offset + 4] = (100).to_bytes(4, "little")
    with pytest.raises((DamagedFile, HostileFile)):
        take_in_bytes(bytes(data), "doi.docx")


def test_paths(tmp_path: Path) -> None:
    for missing in (tmp_path / "không có.docx", tmp_path):
        with pytest.raises(FileNotFound):
            take_in(missing)
    big = tmp_path / "lớn.txt"
    big.write_text("chữ " * 100, encoding="utf-8")
    with pytest.raises(FileTooLarge, match=r"lớn\.txt"):
        take_in(big, limit=100)
    with pytest.raises(FileTooLarge):
        take_in_bytes(big.read_bytes(), "lớn.txt", limit=100)
    assert take_in(big).media == "text"


@pytest.mark.parametrize(
    ("data", "name", "media"),
    [
        (GOOD, "tên sai.txt", "docx"),
        ("<html><body><p>Kế hoạch</p></body></html>".encode(), "trang.doc", "html"),
        ("Kế hoạch <b>đậm</b>".encode(), "a.docx", "text"),
        ("# Kế hoạch".encode(), "a.md", "markdown"),
    ],
)
def test_the_kind_is_told_by_the_content(data: bytes, name: str, media: str) -> None:
    source = take_in_bytes(data, name)
    assert (source.media, source.name, len(source.sha256)) == (media, name, 64)


def source(*lines: str, cells: tuple[str, ...] = (), head: str = "") -> Source:
    blocks = (Table(tuple(Cell(text, 0, i) for i, text in enumerate(cells))), *(Line(text) for text in lines))
    return Source("a.docx", "0" * 64, "docx", blocks, removed=(Removed(head, "header"),) if head else ())


@pytest.mark.parametrize(
    "paper",
    [
        source("UBND XÃ", "MẬT", "KẾ HOẠCH"),
        source("  TỐI  MẬT "),
        source("[TUYỆT MẬT]"),
        source("Mật"),
        source("Độ mật: Tối mật"),
        source("KẾ HOẠCH", cells=("UBND XÃ\nMẬT\nSố: 1", "CỘNG HÒA")),
        source("KẾ HOẠCH", head="MẬT"),
        source("MẬT"),
        source("MậT"),
        source("M Ậ T"),
        source("MẬT:"),
        source("Mức độ mật: Tối mật"),
        source("MẬT               Độc lập - Tự do - Hạnh phúc"),
        source("KẾ HOẠCH", head="MËT"),
    ],
)
def test_secret_papers_are_refused(paper: Source) -> None:
    with pytest.raises(SecretPaper) as caught:
        refuse_secret(paper)
    assert caught.value.code == "paper.secret"


@pytest.mark.parametrize(
    "paper",
    [
        source("Công tác bảo mật", "mật độ dân số", "bí mật", "mật", "MẬT ĐỘ DÂN SỐ", "Mặt trận", "MẶT"),
        source("Độ mật: Thường", "Mật khẩu"),
        source(*["dòng chữ"] * 15, "MẬT"),
    ],
)
def test_other_papers_are_not(paper: Source) -> None:
    refuse_secret(paper)


def test_secret_papers_are_refused_on_the_way_in() -> None:
    for data, name in (
        (word_file(p("UBND XÃ") + p("MẬT") + p("KẾ HOẠCH")), "a.docx"),
        ("**MẬT**\n\nKế hoạch".encode(), "a.md"),
    ):
        with pytest.raises(SecretPaper):
            take_in_bytes(data, name)


def test_messages_are_for_people() -> None:
    with pytest.raises(BinhdangError, match=r"giới hạn là 0\.0 MB"):
        take_in_bytes(b"abc", "x", limit=1)
