"""What the room makes known to others when it is loaded: its jobs, and its things by their names."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binhdang.server.accounts.journal import register_named
from binhdang.server.jobs.kinds import Kind, register
from binhdang.server.papers.actions.adding import READ_JOB
from binhdang.server.papers.models import Paper
from binhdang.server.papers.reading import read

register(Kind(READ_JOB, _("Đọc văn bản"), read))
register_named(Paper)
