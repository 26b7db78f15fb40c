"""What this till is and what hangs on it, as configured: for people to see, without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from terminal.config import Config
    from terminal.sync.enrolment import Identity

FISCAL_PRINTER, RECEIPT_PRINTER = "printer", "receipt_printer"


@dataclass(frozen=True, slots=True)
class Device:
    """One device: its name in events, what it speaks, and where; both may be empty."""

    name: str
    protocol: str
    url: str


@dataclass(frozen=True, slots=True)
class Installed:
    """``ca`` is a file of certificates to trust; without one the system's are."""

    terminal: str
    shop: str
    epoch: int
    office_url: str
    ca: str
    devices: tuple[Device, ...]


def installed(config: Config, identity: Identity) -> Installed:
    """What ``config`` and ``identity`` say."""
    return Installed(
        identity.terminal,
        identity.shop,
        identity.epoch,
        _without_login(config.office.url or identity.office_url),
        config.office.ca,
        tuple(_devices(config)),
    )


def _without_login(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _devices(config: Config) -> list[Device]:
    found = [Device(FISCAL_PRINTER, config.printer.protocol, config.printer.url)]
    if (paper := config.receipt_printer) is not None:
        found.append(Device(RECEIPT_PRINTER, "escpos", paper.url))
    if config.scanner.url:
        found.append(Device("scanner", "", config.scanner.url))
    for name, table in (("scale", config.scale), ("display", config.display)):
        if table is not None:
            found.append(Device(name, table.protocol, table.url))
    if (drawer := config.drawer) is not None:
        found.append(Device("drawer", "", drawer.url or drawer.on))
    return found
