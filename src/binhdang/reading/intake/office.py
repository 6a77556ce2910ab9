"""Older office files (.doc, .rtf, .odt) through LibreOffice, each call in a private profile and folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from binhdang.errors import MissingProgram
from binhdang.paper import Source
from binhdang.reading.intake.docx import read_docx
from binhdang.reading.intake.guards import damaged, locked

TIMEOUT = 120  # seconds for one file; a cold start takes about two
_ENCRYPTED = 0x0100  # bit of the flags word at offset 10 of a Word 97 file's header

# No macros, no fetching of linked content: the file comes from outside. Pictures linked by an address are fetched
# whatever the update setting says, so links are blocked and the proxy is one that nobody answers on.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read_office(data: bytes, name: str, kind: str) -> Source:
    """Read a .doc, .rtf or .odt (`kind` without the dot) by way of .docx.

    Raises MissingProgram without LibreOffice, EncryptedFile for a locked .doc, DamagedFile when LibreOffice cannot
    read the file or takes more than TIMEOUT seconds.
    """
    if kind == "doc" and _locked(data):
        raise locked(name)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingProgram(
            f"Không đọc được “{name}”: cần LibreOffice để mở tệp .{kind}.",
            hint="Hãy cài gói libreoffice-writer-nogui (apt install libreoffice-writer-nogui) hoặc lưu văn bản thành .docx.",
        )
    with tempfile.TemporaryDirectory(prefix="binhdang-") as folder:
        converted = _convert(program, Path(folder), data, kind)
    if converted is None:
        raise damaged(name, f"LibreOffice không mở được tệp .{kind} này")
    return replace(read_docx(converted, name), sha256=sha256(data).hexdigest())


def _convert(program: str, folder: Path, data: bytes, kind: str) -> bytes | None:
    source = folder / f"paper.{kind}"
    source.write_bytes(data)
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None
        except BaseException:  # Ctrl-C does not reach a session of its own
            os.killpg(process.pid, signal.SIGKILL)
            raise
    result = folder / "out" / "paper.docx"
    return result.read_bytes() if result.exists() else None


def _locked(data: bytes) -> bool:
    """Whether the main stream of a Word 97 file says that it is encrypted."""
    entry = data.find("WordDocument".encode("utf-16-le"))
    if entry < 0 or len(data) < entry + 0x78:
        return False
    shift = int.from_bytes(data[0x1E:0x20], "little")
    sector = int.from_bytes(data[entry + 0x74 : entry + 0x78], "little")
    start = (sector + 1) << min(shift, 16)
    flags = data[start + 10 : start + 12]
    return (
        data[start : start + 2] == b"\xec\xa5"
        and len(flags) == 2
        and bool(int.from_bytes(flags, "little") & _ENCRYPTED)
    )
