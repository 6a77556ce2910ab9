"""Small papers for tests: a body between a plain letterhead and a signature, read whole."""

from __future__ import annotations

from binhdang.plan import Plan
from binhdang.reading import read
from binhdang.reading.intake import take_in_bytes

HEAD = """ỦY BAN NHÂN DÂN
HUYỆN AN KHÊ

Số: 12/KH-UBND

An Khê, ngày 10 tháng 02 năm 2024

KẾ HOẠCH

Thực hiện công tác bình đẳng giới năm 2024

Căn cứ Luật Bình đẳng giới ngày 29/11/2006, UBND huyện ban hành Kế hoạch như sau:

"""
TAIL = """

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Thị Hoa
"""


def plan_of(body: str) -> Plan:
    """The plan read from a district's paper of 2024 with this body."""
    return read(take_in_bytes((HEAD + body + TAIL).encode(), "ke-hoach.txt"))
