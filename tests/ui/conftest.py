"""Drives the cashier's screen: keys in, the text of the screen out, no waiting for luck."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual import events

from terminal.i18n import use_language
from tests.ui.fake_till import FakeTill
from ui.app import KasoApp
from ui.widgets.row import plain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

DEADLINE_S = 20.0
SLOW_S = 0.2
FAST_S = 0.002
TEXTUAL_NAMES = {
    "back": "backspace",
    "*": "asterisk",
    "#": "number_sign",
    ",": "comma",
    "esc": "escape",
    " ": "space",
}


class Screen:
    """A running app: ``keys`` are typed at finger speed, ``scan`` at a scanner's."""

    def __init__(self, app: KasoApp) -> None:
        self.app = app
        self.now_s = time.monotonic() - 1000.0

    def keys(self, *keys: str) -> Screen:
        for key in keys:
            self._key(key, SLOW_S)
        return self

    def type(self, text: str) -> Screen:
        return self.keys(*text)

    def scan(self, code: str, end: str = "enter") -> Screen:
        self.now_s += SLOW_S
        for key in (*code, end):
            self._key(key, FAST_S)
        return self

    def _key(self, key: str, gap_s: float) -> None:
        self.now_s += gap_s
        event = events.Key(TEXTUAL_NAMES.get(key, key), key if len(key) == 1 else None)
        event.time = self.now_s
        self.app.post_message(event)

    @property
    def text(self) -> str:
        return "\n".join(plain(line) for line in self.app.face.rows)

    async def until(self, *wanted: str) -> str:
        """Wait until all of ``wanted`` is on the screen; the screen is the failure's message."""
        await self.true(lambda: all(part in self.text for part in wanted), f"wanted {wanted}")
        return self.text

    async def true(self, condition: Callable[[], bool], what: str = "") -> None:
        end_s = time.monotonic() + DEADLINE_S
        while not condition():
            assert time.monotonic() < end_s, f"{what}:\n{self.text}"
            await asyncio.sleep(0.002)

    async def log_in(self) -> Screen:
        await self.until("Identifier")
        await self.keys("1", "enter").type("1234").keys("enter").until("TOTAL")
        return self


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.fixture
def till() -> Iterator[FakeTill]:
    made = FakeTill()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def _no_page_breaks(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    broken = [r for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
    assert not [logging.Formatter().format(record) for record in broken]


@asynccontextmanager
async def running(till: object, size: tuple[int, int] = (80, 25), **more: object) -> AsyncIterator:
    app = KasoApp(till, **{"is_training": False, **more})
    async with app.run_test(size=size):
        yield Screen(app)


@pytest.fixture
async def screen(till: FakeTill) -> AsyncIterator[Screen]:
    async with running(till) as shown:
        yield shown


@pytest.fixture
async def sale(screen: Screen) -> Screen:
    return await screen.log_in()
