"""What holds on every page: strict content security, a frame that can be walked by keyboard, a light first load."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.staticfiles import finders
from django.core.mail import EmailMessage
from django.test import Client

from binhdang.server.accounts.models import Person

pytestmark = [pytest.mark.urls("web_pages"), pytest.mark.django_db]

STRANGERS = ["/tai-khoan/login/", "/tai-khoan/password/reset/", "/tai-khoan/password/reset/done/", "/tai-khoan/signup/"]
STRANGERS += ["/tai-khoan/inactive/", "/tai-khoan/password/reset/key/done/", "/tai-khoan/password/reset/key/1-x/"]
SIGNED_IN = ["/", "/thanh-phan/?tim=x&trang=2", "/khong-co/", "/tai-khoan/2fa/", "/tai-khoan/2fa/webauthn/"]
SIGNED_IN += ["/thong-bao/", "/thong-bao/?xem=tat-ca", "/thong-bao/lua-chon/"]
SIGNED_IN += ["/tai-khoan/password/change/", "/tai-khoan/sessions/", "/tai-khoan/logout/"]
SIGNED_IN += ["/tai-khoan/2fa/totp/activate/", "/tai-khoan/2fa/webauthn/add/", "/tai-khoan/reauthenticate/"]


class Reader(HTMLParser):
    """Every tag of a page with its attributes, and the text in scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attributes}))

    def all(self, tag: str, **having: str) -> list[dict[str, str]]:
        """The attributes of every such tag that has these."""
        return [found for name, found in self.tags if name == tag and having.items() <= found.items()]

    def ids(self) -> list[str]:
        """Every id, in order."""
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


@pytest.fixture(autouse=True)
def with_mail(settings: Any) -> None:
    """An installation that can send letters."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, mail="smtp://localhost")


@pytest.fixture
def person() -> Person:
    person = Person.objects.create(username="lan", full_name="Nguyễn Thị Lan", email="lan@example.vn")
    person.set_password("ruộng lúa ven sông")
    person.save()
    return person


@pytest.fixture
def client(person: Person) -> Client:
    """Signed in as people do, and confirmed once more, so that the pages of security open."""
    client = Client()
    for url, told in (("/tai-khoan/login/", {"login": "lan"}), ("/tai-khoan/reauthenticate/", {"next": "/"})):
        answer = client.post(url, told | {"password": "ruộng lúa ven sông"})
        assert answer.status_code == 302, url
    return client


@pytest.fixture
def _second_step(client: Client, person: Person) -> None:
    """The person, once signed in, has an app for codes, recovery codes and a passkey."""
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    kept = {"name": "Điện thoại <của> tôi", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
    Authenticator.objects.create(pk=77, user=person, type=Authenticator.Type.WEBAUTHN, data=kept)


def pages(client: Client) -> Iterator[tuple[str, str, str]]:
    for visitor, urls in ((Client(), STRANGERS), (client, SIGNED_IN)):
        for url in urls:
            answer = visitor.get(url)
            assert answer.status_code in (200, 404), f"{url}: {answer.status_code} {answer.headers}"
            yield url, answer["Content-Security-Policy"], answer.content.decode()


def test_no_page_needs_more_than_the_policy_allows(client: Client) -> None:
    for url, policy, page in pages(client):
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        for tag, attributes in Reader(page).tags:
            where = f"{url}: {tag} {attributes}"
            assert "style" not in attributes, where
            assert tag != "style", where
            assert not [name for name in attributes if name.startswith(("on", "hx-on"))], where
            if tag == "script" and attributes.get("type") != "application/json":
                assert attributes.get("src", "").startswith("/static/"), where
            for name in ("href", "src", "action"):
                assert not attributes.get(name, "").startswith(("http:", "https:", "//", "javascript:")), where


def test_every_page_can_be_read_aloud_and_walked_through(client: Client) -> None:
    for url, _, page in pages(client):
        read = Reader(page)
        assert read.all("html")[0]["lang"] == "vi", url
        assert len(read.all("h1")) == 1, url
        assert read.all("a", **{"class": "skip", "href": "#content"}), url
        assert read.all("main", id="content"), url
        assert read.all("div", **{"aria-live": "polite"}), url
        assert re.search(r"<title>\s*\S[^<]* · binhdang</title>", page), url
        ids = read.ids()
        assert sorted(ids) == sorted(set(ids)), url
        named = {attributes.get("for") for attributes in read.all("label")}
        for tag in ("input", "select", "textarea"):
            for control in read.all(tag):
                if control.get("type") not in ("hidden", "radio", "search"):
                    assert control.get("id") in named, f"{url}: {control}"
        for _, attributes in read.tags:
            for name in attributes.get("aria-describedby", "").split():
                assert name in ids, f"{url}: {name}"


@pytest.mark.usefixtures("_second_step")
@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/tai-khoan/2fa/", ["1 khóa", "còn 10 mã", "Ngừng dùng ứng dụng tạo mã"]),
        ("/tai-khoan/2fa/totp/deactivate/", ["Ngừng dùng ứng dụng tạo mã?", "Không, giữ nguyên"]),
        ("/tai-khoan/2fa/recovery-codes/", ["Còn 10 trong 10 mã", "Tải về"]),
        ("/tai-khoan/2fa/recovery-codes/generate/", ["Những mã dự phòng cũ sẽ không dùng được nữa."]),
        ("/tai-khoan/2fa/webauthn/", ["Điện thoại &lt;của&gt; tôi", "đăng nhập không cần mật khẩu", "chưa dùng"]),
        ("/tai-khoan/2fa/webauthn/keys/77/edit/", ["Tên khóa", "Lưu tên"]),
        ("/tai-khoan/2fa/webauthn/keys/77/remove/", ["“Điện thoại &lt;của&gt; tôi”?", "Bỏ khóa này"]),
        ("/tai-khoan/2fa/reauthenticate/", ["Xác nhận lại là bạn", "Dùng mật khẩu"]),
    ],
)
def test_the_pages_of_a_second_step(client: Client, url: str, words: list[str]) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert [word for word in words if word not in answer.content.decode()] == []


def test_signing_in_with_an_app_asks_for_its_code(person: Person) -> None:
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    client = Client()
    answer = client.post("/tai-khoan/login/", {"login": "lan", "password": "ruộng lúa ven sông"}, follow=True)
    assert "Nhập mã xác nhận" in answer.content.decode()
    page = client.post("/tai-khoan/2fa/authenticate/", {"code": "000"}).content.decode()
    assert "Mã chưa đúng hoặc đã hết hạn" in page


def test_a_forgotten_password_is_set_anew_by_letter(person: Person, mailoutbox: list[EmailMessage]) -> None:
    Client().post("/tai-khoan/password/reset/", {"email": "lan@example.vn"})
    assert "Đặt lại mật khẩu" in mailoutbox[0].subject
    assert "Kính gửi Anh/Chị" in mailoutbox[0].body
    link = re.search(r"http://testserver(/\S+)", str(mailoutbox[0].body))
    assert link
    page = Client().get(link[1], follow=True).content.decode()
    assert "Đặt mật khẩu mới" in page
    assert 'id="id_password1"' in page


def test_the_wording_is_vietnamese(client: Client) -> None:
    english = re.compile(
        r">\s*(Sign|Password|Email|Security|Recovery|Authenticator|Log|Error|Change|Confirm|Add|Are you)\b"
    )
    for url, _, page in pages(client):
        assert not english.search(page), f"{url}: {english.search(page)}"


def test_the_frame_shows_where_one_is(client: Client) -> None:
    read = Reader(client.get("/").content.decode())
    assert read.all("a", href="/", **{"aria-current": "page"})
    assert read.all("a", href="/tai-khoan/2fa/")
    assert read.all("form", method="post", action="/tai-khoan/logout/")
    assert not [
        found
        for found in Reader(client.get("/tai-khoan/2fa/").content.decode()).all("a", href="/")
        if "aria-current" in found
    ]


def test_a_form_names_its_faults_on_top_and_beside_the_fields(client: Client) -> None:
    page = client.post("/thanh-phan/", {"name": "", "kind": "zzz"}).content.decode()
    read = Reader(page)
    ids = read.ids()
    links = [link["href"] for link in read.all("a") if link.get("href", "").startswith("#id_")]
    assert links == ["#id_name", "#id_kind", "#id_level"]
    assert [link for link in links if link[1:] not in ids] == []
    name = read.all("input", id="id_name")[0]
    assert name["aria-describedby"] == "id_name_helptext id_name_error"
    assert name["aria-invalid"] == "true"
    assert "“zzz” không có trong danh sách" in page


def test_a_fault_of_the_whole_form_is_told_and_escaped(client: Client) -> None:
    page = client.post("/thanh-phan/", {"name": "<i>", "kind": "a", "level": "a"}).content.decode()
    assert "Tên không thể là &lt;i&gt;." in page
    assert "Tên không thể là <i>" not in page


def test_the_pager_keeps_the_rest_of_the_address(client: Client) -> None:
    page = client.get("/thanh-phan/?tim=x&trang=2").content.decode()
    assert 'href="?tim=x&amp;trang=3"' in page
    assert "11–20 trong" in page


def test_a_disabled_button_says_why(client: Client) -> None:
    page = client.get("/thanh-phan/").content.decode()
    assert re.search(r"<button[^>]*disabled[^>]*>Duyệt</button><span[^>]*>Chỉ lãnh đạo duyệt</span>", page)


def test_the_language_is_vietnamese_until_the_person_chooses(client: Client) -> None:
    in_english = {"accept-language": "en-US,en"}
    assert "Việc của tôi" in client.get("/", headers=in_english).content.decode()
    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/?a=1")
    page = client.get("/").content.decode()
    assert '<html lang="en">' in page
    assert "My work" in page
    client.post("/ngon-ngu/", {"language": "vi", "next": "/"})
    assert "Việc của tôi" in client.get("/").content.decode()


def test_a_language_that_is_not_there_is_vietnamese(client: Client) -> None:
    client.cookies["django_language"] = "../../xx"
    assert '<html lang="vi">' in client.get("/").content.decode()


def test_the_switch_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/ngon-ngu/", {"language": "en", "next": "https://example.com/"})
    assert answer["Location"] == "/"


def test_a_wrong_password_is_told_in_words(person: Person) -> None:
    page = Client().post("/tai-khoan/login/", {"login": "lan", "password": "sai"}).content.decode()
    assert 'class="error-summary"' in page
    assert "chưa đúng" in page


def test_the_sign_in_page_loads_on_a_slow_line(person: Person) -> None:
    page = Client().get("/tai-khoan/login/").content.decode()
    read = Reader(page)
    files = [found["href"] for found in read.all("link")] + [found["src"] for found in read.all("script")]
    names = [name.removeprefix("/static/") for name in files]
    assert "web/app.css" in names
    found = [finders.find(name) for name in names]
    weights = [len(gzip.compress(Path(str(path)).read_bytes())) for path in found]
    assert sum(weights) + len(gzip.compress(page.encode())) <= 150_000  # bytes


def test_without_letters_a_forgotten_password_is_for_the_administrator(settings: Any) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, mail="")
    answer = Client().post("/tai-khoan/password/reset/", {"email": "lan@example.vn"})
    assert answer.status_code == 403
    assert "hãy nhờ người quản trị cấp lại mật khẩu" in answer.content.decode()
