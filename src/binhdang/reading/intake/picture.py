"""A page of a file as a picture, as a person would see it."""

from __future__ import annotations

import importlib
import io
from typing import Any

from binhdang.errors import MissingProgram, UnreadableFile
from binhdang.reading.intake.guards import damaged

_WIDTH = 1000  # points of the picture
_TALLEST = 4000
_MOST_PIXELS = 120_000_000


def page_picture(data: bytes, number: int) -> bytes:
    """A page (from 1) of a PDF or a picture file as PNG, so wide that print can be read.

    Raises IndexError where there is no such page, UnreadableFile for what has no pages, MissingProgram without Pillow.
    """
    try:
        image = importlib.import_module("PIL.Image")
    except ImportError as error:
        raise MissingProgram(
            "Cần thư viện Pillow để vẽ trang.", hint='Hãy cài: pip install "binhdang[scan]".'
        ) from error
    drawn = _pdf_page(data, number) if b"%PDF-" in data[:1024] else _frame(image, data, number)
    drawn.thumbnail((_WIDTH, _TALLEST))
    out = io.BytesIO()
    drawn.convert("RGB").save(out, "PNG", optimize=False, compress_level=3)
    return out.getvalue()


def _pdf_page(data: bytes, number: int) -> Any:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        if not 0 < number <= len(document):
            raise IndexError(number)
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(_WIDTH / width, _TALLEST / height, 8.0)
        return page.render(scale=scale).to_pil()
    except pdfium.PdfiumError as error:
        raise damaged("tệp PDF", "có trang không mở được") from error


def _frame(image: Any, data: bytes, number: int) -> Any:
    try:
        opened = image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"))
        if opened.width * opened.height > _MOST_PIXELS:
            raise UnreadableFile("Ảnh quá lớn.")
        if not 0 < number <= getattr(opened, "n_frames", 1):
            raise IndexError(number)
        opened.seek(number - 1)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise damaged("tệp ảnh", "không đọc được") from error
    return opened
