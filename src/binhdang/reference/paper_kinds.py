"""Kinds of papers with the codes that stand for them in a symbol.

Sources: Decree 30/2020/NĐ-CP, annex III (administrative papers); Law on the promulgation of legal documents and
Decree 34/2016/NĐ-CP (legal documents); Instruction 36-HD/VPTW of 2018 (papers of the Party); usage in issued papers
for joint papers. Valid without an end date: old papers keep their symbols.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper: its name as printed, and its codes; the first code is the rule, the rest are seen in use."""

    name: str
    codes: tuple[str, ...] = ()


PAPER_KINDS: tuple[PaperKind, ...] = (
    # legal documents
    PaperKind("Luật"),
    PaperKind("Bộ luật"),
    PaperKind("Pháp lệnh", ("PL",)),
    PaperKind("Lệnh", ("L",)),
    PaperKind("Sắc lệnh", ("SL",)),
    PaperKind("Nghị định", ("NĐ",)),
    PaperKind("Thông tư", ("TT",)),
    PaperKind("Thông tư liên tịch", ("TTLT",)),
    PaperKind("Nghị quyết liên tịch", ("NQLT",)),
    PaperKind("Văn bản hợp nhất", ("VBHN",)),
    # administrative papers
    PaperKind("Nghị quyết", ("NQ",)),
    PaperKind("Quyết định", ("QĐ",)),
    PaperKind("Chỉ thị", ("CT",)),
    PaperKind("Quy chế", ("QC",)),
    PaperKind("Quy định", ("QyĐ", "QĐi")),
    PaperKind("Thông cáo", ("TC",)),
    PaperKind("Thông báo", ("TB",)),
    PaperKind("Hướng dẫn", ("HD",)),
    PaperKind("Chương trình", ("CTr",)),
    PaperKind("Kế hoạch", ("KH",)),
    PaperKind("Phương án", ("PA",)),
    PaperKind("Đề án", ("ĐA",)),
    PaperKind("Dự án", ("DA",)),
    PaperKind("Báo cáo", ("BC",)),
    PaperKind("Biên bản", ("BB",)),
    PaperKind("Tờ trình", ("TTr",)),
    PaperKind("Hợp đồng", ("HĐ",)),
    PaperKind("Công văn", ("CV",)),
    PaperKind("Công điện", ("CĐ",)),
    PaperKind("Bản ghi nhớ", ("BGN",)),
    PaperKind("Bản thỏa thuận", ("BTT",)),
    PaperKind("Giấy ủy quyền", ("GUQ",)),
    PaperKind("Giấy mời", ("GM",)),
    PaperKind("Giấy giới thiệu", ("GGT",)),
    PaperKind("Giấy nghỉ phép", ("GNP",)),
    PaperKind("Phiếu gửi", ("PG",)),
    PaperKind("Phiếu chuyển", ("PC",)),
    PaperKind("Phiếu báo", ("PB",)),
    # joint papers
    PaperKind("Quy chế phối hợp", ("QCPH",)),
    PaperKind("Kế hoạch phối hợp", ("KHPH",)),
    PaperKind("Kế hoạch liên tịch", ("KHLT",)),
    PaperKind("Kế hoạch liên ngành", ("KHLN",)),
    PaperKind("Hướng dẫn liên ngành", ("HDLN",)),
    PaperKind("Hướng dẫn liên tịch", ("HDLT",)),
    PaperKind("Chương trình phối hợp", ("CTPH", "CTrPH")),
    # papers of the Party; a Thông tri is coded TT, which the state gives to the Thông tư
    PaperKind("Kết luận", ("KL",)),
    PaperKind("Thông tri"),
    PaperKind("Tuyên bố"),
    PaperKind("Lời kêu gọi", ("LKG",)),
)

KIND_BY_CODE: dict[str, str] = {code.casefold(): kind.name for kind in PAPER_KINDS for code in kind.codes}
"""Name of the kind by its code in lower case ("nq" → "Nghị quyết"). No two kinds differ in case alone."""

ANY_PAPER = "Văn bản"
"""What a paper is called when its kind is not said ("Văn bản số …")."""
