"""The till's exchange with the back office, on the ``net`` thread; its verbs give Futures."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from msgspec.json import encode

from terminal.errors import Code, SyncError
from terminal.events import DataHealed, OfficeHeard
from terminal.sale.documents import event_document
from terminal.store import goods, outbox, settings
from terminal.store.catalogue import Catalogue
from terminal.store.db import write
from terminal.store.exchanges import Cause, Exchange
from terminal.sync import tax_steps
from terminal.sync.datasets import sets_of
from terminal.sync.logbook import Logbook
from terminal.sync.on_air import OnAir
from terminal.sync.postman import Postman
from terminal.sync.pull import pull
from terminal.sync.snapshot import Depot
from terminal.sync.staged import with_waiting
from terminal.sync.staging import Staging
from terminal.sync.wire import CHANNEL, platform_here
from terminal.version import VERSION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from drivers.fiscal import Seven
    from terminal.context import Context
    from terminal.events import Pulled
    from terminal.store.outbox import Batch, Unsent
    from terminal.sync.http import Office
    from terminal.sync.wire import Heartbeat, JournalAnswer, SoldAnswer

_BATCH_ENTRIES = 200
_BATCH_BYTES = 512 * 1024
_TAX_STEPS = "sync.tax_steps"
_TAX_STEPS_MAX = 100
# Data sets that say at which rate something is sold.
_TAXED = ("vat_rates", "products")
_ENTRIES = ("configuration", "users", "products", "customers")
PUSH = "push"


class Post:
    """``catalogue`` is the writing connection that belongs to the ``net`` thread.

    ``folder`` is the till's own; files that are fetched lie there while they come.
    """

    def __init__(
        self, context: Context, office: Office, catalogue: sqlite3.Connection, folder: Path
    ) -> None:
        self._context = context
        self._office = office
        self._catalogue = catalogue
        self._folder = folder
        self._staging = Staging(catalogue, context.engine, self._tell)
        self._air = OnAir(office, self._on_air, context.now)
        self._logbook = Logbook(context)
        self._missed: tuple[Cause, str] | None = None
        # What a version on trial writes is not sent: it may have to be taken back.
        self.is_held: Callable[[], bool] = lambda: False
        # Set by ``start``, before anybody asks.
        self._read_state: Callable[[Unsent], Heartbeat]
        self._postman = Postman(
            self._air,
            context.net,
            context.engine,
            read_pending=self._pending,
            deliver=self._deliver,
            read_unsent=self._unsent,
            read_heartbeat=self._heartbeat,
            tell=context.tell,
        )

    def start(self, read_state: Callable[[Unsent], Heartbeat]) -> None:
        """Post by itself from now on, and fetch what changed.

        ``read_state`` says on the engine's thread how the till is.
        """
        self._read_state = read_state
        self._postman.start()
        self.catch_up(Cause.START)

    def stop(self) -> None:
        """End posting; before the threads stop."""
        self._postman.stop()
        self._context.net.call(self._staging.drop)
        # Behind what is still in line there: a fetch that comes after would call again.
        self._context.net.call(self._office.close)

    def wake(self) -> None:
        """There is something to send."""
        self._postman.wake()

    def hurry(self) -> None:
        """The office shall hear how the till is, whether that is news or not."""
        self._postman.hurry()

    def receipt_changed(self, *, is_open: bool) -> None:
        """Hear whether a receipt is open: new data comes into force when none is. On ``engine``."""
        if self._staging.receipt_changed(is_open=is_open):
            self._context.net.call(self._staging.settle)

    def catch_up(self, cause: Cause, operator: str = "") -> None:
        """Fetch what changed, one menu entry after the other; nobody waits for it.

        When nobody answers the first one, the others are not tried: whoever asks by hand comes
        sooner to his turn. All of it follows when the office is heard again.
        """
        is_away = Event()
        for entry in _ENTRIES:
            exchange = Exchange(self._context.stamp(), entry, cause, operator)
            self._context.net.call(self._catch_up, is_away, exchange)

    def pull(
        self, entry: str, cause: Cause = Cause.KEYS, operator: str = "", *, ever: bool = False
    ) -> Future[list[Pulled]]:
        """Fetch what changed in the data sets of a menu entry, or (``ever``) all there is."""
        exchange = Exchange(self._context.stamp(), entry, cause, operator)
        return self._context.net.call(self._pull_noted, exchange, ever=ever)

    def push(self, cause: Cause = Cause.KEYS, operator: str = "") -> Future[int]:
        """Send everything unsent now; gives how many documents the office confirmed."""
        exchange = Exchange(self._context.stamp(), PUSH, cause, operator)
        return self._context.net.call(self._push_noted, exchange)

    def waiting(self) -> Future[dict[str, int]]:
        """How many changes of each data set wait at the office for this till."""
        return self._context.net.call(self._waiting)

    def find_release(self) -> Future[str]:
        """The version that the office offers; empty when this program is it, or there is none."""
        return self._context.net.call(self._find_release)

    def sold(self, code: str) -> SoldAnswer:
        """What the office knows of a receipt, by its bar code; on ``net``. Raises ``SyncError``."""
        return self._office.sold(code)

    def after_report(
        self, read_operator: Callable[[], str]
    ) -> tuple[tuple[str, Callable[[], Future[Any]]], ...]:
        """Steps of the day close that follow the fiscal one, in their order.

        ``read_operator`` says who is logged in when a step begins.
        """

        def pull(entry: str) -> Future[list[Pulled]]:
            return self.pull(entry, Cause.CLOSING, read_operator())

        pulls = [(entry.upper(), partial(pull, entry)) for entry in _ENTRIES]
        push = ("PUSH", lambda: self.push(Cause.CLOSING, read_operator()))
        return (push, *pulls, ("RELEASE", self.find_release))

    # --- on the net thread ---------------------------------------------------------------------

    def _catch_up(self, is_away: Event, exchange: Exchange) -> None:
        if is_away.is_set():
            return
        try:
            self._pull_noted(exchange)
        except SyncError as error:
            # It is in the list of exchanges, for whoever wants to know.
            if error.code is Code.NO_NETWORK:
                is_away.set()
                self._missed = exchange.cause, exchange.operator

    def _on_air(self, event: object) -> None:
        self._context.tell(event)
        if isinstance(event, OfficeHeard) and self._missed:
            missed, self._missed = self._missed, None
            self.catch_up(*missed)

    def _pull_noted(self, exchange: Exchange, *, ever: bool = False) -> list[Pulled]:
        def fetch() -> list[Pulled]:
            with self._air.moving():
                return self._pull(exchange.entry, ever=ever)

        return self._logbook.pull(exchange, fetch)

    def _push_noted(self, exchange: Exchange) -> int:
        return self._logbook.push(exchange, lambda: self._postman.post().sent)

    def _waiting(self) -> dict[str, int]:
        own = Catalogue(self._catalogue).revision
        # Each change at the office has a revision of its own.
        return {one.name: max(0, one.revision - own(one.name)) for one in self._office.states()}

    def _pull(self, entry: str, *, ever: bool) -> list[Pulled]:
        context = self._context
        depot = Depot(self._office, self._folder, context.shop, context.stopping, context.tell)

        def fetch(tell: Callable[[object], None]) -> list[Pulled]:
            return pull(
                *(self._office, self._catalogue, sets_of(entry), tell),
                stop=context.stopping,
                ever=ever,
                snapshots=depot,
            )

        with closing(depot):
            came = self._staging.run(fetch)
        in_force = context.engine.call(self._rates_in_force).result()
        wanted = Catalogue(self._catalogue).rates()
        pulled = [with_waiting(one, wanted, in_force) for one in came]
        taxed = [one for one in pulled if one.name in _TAXED]
        if not any(one.added or one.changed for one in taxed):
            return pulled
        sold_at = self._context.engine.call(self._sold_at).result()
        warnings = tax_steps.find(self._catalogue, sold_at)
        self._context.engine.call(self._note_tax_steps, warnings).result()
        told = replace(taxed[-1], warnings=(*taxed[-1].warnings, *warnings))
        return [told if one is taxed[-1] else one for one in pulled]

    def _tell(self, event: object) -> None:
        if isinstance(event, DataHealed):
            self._context.engine.call(self._note_healed, event.name).result()
        self._context.tell(event)

    def _find_release(self) -> str:
        version = self._office.release(platform_here(), CHANNEL).version
        return "" if version == VERSION else version

    # --- on the engine's thread ----------------------------------------------------------------

    def _rates_in_force(self) -> Seven | None:
        """The printer's rates once something was sold at them; None while they may change."""
        expected = settings.expected_counters(self._context.journal)
        is_selling = expected is not None and any(expected.totals_gr)
        return settings.printer_rates(self._context.journal) if is_selling else None

    def _sold_at(self) -> dict[str, int]:
        expected = settings.expected_counters(self._context.journal)
        return goods.everything(self._context.journal, expected.unique_no) if expected else {}

    def _note_tax_steps(self, warnings: tuple[tuple[str, str], ...]) -> None:
        """Tell the office, whenever the list is another one."""
        products = [product for product, _warning in warnings]
        text = encode(products).decode()
        if settings.get(self._context.journal, _TAX_STEPS, "[]") == text:
            return
        with write(self._context.journal) as db:
            settings.put(db, _TAX_STEPS, text)
            some = products[:_TAX_STEPS_MAX]
            event = event_document(
                self._context, "", "tax_steps", count=len(products), products=some
            )
            outbox.append(db, event, event.at)

    def _note_healed(self, name: str) -> None:
        with write(self._context.journal) as db:
            event = event_document(self._context, "", "data_healed", set=name)
            outbox.append(db, event, event.at)

    def _pending(self) -> Batch:
        entries = 0 if self.is_held() else _BATCH_ENTRIES
        return outbox.pending(self._context.journal, entries, _BATCH_BYTES)

    def _deliver(self, answer: JournalAnswer) -> bool:
        with write(self._context.journal) as db:
            went_back = outbox.deliver(db, answer)
            if went_back:
                event = event_document(self._context, "", "office_lost_documents", hw=answer.hw)
                outbox.append(db, event, event.at)
        return went_back

    def _unsent(self) -> Unsent:
        return outbox.unsent(self._context.journal)

    def _heartbeat(self) -> Heartbeat:
        return self._read_state(self._unsent())
