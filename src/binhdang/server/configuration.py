"""What an installation is told by its environment, typed, checked as a whole before anything starts.

Every name begins with BINHDANG_; a name that is not known is an error, so that a slip is never a silent default.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from binhdang.errors import BinhdangError

_PREFIX = "BINHDANG_"
_SHORTEST_KEY = 32  # characters


class ConfigurationError(BinhdangError):
    """A setting that the server cannot start with."""

    code = "server.configuration"


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of one installation.

    `folder` holds the embedded database, the files, the key and the audit's daily heads. `database` is a PostgreSQL
    address ("postgresql://…"), empty for SQLite in the folder. `secret_key` signs sessions and links; empty for the one
    kept in the folder. `hosts` are the names that the server answers to. `https` says that a proxy in front speaks HTTPS.
    `address` is where people open the pages ("https://…"), for links in letters; empty for the first host.
    `proxies` is how many proxies of one's own stand in front, whose word on the caller's address is taken. `scan` is a command that
    is given each file and answers 0 for clean, 1 for infected. `log` is the form of the log's lines, "text" or "json".
    """

    folder: Path = Path("binhdang-data")
    database: str = ""
    secret_key: str = ""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    https: bool = False
    address: str = ""
    proxies: int = 0
    debug: bool = False
    mail: str = ""
    mail_from: str = "binhdang@localhost"
    scan: str = ""
    source: str = "local"
    log: str = "text"

    @property
    def public_address(self) -> str:
        """Where people open the pages, without a slash at its end."""
        return self.address or f"{'https' if self.https else 'http'}://{self.hosts[0]}"


def from_environment(environment: Mapping[str, str]) -> Configuration:
    """Reads the settings. Raises ConfigurationError that names every fault at once."""
    known = {f"{_PREFIX}{field.name.upper()}": field.name for field in fields(Configuration)}
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name, text in sorted(environment.items()):
        if not name.startswith(_PREFIX):
            continue
        if name not in known:
            faults.append(f"{name}: không có thiết đặt nào tên này")
            continue
        try:
            values[known[name]] = _READ[known[name]](text.strip())
        except ValueError as e:
            faults.append(f"{name}: {e}")
    if values.get("https") and not values.get("proxies"):
        faults.append(
            "BINHDANG_HTTPS: cần BINHDANG_PROXIES=1, nếu không mọi người dùng sẽ mang địa chỉ của máy chuyển tiếp"
        )
    if values.get("debug") and values.get("https"):
        faults.append(
            "BINHDANG_DEBUG: không dùng cho máy chủ thật (BINHDANG_HTTPS), vì trang lỗi hiện mã nguồn và thiết đặt"
        )
    faults += _address_faults(values)
    if faults:
        raise ConfigurationError(
            "Thiết đặt của máy chủ chưa đúng: " + "; ".join(faults) + ".",
            hint="Các thiết đặt và ý nghĩa: docs/van-hanh.md.",
        )
    return Configuration(**values)


def _address_faults(values: Mapping[str, Any]) -> list[str]:
    """Why letters could not link to the pages."""
    address, hosts = values.get("address"), values.get("hosts", Configuration().hosts)
    if not address:
        if values.get("mail") and not values.get("https"):
            return ["BINHDANG_MAIL: cần BINHDANG_ADDRESS để thư dẫn về đúng trang, ví dụ http://10.0.0.5:8000"]
        return []
    name = urlsplit(address).hostname or ""
    if not any(name == host.strip("[]").lower() or (host[:1] == "." and f".{name}".endswith(host)) for host in hosts):
        return [f"BINHDANG_ADDRESS: máy chủ không trả lời ở tên “{name}”; hãy thêm tên ấy vào BINHDANG_HOSTS"]
    if values.get("https") and not address.startswith("https:"):
        return ["BINHDANG_ADDRESS: phải bắt đầu bằng https:// vì BINHDANG_HTTPS=yes"]
    return []


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("1", "0", "yes", "no", "true", "false"):
        raise ValueError(f"“{text}” không phải là yes hoặc no")
    return text.lower() in ("1", "yes", "true")


def _database(text: str) -> str:
    if text and urlsplit(text).scheme not in ("postgresql", "postgres"):
        raise ValueError("phải có dạng postgresql://người-dùng:mật-khẩu@máy/tên")
    return text


def _key(text: str) -> str:
    if text and len(text) < _SHORTEST_KEY:
        raise ValueError(f"ngắn hơn {_SHORTEST_KEY} ký tự")
    return text


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in text.split(",") if host.strip())
    if not hosts or "*" in hosts:
        raise ValueError("phải nêu tên các máy, cách nhau bằng dấu phẩy; không dùng *")
    return hosts


def _address(text: str) -> str:
    try:
        told = urlsplit(text)
        wrong = told.scheme not in ("http", "https") or not told.hostname or (told.port or 0) < 0 or "@" in told.netloc
    except ValueError:
        wrong = True
    if text and (wrong or told.path not in ("", "/") or told.query or told.fragment):
        raise ValueError("phải có dạng https://tên-máy hoặc http://tên-máy:cổng, không có gì phía sau")
    return text.rstrip("/")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > 9:
        raise ValueError(f"“{text}” không phải là số từ 0 đến 9")
    return int(text)


def _mail(text: str) -> str:
    if text and urlsplit(text).scheme not in ("smtp", "smtps"):
        raise ValueError("phải có dạng smtp://người-dùng:mật-khẩu@máy:cổng")
    return text


def _log(text: str) -> str:
    if text not in ("text", "json"):
        raise ValueError(f"“{text}” không phải là text hoặc json")
    return text


_READ: dict[str, Callable[[str], Any]] = {
    "folder": Path,
    "database": _database,
    "secret_key": _key,
    "hosts": _hosts,
    "https": _yes_or_no,
    "address": _address,
    "proxies": _count,
    "debug": _yes_or_no,
    "mail": _mail,
    "mail_from": str,
    "scan": str,
    "source": str,
    "log": _log,
}


def key_of(configuration: Configuration) -> str:
    """The signing key: the setting, or the one kept in the folder, or one for this process alone where neither is there."""
    if configuration.secret_key:
        return configuration.secret_key
    try:
        return (configuration.folder / "secret.key").read_text("ascii").strip()
    except OSError:
        return secrets.token_urlsafe(48)


def prepare(configuration: Configuration) -> None:
    """Makes the folder and its key, for this user's eyes alone. Raises ConfigurationError."""
    folder = configuration.folder
    try:
        os.umask(0o077)  # the database, its journals and all else are made for this user's eyes alone
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        key = folder / "secret.key"
        if not configuration.secret_key and not key.exists():
            draft = folder / f".secret.key.{os.getpid()}"
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(key)
    except OSError as e:
        raise ConfigurationError(
            f"Không dùng được thư mục dữ liệu {folder}: {e.strerror}.",
            hint="Hãy chọn thư mục khác bằng BINHDANG_FOLDER.",
        ) from e
