from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

PAGES = ["/", "/reports", "/shifts", "/rejected"]


class Page(HTMLParser):
    """What a browser would run or load, and whether the tags close."""

    VOID = frozenset({"meta", "link", "input", "br", "img"})

    def __init__(self, text) -> None:
        super().__init__()
        self.open, self.inline, self.loaded, self.lang = [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.loaded += [given[name] for name in ("src", "href", "action") if name in given]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        if tag == "html":
            self.lang = given.get("lang")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("path", [*PAGES, "/receipts/1", "/sign-in", "/nothing"])
def test_pages_are_polish_and_load_nothing_from_elsewhere(browser, sold, path):
    page = Page(browser.get(path).text)
    assert page.lang == "pl"
    assert page.open == []
    assert page.inline == []
    assert all(re.match(r"/(?!/)|#", it) for it in page.loaded)


@pytest.mark.parametrize("path", [*PAGES, "/receipts/1", "/sign-in"])
def test_pages_hold_no_secrets(running, browser, sold, path):
    text = browser.get(path).text
    assert running.admin_token not in text
    assert browser.cookies["office"] not in text
    assert "scrypt" not in text
    assert "token_hash" not in text


def test_pages_are_not_compressed_beside_a_form_token(browser):
    assert "content-encoding" not in browser.get("/").headers


def test_the_style_sheet_knows_phones_and_printers(http):
    css = http.get("/static/office.css")
    assert css.headers["content-type"].startswith("text/css")
    assert "@media print" in css.text
    assert "@media screen and (max-width" in css.text
    assert "url(" not in css.text
    assert http.get("/static/..%2fpages.py").status_code in {400, 404}
