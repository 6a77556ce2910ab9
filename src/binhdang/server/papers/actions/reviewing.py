"""What people do in a review: edits kept in order, undone and done again, and the review's end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from binhdang.access import Permission
from binhdang.review import Edit, Item, Reviewed, Verb, apply, clashes
from binhdang.server.audit.actions import Act, act
from binhdang.server.papers.actions.adding import describe, refuse_unread
from binhdang.server.papers.models import NameChoice, Paper, Review, ReviewEdit
from binhdang.server.papers.presenters import FIELD_NAMES, shown_value
from binhdang.server.papers.queries.reviews import standing_edits
from binhdang.server.papers.reach import thing_of
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Conflict, Difference, Refused
from binhdang.vietnamese.text import fold

_MOST = 400  # edits of one act
_MOST_ITEMS = 2_000


@dataclass(frozen=True, slots=True)
class Draft:
    """An edit as it is asked for."""

    verb: Verb
    items: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def edit_review(*, by: By, paper: UUID, seen: int, drafts: Sequence[Draft]) -> Review:
    """Adds edits to a paper's review, all or none. `seen` is the number of the last edit that the person's page knew.

    Raises Conflict where somebody else has set the same field since, Refused for an edit that does not fit.
    """
    if not 0 < len(drafts) <= _MOST or any(len(draft.items) > _MOST_ITEMS for draft in drafts):
        raise Refused("Số mục sửa một lần không hợp lệ.", hint="Hãy chọn ít mục hơn.")
    with act("review.edit", by=by, kind="paper", subject=paper) as doing:
        found, review = _locked(by, paper)
        doing.agency = str(found.owner_id)
        known = standing_edits(review)
        now = apply(review.reading.record, known)
        number = review.version
        made: list[Edit] = []
        for draft in drafts:
            number += 1
            before = _before(now, draft)
            edit = Edit(number, draft.verb, draft.items, dict(draft.values), before)
            _refuse_clash([e for e in known if e.number > seen], edit, now)
            made.append(edit)
        after = apply(review.reading.record, [*known, *made])
        numbers = {edit.number for edit in made}
        if misfit := next((m for m in after.misfits if m.edit.number in numbers), None):
            raise Refused(misfit.reason)
        ReviewEdit.objects.bulk_create(_row(review, edit, by) for edit in made)
        _settle(found, review, after, made, by)
        doing.changed("edits", [], [f"{edit.verb} {' '.join(edit.items[:20])}".strip() for edit in made][:50])
    return review


def undo_edit(*, by: By, paper: UUID, number: int) -> Review:
    """Takes one edit back. Later ones stay; those that stood on it are shown as no longer fitting."""
    with act("review.undo", by=by, kind="paper", subject=paper) as doing:
        return _mark(doing, paper, number, undone=True)


def redo_edit(*, by: By, paper: UUID, number: int) -> Review:
    """Does an undone edit again."""
    with act("review.redo", by=by, kind="paper", subject=paper) as doing:
        return _mark(doing, paper, number, undone=False)


def finish_review(*, by: By, paper: UUID, seen: int) -> Review:
    """Ends the review: every item has been looked at, every edit fits, every error is mended, resolved or waived."""
    with act("review.finish", by=by, kind="paper", subject=paper) as doing:
        found, review = _locked(by, paper)
        doing.agency = str(found.owner_id)
        if review.version != seen:
            raise Conflict("Người khác vừa sửa thêm trong lần rà soát này.", hint="Hãy xem lại rồi kết thúc.")
        after = apply(review.reading.record, standing_edits(review))
        looked, total = after.progress()
        if looked < total:
            raise Refused(f"Còn {total - looked} mục chưa xem.", hint="Hãy chấp nhận, sửa hoặc bỏ từng mục.")
        if after.misfits:
            raise Refused(
                f"Còn {len(after.misfits)} lần sửa không khớp với bản đọc.", hint="Hãy làm lại hoặc hoàn tác chúng."
            )
        review.done_at, review.done_by = timezone.now(), by.person
        review.save()
    return review


def reopen_review(*, by: By, paper: UUID) -> Review:
    """Opens a finished review again."""
    with act("review.reopen", by=by, kind="paper", subject=paper) as doing:
        found, review = _locked(by, paper)
        doing.agency = str(found.owner_id)
        review.done_at, review.done_by = None, ""
        review.save()
    return review


def _locked(by: By, paper: UUID) -> tuple[Paper, Review]:
    """The paper and its review, begun where there was none; one act at a time."""
    found = Paper.objects.select_for_update(of=("self",)).select_related("reading").get(pk=paper)
    permit(by, Permission.WRITE, thing_of(found))
    reading = refuse_unread(found)
    review = Review.objects.filter(paper=found).select_related("reading").first()
    if review is None:
        review = Review(paper=found, reading=reading, version=0)
        review.save(force_insert=True)
    return found, review


def _before(now: Reviewed, draft: Draft) -> dict[str, Any]:
    if draft.verb == Verb.DESCRIBE:
        return {name: now.document.get(name) for name in draft.values}
    item = now.items.get(draft.items[0]) if draft.items else None
    if draft.verb != Verb.CORRECT or item is None:
        return {}
    return {name: item.fields.get(name) for name in draft.values}


def _refuse_clash(since: Sequence[Edit], edit: Edit, now: Reviewed) -> None:
    names = clashes(since, edit)
    if not names:
        return
    item: Item | None = now.items.get(edit.items[0]) if edit.items else None
    stored = item.fields if item is not None else now.document
    differences = [
        Difference(
            str(FIELD_NAMES.get(name, name)),
            shown_value(name, edit.values.get(name)),
            shown_value(name, stored.get(name)),
        )
        for name in names
        if name
    ]
    raise Conflict(
        "Người khác vừa sửa mục này trong lúc bạn đang sửa.",
        hint="Hãy xem nội dung mới bên cạnh nội dung của bạn rồi lưu lại.",
        differences=differences,
    )


def _row(review: Review, edit: Edit, by: By) -> ReviewEdit:
    return ReviewEdit(
        review=review,
        reading=review.reading,
        number=edit.number,
        verb=edit.verb,
        items=list(edit.items),
        values=dict(edit.values),
        before=dict(edit.before),
        person=by.person,
    )


def _settle(paper: Paper, review: Review, after: Reviewed, made: Sequence[Edit], by: By) -> None:
    """What follows from edits: the review is open again, the paper's identity as it is now, names remembered."""
    review.version = made[-1].number if made else review.version
    review.done_at, review.done_by = None, ""
    review.save()
    if any(edit.verb == Verb.DESCRIBE for edit in made):
        describe(paper, after.document)
        paper.version += 1
        paper.save()
    for edit in made:
        if edit.verb == Verb.BIND and not edit.items:
            _remember(paper, edit, by)


def _remember(paper: Paper, edit: Edit, by: By) -> None:
    values = edit.values
    NameChoice.objects.update_or_create(
        owner=paper.owner,
        folded=fold(values["name"])[:300],
        defaults={
            "name": values["name"][:300],
            "agencies": list(values["agencies"]),
            "group": bool(values.get("group")),
            "label": (values.get("label") or "")[:300],
            "chosen_by": by.person,
        },
    )


def _mark(doing: Act, paper: UUID, number: int, *, undone: bool) -> Review:
    by = doing.by
    found, review = _locked(by, paper)
    doing.agency = str(found.owner_id)
    row = ReviewEdit.objects.filter(review=review, number=number).first()
    if row is None or (row.undone_at is None) != undone:
        raise Refused("Việc này đã được hoàn tác, hoặc không còn.", hint="Hãy tải lại trang.")
    doing.changed("number", None, number)
    row.undone_at = timezone.now() if undone else None
    row.undone_by = by.person if undone else ""
    row.save()
    after = apply(review.reading.record, standing_edits(review))
    review.version += 1  # whoever is about to end the review has to look again
    _settle(found, review, after, [], by)
    if row.verb == Verb.DESCRIBE:
        describe(found, after.document)
        found.version += 1
        found.save()
    return review
