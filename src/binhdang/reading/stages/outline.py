"""Outline: which paragraph heads which.

Reads: Draft paragraphs with their zones. Writes: a tree of Nodes, each with its printed label, its words, and what its
section is about (content, organisation, targets …).
A label nests by its style: a style already open closes what stands below it, a new style opens below. Numbers decide
where two readings are possible ("1." after "a)": the next of the outer list, or the first of an inner one).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from binhdang.reading.draft import Draft, Paragraph
from binhdang.reading.stages.nesting import (
    BULLETS,
    RANK,
    Node,
    belongs,
    is_free_heading,
    is_rest_of_heading,
    parent_of,
    rank,
)
from binhdang.reading.stages.sections import about, attribute_of, is_bare_heading
from binhdang.vietnamese.enumerators import Label, read_label
from binhdang.vietnamese.numbers import to_roman

NAMED = re.compile(
    r"(?P<word>Tiểu dự án|Tiếu dự án|Dự án|Nội dung|Mô hình|Hoạt động|Nhiệm vụ|Chỉ tiêu|Mục tiêu|Giải pháp|Hợp phần|Đề án|Phụ lục|Giai đoạn)\s{1,2}(?P<number>\d{1,3}(?:\.\d{1,2})?|[IVX]{1,4})(?!\s?[\d%/])",
    re.IGNORECASE,
)
_KINDS = {
    "dự án": "project",
    "tiểu dự án": "subproject",
    "tiếu dự án": "subproject",
    "nội dung": "content",
    "mô hình": "model",
    "hợp phần": "project",
    "hoạt động": "content",
    "nhiệm vụ": "content",
    "chỉ tiêu": "target",
    "mục tiêu": "objective",
    "giải pháp": "solution",
    "đề án": "project",
    "phụ lục": "appendix",
}
_PHASE = re.compile(r"^(?:Giai đoạn|Từ năm|Năm)\s{1,2}(?:\d{4}|I{1,3}\b|\d\b)", re.IGNORECASE)


@dataclass(slots=True)
class Tree:
    """The outline: the root and all nodes in reading order."""

    root: Node
    nodes: list[Node]


_RULE = "_-–—=* "  # a line of these only parts the page

_LAST_ROMAN = 399  # the highest that the numerals of papers are read to
_DEEPEST = 24  # issued plans nest at most eight deep


def outline(draft: Draft) -> Tree:
    """The tree of the draft's body paragraphs (zone "body")."""
    root = Node(None, [], None, -1)
    tree = Tree(root, [])
    current = root
    body = [
        p for p in draft.paragraphs if p.zone == "body" and p.table is None and p.note is None and p.text.strip(_RULE)
    ]
    labels = [read_label(p.match) for p in body]
    for paragraph, label, following in zip(body, labels, [*labels[1:], None], strict=False):
        if label is not None and label.style == "roman" and label.values == (0,):
            last = next((n.label.values[0] for n in reversed(root.children) if n.label and n.label.style == "roman"), 0)
            label = label._replace(values=(last + 1,), ref=to_roman(last + 1)) if last < _LAST_ROMAN else None
        if label is not None and _is_not_a_label(paragraph, label):
            label = None
        if label is None and current is not root and belongs(current, paragraph):
            current.paragraphs.append(paragraph)
            continue
        if label is None and current is not root and is_rest_of_heading(current, paragraph):
            current.paragraphs.append(paragraph)
            continue
        parent = parent_of(root, current, paragraph, label, following)
        if parent.depth >= _DEEPEST:
            parent = root
        node = Node(label, [paragraph], parent, len(tree.nodes), depth=parent.depth + 1)
        node.attribute = _attribute_name(node)
        node.named = _name_of(node)
        node.heading = _looks_like_heading(node) or (
            label is None and node.attribute is None and is_free_heading(paragraph, following)
        )
        parent.children.append(node)
        if label is not None:
            parent.styles.add(label.style)
        tree.nodes.append(node)
        current = node
    for node in tree.nodes:
        _describe(node)
    return tree


def _is_not_a_label(paragraph: Paragraph, label: Label) -> bool:
    """A bullet that only quotes, a lone letter of a name."""
    rest = paragraph.match[label.end :]
    return not rest.strip(" .:*_") and label.style not in RANK and not label.style.startswith("named")


def _attribute_name(node: Node) -> str | None:
    found = attribute_of(node.words) if not (node.label and node.label.style in RANK) else None
    return found[0] if found else None


def _looks_like_heading(node: Node) -> bool:
    words = node.words
    tail = words.rstrip(" *_")
    if node.attribute is not None or len(words) > 300 or words[:1].isdigit():
        return False
    if node.label is not None and node.label.style not in BULLETS:
        return not tail.endswith((".", ";", "/", "…")) or len(words) < 120
    styled = node.first.bold or node.first.italic or words.isupper() or is_bare_heading(words)
    return node.label is None and (tail.endswith(":") or (styled and not tail.endswith((".", ";"))))


def _describe(node: Node) -> None:
    """Say what the node's section is about: by its own words where it heads something, else as its parent."""
    parent = node.parent
    inherited = parent.about if parent is not None else ""
    own = None
    style = node.label.style if node.label is not None else None
    heads = node.heading and (
        bool(node.children)
        or (style is not None and rank(style) <= 4)
        or (style is None and (node.first.bold or node.first.italic))
    )
    if style == "appendix":
        own = "slogans" if "khẩu hiệu" in node.words.lower() else "appendix"
    elif style == "article":
        own = "article"
    elif node.heading and not node.children and _MONEY.match(node.words[:_OPENS].lower()):
        own = "funding"
    elif heads or (node.children and _WORK.match(node.words[:_OPENS].lower())):
        words = node.words
        own = about(words.split(":")[0] if ":" in words[:90] else words)
    if own and inherited and style != "article" and not _overrides(node, own, inherited):
        own = None
    node.about = own or inherited


# "- Giải pháp:" under an objective opens what is to be done for it.
_WORK = re.compile(r"(?:các )?(?:nhiệm vụ(?:,| và) )?(?:giải pháp|nhiệm vụ|biện pháp)[^:]{0,30}:")
_OPENS = 90  # characters that tell it
_MONEY = re.compile(r"(?:dự toán|tổng)? ?(?:nguồn )?kinh phí|biểu |bảng |phụ biểu")


def _overrides(node: Node, own: str, inherited: str) -> bool:
    """Inside the organisation or content part only some headings change what the part is about."""
    if (node.label is not None and rank(node.label.style) <= 4) or inherited in ("mixed", "article"):
        return True
    low = node.words.lower()
    if inherited in ("objectives", "targets"):
        return own in ("objectives", "targets", "scope") or (
            node.level <= 1
            or (
                (bool(node.children) and _WORK.match(low) is not None)
                and own in ("content", "organisation", "funding", "solutions")
            )
        )
    if inherited in ("appendix", "slogans"):
        return False
    if inherited == "organisation":
        return (own == "reporting" and low.startswith(("chế độ", "thông tin"))) or (
            own == "funding" and low.startswith(("kinh phí", "nguồn kinh phí", "về kinh phí"))
        )
    if inherited == "reporting":
        return False
    if own in ("objectives", "targets", "scope", "funding", "basis"):
        return low.startswith(
            (
                "mục tiêu",
                "mục đích",
                "yêu cầu",
                "chỉ tiêu",
                "phạm vi",
                "đối tượng",
                "thời gian",
                "địa điểm",
                "kinh phí",
                "chủ đề",
                "địa bàn",
                "các chỉ tiêu",
                "nguồn kinh phí",
            )
        )
    return own in ("slogans", "solutions", "organisation")


def _name_of(node: Node) -> tuple[str, int] | None:
    """ "Nội dung 1 (…):" at the start, or "(Nội dung 1)" in brackets at the end of the heading words."""
    words = node.words
    if node.label is not None and node.label.style.startswith("named"):
        return node.label.style[6:].replace("tiếu", "tiểu"), node.label.values[0]
    if (m := NAMED.match(words)) and m["number"].isdigit():
        return m["word"].lower(), int(m["number"])
    if "(" not in words:
        return None
    for bracket in re.finditer(r"\(([^()]{5,24})\)", words[:260] + words[-40:]):
        if (m := NAMED.fullmatch(bracket[1].strip())) and m["number"].isdigit():
            return m["word"].lower(), int(m["number"])
    return None


def kind_of(node: Node) -> str:
    """The outline kind of a heading: section, objective, project, content, model, solution, phase, appendix."""
    if node.named is not None and node.named[0] in _KINDS:
        return _KINDS[node.named[0]]
    if _PHASE.match(node.words):
        return "phase"
    low = node.words.lower()
    if low.startswith("phụ lục") or (node.label is not None and node.label.style == "appendix"):
        return "appendix"
    if low.startswith("dự án") and node.about == "content":
        return "project"
    return {"objectives": "objective", "targets": "objective", "solutions": "solution"}.get(node.about, "section")
