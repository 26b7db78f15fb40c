"""Whatever is pressed, nothing breaks, and till and printer have the same books at the end.

A real till and an emulated printer, line to line in one process. ``SEED=n`` repeats a run of the
long test, ``ROUNDS=n`` is how many keys it presses.
"""

from __future__ import annotations

import asyncio
import logging
import os
import queue
import random
import tempfile
import time
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

from hw_emulator.posnet.memory import read_memory
from terminal.sale.receipt import State
from terminal.sync.wire import Settings
from tests.crash.power import Stand
from tests.crash.stands import quick
from tests.fiscal.rig import MEMORY_DISK, fill
from tests.ui.conftest import running
from tests.ui.monkey import Monkey, Paste, Press, Resize
from ui.app import Hop
from ui.bursts import GAP_MAX_S
from ui.desk import Desk
from ui.keyboard import Keyboard
from ui.menu import MENU, SERVICE
from ui.screens.login import Login
from ui.widgets.row import plain

__all__ = ["quick"]
WAIT_S = 20.0
VERBS = {choice.verb for choice in (*MENU, *SERVICE) if choice.verb}


@pytest.fixture
def counter(tmp_path_factory, monkeypatch):
    monkeypatch.setattr("ui.speech.use_language", lambda language: None)
    settings = Settings("settings", "identifier", "off", cash_management=True)
    origin = fill(tmp_path_factory.mktemp("origin") / "till", settings=[settings])
    stand = Stand(Path(tempfile.mkdtemp(prefix="monkey-", dir=MEMORY_DISK)), origin)
    stand.switch_on().start()
    yield stand
    stand.clear()


class Watched:
    """What the monkey did with a desk, and that it stood it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.chosen: set[str] = set()
        choose = desk.choose
        desk.choose = lambda choice, *more: (self.chosen.add(choice.verb), choose(choice, *more))

    @property
    def is_logged_in(self) -> bool:
        return self.desk.known.operator is not None

    def check(self) -> None:
        said = self.desk.said
        assert said is None or "Program error" not in said.text, said
        assert self.desk.known.blocked is None


class Bare:
    """Keyboard and desk without a screen; other threads are heard between two keys."""

    def __init__(self, till) -> None:
        self._hops: queue.SimpleQueue = queue.SimpleQueue()
        self.desk = Desk(till, self._hops.put, lambda _: None)
        self._keyboard = Keyboard(self.desk, {})
        self._size = (80, 25)
        self._now_s = 0.0
        self.desk.start()

    def make(self, move) -> None:
        if isinstance(move, Press):
            self._now_s += move.gap_s
            self._keyboard.release(self._now_s)
            self._keyboard.feed(move.key, move.character, self._now_s)
            if move.gap_s > GAP_MAX_S:
                self._hear()
        elif isinstance(move, Resize):
            self._size = (move.width, move.height)

    def rest(self) -> None:
        """The keyboard is left alone for a moment, and somebody looks at the screen."""
        self._now_s += 1.0
        self._keyboard.release(self._now_s)
        self._hear()
        width, height = self._size
        drawn = self.desk.rows(width, height)
        assert {len(plain(line)) for line in drawn} <= {width}
        assert len(drawn) == height

    def _hear(self) -> None:
        """Everything that was told, and the answers that keys in line wait for."""
        while self.desk._errands._orders or not self._hops.empty():
            self._hops.get(timeout=WAIT_S)()


def wait_for_threads(stand: Stand) -> None:
    """Until each thread has done what it was asked before now."""
    context = stand.alive.running.context
    for engine in (context.devices, context.net, context.lookup, context.engine):
        engine.call(int).result(WAIT_S)


def books_agree(stand: Stand) -> int:
    """Let the till come to rest and compare its journal with the fiscal memory."""
    alive = stand.alive
    end_s = time.monotonic() + WAIT_S
    while alive.view().receipt.state in {State.PAID, State.PRINTING}:
        assert time.monotonic() < end_s
        time.sleep(0.01)
    alive.settle()
    assert stand.wrong() == []
    return len(read_memory(stand.memory).receipts)


def press_bare(stand: Stand, keys: int, seed: int) -> set[str]:
    bare, monkey = Bare(stand.alive.till), Monkey(seed)
    watched = Watched(bare.desk)
    pressed = 0
    while pressed < keys:
        for move in monkey.moves(is_logged_in=watched.is_logged_in):
            pressed += isinstance(move, Press)
            bare.make(move)
        if monkey.is_patient:
            wait_for_threads(stand)
        bare.rest()
        watched.check()
    return watched.chosen


def test_twenty_thousand_keys_without_a_screen(counter):
    assert press_bare(counter, 20_000, 1) >= VERBS
    assert books_agree(counter) >= 50


async def press_on_screen(stand: Stand, keys: int, seed: int) -> set[str]:
    """The same on a running screen, with everything that Textual does in between."""
    monkey, pressed = Monkey(seed), 0
    # Without training, which ends the screen to show another.
    async with running(stand.alive.till, is_training=None) as screen:
        watched = Watched(screen.app.desk)
        await screen.until("Identifier")
        while pressed < keys:
            for move in monkey.moves(is_logged_in=watched.is_logged_in):
                pressed += isinstance(move, Press)
                post(screen, move)
            screen.now_s += 1.0
            await idle(screen)
            if monkey.is_patient:
                await asyncio.to_thread(wait_for_threads, stand)
                await idle(screen)
            watched.check()
        assert screen.app.is_running
    return watched.chosen


def post(screen, move) -> None:
    if isinstance(move, Press):
        screen._key(move.key, move.gap_s)
    elif isinstance(move, Paste):
        screen.app.post_message(events.Paste(move.text))
    else:
        size = Size(move.width, move.height)
        screen.app.post_message(events.Resize(size, size))


async def idle(screen) -> None:
    """Until what was posted before is done."""
    done = asyncio.Event()
    screen.app.post_message(Hop(done.set))
    await asyncio.wait_for(done.wait(), WAIT_S)


async def test_five_thousand_keys_on_the_screen(counter):
    await press_on_screen(counter, 5_000, 2)
    assert await asyncio.to_thread(books_agree, counter) >= 1


@pytest.mark.torture
async def test_for_a_long_time(counter):
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    keys = int(os.environ.get("ROUNDS", "20000"))
    print(f"SEED={seed} ROUNDS={keys}")  # noqa: T201 - to repeat it
    await press_on_screen(counter, keys, seed)
    await asyncio.to_thread(press_bare, counter, keys * 10, seed)
    await asyncio.to_thread(books_agree, counter)


def test_what_breaks_is_seen(counter, monkeypatch, caplog):
    """Planted: a page that cannot be drawn once in a while."""
    caplog.set_level(logging.CRITICAL)
    body = Login.body
    calls = iter(range(10**6))
    monkeypatch.setattr(Login, "body", lambda *more: 1 / (next(calls) % 7) and body(*more))
    with pytest.raises(AssertionError, match="Program error"):
        press_bare(counter, 2_000, 3)
