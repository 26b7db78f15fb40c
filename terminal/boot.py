"""Builds a till from its configuration; the only file that names concrete drivers."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from drivers.address import Serial
from drivers.posnet.generation import Generation
from drivers.posnet.printer import PosnetPrinter
from terminal.config import ConfigError
from terminal.context import Context, local_now
from terminal.engine import Engine
from terminal.errors import Blocked, Code
from terminal.events import Failed, PrinterChanged
from terminal.gear.build import make_tapes, noticed, outfit, taped
from terminal.installed import installed
from terminal.paper.build import equipment
from terminal.paper.slips import Slips
from terminal.parked.build import hang_parking
from terminal.post import Post
from terminal.returns import Returns
from terminal.sale.waiting import BUSY, waiting_for
from terminal.shelf import Shelf
from terminal.store import outbox
from terminal.store.catalogue import Catalogue
from terminal.store.db import check, close_writer, fold, open_reader, open_writer, write
from terminal.sync import enrolment
from terminal.sync.http import Office
from terminal.till import Till
from terminal.version import VERSION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime

    from drivers.fiscal import FiscalPrinter, Status
    from terminal.config import Config
    from terminal.gear.gear import Gear
    from terminal.gear.tapes import Tapes
    from terminal.sync.enrolment import Identity

    OnWait = Callable[[Status], None]

_log = logging.getLogger(__name__)

IDENTITY_FILE = "identity.json"
# The identity of a device that has not got its history back yet: no till starts beside it.
RESTORING_FILE = "identity.restoring.json"
JOURNAL_FILE = "journal.db"
NOVITUS_FILE = "novitus.json"
_TICK_S = 3.0
_FOLD_TICKS = 20
# A printer that blocks for paper must not hold up switching the till off: nothing would be lost.
_STOP_S = 3.0


@dataclass(slots=True)
class Running:
    """A till with its threads; ``stop`` ends them in the order in which they need each other."""

    till: Till
    context: Context
    post: Post
    gear: Gear
    tapes: Tapes
    catalogue: sqlite3.Connection
    readers: tuple[sqlite3.Connection, ...]
    ticker: Thread

    def stop(self) -> None:
        """End the till; what is in doubt stays in the journal and is settled at the next start."""
        context = self.context
        context.stopping.set()
        if self.ticker.is_alive():  # a till may be built and never started
            self.ticker.join()
        self.gear.stop()
        self.post.stop()
        ended = [engine.stop(_STOP_S) for engine in (context.devices, context.net, context.lookup)]
        # The slips' thread commits on the engine: it ends before that does.
        ended.append(self.till.slips.stop(_STOP_S))
        ended.append(context.engine.stop(_STOP_S))
        self.tapes.stop()
        if not all(ended):
            # A thread still works: its files are safe to leave, but not to close under it.
            return
        context.printer.close()
        for reader in self.readers:
            reader.close()
        close_writer(self.catalogue)
        close_writer(context.journal)


def load_identity(config: Config) -> Identity:
    """Who this till is.

    Raises ``ConfigError`` with the way out when it was never enrolled, or is half restored.
    """
    if (config.folder / RESTORING_FILE).exists():
        msg = (
            f"{config.folder}: this till has not got all of its history back yet."
            " Go on with: kasoterminal enrol"
        )
        raise ConfigError(msg)
    identity = enrolment.load(config.folder / IDENTITY_FILE)
    if identity is None:
        msg = (
            f"{config.folder}: this till is not enrolled yet. Ask the office for a code"
            " (kasoterminal office enrol TERMINAL) and run: kasoterminal enrol CODE"
        )
        raise ConfigError(msg)
    return identity


def build(
    config: Config,
    *,
    now: Callable[[], datetime] = local_now,
    printer: FiscalPrinter | None = None,
    office: Office | None = None,
) -> Running:
    """Open everything and start the threads; raises ``ConfigError``, ``Blocked``, ``SyncError``.

    ``printer`` and ``office`` stand in for the configured ones.
    """
    identity = load_identity(config)
    # A configuration that cannot be used is told before anything is opened.
    make_printer, make_paper = _printer(config), equipment(config)
    journal, catalogue, readers = _open(config.folder, identity.epoch)

    def tell_fault(error: BaseException) -> None:
        engine.tell(Failed(Blocked(Code.FAULT, detail=f"{type(error).__name__} {error}")))

    engine = Engine("engine", tell_fault)
    tapes = make_tapes(config, now)
    context = Context(
        engine=engine,
        devices=Engine("printer", tell_fault),
        net=Engine("net", tell_fault),
        lookup=Engine("lookup", tell_fault),
        journal=journal,
        printer=printer or make_printer(tapes, _waiting(engine)),
        terminal=identity.terminal,
        shop=identity.shop,
        epoch=identity.epoch,
        stopping=Event(),
        now=now,
    )
    post = Post(context, office := office or _office(config, identity), catalogue, config.folder)
    selling = Catalogue(readers[0], now)
    paper = make_paper(partial(taped, tapes))
    slips = Slips(context, paper, selling.shop, tell_fault, selling.receipt_language)
    till = Till(context, selling, Shelf(Catalogue(readers[1], now), readers[2]), post, slips)
    till.installed = installed(config, identity)
    till.reports.export_path = config.export.path
    till.gear = outfit(config, context, till, selling, tapes)
    _give_verbs(till, context, selling, post, office)
    ticker = _ticker(till, context, catalogue, tapes)
    return Running(till, context, post, till.gear, tapes, catalogue, readers, ticker)


def _give_verbs(
    till: Till, context: Context, selling: Catalogue, post: Post, office: Office
) -> None:
    """The groups of verbs that are built around the till."""
    hang_parking(context, till, selling, office)
    till.returns = Returns(context, selling, till.slips, post.sold, post.wake)


def _office(config: Config, identity: Identity) -> Office:
    ca = Path(config.office.ca) if config.office.ca else None
    # An office that has moved is told to the device, not enrolled anew.
    url = config.office.url or identity.office_url
    return Office(url, identity.terminal, identity.key, ca=ca)


def start(running: Running) -> None:
    """Take up what the last run left; returns when the engine has, printer and office follow."""
    context = running.context
    _log.info("till %s of %s starts, version %s", context.terminal, context.shop, VERSION)
    context.engine.call(running.till.start).result()
    context.net.call(_check_catalogue, running)
    running.gear.start()
    running.ticker.start()


def _check_catalogue(running: Running) -> None:
    """Selling need not wait for this: what it finds is told, and the office can send it again."""
    try:
        check(running.catalogue, Path("catalogue.db"))
    except Blocked as damage:
        running.context.tell(Failed(damage))


def _open(
    folder: Path, epoch: int
) -> tuple[sqlite3.Connection, sqlite3.Connection, tuple[sqlite3.Connection, ...]]:
    """Journal, catalogue and readers; all of them, or none stays open."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as undo:
        journal = open_writer(folder / JOURNAL_FILE, "journal")
        undo.callback(close_writer, journal)
        catalogue = open_writer(folder / "catalogue.db", "catalogue", check_later=True)
        undo.callback(close_writer, catalogue)
        with write(journal):
            outbox.begin(journal, epoch)
        read = ("catalogue.db", "catalogue.db", JOURNAL_FILE)
        readers = tuple(open_reader(folder / name) for name in read)
        undo.pop_all()
    return journal, catalogue, readers


def _waiting(engine: Engine) -> OnWait:
    """Tells whoever listens what the printer waits for."""

    def tell(status: Status) -> None:
        # A printer that is ready and still does not go on is held by somebody else.
        waits_for = waiting_for(status) or BUSY
        engine.tell(PrinterChanged(is_online=True, waits_for=waits_for))

    return tell


def _printer(config: Config) -> Callable[[Tapes, OnWait], FiscalPrinter]:
    """What makes the configured printer; raises ``ConfigError``."""
    if config.printer.protocol == "novitus":
        return _novitus(config)

    def make(tapes: Tapes, on_wait: OnWait) -> FiscalPrinter:
        usual = Serial("", config.printer.baud)
        link = taped(tapes, "printer", "posnet", config.printer.url, usual)
        told = config.printer.generation
        generation = None if told == "auto" else Generation(told)
        return noticed(PosnetPrinter(link, on_wait=on_wait, generation=generation), tapes)

    return make


def _novitus(config: Config) -> Callable[[Tapes, OnWait], FiscalPrinter]:
    # Most tills have another one, and a start is short.
    from drivers.novitus.address import Address, BadAddress  # noqa: PLC0415
    from drivers.novitus.notebook import Notebook  # noqa: PLC0415
    from drivers.novitus.printer import NovitusPrinter  # noqa: PLC0415

    try:
        address = Address.read(config.printer.url)
    except BadAddress as error:
        msg = f"[printer] url: {error}"
        raise ConfigError(msg) from error

    def make(tapes: Tapes, on_wait: OnWait) -> FiscalPrinter:
        usual = Serial("", config.printer.baud)
        printer = NovitusPrinter(
            taped(tapes, "printer", "novitus", address.link, usual),
            notebook=Notebook(config.folder / NOVITUS_FILE),
            on_wait=on_wait,
            host=address.host,
        )
        return noticed(printer, tapes)

    return make


def _ticker(till: Till, context: Context, catalogue: sqlite3.Connection, tapes: Tapes) -> Thread:
    about = (till, context, catalogue, tapes)
    return Thread(target=_tick, args=about, name="ticker", daemon=True)


def _tick(till: Till, context: Context, catalogue: sqlite3.Connection, tapes: Tapes) -> None:
    last: Future[None] | None = None
    ticks = 0
    while not context.stopping.wait(_TICK_S):
        ticks += 1
        tapes.look()
        if last is None or last.done():
            last = till.tick()
        till.slips.tick()
        till.slips.tick()
        if ticks % _FOLD_TICKS == 0:
            context.engine.call(fold, context.journal)
            context.net.call(fold, catalogue)
