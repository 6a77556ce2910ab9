"""Signature: who signed, and the recipients under "Nơi nhận".

Reads: the tail paragraphs. Writes: their `placed`."""

from __future__ import annotations

import re

from binhdang.paper import Span
from binhdang.plan import Recipient, Signer
from binhdang.reading.draft import Draft, Paragraph
from binhdang.reading.stages.zones import NAME, POSTS, RECIPIENTS, SIGN, clean, is_signature

POST = re.compile(rf"(?:QUYỀN\s|(?<!\w)Q\.\s?)?(?:PHÓ\s{{1,2}}|THỨ\s{{1,2}})?(?:{POSTS})")


_SHORT_POST = re.compile(r"(?:KT|TL|TUQ)[./]{1,2}\s{0,2}" + POST.pattern)


_SIGNED = re.compile(r"\(?\s?(?:đã ký|ký tên|đã kí|ký, đóng dấu)[^):]{0,20}[):]?", re.IGNORECASE)


def read_signer(draft: Draft) -> Signer | None:
    position: str | None = None
    lines: list[str] = []
    for p in draft.paragraphs:
        if p.zone != "tail":
            if lines and position and any(NAME.fullmatch(x) for x in lines):
                break
            continue
        for piece in re.split(r"\t+|\s\|\s|\s{4,}", p.text):
            words = clean(piece.replace("’", "'"))
            if words:
                lines.append(words)
    name = None
    for words in lines:
        if words.startswith(("-", "Nơi nhận")) or words.lower().startswith(("nơi nhận", "lưu:")):
            continue
        upper = _SHORT_POST.sub(" ", words)
        posts = list(POST.finditer(upper)) if words.upper() == words or SIGN.match(words) else []
        if posts:
            position = posts[-1][0]
            tail = clean(upper[posts[-1].end() :])
            if (m := NAME.search(tail)) and name is None:
                name = m[1]
            continue
        if position is None and words.upper().startswith(("KT", "TL", "TUQ")) and (post := POST.search(words)):
            position = post[0]
            continue
        bare = _SIGNED.sub("", words).strip(" .")
        if position and (m := NAME.fullmatch(bare)) and (not bare.isupper() or 2 <= len(bare.split()) <= 5):
            name = m[1].replace("'", "’") if "’" in draft.text else m[1]
            name = name.title() if name.isupper() else name
            break
    if position is None and name is None:
        return None
    return Signer(name, _post_words(position) if position else None)


def _post_words(post: str) -> str:
    words = re.sub(r"^q\.\s?", "quyền ", " ".join(post.lower().split()))
    for name in ("Văn phòng", "Thanh tra", "Thường trực", "Chính phủ"):
        words = words.replace(f" {name.lower()}", f" {name}")
    for front in ("phó ", "quyền "):
        if words.startswith(front):
            rest = words.removeprefix(front)
            return f"{front.capitalize()}{rest[:1].upper()}{rest[1:]}"
    return words[:1].upper() + words[1:]


_NOTE = re.compile(
    r"\(\s?((?:để\s)?(?:b/c|báo cáo|p/h|phối hợp|t/h|thực hiện|để b/c|để t/h|để p/h|thi hành|chỉ đạo|đăng tải|đưa tin|thay b/c|biết|theo dõi)[^()]{0,24})\s?\)",
    re.IGNORECASE,
)


_ITEM = re.compile(r"^\s{0,6}(?:[-+*•–]|\d{1,2}[.)])\s{0,6}")


def read_recipients(draft: Draft) -> list[Recipient]:
    """The printed lines of the (last) Nơi nhận list."""
    groups: list[list[Recipient]] = []
    inside = False
    for p in draft.paragraphs:
        if p.zone != "tail":
            inside = False
            continue
        if m := RECIPIENTS.match(p.low):
            groups.append([])
            inside = True
            p.placed = True
            if (rest := p.match[m.end() :].strip(" *_|:")) and not SIGN.match(rest):
                groups[-1] += _recipient_items(p, m.end())
            continue
        if not inside:
            continue
        if is_signature(p):
            continue
        if groups[-1] and (p.match[:1].islower() or _NOTE.match(p.match)) and len(p.match) < 80:
            at = groups[-1].pop().span.start
            groups[-1].append(_recipient(draft.text[at : p.end], Span(at, p.end)))
        elif _ITEM.match(p.match) or _is_bare_item(p):
            groups[-1] += _recipient_items(p, 0)
        else:
            continue
        p.placed = True
    rows = [g for g in groups if g]
    return rows[0] if rows else []


def _recipient(words: str, span: Span) -> Recipient:
    name = " ".join(words.split()).strip(" .;,")
    if note := _NOTE.search(name):
        name = (name[: note.start()].rstrip() + " " + name[note.end() :].lstrip()).strip(" ;,.")
    return Recipient(name, note[1].strip() if note else None, span)


def _is_bare_item(p: Paragraph) -> bool:
    """A line of the list without its dash: it ends as an item does, or says where copies are kept."""
    words = p.match.strip()
    return (
        len(words) < 120
        and not words[:1].islower()
        and (words.endswith(";") or p.low.startswith(("lưu:", "lưu ", "như ")))
    )


def _recipient_items(p: Paragraph, at: int) -> list[Recipient]:
    """One item a line; a flattened list ("- A; - B;") gives several."""
    out: list[Recipient] = []
    start = at
    text = p.match
    cuts = [m.start() for m in re.finditer(r"(?<=[;.])\s{1,4}(?=[-+•]\s?\S)", text[at:])]
    for cut in [*(c + at for c in cuts), len(text)]:
        piece = text[start:cut]
        m = _ITEM.match(piece)
        name_at = start + (m.end() if m else len(piece) - len(piece.lstrip()))
        name = text[name_at:cut].rstrip(" .;,|*_\t")
        if sign := re.search(r"\t|\s{4,}|\s\|\s", p.text[name_at : name_at + len(name)] if p.back is None else name):
            name = name[: sign.start()].rstrip(" .;,")
        if name:
            out.append(_recipient(name, p.place(name_at, name_at + len(name))))
        start = cut
    return out
