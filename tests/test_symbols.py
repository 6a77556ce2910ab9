"""Symbols of papers, names of issuers, names of laws."""

import pytest

from binhdang.law import fault, find_laws, find_symbols, law_key, name_of, parse_symbol, read_issuer, spell_out
from binhdang.reference.paper_kinds import KIND_BY_CODE, PAPER_KINDS


@pytest.mark.parametrize(
    ("text", "number", "year", "code", "issuers", "kind"),
    [
        ("57/NQ-CP", "57", None, "NQ", ("CP",), "Nghị quyết"),
        ("11-NQ/TW", "11", None, "NQ", ("TW",), "Nghị quyết"),  # the Party's order
        ("191/2009/TT-BTC", "191", 2009, "TT", ("BTC",), "Thông tư"),
        ("56/2012/TTLT-BTC-BLĐTBXH", "56", 2012, "TTLT", ("BTC", "BLĐTBXH"), "Thông tư liên tịch"),
        ("14/2002/TTLT/BYT-BTC", "14", 2002, "TTLT", ("BYT", "BTC"), "Thông tư liên tịch"),
        ("5775/UBND-KGVX", "5775", None, None, ("UBND", "KGVX"), "Công văn"),
        ("1275/LĐTBXH-BĐG", "1275", None, None, ("LĐTBXH", "BĐG"), "Công văn"),
        ("202/2025/QH15", "202", 2025, None, ("QH15",), None),  # law or resolution: only the word tells
        ("8935/BNV-CTTN&BĐG", "8935", None, None, ("BNV", "CTTN&BĐG"), "Công văn"),
        ("21/KH-LĐTB&XH", "21", None, "KH", ("LĐTB&XH",), "Kế hoạch"),
        ("488-CV/TCQT-NS", "488", None, "CV", ("TCQT", "NS"), "Công văn"),
        ("4255/QĐ-BNN-KHCN", "4255", None, "QĐ", ("BNN", "KHCN"), "Quyết định"),
        ("102/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN", "102", 2025, "NQLT", ("UBTVQH15", "CP", "ĐCTUBTWMTTQVN"), "Nghị quyết liên tịch"),
        ("49/QCPH-UBND-UBMT-HCTĐ", "49", None, "QCPH", ("UBND", "UBMT", "HCTĐ"), "Quy chế phối hợp"),
        ("12/QĐ-UB", "12", None, "QĐ", ("UB",), "Quyết định"),  # before 2003
        ("12/QĐ.UB", "12", None, "QĐ", ("UB",), "Quyết định"),
        ("12/QĐ-UB.NN", "12", None, "QĐ", ("UB", "NN"), "Quyết định"),
        ("30/TTr. SXD", "30", None, "TTr", ("SXD",), "Tờ trình"),
        ("2740/QĐ/BNN-KL", "2740", None, "QĐ", ("BNN", "KL"), "Quyết định"),
        ("0130/KH-UBND", "0130", None, "KH", ("UBND",), "Kế hoạch"),  # zeros kept
        ("30a/2008/NQ-CP", "30a", 2008, "NQ", ("CP",), "Nghị quyết"),
        ("10-CTr/TU", "10", None, "CTr", ("TU",), "Chương trình"),
        ("532/TTg", "532", None, None, ("TTg",), None),
        ("251-BCĐ", "251", None, None, ("BCĐ",), None),
        ("1830 QĐ-UBND", "1830", None, "QĐ", ("UBND",), "Quyết định"),  # a space for the slash
        ("27/CT-TTG", "27", None, "CT", ("TTG",), "Chỉ thị"),  # a title in capitals
        ("77/kh-lt", "77", None, "kh", ("lt",), "Kế hoạch"),  # a title in small letters
        ("15/TB_UBND", "15", None, "TB", ("UBND",), "Thông báo"),
        ("03-QĐ/BCĐ", "03", None, "QĐ", ("BCĐ",), "Quyết định"),
        ("164/BC- BKTNS", "164", None, "BC", ("BKTNS",), "Báo cáo"),
        ("2001/QĐ-UBND", "2001", None, "QĐ", ("UBND",), "Quyết định"),  # not a year
        ("97-QĐ/TƯ", "97", None, "QĐ", ("TƯ",), "Quyết định"),
    ],
)  # fmt: skip
def test_a_symbol_in_its_parts(
    text: str, number: str, year: int | None, code: str | None, issuers: tuple[str, ...], kind: str | None
) -> None:
    symbol = parse_symbol(text)
    assert symbol is not None
    assert (symbol.number, symbol.year, symbol.code, symbol.issuers) == (number, year, code, issuers)
    assert symbol.kind == kind


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("223/KH- UBND", "223/KH-UBND"),
        ("71/NQ -CP", "71/NQ-CP"),
        ("201 /QĐ-UBND", "201/QĐ-UBND"),
        ("10- CTr/TU", "10-CTr/TU"),
        ("132- KL/TW", "132-KL/TW"),
        ("1676/QĐ - TTg", "1676/QĐ-TTg"),
        ("223/KH-\nUBND", "223/KH-UBND"),  # line break
        ("15/Q\u00d0-TTg", "15/QĐ-TTg"),  # Icelandic letter
    ],
)
def test_printed_without_inner_spaces(text: str, printed: str) -> None:
    symbol = parse_symbol(text)
    assert symbol is not None
    assert symbol.printed == printed


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("279/QĐ-UBND", "279/QĐ- UBND", True),
        ("0130/KH-UBND", "130/KH-UBND", True),
        ("27/CT-TTG", "27/CT-TTg", True),
        ("21/KH-LĐTB&XH", "21/KH-LĐTBXH", True),
        ("57/NQ-CP", "57-NQ/CP", True),  # order of the marks alone
        ("1830 QĐ-UBND", "1830/QĐ-UBND", True),
        ("30a/2008/NQ-CP", "30/2008/NQ-CP", False),
        ("30/2008/NQ-CP", "30/2009/NQ-CP", False),
        ("57/NQ-CP", "57/QĐ-CP", False),
        ("57/NQ-CP", "5/NQ-CP", False),
    ],
)
def test_two_spellings_of_one_symbol(one: str, other: str, same: bool) -> None:
    a, b = parse_symbol(one), parse_symbol(other)
    assert a is not None
    assert b is not None
    assert (a.key == b.key) is same


@pytest.mark.parametrize(
    "text",
    [
        "Số:      /KH-UBND",
        "số /QĐ-TTg ngày tháng năm 202...",
        "24/24 giờ",
        "15/11/2024",
        "đạt 18/20",
        "2011-2015",
        "km/h",
    ],
)
def test_no_symbol(text: str) -> None:
    assert [s.symbol.printed for s in find_symbols(text)] == []


def test_a_full_stop_ends_a_symbol() -> None:
    text = "theo Quyết định số 30/QĐ-UBND. UBND tỉnh giao 5/KH-BCĐ."
    assert [text[s.start : s.end] for s in find_symbols(text)] == ["30/QĐ-UBND", "5/KH-BCĐ"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("0/QĐ-UBND", "không thể là 0"),
        ("00/KH-UBND", "không thể là 0"),
        ("12/XYZ", "không có tên loại"),
        ("45/2019/QH15", "sai khóa"),  # term 15 began in 2021
        ("45/2019/QH44", "Không có Quốc hội khóa 44"),
    ],
)
def test_what_no_paper_can_have(text: str, word: str) -> None:
    symbol = parse_symbol(text)
    assert symbol is not None
    assert word in (fault(symbol) or "")


@pytest.mark.parametrize(
    "text", ["45/2019/QH14", "57/NQ-CP", "532/TTg", "5775/UBND-KGVX", "30a/2008/NQ-CP", "10/KH-UBND", "73/2006/QH11"]
)
def test_what_a_paper_can_have(text: str) -> None:
    symbol = parse_symbol(text)
    assert symbol is not None
    assert fault(symbol) is None


def test_codes_name_one_kind_each() -> None:
    codes = [code.casefold() for kind in PAPER_KINDS for code in kind.codes]
    assert len(codes) == len(set(codes)) == len(KIND_BY_CODE)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("UBND các huyện, TX, TP", "Ủy ban nhân dân các huyện, thị xã, thành phố"),
        ("UBND TP.Hồ Chí Minh", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("Uỷ ban nhân dân xã", "Ủy ban nhân dân xã"),
        ("Sở Lao động TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở LĐTBXH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở LĐTB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở Lao động- TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở Lao động-Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội"),
        ("Bộ Lao động, Thương binh và Xã hội", "Bộ Lao động - Thương binh và Xã hội"),
        ("Bộ LĐTBXH", "Bộ Lao động - Thương binh và Xã hội"),
        ("BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội"),
        ("SLĐTBXH", "Sở Lao động - Thương binh và Xã hội"),
        ("BTV Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"),
        ("TTg", "Thủ tướng Chính phủ"),
        ("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("UBMTTQ tỉnh", "Ủy ban Mặt trận Tổ quốc tỉnh"),
        ("Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở VH, TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Văn hóa TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ("Bộ NN&PTNT", "Bộ Nông nghiệp và Phát triển nông thôn"),
        ("Sở TN&MT", "Sở Tài nguyên và Môi trường"),
        ("Ban VSTBPN tỉnh", "Ban Vì sự tiến bộ của phụ nữ tỉnh"),
        ("Phòng VH-XH", "Phòng Văn hóa - Xã hội"),
        ("Sở Y tế", "Sở Y tế"),  # nothing to do
        ("thành phố Phan Rang-Tháp Chàm", "thành phố Phan Rang-Tháp Chàm"),  # a name's own dash
    ],
)
def test_abbreviations_written_out(short: str, full: str) -> None:
    assert spell_out(short) == full


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Trưởng phòng Nội vụ", "Phòng Nội vụ"),  # the word "phòng" belongs to the office
        ("Trưởng Ban Tổ chức Tỉnh ủy", "Ban Tổ chức Tỉnh ủy"),
        ("Giám đốc Sở Lao động- TB&XH tỉnh Hà Nam", "Sở Lao động - Thương binh và Xã hội"),  # holder and province off
        ("Bộ trưởng Bộ Y tế", "Bộ Y tế"),
        ("Thủ tướng", "Thủ tướng Chính phủ"),
        ("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh"),  # an issuer of his own
        ("UBND tỉnh Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam"),
    ],
)
def test_the_issuer_of_a_printed_name(printed: str, name: str) -> None:
    assert name_of(printed) == name


@pytest.mark.parametrize(
    ("text", "issuer", "rest"),
    [
        ("Thủ tướng Chính phủ Phê duyệt Đề án", "Thủ tướng Chính phủ", " Phê duyệt Đề án"),
        ("UBND tỉnh Hà Nam ban hành", "Ủy ban nhân dân tỉnh Hà Nam", " ban hành"),
        ("Bộ Văn hóa, Thể thao và Du lịch về việc", "Bộ Văn hóa, Thể thao và Du lịch", " về việc"),  # its own comma
        (
            "Bộ Tài nguyên và Môi trường và Bộ Nội vụ hướng dẫn",
            "Bộ Tài nguyên và Môi trường và Bộ Nội vụ",
            " hướng dẫn",
        ),
        ("Ban Chấp hành Trung ương Đảng khóa XII về", "Ban Chấp hành Trung ương Đảng khóa XII", " về"),
        ("Ban Tổ chức Tỉnh ủy hướng dẫn", "Ban Tổ chức Tỉnh ủy", " hướng dẫn"),  # a capital is no verb
        ("Hội Liên hiệp Phụ nữ tỉnh; các", "Hội Liên hiệp Phụ nữ tỉnh", "; các"),
    ],
)
def test_an_issuer_read_from_running_text(text: str, issuer: str, rest: str) -> None:
    found = read_issuer(text, 0)
    assert found is not None
    assert (found[1], text[found[0] :]) == (issuer, rest)


@pytest.mark.parametrize("text", ["các cơ quan liên quan", "Thông tư số 1", "công dân"])
def test_what_is_no_issuer(text: str) -> None:
    assert read_issuer(text, 0) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("tuyên truyền Luật Bình đẳng giới, các chủ trương", "Luật Bình đẳng giới"),
        ("Luật Phòng, chống bạo lực gia đình năm 2022;", "Luật Phòng, chống bạo lực gia đình"),  # comma in the name
        ("Luật Hôn nhân và gia đình và các văn bản", "Luật Hôn nhân và gia đình"),  # "và" in the name
        ("Bộ luật Lao động năm 2019", "Bộ luật Lao động"),
        ("Luật Thủy sản và các nghị định", "Luật Thủy sản"),  # not known by name
        ("Luật Thư viện.", "Luật Thư viện"),
        ("Luật BĐG và VSTBPN", "Luật BĐG"),
        ("Luật tổ chức chính quyền địa phương ngày 1/1/2015", "Luật tổ chức chính quyền địa phương"),  # written small
        ("Luật sửa đổi một số điều của Luật Việc làm và Luật Nhà ở ngày 1/1/2020", "Luật sửa đổi một số điều của Luật Việc làm và Luật Nhà ở"),
        ("Luật sửa đổi, bổ sung một số điều của Luật Việc làm số 1/2020/QH14", "Luật sửa đổi, bổ sung một số điều của Luật Việc làm"),
    ],
)  # fmt: skip
def test_where_the_name_of_a_law_ends(text: str, title: str) -> None:
    law = next(find_laws(text))
    assert text[law.start : law.end] == title


@pytest.mark.parametrize(
    "text", ["pháp luật về lao động", "Luật này", "Đoàn Luật sư tỉnh", "Hội Luật gia", "Luật số 87/2025/QH15"]
)
def test_what_names_no_law(text: str) -> None:
    assert list(find_laws(text)) == []


def test_short_and_long_names_of_a_law_are_one() -> None:
    assert law_key("Luật BĐG") == law_key("Luật Bình Đẳng giới")
    assert (
        law_key("Luật PCBLGĐ")
        == law_key("Luật Phòng chống bạo lực gia đình")
        == law_key("Luật Phòng, chống bạo lực gia đình")
    )
