"""Reads ``till.toml``; each mistake is told with file, line and what was expected.

Looked for in this order: what the caller names, ``$KASO_CONFIG``, ``/etc/kasoterminal/till.toml``,
the XDG configuration folder.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, inspect

from terminal.gear import tables
from terminal.sync.wire import CHANNEL, CHANNEL_PATTERN

_SYSTEM_FILE = Path("/etc/kasoterminal/till.toml")
_SYSTEM_STORE = Path("/var/lib/kasoterminal")


class ConfigError(Exception):
    """The configuration cannot be used; the text names file, line and what was expected."""


class Store(Struct, frozen=True, forbid_unknown_fields=True):
    """Folder of the databases; empty means the system's or the user's state folder."""

    dir: str = ""


# What the printers' own menus offer.
PrinterBaud = Literal[1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400]


class Printer(Struct, frozen=True, forbid_unknown_fields=True):
    """The fiscal printer: a device path or ``tcp://host:port``; ``baud`` for serial lines.

    One that speaks ``novitus`` is reached at ``http://host:port``. ``generation`` is for a
    ``posnet`` printer that does not say which document describes it.
    """

    url: Annotated[str, Meta(min_length=1)]
    baud: PrinterBaud = 115_200
    protocol: Annotated[str, Meta(pattern="^(posnet|novitus)$")] = "posnet"
    generation: Literal["auto", "old", "online"] = "auto"

    def __post_init__(self) -> None:
        """Refuse what can never work."""
        if self.protocol == "posnet":
            tables.check_url(self.url)
        elif self.generation != "auto":
            msg = f"generation: a {self.protocol} printer has none"
            raise ValueError(msg)


class ReceiptPrinter(Struct, frozen=True, forbid_unknown_fields=True):
    """A receipt printer that speaks ESC/POS; docs/escpos.md explains each key.

    What the profile cannot do is refused when the till starts, by the driver that knows it.
    ``reprint_after_s``: a slip in doubt is printed again, marked, after so long; 0 asks a person.
    """

    url: Annotated[str, Meta(min_length=1)]
    baud: int = 9600
    parity: Literal["N", "E", "O"] = "N"
    stop: Literal[1, 2] = 1
    flow: Literal["none", "rtscts", "xonxoff"] = "none"
    profile: str = "default"
    accents: Literal["refuse", "transliterate"] = "refuse"
    code_page: str = ""
    font: Literal["A", "B"] = "A"
    columns: Annotated[int, Meta(ge=0, le=96)] = 0
    cut: Literal["full", "partial", "none"] = "full"
    logo: str = ""
    status: Literal["ask", "report", "none"] = "ask"
    drawer_pin: Literal[2, 5] = 2
    drawer_ms: Annotated[int, Meta(ge=2, le=510)] = 100
    drawer_open: Literal["low", "high"] = "low"
    reprint_after_s: Annotated[int, Meta(ge=0, le=86_400)] = 0


class Office(Struct, frozen=True, forbid_unknown_fields=True):
    """The back office; without ``ca`` the system's certificates are trusted."""

    url: str = ""
    ca: str = ""


class Update(Struct, frozen=True, forbid_unknown_fields=True):
    """Where newer programs come from; docs/updates.md explains each key.

    ``root`` is the file of the keys that are trusted; without it nothing is looked for. ``url`` is
    empty where the back office has the releases, too.
    """

    root: str = ""
    channel: Annotated[str, Meta(pattern=CHANNEL_PATTERN)] = CHANNEL
    url: str = ""


class Export(Struct, frozen=True, forbid_unknown_fields=True):
    """Folder for reports as files; empty means the first USB medium that is mounted."""

    path: str = ""


class Screen(Struct, frozen=True, forbid_unknown_fields=True):
    """The cashier's screen; docs/screen.md explains each key.

    ``quiet_sync`` shows of a login's exchanges only what went wrong.
    """

    language: Annotated[str, Meta(pattern="^(pl|en|fr|es)$")] = "pl"
    quiet_sync: bool = False
    driver: Literal["auto", "full", "cells"] = "auto"
    charset: Literal["auto", "utf-8", "iso-8859-2", "cp852", "ascii"] = "auto"
    theme: Literal["auto", "normal", "contrast", "mono"] = "auto"
    flow: Literal["none", "xonxoff", "rtscts"] = "none"
    sounds: Literal["all", "errors", "off"] = "all"


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a technician sets on the device itself."""

    printer: Printer
    store: Store = Store()
    office: Office = Office()
    screen: Screen = Screen()
    keys: dict[str, str] = {}
    scanner: tables.Scanner = tables.Scanner()
    scale: tables.Scale | None = None
    display: tables.Display | None = None
    drawer: tables.Drawer | None = None
    tape: tables.Tape = tables.Tape()
    receipt_printer: ReceiptPrinter | None = None
    export: Export = Export()
    update: Update = Update()

    def __post_init__(self) -> None:
        """Refuse tables that do not go together."""
        if self.drawer and self.drawer.on == "receipt_printer" and not self.receipt_printer:
            msg = 'drawer: on = "receipt_printer" needs a table [receipt_printer]'
            raise ValueError(msg)

    @property
    def folder(self) -> Path:
        """Where the databases are."""
        if self.store.dir:
            return Path(self.store.dir).expanduser()
        if os.access(_SYSTEM_STORE, os.W_OK):
            return _SYSTEM_STORE
        return _xdg("XDG_STATE_HOME", ".local/state")


def find() -> Path:
    """The configuration file to use when nobody names one; it need not exist."""
    if named := os.environ.get("KASO_CONFIG"):
        return Path(named)
    return (
        _SYSTEM_FILE if _SYSTEM_FILE.exists() else _xdg("XDG_CONFIG_HOME", ".config") / "till.toml"
    )


def load(path: Path) -> Config:
    """Read the configuration; raises ``ConfigError``."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read ({error})"
        raise ConfigError(msg) from error
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{path}: not TOML: {error}"
        raise ConfigError(msg) from error
    try:
        return msgspec.convert(tree, Config)
    except msgspec.ValidationError as error:
        expected, _, where = str(error).partition(" - at ")
        if named := re.match(r"(\w+): ", expected):
            where += f".{named[1]}"
        line, said = _line_of(text, expected, where), _allowed(where) + _given(tree, where)
        msg = f"{path}, line {line}: {expected}{said}"
        raise ConfigError(msg) from error


def _line_of(text: str, expected: str, where: str) -> int:
    """Line of the table or key that ``$.table.key`` stands for, or of the unknown field."""
    keys = re.findall(r"\w+", where)
    unknown = re.search(r"unknown field `(\w+)`", expected)
    if unknown:
        keys.append(unknown.group(1))
    last = 1
    wanted = list(keys)
    for number, line in enumerate(text.splitlines(), start=1):
        if wanted and re.match(rf"\s*(\[\s*)?(\w+\s*\.\s*)*{wanted[0]}\b", line):
            wanted.pop(0)
            last = number
    return last


def _allowed(where: str) -> str:
    """The values that ``$.table.key`` may have, as a part of a sentence, where they are few."""
    found: inspect.Type = inspect.type_info(Config)
    for key in re.findall(r"\w+", where):
        kinds = found.types if isinstance(found, inspect.UnionType) else (found,)
        fields = [f for kind in kinds if isinstance(kind, inspect.StructType) for f in kind.fields]
        found = next((field.type for field in fields if field.name == key), inspect.AnyType())
    kinds = found.types if isinstance(found, inspect.UnionType) else (found,)
    values = [v for kind in kinds if isinstance(kind, inspect.LiteralType) for v in kind.values]
    return f": one of {', '.join(map(str, values))}" if values else ""


def _given(tree: dict[str, Any], where: str) -> str:
    """What stands at ``$.table.key``, as a part of a sentence; empty where nothing does."""
    value: Any = tree
    for key in re.findall(r"\w+", where):
        if not isinstance(value, dict) or key not in value:
            return ""
        value = value[key]
    return "" if isinstance(value, dict) else f" (it says {value!r:.60})"


def _xdg(variable: str, fallback: str) -> Path:
    root = os.environ.get(variable)
    return (Path(root) if root else Path.home() / fallback) / "kasoterminal"
