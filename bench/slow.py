"""Slow clients: uploads and downloads at so many bytes a second, all from one thread."""

from __future__ import annotations

import os
import random
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from places import ROOT, TLS, Address, free_port, wait_for

TICK = 0.1  # seconds between the bites of a client


@dataclass
class Client:
    """One slow line: what is left to send, what has come."""

    request: bytes
    line: socket.socket | None = None
    sent: int = 0
    came: bytearray = field(default_factory=bytearray)
    done: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether the answer has come to its announced end."""
        head, found, _ = bytes(self.came[:4096]).partition(b"\r\n\r\n")
        if not found:
            return False
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        return len(self.came) >= len(head) + 4 + length

    @property
    def status(self) -> int:
        """Of the answer; 0 before it has come."""
        return int(self.came[9:12]) if len(self.came) >= 12 else 0


def upload(cookie: str, body: bytes) -> Client:
    """A file brought."""
    head = f"POST /do/tep/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nContent-Length: {len(body)}\r\n\r\n"
    return Client(head.encode() + body)


def download(cookie: str, digest: str) -> Client:
    """A file taken."""
    return Client(f"GET /do/tep/{digest}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())


def pdf(size: int) -> bytes:
    """Bytes that no other file has and that are taken for a paper."""
    return b"%PDF-1.7\n" + random.randbytes(size - 9)


class Lines(threading.Thread):
    """Keeps the clients going, each at `speed` bytes a second, until all have come to their end."""

    def __init__(self, address: Address, clients: list[Client], speed: int, *, tls: bool = False) -> None:
        super().__init__(daemon=True)
        self.clients, self.bite = clients, int(speed * TICK)
        self.address, self.tls = address, tls
        self.ending = False

    def run(self) -> None:
        for client in self.clients:
            line = socket.socket()
            for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
                line.setsockopt(socket.SOL_SOCKET, option, 16_384)
            line.connect(self.address)
            if self.tls:
                line = TLS.wrap_socket(line, server_hostname="binhdang.example.vn")
            line.setblocking(False)
            client.line = line
        while not self.ending and (left := [client for client in self.clients if not client.done]):
            due = time.monotonic() + TICK
            for client in left:
                _bite(client, self.bite)
            time.sleep(max(0.0, due - time.monotonic()))

    def end(self) -> None:
        """Breaks off what is left."""
        self.ending = True
        self.join()
        for client in self.clients:
            if client.line is not None:
                client.line.close()


def _bite(client: Client, most: int) -> None:
    line = client.line
    assert line is not None
    try:
        if client.sent < len(client.request):
            client.sent += line.send(client.request[client.sent : client.sent + most])
        else:
            part = line.recv(most)
            client.came += part
            if not part or client.whole:
                client.done = time.monotonic()
    except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
        pass
    except OSError:
        client.done = time.monotonic()


@contextmanager
def proxied(address: Address, program: str, folder: Path) -> Iterator[Address]:
    """nginx with the sample's file in front of a server; its rates are lifted, as one machine asks for all."""
    port, plain = free_port(), free_port()
    pem = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=binhdang.example.vn"]
    subprocess.run(
        [*pem, "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"], check=True, capture_output=True
    )
    (folder / "proxy.conf").write_text((ROOT / "deploy" / "nginx-proxy.conf").read_text())
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in {
        "/etc/ssl/binhdang": str(folder),
        "127.0.0.1:8000": f"127.0.0.1:{address[1]}",
        "/etc/nginx/binhdang-proxy.conf": f"{folder}/proxy.conf",
        "listen 80 ": f"listen 127.0.0.1:{plain} ",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "rate=30r/s": "rate=1000r/s",
        "$host != binhdang.example.vn": "$host = nobody",
    }.items():
        assert old in site, old
        site = site.replace(old, new)
    (folder / "site.conf").write_text(site)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root; " if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
        f"http {{ access_log off; {temporary} include {folder}/site.conf; }}\n"
    )
    with subprocess.Popen([program, "-c", folder / "nginx.conf", "-e", folder / "errors"]) as proxy:
        try:
            wait_for(port)
            yield "127.0.0.1", port
        finally:
            proxy.terminate()
