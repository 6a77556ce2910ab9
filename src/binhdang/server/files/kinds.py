"""What kinds of files are taken in, told by their content: an allow-list, because what a name says is the sender's word."""

from __future__ import annotations

from pathlib import Path

from binhdang.errors import BinhdangError
from binhdang.reading.intake.guards import Archive
from binhdang.server.web.records import Refused

_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN = {
    b"application/vnd.oasis.opendocument.text": "application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.spreadsheet": "application/vnd.oasis.opendocument.spreadsheet",
}
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
)
SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})
"""Kinds that a browser may show in its place; all others are only handed over to be saved."""


def kind_of(path: Path, name: str) -> str:
    """The media type of a file's content. Raises Refused for what is not taken in, and for hostile archives."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise Refused(f"Tệp “{name}” không có nội dung (0 byte).", hint="Hãy gửi lại tệp đầy đủ.", field="file")
    for signature, media_type in _SIGNATURES:
        if start.startswith(signature):
            return media_type
    if b"%PDF-" in start[:1024]:
        return "application/pdf"
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "image/webp"
    if start[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "image/heic"
    if start.startswith(b"PK\x03\x04"):
        return _archive_kind(path, name)
    if _is_text(start):
        return "text/plain"
    raise _not_taken(name)


def _archive_kind(path: Path, name: str) -> str:
    try:
        archive = Archive(path.read_bytes(), name)
        names = archive.names
        declared = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except BinhdangError as e:
        raise Refused(e.message, hint=e.hint, field="file") from e
    if "[Content_Types].xml" in names:
        for folder, media_type in _OFFICE.items():
            if any(entry.startswith(folder) for entry in names):
                if any(entry.endswith("vbaProject.bin") for entry in names):
                    raise Refused(
                        f"Tệp “{name}” có macro nên không được nhận.",
                        hint="Hãy lưu lại thành tệp không có macro.",
                        field="file",
                    )
                return media_type
    if declared in _OPEN:
        return _OPEN[declared]
    raise _not_taken(name)


def _is_text(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in start and not start.startswith((b"MZ", b"\x7fELF", b"#!"))


def _not_taken(name: str) -> Refused:
    return Refused(
        f"“{name}” không phải là loại tệp được nhận.",
        hint="Nhận: Word, Excel, PowerPoint, PDF, ảnh, OpenDocument, văn bản thường.",
        field="file",
    )
