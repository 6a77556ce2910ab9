"""What the environment may say, and what is said back when it says something else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from django.db import connection

from binhdang.server.configuration import Configuration, ConfigurationError, from_environment, key_of, prepare


def test_without_any_setting_it_runs_embedded() -> None:
    assert from_environment({"HOME": "/root"}) == Configuration()


def test_every_setting_is_read() -> None:
    read = from_environment(
        {
            "BINHDANG_FOLDER": "/srv/binhdang",
            "BINHDANG_DATABASE": "postgresql://a:b@db/bd",
            "BINHDANG_SECRET_KEY": "k" * 40,
            "BINHDANG_HOSTS": "binhdang.example.vn, 10.0.0.1",
            "BINHDANG_HTTPS": "yes",
            "BINHDANG_ADDRESS": "https://binhdang.example.vn/",
            "BINHDANG_PROXIES": "1",
            "BINHDANG_DEBUG": "no",
            "BINHDANG_MAIL": "smtps://u:p@mail:465",
            "BINHDANG_MAIL_FROM": "a@b.vn",
            "BINHDANG_SOURCE": "an-linh",
        }
    )
    assert read == Configuration(
        folder=Path("/srv/binhdang"),
        database="postgresql://a:b@db/bd",
        secret_key="k" * 40,
        hosts=("binhdang.example.vn", "10.0.0.1"),
        https=True,
        address="https://binhdang.example.vn",
        proxies=1,
        mail="smtps://u:p@mail:465",
        mail_from="a@b.vn",
        source="an-linh",
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BINHDANG_DATABSE", "x", "BINHDANG_DATABSE: không có thiết đặt nào tên này"),
        ("BINHDANG_DATABASE", "mysql://x", "phải có dạng postgresql://"),
        ("BINHDANG_SECRET_KEY", "short", "ngắn hơn 32 ký tự"),
        ("BINHDANG_HOSTS", "*", "không dùng *"),
        ("BINHDANG_HTTPS", "maybe", "“maybe” không phải là yes hoặc no"),
        ("BINHDANG_PROXIES", "-1", "không phải là số từ 0 đến 9"),
        ("BINHDANG_MAIL", "http://mail", "phải có dạng smtp://"),
        ("BINHDANG_MAIL", "smtp://mail", "cần BINHDANG_ADDRESS"),
        ("BINHDANG_ADDRESS", "binhdang.example.vn", "phải có dạng https://tên-máy"),
        ("BINHDANG_ADDRESS", "ftp://localhost", "phải có dạng https://tên-máy"),
        ("BINHDANG_ADDRESS", "http://localhost/binhdang", "không có gì phía sau"),
        ("BINHDANG_ADDRESS", "http://localhost:x", "phải có dạng https://tên-máy"),
        ("BINHDANG_ADDRESS", "http://a@localhost", "phải có dạng https://tên-máy"),
        ("BINHDANG_ADDRESS", "http://elsewhere.vn", "không trả lời ở tên “elsewhere.vn”"),
    ],
)
def test_a_slip_is_told_and_stops_the_start(name: str, value: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=name) as told:
        from_environment({name: value, "BINHDANG_DEBUG": "perhaps"})
    assert said in str(told.value)
    assert "BINHDANG_DEBUG" in str(told.value)  # all faults at once


ADDRESSES = [  # settings, where letters lead to
    ({}, "http://localhost"),
    (
        {"HOSTS": "binhdang.example.vn", "HTTPS": "yes", "PROXIES": "1", "MAIL": "smtp://m"},
        "https://binhdang.example.vn",
    ),
    ({"HOSTS": "10.0.0.5", "ADDRESS": "http://10.0.0.5:8000", "MAIL": "smtp://m"}, "http://10.0.0.5:8000"),
    ({"HOSTS": ".example.vn", "ADDRESS": "https://Binhdang.example.vn"}, "https://Binhdang.example.vn"),
    ({"ADDRESS": "http://[::1]:8000/"}, "http://[::1]:8000"),
]


@pytest.mark.parametrize(("told", "address"), ADDRESSES)
def test_where_letters_lead_to(told: dict[str, str], address: str) -> None:
    assert from_environment({f"BINHDANG_{name}": value for name, value in told.items()}).public_address == address


def test_https_and_the_address_agree() -> None:
    told = {"HOSTS": "a.vn", "HTTPS": "yes", "PROXIES": "1", "ADDRESS": "http://a.vn"}
    with pytest.raises(ConfigurationError, match="phải bắt đầu bằng https://"):
        from_environment({f"BINHDANG_{name}": value for name, value in told.items()})


def test_the_key_is_made_once_for_one_pair_of_eyes(tmp_path: Path) -> None:
    told = Configuration(folder=tmp_path / "data")
    assert key_of(told) != key_of(told)  # none kept yet
    prepare(told)
    key = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    first = key_of(told)
    prepare(told)
    assert key_of(told) == first == key.read_text()
    assert key_of(Configuration(folder=tmp_path, secret_key="k" * 32)) == "k" * 32


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="Không dùng được thư mục dữ liệu"):
        prepare(Configuration(folder=tmp_path / "file" / "data"))


def test_the_tests_run_on_the_database_that_was_asked_for() -> None:
    assert connection.vendor == ("postgresql" if os.environ.get("BINHDANG_DATABASE") else "sqlite")


def test_a_real_server_shows_no_source() -> None:
    with pytest.raises(ConfigurationError, match="BINHDANG_DEBUG: không dùng cho máy chủ thật"):
        from_environment({"BINHDANG_DEBUG": "yes", "BINHDANG_HTTPS": "yes", "BINHDANG_PROXIES": "1"})
