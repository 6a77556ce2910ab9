"""Contents kept whole or not at all, told by what is in them, handed out in ranges, uploaded in parts."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import timezone

from binhdang.server.audit.models import Event
from binhdang.server.configuration import Configuration
from binhdang.server.files import actions
from binhdang.server.files.actions import begin_upload, forget_abandoned, forget_upload, keep, place_of, receive
from binhdang.server.files.answers import answer
from binhdang.server.files.models import Content, Upload
from binhdang.server.web.asking import SYSTEM, By
from binhdang.server.web.records import Refused

pytestmark = pytest.mark.django_db
LAN, MINH = By("lan"), By("minh")
PDF = b"%PDF-1.7\n" + b"x" * 1000


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.CONFIGURATION = Configuration(folder=tmp_path)
    return tmp_path


def archive(*names: str, **content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, b"x")
        for name, data in content.items():
            packed.writestr(name, data)
    return out.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")


def left(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_content_is_kept_once_for_this_users_eyes_alone(folder: Path) -> None:
    kept = keep(by=LAN, parts=[PDF[:10], PDF[10:]], name="báo cáo.pdf")
    assert kept.digest == hashlib.sha256(PDF).hexdigest()
    assert (kept.size, kept.media_type) == (len(PDF), "application/pdf")
    path = place_of(kept.digest)
    assert path.read_bytes() == PDF
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keep(by=MINH, parts=[PDF], name="bản sao.pdf") == kept
    assert left(folder) == [path.relative_to(folder).as_posix()]
    # the second who brings it is told of too
    assert list(Event.objects.filter(verb="file.keep").order_by("at").values_list("person", flat=True)) == [
        "lan",
        "minh",
    ]


def test_bytes_that_were_lost_are_kept_again() -> None:
    kept = keep(by=LAN, parts=[PDF], name="a.pdf")
    place_of(kept.digest).unlink()
    assert keep(by=LAN, parts=[PDF], name="a.pdf") == kept
    assert place_of(kept.digest).exists()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (PDF, "application/pdf"),
        (WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            archive("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        ("Kế hoạch".encode(), "text/plain"),
        (b"<html><script>alert(1)</script>", "text/plain"),  # never a page of ours
    ],
)
def test_the_content_tells_its_kind_not_its_name(data: bytes, media_type: str) -> None:
    assert keep(by=LAN, parts=[data], name="anh.jpg").media_type == media_type


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không có nội dung (0 byte)"),
        (b"MZ\x90\0", "không phải là loại tệp được nhận"),
        (b"\x7fELF\2\1", "không phải là loại tệp được nhận"),
        (b"#!/bin/sh\nrm -rf /", "không phải là loại tệp được nhận"),
        (archive("a.txt"), "không phải là loại tệp được nhận"),
        (WORD[:-30], "tệp nén bên trong không đầy đủ"),
        (archive("[Content_Types].xml", "word/vbaProject.bin"), "có macro"),
        (archive("[Content_Types].xml", "word/document.xml", bomb=b"\0" * 40_000_000), "phình ra quá lớn"),
        (PDF * 2000, "lớn hơn 1 MB"),
    ],
)
def test_what_is_not_taken_in_is_told_and_leaves_nothing(folder: Path, data: bytes, said: str) -> None:
    with pytest.raises(Refused) as refused:
        keep(by=LAN, parts=[data], name="tệp.docx", limit=2**20)
    assert said in str(refused.value)
    assert left(folder) == []
    assert not Content.objects.exists()
    assert not Event.objects.exists()


def test_a_sender_who_breaks_off_leaves_nothing(folder: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield PDF
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        keep(by=LAN, parts=broken(), name="a.pdf")
    assert left(folder) == []


def test_a_full_disk_is_said_and_what_was_kept_stands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = keep(by=LAN, parts=[PDF], name="a.pdf")

    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(actions.os, "fsync", full)
    with pytest.raises(Refused, match="Máy chủ hết chỗ"):
        keep(by=LAN, parts=[PDF, b"more"], name="b.pdf")
    assert left(folder) == [place_of(kept.digest).relative_to(folder).as_posix()]


@pytest.mark.parametrize(
    ("command", "said"),
    [("true", ""), ("false", "Phần mềm diệt vi-rút không cho nhận"), ("no-such-scanner", "Chưa kiểm tra được")],
)
def test_the_scanner_has_its_say(tmp_path: Path, settings: Any, command: str, said: str) -> None:
    settings.CONFIGURATION = Configuration(folder=tmp_path, scan=command)
    if not said:
        assert keep(by=LAN, parts=[PDF], name="a.pdf")
        return
    with pytest.raises(Refused, match=said):
        keep(by=LAN, parts=[PDF], name="a.pdf")
    assert left(tmp_path) == []


def body(response: HttpResponseBase) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    content: Iterable[bytes] = response.streaming_content  # type: ignore[assignment]
    got = b"".join(content)
    response.close()
    return got


@pytest.mark.parametrize(
    ("wanted", "status", "part", "told"),
    [
        ("", 200, PDF, None),
        ("bytes=0-9", 206, PDF[:10], f"bytes 0-9/{len(PDF)}"),
        ("bytes=1000-", 206, PDF[1000:], f"bytes 1000-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=-5", 206, PDF[-5:], f"bytes {len(PDF) - 5}-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=0-99999", 206, PDF, f"bytes 0-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=0-1,4-5", 200, PDF, None),
        ("lines=1-2", 200, PDF, None),
        ("bytes=-", 200, PDF, None),
    ],
)
def test_a_file_is_handed_out_in_ranges(wanted: str, status: int, part: bytes, told: str | None) -> None:
    kept = keep(by=LAN, parts=[PDF], name="a.pdf")
    response = answer(RequestFactory().get("/", headers={"Range": wanted}), kept, "Báo cáo.pdf")
    assert (response.status_code, body(response), response.get("Content-Range")) == (status, part, told)
    assert response["Content-Disposition"] == (
        "inline; filename=\"B_o c_o.pdf\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o.pdf"
    )


def test_a_range_outside_and_a_file_that_is_known() -> None:
    kept = keep(by=LAN, parts=[PDF], name="a.pdf")
    outside = answer(RequestFactory().get("/", headers={"Range": "bytes=9999-"}), kept, "a.pdf")
    assert (outside.status_code, outside["Content-Range"]) == (416, f"bytes */{len(PDF)}")
    known = answer(RequestFactory().get("/", headers={"If-None-Match": f'"{kept.digest}"'}), kept, "a.pdf")
    assert known.status_code == 304


def test_what_a_browser_could_run_is_only_saved() -> None:
    page = keep(by=LAN, parts=[b"<html><script>alert(1)</script>"], name="a.html")
    response = answer(RequestFactory().get("/"), page, 'a".html')
    response.close()
    assert response["Content-Type"] == "text/plain"
    assert response["Content-Disposition"].startswith('attachment; filename="a_.html"')
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_an_upload_goes_on_where_it_was_broken_off(folder: Path) -> None:
    upload = begin_upload(by=LAN, name="a.pdf", size=len(PDF))
    assert receive(by=LAN, upload=upload.pk, offset=0, parts=[PDF[:300]]).received == 300
    with pytest.raises(Refused, match="máy chủ đã có đến byte 300"):
        receive(by=LAN, upload=upload.pk, offset=200, parts=[PDF[200:]])
    # bytes behind the last count are what a broken connection left: they are written over
    with (folder / "files" / ".uploads" / str(upload.pk)).open("ab") as waiting:
        waiting.write(b"half")
    done = receive(by=LAN, upload=upload.pk, offset=300, parts=[PDF[300:]])
    assert done.content is not None
    assert place_of(done.content.digest).read_bytes() == PDF
    assert receive(by=LAN, upload=upload.pk, offset=len(PDF), parts=[]).content == done.content


def test_an_upload_is_its_senders_alone_and_no_longer_than_said() -> None:
    upload = begin_upload(by=LAN, name="a.pdf", size=10)
    with pytest.raises(Upload.DoesNotExist):
        receive(by=MINH, upload=upload.pk, offset=0, parts=[b"%PDF-"])
    with pytest.raises(Refused, match="dài hơn dung lượng đã báo"):
        receive(by=LAN, upload=upload.pk, offset=0, parts=[PDF])
    assert Upload.objects.get().received == 0
    for size in (0, -1, 2**40):
        with pytest.raises(Refused):
            begin_upload(by=LAN, name="a.pdf", size=size)


def test_a_forgotten_upload_leaves_nothing(folder: Path) -> None:
    upload = begin_upload(by=LAN, name="a.pdf", size=len(PDF))
    receive(by=LAN, upload=upload.pk, offset=0, parts=[PDF[:300]])
    forget_upload(by=LAN, upload=upload.pk)
    assert left(folder) == []
    assert not Upload.objects.exists()


def test_an_upload_is_forgotten_by_its_person_or_by_the_clock() -> None:
    upload = begin_upload(by=LAN, name="a.pdf", size=len(PDF))
    with pytest.raises(Upload.DoesNotExist):
        forget_upload(by=MINH, upload=upload.pk)
    forget_upload(by=SYSTEM, upload=upload.pk)
    with pytest.raises(Refused, match="Phải đăng nhập"):
        begin_upload(by=By(""), name="a.pdf", size=len(PDF))


def test_one_person_does_not_fill_the_disk_with_what_is_never_finished() -> None:
    for _ in range(8):
        begin_upload(by=LAN, name="a.pdf", size=50 * 2**20)
    with pytest.raises(Refused, match="còn 8 tệp đang gửi dở"):
        begin_upload(by=LAN, name="a.pdf", size=50 * 2**20)
    for _ in range(20):
        begin_upload(by=MINH, name="a.pdf", size=10)
    with pytest.raises(Refused, match="còn 20 tệp đang gửi dở"):
        begin_upload(by=MINH, name="a.pdf", size=10)


def test_one_that_is_forgotten_while_it_comes_in_leaves_nothing(folder: Path) -> None:
    upload = begin_upload(by=LAN, name="a.pdf", size=len(PDF))

    def parts() -> Iterator[bytes]:
        yield PDF[:300]
        forget_upload(by=LAN, upload=upload.pk)
        yield PDF[300:]

    with pytest.raises(Refused, match="đã được bỏ trong lúc gửi"):
        receive(by=LAN, upload=upload.pk, offset=0, parts=parts())
    assert left(folder) == []


def test_what_nobody_finished_in_a_day_is_removed(folder: Path) -> None:
    fresh = begin_upload(by=LAN, name="a.pdf", size=len(PDF))
    stale = begin_upload(by=LAN, name="b.pdf", size=len(PDF))
    for upload in (fresh, stale):
        receive(by=LAN, upload=upload.pk, offset=0, parts=[PDF[:300]])
    day_before_yesterday = timezone.now() - timedelta(days=2)
    Upload.objects.filter(pk=stale.pk).update(begun_at=day_before_yesterday)
    for name in (".draft-left", ".uploads/of-a-killed-process"):
        path = folder / "files" / name
        path.touch()
        os.utime(path, (day_before_yesterday.timestamp(),) * 2)
    assert forget_abandoned(by=SYSTEM) == 1
    assert left(folder) == [f"files/.uploads/{fresh.pk}"]


def test_bytes_that_were_lost_under_an_upload_are_asked_for_again(folder: Path) -> None:
    upload = begin_upload(by=LAN, name="a.pdf", size=len(PDF))
    receive(by=LAN, upload=upload.pk, offset=0, parts=[PDF[:300]])
    (folder / "files" / ".uploads" / str(upload.pk)).unlink()
    with pytest.raises(Refused, match="máy chủ đã có đến byte 0"):
        receive(by=LAN, upload=upload.pk, offset=300, parts=[PDF[300:]])
    done = receive(by=LAN, upload=upload.pk, offset=0, parts=[PDF])
    assert done.content is not None
    assert place_of(done.content.digest).read_bytes() == PDF


def test_an_upload_that_broke_off_while_it_was_settled_ends_well(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = begin_upload(by=LAN, name="a.pdf", size=len(PDF))
    receive(by=LAN, upload=upload.pk, offset=0, parts=[PDF[:300]])

    def gone(*args: object, **kwargs: object) -> None:
        raise DatabaseError("gone away")

    with monkeypatch.context() as broken:
        broken.setattr(actions, "act", gone)
        with pytest.raises(DatabaseError):
            receive(by=LAN, upload=upload.pk, offset=300, parts=[PDF[300:]])
    assert Upload.objects.get().received == len(PDF)
    done = receive(by=LAN, upload=upload.pk, offset=len(PDF), parts=[])
    assert done.content is not None
    assert place_of(done.content.digest).read_bytes() == PDF
    assert left(folder) == [place_of(done.content.digest).relative_to(folder).as_posix()]


def test_two_who_send_one_upload_at_once_take_turns() -> None:
    upload = begin_upload(by=LAN, name="a.pdf", size=len(PDF))

    def parts() -> Iterator[bytes]:
        with pytest.raises(Refused, match="đang được gửi ở nơi khác"):
            receive(by=LAN, upload=upload.pk, offset=0, parts=[b"other"])
        yield PDF

    assert receive(by=LAN, upload=upload.pk, offset=0, parts=parts()).content is not None
