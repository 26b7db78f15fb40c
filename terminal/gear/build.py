"""Builds the gear from the configuration; besides ``boot`` the only file that names drivers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from drivers.address import Serial, read_address
from drivers.display import Display
from drivers.drawer import LineDrawer, WiredDrawer, sensed
from drivers.link import open_link, open_pins
from drivers.scale_cas import CAS
from drivers.scale_elzab import ELZAB
from drivers.scale_line import LineScale
from drivers.scale_toledo import TOLEDO
from drivers.scanner import SerialScanner
from terminal.after_sale import AfterSale
from terminal.engine import Engine
from terminal.gear import scanning, weighing
from terminal.gear.drawer import Watcher, receipt_printer
from terminal.gear.gear import Gear
from terminal.gear.noticed import Noticed
from terminal.gear.showing import Choice, Screen
from terminal.gear.tapes import Tapes
from terminal.gear.weighing import Weighing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from drivers.drawer import CashDrawer
    from drivers.fiscal import FiscalPrinter
    from drivers.link import Link
    from drivers.paper import PaperPrinter
    from drivers.scale import Dialect
    from terminal.config import Config
    from terminal.context import Context
    from terminal.gear import tables
    from terminal.gear.attendant import Attendant
    from terminal.store.catalogue import Catalogue
    from terminal.till import Till

# Each protocol, and the parity and data bits it wants unless the configuration says otherwise.
_SCALES: dict[str, tuple[Dialect, str, int]] = {
    "cas": (CAS, "N", 8),
    "toledo": (TOLEDO, "E", 7),
    "elzab": (ELZAB, "N", 8),
}


def make_tapes(config: Config, now: Callable[[], datetime]) -> Tapes:
    """The tapes of all devices, before the first link is opened."""
    return Tapes(config.folder, config.tape, now, Engine("tapes"))


def taped(
    tapes: Tapes, name: str, protocol: str, url: str, usual: Serial, **settings: str | int
) -> Callable[[], Link]:
    """A factory of links that are on the tape of the device ``name``."""
    tape = tapes.tape(name, protocol, url, **_settings(url, usual), **settings)
    return lambda: tape.opens(partial(open_link, url, usual))


def noticed(printer: FiscalPrinter, tapes: Tapes) -> FiscalPrinter:
    """The same printer; each error it raises saves its tape."""
    return cast("FiscalPrinter", Noticed(printer, partial(tapes.notice, "printer")))


def outfit(
    config: Config, context: Context, till: Till, catalogue: Catalogue, tapes: Tapes
) -> Gear:
    """Everything the configuration names; ``catalogue`` is the engine's own reader."""
    scanner = config.scanner
    gear = Gear(till, catalogue.find, scanner.patterns(), scanner.prefix, scanner.suffix)
    after_sale = AfterSale(catalogue, gear)
    listeners: list[Callable[[object], None]] = [gear.remember, tapes.hear, after_sale.hear]
    if scanner.url:
        gear.attendants.append(_scanner(scanner, tapes, context.tell))
    if config.scale:
        gear.scale = _scale(config.scale, tapes, context)
    if config.display:
        gear.display = screen = _screen(config.display, tapes, context.tell, config.screen.language)
        gear.attendants.append(screen.attendant)
        listeners.append(screen.hear)
    if config.drawer:
        gear.drawer, watcher = _drawer(config.drawer, tapes, context, till.slips.at_work)
        gear.attendants.append(watcher.attendant)
        listeners.append(watcher.hear)
    gear.kicked = _kicked(gear.drawer, config.drawer, context, till.slips.at_work)
    for listener in listeners:
        context.engine.listen(listener)
    return gear


def _kicked(
    drawer: CashDrawer | None,
    table: tables.Drawer | None,
    context: Context,
    slips: tuple[Engine, PaperPrinter] | None,
) -> tuple[CashDrawer, Engine]:
    """What opens by hand: what is set up, else the plug of the receipt printer or the fiscal one.

    A drawer on a line of its own gets a thread to be opened on: its watcher is in no hurry.
    """
    if drawer and table and table.on == "line":
        return drawer, Engine("drawer")
    if slips and not (table and table.on == "printer"):
        return WiredDrawer(slips[1].open_drawer), slips[0]
    return WiredDrawer(context.printer.open_drawer), context.devices


def _scanner(table: tables.Scanner, tapes: Tapes, tell: Callable[[object], None]) -> Attendant:
    link = taped(tapes, scanning.NAME, "scanner", table.url, Serial("", table.baud))
    reader = SerialScanner(link, prefix=table.prefix, suffix=table.suffix)
    return scanning.attend(reader, tell)


def _scale(table: tables.Scale, tapes: Tapes, context: Context) -> Weighing:
    dialect, parity, bits = _SCALES[table.protocol]
    usual = Serial("", table.baud, table.parity or parity, table.bits or bits)
    link = taped(tapes, weighing.NAME, table.protocol, table.url, usual)
    thread = Engine(weighing.NAME)
    return Weighing(LineScale(dialect, link), thread, table.patience_s, context.tell)


def _screen(
    table: tables.Display, tapes: Tapes, tell: Callable[[object], None], language: str
) -> Screen:
    usual = Serial("", table.baud, table.parity)
    link = taped(tapes, "display", table.protocol, table.url, usual, code_page=table.code_page)
    panel = Display(link, table.protocol, page=table.code_page, code_table=table.code_table)
    return Screen(panel, Choice(table.idle, language), tell)


def _drawer(
    table: tables.Drawer,
    tapes: Tapes,
    context: Context,
    slips: tuple[Engine, PaperPrinter] | None,
) -> tuple[CashDrawer, Watcher]:
    drawer: CashDrawer
    if table.on == "printer":
        drawer = WiredDrawer(context.printer.open_drawer, context.printer.drawer)
        return drawer, Watcher(drawer, table.alarm_s, context.tell, thread=context.devices)
    if table.on == "receipt_printer" and slips:
        thread, paper_printer = slips
        drawer = WiredDrawer(
            paper_printer.open_drawer, lambda: sensed(paper_printer.status().drawer_open)
        )
        answers = receipt_printer
        return drawer, Watcher(drawer, table.alarm_s, context.tell, thread=thread, answers=answers)
    usual = Serial("", table.baud)
    tape = tapes.tape("drawer", "pins", table.url, **_settings(table.url, usual))
    drawer = LineDrawer(
        lambda: tape.opens_pins(partial(open_pins, table.url, usual)),
        table.pin,
        open_is_high=table.open_is == "high",
        pulse=bytes.fromhex(table.pulse),
    )
    return drawer, Watcher(drawer, table.alarm_s, context.tell)


def _settings(url: str, usual: Serial) -> dict[str, str | int]:
    """How the line is set up, for whoever reads the tape."""
    try:
        address = read_address(url, usual)
    except ValueError:
        return {}  # told when it is opened
    if not isinstance(address, Serial):
        return {}
    return {
        "baud": address.baud,
        "parity": address.parity,
        "bits": address.bits,
        "stop": address.stop,
        "flow": address.flow,
    }
