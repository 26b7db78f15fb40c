"""Keys → intents: what the cashier means. Pure: no screen, no clock, no till.

``press`` moves the entry field and returns what the key asks for. Before it ``key_names`` gave the
key one name and ``bursts`` told scans from typing. No letter is a command, and nothing is sold
without Enter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ui.amounts import read_percent, read_quantity, read_zloty
from ui.key_names import SERVICE_KEYS

CODE_MAX = 40


class Mode(StrEnum):
    """What the entry field is asked for."""

    CODE = "code"
    NAME = "name"
    CHECK = "check"
    QTY = "quantity"
    PRICE = "price"
    PERCENT = "percent"
    OFF = "off"
    PERCENT_ON = "percent on"
    ON = "on"
    AMOUNT = "amount"
    DIGITS = "digits"
    TEXT = "text"
    PIN = "pin"
    NONE = "none"


READERS = {
    Mode.QTY: read_quantity,
    Mode.PRICE: read_zloty,
    Mode.PERCENT: read_percent,
    Mode.OFF: read_zloty,
    Mode.PERCENT_ON: read_percent,
    Mode.ON: read_zloty,
    Mode.AMOUNT: read_zloty,
}

# Discount in percent and in money, mark-up in percent and in money: ``*`` goes round.
REDUCTIONS = (Mode.PERCENT, Mode.OFF, Mode.PERCENT_ON, Mode.ON)


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry field; ``times_milli`` is the quantity of ``3*code``, None before ``*``."""

    mode: Mode = Mode.CODE
    text: str = ""
    times_milli: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text and self.times_milli is None

    @property
    def value(self) -> int | None:
        """The typed number in grosze, thousandths or basis points; None when it is none."""
        reader = READERS.get(self.mode)
        return reader(self.text) if reader else None


@dataclass(frozen=True, slots=True)
class Sell:
    """Enter on a code; ``times_milli`` is None when no quantity was typed before it."""

    code: str
    times_milli: int | None


@dataclass(frozen=True, slots=True)
class Search:
    """The name changed; ``by_keys`` when it is digits that stand for letters."""

    text: str
    by_keys: bool


@dataclass(frozen=True, slots=True)
class Number:
    """Enter on a quantity, price, share or amount."""

    mode: Mode
    value: int


@dataclass(frozen=True, slots=True)
class Text:
    """Enter on a code to check, on an identifier, PIN, tax number or free text."""

    mode: Mode
    text: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """Enter on what is no number."""


@dataclass(frozen=True, slots=True)
class Accept:
    """Enter with nothing to read: yes, go on, take the marked one."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Esc with nothing to erase: no, back."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """``#``: the next field."""


@dataclass(frozen=True, slots=True)
class Other:
    """``*`` where it multiplies nothing: the next method, the other mode."""


@dataclass(frozen=True, slots=True)
class Move:
    """Up or down by ``steps`` rows."""

    steps: int


@dataclass(frozen=True, slots=True)
class Key:
    """A key with a name of its own: ``menu``, ``quick_keys`` or one of ``SERVICE_KEYS``."""

    name: str


Intent = Sell | Search | Number | Text | Wrong | Accept | Cancel | Cycle | Other | Move | Key
MOVES = {"up": Move(-1), "down": Move(1), "page_up": Move(-10), "page_down": Move(10)}


def press(entry: Entry, key: str) -> tuple[Entry, Intent | None]:  # noqa: PLR0911 - one table
    """The entry field after ``key``, and what the key asks for, if anything."""
    if key in MOVES:
        return entry, MOVES[key]
    if key == "menu" or key in SERVICE_KEYS:
        return entry, Key(key)
    if key == "enter":
        return _enter(entry)
    if key == "esc":
        return (entry, Cancel()) if entry.is_empty else _changed(Entry(entry.mode))
    if key == "back":
        if entry.text:
            return _changed(replace(entry, text=entry.text[:-1]))
        return replace(entry, times_milli=None), None
    if key == "#":
        return entry, Cycle()
    if key == "*":
        return _star(entry)
    if key == "," and entry.mode is Mode.CODE and not entry.text:
        return entry, Key("quick_keys")
    return _type(entry, key) if len(key) == 1 else (entry, None)


def _enter(entry: Entry) -> tuple[Entry, Intent | None]:
    blank = Entry(entry.mode)
    if entry.mode in {Mode.NAME, Mode.NONE}:
        return entry, Accept()
    if not entry.text:
        return (entry, Accept()) if entry.is_empty else (entry, Wrong())
    if entry.mode is Mode.CODE:
        return blank, Sell(entry.text, entry.times_milli)
    if entry.mode not in READERS:
        return blank, Text(entry.mode, entry.text)
    return (entry, Wrong()) if entry.value is None else (blank, Number(entry.mode, entry.value))


def _star(entry: Entry) -> tuple[Entry, Intent | None]:
    if entry.mode is Mode.CODE and entry.text:
        times = read_quantity(entry.text)
        return (replace(entry, text="", times_milli=times), None) if times else (entry, Wrong())
    if entry.mode is Mode.CODE:
        return replace(entry, mode=Mode.NAME), Other()
    if entry.mode is Mode.NAME:
        return (entry, None) if entry.text else (replace(entry, mode=Mode.CODE), Other())
    if entry.mode in REDUCTIONS:
        place = (REDUCTIONS.index(entry.mode) + 1) % len(REDUCTIONS)
        return replace(entry, mode=REDUCTIONS[place]), None
    return entry, Other()


def _type(entry: Entry, key: str) -> tuple[Entry, Intent | None]:
    if entry.mode is Mode.NONE or len(entry.text) >= CODE_MAX:
        return entry, None
    if key in "0123456789":
        return _changed(replace(entry, text=entry.text + key))
    if entry.mode in READERS or entry.mode is Mode.CODE:
        if key == "," and "," not in entry.text:
            return replace(entry, text=entry.text + key), None
        if entry.mode is not Mode.CODE or not key.isalpha():
            return entry, None
        entry = replace(entry, mode=Mode.NAME)
    if entry.mode is Mode.NAME:
        return _changed(replace(entry, text=entry.text + key))
    return entry, None


def _changed(entry: Entry) -> tuple[Entry, Intent | None]:
    if entry.mode is not Mode.NAME:
        return entry, None
    return entry, Search(entry.text.strip(), entry.text.isdigit())
