"""A signed-in browser on an office that has a week behind it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import expect

from backoffice.running import start_office
from backoffice.web.i18n import LANGUAGES
from tests.backoffice.web.signed import cookie_of, new_account, token_of
from tests.pages import walk
from tests.pages.seeded import seed

CHROMIUM = shutil.which("chromium")
# Made for a box of its own, where there is nothing to protect; and it asks nobody anything.
SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
HEIGHT = 900
# A machine that also runs everything else answers late.
SLOW_MS = 20_000
# Rows of a list are alike.
LOOKED_AT = """options => axe.run({exclude: [["tbody tr:nth-child(n+6)"]]}, options)"""
expect.set_options(timeout=SLOW_MS)


@dataclass
class Window:
    """A page of the browser, with what it asked for and what it complained of."""

    page: object
    home: str
    asked: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    @property
    def strangers(self):
        """Requests to other hosts."""
        return [url for url in self.asked if urlsplit(url).netloc != urlsplit(self.home).netloc]

    def go(self, path, width):
        self.asked.clear()
        self.complaints.clear()
        self.resize(width)
        return self.page.goto(f"{self.home}{path}")

    def resize(self, width):
        self.page.set_viewport_size({"width": width, "height": HEIGHT})


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """An office with a week of sales."""
    running = start_office(f"sqlite:///{tmp_path_factory.mktemp('pages') / 'office.db'}")
    seed(running.office)
    running.office.copies.make(running.office.clock())
    yield running
    running.stop()


@pytest.fixture(scope="session")
def owners(office):
    """The cookie of an owner for each language."""
    return {
        language: {
            "office": cookie_of(office.office, new_account(office.office, language=language))
        }
        for language in LANGUAGES
    }


@pytest.fixture(scope="session")
def found(office, owners):
    """An address for each route; empty for what is no page."""
    with httpx2.Client(base_url=office.url, cookies=owners["pl"]) as client:
        sheet = "Nazwa;VAT;Cena\nCukier puder 400 g;B;4,99\nSól;B;tania\n"
        form = {"_csrf_token": token_of(client.get("/goods/import")), "shop": "lipa"}
        files = {"file": ("towary.csv", sheet, "text/csv")}
        preview = client.post("/goods/import", data=form, files=files)
        return walk.places(client, preview.headers["location"])


@pytest.fixture(scope="session")
def places(found):
    """An address for each route of a page."""
    return {route: address for route, address in found.items() if address}


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no chromium here")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(chromium, office):
    """Opens one window for each set of cookies, and keeps it."""
    opened = {}

    def window(**cookies):
        key = tuple(sorted(cookies.items()))
        if key not in opened:
            context = chromium.new_context(locale="en")
            context.add_cookies(
                [{"name": it, "value": cookies[it], "url": office.url} for it in cookies]
            )
            opened[key] = _watched(context.new_page(), office.url)
        return opened[key]

    yield window
    for it in opened.values():
        it.page.context.close()


@pytest.fixture
def look(windows, owners):
    """Opens a page for an owner who speaks a language; returns the window."""

    def open_page(path, *, language="pl", width=1280):
        window = windows(**owners[language])
        answer = window.go(path, width)
        assert answer.status == 200, f"{path}: {answer.status}"
        return window

    return open_page


@pytest.fixture
def axe():
    """What keeps people out of a page, one line each."""
    script = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script

    def check(page, without=()):
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        rules = {rule: {"enabled": False} for rule in without}
        found = page.evaluate(LOOKED_AT, {"resultTypes": ["violations"], "rules": rules})
        return [
            f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return check


@pytest.fixture(scope="session")
def shots():
    """Where pictures go, as the variable SHOTS says; None where nobody wants any."""
    wanted = os.environ.get("SHOTS")
    return Path(wanted) if wanted else None


def _watched(page, home):
    window = Window(page, home)
    page.on("request", lambda request: window.asked.append(request.url))
    page.on("pageerror", lambda error: window.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: said.type in {"error", "warning"} and window.complaints.append(said.text),
    )
    return window
