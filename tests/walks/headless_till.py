"""A till without a terminal, as its cashier has it: keys and screen as of ``PtyTill``.

The real till and the real screen run in this process, so that a test may wait for their threads
instead of for time.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING

from textual import events

from terminal import config as configuration
from terminal.boot import build, start
from terminal.i18n import use_language
from tests.walks.pty_till import COLUMNS, LINES, WAIT_S
from ui.app import Hop, KasoApp
from ui.widgets.row import plain

if TYPE_CHECKING:
    from pathlib import Path

_FINGER_S, _SCANNER_S = 0.2, 0.002
_NAMES = {
    "esc": "escape",
    "back": "backspace",
    "*": "asterisk",
    "#": "number_sign",
    ",": "comma",
}


class HeadlessTill:
    """``press`` types, ``scan`` reads a code, ``until`` waits for words on the screen."""

    def __init__(self, config: Path) -> None:
        loaded = configuration.load(config)
        use_language(loaded.screen.language)
        self.running = build(loaded)
        self._app = KasoApp(self.running.till, keys=dict(loaded.keys), allow_quit=True)
        self._now_s = time.monotonic() - 1000.0
        start(self.running)
        run = partial(self._app.run_async, headless=True, size=(COLUMNS, LINES), mouse=False)
        self._thread = Thread(target=lambda: asyncio.run(run()))
        self._thread.start()

    @property
    def text(self) -> str:
        """What is shown now."""
        return "\n".join(plain(line) for line in self._app.face.rows)

    def press(self, *keys: str) -> None:
        """Keys one after the other; a word that is no name of a key is typed letter by letter."""
        for key in keys:
            self._key(key, _FINGER_S)

    def scan(self, code: str) -> None:
        """A code as a keyboard scanner types it."""
        self._now_s += _FINGER_S
        for key in (*code, "enter"):
            self._key(key, _SCANNER_S)

    def until(self, *wanted: str) -> str:
        """Wait until all of ``wanted`` stands on the screen, and until nothing moves any more."""
        deadline_s = time.monotonic() + WAIT_S
        while not all(words in self.text for words in wanted):
            assert time.monotonic() < deadline_s, f"{wanted}:\n{self.text}"
            time.sleep(0.005)
        return self.text

    def rest(self) -> None:
        """Until every thread has done what it was asked, and the screen has heard of it."""
        context = self.running.context
        for _ in range(2):
            for thread in (context.net, context.devices, context.lookup, context.engine):
                thread.call(int).result(WAIT_S)
            done = Event()
            self._post(Hop(done.set))
            assert done.wait(WAIT_S)

    def stop(self) -> None:
        """End it however it is."""
        self._app.leave()
        self._thread.join(WAIT_S)
        self.running.stop()
        use_language("en")

    def _key(self, key: str, gap_s: float) -> None:
        self._now_s += gap_s
        event = events.Key(_NAMES.get(key, key), key if len(key) == 1 else None)
        event.time = self._now_s
        self._post(event)

    def _post(self, message: events.Key | Hop) -> None:
        deadline_s = time.monotonic() + WAIT_S
        while (loop := self._app._running_loop) is None:
            assert time.monotonic() < deadline_s, "the screen does not start"
            time.sleep(0.005)
        loop.call_soon_threadsafe(self._app.post_message, message)
