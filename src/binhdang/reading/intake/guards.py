"""What is refused before or right after reading: empty, too large, locked, damaged, hostile or secret files."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from binhdang.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    HostileFile,
    SecretPaper,
    UnknownFormat,
)
from binhdang.paper import Line, Note, Source, Table
from binhdang.vietnamese import legacy

LIMIT = 50 * 2**20  # bytes of a file
_ENTRIES = 4000  # files inside an archive
_UNPACKED = 400 * 2**20  # bytes of all files inside
_PART = 64 * 2**20  # bytes of one part that is read
_RATIO = 250  # times that a part of more than _SMALL bytes may grow; Word's XML grows 10 to 60 times
_SMALL = 2**20

_STRICT = tuple(
    (b"http://purl.oclc.org/ooxml/" + name, b"http://schemas.openxmlformats.org/" + name.replace(b"/", b"/2006/", 1))
    for name in (b"wordprocessingml/main", b"drawingml/main", b"officeDocument/math", b"officeDocument/relationships")
)

_FIRST_LINES = 15
_SECRET = re.compile(
    # Converted TCVN3 loses its capitals: "MậT". Frames of a stamp are read as bars, and letters may stand spaced.
    r"(?:(?i:(?:mức )?độ mật ?: ?|dấu mật ?: ?)(?i:tuyệt mật|tối mật|mật)"
    r"|T ?[uU] ?[yY] ?[ệỆ] ?[tT] [mM] ?[ậẬ] ?[tT]|T ?[ốỐ] ?[iI] [mM] ?[ậẬ] ?[tT]|M ?[ậẬ] ?[tT])"
)
_SPACES = re.compile(r"\s+")
_WIDE = re.compile(r"(?:(?<!\s)[ \u00a0]{4,}|\t)(?=\S)")
_LETTER = re.compile(r"\w")


def refuse_size(data: bytes, name: str, limit: int = LIMIT) -> None:
    """Raise EmptyFile for no bytes at all, FileTooLarge for more than `limit` bytes."""
    if not data:
        raise EmptyFile(f"Tệp “{name}” không có nội dung (0 byte).", hint="Hãy gửi lại tệp đầy đủ.")
    if len(data) > limit:
        refuse_length(len(data), name, limit)


def refuse_length(length: int, name: str, limit: int) -> None:
    """Raise FileTooLarge when `length` bytes are more than `limit`."""
    if length > limit:
        raise FileTooLarge(
            f"Tệp “{name}” quá lớn: {length / 2**20:.1f} MB, giới hạn là {limit / 2**20:.1f} MB.",
            hint="Hãy tách văn bản ra khỏi tài liệu kèm theo hoặc giảm cỡ ảnh rồi gửi lại.",
        )


def damaged(name: str, what: str) -> DamagedFile:
    """The error for a file whose inside is broken; `what` says in Vietnamese what is."""
    return DamagedFile(
        f"Tệp “{name}” bị hỏng: {what}.", hint="Hãy mở và lưu lại bằng phần mềm đã tạo ra tệp, rồi gửi lại."
    )


def unknown(name: str, what: str = "không phải văn bản đọc được") -> UnknownFormat:
    """The error for a file of a kind that is not read; `what` says in Vietnamese what is wrong."""
    return UnknownFormat(
        f"Tệp “{name}” {what}.", hint="Hãy gửi tệp .docx, .doc, .rtf, .odt, .pdf, .html, .txt hoặc ảnh quét."
    )


def locked(name: str) -> EncryptedFile:
    """The error for a file that asks for a password."""
    return EncryptedFile(f"Tệp “{name}” được bảo vệ bằng mật khẩu.", hint="Hãy bỏ mật khẩu rồi gửi lại.")


def hostile(name: str, what: str) -> HostileFile:
    """The error for a file made to exhaust the reader; `what` says in Vietnamese why."""
    return HostileFile(f"Tệp “{name}” không an toàn: {what}.", hint="Không mở tệp này; hãy hỏi lại nơi gửi.")


class Archive:
    """A zip file whose parts are read one at a time within limits. Raises BinhdangError for anything wrong with it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (
            zipfile.BadZipFile,
            ValueError,
            OverflowError,
            NotImplementedError,
            UnicodeError,
            EOFError,
            OSError,
        ) as error:
            raise damaged(name, "tệp nén bên trong không đầy đủ") from error
        if len(entries) > _ENTRIES or sum(e.file_size for e in entries) > _UNPACKED:
            raise hostile(name, "nội dung nén phình ra quá lớn")
        for entry in entries:
            if entry.flag_bits & 1:
                raise locked(name)
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise hostile(
                    name, "cách nén lạ, không có trong tệp văn bản"
                )  # it is unpacked whole, whatever the limit
            if entry.file_size > _SMALL and entry.file_size > _RATIO * max(entry.compress_size, 1):
                raise hostile(name, "nội dung nén phình ra quá lớn")
        self.names = {e.filename for e in entries}

    def read(self, part: str) -> bytes:
        """The bytes of one part; the limit is held while unpacking, whatever the archive's list says."""
        try:
            with self._zip.open(part) as stream:
                data = stream.read(_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            ValueError,
            KeyError,
            RuntimeError,
        ) as error:
            raise damaged(self.name, f"phần {part} bên trong không đọc được") from error
        if len(data) > _PART:
            raise hostile(self.name, "nội dung nén phình ra quá lớn")
        return data

    def xml(self, part: str) -> etree._Element:
        """The root element of an XML part, read without entities, DTD or network."""
        data = self.read(part)
        if b"purl.oclc.org" in data[:8192]:  # the strict variant of the format differs in its namespaces only
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return parse_xml(data, self.name, part)


def parse_xml(data: bytes, name: str, part: str) -> etree._Element:
    """Parse XML of an untrusted file; raise HostileFile for any DTD, DamagedFile for bad XML."""
    if b"<!" in data[:4096] or data[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):
        head = data[:65536].replace(b"\0", b"").upper()
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise hostile(name, "XML có khai báo thực thể (DTD)")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise damaged(name, f"phần {part} bên trong không phải XML đúng") from error
    if root is None:
        raise damaged(name, f"phần {part} bên trong trống")
    if root.getroottree().docinfo.internalDTD is not None:
        raise hostile(name, "XML có khai báo thực thể (DTD)")
    return root


def texts(source: Source) -> Iterator[str]:
    """Every line of a source in reading order, cells and notes taken apart at their line breaks."""
    for block in source.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                yield from cell.text.split("\n")
        elif isinstance(block, (Line, Note)):
            yield from block.text.split("\n")


def refuse_wordless(source: Source) -> None:
    """Raise EmptyFile when no block holds a letter or digit."""
    if not any(_LETTER.search(text) for text in texts(source)):
        raise EmptyFile(
            f"Tệp “{source.name}” không có chữ nào đọc được.",
            hint="Nếu văn bản chỉ gồm ảnh chụp, hãy gửi tệp ảnh hoặc PDF quét.",
        )


def secrecy_mark(text: str) -> str:
    """The text without blanks and brackets around it when it is a secrecy mark and nothing else; otherwise empty."""
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" *[]()|.:")
    return plain if len(plain) <= 30 and any(map(_SECRET.fullmatch, (plain, *_modern(plain)))) else ""


def _modern(text: str) -> Iterator[str]:
    """A short line in each legacy encoding: too short to be told by itself, and a running head's font is not kept."""
    if not text.isascii() and not legacy.has_modern_letters(text):
        yield from (legacy.convert(text, encoding) for encoding in ("tcvn3", "vni", "viscii"))


def refuse_secret(source: Source) -> None:
    """Raise SecretPaper when a line or cell near the top, or a running head, is a secrecy mark and nothing else.

    Words such as "bảo mật" or "mật độ" are no mark: the whole line has to be "MẬT", "TỐI MẬT" or "TUYỆT MẬT".
    """
    near_top: list[str] = []
    for text in texts(source):
        if text.strip():
            near_top.append(text)
            if len(near_top) == _FIRST_LINES:
                break
    for removed in source.removed:
        if removed.reason == "header":
            near_top += removed.text.split("\n")[:_FIRST_LINES]
    # Text files set the mark beside the motto, far apart: each stretch between wide blanks is looked at alone.
    for text in [part for line in near_top for part in _WIDE.split(line)]:
        if plain := secrecy_mark(text):
            raise SecretPaper(
                f"Tệp “{source.name}” đóng dấu “{plain}”: không đọc và không lưu văn bản mật.",
                hint="Chỉ xử lý văn bản này theo quy định về bảo vệ bí mật nhà nước.",
            )
