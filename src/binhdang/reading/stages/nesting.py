"""Nesting: under which heading a paragraph stands.

A style already open closes what stands below it; a new style opens below. Numbers decide where two readings are possible."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from binhdang.reading.draft import Paragraph
from binhdang.reading.stages.agencies import parse_names
from binhdang.reading.stages.sections import about, attribute_of, is_bare_heading
from binhdang.vietnamese.enumerators import Label


@dataclass(slots=True, eq=False)
class Node:
    """A heading or an item. `paragraphs` are its own words; `about` the kind of section it stands in."""

    label: Label | None
    paragraphs: list[Paragraph]
    parent: Node | None
    index: int
    children: list[Node] = field(default_factory=list)
    about: str = ""
    named: tuple[str, int] | None = None
    attribute: str | None = None
    heading: bool = False
    styles: set[str] = field(default_factory=set)
    depth: int = 0
    owners: list[object] = field(default_factory=list)
    first: Paragraph = field(init=False)
    opening: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if self.paragraphs:
            self.first = self.paragraphs[0]
            self.opening = self.first.match[self.label.end if self.label else 0 :].strip(" *_")

    @property
    def words(self) -> str:
        """The matching copy of its first paragraph without the label."""
        if not self.opening and len(self.paragraphs) > 1:
            return " ".join(p.match.strip(" *_") for p in self.paragraphs[1:])
        return self.opening

    @property
    def level(self) -> int:
        """Depth below the root."""
        depth, node = 0, self.parent
        while node is not None:
            depth, node = depth + 1, node.parent
        return depth

    def path(self) -> str | None:
        """The printed label path ("II.1"): numbered labels from the top, bullets left out.

        A dotted label already says the labels it stands under: "3.1" below "3" of V is "V.3.1".
        """
        refs: list[str] = []
        said: tuple[int, ...] = ()
        node: Node | None = self
        while node is not None:
            label, node = node.label, node.parent
            if label is None or label.style in BULLETS:
                continue
            if label.style.startswith(("arabic", "dotted")) and said and label.values == said[: len(label.values)]:
                continue
            refs.append(label.ref)
            dotted = label.style.startswith("dotted")
            if dotted and not label.ref[0].isdigit():
                break
            said = label.values[:-1] if dotted else ()
        return ".".join(reversed(refs)) or None


BULLETS = frozenset({"dash", "plus", "star"})


RANK = {"appendix": 0, "part": 0, "chapter": 1, "section": 2, "capital": 3, "roman": 4, "subsection": 5, "article": 5}


def _has_subject(paragraph: Paragraph) -> bool:
    """A sentence that opens with who does it is not the rest of an item."""
    names, end = parse_names(paragraph.match, paragraph.low, 0)
    return bool(names) and end + 20 < len(paragraph.match)


def is_rest_of_heading(node: Node, paragraph: Paragraph) -> bool:
    """The title under a bare "Phần thứ nhất" or "PHỤ LỤC", and what stands in brackets below it."""
    if node.label is None or node.children or not _is_ranked(node.label.style) or len(node.paragraphs) > 4:
        return False
    words = paragraph.match.strip(" *_")
    bare = not node.first.match[node.label.end :].strip(" .:*_-")
    if words.startswith("(") and node.label.style == "appendix":
        return True
    return (
        bare
        and len(words) < 200
        and (words.isupper() or len(node.paragraphs) == 1 or (node.label.style == "appendix" and paragraph.bold))
    )


def _is_ranked(style: str) -> bool:
    return style in ("part", "chapter", "section", "appendix", "article") or style.startswith("named")


def belongs(node: Node, paragraph: Paragraph) -> bool:
    """Whether an unnumbered paragraph goes on with the words of an item.

    It does under a bullet or a named item ("Mô hình 3 (…):"), and under a numbered sentence; under a heading it is an
    item of its own, and so are attribute lines and paragraphs in bold.
    """
    if attribute_of(paragraph.match) or is_free_heading(paragraph, None) or _YEARS_HEAD.fullmatch(paragraph.low):
        return False
    label = node.label
    if label is None:
        return False
    last = node.paragraphs[-1].match.rstrip(" *_")
    if label.style in BULLETS or label.style == "bracket":
        if paragraph.low.startswith(_CLOSING) or _APART.match(paragraph.low) or _has_subject(paragraph):
            return False
        return node.attribute in (None, "content") and (last.endswith((":", ".", ";")) or node.named is not None)
    if node.named is not None and node.level > 2:
        return True
    if paragraph.low.startswith(_CLOSING) or node.children:
        return False
    if label.style == "letter" and node.first.match.rstrip(" *_").endswith(":") and _MODEL.match(node.words):
        return True
    if label.style in RANK or node.attribute is not None:
        return False
    return (last.endswith(":") and len(node.words) >= 60) or (last.endswith((".", ";")) and len(node.words) >= 120)


# "Đến năm 2030:", "Giai đoạn 2026 - 2030:" head the bullets below them.
_YEARS_HEAD = re.compile(r"(?:đến|giai đoạn|năm|từ)\s(?:hết |cuối )?(?:năm )?\d{4}[^.;:]{0,24}:")
_APART = re.compile(r"đối với [^:.;]{3,120}:")


_MODEL = re.compile(r"(?:Mô hình|Hoạt động|Nội dung|Dự án|Tiểu dự án|Chuyên đề|Cuộc thi|Chiến dịch|Lớp)\s")


_CLOSING = (
    "trên đây là",
    "trong quá trình",
    "căn cứ kế hoạch này",
    "yêu cầu các",
    "đề nghị các",
    "nhận được kế hoạch",
    "giao sở",
    "giao phòng",
)


def parent_of(root: Node, current: Node, paragraph: Paragraph, label: Label | None, following: Label | None) -> Node:
    if label is None:
        return _parent_of_plain(root, current, paragraph, following)
    style = label.style
    chain: list[Node] = []
    node: Node | None = current
    while node is not None and node is not root:
        chain.append(node)
        node = node.parent
    if style in RANK:
        if beside := _beside(root, chain, style):
            return beside
        for node in chain:
            if node.label is not None and rank(node.label.style) < RANK[style] and node.label.style != "article":
                return node
        return root
    if style.startswith("dotted"):
        return _dotted_parent(root, chain, label)
    same = [n for n in chain if n.label is not None and n.label.style == style]
    if style.startswith("named"):
        return _named_parent(root, chain, same)
    if not same:
        if (
            (style == "dash" or (style == "star" and _closes_a_list(current)))
            and current.label is not None
            and current.label.style in BULLETS
            and attribute_of(paragraph.match[label.end :])
        ) and not current.paragraphs[-1].match.rstrip(" *_").endswith(":"):
            return current.parent or root
        if (
            style in BULLETS
            and current is not root
            and not current.paragraphs[-1].match.rstrip(" *_").endswith(":")
            and (near := _sibling_list(chain, style))
        ):
            return near
        if current.label is None and current is not root and style not in BULLETS and not _leads_in(current):
            return current.parent or root
        if current.attribute not in (None, "content", "goal", "lead") and style not in BULLETS:
            return current.parent or root
        return _innermost(current, root, style)
    if style in BULLETS:
        return same[0].parent or root
    fitting = next((n for n in same if n.label and label.values[0] == n.label.values[0] + 1), None)
    if fitting is None and label.values[0] == 1 and (opened := _may_open(current, style)):
        return opened
    return ((fitting or same[0]).parent) or root


def _beside(root: Node, chain: list[Node], style: str) -> Node | None:
    """Capitals below a roman section where romans opened the paper ("II." → "A.", "B." → "III."): the parent of the next."""
    romans = [n for n in chain if n.label is not None and n.label.style == "roman"]
    if not romans or "capital" in root.styles:
        return None
    capitals = [n for n in chain if n.label is not None and n.label.style == "capital"]
    if style == "capital":
        return (capitals[0].parent if capitals else romans[0]) or root
    return (romans[0].parent or root) if style == "roman" and capitals else None


def _named_parent(root: Node, chain: list[Node], same: list[Node]) -> Node:
    """ "Dự án 2" stands beside "Dự án 1"; the first of its kind below the nearest heading that is not an item."""
    if same:
        return same[0].parent or root
    for node in chain:
        if node.label is None:
            if node.first.match.rstrip(" *_").endswith(":"):
                return node
            continue
        if (
            rank(node.label.style) < 9
            or node.label.style.startswith("named")
            or (node.label.style not in BULLETS and node.heading)
        ):
            return node
    return root


_BESIDE = 30  # the items of a list that are looked at


def _closes_a_list(node: Node) -> bool:
    """Whether a bullet ends a list of several, none of which has a line that describes it."""
    if node.parent is None or node.label is None:
        return False
    alike = [n for n in node.parent.children[-_BESIDE:] if n.label and n.label.style == node.label.style]
    return len(alike) > 1 and not any(n.children for n in alike)


def _sibling_list(chain: list[Node], style: str) -> Node | None:
    """The nearest node above whose children already use this bullet."""
    for node in chain:
        if node.parent is not None and style in node.parent.styles:
            return node.parent
    return None


def rank(style: str) -> int:
    return RANK.get(style, 9)


def _leads_in(node: Node) -> bool:
    """An unnumbered paragraph that opens the list after it: it ends with a colon, or is a heading of its own."""
    return node.first.match.rstrip(" *_").endswith(":") or node.heading


def _innermost(current: Node, root: Node, style: str) -> Node:
    """Where a style not yet open opens: below the current item, except below an unnumbered sentence or an attribute."""
    node = current
    while node is not root:
        if node.label is None and not _leads_in(node):
            node = node.parent or root
            continue
        if node.attribute is not None and not node.first.match.rstrip(" *_").endswith(":"):
            node = node.parent or root
            continue
        return node
    return root


def _may_open(current: Node, style: str) -> Node | None:
    """A list that starts again at 1 opens below the current item when that is of another style."""
    if current.label is None or current.label.style == style:
        return None
    return current if current.label.style in ("letter", "dotted2", "dotted3") else None


def _dotted_parent(root: Node, chain: list[Node], label: Label) -> Node:
    values = label.values
    for node in chain:
        if node.label is None:
            continue
        style = node.label.style
        if (
            style.startswith("dotted")
            and node.label.values == values[: len(node.label.values)]
            and len(node.label.values) < len(values)
        ):
            return node
        if style == label.style:
            return node.parent or root
        if len(values) == 2 and style == "arabic" and node.label.values[0] == values[0]:
            return node
        if len(values) == 2 and style == "roman":
            return node
        if style in ("part", "chapter", "article", "capital") or style.startswith("named"):
            return node
    return root


def _parent_of_plain(root: Node, current: Node, paragraph: Paragraph, following: Label | None) -> Node:
    """The parent of an unnumbered paragraph: the nearest heading; a bold line or a lead-in stands beside its like."""
    words = paragraph.match.strip(" *_")
    node = current
    if _FINAL.match(words.lower()):
        return root
    if attribute_of(words):
        while node.label is None and node is not root and not node.heading:
            node = node.parent or root
        if (node.label is not None and node.label.style in BULLETS) or node.attribute:
            return node.parent or root
        return node
    if is_free_heading(paragraph, following):
        if like := _heading_like(root, node, paragraph):
            if _wholly_names(paragraph) and not _wholly_names(like.first) and not _REQUESTS.match(like.first.low):
                return like  # an agency below "Phân công trách nhiệm", set in the same type
            return like.parent or root
        while node is not root and not (node.label is not None and rank(node.label.style) < 9):
            if node.label is None and node.heading and _stands_out(node.first, paragraph):
                return node
            if (
                node.label is not None
                and node.label.style in ("arabic", "dotted2")
                and node.heading
                and not node.children
            ):
                return node
            node = node.parent or root
        return node
    while node is not root:
        style = node.label.style if node.label else None
        opens = style is None and node.heading and not _leads_on(node) and not _same_look(node, paragraph)
        if style in BULLETS or node.attribute or (style is None and not opens):
            node = node.parent or root
            continue
        return node
    return root


def _heading_like(root: Node, node: Node, paragraph: Paragraph) -> Node | None:
    """The unnumbered heading of the same look that is open below the nearest numbered section."""
    while node is not root and not (node.label is not None and rank(node.label.style) < 9):
        if node.label is None and node.heading and node.children and _same_look(node, paragraph):
            return node
        node = node.parent or root
    return None


def _leads_on(node: Node) -> bool:
    """Whether its words end with a colon."""
    return node.first.match.rstrip(" *_").endswith(":")


def _same_look(node: Node, paragraph: Paragraph) -> bool:
    """Two headings of one look stand side by side."""
    capitals = paragraph.match.isupper() and node.first.match.isupper()
    bare = is_bare_heading(paragraph.match) and is_bare_heading(node.first.match)
    return capitals or bare or (paragraph.bold and node.first.bold) or (paragraph.italic and node.first.italic)


_FINAL = re.compile(
    r"trên đây là |nhận được (?:kế hoạch|công văn|văn bản)|(?:trong )?quá trình (?:tổ chức |triển khai )?(?:thực hiện|triển khai)[^.;]{0,40}(?:khó khăn|vướng mắc)"
)


def _stands_out(heading: Paragraph, line: Paragraph) -> bool:
    """Whether a heading outranks an unnumbered line by its look: bold over plain, capitals over small letters."""
    capitals = heading.match.isupper() and not line.match.isupper()
    return capitals or (heading.bold and not line.bold)


def is_free_heading(paragraph: Paragraph, following: Label | None) -> bool:
    """Whether an unnumbered line heads what follows: by its look, as a known section, or as wholly an agency's name."""
    words = paragraph.match.strip(" *_")
    if not 4 < len(words) < 140 or words.endswith((".", ";", ",", "/")):
        return False
    if paragraph.bold or (paragraph.italic and not words.endswith(":")) or is_bare_heading(words):
        return True
    if words.isupper():
        return following is not None or about(words) is not None
    if words.endswith(":") or not words[:1].isupper():
        return False
    return (following is not None and following.style in BULLETS and len(words) < 100) or _wholly_names(paragraph)


_REQUESTS = re.compile(r"[\s*_]*(?:kính |trân trọng )?đề nghị\s")


def _wholly_names(paragraph: Paragraph) -> bool:
    names, end = parse_names(paragraph.match, paragraph.low, 0)
    return bool(names) and not paragraph.match[end:].strip(" :*_")
