"""Wording: the states of people and posts, and what each act is called."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from binhdang.access import ROLES, Permission
from binhdang.server.accounts.models import Person, Post

STATES = {"active": "Đang hoạt động", "locked": "Đã khóa", "idle": "Chưa giữ nhiệm vụ", "new": "Chưa đăng nhập lần nào"}
"""What the list of people can be filtered by."""

PERMISSIONS = {
    Permission.RUN_SYSTEM: "Vận hành hệ thống: thiết đặt, sao lưu, theo dõi máy chủ",
    Permission.MANAGE_ACCOUNTS: "Mở, khóa tài khoản và cấp lại cách đăng nhập",
    Permission.APPOINT: "Cử người giữ nhiệm vụ và kết thúc nhiệm vụ",
    Permission.EDIT_MAP: "Sửa danh mục đơn vị, cơ quan và tuyến báo cáo",
    Permission.READ_AUDIT: "Đọc nhật ký của cơ quan và tuyến dưới",
    Permission.READ: "Đọc công việc có liên quan đến cơ quan",
    Permission.WRITE: "Ghi tiến độ, minh chứng và lập báo cáo",
    Permission.APPROVE: "Duyệt việc do người khác làm",
    Permission.RECEIVE: "Nhận, trả lại và tổng hợp báo cáo gửi qua cơ quan",
    Permission.WRITE_MONEY: "Nhập kinh phí",
    Permission.ANALYSE: "Phân tích số liệu, không thấy tên người",
}
"""What each permission lets people do."""

VERBS = {
    "agencies.import": "nhập cơ quan từ Excel",
    "agency.add": "thêm cơ quan",
    "agency.close": "cho cơ quan ngừng hoạt động",
    "agency.reopen": "bỏ việc kết thúc cơ quan",
    "agency.correct": "sửa thông tin cơ quan",
    "agency.end": "kết thúc cơ quan",
    "agency.line_moved": "chuyển tuyến báo cáo theo cơ quan mới",
    "agency.report_to": "đặt tuyến báo cáo",
    "agency.stop_reporting": "ngừng tuyến báo cáo",
    "change.plan": "ghi thay đổi địa giới, tổ chức",
    "change.take_effect": "thực hiện thay đổi địa giới, tổ chức",
    "change.withdraw": "rút thay đổi địa giới, tổ chức",
    "file.keep": "lưu tệp",
    "installation.found": "khởi đầu hệ thống",
    "invitation.accept": "đặt mật khẩu bằng liên kết mời",
    "invitation.make": "tạo liên kết mời",
    "notices.choose": "chọn cách nhận thông báo",
    "notices.digest": "soạn bản tin buổi sáng",
    "notices.forget": "bỏ thông báo cũ",
    "notices.move": "chuyển thông báo theo cơ quan mới",
    "job.cancel": "dừng việc chạy nền",
    "job.end": "kết thúc việc chạy nền",
    "job.forget": "dọn việc chạy nền đã cũ",
    "job.retry": "làm lại việc chạy nền",
    "job.start": "yêu cầu việc chạy nền",
    "people.add_from_file": "thêm người từ tệp Excel",
    "paper.add": "đưa văn bản vào",
    "paper.fail": "không đọc được văn bản",
    "paper.read": "đọc xong văn bản",
    "paper.read_again": "yêu cầu đọc lại văn bản",
    "person.add": "thêm người",
    "person.change_password": "đổi mật khẩu",
    "person.change_profile": "sửa thông tin liên hệ của mình",
    "person.correct": "sửa thông tin người",
    "person.lock": "khóa tài khoản",
    "person.reset_sign_in": "cấp lại mật khẩu",
    "person.unlock": "mở khóa tài khoản",
    "plan.close": "kết thúc kế hoạch",
    "plan.guide": "gắn văn bản hướng dẫn",
    "plan.issue": "giao việc theo kế hoạch",
    "plan.link": "nối kế hoạch",
    "plan.reopen": "mở lại kế hoạch",
    "plan.unlink": "bỏ liên hệ giữa kế hoạch",
    "post.appoint": "cử giữ nhiệm vụ",
    "post.end": "kết thúc nhiệm vụ",
    "post.move": "chuyển nhiệm vụ theo cơ quan mới",
    "review.edit": "sửa khi rà soát",
    "review.finish": "rà soát xong",
    "review.redo": "làm lại lần sửa khi rà soát",
    "review.reopen": "mở lại rà soát",
    "review.undo": "hoàn tác khi rà soát",
    "unit.end": "kết thúc đơn vị hành chính",
    "units.load": "nạp danh mục đơn vị hành chính",
    "upload.begin": "bắt đầu gửi tệp",
    "upload.forget": "bỏ tệp gửi dở",
}
"""What each act of any room is called in the journal."""

_FIELDS = {
    "administrator": "người quản trị",
    "agency": "cơ quan",
    "count": "số người",
    "email": "thư điện tử",
    "end": "ngày cuối cùng",
    "expires_at": "hết hạn lúc",
    "full_name": "họ và tên",
    "handed": "đã bàn giao",
    "is_active": "đang hoạt động",
    "letters": "số thư",
    "must_change_password": "phải đổi mật khẩu",
    "next_holder": "người nhận bàn giao",
    "notices": "số thông báo",
    "person": "người",
    "phone": "điện thoại",
    "role": "vai trò",
    "second_factors": "lớp xác minh thứ hai",
    "start": "từ ngày",
    "title": "chức danh",
    "username": "tên đăng nhập",
    "voided": "liên kết cũ bị hủy",
}


def verb_title(verb: str) -> str:
    """What an act is called."""
    return VERBS.get(verb, verb)


def field_title(name: str) -> str:
    """What a field of an event is called."""
    return _FIELDS.get(name, name)


def value_text(name: str, value: object) -> str:
    """A value of an event's field as people read it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "có" if value else "không"
    if name == "role" and isinstance(value, str) and value in ROLES:
        return ROLES[value].title
    if isinstance(value, dict):
        return ", ".join(f"{count} {what}" for what, count in value.items())
    try:
        told = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{timezone.localtime(told):%H:%M %d/%m/%Y}" if told.tzinfo else f"{told:%d/%m/%Y}"


def state_of(person: Person) -> tuple[str, str]:
    """A person's state, as a badge's kind and words."""
    if not person.is_active:
        return "error", "Đã khóa"
    if person.last_login is None:
        return "attention", "Chưa đăng nhập"
    if person.must_change_password:
        return "attention", "Phải đổi mật khẩu"
    return "done", "Đang hoạt động"


def days_of(post: Post, today: date) -> str:
    """Since when and until when a post is held."""
    begins = f"từ {post.start:%d/%m/%Y}" + (" (chưa bắt đầu)" if post.start > today else "")
    return f"{begins} đến {post.end:%d/%m/%Y}" if post.end else begins


def granted(role: str) -> list[str]:
    """What a role lets people do, a line each."""
    return [PERMISSIONS[permission] for permission in ROLES[role].grants]
