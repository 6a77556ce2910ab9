"""Roles: who leads and who helps, in the words of an item, a heading, a line "Cơ quan thực hiện:", a note.

Reads: matching copies. Writes: Roles with the places that say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from binhdang.paper import Span
from binhdang.reading.draft import Paragraph
from binhdang.reading.stages.agencies import Name, parse_name, parse_names
from binhdang.reference.agencies import spell_out
from binhdang.vietnamese.text import LOWER


@dataclass(slots=True)
class Roles:
    """Leads and partners, each name once, with where they were read."""

    leads: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    lead_spans: list[Span] = field(default_factory=list)
    partner_spans: list[Span] = field(default_factory=list)
    requested: bool = False

    def __bool__(self) -> bool:
        return bool(self.leads or self.partners)

    def add_leads(self, names: list[Name], p: Paragraph) -> None:
        """Add leads found in a paragraph."""
        _add(self.leads, self.lead_spans, names, p)

    def add_partners(self, names: list[Name], p: Paragraph) -> None:
        """Add partners found in a paragraph, leads left out."""
        lead = {x.casefold() for x in self.leads}
        _add(self.partners, self.partner_spans, [n for n in names if n.text.casefold() not in lead], p)


def _add(into: list[str], spans: list[Span], names: list[Name], p: Paragraph) -> None:
    seen = {x.casefold() for x in into}
    fresh = [n for n in names if n.text.casefold() not in seen]
    if fresh:
        into.extend(dict.fromkeys(n.text for n in fresh))
        spans.append(p.place(fresh[0].start, fresh[-1].end))


_ASK = re.compile(
    r"(?:(?P<ask>đề nghị|kính đề nghị|trân trọng đề nghị)|yêu cầu|giao(?: trách nhiệm| nhiệm vụ)?(?: cho)?|phân công(?: cho)?|trách nhiệm của|đối với|nhiệm vụ của|về phía|riêng)\s{1,2}"
)
_KEY = re.compile(
    r"(?:(?P<lead>(?:cơ quan|đơn vị|bộ phận|phòng, ban)(?:, (?:cơ quan|đơn vị))? (?:đầu mối )?(?:chịu trách nhiệm )?(?:chủ trì|thực hiện|tổ chức|chịu trách nhiệm|phụ trách|tham mưu|triển khai)[^:.;()]{0,40}:|(?<![^\W\d_])chủ trì:|phân công:|giao:|(?:(?<=\()|(?<=[;.]\s))thực hiện:)"
    r"|(?P<partner>(?:(?:cơ quan|đơn vị|bộ phận)(?:, (?:cơ quan|đơn vị))? )?(?:phối hợp|tham gia)(?: thực hiện| tổ chức| với)?\s?:))\s{0,3}"
)
_KEYED = re.compile(
    r"(?:chủ trì|thực hiện|tổ chức|trách nhiệm|phụ trách|tham mưu|triển khai|phân công|giao|phối hợp|tham gia)[^:.;()]{0,41}:"
)
_COOPERATE = re.compile(
    r"phối hợp(?<![^\W\d_]phối hợp)(?:\s(?:chặt chẽ|tốt|đồng bộ|thường xuyên|hiệu quả))?(?:,)?\s(?:(?:với|cùng(?: với)?|giữa)\s)?|chủ trì,?\scùng(?:\svới)?\s"
)
_LEADS = re.compile(
    r"(?:\s?(?:,|là (?:cơ quan|đơn vị)(?: đầu mối,?)?|làm đầu mối|sẽ|được giao|có trách nhiệm|chịu trách nhiệm))?\s{0,2}(?:chịu trách nhiệm |đồng )?(?:chủ trì|làm đầu mối)(?![^\W\d_])"
)
_DOES = re.compile(
    r"\s{0,2}(?:chịu trách nhiệm|(?:cùng )?phối hợp (?:thực hiện|tổ chức)|thực hiện|tổ chức thực hiện|tham mưu|triển khai|hướng dẫn|phụ trách|đảm nhiệm|là đầu mối|làm đầu mối)(?![^\W\d_])"
)
_HELPS = re.compile(r"\s{0,2}\(?(?:phối hợp|tham gia|cùng phối hợp)(?:\s(?:thực hiện|tổ chức))?\s{0,2}(?=[;.)]|$)")
_START = re.compile(r"(?:^|(?<=[.;:(])\s{0,2}|\b(?:giao(?: cho)?|do|phân công|yêu cầu|đề nghị)\s{1,2}|,\s|\s-\s)")
_BRACKET_END = re.compile(r"[(\[]([^()\[\]]{5,400})[)\]][\s.;,/]{0,4}$")
_REQUEST = re.compile(r"[\s*_]{0,3}(?:kính |trân trọng )?đề nghị(?![^\W\d_])")
_FOLLOW = re.compile(
    r"\s{0,2}(?::|$|[.;]\s{0,2}$|\((?=[^)]{0,80}\)\s{0,2}:))|\s{1,2}(?:có trách nhiệm|chịu trách nhiệm|[a-zđà-ỹ])",
)


# "Hằng năm, Sở A tổ chức …", "Trước ngày 15/3, Phòng B gửi …": the time that stands before who does it.
TIME_FIRST = re.compile(
    r"(?:(?:hằng|hàng) (?:năm|quý|tháng)|định kỳ[^,:;.]{0,30}|(?:chậm nhất |trước |vào |từ |trong )?(?:ngày|tháng|quý|năm)\s[^,:;.]{1,40}),\s"
)


def owner_roles(p: Paragraph, start: int, *, verbs: bool = True) -> tuple[Roles, int] | None:
    """The agencies that a clause opens with ("1. Sở A: …", "Đề nghị Hội B …"), and where their names end.

    With `verbs` the words may go straight on ("Đài … tăng cường thời lượng"); without, only a colon or the end may follow.
    """
    low, match = p.low, p.match
    roles = Roles()
    at = start
    while at < len(low) and low[at] in ' *_"':
        at += 1
    for _ in range(2):
        if m := _ASK.match(low, at):
            roles.requested = roles.requested or bool(m["ask"])
            at = m.end()
    if verbs and (m := TIME_FIRST.match(low, at)):
        at = m.end()
    names, end = parse_names(match, low, at)
    if not names:
        return None
    follow = _FOLLOW.match(low, end)
    if follow is None and not low.startswith((",", " -", " ("), end):
        return None
    if follow is not None and follow.group().strip()[:1].isalpha() and not verbs:
        return None
    rest = low[end:].lstrip()
    if (
        rest.startswith(("được ", "là cơ quan thường trực của ", "đã "))
        and verbs
        and not rest.startswith(("được giao",))
    ):
        return None
    roles.add_leads(names, p)
    return roles, end


_HANDED = re.compile(r"\s{0,3}(?:giao|do|đề nghị)\s")


def line_roles(p: Paragraph, start: int, kind: str) -> Roles:
    """The roles of an attribute line's value: "Cơ quan thực hiện: A; phối hợp: B"."""
    roles = Roles()
    low, match = p.low, p.match
    at = start
    inner = own_roles(p, start)
    keyed = _KEY.search(low, start) if _is_keyed(low, start) else None
    names, end = parse_names(match, low, at)
    if not names and (m := _HANDED.match(low, at)):
        names, end = parse_names(match, low, m.end())
    if (kind == "lead" and not inner.leads) or keyed is not None:
        helps = _HELPS.match(low, end) if names else None
        (roles.add_partners if kind == "partner" or helps else roles.add_leads)(names, p)
        roles = _merged(roles, inner)
    elif kind == "partner":
        roles.add_partners(names, p)
    else:
        roles = inner
        if names and not roles.leads:
            roles.add_leads(names, p)
    if kind == "lead" and names and end < len(low):
        _trailing(roles, p, end)
    return roles


def _trailing(roles: Roles, p: Paragraph, end: int) -> None:
    """Further names after a semicolon that help: "Sở A chủ trì; Sở B, Sở C phối hợp"."""
    for m in re.finditer(r"[;.,]\s{0,2}", p.low[end:]):
        names, stop = parse_names(p.match, p.low, end + m.end())
        if names and _HELPS.match(p.low, stop):
            roles.add_partners(names, p)


def _merged(a: Roles, b: Roles) -> Roles:
    for name in b.leads:
        if name.casefold() not in {x.casefold() for x in a.leads}:
            a.leads.append(name)
    a.lead_spans += b.lead_spans
    lead = {x.casefold() for x in a.leads}
    for name in b.partners:
        if name.casefold() not in lead | {x.casefold() for x in a.partners}:
            a.partners.append(name)
    a.partner_spans += b.partner_spans
    return a


_DOES_WORDS = ("trách nhiệm", "thực hiện", "tham mưu", "phụ trách", "đảm nhiệm")


def _is_keyed(low: str, start: int) -> bool:
    """Whether a colon follows words that hand out work ("Cơ quan chủ trì thực hiện:")."""
    colon = low.find(":", start)
    while colon >= 0:
        if _KEYED.search(low, max(start, colon - 60), colon + 1):
            return True
        colon = low.find(":", colon + 1)
    return False


def own_roles(p: Paragraph, start: int, *, opening: tuple[Roles, int] | None = None) -> Roles:
    """Who leads and helps by an item's own words; `opening` are the agencies it opens with, which lead it failing others."""
    roles = Roles(requested=_REQUEST.match(p.low, start) is not None)
    low, match = p.low, p.match
    for m in _KEY.finditer(low, start) if _is_keyed(low, start) else ():
        names, _end = parse_names(match, low, m.end())
        (roles.add_leads if m["lead"] else roles.add_partners)(names, p)
    at = low.find("chủ trì", start)
    while at >= 0:
        _chair(roles, p, start, at - 5 if low.endswith(" đồng ", start, at) else at)
        at = low.find("chủ trì", at + 7)
    if "phối hợp" in low or "chủ trì, cùng" in low or "chủ trì cùng" in low:
        _helpers(roles, p, start, led=bool(roles.leads) or opening is not None)
    if "giao" in low or "phân công" in low or "do " in low:
        _assigned(roles, p, start)
    if not roles.leads and low.rstrip(" .;").endswith(_DOES_WORDS):
        _closing_doer(roles, p, start)
    if low.rstrip(" .;,/").endswith((")", "]")) and (last := _BRACKET_END.search(low, max(start, len(low) - 420))):
        _bracket(roles, p, last.start(1), last.end(1))
    if opening is None and not roles.leads and ":" in low:
        _doer_after_colon(roles, p, start)
    if opening is not None and not roles.leads:
        roles.leads, roles.lead_spans = list(opening[0].leads), list(opening[0].lead_spans)
        lead = {x.casefold() for x in roles.leads}
        roles.partners = [x for x in roles.partners if x.casefold() not in lead]
        roles.requested = roles.requested or opening[0].requested
    return roles


def _chair(roles: Roles, p: Paragraph, start: int, at: int) -> None:
    """ "… A, B chủ trì": the list of names that ends where "chủ trì" begins."""
    low, match = p.low, p.match
    floor = max(start, at - 260)
    for m in _START.finditer(low, floor, at):
        if m.start() == floor and floor > start and m.end() == floor:
            continue
        names, end = parse_names(match, low, m.end(), limit=at)
        if names and m.group().strip() == "," and all(n.group for n in names):
            continue
        if names and (follow := _LEADS.match(low, end)) and follow.end() >= at + 7:
            roles.add_leads(names, p)
            return
        if pieces := _whole_names(match, low, m.end(), at):
            roles.add_leads(pieces, p)
            return


# What is said about a body beside its name: "Sở A (cơ quan thường trực) chủ trì", "Sở A - cơ quan thường trực Ban B:".
_ASIDE = re.compile(rf"\s?\(|\s-\s(?=[{LOWER}])")


def _whole_names(match: str, low: str, start: int, end: int) -> list[Name]:
    """Names right before "chủ trì" whose words hold a verb ("Viện Khoa học tổ chức …"): split at marks only."""
    if low.count("(", start, end) > low.count(")", start, end):
        return []  # the names stand in a bracket that opens later
    names: list[Name] = []
    here = start
    for m in re.finditer(r"\s?[,;]\s?|\svà\s(?=[^\W\d_])|$", match[start:end]):
        stop = start + m.start()
        name = parse_name(match, low, here, limit=stop)
        if name is None and names and m.group().strip() == "" and low[here - 4 : here].strip() == "và":
            last = names.pop()
            names.append(Name(spell_out(match[last.start : stop]), last.start, stop, False))
            here = start + m.end()
            continue
        if name is None or stop - here > 110:
            return []
        text = _ASIDE.split(match[name.start : stop], maxsplit=1)[0].strip(" .,;")
        if "chủ trì" in text or "phối hợp" in text or " giao " in text:
            return []
        names.append(
            Name(spell_out(text), name.start, name.start + len(text), False)
            if name.end < min(stop - 1, name.start + len(text)) and not name.group
            else name
        )
        here = start + m.end()
    return names


def _helpers(roles: Roles, p: Paragraph, start: int, *, led: bool) -> None:
    low, match = p.low, p.match
    for m in _COOPERATE.finditer(low, start):
        names, _end = parse_names(match, low, m.end())
        if names:
            roles.add_partners([n for n in names if not _is_topic(n)], p)
    for m in _HELPED.finditer(low, start) if led else ():
        floor = max(low.rfind("chủ trì", start, m.start()), m.start() - 200, start)
        for opening in _CLAUSE.finditer(low, floor, m.start()):
            names, end = parse_names(match, low, opening.end(), limit=m.start())
            if names and end == m.start():
                roles.add_partners(names, p)
                break


# "A chủ trì, B và C phối hợp."
_HELPED = re.compile(
    r"\s(?:có trách nhiệm )?(?:cùng )?phối hợp(?: (?!với |cùng |giữa )[^\W\d_][^;.()]{0,80})?\s?(?=[;.)]|$|,\s(?:định kỳ|hoàn thành|thời gian|trong|trước|xong|từ)\s)"
)
_CLAUSE = re.compile(r"[,;.(]\s?")


def _is_topic(name: Name) -> bool:
    return name.text.lower().startswith(("các cấp trong", "các nội dung"))


_ASSIGN = re.compile(
    r"(?<![^\W\d_])(?:giao(?! lưu| dịch| thông| tiếp| mùa| ước)(?: trách nhiệm| nhiệm vụ)?(?: cho)?|phân công(?: cho)?|do)\s{1,2}(?=\S)"
)


def _assigned(roles: Roles, p: Paragraph, start: int) -> None:
    """ "giao A …", "do A thực hiện / chủ trì"."""
    low, match = p.low, p.match
    for m in _ASSIGN.finditer(low, start):
        if match.startswith("ban", m.end()):  # "giao ban" is a meeting
            continue
        if low.startswith(("lãnh đạo", "cán bộ", "công chức", "thành viên"), m.end()):
            continue  # a person of the office, not the office
        names, end = parse_names(match, low, m.end())
        if not names:
            continue
        word = m.group().split()[0]
        if word == "do" and not _DOES.match(low, end):
            continue
        if (
            word != "do"
            and m.start() > start + 3
            and low[m.start() - 2 : m.start()] not in ("; ", ". ", ": ", " (", ", ", "- ")
            and not _is_superior(p, start, m.start())
        ):
            continue
        roles.add_leads(names, p)


def _is_superior(p: Paragraph, start: int, at: int) -> bool:
    """Whether the clause up to `at` is the committee that hands the work out: "UBND tỉnh giao Sở A …"."""
    if not p.low.startswith(("ubnd", "ủy ban nhân dân"), start):
        return False
    name = parse_name(p.match, p.low, start, limit=at)
    return name is not None and name.end + 1 == at


def _closing_doer(roles: Roles, p: Paragraph, start: int) -> None:
    """A last sentence that only says who does it: "… . Sở A chịu trách nhiệm thực hiện."."""
    if done := _DONE_BY.search(p.low, max(start, len(p.low) - 60)):
        for cut in _SENTENCE_END.finditer(p.low, max(start, done.start() - 200), done.start()):
            names, end = parse_names(p.match, p.low, cut.end(), limit=done.start())
            if names and end == done.start():
                roles.add_leads(names, p)


def _doer_after_colon(roles: Roles, p: Paragraph, start: int) -> None:
    """ "Thí điểm dịch vụ …: Sở Y tế thực hiện; thời gian: …"."""
    for m in _COLON.finditer(p.low, start):
        names, end = parse_names(p.match, p.low, m.end())
        if names and _DOES_IT.match(p.low, end):
            roles.add_leads(names, p)
            return


_COLON = re.compile(r":\s")
_DOES_IT = re.compile(r"\s(?:chịu trách nhiệm )?(?:thực hiện|phụ trách|đảm nhiệm)\s?(?=[;.,]|$)")
_DONE_BY = re.compile(
    r"\s(?:chịu trách nhiệm(?: thực hiện| tham mưu)?|(?:cùng )?thực hiện|phụ trách|đảm nhiệm)[\s.;]{0,3}$"
)
_SENTENCE_END = re.compile(r"[.;]\s{1,2}")


def _next_actor(match: str, low: str, at: int, end: int) -> int:
    """The comma before a second actor: "Đài A thực hiện, Phòng B phối hợp cung cấp nội dung"."""
    comma = low.find(", ", at, end)
    while comma >= 0:
        names, stop = parse_names(match, low, comma + 2, limit=end)
        if names and low.startswith(" phối hợp", stop):
            return comma
        comma = low.find(", ", comma + 2, end)
    return -1


def _bracket(roles: Roles, p: Paragraph, start: int, end: int) -> None:
    """ "(Phòng A chủ trì; Trạm B phối hợp; hoàn thành trong tháng 3)", "(Vụ C)"."""
    low, match = p.low, p.match
    at = start
    first = True
    while at < end:
        names, stop = parse_names(match, low, at, limit=end)
        cut = min(
            (
                x
                for x in (
                    low.find(";", max(stop, at), end),
                    low.find(". ", max(stop, at), end),
                    _next_actor(match, low, stop, end) if names else -1,
                )
                if x >= 0
            ),
            default=end,
        )
        if names:
            rest = low[stop:cut].strip(" ,.;")
            if rest.startswith(("phối hợp", "tham gia", "cùng phối hợp")):
                roles.add_partners(names, p)
            elif first and (
                not rest
                or rest.startswith(
                    (
                        "chủ trì",
                        "cùng thực hiện",
                        "cùng chủ trì",
                        "đồng chủ trì",
                        "thực hiện",
                        "chịu trách nhiệm",
                        "tham mưu",
                        "làm đầu mối",
                        "phụ trách",
                        "hoàn thành",
                        "trong",
                        "trước",
                    )
                )
            ):
                roles.add_leads(names, p)
        first = False
        at = cut + 1
        while at < end and low[at] == " ":
            at += 1


__all__ = ["Roles", "line_roles", "own_roles", "owner_roles", "parse_name"]
