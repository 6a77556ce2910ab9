"""A plan built by hand, with every field of the contract in use at least once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from binhdang.paper import Finding, Removed, Severity, Span
from binhdang.plan import (
    Amount,
    Budget,
    BudgetLine,
    BudgetTotals,
    Citation,
    Document,
    Due,
    Duty,
    Evidence,
    Funding,
    Objective,
    Outline,
    Page,
    Peak,
    Period,
    Plan,
    Recipient,
    Signer,
    Target,
    Task,
)

TODAY = date(2026, 6, 7)

TEXT = """\
KẾ HOẠCH
Công tác vì sự tiến bộ của phụ nữ xã Sông Đà năm 2026
Căn cứ Luật Bình đẳng giới; thực hiện Kế hoạch số 45/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân tỉnh.
I. MỤC TIÊU
Chị em trong xã có việc làm và tiếng nói.
Ít nhất 80% thôn có nhóm phụ nữ giúp nhau làm ăn.
II. VIỆC PHẢI LÀM
1. Mở lớp dạy nghề may cho hội viên; hoàn thành trước ngày 10/6/2026. Hội Phụ nữ chủ trì, Trường Tiểu học phối hợp.
1. Phát thanh về bình đẳng giới thường xuyên, cao điểm dịp 8/3. <script>alert("x")</script> & “ngoặc”
3. Đề nghị Công an xã tuần tra từ 15/11 đến 15/12/2026 tại thôn Hạ, xã Sông Đà.
4. Hằng năm bình chọn gia đình tiêu biểu.
5. Lập danh sách theo hướng dẫn của Phòng Nội vụ.
III. KINH PHÍ
I Dạy nghề 15 12,5
I.1 May công nghiệp 10
Quỹ vì người nghèo góp 20 triệu đồng.
IV. BÁO CÁO
Các thôn gửi báo cáo 6 tháng trước ngày 05/6 cho Ủy ban nhân dân xã qua Hội Phụ nữ.
Nơi nhận:
- Đảng ủy xã (b/c);
"""


def at(words: str, after: str = "") -> Span:
    """Where these words stand in TEXT, the first time after some others."""
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Span(start, start + len(words))


def line(opening: str) -> Span:
    """The whole line of TEXT that begins so."""
    start = at(opening).start
    return Span(start, TEXT.index("\n", start))


def task(name: str, opening: str, **fields: object) -> Task:
    span = line(opening)
    kind = "responsibility" if fields.get("requested") else "activity"
    return Task(id=name, ref=f"II.{opening[0]}", kind=kind, text=span.of(TEXT), span=span, outline="o2", **fields)  # type: ignore[arg-type]


DUES = {
    "by": Due("by", "trước ngày 10/6/2026", at("trước ngày 10/6/2026"), date=date(2026, 6, 10), before=True),
    "ongoing": Due(
        "ongoing",
        "thường xuyên",
        at("thường xuyên"),
        peaks=(Peak("8/3", date(2026, 3, 8), date(2026, 3, 8)),),
    ),
    "window": Due(
        "window",
        "từ 15/11 đến 15/12/2026",
        at("từ 15/11 đến 15/12/2026"),
        start=date(2026, 11, 15),
        end=date(2026, 12, 15),
    ),
    "periodic": Due("periodic", "Hằng năm", at("Hằng năm")),
    "as_directed": Due(
        "as_directed", "theo hướng dẫn của Phòng Nội vụ", at("theo hướng dẫn"), waits_for="hướng dẫn của Phòng Nội vụ"
    ),
}

TASKS = (
    task(
        "t1",
        "1. Mở lớp",
        leads=("Hội Phụ nữ",),
        partners=("Trường Tiểu học",),
        due=DUES["by"],
        evidence=Evidence((at("Hội Phụ nữ"),), (at("Trường Tiểu học"),), (at("hoàn thành trước ngày 10/6/2026"),)),
    ),
    task("t2", "1. Phát thanh", leads=("Hội Phụ nữ", "Ban Văn hóa"), due=DUES["ongoing"]),
    task(
        "t3",
        "3. Đề nghị",
        leads=("Công an xã",),
        requested=True,
        due=DUES["window"],
        places=("thôn Hạ, xã Sông Đà",),
    ),
    task("t4", "4. Hằng năm", due=DUES["periodic"]),
    task("t5", "5. Lập danh sách", due=DUES["as_directed"]),
)

BUDGET = Budget(
    unit="triệu đồng",
    sources=("central", "local"),
    lines=(
        BudgetLine(
            "I",
            "Dạy nghề",
            None,
            "Hội Phụ nữ",
            (
                Amount(2026, "local", Decimal(15)),
                Amount(2026, "central", Decimal("1212.5")),
                Amount(None, None, Decimal(1)),
            ),
            {"local": Decimal(15), "central": Decimal("1212.5")},
            outline="o3",
            span=line("I Dạy nghề"),
        ),
        BudgetLine("I.1", "May công nghiệp", "I", None, (Amount(2026, "local", Decimal(10)),), {}),
    ),
    totals=BudgetTotals(
        {2026: Decimal("1227.5")}, {"local": Decimal(16), "central": Decimal("1212.5")}, Decimal("1227.5")
    ),
)

FINDINGS = (
    Finding("document.number-missing", Severity.WARNING, "Kế hoạch chưa ghi số.", None, "đầu văn bản"),
    Finding(
        "numbering.duplicate",
        Severity.ERROR,
        "Số thứ tự “1.” được dùng hai lần.",
        Span(line("1. Phát thanh").start, line("1. Phát thanh").start + 2),
        mend="2.",
    ),
    Finding("task.no-lead", Severity.INFO, "2 việc không nêu cơ quan chủ trì.", line("II. VIỆC")),
)

PLAN = Plan(
    text=TEXT,
    pages=(Page(1, 0), Page(2, line("II. VIỆC").start)),
    document=Document(
        kind="Kế hoạch",
        number=None,
        date=date(2026, 2, 10),
        place="Sông Đà",
        issuer="Ủy ban nhân dân xã Sông Đà",
        title="Công tác vì sự tiến bộ của phụ nữ xã Sông Đà năm 2026",
        period=Period(date(2026, 1, 1), date(2026, 12, 31)),
        signer=Signer("Lò Thị Mai", "Phó Chủ tịch"),
    ),
    citations=(
        Citation("Luật", None, None, None, "Luật Bình đẳng giới", "basis", (at("Luật Bình đẳng giới"),)),
        Citation(
            "Kế hoạch",
            "45/KH-UBND",
            date(2026, 1, 12),
            "Ủy ban nhân dân tỉnh",
            None,
            "mention",
            (at("Kế hoạch số 45/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân tỉnh"),),
        ),
    ),
    outline=(
        Outline("o1", None, "I", "MỤC TIÊU", "objective", None, line("I. MỤC TIÊU")),
        Outline("o2", None, "II", "VIỆC PHẢI LÀM", "section", "Toàn xã", line("II. VIỆC")),
        Outline("o3", None, "III", "KINH PHÍ", "section", None, line("III. KINH PHÍ")),
    ),
    objectives=(Objective(line("Chị em").of(TEXT), line("Chị em")),),
    targets=(
        Target(
            ">=",
            Decimal(80),
            "%",
            "thôn có nhóm phụ nữ giúp nhau làm ăn",
            2026,
            line("Ít nhất").of(TEXT),
            line("Ít nhất"),
            "o1",
        ),
    ),
    tasks=TASKS,
    reporting=(
        Duty(
            "six_month",
            None,
            6,
            5,
            True,
            "31/5",
            ("các thôn",),
            ("Ủy ban nhân dân xã",),
            ("Hội Phụ nữ",),
            "kết quả 6 tháng",
            line("Các thôn gửi").of(TEXT),
            line("Các thôn gửi"),
        ),
    ),
    recipients=(Recipient("Đảng ủy xã", "b/c", line("- Đảng ủy")),),
    budget=BUDGET,
    funding=(Funding("Quỹ vì người nghèo", "other", 2026, Decimal(20), line("Quỹ vì người nghèo")),),
    places=("thôn Hạ, xã Sông Đà",),
    findings=FINDINGS,
    unplaced=(at("Nơi nhận:"),),
    removed=(Removed("2", "số trang", 2),),
    source="ke-hoach.docx",
    sha256="0f" * 32,
)
