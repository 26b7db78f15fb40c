"""Builds a till from its configuration, and starts it."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from terminal.audit.device_key import DeviceKey
from terminal.config import ConfigError
from terminal.context import Context, local_now
from terminal.engine import Engine
from terminal.errors import Blocked, Code
from terminal.events import Failed
from terminal.fiscal_printer import counters_once, fiscal_printer, waiting
from terminal.gear.build import make_tapes, taped
from terminal.paper.build import equipment
from terminal.paper.slips import Slips
from terminal.parts import Around, hang_parts
from terminal.post import Post
from terminal.running import Running, ticker
from terminal.shelf import Shelf
from terminal.store import outbox
from terminal.store.catalogue import Catalogue
from terminal.store.db import check, close_writer, is_big, open_reader, open_writer, write
from terminal.sync import enrolment
from terminal.sync.http import Office
from terminal.till import Till
from terminal.update import before
from terminal.version import VERSION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime

    from drivers.fiscal import Counters, FiscalPrinter
    from terminal.config import Config
    from terminal.sync.enrolment import Identity
    from terminal.update.installation import Installation

    Databases = tuple[sqlite3.Connection, sqlite3.Connection, tuple[sqlite3.Connection, ...]]

_log = logging.getLogger(__name__)

IDENTITY_FILE = "identity.json"
# The identity of a device that has not got its history back yet: no till starts beside it.
RESTORING_FILE = "identity.restoring.json"
JOURNAL_FILE = "journal.db"


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
    installation: Installation | None = None,
) -> Running:
    """Open everything and start the threads; raises ``ConfigError``, ``Blocked``, ``SyncError``.

    ``printer`` and ``office`` stand in for others; nothing is updated without ``installation``.
    """
    identity = load_identity(config)
    # A configuration that cannot be used is told before anything is opened.
    make_printer, make_paper = fiscal_printer(config), equipment(config)
    counters = printer.counters if printer else partial(counters_once, config, now)
    journal, catalogue, readers = _open_any(config.folder, identity.epoch, installation, counters)

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
        printer=printer or make_printer(tapes, waiting(engine)),
        terminal=identity.terminal,
        shop=identity.shop,
        epoch=identity.epoch,
        device_key=DeviceKey(identity.key),
        stopping=Event(),
        now=now,
    )
    post = Post(context, office := office or _office(config, identity), catalogue, config.folder)
    selling = Catalogue(readers[0], now)
    paper = make_paper(partial(taped, tapes))
    slips = Slips(context, paper, selling.shop, tell_fault, selling.receipt_language)
    till = Till(context, selling, Shelf(Catalogue(readers[1], now), readers[2]), post, slips)
    hang_parts(till, Around(config, identity, context, selling, post, office, tapes, installation))
    clock = ticker(till, context, catalogue, tapes)
    return Running(till, context, post, till.gear, tapes, catalogue, readers, clock)


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
    running.till.updates.start()
    context.net.call(_check_catalogue, running)
    running.till.safe.look_through()
    running.gear.start()
    running.till.console.start()
    running.ticker.start()


def _check_catalogue(running: Running) -> None:
    """Selling need not wait for this: what it finds is told, and the office can send it again."""
    try:
        check(running.catalogue, Path("catalogue.db"))
    except Blocked as damage:
        running.context.tell(Failed(damage))


def _open_any(
    folder: Path,
    epoch: int,
    installation: Installation | None,
    read_counters: Callable[[], Counters],
) -> Databases:
    """What ``_open`` opens; after a version that was given up perhaps the copies from before it."""
    try:
        return _open(folder, epoch)
    except Blocked as refused:
        if not before.is_due(folder, installation):
            raise
        _log.error("%s: taking back the copies from before %s", refused, before.kept_for(folder))
    before.take_back(folder, read_counters)
    return _open(folder, epoch)


def _open(folder: Path, epoch: int) -> Databases:
    """Journal, catalogue and readers; all of them, or none stays open."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as undo:
        path = folder / JOURNAL_FILE
        journal = open_writer(path, "journal", check_later=is_big(path))
        undo.callback(close_writer, journal)
        catalogue = open_writer(folder / "catalogue.db", "catalogue", check_later=True)
        undo.callback(close_writer, catalogue)
        with write(journal):
            outbox.begin(journal, epoch)
        read = ("catalogue.db", "catalogue.db", JOURNAL_FILE)
        readers = tuple(open_reader(folder / name) for name in read)
        undo.pop_all()
    return journal, catalogue, readers
