"""Menu 2 1 and 2 2: cash into the drawer or out of it, and F8: the drawer without a sale."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal import events
from terminal.day import reasons
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.amounts import zloty
from ui.keypad import Accept, Mode, Number
from ui.screens.page import Page, Scans
from ui.screens.question import Choices
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from terminal.errors import TillError
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row


def because(
    codes: Sequence[str], then: Callable[[str], object]
) -> list[tuple[str, Callable[[], object]]]:
    """Numbered reasons; the chosen one is handed to ``then``."""
    return [(reasons.in_words(code), partial(then, code)) for code in codes]


class Moving(Page):
    """An amount, then a reason; the page stays until the printer has booked it, or not."""

    scans = Scans.IGNORE

    def __init__(self, desk: Desk, sign: int) -> None:
        super().__init__(desk, Mode.AMOUNT)
        self._sign = sign
        self._amount_gr = 0
        self._is_busy = False
        self._error: TillError | None = None

    @property
    def title(self) -> str:
        """In or out."""
        return translate(_("Cash in") if self._sign > 0 else _("Cash out"))

    @property
    def prompt(self) -> str:
        """How much."""
        return "" if self._is_busy else translate("Amount")

    def legend(self) -> Legend:
        """Enter goes on."""
        if self._is_busy:
            return ((translate("Wait"), translate("nothing to press")),)
        return (("Enter", translate("confirm")), ("Esc", translate("back")))

    def body(self, width: int, height: int) -> list[Row]:
        """What was typed, what went wrong."""
        rows = [row.row(width)] * (height // 3)
        if self._is_busy:
            text = translate("{amount} zł: the printer books it…", amount=zloty(self._amount_gr))
            rows += row.wrapped(width, text, row.STRONG)
        elif self._error is not None:
            text = f"! {self._error.code} {self._error.sentence()}"
            rows += row.wrapped(width, text, row.WARN)
        return rows[:height]

    def on(self, intent: Intent) -> None:
        """The amount asks for its reason."""
        match intent:
            case _ if self._is_busy:
                return
            case Number(_, value) if value:
                self._amount_gr = value
                codes = reasons.IN if self._sign > 0 else reasons.OUT
                title = f"{self.title}: {zloty(value)} zł"
                self.desk.open(Choices(self.desk, title, because(codes, self._move)))
            case Accept() if self._error is not None and self._amount_gr:
                self.on(Number(Mode.AMOUNT, self._amount_gr))
            case _:
                super().on(intent)

    def told(self, event: object) -> bool:
        """How it ended."""
        match event:
            case events.CashMoved(amount_gr) if self._is_busy:
                self.desk.close(self)
                self.desk.say(f"{self.title}: {zloty(abs(amount_gr))} zł")
            case events.Failed(error) if self._is_busy:
                self._refused(error)
                self.desk.refuse(error)
                return True
        return False

    def _move(self, reason: str) -> None:
        self._is_busy, self._error = True, None
        till = self.desk.till
        call = till.engine.call(till.move_cash, self._sign * self._amount_gr, reason)
        self.desk.order(call, None, self._not_begun)

    def _not_begun(self, error: TillError) -> None:
        self._refused(error)
        self.desk.refuse(error)

    def _refused(self, error: TillError) -> None:
        self._is_busy, self._error = False, error


def ask_for_drawer(desk: Desk) -> None:
    """F8 and menu 2 3: the drawer, for a reason where the shop wants one."""
    settings = desk.known.settings
    if settings is not None and settings.drawer_rule == "reason":
        title = translate("Open the drawer: why?")
        desk.open(Choices(desk, title, because(reasons.DRAWER, partial(_open_drawer, desk))))
    else:
        _open_drawer(desk, "")


def _open_drawer(desk: Desk, reason: str) -> None:
    desk.call(desk.till.shifts.open_drawer, reason)
