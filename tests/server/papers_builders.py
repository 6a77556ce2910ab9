"""Papers for tests: an invented plan, taken in and read as the room does it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from binhdang import __version__, read_plan
from binhdang.plan import to_record
from binhdang.reading.intake import take_in_bytes
from binhdang.review import Verb
from binhdang.server.accounts.models import Person
from binhdang.server.agencies.models import Agency
from binhdang.server.files.actions import keep
from binhdang.server.jobs.models import Job
from binhdang.server.papers.actions import Draft, add_paper, edit_review, finish_review, take_reading
from binhdang.server.papers.models import Paper
from binhdang.server.papers.queries.names import printed_names
from binhdang.server.papers.queries.reviews import review_of
from binhdang.server.plans.actions import Issue, issue_plan
from binhdang.server.plans.models import Plan
from binhdang.server.web.asking import By

PLAN = """ỦY BAN NHÂN DÂN
TỈNH AN LĨNH
Số: 48/KH-UBND
An Lĩnh, ngày 20 tháng 01 năm 2026
KẾ HOẠCH
Thực hiện công tác bình đẳng giới năm 2026
Căn cứ Kế hoạch số 12/KH-BNV ngày 05/01/2026 của Bộ Nội vụ;
I. CHỈ TIÊU
1. Phấn đấu 80% cán bộ nữ cấp xã được tập huấn.
II. NHIỆM VỤ
1. Tổ chức hai lớp tập huấn cho cán bộ cấp xã, hoàn thành trước ngày 30/6/2026.
2. Biên soạn tờ rơi và phát đến từng hộ gia đình.
3. Tổ chức Tháng hành động từ 15/11 đến 15/12.
III. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
a) Chủ trì biên soạn tờ rơi, phối hợp với Sở Y tế.
b) Báo cáo Ủy ban nhân dân tỉnh trước ngày 05/12/2026.
2. Đề nghị Hội Liên hiệp Phụ nữ tỉnh tham gia giám sát.
Nơi nhận:
- Bộ Nội vụ;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Đoàn Thị Mỹ Hạnh
"""


@cache
def record_of(text: str, name: str) -> dict[str, Any]:
    """The plan's JSON of a text, as it comes out of storage."""
    record: dict[str, Any] = json.loads(json.dumps(to_record(read_plan(take_in_bytes(text.encode(), name)))))
    return record


def paper_of(owner: Agency, who: Person, text: str = PLAN, name: str = "ke-hoach.txt") -> Paper:
    """A paper that somebody took in for their agency, read: here, not by a worker, which has a test of its own."""
    by = By(str(who.pk), agency=str(owner.pk))
    content = keep(by=by, parts=[text.encode()], name=name)
    paper, _ = add_paper(by=by, owner=owner.pk, content=content, name=name)
    Job.objects.filter(pk=paper.job).delete()
    take_reading(by=by, paper=paper.pk, reader=__version__, record=record_of(text, name))
    paper.refresh_from_db()
    return paper


def plan_of(owner: Agency, who: Person, text: str = PLAN) -> Plan:
    """A plan issued from such a paper, read as it is, its names meaning nobody of the register."""
    paper, by = paper_of(owner, who, text), By(str(who.pk), agency=str(owner.pk))
    reviewed = review_of(paper).reviewed
    drafts = [Draft(Verb.ACCEPT, tuple(reviewed.items))]
    drafts += [Draft(Verb.BIND, (), {"name": name, "agencies": []}) for name in printed_names(reviewed)]
    seen = edit_review(by=by, paper=paper.pk, seen=0, drafts=drafts).version
    finish_review(by=by, paper=paper.pk, seen=seen)
    return issue_plan(by=by, paper=paper.pk, seen=seen, issue=Issue(unled_to_runner=True))


def sample(name: str) -> Path:
    """One of the sample papers."""
    return Path(__file__).parents[2] / "samples" / name
