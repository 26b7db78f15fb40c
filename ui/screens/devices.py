"""Menu 8 3: what is connected, where, whether it answers. Enter tries it; a scan shows its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.installed import FISCAL_PRINTER, RECEIPT_PRINTER
from terminal.paper.waiting import in_words
from ui.amounts import quantity
from ui.keypad import Accept
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Scans
from ui.screens.status import printer_state
from ui.screens.workbench import Trial
from ui.widgets import row
from ui.words import DEVICES, word

if TYPE_CHECKING:
    from terminal.gear.gear import Scan
    from terminal.installed import Device
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_NAME_WIDTH = 20
_DETAIL_ROWS = 4
_HINTS = {
    FISCAL_PRINTER: _("Enter prints a test"),
    RECEIPT_PRINTER: _("Enter prints a test"),
    "scale": _("Enter weighs what lies on it"),
    "drawer": _("Menu 2 3 opens it"),
    "scanner": _("Scan something: its code is shown here"),
}


class Devices(Listing):
    """One row a device of ``till.toml``; the marked one is told in full below."""

    scans = Scans.FILL

    @property
    def title(self) -> str:
        """The heading."""
        return translate("Devices")

    @property
    def count(self) -> int:
        """How many are configured."""
        return len(self._devices)

    @property
    def _devices(self) -> tuple[Device, ...]:
        return self.desk.till.installed.devices

    def legend(self) -> Legend:
        """Choose and try."""
        return (
            ("↑ ↓", translate("choose")),
            ("Enter", translate("try")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """Name and state; below, where the marked one is and how it is tried."""
        texts = [
            f"{row.fit(word(DEVICES, one.name), _NAME_WIDTH)} {self._state(one)}"
            for one in self._devices
        ]
        rows = [row.row(width), *marked_rows(width, max(1, height - 5), texts, self.marked)]
        rows += [row.row(width)] * (height - _DETAIL_ROWS - len(rows))
        marked = self._devices[self.marked]
        told = row.wrapped(width, f"{marked.protocol} {marked.url}".strip(), row.STRONG)
        if marked.name in _HINTS:
            told += row.wrapped(width, translate(_HINTS[marked.name]))
        return [*rows, row.row(width, ("─" * width, row.DIM)), *told][:height]

    def _state(self, device: Device) -> str:
        known = self.desk.known
        if device.name == FISCAL_PRINTER:
            return printer_state(known)
        lamp = next((one for one in known.devices if one.name == device.name), None)
        if lamp is None:
            return translate("not heard of yet")
        answers = translate("answers") if lamp.is_online else translate("does not answer")
        return f"{answers}  {in_words(lamp.detail)}".rstrip()

    def on(self, intent: Intent) -> None:
        """Enter tries the marked one."""
        if not isinstance(intent, Accept):
            super().on(intent)
            return
        till = self.desk.till
        match self._devices[self.marked].name:
            case "scale":
                self.desk.ask(till.gear.weigh(), self._weighed)
            case name if name in {FISCAL_PRINTER, RECEIPT_PRINTER}:
                self.desk.open(Trial(self.desk))
            case _:
                return

    def filled(self, scan: Scan) -> None:
        """What the scanner read, whichever it was."""
        self.desk.say(translate("Read: {code}", code=scan.code))

    def _weighed(self, qty_milli: int) -> None:
        self.desk.say(translate("Weighed: {quantity}", quantity=quantity(qty_milli)))
