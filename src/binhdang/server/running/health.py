"""Whether the installation lives, and whether it can work; and its figures, for who watches it on the same machine."""

from __future__ import annotations

import os
import shutil
import time
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from binhdang.server.audit.models import Batch, Event
from binhdang.server.jobs import queries as jobs
from binhdang.server.notices.models import Letter
from binhdang.server.web import counts
from binhdang.server.web.watching import BUCKETS

_LEAST_ROOM = 200 * 2**20  # bytes free, below which nothing more should be taken in
_LATE = 60  # seconds that an event may wait for its seal


@require_safe
def living(request: HttpRequest) -> HttpResponse:
    """The process answers. Looks at nothing else, so that a slow database is no reason to kill it."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


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
        elif jobs.nobody_works():
            faults.append("worker")  # nobody does the jobs
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
    lines: list[str] = []
    for name, value in (_gauges() | _database()).items():
        kind = f"# TYPE {name.partition('{')[0]} gauge"
        lines += [f"{name} {value:.15g}"] if kind in lines else [kind, f"{name} {value:.15g}"]
    lines += _counted(counts.totals())
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _gauges() -> dict[str, float]:
    return {"binhdang_disk_free_bytes": shutil.disk_usage(settings.CONFIGURATION.folder).free}


def _database() -> dict[str, float]:
    """How the database does and what waits in it; only that it does not answer, where it does not."""
    began = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        seconds = time.perf_counter() - began
        waiting = Event.objects.filter(batch=None).aggregate(count=Count("id"), oldest=Min("at"))
        letters = Letter.objects.filter(state=Letter.State.WAITING).aggregate(count=Count("id"), oldest=Min("made_at"))
        return {
            "binhdang_database_up": 1,
            "binhdang_database_seconds": seconds,
            "binhdang_database_bytes": _size(),
            "binhdang_events_unsealed": waiting["count"],
            "binhdang_events_unsealed_age_seconds": _age(waiting["oldest"]),
            "binhdang_audit_batches": Batch.objects.count(),
            "binhdang_seal_late": int(_age(waiting["oldest"]) > _LATE),
            "binhdang_letters_waiting": letters["count"],
            "binhdang_letters_waiting_age_seconds": _age(letters["oldest"]),
            "binhdang_workers": jobs.workers_count(),
        } | {f'binhdang_jobs{{status="{status}"}}': count for status, count in jobs.counts().items()}
    except DatabaseError:
        return {"binhdang_database_up": 0}


def _size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _counted(totals: dict[str, float]) -> list[str]:
    """Counters and histograms; the buckets, which hold what fell between two bounds, become those up to each bound."""
    lines, told = [], set()
    for name, value in sorted(_cumulated(totals).items()):
        family, kind = name.partition("{")[0], "counter"
        if family.endswith(("_bucket", "_sum", "_count")):
            family, kind = family.rpartition("_")[0], "histogram"
        if family not in told:
            told.add(family)
            lines.append(f"# TYPE {family} {kind}")
        lines.append(f"{name} {value:.15g}")
    return lines


def _cumulated(totals: dict[str, float]) -> dict[str, float]:
    """The same with each bucket holding those below it too, and how many there are."""
    bounds = [f"{most:g}" for most in BUCKETS] + ["+Inf"]
    told = dict(totals)
    for head in {name.rpartition('le="')[0] for name in totals if "_bucket{" in name}:
        below = 0.0
        for bound in bounds:
            name = f'{head}le="{bound}"}}'
            below += totals.get(name, 0)
            told[name] = below
        told[head.replace("_bucket{", "_count{").rstrip(",") + "}"] = below
    return told


def _age(moment: datetime | None) -> int:
    return int((timezone.now() - moment).total_seconds()) if moment is not None else 0
