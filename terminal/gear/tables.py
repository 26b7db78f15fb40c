"""Tables of ``till.toml`` for scanner, scale, display, drawer and tape. No I/O.

What can never work is refused when the till starts; a device that is merely not there is not.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from drivers.address import Tcp, read_address
from drivers.weight_code import Pattern, read_pattern

Baud = Literal[300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400]
Parity = Literal["N", "E", "O"]
Bits = Literal[7, 8]
Affix = Annotated[str, Meta(max_length=16)]


def check_url(url: str) -> None:
    """Raise ValueError, with the name of the key, for an address that can never be one."""
    try:
        read_address(url)
    except ValueError as error:
        msg = f"url: {error}"
        raise ValueError(msg) from error


class Scanner(Struct, frozen=True, forbid_unknown_fields=True):
    """A scanner on a serial line (``url``), and how codes are read, from a keyboard scanner too.

    ``prefix`` and ``suffix`` are what the scanner adds; ``keyboard_prefix`` is the one key with
    which a keyboard scanner begins. ``weight_codes`` are the shop's own, see ``weight_code``.
    """

    url: str = ""
    baud: Baud = 9600
    prefix: Affix = ""
    suffix: Affix = ""
    keyboard_prefix: Annotated[str, Meta(max_length=1)] = ""
    weight_codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what can never work."""
        if self.url:
            check_url(self.url)
        if self.keyboard_prefix.isalnum() or self.keyboard_prefix in {"*", "#", ","}:
            msg = "keyboard_prefix: a sign that nobody types in a sale, such as ~"
            raise ValueError(msg)
        self.patterns()

    def patterns(self) -> tuple[Pattern, ...]:
        """The weight codes as they are matched, in order."""
        found = []
        for shape in self.weight_codes:
            try:
                found.append(read_pattern(shape))
            except ValueError as error:
                msg = f"weight_codes: {shape!r}: {error}"
                raise ValueError(msg) from error
        return tuple(found)


class Scale(Struct, frozen=True, forbid_unknown_fields=True):
    """A scale; ``parity`` and ``bits`` are the protocol's own unless they are said.

    ``patience_s`` is how long a cashier waits for a steady weight.
    """

    url: Annotated[str, Meta(min_length=1)]
    protocol: Literal["cas", "toledo", "elzab"] = "cas"
    baud: Baud = 9600
    parity: Parity | None = None
    bits: Bits | None = None
    patience_s: Annotated[float, Meta(ge=0.5, le=60)] = 5.0

    def __post_init__(self) -> None:
        """Refuse what can never work."""
        check_url(self.url)


class Display(Struct, frozen=True, forbid_unknown_fields=True):
    """A customer display; ``code_table`` is the number its manual gives ``code_page``."""

    url: Annotated[str, Meta(min_length=1)]
    protocol: Literal["cd5220", "epson"] = "cd5220"
    baud: Baud = 9600
    parity: Parity = "N"
    code_page: Literal[
        "CP852", "CP1250", "CP437", "CP850", "CP858", "CP1252", "ISO8859-2", "ASCII"
    ] = "CP852"
    code_table: Annotated[int, Meta(ge=0, le=255)] | None = None
    idle: Annotated[str, Meta(max_length=40)] = ""

    def __post_init__(self) -> None:
        """Refuse what can never work."""
        check_url(self.url)


class Drawer(Struct, frozen=True, forbid_unknown_fields=True):
    """A cash drawer: on a printer, or on a serial line of its own (``url``).

    ``pin`` is the modem line of its switch, ``open_is`` its level when the drawer is open,
    ``pulse`` hex digits that open it. After ``alarm_s`` an open drawer is told; 0 never tells.
    """

    on: Literal["printer", "receipt_printer", "line"] = "printer"
    url: str = ""
    baud: Baud = 9600
    pin: Literal["CTS", "DSR", "DCD", "RI"] = "CTS"
    open_is: Literal["high", "low"] = "high"
    pulse: Annotated[str, Meta(pattern="^([0-9A-Fa-f]{2}){0,16}$")] = ""
    alarm_s: Annotated[float, Meta(ge=0, le=3600)] = 60.0

    def __post_init__(self) -> None:
        """Refuse what can never work."""
        if self.on != "line":
            if self.url:
                msg = 'url: a drawer on a printer has none; a line of its own needs on = "line"'
                raise ValueError(msg)
            return
        check_url(self.url)
        if isinstance(read_address(self.url), Tcp):
            msg = "url: a TCP line has no modem lines; a serial port or rfc2217:// has"
            raise ValueError(msg)  # noqa: TRY004 - it is the value of a key that is wrong


class Tape(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of each conversation is kept in memory, and how many saved tapes on disk."""

    minutes: Annotated[float, Meta(gt=0, le=120)] = 10.0
    files: Annotated[int, Meta(ge=1, le=1000)] = 40
    megabytes: Annotated[int, Meta(ge=1, le=1000)] = 20
