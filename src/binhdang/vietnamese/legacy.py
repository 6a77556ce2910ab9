"""Vietnamese from before Unicode: TCVN3 (ABC), VNI-Windows and VISCII, by font name, by bytes, or mis-decoded as Western text.

The three encodings put Vietnamese letters where Western fonts have others, so their text looks like "KÕ ho¹ch" when
the font is lost. Whether a text is such a one is told by Vietnamese spelling: read through the right table nearly every
word with a high character is a well-formed syllable, read as it stands nearly none is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Codes 0x80-0xFF; TCVN3 fonts print A1-FE, the capitals of 80-9F are the longer table of the same standard.
_TCVN3 = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
# VNI writes a plain letter and then a mark; a few letters have a code of their own.
_VNI_MARKS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}
_VNI_TONES = "ùøûõï"
_VNI_BASES = {"a": "".join(_VNI_MARKS), "e": "ùøûõïâáàåãä", "o": "ùøûõïâáàåãä", "u": _VNI_TONES, "y": _VNI_TONES}

# TCVN3 fonts keep Western quotes and dashes where the standard has capitals, which stand inside a word if anywhere.
_PUNCTUATION = "…‘’“”•–—"
_MARK_CODE = re.compile("(?<![^\\W\\d_])[\x85\x91-\x97]|[\x85\x91-\x97](?![^\\W\\d_])")

_NAMES = {"tcvn3": "TCVN3", "vni": "VNI", "viscii": "VISCII"}
_ASCII_LETTER = re.compile("[A-Za-z]")
_HIGH = re.compile("[^\x00-\x7f]")
_BETWEEN = re.compile(r"[\s,.;:!?()/\-\"“”]+")
_MODERN = re.compile("[ăĂđĐơƠưƯ\u1ea0-\u1ef9\u0300-\u0303\u0309\u0323]")
# Characters that Vietnamese in Unicode has no use for, and each of the three encodings uses in every sentence.
_STRANGE = re.compile("[\x80-\x9f¡-©«-¯±µ-½¿ßäåæëïðñöøûüþÿÄÅÆËÏÑÖØÛÜÞßŠŒŽšœžŸƒˆ˜]")
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_STRAY_TONE = re.compile(f"(?<![aeiouy\u0302\u0306\u031b])[{_TONE_MARKS}]")
_SYLLABLE = re.compile(
    r"(?:[bhlmrvxtsdđp]|ngh?|nh|th|tr|ch|ph|kh|gh|gi|qu|[cgkn])?"
    r"(?:(?P<closed>oă|oa|oe|uâ|uê|uyê|iê|yê|uô|ươ|uy|oo|[aăâeêioôơuưy])(?P<coda>ch|ng|nh|[cmnpt])"
    r"|oai|oay|oao|oeo|uây|uyu|uya|iêu|yêu|uôi|ươi|ươu|ia|ya|ưa|ua|oa|oe|uê|uơ|uy|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi"
    r"|ui|ưi|ưu|ai|[aeêioôơuưy])"
)


def _by_code(letters: str, *, western: bool) -> dict[int, str]:
    """Letters by code, also as symbol fonts store them; `western` also as the characters of code page 1252."""
    table = {0x80 + i: letter for i, letter in enumerate(letters)}
    table |= {0xF000 + code: letter for code, letter in list(table.items())}
    for code in range(0x80, 0xA0) if western else ():
        read = bytes([code]).decode("cp1252", "replace")
        if read not in _PUNCTUATION and read != "\ufffd":
            table[ord(read)] = table[code]
    return table


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    bases = {**{b: (b, m) for b, m in _VNI_BASES.items()}, "ô": ("ơ", _VNI_TONES), "ö": ("ư", _VNI_TONES)}
    for base, (letter, marks) in bases.items():
        for mark in marks:
            small = unicodedata.normalize("NFC", letter + _VNI_MARKS[mark])
            table[base + mark] = small
            table[base.upper() + mark.upper()] = table[base.upper() + mark] = small.upper()
    for code, letter in _VNI_LETTERS.items():
        table[code], table[code.upper()] = letter, letter.upper()
    return table


_TABLES = {"tcvn3": _by_code(_TCVN3, western=False), "viscii": _by_code(_VISCII, western=True)}
_VNI = _vni_table()
_VNI_PIECE = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def family(font: str | None) -> tuple[str, bool] | None:
    """The encoding behind a font name ("tcvn3", "vni", "viscii") and whether the font prints capitals only; None for a Unicode font."""
    if not font:
        return None
    name = font.strip().casefold()
    if name.startswith((".vn", "vntime", "vnarial")):
        return "tcvn3", font.strip().endswith("H")
    if name.startswith(("vni-", "vni ")):
        return "vni", False
    if name.startswith("viscii") or name.startswith("vi ") or name.endswith(" viscii"):
        return "viscii", False
    return None


def convert(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Unicode (NFC) for `text`, whose characters are codes of `encoding` ("tcvn3", "vni", "viscii").

    Characters outside the encoding stay. `capitals` is for fonts such as .VnTimeH, which print small letters large.
    """
    if encoding == "tcvn3":
        text = _MARK_CODE.sub(lambda m: m[0].encode("latin-1").decode("cp1252"), text)
    text = _VNI_PIECE.sub(lambda m: _VNI[m[0]], text) if encoding == "vni" else text.translate(_TABLES[encoding])
    text = unicodedata.normalize("NFC", text)
    return text.upper() if capitals else text


def has_modern_letters(text: str) -> bool:
    """Whether `text` has letters that only Unicode Vietnamese has (ă, đ, ơ, ư, ế …)."""
    return _MODERN.search(text) is not None


@lru_cache(maxsize=8192)
def _well_formed(word: str) -> bool:
    """Whether `word` is spelt as one Vietnamese syllable, with at most one tone, and that allowed by its ending."""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in apart if c in _TONE_MARKS]
    plain = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONE_MARKS))
    found = _SYLLABLE.fullmatch(plain)
    if found is None or len(tones) > 1 or _STRAY_TONE.search(apart):
        return False
    stopped = found["coda"] in {"c", "ch", "p", "t"}
    return not stopped or tones in (["\u0301"], ["\u0323"])


def _shares(words: list[str]) -> float:
    """Share (0-1) of the words that are well-formed syllables."""
    return sum(map(_well_formed, words)) / len(words) if words else 0.0


def _high_words(text: str) -> list[str]:
    """The words with a character outside ASCII, which tell the encodings apart; lone signs ("·", "±") and all past 2000 left out."""
    return [w for w in _BETWEEN.split(text[:200_000]) if _HIGH.search(w) and _ASCII_LETTER.search(w)][:2000]


def _judge(text: str) -> tuple[str | None, float]:
    """The encoding whose table makes Vietnamese of `text` (None when none does), and the share of good syllables."""
    raw = _high_words(text)
    if len(set(raw)) < 3 or _shares(raw) > 0.5:
        return None, 0.0
    best, share = None, 0.0
    for encoding in _NAMES:
        mended = _shares([convert(w, encoding) for w in raw])
        if mended > share:
            best, share = encoding, mended
    return (best, share) if share >= 0.8 else (None, share)


def mend(text: str) -> tuple[str, str | None]:
    """Text whose legacy bytes were read as Western characters, made Unicode; and the encoding found, or None.

    Works line by line, since a paper can hold both: a line with modern letters is never touched. TCVN3 capitals cannot
    be told from small letters without the font and stay small.
    """
    if not _STRANGE.search(text):
        return text, None
    lines = text.split("\n")
    old = [i for i, line in enumerate(lines) if _HIGH.search(line) and not _MODERN.search(line)]
    encoding, _ = _judge("\n".join(lines[i] for i in old))
    if encoding is None:
        return text, None
    for i in old:
        words = _high_words(lines[i])
        if _shares([convert(w, encoding) for w in words]) >= _shares(words):
            lines[i] = convert(lines[i], encoding)
    return "\n".join(lines), encoding


def decode(data: bytes) -> tuple[str, str] | None:
    """Text of bytes in a Vietnamese 8-bit encoding, with its name ("tcvn3", "vni", "viscii", "windows-1258"); None when they are not."""
    western = data.decode("latin-1")
    encoding, share = _judge(western)
    marked = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    if _MODERN.search(marked) and "\ufffd" not in marked:
        words = _high_words(marked)
        if len(words) > 1 and _shares(words) >= max(0.8, share):
            return marked, "windows-1258"
    return None if encoding is None else (convert(western, encoding), encoding)


def label(encoding: str) -> str:
    """The name people know an encoding by: "TCVN3", "VNI", "VISCII", "Windows-1258"."""
    return _NAMES.get(encoding, encoding.capitalize())
