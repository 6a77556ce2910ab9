"""Random and broken files: only errors for people come out, never a stack trace."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhdang.errors import BinhdangError
from binhdang.reading.intake import take_in_bytes
from test_intake_guards import GOOD
from test_intake_html import PORTAL

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MARKDOWN = "# KẾ HOẠCH\n**Mục *một*\n\n| a | b |\n|---|---|\n| c | d |\n|\n[x](http://y) <br> _a_\n\t\f* b".encode()
LEGACY = "KÕ ho¹ch c«ng t¸c b×nh ®¼ng giíi n¨m 2006".encode("latin-1")
FILES = [(GOOD, "a.docx"), (PORTAL.encode(), "a.html"), (MARKDOWN, "a.md"), (LEGACY, "a.txt")]
NAMES = st.sampled_from(["a.docx", "a.html", "a.md", "a.txt", "", "…/\0"])


def survives(data: bytes, name: str) -> None:
    try:
        source = take_in_bytes(data, name)
    except BinhdangError as error:
        assert error.message and error.code
    else:
        assert source.blocks and source.pages >= 1


@given(st.binary(max_size=400), NAMES)
@QUICK
def test_any_bytes(data: bytes, name: str) -> None:
    survives(data, name)


@given(st.text(max_size=400), NAMES)
@QUICK
def test_any_text(text: str, name: str) -> None:
    survives(text.encode("utf-8", "surrogatepass"), name)


@given(st.text(alphabet="*_#|[]()<>br/\\- \t\nab&;.1", max_size=200))
@QUICK
def test_any_markup(text: str) -> None:
    survives(text.encode(), "a.md")
    survives(f"<html>{text}".encode(), "a.html")


@given(st.sampled_from(FILES), st.floats(0, 1), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8))
@QUICK
def test_broken_files(file: tuple[bytes, str], kept: float, flips: list[tuple[float, int]]) -> None:
    data = bytearray(file[0][: round(len(file[0]) * kept) if kept < 0.5 else None])
    for place, byte in flips:
        if data:
            data[min(int(place * len(data)), len(data) - 1)] = byte
    survives(bytes(data), file[1])
