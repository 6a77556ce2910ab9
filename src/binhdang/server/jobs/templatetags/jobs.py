"""A job told in any page."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext

from binhdang.server.jobs import presenters
from binhdang.server.jobs.models import Job
from binhdang.server.jobs.queries import Sight
from binhdang.server.web.asking import SYSTEM

register = template.Library()


@register.filter
def of_person(names: Mapping[str, str], person: str) -> str:
    """The name of who asked for a job; the installation itself has none."""
    return names.get(person, "") if person != SYSTEM.person else gettext("Hệ thống")


@register.simple_tag
def tell_job(job: Job, then: str = "") -> presenters.Told:
    """The job for somebody who may read what it is about, which the page has made sure of."""
    return presenters.tell(job, Sight(shown=True, content=True, acts=False), then=then)
