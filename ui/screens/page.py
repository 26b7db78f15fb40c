"""What every page of the cashier's screen has: an entry field, a body of rows, keys. No Textual.

A page never waits and never owns facts: it turns ``Known`` into rows and intents into verbs.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.keypad import CODE_MAX, Cancel, Entry, Key, Mode, press

if TYPE_CHECKING:
    from terminal.gear.gear import Scan
    from terminal.people.rights import Approval
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.widgets.row import Row

Legend = tuple[tuple[str, str], ...]


class Scans(StrEnum):
    """What a scan means on a page: an article, the whole of the entry field, or nothing."""

    SELL = "sell"
    FILL = "fill"
    IGNORE = "ignore"


class Page:
    """One page; ``desk`` carries out what it asks for.

    ``acts_at_once`` holds keys back for the length of a scanner's gap, because a digit here cannot
    be undone. ``survives_lock`` keeps the page when the operator is logged out under it;
    ``keeps_awake`` is for pages under which nobody is logged out for being idle.
    ``may_be_asked``: somebody on this page may be asked for the daily report.
    ``menu_word`` says what the menu key opens. ``approval`` was given for opening the page; the
    first verb that wants the right uses it up.
    """

    scans = Scans.SELL
    acts_at_once = False
    survives_lock = False
    keeps_awake = False
    may_be_asked = False
    menu_word = _("menu")

    def __init__(self, desk: Desk, mode: Mode = Mode.NONE) -> None:
        self.desk = desk
        self.entry = Entry(mode)
        self.approval: Approval | None = None

    @property
    def title(self) -> str:
        """The heading, in the language of the screen."""
        return ""

    @property
    def prompt(self) -> str:
        """What the entry field asks for, in the language of the screen."""
        return ""

    def legend(self) -> Legend:
        """Keys and what they do here, the most used first."""
        return (("Esc", translate("back")),)

    def opened(self) -> None:
        """The page is on the screen for the first time."""

    def body(self, width: int, height: int) -> list[Row]:
        """At most ``height`` rows."""
        raise AssertionError(width, height)

    def press(self, key: str) -> None:
        """A key in the entry field, and what it means."""
        self.entry, intent = press(self.entry, key)
        if intent is not None:
            self.on(intent)

    def on(self, intent: Intent) -> None:
        """Answer an intent; what a page does not know goes to every page's answer."""
        match intent:
            case Cancel():
                self.desk.close(self)
            case Key(name):
                self.desk.service_key(name)

    def told(self, event: object) -> bool:
        """Hear an event of the till; true when nobody else need say it."""
        del event
        return False

    def scanned(self, scan: Scan) -> None:
        """A scan on a page that sells: the cashier sees it on the receipt."""
        self.desk.home()
        if self.desk.page is not self:
            self.desk.take(scan)

    def filled(self, scan: Scan) -> None:
        """A scan in a field: its digits take the place of what was typed, and are confirmed."""
        digits = "".join(sign for sign in scan.code if sign in "0123456789")[:CODE_MAX]
        if not digits:
            self.desk.refuse_scan()
            return
        self.entry = Entry(self.entry.mode, digits)
        self.press("enter")

    def ask(self, mode: Mode) -> None:
        """Empty the entry field and ask for something else."""
        self.entry = Entry(mode)
