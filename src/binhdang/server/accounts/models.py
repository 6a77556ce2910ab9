"""People and their posts. A person may nothing by themselves: what they may comes from the posts that they hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from binhdang.access import ROLES
from binhdang.access.roles import ADMINISTRATOR
from binhdang.server.agencies.models import Agency, Lasting
from binhdang.server.web.records import Record

LIMITED = sorted(role.code for role in ROLES.values() if role.limited)


class People(BaseUserManager["Person"]):
    """Finds people; made by `accounts.actions`, not here."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """By the name they sign in with, whatever its case."""
        return self.get(username__iexact=username)


class Person(Record, AbstractBaseUser):
    """Someone who signs in. `password` is Argon2; `is_active` false means locked by an administrator.

    `folded` is the name without tone marks for search, `order` its key in lists: the given name first.
    """

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    folded = models.CharField(max_length=160, editable=False)
    order = models.CharField(max_length=400, editable=False)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    title = models.CharField("chức danh", max_length=120, blank=True)
    is_active = models.BooleanField("đang hoạt động", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = "người dùng"
        indexes = [
            models.Index(fields=["folded"], name="person_by_folded"),
            models.Index(fields=["order"], name="person_by_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=Q(is_active=True) & ~Q(email=""), name="person_email_once_among_active"
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The name for pages and letters."""
        return self.full_name


class Post(Record, Lasting):
    """A role that a person holds at an agency for a time; an administrator's is of the installation, of no agency."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name="người giữ")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="cơ quan"
    )
    role = models.CharField("vai trò", max_length=30, choices=[(r.code, r.title) for r in ROLES.values()])

    if TYPE_CHECKING:
        start: date  # the database refuses a post without a first day

    class Meta:
        verbose_name = "nhiệm vụ"
        indexes = [models.Index(fields=["agency", "role"], name="post_at_agency")]
        constraints = [
            models.CheckConstraint(condition=Q(start__isnull=False), name="post_has_first_day"),
            models.CheckConstraint(condition=Q(end=None) | Q(end__gte=F("start")), name="post_days_in_order"),
            models.CheckConstraint(
                condition=~Q(role__in=LIMITED) | Q(end__isnull=False), name="post_limited_has_last_day"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | Q(role=ADMINISTRATOR.code), name="post_is_at_an_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.agency}" if self.agency else self.get_role_display()


class Invitation(Record):
    """A link that lets a person set their first password, once. Only the token's SHA-256 is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations", verbose_name="người được mời")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("dùng lúc", null=True)

    class Meta:
        verbose_name = "lời mời"
