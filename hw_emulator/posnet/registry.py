"""The command table: who answers to a mnemonic, in which states, with which parameters. No I/O.

The states and the error of each wrong one are protocol.md §9, as a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from hw_emulator.posnet.codes import Code
from hw_emulator.posnet.values import Args, Fields, Param, read_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.posnet.device import Device


class State(IntEnum):
    """Where the printer stands; the value is the column of ``ROWS``."""

    IDLE = 0
    LINES = 1
    PAYMENT = 2
    FOOTER = 3
    FORM = 4


class Prints(IntEnum):
    """When a command needs the mechanism."""

    NEVER = 0
    ALWAYS = 1
    WHEN_ONLINE = 2  # not while a receipt is collected in block mode
    WHEN_OPEN = 3  # only when there is something to cancel
    WHEN_ASKED = 4  # with drT only


_OK = 0
_NO_TR, _BAD = Code.NO_TRANSACTION, Code.WRONG_STATE
_IN_TR, _OPEN = Code.IN_TRANSACTION, Code.PRINTOUT_OPEN
_NO_DISCOUNT, _NO_FOOTER = Code.DISCOUNT_NOT_ALLOWED, Code.FOOTER_NOT_OPEN

# Error number by state: IDLE, LINES, PAYMENT, FOOTER, FORM.
ROWS: dict[str, tuple[int, int, int, int, int]] = {
    "open": (_OK, _IN_TR, _IN_TR, _IN_TR, _OPEN),
    "line": (_NO_TR, _OK, _BAD, _BAD, _NO_TR),
    "discount": (_NO_TR, _OK, _NO_DISCOUNT, _NO_DISCOUNT, _NO_TR),
    "bill discount": (_NO_TR, _OK, _OK, _NO_DISCOUNT, _NO_TR),
    "closing": (_NO_TR, _OK, _OK, _BAD, _NO_TR),
    "footer": (Code.FOOTER_NO_PRINTOUT, _NO_FOOTER, _NO_FOOTER, _OK, Code.FOOTER_NO_PRINTOUT),
    "idle": (_OK, _IN_TR, _IN_TR, _IN_TR, _OPEN),
    "form start": (_OK, _IN_TR, _IN_TR, _IN_TR, Code.FORM_OPEN),
    "form": (Code.FORM_NOT_OPEN,) * 4 + (_OK,),
    "any": (_OK,) * 5,
}

Handler: TypeAlias = "Callable[[Device, Args], Fields | None]"


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the command table.

    ``key_without`` names the parameter without which an operator has to press a key.
    """

    name: str
    params: tuple[Param, ...]
    row: str
    handler: Handler
    prints: Prints
    is_immediate: bool
    key_without: str


COMMANDS: dict[str, Command] = {}


def command(
    *names: str,
    table: str = "",
    row: str = "any",
    prints: Prints = Prints.NEVER,
    immediate: bool = False,
    key_without: str = "",
) -> Callable[[Handler], Handler]:
    """Enter a handler into the command table under each of ``names``."""

    def enter(handler: Handler) -> Handler:
        params = read_table(table)
        for name in names:
            COMMANDS[name] = Command(name, params, row, handler, prints, immediate, key_without)
        return handler

    return enter
