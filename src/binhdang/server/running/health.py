"""Whether the installation lives, and whether it can work; and its figures, for who watches it on the same machine."""

from __future__ import annotations

import os
import shutil
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from binhdang.server.audit.models import Batch, Event

_LEAST_ROOM = 200 * 2**20  # bytes free, below which nothing more should be taken in
_LATE = 60  # seconds that an event may wait for its seal


@require_safe
def living(request: HttpRequest) -> HttpResponse:
    """The process answers. Looks at nothing else, so that a slow database is no reason to kill it."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether pages can be served: 200, or 503 with what is missing."""
    faults = _faults()
    return JsonResponse({"ready": not faults, "faults": faults}, status=503 if faults else 200)


def _faults() -> list[str]:
    faults = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            faults.append("migrations")
        elif _age(Event.objects.filter(batch=None).aggregate(oldest=Min("at"))["oldest"]) > _LATE:
            faults.append("keeper")  # nobody seals the events
    except DatabaseError:
        faults.append("database")
    folder = settings.CONFIGURATION.folder
    if not os.access(folder, os.W_OK):
        faults.append("folder")
    elif shutil.disk_usage(folder).free < _LEAST_ROOM:
        faults.append("disk")
    return faults


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in the text form that Prometheus reads. For callers on this machine alone: not through a proxy."""
    if request.META.get("REMOTE_ADDR") not in ("127.0.0.1", "::1") or "HTTP_X_FORWARDED_FOR" in request.META:
        return HttpResponseNotFound()
    waiting = Event.objects.filter(batch=None).aggregate(count=Count("id"), oldest=Min("at"))
    figures = {
        "binhdang_events_unsealed": waiting["count"],
        "binhdang_events_unsealed_age_seconds": _age(waiting["oldest"]),
        "binhdang_audit_batches": Batch.objects.count(),
        "binhdang_disk_free_bytes": shutil.disk_usage(settings.CONFIGURATION.folder).free,
        "binhdang_seal_late": int(_age(waiting["oldest"]) > _LATE),
    }
    lines = [line for name, value in figures.items() for line in (f"# TYPE {name} gauge", f"{name} {value}")]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def _age(moment: datetime | None) -> int:
    return int((timezone.now() - moment).total_seconds()) if moment is not None else 0
