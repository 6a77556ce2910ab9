"""When an item is to be done: time expressions, and which words of an item time the whole of it."""

from datetime import date
from time import process_time

import pytest

from binhdang.paper import Span
from binhdang.reading.stages.dues import Found, find_time, make_due
from binhdang.reading.stages.item_times import heading_time, own_time
from binhdang.vietnamese.text import lower, plain

YEAR = 2024


def on(day: int, month: int, year: int = YEAR) -> date:
    return date(year, month, day)


def meaning(found: Found | None) -> tuple[object, ...] | None:
    """("by", day), ("before", day), ("window", first, last) or the type alone."""
    if found is None:
        return None
    if found.type == "by":
        return ("before" if found.before else "by", found.day)
    if found.type == "window":
        return ("window", found.first, found.last)
    return (found.type,)


def time_of(words: str) -> tuple[object, ...] | None:
    """What the words of a "Thời gian:" line mean in a plan of 2024."""
    return meaning(find_time(lower(plain(words)), YEAR, years=True))


def own(words: str) -> tuple[object, ...] | None:
    return meaning(own_time(lower(plain(words)), YEAR))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # A day.
        ("ngày 15/3/2024", ("by", on(15, 3))),
        ("15/3/2024", ("by", on(15, 3))),
        ("ngày 15/3", ("by", on(15, 3))),  # the plan's year
        ("ngày 15 tháng 3", ("by", on(15, 3))),
        ("ngày 15 tháng 3 năm 2025", ("by", on(15, 3, 2025))),
        ("ngày 15.3.2024", ("by", on(15, 3))),
        ("trước ngày 15/3", ("before", on(15, 3))),
        ("xong trước ngày 15/3/2024", ("before", on(15, 3))),
        ("chậm nhất ngày 15/3/2024", ("by", on(15, 3))),
        ("chậm nhất là ngày 15/3/2024", ("by", on(15, 3))),
        ("chậm nhất trước ngày 15/3/2024", ("before", on(15, 3))),
        ("muộn nhất vào ngày 15/3/2024", ("by", on(15, 3))),
        ("đến hết ngày 31/12/2024", ("by", on(31, 12))),
        ("không muộn hơn ngày 15/3/2024", ("by", on(15, 3))),
        ("trước 17 giờ ngày 20/5/2024", ("before", on(20, 5))),
        ("từ quý III/2023 đến hết năm 2024", ("window", on(1, 7, 2023), on(31, 12))),
        ("từ tháng 7/2023 đến năm 2024", ("window", on(1, 7, 2023), on(31, 12))),
        # A month or a quarter ends on its last day.
        ("trong tháng 3", ("by", on(31, 3))),
        ("trong tháng 02/2024", ("by", on(29, 2))),  # a leap year
        ("tháng 4 năm 2025", ("by", on(30, 4, 2025))),
        ("cuối tháng 6", ("by", on(30, 6))),
        ("trước tháng 6/2024", ("before", on(1, 6))),  # before it begins
        ("Quý I", ("by", on(31, 3))),
        ("quý II/2024", ("by", on(30, 6))),
        ("trong Quý III năm 2025", ("by", on(30, 9, 2025))),
        ("Quý 4", ("by", on(31, 12))),
        ("trước quý IV", ("before", on(1, 10))),
        ("6 tháng đầu năm", ("by", on(30, 6))),
        ("trong 06 tháng đầu năm 2024", ("by", on(30, 6))),
        ("sáu tháng cuối năm", ("by", on(31, 12))),
        ("9 tháng đầu năm", ("by", on(30, 9))),
        ("trong năm 2024", ("by", on(31, 12))),
        ("đến năm 2025", ("by", on(31, 12, 2025))),
        ("đến hết năm 2024", ("by", on(31, 12))),
        ("cuối năm", ("by", on(31, 12))),
        ("trước năm 2025", ("before", on(1, 1, 2025))),
        ("hoàn thành trong năm", ("by", on(31, 12))),
        ("Quí II", ("by", on(30, 6))),  # spelled with "í"
        # A stretch of time.
        ("tháng 3 và tháng 10/2024", ("window", on(1, 3), on(31, 10))),
        ("tháng 3/2024 và tháng 10/2024", ("window", on(1, 3), on(31, 10))),
        ("Quý II hoặc Quý III", ("window", on(1, 4), on(30, 9))),
        ("từ ngày 15/11 đến ngày 15/12/2024", ("window", on(15, 11), on(15, 12))),
        ("15/11/2024 - 15/12/2024", ("window", on(15, 11), on(15, 12))),
        ("từ 15/11 đến hết 15/12", ("window", on(15, 11), on(15, 12))),
        ("từ ngày 10 đến ngày 15/10/2024", ("window", on(10, 10), on(15, 10))),  # the month is said once
        ("từ tháng 3 đến tháng 5", ("window", on(1, 3), on(31, 5))),
        ("tháng 3-5/2024", ("window", on(1, 3), on(31, 5))),
        ("từ tháng 11/2024 đến tháng 2/2025", ("window", on(1, 11), on(28, 2, 2025))),
        ("tháng 3, 4 và tháng 5", ("window", on(1, 3), on(31, 5))),
        ("Quý I-IV", ("window", on(1, 1), on(31, 12))),
        ("quý II - quý III/2024", ("window", on(1, 4), on(30, 9))),
        ("Quý II và Quý III", ("window", on(1, 4), on(30, 9))),
        ("từ quý I đến hết quý III năm 2024", ("window", on(1, 1), on(30, 9))),
        ("giai đoạn 2021-2025", ("window", on(1, 1, 2021), on(31, 12, 2025))),
        ("từ năm 2021 đến năm 2025", ("window", on(1, 1, 2021), on(31, 12, 2025))),
        ("các năm 2022, 2023 và 2024", ("window", on(1, 1, 2022), on(31, 12, 2024))),
        ("năm 2024", ("window", on(1, 1), on(31, 12))),
        ("cả năm", ("window", on(1, 1), on(31, 12))),
        ("trong năm", ("window", on(1, 1), on(31, 12))),
        # Again and again, all the time, when told.
        ("hằng năm", ("periodic",)),
        ("Hàng năm", ("periodic",)),
        ("hằng quý", ("periodic",)),
        ("định kỳ 6 tháng", ("periodic",)),
        ("mỗi quý", ("periodic",)),
        ("2 lần/năm", ("periodic",)),
        ("tháng 11 hằng năm", ("periodic",)),
        ("trước ngày 15/11 hằng năm", ("periodic",)),
        ("6 tháng, hằng năm", ("periodic",)),
        ("Hằng năm, giai đoạn 2021-2025", ("periodic",)),
        ("6 tháng một lần", ("periodic",)),
        ("hai lần một năm", ("periodic",)),
        ("Hằng năm (từ 15/11 đến 15/12)", ("periodic",)),  # the days are a peak
        ("Thường xuyên", ("ongoing",)),
        ("thường xuyên trong năm", ("ongoing",)),
        ("liên tục", ("ongoing",)),
        ("xuyên suốt giai đoạn", ("ongoing",)),
        ("theo hướng dẫn của cấp trên", ("as_directed",)),
        ("theo yêu cầu của Ủy ban nhân dân tỉnh", ("as_directed",)),
        ("khi có văn bản hướng dẫn", ("as_directed",)),
        ("theo kế hoạch của Bộ Nội vụ", ("as_directed",)),
        ("ngay sau khi Kế hoạch được ban hành", ("as_directed",)),
        # None of these is a time.
        ("31/02/2024", None),
        ("tháng 13", None),
        ("xã Tân Việt", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_time_expression(words: str, expected: tuple[object, ...] | None) -> None:
    assert time_of(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # The opening words.
        ("Hằng năm, tổ chức tập huấn.", ("periodic",)),
        ("Thường xuyên cập nhật số liệu.", ("ongoing",)),
        ("Trong tháng 3, tổ chức tọa đàm.", ("by", on(31, 3))),
        ("Trước ngày 15/6, hoàn thành khảo sát.", ("before", on(15, 6))),
        ("Từ ngày 15/11 đến ngày 15/12, treo băng rôn.", ("window", on(15, 11), on(15, 12))),
        ("Định kỳ 6 tháng tổ chức giao ban.", ("periodic",)),
        ("Quý II: Tổ chức hội thi.", ("by", on(30, 6))),
        ("Đến cuối tháng 6 hoàn thành khảo sát.", ("by", on(30, 6))),
        # The closing words.
        ("Ban hành kế hoạch, hoàn thành trong tháng 3.", ("by", on(31, 3))),
        ("Ban hành kế hoạch trước ngày 20/3/2024.", ("before", on(20, 3))),
        ("Tổng kết công tác vào cuối năm 2025.", ("by", on(31, 12, 2025))),
        ("Phổ biến Luật Bình đẳng giới trong quý II/2024.", ("by", on(30, 6))),
        ("Thứ Năm, ngày 21/11: Tổ chức tọa đàm.", ("by", on(21, 11))),
        ("Tham quan mô hình, dự kiến tháng 9/2024.", ("by", on(30, 9))),
        ("Đưa sản phẩm lên sàn giao dịch; cả năm.", ("window", on(1, 1), on(31, 12))),
        ("Cử người dự tập huấn; thời gian, địa điểm theo thông báo triệu tập của Sở Nội vụ.", ("as_directed",)),
        ("Tổ chức Tháng hành động từ ngày 15/11 đến ngày 15/12 hằng năm.", ("periodic",)),
        ("Trước ngày 20/7 hằng năm, lập dự toán kinh phí.", ("periodic",)),
        ("Phổ biến Luật Bình đẳng giới ngày 29/11/2006.", None),  # the law's own day
        ("Ban hành kế hoạch. Thời gian thực hiện: Quý I.", ("by", on(31, 3))),
        ("Ban hành kế hoạch; thời gian hoàn thành: tháng 4/2024.", ("by", on(30, 4))),
        ("Tổ chức hội thi trong Quý II/2024.", ("by", on(30, 6))),
        ("Tổ chức hội thi vào tháng 10/2024.", ("by", on(31, 10))),
        ("Tổ chức hội thi, chậm nhất là ngày 20/10/2024.", ("by", on(20, 10))),
        ("Tổ chức hội thi từ tháng 9 đến tháng 10.", ("window", on(1, 9), on(31, 10))),
        ("Kiểm tra, đôn đốc, thường xuyên.", ("ongoing",)),
        ("Hoàn thành mô hình trong năm 2024.", ("by", on(31, 12))),
        ("Tổng hợp số liệu. Thời gian: Thường xuyên.", ("ongoing",)),
        ("Mở 02 lớp tập huấn trong các tháng 6, 7/2024.", ("window", on(1, 6), on(31, 7))),
        # The last bracket.
        ("Tổ chức hội thi (trong tháng 10).", ("by", on(31, 10))),
        ("Tổ chức hội thi (Quý IV).", ("by", on(31, 12))),
        ("Tổ chức hội thi (hằng năm).", ("periodic",)),
        ("Tổ chức hội thi (Hội Phụ nữ chủ trì; hoàn thành trong tháng 3).", ("by", on(31, 3))),
        ("Tổ chức hội thi (từ ngày 01/10 đến ngày 20/10).", ("window", on(1, 10), on(20, 10))),
        # Times that are not the item's.
        ("Rà soát báo cáo hằng năm của các ngành.", None),  # what kind of report
        ("Tổng hợp số liệu của các thôn; gửi Sở Nội vụ kết quả trước ngày 10/6 hằng năm.", None),  # when it is sent on
        ("Bố trí kinh phí cho công tác bình đẳng giới theo khả năng cân đối hằng năm.", None),  # of the budget
        ("Lồng ghép vào kế hoạch phát triển kinh tế - xã hội hằng năm của địa phương.", None),
        ("Thực hiện chế độ theo quy định.", None),  # how, not when
        ("Kiểm tra việc thực hiện Quyết định ngày 15/3/2021 của tỉnh.", None),  # the date of a paper
        ("Triển khai Chiến lược (theo Quyết định ban hành ngày 3/3/2021).", None),
        ("Sơ kết giai đoạn 2021-2025 tại các xã.", None),
        ("Tuyên truyền ngày 8/3 và 20/10 trên loa truyền thanh.", None),  # what is celebrated
        ("Xây dựng mô hình tại 3 xã.", None),
    ],
)  # fmt: skip
def test_which_words_time_the_whole_item(words: str, expected: tuple[object, ...] | None) -> None:
    assert own(words) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Giai đoạn 2012-2013", ("window", on(1, 1, 2012), on(31, 12, 2013))),
        ("Giai đoạn 1 (2021 - 2023)", ("window", on(1, 1, 2021), on(31, 12, 2023))),
        ("Năm 2024", ("window", on(1, 1), on(31, 12))),
        ("Quý I", ("by", on(31, 3))),
        ("Tháng 3", ("by", on(31, 3))),
        ("6 tháng đầu năm", ("by", on(30, 6))),
        ("Các hoạt động trong Tháng hành động từ 15/11 đến 15/12", ("window", on(15, 11), on(15, 12))),
        ("Truyền thông (thời gian: Quý II)", ("by", on(30, 6))),
        ("Tập huấn (hoàn thành trong tháng 6)", ("by", on(30, 6))),
        ("Nội dung thực hiện", None),
        ("Mục tiêu đến năm 2025", None),  # what the numbers are for, not when the items are done
        ("Kế hoạch hành động bình đẳng giới giai đoạn 2021-2025", None),  # a title
    ],
)
def test_a_heading_times_the_items_under_it(heading: str, expected: tuple[object, ...] | None) -> None:
    assert meaning(heading_time(lower(plain(heading)), YEAR)) == expected


def test_without_a_year_of_the_plan_a_bare_month_is_no_date() -> None:
    assert find_time("trong tháng 3", 0, years=True) is None


def test_whole_years_are_read_only_where_they_may_be_dues() -> None:
    assert find_time("giai đoạn 2021-2025", YEAR, years=False) is None


def test_where_it_stands() -> None:
    low = "ban hành kế hoạch trước ngày 20/3/2024."
    found = own_time(low, YEAR)
    assert found is not None
    assert low[found.start : found.end] == "trước ngày 20/3/2024"


def test_dates_singled_out_are_peaks() -> None:
    words = "Thường xuyên, trọng tâm các ngày 8/3, 20/10 và 15/11/2024 - 15/12/2024"
    found = find_time(lower(plain(words)), YEAR, years=True)
    # A line that opens with "Thường xuyên" is ongoing, whatever days it singles out.
    assert found is not None
    assert found.type == "ongoing"
    due = make_due(found, words, Span(0, len(words)), YEAR)
    assert [(p.text, p.start, p.end) for p in due.peaks] == [
        ("ngày 8/3", on(8, 3), on(8, 3)),
        ("20/10", on(20, 10), on(20, 10)),
        ("15/11/2024 - 15/12/2024", on(15, 11), on(15, 12)),
    ]


def test_a_window_is_not_its_own_peak() -> None:
    words = "Từ ngày 15/11 đến ngày 15/12/2024"
    found = find_time(lower(plain(words)), YEAR, years=True)
    assert found is not None and found.type == "window"
    assert make_due(found, words, Span(0, len(words)), YEAR).peaks == ()


def test_what_an_item_waits_for_is_kept_as_printed() -> None:
    words = "Theo hướng dẫn của Sở Nội vụ"
    found = find_time(lower(plain(words)), YEAR, years=True)
    assert found is not None
    assert make_due(found, words, Span(0, len(words)), YEAR).waits_for == words


@pytest.mark.parametrize("words", ["tháng 1, " * 20_000, "ngày 1/1 - " * 20_000, "quý i, " * 20_000, "(" * 100_000])
def test_long_hostile_words_take_no_time(words: str) -> None:
    began = process_time()
    own_time(words, YEAR)
    heading_time(words, YEAR)
    assert process_time() - began < 0.5
