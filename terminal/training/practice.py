"""Sets a till for training up, beside the real one, and takes it away again. The one wall between.

The training till is a till of its own, with a journal in a folder of its own that is deleted with
it, a printer that has no line, and no office. The real till is not touched and goes on: its receipt
stays, it sends and synchronises. So nothing of a training is fiscal, counted, sent or kept, and no
sale of the real till can end in a training: neither has what the other sells with.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from drivers.fiscal import INACTIVE, VAT_LETTERS
from terminal import boot, config, events
from terminal.store.catalogue import Catalogue
from terminal.store.db import open_reader
from terminal.sync import enrolment
from terminal.sync.signing import new_key
from terminal.training.office import NoOffice
from terminal.training.printer import UNIQUE_NO, TrainingPrinter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from drivers.fiscal import Seven
    from terminal.config import Config
    from terminal.running import Running

_CATALOGUE = "catalogue.db"
# What the configuration names is never opened: the till gets its printer handed in.
_NO_PRINTER = "/dev/null"


@contextmanager
def training(real: Config, running: Running) -> Iterator[Running]:
    """A till to train on, with the data of ``running`` as they are now; nothing of it stays."""
    folder = Path(tempfile.mkdtemp(prefix="kaso-training-"))
    try:
        _copy(real.folder / _CATALOGUE, folder / _CATALOGUE)
        shop = enrolment.load(real.folder / boot.IDENTITY_FILE)
        identity = enrolment.Identity(UNIQUE_NO, shop.shop if shop else "", new_key(), 1, "")
        enrolment.save(identity, folder / boot.IDENTITY_FILE)
        with _running(_harmless(real, folder), running.context.now) as practice:
            running.till.engine.listen(_scans_to(practice))
            yield practice
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(harmless: Config, now: Callable[[], datetime]) -> Iterator[Running]:
    printer = TrainingPrinter(_rates(harmless.folder / _CATALOGUE), now)
    practice = boot.build(harmless, now=now, printer=printer, office=NoOffice())
    try:
        boot.start(practice)
        yield practice
    finally:
        practice.stop()


def _harmless(real: Config, folder: Path) -> Config:
    """The configuration without any device: they belong to the real till."""
    scanner = replace(real.scanner, url="")
    return config.Config(
        printer=config.Printer(url=_NO_PRINTER),
        store=config.Store(dir=str(folder)),
        screen=real.screen,
        keys=real.keys,
        scanner=scanner,
        export=config.Export(path=str(folder)),
    )


def _copy(source: Path, target: Path) -> None:
    """A whole copy of the data sets, taken at one moment."""
    with (
        closing(open_reader(source)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def _rates(catalogue: Path) -> Seven:
    with closing(open_reader(catalogue)) as db:
        known = Catalogue(db).rates()
    a, b, c, d, e, f, g = (known.get(letter, INACTIVE) for letter in VAT_LETTERS)
    return a, b, c, d, e, f, g


def _scans_to(practice: Running) -> Callable[[object], None]:
    """The scanner's line belongs to the real till, its scans to whoever is on the screen."""

    def hear(event: object) -> None:
        if isinstance(event, events.Scanned) and not practice.context.stopping.is_set():
            practice.till.engine.tell(event)

    return hear
