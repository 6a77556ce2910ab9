"""When two printed names are the same agency, and what a group of agencies covers."""

from __future__ import annotations

import re
from functools import lru_cache

from binhdang.vietnamese.text import fold, nfc, plain

# Short forms as they stand in "Nơi nhận" and in tables. Applied to folded words in this order: longer forms first.
_SHORT = (
    ("ubmttqvn", "uy ban mat tran to quoc"),
    ("ubmttq", "uy ban mat tran to quoc"),
    ("mttqvn", "mat tran to quoc"),
    ("mttq", "mat tran to quoc"),
    ("ubnd", "uy ban nhan dan"),
    ("hdnd", "hoi dong nhan dan"),
    ("lhpn", "lien hiep phu nu"),
    ("ldld", "lien doan lao dong"),
    ("tncs", "thanh nien cong san"),
    ("hcm", "ho chi minh"),
    ("ldtbxh", "lao dong thuong binh xa hoi"),
    ("ld tbxh", "lao dong thuong binh xa hoi"),
    ("tbxh", "thuong binh xa hoi"),
    ("vstbpn", "vi su tien bo phu nu"),
    ("vstbcpn", "vi su tien bo phu nu"),
    ("tbpn", "tien bo phu nu"),
    ("vhttdl", "van hoa the thao du lich"),
    ("ttdl", "the thao du lich"),
    ("tttt", "thong tin truyen thong"),
    ("khdt", "ke hoach dau tu"),
    ("gddt", "giao duc dao tao"),
    ("nnptnt", "nong nghiep phat trien nong thon"),
    ("ptnt", "phat trien nong thon"),
    ("tnmt", "tai nguyen moi truong"),
    ("nnmt", "nong nghiep moi truong"),
    ("khcn", "khoa hoc cong nghe"),
    ("tckh", "tai chinh ke hoach"),
    ("vhxh", "van hoa xa hoi"),
    ("vhtt", "van hoa thong tin"),
    ("bdg", "binh dang gioi"),
    ("ctxh", "chinh tri xa hoi"),
    ("qlnn", "quan ly nha nuoc"),
    ("tx", "thi xa"),
    ("tp", "thanh pho"),
)
_FULL = dict(_SHORT)
_SHORT_WORD = re.compile(r"\b(?:" + "|".join(re.escape(s) for s, _ in _SHORT) + r")\b")
_AMPERSAND = re.compile(r"(?<=\w)\s?&\s?(?=\w)")
_DASHED = re.compile(r"\b(ld|ct|kh|vh|tc|gd|nn)\s?-\s?(tbxh|xh|dt|cn|kh|ptnt|mt|tt)\b")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_JOINING = re.compile(r"\b(?:va|cua|cac|de nghi|dong chi)\b")
_OWN_LEVEL = re.compile(r"(?<=\w) (?:tinh|huyen|thi xa|thanh pho)(?: [a-z0-9]+){0,4}$")
_FRONT = re.compile(r"^(?:uy ban )?mat tran to quoc(?: viet nam)?")
_YOUTH = re.compile(r"^(tinh|huyen|thi|thanh) doan\b.*")


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """The text as plain folded words, short forms written out: "Sở LĐ-TB&XH" → "so lao dong thuong binh xa hoi"."""
    line = fold(plain(nfc(text)))
    line = _DASHED.sub(r"\1\2", _AMPERSAND.sub("", line))
    line = _SHORT_WORD.sub(lambda m: _FULL[m.group()], _NOT_WORD.sub(" ", line))
    return " ".join(_JOINING.sub(" ", line).split())


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What two spellings of one agency have in common; its own level ("tỉnh", "huyện Lạng Giang") is left off."""
    line = _FRONT.sub("uy ban mat tran to quoc", _YOUTH.sub(r"\1 doan", words(name)))
    return line if line.startswith(("uy ban nhan dan", "hoi dong nhan dan")) else _OWN_LEVEL.sub("", line)


def same(one: str, other: str) -> bool:
    """Whether two names mean one agency."""
    return bool(key(one)) and key(one) == key(other)


_GROUP = re.compile(
    r"^(?:các|những|toàn thể|mọi|thủ trưởng|cơ quan|đơn vị|thành viên|báo, đài|sở, )\b|liên quan|\bcác\b"
)


def is_group(name: str) -> bool:
    """Whether the name stands for more than one agency ("các sở, ban, ngành", "UBND các xã, phường")."""
    return bool(_GROUP.search(plain(nfc(name)).lower()))


_UNIT = re.compile(r"thị xã|thị trấn|đặc khu|thành phố|huyện|quận|phường|xã|tỉnh")


def units(name: str) -> list[str]:
    """The unit words of a name, in order: "UBND các huyện, thị xã, TP" → ["huyện", "thị xã", "thành phố"]."""
    line = re.sub(r"\btp\b", "thành phố", re.sub(r"\btx\b", "thị xã", plain(nfc(name)).lower()))
    return _UNIT.findall(line)


def is_committee(name: str) -> bool:
    """Whether the name is one or more People's Committees."""
    return "uy ban nhan dan" in key(name)


def initials(name: str) -> str:
    """The first letters of a name without its kind: "Phòng Văn hóa - Xã hội" → "vhxh"."""
    return "".join(word[0] for word in key(name).split()[1:])
