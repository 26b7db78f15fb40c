"""What this till is: version (7 4), network (8 2), enrolment. Views only, and no secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.wire import Shop
from terminal.version import VERSION
from ui.screens.status import Status

if TYPE_CHECKING:
    from msgspec import Struct

    from terminal.errors import TillError
    from terminal.workshop import PrinterFacts
    from ui.desk import Desk

_ASKING = _("Please wait…")
_HTTPS = "https://"


class About(Status):
    """Asks printer and office when it opens; each answer comes when it comes."""

    heading = _("Version and update")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._offer = translate(_ASKING)
        self._printer: PrinterFacts | None = None
        self._printer_trouble = translate(_ASKING)
        self._shop: Shop | None = None

    def opened(self) -> None:
        """Ask."""
        till = self.desk.till
        self.desk.look_up(self._shop_came, till.shelf.rows, "shop", "", 1)
        self.desk.ask(till.workshop.facts(), self._printer_came, self._printer_failed)
        self.desk.ask(till.find_release(), self._offered, self._not_offered)

    def facts(self) -> list[tuple[str, str]]:
        """Ours first, then what the others say."""
        installed, shop, printer = self.desk.till.installed, self._shop, self._printer
        facts = [
            (translate("Program"), f"KasoTerminal {VERSION}"),
            (translate("The back office offers"), self._offer),
            (translate("Prepared for the day close"), self._prepared()),
            (translate("Terminal"), f"{installed.terminal} ({installed.epoch})"),
            (translate("Shop"), shop.name or shop.company if shop else installed.shop),
        ]
        if shop:
            facts.append((translate("NIP"), shop.nip))
        if printer is None:
            return [*facts, (translate("Fiscal printer"), self._printer_trouble)]
        return [
            *facts,
            (translate("Fiscal printer"), f"{printer.model} {printer.version}"),
            (translate("Unique number"), printer.unique_no),
        ]

    def _prepared(self) -> str:
        finder = self.desk.till.finder
        if finder.prepared is not None:
            return finder.prepared.version
        trouble = finder.trouble
        return f"{trouble.code} {trouble.sentence()}" if trouble else translate("nothing")

    def _shop_came(self, rows: list[Struct]) -> None:
        self._shop = next((one for one in rows if isinstance(one, Shop)), None)

    def _printer_came(self, facts: PrinterFacts) -> None:
        self._printer = facts

    def _printer_failed(self, error: TillError) -> None:
        self._printer_trouble = f"{error.code} {error.sentence()}"

    def _offered(self, version: str) -> None:
        self._offer = version or translate("The program is up to date.")

    def _not_offered(self, error: TillError) -> None:
        self._offer = f"{error.code} {error.sentence()}"


class Network(Status):
    """Menu 8 2: the way to the back office."""

    heading = _("Network")

    def facts(self) -> list[tuple[str, str]]:
        """Where it is, how safe the way is, how it answers."""
        known, installed = self.desk.known, self.desk.till.installed
        heard = known.heard_at.strftime("%Y-%m-%d %H:%M:%S") if known.heard_at else ""
        return [
            (translate("Back office"), installed.office_url),
            (translate("Encryption"), self._encryption()),
            (
                translate("It answers"),
                translate("yes") if known.network_online else translate("no"),
            ),
            (translate("Last contact"), heard or translate("never")),
            (translate("Its clock"), self._clock()),
            (translate("This till's clock"), f"{self.desk.till.now():%Y-%m-%d %H:%M:%S %Z}"),
        ]

    def _encryption(self) -> str:
        installed = self.desk.till.installed
        if not installed.office_url.startswith(_HTTPS):
            return translate("none: this machine only")
        if installed.ca:
            return translate("TLS, certificates of {file}", file=installed.ca)
        return translate("TLS, certificates of the system")

    def _clock(self) -> str:
        off = self.desk.known.office_off
        if off is None:
            return translate("not known yet")
        seconds = round(off.total_seconds())
        if abs(seconds) <= 1:
            return translate("the same")
        if seconds > 0:
            return translate("ahead by {seconds} s", seconds=seconds)
        return translate("behind by {seconds} s", seconds=-seconds)


class Enrolment(Status):
    """Which terminal of which shop this device is; a code from the office makes it another."""

    heading = _("Enrolment")

    def facts(self) -> list[tuple[str, str]]:
        """Names and numbers; the key stays where it is."""
        installed = self.desk.till.installed
        return [
            (translate("Terminal"), installed.terminal),
            (translate("Shop"), installed.shop),
            (translate("Back office"), installed.office_url),
            (translate("Enrolled for the time"), str(installed.epoch)),
            (translate("Anew"), "kasoterminal enrol CODE"),
        ]
