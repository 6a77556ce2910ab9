"""What a paper lays down after the edits: computed from the Reading each time, so that nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from binhdang.paper import Span
from binhdang.review.edits import BadEdit, Edit, Verb
from binhdang.review.fields import check_fields, check_identity, filled
from binhdang.review.items import SORTS, Fields, Item, State, items_of
from binhdang.vietnamese.text import fold

_SORT_ORDER = {sort: place for place, sort in enumerate(SORTS)}


@dataclass(frozen=True, slots=True)
class Binding:
    """Which agencies of the register a printed name means; `group` for many at once, named `label`. Without any: none is meant."""

    agencies: tuple[str, ...]
    group: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """An edit that cannot be done on this Reading, and why (Vietnamese)."""

    edit: Edit
    reason: str


@dataclass(slots=True)
class Reviewed:
    """The items after the edits, the paper's identity, what names mean, what was said of findings, and edits that do not fit.

    `bindings` are by the folded name and the item ("" for all items); `findings` by the finding's key: state and reason.
    """

    record: Mapping[str, Any]
    items: dict[str, Item]
    document: Fields
    bindings: dict[tuple[str, str], Binding] = field(default_factory=dict)
    findings: dict[str, tuple[str, str]] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)

    def of(self, sort: str, *, live: bool = True) -> list[Item]:
        """The items of a sort in the order of the paper."""
        found = (i for i in self.items.values() if i.sort == sort and (i.state.is_live or not live))
        return sorted(found, key=_place)

    def progress(self, sort: str = "") -> tuple[int, int]:
        """How many items somebody has looked at, of how many; those that were split or merged count as what they became."""
        counted = [
            i
            for i in self.items.values()
            if i.state not in (State.SPLIT, State.MERGED) and (not sort or i.sort == sort)
        ]
        return sum(i.state != State.OPEN for i in counted), len(counted)

    def binding(self, name: str, item: str = "") -> Binding | None:
        """What a printed name means in an item."""
        folded = fold(name)
        return self.bindings.get((folded, item)) or self.bindings.get((folded, ""))


def _place(item: Item) -> tuple[int, int, tuple[int, int]]:
    start = item.spans[0].start if item.spans else 0
    return (_SORT_ORDER[item.sort], start, item.order)


def apply(record: Mapping[str, Any], edits: Iterable[Edit]) -> Reviewed:
    """Does the edits in their order. One that does not fit is left out and told in `misfits`, never an exception."""
    reviewed = Reviewed(record, items_of(record), dict(record["document"]))
    for edit in sorted(edits, key=lambda e: e.number):
        try:
            _DO[edit.verb](reviewed, edit)
        except BadEdit as e:
            reviewed.misfits.append(Misfit(edit, e.message))
    return reviewed


def _live(reviewed: Reviewed, key: str) -> Item:
    item = reviewed.items.get(key)
    if item is None:
        raise BadEdit("Mục này không còn trong bản đọc.", hint="Hãy tải lại trang.")
    if item.state in (State.SPLIT, State.MERGED, State.TIED):
        raise BadEdit("Mục này đã được tách, gộp hoặc gắn vào mục khác.", hint="Hãy hoàn tác việc ấy trước.")
    return item


def _state(to: State) -> Callable[[Reviewed, Edit], None]:
    def do(reviewed: Reviewed, edit: Edit) -> None:
        for item in [_live(reviewed, key) for key in edit.items]:
            reviewed.items[item.key] = replace(item, state=to)

    return do


def _accept(reviewed: Reviewed, edit: Edit) -> None:
    for item in [_live(reviewed, key) for key in edit.items]:
        if item.state == State.REMOVED:
            raise BadEdit("Mục này đã bị bỏ.", hint="Hãy khôi phục trước khi chấp nhận.")
        reviewed.items[item.key] = replace(item, state=State.ACCEPTED)


def _correct(reviewed: Reviewed, edit: Edit) -> None:
    found = [_live(reviewed, key) for key in edit.items]
    for item in found:
        check_fields(item.sort, edit.values)
    for item in found:
        fields = item.fields | dict(edit.values)
        # whoever corrects one item has looked at it; a section's items are set without a look at each
        state = State.ACCEPTED if len(found) == 1 and item.state == State.OPEN else item.state
        changed = item.changed | set(edit.values)
        reviewed.items[item.key] = replace(item, fields=fields, state=state, changed=changed)


def _add(reviewed: Reviewed, edit: Edit) -> None:
    sort, (start, end) = edit.values["sort"], edit.values["span"]
    text = reviewed.record["text"]
    if sort not in SORTS or not 0 <= start < end <= len(text):
        raise BadEdit("Đoạn được chọn không có trong văn bản.", hint="Hãy chọn lại.")
    span = Span(start, end)
    fields = filled(sort, edit.values.get("fields") or {}, " ".join(span.of(text).split()))
    check_fields(sort, fields)
    key = f"{edit.makes}.0"
    reviewed.items[key] = Item(
        key, sort, fields, (span,), state=State.ACCEPTED, added=True, order=(_SORT_ORDER[sort], edit.number)
    )


def _split(reviewed: Reviewed, edit: Edit) -> None:
    item = _live(reviewed, edit.items[0])
    if len(item.spans) != 1:
        raise BadEdit("Mục này gồm nhiều đoạn nên không tách được.", hint="Hãy thêm mục mới từ đoạn được chọn.")
    (span,), text = item.spans, reviewed.record["text"]
    cuts = sorted({*edit.values["at"]})
    if not cuts or cuts[0] <= span.start or cuts[-1] >= span.end:
        raise BadEdit("Chỗ tách phải nằm trong câu của mục.", hint="Hãy đặt con trỏ vào giữa câu.")
    pieces = [Span(a, b) for a, b in zip([span.start, *cuts], [*cuts, span.end], strict=True)]
    if any(not piece.of(text).strip() for piece in pieces):
        raise BadEdit("Mỗi phần sau khi tách phải có chữ.", hint="Hãy chọn chỗ tách khác.")
    keys = tuple(f"{edit.makes}.{number}" for number in range(len(pieces)))
    for number, (key, piece) in enumerate(zip(keys, pieces, strict=True)):
        fields = item.fields | {_words_of(item): " ".join(piece.of(text).split())}
        reviewed.items[key] = replace(
            item,
            key=key,
            fields=fields,
            spans=(piece,),
            state=State.OPEN,
            order=(item.order[0], item.order[1] + number),
        )
    reviewed.items[item.key] = replace(item, state=State.SPLIT, into=keys)


def _words_of(item: Item) -> str:
    return next(name for name in ("text", "title", "name", "label", "kind") if name in item.fields)


def _merge(reviewed: Reviewed, edit: Edit) -> None:
    found = sorted((_live(reviewed, key) for key in dict.fromkeys(edit.items)), key=_place)
    if len(found) < 2 or len({item.sort for item in found}) > 1:
        raise BadEdit("Chỉ gộp được hai mục trở lên cùng loại.", hint="Hãy chọn lại.")
    first, words = found[0], _words_of(found[0])
    fields = dict(first.fields)
    for item in found[1:]:
        for name, value in item.fields.items():
            fields[name] = _joined(name == words, fields.get(name), value)
    key = f"{edit.makes}.0"
    reviewed.items[key] = replace(
        first,
        key=key,
        fields=fields,
        spans=tuple(sorted({span for item in found for span in item.spans})),
        evidence=tuple(sorted({span for item in found for span in item.evidence})),
        state=State.ACCEPTED,
    )
    for item in found:
        reviewed.items[item.key] = replace(item, state=State.MERGED, into=(key,))


def _joined(is_words: bool, one: Any, other: Any) -> Any:
    if is_words:
        return f"{one} {other}"
    if isinstance(one, list) and isinstance(other, list):
        return [*one, *(value for value in other if value not in one)]
    return other if one in (None, "", {}) else one


def _tie(reviewed: Reviewed, edit: Edit) -> None:
    sentence, task = (_live(reviewed, key) for key in edit.items)
    if sentence.key == task.key or {sentence.sort, task.sort} != {"task"}:
        raise BadEdit("Chỉ gắn được câu giao việc vào một nhiệm vụ khác.", hint="Hãy chọn lại.")
    fields = dict(task.fields)
    for name in ("leads", "partners"):
        fields[name] = _joined(False, fields[name], sentence.fields[name])
    fields["due"] = fields["due"] or sentence.fields["due"]
    fields["partners"] = [name for name in fields["partners"] if name not in fields["leads"]]
    reviewed.items[task.key] = replace(
        task,
        fields=fields,
        evidence=tuple(sorted({*task.evidence, *sentence.spans})),
        sentences=(*task.sentences, sentence.key),
    )
    reviewed.items[sentence.key] = replace(sentence, state=State.TIED, into=(task.key,))


def _bind(reviewed: Reviewed, edit: Edit) -> None:
    values = edit.values
    binding = Binding(tuple(values["agencies"]), bool(values.get("group")), values.get("label") or "")
    for item in edit.items or ("",):
        if item and item not in reviewed.items:
            raise BadEdit("Mục này không còn trong bản đọc.", hint="Hãy tải lại trang.")
        reviewed.bindings[fold(values["name"]), item] = binding


def _finding(reviewed: Reviewed, edit: Edit) -> None:
    state, reason = edit.values["state"], edit.values.get("reason") or ""
    if state == "waived" and not reason.strip():
        raise BadEdit("Bỏ qua một phát hiện cần có lý do.", hint="Hãy ghi lý do.")
    reviewed.findings[edit.values["finding"]] = (state, reason)


def _describe(reviewed: Reviewed, edit: Edit) -> None:
    check_identity(edit.values)
    reviewed.document |= dict(edit.values)


_DO: Mapping[Verb, Callable[[Reviewed, Edit], None]] = {
    Verb.ACCEPT: _accept,
    Verb.REOPEN: _state(State.OPEN),
    Verb.CORRECT: _correct,
    Verb.REMOVE: _state(State.REMOVED),
    Verb.GUIDE: _state(State.GUIDANCE),
    Verb.ADD: _add,
    Verb.SPLIT: _split,
    Verb.MERGE: _merge,
    Verb.TIE: _tie,
    Verb.BIND: _bind,
    Verb.FINDING: _finding,
    Verb.DESCRIBE: _describe,
}
