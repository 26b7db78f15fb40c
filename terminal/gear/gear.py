"""Everything beside the fiscal printer, and what the screen asks of it. Names no driver.

``sell_scan`` runs on the engine's thread, ``articles`` on the lookup thread; the other verbs give
Futures and may be called from anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.errors import DeviceError
from drivers.scan import Scan, read_scan
from terminal.errors import Code, Rejected
from terminal.events import DeviceChanged, PaperChanged
from terminal.gear.labels import look_up, portion, portion_of
from terminal.installed import RECEIPT_PRINTER

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.drawer import CashDrawer
    from drivers.weight_code import Pattern
    from terminal.engine import Engine
    from terminal.gear.attendant import Attendant
    from terminal.gear.labels import Found
    from terminal.gear.showing import Screen
    from terminal.gear.weighing import Weighing
    from terminal.store.catalogue import Article
    from terminal.till import Till

# The faces know the till only, and a scan is a word of theirs.
__all__ = ["Gear", "Scan"]


@dataclass(slots=True)
class Gear:
    """``attendants`` are the threads of the devices that have one; ``scale`` may be missing.

    ``drawer`` is for the printer's thread when it hangs on the printer; ``kicked`` is what opens
    without a sale, and the thread that may do it.
    """

    till: Till
    find: Callable[[str], list[Article]]
    patterns: tuple[Pattern, ...] = ()
    prefix: str = ""
    suffix: str = ""
    attendants: list[Attendant] = field(default_factory=list)
    scale: Weighing | None = None
    drawer: CashDrawer | None = None
    display: Screen | None = None
    kicked: tuple[CashDrawer, Engine] | None = None
    lamps: dict[str, DeviceChanged | PaperChanged] = field(default_factory=dict)

    def start(self) -> None:
        """Begin to look after the devices."""
        if self.scale:
            self.scale.start()
        for attendant in self.attendants:
            attendant.start()

    def stop(self) -> None:
        """End their threads."""
        for attendant in self.attendants:
            attendant.stop()
        if self.scale:
            self.scale.stop()

    def remember(self, event: object) -> None:
        """Keep the last word of each device, for a screen that starts late."""
        # One assignment, for several threads tell of their devices at the same time.
        if isinstance(event, DeviceChanged):
            self.lamps[event.name] = event
        elif isinstance(event, PaperChanged):
            self.lamps[RECEIPT_PRINTER] = event

    # --- scans -----------------------------------------------------------------------------------

    def read(self, text: str) -> Scan:
        """What a keyboard scanner typed, as a scan; from any thread."""
        return read_scan(text, self.prefix, self.suffix)

    def articles(self, scan: Scan) -> Found:
        """What a scan may mean, to choose from or to check the price; on the lookup thread."""
        return look_up(scan, self.patterns, self.till.shelf.find)

    def sell_scan(self, scan: Scan, times_milli: int | None = None) -> None:
        """Sell what a scan means; ``times_milli`` is the quantity typed before it.

        Raises what ``sell_article`` does, E-42 for several articles, and E-90 to E-92 for labels.
        """
        found = look_up(scan, self.patterns, self.find)
        sold = portion(scan, found, times_milli)
        self.till.sell_article(sold.article.id, sold.qty_milli, sold.price_gr)

    def sell_chosen(self, article: Article, found: Found, times_milli: int | None = None) -> None:
        """Sell the one of several articles that the cashier chose."""
        sold = portion_of(article, found, times_milli)
        self.till.sell_article(sold.article.id, sold.qty_milli, sold.price_gr)

    # --- the drawer ------------------------------------------------------------------------------

    def kick(self) -> Future[None]:
        """Open the drawer; raises E-142 in the Future."""
        if self.kicked is None:
            raise Rejected(Code.NO_DRAWER, reason="")
        drawer, thread = self.kicked
        return thread.call(_kick, drawer)

    # --- the scale -------------------------------------------------------------------------------

    def weigh(self) -> Future[int]:
        """A steady weight in thousandths; raises E-93 or E-94 in the Future."""
        return self._scale().weigh()

    def sell_weighed(self, article_id: str, price_gr: int | None = None) -> Future[None]:
        """Sell as much of an article as lies on the scale; raises (in the Future) what is wrong."""

        def sell(qty_milli: int) -> None:
            sell_article = self.till.sell_article
            self.till.engine.call(sell_article, article_id, qty_milli, price_gr).result()

        return self._scale().then(sell)

    def _scale(self) -> Weighing:
        if self.scale is None:
            raise Rejected(Code.NO_SCALE)
        return self.scale


def _kick(drawer: CashDrawer) -> None:
    try:
        drawer.kick()
    except DeviceError as error:
        raise Rejected(Code.NO_DRAWER, reason=str(error)) from error
