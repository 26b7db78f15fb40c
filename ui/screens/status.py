"""Menu 7: printer, connections, what the back office lacks. Drawn from what is known, live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.waiting import in_words
from ui.amounts import zloty
from ui.exchanging import PUSH
from ui.keypad import Accept
from ui.screens.exchange import Exchange
from ui.screens.page import Page
from ui.widgets import row
from ui.words import DAYS, DEVICES, word

if TYPE_CHECKING:
    from ui.keypad import Intent
    from ui.known import Known
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_NAME_WIDTH = 34


class Status(Page):
    """Facts in two columns under a ``heading``."""

    heading = ""

    @property
    def title(self) -> str:
        """The heading, in the language of the screen."""
        return translate(self.heading)

    def facts(self) -> list[tuple[str, str]]:
        """Name and value of each row."""
        return []

    def body(self, width: int, height: int) -> list[Row]:
        """One fact a row."""
        rows = [row.row(width)]
        for name, value in self.facts():
            first, *more = row.wrapped(width - _NAME_WIDTH, value, row.STRONG)
            rows.append(row.row(width, (f" {row.fit(name, _NAME_WIDTH - 1)}", row.TEXT), *first))
            indent = (" " * _NAME_WIDTH, row.TEXT)
            rows += [row.row(width, indent, *line) for line in more]
        return rows[:height]

    def on(self, intent: Intent) -> None:
        """Enter has read it."""
        if isinstance(intent, Accept):
            self.desk.close(self)
        else:
            super().on(intent)


def printer_state(known: Known) -> str:
    """How the fiscal printer is, in words."""
    if not known.printer_online:
        return translate("does not answer")
    if known.waits_for:
        return in_words(known.waits_for)
    return translate("ready")


class PrinterStatus(Status):
    """Menu 7 1."""

    heading = _("Printer")

    def facts(self) -> list[tuple[str, str]]:
        """The printer as the till sees it."""
        known = self.desk.known
        facts = [
            (translate("Fiscal printer"), printer_state(self.desk.known)),
            (translate("Day"), word(DAYS, known.day)),
        ]
        if known.last_sale is not None:
            total = zloty(known.last_sale.receipt.total_gr)
            facts.append((translate("Last receipt"), f"{known.last_sale.receipt_no}   {total} zł"))
        if known.blocked is not None:
            facts.append((translate("Selling is stopped"), known.blocked.sentence()))
        facts += [(str(note.code), note.sentence()) for note in known.notes]
        return facts


class Connections(Status):
    """Menu 7 2."""

    heading = _("Connections")

    def facts(self) -> list[tuple[str, str]]:
        """Who answers."""
        is_online = self.desk.known.network_online
        office = translate("answers") if is_online else translate("does not answer")
        devices = [
            (
                word(DEVICES, device.name),
                translate("answers") if device.is_online else translate("does not answer"),
            )
            for device in self.desk.known.devices
        ]
        heard_at = self.desk.known.heard_at
        heard = heard_at.strftime("%Y-%m-%d %H:%M:%S") if heard_at else translate("never")
        return [
            (translate("Fiscal printer"), printer_state(self.desk.known)),
            (translate("Back office"), office),
            (translate("Last contact"), heard),
            *devices,
        ]


class Unsent(Status):
    """Menu 7 3."""

    heading = _("To be sent and rejected")

    def legend(self) -> Legend:
        """Enter sends."""
        return (("Enter", translate("send now")), ("Esc", translate("back")))

    def facts(self) -> list[tuple[str, str]]:
        """Counts."""
        unsent = self.desk.known.unsent
        if unsent is None:
            return []
        oldest = unsent.oldest_at[:16].replace("T", " ") or "-"
        return [
            (translate("Documents not sent"), str(unsent.count)),
            (translate("Oldest of them"), oldest),
            (translate("Rejected by the back office"), str(unsent.rejected)),
        ]

    def on(self, intent: Intent) -> None:
        """Enter opens menu 8 4 4."""
        if isinstance(intent, Accept):
            self.desk.open(Exchange(self.desk, _("Synchronise transactions"), (PUSH,)))
        else:
            super().on(intent)
