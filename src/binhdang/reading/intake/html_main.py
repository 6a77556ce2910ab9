"""Where a portal's page keeps the paper: the smallest element with nearly all its prose and all its formal marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

IGNORED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "svg",
        "iframe",
        "object",
        "select",
        "option",
    ]
)
_FURNITURE_TAGS = frozenset(["nav", "aside", "button", "textarea", "label"])
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|banner|comments?|share|social|pagination|toolbar|ads?)(?:$|[\s_-])",
    re.I,
)
_INTO = frozenset(["body", "div", "section", "article", "main", "center", "form", "td", "table", "tbody", "tr"])
_FORMAL = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|Nơi\s+nhận\s*:|^\s*(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|CHỈ THỊ|NGHỊ QUYẾT|HƯỚNG DẪN|BÁO CÁO|ĐỀ ÁN|THÔNG BÁO)\s*$"
)
_LONG = 50  # characters from which a stretch of text is prose, not a menu's word
_SPACES = re.compile(r"\s+")


def style_of(node: etree._Element) -> str:
    """The style attribute, small letters without blanks, but within quoted names."""
    style = node.get("style", "")
    return re.sub(r"\s*([:;,])\s*", r"\1", style[:2000]).lower() if style else ""


def is_furniture(node: etree._Element) -> bool:
    """Whether an element is the portal's own: navigation by tag or name, or a list of nothing but links."""
    tag = node.tag
    if not isinstance(tag, str):
        return True
    if tag in _FURNITURE_TAGS or (tag in ("header", "footer") and not _formal(node)):
        return True
    if tag in ("div", "ul", "section", "form", "td"):
        names = f"{node.get('class', '')} {node.get('id', '')} {node.get('role', '')}"
        if len(names) > 2 and _FURNITURE_NAMES.search(names) and _prose(node) < 400 and not _formal(node):
            return True
    return tag == "ul" and len(node) >= 3 and all(item.tag == "li" and _only_link(item) for item in node)


def _only_link(item: etree._Element) -> bool:
    return len(item) == 1 and item[0].tag == "a" and not (item.text or "").strip() and not (item[0].tail or "").strip()


def _pieces(node: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Stretches of text under a node that are no link's and no script's, with the element they stand in."""
    for item in node.iter():
        if not isinstance(item.tag, str) or item.tag in IGNORED:
            continue
        if item.text and item.tag != "a":
            yield item, item.text
        if item.tail and item is not node:
            parent = item.getparent()
            if parent is not None and parent.tag not in IGNORED and parent.tag != "a":
                yield parent, item.tail


def _prose(node: etree._Element) -> int:
    return sum(len(text) for _, text in _pieces(node) if len(text.strip()) >= _LONG)


def _formal(node: etree._Element) -> bool:
    return any(_FORMAL.search(text) for _, text in _pieces(node))


def find_paper(body: etree._Element) -> tuple[etree._Element, list[str]]:
    """The element that holds the paper, and the words of everything beside it, one string for each part left out."""
    prose: dict[etree._Element, int] = {}
    formal: dict[etree._Element, int] = {}
    for element, text in _pieces(body):
        length = len(text.strip())
        mark = 1 if length < 200 and _FORMAL.search(text) else 0
        if length < _LONG and not mark:
            continue
        node: etree._Element | None = element
        while node is not None:
            prose[node] = prose.get(node, 0) + (length if length >= _LONG else 0)
            formal[node] = formal.get(node, 0) + mark
            if node is body:
                break
            node = node.getparent()
    current, outside = body, list[str]()
    while True:
        best = max((c for c in current if c.tag in _INTO), key=lambda c: prose.get(c, 0), default=None)
        if best is None or not prose.get(best, 0):
            break
        if prose[best] < 0.8 * prose.get(current, 0) or formal.get(best, 0) < formal.get(current, 0):
            break
        if best.tag in ("table", "tbody", "tr", "td") and not _frame(best):
            break
        outside += _beside(current, best)
        current = best
    return current, outside


def _frame(node: etree._Element) -> bool:
    """Whether a table or cell on the way down holds the paper as paragraphs, and is not one of its own tables."""
    return any(
        len(cell.findall(".//p")) + len(cell.findall(".//br")) + len(cell.findall(".//div")) > 10
        for cell in node.iter("td")
    )


def _beside(parent: etree._Element, child: etree._Element) -> list[str]:
    found = [parent.text or ""]
    for item in parent:
        if item is not child:
            found.append(" ".join(text for text in _texts(item)))
        found.append(item.tail or "")
    return [plain for text in found if (plain := _SPACES.sub(" ", text).strip())]


def _texts(node: etree._Element) -> Iterator[str]:
    """All words under a node but scripts'."""
    if not isinstance(node.tag, str) or node.tag in IGNORED:
        return
    if node.text:
        yield node.text
    for child in node:
        yield from _texts(child)
        if child.tail:
            yield child.tail
