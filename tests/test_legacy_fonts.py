"""Text from before Unicode: TCVN3, VNI, VISCII and Windows-1258 are told apart and converted; other text is never touched."""

from __future__ import annotations

import unicodedata

import pytest

from binhdang.vietnamese import legacy

PLAN = "Kế hoạch triển khai công tác bình đẳng giới và vì sự tiến bộ của phụ nữ năm 2006, đảm bảo đủ kinh phí hoạt động; tỷ lệ nữ ứng cử"

# The sentence as each encoding stores it, seen as Western characters.
WESTERN = {
    "tcvn3": "KÕ ho¹ch triÓn khai c«ng t¸c b×nh ®¼ng giíi vµ v× sù tiÕn bé cña phô n÷ n¨m 2006, ®¶m b¶o ®ñ kinh phÝ ho¹t ®éng; tû lÖ n÷ øng cö",
    "vni": "Keá hoaïch trieån khai coâng taùc bình ñaúng giôùi vaø vì söï tieán boä cuûa phuï nöõ naêm 2006, ñaûm baûo ñuû kinh phí hoaït ñoäng; tyû leä nöõ öùng cöû",
    "viscii": "K\xaa ho\xd5ch tri\xacn khai c\xf4ng t\xe1c b\xecnh \xf0\xc6ng gi\xbei v\xe0 v\xec s\xf1 ti\xaan b\xb5 c\xfca ph\xf8 n\xe6 n\xe5m 2006, \xf0\xe4m b\xe4o \xf0\xfc kinh ph\xed ho\xd5t \xf0\xb5ng; t\xd6 l\xae n\xe6 \xd1ng c\xd8",
}


@pytest.mark.parametrize("encoding", WESTERN)
def test_text_decoded_as_western_is_mended(encoding: str) -> None:
    assert legacy.mend(WESTERN[encoding]) == (PLAN, encoding)


@pytest.mark.parametrize("encoding", WESTERN)
def test_bytes_are_decoded(encoding: str) -> None:
    assert legacy.decode(WESTERN[encoding].encode("latin-1")) == (PLAN, encoding)


def test_windows_1258_has_tone_marks_of_their_own() -> None:
    apart = "".join(
        unicodedata.normalize("NFC", "".join(c for c in marks if c not in tones))
        + "".join(c for c in marks if c in tones)
        for marks, tones in (
            (unicodedata.normalize("NFD", letter), "\u0300\u0301\u0303\u0309\u0323") for letter in PLAN
        )
    )
    assert legacy.decode(apart.encode("cp1258")) == (PLAN, "windows-1258")


@pytest.mark.parametrize(
    "text",
    [
        PLAN,
        "Không có gì là và cho con ông hòa bình tôi",
        "Où êtes-vous allé, très chère? Il a été reçu à la forêt; l'élève préfère déjà où sûr, après l'été",
        "Der Bär läßt die Straße grüßen, schön für Öl, über größere Häuser",
        "El niño pidió más jamón; la señora contestó que sí, mañana según él",
        "Plain English, 25°C ± 2, © 2024 – § 3 «quote» ½ café naïve",
        "Tỷ lệ ± 5%, diện tích 20 km², nhiệt độ 30°C; “Số: 12/QÐ-UBND”",
        "- S26 trang.vn 458096 · S27 trang.vn 45351 · S28 trade",
        "",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert legacy.mend(text) == (text, None)
    assert legacy.decode(text.encode("latin-1", "replace")) is None


def test_lines_in_unicode_stay_among_legacy_ones() -> None:
    text, encoding = legacy.mend(WESTERN["tcvn3"] + "\nTiêu đề đã là Unicode\nplain")
    assert (text, encoding) == (PLAN + "\nTiêu đề đã là Unicode\nplain", "tcvn3")


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", ("tcvn3", False)),
        (".VnTimeH", ("tcvn3", True)),
        (".VnArial NarrowH", ("tcvn3", True)),
        ("VNI-Times", ("vni", False)),
        ("VI Times", ("viscii", False)),
        ("Times New Roman", None),
        ("Verdana", None),
        (None, None),
    ],
)
def test_fonts(font: str | None, expected: tuple[str, bool] | None) -> None:
    assert legacy.family(font) == expected


@pytest.mark.parametrize(
    ("text", "encoding", "capitals", "expected"),
    [
        ("céng hßa x· héi", "tcvn3", True, "CỘNG HÒA XÃ HỘI"),
        ("gäi lµ “KÕ ho¹ch” – tãm t¾t…", "tcvn3", False, "gọi là “Kế hoạch” – tóm tắt…"),
        ("\x93kÕ ho¹ch\x94 \x96 HéI, H\x97I", "tcvn3", False, "“kế hoạch” – HộI, HỘI"),
        ("\uf0a7éc lËp", "tcvn3", False, "Độc lập"),
        ("COÄNG HOØA XAÕ HOÄI", "vni", False, "CỘNG HÒA XÃ HỘI"),
        ("Uyû ban ôû xaõ, ngaøy ñeïp", "vni", False, "Uỷ ban ở xã, ngày đẹp"),
        ("abc 123", "viscii", False, "abc 123"),
    ],
)
def test_conversion(text: str, encoding: str, capitals: bool, expected: str) -> None:
    assert legacy.convert(text, encoding, capitals=capitals) == expected
