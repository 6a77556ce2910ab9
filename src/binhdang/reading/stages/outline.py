"""Outline: which paragraph heads which.

Reads: Draft paragraphs with their zones. Writes: a tree of Nodes, each with its printed label, its words, and what its
section is about (content, organisation, targets …).
A label nests by its style: a style already open closes what stands below it, a new style opens below. Numbers decide
where two readings are possible ("1." after "a)": the next of the outer list, or the first of an inner one).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from binhdang.reading.draft import Draft, Paragraph
from binhdang.vietnamese.enumerators import Label, read_label


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
    owners: list[object] = field(default_factory=list)

    @property
    def first(self) -> Paragraph:
        """The paragraph that opens it."""
        return self.paragraphs[0]

    @property
    def words(self) -> str:
        """The matching copy of its first paragraph without the label."""
        words = self.first.match[self.label.end if self.label else 0 :].strip(" *_")
        if not words and len(self.paragraphs) > 1:
            return " ".join(p.match.strip(" *_") for p in self.paragraphs[1:])
        return words

    @property
    def level(self) -> int:
        """Depth below the root."""
        depth, node = 0, self.parent
        while node is not None:
            depth, node = depth + 1, node.parent
        return depth

    def path(self) -> str | None:
        """The printed label path ("II.1"): numbered labels from the top, bullets left out."""
        refs: list[str] = []
        node: Node | None = self
        while node is not None:
            if node.label is not None and node.label.style not in _BULLETS:
                refs.append(node.label.ref)
                if node.label.style.startswith("dotted") and not refs[-1][0].isdigit():
                    break
            node = node.parent
        return ".".join(reversed(refs)) or None


_BULLETS = frozenset({"dash", "plus", "star"})
_RANK = {"appendix": 0, "part": 0, "chapter": 1, "section": 2, "capital": 3, "roman": 4, "subsection": 5, "article": 5}

# What a heading is about, by its words; the first that fits wins, a narrower heading below overrides.
_ABOUT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("slogans", re.compile(r"khẩu hiệu|thông điệp truyền thông|các thông điệp")),
    (
        "basis",
        re.compile(
            r"^(?:căn cứ|cơ sở pháp lý|căn cứ pháp lý|sự cần thiết)|^(?:đánh giá |khái quát |thực trạng|đặc điểm|tình hình|bối cảnh|kết quả (?:thực hiện|đạt được|công tác)|một số kết quả|tồn tại|hạn chế|khó khăn|nguyên nhân|thuận lợi)"
        ),
    ),
    ("content", re.compile(r"(?:nhiệm vụ|nội dung|hoạt động|giải pháp)[^.;]{0,40}phân công")),
    (
        "mixed",
        re.compile(
            r"(?:giải pháp|kinh phí|nội dung|nhiệm vụ).{0,30}(?:và|,) tổ chức thực hiện|(?:hoạt động|nhiệm vụ|nội dung|giải pháp|tiến độ|dự án|lộ trình).{0,40}(?:và|,) (?:nguồn |dự toán )?kinh phí"
        ),
    ),
    (
        "organisation",
        re.compile(
            r"tổ chức thực hiện|phân công (?:trách nhiệm|nhiệm vụ|thực hiện|tổ chức)|trách nhiệm (?:của|thực hiện|thi hành)|^trách nhiệm|phân công$|tổ chức triển khai|^tổ chức chỉ đạo"
        ),
    ),
    (
        "reporting",
        re.compile(
            r"chế độ (?:thông tin|báo cáo)|thông tin,? báo cáo|công tác báo cáo|^báo cáo|thời hạn (?:gửi )?báo cáo|chế độ .{0,20}báo cáo"
        ),
    ),
    (
        "content",
        re.compile(
            r"nhiệm vụ.{0,12}giải pháp|giải pháp.{0,12}nhiệm vụ|nội dung.{0,12}giải pháp|hoạt động.{0,12}giải pháp"
        ),
    ),
    (
        "targets",
        re.compile(
            r"^(?:các |hệ thống |một số )?chỉ tiêu|mục tiêu cụ thể|chỉ tiêu (?:cụ thể|chủ yếu|phấn đấu|thực hiện)|mục tiêu,? chỉ tiêu|chỉ tiêu$|chỉ tiêu đến năm"
        ),
    ),
    (
        "objectives",
        re.compile(r"mục đích|mục tiêu|yêu cầu|quan điểm|ý nghĩa|phương châm|phương hướng chung|phạm vi điều chỉnh"),
    ),
    (
        "funding",
        re.compile(
            r"kinh phí|nguồn lực tài chính|nguồn vốn|ngân sách thực hiện|dự toán|cơ chế tài chính|nguồn tài chính"
        ),
    ),
    (
        "scope",
        re.compile(
            r"^(?:phạm vi|đối tượng|địa bàn|thời gian|địa điểm|thời gian,? địa điểm|quy mô|chủ đề|thời lượng|tên gọi|thành phần)(?!\w)"
        ),
    ),
    ("solutions", re.compile(r"^(?:các |một số |những |hệ thống )?giải pháp|biện pháp thực hiện|^(?:các )?biện pháp")),
    (
        "content",
        re.compile(
            r"nội dung|nhiệm vụ|hoạt động|lộ trình|dự án|tiểu dự án|mô hình|giai đoạn|công việc|kế hoạch thực hiện|công tác|chương trình|tiến độ|các bước"
        ),
    ),
)
_NAMED = re.compile(
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

# "Thời gian:", "- Cơ quan chủ trì thực hiện Dự án:" — attributes of an item, told by the words before the colon.
_ATTRIBUTE_WORDS = (
    ("lead", r"(?:cơ quan|đơn vị|bộ phận|ngành|phòng, ban|cấp|tổ chức|đầu mối)(?:,? (?:cơ quan|đơn vị|tổ chức))?(?: đầu mối)? (?:chịu trách nhiệm )?(?:chính |chủ trì|chủ quản|thực hiện|tổ chức|triển khai|phụ trách|chịu trách nhiệm|tham mưu)|chủ trì|phân công(?: thực hiện| chủ trì| trách nhiệm)?|đơn vị chính|giao"),
    ("partner", r"(?:cơ quan|đơn vị|bộ phận|tổ chức)(?:,? (?:cơ quan|đơn vị|tổ chức))? (?:cùng )?(?:phối hợp|tham gia|hỗ trợ)|phối hợp(?: thực hiện| với| tổ chức)?|tham gia"),
    ("due", r"thời gian|thời hạn|tiến độ|lộ trình|thời điểm|hoàn thành|kế hoạch thời gian|thời gian, địa điểm"),
    ("content", r"nội dung"),
    ("goal", r"mục tiêu|mục đích|chỉ tiêu|yêu cầu|kết quả|sản phẩm|đầu ra"),
    ("scope", r"phạm vi|địa bàn|địa điểm|nơi thực hiện|quy mô"),
    ("other", r"hình thức|phương thức|cách thức|phương pháp|đối tượng|thành phần|kinh phí|nguồn kinh phí|dự kiến kinh phí|số lượng|giảng viên|báo cáo viên|biện pháp|chủ đề|thông điệp|khẩu hiệu|ghi chú|tài liệu|số lớp|tần suất|thời lượng|phương tiện|nguồn lực|địa chỉ|lưu ý"),
)  # fmt: skip
_ATTRIBUTE = re.compile(
    r"(?:về |dự kiến )?(?:" + "|".join(f"(?P<{k}>{p})" for k, p in _ATTRIBUTE_WORDS) + r")(?![^\W\d_])[^:.;\d]{0,60}:",
)
_CONTENT_ATTRIBUTE = re.compile(r"[^:.;]{0,40}\bnội dung\s?:")


def attribute_of(words: str) -> tuple[str, int] | None:
    """The attribute that an item's words give ("due", "lead" …) and where its value begins, or None."""
    low = words[:110].lower()
    colon = low.find(":")
    if colon < 0 or colon > 90:
        return None
    if m := _ATTRIBUTE.match(low):
        return m.lastgroup or "other", m.end()
    if colon < 60 and (m := _CONTENT_ATTRIBUTE.match(low)):
        return "content", m.end()
    return None


def about(words: str) -> str | None:
    """What a heading is about, or None when its words do not say."""
    low = words.lower()[:160]
    return next((name for name, pattern in _ABOUT if pattern.search(low)), None)


@dataclass(slots=True)
class Tree:
    """The outline: the root and all nodes in reading order."""

    root: Node
    nodes: list[Node]


def outline(draft: Draft) -> Tree:
    """The tree of the draft's body paragraphs (zone "body")."""
    root = Node(None, [], None, -1)
    tree = Tree(root, [])
    current = root
    body = [p for p in draft.paragraphs if p.zone == "body" and p.table is None and p.note is None]
    labels = [read_label(p.match) for p in body]
    for paragraph, label, following in zip(body, labels, [*labels[1:], None], strict=False):
        if label is not None and _is_not_a_label(paragraph, label):
            label = None
        if label is None and current is not root and _belongs(current, paragraph):
            current.paragraphs.append(paragraph)
            continue
        if label is None and current is not root and _is_rest_of_heading(current, paragraph):
            current.paragraphs.append(paragraph)
            continue
        parent = _parent(root, current, paragraph, label, following)
        node = Node(label, [paragraph], parent, len(tree.nodes))
        node.attribute = _attribute_name(node)
        node.named = _name_of(node)
        node.heading = _looks_like_heading(node)
        parent.children.append(node)
        tree.nodes.append(node)
        current = node
    for node in tree.nodes:
        _describe(node)
    return tree


def _is_not_a_label(paragraph: Paragraph, label: Label) -> bool:
    """A bullet that only quotes, a lone letter of a name."""
    rest = paragraph.match[label.end :]
    return not rest.strip(" .:*_") and label.style not in _RANK and not label.style.startswith("named")


def _is_rest_of_heading(node: Node, paragraph: Paragraph) -> bool:
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


def _belongs(node: Node, paragraph: Paragraph) -> bool:
    """Whether an unnumbered paragraph goes on with the words of an item.

    It does under a bullet or a named item ("Mô hình 3 (…):"), and under a numbered sentence; under a heading it is an
    item of its own, and so are attribute lines and paragraphs in bold.
    """
    if attribute_of(paragraph.match) or _is_free_heading(paragraph, None):
        return False
    label = node.label
    if label is None:
        return False
    last = node.paragraphs[-1].match.rstrip(" *_")
    if label.style in _BULLETS or label.style == "bracket":
        if paragraph.low.startswith(_CLOSING) or _APART.match(paragraph.low):
            return False
        return node.attribute in (None, "content") and (last.endswith((":", ".", ";")) or node.named is not None)
    if node.named is not None and node.level > 2:
        return True
    if paragraph.low.startswith(_CLOSING) or node.children:
        return False
    if label.style == "letter" and node.first.match.rstrip(" *_").endswith(":") and _MODEL.match(node.words):
        return True
    if label.style in _RANK or node.attribute is not None:
        return False
    return (last.endswith(":") and len(node.words) >= 60) or (last.endswith((".", ";")) and len(node.words) >= 120)


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


def _parent(root: Node, current: Node, paragraph: Paragraph, label: Label | None, following: Label | None) -> Node:
    if label is None:
        return _parent_of_plain(root, current, paragraph, following)
    style = label.style
    chain: list[Node] = []
    node: Node | None = current
    while node is not None and node is not root:
        chain.append(node)
        node = node.parent
    if style in _RANK:
        for node in chain:
            if node.label is not None and _rank(node.label.style) < _RANK[style]:
                if not (node.label.style == "article" or style == node.label.style):
                    return node
        return root
    if style.startswith("dotted"):
        return _dotted_parent(root, chain, label)
    same = [n for n in chain if n.label is not None and n.label.style == style]
    if style.startswith("named"):
        return _named_parent(root, chain, same)
    if not same:
        if (
            style in _BULLETS
            and current.label is not None
            and current.label.style in _BULLETS
            and attribute_of(paragraph.match[label.end :])
        ) and not current.paragraphs[-1].match.rstrip(" *_").endswith(":"):
            return current.parent or root
        if (
            style in _BULLETS
            and not current.paragraphs[-1].match.rstrip(" *_").endswith(":")
            and (near := _sibling_list(chain, style))
        ):
            return near
        if current.label is None and current is not root and style not in _BULLETS and not _leads_in(current):
            return current.parent or root
        if current.attribute not in (None, "content", "goal", "lead") and style not in _BULLETS:
            return current.parent or root
        return _innermost(current, root, style)
    if style in _BULLETS:
        return same[0].parent or root
    fitting = next((n for n in same if n.label and label.values[0] == n.label.values[0] + 1), None)
    if fitting is None and label.values[0] == 1 and (opened := _may_open(current, style)):
        return opened
    return ((fitting or same[0]).parent) or root


_NAMED_ORDER = ("đề án", "hợp phần", "dự án", "tiểu dự án")


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
            _rank(node.label.style) < 9
            or node.label.style.startswith("named")
            or (node.label.style not in _BULLETS and node.heading)
        ):
            return node
    return root


def _sibling_list(chain: list[Node], style: str) -> Node | None:
    """The nearest node above whose children already use this bullet."""
    for node in chain:
        if node.parent is not None and any(
            c.label is not None and c.label.style == style for c in node.parent.children
        ):
            return node.parent
    return None


def _rank(style: str) -> int:
    return _RANK.get(style, 9)


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
        if (node.label is not None and node.label.style in _BULLETS) or node.attribute:
            return node.parent or root
        return node
    if _is_free_heading(paragraph, following):
        while node is not root and not (node.label is not None and _rank(node.label.style) < 9):
            if node.label is None and node.heading and node.first.bold and not paragraph.bold:
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
        opens = style is None and node.heading and not node.first.match.rstrip(" *_").endswith(":")
        if style in _BULLETS or node.attribute or (style is None and not opens):
            node = node.parent or root
            continue
        return node
    return root


_FINAL = re.compile(
    r"trên đây là |nhận được (?:kế hoạch|công văn|văn bản)|(?:trong )?quá trình (?:tổ chức |triển khai )?(?:thực hiện|triển khai)[^.;]{0,40}(?:khó khăn|vướng mắc)"
)


def _is_free_heading(paragraph: Paragraph, following: Label | None) -> bool:
    words = paragraph.match.strip(" *_")
    short = 4 < len(words) < 140 and not words.endswith((".", ";", ",", "/"))
    return short and (
        paragraph.bold or (paragraph.italic and not words.endswith(":")) or (words.isupper() and following is not None)
    )


def _attribute_name(node: Node) -> str | None:
    found = attribute_of(node.words) if not (node.label and node.label.style in _RANK) else None
    return found[0] if found else None


def _looks_like_heading(node: Node) -> bool:
    words = node.words
    tail = words.rstrip(" *_")
    if node.attribute is not None or len(words) > 300 or words[:1].isdigit():
        return False
    if node.label is not None and node.label.style not in _BULLETS:
        return not tail.endswith((".", ";", "/", "…")) or len(words) < 120
    styled = node.first.bold or node.first.italic or words.isupper()
    return node.label is None and (tail.endswith(":") or (styled and not tail.endswith((".", ";"))))


def _describe(node: Node) -> None:
    """Say what the node's section is about: by its own words where it heads something, else as its parent."""
    parent = node.parent
    inherited = parent.about if parent is not None else ""
    own = None
    style = node.label.style if node.label is not None else None
    heads = node.heading and (
        bool(node.children)
        or (style is not None and _rank(style) <= 4)
        or (style is None and (node.first.bold or node.first.italic))
    )
    if style == "appendix":
        own = "slogans" if "khẩu hiệu" in node.words.lower() else "appendix"
    elif style == "article":
        own = "article"
    elif node.heading and not node.children and _MONEY.match(node.words.lower()):
        own = "funding"
    elif heads:
        words = node.words
        own = about(words.split(":")[0] if ":" in words[:90] else words)
    if own and inherited and style != "article" and not _overrides(node, own, inherited):
        own = None
    node.about = own or inherited


_MONEY = re.compile(r"(?:dự toán|tổng)? ?(?:nguồn )?kinh phí|biểu |bảng |phụ biểu")


def _overrides(node: Node, own: str, inherited: str) -> bool:
    """Inside the organisation or content part only some headings change what the part is about."""
    if (node.label is not None and _rank(node.label.style) <= 4) or inherited in ("mixed", "article"):
        return True
    low = node.words.lower()
    if inherited in ("objectives", "targets"):
        return own in ("objectives", "targets", "scope") or (
            node.level <= 1 and own in ("content", "organisation", "funding", "solutions")
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
    if (m := _NAMED.match(words)) and m["number"].isdigit():
        return m["word"].lower(), int(m["number"])
    for bracket in re.finditer(r"\(([^()]{5,24})\)", words[:260] + words[-40:]):
        if (m := _NAMED.fullmatch(bracket[1].strip())) and m["number"].isdigit():
            return m["word"].lower(), int(m["number"])
    return None


def kind_of(node: Node) -> str:
    """The outline kind of a heading: section, objective, project, content, model, solution, phase, appendix."""
    if node.named is not None and node.named[0] in _KINDS:
        return _KINDS[node.named[0]]
    if _PHASE.match(node.words):
        return "phase"
    low = node.words.lower()
    if low.startswith("phụ lục"):
        return "appendix"
    if low.startswith("dự án") and node.about == "content":
        return "project"
    return {"objectives": "objective", "targets": "objective", "solutions": "solution"}.get(node.about, "section")
