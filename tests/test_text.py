"""Vietnamese letters: the copy that patterns run on, slips mended, lower case, the folded form."""

import unicodedata

import pytest

from binhdang.vietnamese.text import fold, lower, mend, needs_mending, nfc, plain


@pytest.mark.parametrize(
    ("printed", "copy"),
    [
        ("2021 – 2025", "2021 - 2025"),  # a long dash
        ("Sở LĐ\u2011TBXH", "Sở LĐ-TBXH"),  # a dash that may not break
        ("ngày\u00a005", "ngày 05"),  # a space that may not break
        ("a\tb", "a b"),
        ("“Tháng hành động”", '"Tháng hành động"'),
        ("QÐ-UBND", "QĐ-UBND"),  # Icelandic Eth for Đ
        ("Văn hoá", "Văn hóa"),  # tone marks placed one way
        ("Uỷ ban", "Ủy ban"),
        ("khoẻ mạnh", "khỏe mạnh"),
        ("TOÀ ÁN", "TÒA ÁN"),
        ("Quý I", "Quý I"),  # after "q" the mark stays
        ("hoàn thành", "hoàn thành"),  # not the end of a syllable
        ("công tác BDG", "công tác BĐG"),  # slips of recognition
        ("Mật trận Tổ quốc", "Mặt trận Tổ quốc"),
        ("bí mật", "bí mật"),
    ],
)
def test_the_matching_copy(printed: str, copy: str) -> None:
    assert plain(printed) == copy
    assert len(plain(printed)) == len(printed)  # places stay the same


@pytest.mark.parametrize(
    ("copy", "mended"),
    [
        ("BanVSTBPN tỉnh", "Ban VSTBPN tỉnh"),  # run together
        ("SởNội vụ", "Sở Nội vụ"),
        ("ĐIỀ U 1", "ĐIỀU 1"),  # a syllable cut in two
        ("Ban VSTBPN", "Ban VSTBPN"),
        ("Bộ Công an", "Bộ Công an"),
    ],
)
def test_mending_and_the_way_back(copy: str, mended: str) -> None:
    text, back = mend(copy)
    assert text == mended
    assert needs_mending(copy) == (copy != mended)
    if back is None:
        assert copy == mended
    else:
        assert len(back) == len(mended) + 1
        assert back == sorted(back)
        assert all(copy[b] == c for b, c in zip(back, mended, strict=False) if c != " ")


def test_composed_letters() -> None:
    apart = unicodedata.normalize("NFD", "Ủy ban nhân dân")
    assert apart != "Ủy ban nhân dân"
    assert nfc(apart) == "Ủy ban nhân dân"


@pytest.mark.parametrize("text", ["ỦY BAN ĐƯỜNG", "İstanbul", "STRAẞE"])
def test_lower_case_keeps_the_length(text: str) -> None:
    assert len(lower(text)) == len(text)


def test_lower_case() -> None:
    assert lower("SỞ LĐTBXH") == "sở lđtbxh"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đường Điện Biên", "duong dien bien"), ("bình đẳng giới", "binh dang gioi"), ("2026/KH-UBND", "2026/kh-ubnd")],
)
def test_folding_for_search(text: str, folded: str) -> None:
    assert fold(text) == folded
