"""The roles that a post may give, each a plain table: what it permits, to agencies that stand how to a thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What is asked for. The value is stable: it is written into audit events and tokens."""

    RUN_SYSTEM = "system.run"
    """Settings, jobs, backup, health; not what people wrote."""
    MANAGE_ACCOUNTS = "accounts.manage"
    """Make, lock and open accounts, reset sign-in."""
    APPOINT = "posts.appoint"
    """Give a post at an agency and end it."""
    EDIT_MAP = "map.edit"
    """Units and agencies: names, mergers, splits, who reports to whom."""
    READ_AUDIT = "audit.read"
    READ = "thing.read"
    WRITE = "thing.write"
    APPROVE = "thing.approve"
    """Sign off, confirm, let out. Never one's own work."""
    RECEIVE = "thing.receive"
    """Accept what was sent, or return it with a reason; add it up."""
    WRITE_MONEY = "money.write"
    ANALYSE = "figures.analyse"
    """Figures in bulk, without names of people."""


class Standing(StrEnum):
    """How an agency stands to a thing."""

    OWNER = "owner"
    """It is the agency's own."""
    RUNS = "runs"
    """The agency runs the plan that the thing belongs to."""
    LEADS = "leads"
    PARTNERS = "partners"
    REQUESTED = "requested"
    RECIPIENT = "recipient"
    """It is named among those who get the paper or the report: it reads."""
    VIA = "via"
    """The report is sent through it; without such an agency the recipient stands here too: it accepts and returns."""
    ABOVE = "above"
    """The owner reports to it on the programme's line, directly or through others."""
    PUBLISHED = "published"
    """The lead has published the thing to this agency."""


ANYWHERE: frozenset[Standing] = frozenset()
"""Granted whatever the agency's standing, and where there is no thing: for what concerns the installation."""

_TAKES_PART = frozenset({Standing.OWNER, Standing.LEADS, Standing.PARTNERS, Standing.REQUESTED})
_SEES = frozenset(Standing)
_LINE = frozenset({Standing.OWNER, Standing.ABOVE})


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its stable code, its name and a description in Vietnamese for who appoints, and what it grants.

    `limited` roles are given only with a last day.
    """

    code: str
    title: str
    description: str
    grants: Mapping[Permission, frozenset[Standing]]
    limited: bool = False


ADMINISTRATOR = Role(
    "administrator",
    "Quản trị hệ thống",
    "Vận hành phần mềm, mở và khóa tài khoản, giữ danh mục đơn vị và cơ quan. Không vì thế mà đọc được nội dung công việc.",
    {
        Permission.RUN_SYSTEM: ANYWHERE,
        Permission.MANAGE_ACCOUNTS: ANYWHERE,
        Permission.EDIT_MAP: ANYWHERE,
    },
)
PROGRAMME_LEAD = Role(
    "programme_lead",
    "Đầu mối chương trình",
    "Chuyên viên của cơ quan chủ trì chương trình: đọc văn bản, giao việc, đôn đốc, nhận và tổng hợp báo cáo của tuyến dưới.",
    {
        Permission.READ: _SEES,
        Permission.WRITE: _TAKES_PART | {Standing.RUNS},
        Permission.APPROVE: frozenset({Standing.RUNS}),
        Permission.RECEIVE: frozenset({Standing.VIA}),
        Permission.APPOINT: _LINE,
        Permission.READ_AUDIT: _LINE,
        Permission.ANALYSE: _LINE | {Standing.PUBLISHED},
    },
)
AGENCY_OFFICER = Role(
    "agency_officer",
    "Chuyên viên",
    "Làm việc được giao cho cơ quan mình, ghi tiến độ và minh chứng, lập báo cáo, nhận báo cáo gửi qua cơ quan mình.",
    {
        Permission.READ: _SEES,
        Permission.WRITE: _TAKES_PART,
        Permission.RECEIVE: frozenset({Standing.VIA}),
    },
)
AGENCY_LEADER = Role(
    "agency_leader",
    "Lãnh đạo cơ quan",
    "Duyệt báo cáo và kết quả của cơ quan mình trước khi gửi đi; cử người phụ trách.",
    {
        Permission.READ: _SEES,
        Permission.APPROVE: _TAKES_PART | {Standing.RUNS},
        Permission.APPOINT: frozenset({Standing.OWNER}),
    },
)
FINANCE_OFFICER = Role(
    "finance_officer",
    "Cán bộ tài chính",
    "Nhập và đối chiếu kinh phí của cơ quan mình: dự toán, phân bổ, quyết toán.",
    {
        Permission.READ: _SEES,
        Permission.WRITE_MONEY: frozenset({Standing.OWNER, Standing.RUNS}),
    },
)
INSPECTOR = Role(
    "inspector",
    "Người kiểm tra",
    "Đọc công việc, báo cáo và nhật ký của cơ quan được kiểm tra và tuyến dưới trong thời hạn của đợt kiểm tra; không sửa gì.",
    {
        Permission.READ: _LINE | {Standing.PUBLISHED},
        Permission.READ_AUDIT: _LINE,
    },
    limited=True,
)
ANALYST = Role(
    "analyst",
    "Người phân tích số liệu",
    "Đọc số liệu của cơ quan mình và tuyến dưới để phân tích; không thấy tên người, không sửa gì.",
    {
        Permission.ANALYSE: _LINE | {Standing.PUBLISHED},
    },
)
COMMUNE_OFFICER = Role(
    "commune_officer",
    "Công chức cấp xã",
    "Làm việc được giao cho xã, phường, đặc khu; ghi tiến độ, lập báo cáo gửi cấp trên.",
    {
        Permission.READ: _SEES,
        Permission.WRITE: _TAKES_PART,
    },
)

ROLES: Mapping[str, Role] = {
    role.code: role
    for role in (
        ADMINISTRATOR,
        PROGRAMME_LEAD,
        AGENCY_OFFICER,
        AGENCY_LEADER,
        FINANCE_OFFICER,
        INSPECTOR,
        ANALYST,
        COMMUNE_OFFICER,
    )
}
"""All roles by their codes."""
