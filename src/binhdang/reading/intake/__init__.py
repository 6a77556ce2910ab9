"""Files in, sources out: `take_in` tells what a file is by its content, reads it and refuses what may not be read."""

from __future__ import annotations

import os
import re
from pathlib import Path

from binhdang.errors import FileNotFound, UnreadableFile
from binhdang.paper import Source
from binhdang.reading.intake.docx import read_docx
from binhdang.reading.intake.guards import (
    LIMIT,
    Archive,
    damaged,
    hostile,
    locked,
    parse_xml,
    refuse_length,
    refuse_secret,
    refuse_size,
    refuse_wordless,
    unknown,
)
from binhdang.reading.intake.html import read_html, read_web_archive
from binhdang.reading.intake.office import read_office
from binhdang.reading.intake.pdf import read_pdf
from binhdang.reading.intake.plain import read_text
from binhdang.reading.intake.scan import read_image
from binhdang.reading.intake.shape import mend_legacy

__all__ = ["LIMIT", "refuse_secret", "refuse_secret_bytes", "take_in", "take_in_bytes"]

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF87a", b"GIF89a")
_IMAGE_NAMES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"7z\xbc\xaf'\x1c",
    b"Rar!",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"SQLite format 3",
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|body|head|meta|table|div|p|h[1-6])[\s>]", re.I)
_HTML_NAMES = (".html", ".htm", ".xhtml", ".mht")
_MARKDOWN_NAMES = (".md", ".markdown")


def take_in(path: str | os.PathLike[str], *, limit: int = LIMIT) -> Source:
    """Read a file of at most `limit` bytes into a Source.

    Raises a BinhdangError: FileNotFound when it cannot be opened, else as `take_in_bytes`.
    """
    file = Path(path)
    name = file.name or str(file)
    try:
        if file.is_dir():
            raise FileNotFound(f"“{name}” là thư mục, không phải tệp.", hint="Hãy chỉ đến một tệp văn bản.")
        with file.open("rb") as stream:
            refuse_length(os.fstat(stream.fileno()).st_size, name, limit)
            data = stream.read(limit + 1)
    except PermissionError as error:
        raise FileNotFound(f"Không có quyền đọc tệp “{name}”.", hint="Hãy kiểm tra quyền truy cập của tệp.") from error
    except (OSError, ValueError) as error:
        raise FileNotFound(
            f"Không tìm thấy hoặc không mở được tệp “{name}”.", hint="Hãy kiểm tra lại đường dẫn."
        ) from error
    return take_in_bytes(data, name, limit=limit)


def take_in_bytes(data: bytes, name: str, *, limit: int = LIMIT) -> Source:
    """Read a file's bytes into a Source; `name` is for messages, its ending only tells kinds of text apart.

    Raises EmptyFile, FileTooLarge, EncryptedFile, DamagedFile, HostileFile, UnknownFormat, MissingProgram, or
    SecretPaper for a paper marked Mật, Tối mật, Tuyệt mật. Nothing is written to disk but by LibreOffice, in a
    private folder that is removed.
    """
    refuse_size(data, name, limit)
    try:
        source = mend_legacy(_read(data, name))
    except RecursionError as error:
        raise hostile(name, "các phần bên trong lồng nhau quá sâu") from error
    refuse_secret(source)
    refuse_wordless(source)
    return source


_FIRST_PAGES = 2  # where a secrecy mark stands, behind a cover at the most


def refuse_secret_bytes(data: bytes, name: str) -> None:
    """Raise SecretPaper for a marked paper, from its first pages alone where pages are pictures, before anything is kept.

    A file that cannot be read is no secret paper yet; it is told when it is read. Raises MissingProgram where only an
    absent program could tell.
    """
    try:
        source = mend_legacy(_read(data, name, _FIRST_PAGES))
    except (UnreadableFile, RecursionError):
        return
    refuse_secret(source)


def _read(data: bytes, name: str, most: int | None = None) -> Source:
    """Read by what the first bytes say; of files with pages at most so many."""
    if data.startswith(_IMAGES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return read_image(data, name, most)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_archive(data, name)
    if data.startswith(_OLE):
        return _read_compound(data, name)
    if b"%PDF-" in data[:1024]:  # readers of PDF allow other bytes before the mark
        return read_pdf(data, name, most)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{\\rtf"):
        return read_office(data, name, "rtf")
    if start[:13].lower() == b"mime-version:":
        return read_web_archive(data, name)
    if start.startswith(b"<?xml") and b"<office:document " in start:
        parse_xml(data, name, "XML")  # refuses entities before LibreOffice meets them
        return read_office(data, name, "fodt")
    if Path(name).suffix.lower() in _IMAGE_NAMES:  # cut off in its first bytes: what is left may pass for text
        raise damaged(name, "không còn là tệp ảnh")
    if data.startswith(_PROGRAMS):
        raise unknown(name)
    ending = Path(name).suffix.lower()
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    markup = data[:4096].replace(b"\0", b"") if wide else start
    page = _HTML.search(markup)
    if (
        page
        and (ending in _HTML_NAMES or markup.lstrip(b"\xff\xfe \t\r\n").startswith(b"<"))
        and ending not in _MARKDOWN_NAMES
    ):
        return read_html(data, name)
    if start.startswith(b"<?xml"):
        raise unknown(name)
    return read_text(data, name, markdown=ending in _MARKDOWN_NAMES)


def _read_archive(data: bytes, name: str) -> Source:
    archive = Archive(data, name)
    if "word/document.xml" in archive.names or (
        "_rels/.rels" in archive.names and any(n.startswith("word/") for n in archive.names)
    ):
        return read_docx(data, name)
    if "mimetype" in archive.names and archive.read("mimetype").strip().startswith(
        b"application/vnd.oasis.opendocument.text"
    ):
        if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise locked(name)
        return read_office(data, name, "odt")
    if "[Content_Types].xml" in archive.names and not any(n.startswith(("xl/", "ppt/")) for n in archive.names):
        raise damaged(name, "thiếu phần nội dung của văn bản Word")
    raise unknown(name)


def _read_compound(data: bytes, name: str) -> Source:
    """A file of the older Office container: a Word 97 paper, or a newer one locked with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise locked(name)
    if "WordDocument".encode("utf-16-le") in data:
        return read_office(data, name, "doc")
    raise unknown(name)
