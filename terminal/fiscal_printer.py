"""Builds the fiscal printer from the configuration; names its concrete drivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.address import Serial
from drivers.posnet.generation import Generation
from drivers.posnet.printer import PosnetPrinter
from terminal.config import ConfigError
from terminal.events import PrinterChanged
from terminal.gear.build import make_tapes, noticed, taped
from terminal.sale.waiting import BUSY, waiting_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from drivers.fiscal import Counters, FiscalPrinter, Status
    from terminal.config import Config
    from terminal.engine import Engine
    from terminal.gear.tapes import Tapes

    OnWait = Callable[[Status], None]

NOVITUS_FILE = "novitus.json"


def waiting(engine: Engine) -> OnWait:
    """Tells whoever listens what the printer waits for."""

    def tell(status: Status) -> None:
        # A printer that is ready and still does not go on is held by somebody else.
        waits_for = waiting_for(status) or BUSY
        engine.tell(PrinterChanged(is_online=True, waits_for=waits_for))

    return tell


def counters_once(config: Config, now: Callable[[], datetime]) -> Counters:
    """What the printer counts, asked before there is a till; raises ``DeviceError``."""
    tapes = make_tapes(config, now)
    printer = fiscal_printer(config)(tapes, lambda _: None)
    try:
        printer.connect()
        return printer.counters()
    finally:
        printer.close()
        tapes.stop()


def fiscal_printer(config: Config) -> Callable[[Tapes, OnWait], FiscalPrinter]:
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
