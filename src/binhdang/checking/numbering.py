"""Printed numbers of sections and items: doubled, skipped, out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from binhdang.checking.case import Case
from binhdang.checking.rule import Objection, Rule
from binhdang.paper import Severity
from binhdang.plan import Outline
from binhdang.vietnamese.enumerators import ALPHABET
from binhdang.vietnamese.numbers import roman
from binhdang.vietnamese.text import nfc

# How papers letter their points: by the Vietnamese alphabet, by it without đ, or as Word counts by itself.
_ALPHABETS = {"": ALPHABET, "without đ": ALPHABET.replace("đ", ""), "latin": "abcdefghijklmnopqrstuvwxyz"}
FAR = 9  # a jump over more labels than this is a misread label, not a gap
# "Dự án 2: …", "TIỂU DỰ ÁN 1 (…)", "Phần II", "Phần thứ hai" where the label is part of the heading
_NAMED = re.compile(
    r"(?P<word>(?:tiểu )?dự án|nội dung|mô hình|hợp phần|hoạt động|nhiệm vụ|chỉ tiêu|mục tiêu|giải pháp|đề án|phần|chương)"
    r"\s{1,3}(?P<number>\d{1,2}|[IVX]{1,5}|thứ \w{2,5})\s?(?=[.:(-]|$)",
    re.IGNORECASE,
)
_ORDINALS = ("", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_DOTTED = re.compile(r"([IVXLC]{1,7}|\d{1,3})((?:\.\d{1,3}){0,4})\.(\d{1,3})")
_WORDED = re.compile(r"(\w[\w -]{0,30}\w) (\d{1,3}|[IVXLC]{1,7})")
_LAST = re.compile(r"\w+$")
_ROMAN_DIGITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


class Label(NamedTuple):
    """A sibling's label: its list, its place in that list, the node, the label as printed, the node's place among all."""

    style: str
    value: int
    node: Outline
    printed: str
    at: int


class Flaw(NamedTuple):
    """`missing` is empty for a doubled label."""

    label: Label
    before: Label | None
    missing: tuple[int, ...]
    misplaced: bool = False


def _spell_roman(value: int) -> str:
    return "X" * (value // 10) + _ROMAN_DIGITS[value % 10]


def _spell(style: str, value: int, like: str) -> str:
    """The label of this value, in the manner of a printed one."""
    if style == "roman":
        return _spell_roman(value)
    if style == "roman-small":
        return _spell_roman(value).lower()
    if style.startswith(("letter", "capital")):
        letter = _ALPHABETS[style.partition(" ")[2]][value - 1]
        return letter.upper() if style.startswith("capital") else letter
    last = _LAST.search(like)
    if last is None:
        return like
    head, number = like[: last.start()], last.group()
    if number.isdecimal():
        return f"{head}{value}"
    if roman(number):
        return head + _spell_roman(value)
    return head + (_ORDINALS[value] if value < len(_ORDINALS) else str(value))


def _bare(ref: str) -> str:
    return nfc(ref).strip().strip(".():;/-+* ")


def _read(ref: str, capitals: str, small_romans: bool) -> tuple[str, int | str] | None:
    """The style of a label and its value (a letter still as a letter), or None for bullets and words.

    `capitals` are the letters that could be roman numbers but are not here; `small_romans` says the same of i, v, x.
    """
    bare = _bare(ref)
    if not bare:
        return None
    if bare.isdecimal() and len(bare) <= 3:
        return ("bracket" if "(" in ref else "arabic"), int(bare)
    if m := _DOTTED.fullmatch(bare):
        return f"dotted {m[1]}{m[2]}", int(m[3])
    if len(bare) == 1 and bare.isalpha():
        if bare.isupper() and (bare in capitals or roman(bare) is None):
            return "capital", bare.lower()
        if bare.islower() and not (small_romans and roman(bare)):
            return "letter", bare
    if bare.isupper() and (value := roman(bare)) and _spell_roman(value) == bare:
        return "roman", value
    if small_romans and bare.islower() and (value := roman(bare)):
        return "roman-small", value
    if m := _WORDED.fullmatch(bare):
        value = int(m[2]) if m[2].isdecimal() else roman(m[2])
        return (f"word {m[1].lower()}", value) if value else None
    return None


def _named(node: Outline) -> tuple[str, int, str] | None:
    """The style, value and print of a label that is part of the heading, or None."""
    m = _NAMED.match(nfc(node.heading))
    if m is None:
        return None
    number = m["number"]
    ordinal = number.lower().removeprefix("thứ ")
    if ordinal != number.lower():
        value = _ORDINALS.index(ordinal) if ordinal in _ORDINALS else None
    else:
        value = int(number) if number.isdecimal() else roman(number)
    return (f"word {m['word'].lower()}", value, m.group().strip()) if value else None


def _lists(siblings: list[Outline], bare_d: bool) -> Iterator[list[Label]]:
    """The siblings by style, each list in text order."""
    bares = [_bare(n.ref) for n in siblings if n.ref]
    lettered = any(len(b) == 1 and b.isupper() and b.isalpha() and roman(b) is None for b in bares)
    romans = any(len(b) > 1 and b.isupper() and b.isalpha() and roman(b) for b in bares)
    capitals = ("LC" if romans else "IVXLC") if lettered else ""
    small_romans = any(len(b) > 1 and b.islower() and b.isalpha() and roman(b) for b in bares)
    lists: dict[str, list[Label]] = {}
    letters: dict[str, list[tuple[str, Outline, int]]] = {}
    for at, node in enumerate(siblings):
        # a task and its outline node can stand at one place
        if at and siblings[at - 1].span.start == node.span.start:
            continue
        read = _read(node.ref, capitals, small_romans) if node.ref else None
        if read is not None and isinstance(read[1], str):
            letters.setdefault(read[0], []).append((read[1], node, at))
        elif read is not None and isinstance(read[1], int):
            lists.setdefault(read[0], []).append(Label(read[0], read[1], node, _bare(node.ref or ""), at))
        if (read is None or not read[0].startswith("word")) and (named := _named(node)):
            lists.setdefault(named[0], []).append(Label(*named[:2], node, named[2], at))
    yield from lists.values()
    for style, rows in letters.items():
        yield _lettered(style, rows, bare_d)


def _lettered(style: str, rows: list[tuple[str, Outline, int]], bare_d: bool) -> list[Label]:
    """Letters by the Vietnamese alphabet; where the paper never writes "đ)", by the alphabet that fits best."""
    readings = []
    for name, alphabet in _ALPHABETS.items():
        full = f"{style} {name}".strip()
        labels = [Label(full, alphabet.find(v) + 1, n, _bare(n.ref or ""), at) for v, n, at in rows if v in alphabet]
        readings.append(labels)
        if not bare_d:
            break
    return min(readings, key=lambda labels: len(rows) - len(labels) + len(list(_flaws(labels, False))))


def _flaws(labels: list[Label], top: bool) -> Iterator[Flaw]:
    """Doubled and skipped labels of one list. A list that starts again at 1 and goes on is a second list."""
    seen: set[int] = set()
    last = {label.value: i for i, label in enumerate(labels)}
    previous: Label | None = None
    doubled = 0
    for i, label in enumerate(labels):
        value = label.value
        if previous is None:
            previous = label
        elif value == 1 and _begins_again(labels, i, top):
            seen, doubled, previous = set(), 0, label
        elif value in seen:
            doubled += 1
            yield Flaw(label, previous, ())
        elif value > previous.value + 1:
            missing = tuple(range(previous.value + 1, value))
            # one wrong label among right ones ("1, 2, 2, 4") is one flaw, not two
            if doubled < len(missing) <= FAR:
                yield Flaw(label, previous, missing, misplaced=all(last.get(v, -1) > i for v in missing))
            doubled, previous = 0, label
        elif value > previous.value:
            doubled, previous = 0, label
        seen.add(value)


def _begins_again(labels: list[Label], at: int, top: bool) -> bool:
    """Whether a label of value 1 opens a second list rather than being wrong."""
    before = labels[at - 1]
    if labels[at].style.startswith("word") and labels[at].at > before.at + 1:
        return True  # "Mục tiêu 1: Chỉ tiêu 1; Mục tiêu 2: Chỉ tiêu 1" read as siblings
    after = labels[at + 1].value if at + 1 < len(labels) else None
    return before.value > 1 and (after == 2 or (after is None and not top))


def _printed(case: Case, flaw: Flaw) -> bool:
    """Whether a missing label does stand in the text between its neighbours, only not in the outline."""
    start = flaw.before.node.span.start if flaw.before else 0
    between = case.plan.text[start : flaw.label.node.span.start]
    for value in flaw.missing:
        label = _spell(flaw.label.style, value, flaw.label.printed)
        flags = re.MULTILINE | re.IGNORECASE if flaw.label.style.startswith("word") else re.MULTILINE
        if re.search(rf"^[ \t*_+#>-]{{0,9}}{re.escape(label)}(?![\w])", between, flags):
            return True
    return False


def _found(case: Case) -> Iterator[tuple[Outline | None, Flaw]]:
    bare_d = not any(n.ref and _bare(n.ref) == "đ" for n in case.plan.outline)
    for parent, siblings in case.tree.groups():
        first_list = True
        for labels in _lists(siblings, bare_d):
            yield from ((parent, flaw) for flaw in _flaws(labels, parent is None))
            if parent is None and first_list and len(labels) > 1 and 1 < labels[0].value <= FAR:
                yield parent, Flaw(labels[0], None, tuple(range(1, labels[0].value)))
            first_list = False


def _where(case: Case, parent: Outline | None) -> str:
    if parent is None:
        return "ở cấp mục lớn"
    path = case.tree.path(parent.id)
    if " " in path.partition(".")[0]:  # "Điều 3", "Phần II" say what they are
        return f"trong {path}"
    return f"trong mục {path}" if path else f"dưới “{parent.heading[:60].strip()}”"


def _duplicates(case: Case) -> Iterator[Objection]:
    for parent, flaw in _found(case):
        if flaw.missing:
            continue
        label = flaw.label
        following = _spell_next(flaw)
        yield Objection(
            f"Số “{label.printed}” được dùng hai lần {_where(case, parent)}.",
            case.label_span(label.node, label.printed),
            f"Đánh lại số từ đây: “{following}”." if following else "Đánh lại số từ đây.",
        )


def _spell_next(flaw: Flaw) -> str:
    label = flaw.label
    value = (flaw.before.value if flaw.before else label.value) + 1
    if label.style.startswith(("letter", "capital")) and value > len(ALPHABET) - 1:
        return ""
    return _spell(label.style, value, label.printed)


def _gaps(case: Case) -> Iterator[Objection]:
    for parent, flaw in _found(case):
        if not flaw.missing or _printed(case, flaw):
            continue
        bare = flaw.label.printed
        missing = ", ".join(f"“{_spell(flaw.label.style, v, bare)}”" for v in flaw.missing)
        where = _where(case, parent)
        if flaw.before is None:
            message = f"Đánh số bắt đầu từ “{bare}” {where}, không có {missing}."
        elif flaw.misplaced:
            message = f"Số “{bare}” đứng trước {missing} {where}: thứ tự bị đảo."
        else:
            message = f"Đánh số nhảy từ “{flaw.before.printed}” sang “{bare}” {where}, thiếu {missing}."
        mend = "Đánh lại số cho liền mạch, hoặc bổ sung mục còn thiếu; soát các chỗ viện dẫn đến số cũ."
        yield Objection(message, case.label_span(flaw.label.node, bare), mend)


RULES = (
    Rule(
        "numbering.duplicate",
        Severity.WARNING,
        "Số mục trùng nhau",
        "Hai mục, điểm cùng cấp mang cùng một số.",
        "Two siblings carry the same printed number.",
        _duplicates,
    ),
    Rule(
        "numbering.gap",
        Severity.WARNING,
        "Số mục nhảy quãng",
        "Số thứ tự của các mục cùng cấp bị nhảy, bị đảo, hoặc mục lớn không bắt đầu từ đầu.",
        "Numbers of siblings skip, are out of order, or the top level does not start at one.",
        _gaps,
    ),
)
