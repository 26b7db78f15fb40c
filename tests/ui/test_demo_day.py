"""The scripted day: what it listens for, and that it fails loudly."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING

import click
import pytest

from terminal import events
from terminal.i18n import use_language
from terminal.store.exchanges import Cause, Exchange
from terminal.store.outbox import Unsent
from tests.terminal.desk import Desk
from tests.ui.conftest import running
from ui import demo_day
from ui.demo import Stage
from ui.demo_day import Day, play

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.fake_till import FakeTill

ONLINE = events.PrinterChanged(is_online=True)
OFFLINE = events.PrinterChanged(is_online=False)


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    use_language("en")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_day, "_WAIT_S", 0.3)


def day(*heard: object) -> Day:
    return Day(SimpleNamespace(app=None), list(heard))


async def test_each_event_is_looked_at_once() -> None:
    first, second = events.PullProgress("users", 1), events.PullProgress("users", 2)
    one = day(first, ONLINE, second)
    assert await one.hear(events.PullProgress, "rows") is first
    assert await one.hear(events.PullProgress, "rows") is second
    assert one.heard == [ONLINE]


async def test_the_event_must_be_the_wanted_one() -> None:
    one = day(OFFLINE, ONLINE)
    found = await one.hear(events.PrinterChanged, "the printer", lambda event: event.is_online)
    assert found is ONLINE
    assert one.heard == [OFFLINE]


async def test_what_never_comes_is_named() -> None:
    with pytest.raises(click.ClickException) as caught:
        await day(OFFLINE).hear(events.DayClosed, "the daily report")
    assert caught.value.message == "still waiting for the daily report"


async def test_an_exchange_is_told_apart_by_its_cause() -> None:
    mine, other = (Exchange("", "users", cause) for cause in (Cause.LOGIN, Cause.START))
    one = day(events.Exchanged(other), events.Exchanged(mine))
    assert await one.exchanged(Cause.LOGIN) is mine
    with pytest.raises(click.ClickException, match="the exchange of the login"):
        await one.exchanged(Cause.LOGIN)


async def test_only_the_last_word_of_the_post_counts() -> None:
    none, some = (events.UnsentChanged(Unsent(count, "", 0)) for count in (0, 1))
    one = day(none, some)
    with pytest.raises(click.ClickException, match="the post"):
        await one.hear(events.UnsentChanged, "the post", one.is_all_sent)
    one = day(some, none, ONLINE)
    assert await one.hear(events.UnsentChanged, "the post", one.is_all_sent) is none


async def test_words_are_waited_for_on_the_screen(till: FakeTill) -> None:
    async with running(till) as screen:
        one = Day(SimpleNamespace(app=screen.app), [])
        await one.see("Identifier")
        with pytest.raises(click.ClickException, match="not on the screen: Nowhere"):
            await one.see("Nowhere")


async def test_keys_are_pressed_and_shown(till: FakeTill, capsys) -> None:
    pressed = []

    async def press(*keys: str) -> None:
        pressed.extend(keys)

    one = Day(SimpleNamespace(app=None, press=press), [])
    await one.press("three at once", "3", "asterisk", "1", "enter")
    assert pressed == ["3", "asterisk", "1", "enter"]
    assert capsys.readouterr().out.split() == ["three", "at", "once", "3", "*", "1", "Enter"]


@pytest.mark.timeout(60)
def test_a_day_without_a_printer_fails_loudly(tmp_path: Path, capfd) -> None:
    """No emulator runs: the day says what it waits for, and ends everything it began."""
    Desk(tmp_path / "till")
    stage = Stage(tmp_path, "http://127.0.0.1:9")
    stage.config.write_text(
        f'[store]\ndir = "{tmp_path / "till"}"\n[printer]\nurl = "{tmp_path / "none"}"\n'
    )
    assert play(stage) == 1
    out, err = capfd.readouterr()
    assert "still waiting for the fiscal printer" in err
    assert "=== Morning ===" in out
    # The folder is free again.
    Desk(tmp_path / "till").start().stop()
