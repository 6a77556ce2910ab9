"""Answers to what went wrong outside the rooms' own pages."""

from __future__ import annotations

import sys

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from binhdang.server.web.answers import Trouble, answer
from binhdang.server.web.disks import has_no_room


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request is not one that a page of ours would send."""
    return answer(
        request,
        Trouble(
            400,
            "request.bad",
            _("Máy chủ không hiểu yêu cầu này"),
            _("Địa chỉ hoặc nội dung gửi lên không đúng dạng, hoặc quá lớn."),
            _("Hãy quay lại trang trước và làm lại từ đó."),
        ),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The person may not; the reason is the one that PermissionDenied was raised with."""
    reason = str(exception.args[0]) if isinstance(exception, PermissionDenied) and exception.args else ""
    return answer(
        request,
        Trouble(
            403,
            "access.denied",
            _("Bạn không có quyền xem trang này hoặc làm việc này"),
            reason or _("Nhiệm vụ của bạn không gồm việc này."),
            _("Nếu bạn cần làm việc này, hãy liên hệ người quản trị của cơ quan bạn."),
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or the person may not know of it."""
    return answer(
        request,
        Trouble(
            404,
            "page.not-found",
            _("Không tìm thấy trang này"),
            _("Địa chỉ có thể đã gõ nhầm, hoặc mục này đã chuyển đi nơi khác."),
            _("Hãy kiểm tra lại địa chỉ, hoặc tìm mục này từ trang đầu."),
        ),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of the software, or a disk that is full; the page is made without the database."""
    if has_no_room(sys.exc_info()[1]):
        return answer(
            request,
            Trouble(
                507,
                "server.no-room",
                _("Máy chủ hết chỗ trống"),
                _("Đĩa của máy chủ đã đầy nên việc vừa làm chưa được lưu; những gì đã lưu trước đó vẫn còn nguyên."),
                _("Hãy báo người quản trị dọn đĩa, rồi quay lại trang trước và làm lại."),
            ),
        )
    return answer(
        request,
        Trouble(
            500,
            "server.fault",
            _("Phần mềm vừa gặp trục trặc"),
            _(
                "Lỗi ở phía máy chủ, không phải do bạn. Việc vừa làm chưa được lưu; những gì đã lưu trước đó vẫn còn nguyên."
            ),
            _(
                "Hãy quay lại trang trước và thử lại sau ít phút. Nếu vẫn vậy, hãy báo người quản trị: đang làm gì, lúc mấy giờ."
            ),
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was older than the session: what was typed is still in the browser."""
    return answer(
        request,
        Trouble(
            403,
            "form.expired",
            _("Trang này đã mở quá lâu nên chưa gửi được"),
            _("Phiên làm việc đã đổi từ lúc bạn mở trang, nên máy chủ chưa nhận nội dung vừa gửi."),
            _("Hãy bấm nút Quay lại của trình duyệt, chép lại nội dung đã nhập, tải lại trang rồi gửi lần nữa."),
        ),
    )
