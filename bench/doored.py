"""The server with one more door, for measuring files: whoever is signed in keeps one and takes one, by the house's own acts.

python bench/doored.py --port N     as `binhdang serve` does, with its keeper
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binhdang.server.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseBase  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

from binhdang.server.configuration import prepare  # noqa: E402
from binhdang.server.files.actions import keep  # noqa: E402
from binhdang.server.files.answers import answer  # noqa: E402
from binhdang.server.files.models import Content  # noqa: E402
from binhdang.server.rsgi import application  # noqa: E402
from binhdang.server.running.management.commands.web import web_server  # noqa: E402
from binhdang.server.urls import handler400, handler403, handler404, handler500  # noqa: E402

__all__ = ["application", "handler400", "handler403", "handler404", "handler500"]

settings.ROOT_URLCONF = "doored"


@csrf_exempt
def bring(request: HttpRequest) -> HttpResponse:
    """Keeps the body; answers its digest once it is kept."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    kept = keep(by=request.by, parts=iter(lambda: request.read(2**16), b""), name="tep.pdf")  # type: ignore[attr-defined]
    return HttpResponse(kept.digest)


def take(request: HttpRequest, digest: str) -> HttpResponseBase:
    """The file."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    return answer(request, Content.objects.get(pk=digest), "tep.pdf")


urlpatterns = [
    path("do/tep/", bring, name="bring"),
    path("do/tep/<str:digest>/", take, name="take"),
    path("", include("binhdang.server.urls")),
]

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    prepare(settings.CONFIGURATION)
    (settings.CONFIGURATION.folder / "run").mkdir(exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    keeper = subprocess.Popen([sys.executable, "-m", "django", "keep"])
    try:
        web_server("doored:application", address="127.0.0.1", port=int(sys.argv[-1]), workers=2).serve()
    finally:
        keeper.terminate()
