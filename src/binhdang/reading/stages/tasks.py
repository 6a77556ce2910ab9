"""Tasks: what somebody is told to do.

Reads: the outline, roles, dues, places. Writes: Task values in reading order.
The lowest item that tells somebody to do something is a task; lines that only give an item's form, time or doer are its
attributes. What an item does not say itself it takes from its line "Cơ quan thực hiện:", from a line that closes a
group, from its headings, from clauses and notes that hand items out by number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from binhdang.paper import Span
from binhdang.plan import Due, Evidence, Task
from binhdang.reading.draft import Draft, Paragraph
from binhdang.reading.stages.draughts import Draught
from binhdang.reading.stages.dues import Found, find_time, make_due
from binhdang.reading.stages.item_times import heading_time, own_time
from binhdang.reading.stages.nesting import BULLETS, Node
from binhdang.reading.stages.orders import NAMED_LINE, hands_out, two_leads
from binhdang.reading.stages.outline import Tree
from binhdang.reading.stages.places import find_places
from binhdang.reading.stages.roles import TIME_FIRST, Roles, line_roles, own_roles, owner_roles

_SILENT = frozenset({"objectives", "targets", "basis", "scope", "funding", "slogans", "appendix"})
_CLOSING = re.compile(
    r"(?:trên đây là|trong quá trình (?:tổ chức |triển khai )?(?:thực hiện|triển khai)|quá trình (?:tổ chức )?thực hiện|nhận được kế hoạch|kế hoạch này (?:được|có hiệu lực|thay thế)|quyết định này|chỉ thị này|căn cứ (?:nội dung )?kế hoạch này,? (?:yêu cầu|đề nghị)|yêu cầu (?:thủ trưởng |giám đốc |các )|đề nghị các (?:cơ quan|đơn vị|sở|đồng chí|cấp)|(?:ubnd|ủy ban nhân dân|ban thường vụ|sở|phòng|hội)[^,.;]{0,60} (?:yêu cầu|đề nghị) (?:các|thủ trưởng|giám đốc))"
)


# Articles that put a paper in force lay no work on anybody.
_ENACTS = re.compile(
    r"^(?:nay )?(?:ban hành kèm theo|phê duyệt)|^quyết định này (?:có hiệu lực|thay thế)|chịu trách nhiệm (?:thi hành|thực hiện) quyết định"
)


_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class _Context:
    """What headings hand down."""

    roles: Roles
    due: Due | None = None
    requested: bool = False
    owner: bool = False


class TaskReader:
    """Walks the outline of one draft."""

    def __init__(self, draft: Draft, tree: Tree, year: int) -> None:
        self.draft = draft
        self.tree = tree
        self.year = year
        self.tasks: list[Draught] = []
        self.orders: list[tuple[Node, Paragraph, int]] = []
        self.scopes: dict[int, str] = {}

    def read(self) -> list[Draught]:
        """All tasks, with what the outline hands down."""
        self._children(self.tree.root, _Context(Roles()))
        return self.tasks

    def _children(self, node: Node, context: _Context) -> list[Draught]:
        """Tasks below a node; attribute lines apply to the items before them since the last such line."""
        made: list[Draught] = []
        segment: list[Draught] = []
        closed = False
        lines = 0
        lead_in = context
        for child in node.children:
            if child.attribute is not None and child.about not in _SILENT and self._is_attribute(child, node):
                if not made:
                    lead_in = self._opening_line(child, lead_in)
                lines = lines + 1 if closed else 1
                self._attribute(child, segment if lines <= _MOST_LINES else [], node, lead_in)
                closed = True
                continue
            if self._is_lead_in(child):
                handed = self._handed_down(child, context)
                made += self._children(child, handed)
                lead_in = lead_in if child.children else handed
                continue
            fresh = self._visit(child, lead_in)
            if closed and fresh:
                segment, closed = [], False
            segment += fresh
            made += fresh
        return made

    def _opening_line(self, child: Node, context: _Context) -> _Context:
        """An attribute line before the items it holds for: "Thời gian thực hiện: Quý II.", then the list."""
        p = child.first
        start = p.match.find(":") + 1
        if child.attribute == "due" and (time := find_time(p.low[start:], self.year, years=True)):
            return _Context(context.roles, self._due(p, start, time), context.requested, context.owner)
        if (
            child.attribute == "lead"
            and not child.children
            and (roles := line_roles(p, start, "lead"))
            and not hands_out(p.low)
        ):
            return _Context(roles, context.due, context.requested, context.owner)
        return context

    def _is_attribute(self, child: Node, parent: Node) -> bool:
        if child.attribute == "content":
            return False
        return not (
            child.attribute == "other"
            and child.about == "organisation"
            and child.label is not None
            and child.label.style not in BULLETS
        )

    def _is_lead_in(self, child: Node) -> bool:
        """An unnumbered line that opens the items after it: "Phòng A chủ trì, phối hợp với …:"."""
        return (
            child.label is None
            and child.attribute is None
            and child.first.match.rstrip(" *_").endswith(":")
            and len(child.first.match) < 260
        )

    def _visit(self, node: Node, context: _Context) -> list[Draught]:
        if node.about in _SILENT and node.label is not None and not node.children:
            return []
        if node.about in _SILENT and not self._holds_work(node):
            self._silent(node)
            return []
        attributes = [c for c in node.children if c.attribute is not None]
        plain = [c for c in node.children if c.attribute is None and not _is_handed(c)]
        if not node.children:
            return self._leaf(node, context)
        below = self._handed_down(node, context)
        if attributes and not plain:
            return self._described(node, attributes, below)
        for line in node.children:
            if _is_handed(line) and hands_out(line.first.low):
                self.orders.append((line, line.first, 0))
        if plain:
            made: list[Draught] = []
            if (node.about in ("organisation", "reporting")) and self._is_clause(node):
                made += self._leaf(node, context)
            return made + self._children(node, below)
        return self._leaf(node, context)

    def _holds_work(self, node: Node) -> bool:
        """Whether anything below a section of objectives is to be done ("Giải pháp:" under "Mục tiêu 1")."""
        return any(c.about not in _SILENT or self._holds_work(c) for c in node.children)

    def _silent(self, node: Node) -> None:
        if node.label is None and hands_out(node.first.low):  # "Sở A chủ trì thực hiện Mục tiêu 1" below its targets
            self.orders.append((node, node.first, 0))
        for child in node.children:
            self._silent(child)

    def _is_clause(self, node: Node) -> bool:
        """ "1. Sở A: chủ trì …; hướng dẫn …." with items below: a task beside them."""
        words = node.words.rstrip(" *_")
        if not words.endswith((".", ";")) or len(words) < 60:
            return False
        found = owner_roles(node.first, node.label.end if node.label else 0)
        return found is not None and len(words) - found[1] > 40

    def _described(self, node: Node, attributes: list[Node], context: _Context) -> list[Draught]:
        """An item whose points only describe it: it is the task; several points under "Nội dung:" are a task each."""
        contents = [c for c in attributes if c.attribute == "content"]
        made: list[Draught] = []
        for content in contents:
            if content.children:
                made += self._children(content, context)
            elif content.words.split(":", 1)[-1].strip():
                made += self._leaf(content, context)
        if not contents:
            made = self._leaf(node, context, inherited=True)
        for child in attributes:
            if child.attribute != "content":
                self._attribute(child, made, node, context)
        return made

    def _handed_down(self, node: Node, context: _Context) -> _Context:
        """What a heading gives to the items under it: its agencies, its time."""
        start = node.label.end if node.label else 0
        p = node.first
        roles, requested, owner = context.roles, context.requested, context.owner
        strict = not (node.about in ("organisation", "reporting", "article") or self._is_lead_in(node))
        if (not strict or node.heading) and (found := owner_roles(p, start, verbs=not strict)):
            roles, owner = found[0], True
            requested = roles.requested or (context.requested and node.about == "organisation")
            helped = own_roles(p, start)
            roles.partners, roles.partner_spans = helped.partners, helped.partner_spans
        if not owner or self._is_lead_in(node):
            own = own_roles(p, start)
            if own:
                roles = own if own.leads or not roles.leads else roles
                requested = requested or own.requested
        due = context.due
        if node.about not in _SILENT and (time := heading_time(p.low[start:], self.year)):
            due = self._due(p, start, time)
        return _Context(roles, due, requested, owner)

    def _due(self, p: Paragraph, offset: int, time: Found) -> Due:
        start, end = offset + time.start, offset + time.end
        return make_due(time, p.match[start:end], p.place(start, end), self.year)

    def _leaf(self, node: Node, context: _Context, *, inherited: bool = False) -> list[Draught]:
        p = node.first
        start = node.label.end if node.label else 0
        words = node.words
        if not _LETTER.search(words) or (node.label is None and _CLOSING.match(words.lower())):
            return []
        if node.about == "article" and _ENACTS.search(words.lower()):
            return []
        if (node.label is None and self._only_names(node)) or self._heads_a_table(node):
            return []
        kind = "responsibility" if node.about in ("organisation", "reporting", "article") else "activity"
        opening = owner_roles(p, start)
        if (opening or context.owner) and self._in_no_section(node):
            kind = "responsibility"  # a directive's clauses: "1. Sở A …", "2. Sở B …"
        roles = own_roles(p, start, opening=opening)
        if hands_out(p.low):
            self.orders.append((node, p, start))
        own_lead = bool(roles.leads)
        lead_spans, partner_spans = [], []
        requested = roles.requested or context.requested
        if (context.owner and not self._some_of(opening, context)) or not roles.leads:
            if context.roles.leads and not (own_lead and not self._same_owner(roles, context)):
                lead_spans = context.roles.lead_spans
                partners = roles.partners or (
                    context.roles.partners if not context.owner or self._lead_in_partners(context) else []
                )
                if not roles.partners and partners:
                    partner_spans = context.roles.partner_spans
                roles = Roles(
                    list(context.roles.leads),
                    [x for x in partners if x not in context.roles.leads],
                    requested=requested,
                )
            elif not roles.partners and not own_lead and context.roles.partners:
                roles = Roles([], list(context.roles.partners), requested=requested)
                partner_spans = context.roles.partner_spans
        for q in node.paragraphs[1:]:
            more = own_roles(q, 0)
            roles.partners += [x for x in more.partners if x not in roles.partners + roles.leads]
        due, due_spans = None, []
        last = node.paragraphs[-1]
        after = _after_colon(p.low, opening[1]) if opening else start
        if (first := TIME_FIRST.match(p.low, start)) and (time := own_time(p.low[start : first.end()], self.year)):
            due = self._due(p, start, time)
        elif time := own_time(p.low[after:], self.year):
            due = self._due(p, after, time)
        elif last is not p and (time := own_time(last.low, self.year)):
            due = self._due(last, 0, time)
        elif context.due is not None:
            due, due_spans = context.due, [context.due.span]
        begin = p.place(_skip_blank(p.match, start), len(p.match)).start
        draught = Draught(
            node,
            begin,
            node.paragraphs[-1].end,
            list(node.paragraphs),
            kind,
            roles,
            due,
            due_spans,
            lead_spans,
            partner_spans,
            own_lead,
        )
        draught.roles.requested = requested
        self.tasks.append(draught)
        return [draught]

    def _lead_in_partners(self, context: _Context) -> bool:
        return bool(context.roles.partners)

    def _same_owner(self, roles: Roles, context: _Context) -> bool:
        """In an agency's clause the agency leads, unless the item names another that leads."""
        mine = {x.casefold() for x in context.roles.leads}
        return any(x.casefold() in mine for x in roles.leads) or not context.owner

    def _in_no_section(self, node: Node) -> bool:
        """Whether no heading stands above an item but an agency's own."""
        top = node
        while top.parent is not None and top.parent.paragraphs:
            top = top.parent
        return top.label is not None and top.label.style == "arabic" and not top.about

    def _some_of(self, opening: tuple[Roles, int] | None, context: _Context) -> bool:
        """Whether an item in a clause of several agencies opens with one or some of them."""
        if opening is None:
            return False
        mine, all_of = set(opening[0].leads), set(context.roles.leads)
        return len(mine) < len(all_of) and mine <= all_of

    def _heads_a_table(self, node: Node) -> bool:
        """A heading with nothing in the outline below it: what it heads is a table."""
        sectional = node.label is not None and node.label.style in ("roman", "capital", "part", "chapter")
        return node.heading and (
            node.words.isupper() or (sectional and node.words[-1:].isalnum() and len(node.words) < 80)
        )

    def _only_names(self, node: Node) -> bool:
        return len(node.words) < 4

    def _attribute(self, child: Node, segment: list[Draught], parent: Node, context: _Context) -> None:
        """Apply an attribute line to the tasks it describes."""
        p = child.first
        start = p.match.find(":") + 1
        if child.attribute == "scope":
            for draught in segment:
                draught.places += [
                    x for x in find_places(p.match[start:], p.low[start:], given=True) if x not in draught.places
                ]
            self.scopes[parent.index] = p.match[start:].strip(" .;*_")
        for q in (q for n in [child, *child.children] for q in n.paragraphs):
            q.placed = q.placed or bool(segment)
        if child.attribute in ("lead", "partner"):
            self._role_line(child, p, start, segment)
            if m := _TIME_KEY.search(p.low, start):
                self._set_due(p, m.end(), find_time(p.low[m.end() :], self.year, years=True), segment)
        elif child.attribute == "due":
            words = [q for n in [child, *child.children] for q in n.paragraphs]
            time = find_time(p.low[start:], self.year, years=True)
            if time is None and len(words) > 1:
                p, start = words[1], 0
                time = find_time(p.low, self.year, years=True)
            self._set_due(p, start, time, segment)

    def _set_due(self, p: Paragraph, start: int, time: Found | None, segment: list[Draught]) -> None:
        if time is None:
            return
        due = make_due(
            time, p.match[start:].strip(" .;*_"), p.place(_skip_blank(p.match, start), len(p.match.rstrip())), self.year
        )
        for draught in segment:
            if draught.due is None or draught.due_spans:
                draught.due, draught.due_spans = due, [due.span]

    def _role_line(self, child: Node, p: Paragraph, start: int, segment: list[Draught]) -> None:
        if child.children or hands_out(p.low):
            numbered = False
            for node in [child, *child.children]:
                q = node.first
                if hands_out(q.low) or NAMED_LINE.match(q.low, node.label.end if node.label else 0):
                    self.orders.append(
                        (node, q, node.label.end if node.label and node is not child else start if node is child else 0)
                    )
                    numbered = True
            if numbered:
                return
        roles = line_roles(p, start, child.attribute or "lead")
        for sub in child.children:
            more = line_roles(sub.first, sub.label.end if sub.label else 0, child.attribute or "lead")
            roles.leads += [x for x in more.leads if x not in roles.leads]
            roles.partners += [x for x in more.partners if x not in roles.partners]
            roles.lead_spans += more.lead_spans
            roles.partner_spans += more.partner_spans
        for draught in segment:
            if roles.leads and (not draught.own_lead or child.attribute == "lead"):
                if not draught.own_lead:
                    draught.roles.leads = list(roles.leads)
                    draught.lead_spans = list(roles.lead_spans)
                else:
                    fresh = [x for x in roles.leads if x not in draught.roles.leads]
                    if len(fresh) == len(roles.leads):
                        self.draft.findings.append(two_leads(draught.roles.leads, fresh, p))
                    draught.roles.leads += fresh
                    draught.lead_spans += roles.lead_spans
                draught.own_lead = True
            if roles.partners:
                draught.roles.partners += [
                    x for x in roles.partners if x not in draught.roles.partners + draught.roles.leads
                ]
                draught.partner_spans += roles.partner_spans


def _after_colon(low: str, at: int) -> int:
    """Past the colon or the blank that follows the names a clause opens with."""
    return len(low) - len(low[at:].lstrip(" :,"))


def _skip_blank(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip(" *_"))


# "Giao Sở A chủ trì thực hiện …" below an item says who does it and is no item.
_HANDED = re.compile(r"giao (?:sở|phòng|ban|ủy ban|ubnd|hội|công an|trung tâm|văn phòng)(?![^\W\d_])")


def _is_handed(node: Node) -> bool:
    low = node.first.low
    return low.startswith("giao ") and _HANDED.match(low) is not None


_MOST_LINES = 40  # that describe one run of items; issued plans have at most six
_TIME_KEY = re.compile(r"(?:thời gian|thời hạn|tiến độ)(?: thực hiện| hoàn thành)?\s?:\s{0,2}")


def finish(draught: Draught, draft: Draft, number: int, outline: str | None) -> Task:
    """The frozen task."""
    for p in draught.paragraphs:
        p.placed = True
    span = Span(draught.start, draught.end)
    text = draft.text[span.start : span.end]
    words, low = " ".join([p.match for p in draught.paragraphs]), " ".join([p.low for p in draught.paragraphs])
    return Task(
        id=f"t{number}",
        ref=draught.node.path(),
        kind=draught.kind,
        text=text.strip(),
        span=span,
        outline=outline,
        leads=tuple(draught.roles.leads),
        partners=tuple(draught.roles.partners),
        requested=draught.roles.requested,
        due=draught.due,
        places=tuple(dict.fromkeys([*draught.places, *find_places(words, low)])),
        evidence=Evidence(
            tuple(dict.fromkeys(draught.lead_spans)),
            tuple(dict.fromkeys(draught.partner_spans)),
            tuple(draught.due_spans),
        ),
    )
