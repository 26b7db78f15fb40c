"""A scripted day at the till: the cashier's keys, one after another, and what came of them.

Runs the real screen without showing it, on the real serial line and server of the demo's stage.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

from terminal import config as configuration
from terminal import events
from terminal.boot import build, start
from terminal.errors import TillError
from terminal.i18n import translate, use_language
from terminal.store.exchanges import Cause
from ui.app import KasoApp
from ui.bursts import GAP_MAX_S
from ui.commands import log_to_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.pilot import Pilot

    from terminal.store.exchanges import Exchange
    from ui.demo import Stage

T = TypeVar("T")
_WAIT_S = 60.0
_LOOK_S = 0.02
# Slower than any scanner, or it would be taken for one.
_FINGER_S = 2 * GAP_MAX_S
_SIZE = (80, 25)
_WIDTH = 50
# What a start and a login fetch by themselves, one after the other.
_ENTRIES = ("configuration", "users", "products", "customers")
_BREAD, _TOAST, _BARCODE = "1", "5", "5900480147200"


@dataclass
class Day:
    """The screen, and every event the till told that nobody has looked at yet."""

    pilot: Pilot[object]
    heard: list[object]

    async def press(self, what: str, *keys: str) -> None:
        """Press keys one by one, as a cashier does, and say what for."""
        shown = " ".join(_shown(key) for key in keys)
        click.echo(f"  {what:<{_WIDTH}} {shown}")
        for key in keys:
            await self.pilot.press(key)
            await asyncio.sleep(_FINGER_S)

    async def hear(self, kind: type[T], what: str, is_it: Callable[[T], bool] = bool) -> T:
        """The next event of ``kind``; waits for it, and fails loudly when it never comes."""
        deadline = time.monotonic() + _WAIT_S
        while time.monotonic() < deadline:
            for event in list(self.heard):
                if isinstance(event, kind) and is_it(event):
                    self.heard.remove(event)
                    return event
            await asyncio.sleep(_LOOK_S)
        msg = f"still waiting for {what}"
        raise click.ClickException(msg)

    async def exchanged(self, cause: Cause) -> Exchange:
        """The next exchange with the office that ``cause`` began."""
        told = await self.hear(
            events.Exchanged,
            f"the exchange of the {cause}",
            lambda event: event.exchange.cause is cause,
        )
        return told.exchange

    async def see(self, words: str) -> None:
        """Wait until ``words`` stand on the screen."""
        deadline = time.monotonic() + _WAIT_S
        while words not in _text(self.pilot.app):
            if time.monotonic() > deadline:
                msg = f"not on the screen: {words}"
                raise click.ClickException(msg)
            await asyncio.sleep(_LOOK_S)

    def is_all_sent(self, event: events.UnsentChanged) -> bool:
        """Whether ``event`` is the last word on what is unsent, and it is: nothing."""
        last = next(one for one in reversed(self.heard) if isinstance(one, events.UnsentChanged))
        return event is last and not event.unsent.count

    async def sell(self, what: str, *keys: str) -> None:
        """Keys that end with a printed receipt."""
        await self.press(what, *keys)
        printed = await self.hear(events.ReceiptPrinted, "a printed receipt")
        total, change = _zloty(printed.receipt.total_gr), _zloty(printed.change_gr)
        click.echo(f"{'':<8}-> receipt {printed.receipt_no}: {total}, change {change}")


def play(stage: Stage) -> int:
    """Play the day and print keys, paper and what the office got; gives the exit code."""
    config = configuration.load(stage.config)
    log_to_file(config.folder)
    use_language(config.screen.language)
    running = build(config)
    app = KasoApp(running.till, keys=dict(config.keys))
    heard: list[object] = []
    failures: list[Exception] = []

    async def pilot(pilot: Pilot[object]) -> None:
        try:
            await _play(Day(pilot, heard), stage)
        except (TillError, click.ClickException) as error:
            failures.append(error)
        app.exit()

    try:
        running.till.engine.listen(heard.append)
        start(running)
        app.run(headless=True, size=_SIZE, mouse=False, auto_pilot=pilot)
    finally:
        running.stop()
    if stage.paper.exists():
        click.echo("\n=== Paper of the fiscal printer ===\n")
        click.echo(stage.paper.read_text(encoding="utf-8"))
    for error in failures:
        click.echo(f"kasoterminal demo: {error}", err=True)
    return 1 if failures or app.return_code else 0


async def _play(day: Day, stage: Stage) -> None:
    await _morning(day)
    await _selling(day)
    await _changes(day, stage)
    await _evening(day, stage)


async def _morning(day: Day) -> None:
    click.echo("=== Morning ===")
    await day.hear(events.PrinterChanged, "the fiscal printer", lambda event: event.is_online)
    for _ in _ENTRIES:
        fetched = await day.exchanged(Cause.START)
        click.echo(f"  fetched {fetched.entry:<16} {fetched.added} rows")
    await day.press("cashier Anna logs in and opens the day", "1", "enter", *"1111", "enter")
    for _ in _ENTRIES:
        await day.exchanged(Cause.OPENING)
    await day.see(translate("Enter = accept"))
    await day.press("she accepts what the opening fetched", "enter")


async def _selling(day: Day) -> None:
    click.echo("\n=== Selling ===")
    await day.sell("bread by its number, exact cash", _BREAD, "enter", "enter", "enter")
    await day.sell(
        "three at once by 3*, 50 zł in cash",
        *"3", "asterisk", _TOAST, "enter", "enter", *"5000", "enter",
    )  # fmt: skip
    await day.sell(
        "a scanned barcode, 5 zł by card, the rest in cash",
        *_BARCODE, "enter", _TOAST, "enter", "enter", "asterisk", *"500", "enter",
        "up", "enter",
    )  # fmt: skip
    await day.press("a number that nobody has", *"99999", "enter", "escape")


async def _changes(day: Day, stage: Stage) -> None:
    click.echo("\n=== Changes from the office (menu 8 4 3) ===")
    await day.press("manager Marek takes over", "f10", "1")
    await day.hear(events.OperatorChanged, "the lock", lambda event: event.operator is None)
    await day.press("", "2", "enter", *"2222", "enter")
    for _ in _ENTRIES:
        await day.exchanged(Cause.LOGIN)
    stage.ask_office("set", "products", _TOAST, '{"price_gr": 749}')
    click.echo("  the owner sets a new price of number 5 in the office: 7,49 zł")
    await day.press("products", "f10", *"843", "enter")
    fetched = await day.exchanged(Cause.KEYS)
    click.echo(
        f"{'':<8}-> {fetched.entry}: {fetched.added} added, {fetched.changed} changed,"
        f" {fetched.removed} removed, {fetched.refused} refused"
    )
    await day.press("", "enter", "escape", "escape", "escape")


async def _evening(day: Day, stage: Stage) -> None:
    click.echo("\n=== Evening: the daily report (menu 3) ===")
    await day.press("summary", "f10", "3")
    await day.see(translate("make the daily report"))
    await day.press("make it", "enter")
    closed = await day.hear(events.DayClosed, "the daily report")
    click.echo(
        f"{'':<8}-> report {closed.report_no}: {closed.receipts} receipts,"
        f" {_zloty(closed.total_gr)}; pending: {'; '.join(closed.notes) or 'nothing'}"
    )
    await day.hear(events.UnsentChanged, "the post", day.is_all_sent)
    click.echo(f"{'':<8}-> the office has everything: {stage.ask_office('terminals')}")


def _text(app: App[object]) -> str:
    rows = app.face.rows if isinstance(app, KasoApp) else []
    return "\n".join("".join(words for words, _style in row) for row in rows)


def _zloty(amount_gr: int) -> str:
    return f"{amount_gr // 100},{amount_gr % 100:02d} zł"


def _shown(key: str) -> str:
    return {"enter": "Enter", "escape": "Esc", "asterisk": "*", "f10": "F10"}.get(key, key)
