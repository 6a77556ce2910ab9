"""PDF papers: printed by LibreOffice from our own plan, or written by hand byte by byte where a fault is wanted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sample_pages as sample
from binhdang.errors import BinhdangError, DamagedFile, EmptyFile, EncryptedFile
from binhdang.paper import Line, Note, Source, Table
from binhdang.reading.intake.pdf import is_broken, read_pdf

Text = tuple[float, float, float, str]  # left, top, size, words


def hand_pdf(pages: list[list[Text]], drawn: str = "") -> bytes:
    """A PDF of plain text at given places (A4, points from the top left corner); Latin letters only. `drawn` on each page."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"]
    kids = []
    for texts in pages:
        shown = "".join(f"BT /F {s} Tf {x} {842 - y} Td ({t}) Tj ET\n" for x, y, s, t in texts) + drawn
        objects.append(f"<</Length {len(shown)}>>stream\n{shown}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R/Resources<</Font<</F 3 0 R>>>>>>"
        )
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    out, places = "%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{i} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{p:010} 00000 n \n" for p in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return (out + end + f"startxref\n{len(out)}\n%%EOF").encode("latin-1")


def lines(source: Source) -> list[str]:
    """The words of its lines."""
    return [b.text for b in source.blocks if isinstance(b, Line)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Source:
    data = sample.plan_pdf(tmp_path_factory.mktemp("pdf"))
    if data is None:
        pytest.skip("LibreOffice is not installed")
    return read_pdf(data, "kế hoạch.pdf")


def test_every_word_in_reading_order(printed: Source) -> None:
    words = " ".join(lines(printed))
    assert words == " ".join(sample.plan_lines()).replace(sample.CALL, sample.CALL + "[1]", 1)


def test_blocks_side_by_side_come_left_first(printed: Source) -> None:
    said = lines(printed)
    head = sample.LETTER_LEFT + sample.LETTER_RIGHT + sample.TITLE
    assert said[: len(head)] == head
    assert said[-9:] == sample.SIGN_LEFT + sample.SIGN_RIGHT


def test_type_and_place_of_lines(printed: Source) -> None:
    by_text = {b.text: b for b in printed.blocks if isinstance(b, Line)}
    title, section = by_text["KẾ HOẠCH"], by_text["I. MỤC TIÊU"]
    assert title.centred and title.bold and title.size == 13
    assert section.bold and not section.centred and section.gap and section.indent == pytest.approx(28.3, abs=1)
    assert section.box is not None and section.box[0] == pytest.approx(85 + 28.3, abs=1)
    assert by_text["III. KINH PHÍ"].page == 2
    assert not by_text["vòng 48 giờ."].bold


def test_table_cells_with_extents(printed: Source) -> None:
    (table,) = [b for b in printed.blocks if isinstance(b, Table)]
    assert {(c.row, c.column): c.text for c in table.cells} == sample.expected_cells()
    extents = {c.text: (c.rows, c.columns) for c in table.cells if (c.rows, c.columns) != (1, 1)}
    assert extents == {"Số TT": (2, 1), "Nội dung hoạt động": (2, 1), "Kinh phí năm 2026": (1, 3), "Tổng cộng": (1, 2)}
    assert table.page == 2 and (table.height, table.width) == (11, 5)


def test_footnote_and_page_numbers_leave_the_body(printed: Source) -> None:
    assert [b for b in printed.blocks if isinstance(b, Note)] == [Note("1", sample.NOTE, 1)]
    assert [(r.text, r.reason, r.page) for r in printed.removed] == [("1", "page number", 1), ("2", "page number", 2)]


def test_layout(printed: Source) -> None:
    layout = printed.layout
    assert layout is not None
    assert (layout.page_width, layout.page_height) == (pytest.approx(595.3, abs=1), pytest.approx(841.9, abs=1))
    assert layout.margin_left == pytest.approx(85, abs=3)
    assert layout.margin_right == pytest.approx(57, abs=3)
    assert layout.body_size == 13 and layout.page_numbers is True


BODY = [
    (85.0, 120.0 + 16 * i, 13.0, f"Line {i} of the body runs on to the right edge of its column here.")
    for i in range(8)
]


def test_running_heads_and_stamp_are_set_aside() -> None:
    pages: list[list[Text]] = [
        [(85, 30, 10, f"CONG BAO / No. {7 + i}"), *BODY, (290, 815, 11, f"{i}")] for i in range(3)
    ]
    pages[0] += [(400, 50, 8, "Digitally signed by OFFICE"), (400, 60, 8, "Email: office@example.vn")]
    source = read_pdf(hand_pdf(pages), "a.pdf")
    assert {(r.text, r.reason) for r in source.removed if r.page == 1} == {
        ("CONG BAO / No. 7", "running head"),
        ("0", "page number"),
        ("Digitally signed by OFFICE", "signature stamp"),
        ("Email: office@example.vn", "signature stamp"),
    }
    assert lines(source) == [t for _ in range(3) for _, _, _, t in BODY]


def test_a_number_in_the_body_stays() -> None:
    source = read_pdf(hand_pdf([[*BODY, (85, 400, 13, "2026")]]), "a.pdf")
    assert lines(source)[-1] == "2026" and not source.removed


GRID = "1 w 85 700 m 500 700 l S 85 {y} m 500 {y} l S 85 760 m 500 760 l S 85 {y} m 85 760 l S 200 {y} m 200 760 l S 500 {y} m 500 760 l S\n"


def test_table_over_a_page_break_is_one() -> None:
    head: list[Text] = [(90, 105, 12, "No"), (210, 105, 12, "Work")]
    pages = [[*head, (90, 165, 12, "1"), (210, 165, 12, "open a class for")], [*head, (210, 165, 12, "young mothers")]]
    source = read_pdf(hand_pdf(pages, GRID.format(y=640)), "a.pdf")
    (table,) = [b for b in source.blocks if isinstance(b, Table)]
    assert [(c.row, c.column, c.text) for c in table.cells] == [
        (0, 0, "No"),
        (0, 1, "Work"),
        (1, 0, "1"),
        (1, 1, "open a class for young mothers"),
    ]


def test_tables_with_words_between_stay_apart() -> None:
    cells: list[Text] = [(90, 105, 12, "No"), (210, 105, 12, "Work"), (90, 165, 12, "1"), (210, 165, 12, "Classes")]
    source = read_pdf(hand_pdf([cells, [(85, 40, 12, "Annex two"), *cells]], GRID.format(y=640)), "a.pdf")
    assert [type(b).__name__ for b in source.blocks] == ["Table", "Line", "Table"]


def test_tight_letterhead_is_parted_by_its_neighbours() -> None:
    letterhead: list[Text] = [
        (85, 60, 13, "PEOPLE COMMITTEE"),
        (275, 60, 13, "THE REPUBLIC OF THE NATION"),
        (85, 76, 13, "COMMUNE OF THE RIVERSIDE"),
        (287, 76, 13, "Freedom and Happiness"),
    ]
    source = read_pdf(hand_pdf([[*letterhead, *BODY]]), "a.pdf")
    assert lines(source)[:4] == [letterhead[i][3] for i in (0, 2, 1, 3)]


def test_words_printed_letter_by_letter_are_whole() -> None:
    widths = {"m": 0.778, "o": 0.5, "n": 0.5, "e": 0.444, "y": 0.5, " ": 0.25}
    texts: list[Text] = []
    at = 85.0
    for letter in "money on me":
        if letter != " ":
            texts.append((round(at, 2), 100, 10, letter))
        at += 10 * widths[letter]
    assert lines(read_pdf(hand_pdf([texts]), "a.pdf")) == ["money on me"]


def locked_pdf() -> bytes:
    encrypt = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "00" * 32 + ">/U<" + "11" * 32 + ">>>/ID[<00><00>]"
    return hand_pdf([BODY]).replace(b"/Root 1 0 R", b"/Root 1 0 R" + encrypt.encode())


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(locked_pdf(), EncryptedFile, id="password"),
        pytest.param(hand_pdf([BODY])[:200], DamagedFile, id="cut off"),
        pytest.param(b"%PDF-1.7\nnothing", DamagedFile, id="no objects"),
        pytest.param(hand_pdf([[], []]), EmptyFile, id="empty pages"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, error: type[BinhdangError]) -> None:
    with pytest.raises(error, match=r"x\.pdf"):
        read_pdf(data, "x.pdf")


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 14400 14400", "0 0 99999999 3", "100 100 50 50"])
def test_absurd_page_sizes_are_survived(box: str) -> None:
    data = hand_pdf([BODY]).replace(b"0 0 595 842", box.encode())
    try:
        assert read_pdf(data, "x.pdf").pages == 1
    except BinhdangError as error:
        assert "x.pdf" in error.message


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_raise_only_our_errors(tail: bytes) -> None:
    for data in (b"%PDF-1.7\n" + tail, hand_pdf([BODY[:1]])[:-100] + tail):
        try:
            read_pdf(data, "x.pdf")
        except BinhdangError as error:
            assert error.message


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        (" ".join(sample.BODY), False),
        (" ".join(sample.BODY).translate({ord(c): None for c in "ẳớệộạếảấị"}), True),
        (" ".join(sample.BODY).replace("ế", "\uf0aa").replace("ộ", "\ufffd"), True),
        (
            "Ministere de la condition feminine, rapport annuel " + "a short English text of words with no marks " * 3,
            False,
        ),
        ("This page is a short English summary of the plan for partners, with goals and results of each year.", False),
        ("UBND KH BCĐ 12/KH-UBND", False),
    ],
    ids=["sound", "letters dropped", "no glyph map", "french and english", "english", "abbreviations"],
)
def test_broken_text_layer_is_told_by_its_syllables(text: str, broken: bool) -> None:
    assert is_broken(text) is broken


def test_sideways_page() -> None:
    source = read_pdf(hand_pdf([BODY]).replace(b"/Contents", b"/Rotate 90/Contents"), "x.pdf")
    assert source.layout is not None and source.layout.page_width == 842
    assert sum(len(t.split()) for t in lines(source)) == sum(len(t.split()) for _, _, _, t in BODY)
