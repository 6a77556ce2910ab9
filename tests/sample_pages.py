"""A plan of our own writing, printed as PDF and as pictures of scanned pages: what the intake tests and measurements read."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

LETTER_LEFT = ["ỦY BAN NHÂN DÂN", "XÃ SÔNG ĐÀ", "Số: 12/KH-UBND"]
LETTER_RIGHT = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Sông Đà, ngày 10 tháng 02 năm 2026",
]
TITLE = ["KẾ HOẠCH", "Công tác bình đẳng giới và vì sự tiến bộ của phụ nữ năm 2026"]
BODY = [
    "Căn cứ chương trình làm việc của Hội đồng nhân dân xã khóa mới, Ủy ban nhân dân xã Sông Đà đặt ra các việc phải làm"
    " trong năm, giao rõ từng việc cho từng phòng, từng thôn, kèm thời hạn và cách kiểm tra kết quả như sau:",
    "I. MỤC TIÊU",
    "1. Mục tiêu chung",
    "Mọi người dân, nam cũng như nữ, đều được tham gia, được hưởng lợi và được bảo vệ như nhau; khoảng cách giữa hai giới"
    " trong học nghề, việc làm và lãnh đạo thôn bản hẹp lại rõ rệt so với năm trước.",
    "2. Mục tiêu cụ thể",
    "- Ít nhất 45% người học nghề ngắn hạn do xã mở là nữ; trên 30% chủ hộ kinh doanh mới đăng ký là phụ nữ.",
    "- 100% nạn nhân bạo lực gia đình được phát hiện thì được tư vấn, hỗ trợ trong vòng 48 giờ.",
    "- Giảm tỷ số giới tính khi sinh xuống còn 109 trẻ trai trên 100 trẻ gái.",
    "II. NỘI DUNG VÀ GIẢI PHÁP",
    "1. Truyền thông nâng cao nhận thức",
    "a) Phòng Văn hóa - Xã hội chủ trì, phối hợp với Hội Liên hiệp Phụ nữ xã mở 06 buổi nói chuyện tại các thôn; mỗi buổi"
    " có không dưới 40 người dự, trong đó nam giới chiếm từ một phần ba trở lên; hoàn thành trước ngày 30/9/2026.",
    "b) Trạm Y tế xã viết bài phát thanh về chăm sóc sức khỏe bà mẹ, trẻ sơ sinh và về hệ lụy của việc lựa chọn giới tính"
    " thai nhi; phát mỗi tháng hai kỳ, thường xuyên trong năm.",
    "2. Học nghề, việc làm",
    "a) Trung tâm Học tập cộng đồng mở ba lớp nghề: may công nghiệp, trồng rau sạch, sửa chữa máy nông nghiệp; ưu tiên"
    " phụ nữ thuộc hộ nghèo, phụ nữ đơn thân nuôi con nhỏ và phụ nữ khuyết tật.",
    "b) Các trường học rà soát, gỡ bỏ hình ảnh mang định kiến giới trong bảng tin, tranh tường, học liệu tự làm; báo cáo"
    " kết quả về Phòng Văn hóa - Xã hội trước ngày 05 tháng 6.",
    "3. Phòng ngừa bạo lực",
    "a) Công an xã giữ đường dây nóng trực 24/24 giờ, lập sổ theo dõi từng vụ việc, không để lộ danh tính người báo tin.",
    "b) Mỗi thôn có một địa chỉ tin cậy đủ chỗ ngủ, thuốc men, quần áo dự phòng cho ít nhất hai người trong ba ngày.",
    "III. KINH PHÍ",
    "Kinh phí lấy từ ngân sách xã và nguồn đóng góp hợp pháp, phân bổ theo bảng dưới đây (đơn vị: triệu đồng):",
]
CALL = "hộ nghèo"  # the footnote's call follows these words
NOTE = "Hộ nghèo theo kết quả rà soát cuối năm trước của xã, tính cả hộ mới tách."
TABLE_HEAD = ["Số TT", "Nội dung hoạt động", "Ngân sách xã", "Nguồn khác", "Tổng cộng"]
TABLE = [
    ["I", "Truyền thông", "18,5", "4", "22,5"],
    ["1", "Nói chuyện tại thôn", "12", "4", "16"],
    ["2", "Bài phát thanh", "6,5", "", "6,5"],
    ["II", "Học nghề, việc làm", "120", "36", "156"],
    ["1", "Lớp may công nghiệp", "55", "20", "75"],
    ["2", "Lớp trồng rau sạch", "35", "16", "51"],
    ["3", "Lớp sửa máy nông nghiệp", "30", "", "30"],
    ["III", "Địa chỉ tin cậy ở thôn", "42", "1.050", "1.092"],
]
TABLE_TOTAL = ["Tổng cộng", "180,5", "1.090", "1.270,5"]
AFTER = [
    "IV. TỔ CHỨC THỰC HIỆN",
    "1. Phòng Văn hóa - Xã hội đôn đốc, tổng hợp, báo cáo Ủy ban nhân dân xã kết quả sáu tháng trước ngày 15 tháng 6 và"
    " kết quả năm trước ngày 30 tháng 11.",
    "2. Phòng Kinh tế bố trí kinh phí, hướng dẫn thanh toán, quyết toán đúng quy định.",
    "3. Đề nghị Ủy ban Mặt trận Tổ quốc xã, Hội Nông dân, Đoàn Thanh niên vận động hội viên, đoàn viên làm gương trong"
    " chia sẻ việc nhà, không sinh con thứ ba chỉ để có con trai.",
    "Trên đây là kế hoạch năm 2026; có điều gì vướng mắc, các đơn vị báo về Phòng Văn hóa - Xã hội để được giải đáp./.",
]
SIGN_LEFT = [
    "Nơi nhận:",
    "- Đảng ủy, Hội đồng nhân dân xã (b/c);",
    "- Các phòng, trường học, trạm y tế;",
    "- Các thôn;",
    "- Lưu: VT.",
]
SIGN_RIGHT = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Thị Mai Anh"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="Liberation Serif"
 fo:font-family="'Liberation Serif'" fo:font-size="13pt"/></style:default-style>
<text:notes-configuration text:note-class="footnote" style:num-format="1"/></office:styles>
<office:automatic-styles>
<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin-top="1.2cm" fo:margin-bottom="2cm" fo:margin-left="3cm" fo:margin-right="2cm"/>
<style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.2cm"/></style:header-style>
</style:page-layout>
<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="CB" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
 fo:text-indent="1cm" fo:margin-top="0.1cm" fo:margin-bottom="0.1cm"/></style:style>
<style:style style:name="PB" style:family="paragraph"><style:paragraph-properties fo:text-indent="1cm"
 fo:margin-top="0.1cm" fo:margin-bottom="0.1cm"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="S" style:family="paragraph"><style:text-properties fo:font-size="11pt"/></style:style>
<style:style style:name="N" style:family="paragraph"><style:text-properties fo:font-size="10pt"/></style:style>
<style:style style:name="A" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"
 fo:padding="0.1cm"/></style:style>
<style:style style:name="W1" style:family="table-column"><style:table-column-properties style:column-width="6.4cm"/></style:style>
<style:style style:name="W2" style:family="table-column"><style:table-column-properties style:column-width="9.6cm"/></style:style>
<style:style style:name="G1" style:family="table-column"><style:table-column-properties style:column-width="1.4cm"/></style:style>
<style:style style:name="G2" style:family="table-column"><style:table-column-properties style:column-width="6cm"/></style:style>
<style:style style:name="G3" style:family="table-column"><style:table-column-properties style:column-width="2.8cm"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pl">
<style:header><text:p text:style-name="C"><text:page-number/></text:p></style:header></style:master-page></office:master-styles>
<office:body><office:text>
"""


def _paragraph(text: str, style: str) -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def _columns(left: list[str], right: list[str], left_style: str, right_style: str, blank: int = 0) -> str:
    lines = [_paragraph(t, right_style) for t in right]
    if blank:  # room for a signature
        lines[-1:-1] = [_paragraph("", right_style)] * blank
    cells = ["".join(_paragraph(t, left_style) for t in left), "".join(lines)]
    return (
        '<table:table><table:table-column table:style-name="W1"/><table:table-column table:style-name="W2"/><table:table-row>'
        + "".join(f"<table:table-cell>{c}</table:table-cell>" for c in cells)
        + "</table:table-row></table:table>"
    )


def _cell(text: str, span: str = "") -> str:
    return f'<table:table-cell table:style-name="A"{span}>{_paragraph(text, "S")}</table:table-cell>'


def _table() -> str:
    covered = "<table:covered-table-cell/>"
    head = "".join(_cell(t, ' table:number-rows-spanned="2"') for t in TABLE_HEAD[:2])
    head += _cell("Kinh phí năm 2026", ' table:number-columns-spanned="3"') + covered * 2
    second = covered * 2 + "".join(_cell(t) for t in TABLE_HEAD[2:])
    rows = ["".join(_cell(t) for t in row) for row in TABLE]
    total = _cell(TABLE_TOTAL[0], ' table:number-columns-spanned="2"') + covered + "".join(map(_cell, TABLE_TOTAL[1:]))
    columns = "".join(f'<table:table-column table:style-name="{s}"/>' for s in ("G1", "G2", "G3", "G3", "G3"))
    rows = [head, second, *rows, total]
    return f"<table:table>{columns}{''.join(f'<table:table-row>{r}</table:table-row>' for r in rows)}</table:table>"


def expected_cells() -> dict[tuple[int, int], str]:
    """The table's words by (row, column) of each cell's first place."""
    cells = {(0, 0): TABLE_HEAD[0], (0, 1): TABLE_HEAD[1], (0, 2): "Kinh phí năm 2026"}
    cells |= {(1, i): TABLE_HEAD[i] for i in (2, 3, 4)}
    cells |= {(r, c): t for r, row in enumerate(TABLE, 2) for c, t in enumerate(row)}
    last = len(TABLE) + 2
    return cells | {(last, c): t for c, t in zip((0, 2, 3, 4), TABLE_TOTAL, strict=True)}


def _style(text: str) -> str:
    return "PB" if text.isupper() or (text[:2] in ("1.", "2.", "3.") and len(text) < 40) else "P"


def plan_fodt() -> str:
    """The plan as a flat OpenDocument text: letterhead, body with a footnote, budget table, signature, page numbers."""
    parts = [_HEAD, _columns(LETTER_LEFT, LETTER_RIGHT, "C", "CB"), _paragraph("", "C")]
    parts += [_paragraph(t, "CB") for t in TITLE] + [_paragraph(t, _style(t)) for t in BODY]
    parts += [_table(), *(_paragraph(t, _style(t)) for t in AFTER), _columns(SIGN_LEFT, SIGN_RIGHT, "S", "CB", blank=3)]
    note = f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>{_paragraph(NOTE, "N")}</text:note-body></text:note>'
    return "".join(parts).replace(CALL, CALL + note, 1) + "</office:text></office:body></office:document>"


def to_pdf(source: Path) -> bytes | None:
    """The file printed by LibreOffice; None where it is not installed."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return None
    folder = source.parent
    command = [
        soffice,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
    ]
    subprocess.run([*command, str(folder), str(source)], check=True, capture_output=True, timeout=120)
    return source.with_suffix(".pdf").read_bytes()


def plan_pdf(folder: Path) -> bytes | None:
    """The plan as a PDF of LibreOffice."""
    source = folder / "plan.fodt"
    source.write_text(plan_fodt(), encoding="utf-8")
    return to_pdf(source)


def pictures(pdf: bytes, dpi: int = 200) -> list[Picture]:
    """Its pages as pictures (height x width x 3, blue-green-red)."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [np.array(page.render(scale=dpi / 72).to_numpy()[:, :, :3]) for page in document]
    finally:
        document.close()


def worn(picture: Picture, angle: float = 1.2, seal: bool = True, noise: float = 12.0, seed: int = 1) -> Picture:
    """The picture as a scanner gives it: a red ring seal stamped over words, turned, blurred, noisy."""
    page = picture.copy()
    height, width = page.shape[:2]
    if seal:
        ink = np.full_like(page, 255)
        centre = (int(width * 0.48), int(height * 0.55))
        red = (40, 30, 215)
        for radius in (0.105, 0.098, 0.06):
            cv2.circle(ink, centre, int(width * radius), red, max(2, width // 300), cv2.LINE_AA)
        cv2.putText(
            ink, "UBND XA SONG DA", (centre[0] - width // 14, centre[1]), cv2.FONT_HERSHEY_SIMPLEX, width / 2200, red, 3
        )
        page = (page.astype(np.uint16) * ink // 255).astype(np.uint8)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    page = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    page = cv2.GaussianBlur(page, (3, 3), 0.8)
    grain = np.random.default_rng(seed).normal(0, noise, page.shape[:2])[:, :, None]
    return np.clip(page.astype(np.float32) * 0.94 + grain, 0, 255).astype(np.uint8)


def png(picture: Picture) -> bytes:
    """The picture as a PNG file."""
    return bytes(cv2.imencode(".png", picture)[1])


def edits(one: str, two: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


def plan_lines() -> list[str]:
    """The plan's paragraphs in reading order, without table and footnote."""
    return [*LETTER_LEFT, *LETTER_RIGHT, *TITLE, *BODY, *AFTER, *SIGN_LEFT, *SIGN_RIGHT]
