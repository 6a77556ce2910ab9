"""A review as it stands: the edits found again on today's Reading, and what the paper lays down after them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from binhdang.review import Edit, Misfit, Reviewed, Verb, apply, carry_over
from binhdang.server.papers.models import Paper, Reading, Review, ReviewEdit


@dataclass(slots=True)
class Standing:
    """A review computed: what stands, and edits of another Reading that fit no longer or are doubtful."""

    review: Review | None
    reviewed: Reviewed
    edits: list[Edit]
    doubtful: list[Misfit]

    @property
    def seen(self) -> int:
        """The number of the last edit, which acts name as the one that the page knew."""
        return self.review.version if self.review is not None else 0


def edit_of(row: ReviewEdit) -> Edit:
    """A stored edit as the review knows it."""
    return Edit(row.number, Verb(row.verb), tuple(row.items), row.values, row.before)


def review_of(paper: Paper) -> Standing:
    """The review of a paper that has been read; one that nobody has begun stands as read."""
    review = Review.objects.filter(paper=paper).select_related("reading").first()
    reading = review.reading if review is not None else paper.reading
    assert reading is not None  # asked of papers that are read
    edits, lost, doubtful = _edits(review) if review is not None else ([], [], [])
    reviewed = apply(reading.record, edits)
    reviewed.misfits = lost + reviewed.misfits
    return Standing(review, reviewed, edits, doubtful)


def standing_edits(review: Review) -> list[Edit]:
    """The edits in force, found again on the review's Reading; those that no longer fit as they were made, to be told."""
    edits, lost, _ = _edits(review)
    return sorted([*edits, *(misfit.edit for misfit in lost)], key=lambda e: e.number)


def _edits(review: Review) -> tuple[list[Edit], list[Misfit], list[Misfit]]:
    """Edits in force, lost, doubtful. Edits of older Readings are carried over from each in turn."""
    rows = list(ReviewEdit.objects.filter(review=review, undone_at=None).order_by("number"))
    older = {row.reading_id for row in rows} - {review.reading_id}
    if not older:
        return [edit_of(row) for row in rows], [], []
    readings = Reading.objects.in_bulk(older)
    edits: list[Edit] = [edit_of(row) for row in rows if row.reading_id == review.reading_id]
    lost: list[Misfit] = []
    doubtful: list[Misfit] = []
    for pk, reading in readings.items():
        carried = carry_over(
            reading.record, [edit_of(row) for row in rows if row.reading_id == pk], review.reading.record
        )
        edits += carried.edits
        # a key of the old Reading may mean another item on the new one: lost edits must touch nothing there
        lost += [replace(misfit, edit=replace(misfit.edit, items=("lost",))) for misfit in carried.lost]
        doubtful += carried.doubtful
    return sorted(edits, key=lambda e: e.number), lost, doubtful


def history_of(review: Review | None) -> list[ReviewEdit]:
    """The edits of a review as they were made, the newest first, the undone ones too."""
    return list(ReviewEdit.objects.filter(review=review).order_by("-number")[:100]) if review is not None else []
