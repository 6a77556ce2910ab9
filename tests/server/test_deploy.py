"""The samples for a real server fit the code: settings by their names, bounds that agree, a proxy that works."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

import pytest
import yaml
from django.test import Client

from binhdang.server.configuration import Configuration, from_environment
from binhdang.server.running.management.commands.web import IDLE
from binhdang.server.web.bounds import MOST
from installations import installation

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = {f"BINHDANG_{field.name.upper()}" for field in fields(Configuration)}


def text(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def test_every_setting_is_told_in_the_guide_and_stands_in_the_sample() -> None:
    guide = re.findall(r"^\| `(BINHDANG_\w+)` \|", (ROOT / "docs" / "van-hanh.md").read_text("utf-8"), re.M)
    assert sorted(guide) == sorted(SETTINGS)
    assert sorted(re.findall(r"^#?(BINHDANG_\w+)=", text("binhdang.env"), re.M)) == sorted(SETTINGS)


def test_the_sample_s_settings_are_read() -> None:
    lines = (line.partition("=") for line in text("binhdang.env").splitlines() if line.startswith("BINHDANG_"))
    read = from_environment({name: value for name, _, value in lines})
    assert (read.https, read.proxies, read.log) == (True, 1, "json")
    commented = re.findall(r"^#(BINHDANG_\w+)=(.*)$", text("binhdang.env"), re.M)
    assert from_environment(dict(commented)) == Configuration()  # what is commented out is as it is without


@pytest.mark.parametrize("path", sorted(p for p in DEPLOY.iterdir() if p.is_file()), ids=lambda path: path.name)
def test_no_sample_names_a_setting_that_is_not_there(path: Path) -> None:
    assert set(re.findall(r"BINHDANG_\w+", path.read_text("utf-8"))) <= SETTINGS


def test_the_compose_file_holds_together() -> None:
    told = yaml.safe_load(text("compose.yaml"))
    services = told["services"]
    assert set(services) == {"database", "app", "proxy"}
    for name, service in services.items():
        assert ("image" in service) != ("build" in service), name
        assert service["restart"] == "unless-stopped"
        assert set(service.get("depends_on", {})) <= set(services)
        assert all(need["condition"] == "service_healthy" for need in service.get("depends_on", {}).values())
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in told["volumes"] or source.startswith("$") or (DEPLOY / source).is_file(), volume
    assert "ports" not in services["database"]  # nobody outside reaches it
    app = services["app"]
    assert (DEPLOY / app["build"]["context"] / app["build"]["dockerfile"]).is_file()
    assert app["read_only"] and app["cap_drop"] == ["ALL"]
    asked = set(re.findall(r"\$\{(\w+)", text("compose.yaml")))
    assert asked == set(re.findall(r"^#?(\w+)=", text("compose.env.example"), re.M))
    for service, check in (
        ("database", services["database"].get("healthcheck")),
        ("app", "HEALTHCHECK" in text("Dockerfile")),
    ):
        assert check, service


def test_the_image_runs_as_nobody_special_and_holds_what_bootstrap_asks_for() -> None:
    told = text("Dockerfile")
    assert re.search(r"^USER binhdang$", told, re.M)
    asked = re.findall(
        r"missing\+=\(([\w-]+)\)", (ROOT / "script" / "bootstrap").read_text("utf-8").partition('extra_tests" ]')[0]
    )
    assert set(asked) - set(told.split()) == set()


def test_the_unit_is_shut_off_from_the_rest_of_the_machine() -> None:
    told = dict(re.findall(r"^(\w+)=(.*)$", text("binhdang.service"), re.M))
    for name, value in {
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "RestrictNamespaces": "yes",
        "UMask": "0077",
        "StateDirectoryMode": "0700",
    }.items():
        assert told[name] == value
    assert told["ExecStart"].endswith("/binhdang serve")


def test_the_proxy_s_bounds_agree_with_the_server_s() -> None:
    told = text("nginx.conf")
    assert int(re.findall(r"client_max_body_size (\d+)m;", told)[0]) * 2**20 == MOST
    assert int(re.findall(r"keepalive_timeout (\d+)s; # less", told)[0]) < IDLE  # else it would write into closed lines
    handed_on = text("nginx-proxy.conf")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in handed_on  # nothing of what the caller says of itself


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def behind(nginx: str, tmp_path: Path) -> Iterator[tuple[int, int]]:
    """The server as the samples set it up, behind nginx with the sample's file; the ports for HTTPS and HTTP."""
    plain, secure, app = free_port(), free_port(), 0
    folder = tmp_path / "nginx"
    folder.mkdir()
    pem = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=binhdang.example.vn"]
    subprocess.run(
        [*pem, "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"], check=True, capture_output=True
    )
    settings = {"hosts": "binhdang.example.vn", "https": "yes", "proxies": "1", "secret_key": "k" * 40}
    with installation(tmp_path / "data", **settings) as place, place.served() as address:
        app = int(address.rpartition(":")[2])
        (folder / "proxy.conf").write_text(text("nginx-proxy.conf"))
        site = (
            text("nginx.conf").replace("/etc/ssl/binhdang", str(folder)).replace("127.0.0.1:8000", f"127.0.0.1:{app}")
        )
        site = site.replace("/etc/nginx/binhdang-proxy.conf", str(folder / "proxy.conf"))
        site = site.replace("listen 80 ", f"listen 127.0.0.1:{plain} ").replace(
            "listen 443 ", f"listen 127.0.0.1:{secure} "
        )
        (folder / "site.conf").write_text(site)
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
            f"http {{ access_log off; {temporary} include {folder}/site.conf; }}\n"
        )
        with subprocess.Popen([nginx, "-c", folder / "nginx.conf", "-e", folder / "errors"]) as proxy:
            try:
                until = time.monotonic() + 20
                while not (folder / "pid").exists():
                    assert proxy.poll() is None and time.monotonic() < until, (folder / "errors").read_text()
                    time.sleep(0.05)
                yield secure, plain
            finally:
                proxy.terminate()


def asked(
    port: int, path: str, host: str = "binhdang.example.vn", scheme: str = "https"
) -> tuple[int, dict[str, str], str]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = Request(f"{scheme}://127.0.0.1:{port}{path}", headers={"Host": host, "X-Forwarded-For": "10.9.8.7"})
    try:
        with build_opener(ProxyHandler({}), HTTPSHandler(context=context)).open(request, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.code, dict(refused.headers), ""


def test_pages_come_through_the_proxy(behind: tuple[int, int]) -> None:
    secure, plain = behind
    status, headers, page = asked(secure, "/nguoi-dung/khoi-dau/")
    assert (status, "Mã khởi đầu" in page) == (200, True)
    headers = {name.lower(): value for name, value in headers.items()}
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert headers["set-cookie"].strip().startswith("__Host-csrf=") and "Secure" in headers["set-cookie"]
    style = re.findall(r"/static/web/app\.[^\"]*\.css", page)[0]
    assert asked(secure, style)[0] == 200
    status, headers, _ = asked(secure, "/metrics")
    assert (status, headers["Strict-Transport-Security"]) == (404, "max-age=31536000; includeSubDomains")
    assert asked(secure, "/readyz")[0] == 200
    assert asked(secure, "/", host="elsewhere.example.vn")[0] == 421
    with socket.create_connection(("127.0.0.1", plain), timeout=10) as line:
        line.sendall(b"GET /x HTTP/1.1\r\nHost: elsewhere\r\n\r\n")
        answer = line.recv(4096).decode()
    assert "301" in answer and "Location: https://binhdang.example.vn/x" in answer
    # tries at signing in are few; a busy machine asks slowly, so it may take some more until the limit is met
    assert any(asked(secure, "/tai-khoan/login/")[0] == 429 for _ in range(400))


@pytest.mark.django_db
def test_who_watches_asks_by_the_machine_s_number(settings: object) -> None:
    settings.ALLOWED_HOSTS = ["binhdang.example.vn"]  # type: ignore[attr-defined]
    assert Client(HTTP_HOST="127.0.0.1:8000").get("/healthz").status_code == 200
    assert Client(HTTP_HOST="127.0.0.1:8000").get("/").status_code == 400
    assert Client(HTTP_HOST="127.0.0.1:8000", REMOTE_ADDR="10.0.0.9").get("/healthz").status_code == 400
