"""A paper comes in, is read, and is read again by a newer reader."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from binhdang.access import Permission, Standing, Thing
from binhdang.law.symbol import parse_symbol
from binhdang.server.agencies.models import Agency
from binhdang.server.audit.actions import act
from binhdang.server.files.models import Content
from binhdang.server.jobs.actions import start_job
from binhdang.server.papers.models import Citation, Paper, Reading, Review
from binhdang.server.papers.reach import thing_of
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused, check_version

READ_JOB = "papers.read"


def add_paper(*, by: By, owner: UUID, content: Content, name: str) -> tuple[Paper, bool]:
    """Takes a kept file in as a paper of an agency and has it read; whether it is new, or the one that was there already."""
    thing = Thing({Standing.OWNER: frozenset({str(owner)})})
    with act("paper.add", by=by, kind="paper", agency=owner) as doing:
        permit(by, Permission.WRITE, thing)
        agency = Agency.objects.select_for_update().get(pk=owner)
        known = Paper.objects.filter(owner=owner, content=content).first()
        if known is not None:
            doing.subject, doing.reason = str(known.pk), "Tệp này đã có."
            return known, False
        paper = Paper(owner=agency, content=content, name=name[-200:], added_by=by.person)
        paper.job = start_job(
            by=by,
            kind=READ_JOB,
            title=f"Đọc văn bản “{paper.name}”",
            agency=str(owner),
            subject=str(paper.pk),
            arguments={"paper": str(paper.pk)},
        ).pk
        paper.save()
        doing.subject = str(paper.pk)
        doing.changed("name", None, paper.name)
        doing.changed("content", None, content.digest)
    return paper, True


def read_again(*, by: By, paper: UUID, seen: int) -> Paper:
    """Has the paper read by today's reader; a review that was begun goes on over the new Reading."""
    with act("paper.read_again", by=by, kind="paper", subject=paper) as doing:
        found = Paper.objects.select_for_update().get(pk=paper)
        doing.agency = str(found.owner_id)
        permit(by, Permission.WRITE, thing_of(found))
        check_version(found, seen)
        found.job = start_job(
            by=by,
            kind=READ_JOB,
            title=f"Đọc lại văn bản “{found.name}”",
            agency=str(found.owner_id),
            subject=str(found.pk),
            arguments={"paper": str(found.pk)},
        ).pk
        found.failure = ""
        if found.reading_id is None:
            found.state = Paper.State.WAITING
        found.version += 1
        found.save()
    return found


def take_reading(*, by: By, paper: UUID, reader: str, record: Mapping[str, Any]) -> Reading:
    """Keeps what a reader found. The same version's Reading is kept once; an open review moves on to the new one."""
    with act("paper.read", by=by, kind="paper", subject=paper) as doing:
        found = Paper.objects.select_for_update().get(pk=paper)
        doing.agency = str(found.owner_id)
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).replace("\\u0000", "")
        reading, _ = Reading.objects.get_or_create(paper=found, reader=reader, defaults={"text": text})
        doing.changed("reading", found.reading_id, reading.pk)
        found.reading, found.state, found.failure = reading, Paper.State.READ, ""
        review = Review.objects.filter(paper=found).first()
        if review is None:
            describe(found, record["document"])
        elif review.reading_id != reading.pk:
            # the edits stay as they were made; they are found again on the new Reading whenever it is shown
            Review.objects.filter(pk=review.pk).update(reading=reading, version=F("version") + 1, done_at=None)
        found.version += 1
        found.save()
        _keep_citations(found, record["citations"])
    return reading


def tell_failure(*, by: By, paper: UUID, message: str) -> None:
    """Notes why a paper could not be read; its file stays."""
    with act("paper.fail", by=by, kind="paper", subject=paper) as doing:
        found = Paper.objects.select_for_update().get(pk=paper)
        doing.agency, doing.reason = str(found.owner_id), message
        found.failure = message[:600]
        if found.reading_id is None:
            found.state = Paper.State.FAILED
        found.version += 1
        found.save()


def describe(paper: Paper, document: Mapping[str, Any]) -> None:
    """Sets the identity of a paper, as read or as the review has it; cut to what lists can show, the Reading keeps all."""
    paper.kind = (document["kind"] or "")[:80]
    paper.number = (document["number"] or "")[:120]
    paper.symbol = key_of(document["number"])
    paper.date = date.fromisoformat(document["date"]) if document["date"] else None
    paper.issuer = (document["issuer"] or "")[:300]
    paper.title = document["title"] or ""


def key_of(number: str | None) -> str:
    """By what a paper's number and a citation of it are found to be the same; empty for what is no symbol."""
    symbol = parse_symbol(number) if number else None
    return symbol.key[:160] if symbol is not None else ""


def _keep_citations(paper: Paper, rows: list[Mapping[str, Any]]) -> None:
    Citation.objects.filter(paper=paper).delete()
    Citation.objects.bulk_create(
        Citation(
            paper=paper,
            kind=row["kind"][:80],
            number=(row["number"] or "")[:120],
            symbol=key_of(row["number"]),
            date=date.fromisoformat(row["date"]) if row["date"] else None,
            issuer=(row["issuer"] or "")[:300],
            title=row["title"] or "",
            role=row["role"],
            position=position,
        )
        for position, row in enumerate(rows)
    )


def refuse_unread(paper: Paper) -> Reading:
    """The paper's Reading. Raises Refused while there is none."""
    if paper.reading is None:
        raise Refused("Văn bản này chưa đọc xong.", hint="Hãy đợi đọc xong rồi rà soát.")
    return paper.reading
