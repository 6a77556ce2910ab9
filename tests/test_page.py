"""The review page: complete, safe, readable without JavaScript, and text and items pointing at each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hand_plan
from binhdang.cli import marks, page
from binhdang.cli.wording import Words
from binhdang.paper import Span
from binhdang.plan import Document, Plan, Recipient

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
WORDS = Words("vi")
HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>\x1b[31m\u202e\ud800&amp;"


def rendered(plan: Plan = hand_plan.PLAN, language: str = "vi") -> str:
    return page.render(plan, Words(language), hand_plan.TODAY)


class Shape(HTMLParser):
    """Collects the elements of a page, and the text of its left pane."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.paper = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.open.append(dict(attrs).get("class") or tag)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "paper" in self.open and "page" not in self.open:
            self.paper += data


# ── cutting the text ──


def test_segments_are_the_whole_text_but_its_line_breaks() -> None:
    every = list(marks.items(hand_plan.PLAN, WORDS, hand_plan.TODAY))
    cut = marks.segments(hand_plan.TEXT, every)
    assert "".join(hand_plan.TEXT[s.start : s.end] for s in cut) == hand_plan.TEXT.replace("\n", "")
    assert all(a.end <= b.start for a, b in pairwise(cut))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 4)], ["0:ab c"]),
        ([(0, 4), (1, 2)], ["0:a", "10:b", "0: c"]),
        ([(0, 2), (1, 4)], ["0:a", "01:b", "1: c"]),
        ([(0, 2), (0, 2)], ["01:ab", ": c"]),
        ([(3, 3)], [":ab c"]),
        ([(-5, 99)], ["0:ab c"]),
        ([(4, 2)], [":ab c"]),
    ],
    ids=["one", "nested: inner first", "overlapping", "same", "empty", "beyond the text", "backwards"],
)
def test_overlapping_places_are_cut_into_stretches(spans: list[tuple[int, int]], expected: list[str]) -> None:
    every = [marks.Item(str(i), "tasks", "", "", spans=(Span(*s),)) for i, s in enumerate(spans)]
    cut = marks.segments("ab c", every)
    assert ["".join(s.items) + ":" + "ab c"[s.start : s.end] for s in cut] == expected


# ── the page as written ──


def test_the_text_stands_on_the_page_word_for_word() -> None:
    assert Shape(rendered()).paper.replace("\n", "") == hand_plan.TEXT.replace("\n", "")


def test_every_item_is_there_and_every_link_leads_somewhere() -> None:
    shape = Shape(rendered())
    ids = [a["id"] for _, a in shape.tags if "id" in a]
    assert len(ids) == len(set(ids))
    items = [a["id"] for tag, a in shape.tags if tag == "li" and a.get("id")]
    p = hand_plan.PLAN
    assert p.budget is not None
    lists = (p.tasks, p.targets, p.budget.lines, p.funding, p.reporting, p.citations, p.recipients, p.findings)
    assert len(items) == sum(len(rows) for rows in lists)
    for tag, attributes in shape.tags:
        if tag == "a":
            assert str(attributes["href"]).startswith("#")
            assert str(attributes["href"])[1:] in ids
        for name in (attributes.get("data-items") or "").split():
            assert name in ids


def test_nothing_is_fetched_and_the_policy_forbids_it() -> None:
    html = rendered()
    assert not re.search(r'(?:src|href)="(?!#)|@import|url\(|https?:', html)
    assert "default-src 'none'" in html
    assert "unsafe-" not in html


def test_a_hostile_paper_stays_text() -> None:
    document = Document(kind=HOSTILE, title=HOSTILE, issuer=HOSTILE)
    plan = Plan(HOSTILE, (), document, recipients=(Recipient(HOSTILE, HOSTILE, Span(0, 5)),), source=HOSTILE)
    html = rendered(plan)
    shape = Shape(html)
    assert [tag for tag, _ in shape.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in shape.tags]
    assert not any(name.startswith("on") for _, attributes in shape.tags for name in attributes)
    assert not set("\x1b\u202e\ud800") & set(html)
    html.encode("utf-8")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_plan_has_a_page(language: str) -> None:
    html = rendered(Plan("", (), Document()), language)
    assert html.count(Words(language)("none")) == len(marks.PARTS)


# ── the page in a browser ──


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A long paper's page, failing on any complaint of the browser."""
    filler = "\nMột đoạn văn thường không có mục nào trong đó." * 80
    plan = replace(hand_plan.PLAN, text=hand_plan.TEXT + filler)
    path = tmp_path / "trang.html"
    path.write_text(rendered(plan), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1366, "height": 500}, reduced_motion="reduce")
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda r: complaints.append(r.url) if not r.url.startswith("file:") else None)
    tab.goto(path.as_uri())
    yield tab
    tab.close()
    assert complaints == []


def lit(tab: Page) -> str:
    return "".join(tab.locator("mark.on").all_text_contents())


def in_view(tab: Page, selector: str) -> bool:
    script = """e => { const b = e.getBoundingClientRect(), f = e.closest('.pane').getBoundingClientRect();
                return b.top >= f.top && b.bottom <= f.bottom }"""
    return bool(tab.locator(selector).first.evaluate(script))


def test_clicking_an_item_lights_its_words(open_page: Page) -> None:
    open_page.click("#tab-reporting")
    open_page.click("#duty-0")
    assert lit(open_page) == hand_plan.PLAN.reporting[0].text
    assert in_view(open_page, "mark.on")
    assert open_page.url.endswith("#duty-0")


def test_clicking_words_opens_their_item_innermost_first(open_page: Page) -> None:
    place = open_page.locator("mark", has_text=re.compile(r"^1\.$"))
    place.click()
    assert open_page.locator("#finding-1.on").is_visible()
    assert open_page.get_attribute("#tab-findings", "aria-selected") == "true"
    place.click()
    assert open_page.locator("#task-1.on").is_visible()
    assert lit(open_page) == hand_plan.PLAN.tasks[1].text
    assert in_view(open_page, "#task-1")


def test_the_keyboard_walks_the_items_and_enters_the_text(open_page: Page) -> None:
    for key in "jjjk":
        open_page.keyboard.press(key)
    assert open_page.get_attribute("#task-1", "aria-current") == "true"
    assert open_page.locator("[aria-current]").count() == 1
    open_page.keyboard.press("Enter")
    assert open_page.evaluate("document.activeElement.tagName") == "MARK"
    open_page.keyboard.press("Enter")
    assert open_page.evaluate("document.activeElement.closest('.item').id") == "task-1"


def test_only_the_chosen_tab_is_shown(open_page: Page) -> None:
    open_page.focus("#tab-tasks")
    open_page.keyboard.press("ArrowRight")
    assert open_page.locator(".part:visible").count() == 1
    assert open_page.locator("#part-targets").is_visible()


def test_an_address_opens_its_item(open_page: Page) -> None:
    open_page.goto(open_page.url.split("#")[0] + "#money-0")
    open_page.reload()
    assert open_page.locator("#money-0.on").is_visible()


def test_on_a_phone_nothing_overflows_and_both_panes_are_there(open_page: Page) -> None:
    open_page.set_viewport_size({"width": 390, "height": 844})
    assert open_page.evaluate("document.documentElement.scrollWidth") <= 390
    assert open_page.locator("#text").bounding_box()["width"] == 390  # type: ignore[index]
    assert open_page.locator("#items").bounding_box()["y"] > 200  # type: ignore[index]


def test_without_javascript_the_page_reads_and_its_links_work(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "trang.html"
    path.write_text(rendered(), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(path.as_uri())
    assert tab.locator(".part:visible").count() == len(marks.PARTS)
    tab.click("#duty-0 a")
    assert tab.locator("mark:target").text_content() == hand_plan.PLAN.reporting[0].text
    context.close()
