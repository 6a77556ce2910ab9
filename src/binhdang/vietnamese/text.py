"""Vietnamese letters: one way to write them for matching, and a folded form for search.

The printed text is never altered. `mend` makes the copy that patterns run on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# For character classes: a range such as À-Ỹ would take in both cases.
UPPER = "A-ZĐÀÁẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÈÉẺẼẸÊẾỀỂỄỆÌÍỈĨỊÒÓỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÙÚỦŨỤƯỨỪỬỮỰỲÝỶỸỴ"
LOWER = "a-zđàáảãạăắằẳẵặâấầẩẫậèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ"

# Dashes, spaces and look-alike letters that mean the same to a reader; each is one character for one.
_PLAIN = tuple(
    {
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\u200b": " ",
        "\ufeff": " ",
        "\t": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2015": "-",
        "\u2212": "-",
        "\u00ad": "-",
        "\u00d0": "Đ",  # Icelandic Eth, typed for Đ on some keyboards
        "\u201c": '"',
        "\u201d": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2018": "'",
        "\u2019": "'",
    }.items()
)

_TONES = {"a": "àáảãạ", "e": "èéẻẽẹ", "o": "òóỏõọ", "u": "ùúủũụ", "y": "ỳýỷỹỵ"}
_TONE_MOVES: dict[str, str] = {}
for _first, _second in (("o", "a"), ("o", "e"), ("u", "y")):
    for _i in range(5):
        _new, _old = _first + _TONES[_second][_i], _TONES[_first][_i] + _second
        _TONE_MOVES[_new] = _old
        _TONE_MOVES[_new.upper()] = _old.upper()
        _TONE_MOVES[_new.capitalize()] = _old.capitalize()
# New style (oà, uý) to old style (òa, úy), only at the end of a syllable and not after q ("quý", "hoàn" stay).
_TONE = re.compile("[oOuU][" + "".join(sorted({new[1] for new in _TONE_MOVES})) + r"](?![^\W\d_])")

# Slips of recognition seen in scanned papers; length is kept.
_SLIPS = {
    "BDG": "BĐG",
    "HDND": "HĐND",
    "BLGD": "BLGĐ",
    "LDTBXH": "LĐTBXH",
    "Mật trận": "Mặt trận",
    "Mật Trận": "Mặt Trận",
    "MẬT TRẬN": "MẶT TRẬN",
}
_SLIP = re.compile("(?:" + "|".join(_SLIPS) + r")(?!\w)")

# A syllable cut before its last letters by a bad text layer: "ĐIỀ U", "nhi ệm" is not tried (the first part is a word).
_CUT = re.compile(
    r" (?=[UCNTMP])(?<=[ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰ] )(?=(?:U|C|N|T|M|P|NG|NH|CH)(?![\w).:/]))"
)
# A name run together with what follows: "BanVSTBPN", "SởNội vụ".
_FUSED = re.compile(r"\b(?:Ban|Sở|Phòng|Hội|Bộ|Đoàn|Công an|tỉnh|huyện|xã)(?=[A-ZĐÂÊÔƠƯĂ])")

_CAMEL = re.compile(f"[{UPPER}](?<=[{LOWER}].)")

_FOLD = str.maketrans({"đ": "d", "Đ": "d"})


def nfc(text: str) -> str:
    """The text with composed letters (NFC)."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words stands in the text: the quick look before a costly one."""
    return any(map(text.__contains__, words))


def plain(text: str) -> str:
    """A copy of the same length: plain dashes, spaces and quotes, tone marks placed one way, known slips mended.

    `text` is NFC. Runs at about 30 MB/s.
    """
    copy = text
    for odd, ordinary in _PLAIN:  # each is looked for faster than all of them as one class
        if odd in copy:
            copy = copy.replace(odd, ordinary)
    copy = _TONE.sub(_move_tone, copy)
    return _SLIP.sub(_mended, copy) if holds_any(copy, _SLIPS) else copy


def _mended(m: re.Match[str]) -> str:
    within = m.start() > 0 and m.string[m.start() - 1].isalnum()
    return m.group() if within else _SLIPS[m.group()]


def _move_tone(m: re.Match[str]) -> str:
    if m.start() and m.string[m.start() - 1] in "qQ":
        return m.group()
    return _TONE_MOVES.get(m.group(), m.group())


def needs_mending(copy: str) -> bool:
    """Whether `mend` would change anything in any part of the copy."""
    return _CUT.search(copy) is not None or (_CAMEL.search(copy) is not None and _FUSED.search(copy) is not None)


def mend(copy: str) -> tuple[str, list[int] | None]:
    """Mend slips that change the length: a syllable cut in two, names run together.

    Returns the mended copy and, where anything changed, the place in `copy` of each of its characters and its end.
    """
    cuts = [(m.start(), m.end(), "") for m in _CUT.finditer(copy)]
    cuts += [(m.end(), m.end(), " ") for m in _FUSED.finditer(copy)]
    if not cuts:
        return copy, None
    out: list[str] = []
    back: list[int] = []
    at = 0
    for start, end, new in sorted(cuts):
        if start < at:
            continue
        out.append(copy[at:start])
        back.extend(range(at, start))
        out.append(new)
        back.extend([start] * len(new))
        at = end
    out.append(copy[at:])
    back.extend(range(at, len(copy) + 1))
    return "".join(out), back


def lower(text: str) -> str:
    """Lower case of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def fold(text: str) -> str:
    """Folded for search: lower case, no tone or letter marks, đ as d."""
    marks = unicodedata.normalize("NFD", text.translate(_FOLD).lower())
    return "".join(c for c in marks if not unicodedata.combining(c))
