"""The command table: who answers to a mnemonic, in which states, with which parameters. No I/O.

The states and the error of each wrong one are protocol.md §9, as a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from hw_emulator.posnet.availability import READ_ONLY, is_available
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
    INVOICE = 4
    PACK = 5
    FORM = 6


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
_NO_DISCOUNT, _NO_STORNO = Code.DISCOUNT_NOT_ALLOWED, Code.STORNO_NOT_ALLOWED
_NO_PRINTOUT, _NO_FOOTER = Code.FOOTER_NO_PRINTOUT, Code.FOOTER_NOT_OPEN
_NO_FORM = Code.FORM_NOT_OPEN

Row: TypeAlias = tuple[int, int, int, int, int, int, int]

# Error number by state: IDLE, LINES, PAYMENT, FOOTER, INVOICE, PACK, FORM.
ROWS: dict[str, Row] = {
    "open": (_OK, _IN_TR, _IN_TR, _IN_TR, _IN_TR, _IN_TR, _OPEN),
    "line": (_NO_TR, _OK, _BAD, _BAD, _OK, _BAD, _NO_TR),
    "storno": (_NO_TR, _OK, _BAD, _BAD, _NO_STORNO, _BAD, _NO_TR),
    "discount": (
        *(_NO_TR, _OK, _NO_DISCOUNT, _NO_DISCOUNT),
        *(_NO_DISCOUNT, _NO_DISCOUNT, _NO_TR),
    ),
    "bill discount": (_NO_TR, _OK, _OK, _NO_DISCOUNT, _NO_DISCOUNT, _NO_DISCOUNT, _NO_TR),
    "pack": (_NO_TR, _OK, _BAD, _BAD, _BAD, _OK, _NO_TR),
    "payment": (_NO_TR, _OK, _OK, _BAD, _BAD, _OK, _NO_TR),
    "buyer": (_NO_TR, _OK, _OK, _BAD, _BAD, _BAD, _NO_TR),
    "invoice": (_NO_TR, _BAD, _BAD, _BAD, _OK, _BAD, _NO_TR),
    "end": (_NO_TR, _OK, _OK, _BAD, _OK, _OK, _NO_TR),
    "footer": (
        *(_NO_PRINTOUT, _NO_FOOTER, _NO_FOOTER, _OK),
        *(_NO_FOOTER, _NO_FOOTER, _NO_PRINTOUT),
    ),
    "idle": (_OK, _IN_TR, _IN_TR, _IN_TR, _IN_TR, _IN_TR, _OPEN),
    "form start": (_OK, _IN_TR, _IN_TR, _IN_TR, _IN_TR, _IN_TR, Code.FORM_OPEN),
    "form": (_NO_FORM, _NO_FORM, _NO_FORM, _NO_FORM, _NO_FORM, _NO_FORM, _OK),
    "any": (_OK, _OK, _OK, _OK, _OK, _OK, _OK),
}

Handler: TypeAlias = "Callable[[Device, Args], Fields | None]"
Check: TypeAlias = "Callable[[Device, Args], None]"


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the command table.

    ``key_without`` names the parameter without which an operator has to press a key, ``check`` what
    is refused before he is asked, ``storno_row`` the row of the state table for stT.
    """

    name: str
    params: tuple[Param, ...]
    row: str
    handler: Handler
    prints: Prints
    is_immediate: bool
    key_without: str
    storno_row: str = ""
    check: Check | None = None

    @property
    def is_read_only(self) -> bool:
        """Whether a read-only printer still carries it out."""
        return self.name in READ_ONLY

    def refusal(self, args: Args, state: State) -> int:
        """Error number in ``state``; 0 when the command is allowed there."""
        row = self.storno_row if self.storno_row and args.flag("st") else self.row
        return ROWS[row][state]


COMMANDS: dict[str, Command] = {}
# What the old generation understands differently, or alone.
OLD_COMMANDS: dict[str, Command] = {}


def find_command(name: str, *, is_old: bool = False) -> Command | None:
    """The command a printer of the generation knows by ``name``."""
    if not is_available(name, is_old=is_old):
        return None
    return (OLD_COMMANDS.get(name) if is_old else None) or COMMANDS.get(name)


def command(
    *names: str,
    table: str = "",
    row: str = "any",
    prints: Prints = Prints.NEVER,
    immediate: bool = False,
    key_without: str = "",
    storno_row: str = "",
    check: Check | None = None,
    old: bool = False,
) -> Callable[[Handler], Handler]:
    """Enter a handler into the command table under each of ``names``; ``old``: of the old one."""

    def enter(handler: Handler) -> Handler:
        params = read_table(table)
        commands = OLD_COMMANDS if old else COMMANDS
        for name in names:
            commands[name] = Command(
                name, params, row, handler, prints, immediate, key_without, storno_row, check
            )
        return handler

    return enter
