"""The log tells what happened, to whom by an id, and never a name, an address of somebody, or a word of a request."""

from __future__ import annotations

import ast
import io
import json
import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from accounts_builders import PASSWORD, Province, province, signed_in
from django.core.mail import EmailMessage
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.urls import reverse

import binhdang.server
from binhdang.server.accounts.actions.invitations import invite
from binhdang.server.accounts.actions.people import change_password
from binhdang.server.accounts.models import Person
from binhdang.server.running.keeper import Chore, keep
from binhdang.server.running.story import Visitor
from binhdang.server.web.logs import JsonLine, TextLine
from binhdang.server.web.mail import CountedBackend
from installations import installation

ROOMS = Path(binhdang.server.__file__).parent
NAME, EMAIL, PHONE = "Hồ Thị Kín Đáo", "kin.dao@tinh.gov.vn", "0987654321"
WORDS, LOGIN, PATH = "bạo hành gia đình", "kindao", "trang-rieng-cua-chi"
SECRETS = (NAME, EMAIL, PHONE, WORDS, LOGIN, PATH, "kin.dao", "Kín", "bạo")
FIELDS = {"time", "level", "logger", "message"}


def leaks(text: str) -> list[str]:
    """Of the secrets those that stand in the text, also as addresses and JSON write them."""
    forms = {s: {s, quote(s), quote_plus(s), json.dumps(s)[1:-1], repr(s)[1:-1], s.upper()} for s in SECRETS}
    return [secret for secret, written in forms.items() if any(form in text for form in written)]


@pytest.fixture(params=[JsonLine, TextLine])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """All that the log says, in each of its forms, at the levels that are set."""
    words = io.StringIO()
    handler = logging.StreamHandler(words)
    handler.setFormatter(request.param())
    logging.getLogger().addHandler(handler)
    yield words
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def here(db: None) -> Province:
    made = province()
    made.people["lead"] = change_password(by=made.by("lead"), person=made.people["lead"], password=PASSWORD)
    return made


def error(words: str, kind: type[Exception]) -> Exception:
    return kind(f"Key (username)=({words}) already exists for {EMAIL}")


def test_a_day_of_work_and_of_trouble_leaves_no_personal_word(
    here: Province, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    Client().post("/tai-khoan/login/", {"login": LOGIN, "password": WORDS})
    Client().post("/tai-khoan/login/", {"login": "lead", "password": PASSWORD})
    Client(enforce_csrf_checks=True).post("/tai-khoan/login/", {"login": LOGIN})
    Client().get("/", HTTP_HOST=f"{PATH}.example.vn")
    Client().get(f"/{PATH}/{quote(NAME)}/")
    Client().get("/nguoi-dung/loi-moi/" + invite(by=here.by("admin"), person=here.people["officer"]) + "/")
    Client().generic(LOGIN.upper(), "/")
    admin = signed_in(here.people["admin"])
    admin.get("/nguoi-dung/", {"tim": NAME})
    admin.get("/don-vi/tim/", {"tim": WORDS})
    sent = {"full_name": NAME, "username": LOGIN, "email": EMAIL, "phone": PHONE}
    assert admin.post("/nguoi-dung/them/", sent).status_code == 302
    assert admin.post("/nguoi-dung/them/", sent).status_code in (200, 422)  # taken already
    admin.get(reverse("accounts:person", args=[Person.objects.get(username=LOGIN).pk]))
    admin.raise_request_exception = False
    for kind in (ValueError, IntegrityError, KeyError):
        monkeypatch.setattr(
            "binhdang.server.home.views.render", lambda *a, k=kind, **b: (_ for _ in ()).throw(error(LOGIN, k))
        )
        assert admin.get("/").status_code == 500

    monkeypatch.setattr("binhdang.server.running.keeper.close_old_connections", lambda: None)

    def chore() -> None:
        raise error(NAME, ValueError)

    keep([Chore(0, chore)], rounds=1, tick=0)
    logging.getLogger("a.library").warning("%s has asked for %s", NAME, WORDS)
    logging.getLogger("a.library").warning(f"{NAME} has asked for {WORDS}")

    said = log.getvalue()
    assert leaks(said) == []
    assert PASSWORD not in said
    for told in (
        "nguoi-dung/<uuid:pk>/",
        str(here.people["admin"].pk),
        "IntegrityError",
        "home/",
        "a.library",
        "keeper.py",
    ):
        assert told in said  # it is not silence that keeps the secrets


def test_a_line_tells_what_is_needed_to_follow_a_request(here: Province, settings: object) -> None:
    words = io.StringIO()
    handler = logging.StreamHandler(words)
    handler.setFormatter(JsonLine())
    logger = logging.getLogger("binhdang.request")
    logger.addHandler(handler)
    try:
        lead = here.people["lead"]
        answer = signed_in(lead).get(f"/nguoi-dung/{lead.pk}/?tim=x")
        signed_in(lead).get("/healthz")
    finally:
        logger.removeHandler(handler)
    (line,) = map(json.loads, words.getvalue().splitlines())  # who only watches leaves none
    assert line.pop("ms") > 0
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "binhdang.request",
        "message": "request",
        "id": answer["X-Request-ID"],
        "method": "GET",
        "view": "accounts:person",
        "route": "nguoi-dung/<uuid:pk>/",
        "status": 200,
        "person": str(lead.pk),
    }


def test_the_page_of_a_fault_names_the_line_in_the_log(here: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(here.people["lead"])
    client.raise_request_exception = False
    monkeypatch.setattr("binhdang.server.home.views.render", lambda *a, **b: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (OperationalError("disk I/O error"), "OperationalError: disk I/O error"),
        (OSError(28, "No space left on device", f"/{PATH}"), "OSError: No space left on device"),
        (ValueError(NAME), "ValueError\n"),
    ],
)
def test_of_an_error_the_system_s_own_words_are_kept(log: io.StringIO, raised: Exception, said: str) -> None:
    logging.getLogger("binhdang.test").error("it failed", exc_info=raised)
    assert said in log.getvalue().replace('", "at"', "\n").replace("\\n", "\n")
    assert leaks(log.getvalue()) == []


def test_a_letter_that_is_not_taken_is_counted_and_not_quoted(log: io.StringIO, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(OSError):
        CountedBackend(host="127.0.0.1", port=port).send_messages([EmailMessage(NAME, WORDS, EMAIL, [EMAIL])])
    assert "letters were not taken" in log.getvalue()
    assert leaks(log.getvalue()) == []


def test_our_own_log_lines_are_fixed_sentences() -> None:
    """With values in `extra` at most, so that whoever reads the code sees all that a log can hold."""
    calls = [
        (path.relative_to(ROOMS), call)
        for path in ROOMS.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("log", "logger", "logging")
        and call.func.attr in ("debug", "info", "warning", "error", "exception", "critical", "log")
    ]
    assert len(calls) > 3
    for path, call in calls:
        words = call.args[1:] if call.func.attr == "log" else call.args  # type: ignore[attr-defined]
        assert [type(word) for word in words] == [ast.Constant], f"{path}:{call.lineno}"


def test_the_server_itself_logs_json_alone_and_counts_over_its_processes(tmp_path: Path) -> None:
    out = tmp_path / "said"
    with installation(tmp_path / "data", log="json") as place:
        place.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
        place.python(
            "from accounts_builders import *\nfrom binhdang.server.accounts.actions.people import change_password\n"
            "here = province(); change_password(by=here.by('admin'), person=here.people['admin'], password=PASSWORD)"
        )
        with place.served("--workers", "2", out=out) as address:
            forms = [socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) for _ in range(40)]
            for form in forms:  # that are never finished hold nobody up
                form.sendall(b"POST /tai-khoan/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 90\r\n\r\nlogin=")
            admin = Visitor(address)
            admin.send("/tai-khoan/login/", login="admin", password=PASSWORD)
            for _ in range(20):
                assert admin.get("/don-vi/tim/?tim=" + quote(WORDS)).status == 200
            admin.send("/nguoi-dung/them/", full_name=NAME, username=LOGIN, email=EMAIL)
            assert admin.get("/nguoi-dung/?tim=" + quote(NAME)).text.count(NAME) > 0
            figures = admin.get("/metrics").text
            for form in forms:
                form.close()
    assert 'binhdang_requests_total{view="agencies:unit-search",status="2xx"} 20\n' in figures
    assert "binhdang_database_up 1\n" in figures
    words = out.read_text("utf-8")
    lines = [json.loads(line) for line in words.splitlines() if not line.startswith(("binhdang: http", "Chưa có"))]
    assert len(lines) > 20 and all(set(line) > FIELDS or set(line) == FIELDS for line in lines)
    assert leaks(words) == []
