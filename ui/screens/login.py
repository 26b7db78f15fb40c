"""Login: identifier and PIN as the shop's settings want them; the PIN is never shown.

The menu key opens the service menu: a till without data can synchronise there.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from terminal.errors import Code
from terminal.events import OperatorChanged
from terminal.i18n import translate
from ui.keypad import Accept, Cancel, Key, Mode, Text
from ui.screens.installing import TRIED, given_up_rows, update_rows
from ui.screens.page import Page, Scans
from ui.screens.totals import imported_rows
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


class Login(Page):
    """Nobody is logged in."""

    scans = Scans.FILL

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Mode.DIGITS)
        self._identifier = ""
        self._locked_until_s = 0.0

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Log in")

    @property
    def prompt(self) -> str:
        """Identifier first, then PIN."""
        if self._login_mode == "none":
            return translate("Enter logs in")
        return translate("PIN") if self.entry.mode is Mode.PIN else translate("Identifier")

    def legend(self) -> Legend:
        """Enter goes on."""
        return (("Enter", translate("confirm")), ("Esc", translate("from the start")))

    def body(self, width: int, height: int) -> list[Row]:
        """Who is logging in, and how long the lock still lasts."""
        rows = [row.row(width)] * (height // 3)
        receipt = self.desk.known.receipt
        if receipt is not None and self.desk.known.has_lines:
            count = len(receipt.live_lines)
            text = translate("An open receipt is kept, lines: {count}", count=count)
            rows += row.wrapped(width, text, row.STRONG)
        rows += imported_rows(width, self.desk.known.imported)
        update = self.desk.known.update
        if update.phase in TRIED:
            rows += [*update_rows(width, update), row.row(width)]
        else:
            rows += given_up_rows(width, update)
        if self._identifier:
            text = translate("Identifier: {identifier}", identifier=self._identifier)
            rows += row.wrapped(width, text)
        left_s = self._locked_until_s - time.monotonic()
        if left_s > 0:
            text = translate("Locked: wait {seconds} s", seconds=int(left_s) + 1)
            rows += row.wrapped(width, text, row.WARN)
        return rows

    def on(self, intent: Intent) -> None:
        """Collect both parts; the till decides."""
        match intent:
            case Text(Mode.DIGITS, text):
                self._identifier = text
                if self._login_mode == "pin":
                    self.ask(Mode.PIN)
                else:
                    self._log_in("")
            case Text(Mode.PIN, text):
                self._log_in(text)
            case Accept() if self.entry.mode is Mode.PIN:
                self._log_in("")
            case Accept() if self._login_mode == "none":
                self._log_in("")
            case Accept():
                return
            case Cancel():
                self._again()
            case Key("menu"):
                self.desk.service_key("service")
            case _:
                super().on(intent)

    @property
    def _login_mode(self) -> str:
        """``pin`` wants identifier and PIN, ``identifier`` no PIN, ``none`` neither."""
        settings = self.desk.known.settings
        return settings.login_mode if settings else "pin"

    def _log_in(self, pin: str) -> None:
        till = self.desk.till
        call = till.engine.call(till.login, self._identifier, pin)
        self.desk.order(call, None, self._refused)
        self._again()

    def _refused(self, error: TillError) -> None:
        seconds = error.params.get("seconds")
        if error.code is Code.LOCKED_OUT and isinstance(seconds, int):
            self._locked_until_s = time.monotonic() + seconds
        self.desk.refuse(error)

    def _again(self) -> None:
        self._identifier = ""
        self.ask(Mode.DIGITS)


class DoorLogin(Login):
    """The same in front of a door that wants a right; ``then`` goes on with whoever came in."""

    def __init__(self, desk: Desk, then: Callable[[], object]) -> None:
        super().__init__(desk)
        self._then = then

    def on(self, intent: Intent) -> None:
        """Esc goes back; the menu is here already."""
        match intent:
            case Cancel() if not self._identifier:
                self.desk.close(self)
            case Key("menu"):
                return
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """Somebody came in."""
        if isinstance(event, OperatorChanged) and event.operator is not None:
            self.desk.close(self)
            self._then()
        return False
