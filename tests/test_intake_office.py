"""Older office files through LibreOffice; a clear error without it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from binhdang.errors import DamagedFile, EncryptedFile, MissingProgram
from binhdang.paper import Line, Table
from binhdang.reading.intake import office, take_in, take_in_bytes
from test_intake_guards import GOOD

RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times New Roman;}}\f0 K\u7871? ho\u7841?ch n\u259?m 2026\par M\u7909?c ti\u234?u\par}"
LINKED = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>Kế hoạch</text:p><text:p><draw:frame svg:width="3cm" svg:height="3cm">
<draw:image xlink:href="ADDRESS" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>
</office:text></office:body></office:document>"""
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


def test_without_libreoffice_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingProgram, match="libreoffice-writer-nogui"):
        take_in_bytes(RTF, "cu.rtf")


@needs_office
def test_rtf() -> None:
    source = take_in_bytes(RTF, "cũ.rtf")
    assert [b.text for b in source.blocks if isinstance(b, Line)] == ["Kế hoạch năm 2026", "Mục tiêu"]
    assert (source.name, source.media) == ("cũ.rtf", "docx")


@needs_office
@pytest.mark.parametrize("kind", ["doc", "odt", "fodt"])
def test_doc_and_odt(kind: str, tmp_path: Path) -> None:
    (tmp_path / "mau.docx").write_bytes(GOOD)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "mau.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    source = take_in(tmp_path / f"mau.{kind}")
    assert [b.text for b in source.blocks if isinstance(b, Line)][:2] == ["KẾ HOẠCH", "1. Mục tiêu"]
    if kind != "doc":  # LibreOffice writes no table into a .doc that it can read again
        assert [[c.text for c in b.cells] for b in source.blocks if isinstance(b, Table)] == [["a", "b"]]


def test_a_doc_with_a_password() -> None:
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[0x1E] = 9  # sectors of 512 bytes
    main = bytearray(512)
    main[:2], main[10:12] = b"\xec\xa5", b"\x00\x01"  # Word 97, encrypted
    entry = bytearray(512)
    name = "WordDocument".encode("utf-16-le")
    entry[: len(name)] = name
    with pytest.raises(EncryptedFile):
        take_in_bytes(bytes(header + main + entry), "khoa.doc")


def test_a_conversion_that_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/true")
    with pytest.raises(DamagedFile, match=r"\.rtf"):
        take_in_bytes(RTF, "hong.rtf")


def test_a_conversion_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "slow"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))
    monkeypatch.setattr(office, "TIMEOUT", 0.2)
    with pytest.raises(DamagedFile):
        take_in_bytes(RTF, "treo.rtf")


@needs_office
def test_linked_pictures_are_not_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        source = take_in_bytes(LINKED.replace("ADDRESS", address).encode(), "a.fodt")
        with pytest.raises(TimeoutError):
            server.accept()
    assert [b.text for b in source.blocks if isinstance(b, Line)] == ["Kế hoạch"]


def test_an_interrupted_conversion_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))

    def interrupted(process: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        if timeout == office.TIMEOUT:
            raise KeyboardInterrupt
        return wait(process, timeout)

    wait = subprocess.Popen.wait
    monkeypatch.setattr(subprocess.Popen, "wait", interrupted)
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        take_in_bytes(RTF, "a.rtf")
    assert time.monotonic() - begun < 30
