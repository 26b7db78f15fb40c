"""Builds the receipt printer from the configuration; its driver is loaded only when there is one.

What that printer cannot do is told before anything is opened.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.config import ConfigError
from terminal.paper.slips import Equipment

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.address import Serial
    from drivers.escpos.setup import Fitting
    from drivers.link import Link
    from terminal.config import Config, ReceiptPrinter

    # From a device's name, its protocol, its address, and what that does not say itself, to what
    # opens its line.
    Lines = Callable[[str, str, str, Serial], Callable[[], Link]]

NAME = "receipt_printer"
_log = logging.getLogger(__name__)


def equipment(config: Config) -> Callable[[Lines], Equipment]:
    """What makes the configured receipt printer, or none.

    Raises ``ConfigError`` for what that printer cannot do, with key and value.
    """
    wanted = config.receipt_printer
    if wanted is None:
        return lambda _: Equipment()
    # Most tills have none, and a start is short.
    from drivers.escpos import setup, text  # noqa: PLC0415
    from drivers.escpos.printer import EscposPrinter  # noqa: PLC0415

    language = config.screen.language
    try:
        fitting = _fit(wanted, language)
        usual = setup.line(
            wanted.url, baud=wanted.baud, parity=wanted.parity, stop=wanted.stop, flow=wanted.flow
        )
    except setup.Unsuitable as error:
        msg = f"[{NAME}] {error}"
        raise ConfigError(msg) from error
    if fitting.warning:
        _log.warning("[%s] %s", NAME, fitting.warning)
    letters = text.LETTERS[language] + " €"

    def make(lines: Lines) -> Equipment:
        return Equipment(
            EscposPrinter(lines(NAME, "escpos", wanted.url, usual), fitting),
            about=((wanted.profile, fitting.page_for(letters)), (wanted.url, "")),
            letters=letters,
            reprint_after_s=wanted.reprint_after_s,
        )

    return make


def _fit(wanted: ReceiptPrinter, language: str) -> Fitting:
    from drivers.escpos import setup  # noqa: PLC0415

    is_file = wanted.logo and ":" not in wanted.logo
    return setup.fit(
        setup.Setup(
            profile=wanted.profile,
            language=language,
            accents=setup.Accents(wanted.accents),
            code_page=wanted.code_page,
            font=wanted.font,
            columns=wanted.columns,
            cut=setup.Cut(wanted.cut),
            logo=str(Path(wanted.logo).expanduser()) if is_file else wanted.logo,
            status=setup.Ask(wanted.status),
            drawer_pin=wanted.drawer_pin,
            drawer_ms=wanted.drawer_ms,
            open_is_low=wanted.drawer_open == "low",
        )
    )
