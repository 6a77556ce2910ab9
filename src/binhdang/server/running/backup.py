"""The whole installation in one file and back: the database as of one moment, the files it names, the audit's heads.

The database is taken first and the files after it: files are kept by content and never change, so all that the database
names is there. The signing key is left out; a restored installation makes its own and everybody signs in again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

import pyrage
from django.conf import settings
from django.db import connection
from django.utils import timezone

from binhdang.errors import BinhdangError, MissingProgram
from binhdang.version import __version__

FORMAT = "binhdang-backup/1"
_KEPT = ("files", "audit-heads")  # folders beside the database
_MANIFEST = "manifest.json"


class BackupError(BinhdangError):
    """A backup that cannot be made, or cannot be restored here."""

    code = "server.backup"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: made when, by which version, from which kind of database, and the SHA-256 of each member."""

    made_at: datetime
    version: str
    database: str
    members: dict[str, str]


def backup(target: Path, *, recipient: str = "") -> Manifest:
    """Writes the installation to `target`, which must not be there yet; locked for an age public key where one is given.

    Raises BackupError or MissingProgram; then nothing is left behind.
    """
    if "django_migrations" not in connection.introspection.table_names():
        raise BackupError(
            f"Ở {settings.CONFIGURATION.folder} không có dữ liệu để sao lưu.", hint="Hãy xem lại BINHDANG_FOLDER."
        )
    if target.exists():
        raise BackupError(f"Tệp {target} đã có.", hint="Hãy chọn tên khác, hoặc chuyển tệp cũ đi.")
    lock = _recipient(recipient) if recipient else None
    with _workshop(target.parent) as folder:
        database, heads = folder / _database_name(), folder / "audit-heads"
        # the heads first: one that the keeper writes after the dump would speak of a batch that the dump lacks
        if (settings.CONFIGURATION.folder / heads.name).is_dir():
            shutil.copytree(settings.CONFIGURATION.folder / heads.name, heads)
        _dump(database)
        members = {database.name: database} | _kept(folder, heads.name) | _kept(settings.CONFIGURATION.folder, "files")
        manifest = Manifest(
            timezone.now(), __version__, connection.vendor, {name: _digest(path) for name, path in members.items()}
        )
        packed = folder / "packed"
        _pack(packed, manifest, members)
        if lock is not None:
            locked = folder / "locked"
            pyrage.encrypt_file(str(packed), str(locked), [lock])
            packed = locked
        _settle(packed, target)
    return manifest


def restore(source: Path, *, identity: Path | None = None) -> Manifest:
    """Puts a backup into this installation, which must be empty. Raises BackupError; then nothing was put in place."""
    _refuse_filled()
    with _workshop(settings.CONFIGURATION.folder) as folder:
        packed = _unlocked(source, folder, identity)
        content = folder / "content"
        manifest = _unpack(packed, content)
        if manifest.database != connection.vendor:
            raise BackupError(
                f"Bản sao lưu này của cơ sở dữ liệu {manifest.database}, nơi này dùng {connection.vendor}.",
                hint="Hãy đặt BINHDANG_DATABASE cùng loại rồi phục hồi.",
            )
        _load(content / _database_name())
        for name in _KEPT:
            if (content / name).exists():
                shutil.move(content / name, settings.CONFIGURATION.folder / name)
    return manifest


def new_identity(path: Path) -> str:
    """Makes a key pair: the identity into a file for this user's eyes alone, the public key as the answer."""
    identity = pyrage.x25519.Identity.generate()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{identity}\n")
    except OSError as e:
        raise BackupError(f"Không ghi được {path}: {e.strerror}.", hint="Hãy chọn nơi khác.") from e
    return str(identity.to_public())


@contextmanager
def _workshop(place: Path) -> Iterator[Path]:
    """A folder for this user's eyes alone beside where the result goes, so that it is renamed, not copied."""
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".binhdang-", dir=place))
    except OSError as e:
        raise BackupError(f"Không ghi được vào {place}: {e.strerror}.", hint="Hãy chọn nơi khác.") from e
    try:
        yield folder
    except OSError as e:
        raise BackupError(
            f"Không ghi được bản sao lưu: {e.strerror or e}.", hint="Hãy xem chỗ trống trên đĩa và quyền ghi."
        ) from e
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _database_name() -> str:
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


def _dump(path: Path) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def _load(path: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        _settle(path, Path(connection.settings_dict["NAME"]))
        return
    connection.close()
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(path))


def _run(program: str, *arguments: str) -> None:
    """A PostgreSQL program, told of the database by its environment: arguments can be seen by others."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda p: float(p.parts[-3]))
    path = str(found[-1]) if found else shutil.which(program)
    if path is None:
        raise MissingProgram(f"Cần chương trình {program}.", hint="Hãy cài: apt install postgresql-client.")
    told = connection.get_connection_params()
    names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    environment = os.environ | {name: str(told[key]) for name, key in names.items() if told.get(key)}
    if program == "pg_restore":
        arguments = (f"--dbname={told['dbname']}", *arguments)
    done = subprocess.run([path, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{program} không làm được: {said[-1] if said else done.returncode}.")


def _kept(root: Path, name: str) -> dict[str, Path]:
    """The files of a folder beside the database by their names in the backup; what is hidden is not whole yet."""
    found = ((path.relative_to(root), path) for path in sorted((root / name).rglob("*")) if path.is_file())
    return {place.as_posix(): path for place, path in found if not any(part.startswith(".") for part in place.parts)}


def _pack(packed: Path, manifest: Manifest, members: dict[str, Path]) -> None:
    told = {
        "format": FORMAT,
        "made_at": manifest.made_at.isoformat(),
        "version": manifest.version,
        "database": manifest.database,
        "members": manifest.members,
    }
    note = packed.with_name(_MANIFEST)
    note.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    with tarfile.open(packed, "w:gz", compresslevel=5) as tar:
        for name, path in {_MANIFEST: note, **members}.items():
            tar.add(path, name, recursive=False)


def _unpack(packed: Path, content: Path) -> Manifest:
    """Takes the backup out, after its manifest: nothing that is not named there, and each member as it was."""
    try:
        with tarfile.open(packed, "r:gz") as tar:
            first = tar.next()
            note = tar.extractfile(first) if first is not None and first.name == _MANIFEST else None
            if note is None:
                raise _not_ours()
            manifest = _read_manifest(note.read())
            for member in tar:
                if member.name == _MANIFEST:
                    continue
                inside = PurePosixPath(member.name)
                inner = tar.extractfile(member) if member.isfile() else None
                if inner is None or member.name not in manifest.members or inside.is_absolute() or ".." in inside.parts:
                    raise _not_ours()
                place = content / inside
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with place.open("xb") as file:  # not tar.extract: its filter is missing in early releases of 3.11
                    shutil.copyfileobj(inner, file)
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as e:
        raise _not_ours() from e
    for name, digest in manifest.members.items():
        if not (content / name).is_file() or _digest(content / name) != digest:
            raise BackupError(f"Bản sao lưu bị hỏng: {name} thiếu hoặc khác lúc sao lưu.", hint="Hãy dùng bản khác.")
    return manifest


def _read_manifest(note: bytes) -> Manifest:
    told = json.loads(note)
    if told["format"] != FORMAT:
        raise _not_ours()
    return Manifest(datetime.fromisoformat(told["made_at"]), told["version"], told["database"], dict(told["members"]))


def _not_ours() -> BackupError:
    return BackupError("Tệp này không phải là bản sao lưu của binhdang, hoặc bị cắt.", hint="Hãy xem lại tệp.")


def _unlocked(source: Path, folder: Path, identity: Path | None) -> Path:
    try:
        with source.open("rb") as file:
            locked = file.read(18) == b"age-encryption.org"
    except OSError as e:
        raise BackupError(f"Không mở được {source}: {e.strerror}.", hint="Hãy xem lại đường dẫn.") from e
    if not locked:
        return source
    if identity is None:
        raise BackupError("Bản sao lưu này có khóa.", hint="Hãy chỉ tệp khóa: --identity TỆP.")
    try:
        key = pyrage.x25519.Identity.from_str(identity.read_text("ascii").strip().splitlines()[-1])
        packed = folder / "packed"
        pyrage.decrypt_file(str(source), str(packed), [key])
    except (OSError, ValueError, IndexError, pyrage.IdentityError, pyrage.DecryptError) as e:
        raise BackupError("Không mở được bản sao lưu bằng khóa này.", hint="Hãy xem lại tệp khóa.") from e
    return packed


def _recipient(text: str) -> object:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except (pyrage.RecipientError, ValueError) as e:
        raise BackupError(f"“{text}” không phải là khóa công khai age (age1…).", hint="Xem docs/van-hanh.md.") from e


def _refuse_filled() -> None:
    """Only an empty installation is restored into: nothing that is there is ever written over."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        filled = any(Path(f"{name}{end}").exists() for end in ("", "-wal", "-shm", "-journal"))
    else:
        filled = bool(connection.introspection.table_names())
    folder = settings.CONFIGURATION.folder
    if filled or any((folder / name).is_dir() and any((folder / name).iterdir()) for name in _KEPT):
        raise BackupError(
            "Nơi này đã có dữ liệu nên không phục hồi đè lên.",
            hint="Hãy đặt BINHDANG_FOLDER (và BINHDANG_DATABASE) sang nơi trống.",
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(draft: Path, target: Path) -> None:
    """Onto the disk first, then under its name: nobody ever finds half a file."""
    draft.chmod(0o600)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(target)
