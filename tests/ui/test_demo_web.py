"""A sale in a browser: keys into a page, its screen read from what the page is sent."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyte
import pytest
from click.testing import CliRunner

from tests.shop import wait_until
from ui import demo_web

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
COLUMNS, ROWS = 120, 40
SLOW_S = 40.0


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server of its own, whose shops lie in ``tmp_path``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-m", "ui", "demo-web", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as server:
        yield server.stdout.readline().removeprefix("ready ").strip()
        server.terminate()
        assert server.wait(SLOW_S) == 0


class Tab:
    """One tab: keys in, the text of the screen out."""

    def __init__(self, page, address: str) -> None:
        self.page = page
        self.asked: list[str] = []
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda line: line.on("framereceived", self._read))
        page.goto(address)

    def _read(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            self._stream.feed(frame)

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    def until(self, *wanted: str) -> None:
        def shown() -> bool:
            self.page.wait_for_timeout(50)
            return all(part in self.text for part in wanted)

        try:
            wait_until(shown, f"{wanted}", SLOW_S)
        except AssertionError as error:
            error.add_note(self.text)
            raise

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            # At the pace of fingers: what comes faster is a scanner.
            self.page.wait_for_timeout(80)


@contextmanager
def chromium():
    if CHROMIUM is None:
        pytest.skip("no chromium here")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        # Made for a box of its own, where there is nothing to protect.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def test_a_sale_in_a_browser(address: str, tmp_path: Path) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1000, "height": 640})
        tab = Tab(page, address)
        tab.until("Identyfikator")
        tab.keys("1", "Enter")
        tab.until("PIN:")
        tab.keys(*"1111", "Enter")
        tab.until("SUMA", "drukarka OK")
        tab.keys("1", "Enter")
        tab.until("1 pozycja")
        tab.keys("F6")
        tab.until("Zaparkowano: Sprzedaż 1")
        tab.keys("F7")
        tab.until("Zaparkowane paragony", "Sprzedaż 1")
        tab.keys("ArrowDown", "ArrowDown", "Enter")
        tab.until("1 pozycja")
        tab.keys("Enter")
        tab.until("Gotówka")
        tab.keys("Enter")
        tab.until("Ostatni paragon: nr 1")
        (link,) = tmp_path.glob("kaso-demo-*/office-link")
        office = browser.new_page()
        office.goto(link.read_text().strip())
        assert office.locator("#login").count() == 1
        office.close()
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/demo-web.png")
        assert {urlsplit(url).hostname for url in tab.asked} == {"127.0.0.1"}
        # The shop is gone with its tab.
        assert list(tmp_path.glob("kaso-demo-*"))
        page.close()
        wait_until(lambda: not list(tmp_path.glob("kaso-demo-*")), "cleared away", SLOW_S)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_web, "find_spec", lambda _name: None)
    done = CliRunner().invoke(demo_web.demo_web)
    assert done.exit_code == 1
    assert "kasoterminal[web]" in done.output


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = CliRunner().invoke(demo_web.demo_web, ["--port", str(taken.getsockname()[1])])
    assert done.exit_code == 1
    assert "Choose another with --port" in done.output
