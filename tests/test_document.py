"""Who issued what, when, and who signed: one small letterhead, title or signature a case, with the reason.

A case names only the fields that it is about; dates are ISO, a period is "first year-last year".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from binhdang.plan import Document, Recipient
from binhdang.reading.draft import Draft
from binhdang.reading.intake import take_in_bytes
from binhdang.reading.stages.document import read_document
from binhdang.reading.stages.tidy import tidy

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = "\nCăn cứ Luật Bình đẳng giới ngày 29 tháng 11 năm 2006;\n\nI. MỤC ĐÍCH\n\n1. Nâng cao nhận thức của cán bộ.\n"
HEAD = "ỦY BAN NHÂN DÂN\nHUYỆN SÔNG ĐÀ\n\n" + NATION + "\nSố: 12/KH-UBND\n\nSông Đà, ngày 10 tháng 02 năm 2023\n\n"
TITLE = "KẾ HOẠCH\nCông tác bình đẳng giới năm 2023\n"


def opened(text: str) -> tuple[Draft, Document, list[Recipient]]:
    draft = tidy(take_in_bytes(text.encode(), "van-ban.txt"))
    return draft, *read_document(draft)


def said(document: Document, field: str) -> str | None:
    """A field in the words of the cases."""
    if field == "signer":
        signer = document.signer
        return f"{signer.position}: {signer.name}" if signer else None
    if field == "period":
        period = document.period
        if period is None:
            return None
        assert (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31)
        return f"{period.start.year}-{period.end.year}"
    value = getattr(document, field)
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class Case:
    reason: str
    text: str
    expected: dict[str, str | None]


UBND = "Ủy ban nhân dân"
LETTERHEADS = [
    Case("lines one below the other", HEAD + TITLE + BODY,
         {"kind": "Kế hoạch", "number": "12/KH-UBND", "date": "2023-02-10", "place": "Sông Đà",
          "issuer": f"{UBND} huyện Sông Đà", "title": "Công tác bình đẳng giới năm 2023", "period": "2023-2023"}),
    Case("two columns parted by tabs",
         "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHUYỆN SÔNG ĐÀ\tĐộc lập - Tự do - Hạnh phúc\n\n"
         "Số: 12/KH-UBND\tSông Đà, ngày 10 tháng 02 năm 2023\n\n" + TITLE + BODY,
         {"number": "12/KH-UBND", "date": "2023-02-10", "place": "Sông Đà", "issuer": f"{UBND} huyện Sông Đà"}),
    Case("two columns parted by runs of spaces",
         "      ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
         "       XÃ SUỐI MƠ                 Độc lập - Tự do - Hạnh phúc\n\n"
         "      Số: 07/KH-UBND            Suối Mơ, ngày 04 tháng 3 năm 2022\n\n" + TITLE + BODY,
         {"number": "07/KH-UBND", "date": "2022-03-04", "place": "Suối Mơ", "issuer": f"{UBND} xã Suối Mơ"}),
    Case("two columns parted by three spaces and by two",
         "ỦY BAN NHÂN DÂN   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH BÌNH HÀ  Độc lập - Tự do - Hạnh phúc\n\n"
         "Số: 31/KH-UBND   Bình Hà, ngày 4 tháng 3 năm 2022\n\n" + TITLE + BODY,
         {"number": "31/KH-UBND", "date": "2022-03-04", "place": "Bình Hà", "issuer": f"{UBND} tỉnh Bình Hà"}),
    Case("two columns of a table of pipes",
         "| ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| TỈNH BÌNH HÀ | Độc lập - Tự do - Hạnh phúc |\n"
         "| Số: 31/KH-UBND | Bình Hà, ngày 04 tháng 3 năm 2022 |\n\n" + TITLE + BODY,
         {"number": "31/KH-UBND", "date": "2022-03-04", "place": "Bình Hà", "issuer": f"{UBND} tỉnh Bình Hà"}),
    Case("the nation's name cut by a narrow column",
         "ỦY BAN NHÂN DÂN\nTỈNH BÌNH HÀ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
         "Số: 31/KH-UBND\nBình Hà, ngày 04 tháng 3 năm 2022\n\n" + TITLE + BODY, {"issuer": f"{UBND} tỉnh Bình Hà"}),
    Case("a body's name cut before the nation's",
         "HỘI LIÊN HIỆP PHỤ NỮ\nVIỆT NAM\n\n" + NATION + "Số: 31/KH-ĐCT\nHà Nội, ngày 04 tháng 3 năm 2022\n\n" + TITLE + BODY,
         {"issuer": "Hội Liên hiệp Phụ nữ Việt Nam"}),
    Case("the number before the motto",
         "UBND HUYỆN SÔNG ĐÀ\nSố: 12/KH-UBND\n" + NATION + "Sông Đà, ngày 10 tháng 02 năm 2023\n\n" + TITLE + BODY,
         {"number": "12/KH-UBND", "issuer": f"{UBND} huyện Sông Đà"}),
    Case("parent body first, signing unit second",
         "UBND TỈNH BÌNH HÀ\nSỞ NỘI VỤ\n\n" + NATION + "\nSố: 45/KH-SNV\nBình Hà, ngày 2 tháng 4 năm 2025\n\n" + TITLE + BODY,
         {"number": "45/KH-SNV", "issuer": "Sở Nội vụ tỉnh Bình Hà"}),
    Case("parent body first, both written out",
         "ỦY BAN NHÂN DÂN\nTỈNH BÌNH HÀ\nSỞ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI\n\n" + NATION
         + "\nSố: 45/KH-SLĐTBXH\nBình Hà, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"number": "45/KH-SLĐTBXH", "issuer": "Sở Lao động - Thương binh và Xã hội tỉnh Bình Hà"}),
    Case("a committee under the People's Committee",
         "UBND HUYỆN SÔNG ĐÀ\nBAN VSTBPN\n\n" + NATION + "\nSố: 03/KH-BVSTBPN\nSông Đà, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"number": "03/KH-BVSTBPN", "issuer": "Ban Vì sự tiến bộ của phụ nữ huyện Sông Đà"}),
    Case("issuer split over three lines",
         "ỦY BAN NHÂN\nDÂN\nTHÀNH PHỐ AN KHÊ\n\n" + NATION + "\nSố: 8/KH-UBND\nAn Khê, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"issuer": f"{UBND} thành phố An Khê"}),
    Case("issuer split inside emphasis",
         "**ỦY BAN NHÂN\nDÂN **\nTHÀNH PHỐ AN KHÊ\n\n" + NATION + "\nSố: 8/KH-UBND\nAn Khê, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"issuer": f"{UBND} thành phố An Khê"}),
    Case("the tone mark on the last letter", "UỶ BAN NHÂN DÂN\nTỈNH HOÀ BÌNH\n\n" + NATION
         + "\nSố: 8/KH-UBND\nHoà Bình, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"issuer": f"{UBND} tỉnh Hòa Bình", "place": "Hòa Bình"}),
    Case("a stray slash and dashes round the issuer", "/ỦY BAN NHÂN DÂN\nTỈNH BÌNH HÀ\n-------\n\n" + NATION
         + "---------------\nSố: 8/KH-UBND\nBình Hà, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"issuer": f"{UBND} tỉnh Bình Hà", "number": "8/KH-UBND"}),
    Case("a hyphen in the place", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ PHAN RANG - THÁP CHÀM\n\n" + NATION
         + "\nSố: 8/KH-UBND\nPhan Rang-Tháp Chàm, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"place": "Phan Rang-Tháp Chàm", "issuer": f"{UBND} thành phố Phan Rang-Tháp Chàm"}),
    Case("a city's name broken before the date", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\n\n" + NATION
         + "\nSố: 8/KH-UBND\nThành phố Hồ\nChí Minh, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"place": "Thành phố Hồ Chí Minh", "date": "2019-04-02", "issuer": f"{UBND} thành phố Hồ Chí Minh"}),
    Case("a numbered urban district", "ỦY BAN NHÂN DÂN\nQUẬN 11\n\n" + NATION
         + "\nSố: 8/KH-UBND\nQuận 11, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"place": "Quận 11", "date": "2019-04-02", "issuer": f"{UBND} quận 11"}),
    Case("a special zone", "ỦY BAN NHÂN DÂN\nĐẶC KHU PHÚ QUÝ\n\n" + NATION
         + "\nSố: 8/KH-UBND\nPhú Quý, ngày 2 tháng 4 năm 2026\n\n" + TITLE + BODY,
         {"issuer": f"{UBND} đặc khu Phú Quý", "place": "Phú Quý"}),
    Case("place run together with the number's symbol", "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\n\n" + NATION
         + "\nSố: 8/KH-UBNDLâm Đồng, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"place": "Lâm Đồng", "date": "2019-04-02", "number": "8/KH-UBND"}),
    Case("the whole letterhead on one line", "ỦY BAN NHÂN DÂN HUYỆN TÂN SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 48/KH-UBND Tân Sơn, ngày 20 tháng 01 năm 2024\n\nKẾ HOẠCH\nCông tác năm 2024\n\n",
         {"issuer": "Ủy ban nhân dân huyện Tân Sơn", "number": "48/KH-UBND", "place": "Tân Sơn", "date": "2024-01-20"}),
    Case("number and place on one line, one space between", "ỦY BAN NHÂN DÂN\nTỈNH LÂM SƠN\n\n" + NATION
         + "\nSố: 8/KH-UBND Lâm Sơn, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY,
         {"place": "Lâm Sơn", "date": "2019-04-02", "number": "8/KH-UBND"}),
    Case("the date broken over lines", "ỦY BAN NHÂN DÂN\nTỈNH LÂM SƠN\n\n" + NATION
         + "\nSố: 8/KH-UBND\nLâm Sơn, ngày 21\ntháng 11 năm 2019\n\n" + TITLE + BODY,
         {"place": "Lâm Sơn", "date": "2019-11-21"}),
    Case("Ngày with a capital, no blank after the comma", "ỦY BAN NHÂN DÂN\nTỈNH LÂM SƠN\n\n" + NATION
         + "\nSố: 8/KH-UBND\nLâm Sơn,Ngày 05 tháng 11 năm 2019\n\n" + TITLE + BODY,
         {"place": "Lâm Sơn", "date": "2019-11-05"}),
    Case("number on the next line", "ỦY BAN NHÂN DÂN\nTỈNH LÂM SƠN\n\n" + NATION
         + "\nSố:\n7360/KH-UBND\n\nLâm Sơn, ngày 2 tháng 4 năm 2019\n\n" + TITLE + BODY, {"number": "7360/KH-UBND"}),
    Case("blank number and day", "ỦY BAN NHÂN DÂN\nTỈNH LÂM SƠN\n\n" + NATION
         + "\nSố:       /KH-UBND\nLâm Sơn, ngày      tháng 5 năm 2018\n\n" + TITLE + BODY,
         {"number": None, "date": None, "place": "Lâm Sơn", "issuer": f"{UBND} tỉnh Lâm Sơn"}),
    Case("blank number and day, dotted", "ỦY BAN NHÂN DÂN\nTỈNH LÂM SƠN\n\n" + NATION
         + "\nSố: ……/KH-UBND\nLâm Sơn, ngày … tháng … năm 2018\n\n" + TITLE + BODY,
         {"number": None, "date": None, "place": "Lâm Sơn"}),
    Case("blank number and day, in dots of the keyboard", "ỦY BAN NHÂN DÂN\nTỈNH LÂM SƠN\n\n" + NATION
         + "\nSố: ...../KH-UBND\nLâm Sơn, ngày ..... tháng 5 năm 2018\n\n" + TITLE + BODY,
         {"number": None, "date": None, "place": "Lâm Sơn"}),
    Case("blanks inside the number", HEAD.replace("12/KH-UBND", "0158 /KH- UBND") + TITLE + BODY, {"number": "0158/KH-UBND"}),
    Case("a slip of three parts", HEAD.replace("12/KH-UBND", "49/KHPH-UBND-UBMT-HCTĐ") + TITLE + BODY, {"number": "49/KHPH-UBND-UBMT-HCTĐ"}),
    Case("an ampersand in the number", HEAD.replace("12/KH-UBND", "893/BNV-CTTN&BĐG") + TITLE + BODY, {"number": "893/BNV-CTTN&BĐG"}),
    Case("an underscore of a careless hand is no blank number", HEAD.replace("Số: 12/KH-UBND", "Số 12/KH-UBND") + TITLE + BODY, {"number": "12/KH-UBND"}),
    Case("a non-breaking hyphen and NBSP", HEAD.replace("Số: 12/KH-UBND", "Số:\xa012/KH\u2011UBND") + TITLE + BODY, {"number": "12/KH-UBND"}),
    Case("Icelandic Eth for Đ", HEAD.replace("12/KH-UBND", "12/QÐ-UBND") + "QUYẾT ÐỊNH\nVề việc kiện toàn Ban Vì sự tiến bộ của phụ nữ\n" + BODY,
         {"kind": "Quyết định", "number": "12/QĐ-UBND"}),
    Case("a Party paper", "ĐẢNG CỘNG SẢN VIỆT NAM\n\nTỈNH ỦY TRÀ GIANG\n*\nSố 37-KH/TU\n\nTrà Giang, ngày 18 tháng 02 năm 2022\n\n"
         + TITLE + BODY, {"number": "37-KH/TU", "date": "2022-02-18", "issuer": "Tỉnh ủy Trà Giang"}),
    Case("a Party paper in two columns",
         "TỈNH ỦY TRÀ GIANG        ĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 37-KH/TU        Trà Giang, ngày 18 tháng 02 năm 2022\n\n"
         + TITLE + BODY, {"number": "37-KH/TU", "date": "2022-02-18", "place": "Trà Giang", "issuer": "Tỉnh ủy Trà Giang"}),
    Case("a Party committee under another", "ĐẢNG BỘ TỈNH TRÀ GIANG\nHUYỆN ỦY SÔNG ĐÀ\n*\nSố 02-CT/HU\n\nSông Đà, ngày 18 tháng 02 năm 2022\n\n"
         "CHỈ THỊ\nvề tăng cường lãnh đạo công tác bình đẳng giới\n" + BODY,
         {"kind": "Chỉ thị", "number": "02-CT/HU", "issuer": "Huyện ủy Sông Đà"}),
    Case("a ministry", "BỘ NỘI VỤ\n-------\n\n" + NATION + "\nSố: 2417 /KH- BNV\n\nHà Nội, ngày 09 tháng 5 năm 2025\n\n" + TITLE + BODY,
         {"number": "2417/KH-BNV", "issuer": "Bộ Nội vụ"}),
    Case("the women's union", "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM\nTỈNH TRÀ GIANG\n\n" + NATION + "\nSố: 21/KH-BTV\nTrà Giang, ngày 9 tháng 5 năm 2025\n\n" + TITLE + BODY,
         {"number": "21/KH-BTV", "issuer": "Hội Liên hiệp Phụ nữ Việt Nam tỉnh Trà Giang"}),
    Case("the Front", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH TRÀ GIANG\n\n" + NATION + "\nSố:      /KH-MTTQ-BTT\nTrà Giang, ngày   tháng 5 năm 2025\n\n" + TITLE + BODY,
         {"number": None, "issuer": "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Trà Giang"}),
    Case("a district office", "UBND HUYỆN SÔNG ĐÀ\nPHÒNG LAO ĐỘNG - TB&XH\n\n" + NATION + "\nSố: 21/KH-LĐTBXH\nSông Đà, ngày 9 tháng 5 năm 2019\n\n" + TITLE + BODY,
         {"issuer": "Phòng Lao động - Thương binh và Xã hội huyện Sông Đà"}),
    Case("a letter of a department, subject after V/v", "UBND TỈNH BÌNH HÀ\nSỞ NỘI VỤ\n\n" + NATION
         + "\nSố: 45/SNV-TN&BĐG\nV/v hướng dẫn công tác bình đẳng giới năm 2025\n\nBình Hà, ngày 2 tháng 4 năm 2025\n\n"
         "Kính gửi: Ủy ban nhân dân các xã, phường.\n\n" + BODY,
         {"kind": "Công văn", "number": "45/SNV-TN&BĐG", "issuer": "Sở Nội vụ tỉnh Bình Hà",
          "title": "hướng dẫn công tác bình đẳng giới năm 2025", "period": "2025-2025"}),
    Case("a letter whose subject runs over two lines", "UBND TỈNH BÌNH HÀ\nSỞ NỘI VỤ\n\n" + NATION
         + "\nSố: 45/SNV-TN&BĐG\nv/v hướng dẫn công tác\nbình đẳng giới năm 2025\n\nBình Hà, ngày 2 tháng 4 năm 2025\n\n"
         "Kính gửi: Ủy ban nhân dân các xã, phường.\n\n" + BODY,
         {"kind": "Công văn", "title": "hướng dẫn công tác bình đẳng giới năm 2025"}),
    Case("a letter in two columns", "UBND TỈNH BÌNH HÀ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc\n"
         "Số: 45/SNV-TN&BĐG\tBình Hà, ngày 2 tháng 4 năm 2025\nV/v hướng dẫn công tác bình đẳng giới năm 2025\n\n"
         "Kính gửi: Ủy ban nhân dân các xã, phường.\n\n" + BODY,
         {"kind": "Công văn", "number": "45/SNV-TN&BĐG", "issuer": "Sở Nội vụ tỉnh Bình Hà", "date": "2025-04-02",
          "title": "hướng dẫn công tác bình đẳng giới năm 2025"}),
    Case("a unit of a unit: the place of the first", "UBND TỈNH BÌNH HÀ\nSỞ Y TẾ\nTRUNG TÂM KIỂM SOÁT BỆNH TẬT\n\n" + NATION
         + "Số: 5/KH-KSBT\nBình Hà, ngày 9 tháng 5 năm 2025\n\n" + TITLE + BODY, {"issuer": "Trung tâm Kiểm soát bệnh tật tỉnh Bình Hà"}),
    Case("a school", "SỞ GIÁO DỤC VÀ ĐÀO TẠO BÌNH HÀ\nTRƯỜNG TIỂU HỌC NGUYỄN DU\n\n" + NATION
         + "Số: 5/KH-THND\nBình Hà, ngày 9 tháng 5 năm 2025\n\n" + TITLE + BODY, {"issuer": "Trường tiểu học Nguyễn Du"}),
    Case("a Party committee of a commune", "ĐẢNG BỘ HUYỆN SÔNG ĐÀ\nĐẢNG ỦY XÃ SUỐI MƠ\n*\nSố 12-KH/ĐU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\n"
         "Suối Mơ, ngày 2 tháng 4 năm 2024\n\n" + TITLE + BODY, {"number": "12-KH/ĐU", "issuer": "Đảng ủy xã Suối Mơ"}),
    Case("a letterhead without capitals", "Ủy ban nhân dân\nTỉnh Bình Hà\n\n" + NATION + "Số: 5/KH-UBND\nBình Hà, ngày 9 tháng 5 năm 2025\n\n" + TITLE + BODY,
         {"issuer": f"{UBND} tỉnh Bình Hà"}),
    Case("a word of the committee left out", "ỦY BAN NHÂN TỈNH BÌNH HÀ\n\n" + NATION + "Số: 5/KH-UBND\nBình Hà, ngày 9 tháng 5 năm 2025\n\n" + TITLE + BODY,
         {"issuer": f"{UBND} tỉnh Bình Hà"}),
    Case("stray brackets, stars and a call of a note", "[\nỦY BAN NHÂN DÂN\n* *\nTỈNH BÌNH HÀ\n** **\n------\n" + NATION
         + "Số: 5/KH-UBND[1]\nBình Hà, ngày 9 tháng 5 năm 2025\n\n" + TITLE + BODY, {"number": "5/KH-UBND", "issuer": f"{UBND} tỉnh Bình Hà"}),
    Case("date, kind and title run together", "ỦY BAN NHÂN DÂN\nTỈNH BÌNH HÀ\n\n" + NATION
         + "Số: 5/BC-UBND\nBình Hà, ngày 9 tháng 5 năm 2026BÁO CÁOCông tác bình đẳng giới năm 2025\n" + BODY,
         {"kind": "Báo cáo", "date": "2026-05-09", "place": "Bình Hà", "title": "Công tác bình đẳng giới năm 2025"}),
    Case("no letterhead: the issuer is whom the text says issues it",
         TITLE + "\nThực hiện Kế hoạch số 7/KH-UBND của UBND tỉnh Bình Hà, Ủy ban nhân dân huyện Sông Đà xây dựng Kế hoạch như sau:\n\n"
         "I. NỘI DUNG\n\n1. Nâng cao nhận thức của cán bộ huyện Sông Đà.\n",
         {"kind": "Kế hoạch", "number": None, "date": None, "issuer": f"{UBND} huyện Sông Đà"}),
    Case("the province only in the text", "ỦY BAN NHÂN DÂN TỈNH\n\n" + NATION + "\nSố: 12/KH-UBND\n\nBình Hà, ngày 10 tháng 02 năm 2023\n\n" + TITLE + BODY,
         {"issuer": f"{UBND} tỉnh Bình Hà"}),
    Case("a portal's table and buttons before the paper",
         "Trang chủ > Văn bản\nSố hiệu: 12/KH-UBND\nNgày đăng: 22/02/2023\n\n" + HEAD + TITLE + BODY,
         {"number": "12/KH-UBND", "date": "2023-02-10", "issuer": f"{UBND} huyện Sông Đà"}),
]  # fmt: skip

TITLES = [
    Case("over several lines", HEAD + "KẾ HOẠCH\nCông tác bình đẳng giới và vì sự tiến bộ của phụ nữ\ntrên địa bàn huyện Sông Đà năm 2023\n" + BODY,
         {"title": "Công tác bình đẳng giới và vì sự tiến bộ của phụ nữ trên địa bàn huyện Sông Đà năm 2023", "period": "2023-2023"}),
    Case("first word alone on its line", HEAD + "KẾ HOẠCH\nPHÁT\nTRIỂN CÔNG TÁC BÌNH ĐẲNG GIỚI NĂM 2024\n" + BODY,
         {"title": "PHÁT TRIỂN CÔNG TÁC BÌNH ĐẲNG GIỚI NĂM 2024", "period": "2024-2024"}),
    Case("on the line of the kind", HEAD + "KẾ HOẠCH CÔNG TÁC BÌNH ĐẲNG GIỚI NĂM 2024\n" + BODY,
         {"kind": "Kế hoạch", "title": "CÔNG TÁC BÌNH ĐẲNG GIỚI NĂM 2024", "period": "2024-2024"}),
    Case("V/v before a plan's title", HEAD + "KẾ HOẠCH\nV/v thực hiện công tác bình đẳng giới năm 2024\n" + BODY,
         {"kind": "Kế hoạch", "title": "V/v thực hiện công tác bình đẳng giới năm 2024"}),
    Case("the kind again inside", HEAD + "KẾ HOẠCH\nThực hiện Kế hoạch hành động về bình đẳng giới năm 2024\n" + BODY,
         {"kind": "Kế hoạch", "title": "Thực hiện Kế hoạch hành động về bình đẳng giới năm 2024"}),
    Case("the kind in capitals again inside", HEAD + "KẾ HOẠCH\nTHỰC HIỆN CHƯƠNG TRÌNH HÀNH ĐỘNG QUỐC GIA\nVỀ BÌNH ĐẲNG GIỚI GIAI ĐOẠN 2016 - 2020\n" + BODY,
         {"kind": "Kế hoạch", "period": "2016-2020"}),
    Case("kind broken over lines, in emphasis", HEAD + "**QUYẾT\nĐỊNH**\n\nVề việc ban hành Quy chế hoạt động\n" + BODY,
         {"kind": "Quyết định", "title": "Về việc ban hành Quy chế hoạt động"}),
    Case("a programme", HEAD + "CHƯƠNG TRÌNH HÀNH ĐỘNG\nVì sự tiến bộ của phụ nữ giai đoạn 2021-2025\n" + BODY,
         {"kind": "Chương trình", "period": "2021-2025"}),
    Case("in emphasis", HEAD + "**KẾ HOẠCH**\n**Công tác bình đẳng giới năm 2024**\n" + BODY,
         {"kind": "Kế hoạch", "title": "Công tác bình đẳng giới năm 2024"}),
    Case("another paper named with its number and date",
         HEAD + "KẾ HOẠCH\nThực hiện Quyết định số 2282/QĐ-TTg ngày 31 tháng 12 năm 2020 của Thủ tướng Chính phủ trên địa bàn huyện\n" + BODY,
         {"period": None}),
    Case("another paper's date and a year of its own",
         HEAD + "KẾ HOẠCH\nThực hiện Chỉ thị số 21-CT/TW ngày 20 tháng 01 năm 2018 của Ban Bí thư trong năm 2023\n" + BODY,
         {"period": "2023-2023"}),
    Case("a year inside another paper's stage",
         HEAD + "KẾ HOẠCH\nThực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 - 2030 năm 2024\n" + BODY, {"period": "2024-2024"}),
    Case("a blank after the dash only", HEAD + "KẾ HOẠCH\nCông tác bình đẳng giới giai đoạn 2021- 2025\n" + BODY, {"period": "2021-2025"}),
    Case("an en dash", HEAD + "KẾ HOẠCH\nCông tác bình đẳng giới giai đoạn 2021 – 2025\n" + BODY, {"period": "2021-2025"}),
    Case("the stage broken over lines", HEAD + "KẾ HOẠCH\nCông tác bình đẳng giới giai đoạn 2021\n- 2025\n" + BODY, {"period": "2021-2025"}),
    Case("so many years", HEAD + "KẾ HOẠCH\nCÔNG TÁC BÌNH ĐẲNG GIỚI 03 NĂM 2026 - 2028\n" + BODY, {"period": "2026-2028"}),
    Case("from a year to a year", HEAD + "KẾ HOẠCH\nCông tác bình đẳng giới từ năm 2021 đến năm 2025\n" + BODY, {"period": "2021-2025"}),
    Case("until a year: from the year of issue", HEAD + "KẾ HOẠCH\nCông tác bình đẳng giới đến năm 2030\n" + BODY, {"period": "2023-2030"}),
    Case("a stage and an outlook", HEAD + "KẾ HOẠCH\nCông tác cán bộ nữ giai đoạn 2022 - 2025, định hướng đến năm 2030\n" + BODY, {"period": "2022-2025"}),
    Case("two stages: the paper's own comes last", HEAD + "KẾ HOẠCH\nThực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 - 2030 "
         "trên địa bàn huyện giai đoạn 2026 - 2030\n" + BODY, {"period": "2026-2030"}),
    Case("a conclusion announced", HEAD + "THÔNG BÁO\nKẾT LUẬN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN\n" + BODY,
         {"kind": "Thông báo", "title": "KẾT LUẬN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN"}),
    Case("title missing", HEAD + "KẾ HOẠCH\n" + BODY, {"kind": "Kế hoạch", "title": None}),
    Case("kind missing", HEAD + "Công tác bình đẳng giới năm 2023\n" + BODY, {"kind": None, "number": "12/KH-UBND"}),
    Case("a blank before the dash only", HEAD + "KẾ HOẠCH\nVì sự tiến bộ của phụ nữ giai đoạn 2006 -2010\n" + BODY, {"period": "2006-2010"}),
    Case("five years in brackets", HEAD + "KẾ HOẠCH\nCông tác bình đẳng giới 5 năm (2021-2025)\n" + BODY, {"period": "2021-2025"}),
    Case("a school year", HEAD + "KẾ HOẠCH\nCông tác bình đẳng giới năm học 2024 - 2025\n" + BODY, {"period": "2024-2025"}),
    Case("an outlook on a further stage", HEAD + "KẾ HOẠCH\nCông tác cán bộ nữ giai đoạn 2021 - 2025, định hướng giai đoạn 2026 - 2030\n" + BODY, {"period": "2021-2025"}),
    Case("no year", HEAD + "KẾ HOẠCH\nTriển khai Tháng hành động vì bình đẳng giới\n" + BODY, {"period": None}),
    Case("quotes are kept", HEAD + "KẾ HOẠCH\nTriển khai Dự án “Phụ nữ tự tin” năm 2023\n" + BODY,
         {"title": "Triển khai Dự án “Phụ nữ tự tin” năm 2023"}),
    Case("a rule of dashes below", HEAD + TITLE + "-----------------\n" + BODY, {"title": "Công tác bình đẳng giới năm 2023"}),
    Case("enclosed with a decision", "KẾ HOẠCH\nCông tác bình đẳng giới năm 2023\n(Kèm theo Quyết định số 5/QĐ-UBND ngày 6/3/2023 của UBND huyện Sông Đà)\n" + BODY,
         {"title": "Công tác bình đẳng giới năm 2023", "number": None, "date": None}),
]  # fmt: skip

NAMED_SIGNERS = [
    Case("for the committee, by its chair", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nNguyễn Văn An\n", {"signer": "Chủ tịch: Nguyễn Văn An"}),
    Case("by a deputy in the chair's stead", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nLò Thị Mai Anh\n", {"signer": "Phó Chủ tịch: Lò Thị Mai Anh"}),
    Case("T/M and K/T", "T/M. ỦY BAN NHÂN DÂN\nK/T CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Thị Bé\n", {"signer": "Phó Chủ tịch: Trần Thị Bé"}),
    Case("post and stead on one line", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH PHÓ CHỦ TỊCH\n\nTrần Thị Bé\n", {"signer": "Phó Chủ tịch: Trần Thị Bé"}),
    Case("by order", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nTrần Thị Bé\n", {"signer": "Chánh Văn phòng: Trần Thị Bé"}),
    Case("by authority", "TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ NỘI VỤ\n\nTrần Thị Bé\n", {"signer": "Giám đốc: Trần Thị Bé"}),
    Case("acting chair, short", "TM. ỦY BAN NHÂN DÂN\nQ. CHỦ TỊCH\n\nTrần Thị Bé\n", {"signer": "Quyền Chủ tịch: Trần Thị Bé"}),
    Case("acting chair, written out", "TM. ỦY BAN NHÂN DÂN\nQUYỀN CHỦ TỊCH\n\nTrần Thị Bé\n", {"signer": "Quyền Chủ tịch: Trần Thị Bé"}),
    Case("by authority of the chair alone is not acting", "TUQ. CHỦ TỊCH\n\nTrần Thị Bé\n", {"signer": "Chủ tịch: Trần Thị Bé"}),
    Case("a director", "GIÁM ĐỐC\n\n(Đã ký)\n\nTrần Thị Bé\n", {"signer": "Giám đốc: Trần Thị Bé"}),
    Case("a deputy director", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nĐã ký\n\nTrần Thị Bé\n", {"signer": "Phó Giám đốc: Trần Thị Bé"}),
    Case("a deputy minister", "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nNguyễn Thị Hà\n", {"signer": "Thứ trưởng: Nguyễn Thị Hà"}),
    Case("the Party's standing committee", "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\n\nTrần Thị Bé\n", {"signer": "Phó Bí thư Thường trực: Trần Thị Bé"}),
    Case("a union's standing committee", "TM. BAN THƯỜNG VỤ\nPHÓ CHỦ TỊCH THƯỜNG TRỰC\n\nTrần Thị Bé\n", {"signer": "Phó Chủ tịch Thường trực: Trần Thị Bé"}),
    Case("the head of an office", "TRƯỞNG PHÒNG\n\nTrần Thị Bé\n", {"signer": "Trưởng phòng: Trần Thị Bé"}),
    Case("the head of an institute", "VIỆN TRƯỞNG\n\nTrần Thị Bé\n", {"signer": "Viện trưởng: Trần Thị Bé"}),
    Case("a chief inspector", "CHÁNH THANH TRA\n\nTrần Thị Bé\n", {"signer": "Chánh Thanh tra: Trần Thị Bé"}),
    Case("an Ê Đê name", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nH’Lan Êban\n", {"signer": "Chủ tịch: H’Lan Êban"}),
    Case("an Ê Đê name with a letter alone", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nY Thanh Niê Kđăm\n", {"signer": "Chủ tịch: Y Thanh Niê Kđăm"}),
    Case("a name with a breve", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nH'Yim Kđoh\n", {"signer": "Chủ tịch: H'Yim Kđoh"}),
    Case("a name with a hyphen", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nK’ Mák\n", {"signer": "Chủ tịch: K’ Mák"}),
    Case("a J'rai name with a letter of its own", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nRơ Châm Hŏk\n", {"signer": "Chủ tịch: Rơ Châm Hŏk"}),
    Case("a degree before the name", "GIÁM ĐỐC\n\nTS. Trần Thị Bé\n", {"signer": "Giám đốc: Trần Thị Bé"}),
    Case("emphasis on every line", "**TM. ỦY BAN NHÂN DÂN**\n**KT. CHỦ TỊCH**\n**PHÓ CHỦ TỊCH**\n\n**Trần Thị Bé**\n", {"signer": "Phó Chủ tịch: Trần Thị Bé"}),
    Case("in a column beside the recipients",
         "Nơi nhận:                         TM. ỦY BAN NHÂN DÂN\n- UBND tỉnh (b/c);                KT. CHỦ TỊCH\n"
         "- Các phòng, ban;                 PHÓ CHỦ TỊCH\n- Lưu: VT.\n                                  Trần Thị Bé\n",
         {"signer": "Phó Chủ tịch: Trần Thị Bé"}),
    Case("in a column after tabs",
         "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- UBND tỉnh (b/c);\tCHỦ TỊCH\n- Lưu: VT.\tTrần Thị Bé\n", {"signer": "Chủ tịch: Trần Thị Bé"}),
    Case("a post and no name yet", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n", {"signer": "Chủ tịch: None"}),
    Case("nobody", "", {"signer": None}),
]  # fmt: skip


@pytest.mark.parametrize("case", [*LETTERHEADS, *TITLES], ids=lambda c: c.reason)
def test_letterhead_and_title(case: Case) -> None:
    _, document, _ = opened(case.text)
    assert {field: said(document, field) for field in case.expected} == case.expected


@pytest.mark.parametrize("case", NAMED_SIGNERS, ids=lambda c: c.reason)
def test_signer(case: Case) -> None:
    _, document, _ = opened(HEAD + TITLE + BODY + "\n" + case.text)
    assert said(document, "signer") == case.expected["signer"]


ENACTED = (
    "ỦY BAN NHÂN DÂN\nTỈNH BÌNH HÀ\n\n" + NATION + "\nSố: 1904/QĐ-UBND\n\nBình Hà, ngày 15 tháng 9 năm 2021\n\n"
    "QUYẾT ĐỊNH\nBan hành Kế hoạch phòng ngừa bạo lực trên cơ sở giới giai đoạn 2021 - 2025\n\n"
    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH HÀ\n\nCăn cứ Luật Bình đẳng giới ngày 29 tháng 11 năm 2006;\n\nQUYẾT ĐỊNH:\n\n"
    "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n\nĐiều 2. Quyết định có hiệu lực từ ngày ký./.\n\n"
    "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nNguyễn Văn An\n\n"
    "KẾ HOẠCH\nPhòng ngừa bạo lực trên cơ sở giới giai đoạn 2021 - 2025\n(Kèm theo Quyết định số 1904/QĐ-UBND ngày 15/9/2021)\n\n"
    "I. MỤC TIÊU\n\n1. Mục tiêu chung: giảm bạo lực.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ chủ trì thực hiện./.\n"
)


def test_the_identity_is_the_decision_s_where_it_enacts_a_plan() -> None:
    draft, document, recipients = opened(ENACTED)
    assert (document.kind, document.number) == ("Quyết định", "1904/QĐ-UBND")
    assert document.title == "Ban hành Kế hoạch phòng ngừa bạo lực trên cơ sở giới giai đoạn 2021 - 2025"
    assert (document.issuer, said(document, "period")) == ("Ủy ban nhân dân tỉnh Bình Hà", "2021-2025")
    assert said(document, "signer") == "Chủ tịch: Nguyễn Văn An"
    assert [r.name for r in recipients] == ["Như Điều 2", "Lưu: VT"]
    zones = {p.text: p.zone for p in draft.paragraphs}
    assert zones["Điều 1. Ban hành kèm theo Quyết định này Kế hoạch."] == "body"
    assert zones["Phòng ngừa bạo lực trên cơ sở giới giai đoạn 2021 - 2025"] == "head"
    assert zones["1. Sở Nội vụ chủ trì thực hiện./."] == "body"


def test_each_zone_holds_its_own_paragraphs() -> None:
    text = (
        HEAD
        + TITLE
        + BODY
        + "\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nNguyễn Văn An\n\nCác tin khác đã đưa trên trang này trong tuần qua\n"
    )
    draft, _, _ = opened(text)
    zones = {p.text: p.zone for p in draft.paragraphs}
    assert zones["Công tác bình đẳng giới năm 2023"] == "head"
    assert zones["Căn cứ Luật Bình đẳng giới ngày 29 tháng 11 năm 2006;"] == "preamble"
    assert zones["1. Nâng cao nhận thức của cán bộ."] == "body"
    assert zones["Nguyễn Văn An"] == "tail"
    assert zones["Các tin khác đã đưa trên trang này trong tuần qua"] == "outside"


def test_a_paper_that_lost_every_line_break() -> None:
    tasks = "- Mở lớp tập huấn cho cán bộ cơ sở về lồng ghép giới. " * 22
    text = (
        f"{HEAD}KẾ HOẠCH\nCông tác bình đẳng giới năm 2023{BODY}II. NHIỆM VỤ\n1. Tập huấn.\n{tasks}\nNơi nhận:\n- Các sở;\n- Lưu: VT.\n"
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn An"
    )
    draft, document, recipients = opened(" ".join(text.split()))
    assert (document.kind, document.number, said(document, "date")) == ("Kế hoạch", "12/KH-UBND", "2023-02-10")
    assert (document.place, document.issuer) == ("Sông Đà", "Ủy ban nhân dân huyện Sông Đà")
    assert (document.title, said(document, "signer")) == (
        "Công tác bình đẳng giới năm 2023",
        "Phó Chủ tịch: Nguyễn Văn An",
    )
    assert [r.name for r in recipients] == ["Các sở", "Lưu: VT"]
    assert sum(p.zone == "body" for p in draft.paragraphs) == 26


RECIPIENTS = [
    ("one a line", "Nơi nhận:\n- UBND tỉnh;\n- Các phòng, ban;\n- Lưu: VT.\n", [("UBND tỉnh", None), ("Các phòng, ban", None), ("Lưu: VT", None)]),
    ("with notes", "Nơi nhận:\n- UBND tỉnh (b/c);\n- TT. Huyện ủy (để báo cáo);\n- Các xã (t/h);\n- Lưu: VT.\n",
     [("UBND tỉnh", "b/c"), ("TT. Huyện ủy", "để báo cáo"), ("Các xã", "t/h"), ("Lưu: VT", None)]),
    ("flattened to one line", "Nơi nhận: - UBND tỉnh (b/c); - Các phòng, ban; - Lưu: VT, VX.\n",
     [("UBND tỉnh", "b/c"), ("Các phòng, ban", None), ("Lưu: VT, VX", None)]),
    ("two on one line", "Nơi nhận:\n- UBND tỉnh; - Các phòng, ban;\n- Lưu: VT.\n", [("UBND tỉnh", None), ("Các phòng, ban", None), ("Lưu: VT", None)]),
    ("an item over two lines", "Nơi nhận:\n- Các cơ quan, đơn vị, tổ chức chính trị - xã hội\nhuyện;\n- Lưu: VT.\n",
     [("Các cơ quan, đơn vị, tổ chức chính trị - xã hội huyện", None), ("Lưu: VT", None)]),
    ("a note on the next line", "Nơi nhận:\n- Bộ Nội vụ\n(b/c);\n- Lưu: VT.\n", [("Bộ Nội vụ", "b/c"), ("Lưu: VT", None)]),
    ("beside the signature, by spaces", "Nơi nhận:                         TM. ỦY BAN NHÂN DÂN\n- UBND tỉnh (b/c);                CHỦ TỊCH\n"
     "- Các phòng, ban;\n- Lưu: VT.                        Nguyễn Văn An\n", [("UBND tỉnh", "b/c"), ("Các phòng, ban", None), ("Lưu: VT", None)]),
    ("beside the signature, by tabs", "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- UBND tỉnh (b/c);\tCHỦ TỊCH\n- Lưu: VT.\tNguyễn Văn An\n",
     [("UBND tỉnh", "b/c"), ("Lưu: VT", None)]),
    ("no colon, emphasis", "**Nơi nhận**\n- UBND tỉnh;\n- Lưu: VT.\n", [("UBND tỉnh", None), ("Lưu: VT", None)]),
    ("plus signs", "Nơi nhận:\n+ UBND tỉnh;\n+ Lưu: VT.\n", [("UBND tỉnh", None), ("Lưu: VT", None)]),
    ("no dash at all", "Nơi nhận:\nUBND tỉnh;\nCác phòng, ban;\nLưu: VT.\n", [("UBND tỉnh", None), ("Các phòng, ban", None), ("Lưu: VT", None)]),
    ("a dash without a blank", "Nơi nhận:\n-UBND tỉnh;\n-Lưu: VT.\n", [("UBND tỉnh", None), ("Lưu: VT", None)]),
    ("in a cell between pipes", "|\n\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT. |\n\n|\n\nTM. ỦY BAN NHÂN DÂN\n\nNguyễn Văn An |\n", [("UBND tỉnh", None), ("Lưu: VT", None)]),
    ("flattened beside the signature", "| Nơi nhận: - UBND tỉnh; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn An |\n", [("UBND tỉnh", None), ("Lưu: VT", None)]),
    ("a line of the signature between", "Nơi nhận:\n- Như trên;\nTM. ỦY BAN NHÂN DÂN\n- Lưu: VT.\nCHỦ TỊCH\n(Đã ký)\nNguyễn Văn An\n", [("Như trên", None), ("Lưu: VT", None)]),
    ("codes after the last", "Nơi nhận:\n- Như trên;\n- Lưu: VT, VX (1A, 1G). 08 KH\n", [("Như trên", None), ("Lưu: VT, VX (1A, 1G). 08 KH", None)]),
    ("none", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [r[1:] for r in RECIPIENTS], ids=[r[0] for r in RECIPIENTS])
def test_recipients(text: str, expected: list[tuple[str, str | None]]) -> None:
    draft, _, recipients = opened(HEAD + TITLE + BODY + "\n" + text)
    assert [(r.name, r.note) for r in recipients] == expected
    for recipient in recipients:
        assert " ".join(recipient.span.of(draft.text).split()).startswith(recipient.name.split()[0])


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        (HEAD, set()),
        (HEAD.replace("12/KH", "   /KH"), {"document.number-missing"}),
        (HEAD.replace("ngày 10", "ngày   "), {"document.date-missing"}),
        ("", {"document.number-missing", "document.date-missing"}),
    ],
    ids=["complete", "number left blank", "day left blank", "no letterhead"],
)
def test_what_is_missing_is_a_finding(head: str, codes: set[str]) -> None:
    draft, _, _ = opened(head + TITLE + BODY)
    assert {f.code for f in draft.findings} == codes


@pytest.mark.parametrize(
    "text", ["x", "KẾ HOẠCH", "Nơi nhận:", "Số:", "ngày", "TM.", "QUYẾT ĐỊNH:\nKẾ HOẠCH\nQUYẾT ĐỊNH:\n"]
)
def test_scraps_are_read_without_an_error(text: str) -> None:
    _, document, recipients = opened(text)
    assert document.number is None
    assert recipients == []
