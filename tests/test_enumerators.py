"""Labels in front of headings and items."""

from time import process_time

import pytest

from binhdang.vietnamese.enumerators import read_label


@pytest.mark.parametrize(
    ("text", "style", "values", "ref", "words"),
    [
        ("Phần thứ nhất", "part", (1,), "Phần thứ nhất", ""),
        ("PHẦN II. NHIỆM VỤ", "part", (2,), "PHẦN II", "NHIỆM VỤ"),
        ("Chương III", "chapter", (3,), "Chương III", ""),
        ("Mục 2. Giải pháp", "section", (2,), "Mục 2", "Giải pháp"),
        ("Điều 1. Ban hành", "article", (1,), "Điều 1", "Ban hành"),
        ("PHỤ LỤC", "appendix", (0,), "PHỤ LỤC", ""),
        ("PHỤ LỤC II", "appendix", (2,), "PHỤ LỤC II", ""),
        ("I. MỤC ĐÍCH", "roman", (1,), "I", "MỤC ĐÍCH"),
        ("IV. TỔ CHỨC", "roman", (4,), "IV", "TỔ CHỨC"),
        ("II NHIỆM VỤ", "roman", (2,), "II", "NHIỆM VỤ"),  # the full stop is lost
        ("**I. MỤC ĐÍCH**", "roman", (1,), "I", "MỤC ĐÍCH**"),  # bold in markdown
        ("III.2. Nội dung", "dotted2", (3, 2), "III.2", "Nội dung"),
        ("1. Mục đích", "arabic", (1,), "1", "Mục đích"),
        ("12) Tập huấn", "arabic", (12,), "12", "Tập huấn"),
        ("1/ Mục đích", "arabic", (1,), "1", "Mục đích"),
        ("1 . Mục đích", "arabic", (1,), "1", "Mục đích"),
        ("1- Mục đích", "arabic", (1,), "1", "Mục đích"),
        ("1.1. Mục tiêu", "dotted2", (1, 1), "1.1", "Mục tiêu"),
        ("1.1 Mục tiêu", "dotted2", (1, 1), "1.1", "Mục tiêu"),
        ("2.1.3. Hoạt động", "dotted3", (2, 1, 3), "2.1.3", "Hoạt động"),
        ("a) Nội dung", "letter", (1,), "a", "Nội dung"),
        ("đ) Nội dung", "letter", (5,), "đ", "Nội dung"),  # đ comes after d
        ("e) Nội dung", "letter", (6,), "e", "Nội dung"),
        ("a. Nội dung", "letter", (1,), "a", "Nội dung"),
        ("A. PHẦN CHUNG", "capital", (1,), "A", "PHẦN CHUNG"),
        ("(1) Tuyên truyền", "bracket", (1,), "(1)", "Tuyên truyền"),
        ("(ii) Tuyên truyền", "bracket", (2,), "(ii)", "Tuyên truyền"),
        ("- Tuyên truyền", "dash", (), "-", "Tuyên truyền"),
        ("-Tuyên truyền", "dash", (), "-", "Tuyên truyền"),
        ("+ Tuyên truyền", "plus", (), "+", "Tuyên truyền"),
        ("* Tuyên truyền", "star", (), "*", "Tuyên truyền"),
        ("• Tuyên truyền", "star", (), "•", "Tuyên truyền"),
        ("   - Tuyên truyền", "dash", (), "-", "Tuyên truyền"),  # indented
        ("Dự án 1: Truyền thông", "named dự án", (1,), "Dự án 1", "Truyền thông"),
        ("Tiểu dự án 2. Truyền thông", "named tiểu dự án", (2,), "Tiểu dự án 2", "Truyền thông"),
        ("Mục tiêu 3: Y tế", "named mục tiêu", (3,), "Mục tiêu 3", "Y tế"),
        ("Chỉ tiêu 1: 60% xã", "named chỉ tiêu", (1,), "Chỉ tiêu 1", "60% xã"),
        # No labels.
        ("Mục đích", None, None, None, None),
        ("1.000 phụ nữ được vay vốn", None, None, None, None),  # a number
        ("15/11/2024", None, None, None, None),  # a date
        ("3.5% lao động nữ", None, None, None, None),
        ("Điều 5 của Luật Bình đẳng giới", None, None, None, None),  # running text
        ("Mục III nêu trên", None, None, None, None),
        ("-- hết --", None, None, None, None),
        ("Xã Tân Việt", None, None, None, None),
        ("", None, None, None, None),
        ("   ", None, None, None, None),
    ],
)
def test_a_label(
    text: str, style: str | None, values: tuple[int, ...] | None, ref: str | None, words: str | None
) -> None:
    label = read_label(text)
    if style is None:
        assert label is None
    else:
        assert label is not None
        assert (label.style, label.values, label.ref, text[label.end :]) == (style, values, ref, words)


@pytest.mark.parametrize("text", ["1." * 50_000, "I" * 50_000, " " * 100_000, "-" * 50_000, "(" * 50_000])
def test_long_hostile_words_take_no_time(text: str) -> None:
    began = process_time()
    read_label(text)
    assert process_time() - began < 0.2
