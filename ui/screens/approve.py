"""E-48 is no dead end: another operator lends the right, with identifier and PIN, for this once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code
from terminal.i18n import translate
from ui.keypad import Accept, Cancel, Key, Mode, Text
from ui.screens.page import Page, Scans
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from terminal.errors import TillError
    from terminal.people.rights import Approval, NoRight
    from terminal.sync.wire import Right
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

# What whoever approves can put right by typing again.
_TYPE_AGAIN = {Code.WRONG_PIN, Code.LOCKED_OUT, Code.CANNOT_APPROVE}


def at_hand(pages: Iterable[Page], right: Right) -> Approval | None:
    """What was approved at the door of one of ``pages``; it is used up with that."""
    for page in pages:
        if page.approval is not None and page.approval.right is right:
            approval, page.approval = page.approval, None
            return approval
    return None


class Approve(Page):
    """``granted`` does what was refused; ``declined`` is what the refusal led to without this."""

    scans = Scans.FILL

    def __init__(
        self,
        desk: Desk,
        refusal: NoRight,
        granted: Callable[[Approval], object],
        declined: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(desk, Mode.DIGITS)
        self._refusal = refusal
        self._granted = granted
        self._declined = declined
        self._identifier = ""

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Another operator approves")

    @property
    def prompt(self) -> str:
        """Identifier first, then PIN."""
        return translate("PIN") if self.entry.mode is Mode.PIN else translate("Identifier")

    def legend(self) -> Legend:
        """Enter goes on."""
        return (("Enter", translate("confirm")), ("Esc", translate("give it up")))

    def body(self, width: int, height: int) -> list[Row]:
        """What is wanting, for whom, and who is typing."""
        text = f"{self._refusal.code} {self._refusal.sentence()}"
        rows = [row.row(width)] * (height // 4) + row.wrapped(width, text, row.STRONG)
        asks = translate("Somebody who may do it types identifier and PIN: for this once.")
        rows += [row.row(width), *row.wrapped(width, asks)]
        if self._identifier:
            text = translate("Identifier: {identifier}", identifier=self._identifier)
            rows += [row.row(width), *row.wrapped(width, text)]
        return rows[:height]

    def on(self, intent: Intent) -> None:
        """Collect both parts; the till decides."""
        match intent:
            case Text(Mode.DIGITS, text):
                self._identifier = text
                self.ask(Mode.PIN)
            case Text(Mode.PIN, pin):
                self._send(pin)
            case Accept() if self.entry.mode is Mode.PIN:
                # Where nobody has a PIN, none is typed.
                self._send("")
            case Cancel() if self._identifier:
                self._again()
            case Cancel():
                self.desk.close(self)
                if self._declined:
                    self._declined()
            case Key("help"):
                super().on(intent)

    def _send(self, pin: str) -> None:
        till = self.desk.till
        call = till.engine.call(till.approve, self._refusal.right, self._identifier, pin)
        self._again()
        self.desk.order(call, self._approved, self._refused)

    def _approved(self, approval: Approval) -> None:
        self.desk.close(self)
        self._granted(approval)

    def _refused(self, error: TillError) -> None:
        if error.code not in _TYPE_AGAIN:
            self.desk.close(self)
        self.desk.refuse(error)

    def _again(self) -> None:
        self._identifier = ""
        self.ask(Mode.DIGITS)
