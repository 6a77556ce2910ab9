"""The least that Django can do: one query, fifty rows, a template. What the server's pages are measured against."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from granian import Granian
from granian.constants import Interfaces

FOLDER = Path(tempfile.gettempdir()) / "binhdang-bare"
PAGE = "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"

FOLDER.mkdir(exist_ok=True)
if not settings.configured:  # a worker is a copy of this process, and imports the module once more
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "bare.sqlite3"}},
        ROOT_URLCONF=__name__,
        SECRET_KEY="bare",
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    django.setup()


def page(request: HttpRequest) -> HttpResponse:
    """Fifty rows of four cells."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, name, kind, level FROM unit LIMIT 50")
        rows = cursor.fetchall()
    return HttpResponse(engines["django"].from_string(PAGE).render({"rows": rows}))


urlpatterns = [path("", page)]
application = get_wsgi_application()

if __name__ == "__main__":
    with sqlite3.connect(FOLDER / "bare.sqlite3") as fresh:
        fresh.execute("CREATE TABLE IF NOT EXISTS unit (code, name, kind, level)")
        fresh.executemany(
            "INSERT INTO unit VALUES (?, ?, ?, ?)", [(n, f"Xã số {n}", "xã", "commune") for n in range(50)]
        )
    sys.path.insert(0, str(Path(__file__).parent))
    Granian(
        "bare:application",
        port=int(sys.argv[sys.argv.index("--port") + 1]),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=8,
    ).serve()
