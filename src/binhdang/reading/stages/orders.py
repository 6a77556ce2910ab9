"""Orders: work handed out by number, in the clauses of agencies, under projects, in foot notes.

Reads: the tasks found so far and the paragraphs that name them by number. Writes: their leads and partners, and findings."""

from __future__ import annotations

import re

from binhdang.paper import Finding, Severity
from binhdang.reading.draft import Paragraph
from binhdang.reading.stages.agencies import parse_names
from binhdang.reading.stages.draughts import Draught
from binhdang.reading.stages.nesting import BULLETS, Node
from binhdang.reading.stages.roles import Roles, line_roles, own_roles, owner_roles

NAMED_LINE = re.compile(
    r"(?P<word>nội dung|mô hình|tiểu dự án|dự án|hoạt động|nhiệm vụ)\s(?P<list>\d{1,2}(?:\s?(?:,|và)\s?\d{1,2}){0,9})\s?:\s{0,2}"
)


_NUMBERS = r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4}(?:\.\d{1,2}){0,3})(?![\w/%])"


_HANDS_OUT = re.compile(
    rf"(?:chủ trì|thực hiện|chịu trách nhiệm|triển khai|phụ trách|phối hợp)[^.;:]{{0,90}}?(?P<word>nội dung|mô hình|tiểu dự án|dự án|hoạt động|nhiệm vụ|mục tiêu|mục|khoản|phần|điểm)\s(?:số |tại |(?:và |, )?(?:hoạt động|nhiệm vụ|nội dung|mục|khoản) |nêu tại (?:mục|khoản) |(?:quy định |nêu )?tại (?:các )?(?:mục|khoản|điểm|phần) ){{0,2}}(?P<list>{_NUMBERS}(?:\s?(?:,|;|và|-|đến)\s?(?:(?:mục|nội dung|mô hình|hoạt động|nhiệm vụ|khoản|tiểu dự án) )?{_NUMBERS}){{0,20}})(?P<rest>[^.;]{{0,40}})"
)


# "Giao Sở A chủ trì thực hiện giải pháp a, b; Sở B chủ trì giải pháp c."
_LETTERED = re.compile(
    r"(?:giải pháp|nội dung|nhiệm vụ|hoạt động)\s(?P<letters>[a-zđ](?![^\W\d_])(?:\s?(?:,|và|;)\s?[a-zđ](?![^\W\d_])){0,8})(?=\s?[;.,]|$)"
)
_BY_LETTER = re.compile(r" [a-zđ](?![^\W\d_])")  # the quick look for it
_LETTER = re.compile(r"(?<![^\W\d_])[a-zđ](?![^\W\d_])")
_DIGIT = re.compile("[0-9]")
_NUMBERED = re.compile(r"(?:nội dung|mô hình|dự án|hoạt động|nhiệm vụ|mục tiêu|mục|khoản|phần|điểm) [^.;:]{0,30}\d")


POINTS = re.compile(
    r"điểm (?P<letters>[a-zđ](?:\s?(?:,|và)\s?(?:điểm )?[a-zđ](?![^\W\d_])){0,6})(?![^\W\d_]),? khoản (?P<clause>\d{1,2})(?:,? mục (?P<where>[ivx]{1,4}|\d{1,2}))?"
)


_NUMBER = re.compile(_NUMBERS)


_WHERE = re.compile(r"(?:mục|phần|dự án|khoản)\s([ivx]{1,4}|\d{1,2})(?![\w.])")


# Each order and each foot note is tried on each task; issued plans have at most some dozens.
_MOST_ORDERS = 150


def hand_out(
    tasks: list[Draught], orders: list[tuple[Node, Paragraph, int]], notes: list[tuple[Paragraph, int]]
) -> list[Finding]:
    """Give out leads and partners by number ("Sở A chủ trì thực hiện các nội dung 1, 2 của Dự án").

    Orders stand in lines of a project, in the clauses of the organisation section, and in foot notes. A task that says
    another lead elsewhere keeps both, with a finding.
    """
    findings: list[Finding] = []
    for node, p, start in orders[:_MOST_ORDERS]:
        findings += _order(tasks, p, start, node)
    for p, start in notes[:_MOST_ORDERS]:
        if hands_out(p.low):
            findings += _order(_called(tasks, p) or tasks, p, start, None)
        else:
            findings += _note(tasks, p, start) or _order(tasks, p, start, None)
    return findings


def _note(tasks: list[Draught], p: Paragraph, start: int) -> list[Finding] | None:
    """A foot note that says who does the item it is called from: "[1] Sở A chủ trì thực hiện."."""
    roles = own_roles(p, start, opening=owner_roles(p, start))
    called = _called(tasks, p)
    if not roles or not called:
        return None
    p.placed = True
    findings: list[Finding] = []
    for draught in called:
        findings += _give(draught, roles, p, helps=False)
    return findings


def _called(tasks: list[Draught], p: Paragraph) -> list[Draught]:
    """The tasks from which a foot note is called, or from a heading above them."""
    mark = f"[{p.note}]"
    return [d for d in tasks if any(mark in q.match for q in (*d.paragraphs, *(n.first for n in _chain(d.node))))]


def _order(tasks: list[Draught], p: Paragraph, start: int, node: Node | None) -> list[Finding]:
    findings: list[Finding] = _named_line(tasks, p, start, node) if node is not None else []
    if points := POINTS.search(p.low, start):
        roles = _ordered_by(p, start, points.start(), several=False)
        if not roles.leads and node is not None:
            roles = _owner_above(node)
        for draught in _pointed(tasks, points, node) if roles.leads else ():
            findings += _give(
                draught,
                roles,
                p,
                helps="phối hợp" in p.low[max(start, points.start() - 60) : points.start()]
                and "chủ trì" not in p.low[start : points.start()],
            )
        return findings
    lettered = list(_LETTERED.finditer(p.low, start))
    for m in lettered:
        roles = _ordered_by(p, start, m.start(), several=len(lettered) > 1)
        for draught in _at_letters(tasks, m["letters"], node):
            findings += _give(draught, roles, p, helps=False)
    orders = list(_HANDS_OUT.finditer(p.low, start))
    for m in orders:
        roles = _ordered_by(p, start, m.start(), several=len(orders) > 1)
        if not roles.leads and node is not None:
            roles = _owner_above(node)
        if not roles.leads:
            continue
        wanted = _expand(m["list"])
        if not any(c.isdigit() for c in m["list"]):
            continue  # "các nội dung được phân công tại mục III" gives nothing new
        where = _WHERE.search(m["rest"]) if m["word"] not in ("phần",) else None
        clause = max(start, p.low.rfind(";", start, m.start()))
        helps = m.group().startswith("phối hợp") and "chủ trì" not in p.low[clause : m.start()]
        for draught in _named_tasks(tasks, m["word"], wanted, node, where[1] if where else None):
            findings += _give(draught, roles, p, helps=helps)
    return findings


def _at_letters(tasks: list[Draught], letters: str, node: Node | None) -> list[Draught]:
    """The tasks at points a, b … of the section in which the order stands."""
    wanted = set(_LETTER.findall(letters))
    section = node.parent if node is not None else None
    while section is not None and section.label is not None and section.label.style in ("letter", *BULLETS):
        section = section.parent
    return [
        d
        for d in tasks
        if d.node.label is not None
        and d.node.label.style == "letter"
        and d.node.label.ref.lower() in wanted
        and (section is None or section in _chain(d.node))
    ]


def _pointed(tasks: list[Draught], m: re.Match[str], node: Node | None) -> list[Draught]:
    """The tasks at "điểm c khoản 1 Mục III"."""
    letters = set(re.findall(r"(?<![^\W\d_])[a-zđ](?![^\W\d_])", m["letters"]))
    out: list[Draught] = []
    for draught in tasks:
        refs = [(n.label.style, n.label.ref.lower()) for n in _chain(draught.node) if n.label is not None]
        if draught.node is node or not any(style == "letter" and ref in letters for style, ref in refs):
            continue
        if not any(style == "arabic" and ref == m["clause"] for style, ref in refs):
            continue
        if m["where"] and not any(ref == m["where"] for _, ref in refs):
            continue
        out.append(draught)
    return out


def _ordered_by(p: Paragraph, start: int, at: int, *, several: bool) -> Roles:
    """Who an order by number is given to; with several in a line each has its own clause."""
    if several:
        clause = max(start, p.low.rfind(";", start, at) + 1)
        if p.back is None:
            end = p.low.find(";", at) if p.low.find(";", at) >= 0 else len(p.low)
            part = Paragraph(p.start + clause, p.text[clause:end], p.match[clause:end], p.low[clause:end])
            if (roles := own_roles(part, 0, opening=owner_roles(part, 0))).leads:
                helped = _HELPERS.search(p.low, at)  # "… . Cơ quan phối hợp: C, D." holds for each clause
                names = parse_names(p.match, p.low, helped.end())[0] if helped else []
                roles.partners += [n.text for n in names if n.text not in roles.partners + roles.leads]
                return roles
        if found := owner_roles(p, clause):
            return found[0]
    roles = own_roles(p, start)
    if not roles.leads and (found := owner_roles(p, start)):
        return found[0]
    return roles


_HELPERS = re.compile(r"[.;]\s(?:cơ quan|đơn vị) (?:phối hợp|tham gia)\s?:\s?")


def _named_line(tasks: list[Draught], p: Paragraph, start: int, node: Node) -> list[Finding]:
    """ "- Mô hình 1: Sở A." under "Cơ quan thực hiện Dự án:"."""
    m = NAMED_LINE.match(p.low, start)
    if m is None:
        return []
    roles = line_roles(p, m.end(), "lead")
    findings: list[Finding] = []
    for draught in _named_tasks(tasks, m["word"], _expand(m["list"]), node, None):
        findings += _give(draught, roles, p, helps=False)
    return findings


def hands_out(low: str) -> bool:
    """Whether a lower-case text names work by number ("chủ trì thực hiện Nội dung 1")."""
    if _BY_LETTER.search(low) is not None and _LETTERED.search(low) is not None:
        return True
    if _DIGIT.search(low) is None:
        return False
    return (_NUMBERED.search(low) is not None and _HANDS_OUT.search(low) is not None) or (
        "khoản" in low and POINTS.search(low) is not None
    )


def _owner_above(node: Node) -> Roles:
    here: Node | None = node.parent
    while here is not None and here.paragraphs:
        if found := owner_roles(here.first, here.label.end if here.label else 0):
            return found[0]
        here = here.parent
    return Roles()


def _expand(words: str) -> list[str]:
    out: list[str] = []
    numbers = list(_NUMBER.finditer(words))
    for a, b in zip(numbers, [*numbers[1:], None], strict=False):
        out.append(a.group())
        if (
            b is not None
            and words[a.end() : b.start()].strip() in ("-", "đến")
            and a.group().isdigit()
            and b.group().isdigit()
        ):
            out += [str(i) for i in range(int(a.group()) + 1, int(b.group()))]
    return out


def _named_tasks(
    tasks: list[Draught], word: str, wanted: list[str], node: Node | None, where: str | None
) -> list[Draught]:
    """The tasks that a numbered reference means: named items of the same project first, else labels of the outline."""
    project = node.parent if node is not None else None
    while (
        project is not None
        and project.label is not None
        and (project.label.style in BULLETS or project.attribute is not None)
    ):
        project = project.parent
    if project is not None and project.about in ("organisation", "reporting", "article"):
        project = None
    if project is not None and any(_is_named(project, word, number) for number in wanted):
        return [d for d in tasks if project in _chain(d.node)]  # "Sở A chủ trì thực hiện Mục tiêu 1" inside it
    named: list[Draught] = []
    labelled: list[Draught] = []
    for draught in tasks:
        if node is not None and draught.node is node:
            continue
        chain = _chain(draught.node)
        if project is not None and project not in chain:
            continue
        if where is not None and not any(n.label is not None and n.label.ref.lower() == where for n in chain):
            continue
        below = chain[: chain.index(project)] if project is not None else chain
        if any(_is_named(n, word, number) for n in below for number in wanted):
            named.append(draught)
        elif any(_is_labelled(n, word, number, chain) for n in below for number in wanted):
            labelled.append(draught)
    return named or labelled


def _chain(node: Node) -> list[Node]:
    chain: list[Node] = []
    here: Node | None = node
    while here is not None and here.paragraphs:
        chain.append(here)
        here = here.parent
    return chain


_ACTIVITIES = ("nhiệm vụ", "hoạt động", "nội dung")


def _is_named(node: Node, word: str, number: str) -> bool:
    """Whether the node is called "Nội dung 2" or the like."""
    if node.named is None or node.about in ("organisation", "reporting"):
        return False
    same = node.named[0] == word or (word in _ACTIVITIES and node.named[0] in _ACTIVITIES)
    return same and number.isdigit() and node.named[1] == int(number)


def _is_labelled(node: Node, word: str, number: str, chain: list[Node]) -> bool:
    """Whether the node bears the label: "2.1", "II.3", or a plain number where no dotted labels stand below it."""
    if node.label is None or node.label.style in BULLETS or node.about in ("organisation", "reporting"):
        return False
    if "." in number or not number.isdigit():
        path = (node.path() or "").lower()
        return node.label.ref.lower() == number or path == number or (path.endswith("." + number) and "." in number)
    if word in ("mô hình", "tiểu dự án", "dự án") or node.attribute is not None:
        return False
    deeper = any(n.label is not None and n.label.style.startswith("dotted") for n in chain[: chain.index(node)])
    return node.label.ref == number and node.label.style in ("arabic", "bracket") and not deeper


def two_leads(mine: list[str], other: list[str], p: Paragraph) -> Finding:
    """The finding that the words of `p` lay a task on others than those that lead it."""
    return Finding(
        "task.lead-conflict",
        Severity.WARNING,
        f"Cùng một việc mà hai chỗ giao cho hai cơ quan chủ trì: {', '.join(mine)} và {', '.join(other)}.",
        p.span,
        mend="Thống nhất một cơ quan chủ trì.",
    )


def _give(draught: Draught, roles: Roles, p: Paragraph, *, helps: bool) -> list[Finding]:
    mine = draught.roles
    if helps:
        mine.partners += [x for x in roles.leads if x not in mine.leads + mine.partners]
        draught.partner_spans += roles.lead_spans
        return []
    known = {x.casefold() for x in mine.leads}
    fresh = [x for x in roles.leads if x.casefold() not in known]
    findings: list[Finding] = []
    if fresh and mine.leads and draught.own_lead:
        findings.append(two_leads(mine.leads, fresh, p))
        mine.leads += fresh
    elif fresh:
        mine.leads = list(roles.leads) if not draught.own_lead else mine.leads + fresh
    draught.own_lead = True
    draught.lead_spans += roles.lead_spans
    mine.partners = [x for x in mine.partners if x.casefold() not in {y.casefold() for y in mine.leads}]
    mine.partners += [x for x in roles.partners if x not in mine.leads + mine.partners]
    draught.partner_spans += roles.partner_spans
    return findings
