"""Keeping contents: written under a hidden name, synced, then renamed, so that nobody ever meets half a file."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Sum
from django.utils import timezone

from binhdang.server.audit.actions import act
from binhdang.server.files.kinds import kind_of
from binhdang.server.files.models import Content, Upload
from binhdang.server.web.asking import SYSTEM, By
from binhdang.server.web.records import Refused

LIMIT = 50 * 2**20
"""Bytes of a file."""
_MOST_WAITING = 20  # uploads of one person that are not finished
_MOST_WAITING_BYTES = 400 * 2**20
_STEP = 2**16
_SCAN_PATIENCE = 120  # seconds


def place_of(digest: str) -> Path:
    """Where a content lies: "files/ab/abcd…" in the data folder."""
    return _root() / digest[:2] / digest


Examine = Callable[[Path], None]
"""Looks at a file before it is kept; raises Refused for one that must not be."""


def keep(*, by: By, parts: Iterable[bytes], name: str, limit: int = LIMIT, examine: Examine | None = None) -> Content:
    """Keeps a content that comes in parts, or finds it when it has been kept before.

    Raises Refused: nothing in it, too large, of a kind that is not taken in, hostile, infected, or no room on the disk.
    """
    with _draft(name) as path:
        with path.open("wb") as file:
            size, digest = _write(file, parts, name, limit)
        if examine is not None:
            examine(path)
        return _settle(by, path, name, size, digest)


def begin_upload(*, by: By, name: str, size: int, limit: int = LIMIT) -> Upload:
    """Begins an upload that may be broken off and go on later; it is its person's alone.

    Raises Refused for one that could never end well, for a stranger, and for more than one person may leave unfinished.
    """
    if not 0 < size <= limit:
        raise _too_large(name, limit) if size > limit else Refused("Tệp không có nội dung (0 byte).", field="file")
    if not by.person:
        raise Refused("Phải đăng nhập mới gửi được tệp.")
    with act("upload.begin", by=by, kind="upload") as doing:
        _check_waiting(by, size)
        upload = Upload.objects.create(person=by.person, name=name[-200:], size=size)
        doing.subject = str(upload.pk)
        doing.changed("size", None, size)
    return upload


def _check_waiting(by: By, size: int) -> None:
    """That one person's unfinished uploads do not fill the disk."""
    waiting = Upload.objects.filter(person=by.person, content=None).aggregate(count=Count("id"), size=Sum("size"))
    if waiting["count"] >= _MOST_WAITING or (waiting["size"] or 0) + size > _MOST_WAITING_BYTES:
        raise Refused(
            f"Bạn còn {waiting['count']} tệp đang gửi dở.",
            hint="Hãy gửi nốt hoặc bỏ bớt các tệp đó; tệp gửi dở tự được xóa sau một ngày.",
            field="file",
        )


def receive(*, by: By, upload: UUID, offset: int, parts: Iterable[bytes]) -> Upload:
    """Takes bytes in from `offset`, which must be where the upload stands; the last ones make it whole and kept.

    What was received is on the disk before it is counted, so what is counted is never lost. No transaction waits for
    the sender; one sender at a time writes. Raises Refused, and Upload.DoesNotExist for one that is not the person's own.
    """
    taken = Upload.objects.get(pk=upload, person=by.person)
    path = _waiting(taken.pk)
    if taken.content_id is not None:
        path.unlink(missing_ok=True)
        return taken
    with _room(taken.name), _opened(path) as file:
        _lock(file, taken.name)
        taken.refresh_from_db(fields=["received"])
        _check_offset(taken, offset, os.fstat(file.fileno()).st_size)
        file.truncate(offset)  # what a broken connection left behind the last count
        file.seek(offset)
        taken.received += _append(file, parts, taken.size - offset, taken.name)
        if not Upload.objects.filter(pk=taken.pk).update(received=taken.received):
            path.unlink(missing_ok=True)
            raise Refused(f"“{taken.name}” đã được bỏ trong lúc gửi.", hint="Hãy gửi lại từ đầu nếu vẫn cần.")
        if taken.received == taken.size:
            taken.content = _settle(by, path, taken.name, taken.size, _digest(path), upload=taken)
            path.unlink(missing_ok=True)
    return taken


def _check_offset(upload: Upload, offset: int, on_disk: int) -> None:
    """Bytes that were counted and are not there any more, after a restored backup say, have to be sent again."""
    if on_disk < upload.received:
        Upload.objects.filter(pk=upload.pk).update(received=on_disk)
        upload.received = on_disk
    if offset != upload.received:
        raise Refused(
            f"Phần gửi bắt đầu ở byte {offset}, máy chủ đã có đến byte {upload.received}.", hint="Hãy gửi tiếp từ đó."
        )


def _lock(file: BinaryIO, name: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as e:
        raise Refused(f"“{name}” đang được gửi ở nơi khác.", hint="Hãy đợi lần gửi ấy xong rồi gửi tiếp.") from e


def forget_upload(*, by: By, upload: UUID) -> None:
    """Removes an upload that was not finished, with what was received of it: the person's own, or any by the clock.

    Raises Refused for one that came whole, and Upload.DoesNotExist for another's.
    """
    with act("upload.forget", by=by, kind="upload", subject=upload) as doing:
        own = Upload.objects.all() if by == SYSTEM else Upload.objects.filter(person=by.person)
        taken = own.select_for_update().get(pk=upload)
        if taken.content_id is not None:
            raise Refused(f"“{taken.name}” đã gửi xong.")
        doing.changed("received", taken.received, None)
        _waiting(taken.pk).unlink(missing_ok=True)
        taken.delete()


def forget_abandoned(*, by: By, older: timedelta = timedelta(days=1)) -> int:
    """Removes the uploads that nobody has finished in a day, and drafts that a kill left behind; how many uploads."""
    stale = Upload.objects.filter(content=None, begun_at__lt=timezone.now() - older)
    count = 0
    for upload in stale:
        with suppress(Refused, Upload.DoesNotExist):  # finished, or forgotten, in this moment
            forget_upload(by=by, upload=upload.pk)
            count += 1
    known = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    left = [path for path in _root().glob(".uploads/*") if path.name not in known]
    for path in [*_root().glob(".draft-*"), *left]:
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < (timezone.now() - older).timestamp():
                path.unlink()
    return count


def _settle(by: By, path: Path, name: str, size: int, digest: str, upload: Upload | None = None) -> Content:
    """Puts the bytes in their place, then tells of them; broken off in between, the next try does the rest."""
    known = Content.objects.filter(pk=digest).first()
    media_type = known.media_type if known is not None else kind_of(path, name)
    target = place_of(digest)
    if not target.exists():
        _scan(path, name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(target.parent.parent)
        path.chmod(0o600)
        with suppress(FileExistsError):  # somebody else was faster with the same bytes
            os.link(path, target)
        _sync_folder(target.parent)
    with act("file.keep", by=by, kind="file", subject=digest) as doing:
        content, _ = Content.objects.get_or_create(pk=digest, defaults={"size": size, "media_type": media_type})
        if upload is not None:
            Upload.objects.filter(pk=upload.pk).update(content=content)
        doing.changed("size", None, size)
        doing.changed("media_type", None, media_type)
    return content


def _write(file: BinaryIO, parts: Iterable[bytes], name: str, limit: int) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    for part in parts:
        size += len(part)
        if size > limit:
            raise _too_large(name, limit)
        digest.update(part)
        file.write(part)
    file.flush()
    os.fsync(file.fileno())
    return size, digest.hexdigest()


def _append(file: BinaryIO, parts: Iterable[bytes], most: int, name: str) -> int:
    count = 0
    for part in parts:
        count += len(part)
        if count > most:
            raise Refused(f"“{name}” dài hơn dung lượng đã báo.", hint="Hãy gửi lại từ đầu.", field="file")
        file.write(part)
    file.flush()
    os.fsync(file.fileno())
    return count


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _scan(path: Path, name: str) -> None:
    """Asks the installation's virus scanner, where it has one: status 0 clean, 1 infected, any other no answer."""
    if not settings.CONFIGURATION.scan:
        return
    try:
        argv = [*shlex.split(settings.CONFIGURATION.scan), str(path)]
        status = subprocess.run(argv, capture_output=True, timeout=_SCAN_PATIENCE, check=False).returncode
    except (OSError, subprocess.TimeoutExpired):
        status = -1
    if status == 1:
        raise Refused(f"Phần mềm diệt vi-rút không cho nhận “{name}”.", hint="Hãy quét máy của bạn.", field="file")
    if status != 0:
        raise Refused("Chưa kiểm tra được vi-rút nên chưa nhận tệp.", hint="Hãy thử lại sau ít phút.", field="file")


@contextmanager
def _draft(name: str) -> Iterator[Path]:
    with _room(name):
        root = _root()
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=".draft-", dir=root)
        os.close(handle)
        try:
            yield Path(path)
        finally:
            Path(path).unlink(missing_ok=True)


@contextmanager
def _room(name: str) -> Iterator[None]:
    """Says it plainly when the disk is full; nothing that was kept before is touched."""
    try:
        yield
    except OSError as e:
        if e.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Refused(
            f"Máy chủ hết chỗ nên chưa nhận được “{name}”.",
            hint="Hãy báo người quản trị; tệp đã nhận trước đó vẫn còn nguyên.",
        ) from e


def _opened(path: Path) -> BinaryIO:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _root() -> Path:
    return Path(settings.CONFIGURATION.folder) / "files"


def _waiting(upload: UUID) -> Path:
    return _root() / ".uploads" / str(upload)


def _too_large(name: str, limit: int) -> Refused:
    return Refused(
        f"“{name}” lớn hơn {limit / 2**20:g} MB.",
        hint="Hãy giảm dung lượng (quét 200–300 dpi) hoặc tách tệp.",
        field="file",
    )
