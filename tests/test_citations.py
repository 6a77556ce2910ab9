"""Cited papers: one short text a case, with the reason; rows as (kind, number, date, issuer)."""

from dataclasses import dataclass
from datetime import date
from random import Random
from time import process_time

import pytest

from binhdang.plan import Citation
from binhdang.reading.draft import Draft, Paragraph
from binhdang.reading.stages.citations import find_citations

Row = tuple[str, str | None, str | None, str | None]


def draft_of(*paragraphs: str, zone: str = "body") -> Draft:
    """A draft whose matching copy only has plain dashes and spaces."""
    made, start = [], 0
    for text in paragraphs:
        made.append(Paragraph(start, text, text.replace("–", "-").replace("\xa0", " "), zone=zone))
        start += len(text) + 1
    return Draft("\n".join(paragraphs), made)


def cited(*paragraphs: str, zone: str = "body") -> list[Citation]:
    return find_citations(draft_of(*paragraphs, zone=zone))


def rows(*paragraphs: str) -> list[Row]:
    return [(c.kind, c.number, c.date.isoformat() if c.date else None, c.issuer) for c in cited(*paragraphs)]


TTG = "Thủ tướng Chính phủ"
TINH = "Ủy ban nhân dân tỉnh"
LDTBXH = "Bộ Lao động - Thương binh và Xã hội"


@dataclass(frozen=True)
class Case:
    reason: str
    text: str
    expected: list[Row]


CASES = [
    # one paper
    Case("plain", "Căn cứ Quyết định số 12/QĐ-TTg ngày 03/02/2020 của Thủ tướng Chính phủ về giống cây;",
         [("Quyết định", "12/QĐ-TTg", "2020-02-03", TTG)]),
    Case("issuer before the date", "Quyết định số 12/QĐ-TTg của Thủ tướng Chính phủ ngày 03/02/2020 về giống cây",
         [("Quyết định", "12/QĐ-TTg", "2020-02-03", TTG)]),
    Case("comma before ngày", "Chỉ thị số 46-CT/TW, ngày 16/5/2025 của Ban Bí thư về cây xanh",
         [("Chỉ thị", "46-CT/TW", "2025-05-16", "Ban Bí thư")]),
    Case("word số missing", "thực hiện Nghị quyết 30/2008/NQ-CP của Chính phủ về cây",
         [("Nghị quyết", "30/2008/NQ-CP", None, "Chính phủ")]),
    Case("số and date missing, the Party's order", "theo Chỉ thị 42-CT/TW.", [("Chỉ thị", "42-CT/TW", None, None)]),
    Case("colon after số", "Quyết định số: 2740/QĐ/BNN-KL ngày 1/2/2019", [("Quyết định", "2740/QĐ/BNN-KL", "2019-02-01", None)]),
    Case("line break after số", "Quyết định số\n1850/QĐ-TTg ngày 1/2/2019", [("Quyết định", "1850/QĐ-TTg", "2019-02-01", None)]),
    Case("line break after the kind", "Quyết định\n1229/QĐ-UBND ngày 1/2/2019", [("Quyết định", "1229/QĐ-UBND", "2019-02-01", None)]),
    Case("line break in the date", "Kế hoạch số 7/KH-UBND ngày 21\ntháng 11 năm 2025", [("Kế hoạch", "7/KH-UBND", "2025-11-21", None)]),
    Case("spaces in the symbol", "Kế hoạch 223/KH- UBND ngày 5/6/2020; Nghị quyết số 71/NQ -CP; Chương trình số 10- CTr/TU",
         [("Kế hoạch", "223/KH-UBND", "2020-06-05", None), ("Nghị quyết", "71/NQ-CP", None, None), ("Chương trình", "10-CTr/TU", None, None)]),
    Case("number fused to số", "Kế hoạch số15/KH-UBND ngày 5/6/2020", [("Kế hoạch", "15/KH-UBND", "2020-06-05", None)]),
    Case("zeros in front kept", "Phương án\n02600/PA-UBND", [("Phương án", "02600/PA-UBND", None, None)]),
    Case("number like a year", "Kế hoạch số 2022/KH-UBND ngày 8/9/2014", [("Kế hoạch", "2022/KH-UBND", "2014-09-08", None)]),
    Case("letter in the number", "Nghị quyết số 30a/2008/NQ-CP ngày 27/12/2008 của Chính phủ", [("Nghị quyết", "30a/2008/NQ-CP", "2008-12-27", "Chính phủ")]),
    Case("three parts", "Quyết định số 4255/QĐ-BNN-KHCN ngày 26.11.2003", [("Quyết định", "4255/QĐ-BNN-KHCN", "2003-11-26", None)]),
    Case("joint circular", "Thông tư liên tịch số 56/2012/TTLT-BTC-BLĐTBXH ngày 16/4/2012 của liên Bộ",
         [("Thông tư liên tịch", "56/2012/TTLT-BTC-BLĐTBXH", "2012-04-16", None)]),
    Case("joint resolution", "Nghị quyết liên tịch số 102/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN",
         [("Nghị quyết liên tịch", "102/2025/NQLT-UBTVQH15-CP-ĐCTUBTWMTTQVN", None, None)]),
    Case("& in a letter's symbol", "Công văn số 8935/BNV-CTTN&BĐG ngày 1/10/2025 của Bộ Nội vụ", [("Công văn", "8935/BNV-CTTN&BĐG", "2025-10-01", "Bộ Nội vụ")]),
    Case("the Party's letter", "Công văn số 488-CV/TCQT-NS ngày 1/10/2025", [("Công văn", "488-CV/TCQT-NS", "2025-10-01", None)]),
    Case("old symbols", "Quyết định số 532/TTg ngày 8/8/1997; Quyết định số 15/QĐ.UB ngày 2/3/1999; Tờ trình số 30/TTr. SXD",
         [("Quyết định", "532/TTg", "1997-08-08", None), ("Quyết định", "15/QĐ.UB", "1999-03-02", None), ("Tờ trình", "30/TTr.SXD", None, None)]),
    Case("case lost", "Chỉ thị 27/CT-TTG của TTg", [("Chỉ thị", "27/CT-TTG", None, TTG)]),
    Case("Icelandic letter", "Quyết định số 15/Q\u00d0-TTg", [("Quyết định", "15/QĐ-TTg", None, None)]),
    Case("no slash", "Quyết định số 1830 QĐ-UBND ngày 2/3/2009 và Báo cáo số 251-BCĐ",
         [("Quyết định", "1830 QĐ-UBND", "2009-03-02", None), ("Báo cáo", "251-BCĐ", None, None)]),
    Case("national assembly's resolution", "Nghị quyết số 202/2025/QH15 của Quốc hội", [("Nghị quyết", "202/2025/QH15", None, "Quốc hội")]),
    Case("small letters, all the same a kind", "theo kế hoạch số 5/KH-SNV của Sở Nội vụ", [("Kế hoạch", "5/KH-SNV", None, "Sở Nội vụ")]),
    # kind
    Case("printed kind wins over the symbol", "Công văn số 3129/TTr-SNV ngày 1/2/2020", [("Công văn", "3129/TTr-SNV", "2020-02-01", None)]),
    Case("printed kind wins, Party's rule", "Quy định số 339-QĐ/TW", [("Quy định", "339-QĐ/TW", None, None)]),
    Case("TT is a Thông tri too", "Thông tri số 04/TT-MTTW-BTT", [("Thông tri", "04/TT-MTTW-BTT", None, None)]),
    Case("kind from the symbol", "thực hiện tốt 15/KH-UBND ngày 2/3/2020", [("Kế hoạch", "15/KH-UBND", "2020-03-02", None)]),
    Case("văn bản with a letter's symbol", "Văn bản số 123/UBND-VX ngày 2/3/2020", [("Công văn", "123/UBND-VX", "2020-03-02", None)]),
    Case("văn bản with a kind's code", "Văn bản số 123/HD-SNV", [("Hướng dẫn", "123/HD-SNV", None, None)]),
    Case("words between kind and number", "Công văn hỏa tốc số 9/UBND-NC; Chương trình hành động số 4-CTr/TU",
         [("Công văn", "9/UBND-NC", None, None), ("Chương trình", "4-CTr/TU", None, None)]),
    Case("a notice of a conclusion", "Thông báo kết luận số 33-TB/TU", [("Thông báo", "33-TB/TU", None, None)]),
    Case("verb is no kind", "Sở hướng dẫn các xã thực hiện số 5/KH-SNV", [("Kế hoạch", "5/KH-SNV", None, None)]),
    # issuer
    Case("holder and province off", "Kế hoạch số 1/KH-SLĐ ngày 3/1/2024 của Giám đốc Sở Lao động- TB&XH tỉnh Hà Nam về trẻ em",
         [("Kế hoạch", "1/KH-SLĐ", "2024-01-03", "Sở Lao động - Thương binh và Xã hội")]),
    Case("written out, with its place", "Quyết định số 1/QĐ-UBND ngày 3/1/2024 của UBND tỉnh Hà Nam về trẻ em",
         [("Quyết định", "1/QĐ-UBND", "2024-01-03", "Ủy ban nhân dân tỉnh Hà Nam")]),
    Case("capital verb after the issuer", "Quyết định số 1/QĐ-TTg ngày 3/1/2024 của Thủ tướng Chính phủ Phê duyệt Đề án",
         [("Quyết định", "1/QĐ-TTg", "2024-01-03", TTG)]),
    Case("ministry abbreviated", "Công văn số 75/LĐTBXH-BĐG ngày 3/1/2024 của Bộ LĐTBXH.", [("Công văn", "75/LĐTBXH-BĐG", "2024-01-03", LDTBXH)]),
    Case("committee of the Party", "Kết luận số 4-KL/TU ngày 3/1/2024 của Ban Thường vụ Tỉnh ủy về cán bộ", [("Kết luận", "4-KL/TU", "2024-01-03", "Ban Thường vụ Tỉnh ủy")]),
    Case("term of office in brackets", "Chỉ thị số 21-CT/TW ngày 20/1/2018 của Ban Bí thư Trung ương Đảng (khóa XII) về cây",
         [("Chỉ thị", "21-CT/TW", "2018-01-20", "Ban Bí thư Trung ương Đảng (khóa XII)")]),
    Case("two bodies joined by và", "Thông tư số 1/2020/TT-BTC của Bộ Tài nguyên và Môi trường và Bộ Nội vụ hướng dẫn",
         [("Thông tư", "1/2020/TT-BTC", None, "Bộ Tài nguyên và Môi trường và Bộ Nội vụ")]),
    Case("issuer without của", "Công văn số 75/LĐTBXH-BĐG ngày 3/1/2024 Bộ LĐTBXH về việc tổng kết", [("Công văn", "75/LĐTBXH-BĐG", "2024-01-03", LDTBXH)]),
    Case("not the doer of the next clause", "Thực hiện Kế hoạch số 5/KH-UBND ngày 3/1/2024, UBND xã xây dựng", [("Kế hoạch", "5/KH-UBND", "2024-01-03", None)]),
    Case("issuer before, tại", "Hướng dẫn của Bộ Nội vụ tại Công văn số 75/BNV-TH ngày 3/1/2024 V/v báo cáo", [("Công văn", "75/BNV-TH", "2024-01-03", "Bộ Nội vụ")]),
    Case("order of a body, tại", "theo chỉ đạo của UBND tỉnh tại Công văn số 57/UBND-KGVX ngày 3/1/2024", [("Công văn", "57/UBND-KGVX", "2024-01-03", TINH)]),
    Case("proposal, tại", "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 213/TT-SNV", [("Tờ trình", "213/TT-SNV", None, "Sở Nội vụ")]),
    Case("issuer between kind and number", "Công văn của Sở Y tế số 44/SYT-NV", [("Công văn", "44/SYT-NV", None, "Sở Y tế")]),
    Case("issuer between kind and number, no của", "Nghị quyết HĐND tỉnh số 12/2018/NQ-HĐND", [("Nghị quyết", "12/2018/NQ-HĐND", None, "Hội đồng nhân dân tỉnh")]),
    Case("the doer issues", "UBND tỉnh đã ban hành Kế hoạch số 5/KH-UBND ngày 3/1/2024", [("Kế hoạch", "5/KH-UBND", "2024-01-03", TINH)]),
    Case("not guessed from the symbol", "Quyết định số 5/QĐ-TTg ngày 3/1/2024", [("Quyết định", "5/QĐ-TTg", "2024-01-03", None)]),
    # dates
    Case("date before the paper", "Ngày 13 tháng 01 năm 2010, Bộ Y tế ban hành Kế hoạch số 139/KH-BYT về tiêm chủng", [("Kế hoạch", "139/KH-BYT", "2010-01-13", "Bộ Y tế")]),
    Case("date before the paper, no comma", "Ngày 28/3/2017 Ủy ban nhân dân tỉnh đã ban hành văn bản số 44/UBND-KGVX về thi đua",
         [("Công văn", "44/UBND-KGVX", "2017-03-28", TINH)]),
    Case("slip in the date", "Nghị quyết số 5/NQ-HĐND ngày 27 năm 12 năm 2019 của HĐND tỉnh", [("Nghị quyết", "5/NQ-HĐND", "2019-12-27", "Hội đồng nhân dân tỉnh")]),
    Case("no such day: unknown, issuer still read", "Nghị quyết số 5/NQ-HĐND ngày 31/02/2019 của HĐND tỉnh", [("Nghị quyết", "5/NQ-HĐND", None, "Hội đồng nhân dân tỉnh")]),
    Case("date in brackets", "Quyết định số 5/QĐ-TTg (ngày 3/1/2024)", [("Quyết định", "5/QĐ-TTg", "2024-01-03", None)]),
    Case("a deadline is not the paper's date", "triển khai Kế hoạch số 5/KH-UBND; báo cáo trước ngày 25/11/2018", [("Kế hoạch", "5/KH-UBND", None, None)]),
    # several
    Case("split by ;", "Căn cứ Quyết định số 1/QĐ-TTg ngày 1/1/2019 của Thủ tướng Chính phủ về A; Quyết định số 2/QĐ-UBND ngày 2/2/2020 của UBND tỉnh về B",
         [("Quyết định", "1/QĐ-TTg", "2019-01-01", TTG), ("Quyết định", "2/QĐ-UBND", "2020-02-02", TINH)]),
    Case("căn cứ twice", "Căn cứ Căn cứ Nghị định số 1/2020/NĐ-CP; Căn cứ Kế hoạch số 5/KH-UBND",
         [("Nghị định", "1/2020/NĐ-CP", None, None), ("Kế hoạch", "5/KH-UBND", None, None)]),
    Case("; inside a title", "Chỉ thị số 1/CT-TTg ngày 1/1/2019 về tăng tốc; bứt phá", [("Chỉ thị", "1/CT-TTg", "2019-01-01", None)]),
    Case("list, one date for the last two", "Các Công điện: số 007/CĐ-UBND ngày 1/11/2025, số 008/CĐ-UBND và số 009/CĐ-UBND ngày 19/11/2025; số 010/CĐ-UBND",
         [("Công điện", "007/CĐ-UBND", "2025-11-01", None), ("Công điện", "008/CĐ-UBND", "2025-11-19", None),
          ("Công điện", "009/CĐ-UBND", "2025-11-19", None), ("Công điện", "010/CĐ-UBND", None, None)]),
    Case("list in brackets after the kind", "Các Nghị định về đất đai (Số 37/2019/NĐ-CP, số 58/2023/NĐ-CP và số 22/2025/NĐ-CP)",
         [("Nghị định", "37/2019/NĐ-CP", None, None), ("Nghị định", "58/2023/NĐ-CP", None, None), ("Nghị định", "22/2025/NĐ-CP", None, None)]),
    Case("list with its issuer in front", "Các Nghị định của Chính phủ số 37/2019/NĐ-CP, số 58/2023/NĐ-CP",
         [("Nghị định", "37/2019/NĐ-CP", None, "Chính phủ"), ("Nghị định", "58/2023/NĐ-CP", None, "Chính phủ")]),
    Case("one issuer for two", "Chỉ thị số 31-CT/TU ngày 1/1/2024, Kế hoạch số 134-KH/TU ngày 2/2/2024 của Ban Thường vụ Tỉnh ủy",
         [("Chỉ thị", "31-CT/TU", "2024-01-01", "Ban Thường vụ Tỉnh ủy"), ("Kế hoạch", "134-KH/TU", "2024-02-02", "Ban Thường vụ Tỉnh ủy")]),
    Case("another body's issuer is not shared", "Nghị quyết số 4/NQ-HĐND ngày 1/1/2024, Kế hoạch số 134/KH-UBND ngày 2/2/2024 của UBND tỉnh",
         [("Nghị quyết", "4/NQ-HĐND", "2024-01-01", None), ("Kế hoạch", "134/KH-UBND", "2024-02-02", TINH)]),
    Case("số once", "Tờ trình số: 421/TTr-STC, 501/TTr-STC", [("Tờ trình", "421/TTr-STC", None, None), ("Tờ trình", "501/TTr-STC", None, None)]),
    Case("a letter at the end of a list of decisions", "các Quyết định số 1/QĐ-UBND, số 12/UBND-VX", [("Quyết định", "1/QĐ-UBND", None, None), ("Công văn", "12/UBND-VX", None, None)]),
    Case("nested: what the inner paper prints is the inner one's",
         "Thông tư số 12/2023/TT-BTC sửa đổi, bổ sung một số điều của Thông tư số 06/2022/TT-BTC ngày 5/1/2022 của Bộ trưởng Bộ Tài chính hướng dẫn thu",
         [("Thông tư", "12/2023/TT-BTC", None, None), ("Thông tư", "06/2022/TT-BTC", "2022-01-05", "Bộ Tài chính")]),
    Case("nested in a plan", "Kế hoạch số 9/KH-UBND ngày 6/6/2021 của UBND tỉnh thực hiện Nghị quyết số 28/NQ-CP ngày 3/3/2021 của Chính phủ",
         [("Kế hoạch", "9/KH-UBND", "2021-06-06", TINH), ("Nghị quyết", "28/NQ-CP", "2021-03-03", "Chính phủ")]),
    Case("in brackets", "làm thí điểm (theo Quyết định số 5/QĐ-TTg ngày 3/1/2024 của Thủ tướng Chính phủ phê duyệt Chương trình nhà ở).",
         [("Quyết định", "5/QĐ-TTg", "2024-01-03", TTG)]),
    Case("what a decision approves is no row", "Quyết định số 5/QĐ-TTg phê duyệt Chiến lược quốc gia về nhà ở", [("Quyết định", "5/QĐ-TTg", None, None)]),
    Case("what is still to be made is no row", "các xã xây dựng Kế hoạch hành động về nhà ở tỉnh Hà Nam giai đoạn 2021-2025", []),
    # laws
    Case("a law by name", "Đẩy mạnh tuyên truyền Luật Bình đẳng giới, các chủ trương của Đảng", [("Luật", None, None, None)]),
    Case("a law with number and date", "Căn cứ Luật Bình đẳng giới số 73/2006/QH11 ngày 29/11/2006;", [("Luật", "73/2006/QH11", "2006-11-29", None)]),
    Case("comma in the law's name", "Luật Phòng, chống bạo lực gia đình số 13/2022/QH15 ngày 14/11/2022", [("Luật", "13/2022/QH15", "2022-11-14", None)]),
    Case("law with date only", "Luật Thanh niên ngày 16/6/2020", [("Luật", None, "2020-06-16", None)]),
    Case("law with number only", "Luật số 87/2025/QH15", [("Luật", "87/2025/QH15", None, None)]),
    Case("a code", "Bộ luật Lao động số 45/2019/QH14", [("Luật", "45/2019/QH14", None, None)]),
    Case("number of an amending law", "Luật sửa đổi, bổ sung một số điều của Luật Bảo hiểm y tế số 46/2014/QH13",
         [("Luật", "46/2014/QH13", None, None), ("Luật", None, None, None)]),
    Case("date of an amending law", "Luật sửa đổi một số điều của Luật Nhà ở và Luật Việc làm ngày 22/11/2019",
         [("Luật", None, "2019-11-22", None), ("Luật", None, None, None), ("Luật", None, None, None)]),
    Case("decrees that are only said to exist", "các Nghị định hướng dẫn thi hành Luật Bình đẳng giới, trong đó có Nghị định 55/2009/NĐ-CP",
         [("Luật", None, None, None), ("Nghị định", "55/2009/NĐ-CP", None, None)]),
    # no number
    Case("a congress's resolution", "thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIII và các đề án", [("Nghị quyết", None, None, None)]),
    Case("a plan of a named body", "Căn cứ Kế hoạch của Sở Nội vụ về triển khai công tác nữ năm 2025; UBND xã", [("Kế hoạch", None, None, "Sở Nội vụ")]),
    # no citation
    Case("the plan itself", "Các sở thực hiện Kế hoạch này; Căn cứ Kế hoạch của UBND huyện, các xã xây dựng", []),
    Case("blank number", "(Kèm theo Quyết định số    /QĐ-UBND ngày   tháng    năm 2024 của UBND tỉnh)", []),
    Case("blank number with dots", "(Kèm theo Quyết định số ....../QĐ-UBND ngày .../.../2024)", []),
    Case("plans in general", "tại các Kế hoạch của UBND huyện thực hiện Chiến lược quốc gia về nhà ở", []),
    Case("strategies and programmes", "các mục tiêu của Chiến lược quốc gia về nhà ở giai đoạn 2011-2020 và Chương trình nhà ở", []),
    Case("law in general", "chính sách, pháp luật về bình đẳng giới; Hội Luật gia tỉnh", []),
    Case("numbers with slashes", "trực 24/24 giờ, từ 15/11 đến 15/12/2024, Quý I-IV/2024, 4/5 lớp, 42/100.000", []),
    Case("a resolution in general", "các Nghị quyết của Đảng, nghị quyết của HĐND tỉnh", []),
    Case("a basis that cites nothing", "Căn cứ tình hình thực tế của địa phương", []),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.reason)
def test_rows(case: Case) -> None:
    assert rows(case.text) == case.expected


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Luật Bình Đẳng giới, các chủ trương", ["Luật Bình Đẳng giới"]),  # as printed
        ("Luật Phòng, chống bạo lực gia đình năm 2022 và các văn bản", ["Luật Phòng, chống bạo lực gia đình"]),
        ("Luật Bình đẳng giới số 73/2006/QH11", ["Luật Bình đẳng giới"]),
        ("Bộ luật Dân sự năm 2015", ["Bộ luật Dân sự"]),
        ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIII đã đề ra", ["Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIII"]),
        (
            "Kế hoạch số 1/KH-UBND về việc trồng cây (gọi tắt là TC) năm 2024; UBND xã",
            ["trồng cây (gọi tắt là TC) năm 2024"],
        ),
        ("(theo Quyết định số 5/QĐ-TTg phê duyệt Đề án trồng cây).", ["phê duyệt Đề án trồng cây"]),  # bracket closed
        ("Kế hoạch số 1/KH-UBND V/v trồng cây và Kế hoạch số 2/KH-UBND", ["trồng cây", None]),
        ("Kế hoạch số 1/KH-UBND thực hiện Nghị quyết số 2/NQ-CP", [None, None]),  # would be cut short: unknown
        ("Kế hoạch số 1/KH-UBND về trồng cây, UBND xã xây dựng", ["trồng cây"]),  # the main clause begins
    ],
)
def test_titles(text: str, titles: list[str | None]) -> None:
    assert [c.title for c in cited(text)] == titles


def test_one_row_for_all_mentions_filled_up_from_later_ones() -> None:
    draft = draft_of(
        "Thực hiện Quyết định số 279/QĐ-UBND.",
        "Tiếp tục Quyết định 279/QĐ- UBND ngày 12/2/2018 của UBND tỉnh về trồng cây",
    )
    (row,) = find_citations(draft)
    assert (row.number, row.date, row.issuer, row.title) == ("279/QĐ-UBND", date(2018, 2, 12), TINH, "trồng cây")
    assert [s.of(draft.text) for s in row.spans] == [
        "Quyết định số 279/QĐ-UBND",
        "Quyết định 279/QĐ- UBND ngày 12/2/2018 của UBND tỉnh",
    ]


def test_a_law_named_often_in_different_ways_is_one_row() -> None:
    (row,) = cited(
        "Luật Bình Đẳng giới.", "thi hành Luật Bình đẳng giới", "Luật BĐG số 73/2006/QH11", "Luật số 73/2006/QH11"
    )
    assert (row.title, row.number, len(row.spans)) == ("Luật Bình Đẳng giới", "73/2006/QH11", 4)


def test_a_congress_is_one_with_and_without_its_term() -> None:
    text = "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ X, nhiệm kỳ 2020-2025; Nghị quyết Đại hội Đảng bộ tỉnh lần thứ X"
    assert [len(c.spans) for c in cited(text)] == [2]


def test_two_laws_of_one_name_and_two_years_are_two_rows() -> None:
    assert (
        len(cited("Luật Phòng, chống bạo lực gia đình năm 2007", "Luật Phòng, chống bạo lực gia đình số 13/2022/QH15"))
        == 2
    )


def test_one_number_in_two_years_is_two_papers() -> None:
    assert len(cited("Kế hoạch số 5/KH-UBND ngày 1/3/2020 và Kế hoạch số 5/KH-UBND ngày 7/3/2021")) == 2


def test_a_misprinted_date_does_not_make_another_paper() -> None:
    assert len(cited("Kế hoạch số 5/KH-UBND ngày 1/3/2020", "Kế hoạch số 5/KH-UBND ngày 7/3/2020")) == 1


def test_one_number_of_two_bodies_is_two_papers() -> None:
    text = "Kế hoạch số 5/KH-UBND ngày 1/3/2020 của UBND tỉnh và Kế hoạch số 5/KH-UBND ngày 7/3/2020 của UBND huyện"
    assert len(cited(text)) == 2


@pytest.mark.parametrize(
    ("zone", "roles"), [("preamble", ["basis"]), ("body", ["mention"]), ("head", []), ("tail", [])]
)
def test_role_by_zone(zone: str, roles: list[str]) -> None:
    assert [c.role for c in cited("Căn cứ Quyết định số 5/QĐ-TTg", zone=zone)] == roles


def test_the_first_mention_decides_the_role() -> None:
    draft = draft_of("Căn cứ Quyết định số 5/QĐ-TTg;", "theo Quyết định số 5/QĐ-TTg")
    draft.paragraphs[0].zone = "preamble"
    assert [c.role for c in find_citations(draft)] == ["basis"]


def test_titles_and_spans_are_of_the_printed_text_where_the_copy_differs() -> None:
    printed, mended = "Kế hoạch  số 5/KH-UBND về trồng  cây;", "Kế hoạch số 5/KH-UBND về trồng cây;"
    back = [i for i in range(len(printed)) if printed[i] != " " or printed[i - 1] != " "]
    draft = Draft(printed, [Paragraph(0, printed, mended, back=[*back, len(printed)])])
    (row,) = find_citations(draft)
    assert row.title == "trồng  cây"
    assert row.spans[0].of(printed) == "Kế hoạch  số 5/KH-UBND"


def test_any_jumble_of_words_is_read_with_its_spans_inside_the_text() -> None:
    chance = Random(30)
    pieces = [*" /-,;.()\n", " số ", "ngày ", "1/2/2020", "31/02/2020", "12", "30a", "QĐ-TTg", "QH13", "UBND", "TTr. SXD", "của ", "tại ",
              "và ", "Luật ", "sửa đổi ", "của Luật ", "Bộ luật ", "Bình đẳng giới", "Quyết định", "Các Công điện", "Bộ Y tế", "UBND tỉnh ",
              "về việc ", "Nghị quyết Đại hội ", "lần thứ X", "Kế hoạch hành động ", "Kế hoạch của ", "Trung ương ", "khóa XII", "Văn bản ", "\u00d0"]  # fmt: skip
    found = 0
    for _ in range(2000):
        draft = draft_of("".join(chance.choices(pieces, k=chance.randrange(1, 30))))
        for row in find_citations(draft):
            found += 1
            assert row.kind
            assert row.number or row.title
            assert all(0 <= s.start < s.end <= len(draft.text) and s.of(draft.text).strip() for s in row.spans)
    assert found > 500


@pytest.mark.usefixtures("even_time")
@pytest.mark.parametrize(
    "unit",
    [
        "1/1/1/", "số ", "số 1/QĐ-", "Kế hoạch số ", "Luật A ", "Luật ", "1/QĐ-UBND ", "1/QĐ-UBND ngày 1/1/2020 của UBND tỉnh về ",
        "Nghị quyết Đại hội lần thứ I ", "Kế hoạch hành động tỉnh A ", "1/AAAAAAAAAAAA-", "1-QĐ/", "Nghị quyết của Bộ ", "((((", "1/QĐ-UBND về (a) ",
    ],
)  # fmt: skip
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        draft = draft_of(unit * (size // len(unit)))
        start = process_time()
        find_citations(draft)
        return process_time() - start

    seconds(5_000)  # warm
    small, large = min(seconds(20_000) for _ in range(3)), min(seconds(160_000) for _ in range(2))
    assert large < small * 8 * 4  # eight times the text; quadratic time would be 64 times
