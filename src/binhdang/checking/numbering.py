"""Printed numbers of sections and items: doubled, skipped, out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from binhdang.checking.case import Case
from binhdang.checking.rule import Objection, Rule
from binhdang.paper import Severity
from binhdang.plan import Outline
from binhdang.vietnamese.enumerators import ALPHABET, roman
from binhdang.vietnamese.text import nfc

LATIN = "abcdefghijklmnopqrstuvwxyz"
FAR = 9  # a jump over more labels than this is a misread label, not a gap
_DOTTED = re.compile(r"([IVXLC]{1,7}|\d{1,3})((?:\.\d{1,3}){0,4})\.(\d{1,3})")
_WORDED = re.compile(r"(\w[\w -]{0,30}\w) (\d{1,3}|[IVXLC]{1,7})")
_ROMAN_DIGITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


class Label(NamedTuple):
    """A sibling's label: its list, its place in that list, the node."""

    style: str
    value: int
    node: Outline


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
        letter = (LATIN if style.endswith("latin") else ALPHABET)[value - 1]
        return letter.upper() if style.startswith("capital") else letter
    number = _spell_roman(value) if like and roman(re.split(r"[ .]", like)[-1]) else str(value)
    return re.sub(r"(\d{1,3}|[IVXLC]{1,7})$", number, like)


def _bare(ref: str) -> str:
    return nfc(ref).strip().strip(".():;/-+* ")


def _read(ref: str, capitals: bool, small_romans: bool) -> tuple[str, int | str] | None:
    """The style of a label and its value (a letter still as a letter), or None for bullets and words."""
    bare = _bare(ref)
    if not bare:
        return None
    if bare.isdecimal() and len(bare) <= 3:
        return ("bracket" if "(" in ref else "arabic"), int(bare)
    if m := _DOTTED.fullmatch(bare):
        return f"dotted {m[1]}{m[2]}", int(m[3])
    if len(bare) == 1 and bare.isalpha():
        if bare.isupper() and (capitals or roman(bare) is None):
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


def _lists(siblings: list[Outline], bare_d: bool) -> Iterator[list[Label]]:
    """The siblings by style, each list in text order."""
    bares = [_bare(n.ref) for n in siblings if n.ref]
    capitals = any(len(b) == 1 and b.isupper() and b.isalpha() and roman(b) is None for b in bares)
    small_romans = any(len(b) > 1 and b.islower() and b.isalpha() and roman(b) for b in bares)
    read: dict[str, list[tuple[int | str, Outline]]] = {}
    for node in siblings:
        if node.ref and (label := _read(node.ref, capitals, small_romans)):
            values = read.setdefault(label[0], [])
            # a task and its outline node can stand at one place
            if not values or values[-1][1].span.start != node.span.start:
                values.append((label[1], node))
    for style, values in read.items():
        if style in ("letter", "capital"):
            yield _lettered(style, values, bare_d)
        else:
            yield [Label(style, int(value), node) for value, node in values]


def _lettered(style: str, values: list[tuple[int | str, Outline]], bare_d: bool) -> list[Label]:
    """Letters by the Vietnamese alphabet; by the Latin one where that fits better and the paper never writes "đ)"."""
    lists = []
    for name, alphabet in (("", ALPHABET), (" latin", LATIN)):
        lists.append([Label(style + name, alphabet.find(str(v)) + 1, n) for v, n in values if str(v) in alphabet])
    vietnamese, latin = lists
    if (
        bare_d
        and len(latin) >= len(vietnamese)
        and len(list(_flaws(latin, False))) < len(list(_flaws(vietnamese, False)))
    ):
        return latin
    return vietnamese


def _flaws(labels: list[Label], top: bool) -> Iterator[Flaw]:
    """Doubled and skipped labels of one list. A list that starts again at 1 and goes on is a second list."""
    seen: set[int] = set()
    previous: Label | None = None
    doubled = 0
    for i, label in enumerate(labels):
        value = label.value
        if previous is None:
            previous = label
        elif value == 1 and previous.value > 1 and _begins_again(labels, i, top):
            seen, doubled, previous = set(), 0, label
        elif value in seen:
            doubled += 1
            yield Flaw(label, previous, ())
        elif value > previous.value + 1:
            missing = tuple(range(previous.value + 1, value))
            later = {x.value for x in labels[i + 1 :]}
            # one wrong label among right ones ("1, 2, 2, 4") is one flaw, not two
            if doubled < len(missing) <= FAR:
                yield Flaw(label, previous, missing, misplaced=set(missing) <= later)
            doubled, previous = 0, label
        elif value > previous.value:
            doubled, previous = 0, label
        seen.add(value)


def _begins_again(labels: list[Label], at: int, top: bool) -> bool:
    after = labels[at + 1].value if at + 1 < len(labels) else None
    return after == 2 or (after is None and not top)


def _printed(case: Case, flaw: Flaw) -> bool:
    """Whether a missing label does stand in the text between its neighbours, only not in the outline."""
    start = flaw.before.node.span.start if flaw.before else 0
    between = case.plan.text[start : flaw.label.node.span.start]
    for value in flaw.missing:
        label = _spell(flaw.label.style, value, _bare(flaw.label.node.ref or ""))
        if re.search(rf"^[ \t*_+>-]{{0,9}}{re.escape(label)}(?![\w])", between, re.MULTILINE):
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
    return f"trong mục {path}" if path else f"dưới “{parent.heading[:60].strip()}”"


def _duplicates(case: Case) -> Iterator[Objection]:
    for parent, flaw in _found(case):
        if flaw.missing:
            continue
        label = flaw.label
        following = _spell_next(flaw)
        yield Objection(
            f"Số “{_bare(label.node.ref or '')}” được dùng hai lần {_where(case, parent)}.",
            case.label_span(label.node),
            f"Đánh lại số từ đây: “{following}”." if following else "Đánh lại số từ đây.",
        )


def _spell_next(flaw: Flaw) -> str:
    label = flaw.label
    value = (flaw.before.value if flaw.before else label.value) + 1
    if label.style.startswith(("letter", "capital")) and value > len(ALPHABET):
        return ""
    return _spell(label.style, value, _bare(label.node.ref or ""))


def _gaps(case: Case) -> Iterator[Objection]:
    for parent, flaw in _found(case):
        if not flaw.missing or _printed(case, flaw):
            continue
        bare = _bare(flaw.label.node.ref or "")
        missing = ", ".join(f"“{_spell(flaw.label.style, v, bare)}”" for v in flaw.missing)
        where = _where(case, parent)
        if flaw.before is None:
            message = f"Đánh số bắt đầu từ “{bare}” {where}, không có {missing}."
        elif flaw.misplaced:
            message = f"Số “{bare}” đứng trước {missing} {where}: thứ tự bị đảo."
        else:
            message = f"Đánh số nhảy từ “{_bare(flaw.before.node.ref or '')}” sang “{bare}” {where}, thiếu {missing}."
        mend = "Đánh lại số cho liền mạch, hoặc bổ sung mục còn thiếu; soát các chỗ viện dẫn đến số cũ."
        yield Objection(message, case.label_span(flaw.label.node), mend)


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
